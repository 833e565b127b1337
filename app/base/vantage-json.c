/* vantage-json.c: reading through the gate, members that never fail, and canonical writing. */

#include "vantage-json.h"

#include <math.h>
#include <string.h>

#define MAX_EXACT 9007199254740992.0 /* 2^53 */

JsonNode *
vantage_json_parse (const char *text, gssize length, const VantageJsonLimits *limits,
                    GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) reason = NULL;
  JsonNode *root = NULL;

  if (!vantage_json_check (text, size, limits, error))
    return NULL;

  parser = json_parser_new ();
  if (json_parser_load_from_data (parser, text, (gssize) size, &reason))
    root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error (error, VANTAGE_JSON_ERROR, VANTAGE_JSON_ERROR_SYNTAX, "%s",
                 reason != NULL ? reason->message : "no value");
  return root;
}

/* The member when it is one plain value. */
static JsonNode *
find_value (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
vantage_json_get_text (JsonObject *object, const char *name, const char *fallback)
{
  JsonNode *node = find_value (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return fallback;
  return json_node_get_string (node);
}

gint64
vantage_json_get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = find_value (object, name);
  double number;

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return fallback;
  number = json_node_get_double (node);
  return number == floor (number) && fabs (number) <= MAX_EXACT ? (gint64) number : fallback;
}

double
vantage_json_get_double (JsonObject *object, const char *name, double fallback)
{
  JsonNode *node = find_value (object, name);

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return (double) json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return json_node_get_double (node);
  return fallback;
}

gboolean
vantage_json_get_bool (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = find_value (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;
  return json_node_get_boolean (node);
}

JsonObject *
vantage_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
vantage_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
append_escape (GString *out, guchar byte)
{
  static const char meanings[] = "\"\\\b\f\n\r\t";
  static const char names[] = "\"\\bfnrt";
  const char *meaning = strchr (meanings, byte);

  if (meaning != NULL)
    {
      g_string_append_c (out, '\\');
      g_string_append_c (out, names[meaning - meanings]);
    }
  else
    g_string_append_printf (out, "\\u%04x", byte);
}

void
vantage_json_append_string (GString *out, const char *text, gssize length)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);
  const char *run = text;

  g_string_append_c (out, '"');
  for (const char *at = text; at < end; at++)
    {
      guchar byte = (guchar) *at;

      if (byte >= 0x20 && byte != '"' && byte != '\\')
        continue;
      g_string_append_len (out, run, at - run);
      if (byte != '\0') /* text ends there for everybody who reads it */
        append_escape (out, byte);
      run = at + 1;
    }
  g_string_append_len (out, run, end - run);
  g_string_append_c (out, '"');
}

static void
append_double (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (out, "null");
      return;
    }
  if (number == floor (number) && fabs (number) <= MAX_EXACT)
    {
      g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) number);
      return;
    }
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  g_string_append (out, text);
}

static void
append_value (GString *out, JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      vantage_json_append_string (out, json_node_get_string (node), -1);
      break;
    case G_TYPE_INT64:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      break;
    default:
      append_double (out, json_node_get_double (node));
      break;
    }
}

#define ON_ONE_LINE (-1) /* as a level: canonical, names sorted */

static void
append_break (GString *out, int level)
{
  if (level == ON_ONE_LINE)
    return;
  g_string_append_c (out, '\n');
  for (int i = 0; i < level; i++)
    g_string_append (out, "  ");
}

static void append_node (GString *out, JsonNode *node, int level);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
append_object (GString *out, JsonObject *object, int level)
{
  int inner = level == ON_ONE_LINE ? level : level + 1;
  g_autoptr (GList) names = json_object_get_members (object);

  if (level == ON_ONE_LINE)
    names = g_list_sort (names, compare_names);
  g_string_append_c (out, '{');
  for (GList *l = names; l != NULL; l = l->next)
    {
      if (l != names)
        g_string_append_c (out, ',');
      append_break (out, inner);
      vantage_json_append_string (out, l->data, -1);
      g_string_append (out, level == ON_ONE_LINE ? ":" : ": ");
      append_node (out, json_object_get_member (object, l->data), inner);
    }
  if (names != NULL)
    append_break (out, level);
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array, int level)
{
  int inner = level == ON_ONE_LINE ? level : level + 1;
  guint n = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_break (out, inner);
      append_node (out, json_array_get_element (array, i), inner);
    }
  if (n > 0)
    append_break (out, level);
  g_string_append_c (out, ']');
}

static void
append_node (GString *out, JsonNode *node, int level)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (out, json_node_get_object (node), level);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (out, json_node_get_array (node), level);
  else if (JSON_NODE_HOLDS_VALUE (node))
    append_value (out, node);
  else
    g_string_append (out, "null");
}

char *
vantage_json_canonical (JsonNode *node)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_node (out, node, ON_ONE_LINE);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
vantage_json_pretty (JsonNode *node)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_node (out, node, 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
