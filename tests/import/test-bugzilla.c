/* test-bugzilla.c: bugs as XML and as answers, together and apart. All of it is made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#include "vantage-time.h"

#define BUG_XML                                                                                    \
  "<bug><bug_id>35</bug_id><creation_ts>2025-03-14 03:11:00 +0100</creation_ts><short_desc>Down"   \
  "</short_desc><product>Shop</product><component>Pay</component><bug_status>NEW</bug_status>"     \
  "<reporter name=\"Ada Lund\">ada@acme.test</reporter><assigned_to>bo@acme.test</assigned_to>"    \
  "<long_desc isprivate=\"0\"><commentid>70</commentid><comment_count>0</comment_count>"           \
  "<who name=\"Ada Lund\">ada@acme.test</who><bug_when>2025-03-14 03:11:36 +0100</bug_when>"       \
  "<thetext>It is &lt;down&gt;</thetext></long_desc><long_desc isprivate=\"1\"><commentid>71"      \
  "</commentid><comment_count>1</comment_count><who>bo</who><bug_when>2025-03-13 22:20:00 EDT"     \
  "</bug_when><thetext>up \x02 again</thetext></long_desc><attachment isprivate=\"0\"><attachid>9" \
  "</attachid><date>2025-03-14 03:12:00 +0100</date><desc>Log</desc><filename>a.log</filename>"    \
  "<type>text/plain</type><size>14</size><attacher>bo</attacher><data encoding=\"base64\">QUJD"    \
  "</data></attachment></bug>"
#define XML(bugs)                                                                                  \
  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<!DOCTYPE bugzilla SYSTEM "      \
  "\"https://bugs.acme.test/bugzilla.dtd\">\n<bugzilla version=\"5\" "                             \
  "urlbase=\"https://bugs.acme.test/\">\n" bugs "</bugzilla>\n"
#define BUG                                                                                        \
  "{\"id\":35,\"summary\":\"Down\",\"product\":\"Shop\",\"status\":\"NEW\",\"creator\":"           \
  "\"ada@acme.test\",\"creator_detail\":{\"name\":\"ada@acme.test\",\"real_name\":\"Ada Lund\"},"  \
  "\"creation_time\":\"2025-03-14T02:11:00Z\"}"
#define COMMENTS                                                                                   \
  "{\"bugs\":{\"34\":{\"comments\":[]},\"35\":{\"comments\":[{\"id\":71,\"bug_id\":35,"            \
  "\"creator\":\"bo\",\"time\":\"2025-03-14T02:20:00Z\",\"text\":\"up again\",\"is_private\":true" \
  "}]}},\"comments\":{}}"
#define HISTORY                                                                                    \
  "{\"bugs\":[{\"id\":35,\"alias\":null,\"history\":[{\"when\":\"2025-03-14T03:00:00Z\",\"who\":"  \
  "\"bo\",\"changes\":[{\"field_name\":\"status\",\"removed\":\"NEW\",\"added\":\"RESOLVED\"},"    \
  "{\"field_name\":\"assigned_to\",\"removed\":\"\",\"added\":\"bo\"}]},{\"when\":"                \
  "\"2025-03-14T03:00:00Z\",\"who\":\"ada\",\"changes\":[{\"field_name\":\"depends_on\","          \
  "\"removed\":\"\",\"added\":\"12\"}]},{\"changes\":[]}]}]}"
#define FILES                                                                                      \
  "{\"attachments\":{},\"bugs\":{\"35\":[{\"id\":9,\"bug_id\":35,\"creator\":\"bo\",\"file_"       \
  "name\":"                                                                                        \
  "\"a.log\",\"size\":14,\"creation_time\":\"2025-03-14T02:12:00Z\"}]}}"

static Collected *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("bugzilla-%u", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  Collected *all = collect_ok (path, &options);

  g_assert_cmpstr (all->facts->format, ==, "bugzilla");
  return all;
}

static void
test_xml (void)
{
  g_autoptr (Collected) all = read_text (XML (BUG_XML));
  VantageItem *item = collected_find (all, "35.c71");

  g_assert_cmpuint (all->items->len, ==, 3);
  collected_check (all, "35", VANTAGE_ITEM_TICKET, "Down\n\nIt is <down>", "2025-03-14T02:11:00Z");
  collected_check (all, "35.c71", VANTAGE_ITEM_COMMENT, "up  again", "2025-03-14T02:20:00Z");
  collected_check (all, "35.a9", VANTAGE_ITEM_FILE, "Log\n\na.log", "2025-03-14T02:12:00Z");
  g_assert_cmpstr (item->url, ==, "https://bugs.acme.test/show_bug.cgi?id=35#c1");
  g_assert_cmpstr (item->raw_time, ==, "2025-03-13 22:20:00 EDT");
  g_assert_cmpstr (vantage_item_get_extra (item, "internal"), ==, "yes");
  g_assert_cmpstr (collected_find_identity (all, "ada@acme.test")->name, ==, "Ada Lund");
  g_assert_nonnull (collected_find_channel (all, "Shop"));
  g_assert_cmpuint (collected_count (all, "bad-encoding"), ==, 1);
}

static void
test_answers_have_the_same_ids (void)
{
  static const struct
  {
    const char *text, *ids;
    guint items;
  } cases[] = {
    { "{\"bugs\":[" BUG "]}", "35", 1 },
    { COMMENTS, "35.c71", 1 },
    { FILES, "35.a9", 1 },
    { HISTORY, "35.h1741921200.0", 3 },
    { "{\"backend_name\":\"BugzillaREST\",\"data\":" BUG ",\"origin\":\"https://bugs.acme.test\"}",
      "35", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Collected) all = read_text (cases[i].text);

      g_assert_cmpuint (all->items->len, ==, cases[i].items);
      g_assert_cmpuint (collected_count_skipped (all), ==, 0);
      g_assert_nonnull (collected_find (all, cases[i].ids));
      g_assert_cmpstr (collected_find (all, cases[i].ids)->thread, ==, "35");
    }
}

static void
test_history_says_what_changed (void)
{
  g_autoptr (Collected) all = read_text (HISTORY);

  collected_check (all, "35.h1741921200.0", VANTAGE_ITEM_STATUS, "status: NEW → RESOLVED",
                   "2025-03-14T03:00:00Z");
  collected_check (all, "35.h1741921200.1", VANTAGE_ITEM_ASSIGNMENT, "assigned_to: → bo",
                   "2025-03-14T03:00:00Z");
  collected_check (all, "35.h1741921200.2", VANTAGE_ITEM_LINK, "depends_on: → 12",
                   "2025-03-14T03:00:00Z");
  g_assert_cmpstr (collected_find (all, "35.h1741921200.2")->account, ==, "ada");
}

static void
test_odd_bugs_cost_only_themselves (void)
{
  static const struct
  {
    const char *text;
    guint items, skipped;
  } cases[] = {
    { XML (BUG_XML "<bug error=\"NotFound\"><bug_id>8</bug_id></bug>"), 3, 1 },
    { XML (BUG_XML "<bug><bug_id>8</bug_id></bug>"), 3, 1 },
    { XML (BUG_XML "<bug><bug_id/></bug><bug/>"), 3, 1 },
    { XML (BUG_XML
           "<bug><bug_id>8</bug_id><creation_ts>2025-03-14 03:11:00 +0100</creation_ts><long_desc/>"
           "<long_desc a=\"b\"><bug_when>?</bug_when></long_desc><attachment>x</attachment></bug>"),
      4, 0 },
    { "{\"bugs\":[" BUG ",null,{\"id\":7},{\"id\":8,\"summary\":\"x\",\"product\":[],\"status\":{},"
      "\"creation_time\":5}]}",
      1, 3 },
    { "{\"bugs\":[" BUG "]}" COMMENTS HISTORY, 5, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Collected) all = read_text (cases[i].text);

      g_assert_cmpuint (all->items->len, ==, cases[i].items);
      g_assert_cmpuint (collected_count_skipped (all), ==, cases[i].skipped);
    }
}

static void
test_lists_and_errors_say_what_to_export (void)
{
  static const char *const texts[] = {
    "\"bug_id\",\"product\",\"bug_status\",\"short_desc\",\"changeddate\"\n30,\"Shop\",\"NEW\","
    "\"x\",\"2015-03-20 "
    "16:15:55\"\n",
    "{\"code\":32000,\"error\":true,\"message\":\"API key authentication is required.\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("bugzilla-miss", texts[i], -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = collect (path, &options, &error);

      g_assert_null (all);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
    }
}

static void
test_hurt_files (void)
{
  hurt_cut_everywhere ("bugzilla", "bugzilla-hurt.xml", XML (BUG_XML));
  hurt_cut_everywhere ("bugzilla", "bugzilla-hurt.json", "[" BUG "," BUG "]");
  hurt_flip_bytes ("bugzilla", "bugzilla-hurt.xml", XML (BUG_XML), 31, 300);
  hurt_flip_bytes ("bugzilla", "bugzilla-hurt.json", COMMENTS HISTORY FILES, 32, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define CASE(path, function) g_test_add_func ("/import/bugzilla/" path, function)
  CASE ("xml", test_xml);
  CASE ("answers-have-the-same-ids", test_answers_have_the_same_ids);
  CASE ("history-says-what-changed", test_history_says_what_changed);
  CASE ("odd-bugs-cost-only-themselves", test_odd_bugs_cost_only_themselves);
  CASE ("lists-and-errors-say-what-to-export", test_lists_and_errors_say_what_to_export);
  CASE ("hurt-files", test_hurt_files);
#undef CASE
  return g_test_run ();
}
