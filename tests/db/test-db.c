/* Connections and migrations on real files. */

#include <glib/gstdio.h>

#include "vantage-db.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("vantage-db-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static VantageDb *
open_file (Fixture *fixture, VantageDbMode mode)
{
  g_autoptr (GError) error = NULL;
  VantageDb *db = vantage_db_open (fixture->path, mode, VANTAGE_DB_FULL, &error);

  g_assert_no_error (error);
  return db;
}

static gint64
ask (VantageDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_auto (VantageStmt) stmt = vantage_db_prepare (db, sql, &error);
  gint64 number = vantage_stmt_step (&stmt, &error) ? vantage_stmt_get_int (&stmt, 0) : -1;

  g_assert_no_error (error);
  return number;
}

typedef struct
{
  const char *name;
  guint version; /* of the file before */
  guint n_steps;
  int code; /* -1: it works */
  guint version_after;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "a-new-file-gets-all-steps",          0, 3, -1,                        3 },
  { "an-old-file-gets-the-missing-steps", 1, 3, -1,                        3 },
  { "a-file-of-this-version-stays",       3, 3, -1,                        3 },
  { "a-newer-file-is-refused-untouched",  4, 3, VANTAGE_DB_ERROR_TOO_NEW,  4 },
  { "a-broken-step-leaves-the-one-before", 0, 4, VANTAGE_DB_ERROR_FAILED,  3 },
};
/* clang-format on */

static const char *const steps[] = { "CREATE TABLE one (x INTEGER) STRICT",
                                     "CREATE TABLE two (x INTEGER) STRICT",
                                     "CREATE TABLE three (x INTEGER) STRICT",
                                     "CREATE TABLE four (x INTEGER) STRICT; NO SUCH WORD" };

static void
test_migrate (Fixture *fixture, gconstpointer data)
{
  const Case *c = data;
  g_autoptr (VantageDb) db = open_file (fixture, VANTAGE_DB_READ_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u", c->version);
  gboolean ok;

  for (guint i = 0; i < MIN (c->version, 3); i++)
    g_assert_true (vantage_db_exec (db, steps[i], NULL));
  g_assert_true (vantage_db_exec (db, stamp, NULL));

  ok = vantage_db_migrate (db, steps, c->n_steps, &error);
  g_assert_cmpint (ok, ==, c->code < 0);
  if (c->code >= 0)
    g_assert_error (error, VANTAGE_DB_ERROR, c->code);
  g_assert_cmpuint (vantage_db_get_version (db), ==, c->version_after);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM sqlite_schema"), ==, 3);
}

static void
test_a_newer_file_keeps_its_bytes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;

  for (guint round = 0; round < 2; round++)
    {
      VantageDb *db = open_file (fixture, VANTAGE_DB_READ_WRITE);

      if (round == 0)
        {
          vantage_db_exec (db, "CREATE TABLE far (x); PRAGMA user_version = 9", NULL);
          vantage_db_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
        }
      else
        g_assert_false (vantage_db_migrate (db, steps, 3, NULL));
      vantage_db_close (db);
      g_file_get_contents (fixture->path, round == 0 ? &before : &after,
                           round == 0 ? &n_before : &n_after, NULL);
    }
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_what_is_no_database_is_not_ours (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (5000, 'x');

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  g_assert_null (vantage_db_open (fixture->path, VANTAGE_DB_READ_WRITE, VANTAGE_DB_FULL, &error));
  g_assert_error (error, VANTAGE_DB_ERROR, VANTAGE_DB_ERROR_NOT_OURS);
}

static void
test_another_programs_database_is_not_ours (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageDb) db = open_file (fixture, VANTAGE_DB_READ_WRITE);
  g_autoptr (GError) error = NULL;

  g_assert_true (vantage_db_exec (db, "CREATE TABLE theirs (x)", NULL));
  g_assert_false (vantage_db_migrate (db, steps, 3, &error));
  g_assert_error (error, VANTAGE_DB_ERROR, VANTAGE_DB_ERROR_NOT_OURS);
}

static void
test_a_reader_cannot_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageDb) writer = open_file (fixture, VANTAGE_DB_READ_WRITE);
  g_autoptr (VantageDb) reader = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (vantage_db_migrate (writer, steps, 3, NULL));
  reader = open_file (fixture, VANTAGE_DB_READ_ONLY);
  g_assert_true (vantage_db_exec (writer, "INSERT INTO one VALUES (7)", NULL));
  g_assert_cmpint (ask (reader, "SELECT x FROM one"), ==, 7);
  g_assert_false (vantage_db_exec (reader, "INSERT INTO one VALUES (8)", &error));
  g_assert_error (error, VANTAGE_DB_ERROR, VANTAGE_DB_ERROR_READ_ONLY);
}

static void
test_a_copy_is_whole_and_of_its_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageDb) db = open_file (fixture, VANTAGE_DB_READ_WRITE);
  g_autoptr (VantageDb) reader = NULL;
  g_autoptr (VantageDb) copy = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "copy.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (vantage_db_migrate (db, steps, 3, NULL));
  g_assert_true (vantage_db_exec (db, "INSERT INTO one VALUES (7)", NULL));
  reader = open_file (fixture, VANTAGE_DB_READ_ONLY);
  g_assert_true (vantage_db_copy_to (reader, path, &error));
  g_assert_no_error (error);
  g_assert_true (vantage_db_exec (db, "DELETE FROM one", NULL));
  copy = vantage_db_open (path, VANTAGE_DB_READ_ONLY, VANTAGE_DB_FULL, NULL);
  g_assert_cmpint (ask (copy, "SELECT x FROM one"), ==, 7);
  g_assert_false (vantage_db_exec (reader, "INSERT INTO one VALUES (8)", NULL));
}

static void
test_one_text_may_run_inside_itself (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageDb) db = open_file (fixture, VANTAGE_DB_READ_WRITE);
  static const char sql[] = "SELECT x FROM one ORDER BY x";
  guint n = 0;

  g_assert_true (vantage_db_migrate (db, steps, 3, NULL));
  g_assert_true (vantage_db_exec (db, "INSERT INTO one VALUES (1), (2), (3)", NULL));
  g_auto (VantageStmt) outer = vantage_db_prepare (db, sql, NULL);
  while (vantage_stmt_step (&outer, NULL))
    {
      g_assert_cmpint (ask (db, sql), ==, 1);
      g_assert_cmpint (vantage_stmt_get_int (&outer, 0), ==, ++n);
    }
  g_assert_cmpuint (n, ==, 3);
  vantage_stmt_finish (&outer);
}

#define ADD(path, function) g_test_add ("/db/db/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/db/db/migrate/%s", cases[i].name);

      g_test_add (path, Fixture, &cases[i], set_up, test_migrate, tear_down);
    }
  ADD ("a-newer-file-keeps-its-bytes", test_a_newer_file_keeps_its_bytes);
  ADD ("what-is-no-database-is-not-ours", test_what_is_no_database_is_not_ours);
  ADD ("another-programs-database-is-not-ours", test_another_programs_database_is_not_ours);
  ADD ("a-reader-cannot-write", test_a_reader_cannot_write);
  ADD ("a-copy-is-whole-and-of-its-own", test_a_copy_is_whole_and_of_its_own);
  ADD ("one-text-may-run-inside-itself", test_one_text_may_run_inside_itself);

  return g_test_run ();
}
