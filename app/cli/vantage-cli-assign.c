/* vantage-cli-assign.c: KEY=VALUE onto an entity, driven by the table of kinds. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-id.h"
#include "vantage-words.h"

#include <string.h>

typedef struct
{
  VantageCli *cli;
  VantageEdit *edit;
  const char *review;
  const char *kind;
  const char *id;
} Target;

/* A person may be named; everything else is an id. (transfer full) */
static char *
resolve_element (const Target *target, const VantageField *field, const char *text, GError **error)
{
  gboolean person = field->ref_kind != NULL && strcmp (field->ref_kind, "person") == 0;
  g_autoptr (VantagePerson) found = NULL;

  if (!person || vantage_id_is_valid (text))
    return g_strdup (text);
  found = vantage_library_find_person (target->cli->library, target->review, text, error);
  return found != NULL ? g_strdup (found->id) : NULL;
}

static gboolean
set_member (const Target *target, const VantageField *field, const char *text, gboolean in,
            GError **error)
{
  g_autofree char *element = resolve_element (target, field, text, error);

  if (element == NULL)
    return FALSE;
  if (field->type == VANTAGE_FIELD_CHOICES && !vantage_field_has_choice (field, element))
    {
      g_autofree char *choices = g_strjoinv (", ", (char **) field->choices);

      g_set_error (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_VALUE,
                   _ ("“%s” is not among the choices of “%s”: %s"), element, field->name, choices);
      return FALSE;
    }
  vantage_edit_set_member (target->edit, target->kind, target->id, field->name, element, in);
  return TRUE;
}

/* "a,b" sets the whole set: what is not named goes. */
static gboolean
set_whole (const Target *target, const VantageField *field, const char *text, GError **error)
{
  g_auto (GStrv) wanted = g_strsplit (text, ",", -1);
  g_autoptr (VantageEntity) entity =
      vantage_library_get (target->cli->library, target->review, target->kind, target->id, NULL);
  g_autoptr (GPtrArray) old =
      entity != NULL ? vantage_entity_list_set (entity, field->name) : g_ptr_array_new ();

  for (guint i = 0; i < old->len; i++)
    if (!g_strv_contains ((const char *const *) wanted, g_ptr_array_index (old, i)))
      vantage_edit_set_member (target->edit, target->kind, target->id, field->name,
                               g_ptr_array_index (old, i), FALSE);
  for (char **element = wanted; *element != NULL; element++)
    if (**element != '\0' && !set_member (target, field, *element, TRUE, error))
      return FALSE;
  return TRUE;
}

static gboolean
set_set (const Target *target, const VantageField *field, const char *text, GError **error)
{
  if (text[0] == '+' || text[0] == '-')
    return set_member (target, field, text + 1, text[0] == '+', error);
  return set_whole (target, field, text, error);
}

/* A single register, plain or keyed. */
static gboolean
set_register (const Target *target, const VantageField *field, const char *name, const char *text,
              GError **error)
{
  VantageField single = *field;
  g_autoptr (VantageValue) value = NULL;
  g_autofree char *element = NULL;

  if (field->type == VANTAGE_FIELD_KEYED)
    single.type = field->keyed_type;
  if (*text == '\0')
    value = vantage_value_new_null ();
  else if (single.type == VANTAGE_FIELD_REF)
    {
      element = resolve_element (target, &single, text, error);
      value = element != NULL ? vantage_value_new_ref (element) : NULL;
    }
  else
    value = vantage_field_read_text (&single, text, error);

  if (value == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  vantage_edit_set (target->edit, target->kind, target->id, name, g_steal_pointer (&value));
  return TRUE;
}

static gboolean
assign_one (const Target *target, const char *name, const char *text, GError **error)
{
  const VantageKind *kind = vantage_kind_find (target->kind);
  const VantageField *field = kind != NULL ? vantage_kind_find_field (kind, name) : NULL;

  if (field == NULL)
    {
      g_set_error (error, VANTAGE_RECORD_ERROR, VANTAGE_RECORD_ERROR_FIELD,
                   _ ("“%s” has no field “%s”"), target->kind, name);
      return FALSE;
    }
  if (field->type == VANTAGE_FIELD_PROSE)
    {
      vantage_edit_set_prose (target->edit, target->kind, target->id, field->name, text);
      return TRUE;
    }
  if (vantage_field_is_set (field) && strchr (name, '/') == NULL)
    return set_set (target, field, text, error);
  return set_register (target, field, name, text, error);
}

gboolean
vantage_cli_assign (VantageCli *cli, VantageEdit *edit, const char *review, const char *kind,
                    const char *id, char **assignments, GError **error)
{
  const Target target = { cli, edit, review, kind, id };

  for (char **a = assignments; a != NULL && *a != NULL; a++)
    {
      const char *equals = strchr (*a, '=');
      g_autofree char *name = NULL;

      if (equals == NULL || equals == *a)
        {
          g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
                       _ ("“%s” is not KEY=VALUE"), *a);
          return FALSE;
        }
      name = g_strndup (*a, (gsize) (equals - *a));
      if (!assign_one (&target, name, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}
