/* vantage-rule.c: rules across registers and entities. */

#include "vantage-rule.h"

#include <string.h>

typedef struct
{
  VantageRuleLookup find;
  gpointer user_data;
} Lookup;

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_RULE, what);
  return FALSE;
}

static VantageValue *
look_up (const Lookup *lookup, const char *id, const char *register_name)
{
  return lookup->find (id, register_name, lookup->user_data);
}

const char *
vantage_rule_get_parent_field (const VantageKind *kind)
{
  static const char *const names[] = { "parent", "into" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const VantageField *field = vantage_kind_find_field (kind, names[i]);

      if (field != NULL && field->type == VANTAGE_FIELD_REF && field->ref_kind != NULL &&
          strcmp (field->ref_kind, kind->name) == 0)
        return field->name;
    }
  return NULL;
}

static gboolean
check_once (const VantageKind *kind, const char *id, const VantageField *field,
            const char *register_name, VantageValue *value, const Lookup *lookup, GError **error)
{
  VantageValue *now;

  if (field->merge != VANTAGE_MERGE_ONCE || vantage_value_is_null (value))
    return TRUE;
  now = look_up (lookup, id, register_name);
  return now == NULL || vantage_value_is_null (now) || vantage_value_equal (now, value) ||
         refuse (error, "%s of a %s stays as it was first written", register_name, kind->name);
}

/* Walks up from the new parent; a circle that is already there, and not ours, ends the walk. */
static gboolean
check_parent (const VantageKind *kind, const char *id, const VantageField *field,
              VantageValue *value, const Lookup *lookup, GError **error)
{
  const char *name = vantage_rule_get_parent_field (kind);
  g_autoptr (GHashTable) passed = NULL;
  const char *above = vantage_value_get_text (value);

  if (name == NULL || strcmp (name, field->name) != 0 || above == NULL)
    return TRUE;

  passed = g_hash_table_new (g_str_hash, g_str_equal);
  while (above != NULL && !g_hash_table_contains (passed, above))
    {
      VantageValue *next;

      if (strcmp (above, id) == 0)
        return refuse (error, "a %s cannot stand inside itself", kind->name);
      g_hash_table_add (passed, (char *) above);
      next = look_up (lookup, above, name);
      above = next != NULL ? vantage_value_get_text (next) : NULL;
    }
  return TRUE;
}

/* What must not come after what; of one type each. */
static const char *const pairs[][2] = {
  { "from", "until" }, { "from", "to" }, { "start", "end" }, { "first", "last" }, { "min", "max" },
};

/* The least and the most that a value can stand for. FALSE when it stands for nothing. */
static gboolean
get_bounds (VantageFieldType type, VantageValue *value, double *out_least, double *out_most)
{
  VantageWhen when;
  gint64 us;

  if (value == NULL)
    return FALSE;
  if (type == VANTAGE_FIELD_TIME && vantage_value_get_time (value, &us))
    *out_least = *out_most = (double) us;
  else if (type == VANTAGE_FIELD_NUMBER && vantage_value_get_double (value, out_least))
    *out_most = *out_least;
  else if (type == VANTAGE_FIELD_DURATION && vantage_value_get_int (value, &us))
    *out_least = *out_most = (double) us;
  else if (type == VANTAGE_FIELD_WHEN && vantage_value_get_when (value, &when) &&
           when.sort == VANTAGE_WHEN_AT)
    {
      *out_least = (double) when.at_us - (double) when.plus_minus_us;
      *out_most = (double) when.at_us + (double) when.plus_minus_us;
    }
  else if (type == VANTAGE_FIELD_WHEN && vantage_value_get_when (value, &when) &&
           when.sort == VANTAGE_WHEN_BETWEEN)
    {
      *out_least = (double) when.at_us;
      *out_most = (double) when.until_us;
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
check_order (const VantageKind *kind, const char *id, const VantageField *field,
             VantageValue *value, const Lookup *lookup, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gboolean is_first = strcmp (pairs[i][0], field->name) == 0;
      const char *other = pairs[i][is_first ? 1 : 0];
      const VantageField *other_field = vantage_kind_find_field (kind, other);
      double least, most, other_least, other_most;

      if (strcmp (pairs[i][is_first ? 0 : 1], field->name) != 0 || other_field == NULL ||
          other_field->type != field->type || !get_bounds (field->type, value, &least, &most) ||
          !get_bounds (field->type, look_up (lookup, id, other), &other_least, &other_most))
        continue;
      if (is_first ? least > other_most : most < other_least)
        return refuse (error, "%s of a %s cannot come before its %s", pairs[i][1], kind->name,
                       pairs[i][0]);
    }
  return TRUE;
}

gboolean
vantage_rule_check (const VantageKind *kind, const char *id, const char *register_name,
                    VantageValue *value, VantageRuleLookup lookup, gpointer user_data,
                    GError **error)
{
  const VantageField *field = vantage_kind_find_field (kind, register_name);
  const Lookup asked = { lookup, user_data };

  if (field == NULL)
    return TRUE;
  return check_once (kind, id, field, register_name, value, &asked, error) &&
         check_parent (kind, id, field, value, &asked, error) &&
         check_order (kind, id, field, value, &asked, error);
}
