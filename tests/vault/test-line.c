/* test-line.c: lines keep their order, their first text and their objects. */

#include <string.h>

#include "vault-fixture.h"

static void
test_lines_survive_a_restart (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = add_line (fixture, "phone in the kitchen");
  g_autofree char *second = add_line (fixture, "“thought it was a drill”");
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageLine) line = NULL;
  const VantageLineMarks marks = VANTAGE_MARK_QUOTE | VANTAGE_MARK_FEELING;

  g_assert_true (vantage_vault_set_line_marks (fixture->vault, second, marks, "Mark", &error));
  g_assert_true (
      vantage_vault_set_line_sort (fixture->vault, first, VANTAGE_LINE_QUESTION, "Turn", &error));
  g_assert_true (
      vantage_vault_set_line_place (fixture->vault, first, "recall", "recall-01", "Place", &error));
  g_assert_true (vantage_vault_set_line_begun (fixture->vault, first, -5, "Time", &error));
  reopen (fixture);
  assert_lines (fixture->vault, "phone in the kitchen|“thought it was a drill”");
  line = vantage_vault_get_line (fixture->vault, second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (vantage_line_get_marks (line), ==, marks);
  g_clear_object (&line);
  line = vantage_vault_get_line (fixture->vault, first, &error);
  g_assert_cmpint (vantage_line_get_sort (line), ==, VANTAGE_LINE_QUESTION);
  g_assert_cmpstr (vantage_line_get_phase (line), ==, "recall");
  g_assert_cmpstr (vantage_line_get_question (line), ==, "recall-01");
  g_assert_cmpint (vantage_line_get_begun_us (line), ==, -5);
}

static void
test_first_text_stays_the_original (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "");
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);
  g_autoptr (VantageLine) line = g_list_model_get_item (list, 0);

  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "ws asleep", "Write", NULL));
  g_assert_cmpstr (vantage_line_get_original (line), ==, "ws asleep");
  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "was asleep", "Edit", NULL));
  g_assert_true (
      vantage_vault_set_line_marks (fixture->vault, id, VANTAGE_MARK_TIME, "Mark", NULL));
  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "was fast asleep", "Edit", NULL));
  g_assert_cmpstr (vantage_line_get_text (line), ==, "was fast asleep");
  g_assert_cmpstr (vantage_line_get_original (line), ==, "ws asleep");
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  ++*(guint *) data;
}

typedef struct
{
  guint n, position, removed, added;
} Changes;

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  Changes *changes = data;

  *changes = (Changes){ changes->n + 1, position, removed, added };
}

static void
test_a_changed_line_keeps_its_object (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autofree char *next = add_line (fixture, "two");
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);
  g_autoptr (GListModel) same = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);
  g_autoptr (VantageLine) line = g_list_model_get_item (list, 0);
  Changes changes = { 0 };
  guint n_notified = 0;

  g_assert_true (list == same);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &changes);
  g_signal_connect (line, "notify::text", G_CALLBACK (count_cb), &n_notified);
  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "uno", "Edit", NULL));
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpuint (changes.n, ==, 0);
  g_assert_true (vantage_vault_set_line_text (fixture->vault, id, "uno", "Edit", NULL));
  g_assert_cmpuint (n_notified, ==, 1);
  {
    const char *const ids[] = { next, NULL };

    g_assert_true (vantage_vault_delete_lines (fixture->vault, ids, "Delete", NULL));
  }
  g_assert_cmpuint (changes.n, ==, 1);
  g_assert_cmpuint (changes.position, ==, 1);
  g_assert_cmpuint (changes.removed, ==, 1);
  g_assert_cmpuint (changes.added, ==, 0);
}

static void
test_lines_go_where_they_are_put (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = add_line (fixture, "a");
  g_autofree char *b = add_line (fixture, "b");
  g_autofree char *c = add_line (fixture, "c");
  VantageLineFields fields = VANTAGE_LINE_FIELDS_INIT;
  g_autoptr (VantageLine) x = NULL;

  g_assert_true (vantage_vault_move_line (fixture->vault, c, NULL, "Move", NULL));
  assert_lines (fixture->vault, "c|a|b");
  g_assert_true (vantage_vault_move_line (fixture->vault, c, a, "Move", NULL));
  assert_lines (fixture->vault, "a|c|b");
  g_assert_true (vantage_vault_move_line (fixture->vault, b, b, "Move", NULL));
  assert_lines (fixture->vault, "a|c|b");
  fields.text = "x";
  x = vantage_vault_add_line (fixture->vault, INTERVIEW, NULL, &fields, a, "Add", NULL);
  assert_lines (fixture->vault, "a|x|c|b");
  reopen (fixture);
  assert_lines (fixture->vault, "a|x|c|b");
}

/* A list is equal to a plain array after any moves; so it is when read anew. */
static void
test_random_moves_agree_with_an_array (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *text = g_strdup_printf ("line %u", i);

      g_ptr_array_add (ids, add_line (fixture, text));
    }
  for (guint i = 0; i < 120; i++)
    {
      guint from = (guint) g_rand_int_range (rand, 0, 8);
      int after = g_rand_int_range (rand, -1, 7);
      char *id = g_ptr_array_steal_index (ids, from);

      g_assert_true (vantage_vault_move_line (fixture->vault, id,
                                              after >= 0 ? ids->pdata[after] : NULL, "Move", NULL));
      g_ptr_array_insert (ids, after + 1, id);
    }
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (VantageLine) line = g_list_model_get_item (list, i);

      g_assert_cmpstr (vantage_line_get_id (line), ==, ids->pdata[i]);
    }
}

static void
test_another_program_is_seen (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mine = add_line (fixture, "mine");
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);
  g_autoptr (VantageVault) other = vantage_vault_open (fixture->folder, &fixture->options, NULL);
  g_autoptr (VantageLine) line = g_list_model_get_item (list, 0);
  VantageLineFields fields = VANTAGE_LINE_FIELDS_INIT;
  g_autoptr (VantageLine) added = NULL;

  fields.text = "theirs";
  added = vantage_vault_add_line (other, INTERVIEW, NULL, &fields, NULL, "Add", NULL);
  g_assert_nonnull (added);
  g_assert_true (vantage_vault_set_line_text (other, mine, "ours", "Edit", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  vantage_vault_poll (fixture->vault);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  g_assert_cmpstr (vantage_line_get_text (line), ==, "ours");
}

#define N_WRITERS 4
#define N_LINES_EACH 15

/* A program of its own, as far as the folder can tell. */
static gpointer
write_lines (gpointer data)
{
  const Fixture *fixture = data;
  const VantageVaultOptions options = { .no_keyring = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageVault) vault = vantage_vault_open (fixture->folder, &options, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < N_LINES_EACH; i++)
    {
      VantageLineFields fields = VANTAGE_LINE_FIELDS_INIT;
      g_autoptr (VantageLine) line = NULL;

      fields.text = "x";
      line = vantage_vault_add_line (vault, INTERVIEW, NULL, &fields, NULL, "Add", &error);
      g_assert_no_error (error);
      g_assert_true (vantage_vault_set_line_marks (vault, vantage_line_get_id (line),
                                                   VANTAGE_MARK_QUOTE, "Mark", &error));
    }
  return NULL;
}

static void
test_several_may_write_at_once (Fixture *fixture, gconstpointer data)
{
  GThread *threads[N_WRITERS];
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  guint n_undone = 0;

  for (guint i = 0; i < N_WRITERS; i++)
    threads[i] = g_thread_new ("writer", write_lines, fixture);
  for (guint i = 0; i < N_WRITERS; i++)
    g_thread_join (threads[i]);
  list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, N_WRITERS * N_LINES_EACH);
  problems = vantage_vault_verify (fixture->vault, NULL);
  g_assert_cmpuint (problems->len, ==, 0);
  while (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL))
    n_undone++;
  g_assert_cmpuint (n_undone, ==, 2 * N_WRITERS * N_LINES_EACH);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
}

static void
test_bad_input_is_refused_and_nothing_changes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "kept");
  g_autofree char *long_text = g_strnfill (70000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_false (vantage_vault_set_line_text (fixture->vault, id, long_text, "Edit", &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (vantage_vault_set_line_text (fixture->vault, id, "\xff", "Edit", &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (vantage_vault_set_line_text (fixture->vault, "nobody", "x", "Edit", &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (vantage_vault_move_line (fixture->vault, id, "nobody", "Move", &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOT_FOUND);
  assert_lines (fixture->vault, "kept");
}

static void
test_preparation_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) prep =
      json_from_string ("{\"reasons\":\"asked for it\",\"cues\":[1]}", NULL);
  g_autoptr (JsonNode) none = vantage_vault_get_prep (fixture->vault, INTERVIEW, NULL);
  g_autoptr (JsonNode) back = NULL;

  g_assert_null (none);
  g_assert_true (vantage_vault_set_prep (fixture->vault, INTERVIEW, prep, "Prepare", NULL));
  reopen (fixture);
  back = vantage_vault_get_prep (fixture->vault, INTERVIEW, NULL);
  g_assert_true (json_node_equal (prep, back));
}

static void
test_list_may_outlive_the_vault (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_line (fixture, "one");
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);

  g_assert_finalize_object (fixture->vault);
  fixture->vault = NULL;
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("line/lines-survive-a-restart", test_lines_survive_a_restart);
  add_case ("line/first-text-stays-the-original", test_first_text_stays_the_original);
  add_case ("line/a-changed-line-keeps-its-object", test_a_changed_line_keeps_its_object);
  add_case ("line/lines-go-where-they-are-put", test_lines_go_where_they_are_put);
  add_case ("line/random-moves-agree-with-an-array", test_random_moves_agree_with_an_array);
  add_case ("line/another-program-is-seen", test_another_program_is_seen);
  add_case ("line/several-may-write-at-once", test_several_may_write_at_once);
  add_case ("line/bad-input-is-refused-and-nothing-changes",
            test_bad_input_is_refused_and_nothing_changes);
  add_case ("line/preparation-is-kept", test_preparation_is_kept);
  add_case ("line/list-may-outlive-the-vault", test_list_may_outlive_the_vault);
  return g_test_run ();
}
