/* vantage-cmd-sense.c: times and vantage-point: what is worked out from statements and evidence. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-survey.h"
#include "vantage-text.h"
#include "vantage-words.h"

#include <string.h>

static void
add_open_time (JsonBuilder *builder, const char *name, gint64 us, gint64 open)
{
  vantage_cli_add_time (builder, name, us == open ? VANTAGE_TIME_NONE : us);
}

static char *
show_edge (VantageZone *zone, gint64 us, gint64 open)
{
  return us == open ? g_strdup ("…") : vantage_zone_format (zone, us, VANTAGE_SHOW_FULL);
}

/* One row: when it can have begun, and ended where that is another time. */
static void
show_window (VantageCli *cli, VantageTable *table, VantageTimes *times, const char *review,
             VantageZone *zone, const char *event)
{
  VantageTimeWindow window;
  g_autoptr (VantageEntity) entity =
      vantage_library_get (cli->library, review, "event", event, NULL);
  g_autofree char *earliest = NULL;
  g_autofree char *latest = NULL;

  if (!vantage_times_get_window (times, event, &window))
    return;
  earliest = show_edge (zone, window.earliest_us, VANTAGE_WINDOW_OPEN_BEGIN);
  latest = show_edge (zone, window.latest_us, VANTAGE_WINDOW_OPEN_END);
  vantage_table_add (table, event, earliest, strcmp (earliest, latest) != 0 ? latest : "",
                     entity != NULL ? vantage_entity_get_title (entity) : "");
}

static void
add_window (JsonBuilder *builder, VantageTimes *times, const char *event)
{
  VantageTimeWindow window;

  if (!vantage_times_get_window (times, event, &window))
    return;
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", event);
  add_open_time (builder, "earliest", window.earliest_us, VANTAGE_WINDOW_OPEN_BEGIN);
  add_open_time (builder, "latest", window.latest_us, VANTAGE_WINDOW_OPEN_END);
  add_open_time (builder, "end_earliest", window.end_earliest_us, VANTAGE_WINDOW_OPEN_BEGIN);
  add_open_time (builder, "end_latest", window.end_latest_us, VANTAGE_WINDOW_OPEN_END);
  vantage_cli_add_bool (builder, "given", window.given);
  json_builder_end_object (builder);
}

/* The title of an event, for a sentence. (transfer full) */
static char *
title_of (VantageCli *cli, const char *review, const char *event)
{
  g_autoptr (VantageEntity) entity =
      event != NULL ? vantage_library_get (cli->library, review, "event", event, NULL) : NULL;
  const char *title = entity != NULL ? vantage_entity_get_title (entity) : "";

  return g_strdup (*title != '\0' ? title : _ ("an event without a title"));
}

/* "“Sees lag falling” before “Third call”, by 5 min": one statement in words. (transfer full) */
static char *
statement_to_text (VantageCli *cli, const char *review, const VantageTimeStatement *statement)
{
  const char *rel =
      vantage_words_choice ("statement-rel", vantage_time_rel_to_text (statement->rel));
  g_autofree char *subject = title_of (cli, review, statement->subject);
  g_autofree char *object = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);

  if (statement->object != NULL)
    {
      object = title_of (cli, review, statement->object);
      /* translators: an event, a relation ("before"), another event */
      return g_strdup_printf (_ ("“%s” %s “%s”"), subject, rel, object);
    }
  if (statement->rel == VANTAGE_REL_LASTS)
    {
      first = vantage_words_duration (statement->a_us);
      return g_strdup_printf (_ ("“%s” lasted at least %s"), subject, first);
    }
  first = vantage_zone_format (zone, statement->a_us, VANTAGE_SHOW_FULL);
  if (statement->rel == VANTAGE_REL_AT)
    {
      second = vantage_words_duration (statement->b_us);
      return statement->b_us > 0
                 /* translators: an event, a time, how far it may be off */
                 ? g_strdup_printf (_ ("“%s” at %s ± %s"), subject, first, second)
                 : g_strdup_printf (_ ("“%s” at %s"), subject, first);
    }
  second = vantage_zone_format (zone, statement->b_us, VANTAGE_SHOW_FULL);
  /* translators: an event, two times */
  return g_strdup_printf (_ ("“%s” between %s and %s"), subject, first, second);
}

static void
add_contradiction (VantageCli *cli, JsonBuilder *builder, const char *review,
                   const VantageContradiction *contradiction, GString *words)
{
  g_autoptr (GString) text = g_string_new (_ ("These cannot all be true: "));

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "statements");
  json_builder_begin_array (builder);
  for (guint i = 0; i < contradiction->circle->len; i++)
    {
      const VantageTimeStatement *statement = g_ptr_array_index (contradiction->circle, i);
      g_autofree char *line = statement_to_text (cli, review, statement);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "id", statement->id);
      vantage_cli_add_text (builder, "text", line);
      json_builder_end_object (builder);
      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", line);
    }
  json_builder_end_array (builder);
  g_string_append_c (text, '.');
  vantage_cli_add_text (builder, "text", text->str);
  json_builder_end_object (builder);
  g_string_append_printf (words, "%s\n", text->str);
}

VantageExit
vantage_cli_run_times (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageSurvey) survey = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageTable) table = vantage_table_new (4);
  g_autoptr (VantageZone) zone = NULL;
  VantageTimes *times;
  GPtrArray *contradictions;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  survey = vantage_survey_new (cli->library, review, NULL, &error);
  if (survey == NULL)
    return vantage_cli_fail (error);

  zone = vantage_cli_get_zone (cli, review);
  times = vantage_survey_get_times (survey);
  events = vantage_times_list_events (times);
  contradictions = vantage_times_get_contradictions (times);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "events");
  json_builder_begin_array (builder);
  for (guint i = 0; i < events->len; i++)
    {
      add_window (builder, times, g_ptr_array_index (events, i));
      show_window (cli, table, times, review, zone, g_ptr_array_index (events, i));
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "contradictions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < contradictions->len; i++)
    add_contradiction (cli, builder, review, g_ptr_array_index (contradictions, i), words);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (cli->json)
    vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  else
    {
      vantage_table_print (table);
      g_print ("%s", words->str);
    }
  return contradictions->len > 0 ? VANTAGE_EXIT_FOUND : VANTAGE_EXIT_DONE;
}

static void
add_view (JsonBuilder *builder, const char *name, GArray *sights, VantageViewClass view)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < sights->len; i++)
    {
      const VantageSight *sight = &g_array_index (sights, VantageSight, i);

      if (sight->view != view)
        continue;
      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "id", sight->id);
      vantage_cli_add_text (builder, "why", vantage_why_to_text (sight->why));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* What a person calls an item or event: its title, else its words. (transfer full) */
static char *
show_sight (VantageCli *cli, const char *review, const VantageSight *sight)
{
  g_autoptr (VantageEntity) event =
      vantage_library_get (cli->library, review, "event", sight->id, NULL);
  g_autoptr (VantageItem) item =
      event == NULL ? vantage_library_get_item (cli->library, review, sight->id, NULL) : NULL;

  if (event != NULL)
    return g_strdup (vantage_entity_get_title (event));
  return vantage_text_shorten (item != NULL ? vantage_item_get_shown (item) : sight->id, 100);
}

static void
print_view (VantageCli *cli, const char *review, const char *title, GArray *sights,
            VantageViewClass view)
{
  g_autoptr (VantageTable) table = vantage_table_new (2);

  for (guint i = 0; i < sights->len; i++)
    {
      const VantageSight *sight = &g_array_index (sights, VantageSight, i);
      g_autofree char *words = NULL;

      if (sight->view != view)
        continue;
      words = show_sight (cli, review, sight);
      vantage_table_add (table, vantage_why_to_text (sight->why), words);
    }
  g_print ("%s\n", title);
  vantage_table_print (table);
}

static VantageExit
print_sights (VantageCli *cli, const char *review, GArray *sights)
{
  print_view (cli, review, _ ("Knew"), sights, VANTAGE_VIEW_KNEW);
  g_print ("\n");
  print_view (cli, review, _ ("Could have seen"), sights, VANTAGE_VIEW_COULD_HAVE_SEEN);
  g_print ("\n");
  print_view (cli, review, _ ("Could not have known"), sights, VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN);
  return VANTAGE_EXIT_DONE;
}

VantageExit
vantage_cli_run_vantage_point (VantageCli *cli, const VantageCommand *command, int argc,
                               char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantagePerson) person = NULL;
  g_autoptr (VantageSurvey) survey = NULL;
  g_autoptr (GArray) sights = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  gint64 moment_us;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 3, 3))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  person = review != NULL ? vantage_cli_find_person (cli, review, argv[2]) : NULL;
  if (person == NULL || !vantage_cli_parse_time (cli, review, argv[3], &moment_us))
    return VANTAGE_EXIT_FAILED;
  survey = vantage_survey_new (cli->library, review, NULL, &error);
  if (survey == NULL)
    return vantage_cli_fail (error);

  sights = vantage_standing_look (vantage_survey_get_standing (survey), person->id, moment_us);
  if (!cli->json)
    return print_sights (cli, review, sights);
  json_builder_begin_object (builder);
  add_view (builder, "knew", sights, VANTAGE_VIEW_KNEW);
  add_view (builder, "could_have_seen", sights, VANTAGE_VIEW_COULD_HAVE_SEEN);
  add_view (builder, "could_not_have_known", sights, VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN);
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}
