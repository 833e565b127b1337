/* test-table.c: tables and JSON lines: dialects, encodings, times, mapping, ids. */

#include "collect.h"
#include "vantage-reader.h"
#include "vantage-time-column.h"

#include <string.h>

static Collected *
read_bytes (const char *name, const char *text, gssize length, const VantageImportOptions *given,
            GError **error)
{
  g_autofree char *path = scratch_write (name, text, length);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  return collect (path, given != NULL ? given : &options, error);
}

static Collected *
read_table (const char *text)
{
  g_autoptr (GError) error = NULL;
  Collected *all = read_bytes ("table.csv", text, -1, NULL, &error);

  g_assert_no_error (error);
  return all;
}

#define FIRST(all) ((VantageItem *) g_ptr_array_index ((all)->items, 0))

static void
test_dialects_say_the_same (void)
{
  static const char *const tables[] = {
    "time,user,message\n2025-03-14T02:14:07Z,dana,\"one, two\"\n",
    "time;user;message\r\n2025-03-14T02:14:07Z;dana;\"one, two\"\r\n",
    "time\tuser\tmessage\n2025-03-14T02:14:07Z\tdana\tone, two\n",
    "sep=|\ntime|user|message\n2025-03-14T02:14:07Z|dana|one, two\n",
    "\xef\xbb\xbftime,user,message\n2025-03-14T02:14:07Z,dana,\"one, two\"",
    "time;user;message;\n2025-03-14T02:14:07Z;dana;one, two;\n\n;;;\n",
  };
  g_autoptr (Collected) first = read_table (tables[0]);
  g_autofree char *ids = collected_dup_ids (first);

  g_assert_cmpstr (FIRST (first)->text, ==, "one, two");
  g_assert_cmpstr (FIRST (first)->account, ==, "name:dana");
  for (gsize i = 1; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (Collected) other = read_table (tables[i]);
      g_autofree char *others = collected_dup_ids (other);

      g_assert_cmpuint (other->items->len, ==, 1);
      g_assert_cmpstr (others, ==, ids);
    }
}

static void
test_line_breaks_in_quotes_keep_their_place (void)
{
  g_autoptr (Collected) all = read_table ("time,message\n2025-03-14T02:14:07Z,\"a\nb \"\"c\"\"\"\n"
                                          "2025-03-14T02:15:07Z,d\n");
  VantageItem *second = g_ptr_array_index (all->items, 1);

  g_assert_cmpstr (FIRST (all)->text, ==, "a\nb \"c\"");
  g_assert_cmpint (FIRST (all)->line, ==, 2);
  g_assert_cmpint (second->line, ==, 4);
}

static void
test_encodings (void)
{
  g_autoptr (Collected) old = read_table ("time,message\n2025-03-14T02:14:07Z,caf\xe9 \x80 5\n");
  gsize length;
  g_autofree char *wide = g_convert ("\xef\xbb\xbftime,message\n2025-03-14T02:14:07Z,café\n", -1,
                                     "UTF-16LE", "UTF-8", NULL, &length, NULL);
  g_autoptr (Collected) utf16 = read_bytes ("wide.csv", wide, (gssize) length, NULL, NULL);

  g_assert_cmpstr (FIRST (old)->text, ==, "café € 5");
  g_assert_cmpuint (collected_count (old, "recoded"), ==, 1);
  g_assert_nonnull (utf16);
  g_assert_cmpstr (FIRST (utf16)->text, ==, "café");
}

static void
test_times_as_people_write_them (void)
{
  static const struct
  {
    const char *text;
    VantageDateOrder order;
    const char *time; /* NULL: no time */
    VantagePrecision precision;
    gboolean has_zone;
  } cases[] = {
    { "2025-03-14T02:14:07.250Z", 0, "2025-03-14T02:14:07.250000Z", VANTAGE_PRECISION_MS, TRUE },
    { "2025-03-14 02:14", 0, "2025-03-14T02:14:00.000000Z", VANTAGE_PRECISION_MIN, FALSE },
    { "1741918447", 0, "2025-03-14T02:14:07.000000Z", VANTAGE_PRECISION_S, TRUE },
    { "1741918447.250", 0, "2025-03-14T02:14:07.250000Z", VANTAGE_PRECISION_MS, TRUE },
    { "1741918447250", 0, "2025-03-14T02:14:07.250000Z", VANTAGE_PRECISION_MS, TRUE },
    { "1741918447250001", 0, "2025-03-14T02:14:07.250001Z", VANTAGE_PRECISION_US, TRUE },
    { "1741918447250001999", 0, "2025-03-14T02:14:07.250001Z", VANTAGE_PRECISION_US, TRUE },
    { "14/03/2025 02:14:07", 0, "2025-03-14T02:14:07.000000Z", VANTAGE_PRECISION_S, FALSE },
    { "3/14/2025 2:14 AM", 0, "2025-03-14T02:14:00.000000Z", VANTAGE_PRECISION_MIN, FALSE },
    { "03/04/2025", VANTAGE_DATE_ORDER_MONTH_FIRST, "2025-03-04T00:00:00.000000Z",
      VANTAGE_PRECISION_DAY, FALSE },
    { "03/04/2025", VANTAGE_DATE_ORDER_DAY_FIRST, "2025-04-03T00:00:00.000000Z",
      VANTAGE_PRECISION_DAY, FALSE },
    { "14.03.25 12:05 PM", 0, "2025-03-14T12:05:00.000000Z", VANTAGE_PRECISION_MIN, FALSE },
    { "14-Mar-25 12:05 am", 0, "2025-03-14T00:05:00.000000Z", VANTAGE_PRECISION_MIN, FALSE },
    { "Mar 14, 2025, 2:14:07\xe2\x80\xafPM", 0, "2025-03-14T14:14:07.000000Z", VANTAGE_PRECISION_S,
      FALSE },
    { "Fri, 14 Mar 2025 02:14:07 +0100", 0, "2025-03-14T01:14:07.000000Z", VANTAGE_PRECISION_S,
      TRUE },
    { "Tue, 10 Oct 2017 16:00:00 GMT", 0, "2017-10-10T16:00:00.000000Z", VANTAGE_PRECISION_S,
      TRUE },
    { "45730.0931365741", 0, "2025-03-14T02:14:07.000000Z", VANTAGE_PRECISION_S, FALSE },
    { "31/02/2025", 0, NULL, 0, FALSE },
    { "2025-13-01", 0, NULL, 0, FALSE },
    { "123456", 0, NULL, 0, FALSE },
    { "noon", 0, NULL, 0, FALSE },
    { "", 0, NULL, 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      VantageCellTime time;
      char text[VANTAGE_TIME_TEXT_SIZE];
      gboolean ok = vantage_cell_time_parse (cases[i].text, cases[i].order, &time);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (ok, ==, cases[i].time != NULL);
      if (!ok)
        continue;
      g_assert_cmpstr (vantage_time_format (time.us, text), ==, cases[i].time);
      g_assert_cmpint (time.precision, ==, cases[i].precision);
      g_assert_cmpint (time.has_zone, ==, cases[i].has_zone);
    }
}

static void
test_day_above_twelve_decides_the_order (void)
{
  g_autoptr (GError) error = NULL;
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) clear = NULL;
  g_autoptr (Collected) unclear = NULL;
  char text[VANTAGE_TIME_TEXT_SIZE];

  options.zone = "UTC";
  clear =
      read_bytes ("clear.csv", "date,message\n03/04/2025,a\n03/31/2025,b\n", -1, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (vantage_time_format (FIRST (clear)->time_us, text), ==,
                   "2025-03-04T00:00:00.000000Z");
  unclear = read_bytes ("unclear.csv", "date,message\n03/04/2025,a\n", -1, &options, &error);
  g_assert_null (unclear);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING);
}

static void
test_no_zone_is_a_question (void)
{
  const char *table = "time,message\n2025-03-14 02:14:07,a\n";
  g_autoptr (GError) error = NULL;
  VantageImportOptions berlin = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) without = read_bytes ("zone.csv", table, -1, NULL, &error);
  g_autoptr (Collected) with = NULL;
  char text[VANTAGE_TIME_TEXT_SIZE];

  g_assert_null (without);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE);
  berlin.zone = "Europe/Berlin";
  with = read_bytes ("zone.csv", table, -1, &berlin, NULL);
  g_assert_cmpstr (vantage_time_format (FIRST (with)->time_us, text), ==,
                   "2025-03-14T01:14:07.000000Z");
}

static void
test_ids_do_not_depend_on_zone_or_row (void)
{
  VantageImportOptions berlin = VANTAGE_IMPORT_OPTIONS_INIT, tokyo = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) one = NULL;
  g_autoptr (Collected) other = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *others = NULL;

  berlin.zone = "Europe/Berlin";
  tokyo.zone = "Asia/Tokyo";
  one = read_bytes ("a.csv", "time,id,message\n2025-03-14 02:14:07,7,a\n2025-03-14 02:15:00,8,b\n",
                    -1, &berlin, NULL);
  other =
      read_bytes ("b.csv", "time,id,message\n2025-03-14 02:15:00,8,b\n2025-03-14 02:14:07,7,a\n",
                  -1, &tokyo, NULL);
  ids = collected_dup_ids (one);
  others = collected_dup_ids (other);
  g_assert_cmpstr (ids, ==, others);
}

static void
test_bad_rows_are_named_and_left_out (void)
{
  g_autoptr (Collected) all = read_table ("time,message\n2025-03-14T02:14:07Z,a\nyesterday,b\n,c\n"
                                          "2025-03-14T02:16:07Z,d\n");
  VantageDiagnostic *bad = g_ptr_array_index (all->diagnostics, 0);

  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpstr (bad->code, ==, "bad-time");
  g_assert_cmpint (bad->line, ==, 3);
  g_assert_cmpuint (collected_count (all, "no-time"), ==, 1);
}

static void
test_mapping_chosen_by_a_person (void)
{
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (Collected) all = NULL;
  g_autoptr (Collected) wrong = NULL;
  const char *table = "When it was,Wer,Was,Wo\n2025-03-14T02:14:07Z,Dana,sah es,#ops\n";

  options.mapping = "time=When it was,author=wer,text=Was,text=Wo,channel=#4";
  all = read_bytes ("map.csv", table, -1, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (FIRST (all)->text, ==, "sah es\n#ops");
  g_assert_nonnull (collected_find_channel (all, "#ops"));
  options.mapping = "time=Never";
  wrong = read_bytes ("map.csv", table, -1, &options, &error);
  g_assert_null (wrong);
  g_assert_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING);
  g_assert_nonnull (strstr (error->message, "When it was"));
}

static void
test_json_lines_and_arrays_are_one (void)
{
  g_autoptr (Collected) lines =
      read_bytes ("a.jsonl",
                  "{\"ts\":1741918447,\"user\":{\"name\":\"dana\"},\"msg\":\"a\",\"n\":1}\n"
                  "{\"ts\":1741918448,\"user\":{\"name\":\"ilse\"},\"msg\":\"b\"}\n",
                  -1, NULL, NULL);
  g_autoptr (Collected) array =
      read_bytes ("b.json",
                  "[{\"ts\":1741918447,\"user\":{\"name\":\"dana\"},\"msg\":\"a\",\"n\":1},"
                  "{\"ts\":1741918448,\"user\":{\"name\":\"ilse\"},\"msg\":\"b\"}]",
                  -1, NULL, NULL);
  g_autofree char *ids = collected_dup_ids (lines);
  g_autofree char *others = collected_dup_ids (array);

  g_assert_cmpuint (lines->items->len, ==, 2);
  g_assert_cmpstr (FIRST (lines)->account, ==, "name:dana");
  g_assert_cmpstr (vantage_item_get_extra (FIRST (lines), "n"), ==, "1");
  g_assert_cmpstr (ids, ==, others);
}

static void
test_broken_line_is_left_out (void)
{
  g_autoptr (Collected) all = read_bytes ("broken.jsonl",
                                          "{\"time\":\"2025-03-14T02:14:07Z\",\"text\":\"a\"}\n"
                                          "{\"time\":\"2025-03-14T02:1\n"
                                          "{\"time\":\"2025-03-14T02:16:07Z\",\"text\":\"c\"}\n",
                                          -1, NULL, NULL);

  g_assert_nonnull (all);
  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpuint (collected_count_skipped (all), ==, 1);
}

static void
test_a_header_is_read_as_it_was_before (void)
{
  static const char text[] = "wann,wer,was\n2024-03-04T14:02:11Z,mara,all red\n";
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (Collected) first = NULL;
  g_autoptr (Collected) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autofree char *remembered = NULL;

  options.format = "csv";
  options.mapping = "time=wann,author=wer,text=was";
  first = read_bytes ("first.csv", text, -1, &options, &error);
  g_assert_no_error (error);
  g_assert_nonnull (first->facts->header);
  remembered =
      g_strdup_printf ("{\"0\":{},\"%s\":%s}", first->facts->header, first->facts->mapping);
  options.mapping = NULL;
  options.remembered = remembered;
  second = read_bytes ("second.csv", text, -1, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (FIRST (second)->text, ==, "all red");
  g_assert_cmpstr (FIRST (second)->account, ==, "name:mara");
  g_assert_cmpuint (collected_count (second, "mapping-remembered"), ==, 1);
  g_assert_null (read_bytes ("other.csv", "a,b\n1,2\n", -1, &options, &unknown));
  g_assert_error (unknown, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/table/dialects-say-the-same", test_dialects_say_the_same);
  g_test_add_func ("/import/table/line-breaks-in-quotes-keep-their-place",
                   test_line_breaks_in_quotes_keep_their_place);
  g_test_add_func ("/import/table/encodings", test_encodings);
  g_test_add_func ("/import/table/times-as-people-write-them", test_times_as_people_write_them);
  g_test_add_func ("/import/table/day-above-twelve-decides-the-order",
                   test_day_above_twelve_decides_the_order);
  g_test_add_func ("/import/table/no-zone-is-a-question", test_no_zone_is_a_question);
  g_test_add_func ("/import/table/ids-do-not-depend-on-zone-or-row",
                   test_ids_do_not_depend_on_zone_or_row);
  g_test_add_func ("/import/table/bad-rows-are-named-and-left-out",
                   test_bad_rows_are_named_and_left_out);
  g_test_add_func ("/import/table/mapping-chosen-by-a-person", test_mapping_chosen_by_a_person);
  g_test_add_func ("/import/table/json-lines-and-arrays-are-one",
                   test_json_lines_and_arrays_are_one);
  g_test_add_func ("/import/table/broken-line-is-left-out", test_broken_line_is_left_out);
  g_test_add_func ("/import/table/a-header-is-read-as-it-was-before",
                   test_a_header_is_read_as_it_was_before);
  return g_test_run ();
}
