/* Reading and looking: the same counts, stopping when told, and files of no known kind. */

#include "collect.h"

#include <string.h>
#include <unistd.h>

/* A bare channel folder of many messages. */
static char *
make_channel (const char *name, guint n)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autofree char *path = g_build_filename (name, "2024-03-01.json", NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "%s{\"type\":\"message\",\"user\":\"U%u\",\"text\":\"line %u\",\"ts\":"
                            "\"17093%05u.000100\"%s}",
                            i > 0 ? ",\n" : "", i % 7, i, i,
                            i % 10 == 3 ? ",\"thread_ts\":\"1709300001.000100\"" : "");
  g_string_append (text, ",null]");
  g_free (scratch_write (path, text->str, (gssize) text->len));
  return g_build_filename (scratch_folder (), name, NULL);
}

static void
test_preview_counts_what_reading_keeps (void)
{
  g_autofree char *path = make_channel ("many", 500);
  g_autoptr (Collected) kept = collect_ok (path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantagePreview) preview =
      vantage_import_preview (path, NULL, NULL, NULL, NULL, &error);
  VantagePreviewChannel *channel;

  g_assert_no_error (error);
  g_assert_cmpuint (preview->n_items, ==, kept->items->len);
  g_assert_cmpuint (preview->n_items, ==, 500);
  g_assert_cmpuint (preview->kinds[VANTAGE_ITEM_MESSAGE], ==, 500);
  g_assert_cmpuint (preview->n_people, ==, 7);
  g_assert_cmpuint (preview->n_threads, ==, 1);
  g_assert_cmpuint (preview->identities->len, ==, kept->identities->len);
  g_assert_cmpuint (preview->channels->len, ==, 1);
  g_assert_cmpuint (preview->n_skipped, ==, collected_count_skipped (kept));
  g_assert_cmpuint (preview->n_skipped, ==, 1);
  g_assert_cmpuint (preview->first_items->len, ==, 50);
  g_assert_cmpstr (preview->facts->sha256, ==, kept->facts->sha256);
  g_assert_cmpstr (preview->facts->title, ==, "many");
  channel = preview->channels->pdata[0];
  g_assert_cmpuint (channel->n_items, ==, 500);
  g_assert_cmpint (channel->first_us, ==, preview->first_us);
  g_assert_cmpint (preview->first_us, ==, G_GINT64_CONSTANT (1709300000000100));
  g_assert_cmpint (preview->last_us, ==, G_GINT64_CONSTANT (1709300499000100));
  g_assert_false (preview->needs_zone);
}

typedef struct
{
  GCancellable *cancellable;
  guint n_calls;
  guint64 done, total;
} Watch;

static void
progressed_cb (guint64 done, guint64 total, guint64 n_items, gpointer data)
{
  Watch *watch = data;

  g_assert_cmpuint (done, >=, watch->done);
  g_assert_cmpuint (done, <=, total);
  watch->done = done;
  watch->total = total;
  watch->n_calls++;
  if (watch->cancellable != NULL)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_progress_reaches_the_end (void)
{
  g_autofree char *path = make_channel ("progress", 2000);
  Watch watch = { NULL };
  g_autoptr (VantagePreview) preview =
      vantage_import_preview (path, NULL, progressed_cb, &watch, NULL, NULL);

  g_assert_nonnull (preview);
  g_assert_cmpuint (watch.n_calls, >, 0);
  g_assert_cmpuint (watch.done, ==, watch.total);
  g_assert_cmpuint (watch.total, >, 100000);
}

static void
test_cancelling_stops_it (void)
{
  g_autofree char *path = make_channel ("cancel", 5000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL, before = NULL;
  g_autoptr (VantagePreview) preview =
      vantage_import_preview (path, NULL, progressed_cb, &watch, cancellable, &error);
  g_autoptr (VantagePreview) never = NULL;

  g_assert_null (preview);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED);
  g_assert_cmpuint (watch.n_calls, ==, 1);
  never = vantage_import_preview (path, NULL, NULL, NULL, cancellable, &before);
  g_assert_null (never);
  g_assert_error (before, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED);
}

static void
test_unknown_files_are_described (void)
{
  static const struct
  {
    const char *content, *words;
    gsize length;
    VantageImportError code;
  } cases[] = {
    { "%PDF-1.7 and so on", "PDF", 18, VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "\x89PNG\r\n\x1a\n....", "picture", 12, VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "<!DOCTYPE html><p>x", "web page", 19, VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "{\"a\":{\"b\":1}}", "JSON", 13, VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "", "empty", 0, VANTAGE_IMPORT_ERROR_UNKNOWN },
    { "7z\xbc\xaf\x27\x1c\0\4", "unpack it", 8, VANTAGE_IMPORT_ERROR_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path =
          scratch_write ("unknown.bin", cases[i].content, (gssize) cases[i].length);
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) nothing = collect (path, NULL, &error);

      g_assert_null (nothing);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_nonnull (strstr (error->message, "Slack export"));
    }
}

static void
test_any_file_can_be_kept_as_a_file (void)
{
  g_autofree char *path = scratch_write ("screenshot.png", "\x89PNG\r\n\x1a\nxyz", 11);
  g_autofree char *copy = scratch_write ("elsewhere/renamed.png", "\x89PNG\r\n\x1a\nxyz", 11);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) kept = NULL, again = NULL;
  g_autofree char *ids = NULL, *copy_ids = NULL;
  VantageItem *item;
  VantageAttachment *attachment;

  options.as_file = TRUE;
  options.zero_us = G_GINT64_CONSTANT (1709300000000000);
  kept = collect_ok (path, &options);
  g_assert_cmpuint (kept->items->len, ==, 1);
  item = kept->items->pdata[0];
  attachment = item->attachments->pdata[0];
  g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_FILE);
  g_assert_cmpstr (item->text, ==, "screenshot.png");
  g_assert_cmpint (item->time_us, ==, options.zero_us);
  g_assert_cmpstr (attachment->name, ==, "screenshot.png");
  g_assert_cmpstr (attachment->type, ==, "image/png");
  g_assert_cmpint (attachment->size, ==, 11);
  again = collect_ok (copy, &options);
  ids = collected_dup_ids (kept);
  copy_ids = collected_dup_ids (again);
  g_assert_cmpstr (ids, ==, copy_ids);
}

static void
test_formats_are_chosen_by_name (void)
{
  g_autofree char *path = make_channel ("named", 3);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) kept = NULL, nothing = NULL;
  const VantageFormat *formats = vantage_formats ();

  options.format = "slack";
  kept = collect_ok (path, &options);
  g_assert_cmpuint (kept->items->len, ==, 3);
  options.format = "telex";
  nothing = collect (path, &options, &error);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "slack"));
  for (guint i = 0; formats[i].name != NULL; i++)
    {
      g_assert_cmpstr (formats[i].title, !=, NULL);
      g_assert_cmpstr (formats[i].extensions, !=, NULL);
    }
}

/* Standard input may be no file that can be read twice: it comes through a pipe here. */
static void
test_standard_input_is_read (void)
{
  static const char text[] = "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"piped\",\"ts\":"
                             "\"1709300000.000100\"}]";
  g_autoptr (Collected) kept = NULL;
  int pipes[2], before = dup (STDIN_FILENO);

  g_assert_cmpint (pipe (pipes), ==, 0);
  g_assert_cmpint (write (pipes[1], text, strlen (text)), ==, (ssize_t) strlen (text));
  close (pipes[1]);
  dup2 (pipes[0], STDIN_FILENO);
  kept = collect_ok ("-", NULL);
  dup2 (before, STDIN_FILENO);
  close (before);
  close (pipes[0]);
  g_assert_cmpuint (kept->items->len, ==, 1);
  g_assert_cmpstr (((VantageItem *) kept->items->pdata[0])->text, ==, "piped");
}

static void
test_a_zone_that_is_none_is_refused (void)
{
  g_autofree char *path = make_channel ("zone", 3);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) nothing = NULL;

  options.zone = "Mars/Olympus";
  nothing = collect (path, &options, &error);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add_func ("/import/pipeline/" name, function)
  ADD ("preview-counts-what-reading-keeps", test_preview_counts_what_reading_keeps);
  ADD ("progress-reaches-the-end", test_progress_reaches_the_end);
  ADD ("cancelling-stops-it", test_cancelling_stops_it);
  ADD ("unknown-files-are-described", test_unknown_files_are_described);
  ADD ("any-file-can-be-kept-as-a-file", test_any_file_can_be_kept_as_a_file);
  ADD ("formats-are-chosen-by-name", test_formats_are_chosen_by_name);
  ADD ("standard-input-is-read", test_standard_input_is_read);
  ADD ("a-zone-that-is-none-is-refused", test_a_zone_that_is_none_is_refused);
  return g_test_run ();
}
