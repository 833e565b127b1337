/* vantage-verify.c: whether a library is whole, and building its cache anew. */

#include "vantage-upkeep.h"

#include <string.h>

#include "vantage-entity-cache.h"
#include "vantage-hash.h"
#include "vantage-oplog.h"

/* Problems told of one by one; beyond it only counted. */
#define MAX_PROBLEMS 200
/* Entities worked on before their states are let go. */
#define ENTITIES_AT_ONCE 500

void
vantage_verify_result_free (VantageVerifyResult *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->problems);
  g_free (self);
}

typedef struct
{
  VantageDb *db;
  VantageVerifyResult *result;
  GCancellable *cancellable;
  const char *review;
} Check;

static void G_GNUC_PRINTF (2, 3) report (Check *check, const char *format, ...)
{
  va_list arguments;

  check->result->ok = FALSE;
  if (check->result->problems->len >= MAX_PROBLEMS)
    return;
  va_start (arguments, format);
  g_ptr_array_add (check->result->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* ---- the file ---- */

static void
check_file (Check *check)
{
  g_auto (VantageStmt) whole = vantage_db_prepare (check->db, "PRAGMA integrity_check(20)", NULL);
  g_auto (VantageStmt) keys = vantage_db_prepare (check->db, "PRAGMA foreign_key_check", NULL);

  while (vantage_stmt_step (&whole, NULL))
    if (g_strcmp0 (vantage_stmt_get_text (&whole, 0), "ok") != 0)
      report (check, "library.db: %s", vantage_stmt_get_text (&whole, 0));
  while (vantage_stmt_step (&keys, NULL))
    report (check, "library.db: a row of %s points at nothing in %s",
            vantage_stmt_get_text (&keys, 0), vantage_stmt_get_text (&keys, 2));
}

/* ---- ops ---- */

static gboolean
is_purged (const char *body, gsize size)
{
  return size >= 9 && memcmp (body, "{\"purged\"", 9) == 0;
}

static gboolean
lists_all (Check *check, gint64 stream, gint64 row, VantageOp *op)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      check->db, "SELECT 1 FROM op_prev WHERE stream = ? AND d = ? AND n = ? AND op = ?", NULL);

  for (guint i = 0; i < op->n_previous; i++)
    {
      vantage_stmt_bind_int (&stmt, 1, stream);
      vantage_stmt_bind_text (&stmt, 2, op->previous[i].device);
      vantage_stmt_bind_int (&stmt, 3, op->previous[i].n);
      vantage_stmt_bind_int (&stmt, 4, row);
      if (!vantage_stmt_step (&stmt, NULL))
        return FALSE;
      vantage_stmt_reset (&stmt);
    }
  return TRUE;
}

static void
check_op (Check *check, VantageStmt *stmt)
{
  g_autofree char *name = g_strdup_printf ("%s:%" G_GINT64_FORMAT, vantage_stmt_get_text (stmt, 3),
                                           vantage_stmt_get_int (stmt, 4));
  g_autoptr (VantageOp) op = NULL;
  guint8 hash[VANTAGE_HASH_SIZE];
  gsize size = 0, hash_size = 0;
  const void *kept = vantage_stmt_get_blob (stmt, 2, &hash_size);
  const char *body = vantage_stmt_get_blob (stmt, 9, &size);

  if (is_purged (body, size))
    return;
  vantage_hash_data (body, size, hash);
  if (hash_size != sizeof hash || memcmp (hash, kept, sizeof hash) != 0)
    {
      report (check, "change %s: its bytes are not those that were written", name);
      return;
    }
  op = vantage_op_from_row (stmt, 3, NULL);
  if (op == NULL)
    report (check, "change %s cannot be read", name);
  else if (g_strcmp0 (op->id.device, vantage_stmt_get_text (stmt, 3)) != 0 ||
           op->id.n != vantage_stmt_get_int (stmt, 4) ||
           (gint64) op->stamp != vantage_stmt_get_int (stmt, 5) ||
           g_strcmp0 (op->entity, vantage_stmt_get_text (stmt, 6)) != 0 ||
           g_strcmp0 (op->kind, vantage_stmt_get_text (stmt, 7)) != 0 ||
           g_strcmp0 (op->field, vantage_stmt_get_text (stmt, 8)) != 0)
    report (check, "change %s: its columns differ from its bytes", name);
  else if (!lists_all (check, vantage_stmt_get_int (stmt, 1), vantage_stmt_get_int (stmt, 0), op))
    report (check, "change %s: what it replaced is not noted", name);
}

static void
check_ops (Check *check)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      check->db,
      "SELECT op.id, op.stream, op.hash, " VANTAGE_OP_COLUMNS
      " FROM op JOIN stream ON stream.number = op.stream WHERE ?1 IS NULL OR stream.review = ?1",
      NULL);

  vantage_stmt_bind_text (&stmt, 1, check->review);
  while (vantage_stmt_step (&stmt, NULL) && !g_cancellable_is_cancelled (check->cancellable))
    {
      check->result->n_changes++;
      check_op (check, &stmt);
    }
  if (stmt.failed)
    report (check, "library.db: the changes cannot be read to their end");
}

/* Own ops must be numbered without holes; others' may still be on their way. */
static void
check_numbers (Check *check)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      check->db,
      "SELECT d, max (n), count(*) FROM op JOIN stream ON stream.number = op.stream"
      " WHERE d = (SELECT device FROM library) AND (?1 IS NULL OR stream.review = ?1)"
      " GROUP BY op.stream HAVING max (n) <> count(*)",
      NULL);

  vantage_stmt_bind_text (&stmt, 1, check->review);
  while (vantage_stmt_step (&stmt, NULL))
    report (check, "changes of %s: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " are here",
            vantage_stmt_get_text (&stmt, 0), vantage_stmt_get_int (&stmt, 2),
            vantage_stmt_get_int (&stmt, 1));
}

static void
check_heads (Check *check)
{
  static const char *const questions[] = {
    "SELECT count(*) FROM (SELECT op.id FROM op WHERE op.entity <> '' AND NOT EXISTS"
    " (SELECT 1 FROM op_prev JOIN op AS lister ON lister.id = op_prev.op WHERE op_prev.stream ="
    " op.stream AND op_prev.d = op.d AND op_prev.n = op.n AND lister.entity = op.entity"
    " AND lister.field = op.field) EXCEPT SELECT op FROM reg_head)",
    "SELECT count(*) FROM reg_head LEFT JOIN op ON op.id = reg_head.op WHERE op.id IS NULL"
    " OR op.stream <> reg_head.stream OR op.entity <> reg_head.entity OR EXISTS"
    " (SELECT 1 FROM op_prev JOIN op AS lister ON lister.id = op_prev.op WHERE op_prev.stream ="
    " op.stream AND op_prev.d = op.d AND op_prev.n = op.n AND lister.entity = op.entity"
    " AND lister.field = op.field)",
  };
  static const char *const words[] = { "newest changes that are not noted as such",
                                       "replaced changes that are noted as newest" };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (check->db, questions[i], NULL);

      if (!vantage_stmt_step (&stmt, NULL))
        report (check, "library.db: the newest changes cannot be counted");
      else if (vantage_stmt_get_int (&stmt, 0) > 0)
        report (check, "%" G_GINT64_FORMAT " %s", vantage_stmt_get_int (&stmt, 0), words[i]);
    }
}

/* ---- entities ---- */

static GHashTable *
new_states (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, vantage_entity_state_free);
}

static void
check_entities (Check *check, VantageLibrary *library)
{
  VantageTxn reading = { .library = library, .db = check->db, .states = new_states () };
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      check->db,
      "SELECT DISTINCT op.stream, op.entity FROM op JOIN stream ON stream.number = op.stream"
      " WHERE op.entity <> '' AND (?1 IS NULL OR stream.review = ?1)",
      NULL);
  g_auto (VantageStmt) lone = vantage_db_prepare (
      check->db,
      "SELECT count(*) FROM entity WHERE NOT EXISTS (SELECT 1 FROM op WHERE op.stream ="
      " entity.stream AND op.entity = entity.id)",
      NULL);

  vantage_stmt_bind_text (&stmt, 1, check->review);
  while (vantage_stmt_step (&stmt, NULL) && !g_cancellable_is_cancelled (check->cancellable))
    {
      g_autofree char *problem = vantage_txn_check_entity (
          &reading, vantage_stmt_get_int (&stmt, 0), vantage_stmt_get_text (&stmt, 1));

      if (problem != NULL)
        report (check, "%s", problem);
      if (g_hash_table_size (reading.states) > ENTITIES_AT_ONCE)
        g_hash_table_remove_all (reading.states);
    }
  if (vantage_stmt_step (&lone, NULL) && vantage_stmt_get_int (&lone, 0) > 0)
    report (check, "%" G_GINT64_FORMAT " entities have no change that made them",
            vantage_stmt_get_int (&lone, 0));
  g_hash_table_unref (reading.states);
}

VantageVerifyResult *
vantage_library_verify (VantageLibrary *self, const char *review, GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (VantageDb) db = vantage_library_open_reader (self, error);
  VantageVerifyResult *result;
  Check check;

  if (db == NULL)
    return NULL;
  result = g_new0 (VantageVerifyResult, 1);
  result->ok = TRUE;
  result->problems = g_ptr_array_new_with_free_func (g_free);
  check = (Check){ db, result, cancellable, review };

  /* One moment for all questions, whatever others write meanwhile. */
  vantage_db_exec (db, "BEGIN", NULL);
  check_file (&check);
  check_ops (&check);
  check_numbers (&check);
  check_heads (&check);
  check_entities (&check, self);
  vantage_db_exec (db, "COMMIT", NULL);
  result->n_items =
      vantage_evidence_store_verify (self->evidence, review, result->problems, cancellable);
  result->ok = result->problems->len == 0;

  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    return result;
  vantage_verify_result_free (result);
  return NULL;
}

/* ---- rebuilding ---- */

static gboolean
rebuild_entities (VantageTxn *txn, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "SELECT DISTINCT stream, entity FROM op WHERE entity <> ''", error);

  while (vantage_stmt_step (&stmt, error))
    {
      if (!vantage_txn_recount (txn, vantage_stmt_get_int (&stmt, 0),
                                vantage_stmt_get_text (&stmt, 1), error))
        return FALSE;
      if (g_hash_table_size (txn->states) <= ENTITIES_AT_ONCE)
        continue;
      if (!vantage_txn_flush (txn, error))
        return FALSE;
      g_hash_table_remove_all (txn->states);
    }
  return !stmt.failed;
}

gboolean
vantage_library_rebuild (VantageLibrary *self, GError **error)
{
  VantageTxn *txn = vantage_txn_begin (self, error);
  gboolean ok = txn != NULL &&
                vantage_db_exec (txn->db,
                                 "DELETE FROM entity_ref; DELETE FROM entity;"
                                 " DELETE FROM reg_head",
                                 error) &&
                rebuild_entities (txn, error) && vantage_txn_commit (txn, error);

  vantage_txn_free (txn);
  if (ok)
    vantage_library_queue_feed (self);
  else
    vantage_store_convert_error (error);
  return ok;
}
