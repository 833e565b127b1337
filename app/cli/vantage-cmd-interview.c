/* vantage-cmd-interview.c: interviews: the shared part from the library, the private part from the
 * vault. */

#include "config.h"

#include "vantage-anchor-move.h"
#include "vantage-cli-vault.h"
#include "vantage-guide.h"
#include "vantage-words.h"

#include <string.h>

VantageVault *
vantage_cli_open_vault (VantageCli *cli)
{
  const VantageVaultOptions options = { .move_anchor = vantage_anchor_move };
  const char *passphrase = g_getenv ("VANTAGE_PASSPHRASE");
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageVault) vault =
      vantage_vault_open (vantage_library_get_folder (cli->library), &options, &error);

  if (vault == NULL || (passphrase != NULL && vantage_vault_is_locked (vault) &&
                        !vantage_vault_unlock (vault, passphrase, &error)))
    {
      vantage_cli_fail (error);
      return NULL;
    }
  return g_steal_pointer (&vault);
}

VantageEntity *
vantage_cli_find_interview (VantageCli *cli, char **argv, char **out_review)
{
  *out_review = vantage_cli_find_review (cli, argv[1]);
  return *out_review != NULL ? vantage_cli_find_entity (cli, *out_review, "interview", argv[2])
                             : NULL;
}

static VantageExit
run_new (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *planned = NULL;
  g_autofree char *review = NULL;
  g_autofree char *id = NULL;
  g_autoptr (VantagePerson) person = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  gint64 planned_us = VANTAGE_TIME_NONE;
  const GOptionEntry entries[] = {
    { "planned", 0, 0, G_OPTION_ARG_STRING, &planned, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 2, 2))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  person = review != NULL ? vantage_cli_find_person (cli, review, argv[2]) : NULL;
  if (person == NULL ||
      (planned != NULL && !vantage_cli_parse_time (cli, review, planned, &planned_us)))
    return VANTAGE_EXIT_FAILED;

  edit = vantage_library_begin (cli->library, review, _ ("Plan Interview"));
  id = g_strdup (vantage_edit_create (edit, "interview"));
  vantage_edit_set_ref (edit, "interview", id, "person", person->id);
  vantage_edit_set_text (edit, "interview", id, "state", planned != NULL ? "planned" : "proposed");
  if (planned != NULL)
    vantage_edit_set_time (edit, "interview", id, "planned", planned_us);
  return vantage_cli_commit (cli, edit, id);
}

static VantageExit
run_list (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  return review != NULL ? vantage_cli_print_list (cli, review, "interview") : VANTAGE_EXIT_FAILED;
}

static void
add_line (JsonBuilder *builder, VantageLine *line)
{
  VantageLineMarks marks = vantage_line_get_marks (line);

  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", vantage_line_get_id (line));
  vantage_cli_add_time (builder, "begun", vantage_line_get_begun_us (line));
  vantage_cli_add_text (builder, "sort", vantage_line_sort_to_text (vantage_line_get_sort (line)));
  vantage_cli_add_text (builder, "phase", vantage_line_get_phase (line));
  vantage_cli_add_text (builder, "text", vantage_line_get_text (line));
  json_builder_set_member_name (builder, "marks");
  json_builder_begin_array (builder);
  for (guint bit = 0; bit < VANTAGE_N_LINE_MARKS; bit++)
    if (marks & (1u << bit))
      json_builder_add_string_value (builder, vantage_line_mark_to_text (1u << bit));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static VantageExit
print_lines (VantageCli *cli, VantageEntity *interview, GListModel *lines)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageZone) zone = vantage_zone_new_local ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "interview");
  json_builder_add_value (builder, vantage_cli_entity_to_json (cli, interview));
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (VantageLine) line = g_list_model_get_item (lines, i);
      g_autofree char *when =
          vantage_zone_format (zone, vantage_line_get_begun_us (line), VANTAGE_SHOW_MINUTE);

      add_line (builder, line);
      if (!cli->json)
        g_print ("%s  %s\n", when, vantage_line_get_text (line));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return cli->json ? vantage_cli_print_builder (cli, g_steal_pointer (&builder))
                   : VANTAGE_EXIT_DONE;
}

static VantageExit
run_show (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) interview = NULL;
  g_autoptr (VantageVault) vault = NULL;
  g_autoptr (GListModel) lines = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  interview = vantage_cli_find_interview (cli, argv, &review);
  vault = interview != NULL ? vantage_cli_open_vault (cli) : NULL;
  if (vault == NULL)
    return VANTAGE_EXIT_FAILED;
  lines = vantage_vault_get_lines (vault, vantage_entity_get_id (interview), &error);
  return lines != NULL ? print_lines (cli, interview, lines) : vantage_cli_fail (error);
}

static gboolean
read_marks (const VantageCommand *command, char **words, VantageLineMarks *out)
{
  *out = VANTAGE_MARK_NONE;
  for (char **word = words; word != NULL && *word != NULL; word++)
    {
      VantageLineMarks one;

      if (!vantage_line_mark_from_text (*word, &one))
        {
          vantage_cli_usage (command, _ ("“%s” is no mark."), *word);
          return FALSE;
        }
      *out |= one;
    }
  return TRUE;
}

static VantageExit
run_note (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_auto (GStrv) marks = NULL;
  g_autofree char *sort = NULL;
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) interview = NULL;
  g_autoptr (VantageVault) vault = NULL;
  g_autoptr (VantageLine) line = NULL;
  VantageLineFields fields = VANTAGE_LINE_FIELDS_INIT;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "mark", 0, 0, G_OPTION_ARG_STRING_ARRAY, &marks, NULL, NULL },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &sort, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 3, 3))
    return VANTAGE_EXIT_USAGE;
  if (!read_marks (command, marks, &fields.marks))
    return VANTAGE_EXIT_USAGE;
  if (sort != NULL && !vantage_line_sort_from_text (sort, &fields.sort))
    return vantage_cli_usage (command, _ ("A line is a question, an answer or an observation."));
  interview = vantage_cli_find_interview (cli, argv, &review);
  vault = interview != NULL ? vantage_cli_open_vault (cli) : NULL;
  if (vault == NULL)
    return VANTAGE_EXIT_FAILED;

  fields.text = argv[3];
  fields.begun_us = vantage_library_now_us (cli->library);
  line = vantage_vault_add_line (vault, vantage_entity_get_id (interview), NULL, &fields, NULL,
                                 _ ("Add Line"), &error);
  if (line == NULL)
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, vantage_line_get_id (line));
}

/* The guide of the preparation, else one made for it now (and not kept). (transfer full) */
static VantageGuide *
find_guide (VantageVault *vault, const char *interview, GError **error)
{
  g_autoptr (JsonNode) prep = vantage_vault_get_prep (vault, interview, error);

  if (prep == NULL && *error != NULL)
    return NULL;
  if (prep != NULL && json_object_has_member (json_node_get_object (prep), "guide"))
    return vantage_guide_from_json (json_object_get_member (json_node_get_object (prep), "guide"),
                                    error);
  return vantage_guide_build (vantage_question_bank_get_builtin (), 2, 60, NULL);
}

static VantageExit
run_guide (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) interview = NULL;
  g_autoptr (VantageVault) vault = NULL;
  g_autoptr (VantageGuide) guide = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  interview = vantage_cli_find_interview (cli, argv, &review);
  vault = interview != NULL ? vantage_cli_open_vault (cli) : NULL;
  if (vault == NULL)
    return VANTAGE_EXIT_FAILED;
  guide = find_guide (vault, vantage_entity_get_id (interview), &error);
  if (guide == NULL)
    return vantage_cli_fail (error);
  if (cli->json)
    return vantage_cli_print (cli, vantage_guide_to_json (guide));

  for (guint p = 0; p < guide->phases->len; p++)
    {
      const VantageGuidePhase *phase = g_ptr_array_index (guide->phases, p);

      g_print (_ ("%s (%d min)\n"), vantage_words_choice ("phase", phase->phase), phase->minutes);
      for (guint q = 0; q < phase->questions->len; q++)
        g_print ("  %s\n",
                 ((VantageGuideQuestion *) g_ptr_array_index (phase->questions, q))->text);
    }
  return VANTAGE_EXIT_DONE;
}

const VantageCommand vantage_commands_interview[] = {
  { "interview new", "REVIEW PERSON [--planned TIME]", N_ ("plan an interview with somebody"),
    run_new },
  { "interview list", "REVIEW", N_ ("all interviews"), run_list },
  { "interview show", "REVIEW INTERVIEW", N_ ("the private notes of an interview"), run_show },
  { "interview guide", "REVIEW INTERVIEW", N_ ("what to go through"), run_guide },
  { "interview note", "REVIEW INTERVIEW TEXT [--mark MARK]… [--sort question|answer|observation]",
    N_ ("write a private line down"), run_note },
  { NULL, NULL, NULL, NULL },
};
