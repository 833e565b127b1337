/* vantage-vault-notes.c: notes of interviews that come as a file, taken in whole. */

#include <string.h>

#include "vantage-id.h"
#include "vantage-json.h"
#include "vantage-order-key.h"
#include "vantage-time.h"
#include "vantage-vault-private.h"

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID, "the notes hold %s", what);
  return FALSE;
}

/* Writes the payload of one row; what stands in clear is left out of it. */
static gboolean
write_row (VantageVaultStep *step, const VantageVaultTable *table, const char *id, const char *text,
           gint64 number, JsonObject *data, GError **error)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *copy = json_object_new ();
  g_autoptr (VantageVaultRow) row = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, data);
  while (json_object_iter_next (&iter, &name, &member))
    if (!g_str_equal (name, "id") && !g_str_equal (name, "begun") && !g_str_equal (name, "way") &&
        !JSON_NODE_HOLDS_NULL (member))
      json_object_set_member (copy, name, json_node_copy (member));
  json_node_take_object (node, copy);
  row = vantage_vault_row_new (table, id, step->interview, text, number, node);
  return vantage_vault_write_row (step->vault, row, error);
}

static JsonObject *
get_entry (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The entry at @index with an id that can be one; NULL with @error. */
static JsonObject *
get_row (JsonArray *array, guint index, const char **out_id, GError **error)
{
  JsonObject *entry = get_entry (array, index);

  *out_id = entry != NULL ? vantage_json_get_text (entry, "id", "") : "";
  if (!vantage_id_is_valid (*out_id))
    {
      refuse (error, "a line, passage or telling without an id");
      return NULL;
    }
  return entry;
}

static gboolean
write_lines (VantageVaultStep *step, JsonArray *lines, GError **error)
{
  guint n = lines != NULL ? json_array_get_length (lines) : 0;
  g_auto (GStrv) keys = n > 0 ? vantage_order_keys_between (NULL, NULL, n) : NULL;

  for (guint i = 0; i < n; i++)
    {
      const char *id;
      JsonObject *entry = get_row (lines, i, &id, error);
      gint64 begun_us;

      if (entry == NULL)
        return FALSE;
      if (!vantage_time_parse (vantage_json_get_text (entry, "begun", ""), -1, &begun_us, NULL,
                               NULL))
        return refuse (error, "a line that does not say when it was begun");
      if (!write_row (step, &vantage_vault_lines, id, keys[i], begun_us, entry, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_others (VantageVaultStep *step, const VantageVaultTable *table, JsonArray *rows,
              GError **error)
{
  for (guint i = 0; i < (rows != NULL ? json_array_get_length (rows) : 0); i++)
    {
      const char *id;
      JsonObject *entry = get_row (rows, i, &id, error);
      const char *way = entry != NULL ? vantage_json_get_text (entry, "way", NULL) : NULL;

      if (entry == NULL || !write_row (step, table, id, way, way != NULL, entry, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_interview (VantageVault *self, const char *interview, JsonObject *notes, GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };
  JsonObject *prep = vantage_json_get_object (notes, "prep");

  return vantage_vault_step_begin (&step, self, interview, "", error) &&
         (prep == NULL ||
          write_row (&step, &vantage_vault_preps, interview, NULL, 0, prep, error)) &&
         write_lines (&step, vantage_json_get_array (notes, "lines"), error) &&
         write_others (&step, &vantage_vault_passages, vantage_json_get_array (notes, "passages"),
                       error) &&
         write_others (&step, &vantage_vault_tellings, vantage_json_get_array (notes, "tellings"),
                       error) &&
         vantage_vault_step_commit (&step, error);
}

gboolean
vantage_vault_read_notes (VantageVault *self, const char *json, gssize length, GError **error)
{
  g_autoptr (GPtrArray) known = vantage_vault_list_interviews (self, error);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *interviews = NULL;

  if (known == NULL)
    return FALSE;
  node = vantage_json_parse (json, length, &vantage_json_file_limits, error);
  if (node == NULL)
    {
      g_clear_error (error);
      return refuse (error, "no JSON that can be read");
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    interviews = vantage_json_get_array (json_node_get_object (node), "interviews");
  if (interviews == NULL)
    return refuse (error, "no list of interviews");
  for (guint i = 0; i < json_array_get_length (interviews); i++)
    {
      JsonObject *notes = get_entry (interviews, i);
      const char *id = notes != NULL ? vantage_json_get_text (notes, "interview", "") : "";

      if (!vantage_id_is_valid (id))
        return refuse (error, "an interview without an id");
      if (g_ptr_array_find_with_equal_func (known, id, g_str_equal, NULL))
        continue;
      if (!write_interview (self, id, notes, error))
        return FALSE;
      vantage_vault_refresh_lists (self);
      g_signal_emit_by_name (self, "changed", id);
    }
  return TRUE;
}
