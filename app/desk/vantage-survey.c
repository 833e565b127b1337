/* vantage-survey.c: from a library to plain columns, and from those to answers. */

#include "vantage-survey.h"

#include <string.h>

struct _VantageSurvey
{
  gatomicrefcount refs;
  GPtrArray *people;      /* (element-type VantagePerson) */
  GHashTable *by_id;      /* char *id, merged ones too → VantagePerson * */
  GHashTable *by_key;     /* account key → VantagePerson *, where one key means one person */
  GHashTable *zones;      /* char *person → VantageZone * */
  GPtrArray *entities;    /* (element-type VantageEntity) */
  GHashTable *item_times; /* char *item id → ItemTime * */
  VantageActs *acts;
  VantageParticipation *participation;
  VantageTimes *times;
  VantageStanding *standing;
};

typedef struct
{
  gint64 time_us;
  VantagePrecision precision;
} ItemTime;

static const char *const kinds[] = { "person",    "event",     "link",     "statement",
                                     "condition", "interview", "dismissal" };

/* An account named inside an item: the person is known for its author only, so others are looked up
 * by their key. */
static const char *
find_account (const VantageItem *item, const char *account, gpointer user_data)
{
  VantageSurvey *self = user_data;
  VantagePerson *person;

  if (item->person != NULL && g_strcmp0 (item->account, account) == 0)
    person = g_hash_table_lookup (self->by_id, item->person);
  else
    person = g_hash_table_lookup (self->by_key, account);
  return person != NULL ? person->id : NULL;
}

static void
index_person (VantageSurvey *self, VantagePerson *person)
{
  g_hash_table_insert (self->by_id, person->id, person);
  for (char **merged = person->merged; merged != NULL && *merged != NULL; merged++)
    g_hash_table_insert (self->by_id, *merged, person);

  for (guint i = 0; person->identities != NULL && i < person->identities->len; i++)
    {
      const VantageIdentity *identity = g_ptr_array_index (person->identities, i);

      g_hash_table_insert (self->by_key, identity->key, person);
    }
  if (person->zone != NULL)
    {
      VantageZone *zone = vantage_zone_new (person->zone);

      if (zone != NULL)
        g_hash_table_insert (self->zones, person->id, zone);
    }
}

static gboolean
read_entities (VantageSurvey *self, VantageLibrary *library, const char *review, GError **error)
{
  self->people = vantage_library_list_people (library, review, error);
  if (self->people == NULL)
    return FALSE;
  for (guint i = 0; i < self->people->len; i++)
    index_person (self, g_ptr_array_index (self->people, i));

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      GPtrArray *some = vantage_library_list (library, review, kinds[k], error);

      if (some == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (self->entities, some);
    }
  return TRUE;
}

static VantageSurvey *
begin_survey (VantageLibrary *library, const char *review, GError **error)
{
  g_autoptr (VantageSurvey) self = g_new0 (VantageSurvey, 1);

  g_atomic_ref_count_init (&self->refs);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->zones =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) vantage_zone_unref);
  self->entities = g_ptr_array_new_with_free_func (g_object_unref);
  self->item_times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return read_entities (self, library, review, error) ? g_steal_pointer (&self) : NULL;
}

static VantageZone *
find_zone (guint32 person, gpointer user_data)
{
  VantageSurvey *self = user_data;

  return g_hash_table_lookup (self->zones, vantage_acts_get_person (self->acts, person));
}

/* Items that events rest on: their times are wanted exactly, with their precision. */
static GHashTable *
list_cited_items (VantageSurvey *self)
{
  GHashTable *cited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const char *const fields[] = { "start", "end", "value", "from", "until" };

  for (guint i = 0; i < self->entities->len; i++)
    for (gsize f = 0; f < G_N_ELEMENTS (fields); f++)
      {
        VantageWhen when;

        vantage_entity_get_when (g_ptr_array_index (self->entities, i), fields[f], &when);
        if (when.sort == VANTAGE_WHEN_ITEM)
          g_hash_table_add (cited, g_strdup (when.item));
      }
  return cited;
}

typedef struct
{
  VantageSurvey *self;
  GHashTable *cited;
} Reading;

static gboolean
take_item (VantageItem *item, gpointer user_data)
{
  Reading *reading = user_data;
  g_autofree char *id = vantage_item_dup_id (item);

  vantage_acts_add_item (reading->self->acts, item);
  if (g_hash_table_contains (reading->cited, id))
    {
      ItemTime *time = g_new (ItemTime, 1);

      time->time_us = item->time_us;
      time->precision = item->precision;
      g_hash_table_insert (reading->self->item_times, g_steal_pointer (&id), time);
    }
  return TRUE;
}

static gboolean
find_item_time (const char *item, gint64 *out_us, VantagePrecision *out_precision,
                gpointer user_data)
{
  VantageSurvey *self = user_data;
  const ItemTime *time = g_hash_table_lookup (self->item_times, item);

  if (time == NULL || time->time_us == VANTAGE_TIME_NONE)
    return FALSE;
  *out_us = time->time_us;
  *out_precision = time->precision;
  return TRUE;
}

/* The long part: may run on a worker. */
static gboolean
read_items (VantageSurvey *self, VantageLibrary *library, const char *review,
            GCancellable *cancellable, GError **error)
{
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GHashTable) cited = list_cited_items (self);
  Reading reading = { self, cited };

  self->acts = vantage_acts_new (find_account, self, NULL);
  for (guint i = 0; i < self->people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (self->people, i);

      vantage_acts_add_person (self->acts, person->id);
      if (person->name != NULL)
        vantage_acts_set_name (self->acts, person->id, person->name);
    }
  if (!vantage_library_each_item (library, review, &all, take_item, &reading, cancellable, error))
    return FALSE;
  vantage_acts_finish (self->acts);
  self->participation = vantage_participation_new (self->acts, find_zone, self);

  self->times = vantage_times_new ();
  for (guint i = 0; i < self->entities->len; i++)
    vantage_times_take_entity (self->times, g_ptr_array_index (self->entities, i), find_item_time,
                               self);
  vantage_times_solve (self->times);
  return TRUE;
}

VantageSurvey *
vantage_survey_new (VantageLibrary *library, const char *review, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (VantageSurvey) self = begin_survey (library, review, error);

  if (self == NULL || !read_items (self, library, review, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

typedef struct
{
  VantageSurvey *survey;
  char *review;
} Task;

static void
free_task (gpointer data)
{
  Task *task = data;

  g_clear_pointer (&task->survey, vantage_survey_unref);
  g_free (task->review);
  g_free (task);
}

static void
run_task (GTask *gtask, gpointer source, gpointer data, GCancellable *cancellable)
{
  Task *task = data;
  GError *error = NULL;

  if (read_items (task->survey, source, task->review, cancellable, &error))
    g_task_return_pointer (gtask, g_steal_pointer (&task->survey),
                           (GDestroyNotify) vantage_survey_unref);
  else
    g_task_return_error (gtask, error);
}

void
vantage_survey_new_async (VantageLibrary *library, const char *review, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) gtask = g_task_new (library, cancellable, callback, user_data);
  GError *error = NULL;
  VantageSurvey *survey = begin_survey (library, review, &error);
  Task *task;

  if (survey == NULL)
    {
      g_task_return_error (gtask, error);
      return;
    }
  task = g_new0 (Task, 1);
  task->survey = survey;
  task->review = g_strdup (review);
  g_task_set_task_data (gtask, task, free_task);
  g_task_run_in_thread (gtask, run_task);
}

VantageSurvey *
vantage_survey_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

VantageSurvey *
vantage_survey_ref (VantageSurvey *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
vantage_survey_unref (VantageSurvey *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->standing, vantage_standing_free);
  g_clear_pointer (&self->times, vantage_times_free);
  g_clear_pointer (&self->participation, vantage_participation_free);
  g_clear_pointer (&self->acts, vantage_acts_free);
  g_clear_pointer (&self->item_times, g_hash_table_unref);
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  g_clear_pointer (&self->zones, g_hash_table_unref);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self);
}

GPtrArray *
vantage_survey_get_people (VantageSurvey *self)
{
  return self->people;
}

const VantagePerson *
vantage_survey_find_person (VantageSurvey *self, const char *person)
{
  return g_hash_table_lookup (self->by_id, person);
}

VantageActs *
vantage_survey_get_acts (VantageSurvey *self)
{
  return self->acts;
}

VantageParticipation *
vantage_survey_get_participation (VantageSurvey *self)
{
  return self->participation;
}

const VantageParticipant *
vantage_survey_get_participant (VantageSurvey *self, const char *person)
{
  const VantagePerson *known = vantage_survey_find_person (self, person);
  guint32 index = vantage_acts_find_person (self->acts, known != NULL ? known->id : person);

  return index != VANTAGE_NOBODY ? vantage_participation_get (self->participation, index) : NULL;
}

VantagePart
vantage_survey_get_part (VantageSurvey *self, const char *person)
{
  const VantagePerson *known = vantage_survey_find_person (self, person);
  const VantageParticipant *participant = vantage_survey_get_participant (self, person);
  VantagePart part;

  if (known != NULL && known->part != NULL && vantage_part_from_text (known->part, &part))
    return part;
  return participant != NULL ? participant->part : VANTAGE_PART_ABSENT;
}

VantageZone *
vantage_survey_get_zone (VantageSurvey *self, const char *person)
{
  const VantagePerson *known = vantage_survey_find_person (self, person);

  return known != NULL ? g_hash_table_lookup (self->zones, known->id) : NULL;
}

VantageTimes *
vantage_survey_get_times (VantageSurvey *self)
{
  return self->times;
}

GPtrArray *
vantage_survey_get_entities (VantageSurvey *self)
{
  return self->entities;
}

GPtrArray *
vantage_survey_list_candidates (VantageSurvey *self)
{
  GPtrArray *candidates =
      vantage_candidates_find (self->acts, self->participation, self->entities, self->times);

  /* What an account says of itself is no entity: automation is known by it alone. */
  for (guint i = candidates->len; i > 0; i--)
    {
      const VantageCandidate *candidate = g_ptr_array_index (candidates, i - 1);
      const VantagePerson *person = vantage_survey_find_person (self, candidate->person);

      if (person != NULL && g_strcmp0 (person->sort, "human") != 0)
        g_ptr_array_remove_index (candidates, i - 1);
    }
  return candidates;
}

GPtrArray *
vantage_survey_list_load (VantageSurvey *self, const char *person, gint64 moment_us,
                          GPtrArray *entities)
{
  const VantagePerson *known = vantage_survey_find_person (self, person);
  const char *id = known != NULL ? known->id : person;

  if (known != NULL &&
      (g_strcmp0 (known->sort, "automation") == 0 || g_strcmp0 (known->sort, "system") == 0))
    return g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_load_free);
  return vantage_load_find (self->acts, vantage_acts_find_person (self->acts, id), id, moment_us,
                            vantage_survey_get_zone (self, id),
                            entities != NULL ? entities : self->entities);
}

VantageStanding *
vantage_survey_get_standing (VantageSurvey *self)
{
  if (self->standing == NULL)
    self->standing =
        vantage_standing_new (self->acts, self->participation, self->times, self->entities);
  return self->standing;
}
