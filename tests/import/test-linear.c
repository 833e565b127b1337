/* test-linear.c: issues as a table and as answers. All of it is made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#include "vantage-time.h"

#define URL "https://linear.app/acme/issue/ENG-12/down"
#define ADA "{\"id\":\"u1\",\"name\":\"Ada Lund\",\"email\":\"ada@acme.test\"}"
#define ISSUE(history)                                                                             \
  "{\"id\":\"9e38\",\"number\":12,\"identifier\":\"ENG-12\",\"title\":\"Down\",\"description\":"   \
  "\"since *two*\","                                                                               \
  "\"createdAt\":\"2024-03-04T14:02:11.022Z\",\"startedAt\":\"2024-03-04T14:05:00.000Z\","         \
  "\"completedAt\":null,\"canceledAt\":null,\"priorityLabel\":\"Urgent\",\"state\":{\"name\":"     \
  "\"Done\"},\"team\":{\"key\":\"ENG\",\"name\":\"Engineering\"},\"creator\":" ADA                 \
  ",\"url\":\"" URL "\",\"comments\":{\"nodes\":[{\"id\":\"c1\",\"body\":\"up\",\"createdAt\":"    \
  "\"2024-03-04T14:10:00.000Z\",\"editedAt\":\"2024-03-04T14:11:00.000Z\",\"user\":" ADA "},"      \
  "{\"id\":\"c2\",\"body\":\"ok\",\"createdAt\":\"2024-03-04T14:12:00.000Z\",\"user\":null,"       \
  "\"parent\":{\"id\":\"c1\"}}],\"pageInfo\":{\"hasNextPage\":true}}" history "}"
#define HISTORY                                                                                    \
  ",\"history\":{\"nodes\":[{\"id\":\"h1\",\"createdAt\":\"2024-03-04T14:05:00.000Z\","            \
  "\"actor\":" ADA                                                                                 \
  ",\"fromState\":{\"name\":\"Open\"},\"toState\":{\"name\":\"Doing\"},\"toAssignee\":" ADA        \
  "},{\"id\":\"h2\",\"createdAt\":\"2024-03-04T14:06:00.000Z\"}]}"
#define HEADER                                                                                     \
  "ID,Team,Title,Description,Status,Priority,Creator,Assignee,Labels,Created,Started,Archived,"    \
  "Cycle Number\n"
#define ROW                                                                                        \
  "ENG-12,Engineering,Down,\"since\n*two*\",Done,Urgent,ada@acme.test,Bo Ek,\"Bug, Sev2\","        \
  "Mon Mar 04 2024 15:02:11 GMT+0100 (Central European Standard "                                  \
  "Time),2024-03-04T14:05:00.000Z,,\"3\"\n"

static Collected *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("linear-%u", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  Collected *all = collect_ok (path, &options);

  g_assert_cmpstr (all->facts->format, ==, "linear");
  return all;
}

static void
test_table (void)
{
  g_autoptr (Collected) all = read_text (HEADER ROW);
  VantageItem *item = collected_find (all, "ENG-12");

  g_assert_cmpuint (all->items->len, ==, 2);
  collected_check (all, "ENG-12", VANTAGE_ITEM_TICKET, "Down\n\nsince\n*two*",
                   "2024-03-04T14:02:11Z");
  collected_check (all, "ENG-12.started", VANTAGE_ITEM_STATUS, "status: → Started",
                   "2024-03-04T14:05:00Z");
  g_assert_null (collected_find (all, "ENG-12.started")->account);
  g_assert_cmpstr (item->account, ==, "ada@acme.test");
  g_assert_cmpstr (item->raw_time, ==,
                   "Mon Mar 04 2024 15:02:11 GMT+0100 (Central European Standard Time)");
  g_assert_cmpstr (vantage_item_get_extra (item, "label"), ==, "Bug");
  g_assert_true (collected_find_channel (all, "Engineering")->weak);
}

static void
test_answer (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"data\":{\"issues\":{\"nodes\":[" ISSUE ("") "],\"pageInfo\":{\"hasNextPage\":false}}}}");
  g_autoptr (Collected) told = read_text ("[" ISSUE (HISTORY) "]");

  g_assert_cmpuint (all->items->len, ==, 4);
  collected_check (all, "ENG-12", VANTAGE_ITEM_TICKET, "Down\n\nsince *two*",
                   "2024-03-04T14:02:11.022Z");
  collected_check (all, "ENG-12.cc1", VANTAGE_ITEM_COMMENT, "up", "2024-03-04T14:10:00Z");
  g_assert_cmpint (collected_find (all, "ENG-12.cc1")->edited_us, !=, VANTAGE_TIME_NONE);
  g_assert_cmpstr (collected_find (all, "ENG-12.cc2")->reply_to, ==, "ENG-12.cc1");
  g_assert_cmpuint (collected_count (all, "more-pages"), ==, 1);
  g_assert_nonnull (collected_find (all, "ENG-12.started"));
  /* a history says who it was, so the issue's own moment is not kept beside it */
  g_assert_null (collected_find (told, "ENG-12.started"));
  collected_check (told, "ENG-12.hh1.status", VANTAGE_ITEM_STATUS, "status: Open → Doing",
                   "2024-03-04T14:05:00Z");
  collected_check (told, "ENG-12.hh1.assignee", VANTAGE_ITEM_ASSIGNMENT, "assignee: → Ada Lund",
                   "2024-03-04T14:05:00Z");
  g_assert_cmpstr (collected_find (told, "ENG-12.hh1.status")->account, ==, "u1");
  g_assert_cmpstr (collected_find_channel (told, "Engineering")->system, ==, "linear.app/acme");
}

static void
test_odd_records_cost_only_themselves (void)
{
  static const struct
  {
    const char *text;
    guint items, skipped;
  } cases[] = {
    { HEADER ROW ",,,,,,,,,,,,x\n", 2, 1 },
    { HEADER ROW "ENG-1,,,,,,,,,never,,,\"\"\n", 2, 1 },
    { "[" ISSUE ("") ",{\"identifier\":\"ENG-2\",\"title\":[],\"createdAt\":\"2024-03-04T14:02:"
                     "11Z\",\"comments\":7,"
                     "\"history\":[null,5,{}],\"labels\":{}}]",
      5, 1 },
    { "[" ISSUE ("") ",{\"id\":\"c\",\"body\":\"x\",\"issueId\":\"q\",\"createdAt\":\"2024-03-"
                     "04T14:02:11Z\"},null]",
      4, 2 },
    { "[" ISSUE ("") ",{\"id\":\"c\",\"body\":\"x\",\"issue\":{\"identifier\":\"ENG-12\"},"
                     "\"createdAt\":\"2024-03-04T14:02:11Z\"}]",
      5, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Collected) all = read_text (cases[i].text);

      g_assert_cmpuint (all->items->len, ==, cases[i].items);
      g_assert_cmpuint (collected_count_skipped (all), ==, cases[i].skipped);
    }
}

static void
test_webhook_says_what_to_export (void)
{
  g_autofree char *path = scratch_write ("linear-hook",
                                         "{\"action\":\"update\",\"type\":\"Issue\",\"createdAt\":"
                                         "\"2024-03-04T14:02:11Z\",\"data\":" ISSUE ("") "}",
                                         -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = collect (path, &options, &error);

  g_assert_null (all);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
}

static void
test_hurt_files (void)
{
  hurt_cut_everywhere ("linear", "linear-hurt.csv", HEADER ROW);
  hurt_cut_everywhere ("linear", "linear-hurt.json", "[" ISSUE (HISTORY) "]");
  hurt_flip_bytes ("linear", "linear-hurt.csv", HEADER ROW, 51, 300);
  hurt_flip_bytes ("linear", "linear-hurt.json", "[" ISSUE (HISTORY) "]", 52, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define CASE(path, function) g_test_add_func ("/import/linear/" path, function)
  CASE ("table", test_table);
  CASE ("answer", test_answer);
  CASE ("odd-records-cost-only-themselves", test_odd_records_cost_only_themselves);
  CASE ("webhook-says-what-to-export", test_webhook_says_what_to_export);
  CASE ("hurt-files", test_hurt_files);
#undef CASE
  return g_test_run ();
}
