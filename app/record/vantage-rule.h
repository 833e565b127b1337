/* vantage-rule.h: rules that need more than one register: asked before a write, by who knows the
 * rest. What arrives from elsewhere is never refused by them; the merge copes with it. */

#pragma once

#include <glib.h>
#include "vantage-kind.h"

G_BEGIN_DECLS

/* The value that a register has now, with the writes of the same edit that came before. Lent;
 * (nullable): not set, or the entity is not here. */
typedef VantageValue *(*VantageRuleLookup) (const char *id, const char *register_name,
                                            gpointer user_data);

/**
 * vantage_rule_check:
 * @id: the entity that is written to
 * @value: what is about to be written; vantage_kind_validate has passed it
 *
 * What is written once keeps its value (null, which undoes it, is allowed); a parent is neither the
 * entity itself nor below it; a span ends at or after its begin, a least is not above its most.
 *
 * Returns: FALSE with VANTAGE_RECORD_ERROR_RULE
 */
gboolean vantage_rule_check (const VantageKind *kind, const char *id, const char *register_name,
                             VantageValue *value, VantageRuleLookup lookup, gpointer user_data,
                             GError **error);

/* The field by which entities of @kind stand in a tree: parent, into. NULL: in none. */
const char *vantage_rule_get_parent_field (const VantageKind *kind);

G_END_DECLS
