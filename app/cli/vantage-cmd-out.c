/* vantage-cmd-out.c: what leaves the library: report and export. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-desk.h"
#include "vantage-words.h"

#include <string.h>

/* To @file, or to standard output: with --json as {"text": …} unless it is a document itself. */
static VantageExit
write_out (VantageCli *cli, const char *text, const char *file, gboolean is_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) builder = NULL;

  if (file == NULL || strcmp (file, "-") == 0)
    {
      if (!cli->json || is_json)
        {
          g_print ("%s%s", text, g_str_has_suffix (text, "\n") ? "" : "\n");
          return VANTAGE_EXIT_DONE;
        }
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      vantage_cli_add_text (builder, "text", text);
      json_builder_end_object (builder);
      return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
    }
  if (!g_file_set_contents (file, text, -1, &error))
    return vantage_cli_fail (error);
  if (cli->json)
    return vantage_cli_print_nothing (cli);
  if (!cli->quiet)
    g_printerr (_ ("Wrote %s\n"), file);
  return VANTAGE_EXIT_DONE;
}

/* The report speaks in the words that the windows use. */
static const char *
find_word (const char *vocabulary, const char *value, gpointer user_data)
{
  return vantage_words_choice (vocabulary, value);
}

static void
say_warnings (VantageReport *report)
{
  GPtrArray *warnings = vantage_report_get_warnings (report);

  for (guint i = 0; i < warnings->len; i++)
    g_printerr ("%s\n", ((VantageReportWarning *) g_ptr_array_index (warnings, i))->text);
}

/* The report entity written for this audience, when there is one. (transfer full) (nullable) */
static char *
find_report (VantageCli *cli, const char *review, const char *audience)
{
  g_autoptr (GPtrArray) reports = vantage_library_list (cli->library, review, "report", NULL);

  for (guint i = 0; reports != NULL && i < reports->len; i++)
    {
      VantageEntity *report = g_ptr_array_index (reports, i);

      if (g_strcmp0 (vantage_entity_get_text (report, "audience"), audience) == 0)
        return g_strdup (vantage_entity_get_id (report));
    }
  return NULL;
}

static char *
make_report (VantageCli *cli, const char *review, const char *format, const char *audience,
             gboolean pseudonyms)
{
  gboolean everyone = g_strcmp0 (audience, "everyone") == 0;
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);
  g_autofree char *entity = find_report (cli, review, everyone ? "everyone" : "team");
  g_autoptr (VantageReport) report = NULL;
  VantageReportInput input;
  const VantageReportOptions options = {
    .audience = everyone ? VANTAGE_REPORT_EVERYONE : VANTAGE_REPORT_TEAM,
    .names = pseudonyms ? VANTAGE_NAMES_PSEUDONYM
             : everyone ? VANTAGE_NAMES_ROLE
                        : VANTAGE_NAMES_NAME,
    .zone = zone,
    .now_us = vantage_library_now_us (cli->library),
    .report = entity,
  };
  char *text;

  vantage_desk_fill_report_input (&input, cli->library, review);
  input.find_word = find_word;
  report = vantage_report_new (&input, &options);
  say_warnings (report);
  text = strcmp (format, "html") == 0 ? vantage_report_to_html (report)
                                      : vantage_report_to_markdown (report);
  vantage_desk_clear_report_input (&input);
  return text;
}

static VantageExit
run_report (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *format = NULL;
  g_autofree char *audience = NULL;
  g_autofree char *file = NULL;
  g_autofree char *review = NULL;
  g_autofree char *text = NULL;
  gboolean pseudonyms = FALSE;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { "for", 0, 0, G_OPTION_ARG_STRING, &audience, NULL, NULL },
    { "pseudonyms", 0, 0, G_OPTION_ARG_NONE, &pseudonyms, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL },
    { NULL },
  };
  static const char *const formats[] = { "md", "html", NULL };
  static const char *const audiences[] = { "team", "everyone", NULL };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (format != NULL && !g_strv_contains (formats, format))
    return vantage_cli_usage (command, _ ("A report is written as md or html, not as “%s”."),
                              format);
  if (audience != NULL && !g_strv_contains (audiences, audience))
    return vantage_cli_usage (command, _ ("--for takes team or everyone."));
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  text = make_report (cli, review, format != NULL ? format : "md", audience, pseudonyms);
  return write_out (cli, text, file, FALSE);
}

static char *
make_export (VantageCli *cli, const char *review, const char *format)
{
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);
  const VantageReportOptions options = {
    .zone = zone,
    .now_us = vantage_library_now_us (cli->library),
  };
  VantageReportInput input;
  char *text;

  vantage_desk_fill_report_input (&input, cli->library, review);
  if (strcmp (format, "csv") == 0)
    text = vantage_export_events_csv (&input, &options);
  else if (strcmp (format, "ics") == 0)
    text = vantage_export_ics (&input, &options);
  else
    text = vantage_export_json (&input);
  vantage_desk_clear_report_input (&input);
  return text;
}

static VantageExit
run_export (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *format = NULL;
  g_autofree char *file = NULL;
  g_autofree char *review = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL },
    { NULL },
  };
  static const char *const formats[] = { "json", "csv", "ics", NULL };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (format == NULL || !g_strv_contains (formats, format))
    return vantage_cli_usage (command, _ ("--format takes json, csv or ics."));
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  text = make_export (cli, review, format);
  return write_out (cli, text, file, strcmp (format, "json") == 0);
}

const VantageCommand vantage_commands_out[] = {
  { "report", "REVIEW [--format md|html] [--for team|everyone] [--pseudonyms] [-o FILE]",
    N_ ("the review as something to read"), run_report },
  { "export", "REVIEW --format json|csv|ics [-o FILE]", N_ ("the review as data"), run_export },
  { NULL, NULL, NULL, NULL },
};
