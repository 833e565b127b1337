/* vantage-canvas-layout.c: lays out what is seen. */

#include "vantage-canvas-layout.h"

#include "vantage-canvas-private.h"

#include <math.h>
#include <stdlib.h>

#define STAY 1.25 /* a level of detail is left only when it is exceeded by this */

static void
count_seen (VantageCanvasLayout *self, gint64 begin, gint64 end, guint *out_total,
            guint *out_busiest, guint *out_n_lanes)
{
  *out_total = *out_busiest = *out_n_lanes = 0;
  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    {
      guint n;

      self->lane_bands[lane].n_seen = 0;
      if (self->lanes[lane].hidden || self->lane_spots[lane].order->len == 0)
        continue;
      n = (guint) vantage_lane_index_count (self->lane_spots[lane].index, begin, end);
      self->lane_bands[lane].n_seen = n;
      if (self->lanes[lane].collapsed)
        continue;
      *out_n_lanes += 1;
      *out_total += n;
      *out_busiest = MAX (*out_busiest, n);
    }
}

/* Whether what is seen leaves each event less than @px of the lanes, or the busiest lane less than
 * a third of that. */
static gboolean
is_crowded (VantageCanvasLayout *self, guint total, guint busiest, guint n_lanes, double px)
{
  double room = self->width * MAX (n_lanes, 1);

  return total > 24 && (total * px > room || busiest * px / 3 > self->width);
}

static VantageDetail
choose_detail (VantageCanvasLayout *self, gint64 begin, gint64 end)
{
  guint total, busiest, n_lanes;
  double to_cards = self->metrics.px_per_card, to_marks = self->metrics.px_per_mark;

  count_seen (self, begin, end, &total, &busiest, &n_lanes);
  if (self->has_run && self->detail == VANTAGE_DETAIL_CARDS)
    to_cards /= STAY;
  if (self->has_run && self->detail != VANTAGE_DETAIL_DENSITY)
    to_marks /= STAY;
  if (is_crowded (self, total, busiest, n_lanes, to_marks))
    return VANTAGE_DETAIL_DENSITY;
  if (is_crowded (self, total, busiest, n_lanes, to_cards))
    return VANTAGE_DETAIL_MARKS;
  return VANTAGE_DETAIL_CARDS;
}

static double
get_row_pitch (VantageCanvasLayout *self, guint32 lane)
{
  const VantageCanvasMetrics *m = &self->metrics;

  if (self->detail != VANTAGE_DETAIL_CARDS)
    return m->mark_size + 4;
  return m->card_height + m->row_gap + (self->lane_spots[lane].n_soft > 0 ? m->bar_height + 2 : 0);
}

static double
get_lane_height (VantageCanvasLayout *self, guint32 lane)
{
  const VantageCanvasMetrics *m = &self->metrics;
  guint n_rows = self->lane_bands[lane].n_rows;
  double gap = self->detail == VANTAGE_DETAIL_CARDS ? m->row_gap : 4;

  if (self->lanes[lane].hidden)
    return 0;
  if (self->lanes[lane].collapsed)
    return m->density_height;
  if (self->detail == VANTAGE_DETAIL_DENSITY)
    return MAX (m->density_height, self->lanes[lane].min_height_px);
  return MAX (self->lanes[lane].min_height_px,
              2 * m->lane_padding + MAX (n_rows, 1) * get_row_pitch (self, lane) - gap);
}

static void
find_bands (VantageCanvasLayout *self)
{
  double y = 0;

  g_array_set_size (self->bands, 0);
  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    {
      VantageCanvasBand *band = &self->lane_bands[lane];

      band->lane = lane;
      band->y = y;
      band->collapsed = self->lanes[lane].collapsed;
      band->n_rows = self->rows != NULL && self->detail != VANTAGE_DETAIL_DENSITY
                         ? self->rows->lane_rows[lane]
                         : 1;
      if (self->detail != VANTAGE_DETAIL_CARDS)
        band->n_rows = MIN (band->n_rows, VANTAGE_MARK_ROWS);
      if (self->detail == VANTAGE_DETAIL_DENSITY || band->collapsed)
        band->n_rows = MIN (band->n_rows, 1);
      band->height = get_lane_height (self, lane);
      y += band->height;
      if (!self->lanes[lane].hidden)
        g_array_append_val (self->bands, *band);
    }
  self->total_height = y;
}

static gboolean
is_mark (VantageCanvasLayout *self, guint32 lane)
{
  return self->detail != VANTAGE_DETAIL_CARDS || self->lanes[lane].collapsed;
}

void
vantage_canvas_get_spot_rect (VantageCanvasLayout *self, guint32 spot, VantageRect *out)
{
  const VantageCanvasMetrics *m = &self->metrics;
  const VantageCanvasSpot *s = vantage_canvas_at_spot (self, spot);
  const VantageCanvasBand *band = &self->lane_bands[s->lane];
  gboolean mark = is_mark (self, s->lane);

  out->x = vantage_time_cursor_get_x (&self->cursor, s->place_us);
  out->width = mark ? m->mark_size : s->width_px;
  if (s->end_us > s->place_us)
    out->width = MAX (vantage_time_cursor_get_x (&self->cursor, s->end_us) - out->x, out->width);
  out->height = mark ? m->mark_size : m->card_height;
  if (self->detail == VANTAGE_DETAIL_DENSITY || band->collapsed)
    out->y = band->y + (band->height - out->height) / 2;
  else
    {
      guint row = self->rows->rows[spot];

      out->y = band->y + m->lane_padding + row * get_row_pitch (self, s->lane);
      if (!mark && self->lane_spots[s->lane].n_soft > 0)
        out->y += m->bar_height + 2;
    }
}

/* The soft bar above the card; what is open ends at the edge of the view. */
static void
find_bar (VantageCanvasLayout *self, const VantageCanvasSpot *spot, VantageCanvasCard *card)
{
  const VantageCanvasEvent *event = vantage_canvas_get_event (self, spot->event);
  gint64 latest = (event->flags & VANTAGE_CANVAS_SPAN) ? event->end_latest_us : event->latest_us;
  double begin = 0, end = self->width;

  card->soft = vantage_canvas_event_is_soft (event);
  if (!card->soft)
    return;
  if (event->earliest_us != VANTAGE_CANVAS_OPEN_BEGIN)
    begin = vantage_time_cursor_get_x (&self->cursor, event->earliest_us);
  if (latest != VANTAGE_CANVAS_OPEN_END)
    end = vantage_time_cursor_get_x (&self->cursor, latest);
  /* open to the left of a card that is left of the view, or the mirror of it: nothing to draw */
  begin = MIN (begin, card->rect.x);
  end = MAX (end, begin + 2);
  card->bar = (VantageRect){ begin, card->rect.y - self->metrics.bar_height - 2, end - begin,
                             self->metrics.bar_height };
}

static gboolean
is_in_view (VantageCanvasLayout *self, const VantageCanvasCard *card)
{
  const VantageRect view = { 0, self->y, self->width, self->height };

  return vantage_rect_meets (&card->rect, &view) ||
         (card->soft && vantage_rect_meets (&card->bar, &view));
}

static void
add_card (VantageCanvasLayout *self, guint32 spot)
{
  const VantageCanvasSpot *s = vantage_canvas_at_spot (self, spot);
  guint32 *card_of = &g_array_index (self->card_of, guint32, spot);
  VantageCanvasCard card = { .event = s->event,
                             .lane = s->lane,
                             .spot = spot,
                             .kind = s->kind,
                             .flags = s->flags,
                             .tied = s->tied };

  if (*card_of != VANTAGE_CANVAS_NONE)
    return;
  if (self->detail != VANTAGE_DETAIL_DENSITY)
    card.row = self->rows->rows[spot];
  card.as_mark = is_mark (self, s->lane);
  vantage_canvas_get_spot_rect (self, spot, &card.rect);
  if (!card.as_mark)
    find_bar (self, s, &card);
  if (!is_in_view (self, &card))
    return;
  card.text_x = CLAMP (0, card.rect.x, card.rect.x + MAX (card.rect.width - s->width_px, 0));
  *card_of = self->cards->len;
  g_array_append_val (self->cards, card);
}

static gboolean
visit_spot (const VantageSpan *span, guint32 key, gpointer user_data)
{
  add_card (user_data, key);
  return TRUE;
}

void
vantage_canvas_forget_cards (VantageCanvasLayout *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    g_array_index (self->card_of, guint32, g_array_index (self->cards, VantageCanvasCard, i).spot) =
        VANTAGE_CANVAS_NONE;
  g_array_set_size (self->cards, 0);
  g_array_set_size (self->paths, 0);
}

static gboolean
lane_is_seen (VantageCanvasLayout *self, guint32 lane)
{
  const VantageCanvasBand *band = &self->lane_bands[lane];

  return !self->lanes[lane].hidden && band->y < self->y + self->height &&
         band->y + band->height > self->y;
}

/* By lane, then as they stand there. */
static int
compare_marked (gconstpointer a, gconstpointer b, gpointer user_data)
{
  VantageCanvasLayout *self = user_data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  guint32 lane_x = vantage_canvas_at_spot (self, x)->lane;
  guint32 lane_y = vantage_canvas_at_spot (self, y)->lane;

  if (lane_x != lane_y)
    return lane_x < lane_y ? -1 : 1;
  return vantage_canvas_compare_spots (self, x, y);
}

static int
compare_cards (gconstpointer a, gconstpointer b)
{
  const VantageCanvasCard *x = a, *y = b;
  double left_x = x->soft ? x->bar.x : x->rect.x, left_y = y->soft ? y->bar.x : y->rect.x;

  if (left_x != left_y)
    return left_x < left_y ? -1 : 1;
  return x->row != y->row ? (x->row < y->row ? -1 : 1) : 0;
}

/* What was added since the lane was sorted comes last from its index: put in its place. */
static void
sort_cards (VantageCanvasLayout *self, guint first)
{
  qsort (&g_array_index (self->cards, VantageCanvasCard, first), self->cards->len - first,
         sizeof (VantageCanvasCard), compare_cards);
  for (guint i = first; i < self->cards->len; i++)
    g_array_index (self->card_of, guint32, g_array_index (self->cards, VantageCanvasCard, i).spot) =
        i;
}

static void
find_cards (VantageCanvasLayout *self, gint64 end)
{
  /* a card reaches right of its time by its width */
  double reach = MAX (self->widest_px, self->metrics.mark_size);
  gint64 begin = vantage_time_scale_get_us (&self->scale, -reach);

  if (self->detail == VANTAGE_DETAIL_DENSITY)
    {
      if (self->marked->len > 1)
        g_array_sort_with_data (self->marked, compare_marked, self);
      for (guint i = 0; i < self->marked->len; i++)
        {
          guint32 spot = g_array_index (self->marked, guint32, i);

          if (!self->lanes[vantage_canvas_at_spot (self, spot)->lane].hidden)
            add_card (self, spot);
        }
      return;
    }
  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    {
      guint first = self->cards->len;

      if (!lane_is_seen (self, lane))
        continue;
      vantage_lane_index_foreach (self->lane_spots[lane].index, begin, end, visit_spot, self);
      if (vantage_lane_index_has_tail (self->lane_spots[lane].index))
        sort_cards (self, first);
    }
  if (self->detail == VANTAGE_DETAIL_CARDS)
    for (guint i = self->metrics.max_cards; i < self->cards->len; i++)
      g_array_index (self->cards, VantageCanvasCard, i).as_mark = TRUE;
}

static void
find_folds (VantageCanvasLayout *self)
{
  const VantageStretch *stretches;
  guint n;

  g_array_set_size (self->folds, 0);
  if (self->scale.axis == NULL)
    return;
  stretches = vantage_axis_get_stretches (self->scale.axis, &n);
  for (guint i = 0; i < n; i++)
    {
      VantageCanvasFold fold = { .stretch = stretches[i] };

      if (stretches[i].sort != VANTAGE_STRETCH_FOLD)
        continue;
      fold.x = vantage_time_scale_get_x (&self->scale, stretches[i].begin_us);
      fold.width = vantage_axis_get_fold_px (self->scale.axis);
      if (fold.x < self->width && fold.x + fold.width > 0)
        g_array_append_val (self->folds, fold);
    }
}

static void
fill_shelf (VantageCanvasLayout *self)
{
  const VantageCanvasMetrics *m = &self->metrics;
  double x = 0, y = 0;

  if (self->shelf_width == self->width)
    return;
  self->shelf_width = self->width;
  g_array_set_size (self->waiting, 0);
  for (guint i = 0; i < self->waiting_events->len; i++)
    {
      guint32 event = g_array_index (self->waiting_events, guint32, i);
      double width = vantage_canvas_get_event (self, event)->width_px;

      if (x > 0 && x + width > self->width)
        {
          x = 0;
          y += m->shelf_row;
        }
      g_array_append_val (self->waiting,
                          ((VantageCanvasWaiting){ event, { x, y, width, m->card_height } }));
      x += width + m->card_gap;
    }
  self->shelf_height = self->waiting->len > 0 ? y + m->shelf_row : 0;
}

/* Nothing that a run depends on is another than it was. */
static gboolean
is_same_run (VantageCanvasLayout *self, const VantageTimeScale *scale, double width_px, double y_px,
             double height_px)
{
  return self->has_run && self->is_laid_out && !self->is_dirty && self->is_settled &&
         self->scale.axis == scale->axis && self->scale.origin_us == scale->origin_us &&
         self->scale.us_per_px == scale->us_per_px && self->width == MAX (width_px, 1) &&
         self->y == y_px && self->height == height_px;
}

void
vantage_canvas_layout_run (VantageCanvasLayout *self, const VantageTimeScale *scale,
                           double width_px, double y_px, double height_px)
{
  gint64 begin, end;

  if (is_same_run (self, scale, width_px, y_px, height_px))
    return;
  if (scale->axis != NULL)
    vantage_axis_ref (scale->axis);
  g_clear_pointer (&self->axis, vantage_axis_unref);
  self->axis = scale->axis;
  self->scale = *scale;
  vantage_time_cursor_init (&self->cursor, &self->scale);
  self->width = MAX (width_px, 1);
  self->y = y_px;
  self->height = height_px;
  vantage_canvas_forget_cards (self);
  begin = vantage_time_scale_get_us (scale, 0);
  end = vantage_time_scale_get_us (scale, self->width);
  end = MAX (end, begin + 1);
  self->detail = choose_detail (self, begin, end);
  self->has_run = self->is_laid_out = TRUE;
  self->is_dirty = FALSE;
  if (self->detail != VANTAGE_DETAIL_DENSITY)
    vantage_canvas_rows_ensure (self);
  find_bands (self);
  find_cards (self, end);
  g_ptr_array_set_size (self->density, 0);
  find_folds (self);
  vantage_canvas_paths_find (self);
  fill_shelf (self);
}

void
vantage_canvas_layout_set_budget (VantageCanvasLayout *self, guint n_links)
{
  self->budget = n_links;
}

gboolean
vantage_canvas_layout_is_settled (VantageCanvasLayout *self)
{
  return self->is_settled;
}

/* ---- what came out ---- */

VantageDetail
vantage_canvas_layout_get_detail (VantageCanvasLayout *self)
{
  return self->detail;
}

double
vantage_canvas_layout_get_height (VantageCanvasLayout *self)
{
  return self->total_height;
}

const VantageCanvasBand *
vantage_canvas_layout_get_bands (VantageCanvasLayout *self, guint *out_n)
{
  *out_n = self->bands->len;
  return (const VantageCanvasBand *) (gpointer) self->bands->data;
}

const VantageCanvasCard *
vantage_canvas_layout_get_cards (VantageCanvasLayout *self, guint *out_n)
{
  *out_n = self->cards->len;
  return (const VantageCanvasCard *) (gpointer) self->cards->data;
}

const VantageCanvasPath *
vantage_canvas_layout_get_paths (VantageCanvasLayout *self, guint *out_n)
{
  *out_n = self->paths->len;
  return (const VantageCanvasPath *) (gpointer) self->paths->data;
}

const VantageCanvasFold *
vantage_canvas_layout_get_folds (VantageCanvasLayout *self, guint *out_n)
{
  *out_n = self->folds->len;
  return (const VantageCanvasFold *) (gpointer) self->folds->data;
}

/* Counted when it is asked for. */
static GArray *
count_density (VantageCanvasLayout *self, guint32 lane)
{
  guint n_bins = (guint) ceil (self->width / self->metrics.density_bin);
  g_autofree gint64 *edges = g_new (gint64, n_bins + 1);
  GArray *counts = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_bins);

  for (guint i = 0; i <= n_bins; i++)
    edges[i] = vantage_time_scale_get_us (&self->scale, i * self->metrics.density_bin);
  g_array_set_size (counts, n_bins);
  vantage_lane_index_count_bins (self->lane_spots[lane].index, edges, n_bins,
                                 (guint *) (gpointer) counts->data);
  return counts;
}

const guint *
vantage_canvas_layout_get_density (VantageCanvasLayout *self, guint32 lane, guint *out_n_bins)
{
  GArray *counts;

  *out_n_bins = 0;
  if (self->detail != VANTAGE_DETAIL_DENSITY || lane >= self->n_lanes || !lane_is_seen (self, lane))
    return NULL;
  if (self->density->len == 0)
    g_ptr_array_set_size (self->density, (int) self->n_lanes);
  if (g_ptr_array_index (self->density, lane) == NULL)
    g_ptr_array_index (self->density, lane) = count_density (self, lane);
  counts = g_ptr_array_index (self->density, lane);
  *out_n_bins = counts->len;
  return (const guint *) (gpointer) counts->data;
}

void
vantage_canvas_layout_count (VantageCanvasLayout *self, guint32 lane, gint64 begin_us,
                             gint64 bin_us, guint n_bins, guint *out_counts)
{
  g_autofree gint64 *edges = g_new (gint64, n_bins + 1);

  g_return_if_fail (lane < self->n_lanes && bin_us > 0);

  for (guint i = 0; i <= n_bins; i++)
    edges[i] = begin_us + i * bin_us;
  vantage_lane_index_count_bins (self->lane_spots[lane].index, edges, n_bins, out_counts);
}

guint
vantage_canvas_layout_get_generation (VantageCanvasLayout *self)
{
  return self->generation;
}

const VantageCanvasWaiting *
vantage_canvas_layout_get_waiting (VantageCanvasLayout *self, guint *out_n)
{
  *out_n = self->waiting->len;
  return (const VantageCanvasWaiting *) (gpointer) self->waiting->data;
}

double
vantage_canvas_layout_get_shelf_height (VantageCanvasLayout *self)
{
  return self->shelf_height;
}
