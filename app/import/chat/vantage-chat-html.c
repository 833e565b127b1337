/* vantage-chat-html.c: markup to text, in one pass over tags and words. */

#include "vantage-chat-html.h"

#include <string.h>

#define MAX_LISTS 16
#define MAX_QUOTES 16
#define MAX_NAME 512    /* bytes of a mentioned name */
#define MAX_QUOTED 4096 /* bytes of a tag in which a ">" in quotes is looked for */
#define MAX_UNCLOSED 64 /* tags with an open quote, after which quotes are not looked at */

typedef struct
{
  GString *out;
  const VantageChatHtmlHooks *hooks;
  gpointer user_data;

  gboolean at_start; /* of a line: nothing was written into it yet */
  gboolean space;    /* white space was seen that is due before the next word */
  char *marker;      /* of a list item whose words are still to come */
  guint quotes, pre;
  guint n_lists;
  guint numbers[MAX_LISTS]; /* of the next item; 0: a list of dots */
  GString *href;            /* of the link that is open */
  gsize link_start;
  gboolean hidden_span; /* and that is a <span> */
  gboolean hidden;      /* inside a mention whose name is not needed */
  guint unclosed;
  gboolean no_tags; /* there is no ">" any more */
} Html;

/* ---- entities ---- */

static const struct
{
  const char *name;
  gunichar code;
} entities[] = {
  { "amp", '&' },      { "lt", '<' },       { "gt", '>' },        { "quot", '"' },
  { "apos", '\'' },    { "nbsp", ' ' },     { "hellip", 0x2026 }, { "mdash", 0x2014 },
  { "ndash", 0x2013 }, { "lsquo", 0x2018 }, { "rsquo", 0x2019 },  { "ldquo", 0x201c },
  { "rdquo", 0x201d }, { "bull", 0x2022 },  { "middot", 0xb7 },   { "copy", 0xa9 },
  { "reg", 0xae },     { "trade", 0x2122 }, { "deg", 0xb0 },      { "euro", 0x20ac },
  { "pound", 0xa3 },   { "cent", 0xa2 },    { "sect", 0xa7 },     { "para", 0xb6 },
  { "times", 0xd7 },   { "divide", 0xf7 },  { "plusmn", 0xb1 },   { "laquo", 0xab },
  { "raquo", 0xbb },   { "auml", 0xe4 },    { "ouml", 0xf6 },     { "uuml", 0xfc },
  { "Auml", 0xc4 },    { "Ouml", 0xd6 },    { "Uuml", 0xdc },     { "szlig", 0xdf },
  { "eacute", 0xe9 },  { "egrave", 0xe8 },  { "ecirc", 0xea },    { "agrave", 0xe0 },
  { "aacute", 0xe1 },  { "acirc", 0xe2 },   { "aring", 0xe5 },    { "Aring", 0xc5 },
  { "aelig", 0xe6 },   { "oslash", 0xf8 },  { "ccedil", 0xe7 },   { "ntilde", 0xf1 },
  { "oacute", 0xf3 },  { "iacute", 0xed },  { "uacute", 0xfa },   { "rarr", 0x2192 },
  { "larr", 0x2190 },  { "zwj", 0x200d },   { "zwnj", 0x200c },   { "shy", 0xad },
};

static gunichar
decode_number (const char *text, gsize length)
{
  gboolean hex = length > 1 && (*text == 'x' || *text == 'X');
  gunichar code = 0;

  if (hex)
    text++, length--;
  if (length == 0 || length > 8)
    return 0;
  for (; length > 0; text++, length--)
    {
      int digit = hex ? g_ascii_xdigit_value (*text) : g_ascii_digit_value (*text);

      if (digit < 0)
        return 0;
      if (code < 0x1000000)
        code = code * (hex ? 16 : 10) + (gunichar) digit;
    }
  if (code == 0xa0)
    return ' ';
  return code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code;
}

/* What the entity at @text, an "&", stands for; 0 when it is none. */
static gunichar
decode_entity (const char *text, gsize *out_length)
{
  gsize length = strcspn (text + 1, "; <&\n");
  gunichar code = 0;

  if (text[1 + length] != ';' || length == 0 || length > 12)
    return 0;
  *out_length = length + 2;
  if (text[1] == '#')
    return decode_number (text + 2, length - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (entities) && code == 0; i++)
    if (strlen (entities[i].name) == length && strncmp (entities[i].name, text + 1, length) == 0)
      code = entities[i].code;
  return code;
}

/* ---- lines and words ---- */

static void
begin_line (Html *self)
{
  guint depth = self->n_lists > 0 ? MIN (self->n_lists, MAX_LISTS) - 1 : 0;

  if (!self->at_start)
    return;
  self->at_start = FALSE;
  self->space = FALSE;
  for (guint i = 0; i < MIN (self->quotes, MAX_QUOTES); i++)
    g_string_append (self->out, "> ");
  if (self->marker == NULL)
    return;
  for (guint i = 0; i < depth; i++)
    g_string_append (self->out, "  ");
  g_string_append (self->out, self->marker);
  g_clear_pointer (&self->marker, g_free);
}

static void
trim_line (Html *self)
{
  while (self->out->len > 0 && self->out->str[self->out->len - 1] == ' ')
    g_string_truncate (self->out, self->out->len - 1);
}

/* Ends the line unless it is empty. */
static void
end_line (Html *self)
{
  self->space = FALSE;
  if (self->at_start)
    return;
  trim_line (self);
  g_string_append_c (self->out, '\n');
  self->at_start = TRUE;
}

/* A line end that was asked for; two empty lines in a row say no more than one. */
static void
break_line (Html *self)
{
  gsize length;

  self->space = FALSE;
  trim_line (self);
  self->at_start = TRUE;
  length = self->out->len;
  if (length == 0 || (length > 1 && strcmp (self->out->str + length - 2, "\n\n") == 0))
    return;
  g_string_append_c (self->out, '\n');
}

static void
write_char (Html *self, gunichar c)
{
  if (self->hidden)
    return;
  if (self->pre > 0 && c == '\n')
    {
      trim_line (self);
      g_string_append_c (self->out, '\n');
      self->at_start = TRUE;
      return;
    }
  begin_line (self);
  if (self->space)
    g_string_append_c (self->out, ' ');
  self->space = FALSE;
  g_string_append_unichar (self->out, c);
}

static void
write_text (Html *self, const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    write_char (self, g_utf8_get_char (text));
}

static void
write_words (Html *self, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      gsize entity = 0;
      gunichar c = *text == '&' ? decode_entity (text, &entity) : 0;

      if (c != 0 && entity <= (gsize) (end - text))
        text += entity;
      else
        {
          c = g_utf8_get_char (text);
          text = g_utf8_next_char (text);
        }
      if (c == '\r')
        continue;
      if (self->pre == 0 && (c == ' ' || c == '\n' || c == '\t' || c == 0xa0))
        self->space = !self->at_start;
      else if (c >= ' ' || c == '\n' || c == '\t')
        write_char (self, c == 0xa0 ? ' ' : c);
    }
}

/* ---- tags ---- */

/* The value of an attribute, entities decoded; NULL when it is not there. (transfer full) */
static char *
dup_attribute (const char *tag, gsize length, const char *name)
{
  const char *end = tag + length;
  gsize n = strlen (name);

  for (const char *at = tag; at + n < end; at++)
    {
      Html value = { .at_start = FALSE, .pre = 1 };
      const char *from, *to;
      char quote;

      if (!g_ascii_isspace (*at) || g_ascii_strncasecmp (at + 1, name, n) != 0)
        continue;
      for (from = at + 1 + n; from < end && g_ascii_isspace (*from);)
        from++;
      if (from >= end || *from != '=')
        continue;
      for (from++; from < end && g_ascii_isspace (*from);)
        from++;
      quote = from < end && (*from == '"' || *from == '\'') ? *from++ : '\0';
      for (to = from;
           to < end && (quote != '\0' ? *to != quote : !g_ascii_isspace (*to) && *to != '>');)
        to++;
      value.out = g_string_new (NULL);
      write_words (&value, from, (gsize) (to - from));
      return g_string_free (value.out, FALSE);
    }
  return NULL;
}

static void
open_list (Html *self, gboolean numbered)
{
  end_line (self);
  if (self->n_lists < MAX_LISTS)
    self->numbers[self->n_lists] = numbered ? 1 : 0;
  self->n_lists++;
}

static void
open_item (Html *self)
{
  guint *number = self->n_lists > 0 ? &self->numbers[MIN (self->n_lists, MAX_LISTS) - 1] : NULL;

  end_line (self);
  g_free (self->marker);
  if (number != NULL && *number > 0)
    self->marker = g_strdup_printf ("%u. ", (*number)++);
  else
    self->marker = g_strdup ("• ");
}

static void
open_link (Html *self, const char *tag, gsize length)
{
  char *href = dup_attribute (tag, length, "href");

  if (href == NULL || self->href != NULL)
    {
      g_free (href);
      return;
    }
  self->href = g_string_new (href);
  g_free (href);
  begin_line (self);
  self->link_start = self->out->len;
}

/* The address follows the words unless they are the address. */
static void
close_link (Html *self)
{
  g_autofree char *href = self->href != NULL ? g_string_free (self->href, FALSE) : NULL;
  const char *words, *rest;

  self->href = NULL;
  if (href == NULL || self->link_start > self->out->len)
    return;
  words = self->out->str + self->link_start;
  while (*words == ' ')
    words++;
  rest = g_str_has_prefix (href, "https://")  ? href + 8
         : g_str_has_prefix (href, "http://") ? href + 7
                                              : NULL;
  if (rest == NULL || strstr (words, rest) != NULL ||
      (*words != '\0' && g_str_has_prefix (rest, words) && strlen (rest) - strlen (words) <= 1))
    return;
  if (*words == '\0')
    write_text (self, href);
  else
    {
      self->space = TRUE;
      write_text (self, "(");
      write_text (self, href);
      write_text (self, ")");
    }
}

static void
write_picture (Html *self, const char *tag, gsize length)
{
  g_autofree char *alt = dup_attribute (tag, length, "alt");
  g_autofree char *type = dup_attribute (tag, length, "itemtype");
  g_autofree char *class = dup_attribute (tag, length, "class");

  if ((type != NULL && strstr (type, "Emoji") != NULL) ||
      (class != NULL && strstr (class, "emoji") != NULL))
    {
      write_text (self, alt != NULL ? alt : "");
      return;
    }
  write_text (self, "[");
  write_text (self, alt != NULL && *alt != '\0' ? alt : "image");
  write_text (self, "]");
}

static void
open_mention (Html *self, const char *tag, gsize length)
{
  g_autofree char *id = dup_attribute (tag, length, "id");
  const char *key = id != NULL && self->hooks != NULL && self->hooks->mention != NULL
                        ? self->hooks->mention (id, self->user_data)
                        : NULL;

  if (self->hidden)
    return;
  write_char (self, '@');
  if (key == NULL)
    return;
  write_text (self, key);
  self->hidden = g_strstr_len (tag + length, MAX_NAME, "</at") != NULL;
}

/* <span class="user-mention" data-user-id="7">@Name</span>: the mark is among the words. */
static void
open_span (Html *self, const char *tag, gsize length)
{
  g_autofree char *id = dup_attribute (tag, length, "data-user-id");
  const char *key = id != NULL && self->hooks != NULL && self->hooks->mention != NULL
                        ? self->hooks->mention (id, self->user_data)
                        : NULL;

  if (self->hidden || key == NULL)
    return;
  write_char (self, '@');
  write_text (self, key);
  self->hidden = g_strstr_len (tag + length, MAX_NAME, "</span") != NULL;
  self->hidden_span = self->hidden;
}

static void
write_attachment (Html *self, const char *tag, gsize length)
{
  g_autofree char *id = dup_attribute (tag, length, "id");
  g_autofree char *text = id != NULL && self->hooks != NULL && self->hooks->attachment != NULL
                              ? self->hooks->attachment (id, self->user_data)
                              : NULL;

  if (text == NULL || *text == '\0')
    return;
  if (strchr (text, '\n') != NULL || *text == '>')
    end_line (self);
  self->pre++;
  write_text (self, text);
  self->pre--;
  if (strchr (text, '\n') != NULL || *text == '>')
    end_line (self);
}

static void
toggle_pre (Html *self, gboolean closing)
{
  if (closing && self->pre == 0)
    return;
  if (closing)
    self->pre--;
  if (self->pre == 0)
    {
      end_line (self);
      write_text (self, "```");
      end_line (self);
    }
  if (!closing)
    self->pre++;
}

static gboolean
is_any (const char *name, const char *const *names)
{
  return g_strv_contains (names, name);
}

static const char *const blocks[] = { "p",     "div", "h1", "h2", "h3",      "h4",      "h5", "h6",
                                      "table", "tr",  "hr", "dl", "section", "article", NULL };

static void
take_opening (Html *self, const char *name, const char *tag, gsize length)
{
  if (is_any (name, blocks))
    end_line (self);
  else if (g_str_equal (name, "br"))
    break_line (self);
  else if (g_str_equal (name, "ul") || g_str_equal (name, "ol"))
    open_list (self, name[0] == 'o');
  else if (g_str_equal (name, "li"))
    open_item (self);
  else if (g_str_equal (name, "blockquote"))
    {
      end_line (self);
      self->quotes++;
    }
  else if (g_str_equal (name, "pre") || g_str_equal (name, "codeblock"))
    toggle_pre (self, FALSE);
  else if (g_str_equal (name, "code") && self->pre == 0)
    write_char (self, '`');
  else if (g_str_equal (name, "a"))
    open_link (self, tag, length);
  else if (g_str_equal (name, "img"))
    write_picture (self, tag, length);
  else if (g_str_equal (name, "at"))
    open_mention (self, tag, length);
  else if (g_str_equal (name, "span"))
    open_span (self, tag, length);
  else if (g_str_equal (name, "attachment"))
    write_attachment (self, tag, length);
  else if (g_str_equal (name, "emoji"))
    {
      g_autofree char *alt = dup_attribute (tag, length, "alt");

      write_text (self, alt != NULL ? alt : "");
    }
  else if ((g_str_equal (name, "td") || g_str_equal (name, "th")) && !self->at_start)
    write_text (self, " | ");
}

static void
take_closing (Html *self, const char *name)
{
  if (is_any (name, blocks) || g_str_equal (name, "li"))
    end_line (self);
  else if (g_str_equal (name, "ul") || g_str_equal (name, "ol"))
    {
      end_line (self);
      self->n_lists -= self->n_lists > 0 ? 1 : 0;
    }
  else if (g_str_equal (name, "blockquote"))
    {
      end_line (self);
      self->quotes -= self->quotes > 0 ? 1 : 0;
    }
  else if (g_str_equal (name, "pre") || g_str_equal (name, "codeblock"))
    toggle_pre (self, TRUE);
  else if (g_str_equal (name, "code") && self->pre == 0)
    {
      self->space = FALSE;
      write_char (self, '`');
    }
  else if (g_str_equal (name, "a"))
    close_link (self);
  else if (g_str_equal (name, self->hidden_span ? "span" : "at"))
    self->hidden = self->hidden_span = FALSE;
}

/* The end of a tag, whose quotes may hold a ">"; NULL when there is none. Linear over the whole
 * text, whatever it is. */
static const char *
find_tag_end (Html *self, const char *at)
{
  const char *begin = at;
  char quote = '\0';

  if (self->no_tags)
    return NULL;
  for (; self->unclosed < MAX_UNCLOSED && *at != '\0' && at - begin < MAX_QUOTED; at++)
    if (quote != '\0')
      quote = *at == quote ? '\0' : quote;
    else if (*at == '"' || *at == '\'')
      quote = *at;
    else if (*at == '>')
      return at;
  self->unclosed++;
  at = strchr (begin, '>');
  self->no_tags = at == NULL;
  return at;
}

/* Behind what is never shown: comments, scripts and styles with all that is in them. */
static const char *
pass_over (const char *at, const char *name, const char *end)
{
  g_autofree char *closing = g_strconcat ("</", name, NULL);
  gsize n = strlen (closing);

  for (at = end; *at != '\0'; at++)
    if (*at == '<' && g_ascii_strncasecmp (at, closing, n) == 0)
      {
        const char *close = strchr (at, '>');

        return close != NULL ? close + 1 : at + strlen (at);
      }
  return at;
}

/* Reads the tag at @at; NULL when it is a "<" that begins none. */
static const char *
take_tag (Html *self, const char *at)
{
  gboolean closing = at[1] == '/';
  const char *name_at = at + 1 + closing, *end;
  g_autofree char *name = NULL;
  gsize n = 0;

  if (g_str_has_prefix (at, "<!--"))
    {
      end = strstr (at + 4, "-->");
      return end != NULL ? end + 3 : at + strlen (at);
    }
  if (!g_ascii_isalpha (*name_at) && at[1] != '!' && at[1] != '?')
    return NULL;
  end = find_tag_end (self, name_at);
  if (end == NULL)
    return NULL;
  while (g_ascii_isalnum (name_at[n]) && n < 32)
    n++;
  name = g_ascii_strdown (name_at, (gssize) n);
  if (closing)
    take_closing (self, name);
  else if (g_str_equal (name, "script") || g_str_equal (name, "style"))
    return pass_over (at, name, end + 1);
  else
    take_opening (self, name, name_at + n, (gsize) (end - name_at - (gssize) n));
  return end + 1;
}

char *
vantage_chat_html_to_text (const char *html, const VantageChatHtmlHooks *hooks, gpointer user_data)
{
  Html self = { .hooks = hooks, .user_data = user_data, .at_start = TRUE };

  self.out = g_string_sized_new (strlen (html));
  while (*html != '\0')
    {
      const char *after = *html == '<' ? take_tag (&self, html) : NULL;
      gsize length;

      if (after != NULL)
        {
          html = after;
          continue;
        }
      length = 1 + strcspn (html + 1, "<");
      write_words (&self, html, length);
      html += length;
    }
  close_link (&self);
  if (self.pre > 0)
    {
      self.pre = 1;
      toggle_pre (&self, TRUE);
    }
  g_free (self.marker);
  while (self.out->len > 0 && g_ascii_isspace (self.out->str[self.out->len - 1]))
    g_string_truncate (self.out, self.out->len - 1);
  return g_string_free (self.out, FALSE);
}
