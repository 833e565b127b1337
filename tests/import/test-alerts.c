/* test-alerts.c: alerts of Alertmanager, Prometheus and Grafana, and OnCall's groups. All of it is
 * made up. */

#include "hurt.h"

#include <string.h>

#define LABELS "\"labels\":{\"alertname\":\"Slow\",\"host\":\"db1\",\"severity\":\"page\"}"
#define FIRED                                                                                      \
  "{\"status\":\"firing\"," LABELS                                                                 \
  ",\"annotations\":{\"summary\":\"db1 is slow\",\"description\":"                                 \
  "\"p99 2 s\"},\"startsAt\":\"2024-03-01T02:13:00.123456789Z\",\"endsAt\":"                       \
  "\"0001-01-01T00:00:00Z\",\"generatorURL\":\"http://p:9090/"                                     \
  "graph?token=abcdef\",\"fingerprint\":"                                                          \
  "\"a1bc\"}"
#define ENDED                                                                                      \
  "{\"status\":\"resolved\"," LABELS                                                               \
  ",\"annotations\":{\"summary\":\"db1 is slow\"},\"startsAt\":"                                   \
  "\"2024-03-01T02:13:00.123456789Z\",\"endsAt\":\"2024-03-01T02:43:00Z\",\"fingerprint\":"        \
  "\"a1bc\"}"
#define ENDLESS                                                                                    \
  "{\"status\":\"resolved\"," LABELS                                                               \
  ",\"startsAt\":\"2024-03-01T02:13:00.123456789Z\",\"endsAt\":"                                   \
  "\"0001-01-01T00:00:00Z\",\"fingerprint\":\"a1bc\"}"
#define AGAIN                                                                                      \
  "{\"status\":\"firing\"," LABELS ",\"startsAt\":\"2024-03-01T03:00:00Z\",\"endsAt\":"            \
  "\"2024-03-01T09:00:00Z\",\"fingerprint\":\"a1bc\"}"
#define MESSAGE(alerts)                                                                            \
  "{\"version\":\"4\",\"groupKey\":\"{}\",\"receiver\":\"ops\",\"status\":\"firing\","             \
  "\"externalURL\":\"http://am:9093\",\"alerts\":[" alerts "]}"

static Collected *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("alerts-%u.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  return collect_ok (path, &options);
}

typedef struct
{
  const char *text;
  const char *format;
  guint n_items, n_repeated, n_endless;
} File;

/* clang-format off */
static const File files[] = {
  { MESSAGE (FIRED), "alertmanager", 1, 0, 0 },
  { MESSAGE (ENDED), "alertmanager", 2, 0, 0 },
  { MESSAGE (ENDLESS), "alertmanager", 1, 0, 1 },
  { MESSAGE (AGAIN), "alertmanager", 1, 0, 0 },
  { MESSAGE (FIRED "," AGAIN), "alertmanager", 2, 0, 0 },
  { MESSAGE (FIRED) MESSAGE (FIRED) "\n" MESSAGE (ENDED), "alertmanager", 2, 1, 0 },
  { "[" MESSAGE (FIRED) "," MESSAGE (AGAIN) "]", "alertmanager", 2, 0, 0 },
  { "[{\"fingerprint\":\"a1bc\",\"startsAt\":\"2024-03-01T02:13:00.123Z\",\"endsAt\":\"2024-03-01T09:00:00Z\","
    "\"status\":{\"state\":\"active\",\"silencedBy\":[]}," LABELS ",\"annotations\":{},\"receivers\":[{\"name\":\"ops\"}]}]",
    "alertmanager", 1, 0, 0 },
  { "{\"status\":\"success\",\"data\":{\"alerts\":[{" LABELS ",\"annotations\":{\"summary\":\"x\"},\"state\":\"firing\","
    "\"activeAt\":\"2024-03-01T02:13:00.5Z\",\"value\":\"1e+00\"}]}}", "alertmanager", 1, 0, 0 },
  { "{\"receiver\":\"hook\",\"status\":\"firing\",\"orgId\":1,\"version\":\"1\",\"title\":\"[FIRING:1] Slow\",\"state\":\"alerting\","
    "\"message\":\"look\",\"externalURL\":\"https://g.example.org/\",\"alerts\":[" FIRED "]}", "grafana", 1, 0, 0 },
};
/* clang-format on */

static void
test_files (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (Collected) all = read_text (files[i].text);

      g_test_message ("file %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (all->facts->format, ==, files[i].format);
      g_assert_cmpuint (all->items->len, ==, files[i].n_items);
      g_assert_cmpuint (collected_count (all, "duplicate"), ==, files[i].n_repeated);
      g_assert_cmpuint (collected_count (all, "no-end"), ==, files[i].n_endless);
    }
}

static void
test_what_an_alert_says (void)
{
  g_autoptr (Collected) all = read_text (MESSAGE (FIRED "," ENDED));
  VantageItem *fired = collected_find (all, "a1bc.f1709259180123456");
  VantageItem *ended = collected_find (all, "a1bc.r1709260980000000");

  g_assert_nonnull (fired);
  g_assert_nonnull (ended);
  g_assert_cmpint (fired->kind, ==, VANTAGE_ITEM_ALERT);
  g_assert_cmpint (ended->kind, ==, VANTAGE_ITEM_RESOLVE);
  g_assert_cmpstr (fired->raw_time, ==, "2024-03-01T02:13:00.123456789Z");
  g_assert_cmpint (fired->precision, ==, VANTAGE_PRECISION_US);
  g_assert_cmpint (ended->precision, ==, VANTAGE_PRECISION_S);
  g_assert_cmpstr (fired->text, ==, "db1 is slow\np99 2 s\nalertname=Slow host=db1 severity=page");
  g_assert_cmpstr (fired->thread, ==, "a1bc");
  g_assert_cmpstr (ended->thread, ==, "a1bc");
  g_assert_null (strstr (fired->url, "abcdef"));
  g_assert_cmpstr (fired->account, ==, "name:ops");
  g_assert_true (collected_find_identity (all, "name:ops")->bot);
  g_assert_nonnull (collected_find_channel (all, "Slow"));
  g_assert_cmpstr (all->facts->system, ==, "am:9093");
}

/* An interface that tells no fingerprint tells of the same alert. */
static void
test_fingerprint_is_worked_out (void)
{
  g_autoptr (Collected) all =
      read_text ("[{\"labels\":{\"severity\":\"critical\",\"alertname\":\"High CPU "
                 "Temperature\",\"host\":\"andromeda\"},\"startsAt\":\"2024-03-01T02:13:00Z\"}]");
  VantageItem *item = all->items->pdata[0];

  g_assert_cmpstr (item->thread, ==, "a1bc48475b20e73d");
}

static void
test_truncated (void)
{
  g_autoptr (Collected) all =
      read_text ("{\"receiver\":\"ops\",\"truncatedAlerts\":3,\"alerts\":[" FIRED "]}");

  g_assert_false (all->facts->complete);
  g_assert_cmpuint (collected_count (all, "more-pages"), ==, 1);
}

static void
test_odd_alerts (void)
{
  static const char *const odd[] = {
    "null",
    "7",
    "{}",
    "{\"labels\":[],\"startsAt\":\"2024-03-01T02:13:00Z\"}",
    "{" LABELS ",\"startsAt\":null}",
    "{" LABELS ",\"startsAt\":\"soon\"}",
    "{" LABELS ",\"startsAt\":\"0001-01-01T00:00:00Z\"}",
    "{\"status\":\"resolved\"," LABELS
    ",\"startsAt\":\"2024-03-01T02:13:00.123456789Z\",\"endsAt\":"
    "\"late\",\"fingerprint\":\"a1bc\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text = g_strdup_printf (MESSAGE (FIRED ",%s"), odd[i]);
      g_autoptr (Collected) all = read_text (text);

      g_assert_cmpuint (all->items->len, ==, 1);
      g_assert_cmpuint (collected_count_skipped (all), ==, 1);
    }
}

static void
test_near_misses (void)
{
  static const char *const wrong[] = {
    "[{\"id\":\"s1\",\"matchers\":[{\"name\":\"a\",\"value\":\"b\"}],\"startsAt\":"
    "\"2024-03-01T02:13:00Z\",\"createdBy\":\"ada\",\"comment\":\"x\"}]",
    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = scratch_write ("wrong.json", wrong[i], -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = collect (path, &options, &error);

      g_assert_null (all);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
    }
}

/* ---- Grafana ---- */

#define RULE                                                                                       \
  "{\"ruleId\":3,\"ruleName\":\"CPU\",\"state\":\"alerting\",\"title\":\"[Alerting] CPU\","        \
  "\"ruleUrl\":\"https://g.example.org/d/"                                                         \
  "1\",\"evalMatches\":[{\"metric\":\"load\",\"value\":12}]}"

static void
test_old_messages_have_no_time (void)
{
  g_autofree char *path = scratch_write ("rule.json", RULE, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) none = collect (path, &options, &error);
  g_autoptr (VantagePreview) preview =
      vantage_import_preview (path, &options, NULL, NULL, NULL, NULL);
  g_autoptr (Collected) all = NULL;
  VantageItem *item;

  g_assert_null (none);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_START);
  g_assert_true (preview->needs_start);
  options.zero_us = G_GINT64_CONSTANT (1709259240000000);
  all = collect_ok (path, &options);
  item = all->items->pdata[0];
  g_assert_cmpint (item->time_us, ==, options.zero_us);
  g_assert_cmpint (item->zone_origin, ==, VANTAGE_ZONE_CHOSEN);
  g_assert_cmpstr (item->text, ==, "[Alerting] CPU\nload: 12");
  g_assert_cmpstr (item->thread, ==, "3");
}

#define GROUP                                                                                      \
  "{\"id\":\"G1\",\"integration_id\":\"I1\",\"alerts_count\":3,\"state\":\"resolved\",\"title\":"  \
  "\"db1 is slow\",\"created_at\":\"2024-03-01T02:13:00.000001Z\",\"acknowledged_at\":"            \
  "\"2024-03-01T02:14:00Z\",\"acknowledged_by\":\"U1\",\"silenced_at\":null,\"resolved_at\":"      \
  "\"2024-03-01T02:43:00Z\",\"resolved_by\":null,\"permalinks\":{\"web\":"                         \
  "\"https://g.example.org/a/oncall/G1\"}}"

static void
test_groups_of_oncall (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"count\":9,\"next\":\"https://g.example.org/"
      "?page=2\",\"previous\":null,\"results\":[" GROUP
      "]}{\"results\":[{\"id\":\"N1\",\"alert_group_id\":\"G1\",\"author\":\"U1\",\"created_at\":"
      "\"2024-03-01T02:50:00Z\",\"text\":\"it was the index\"}],\"next\":\"x\"}");
  VantageItem *note = collected_find (all, "G1.nN1");

  g_assert_cmpuint (all->items->len, ==, 4);
  g_assert_cmpint (collected_find (all, "G1")->kind, ==, VANTAGE_ITEM_ALERT);
  g_assert_cmpint (collected_find (all, "G1")->precision, ==, VANTAGE_PRECISION_US);
  g_assert_cmpstr (collected_find (all, "G1.k")->account, ==, "U1");
  g_assert_null (collected_find (all, "G1.r")->account);
  g_assert_cmpstr (note->text, ==, "it was the index");
  g_assert_cmpstr (note->thread, ==, "G1");
  g_assert_false (all->facts->complete);
}

static void
test_webhook_of_oncall (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"event\":{\"type\":\"acknowledge\",\"time\":\"2024-03-01T02:14:00Z\"},\"user\":{\"id\":"
      "\"U1\","
      "\"username\":\"ada\",\"email\":\"ada@example.org\"},\"alert_group\":{\"id\":\"G1\","
      "\"title\":"
      "\"db1 is "
      "slow\"},\"alert_group_id\":\"G1\",\"integration\":{\"id\":\"I1\",\"name\":\"Prod\"}}");
  VantageItem *item = all->items->pdata[0];

  g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_ACKNOWLEDGE);
  g_assert_cmpstr (item->account, ==, "U1");
  g_assert_cmpstr (item->thread, ==, "G1");
  g_assert_nonnull (collected_find_channel (all, "Prod"));
}

static void
test_hurt (void)
{
  hurt_cut_everywhere ("alertmanager", "cut.json", MESSAGE (FIRED) "\n" MESSAGE (ENDED "," AGAIN));
  hurt_flip_bytes ("alertmanager", "flip.json", MESSAGE (FIRED) "\n" MESSAGE (ENDED "," AGAIN), 31,
                   300);
  hurt_cut_everywhere ("grafana", "cut-g.json", "{\"results\":[" GROUP "]}\n");
  hurt_flip_bytes ("grafana", "flip-g.json", "{\"results\":[" GROUP "]}\n", 32, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/alerts/every-firing-once", test_files);
  g_test_add_func ("/import/alerts/what-an-alert-says", test_what_an_alert_says);
  g_test_add_func ("/import/alerts/fingerprint-is-worked-out", test_fingerprint_is_worked_out);
  g_test_add_func ("/import/alerts/truncated-messages-are-told", test_truncated);
  g_test_add_func ("/import/alerts/odd-alerts-are-told", test_odd_alerts);
  g_test_add_func ("/import/alerts/near-misses-say-what-to-export", test_near_misses);
  g_test_add_func ("/import/alerts/old-messages-have-no-time", test_old_messages_have_no_time);
  g_test_add_func ("/import/alerts/groups-of-oncall", test_groups_of_oncall);
  g_test_add_func ("/import/alerts/webhook-of-oncall", test_webhook_of_oncall);
  g_test_add_func ("/import/alerts/hurt-files", test_hurt);
  return g_test_run ();
}
