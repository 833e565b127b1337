/* vantage-axis.h: the shape of the time axis: which stretches are folded away and which are spread
 * out. Says nothing about zoom: that is VantageTimeScale. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define VANTAGE_AXIS_MAX_FACTOR 32

typedef enum
{
  VANTAGE_STRETCH_PLAIN,
  VANTAGE_STRETCH_FOLD,   /* as wide as the axis' fold width, however long it lasts */
  VANTAGE_STRETCH_SPREAD, /* `factor` times as wide as the plain axis */
} VantageStretchSort;

typedef struct
{
  gint64 begin_us; /* UTC µs */
  gint64 end_us;   /* after begin_us */
  VantageStretchSort sort;
  guint factor; /* SPREAD: 2 to VANTAGE_AXIS_MAX_FACTOR; else 1 */
} VantageStretch;

/* Immutable, reference counted. */
typedef struct _VantageAxis VantageAxis;
#define VANTAGE_TYPE_AXIS (vantage_axis_get_type ())
GType vantage_axis_get_type (void);

/**
 * vantage_axis_new:
 * @stretches: (array length=n_stretches) (nullable): folds and spreads, in any order
 * @fold_px: how wide each fold is drawn, more than 0
 *
 * Empty stretches are left out; where two overlap, the one that begins first keeps the common part
 * (of two that begin together, the longer). Time that none of them covers is plain. O(n log n).
 *
 * Returns: (transfer full):
 */
VantageAxis *vantage_axis_new (const VantageStretch *stretches, guint n_stretches, double fold_px);
VantageAxis *vantage_axis_ref (VantageAxis *self);
void vantage_axis_unref (VantageAxis *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageAxis, vantage_axis_unref)

double vantage_axis_get_fold_px (VantageAxis *self);
/* Folds and spreads as they came out, in order of time; lent. */
const VantageStretch *vantage_axis_get_stretches (VantageAxis *self, guint *out_n);
/* The stretch @us lies in. A plain one begins and ends at its neighbours, at G_MININT64 and
 * G_MAXINT64 where there are none. */
void vantage_axis_find (VantageAxis *self, gint64 us, VantageStretch *out);

/* When a gap is worth folding. */
typedef struct
{
  gint64 min_gap_us;   /* shorter gaps are never folded */
  double times_median; /* and only those longer than so many median gaps … */
  guint n_around;      /* … of so many gaps around it */
} VantageFoldRule;

/* Over five minutes and over eight times the median of the 50 gaps around. */
extern const VantageFoldRule vantage_fold_rule_default;

/**
 * vantage_axis_propose_folds:
 * @times_us: (array length=n_times): when something happens, ascending
 *
 * A proposed fold leaves a little of the gap open on both sides (a tenth, at most a minute), so
 * that what stands at its edges does not touch the fold. A gap with no other gap to compare it with
 * is not proposed.
 *
 * Returns: (transfer full) (element-type VantageStretch): folds in order of time
 */
GArray *vantage_axis_propose_folds (const gint64 *times_us, gsize n_times,
                                    const VantageFoldRule *rule);

G_END_DECLS
