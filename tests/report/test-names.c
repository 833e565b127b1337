/* test-names.c: where names are hidden, no name comes through by any way. */

#include "report-fixture.h"

static void
test_names_roles_and_pseudonyms (Fixture *fixture, gconstpointer data)
{
  g_autofree char *names = NULL;
  g_autofree char *roles = NULL;
  g_autofree char *pseudonyms = NULL;

  fill (fixture);
  names = write_markdown (fixture);
  fixture->options.names = VANTAGE_NAMES_ROLE;
  roles = write_markdown (fixture);
  fixture->options.names = VANTAGE_NAMES_PSEUDONYM;
  pseudonyms = write_markdown (fixture);
  assert_holds (names, "Ana Kowalska");
  assert_holds (roles, "On call");
  assert_lacks (roles, "Kowalska");
  assert_holds (pseudonyms, "Responder 1");
  assert_holds (pseudonyms, "Participant 1");
  assert_lacks (pseudonyms, "Kowalska");
  assert_lacks (pseudonyms, "Ben Okafor");
  assert_holds (pseudonyms, "Pager");
}

static void
test_evidence_is_masked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fill (fixture);
  fixture->options.names = VANTAGE_NAMES_PSEUDONYM;
  text = write_markdown (fixture);
  assert_holds (text, "is this us? Participant 1 knows");
}

static void
test_names_in_own_text_are_warned_of (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VantageReport) report = NULL;
  guint n = 0;

  fill (fixture);
  add_block (fixture, "b", "bare", "text", "text", "Then Ben came back.");
  fixture->options.names = VANTAGE_NAMES_PSEUDONYM;
  report = vantage_report_new (&fixture->input, &fixture->options);
  for (guint i = 0; i < vantage_report_get_warnings (report)->len; i++)
    {
      const VantageReportWarning *warning = vantage_report_get_warnings (report)->pdata[i];

      if (warning->sort != VANTAGE_REPORT_WARN_NAME_IN_TEXT)
        continue;
      n++;
      g_assert_true (g_str_equal (warning->kind, "finding") ||
                     g_str_equal (warning->kind, "event"));
    }
  g_assert_cmpuint (n, ==, 3); /* two titles of events, one finding */
}

/* Own text, titles, headings, anywhere: the promise is the report's, not the writer's. */
static void
test_names_in_own_text_are_replaced (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;

  fill (fixture);
  set_name (fixture, "may", "May Li");
  add_entity (fixture, "person", "may", "label", T ("Responder 3"), NULL);
  add_entity (fixture, "event", "late", "title", T ("May reads it"), "start", at (60 * 24 * 62, 0),
              member (fixture, "actors", "may"), YES, NULL);
  add_block (fixture, "b1", "review", "summary", "heading", "What Ana saw");
  add_block (fixture, "b2", "review", "summary", "code", "ask Ben");
  add_block (fixture, "b3", "bare", "text", "quote", "Ben Okafor was asleep");
  fixture->options.names = VANTAGE_NAMES_PSEUDONYM;
  text = write_markdown (fixture);
  html = write_html (fixture);
  assert_lacks (text, "Ana");
  assert_lacks (text, "Ben");
  assert_lacks (html, "Ana");
  assert_lacks (html, "Ben");
  assert_holds (text, "What Responder 1 saw");
  assert_holds (text, "Responder 3 reads it");
  assert_holds (text, "2 May 2024");
}

static void
test_parts_of_words_are_no_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fill (fixture);
  add_item (fixture, "c", 30, NULL, "the benefit of banana, Benjamin; but Ben. Ben's?");
  add_entity (fixture, "wonder", "w2", "text", T ("And this?"), "cites/00112233aabbccdd.c", YES,
              NULL);
  fixture->options.names = VANTAGE_NAMES_PSEUDONYM;
  text = write_markdown (fixture);
  assert_holds (text, "the benefit of banana, Benjamin; but Participant 1. Participant 1's?");
}

static void
test_small_letters_and_last_names_too (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fill (fixture);
  set_name (fixture, "will", "Will Park");
  add_entity (fixture, "person", "will", "label", T ("Responder 4"), NULL);
  add_block (fixture, "b", "bare", "text", "text",
             "then ana and okafor rang Will, and that will do; kowalskas");
  fixture->options.names = VANTAGE_NAMES_PSEUDONYM;
  text = write_markdown (fixture);
  assert_holds (text, "then Responder 1 and Participant 1 rang Responder 4, and that will do; "
                      "kowalskas");
}

static void
test_everyone_never_reads_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fill (fixture);
  fixture->options.audience = VANTAGE_REPORT_EVERYONE;
  fixture->options.names = VANTAGE_NAMES_NAME;
  text = write_markdown (fixture);
  assert_lacks (text, "Kowalska");
  assert_lacks (text, "Okafor");
}

static void
test_merged_people_are_one (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fill (fixture);
  set_name (fixture, "ana-2", "ana.k");
  add_entity (fixture, "person", "ana-2", "into", REF ("ana"), NULL);
  add_entity (fixture, "event", "more", "title", T ("more"), "start", at (30, 0),
              member (fixture, "actors", "ana-2"), YES, member (fixture, "actors", "ana"), YES,
              NULL);
  text = write_markdown (fixture);
  assert_lacks (text, "ana.k");
  assert_holds (text, "</a>02:24 | Ana Kowalska | more |");
}

/* A form never tells more than the person agreed to, whatever the report's choice. */
static void
test_a_form_bounds_what_is_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fill (fixture);
  add_entity (fixture, "passage", "p1", "words", T ("by pseudonym"), "form", T ("pseudonym"),
              "person", REF ("ben"), NULL);
  add_entity (fixture, "passage", "p2", "words", T ("by name"), "form", T ("name"), "person",
              REF ("ben"), NULL);
  add_entity (fixture, "passage", "p3", "words", T ("in other words"), "form", T ("paraphrase"),
              "shown_as", T ("someone in storage"), "person", REF ("ben"), NULL);
  text = write_markdown (fixture);
  assert_holds (text, "> “by pseudonym”\n>\n> — a participant");
  assert_holds (text, "> “by name”\n>\n> — Ben Okafor");
  assert_holds (text, "> in other words\n>\n> — someone in storage, reworded");
}

static void
test_circles_of_merges_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  add_entity (fixture, "person", "x", "into", REF ("y"), NULL);
  add_entity (fixture, "person", "y", "into", REF ("x"), NULL);
  add_entity (fixture, "event", "e", "title", T ("e"), member (fixture, "actors", "x"), YES, NULL);
  text = write_markdown (fixture);
  assert_holds (text, "somebody");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("names/names-roles-and-pseudonyms", test_names_roles_and_pseudonyms);
  add_case ("names/evidence-is-masked", test_evidence_is_masked);
  add_case ("names/names-in-own-text-are-warned-of", test_names_in_own_text_are_warned_of);
  add_case ("names/names-in-own-text-are-replaced", test_names_in_own_text_are_replaced);
  add_case ("names/parts-of-words-are-no-names", test_parts_of_words_are_no_names);
  add_case ("names/small-letters-and-last-names-too", test_small_letters_and_last_names_too);
  add_case ("names/everyone-never-reads-names", test_everyone_never_reads_names);
  add_case ("names/merged-people-are-one", test_merged_people_are_one);
  add_case ("names/a-form-bounds-what-is-told", test_a_form_bounds_what_is_told);
  add_case ("names/circles-of-merges-end", test_circles_of_merges_end);
  return g_test_run ();
}
