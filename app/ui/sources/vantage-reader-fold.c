/* vantage-reader-fold.c: finds runs of joins and of leaves, and says who they are. */

#include "config.h"

#include "vantage-reader-fold.h"

#include <glib/gi18n.h>

#define MAX_LOOK 100
#define MAX_NAMES 3

static gboolean
can_fold (const VantageItem *item)
{
  return item != NULL && (item->kind == VANTAGE_ITEM_JOIN || item->kind == VANTAGE_ITEM_LEAVE);
}

static gboolean
is_like (GListModel *list, guint position, const VantageItem *item)
{
  g_autoptr (VantageItemRow) row = g_list_model_get_item (list, position);
  const VantageItem *other = row != NULL ? vantage_item_row_get_item (row) : NULL;

  return can_fold (other) && other->kind == item->kind &&
         g_strcmp0 (other->channel, item->channel) == 0;
}

gboolean
vantage_reader_fold_find (GListModel *list, guint position, VantageReaderFold *out)
{
  g_autoptr (VantageItemRow) row = g_list_model_get_item (list, position);
  const VantageItem *item = row != NULL ? vantage_item_row_get_item (row) : NULL;
  guint n = g_list_model_get_n_items (list);
  guint first = position, end = position + 1;

  if (!can_fold (item))
    return FALSE;
  while (first > 0 && position - first < MAX_LOOK && is_like (list, first - 1, item))
    first--;
  while (end < n && end - position < MAX_LOOK && is_like (list, end, item))
    end++;
  *out = (VantageReaderFold){ first, end - first };
  return out->n > 1;
}

char *
vantage_reader_fold_dup_text (VantageReviewContext *context, GListModel *list,
                              const VantageReaderFold *fold)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint shown = MIN (fold->n, MAX_NAMES);
  guint rest = fold->n - shown;
  gboolean joined = TRUE;

  for (guint i = 0; i < shown; i++)
    {
      g_autoptr (VantageItemRow) row = g_list_model_get_item (list, fold->first + i);
      const VantageItem *item = vantage_item_row_get_item (row);
      const char *name = item != NULL && item->person != NULL
                             ? vantage_review_context_get_person_name (context, item->person)
                             : _ ("somebody");

      joined = item == NULL || item->kind == VANTAGE_ITEM_JOIN;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  if (rest == 0)
    /* translators: names of several people */
    return g_strdup_printf (joined ? _ ("%s joined") : _ ("%s left"), names->str);
  /* translators: names of several people, and how many more there are */
  return g_strdup_printf (joined ? ngettext ("%s and %u more joined", "%s and %u more joined", rest)
                                 : ngettext ("%s and %u more left", "%s and %u more left", rest),
                          names->str, rest);
}
