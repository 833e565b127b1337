/* test-seal.c: nothing typed can be read in any file of the folder, and rows cannot be changed,
 * moved or put back from elsewhere without being noticed. */

#include <string.h>

#include "vantage-db.h"
#include "vault-fixture.h"

#define CANARY "The canary sang at quarter past four in the boiler room"

static gboolean
file_holds (const char *path, const char *words)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return memmem (bytes, size, words, strlen (words)) != NULL;
}

static guint
count_files_that_hold (const char *folder, const char *words, guint *n_files)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      ++*n_files;
      n += file_holds (path, words) ? 1 : 0;
    }
  return n;
}

static void
assert_nothing_leaks (Fixture *fixture)
{
  g_autofree char *upper = g_ascii_strup (CANARY, -1);
  guint n_files = 0;

  g_assert_cmpuint (count_files_that_hold (fixture->folder, CANARY, &n_files), ==, 0);
  g_assert_cmpuint (count_files_that_hold (fixture->folder, "canary sang", &n_files), ==, 0);
  g_assert_cmpuint (count_files_that_hold (fixture->folder, upper, &n_files), ==, 0);
  g_assert_cmpuint (n_files, >, 0);
}

static void
test_canary_is_in_no_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = add_line (fixture, CANARY);
  g_autoptr (VantagePrivatePassage) passage = vantage_private_passage_new (INTERVIEW);
  g_autoptr (JsonNode) prep = json_from_string ("{\"reasons\":\"" CANARY "\"}", NULL);

  vantage_private_passage_add_anchor (passage, line, CANARY, 4, 30);
  g_free (passage->memo);
  passage->memo = g_strdup (CANARY);
  g_assert_true (vantage_vault_put_passage (fixture->vault, passage, CANARY, NULL));
  g_assert_true (vantage_vault_set_prep (fixture->vault, INTERVIEW, prep, "Prepare", NULL));
  g_assert_true (vantage_vault_save_draft (fixture->vault, INTERVIEW, line, 0, CANARY, NULL));
  g_assert_true (vantage_vault_set_line_text (fixture->vault, line, CANARY " again", "Edit", NULL));
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
  assert_nothing_leaks (fixture);
  {
    const char *const ids[] = { line, NULL };

    g_assert_true (vantage_vault_delete_lines (fixture->vault, ids, "Delete", NULL));
  }
  assert_nothing_leaks (fixture);
  reopen (fixture);
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
  assert_lines (fixture->vault, CANARY);
  assert_nothing_leaks (fixture);
  g_assert_true (vantage_vault_forget (fixture->vault, INTERVIEW, NULL));
  assert_nothing_leaks (fixture);
}

/* ---- tampering ---- */

static void
run_sql (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->folder, "private.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageDb) db = vantage_db_open (path, VANTAGE_DB_READ_WRITE, VANTAGE_DB_FULL, &error);

  g_assert_no_error (error);
  vantage_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
assert_noticed (Fixture *fixture, guint n_problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = vantage_vault_verify (fixture->vault, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, n_problems);
}

static void
assert_lines_refused (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, &error);

  g_assert_null (list);
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_TAMPERED);
}

static void
test_a_changed_payload_is_noticed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = add_line (fixture, "one");

  assert_noticed (fixture, 0);
  run_sql (fixture, "UPDATE line SET payload = CAST (substr (payload, 1, length (payload) - 1)"
                    " || CASE substr (payload, -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)");
  assert_noticed (fixture, 1);
  assert_lines_refused (fixture);
}

static void
test_a_moved_payload_is_noticed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_line (fixture, "one");
  g_autofree char *two = add_line (fixture, "two");

  run_sql (fixture, "UPDATE line SET payload = (SELECT payload FROM line ORDER BY pos LIMIT 1)");
  assert_noticed (fixture, 1);
  assert_lines_refused (fixture);
}

static void
test_a_payload_of_another_table_is_noticed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = add_line (fixture, "one");

  g_assert_true (vantage_vault_save_draft (fixture->vault, INTERVIEW, line, 0, "two", NULL));
  run_sql (fixture, "UPDATE line SET payload = (SELECT payload FROM draft)");
  assert_noticed (fixture, 1);
  assert_lines_refused (fixture);
}

static void
test_short_payloads_are_noticed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = add_line (fixture, "one");

  run_sql (fixture, "UPDATE line SET payload = x''");
  assert_lines_refused (fixture);
  run_sql (fixture, "UPDATE line SET payload = zeroblob (40)");
  assert_lines_refused (fixture);
}

static void
test_a_swapped_step_is_not_undone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_line (fixture, "one");
  g_autofree char *two = add_line (fixture, "two");
  g_autoptr (GError) error = NULL;

  run_sql (fixture, "UPDATE vault_op SET payload = (SELECT payload FROM vault_op WHERE n = 1)");
  g_assert_false (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_TAMPERED);
  assert_lines (fixture->vault, "one|two");
}

static void
test_equal_text_is_sealed_differently (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "private.db", NULL);
  g_autofree char *one = add_line (fixture, "one");
  g_autoptr (VantageDb) db = vantage_db_open (path, VANTAGE_DB_READ_ONLY, VANTAGE_DB_FULL, NULL);
  g_autofree guint8 *first = NULL;
  gsize size = 0, again = 0;

  {
    g_auto (VantageStmt) stmt = vantage_db_prepare (db, "SELECT payload FROM line", NULL);
    const void *blob;

    g_assert_true (vantage_stmt_step (&stmt, NULL));
    blob = vantage_stmt_get_blob (&stmt, 0, &size);
    first = g_memdup2 (blob, size);
  }
  g_assert_true (vantage_vault_set_line_text (fixture->vault, one, "two", "Edit", NULL));
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
  {
    g_auto (VantageStmt) stmt = vantage_db_prepare (db, "SELECT payload FROM line", NULL);
    const void *blob;

    g_assert_true (vantage_stmt_step (&stmt, NULL));
    blob = vantage_stmt_get_blob (&stmt, 0, &again);
    g_assert_cmpuint (again, ==, size);
    g_assert_cmpint (memcmp (blob, first, size), !=, 0);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("seal/canary-is-in-no-file", test_canary_is_in_no_file);
  add_case ("seal/a-changed-payload-is-noticed", test_a_changed_payload_is_noticed);
  add_case ("seal/a-moved-payload-is-noticed", test_a_moved_payload_is_noticed);
  add_case ("seal/a-payload-of-another-table-is-noticed",
            test_a_payload_of_another_table_is_noticed);
  add_case ("seal/short-payloads-are-noticed", test_short_payloads_are_noticed);
  add_case ("seal/a-swapped-step-is-not-undone", test_a_swapped_step_is_not_undone);
  add_case ("seal/equal-text-is-sealed-differently", test_equal_text_is_sealed_differently);
  return g_test_run ();
}
