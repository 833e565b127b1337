/* vantage-forget.c: a review goes as if it had never been, from a library that alone has it. */

#include "vantage-edit.h"
#include "vantage-feed.h"
#include "vantage-txn.h"
#include "vantage-upkeep.h"

/* Whether a server has met any stream of it, or anything of it has left. */
static gboolean
has_left (VantageTxn *txn, const char *review, gboolean *out, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db,
                          "SELECT count (*) FROM stream WHERE review = ?1 AND (epoch IS NOT NULL"
                          " OR cursor > 0 OR EXISTS (SELECT 1 FROM op WHERE op.stream ="
                          " stream.number AND (op.sent > 0 OR op.seq IS NOT NULL)))",
                          error);

  vantage_stmt_bind_text (&stmt, 1, review);
  if (!vantage_stmt_step (&stmt, error))
    return FALSE;
  *out = vantage_stmt_get_int (&stmt, 0) > 0;
  return TRUE;
}

static gboolean
refuse (GError **error, VantageStoreError code, const char *why)
{
  g_set_error_literal (error, VANTAGE_STORE_ERROR, (gint) code, why);
  return FALSE;
}

/* Only what was made to be thrown away, and that nobody else has. */
static gboolean
check_review (VantageTxn *txn, VantageEntity *entity, const char *review, GError **error)
{
  gboolean left;

  if (entity == NULL)
    return refuse (error, VANTAGE_STORE_ERROR_NOT_FOUND, "there is no such review");
  if (!vantage_entity_get_yesno (entity, "sample"))
    return refuse (error, VANTAGE_STORE_ERROR_INVALID, "only a sample can be forgotten");
  if (!has_left (txn, review, &left, error))
    return FALSE;
  return !left || refuse (error, VANTAGE_STORE_ERROR_INVALID,
                          "a review that a server has cannot be forgotten here");
}

static gboolean
remove_rows (VantageTxn *txn, const char *review, GError **error)
{
#define OF_REVIEW "(SELECT number FROM stream WHERE review = ?1)"
  static const char *const steps[] = {
    "DELETE FROM edit_group WHERE stream IN " OF_REVIEW,
    "DELETE FROM edit WHERE review = ?1",
    "DELETE FROM reg_head WHERE stream IN " OF_REVIEW,
    "DELETE FROM op_prev WHERE stream IN " OF_REVIEW,
    "DELETE FROM entity_ref WHERE entity IN (SELECT key FROM entity WHERE stream IN " OF_REVIEW ")",
    "DELETE FROM entity WHERE stream IN " OF_REVIEW,
    "DELETE FROM op WHERE stream IN " OF_REVIEW,
    "DELETE FROM quarantine WHERE stream IN " OF_REVIEW,
    "DELETE FROM blob WHERE stream IN " OF_REVIEW,
    "DELETE FROM chunk WHERE blob NOT IN (SELECT id FROM blob) AND ?1 <> ''",
    "DELETE FROM draft WHERE review = ?1",
    "DELETE FROM local_state WHERE review = ?1",
    "DELETE FROM stream WHERE review = ?1",
  };
#undef OF_REVIEW

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (txn->db, steps[i], error);

      vantage_stmt_bind_text (&stmt, 1, review);
      if (!vantage_stmt_run (&stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_allowed (VantageLibrary *self, const char *review, GError **error)
{
  g_autoptr (VantageEntity) entity = vantage_library_get (self, review, "review", review, NULL);
  g_autoptr (VantageTxn) txn = vantage_txn_begin (self, error);

  return txn != NULL && check_review (txn, entity, review, error);
}

/* Evidence first: a crash in between leaves a review without evidence, that can be forgotten again.
 */
gboolean
vantage_library_forget_review (VantageLibrary *self, const char *review, GError **error)
{
  g_autoptr (VantageEntity) entity = vantage_library_get (self, review, "review", review, NULL);
  GError *local_error = NULL;
  gboolean ok = FALSE;

  vantage_library_end_typing (self);
  if (is_allowed (self, review, &local_error) &&
      vantage_evidence_store_forget (self->evidence, review, &local_error))
    {
      VantageTxn *txn = vantage_txn_begin (self, &local_error);

      ok = txn != NULL && check_review (txn, entity, review, &local_error) &&
           remove_rows (txn, review, &local_error) && vantage_txn_commit (txn, &local_error);
      vantage_txn_free (txn);
    }
  if (ok)
    {
      vantage_feed_tell_gone (self, review);
      return TRUE;
    }

  vantage_store_convert_error (&local_error);
  g_propagate_error (error, local_error);
  return FALSE;
}
