/* vantage-canvas-intake.c: takes the data in: sorts it by lane and time, ties, indexes. */

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
  self->lane_first = g_new0 (guint32, 1);
  self->indexes = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_lane_index_free);
  self->link_index = vantage_lane_index_new (NULL, NULL, 0);
  self->waiting_events = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->marked = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->bands = g_array_new (FALSE, FALSE, sizeof (VantageCanvasBand));
  self->cards = g_array_new (FALSE, FALSE, sizeof (VantageCanvasCard));
  self->paths = g_array_new (FALSE, FALSE, sizeof (VantageCanvasPath));
  self->folds = g_array_new (FALSE, FALSE, sizeof (VantageCanvasFold));
  self->waiting = g_array_new (FALSE, FALSE, sizeof (VantageCanvasWaiting));
  self->density = g_ptr_array_new_with_free_func (free_counts);
  return self;
}

static void
clear_data (VantageCanvasLayout *self)
{
  g_clear_pointer (&self->links, g_free);
  g_clear_pointer (&self->lanes, g_free);
  g_clear_pointer (&self->lane_first, g_free);
  g_clear_pointer (&self->event_first, g_free);
  g_clear_pointer (&self->lane_is_soft, g_free);
  g_clear_pointer (&self->lane_rows, g_free);
  g_clear_pointer (&self->lane_bands, g_free);
  g_clear_pointer (&self->card_of, g_free);
  g_clear_pointer (&self->link_index, vantage_lane_index_free);
  g_ptr_array_set_size (self->indexes, 0);
  g_ptr_array_set_size (self->density, 0);
  g_array_set_size (self->waiting_events, 0);
  g_array_set_size (self->marked, 0);
  g_array_set_size (self->bands, 0);
  g_array_set_size (self->cards, 0);
  g_array_set_size (self->paths, 0);
  g_array_set_size (self->folds, 0);
  g_array_set_size (self->waiting, 0);
}

void
vantage_canvas_layout_free (VantageCanvasLayout *self)
{
  clear_data (self);
  g_free (self->events);
  g_free (self->spots);
  g_free (self->rows);
  g_clear_pointer (&self->rows_axis, vantage_axis_unref);
  g_clear_pointer (&self->axis, vantage_axis_unref);
  g_ptr_array_unref (self->indexes);
  g_ptr_array_unref (self->density);
  g_array_unref (self->waiting_events);
  g_array_unref (self->marked);
  g_array_unref (self->bands);
  g_array_unref (self->cards);
  g_array_unref (self->paths);
  g_array_unref (self->folds);
  g_array_unref (self->waiting);
  g_free (self);
}

void
vantage_canvas_layout_set_metrics (VantageCanvasLayout *self, const VantageCanvasMetrics *metrics)
{
  self->metrics = *metrics;
  self->rows_known = self->rows_kept = FALSE;
}

static int
compare_spots (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const VantageCanvasEvent *events = user_data;
  const VantageCanvasSpot *x = a, *y = b;
  guint64 key_x = events[x->event].key, key_y = events[y->event].key;

  if (x->lane != y->lane)
    return x->lane < y->lane ? -1 : 1;
  if (x->place_us != y->place_us)
    return x->place_us < y->place_us ? -1 : 1;
  if (x->end_us != y->end_us)
    return x->end_us < y->end_us ? -1 : 1;
  return key_x < key_y ? -1 : key_x > key_y;
}

static void
add_spot (VantageCanvasLayout *self, guint32 event, guint32 lane)
{
  const VantageCanvasEvent *e = &self->events[event];
  VantageCanvasSpot *spot = &self->spots[self->n_spots];

  if (lane >= self->n_lanes || !vantage_canvas_event_get_place (e, &spot->place_us, &spot->end_us))
    return;
  spot->event = event;
  spot->lane = lane;
  spot->soft_begin = e->earliest_us == VANTAGE_CANVAS_OPEN_BEGIN ? spot->place_us : e->earliest_us;
  spot->soft_end = (e->flags & VANTAGE_CANVAS_SPAN) ? e->end_latest_us : e->latest_us;
  if (spot->soft_end == VANTAGE_CANVAS_OPEN_END)
    spot->soft_end = spot->end_us;
  self->n_spots++;
}

static void
add_spots (VantageCanvasLayout *self, const VantageCanvasData *data)
{
  self->spots = g_new (VantageCanvasSpot, data->n_events + data->n_more);
  self->n_spots = 0;
  for (guint32 i = 0; i < data->n_events; i++)
    {
      guint32 before = self->n_spots;

      add_spot (self, i, self->events[i].lane);
      if (self->n_spots == before)
        g_array_append_val (self->waiting_events, i);
    }
  for (guint32 i = 0; i < data->n_more; i++)
    if (data->more[i].event < data->n_events)
      add_spot (self, data->more[i].event, data->more[i].lane);
  g_qsort_with_data (self->spots, (int) self->n_spots, sizeof *self->spots, compare_spots,
                     self->events);
}

/* Which spots belong to which event; an event twice in one lane counts once there. */
static void
tie_spots (VantageCanvasLayout *self)
{
  guint32 n = 0;

  self->event_first = g_new (guint32, MAX (self->n_events, 1));
  memset (self->event_first, 0xff, self->n_events * sizeof *self->event_first);
  for (guint32 i = 0; i < self->n_spots; i++)
    {
      VantageCanvasSpot *spot = &self->spots[i];

      if (n > 0 && self->spots[n - 1].event == spot->event && self->spots[n - 1].lane == spot->lane)
        continue;
      self->spots[n++] = *spot;
    }
  self->n_spots = n;
  for (guint32 i = n; i-- > 0;)
    {
      self->spots[i].next = self->event_first[self->spots[i].event];
      self->event_first[self->spots[i].event] = i;
    }
}

static void
index_lanes (VantageCanvasLayout *self)
{
  g_autofree VantageSpan *spans = g_new (VantageSpan, MAX (self->n_spots, 1));
  g_autofree guint32 *keys = g_new (guint32, MAX (self->n_spots, 1));
  guint32 at = 0;

  self->lane_first = g_new (guint32, self->n_lanes + 1);
  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    {
      guint32 first = at;

      self->lane_first[lane] = first;
      for (; at < self->n_spots && self->spots[at].lane == lane; at++)
        {
          const VantageCanvasSpot *spot = &self->spots[at];

          spans[at] = (VantageSpan){ MIN (spot->soft_begin, spot->place_us),
                                     MAX (spot->soft_end, spot->end_us) };
          keys[at] = at;
          self->lane_is_soft[lane] |= vantage_canvas_event_is_soft (&self->events[spot->event]);
        }
      g_ptr_array_add (self->indexes,
                       vantage_lane_index_new (spans + first, keys + first, at - first));
    }
  self->lane_first[self->n_lanes] = at;
}

static void
index_links (VantageCanvasLayout *self)
{
  g_autofree VantageSpan *spans = g_new (VantageSpan, MAX (self->n_links, 1));
  g_autofree guint32 *keys = g_new (guint32, MAX (self->n_links, 1));
  guint32 n = 0;

  for (guint32 i = 0; i < self->n_links; i++)
    {
      const VantageCanvasLink *link = &self->links[i];
      const VantageCanvasSpot *from, *to;

      if (link->from >= self->n_events || link->to >= self->n_events ||
          self->event_first[link->from] == G_MAXUINT32 ||
          self->event_first[link->to] == G_MAXUINT32)
        continue;
      from = &self->spots[self->event_first[link->from]];
      to = &self->spots[self->event_first[link->to]];
      spans[n] =
          (VantageSpan){ MIN (from->place_us, to->place_us), MAX (from->end_us, to->end_us) };
      keys[n++] = i;
    }
  self->link_index = vantage_lane_index_new (spans, keys, n);
}

static void
find_marked (VantageCanvasLayout *self)
{
  g_array_set_size (self->marked, 0);
  for (guint32 i = 0; i < self->n_spots; i++)
    if (self->events[self->spots[i].event].flags &
        (VANTAGE_CANVAS_PINNED | VANTAGE_CANVAS_SELECTED))
      g_array_append_val (self->marked, i);
}

void
vantage_canvas_layout_set_data (VantageCanvasLayout *self, const VantageCanvasData *data)
{
  g_autofree VantageCanvasSpot *old_spots = g_steal_pointer (&self->spots);
  g_autofree VantageCanvasEvent *old_events = g_steal_pointer (&self->events);
  g_autofree guint *old_rows = g_steal_pointer (&self->rows);
  guint32 n_old_spots = self->n_spots;

  clear_data (self);
  self->n_events = data->n_events;
  self->n_links = data->n_links;
  self->n_lanes = data->n_lanes;
  self->events = g_memdup2 (data->events, data->n_events * sizeof *data->events);
  self->links = g_memdup2 (data->links, data->n_links * sizeof *data->links);
  self->lanes = g_memdup2 (data->lanes, data->n_lanes * sizeof *data->lanes);
  self->lane_is_soft = g_new0 (gboolean, data->n_lanes + 1);
  self->lane_rows = g_new0 (guint, data->n_lanes + 1);
  self->lane_bands = g_new0 (VantageCanvasBand, data->n_lanes + 1);
  self->widest_px = 0;
  for (guint32 i = 0; i < data->n_events; i++)
    self->widest_px = MAX (self->widest_px, data->events[i].width_px);
  add_spots (self, data);
  tie_spots (self);
  index_lanes (self);
  index_links (self);
  find_marked (self);
  self->card_of = g_new (guint32, MAX (self->n_spots, 1));
  memset (self->card_of, 0xff, self->n_spots * sizeof *self->card_of);
  self->rows = g_new (guint, MAX (self->n_spots, 1));
  memset (self->rows, 0xff, self->n_spots * sizeof *self->rows);
  self->rows_kept = self->rows_known || self->rows_kept;
  if (self->rows_kept)
    vantage_canvas_rows_carry_over (self, old_spots, n_old_spots, old_events, old_rows);
  self->rows_known = self->is_laid_out = FALSE;
}

void
vantage_canvas_layout_set_flags (VantageCanvasLayout *self, guint32 event, VantageCanvasFlags flags)
{
  const guint8 own = VANTAGE_CANVAS_PINNED | VANTAGE_CANVAS_SELECTED;

  g_return_if_fail (event < self->n_events);

  for (guint32 spot = self->event_first[event]; spot != G_MAXUINT32; spot = self->spots[spot].next)
    {
      gboolean was = (self->events[event].flags & own) != 0;

      if (!was && (flags & own))
        g_array_append_val (self->marked, spot);
      else if (was && !(flags & own))
        for (guint i = 0; i < self->marked->len; i++)
          if (g_array_index (self->marked, guint32, i) == spot)
            g_array_remove_index_fast (self->marked, i--);
    }
  self->events[event].flags =
      (guint8) ((self->events[event].flags & ~own) | ((guint8) flags & own));
}

gboolean
vantage_canvas_layout_get_extent (VantageCanvasLayout *self, VantageSpan *out)
{
  VantageSpan extent = { G_MAXINT64, G_MININT64 };

  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    {
      VantageSpan of_lane;

      if (!vantage_lane_index_get_extent (g_ptr_array_index (self->indexes, lane), &of_lane))
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
  GArray *times = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->n_spots);

  for (guint32 i = 0; i < self->n_spots; i++)
    {
      const VantageCanvasSpot *spot = &self->spots[i];

      if (self->lanes[spot->lane].hidden)
        continue;
      g_array_append_val (times, spot->place_us);
      if (spot->end_us != spot->place_us)
        g_array_append_val (times, spot->end_us);
    }
  g_array_sort (times, compare_times);
  return times;
}
