/* vantage-timeline-changes.c: what an edit changed is read, and nothing else: an event, those whose
 * window another now is, their places in the list. */

#include "config.h"

#include <string.h>

#include "vantage-timeline-feed-private.h"

#define MAX_SINGLE 2000 /* more changed events than this are read together with all others */

static guint
find_place (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  guint low = 0, high = self->events->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (vantage_timeline_feed_compare_events (&self->events->pdata[middle], &event) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
number_from (VantageTimelineFeed *self, guint first, guint last)
{
  for (guint i = first; i < last && i < self->events->len; i++)
    ((VantageTimelineEvent *) self->events->pdata[i])->place = i;
}

/* Links speak of places: those at or after @place go by @way. */
static void
shift_links (VantageTimelineFeed *self, guint32 place, int way)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      VantageTimelineLink *link = &g_array_index (self->links, VantageTimelineLink, i);

      if (link->from >= place)
        link->from += (guint32) way;
      if (link->to >= place)
        link->to += (guint32) way;
    }
}

static void
point_links (VantageTimelineFeed *self, guint32 from, guint32 to)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      VantageTimelineLink *link = &g_array_index (self->links, VantageTimelineLink, i);
      guint32 *ends[2] = { &link->from, &link->to };

      for (int end = 0; end < 2; end++)
        {
          guint32 at = *ends[end];

          if (at == from)
            *ends[end] = to;
          else if (from < at && at <= to)
            *ends[end] = at - 1;
          else if (to <= at && at < from)
            *ends[end] = at + 1;
        }
    }
}

static void
take_slot (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  if (self->free_slots->len > 0)
    {
      event->slot = g_array_index (self->free_slots, guint32, self->free_slots->len - 1);
      g_array_set_size (self->free_slots, self->free_slots->len - 1);
    }
  else
    {
      event->slot = self->slots->len;
      g_ptr_array_add (self->slots, NULL);
    }
}

static void
make_known (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  self->slots->pdata[event->slot] = event;
  g_hash_table_replace (self->by_id, (gpointer) vantage_timeline_event_get_id (event), event);
  g_ptr_array_add (self->change.events, g_object_ref (event));
}

static void
leave_lanes (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  for (guint i = 0; i < event->lanes->len; i++)
    ((VantageTimelineLane *) self->lanes->pdata[g_array_index (event->lanes, guint32, i)])
        ->n_events--;
}

static void
remove_event (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  guint place = event->place;
  guint32 slot = event->slot;

  g_hash_table_remove (self->by_id, vantage_timeline_event_get_id (event));
  self->slots->pdata[slot] = NULL;
  g_array_append_val (self->free_slots, slot);
  g_array_append_val (self->change.gone, slot);
  leave_lanes (self, event);
  g_list_store_remove (self->list, place);
  g_ptr_array_remove_index (self->events, place);
  number_from (self, place, self->events->len);
  shift_links (self, place, -1);
  self->reads_links = TRUE;
}

static void
insert_event (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  guint place = find_place (self, event);

  take_slot (self, event);
  shift_links (self, place, 1);
  g_ptr_array_insert (self->events, (int) place, g_object_ref (event));
  number_from (self, place, self->events->len);
  g_list_store_insert (self->list, place, event);
  make_known (self, event);
  /* links may have waited for it */
  self->reads_links = TRUE;
}

static void
replace_event (VantageTimelineFeed *self, VantageTimelineEvent *was, VantageTimelineEvent *event)
{
  guint from = was->place, to;

  event->slot = was->slot;
  event->n_links = was->n_links;
  g_hash_table_steal (self->by_id, vantage_timeline_event_get_id (was));
  g_ptr_array_remove_index (self->events, from);
  to = find_place (self, event);
  g_ptr_array_insert (self->events, (int) to, g_object_ref (event));
  number_from (self, MIN (from, to), MAX (from, to) + 1);
  point_links (self, from, to);
  if (from == to)
    g_list_store_splice (self->list, from, 1, (gpointer *) &event, 1);
  else
    {
      g_list_store_remove (self->list, from);
      g_list_store_insert (self->list, to, event);
    }
  make_known (self, event);
}

static void
read_event (VantageTimelineFeed *self, const char *id, VantageEntity *entity)
{
  VantageTimelineEvent *was = g_hash_table_lookup (self->by_id, id);
  g_autoptr (VantageTimelineEvent) event = NULL;

  if (vantage_entity_is_deleted (entity))
    {
      if (was != NULL)
        remove_event (self, was);
      return;
    }
  if (was != NULL)
    leave_lanes (self, was);
  event = vantage_timeline_feed_make_event (self, entity);
  if (was == NULL)
    insert_event (self, event);
  else
    {
      event->n_links = was->n_links;
      if (!vantage_timeline_feed_is_same (event, was))
        replace_event (self, was, event);
    }
}

/* A lane that was empty may show now, or the other way round: heads are made anew then. */
static guint
count_lanes (VantageTimelineFeed *self)
{
  guint n = 0;

  for (guint i = 0; i < self->lanes->len; i++)
    n += ((VantageTimelineLane *) self->lanes->pdata[i])->n_events > 0;
  return n;
}

/* Events that have more links than before, or fewer, are others. */
static void
read_links (VantageTimelineFeed *self)
{
  g_autofree guint *before = g_new (guint, self->slots->len + 1);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < self->events->len; i++)
    {
      const VantageTimelineEvent *event = self->events->pdata[i];

      before[event->slot] = event->n_links;
    }
  vantage_timeline_feed_read_links (self);
  for (guint i = 0; i < self->events->len; i++)
    {
      VantageTimelineEvent *event = self->events->pdata[i];

      if (before[event->slot] != event->n_links)
        g_ptr_array_add (others, event);
    }
  for (guint i = 0; i < others->len; i++)
    {
      VantageTimelineEvent *was = others->pdata[i];
      g_autoptr (VantageTimelineEvent) event = NULL;

      leave_lanes (self, was);
      event = vantage_timeline_feed_make_event (self, was->entity);
      replace_event (self, was, event);
    }
}

gboolean
vantage_timeline_feed_read_changes (VantageTimelineFeed *self)
{
  g_autoptr (GPtrArray) changed = NULL;
  GHashTableIter iter;
  gpointer id, entity;
  guint n_lanes;

  if (self->reads_all || self->times == NULL)
    return FALSE;
  changed = vantage_times_take_changed (self->times);
  if (changed->len + g_hash_table_size (self->pending) > MAX_SINGLE)
    return FALSE;
  g_ptr_array_set_size (self->change.events, 0);
  g_array_set_size (self->change.gone, 0);
  n_lanes = count_lanes (self);
  for (guint i = 0; i < changed->len; i++)
    {
      VantageTimelineEvent *event = g_hash_table_lookup (self->by_id, changed->pdata[i]);

      if (event != NULL && !g_hash_table_contains (self->pending, changed->pdata[i]))
        read_event (self, changed->pdata[i], event->entity);
    }
  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &id, &entity))
    read_event (self, id, entity);
  g_hash_table_remove_all (self->pending);
  if (self->reads_links)
    read_links (self);
  if (self->reads_impacts)
    vantage_timeline_feed_read_impacts (self);
  self->change.links = self->reads_links;
  self->change.impacts = self->reads_impacts;
  self->change.everything = n_lanes != count_lanes (self);
  self->reads_links = self->reads_impacts = FALSE;
  return TRUE;
}
