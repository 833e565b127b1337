/* vantage-rhythm.c: counts over time, who was turned to, which teams met. */

#include "vantage-rhythm.h"

#include <string.h>

#include "vantage-time.h"

#define WEEK_US (G_GINT64_CONSTANT (7) * 24 * 3600 * G_USEC_PER_SEC)

/* ---- counts ---- */

static gboolean
is_counted (const VantageActItem *item)
{
  return item->time_us != VANTAGE_TIME_NONE && item->kind != VANTAGE_ITEM_JOIN &&
         item->kind != VANTAGE_ITEM_LEAVE && item->kind != VANTAGE_ITEM_SHIFT;
}

/* The bin that @us is in; -1: none. */
static int
find_bin (const gint64 *edges, guint n_bins, gint64 us)
{
  guint low = 0, high = n_bins;

  if (us < edges[0] || us > edges[n_bins])
    return -1;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (us >= edges[middle])
        low = middle;
      else
        high = middle;
    }
  return (int) low;
}

VantageRhythm *
vantage_rhythm_new (VantageActs *acts, const guint32 *group_of, guint n_groups, const gint64 *edges,
                    guint n_bins)
{
  VantageRhythm *self = g_new0 (VantageRhythm, 1);
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (acts, &n);

  g_return_val_if_fail (n_bins > 0 && n_groups > 0, self);

  self->n_bins = n_bins;
  self->n_groups = n_groups;
  self->counts = g_new0 (guint, (gsize) n_bins * n_groups);
  self->totals = g_new0 (guint, n_groups);
  for (guint32 i = 0; i < n; i++)
    {
      int bin = is_counted (&items[i]) ? find_bin (edges, n_bins, items[i].time_us) : -1;

      if (bin < 0 || group_of[i] >= n_groups)
        continue;
      self->counts[(gsize) bin * n_groups + group_of[i]]++;
      self->totals[group_of[i]]++;
    }
  for (guint bin = 0; bin < n_bins; bin++)
    {
      guint sum = 0;

      for (guint group = 0; group < n_groups; group++)
        sum += self->counts[(gsize) bin * n_groups + group];
      self->most = MAX (self->most, sum);
    }
  return self;
}

void
vantage_rhythm_free (VantageRhythm *self)
{
  if (self == NULL)
    return;
  g_free (self->counts);
  g_free (self->totals);
  g_free (self);
}

/* ---- who was turned to ---- */

void
vantage_relied_on_free (VantageReliedOn *self)
{
  g_array_unref (self->items);
  g_free (self);
}

static gboolean
is_turning_to (const VantageAct *act)
{
  return act->by != VANTAGE_NOBODY && act->by != act->person &&
         (act->sort == VANTAGE_ACT_MENTIONED || act->sort == VANTAGE_ACT_ASSIGNED ||
          act->sort == VANTAGE_ACT_PAGED || act->sort == VANTAGE_ACT_JOINED);
}

typedef struct
{
  VantageReliedOn *found;
  GHashTable *by; /* set of persons */
} Caller;

static void
free_caller (gpointer data)
{
  Caller *self = data;

  g_clear_pointer (&self->found, vantage_relied_on_free);
  g_hash_table_unref (self->by);
  g_free (self);
}

static Caller *
ensure_caller (GHashTable *callers, guint32 person)
{
  Caller *caller = g_hash_table_lookup (callers, GUINT_TO_POINTER (person));

  if (caller != NULL)
    return caller;
  caller = g_new0 (Caller, 1);
  caller->found = g_new0 (VantageReliedOn, 1);
  caller->found->person = person;
  caller->found->first_us = VANTAGE_TIME_NONE;
  caller->found->items = g_array_new (FALSE, FALSE, sizeof (guint32));
  caller->by = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (callers, GUINT_TO_POINTER (person), caller);
  return caller;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static int
compare_relied_on (gconstpointer a, gconstpointer b)
{
  const VantageReliedOn *x = *(VantageReliedOn *const *) a;
  const VantageReliedOn *y = *(VantageReliedOn *const *) b;
  gint64 first = x->first_us == VANTAGE_TIME_NONE ? G_MAXINT64 : x->first_us;
  gint64 other = y->first_us == VANTAGE_TIME_NONE ? G_MAXINT64 : y->first_us;

  if (first != other)
    return first < other ? -1 : 1;
  return x->person < y->person ? -1 : x->person > y->person;
}

GPtrArray *
vantage_rhythm_list_relied_on (VantageActs *acts, guint min_people)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_relied_on_free);
  g_autoptr (GHashTable) callers = g_hash_table_new_full (NULL, NULL, NULL, free_caller);
  GHashTableIter iter;
  gpointer value;
  guint32 n;
  const VantageAct *all = vantage_acts_get_acts (acts, &n);

  for (guint32 i = 0; i < n; i++)
    {
      Caller *caller;

      if (!is_turning_to (&all[i]))
        continue;
      caller = ensure_caller (callers, all[i].person);
      g_hash_table_add (caller->by, GUINT_TO_POINTER (all[i].by));
      g_array_append_val (caller->found->items, all[i].item);
      if (all[i].time_us != VANTAGE_TIME_NONE && (caller->found->first_us == VANTAGE_TIME_NONE ||
                                                  all[i].time_us < caller->found->first_us))
        caller->found->first_us = all[i].time_us;
    }
  g_hash_table_iter_init (&iter, callers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Caller *caller = value;

      caller->found->n_people = g_hash_table_size (caller->by);
      if (caller->found->n_people < min_people)
        continue;
      /* Items stand in the order of time. */
      g_array_sort (caller->found->items, compare_numbers);
      g_ptr_array_add (list, g_steal_pointer (&caller->found));
    }
  g_ptr_array_sort (list, compare_relied_on);
  return list;
}

/* ---- teams ---- */

typedef struct
{
  VantageActs *acts;
  VantageTeamFunc team_of;
  gpointer user_data;
  GHashTable *since; /* team → when it first wrote (gint64 *) */
  GHashTable *pairs; /* "team\nother" → VantageMeeting */
} Meetings;

static const char *
get_team (const Meetings *self, guint32 person)
{
  return person != VANTAGE_NOBODY ? self->team_of (person, self->user_data) : NULL;
}

static void
note_team (Meetings *self, guint32 person, gint64 us)
{
  const char *team = get_team (self, person);
  gint64 *since = team != NULL ? g_hash_table_lookup (self->since, team) : NULL;

  if (team == NULL || us == VANTAGE_TIME_NONE || (since != NULL && *since <= us))
    return;
  g_hash_table_insert (self->since, g_strdup (team), g_memdup2 (&us, sizeof us));
}

static void
note_exchange (Meetings *self, guint32 from, guint32 to, guint32 item, gint64 us)
{
  const char *team = get_team (self, from);
  const char *other = get_team (self, to);
  g_autofree char *key = NULL;
  VantageMeeting *meeting;

  if (team == NULL || other == NULL || us == VANTAGE_TIME_NONE || strcmp (team, other) == 0)
    return;
  if (strcmp (team, other) > 0)
    {
      const char *swapped = team;

      team = other;
      other = swapped;
    }
  key = g_strconcat (team, "\n", other, NULL);
  meeting = g_hash_table_lookup (self->pairs, key);
  if (meeting == NULL)
    {
      meeting = g_new0 (VantageMeeting, 1);
      *meeting = (VantageMeeting){ team, other, us, item, 0, FALSE };
      g_hash_table_insert (self->pairs, g_steal_pointer (&key), meeting);
    }
  meeting->n++;
  if (us < meeting->first_us)
    {
      meeting->first_us = us;
      meeting->item = item;
    }
}

static void
note_items (Meetings *self)
{
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (self->acts, &n);

  for (guint32 i = 0; i < n; i++)
    {
      guint32 answered = items[i].reply_to != VANTAGE_NOBODY ? items[i].reply_to : items[i].root;

      if (items[i].author == VANTAGE_NOBODY)
        continue;
      note_team (self, items[i].author, items[i].time_us);
      if (answered != VANTAGE_NOBODY)
        note_exchange (self, items[i].author, items[answered].author, i, items[i].time_us);
    }
}

static void
note_acts (Meetings *self)
{
  guint32 n;
  const VantageAct *all = vantage_acts_get_acts (self->acts, &n);

  for (guint32 i = 0; i < n; i++)
    if (is_turning_to (&all[i]))
      note_exchange (self, all[i].by, all[i].person, all[i].item, all[i].time_us);
}

static gboolean
had_time (const Meetings *self, const char *team, gint64 us)
{
  const gint64 *since = g_hash_table_lookup (self->since, team);

  return since != NULL && us - *since >= WEEK_US;
}

static int
compare_meetings (gconstpointer a, gconstpointer b)
{
  const VantageMeeting *x = a;
  const VantageMeeting *y = b;

  if (x->first_us != y->first_us)
    return x->first_us < y->first_us ? -1 : 1;
  return strcmp (x->team, y->team) != 0 ? strcmp (x->team, y->team) : strcmp (x->other, y->other);
}

GArray *
vantage_rhythm_list_meetings (VantageActs *acts, VantageTeamFunc team_of, gpointer user_data)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (VantageMeeting));
  g_autoptr (GHashTable) since = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Meetings self = { acts, team_of, user_data, since, pairs };
  GHashTableIter iter;
  gpointer value;

  note_items (&self);
  note_acts (&self);
  g_hash_table_iter_init (&iter, pairs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      VantageMeeting meeting = *(VantageMeeting *) value;

      meeting.is_new = had_time (&self, meeting.team, meeting.first_us) &&
                       had_time (&self, meeting.other, meeting.first_us);
      g_array_append_val (list, meeting);
    }
  g_array_sort (list, compare_meetings);
  return list;
}
