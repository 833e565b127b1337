/* vantage-entity-cache.h: rows of `entity`: what the heads add up to, written and read back. Only
 * for app/store. */

#pragma once

#include "vantage-entity.h"
#include "vantage-txn.h"

G_BEGIN_DECLS

/* Writes the rows of all entities that the transaction has changed. */
gboolean vantage_txn_flush (VantageTxn *txn, GError **error);

/* Compares the row of an entity with what its ops add up to; one English fact, or NULL when they
 * agree. Reads only. (transfer full) (nullable) */
char *vantage_txn_check_entity (VantageTxn *txn, gint64 stream, const char *entity);

/* Columns that vantage_entity_from_row () reads; FROM entity JOIN stream. */
#define VANTAGE_ENTITY_COLUMNS                                                                     \
  "entity.id, entity.kind, entity.created, entity.by, entity.changed, entity.deleted,"             \
  " entity.conflicts, entity.registers, stream.review"
#define VANTAGE_N_ENTITY_COLUMNS 9
/* (transfer full) */
VantageEntity *vantage_entity_from_row (VantageStmt *stmt);
/* Runs @stmt to its end. (transfer full) (element-type VantageEntity); NULL with @error. */
GPtrArray *vantage_store_collect_entities (VantageStmt *stmt, GError **error);

/* Id of the stream of @review in which @sort of kinds live. (transfer full) */
char *vantage_store_dup_stream_id (const char *review, VantageStreamSort sort);
/* Where entities of @kind live; unknown kinds: team. */
VantageStreamSort vantage_store_get_sort (const char *kind);

G_END_DECLS
