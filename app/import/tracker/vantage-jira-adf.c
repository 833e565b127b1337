/* vantage-jira-adf.c: documents of Jira's newer editor, a tree of blocks, as plain text. */

#include "vantage-jira-private.h"

#include <string.h>

typedef struct
{
  GString *out;
  VantageItem *item;
} Adf;

static void append_node (Adf *self, VantageNode *node, const char *bullet);

static void
end_line (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
}

static void
append_content (Adf *self, VantageNode *node, const char *bullet)
{
  VantageNode *content = vantage_node_get_array (node, "content");

  for (VantageNode *child = content != NULL ? vantage_node_first (content) : NULL; child != NULL;
       child = vantage_node_next (content, child))
    append_node (self, child, bullet);
}

/* Words; a link's address after them where they do not say it. */
static void
append_text (Adf *self, VantageNode *node)
{
  VantageNode *marks = vantage_node_get_array (node, "marks");
  const char *text = vantage_node_get_member (node, "text");

  if (text == NULL)
    return;
  g_string_append (self->out, text);
  for (VantageNode *mark = marks != NULL ? vantage_node_first (marks) : NULL; mark != NULL;
       mark = vantage_node_next (marks, mark))
    {
      const char *address =
          vantage_node_get_member (vantage_node_get_object (mark, "attrs"), "href");

      if (address != NULL && strcmp (address, text) != 0 &&
          g_strcmp0 (vantage_node_get_member (mark, "type"), "link") == 0)
        g_string_append_printf (self->out, " (%s)", address);
    }
}

static void
append_mention (Adf *self, VantageNode *attributes)
{
  const char *id = vantage_node_get_member (attributes, "id");
  const char *text = vantage_node_get_member (attributes, "text");

  if (id != NULL && *id != '\0')
    {
      g_string_append_printf (self->out, "@%s", id);
      if (self->item != NULL)
        vantage_tracker_add_mention (self->item, id, strlen (id));
    }
  else if (text != NULL)
    g_string_append (self->out, text);
}

/* What stands inside a line. FALSE: @type is no such thing. */
static gboolean
append_inline (Adf *self, VantageNode *node, const char *type)
{
  /* the attribute that has the words of it */
  static const struct
  {
    const char *type, *attribute, *other;
  } words[] = {
    { "emoji", "text", "shortName" },      { "inlineCard", "url", "url" },
    { "blockCard", "url", "url" },         { "embedCard", "url", "url" },
    { "status", "text", "text" },          { "placeholder", "text", "text" },
    { "inlineExtension", "text", "text" },
  };
  VantageNode *attributes = vantage_node_get_object (node, "attrs");

  if (strcmp (type, "text") == 0)
    append_text (self, node);
  else if (strcmp (type, "hardBreak") == 0)
    g_string_append_c (self->out, '\n');
  else if (strcmp (type, "mention") == 0)
    append_mention (self, attributes);
  else if (strcmp (type, "date") == 0)
    {
      gint64 ms = vantage_node_get_int (attributes, "timestamp", 0);
      g_autofree char *day =
          ABS (ms) < VANTAGE_TIME_MAX / 1000 ? vantage_time_to_text (ms * 1000) : g_strdup ("");

      g_string_append_len (self->out, day, (gssize) MIN (strlen (day), 10));
    }
  else if (strcmp (type, "media") == 0 || strcmp (type, "mediaInline") == 0)
    {
      const char *name = vantage_node_get_member (attributes, "alt");

      g_string_append_printf (self->out, "[%s]", name != NULL && *name != '\0' ? name : "file");
    }
  else
    {
      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (strcmp (type, words[i].type) == 0)
          {
            const char *word = vantage_node_get_member (attributes, words[i].attribute);

            if (word == NULL)
              word = vantage_node_get_member (attributes, words[i].other);
            g_string_append (self->out, word != NULL ? word : "");
            return TRUE;
          }
      return FALSE;
    }
  return TRUE;
}

static void
append_list (Adf *self, VantageNode *node, gboolean numbered)
{
  VantageNode *content = vantage_node_get_array (node, "content");
  guint n = 0;

  for (VantageNode *child = content != NULL ? vantage_node_first (content) : NULL; child != NULL;
       child = vantage_node_next (content, child))
    {
      g_autofree char *bullet = numbered ? g_strdup_printf ("%u. ", ++n) : g_strdup ("* ");

      append_node (self, child, bullet);
    }
}

static void
append_row (Adf *self, VantageNode *node)
{
  VantageNode *content = vantage_node_get_array (node, "content");

  end_line (self->out);
  for (VantageNode *child = content != NULL ? vantage_node_first (content) : NULL; child != NULL;
       child = vantage_node_next (content, child))
    {
      Adf cell = { g_string_new (NULL), self->item };

      append_content (&cell, child, "");
      g_strstrip (cell.out->str);
      if (self->out->len > 0 && self->out->str[self->out->len - 1] != '\n')
        g_string_append (self->out, " | ");
      g_string_append (self->out, cell.out->str);
      g_string_free (cell.out, TRUE);
    }
  end_line (self->out);
}

static void
append_node (Adf *self, VantageNode *node, const char *bullet)
{
  const char *type = vantage_node_get_member (node, "type");
  const char *title = vantage_node_get_member (vantage_node_get_object (node, "attrs"), "title");

  if (type == NULL || append_inline (self, node, type))
    return;
  if (strcmp (type, "bulletList") == 0 || strcmp (type, "taskList") == 0 ||
      strcmp (type, "decisionList") == 0)
    append_list (self, node, FALSE);
  else if (strcmp (type, "orderedList") == 0)
    append_list (self, node, TRUE);
  else if (strcmp (type, "listItem") == 0 || strcmp (type, "taskItem") == 0 ||
           strcmp (type, "decisionItem") == 0)
    {
      end_line (self->out);
      g_string_append (self->out, bullet);
      append_content (self, node, "");
      end_line (self->out);
    }
  else if (strcmp (type, "tableRow") == 0)
    append_row (self, node);
  else
    {
      if (title != NULL && *title != '\0')
        g_string_append_printf (self->out, "%s\n", title);
      append_content (self, node, "");
      /* a paragraph is a line, an empty one an empty line */
      if (strcmp (type, "paragraph") == 0 || strcmp (type, "heading") == 0 ||
          strcmp (type, "codeBlock") == 0)
        g_string_append_c (self->out, '\n');
      else
        end_line (self->out);
    }
}

char *
vantage_jira_adf (VantageNode *document, VantageItem *item)
{
  Adf self = { g_string_new (NULL), item };

  append_node (&self, document, "");
  g_strchomp (self.out->str);
  return g_string_free (self.out, FALSE);
}
