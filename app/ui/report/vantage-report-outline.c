/* vantage-report-outline.c: the text of a report as its headings and what stands below them. */

#include "config.h"

#include "vantage-report-outline.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-order-key.h"
#include "vantage-reference-text.h"
#include "vantage-reference.h"
#include "vantage-report-draft.h"

struct _VantageReportOutline
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  char *report;
  GPtrArray *blocks; /* (element-type VantageEntity): one a row */
  char *selected;    /* id of a block */
  GtkListBox *list;
  GtkWidget *nothing;
  gboolean updating;
};

enum
{
  ACTIVATED,
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageReportOutline, vantage_report_outline, GTK_TYPE_WIDGET)

static gboolean
is_heading (VantageEntity *block)
{
  return g_strcmp0 (vantage_entity_get_text (block, "style"), "heading") == 0;
}

static int
find_selected (VantageReportOutline *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    if (g_strcmp0 (vantage_entity_get_id (self->blocks->pdata[i]), self->selected) == 0)
      return (int) i;
  return -1;
}

/* ---- order ---- */

/* How many rows go along with the one at @at. */
static guint
measure (VantageReportOutline *self, guint at)
{
  guint end = at + 1;

  if (is_heading (self->blocks->pdata[at]))
    while (end < self->blocks->len && !is_heading (self->blocks->pdata[end]))
      end++;
  return end - at;
}

static const char *
get_pos (VantageReportOutline *self, guint at)
{
  return vantage_entity_get_text (self->blocks->pdata[at], "pos");
}

static void
write_order (VantageReportOutline *self, VantageEdit *edit, GPtrArray *order, guint first, guint n,
             const char *const *keys)
{
  for (guint i = 0; i < n; i++)
    vantage_edit_set_text (edit, "block", vantage_entity_get_id (order->pdata[first + i]), "pos",
                           keys[i]);
}

void
vantage_report_outline_move (VantageReportOutline *self, guint from, guint to)
{
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GPtrArray) order = NULL;
  g_auto (GStrv) keys = NULL;
  guint n, first;

  if (from >= self->blocks->len || to > self->blocks->len)
    return;
  n = measure (self, from);
  if (to >= from && to <= from + n)
    return;

  keys = vantage_order_keys_between (to > 0 ? get_pos (self, to - 1) : NULL,
                                     to < self->blocks->len ? get_pos (self, to) : NULL, n);
  order = g_ptr_array_new ();
  first = to < from ? to : to - n;
  for (guint i = 0; i < self->blocks->len; i++)
    if (i < from || i >= from + n)
      g_ptr_array_add (order, self->blocks->pdata[i]);
  for (guint i = 0; i < n; i++)
    g_ptr_array_insert (order, (int) (first + i), self->blocks->pdata[from + i]);

  edit = vantage_review_context_begin (self->context, _ ("Move Part of Report"));
  if (keys != NULL)
    write_order (self, edit, order, first, n, (const char *const *) keys);
  else
    {
      keys = vantage_order_keys_between (NULL, NULL, order->len);
      write_order (self, edit, order, 0, order->len, (const char *const *) keys);
    }
  if (vantage_review_context_commit (self->context, edit))
    vantage_report_outline_show (self, self->report);
}

void
vantage_report_outline_move_selected (VantageReportOutline *self, int by)
{
  int at = find_selected (self);
  guint to;

  if (at < 0)
    return;
  if (by < 0)
    {
      if (at == 0)
        return;
      to = (guint) at - 1;
      /* A heading passes the whole section before it. */
      while (is_heading (self->blocks->pdata[at]) && to > 0 &&
             !is_heading (self->blocks->pdata[to]))
        to--;
    }
  else
    {
      to = (guint) at + measure (self, (guint) at);
      if (to >= self->blocks->len)
        return;
      to += is_heading (self->blocks->pdata[at]) ? measure (self, to) : 1;
    }
  vantage_report_outline_move (self, (guint) at, to);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  VantageReportOutline *self = data;
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkListBoxRow *dragged;
  int to;

  if (!G_VALUE_HOLDS (value, GTK_TYPE_LIST_BOX_ROW))
    return FALSE;
  dragged = g_value_get_object (value);
  if (dragged == NULL || gtk_widget_get_parent (GTK_WIDGET (dragged)) != GTK_WIDGET (self->list))
    return FALSE;
  to = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  if (y > gtk_widget_get_height (row) / 2.0)
    to++;
  vantage_report_outline_move (self, (guint) gtk_list_box_row_get_index (dragged), (guint) to);
  return TRUE;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

/* ---- rows ---- */

static char *
name_reference (const VantageReference *reference, gpointer data)
{
  VantageReviewContext *context = data;

  if (reference->words != NULL && reference->words[0] != '\0')
    return g_strdup (reference->words);
  return vantage_reference_dup_shown (context, reference->kind, reference->id);
}

/* The icon of a block: of what it refers to when it is nothing but a reference. */
static const char *
find_icon (VantageEntity *block)
{
  const char *text = vantage_entity_get_text (block, "text");
  const char *style = vantage_entity_get_text (block, "style");
  g_autoptr (GArray) references = vantage_reference_find (text != NULL ? text : "");

  if (references->len > 0)
    {
      const VantageReference *first = &g_array_index (references, VantageReference, 0);

      if (first->begin == 0 && first->end == strlen (text))
        return vantage_reference_get_icon (first->kind);
    }
  if (g_strcmp0 (style, "list") == 0)
    return "view-list-symbolic";
  if (g_strcmp0 (style, "quote") == 0)
    return "format-indent-more-symbolic";
  return "format-justify-left-symbolic";
}

static GtkWidget *
new_row (VantageReportOutline *self, VantageEntity *block)
{
  const char *text = vantage_entity_get_text (block, "text");
  g_autofree char *shown =
      vantage_reference_replace (text != NULL ? text : "", name_reference, self->context);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (g_strdelimit (shown, "\n\t", ' '));
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  if (!is_heading (block))
    {
      GtkWidget *icon = gtk_image_new_from_icon_name (find_icon (block));

      gtk_widget_add_css_class (icon, "dim-label");
      gtk_box_append (GTK_BOX (box), icon);
    }
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, is_heading (block) ? "outline-heading" : "outline-block");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, shown,
                                  GTK_ACCESSIBLE_PROPERTY_LEVEL, is_heading (block) ? 1 : 2, -1);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (vantage_entity_get_id (block)), g_free);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  return row;
}

static void
build (VantageReportOutline *self)
{
  gboolean had_focus =
      (gtk_widget_get_state_flags (GTK_WIDGET (self->list)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
  GtkWidget *child;
  int at = find_selected (self);

  self->updating = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < self->blocks->len; i++)
    gtk_list_box_append (self->list, new_row (self, self->blocks->pdata[i]));
  if (at >= 0)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, at);

      gtk_list_box_select_row (self->list, row);
      if (had_focus)
        gtk_widget_grab_focus (GTK_WIDGET (row));
    }
  self->updating = FALSE;
  gtk_widget_set_visible (self->nothing, self->blocks->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->blocks->len > 0);
}

static gboolean
has_same_blocks (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_strcmp0 (vantage_entity_get_id (a->pdata[i]), vantage_entity_get_id (b->pdata[i])) != 0 ||
        g_strcmp0 (vantage_entity_get_text (a->pdata[i], "text"),
                   vantage_entity_get_text (b->pdata[i], "text")) != 0 ||
        is_heading (a->pdata[i]) != is_heading (b->pdata[i]))
      return FALSE;
  return TRUE;
}

void
vantage_report_outline_show (VantageReportOutline *self, const char *report)
{
  GPtrArray *blocks;
  gboolean same;

  if (report != self->report)
    {
      g_free (self->report);
      self->report = g_strdup (report);
    }
  blocks = report != NULL ? vantage_report_draft_list_blocks (self->context, report)
                          : g_ptr_array_new_with_free_func (g_object_unref);
  same = has_same_blocks (blocks, self->blocks);
  g_ptr_array_unref (self->blocks);
  self->blocks = blocks;
  if (!same)
    build (self);
}

gboolean
vantage_report_outline_has_selection (VantageReportOutline *self)
{
  return find_selected (self) >= 0;
}

/* ---- changing ---- */

void
vantage_report_outline_delete_selected (VantageReportOutline *self)
{
  int at = find_selected (self);
  g_autoptr (VantageEdit) edit = NULL;

  if (at < 0)
    return;
  edit = vantage_review_context_begin (self->context, _ ("Delete Part of Report"));
  vantage_edit_delete (edit, "block", self->selected);
  if (!vantage_review_context_commit_with_undo (
          self->context, edit,
          is_heading (self->blocks->pdata[at]) ? _ ("Heading deleted") : _ ("Paragraph deleted")))
    return;
  g_free (self->selected);
  self->selected = NULL;
  if (self->blocks->len > 1)
    self->selected = g_strdup (vantage_entity_get_id (
        self->blocks->pdata[(guint) at + 1 < self->blocks->len ? at + 1 : at - 1]));
  vantage_report_outline_show (self, self->report);
}

void
vantage_report_outline_insert (VantageReportOutline *self, const char *style, const char *text)
{
  int at = find_selected (self);
  guint to = at < 0 ? self->blocks->len : (guint) at + 1;
  const char *before = to > 0 ? get_pos (self, to - 1) : NULL;
  const char *after = to < self->blocks->len ? get_pos (self, to) : NULL;
  g_autofree char *pos = vantage_order_key_between (before, after);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *id = NULL;

  if (self->report == NULL)
    return;
  if (pos == NULL)
    pos = vantage_order_key_between (before, NULL);
  edit = vantage_review_context_begin (self->context, _ ("Add Part to Report"));
  id = g_strdup (vantage_edit_create (edit, "block"));
  vantage_edit_set_ref (edit, "block", id, "of", self->report);
  vantage_edit_set_text (edit, "block", id, "slot", VANTAGE_REPORT_SLOT);
  vantage_edit_set_text (edit, "block", id, "text", text);
  vantage_edit_set_text (edit, "block", id, "style", style);
  vantage_edit_set_text (edit, "block", id, "pos", pos);
  if (!vantage_review_context_commit (self->context, edit))
    return;
  g_free (self->selected);
  self->selected = g_steal_pointer (&id);
  vantage_report_outline_show (self, self->report);
  g_signal_emit (self, signals[SELECTED], 0);
}

/* ---- callbacks ---- */

static void
row_selected_cb (VantageReportOutline *self, GtkListBoxRow *row)
{
  if (self->updating || row == NULL)
    return;
  g_free (self->selected);
  self->selected = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
row_activated_cb (VantageReportOutline *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[ACTIVATED], 0, (guint) gtk_list_box_row_get_index (row));
}

/* ---- object ---- */

static void
vantage_report_outline_dispose (GObject *object)
{
  VantageReportOutline *self = VANTAGE_REPORT_OUTLINE (object);
  GtkWidget *child;

  self->updating = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->context);
  g_clear_pointer (&self->report, g_free);
  g_clear_pointer (&self->selected, g_free);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  G_OBJECT_CLASS (vantage_report_outline_parent_class)->dispose (object);
}

static void
vantage_report_outline_class_init (VantageReportOutlineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_report_outline_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_report_outline_init (VantageReportOutline *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->blocks = g_ptr_array_new_with_free_func (g_object_unref);
  self->nothing = gtk_label_new (_ ("Nothing is written yet. Add a heading, or a finding."));
  gtk_label_set_wrap (GTK_LABEL (self->nothing), TRUE);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_parent (self->nothing, GTK_WIDGET (self));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "entities");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Parts of the report"), -1);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (row_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

GtkWidget *
vantage_report_outline_new (VantageReviewContext *context)
{
  VantageReportOutline *self = g_object_new (VANTAGE_TYPE_REPORT_OUTLINE, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
