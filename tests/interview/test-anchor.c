/* test-anchor.c: marked words are followed through edits of their text. */

#include "vantage-anchor-move.h"

#include <string.h>

#include "vantage-text.h"

/* Marked words stand between ⟦ and ⟧ in both texts; after without them: gone. */
typedef struct
{
  const char *name, *before, *after;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "unchanged",                "the ⟦pager rang⟧ at two",       "the ⟦pager rang⟧ at two" },
  { "words-before-push",        "the ⟦pager rang⟧ at two",       "then the ⟦pager rang⟧ at two" },
  { "words-after-do-not",       "the ⟦pager rang⟧ at two",       "the ⟦pager rang⟧ at ten past two" },
  { "words-among-are-taken-in", "the ⟦pager rang⟧ at two",       "the ⟦pager just rang⟧ at two" },
  { "words-at-the-front-are-not", "⟦pager rang⟧",                "my ⟦pager rang⟧" },
  { "words-at-the-end-are-not", "⟦pager rang⟧",                  "⟦pager rang⟧ again" },
  { "cut-front-shrinks",        "the ⟦old pager rang⟧ at two",   "the ⟦pager rang⟧ at two" },
  { "cut-end-shrinks",          "the ⟦pager rang twice⟧ at two", "the ⟦pager rang⟧ at two" },
  { "cut-across-the-edge",      "the old ⟦pager rang⟧ at two",   "the ⟦rang⟧ at two" },
  { "gone-with-its-words",      "the ⟦pager⟧ at two",            "the at two" },
  { "gone-with-all",            "⟦pager⟧",                       "" },
  { "two-edits-at-once",        "a b ⟦pager rang⟧ c d",          "a x b ⟦pager rang⟧ c y d" },
  { "typo-mended-inside",       "⟦the pagre rang⟧ at two",       "⟦the pager rang⟧ at two" },
  { "letters-alike-are-no-words", "so ⟦pager⟧ then",             "so I did a lot of reading then" },
  { "other-scripts",            "昨日 ⟦ポケベル⟧ が鳴った",       "昨日の夜 ⟦ポケベル⟧ が鳴った" },
};
/* clang-format on */

static char *
read_marks (const char *marked, guint *from, guint *to, gboolean *found)
{
  const char *open = strstr (marked, "⟦");
  const char *close = strstr (marked, "⟧");
  g_autofree char *head = NULL;
  g_autofree char *words = NULL;

  *found = open != NULL;
  if (open == NULL)
    return g_strdup (marked);
  head = g_strndup (marked, (gsize) (open - marked));
  words = g_strndup (open + strlen ("⟦"), (gsize) (close - open) - strlen ("⟦"));
  *from = (guint) g_utf8_strlen (head, -1);
  *to = *from + (guint) g_utf8_strlen (words, -1);
  return g_strconcat (head, words, close + strlen ("⟧"), NULL);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  guint from = 0, to = 0, want_from = 0, want_to = 0;
  gboolean found;
  g_autofree char *before = read_marks (c->before, &from, &to, &found);
  g_autofree char *after = read_marks (c->after, &want_from, &want_to, &found);
  g_autofree char *words = NULL;
  g_autofree char *want = NULL;

  vantage_anchor_move (before, after, &from, &to);
  if (!found)
    {
      g_assert_cmpuint (from, ==, to);
      return;
    }
  words = vantage_text_slice (after, from, to);
  want = vantage_text_slice (after, want_from, want_to);
  g_assert_cmpstr (words, ==, want);
  g_assert_cmpuint (from, ==, want_from);
}

/* Edits elsewhere never lose the words, whatever they are. */
static void
test_edits_elsewhere_keep_the_words (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) head = g_string_new (NULL);
      g_autoptr (GString) tail = g_string_new (NULL);
      g_autoptr (GString) new_head = g_string_new (NULL);
      guint from, to;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *words = NULL;

      for (int i = g_rand_int_range (rand, 0, 12); i > 0; i--)
        g_string_append_c (head, (char) g_rand_int_range (rand, 'a', 'f'));
      for (int i = g_rand_int_range (rand, 0, 12); i > 0; i--)
        g_string_append_c (tail, (char) g_rand_int_range (rand, 'a', 'f'));
      for (int i = g_rand_int_range (rand, 0, 12); i > 0; i--)
        g_string_append_c (new_head, (char) g_rand_int_range (rand, 'a', 'f'));
      before = g_strconcat (head->str, "WXYZ", tail->str, NULL);
      after = g_strconcat (new_head->str, "WXYZ", tail->str, NULL);
      from = (guint) head->len;
      to = from + 4;
      vantage_anchor_move (before, after, &from, &to);
      words = vantage_text_slice (after, from, to);
      g_assert_cmpstr (words, ==, "WXYZ");
    }
}

static void
test_whatever_comes_stays_inside (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 3000; round++)
    {
      char before[40], after[40];
      int n_before = g_rand_int_range (rand, 0, 39);
      int n_after = g_rand_int_range (rand, 0, 39);
      guint from = (guint) g_rand_int_range (rand, 0, 60);
      guint to = (guint) g_rand_int_range (rand, 0, 60);

      for (int i = 0; i < n_before; i++)
        before[i] = (char) g_rand_int_range (rand, 'a', 'd');
      for (int i = 0; i < n_after; i++)
        after[i] = (char) g_rand_int_range (rand, 'a', 'd');
      before[n_before] = after[n_after] = '\0';
      vantage_anchor_move (before, after, &from, &to);
      g_assert_cmpuint (from, <=, to);
      g_assert_cmpuint (to, <=, (guint) n_after);
    }
}

static void
test_long_texts_are_followed_too (void)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new ("An opening that was not there. ");
  guint from, to;
  g_autofree char *words = NULL;

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (before, "word%u ", i);
  g_string_append (after, before->str);
  from = (guint) (strstr (before->str, "word2000") - before->str);
  to = from + 8;
  vantage_anchor_move (before->str, after->str, &from, &to);
  words = vantage_text_slice (after->str, from, to);
  g_assert_cmpstr (words, ==, "word2000");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/interview/anchor/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/interview/anchor/edits-elsewhere-keep-the-words",
                   test_edits_elsewhere_keep_the_words);
  g_test_add_func ("/interview/anchor/whatever-comes-stays-inside",
                   test_whatever_comes_stays_inside);
  g_test_add_func ("/interview/anchor/long-texts-are-followed-too",
                   test_long_texts_are_followed_too);
  return g_test_run ();
}
