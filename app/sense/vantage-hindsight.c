/* vantage-hindsight.c: compares what an event rests on with what its people could know then. */

#include "vantage-hindsight.h"

static void
clear_later (gpointer data)
{
  VantageLater *self = data;

  g_free (self->person);
  g_free (self->item);
}

static gboolean
is_of_mind (VantageEntity *event)
{
  static const char *const kinds[] = { "knew",    "noticed", "believed", "expected",  "felt",
                                       "decided", "theory",  "watched",  "attention", NULL };
  static const char *const claims[] = { "inference", "judgement", NULL };
  const char *kind = vantage_entity_get_text (event, "kind");
  const char *claim = vantage_entity_get_text (event, "claim");

  return (kind != NULL && g_strv_contains (kinds, kind)) ||
         (claim != NULL && g_strv_contains (claims, claim));
}

static gboolean
is_by (VantageActs *acts, const char *item, const char *person)
{
  guint32 n, index = vantage_acts_find_item (acts, item);
  const VantageActItem *items = vantage_acts_get_items (acts, &n);

  return index != VANTAGE_NOBODY && items[index].author != VANTAGE_NOBODY &&
         items[index].author == vantage_acts_find_person (acts, person);
}

GArray *
vantage_hindsight_find (VantageStanding *standing, VantageActs *acts, VantageTimes *times,
                        VantageEntity *event)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (VantageLater));
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (event, "actors");
  g_autoptr (GArray) cites = vantage_entity_list_cites (event);
  VantageTimeWindow window;

  g_array_set_clear_func (found, clear_later);
  if (!is_of_mind (event) || cites->len == 0 ||
      !vantage_times_get_window (times, vantage_entity_get_id (event), &window) ||
      window.end_latest_us == VANTAGE_WINDOW_OPEN_END)
    return found;
  for (guint i = 0; i < actors->len; i++)
    for (guint j = 0; j < cites->len; j++)
      {
        const char *person = actors->pdata[i];
        const char *item = g_array_index (cites, VantageCite, j).item;
        gint64 first;

        if (vantage_acts_find_person (acts, person) == VANTAGE_NOBODY ||
            vantage_acts_find_item (acts, item) == VANTAGE_NOBODY || is_by (acts, item, person))
          continue;
        first = vantage_standing_when_known (standing, person, item, NULL);
        if (first == VANTAGE_TIME_NONE || first > window.end_latest_us)
          g_array_append_val (found, ((VantageLater){ g_strdup (person), g_strdup (item), first }));
      }
  return found;
}
