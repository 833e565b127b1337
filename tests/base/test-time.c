/* test-time.c: reading and writing instants. */

#include "vantage-time.h"

#define US G_GINT64_CONSTANT (1000000)

typedef struct
{
  const char *text;
  gint64 us;
  VantagePrecision precision;
  gboolean has_zone;
} ParseCase;

/* clang-format off */
static const ParseCase taken[] = {
  { "1970-01-01T00:00:00Z",               0,                          VANTAGE_PRECISION_S,   TRUE },
  { "2024-03-01T02:14:07.000000Z",        1709259247 * US,            VANTAGE_PRECISION_US,  TRUE },
  { "2024-03-01T02:14:07.25Z",            1709259247 * US + 250000,   VANTAGE_PRECISION_MS,  TRUE },
  { "2024-03-01T02:14:07,250Z",           1709259247 * US + 250000,   VANTAGE_PRECISION_MS,  TRUE },
  { "2024-03-01T02:14:07.1234Z",          1709259247 * US + 123400,   VANTAGE_PRECISION_US,  TRUE },
  { "2024-03-01T02:14:07.123456999Z",     1709259247 * US + 123456,   VANTAGE_PRECISION_US,  TRUE },
  { "2024-03-01T02:14:07.9999999999999999999999999999Z", 1709259247 * US + 999999, VANTAGE_PRECISION_US, TRUE },
  { "2024-03-01 02:14:07",                1709259247 * US,            VANTAGE_PRECISION_S,   FALSE },
  { "2024-03-01t02:14:07z",               1709259247 * US,            VANTAGE_PRECISION_S,   TRUE },
  { "2024-03-01T02:14",                   1709259240 * US,            VANTAGE_PRECISION_MIN, FALSE },
  { "2024-03-01T03:14+01:00",             1709259240 * US,            VANTAGE_PRECISION_MIN, TRUE },
  { "2024-03-01T03:14:07+0100",           1709259247 * US,            VANTAGE_PRECISION_S,   TRUE },
  { "2024-03-01T03:14:07+01",             1709259247 * US,            VANTAGE_PRECISION_S,   TRUE },
  { "2024-02-29 20:44:07 -05:30",         1709259247 * US,            VANTAGE_PRECISION_S,   TRUE },
  { "2024-03-01T02:14:07-00:00",          1709259247 * US,            VANTAGE_PRECISION_S,   TRUE },
  { "2024-03-01",                         1709251200 * US,            VANTAGE_PRECISION_DAY, FALSE },
  { "2000-02-29T00:00:00Z",               951782400 * US,             VANTAGE_PRECISION_S,   TRUE },
  { "1969-12-31T23:59:59.999999Z",        -1,                         VANTAGE_PRECISION_US,  TRUE },
  { "0001-01-01T00:00:00Z",               VANTAGE_TIME_MIN,           VANTAGE_PRECISION_S,   TRUE },
  { "9999-12-31T23:59:59.999999Z",        VANTAGE_TIME_MAX,           VANTAGE_PRECISION_US,  TRUE },
  { "2016-12-31T23:59:60Z",               1483228800 * US,            VANTAGE_PRECISION_S,   TRUE },
  { "2016-12-31T23:59:60.75Z",            1483228800 * US,            VANTAGE_PRECISION_MS,  TRUE },
  { "2017-01-01T05:29:60+05:30",          1483228800 * US,            VANTAGE_PRECISION_S,   TRUE },
  { "2016-12-31T23:59:60",                1483228800 * US,            VANTAGE_PRECISION_S,   FALSE },
};

static const char *const refused[] = {
  "", "2", "2024", "2024-03", "2024-3-1", "2024-03-01T", "2024-03-01T02", "2024-03-01T02:1", "2024-03-01T02:14:",
  "2024-03-01T02:14:7Z", "2024-03-01T02:14:07.", "2024-03-01T02:14:07.Z", "2024-03-01T02:14:07Zx",
  "2024-03-01T02:14:07Z ", " 2024-03-01T02:14:07Z", "2024-03-01T02:14:07 ", "2024-03-01T02:14:07+", "2024-03-01T02:14:07+1",
  "2024-03-01T02:14:07+01:", "2024-03-01T02:14:07+24:00", "2024-03-01T02:14:07+01:60", "2024-03-01T02:14:07+01:00:00",
  "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z", "2024-04-31T00:00:00Z", "2023-02-29T00:00:00Z",
  "1900-02-29T00:00:00Z", "2024-03-01T24:00:00Z", "2024-03-01T02:60:00Z", "2024-03-01T02:14:61Z", "2024-03-01T02:14:60Z",
  "2024-03-01T02:13:60", "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
  "9999-12-31T23:59:60Z", "10000-01-01T00:00:00Z", "-001-01-01T00:00:00Z", "2024-03-01X02:14:07Z", "２024-03-01",
  "1709259247", "2024-03-01T02:14:07 UTC", "2024/03/01 02:14:07", "+024-03-01T02:14:07Z",
};
/* clang-format on */

static void
test_taken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      const ParseCase *c = &taken[i];
      VantagePrecision precision = VANTAGE_PRECISION_NONE;
      gboolean has_zone = !c->has_zone;
      gint64 us = VANTAGE_TIME_NONE;

      g_test_message ("%s", c->text);
      g_assert_true (vantage_time_parse (c->text, -1, &us, &precision, &has_zone));
      g_assert_cmpint (us, ==, c->us);
      g_assert_cmpint (precision, ==, c->precision);
      g_assert_cmpint (has_zone, ==, c->has_zone);
    }
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      VantagePrecision precision = VANTAGE_PRECISION_NONE;
      gboolean has_zone = 7;
      gint64 us = 42;

      g_test_message ("'%s'", refused[i]);
      g_assert_false (vantage_time_parse (refused[i], -1, &us, &precision, &has_zone));
      g_assert_cmpint (us, ==, 42);
      g_assert_cmpint (precision, ==, VANTAGE_PRECISION_NONE);
      g_assert_cmpint (has_zone, ==, 7);
    }
}

/* Only @length bytes are looked at, with whatever follows. */
static void
test_length (void)
{
  const char *line = "2024-03-01T02:14:07Z hello";
  gint64 us;

  g_assert_true (vantage_time_parse (line, 20, &us, NULL, NULL));
  g_assert_cmpint (us, ==, 1709259247 * US);
  g_assert_false (vantage_time_parse (line, 21, &us, NULL, NULL));
  g_assert_true (vantage_time_parse (line, 10, &us, NULL, NULL));
  g_assert_false (vantage_time_parse (line, 0, &us, NULL, NULL));
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20240301);
  char buffer[VANTAGE_TIME_TEXT_SIZE], earlier[VANTAGE_TIME_TEXT_SIZE];
  gint64 last_us = VANTAGE_TIME_MIN;

  g_assert_cmpstr (vantage_time_format (VANTAGE_TIME_MIN, buffer), ==,
                   "0001-01-01T00:00:00.000000Z");
  g_assert_cmpstr (vantage_time_format (VANTAGE_TIME_MAX, buffer), ==,
                   "9999-12-31T23:59:59.999999Z");
  g_assert_cmpstr (vantage_time_format (-1, buffer), ==, "1969-12-31T23:59:59.999999Z");
  for (guint i = 0; i < 100000; i++)
    {
      guint64 wide = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
      gint64 us =
          VANTAGE_TIME_MIN + (gint64) (wide % (guint64) (VANTAGE_TIME_MAX - VANTAGE_TIME_MIN + 1));
      gint64 back;
      int order;

      vantage_time_format (us, buffer);
      g_assert_true (vantage_time_parse (buffer, -1, &back, NULL, NULL));
      g_assert_cmpint (back, ==, us);

      /* Text orders as the instants do. */
      vantage_time_format (last_us, earlier);
      order = g_strcmp0 (earlier, buffer);
      g_assert_true ((order < 0) == (last_us < us));
      last_us = us;
    }
}

/* Every day of 800 years, against the calendar of GLib. */
static void
test_calendar (void)
{
  g_autoptr (GDate) date = g_date_new_dmy (1, 1, 1600);
  g_autoptr (VantageZone) utc = vantage_zone_new_utc ();
  gint64 us;

  g_assert_true (vantage_time_parse ("1600-01-01", -1, &us, NULL, NULL));
  while (g_date_get_year (date) < 2400)
    {
      VantageWall wall;

      vantage_zone_get_wall (utc, us, &wall);
      g_assert_cmpint (wall.year, ==, g_date_get_year (date));
      g_assert_cmpint (wall.month, ==, (int) g_date_get_month (date));
      g_assert_cmpint (wall.day, ==, g_date_get_day (date));
      g_assert_cmpint (wall.weekday, ==, (int) g_date_get_weekday (date));
      g_date_add_days (date, 1);
      us += 86400 * US;
    }
}

static void
test_precisions (void)
{
  static const char *const names[] = { "us", "ms", "s", "min", "day", "none" };
  static const gint64 units[] = { 1, 1000, US, 60 * US, 86400 * US, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      VantagePrecision precision;

      g_assert_true (vantage_precision_from_text (names[i], &precision));
      g_assert_cmpint (precision, ==, i);
      g_assert_cmpstr (vantage_precision_to_text (precision), ==, names[i]);
      g_assert_cmpint (vantage_precision_get_unit_us (precision), ==, units[i]);
    }
  g_assert_false (vantage_precision_from_text ("hour", &(VantagePrecision){ 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/time/what-is-written-is-taken", test_taken);
  g_test_add_func ("/base/time/nothing-is-guessed", test_refused);
  g_test_add_func ("/base/time/length-bounds-the-look", test_length);
  g_test_add_func ("/base/time/text-reads-back-and-orders", test_round_trip);
  g_test_add_func ("/base/time/calendar-agrees-for-eight-centuries", test_calendar);
  g_test_add_func ("/base/time/precisions-have-names-and-units", test_precisions);
  return g_test_run ();
}
