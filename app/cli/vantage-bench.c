/* vantage-bench.c: a generated Slack export, and samples into a report. */

#include "config.h"

#include "vantage-bench.h"
#include "vantage-json.h"

#include <archive.h>
#include <archive_entry.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#define N_CHANNELS 24
#define N_USERS 200
#define A_DAY 500 /* messages of one channel's file, about */
#define BEGIN_S G_GINT64_CONSTANT (1704067200)

/* ---- a folder ---- */

char *
vantage_bench_make_folder (GError **error)
{
  return g_dir_make_tmp ("vantage-bench-XXXXXX", error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      !g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
vantage_bench_remove_folder (char *folder)
{
  if (folder != NULL)
    remove_tree (folder);
  g_free (folder);
}

/* ---- words ---- */

char *
vantage_bench_make_word (guint i)
{
  static const char *const parts[] = { "ba", "ko",  "ri", "ten", "sul", "mo",  "ga", "lin",
                                       "pe", "dra", "vo", "shi", "ur",  "nex", "ta", "wel" };
  GString *word = g_string_new (NULL);

  do
    {
      g_string_append (word, parts[i % G_N_ELEMENTS (parts)]);
      i /= G_N_ELEMENTS (parts);
    }
  while (i > 0);
  return g_string_free (word, FALSE);
}

/* Common words come often, rare ones seldom: the square of an even draw. */
static void
append_words (GString *out, GRand *rand, char **words)
{
  int n = g_rand_int_range (rand, 4, 26);

  for (int i = 0; i < n; i++)
    {
      double draw = g_rand_double (rand);

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                              words[(guint) (draw * draw * draw * (VANTAGE_BENCH_N_WORDS - 1))]);
    }
}

/* ---- the export ---- */

typedef struct
{
  struct archive *archive;
  GRand *rand;
  char **words;
  guint n_messages, n_written;
  gint64 channel_time_us[N_CHANNELS];
  gint64 roots[N_CHANNELS]; /* µs of the last message that began a thread */
} Writing;

static gboolean
put_file (Writing *self, const char *name, GString *text, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean ok;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (gint64) text->len);
  archive_entry_set_mtime (entry, BEGIN_S, 0);
  ok = archive_write_header (self->archive, entry) == ARCHIVE_OK &&
       archive_write_data (self->archive, text->str, text->len) == (gssize) text->len;
  archive_entry_free (entry);
  if (!ok)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", name,
                 archive_error_string (self->archive));
  return ok;
}

static gboolean
put_directory (Writing *self, GError **error)
{
  g_autoptr (GString) channels = g_string_new ("[");
  g_autoptr (GString) users = g_string_new ("[");

  for (guint c = 0; c < N_CHANNELS; c++)
    g_string_append_printf (
        channels,
        "%s{\"id\":\"C%05u\",\"name\":\"room-%02u\",\"created\":%" G_GINT64_FORMAT
        ",\"members\":[]}",
        c > 0 ? "," : "", c, c, BEGIN_S);
  for (guint u = 0; u < N_USERS; u++)
    g_string_append_printf (users,
                            "%s{\"id\":\"U%05u\",\"name\":\"user%u\",\"real_name\":\"Person %u\","
                            "\"profile\":{\"display_name\":\"p%u\",\"email\":\"p%u@example.org\"}}",
                            u > 0 ? "," : "", u, u, u, u, u);
  g_string_append_c (channels, ']');
  g_string_append_c (users, ']');
  return put_file (self, "channels.json", channels, error) &&
         put_file (self, "users.json", users, error);
}

static void
append_extras (Writing *self, GString *out, guint c, gint64 us)
{
  double draw = g_rand_double (self->rand);

  if (draw < 0.3 && self->roots[c] != 0)
    g_string_append_printf (out, ",\"thread_ts\":\"%" G_GINT64_FORMAT ".%06d\"",
                            self->roots[c] / G_USEC_PER_SEC,
                            (int) (self->roots[c] % G_USEC_PER_SEC));
  else if (draw < 0.4)
    {
      self->roots[c] = us;
      g_string_append_printf (out, ",\"thread_ts\":\"%" G_GINT64_FORMAT ".%06d\"",
                              us / G_USEC_PER_SEC, (int) (us % G_USEC_PER_SEC));
    }
  if (g_rand_double (self->rand) < 0.1)
    g_string_append_printf (
        out, ",\"reactions\":[{\"name\":\"eyes\",\"users\":[\"U%05d\"],\"count\":1}]",
        g_rand_int_range (self->rand, 0, N_USERS));
  if (g_rand_double (self->rand) < 0.02)
    g_string_append_printf (out,
                            ",\"files\":[{\"id\":\"F%08u\",\"name\":\"graph-%u.png\","
                            "\"mimetype\":\"image/png\"}]",
                            self->n_written, self->n_written);
}

static void
append_message (Writing *self, GString *out, guint c)
{
  gint64 us;

  self->channel_time_us[c] +=
      g_rand_int_range (self->rand, 1, 240) * (gint64) G_USEC_PER_SEC + self->n_written % 1000;
  us = self->channel_time_us[c];
  g_string_append_printf (
      out,
      "{\"type\":\"message\",\"user\":\"U%05d\",\"ts\":\"%" G_GINT64_FORMAT
      ".%06d\",\"client_msg_id\":\"%08x-0000\",\"team\":\"T0BENCH\",\"text\":\"",
      g_rand_int_range (self->rand, 0, N_USERS), us / G_USEC_PER_SEC, (int) (us % G_USEC_PER_SEC),
      self->n_written);
  self->n_written++;
  if (self->n_written == self->n_messages)
    g_string_append (out, VANTAGE_BENCH_LAST_WORD " ");
  if (g_rand_double (self->rand) < 0.08)
    g_string_append_printf (out, "<@U%05d> ", g_rand_int_range (self->rand, 0, N_USERS));
  append_words (out, self->rand, self->words);
  g_string_append_c (out, '"');
  append_extras (self, out, c, us);
  g_string_append_c (out, '}');
}

static gboolean
put_day (Writing *self, guint day, guint c, GError **error)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (GDateTime) date =
      g_date_time_new_from_unix_utc (BEGIN_S + (gint64) day * 24 * 60 * 60);
  g_autofree char *stamp = g_date_time_format (date, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("room-%02u/%s.json", c, stamp);
  guint n = (guint) g_rand_int_range (self->rand, A_DAY / 2, A_DAY * 3 / 2);

  n = MIN (n, self->n_messages - self->n_written);
  self->channel_time_us[c] =
      MAX (self->channel_time_us[c], (BEGIN_S + (gint64) day * 24 * 60 * 60) * G_USEC_PER_SEC);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (text, ",\n");
      append_message (self, text, c);
    }
  g_string_append_c (text, ']');
  return put_file (self, name, text, error);
}

static gboolean
put_all (Writing *self, GError **error)
{
  if (!put_directory (self, error))
    return FALSE;
  for (guint day = 0; self->n_written < self->n_messages; day++)
    for (guint c = 0; c < N_CHANNELS && self->n_written < self->n_messages; c++)
      if (!put_day (self, day, c, error))
        return FALSE;
  return TRUE;
}

gboolean
vantage_bench_write_export (const char *path, guint n_messages, GError **error)
{
  Writing self = { .archive = archive_write_new (),
                   .rand = g_rand_new_with_seed (20250314),
                   .words = g_new0 (char *, VANTAGE_BENCH_N_WORDS + 1),
                   .n_messages = n_messages };
  gboolean ok;

  for (guint i = 0; i < VANTAGE_BENCH_N_WORDS; i++)
    self.words[i] = vantage_bench_make_word (i);
  archive_write_set_format_zip (self.archive);
  ok = archive_write_open_filename (self.archive, path) == ARCHIVE_OK;
  if (!ok)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path,
                 archive_error_string (self.archive));
  ok = ok && put_all (&self, error);
  if (archive_write_close (self.archive) != ARCHIVE_OK && ok)
    {
      ok = FALSE;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path,
                   archive_error_string (self.archive));
    }
  archive_write_free (self.archive);
  g_rand_free (self.rand);
  g_strfreev (self.words);
  return ok;
}

/* ---- samples ---- */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
pick (GArray *sorted, double share)
{
  return g_array_index (sorted, double, (guint) (share * (sorted->len - 1) + 0.5));
}

static gint64
get_peak_bytes (void)
{
  struct rusage usage;

  return getrusage (RUSAGE_SELF, &usage) == 0 ? (gint64) usage.ru_maxrss * 1024 : 0;
}

static void
add_number (JsonBuilder *builder, const char *name, double number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, number);
}

VantageExit
vantage_bench_print (VantageCli *cli, const VantageBench *bench)
{
  GArray *sorted = bench->samples;
  g_autoptr (JsonBuilder) builder = NULL;
  gint64 peak = get_peak_bytes ();

  gboolean import = bench->processor_ms->len > 0;

  g_array_sort (sorted, compare_doubles);
  g_array_sort (bench->processor_ms, compare_doubles);
  g_array_sort (bench->kept_shares, compare_doubles);
  if (!cli->json)
    {
      g_print ("%s %u: median %.1f %s, p95 %.1f, min %.1f, max %.1f; %u runs, %" G_GUINT64_FORMAT
               " drawn, %.1f MiB\n",
               bench->name, bench->size, pick (sorted, 0.5), bench->unit, pick (sorted, 0.95),
               pick (sorted, 0), pick (sorted, 1), sorted->len, bench->n_drawn,
               (double) peak / (1024 * 1024));
      if (import)
        g_print ("processors %.1f ms; readable after %.0f %% of the time\n",
                 pick (bench->processor_ms, 0.5), pick (bench->kept_shares, 0.5) * 100);
      return VANTAGE_EXIT_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  vantage_cli_add_text (builder, "name", bench->name);
  vantage_cli_add_int (builder, "size", bench->size);
  add_number (builder, "median", pick (sorted, 0.5));
  add_number (builder, "p95", pick (sorted, 0.95));
  add_number (builder, "min", pick (sorted, 0));
  add_number (builder, "max", pick (sorted, 1));
  vantage_cli_add_text (builder, "unit", bench->unit);
  vantage_cli_add_int (builder, "runs", sorted->len);
  vantage_cli_add_int (builder, "drawn", (gint64) bench->n_drawn);
  vantage_cli_add_int (builder, "peak_rss_bytes", peak);
  if (import)
    {
      add_number (builder, "processor_ms", pick (bench->processor_ms, 0.5));
      add_number (builder, "kept_share", pick (bench->kept_shares, 0.5));
    }
  json_builder_end_object (builder);
  return vantage_cli_print_builder (cli, g_steal_pointer (&builder));
}
