/* vantage-cmd-stats.c: what is worked out about people: stats, candidates, cues. */

#include "config.h"

#include "vantage-cli-item.h"
#include "vantage-cli.h"
#include "vantage-words.h"

#include <string.h>

#define QUIET_US (5 * 60 * (gint64) G_USEC_PER_SEC)
#define CUES_EACH 12 /* most a person */

static void
add_volume (JsonBuilder *builder, VantageSurvey *self, gint64 bin_us, VantageZone *zone)
{
  guint32 n_channels;
  VantageActs *acts = vantage_survey_get_acts (self);
  g_autoptr (GArray) volume = vantage_participation_list_volume (acts, bin_us, zone);
  const VantageActChannel *channels = vantage_acts_get_channels (acts, &n_channels);

  json_builder_set_member_name (builder, "volume");
  json_builder_begin_array (builder);
  for (guint i = 0; i < volume->len; i++)
    {
      const VantageVolume *bin = &g_array_index (volume, VantageVolume, i);

      json_builder_begin_object (builder);
      vantage_cli_add_time (builder, "start", bin->begin_us);
      vantage_cli_add_text (builder, "channel", channels[bin->channel].name);
      vantage_cli_add_int (builder, "count", bin->count);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_quiet (JsonBuilder *builder, VantageSurvey *self)
{
  g_autoptr (GArray) quiet =
      vantage_participation_list_quiet (vantage_survey_get_acts (self), QUIET_US);

  json_builder_set_member_name (builder, "quiet");
  json_builder_begin_array (builder);
  for (guint i = 0; i < quiet->len; i++)
    {
      const VantageQuiet *gap = &g_array_index (quiet, VantageQuiet, i);

      json_builder_begin_object (builder);
      vantage_cli_add_time (builder, "start", gap->begin_us);
      vantage_cli_add_time (builder, "end", gap->end_us);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_double (JsonBuilder *builder, const char *name, double number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, number);
}

static void
add_people_stats (JsonBuilder *builder, VantageSurvey *self)
{
  GPtrArray *people = vantage_survey_get_people (self);

  json_builder_set_member_name (builder, "people");
  json_builder_begin_array (builder);
  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);
      const VantageParticipant *p = vantage_survey_get_participant (self, person->id);

      if (p == NULL)
        continue;
      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "person", person->id);
      vantage_cli_add_int (builder, "items", p->n_items);
      add_double (builder, "share", p->share);
      add_double (builder, "night", p->night);
      add_double (builder, "weekend", p->weekend);
      add_double (builder, "longest_stretch", (double) p->longest_us / G_USEC_PER_SEC);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

typedef struct
{
  guint people, items;
  gint64 first_us, last_us;
} Team;

/* Teams at work: who of them was there, from when until when. */
static void
add_teams (JsonBuilder *builder, VantageSurvey *self)
{
  GPtrArray *people = vantage_survey_get_people (self);
  g_autoptr (GHashTable) teams = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GList) names = NULL;

  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);
      Team *team = person->team != NULL ? g_hash_table_lookup (teams, person->team) : NULL;

      if (person->team == NULL || person->n_items == 0 || person->first_us == VANTAGE_TIME_NONE)
        continue;
      if (team == NULL)
        {
          team = g_new0 (Team, 1);
          team->first_us = person->first_us;
          team->last_us = person->last_us;
          g_hash_table_insert (teams, person->team, team);
        }
      team->people++;
      team->items += person->n_items;
      team->first_us = MIN (team->first_us, person->first_us);
      team->last_us = MAX (team->last_us, person->last_us);
    }

  names = g_list_sort (g_hash_table_get_keys (teams), (GCompareFunc) strcmp);
  json_builder_set_member_name (builder, "teams");
  json_builder_begin_array (builder);
  for (GList *name = names; name != NULL; name = name->next)
    {
      const Team *team = g_hash_table_lookup (teams, name->data);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "team", name->data);
      vantage_cli_add_int (builder, "people", team->people);
      vantage_cli_add_int (builder, "items", team->items);
      vantage_cli_add_time (builder, "first", team->first_us);
      vantage_cli_add_time (builder, "last", team->last_us);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_volume (VantageSurvey *self, gint64 bin_us, VantageZone *zone)
{
  guint32 n_channels;
  VantageActs *acts = vantage_survey_get_acts (self);
  g_autoptr (GArray) volume = vantage_participation_list_volume (acts, bin_us, zone);
  g_autoptr (VantageTable) table = vantage_table_new (3);
  const VantageActChannel *channels = vantage_acts_get_channels (acts, &n_channels);

  for (guint i = 0; i < volume->len; i++)
    {
      const VantageVolume *bin = &g_array_index (volume, VantageVolume, i);
      g_autofree char *when = vantage_zone_format (zone, bin->begin_us, VANTAGE_SHOW_FULL);
      g_autofree char *n = vantage_words_count (bin->count);

      vantage_table_add (table, when, channels[bin->channel].name, n);
    }
  g_print ("%s\n", _ ("Volume"));
  vantage_table_print (table);
}

static void
print_quiet (VantageSurvey *self, VantageZone *zone)
{
  g_autoptr (GArray) quiet =
      vantage_participation_list_quiet (vantage_survey_get_acts (self), QUIET_US);
  g_autoptr (VantageTable) table = vantage_table_new (2);

  for (guint i = 0; i < quiet->len; i++)
    {
      const VantageQuiet *gap = &g_array_index (quiet, VantageQuiet, i);
      g_autofree char *when = vantage_zone_format (zone, gap->begin_us, VANTAGE_SHOW_FULL);
      g_autofree char *length = vantage_words_duration (gap->end_us - gap->begin_us);

      vantage_table_add (table, when, length);
    }
  g_print ("\n%s\n", _ ("Quiet"));
  vantage_table_print (table);
}

static char *
show_share (double share)
{
  /* translators: a percentage */
  return g_strdup_printf (_ ("%d %%"), (int) (share * 100 + 0.5));
}

static void
print_shares (VantageSurvey *self)
{
  GPtrArray *people = vantage_survey_get_people (self);
  g_autoptr (VantageTable) table = vantage_table_new (6);

  vantage_table_add (table, _ ("People"), _ ("items"), _ ("share"), _ ("at night"),
                     _ ("at weekends"), _ ("longest stretch"));
  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);
      const VantageParticipant *p = vantage_survey_get_participant (self, person->id);
      g_autofree char *n = p != NULL ? vantage_words_count (p->n_items) : NULL;
      g_autofree char *share = p != NULL ? show_share (p->share) : NULL;
      g_autofree char *night = p != NULL ? show_share (p->night) : NULL;
      g_autofree char *weekend = p != NULL ? show_share (p->weekend) : NULL;
      g_autofree char *longest =
          p != NULL && p->longest_us > 0 ? vantage_words_duration (p->longest_us) : NULL;

      if (p != NULL)
        vantage_table_add (table, person->name, n, share, night, weekend, longest);
    }
  g_print ("\n");
  vantage_table_print (table);
}

static VantageExit
print_stats (VantageCli *cli, const char *review, VantageSurvey *self, gint64 bin_us,
             VantageZone *zone)
{
  print_volume (self, bin_us, zone);
  print_quiet (self, zone);
  print_shares (self);
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_stats (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *by = NULL;
  g_autofree char *review = NULL;
  g_autoptr (VantageSurvey) self = NULL;
  g_autoptr (VantageZone) zone = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  gint64 bin_us;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  bin_us = g_strcmp0 (by, "minute") == 0            ? 60 * G_USEC_PER_SEC
           : g_strcmp0 (by, "day") == 0             ? 24 * 60 * 60 * (gint64) G_USEC_PER_SEC
           : by == NULL || strcmp (by, "hour") == 0 ? 60 * 60 * (gint64) G_USEC_PER_SEC
                                                    : 0;
  if (bin_us == 0)
    return vantage_cli_usage (command, _ ("--by takes hour, minute or day."));
  self = vantage_cli_survey (cli, argv[1], &review);
  if (self == NULL)
    return VANTAGE_EXIT_FAILED;

  zone = vantage_cli_get_zone (cli, review);
  if (!cli->json)
    return print_stats (cli, review, self, bin_us, zone);
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_volume (builder, self, bin_us, zone);
  add_quiet (builder, self);
  add_teams (builder, self);
  add_people_stats (builder, self);
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}

/* ---- candidates ---- */

static void
add_reason (JsonBuilder *builder, const VantageCandidateReason *reason)
{
  const char *code = vantage_reason_to_text (reason->reason);

  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "code", code);
  vantage_cli_add_text (builder, "text", vantage_words_choice ("candidate", code));
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < reason->items->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (reason->items, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static char *
join_reasons (const VantageCandidate *candidate)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < candidate->reasons->len; i++)
    {
      const VantageCandidateReason *reason = g_ptr_array_index (candidate->reasons, i);

      g_string_append_printf (
          text, "%s%s", i > 0 ? " · " : "",
          vantage_words_choice ("candidate", vantage_reason_to_text (reason->reason)));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static VantageExit
run_candidates (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageSurvey) self = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (2);

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  self = vantage_cli_survey (cli, argv[1], &review);
  if (self == NULL)
    return VANTAGE_EXIT_FAILED;

  candidates = vantage_survey_list_candidates (self);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < candidates->len; i++)
    {
      const VantageCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *name =
          vantage_library_dup_person_name (cli->library, review, candidate->person);
      g_autofree char *why = join_reasons (candidate);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "person", candidate->person);
      json_builder_set_member_name (builder, "reasons");
      json_builder_begin_array (builder);
      for (guint r = 0; r < candidate->reasons->len; r++)
        add_reason (builder, g_ptr_array_index (candidate->reasons, r));
      json_builder_end_array (builder);
      json_builder_end_object (builder);
      vantage_table_add (table, name, why);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

/* ---- cues ---- */

/* The question that goes with such a moment, its words filled in. (transfer full) */
static char *
make_question (VantageActs *acts, const VantageCue *cue, VantageZone *zone)
{
  guint32 n_channels;
  guint32 n_items;
  const VantageActChannel *channels = vantage_acts_get_channels (acts, &n_channels);
  const VantageActItem *item = &vantage_acts_get_items (acts, &n_items)[cue->item];
  g_autofree char *time = vantage_cue_dup_time (acts, cue, zone);
  g_autofree char *message = vantage_cue_dup_message (acts, cue, 120);
  const VantageFilling fillings[] = {
    { "time", time },
    { "message", message },
    { "channel", channels[item->channel].name },
  };

  return vantage_cue_fill (
      vantage_words_choice ("cue-question", vantage_cue_reason_to_text (cue->reason)), fillings,
      G_N_ELEMENTS (fillings), NULL);
}

static gboolean
is_human (VantageSurvey *self, const char *id)
{
  const VantagePerson *person = vantage_survey_find_person (self, id);

  return person == NULL || person->sort == NULL || strcmp (person->sort, "human") == 0;
}

static VantageExit
print_cues (VantageCli *cli, const char *review, VantageSurvey *self, GArray *cues)
{
  guint32 n_items;
  VantageActs *acts = vantage_survey_get_acts (self);
  const VantageActItem *items = vantage_acts_get_items (acts, &n_items);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (3);
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "cues");
  json_builder_begin_array (builder);
  for (guint i = 0; i < cues->len; i++)
    {
      const VantageCue *cue = &g_array_index (cues, VantageCue, i);
      const char *person = vantage_acts_get_person (acts, cue->person);
      const char *reason = vantage_cue_reason_to_text (cue->reason);
      g_autofree char *question = make_question (acts, cue, zone);
      g_autofree char *name = vantage_library_dup_person_name (cli->library, review, person);

      if (!is_human (self, person))
        continue;
      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "item", items[cue->item].id);
      vantage_cli_add_text (builder, "person", person);
      vantage_cli_add_text (builder, "question", question);
      vantage_cli_add_text (builder, "reason", reason);
      json_builder_end_object (builder);
      vantage_table_add (table, name, vantage_words_choice ("cue", reason), question);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_cues (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *words = NULL;
  g_autofree char *review = NULL;
  g_autoptr (VantagePerson) person = NULL;
  g_autoptr (VantageSurvey) self = NULL;
  g_autoptr (GArray) cues = NULL;
  guint32 who = VANTAGE_NOBODY;
  const GOptionEntry entries[] = {
    { "person", 0, 0, G_OPTION_ARG_STRING, &words, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  self = vantage_cli_survey (cli, argv[1], &review);
  person = self != NULL && words != NULL ? vantage_cli_find_person (cli, review, words) : NULL;
  if (self == NULL || (words != NULL && person == NULL))
    return VANTAGE_EXIT_FAILED;

  if (person != NULL)
    who = vantage_acts_find_person (vantage_survey_get_acts (self), person->id);
  if (person != NULL && who == VANTAGE_NOBODY)
    cues = g_array_new (FALSE, FALSE, sizeof (VantageCue)); /* nothing of theirs is in the record */
  else
    cues = vantage_cues_find (vantage_survey_get_acts (self),
                              vantage_survey_get_participation (self), who, CUES_EACH);
  return print_cues (cli, review, self, cues);
}

const VantageCommand vantage_commands_stats[] = {
  { "stats", "REVIEW [--by hour|minute|day]", N_ ("volume, silences, teams, people"), run_stats },
  { "candidates", "REVIEW", N_ ("whom to talk to, and why"), run_candidates },
  { "cues", "REVIEW [--person PERSON]", N_ ("moments worth asking about, with a question each"),
    run_cues },
  { NULL, NULL, NULL, NULL },
};
