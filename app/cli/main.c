/* main.c: vantagectl: global options, then one command. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-words.h"

#include <locale.h>
#include <string.h>
#include <unistd.h>

const VantageCommand *const vantage_commands[] = {
  vantage_commands_review,   vantage_commands_evidence,  vantage_commands_people,
  vantage_commands_stats,    vantage_commands_timeline,  vantage_commands_entity,
  vantage_commands_learning, vantage_commands_interview, vantage_commands_out,
  vantage_commands_choose,   vantage_commands_passage,   vantage_commands_upkeep,
  vantage_commands_sync,     vantage_commands_bench,     NULL,
};

static void
print_commands (void)
{
  g_autoptr (VantageTable) table = vantage_table_new (2);

  g_print (
      _ ("vantagectl [--library DIR] [--json] [--quiet] COMMAND [ARGUMENTS]\n\n"
         "Reviews of incidents without a display. `vantagectl COMMAND --help` says more.\n\n"));
  for (gsize list = 0; vantage_commands[list] != NULL; list++)
    for (const VantageCommand *command = vantage_commands[list]; command->name != NULL; command++)
      {
        g_autofree char *name = g_strconcat ("  ", command->name, NULL);

        vantage_table_add (table, name, _ (command->summary));
      }
  vantage_table_print (table);
}

/* @out_words: how many of @argv name it. */
static const VantageCommand *
find_command (int argc, char **argv, int *out_words)
{
  for (gsize list = 0; vantage_commands[list] != NULL; list++)
    for (const VantageCommand *command = vantage_commands[list]; command->name != NULL; command++)
      {
        g_auto (GStrv) words = g_strsplit (command->name, " ", 2);
        int n = (int) g_strv_length (words);

        if (argc < n || strcmp (argv[0], words[0]) != 0 ||
            (n == 2 && strcmp (argv[1], words[1]) != 0))
          continue;
        *out_words = n;
        return command;
      }
  return NULL;
}

/* Takes the global options out, wherever they stand before a lone "--". FALSE: a value is missing.
 */
static gboolean
take_global_options (VantageCli *cli, int *argc, char **argv, gboolean *out_version)
{
  int kept = 0;
  gboolean rest = FALSE;

  for (int i = 0; i < *argc; i++)
    {
      const char *word = argv[i];

      rest = rest || strcmp (word, "--") == 0;
      if (!rest && strcmp (word, "--json") == 0)
        cli->json = TRUE;
      else if (!rest && strcmp (word, "--quiet") == 0)
        cli->quiet = TRUE;
      else if (!rest && strcmp (word, "--progress") == 0)
        cli->progress = TRUE;
      else if (!rest && strcmp (word, "--version") == 0)
        *out_version = TRUE;
      else if (!rest && g_str_has_prefix (word, "--library="))
        cli->folder = g_strdup (word + strlen ("--library="));
      else if (!rest && strcmp (word, "--library") == 0)
        {
          if (i + 1 >= *argc)
            return FALSE;
          cli->folder = g_strdup (argv[++i]);
        }
      else
        argv[kept++] = argv[i];
    }
  argv[kept] = NULL;
  *argc = kept;
  return TRUE;
}

static char *
find_folder (void)
{
  const char *named = g_getenv ("VANTAGE_LIBRARY");

  return named != NULL && *named != '\0'
             ? g_strdup (named)
             : g_build_filename (g_get_user_data_dir (), "vantage", "library", NULL);
}

/* A near word helps more than a refusal alone. */
static VantageExit
refuse_command (int argc, char **argv)
{
  g_autoptr (GString) near = g_string_new (NULL);

  for (gsize list = 0; vantage_commands[list] != NULL; list++)
    for (const VantageCommand *command = vantage_commands[list]; command->name != NULL; command++)
      if (g_str_has_prefix (command->name, argv[0]))
        g_string_append_printf (near, "%s“%s”", near->len > 0 ? ", " : "", command->name);

  if (near->len > 0)
    return vantage_cli_usage (NULL, _ ("“%s” is no whole command. There is %s."), argv[0],
                              near->str);
  return vantage_cli_usage (NULL, _ ("There is no command “%s”. `vantagectl --help` lists them."),
                            argv[0]);
}

static VantageExit
run (VantageCli *cli, int argc, char **argv)
{
  const VantageCommand *command;
  int n_words = 0;

  if (argc == 0)
    return vantage_cli_usage (NULL, _ ("A command is missing. `vantagectl --help` lists them."));
  if (strcmp (argv[0], "--help") == 0 || strcmp (argv[0], "help") == 0)
    {
      print_commands ();
      return VANTAGE_EXIT_DONE;
    }
  command = find_command (argc, argv, &n_words);
  if (command == NULL)
    return refuse_command (argc, argv);
  return command->run (cli, command, argc - n_words + 1, argv + n_words - 1);
}

/* Text from a shell may be in any encoding; what is not UTF-8 means nothing to the library. */
static gboolean
arguments_are_text (int argc, char **argv)
{
  for (int i = 0; i < argc; i++)
    if (!g_utf8_validate (argv[i], -1, NULL))
      return FALSE;
  return TRUE;
}

int
main (int argc, char **argv)
{
  VantageCli cli = { .progress = isatty (STDERR_FILENO) };
  gboolean version = FALSE;
  VantageExit status;

  setlocale (LC_ALL, "");
  vantage_words_init (VANTAGE_LOCALEDIR);
  argc--;
  argv++;

  if (!arguments_are_text (argc, argv))
    return vantage_cli_usage (NULL, _ ("An argument is not UTF-8 text."));
  if (!take_global_options (&cli, &argc, argv, &version))
    return vantage_cli_usage (NULL, _ ("--library needs the name of a folder."));
  if (version)
    {
      g_print ("vantagectl %s\n", VANTAGE_VERSION);
      return VANTAGE_EXIT_DONE;
    }
  if (cli.folder == NULL)
    cli.folder = find_folder ();

  status = run (&cli, argc, argv);
  if (cli.library != NULL)
    vantage_library_close (cli.library);
  g_clear_object (&cli.library);
  g_free (cli.folder);
  return status;
}
