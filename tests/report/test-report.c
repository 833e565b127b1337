/* test-report.c: what a report holds, that everything leads back to its ground, and what it warns
 * of. */

#include "report-fixture.h"

static guint
count_warnings (Fixture *fixture, VantageReportWarningSort sort)
{
  g_autoptr (VantageReport) report = vantage_report_new (&fixture->input, &fixture->options);
  GPtrArray *warnings = vantage_report_get_warnings (report);
  guint n = 0;

  for (guint i = 0; i < warnings->len; i++)
    n += ((VantageReportWarning *) warnings->pdata[i])->sort == sort;
  return n;
}

static void
test_an_empty_review_is_a_title (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = write_markdown (fixture);
  g_autofree char *html = write_html (fixture);

  g_assert_cmpstr (text, ==, "# The slow queue\n\nTimes in UTC\n");
  assert_holds (html, "<h1 dir=\"auto\">The slow queue</h1>");
  assert_lacks (html, "<nav");
}

static void
test_the_structure_of_a_whole_one (Fixture *fixture, gconstpointer data)
{
  static const char *const parts[] = { "# The slow queue",
                                       "## <a id=\"people\"></a>Who was there",
                                       "## <a id=\"findings\"></a>Findings",
                                       "Drills and pages look the same",
                                       "Both are red, as ",
                                       "> “thought it was a drill”",
                                       "> — an engineer on call",
                                       "Two maps of the cache",
                                       "*No evidence yet.*",
                                       "## <a id=\"timeline\"></a>Timeline",
                                       "### Friday, 1 March 2024",
                                       "between 00:54 and 01:59",
                                       "</a>02:04 |",
                                       "### Time not known",
                                       "Somebody mentions the vendor",
                                       "## <a id=\"wonders\"></a>Open questions",
                                       "Who owns the broker?",
                                       "## <a id=\"experiments\"></a>Experiments",
                                       "**Looked at again**: 2024",
                                       "## <a id=\"evidence\"></a>Evidence" };
  g_autofree char *text = NULL;
  const char *from;

  fill (fixture);
  text = write_markdown (fixture);
  from = text;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *found = strstr (from, parts[i]);

      if (found == NULL)
        g_error ("“%s” does not come next in:\n%s", parts[i], from);
      from = found;
    }
}

/* Every link of the page points at something in it, and every citation leads there and back. */
static void
test_every_link_has_an_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *html = NULL;
  guint n = 0;

  fill (fixture);
  html = write_html (fixture);
  for (const char *at = strstr (html, "href=\"#"); at != NULL; at = strstr (at + 1, "href=\"#"))
    {
      const char *name = at + strlen ("href=\"#");
      g_autofree char *id = g_strndup (name, strcspn (name, "\""));
      g_autofree char *anchor = g_strdup_printf (" id=\"%s\"", id);
      const char *first = strstr (html, anchor);

      if (first == NULL)
        g_error ("nothing has the id %s", id);
      g_assert_null (strstr (first + 1, anchor));
      n++;
    }
  g_assert_cmpuint (n, >, 15);
  assert_holds (html, "id=\"cite-1-1\"");
  assert_holds (html, "href=\"#cite-1-1\"");
  assert_holds (html, "<li id=\"evidence-2\"");
}

static void
test_evidence_is_numbered_once_in_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fill (fixture);
  text = write_markdown (fixture);
  assert_holds (text, "1. <a id=\"evidence-1\"></a>2024-03-01 02:04, **Ana Kowalska** in ops: “is "
                      "this us? Ben Okafor knows”");
  assert_holds (text, "2. <a id=\"evidence-2\"></a>2024-03-01 02:14, **Ben Okafor** in ops");
  assert_lacks (text, "evidence-3");
}

static void
test_it_is_the_same_each_time (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  fill (fixture);
  one = write_html (fixture);
  other = write_html (fixture);
  g_assert_cmpstr (one, ==, other);
}

static void
test_a_finding_without_ground_is_warned_of (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  g_assert_cmpuint (count_warnings (fixture, VANTAGE_REPORT_WARN_NO_GROUND), ==, 1);
}

static void
test_withdrawn_words_are_nowhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;
  g_autofree char *reference = NULL;

  fill (fixture);
  g_hash_table_remove (fixture->kinds, "passage");
  reference = g_strdup_printf ("They [[passage:%s|thought it was a drill]] then.",
                               id_of (fixture, "drill"));
  add_block (fixture, "block-2", "bare", "text", "text", reference);
  text = write_markdown (fixture);
  html = write_html (fixture);
  assert_lacks (text, "thought it was a drill");
  assert_lacks (html, "thought it was a drill");
  assert_holds (text, "*words not released*");
  g_assert_cmpuint (count_warnings (fixture, VANTAGE_REPORT_WARN_NOT_RELEASED), ==, 2);
}

static void
test_words_without_a_form_are_not_released (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  add_entity (fixture, "passage", "p", "words", T ("half agreed"), "person", REF ("ana"), NULL);
  add_entity (fixture, "passage", "q", "words", T ("strangely agreed"), "form", T ("shout"), NULL);
  text = write_markdown (fixture);
  assert_lacks (text, "half agreed");
  assert_lacks (text, "strangely agreed");
}

static void
test_references_are_resolved (Fixture *fixture, gconstpointer data)
{
  g_autofree char *reference = NULL;
  g_autofree char *text = NULL;

  fill (fixture);
  reference = g_strdup_printf (
      "See [[event:%s]], [[finding:%s|the first]], [[person:%s]], [[passage:%s]],"
      " [[wonder:%s]], [[event:%s]], [[item:%s|as kept]] and [[not one]] or [[",
      id_of (fixture, "asks"), id_of (fixture, "pages"), id_of (fixture, "ben"),
      id_of (fixture, "drill"), id_of (fixture, "who"), id_of (fixture, "nothing"), ITEM_GONE);
  add_block (fixture, "block-2", "review", "summary", "text", reference);
  text = write_markdown (fixture);
  assert_holds (text, "[Ana asks whether it is theirs](#event-");
  assert_holds (text, "[the first](#finding-");
  assert_holds (text, ", Ben Okafor, “thought it was a drill” (an engineer on call), ");
  assert_holds (text, "[Who owns the broker?](#wonder-");
  assert_holds (text, "(removed)");
  assert_holds (text, "as kept<a id=\"cite-1-1\"></a>[\\[1\\]](#evidence-1)");
  assert_holds (text, "\\[\\[not one\\]\\] or \\[\\[");
  g_assert_cmpuint (count_warnings (fixture, VANTAGE_REPORT_WARN_MISSING_REFERENCE), ==, 1);
  g_assert_cmpuint (count_warnings (fixture, VANTAGE_REPORT_WARN_MISSING_ITEM), ==, 1);
}

static void
test_paragraph_styles (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;

  add_block (fixture, "b1", "review", "summary", "text", "First\nline");
  add_block (fixture, "b2", "review", "summary", "list", "one");
  add_block (fixture, "b3", "review", "summary", "list", "two");
  add_block (fixture, "b4", "review", "summary", "quote", "said");
  add_block (fixture, "b5", "review", "summary", "code", "a ``` b\n<x>");
  add_block (fixture, "b6", "review", "summary", "heading", "More");
  add_block (fixture, "b7", "review", "summary", "text", "below");
  text = write_markdown (fixture);
  html = write_html (fixture);
  assert_holds (text, "First\\\nline\n\n- one\n- two\n\n> said\n\n````\na ``` b\n<x>\n````\n\n"
                      "### More\n\nbelow\n");
  assert_holds (html, "First<br>\nline</p>\n<ul>\n<li dir=\"auto\">one</li>\n");
  assert_holds (html, "<code>a ``` b\n&lt;x&gt;</code>");
  assert_holds (html, "<h3 dir=\"auto\" id=\"section-1\">More</h3>");
}

static void
test_own_report_text_comes_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fill (fixture);
  add_entity (fixture, "report", "r1", "title", T ("Long form"), NULL);
  add_entity (fixture, "report", "r2", "title", T ("Other"), NULL);
  add_block (fixture, "b1", "r1", "text", "heading", "From inside");
  add_block (fixture, "b2", "r1", "text", "text", "Ana saw the alert.");
  add_block (fixture, "b3", "r2", "text", "text", "Not this one.");
  fixture->options.report = id_of (fixture, "r1");
  text = write_markdown (fixture);
  assert_holds (text, "## From inside\n\nAna saw the alert.\n\n## <a id=\"people\"></a>");
  assert_lacks (text, "Not this one.");
}

static void
test_imagined_answers_are_no_events (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  add_entity (fixture, "event", "what-if", "title", T ("A newcomer finds it at once"), "claim",
              T ("imagined"), "start", at (1, 0), NULL);
  text = write_markdown (fixture);
  assert_lacks (text, "newcomer");
}

static void
test_everyone_reads_a_shorter_one (Fixture *fixture, gconstpointer data)
{
  g_autofree char *team = NULL;
  g_autofree char *everyone = NULL;

  fill (fixture);
  team = write_markdown (fixture);
  fixture->options.audience = VANTAGE_REPORT_EVERYONE;
  everyone = write_markdown (fixture);
  g_assert_cmpuint (strlen (everyone), <, strlen (team));
  assert_holds (everyone, "Drills and pages look the same");
  assert_holds (everyone, "asks whether it is theirs");
  assert_lacks (everyone, "Somebody mentions the vendor");
  assert_lacks (everyone, "Who was there");
  assert_lacks (everyone, "rolling back now");
}

static void
test_hidden_words_stay_hidden (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  fill (fixture);
  add_entity (fixture, "redaction", "x", "item", T (ITEM_A), "from", vantage_value_new_int (0),
              "to", vantage_value_new_int (11), NULL);
  add_entity (fixture, "redaction", "y", "item", T (ITEM_B), NULL);
  text = write_markdown (fixture);
  assert_holds (text, "“▮▮▮ Ben Okafor knows”");
  assert_lacks (text, "is this us");
  assert_lacks (text, "rolling back");
}

static void
test_a_long_review_is_written_whole (Fixture *fixture, gconstpointer data)
{
  g_autofree char *html = NULL;
  guint n = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("event %u", i);

      add_entity (fixture, "event", name, "title", T (name), "start", at (i, 0), NULL);
    }
  html = write_html (fixture);
  for (const char *at_row = strstr (html, "<tr id=\"event-"); at_row != NULL;
       at_row = strstr (at_row + 1, "<tr id=\"event-"))
    n++;
  g_assert_cmpuint (n, ==, 3000);
  assert_holds (html, "Sunday, 3 March 2024");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("report/an-empty-review-is-a-title", test_an_empty_review_is_a_title);
  add_case ("report/the-structure-of-a-whole-one", test_the_structure_of_a_whole_one);
  add_case ("report/every-link-has-an-end", test_every_link_has_an_end);
  add_case ("report/evidence-is-numbered-once-in-order", test_evidence_is_numbered_once_in_order);
  add_case ("report/it-is-the-same-each-time", test_it_is_the_same_each_time);
  add_case ("report/a-finding-without-ground-is-warned-of",
            test_a_finding_without_ground_is_warned_of);
  add_case ("report/withdrawn-words-are-nowhere", test_withdrawn_words_are_nowhere);
  add_case ("report/words-without-a-form-are-not-released",
            test_words_without_a_form_are_not_released);
  add_case ("report/references-are-resolved", test_references_are_resolved);
  add_case ("report/paragraph-styles", test_paragraph_styles);
  add_case ("report/own-report-text-comes-first", test_own_report_text_comes_first);
  add_case ("report/imagined-answers-are-no-events", test_imagined_answers_are_no_events);
  add_case ("report/everyone-reads-a-shorter-one", test_everyone_reads_a_shorter_one);
  add_case ("report/hidden-words-stay-hidden", test_hidden_words_stay_hidden);
  add_case ("report/a-long-review-is-written-whole", test_a_long_review_is_written_whole);
  return g_test_run ();
}
