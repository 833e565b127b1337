/* vantage-load.c: shifts, pages and pauses of one person into what they carried at a moment. */

#include "vantage-load.h"

#include <string.h>

#include "vantage-entity.h"

#define MINUTE_US (60 * (gint64) G_USEC_PER_SEC)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)
#define SAME_RING_US MINUTE_US      /* one page by phone, mail and message is one page */
#define AT_ONCE_US (15 * MINUTE_US) /* pages that one has at the same time */
#define REST_US (6 * HOUR_US)       /* a pause in which anybody can have slept */
#define NIGHT_REST_US (3 * HOUR_US) /* … of it in the night */
#define NIGHT_FROM 22
#define NIGHT_UNTIL 6
#define MAX_ITEMS 20
#define MAX_MERGES 64

static const struct
{
  const char *text, *key, *pattern;
} sorts[VANTAGE_N_LOADS] = {
  { "on-call", "on_call_since", "load:on-call" }, { "pages", "pages", "load:pages" },
  { "at-once", "pages", "load:at-once" },         { "hours-on", NULL, "load:hours-on" },
  { "awake", "awake_since", "load:awake" },
};

const char *
vantage_load_to_text (VantageLoadSort sort)
{
  return sorts[sort].text;
}

const char *
vantage_load_get_key (VantageLoadSort sort)
{
  return sorts[sort].key;
}

const char *
vantage_load_get_pattern (VantageLoadSort sort)
{
  return sorts[sort].pattern;
}

void
vantage_load_free (VantageLoad *self)
{
  g_ptr_array_unref (self->items);
  g_free (self->condition);
  g_free (self);
}

static VantageLoad *
new_load (VantageLoadSort sort)
{
  VantageLoad *self = g_new0 (VantageLoad, 1);

  self->sort = sort;
  self->estimated = TRUE;
  self->since_us = self->until_us = self->unbroken_us = VANTAGE_TIME_NONE;
  self->items = g_ptr_array_new_with_free_func (g_free);
  return self;
}

typedef struct
{
  VantageActs *acts;
  const VantageActItem *items;
  gint64 moment_us;
  VantageZone *zone;
  GPtrArray *shifts; /* (element-type VantageAct): by begin, begun by the moment */
  GPtrArray *pages;  /* by time: of the day before the moment, each ring once */
  GPtrArray *signs;  /* by time: that the person was up and about */
} Work;

static void
add_item (Work *work, VantageLoad *load, const VantageAct *act)
{
  if (load->items->len < MAX_ITEMS)
    g_ptr_array_add (load->items, g_strdup (work->items[act->item].id));
}

/* ---- what there is of the person ---- */

static gboolean
is_sign (const VantageAct *act, const VantageActItem *item)
{
  if (item->unit_us > HOUR_US)
    return FALSE;
  switch (act->sort)
    {
    case VANTAGE_ACT_WROTE:
    case VANTAGE_ACT_DID:
    case VANTAGE_ACT_ACKED:
    case VANTAGE_ACT_REACTED:
      return TRUE;
    case VANTAGE_ACT_JOINED:
      return act->by == VANTAGE_NOBODY;
    case VANTAGE_ACT_LEFT:
    case VANTAGE_ACT_MENTIONED:
    case VANTAGE_ACT_ASSIGNED:
    case VANTAGE_ACT_PAGED:
    case VANTAGE_ACT_ON_SHIFT:
    default:
      return FALSE;
    }
}

/* What a page is about: those of one thread are about one thing. */
static guint32
get_subject (Work *work, const VantageAct *page)
{
  guint32 root = work->items[page->item].root;

  return root != VANTAGE_NOBODY ? root : page->item;
}

static void
take_page (Work *work, const VantageAct *page, GHashTable *rung)
{
  gpointer subject = GUINT_TO_POINTER (get_subject (work, page) + 1);
  const VantageAct *last = g_hash_table_lookup (rung, subject);

  if (page->time_us <= work->moment_us - DAY_US)
    return;
  if (last != NULL && page->time_us - last->time_us < SAME_RING_US)
    return;
  g_hash_table_insert (rung, subject, (gpointer) page);
  g_ptr_array_add (work->pages, (gpointer) page);
}

static void
read_acts (Work *work, guint32 person)
{
  g_autoptr (GHashTable) rung = g_hash_table_new (NULL, NULL); /* subject + 1 → VantageAct */
  guint32 n = 0;
  const VantageAct *all = vantage_acts_get_acts (work->acts, &n);

  for (guint32 i = 0; i < n; i++)
    {
      const VantageAct *act = &all[i];

      if (act->time_us == VANTAGE_TIME_NONE || act->time_us > work->moment_us)
        break;
      if (act->person != person)
        continue;
      if (act->sort == VANTAGE_ACT_ON_SHIFT)
        g_ptr_array_add (work->shifts, (gpointer) act);
      else if (act->sort == VANTAGE_ACT_PAGED)
        take_page (work, act, rung);
      else if (is_sign (act, &work->items[act->item]))
        g_ptr_array_add (work->signs, (gpointer) act);
    }
}

/* ---- on call ---- */

static VantageLoad *
find_on_call (Work *work)
{
  g_autoptr (VantageLoad) load = new_load (VANTAGE_LOAD_ON_CALL);

  for (guint i = 0; i < work->shifts->len; i++)
    {
      const VantageAct *shift = g_ptr_array_index (work->shifts, i);
      gint64 end_us = work->items[shift->item].end_us;

      if (end_us == VANTAGE_TIME_NONE || end_us <= work->moment_us)
        continue;
      if (load->since_us == VANTAGE_TIME_NONE)
        load->since_us = load->unbroken_us = shift->time_us;
      load->until_us = MAX (load->until_us, end_us);
      add_item (work, load, shift);
    }
  if (load->since_us == VANTAGE_TIME_NONE)
    return NULL;
  for (guint i = work->shifts->len; i > 0; i--)
    {
      const VantageAct *shift = g_ptr_array_index (work->shifts, i - 1);
      gint64 end_us = work->items[shift->item].end_us;

      if (end_us != VANTAGE_TIME_NONE && end_us >= load->unbroken_us)
        load->unbroken_us = MIN (load->unbroken_us, shift->time_us);
    }
  return g_steal_pointer (&load);
}

/* ---- pages ---- */

static gboolean
is_night (Work *work, gint64 us)
{
  VantageWall wall;

  vantage_zone_get_wall (work->zone, us, &wall);
  return wall.hour >= NIGHT_FROM || wall.hour < NIGHT_UNTIL;
}

static VantageLoad *
find_pages (Work *work)
{
  g_autoptr (VantageLoad) load = NULL;

  if (work->pages->len == 0)
    return NULL;
  load = new_load (VANTAGE_LOAD_PAGES);
  load->since_us = ((const VantageAct *) work->pages->pdata[0])->time_us;
  load->count = work->pages->len;
  for (guint i = 0; i < work->pages->len; i++)
    {
      const VantageAct *page = g_ptr_array_index (work->pages, i);

      load->night += is_night (work, page->time_us);
      add_item (work, load, page);
    }
  return g_steal_pointer (&load);
}

/* Adds @by to how many pages about the same thing are in the window; TRUE when there is now the
 * first, or none. */
static gboolean
count_subject (Work *work, GHashTable *counts, const VantageAct *page, int by)
{
  gpointer subject = GUINT_TO_POINTER (get_subject (work, page) + 1);
  int n = GPOINTER_TO_INT (g_hash_table_lookup (counts, subject)) + by;

  g_hash_table_insert (counts, subject, GINT_TO_POINTER (n));
  return by > 0 ? n == 1 : n == 0;
}

static VantageLoad *
find_at_once (Work *work)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr (VantageLoad) load = new_load (VANTAGE_LOAD_AT_ONCE);
  guint first = 0, best = 0, best_end = 0, n = 0;

  for (guint i = 0; i < work->pages->len; i++)
    {
      const VantageAct *page = g_ptr_array_index (work->pages, i);
      const VantageAct *begin = g_ptr_array_index (work->pages, first);

      n += count_subject (work, counts, page, 1);
      while (page->time_us - begin->time_us > AT_ONCE_US)
        {
          n -= count_subject (work, counts, begin, -1);
          begin = g_ptr_array_index (work->pages, ++first);
        }
      if (n <= load->count)
        continue;
      load->count = n;
      load->since_us = begin->time_us;
      best = first;
      best_end = i;
    }
  if (load->count < 2)
    return NULL;
  for (guint i = best; i <= best_end; i++)
    {
      load->night += is_night (work, ((const VantageAct *) work->pages->pdata[i])->time_us);
      add_item (work, load, g_ptr_array_index (work->pages, i));
    }
  return g_steal_pointer (&load);
}

/* ---- pauses ---- */

static gint64
measure_night (Work *work, gint64 begin_us, gint64 end_us)
{
  gint64 night_us = 0;

  for (gint64 us = begin_us; us < end_us; us += MINUTE_US)
    if (is_night (work, us))
      night_us += MIN (MINUTE_US, end_us - us);
  return night_us;
}

static gboolean
ends_hours_on (Work *work, gint64 begin_us, gint64 end_us)
{
  return end_us - begin_us >= REST_US;
}

static gboolean
ends_waking (Work *work, gint64 begin_us, gint64 end_us)
{
  return ends_hours_on (work, begin_us, end_us) ||
         (end_us - begin_us >= NIGHT_REST_US &&
          measure_night (work, begin_us, end_us) >= NIGHT_REST_US);
}

/* From the first sign after such a pause until the moment; NULL: the pause is not over. */
static VantageLoad *
find_stretch (Work *work, VantageLoadSort sort, gboolean (*ends) (Work *, gint64, gint64))
{
  g_autoptr (VantageLoad) load = NULL;
  const VantageAct *first = NULL, *last;
  gint64 next_us = work->moment_us;

  for (guint i = work->signs->len; i > 0; i--)
    {
      const VantageAct *sign = g_ptr_array_index (work->signs, i - 1);

      if (ends (work, sign->time_us, next_us))
        break;
      first = sign;
      next_us = sign->time_us;
    }
  if (first == NULL || work->moment_us - first->time_us < MINUTE_US)
    return NULL;
  last = g_ptr_array_index (work->signs, work->signs->len - 1);
  load = new_load (sort);
  load->since_us = first->time_us;
  add_item (work, load, first);
  if (last->item != first->item)
    add_item (work, load, last);
  return g_steal_pointer (&load);
}

static VantageLoad *
estimate (Work *work, VantageLoadSort sort)
{
  switch (sort)
    {
    case VANTAGE_LOAD_ON_CALL:
      return find_on_call (work);
    case VANTAGE_LOAD_PAGES:
      return find_pages (work);
    case VANTAGE_LOAD_AT_ONCE:
      return find_at_once (work);
    case VANTAGE_LOAD_HOURS_ON:
      return find_stretch (work, sort, ends_hours_on);
    case VANTAGE_LOAD_AWAKE:
      return find_stretch (work, sort, ends_waking);
    case VANTAGE_N_LOADS:
    default:
      return NULL;
    }
}

/* ---- what was said ---- */

/* What was said or hidden of one sort. */
typedef struct
{
  VantageEntity *condition; /* (nullable): the one that goes first */
  gint64 since_us;          /* of it */
  guint rank;
  gboolean hidden;    /* a condition of the sort is hidden */
  gboolean dismissed; /* the estimate is */
} Said;

static gint64
find_when (Work *work, VantageEntity *condition, const char *field, gint64 *out_slack_us)
{
  VantageWhen when;
  guint32 item;

  *out_slack_us = 0;
  vantage_entity_get_when (condition, field, &when);
  switch (when.sort)
    {
    case VANTAGE_WHEN_AT:
      *out_slack_us = when.plus_minus_us;
      return when.at_us;
    case VANTAGE_WHEN_ITEM:
      item = vantage_acts_find_item (work->acts, when.item);
      return item != VANTAGE_NOBODY ? work->items[item].time_us : VANTAGE_TIME_NONE;
    case VANTAGE_WHEN_BETWEEN:
    case VANTAGE_WHEN_UNKNOWN:
    default:
      return VANTAGE_TIME_NONE;
    }
}

/* Whether it can have held at the moment; what has no time holds throughout. */
static gboolean
holds (Work *work, VantageEntity *condition, gint64 *out_since_us)
{
  gint64 slack_us;
  gint64 until_us = find_when (work, condition, "until", &slack_us);

  if (until_us != VANTAGE_TIME_NONE && until_us + slack_us <= work->moment_us)
    return FALSE;
  *out_since_us = find_when (work, condition, "from", &slack_us);
  return *out_since_us == VANTAGE_TIME_NONE || *out_since_us - slack_us <= work->moment_us;
}

static guint
get_rank (VantageEntity *condition)
{
  const char *by = vantage_entity_get_text (condition, "by");

  if (g_strcmp0 (by, "account") == 0)
    return 3;
  if (g_strcmp0 (by, "record") == 0)
    return 2;
  return g_strcmp0 (vantage_entity_get_text (condition, "state"), "confirmed") == 0 ? 1 : 0;
}

static void
take_condition (Work *work, VantageEntity *condition, Said *said)
{
  guint rank = get_rank (condition);
  gint64 since_us;

  if (!holds (work, condition, &since_us))
    return;
  if (g_strcmp0 (vantage_entity_get_text (condition, "state"), "hidden") == 0)
    {
      said->hidden = TRUE;
      return;
    }
  if (said->condition != NULL &&
      (said->rank > rank || (said->rank == rank && vantage_entity_get_changed_us (said->condition) >
                                                       vantage_entity_get_changed_us (condition))))
    return;
  said->condition = condition;
  said->since_us = since_us;
  said->rank = rank;
}

static gboolean
is_of (GHashTable *into, const char *person, const char *id)
{
  for (guint i = 0; person != NULL && i < MAX_MERGES; i++)
    {
      if (strcmp (person, id) == 0)
        return TRUE;
      person = g_hash_table_lookup (into, person);
    }
  return FALSE;
}

static void
take_entity (Work *work, VantageEntity *entity, GHashTable *into, const char *id, Said *said)
{
  const char *kind = vantage_entity_get_kind_name (entity);

  if (strcmp (kind, "condition") == 0 &&
      is_of (into, vantage_entity_get_ref (entity, "person"), id))
    {
      const char *key = vantage_entity_get_text (entity, "key");

      for (guint sort = 0; sort < VANTAGE_N_LOADS; sort++)
        if (sorts[sort].key != NULL && g_strcmp0 (key, sorts[sort].key) == 0)
          take_condition (work, entity, &said[sort]);
    }
  else if (strcmp (kind, "dismissal") == 0 &&
           is_of (into, vantage_entity_get_ref (entity, "about"), id))
    {
      const char *of = vantage_entity_get_text (entity, "of");

      for (guint sort = 0; sort < VANTAGE_N_LOADS; sort++)
        said[sort].dismissed |= g_strcmp0 (of, sorts[sort].pattern) == 0;
    }
}

static void
read_entities (Work *work, GPtrArray *entities, const char *id, Said *said)
{
  g_autoptr (GHashTable) into = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; entities != NULL && i < entities->len; i++)
    {
      VantageEntity *entity = g_ptr_array_index (entities, i);
      const char *other;

      if (vantage_entity_is_deleted (entity) ||
          strcmp (vantage_entity_get_kind_name (entity), "person") != 0)
        continue;
      other = vantage_entity_get_ref (entity, "into");
      if (other != NULL)
        g_hash_table_insert (into, (gpointer) vantage_entity_get_id (entity), (gpointer) other);
    }
  for (guint i = 0; entities != NULL && i < entities->len; i++)
    if (!vantage_entity_is_deleted (g_ptr_array_index (entities, i)))
      take_entity (work, g_ptr_array_index (entities, i), into, id, said);
}

static VantageLoad *
new_said (VantageLoadSort sort, const Said *said)
{
  VantageLoad *load = new_load (sort);
  g_autoptr (GArray) cites = vantage_entity_list_cites (said->condition);

  load->estimated = FALSE;
  load->condition = g_strdup (vantage_entity_get_id (said->condition));
  load->since_us = said->since_us;
  for (guint i = 0; i < MIN (cites->len, MAX_ITEMS); i++)
    g_ptr_array_add (load->items, g_strdup (g_array_index (cites, VantageCite, i).item));
  return load;
}

GPtrArray *
vantage_load_find (VantageActs *acts, guint32 person, const char *id, gint64 moment_us,
                   VantageZone *zone, GPtrArray *entities)
{
  GPtrArray *loads = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_load_free);
  g_autoptr (VantageZone) clock = zone != NULL ? vantage_zone_ref (zone) : vantage_zone_new_utc ();
  g_autoptr (GPtrArray) shifts = g_ptr_array_new (), pages = g_ptr_array_new ();
  g_autoptr (GPtrArray) signs = g_ptr_array_new ();
  Said said[VANTAGE_N_LOADS] = { 0 };
  guint32 n_items;
  Work work = { acts, vantage_acts_get_items (acts, &n_items), moment_us, clock, shifts, pages,
                signs };

  moment_us = work.moment_us = CLAMP (moment_us, VANTAGE_TIME_MIN, VANTAGE_TIME_MAX);
  if (person != VANTAGE_NOBODY)
    read_acts (&work, person);
  read_entities (&work, entities, id, said);
  for (guint sort = 0; sort < VANTAGE_N_LOADS; sort++)
    {
      VantageLoad *load = NULL;

      if (said[sort].condition != NULL)
        /* A count of pages says nothing of how many came together, and takes the place of it. */
        load = sort != VANTAGE_LOAD_AT_ONCE ? new_said (sort, &said[sort]) : NULL;
      else if (!said[sort].hidden && !said[sort].dismissed)
        load = estimate (&work, sort);
      if (load != NULL)
        g_ptr_array_add (loads, load);
    }
  return loads;
}
