/* vantage-candidates.c: reasons to talk to somebody, from the record and from what was made of it.
 */

#include "vantage-candidates.h"

#include <string.h>

#define MAX_ITEMS 20
#define NEW_MONTHS 6

static const char *const reason_words[VANTAGE_N_REASONS] = {
  "first-to-act", "joined-late", "only-watched",       "asked-unanswered",    "handed-over",
  "new-to-team",  "surprised",   "contradicts-record", "absent-but-affected", "chosen"
};

const char *
vantage_reason_to_text (VantageReason reason)
{
  return reason_words[reason];
}

gboolean
vantage_reason_from_text (const char *text, VantageReason *out)
{
  for (guint i = 0; i < VANTAGE_N_REASONS; i++)
    if (g_strcmp0 (text, reason_words[i]) == 0)
      {
        *out = (VantageReason) i;
        return TRUE;
      }
  return FALSE;
}

static void
reason_free (gpointer data)
{
  VantageCandidateReason *self = data;

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->others);
  g_free (self);
}

void
vantage_candidate_free (VantageCandidate *self)
{
  g_free (self->person);
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

typedef struct
{
  VantageActs *acts;
  VantageParticipation *participation;
  GPtrArray *entities; /* (nullable) */
  VantageTimes *times; /* (nullable) */
  const VantageActItem *items;
  guint32 n_items;
  const VantageAct *all;
  guint32 n_acts;
  gint64 begin_us, end_us; /* of what happened */
  GHashTable *into;        /* person id → the one it was merged into */
  GHashTable *machines;    /* set of person ids */
  GHashTable *by_id;       /* entity id → VantageEntity */
  GHashTable *found;       /* person id → VantageCandidate */
} Work;

static gboolean
is_live (VantageEntity *entity, const char *kind)
{
  return !vantage_entity_is_deleted (entity) &&
         strcmp (vantage_entity_get_kind_name (entity), kind) == 0;
}

static const char *
follow_merges (Work *work, const char *person)
{
  for (guint i = 0; person != NULL && i < 64; i++)
    {
      const char *next = g_hash_table_lookup (work->into, person);

      if (next == NULL)
        break;
      person = next;
    }
  return person;
}

static VantageCandidateReason *
get_reason (Work *work, const char *person, VantageReason reason)
{
  VantageCandidate *candidate;
  VantageCandidateReason *found;
  guint at = 0;

  person = follow_merges (work, person);
  if (person == NULL || g_hash_table_contains (work->machines, person))
    return NULL;
  candidate = g_hash_table_lookup (work->found, person);
  if (candidate == NULL)
    {
      candidate = g_new0 (VantageCandidate, 1);
      candidate->person = g_strdup (person);
      candidate->reasons = g_ptr_array_new_with_free_func (reason_free);
      g_hash_table_insert (work->found, candidate->person, candidate);
    }
  for (; at < candidate->reasons->len; at++)
    {
      found = g_ptr_array_index (candidate->reasons, at);
      if (found->reason == reason)
        return found;
      if (found->reason > reason)
        break;
    }
  found = g_new0 (VantageCandidateReason, 1);
  found->reason = reason;
  found->time_us = VANTAGE_TIME_NONE;
  found->items = g_ptr_array_new_with_free_func (g_free);
  found->others = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_insert (candidate->reasons, (int) at, found);
  return found;
}

static gboolean
holds_text (GPtrArray *texts, const char *text)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

/* Items come in order of time. */
static void
add_item (Work *work, const char *person, VantageReason reason, guint32 item)
{
  VantageCandidateReason *found = get_reason (work, person, reason);

  if (found == NULL || item == VANTAGE_NOBODY || found->items->len >= MAX_ITEMS ||
      holds_text (found->items, work->items[item].id))
    return;
  if (found->time_us == VANTAGE_TIME_NONE)
    found->time_us = work->items[item].time_us;
  g_ptr_array_add (found->items, g_strdup (work->items[item].id));
}

static void
add_other (Work *work, const char *person, VantageReason reason, const char *id)
{
  VantageCandidateReason *found = get_reason (work, person, reason);

  if (found != NULL && !holds_text (found->others, id))
    g_ptr_array_add (found->others, g_strdup (id));
}

static const char *
get_id (Work *work, guint32 person)
{
  return vantage_acts_get_person (work->acts, person);
}

/* ---- from the record ---- */

static gboolean
is_work (const VantageAct *act)
{
  return act->time_us != VANTAGE_TIME_NONE &&
         (act->sort == VANTAGE_ACT_WROTE || act->sort == VANTAGE_ACT_DID ||
          act->sort == VANTAGE_ACT_ACKED);
}

static gboolean
is_human (Work *work, guint32 person)
{
  return person != VANTAGE_NOBODY &&
         !g_hash_table_contains (work->machines, follow_merges (work, get_id (work, person)));
}

/* The first human act after the first alert or page; without any, the first of all. */
static void
find_first_to_act (Work *work)
{
  gint64 from = G_MININT64;

  for (guint32 i = 0; i < work->n_items; i++)
    if (work->items[i].time_us != VANTAGE_TIME_NONE &&
        (work->items[i].kind == VANTAGE_ITEM_ALERT || work->items[i].kind == VANTAGE_ITEM_PAGE))
      {
        from = work->items[i].time_us;
        break;
      }
  for (guint32 i = 0; i < work->n_acts; i++)
    if (is_work (&work->all[i]) && work->all[i].time_us >= from &&
        is_human (work, work->all[i].person))
      {
        add_item (work, get_id (work, work->all[i].person), VANTAGE_REASON_FIRST_TO_ACT,
                  work->all[i].item);
        return;
      }
}

/* Half of all items had been written when they came. */
static void
find_late (Work *work, guint32 person)
{
  const VantageParticipant *p = vantage_participation_get (work->participation, person);
  const VantageJoined *first;
  guint32 n_timed = work->n_items;

  while (n_timed > 0 && work->items[n_timed - 1].time_us == VANTAGE_TIME_NONE)
    n_timed--;
  if (p->joined->len == 0 || n_timed < 4)
    return;
  first = &g_array_index (p->joined, VantageJoined, 0);
  if (first->time_us > work->items[n_timed / 2].time_us)
    add_item (work, get_id (work, person), VANTAGE_REASON_JOINED_LATE, first->item);
}

/* A rota may be of a whole year; a shift without an end is where it begins. */
static gboolean
is_shift_of_another_time (Work *work, const VantageAct *act)
{
  gint64 end_us = work->items[act->item].end_us;

  return act->sort == VANTAGE_ACT_ON_SHIFT && act->time_us != VANTAGE_TIME_NONE &&
         (act->time_us > work->end_us || MAX (end_us, act->time_us) < work->begin_us);
}

static void
find_watchers (Work *work, guint32 person, const VantageAct *act)
{
  VantagePart part = vantage_participation_get (work->participation, person)->part;

  if (part == VANTAGE_PART_OBSERVER &&
      (act->sort == VANTAGE_ACT_JOINED || act->sort == VANTAGE_ACT_REACTED))
    add_item (work, get_id (work, person), VANTAGE_REASON_ONLY_WATCHED, act->item);
  if (part == VANTAGE_PART_ABSENT && !is_shift_of_another_time (work, act))
    add_item (work, get_id (work, person), VANTAGE_REASON_ABSENT_BUT_AFFECTED, act->item);
}

/* Everybody who had it before somebody else got it, and who gave it. */
static void
find_handed_over (Work *work)
{
  g_autoptr (GHashTable) holders = g_hash_table_new (NULL, NULL); /* root + 1 → person + 1 */

  for (guint32 i = 0; i < work->n_acts; i++)
    {
      const VantageAct *act = &work->all[i];
      guint32 root = work->items[act->item].root;
      guint32 holder;

      if (act->sort != VANTAGE_ACT_ASSIGNED || act->time_us == VANTAGE_TIME_NONE)
        continue;
      if (act->by != VANTAGE_NOBODY && act->by != act->person)
        add_item (work, get_id (work, act->by), VANTAGE_REASON_HANDED_OVER, act->item);
      if (root == VANTAGE_NOBODY)
        continue;
      holder = GPOINTER_TO_UINT (g_hash_table_lookup (holders, GUINT_TO_POINTER (root + 1)));
      if (holder != 0 && holder - 1 != act->person)
        add_item (work, get_id (work, holder - 1), VANTAGE_REASON_HANDED_OVER, act->item);
      g_hash_table_insert (holders, GUINT_TO_POINTER (root + 1),
                           GUINT_TO_POINTER (act->person + 1));
    }
}

static void
find_in_record (Work *work)
{
  if (!vantage_acts_get_span (work->acts, &work->begin_us, &work->end_us))
    {
      work->begin_us = VANTAGE_TIME_MIN;
      work->end_us = VANTAGE_TIME_MAX;
    }
  find_first_to_act (work);
  find_handed_over (work);
  for (guint32 person = 0; person < vantage_acts_get_n_persons (work->acts); person++)
    {
      find_late (work, person);
      if (vantage_participation_get (work->participation, person)->part == VANTAGE_PART_OBSERVER)
        get_reason (work, get_id (work, person), VANTAGE_REASON_ONLY_WATCHED);
    }
  for (guint32 i = 0; i < work->n_acts; i++)
    {
      const VantageAct *act = &work->all[i];
      const VantageActItem *item = &work->items[act->item];

      find_watchers (work, act->person, act);
      if (act->sort == VANTAGE_ACT_WROTE && item->asks && !item->answered &&
          item->time_us != VANTAGE_TIME_NONE)
        add_item (work, get_id (work, act->person), VANTAGE_REASON_ASKED_UNANSWERED, act->item);
    }
}

/* ---- from what was made of it ---- */

/* "5 months", "3 weeks", "40 days": not longer than half a year. */
static gboolean
is_short_time (const char *text)
{
  g_autofree char *lower = text != NULL ? g_utf8_strdown (text, -1) : NULL;
  const char *p = lower;
  double n, months;

  while (p != NULL && *p != '\0' && !g_ascii_isdigit (*p))
    p++;
  if (p == NULL || *p == '\0')
    return FALSE;
  n = g_ascii_strtod (p, (char **) &p);
  while (*p == ' ')
    p++;
  if (g_str_has_prefix (p, "day"))
    months = n / 30;
  else if (g_str_has_prefix (p, "week"))
    months = n * 7 / 30;
  else if (g_str_has_prefix (p, "month"))
    months = n;
  else
    return FALSE;
  return months <= NEW_MONTHS;
}

static void
look_at_condition (Work *work, VantageEntity *condition)
{
  const char *key = vantage_entity_get_text (condition, "key");

  if (g_strcmp0 (vantage_entity_get_text (condition, "state"), "hidden") == 0 ||
      (g_strcmp0 (key, "tenure") != 0 && g_strcmp0 (key, "owned_for") != 0))
    return;
  if (is_short_time (vantage_entity_get_text (condition, "value")))
    add_other (work, vantage_entity_get_ref (condition, "person"), VANTAGE_REASON_NEW_TO_TEAM,
               vantage_entity_get_id (condition));
}

/* Everybody in an event, or whose account it is. */
static void
add_people_of (Work *work, const char *event_id, VantageReason reason, const char *because,
               gboolean accounts_only)
{
  VantageEntity *event = event_id != NULL ? g_hash_table_lookup (work->by_id, event_id) : NULL;
  const char *account = event != NULL ? vantage_entity_get_ref (event, "account") : NULL;
  g_autoptr (GPtrArray) actors = NULL;

  if (event == NULL || !is_live (event, "event"))
    return;
  if (account != NULL)
    add_other (work, account, reason, because);
  if (accounts_only)
    return;
  actors = vantage_entity_list_set (event, "actors");
  for (guint i = 0; i < actors->len; i++)
    add_other (work, g_ptr_array_index (actors, i), reason, because);
}

static void
look_at_link (Work *work, VantageEntity *link)
{
  const char *kind = vantage_entity_get_text (link, "kind");
  const char *id = vantage_entity_get_id (link);
  const char *account = vantage_entity_get_ref (link, "account");
  gboolean surprised = g_strcmp0 (kind, "surprised") == 0;

  if (!surprised && g_strcmp0 (kind, "contradicts") != 0)
    return;
  if (surprised)
    add_people_of (work, vantage_entity_get_ref (link, "to"), VANTAGE_REASON_SURPRISED, id, FALSE);
  else
    {
      add_people_of (work, vantage_entity_get_ref (link, "from"), VANTAGE_REASON_CONTRADICTS_RECORD,
                     id, TRUE);
      add_people_of (work, vantage_entity_get_ref (link, "to"), VANTAGE_REASON_CONTRADICTS_RECORD,
                     id, TRUE);
    }
  if (account != NULL)
    add_other (work, account,
               surprised ? VANTAGE_REASON_SURPRISED : VANTAGE_REASON_CONTRADICTS_RECORD, id);
}

/* Accounts on a circle with a record on it. */
static void
look_at_contradiction (Work *work, const VantageContradiction *contradiction)
{
  gboolean record = FALSE;

  for (guint i = 0; i < contradiction->circle->len; i++)
    record |= ((const VantageTimeStatement *) g_ptr_array_index (contradiction->circle, i))->record;
  for (guint i = 0; record && i < contradiction->circle->len; i++)
    {
      const VantageTimeStatement *s = g_ptr_array_index (contradiction->circle, i);
      VantageEntity *entity = g_hash_table_lookup (work->by_id, s->id);

      if (entity != NULL && !s->record)
        add_other (work, vantage_entity_get_ref (entity, "account"),
                   VANTAGE_REASON_CONTRADICTS_RECORD, s->id);
    }
}

static void
look_at_interview (Work *work, VantageEntity *interview)
{
  if (vantage_entity_has_member (interview, "reasons", reason_words[VANTAGE_REASON_CHOSEN]))
    add_other (work, vantage_entity_get_ref (interview, "person"), VANTAGE_REASON_CHOSEN,
               vantage_entity_get_id (interview));
}

static void
find_in_entities (Work *work)
{
  guint n = work->entities != NULL ? work->entities->len : 0;

  for (guint i = 0; i < n; i++)
    {
      VantageEntity *entity = g_ptr_array_index (work->entities, i);

      if (is_live (entity, "condition"))
        look_at_condition (work, entity);
      else if (is_live (entity, "link"))
        look_at_link (work, entity);
      else if (is_live (entity, "interview"))
        look_at_interview (work, entity);
    }
  if (work->times != NULL)
    {
      GPtrArray *contradictions = vantage_times_get_contradictions (work->times);

      for (guint i = 0; i < contradictions->len; i++)
        look_at_contradiction (work, g_ptr_array_index (contradictions, i));
    }
}

static void
read_persons (Work *work)
{
  guint n = work->entities != NULL ? work->entities->len : 0;

  for (guint i = 0; i < n; i++)
    {
      VantageEntity *entity = g_ptr_array_index (work->entities, i);
      const char *id = vantage_entity_get_id (entity), *into, *sort;

      g_hash_table_insert (work->by_id, (gpointer) id, entity);
      if (!is_live (entity, "person"))
        continue;
      into = vantage_entity_get_ref (entity, "into");
      sort = vantage_entity_get_text (entity, "sort");
      if (into != NULL)
        g_hash_table_insert (work->into, (gpointer) id, (gpointer) into);
      if (g_strcmp0 (sort, "automation") == 0 || g_strcmp0 (sort, "system") == 0)
        g_hash_table_add (work->machines, (gpointer) id);
    }
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const VantageCandidate *x = *(const VantageCandidate *const *) a;
  const VantageCandidate *y = *(const VantageCandidate *const *) b;

  if (x->reasons->len != y->reasons->len)
    return x->reasons->len > y->reasons->len ? -1 : 1;
  return strcmp (x->person, y->person);
}

GPtrArray *
vantage_candidates_find (VantageActs *acts, VantageParticipation *participation,
                         GPtrArray *entities, VantageTimes *times)
{
  g_autoptr (GHashTable) into = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) machines = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_candidate_free);
  Work work = { .acts = acts,
                .participation = participation,
                .entities = entities,
                .times = times,
                .into = into,
                .machines = machines,
                .by_id = by_id,
                .found = found };
  GHashTableIter iter;
  gpointer candidate;

  work.items = vantage_acts_get_items (acts, &work.n_items);
  work.all = vantage_acts_get_acts (acts, &work.n_acts);
  read_persons (&work);
  find_in_record (&work);
  find_in_entities (&work);
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &candidate))
    g_ptr_array_add (candidates, candidate);
  g_ptr_array_sort (candidates, compare_candidates);
  return candidates;
}
