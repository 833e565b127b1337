/* vantage-export-json.c: the shared review as one JSON document. Two libraries with the same
 * changes give the same bytes: kinds in the table's order, entities by id. */

#include "vantage-report-private.h"

#include "vantage-json.h"

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (vantage_entity_get_id (*(VantageEntity *const *) a),
                    vantage_entity_get_id (*(VantageEntity *const *) b));
}

static JsonArray *
list_to_json (const VantageReportInput *input, const char *kind)
{
  g_autoptr (GPtrArray) list = input->list (kind, input->user_data);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; list != NULL && i < list->len; i++)
    g_ptr_array_add (sorted, list->pdata[i]);
  g_ptr_array_sort (sorted, compare_ids);
  for (guint i = 0; i < sorted->len; i++)
    json_array_add_element (array, vantage_entity_to_json (sorted->pdata[i]));
  return array;
}

char *
vantage_export_json (const VantageReportInput *input)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "format", "vantage-review");
  json_object_set_int_member (object, "version", 1);
  json_object_set_member (object, "review", vantage_entity_to_json (input->review));
  for (const VantageKind *kind = vantage_kinds (); kind->name != NULL; kind++)
    {
      JsonArray *array;
      g_autofree char *name = NULL;

      if (kind->stream != VANTAGE_STREAM_TEAM || g_str_equal (kind->name, "review"))
        continue;
      array = list_to_json (input, kind->name);
      name = g_strconcat (kind->name, "s", NULL);
      if (json_array_get_length (array) > 0)
        json_object_set_array_member (object, name, array);
      else
        json_array_unref (array);
    }
  json_node_take_object (root, object);
  text = vantage_json_pretty (root);
  return g_strconcat (text, "\n", NULL);
}
