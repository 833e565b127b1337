/* test-export.c: the review as JSON, CSV and a calendar. */

#include "report-fixture.h"

#include "vantage-json.h"

static void
test_json_holds_every_kind_and_reads_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  fill (fixture);
  text = vantage_export_json (&fixture->input);
  again = vantage_export_json (&fixture->input);
  g_assert_cmpstr (text, ==, again);
  root = vantage_json_parse (text, -1, &vantage_json_file_limits, &error);
  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpstr (vantage_json_get_text (object, "format", NULL), ==, "vantage-review");
  g_assert_cmpuint (json_array_get_length (vantage_json_get_array (object, "events")), ==, 3);
  g_assert_cmpuint (json_array_get_length (vantage_json_get_array (object, "findings")), ==, 2);
  g_assert_false (json_object_has_member (object, "meetings"));
}

static int
compare_backwards (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (vantage_entity_get_id (*(VantageEntity *const *) b),
                    vantage_entity_get_id (*(VantageEntity *const *) a));
}

static void
test_json_does_not_depend_on_the_order_of_lists (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  fill (fixture);
  one = vantage_export_json (&fixture->input);
  g_ptr_array_sort (g_hash_table_lookup (fixture->kinds, "event"), compare_backwards);
  other = vantage_export_json (&fixture->input);
  g_assert_cmpstr (one, ==, other);
}

static void
test_csv_quotes_and_disarms (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  add_entity (fixture, "event", "e1", "title", T ("=cmd|' /C calc'!A0"), "start", at (0, 1), NULL);
  add_entity (fixture, "event", "e2", "title", T ("said \"no\", twice\nand left"), NULL);
  add_entity (fixture, "event", "e3", "title", T ("+1"), NULL);
  add_entity (fixture, "event", "e4", "title", T ("-1"), NULL);
  add_entity (fixture, "event", "e5", "title", T ("@SUM(A1)"), NULL);
  add_entity (fixture, "event", "e6", "title", T ("\t=1"), NULL);
  text = vantage_export_events_csv (&fixture->input, &fixture->options);
  assert_holds (text, "id,earliest,latest,end_earliest,end_latest,title,");
  assert_holds (text, "2024-03-01T01:53:00.000000Z,2024-03-01T01:55:00.000000Z,,,"
                      "\"'=cmd|' /C calc'!A0\",");
  assert_holds (text, ",\"said \"\"no\"\", twice\nand left\",");
  assert_holds (text, "\"'+1\"");
  assert_holds (text, "\"'-1\"");
  assert_holds (text, "\"'@SUM(A1)\"");
  assert_holds (text, "\"'\t=1\"");
}

static void
test_csv_of_items (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autofree char *text = NULL;

  set_name (fixture, "ana", "Ana");
  g_ptr_array_add (items, add_item (fixture, "a", 0, "ana", "hello, all"));
  text = vantage_export_items_csv (items);
  g_assert_cmpstr (text, ==,
                   "id,time,kind,person,channel,thread,text,url,path,line\r\n" ITEM_A
                   ",2024-03-01T01:54:00.000000Z,message,Ana,ops,,\"hello, all\",,,\r\n");
}

static void
test_calendar_is_folded_and_escaped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *unfolded = NULL;

  fixture->input.review = add_entity (fixture, "review", "review", "title", T ("Queue; slow, red"),
                                      "due/meeting", vantage_value_new_time (ZERO_US), NULL);
  add_entity (fixture, "experiment", "x", "hypothesis",
              T ("A very long hypothesis, with many words “and some” that go on beyond one line ü"),
              "revisit", vantage_value_new_time (ZERO_US + 60 * 24 * MINUTE_US), "signal",
              T ("one\ntwo"), NULL);
  text = vantage_export_ics (&fixture->input, &fixture->options);
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
    }
  g_strfreev (lines);
  lines = g_strsplit (text, "\r\n ", -1);
  unfolded = g_strjoinv ("", lines);
  assert_holds (unfolded, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
  assert_holds (unfolded,
                "DTSTART;VALUE=DATE:20240301\r\nSUMMARY:Queue\\; slow\\, red: Meeting\r\n");
  assert_holds (unfolded,
                "DTSTART;VALUE=DATE:20240302\r\nSUMMARY:Look again: A very long "
                "hypothesis\\, with many words “and some” that go on beyond one line ü\r\n"
                "DESCRIPTION:one\\ntwo\r\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_case ("export/json-holds-every-kind-and-reads-back",
            test_json_holds_every_kind_and_reads_back);
  add_case ("export/json-does-not-depend-on-the-order-of-lists",
            test_json_does_not_depend_on_the_order_of_lists);
  add_case ("export/csv-quotes-and-disarms", test_csv_quotes_and_disarms);
  add_case ("export/csv-of-items", test_csv_of_items);
  add_case ("export/calendar-is-folded-and-escaped", test_calendar_is_folded_and_escaped);
  return g_test_run ();
}
