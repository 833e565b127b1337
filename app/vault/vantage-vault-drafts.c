/* vantage-vault-drafts.c: what is being typed, kept twice a second, and found again after a crash.
 * A draft is no step of undo: the line that it becomes is. */

#include <string.h>

#include "vantage-id.h"
#include "vantage-json.h"
#include "vantage-vault-private.h"

#define MAX_TEXT (64 * 1024)

void
vantage_draft_free (VantageDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->line);
  g_free (self->interview);
  g_free (self->text);
  g_free (self);
}

char *
vantage_vault_new_line_id (VantageVault *self)
{
  return vantage_id_new (vantage_vault_now_us (self));
}

gboolean
vantage_vault_erase_draft (VantageVault *self, const char *line, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "DELETE FROM draft WHERE line = ?1", error);

  if (stmt.db == NULL)
    return vantage_vault_map_error (error);
  vantage_stmt_bind_text (&stmt, 1, line);
  if (!vantage_stmt_run (&stmt, error))
    return vantage_vault_map_error (error);
  return TRUE;
}

static gboolean
write_draft (VantageVault *self, const char *interview, const char *line, gint64 begun_us,
             const char *text, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "INSERT INTO draft (line, interview, begun_us, at_us, payload) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (line) DO UPDATE SET begun_us = ?3, at_us = ?4, payload = ?5",
      error);
  g_autoptr (JsonNode) data = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GBytes) sealed = NULL;
  JsonObject *object;
  gsize size = 0;
  const void *bytes;

  if (stmt.db == NULL)
    return vantage_vault_map_error (error);
  object = json_object_new ();
  json_object_set_string_member (object, "text", text);
  json_node_take_object (data, object);
  sealed = vantage_vault_pack (self, "draft", line, data);
  bytes = g_bytes_get_data (sealed, &size);
  vantage_stmt_bind_text (&stmt, 1, line);
  vantage_stmt_bind_text (&stmt, 2, interview);
  vantage_stmt_bind_int (&stmt, 3, begun_us);
  vantage_stmt_bind_int (&stmt, 4, vantage_vault_now_us (self));
  vantage_stmt_bind_blob (&stmt, 5, bytes, size);
  if (!vantage_stmt_run (&stmt, error))
    return vantage_vault_map_error (error);
  return TRUE;
}

gboolean
vantage_vault_save_draft (VantageVault *self, const char *interview, const char *line,
                          gint64 begun_us, const char *text, GError **error)
{
  gboolean ok;

  if (strlen (text) > MAX_TEXT || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID,
                   "a line holds at most %d KiB of UTF-8 text", MAX_TEXT / 1024);
      return FALSE;
    }
  if (!vantage_vault_require_key (self, error) || !vantage_vault_lock (self, error))
    return FALSE;
  ok = write_draft (self, interview, line, begun_us, text, error);
  vantage_vault_unlock_folder (self);
  return ok;
}

gboolean
vantage_vault_drop_draft (VantageVault *self, const char *line, GError **error)
{
  gboolean ok;

  if (!vantage_vault_require_key (self, error) || !vantage_vault_lock (self, error))
    return FALSE;
  ok = vantage_vault_erase_draft (self, line, error);
  vantage_vault_unlock_folder (self);
  return ok;
}

static VantageDraft *
read_stepped (VantageVault *self, VantageStmt *stmt, GError **error)
{
  gsize size = 0;
  const char *line = vantage_stmt_get_text (stmt, 0);
  const void *sealed = vantage_stmt_get_blob (stmt, 4, &size);
  g_autoptr (JsonNode) data = vantage_vault_unpack (self, "draft", line, sealed, size, error);
  VantageDraft *draft;

  if (data == NULL)
    return NULL;
  draft = g_new0 (VantageDraft, 1);
  draft->line = g_strdup (line);
  draft->interview = g_strdup (vantage_stmt_get_text (stmt, 1));
  draft->begun_us = vantage_stmt_get_int (stmt, 2);
  draft->at_us = vantage_stmt_get_int (stmt, 3);
  draft->text = g_strdup (vantage_json_get_text (json_node_get_object (data), "text", ""));
  return draft;
}

GPtrArray *
vantage_vault_list_drafts (VantageVault *self, const char *interview, GError **error)
{
  g_autoptr (GPtrArray) drafts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_draft_free);
  g_auto (VantageStmt) stmt = { 0 };

  if (!vantage_vault_require_key (self, error))
    return NULL;
  stmt = vantage_db_prepare (self->db,
                             "SELECT line, interview, begun_us, at_us, payload FROM draft"
                             " WHERE interview = ?1 ORDER BY begun_us, line",
                             error);
  if (stmt.db == NULL)
    {
      vantage_vault_map_error (error);
      return NULL;
    }
  vantage_stmt_bind_text (&stmt, 1, interview);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageDraft *draft = read_stepped (self, &stmt, error);

      if (draft == NULL)
        return NULL;
      g_ptr_array_add (drafts, draft);
    }
  if (stmt.failed)
    {
      vantage_vault_map_error (error);
      return NULL;
    }
  return g_steal_pointer (&drafts);
}

/* 1: a line was saved; 0: it said so already; -1: failed. */
static int
recover_one (VantageVault *self, const VantageDraft *draft, const char *what, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (VantageLine) line = vantage_vault_get_line (self, draft->line, &failure);

  if (line == NULL &&
      !g_error_matches (failure, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return -1;
    }
  if (g_str_equal (draft->text, line != NULL ? vantage_line_get_text (line) : ""))
    return vantage_vault_drop_draft (self, draft->line, error) ? 0 : -1;
  if (line != NULL)
    return vantage_vault_set_line_text (self, draft->line, draft->text, what, error) ? 1 : -1;
  {
    VantageLineFields fields = VANTAGE_LINE_FIELDS_INIT;
    g_autoptr (VantageLine) added = NULL;

    fields.text = draft->text;
    fields.begun_us = draft->begun_us;
    added =
        vantage_vault_add_line (self, draft->interview, draft->line, &fields, NULL, what, error);
    return added != NULL ? 1 : -1;
  }
}

int
vantage_vault_recover_drafts (VantageVault *self, const char *interview, const char *what,
                              GError **error)
{
  g_autoptr (GPtrArray) drafts = vantage_vault_list_drafts (self, interview, error);
  int n = 0;

  if (drafts == NULL)
    return -1;
  for (guint i = 0; i < drafts->len; i++)
    {
      int one = recover_one (self, drafts->pdata[i], what, error);

      if (one < 0)
        return -1;
      n += one;
    }
  return n;
}
