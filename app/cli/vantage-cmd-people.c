/* vantage-cmd-people.c: people, merging and splitting. */

#include "config.h"

#include "vantage-cli-item.h"
#include "vantage-cli.h"
#include "vantage-desk-people.h"
#include "vantage-id.h"
#include "vantage-words.h"

#include <string.h>

VantageSurvey *
vantage_cli_survey (VantageCli *cli, const char *words, char **out_review)
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

/* What a person carried at a moment; @at_us: VANTAGE_TIME_NONE: not asked. */
static void
add_load (JsonBuilder *builder, VantageSurvey *self, const char *person, gint64 at_us)
{
  g_autoptr (GPtrArray) loads = NULL;

  if (at_us == VANTAGE_TIME_NONE)
    return;
  loads = vantage_survey_list_load (self, person, at_us, NULL);
  json_builder_set_member_name (builder, "load");
  json_builder_begin_array (builder);
  for (guint i = 0; i < loads->len; i++)
    {
      const VantageLoad *load = g_ptr_array_index (loads, i);
      gboolean counts = load->estimated &&
                        (load->sort == VANTAGE_LOAD_PAGES || load->sort == VANTAGE_LOAD_AT_ONCE);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "code", vantage_load_to_text (load->sort));
      vantage_cli_add_bool (builder, "estimated", load->estimated);
      vantage_cli_add_time (builder, "since", load->since_us);
      vantage_cli_add_time (builder, "until", load->until_us);
      if (counts)
        {
          vantage_cli_add_int (builder, "count", load->count);
          vantage_cli_add_int (builder, "night", load->night);
        }
      vantage_cli_add_text (builder, "condition", load->condition);
      json_builder_set_member_name (builder, "items");
      json_builder_begin_array (builder);
      for (guint j = 0; j < load->items->len; j++)
        json_builder_add_string_value (builder, g_ptr_array_index (load->items, j));
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* What a condition says in place of an estimate. (transfer full) */
static char *
dup_said (VantageCli *cli, const char *review, const VantageLoad *load, gint64 at_us)
{
  g_autoptr (VantageEntity) condition =
      vantage_library_get (cli->library, review, "condition", load->condition, NULL);
  const char *value = condition != NULL ? vantage_entity_get_text (condition, "value") : NULL;
  const char *key = vantage_words_choice ("condition", vantage_load_get_key (load->sort));

  if (load->sort != VANTAGE_LOAD_PAGES && load->since_us != VANTAGE_TIME_NONE)
    return vantage_words_load (vantage_load_to_text (load->sort), FALSE, at_us - load->since_us, 0,
                               0, 0);
  /* translators: a condition and what is known: "Awake since: five" */
  return g_strdup_printf (_ ("%s: %s"), key, value != NULL ? value : _ ("not said"));
}

static void
print_load (VantageCli *cli, const char *review, VantageTable *table, VantageSurvey *self,
            const VantagePerson *person, gint64 at_us)
{
  g_autoptr (GPtrArray) loads = vantage_survey_list_load (self, person->id, at_us, NULL);
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);

  for (guint i = 0; i < loads->len; i++)
    {
      const VantageLoad *load = g_ptr_array_index (loads, i);
      const char *code = vantage_load_to_text (load->sort);
      g_autofree char *text = NULL;
      g_autofree char *since = NULL;
      g_autofree char *until = NULL;
      g_autofree char *why = NULL;

      if (load->estimated)
        {
          gint64 unbroken_us =
              load->unbroken_us != VANTAGE_TIME_NONE ? at_us - load->unbroken_us : 0;

          text = vantage_words_load (code, TRUE, at_us - load->since_us, unbroken_us, load->count,
                                     load->night);
          since = vantage_zone_format (zone, load->since_us, VANTAGE_SHOW_DAY_MINUTE);
          if (load->until_us != VANTAGE_TIME_NONE)
            until = vantage_zone_format (zone, load->until_us, VANTAGE_SHOW_DAY_MINUTE);
          why = vantage_words_load_why (code, since, until != NULL ? until : "");
        }
      else
        text = dup_said (cli, review, load, at_us);
      vantage_table_add (table, person->name, text, why != NULL ? why : "");
    }
}

/* @at_us: the moment at which what they carried is told instead; VANTAGE_TIME_NONE: none. */
static VantageExit
print_people (VantageCli *cli, const char *review, VantageSurvey *self, gint64 at_us)
{
  GPtrArray *people = vantage_survey_get_people (self);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (at_us == VANTAGE_TIME_NONE ? 5 : 3);

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
      add_load (builder, self, person->id, at_us);
      json_builder_end_object (builder);
      if (at_us != VANTAGE_TIME_NONE)
        print_load (cli, review, table, self, person, at_us);
      else
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

VantageExit
vantage_cli_print_people (VantageCli *cli, const char *review, VantageSurvey *self)
{
  return print_people (cli, review, self, VANTAGE_TIME_NONE);
}

static VantageExit
run_people (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *at = NULL;
  g_autofree char *review = NULL;
  g_autoptr (VantageSurvey) self = NULL;
  gint64 at_us = VANTAGE_TIME_NONE;
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  self = vantage_cli_survey (cli, argv[1], &review);
  if (self == NULL || (at != NULL && !vantage_cli_parse_time (cli, review, at, &at_us)))
    return VANTAGE_EXIT_FAILED;
  return print_people (cli, review, self, at_us);
}

static VantageExit
run_add (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *review = NULL;
  g_autofree char *id = NULL;
  g_autoptr (VantageEdit) edit = NULL;
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
  return vantage_cli_commit (cli, edit, id);
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
  return vantage_cli_commit (cli, edit, person->id);
}

static void
add_proposal (JsonBuilder *builder, const VantageSameProposal *proposal, const char *text)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "people");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, proposal->person);
  json_builder_add_string_value (builder, proposal->other);
  json_builder_end_array (builder);
  vantage_cli_add_text (builder, "reason", vantage_same_to_text (proposal->same));
  vantage_cli_add_text (builder, "text", text);
  json_builder_end_object (builder);
}

static VantageExit
print_proposals (VantageCli *cli, const char *review, GPtrArray *proposals)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (5);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "proposals");
  json_builder_begin_array (builder);
  for (guint i = 0; i < proposals->len; i++)
    {
      const VantageSameProposal *p = g_ptr_array_index (proposals, i);
      g_autofree char *text = vantage_words_same (vantage_same_to_text (p->same), p->what);
      g_autofree char *person = vantage_library_dup_person_name (cli->library, review, p->person);
      g_autofree char *other = vantage_library_dup_person_name (cli->library, review, p->other);

      add_proposal (builder, p, text);
      vantage_table_add (table, p->person, person, p->other, other, text);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_proposals (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) proposals = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  people = vantage_library_list_people (cli->library, review, &error);
  if (people != NULL)
    proposals = vantage_desk_propose_same (cli->library, review, people, &error);
  return proposals != NULL ? print_proposals (cli, review, proposals) : vantage_cli_fail (error);
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

const VantageCommand vantage_commands_people[] = {
  { "people", "REVIEW [--at TIME]", N_ ("who was there"), run_people },
  { "person add", "REVIEW --name TEXT", N_ ("add somebody without an account"), run_add },
  { "person set", "REVIEW PERSON KEY=VALUE…", N_ ("change what is known of a person"), run_set },
  { "person proposals", "REVIEW", N_ ("accounts that may be one person's"), run_proposals },
  { "person merge", "REVIEW PERSON PERSON", N_ ("two accounts are one person; the first stays"),
    run_merge },
  { "person split", "REVIEW PERSON IDENTITY", N_ ("an account is somebody else after all"),
    run_split },
  { NULL, NULL, NULL, NULL },
};
