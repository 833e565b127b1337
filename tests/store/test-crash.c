/* Killed writers, full and failing disks, another program beside: what was told as saved is there,
 * and the library is whole. */

#include "store-fixture.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "failing-disk.h"

/* ---- another process ---- */

/* Writes events and tells each title through the pipe once it is saved, until it is killed. */
static int
write_until_killed (const char *folder, const char *review, int out)
{
  VantageLibrary *library = vantage_library_open (folder, NULL, NULL, NULL);

  for (guint i = 0; library != NULL && i < 100000; i++)
    {
      g_autoptr (VantageEdit) edit = vantage_library_begin (library, review, "Add");
      const char *id = vantage_edit_create (edit, "event");

      vantage_edit_set_text (edit, "event", id, "title", "kept");
      vantage_edit_set_member (edit, "event", id, "actors", review, TRUE);
      if (!vantage_edit_commit (edit, NULL) || write (out, id, 32) != 32)
        break;
      if (i % 7 == 3)
        vantage_library_undo (library, review, NULL, NULL, NULL);
      if (i % 7 == 3 && write (out, "-", 1) != 1)
        break;
    }
  return 0;
}

static char *
read_all (int in)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];
  ssize_t n;

  while ((n = read (in, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  return g_string_free (text, FALSE);
}

static const char *own_path;

/* A program of its own: neither SQLite nor threads survive a fork. */
static GPid
start_writer (StoreFixture *fixture, int *out_pipe)
{
  const char *arguments[] = { own_path, "--write", fixture->folder, fixture->review, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid = 0;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &pid, NULL, out_pipe, NULL, &error);
  g_assert_no_error (error);
  return pid;
}

/* Every id in @told that no "-" follows is there; those that one follows are in the bin. */
static void
assert_told_is_kept (StoreFixture *fixture, const char *told)
{
  guint n = 0;

  for (const char *at = told; strlen (at) >= 32; n++)
    {
      g_autofree char *id = g_strndup (at, 32);
      g_autofree char *title = store_get_title (fixture->library, fixture->review, id);
      gboolean undone = at[32] == '-';

      /* The last undo may have been saved and not told. */
      if (undone || at[32] != '\0')
        g_assert_cmpstr (title, ==, undone ? "" : "kept");
      at += 32 + undone;
    }
  g_test_message ("%u edits were told", n);
}

static void
test_a_killed_writer_loses_nothing_it_told (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  StoreFixture fixture = { 0 };

  store_fixture_set_up (&fixture, NULL);
  for (guint round = 0; round < 8; round++)
    {
      int from_writer = -1;
      GPid writer = start_writer (&fixture, &from_writer);
      g_autofree char *told = NULL;
      int status;
      GPollFD ready = { 0, G_IO_IN, 0 };

      /* Let it get going, then a random while. */
      ready.fd = from_writer;
      g_assert_cmpint (g_poll (&ready, 1, 10000), ==, 1);
      g_usleep ((gulong) g_rand_int_range (rand, 0, 40000));
      kill (writer, SIGKILL);
      waitpid (writer, &status, 0);
      told = read_all (from_writer);
      close (from_writer);

      assert_told_is_kept (&fixture, told);
      store_fixture_reopen (&fixture);
      store_assert_whole (fixture.library);
    }
  store_fixture_tear_down (&fixture, NULL);
}

static void
test_another_process_is_seen (void)
{
  StoreFixture fixture = { 0 };
  g_autoptr (GListModel) model = NULL;
  gint64 until_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  int from_writer = -1, status;
  GPid writer;

  store_fixture_set_up (&fixture, NULL);
  model = vantage_library_get_model (fixture.library, fixture.review, "event");
  writer = start_writer (&fixture, &from_writer);
  /* Its writes arrive by the main loop alone, while this process writes too. */
  while (g_list_model_get_n_items (model) < 40 && g_get_monotonic_time () < until_us)
    {
      g_free (store_new_event (fixture.library, fixture.review, "mine"));
      g_main_context_iteration (NULL, FALSE);
    }
  kill (writer, SIGKILL);
  waitpid (writer, &status, 0);
  close (from_writer);
  g_assert_cmpuint (g_list_model_get_n_items (model), >=, 40);
  vantage_library_poll (fixture.library);
  store_assert_whole (fixture.library);
  g_clear_object (&model);
  store_fixture_tear_down (&fixture, NULL);
}

/* ---- a disk that fails ---- */

typedef struct
{
  FailingDiskSort sort;
  gboolean for_good;
} Disk;

/* A few edits on an open library, with the @k-th call to the disk failing. Fills @told with the
 * titles that were told as saved. Returns whether the fault came at all. */
static gboolean
run_small_scenario (StoreFixture *fixture, const char *event, const Disk *disk, guint k,
                    char **out_told)
{
  *out_told = g_strdup ("zero");
  failing_disk_arm (k, disk->sort, disk->for_good);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (VantageEdit) edit =
          vantage_library_begin (fixture->library, fixture->review, "Change");
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strdup_printf ("title %u", i);

      vantage_edit_set_text (edit, "event", event, "title", text);
      vantage_edit_set_text (edit, "event", vantage_edit_create (edit, "event"), "title", text);
      if (vantage_edit_commit (edit, &error))
        {
          g_free (*out_told);
          *out_told = g_steal_pointer (&text);
        }
      else
        g_assert_true (error != NULL && error->domain == VANTAGE_STORE_ERROR);
    }
  return failing_disk_get_calls () >= k;
}

static void
test_a_failing_disk (gconstpointer data)
{
  const Disk *disk = data;

  for (guint k = 1;; k++)
    {
      StoreFixture fixture = { 0 };
      g_autofree char *event = NULL, *told = NULL, *title = NULL;
      gboolean came;

      failing_disk_arm (0, FAILING_DISK_IO, FALSE);
      store_fixture_set_up (&fixture, NULL);
      event = store_new_event (fixture.library, fixture.review, "zero");
      came = run_small_scenario (&fixture, event, disk, k, &told);

      /* What was told is what is read, before and after the disk is well again. */
      title = store_get_title (fixture.library, fixture.review, event);
      g_assert_cmpstr (title, ==, told);
      failing_disk_arm (0, FAILING_DISK_IO, FALSE);
      store_fixture_reopen (&fixture);
      g_free (title);
      title = store_get_title (fixture.library, fixture.review, event);
      g_assert_cmpstr (title, ==, told);
      store_assert_whole (fixture.library);
      store_set_title (fixture.library, fixture.review, event, "well again");
      store_fixture_tear_down (&fixture, NULL);
      if (!came)
        break;
    }
}

static void
test_opening_on_a_failing_disk_harms_nothing (void)
{
  gboolean came = TRUE;

  for (guint k = 1; came; k++)
    {
      StoreFixture fixture = { 0 };
      g_autofree char *event = NULL, *title = NULL;
      g_autoptr (GError) error = NULL;
      VantageLibrary *library;

      failing_disk_arm (0, FAILING_DISK_IO, FALSE);
      store_fixture_set_up (&fixture, NULL);
      event = store_new_event (fixture.library, fixture.review, "zero");
      g_clear_object (&fixture.library);

      failing_disk_arm (k, FAILING_DISK_FULL, TRUE);
      library = vantage_library_open (fixture.folder, NULL, NULL, &error);
      came = failing_disk_get_calls () >= k;
      g_assert_true ((library != NULL) != (error != NULL));
      g_clear_object (&library);

      failing_disk_arm (0, FAILING_DISK_IO, FALSE);
      fixture.library = store_fixture_open_another (&fixture);
      title = store_get_title (fixture.library, fixture.review, event);
      g_assert_cmpstr (title, ==, "zero");
      store_assert_whole (fixture.library);
      store_fixture_tear_down (&fixture, NULL);
    }
}

int
main (int argc, char *argv[])
{
  static const Disk disks[] = { { FAILING_DISK_IO, FALSE },
                                { FAILING_DISK_IO, TRUE },
                                { FAILING_DISK_FULL, FALSE },
                                { FAILING_DISK_FULL, TRUE } };
  static const char *const names[] = { "one-error", "broken", "full-once", "full" };

  if (argc == 4 && strcmp (argv[1], "--write") == 0)
    return write_until_killed (argv[2], argv[3], STDOUT_FILENO);

  own_path = argv[0];
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  failing_disk_install ();

  g_test_add_func ("/store/crash/a-killed-writer-loses-nothing-it-told",
                   test_a_killed_writer_loses_nothing_it_told);
  g_test_add_func ("/store/crash/another-process-is-seen", test_another_process_is_seen);
  for (guint i = 0; i < G_N_ELEMENTS (disks); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/store/crash/what-was-told-outlives-a-disk-that-is/%s", names[i]);

      g_test_add_data_func (path, &disks[i], test_a_failing_disk);
    }
  g_test_add_func ("/store/crash/opening-on-a-failing-disk-harms-nothing",
                   test_opening_on_a_failing_disk_harms_nothing);

  return g_test_run ();
}
