/* vantage-timeline-standing.c: commands of the vantage point, and what rests on later knowledge. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-hindsight.h"
#include "vantage-standing-popover.h"
#include "vantage-text.h"
#include "vantage-timeline-page-private.h"

/* Above so many comparisons the later knowledge is looked for only in what has the focus. */
#define MAX_COMPARISONS (20 * 1000 * 1000)

static VantageReviewContext *
get_context (VantageTimelinePage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

static VantageTimelineEvent *
get_event (VantageTimelinePage *self)
{
  return vantage_timeline_feed_find (self->feed,
                                     vantage_timeline_selection_get_focus (self->selection), NULL);
}

/* ---- choosing ---- */

static void
chosen_cb (const char *person, gint64 us, gpointer data)
{
  VantageTimelinePage *self = data;

  if (person == NULL)
    person = vantage_standing_strip_get_person (self->standing);
  vantage_standing_strip_stand (self->standing, person, us);
  vantage_canvas_show_moment (self->canvas, us);
  /* the keys that step and play are the canvas's; and a popover that goes with the focus in it is
     kept alive by its window */
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
stand_choose (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  VantageViewport *viewport = vantage_canvas_get_viewport (self->canvas);
  gboolean standing = vantage_standing_strip_get_person (self->standing) != NULL;
  gint64 us = vantage_viewport_get_begin (viewport) / 2 + vantage_viewport_get_end (viewport) / 2;
  VantageTimelineEvent *event = get_event (self);
  GdkRectangle area;
  GtkWidget *anchor = vantage_timeline_page_get_anchor (self, NULL, &area);
  gint64 end;

  if (standing)
    us = vantage_standing_strip_get_us (self->standing);
  else if (event != NULL)
    vantage_canvas_event_get_place (&event->shape, &us, &end);
  vantage_standing_popover_ask (anchor, &area, get_context (self), us, standing, chosen_cb, self);
}

/* From the focused card: its person, its time. With no card it asks. */
static void
stand (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  GPtrArray *lanes = vantage_timeline_feed_get_lanes (self->feed);
  VantageTimelineEvent *event = get_event (self);
  const VantageTimelineLane *lane = event != NULL ? lanes->pdata[event->shape.lane] : NULL;
  gint64 us, end;

  if (event == NULL || lane->person == NULL ||
      !vantage_canvas_event_get_place (&event->shape, &us, &end))
    stand_choose (action, parameter, data);
  else
    vantage_standing_strip_stand (self->standing, lane->person, us);
}

static void
stand_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_standing_strip_step (VANTAGE_TIMELINE_PAGE (data)->standing,
                               strcmp (g_action_get_name (G_ACTION (action)), "stand-on") == 0);
}

static void
stand_leave (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_standing_strip_leave (VANTAGE_TIMELINE_PAGE (data)->standing);
}

static void
stand_play (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageStandingStrip *strip = VANTAGE_TIMELINE_PAGE (data)->standing;

  vantage_standing_strip_set_playing (strip, !vantage_standing_strip_get_playing (strip));
}

static void
stand_speed (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_standing_strip_change_speed (
      VANTAGE_TIMELINE_PAGE (data)->standing,
      strcmp (g_action_get_name (G_ACTION (action)), "stand-faster") == 0);
}

static void
stand_why (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;

  if (adw_flap_get_reveal_flap (self->flap) &&
      strcmp (gtk_stack_get_visible_child_name (self->side), "why") == 0)
    adw_flap_set_reveal_flap (self->flap, FALSE);
  else
    vantage_timeline_page_show_side (self, "why");
}

/* ---- when could they first have known? ---- */

static char *
dup_first_known (VantageTimelinePage *self, VantageTimelineEvent *event, const char *person,
                 gint64 first, gint64 knew)
{
  VantageZone *zone = vantage_review_context_get_zone (get_context (self));
  const char *name = vantage_review_context_get_person_name (get_context (self), person);
  const char *title = vantage_timeline_event_get_title (event);
  g_autofree char *at = NULL;
  g_autofree char *known_at = NULL;

  if (first == VANTAGE_TIME_NONE)
    /* translators: a person and an event */
    return g_strdup_printf (_ ("%s could never have known “%s”, by what is recorded."), name,
                            title);
  at = vantage_zone_format (zone, first, VANTAGE_SHOW_MINUTE);
  if (knew == first)
    /* translators: a person, an event, a time of day */
    return g_strdup_printf (_ ("%s knew “%s” from %s on."), name, title, at);
  if (knew == VANTAGE_TIME_NONE)
    /* translators: a person, an event, a time of day */
    return g_strdup_printf (_ ("%s could have seen “%s” from %s on; nothing says that they did."),
                            name, title, at);
  known_at = vantage_zone_format (zone, knew, VANTAGE_SHOW_MINUTE);
  /* translators: a person, an event, two times of day */
  return g_strdup_printf (_ ("%s could have seen “%s” from %s on, and knew it from %s on."), name,
                          title, at, known_at);
}

static void
first_known (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  VantageTimelineEvent *event = get_event (self);
  const char *person = vantage_standing_strip_get_person (self->standing);
  VantageSurvey *survey = vantage_standing_strip_get_survey (self->standing);
  g_autofree char *text = NULL;
  gint64 first, knew;

  if (person == NULL || survey == NULL || event == NULL)
    {
      vantage_review_context_tell (get_context (self),
                                   _ ("Stand with somebody first, then choose an event."));
      return;
    }
  first = vantage_standing_when_known (vantage_survey_get_standing (survey), person,
                                       vantage_timeline_event_get_id (event), &knew);
  text = dup_first_known (self, event, person, first, knew);
  if (first != VANTAGE_TIME_NONE)
    {
      g_autofree char *whose = g_strdup (person);

      vantage_standing_strip_stand (self->standing, whose, first);
      vantage_canvas_show_moment (self->canvas, first);
    }
  vantage_review_context_tell (get_context (self), text);
}

/* ---- later knowledge ---- */

static char *
dup_later (VantageTimelinePage *self, VantageSurvey *survey, GArray *found)
{
  VantageZone *zone = vantage_review_context_get_zone (get_context (self));
  VantageActs *acts = vantage_survey_get_acts (survey);
  GString *text = g_string_new (_ ("Rests on what was not known then"));
  guint32 n;
  const VantageActItem *items = vantage_acts_get_items (acts, &n);

  for (guint i = 0; i < MIN (found->len, 4); i++)
    {
      const VantageLater *later = &g_array_index (found, VantageLater, i);
      guint32 at = vantage_acts_find_item (acts, later->item);
      const char *name = vantage_review_context_get_person_name (get_context (self), later->person);
      g_autofree char *words = at < n && items[at].text != NULL
                                   ? vantage_text_shorten (items[at].text, 60)
                                   : g_strdup ("");
      g_autofree char *when = later->first_us != VANTAGE_TIME_NONE
                                  ? vantage_zone_format (zone, later->first_us, VANTAGE_SHOW_MINUTE)
                                  : NULL;

      if (when != NULL)
        /* translators: words of a message; a person; a time of day */
        g_string_append_printf (text, _ ("\n“%s”: %s could know it from %s on"), words, name, when);
      else
        /* translators: words of a message; a person */
        g_string_append_printf (text, _ ("\n“%s”: nothing says that %s ever knew it"), words, name);
    }
  return g_string_free (text, FALSE);
}

static const char *
get_first_actor (gconstpointer event)
{
  g_autoptr (GPtrArray) actors =
      vantage_entity_list_set (((VantageTimelineEvent *) event)->entity, "actors");

  return actors->len > 0 ? actors->pdata[0] : "";
}

static int
compare_actors (gconstpointer a, gconstpointer b)
{
  return strcmp (get_first_actor (*(gpointer const *) a), get_first_actor (*(gpointer const *) b));
}

/* Person by person: what somebody could know is worked out once for each. */
static void
surveyed_cb (VantageTimelinePage *self)
{
  VantageSurvey *survey = vantage_timeline_feed_get_survey (self->feed);
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  VantageStanding *standing;
  guint32 n_items, n_people;

  if (survey == NULL)
    return;
  g_clear_pointer (&self->later, g_hash_table_unref);
  self->later = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  standing = vantage_survey_get_standing (survey);
  vantage_acts_get_items (vantage_survey_get_acts (survey), &n_items);
  n_people = vantage_acts_get_n_persons (vantage_survey_get_acts (survey));
  if ((guint64) n_items * n_people > MAX_COMPARISONS)
    return;
  g_ptr_array_extend (events, vantage_timeline_feed_get_events (self->feed), NULL, NULL);
  g_ptr_array_sort (events, compare_actors);
  for (guint i = 0; i < events->len; i++)
    {
      VantageTimelineEvent *event = events->pdata[i];
      g_autoptr (GArray) found =
          vantage_hindsight_find (standing, vantage_survey_get_acts (survey),
                                  vantage_survey_get_times (survey), event->entity);

      if (found->len > 0)
        g_hash_table_insert (self->later, g_strdup (vantage_timeline_event_get_id (event)),
                             dup_later (self, survey, found));
    }
  vantage_timeline_page_show_focus (self);
}

const char *
vantage_timeline_page_get_later (VantageTimelinePage *self, const char *event)
{
  return self->later != NULL ? g_hash_table_lookup (self->later, event) : NULL;
}

static void
show_later (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);

  for (guint i = 0; i < events->len; i++)
    {
      guint at = (self->later_at + i) % events->len;
      const char *id = vantage_timeline_event_get_id (events->pdata[at]);

      if (vantage_timeline_page_get_later (self, id) == NULL)
        continue;
      self->later_at = at + 1;
      vantage_timeline_page_reveal (self, id);
      vantage_timeline_page_show_side (self, "details");
      return;
    }
  vantage_review_context_tell (
      get_context (self), self->later != NULL ? _ ("Nothing written here rests on later knowledge.")
                                              : _ ("The evidence is still being read."));
}

/* ---- all ---- */

static void
moved_cb (VantageTimelinePage *self)
{
  static const char *const of_standing[] = { "stand-back",   "stand-on",     "stand-play",
                                             "stand-faster", "stand-slower", "stand-leave",
                                             "first-known" };
  gboolean stands = vantage_standing_strip_get_person (self->standing) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of_standing); i++)
    {
      GAction *action = g_action_map_lookup_action (
          G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), of_standing[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), stands);
    }
  if (!stands && strcmp (gtk_stack_get_visible_child_name (self->side), "why") == 0)
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

void
vantage_timeline_page_add_standing (VantageTimelinePage *self)
{
  static const GActionEntry entries[] = {
    { "stand", stand },
    { "stand-choose", stand_choose },
    { "stand-back", stand_step },
    { "stand-on", stand_step },
    { "stand-play", stand_play },
    { "stand-faster", stand_speed },
    { "stand-slower", stand_speed },
    { "stand-why", stand_why },
    { "stand-leave", stand_leave },
    { "first-known", first_known },
    { "show-later", show_later },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->standing, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "surveyed", G_CALLBACK (surveyed_cb), self,
                           G_CONNECT_SWAPPED);
  moved_cb (self);
}
