/* vantage-cmd-learning.c: findings, wonders, experiments, readiness lines: one shape for all four;
 * and the language check. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-desk.h"
#include "vantage-language.h"
#include "vantage-words.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

/* The first word of the command is the kind; the field that --title fills goes with it. */
static const struct
{
  const char *kind;
  const char *title_field;
} shapes[] = {
  { "finding", "title" },
  { "wonder", "text" },
  { "experiment", "hypothesis" },
  { "readiness", "text" },
};

static const char *
find_kind (const VantageCommand *command, const char **out_field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_str_has_prefix (command->name, shapes[i].kind))
      {
        *out_field = shapes[i].title_field;
        return shapes[i].kind;
      }
  g_assert_not_reached ();
}

static VantageExit
run_add (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  const char *field;
  const char *kind = find_kind (command, &field);
  g_autofree char *title = NULL;
  g_autofree char *review = NULL;
  g_autofree char *id = NULL;
  g_autofree char *what = g_strdup_printf (_ ("Add %s"), vantage_words_kind (kind));
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, -1))
    return VANTAGE_EXIT_USAGE;
  if (title == NULL && argc < 3)
    return vantage_cli_usage (command, _ ("Give it a --title, or KEY=VALUE."));
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;

  edit = vantage_library_begin (cli->library, review, what);
  id = g_strdup (vantage_edit_create (edit, kind));
  if (title != NULL)
    vantage_edit_set_text (edit, kind, id, field, title);
  if (!vantage_cli_assign (cli, edit, review, kind, id, argv + 2, &error) ||
      !vantage_edit_commit (edit, &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, id);
}

static VantageExit
run_list (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  const char *field;
  const char *kind = find_kind (command, &field);
  g_autofree char *review = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  return review != NULL ? vantage_cli_print_list (cli, review, kind) : VANTAGE_EXIT_FAILED;
}

static VantageExit
run_set (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  const char *field;
  const char *kind = find_kind (command, &field);
  g_autofree char *review = NULL;
  g_autofree char *what = g_strdup_printf (_ ("Change %s"), vantage_words_kind (kind));
  g_autoptr (VantageEntity) entity = NULL;
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 3, -1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  entity = review != NULL ? vantage_cli_find_entity (cli, review, kind, argv[2]) : NULL;
  if (entity == NULL)
    return VANTAGE_EXIT_FAILED;
  edit = vantage_library_begin (cli->library, review, what);
  if (!vantage_cli_assign (cli, edit, review, kind, vantage_entity_get_id (entity), argv + 3,
                           &error) ||
      !vantage_edit_commit (edit, &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, vantage_entity_get_id (entity));
}

static VantageExit
run_delete (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  const char *field;
  const char *kind = find_kind (command, &field);
  g_autofree char *review = NULL;
  g_autofree char *what = g_strdup_printf (_ ("Delete %s"), vantage_words_kind (kind));
  g_autoptr (VantageEntity) entity = NULL;
  g_autoptr (VantageEdit) edit = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  entity = review != NULL ? vantage_cli_find_entity (cli, review, kind, argv[2]) : NULL;
  if (entity == NULL)
    return VANTAGE_EXIT_FAILED;
  edit = vantage_library_begin (cli->library, review, what);
  vantage_edit_delete (edit, kind, vantage_entity_get_id (entity));
  return vantage_cli_commit (cli, edit, vantage_entity_get_id (entity));
}

/* ---- language ---- */

static char *
read_all (const char *path, GError **error)
{
  g_autoptr (GInputStream) in = NULL;
  g_autoptr (GOutputStream) out = NULL;
  char *text = NULL;

  if (path != NULL && strcmp (path, "-") != 0)
    return g_file_get_contents (path, &text, NULL, error) ? text : NULL;
  in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  out = g_memory_output_stream_new_resizable ();
  if (g_output_stream_splice (out, in, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return NULL;
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
}

static void
add_hit (VantageCli *cli, JsonBuilder *builder, const char *text, const VantageLanguageHit *hit)
{
  g_autofree char *words = g_utf8_substring (text, hit->start, hit->end);

  json_builder_begin_object (builder);
  vantage_cli_add_int (builder, "start", hit->start);
  vantage_cli_add_int (builder, "end", hit->end);
  vantage_cli_add_text (builder, "text", words);
  vantage_cli_add_text (builder, "category", hit->pattern->category);
  vantage_cli_add_text (builder, "why", hit->pattern->reason);
  json_builder_set_member_name (builder, "suggestions");
  json_builder_begin_array (builder);
  for (const char *const *s = hit->pattern->rephrase; *s != NULL; s++)
    if (strcmp (*s, "-") != 0)
      json_builder_add_string_value (builder, *s);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (!cli->json)
    g_print ("“%s”: %s\n", words, hit->pattern->reason);
}

static VantageExit
run_check_language (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *path = vantage_desk_find_data ("content/language-patterns.json");
  g_autofree char *patterns = NULL;
  g_autofree char *text = NULL;
  g_autoptr (VantageLanguage) language = NULL;
  g_autoptr (GArray) hits = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 0, 1))
    return VANTAGE_EXIT_USAGE;
  text = read_all (argc > 1 ? argv[1] : NULL, &error);
  if (text == NULL || !g_file_get_contents (path, &patterns, NULL, &error))
    return vantage_cli_fail (error);
  if (!g_utf8_validate (text, -1, NULL))
    return vantage_cli_usage (NULL, _ ("The text is not UTF-8."));
  language = vantage_language_new (patterns, NULL, &error);
  if (language == NULL)
    return vantage_cli_fail (error);

  hits = vantage_language_check (language, text, VANTAGE_LANGUAGE_AUTHOR);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "hits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    add_hit (cli, builder, text, &g_array_index (hits, VantageLanguageHit, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  return hits->len > 0 ? VANTAGE_EXIT_FOUND : VANTAGE_EXIT_DONE;
}

#define ADD_USAGE "REVIEW --title TEXT|KEY=VALUE…"

const VantageCommand vantage_commands_learning[] = {
  { "finding add", ADD_USAGE, N_ ("write a finding down"), run_add },
  { "finding list", "REVIEW", N_ ("all findings"), run_list },
  { "finding set", "REVIEW ID KEY=VALUE…", N_ ("change a finding"), run_set },
  { "finding delete", "REVIEW ID", N_ ("put a finding into the bin"), run_delete },
  { "wonder add", ADD_USAGE, N_ ("ask an open question"), run_add },
  { "wonder list", "REVIEW", N_ ("all open questions"), run_list },
  { "wonder set", "REVIEW ID KEY=VALUE…", N_ ("change a question, or answer it"), run_set },
  { "wonder delete", "REVIEW ID", N_ ("put a question into the bin"), run_delete },
  { "experiment add", ADD_USAGE, N_ ("propose an experiment"), run_add },
  { "experiment list", "REVIEW", N_ ("all experiments"), run_list },
  { "experiment set", "REVIEW ID KEY=VALUE…", N_ ("change an experiment"), run_set },
  { "experiment delete", "REVIEW ID", N_ ("put an experiment into the bin"), run_delete },
  { "readiness add", ADD_USAGE, N_ ("add a readiness line"), run_add },
  { "readiness list", "REVIEW", N_ ("all readiness lines"), run_list },
  { "readiness set", "REVIEW ID KEY=VALUE…", N_ ("change a readiness line"), run_set },
  { "readiness delete", "REVIEW ID", N_ ("put a readiness line into the bin"), run_delete },
  { "check-language", "[FILE|-]", N_ ("find hindsight, blame and single causes in a text"),
    run_check_language },
  { NULL, NULL, NULL, NULL },
};
