/* vantage-time-scale.h: the one map between time and x: an axis at a zoom, seen from an origin. */

#pragma once

#include "vantage-axis.h"
#include "vantage-geometry.h"

G_BEGIN_DECLS

#define VANTAGE_SCALE_MIN_US_PER_PX 100.0        /* 10,000 px = 1 s */
#define VANTAGE_SCALE_MAX_US_PER_PX 3155760000e3 /* 1 px = about 37 days: a century on a screen */

/* A plain value; the axis is lent. */
typedef struct
{
  VantageAxis *axis; /* NULL: plain everywhere */
  gint64 origin_us;  /* the instant at x = 0 */
  double us_per_px;  /* on plain stretches */
} VantageTimeScale;

/* Pixels from the origin to @us, negative before it. Monotone and continuous; O(log stretches). */
double vantage_time_scale_get_x (const VantageTimeScale *self, gint64 us);

/**
 * vantage_time_scale_get_us:
 *
 * The inverse, rounded to the nearest microsecond. For any us whose x lies within 16,384 px of the
 * origin, get_us (get_x (us)) == us on plain and spread stretches from 1 px = 1 day to 100 px = 1
 * s, and inside folds up to two months long; seen from an origin inside it, in folds up to a
 * century.
 */
gint64 vantage_time_scale_get_us (const VantageTimeScale *self, double x);

/* Microseconds per pixel at @us: that of its stretch. */
double vantage_time_scale_get_local (const VantageTimeScale *self, gint64 us);

G_END_DECLS
