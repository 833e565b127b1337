/* test-statuspage.c: what customers were told. All of it is made up. */

#include "hurt.h"

#include <string.h>

#define UPDATE(id, status, time, more)                                                             \
  "{\"id\":\"" id "\",\"incident_id\":\"inc\",\"status\":\"" status "\",\"body\":\"about " status  \
  "\",\"created_at\":\"" time "\",\"updated_at\":\"" time "\",\"display_at\":\"" time              \
  "\",\"affected_components\":null" more "}"
#define INCIDENT(updates, more)                                                                    \
  "{\"id\":\"inc\",\"name\":\"Checkout errors\",\"status\":\"resolved\",\"impact\":\"major\","     \
  "\"created_at\":\"2024-03-01T02:20:00.000Z\",\"shortlink\":\"https://stspg.io/x\",\"page_id\":"  \
  "\"page1\",\"incident_updates\":[" updates "]" more "}"
#define TWO                                                                                        \
  UPDATE ("u2", "resolved", "2024-03-01T03:00:00.250Z", "")                                        \
  "," UPDATE ("u1", "investigating", "2024-03-01T02:20:00.500Z", "")

static Collected *
read_text (const char *text)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("statuspage-%u.json", n++);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  return collect_ok (path, &options);
}

static void
test_updates (void)
{
  g_autoptr (Collected) all = read_text (
      "{\"page\":{\"id\":\"page1\",\"name\":\"Acme\",\"url\":\"https://status.acme.org\"},"
      "\"incidents\":[" INCIDENT (TWO, "") "]}");
  VantageItem *first = all->items->pdata[0], *last = all->items->pdata[1];

  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpstr (first->local, ==, "inc.uu1");
  g_assert_cmpint (first->kind, ==, VANTAGE_ITEM_STATUS);
  g_assert_cmpint (last->kind, ==, VANTAGE_ITEM_RESOLVE);
  g_assert_cmpstr (first->text, ==, "Checkout errors\nabout investigating");
  g_assert_cmpstr (first->thread, ==, "inc");
  g_assert_cmpint (first->precision, ==, VANTAGE_PRECISION_MS);
  g_assert_cmpint (first->edited_us, ==, VANTAGE_TIME_NONE);
  g_assert_cmpstr (first->url, ==, "https://stspg.io/x");
  g_assert_nonnull (collected_find_channel (all, "Acme"));
  g_assert_cmpstr (collected_find_identity (all, "page1")->name, ==, "Acme");
  g_assert_true (collected_find_identity (all, "page1")->bot);
}

static void
test_what_the_public_saw (void)
{
  g_autoptr (Collected) all = read_text ("[" INCIDENT (
      "{\"id\":\"u1\",\"status\":\"identified\",\"body\":\"<p>One &amp; "
      "two</p><p>if a &lt; b</p>\",\"created_at\":\"2024-03-01T02:30:00-07:00\","
      "\"updated_at\":\"2024-03-01T02:40:00-07:00\",\"display_at\":"
      "\"2024-03-01T02:10:00-07:00\",\"affected_components\":[{\"name\":\"API\","
      "\"old_status\":\"operational\",\"new_status\":\"major_outage\"},{\"name\":\"Web\","
      "\"old_status\":\"operational\",\"new_status\":\"operational\"}]}",
      "") "]");
  VantageItem *item = all->items->pdata[0];

  g_assert_cmpstr (item->raw_time, ==, "2024-03-01T02:10:00-07:00");
  g_assert_cmpstr (vantage_item_get_extra (item, "created_at"), ==, "2024-03-01T02:30:00-07:00");
  g_assert_cmpint (item->edited_us - item->time_us, ==, 1800 * G_GINT64_CONSTANT (1000000));
  g_assert_cmpstr (item->text, ==,
                   "Checkout errors\nOne & two\nif a < b\nAPI: operational → major_outage");
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    guint n_items, n_repeated;
  } shapes[] = {
    { "[" INCIDENT (TWO, "") "]", 2, 0 },
    { "{\"meta\":{},\"page\":{\"id\":\"page1\"},\"incident\":" INCIDENT (TWO, "") "}", 2, 0 },
    { "{\"scheduled_maintenances\":[" INCIDENT (TWO,
                                                ",\"scheduled_for\":\"2024-03-01T02:00:00Z\"") "]}",
      2, 0 },
    { INCIDENT (TWO, "") INCIDENT (TWO, ""), 2, 1 },
    { INCIDENT ("", ""), 1, 0 },
    { INCIDENT (TWO, ",\"postmortem_body\":\"what we learnt\",\"postmortem_published_at\":"
                     "\"2024-03-09T00:00:00Z\""),
      3, 0 },
    { "{\"page\":{\"id\":\"page1\"},\"component\":{\"name\":\"API\",\"page_id\":\"page1\"},"
      "\"component_update\":{\"id\":\"cu\",\"old_status\":\"operational\",\"new_status\":"
      "\"major_outage\",\"created_at\":\"2024-03-01T02:10:00.379Z\"}}",
      1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (Collected) all = read_text (shapes[i].text);

      g_test_message ("shape %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (all->items->len, ==, shapes[i].n_items);
      g_assert_cmpuint (collected_count (all, "duplicate"), ==, shapes[i].n_repeated);
      g_assert_cmpstr (((VantageChannel *) all->channels->pdata[0])->key, ==, "page1");
    }
}

static void
test_odd_updates (void)
{
  static const char *const odd[] = { "null", "7", "{}", "{\"id\":\"u9\",\"display_at\":\"soon\"}",
                                     "{\"id\":\"u9\",\"created_at\":null,\"body\":17}" };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text = g_strdup_printf (INCIDENT (TWO ",%s", ""), odd[i]);
      g_autoptr (Collected) all = read_text (text);

      g_assert_cmpuint (all->items->len, ==, 2);
      g_assert_cmpuint (collected_count_skipped (all), ==, 1);
    }
}

static void
test_near_misses (void)
{
  static const char *const wrong[] = {
    "{\"page\":{\"id\":\"page1\"},\"status\":{\"indicator\":\"none\"}}",
    "{\"page\":{\"id\":\"page1\"},\"components\":[]}",
    "<?xml version=\"1.0\"?><feed><id>tag:www.statuspage.io</id></feed>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = scratch_write ("wrong.json", wrong[i], -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = collect (path, &options, &error);

      g_assert_null (all);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
      g_assert_nonnull (strstr (error->message, "incidents.json"));
    }
}

static void
test_hurt (void)
{
  static const char text[] = "[" INCIDENT (TWO, "") "]\n";

  hurt_cut_everywhere ("statuspage", "cut.json", text);
  hurt_flip_bytes ("statuspage", "flipped.json", text, 61, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/statuspage/updates-in-order", test_updates);
  g_test_add_func ("/import/statuspage/what-the-public-saw", test_what_the_public_saw);
  g_test_add_func ("/import/statuspage/shapes", test_shapes);
  g_test_add_func ("/import/statuspage/odd-updates-are-told", test_odd_updates);
  g_test_add_func ("/import/statuspage/near-misses-say-what-to-save", test_near_misses);
  g_test_add_func ("/import/statuspage/hurt-files", test_hurt);
  return g_test_run ();
}
