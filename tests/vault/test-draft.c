/* test-draft.c: what was being typed when the program went away is found again. */

#include "vault-fixture.h"

static void
save (Fixture *fixture, const char *line, const char *text)
{
  g_autoptr (GError) error = NULL;

  vantage_vault_save_draft (fixture->vault, INTERVIEW, line, 42, text, &error);
  g_assert_no_error (error);
}

static void
test_draft_of_a_new_line_is_found (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = vantage_vault_new_line_id (fixture->vault);
  g_autoptr (VantageLine) line = NULL;
  g_autoptr (GPtrArray) drafts = NULL;

  save (fixture, id, "lag went");
  save (fixture, id, "lag went down so I wai");
  reopen (fixture);
  drafts = vantage_vault_list_drafts (fixture->vault, INTERVIEW, NULL);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((VantageDraft *) drafts->pdata[0])->text, ==, "lag went down so I wai");
  g_assert_cmpint (vantage_vault_recover_drafts (fixture->vault, INTERVIEW, "Recover", NULL), ==,
                   1);
  assert_lines (fixture->vault, "lag went down so I wai");
  line = vantage_vault_get_line (fixture->vault, id, NULL);
  g_assert_cmpint (vantage_line_get_begun_us (line), ==, 42);
  g_assert_cmpint (vantage_vault_recover_drafts (fixture->vault, INTERVIEW, "Recover", NULL), ==,
                   0);
}

static void
test_draft_of_an_edit_is_found_and_can_be_undone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");

  save (fixture, id, "one and a ha");
  reopen (fixture);
  assert_lines (fixture->vault, "one");
  g_assert_cmpint (vantage_vault_recover_drafts (fixture->vault, INTERVIEW, "Recover", NULL), ==,
                   1);
  assert_lines (fixture->vault, "one and a ha");
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
  assert_lines (fixture->vault, "one");
}

static void
test_draft_ends_when_the_line_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autoptr (GPtrArray) drafts = NULL;

  save (fixture, id, "two");
  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "two", "Edit", NULL));
  drafts = vantage_vault_list_drafts (fixture->vault, INTERVIEW, NULL);
  g_assert_cmpuint (drafts->len, ==, 0);
}

static void
test_draft_is_no_step_of_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autofree char *name = NULL;

  save (fixture, id, "two");
  name = vantage_vault_dup_undo_name (fixture->vault, INTERVIEW);
  g_assert_cmpstr (name, ==, "Add Line");
  g_assert_true (vantage_vault_drop_draft (fixture->vault, id, NULL));
  g_assert_cmpint (vantage_vault_recover_drafts (fixture->vault, INTERVIEW, "Recover", NULL), ==,
                   0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("draft/draft-of-a-new-line-is-found", test_draft_of_a_new_line_is_found);
  add_case ("draft/draft-of-an-edit-is-found-and-can-be-undone",
            test_draft_of_an_edit_is_found_and_can_be_undone);
  add_case ("draft/draft-ends-when-the-line-is-kept", test_draft_ends_when_the_line_is_kept);
  add_case ("draft/draft-is-no-step-of-undo", test_draft_is_no_step_of_undo);
  return g_test_run ();
}
