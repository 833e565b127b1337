/* vantage-tracker-html.c: HTML as plain text: what a person would read, line by line. Nothing of it
 * is run or fetched. */

#include "vantage-tracker.h"

#include <string.h>

#define MAX_TAG 4096 /* bytes in which quotes of a tag are looked at */

/* ---- references ---- */

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "amp", "&" },    { "lt", "<" },        { "gt", ">" },       { "quot", "\"" },
  { "apos", "'" },   { "nbsp", "\u00a0" }, { "ndash", "–" },    { "mdash", "—" },
  { "hellip", "…" }, { "lsquo", "‘" },     { "rsquo", "’" },    { "ldquo", "“" },
  { "rdquo", "”" },  { "laquo", "«" },     { "raquo", "»" },    { "bull", "•" },
  { "middot", "·" }, { "times", "×" },     { "deg", "°" },      { "copy", "©" },
  { "reg", "®" },    { "trade", "™" },     { "euro", "€" },     { "pound", "£" },
  { "sect", "§" },   { "auml", "ä" },      { "ouml", "ö" },     { "uuml", "ü" },
  { "Auml", "Ä" },   { "Ouml", "Ö" },      { "Uuml", "Ü" },     { "szlig", "ß" },
  { "eacute", "é" }, { "egrave", "è" },    { "agrave", "à" },   { "ccedil", "ç" },
  { "ntilde", "ñ" }, { "aring", "å" },     { "oslash", "ø" },   { "larr", "←" },
  { "rarr", "→" },   { "harr", "↔" },      { "zwj", "\u200d" }, { "zwnj", "\u200c" },
  { "shy", "" },
};

static gboolean
append_number (GString *out, const char *digits, const char *end)
{
  gboolean hex = *digits == 'x' || *digits == 'X';
  char *stop;
  guint64 code;

  digits += hex ? 1 : 0;
  if (!g_ascii_isxdigit (*digits))
    return FALSE;
  code = g_ascii_strtoull (digits, &stop, hex ? 16 : 10);
  if (stop != end || code == 0 || code > 0x10ffff || !g_unichar_validate ((gunichar) code))
    return FALSE;
  if (code < 0x20 && code != '\n' && code != '\t')
    return TRUE;
  g_string_append_unichar (out, (gunichar) code);
  return TRUE;
}

/* The reference at @p, an ampersand, or the ampersand itself. Returns what comes after it. */
static const char *
append_reference (GString *out, const char *p)
{
  gsize length = strcspn (p + 1, "; <&\n");
  const char *end = p + 1 + length;

  if (*end == ';' && length > 0 && length < 12)
    {
      if (p[1] == '#' && append_number (out, p + 2, end))
        return end + 1;
      for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
        if (strncmp (entities[i].name, p + 1, length) == 0 && entities[i].name[length] == '\0')
          {
            g_string_append (out, entities[i].text);
            return end + 1;
          }
    }
  g_string_append_c (out, '&');
  return p + 1;
}

/* ---- tags ---- */

typedef struct
{
  GString *out;
  guint pre;         /* depth of preformatted text */
  gboolean blank;    /* white space is due before the next word */
  gboolean dropping; /* inside a script or a style sheet */
} Html;

static void
trim_blanks (Html *self)
{
  while (self->out->len > 0 && self->out->str[self->out->len - 1] == ' ')
    g_string_truncate (self->out, self->out->len - 1);
}

/* At least @n line ends before what comes. */
static void
break_lines (Html *self, guint n)
{
  guint there = 0;

  self->blank = FALSE;
  trim_blanks (self);
  while (there < self->out->len && self->out->str[self->out->len - 1 - there] == '\n')
    there++;
  for (; self->out->len > there && there < n; there++)
    g_string_append_c (self->out, '\n');
}

static void
append_word (Html *self, const char *word)
{
  if (self->blank && self->out->len > 0 && self->out->str[self->out->len - 1] != '\n')
    g_string_append_c (self->out, ' ');
  self->blank = FALSE;
  g_string_append (self->out, word);
}

/* The value of an attribute of the tag [begin, end). (transfer full) (nullable) */
static char *
dup_attribute (const char *begin, const char *end, const char *name)
{
  gsize length = strlen (name);

  for (const char *p = begin; p + length + 1 < end; p++)
    {
      const char *value = p + length;
      gsize n;

      if (!g_ascii_isspace (p[-1]) || g_ascii_strncasecmp (p, name, length) != 0 || *value != '=')
        continue;
      value++;
      if (*value == '"' || *value == '\'')
        {
          const char *close = memchr (value + 1, *value, (gsize) (end - value - 1));

          return close != NULL ? g_strndup (value + 1, (gsize) (close - value - 1)) : NULL;
        }
      n = strcspn (value, " \t\n>");
      return g_strndup (value, MIN (n, (gsize) (end - value)));
    }
  return NULL;
}

static gboolean
is_among (const char *name, const char *const *names)
{
  return g_strv_contains (names, name);
}

static void
take_picture (Html *self, const char *begin, const char *end)
{
  g_autofree char *alt = dup_attribute (begin, end, "alt");
  g_autofree char *word = NULL;

  if (alt == NULL || *alt == '\0')
    return;
  word = g_strdup_printf ("[%s]", alt);
  append_word (self, word);
}

/* The tag [begin, end), without its angle brackets. */
static void
take_tag (Html *self, const char *begin, const char *end)
{
  static const char *const paragraphs[] = { "p",  "div",        "h1",    "h2", "h3", "h4",
                                            "h5", "h6",         "table", "ul", "ol", "pre",
                                            "dl", "blockquote", "hr",    NULL };
  static const char *const lines[] = { "br", "li", "tr", "dt", "dd", NULL };
  gboolean closes = *begin == '/';
  gsize length = strcspn (begin + closes, " \t\r\n/>");
  g_autofree char *name =
      g_ascii_strdown (begin + closes, (gssize) MIN (length, (gsize) (end - begin - closes)));

  if (strcmp (name, "script") == 0 || strcmp (name, "style") == 0)
    self->dropping = !closes;
  else if (self->dropping)
    return;
  else if (strcmp (name, "br") == 0)
    {
      trim_blanks (self);
      self->blank = FALSE;
      g_string_append_c (self->out, '\n');
    }
  else if (is_among (name, paragraphs))
    {
      /* a list inside a list begins no paragraph */
      break_lines (self, strcmp (name, "div") == 0 || name[0] == 'u' || name[0] == 'o' ? 1 : 2);
      if (strcmp (name, "pre") == 0)
        self->pre = closes ? self->pre - (self->pre > 0) : self->pre + 1;
    }
  else if (is_among (name, lines))
    {
      break_lines (self, 1);
      if (strcmp (name, "li") == 0 && !closes)
        g_string_append (self->out, "* ");
    }
  else if ((strcmp (name, "td") == 0 || strcmp (name, "th") == 0) && !closes &&
           self->out->len > 0 && self->out->str[self->out->len - 1] != '\n')
    g_string_append (self->out, " | ");
  else if (strcmp (name, "img") == 0)
    take_picture (self, begin, end);
}

/* Whether a tag begins at @p, an angle bracket: "3 < 4" is none. */
static gboolean
begins_tag (const char *p)
{
  return g_ascii_isalpha (p[1]) || p[1] == '!' || p[1] == '?' ||
         (p[1] == '/' && g_ascii_isalpha (p[2]));
}

/* The end of a tag, its closing bracket; quotes may hold brackets. Where they do not match, the
 * next bracket. */
static const char *
find_tag_end (const char *tag)
{
  const char *p = tag;
  char quote = '\0';

  for (; *p != '\0' && p - tag < MAX_TAG; p++)
    if (quote != '\0')
      quote = *p == quote ? '\0' : quote;
    else if ((*p == '"' || *p == '\'') && p[-1] == '=')
      quote = *p;
    else if (*p == '>')
      return p;
  return strchr (tag, '>');
}

static const char *
take_markup (Html *self, const char *p)
{
  const char *end;

  if (g_str_has_prefix (p, "<!--"))
    {
      end = strstr (p + 4, "-->");
      return end != NULL ? end + 3 : p + strlen (p);
    }
  end = find_tag_end (p + 1);
  if (end == NULL) /* cut off inside a tag */
    return p + strlen (p);
  take_tag (self, p + 1, end);
  return end + 1;
}

char *
vantage_tracker_html (const char *html)
{
  Html self = { .out = g_string_new (NULL) };

  for (const char *p = html != NULL ? html : ""; *p != '\0';)
    {
      if (*p == '<' && begins_tag (p))
        p = take_markup (&self, p);
      else if (self.dropping || *p == '\r')
        p++;
      else if (g_ascii_isspace (*p) && self.pre == 0)
        {
          self.blank = TRUE;
          p++;
        }
      else if (*p == '&')
        {
          append_word (&self, "");
          p = append_reference (self.out, p);
        }
      else
        {
          append_word (&self, "");
          g_string_append_c (self.out, *p++);
        }
    }
  g_strchug (g_strchomp (self.out->str));
  return g_string_free (self.out, FALSE);
}
