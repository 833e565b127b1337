/* vantage-network.h: difference constraints over numbered points, added one group at a time: kept
 * when they can hold together with those before, else refused with the circle they would close. For
 * vantage-times.c alone. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sums of many durations need more than 64 bits. */
__extension__ typedef __int128 VantageWide;

#define VANTAGE_NETWORK_ZERO 0 /* the point that stands for the epoch */
#define VANTAGE_NETWORK_STRUCTURE                                                                  \
  -1 /* a constraint nobody stated: an end is not before its start */

/* x - y ≤ most */
typedef struct
{
  guint x, y;
  VantageWide most;
} VantageConstraint;

typedef struct _VantageNetwork VantageNetwork;

VantageNetwork *vantage_network_new (guint n_points);
void vantage_network_free (VantageNetwork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageNetwork, vantage_network_free)

/* A guess at where a point is, before any constraint: the better, the less work. */
void vantage_network_guess (VantageNetwork *self, guint point, VantageWide value);

/**
 * vantage_network_add:
 * @label: which statement they come from, or VANTAGE_NETWORK_STRUCTURE
 * @out_circle: (element-type int): when refused, the labels met along the negative cycle, @label
 *   first, each once
 *
 * All of @constraints or none. Nearly free when the guesses already agree with them.
 *
 * Returns: FALSE when they were refused
 */
gboolean vantage_network_add (VantageNetwork *self, const VantageConstraint *constraints, guint n,
                              int label, GArray *out_circle);

/* Tightest bounds of every point from the epoch. A bound that there is not has its flag FALSE.
 * O(constraints × log points). */
typedef struct
{
  VantageWide earliest, latest;
  gboolean has_earliest, has_latest;
} VantageBounds;

void vantage_network_solve (VantageNetwork *self, VantageBounds *out);

G_END_DECLS
