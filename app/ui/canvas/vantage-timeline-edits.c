/* vantage-timeline-edits.c: what people do to the timeline. */

#include "config.h"

#include "vantage-timeline-edits.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_TITLE 70

static VantageReviewContext *
get_context (VantageTimelineFeed *feed)
{
  return vantage_timeline_feed_get_context (feed);
}

static const VantageTimelineLane *
get_lane (VantageTimelineFeed *feed, guint32 lane)
{
  GPtrArray *lanes = vantage_timeline_feed_get_lanes (feed);

  return lane < lanes->len ? lanes->pdata[lane] : NULL;
}

/* ---- new ---- */

char *
vantage_timeline_add_event (VantageTimelineFeed *feed, const char *title, guint32 lane, gint64 us)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (get_context (feed), _ ("Add Event"));
  g_autofree char *id = g_strdup (vantage_edit_create (edit, "event"));
  const VantageTimelineLane *head = get_lane (feed, lane);

  vantage_edit_set_text (edit, "event", id, "title", title);
  vantage_edit_set_text (edit, "event", id, "kind",
                         head != NULL && head->systems ? "system" : "did");
  vantage_edit_set_text (edit, "event", id, "claim", "unknown");
  if (head != NULL && head->person != NULL)
    vantage_edit_set_member (edit, "event", id, "actors", head->person, TRUE);
  if (us != VANTAGE_TIME_NONE)
    {
      VantageWhen when = { .sort = VANTAGE_WHEN_AT, .at_us = us };

      vantage_edit_set_when (edit, "event", id, "start", &when);
    }
  if (!vantage_review_context_commit (get_context (feed), edit))
    return NULL;
  vantage_timeline_feed_update (feed);
  return g_steal_pointer (&id);
}

gboolean
vantage_timeline_rename (VantageTimelineFeed *feed, const char *event, const char *title)
{
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (get_context (feed), _ ("Rename Event"));

  vantage_edit_set_text (edit, "event", event, "title", title);
  if (!vantage_review_context_commit (get_context (feed), edit))
    return FALSE;
  vantage_timeline_feed_update (feed);
  return TRUE;
}

/* ---- from evidence ---- */

static const char *
choose_kind (const VantageItem *item)
{
  const char *end = item->text != NULL ? strrchr (item->text, '?') : NULL;

  switch (item->kind)
    {
    case VANTAGE_ITEM_ALERT:
    case VANTAGE_ITEM_PAGE:
      return "alert";
    case VANTAGE_ITEM_ACKNOWLEDGE:
      return "noticed";
    case VANTAGE_ITEM_DEPLOY:
    case VANTAGE_ITEM_COMMIT:
    case VANTAGE_ITEM_STATUS:
    case VANTAGE_ITEM_FIELD:
    case VANTAGE_ITEM_RESOLVE:
      return "changed";
    case VANTAGE_ITEM_JOIN:
      return "joined";
    case VANTAGE_ITEM_LEAVE:
      return "left";
    case VANTAGE_ITEM_CALL:
      return "call";
    case VANTAGE_ITEM_SHIFT:
      return "shift";
    case VANTAGE_ITEM_MESSAGE:
    case VANTAGE_ITEM_COMMENT:
    case VANTAGE_ITEM_TICKET:
    case VANTAGE_ITEM_UTTERANCE:
      return end != NULL && end[1] == '\0' ? "asked" : "said";
    default:
      return "did";
    }
}

/* The first line, cut at a word. */
static char *
dup_title (const VantageItem *item)
{
  g_autofree char *text = g_strdup (item->text != NULL ? item->text : "");
  char *end = strpbrk (g_strstrip (text), "\r\n");
  char *cut;

  if (end != NULL)
    *end = '\0';
  g_strchomp (text);
  if (text[0] == '\0')
    return g_strdup (_ ("Untitled Event"));
  if (g_utf8_strlen (text, -1) <= MAX_TITLE)
    return g_steal_pointer (&text);
  *g_utf8_offset_to_pointer (text, MAX_TITLE) = '\0';
  cut = strrchr (text, ' ');
  if (cut != NULL && cut > text + MAX_TITLE / 2)
    *cut = '\0';
  return g_strdup_printf ("%s…", text);
}

static char *
add_item (VantageReviewContext *context, VantageEdit *edit, const char *id, const char *person)
{
  g_autoptr (VantageItem) item =
      vantage_library_get_item (vantage_review_context_get_library (context),
                                vantage_review_context_get_review_id (context), id, NULL);
  VantageWhen when = { .sort = VANTAGE_WHEN_ITEM, .item = id };
  g_autofree char *title = NULL;
  const char *event;

  if (item == NULL)
    return NULL;
  event = vantage_edit_create (edit, "event");
  title = dup_title (item);
  vantage_edit_set_text (edit, "event", event, "title", title);
  vantage_edit_set_text (edit, "event", event, "kind", choose_kind (item));
  vantage_edit_set_text (edit, "event", event, "claim", "record");
  if (person == NULL)
    person = item->person;
  if (person != NULL)
    vantage_edit_set_member (edit, "event", event, "actors", person, TRUE);
  if (item->time_us != VANTAGE_TIME_NONE)
    vantage_edit_set_when (edit, "event", event, "start", &when);
  vantage_edit_cite (edit, "event", event, id, -1, -1, NULL, NULL);
  return g_strdup (event);
}

char **
vantage_timeline_add_items (VantageReviewContext *context, const char *const *items,
                            const char *person)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Add to Timeline"));
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; items[i] != NULL; i++)
    {
      g_autofree char *id = add_item (context, edit, items[i], person);

      if (id == NULL)
        continue;
      g_strv_builder_add (ids, id);
      n++;
    }
  if (n == 0)
    {
      vantage_review_context_tell (context, _ ("That evidence is not on this computer."));
      return NULL;
    }
  text = g_strdup_printf (
      ngettext ("%u event added to the timeline", "%u events added to the timeline", n), n);
  if (!vantage_review_context_commit_with_undo (context, edit, text))
    return NULL;
  return g_strv_builder_end (ids);
}

gboolean
vantage_timeline_cite (VantageReviewContext *context, const char *event, const char *const *items)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Cite Evidence"));

  for (guint i = 0; items[i] != NULL; i++)
    vantage_edit_cite (edit, "event", event, items[i], -1, -1, NULL, NULL);
  return vantage_review_context_commit (context, edit);
}

/* ---- moving ---- */

gboolean
vantage_timeline_find_move (VantageTimelineEvent *event, gint64 delta_us, gint64 *out_us)
{
  gint64 us, end;

  if (!vantage_canvas_event_get_place (&event->shape, &us, &end))
    return FALSE;
  us += delta_us;
  if (event->shape.earliest_us != event->shape.latest_us)
    us = CLAMP (us, MAX (event->shape.earliest_us, VANTAGE_TIME_MIN),
                MIN (event->shape.latest_us, VANTAGE_TIME_MAX));
  *out_us = us;
  return TRUE;
}

/* Shifts one of an event's own times. */
static void
shift_when (VantageTimelineFeed *feed, VantageEdit *edit, VantageEntity *entity, const char *field,
            gint64 delta_us)
{
  VantageWhen when;

  vantage_entity_get_when (entity, field, &when);
  if (when.sort == VANTAGE_WHEN_UNKNOWN)
    return;
  if (when.sort == VANTAGE_WHEN_ITEM)
    {
      const VantageItem *item = vantage_timeline_feed_get_item (feed, when.item);

      if (item == NULL || item->time_us == VANTAGE_TIME_NONE)
        return;
      when.sort = VANTAGE_WHEN_AT;
      when.at_us = item->time_us;
      when.plus_minus_us = 0;
    }
  when.at_us += delta_us;
  when.until_us += delta_us;
  vantage_edit_set_when (edit, "event", vantage_entity_get_id (entity), field, &when);
}

static gboolean
move_in_time (VantageTimelineFeed *feed, VantageEdit *edit, VantageTimelineEvent *event,
              gint64 delta_us, gint64 at_us)
{
  const char *id = vantage_timeline_event_get_id (event);
  VantageWhen start;
  gint64 us, old, end;

  if (!vantage_timeline_find_move (event, delta_us, &us))
    {
      if (at_us == VANTAGE_TIME_NONE)
        return FALSE;
      start = (VantageWhen){ .sort = VANTAGE_WHEN_AT, .at_us = at_us };
      vantage_edit_set_when (edit, "event", id, "start", &start);
      return TRUE;
    }
  if (delta_us == 0)
    return TRUE;
  vantage_canvas_event_get_place (&event->shape, &old, &end);
  vantage_entity_get_when (event->entity, "start", &start);
  if (event->shape.earliest_us != event->shape.latest_us || start.sort == VANTAGE_WHEN_UNKNOWN)
    {
      if (us != old)
        vantage_edit_set_time (edit, "event", id, "placed", us);
      return us == old + delta_us;
    }
  shift_when (feed, edit, event->entity, "start", delta_us);
  shift_when (feed, edit, event->entity, "end", delta_us);
  return TRUE;
}

static gboolean
is_actor_of (VantageTimelineFeed *feed, guint32 lane, const char *person)
{
  return vantage_timeline_feed_find_lane (feed, person) == lane;
}

static void
move_to_lane (VantageTimelineFeed *feed, VantageEdit *edit, VantageTimelineEvent *event,
              guint32 from, guint32 to)
{
  const char *id = vantage_timeline_event_get_id (event);
  const VantageTimelineLane *head = get_lane (feed, to);
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (event->entity, "actors");
  gboolean stands_there = FALSE;

  for (guint i = 0; i < event->lanes->len; i++)
    stands_there = stands_there || g_array_index (event->lanes, guint32, i) == from;
  if (!stands_there || head == NULL)
    return;
  for (guint i = 0; i < actors->len; i++)
    if (is_actor_of (feed, from, actors->pdata[i]))
      vantage_edit_set_member (edit, "event", id, "actors", actors->pdata[i], FALSE);
  if (head->person != NULL)
    vantage_edit_set_member (edit, "event", id, "actors", head->person, TRUE);
  else if (head->systems)
    vantage_edit_set_text (edit, "event", id, "kind", "system");
}

guint
vantage_timeline_move (VantageTimelineFeed *feed, const char *const *events, gint64 delta_us,
                       gint64 at_us, guint32 from, guint32 to)
{
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (get_context (feed), _ ("Move Event"));
  guint n_held = 0;

  for (guint i = 0; events[i] != NULL; i++)
    {
      VantageTimelineEvent *event = vantage_timeline_feed_find (feed, events[i], NULL);

      if (event == NULL)
        continue;
      if (!move_in_time (feed, edit, event, delta_us, at_us) && delta_us != 0)
        n_held++;
      if (from != to)
        move_to_lane (feed, edit, event, from, to);
    }
  vantage_review_context_commit (get_context (feed), edit);
  vantage_timeline_feed_update (feed);
  return n_held;
}

gboolean
vantage_timeline_resize (VantageTimelineFeed *feed, const char *event, gboolean end, gint64 us)
{
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (get_context (feed), _ ("Change How Long It Lasts"));
  const VantageWhen when = { .sort = VANTAGE_WHEN_AT, .at_us = us };

  vantage_edit_set_when (edit, "event", event, end ? "end" : "start", &when);
  if (!vantage_review_context_commit (get_context (feed), edit))
    return FALSE;
  vantage_timeline_feed_update (feed);
  return TRUE;
}

/* ---- deleting, copying ---- */

gboolean
vantage_timeline_delete (VantageTimelineFeed *feed, const char *const *events)
{
  guint n = g_strv_length ((char **) events);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (
      get_context (feed), ngettext ("Delete Event", "Delete Events", n));
  GArray *links = vantage_timeline_feed_get_links (feed);
  g_autofree char *text = NULL;

  if (n == 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    vantage_edit_delete (edit, "event", events[i]);
  for (guint i = 0; i < links->len; i++)
    {
      VantageEntity *link = g_array_index (links, VantageTimelineLink, i).entity;

      if (g_strv_contains (events, vantage_entity_get_ref (link, "from")) ||
          g_strv_contains (events, vantage_entity_get_ref (link, "to")))
        vantage_edit_delete (edit, "link", vantage_entity_get_id (link));
    }
  if (n == 1)
    {
      VantageTimelineEvent *event = vantage_timeline_feed_find (feed, events[0], NULL);

      text = g_strdup_printf (_ ("“%s” deleted"),
                              event != NULL ? vantage_timeline_event_get_title (event) : "");
    }
  else
    text = g_strdup_printf (ngettext ("%u event deleted", "%u events deleted", n), n);
  if (!vantage_review_context_commit_with_undo (get_context (feed), edit, text))
    return FALSE;
  vantage_timeline_feed_update (feed);
  return TRUE;
}

static void
copy_event (VantageEdit *edit, VantageEntity *entity, const char *copy)
{
  g_autoptr (GPtrArray) registers = vantage_entity_list_registers (entity);

  for (guint i = 0; i < registers->len; i++)
    {
      VantageValue *value = vantage_entity_get_value (entity, registers->pdata[i]);

      vantage_edit_set (edit, "event", copy, registers->pdata[i], vantage_value_ref (value));
    }
}

char **
vantage_timeline_duplicate (VantageTimelineFeed *feed, const char *const *events)
{
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (get_context (feed), _ ("Duplicate Event"));
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; events[i] != NULL; i++)
    {
      VantageTimelineEvent *event = vantage_timeline_feed_find (feed, events[i], NULL);
      const char *copy;

      if (event == NULL)
        continue;
      copy = vantage_edit_create (edit, "event");
      copy_event (edit, event->entity, copy);
      g_strv_builder_add (ids, copy);
    }
  if (!vantage_review_context_commit (get_context (feed), edit))
    return NULL;
  vantage_timeline_feed_update (feed);
  return g_strv_builder_end (ids);
}

gboolean
vantage_timeline_link (VantageTimelineFeed *feed, const char *from, const char *to,
                       const char *kind)
{
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (get_context (feed), _ ("Link Events"));
  const char *id = vantage_edit_create (edit, "link");

  vantage_edit_set_ref (edit, "link", id, "from", from);
  vantage_edit_set_ref (edit, "link", id, "to", to);
  vantage_edit_set_text (edit, "link", id, "kind", kind);
  if (!vantage_review_context_commit (get_context (feed), edit))
    return FALSE;
  vantage_timeline_feed_update (feed);
  return TRUE;
}
