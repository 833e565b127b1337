/* vantage-axis-private.h: the pieces of an axis, for the scale that measures along them. */

#pragma once

#include "vantage-axis.h"

G_BEGIN_DECLS

/* Sums need more than 64 bits: ten thousand years of microseconds, spread out. */
__extension__ typedef __int128 VantageWide;

/* Pieces cover all of time without a gap, plain ones included. */
typedef struct
{
  VantageStretch stretch;
  VantageWide weight; /* plain-width microseconds from the reference to where the piece begins */
  guint n_folds;      /* folds before it */
} VantageAxisPiece;

struct _VantageAxis
{
  gatomicrefcount refs;
  double fold_px;
  VantageAxisPiece *pieces;
  guint n_pieces;
  VantageStretch *stretches; /* those that are not plain */
  guint n_stretches;
};

/* Index of the piece @us lies in. */
guint vantage_axis_find_piece (VantageAxis *self, gint64 us);

/* Microseconds of plain axis between the reference and @us, which lies in @piece; a fold has none.
 */
VantageWide vantage_axis_get_weight (VantageAxis *self, guint piece, gint64 us);

G_END_DECLS
