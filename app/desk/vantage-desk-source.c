/* vantage-desk-source.c: counts entities by the source of the items that they name. */

#include "vantage-desk-source.h"

#include <string.h>

#include "vantage-edit.h"

static gboolean
is_of_source (VantageLibrary *library, const char *review, const char *source, const char *item_id,
              GHashTable *known)
{
  gpointer answer;
  g_autoptr (VantageItem) item = NULL;
  gboolean of;

  if (g_hash_table_lookup_extended (known, item_id, NULL, &answer))
    return GPOINTER_TO_INT (answer);
  item = vantage_library_get_item (library, review, item_id, NULL);
  of = item != NULL && g_strcmp0 (item->source, source) == 0;
  g_hash_table_insert (known, g_strdup (item_id), GINT_TO_POINTER (of));
  return of;
}

static gboolean
rests_on (VantageLibrary *library, const char *review, const char *source, VantageEntity *entity,
          GHashTable *known)
{
  g_autoptr (GArray) cites = vantage_entity_list_cites (entity);
  VantageWhen when;

  for (guint i = 0; i < cites->len; i++)
    if (is_of_source (library, review, source, g_array_index (cites, VantageCite, i).item, known))
      return TRUE;
  if (strcmp (vantage_entity_get_kind_name (entity), "event") != 0)
    return FALSE;
  vantage_entity_get_when (entity, "start", &when);
  return when.sort == VANTAGE_WHEN_ITEM && is_of_source (library, review, source, when.item, known);
}

gboolean
vantage_desk_count_resting (VantageLibrary *library, const char *review, const char *source,
                            VantageResting *out, GError **error)
{
  static const char *const kinds[] = { "event", "finding",   "wonder",
                                       "link",  "statement", "condition" };
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *out = (VantageResting){ 0 };
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) entities = vantage_library_list (library, review, kinds[k], error);
      guint *count = k == 0 ? &out->n_events : k == 1 ? &out->n_findings : &out->n_others;

      if (entities == NULL)
        return FALSE;
      for (guint i = 0; i < entities->len; i++)
        if (rests_on (library, review, source, g_ptr_array_index (entities, i), known))
          (*count)++;
    }
  return TRUE;
}
