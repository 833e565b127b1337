/* vantage-evidence-forget.c: all evidence of one review goes, with the originals that no other
 * review has. */

#include <glib/gstdio.h>

#include "vantage-evidence-source.h"

typedef struct
{
  const char *review;
  GArray *sources; /* gint64 */
} Forgetting;

static gboolean
list_sources (VantageDb *db, const char *review, GArray *sources, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT s.id FROM source s JOIN review r ON r.id = s.review WHERE r.uid = ? AND s.state"
      " IN (1, 2) ORDER BY s.id",
      error);

  vantage_stmt_bind_text (&stmt, 1, review);
  while (vantage_stmt_step (&stmt, error))
    {
      gint64 source = vantage_stmt_get_int (&stmt, 0);

      g_array_append_val (sources, source);
    }
  return !stmt.failed;
}

/* The file name of an original that only this source has; NULL: none. (transfer full) */
static char *
dup_own_original (VantageDb *db, gint64 source)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT original FROM source WHERE id = ?1 AND original IS NOT NULL AND NOT EXISTS"
      " (SELECT 1 FROM source o WHERE o.original = source.original AND o.id <> ?1 AND o.state < 3)",
      NULL);

  vantage_stmt_bind_int (&stmt, 1, source);
  if (!vantage_stmt_step (&stmt, NULL))
    return NULL;
  return g_strdup (vantage_stmt_get_text (&stmt, 0));
}

static gboolean
drop_one (VantageEvidenceStore *self, gint64 source, GError **error)
{
  g_autofree char *original = dup_own_original (self->db, source);

  if (!vantage_evidence_drop_source (self, source, error))
    return FALSE;
  if (original != NULL)
    {
      g_autofree char *path = g_build_filename (self->library->folder, "originals", original, NULL);

      g_unlink (path);
    }
  return TRUE;
}

static gboolean
forget_names (VantageEvidenceStore *self, GError **error)
{
  gboolean ok;

  if (!vantage_evidence_begin (self, error))
    return FALSE;
  ok = vantage_evidence_exec_ints (self->db, error,
                                   "UPDATE source SET original = NULL, original_sha256 = NULL,"
                                   " path = NULL WHERE state = 3",
                                   0);
  if (ok)
    return vantage_evidence_commit (self, error);
  vantage_evidence_rollback (self);
  return FALSE;
}

static gboolean
forget_job (VantageEvidenceStore *self, gpointer data, GError **error)
{
  Forgetting *forgetting = data;

  if (!list_sources (self->db, forgetting->review, forgetting->sources, error))
    return FALSE;
  for (guint i = 0; i < forgetting->sources->len; i++)
    if (!drop_one (self, g_array_index (forgetting->sources, gint64, i), error))
      return FALSE;
  return forget_names (self, error);
}

gboolean
vantage_evidence_store_forget (VantageEvidenceStore *self, const char *review, GError **error)
{
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (gint64));
  Forgetting forgetting = { review, sources };

  if (!vantage_evidence_run (self, forget_job, &forgetting, error))
    return FALSE;
  vantage_evidence_changed (self, review);
  return TRUE;
}
