/* vantage-canvas-rows.c: the rows of every lane at a zoom step, and which are kept over a change.
 */

#include "vantage-canvas-private.h"
#include "vantage-lane-packing.h"

#include <math.h>
#include <string.h>

#define FINE 16 /* packing is done in sixteenths of a pixel */

/* The zoom step, rounded to the coarser side: what does not overlap there overlaps at no nearer
 * zoom of the step either. */
static int
get_step (double us_per_px)
{
  return (int) ceil (2.0 * log2 (us_per_px) - 1e-9);
}

/* What a spot takes up, in sixteenths of a pixel. */
static void
measure_spot (VantageCanvasLayout *self, const VantageTimeScale *scale, gboolean marks,
              const VantageCanvasSpot *spot, VantageSpan *out)
{
  const VantageCanvasEvent *event = &self->events[spot->event];
  double least = marks ? self->metrics.mark_size : event->width_px;
  double begin = vantage_time_scale_get_x (scale, spot->place_us);
  double end = MAX (vantage_time_scale_get_x (scale, spot->end_us), begin + least);

  if (!marks && spot->soft_begin < spot->place_us)
    begin = MIN (begin, vantage_time_scale_get_x (scale, spot->soft_begin));
  if (!marks && spot->soft_end > spot->end_us)
    end = MAX (end, vantage_time_scale_get_x (scale, spot->soft_end));
  out->begin_us = (gint64) floor (begin * FINE);
  out->end_us = (gint64) ceil (end * FINE);
}

typedef struct
{
  VantageSpan span;
  guint32 spot;
} Measured;

static int
compare_measured (gconstpointer a, gconstpointer b)
{
  const Measured *x = a, *y = b;

  if (x->span.begin_us != y->span.begin_us)
    return x->span.begin_us < y->span.begin_us ? -1 : 1;
  return x->spot < y->spot ? -1 : x->spot > y->spot;
}

static void
pack_lane (VantageCanvasLayout *self, const VantageTimeScale *scale, gboolean marks, guint32 lane)
{
  guint32 first = self->lane_first[lane], n = self->lane_first[lane + 1] - first;
  gint64 gap = (gint64) ((marks ? 2.0 : self->metrics.card_gap) * FINE);
  g_autofree Measured *measured = g_new (Measured, n);
  g_autofree VantageSpan *spans = g_new (VantageSpan, n);
  g_autofree guint *rows = g_new (guint, n);

  for (guint32 i = 0; i < n; i++)
    {
      measured[i].spot = first + i;
      measure_spot (self, scale, marks, &self->spots[first + i], &measured[i].span);
    }
  /* a bar that reaches back may begin before the card that stands before it */
  if (n > 0)
    qsort (measured, n, sizeof *measured, compare_measured);
  for (guint32 i = 0; i < n; i++)
    {
      spans[i] = measured[i].span;
      rows[i] = self->rows[measured[i].spot];
    }
  self->lane_rows[lane] = self->rows_kept ? vantage_lane_packing_keep (spans, n, gap, rows)
                                          : vantage_lane_packing_run (spans, n, gap, rows);
  for (guint32 i = 0; i < n; i++)
    self->rows[measured[i].spot] = rows[i];
}

void
vantage_canvas_rows_ensure (VantageCanvasLayout *self)
{
  gboolean marks = self->detail != VANTAGE_DETAIL_CARDS;
  int step = get_step (self->scale.us_per_px);
  gboolean same = self->rows_axis == self->scale.axis && self->rows_step == step &&
                  self->rows_of_marks == marks;
  VantageTimeScale scale = self->scale;

  if (self->rows_known && same)
    return;
  scale.us_per_px = exp2 (step / 2.0);
  scale.origin_us = self->n_spots > 0 ? self->spots[0].place_us : 0;
  self->rows_kept = self->rows_kept && same;
  for (guint32 lane = 0; lane < self->n_lanes; lane++)
    pack_lane (self, &scale, marks, lane);
  if (self->scale.axis != NULL)
    vantage_axis_ref (self->scale.axis);
  g_clear_pointer (&self->rows_axis, vantage_axis_unref);
  self->rows_axis = self->scale.axis;
  self->rows_step = step;
  self->rows_of_marks = marks;
  self->rows_known = TRUE;
  self->rows_kept = TRUE;
}

static int
compare_places (const VantageCanvasSpot *a, guint64 key_a, const VantageCanvasSpot *b,
                guint64 key_b)
{
  if (a->lane != b->lane)
    return a->lane < b->lane ? -1 : 1;
  if (a->place_us != b->place_us)
    return a->place_us < b->place_us ? -1 : 1;
  if (a->end_us != b->end_us)
    return a->end_us < b->end_us ? -1 : 1;
  return key_a < key_b ? -1 : key_a > key_b;
}

void
vantage_canvas_rows_carry_over (VantageCanvasLayout *self, VantageCanvasSpot *old_spots,
                                guint32 n_old_spots, VantageCanvasEvent *old_events,
                                guint *old_rows)
{
  guint32 i = 0, j = 0;

  for (guint32 k = 0; k < self->n_spots; k++)
    self->rows[k] = VANTAGE_ROW_NONE;
  /* both are in the same order, so one walk finds those that did not change */
  while (i < n_old_spots && j < self->n_spots)
    {
      const VantageCanvasSpot *old = &old_spots[i], *spot = &self->spots[j];
      const VantageCanvasEvent *before = &old_events[old->event];
      const VantageCanvasEvent *now = &self->events[spot->event];
      int order = compare_places (old, before->key, spot, now->key);

      if (order == 0 && old->soft_begin == spot->soft_begin && old->soft_end == spot->soft_end &&
          before->width_px == now->width_px)
        self->rows[j] = old_rows[i];
      i += order <= 0;
      j += order >= 0;
    }
}
