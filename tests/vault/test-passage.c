/* test-passage.c: passages keep to their words, and release takes nothing private along. */

#include <string.h>

#include "vault-fixture.h"

static char *
put_passage (Fixture *fixture, const char *line, const char *text, const char *words)
{
  g_autoptr (VantagePrivatePassage) passage = vantage_private_passage_new (INTERVIEW);
  g_autoptr (GError) error = NULL;
  guint from = (guint) g_utf8_pointer_to_offset (text, strstr (text, words));

  vantage_private_passage_add_anchor (passage, line, text, from,
                                      from + (guint) g_utf8_strlen (words, -1));
  vantage_private_passage_set_code (passage, "code-1", "device-1", "a private thought");
  vantage_vault_put_passage (fixture->vault, passage, "Pick Out", &error);
  g_assert_no_error (error);
  return g_strdup (passage->id);
}

static char *
read_words (Fixture *fixture, const char *id)
{
  g_autoptr (VantagePrivatePassage) passage = vantage_vault_get_passage (fixture->vault, id, NULL);

  return passage != NULL ? vantage_private_passage_dup_words (passage) : NULL;
}

static void
test_everything_survives (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = add_line (fixture, "it was “a drill” to me");
  g_autofree char *id = put_passage (fixture, line, "it was “a drill” to me", "“a drill”");
  g_autoptr (VantagePrivatePassage) passage = vantage_vault_get_passage (fixture->vault, id, NULL);
  g_autoptr (VantagePrivatePassage) back = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_free (passage->claim);
  passage->claim = g_strdup ("inference");
  g_free (passage->memo);
  passage->memo = g_strdup ("ask Ben");
  passage->released = g_strdup ("entity");
  passage->released_form = g_strdup ("role");
  vantage_private_passage_add_made (passage, "event", "e1");
  vantage_private_passage_add_made (passage, "event", "e1");
  g_assert_true (vantage_vault_put_passage (fixture->vault, passage, "Change", NULL));
  reopen (fixture);
  all = vantage_vault_list_passages (fixture->vault, NULL, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  back = vantage_private_passage_copy (all->pdata[0]);
  g_assert_cmpstr (back->id, ==, id);
  g_assert_cmpstr (back->claim, ==, "inference");
  g_assert_cmpstr (back->memo, ==, "ask Ben");
  g_assert_cmpstr (back->released, ==, "entity");
  g_assert_cmpstr (back->released_form, ==, "role");
  g_assert_cmpuint (back->made->len, ==, 1);
  g_assert_cmpint (back->made_us, ==, passage->made_us);
  g_assert_cmpstr (((VantageCoding *) back->codings->pdata[0])->memo, ==, "a private thought");
  g_assert_cmpuint (((VantageAnchor *) back->anchors->pdata[0])->from, ==, 7);
}

static void
test_anchors_follow_an_edit_and_its_undo (Fixture *fixture, gconstpointer data)
{
  const char *text = "it was a drill to me";
  g_autofree char *line = add_line (fixture, text);
  g_autofree char *id = put_passage (fixture, line, text, "a drill");
  g_autoptr (VantagePrivatePassage) moved = NULL;
  g_autoptr (VantagePrivatePassage) back = NULL;
  g_autofree char *words = NULL;

  g_assert_true (vantage_vault_set_line_text (fixture->vault, line,
                                              "at first it was a fire drill to me", "Edit", NULL));
  words = read_words (fixture, id);
  g_assert_cmpstr (words, ==, "a fire drill");
  moved = vantage_vault_get_passage (fixture->vault, id, NULL);
  g_assert_cmpuint (((VantageAnchor *) moved->anchors->pdata[0])->from, ==, 16);
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
  back = vantage_vault_get_passage (fixture->vault, id, NULL);
  g_assert_cmpuint (((VantageAnchor *) back->anchors->pdata[0])->from, ==, 7);
  g_assert_cmpuint (((VantageAnchor *) back->anchors->pdata[0])->to, ==, 14);
}

static void
test_words_that_are_gone_are_still_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = add_line (fixture, "it was a drill to me");
  g_autofree char *id = put_passage (fixture, line, "it was a drill to me", "a drill");
  g_autofree char *words = NULL;
  g_autoptr (VantagePrivatePassage) passage = NULL;

  g_assert_true (vantage_vault_set_line_text (fixture->vault, line, "not sure", "Edit", NULL));
  passage = vantage_vault_get_passage (fixture->vault, id, NULL);
  g_assert_cmpuint (((VantageAnchor *) passage->anchors->pdata[0])->from, ==,
                    ((VantageAnchor *) passage->anchors->pdata[0])->to);
  words = read_words (fixture, id);
  g_assert_cmpstr (words, ==, "a drill");
}

static void
test_passage_goes_and_returns_with_its_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = add_line (fixture, "it was a drill");
  g_autofree char *id = put_passage (fixture, line, "it was a drill", "a drill");
  const char *const ids[] = { line, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  g_assert_true (vantage_vault_delete_lines (fixture->vault, ids, "Delete", NULL));
  g_assert_null (vantage_vault_get_passage (fixture->vault, id, &error));
  g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOT_FOUND);
  g_assert_true (vantage_vault_undo (fixture->vault, INTERVIEW, NULL, NULL));
  words = read_words (fixture, id);
  g_assert_cmpstr (words, ==, "a drill");
}

static void
test_passages_come_in_the_order_of_the_lines (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = add_line (fixture, "alpha beta");
  g_autofree char *second = add_line (fixture, "gamma");
  g_autofree char *three = put_passage (fixture, second, "gamma", "gamma");
  g_autofree char *two = put_passage (fixture, first, "alpha beta", "beta");
  g_autofree char *one = put_passage (fixture, first, "alpha beta", "alpha");
  g_autoptr (GPtrArray) all = vantage_vault_list_passages (fixture->vault, INTERVIEW, NULL);

  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (((VantagePrivatePassage *) all->pdata[0])->id, ==, one);
  g_assert_cmpstr (((VantagePrivatePassage *) all->pdata[1])->id, ==, two);
  g_assert_cmpstr (((VantagePrivatePassage *) all->pdata[2])->id, ==, three);
}

static void
test_release_takes_nothing_private_along (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = add_line (fixture, "it was a drill to me");
  g_autofree char *id = put_passage (fixture, line, "it was a drill to me", "a drill");
  g_autoptr (VantagePrivatePassage) passage = vantage_vault_get_passage (fixture->vault, id, NULL);
  g_autoptr (GHashTable) fields =
      vantage_private_passage_release (passage, "person", "role", "an engineer on call", NULL);
  g_autoptr (GHashTable) named =
      vantage_private_passage_release (passage, "person", "name", "ignored", NULL);
  g_autoptr (GHashTable) reworded = vantage_private_passage_release (
      passage, "person", "paraphrase", "", "took it for an exercise");
  GHashTableIter iter;
  gpointer name, value;

  g_assert_cmpuint (g_hash_table_size (fields), ==, 6);
  g_assert_cmpstr (vantage_value_get_text (g_hash_table_lookup (fields, "words")), ==, "a drill");
  g_assert_cmpstr (vantage_value_get_text (g_hash_table_lookup (fields, "form")), ==, "role");
  g_assert_cmpstr (vantage_value_get_text (g_hash_table_lookup (fields, "shown_as")), ==,
                   "an engineer on call");
  g_assert_null (g_hash_table_lookup (named, "shown_as"));
  g_assert_cmpstr (vantage_value_get_text (g_hash_table_lookup (reworded, "words")), ==,
                   "took it for an exercise");
  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const char *json = vantage_value_get_json (value);

      g_assert_null (strstr (json, id));
      g_assert_null (strstr (json, line));
      g_assert_null (strstr (json, "private thought"));
      g_assert_null (strstr (json, "code-1"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("passage/everything-survives", test_everything_survives);
  add_case ("passage/anchors-follow-an-edit-and-its-undo",
            test_anchors_follow_an_edit_and_its_undo);
  add_case ("passage/words-that-are-gone-are-still-told", test_words_that_are_gone_are_still_told);
  add_case ("passage/passage-goes-and-returns-with-its-line",
            test_passage_goes_and_returns_with_its_line);
  add_case ("passage/passages-come-in-the-order-of-the-lines",
            test_passages_come_in_the_order_of_the_lines);
  add_case ("passage/release-takes-nothing-private-along",
            test_release_takes_nothing_private_along);
  return g_test_run ();
}
