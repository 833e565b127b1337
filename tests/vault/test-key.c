/* test-key.c: the key is where the vault says, nowhere else, and nothing opens without it. */

#include <string.h>
#include <sys/stat.h>

#include "vault-fixture.h"

static void
expect_error (Fixture *fixture, int code)
{
  g_autoptr (GError) error = NULL;
  VantageVault *vault = vantage_vault_open (fixture->folder, &fixture->options, &error);

  g_assert_null (vault);
  g_assert_error (error, VANTAGE_VAULT_ERROR, code);
}

static void
test_key_file_is_private_and_elsewhere (Fixture *fixture, gconstpointer data)
{
  const char *path = vantage_vault_get_key_path (fixture->vault);
  struct stat info;

  g_assert_cmpint (vantage_vault_get_key_place (fixture->vault), ==, VANTAGE_VAULT_KEY_FILE);
  g_assert_nonnull (path);
  g_assert_false (g_str_has_prefix (path, fixture->folder));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_without_the_key_nothing_opens (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autofree char *path = g_strdup (vantage_vault_get_key_path (fixture->vault));
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);

  g_clear_object (&fixture->vault);
  g_assert_cmpint (g_rename (path, aside), ==, 0);
  expect_error (fixture, VANTAGE_VAULT_ERROR_KEY_MISSING);
  g_assert_true (g_file_set_contents (path, "0123", -1, NULL));
  expect_error (fixture, VANTAGE_VAULT_ERROR_KEY_MISSING);
  {
    g_autofree char *wrong = g_strnfill (64, 'a');

    g_assert_true (g_file_set_contents (path, wrong, -1, NULL));
    expect_error (fixture, VANTAGE_VAULT_ERROR_KEY_MISSING);
  }
  g_assert_cmpint (g_rename (aside, path), ==, 0);
  open_vault (fixture);
  assert_lines (fixture->vault, "one");
}

static void
test_passphrase_locks_and_unlocks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autofree char *path = g_strdup (vantage_vault_get_key_path (fixture->vault));
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) list = NULL;

  g_assert_false (vantage_vault_set_passphrase (fixture->vault, "short", &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (vantage_vault_set_passphrase (fixture->vault, "correct horse", &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_lines (fixture->vault, "one");

  reopen (fixture);
  g_assert_true (vantage_vault_is_locked (fixture->vault));
  g_assert_cmpint (vantage_vault_get_key_place (fixture->vault), ==, VANTAGE_VAULT_KEY_PASSPHRASE);
  list = vantage_vault_get_lines (fixture->vault, INTERVIEW, &error);
  g_assert_null (list);
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (vantage_vault_unlock (fixture->vault, "wrong horse", &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_true (vantage_vault_unlock (fixture->vault, "correct horse", &error));
  assert_lines (fixture->vault, "one");

  g_assert_true (vantage_vault_set_passphrase (fixture->vault, NULL, &error));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  reopen (fixture);
  assert_lines (fixture->vault, "one");
}

static void
test_printed_words_bring_it_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autofree char *words = vantage_vault_dup_recovery (fixture->vault, NULL);
  g_autofree char *loud = g_ascii_strup (words, -1);
  g_autofree char *path = g_strdup (vantage_vault_get_key_path (fixture->vault));
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (words), ==, 71);
  g_clear_object (&fixture->vault);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_null (vantage_vault_recover (fixture->folder, &fixture->options, "not these", &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_PASSPHRASE);
  g_clear_error (&error);
  words[0] = words[0] == '0' ? '1' : '0';
  g_assert_null (vantage_vault_recover (fixture->folder, &fixture->options, words, &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_PASSPHRASE);
  g_clear_error (&error);
  fixture->vault = vantage_vault_recover (fixture->folder, &fixture->options, loud, &error);
  g_assert_no_error (error);
  assert_lines (fixture->vault, "one");
  reopen (fixture);
  assert_lines (fixture->vault, "one");
}

static void
test_what_is_no_vault_is_refused_untouched (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "private.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);
  g_autofree char *notes = g_strnfill (9000, 'n');
  g_autofree char *back = NULL;

  g_clear_object (&fixture->vault);
  g_remove (log);
  g_remove (shared);
  g_assert_true (g_file_set_contents (path, notes, -1, NULL));
  expect_error (fixture, VANTAGE_VAULT_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (path, &back, NULL, NULL));
  g_assert_cmpstr (back, ==, notes);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("key/key-file-is-private-and-elsewhere", test_key_file_is_private_and_elsewhere);
  add_case ("key/without-the-key-nothing-opens", test_without_the_key_nothing_opens);
  add_case ("key/passphrase-locks-and-unlocks", test_passphrase_locks_and_unlocks);
  add_case ("key/printed-words-bring-it-back", test_printed_words_bring_it_back);
  add_case ("key/what-is-no-vault-is-refused-untouched",
            test_what_is_no_vault_is_refused_untouched);
  return g_test_run ();
}
