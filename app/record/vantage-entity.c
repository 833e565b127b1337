/* vantage-entity.c: a snapshot of one entity: a sorted array of its registers. A register of a
 * plain field borrows its name from the table, so an event with ten fields is three allocations. */

#include "vantage-entity.h"

#include <string.h>

#include "vantage-cite.h"
#include "vantage-id.h"
#include "vantage-time.h"

typedef struct
{
  const char *name; /* of the table, or in `names` */
  VantageValue *value;
} Register;

struct _VantageEntity
{
  GObject parent_instance;

  const VantageKind *kind; /* NULL: unknown here */
  char *kind_name;         /* when unknown; else NULL */
  char *review;
  char id[VANTAGE_ID_LENGTH + 1];
  char by[VANTAGE_DEVICE_LENGTH + 1];
  gboolean deleted;
  gint64 created_us;
  gint64 changed_us;
  guint n_registers;
  Register *registers; /* by name, in byte order */
  char *names;         /* of set and keyed registers, one after the other; after one that cites a
                        * part of an item, the item's id */
  char **conflicts;
};

typedef enum
{
  PROP_ID = 1,
  PROP_KIND,
  PROP_TITLE,
  PROP_DELETED,
} EntityProperty;

static GParamSpec *properties[PROP_DELETED + 1];

G_DEFINE_FINAL_TYPE (VantageEntity, vantage_entity, G_TYPE_OBJECT)

static int
compare_registers (const void *a, const void *b)
{
  return strcmp (((const Register *) a)->name, ((const Register *) b)->name);
}

/* The table's own copy of a plain field's name. */
static const char *
find_table_name (const VantageKind *kind, const char *name)
{
  const VantageField *field =
      kind != NULL && strchr (name, '/') == NULL ? vantage_kind_find_field (kind, name) : NULL;

  return field != NULL ? field->name : NULL;
}

/* Bytes of the item id that follows the name of "cites/<item>@<from>-<to>", so that a cite can lend
 * it; 0 for any other register. */
static gsize
measure_cited_item (const char *name)
{
  gsize item_length;
  int from, to;

  if (!g_str_has_prefix (name, "cites/") ||
      !vantage_cite_read_element (name + strlen ("cites/"), &item_length, &from, &to) || from < 0)
    return 0;
  return item_length + 1;
}

static void
take_registers (VantageEntity *self, GHashTable *registers)
{
  gpointer name, value;
  gsize names_size = 0;
  GHashTableIter iter;
  char *room;

  self->n_registers = g_hash_table_size (registers);
  self->registers = g_new (Register, self->n_registers);
  g_hash_table_iter_init (&iter, registers);
  for (guint i = 0; g_hash_table_iter_next (&iter, &name, &value); i++)
    {
      const char *table_name = find_table_name (self->kind, name);

      self->registers[i].name = table_name != NULL ? table_name : name;
      self->registers[i].value = vantage_value_ref (value);
      names_size += table_name != NULL ? 0 : strlen (name) + 1 + measure_cited_item (name);
    }
  if (self->n_registers > 1)
    qsort (self->registers, self->n_registers, sizeof (Register), compare_registers);

  room = self->names = g_malloc (names_size);
  for (guint i = 0; i < self->n_registers; i++)
    {
      Register *slot = &self->registers[i];
      gsize size = strlen (slot->name) + 1;
      gsize item_size = measure_cited_item (slot->name);

      if (find_table_name (self->kind, slot->name) != NULL)
        continue;
      slot->name = memcpy (room, slot->name, size);
      room += size;
      if (item_size > 0)
        g_strlcpy (room, slot->name + strlen ("cites/"), item_size);
      room += item_size;
    }
}

static void
vantage_entity_finalize (GObject *object)
{
  VantageEntity *self = VANTAGE_ENTITY (object);

  for (guint i = 0; i < self->n_registers; i++)
    vantage_value_unref (self->registers[i].value);
  g_free (self->registers);
  g_free (self->names);
  g_free (self->kind_name);
  g_free (self->review);
  g_strfreev (self->conflicts);

  G_OBJECT_CLASS (vantage_entity_parent_class)->finalize (object);
}

static void
vantage_entity_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VantageEntity *self = VANTAGE_ENTITY (object);

  switch ((EntityProperty) id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_KIND:
      g_value_set_string (value, vantage_entity_get_kind_name (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, vantage_entity_get_title (self));
      break;
    case PROP_DELETED:
      g_value_set_boolean (value, self->deleted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vantage_entity_class_init (VantageEntityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = vantage_entity_finalize;
  object_class->get_property = vantage_entity_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, "", flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, "", flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_DELETED] = g_param_spec_boolean ("deleted", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
vantage_entity_init (VantageEntity *self)
{
}

VantageEntity *
vantage_entity_new (const char *review, const char *kind, const char *id, GHashTable *registers,
                    gint64 created_us, gint64 changed_us, const char *by,
                    const char *const *conflicts, gboolean deleted)
{
  VantageEntity *self = g_object_new (VANTAGE_TYPE_ENTITY, NULL);

  self->kind = vantage_kind_find (kind);
  self->kind_name = self->kind == NULL ? g_strdup (kind) : NULL;
  self->review = g_strdup (review);
  g_strlcpy (self->id, id, sizeof self->id);
  g_strlcpy (self->by, by != NULL ? by : "", sizeof self->by);
  self->created_us = created_us;
  self->changed_us = changed_us;
  self->deleted = deleted != FALSE;
  if (conflicts != NULL && conflicts[0] != NULL)
    self->conflicts = g_strdupv ((char **) conflicts);
  take_registers (self, registers);
  return self;
}

const char *
vantage_entity_get_id (VantageEntity *self)
{
  return self->id;
}

const char *
vantage_entity_get_review (VantageEntity *self)
{
  return self->review;
}

const char *
vantage_entity_get_kind_name (VantageEntity *self)
{
  return self->kind != NULL ? self->kind->name : self->kind_name;
}

const VantageKind *
vantage_entity_get_kind (VantageEntity *self)
{
  return self->kind;
}

gint64
vantage_entity_get_created_us (VantageEntity *self)
{
  return self->created_us;
}

gint64
vantage_entity_get_changed_us (VantageEntity *self)
{
  return self->changed_us;
}

const char *
vantage_entity_get_by (VantageEntity *self)
{
  return self->by;
}

gboolean
vantage_entity_is_deleted (VantageEntity *self)
{
  return self->deleted;
}

const char *const *
vantage_entity_get_conflicts (VantageEntity *self)
{
  static const char *const none[] = { NULL };

  return self->conflicts != NULL ? (const char *const *) self->conflicts : none;
}

VantageValue *
vantage_entity_get_value (VantageEntity *self, const char *register_name)
{
  guint low = 0;
  guint high = self->n_registers;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (self->registers[middle].name, register_name);

      if (order == 0)
        return self->registers[middle].value;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* Null says nothing, and false takes an element out of a set; a yes-or-no field may say no. */
static gboolean
is_set (VantageEntity *self, const Register *slot)
{
  const char *slash = strchr (slot->name, '/');
  const VantageField *field;

  if (vantage_value_is_null (slot->value))
    return FALSE;
  if (slash == NULL)
    return TRUE;
  field = self->kind != NULL ? vantage_kind_find_field (self->kind, slot->name) : NULL;
  if (field != NULL && !vantage_field_is_set (field))
    return TRUE;
  return vantage_value_is_member (slot->value);
}

GPtrArray *
vantage_entity_list_registers (VantageEntity *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->n_registers; i++)
    {
      if (is_set (self, &self->registers[i]))
        g_ptr_array_add (names, (char *) self->registers[i].name);
    }
  return names;
}

const char *
vantage_entity_get_text (VantageEntity *self, const char *field)
{
  VantageValue *value = vantage_entity_get_value (self, field);

  return value != NULL ? vantage_value_get_text (value) : NULL;
}

const char *
vantage_entity_get_ref (VantageEntity *self, const char *field)
{
  return vantage_entity_get_text (self, field);
}

gboolean
vantage_entity_get_yesno (VantageEntity *self, const char *field)
{
  VantageValue *value = vantage_entity_get_value (self, field);

  return value != NULL && vantage_value_get_yesno (value);
}

gint64
vantage_entity_get_int (VantageEntity *self, const char *field, gint64 fallback)
{
  VantageValue *value = vantage_entity_get_value (self, field);
  gint64 number;

  return value != NULL && vantage_value_get_int (value, &number) ? number : fallback;
}

double
vantage_entity_get_number (VantageEntity *self, const char *field, double fallback)
{
  VantageValue *value = vantage_entity_get_value (self, field);
  double number;

  return value != NULL && vantage_value_get_double (value, &number) ? number : fallback;
}

gint64
vantage_entity_get_time (VantageEntity *self, const char *field)
{
  VantageValue *value = vantage_entity_get_value (self, field);
  gint64 us;

  return value != NULL && vantage_value_get_time (value, &us) ? us : VANTAGE_TIME_NONE;
}

gint64
vantage_entity_get_duration (VantageEntity *self, const char *field, gint64 fallback)
{
  return vantage_entity_get_int (self, field, fallback);
}

void
vantage_entity_get_when (VantageEntity *self, const char *field, VantageWhen *out)
{
  VantageValue *value = vantage_entity_get_value (self, field);

  if (value == NULL || !vantage_value_get_when (value, out))
    *out = (VantageWhen){ VANTAGE_WHEN_UNKNOWN };
}

/* The first register "field/…"; they stand together, since "/" comes before all letters of names.
 * @out_prefix: the length of "field/". */
static guint
find_first_of (VantageEntity *self, const char *field, gsize *out_prefix)
{
  gsize length = strlen (field);
  guint low = 0;
  guint high = self->n_registers;

  *out_prefix = length + 1;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      const char *name = self->registers[middle].name;
      int order = strncmp (name, field, length);

      if (order < 0 || (order == 0 && (guchar) name[length] < '/'))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_of (VantageEntity *self, guint i, const char *field, gsize prefix)
{
  return i < self->n_registers && strncmp (self->registers[i].name, field, prefix - 1) == 0 &&
         self->registers[i].name[prefix - 1] == '/';
}

GPtrArray *
vantage_entity_list_set (VantageEntity *self, const char *field)
{
  GPtrArray *elements = g_ptr_array_new ();
  gsize prefix;

  for (guint i = find_first_of (self, field, &prefix); is_of (self, i, field, prefix); i++)
    {
      if (vantage_value_is_member (self->registers[i].value))
        g_ptr_array_add (elements, (char *) self->registers[i].name + prefix);
    }
  return elements;
}

VantageValue *
vantage_entity_get_key (VantageEntity *self, const char *field, const char *key)
{
  g_autofree char *name = g_strconcat (field, "/", key, NULL);

  return vantage_entity_get_value (self, name);
}

gboolean
vantage_entity_has_member (VantageEntity *self, const char *field, const char *element)
{
  VantageValue *value = vantage_entity_get_key (self, field, element);

  return value != NULL && vantage_value_is_member (value);
}

GArray *
vantage_entity_list_cites (VantageEntity *self)
{
  GArray *cites = g_array_new (FALSE, TRUE, sizeof (VantageCite));
  gsize prefix;

  for (guint i = find_first_of (self, "cites", &prefix); is_of (self, i, "cites", prefix); i++)
    {
      const Register *slot = &self->registers[i];
      VantageCite cite;
      gsize item_length;

      if (!vantage_value_is_member (slot->value) ||
          !vantage_cite_read_element (slot->name + prefix, &item_length, &cite.from, &cite.to))
        continue;
      cite.item = cite.from < 0 ? slot->name + prefix : slot->name + strlen (slot->name) + 1;
      vantage_value_get_cite (slot->value, &cite.quote, &cite.version);
      g_array_append_val (cites, cite);
    }
  return cites;
}

const char *
vantage_entity_get_title (VantageEntity *self)
{
  const char *title = self->kind != NULL && self->kind->title != NULL
                          ? vantage_entity_get_text (self, self->kind->title)
                          : NULL;

  return title != NULL ? title : "";
}
