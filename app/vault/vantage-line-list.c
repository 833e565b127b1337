/* vantage-line-list.c: the lines of one interview as a list model: sorted by (pos, id); a line
 * keeps its object as long as it exists, and says exactly which places changed. */

#include "vantage-line-list.h"

#include <string.h>

#include "vantage-line-private.h"

struct _VantageLineList
{
  GObject parent;
  GPtrArray *lines;  /* in order */
  GHashTable *by_id; /* id lent by the line → VantageLine, lent */
};

static GType
get_item_type (GListModel *model)
{
  return VANTAGE_TYPE_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return VANTAGE_LINE_LIST (model)->lines->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  VantageLineList *self = VANTAGE_LINE_LIST (model);

  return position < self->lines->len ? g_object_ref (self->lines->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (VantageLineList, vantage_line_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static int
compare_place (VantageLine *line, const char *pos, const char *id)
{
  int order = strcmp (vantage_line_get_pos (line), pos);

  return order != 0 ? order : strcmp (vantage_line_get_id (line), id);
}

/* The first index whose line does not stand before (pos, id). */
static guint
find_place (VantageLineList *self, const char *pos, const char *id)
{
  guint low = 0;
  guint high = self->lines->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_place (self->lines->pdata[middle], pos, id) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
vantage_line_list_finalize (GObject *object)
{
  VantageLineList *self = VANTAGE_LINE_LIST (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->lines);
  G_OBJECT_CLASS (vantage_line_list_parent_class)->finalize (object);
}

static void
vantage_line_list_class_init (VantageLineListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_line_list_finalize;
}

static void
vantage_line_list_init (VantageLineList *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

VantageLineList *
vantage_line_list_new (void)
{
  return g_object_new (VANTAGE_TYPE_LINE_LIST, NULL);
}

static void
insert_line (VantageLineList *self, VantageLine *line)
{
  guint place = find_place (self, vantage_line_get_pos (line), vantage_line_get_id (line));

  g_ptr_array_insert (self->lines, (int) place, g_object_ref (line));
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

void
vantage_line_list_put (VantageLineList *self, const char *interview, const char *id,
                       const char *pos, gint64 begun_us, JsonObject *data)
{
  g_autoptr (VantageLine) line = g_hash_table_lookup (self->by_id, id);

  if (line == NULL)
    {
      line = vantage_line_new (id, interview);
      vantage_line_take_row (line, pos, begun_us, data);
      g_hash_table_insert (self->by_id, (char *) vantage_line_get_id (line), line);
      insert_line (self, line);
      return;
    }
  g_object_ref (line);
  if (strcmp (vantage_line_get_pos (line), pos) == 0)
    {
      vantage_line_take_row (line, pos, begun_us, data);
      return;
    }
  {
    guint place = find_place (self, vantage_line_get_pos (line), id);

    g_ptr_array_remove_index (self->lines, place);
    g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
  }
  vantage_line_take_row (line, pos, begun_us, data);
  insert_line (self, line);
}

static void
remove_at (VantageLineList *self, guint place)
{
  g_hash_table_remove (self->by_id, vantage_line_get_id (self->lines->pdata[place]));
  g_ptr_array_remove_index (self->lines, place);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
}

void
vantage_line_list_remove (VantageLineList *self, const char *id)
{
  VantageLine *line = g_hash_table_lookup (self->by_id, id);

  if (line != NULL)
    remove_at (self, find_place (self, vantage_line_get_pos (line), id));
}

void
vantage_line_list_keep_only (VantageLineList *self, GHashTable *ids)
{
  for (guint i = self->lines->len; i-- > 0;)
    if (!g_hash_table_contains (ids, vantage_line_get_id (self->lines->pdata[i])))
      remove_at (self, i);
}
