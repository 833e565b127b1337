/* vantage-time-scale.c: time to x and back, measured from the origin so that nothing near it is
 * lost to rounding. */

#include "vantage-time-scale.h"

#include "vantage-axis-private.h"
#include "vantage-time-cursor.h"

#include <math.h>

/* Far beyond any year that has a name, and far from overflow. */
#define TIME_LIMIT (G_GINT64_CONSTANT (1) << 62)

static gint64
add_clamped (gint64 us, long double more)
{
  long double sum = (long double) us + more;

  if (sum <= (long double) -TIME_LIMIT)
    return -TIME_LIMIT;
  if (sum >= (long double) TIME_LIMIT)
    return TIME_LIMIT;
  return us + (gint64) llroundl (more);
}

static long double
get_fold_part (const VantageAxisPiece *piece, gint64 us)
{
  const VantageStretch *s = &piece->stretch;

  if (s->sort != VANTAGE_STRETCH_FOLD)
    return 0;
  return (long double) (us - s->begin_us) / (long double) (s->end_us - s->begin_us);
}

/* x of @us in @piece, seen from the origin in @origin_piece. */
static long double
measure (const VantageTimeScale *self, guint origin_piece, guint piece, gint64 us)
{
  const VantageAxisPiece *from = &self->axis->pieces[origin_piece];
  const VantageAxisPiece *to = &self->axis->pieces[piece];
  VantageWide weight;
  long double folds;

  if (piece == origin_piece)
    {
      long double us_away = (long double) ((VantageWide) us - self->origin_us);

      if (to->stretch.sort == VANTAGE_STRETCH_FOLD)
        return us_away * self->axis->fold_px /
               (long double) (to->stretch.end_us - to->stretch.begin_us);
      return us_away * to->stretch.factor / self->us_per_px;
    }
  weight = vantage_axis_get_weight (self->axis, piece, us) -
           vantage_axis_get_weight (self->axis, origin_piece, self->origin_us);
  folds = (long double) to->n_folds - (long double) from->n_folds + get_fold_part (to, us) -
          get_fold_part (from, self->origin_us);
  return (long double) weight / self->us_per_px + folds * self->axis->fold_px;
}

double
vantage_time_scale_get_x (const VantageTimeScale *self, gint64 us)
{
  guint origin_piece, piece;

  if (self->axis == NULL)
    return (double) ((long double) ((VantageWide) us - self->origin_us) / self->us_per_px);
  origin_piece = vantage_axis_find_piece (self->axis, self->origin_us);
  piece = vantage_axis_find_piece (self->axis, us);
  return (double) measure (self, origin_piece, piece, us);
}

/* The last piece that begins at or left of @x. */
static guint
find_piece_at_x (const VantageTimeScale *self, guint origin_piece, long double x)
{
  guint low = 0, high = self->axis->n_pieces;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      gint64 begin = self->axis->pieces[middle].stretch.begin_us;

      if (measure (self, origin_piece, middle, begin) <= x)
        low = middle;
      else
        high = middle;
    }
  return low;
}

gint64
vantage_time_scale_get_us (const VantageTimeScale *self, double x)
{
  guint origin_piece, piece;
  const VantageStretch *s;
  long double us_per_px, from_x;
  gint64 from_us;

  if (self->axis == NULL)
    return add_clamped (self->origin_us, (long double) x * self->us_per_px);
  origin_piece = vantage_axis_find_piece (self->axis, self->origin_us);
  piece = find_piece_at_x (self, origin_piece, x);
  s = &self->axis->pieces[piece].stretch;
  us_per_px = s->sort == VANTAGE_STRETCH_FOLD
                  ? (long double) (s->end_us - s->begin_us) / self->axis->fold_px
                  : (long double) self->us_per_px / s->factor;
  /* the first piece has no begin to measure from */
  from_us = piece == origin_piece ? self->origin_us : piece == 0 ? s->end_us : s->begin_us;
  from_x = piece == origin_piece ? 0.0L : measure (self, origin_piece, piece, from_us);
  return CLAMP (add_clamped (from_us, ((long double) x - from_x) * us_per_px), s->begin_us,
                s->end_us);
}

double
vantage_time_scale_get_local (const VantageTimeScale *self, gint64 us)
{
  VantageStretch s;

  if (self->axis == NULL)
    return self->us_per_px;
  vantage_axis_find (self->axis, us, &s);
  if (s.sort == VANTAGE_STRETCH_FOLD)
    return (double) (s.end_us - s.begin_us) / self->axis->fold_px;
  return self->us_per_px / s.factor;
}

void
vantage_time_cursor_init (VantageTimeCursor *self, const VantageTimeScale *scale)
{
  *self = (VantageTimeCursor){ .scale = scale };
  if (scale->axis != NULL)
    return;
  self->begin_us = G_MININT64;
  self->end_us = G_MAXINT64;
  self->from_us = scale->origin_us;
  self->px_per_us = 1 / scale->us_per_px;
}

void
vantage_time_cursor_seek (VantageTimeCursor *self, gint64 us)
{
  const VantageTimeScale *scale = self->scale;
  guint origin_piece, piece;
  const VantageStretch *s;

  if (scale->axis == NULL)
    return;
  origin_piece = vantage_axis_find_piece (scale->axis, scale->origin_us);
  piece = vantage_axis_find_piece (scale->axis, us);
  s = &scale->axis->pieces[piece].stretch;
  self->begin_us = s->begin_us;
  self->end_us = s->end_us;
  self->px_per_us = s->sort == VANTAGE_STRETCH_FOLD
                        ? scale->axis->fold_px / ((double) s->end_us - (double) s->begin_us)
                        : s->factor / scale->us_per_px;
  /* measured from what is near, so that little is lost to rounding */
  self->from_us = piece == origin_piece      ? scale->origin_us
                  : s->begin_us > G_MININT64 ? s->begin_us
                                             : s->end_us;
  self->from_x =
      piece == origin_piece ? 0 : (double) measure (scale, origin_piece, piece, self->from_us);
}
