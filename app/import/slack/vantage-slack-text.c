#include "vantage-slack-text.h"

#include <string.h>

void
vantage_slack_text_add_mention (GPtrArray *mentions, const char *key, gsize length)
{
  if (mentions == NULL)
    return;
  for (guint i = 0; i < mentions->len; i++)
    if (strncmp (mentions->pdata[i], key, length) == 0 &&
        ((const char *) mentions->pdata[i])[length] == '\0')
      return;
  g_ptr_array_add (mentions, g_strndup (key, length));
}

/* The three entities that Slack writes, and no others. */
static void
append_unescaped (GString *out, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *mark = memchr (text, '&', (gsize) (end - text));
      gsize left;

      if (mark == NULL)
        mark = end;
      g_string_append_len (out, text, mark - text);
      left = (gsize) (end - mark);
      text = mark;
      if (left >= 4 && memcmp (mark, "&lt;", 4) == 0)
        {
          g_string_append_c (out, '<');
          text += 4;
        }
      else if (left >= 4 && memcmp (mark, "&gt;", 4) == 0)
        {
          g_string_append_c (out, '>');
          text += 4;
        }
      else if (left >= 5 && memcmp (mark, "&amp;", 5) == 0)
        {
          g_string_append_c (out, '&');
          text += 5;
        }
      else if (left > 0)
        {
          g_string_append_c (out, '&');
          text++;
        }
    }
}

/* One `<…>`: what is before its "|" and behind it. */
typedef struct
{
  const char *body;
  gsize body_length;
  const char *label; /* NULL: no "|" */
  gsize label_length;
} Mark;

static void
append_label (GString *out, const Mark *mark)
{
  append_unescaped (out, mark->label, mark->label_length);
}

static gboolean
append_mention (GString *out, const Mark *mark, GPtrArray *mentions)
{
  if (mark->body_length < 2)
    return FALSE;
  g_string_append_len (out, mark->body, (gssize) mark->body_length);
  vantage_slack_text_add_mention (mentions, mark->body + 1, mark->body_length - 1);
  return TRUE;
}

static gboolean
append_channel (GString *out, const Mark *mark)
{
  if (mark->body_length < 2)
    return FALSE;
  if (mark->label == NULL || mark->label_length == 0)
    g_string_append_len (out, mark->body, (gssize) mark->body_length);
  else
    {
      g_string_append_c (out, '#');
      append_label (out, mark);
    }
  return TRUE;
}

static gboolean
body_begins (const Mark *mark, const char *text)
{
  gsize length = strlen (text);

  return mark->body_length >= length && memcmp (mark->body, text, length) == 0;
}

/* here, everyone, a group of people, a date. */
static gboolean
append_command (GString *out, const Mark *mark)
{
  gsize skip = body_begins (mark, "!subteam^") ? strlen ("!subteam^") : 1;

  if (mark->body_length <= skip)
    return FALSE;
  if (mark->label == NULL || mark->label_length == 0)
    {
      g_string_append_c (out, '@');
      append_unescaped (out, mark->body + skip, mark->body_length - skip);
      return TRUE;
    }
  if (!body_begins (mark, "!date^") && mark->label[0] != '@')
    g_string_append_c (out, '@');
  append_label (out, mark);
  return TRUE;
}

/* Whether the label says no more than the address: with or without its scheme and last slash. */
static gboolean
is_label_the_address (const char *address, gsize length, const Mark *mark)
{
  gsize label = mark->label_length;

  if (label == length && memcmp (address, mark->label, length) == 0)
    return TRUE;
  if (length > 0 && address[length - 1] == '/' && (label == 0 || mark->label[label - 1] != '/'))
    length--;
  return label > 0 && label < length &&
         memcmp (address + length - label, mark->label, label) == 0 &&
         address[length - label - 1] == '/' &&
         memmem (address, length - label, "://", 3) == address + length - label - 3;
}

static void
append_link (GString *out, const Mark *mark)
{
  const char *address = mark->body;
  gsize length = mark->body_length;

  if (body_begins (mark, "mailto:"))
    {
      address += strlen ("mailto:");
      length -= strlen ("mailto:");
    }
  else if (body_begins (mark, "tel:"))
    {
      address += strlen ("tel:");
      length -= strlen ("tel:");
    }
  if (mark->label == NULL || mark->label_length == 0)
    append_unescaped (out, address, length);
  else if (is_label_the_address (address, length, mark))
    append_label (out, mark);
  else
    {
      append_label (out, mark);
      g_string_append (out, " (");
      append_unescaped (out, address, length);
      g_string_append_c (out, ')');
    }
}

static void
append_mark (GString *out, const char *inside, gsize length, GPtrArray *mentions)
{
  const char *bar = memchr (inside, '|', length);
  Mark mark = { .body = inside,
                .body_length = bar != NULL ? (gsize) (bar - inside) : length,
                .label = bar != NULL ? bar + 1 : NULL,
                .label_length = bar != NULL ? length - (gsize) (bar - inside) - 1 : 0 };
  gboolean ok = TRUE;

  switch (length > 0 ? *inside : '\0')
    {
    case '@':
      ok = append_mention (out, &mark, mentions);
      break;
    case '#':
      ok = append_channel (out, &mark);
      break;
    case '!':
      ok = append_command (out, &mark);
      break;
    case '\0':
      ok = FALSE;
      break;
    default:
      append_link (out, &mark);
    }
  if (ok)
    return;
  g_string_append_c (out, '<');
  append_unescaped (out, inside, length);
  g_string_append_c (out, '>');
}

void
vantage_slack_text_append (GString *out, const char *text, gsize length, GPtrArray *mentions)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *open = memchr (text, '<', (gsize) (end - text));
      const char *close = open != NULL ? memchr (open, '>', (gsize) (end - open)) : NULL;

      if (close == NULL)
        {
          append_unescaped (out, text, (gsize) (end - text));
          return;
        }
      append_unescaped (out, text, (gsize) (open - text));
      append_mark (out, open + 1, (gsize) (close - open) - 1, mentions);
      text = close + 1;
    }
}

/* ---- blocks ---- */

static void
begin_line (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
}

static void
append_plain (GString *out, const char *text)
{
  if (text != NULL)
    g_string_append (out, text);
}

/* A text object: `mrkdwn` with markup, `plain_text` without; old ones are a bare string. */
static void
append_text_object (GString *out, VantageNode *object, GPtrArray *mentions)
{
  const char *text;
  gsize length;

  if (object == NULL)
    return;
  if (object->type == VANTAGE_NODE_STRING)
    text = vantage_node_get_text_length (object, &length);
  else
    text = vantage_node_get_text_length (vantage_node_get (object, "text"), &length);
  if (text == NULL || length == 0)
    return;
  begin_line (out);
  if (object->type == VANTAGE_NODE_OBJECT &&
      vantage_node_is (vantage_node_get (object, "type"), "plain_text"))
    g_string_append_len (out, text, (gssize) length);
  else
    vantage_slack_text_append (out, text, length, mentions);
}

static void
append_inline_link (GString *out, VantageNode *element)
{
  const char *text = vantage_node_get_member (element, "text");
  const char *url = vantage_node_get_member (element, "url");
  Mark mark = { .body = url != NULL ? url : "", .label = text };

  mark.body_length = strlen (mark.body);
  mark.label_length = text != NULL ? strlen (text) : 0;
  append_link (out, &mark);
}

/* One inline element of rich text. */
static void
append_inline (GString *out, VantageNode *element, GPtrArray *mentions)
{
  VantageNode *type = vantage_node_get (element, "type");

  if (vantage_node_is (type, "text"))
    append_plain (out, vantage_node_get_member (element, "text"));
  else if (vantage_node_is (type, "link"))
    append_inline_link (out, element);
  else if (vantage_node_is (type, "emoji"))
    g_string_append_printf (out, ":%s:", vantage_node_get_member (element, "name") ?: "");
  else if (vantage_node_is (type, "user"))
    {
      const char *key = vantage_node_get_member (element, "user_id");

      if (key == NULL)
        return;
      g_string_append_printf (out, "@%s", key);
      vantage_slack_text_add_mention (mentions, key, strlen (key));
    }
  else if (vantage_node_is (type, "channel"))
    g_string_append_printf (out, "#%s", vantage_node_get_member (element, "channel_id") ?: "");
  else if (vantage_node_is (type, "usergroup"))
    g_string_append_printf (out, "@%s", vantage_node_get_member (element, "usergroup_id") ?: "");
  else if (vantage_node_is (type, "broadcast"))
    g_string_append_printf (out, "@%s", vantage_node_get_member (element, "range") ?: "");
  else if (vantage_node_is (type, "date"))
    append_plain (out, vantage_node_get_member (element, "fallback"));
  else
    append_plain (out, vantage_node_get_member (element, "value"));
}

static void append_rich (GString *out, VantageNode *element, GPtrArray *mentions);

static void
append_rich_list (GString *out, VantageNode *list, GPtrArray *mentions)
{
  VantageNode *elements = vantage_node_get_array (list, "elements");
  gboolean ordered = vantage_node_is (vantage_node_get (list, "style"), "ordered");
  gint64 indent = CLAMP (vantage_node_get_int (list, "indent", 0), 0, 8);
  guint number = 1;

  if (elements == NULL)
    return;
  for (VantageNode *at = vantage_node_first (elements); at != NULL;
       at = vantage_node_next (elements, at))
    {
      begin_line (out);
      for (gint64 i = 0; i < indent; i++)
        g_string_append (out, "  ");
      if (ordered)
        g_string_append_printf (out, "%u. ", number++);
      else
        g_string_append (out, "\xe2\x80\xa2 ");
      append_rich (out, at, mentions);
    }
}

static void
append_rich_quote (GString *out, VantageNode *quote, GPtrArray *mentions)
{
  VantageNode *elements = vantage_node_get_array (quote, "elements");
  g_autoptr (GString) inner = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  if (elements == NULL)
    return;
  for (VantageNode *at = vantage_node_first (elements); at != NULL;
       at = vantage_node_next (elements, at))
    append_inline (inner, at, mentions);
  lines = g_strsplit (inner->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      begin_line (out);
      g_string_append_printf (out, "> %s", lines[i]);
    }
}

/* A section, list, quote or stretch of code in rich text, or an inline element. */
static void
append_rich (GString *out, VantageNode *element, GPtrArray *mentions)
{
  VantageNode *elements = vantage_node_get_array (element, "elements");
  VantageNode *type = vantage_node_get (element, "type");

  if (vantage_node_is (type, "rich_text_list"))
    append_rich_list (out, element, mentions);
  else if (vantage_node_is (type, "rich_text_quote"))
    append_rich_quote (out, element, mentions);
  else if (elements == NULL)
    append_inline (out, element, mentions);
  else
    {
      if (vantage_node_is (type, "rich_text_preformatted"))
        begin_line (out);
      for (VantageNode *at = vantage_node_first (elements); at != NULL;
           at = vantage_node_next (elements, at))
        append_inline (out, at, mentions);
    }
}

static void
append_each_text (GString *out, VantageNode *list, GPtrArray *mentions)
{
  if (list == NULL)
    return;
  for (VantageNode *at = vantage_node_first (list); at != NULL; at = vantage_node_next (list, at))
    append_text_object (out, at, mentions);
}

static void
append_block (GString *out, VantageNode *block, GPtrArray *mentions)
{
  VantageNode *elements = vantage_node_get_array (block, "elements");

  if (vantage_node_is (vantage_node_get (block, "type"), "rich_text"))
    {
      begin_line (out);
      if (elements != NULL)
        for (VantageNode *at = vantage_node_first (elements); at != NULL;
             at = vantage_node_next (elements, at))
          {
            if (at != vantage_node_first (elements))
              begin_line (out);
            append_rich (out, at, mentions);
          }
      return;
    }
  append_text_object (out, vantage_node_get (block, "text"), mentions);
  append_text_object (out, vantage_node_get (block, "title"), mentions);
  append_each_text (out, vantage_node_get_array (block, "fields"), mentions);
  if (vantage_node_is (vantage_node_get (block, "type"), "context"))
    append_each_text (out, elements, mentions);
  if (vantage_node_get (block, "title") == NULL && vantage_node_get (block, "alt_text") != NULL)
    {
      begin_line (out);
      append_plain (out, vantage_node_get_member (block, "alt_text"));
    }
}

void
vantage_slack_text_append_blocks (GString *out, VantageNode *blocks, GPtrArray *mentions)
{
  if (blocks == NULL || blocks->type != VANTAGE_NODE_ARRAY)
    return;
  for (VantageNode *at = vantage_node_first (blocks); at != NULL;
       at = vantage_node_next (blocks, at))
    append_block (out, at, mentions);
  while (out->len > 0 && out->str[out->len - 1] == '\n')
    g_string_truncate (out, out->len - 1);
}

/* ---- attachments ---- */

static void
append_member (GString *out, VantageNode *object, const char *name, GPtrArray *mentions)
{
  gsize length;
  const char *text = vantage_node_get_text_length (vantage_node_get (object, name), &length);

  if (text == NULL || length == 0)
    return;
  begin_line (out);
  vantage_slack_text_append (out, text, length, mentions);
}

static void
append_fields (GString *out, VantageNode *fields, GPtrArray *mentions)
{
  if (fields == NULL)
    return;
  for (VantageNode *at = vantage_node_first (fields); at != NULL;
       at = vantage_node_next (fields, at))
    {
      gsize length;
      const char *value = vantage_node_get_text_length (vantage_node_get (at, "value"), &length);

      append_member (out, at, "title", mentions);
      if (value == NULL || length == 0)
        continue;
      if (vantage_node_get (at, "title") != NULL)
        g_string_append (out, ": ");
      else
        begin_line (out);
      vantage_slack_text_append (out, value, length, mentions);
    }
}

static void
append_attachment (GString *out, VantageNode *attachment, GPtrArray *mentions)
{
  gsize before = out->len;

  append_member (out, attachment, "pretext", mentions);
  append_member (out, attachment, "title", mentions);
  append_member (out, attachment, "text", mentions);
  append_fields (out, vantage_node_get_array (attachment, "fields"), mentions);
  if (out->len == before && vantage_node_get_array (attachment, "blocks") != NULL)
    {
      begin_line (out);
      vantage_slack_text_append_blocks (out, vantage_node_get_array (attachment, "blocks"),
                                        mentions);
    }
  if (out->len == before)
    append_member (out, attachment, "fallback", mentions);
}

void
vantage_slack_text_append_attachments (GString *out, VantageNode *attachments, GPtrArray *mentions)
{
  if (attachments == NULL || attachments->type != VANTAGE_NODE_ARRAY)
    return;
  for (VantageNode *at = vantage_node_first (attachments); at != NULL;
       at = vantage_node_next (attachments, at))
    append_attachment (out, at, mentions);
}
