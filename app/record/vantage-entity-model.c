/* vantage-entity-model.c: a sorted list of snapshots; a change replaces one and says where. */

#include "vantage-entity-model.h"

struct _VantageEntityModel
{
  GObject parent_instance;
  GCompareFunc compare;
  GPtrArray *entities; /* (element-type VantageEntity): sorted */
  GHashTable *by_id;   /* lent id → lent VantageEntity, both of `entities` */
};

static GType
get_item_type (GListModel *model)
{
  return VANTAGE_TYPE_ENTITY;
}

static guint
get_n_items (GListModel *model)
{
  return VANTAGE_ENTITY_MODEL (model)->entities->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  VantageEntityModel *self = VANTAGE_ENTITY_MODEL (model);

  return position < self->entities->len ? g_object_ref (self->entities->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (VantageEntityModel, vantage_entity_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
vantage_entity_model_finalize (GObject *object)
{
  VantageEntityModel *self = VANTAGE_ENTITY_MODEL (object);

  g_hash_table_unref (self->by_id);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  G_OBJECT_CLASS (vantage_entity_model_parent_class)->finalize (object);
}

static void
vantage_entity_model_class_init (VantageEntityModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_entity_model_finalize;
}

static void
vantage_entity_model_init (VantageEntityModel *self)
{
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
note_id (VantageEntityModel *self, VantageEntity *entity)
{
  g_hash_table_replace (self->by_id, (gpointer) vantage_entity_get_id (entity), entity);
}

VantageEntityModel *
vantage_entity_model_new (GCompareFunc compare, GPtrArray *entities)
{
  VantageEntityModel *self = g_object_new (VANTAGE_TYPE_ENTITY_MODEL, NULL);

  self->compare = compare;
  self->entities = entities;
  for (guint i = 0; i < entities->len; i++)
    note_id (self, entities->pdata[i]);
  return self;
}

/* The first place whose entity does not come before @entity. */
static guint
find_place (VantageEntityModel *self, VantageEntity *entity)
{
  guint low = 0, high = self->entities->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->compare (&self->entities->pdata[middle], &entity) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
remove_at (VantageEntityModel *self, guint place)
{
  g_hash_table_remove (self->by_id, vantage_entity_get_id (self->entities->pdata[place]));
  g_ptr_array_remove_index (self->entities, place);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
}

static void
insert (VantageEntityModel *self, VantageEntity *entity)
{
  guint place = find_place (self, entity);

  g_ptr_array_insert (self->entities, (int) place, g_object_ref (entity));
  note_id (self, entity);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

/* Whether @entity may stand at @place, between the neighbours that are there. */
static gboolean
fits_at (VantageEntityModel *self, guint place, VantageEntity *entity)
{
  gpointer *all = self->entities->pdata;

  return (place == 0 || self->compare (&all[place - 1], &entity) < 0) &&
         (place + 1 == self->entities->len || self->compare (&entity, &all[place + 1]) < 0);
}

void
vantage_entity_model_remove (VantageEntityModel *self, const char *id)
{
  VantageEntity *old = g_hash_table_lookup (self->by_id, id);

  if (old != NULL)
    remove_at (self, find_place (self, old));
}

void
vantage_entity_model_update (VantageEntityModel *self, VantageEntity *entity)
{
  VantageEntity *old = g_hash_table_lookup (self->by_id, vantage_entity_get_id (entity));
  guint place;

  if (vantage_entity_is_deleted (entity))
    {
      vantage_entity_model_remove (self, vantage_entity_get_id (entity));
      return;
    }
  if (old == NULL)
    {
      insert (self, entity);
      return;
    }

  place = find_place (self, old);
  if (!fits_at (self, place, entity))
    {
      remove_at (self, place);
      insert (self, entity);
      return;
    }
  g_hash_table_remove (self->by_id, vantage_entity_get_id (old));
  g_object_unref (old);
  self->entities->pdata[place] = g_object_ref (entity);
  note_id (self, entity);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 1);
}

static gboolean
looks_equal (VantageEntity *a, VantageEntity *b)
{
  return g_str_equal (vantage_entity_get_id (a), vantage_entity_get_id (b)) &&
         vantage_entity_get_changed_us (a) == vantage_entity_get_changed_us (b);
}

void
vantage_entity_model_replace (VantageEntityModel *self, GPtrArray *entities)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->entities);
  guint shorter = MIN (old->len, entities->len);
  guint head = 0, tail = 0;

  while (head < shorter && looks_equal (old->pdata[head], entities->pdata[head]))
    head++;
  while (tail < shorter - head &&
         looks_equal (old->pdata[old->len - 1 - tail], entities->pdata[entities->len - 1 - tail]))
    tail++;

  self->entities = entities;
  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < entities->len; i++)
    note_id (self, entities->pdata[i]);
  if (old->len != entities->len || head < entities->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                entities->len - head - tail);
}
