/* vantage-vault-rows.c: rows in and out of the tables, sealed on the way in, opened on the way out.
 */

#include <string.h>

#include "vantage-json.h"
#include "vantage-vault-private.h"

const VantageVaultTable vantage_vault_lines = {
  .name = "line",
  .select_one = "SELECT id, interview, pos, begun_us, payload FROM line WHERE id = ?1",
  .select_all = "SELECT id, interview, pos, begun_us, payload FROM line"
                " WHERE ?1 IS NULL OR interview = ?1 ORDER BY interview, pos, id",
  .upsert = "INSERT INTO line (id, interview, pos, begun_us, changed_us, payload)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET interview = ?2,"
            " pos = ?3, begun_us = ?4, changed_us = ?5, payload = ?6",
  .delete_one = "DELETE FROM line WHERE id = ?1",
  .text_column = "pos",
  .number_column = "begun_us",
};

const VantageVaultTable vantage_vault_passages = {
  .name = "passage",
  .select_one = "SELECT id, interview, NULL, 0, payload FROM passage WHERE id = ?1",
  .select_all = "SELECT id, interview, NULL, 0, payload FROM passage"
                " WHERE ?1 IS NULL OR interview = ?1 ORDER BY interview, id",
  .upsert = "INSERT INTO passage (id, interview, changed_us, payload) VALUES (?1, ?2, ?5, ?6)"
            " ON CONFLICT (id) DO UPDATE SET interview = ?2, changed_us = ?5, payload = ?6",
  .delete_one = "DELETE FROM passage WHERE id = ?1",
};

const VantageVaultTable vantage_vault_preps = {
  .name = "prep",
  .select_one = "SELECT interview, interview, NULL, 0, payload FROM prep WHERE interview = ?1",
  .select_all = "SELECT interview, interview, NULL, 0, payload FROM prep"
                " WHERE ?1 IS NULL OR interview = ?1 ORDER BY interview",
  .upsert = "INSERT INTO prep (interview, changed_us, payload) VALUES (?1, ?5, ?6)"
            " ON CONFLICT (interview) DO UPDATE SET changed_us = ?5, payload = ?6",
  .delete_one = "DELETE FROM prep WHERE interview = ?1",
};

const VantageVaultTable vantage_vault_tellings = {
  .name = "telling",
  .select_one = "SELECT id, interview, way, sealed, payload FROM telling WHERE id = ?1",
  .select_all = "SELECT id, interview, way, sealed, payload FROM telling"
                " WHERE ?1 IS NULL OR interview = ?1 ORDER BY interview, id",
  .upsert = "INSERT INTO telling (id, interview, way, sealed, changed_us, payload)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET interview = ?2,"
            " way = ?3, sealed = ?4, changed_us = ?5, payload = ?6",
  .delete_one = "DELETE FROM telling WHERE id = ?1",
  .text_column = "way",
  .number_column = "sealed",
};

const VantageVaultTable *
vantage_vault_find_table (const char *name)
{
  static const VantageVaultTable *const tables[] = { &vantage_vault_lines, &vantage_vault_passages,
                                                     &vantage_vault_preps,
                                                     &vantage_vault_tellings };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_strcmp0 (tables[i]->name, name) == 0)
      return tables[i];
  return NULL;
}

VantageVaultRow *
vantage_vault_row_new (const VantageVaultTable *table, const char *id, const char *interview,
                       const char *text, gint64 number, JsonNode *data)
{
  VantageVaultRow *self = g_new0 (VantageVaultRow, 1);

  self->table = table;
  self->id = g_strdup (id);
  self->interview = g_strdup (interview);
  self->text = g_strdup (text);
  self->number = number;
  self->data = data;
  return self;
}

VantageVaultRow *
vantage_vault_row_copy (const VantageVaultRow *self)
{
  return vantage_vault_row_new (self->table, self->id, self->interview, self->text, self->number,
                                json_node_copy (self->data));
}

void
vantage_vault_row_free (VantageVaultRow *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->interview);
  g_free (self->text);
  json_node_unref (self->data);
  g_free (self);
}

gboolean
vantage_vault_row_equal (const VantageVaultRow *a, const VantageVaultRow *b)
{
  return a->table == b->table && strcmp (a->id, b->id) == 0 &&
         strcmp (a->interview, b->interview) == 0 && g_strcmp0 (a->text, b->text) == 0 &&
         a->number == b->number && json_node_equal (a->data, b->data);
}

GBytes *
vantage_vault_pack (VantageVault *self, const char *table, const char *row, JsonNode *data)
{
  g_autofree char *text = vantage_json_canonical (data);

  return vantage_vault_seal (self->key, table, row, text, strlen (text));
}

JsonNode *
vantage_vault_unpack (VantageVault *self, const char *table, const char *row, const void *sealed,
                      gsize size, GError **error)
{
  gsize plain_size = 0;
  g_autofree char *plain =
      vantage_vault_open_seal (self->key, table, row, sealed, size, &plain_size);
  g_autoptr (JsonNode) data = NULL;

  if (plain != NULL)
    data = vantage_json_parse (plain, (gssize) plain_size, &vantage_json_file_limits, NULL);
  if (data == NULL || !JSON_NODE_HOLDS_OBJECT (data))
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_TAMPERED,
                   "%s %s was changed outside Vantage, or comes from another place", table, row);
      return NULL;
    }
  return g_steal_pointer (&data);
}

static VantageVaultRow *
read_stepped (VantageVault *self, const VantageVaultTable *table, VantageStmt *stmt, GError **error)
{
  gsize size = 0;
  const char *id = vantage_stmt_get_text (stmt, 0);
  const void *sealed = vantage_stmt_get_blob (stmt, 4, &size);
  JsonNode *data = vantage_vault_unpack (self, table->name, id, sealed, size, error);

  if (data == NULL)
    return NULL;
  return vantage_vault_row_new (table, id, vantage_stmt_get_text (stmt, 1),
                                vantage_stmt_get_text (stmt, 2), vantage_stmt_get_int (stmt, 3),
                                data);
}

gboolean
vantage_vault_read_row (VantageVault *self, const VantageVaultTable *table, const char *id,
                        VantageVaultRow **out, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, table->select_one, error);

  *out = NULL;
  if (stmt.db == NULL)
    return vantage_vault_map_error (error);
  vantage_stmt_bind_text (&stmt, 1, id);
  if (vantage_stmt_step (&stmt, error))
    {
      *out = read_stepped (self, table, &stmt, error);
      return *out != NULL;
    }
  return stmt.failed ? vantage_vault_map_error (error) : TRUE;
}

GPtrArray *
vantage_vault_read_rows (VantageVault *self, const VantageVaultTable *table, const char *interview,
                         GError **error)
{
  g_autoptr (GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_vault_row_free);
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, table->select_all, error);

  if (stmt.db == NULL)
    {
      vantage_vault_map_error (error);
      return NULL;
    }
  vantage_stmt_bind_text (&stmt, 1, interview);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageVaultRow *row = read_stepped (self, table, &stmt, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  if (stmt.failed)
    {
      vantage_vault_map_error (error);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

gboolean
vantage_vault_write_row (VantageVault *self, const VantageVaultRow *row, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, row->table->upsert, error);
  g_autoptr (GBytes) sealed = NULL;
  gsize size = 0;
  const void *data;

  if (stmt.db == NULL)
    return vantage_vault_map_error (error);
  sealed = vantage_vault_pack (self, row->table->name, row->id, row->data);
  data = g_bytes_get_data (sealed, &size);
  vantage_stmt_bind_text (&stmt, 1, row->id);
  if (row->table != &vantage_vault_preps)
    vantage_stmt_bind_text (&stmt, 2, row->interview);
  if (row->table->text_column != NULL)
    vantage_stmt_bind_text (&stmt, 3, row->text);
  if (row->table->number_column != NULL)
    vantage_stmt_bind_int (&stmt, 4, row->number);
  vantage_stmt_bind_int (&stmt, 5, vantage_vault_now_us (self));
  vantage_stmt_bind_blob (&stmt, 6, data, size);
  if (!vantage_stmt_run (&stmt, error))
    return vantage_vault_map_error (error);
  return TRUE;
}

gboolean
vantage_vault_erase_row (VantageVault *self, const VantageVaultTable *table, const char *id,
                         GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, table->delete_one, error);

  if (stmt.db == NULL)
    return vantage_vault_map_error (error);
  vantage_stmt_bind_text (&stmt, 1, id);
  if (!vantage_stmt_run (&stmt, error))
    return vantage_vault_map_error (error);
  return TRUE;
}
