/* vantage-timeline-outline.c: the timeline as a list. */

#include "config.h"

#include "vantage-timeline-outline.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-claim-edge.h"
#include "vantage-words.h"

#define SCROLL_DELAY_MS 40

typedef enum
{
  COLUMN_TIME,
  COLUMN_LANE,
  COLUMN_KIND,
  COLUMN_TITLE,
  COLUMN_AUTHORITY,
} Column;

struct _VantageTimelineOutline
{
  GtkWidget parent_instance;

  VantageTimelineFeed *feed;
  VantageTimelineSelection *selection;
  GtkWidget *scroller;
  GtkColumnView *view;
  GtkMultiSelection *model;
  GtkSortListModel *sorted; /* lent by `model` */
  char *wanted;             /* to be scrolled to */
  guint scrolling;
  gboolean following; /* what changes now comes from the other side */
};

static guint activate_signal;

G_DEFINE_FINAL_TYPE (VantageTimelineOutline, vantage_timeline_outline, GTK_TYPE_WIDGET)

/* ---- cells ---- */

static char *
dup_text (VantageTimelineFeed *feed, VantageTimelineEvent *event, Column column)
{
  switch (column)
    {
    case COLUMN_TIME:
      return vantage_timeline_feed_dup_time (feed, event);
    case COLUMN_LANE:
      return vantage_timeline_feed_dup_lanes (feed, event);
    case COLUMN_KIND:
      return g_strdup (
          vantage_words_choice ("event-kind", vantage_timeline_event_get_kind (event)));
    case COLUMN_AUTHORITY:
      return vantage_timeline_feed_dup_authority (feed, event);
    case COLUMN_TITLE:
    default:
      return g_strdup (vantage_timeline_event_get_title (event));
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Column column = GPOINTER_TO_UINT (data);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (column == COLUMN_TIME)
    gtk_widget_add_css_class (label, "numeric");
  if (column == COLUMN_TITLE)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      GtkWidget *edge = vantage_claim_edge_new (NULL);

      gtk_widget_add_css_class (label, "outline-title");
      gtk_widget_set_margin_top (edge, 2);
      gtk_widget_set_margin_bottom (edge, 2);
      gtk_box_append (GTK_BOX (box), edge);
      gtk_box_append (GTK_BOX (box), label);
      gtk_list_item_set_child (item, box);
      return;
    }
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_item_set_child (item, label);
}

/* A row of a list has no name of its own: the words of the whole event are put on it. */
static void
name_row (VantageTimelineOutline *self, VantageTimelineEvent *event, GtkWidget *child)
{
  GtkWidget *cell = gtk_widget_get_parent (child);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *spoken = NULL;

  if (row == NULL)
    return;
  spoken = vantage_timeline_feed_dup_spoken (self->feed, event);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Column column = GPOINTER_TO_UINT (data);
  VantageTimelineOutline *self = g_object_get_data (G_OBJECT (factory), "outline");
  VantageTimelineEvent *event = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *label = column == COLUMN_TITLE ? gtk_widget_get_last_child (child) : child;
  g_autofree char *text = dup_text (self->feed, event, column);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, text);
  if (column != COLUMN_TITLE)
    return;
  vantage_claim_edge_set_claim (VANTAGE_CLAIM_EDGE (gtk_widget_get_first_child (child)),
                                vantage_timeline_event_get_claim (event));
  name_row (self, event, child);
}

static void
add_column (VantageTimelineOutline *self, Column column, const char *title, int width,
            gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) out = NULL;

  g_object_set_data (G_OBJECT (factory), "outline", self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (column));
  out = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (out, TRUE);
  gtk_column_view_column_set_fixed_width (out, width);
  gtk_column_view_column_set_expand (out, expand);
  gtk_column_view_append_column (self->view, out);
}

/* ---- selection, both ways ---- */

static void
take_selection (VantageTimelineOutline *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = gtk_bitset_new_range (0, n);

  if (self->following)
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantageTimelineEvent) event =
          g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (vantage_timeline_selection_has (self->selection, vantage_timeline_event_get_id (event)))
        gtk_bitset_add (selected, i);
    }
  self->following = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->model), selected, mask);
  self->following = FALSE;
}

static void
list_selected_cb (VantageTimelineOutline *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  GtkBitsetIter iter;
  guint at;

  if (self->following)
    return;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->model));
  ids = g_ptr_array_new_with_free_func (g_free);
  if (gtk_bitset_iter_init_first (&iter, selected, &at))
    do
      {
        g_autoptr (VantageTimelineEvent) event =
            g_list_model_get_item (G_LIST_MODEL (self->model), at);

        g_ptr_array_add (ids, g_strdup (vantage_timeline_event_get_id (event)));
      }
    while (gtk_bitset_iter_next (&iter, &at));
  g_ptr_array_add (ids, NULL);
  self->following = TRUE;
  vantage_timeline_selection_set_all (self->selection, (const char *const *) ids->pdata);
  self->following = FALSE;
}

static void
activate_cb (VantageTimelineOutline *self, guint position)
{
  g_autoptr (VantageTimelineEvent) event =
      g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (event != NULL)
    g_signal_emit (self, activate_signal, 0, vantage_timeline_event_get_id (event));
}

/* ---- object ---- */

static void
vantage_timeline_outline_dispose (GObject *object)
{
  VantageTimelineOutline *self = VANTAGE_TIMELINE_OUTLINE (object);

  g_clear_handle_id (&self->scrolling, g_source_remove);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->feed);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (vantage_timeline_outline_parent_class)->dispose (object);
}

static void
vantage_timeline_outline_class_init (VantageTimelineOutlineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_timeline_outline_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timelineoutline");
  activate_signal = g_signal_new ("activate-event", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
vantage_timeline_outline_init (VantageTimelineOutline *self)
{
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
vantage_timeline_outline_new (VantageTimelineFeed *feed, VantageTimelineSelection *selection)
{
  VantageTimelineOutline *self = g_object_new (VANTAGE_TYPE_TIMELINE_OUTLINE, NULL);

  self->feed = g_object_ref (feed);
  self->selection = g_object_ref (selection);
  self->sorted =
      gtk_sort_list_model_new (g_object_ref (vantage_timeline_feed_get_model (feed)), NULL);
  self->model = gtk_multi_selection_new (G_LIST_MODEL (self->sorted));
  self->view =
      GTK_COLUMN_VIEW (gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->model))));
  add_column (self, COLUMN_TIME, _ ("Time"), 150, FALSE);
  add_column (self, COLUMN_LANE, _ ("Lane"), 140, FALSE);
  add_column (self, COLUMN_KIND, _ ("Kind"), 104, FALSE);
  add_column (self, COLUMN_TITLE, _ ("Title"), 220, TRUE);
  add_column (self, COLUMN_AUTHORITY, _ ("Authority"), 170, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Events in order of time"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (list_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (take_selection), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "changed", G_CALLBACK (take_selection), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* A list that was not shown yet has no rows to scroll to: it is asked again when it has. */
static gboolean
scroll_cb (gpointer data)
{
  VantageTimelineOutline *self = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  self->scrolling = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantageTimelineEvent) event =
          g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (strcmp (vantage_timeline_event_get_id (event), self->wanted) != 0)
        continue;
      gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                                  "list.scroll-to-item", "u", i);
      break;
    }
  return G_SOURCE_REMOVE;
}

/* ---- order ---- */

static int
compare_lanes (gconstpointer a, gconstpointer b, gpointer data)
{
  const VantageTimelineEvent *x = a, *y = b;
  gint64 x_us = G_MAXINT64, y_us = G_MAXINT64, end;

  if (x->shape.lane != y->shape.lane)
    return x->shape.lane < y->shape.lane ? -1 : 1;
  vantage_canvas_event_get_place (&x->shape, &x_us, &end);
  vantage_canvas_event_get_place (&y->shape, &y_us, &end);
  return x_us < y_us ? -1 : x_us > y_us;
}

void
vantage_timeline_outline_set_by_lane (VantageTimelineOutline *self, gboolean by_lane)
{
  g_autoptr (GtkSorter) sorter =
      by_lane ? GTK_SORTER (gtk_custom_sorter_new (compare_lanes, NULL, NULL)) : NULL;

  gtk_sort_list_model_set_sorter (self->sorted, sorter);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
      by_lane ? _ ("Events lane by lane") : _ ("Events in order of time"), -1);
}

gboolean
vantage_timeline_outline_reveal (VantageTimelineOutline *self, const char *id)
{
  if (vantage_timeline_feed_find (self->feed, id, NULL) == NULL)
    return FALSE;
  g_free (self->wanted);
  self->wanted = g_strdup (id);
  if (self->scrolling == 0)
    self->scrolling = g_timeout_add (SCROLL_DELAY_MS, scroll_cb, self);
  return TRUE;
}

GtkSelectionModel *
vantage_timeline_outline_get_model (VantageTimelineOutline *self)
{
  return GTK_SELECTION_MODEL (self->model);
}
