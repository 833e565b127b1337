/* vantage-canvas-input.c: from the feed to what is laid out: copies, and what only a view knows
 * (widths of text, what is selected, which folds are open). */

#include "config.h"

#include <string.h>

#include "vantage-canvas-parts.h"
#include "vantage-lane-head.h"
#include "vantage-words.h"

#define LINK_LABEL_PX 130
#define HEAD_MARGIN 20

static double
get_title_width (VantageCanvas *self, const char *title)
{
  gpointer width = g_hash_table_lookup (self->widths, title);

  if (width == NULL)
    {
      int px = (int) vantage_event_card_measure_title (GTK_WIDGET (self), title);

      width = GINT_TO_POINTER (px);
      g_hash_table_insert (self->widths, g_strdup (title), width);
    }
  return GPOINTER_TO_INT (width);
}

static VantageCanvasFlags
get_flags (VantageCanvas *self, VantageTimelineEvent *event)
{
  return vantage_timeline_selection_has (self->selection, vantage_timeline_event_get_id (event))
             ? VANTAGE_CANVAS_SELECTED
             : 0;
}

static void
make_shape (VantageCanvas *self, VantageTimelineEvent *event, VantageCanvasEvent *out)
{
  *out = event->shape;
  out->width_px = (float) get_title_width (self, vantage_timeline_event_get_title (event));
  out->flags |= get_flags (self, event);
  if (out->flags & VANTAGE_CANVAS_SELECTED)
    g_hash_table_add (self->flagged, GUINT_TO_POINTER (event->slot));
}

/* By slot. One that nobody has is of no lane and has no time, and is not on the shelf either: see
 * order_shelf. */
static void
append_events (VantageCanvas *self, GArray *events, GArray *more)
{
  GPtrArray *list = vantage_timeline_feed_get_events (self->feed);

  g_hash_table_remove_all (self->flagged);
  for (guint i = 0; i < vantage_timeline_feed_get_n_slots (self->feed); i++)
    g_array_append_val (events, ((VantageCanvasEvent){ .earliest_us = VANTAGE_CANVAS_OPEN_BEGIN,
                                                       .latest_us = VANTAGE_CANVAS_OPEN_END,
                                                       .lane = VANTAGE_CANVAS_NO_LANE }));
  for (guint i = 0; i < list->len; i++)
    {
      VantageTimelineEvent *event = list->pdata[i];

      make_shape (self, event, &g_array_index (events, VantageCanvasEvent, event->slot));
      for (guint j = 1; j < event->lanes->len; j++)
        {
          VantageCanvasAppearance appearance = { event->slot,
                                                 g_array_index (event->lanes, guint32, j) };

          g_array_append_val (more, appearance);
        }
    }
}

static const char *
get_link_text (VantageEntity *link)
{
  const char *label = vantage_entity_get_text (link, "label");
  const char *kind = vantage_entity_get_text (link, "kind");

  if (label != NULL && label[0] != '\0')
    return label;
  return vantage_words_choice ("link-kind", kind != NULL ? kind : "other");
}

/* Many links say the same. */
static PangoLayout *
get_link_label (VantageCanvas *self, const char *text)
{
  PangoLayout *layout = g_hash_table_lookup (self->link_texts, text);
  int width;

  if (layout != NULL)
    return layout;
  layout = vantage_canvas_new_text (self, text, 0.78, FALSE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > LINK_LABEL_PX)
    pango_layout_set_width (layout, LINK_LABEL_PX * PANGO_SCALE);
  g_hash_table_insert (self->link_texts, g_strdup (text), layout);
  return layout;
}

static void
append_links (VantageCanvas *self, GArray *links)
{
  GArray *list = vantage_timeline_feed_get_links (self->feed);
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);

  g_ptr_array_set_size (self->link_labels, 0);
  for (guint i = 0; i < list->len; i++)
    {
      const VantageTimelineLink *link = &g_array_index (list, VantageTimelineLink, i);
      PangoLayout *text = get_link_label (self, get_link_text (link->entity));
      VantageCanvasLink out = { ((VantageTimelineEvent *) events->pdata[link->from])->slot,
                                ((VantageTimelineEvent *) events->pdata[link->to])->slot, 0, 0, 0 };
      int width, height;

      pango_layout_get_pixel_size (text, &width, &height);
      out.label_width = (float) MIN (width, LINK_LABEL_PX) + 10;
      out.label_height = (float) height + 2;
      g_ptr_array_add (self->link_labels, text);
      g_array_append_val (links, out);
    }
}

/* ---- heads ---- */

static gboolean
is_hidden (VantageCanvas *self, const VantageTimelineLane *lane)
{
  if (lane->n_events > 0)
    return FALSE;
  return lane->person == NULL || !self->empty_lanes;
}

static void
drop_heads (VantageCanvas *self)
{
  for (guint i = 0; i < self->heads->len; i++)
    g_clear_pointer ((GtkWidget **) &self->heads->pdata[i], gtk_widget_unparent);
  g_ptr_array_set_size (self->heads, 0);
}

static gboolean
is_narrow (VantageCanvas *self)
{
  return self->heads_area.size.width > 0 && self->heads_area.size.width < 100;
}

gint64
vantage_canvas_get_lane_key (const VantageTimelineLane *lane)
{
  return g_str_hash (lane->person != NULL ? lane->person : lane->systems ? "systems" : "nobody");
}

static void
append_lanes (VantageCanvas *self, GArray *lanes)
{
  GPtrArray *list = vantage_timeline_feed_get_lanes (self->feed);

  drop_heads (self);
  for (guint i = 0; i < list->len; i++)
    {
      const VantageTimelineLane *lane = list->pdata[i];
      gint64 key = vantage_canvas_get_lane_key (lane);
      VantageCanvasLane out = { (guint64) key, 0, g_hash_table_contains (self->collapsed, &key),
                                is_hidden (self, lane) };
      GtkWidget *head = NULL;

      if (!out.hidden)
        {
          int natural;

          head = vantage_lane_head_new (lane);
          gtk_widget_set_parent (head, GTK_WIDGET (self));
          vantage_lane_head_set_narrow (VANTAGE_LANE_HEAD (head), is_narrow (self));
          vantage_lane_head_set_collapsed (VANTAGE_LANE_HEAD (head), out.collapsed);
          gtk_widget_measure (head, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
          out.min_height_px = natural + HEAD_MARGIN;
        }
      g_ptr_array_add (self->heads, head);
      g_array_append_val (lanes, out);
    }
}

/* ---- bounds ---- */

static void
take_bounds (VantageCanvas *self)
{
  const gint64 hour_us = 60 * 60 * (gint64) G_USEC_PER_SEC;
  VantageReviewContext *context = vantage_timeline_feed_get_context (self->feed);
  VantageEntity *review = vantage_review_context_get_review (context);
  gint64 from_us = VANTAGE_TIME_NONE, until_us = VANTAGE_TIME_NONE;
  VantageSpan bounds;

  if (review != NULL)
    {
      from_us = vantage_entity_get_time (review, "from");
      until_us = vantage_entity_get_time (review, "until");
    }
  if (!vantage_canvas_layout_get_extent (self->layout, &bounds))
    {
      if (from_us == VANTAGE_TIME_NONE)
        from_us =
            vantage_library_now_us (vantage_review_context_get_library (context)) - 2 * hour_us;
      bounds.begin_us = from_us;
      bounds.end_us = until_us > from_us ? until_us : from_us + 2 * hour_us;
    }
  else
    {
      if (from_us != VANTAGE_TIME_NONE)
        bounds.begin_us = MIN (bounds.begin_us, from_us);
      if (until_us != VANTAGE_TIME_NONE)
        bounds.end_us = MAX (bounds.end_us, until_us);
    }
  if (bounds.end_us - bounds.begin_us < hour_us)
    {
      bounds.begin_us -= hour_us / 2;
      bounds.end_us += hour_us / 2;
    }
  vantage_viewport_set_bounds (self->viewport, &bounds);
}

/* Those without a time stand last in the feed, in the order in which they wait. */
static void
order_shelf (VantageCanvas *self)
{
  GPtrArray *list = vantage_timeline_feed_get_events (self->feed);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint first = list->len;
  gint64 us, end;

  while (first > 0 && !vantage_canvas_event_get_place (
                          &((VantageTimelineEvent *) list->pdata[first - 1])->shape, &us, &end))
    first--;
  for (guint i = first; i < list->len; i++)
    g_array_append_val (waiting, ((VantageTimelineEvent *) list->pdata[i])->slot);
  vantage_canvas_layout_order_shelf (self->layout, (const guint32 *) (gpointer) waiting->data,
                                     waiting->len);
}

void
vantage_canvas_take_lanes (VantageCanvas *self)
{
  g_autoptr (GArray) lanes = g_array_new (FALSE, FALSE, sizeof (VantageCanvasLane));

  append_lanes (self, lanes);
  vantage_canvas_layout_set_lane_sizes (
      self->layout, (const VantageCanvasLane *) (gpointer) lanes->data, lanes->len);
}

void
vantage_canvas_take_data (VantageCanvas *self)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (VantageCanvasEvent));
  g_autoptr (GArray) more = g_array_new (FALSE, FALSE, sizeof (VantageCanvasAppearance));
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (VantageCanvasLink));
  g_autoptr (GArray) lanes = g_array_new (FALSE, FALSE, sizeof (VantageCanvasLane));
  VantageCanvasData data;

  append_events (self, events, more);
  append_links (self, links);
  append_lanes (self, lanes);
  data = (VantageCanvasData){
    .events = (const VantageCanvasEvent *) (gpointer) events->data,
    .n_events = events->len,
    .more = (const VantageCanvasAppearance *) (gpointer) more->data,
    .n_more = more->len,
    .links = (const VantageCanvasLink *) (gpointer) links->data,
    .n_links = links->len,
    .lanes = (const VantageCanvasLane *) (gpointer) lanes->data,
    .n_lanes = lanes->len,
  };
  vantage_canvas_layout_set_data (self->layout, &data);
  order_shelf (self);
  take_bounds (self);
  vantage_canvas_propose_folds (self);
  vantage_canvas_take_folds (self);
}

static void
take_links (VantageCanvas *self)
{
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (VantageCanvasLink));

  append_links (self, links);
  vantage_canvas_layout_set_links (self->layout, (const VantageCanvasLink *) (gpointer) links->data,
                                   links->len);
}

void
vantage_canvas_take_changes (VantageCanvas *self)
{
  const VantageTimelineChange *change = vantage_timeline_feed_get_change (self->feed);

  for (guint i = 0; i < change->gone->len; i++)
    {
      guint32 slot = g_array_index (change->gone, guint32, i);

      g_hash_table_remove (self->flagged, GUINT_TO_POINTER (slot));
      vantage_canvas_layout_remove_event (self->layout, slot);
    }
  for (guint i = 0; i < change->events->len; i++)
    {
      VantageTimelineEvent *event = change->events->pdata[i];
      VantageCanvasEvent shape;

      if (vantage_timeline_feed_get_at_slot (self->feed, event->slot) != event)
        continue; /* it changed once more */
      make_shape (self, event, &shape);
      vantage_canvas_layout_set_event (self->layout, event->slot, &shape,
                                       (const guint32 *) (gpointer) event->lanes->data + 1,
                                       event->lanes->len - 1);
    }
  order_shelf (self);
  if (change->links)
    take_links (self);
  take_bounds (self);
  vantage_canvas_propose_soon (self);
}

static void
set_flag (VantageCanvas *self, guint32 slot)
{
  VantageTimelineEvent *event = vantage_timeline_feed_get_at_slot (self->feed, slot);

  if (event != NULL)
    vantage_canvas_layout_set_flags (self->layout, slot, get_flags (self, event));
}

void
vantage_canvas_take_flags (VantageCanvas *self)
{
  g_auto (GStrv) ids = vantage_timeline_selection_dup_ids (self->selection);
  g_autoptr (GHashTable) before = g_steal_pointer (&self->flagged);
  GHashTableIter iter;
  gpointer slot;

  self->flagged = g_hash_table_new (NULL, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, ids[i], NULL);

      if (event == NULL)
        continue;
      g_hash_table_add (self->flagged, GUINT_TO_POINTER (event->slot));
      set_flag (self, event->slot);
    }
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &slot, NULL))
    if (!g_hash_table_contains (self->flagged, slot))
      set_flag (self, GPOINTER_TO_UINT (slot));
}
