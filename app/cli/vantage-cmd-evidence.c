/* vantage-cmd-evidence.c: formats, import, sources, items. */

#include "config.h"

#include "vantage-cli-item.h"
#include "vantage-cli.h"
#include "vantage-desk-roster.h"
#include "vantage-desk.h"
#include "vantage-words.h"

#include <string.h>

static void
add_format (JsonBuilder *builder, VantageTable *table, const VantageFormat *format)
{
  g_auto (GStrv) extensions = g_strsplit (format->extensions, " ", -1);

  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "name", format->name);
  vantage_cli_add_text (builder, "title", format->title);
  json_builder_set_member_name (builder, "extensions");
  json_builder_begin_array (builder);
  for (char **e = extensions; *e != NULL; e++)
    json_builder_add_string_value (builder, *e);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  vantage_table_add (table, format->name, format->title, format->extensions);
}

static VantageExit
run_formats (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (VantageTable) table = vantage_table_new (3);
  /* no evidence, but taken by the same command */
  const VantageFormat roster = { "roster", "List of people", "csv tsv txt" };

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 0, 0))
    return VANTAGE_EXIT_USAGE;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "formats");
  json_builder_begin_array (builder);
  for (const VantageFormat *format = vantage_formats (); format->name != NULL; format++)
    add_format (builder, table, format);
  add_format (builder, table, &roster);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (cli->json)
    return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  vantage_table_print (table);
  return VANTAGE_EXIT_DONE;
}

/* ---- import ---- */

typedef struct
{
  char *format;
  char **channels;
  char *since, *until;
  char *zone, *start;
  gboolean direct, dry_run, as_file;
  char **map;
} ImportFlags;

static void
clear_flags (ImportFlags *flags)
{
  g_free (flags->format);
  g_strfreev (flags->channels);
  g_free (flags->since);
  g_free (flags->until);
  g_free (flags->zone);
  g_free (flags->start);
  g_strfreev (flags->map);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImportFlags, clear_flags)

/* The choices as the importer takes them; @out_mapping holds what `mapping` lends. */
static gboolean
fill_options (VantageCli *cli, const char *review, const ImportFlags *flags,
              VantageImportOptions *out, char **out_mapping)
{
  *out = (VantageImportOptions) VANTAGE_IMPORT_OPTIONS_INIT;
  out->format = flags->format;
  out->channels = (const char *const *) flags->channels;
  out->zone = flags->zone;
  out->direct = flags->direct;
  out->as_file = flags->as_file;
  *out_mapping = flags->map != NULL ? g_strjoinv (",", flags->map) : NULL;
  out->mapping = *out_mapping;
  return (flags->since == NULL ||
          vantage_cli_parse_time (cli, review, flags->since, &out->since_us)) &&
         (flags->until == NULL ||
          vantage_cli_parse_time (cli, review, flags->until, &out->until_us)) &&
         (flags->start == NULL ||
          vantage_cli_parse_time (cli, review, flags->start, &out->zero_us));
}

static void
show_progress (guint64 done, guint64 total, guint64 n_items, gpointer user_data)
{
  VantageCli *cli = user_data;
  g_autofree char *count = vantage_words_count (n_items);

  if (cli->progress && !cli->quiet && total > 0)
    g_printerr (_ ("\r%3d %%, %s records "), (int) (MIN (done, total) * 100 / total), count);
}

static void
add_kinds (JsonBuilder *builder, const guint64 *kinds)
{
  json_builder_set_member_name (builder, "kinds");
  json_builder_begin_object (builder);
  for (guint k = 0; k < VANTAGE_N_ITEM_KINDS; k++)
    if (kinds[k] > 0)
      vantage_cli_add_int (builder, vantage_item_kind_to_text (k), (gint64) kinds[k]);
  json_builder_end_object (builder);
}

static void
add_import (JsonBuilder *builder, const char *path, const VantageSourceFacts *facts,
            const VantageImportResult *result)
{
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "id", result->source);
  vantage_cli_add_text (builder, "path", path);
  vantage_cli_add_text (builder, "format", facts->format);
  vantage_cli_add_text (builder, "sha256", facts->sha256);
  vantage_cli_add_int (builder, "items", (gint64) result->n_items);
  vantage_cli_add_int (builder, "new_items", (gint64) result->n_new);
  vantage_cli_add_int (builder, "people", (gint64) result->n_people);
  vantage_cli_add_int (builder, "channels", (gint64) result->n_channels);
  vantage_cli_add_int (builder, "threads", (gint64) result->n_threads);
  vantage_cli_add_time (builder, "first", result->first_us);
  vantage_cli_add_time (builder, "last", result->last_us);
  add_kinds (builder, result->kinds);
  vantage_cli_add_skipped (builder, result->diagnostics, result->n_skipped);
  vantage_cli_add_bool (builder, "complete", facts->complete);
  vantage_cli_add_notes (builder, result->diagnostics, facts->missing);
  json_builder_end_object (builder);
}

static void
say_diagnostics (const char *path, GPtrArray *diagnostics)
{
  for (guint i = 0; i < diagnostics->len; i++)
    {
      const VantageDiagnostic *d = g_ptr_array_index (diagnostics, i);
      const char *where = *d->path != '\0' ? d->path : path;
      g_autofree char *words = vantage_words_diagnostic (d->code, d->text);

      if (d->line > 0)
        g_printerr ("%s:%d: %s\n", where, (int) d->line, words);
      else
        g_printerr ("%s: %s\n", where, words);
    }
}

static void
say_import (VantageCli *cli, const char *path, const VantageImportResult *result)
{
  g_autofree char *items = vantage_words_count (result->n_items);
  g_autofree char *fresh = vantage_words_count (result->n_new);

  if (cli->quiet || cli->json)
    return;
  /* translators: file name; how many records were read; how many of them are new */
  g_print (_ ("%s: %s records, %s new\n"), path, items, fresh);
  say_diagnostics (path, result->diagnostics);
}

/* What a preview found, in the shape of a result; borrows from @preview. */
static void
preview_to_result (const VantagePreview *preview, VantageImportResult *out)
{
  *out = (VantageImportResult){
    .n_items = preview->n_items,
    .n_people = preview->n_people,
    .n_channels = preview->channels->len,
    .n_threads = preview->n_threads,
    .n_skipped = preview->n_skipped,
    .diagnostics = preview->diagnostics,
    .first_us = preview->first_us,
    .last_us = preview->last_us,
  };
  memcpy (out->kinds, preview->kinds, sizeof out->kinds);
}

/* What a person has to choose before it can be imported. */
static void
note_questions (VantagePreview *preview)
{
  const struct
  {
    gboolean asked;
    const char *code;
  } questions[] = {
    { preview->needs_zone, "needs-zone" },
    { preview->needs_start, "needs-start" },
    { preview->needs_mapping, "needs-mapping" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    if (questions[i].asked)
      g_ptr_array_add (
          preview->diagnostics,
          vantage_diagnostic_new (questions[i].code, questions[i].code, "", 0, -1, FALSE));
}

static gboolean
look_at (VantageCli *cli, JsonBuilder *builder, const char *path,
         const VantageImportOptions *options, guint64 *n_skipped, GError **error)
{
  g_autoptr (VantagePreview) preview =
      vantage_import_preview (path, options, show_progress, cli, NULL, error);
  VantageImportResult result;

  if (preview == NULL)
    return FALSE;
  note_questions (preview);
  preview_to_result (preview, &result);
  *n_skipped += result.n_skipped;
  add_import (builder, path, preview->facts, &result);
  say_import (cli, path, &result);
  return TRUE;
}

/* A list of people: no evidence, but persons of the review. */
static gboolean
import_roster (VantageCli *cli, JsonBuilder *builder, const char *review, const char *path,
               gboolean dry_run, guint64 *n_skipped, GError **error)
{
  g_autoptr (VantageRosterResult) roster = vantage_desk_import_roster (
      cli->library, review, path, _ ("Import List of People"), !dry_run, NULL, error);
  const VantageSourceFacts facts = { .format = (char *) "roster", .complete = TRUE };
  VantageImportResult result = { .first_us = VANTAGE_TIME_NONE, .last_us = VANTAGE_TIME_NONE };

  if (roster == NULL)
    return FALSE;
  result.n_people = roster->n_new + roster->n_changed + roster->n_same;
  result.diagnostics = roster->diagnostics;
  for (guint i = 0; i < roster->diagnostics->len; i++)
    result.n_skipped += ((VantageDiagnostic *) roster->diagnostics->pdata[i])->skipped;
  *n_skipped += result.n_skipped;
  add_import (builder, path, &facts, &result);
  if (cli->quiet || cli->json)
    return TRUE;
  /* translators: file name; how many people were new, how many better known, how many known */
  g_print (_ ("%s: %u people new, %u changed, %u as they were\n"), path, roster->n_new,
           roster->n_changed, roster->n_same);
  say_diagnostics (path, roster->diagnostics);
  return TRUE;
}

static gboolean
import_one (VantageCli *cli, JsonBuilder *builder, const char *review, const char *path,
            const VantageImportOptions *options, guint64 *n_skipped, GError **error)
{
  g_autoptr (VantageSourceFacts) facts = NULL;
  g_autoptr (VantageImportResult) result = vantage_desk_import (
      cli->library, review, path, options, _ ("Import"), show_progress, cli, NULL, &facts, error);

  if (cli->progress && !cli->quiet)
    g_printerr ("\r\033[K");
  if (result == NULL)
    return FALSE;
  if (options->mapping != NULL)
    vantage_desk_remember_mapping (cli->library, facts);
  *n_skipped += result->n_skipped;
  add_import (builder, path, facts, result);
  say_import (cli, path, result);
  return TRUE;
}

static gboolean
import_path (VantageCli *cli, JsonBuilder *builder, const char *review, const char *path,
             const VantageImportOptions *options, gboolean dry_run, guint64 *n_skipped,
             GError **error)
{
  if (g_strcmp0 (options->format, "roster") == 0)
    return import_roster (cli, builder, review, path, dry_run, n_skipped, error);
  return dry_run ? look_at (cli, builder, path, options, n_skipped, error)
                 : import_one (cli, builder, review, path, options, n_skipped, error);
}

/* A path that could not be read, among others that were: listed as what was left out. */
static void
add_refused (JsonBuilder *builder, const char *path, const char *why)
{
  const VantageSourceFacts facts = { 0 };
  g_autoptr (GPtrArray) diagnostics = g_ptr_array_new ();
  g_autoptr (VantageDiagnostic) refused = vantage_diagnostic_new ("refused", why, path, 0, 0, TRUE);
  const VantageImportResult nothing = {
    .n_skipped = 1,
    .diagnostics = diagnostics,
    .first_us = VANTAGE_TIME_NONE,
    .last_us = VANTAGE_TIME_NONE,
  };

  g_ptr_array_add (diagnostics, refused);
  add_import (builder, path, &facts, &nothing);
}

/* All of a path is kept or none of it; one that cannot be read does not keep the others out. */
static VantageExit
import_all (VantageCli *cli, const char *review, char **paths, const VantageImportOptions *options,
            gboolean dry_run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint64 n_skipped = 0;
  guint n_kept = 0;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  for (char **path = paths; *path != NULL; path++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *why = NULL;

      if (import_path (cli, builder, review, *path, options, dry_run, &n_skipped, &error))
        {
          n_kept++;
          continue;
        }
      why = vantage_words_error (error);
      g_printerr ("vantagectl: %s: %s\n", *path, why);
      add_refused (builder, *path, why);
      n_skipped++;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (n_kept == 0)
    return VANTAGE_EXIT_FAILED;
  if (cli->json)
    vantage_cli_print_builder (cli, g_steal_pointer (&builder));
  return n_skipped > 0 ? VANTAGE_EXIT_SKIPPED : VANTAGE_EXIT_DONE;
}

static VantageExit
run_import (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_auto (ImportFlags) flags = { 0 };
  g_autofree char *review = NULL;
  g_autofree char *mapping = NULL;
  g_autofree char *remembered = NULL;
  VantageImportOptions options;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &flags.format, NULL, NULL },
    { "channel", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.channels, NULL, NULL },
    { "since", 0, 0, G_OPTION_ARG_STRING, &flags.since, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &flags.until, NULL, NULL },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &flags.zone, NULL, NULL },
    { "start", 0, 0, G_OPTION_ARG_STRING, &flags.start, NULL, NULL },
    { "direct", 0, 0, G_OPTION_ARG_NONE, &flags.direct, NULL, NULL },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.map, NULL, NULL },
    { "as-file", 0, 0, G_OPTION_ARG_NONE, &flags.as_file, NULL, NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &flags.dry_run, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 2, -1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL || !fill_options (cli, review, &flags, &options, &mapping))
    return VANTAGE_EXIT_FAILED;
  remembered = vantage_desk_dup_mappings (cli->library);
  options.remembered = remembered;
  return import_all (cli, review, argv + 2, &options, flags.dry_run);
}

/* ---- sources ---- */

static VantageExit
run_sources (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 1, 1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  return review != NULL ? vantage_cli_print_sources (cli, review) : VANTAGE_EXIT_FAILED;
}

typedef struct
{
  char *zone;
  gint64 shift_us, zero_us;
} SourceTime;

/* "zone=Europe/Berlin", "shift=-3600", "zero=2024-03-01T00:00:00Z". */
static gboolean
read_source_time (VantageCli *cli, const VantageCommand *command, const char *review,
                  const char *word, SourceTime *out)
{
  char *end = NULL;
  double seconds;

  if (g_str_has_prefix (word, "zone="))
    {
      g_free (out->zone);
      out->zone = g_strdup (word + strlen ("zone="));
      return TRUE;
    }
  if (g_str_has_prefix (word, "zero="))
    return vantage_cli_parse_time (cli, review, word + strlen ("zero="), &out->zero_us);
  if (g_str_has_prefix (word, "shift="))
    {
      seconds = g_ascii_strtod (word + strlen ("shift="), &end);
      out->shift_us = (gint64) (CLAMP (seconds, -1e10, 1e10) * G_USEC_PER_SEC);
      if (end != word + strlen ("shift=") && *end == '\0')
        return TRUE;
    }
  vantage_cli_usage (command, _ ("“%s” is none of zone=ZONE, shift=SECONDS and zero=TIME."), word);
  return FALSE;
}

static VantageExit
run_source_set (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) source = NULL;
  SourceTime time = { .zero_us = VANTAGE_TIME_NONE, .shift_us = VANTAGE_TIME_NONE };
  g_autofree char *zone = NULL;
  g_autoptr (GError) error = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 3, -1))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  source = review != NULL ? vantage_cli_find_entity (cli, review, "source", argv[2]) : NULL;
  if (source == NULL)
    return VANTAGE_EXIT_FAILED;

  for (char **a = argv + 3; *a != NULL; a++)
    if (!read_source_time (cli, command, review, *a, &time))
      {
        g_free (time.zone);
        return VANTAGE_EXIT_USAGE;
      }
  zone = time.zone;
  if (!vantage_library_set_source_time (cli->library, review, vantage_entity_get_id (source), zone,
                                        time.zero_us, time.shift_us, _ ("Change Time of Source"),
                                        &error))
    return vantage_cli_fail (error);
  return vantage_cli_print_id (cli, vantage_entity_get_id (source));
}

static VantageExit
run_source_remove (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_autofree char *review = NULL;
  g_autoptr (VantageEntity) source = NULL;
  g_autoptr (VantageEdit) edit = NULL;

  if (!vantage_cli_parse (cli, command, &argc, &argv, NULL, 2, 2))
    return VANTAGE_EXIT_USAGE;
  review = vantage_cli_find_review (cli, argv[1]);
  source = review != NULL ? vantage_cli_find_entity (cli, review, "source", argv[2]) : NULL;
  if (source == NULL)
    return VANTAGE_EXIT_FAILED;
  edit = vantage_library_begin (cli->library, review, _ ("Remove Source"));
  vantage_edit_delete (edit, "source", vantage_entity_get_id (source));
  return vantage_cli_commit (cli, edit, vantage_entity_get_id (source));
}

/* ---- items ---- */

typedef struct
{
  char *query, *person, *channel, *kind, *source, *since, *until, *thread, *as;
  int limit, offset;
} ItemFlags;

static void
clear_item_flags (ItemFlags *flags)
{
  g_free (flags->query);
  g_free (flags->person);
  g_free (flags->channel);
  g_free (flags->kind);
  g_free (flags->source);
  g_free (flags->since);
  g_free (flags->until);
  g_free (flags->thread);
  g_free (flags->as);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ItemFlags, clear_item_flags)

/* @out_person keeps what the query lends. FALSE after printing. */
static gboolean
fill_query (VantageCli *cli, const char *review, const ItemFlags *flags, VantageItemQuery *out,
            VantagePerson **out_person)
{
  VantageItemKind kind;

  *out = (VantageItemQuery) VANTAGE_ITEM_QUERY_INIT;
  out->text = flags->query;
  out->channel = flags->channel;
  out->source = flags->source;
  out->thread = flags->thread;
  if (flags->kind != NULL)
    {
      if (!vantage_item_kind_from_text (flags->kind, &kind))
        {
          g_printerr (_ ("vantagectl: “%s” is no kind of item.\n"), flags->kind);
          return FALSE;
        }
      out->kind = (int) kind;
    }
  if (flags->person != NULL)
    {
      *out_person = vantage_cli_find_person (cli, review, flags->person);
      if (*out_person == NULL)
        return FALSE;
      out->person = (*out_person)->id;
    }
  return (flags->since == NULL ||
          vantage_cli_parse_time (cli, review, flags->since, &out->since_us)) &&
         (flags->until == NULL ||
          vantage_cli_parse_time (cli, review, flags->until, &out->until_us));
}

static VantageExit
run_items (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  g_auto (ItemFlags) flags = { .limit = -1 };
  g_autofree char *review = NULL;
  g_autoptr (VantagePerson) person = NULL;
  VantageItemQuery query;
  const GOptionEntry entries[] = {
    { "query", 0, 0, G_OPTION_ARG_STRING, &flags.query, NULL, NULL },
    { "person", 0, 0, G_OPTION_ARG_STRING, &flags.person, NULL, NULL },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &flags.channel, NULL, NULL },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &flags.kind, NULL, NULL },
    { "source", 0, 0, G_OPTION_ARG_STRING, &flags.source, NULL, NULL },
    { "since", 0, 0, G_OPTION_ARG_STRING, &flags.since, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &flags.until, NULL, NULL },
    { "thread", 0, 0, G_OPTION_ARG_STRING, &flags.thread, NULL, NULL },
    { "as", 0, 0, G_OPTION_ARG_STRING, &flags.as, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &flags.limit, NULL, NULL },
    { "offset", 0, 0, G_OPTION_ARG_INT, &flags.offset, NULL, NULL },
    { NULL },
  };
  static const char *const shapes[] = { "json", "csv", "ndjson", NULL };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (flags.limit < -1 || flags.offset < 0)
    return vantage_cli_usage (command, _ ("--limit and --offset count from 0."));
  if (flags.as != NULL && !g_strv_contains (shapes, flags.as))
    return vantage_cli_usage (command, _ ("--as takes json, csv or ndjson."));
  review = vantage_cli_find_review (cli, argv[1]);
  if (review == NULL || !fill_query (cli, review, &flags, &query, &person))
    return VANTAGE_EXIT_FAILED;
  if (flags.source != NULL)
    {
      g_autoptr (VantageEntity) source =
          vantage_cli_find_entity (cli, review, "source", flags.source);

      if (source == NULL)
        return VANTAGE_EXIT_FAILED;
      g_free (flags.source);
      flags.source = g_strdup (vantage_entity_get_id (source));
      query.source = flags.source;
    }
  return vantage_cli_print_items (cli, review, &query, flags.limit, (guint64) flags.offset,
                                  flags.as != NULL ? flags.as
                                  : cli->json      ? "json"
                                                   : NULL);
}

const VantageCommand vantage_commands_evidence[] = {
  { "formats", "", N_ ("what can be imported"), run_formats },
  { "import",
    "REVIEW PATH… [--format NAME] [--channel NAME]… [--since TIME] [--until TIME] [--time-zone "
    "ZONE] "
    "[--start TIME] [--direct] [--map FIELD=COLUMN]… [--as-file] [--dry-run]",
    N_ ("bring files, folders and archives in"), run_import },
  { "source set", "REVIEW SOURCE zone=ZONE|shift=SECONDS|zero=TIME",
    N_ ("say how the times of a source are meant"), run_source_set },
  { "source remove", "REVIEW SOURCE", N_ ("take a source out"), run_source_remove },
  { "sources", "REVIEW", N_ ("what was imported"), run_sources },
  { "items",
    "REVIEW [--query TEXT] [--person PERSON] [--channel NAME] [--kind KIND] [--source ID] [--since "
    "TIME] "
    "[--until TIME] [--thread ITEM] [--limit N] [--offset N] [--as json|csv|ndjson]",
    N_ ("look into the evidence"), run_items },
  { NULL, NULL, NULL, NULL },
};
