/* test-words.c: every choice of the table has a word, every error a sentence. */

#include "vantage-import.h"
#include "vantage-kind.h"
#include "vantage-library.h"
#include "vantage-words.h"

#include <string.h>

typedef struct
{
  const char *vocabulary;
  const char *const *choices;
} Vocabulary;

static void
test_every_choice_has_a_word (void)
{
  const Vocabulary all[] = {
    { "stage", vantage_stages },
    { "depth", vantage_depths },
    { "review-kind", vantage_review_kinds },
    { "intake", vantage_intake_keys },
    { "person-sort", vantage_person_sorts },
    { "part", vantage_parts },
    { "event-kind", vantage_event_kinds },
    { "claim", vantage_claims },
    { "link-kind", vantage_link_kinds },
    { "statement-rel", vantage_statement_rels },
    { "confidence", vantage_confidences },
    { "finding-kind", vantage_finding_kinds },
    { "mark", vantage_line_marks },
    { "form", vantage_release_forms },
  };

  for (gsize v = 0; v < G_N_ELEMENTS (all); v++)
    for (const char *const *c = all[v].choices; *c != NULL; c++)
      {
        const char *const *words = vantage_words_list_choices (all[v].vocabulary);

        if (!g_strv_contains (words, *c))
          g_error ("%s “%s” has no word", all[v].vocabulary, *c);
        g_assert_cmpstr (vantage_words_choice (all[v].vocabulary, *c), !=, "");
      }
}

static void
test_every_kind_has_a_name (void)
{
  for (const VantageKind *kind = vantage_kinds (); kind->name != NULL; kind++)
    if (kind->stream != VANTAGE_STREAM_ORG)
      g_assert_cmpstr (vantage_words_kind (kind->name), !=, kind->name);
}

static void
test_unknown_choice_is_shown_as_it_is (void)
{
  g_assert_cmpstr (vantage_words_choice ("stage", "hibernating"), ==, "hibernating");
}

static void
test_error_says_what_and_what_next (void)
{
  g_autoptr (GError) full =
      g_error_new_literal (VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NO_SPACE, "write: 28");
  g_autoptr (GError) missing = g_error_new_literal (
      VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NOT_FOUND, "there is no file “a.zip”");
  g_autoptr (GError) strange = g_error_new_literal (g_quark_from_static_string ("x"), 3, "odd");
  g_autofree char *a = vantage_words_error (full);
  g_autofree char *b = vantage_words_error (missing);
  g_autofree char *c = vantage_words_error (strange);

  g_assert_nonnull (strstr (a, "Free some space"));
  g_assert_null (strstr (a, "28"));
  g_assert_true (g_str_has_prefix (b, "There is no file “a.zip”. "));
  g_assert_cmpstr (c, ==, "Odd.");
}

static void
test_durations (void)
{
  static const struct
  {
    gint64 us;
    const char *text;
  } cases[] = {
    { 250000, "250 ms" },
    { 45 * G_USEC_PER_SEC, "45 s" },
    { 125 * G_USEC_PER_SEC, "2 min 5 s" },
    { 600 * G_USEC_PER_SEC, "10 min" },
    { G_GINT64_CONSTANT (7800) * G_USEC_PER_SEC, "2 h 10 min" },
    { G_GINT64_CONSTANT (7200) * G_USEC_PER_SEC, "2 h" },
    { G_GINT64_CONSTANT (3) * 86400 * G_USEC_PER_SEC, "3 days" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = vantage_words_duration (cases[i].us);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_counts_are_grouped_from_five_digits (void)
{
  g_autofree char *small = vantage_words_count (1204);
  g_autofree char *large = vantage_words_count (12345678);

  g_assert_cmpstr (small, ==, "1204");
  g_assert_cmpstr (large, ==,
                   "12\xe2\x80\xaf"
                   "345\xe2\x80\xaf"
                   "678");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/words/choices/every-choice-has-a-word", test_every_choice_has_a_word);
  g_test_add_func ("/words/kinds/every-kind-has-a-name", test_every_kind_has_a_name);
  g_test_add_func ("/words/choices/unknown-is-shown-as-it-is",
                   test_unknown_choice_is_shown_as_it_is);
  g_test_add_func ("/words/errors/say-what-and-what-next", test_error_says_what_and_what_next);
  g_test_add_func ("/words/durations/two-units-at-most", test_durations);
  g_test_add_func ("/words/counts/are-grouped", test_counts_are_grouped_from_five_digits);
  return g_test_run ();
}
