/* Ticks: round in the wall clock, readable, right where the clock changes. */

#include "vantage-ticks.h"

#include <math.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define SPRING G_GINT64_CONSTANT (1711846800000000) /* 2024-03-31T01:00Z: 02:00 becomes 03:00 */
#define AUTUMN G_GINT64_CONSTANT (1729990800000000) /* 2024-10-27T01:00Z: 03:00 becomes 02:00 */
#define BEIRUT G_GINT64_CONSTANT (1711749600000000) /* 2024-03-30T22:00Z: 00:00 becomes 01:00 */

static int
get_berlin (gint64 us, gpointer user_data)
{
  return us >= SPRING && us < AUTUMN ? 7200 : 3600;
}

static int
get_beirut (gint64 us, gpointer user_data)
{
  return us >= BEIRUT ? 10800 : 7200;
}

static GArray *
find_over (gint64 begin, gint64 end, double width, double min_px, VantageOffsetFunc offset)
{
  VantageTimeScale scale = { NULL, begin, (double) (end - begin) / width };

  return vantage_ticks_find (&scale, width, min_px, offset, NULL);
}

static GArray *
keep_labelled (GArray *ticks)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (VantageTick));

  for (guint i = 0; i < ticks->len; i++)
    if (g_array_index (ticks, VantageTick, i).sort != VANTAGE_TICK_MINOR)
      g_array_append_val (out, g_array_index (ticks, VantageTick, i));
  return out;
}

static void
test_hours_skip_what_the_clock_skips (void)
{
  g_autoptr (GArray) ticks = find_over (SPRING - 2 * HOUR, SPRING + 3 * HOUR, 500, 80, get_berlin);
  g_autoptr (GArray) labelled = keep_labelled (ticks);
  const int hours[] = { 24, 25, 27, 28, 29, 30 };
  gint64 midnight = SPRING - 1 * HOUR + HOUR - DAY; /* wall 00:00 of the 30th, as if UTC */

  g_assert_cmpuint (labelled->len, ==, G_N_ELEMENTS (hours));
  for (guint i = 0; i < labelled->len; i++)
    {
      VantageTick *tick = &g_array_index (labelled, VantageTick, i);

      g_assert_cmpint ((tick->wall_us - midnight) / HOUR + 1, ==, hours[i]);
      g_assert_cmpint (tick->us, ==, SPRING - 2 * HOUR + i * HOUR);
    }
  g_assert_cmpint (g_array_index (labelled, VantageTick, 0).sort, ==, VANTAGE_TICK_DAY);
}

static void
test_hour_shown_twice_has_two_ticks (void)
{
  g_autoptr (GArray) ticks = find_over (AUTUMN - 2 * HOUR, AUTUMN + 2 * HOUR, 400, 80, get_berlin);
  g_autoptr (GArray) labelled = keep_labelled (ticks);

  g_assert_cmpuint (labelled->len, ==, 5);
  g_assert_cmpint (g_array_index (labelled, VantageTick, 1).wall_us, ==,
                   g_array_index (labelled, VantageTick, 2).wall_us);
  g_assert_cmpint (g_array_index (labelled, VantageTick, 2).us, ==, AUTUMN);
}

static void
test_jumped_midnight_begins_the_day (void)
{
  g_autoptr (GArray) ticks = find_over (BEIRUT - 3 * HOUR, BEIRUT + 3 * HOUR, 600, 80, get_beirut);
  guint n_days = 0;

  for (guint i = 0; i < ticks->len; i++)
    {
      VantageTick *tick = &g_array_index (ticks, VantageTick, i);

      if (tick->sort != VANTAGE_TICK_DAY)
        continue;
      n_days++;
      g_assert_cmpint (tick->us, ==, BEIRUT);
    }
  g_assert_cmpuint (n_days, ==, 1);
}

static void
test_days_of_23_and_25_hours (void)
{
  g_autoptr (GArray) ticks = find_over (SPRING - 3 * DAY, SPRING + 3 * DAY, 600, 90, get_berlin);
  g_autoptr (GArray) labelled = keep_labelled (ticks);
  guint short_days = 0;

  for (guint i = 1; i < labelled->len; i++)
    {
      VantageTick *a = &g_array_index (labelled, VantageTick, i - 1);
      VantageTick *b = &g_array_index (labelled, VantageTick, i);

      g_assert_cmpint (b->wall_us - a->wall_us, ==, DAY);
      g_assert_cmpint (b->wall_us % DAY, ==, 0);
      short_days += b->us - a->us == 23 * HOUR;
    }
  g_assert_cmpuint (short_days, ==, 1);
}

static void
test_months_and_years_begin_on_their_first (void)
{
  g_autoptr (GArray) months =
      find_over (SPRING - 100 * DAY, SPRING + 265 * DAY, 1200, 90, get_berlin);
  g_autoptr (GArray) years =
      find_over (G_GINT64_CONSTANT (-62135596800000000), SPRING, 1200, 90, NULL);

  g_assert_cmpuint (months->len, ==, 12);
  for (guint i = 0; i < months->len; i++)
    {
      g_autoptr (GDateTime) wall =
          g_date_time_new_from_unix_utc (g_array_index (months, VantageTick, i).wall_us / SECOND);

      g_assert_cmpint (g_date_time_get_day_of_month (wall), ==, 1);
      g_assert_cmpint (g_date_time_get_hour (wall), ==, 0);
    }
  g_assert_cmpuint (years->len, >, 5);
  for (guint i = 0; i < years->len; i++)
    {
      VantageTick *tick = &g_array_index (years, VantageTick, i);
      g_autoptr (GDateTime) wall = g_date_time_new_from_unix_utc (tick->wall_us / SECOND);

      g_assert_cmpint (g_date_time_get_day_of_year (wall), ==, 1);
    }
}

/* At every zoom: ascending, in view, round, labels apart. */
static void
test_labels_never_meet (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (int i = 0; i < 2000; i++)
    {
      double us_per_px = exp (g_rand_double_range (rand, log (100.0), log (3e12)));
      gint64 begin = SPRING + (gint64) (g_rand_double_range (rand, -400, 400) * DAY);
      VantageStretch stretches[] = {
        { begin + (gint64) (300 * us_per_px), begin + (gint64) (900 * us_per_px),
          VANTAGE_STRETCH_FOLD, 1 },
        { begin + (gint64) (950 * us_per_px), begin + (gint64) (980 * us_per_px),
          VANTAGE_STRETCH_SPREAD, 10 }
      };
      g_autoptr (VantageAxis) axis = vantage_axis_new (stretches, 2, 30);
      VantageTimeScale scale = { axis, begin, us_per_px };
      g_autoptr (GArray) ticks = vantage_ticks_find (&scale, 1000, 70, get_berlin, NULL);
      double last = -1e9;

      for (guint j = 0; j < ticks->len; j++)
        {
          VantageTick *tick = &g_array_index (ticks, VantageTick, j);

          g_assert_cmpint (tick->wall_us - tick->us, ==, get_berlin (tick->us, NULL) * SECOND);
          g_assert_cmpfloat (tick->x, >=, -0.01);
          g_assert_cmpfloat (tick->x, <=, 1000.01);
          g_assert_false (tick->us > stretches[0].begin_us && tick->us < stretches[0].end_us);
          if (j > 0)
            g_assert_cmpint (tick->us, >, g_array_index (ticks, VantageTick, j - 1).us);
          if (tick->sort == VANTAGE_TICK_MINOR)
            continue;
          g_assert_cmpfloat (tick->x - last, >=, 0.74 * 70);
          last = tick->x;
        }
      g_assert_cmpuint (ticks->len, <, 2000);
    }
}

static void
test_nights_follow_the_clock (void)
{
  g_autoptr (GArray) nights =
      vantage_ticks_find_nights (SPRING - DAY, SPRING + DAY, 22, 6, get_berlin, NULL);
  VantageSpan *changed = &g_array_index (nights, VantageSpan, 1);

  g_assert_cmpuint (nights->len, ==, 3);
  g_assert_cmpint (changed->begin_us, ==, SPRING - 4 * HOUR);
  g_assert_cmpint (changed->end_us, ==, SPRING + 3 * HOUR); /* seven hours */
}

static void
test_wall_clock_is_resolved (void)
{
  gint64 wall = SPRING + HOUR + 30 * MINUTE; /* 02:30, which there was not */

  g_assert_cmpint (vantage_ticks_resolve_wall (wall, get_berlin, NULL), ==, SPRING);
  wall = AUTUMN + HOUR + 30 * MINUTE; /* 02:30, which there was twice */
  g_assert_cmpint (vantage_ticks_resolve_wall (wall, get_berlin, NULL), ==, AUTUMN - 30 * MINUTE);
  g_assert_cmpint (vantage_ticks_resolve_wall (wall, NULL, NULL), ==, wall);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/timeline/ticks/hours-skip-what-the-clock-skips",
                   test_hours_skip_what_the_clock_skips);
  g_test_add_func ("/timeline/ticks/hour-shown-twice-has-two-ticks",
                   test_hour_shown_twice_has_two_ticks);
  g_test_add_func ("/timeline/ticks/jumped-midnight-begins-the-day",
                   test_jumped_midnight_begins_the_day);
  g_test_add_func ("/timeline/ticks/days-of-23-and-25-hours", test_days_of_23_and_25_hours);
  g_test_add_func ("/timeline/ticks/months-and-years-begin-on-their-first",
                   test_months_and_years_begin_on_their_first);
  g_test_add_func ("/timeline/ticks/labels-never-meet", test_labels_never_meet);
  g_test_add_func ("/timeline/ticks/nights-follow-the-clock", test_nights_follow_the_clock);
  g_test_add_func ("/timeline/ticks/wall-clock-is-resolved", test_wall_clock_is_resolved);
  return g_test_run ();
}
