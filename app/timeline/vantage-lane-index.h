/* vantage-lane-index.h: which of very many spans meet a window of time, in microseconds of work. */

#pragma once

#include "vantage-geometry.h"

G_BEGIN_DECLS

/* Sorted by begin, with a pyramid of greatest ends (32 to one) above; a small unsorted tail takes
 * what is added later and is merged when it passes 1,024. */
typedef struct _VantageLaneIndex VantageLaneIndex;

/**
 * vantage_lane_index_new:
 * @spans: (array length=n_spans): in any order; copied
 * @keys: (array length=n_spans) (nullable): the number by which each is known; NULL: its place here
 */
VantageLaneIndex *vantage_lane_index_new (const VantageSpan *spans, const guint32 *keys,
                                          gsize n_spans);
void vantage_lane_index_free (VantageLaneIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageLaneIndex, vantage_lane_index_free)

gsize vantage_lane_index_get_n (VantageLaneIndex *self);
/* First begin and last end; FALSE when empty. */
gboolean vantage_lane_index_get_extent (VantageLaneIndex *self, VantageSpan *out);

/* Something was added that is not yet merged. */
gboolean vantage_lane_index_has_tail (VantageLaneIndex *self);
void vantage_lane_index_add (VantageLaneIndex *self, const VantageSpan *span, guint32 key);
/* FALSE when there is no such span. @span must be what was added. O(log n) but for equal begins. */
gboolean vantage_lane_index_remove (VantageLaneIndex *self, const VantageSpan *span, guint32 key);

/* Return FALSE to stop. */
typedef gboolean (*VantageLaneFunc) (const VantageSpan *span, guint32 key, gpointer user_data);

/* Calls @func for each span with begin < @end_us and end > @begin_us, and each instant within
 * [@begin_us, @end_us): in order of begin, those of the tail after the others. */
void vantage_lane_index_foreach (VantageLaneIndex *self, gint64 begin_us, gint64 end_us,
                                 VantageLaneFunc func, gpointer user_data);
/* The keys of the same, appended to @keys (element-type guint32). Returns how many. */
gsize vantage_lane_index_query (VantageLaneIndex *self, gint64 begin_us, gint64 end_us,
                                GArray *keys);

/* How many of them there are, without visiting them. O(log n + tail). */
gsize vantage_lane_index_count (VantageLaneIndex *self, gint64 begin_us, gint64 end_us);
/* The same for each of @n_bins windows between @n_bins + 1 ascending edges. */
void vantage_lane_index_count_bins (VantageLaneIndex *self, const gint64 *edges_us, guint n_bins,
                                    guint *out_counts);

G_END_DECLS
