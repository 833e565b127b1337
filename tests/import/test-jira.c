/* test-jira.c: issues as answers, tables and XML. All of it is made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#include "vantage-time.h"

#define HOST "https://tickets.acme.test"
#define ADA                                                                                        \
  "{\"accountId\":\"557058:ada\",\"displayName\":\"Ada Lund\",\"accountType\":\"atlassian\"}"
#define BOT "{\"accountId\":\"5d53:bot\",\"displayName\":\"Rules\",\"accountType\":\"app\"}"
#define ISSUE_HEAD                                                                                 \
  "{\"id\":\"10016\",\"key\":\"PAY-7\",\"self\":\"" HOST "/rest/api/2/issue/10016\",\"fields\":{"  \
  "\"summary\":\"Card payments time out\",\"created\":\"2025-03-14T02:11:09.250+0100\","           \
  "\"updated\":\"2025-03-15T09:00:00.000+0100\",\"project\":{\"key\":\"PAY\",\"name\":"            \
  "\"Payments\"},\"status\":{\"name\":\"Done\",\"statusCategory\":{\"key\":\"done\"}},"            \
  "\"labels\":[\"sev2\"],\"customfield_10020\":null,\"reporter\":" ADA ","
#define DESCRIPTION                                                                                \
  "\"description\":\"h3. Impact\\r\\n*Checkout* fails, see [the board|https://b.test/x] and "      \
  "[~accountid:557058:bo]\\r\\n{code:java}\\nthrow *new*;\\n{code}\","
#define COMMENTS                                                                                   \
  "\"comment\":{\"total\":3,\"comments\":[{\"id\":\"41\",\"author\":" BOT ",\"body\":\"restarted " \
  "!graph.png|thumbnail!\",\"created\":\"2025-03-14T02:20:00.001+0100\",\"updated\":"              \
  "\"2025-03-14T02:25:00.001+0100\",\"jsdPublic\":false},{\"id\":\"42\",\"author\":null,"          \
  "\"body\":\"ok\",\"created\":\"2025-03-14T01:30:00.000Z\",\"updated\":"                          \
  "\"2025-03-14T01:30:00.900Z\"}]},"
#define FILES                                                                                      \
  "\"attachment\":[{\"id\":\"90\",\"filename\":\"graph.png\",\"author\":" ADA ",\"created\":"      \
  "\"2025-03-14T02:19:00.000+0100\",\"size\":1234,\"mimeType\":\"image/png\",\"content\":\"" HOST  \
  "/secure/attachment/90/graph.png?token=abcdefgh\"}]}"
#define CHANGES                                                                                    \
  ",\"changelog\":{\"startAt\":0,\"maxResults\":40,\"total\":60,\"histories\":[{\"id\":\"500\","   \
  "\"created\":\"2025-03-14T03:00:00.000+0100\",\"author\":" ADA ",\"items\":[{\"field\":"         \
  "\"status\",\"fieldId\":\"status\",\"from\":\"1\",\"fromString\":\"Open\",\"to\":\"3\","         \
  "\"toString\":\"Done\"},{\"field\":\"resolution\",\"from\":null,\"fromString\":null,\"to\":"     \
  "\"10\",\"toString\":\"Fixed\"}]},{\"id\":\"501\",\"created\":"                                  \
  "\"2025-03-14T03:10:00.000+0100\",\"items\":[{\"field\":\"assignee\",\"fromString\":null,"       \
  "\"to\":\"557058:ada\",\"toString\":\"Ada Lund\"}]}]}}"
#define ISSUE ISSUE_HEAD DESCRIPTION COMMENTS FILES CHANGES

static Collected *
read_named (const char *ending, const char *text, const char *zone)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("jira-%u.%s", n++, ending);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  Collected *all;

  options.zone = zone;
  all = collect_ok (path, &options);
  g_assert_cmpstr (all->facts->format, ==, "jira");
  return all;
}

static gint64
at (const char *text)
{
  gint64 us;

  g_assert_true (vantage_time_parse (text, -1, &us, NULL, NULL));
  return us;
}

static void
check_text (Collected *all, const char *local, VantageItemKind kind, const char *text)
{
  VantageItem *item = collected_find (all, local);

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, kind);
  g_assert_cmpstr (item->text, ==, text);
}

static void
test_issue_with_all_its_parts (void)
{
  g_autoptr (Collected) all = read_named ("json", ISSUE, NULL);
  VantageItem *item = collected_find (all, "i10016");
  VantageAttachment *file;

  g_assert_cmpuint (all->items->len, ==, 7);
  check_text (all, "i10016", VANTAGE_ITEM_TICKET,
              "Card payments time out\n\nImpact\nCheckout fails, see the board (https://b.test/x) "
              "and @557058:bo\nthrow *new*;");
  g_assert_cmpstr (item->raw_time, ==, "2025-03-14T02:11:09.250+0100");
  g_assert_cmpint (item->time_us, ==, at ("2025-03-14T01:11:09.250Z"));
  g_assert_cmpint (item->precision, ==, VANTAGE_PRECISION_MS);
  g_assert_cmpint (item->edited_us, ==, VANTAGE_TIME_NONE);
  g_assert_cmpstr (item->account, ==, "557058:ada");
  g_assert_cmpstr (item->thread, ==, "i10016");
  g_assert_cmpstr (item->mentions[0], ==, "557058:bo");
  g_assert_cmpstr (item->url, ==, HOST "/browse/PAY-7");
  g_assert_cmpstr (vantage_item_get_extra (item, "key"), ==, "PAY-7");
  g_assert_cmpstr (vantage_item_get_extra (item, "label"), ==, "sev2");
  check_text (all, "i10016.h500.0", VANTAGE_ITEM_STATUS, "status: Open → Done");
  check_text (all, "i10016.h500.1", VANTAGE_ITEM_FIELD, "resolution: → Fixed");
  check_text (all, "i10016.h501.0", VANTAGE_ITEM_ASSIGNMENT, "assignee: → Ada Lund");
  g_assert_null (collected_find (all, "i10016.h501.0")->account);
  item = collected_find (all, "i10016.a90");
  g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_FILE);
  file = item->attachments->pdata[0];
  g_assert_cmpint (file->size, ==, 1234);
  g_assert_null (strstr (file->url, "abcdefgh"));
  g_assert_nonnull (collected_find_channel (all, "Payments"));
}

static void
test_comments_know_edits_and_who_may_read (void)
{
  g_autoptr (Collected) all = read_named ("json", "[" ISSUE "]", NULL);
  VantageItem *item = collected_find (all, "i10016.c41");

  check_text (all, "i10016.c41", VANTAGE_ITEM_COMMENT, "restarted [graph.png]");
  g_assert_cmpint (item->edited_us - item->time_us, ==, 300 * G_USEC_PER_SEC);
  g_assert_cmpstr (vantage_item_get_extra (item, "internal"), ==, "yes");
  g_assert_cmpstr (item->url, ==, HOST "/browse/PAY-7?focusedCommentId=41");
  g_assert_true (collected_find_identity (all, "5d53:bot")->bot);
  item = collected_find (all, "i10016.c42");
  g_assert_null (item->account);
  g_assert_cmpint (item->edited_us, ==, VANTAGE_TIME_NONE);
}

static void
test_parts_that_are_pages_are_told_by_issue (void)
{
  g_autoptr (Collected) all = read_named ("json", ISSUE, NULL);
  guint named = 0;

  g_assert_false (all->facts->complete);
  g_assert_cmpuint (collected_count (all, "more-pages"), ==, 2);
  for (guint i = 0; i < all->diagnostics->len; i++)
    {
      VantageDiagnostic *told = all->diagnostics->pdata[i];

      named += strcmp (told->text, "PAY-7 has 60 changes, of which 2 are here") == 0 ||
               strcmp (told->text, "PAY-7 has 3 comments, of which 2 are here") == 0;
      g_assert_false (told->skipped);
    }
  g_assert_cmpuint (named, ==, 2);
}

#define PAGE(more, issues)                                                                         \
  "{\"expand\":\"names\",\"startAt\":0,\"maxResults\":2,\"total\":" more ",\"issues\":[" issues "]}"

static void
test_wrappings_hold_the_same (void)
{
  static const char *const texts[] = {
    ISSUE,
    "[" ISSUE "]",
    ISSUE "\n" ISSUE "\n",
    PAGE ("1", ISSUE),
    "{\"issues\":[" ISSUE "],\"isLast\":true}",
    "{\"backend_name\":\"Jira\",\"category\":\"issue\",\"data\":" ISSUE ",\"origin\":\"x\"}",
  };
  g_autoptr (Collected) first = read_named ("json", ISSUE, NULL);
  g_autofree char *ids = collected_dup_ids (first);

  for (gsize i = 1; i < G_N_ELEMENTS (texts); i++)
    if (i != 2)
      {
        g_autoptr (Collected) all = read_named ("json", texts[i], NULL);
        g_autofree char *same = collected_dup_ids (all);

        g_assert_cmpstr (same, ==, ids);
      }
}

static void
test_search_page_that_is_not_the_last (void)
{
  g_autoptr (Collected) all = read_named ("json", PAGE ("9", ISSUE), NULL);

  g_assert_false (all->facts->complete);
  g_assert_cmpuint (collected_count (all, "more-pages"), ==, 3);
}

static void
test_comment_page_without_its_issue (void)
{
  g_autoptr (Collected) all =
      read_named ("json",
                  "{\"comments\":[{\"self\":\"" HOST "/rest/api/2/issue/10016/comment/43\",\"id\":"
                  "\"43\",\"author\":" ADA ",\"updateAuthor\":" ADA ",\"body\":\"later\","
                  "\"created\":\"2025-03-14T05:00:00.000+0100\"}],\"maxResults\":1,\"startAt\":0,"
                  "\"total\":1}",
                  NULL);
  g_autoptr (Collected) whole = read_named ("json", ISSUE, NULL);
  VantageItem *item = collected_find (all, "i10016.c43");

  g_assert_nonnull (item);
  g_assert_cmpstr (item->thread, ==, "i10016");
  g_assert_cmpstr (item->channel, ==, collected_find (whole, "i10016")->channel);
  g_assert_true (all->facts->complete);
}

/* ---- odd records ---- */

static void
test_odd_records_cost_only_themselves (void)
{
  static const struct
  {
    const char *issue;
    guint items, skipped;
  } cases[] = {
    { "{\"id\":1,\"key\":\"A-1\",\"fields\":{\"summary\":\"x\",\"created\":\"2025-01-01T00:00:00."
      "000Z\"}}",
      1, 0 },
    { "{\"key\":\"A-1\",\"fields\":{\"summary\":null,\"created\":\"2025-01-01T00:00:00Z\","
      "\"reporter\":7,"
      "\"comment\":[],\"labels\":{},\"issuetype\":[]},\"changelog\":null}",
      1, 0 },
    { "{\"id\":\"1\",\"key\":\"A-1\",\"fields\":{\"summary\":\"x\",\"created\":\"soon\"}}", 0, 1 },
    { "{\"id\":\"1\",\"key\":\"A-1\",\"fields\":{\"summary\":\"x\"}}", 0, 1 },
    { "{\"id\":\"1\",\"key\":\"A-1\",\"fields\":{\"summary\":\"x\",\"created\":\"2025-01-01T00:00:"
      "00Z\","
      "\"comment\":{\"comments\":[null,3,{\"id\":\"2\",\"body\":{\"type\":\"doc\"}},{\"id\":\"3\","
      "\"body\":[],"
      "\"created\":\"2025-01-01T00:00:01Z\"}],\"total\":\"many\"}}}",
      2, 2 },
    { "{\"id\":\"1\",\"key\":\"A-1\",\"fields\":{\"summary\":\"x\",\"created\":\"2025-01-01T00:00:"
      "00Z\"},"
      "\"changelog\":{\"histories\":[{\"id\":\"5\",\"created\":\"2025-01-01T00:00:01Z\",\"items\":["
      "{},null,"
      "{\"field\":\"status\"}]},{\"id\":\"6\"}]}}",
      2, 1 },
    { "{\"id\":\"1/2 "
      "\",\"key\":\"A-1\",\"fields\":{\"summary\":\"\",\"created\":\"2025-01-01T00:00:00Z\","
      "\"reporter\":{\"displayName\":\"Former user\",\"accountId\":\"z\"}}}",
      1, 0 },
    { "null", 0, 1 },
    { "{\"webhookEvent\":\"jira:issue_updated\",\"issue\":{\"fields\":{}}}", 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[%s,%s]", ISSUE, cases[i].issue);
      g_autoptr (Collected) all = read_named ("json", text, NULL);

      g_assert_cmpuint (all->items->len, ==, 7 + cases[i].items);
      g_assert_cmpuint (collected_count_skipped (all), ==, cases[i].skipped);
      g_assert_null (collected_find_identity (all, "z"));
    }
}

static void
test_older_servers_name_people (void)
{
  g_autoptr (Collected) all = read_named (
      "json",
      "{\"id\":\"1\",\"key\":\"A-1\",\"self\":\"http://jira.test:8080/jira/rest/api/2/issue/"
      "1\",\"fields\":{"
      "\"summary\":\"x\",\"created\":\"2025-07-01T00:00:00.000-0430\",\"reporter\":{\"name\":"
      "\"ada\","
      "\"key\":\"JIRAUSER10100\",\"displayName\":\"Ada Lund\"},\"description\":\"[~ada] look\"}}",
      NULL);
  VantageItem *item = collected_find (all, "i1");

  g_assert_cmpstr (item->account, ==, "ada");
  g_assert_cmpstr (item->text, ==, "x\n\n@ada look");
  g_assert_cmpstr (item->url, ==, "http://jira.test:8080/jira/browse/A-1");
  g_assert_cmpint (item->time_us, ==, at ("2025-07-01T04:30:00Z"));
  g_assert_cmpstr (collected_find_identity (all, "ada")->name, ==, "Ada Lund");
}

/* ---- words ---- */

static void
test_documents_become_text (void)
{
  static const struct
  {
    const char *document, *text;
  } cases[] = {
    { "{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\","
      "\"text\":\"a \"},"
      "{\"type\":\"text\",\"text\":\"b\",\"marks\":[{\"type\":\"strong\"}]},{\"type\":"
      "\"hardBreak\"},{\"type\":"
      "\"text\",\"text\":\"c\",\"marks\":[{\"type\":\"link\",\"attrs\":{\"href\":\"http://"
      "c\"}}]}]}]}",
      "a b\nc (http://c)" },
    { "{\"type\":\"doc\",\"content\":[{\"type\":\"bulletList\",\"content\":[{\"type\":\"listItem\","
      "\"content\":["
      "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"one\"}]}]},{\"type\":"
      "\"listItem\","
      "\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"two\"}]}]}]}"
      "]}",
      "* one\n* two" },
    { "{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"mention\","
      "\"attrs\":{\"id\":"
      "\"557058:bo\",\"text\":\"@Bo\"}},{\"type\":\"emoji\",\"attrs\":{\"shortName\":\":eyes:\","
      "\"text\":\"👀\"}},"
      "{\"type\":\"inlineCard\",\"attrs\":{\"url\":\"http://d\"}}]}]}",
      "@557058:bo👀http://d" },
    { "{\"type\":\"doc\",\"content\":[{\"type\":\"table\",\"content\":[{\"type\":\"tableRow\","
      "\"content\":[{\"type\":"
      "\"tableHeader\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\","
      "\"text\":\"h\"}]}]},"
      "{\"type\":\"tableCell\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":"
      "\"text\",\"text\":\"v\"}]}]}"
      "]}]},{\"type\":\"panel\",\"content\":[{\"type\":\"codeBlock\",\"content\":[{\"type\":"
      "\"text\",\"text\":"
      "\"x *y*\"}]}]}]}",
      "h | v\nx *y*" },
    { "{\"type\":\"doc\",\"content\":[{\"type\":\"mediaSingle\",\"content\":[{\"type\":\"media\","
      "\"attrs\":{\"alt\":"
      "\"g.png\"}}]},null,7,{\"type\":\"later\",\"content\":[{\"type\":\"text\",\"text\":\"kept\"}]"
      "}]}",
      "[g.png]\nkept" },
    { "{}", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"id\":\"1\",\"key\":\"A-1\",\"fields\":{\"summary\":\"\",\"created\":"
                           "\"2025-01-01T00:00:00Z\","
                           "\"description\":%s}}",
                           cases[i].document);
      g_autoptr (Collected) all = read_named ("json", text, NULL);

      check_text (all, "i1", VANTAGE_ITEM_TICKET, cases[i].text);
    }
}

static void
test_wiki_markup_becomes_text (void)
{
  static const struct
  {
    const char *wiki, *text;
  } cases[] = {
    { "*bold* _it_ -gone- {{mono}} +new+", "bold it gone mono new" },
    { "2*3*4 snake_case_name well-known", "2*3*4 snake_case_name well-known" },
    { "*a _b_ c*", "a b c" },
    { "|| time || what ||\\n| 14:02 | deploy |", "time | what\\n14:02 | deploy" },
    { "{quote}said{quote}\\n{color:red}hot{color}", "said\\nhot" },
    { "{noformat}<tag & [~x] *y*>{noformat}", "<tag & [~x] *y*>" },
    { "bq. cited\\n----\\nend", "cited\\n\\nend" },
    { "one\\\\\\\\two \\\\{not\\\\}", "one\\ntwo {not}" },
    { "{code}unclosed *b*", "unclosed b" },
    { "* item\\n- item\\n# item", "* item\\n- item\\n# item" },
    { "[https://x.test] [#here] [plain] a[0]", "https://x.test #here [plain] a[0]" },
    { "wow! really! !a.png!", "wow! really! [a.png]" },
    { "[[[[ {{{{ **** ____", "[[[[ {{{{ **** ____" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"id\":\"1\",\"key\":\"A-1\",\"fields\":{\"summary\":\"\",\"created\":"
                           "\"2025-01-01T00:00:00Z\","
                           "\"description\":\"%s\"}}",
                           cases[i].wiki);
      g_autofree char *expected = g_strcompress (cases[i].text);
      g_autoptr (Collected) all = read_named ("json", text, NULL);

      g_assert_cmpstr (collected_find (all, "i1")->text, ==, expected);
    }
}

/* ---- tables ---- */

#define HEADER                                                                                     \
  "\xef\xbb\xbfSummary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Assignee,"    \
  "Assignee Id,Reporter,Reporter Id,Created,Updated,Labels,Labels,Attachment,Comment,Comment\n"
#define ROW                                                                                        \
  "\"Card payments, time out\",PAY-7,10016,Incident,Done,PAY,Payments,,,Ada Lund,557058:ada,"      \
  "14/Mar/25 2:11 AM,15/Mar/25 9:00 AM,sev2,cards,14/Mar/25 2:19 AM;557058:ada;a; b.png;" HOST     \
  "/secure/attachment/90/a.png,\"14/Mar/25 2:20 AM;557058:bo;line one; *two*\nline "               \
  "\"\"three\"\"\","                                                                               \
  "\"14/Mar/25 2:30 PM;;ok\"\n"

static void
test_table_has_comments_in_cells (void)
{
  g_autoptr (Collected) all =
      read_named ("csv", HEADER ROW ",,,,,,,,,,,,,,,,,\n,,\n", "Europe/Berlin");
  g_autoptr (Collected) answers = read_named ("json", ISSUE, NULL);
  VantageItem *item = collected_find (all, "i10016");
  guint comments = 0;

  g_assert_cmpuint (all->items->len, ==, 4);
  g_assert_cmpstr (item->raw_time, ==, "14/Mar/25 2:11 AM");
  g_assert_cmpint (item->precision, ==, VANTAGE_PRECISION_MIN);
  g_assert_cmpint (item->time_us, ==, at ("2025-03-14T01:11:00Z"));
  g_assert_cmpint (item->zone_origin, ==, VANTAGE_ZONE_CHOSEN);
  g_assert_cmpstr (item->account, ==, "557058:ada");
  g_assert_cmpstr (item->channel, ==, collected_find (answers, "i10016")->channel);
  item = collected_find (all, "i10016.a90");
  g_assert_cmpstr (((VantageAttachment *) item->attachments->pdata[0])->name, ==, "a; b.png");
  for (guint i = 0; i < all->items->len; i++)
    {
      item = all->items->pdata[i];
      if (item->kind != VANTAGE_ITEM_COMMENT)
        continue;
      comments++;
      g_assert_cmpstr (item->thread, ==, "i10016");
      if (item->account == NULL)
        g_assert_cmpstr (item->text, ==, "ok");
      else
        g_assert_cmpstr (item->text, ==, "line one; two\nline \"three\"");
    }
  g_assert_cmpuint (comments, ==, 2);
}

static void
test_table_asks_for_its_zone (void)
{
  g_autofree char *path = scratch_write ("jira-zone.csv", HEADER ROW, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = collect (path, &options, &error);
  g_autoptr (VantagePreview) preview =
      vantage_import_preview (path, &options, NULL, NULL, NULL, NULL);

  g_assert_null (all);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE);
  g_assert_true (preview->needs_zone);
  g_assert_cmpuint (preview->n_items, ==, 4);
}

static void
test_table_writes_times_in_its_own_way (void)
{
  static const struct
  {
    const char *created;
    const char *utc;
  } cases[] = {
    { "16/02/2017 15:26", "2017-02-16T15:26:00Z" },
    { "2/16/17 3:26 PM", "2017-02-16T15:26:00Z" },
    { "2024-03-01 14:02", "2024-03-01T14:02:00Z" },
    { "01/Mär/24 2:02 PM", "2024-03-01T14:02:00Z" },
    { "01/мар/24 2:02 PM", "2024-03-01T14:02:00Z" },
    { "01/févr./24 14:02", "2024-02-01T14:02:00Z" },
    { "28/dic/25 5:03 PM", "2025-12-28T17:03:00Z" },
    { "5/Aug/09 12:00 AM", "2009-08-05T00:00:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "Issue key;Issue id;Summary;Created;Reporter\nA-1;1;x;%s;ada\n", cases[i].created);
      g_autoptr (Collected) all = read_named ("csv", text, "UTC");

      g_assert_cmpint (collected_find (all, "i1")->time_us, ==, at (cases[i].utc));
      g_assert_cmpstr (collected_find (all, "i1")->raw_time, ==, cases[i].created);
      g_assert_cmpstr (collected_find (all, "i1")->account, ==, "ada");
      g_assert_true (collected_find_channel (all, "A")->weak);
    }
}

static void
test_table_asks_for_the_order_of_its_dates (void)
{
  g_autofree char *path = scratch_write (
      "jira-order.csv", "Issue key,Issue id,Summary,Created\nA-1,1,x,03/04/2024 14:02\n", -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) none = NULL;
  g_autoptr (Collected) all = NULL;

  options.zone = "UTC";
  none = collect (path, &options, &error);
  g_assert_null (none);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING);
  options.mapping = "order=mdy";
  all = collect_ok (path, &options);
  g_assert_cmpint (collected_find (all, "i1")->time_us, ==, at ("2024-03-04T14:02:00Z"));
}

static void
test_table_of_older_sites_has_words_alone (void)
{
  g_autoptr (Collected) all = read_named (
      "csv",
      "Summary,Issue key,Issue id,Created,Reporter,Comment,Log Work\nx,A-1,1,2024-03-01 "
      "14:02,Ada Lund,just words; no time; here,a; b;2024-03-01 15:00;ada;3600\n",
      "UTC");
  VantageItem *item;

  g_assert_cmpuint (all->items->len, ==, 3);
  item = all->items->pdata[1];
  g_assert_cmpstr (item->text, ==, "just words; no time; here");
  g_assert_cmpint (item->time_us, ==, VANTAGE_TIME_NONE);
  item = all->items->pdata[2];
  g_assert_cmpstr (item->text, ==, "Work logged: 3600 s: a; b");
  g_assert_cmpstr (item->account, ==, "ada");
  g_assert_nonnull (collected_find_identity (all, "name:Ada Lund"));
}

static void
test_table_that_ends_where_downloads_end (void)
{
  g_autoptr (GString) text = g_string_new ("Summary,Issue key,Issue id,Created\n");
  g_autoptr (Collected) all = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "s%u,A-%u,%u,2024-03-01 14:02\n", i, i, i);
  all = read_named ("csv", text->str, "UTC");
  g_assert_cmpuint (all->items->len, ==, 1000);
  g_assert_false (all->facts->complete);
  g_assert_cmpuint (collected_count (all, "more-pages"), ==, 1);
}

/* ---- XML ---- */

#define XML_ITEM                                                                                    \
  "<item><title>[PAY-7] Card payments time out</title><link>" HOST "/browse/PAY-7</link>"           \
  "<project id=\"1\" key=\"PAY\">Payments</project><description>&lt;p&gt;Checkout &lt;b&gt;fails"   \
  "&lt;/b&gt;&amp;nbsp;&amp;amp; more&lt;/p&gt;\n&lt;ul&gt;&lt;li&gt;one&lt;/li&gt;&lt;/ul&gt;"     \
  "</description><key id=\"10016\">PAY-7</key><summary>Card payments time out</summary>"            \
  "<type id=\"1\">Incident</type><status id=\"3\">Готово</status><assignee accountid=\"-1\">" \
  "Unassigned</assignee><reporter accountid=\"557058:ada\">Ada Lund</reporter><labels>"             \
  "<label>sev2</label></labels><created>Fri, 14 Mar 2025 02:11:09 +0100</created>"                  \
  "<updated>Sat, 15 Mar 2025 09:00:00 +0100</updated><comments><comment id=\"41\" "                 \
  "author=\"557058:ada\" created=\"Fri, 14 Mar 2025 02:20:00 "                                      \
  "+0100\">&lt;p&gt;restarted&lt;br/&gt;"                                                           \
  "twice&lt;/p&gt;</comment><comment id=\"42\" author=\"\" created=\"Fri, 14 Mar 2025 02:30:00 "    \
  "+0100\"/></comments><attachments><attachment id=\"90\" name=\"graph.png\" size=\"12\" "          \
  "author=\"557058:bo\" created=\"Fri, 14 Mar 2025 02:19:00 +0100\"/></attachments>"                \
  "<customfields><customfield id=\"c\"><customfieldname>Created</customfieldname></customfield>"    \
  "</customfields></item>\n"
#define XML(inside)                                                                                \
  "<!-- RSS generated by JIRA -->\n<rss version=\"0.92\">\n<channel><title>Jira</title>\n" inside  \
  "</channel></rss>\n"

static void
test_xml_has_the_same_ids (void)
{
  g_autoptr (Collected) all = read_named ("xml", XML (XML_ITEM), NULL);
  g_autoptr (Collected) answers = read_named ("json", ISSUE, NULL);
  VantageItem *item = collected_find (all, "i10016");

  g_assert_cmpuint (all->items->len, ==, 4);
  check_text (all, "i10016", VANTAGE_ITEM_TICKET,
              "Card payments time out\n\nCheckout fails\u00a0& more\n\n* one");
  g_assert_cmpint (item->time_us, ==, at ("2025-03-14T01:11:09Z"));
  g_assert_cmpint (item->precision, ==, VANTAGE_PRECISION_S);
  g_assert_cmpstr (item->channel, ==, collected_find (answers, "i10016")->channel);
  g_assert_cmpstr (vantage_item_get_extra (item, "status"), ==, "Готово");
  g_assert_null (vantage_item_get_extra (item, "assignee"));
  g_assert_cmpint (item->line, ==, 4);
  check_text (all, "i10016.c41", VANTAGE_ITEM_COMMENT, "restarted\ntwice");
  g_assert_null (collected_find (all, "i10016.c42")->account);
  g_assert_nonnull (collected_find (all, "i10016.a90"));
  g_assert_true (all->facts->complete);
}

static void
test_xml_as_browsers_keep_it (void)
{
  static const struct
  {
    const char *text;
    guint items, skipped;
    const char *code;
  } cases[] = {
    { "This XML file does not appear to have any style information.\n" XML (XML_ITEM), 4, 0, NULL },
    { "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" XML (XML_ITEM), 4, 0, NULL },
    { XML ("<issue start=\"0\" end=\"1\" total=\"7\"/>" XML_ITEM), 4, 0, "more-pages" },
    { XML (XML_ITEM "<item><key>PAY-8</key><created>never</created></item>"), 4, 1, "bad-time" },
    { XML (XML_ITEM
           "<item><title>a \x01 &#x2; \xff b &euro; &</title><key>PAY-8</key><created>Fri, 14 Mar "
           "2025 02:11:09 +0100</created></item>"),
      5, 0, "bad-encoding" },
    { XML (XML_ITEM "<item>text</item>"), 4, 0, NULL },
    { XML (XML_ITEM "<item><key/></item>"), 4, 1, "bad-record" },
    { XML (XML_ITEM "<item><key>"), 4, 1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Collected) all = read_named ("xml", cases[i].text, NULL);

      g_assert_cmpuint (all->items->len, ==, cases[i].items);
      g_assert_cmpuint (collected_count_skipped (all), ==, cases[i].skipped);
      if (cases[i].code != NULL)
        g_assert_cmpuint (collected_count (all, cases[i].code), ==, 1);
    }
}

static void
test_xml_with_entities_of_its_own_is_refused (void)
{
  g_autofree char *path = scratch_write (
      "jira-laughs.xml",
      "<!-- RSS generated by JIRA --><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>"
      "<rss><channel><item><title>&b;</title></item></channel></rss>",
      -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = NULL;

  options.format = "jira";
  all = collect (path, &options, &error);
  g_assert_null (all);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE);
}

/* ---- near misses ---- */

static void
test_what_is_no_export_says_what_to_export (void)
{
  static const char *const texts[] = {
    "{\"webhookEvent\":\"jira:issue_created\",\"timestamp\":1741914669250,\"issue\":" ISSUE "}",
    "{\"transition\":{\"from_status\":\"Open\"},\"issue\":" ISSUE "}",
    "{\"issues\":[],\"maxResults\":50,\"startAt\":0,\"total\":0}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("jira-miss.json", texts[i], -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = collect (path, &options, &error);

      g_assert_null (all);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
      g_assert_nonnull (strstr (error->message, "Jira"));
    }
}

static void
test_projects_of_a_site_can_be_chosen (void)
{
  const char *channels[] = { "Payments", NULL };
  g_autofree char *path = scratch_write (
      "jira-two.json",
      "[" ISSUE ",{\"id\":\"2\",\"key\":\"B-1\",\"self\":\"" HOST
      "/rest/api/2/issue/2\",\"fields\":{\"summary\":"
      "\"x\",\"created\":\"2025-01-01T00:00:00Z\",\"project\":{\"name\":\"Books\"}}}]",
      -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) both = collect_ok (path, &options);
  g_autoptr (Collected) one = NULL;

  g_assert_cmpuint (both->items->len, ==, 8);
  g_assert_nonnull (collected_find_channel (both, "Payments, Books"));
  options.channels = channels;
  one = collect_ok (path, &options);
  g_assert_cmpuint (one->items->len, ==, 7);
  g_assert_null (collected_find (one, "i2"));
}

static void
test_made_up_numbers_do_not_join_issues (void)
{
  g_autoptr (Collected) all = read_named (
      "json",
      "[" ISSUE ",{\"id\":\"10016\",\"key\":\"PAY-8\",\"fields\":{\"summary\":\"x\",\"created\":"
      "\"2025-01-01T00:00:00Z\"}}," ISSUE "]",
      NULL);

  g_assert_nonnull (collected_find (all, "kPAY-8"));
  g_assert_cmpuint (all->items->len, ==, 15);
}

static void
test_hurt_files (void)
{
  hurt_cut_everywhere ("jira", "jira-hurt.json", "[" ISSUE "]");
  hurt_cut_everywhere ("jira", "jira-hurt.csv", HEADER ROW);
  hurt_cut_everywhere ("jira", "jira-hurt.xml", XML (XML_ITEM));
  hurt_flip_bytes ("jira", "jira-hurt.json", "[" ISSUE "]", 7, 300);
  hurt_flip_bytes ("jira", "jira-hurt.csv", HEADER ROW, 8, 300);
  hurt_flip_bytes ("jira", "jira-hurt.xml", XML (XML_ITEM), 9, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define CASE(path, function) g_test_add_func ("/import/jira/" path, function)
  CASE ("issue-with-all-its-parts", test_issue_with_all_its_parts);
  CASE ("comments-know-edits-and-who-may-read", test_comments_know_edits_and_who_may_read);
  CASE ("parts-that-are-pages-are-told-by-issue", test_parts_that_are_pages_are_told_by_issue);
  CASE ("wrappings-hold-the-same", test_wrappings_hold_the_same);
  CASE ("search-page-that-is-not-the-last", test_search_page_that_is_not_the_last);
  CASE ("comment-page-without-its-issue", test_comment_page_without_its_issue);
  CASE ("odd-records-cost-only-themselves", test_odd_records_cost_only_themselves);
  CASE ("older-servers-name-people", test_older_servers_name_people);
  CASE ("documents-become-text", test_documents_become_text);
  CASE ("wiki-markup-becomes-text", test_wiki_markup_becomes_text);
  CASE ("table-has-comments-in-cells", test_table_has_comments_in_cells);
  CASE ("table-asks-for-its-zone", test_table_asks_for_its_zone);
  CASE ("table-writes-times-in-its-own-way", test_table_writes_times_in_its_own_way);
  CASE ("table-asks-for-the-order-of-its-dates", test_table_asks_for_the_order_of_its_dates);
  CASE ("table-of-older-sites-has-words-alone", test_table_of_older_sites_has_words_alone);
  CASE ("table-that-ends-where-downloads-end", test_table_that_ends_where_downloads_end);
  CASE ("xml-has-the-same-ids", test_xml_has_the_same_ids);
  CASE ("xml-as-browsers-keep-it", test_xml_as_browsers_keep_it);
  CASE ("xml-with-entities-of-its-own-is-refused", test_xml_with_entities_of_its_own_is_refused);
  CASE ("what-is-no-export-says-what-to-export", test_what_is_no_export_says_what_to_export);
  CASE ("projects-of-a-site-can-be-chosen", test_projects_of_a_site_can_be_chosen);
  CASE ("made-up-numbers-do-not-join-issues", test_made_up_numbers_do_not_join_issues);
  CASE ("hurt-files", test_hurt_files);
#undef CASE
  return g_test_run ();
}
