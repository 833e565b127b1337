/* vantage-canvas.c: the timeline as a picture that can be worked on. */

#include "config.h"

#include "vantage-canvas-parts.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "vantage-avatar.h"
#include "vantage-claim-edge.h"

#define FIT_MARGIN 24
#define REVEAL_MARGIN 36
#define ROUTED_AT_ONCE 12 /* links led around cards in one frame */
#define CORE_LEAST 40     /* events in the window, before only its core is shown at first */

enum
{
  ACTIVATE_EVENT,
  NEW_EVENT,
  MENU,
  DETAIL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageCanvas, vantage_canvas, GTK_TYPE_WIDGET)

/* ---- callbacks ---- */

static void
viewport_changed_cb (VantageCanvas *self)
{
  if (self->arranging)
    return;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit (self, signals[DETAIL_CHANGED], 0);
}

static gboolean
settle_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  VANTAGE_CANVAS (widget)->settling = 0;
  if (VANTAGE_CANVAS (widget)->wants_cards)
    gtk_widget_queue_resize (widget);
  gtk_widget_queue_allocate (widget);
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

void
vantage_canvas_settle (VantageCanvas *self)
{
  if (self->settling == 0)
    self->settling = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
}

static gboolean
prepare_cb (gpointer data)
{
  VantageCanvas *self = data;

  if (vantage_canvas_layout_prepare (self->layout))
    return G_SOURCE_CONTINUE;
  self->preparing = 0;
  return G_SOURCE_REMOVE;
}

void
vantage_canvas_prepare (VantageCanvas *self)
{
  if (self->preparing == 0)
    self->preparing = g_idle_add_full (G_PRIORITY_LOW, prepare_cb, self, NULL);
}

static void
feed_changed_cb (VantageCanvas *self)
{
  /* zones may be others */
  g_array_set_size (self->zone_nights, 0);
  self->labels_stale = TRUE;
  vantage_canvas_rebind_cards (self);
  if (vantage_timeline_feed_get_change (self->feed)->everything)
    vantage_canvas_take_data (self);
  else
    vantage_canvas_take_changes (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
feed_surveyed_cb (VantageCanvas *self)
{
  g_clear_pointer (&self->volume, g_array_unref);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
selection_changed_cb (VantageCanvas *self)
{
  vantage_canvas_take_flags (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- signals ---- */

void
vantage_canvas_emit_activate (VantageCanvas *self, const char *id)
{
  g_signal_emit (self, signals[ACTIVATE_EVENT], 0, id);
}

void
vantage_canvas_emit_new_event (VantageCanvas *self, guint lane, gint64 us)
{
  g_signal_emit (self, signals[NEW_EVENT], 0, lane, us);
}

void
vantage_canvas_emit_menu (VantageCanvas *self, const char *id, double x, double y)
{
  g_signal_emit (self, signals[MENU], 0, id, x, y);
}

/* ---- widget ---- */

static void
vantage_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  gboolean wide = orientation == GTK_ORIENTATION_HORIZONTAL;

  VANTAGE_CANVAS (widget)->measured = TRUE;
  *minimum = wide ? 260 : 120;
  *natural = wide ? 520 : 400;
}

static void
vantage_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VantageCanvas *self = VANTAGE_CANVAS (widget);

  self->no_new_cards = !self->measured;
  self->measured = self->wants_cards = FALSE;
  vantage_canvas_arrange (self, width, height);
  self->no_new_cards = FALSE;
  if (self->wants_cards)
    vantage_canvas_settle (self);
}

static void
vantage_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  vantage_canvas_draw (VANTAGE_CANVAS (widget), snapshot);
}

static gboolean
vantage_canvas_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return vantage_canvas_move_focus (VANTAGE_CANVAS (widget), direction);
}

static void
vantage_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  VantageCanvas *self = VANTAGE_CANVAS (widget);

  GTK_WIDGET_CLASS (vantage_canvas_parent_class)->css_changed (widget, change);
  if (self->widths == NULL)
    return;
  g_hash_table_remove_all (self->widths);
  self->labels_stale = TRUE;
  gtk_widget_queue_draw (widget);
}

/* ---- object ---- */

static void
vantage_canvas_dispose (GObject *object)
{
  VantageCanvas *self = VANTAGE_CANVAS (object);
  GtkWidget *child;

  g_clear_handle_id (&self->preparing, g_source_remove);
  g_clear_handle_id (&self->proposing, g_source_remove);
  if (self->settling != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->settling);
  self->settling = 0;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_hash_table_remove_all (self->cards);
  g_ptr_array_set_size (self->free_cards, 0);
  g_ptr_array_set_size (self->heads, 0);
  g_clear_object (&self->feed);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (vantage_canvas_parent_class)->dispose (object);
}

static void
vantage_canvas_finalize (GObject *object)
{
  VantageCanvas *self = VANTAGE_CANVAS (object);

  g_clear_object (&self->viewport);
  g_clear_pointer (&self->layout, vantage_canvas_layout_free);
  g_clear_pointer (&self->widths, g_hash_table_unref);
  g_clear_pointer (&self->heads, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_hash_table_unref);
  g_clear_pointer (&self->free_cards, g_ptr_array_unref);
  g_clear_pointer (&self->proposed, g_array_unref);
  g_clear_pointer (&self->opened, g_array_unref);
  g_clear_pointer (&self->ticks, g_array_unref);
  g_clear_pointer (&self->fold_labels, g_ptr_array_unref);
  g_clear_pointer (&self->link_labels, g_ptr_array_unref);
  g_clear_pointer (&self->link_texts, g_hash_table_unref);
  g_clear_pointer (&self->flagged, g_hash_table_unref);
  g_clear_pointer (&self->collapsed, g_hash_table_unref);
  g_clear_pointer (&self->nights, g_array_unref);
  g_clear_pointer (&self->zone_nights, g_array_unref);
  g_clear_pointer (&self->tick_labels, g_hash_table_unref);
  g_clear_pointer (&self->tiles, g_hash_table_unref);
  g_clear_pointer (&self->named, g_hash_table_unref);
  g_clear_pointer (&self->tear, gsk_render_node_unref);
  g_clear_pointer (&self->volume, g_array_unref);
  g_clear_pointer (&self->sights, g_hash_table_unref);
  g_clear_object (&self->day_label);
  g_clear_object (&self->volume_label);
  g_clear_object (&self->impact_label);
  g_clear_object (&self->shelf_label);
  g_clear_object (&self->shelf_detail);
  g_clear_object (&self->drag_label);
  g_free (self->drag.id);
  g_free (self->drop_event);
  G_OBJECT_CLASS (vantage_canvas_parent_class)->finalize (object);
}

static void
vantage_canvas_class_init (VantageCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = vantage_canvas_dispose;
  object_class->finalize = vantage_canvas_finalize;
  widget_class->measure = vantage_canvas_measure;
  widget_class->size_allocate = vantage_canvas_size_allocate;
  widget_class->snapshot = vantage_canvas_snapshot;
  widget_class->focus = vantage_canvas_focus;
  widget_class->css_changed = vantage_canvas_css_changed;
  gtk_widget_class_set_css_name (widget_class, "timelinecanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);

  signals[ACTIVATE_EVENT] = g_signal_new ("activate-event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NEW_EVENT] = g_signal_new ("new-event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT64);
  signals[MENU] = g_signal_new ("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                3, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[DETAIL_CHANGED] =
      g_signal_new ("detail-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_palette (VantageCanvas *self)
{
  for (int i = 0; i < VANTAGE_CANVAS_PALETTE; i++)
    {
      self->palette[i] = vantage_claim_edge_new (NULL);
      vantage_avatar_set_class (self->palette[i], i < VANTAGE_N_LANE_COLOURS ? i : -1);
      gtk_widget_set_child_visible (self->palette[i], FALSE);
      gtk_widget_set_parent (self->palette[i], GTK_WIDGET (self));
      gtk_widget_set_child_visible (self->palette[i], FALSE);
    }
}

static void
vantage_canvas_init (VantageCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->viewport = vantage_viewport_new ();
  self->layout = vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  self->widths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->heads = g_ptr_array_new ();
  self->cards = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->free_cards = g_ptr_array_new ();
  self->proposed = g_array_new (FALSE, FALSE, sizeof (VantageStretch));
  self->opened = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->fold_labels = g_ptr_array_new_with_free_func (g_object_unref);
  self->link_labels = g_ptr_array_new ();
  self->link_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->flagged = g_hash_table_new (NULL, NULL);
  self->collapsed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->nights = g_array_new (FALSE, FALSE, sizeof (VantageCanvasNight));
  self->zone_nights = vantage_canvas_new_zone_nights ();
  self->tick_labels =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, vantage_canvas_label_free);
  self->tiles = vantage_canvas_new_tiles ();
  self->named = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  vantage_canvas_layout_set_budget (self->layout, ROUTED_AT_ONCE);
  self->standing_us = VANTAGE_TIME_NONE;
  self->drop_lane = VANTAGE_CANVAS_NO_LANE;
  self->day_label = vantage_canvas_new_text (self, NULL, 0.88, FALSE);
  self->volume_label = vantage_canvas_new_text (self, NULL, 0.88, FALSE);
  self->impact_label = vantage_canvas_new_text (self, NULL, 0.88, FALSE);
  self->shelf_label = vantage_canvas_new_text (self, C_ ("timeline", "Shelf"), 0.95, TRUE);
  self->shelf_detail = vantage_canvas_new_text (self, _ ("no time yet"), 0.82, FALSE);
  self->drag_label = vantage_canvas_new_text (self, NULL, 0.85, TRUE);
  add_palette (self);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Timeline"), -1);
  g_signal_connect_object (self->viewport, "changed", G_CALLBACK (viewport_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
choose_empty_lanes (VantageCanvas *self)
{
  self->empty_lanes = vantage_timeline_feed_get_lanes (self->feed)->len <= 14;
}

GtkWidget *
vantage_canvas_new (VantageTimelineFeed *feed, VantageTimelineSelection *selection)
{
  VantageCanvas *self = g_object_new (VANTAGE_TYPE_CANVAS, NULL);

  self->feed = g_object_ref (feed);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (feed, "changed", G_CALLBACK (feed_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "surveyed", G_CALLBACK (feed_surveyed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  choose_empty_lanes (self);
  vantage_canvas_add_gestures (self);
  vantage_canvas_add_drop (self);
  vantage_canvas_add_keys (self);
  vantage_canvas_take_data (self);
  return GTK_WIDGET (self);
}

VantageViewport *
vantage_canvas_get_viewport (VantageCanvas *self)
{
  return self->viewport;
}

VantageDetail
vantage_canvas_get_detail (VantageCanvas *self)
{
  return vantage_canvas_layout_get_detail (self->layout);
}

/* ---- what is seen ---- */

static gboolean
locate_focus (VantageCanvas *self, gint64 *out_us)
{
  const char *focus = vantage_timeline_selection_get_focus (self->selection);
  const VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, focus, NULL);
  VantageSpan span;
  double y, height;

  if (event == NULL ||
      !vantage_canvas_layout_locate (self->layout, event->slot, &span, &y, &height))
    return FALSE;
  *out_us = span.begin_us;
  return *out_us >= vantage_viewport_get_begin (self->viewport) &&
         *out_us <= vantage_viewport_get_end (self->viewport);
}

double
vantage_canvas_get_anchor_x (VantageCanvas *self)
{
  VantageTimeScale scale;
  gint64 us;

  if (self->pointer_inside && vantage_canvas_is_in_area (self, self->pointer_x, self->pointer_y))
    return vantage_canvas_to_view_x (self, self->pointer_x);
  vantage_viewport_get_scale (self->viewport, &scale);
  if (locate_focus (self, &us))
    return vantage_time_scale_get_x (&scale, us);
  return self->area.size.width / 2.0;
}

void
vantage_canvas_zoom (VantageCanvas *self, double factor)
{
  vantage_viewport_zoom (self->viewport, factor, vantage_canvas_get_anchor_x (self));
}

void
vantage_canvas_fit (VantageCanvas *self)
{
  vantage_viewport_mark_place (self->viewport);
  vantage_viewport_fit_all (self->viewport, FIT_MARGIN);
}

/* Of a full review only its core is shown at first: there is where the reading begins. */
static void
narrow_to_core (VantageCanvas *self, VantageSpan *span)
{
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < events->len; i++)
    {
      gint64 us, end;

      if (vantage_canvas_event_get_place (&((VantageTimelineEvent *) events->pdata[i])->shape, &us,
                                          &end) &&
          us >= span->begin_us && us <= span->end_us)
        g_array_append_val (times, us);
    }
  if (times->len < CORE_LEAST)
    return;
  span->begin_us = g_array_index (times, gint64, times->len / 5);
  span->end_us = g_array_index (times, gint64, times->len - times->len / 6);
}

void
vantage_canvas_place_first (VantageCanvas *self)
{
  VantageSpan bounds;

  vantage_canvas_fit_review (self);
  bounds.begin_us = vantage_viewport_get_begin (self->viewport);
  bounds.end_us = vantage_viewport_get_end (self->viewport);
  narrow_to_core (self, &bounds);
  vantage_viewport_fit (self->viewport, &bounds, FIT_MARGIN);
}

void
vantage_canvas_fit_review (VantageCanvas *self)
{
  VantageEntity *review =
      vantage_review_context_get_review (vantage_timeline_feed_get_context (self->feed));
  VantageSpan span = { VANTAGE_TIME_NONE, VANTAGE_TIME_NONE };

  if (review != NULL)
    {
      span.begin_us = vantage_entity_get_time (review, "from");
      span.end_us = vantage_entity_get_time (review, "until");
    }
  if (span.begin_us != VANTAGE_TIME_NONE && span.end_us > span.begin_us)
    vantage_viewport_fit (self->viewport, &span, FIT_MARGIN);
  else
    vantage_viewport_fit_all (self->viewport, FIT_MARGIN);
}

void
vantage_canvas_show_moment (VantageCanvas *self, gint64 us)
{
  const VantageSpan span = { us, us };

  vantage_viewport_reveal (self->viewport, &span, vantage_viewport_get_scroll (self->viewport), 1,
                           3 * REVEAL_MARGIN);
}

void
vantage_canvas_show (VantageCanvas *self, const char *id)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  const VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, id, NULL);
  VantageSpan span;
  double y, height;
  VantageEventCard *card;

  if (event == NULL)
    return;
  if (vantage_canvas_layout_locate (self->layout, event->slot, &span, &y, &height))
    vantage_viewport_reveal (self->viewport, &span, y, height, REVEAL_MARGIN);
  if (width > 1)
    vantage_canvas_arrange (self, width, gtk_widget_get_height (GTK_WIDGET (self)));
  card = vantage_canvas_find_card (self, id);
  gtk_widget_grab_focus (card != NULL ? GTK_WIDGET (card) : GTK_WIDGET (self));
}

gboolean
vantage_canvas_reveal (VantageCanvas *self, const char *id)
{
  vantage_timeline_feed_update (self->feed);
  if (vantage_timeline_feed_find (self->feed, id, NULL) == NULL)
    return FALSE;
  vantage_timeline_selection_set (self->selection, id);
  vantage_viewport_mark_place (self->viewport);
  vantage_canvas_show (self, id);
  return TRUE;
}

void
vantage_canvas_set_empty_lanes (VantageCanvas *self, gboolean shown)
{
  if (self->empty_lanes == shown)
    return;
  self->empty_lanes = shown;
  vantage_canvas_take_data (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
vantage_canvas_toggle_lane (VantageCanvas *self)
{
  GPtrArray *lanes = vantage_timeline_feed_get_lanes (self->feed);
  guint32 lane = vantage_canvas_find_head (self, self->pointer_x, self->pointer_y);
  gint64 key, us;

  if (!self->pointer_inside || lane == VANTAGE_CANVAS_NO_LANE)
    vantage_canvas_get_place (self, &lane, &us);
  if (lane >= lanes->len)
    return;
  key = vantage_canvas_get_lane_key (lanes->pdata[lane]);
  if (!g_hash_table_remove (self->collapsed, &key))
    g_hash_table_add (self->collapsed, g_memdup2 (&key, sizeof key));
  vantage_canvas_take_lanes (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
vantage_canvas_get_empty_lanes (VantageCanvas *self)
{
  return self->empty_lanes;
}

/* ---- places ---- */

void
vantage_canvas_get_place (VantageCanvas *self, guint32 *out_lane, gint64 *out_us)
{
  const char *focus = vantage_timeline_selection_get_focus (self->selection);
  VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, focus, NULL);
  const gint64 minute_us = 60 * (gint64) G_USEC_PER_SEC;
  VantageHit hit;
  const char *id;
  gboolean waiting;

  *out_lane = VANTAGE_CANVAS_NO_LANE;
  if (self->pointer_inside && vantage_canvas_is_in_area (self, self->pointer_x, self->pointer_y))
    {
      vantage_canvas_hit (self, self->pointer_x, self->pointer_y, &hit, &id, &waiting);
      *out_lane = hit.lane;
      *out_us = vantage_canvas_get_us (self, self->pointer_x);
    }
  else if (event != NULL && locate_focus (self, out_us))
    {
      *out_lane = event->shape.lane;
      *out_us += minute_us;
    }
  else
    *out_us = vantage_canvas_get_us (self, self->area.origin.x + self->area.size.width / 2.0);
  *out_us -= ((*out_us % minute_us) + minute_us) % minute_us;
}

gboolean
vantage_canvas_get_card_area (VantageCanvas *self, const char *id, GdkRectangle *out)
{
  VantageEventCard *card = vantage_canvas_find_card (self, id);
  graphene_rect_t bounds, all;

  graphene_rect_init (&all, 0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                      (float) gtk_widget_get_height (GTK_WIDGET (self)));
  if (card == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (card), GTK_WIDGET (self), &bounds) ||
      !graphene_rect_intersection (&bounds, &all, &bounds))
    return FALSE;
  *out = (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                         (int) bounds.size.height };
  return TRUE;
}

void
vantage_canvas_get_spot (VantageCanvas *self, guint32 lane, gint64 us, GdkRectangle *out)
{
  guint n;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n);
  VantageTimeScale scale;
  double y = self->area.size.height / 3.0, x;

  vantage_viewport_get_scale (self->viewport, &scale);
  x = vantage_time_scale_get_x (&scale, us);
  for (guint i = 0; i < n; i++)
    if (bands[i].lane == lane)
      y = bands[i].y + bands[i].height / 2 - vantage_viewport_get_scroll (self->viewport);
  *out = (GdkRectangle){ (int) (self->area.origin.x + CLAMP (x, 0, self->area.size.width)),
                         (int) (self->area.origin.y + CLAMP (y, 0, self->area.size.height)), 1, 1 };
}

/* ---- standing ---- */

void
vantage_canvas_set_standing (VantageCanvas *self, gint64 us, GHashTable *sights,
                             VantageCanvasWhy dup_why, gpointer user_data)
{
  self->standing_us = us;
  if (sights != self->sights)
    {
      g_clear_pointer (&self->sights, g_hash_table_unref);
      self->sights = g_hash_table_ref (sights);
    }
  self->dup_why = dup_why;
  self->why_data = user_data;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
vantage_canvas_clear_standing (VantageCanvas *self)
{
  self->standing_us = VANTAGE_TIME_NONE;
  g_clear_pointer (&self->sights, g_hash_table_unref);
  self->dup_why = NULL;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- state ---- */

char *
vantage_canvas_save_state (VantageCanvas *self)
{
  g_autoptr (GString) text = g_string_new ("1");
  char us_per_px[G_ASCII_DTOSTR_BUF_SIZE];
  GHashTableIter iter;
  gpointer key;

  g_string_append_printf (
      text, " %" G_GINT64_FORMAT " %s %d %d %d", vantage_viewport_get_begin (self->viewport),
      g_ascii_dtostr (us_per_px, sizeof us_per_px, vantage_viewport_get_us_per_px (self->viewport)),
      (int) vantage_viewport_get_scroll (self->viewport), self->empty_lanes, self->all_open);
  for (guint i = 0; i < self->opened->len; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, g_array_index (self->opened, gint64, i));
  g_hash_table_iter_init (&iter, self->collapsed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_string_append_printf (text, " c%" G_GINT64_FORMAT, *(const gint64 *) key);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
vantage_canvas_restore_state (VantageCanvas *self, const char *state)
{
  g_auto (GStrv) parts = g_strsplit (state, " ", -1);
  guint n = g_strv_length (parts);
  double us_per_px;

  if (n < 6 || strcmp (parts[0], "1") != 0)
    return;
  us_per_px = g_ascii_strtod (parts[2], NULL);
  if (!(us_per_px >= VANTAGE_SCALE_MIN_US_PER_PX && us_per_px <= VANTAGE_SCALE_MAX_US_PER_PX))
    return;
  self->restored = TRUE;
  self->all_open = strcmp (parts[5], "1") == 0;
  for (guint i = 6; i < n; i++)
    {
      gboolean lane = parts[i][0] == 'c';
      gint64 number = g_ascii_strtoll (parts[i] + lane, NULL, 10);

      if (lane)
        g_hash_table_add (self->collapsed, g_memdup2 (&number, sizeof number));
      else
        g_array_append_val (self->opened, number);
    }
  vantage_canvas_take_folds (self);
  vantage_canvas_take_lanes (self);
  vantage_canvas_set_empty_lanes (self, strcmp (parts[4], "1") == 0);
  self->restored_scroll = g_ascii_strtod (parts[3], NULL);
  vantage_viewport_set_place (self->viewport, g_ascii_strtoll (parts[1], NULL, 10), us_per_px,
                              self->restored_scroll);
}
