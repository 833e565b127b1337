/* vantage-timeline-feed.c: from live models to events, lanes and links. */

#include "config.h"

#include "vantage-timeline-feed-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-words.h"

/* Later than input, before the frame is drawn: many changes are read once. */
#define READ_PRIORITY (G_PRIORITY_HIGH_IDLE + 5)

static const char *const kinds[] = { "event",     "link",   "statement",
                                     "condition", "impact", "impact_point" };

enum
{
  CHANGED,
  SURVEYED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageTimelineFeed, vantage_timeline_feed, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (VantageTimelineEvent, vantage_timeline_event, G_TYPE_OBJECT)

/* ---- one event ---- */

static void
vantage_timeline_event_finalize (GObject *object)
{
  VantageTimelineEvent *self = VANTAGE_TIMELINE_EVENT (object);

  g_clear_object (&self->entity);
  g_array_unref (self->lanes);
  G_OBJECT_CLASS (vantage_timeline_event_parent_class)->finalize (object);
}

static void
vantage_timeline_event_class_init (VantageTimelineEventClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_timeline_event_finalize;
}

static void
vantage_timeline_event_init (VantageTimelineEvent *self)
{
  self->lanes = g_array_new (FALSE, FALSE, sizeof (guint32));
}

const char *
vantage_timeline_event_get_title (VantageTimelineEvent *self)
{
  const char *title = vantage_entity_get_text (self->entity, "title");

  return title != NULL && title[0] != '\0' ? title : _ ("Untitled Event");
}

const char *
vantage_timeline_event_get_id (VantageTimelineEvent *self)
{
  return vantage_entity_get_id (self->entity);
}

const char *
vantage_timeline_event_get_kind (VantageTimelineEvent *self)
{
  const char *kind = vantage_entity_get_text (self->entity, "kind");

  return kind != NULL ? kind : "other";
}

const char *
vantage_timeline_event_get_claim (VantageTimelineEvent *self)
{
  const char *claim = vantage_entity_get_text (self->entity, "claim");

  return claim != NULL ? claim : "unknown";
}

static void
set_windows (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  const char *id = vantage_timeline_event_get_id (event);
  VantageTimeWindow window;
  VantageWhen end;
  gboolean known = vantage_times_get_window (self->times, id, &window);

  event->shape.key = vantage_canvas_key (id);
  event->shape.placed_us = vantage_entity_get_time (event->entity, "placed");
  event->contradicted = known && window.contradicted;
  vantage_entity_get_when (event->entity, "end", &end);
  vantage_canvas_event_set_window (
      &event->shape,
      known ? &(VantageCanvasWindow){ window.earliest_us, window.latest_us, window.end_earliest_us,
                                      window.end_latest_us }
            : NULL,
      end.sort != VANTAGE_WHEN_UNKNOWN);
}

static gint
compare_lanes (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static void
set_lanes (VantageTimelineFeed *self, VantageTimelineEvent *event)
{
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (event->entity, "actors");

  for (guint i = 0; i < actors->len; i++)
    {
      guint32 lane = vantage_timeline_feed_find_lane (self, actors->pdata[i]);
      gboolean there = lane == VANTAGE_CANVAS_NO_LANE;

      for (guint j = 0; j < event->lanes->len; j++)
        there = there || g_array_index (event->lanes, guint32, j) == lane;
      if (!there)
        g_array_append_val (event->lanes, lane);
    }
  if (event->lanes->len == 0)
    {
      guint32 lane = vantage_canvas_is_system_kind (vantage_timeline_event_get_kind (event))
                         ? self->systems_lane
                         : self->nobody_lane;

      g_array_append_val (event->lanes, lane);
    }
  g_array_sort (event->lanes, compare_lanes);
  event->shape.lane = g_array_index (event->lanes, guint32, 0);
  for (guint i = 0; i < event->lanes->len; i++)
    {
      VantageTimelineLane *lane =
          g_ptr_array_index (self->lanes, g_array_index (event->lanes, guint32, i));

      lane->n_events++;
    }
}

VantageTimelineEvent *
vantage_timeline_feed_make_event (VantageTimelineFeed *self, VantageEntity *entity)
{
  VantageTimelineEvent *event = g_object_new (VANTAGE_TYPE_TIMELINE_EVENT, NULL);
  g_autoptr (GArray) cites = vantage_entity_list_cites (entity);
  g_autoptr (GPtrArray) statements = NULL;

  event->entity = g_object_ref (entity);
  event->n_items = cites->len;
  set_windows (self, event);
  set_lanes (self, event);
  statements = vantage_times_list_statements_of (self->times, vantage_entity_get_id (entity));
  event->n_statements = statements->len;
  return event;
}

gboolean
vantage_timeline_feed_is_same (VantageTimelineEvent *a, VantageTimelineEvent *b)
{
  return a->entity == b->entity && memcmp (&a->shape, &b->shape, sizeof a->shape) == 0 &&
         a->lanes->len == b->lanes->len && a->n_links == b->n_links &&
         a->n_statements == b->n_statements && a->contradicted == b->contradicted &&
         memcmp (a->lanes->data, b->lanes->data, a->lanes->len * sizeof (guint32)) == 0;
}

/* By place, those on the shelf last; then in the order people gave them; then by id. */
gint
vantage_timeline_feed_compare_events (gconstpointer a, gconstpointer b)
{
  VantageTimelineEvent *x = *(VantageTimelineEvent *const *) a;
  VantageTimelineEvent *y = *(VantageTimelineEvent *const *) b;
  gint64 x_us = G_MAXINT64, y_us = G_MAXINT64, end;
  int order;

  vantage_canvas_event_get_place (&x->shape, &x_us, &end);
  vantage_canvas_event_get_place (&y->shape, &y_us, &end);
  if (x_us != y_us)
    return x_us < y_us ? -1 : 1;
  order = g_strcmp0 (vantage_entity_get_text (x->entity, "pos"),
                     vantage_entity_get_text (y->entity, "pos"));
  return order != 0 ? order
                    : strcmp (vantage_timeline_event_get_id (x), vantage_timeline_event_get_id (y));
}

/* ---- reading ---- */

void
vantage_timeline_feed_read_links (VantageTimelineFeed *self)
{
  GListModel *links = self->models[1];
  guint n = g_list_model_get_n_items (links);

  g_array_set_size (self->links, 0);
  for (guint i = 0; i < self->events->len; i++)
    ((VantageTimelineEvent *) self->events->pdata[i])->n_links = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantageEntity) entity = g_list_model_get_item (links, i);
      const char *from = vantage_entity_get_ref (entity, "from");
      const char *to = vantage_entity_get_ref (entity, "to");
      VantageTimelineEvent *a, *b;
      VantageTimelineLink link;

      if (from == NULL || to == NULL || strcmp (from, to) == 0)
        continue;
      a = g_hash_table_lookup (self->by_id, from);
      b = g_hash_table_lookup (self->by_id, to);
      if (a == NULL || b == NULL)
        continue;
      link.entity = g_steal_pointer (&entity);
      link.from = a->place;
      link.to = b->place;
      a->n_links++;
      b->n_links++;
      g_array_append_val (self->links, link);
    }
}

/* The day most events are on, by the one in the middle. */
static void
find_main_day (VantageTimelineFeed *self)
{
  guint n = 0;
  gint64 us, end;

  while (n < self->events->len)
    {
      VantageTimelineEvent *event = self->events->pdata[n];

      if (!vantage_canvas_event_get_place (&event->shape, &us, &end))
        break;
      n++;
    }
  self->main_us = VANTAGE_TIME_NONE;
  if (n > 0)
    {
      VantageTimelineEvent *event = self->events->pdata[n / 2];

      vantage_canvas_event_get_place (&event->shape, &self->main_us, &end);
    }
}

/* Tells the list only of the stretch that differs. */
static void
tell_list (VantageTimelineFeed *self)
{
  guint old_n = g_list_model_get_n_items (G_LIST_MODEL (self->list)), new_n = self->events->len;
  guint head = 0, tail = 0;

  while (head < old_n && head < new_n)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->list), head);

      if ((gpointer) item != self->events->pdata[head])
        break;
      head++;
    }
  while (tail < old_n - head && tail < new_n - head)
    {
      g_autoptr (GObject) item =
          g_list_model_get_item (G_LIST_MODEL (self->list), old_n - 1 - tail);

      if ((gpointer) item != self->events->pdata[new_n - 1 - tail])
        break;
      tail++;
    }
  if (head + tail < old_n || head + tail < new_n)
    g_list_store_splice (self->list, head, old_n - head - tail, self->events->pdata + head,
                         new_n - head - tail);
}

/* Puts back the old object of every event that is as it was: selections and rows keep it. */
static void
keep_same (VantageTimelineFeed *self, GHashTable *old_by_id)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      VantageTimelineEvent *event = self->events->pdata[i];
      VantageTimelineEvent *was =
          g_hash_table_lookup (old_by_id, vantage_timeline_event_get_id (event));

      if (was == NULL || !vantage_timeline_feed_is_same (event, was))
        continue;
      was->place = i;
      self->events->pdata[i] = g_object_ref (was);
      g_object_unref (event);
    }
}

/* All have their places: numbers them, and makes them known. */
static void
number_events (VantageTimelineFeed *self)
{
  g_hash_table_unref (self->by_id);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_set_size (self->slots, 0);
  g_array_set_size (self->free_slots, 0);
  for (guint i = 0; i < self->events->len; i++)
    {
      VantageTimelineEvent *event = self->events->pdata[i];

      event->place = event->slot = i;
      g_ptr_array_add (self->slots, event);
      g_hash_table_insert (self->by_id, (gpointer) vantage_timeline_event_get_id (event), event);
    }
}

static void
forget_pending (VantageTimelineFeed *self)
{
  g_hash_table_remove_all (self->pending);
  self->reads_all = self->reads_links = self->reads_impacts = FALSE;
}

static void
read_all (VantageTimelineFeed *self)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->events);
  g_autoptr (GHashTable) old_by_id = self->by_id;
  g_autoptr (GPtrArray) changed = NULL;
  guint n = g_list_model_get_n_items (self->models[0]);

  vantage_timeline_feed_read_lanes (self);
  if (self->times == NULL)
    vantage_timeline_feed_read_times (self);
  changed = vantage_times_take_changed (self->times);

  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantageEntity) entity = g_list_model_get_item (self->models[0], i);

      if (self->keep == NULL || self->keep (entity, self->keep_data))
        g_ptr_array_add (self->events, vantage_timeline_feed_make_event (self, entity));
    }
  self->n_left_out = n - self->events->len;
  g_ptr_array_sort (self->events, vantage_timeline_feed_compare_events);
  number_events (self);
  vantage_timeline_feed_read_links (self);
  keep_same (self, old_by_id);
  number_events (self);
  vantage_timeline_feed_read_impacts (self);
  find_main_day (self);
  tell_list (self);
  forget_pending (self);
  self->change.everything = TRUE;
}

void
vantage_timeline_feed_update (VantageTimelineFeed *self)
{
  if (self->reading == 0)
    return;
  g_clear_handle_id (&self->reading, g_source_remove);
  /* what a filter thinks of an event may change with anything */
  if (self->keep != NULL || !vantage_timeline_feed_read_changes (self))
    read_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
vantage_timeline_feed_show_others (VantageTimelineFeed *self, GPtrArray *events, GArray *links)
{
  g_clear_handle_id (&self->reading, g_source_remove);
  g_ptr_array_unref (self->events);
  self->events = g_ptr_array_ref (events);
  number_events (self);
  self->change.everything = TRUE;
  for (guint i = 0; i < self->lanes->len; i++)
    ((VantageTimelineLane *) self->lanes->pdata[i])->n_events = 1;
  g_array_set_size (self->links, 0);
  for (guint i = 0; i < links->len; i++)
    {
      VantageTimelineLink link = g_array_index (links, VantageTimelineLink, i);

      g_object_ref (link.entity);
      g_array_append_val (self->links, link);
    }
  find_main_day (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
vantage_timeline_feed_set_keep (VantageTimelineFeed *self, VantageTimelineKeep keep,
                                gpointer user_data)
{
  self->keep = keep;
  self->keep_data = user_data;
  g_clear_handle_id (&self->reading, g_source_remove);
  read_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
vantage_timeline_feed_get_n_left_out (VantageTimelineFeed *self)
{
  return self->n_left_out;
}

static gboolean
read_cb (gpointer data)
{
  vantage_timeline_feed_update (data);
  return G_SOURCE_REMOVE;
}

static void
read_soon (VantageTimelineFeed *self)
{
  if (self->reading == 0)
    self->reading = g_idle_add_full (READ_PRIORITY, read_cb, self, NULL);
}

/* ---- callbacks ---- */

/* Notes what is to be read of an entity that came, changed or went; FALSE: nothing of ours. */
static gboolean
note_entity (VantageTimelineFeed *self, VantageEntity *entity)
{
  const char *kind = vantage_entity_get_kind_name (entity);

  if (self->times != NULL)
    vantage_timeline_feed_take_times (self, entity);
  if (g_strcmp0 (kind, "event") == 0)
    g_hash_table_replace (self->pending, g_strdup (vantage_entity_get_id (entity)),
                          g_object_ref (entity));
  else if (g_strcmp0 (kind, "link") == 0)
    self->reads_links = TRUE;
  else if (g_strcmp0 (kind, "impact") == 0 || g_strcmp0 (kind, "impact_point") == 0)
    self->reads_impacts = TRUE;
  else if (g_strcmp0 (kind, "condition") == 0)
    self->reads_all = TRUE;
  else
    return g_strcmp0 (kind, "statement") == 0;
  return TRUE;
}

static void
context_changed_cb (VantageTimelineFeed *self, VantageChange *change)
{
  gboolean ours = change->everything;

  if (change->everything)
    {
      g_clear_pointer (&self->times, vantage_times_free);
      self->reads_all = TRUE;
    }
  for (guint i = 0; i < change->entities->len; i++)
    ours = note_entity (self, change->entities->pdata[i]) || ours;
  if (!ours)
    return;
  read_soon (self);
  vantage_timeline_feed_survey_soon (self);
}

static void
people_changed_cb (VantageTimelineFeed *self)
{
  self->reads_all = TRUE;
  read_soon (self);
  vantage_timeline_feed_survey_soon (self);
}

static void
evidence_changed_cb (VantageTimelineFeed *self)
{
  g_hash_table_remove_all (self->items);
  g_clear_pointer (&self->times, vantage_times_free);
  self->reads_all = TRUE;
  read_soon (self);
  vantage_timeline_feed_survey_soon (self);
}

/* ---- object ---- */

static void
clear_link (gpointer data)
{
  g_clear_object (&((VantageTimelineLink *) data)->entity);
}

static void
vantage_timeline_feed_dispose (GObject *object)
{
  VantageTimelineFeed *self = VANTAGE_TIMELINE_FEED (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->reading, g_source_remove);
  g_clear_handle_id (&self->survey_timeout, g_source_remove);
  G_OBJECT_CLASS (vantage_timeline_feed_parent_class)->dispose (object);
}

static void
vantage_timeline_feed_finalize (GObject *object)
{
  VantageTimelineFeed *self = VANTAGE_TIMELINE_FEED (object);

  for (guint i = 0; i < VANTAGE_FEED_N_MODELS; i++)
    g_clear_object (&self->models[i]);
  g_clear_pointer (&self->survey, vantage_survey_unref);
  g_clear_pointer (&self->times, vantage_times_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_clear_pointer (&self->free_slots, g_array_unref);
  g_clear_pointer (&self->pending, g_hash_table_unref);
  g_clear_pointer (&self->change.events, g_ptr_array_unref);
  g_clear_pointer (&self->change.gone, g_array_unref);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->lane_of, g_hash_table_unref);
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->impacts, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_object (&self->list);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_timeline_feed_parent_class)->finalize (object);
}

static void
vantage_timeline_feed_class_init (VantageTimelineFeedClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_timeline_feed_dispose;
  G_OBJECT_CLASS (klass)->finalize = vantage_timeline_feed_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SURVEYED] =
      g_signal_new ("surveyed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
unref_item (gpointer item)
{
  if (item != NULL)
    vantage_item_unref (item);
}

static void
vantage_timeline_feed_init (VantageTimelineFeed *self)
{
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->slots = g_ptr_array_new ();
  self->free_slots = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->change.events = g_ptr_array_new_with_free_func (g_object_unref);
  self->change.gone = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->links = g_array_new (FALSE, FALSE, sizeof (VantageTimelineLink));
  g_array_set_clear_func (self->links, clear_link);
  self->list = g_list_store_new (VANTAGE_TYPE_TIMELINE_EVENT);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_item);
}

VantageTimelineFeed *
vantage_timeline_feed_new (VantageReviewContext *context)
{
  VantageTimelineFeed *self = g_object_new (VANTAGE_TYPE_TIMELINE_FEED, NULL);
  VantageLibrary *library = vantage_review_context_get_library (context);

  self->context = g_object_ref (context);
  for (guint i = 0; i < VANTAGE_FEED_N_MODELS; i++)
    self->models[i] = vantage_library_get_model (
        library, vantage_review_context_get_review_id (context), kinds[i]);
  g_signal_connect_object (context, "changed", G_CALLBACK (context_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "people-changed", G_CALLBACK (people_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  read_all (self);
  return self;
}

VantageReviewContext *
vantage_timeline_feed_get_context (VantageTimelineFeed *self)
{
  return self->context;
}

GPtrArray *
vantage_timeline_feed_get_events (VantageTimelineFeed *self)
{
  return self->events;
}

GListModel *
vantage_timeline_feed_get_model (VantageTimelineFeed *self)
{
  return G_LIST_MODEL (self->list);
}

VantageTimelineEvent *
vantage_timeline_feed_find (VantageTimelineFeed *self, const char *id, guint32 *out_index)
{
  VantageTimelineEvent *event = id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;

  if (event != NULL && out_index != NULL)
    *out_index = event->place;
  return event;
}

guint
vantage_timeline_feed_get_n_slots (VantageTimelineFeed *self)
{
  return self->slots->len;
}

VantageTimelineEvent *
vantage_timeline_feed_get_at_slot (VantageTimelineFeed *self, guint32 slot)
{
  return slot < self->slots->len ? self->slots->pdata[slot] : NULL;
}

const VantageTimelineChange *
vantage_timeline_feed_get_change (VantageTimelineFeed *self)
{
  return &self->change;
}

GPtrArray *
vantage_timeline_feed_get_lanes (VantageTimelineFeed *self)
{
  return self->lanes;
}

GArray *
vantage_timeline_feed_get_links (VantageTimelineFeed *self)
{
  return self->links;
}

GPtrArray *
vantage_timeline_feed_get_impacts (VantageTimelineFeed *self)
{
  return self->impacts;
}

VantageTimes *
vantage_timeline_feed_get_times (VantageTimelineFeed *self)
{
  return self->times;
}
