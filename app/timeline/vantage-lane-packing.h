/* vantage-lane-packing.h: which row each event of one lane stands in. Pure C: no GTK, no clock. */

#pragma once

#include "vantage-geometry.h"

G_BEGIN_DECLS

#define VANTAGE_ROW_NONE G_MAXUINT

/**
 * vantage_lane_packing_run:
 * @spans: (array length=n_spans): what the events of one lane take up, sorted by begin; any unit
 * @min_gap: what to keep free between two events of one row, in the same unit; ≥ 0
 * @out_rows: (out caller-allocates) (array length=n_spans): the row of each event, from 0
 *
 * Gives each event the lowest row in which it meets no earlier event. The same spans always give
 * the same rows. O(n_spans × rows).
 *
 * Returns: how many rows the lane needs; 0 when there is no event
 */
guint vantage_lane_packing_run (const VantageSpan *spans, gsize n_spans, gint64 min_gap,
                                guint *out_rows);

/**
 * vantage_lane_packing_keep:
 * @rows: (inout) (array length=n_spans): the row of each event before, or VANTAGE_ROW_NONE for one
 *   that is new or was moved
 *
 * As above, but every event that can keeps its row: in order of begin, one yields only to an
 * earlier one in the same row. Those that must move, and then the new ones, take the lowest row
 * that is free over their whole length. So moving one event moves no other that it does not meet.
 *
 * Returns: how many rows the lane needs
 */
guint vantage_lane_packing_keep (const VantageSpan *spans, gsize n_spans, gint64 min_gap,
                                 guint *rows);

G_END_DECLS
