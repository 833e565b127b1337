/* fuzz-json.c: what the scanner lets pass, json-glib reads without a word, and means the same when
 * written and read again. */

#include "vantage-fuzz.h"

#include "vantage-json-walk.h"
#include "vantage-json.h"

#include <string.h>

const char *const vantage_fuzz_seeds[] = {
  "{\"a\":[1,-2.5e3,true,null,\"x\\u00e4\\ud83d\\ude00\\n\"],\"b\":{\"c\":{}}}",
  "[[[[]]],{\"k\":\"v\",\"k2\":[0.1,1e-7,9007199254740992]}]",
  "\"text \\\" \\\\ \\/ \\b\\f\\n\\r\\t\"",
  "{\"d\":\"0123456789abcdef\",\"n\":17}",
  "// no\n{'a':1,}",
  NULL,
};

/* Walking in place sees every string that the tree has. */
static guint
count_strings (const VantageJsonSpan *value)
{
  VantageJsonSpan name, element;
  VantageJsonWalk walk;
  guint n = vantage_json_span_is_string (value) ? 1 : 0;

  if (value->at[0] != '{' && value->at[0] != '[')
    return n;
  vantage_json_walk_enter (&walk, value);
  while (vantage_json_walk_next (&walk, &name, &element))
    {
      g_autofree char *text = vantage_json_span_dup_text (&name);

      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
      n += count_strings (&element);
    }
  return n;
}

static guint
count_tree_strings (JsonNode *node)
{
  guint n = 0;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        n += count_tree_strings (json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = json_object_get_values (json_node_get_object (node));

      for (GList *l = members; l != NULL; l = l->next)
        n += count_tree_strings (l->data);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    n = 1;
  return n;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *twice = NULL;
  VantageJsonSpan whole;

  if (!vantage_json_check ((const char *) data, size, &vantage_json_wire_limits, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }
  node = vantage_json_parse ((const char *) data, (gssize) size, &vantage_json_wire_limits, &error);
  g_assert_no_error (error);
  canonical = vantage_json_canonical (node);
  again = vantage_json_parse (canonical, -1, &vantage_json_wire_limits, &error);
  g_assert_no_error (error);
  twice = vantage_json_canonical (again);
  g_assert_cmpstr (canonical, ==, twice);

  whole = vantage_json_walk_whole ((const char *) data, size);
  g_assert_cmpuint (count_strings (&whole), ==, count_tree_strings (node));
  return 0;
}
