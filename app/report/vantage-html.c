/* vantage-html.c: a document as one HTML file that holds all it needs: no script, nothing from
 * elsewhere, readable on paper, in the dark and aloud. */

#include <gio/gio.h>
#include <libintl.h>
#include <string.h>

#include "vantage-document.h"
#include "vantage-report-resources.h"

#define _(text) gettext (text)
#define SECTIONS_FOR_CONTENTS 4

typedef struct
{
  GString *out;
  guint n_sections; /* that had no id of their own */
} Writer;

static void write_blocks (Writer *self, const VantageNode *parent);

/* Text between tags or in quotes; control characters are left out. @breaks: line ends as <br>. */
static void
write_escaped (Writer *self, const char *text, gboolean breaks)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      switch (c)
        {
        case '&':
          g_string_append (self->out, "&amp;");
          break;
        case '<':
          g_string_append (self->out, "&lt;");
          break;
        case '>':
          g_string_append (self->out, "&gt;");
          break;
        case '"':
          g_string_append (self->out, "&quot;");
          break;
        case '\'':
          g_string_append (self->out, "&#39;");
          break;
        case '\n':
          g_string_append (self->out, breaks ? "<br>\n" : "\n");
          break;
        default:
          if (c == '\t' || (c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0)))
            g_string_append_unichar (self->out, c);
        }
    }
}

static void
write_id (Writer *self, const char *id)
{
  if (id == NULL)
    return;
  g_string_append (self->out, " id=\"");
  write_escaped (self, id, FALSE);
  g_string_append_c (self->out, '"');
}

static void
write_cite (Writer *self, const VantageNode *node)
{
  /* translators: %u: number of a piece of evidence; read aloud */
  g_autofree char *label = g_strdup_printf (_ ("Evidence %u"), node->number);

  g_string_append_printf (self->out, "<a class=\"cite\" id=\"cite-%u-%u\" href=\"#evidence-%u\"",
                          node->number, node->level, node->number);
  g_string_append (self->out, " aria-label=\"");
  write_escaped (self, label, FALSE);
  g_string_append_printf (self->out, "\">[%u]</a>", node->number);
}

static void
write_element (Writer *self, const char *name, const char *text)
{
  g_string_append_printf (self->out, "<%s>", name);
  write_escaped (self, text, TRUE);
  g_string_append_printf (self->out, "</%s>", name);
}

static void
write_link (Writer *self, const VantageNode *node)
{
  gboolean outside = node->sort == VANTAGE_NODE_LINK;

  g_string_append (self->out, outside ? "<a rel=\"noreferrer\" href=\"" : "<a href=\"#");
  write_escaped (self, node->target, FALSE);
  g_string_append (self->out, "\">");
  write_escaped (self, node->text, TRUE);
  g_string_append (self->out, "</a>");
}

static void
write_inlines (Writer *self, const VantageNode *parent)
{
  for (guint i = 0; !vantage_node_is_empty (parent) && i < parent->children->len; i++)
    {
      const VantageNode *node = parent->children->pdata[i];

      switch (node->sort)
        {
        case VANTAGE_NODE_STRONG:
          write_element (self, "strong", node->text);
          break;
        case VANTAGE_NODE_EMPHASIS:
          write_element (self, "em", node->text);
          break;
        case VANTAGE_NODE_LINK:
        case VANTAGE_NODE_REF:
          write_link (self, node);
          break;
        case VANTAGE_NODE_CITE:
          write_cite (self, node);
          break;
        default:
          write_escaped (self, node->text, TRUE);
        }
    }
}

/* ---- blocks ---- */

/* (transfer full): the id of a section; one is made in the order of the document. */
static char *
name_section (guint *n_sections, const VantageNode *node)
{
  return node->id != NULL ? g_strdup (node->id) : g_strdup_printf ("section-%u", ++*n_sections);
}

static void
write_section (Writer *self, const VantageNode *node)
{
  guint level = CLAMP (node->level, 2, 6);
  g_autofree char *id = name_section (&self->n_sections, node);

  g_string_append (self->out, "<section aria-labelledby=\"");
  write_escaped (self, id, FALSE);
  g_string_append_printf (self->out, "\">\n<h%u dir=\"auto\"", level);
  write_id (self, id);
  g_string_append_c (self->out, '>');
  write_escaped (self, node->text, FALSE);
  g_string_append_printf (self->out, "</h%u>\n", level);
  write_blocks (self, node);
  g_string_append (self->out, "</section>\n");
}

static void
write_quote (Writer *self, const VantageNode *node)
{
  g_string_append (self->out, "<figure class=\"quote\"><blockquote dir=\"auto\"><p>");
  write_inlines (self, node);
  g_string_append (self->out, "</p></blockquote>");
  if (node->target != NULL && *node->target != '\0')
    write_element (self, "figcaption", node->target);
  g_string_append (self->out, "</figure>\n");
}

static void
write_list (Writer *self, const VantageNode *node)
{
  g_string_append (self->out, "<ul>\n");
  for (guint i = 0; !vantage_node_is_empty (node) && i < node->children->len; i++)
    {
      const VantageNode *item = node->children->pdata[i];

      g_string_append (self->out, "<li dir=\"auto\"");
      write_id (self, item->id);
      g_string_append_c (self->out, '>');
      write_inlines (self, item);
      g_string_append (self->out, "</li>\n");
    }
  g_string_append (self->out, "</ul>\n");
}

static void
write_row (Writer *self, const VantageNode *row, gboolean headings)
{
  g_string_append (self->out, "<tr");
  write_id (self, row->id);
  g_string_append_c (self->out, '>');
  for (guint i = 0; !vantage_node_is_empty (row) && i < row->children->len; i++)
    {
      const char *open = headings ? "<th scope=\"col\">"
                         : i == 0 ? "<th scope=\"row\" dir=\"auto\">"
                                  : "<td dir=\"auto\">";

      g_string_append (self->out, open);
      write_inlines (self, row->children->pdata[i]);
      g_string_append (self->out, headings || i == 0 ? "</th>" : "</td>");
    }
  g_string_append (self->out, "</tr>\n");
}

static void
write_table (Writer *self, const VantageNode *node)
{
  g_string_append (self->out, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
  write_escaped (self, node->text, FALSE);
  g_string_append (self->out, "\"><table>\n<caption>");
  write_escaped (self, node->text, FALSE);
  g_string_append (self->out, "</caption>\n<thead>");
  for (guint i = 0; !vantage_node_is_empty (node) && i < node->children->len; i++)
    {
      write_row (self, node->children->pdata[i], i == 0);
      if (i == 0)
        g_string_append (self->out, "</thead>\n<tbody>\n");
    }
  g_string_append (self->out, "</tbody></table></div>\n");
}

static void
write_evidence (Writer *self, const VantageNode *node)
{
  g_string_append_printf (self->out, "<li id=\"evidence-%u\" dir=\"auto\">", node->number);
  write_inlines (self, node);
  for (guint i = 1; i <= node->level; i++)
    {
      g_string_append_printf (self->out, " <a class=\"back\" href=\"#cite-%u-%u\" aria-label=\"",
                              node->number, i);
      write_escaped (self, _ ("Back to the text"), FALSE);
      g_string_append (self->out, "\">↩</a>");
    }
  g_string_append (self->out, "</li>\n");
}

static void
write_paragraph (Writer *self, const VantageNode *node)
{
  g_string_append (self->out, node->sort == VANTAGE_NODE_NOTE ? "<p class=\"note\" dir=\"auto\">"
                                                              : "<p dir=\"auto\">");
  write_inlines (self, node);
  g_string_append (self->out, "</p>\n");
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
      g_string_append (self->out, "<pre tabindex=\"0\"><code>");
      write_escaped (self, node->text, FALSE);
      g_string_append (self->out, "</code></pre>\n");
      break;
    case VANTAGE_NODE_TABLE:
      write_table (self, node);
      break;
    case VANTAGE_NODE_EVIDENCE:
      write_evidence (self, node);
      break;
    default:
      write_paragraph (self, node);
    }
}

static void
write_blocks_from (Writer *self, const VantageNode *parent, guint first)
{
  gboolean in_evidence = FALSE;

  for (guint i = first; !vantage_node_is_empty (parent) && i < parent->children->len; i++)
    {
      const VantageNode *node = parent->children->pdata[i];

      if (in_evidence != (node->sort == VANTAGE_NODE_EVIDENCE))
        {
          in_evidence = !in_evidence;
          g_string_append (self->out, in_evidence ? "<ol class=\"evidence\">\n" : "</ol>\n");
        }
      write_block (self, node);
    }
  if (in_evidence)
    g_string_append (self->out, "</ol>\n");
}

static void
write_blocks (Writer *self, const VantageNode *parent)
{
  write_blocks_from (self, parent, 0);
}

/* ---- the page ---- */

/* What stands before the contents: the notes right under the title. */
static guint
write_head (Writer *self, const VantageNode *document)
{
  guint n = 0;

  while (!vantage_node_is_empty (document) && n < document->children->len &&
         ((VantageNode *) document->children->pdata[n])->sort == VANTAGE_NODE_NOTE)
    write_paragraph (self, document->children->pdata[n++]);
  return n;
}

static void
count_unnamed (const VantageNode *node, guint *n)
{
  for (guint i = 0; !vantage_node_is_empty (node) && i < node->children->len; i++)
    {
      const VantageNode *child = node->children->pdata[i];

      if (child->sort != VANTAGE_NODE_SECTION)
        continue;
      if (child->id == NULL)
        ++*n;
      count_unnamed (child, n);
    }
}

static void
write_contents (Writer *self, const VantageNode *document)
{
  guint n_sections = 0;
  guint n_unnamed = 0;

  for (guint i = 0; !vantage_node_is_empty (document) && i < document->children->len; i++)
    n_sections += ((VantageNode *) document->children->pdata[i])->sort == VANTAGE_NODE_SECTION;
  if (n_sections < SECTIONS_FOR_CONTENTS)
    return;
  g_string_append (self->out, "<nav aria-label=\"");
  write_escaped (self, _ ("Contents"), FALSE);
  g_string_append (self->out, "\"><ul>\n");
  for (guint i = 0; i < document->children->len; i++)
    {
      const VantageNode *section = document->children->pdata[i];
      g_autofree char *id = NULL;

      if (section->sort != VANTAGE_NODE_SECTION)
        continue;
      id = name_section (&n_unnamed, section);
      count_unnamed (section, &n_unnamed);
      g_string_append (self->out, "<li><a href=\"#");
      write_escaped (self, id, FALSE);
      g_string_append (self->out, "\">");
      write_escaped (self, section->text, FALSE);
      g_string_append (self->out, "</a></li>\n");
    }
  g_string_append (self->out, "</ul></nav>\n");
}

static const char *
get_style (void)
{
  static const char *style = NULL;

  if (g_once_init_enter (&style))
    {
      GBytes *bytes;

      vantage_report_register_resource ();
      bytes = g_resources_lookup_data ("/org/vantage/report/report.css",
                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_once_init_leave (&style, (const char *) g_bytes_get_data (bytes, NULL));
    }
  return style;
}

char *
vantage_document_to_html (const VantageNode *document, const char *language)
{
  Writer writer = { g_string_new ("<!DOCTYPE html>\n<html lang=\""), 0 };
  guint n_head;

  write_escaped (&writer, language, FALSE);
  g_string_append (writer.out,
                   "\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\""
                   " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>");
  write_escaped (&writer, document->text, FALSE);
  g_string_append_printf (writer.out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n",
                          get_style ());
  g_string_append (writer.out, "<h1 dir=\"auto\">");
  write_escaped (&writer, document->text, FALSE);
  g_string_append (writer.out, "</h1>\n");
  n_head = write_head (&writer, document);
  write_contents (&writer, document);
  write_blocks_from (&writer, document, n_head);
  g_string_append (writer.out, "</main>\n</body>\n</html>\n");
  return g_string_free (writer.out, FALSE);
}
