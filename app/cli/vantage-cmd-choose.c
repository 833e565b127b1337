/* vantage-cmd-choose.c: choosing what to look into and who does: intake, rotation. */

#include "config.h"

#include "vantage-cli-item.h"
#include "vantage-cli.h"
#include "vantage-intake.h"
#include "vantage-words.h"

#include <string.h>

/* ---- intake ---- */

static gboolean
set_answers (const VantageCommand *command, VantageEdit *edit, const char *review, char **answers)
{
  static const char *const values[] = { "yes", "no", "unknown", NULL };

  for (char **answer = answers; answer != NULL && *answer != NULL; answer++)
    {
      g_auto (GStrv) parts = g_strsplit (*answer, "=", 2);
      g_autofree char *field = NULL;

      if (parts[0] == NULL || parts[1] == NULL ||
          !g_strv_contains (vantage_intake_keys, parts[0]) || !g_strv_contains (values, parts[1]))
        {
          g_autofree char *keys = g_strjoinv (", ", (char **) vantage_intake_keys);

          vantage_cli_usage (command,
                             _ ("“%s” is not KEY=yes, KEY=no or KEY=unknown. The keys are: %s."),
                             *answer, keys);
          return FALSE;
        }
      field = g_strconcat ("intake/", parts[0], NULL);
      vantage_edit_set_text (edit, "review", review, field, parts[1]);
    }
  return TRUE;
}

static VantageExit
print_intake (VantageCli *cli, VantageEntity *review)
{
  g_auto (VantageIntake) intake = { 0 };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  vantage_intake_weigh (review, &intake);
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "advice", intake.advice);
  json_builder_set_member_name (builder, "because");
  json_builder_begin_array (builder);
  for (guint i = 0; i < intake.because->len; i++)
    {
      const char *key = g_ptr_array_index (intake.because, i);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "code", key);
      vantage_cli_add_text (builder, "text", vantage_words_choice ("intake", key));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));

  g_print ("%s\n", vantage_words_choice ("depth", intake.advice));
  for (guint i = 0; i < intake.because->len; i++)
    g_print ("  %s\n", vantage_words_choice ("intake", g_ptr_array_index (intake.because, i)));
  if (intake.n_answered < VANTAGE_INTAKE_ENOUGH)
    g_printerr ("%s\n", _ ("This rests on very few answers; give more with --answer KEY=yes|no."));
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_intake (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_auto (GStrv) answers = NULL;
  g_autofree char *review = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (VantageEntity) entity = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "answer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &answers, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  edit = vantage_library_begin (cli->library, review, _ ("Answer Intake Questions"));
  if (!set_answers (command, edit, review, answers))
    return VANTAGE_EXIT_USAGE;
  if (answers != NULL && !vantage_edit_commit (edit, &error))
    return vantage_cli_fail (error);
  entity = vantage_library_get (cli->library, review, "review", review, &error);
  return entity != NULL ? print_intake (cli, entity) : vantage_cli_fail (error);
}

/* ---- rotation ---- */

/* Somebody who could investigate: a colleague of the organisation, or a person of any review. The
 * same one in two reviews is known by address, else by account. */
typedef struct
{
  char *id; /* as it is printed */
  char *name, *email, *team;
  gint64 last_us; /* when the newest review of theirs began; VANTAGE_TIME_NONE: never */
  gboolean chosen_against;
  const char *part; /* in the review that is asked about; NULL: none */
  gboolean team_involved;
} Investigator;

typedef struct
{
  VantageCli *cli;
  GPtrArray *all;     /* (element-type Investigator) */
  GHashTable *by_key; /* "mail:…", "key:…", "name:…" → Investigator * */
} Rotation;

static void
free_investigator (gpointer data)
{
  Investigator *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->email);
  g_free (self->team);
  g_free (self);
}

static char *
make_key (const char *sort, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return g_strconcat (sort, ":", folded, NULL);
}

static void
remember (Rotation *self, const char *sort, const char *text, Investigator *who)
{
  char *key;

  if (text == NULL || *text == '\0')
    return;
  key = make_key (sort, text);
  if (g_hash_table_contains (self->by_key, key))
    g_free (key);
  else
    g_hash_table_insert (self->by_key, key, who);
}

static Investigator *
recall (Rotation *self, const char *sort, const char *text)
{
  g_autofree char *key = text != NULL && *text != '\0' ? make_key (sort, text) : NULL;

  return key != NULL ? g_hash_table_lookup (self->by_key, key) : NULL;
}

static Investigator *
add_investigator (Rotation *self, const char *id, const char *name, const char *email,
                  const char *team)
{
  Investigator *who = g_new0 (Investigator, 1);

  who->id = g_strdup (id);
  who->name = g_strdup (name);
  who->email = g_strdup (email);
  who->team = g_strdup (team);
  who->last_us = VANTAGE_TIME_NONE;
  g_ptr_array_add (self->all, who);
  remember (self, "mail", email, who);
  remember (self, "name", name, who);
  return who;
}

static gboolean
add_colleagues (Rotation *self, GError **error)
{
  g_autoptr (GPtrArray) colleagues =
      vantage_library_list (self->cli->library, NULL, "colleague", error);

  for (guint i = 0; colleagues != NULL && i < colleagues->len; i++)
    {
      VantageEntity *colleague = g_ptr_array_index (colleagues, i);
      Investigator *who = add_investigator (self, vantage_entity_get_id (colleague),
                                            vantage_entity_get_title (colleague),
                                            vantage_entity_get_text (colleague, "email"),
                                            vantage_entity_get_text (colleague, "team"));

      who->chosen_against = vantage_entity_get_value (colleague, "may_investigate") != NULL &&
                            !vantage_entity_get_yesno (colleague, "may_investigate");
    }
  return colleagues != NULL;
}

/* The same person by address or account; by name only when neither side has an address. */
static Investigator *
find_investigator (Rotation *self, const VantagePerson *person)
{
  Investigator *who = recall (self, "mail", person->email);

  for (guint i = 0; who == NULL && person->identities != NULL && i < person->identities->len; i++)
    who =
        recall (self, "key", ((VantageIdentity *) g_ptr_array_index (person->identities, i))->key);
  if (who == NULL)
    {
      who = recall (self, "name", person->name);
      if (who != NULL && who->email != NULL && person->email != NULL)
        who = NULL;
    }
  return who;
}

static gboolean
is_person (const VantagePerson *person)
{
  return (person->sort == NULL || strcmp (person->sort, "human") == 0) && *person->name != '\0';
}

static void
take_person (Rotation *self, const char *review, const char *asked, const VantagePerson *person)
{
  Investigator *who = find_investigator (self, person);
  g_autofree char *id = g_strcmp0 (review, asked) == 0
                            ? g_strdup (person->id)
                            : g_strdup_printf ("%s/%s", review, person->id);

  if (who == NULL)
    who = add_investigator (self, id, person->name, person->email, person->team);
  if (who->team == NULL)
    who->team = g_strdup (person->team);
  for (guint i = 0; person->identities != NULL && i < person->identities->len; i++)
    remember (self, "key", ((VantageIdentity *) g_ptr_array_index (person->identities, i))->key,
              who);
}

/* People of all reviews, newest first, and who investigated when. */
static gboolean
add_reviews (Rotation *self, const char *asked, GError **error)
{
  g_autoptr (GListModel) reviews = vantage_library_get_reviews (self->cli->library);

  for (guint i = 0; i < g_list_model_get_n_items (reviews); i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (reviews, i);
      const char *id = vantage_entity_get_id (review);
      g_autoptr (GPtrArray) people = vantage_library_list_people (self->cli->library, id, error);

      if (people == NULL)
        return FALSE;
      for (guint p = 0; p < people->len; p++)
        if (is_person (g_ptr_array_index (people, p)))
          take_person (self, id, asked, g_ptr_array_index (people, p));
    }
  for (guint i = 0; i < g_list_model_get_n_items (reviews); i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (reviews, i);
      const char *name = vantage_entity_get_text (review, "investigator");
      Investigator *who = recall (self, "mail", name);

      if (who == NULL)
        who = recall (self, "name", name);
      if (who != NULL && g_strcmp0 (vantage_entity_get_id (review), asked) != 0)
        who->last_us = MAX (who->last_us, vantage_entity_get_created_us (review));
    }
  return TRUE;
}

/* Who was in the review that is asked about, and which teams. */
static gboolean
mark_review (Rotation *self, const char *review, GError **error)
{
  g_autoptr (VantageSurvey) survey = vantage_survey_new (self->cli->library, review, NULL, error);
  g_autoptr (GHashTable) teams = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *people = survey != NULL ? vantage_survey_get_people (survey) : NULL;

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);
      VantagePart part = vantage_survey_get_part (survey, person->id);
      Investigator *who = is_person (person) ? find_investigator (self, person) : NULL;

      if (who == NULL)
        continue;
      if (part != VANTAGE_PART_ABSENT)
        who->part = part == VANTAGE_PART_PARTICIPANT ? "took-part" : "watched";
      if (part == VANTAGE_PART_PARTICIPANT && person->team != NULL)
        g_hash_table_add (teams, person->team);
    }
  for (guint i = 0; survey != NULL && i < self->all->len; i++)
    {
      Investigator *who = g_ptr_array_index (self->all, i);

      who->team_involved = who->team != NULL && g_hash_table_contains (teams, who->team);
    }
  return survey != NULL;
}

static guint
count_against (const Investigator *who)
{
  return (who->part != NULL) + (who->team_involved ? 1 : 0) + (who->chosen_against ? 1 : 0);
}

/* Nothing against them first, then who has waited longest, then by name. */
static int
compare_investigators (gconstpointer a, gconstpointer b)
{
  const Investigator *x = *(Investigator *const *) a, *y = *(Investigator *const *) b;
  guint against_x = count_against (x), against_y = count_against (y);

  if (against_x != against_y)
    return against_x < against_y ? -1 : 1;
  if (x->last_us != y->last_us)
    return x->last_us < y->last_us ? -1 : 1;
  return g_utf8_collate (x->name, y->name);
}

static void
add_why_not (JsonBuilder *builder, GString *words, const char *code)
{
  const char *text = vantage_words_choice ("why-not", code);

  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "code", code);
  vantage_cli_add_text (builder, "text", text);
  json_builder_end_object (builder);
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", text);
}

static void
add_candidate (JsonBuilder *builder, VantageTable *table, VantageZone *zone,
               const Investigator *who)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *last = who->last_us != VANTAGE_TIME_NONE
                              ? vantage_zone_format (zone, who->last_us, VANTAGE_SHOW_DAY)
                              : g_strdup (_ ("never"));

  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "person", who->id);
  vantage_cli_add_time (builder, "last", who->last_us);
  json_builder_set_member_name (builder, "why_not");
  json_builder_begin_array (builder);
  if (who->part != NULL)
    add_why_not (builder, words, who->part);
  if (who->team_involved)
    add_why_not (builder, words, "team-involved");
  if (who->chosen_against)
    add_why_not (builder, words, "not-chosen");
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  vantage_table_add (table, who->name, who->team, last, words->str);
}

static VantageExit
print_rotation (VantageCli *cli, GPtrArray *all)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (4);
  g_autoptr (VantageZone) zone = vantage_zone_new_local ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    add_candidate (builder, table, zone, g_ptr_array_index (all, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_rotation (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *words = NULL;
  g_autofree char *review = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_investigator);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Rotation self = { cli, all, by_key };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "review", 0, 0, G_OPTION_ARG_STRING, &words, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 0, 0))
    return VANTAGE_EXIT_USAGE;
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;
  if (words != NULL && (review = vantage_cli_find_review (cli, words)) == NULL)
    return VANTAGE_EXIT_FAILED;
  if (!add_colleagues (&self, &error) || !add_reviews (&self, review, &error) ||
      (review != NULL && !mark_review (&self, review, &error)))
    return vantage_cli_fail (error);
  g_ptr_array_sort (all, compare_investigators);
  return print_rotation (cli, all);
}

const VantageCommand vantage_commands_choose[] = {
  { "intake", "REVIEW [--answer KEY=yes|no|unknown]…", N_ ("how deep it is worth going, and why"),
    run_intake },
  { "rotation", "[--review REVIEW]", N_ ("who could investigate, and what speaks against it"),
    run_rotation },
  { "patterns", "", N_ ("what came up in more than one review"), vantage_cli_run_patterns },
  { NULL, NULL, NULL, NULL },
};
