/* test-notes.c: notes that come as a file, the sample's among them. */

#include <string.h>

#include "vault-fixture.h"

/* clang-format off */
static const char notes[] =
  "{\"interviews\":[{\"interview\":\"" INTERVIEW "\",\"prep\":{\"reasons\":\"saw it first\"},\"lines\":["
  "{\"id\":\"0000000000000000000000000000000a\",\"begun\":\"2025-03-18T09:02:15.000000Z\","
  "\"sort\":\"question\",\"phase\":\"open\",\"question\":\"open-02\",\"marks\":[],\"text\":\"where?\"},"
  "{\"id\":\"0000000000000000000000000000000b\",\"begun\":\"2025-03-18T09:03:01.000000Z\","
  "\"sort\":\"answer\",\"phase\":\"open\",\"marks\":[\"quote\",\"time\"],\"text\":\"at ten\"}],"
  "\"passages\":[{\"id\":\"0000000000000000000000000000000c\",\"claim\":\"recall\",\"released\":null,"
  "\"anchors\":[{\"line\":\"0000000000000000000000000000000b\",\"from\":3,\"to\":6,\"words\":\"ten\"}]}],"
  "\"tellings\":[{\"id\":\"0000000000000000000000000000000d\",\"way\":\"reverse\",\"steps\":[]}]}]}";

static const struct { const char *name, *json; } bad[] = {
  { "nothing", "" },
  { "half", "{\"interviews\":[" },
  { "list", "[]" },
  { "no-list", "{\"interviews\":3}" },
  { "no-interview", "{\"interviews\":[{}]}" },
  { "odd-id", "{\"interviews\":[{\"interview\":\"../x\"}]}" },
  { "no-line-id", "{\"interviews\":[{\"interview\":\"" INTERVIEW "\",\"lines\":[{\"begun\":"
                  "\"2025-03-18T09:02:15Z\"}]}]}" },
  { "no-time", "{\"interviews\":[{\"interview\":\"" INTERVIEW "\",\"prep\":{},\"lines\":[{\"id\":"
               "\"0000000000000000000000000000000a\",\"begun\":\"then\"}]}]}" },
  { "no-object", "{\"interviews\":[{\"interview\":\"" INTERVIEW "\",\"passages\":[7]}]}" },
};
/* clang-format on */

static void
test_notes_are_taken_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageLine) line = NULL;
  g_autoptr (GPtrArray) passages = NULL;
  g_autoptr (JsonNode) prep = NULL;
  const VantagePrivatePassage *passage;

  g_assert_true (vantage_vault_read_notes (fixture->vault, notes, -1, &error));
  g_assert_no_error (error);
  reopen (fixture);
  assert_lines (fixture->vault, "where?|at ten");
  line = vantage_vault_get_line (fixture->vault, "0000000000000000000000000000000b", NULL);
  g_assert_cmpuint (vantage_line_get_marks (line), ==, VANTAGE_MARK_QUOTE | VANTAGE_MARK_TIME);
  g_assert_cmpint (vantage_line_get_begun_us (line), ==, G_GINT64_CONSTANT (1742288581000000));
  passages = vantage_vault_list_passages (fixture->vault, INTERVIEW, NULL);
  g_assert_cmpuint (passages->len, ==, 1);
  passage = passages->pdata[0];
  g_assert_null (passage->released);
  g_assert_cmpstr (((VantageAnchor *) passage->anchors->pdata[0])->words, ==, "ten");
  prep = vantage_vault_get_prep (fixture->vault, INTERVIEW, NULL);
  g_assert_nonnull (prep);
}

static void
test_there_is_nothing_to_undo (Fixture *fixture, gconstpointer data)
{
  g_assert_true (vantage_vault_read_notes (fixture->vault, notes, -1, NULL));
  g_assert_null (vantage_vault_dup_undo_name (fixture->vault, INTERVIEW));
}

static void
test_what_is_here_is_left_alone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = add_line (fixture, "my own");

  g_assert_true (vantage_vault_read_notes (fixture->vault, notes, -1, NULL));
  assert_lines (fixture->vault, "my own");
}

static void
test_a_list_that_is_shown_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) list = vantage_vault_get_lines (fixture->vault, INTERVIEW, NULL);

  g_assert_true (vantage_vault_read_notes (fixture->vault, notes, -1, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
}

static void
test_bad_notes_are_refused (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) known = NULL;

      g_test_message ("%s", bad[i].name);
      g_assert_false (vantage_vault_read_notes (fixture->vault, bad[i].json, -1, &error));
      g_assert_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID);
      known = vantage_vault_list_interviews (fixture->vault, NULL);
      g_assert_cmpuint (known->len, ==, 0);
    }
}

/* Each anchor of a passage holds the words of its line. */
static void
assert_anchors_hold (VantageVault *vault, GPtrArray *passages)
{
  for (guint i = 0; i < passages->len; i++)
    {
      const VantagePrivatePassage *passage = passages->pdata[i];

      g_assert_cmpuint (passage->anchors->len, >, 0);
      for (guint j = 0; j < passage->anchors->len; j++)
        {
          const VantageAnchor *anchor = passage->anchors->pdata[j];
          g_autoptr (VantageLine) line = vantage_vault_get_line (vault, anchor->line, NULL);
          g_autofree char *words = NULL;

          g_assert_nonnull (line);
          words = g_utf8_substring (vantage_line_get_text (line), anchor->from, anchor->to);
          g_assert_cmpstr (words, ==, anchor->words);
        }
    }
}

static void
test_the_sample_is_such_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "sample", "interviews.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) interviews = NULL;
  g_autoptr (GPtrArray) passages = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *json = NULL;

  g_file_get_contents (path, &json, NULL, &error);
  g_assert_no_error (error);
  vantage_vault_read_notes (fixture->vault, json, -1, &error);
  g_assert_no_error (error);
  interviews = vantage_vault_list_interviews (fixture->vault, NULL);
  g_assert_cmpuint (interviews->len, ==, 4);
  passages = vantage_vault_list_passages (fixture->vault, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (passages->len, >, 15);
  assert_anchors_hold (fixture->vault, passages);
  problems = vantage_vault_verify (fixture->vault, NULL);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("notes/are-taken-whole", test_notes_are_taken_whole);
  add_case ("notes/leave-nothing-to-undo", test_there_is_nothing_to_undo);
  add_case ("notes/what-is-here-is-left-alone", test_what_is_here_is_left_alone);
  add_case ("notes/a-list-that-is-shown-follows", test_a_list_that_is_shown_follows);
  add_case ("notes/bad-ones-are-refused", test_bad_notes_are_refused);
  add_case ("notes/the-sample-is-such-a-file", test_the_sample_is_such_a_file);
  return g_test_run ();
}
