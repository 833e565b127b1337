/* vantage-vantage-point.c: for one person, since when each item and event was known and could be
 * seen; a moment is then only compared with that. */

#include "vantage-vantage-point.h"

#include <string.h>

#define NEVER G_MAXINT64

static const char *const view_words[] = { "knew", "could-have-seen", "could-not-have-known" };
static const char *const why_words[VANTAGE_N_WHYS] = {
  "wrote",  "acted",           "replied", "reacted",     "assigned",   "acknowledged",
  "told",   "asked",           "account", "cited",       "present",    "present-estimated",
  "member", "reacted-untimed", "later",   "not-present", "not-posted", "no-time"
};

/* Since when, why, and what it rests on. */
typedef struct
{
  gint64 since;
  VantageWhy why;
  const char *rests_on[3];
} Ground;

typedef struct
{
  Ground knew, could;
} Grounds;

/* An event, as far as is needed here. Strings are lent by its entity. */
typedef struct
{
  const char *id;
  gint64 earliest; /* bounds of its start; open as in a window */
  gint64 latest;
  GPtrArray *actors;   /* (element-type utf8), merges followed */
  const char *account; /* (nullable) */
  GArray *items;       /* (element-type guint32): items it rests on */
} Event;

typedef struct
{
  const char *id;
  guint from, to; /* events */
  gboolean asks;
} Link;

struct _VantageStanding
{
  VantageActs *acts;
  VantageParticipation *participation;
  GPtrArray *entities;
  GHashTable *into;        /* person id → the one it was merged into */
  GPtrArray *events;       /* (element-type Event), by id */
  GHashTable *event_index; /* id → index + 1 */
  GArray *links;           /* (element-type Link) */

  /* what was last worked out, and for whom */
  char *person;
  GArray *grounds; /* (element-type Grounds): items, then events */
  GArray *own;     /* (element-type gint64): the person's acts, ascending */
};

const char *
vantage_view_class_to_text (VantageViewClass view)
{
  return view_words[view];
}

const char *
vantage_why_to_text (VantageWhy why)
{
  return why_words[why];
}

/* ---- the review ---- */

static void
event_free (gpointer data)
{
  Event *self = data;

  g_ptr_array_unref (self->actors);
  g_array_unref (self->items);
  g_free (self);
}

static const char *
follow_merges (VantageStanding *self, const char *person)
{
  for (guint i = 0; person != NULL && i < 64; i++)
    {
      const char *next = g_hash_table_lookup (self->into, person);

      if (next == NULL)
        return person;
      person = next;
    }
  return person;
}

static void
read_times (VantageTimes *times, Event *event)
{
  VantageTimeWindow window;

  event->earliest = VANTAGE_WINDOW_OPEN_BEGIN;
  event->latest = VANTAGE_WINDOW_OPEN_END;
  if (times == NULL || !vantage_times_get_window (times, event->id, &window))
    return;
  event->earliest = window.earliest_us;
  event->latest = window.latest_us;
}

static void
add_event (VantageStanding *self, VantageTimes *times, VantageEntity *entity)
{
  Event *event = g_new0 (Event, 1);
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (entity, "actors");
  g_autoptr (GArray) cites = vantage_entity_list_cites (entity);

  event->id = vantage_entity_get_id (entity);
  event->account = follow_merges (self, vantage_entity_get_ref (entity, "account"));
  event->actors = g_ptr_array_new ();
  event->items = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < actors->len; i++)
    g_ptr_array_add (event->actors, (gpointer) follow_merges (self, g_ptr_array_index (actors, i)));
  for (guint i = 0; i < cites->len; i++)
    {
      guint32 item =
          vantage_acts_find_item (self->acts, g_array_index (cites, VantageCite, i).item);

      if (item != VANTAGE_NOBODY)
        g_array_append_val (event->items, item);
    }
  read_times (times, event);
  g_ptr_array_add (self->events, event);
}

static void
add_link (VantageStanding *self, VantageEntity *entity)
{
  static const char *const telling[] = { "told", "prompted", "informed", "asked", NULL };
  const char *kind = vantage_entity_get_text (entity, "kind");
  const char *from = vantage_entity_get_ref (entity, "from");
  const char *to = vantage_entity_get_ref (entity, "to");
  Link link = { .id = vantage_entity_get_id (entity) };

  if (kind == NULL || from == NULL || to == NULL || !g_strv_contains (telling, kind))
    return;
  link.from = GPOINTER_TO_UINT (g_hash_table_lookup (self->event_index, from));
  link.to = GPOINTER_TO_UINT (g_hash_table_lookup (self->event_index, to));
  link.asks = strcmp (kind, "asked") == 0;
  if (link.from-- == 0 || link.to-- == 0)
    return;
  g_array_append_val (self->links, link);
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Event *x = *(const Event *const *) a, *y = *(const Event *const *) b;

  return strcmp (x->id, y->id);
}

static gboolean
is_live (VantageEntity *entity, const char *kind)
{
  return !vantage_entity_is_deleted (entity) &&
         strcmp (vantage_entity_get_kind_name (entity), kind) == 0;
}

static void
read_entities (VantageStanding *self, VantageTimes *times)
{
  guint n = self->entities != NULL ? self->entities->len : 0;

  for (guint i = 0; i < n; i++)
    {
      VantageEntity *entity = g_ptr_array_index (self->entities, i);
      const char *into =
          is_live (entity, "person") ? vantage_entity_get_ref (entity, "into") : NULL;

      if (into != NULL)
        g_hash_table_insert (self->into, (gpointer) vantage_entity_get_id (entity),
                             (gpointer) into);
    }
  for (guint i = 0; i < n; i++)
    if (is_live (g_ptr_array_index (self->entities, i), "event"))
      add_event (self, times, g_ptr_array_index (self->entities, i));
  g_ptr_array_sort (self->events, compare_events);
  for (guint i = 0; i < self->events->len; i++)
    g_hash_table_insert (self->event_index,
                         (gpointer) ((Event *) g_ptr_array_index (self->events, i))->id,
                         GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < n; i++)
    if (is_live (g_ptr_array_index (self->entities, i), "link"))
      add_link (self, g_ptr_array_index (self->entities, i));
}

VantageStanding *
vantage_standing_new (VantageActs *acts, VantageParticipation *participation, VantageTimes *times,
                      GPtrArray *entities)
{
  VantageStanding *self = g_new0 (VantageStanding, 1);

  self->acts = acts;
  self->participation = participation;
  self->into = g_hash_table_new (g_str_hash, g_str_equal);
  self->events = g_ptr_array_new_with_free_func (event_free);
  self->event_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->links = g_array_new (FALSE, FALSE, sizeof (Link));
  self->grounds = g_array_new (FALSE, TRUE, sizeof (Grounds));
  self->own = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (entities != NULL)
    {
      self->entities = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < entities->len; i++)
        g_ptr_array_add (self->entities, g_object_ref (g_ptr_array_index (entities, i)));
    }
  read_entities (self, times);
  return self;
}

void
vantage_standing_free (VantageStanding *self)
{
  g_clear_pointer (&self->entities, g_ptr_array_unref);
  g_hash_table_unref (self->into);
  g_hash_table_unref (self->event_index);
  g_ptr_array_unref (self->events);
  g_array_unref (self->links);
  g_array_unref (self->grounds);
  g_array_unref (self->own);
  g_free (self->person);
  g_free (self);
}

/* ---- one person ---- */

/* Takes earlier grounds, and of two as early the first reason in the order of the list. */
static void
support (Ground *ground, gint64 since, VantageWhy why, const char *a, const char *b)
{
  if (since > ground->since || (since == ground->since && why >= ground->why))
    return;
  *ground = (Ground){ since, why, { a, b, NULL } };
}

/* Nothing is known before it is. */
static gint64
not_before (gint64 us, gint64 begin)
{
  return begin == VANTAGE_TIME_NONE ? us : MAX (us, begin);
}

static void
learn_item (VantageStanding *self, const VantageActItem *items, guint32 item, gint64 us,
            VantageWhy why, const char *rests_on)
{
  if (item != VANTAGE_NOBODY)
    support (&g_array_index (self->grounds, Grounds, item).knew,
             not_before (us, items[item].time_us), why, rests_on, NULL);
}

/* What an item answers: its thread's root, and only where there is no thread what it replies to. */
static guint32
get_answered (const VantageActItem *item)
{
  return item->root != VANTAGE_NOBODY ? item->root : item->reply_to;
}

static void
learn_from_act (VantageStanding *self, const VantageActItem *items, const VantageAct *act)
{
  const VantageActItem *item = &items[act->item];
  guint32 answered = get_answered (item);

  if (act->time_us == VANTAGE_TIME_NONE)
    {
      if (act->sort == VANTAGE_ACT_REACTED && item->time_us != VANTAGE_TIME_NONE)
        support (&g_array_index (self->grounds, Grounds, act->item).could, item->time_us,
                 VANTAGE_WHY_REACTED_UNTIMED, item->id, NULL);
      return;
    }
  switch (act->sort)
    {
    case VANTAGE_ACT_WROTE:
      learn_item (self, items, act->item, act->time_us, VANTAGE_WHY_WROTE, item->id);
      learn_item (self, items, answered, act->time_us, VANTAGE_WHY_REPLIED, item->id);
      break;
    case VANTAGE_ACT_ACKED:
      learn_item (self, items, act->item, act->time_us, VANTAGE_WHY_ACTED, item->id);
      learn_item (self, items, answered, act->time_us, VANTAGE_WHY_ACKNOWLEDGED, item->id);
      break;
    case VANTAGE_ACT_REACTED:
      learn_item (self, items, act->item, act->time_us,
                  item->kind == VANTAGE_ITEM_REACTION ? VANTAGE_WHY_ACTED : VANTAGE_WHY_REACTED,
                  item->id);
      if (item->kind == VANTAGE_ITEM_REACTION)
        learn_item (self, items, answered, act->time_us, VANTAGE_WHY_REACTED, item->id);
      break;
    case VANTAGE_ACT_ASSIGNED:
      learn_item (self, items, act->item, act->time_us, VANTAGE_WHY_ASSIGNED, item->id);
      learn_item (self, items, answered, act->time_us, VANTAGE_WHY_ASSIGNED, item->id);
      break;
    case VANTAGE_ACT_DID:
      learn_item (self, items, act->item, act->time_us, VANTAGE_WHY_ACTED, item->id);
      learn_item (self, items, answered, act->time_us, VANTAGE_WHY_ACTED, item->id);
      break;
    case VANTAGE_ACT_JOINED:
    case VANTAGE_ACT_LEFT:
      learn_item (self, items, act->item, act->time_us, VANTAGE_WHY_ACTED, item->id);
      break;
    case VANTAGE_ACT_MENTIONED:
    case VANTAGE_ACT_PAGED:
    case VANTAGE_ACT_ON_SHIFT:
    default:
      break;
    }
}

/* The earliest moment at or after the item at which the person was where it was posted. */
static void
look_for_presence (VantageStanding *self, guint32 person, const VantageActItem *item, Ground *could)
{
  const VantageParticipant *p = vantage_participation_get (self->participation, person);

  for (guint i = 0; i < p->presence->len; i++)
    {
      const VantagePresence *presence = &g_array_index (p->presence, VantagePresence, i);
      VantageWhy why = presence->begin_us == VANTAGE_TIME_MIN ? VANTAGE_WHY_MEMBER
                       : presence->recorded                   ? VANTAGE_WHY_PRESENT
                                                              : VANTAGE_WHY_PRESENT_ESTIMATED;
      const char *shown_by = NULL;
      guint32 n;

      if (presence->channel != item->channel || presence->end_us <= item->time_us)
        continue;
      if (presence->item != VANTAGE_NOBODY)
        shown_by = vantage_acts_get_items (self->acts, &n)[presence->item].id;
      support (could, MAX (item->time_us, presence->begin_us), why, shown_by, NULL);
    }
}

/* When an event is certain to have begun being known by those who were in it: the earliest it can
 * have been, or the latest where nothing says "not before". */
static gint64
get_event_time (const Event *event)
{
  if (event->earliest != VANTAGE_WINDOW_OPEN_BEGIN)
    return event->earliest;
  return event->latest != VANTAGE_WINDOW_OPEN_END ? event->latest : NEVER;
}

static gboolean
is_own (const Event *event, const char *person)
{
  return g_ptr_array_find_with_equal_func (event->actors, person, g_str_equal, NULL);
}

static Grounds *
get_event_grounds (VantageStanding *self, guint32 n_items, guint event)
{
  return &g_array_index (self->grounds, Grounds, n_items + event);
}

static void
learn_event (VantageStanding *self, guint32 n_items, guint index, gint64 us, VantageWhy why,
             const char *a, const char *b)
{
  const Event *event = g_ptr_array_index (self->events, index);
  Grounds *grounds = get_event_grounds (self, n_items, index);

  if (us == NEVER)
    return;
  /* not before it can have been */
  support (&grounds->knew,
           event->earliest == VANTAGE_WINDOW_OPEN_BEGIN ? us : MAX (us, event->earliest), why, a,
           b);
}

static void
learn_from_event (VantageStanding *self, const VantageActItem *items, guint32 n_items, guint index)
{
  const Event *event = g_ptr_array_index (self->events, index);
  Grounds *grounds = get_event_grounds (self, n_items, index);
  gboolean own = is_own (event, self->person);

  if (own)
    learn_event (self, n_items, index, get_event_time (event), VANTAGE_WHY_ACTED, event->id, NULL);
  if (g_strcmp0 (event->account, self->person) == 0 && (own || event->actors->len == 0))
    learn_event (self, n_items, index, get_event_time (event), VANTAGE_WHY_ACCOUNT, event->id,
                 NULL);
  for (guint i = 0; i < event->items->len; i++)
    {
      guint32 item = g_array_index (event->items, guint32, i);
      const Grounds *of_item = &g_array_index (self->grounds, Grounds, item);
      gint64 least = event->earliest == VANTAGE_WINDOW_OPEN_BEGIN ? G_MININT64 : event->earliest;

      learn_event (self, n_items, index, of_item->knew.since, VANTAGE_WHY_CITED, items[item].id,
                   of_item->knew.rests_on[0]);
      if (of_item->could.since != NEVER)
        support (&grounds->could, MAX (of_item->could.since, least), of_item->could.why,
                 items[item].id, of_item->could.rests_on[0]);
    }
}

static void
learn_from_links (VantageStanding *self, guint32 n_items)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const Link *link = &g_array_index (self->links, Link, i);
      const Event *to = g_ptr_array_index (self->events, link->to);

      if (is_own (to, self->person))
        learn_event (self, n_items, link->from, get_event_time (to),
                     link->asks ? VANTAGE_WHY_ASKED : VANTAGE_WHY_TOLD, link->id, to->id);
    }
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static gboolean
is_own_act (const VantageAct *act)
{
  return act->time_us != VANTAGE_TIME_NONE && act->sort != VANTAGE_ACT_MENTIONED &&
         act->sort != VANTAGE_ACT_ASSIGNED && act->sort != VANTAGE_ACT_PAGED &&
         act->sort != VANTAGE_ACT_ON_SHIFT;
}

static void
list_own (VantageStanding *self, const VantageAct *acts, guint32 n_acts, guint32 person)
{
  g_array_set_size (self->own, 0);
  for (guint32 i = 0; i < n_acts; i++)
    if (acts[i].person == person && is_own_act (&acts[i]))
      g_array_append_val (self->own, acts[i].time_us);
  for (guint i = 0; i < self->events->len; i++)
    {
      const Event *event = g_ptr_array_index (self->events, i);
      gint64 at = get_event_time (event);

      if (at != NEVER && is_own (event, self->person))
        g_array_append_val (self->own, at);
    }
  g_array_sort (self->own, compare_times);
}

static void
stand_with (VantageStanding *self, const char *person)
{
  guint32 n_items, n_acts, index;
  const VantageActItem *items = vantage_acts_get_items (self->acts, &n_items);
  const VantageAct *acts = vantage_acts_get_acts (self->acts, &n_acts);

  person = follow_merges (self, person);
  if (g_strcmp0 (self->person, person) == 0)
    return;
  g_free (self->person);
  self->person = g_strdup (person);
  index = vantage_acts_find_person (self->acts, person);
  g_array_set_size (self->grounds, n_items + self->events->len);
  for (guint i = 0; i < self->grounds->len; i++)
    g_array_index (self->grounds, Grounds, i) =
        (Grounds){ { NEVER, VANTAGE_N_WHYS, { NULL } }, { NEVER, VANTAGE_N_WHYS, { NULL } } };
  for (guint32 i = 0; i < n_acts; i++)
    if (acts[i].person == index)
      learn_from_act (self, items, &acts[i]);
  for (guint32 i = 0; index != VANTAGE_NOBODY && i < n_items; i++)
    if (items[i].time_us != VANTAGE_TIME_NONE)
      look_for_presence (self, index, &items[i], &g_array_index (self->grounds, Grounds, i).could);
  for (guint i = 0; i < self->events->len; i++)
    learn_from_event (self, items, n_items, i);
  learn_from_links (self, n_items);
  list_own (self, acts, n_acts, index);
}

/* ---- a moment ---- */

static void
set_sight (VantageSight *sight, VantageViewClass view, const Ground *ground)
{
  sight->view = view;
  sight->why = ground->why;
  sight->since_us = ground->since;
  memcpy (sight->rests_on, ground->rests_on, sizeof sight->rests_on);
}

/* FALSE: neither known nor to be seen by then. */
static gboolean
judge (const Grounds *grounds, gint64 moment, VantageSight *sight)
{
  if (grounds->knew.since <= moment)
    set_sight (sight, VANTAGE_VIEW_KNEW, &grounds->knew);
  else if (grounds->could.since <= moment)
    set_sight (sight, VANTAGE_VIEW_COULD_HAVE_SEEN, &grounds->could);
  else
    return FALSE;
  return TRUE;
}

static VantageSight
judge_item (VantageStanding *self, const VantageActItem *item, guint32 index, gint64 moment)
{
  VantageSight sight = { .id = item->id, .since_us = VANTAGE_TIME_NONE };

  if (judge (&g_array_index (self->grounds, Grounds, index), moment, &sight))
    return sight;
  sight.view = VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN;
  sight.why = item->time_us == VANTAGE_TIME_NONE ? VANTAGE_WHY_NO_TIME
              : item->time_us > moment           ? VANTAGE_WHY_LATER
                                                 : VANTAGE_WHY_NOT_PRESENT;
  return sight;
}

static VantageSight
judge_event (VantageStanding *self, guint index, guint32 n_items, gint64 moment)
{
  const Event *event = g_ptr_array_index (self->events, index);
  VantageSight sight = { .id = event->id, .is_event = TRUE, .since_us = VANTAGE_TIME_NONE };
  gboolean later = event->earliest != VANTAGE_WINDOW_OPEN_BEGIN && event->earliest > moment;

  if (judge (get_event_grounds (self, n_items, index), moment, &sight))
    return sight;
  sight.view = VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN;
  if (later)
    sight.why = VANTAGE_WHY_LATER;
  else if (get_event_time (event) == NEVER)
    sight.why = VANTAGE_WHY_NO_TIME;
  else
    sight.why = event->items->len > 0 ? VANTAGE_WHY_NOT_PRESENT : VANTAGE_WHY_NOT_POSTED;
  return sight;
}

GArray *
vantage_standing_look (VantageStanding *self, const char *person, gint64 moment_us)
{
  GArray *sights = g_array_new (FALSE, FALSE, sizeof (VantageSight));
  guint32 n_items;
  const VantageActItem *items = vantage_acts_get_items (self->acts, &n_items);

  stand_with (self, person);
  for (guint32 i = 0; i < n_items; i++)
    g_array_append_val (sights,
                        ((VantageSight[]){ judge_item (self, &items[i], i, moment_us) })[0]);
  for (guint i = 0; i < self->events->len; i++)
    g_array_append_val (sights, ((VantageSight[]){ judge_event (self, i, n_items, moment_us) })[0]);
  return sights;
}

gint64
vantage_standing_when_known (VantageStanding *self, const char *person, const char *id,
                             gint64 *out_knew_us)
{
  guint32 n_items, index = vantage_acts_find_item (self->acts, id);
  const Grounds *grounds;

  vantage_acts_get_items (self->acts, &n_items);
  if (index == VANTAGE_NOBODY)
    {
      index = GPOINTER_TO_UINT (g_hash_table_lookup (self->event_index, id));
      index = index > 0 ? n_items + index - 1 : VANTAGE_NOBODY;
    }
  if (out_knew_us != NULL)
    *out_knew_us = VANTAGE_TIME_NONE;
  if (index == VANTAGE_NOBODY)
    return VANTAGE_TIME_NONE;
  stand_with (self, person);
  grounds = &g_array_index (self->grounds, Grounds, index);
  if (out_knew_us != NULL && grounds->knew.since != NEVER)
    *out_knew_us = grounds->knew.since;
  if (grounds->knew.since == NEVER && grounds->could.since == NEVER)
    return VANTAGE_TIME_NONE;
  return MIN (grounds->knew.since, grounds->could.since);
}

gint64
vantage_standing_next_act (VantageStanding *self, const char *person, gint64 moment_us)
{
  stand_with (self, person);
  for (guint i = 0; i < self->own->len; i++)
    if (g_array_index (self->own, gint64, i) > moment_us)
      return g_array_index (self->own, gint64, i);
  return VANTAGE_TIME_NONE;
}

gint64
vantage_standing_previous_act (VantageStanding *self, const char *person, gint64 moment_us)
{
  stand_with (self, person);
  for (guint i = self->own->len; i-- > 0;)
    if (g_array_index (self->own, gint64, i) < moment_us)
      return g_array_index (self->own, gint64, i);
  return VANTAGE_TIME_NONE;
}
