/* test-undo.c: every step can be taken back and done again, across restarts and programs. */

#include "vault-fixture.h"

static void
test_steps_have_names_across_a_restart (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autofree char *name = NULL;
  g_autofree char *what = NULL;
  g_autofree char *redo = NULL;
  g_autofree char *none = NULL;

  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "uno", "Edit Line", NULL));
  reopen (fixture);
  name = vantage_vault_dup_undo_name (fixture->vault, INTERVIEW);
  g_assert_cmpstr (name, ==, "Edit Line");
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, &what, NULL));
  g_assert_cmpstr (what, ==, "Edit Line");
  assert_lines (fixture->vault, "one");
  reopen (fixture);
  redo = vantage_vault_dup_redo_name (fixture->vault, INTERVIEW);
  g_assert_cmpstr (redo, ==, "Edit Line");
  g_assert_true (vantage_vault_redo (fixture->vault, INTERVIEW, NULL, NULL));
  assert_lines (fixture->vault, "uno");
  none = vantage_vault_dup_redo_name (fixture->vault, INTERVIEW);
  g_assert_null (none);
}

static void
test_a_new_step_ends_redo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autoptr (GError) error = NULL;

  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "two", "Edit", NULL));
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "three", "Edit", NULL));
  g_assert_false (vantage_vault_redo (fixture->vault, INTERVIEW, NULL, &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOTHING);
  assert_lines (fixture->vault, "three");
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
  assert_lines (fixture->vault, "one");
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
  assert_lines (fixture->vault, "");
  g_clear_error (&error);
  g_assert_false (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOTHING);
}

static void
test_what_changes_nothing_is_no_step (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autofree char *name = NULL;

  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "one", "Edit", NULL));
  name = vantage_vault_dup_undo_name (fixture->vault, INTERVIEW);
  g_assert_cmpstr (name, ==, "Add Line");
}

static void
test_interviews_have_stacks_of_their_own (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autofree char *name = vantage_vault_dup_undo_name (fixture->vault, OTHER_INTERVIEW);

  g_assert_null (name);
}

static void
test_another_program_shares_the_stack (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);
  g_autoptr (VantageVault) other = vantage_vault_open (fixture->folder, &fixture->options, NULL);

  g_assert_true (vantage_vault_undo (other, INTERVIEW, NULL, NULL));
  vantage_vault_poll (fixture->vault);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  g_assert_true (vantage_vault_redo (fixture->vault, INTERVIEW, NULL, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
}

static void
do_something (Fixture *fixture, GRand *rand, guint round)
{
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);
  guint n = g_list_model_get_n_items (list);
  g_autoptr (VantageLine) line =
      n > 0 ? g_list_model_get_item (list, (guint) g_rand_int_range (rand, 0, (int) n)) : NULL;
  g_autofree char *text = g_strdup_printf ("text %u", round);
  g_autofree char *id = NULL;

  if (line == NULL || g_rand_int_range (rand, 0, 4) == 0)
    {
      id = add_line (fixture, text);
      return;
    }
  id = g_strdup (vantage_line_get_id (line));
  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      g_assert_true (vantage_vault_set_line_text (fixture->vault, id, text, "Edit", NULL));
      break;
    case 1:
      {
        const char *const ids[] = { id, NULL };

        g_assert_true (vantage_vault_delete_lines (fixture->vault, ids, "Delete", NULL));
      }
      break;
    case 2:
      g_assert_true (vantage_vault_move_line (fixture->vault, id, NULL, "Move", NULL));
      break;
    default:
      g_assert_true (vantage_vault_set_line_marks (
          fixture->vault, id, (VantageLineMarks) g_rand_int_range (rand, 0, 256), "Mark", NULL));
    }
}

/* The state after k steps is found again by taking back all that came after it. */
static void
test_random_steps_walk_both_ways (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 60; i++)
    {
      g_ptr_array_add (states, read_lines (fixture->vault));
      do_something (fixture, rand, i);
    }
  while (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL))
    {
      g_autofree char *now = read_lines (fixture->vault);

      while (states->len > 0 && g_strcmp0 (states->pdata[states->len - 1], now) != 0)
        g_ptr_array_remove_index (states, states->len - 1);
      g_assert_cmpuint (states->len, >, 0);
    }
  assert_lines (fixture->vault, "");
  reopen (fixture);
  while (vantage_vault_redo (fixture->vault, INTERVIEW, NULL, NULL))
    ;
  {
    g_autofree char *end = read_lines (fixture->vault);
    g_autofree char *again = NULL;

    g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
    g_assert_true (vantage_vault_redo (fixture->vault, INTERVIEW, NULL, NULL));
    reopen (fixture);
    again = read_lines (fixture->vault);
    g_assert_cmpstr (again, ==, end);
  }
}

static void
test_forgetting_takes_the_history_too (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);
  g_autoptr (GPtrArray) interviews = NULL;
  g_autofree char *name = NULL;

  g_assert_true (vantage_vault_forget (fixture->vault, INTERVIEW, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  name = vantage_vault_dup_undo_name (fixture->vault, INTERVIEW);
  g_assert_null (name);
  interviews = vantage_vault_list_interviews (fixture->vault, NULL);
  g_assert_cmpuint (interviews->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("undo/steps-have-names-across-a-restart", test_steps_have_names_across_a_restart);
  add_case ("undo/a-new-step-ends-redo", test_a_new_step_ends_redo);
  add_case ("undo/what-changes-nothing-is-no-step", test_what_changes_nothing_is_no_step);
  add_case ("undo/interviews-have-stacks-of-their-own", test_interviews_have_stacks_of_their_own);
  add_case ("undo/another-program-shares-the-stack", test_another_program_shares_the_stack);
  add_case ("undo/random-steps-walk-both-ways", test_random_steps_walk_both_ways);
  add_case ("undo/forgetting-takes-the-history-too", test_forgetting_takes_the_history_too);
  return g_test_run ();
}
