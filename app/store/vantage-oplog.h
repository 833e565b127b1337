/* vantage-oplog.h: ops going into the log, and the heads they leave. Only for app/store. */

#pragma once

#include "vantage-txn.h"

G_BEGIN_DECLS

/* An op that no known op of its register lists. */
typedef struct
{
  gint64 row; /* op.id */
  VantageOp *op;
} VantageHead;

/* One entity inside a transaction: its heads by register, and the first and last op on it. */
typedef struct
{
  gint64 stream;
  char *entity;
  gint64 key; /* of its row in `entity`; 0: none yet */
  char *kind; /* of the op with the smallest (t, d, n); NULL: there is no op */
  char *by;   /* device of that op */
  gint64 first_n;
  VantageStamp created;
  VantageStamp changed;
  GHashTable *heads; /* (element-type utf8 GPtrArray): register → VantageHead */
  gboolean dirty;
} VantageEntityState;

void vantage_entity_state_free (gpointer self);
/* Lent by the transaction. NULL with @error. */
VantageEntityState *vantage_txn_get_state (VantageTxn *txn, gint64 stream, const char *entity,
                                           GError **error);
/* (nullable) (element-type VantageHead); lent; never empty. */
GPtrArray *vantage_entity_state_get_heads (VantageEntityState *self, const char *field);

/* What came with an op from elsewhere; all zero for an edit made here. */
typedef struct
{
  gint64 seq; /* 0: not numbered */
  const char *by_user;
  gint64 rx_ms;
} VantageOpFacts;

typedef enum
{
  VANTAGE_OP_ADDED,
  VANTAGE_OP_KNOWN,  /* the same bytes were here; its number is noted */
  VANTAGE_OP_REUSED, /* other bytes bear this name; nothing was done */
  VANTAGE_OP_FAILED, /* @error is set */
} VantageOpOutcome;

VantageOpOutcome vantage_txn_add_op (VantageTxn *txn, gint64 stream, VantageOp *op,
                                     const VantageOpFacts *facts, GError **error);
/* Takes out unsent ops [@first_n, @first_n + @count) as if they had never been. */
gboolean vantage_txn_remove_ops (VantageTxn *txn, gint64 stream, const char *device, gint64 first_n,
                                 gint64 count, GError **error);

/* The state as the ops alone give it, whatever was kept beside them; nothing is written. */
VantageEntityState *vantage_txn_read_ops (VantageTxn *txn, gint64 stream, const char *entity,
                                          GError **error);
/* Works the heads and times of an entity out anew from all its ops; its row is written at the end
 * of the transaction. */
gboolean vantage_txn_recount (VantageTxn *txn, gint64 stream, const char *entity, GError **error);
/* Overwrites the bytes of an op by {"purged":@code}; its hash and name stay. */
gboolean vantage_txn_purge_op (VantageTxn *txn, gint64 row, const char *code, GError **error);

/* Columns that vantage_op_from_row () reads, in its order. */
#define VANTAGE_OP_COLUMNS "op.d, op.n, op.t, op.entity, op.kind, op.field, op.body"
#define VANTAGE_N_OP_COLUMNS 7
/* The op in a row that begins with VANTAGE_OP_COLUMNS at @column. A purged one has the value null.
 * (transfer full); NULL with @error: bytes that cannot be read. */
VantageOp *vantage_op_from_row (VantageStmt *stmt, int column, GError **error);
/* By name; NULL without error: it is not here. (transfer full) */
VantageOp *vantage_db_load_op (VantageDb *db, gint64 stream, const VantageOpId *id, GError **error);
/* All ops of an entity by (t, d, n). (transfer full) (element-type VantageOp) */
GPtrArray *vantage_db_load_entity_ops (VantageDb *db, gint64 stream, const char *entity,
                                       GError **error);

G_END_DECLS
