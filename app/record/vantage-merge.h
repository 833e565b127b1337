/* vantage-merge.h: what a set of ops adds up to. Pure; the same set gives the same answer in any
 * order. (A multi-value register per field, with causality told by `previous`; see Shapiro et al.,
 * 2011.) */

#pragma once

#include <glib.h>
#include "vantage-kind.h"
#include "vantage-op.h"

G_BEGIN_DECLS

/* The heads of one register: ops that no known op lists. (element-type VantageOp) */
typedef struct
{
  VantageOp
      *winner; /* head with the greatest (t, d, n), for `or`: a true one before a false one; lent */
  gboolean in_conflict; /* more than one distinct head value, and the class is flag */
} VantageRegister;

/* @heads: (element-type VantageOp): the heads of one register of @kind; may be empty. */
void vantage_merge_register (const char *kind, const char *register_name, GPtrArray *heads,
                             VantageRegister *out);

/* Whether an entity is deleted, given the heads of its `#del` register and every op known on it:
 * a `true` head whose `seen` holds every flag- and or-class op. @out_changed_by (out) (optional):
 * an op outside `seen` that keeps the entity alive although somebody deleted it. */
gboolean vantage_merge_is_deleted (GPtrArray *delete_heads, GPtrArray *ops,
                                   VantageOp **out_changed_by);

/* Which parent edges to ignore so that no entity is its own ancestor: within each cycle the edge
 * written by the smallest (t, d, n). @parents: (element-type utf8 utf8) child → parent; @winners:
 * child → VantageOp. Returns: (transfer full) (element-type utf8): children whose edge is ignored.
 */
GHashTable *vantage_merge_break_cycles (GHashTable *parents, GHashTable *winners);

G_END_DECLS
