/* test-servicenow.c: incidents as answers, tables, histories and XML. All of it is made up. */

#include "collect.h"
#include "hurt.h"

#include <string.h>

#include "vantage-time.h"

#define ID "9d385017c611228701d22104cc95c371"
#define ADA "6816f79cc0a8016401c5a33be04be441"
#define LINK "https://acme.service-now.test/api/now/table/sys_user/" ADA
#define RAW                                                                                        \
  "{\"number\":\"INC0010023\",\"sys_id\":\"" ID "\",\"short_description\":\"Payments time out\","  \
  "\"description\":\"Since two.\",\"state\":\"6\",\"priority\":\"1\",\"opened_at\":"               \
  "\"2025-03-14 02:11:09\",\"opened_by\":{\"link\":\"" LINK "\",\"value\":\"" ADA "\"},"           \
  "\"sys_created_on\":\"2025-03-14 02:12:00\",\"resolved_at\":\"2025-03-14 03:00:00\","            \
  "\"resolved_by\":\"\",\"closed_at\":\"\",\"close_notes\":\"Rolled back\",\"work_notes\":\"\"}"
#define ALL                                                                                        \
  "{\"number\":{\"display_value\":\"INC0010023\",\"value\":\"INC0010023\"},\"sys_id\":{"           \
  "\"display_value\":\"" ID "\",\"value\":\"" ID "\"},\"short_description\":{\"display_value\":"   \
  "\"Payments time out\",\"value\":\"Payments time out\"},\"state\":{\"display_value\":"           \
  "\"Resolved\",\"value\":\"6\"},\"opened_at\":{\"display_value\":\"14-03-2025 03:11:09\","        \
  "\"value\":\"2025-03-14 02:11:09\"},\"opened_by\":{\"display_value\":\"Ada Lund\",\"value\":"    \
  "\"" ADA "\",\"link\":\"" LINK "\"},\"work_notes\":{\"value\":\"\",\"display_value\":"           \
  "\"2025-03-14 03:30:00 - Bo Ek (Work notes)\\n[code]<p>second<br/>line</p>[/code]\\n\\n"         \
  "2025-03-14 03:20:00 - Ada Lund (Work notes)\\nfirst\\n\\n\"},\"comments\":{\"value\":\"\","     \
  "\"display_value\":\"2025-03-14 03:40:00 - Cy (Additional comments)\\nthanks\\n\\n\"}}"
#define JOURNAL                                                                                    \
  "{\"sys_id\":\"a1\",\"element\":\"work_notes\",\"element_id\":\"" ID "\",\"value\":\"looking\"," \
  "\"sys_created_on\":\"2025-03-14 02:15:00\",\"sys_created_by\":\"ada.lund\"}"
#define AUDIT                                                                                      \
  "{\"sys_id\":\"b2\",\"fieldname\":\"state\",\"oldvalue\":\"1\",\"newvalue\":\"2\","              \
  "\"documentkey\":\"" ID "\",\"user\":\"ada.lund\",\"sys_created_on\":\"2025-03-14 02:14:00\"}"
#define FILE_RECORD                                                                                \
  "{\"sys_id\":\"c3\",\"file_name\":\"g.png\",\"size_bytes\":\"12\",\"content_type\":\"image/"     \
  "png\","                                                                                         \
  "\"table_sys_id\":\"" ID "\",\"sys_created_on\":\"2025-03-14 02:16:00\",\"sys_created_by\":"     \
  "\"ada.lund\"}"

static Collected *
read_named (const char *ending, const char *text, const char *zone)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("servicenow-%u.%s", n++, ending);
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  Collected *all;

  options.zone = zone;
  all = collect_ok (path, &options);
  g_assert_cmpstr (all->facts->format, ==, "servicenow");
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
check (Collected *all, const char *local, VantageItemKind kind, const char *text, const char *time)
{
  VantageItem *item = collected_find (all, local);

  g_assert_nonnull (item);
  g_assert_cmpint (item->kind, ==, kind);
  g_assert_cmpstr (item->text, ==, text);
  g_assert_cmpint (item->time_us, ==, at (time));
}

static void
test_stored_times_are_utc (void)
{
  g_autoptr (Collected) all = read_named ("json", "{\"result\":[" RAW "]}", "Asia/Tokyo");
  VantageItem *item = collected_find (all, "INC0010023");

  g_assert_cmpuint (all->items->len, ==, 2);
  check (all, "INC0010023", VANTAGE_ITEM_TICKET, "Payments time out\n\nSince two.",
         "2025-03-14T02:11:09Z");
  g_assert_cmpstr (item->raw_time, ==, "2025-03-14 02:11:09");
  g_assert_cmpint (item->zone_origin, ==, VANTAGE_ZONE_IN_FILE);
  g_assert_cmpstr (item->account, ==, ADA);
  g_assert_cmpstr (vantage_item_get_extra (item, "state"), ==, "Resolved");
  g_assert_cmpstr (item->url, ==,
                   "https://acme.service-now.test/nav_to.do?uri=incident.do?sys_id=" ID);
  check (all, "INC0010023.resolved", VANTAGE_ITEM_STATUS, "state: → Resolved\n\nRolled back",
         "2025-03-14T03:00:00Z");
  g_assert_null (collected_find (all, "INC0010023.resolved")->account);
}

static void
test_journals_are_in_the_exporters_zone (void)
{
  g_autoptr (Collected) all = read_named ("json", "{\"records\":[" ALL "]}", "Europe/Berlin");
  guint internal = 0;

  g_assert_cmpuint (all->items->len, ==, 4);
  check (all, "INC0010023", VANTAGE_ITEM_TICKET, "Payments time out", "2025-03-14T02:11:09Z");
  g_assert_cmpstr (collected_find_identity (all, ADA)->name, ==, "Ada Lund");
  for (guint i = 1; i < 4; i++)
    {
      VantageItem *item = all->items->pdata[i];

      g_assert_cmpint (item->kind, ==, VANTAGE_ITEM_COMMENT);
      g_assert_cmpstr (item->thread, ==, "INC0010023");
      internal += vantage_item_get_extra (item, "internal") != NULL;
      if (strcmp (item->account, "name:Bo Ek") == 0)
        {
          g_assert_cmpstr (item->text, ==, "second\nline");
          g_assert_cmpint (item->time_us, ==, at ("2025-03-14T02:30:00Z"));
        }
      else
        g_assert_cmpstr (item->text, ==,
                         strcmp (item->account, "name:Cy") == 0 ? "thanks" : "first");
    }
  g_assert_cmpuint (internal, ==, 2);
}

static void
test_records_beside_find_their_incident (void)
{
  static const char *const texts[] = {
    "{\"result\":[" RAW "," JOURNAL "," AUDIT "," FILE_RECORD "]}",
    "{\"result\":[" FILE_RECORD "," AUDIT "," JOURNAL "," RAW "]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (Collected) all = read_named ("json", texts[i], NULL);

      g_assert_cmpuint (all->items->len, ==, 5);
      check (all, "INC0010023.ja1", VANTAGE_ITEM_COMMENT, "looking", "2025-03-14T02:15:00Z");
      check (all, "INC0010023.hb2", VANTAGE_ITEM_STATUS, "state: New → In Progress",
             "2025-03-14T02:14:00Z");
      check (all, "INC0010023.ac3", VANTAGE_ITEM_FILE, "g.png", "2025-03-14T02:16:00Z");
      g_assert_cmpstr (collected_find (all, "INC0010023.ja1")->account, ==, "ada.lund");
    }
}

#define HISTORY                                                                                    \
  "number,incident_state,sys_mod_count,caller_id,opened_by,opened_at,sys_updated_by,sys_updated_"  \
  "at,"                                                                                            \
  "priority,assigned_to,closed_at,notes\n"

static void
test_rows_of_one_number_are_its_history (void)
{
  g_autoptr (Collected) all = read_named (
      "csv",
      HISTORY "INC1,New,0,Cy,Ada Lund,29-02-2016 01:16,Bo,29-02-2016 01:23,3,?,?,\"a\"\n"
              "INC1,Active,3,Cy,Ada Lund,29-02-2016 01:16,Dee,29-02-2016 03:00,2,?,?,\"a\"\n"
              "INC1,New,1,Cy,Ada Lund,29-02-2016 01:16,Dee,29-02-2016 02:00,2,Eve,?,\"a\"\n"
              "INC1,New,1,Cy,Ada Lund,29-02-2016 01:16,Dee,29-02-2016 02:00,2,Eve,?,\"a\"\n"
              "INC2,Closed,4,?,?,01-03-2016 10:00,?,?,3,?,05-03-2016 12:00,\"b\"\n",
      "UTC");

  g_assert_cmpuint (all->items->len, ==, 7);
  check (all, "INC1", VANTAGE_ITEM_TICKET, "INC1", "2016-02-29T01:16:00Z");
  check (all, "INC1.u1.priority", VANTAGE_ITEM_FIELD, "priority: 3 → 2", "2016-02-29T02:00:00Z");
  check (all, "INC1.u1.assigned_to", VANTAGE_ITEM_ASSIGNMENT, "assigned_to: → Eve",
         "2016-02-29T02:00:00Z");
  check (all, "INC1.u3.incident_state", VANTAGE_ITEM_STATUS, "incident_state: New → Active",
         "2016-02-29T03:00:00Z");
  check (all, "INC1.u3.assigned_to", VANTAGE_ITEM_ASSIGNMENT, "assigned_to: Eve →",
         "2016-02-29T03:00:00Z");
  check (all, "INC2.closed", VANTAGE_ITEM_STATUS, "state: → Closed", "2016-03-05T12:00:00Z");
  g_assert_cmpint (collected_find (all, "INC1")->precision, ==, VANTAGE_PRECISION_MIN);
  g_assert_cmpstr (collected_find (all, "INC1.u1.priority")->account, ==, "Dee");
  g_assert_null (collected_find (all, "INC2")->account);
}

static void
test_rows_need_not_stand_together (void)
{
  g_autoptr (Collected) all =
      read_named ("csv",
                  HISTORY "INC1,New,0,Cy,Ada,29-02-2016 01:16,Bo,29-02-2016 01:23,3,?,?,a\n"
                          "INC2,New,0,Cy,Ada,29-02-2016 01:16,Bo,29-02-2016 01:23,3,?,?,a\n"
                          "INC1,Active,1,Cy,Ada,29-02-2016 01:16,Bo,29-02-2016 02:23,3,?,?,a\n",
                  "UTC");

  g_assert_cmpuint (all->items->len, ==, 3);
  g_assert_nonnull (collected_find (all, "INC1.u1.incident_state"));
}

static void
test_table_with_labels (void)
{
  g_autoptr (Collected) all = read_named (
      "csv",
      "Number,Opened,Opened by,Short description,State,Assignment group,Resolved,Work notes\n"
      "INC0010023,2025-03-14 03:11:09,Ada Lund,Payments \xe4,Resolved,Net,2025-03-14 04:00:00,"
      "\"2025-03-14 03:20:00 - Ada Lund (Work notes)\nfirst - (not a head)\n\"\n",
      "Europe/Berlin");

  g_assert_cmpuint (all->items->len, ==, 3);
  check (all, "INC0010023", VANTAGE_ITEM_TICKET, "Payments ä", "2025-03-14T02:11:09Z");
  g_assert_cmpstr (collected_find (all, "INC0010023")->account, ==, "name:Ada Lund");
  g_assert_cmpuint (collected_count (all, "recoded"), ==, 1);
}

static void
test_xml_is_as_stored (void)
{
  g_autoptr (Collected) all = read_named (
      "xml",
      "<?xml version=\"1.0\" "
      "encoding=\"UTF-8\"?><xml><incident><number>INC0010023</number><opened_at>2025-03-14 "
      "02:11:09</opened_at><opened_by display_value=\"Ada Lund\">" ADA
      "</opened_by><short_description>x"
      "</short_description><state>2</state><sys_id>" ID
      "</sys_id></incident><sys_journal_field><element>comments"
      "</element><element_id>" ID
      "</element_id><value>hi &amp; bye</value><sys_created_on>2025-03-14 02:15:00"
      "</sys_created_on><sys_created_by>ada</sys_created_by><sys_id>a1</sys_id></"
      "sys_journal_field></xml>",
      NULL);

  g_assert_cmpuint (all->items->len, ==, 2);
  check (all, "INC0010023", VANTAGE_ITEM_TICKET, "x", "2025-03-14T02:11:09Z");
  g_assert_cmpstr (collected_find (all, "INC0010023")->account, ==, ADA);
  check (all, "INC0010023.ja1", VANTAGE_ITEM_COMMENT, "hi & bye", "2025-03-14T02:15:00Z");
}

static void
test_odd_records_cost_only_themselves (void)
{
  static const struct
  {
    const char *record;
    guint items, skipped;
  } cases[] = {
    { "{\"number\":7,\"sys_id\":null,\"short_description\":[],\"opened_at\":\"\",\"sys_created_"
      "on\":"
      "\"2025-03-14 02:11:09\"}",
      1, 0 },
    { "{\"number\":\"INC2\",\"sys_id\":\"x\",\"opened_at\":\"soon\"}", 0, 1 },
    { "{\"number\":\"INC2\",\"sys_id\":\"x\",\"short_description\":\"y\"}", 0, 1 },
    { "{\"number\":\"\",\"sys_id\":\"x\",\"opened_at\":\"2025-03-14 02:11:09\"}", 0, 1 },
    { "null", 0, 1 },
    { "{\"name\":\"a server\"}", 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"result\":[%s,%s]}", RAW, cases[i].record);
      g_autoptr (Collected) all = read_named ("json", text, "UTC");

      g_assert_cmpuint (all->items->len, ==, 2 + cases[i].items);
      g_assert_cmpuint (collected_count_skipped (all), ==, cases[i].skipped);
    }
}

static void
test_zone_is_asked_for (void)
{
  static const char *const texts[] = {
    "{\"result\":[" ALL "]}",
    "{\"result\":[{\"number\":\"INC1\",\"sys_id\":\"x\",\"state\":\"New\",\"opened_at\":\"2025-03-"
    "14 02:11:09\"}]}",
    HISTORY "INC1,New,0,Cy,Ada,29-02-2016 01:16,Bo,29-02-2016 01:23,3,?,?,a\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = scratch_write ("servicenow-zone", texts[i], -1);
      VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (Collected) all = collect (path, &options, &error);

      g_assert_null (all);
      g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE);
    }
}

static void
test_error_is_no_list (void)
{
  g_autofree char *path =
      scratch_write ("servicenow-error.json",
                     "{\"error\":{\"message\":\"User Not "
                     "Authenticated\",\"detail\":\"x\"},\"status\":\"failure\"}",
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
  const char *rows =
      HISTORY "INC1,New,0,Cy,Ada,29-02-2016 01:16,Bo,29-02-2016 01:23,3,?,?,\"a\"\n"
              "INC1,Active,1,Cy,Ada,29-02-2016 01:16,Bo,29-02-2016 02:23,3,?,?,\"a\"\n";

  hurt_cut_everywhere ("servicenow", "servicenow-hurt.json", "{\"result\":[" ALL "," JOURNAL "]}");
  hurt_cut_everywhere ("servicenow", "servicenow-hurt.csv", rows);
  hurt_flip_bytes ("servicenow", "servicenow-hurt.json", "{\"result\":[" ALL "," AUDIT "]}", 21,
                   300);
  hurt_flip_bytes ("servicenow", "servicenow-hurt.csv", rows, 22, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define CASE(path, function) g_test_add_func ("/import/servicenow/" path, function)
  CASE ("stored-times-are-utc", test_stored_times_are_utc);
  CASE ("journals-are-in-the-exporters-zone", test_journals_are_in_the_exporters_zone);
  CASE ("records-beside-find-their-incident", test_records_beside_find_their_incident);
  CASE ("rows-of-one-number-are-its-history", test_rows_of_one_number_are_its_history);
  CASE ("rows-need-not-stand-together", test_rows_need_not_stand_together);
  CASE ("table-with-labels", test_table_with_labels);
  CASE ("xml-is-as-stored", test_xml_is_as_stored);
  CASE ("odd-records-cost-only-themselves", test_odd_records_cost_only_themselves);
  CASE ("zone-is-asked-for", test_zone_is_asked_for);
  CASE ("error-is-no-list", test_error_is_no_list);
  CASE ("hurt-files", test_hurt_files);
#undef CASE
  return g_test_run ();
}
