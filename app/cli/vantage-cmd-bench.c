/* vantage-cmd-bench.c: bench: import, search, canvas, edit, startup, each in a folder of its own
 * and with data of its own making. */

#include "config.h"

#include "vantage-bench.h"
#include "vantage-desk.h"
#include "vantage-words.h"

#include <string.h>
#include <sys/resource.h>

#define N_SEARCHES 400

static void
add_sample (VantageBench *self, gint64 begun_us, double units_per_us)
{
  double sample = (double) (g_get_monotonic_time () - begun_us) * units_per_us;

  g_array_append_val (self->samples, sample);
}

/* ---- import ---- */

static gint64
count_word (VantageLibrary *library, const char *review, const char *word, GError **error)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;

  query.text = word;
  return vantage_library_count_items (library, review, &query, NULL, error);
}

/* What came of an import besides the library. */
typedef struct
{
  guint64 n_items;
  gint64 kept_us; /* when all of it was kept and could be read */
} Filling;

/* A new library with all of the export in it, searchable to its last word. (transfer full) */
static VantageLibrary *
fill_library (const char *folder, const char *zip, char **out_review, Filling *out, GError **error)
{
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (VantageLibrary) library = vantage_library_open (folder, NULL, NULL, error);
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (VantageImportResult) result = NULL;
  g_autofree char *review = NULL;

  if (library == NULL)
    return NULL;
  edit = vantage_library_begin (library, NULL, "Bench");
  review = g_strdup (vantage_edit_create (edit, "review"));
  vantage_edit_set_text (edit, "review", review, "title", "Bench");
  if (!vantage_edit_commit (edit, error))
    return NULL;
  options.direct = TRUE;
  result =
      vantage_desk_import (library, review, zip, &options, "Import", NULL, NULL, NULL, NULL, error);
  if (out != NULL)
    out->kept_us = g_get_monotonic_time ();
  /* Waits until all of it is in the index. */
  if (result != NULL && count_word (library, review, VANTAGE_BENCH_LAST_WORD, error) < 0)
    return NULL;
  if (result == NULL)
    return NULL;
  if (out != NULL)
    out->n_items = result->n_items;
  *out_review = g_steal_pointer (&review);
  return g_steal_pointer (&library);
}

/* The export to work on: one that is given and there, else a new one. (transfer full) */
static char *
take_export (const VantageBench *self, const char *folder, GError **error)
{
  g_autofree char *zip = self->export != NULL ? g_strdup (self->export)
                                              : g_build_filename (folder, "export.zip", NULL);

  if (!g_file_test (zip, G_FILE_TEST_EXISTS) &&
      !vantage_bench_write_export (zip, self->size, error))
    return NULL;
  return g_steal_pointer (&zip);
}

static double
get_processor_ms (void)
{
  struct rusage usage;

  if (getrusage (RUSAGE_SELF, &usage) != 0)
    return 0;
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

/* One import from nothing: how long it took, how much of the processors, and what share of the time
 * had passed when all of it could be read. */
static gboolean
import_once (VantageBench *self, const char *folder, const char *zip, GError **error)
{
  g_autofree char *review = NULL;
  double processor_ms = get_processor_ms ();
  gint64 begun_us = g_get_monotonic_time ();
  Filling filling = { 0 };
  g_autoptr (VantageLibrary) library = fill_library (folder, zip, &review, &filling, error);
  double whole_us = (double) (g_get_monotonic_time () - begun_us), kept_share;

  if (library == NULL)
    return FALSE;
  add_sample (self, begun_us, 1e-3);
  processor_ms = get_processor_ms () - processor_ms;
  g_array_append_val (self->processor_ms, processor_ms);
  kept_share = (double) (filling.kept_us - begun_us) / whole_us;
  g_array_append_val (self->kept_shares, kept_share);
  self->n_drawn = filling.n_items;
  vantage_library_close (library);
  return TRUE;
}

static gboolean
bench_import (VantageBench *self, const char *folder, guint runs, GError **error)
{
  g_autofree char *zip = take_export (self, folder, error);

  self->unit = "ms";
  if (zip == NULL)
    return FALSE;
  for (guint i = 0; i < (runs > 0 ? runs : 1); i++)
    {
      g_autofree char *name = g_strdup_printf ("library-%u", i);
      char *path = g_build_filename (folder, name, NULL);
      gboolean ok = import_once (self, path, zip, error);

      vantage_bench_remove_folder (path);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* ---- search ---- */

/* What people type: a common word, a rare one, two, the beginning of one. (transfer full) */
static char *
make_query (GRand *rand, guint i)
{
  g_autofree char *common = vantage_bench_make_word ((guint) g_rand_int_range (rand, 0, 40));
  g_autofree char *rare = vantage_bench_make_word ((guint) g_rand_int_range (rand, 3000, 6000));

  switch (i % 4)
    {
    case 0:
      return g_steal_pointer (&common);
    case 1:
      return g_steal_pointer (&rare);
    case 2:
      return g_strdup_printf ("%s %s", common, rare);
    default:
      return g_strdup_printf ("%.4s*", rare);
    }
}

static gboolean
bench_search (VantageBench *self, const char *folder, guint runs, GError **error)
{
  g_autofree char *zip = take_export (self, folder, error);
  g_autofree char *path = g_build_filename (folder, "library", NULL);
  g_autofree char *review = NULL;
  g_autoptr (VantageLibrary) library = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  self->unit = "us";
  if (zip == NULL)
    return FALSE;
  library = fill_library (path, zip, &review, NULL, error);
  if (library == NULL)
    return FALSE;
  for (guint i = 0; i < (runs > 0 ? runs : N_SEARCHES); i++)
    {
      g_autofree char *words = make_query (rand, i);
      VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
      g_autoptr (GPtrArray) hits = NULL;
      gint64 begun_us = g_get_monotonic_time ();

      query.text = words;
      query.newest_first = TRUE;
      hits = vantage_library_query_items (library, review, &query, 50, 0, NULL, error);
      if (hits == NULL)
        return FALSE;
      add_sample (self, begun_us, 1);
      self->n_drawn += hits->len;
    }
  return TRUE;
}

/* ---- startup ---- */

static gboolean
bench_startup (VantageBench *self, const char *folder, guint runs, GError **error)
{
  g_autofree char *zip = take_export (self, folder, error);
  g_autofree char *path = g_build_filename (folder, "library", NULL);
  g_autofree char *review = NULL;
  g_autoptr (VantageLibrary) filled = NULL;

  self->unit = "ms";
  if (zip == NULL)
    return FALSE;
  filled = fill_library (path, zip, &review, NULL, error);
  if (filled == NULL)
    return FALSE;
  vantage_library_close (filled);
  for (guint i = 0; i < (runs > 0 ? runs : 20); i++)
    {
      const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
      gint64 begun_us = g_get_monotonic_time ();
      g_autoptr (VantageLibrary) library = vantage_library_open (path, NULL, NULL, error);
      g_autoptr (GPtrArray) first = NULL;

      if (library != NULL)
        first = vantage_library_query_items (library, review, &all, 50, 0, NULL, error);
      if (first == NULL)
        return FALSE;
      add_sample (self, begun_us, 1e-3);
      self->n_drawn = first->len;
      vantage_library_close (library);
    }
  return TRUE;
}

/* ---- the command ---- */

static const struct
{
  const char *name;
  gboolean (*run) (VantageBench *self, const char *folder, guint runs, GError **error);
  guint size;
} benches[] = {
  { "import", bench_import, 100000 },         { "search", bench_search, 100000 },
  { "canvas", vantage_bench_canvas, 100000 }, { "edit", vantage_bench_edit, 100000 },
  { "startup", bench_startup, 10000 },
};

static VantageExit
run_bench (VantageCli *cli, const VantageCommand *command, int argc, char **argv)
{
  int size = 0, runs = 0;
  g_autofree char *export = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "size", 0, 0, G_OPTION_ARG_INT, &size, NULL, NULL },
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs, NULL, NULL },
    { "export", 0, 0, G_OPTION_ARG_FILENAME, &export, NULL, NULL },
    { NULL },
  };

  if (!vantage_cli_parse (cli, command, &argc, &argv, entries, 1, 1))
    return VANTAGE_EXIT_USAGE;
  if (size < 0 || size > 100000000 || runs < 0)
    return vantage_cli_usage (command, _ ("--size and --runs count from 1."));
  for (gsize i = 0; i < G_N_ELEMENTS (benches); i++)
    {
      g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
      g_autoptr (GArray) processor_ms = g_array_new (FALSE, FALSE, sizeof (double));
      g_autoptr (GArray) kept_shares = g_array_new (FALSE, FALSE, sizeof (double));
      VantageBench bench = { .name = benches[i].name,
                             .size = size > 0 ? (guint) size : benches[i].size,
                             .export = export,
                             .samples = samples,
                             .processor_ms = processor_ms,
                             .kept_shares = kept_shares };
      char *folder;
      gboolean ok;

      if (strcmp (argv[1], benches[i].name) != 0)
        continue;
      folder = vantage_bench_make_folder (&error);
      ok = folder != NULL && benches[i].run (&bench, folder, (guint) runs, &error);
      vantage_bench_remove_folder (folder);
      return ok ? vantage_bench_print (cli, &bench) : vantage_cli_fail (error);
    }
  return vantage_cli_usage (command, _ ("There is no benchmark “%s”."), argv[1]);
}

const VantageCommand vantage_commands_bench[] = {
  { "bench", "import|search|canvas|edit|startup [--size N] [--runs N] [--export FILE]",
    N_ ("measure how fast this computer does it"), run_bench },
  { NULL, NULL, NULL, NULL },
};
