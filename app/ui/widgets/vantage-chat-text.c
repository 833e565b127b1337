/* vantage-chat-text.c: signs of emphasis in chat text become attributes. */

#include "config.h"

#include "vantage-chat-text.h"

#include <string.h>

#define FENCE "```"
/* A closing sign is looked for so far, so that many opening ones cost no more than their number. */
#define MAX_SPAN 2000

typedef enum
{
  LOOK_BOLD,
  LOOK_SLANTED,
  LOOK_STRUCK,
  LOOK_CODE,
  LOOK_QUOTE,
} Look;

typedef struct
{
  GString *out;
  PangoAttrList *attributes;
} Writer;

static void
insert (Writer *writer, PangoAttribute *attribute, gsize from)
{
  attribute->start_index = (guint) from;
  attribute->end_index = (guint) writer->out->len;
  pango_attr_list_insert (writer->attributes, attribute);
}

/* Gives everything written since @from a look. */
static void
mark (Writer *writer, Look look, gsize from)
{
  if (from == writer->out->len)
    return;
  switch (look)
    {
    case LOOK_BOLD:
      insert (writer, pango_attr_weight_new (PANGO_WEIGHT_BOLD), from);
      break;
    case LOOK_SLANTED:
      insert (writer, pango_attr_style_new (PANGO_STYLE_ITALIC), from);
      break;
    case LOOK_STRUCK:
      insert (writer, pango_attr_strikethrough_new (TRUE), from);
      break;
    case LOOK_CODE:
      insert (writer, pango_attr_family_new ("Monospace"), from);
      insert (writer, pango_attr_scale_new (0.92), from);
      /* Grey that is seen on light and on dark. */
      insert (writer, pango_attr_background_new (0x8080, 0x8080, 0x8080), from);
      insert (writer, pango_attr_background_alpha_new (0x2400), from);
      break;
    case LOOK_QUOTE:
      insert (writer, pango_attr_foreground_alpha_new (0xb000), from);
      break;
    }
}

static gboolean
is_word_at (const char *p)
{
  return g_unichar_isalnum (g_utf8_get_char (p));
}

/* Whether a sign at @p, after @before, can open: not inside a word, and before something. */
static gboolean
can_open (const char *start, const char *p, gsize sign_length)
{
  const char *after = p + sign_length;

  if (*after == '\0' || g_unichar_isspace (g_utf8_get_char (after)) || *after == *p)
    return FALSE;
  return p == start || !is_word_at (g_utf8_prev_char (p));
}

/* The sign that closes what one of @sign_length bytes at @p opened, on the same line; NULL: none.
 */
static const char *
find_close (const char *p, const char *end, gsize sign_length)
{
  const char *limit = MIN (end, p + MAX_SPAN);

  for (const char *at = p + sign_length; at + sign_length <= limit && *at != '\n'; at++)
    {
      const char *after = at + sign_length;

      if (at == p + sign_length || memcmp (at, p, sign_length) != 0)
        continue;
      if (g_ascii_isspace (at[-1]) || (after < end && is_word_at (after)) ||
          (after < end && *after == *p))
        continue;
      return at;
    }
  return NULL;
}

static const char *
find_tick (const char *p, const char *end)
{
  const char *limit = MIN (end, p + MAX_SPAN);

  for (const char *at = p + 1; at < limit && *at != '\n'; at++)
    if (*at == '`')
      return at > p + 1 ? at : NULL;
  return NULL;
}

static gboolean
get_look (const char *p, Look *out_look, gsize *out_length)
{
  *out_length = 1;
  switch (*p)
    {
    case '*':
      *out_length = p[1] == '*' ? 2 : 1;
      *out_look = LOOK_BOLD;
      return TRUE;
    case '_':
      *out_look = LOOK_SLANTED;
      return TRUE;
    case '~':
      *out_length = p[1] == '~' ? 2 : 1;
      *out_look = LOOK_STRUCK;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Text between fences: emphasis may hold other emphasis, two deep at most. */
static void
write_run (Writer *writer, const char *start, const char *end, guint depth)
{
  for (const char *p = start; p < end;)
    {
      const char *next = g_utf8_next_char (p);
      const char *close = NULL;
      gsize from = writer->out->len;
      gsize length = 1;
      Look look;

      if (*p == '`' && (close = find_tick (p, end)) != NULL)
        {
          g_string_append_len (writer->out, p + 1, close - p - 1);
          mark (writer, LOOK_CODE, from);
          p = close + 1;
          continue;
        }
      if (depth < 2 && get_look (p, &look, &length) && can_open (start, p, length) &&
          (close = find_close (p, end, length)) != NULL)
        {
          write_run (writer, p + length, close, depth + 1);
          mark (writer, look, from);
          p = close + length;
          continue;
        }
      g_string_append_len (writer->out, p, MIN (next, end) - p);
      p = next;
    }
}

static void
write_line (Writer *writer, const char *start, const char *end)
{
  gsize from = writer->out->len;
  gboolean quote = end - start > 1 && start[0] == '>' && start[1] != '>';

  if (!quote)
    {
      write_run (writer, start, end, 0);
      return;
    }
  start += start[1] == ' ' ? 2 : 1;
  g_string_append (writer->out, "▏ ");
  write_run (writer, start, end, 0);
  mark (writer, LOOK_QUOTE, from);
}

static void
write_lines (Writer *writer, const char *start, const char *end)
{
  while (start < end)
    {
      const char *stop = memchr (start, '\n', (gsize) (end - start));

      write_line (writer, start, stop != NULL ? stop : end);
      if (stop == NULL)
        return;
      g_string_append_c (writer->out, '\n');
      start = stop + 1;
    }
}

/* The inside of a block on lines of its own. */
static void
write_block (Writer *writer, const char *start, const char *end)
{
  gsize from;

  while (start < end && (*start == '\n' || *start == '\r'))
    start++;
  while (end > start && g_ascii_isspace (end[-1]))
    end--;
  if (writer->out->len > 0 && writer->out->str[writer->out->len - 1] != '\n')
    g_string_append_c (writer->out, '\n');
  from = writer->out->len;
  g_string_append_len (writer->out, start, end - start);
  mark (writer, LOOK_CODE, from);
}

char *
vantage_chat_text_parse (const char *text, PangoAttrList **out_attributes)
{
  Writer writer = { g_string_sized_new (strlen (text)), pango_attr_list_new () };
  const char *p = text;
  const char *open;

  while ((open = strstr (p, FENCE)) != NULL)
    {
      const char *close = strstr (open + strlen (FENCE), FENCE);

      if (close == NULL)
        break;
      write_lines (&writer, p, open);
      write_block (&writer, open + strlen (FENCE), close);
      p = close + strlen (FENCE);
      if (*p != '\0' && *p != '\n')
        g_string_append_c (writer.out, '\n');
      while (*p == ' ')
        p++;
    }
  write_lines (&writer, p, p + strlen (p));
  *out_attributes = writer.attributes;
  return g_string_free (writer.out, FALSE);
}
