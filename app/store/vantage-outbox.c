/* vantage-outbox.c: own ops on their way out: taken to be sent, renamed, voided. */

#include "vantage-stream.h"

#include <string.h>

#include "vantage-edit-private.h"
#include "vantage-entity-cache.h"
#include "vantage-id.h"

#define MAX_PUSH_BYTES (2 * 1024 * 1024)

/* ---- taking what waits ---- */

static char *
find_waiting_device (VantageTxn *txn, gint64 stream, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "SELECT device.id FROM device WHERE EXISTS (SELECT 1 FROM op WHERE op.stream = ?"
      " AND op.d = device.id AND op.seq IS NULL AND op.sent < 2) ORDER BY since_us, id LIMIT 1",
      error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  return vantage_stmt_step (&stmt, error) ? g_strdup (vantage_stmt_get_text (&stmt, 0)) : NULL;
}

static GPtrArray *
load_waiting (VantageTxn *txn, gint64 stream, const char *device, guint limit, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  gsize n_bytes = 0;
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db,
                          "SELECT " VANTAGE_OP_COLUMNS " FROM op WHERE stream = ? AND d = ?"
                          " AND seq IS NULL AND sent < 2 ORDER BY n LIMIT ?",
                          error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, device);
  vantage_stmt_bind_int (&stmt, 3, limit + VANTAGE_GROUP_MAX);
  while (vantage_stmt_step (&stmt, error) && n_bytes < MAX_PUSH_BYTES)
    {
      VantageOp *op = vantage_op_from_row (&stmt, 0, error);

      if (op == NULL)
        return NULL;
      g_ptr_array_add (ops, op);
      n_bytes += op->n_bytes;
    }
  return stmt.failed ? NULL : g_steal_pointer (&ops);
}

/* Keeps whole groups up to @limit ops, and the first group in any case. */
static void
cut_at_group (GPtrArray *ops, guint limit)
{
  guint keep = 0;

  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = ops->pdata[i];
      gboolean ends = op->id.n == op->group_first + op->group_count - 1;

      if (ends && (keep == 0 || i + 1 <= limit))
        keep = i + 1;
    }
  if (keep > 0)
    g_ptr_array_set_size (ops, (int) keep);
}

static gboolean
seal (VantageTxn *txn, gint64 stream, const char *device, gint64 last_n, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "UPDATE op SET sent = 1 WHERE stream = ? AND d = ? AND n <= ? AND sent = 0"
      " AND seq IS NULL",
      error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, device);
  vantage_stmt_bind_int (&stmt, 3, last_n);
  return vantage_stmt_run (&stmt, error);
}

static GPtrArray *
take_unsent (VantageTxn *txn, const char *stream, guint limit, char **out_device, GError **error)
{
  gint64 number = vantage_txn_find_stream (txn, stream, error);
  g_autofree char *device = number != 0 ? find_waiting_device (txn, number, error) : NULL;
  g_autoptr (GPtrArray) ops = NULL;

  if (device == NULL)
    return error != NULL && *error != NULL
               ? NULL
               : g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  ops = load_waiting (txn, number, device, limit, error);
  if (ops == NULL)
    return NULL;
  cut_at_group (ops, limit);
  if (!seal (txn, number, device, ((VantageOp *) ops->pdata[ops->len - 1])->id.n, error) ||
      !vantage_txn_commit (txn, error))
    return NULL;
  *out_device = g_steal_pointer (&device);
  return g_steal_pointer (&ops);
}

GPtrArray *
vantage_library_take_unsent (VantageLibrary *library, const char *stream, guint limit,
                             char **out_device, GError **error)
{
  g_autoptr (VantageTxn) txn = NULL;
  GError *local_error = NULL;
  GPtrArray *ops = NULL;

  *out_device = NULL;
  txn = vantage_txn_begin (library, &local_error);
  if (txn != NULL)
    ops = take_unsent (txn, stream, MIN (limit, VANTAGE_STREAM_PAGE), out_device, &local_error);
  if (ops == NULL)
    {
      vantage_store_convert_error (&local_error);
      g_propagate_error (error, local_error);
    }
  return ops;
}

/* ---- another device ---- */

static gboolean
take_new_device (VantageTxn *txn, char **out_device, GError **error)
{
  g_autofree char *device = vantage_device_new ();
  g_auto (VantageStmt) known =
      vantage_db_prepare (txn->db, "INSERT INTO device (id, since_us) VALUES (?, ?)", error);
  g_auto (VantageStmt) row = vantage_db_prepare (txn->db, "UPDATE library SET device = ?", error);

  vantage_stmt_bind_text (&known, 1, device);
  vantage_stmt_bind_int (&known, 2, txn->now_us);
  vantage_stmt_bind_text (&row, 1, device);
  *out_device = g_strdup (device);
  return vantage_stmt_run (&known, error) && vantage_stmt_run (&row, error);
}

static GPtrArray *
load_all_waiting (VantageTxn *txn, gint64 stream, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "SELECT " VANTAGE_OP_COLUMNS " FROM op JOIN device ON device.id = op.d WHERE op.stream = ?"
      " AND op.seq IS NULL AND op.sent < 2 ORDER BY device.since_us, op.d, op.n",
      error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageOp *op = vantage_op_from_row (&stmt, 0, error);

      if (op == NULL)
        return NULL;
      g_ptr_array_add (ops, op);
    }
  return stmt.failed ? NULL : g_steal_pointer (&ops);
}

/* old "device:n" → new n */
static gint64
get_new_n (GHashTable *names, const VantageOpId *id)
{
  g_autofree char *name = vantage_op_id_to_text (id);
  const gint64 *n = g_hash_table_lookup (names, name);

  return n != NULL ? *n : 0;
}

/* What a deletion had seen, under the new names too; the old ones stay, for what was sent. */
static GHashTable *
rename_seen (VantageOp *op, GPtrArray *ops, GHashTable *names, const char *device)
{
  GHashTable *seen;
  GHashTableIter iter;
  gpointer key, value;
  gint64 greatest = 0;

  if (op->seen == NULL)
    return NULL;
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, op->seen);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (seen, g_strdup (key), g_memdup2 (value, sizeof (gint64)));
  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *other = ops->pdata[i];
      const gint64 *n = g_hash_table_lookup (op->seen, other->id.device);

      if (n != NULL && other->id.n <= *n)
        greatest = MAX (greatest, get_new_n (names, &other->id));
    }
  if (greatest > 0)
    g_hash_table_insert (seen, g_strdup (device), g_memdup2 (&greatest, sizeof greatest));
  return seen;
}

static VantageOp *
rename_op (VantageOp *op, GPtrArray *ops, GHashTable *names, const char *device, GError **error)
{
  g_autofree VantageOpId *previous = g_new0 (VantageOpId, op->n_previous + 1);
  g_autoptr (GHashTable) seen = rename_seen (op, ops, names, device);
  VantageOpDraft draft = {
    .stamp = op->stamp,
    .entity = op->entity,
    .kind = op->kind,
    .field = op->field,
    .value = op->value,
    .previous = previous,
    .n_previous = op->n_previous,
    .group_count = op->group_count,
    .seen = seen,
  };

  g_strlcpy (draft.id.device, device, sizeof draft.id.device);
  draft.id.n = get_new_n (names, &op->id);
  draft.group_first = draft.id.n - (op->id.n - op->group_first);
  for (guint i = 0; i < op->n_previous; i++)
    {
      gint64 n = get_new_n (names, &op->previous[i]);

      previous[i] = op->previous[i];
      if (n == 0)
        continue;
      g_strlcpy (previous[i].device, device, sizeof previous[i].device);
      previous[i].n = n;
    }
  return vantage_op_new (&draft, error);
}

static gboolean
rename_group (VantageTxn *txn, gint64 stream, VantageOp *old, VantageOp *renamed, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "UPDATE edit_group SET d = ?, first_n = ? WHERE stream = ? AND d = ? AND first_n = ?", error);

  if (old->id.n != old->group_first)
    return TRUE;
  vantage_stmt_bind_text (&stmt, 1, renamed->id.device);
  vantage_stmt_bind_int (&stmt, 2, renamed->group_first);
  vantage_stmt_bind_int (&stmt, 3, stream);
  vantage_stmt_bind_text (&stmt, 4, old->id.device);
  vantage_stmt_bind_int (&stmt, 5, old->group_first);
  return vantage_stmt_run (&stmt, error);
}

static gboolean
replace_ops (VantageTxn *txn, gint64 stream, GPtrArray *ops, const char *device, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  VantageOpFacts facts = { 0 };

  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = ops->pdata[i];
      gint64 n = i + 1;

      g_hash_table_insert (names, vantage_op_id_to_text (&op->id), g_memdup2 (&n, sizeof n));
      if (!vantage_txn_remove_ops (txn, stream, op->id.device, op->id.n, 1, error))
        return FALSE;
    }
  for (guint i = 0; i < ops->len; i++)
    {
      g_autoptr (VantageOp) renamed = rename_op (ops->pdata[i], ops, names, device, error);

      if (renamed == NULL ||
          vantage_txn_add_op (txn, stream, renamed, &facts, error) != VANTAGE_OP_ADDED ||
          !rename_group (txn, stream, ops->pdata[i], renamed, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
renumber (VantageTxn *txn, const char *stream, char **out_device, GError **error)
{
  gint64 number = vantage_txn_find_stream (txn, stream, error);
  g_autoptr (GPtrArray) ops = number != 0 ? load_all_waiting (txn, number, error) : NULL;

  txn->library->typing_edit = 0;
  return ops != NULL && take_new_device (txn, out_device, error) &&
         replace_ops (txn, number, ops, *out_device, error);
}

char *
vantage_library_renumber (VantageLibrary *library, const char *stream, GError **error)
{
  VantageTxn *txn = vantage_txn_begin (library, error);
  g_autofree char *device = NULL;
  gboolean ok =
      txn != NULL && renumber (txn, stream, &device, error) && vantage_txn_commit (txn, error);

  if (ok)
    {
      g_ptr_array_add (library->old_devices, library->device);
      library->device = g_strdup (device);
    }
  else
    vantage_store_convert_error (error);
  vantage_txn_free (txn);
  if (ok)
    vantage_library_queue_feed (library);
  return ok ? g_steal_pointer (&device) : NULL;
}

/* ---- emptying the bin ---- */

/* What never left this computer is replaced by an op that says nothing and keeps its number; what
 * did loses its bytes and keeps its hash. The deletion itself stays. */
static gboolean
void_op (VantageTxn *txn, gint64 stream, gint64 row, VantageOp *op, GError **error)
{
  g_autoptr (VantageValue) nothing = vantage_value_new_null ();
  g_autoptr (VantageOp) empty = NULL;
  VantageOpDraft draft = { .id = op->id,
                           .stamp = op->stamp,
                           .entity = op->entity,
                           .kind = op->kind,
                           .field = VANTAGE_OP_FIELD_VOID,
                           .value = nothing,
                           .group_first = op->group_first,
                           .group_count = op->group_count };
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "UPDATE op SET field = ?, hash = ?, body = ? WHERE id = ?", error);
  g_auto (VantageStmt) listed = vantage_db_prepare (
      txn->db, "DELETE FROM op_prev WHERE stream = ? AND d = ? AND n = ? AND op = ?", error);

  empty = vantage_op_new (&draft, error);
  if (empty == NULL)
    return FALSE;
  for (guint i = 0; i < op->n_previous; i++)
    {
      vantage_stmt_bind_int (&listed, 1, stream);
      vantage_stmt_bind_text (&listed, 2, op->previous[i].device);
      vantage_stmt_bind_int (&listed, 3, op->previous[i].n);
      vantage_stmt_bind_int (&listed, 4, row);
      if (!vantage_stmt_run (&listed, error))
        return FALSE;
    }
  vantage_stmt_bind_text (&stmt, 1, empty->field);
  vantage_stmt_bind_blob (&stmt, 2, empty->hash, sizeof empty->hash);
  vantage_stmt_bind_blob (&stmt, 3, empty->bytes, empty->n_bytes);
  vantage_stmt_bind_int (&stmt, 4, row);
  return vantage_stmt_run (&stmt, error);
}

static gboolean
purge_entity (VantageTxn *txn, gint64 stream, const char *entity, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "SELECT op.id, op.sent = 0 AND op.seq IS NULL AND op.d IN (SELECT id FROM device)"
      ", " VANTAGE_OP_COLUMNS " FROM op WHERE stream = ? AND entity = ? AND substr (field, 1, 1)"
      " <> '#'",
      error);
  g_auto (VantageStmt) steps = vantage_db_prepare (
      txn->db,
      "UPDATE edit SET state = 3 WHERE sort = 0 AND state IN (0, 1) AND id IN (SELECT edit FROM"
      " edit_group JOIN op ON op.stream = edit_group.stream AND op.d = edit_group.d AND op.n >="
      " edit_group.first_n AND op.n < edit_group.first_n + edit_group.count"
      " WHERE op.stream = ? AND op.entity = ?)",
      error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, entity);
  while (vantage_stmt_step (&stmt, error))
    {
      g_autoptr (VantageOp) op = vantage_op_from_row (&stmt, 2, error);
      gint64 row = vantage_stmt_get_int (&stmt, 0);

      if (op == NULL ||
          !(vantage_stmt_get_int (&stmt, 1) != 0 ? void_op (txn, stream, row, op, error)
                                                 : vantage_txn_purge_op (txn, row, "bin", error)))
        return FALSE;
    }
  vantage_stmt_bind_int (&steps, 1, stream);
  vantage_stmt_bind_text (&steps, 2, entity);
  return !stmt.failed && vantage_stmt_run (&steps, error) &&
         vantage_txn_recount (txn, stream, entity, error);
}

typedef struct
{
  gint64 stream;
  char *entity;
} BinEntry;

static void
free_bin_entry (gpointer data)
{
  g_free (((BinEntry *) data)->entity);
  g_free (data);
}

static gboolean
empty_bin (VantageTxn *txn, const char *review, const char *only, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_bin_entry);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "WITH gone AS (SELECT entity.stream, entity.id FROM entity JOIN stream ON stream.number ="
      " entity.stream WHERE stream.review = ?1 AND entity.deleted = 1"
      " AND (?2 = '' OR entity.id = ?2))"
      " SELECT entity.stream, entity.id FROM entity JOIN gone ON gone.stream = entity.stream"
      " AND gone.id = entity.id WHERE entity.registers <> '{}' UNION SELECT entity.stream,"
      " entity.id FROM entity JOIN stream ON stream.number = entity.stream WHERE stream.review = ?1"
      " AND entity.kind = 'block' AND json_extract (entity.registers, '$.of') IN (SELECT id FROM"
      " gone)",
      error);

  /* Paragraphs go with what they belong to. */
  vantage_stmt_bind_text (&stmt, 1, review);
  vantage_stmt_bind_text (&stmt, 2, only);
  while (vantage_stmt_step (&stmt, error))
    {
      BinEntry *entry = g_new (BinEntry, 1);

      *entry = (BinEntry){ vantage_stmt_get_int (&stmt, 0),
                           g_strdup (vantage_stmt_get_text (&stmt, 1)) };
      g_ptr_array_add (entries, entry);
    }
  if (stmt.failed)
    return FALSE;
  txn->library->typing_edit = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      BinEntry *entry = entries->pdata[i];

      if (!purge_entity (txn, entry->stream, entry->entity, error))
        return FALSE;
    }
  return TRUE;
}

/* Deleted bytes leave the file, and the log beside it. */
static void
shed_pages (VantageLibrary *library)
{
  if (!vantage_folder_lock_take (library->lock, NULL))
    return;
  vantage_db_exec (library->db, "PRAGMA incremental_vacuum", NULL);
  sqlite3_wal_checkpoint_v2 (vantage_db_get_handle (library->db), NULL, SQLITE_CHECKPOINT_TRUNCATE,
                             NULL, NULL);
  vantage_folder_lock_give_back (library->lock);
}

static gboolean
remove_for_good (VantageLibrary *self, const char *review, const char *only, GError **error)
{
  VantageTxn *txn = vantage_txn_begin (self, error);
  gboolean ok = txn != NULL && empty_bin (txn, review != NULL ? review : "", only, error) &&
                vantage_txn_commit (txn, error);

  vantage_txn_free (txn);
  if (!ok)
    return vantage_store_convert_error (error);
  shed_pages (self);
  vantage_library_queue_feed (self);
  return TRUE;
}

gboolean
vantage_library_empty_bin (VantageLibrary *self, const char *review, GError **error)
{
  return remove_for_good (self, review, "", error);
}

gboolean
vantage_library_purge (VantageLibrary *self, const char *review, const char *id, GError **error)
{
  return remove_for_good (self, review, id, error);
}
