/* Random sequences of edits, undo, redo and reopening against a simple model in memory: a stack of
 * whole states. */

#include "store-fixture.h"

#include <string.h>

#define N_EVENTS 4
#define N_SEQUENCES 1000
#define N_STEPS 14
/* Sequences that share one library, each in a review of its own. */
#define SEQUENCES_AT_ONCE 100

/* Titles and one member; "" in `title` of an event that is not there. */
typedef struct
{
  int title[N_EVENTS]; /* 0: not there; else a number */
  gboolean member[N_EVENTS];
} State;

typedef struct
{
  GArray *done;   /* (element-type State): states; the last is now */
  GArray *undone; /* states that redo goes back to, last first */
  char *events[N_EVENTS];
  char *review;
} Model;

#define PERSON "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static State
now (Model *model)
{
  return g_array_index (model->done, State, model->done->len - 1);
}

static void
push (Model *model, State state)
{
  g_array_append_val (model->done, state);
  g_array_set_size (model->undone, 0);
}

static void
check (Model *model, VantageLibrary *library)
{
  State state = now (model);

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *title = NULL;
      g_autofree char *expected =
          state.title[i] != 0 ? g_strdup_printf ("%d", state.title[i]) : g_strdup ("");
      g_autoptr (VantageEntity) entity = NULL;

      if (model->events[i] == NULL)
        continue;
      title = store_get_title (library, model->review, model->events[i]);
      g_assert_cmpstr (title, ==, expected);
      entity = vantage_library_get (library, model->review, "event", model->events[i], NULL);
      if (state.title[i] != 0)
        g_assert_cmpint (vantage_entity_has_member (entity, "actors", PERSON), ==, state.member[i]);
    }
}

static void
edit (Model *model, VantageLibrary *library, GRand *rand)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (library, model->review, "Change");
  State state = now (model);
  guint n = (guint) g_rand_int_range (rand, 1, 3);

  for (guint k = 0; k < n; k++)
    {
      guint i = (guint) g_rand_int_range (rand, 0, N_EVENTS);
      g_autofree char *text = NULL;

      if (model->events[i] == NULL)
        {
          model->events[i] = g_strdup (vantage_edit_create (edit, "event"));
          state.title[i] = g_rand_int_range (rand, 1, 4);
        }
      else if (state.title[i] == 0)
        continue;
      else if (g_rand_boolean (rand))
        state.title[i] = g_rand_int_range (rand, 1, 4);
      else
        {
          state.member[i] = !state.member[i];
          vantage_edit_set_member (edit, "event", model->events[i], "actors", PERSON,
                                   state.member[i]);
          continue;
        }
      text = g_strdup_printf ("%d", state.title[i]);
      vantage_edit_set_text (edit, "event", model->events[i], "title", text);
    }
  g_assert_true (vantage_edit_commit (edit, NULL));
  if (memcmp (&state, &g_array_index (model->done, State, model->done->len - 1), sizeof state) != 0)
    push (model, state);
}

static void
step (Model *model, VantageLibrary *library, GRand *rand)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
    case 1:
      ok = vantage_library_undo (library, model->review, NULL, NULL, &error);
      g_assert_cmpint (ok, ==, model->done->len > 1);
      if (!ok)
        break;
      g_array_append_val (model->undone, g_array_index (model->done, State, model->done->len - 1));
      g_array_set_size (model->done, model->done->len - 1);
      break;
    case 2:
      ok = vantage_library_redo (library, model->review, NULL, NULL, &error);
      g_assert_cmpint (ok, ==, model->undone->len > 0);
      if (!ok)
        break;
      g_array_append_val (model->done,
                          g_array_index (model->undone, State, model->undone->len - 1));
      g_array_set_size (model->undone, model->undone->len - 1);
      break;
    default:
      edit (model, library, rand);
      break;
    }
}

static void
run_sequence (StoreFixture *fixture, GRand *rand)
{
  Model model = { g_array_new (FALSE, FALSE, sizeof (State)),
                  g_array_new (FALSE, FALSE, sizeof (State)) };
  State nothing;

  memset (&nothing, 0, sizeof nothing);
  g_array_append_val (model.done, nothing);
  model.review = store_new_review (fixture->library, "Sequence");
  for (guint i = 0; i < N_STEPS; i++)
    {
      if (g_rand_int_range (rand, 0, 40) == 0)
        store_fixture_reopen (fixture);
      /* With nothing of ours left, the next step back would be the review itself. */
      if (model.done->len == 1)
        edit (&model, fixture->library, rand);
      else
        step (&model, fixture->library, rand);
      check (&model, fixture->library);
    }
  g_array_unref (model.done);
  g_array_unref (model.undone);
  g_free (model.review);
  for (guint i = 0; i < N_EVENTS; i++)
    g_free (model.events[i]);
}

static void
test_sequences (gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  StoreFixture fixture = { 0 };
  g_autofree char *before = NULL, *after = NULL;

  store_fixture_set_up (&fixture, NULL);
  for (guint i = 0; i < SEQUENCES_AT_ONCE; i++)
    run_sequence (&fixture, rand);
  store_assert_whole (fixture.library);
  before = store_dump (fixture.library);
  g_assert_true (vantage_library_rebuild (fixture.library, NULL));
  after = store_dump (fixture.library);
  g_assert_cmpstr (before, ==, after);
  store_fixture_tear_down (&fixture, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < N_SEQUENCES / SEQUENCES_AT_ONCE; i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/store/sequences/edits-undo-redo-agree-with-a-stack/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i + 1), test_sequences);
    }
  return g_test_run ();
}
