/* vantage-stream.c: streams as sync sees them: pages that come, ops that wait to go. */

#include "vantage-stream.h"

#include <string.h>

#include "vantage-edit.h"
#include "vantage-entity-cache.h"
#include "vantage-oplog.h"

void
vantage_stream_info_free (VantageStreamInfo *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->review);
  g_free (self->epoch);
  g_free (self);
}

void
vantage_quarantined_free (VantageQuarantined *self)
{
  if (self == NULL)
    return;

  g_free (self->stream);
  g_free (self->why);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/* ---- reading ---- */

static VantageStreamInfo *
read_info (VantageStmt *stmt)
{
  VantageStreamInfo *info = g_new0 (VantageStreamInfo, 1);
  gsize size = 0;
  const void *digest = vantage_stmt_get_blob (stmt, 5, &size);

  info->id = g_strdup (vantage_stmt_get_text (stmt, 0));
  info->review = g_strdup (vantage_stmt_get_text (stmt, 1));
  info->sort = (VantageStreamSort) vantage_stmt_get_int (stmt, 2);
  info->epoch = g_strdup (vantage_stmt_get_text (stmt, 3));
  info->cursor = vantage_stmt_get_int (stmt, 4);
  if (size == sizeof info->digest)
    memcpy (info->digest, digest, size);
  info->purge_gen = vantage_stmt_get_int (stmt, 6);
  info->n_unsent = (guint64) vantage_stmt_get_int (stmt, 7);
  return info;
}

#define INFO_COLUMNS                                                                               \
  "id, review, sort, epoch, cursor, digest, purge_gen,"                                            \
  " (SELECT count(*) FROM op WHERE op.stream = stream.number AND op.seq IS NULL AND op.sent < 2"   \
  " AND op.d IN (SELECT device.id FROM device))"

static GPtrArray *
list_infos (VantageLibrary *library, const char *sql, const char *value, GError **error)
{
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_stream_info_free);
  gboolean failed;

  g_rec_mutex_lock (&library->reader_mutex);
  g_auto (VantageStmt) stmt = vantage_db_prepare (library->reader, sql, error);
  vantage_stmt_bind_text (&stmt, 1, value);
  while (vantage_stmt_step (&stmt, error))
    g_ptr_array_add (infos, read_info (&stmt));
  failed = stmt.failed;
  vantage_stmt_finish (&stmt);
  g_rec_mutex_unlock (&library->reader_mutex);

  if (!failed)
    return infos;
  vantage_store_convert_error (error);
  g_ptr_array_unref (infos);
  return NULL;
}

GPtrArray *
vantage_library_list_streams (VantageLibrary *library, const char *review, GError **error)
{
  return list_infos (library,
                     "SELECT " INFO_COLUMNS
                     " FROM stream WHERE ?1 IS NULL OR review = ?1 ORDER BY review, sort",
                     review, error);
}

VantageStreamInfo *
vantage_library_get_stream (VantageLibrary *library, const char *stream, GError **error)
{
  g_autoptr (GPtrArray) infos =
      list_infos (library, "SELECT " INFO_COLUMNS " FROM stream WHERE id = ?", stream, error);

  return infos != NULL && infos->len > 0 ? g_ptr_array_steal_index (infos, 0) : NULL;
}

GPtrArray *
vantage_library_list_quarantine (VantageLibrary *library, GError **error)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_quarantined_free);

  g_rec_mutex_lock (&library->reader_mutex);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      library->reader,
      "SELECT stream.id, ifnull (seq, 0), why, body FROM quarantine JOIN stream ON stream.number ="
      " quarantine.stream ORDER BY quarantine.id",
      error);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageQuarantined *one = g_new0 (VantageQuarantined, 1);
      gsize size = 0;
      const void *bytes = vantage_stmt_get_blob (&stmt, 3, &size);

      one->stream = g_strdup (vantage_stmt_get_text (&stmt, 0));
      one->seq = vantage_stmt_get_int (&stmt, 1);
      one->why = g_strdup (vantage_stmt_get_text (&stmt, 2));
      one->bytes = g_bytes_new (bytes, size);
      g_ptr_array_add (list, one);
    }
  vantage_stmt_finish (&stmt);
  g_rec_mutex_unlock (&library->reader_mutex);
  return list;
}

/* ---- writing: helpers ---- */

/* The number of a stream that must be there; 0 with @error. */
static gint64
need_stream (VantageTxn *txn, const char *stream, GError **error)
{
  GError *local_error = NULL;
  gint64 number = vantage_txn_find_stream (txn, stream, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else if (number == 0)
    g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND,
                 "there is no stream %s here", stream);
  return number;
}

static gboolean
finish (VantageTxn *txn, gboolean ok, GError **error)
{
  return (ok && vantage_txn_commit (txn, error)) || vantage_store_convert_error (error);
}

gboolean
vantage_library_add_stream (VantageLibrary *library, const char *stream, const char *review,
                            VantageStreamSort sort, GError **error)
{
  g_autoptr (VantageTxn) txn = vantage_txn_begin (library, error);

  return txn != NULL &&
         finish (txn, vantage_txn_ensure_stream (txn, stream, review, sort, error) != 0, error);
}

static gboolean
quarantine (VantageTxn *txn, gint64 stream, const VantageEnvelope *envelope, const guint8 *hash,
            const char *why, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "INSERT OR IGNORE INTO quarantine (stream, seq, by_user, rx, hash, body, why)"
      " VALUES (?, nullif (?, 0), ?, ?, ?, ?, ?)",
      error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_int (&stmt, 2, envelope->seq);
  vantage_stmt_bind_text (&stmt, 3, envelope->by);
  vantage_stmt_bind_int (&stmt, 4, envelope->rx_ms);
  vantage_stmt_bind_blob (&stmt, 5, hash, VANTAGE_HASH_SIZE);
  vantage_stmt_bind_blob (&stmt, 6, envelope->bytes, envelope->n_bytes);
  vantage_stmt_bind_text (&stmt, 7, why);
  return vantage_stmt_run (&stmt, error);
}

/* ---- ops from elsewhere ---- */

static VantageStreamSort
guess_sort (const char *stream, GPtrArray *ops)
{
  g_autofree char *org = vantage_store_dup_stream_id ("", VANTAGE_STREAM_ORG);

  if (strcmp (stream, org) == 0)
    return VANTAGE_STREAM_ORG;
  for (guint i = 0; i < ops->len; i++)
    if (vantage_store_get_sort (((VantageOp *) ops->pdata[i])->kind) == VANTAGE_STREAM_ORG)
      return VANTAGE_STREAM_ORG;
  return VANTAGE_STREAM_TEAM;
}

static gboolean
apply_op (VantageTxn *txn, gint64 stream, VantageOp *op, GError **error)
{
  VantageOpFacts facts = { 0 };
  VantageEnvelope envelope = { .bytes = op->bytes, .n_bytes = op->n_bytes };

  switch (vantage_txn_add_op (txn, stream, op, &facts, error))
    {
    case VANTAGE_OP_REUSED:
      return quarantine (txn, stream, &envelope, op->hash, "another change bears this name", error);
    case VANTAGE_OP_FAILED:
      return FALSE;
    default:
      return TRUE;
    }
}

static gboolean
apply_ops (VantageTxn *txn, const char *stream, GPtrArray *ops, GError **error)
{
  VantageStreamSort sort = guess_sort (stream, ops);
  gint64 number = vantage_txn_ensure_stream (txn, stream, sort == VANTAGE_STREAM_ORG ? "" : stream,
                                             sort, error);

  for (guint i = 0; number != 0 && i < ops->len; i++)
    if (!apply_op (txn, number, ops->pdata[i], error))
      return FALSE;
  return number != 0;
}

gboolean
vantage_library_apply (VantageLibrary *library, const char *stream, GPtrArray *ops, GError **error)
{
  VantageTxn *txn = vantage_txn_begin (library, error);
  gboolean ok = txn != NULL && finish (txn, apply_ops (txn, stream, ops, error), error);

  vantage_txn_free (txn);
  if (ok)
    vantage_library_queue_feed (library);
  return ok;
}

/* ---- pages of the server ---- */

typedef struct
{
  gint64 number;
  gint64 cursor;
  guint8 digest[VANTAGE_HASH_SIZE];
  VantageHash *hash;
} Chain;

static void
clear_chain (Chain *chain)
{
  g_clear_pointer (&chain->hash, vantage_hash_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chain, clear_chain)

static void
extend_chain (Chain *chain, gint64 seq, const char *by, const guint8 *hash)
{
  guint64 place = GUINT64_TO_BE ((guint64) seq);

  vantage_hash_update (chain->hash, chain->digest, sizeof chain->digest);
  vantage_hash_update (chain->hash, &place, sizeof place);
  if (by != NULL)
    vantage_hash_update (chain->hash, by, strlen (by));
  vantage_hash_update (chain->hash, hash, VANTAGE_HASH_SIZE);
  vantage_hash_finish (chain->hash, chain->digest);
  chain->cursor = seq;
}

/* @epoch: what the page claims; NULL: not asked. */
static gboolean
read_chain (VantageTxn *txn, const char *stream, const char *epoch, Chain *chain, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "SELECT cursor, digest, epoch FROM stream WHERE number = ?", error);
  const void *digest;
  gsize size = 0;

  chain->number = need_stream (txn, stream, error);
  if (chain->number == 0)
    return FALSE;
  vantage_stmt_bind_int (&stmt, 1, chain->number);
  if (!vantage_stmt_step (&stmt, error))
    return FALSE;

  chain->hash = vantage_hash_new ();
  chain->cursor = vantage_stmt_get_int (&stmt, 0);
  digest = vantage_stmt_get_blob (&stmt, 1, &size);
  if (size == sizeof chain->digest)
    memcpy (chain->digest, digest, size);
  if (epoch == NULL || vantage_stmt_is_null (&stmt, 2) ||
      g_strcmp0 (vantage_stmt_get_text (&stmt, 2), epoch) == 0)
    return TRUE;
  g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_STREAM,
               "stream %s: the server's history began anew", stream);
  return FALSE;
}

static gboolean
write_chain (VantageTxn *txn, const char *epoch, const Chain *chain, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "UPDATE stream SET cursor = ?, digest = ?, epoch = ifnull (?, epoch) WHERE number = ?",
      error);

  vantage_stmt_bind_int (&stmt, 1, chain->cursor);
  vantage_stmt_bind_blob (&stmt, 2, chain->digest, sizeof chain->digest);
  vantage_stmt_bind_text (&stmt, 3, epoch);
  vantage_stmt_bind_int (&stmt, 4, chain->number);
  return vantage_stmt_run (&stmt, error);
}

/* An op whose words were purged before it came: its place and hash are kept, it is on nothing. */
static gboolean
add_purged (VantageTxn *txn, gint64 stream, const VantageEnvelope *envelope, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "INSERT INTO op (stream, d, n, t, entity, kind, field, g, seq, sent, by_user, rx, hash, body)"
      " VALUES (?1, ?2, ?3, 0, '', '', '#purged', ?3, ?4, 2, ?5, ?6, ?7, ?8)"
      " ON CONFLICT (stream, d, n) DO UPDATE SET seq = ?4, by_user = ?5, rx = ?6, sent = 2",
      error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, envelope->device);
  vantage_stmt_bind_int (&stmt, 3, envelope->n);
  vantage_stmt_bind_int (&stmt, 4, envelope->seq);
  vantage_stmt_bind_text (&stmt, 5, envelope->by);
  vantage_stmt_bind_int (&stmt, 6, envelope->rx_ms);
  vantage_stmt_bind_blob (&stmt, 7, envelope->hash, VANTAGE_HASH_SIZE);
  vantage_stmt_bind_blob (&stmt, 8, envelope->bytes, envelope->n_bytes);
  return vantage_stmt_run (&stmt, error);
}

static gboolean
is_own_unsent (VantageTxn *txn, gint64 stream, const VantageOpId *id)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "SELECT 1 FROM op JOIN device ON device.id = op.d WHERE op.stream = ? AND op.d = ?"
      " AND op.n = ? AND op.seq IS NULL",
      NULL);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, id->device);
  vantage_stmt_bind_int (&stmt, 3, id->n);
  return vantage_stmt_step (&stmt, NULL);
}

static gboolean
add_numbered (VantageTxn *txn, gint64 stream, const VantageEnvelope *envelope, VantageOp *op,
              GError **error)
{
  VantageOpFacts facts = { envelope->seq, envelope->by, envelope->rx_ms };

  switch (vantage_txn_add_op (txn, stream, op, &facts, error))
    {
    case VANTAGE_OP_FAILED:
      return FALSE;
    case VANTAGE_OP_REUSED:
      if (!is_own_unsent (txn, stream, &op->id))
        return quarantine (txn, stream, envelope, op->hash, "another change bears this name",
                           error);
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_REUSED,
                   "change %s:%" G_GINT64_FORMAT " was written by another library too",
                   op->id.device, op->id.n);
      return FALSE;
    default:
      return TRUE;
    }
}

static gboolean
apply_envelope (VantageTxn *txn, Chain *chain, const VantageEnvelope *envelope, GError **error)
{
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (VantageOp) op = NULL;
  guint8 hash[VANTAGE_HASH_SIZE];

  if (envelope->seq != chain->cursor + 1)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_STREAM,
                   "number %" G_GINT64_FORMAT " came where %" G_GINT64_FORMAT " follows",
                   envelope->seq, chain->cursor + 1);
      return FALSE;
    }
  if (envelope->hash != NULL && envelope->device != NULL)
    {
      extend_chain (chain, envelope->seq, envelope->by, envelope->hash);
      return add_purged (txn, chain->number, envelope, error);
    }

  vantage_hash_data (envelope->bytes, envelope->n_bytes, hash);
  extend_chain (chain, envelope->seq, envelope->by, hash);
  op = vantage_op_parse (envelope->bytes, envelope->n_bytes, &unreadable);
  if (op == NULL)
    return quarantine (txn, chain->number, envelope, hash, unreadable->message, error);
  return add_numbered (txn, chain->number, envelope, op, error);
}

static gboolean
apply_page (VantageTxn *txn, const char *stream, const char *epoch,
            const VantageEnvelope *envelopes, guint n_envelopes, const guint8 *digest,
            GError **error)
{
  g_auto (Chain) chain = { 0 };

  if (!read_chain (txn, stream, epoch, &chain, error))
    return FALSE;
  for (guint i = 0; i < n_envelopes; i++)
    if (!apply_envelope (txn, &chain, &envelopes[i], error))
      return FALSE;
  if (digest != NULL && memcmp (digest, chain.digest, sizeof chain.digest) != 0)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_STREAM,
                   "stream %s: the digest at number %" G_GINT64_FORMAT " differs", stream,
                   chain.cursor);
      return FALSE;
    }
  return write_chain (txn, epoch, &chain, error);
}

gboolean
vantage_library_apply_page (VantageLibrary *library, const char *stream, const char *epoch,
                            const VantageEnvelope *envelopes, guint n_envelopes,
                            const guint8 *digest, GError **error)
{
  VantageTxn *txn = vantage_txn_begin (library, error);
  gboolean ok =
      txn != NULL &&
      finish (txn, apply_page (txn, stream, epoch, envelopes, n_envelopes, digest, error), error);

  vantage_txn_free (txn);
  if (ok)
    vantage_library_queue_feed (library);
  return ok;
}

/* ---- a server that began anew ---- */

static gboolean
requeue (VantageTxn *txn, gint64 stream, GHashTable *vector, GError **error)
{
  GHashTableIter iter;
  gpointer device, n;
  g_auto (VantageStmt) all = vantage_db_prepare (
      txn->db,
      "UPDATE op SET seq = NULL, by_user = NULL, rx = NULL,"
      " sent = CASE WHEN d IN (SELECT id FROM device) THEN 0 ELSE 2 END WHERE stream = ?",
      error);

  vantage_stmt_bind_int (&all, 1, stream);
  if (!vantage_stmt_run (&all, error))
    return FALSE;
  g_hash_table_iter_init (&iter, vector);
  while (g_hash_table_iter_next (&iter, &device, &n))
    {
      g_auto (VantageStmt) held = vantage_db_prepare (
          txn->db, "UPDATE op SET sent = 2 WHERE stream = ? AND d = ? AND n <= ?", error);

      vantage_stmt_bind_int (&held, 1, stream);
      vantage_stmt_bind_text (&held, 2, device);
      vantage_stmt_bind_int (&held, 3, *(gint64 *) n);
      if (!vantage_stmt_run (&held, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
reset_stream (VantageTxn *txn, const char *stream, const char *epoch, GHashTable *vector,
              GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "UPDATE stream SET cursor = 0, digest = zeroblob (32), purge_gen = 0, epoch = ?"
      " WHERE number = ?",
      error);
  gint64 number = need_stream (txn, stream, error);

  vantage_stmt_bind_text (&stmt, 1, epoch);
  vantage_stmt_bind_int (&stmt, 2, number);
  return number != 0 && vantage_stmt_run (&stmt, error) && requeue (txn, number, vector, error);
}

gboolean
vantage_library_reset_stream (VantageLibrary *library, const char *stream, const char *epoch,
                              GHashTable *vector, GError **error)
{
  g_autoptr (VantageTxn) txn = vantage_txn_begin (library, error);

  return txn != NULL && finish (txn, reset_stream (txn, stream, epoch, vector, error), error);
}

/* ---- the queue ---- */

static gboolean
move_own_chain (VantageTxn *txn, const char *stream, const char *device, gint64 first_n,
                gint64 first_seq, guint count, const char *by, GError **error)
{
  g_auto (Chain) chain = { 0 };

  if (!read_chain (txn, stream, NULL, &chain, error))
    return FALSE;
  if (chain.cursor + 1 != first_seq)
    return TRUE;

  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "SELECT hash FROM op WHERE stream = ? AND d = ? AND n >= ?3 AND n < ?3 + ?4"
      " ORDER BY n",
      error);

  vantage_stmt_bind_int (&stmt, 1, chain.number);
  vantage_stmt_bind_text (&stmt, 2, device);
  vantage_stmt_bind_int (&stmt, 3, first_n);
  vantage_stmt_bind_int (&stmt, 4, count);
  while (vantage_stmt_step (&stmt, error))
    {
      gsize size = 0;
      const guint8 *hash = vantage_stmt_get_blob (&stmt, 0, &size);

      extend_chain (&chain, chain.cursor + 1, by, hash);
    }
  return !stmt.failed && write_chain (txn, NULL, &chain, error);
}

static gboolean
acknowledge (VantageTxn *txn, const char *stream, const char *device, gint64 acked_n,
             gint64 first_seq, guint count, const char *by, GError **error)
{
  gint64 number = need_stream (txn, stream, error);
  gint64 first_n = acked_n - count + 1;
  g_auto (VantageStmt) held = vantage_db_prepare (
      txn->db, "UPDATE op SET sent = 2 WHERE stream = ? AND d = ? AND n <= ? AND seq IS NULL",
      error);
  g_auto (VantageStmt) numbered = vantage_db_prepare (
      txn->db,
      "UPDATE op SET seq = ?4 + n - ?3, by_user = ?5 WHERE stream = ?1 AND d = ?2 AND n >= ?3"
      " AND n <= ?6 AND seq IS NULL",
      error);

  if (number == 0)
    return FALSE;
  vantage_stmt_bind_int (&held, 1, number);
  vantage_stmt_bind_text (&held, 2, device);
  vantage_stmt_bind_int (&held, 3, acked_n);
  if (!vantage_stmt_run (&held, error))
    return FALSE;
  if (first_seq <= 0 || count == 0)
    return TRUE;

  vantage_stmt_bind_int (&numbered, 1, number);
  vantage_stmt_bind_text (&numbered, 2, device);
  vantage_stmt_bind_int (&numbered, 3, first_n);
  vantage_stmt_bind_int (&numbered, 4, first_seq);
  vantage_stmt_bind_text (&numbered, 5, by);
  vantage_stmt_bind_int (&numbered, 6, acked_n);
  return vantage_stmt_run (&numbered, error) &&
         move_own_chain (txn, stream, device, first_n, first_seq, count, by, error);
}

gboolean
vantage_library_acknowledge (VantageLibrary *library, const char *stream, const char *device,
                             gint64 acked_n, gint64 first_seq, guint count, const char *by,
                             GError **error)
{
  g_autoptr (VantageTxn) txn = vantage_txn_begin (library, error);

  return txn != NULL &&
         finish (txn, acknowledge (txn, stream, device, acked_n, first_seq, count, by, error),
                 error);
}

/* ---- purges ---- */

static gboolean
purge_one (VantageTxn *txn, gint64 stream, const VantageOpId *id, const char *code, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "SELECT id, entity FROM op WHERE stream = ? AND d = ? AND n = ?", error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, id->device);
  vantage_stmt_bind_int (&stmt, 3, id->n);
  if (!vantage_stmt_step (&stmt, error))
    return !stmt.failed;
  return vantage_txn_purge_op (txn, vantage_stmt_get_int (&stmt, 0), code, error) &&
         vantage_txn_recount (txn, stream, vantage_stmt_get_text (&stmt, 1), error);
}

static gboolean
purge_ops (VantageTxn *txn, const char *stream, GArray *ids, const char *code, gint64 purge_gen,
           GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "UPDATE stream SET purge_gen = max (purge_gen, ?) WHERE number = ?", error);
  gint64 number = need_stream (txn, stream, error);

  for (guint i = 0; number != 0 && i < ids->len; i++)
    if (!purge_one (txn, number, &g_array_index (ids, VantageOpId, i), code, error))
      return FALSE;
  vantage_stmt_bind_int (&stmt, 1, purge_gen);
  vantage_stmt_bind_int (&stmt, 2, number);
  return number != 0 && vantage_stmt_run (&stmt, error);
}

gboolean
vantage_library_purge_ops (VantageLibrary *library, const char *stream, GArray *ids,
                           const char *code, gint64 purge_gen, GError **error)
{
  VantageTxn *txn = vantage_txn_begin (library, error);
  gboolean ok =
      txn != NULL && finish (txn, purge_ops (txn, stream, ids, code, purge_gen, error), error);

  vantage_txn_free (txn);
  if (ok)
    vantage_library_queue_feed (library);
  return ok;
}
