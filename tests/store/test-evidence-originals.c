/* test-evidence-originals.c: what was imported is kept as it was given, without its tokens. */

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "evidence-fixture.h"

#define RECORD "{\"text\":\"see https://files.example.org/a?t=xoxe-123-abc\",\"ts\":\"1\"}"
#define CONTENT "[\n" RECORD ",\n{\"text\":\"two\",\"ts\":\"2\"}\n]\n"
#define SHA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

typedef enum
{
  PLAIN,
  FOLDER,
  ZIP,
} Form;

static void
write_zip (const char *path)
{
  struct archive *zip = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();

  archive_write_set_format_zip (zip);
  g_assert_cmpint (archive_write_open_filename (zip, path), ==, ARCHIVE_OK);
  archive_entry_set_pathname (entry, "ops/day.json");
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, strlen (CONTENT));
  archive_write_header (zip, entry);
  archive_write_data (zip, CONTENT, strlen (CONTENT));
  archive_entry_free (entry);
  archive_write_close (zip);
  archive_write_free (zip);
}

static char *
write_original (Fixture *fixture, Form form)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "given", NULL);
  g_autofree char *below = g_build_filename (folder, "ops", NULL);
  g_autofree char *file = g_build_filename (below, "day.json", NULL);
  g_autofree char *zip = g_build_filename (folder, "export.zip", NULL);

  g_assert_cmpint (g_mkdir_with_parents (below, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, CONTENT, -1, NULL));
  if (form == PLAIN)
    return g_steal_pointer (&file);
  if (form == FOLDER)
    return g_steal_pointer (&folder);

  write_zip (zip);
  return g_steal_pointer (&zip);
}

static void
test_record_comes_back_masked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *original = write_original (fixture, GPOINTER_TO_INT (data));
  g_autofree char *stored = g_build_filename (fixture->folder, "originals", SHA, NULL);
  g_autoptr (VantageChannel) channel = make_channel ("ops");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  VantageItem *item = make_item (channel, "1", "U1", 0, "see");
  g_autoptr (VantageSourceFacts) facts = make_facts ("export");
  g_autoptr (VantageImportResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autofree char *record = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  g_free (item->path);
  item->path = g_strdup ("ops/day.json");
  item->offset = 2;
  item->length = strlen (RECORD);
  add_item (run, item);
  facts->sha256 = g_strdup (SHA);
  result = vantage_import_run_keep (run, facts, original, "Import", NULL, &error);
  g_assert_no_error (error);
  g_object_unref (run);

  items = vantage_library_query_items (fixture->library, fixture->review, &query, 0, 0, NULL, NULL);
  record = vantage_library_dup_original (fixture->library, items->pdata[0], &error);
  g_assert_no_error (error);
  g_assert_nonnull (record);
  g_assert_cmpuint (strlen (record), ==, strlen (RECORD));
  g_assert_true (g_str_has_prefix (record, "{\"text\":\"see https://files.example.org/a?t="));
  g_assert_true (g_str_has_suffix (record, "\"ts\":\"1\"}"));
  g_assert_null (strstr (record, "abc"));

  g_assert_true (g_file_get_contents (stored, &bytes, &size, NULL));
  g_assert_null (g_strstr_len (bytes, (gssize) size, "xoxe-123-abc"));
  assert_verified (fixture);
}

static void
test_nothing_kept_is_said_so (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = { "U1: one", NULL };
  g_autofree char *source = import_lines (fixture, fixture->review, "ops", lines);
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) items =
      vantage_library_query_items (fixture->library, fixture->review, &query, 0, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (vantage_library_dup_original (fixture->library, items->pdata[0], &error));
  g_assert_no_error (error);
}

static void
test_missing_original_keeps_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageChannel) channel = make_channel ("ops");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  g_autoptr (VantageSourceFacts) facts = make_facts ("export");
  g_autoptr (GError) error = NULL;

  add_item (run, make_item (channel, "1", "U1", 0, "see"));
  facts->sha256 = g_strdup (SHA);
  g_assert_null (vantage_import_run_keep (run, facts, "/nowhere/at/all", "Import", NULL, &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_FAILED);
  g_object_unref (run);
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 0);
}

static void
test_closed_library_ends_a_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageChannel) channel = make_channel ("ops");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  VantageItem *item = make_item (channel, "1", "U1", 0, "see");
  g_autoptr (GError) error = NULL;

  vantage_library_close (fixture->library);
  g_assert_false (vantage_evidence_sink_add_item (VANTAGE_EVIDENCE_SINK (run), item, &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID);
  vantage_item_unref (item);
  g_object_unref (run);
  fixture_reopen (fixture);
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 0);
}

#define ADD(path, data, func)                                                                      \
  g_test_add ("/store/evidence-originals/" path, Fixture, GINT_TO_POINTER (data), fixture_set_up,  \
              func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("file-comes-back-masked", PLAIN, test_record_comes_back_masked);
  ADD ("folder-comes-back-masked", FOLDER, test_record_comes_back_masked);
  ADD ("zip-comes-back-masked", ZIP, test_record_comes_back_masked);
  ADD ("nothing-kept-is-said-so", 0, test_nothing_kept_is_said_so);
  ADD ("missing-original-keeps-nothing", 0, test_missing_original_keeps_nothing);
  ADD ("closed-library-ends-a-run", 0, test_closed_library_ends_a_run);
  return g_test_run ();
}
