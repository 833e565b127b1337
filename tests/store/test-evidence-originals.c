/* test-evidence-originals.c: what was imported is kept as it was given, without its tokens. */

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "evidence-fixture.h"
#include "vantage-hash.h"
#include "vantage-originals.h"

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

/* ---- zips, in every shape ---- */

#define N_ENTRIES 4

static const struct
{
  const char *name, *content, *kept;
  gboolean stored; /* not packed */
} entries[N_ENTRIES] = {
  { "plain.json", "[{\"text\":\"nothing to hide, nothing to hide, nothing to hide\"}]", NULL,
    FALSE },
  { "ops/day.json", "[\"https:\\/\\/files.example.org\\/a?t=xoxe-123-abc\"]",
    "[\"https:\\/\\/files.example.org\\/a?t=xxxxxxxxxxxx\"]", FALSE },
  { "caf\303\251/t.txt", "xoxb-9999-secret", "xxxxxxxxxxxxxxxx", TRUE },
  { "empty.json", "", NULL, FALSE },
};

static void
write_entries (const char *path)
{
  struct archive *zip = archive_write_new ();

  archive_write_set_format_zip (zip);
  g_assert_cmpint (archive_write_open_filename (zip, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      struct archive_entry *entry = archive_entry_new ();

      if (entries[i].stored)
        archive_write_zip_set_compression_store (zip);
      else
        archive_write_zip_set_compression_deflate (zip);
      archive_entry_set_pathname (entry, entries[i].name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (gint64) strlen (entries[i].content));
      g_assert_cmpint (archive_write_header (zip, entry), ==, ARCHIVE_OK);
      archive_write_data (zip, entries[i].content, strlen (entries[i].content));
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_close (zip), ==, ARCHIVE_OK);
  archive_write_free (zip);
}

/* Keeps the file @path; the place of the copy. (transfer full) */
static char *
keep_original (Fixture *fixture, const char *path)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "originals", NULL);
  VantageOriginal *original = vantage_original_begin (folder, "one", path);
  g_autofree char *draft = vantage_original_dup_draft (folder, "one");
  g_autofree char *sha256 = NULL;
  g_autofree char *again = NULL;
  g_autofree char *bytes = NULL;
  char *stored = g_build_filename (folder, SHA, NULL);
  g_autoptr (GError) error = NULL;
  gsize size;

  g_unlink (stored);
  vantage_original_keep (original, SHA, &sha256, NULL, &error);
  g_assert_no_error (error);
  vantage_original_free (original);
  g_assert_false (g_file_test (draft, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (stored, &bytes, &size, NULL));
  again = vantage_hash_data_text (bytes, size);
  g_assert_cmpstr (sha256, ==, again);
  return stored;
}

/* Each entry of the zip by name; NULL where it cannot be read. (element-type utf8 utf8) */
static GHashTable *
read_entries (const char *path)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  struct archive *zip = archive_read_new ();
  struct archive_entry *entry;

  archive_read_support_format_zip_seekable (zip);
  if (archive_read_open_filename (zip, path, 4096) == ARCHIVE_OK)
    /* A warning: the name cannot be shown in this locale. */
    while (archive_read_next_header (zip, &entry) >= ARCHIVE_WARN)
      {
        const char *name = archive_entry_pathname_utf8 (entry) ?: archive_entry_pathname (entry);
        char content[512] = "";
        la_ssize_t n = archive_read_data (zip, content, sizeof content - 1);

        if (name != NULL && n >= 0)
          g_hash_table_insert (found, g_strdup (name), g_strndup (content, (gsize) n));
      }
  archive_read_free (zip);
  return found;
}

static void
assert_kept (GHashTable *found)
{
  for (guint i = 0; i < N_ENTRIES; i++)
    g_assert_cmpstr (g_hash_table_lookup (found, entries[i].name), ==,
                     entries[i].kept != NULL ? entries[i].kept : entries[i].content);
  g_assert_cmpuint (g_hash_table_size (found), ==, N_ENTRIES);
}

static void
test_zip_loses_tokens_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *given = g_build_filename (fixture->folder, "given.zip", NULL);
  g_autofree char *stored = NULL;
  g_autoptr (GHashTable) found = NULL;

  write_entries (given);
  stored = keep_original (fixture, given);
  found = read_entries (stored);
  assert_kept (found);
}

/* Something in front of the zip, as in self-extracting ones: the slower way keeps it. */
static void
test_zip_behind_something (Fixture *fixture, gconstpointer data)
{
  g_autofree char *given = g_build_filename (fixture->folder, "given.zip", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *more = NULL;
  g_autofree char *stored = NULL;
  g_autoptr (GHashTable) found = NULL;
  gsize size;

  write_entries (given);
  g_assert_true (g_file_get_contents (given, &bytes, &size, NULL));
  more = g_malloc (size + 9);
  memcpy (more, "#!/bin/x\n", 9);
  memcpy (more + 9, bytes, size);
  g_assert_true (g_file_set_contents (given, more, (gssize) size + 9, NULL));
  stored = keep_original (fixture, given);
  found = read_entries (stored);
  assert_kept (found);
}

/* Whatever is wrong with it: it is kept somehow, and no token with it. */
static void
test_broken_zips_lose_their_tokens (Fixture *fixture, gconstpointer data)
{
  g_autofree char *given = g_build_filename (fixture->folder, "given.zip", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (29);
  gsize size;

  write_entries (given);
  g_assert_true (g_file_get_contents (given, &bytes, &size, NULL));
  for (guint round = 0; round < 120; round++)
    {
      g_autofree char *broken = g_memdup2 (bytes, size);
      gsize length = round % 3 == 0 ? (gsize) g_rand_int_range (rand, 1, (gint32) size) : size;
      g_autofree char *stored = NULL;
      g_autoptr (GHashTable) found = NULL;
      GHashTableIter iter;
      gpointer content;

      for (guint i = 0; i < round % 4; i++)
        broken[g_rand_int_range (rand, 0, (gint32) size)] = (char) g_rand_int (rand);
      g_assert_true (g_file_set_contents (given, broken, (gssize) length, NULL));
      stored = keep_original (fixture, given);
      found = read_entries (stored);
      g_hash_table_iter_init (&iter, found);
      while (g_hash_table_iter_next (&iter, NULL, &content))
        g_assert_null (strstr (content, "?t=xoxe-123-abc"));
    }
}

static void
test_copy_that_is_given_up_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *given = g_build_filename (fixture->folder, "given.zip", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "originals", NULL);
  g_autoptr (GDir) dir = NULL;

  write_entries (given);
  vantage_original_free (vantage_original_begin (folder, "one", given));
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

#define ADD(path, data, func)                                                                      \
  g_test_add ("/store/evidence-originals/" path, Fixture, GINT_TO_POINTER (data), fixture_set_up,  \
              func, fixture_tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8"); /* names as programs show them */
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("file-comes-back-masked", PLAIN, test_record_comes_back_masked);
  ADD ("folder-comes-back-masked", FOLDER, test_record_comes_back_masked);
  ADD ("zip-comes-back-masked", ZIP, test_record_comes_back_masked);
  ADD ("zip-loses-tokens-only", 0, test_zip_loses_tokens_only);
  ADD ("zip-behind-something-is-kept", 0, test_zip_behind_something);
  ADD ("broken-zips-lose-their-tokens", 0, test_broken_zips_lose_their_tokens);
  ADD ("copy-that-is-given-up-leaves-nothing", 0, test_copy_that_is_given_up_leaves_nothing);
  ADD ("nothing-kept-is-said-so", 0, test_nothing_kept_is_said_so);
  ADD ("missing-original-keeps-nothing", 0, test_missing_original_keeps_nothing);
  ADD ("closed-library-ends-a-run", 0, test_closed_library_ends_a_run);
  return g_test_run ();
}
