/* The language check: every pattern finds what it says it finds, and nothing in what is quoted. */

#include "vantage-language.h"

#include <string.h>

static VantageLanguage *
make_language (void)
{
  static const char *const names[] = { "Dana Okafor", "Ilse (DBA)", "", NULL };
  g_autoptr (GError) error = NULL;
  VantageLanguage *self = vantage_language_new_built_in (names, &error);

  g_assert_no_error (error);
  vantage_language_set_enabled (self, "term", TRUE);
  return self;
}

static gboolean
finds (VantageLanguage *self, const char *text, guint contexts, const char *id)
{
  g_autoptr (GArray) hits = vantage_language_check (self, text, contexts);

  for (guint i = 0; i < hits->len; i++)
    if (g_str_equal (g_array_index (hits, VantageLanguageHit, i).pattern->id, id))
      return TRUE;
  return FALSE;
}

static void
test_patterns_keep_their_examples (void)
{
  g_autoptr (VantageLanguage) self = make_language ();
  guint n = vantage_language_get_n_patterns (self);

  g_assert_cmpuint (n, >, 100);
  for (guint i = 0; i < n; i++)
    {
      const VantageLanguagePattern *p = vantage_language_get_pattern (self, i);

      g_assert_cmpuint (p->contexts, !=, 0);
      g_assert_nonnull (p->matches[0]);
      g_assert_nonnull (vantage_language_get_category (self, p->category));
      for (guint j = 0; p->matches[j] != NULL; j++)
        if (!finds (self, p->matches[j], p->contexts, p->id))
          g_error ("%s does not find: %s", p->id, p->matches[j]);
      for (guint j = 0; p->ignores[j] != NULL; j++)
        if (finds (self, p->ignores[j], p->contexts, p->id))
          g_error ("%s finds: %s", p->id, p->ignores[j]);
    }
}

typedef struct
{
  const char *name;
  const char *text;
  gboolean found;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "plain",             "She should have checked the replica.",                    TRUE },
  { "over-a-line-end",   "She should\nhave checked the replica.",                   TRUE },
  { "second-sentence",   "It was 02:10. They should have known.",                   TRUE },
  { "in-quotes",         "Kim said “we should have checked” afterwards.",           FALSE },
  { "in-straight-quotes", "Kim said \"we should have checked\" afterwards.",        FALSE },
  { "open-quote-only",   "An 8\" disk should have been checked.",                   TRUE },
  { "quoted-line",       "Before.\n> we should have checked\nAfter.",               FALSE },
  { "in-code",           "The field `should have been set` is new.",                FALSE },
  { "fenced",            "Look:\n```\nshould have been set\n```\nThat is all.",     FALSE },
  { "log-line",          "2024-03-14 02:04:31 should have been set",                FALSE },
  { "reference",         "See [[event:0|should have been set]].",                   FALSE },
  { "apostrophe",        "He should’ve paged sooner.",                              TRUE },
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (VantageLanguage) self = make_language ();

  g_assert_cmpint (finds (self, c->text, VANTAGE_LANGUAGE_AUTHOR, "cf-should-have"), ==, c->found);
}

static void
test_positions_are_code_points (void)
{
  g_autoptr (VantageLanguage) self = make_language ();
  const char *text = "Ärger: 😀 “nein”. Später. They should have known. Ende.";
  g_autoptr (GArray) hits = vantage_language_check (self, text, VANTAGE_LANGUAGE_AUTHOR);
  gboolean seen = FALSE;

  for (guint i = 0; i < hits->len; i++)
    {
      const VantageLanguageHit *hit = &g_array_index (hits, VantageLanguageHit, i);
      g_autofree char *found = g_utf8_substring (text, hit->start, hit->end);
      g_autofree char *sentence = g_utf8_substring (text, hit->sentence_start, hit->sentence_end);

      g_assert_cmpstr (sentence, ==, "They should have known.");
      seen |= g_str_equal (found, "should have known");
    }
  g_assert_true (seen);
}

static void
test_names_of_the_review_are_persons (void)
{
  g_autoptr (VantageLanguage) self = make_language ();
  g_autoptr (VantageLanguage) nobody = vantage_language_new_built_in (NULL, NULL);

  g_assert_true (
      finds (self, "Ilse (DBA) ignored the page.", VANTAGE_LANGUAGE_AUTHOR, "bl-ignored"));
  g_assert_true (
      finds (nobody, "The on-call ignored the page.", VANTAGE_LANGUAGE_AUTHOR, "bl-ignored"));
  g_assert_false (finds (nobody, "Dana Okafor missed it.", VANTAGE_LANGUAGE_AUTHOR, "bl-ignored"));
}

static void
test_modes_are_apart (void)
{
  g_autoptr (VantageLanguage) self = make_language ();
  const char *said = "I should've checked.";

  g_assert_true (finds (self, said, VANTAGE_LANGUAGE_INTERVIEWEE, "sb-should"));
  g_assert_false (finds (self, said, VANTAGE_LANGUAGE_INTERVIEWEE, "cf-should-have"));
  g_assert_false (finds (self, said, VANTAGE_LANGUAGE_AUTHOR, "sb-should"));
}

static void
test_categories_can_be_off (void)
{
  g_autoptr (VantageLanguage) self = vantage_language_new_built_in (NULL, NULL);
  const char *text = "The postmortem is due.";

  g_assert_false (finds (self, text, VANTAGE_LANGUAGE_AUTHOR, "te-postmortem"));
  vantage_language_set_enabled (self, "term", TRUE);
  g_assert_true (finds (self, text, VANTAGE_LANGUAGE_AUTHOR, "te-postmortem"));
}

static void
test_bad_documents_are_refused (void)
{
  static const char *const documents[] = {
    "", "[]", "{}", "{\"format\":\"vantage-language-patterns\",\"version\":2,\"patterns\":[]}"
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (VantageLanguage) self = vantage_language_new (documents[i], NULL, &error);

      g_assert_null (self);
      g_assert_error (error, VANTAGE_LANGUAGE_ERROR, VANTAGE_LANGUAGE_ERROR_DOCUMENT);
      g_clear_error (&error);
    }
  g_assert_null (vantage_language_new ("{\"format\":\"vantage-language-patterns\",\"version\":1,"
                                       "\"patterns\":[{\"id\":\"x\",\"pattern\":\"(\"}]}",
                                       NULL, &error));
  g_assert_error (error, VANTAGE_LANGUAGE_ERROR, VANTAGE_LANGUAGE_ERROR_PATTERN);
}

/* Any text at all: positions in order and within it. */
static void
test_random_text_is_harmless (void)
{
  static const char *const pieces[] = {
    "should have known", "\"", "“",  "”", "`", "```\n", "\n\n", "> ", "[[", "]]", ". ", "?", "她。",
    "they missed it",    " ",  "\t", "😀"
  };
  g_autoptr (VantageLanguage) self = make_language ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (41);

  for (int i = 0; i < 300; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GArray) hits = NULL;
      guint last = 0, length;

      for (int j = g_rand_int_range (rand, 0, 25); j > 0; j--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      length = (guint) g_utf8_strlen (text->str, -1);
      hits = vantage_language_check (self, text->str, 0xf);
      for (guint j = 0; j < hits->len; j++)
        {
          const VantageLanguageHit *hit = &g_array_index (hits, VantageLanguageHit, j);

          g_assert_cmpuint (hit->start, >=, last);
          g_assert_cmpuint (hit->start, <, hit->end);
          g_assert_cmpuint (hit->end, <=, hit->sentence_end);
          g_assert_cmpuint (hit->sentence_start, <=, hit->start);
          g_assert_cmpuint (hit->sentence_end, <=, length);
          last = hit->start;
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sense/language/patterns-keep-their-examples",
                   test_patterns_keep_their_examples);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sense/language/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/sense/language/positions-are-code-points", test_positions_are_code_points);
  g_test_add_func ("/sense/language/names-of-the-review-are-persons",
                   test_names_of_the_review_are_persons);
  g_test_add_func ("/sense/language/modes-are-apart", test_modes_are_apart);
  g_test_add_func ("/sense/language/categories-can-be-off", test_categories_can_be_off);
  g_test_add_func ("/sense/language/bad-documents-are-refused", test_bad_documents_are_refused);
  g_test_add_func ("/sense/language/random-text-is-harmless", test_random_text_is_harmless);
  return g_test_run ();
}
