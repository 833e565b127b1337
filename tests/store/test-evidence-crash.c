/* test-evidence-crash.c: a program that is killed in the middle of an import leaves the library as
 * before it or complete, and never anything between. */

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "evidence-fixture.h"

#define N_ITEMS 20000
#define N_STEPS (N_ITEMS / 1000)

static const char *program;

/* In a program of its own: imports as fast as it can. Standard output tells how far it is. */
static int
import_until_killed (const char *folder, const char *review)
{
  Fixture fixture = { .review = (char *) review };
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  VantageImportRun *run;

  fixture.library = vantage_library_open (folder, NULL, NULL, NULL);
  run = begin_run (&fixture, review, channel);
  for (int i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *local = g_strdup_printf ("%d", i);

      add_item (run, make_item (channel, local, "U1", i, "hello"));
      if (i % 1000 == 0 && write (STDOUT_FILENO, "i", 1) != 1)
        return 2;
    }
  if (write (STDOUT_FILENO, "k", 1) != 1)
    return 2;
  vantage_import_result_free (keep_run (run, make_facts ("a.zip")));
  if (write (STDOUT_FILENO, "d", 1) != 1)
    return 2;
  g_object_unref (fixture.library);
  return 0;
}

/* @after: bytes of progress to wait for; @then_us: a little longer. */
static void
kill_import (Fixture *fixture, guint after, guint then_us)
{
  const char *const argv[] = { program, "--import", fixture->folder, fixture->review, NULL };
  g_autoptr (GError) error = NULL;
  GPid child;
  int out;
  char byte;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &child, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < after; i++)
    if (read (out, &byte, 1) != 1)
      break;
  g_usleep (then_us);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  close (out);
}

static void
test_killed_anywhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint n_before = 0, n_complete = 0;

  g_clear_object (&fixture->library);

  for (guint round = 0; round < 9; round++)
    {
      /* While reading, while keeping, and after. */
      guint after = round % 6 == 5   ? N_STEPS + 2
                    : round % 3 == 0 ? (guint) g_rand_int_range (rand, 1, N_STEPS)
                                     : N_STEPS + 1;
      g_autoptr (GPtrArray) sources = NULL;
      gint64 n;

      kill_import (fixture, after, (guint) g_rand_int_range (rand, 0, 250000));
      fixture_reopen (fixture);
      n = count_all (fixture, fixture->review);
      sources = vantage_library_list (fixture->library, fixture->review, "source", NULL);
      g_assert_true (n == 0 || n == N_ITEMS);
      g_assert_cmpuint (sources->len, ==, n == 0 ? 0 : 1);
      g_assert_cmpint (count_words (fixture, "hello"), ==, n);
      assert_verified (fixture);
      n_before += n == 0;
      n_complete += n != 0;
      if (n != 0)
        {
          g_free (fixture->review);
          fixture->review = fixture_add_review (fixture, "Another");
        }
      g_clear_object (&fixture->library);
    }

  g_test_message ("%u as before, %u complete", n_before, n_complete);
  g_assert_cmpuint (n_before, >, 0);
  g_assert_cmpuint (n_complete, >, 0);
  fixture_reopen (fixture);
}

/* What another program imports is its own affair until that program is gone. */
static void
test_import_of_another_is_left_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageChannel) channel = make_channel ("payments");
  VantageImportRun *run = begin_run (fixture, fixture->review, channel);
  g_autoptr (VantageLibrary) second = NULL;
  g_autoptr (VantageImportResult) result = NULL;

  for (int i = 0; i < 9000; i++)
    {
      g_autofree char *local = g_strdup_printf ("%d", i);

      add_item (run, make_item (channel, local, "U1", i, "hello"));
    }
  second = vantage_library_open (fixture->folder, NULL, NULL, NULL);
  g_assert_nonnull (second);
  g_clear_object (&second);

  result = keep_run (run, make_facts ("a.zip"));
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 9000);
  assert_verified (fixture);
}

/* Two programs, one library: the second sees what the first keeps and takes back. */
static void
test_two_programs_see_the_same (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = { "U1: one", "U2: two", NULL };
  Fixture other = { .review = fixture->review };
  g_autofree char *source = NULL;

  other.library = vantage_library_open (fixture->folder, NULL, NULL, NULL);
  g_assert_cmpint (count_all (&other, other.review), ==, 0);
  source = import_lines (fixture, fixture->review, "payments", lines);
  g_assert_cmpint (count_all (&other, other.review), ==, 2);
  g_assert_cmpint (count_words (&other, "two"), ==, 1);

  g_assert_true (vantage_library_undo (fixture->library, fixture->review, NULL, NULL, NULL));
  g_assert_cmpint (count_all (fixture, fixture->review), ==, 0);
  g_assert_cmpint (count_all (&other, other.review), ==, 0);
  g_clear_object (&other.library);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/evidence-crash/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--import") == 0)
    return import_until_killed (argv[2], argv[3]);

  program = argv[0];
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("killed-anywhere", test_killed_anywhere);
  ADD ("import-of-another-is-left-alone", test_import_of_another_is_left_alone);
  ADD ("two-programs-see-the-same", test_two_programs_see_the_same);
  return g_test_run ();
}
