/* vantage-oplog.c: the log of ops. An op goes in once, in any order; what is kept beside it (who
 * lists whom, which are heads) depends on the set of ops alone. */

#include "vantage-oplog.h"

#include <string.h>

#include "vantage-entity-cache.h"

static void
free_head (gpointer data)
{
  VantageHead *head = data;

  vantage_op_unref (head->op);
  g_free (head);
}

void
vantage_entity_state_free (gpointer data)
{
  VantageEntityState *self = data;

  g_hash_table_unref (self->heads);
  g_free (self->entity);
  g_free (self->kind);
  g_free (self->by);
  g_free (self);
}

GPtrArray *
vantage_entity_state_get_heads (VantageEntityState *self, const char *field)
{
  return g_hash_table_lookup (self->heads, field);
}

/* ---- reading ops ---- */

static gboolean
is_purged (const char *body, gsize size)
{
  return size >= 9 && memcmp (body, "{\"purged\"", 9) == 0;
}

/* The bytes are gone; what the columns know is enough for history and merging. */
static VantageOp *
make_purged_op (VantageStmt *stmt, int column, GError **error)
{
  g_autoptr (VantageValue) nothing = vantage_value_new_null ();
  VantageOpDraft draft = {
    .stamp = (VantageStamp) vantage_stmt_get_int (stmt, column + 2),
    .entity = vantage_stmt_get_text (stmt, column + 3),
    .kind = vantage_stmt_get_text (stmt, column + 4),
    .field = vantage_stmt_get_text (stmt, column + 5),
    .value = nothing,
    .group_count = 1,
  };

  g_strlcpy (draft.id.device, vantage_stmt_get_text (stmt, column), sizeof draft.id.device);
  draft.id.n = draft.group_first = vantage_stmt_get_int (stmt, column + 1);
  return vantage_op_new (&draft, error);
}

VantageOp *
vantage_op_from_row (VantageStmt *stmt, int column, GError **error)
{
  gsize size = 0;
  const char *body = vantage_stmt_get_blob (stmt, column + 6, &size);

  return is_purged (body, size) ? make_purged_op (stmt, column, error)
                                : vantage_op_parse (body, size, error);
}

VantageOp *
vantage_db_load_op (VantageDb *db, gint64 stream, const VantageOpId *id, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db, "SELECT " VANTAGE_OP_COLUMNS " FROM op WHERE stream = ? AND d = ? AND n = ?", error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, id->device);
  vantage_stmt_bind_int (&stmt, 3, id->n);
  return vantage_stmt_step (&stmt, error) ? vantage_op_from_row (&stmt, 0, error) : NULL;
}

GPtrArray *
vantage_db_load_entity_ops (VantageDb *db, gint64 stream, const char *entity, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db, "SELECT " VANTAGE_OP_COLUMNS " FROM op WHERE stream = ? AND entity = ? ORDER BY t, d, n",
      error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, entity);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageOp *op = vantage_op_from_row (&stmt, 0, error);

      if (op == NULL)
        return NULL;
      g_ptr_array_add (ops, op);
    }
  return stmt.failed ? NULL : g_steal_pointer (&ops);
}

/* ---- the state of one entity ---- */

static void
add_head (VantageEntityState *state, gint64 row, VantageOp *op)
{
  GPtrArray *heads = g_hash_table_lookup (state->heads, op->field);
  VantageHead *head = g_new (VantageHead, 1);

  *head = (VantageHead){ row, vantage_op_ref (op) };
  if (heads == NULL)
    {
      heads = g_ptr_array_new_with_free_func (free_head);
      g_hash_table_insert (state->heads, g_strdup (op->field), heads);
    }
  g_ptr_array_add (heads, head);
}

static gboolean
load_heads (VantageTxn *txn, VantageEntityState *state, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "SELECT op.id, " VANTAGE_OP_COLUMNS " FROM reg_head JOIN op ON op.id = reg_head.op"
      " WHERE reg_head.stream = ? AND reg_head.entity = ?",
      error);

  vantage_stmt_bind_int (&stmt, 1, state->stream);
  vantage_stmt_bind_text (&stmt, 2, state->entity);
  while (vantage_stmt_step (&stmt, error))
    {
      g_autoptr (VantageOp) op = vantage_op_from_row (&stmt, 1, error);

      if (op == NULL)
        return FALSE;
      add_head (state, vantage_stmt_get_int (&stmt, 0), op);
    }
  return !stmt.failed;
}

static gboolean
load_state (VantageTxn *txn, VantageEntityState *state, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "SELECT key, kind, by, first_n, created, changed FROM entity WHERE stream = ? AND id = ?",
      error);

  vantage_stmt_bind_int (&stmt, 1, state->stream);
  vantage_stmt_bind_text (&stmt, 2, state->entity);
  if (!vantage_stmt_step (&stmt, error))
    return !stmt.failed;

  state->key = vantage_stmt_get_int (&stmt, 0);
  state->kind = g_strdup (vantage_stmt_get_text (&stmt, 1));
  state->by = g_strdup (vantage_stmt_get_text (&stmt, 2));
  state->first_n = vantage_stmt_get_int (&stmt, 3);
  state->created = (VantageStamp) vantage_stmt_get_int (&stmt, 4);
  state->changed = (VantageStamp) vantage_stmt_get_int (&stmt, 5);
  return load_heads (txn, state, error);
}

VantageEntityState *
vantage_txn_get_state (VantageTxn *txn, gint64 stream, const char *entity, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", stream, entity);
  VantageEntityState *state = g_hash_table_lookup (txn->states, key);

  if (state != NULL)
    return state;

  state = g_new0 (VantageEntityState, 1);
  state->stream = stream;
  state->entity = g_strdup (entity);
  state->heads =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  if (!load_state (txn, state, error))
    {
      vantage_entity_state_free (state);
      return NULL;
    }
  g_hash_table_insert (txn->states, g_steal_pointer (&key), state);
  return state;
}

static int
compare_with_first (VantageEntityState *state, VantageOp *op)
{
  if (op->stamp != state->created)
    return op->stamp < state->created ? -1 : 1;
  int by_device = strcmp (op->id.device, state->by);

  if (by_device != 0)
    return by_device;
  return op->id.n < state->first_n ? -1 : op->id.n > state->first_n;
}

static void
note_times (VantageEntityState *state, VantageOp *op)
{
  if (state->kind == NULL || compare_with_first (state, op) < 0)
    {
      g_free (state->kind);
      g_free (state->by);
      state->kind = g_strdup (op->kind);
      state->by = g_strdup (op->id.device);
      state->first_n = op->id.n;
      state->created = op->stamp;
    }
  state->changed = MAX (state->changed, op->stamp);
  state->dirty = TRUE;
}

/* ---- heads ---- */

static gboolean
write_head (VantageTxn *txn, VantageEntityState *state, gint64 row, gboolean is_head,
            GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      is_head ? "INSERT OR IGNORE INTO reg_head (stream, entity, op) VALUES (?, ?, ?)"
              : "DELETE FROM reg_head WHERE stream = ? AND entity = ? AND op = ?",
      error);

  vantage_stmt_bind_int (&stmt, 1, state->stream);
  vantage_stmt_bind_text (&stmt, 2, state->entity);
  vantage_stmt_bind_int (&stmt, 3, row);
  return vantage_stmt_run (&stmt, error);
}

/* Whether a known op of the same register lists this one. */
static gboolean
is_listed (VantageTxn *txn, VantageEntityState *state, VantageOp *op, gboolean *out_listed,
           GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db,
                          "SELECT 1 FROM op_prev JOIN op ON op.id = op_prev.op"
                          " WHERE op_prev.stream = ? AND op_prev.d = ? AND op_prev.n = ?"
                          " AND op.entity = ? AND op.field = ? LIMIT 1",
                          error);

  vantage_stmt_bind_int (&stmt, 1, state->stream);
  vantage_stmt_bind_text (&stmt, 2, op->id.device);
  vantage_stmt_bind_int (&stmt, 3, op->id.n);
  vantage_stmt_bind_text (&stmt, 4, state->entity);
  vantage_stmt_bind_text (&stmt, 5, op->field);
  *out_listed = vantage_stmt_step (&stmt, error);
  return !stmt.failed;
}

static gboolean
drop_listed_heads (VantageTxn *txn, VantageEntityState *state, VantageOp *op, GError **error)
{
  GPtrArray *heads = g_hash_table_lookup (state->heads, op->field);

  for (guint i = 0; heads != NULL && i < op->n_previous; i++)
    for (guint j = heads->len; j-- > 0;)
      {
        VantageHead *head = heads->pdata[j];

        if (!vantage_op_id_equal (&head->op->id, &op->previous[i]))
          continue;
        if (!write_head (txn, state, head->row, FALSE, error))
          return FALSE;
        g_ptr_array_remove_index (heads, j);
      }
  if (heads != NULL && heads->len == 0)
    g_hash_table_remove (state->heads, op->field);
  return TRUE;
}

static gboolean
write_previous (VantageTxn *txn, gint64 stream, gint64 row, VantageOp *op, GError **error)
{
  for (guint i = 0; i < op->n_previous; i++)
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (
          txn->db, "INSERT OR IGNORE INTO op_prev (stream, d, n, op) VALUES (?, ?, ?, ?)", error);

      vantage_stmt_bind_int (&stmt, 1, stream);
      vantage_stmt_bind_text (&stmt, 2, op->previous[i].device);
      vantage_stmt_bind_int (&stmt, 3, op->previous[i].n);
      vantage_stmt_bind_int (&stmt, 4, row);
      if (!vantage_stmt_run (&stmt, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- adding ---- */

static gint64
insert_op (VantageTxn *txn, gint64 stream, VantageOp *op, const VantageOpFacts *facts,
           GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "INSERT INTO op (stream, d, n, t, entity, kind, field, g, seq, sent, by_user, rx, hash, body)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (stream, d, n) DO NOTHING",
      error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, op->id.device);
  vantage_stmt_bind_int (&stmt, 3, op->id.n);
  vantage_stmt_bind_int (&stmt, 4, (gint64) op->stamp);
  vantage_stmt_bind_text (&stmt, 5, op->entity);
  vantage_stmt_bind_text (&stmt, 6, op->kind);
  vantage_stmt_bind_text (&stmt, 7, op->field);
  vantage_stmt_bind_int (&stmt, 8, op->group_first);
  if (facts->seq > 0)
    {
      vantage_stmt_bind_int (&stmt, 9, facts->seq);
      vantage_stmt_bind_text (&stmt, 11, facts->by_user);
      vantage_stmt_bind_int (&stmt, 12, facts->rx_ms);
    }
  vantage_stmt_bind_int (&stmt, 10, facts->seq > 0 ? 2 : 0);
  vantage_stmt_bind_blob (&stmt, 13, op->hash, sizeof op->hash);
  vantage_stmt_bind_blob (&stmt, 14, op->bytes, op->n_bytes);
  if (!vantage_stmt_run (&stmt, error))
    return -1;
  return sqlite3_changes (vantage_db_get_handle (txn->db)) == 0
             ? 0
             : sqlite3_last_insert_rowid (vantage_db_get_handle (txn->db));
}

static gboolean
note_number (VantageTxn *txn, gint64 row, const VantageOpFacts *facts, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "UPDATE op SET seq = ?, by_user = ?, rx = ?, sent = 2 WHERE id = ?", error);

  vantage_stmt_bind_int (&stmt, 1, facts->seq);
  vantage_stmt_bind_text (&stmt, 2, facts->by_user);
  vantage_stmt_bind_int (&stmt, 3, facts->rx_ms);
  vantage_stmt_bind_int (&stmt, 4, row);
  return vantage_stmt_run (&stmt, error);
}

static VantageOpOutcome
meet_known_op (VantageTxn *txn, gint64 stream, VantageOp *op, const VantageOpFacts *facts,
               GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "SELECT id, hash FROM op WHERE stream = ? AND d = ? AND n = ?", error);
  const void *hash;
  gsize size = 0;
  gint64 row;

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, op->id.device);
  vantage_stmt_bind_int (&stmt, 3, op->id.n);
  if (!vantage_stmt_step (&stmt, error))
    return VANTAGE_OP_FAILED;
  row = vantage_stmt_get_int (&stmt, 0);
  hash = vantage_stmt_get_blob (&stmt, 1, &size);
  if (size != sizeof op->hash || memcmp (hash, op->hash, size) != 0)
    return VANTAGE_OP_REUSED;
  if (facts->seq > 0 && !note_number (txn, row, facts, error))
    return VANTAGE_OP_FAILED;
  return VANTAGE_OP_KNOWN;
}

VantageOpOutcome
vantage_txn_add_op (VantageTxn *txn, gint64 stream, VantageOp *op, const VantageOpFacts *facts,
                    GError **error)
{
  VantageEntityState *state;
  gboolean listed = FALSE;
  gint64 row = insert_op (txn, stream, op, facts, error);

  if (row < 0)
    return VANTAGE_OP_FAILED;
  if (row == 0)
    return meet_known_op (txn, stream, op, facts, error);

  vantage_clock_receive (&txn->clock, op->stamp, txn->now_us);
  state = vantage_txn_get_state (txn, stream, op->entity, error);
  if (state == NULL || !is_listed (txn, state, op, &listed, error) ||
      !drop_listed_heads (txn, state, op, error) || !write_previous (txn, stream, row, op, error))
    return VANTAGE_OP_FAILED;
  if (!listed)
    {
      if (!write_head (txn, state, row, TRUE, error))
        return VANTAGE_OP_FAILED;
      add_head (state, row, op);
    }
  note_times (state, op);
  return VANTAGE_OP_ADDED;
}

/* ---- taking out ---- */

static gboolean
delete_op (VantageTxn *txn, gint64 stream, gint64 row, VantageOp *op, GError **error)
{
  for (guint i = 0; i < op->n_previous; i++)
    {
      g_auto (VantageStmt) previous = vantage_db_prepare (
          txn->db, "DELETE FROM op_prev WHERE stream = ? AND d = ? AND n = ? AND op = ?", error);

      vantage_stmt_bind_int (&previous, 1, stream);
      vantage_stmt_bind_text (&previous, 2, op->previous[i].device);
      vantage_stmt_bind_int (&previous, 3, op->previous[i].n);
      vantage_stmt_bind_int (&previous, 4, row);
      if (!vantage_stmt_run (&previous, error))
        return FALSE;
    }

  g_auto (VantageStmt) stmt = vantage_db_prepare (txn->db, "DELETE FROM op WHERE id = ?", error);

  vantage_stmt_bind_int (&stmt, 1, row);
  return vantage_stmt_run (&stmt, error);
}

static gboolean
read_ops (VantageTxn *txn, VantageEntityState *state, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "SELECT op.id, " VANTAGE_OP_COLUMNS " FROM op WHERE stream = ? AND entity = ?",
      error);

  g_hash_table_remove_all (state->heads);
  g_clear_pointer (&state->kind, g_free);
  g_clear_pointer (&state->by, g_free);
  state->changed = 0;
  vantage_stmt_bind_int (&stmt, 1, state->stream);
  vantage_stmt_bind_text (&stmt, 2, state->entity);
  while (vantage_stmt_step (&stmt, error))
    {
      g_autoptr (VantageOp) op = vantage_op_from_row (&stmt, 1, error);
      gboolean listed = FALSE;

      if (op == NULL || !is_listed (txn, state, op, &listed, error))
        return FALSE;
      note_times (state, op);
      if (!listed)
        add_head (state, vantage_stmt_get_int (&stmt, 0), op);
    }
  return !stmt.failed;
}

static gboolean
write_heads (VantageTxn *txn, VantageEntityState *state, GError **error)
{
  g_auto (VantageStmt) clear =
      vantage_db_prepare (txn->db, "DELETE FROM reg_head WHERE stream = ? AND entity = ?", error);
  GHashTableIter iter;
  gpointer heads;

  vantage_stmt_bind_int (&clear, 1, state->stream);
  vantage_stmt_bind_text (&clear, 2, state->entity);
  if (!vantage_stmt_run (&clear, error))
    return FALSE;

  g_hash_table_iter_init (&iter, state->heads);
  while (g_hash_table_iter_next (&iter, NULL, &heads))
    for (guint i = 0; i < ((GPtrArray *) heads)->len; i++)
      {
        VantageHead *head = ((GPtrArray *) heads)->pdata[i];

        if (!write_head (txn, state, head->row, TRUE, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
recount_state (VantageTxn *txn, VantageEntityState *state, GError **error)
{
  if (!read_ops (txn, state, error) || !write_heads (txn, state, error))
    return FALSE;
  state->dirty = TRUE;
  return TRUE;
}

VantageEntityState *
vantage_txn_read_ops (VantageTxn *txn, gint64 stream, const char *entity, GError **error)
{
  VantageEntityState *state = vantage_txn_get_state (txn, stream, entity, error);

  return state != NULL && read_ops (txn, state, error) ? state : NULL;
}

gboolean
vantage_txn_recount (VantageTxn *txn, gint64 stream, const char *entity, GError **error)
{
  VantageEntityState *state = vantage_txn_get_state (txn, stream, entity, error);

  return state != NULL && recount_state (txn, state, error);
}

gboolean
vantage_txn_purge_op (VantageTxn *txn, gint64 row, const char *code, GError **error)
{
  g_autofree char *body = g_strdup_printf ("{\"purged\":\"%s\"}", code);
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db, "UPDATE op SET body = ? WHERE id = ?", error);

  vantage_stmt_bind_blob (&stmt, 1, body, strlen (body));
  vantage_stmt_bind_int (&stmt, 2, row);
  return vantage_stmt_run (&stmt, error);
}

gboolean
vantage_txn_remove_ops (VantageTxn *txn, gint64 stream, const char *device, gint64 first_n,
                        gint64 count, GError **error)
{
  g_autoptr (GHashTable) entities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db,
                          "SELECT op.id, " VANTAGE_OP_COLUMNS
                          " FROM op WHERE stream = ? AND d = ? AND n >= ? AND n < ?",
                          error);
  GHashTableIter iter;
  gpointer entity;

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, device);
  vantage_stmt_bind_int (&stmt, 3, first_n);
  vantage_stmt_bind_int (&stmt, 4, first_n + count);
  while (vantage_stmt_step (&stmt, error))
    {
      g_autoptr (VantageOp) op = vantage_op_from_row (&stmt, 1, error);

      if (op == NULL || !delete_op (txn, stream, vantage_stmt_get_int (&stmt, 0), op, error))
        return FALSE;
      g_hash_table_add (entities, g_strdup (op->entity));
    }
  if (stmt.failed)
    return FALSE;

  g_hash_table_iter_init (&iter, entities);
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    {
      VantageEntityState *state = vantage_txn_get_state (txn, stream, entity, error);

      if (state == NULL || !recount_state (txn, state, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- transactions ---- */

static gboolean
read_library_row (VantageTxn *self, GError **error)
{
  VantageLibrary *library = self->library;
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "SELECT device, clock, touched FROM library", error);

  if (!vantage_stmt_step (&stmt, error))
    {
      if (!stmt.failed)
        g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_DAMAGED,
                     "library.db has lost its first row");
      return FALSE;
    }
  /* Sync in another program may have taken a new name for this library. */
  if (g_strcmp0 (library->device, vantage_stmt_get_text (&stmt, 0)) != 0)
    {
      g_ptr_array_add (library->old_devices, library->device);
      library->device = g_strdup (vantage_stmt_get_text (&stmt, 0));
    }
  self->clock.last = (VantageStamp) vantage_stmt_get_int (&stmt, 1);
  self->touched = vantage_stmt_get_int (&stmt, 2);
  return TRUE;
}

static gboolean
write_library_row (VantageTxn *self, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "UPDATE library SET clock = ?, touched = ?", error);

  vantage_stmt_bind_int (&stmt, 1, (gint64) self->clock.last);
  vantage_stmt_bind_int (&stmt, 2, self->touched);
  return vantage_stmt_run (&stmt, error);
}

VantageTxn *
vantage_txn_begin (VantageLibrary *library, GError **error)
{
  VantageTxn *self = NULL;

  if (library->closed)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_FAILED, "the library is closed");
      return NULL;
    }
  if (!vantage_folder_lock_take (library->lock, error))
    {
      vantage_store_convert_error (error);
      return NULL;
    }

  self = g_new0 (VantageTxn, 1);
  self->library = library;
  self->db = library->db;
  self->now_us = vantage_library_now_us (library);
  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, vantage_entity_state_free);
  self->open = vantage_db_begin (self->db, error);
  if (self->open && read_library_row (self, error))
    return self;

  vantage_store_convert_error (error);
  vantage_txn_free (self);
  return NULL;
}

gboolean
vantage_txn_commit (VantageTxn *self, GError **error)
{
  if (!vantage_txn_flush (self, error) || !write_library_row (self, error))
    return vantage_store_convert_error (error);

  self->open = FALSE;
  return vantage_db_commit (self->db, error) || vantage_store_convert_error (error);
}

void
vantage_txn_free (VantageTxn *self)
{
  if (self == NULL)
    return;

  if (self->open)
    vantage_db_rollback (self->db);
  vantage_folder_lock_give_back (self->library->lock);
  g_hash_table_unref (self->states);
  g_free (self);
}

gint64
vantage_txn_get_last_n (VantageTxn *self, gint64 stream, const char *device, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db, "SELECT ifnull (max (n), 0) FROM op WHERE stream = ? AND d = ?", error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, device);
  return vantage_stmt_step (&stmt, error) ? vantage_stmt_get_int (&stmt, 0) : -1;
}
