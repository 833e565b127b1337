/* test-pagerduty.c: incidents, log entries, notes, alerts and webhooks. All of it is made up. */

#include "hurt.h"

#include <string.h>

#define USER(id, name)                                                                             \
  "{\"id\":\"" id "\",\"type\":\"user_reference\",\"summary\":\"" name                             \
  "\",\"html_url\":\"https://acme.pagerduty.com/users/" id "\"}"
#define SERVICE                                                                                    \
  "{\"id\":\"PS1\",\"type\":\"service_reference\",\"summary\":\"Checkout\",\"html_url\":"          \
  "\"https://acme.pagerduty.com/services/PS1\"}"
#define ABOUT "{\"id\":\"QI1\",\"type\":\"incident_reference\",\"summary\":\"[#7] Down\"}"
#define ENTRY(id, type, second, agent, more)                                                       \
  "{\"id\":\"" id "\",\"type\":\"" type "_log_entry\",\"summary\":\"" type " " id                  \
  "\",\"created_at\":\"2024-03-01T02:14:" second "Z\",\"agent\":" agent ",\"service\":" SERVICE    \
  ",\"incident\":" ABOUT more "}"
#define INCIDENT                                                                                   \
  "{\"id\":\"QI1\",\"type\":\"incident\",\"incident_number\":7,\"title\":\"Down\","                \
  "\"description\":"                                                                               \
  "\"Down\",\"created_at\":\"2024-03-01T03:14:00+01:00\",\"status\":\"resolved\",\"urgency\":"     \
  "\"high\",\"priority\":{\"summary\":\"P1\"},\"resolved_at\":\"2024-03-01T03:00:00Z\","           \
  "\"service\""                                                                                    \
  ":" SERVICE ",\"assignments\":[{\"at\":\"2024-03-01T02:14:01Z\",\"assignee\":" USER (            \
      "PU1", "Ada") "}],\"acknowledgements\":[],\"resolve_reason\":{\"type\":"                     \
                    "\"merge_resolve_reason\",\"incident\":{\"id\":\"QI0\"}},\"html_url\":"        \
                    "\"https://acme.pagerduty.com/incidents/QI1?token=abcdef\"}"

static Collected *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("pagerduty-%u.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  return collect_ok (path, &options);
}

static void
test_incident_is_a_ticket (void)
{
  g_autoptr (Collected) all =
      read_text ("{\"incidents\":[" INCIDENT "],\"limit\":25,\"offset\":0,\"total\":null,"
                 "\"more\":true}");
  VantageItem *item = collected_find (all, "QI1");
  VantageChannel *channel = collected_find_channel (all, "Checkout");

  g_assert_cmpuint (all->items->len, ==, 1);
  g_assert_nonnull (item);
  g_assert_nonnull (channel);
  g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_TICKET);
  g_assert_cmpstr (item->raw_time, ==, "2024-03-01T03:14:00+01:00");
  g_assert_cmpint (item->time_us, ==, G_GINT64_CONSTANT (1709259240000000));
  g_assert_cmpstr (item->thread, ==, "QI1");
  g_assert_cmpstr (item->text, ==, "Down");
  g_assert_null (item->account);
  g_assert_null (strstr (item->url, "abcdef"));
  g_assert_cmpstr (vantage_item_get_extra (item, "priority"), ==, "P1");
  g_assert_cmpstr (vantage_item_get_extra (item, "merged_into"), ==, "QI0");
  g_assert_cmpstr (vantage_item_get_extra (item, "resolved_at"), ==, "2024-03-01T03:00:00Z");
  g_assert_cmpstr (channel->key, ==, "PS1");
  g_assert_cmpstr (channel->system, ==, "acme.pagerduty.com");
  g_assert_cmpstr (all->facts->system, ==, "acme.pagerduty.com");
  g_assert_cmpstr (collected_find_identity (all, "PU1")->name, ==, "Ada");
  g_assert_false (all->facts->complete);
  g_assert_cmpuint (collected_count (all, "more-pages"), ==, 1);
}

typedef struct
{
  const char *type;
  VantageItemKind kind;
} Kind;

static const Kind kinds[] = {
  { "trigger", VANTAGE_ITEM_ALERT },
  { "acknowledge", VANTAGE_ITEM_ACKNOWLEDGE },
  { "unacknowledge", VANTAGE_ITEM_STATUS },
  { "resolve", VANTAGE_ITEM_RESOLVE },
  { "assign", VANTAGE_ITEM_ASSIGNMENT },
  { "escalate", VANTAGE_ITEM_ASSIGNMENT },
  { "delegate", VANTAGE_ITEM_ASSIGNMENT },
  { "responder_request", VANTAGE_ITEM_ASSIGNMENT },
  { "notify", VANTAGE_ITEM_PAGE },
  { "annotate", VANTAGE_ITEM_COMMENT },
  { "status_update", VANTAGE_ITEM_COMMENT },
  { "snooze", VANTAGE_ITEM_STATUS },
  { "urgency_change", VANTAGE_ITEM_FIELD },
  { "priority_change", VANTAGE_ITEM_FIELD },
  { "custom_field_value_change", VANTAGE_ITEM_FIELD },
  { "merge", VANTAGE_ITEM_LINK },
  { "reach_ack_limit", VANTAGE_ITEM_OTHER },
  { "exhaust_escalation_path", VANTAGE_ITEM_OTHER },
  { "something_new", VANTAGE_ITEM_OTHER },
};

static void
test_log_entries_have_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "[{\"id\":\"R1\",\"type\":\"%s_log_entry\",\"summary\":\"what\",\"created_at\":"
          "\"2024-03-01T02:14:07Z\",\"agent\":" USER ("PU1", "Ada") ",\"service\":" SERVICE
                                                                    ",\"incident\":" ABOUT "}]",
          kinds[i].type);
      g_autoptr (Collected) all = read_text (text);
      VantageItem *item = collected_find (all, "QI1.lR1");

      g_assert_nonnull (item);
      g_assert_cmpint (item->kind, ==, kinds[i].kind);
      g_assert_cmpstr (item->thread, ==, "QI1");
      g_assert_cmpstr (item->account, ==, "PU1");
    }
}

static void
test_pages_say_who_and_not_where (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"log_entries\":[{\"id\":\"R1\",\"type\":\"notify_log_entry\",\"summary\":\"Notified Ada "
      "by SMS at +1 (555) 010-9999 and ada.b@example.org\",\"created_at\":"
      "\"2024-03-01T02:14:07Z\",\"agent\":" SERVICE ",\"user\":" USER ("PU1", "Ada") //
      ",\"channel\":{\"type\":\"auto\",\"notification\":{\"address\":\"+15550109999\"}},"
      "\"service\":" SERVICE ",\"incident\":" ABOUT "}]}");
  VantageItem *item = all->items->pdata[0];

  g_assert_cmpstr (item->text, ==, "Notified Ada by SMS at [number] and [address]");
  g_assert_cmpstr (item->mentions[0], ==, "PU1");
  g_assert_cmpstr (vantage_item_get_extra (item, "to"), ==, "PU1");
  g_assert_cmpstr (item->account, ==, "PS1");
  g_assert_true (collected_find_identity (all, "PS1")->bot);
  g_assert_false (collected_find_identity (all, "PU1")->bot);
}

static void
test_words_of_entries (void)
{
  g_autoptr (Collected) all = read_text (
      "[" ENTRY ("R1", "trigger", "07", "null",
                 ",\"channel\":{\"type\":\"api\",\"summary\":\"probe\",\"details\":{\"load\":12,"
                 "\"host\":\"db1\",\"none\":null,\"deep\":{\"x\":1}}},\"event_details\":"
                 "{\"description\":\"CPU high\"}") "," //
      ENTRY ("R2", "annotate", "06", USER ("PU1", "Ada"),
             ",\"channel\":{\"type\":\"note\",\"summary\":\"trying a restart\"}") "," //
      ENTRY ("R3", "assign", "05", USER ("PU1", "Ada"),
             ",\"assignees\":[" USER ("PU2", "Bo") "]") "]");
  VantageItem *alert = collected_find (all, "QI1.lR1");
  VantageItem *assigned = collected_find (all, "QI1.lR3");

  g_assert_cmpstr (alert->text, ==, "trigger R1\nprobe\nCPU high\nload: 12\nhost: db1");
  g_assert_null (alert->account);
  g_assert_cmpstr (collected_find (all, "QI1.lR2")->text, ==, "annotate R2\ntrying a restart");
  g_assert_cmpstr (assigned->mentions[0], ==, "PU2");
}

/* Newest first: entries of one second stand as they happened. */
static void
test_order_within_a_second (void)
{
  static const struct
  {
    const char *seconds[4];
    const char *order;
  } lists[] = {
    { { "09", "07", "07", "07" }, "R0R3R2R1" },
    { { "07", "07", "09", "09" }, "R0R1R2R3" },
    { { "07", "07", "07", "07" }, "R3R2R1R0" },
    { { "09", "09", "07", "07" }, "R1R0R3R2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GString) text = g_string_new ("{\"log_entries\":[");
      g_autoptr (GString) order = g_string_new (NULL);
      g_autoptr (Collected) all = NULL;

      for (guint k = 0; k < 4; k++)
        g_string_append_printf (text,
                                "%s{\"id\":\"R%u\",\"type\":\"snooze_log_entry\",\"created_at\":"
                                "\"2024-03-01T02:14:%sZ\",\"incident\":" ABOUT "}",
                                k > 0 ? "," : "", k, lists[i].seconds[k]);
      g_string_append (text, "]}");
      all = read_text (text->str);
      for (guint k = 0; k < all->items->len; k++)
        g_string_append (order, strstr (((VantageItem *) all->items->pdata[k])->local, ".l") + 2);
      g_assert_cmpstr (order->str, ==, lists[i].order);
    }
}

static void
test_notes_and_alerts (void)
{
  g_autoptr (Collected) all = read_text ("{\"notes\":[{\"id\":\"PN1\",\"user\":" USER (
      "PU1",
      "Ada") ",\"content\":\"we roll back\","
             "\"created_at\":\"2024-03-01T02:20:00Z\"}]}"
             "{\"alerts\":[{\"id\":\"QA1\",\"type\":\"alert\",\"alert_key\":\"k\",\"severity\":"
             "\"critical\",\"status\":\"triggered\",\"summary\":\"CPU\",\"created_at\":"
             "\"2024-03-01T02:13:00-07:00\",\"body\":{\"details\":\"load 12\"},\"incident\":" ABOUT
             ",\"service\":" SERVICE
             ",\"integration\":{\"id\":\"PX1\",\"summary\":\"Prometheus\"}}]}"
             "{\"status_updates\":[{\"id\":\"PZ1\",\"message\":\"still at it\",\"sender\":" USER (
                 "PU2", "Bo") //
                                         ",\"created_at\":\"2024-03-01T02:30:00Z\"}]}");
  VantageItem *alert = collected_find (all, "QI1.aQA1");

  g_assert_cmpuint (all->items->len, ==, 3);
  g_assert_cmpstr (collected_find (all, "nPN1")->text, ==, "we roll back");
  g_assert_cmpstr (collected_find (all, "sPZ1")->account, ==, "PU2");
  g_assert_cmpstr (alert->text, ==, "CPU\nload 12");
  g_assert_cmpint (alert->kind, ==, VANTAGE_ITEM_ALERT);
  g_assert_cmpstr (alert->account, ==, "PX1");
  g_assert_true (collected_find_identity (all, "PX1")->bot);
}

static void
test_webhooks (void)
{
  g_autoptr (Collected) third = read_text (
      "{\"event\":{\"id\":\"01E\",\"event_type\":\"incident.acknowledged\",\"occurred_at\":"
      "\"2024-03-01T02:14:07.394Z\",\"agent\":" USER (
          "PU1", "Ada") ",\"data\":{\"id\":\"QI1\","
                        "\"type\":\"incident\",\"number\":7,\"title\":\"Down\",\"service\":" SERVICE
                        "}}}");
  g_autoptr (Collected) second =
      read_text ("{\"messages\":[{\"event\":\"incident.acknowledge\",\"id\":\"m1\",\"created_on\":"
                 "\"2024-03-01T02:14:09Z\",\"incident\":" INCIDENT ",\"log_entries\":[" //
                 ENTRY ("R1", "acknowledge", "07", USER ("PU1", "Ada"), "") "]}]}");
  g_autoptr (Collected) first = read_text (
      "{\"messages\":[{\"type\":\"incident.resolve\",\"id\":\"m2\",\"created_on\":"
      "\"2024-03-01T02:15:09Z\",\"data\":{\"incident\":{\"id\":\"QI1\",\"incident_number\":7,"
      "\"trigger_summary_data\":{\"subject\":\"Down\"},\"service\":{\"id\":\"PS1\",\"name\":"
      "\"Checkout\"},\"resolved_by_user\":{\"id\":\"PU1\",\"name\":\"Ada\",\"email\":"
      "\"ada@example.org\"}}}}]}");
  VantageItem *item = third->items->pdata[0];

  g_assert_cmpuint (third->items->len, ==, 1);
  g_assert_cmpstr (item->local, ==, "QI1.e01E");
  g_assert_cmpstr (item->text, ==, "acknowledged: Down");
  g_assert_cmpint (item->precision, ==, VANTAGE_PRECISION_MS);
  g_assert_cmpuint (second->items->len, ==, 1);
  g_assert_nonnull (collected_find (second, "QI1.lR1"));
  item = first->items->pdata[0];
  g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_RESOLVE);
  g_assert_cmpstr (item->text, ==, "resolve: Down");
  g_assert_cmpstr (item->account, ==, "PU1");
  g_assert_cmpstr (collected_find_identity (first, "PU1")->email, ==, "ada@example.org");
}

/* Whatever is wrapped around them, and however often they come, the records are the same. */
static void
test_wrappings (void)
{
  static const char *const wrapped[] = {
    "[" INCIDENT "]",
    "{\"incidents\":[" INCIDENT "]}",
    "{\"incident\":" INCIDENT "}",
    "{\"data\":" INCIDENT "}\n",
    INCIDENT INCIDENT,
  };
  g_autofree char *ids = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrapped); i++)
    {
      g_autoptr (Collected) all = read_text (wrapped[i]);
      g_autofree char *now = collected_dup_ids (all);

      g_assert_cmpuint (all->items->len, ==, 1);
      g_assert_cmpuint (collected_count (all, "duplicate"), ==, i == 4);
      if (ids == NULL)
        ids = g_steal_pointer (&now);
      else
        g_assert_cmpstr (now, ==, ids);
    }
}

static void
test_odd_records (void)
{
  static const char *const odd[] = {
    "{\"id\":\"X\",\"type\":\"incident\",\"incident_number\":1,\"created_at\":null}",
    "{\"id\":\"X\",\"type\":\"incident\",\"incident_number\":1,\"created_at\":17}",
    "{\"id\":\"X\",\"type\":\"incident\",\"incident_number\":1,\"created_at\":\"yesterday\"}",
    "{\"id\":\"X\",\"type\":\"trigger_log_entry\",\"created_at\":\"2024-13-01T00:00:00Z\"}",
    "{\"id\":\"X\",\"type\":\"trigger_log_entry\",\"created_at\":\"0001-01-01T00:00:00Z\"}",
    "{\"unrelated\":true}",
    "null",
    "7",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text = g_strdup_printf ("[" INCIDENT ",%s]", odd[i]);
      g_autoptr (Collected) all = read_text (text);

      g_assert_cmpuint (all->items->len, ==, 1);
      g_assert_cmpuint (collected_count_skipped (all), ==, 1);
    }
}

#define TABLE                                                                                      \
  "incident_number,description,service_name,created_on,resolved_on,seconds_to_first_ack,urgency\n" \
  "7,\"db1, down\",Checkout,2024-03-01 02:14:00,2024-03-01 03:00:00,60,high\n"                     \
  "8,slow,Checkout,2024-03-01T04:14:00,,,low\n9,late,Checkout,whenever,,,low\n"

/* A table tells no zone: the account's has to be chosen, and moves no id. */
static void
test_table (void)
{
  g_autofree char *path = scratch_write ("incidents.csv", TABLE, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) none = collect (path, &options, &error);
  g_autoptr (Collected) all = NULL;
  VantageItem *item;

  g_assert_null (none);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE);
  options.zone = "Europe/Berlin";
  all = collect_ok (path, &options);
  item = collected_find (all, "number-7");
  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpuint (collected_count (all, "bad-time"), ==, 1);
  g_assert_cmpstr (item->text, ==, "db1, down");
  g_assert_cmpstr (item->raw_time, ==, "2024-03-01 02:14:00");
  g_assert_cmpint (item->time_us, ==, G_GINT64_CONSTANT (1709255640000000));
  g_assert_cmpint (item->line, ==, 2);
  g_assert_cmpstr (vantage_item_get_extra (item, "seconds_to_first_ack"), ==, "60");
  g_assert_nonnull (collected_find_channel (all, "Checkout"));
}

/* Somebody else's record with a user and a content is no note. */
static void
test_others_are_left_alone (void)
{
  g_autofree char *path =
      scratch_write ("reactions.json",
                     "[{\"id\":1,\"user\":{\"login\":\"ada\",\"type\":\"User\"},\"content\":"
                     "\"heart\",\"created_at\":\"2024-03-01T02:14:00Z\"}]",
                     -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = collect (path, &options, &error);

  g_assert_true (all == NULL || !g_str_equal (all->facts->format, "pagerduty"));
}

static void
test_near_miss (void)
{
  g_autofree char *path =
      scratch_write ("services.json",
                     "[{\"id\":\"PS1\",\"type\":\"service_reference\",\"summary\":\"Checkout\","
                     "\"self\":\"https://api.pagerduty.com/services/PS1\"}]",
                     -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = collect (path, &options, &error);

  g_assert_null (all);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
  g_assert_nonnull (strstr (error->message, "log_entries"));
}

static const char hurt[] = "{\"log_entries\":[" ENTRY ("R2", "notify", "08", SERVICE,
                                                       ",\"user\":" USER ("PU1", "Ada")) ","   //
    ENTRY ("R1", "trigger", "07", USER ("PU1", "Ada"), ",\"channel\":{\"details\":{\"a\":1}}") //
    "]}\n{\"incidents\":[" INCIDENT "],\"more\":false}\n";

static void
test_cut_off (void)
{
  hurt_cut_everywhere ("pagerduty", "cut.json", hurt);
}

static void
test_flipped (void)
{
  hurt_flip_bytes ("pagerduty", "flipped.json", hurt, 21, 300);
  hurt_flip_bytes ("pagerduty", "flipped.csv", TABLE, 22, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/pagerduty/incident-is-a-ticket", test_incident_is_a_ticket);
  g_test_add_func ("/import/pagerduty/log-entries-have-kinds", test_log_entries_have_kinds);
  g_test_add_func ("/import/pagerduty/pages-say-who-and-not-where",
                   test_pages_say_who_and_not_where);
  g_test_add_func ("/import/pagerduty/words-of-entries", test_words_of_entries);
  g_test_add_func ("/import/pagerduty/order-within-a-second", test_order_within_a_second);
  g_test_add_func ("/import/pagerduty/notes-and-alerts", test_notes_and_alerts);
  g_test_add_func ("/import/pagerduty/webhooks", test_webhooks);
  g_test_add_func ("/import/pagerduty/wrappings-give-the-same-ids", test_wrappings);
  g_test_add_func ("/import/pagerduty/odd-records-are-told", test_odd_records);
  g_test_add_func ("/import/pagerduty/table-of-incidents", test_table);
  g_test_add_func ("/import/pagerduty/others-are-left-alone", test_others_are_left_alone);
  g_test_add_func ("/import/pagerduty/near-miss-says-what-to-export", test_near_miss);
  g_test_add_func ("/import/pagerduty/cut-off-anywhere", test_cut_off);
  g_test_add_func ("/import/pagerduty/flipped-bytes", test_flipped);
  return g_test_run ();
}
