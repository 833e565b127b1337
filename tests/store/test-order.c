/* Ops in any order, twice over, by pages of any size: the same state, and the same when rebuilt. */

#include "store-fixture.h"

#include <string.h>

#define N_PEOPLE 3
#define N_ROUNDS 12

typedef struct
{
  StoreFixture people[N_PEOPLE];
  char *review;
  GRand *rand;
} Team;

/* Everything one has reaches the other. */
static void
bring (StoreFixture *from, StoreFixture *to)
{
  g_autoptr (GHashTable) streams = store_load_ops (from->library);
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer stream, ops;

  g_hash_table_iter_init (&iter, streams);
  while (g_hash_table_iter_next (&iter, &stream, &ops))
    {
      vantage_library_apply (to->library, stream, ops, &error);
      g_assert_no_error (error);
    }
}

static char *
pick_event (Team *team, VantageLibrary *library)
{
  g_autoptr (GPtrArray) events = vantage_library_list (library, team->review, "event", NULL);

  if (events->len == 0)
    return store_new_event (library, team->review, "first");
  return g_strdup (
      vantage_entity_get_id (events->pdata[g_rand_int_range (team->rand, 0, (int) events->len)]));
}

static void
edit_something (Team *team, VantageLibrary *library)
{
  g_autofree char *event = pick_event (team, library);
  g_autofree char *text = g_strdup_printf ("%d", g_rand_int_range (team->rand, 0, 4));
  g_autofree char *person = g_strnfill (32, "abc"[g_rand_int_range (team->rand, 0, 3)]);
  g_autoptr (VantageEdit) edit = vantage_library_begin (library, team->review, "Change");
  g_autoptr (GError) error = NULL;

  switch (g_rand_int_range (team->rand, 0, 7))
    {
    case 0:
      vantage_edit_set_text (edit, "event", vantage_edit_create (edit, "event"), "title", text);
      break;
    case 1:
      vantage_edit_set_member (edit, "event", event, "actors", person, g_rand_boolean (team->rand));
      break;
    case 2:
      vantage_edit_delete (edit, "event", event);
      break;
    case 3:
      vantage_edit_undelete (edit, "event", event);
      break;
    case 4:
      vantage_edit_set (edit, "event", event, "pos", vantage_value_new_text (text));
      break;
    case 5:
      vantage_edit_cite (edit, "event", event, "0123456789abcdef.1", -1, -1, text, NULL);
      break;
    default:
      vantage_edit_set_text (edit, "event", event, "title", text);
      break;
    }
  vantage_edit_commit (edit, &error);
  g_assert_no_error (error);
}

static void
set_up_team (Team *team, guint32 seed)
{
  team->rand = g_rand_new_with_seed (seed);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      StoreFixture *one = &team->people[i];

      one->now_us = G_GINT64_CONSTANT (1700000000000000) + i * 90 * G_USEC_PER_SEC;
      one->folder = store_make_folder ();
      one->library = store_fixture_open_another (one);
    }
  team->review = store_new_review (team->people[0].library, "Shared");
  for (guint i = 1; i < N_PEOPLE; i++)
    bring (&team->people[0], &team->people[i]);
}

static void
close_one (StoreFixture *one)
{
  vantage_library_close (one->library);
  g_object_unref (one->library);
  store_remove_folder (one->folder);
  g_free (one->folder);
}

static void
tear_down_team (Team *team)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    close_one (&team->people[i]);
  g_rand_free (team->rand);
  g_free (team->review);
}

static void
shuffle (GPtrArray *ops, GRand *rand)
{
  for (guint i = ops->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (int) i);
      gpointer op = ops->pdata[i - 1];

      ops->pdata[i - 1] = ops->pdata[j];
      ops->pdata[j] = op;
    }
}

/* A library that gets all ops shuffled, each twice, by pages. */
static char *
dump_of_shuffled (Team *team, GPtrArray *ops)
{
  StoreFixture fresh = { .now_us = G_GINT64_CONSTANT (1700000000000000) };
  g_autoptr (GPtrArray) twice = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *rebuilt = NULL;
  char *dump;

  g_ptr_array_extend (twice, ops, NULL, NULL);
  g_ptr_array_extend (twice, ops, NULL, NULL);
  shuffle (twice, team->rand);
  fresh.folder = store_make_folder ();
  fresh.library = store_fixture_open_another (&fresh);
  for (guint i = 0; i < twice->len;)
    {
      guint size = (guint) g_rand_int_range (team->rand, 1, 40);
      guint n = MIN (size, twice->len - i);
      g_autoptr (GPtrArray) page = g_ptr_array_new ();

      for (guint j = 0; j < n; j++)
        g_ptr_array_add (page, twice->pdata[i + j]);
      vantage_library_apply (fresh.library, team->review, page, &error);
      g_assert_no_error (error);
      i += n;
    }

  dump = store_dump (fresh.library);
  store_assert_whole (fresh.library);
  g_assert_true (vantage_library_rebuild (fresh.library, NULL));
  rebuilt = store_dump (fresh.library);
  g_assert_cmpstr (dump, ==, rebuilt);
  close_one (&fresh);
  return dump;
}

static void
test_any_order_gives_the_same (gconstpointer data)
{
  Team team;
  g_autoptr (GHashTable) streams = NULL;
  g_autofree char *expected = NULL;

  set_up_team (&team, (guint32) GPOINTER_TO_UINT (data));
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      for (guint i = 0; i < N_PEOPLE; i++)
        edit_something (&team, team.people[i].library);
      if (g_rand_int_range (team.rand, 0, 3) == 0)
        bring (&team.people[g_rand_int_range (team.rand, 0, N_PEOPLE)],
               &team.people[g_rand_int_range (team.rand, 0, N_PEOPLE)]);
    }
  for (guint i = 1; i < N_PEOPLE; i++)
    bring (&team.people[i], &team.people[0]);

  expected = store_dump (team.people[0].library);
  streams = store_load_ops (team.people[0].library);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *dump = dump_of_shuffled (&team, g_hash_table_lookup (streams, team.review));

      g_assert_cmpstr (dump, ==, expected);
    }
  store_assert_whole (team.people[0].library);
  tear_down_team (&team);
}

static void
test_both_values_of_a_conflict_are_listed (void)
{
  Team team;
  g_autofree char *event = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  VantageConflict *conflict;

  set_up_team (&team, 1);
  event = store_new_event (team.people[0].library, team.review, "zero");
  bring (&team.people[0], &team.people[1]);
  store_set_title (team.people[0].library, team.review, event, "mine");
  store_set_title (team.people[1].library, team.review, event, "theirs");
  bring (&team.people[1], &team.people[0]);

  conflicts = vantage_library_list_conflicts (team.people[0].library, team.review, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = conflicts->pdata[0];
  g_assert_cmpstr (conflict->entity, ==, event);
  g_assert_cmpstr (conflict->field, ==, "title");
  g_assert_cmpuint (conflict->ops->len, ==, 2);

  /* Writing chooses. */
  store_set_title (team.people[0].library, team.review, event, "both");
  g_ptr_array_unref (conflicts);
  conflicts = vantage_library_list_conflicts (team.people[0].library, team.review, NULL);
  g_assert_cmpuint (conflicts->len, ==, 0);
  tear_down_team (&team);
}

static void
test_a_change_elsewhere_outlives_a_deletion (void)
{
  Team team;
  g_autofree char *event = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (VantageEdit) edit = NULL;

  set_up_team (&team, 1);
  event = store_new_event (team.people[0].library, team.review, "zero");
  bring (&team.people[0], &team.people[1]);
  store_set_title (team.people[1].library, team.review, event, "still needed");
  edit = vantage_library_begin (team.people[0].library, team.review, "Delete");
  vantage_edit_delete (edit, "event", event);
  g_assert_true (vantage_edit_commit (edit, NULL));
  bring (&team.people[1], &team.people[0]);

  title = store_get_title (team.people[0].library, team.review, event);
  g_assert_cmpstr (title, ==, "still needed");
  conflicts = vantage_library_list_conflicts (team.people[0].library, team.review, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (((VantageConflict *) conflicts->pdata[0])->field, ==, "#del");
  tear_down_team (&team);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint seed = 1; seed <= 4; seed++)
    {
      g_autofree char *path =
          g_strdup_printf ("/store/order/any-order-gives-the-same/seed-%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_any_order_gives_the_same);
    }
  g_test_add_func ("/store/order/both-values-of-a-conflict-are-listed",
                   test_both_values_of_a_conflict_are_listed);
  g_test_add_func ("/store/order/a-change-elsewhere-outlives-a-deletion",
                   test_a_change_elsewhere_outlives_a_deletion);

  return g_test_run ();
}
