/* vantage-cues.c: moments that stand out in what one person did, and questions filled from them. */

#include "vantage-cues.h"

#include "vantage-text.h"

#include <string.h>

#define QUIET_US (10 * 60 * G_GINT64_CONSTANT (1000000))
#define AROUND_US QUIET_US /* before and after a turn */
#define TURN_LEAST 5       /* items after it */
#define TURN_TIMES 3       /* as many as before it */

static const char *const reason_words[VANTAGE_N_CUES] = {
  "first-act", "brought-in", "acknowledged", "handed-over", "unanswered",
  "asked",     "was-asked",  "after-quiet",  "before-turn", "last-act"
};

const char *
vantage_cue_reason_to_text (VantageCueReason reason)
{
  return reason_words[reason];
}

typedef struct
{
  VantageActs *acts;
  VantageParticipation *participation;
  const VantageActItem *items;
  guint32 n_items;
  GArray *quiet;
  GHashTable *by_item; /* of the person at hand: item → place in cues + 1 */
  GArray *cues;
  guint first; /* of the person at hand */
} Work;

static gboolean
is_work (const VantageAct *act)
{
  return act->sort == VANTAGE_ACT_WROTE || act->sort == VANTAGE_ACT_DID ||
         act->sort == VANTAGE_ACT_ACKED;
}

static void
add_cue (Work *work, guint32 person, guint32 item, guint32 other, gint64 until_us,
         VantageCueReason reason)
{
  VantageCue cue = { item, person, other, work->items[item].time_us, until_us, reason };
  gpointer key = GUINT_TO_POINTER (item + 1);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (work->by_item, key));

  if (cue.time_us == VANTAGE_TIME_NONE)
    return;
  if (place > 0)
    {
      VantageCue *known = &g_array_index (work->cues, VantageCue, place - 1);

      if (reason < known->reason)
        *known = cue;
      return;
    }
  g_array_append_val (work->cues, cue);
  g_hash_table_insert (work->by_item, key, GUINT_TO_POINTER (work->cues->len));
}

/* First item at or after @us. */
static guint32
find_first (const Work *work, gint64 us)
{
  guint32 low = 0, high = work->n_items;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (work->items[middle].time_us != VANTAGE_TIME_NONE && work->items[middle].time_us < us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Whether much more was going on after @us than before. */
static gboolean
is_before_turn (const Work *work, gint64 us)
{
  guint32 at = find_first (work, us);
  guint32 after = find_first (work, us + AROUND_US) - at;
  guint32 before = at - find_first (work, us - AROUND_US);

  return after >= TURN_LEAST && after >= TURN_TIMES * MAX (before, 1);
}

static const VantageQuiet *
find_quiet_before (const Work *work, gint64 us)
{
  for (guint i = 0; i < work->quiet->len; i++)
    {
      const VantageQuiet *quiet = &g_array_index (work->quiet, VantageQuiet, i);

      if (quiet->end_us == us)
        return quiet;
    }
  return NULL;
}

static void
look_at_work (Work *work, const VantageAct *act, gint64 next_us)
{
  const VantageActItem *item = &work->items[act->item];
  const VantageQuiet *quiet = find_quiet_before (work, act->time_us);

  if (act->sort == VANTAGE_ACT_ACKED)
    add_cue (work, act->person, act->item, VANTAGE_NOBODY, VANTAGE_TIME_NONE,
             VANTAGE_CUE_ACKNOWLEDGED);
  if (act->sort == VANTAGE_ACT_WROTE && item->asks)
    add_cue (work, act->person, act->item, VANTAGE_NOBODY, VANTAGE_TIME_NONE,
             item->answered ? VANTAGE_CUE_ASKED : VANTAGE_CUE_UNANSWERED);
  if (quiet != NULL)
    add_cue (work, act->person, act->item, VANTAGE_NOBODY, quiet->begin_us,
             VANTAGE_CUE_AFTER_QUIET);
  if (next_us - act->time_us > AROUND_US / 10 && is_before_turn (work, act->time_us + 1))
    add_cue (work, act->person, act->item, VANTAGE_NOBODY, VANTAGE_TIME_NONE,
             VANTAGE_CUE_BEFORE_TURN);
}

static void
look_at_joining (Work *work, guint32 person)
{
  const VantageParticipant *p = vantage_participation_get (work->participation, person);

  for (guint i = 0; i < p->joined->len; i++)
    {
      const VantageJoined *joined = &g_array_index (p->joined, VantageJoined, i);

      if (joined->how != VANTAGE_JOINED_JOINED && joined->how != VANTAGE_JOINED_UNKNOWN)
        add_cue (work, person, joined->item, joined->by, VANTAGE_TIME_NONE, VANTAGE_CUE_BROUGHT_IN);
    }
}

static void
look_at_person (Work *work, guint32 person, const VantageAct *acts, guint32 n_acts)
{
  const VantageAct *first = NULL, *last = NULL;

  g_hash_table_remove_all (work->by_item);
  work->first = work->cues->len;
  look_at_joining (work, person);
  for (guint32 i = 0; i < n_acts && acts[i].time_us != VANTAGE_TIME_NONE; i++)
    {
      const VantageAct *act = &acts[i];

      if (act->sort == VANTAGE_ACT_ASSIGNED && act->by == person && act->person != person)
        add_cue (work, person, act->item, act->person, VANTAGE_TIME_NONE, VANTAGE_CUE_HANDED_OVER);
      if (act->person != person)
        continue;
      if (act->sort == VANTAGE_ACT_MENTIONED && work->items[act->item].asks)
        add_cue (work, person, act->item, act->by, VANTAGE_TIME_NONE, VANTAGE_CUE_WAS_ASKED);
      if (!is_work (act))
        continue;
      if (last != NULL)
        look_at_work (work, last, act->time_us);
      first = first != NULL ? first : act;
      last = act;
    }
  if (last == NULL)
    return;
  look_at_work (work, last, G_MAXINT64);
  add_cue (work, person, first->item, VANTAGE_NOBODY, VANTAGE_TIME_NONE, VANTAGE_CUE_FIRST_ACT);
  add_cue (work, person, last->item, VANTAGE_NOBODY, VANTAGE_TIME_NONE, VANTAGE_CUE_LAST_ACT);
}

static int
compare_cues (gconstpointer a, gconstpointer b)
{
  const VantageCue *x = a, *y = b;

  if (x->time_us != y->time_us)
    return x->time_us < y->time_us ? -1 : 1;
  if (x->item != y->item)
    return x->item < y->item ? -1 : 1;
  return x->person < y->person ? -1 : x->person > y->person;
}

/* Puts the cues of the person at hand in order, and keeps @max of them, evenly over the whole. */
static void
spread (Work *work, guint max)
{
  guint n = work->cues->len - work->first;
  VantageCue *own = &g_array_index (work->cues, VantageCue, work->first);

  if (n == 0)
    return;
  qsort (own, n, sizeof *own, compare_cues);
  if (max == 0 || n <= max)
    return;
  for (guint i = 0; i < max; i++)
    own[i] = own[max == 1 ? 0 : (guint) ((guint64) i * (n - 1) / (max - 1))];
  g_array_set_size (work->cues, work->first + max);
}

GArray *
vantage_cues_find (VantageActs *acts, VantageParticipation *participation, guint32 person,
                   guint max)
{
  g_autoptr (GArray) quiet = vantage_participation_list_quiet (acts, QUIET_US);
  g_autoptr (GHashTable) by_item = g_hash_table_new (NULL, NULL);
  Work work = { .acts = acts, .participation = participation, .quiet = quiet, .by_item = by_item };
  guint32 n_acts;
  const VantageAct *all = vantage_acts_get_acts (acts, &n_acts);

  work.items = vantage_acts_get_items (acts, &work.n_items);
  work.cues = g_array_new (FALSE, FALSE, sizeof (VantageCue));
  for (guint32 i = 0; i < vantage_acts_get_n_persons (acts); i++)
    {
      if (person != VANTAGE_NOBODY && person != i)
        continue;
      look_at_person (&work, i, all, n_acts);
      spread (&work, max);
    }
  g_array_sort (work.cues, compare_cues);
  return work.cues;
}

/* ---- filling ---- */

static const char *
find_value (const VantageFilling *fillings, guint n, const char *name, gsize length)
{
  for (guint i = 0; i < n; i++)
    if (strlen (fillings[i].name) == length && strncmp (fillings[i].name, name, length) == 0)
      return fillings[i].value;
  return NULL;
}

char *
vantage_cue_fill (const char *template, const VantageFilling *fillings, guint n_fillings,
                  char ***out_missing)
{
  GString *filled = g_string_new (NULL);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

  for (const char *p = template; *p != '\0';)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      const char *value;

      if (p[0] == '{' && p[1] == '{')
        {
          g_string_append_c (filled, '{');
          p += 2;
          continue;
        }
      if (end == NULL)
        {
          g_string_append_c (filled, *p++);
          continue;
        }
      value = find_value (fillings, n_fillings, p + 1, (gsize) (end - p - 1));
      if (value != NULL)
        g_string_append (filled, value);
      else
        {
          g_string_append_len (filled, p, end + 1 - p);
          g_ptr_array_add (missing, g_strndup (p + 1, (gsize) (end - p - 1)));
        }
      p = end + 1;
    }
  g_ptr_array_add (missing, NULL);
  if (out_missing != NULL)
    *out_missing = (char **) g_ptr_array_free (g_steal_pointer (&missing), FALSE);
  return g_string_free (filled, FALSE);
}

char *
vantage_cue_dup_time (VantageActs *acts, const VantageCue *cue, VantageZone *zone)
{
  return vantage_zone_format (zone, cue->time_us, VANTAGE_SHOW_MINUTE);
}

char *
vantage_cue_dup_message (VantageActs *acts, const VantageCue *cue, guint max_chars)
{
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (acts, &n);

  g_return_val_if_fail (cue->item < n, NULL);

  return vantage_text_shorten (items[cue->item].text, max_chars);
}
