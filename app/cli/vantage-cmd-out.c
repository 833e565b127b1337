/* vantage-cmd-out.c: what leaves the library: report and export. */

#include "config.h"

#include "vantage-cli.h"
#include "vantage-desk-picture.h"
#include "vantage-desk.h"
#include "vantage-words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define MAX_WIDTH 30000 /* of a picture, px */

/* --json and a terminal are told that a file was written; standard output stays as it is. */
static VantageExit
write_file (VantageCli *cli, const char *file, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (file, bytes, (gssize) length, &error))
    return vantage_cli_fail (error);
  if (cli->json)
    return vantage_cli_print_nothing (cli);
  if (!cli->quiet)
    g_printerr (_ ("Wrote %s\n"), file);
  return VANTAGE_EXIT_DONE;
}

/* To @file, or to standard output: with --json as {"text": …} unless it is a document itself. */
static VantageExit
write_out (VantageCli *cli, const char *text, const char *file, gboolean is_json)
{
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
  return write_file (cli, file, text, strlen (text));
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

/* ---- pictures ---- */

typedef struct
{
  char *format, *names, *file, *since, *until, *lane;
  int width;
  gboolean print, linear;
} PictureArguments;

static void
clear_picture_arguments (PictureArguments *self)
{
  g_free (self->format);
  g_free (self->names);
  g_free (self->file);
  g_free (self->since);
  g_free (self->until);
  g_free (self->lane);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PictureArguments, clear_picture_arguments)

/* A person, or one of the lanes that are nobody's. (transfer full) */
static gboolean
find_lane (VantageCli *cli, const char *review, const char *words, char **out)
{
  g_autoptr (VantagePerson) person = NULL;

  if (words == NULL || strcmp (words, VANTAGE_PICTURE_SYSTEMS) == 0 ||
      strcmp (words, VANTAGE_PICTURE_NOBODY) == 0)
    {
      *out = g_strdup (words);
      return TRUE;
    }
  person = vantage_cli_find_person (cli, review, words);
  *out = person != NULL ? g_strdup (person->id) : NULL;
  return person != NULL;
}

static VantageReportNames
choose_names (const char *names)
{
  return g_strcmp0 (names, "role") == 0        ? VANTAGE_NAMES_ROLE
         : g_strcmp0 (names, "pseudonym") == 0 ? VANTAGE_NAMES_PSEUDONYM
                                               : VANTAGE_NAMES_NAME;
}

/* Bytes go to standard output as they are: it is a file that somebody redirected, or refused. */
static VantageExit
put_picture (VantageCli *cli, GBytes *bytes, const PictureArguments *arguments)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (arguments->file != NULL && strcmp (arguments->file, "-") != 0)
    return write_file (cli, arguments->file, data, length);
  if (fwrite (data, 1, length, stdout) != length || fflush (stdout) != 0)
    {
      g_printerr (_ ("The picture could not be written to standard output: %s.\n"),
                  g_strerror (errno));
      return VANTAGE_EXIT_FAILED;
    }
  return VANTAGE_EXIT_DONE;
}

static VantageExit
make_picture (VantageCli *cli, const char *review, const PictureArguments *arguments)
{
  VantagePictureOptions options = { .since_us = VANTAGE_TIME_NONE,
                                    .until_us = VANTAGE_TIME_NONE,
                                    .width_px = arguments->width,
                                    .print = arguments->print,
                                    .is_linear = arguments->linear };
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);
  const VantageReportOptions report = { .audience = VANTAGE_REPORT_TEAM,
                                        .names = choose_names (arguments->names),
                                        .zone = zone,
                                        .now_us = vantage_library_now_us (cli->library) };
  g_autofree char *lane = NULL;
  g_autoptr (VantageDeskPicture) picture = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if ((arguments->since != NULL &&
       !vantage_cli_parse_time (cli, review, arguments->since, &options.since_us)) ||
      (arguments->until != NULL &&
       !vantage_cli_parse_time (cli, review, arguments->until, &options.until_us)) ||
      !find_lane (cli, review, arguments->lane, &lane))
    return VANTAGE_EXIT_FAILED;
  options.lane = lane;
  picture = vantage_desk_picture_new (cli->library, review, &report, &options, find_word, &error);
  if (picture != NULL)
    bytes = vantage_desk_picture_write (picture, arguments->format, arguments->width > 0 ? 1 : 2,
                                        &error);
  if (bytes == NULL)
    return vantage_cli_fail (error);
  return put_picture (cli, bytes, arguments);
}

static VantageExit
run_picture (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_auto (PictureArguments) arguments = { 0 };
  g_autofree char *review = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &arguments.format, NULL, NULL },
    { "since", 0, 0, G_OPTION_ARG_STRING, &arguments.since, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &arguments.until, NULL, NULL },
    { "lane", 0, 0, G_OPTION_ARG_STRING, &arguments.lane, NULL, NULL },
    { "names", 0, 0, G_OPTION_ARG_STRING, &arguments.names, NULL, NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &arguments.width, NULL, NULL },
    { "print", 0, 0, G_OPTION_ARG_NONE, &arguments.print, NULL, NULL },
    { "linear", 0, 0, G_OPTION_ARG_NONE, &arguments.linear, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &arguments.file, NULL, NULL },
    { NULL },
  };
  static const char *const formats[] = { "svg", "png", "pdf", NULL };
  static const char *const names[] = { "name", "role", "pseudonym", NULL };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (arguments.format == NULL || !g_strv_contains (formats, arguments.format))
    return vantage_cli_usage (command, _ ("--format takes svg, png or pdf."));
  if (arguments.names != NULL && !g_strv_contains (names, arguments.names))
    return vantage_cli_usage (command, _ ("--names takes name, role or pseudonym."));
  if (arguments.width < 0 || arguments.width > MAX_WIDTH)
    return vantage_cli_usage (command, _ ("--width takes a number of pixels up to %d."), MAX_WIDTH);
  review = vantage_cli_find_review (cli, argv[1]);
  return review != NULL ? make_picture (cli, review, &arguments) : VANTAGE_EXIT_FAILED;
}

/* ---- data ---- */

static char *
make_canvas (VantageCli *cli, const char *review)
{
  const VantagePictureOptions options = { .since_us = VANTAGE_TIME_NONE,
                                          .until_us = VANTAGE_TIME_NONE };
  g_autoptr (VantageZone) zone = vantage_cli_get_zone (cli, review);
  const VantageReportOptions report = { .zone = zone,
                                        .now_us = vantage_library_now_us (cli->library) };
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageDeskPicture) picture =
      vantage_desk_picture_new (cli->library, review, &report, &options, find_word, &error);

  if (picture != NULL)
    return vantage_timeline_picture_to_json_canvas (vantage_desk_picture_get (picture));
  vantage_cli_fail (error);
  return NULL;
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

  if (strcmp (format, "canvas") == 0)
    return make_canvas (cli, review);
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
  static const char *const formats[] = { "json", "csv", "ics", "canvas", NULL };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (format == NULL || !g_strv_contains (formats, format))
    return vantage_cli_usage (command, _ ("--format takes json, csv, ics or canvas."));
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL)
    return VANTAGE_EXIT_FAILED;
  text = make_export (cli, review, format);
  if (text == NULL)
    return VANTAGE_EXIT_FAILED;
  return write_out (cli, text, file,
                    strcmp (format, "json") == 0 || strcmp (format, "canvas") == 0);
}

const VantageCommand vantage_commands_out[] = {
  { "report", "REVIEW [--format md|html] [--for team|everyone] [--pseudonyms] [-o FILE]",
    N_ ("the review as something to read"), run_report },
  { "picture",
    "REVIEW --format svg|png|pdf [--since TIME] [--until TIME] [--lane PERSON|systems|nobody] "
    "[--names name|role|pseudonym] [--width PX] [--print] [--linear] [-o FILE]",
    N_ ("the timeline as a picture"), run_picture },
  { "export", "REVIEW --format json|csv|ics|canvas [-o FILE]", N_ ("the review as data"),
    run_export },
  { NULL, NULL, NULL, NULL },
};
