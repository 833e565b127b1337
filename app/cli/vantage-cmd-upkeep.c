/* vantage-cmd-upkeep.c: backup, restore, verify, profile, due. */

#include "config.h"

#include "vantage-cli-vault.h"
#include "vantage-upkeep.h"
#include "vantage-words.h"

#include <string.h>

static VantageExit
run_backup (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;
  path = vantage_library_backup (cli->library, argv[1], NULL, &error);
  if (path == NULL)
    return vantage_cli_fail (error);
  if (!cli->json)
    {
      g_print ("%s\n", path);
      return VANTAGE_EXIT_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "path", path);
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}

static VantageExit
run_restore (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (!vantage_library_restore (cli->folder, argv[1], &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_nothing (cli);
}

/* Private notes are looked at too where there are any; a review alone has none of its own. */
static gboolean
verify_notes (VantageCli *cli, GPtrArray *problems)
{
  g_autofree char *file =
      g_build_filename (vantage_library_get_folder (cli->library), "private.db", NULL);
  g_autoptr (VantageVault) vault = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return TRUE;
  vault = vantage_cli_open_vault (cli);
  if (vault == NULL)
    return FALSE;
  found = vantage_vault_verify (vault, &error);
  if (found == NULL)
    {
      vantage_cli_fail (error);
      return FALSE;
    }
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (problems, g_strdup (g_ptr_array_index (found, i)));
  return TRUE;
}

static VantageExit
run_verify (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  VantageVerifyResult *result;
  gboolean read;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 0, 1))
    return VANTAGE_EXIT_USAGE;
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;
  if (argc > 1 && (review = vantage_cli_find_review (cli, argv[1])) == NULL)
    return VANTAGE_EXIT_FAILED;
  result = vantage_library_verify (cli->library, review, NULL, &error);
  if (result == NULL)
    return vantage_cli_fail (error);

  read = review != NULL || verify_notes (cli, result->problems);
  ok = result->problems->len == 0 && result->ok;
  json_builder_begin_object (builder);
  vantage_cli_add_bool (builder, "ok", ok);
  vantage_cli_add_int (builder, "items", (gint64) result->n_items);
  vantage_cli_add_int (builder, "changes", (gint64) result->n_changes);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < result->problems->len; i++)
    {
      json_builder_add_string_value (builder, g_ptr_array_index (result->problems, i));
      if (!cli->json)
        g_print ("%s\n", (char *) g_ptr_array_index (result->problems, i));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  else if (!cli->quiet)
    g_print (_ ("%d items, %d changes: %s\n"), (int) result->n_items, (int) result->n_changes,
             ok ? _ ("everything is whole") : _ ("see above"));
  vantage_verify_result_free (result);
  if (!read)
    return VANTAGE_EXIT_FAILED;
  return ok ? VANTAGE_EXIT_DONE : VANTAGE_EXIT_FOUND;
}

static const char *const profile_keys[] = { "name", "email", "handles", NULL };

static VantageExit
run_profile (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (2);
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 0, -1))
    return VANTAGE_EXIT_USAGE;
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;
  for (char **a = argv + 1; *a != NULL; a++)
    {
      const char *equals = strchr (*a, '=');
      g_autofree char *key = equals != NULL ? g_strndup (*a, (gsize) (equals - *a)) : NULL;

      if (key == NULL || !g_strv_contains (profile_keys, key))
        return vantage_cli_usage (command, _ ("“%s” is none of name=, email= and handles=."), *a);
      if (!vantage_library_set_profile (cli->library, key, equals + 1, &error))
        return vantage_cli_fail (error);
    }

  json_builder_begin_object (builder);
  for (const char *const *key = profile_keys; *key != NULL; key++)
    {
      g_autofree char *value = vantage_library_dup_profile (cli->library, *key);

      vantage_cli_add_text (builder, *key, value);
      if (!cli->json && value != NULL && *value != '\0')
        vantage_table_add (table, *key, value);
    }
  json_builder_end_object (builder);
  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

/* ---- due ---- */

typedef struct
{
  char *review, *title, *what;
  gint64 date_us;
} Due;

static void
free_due (gpointer data)
{
  Due *due = data;

  g_free (due->review);
  g_free (due->title);
  g_free (due->what);
  g_free (due);
}

static void
take_due (GPtrArray *all, const char *review, const char *title, const char *what, gint64 date_us,
          gint64 until_us)
{
  Due *due;

  if (date_us == VANTAGE_TIME_NONE || (until_us != VANTAGE_TIME_NONE && date_us > until_us))
    return;
  due = g_new0 (Due, 1);
  due->review = g_strdup (review);
  due->title = g_strdup (title);
  due->what = g_strdup (what);
  due->date_us = date_us;
  g_ptr_array_add (all, due);
}

static gboolean
list_due (VantageCli *cli, VantageEntity *review, gint64 until_us, GPtrArray *all, GError **error)
{
  const char *id = vantage_entity_get_id (review);
  const char *title = vantage_entity_get_title (review);
  g_autoptr (GPtrArray) registers = vantage_entity_list_registers (review);
  g_autoptr (GPtrArray) experiments = NULL;

  for (guint i = 0; i < registers->len; i++)
    {
      const char *name = g_ptr_array_index (registers, i);
      gint64 date_us;

      if (g_str_has_prefix (name, "due/") &&
          vantage_value_get_time (vantage_entity_get_value (review, name), &date_us))
        take_due (all, id, title, name + strlen ("due/"), date_us, until_us);
    }
  experiments = vantage_library_list (cli->library, id, "experiment", error);
  for (guint i = 0; experiments != NULL && i < experiments->len; i++)
    {
      VantageEntity *experiment = g_ptr_array_index (experiments, i);
      const char *outcome = vantage_entity_get_text (experiment, "outcome");

      if (outcome == NULL || strcmp (outcome, "open") == 0)
        take_due (all, id, title, vantage_entity_get_title (experiment),
                  vantage_entity_get_time (experiment, "revisit"), until_us);
    }
  return experiments != NULL;
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const Due *x = *(Due *const *) a, *y = *(Due *const *) b;

  return x->date_us != y->date_us ? (x->date_us < y->date_us ? -1 : 1) : strcmp (x->what, y->what);
}

static VantageExit
print_due (VantageCli *cli, GPtrArray *all)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (3);
  g_autoptr (VantageZone) zone = vantage_zone_new_local ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "due");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const Due *due = g_ptr_array_index (all, i);
      g_autofree char *day = vantage_zone_format (zone, due->date_us, VANTAGE_SHOW_DAY);

      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "review", due->review);
      vantage_cli_add_text (builder, "title", due->title);
      vantage_cli_add_text (builder, "what", due->what);
      vantage_cli_add_time (builder, "date", due->date_us);
      json_builder_end_object (builder);
      vantage_table_add (table, day, due->title, due->what);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

static VantageExit
run_due (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *until = NULL;
  gint64 until_us = VANTAGE_TIME_NONE;
  g_autoptr (GListModel) reviews = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_due);
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 0, 0))
    return VANTAGE_EXIT_USAGE;
  if (until != NULL && !vantage_time_parse (until, -1, &until_us, NULL, NULL))
    return vantage_cli_usage (command, _ ("“%s” is not a date."), until);
  if (vantage_cli_open (cli) == NULL)
    return VANTAGE_EXIT_FAILED;

  reviews = vantage_library_get_reviews (cli->library);
  for (guint i = 0; i < g_list_model_get_n_items (reviews); i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (reviews, i);

      if (!list_due (cli, review, until_us, all, &error))
        return vantage_cli_fail (error);
    }
  g_ptr_array_sort (all, compare_due);
  return print_due (cli, all);
}

const VantageCommand vantage_commands_upkeep[] = {
  { "due", "[--until DATE]", N_ ("what is due, over all reviews"), run_due },
  { "backup", "DIR", N_ ("a checked copy of the whole library"), run_backup },
  { "restore", "DIR", N_ ("put a backup in the library's place"), run_restore },
  { "verify", "[REVIEW]", N_ ("look whether everything is whole"), run_verify },
  { "profile", "[name=TEXT] [email=TEXT] [handles=TEXT]", N_ ("who you are"), run_profile },
  { NULL, NULL, NULL, NULL },
};
