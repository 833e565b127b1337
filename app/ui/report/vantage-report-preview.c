/* vantage-report-preview.c: the report as Export writes it, a row for each of its blocks: only
 * those in view are widgets, however long the timeline in it is. */

#include "config.h"

#include "vantage-report-preview.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-reference-text.h"

#define MAX_NARROW_CHARS 15
#define CHAR_PX 8      /* a little more than a letter at the usual size of text */
#define STRETCH_PX 150 /* least width of the column that takes what is left */

/* ---- rows ---- */

#define VANTAGE_TYPE_PREVIEW_ROW (vantage_preview_row_get_type ())
G_DECLARE_FINAL_TYPE (VantagePreviewRow, vantage_preview_row, VANTAGE, PREVIEW_ROW, GObject)

struct _VantagePreviewRow
{
  GObject parent_instance;

  const VantageNode *node;  /* lent by the report; NULL: a warning */
  const VantageNode *table; /* (nullable): that a row belongs to */
  const VantageReportWarning *warning;
};

G_DEFINE_FINAL_TYPE (VantagePreviewRow, vantage_preview_row, G_TYPE_OBJECT)

static void
vantage_preview_row_class_init (VantagePreviewRowClass *klass)
{
}

static void
vantage_preview_row_init (VantagePreviewRow *self)
{
}

struct _VantageReportPreview
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  VantageReport *report;
  GListStore *rows;
  GPtrArray *items; /* (element-type utf8): item ids by number of evidence; lent by the report */
  GtkWidget *scroll;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (VantageReportPreview, vantage_report_preview, GTK_TYPE_WIDGET)

static void
add_row (GPtrArray *rows, const VantageNode *node, const VantageNode *table)
{
  VantagePreviewRow *row = g_object_new (VANTAGE_TYPE_PREVIEW_ROW, NULL);

  row->node = node;
  row->table = table;
  g_ptr_array_add (rows, row);
}

/* A caption that says what stands right above it is for the ears of those who jump to tables. */
static gboolean
has_own_caption (const VantageNode *table, const VantageNode *parent)
{
  return table->text != NULL && table->text[0] != '\0' &&
         g_strcmp0 (table->text, parent->text) != 0;
}

/* The tree as a list; headings and tables give a row and go on with what is in them. */
static void
flatten (GPtrArray *rows, const VantageNode *node, const VantageNode *parent,
         const VantageNode *table)
{
  gboolean opens = node->sort == VANTAGE_NODE_DOCUMENT || node->sort == VANTAGE_NODE_SECTION;

  if (node->sort != VANTAGE_NODE_LIST && node->sort != VANTAGE_NODE_TABLE)
    add_row (rows, node, table);
  else
    opens = TRUE;
  if (node->sort == VANTAGE_NODE_TABLE)
    {
      if (has_own_caption (node, parent))
        add_row (rows, node, NULL);
      table = node;
    }
  for (guint i = 0; opens && node->children != NULL && i < node->children->len; i++)
    flatten (rows, node->children->pdata[i], node, table);
}

static void
learn_items (VantageReportPreview *self, const VantageNode *node)
{
  if (node->sort == VANTAGE_NODE_EVIDENCE)
    {
      if (self->items->len <= node->number)
        g_ptr_array_set_size (self->items, (int) node->number + 1);
      self->items->pdata[node->number] = node->target;
    }
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    learn_items (self, node->children->pdata[i]);
}

static const char *
find_item (VantageReportPreview *self, guint number)
{
  return number < self->items->len ? self->items->pdata[number] : NULL;
}

/* ---- text ---- */

static void
append_element (GString *out, const char *element, const char *text)
{
  g_autofree char *markup = g_markup_printf_escaped ("<%s>%s</%s>", element, text, element);

  g_string_append (out, markup);
}

static void
append_link (GString *out, const char *scheme, const char *target, const char *text)
{
  g_autofree char *markup =
      g_markup_printf_escaped ("<a href=\"%s%s\">%s</a>", scheme, target, text);

  g_string_append (out, markup);
}

static void
append_inline (VantageReportPreview *self, GString *out, const VantageNode *node)
{
  g_autofree char *number = NULL;
  g_autofree char *escaped = NULL;

  switch (node->sort)
    {
    case VANTAGE_NODE_STRONG:
      append_element (out, "b", node->text);
      break;
    case VANTAGE_NODE_EMPHASIS:
      append_element (out, "i", node->text);
      break;
    case VANTAGE_NODE_LINK:
      append_link (out, "", node->target, node->text);
      break;
    case VANTAGE_NODE_REF:
      append_link (out, "ref:", node->target, node->text);
      break;
    case VANTAGE_NODE_CITE:
      number = g_strdup_printf ("[%u]", node->number);
      if (find_item (self, node->number) != NULL)
        append_link (out, "item:", find_item (self, node->number), number);
      else
        g_string_append (out, number);
      break;
    default:
      escaped = g_markup_escape_text (node->text != NULL ? node->text : "", -1);
      g_string_append (out, escaped);
    }
}

/* (transfer full) */
static char *
dup_markup (VantageReportPreview *self, const VantageNode *node)
{
  GString *out = g_string_new (NULL);

  if (node->children == NULL && node->text != NULL)
    append_inline (self, out, node);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    append_inline (self, out, node->children->pdata[i]);
  return g_string_free (out, FALSE);
}

/* ---- links ---- */

static void
scroll_to (VantageReportPreview *self, const char *anchor)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantagePreviewRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (row->node == NULL || g_strcmp0 (row->node->id, anchor) != 0)
        continue;
      gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", i);
      return;
    }
}

static gboolean
link_activated_cb (VantageReportPreview *self, const char *uri)
{
  if (g_str_has_prefix (uri, "item:"))
    vantage_review_context_show_item (self->context, uri + strlen ("item:"));
  else if (g_str_has_prefix (uri, "ref:"))
    scroll_to (self, uri + strlen ("ref:"));
  else
    return FALSE;
  return TRUE;
}

/* ---- widgets ---- */

static GtkWidget *
new_label (VantageReportPreview *self, const char *markup, const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (link_activated_cb), self,
                           G_CONNECT_SWAPPED);
  return label;
}

static GtkWidget *
new_text (VantageReportPreview *self, const VantageNode *node, const char *css)
{
  g_autofree char *markup = dup_markup (self, node);

  return new_label (self, markup, css);
}

static GtkWidget *
new_heading (VantageReportPreview *self, const char *text, guint level)
{
  static const char *const classes[] = { "report-h1", "report-h2", "report-h3" };
  g_autofree char *markup = g_markup_escape_text (text != NULL ? text : "", -1);
  GtkWidget *label = new_label (self, markup, classes[MIN (level, 3) - 1]);

  return label;
}

/* A sign before a text that hangs beside it. */
static GtkWidget *
new_hanging (GtkWidget *sign, GtkWidget *text, const char *css)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_widget_set_valign (sign, GTK_ALIGN_START);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), text);
  gtk_widget_add_css_class (box, css);
  return box;
}

static GtkWidget *
new_quote (VantageReportPreview *self, const VantageNode *node)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (box), new_text (self, node, NULL));
  if (node->target != NULL && node->target[0] != '\0')
    {
      g_autofree char *who = g_markup_escape_text (node->target, -1);

      gtk_box_append (GTK_BOX (box), new_label (self, who, "faint"));
    }
  gtk_widget_add_css_class (box, "report-quote");
  return box;
}

static GtkWidget *
new_evidence (VantageReportPreview *self, const VantageNode *node)
{
  const char *item = find_item (self, node->number);
  GString *number = g_string_new (NULL);
  g_autofree char *text = g_strdup_printf ("[%u]", node->number);
  GtkWidget *sign;

  if (item != NULL)
    append_link (number, "item:", item, text);
  else
    g_string_append (number, text);
  sign = new_label (self, number->str, "numeric");
  g_string_free (number, TRUE);
  return new_hanging (sign, new_text (self, node, NULL), "report-evidence");
}

/* ---- tables ---- */

static glong
count_chars (const VantageNode *cell)
{
  glong n = 0;

  for (guint i = 0; cell->children != NULL && i < cell->children->len; i++)
    {
      const VantageNode *inlines = cell->children->pdata[i];

      n += inlines->text != NULL ? g_utf8_strlen (inlines->text, -1) : 4;
    }
  return n;
}

/* Characters given to column @column of @table; 0: it takes what is left. The same for each row, so
 * that columns stand below each other. */
static int
measure_column (const VantageNode *table, guint column, guint n_columns)
{
  glong widest[16] = { 0 };
  guint stretch = 0;

  for (guint r = 0; r < table->children->len; r++)
    {
      const VantageNode *row = table->children->pdata[r];

      for (guint c = 0; row->children != NULL && c < MIN (row->children->len, 16u); c++)
        widest[c] = MAX (widest[c], count_chars (row->children->pdata[c]));
    }
  for (guint c = 1; c < MIN (n_columns, 16u); c++)
    if (widest[c] > widest[stretch])
      stretch = c;
  if (column == stretch || column >= 16)
    return 0;
  return (int) CLAMP (widest[column], 4, MAX_NARROW_CHARS);
}

static int *
get_widths (const VantageNode *table, guint n_columns)
{
  int *widths = g_new0 (int, n_columns + 1);

  for (guint c = 0; c < n_columns; c++)
    widths[c] = measure_column (table, c, n_columns);
  return widths;
}

/* Exactly so wide, whatever it says: columns stand below each other. */
static GtkWidget *
new_column (GtkWidget *cell, int width)
{
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), width);
  adw_clamp_set_child (ADW_CLAMP (clamp), cell);
  gtk_widget_set_size_request (clamp, width, -1);
  return clamp;
}

static GtkWidget *
new_wide_row (VantageReportPreview *self, const VantageNode *row, const int *widths,
              gboolean headings)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint c = 0; row->children != NULL && c < row->children->len; c++)
    {
      GtkWidget *cell = new_text (self, row->children->pdata[c], headings ? "faint" : NULL);

      if (widths[c] > 0)
        cell = new_column (cell, widths[c] * CHAR_PX);
      else
        {
          gtk_widget_set_size_request (cell, STRETCH_PX, -1);
          gtk_widget_set_hexpand (cell, TRUE);
        }
      gtk_box_append (GTK_BOX (box), cell);
    }
  return box;
}

/* Where there is no room for columns: one below the other. */
static GtkWidget *
new_narrow_row (VantageReportPreview *self, const VantageNode *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint c = 0; row->children != NULL && c < row->children->len; c++)
    {
      const VantageNode *cell = row->children->pdata[c];

      if (count_chars (cell) > 0)
        gtk_box_append (GTK_BOX (box), new_text (self, cell, c == 0 ? "faint" : NULL));
    }
  return box;
}

static GtkWidget *
new_row (VantageReportPreview *self, const VantagePreviewRow *row)
{
  guint n = row->node->children != NULL ? row->node->children->len : 0;
  gboolean headings = row->table->children->pdata[0] == row->node;
  g_autofree int *widths = get_widths (row->table, n);
  GtkWidget *squeezer = adw_squeezer_new ();

  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), new_wide_row (self, row->node, widths, headings));
  if (headings)
    adw_squeezer_set_allow_none (ADW_SQUEEZER (squeezer), TRUE);
  else
    adw_squeezer_add (ADW_SQUEEZER (squeezer), new_narrow_row (self, row->node));
  gtk_widget_add_css_class (squeezer, "report-row");
  return squeezer;
}

/* ---- warnings ---- */

static void
warning_clicked_cb (VantageReportPreview *self, GtkButton *button)
{
  const char *kind = g_object_get_data (G_OBJECT (button), "kind");
  const char *entity = g_object_get_data (G_OBJECT (button), "entity");

  if (strcmp (kind, "report") == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.report-view", "s", "write");
  else if (strcmp (kind, "review") == 0)
    vantage_review_context_go (self->context, "overview", NULL);
  else
    vantage_reference_open (self->context, kind, entity);
}

static GtkWidget *
new_warning (VantageReportPreview *self, const VantageReportWarning *warning)
{
  GtkWidget *text = gtk_label_new (warning->text);
  GtkWidget *box;

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  box = new_hanging (gtk_image_new_from_icon_name ("dialog-information-symbolic"), text,
                     "report-warning");
  if (warning->entity != NULL && warning->entity[0] != '\0')
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Show"));
      /* translators: what to look at before a report is given away */
      g_autofree char *spoken = g_strdup_printf (_ ("Show: %s"), warning->text);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken, -1);
      g_object_set_data_full (G_OBJECT (button), "kind", g_strdup (warning->kind), g_free);
      g_object_set_data_full (G_OBJECT (button), "entity", g_strdup (warning->entity), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (warning_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

/* ---- the list ---- */

static GtkWidget *
new_block (VantageReportPreview *self, const VantagePreviewRow *row)
{
  const VantageNode *node = row->node;

  if (node == NULL)
    return new_warning (self, row->warning);
  switch (node->sort)
    {
    case VANTAGE_NODE_DOCUMENT:
      return new_heading (self, node->text, 1);
    case VANTAGE_NODE_SECTION:
      return new_heading (self, node->text, node->level);
    case VANTAGE_NODE_TABLE:
      return new_heading (self, node->text, 3);
    case VANTAGE_NODE_ROW:
      return new_row (self, row);
    case VANTAGE_NODE_QUOTE:
      return new_quote (self, node);
    case VANTAGE_NODE_ITEM:
      return new_hanging (gtk_label_new ("•"), new_text (self, node, NULL), "report-item");
    case VANTAGE_NODE_EVIDENCE:
      return new_evidence (self, node);
    case VANTAGE_NODE_CODE:
      return new_text (self, node, "report-code");
    case VANTAGE_NODE_NOTE:
      return new_text (self, node, "report-note");
    default:
      return new_text (self, node, "report-paragraph");
    }
}

static void
bind_cb (VantageReportPreview *self, GtkListItem *item)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_child (item, new_block (self, gtk_list_item_get_item (item)));
}

static void
unbind_cb (VantageReportPreview *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, NULL);
}

/* ---- object ---- */

static void
vantage_report_preview_dispose (GObject *object)
{
  VantageReportPreview *self = VANTAGE_REPORT_PREVIEW (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->report, vantage_report_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_report_preview_parent_class)->dispose (object);
}

static void
vantage_report_preview_class_init (VantageReportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_report_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_report_preview_init (VantageReportPreview *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *clamp = adw_clamp_scrollable_new ();

  self->items = g_ptr_array_new ();
  self->rows = g_list_store_new (VANTAGE_TYPE_PREVIEW_ROW);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  self->list = gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)))),
      factory);
  gtk_widget_add_css_class (self->list, "report-preview");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Report as it is exported"), -1);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 760);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), self->list);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

GtkWidget *
vantage_report_preview_new (VantageReviewContext *context)
{
  VantageReportPreview *self = g_object_new (VANTAGE_TYPE_REPORT_PREVIEW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
vantage_report_preview_take (VantageReportPreview *self, VantageReport *report)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  /* Rows lend from the report they were made of: they go first. */
  g_list_store_remove_all (self->rows);
  g_ptr_array_set_size (self->items, 0);
  g_clear_pointer (&self->report, vantage_report_free);
  self->report = report;
  if (report == NULL)
    return;
  for (guint i = 0; i < vantage_report_get_warnings (report)->len; i++)
    {
      VantagePreviewRow *row = g_object_new (VANTAGE_TYPE_PREVIEW_ROW, NULL);

      row->warning = vantage_report_get_warnings (report)->pdata[i];
      g_ptr_array_add (rows, row);
    }
  learn_items (self, vantage_report_get_document (report));
  flatten (rows, vantage_report_get_document (report), NULL, NULL);
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
}

GListModel *
vantage_report_preview_get_rows (VantageReportPreview *self)
{
  return G_LIST_MODEL (self->rows);
}

guint
vantage_report_preview_get_n_warnings (VantageReportPreview *self)
{
  return self->report != NULL ? vantage_report_get_warnings (self->report)->len : 0;
}
