/* vantage-edit.c: gathering an edit; each value is checked against the table as it comes in. */

#include "vantage-edit.h"

#include <string.h>

#include "vantage-edit-private.h"
#include "vantage-entity-cache.h"
#include "vantage-id.h"
#include "vantage-library-private.h"

VantageWrite *
vantage_write_new (VantageStreamSort sort, const char *kind, const char *entity, const char *field,
                   VantageValue *value)
{
  VantageWrite *self = g_new0 (VantageWrite, 1);

  self->sort = sort;
  self->kind = g_strdup (kind);
  self->entity = g_strdup (entity);
  self->field = g_strdup (field);
  self->value = vantage_value_ref (value);
  return self;
}

void
vantage_write_free (gpointer data)
{
  VantageWrite *self = data;

  g_free (self->kind);
  g_free (self->entity);
  g_free (self->field);
  vantage_value_unref (self->value);
  g_clear_pointer (&self->stead, vantage_op_unref);
  g_free (self);
}

VantageEdit *
vantage_library_begin (VantageLibrary *library, const char *review, const char *what)
{
  VantageEdit *self = g_new0 (VantageEdit, 1);

  self->library = g_object_ref (library);
  self->review = g_strdup (review != NULL ? review : "");
  self->what = g_strdup (what);
  self->writes = g_ptr_array_new_with_free_func (vantage_write_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->made_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
vantage_edit_free (VantageEdit *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->made_ids);
  g_ptr_array_unref (self->writes);
  g_clear_error (&self->error);
  g_free (self->review);
  g_free (self->what);
  g_free (self->typing_key);
  g_object_unref (self->library);
  g_free (self);
}

static void G_GNUC_PRINTF (3, 4) refuse (VantageEdit *self, int code, const char *format, ...)
{
  va_list arguments;

  if (self->error != NULL)
    return;
  va_start (arguments, format);
  self->error = g_error_new_valist (VANTAGE_STORE_ERROR, code, format, arguments);
  va_end (arguments);
}

void
vantage_edit_add_write (VantageEdit *self, VantageWrite *write)
{
  g_autofree char *name = g_strdup_printf ("%d\n%s\n%s", write->sort, write->entity, write->field);
  VantageWrite *earlier = g_hash_table_lookup (self->by_name, name);

  if (earlier != NULL)
    {
      VantageValue *value = earlier->value;

      earlier->value = write->value;
      write->value = value;
      earlier->made = earlier->made && write->made;
      vantage_write_free (write);
      return;
    }
  g_hash_table_insert (self->by_name, g_steal_pointer (&name), write);
  g_ptr_array_add (self->writes, write);
}

static const VantageKind *
find_kind (VantageEdit *self, const char *kind)
{
  const VantageKind *known = vantage_kind_find (kind);

  if (known == NULL)
    refuse (self, VANTAGE_STORE_ERROR_INVALID, "there is no kind “%s”", kind);
  return known;
}

const char *
vantage_edit_create (VantageEdit *self, const char *kind)
{
  const VantageKind *known = find_kind (self, kind);
  char *id = vantage_id_new (vantage_library_now_us (self->library));
  g_autoptr (VantageValue) live = vantage_value_new_yesno (FALSE);
  VantageWrite *write;

  g_hash_table_add (self->made_ids, id);
  if (known == NULL)
    return id;
  if (known->computed_id)
    refuse (self, VANTAGE_STORE_ERROR_INVALID, "the id of a %s is worked out, never made", kind);
  if (strcmp (kind, "review") == 0)
    {
      g_free (self->review);
      self->review = g_strdup (id);
      self->makes_review = TRUE;
    }

  write = vantage_write_new (known->stream, kind, id, VANTAGE_OP_FIELD_DELETE, live);
  write->made = TRUE;
  vantage_edit_add_write (self, write);
  return id;
}

void
vantage_edit_set (VantageEdit *self, const char *kind, const char *id, const char *field,
                  VantageValue *value)
{
  g_autoptr (VantageValue) owned = value;
  const VantageKind *known = find_kind (self, kind);

  if (known == NULL || self->error != NULL)
    return;
  if (!vantage_kind_validate (known, field, value, &self->error))
    return;
  if (!known->computed_id && !vantage_id_is_valid (id))
    {
      refuse (self, VANTAGE_STORE_ERROR_INVALID, "“%s” is no id", id);
      return;
    }
  if ((strcmp (field, "parent") == 0 || strcmp (field, "group") == 0 ||
       strcmp (field, "into") == 0) &&
      g_strcmp0 (vantage_value_get_text (value), id) == 0)
    {
      refuse (self, VANTAGE_STORE_ERROR_INVALID, "a %s cannot stand inside itself", kind);
      return;
    }
  vantage_edit_add_write (self, vantage_write_new (known->stream, kind, id, field, value));
}

void
vantage_edit_set_text (VantageEdit *self, const char *kind, const char *id, const char *field,
                       const char *text)
{
  vantage_edit_set (self, kind, id, field,
                    text != NULL ? vantage_value_new_text (text) : vantage_value_new_null ());
}

void
vantage_edit_set_ref (VantageEdit *self, const char *kind, const char *id, const char *field,
                      const char *target)
{
  vantage_edit_set (self, kind, id, field,
                    target != NULL ? vantage_value_new_ref (target) : vantage_value_new_null ());
}

void
vantage_edit_set_yesno (VantageEdit *self, const char *kind, const char *id, const char *field,
                        gboolean yes)
{
  vantage_edit_set (self, kind, id, field, vantage_value_new_yesno (yes));
}

void
vantage_edit_set_int (VantageEdit *self, const char *kind, const char *id, const char *field,
                      gint64 number)
{
  vantage_edit_set (self, kind, id, field, vantage_value_new_int (number));
}

void
vantage_edit_set_time (VantageEdit *self, const char *kind, const char *id, const char *field,
                       gint64 us)
{
  vantage_edit_set (self, kind, id, field,
                    us == G_MININT64 ? vantage_value_new_null () : vantage_value_new_time (us));
}

void
vantage_edit_set_when (VantageEdit *self, const char *kind, const char *id, const char *field,
                       const VantageWhen *when)
{
  vantage_edit_set (self, kind, id, field, vantage_value_new_when (when));
}

void
vantage_edit_set_member (VantageEdit *self, const char *kind, const char *id, const char *field,
                         const char *element, gboolean in)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", field, element);

  vantage_edit_set (self, kind, id, name, vantage_value_new_yesno (in));
}

static char *
make_cite_name (const char *item, int from, int to)
{
  return from < 0 ? g_strdup_printf ("cites/%s", item)
                  : g_strdup_printf ("cites/%s@%d-%d", item, from, to);
}

void
vantage_edit_cite (VantageEdit *self, const char *kind, const char *id, const char *item, int from,
                   int to, const char *quote, const char *version)
{
  g_autofree char *name = make_cite_name (item, from, to);

  vantage_edit_set (self, kind, id, name, vantage_value_new_cite (quote, version));
}

void
vantage_edit_uncite (VantageEdit *self, const char *kind, const char *id, const char *item,
                     int from, int to)
{
  g_autofree char *name = make_cite_name (item, from, to);

  vantage_edit_set (self, kind, id, name, vantage_value_new_yesno (FALSE));
}

static void
mark_deleted (VantageEdit *self, const char *kind, const char *id, gboolean deleted)
{
  const VantageKind *known = find_kind (self, kind);
  g_autoptr (VantageValue) value = vantage_value_new_yesno (deleted);

  if (known != NULL)
    vantage_edit_add_write (
        self, vantage_write_new (known->stream, kind, id, VANTAGE_OP_FIELD_DELETE, value));
}

void
vantage_edit_delete (VantageEdit *self, const char *kind, const char *id)
{
  mark_deleted (self, kind, id, TRUE);
}

void
vantage_edit_undelete (VantageEdit *self, const char *kind, const char *id)
{
  mark_deleted (self, kind, id, FALSE);
}

void
vantage_edit_set_typing (VantageEdit *self, const char *key)
{
  g_free (self->typing_key);
  self->typing_key = g_strdup (key);
}
