/* vantage-timeline-say.c: what somebody types about the time of an event becomes its time, or a
 * statement about it. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-timeline-edits.h"
#include "vantage-typed-time.h"

/* ---- which event is meant ---- */

static char *
fold (const char *text)
{
  static const char *const articles[] = { "the ", "a ", "an ", "that " };
  g_autofree char *folded = g_utf8_casefold (text, -1);
  char *start = g_strstrip (folded);

  for (guint i = 0; i < G_N_ELEMENTS (articles); i++)
    if (g_str_has_prefix (start, articles[i]))
      return g_strdup (start + strlen (articles[i]));
  return g_strdup (start);
}

/* 3: that title; 2: these words in a row; 1: each of these words; 0: not this one. */
static guint
rate (const char *title, const char *words)
{
  g_autofree char *folded = fold (title);
  g_auto (GStrv) each = NULL;

  if (strcmp (folded, words) == 0)
    return 3;
  if (strstr (folded, words) != NULL)
    return 2;
  each = g_strsplit (words, " ", -1);
  for (guint i = 0; each[i] != NULL; i++)
    if (strstr (folded, each[i]) == NULL)
      return 0;
  return 1;
}

static gint64
get_distance (VantageTimelineEvent *a, VantageTimelineEvent *b)
{
  gint64 x, y, end;

  if (a == NULL || !vantage_canvas_event_get_place (&a->shape, &x, &end) ||
      !vantage_canvas_event_get_place (&b->shape, &y, &end))
    return G_MAXINT64;
  return ABS (x - y);
}

const char *
vantage_timeline_find_words (VantageTimelineFeed *feed, const char *words, const char *id)
{
  GPtrArray *events = vantage_timeline_feed_get_events (feed);
  VantageTimelineEvent *near = vantage_timeline_feed_find (feed, id, NULL);
  g_autofree char *folded = fold (words);
  const char *found = NULL;
  guint best = 0;
  gint64 best_distance = G_MAXINT64;

  if (folded[0] == '\0')
    return NULL;
  for (guint i = 0; i < events->len; i++)
    {
      VantageTimelineEvent *event = events->pdata[i];
      guint rating;
      gint64 distance;

      if (event == near)
        continue;
      rating = rate (vantage_timeline_event_get_title (event), folded);
      if (rating == 0 || rating < best)
        continue;
      distance = get_distance (near, event);
      if (rating > best || distance < best_distance)
        {
          best = rating;
          best_distance = distance;
          found = vantage_timeline_event_get_id (event);
        }
    }
  return found;
}

/* ---- saying ---- */

static gint64
choose_day (VantageTimelineFeed *feed, VantageTimelineEvent *event)
{
  VantageReviewContext *context = vantage_timeline_feed_get_context (feed);
  VantageEntity *review = vantage_review_context_get_review (context);
  GPtrArray *events = vantage_timeline_feed_get_events (feed);
  gint64 us, end;

  if (vantage_canvas_event_get_place (&event->shape, &us, &end))
    return us;
  us = review != NULL ? vantage_entity_get_time (review, "from") : VANTAGE_TIME_NONE;
  if (us != VANTAGE_TIME_NONE)
    return us;
  for (guint i = events->len / 2; i < events->len; i++)
    if (vantage_canvas_event_get_place (&((VantageTimelineEvent *) events->pdata[i])->shape, &us,
                                        &end))
      return us;
  return vantage_library_now_us (vantage_review_context_get_library (context));
}

static void
set_own (VantageEdit *edit, VantageTimelineEvent *event, const VantageTypedTime *typed)
{
  const char *id = vantage_timeline_event_get_id (event);

  vantage_edit_set_when (edit, "event", id, "start", &typed->when);
  if (vantage_entity_get_time (event->entity, "placed") != VANTAGE_TIME_NONE)
    vantage_edit_set (edit, "event", id, "placed", vantage_value_new_null ());
}

static void
add_statement (VantageEdit *edit, VantageTimelineEvent *event, const VantageTypedTime *typed,
               const char *object, const char *text)
{
  const char *id = vantage_edit_create (edit, "statement");
  const char *account = vantage_entity_get_ref (event->entity, "account");
  VantageTimeRel rel = typed->sort == VANTAGE_TYPED_LASTS ? VANTAGE_REL_LASTS : typed->rel;

  vantage_edit_set_ref (edit, "statement", id, "subject", vantage_timeline_event_get_id (event));
  vantage_edit_set_text (edit, "statement", id, "rel", vantage_time_rel_to_text (rel));
  if (object != NULL)
    vantage_edit_set_ref (edit, "statement", id, "object", object);
  if (rel != VANTAGE_REL_DURING)
    vantage_edit_set (edit, "statement", id, "min", vantage_value_new_duration (typed->min_us));
  if (rel != VANTAGE_REL_DURING && rel != VANTAGE_REL_SAME &&
      typed->max_us != VANTAGE_DURATION_OPEN)
    vantage_edit_set (edit, "statement", id, "max", vantage_value_new_duration (typed->max_us));
  vantage_edit_set_text (edit, "statement", id, "words", text);
  if (account != NULL)
    vantage_edit_set_ref (edit, "statement", id, "account", account);
}

static gboolean
find_object (VantageTimelineFeed *feed, VantageTimelineEvent *event, const VantageTypedTime *typed,
             const char *other, const char **out_object, char **out_problem)
{
  const char *id = vantage_timeline_event_get_id (event);

  *out_object = NULL;
  if (typed->sort != VANTAGE_TYPED_RELATION)
    return TRUE;
  if (typed->object != NULL && typed->object[0] != '\0')
    {
      *out_object = vantage_timeline_find_words (feed, typed->object, id);
      if (*out_object == NULL)
        *out_problem = g_strdup_printf (
            _ ("No event is called “%s”. Type a few words of its title as they stand there."),
            typed->object);
    }
  else if (g_strcmp0 (other, id) != 0)
    *out_object = other;
  if (*out_object == NULL && *out_problem == NULL)
    *out_problem = g_strdup (_ ("Before or after what? Add a few words of the other event."));
  return *out_object != NULL;
}

gboolean
vantage_timeline_say_when (VantageTimelineFeed *feed, const char *id, const char *text,
                           const char *other, char **out_problem)
{
  VantageReviewContext *context = vantage_timeline_feed_get_context (feed);
  VantageTimelineEvent *event = vantage_timeline_feed_find (feed, id, NULL);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *line = g_strstrip (g_strdup (text));
  VantageTypedTime typed = { 0 };
  const char *object;

  *out_problem = NULL;
  if (event == NULL)
    return FALSE;
  if (!vantage_typed_time_parse (line, choose_day (feed, event),
                                 vantage_review_context_get_zone (context), &typed))
    {
      *out_problem = g_strdup (_ ("This is not read as a time. Try “02:10”, “about 02:10”, "
                                  "“between 2 and 3” or “10 min before the page”."));
      return FALSE;
    }
  if (!find_object (feed, event, &typed, other, &object, out_problem))
    return FALSE;

  edit = vantage_review_context_begin (context, _ ("Say When"));
  if (typed.sort == VANTAGE_TYPED_UNKNOWN)
    typed.when.sort = VANTAGE_WHEN_UNKNOWN;
  if (typed.sort == VANTAGE_TYPED_WHEN || typed.sort == VANTAGE_TYPED_UNKNOWN)
    set_own (edit, event, &typed);
  else
    add_statement (edit, event, &typed, object, line);
  if (!vantage_review_context_commit (context, edit))
    return FALSE;
  vantage_timeline_feed_update (feed);
  if (typed.twice)
    vantage_review_context_tell (
        context, _ ("The clock showed this time twice that day: the earlier one is taken."));
  else if (typed.skipped)
    vantage_review_context_tell (
        context, _ ("The clock jumped over this time that day: the moment it jumped is taken."));
  return TRUE;
}
