/* test-opsgenie.c: alerts, logs, notes, incidents, timelines and webhooks. All of it is made up. */

#include "hurt.h"

#include <string.h>

#define ALERT                                                                                      \
  "{\"id\":\"a-1\",\"tinyId\":\"17\",\"alias\":\"db1\",\"message\":\"db1 is "                      \
  "slow\",\"description\":"                                                                        \
  "\"p99 2 s\",\"status\":\"closed\",\"acknowledged\":true,\"count\":79,\"createdAt\":"            \
  "\"2024-03-01T02:13:00.35Z\",\"updatedAt\":\"2024-03-01T03:00:00Z\",\"owner\":"                  \
  "\"Ada@example.org\",\"priority\":\"P1\",\"tags\":[\"db\",7],\"report\":{\"ackTime\":15702,"     \
  "\"closedBy\":\"bo@example.org\"}}"

static Collected *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("opsgenie-%u.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  return collect_ok (path, &options);
}

static void
test_alerts (void)
{
  g_autoptr (Collected) all =
      read_text ("{\"data\":[" ALERT
                 "],\"paging\":{\"next\":\"https://api.opsgenie.com/v2/alerts?offset=20\"},"
                 "\"took\":0.3,\"requestId\":\"r\"}");
  VantageItem *item = collected_find (all, "a-1");

  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_ALERT);
  g_assert_cmpstr (item->text, ==, "db1 is slow\np99 2 s");
  g_assert_cmpstr (item->thread, ==, "a-1");
  g_assert_cmpstr (item->raw_time, ==, "2024-03-01T02:13:00.35Z");
  g_assert_cmpint (item->precision, ==, VANTAGE_PRECISION_MS);
  g_assert_cmpstr (item->account, ==, "ada@example.org");
  g_assert_cmpstr (vantage_item_get_extra (item, "count"), ==, "79");
  g_assert_cmpstr (vantage_item_get_extra (item, "ackTime"), ==, "15702");
  g_assert_false (all->facts->complete);
}

static void
test_logs_and_notes (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"data\":[{\"log\":\"Alert acknowledged via web\",\"type\":\"system\",\"owner\":"
      "\"ada@example.org\",\"createdAt\":\"2024-03-01T02:14:00.1Z\",\"offset\":\"170925_1\"},"
      "{\"log\":\"Sent SMS to +15550109999 of "
      "bo@example.org\",\"type\":\"alertRecipient\",\"owner\":"
      "\"System\",\"createdAt\":\"2024-03-01T02:13:30Z\",\"offset\":\"170925_2\"}]}\n"
      "{\"data\":[{\"note\":\"we roll back\",\"owner\":\"ada@example.org\",\"createdAt\":"
      "\"2024-03-01T02:20:00Z\",\"offset\":\"1\"}]}");
  VantageItem *page = all->items->pdata[1];

  g_assert_cmpuint (all->items->len, ==, 3);
  g_assert_cmpint (((VantageItem *) all->items->pdata[0])->kind, ==, VANTAGE_ITEM_ACKNOWLEDGE);
  g_assert_cmpint (page->kind, ==, VANTAGE_ITEM_PAGE);
  g_assert_cmpstr (page->text, ==, "Sent SMS to [number] of [address]");
  g_assert_true (collected_find_identity (all, "name:System")->bot);
  g_assert_cmpint (((VantageItem *) all->items->pdata[2])->kind, ==, VANTAGE_ITEM_COMMENT);
}

static void
test_incidents (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"data\":[{\"id\":\"i-1\",\"tinyId\":\"4\",\"message\":\"Checkout "
      "down\",\"status\":\"open\","
      "\"createdAt\":\"2024-03-01T02:15:00Z\",\"impactStartDate\":\"2024-03-01T02:13:00Z\","
      "\"links\":"
      "{\"web\":\"https://acme.app.opsgenie.com/incident/detail/i-1\"}}]}"
      "{\"data\":{\"entries\":[{\"id\":\"e-1\",\"group\":\"incident\",\"type\":\"PriorityUpdated\","
      "\"eventTime\":\"2024-03-01T02:16:00.123Z\",\"hidden\":true,\"actor\":{\"name\":\"Ada Bell\","
      "\"type\":\"user\"},\"title\":{\"content\":\"Priority is now P1\"}}]}}");
  VantageItem *entry = collected_find (all, "e-1");

  g_assert_cmpint (collected_find (all, "i-1")->kind, ==, VANTAGE_ITEM_TICKET);
  g_assert_cmpstr (collected_find (all, "i-1")->url, ==,
                   "https://acme.app.opsgenie.com/incident/detail/i-1");
  g_assert_cmpstr (all->facts->system, ==, "acme.app.opsgenie.com");
  g_assert_cmpint (entry->kind, ==, VANTAGE_ITEM_FIELD);
  g_assert_cmpstr (entry->account, ==, "name:Ada Bell");
  g_assert_cmpstr (vantage_item_get_extra (entry, "hidden"), ==, "yes");
}

#define MESSAGE(action, more)                                                                      \
  "{\"action\":\"" action "\",\"integrationName\":\"hook\",\"alert\":{\"alertId\":\"a-1\","        \
  "\"message\":\"db1 is slow\",\"tinyId\":\"17\",\"username\":\"ada@example.org\",\"createdAt\":"  \
  "1709259180350,\"updatedAt\":1709259240764002246" more "}}"

static void
test_webhook (void)
{
  static const struct
  {
    const char *text;
    VantageItemKind kind;
    gint64 us;
    const char *words;
  } messages[] = {
    { MESSAGE ("Create", ""), VANTAGE_ITEM_ALERT, 1709259180350000, "Create: db1 is slow" },
    { MESSAGE ("Acknowledge", ""), VANTAGE_ITEM_ACKNOWLEDGE, 1709259240764002,
      "Acknowledge: db1 is slow" },
    { MESSAGE ("UnAcknowledge", ""), VANTAGE_ITEM_STATUS, 1709259240764002,
      "UnAcknowledge: db1 is slow" },
    { MESSAGE ("AddNote", ",\"note\":\"rolling back\""), VANTAGE_ITEM_COMMENT, 1709259240764002,
      "AddNote: db1 is slow\nrolling back" },
    { MESSAGE ("AssignOwnership", ",\"owner\":\"Bo@example.org\""), VANTAGE_ITEM_ASSIGNMENT,
      1709259240764002, "AssignOwnership: db1 is slow" },
    { MESSAGE ("AddTags", ",\"addedTags\":\"x,y\""), VANTAGE_ITEM_FIELD, 1709259240764002,
      "AddTags: db1 is slow\nx,y" },
    { MESSAGE ("Close", ""), VANTAGE_ITEM_RESOLVE, 1709259240764002, "Close: db1 is slow" },
    { MESSAGE ("OwnAction", ""), VANTAGE_ITEM_OTHER, 1709259240764002, "OwnAction: db1 is slow" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (Collected) all = read_text (messages[i].text);
      VantageItem *item = all->items->pdata[0];

      g_assert_cmpint (item->kind, ==, messages[i].kind);
      g_assert_cmpint (item->time_us, ==, messages[i].us);
      g_assert_cmpstr (item->text, ==, messages[i].words);
      g_assert_cmpstr (item->account, ==, "ada@example.org");
      g_assert_cmpstr (item->thread, ==, "a-1");
      if (item->kind == VANTAGE_ITEM_ASSIGNMENT)
        g_assert_cmpstr (item->mentions[0], ==, "bo@example.org");
    }
}

static void
test_odd_records (void)
{
  static const char *const odd[] = {
    "{\"action\":\"Escalate\",\"alert\":{\"alertId\":\"a-1\"}}",
    "{\"id\":\"a-2\",\"tinyId\":\"1\",\"message\":\"m\",\"createdAt\":\"when\"}",
    "{\"id\":\"a-2\",\"tinyId\":\"1\",\"message\":\"m\",\"createdAt\":{}}",
    "{\"id\":\"a-2\",\"tinyId\":\"1\",\"message\":\"m\",\"createdAt\":99999999999999999999}",
    "{\"other\":1}",
    "null",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text = g_strdup_printf ("[" ALERT ",%s]", odd[i]);
      g_autoptr (Collected) all = read_text (text);

      g_assert_cmpuint (all->items->len, ==, 1);
      g_assert_cmpuint (collected_count_skipped (all), ==, 1);
    }
}

static void
test_near_miss (void)
{
  g_autofree char *path = scratch_write (
      "users.json", "[{\"id\":\"u\",\"username\":\"a@x.org\",\"fullName\":\"A\",\"role\":{}}]", -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = collect (path, &options, &error);

  g_assert_null (all);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
}

static void
test_hurt (void)
{
  static const char text[] = "{\"data\":[" ALERT "]}\n" MESSAGE ("Close", "") "\n";

  hurt_cut_everywhere ("opsgenie", "cut.json", text);
  hurt_flip_bytes ("opsgenie", "flipped.json", text, 51, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/opsgenie/alerts", test_alerts);
  g_test_add_func ("/import/opsgenie/logs-and-notes", test_logs_and_notes);
  g_test_add_func ("/import/opsgenie/incidents-and-timelines", test_incidents);
  g_test_add_func ("/import/opsgenie/messages-of-the-webhook", test_webhook);
  g_test_add_func ("/import/opsgenie/odd-records-are-told", test_odd_records);
  g_test_add_func ("/import/opsgenie/near-miss-says-what-to-export", test_near_miss);
  g_test_add_func ("/import/opsgenie/hurt-files", test_hurt);
  return g_test_run ();
}
