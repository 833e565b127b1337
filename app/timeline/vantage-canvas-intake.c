/* vantage-canvas-intake.c: takes the data in: all of it at once, sorted by lane and time. */

#include "vantage-canvas-layout.h"

#include "vantage-canvas-private.h"

#include <string.h>

/* clang-format off */
const VantageCanvasMetrics vantage_canvas_metrics_default = {
  .card_height = 40, .bar_height = 6, .row_gap = 8, .card_gap = 6, .lane_padding = 10,
  .mark_size = 10, .density_height = 28, .density_bin = 4, .shelf_row = 48, .label_slack = 4,
  .max_cards = 300, .px_per_card = 40, .px_per_mark = 12,
};
/* clang-format on */

/* Lanes out of view have no counts. */
static void
free_counts (gpointer counts)
{
  if (counts != NULL)
    g_array_unref (counts);
}

VantageCanvasLayout *
vantage_canvas_layout_new (const VantageCanvasMetrics *metrics)
{
  VantageCanvasLayout *self = g_new0 (VantageCanvasLayout, 1);

  self->metrics = *metrics;
  self->events = g_array_new (FALSE, FALSE, sizeof (VantageCanvasEvent));
  self->event_first = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->spots = g_array_new (FALSE, FALSE, sizeof (VantageCanvasSpot));
  self->free_spots = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->card_of = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->waiting_events = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->marked = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->links = g_array_new (FALSE, FALSE, sizeof (VantageCanvasLink));
  self->link_ends = g_array_new (FALSE, FALSE, sizeof (VantageCanvasEnds));
  self->routes = g_array_new (FALSE, TRUE, sizeof (VantageCanvasRoute));
  self->bundles = g_array_new (FALSE, FALSE, sizeof (VantageCanvasBundle));
  self->row_sets = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_canvas_rows_free);
  self->remembered = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->bands = g_array_new (FALSE, FALSE, sizeof (VantageCanvasBand));
  self->cards = g_array_new (FALSE, FALSE, sizeof (VantageCanvasCard));
  self->paths = g_array_new (FALSE, FALSE, sizeof (VantageCanvasPath));
  self->folds = g_array_new (FALSE, FALSE, sizeof (VantageCanvasFold));
  self->waiting = g_array_new (FALSE, FALSE, sizeof (VantageCanvasWaiting));
  self->density = g_ptr_array_new_with_free_func (free_counts);
  self->budget = G_MAXUINT;
  self->shelf_width = -1;
  return self;
}

static void
clear_lanes (VantageCanvasLayout *self)
{
  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    {
      g_array_unref (self->lane_spots[lane].order);
      g_clear_pointer (&self->lane_spots[lane].left, g_array_unref);
      g_clear_pointer (&self->lane_spots[lane].index, vantage_lane_index_free);
    }
  g_clear_pointer (&self->lanes, g_free);
  g_clear_pointer (&self->lane_spots, g_free);
  g_clear_pointer (&self->lane_bands, g_free);
  self->n_lanes = 0;
}

static void
clear_data (VantageCanvasLayout *self)
{
  GArray *const arrays[] = { self->events,  self->event_first,    self->spots,  self->free_spots,
                             self->card_of, self->waiting_events, self->marked, self->bands,
                             self->cards,   self->paths,          self->folds,  self->waiting };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_set_size (arrays[i], 0);
  vantage_canvas_links_clear (self);
  clear_lanes (self);
  g_ptr_array_set_size (self->density, 0);
  self->shelf_width = -1;
  self->generation++;
  self->is_dirty = TRUE;
}

void
vantage_canvas_layout_free (VantageCanvasLayout *self)
{
  GArray *const arrays[] = {
    self->events,  self->event_first, self->spots,   self->free_spots,
    self->card_of, self->marked,      self->bands,   self->cards,
    self->paths,   self->folds,       self->links,   self->link_ends,
    self->routes,  self->bundles,     self->waiting, self->waiting_events
  };

  clear_data (self);
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_clear_pointer (&self->axis, vantage_axis_unref);
  g_clear_pointer (&self->route_scale.axis, vantage_axis_unref);
  g_ptr_array_unref (self->row_sets);
  g_ptr_array_unref (self->density);
  g_hash_table_unref (self->remembered);
  g_free (self);
}

void
vantage_canvas_layout_set_metrics (VantageCanvasLayout *self, const VantageCanvasMetrics *metrics)
{
  self->metrics = *metrics;
  g_ptr_array_set_size (self->row_sets, 0);
  g_hash_table_remove_all (self->remembered);
  self->rows = NULL;
  self->shelf_width = -1;
  self->generation++;
  self->is_dirty = TRUE;
}

/* ---- spots ---- */

VantageSpan
vantage_canvas_get_extent (const VantageCanvasSpot *spot)
{
  return (VantageSpan){ MIN (spot->soft_begin, spot->place_us),
                        MAX (spot->soft_end, spot->end_us) };
}

/* A place of the pool. */
static guint32
take_place (VantageCanvasLayout *self)
{
  guint32 spot;

  if (self->free_spots->len > 0)
    {
      spot = g_array_index (self->free_spots, guint32, self->free_spots->len - 1);
      g_array_set_size (self->free_spots, self->free_spots->len - 1);
      return spot;
    }
  spot = self->spots->len;
  g_array_set_size (self->spots, spot + 1);
  g_array_set_size (self->card_of, spot + 1);
  g_array_index (self->card_of, guint32, spot) = VANTAGE_CANVAS_NONE;
  return spot;
}

/* Ends the chain of an event's spots with the one at @place. */
static void
tie_spots (VantageCanvasLayout *self, guint32 event, guint32 place)
{
  guint32 *at = &g_array_index (self->event_first, guint32, event);
  guint n = 1;

  while (*at != VANTAGE_CANVAS_NONE)
    at = &vantage_canvas_at_spot (self, *at)->next;
  *at = place;
  for (guint32 spot = vantage_canvas_at_spot (self, place)->next; spot != VANTAGE_CANVAS_NONE;
       spot = vantage_canvas_at_spot (self, spot)->next)
    n++;
  if (vantage_canvas_get_first (self, event) == place && n == 1)
    return;
  for (guint32 spot = vantage_canvas_get_first (self, event); spot != VANTAGE_CANVAS_NONE;
       spot = vantage_canvas_at_spot (self, spot)->next)
    vantage_canvas_at_spot (self, spot)->tied = TRUE;
}

/* Ties the spot into those of its event, in order of lanes; NONE: it stands in that lane already,
 * there is no such lane, or the event has no time. */
static guint32
add_spot (VantageCanvasLayout *self, guint32 event, guint32 lane)
{
  const VantageCanvasEvent *e = vantage_canvas_get_event (self, event);
  guint32 *at = &g_array_index (self->event_first, guint32, event);
  VantageCanvasSpot spot = {
    .event = event, .lane = lane, .width_px = e->width_px, .kind = e->kind, .flags = e->flags
  };
  guint32 place;

  if (lane >= self->n_lanes || !vantage_canvas_event_get_place (e, &spot.place_us, &spot.end_us))
    return VANTAGE_CANVAS_NONE;
  while (*at != VANTAGE_CANVAS_NONE && vantage_canvas_at_spot (self, *at)->lane < lane)
    at = &vantage_canvas_at_spot (self, *at)->next;
  if (*at != VANTAGE_CANVAS_NONE && vantage_canvas_at_spot (self, *at)->lane == lane)
    return VANTAGE_CANVAS_NONE;
  spot.soft_begin = e->earliest_us == VANTAGE_CANVAS_OPEN_BEGIN ? spot.place_us : e->earliest_us;
  spot.soft_end = (e->flags & VANTAGE_CANVAS_SPAN) ? e->end_latest_us : e->latest_us;
  if (spot.soft_end == VANTAGE_CANVAS_OPEN_END)
    spot.soft_end = spot.end_us;
  spot.next = *at;
  *at = VANTAGE_CANVAS_NONE; /* the pool may move */
  place = take_place (self);
  *vantage_canvas_at_spot (self, place) = spot;
  tie_spots (self, event, place);
  self->lane_spots[lane].n_soft += vantage_canvas_event_is_soft (e);
  if (e->flags & (VANTAGE_CANVAS_PINNED | VANTAGE_CANVAS_SELECTED))
    g_array_append_val (self->marked, place);
  return place;
}

int
vantage_canvas_compare_spots (VantageCanvasLayout *self, guint32 a, guint32 b)
{
  const VantageCanvasSpot *x = vantage_canvas_at_spot (self, a);
  const VantageCanvasSpot *y = vantage_canvas_at_spot (self, b);
  guint64 key_x, key_y;

  if (x->place_us != y->place_us)
    return x->place_us < y->place_us ? -1 : 1;
  if (x->end_us != y->end_us)
    return x->end_us < y->end_us ? -1 : 1;
  key_x = vantage_canvas_get_event (self, x->event)->key;
  key_y = vantage_canvas_get_event (self, y->event)->key;
  return key_x != key_y ? (key_x < key_y ? -1 : 1) : a < b ? -1 : a > b;
}

static int
compare_in_order (gconstpointer a, gconstpointer b, gpointer self)
{
  return vantage_canvas_compare_spots (self, *(const guint32 *) a, *(const guint32 *) b);
}

/* What comes in order of time, as a review does, is not sorted again. */
static void
sort_lane (VantageCanvasLayout *self, GArray *order)
{
  const guint32 *spots = (const guint32 *) (gpointer) order->data;

  for (guint i = 1; i < order->len; i++)
    if (vantage_canvas_compare_spots (self, spots[i - 1], spots[i]) > 0)
      {
        g_array_sort_with_data (order, compare_in_order, self);
        return;
      }
}

static void
index_lane (VantageCanvasLayout *self, guint32 lane)
{
  GArray *order = self->lane_spots[lane].order;
  g_autofree VantageSpan *spans = g_new (VantageSpan, MAX (order->len, 1));

  for (guint i = 0; i < order->len; i++)
    spans[i] = vantage_canvas_get_extent (
        vantage_canvas_at_spot (self, g_array_index (order, guint32, i)));
  self->lane_spots[lane].index =
      vantage_lane_index_new (spans, (const guint32 *) (gpointer) order->data, order->len);
}

static void
add_lanes (VantageCanvasLayout *self, const VantageCanvasData *data)
{
  self->n_lanes = data->n_lanes;
  self->lanes = g_memdup2 (data->lanes, data->n_lanes * sizeof *data->lanes);
  self->lane_spots = g_new0 (VantageCanvasLaneSpots, data->n_lanes + 1);
  self->lane_bands = g_new0 (VantageCanvasBand, data->n_lanes + 1);
  for (guint32 lane = 0; lane < data->n_lanes; lane++)
    self->lane_spots[lane].order = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static void
add_all_spots (VantageCanvasLayout *self, const VantageCanvasData *data)
{
  for (guint32 i = 0; i < data->n_events; i++)
    if (add_spot (self, i, data->events[i].lane) == VANTAGE_CANVAS_NONE)
      g_array_append_val (self->waiting_events, i);
  for (guint32 i = 0; i < data->n_more; i++)
    if (data->more[i].event < data->n_events &&
        vantage_canvas_get_first (self, data->more[i].event) != VANTAGE_CANVAS_NONE)
      add_spot (self, data->more[i].event, data->more[i].lane);
  for (guint32 spot = 0; spot < self->spots->len; spot++)
    g_array_append_val (self->lane_spots[vantage_canvas_at_spot (self, spot)->lane].order, spot);
}

/* Puts the pool in order of lanes and time, so that what is seen together lies together. */
static void
line_up_spots (VantageCanvasLayout *self)
{
  g_autoptr (GArray) old = self->spots;
  g_autofree guint32 *now = g_new (guint32, old->len + 1);
  guint32 n = 0;

  self->spots = g_array_sized_new (FALSE, FALSE, sizeof (VantageCanvasSpot), old->len);
  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    {
      GArray *order = self->lane_spots[lane].order;

      for (guint i = 0; i < order->len; i++)
        {
          guint32 *spot = &g_array_index (order, guint32, i);

          g_array_append_val (self->spots, g_array_index (old, VantageCanvasSpot, *spot));
          now[*spot] = n;
          *spot = n++;
        }
    }
  for (guint32 i = 0; i < n; i++)
    {
      VantageCanvasSpot *spot = vantage_canvas_at_spot (self, i);

      if (spot->next != VANTAGE_CANVAS_NONE)
        spot->next = now[spot->next];
    }
  for (guint32 i = 0; i < self->events->len; i++)
    if (vantage_canvas_get_first (self, i) != VANTAGE_CANVAS_NONE)
      g_array_index (self->event_first, guint32, i) = now[vantage_canvas_get_first (self, i)];
  for (guint i = 0; i < self->marked->len; i++)
    g_array_index (self->marked, guint32, i) = now[g_array_index (self->marked, guint32, i)];
}

void
vantage_canvas_layout_set_data (VantageCanvasLayout *self, const VantageCanvasData *data)
{
  vantage_canvas_rows_forget (self);
  clear_data (self);
  add_lanes (self, data);
  g_array_append_vals (self->events, data->events, data->n_events);
  g_array_set_size (self->event_first, data->n_events);
  if (data->n_events > 0)
    memset (self->event_first->data, 0xff, data->n_events * sizeof (guint32));
  self->widest_px = 0;
  for (guint32 i = 0; i < data->n_events; i++)
    self->widest_px = MAX (self->widest_px, data->events[i].width_px);
  add_all_spots (self, data);
  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    sort_lane (self, self->lane_spots[lane].order);
  line_up_spots (self);
  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    index_lane (self, lane);
  vantage_canvas_layout_set_links (self, data->links, data->n_links);
  self->is_laid_out = FALSE;
}

/* ---- one event ---- */

guint
vantage_canvas_find_in_order (VantageCanvasLayout *self, guint32 lane, gint64 us)
{
  GArray *order = self->lane_spots[lane].order;
  guint low = 0, high = order->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint32 spot = g_array_index (order, guint32, middle);

      if (vantage_canvas_at_spot (self, spot)->place_us < us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
put_in_lane (VantageCanvasLayout *self, guint32 spot)
{
  const VantageCanvasSpot *s = vantage_canvas_at_spot (self, spot);
  VantageCanvasLaneSpots *lane = &self->lane_spots[s->lane];
  VantageSpan extent = vantage_canvas_get_extent (s);
  guint at = vantage_canvas_find_in_order (self, s->lane, s->place_us);

  while (at < lane->order->len &&
         vantage_canvas_compare_spots (self, g_array_index (lane->order, guint32, at), spot) < 0)
    at++;
  g_array_insert_val (lane->order, at, spot);
  g_clear_pointer (&lane->left, g_array_unref);
  vantage_lane_index_add (lane->index, &extent, spot);
}

static void
take_from_lane (VantageCanvasLayout *self, guint32 spot)
{
  const VantageCanvasSpot *s = vantage_canvas_at_spot (self, spot);
  VantageCanvasLaneSpots *lane = &self->lane_spots[s->lane];
  VantageSpan extent = vantage_canvas_get_extent (s);
  guint at = vantage_canvas_find_in_order (self, s->lane, s->place_us);

  while (g_array_index (lane->order, guint32, at) != spot)
    at++;
  g_array_remove_index (lane->order, at);
  g_clear_pointer (&lane->left, g_array_unref);
  vantage_lane_index_remove (lane->index, &extent, spot);
  lane->n_soft -= vantage_canvas_event_is_soft (vantage_canvas_get_event (self, s->event));
}

static void
remove_value (GArray *array, guint32 value)
{
  for (guint i = 0; i < array->len; i++)
    if (g_array_index (array, guint32, i) == value)
      g_array_remove_index (array, i--);
}

static void
take_out (VantageCanvasLayout *self, guint32 event)
{
  guint32 spot = vantage_canvas_get_first (self, event);

  vantage_canvas_links_take_out (self, event);
  remove_value (self->waiting_events, event);
  while (spot != VANTAGE_CANVAS_NONE)
    {
      guint32 next = vantage_canvas_at_spot (self, spot)->next;

      vantage_canvas_rows_take_out (self, spot);
      take_from_lane (self, spot);
      remove_value (self->marked, spot);
      vantage_canvas_at_spot (self, spot)->event = VANTAGE_CANVAS_NONE;
      g_array_append_val (self->free_spots, spot);
      spot = next;
    }
  g_array_index (self->event_first, guint32, event) = VANTAGE_CANVAS_NONE;
}

/* The cards of the last run speak of spots that may go. */
static void
begin_change (VantageCanvasLayout *self)
{
  vantage_canvas_forget_cards (self);
  vantage_canvas_rows_keep_newest (self);
  self->shelf_width = -1;
  self->generation++;
  self->is_dirty = TRUE;
}

void
vantage_canvas_layout_set_event (VantageCanvasLayout *self, guint32 event,
                                 const VantageCanvasEvent *now, const guint32 *more, guint n_more)
{
  const guint32 none = VANTAGE_CANVAS_NONE;

  g_return_if_fail (event <= self->events->len);

  begin_change (self);
  if (event < self->events->len)
    take_out (self, event);
  else
    {
      g_array_append_vals (self->events, now, 1);
      g_array_append_val (self->event_first, none);
    }
  *vantage_canvas_get_event (self, event) = *now;
  self->widest_px = MAX (self->widest_px, now->width_px);
  if (add_spot (self, event, now->lane) == VANTAGE_CANVAS_NONE)
    g_array_append_val (self->waiting_events, event);
  else
    for (guint i = 0; i < n_more; i++)
      add_spot (self, event, more[i]);
  for (guint32 spot = vantage_canvas_get_first (self, event); spot != VANTAGE_CANVAS_NONE;
       spot = vantage_canvas_at_spot (self, spot)->next)
    {
      put_in_lane (self, spot);
      vantage_canvas_rows_put_in (self, spot);
    }
  vantage_canvas_links_put_in (self, event);
}

void
vantage_canvas_layout_remove_event (VantageCanvasLayout *self, guint32 event)
{
  g_return_if_fail (event < self->events->len);

  begin_change (self);
  take_out (self, event);
}

void
vantage_canvas_layout_order_shelf (VantageCanvasLayout *self, const guint32 *events, guint n)
{
  g_array_set_size (self->waiting_events, 0);
  g_array_append_vals (self->waiting_events, events, n);
  self->shelf_width = -1;
  self->generation++;
  self->is_dirty = TRUE;
}

void
vantage_canvas_layout_set_lane_sizes (VantageCanvasLayout *self, const VantageCanvasLane *lanes,
                                      guint32 n_lanes)
{
  g_return_if_fail (n_lanes == self->n_lanes);

  memcpy (self->lanes, lanes, n_lanes * sizeof *lanes);
  self->generation++;
  self->is_dirty = TRUE;
}

void
vantage_canvas_layout_set_flags (VantageCanvasLayout *self, guint32 event, VantageCanvasFlags flags)
{
  const guint8 own = VANTAGE_CANVAS_PINNED | VANTAGE_CANVAS_SELECTED;
  VantageCanvasEvent *e;
  gboolean was;

  g_return_if_fail (event < self->events->len);

  e = vantage_canvas_get_event (self, event);
  if ((e->flags & own) == ((guint8) flags & own))
    return;
  was = (e->flags & own) != 0;
  for (guint32 spot = vantage_canvas_get_first (self, event); spot != VANTAGE_CANVAS_NONE;
       spot = vantage_canvas_at_spot (self, spot)->next)
    {
      VantageCanvasSpot *s = vantage_canvas_at_spot (self, spot);

      s->flags = (guint8) ((s->flags & ~own) | ((guint8) flags & own));
      if (!was && (flags & own))
        g_array_append_val (self->marked, spot);
      else if (was && !(flags & own))
        remove_value (self->marked, spot);
    }
  e->flags = (guint8) ((e->flags & ~own) | ((guint8) flags & own));
  self->is_dirty = TRUE;
}

/* ---- all of it ---- */

gboolean
vantage_canvas_layout_get_extent (VantageCanvasLayout *self, VantageSpan *out)
{
  VantageSpan extent = { G_MAXINT64, G_MININT64 };

  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    {
      VantageSpan of_lane;

      if (!vantage_lane_index_get_extent (self->lane_spots[lane].index, &of_lane))
        continue;
      extent.begin_us = MIN (extent.begin_us, of_lane.begin_us);
      extent.end_us = MAX (extent.end_us, of_lane.end_us);
    }
  if (extent.begin_us > extent.end_us)
    return FALSE;
  *out = extent;
  return TRUE;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

GArray *
vantage_canvas_layout_list_times (VantageCanvasLayout *self)
{
  GArray *times = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->spots->len);

  for (guint32 i = 0; i < self->spots->len; i++)
    {
      const VantageCanvasSpot *spot = vantage_canvas_at_spot (self, i);

      if (spot->event == VANTAGE_CANVAS_NONE || self->lanes[spot->lane].hidden)
        continue;
      g_array_append_val (times, spot->place_us);
      if (spot->end_us != spot->place_us)
        g_array_append_val (times, spot->end_us);
    }
  g_array_sort (times, compare_times);
  return times;
}
