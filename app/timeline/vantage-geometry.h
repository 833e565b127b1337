/* vantage-geometry.h: the small plain types that the layout of the timeline is made of. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stretch of time. A point in time has begin_us == end_us. */
typedef struct
{
  gint64 begin_us; /* first instant of it, UTC µs */
  gint64 end_us;   /* first instant after it; never before begin_us */
} VantageSpan;

/* A rectangle in pixels; x grows with time, y downwards. */
typedef struct
{
  double x, y, width, height;
} VantageRect;

typedef struct
{
  double x, y;
} VantagePoint;

/* The left and upper edges belong to the rectangle, the right and lower ones do not. */
gboolean vantage_rect_contains (const VantageRect *self, double x, double y);
/* Whether the two share more than an edge. */
gboolean vantage_rect_meets (const VantageRect *self, const VantageRect *other);

G_END_DECLS
