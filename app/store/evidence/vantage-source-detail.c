/* vantage-source-detail.c: what this computer knows of a source besides its entity. */

#include "vantage-evidence-query.h"

void
vantage_source_detail_free (VantageSourceDetail *self)
{
  if (self == NULL)
    return;

  g_free (self->format);
  g_free (self->path);
  g_clear_pointer (&self->diagnostics, g_ptr_array_unref);
  g_free (self);
}

static VantageSourceDetail *
read_source (VantageDb *db, gint64 review, const char *entity, gint64 *out_row, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (db,
                          "SELECT id, format, path, n_skipped, original IS NOT NULL FROM source"
                          " WHERE review = ? AND entity = ? AND state IN (1, 2)",
                          error);
  VantageSourceDetail *self;

  vantage_stmt_bind_int (&stmt, 1, review);
  vantage_stmt_bind_text (&stmt, 2, entity);
  if (!vantage_stmt_step (&stmt, error))
    return NULL;

  self = g_new0 (VantageSourceDetail, 1);
  *out_row = vantage_stmt_get_int (&stmt, 0);
  self->format = g_strdup (vantage_stmt_get_text (&stmt, 1));
  self->path = g_strdup (vantage_stmt_get_text (&stmt, 2));
  self->n_skipped = (guint64) vantage_stmt_get_int (&stmt, 3);
  self->has_original = vantage_stmt_get_int (&stmt, 4) != 0;
  self->diagnostics = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_diagnostic_free);

  return self;
}

static gboolean
read_diagnostics (VantageDb *db, gint64 row, GPtrArray *diagnostics, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT code, text, path, line, offset, skipped FROM diagnostic WHERE source = ? ORDER BY id",
      error);

  vantage_stmt_bind_int (&stmt, 1, row);
  while (vantage_stmt_step (&stmt, error))
    g_ptr_array_add (diagnostics,
                     vantage_diagnostic_new (
                         vantage_stmt_get_text (&stmt, 0), vantage_stmt_get_text (&stmt, 1),
                         vantage_stmt_get_text (&stmt, 2), vantage_stmt_get_int (&stmt, 3),
                         vantage_stmt_get_int (&stmt, 4), vantage_stmt_get_int (&stmt, 5) != 0));

  return !stmt.failed;
}

VantageSourceDetail *
vantage_library_get_source_detail (VantageLibrary *self, const char *review, const char *source,
                                   GError **error)
{
  g_autoptr (VantageSourceDetail) detail = NULL;
  g_autoptr (GError) local_error = NULL;
  VantageEvidenceReading reading;
  gint64 row = 0;

  if (!vantage_evidence_reading_begin (&reading, self, review, NULL, error))
    return NULL;

  detail = read_source (reading.db, reading.map->review_row, source, &row, &local_error);
  if (detail != NULL && !read_diagnostics (reading.db, row, detail->diagnostics, &local_error))
    g_clear_pointer (&detail, vantage_source_detail_free);
  vantage_evidence_reading_end (&reading, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return g_steal_pointer (&detail);
}
