/* vantage-time-cursor.h: time to x for very many instants of one scale: what the piece of the axis
 * asks for is worked out once for all instants that lie in it. */

#pragma once

#include "vantage-time-scale.h"

G_BEGIN_DECLS

/* A plain value; the scale is lent. */
typedef struct
{
  const VantageTimeScale *scale;
  gint64 begin_us, end_us; /* where the numbers below hold */
  gint64 from_us;
  double from_x, px_per_us;
} VantageTimeCursor;

void vantage_time_cursor_init (VantageTimeCursor *self, const VantageTimeScale *scale);
/* Goes to the piece of @us. */
void vantage_time_cursor_seek (VantageTimeCursor *self, gint64 us);

/* As vantage_time_scale_get_x (), to a billionth of a pixel within a year of the view. */
static inline double
vantage_time_cursor_get_x (VantageTimeCursor *self, gint64 us)
{
  if (us < self->begin_us || us >= self->end_us)
    vantage_time_cursor_seek (self, us);
  return self->from_x +
         (double) (gint64) ((guint64) us - (guint64) self->from_us) * self->px_per_us;
}

G_END_DECLS
