/* vantage-field-text.c: from what a person typed to a value of a field's type. */

#include "vantage-kind.h"

#include <math.h>
#include <string.h>

#include "vantage-json.h"
#include "vantage-time.h"

#define MAX_SECONDS 9007199254.0 /* 2^53 µs: 285 years */

static VantageValue *
refuse (const VantageField *field, const char *expected, const char *text, GError **error)
{
  g_set_error (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_VALUE, "%s is %s; “%s” is none",
               field->name, expected, text);
  return NULL;
}

static gboolean
read_instant (const char *text, gint64 *out_us)
{
  VantagePrecision precision;
  gboolean has_zone;

  /* A day is a day everywhere; a clock reading without its zone would be a guess. */
  return vantage_time_parse (text, -1, out_us, &precision, &has_zone) &&
         (has_zone || precision == VANTAGE_PRECISION_DAY);
}

static gboolean
read_seconds (double seconds, gint64 *out_us)
{
  if (!isfinite (seconds) || fabs (seconds) > MAX_SECONDS)
    return FALSE;
  *out_us = (gint64) round (seconds * G_USEC_PER_SEC);
  return TRUE;
}

static VantageValue *
read_duration (const VantageField *field, const char *text, GError **error)
{
  g_autoptr (VantageValue) number = vantage_value_new_text (text);
  double seconds;
  gint64 us;

  if (!vantage_value_get_double (number, &seconds) || !read_seconds (seconds, &us))
    return refuse (field, "a number of seconds, such as 90 or 0.25", text, error);
  return vantage_value_new_duration (us);
}

static VantageValue *
read_number (const VantageField *field, const char *text, GError **error)
{
  g_autoptr (VantageValue) typed = vantage_value_new_text (text);
  double number;

  if (!vantage_value_get_double (typed, &number))
    return refuse (field, "a number, such as 12 or 0.25", text, error);
  if (number == floor (number) && fabs (number) <= 9007199254740992.0)
    return vantage_value_new_int ((gint64) number);
  return vantage_value_new_decimal (number);
}

static VantageValue *
read_yesno (const VantageField *field, const char *text, GError **error)
{
  if (strcmp (text, "yes") == 0 || strcmp (text, "true") == 0)
    return vantage_value_new_yesno (TRUE);
  if (strcmp (text, "no") == 0 || strcmp (text, "false") == 0)
    return vantage_value_new_yesno (FALSE);
  return refuse (field, "yes or no", text, error);
}

static gboolean
read_plus_minus (JsonObject *object, gint64 *out_us)
{
  *out_us = vantage_json_get_int (object, "pm", 0);
  if (json_object_has_member (object, "plus_minus"))
    return read_seconds (vantage_json_get_double (object, "plus_minus", NAN), out_us) &&
           *out_us >= 0;
  return *out_us >= 0;
}

/* As it is printed, with plus_minus in seconds, or as it stands in an op. */
static gboolean
read_when_object (JsonObject *object, VantageWhen *out)
{
  const char *at = vantage_json_get_text (object, "at", NULL);
  JsonArray *between = vantage_json_get_array (object, "between");
  JsonNode *first, *second;

  *out = (VantageWhen){ .item = vantage_json_get_text (object, "item", NULL) };
  if (out->item != NULL)
    {
      out->sort = VANTAGE_WHEN_ITEM;
      return TRUE;
    }
  if (at != NULL)
    {
      out->sort = VANTAGE_WHEN_AT;
      return read_instant (at, &out->at_us) && read_plus_minus (object, &out->plus_minus_us);
    }
  if (between == NULL || json_array_get_length (between) != 2)
    return FALSE;
  first = json_array_get_element (between, 0);
  second = json_array_get_element (between, 1);
  out->sort = VANTAGE_WHEN_BETWEEN;
  return json_node_get_value_type (first) == G_TYPE_STRING &&
         json_node_get_value_type (second) == G_TYPE_STRING &&
         read_instant (json_node_get_string (first), &out->at_us) &&
         read_instant (json_node_get_string (second), &out->until_us) &&
         out->at_us <= out->until_us;
}

static VantageValue *
read_when (const VantageField *field, const char *text, GError **error)
{
  static const char expected[] = "a time, {\"item\": ID}, {\"at\": TIME, \"plus_minus\": SECONDS} "
                                 "or {\"between\": [TIME, TIME]}";
  VantageWhen when = { VANTAGE_WHEN_AT };
  g_autoptr (JsonNode) node = NULL;

  if (strcmp (text, "unknown") == 0 || strcmp (text, "null") == 0)
    return vantage_value_new_null ();
  if (read_instant (text, &when.at_us))
    return vantage_value_new_when (&when);

  node = vantage_json_parse (text, -1, &vantage_json_wire_limits, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      !read_when_object (json_node_get_object (node), &when))
    return refuse (field, expected, text, error);
  return vantage_value_new_when (&when);
}

static VantageValue *
read_time (const VantageField *field, const char *text, GError **error)
{
  gint64 us;

  if (!read_instant (text, &us))
    return refuse (field,
                   "a time with its offset, such as 2024-03-01T02:14:07Z or "
                   "2024-03-01T03:14+01:00, or a day",
                   text, error);
  return vantage_value_new_time (us);
}

static VantageValue *
read_type (const VantageField *field, VantageFieldType type, const char *text, GError **error)
{
  switch (type)
    {
    case VANTAGE_FIELD_YESNO:
      return read_yesno (field, text, error);
    case VANTAGE_FIELD_NUMBER:
      return read_number (field, text, error);
    case VANTAGE_FIELD_TIME:
      return read_time (field, text, error);
    case VANTAGE_FIELD_DURATION:
      return read_duration (field, text, error);
    case VANTAGE_FIELD_WHEN:
      return read_when (field, text, error);
    default:
      return vantage_value_new_text (text);
    }
}

/* A kind that has this field alone, so that the rules of values stand in one place. */
static gboolean
check (const VantageField *field, const char *register_name, VantageValue *value, GError **error)
{
  const VantageField fields[] = { *field, { .name = NULL } };
  const VantageKind kind = { "the field", VANTAGE_STREAM_TEAM, FALSE, fields, NULL };

  return vantage_kind_validate (&kind, register_name, value, error);
}

VantageValue *
vantage_field_read_text (const VantageField *field, const char *text, GError **error)
{
  g_autoptr (VantageValue) value = NULL;
  g_autofree char *register_name = NULL;

  if (field->type == VANTAGE_FIELD_PROSE)
    {
      g_set_error (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_FIELD,
                   "%s is prose: its paragraphs are entities of kind block", field->name);
      return NULL;
    }
  if (vantage_field_is_set (field))
    {
      value = vantage_value_new_yesno (TRUE);
      register_name = g_strconcat (field->name, "/", text, NULL);
      return check (field, register_name, value, error) ? g_steal_pointer (&value) : NULL;
    }
  if (text[0] == '\0')
    return vantage_value_new_null ();

  if (field->type == VANTAGE_FIELD_KEYED)
    {
      const VantageField keyed = { field->name, field->keyed_type, field->merge,
                                   field->keyed_choices };

      return vantage_field_read_text (&keyed, text, error);
    }
  value = read_type (field, field->type, text, error);
  if (value == NULL || !check (field, field->name, value, error))
    return NULL;
  return g_steal_pointer (&value);
}
