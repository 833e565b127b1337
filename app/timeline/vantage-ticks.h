/* vantage-ticks.h: where the ruler has its ticks, in the wall clock of a zone. */

#pragma once

#include "vantage-time-scale.h"

G_BEGIN_DECLS

/* Seconds east of UTC in force at @us in some zone: all that is asked of a zone here. */
typedef int (*VantageOffsetFunc) (gint64 us, gpointer user_data);

typedef enum
{
  VANTAGE_TICK_MINOR, /* a short line, no label */
  VANTAGE_TICK_MAJOR, /* a label: a time of day, or a date when the step is a day or more */
  VANTAGE_TICK_DAY,   /* a day begins here: the label says which */
} VantageTickSort;

typedef struct
{
  gint64 us;      /* the instant */
  gint64 wall_us; /* what the clock of the zone shows then, as if it were UTC */
  gint64 step_us; /* distance of major ticks around here; 30 and 365 days stand for months, years */
  double x;
  VantageTickSort sort;
} VantageTick;

/**
 * vantage_ticks_find:
 * @scale: time and x
 * @width_px: ticks are wanted from x = 0 to here
 * @min_px: least distance between two labels
 * @offset: (nullable): the zone; NULL for UTC
 *
 * Each stretch has its own step: the smallest readable one (1, 2, 5, 10, 20, 50 … ms; 1, 2, 5, 10,
 * 15, 30 s and min; 1, 2, 3, 6, 12 h; 1, 2, 7 days; 1, 3, 6 months; 1, 2, 5, 10 … years) that keeps
 * @min_px. Folds have none. Ticks stand at round wall clock times: a day of 23 or 25 hours begins
 * at its midnight, or where the clock jumped over it; an hour that is shown twice has two ticks.
 *
 * Returns: (transfer full) (element-type VantageTick): ascending
 */
GArray *vantage_ticks_find (const VantageTimeScale *scale, double width_px, double min_px,
                            VantageOffsetFunc offset, gpointer user_data);

/**
 * vantage_ticks_find_nights:
 * @from_hour, @until_hour: the night, in hours of the wall clock: 22 and 6 for instance
 *
 * Returns: (transfer full) (element-type VantageSpan): the nights that meet [@begin_us, @end_us),
 * as instants. None when the window is longer than a year.
 */
GArray *vantage_ticks_find_nights (gint64 begin_us, gint64 end_us, int from_hour, int until_hour,
                                   VantageOffsetFunc offset, gpointer user_data);

/* First instant at which the wall clock shows @wall_us or, when it jumped over it, later. */
gint64 vantage_ticks_resolve_wall (gint64 wall_us, VantageOffsetFunc offset, gpointer user_data);

/* The microseconds that moving a card "by one step" means at this zoom: the step of minor ticks. */
gint64 vantage_ticks_get_step (const VantageTimeScale *scale, gint64 at_us, double min_px);

G_END_DECLS
