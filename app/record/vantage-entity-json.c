/* vantage-entity-json.c: an entity as it is printed and exported. */

#include "vantage-entity.h"

#include <string.h>

#include "vantage-id.h"
#include "vantage-time.h"

static void
add_time_element (JsonArray *array, gint64 us)
{
  char text[VANTAGE_TIME_TEXT_SIZE];

  json_array_add_string_element (array, vantage_time_format (us, text));
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  char text[VANTAGE_TIME_TEXT_SIZE];

  if (us >= VANTAGE_TIME_MIN && us <= VANTAGE_TIME_MAX)
    json_object_set_string_member (object, name, vantage_time_format (us, text));
}

/* Whole seconds stay whole. */
static JsonNode *
make_seconds (gint64 us)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  if (us % G_USEC_PER_SEC == 0)
    json_node_set_int (node, us / G_USEC_PER_SEC);
  else
    json_node_set_double (node, (double) us / G_USEC_PER_SEC);
  return node;
}

static JsonNode *
make_when (const VantageWhen *when)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *between;

  switch (when->sort)
    {
    case VANTAGE_WHEN_ITEM:
      json_object_set_string_member (object, "item", when->item);
      break;
    case VANTAGE_WHEN_AT:
      set_time (object, "at", when->at_us);
      json_object_set_member (object, "plus_minus", make_seconds (when->plus_minus_us));
      break;
    case VANTAGE_WHEN_BETWEEN:
      between = json_array_new ();
      add_time_element (between, when->at_us);
      add_time_element (between, when->until_us);
      json_object_set_array_member (object, "between", between);
      break;
    case VANTAGE_WHEN_UNKNOWN:
    default:
      break;
    }
  json_node_take_object (node, object);
  return node;
}

/* What the value is as JSON, where the type says nothing better. */
static JsonNode *
make_plain (VantageValue *value)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (vantage_value_get_json (value), &error);

  return node != NULL ? node : json_node_new (JSON_NODE_NULL);
}

static JsonNode *
make_value (VantageFieldType type, VantageValue *value)
{
  VantageWhen when;
  double decimal;
  gint64 number;
  JsonNode *node;

  if (type == VANTAGE_FIELD_DURATION && vantage_value_get_int (value, &number))
    return make_seconds (number);
  if (type == VANTAGE_FIELD_WHEN && vantage_value_get_when (value, &when))
    return make_when (&when);
  if (type == VANTAGE_FIELD_NUMBER && !vantage_value_get_int (value, &number) &&
      vantage_value_get_double (value, &decimal))
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_double (node, decimal);
      return node;
    }
  return make_plain (value);
}

static void
set_elements (VantageEntity *self, JsonObject *object, const VantageField *field)
{
  g_autoptr (GPtrArray) elements = vantage_entity_list_set (self, field->name);
  JsonArray *array;

  if (elements->len == 0)
    return;
  array = json_array_new ();
  for (guint i = 0; i < elements->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (elements, i));
  json_object_set_array_member (object, field->name, array);
}

static void
set_text_when_known (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

/* The words that were cited, beside the set `cites`, by element. */
static void
set_quotes (VantageEntity *self, JsonObject *object)
{
  g_autoptr (GPtrArray) elements = vantage_entity_list_set (self, "cites");
  JsonObject *quotes = json_object_new ();

  for (guint i = 0; i < elements->len; i++)
    {
      const char *element = g_ptr_array_index (elements, i);
      const char *quote, *version;
      JsonObject *words;

      vantage_value_get_cite (vantage_entity_get_key (self, "cites", element), &quote, &version);
      if (quote == NULL && version == NULL)
        continue;
      words = json_object_new ();
      set_text_when_known (words, "quote", quote);
      set_text_when_known (words, "version", version);
      json_object_set_object_member (quotes, element, words);
    }
  if (json_object_get_size (quotes) > 0)
    json_object_set_object_member (object, "quotes", quotes);
  else
    json_object_unref (quotes);
}

static void
set_keys (VantageEntity *self, JsonObject *object, const VantageField *field)
{
  g_autoptr (GPtrArray) names = vantage_entity_list_registers (self);
  g_autofree char *prefix = g_strconcat (field->name, "/", NULL);
  JsonObject *keys = json_object_new ();

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gsize length = strlen (prefix);

      if (strncmp (name, prefix, length) == 0)
        json_object_set_member (
            keys, name + length,
            make_value (field->keyed_type, vantage_entity_get_value (self, name)));
    }
  if (json_object_get_size (keys) > 0)
    json_object_set_object_member (object, field->name, keys);
  else
    json_object_unref (keys);
}

static void
set_field (VantageEntity *self, JsonObject *object, const VantageField *field)
{
  VantageValue *value;

  if (vantage_field_is_set (field))
    {
      set_elements (self, object, field);
      if (field->type == VANTAGE_FIELD_CITES)
        set_quotes (self, object);
      return;
    }
  if (field->type == VANTAGE_FIELD_KEYED)
    {
      set_keys (self, object, field);
      return;
    }
  value = vantage_entity_get_value (self, field->name);
  if (value == NULL || vantage_value_is_null (value))
    return;
  json_object_set_member (object, field->name, make_value (field->type, value));
}

/* Of a kind this version does not know: the registers as they are. */
static void
set_unknown (VantageEntity *self, JsonObject *object)
{
  g_autoptr (GPtrArray) names = vantage_entity_list_registers (self);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (!json_object_has_member (object, name))
        json_object_set_member (object, name, make_plain (vantage_entity_get_value (self, name)));
    }
}

/* "kind" is the kind of the entity, except where a field of that name is set ("incident" of a
 * review, "decided" of an event): that is what is asked for there, and "entity" tells the other. */
static void
set_kind (VantageEntity *self, JsonObject *object)
{
  const VantageKind *kind = vantage_entity_get_kind (self);
  const char *name = vantage_entity_get_kind_name (self);

  json_object_set_string_member (object, "kind", name);
  if (kind != NULL && vantage_kind_find_field (kind, "kind") != NULL)
    json_object_set_string_member (object, "entity", name);
}

JsonNode *
vantage_entity_to_json (VantageEntity *self)
{
  const VantageKind *kind = vantage_entity_get_kind (self);
  const char *const *conflicts = vantage_entity_get_conflicts (self);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autofree char *by = NULL;

  json_object_set_string_member (object, "id", vantage_entity_get_id (self));
  set_kind (self, object);
  if (kind == NULL)
    set_unknown (self, object);
  else
    {
      for (const VantageField *field = kind->fields; field->name != NULL; field++)
        set_field (self, object, field);
    }

  set_time (object, "created", vantage_entity_get_created_us (self));
  set_time (object, "changed", vantage_entity_get_changed_us (self));
  by = vantage_author_id (vantage_entity_get_by (self));
  /* The same where "by" is a field that is set (who talks in an interview): "author" tells it. */
  json_object_set_string_member (object, json_object_has_member (object, "by") ? "author" : "by",
                                 by);
  for (; *conflicts != NULL; conflicts++)
    json_array_add_string_element (array, *conflicts);
  json_object_set_array_member (object, "conflicts", array);
  if (vantage_entity_is_deleted (self))
    json_object_set_boolean_member (object, "deleted", TRUE);

  json_node_take_object (node, object);
  return node;
}
