/* vantage-markdown.c: a document as CommonMark with tables. Whatever people typed stays text: every
 * character that could mean something is escaped. */

#include <string.h>

#include "vantage-document.h"

typedef struct
{
  GString *out;
  const char *prefix; /* of each line inside the block: "> ", "  " */
  gboolean in_table;
  gboolean at_line_start;
} Writer;

static void write_blocks (Writer *self, const VantageNode *parent);

/* Line ends of any kind as one; control characters left out. (transfer full) */
static char *
clean (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' || c == 0x2028 || c == 0x2029)
        c = '\n';
      if (c == '\t')
        c = ' ';
      if (c == '\n' || (c >= 0x20 && c != 0x7f))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static void
break_line (Writer *self)
{
  if (self->in_table)
    {
      g_string_append (self->out, "<br>");
      return;
    }
  g_string_append (self->out, "\\\n");
  g_string_append (self->out, self->prefix);
  self->at_line_start = TRUE;
}

/* What means something only where a line begins: lists, headings by underlining, numbers. */
static gboolean
begins_block (const char *p)
{
  if (*p == '-' || *p == '+' || *p == '=')
    return TRUE;
  if (!g_ascii_isdigit (*p))
    return FALSE;
  while (g_ascii_isdigit (*p))
    p++;
  return *p == '.' || *p == ')';
}

static void
write_text (Writer *self, const char *text)
{
  g_autofree char *cleaned = clean (text);

  for (const char *p = cleaned; *p != '\0'; p++)
    {
      if (*p == '\n')
        {
          while (p[1] == '\n' || p[1] == ' ')
            p++;
          if (p[1] != '\0' && !self->at_line_start)
            break_line (self);
          continue;
        }
      if (self->at_line_start && *p == ' ')
        continue;
      if (self->at_line_start && g_ascii_isdigit (*p) && begins_block (p))
        {
          /* the digits, then the escaped dot */
          while (g_ascii_isdigit (*p))
            g_string_append_c (self->out, *p++);
          g_string_append_c (self->out, '\\');
        }
      else if (strchr ("\\`*_{}[]<>#|~&$", *p) != NULL || (self->at_line_start && begins_block (p)))
        g_string_append_c (self->out, '\\');
      g_string_append_c (self->out, *p);
      self->at_line_start = FALSE;
    }
}

/* Marks stand close to their text: no space inside. */
static void
write_marked (Writer *self, const char *mark, const char *text)
{
  g_autofree char *trimmed = g_strstrip (clean (text));

  for (char *p = trimmed; *p != '\0'; p++)
    if (*p == '\n')
      *p = ' ';
  if (*trimmed == '\0')
    return;
  g_string_append (self->out, mark);
  self->at_line_start = FALSE;
  write_text (self, trimmed);
  g_string_append (self->out, mark);
}

static void
write_anchor (Writer *self, const char *id)
{
  g_string_append (self->out, "<a id=\"");
  for (const char *p = id; *p != '\0'; p++)
    g_string_append_c (self->out, g_ascii_isalnum (*p) || *p == '_' ? *p : '-');
  g_string_append (self->out, "\"></a>");
  self->at_line_start = FALSE;
}

static void
write_target (Writer *self, const char *target)
{
  g_string_append (self->out, "](#");
  for (const char *p = target; *p != '\0'; p++)
    g_string_append_c (self->out, g_ascii_isalnum (*p) || *p == '_' ? *p : '-');
  g_string_append_c (self->out, ')');
}

/* An address between < and >; what could end it is encoded. */
static void
write_address (Writer *self, const char *url)
{
  g_string_append (self->out, "](<");
  for (const char *p = url; *p != '\0'; p++)
    if ((guchar) *p <= 0x20 || strchr ("<>[]()\\\"`|", *p) != NULL || *p == 0x7f)
      g_string_append_printf (self->out, "%%%02X", (guchar) *p);
    else
      g_string_append_c (self->out, *p);
  g_string_append (self->out, ">)");
}

static void
write_inline (Writer *self, const VantageNode *node)
{
  switch (node->sort)
    {
    case VANTAGE_NODE_STRONG:
      write_marked (self, "**", node->text);
      break;
    case VANTAGE_NODE_EMPHASIS:
      write_marked (self, "*", node->text);
      break;
    case VANTAGE_NODE_LINK:
    case VANTAGE_NODE_REF:
      g_string_append_c (self->out, '[');
      self->at_line_start = FALSE;
      write_text (self, node->text);
      if (node->sort == VANTAGE_NODE_LINK)
        write_address (self, node->target);
      else
        write_target (self, node->target);
      break;
    case VANTAGE_NODE_CITE:
      g_string_append_printf (self->out, "<a id=\"cite-%u-%u\"></a>[\\[%u\\]](#evidence-%u)",
                              node->number, node->level, node->number, node->number);
      self->at_line_start = FALSE;
      break;
    default:
      write_text (self, node->text);
    }
}

/* A line end at the end of a piece of text counts when another piece comes after it. */
static gboolean
ends_line (const VantageNode *node)
{
  return node->sort == VANTAGE_NODE_TEXT && node->text != NULL &&
         g_str_has_suffix (node->text, "\n");
}

static void
write_inlines (Writer *self, const VantageNode *parent)
{
  for (guint i = 0; !vantage_node_is_empty (parent) && i < parent->children->len; i++)
    {
      if (i > 0 && ends_line (parent->children->pdata[i - 1]) && !self->at_line_start)
        break_line (self);
      write_inline (self, parent->children->pdata[i]);
    }
}

static void
end_block (Writer *self)
{
  g_string_append (self->out, "\n\n");
}

static void
write_section (Writer *self, const VantageNode *node)
{
  for (guint i = 0; i < CLAMP (node->level, 2, 6); i++)
    g_string_append_c (self->out, '#');
  g_string_append_c (self->out, ' ');
  if (node->id != NULL)
    write_anchor (self, node->id);
  self->at_line_start = TRUE;
  {
    g_autofree char *line = g_strdelimit (g_strdup (node->text), "\r\n\t", ' ');

    write_text (self, line);
  }
  end_block (self);
  write_blocks (self, node);
}

static void
write_quote (Writer *self, const VantageNode *node)
{
  self->prefix = "> ";
  g_string_append (self->out, "> ");
  self->at_line_start = TRUE;
  write_inlines (self, node);
  if (node->target != NULL && *node->target != '\0')
    {
      g_string_append (self->out, "\n>\n> — ");
      self->at_line_start = FALSE;
      write_text (self, node->target);
    }
  self->prefix = "";
  end_block (self);
}

static void
write_list (Writer *self, const VantageNode *node)
{
  self->prefix = "  ";
  for (guint i = 0; i < node->children->len; i++)
    {
      const VantageNode *item = node->children->pdata[i];

      g_string_append (self->out, "- ");
      if (item->id != NULL)
        write_anchor (self, item->id);
      self->at_line_start = TRUE;
      write_inlines (self, item);
      g_string_append_c (self->out, '\n');
    }
  self->prefix = "";
  g_string_append_c (self->out, '\n');
}

/* A fence longer than any run of backticks in the text. */
static void
write_code (Writer *self, const VantageNode *node)
{
  g_autofree char *cleaned = clean (node->text);
  g_autofree char *fence = NULL;
  gsize longest = 2;
  gsize run = 0;

  for (const char *p = cleaned; *p != '\0'; p++)
    {
      run = *p == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  fence = g_strnfill (longest + 1, '`');
  g_string_append_printf (self->out, "%s\n%s%s%s\n\n", fence, cleaned,
                          g_str_has_suffix (cleaned, "\n") ? "" : "\n", fence);
}

static void
write_table (Writer *self, const VantageNode *node)
{
  self->in_table = TRUE;
  for (guint i = 0; i < node->children->len; i++)
    {
      const VantageNode *row = node->children->pdata[i];

      g_string_append (self->out, "| ");
      if (row->id != NULL)
        write_anchor (self, row->id);
      for (guint j = 0; j < row->children->len; j++)
        {
          self->at_line_start = FALSE;
          write_inlines (self, row->children->pdata[j]);
          g_string_append (self->out, j + 1 < row->children->len ? " | " : " |\n");
        }
      if (i > 0)
        continue;
      for (guint j = 0; j < row->children->len; j++)
        g_string_append (self->out, "| --- ");
      g_string_append (self->out, "|\n");
    }
  self->in_table = FALSE;
  g_string_append_c (self->out, '\n');
}

static void
write_evidence (Writer *self, const VantageNode *node)
{
  g_autofree char *anchor = g_strdup_printf ("evidence-%u", node->number);

  self->prefix = "   ";
  g_string_append_printf (self->out, "%u. ", node->number);
  write_anchor (self, anchor);
  write_inlines (self, node);
  for (guint i = 1; i <= node->level; i++)
    g_string_append_printf (self->out, " [↩](#cite-%u-%u)", node->number, i);
  self->prefix = "";
  g_string_append_c (self->out, '\n');
}

static void
write_block (Writer *self, const VantageNode *node)
{
  switch (node->sort)
    {
    case VANTAGE_NODE_SECTION:
      write_section (self, node);
      break;
    case VANTAGE_NODE_QUOTE:
      write_quote (self, node);
      break;
    case VANTAGE_NODE_LIST:
      write_list (self, node);
      break;
    case VANTAGE_NODE_CODE:
      write_code (self, node);
      break;
    case VANTAGE_NODE_TABLE:
      write_table (self, node);
      break;
    case VANTAGE_NODE_EVIDENCE:
      write_evidence (self, node);
      break;
    default:
      self->at_line_start = TRUE;
      write_inlines (self, node);
      end_block (self);
    }
}

static void
write_blocks (Writer *self, const VantageNode *parent)
{
  for (guint i = 0; !vantage_node_is_empty (parent) && i < parent->children->len; i++)
    write_block (self, parent->children->pdata[i]);
}

char *
vantage_document_to_markdown (const VantageNode *document)
{
  Writer writer = { g_string_new ("# "), "", FALSE, TRUE };
  g_autofree char *title = g_strdelimit (g_strdup (document->text), "\r\n\t", ' ');

  write_text (&writer, title);
  end_block (&writer);
  write_blocks (&writer, document);
  while (writer.out->len > 1 && g_str_has_suffix (writer.out->str, "\n\n"))
    g_string_truncate (writer.out, writer.out->len - 1);
  return g_string_free (writer.out, FALSE);
}
