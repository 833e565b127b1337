/* vantage-validate.c: what may be written to a register, and reading what a person typed. */

#include "vantage-kind.h"

#include <string.h>

#include "vantage-cite.h"
#include "vantage-id.h"
#include "vantage-json.h"
#include "vantage-op.h"
#include "vantage-time.h"

#define MAX_ELEMENT 512 /* bytes of an element of a set, of a key */
#define MAX_PALETTE_NAME 32

static gboolean refuse (GError **error, int code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, int code, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, VANTAGE_RECORD_ERROR, code, what);
  return FALSE;
}

/* An entity of this review, or "review/entity" of another. */
static gboolean
is_ref (const char *text)
{
  g_autofree char *review = NULL;

  if (vantage_id_is_valid (text))
    return TRUE;
  if (strlen (text) != 2 * VANTAGE_ID_LENGTH + 1 || text[VANTAGE_ID_LENGTH] != '/')
    return FALSE;
  review = g_strndup (text, VANTAGE_ID_LENGTH);
  return vantage_id_is_valid (review) && vantage_id_is_valid (text + VANTAGE_ID_LENGTH + 1);
}

static gboolean
check_choice (const char *what, const char *const *choices, const char *text, GError **error)
{
  g_autofree char *list = NULL;

  if (choices == NULL || g_strv_contains (choices, text))
    return TRUE;
  list = g_strjoinv (", ", (char **) choices);
  return refuse (error, VANTAGE_RECORD_ERROR_VALUE, "%s is one of %s; “%s” is none", what, list,
                 text);
}

static gboolean
check_text (const char *what, VantageValue *value, GError **error)
{
  const char *text = vantage_value_get_text (value);

  if (text == NULL)
    return refuse (error, VANTAGE_RECORD_ERROR_VALUE, "%s is text", what);
  if (strlen (text) > VANTAGE_OP_MAX_TEXT)
    return refuse (error, VANTAGE_RECORD_ERROR_TOO_LONG, "%s holds at most %d bytes", what,
                   VANTAGE_OP_MAX_TEXT);
  return TRUE;
}

static gboolean
check_time (const char *what, VantageValue *value, GError **error)
{
  char canonical[VANTAGE_TIME_TEXT_SIZE];
  gint64 us;

  /* One text for one instant, or equal times would look like a conflict. */
  if (vantage_value_get_time (value, &us) &&
      strcmp (vantage_time_format (us, canonical), vantage_value_get_text (value)) == 0)
    return TRUE;
  return refuse (error, VANTAGE_RECORD_ERROR_VALUE,
                 "%s is a time in UTC with six decimals, such as 2024-03-01T02:14:07.000000Z",
                 what);
}

static gboolean
check_when (const char *what, VantageValue *value, GError **error)
{
  VantageWhen when;

  if (!vantage_value_get_when (value, &when) ||
      (when.sort == VANTAGE_WHEN_ITEM && !vantage_item_id_is_valid (when.item, -1)))
    return refuse (error, VANTAGE_RECORD_ERROR_VALUE,
                   "%s is the time of an item, a time, or a time between two", what);
  return TRUE;
}

static gboolean
check_number (const char *what, VantageValue *value, GError **error)
{
  double number;

  return vantage_value_get_double (value, &number) ||
         refuse (error, VANTAGE_RECORD_ERROR_VALUE, "%s is a number", what);
}

static gboolean
check_ref (const char *what, VantageValue *value, GError **error)
{
  const char *id = vantage_value_get_text (value);

  return (id != NULL && is_ref (id)) ||
         refuse (error, VANTAGE_RECORD_ERROR_VALUE, "%s is the id of an entity: %d hex digits",
                 what, VANTAGE_ID_LENGTH);
}

static gboolean
check_pos (const char *what, VantageValue *value, GError **error)
{
  const char *key = vantage_value_get_text (value);
  gboolean ok = key != NULL && key[0] != '\0' && strlen (key) <= MAX_PALETTE_NAME * 4;

  for (const char *at = key; ok && *at != '\0'; at++)
    ok = g_ascii_isalnum (*at);
  return ok ||
         refuse (error, VANTAGE_RECORD_ERROR_VALUE, "%s is a key of letters and digits", what);
}

static gboolean
check_colour (const char *what, VantageValue *value, GError **error)
{
  const char *name = vantage_value_get_text (value);

  return (name != NULL && strlen (name) <= MAX_PALETTE_NAME) ||
         refuse (error, VANTAGE_RECORD_ERROR_VALUE, "%s is the name of a colour", what);
}

static gboolean
check_yesno (const char *what, VantageValue *value, GError **error)
{
  const char *json = vantage_value_get_json (value);

  return strcmp (json, "true") == 0 || strcmp (json, "false") == 0 ||
         refuse (error, VANTAGE_RECORD_ERROR_VALUE, "%s is yes or no", what);
}

/* Whole µs of either sign: a clock may have to be moved back, the least distance may be negative.
 */
static gboolean
check_duration (const char *what, VantageValue *value, GError **error)
{
  gint64 us;

  return vantage_value_get_int (value, &us) ||
         refuse (error, VANTAGE_RECORD_ERROR_VALUE, "%s is a duration", what);
}

static gboolean
check_single (const char *what, VantageFieldType type, const char *const *choices,
              VantageValue *value, GError **error)
{
  switch (type)
    {
    case VANTAGE_FIELD_TEXT:
      return check_text (what, value, error);
    case VANTAGE_FIELD_CHOICE:
      return check_text (what, value, error) &&
             check_choice (what, choices, vantage_value_get_text (value), error);
    case VANTAGE_FIELD_YESNO:
      return check_yesno (what, value, error);
    case VANTAGE_FIELD_NUMBER:
      return check_number (what, value, error);
    case VANTAGE_FIELD_TIME:
      return check_time (what, value, error);
    case VANTAGE_FIELD_DURATION:
      return check_duration (what, value, error);
    case VANTAGE_FIELD_WHEN:
      return check_when (what, value, error);
    case VANTAGE_FIELD_REF:
      return check_ref (what, value, error);
    case VANTAGE_FIELD_POS:
      return check_pos (what, value, error);
    case VANTAGE_FIELD_COLOUR:
      return check_colour (what, value, error);
    case VANTAGE_FIELD_PROSE:
      return refuse (error, VANTAGE_RECORD_ERROR_FIELD,
                     "%s is prose: its paragraphs are entities of kind block", what);
    case VANTAGE_FIELD_REFS:
    case VANTAGE_FIELD_TEXTS:
    case VANTAGE_FIELD_CHOICES:
    case VANTAGE_FIELD_CITES:
    case VANTAGE_FIELD_KEYED:
    default:
      return refuse (error, VANTAGE_RECORD_ERROR_FIELD, "%s needs an element: %s/…", what, what);
    }
}

static gboolean
is_one_line (const char *text)
{
  if (*text == '\0' || strlen (text) > MAX_ELEMENT)
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text < 0x20 || *text == 0x7f)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_element (const VantageField *field, const char *element, GError **error)
{
  gsize item_length;
  int from, to;

  if (!is_one_line (element))
    return refuse (error, VANTAGE_RECORD_ERROR_VALUE,
                   "an element of %s is one line of 1 to %d bytes", field->name, MAX_ELEMENT);
  if (field->type == VANTAGE_FIELD_REFS && !is_ref (element))
    return refuse (error, VANTAGE_RECORD_ERROR_VALUE, "%s holds ids of entities; “%s” is none",
                   field->name, element);
  if (field->type == VANTAGE_FIELD_CITES &&
      !vantage_cite_read_element (element, &item_length, &from, &to))
    return refuse (error, VANTAGE_RECORD_ERROR_VALUE,
                   "%s holds ids of items, with @from-to for some of the words; “%s” is none",
                   field->name, element);
  return check_choice (field->name, field->choices, element, error);
}

static gboolean
check_member (const VantageField *field, VantageValue *value, GError **error)
{
  if (field->type == VANTAGE_FIELD_CITES && vantage_value_is_member (value))
    return TRUE;
  return check_yesno (field->name, value, error);
}

/* "#del" and its like are of every kind. */
static gboolean
check_special (const char *register_name, VantageValue *value, GError **error)
{
  if (strcmp (register_name, VANTAGE_OP_FIELD_DELETE) == 0)
    return check_yesno (register_name, value, error);
  if (strcmp (register_name, VANTAGE_OP_FIELD_VOID) == 0 ||
      strcmp (register_name, VANTAGE_OP_FIELD_WITHDRAW) == 0)
    return TRUE;
  return refuse (error, VANTAGE_RECORD_ERROR_FIELD, "“%s” is no field", register_name);
}

gboolean
vantage_kind_validate (const VantageKind *self, const char *register_name, VantageValue *value,
                       GError **error)
{
  const VantageField *field = vantage_kind_find_field (self, register_name);
  const char *slash = strchr (register_name, '/');
  g_autofree char *what = NULL;

  if (register_name[0] == '#')
    return check_special (register_name, value, error);
  if (field == NULL)
    return refuse (error, VANTAGE_RECORD_ERROR_FIELD, "%s has no field “%s”", self->name,
                   register_name);
  what = g_strdup_printf ("%s %s", self->name, field->name);

  if (slash == NULL)
    {
      if (vantage_value_is_null (value) && field->type != VANTAGE_FIELD_PROSE &&
          field->type != VANTAGE_FIELD_KEYED && !vantage_field_is_set (field))
        return TRUE;
      if (!check_single (what, field->type, field->choices, value, error))
        return FALSE;
      if (strcmp (self->name, "event") == 0 && strcmp (field->name, "claim") == 0 &&
          strcmp (vantage_value_get_text (value), "imagined") == 0)
        return refuse (error, VANTAGE_RECORD_ERROR_RULE,
                       "what is only imagined is no event; keep it as a wonder or a remark");
      return TRUE;
    }

  if (!check_element (field, slash + 1, error))
    return FALSE;
  if (vantage_value_is_null (value))
    return TRUE;
  if (field->type == VANTAGE_FIELD_KEYED)
    return check_single (what, field->keyed_type, field->keyed_choices, value, error);
  return check_member (field, value, error);
}
