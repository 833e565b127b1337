/* vantage-standing-list.c: the three classes of a vantage point as one list. */

#include "config.h"

#include "vantage-standing-list.h"

#include <glib/gi18n.h>
#include <stdlib.h>

/* One row: the heading of a class, or an event or item of it. */
#define VANTAGE_TYPE_STANDING_ROW (vantage_standing_row_get_type ())
G_DECLARE_FINAL_TYPE (VantageStandingRow, vantage_standing_row, VANTAGE, STANDING_ROW, GObject)

struct _VantageStandingRow
{
  GObject parent_instance;

  char *id; /* NULL: a heading */
  char *title, *detail;
};

G_DEFINE_FINAL_TYPE (VantageStandingRow, vantage_standing_row, G_TYPE_OBJECT)

struct _VantageStandingList
{
  GtkWidget parent_instance;

  VantageTimelineFeed *feed;
  VantageStandingStrip *strip; /* lives as long: both are children of the page */
  gboolean active;
  gboolean of_items;

  GtkWidget *box;
  GListStore *rows;
  GtkWidget *list;
};

enum
{
  GO,
  CLOSE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageStandingList, vantage_standing_list, GTK_TYPE_WIDGET)

static void
vantage_standing_row_finalize (GObject *object)
{
  VantageStandingRow *self = VANTAGE_STANDING_ROW (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->detail);
  G_OBJECT_CLASS (vantage_standing_row_parent_class)->finalize (object);
}

static void
vantage_standing_row_class_init (VantageStandingRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_standing_row_finalize;
}

static void
vantage_standing_row_init (VantageStandingRow *self)
{
}

/* ---- what is said ---- */

typedef struct
{
  const VantageSight *sight;
  gint64 apart_us; /* from the moment */
} Near;

static gint64
get_item_time (VantageActs *acts, const char *id)
{
  guint32 n, at = vantage_acts_find_item (acts, id);
  const VantageActItem *items = vantage_acts_get_items (acts, &n);

  return at < n ? items[at].time_us : VANTAGE_TIME_NONE;
}

static gint64
get_time (VantageStandingList *self, const VantageSight *sight)
{
  VantageTimelineEvent *event;
  gint64 us, end;

  if (!sight->is_event)
    return get_item_time (vantage_survey_get_acts (vantage_standing_strip_get_survey (self->strip)),
                          sight->id);
  event = vantage_timeline_feed_find (self->feed, sight->id, NULL);
  if (event == NULL || !vantage_canvas_event_get_place (&event->shape, &us, &end))
    return VANTAGE_TIME_NONE;
  return us;
}

static int
compare_near (gconstpointer a, gconstpointer b)
{
  const Near *x = a, *y = b;

  if (x->apart_us != y->apart_us)
    return x->apart_us < y->apart_us ? -1 : 1;
  return g_strcmp0 (x->sight->id, y->sight->id);
}

static char *
dup_clock (VantageStandingList *self, gint64 us)
{
  return vantage_zone_format (
      vantage_review_context_get_zone (vantage_timeline_feed_get_context (self->feed)), us,
      VANTAGE_SHOW_MINUTE);
}

static char *
dup_title (VantageStandingList *self, const VantageSight *sight)
{
  VantageActs *acts = vantage_survey_get_acts (vantage_standing_strip_get_survey (self->strip));
  VantageTimelineEvent *event;
  guint32 n, at;
  const VantageActItem *items;

  if (sight->is_event)
    {
      event = vantage_timeline_feed_find (self->feed, sight->id, NULL);
      return event != NULL ? g_strdup (vantage_timeline_event_get_title (event)) : NULL;
    }
  at = vantage_acts_find_item (acts, sight->id);
  items = vantage_acts_get_items (acts, &n);
  return at < n && items[at].text != NULL && items[at].text[0] != '\0' ? g_strdup (items[at].text)
                                                                       : g_strdup ("—");
}

/* Why; and of what was hidden, when it could first have been known. */
static char *
dup_detail (VantageStandingList *self, const VantageSight *sight)
{
  VantageStanding *standing =
      vantage_survey_get_standing (vantage_standing_strip_get_survey (self->strip));
  const char *why = vantage_standing_strip_say_why (sight->why);
  gint64 us = get_time (self, sight), first;
  g_autofree char *clock = us != VANTAGE_TIME_NONE ? dup_clock (self, us) : NULL;
  g_autofree char *when = NULL;

  if (sight->view != VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN)
    return clock != NULL ? g_strdup_printf ("%s · %s", clock, why) : g_strdup (why);
  first = vantage_standing_when_known (standing, vantage_standing_strip_get_person (self->strip),
                                       sight->id, NULL);
  if (first == VANTAGE_TIME_NONE)
    /* translators: why something was not known; then that it never could be */
    return g_strdup_printf (_ ("%s · never, by what is recorded"), why);
  when = dup_clock (self, first);
  /* translators: why something was not known; then from when on it could be */
  return g_strdup_printf (_ ("%s · first at %s"), why, when);
}

static void
add_row (GPtrArray *rows, const char *id, char *title, char *detail)
{
  VantageStandingRow *row = g_object_new (VANTAGE_TYPE_STANDING_ROW, NULL);

  row->id = g_strdup (id);
  row->title = title;
  row->detail = detail;
  g_ptr_array_add (rows, row);
}

/* What is nearest to the moment comes first. */
static void
add_class (VantageStandingList *self, GPtrArray *rows, VantageViewClass view, const char *heading)
{
  GArray *sights = vantage_standing_strip_get_sights (self->strip);
  gint64 moment = vantage_standing_strip_get_us (self->strip);
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (Near));

  for (guint i = 0; i < sights->len; i++)
    {
      const VantageSight *sight = &g_array_index (sights, VantageSight, i);
      gint64 us;

      if (sight->view != view || sight->is_event == self->of_items)
        continue;
      us = get_time (self, sight);
      g_array_append_val (
          near, ((Near){ sight, us == VANTAGE_TIME_NONE ? G_MAXINT64 : ABS (us - moment) }));
    }
  g_array_sort (near, compare_near);
  add_row (rows, NULL, g_strdup_printf ("%s (%u)", heading, near->len), NULL);
  for (guint i = 0; i < near->len; i++)
    {
      const VantageSight *sight = g_array_index (near, Near, i).sight;
      char *title = dup_title (self, sight);

      if (title != NULL)
        add_row (rows, sight->id, title, dup_detail (self, sight));
    }
}

static void
fill (VantageStandingList *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  if (!self->active)
    return;
  if (vantage_standing_strip_get_sights (self->strip) != NULL)
    {
      add_class (self, rows, VANTAGE_VIEW_KNEW, _ ("Knew"));
      add_class (self, rows, VANTAGE_VIEW_COULD_HAVE_SEEN, _ ("Could Have Seen"));
      add_class (self, rows, VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN, _ ("Could Not Have Known"));
    }
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                       rows->pdata, rows->len);
}

void
vantage_standing_list_set_active (VantageStandingList *self, gboolean active)
{
  if (self->active == active)
    return;
  self->active = active;
  fill (self);
}

/* ---- rows ---- */

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), new_label (NULL));
  gtk_box_append (GTK_BOX (box), new_label ("faint"));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  VantageStandingRow *row = gtk_list_item_get_item (item);
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *detail = gtk_widget_get_next_sibling (title);

  gtk_label_set_text (GTK_LABEL (title), row->title);
  gtk_label_set_text (GTK_LABEL (detail), row->detail != NULL ? row->detail : "");
  gtk_widget_set_visible (detail, row->detail != NULL);
  gtk_list_item_set_activatable (item, row->id != NULL);
  if (row->id == NULL)
    gtk_widget_add_css_class (title, "heading");
  else
    gtk_widget_remove_css_class (title, "heading");
}

static void
activate_cb (VantageStandingList *self, guint position)
{
  g_autoptr (VantageStandingRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (row == NULL || row->id == NULL)
    return;
  if (self->of_items)
    vantage_review_context_show_item (vantage_timeline_feed_get_context (self->feed), row->id);
  else
    g_signal_emit (self, signals[GO], 0, row->id);
}

static void
sort_toggled_cb (VantageStandingList *self, GtkToggleButton *items)
{
  self->of_items = gtk_toggle_button_get_active (items);
  fill (self);
}

static void
close_cb (VantageStandingList *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

/* ---- object ---- */

static void
vantage_standing_list_dispose (GObject *object)
{
  VantageStandingList *self = VANTAGE_STANDING_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->rows);
  g_clear_object (&self->feed);
  G_OBJECT_CLASS (vantage_standing_list_parent_class)->dispose (object);
}

static void
vantage_standing_list_class_init (VantageStandingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_standing_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "standinglist");
  signals[GO] = g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_head (VantageStandingList *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *events = gtk_toggle_button_new_with_label (_ ("Events"));
  GtkWidget *items = gtk_toggle_button_new_with_label (_ ("Evidence"));
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (linked, "linked");
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (items), GTK_TOGGLE_BUTTON (events));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (events), TRUE);
  gtk_widget_set_tooltip_text (close, _ ("Close"));
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_hexpand (linked, TRUE);
  gtk_box_append (GTK_BOX (linked), events);
  gtk_box_append (GTK_BOX (linked), items);
  gtk_box_append (GTK_BOX (head), linked);
  gtk_box_append (GTK_BOX (head), close);
  gtk_widget_add_css_class (head, "timeline-bar");
  g_signal_connect_swapped (items, "toggled", G_CALLBACK (sort_toggled_cb), self);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (close_cb), self);
  return head;
}

static void
vantage_standing_list_init (VantageStandingList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkNoSelection *model;

  self->rows = g_list_store_new (VANTAGE_TYPE_STANDING_ROW);
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (model), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What was known, could be seen and could not be known"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), new_head (self));
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 300, -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
}

GtkWidget *
vantage_standing_list_new (VantageTimelineFeed *feed, VantageStandingStrip *strip)
{
  VantageStandingList *self = g_object_new (VANTAGE_TYPE_STANDING_LIST, NULL);

  self->feed = g_object_ref (feed);
  self->strip = strip;
  g_signal_connect_object (strip, "moved", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
