/* vantage-vault-steps.c: one edit = one transaction = one step of undo: what rows were before and
 * after is kept, sealed as they are. */

#include "vantage-json.h"
#include "vantage-vault-private.h"

static void
free_change (gpointer data)
{
  VantageVaultChange *change = data;

  g_clear_pointer (&change->before, vantage_vault_row_free);
  g_clear_pointer (&change->after, vantage_vault_row_free);
  g_free (change);
}

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func (free_change);
}

/* ---- a step's payload ---- */

static JsonNode *
row_to_json (const VantageVaultRow *row)
{
  g_autofree char *number = NULL;
  JsonObject *object;
  JsonNode *node;

  if (row == NULL)
    return json_node_new (JSON_NODE_NULL);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, row->number);
  object = json_object_new ();
  json_object_set_string_member (object, "interview", row->interview);
  if (row->text != NULL)
    json_object_set_string_member (object, "text", row->text);
  json_object_set_string_member (object, "number", number); /* as text: may be beyond 2^53 */
  json_object_set_member (object, "data", json_node_copy (row->data));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static VantageVaultRow *
row_from_json (const VantageVaultTable *table, const char *id, JsonObject *object)
{
  JsonNode *data = object != NULL ? json_object_get_member (object, "data") : NULL;

  if (data == NULL)
    return NULL;
  return vantage_vault_row_new (
      table, id, vantage_json_get_text (object, "interview", ""),
      vantage_json_get_text (object, "text", NULL),
      g_ascii_strtoll (vantage_json_get_text (object, "number", "0"), NULL, 10),
      json_node_copy (data));
}

static JsonNode *
step_to_json (const VantageVaultStep *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *changes = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < self->changes->len; i++)
    {
      VantageVaultChange *change = self->changes->pdata[i];
      const VantageVaultRow *row = change->after != NULL ? change->after : change->before;
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "table", row->table->name);
      json_object_set_string_member (entry, "id", row->id);
      json_object_set_member (entry, "before", row_to_json (change->before));
      json_object_set_member (entry, "after", row_to_json (change->after));
      json_array_add_object_element (changes, entry);
    }
  json_object_set_string_member (object, "what", self->what);
  json_object_set_array_member (object, "changes", changes);
  json_node_take_object (node, object);
  return node;
}

static GPtrArray *
changes_from_json (JsonObject *object)
{
  JsonArray *array = vantage_json_get_array (object, "changes");
  GPtrArray *changes = new_changes ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *entry = json_array_get_object_element (array, i);
      const VantageVaultTable *table =
          vantage_vault_find_table (vantage_json_get_text (entry, "table", NULL));
      const char *id = vantage_json_get_text (entry, "id", "");
      VantageVaultChange *change = g_new0 (VantageVaultChange, 1);

      if (table != NULL)
        {
          change->before = row_from_json (table, id, vantage_json_get_object (entry, "before"));
          change->after = row_from_json (table, id, vantage_json_get_object (entry, "after"));
        }
      if (change->before == NULL && change->after == NULL)
        free_change (change);
      else
        g_ptr_array_add (changes, change);
    }
  return changes;
}

/* ---- a step in the making ---- */

gboolean
vantage_vault_step_begin (VantageVaultStep *self, VantageVault *vault, const char *interview,
                          const char *what, GError **error)
{
  if (!vantage_vault_require_key (vault, error) || !vantage_vault_lock (vault, error))
    return FALSE;
  if (!vantage_db_begin (vault->db, error))
    {
      vantage_vault_unlock_folder (vault);
      return vantage_vault_map_error (error);
    }
  self->vault = g_object_ref (vault);
  self->interview = g_strdup (interview);
  self->what = g_strdup (what != NULL ? what : "");
  self->changes = new_changes ();
  self->open = TRUE;
  return TRUE;
}

void
vantage_vault_step_clear (VantageVaultStep *self)
{
  if (self->open)
    {
      vantage_db_rollback (self->vault->db);
      vantage_vault_unlock_folder (self->vault);
      self->open = FALSE;
    }
  g_clear_pointer (&self->interview, g_free);
  g_clear_pointer (&self->what, g_free);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_object (&self->vault);
}

/* A row that one step touches twice is one change. */
static VantageVaultChange *
find_change (VantageVaultStep *self, const VantageVaultTable *table, const char *id)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      VantageVaultChange *change = self->changes->pdata[i];
      const VantageVaultRow *row = change->after != NULL ? change->after : change->before;

      if (row != NULL && row->table == table && g_str_equal (row->id, id))
        return change;
    }
  return NULL;
}

static gboolean
note_change (VantageVaultStep *self, VantageVaultRow *before, const VantageVaultRow *after)
{
  const VantageVaultRow *row = after != NULL ? after : before;
  VantageVaultChange *change = find_change (self, row->table, row->id);

  if (change == NULL)
    {
      change = g_new0 (VantageVaultChange, 1);
      change->before = before;
      g_ptr_array_add (self->changes, change);
    }
  else
    {
      g_clear_pointer (&change->after, vantage_vault_row_free);
      vantage_vault_row_free (before);
    }
  change->after = after != NULL ? vantage_vault_row_copy (after) : NULL;
  if (change->before == NULL && change->after == NULL)
    g_ptr_array_remove (self->changes, change);
  return TRUE;
}

gboolean
vantage_vault_step_put (VantageVaultStep *self, const VantageVaultRow *row, GError **error)
{
  g_autoptr (VantageVaultRow) before = NULL;

  if (!vantage_vault_read_row (self->vault, row->table, row->id, &before, error))
    return FALSE;
  if (before != NULL && vantage_vault_row_equal (before, row))
    return TRUE;
  if (!vantage_vault_write_row (self->vault, row, error))
    return FALSE;
  return note_change (self, g_steal_pointer (&before), row);
}

gboolean
vantage_vault_step_remove (VantageVaultStep *self, const VantageVaultTable *table, const char *id,
                           GError **error)
{
  g_autoptr (VantageVaultRow) before = NULL;

  if (!vantage_vault_read_row (self->vault, table, id, &before, error))
    return FALSE;
  if (before == NULL)
    return TRUE;
  if (!vantage_vault_erase_row (self->vault, table, id, error))
    return FALSE;
  return note_change (self, g_steal_pointer (&before), NULL);
}

static gboolean
run_on_interview (VantageVault *vault, const char *sql, const char *interview, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (vault->db, sql, error);

  if (stmt.db == NULL)
    return vantage_vault_map_error (error);
  vantage_stmt_bind_text (&stmt, 1, interview);
  if (!vantage_stmt_run (&stmt, error))
    return vantage_vault_map_error (error);
  return TRUE;
}

static gint64
find_next_n (VantageVault *vault, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (vault->db, "SELECT coalesce (max (n), 0) + 1 FROM vault_op", error);

  if (stmt.db == NULL || !vantage_stmt_step (&stmt, error))
    {
      vantage_vault_map_error (error);
      return 0;
    }
  return vantage_stmt_get_int (&stmt, 0);
}

static gboolean
write_op (VantageVaultStep *self, GError **error)
{
  VantageVault *vault = self->vault;
  gint64 n = find_next_n (vault, error);
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  g_autoptr (JsonNode) data = NULL;
  g_autoptr (GBytes) sealed = NULL;
  gsize size = 0;
  const void *bytes;

  if (n == 0)
    return FALSE;
  data = step_to_json (self);
  sealed = vantage_vault_pack (vault, "vault_op", row, data);
  bytes = g_bytes_get_data (sealed, &size);
  {
    g_auto (VantageStmt) stmt = vantage_db_prepare (
        vault->db,
        "INSERT INTO vault_op (n, interview, t, state, payload) VALUES (?1, ?2, ?3, 0, ?4)", error);

    if (stmt.db == NULL)
      return vantage_vault_map_error (error);
    vantage_stmt_bind_int (&stmt, 1, n);
    vantage_stmt_bind_text (&stmt, 2, self->interview);
    vantage_stmt_bind_int (&stmt, 3, vantage_vault_now_us (vault));
    vantage_stmt_bind_blob (&stmt, 4, bytes, size);
    if (!vantage_stmt_run (&stmt, error))
      return vantage_vault_map_error (error);
  }
  return TRUE;
}

static gboolean
end_transaction (VantageVaultStep *self, GError **error)
{
  if (!vantage_db_commit (self->vault->db, error))
    return vantage_vault_map_error (error); /* clear rolls back */
  self->open = FALSE;
  vantage_vault_unlock_folder (self->vault);
  return TRUE;
}

gboolean
vantage_vault_step_commit (VantageVaultStep *self, GError **error)
{
  if (self->changes->len > 0 &&
      (!run_on_interview (self->vault,
                          "UPDATE vault_op SET state = 2 WHERE interview = ?1 AND state = 1",
                          self->interview, error) ||
       !write_op (self, error)))
    return FALSE;
  if (!end_transaction (self, error))
    return FALSE;
  if (self->changes->len > 0)
    vantage_vault_announce (self->vault, self->interview, self->changes, FALSE);
  return TRUE;
}

/* ---- undo and redo ---- */

#define SELECT_UNDO                                                                                \
  "SELECT n, payload FROM vault_op WHERE interview = ?1 AND state = 0 ORDER BY n DESC LIMIT 1"
#define SELECT_REDO                                                                                \
  "SELECT n, payload FROM vault_op WHERE interview = ?1 AND state = 1 ORDER BY n LIMIT 1"

/* The step that undo or redo is about; NULL without error: there is none. */
static JsonNode *
read_top (VantageVault *self, const char *interview, gboolean redo, gint64 *out_n, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, redo ? SELECT_REDO : SELECT_UNDO, error);
  g_autofree char *row = NULL;
  gsize size = 0;
  const void *sealed;

  if (stmt.db == NULL)
    {
      vantage_vault_map_error (error);
      return NULL;
    }
  vantage_stmt_bind_text (&stmt, 1, interview);
  if (!vantage_stmt_step (&stmt, error))
    {
      if (stmt.failed)
        vantage_vault_map_error (error);
      return NULL;
    }
  *out_n = vantage_stmt_get_int (&stmt, 0);
  row = g_strdup_printf ("%" G_GINT64_FORMAT, *out_n);
  sealed = vantage_stmt_get_blob (&stmt, 1, &size);
  return vantage_vault_unpack (self, "vault_op", row, sealed, size, error);
}

static char *
dup_top_name (VantageVault *self, const char *interview, gboolean redo)
{
  g_autoptr (JsonNode) top = NULL;
  gint64 n;

  if (self->key == NULL)
    return NULL;
  top = read_top (self, interview, redo, &n, NULL);
  return top != NULL ? g_strdup (vantage_json_get_text (json_node_get_object (top), "what", ""))
                     : NULL;
}

char *
vantage_vault_dup_undo_name (VantageVault *self, const char *interview)
{
  return dup_top_name (self, interview, FALSE);
}

char *
vantage_vault_dup_redo_name (VantageVault *self, const char *interview)
{
  return dup_top_name (self, interview, TRUE);
}

static gboolean
set_state (VantageVault *self, gint64 n, int state, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "UPDATE vault_op SET state = ?2 WHERE n = ?1", error);

  if (stmt.db == NULL)
    return vantage_vault_map_error (error);
  vantage_stmt_bind_int (&stmt, 1, n);
  vantage_stmt_bind_int (&stmt, 2, state);
  if (!vantage_stmt_run (&stmt, error))
    return vantage_vault_map_error (error);
  return TRUE;
}

static gboolean
apply_changes (VantageVault *self, GPtrArray *changes, gboolean backwards, GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      VantageVaultChange *change = changes->pdata[backwards ? changes->len - 1 - i : i];
      VantageVaultRow *now = backwards ? change->before : change->after;
      VantageVaultRow *was = backwards ? change->after : change->before;
      gboolean ok = now != NULL ? vantage_vault_write_row (self, now, error)
                                : vantage_vault_erase_row (self, was->table, was->id, error);

      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk (VantageVault *self, const char *interview, gboolean redo, char **out_what, GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };
  g_autoptr (JsonNode) top = NULL;
  g_autoptr (GError) failure = NULL;
  JsonObject *object;
  gint64 n = 0;

  if (!vantage_vault_step_begin (&step, self, interview, "", error))
    return FALSE;
  top = read_top (self, interview, redo, &n, &failure);
  if (top == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOTHING, "nothing to %s",
                     redo ? "redo" : "undo");
      return FALSE;
    }
  object = json_node_get_object (top);
  g_ptr_array_unref (step.changes);
  step.changes = changes_from_json (object);
  if (!apply_changes (self, step.changes, !redo, error) ||
      !set_state (self, n, redo ? 0 : 1, error) || !end_transaction (&step, error))
    return FALSE;
  if (out_what != NULL)
    *out_what = g_strdup (vantage_json_get_text (object, "what", ""));
  vantage_vault_announce (self, interview, step.changes, !redo);
  return TRUE;
}

gboolean
vantage_vault_undo (VantageVault *self, const char *interview, char **out_what, GError **error)
{
  return walk (self, interview, FALSE, out_what, error);
}

gboolean
vantage_vault_redo (VantageVault *self, const char *interview, char **out_what, GError **error)
{
  return walk (self, interview, TRUE, out_what, error);
}
