/* vantage-vault-interview.c: what belongs to an interview as a whole: its preparation, forgetting
 * it, and looking whether everything decrypts. */

#include "vantage-json.h"
#include "vantage-vault-private.h"

JsonNode *
vantage_vault_get_prep (VantageVault *self, const char *interview, GError **error)
{
  g_autoptr (VantageVaultRow) row = NULL;

  if (!vantage_vault_require_key (self, error) ||
      !vantage_vault_read_row (self, &vantage_vault_preps, interview, &row, error))
    return NULL;
  return row != NULL ? json_node_copy (row->data) : NULL;
}

gboolean
vantage_vault_set_prep (VantageVault *self, const char *interview, JsonNode *prep, const char *what,
                        GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };
  g_autoptr (VantageVaultRow) row = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (prep))
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID,
                   "a preparation is an object");
      return FALSE;
    }
  row = vantage_vault_row_new (&vantage_vault_preps, interview, interview, NULL, 0,
                               json_node_copy (prep));
  return vantage_vault_step_begin (&step, self, interview, what, error) &&
         vantage_vault_step_put (&step, row, error) && vantage_vault_step_commit (&step, error);
}

GPtrArray *
vantage_vault_list_interviews (VantageVault *self, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_auto (VantageStmt) stmt = { 0 };

  if (!vantage_vault_require_key (self, error))
    return NULL;
  stmt = vantage_db_prepare (self->db,
                             "SELECT interview FROM line UNION SELECT interview FROM prep UNION"
                             " SELECT interview FROM passage UNION SELECT interview FROM draft"
                             " UNION SELECT interview FROM telling UNION"
                             " SELECT interview FROM vault_op ORDER BY 1",
                             error);
  while (vantage_stmt_step (&stmt, error))
    g_ptr_array_add (ids, g_strdup (vantage_stmt_get_text (&stmt, 0)));
  if (stmt.failed)
    {
      vantage_vault_map_error (error);
      return NULL;
    }
  return g_steal_pointer (&ids);
}

static gboolean
erase_everything (VantageVault *self, const char *interview, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM line WHERE interview = ?1",    "DELETE FROM prep WHERE interview = ?1",
    "DELETE FROM passage WHERE interview = ?1", "DELETE FROM telling WHERE interview = ?1",
    "DELETE FROM draft WHERE interview = ?1",   "DELETE FROM vault_op WHERE interview = ?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, statements[i], error);

      vantage_stmt_bind_text (&stmt, 1, interview);
      if (stmt.db == NULL || !vantage_stmt_run (&stmt, error))
        return vantage_vault_map_error (error);
    }
  return TRUE;
}

gboolean
vantage_vault_forget (VantageVault *self, const char *interview, GError **error)
{
  {
    g_auto (VantageVaultStep) step = { 0 };

    if (!vantage_vault_step_begin (&step, self, interview, "", error) ||
        !erase_everything (self, interview, error) || !vantage_vault_step_commit (&step, error))
      return FALSE;
  }
  /* the log in front of the file still has the old pages: write them over too */
  if (vantage_vault_lock (self, NULL))
    {
      vantage_db_exec (self->db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL);
      vantage_vault_unlock_folder (self);
    }
  vantage_vault_refresh_lists (self);
  g_signal_emit_by_name (self, "changed", interview);
  return TRUE;
}

/* ---- verify ---- */

static gboolean
verify_table (VantageVault *self, const char *sql, const char *table, GPtrArray *problems,
              GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, sql, error);

  while (vantage_stmt_step (&stmt, error))
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (JsonNode) data = NULL;
      gsize size = 0;
      const char *id = vantage_stmt_get_text (&stmt, 0);
      const void *sealed = vantage_stmt_get_blob (&stmt, 1, &size);

      data = vantage_vault_unpack (self, table, id, sealed, size, &problem);
      if (data == NULL)
        g_ptr_array_add (problems, g_strdup (problem->message));
    }
  return !stmt.failed || vantage_vault_map_error (error);
}

GPtrArray *
vantage_vault_verify (VantageVault *self, GError **error)
{
  static const char *const tables[][2] = {
    { "line", "SELECT id, payload FROM line" },
    { "passage", "SELECT id, payload FROM passage" },
    { "prep", "SELECT interview, payload FROM prep" },
    { "telling", "SELECT id, payload FROM telling" },
    { "draft", "SELECT line, payload FROM draft" },
    { "vault_op", "SELECT CAST (n AS TEXT), payload FROM vault_op" },
  };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!vantage_vault_require_key (self, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!verify_table (self, tables[i][1], tables[i][0], problems, error))
      return NULL;
  return g_steal_pointer (&problems);
}
