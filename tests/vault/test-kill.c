/* test-kill.c: what was shown as saved is there after the program was killed, at whatever moment.
 */

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vault-fixture.h"

#define N_ROUNDS 8

/* Writes lines for ever and tells of each that is saved; never returns. */
static void
write_until_killed (Fixture *fixture, int pipe_fd)
{
  VantageVault *vault = vantage_vault_open (fixture->folder, &fixture->options, NULL);
  g_autofree char *draft = NULL;

  if (vault == NULL)
    _exit (1);
  draft = vantage_vault_new_line_id (vault);
  for (;;)
    {
      VantageLineFields fields = VANTAGE_LINE_FIELDS_INIT;
      g_autoptr (VantageLine) line = NULL;

      fields.text = "saved";
      if (!vantage_vault_save_draft (vault, INTERVIEW, draft, 0, "being typed", NULL))
        _exit (1);
      line = vantage_vault_add_line (vault, INTERVIEW, NULL, &fields, NULL, "Add", NULL);
      if (line == NULL || write (pipe_fd, "x", 1) != 1)
        _exit (1);
    }
}

/* Reads until @n lines were told of, kills, and returns how many were told of in all. */
static guint
kill_after (pid_t child, int pipe_fd, guint n)
{
  guint told = 0;
  char byte;
  int status;

  while (told < n && read (pipe_fd, &byte, 1) == 1)
    told++;
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  while (read (pipe_fd, &byte, 1) == 1)
    told++;
  return told;
}

static void
test_what_was_saved_is_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  guint expected = 0;

  g_clear_object (&fixture->vault);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GListModel) list = NULL;
      g_autoptr (GPtrArray) drafts = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      int fds[2];
      pid_t child;
      guint n;

      g_assert_cmpint (pipe (fds), ==, 0);
      child = fork ();
      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          close (fds[0]);
          write_until_killed (fixture, fds[1]);
        }
      close (fds[1]);
      expected += kill_after (child, fds[0], (guint) g_rand_int_range (rand, 1, 12));
      close (fds[0]);

      open_vault (fixture);
      list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);
      n = g_list_model_get_n_items (list);
      /* one more may have been saved and not told of */
      g_assert_cmpuint (n, >=, expected);
      g_assert_cmpuint (n, <=, expected + 1);
      expected = n;
      problems = vantage_vault_verify (fixture->vault, NULL);
      g_assert_cmpuint (problems->len, ==, 0);
      drafts = vantage_vault_list_drafts (fixture->vault, INTERVIEW, NULL);
      g_assert_cmpuint (drafts->len, >=, 1);
      g_clear_object (&list);
      g_clear_object (&fixture->vault);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("kill/what-was-saved-is-there", test_what_was_saved_is_there);
  return g_test_run ();
}
