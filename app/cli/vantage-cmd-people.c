/* vantage-cmd-people.c: people, merging and splitting, stats, candidates, cues. */

#include "config.h"

#include "vantage-cli-item.h"
#include "vantage-cli.h"
#include "vantage-id.h"
#include "vantage-words.h"

#include <string.h>

/* The survey of a review named by @words; NULL after printing. */
static VantageSurvey *
survey (VantageCli *cli, const char *words, char **out_review)
{
  g_autoptr (GError) error = NULL;
  VantageSurvey *self;

  *out_review = vantage_cli_find_review (cli, words);
  if (*out_review == NULL)
    return NULL;
  self = vantage_survey_new (cli->library, *out_review, NULL, &error);
  if (self == NULL)
    vantage_cli_fail (error);
  return self;
}

/* ---- people ---- */

static void
add_identities (JsonBuilder *builder, const VantagePerson *person)
{
  json_builder_set_member_name (builder, "identities");
  json_builder_begin_array (builder);
  for (guint i = 0; person->identities != NULL && i < person->identities->len; i++)
    {
      const VantageIdentity *identity = g_ptr_array_index (person->identities, i);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "source", identity->family);
      vantage_cli_add_text (builder, "key", identity->key);
      vantage_cli_add_text (builder, "handle", identity->handle);
      vantage_cli_add_text (builder, "email", identity->email);
      vantage_cli_add_text (builder, "name", identity->name);
      vantage_cli_add_bool (builder, "bot", identity->bot);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_joined (JsonBuilder *builder, const VantageParticipant *participant)
{
  json_builder_set_member_name (builder, "joined");
  json_builder_begin_array (builder);
  for (guint i = 0; participant != NULL && i < participant->joined->len; i++)
    {
      const VantageJoined *joined = &g_array_index (participant->joined, VantageJoined, i);

      json_builder_begin_object (builder);
      vantage_cli_add_time (builder, "time", joined->time_us);
      vantage_cli_add_text (builder, "how", vantage_joined_how_to_text (joined->how));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

VantageExit
vantage_cli_print_people (VantageCli *cli, const char *review, VantageSurvey *self)
{
  GPtrArray *people = vantage_survey_get_people (self);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (5);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "people");
  json_builder_begin_array (builder);
  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);
      const char *part = vantage_part_to_text (vantage_survey_get_part (self, person->id));
      g_autofree char *n = vantage_words_count (person->n_items);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "id", person->id);
      vantage_cli_add_text (builder, "name", person->name);
      add_identities (builder, person);
      vantage_cli_add_text (builder, "team", person->team);
      vantage_cli_add_text (builder, "role", person->role);
      vantage_cli_add_text (builder, "part", part);
      vantage_cli_add_int (builder, "items", (gint64) person->n_items);
      vantage_cli_add_time (builder, "first", person->first_us);
      vantage_cli_add_time (builder, "last", person->last_us);
      add_joined (builder, vantage_survey_get_participant (self, person->id));
      json_builder_end_object (builder);
      vantage_table_add (table, person->id, person->name, person->team,
                         vantage_words_choice ("part", part), n);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_people (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageSurvey) self = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  self = survey (cli, argv[1], &review);
  return self != NULL ? vantage_cli_print_people (cli, review, self) : VANTAGE_EXIT_FAILED;
}

static VantageExit
run_add (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *review = NULL;
  g_autofree char *id = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (name == NULL || *name == '\0')
    return vantage_cli_usage (command, _ ("A person needs a --name."));
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;

  edit = vantage_library_begin (cli->library, review, _ ("Add Person"));
  id = vantage_id_new (vantage_library_now_us (cli->library));
  vantage_edit_set_text (edit, "person", id, "sort", "human");
  vantage_edit_set_text (edit, "particulars", id, "name", name);
  if (!vantage_edit_commit (edit, &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, id);
}

/* Fields of a person stand on `person`, names and addresses on `particulars`. */
static VantageExit
run_set (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantagePerson) person = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 3, -1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  person = review != NULL ? vantage_cli_find_person (cli, review, argv[2]) : NULL;
  if (person == NULL)
    return VANTAGE_EXIT_FAILED;

  edit = vantage_library_begin (cli->library, review, _ ("Change Person"));
  for (char **a = argv + 3; *a != NULL; a++)
    {
      g_autofree char *field = g_strndup (*a, strcspn (*a, "="));
      const VantageKind *kind = vantage_kind_find ("particulars");
      char *one[] = { *a, NULL };

      if (!vantage_cli_assign (cli, edit, review,
                               vantage_kind_find_field (kind, field) != NULL &&
                                       strcmp (field, "tags") != 0
                                   ? "particulars"
                                   : "person",
                               person->id, one, &error))
        return vantage_cli_fail (error);
    }
  if (!vantage_edit_commit (edit, &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, person->id);
}

static VantageExit
run_merge (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantagePerson) into = NULL;
  g_autoptr (VantagePerson) from = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 3, 3))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  into = review != NULL ? vantage_cli_find_person (cli, review, argv[2]) : NULL;
  from = into != NULL ? vantage_cli_find_person (cli, review, argv[3]) : NULL;
  if (from == NULL)
    return VANTAGE_EXIT_FAILED;
  if (strcmp (into->id, from->id) == 0)
    return vantage_cli_usage (command, _ ("“%s” and “%s” are the same person already."), argv[2],
                              argv[3]);
  if (!vantage_library_merge_people (cli->library, review, into->id, from->id, _ ("Merge People"),
                                     &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, into->id);
}

/* The identity may be named by id, by key, by handle or by e-mail. */
static char *
find_identity (const VantagePerson *person, const char *words)
{
  for (guint i = 0; person->identities != NULL && i < person->identities->len; i++)
    {
      const VantageIdentity *identity = g_ptr_array_index (person->identities, i);
      g_autofree char *id = vantage_identity_dup_id (identity);

      if (g_str_has_prefix (id, words) || g_strcmp0 (identity->key, words) == 0 ||
          g_strcmp0 (identity->handle, words) == 0 || g_strcmp0 (identity->email, words) == 0)
        return g_steal_pointer (&id);
    }
  return NULL;
}

static VantageExit
run_split (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autofree char *identity = NULL;
  g_autoptr (VantagePerson) person = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 3, 3))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  person = review != NULL ? vantage_cli_find_person (cli, review, argv[2]) : NULL;
  if (person == NULL)
    return VANTAGE_EXIT_FAILED;
  identity = find_identity (person, argv[3]);
  if (identity == NULL)
    return vantage_cli_usage (command, _ ("%s has no account “%s”."), person->name, argv[3]);
  if (!vantage_library_split_person (cli->library, review, person->id, identity, _ ("Split Person"),
                                     &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, person->id);
}

/* ---- stats ---- */

static void
add_volume (JsonBuilder *builder, VantageSurvey *self, gint64 bin_us, VantageZone *zone)
{
  VantageActs *acts = vantage_survey_get_acts (self);
  g_autoptr (GArray) volume = vantage_participation_list_volume (acts, bin_us, zone);
  const VantageActChannel *channels = vantage_acts_get_channels (acts, NULL);

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
      vantage_participation_list_quiet (vantage_survey_get_acts (self), 5 * 60 * G_USEC_PER_SEC);

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
  self = survey (cli, argv[1], &review);
  if (self == NULL)
    return VANTAGE_EXIT_FAILED;

  zone = vantage_cli_get_zone (cli, review);
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
  self = survey (cli, argv[1], &review);
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

const VantageCommand vantage_commands_people[] = {
  { "people", "REVIEW", N_ ("who was there"), run_people },
  { "person add", "REVIEW --name TEXT", N_ ("add somebody without an account"), run_add },
  { "person set", "REVIEW PERSON KEY=VALUE…", N_ ("change what is known of a person"), run_set },
  { "person merge", "REVIEW PERSON PERSON", N_ ("two accounts are one person; the first stays"),
    run_merge },
  { "person split", "REVIEW PERSON IDENTITY", N_ ("an account is somebody else after all"),
    run_split },
  { "stats", "REVIEW [--by hour|minute|day]", N_ ("volume, silences, teams, people"), run_stats },
  { "candidates", "REVIEW", N_ ("whom to talk to, and why"), run_candidates },
  { NULL, NULL, NULL, NULL },
};
