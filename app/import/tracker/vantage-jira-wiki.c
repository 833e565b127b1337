/* vantage-jira-wiki.c: Jira's wiki markup as plain text. */

#include "vantage-jira-private.h"

#include "vantage-text.h"

#include <string.h>

#define MAX_MARK 4000 /* bytes of one link, picture or mention */
#define MAX_DEPTH 8   /* of marks inside marks */

typedef struct
{
  GString *out;
  VantageItem *item; /* takes mentions; NULL: nobody does */
  const char *begin; /* of the text */
  guint depth;
  gboolean unclosed[2]; /* no more {code}, {noformat} comes */
} Wiki;

static const char escapable[] = "{}[]*_-+!|";

/* Bytes before one of @reject or the end, looking no further than a mark may be long. */
static gsize
span (const char *p, const char *reject)
{
  gsize n = 0;

  while (n <= MAX_MARK && p[n] != '\0' && strchr (reject, p[n]) == NULL)
    n++;
  return n;
}

/* ---- marks in braces ---- */

/* "{name}" or "{name:parameters}" at @p. Returns what comes after it; NULL when it is none. */
static const char *
match_brace (const char *p, const char *name)
{
  gsize length = strlen (name);
  const char *end;

  if (*p != '{' || strncmp (p + 1, name, length) != 0 ||
      (p[1 + length] != '}' && p[1 + length] != ':'))
    return NULL;
  end = p + 1 + length + span (p + 1 + length, "}\n");
  return *end == '}' ? end + 1 : NULL;
}

static void
end_line (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
}

/* "{code}…{code}" and "{noformat}…{noformat}": inside nothing is a mark. */
static const char *
take_verbatim (Wiki *self, const char *p)
{
  static const char *const names[] = { "code", "noformat" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *inside = match_brace (p, names[i]);
      g_autofree char *close = g_strdup_printf ("{%s}", names[i]);
      const char *end = inside != NULL && !self->unclosed[i] ? strstr (inside, close) : NULL;

      self->unclosed[i] |= inside != NULL && end == NULL;
      if (end == NULL)
        continue;
      while (*inside == '\n' || *inside == '\r')
        inside++;
      if (memchr (inside, '\n', (gsize) (end - inside)) != NULL)
        end_line (self->out);
      for (; inside < end; inside++)
        if (*inside != '\r')
          g_string_append_c (self->out, *inside);
      return end + strlen (close);
    }
  return NULL;
}

/* Marks that stand around text and are left out: "{quote}", "{color:red}", "{panel:title=…}". */
static const char *
take_frame (const char *p)
{
  static const char *const names[] = { "quote",    "color",  "panel", "code",
                                       "noformat", "anchor", "adf",   "expand" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *after = match_brace (p, names[i]);

      if (after != NULL)
        return after;
    }
  return NULL;
}

/* ---- links, mentions, pictures ---- */

static void
append_mention (Wiki *self, const char *name, gsize length)
{
  if (length > 10 && strncmp (name, "accountid:", 10) == 0)
    {
      name += 10;
      length -= 10;
    }
  g_string_append_c (self->out, '@');
  g_string_append_len (self->out, name, (gssize) length);
  if (self->item != NULL)
    vantage_tracker_add_mention (self->item, name, length);
}

static gboolean
is_address (const char *text, gsize length)
{
  return g_strstr_len (text, (gssize) length, "://") != NULL || strncmp (text, "mailto:", 7) == 0 ||
         *text == '#' || *text == '^';
}

/* "[text|address]", "[address]", "[~name]". NULL when it is none of them. */
static const char *
take_link (Wiki *self, const char *p)
{
  gsize length = span (p + 1, "]\n");
  const char *inside = p + 1;
  const char *bar;
  gsize words, address;

  if (length == 0 || length > MAX_MARK || inside[length] != ']')
    return NULL;
  if (*inside == '~')
    {
      append_mention (self, inside + 1, length - 1);
      return inside + length + 1;
    }
  bar = memchr (inside, '|', length);
  if (bar == NULL)
    {
      if (!is_address (inside, length))
        return NULL;
      g_string_append_len (self->out, inside + (*inside == '^'),
                           (gssize) (length - (*inside == '^')));
      return inside + length + 1;
    }
  words = (gsize) (bar - inside);
  address = span (bar + 1, "|]");
  g_string_append_len (self->out, inside, (gssize) words);
  if (address != words || strncmp (inside, bar + 1, words) != 0)
    {
      g_string_append (self->out, " (");
      g_string_append_len (self->out, bar + 1, (gssize) address);
      g_string_append_c (self->out, ')');
    }
  return inside + length + 1;
}

/* "!graph.png|thumbnail!". NULL when it is no picture. */
static const char *
take_picture (Wiki *self, const char *p)
{
  gsize length = span (p + 1, "!\n");
  gsize name = span (p + 1, "|!\n");
  gboolean dotted = memchr (p + 1, '.', name) != NULL;

  if (length == 0 || length > 500 || p[1 + length] != '!' || !dotted || g_ascii_isspace (p[1]) ||
      g_ascii_isspace (p[name]))
    return NULL;
  g_string_append_c (self->out, '[');
  g_string_append_len (self->out, p + 1, (gssize) name);
  g_string_append_c (self->out, ']');
  return p + 2 + length;
}

/* ---- marks around words ---- */

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80 || c == '_';
}

/* "*bold*" and its like at @p, whose mark is one byte: both marks are left out where they stand at
 * the edges of words on one line. Returns the text between; NULL when it is none. */
static const char *
match_emphasis (Wiki *self, const char *p, gsize *out_length)
{
  const char *close = p;

  if ((p > self->begin && is_word_byte (p[-1])) || g_ascii_isspace (p[1]) || p[1] == *p ||
      p[1] == '\0')
    return NULL;
  do
    {
      close++;
      while (*close != '\0' && *close != '\n' && *close != *p && close - p < MAX_MARK)
        close++;
      if (*close != *p)
        return NULL;
    }
  while (g_ascii_isspace (close[-1]) || is_word_byte (close[1]));
  *out_length = (gsize) (close - p - 1);
  return p + 1;
}

static void append_inside (Wiki *self, const char *inside, gsize length);

static const char *
take_emphasis (Wiki *self, const char *p)
{
  gsize length;
  const char *inside;

  if (*p == '{' && p[1] == '{')
    {
      gsize n = span (p + 2, "}\n");

      if (p[2 + n] != '}' || p[3 + n] != '}')
        return NULL;
      g_string_append_len (self->out, p + 2, (gssize) n);
      return p + 4 + n;
    }
  inside = match_emphasis (self, p, &length);
  if (inside == NULL || self->depth >= MAX_DEPTH)
    return NULL;
  append_inside (self, inside, length);
  return inside + length + 1;
}

/* ---- the whole ---- */

/* The mark at @p, if any: what comes after it, else NULL. */
static const char *
take_mark (Wiki *self, const char *p)
{
  const char *next = NULL;

  if (*p == '{')
    {
      next = take_verbatim (self, p);
      if (next == NULL)
        next = take_frame (p);
      if (next == NULL && p[1] == '{')
        next = take_emphasis (self, p);
    }
  else if (*p == '[')
    next = take_link (self, p);
  else if (*p == '!')
    next = take_picture (self, p);
  else if (strchr ("*_-+^~", *p) != NULL)
    next = take_emphasis (self, p);
  return next;
}

/* What stands at @p, a mark or a byte. Returns what comes after it. */
static const char *
take_next (Wiki *self, const char *p)
{
  const char *next;

  if (g_str_has_prefix (p, "\\\\"))
    {
      g_string_append_c (self->out, '\n');
      return p + 2;
    }
  if (*p == '\\' && p[1] != '\0' && strchr (escapable, p[1]) != NULL)
    {
      g_string_append_c (self->out, p[1]);
      return p + 2;
    }
  next = take_mark (self, p);
  if (next != NULL)
    return next;
  if (*p != '\r')
    g_string_append_c (self->out, *p);
  return p + 1;
}

static void
append_inside (Wiki *self, const char *inside, gsize length)
{
  g_autofree char *own = g_strndup (inside, length);
  Wiki inner = { self->out, self->item, own, self->depth + 1, { TRUE, TRUE } };

  for (const char *p = own; *p != '\0';)
    p = take_next (&inner, p);
}

/* What only the beginning of a line may have: "h3. ", "bq. ", "||head||". */
static const char *
take_line_start (const char *p)
{
  if (*p == 'h' && p[1] >= '1' && p[1] <= '6' && p[2] == '.' && p[3] == ' ')
    return p + 4;
  if (g_str_has_prefix (p, "bq. "))
    return p + 4;
  if (g_str_has_prefix (p, "----") && (p[4] == '\n' || p[4] == '\r' || p[4] == '\0'))
    return p + 4;
  if (*p == '|')
    {
      p += p[1] == '|' ? 2 : 1;
      p += strspn (p, " \t");
    }
  return p;
}

/* A row of a table: its bars stand between the cells only. */
static const char *
take_bars (Wiki *self, const char *p)
{
  const char *after = p + (p[1] == '|' ? 2 : 1);

  while (self->out->len > 0 && self->out->str[self->out->len - 1] == ' ')
    g_string_truncate (self->out, self->out->len - 1);
  after += strspn (after, " \t");
  if (*after != '\n' && *after != '\r' && *after != '\0')
    g_string_append (self->out, " | ");
  return after;
}

char *
vantage_jira_wiki (const char *text, VantageItem *item)
{
  Wiki self = { g_string_new (NULL), item, text, 0, { FALSE, FALSE } };
  gboolean start = TRUE, row = FALSE;

  for (const char *p = text; *p != '\0';)
    {
      if (start)
        {
          row = *p == '|';
          p = take_line_start (p);
          start = FALSE;
        }
      else if (row && *p == '|')
        p = take_bars (&self, p);
      else
        {
          start = *p == '\n';
          p = take_next (&self, p);
        }
    }
  g_strchomp (self.out->str);
  return g_string_free (self.out, FALSE);
}
