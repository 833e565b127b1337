/* Backups, putting one back, copies of a library, and finding damage. */

#include "store-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "vantage-db.h"

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) size, NULL));
}

/* The library that a restore put aside. */
static void
remove_aside (const char *folder)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *prefix = g_strconcat (name, ".before-restore-", NULL);
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *entry;

  while ((entry = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (entry, prefix))
      {
        g_autofree char *path = g_build_filename (parent, entry, NULL);

        store_remove_folder (path);
        return;
      }
  g_assert_not_reached ();
}

static void
test_a_backup_can_be_put_back (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "before");
  g_autofree char *target = store_make_folder ();
  g_autofree char *backup = NULL, *title = NULL;
  g_autoptr (GError) error = NULL;

  backup = vantage_library_backup (fixture->library, target, NULL, &error);
  g_assert_no_error (error);
  store_set_title (fixture->library, fixture->review, event, "after");
  g_clear_object (&fixture->library);
  vantage_library_restore (fixture->folder, backup, &error);
  g_assert_no_error (error);

  fixture->library = store_fixture_open_another (fixture);
  title = store_get_title (fixture->library, fixture->review, event);
  g_assert_cmpstr (title, ==, "before");
  g_assert_cmpstr (vantage_library_get_notes (fixture->library)[0], ==, "new-device");
  store_assert_whole (fixture->library);
  store_remove_folder (target);
  remove_aside (fixture->folder);
}

static void
test_a_restore_that_was_cut_off_is_finished (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "before");
  g_autofree char *target = store_make_folder ();
  g_autofree char *ready = g_strconcat (fixture->folder, ".restoring", NULL);
  g_autofree char *aside = g_strconcat (fixture->folder, ".aside", NULL);
  g_autofree char *mark = g_build_filename (fixture->folder, "restore-in-progress", NULL);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", aside, ready);
  g_autofree char *backup = NULL, *title = NULL;

  backup = vantage_library_backup (fixture->library, target, NULL, NULL);
  store_set_title (fixture->library, fixture->review, event, "after");
  g_clear_object (&fixture->library);
  /* As a crash between the mark and the first move leaves it. */
  g_assert_cmpint (g_rename (backup, ready), ==, 0);
  g_assert_true (g_file_set_contents (mark, text, -1, NULL));

  fixture->library = store_fixture_open_another (fixture);
  title = store_get_title (fixture->library, fixture->review, event);
  g_assert_cmpstr (title, ==, "before");
  g_assert_cmpstr (vantage_library_get_notes (fixture->library)[0], ==, "restore-finished");
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  store_remove_folder (aside);
  store_remove_folder (target);
}

static void
test_a_folder_without_a_backup_is_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *target = store_make_folder ();
  g_autoptr (GError) error = NULL;

  g_assert_false (vantage_library_restore (fixture->folder, target, &error));
  g_assert_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND);
  store_remove_folder (target);
}

static void
test_the_first_open_of_a_day_makes_a_copy (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *backups = g_build_filename (fixture->folder, "backups", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  for (guint day = 0; day < 10; day++)
    {
      store_fixture_reopen (fixture);
      store_fixture_reopen (fixture);
      fixture->now_us += G_TIME_SPAN_DAY;
    }
  /* Closing waits for the copy. */
  vantage_library_close (fixture->library);
  dir = g_dir_open (backups, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_assert_true (g_str_has_prefix (name, "daily-"));
      g_assert_false (g_str_has_suffix (name, ".partial"));
      n++;
    }
  g_assert_cmpuint (n, ==, 7);
}

static void
test_a_copied_library_writes_under_another_name (StoreFixture *fixture, gconstpointer data)
{
  StoreFixture copy = { .now_us = fixture->now_us };
  g_autofree char *device = g_strdup (vantage_library_get_device (fixture->library));
  g_autofree char *from = g_build_filename (fixture->folder, "library.db", NULL);
  g_autofree char *to = NULL;

  g_clear_object (&fixture->library);
  copy.folder = store_make_folder ();
  to = g_build_filename (copy.folder, "library.db", NULL);
  copy_file (from, to);
  copy.library = store_fixture_open_another (&copy);
  g_assert_cmpstr (vantage_library_get_device (copy.library), !=, device);
  fixture->library = store_fixture_open_another (fixture);
  g_assert_cmpstr (vantage_library_get_device (fixture->library), ==, device);
  g_assert_finalize_object (copy.library);
  store_remove_folder (copy.folder);
  g_free (copy.folder);
}

typedef struct
{
  const char *name;
  const char *sql;
} Damage;

static const Damage damages[] = {
  { "a-changed-word", "UPDATE op SET body = CAST (replace (CAST (body AS TEXT), 'zero', 'nero') AS"
                      " BLOB) WHERE field = 'title'" },
  { "a-lost-change", "DELETE FROM op WHERE n = 1" },
  { "a-wrong-entity", "UPDATE entity SET registers = '{}' WHERE kind = 'event'" },
  { "a-lost-entity", "DELETE FROM entity WHERE kind = 'event'" },
  { "a-lost-head", "DELETE FROM reg_head WHERE op = (SELECT max (op) FROM reg_head)" },
  { "a-lost-link", "DELETE FROM op_prev" },
};

static void
test_damage_is_found (StoreFixture *fixture, gconstpointer data)
{
  const Damage *damage = data;
  g_autofree char *event = store_new_event (fixture->library, fixture->review, "zero");
  g_autofree char *path = g_build_filename (fixture->folder, "library.db", NULL);
  VantageVerifyResult *result;
  VantageDb *db;

  store_set_title (fixture->library, fixture->review, event, "zero again");
  store_assert_whole (fixture->library);
  db = vantage_db_open (path, VANTAGE_DB_READ_WRITE, VANTAGE_DB_FULL, NULL);
  vantage_db_exec (db, "PRAGMA foreign_keys = OFF", NULL);
  g_assert_true (vantage_db_exec (db, damage->sql, NULL));
  vantage_db_close (db);
  result = vantage_library_verify (fixture->library, NULL, NULL, NULL);
  g_assert_false (result->ok);
  g_assert_cmpuint (result->problems->len, >, 0);
  vantage_verify_result_free (result);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/upkeep/" path, StoreFixture, NULL, store_fixture_set_up, function,           \
              store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("a-backup-can-be-put-back", test_a_backup_can_be_put_back);
  ADD ("a-restore-that-was-cut-off-is-finished", test_a_restore_that_was_cut_off_is_finished);
  ADD ("a-folder-without-a-backup-is-refused", test_a_folder_without_a_backup_is_refused);
  ADD ("the-first-open-of-a-day-makes-a-copy", test_the_first_open_of_a_day_makes_a_copy);
  ADD ("a-copied-library-writes-under-another-name",
       test_a_copied_library_writes_under_another_name);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/upkeep/damage-is-found/%s", damages[i].name);

      g_test_add (path, StoreFixture, &damages[i], store_fixture_set_up, test_damage_is_found,
                  store_fixture_tear_down);
    }
  return g_test_run ();
}
