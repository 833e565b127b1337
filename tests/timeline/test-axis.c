/* The axis and its scale: monotone, continuous, exact both ways; folds proposed where it was quiet.
 */

#include "vantage-time-scale.h"

#include <math.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define DAY (86400 * SECOND)
#define NIGHT G_GINT64_CONSTANT (1710378000000000) /* 2024-03-14T01:00:00Z */

static VantageAxis *
make_axis (GRand *rand, gint64 longest_fold)
{
  VantageStretch stretches[12];
  guint n = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (stretches) + 1);

  for (guint i = 0; i < n; i++)
    {
      gint64 begin = NIGHT + (gint64) (g_rand_double_range (rand, -40, 40) * DAY);
      gint64 length = 1 + (gint64) (g_rand_double (rand) * longest_fold);

      stretches[i] =
          (VantageStretch){ begin, begin + length,
                            g_rand_boolean (rand) ? VANTAGE_STRETCH_FOLD : VANTAGE_STRETCH_SPREAD,
                            (guint) g_rand_int_range (rand, 1, 40) };
    }
  return vantage_axis_new (stretches, n, 24);
}

static double
pick_zoom (GRand *rand)
{
  return exp (g_rand_double_range (rand, log (10000.0), log ((double) DAY)));
}

static void
test_inverse_is_exact (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 300; i++)
    {
      g_autoptr (VantageAxis) axis = make_axis (rand, 50 * DAY);

      for (int j = 0; j < 100; j++)
        {
          VantageTimeScale scale = { axis, NIGHT, pick_zoom (rand) };
          double x = g_rand_double_range (rand, -16000, 16000);
          gint64 us = vantage_time_scale_get_us (&scale, x);

          g_assert_cmpint (
              vantage_time_scale_get_us (&scale, vantage_time_scale_get_x (&scale, us)), ==, us);
        }
    }
}

static void
test_x_is_monotone_and_continuous (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);

  for (int i = 0; i < 300; i++)
    {
      g_autoptr (VantageAxis) axis = make_axis (rand, 3 * DAY);
      VantageTimeScale scale = { axis, NIGHT, pick_zoom (rand) };
      guint n;
      const VantageStretch *stretches = vantage_axis_get_stretches (axis, &n);

      for (guint j = 0; j < n; j++)
        {
          gint64 edge = stretches[j].begin_us;
          double before = vantage_time_scale_get_x (&scale, edge - 1);
          double at = vantage_time_scale_get_x (&scale, edge);
          double after = vantage_time_scale_get_x (&scale, edge + 1);

          g_assert_cmpfloat (before, <=, at);
          g_assert_cmpfloat (at, <=, after);
          if (stretches[j].end_us - edge > 100 * SECOND)
            g_assert_cmpfloat (after - before, <, 0.01);
        }
      for (int j = 0; j < 200; j++)
        {
          gint64 a = NIGHT + (gint64) (g_rand_double_range (rand, -60, 60) * DAY);
          gint64 b = a + g_rand_int_range (rand, 0, 1000);

          g_assert_cmpfloat (vantage_time_scale_get_x (&scale, a), <=,
                             vantage_time_scale_get_x (&scale, b));
        }
    }
}

static void
test_fold_keeps_its_width (void)
{
  VantageStretch fold = { NIGHT, NIGHT + 37 * MINUTE, VANTAGE_STRETCH_FOLD, 1 };
  g_autoptr (VantageAxis) axis = vantage_axis_new (&fold, 1, 40);

  for (double zoom = 10000; zoom < 1e11; zoom *= 7)
    {
      VantageTimeScale scale = { axis, NIGHT - MINUTE, zoom };

      g_assert_cmpfloat_with_epsilon (vantage_time_scale_get_x (&scale, fold.end_us) -
                                          vantage_time_scale_get_x (&scale, fold.begin_us),
                                      40, 1e-9);
    }
}

static void
test_spread_widens (void)
{
  VantageStretch spread = { NIGHT, NIGHT + MINUTE, VANTAGE_STRETCH_SPREAD, 8 };
  g_autoptr (VantageAxis) axis = vantage_axis_new (&spread, 1, 40);
  VantageTimeScale scale = { axis, NIGHT, (double) SECOND };

  g_assert_cmpfloat_with_epsilon (vantage_time_scale_get_x (&scale, NIGHT + MINUTE), 480, 1e-9);
  g_assert_cmpfloat_with_epsilon (vantage_time_scale_get_x (&scale, NIGHT + 2 * MINUTE), 540, 1e-9);
  g_assert_cmpfloat_with_epsilon (vantage_time_scale_get_x (&scale, NIGHT - MINUTE), -60, 1e-9);
}

static void
test_overlaps_are_cut (void)
{
  VantageStretch given[] = {
    { 50, 90, VANTAGE_STRETCH_FOLD, 1 },  { 10, 60, VANTAGE_STRETCH_SPREAD, 4 },
    { 20, 30, VANTAGE_STRETCH_FOLD, 1 },  { 95, 95, VANTAGE_STRETCH_FOLD, 1 },
    { 97, 99, VANTAGE_STRETCH_PLAIN, 1 }, { 200, 100, VANTAGE_STRETCH_FOLD, 1 }
  };
  g_autoptr (VantageAxis) axis = vantage_axis_new (given, G_N_ELEMENTS (given), 20);
  VantageStretch at;
  guint n;
  const VantageStretch *out = vantage_axis_get_stretches (axis, &n);

  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (out[0].begin_us, ==, 10);
  g_assert_cmpint (out[0].end_us, ==, 60);
  g_assert_cmpint (out[1].begin_us, ==, 60);
  g_assert_cmpint (out[1].end_us, ==, 90);
  vantage_axis_find (axis, 9, &at);
  g_assert_cmpint (at.begin_us, ==, G_MININT64);
  g_assert_cmpint (at.end_us, ==, 10);
  vantage_axis_find (axis, 90, &at);
  g_assert_cmpint (at.sort, ==, VANTAGE_STRETCH_PLAIN);
  g_assert_cmpint (at.end_us, ==, G_MAXINT64);
}

static void
test_ends_of_time_do_not_overflow (void)
{
  VantageStretch given[] = { { G_MININT64, NIGHT, VANTAGE_STRETCH_SPREAD, 32 },
                             { NIGHT, G_MAXINT64, VANTAGE_STRETCH_FOLD, 1 } };
  g_autoptr (VantageAxis) axis = vantage_axis_new (given, 2, 20);
  VantageTimeScale scale = { axis, NIGHT, 100 };

  g_assert_cmpfloat (vantage_time_scale_get_x (&scale, G_MININT64), <, -1e15);
  g_assert_cmpfloat (vantage_time_scale_get_x (&scale, G_MAXINT64), >=, 20);
  g_assert_cmpint (vantage_time_scale_get_us (&scale, -1e300), <, 0);
  g_assert_cmpint (vantage_time_scale_get_us (&scale, 1e300), >, NIGHT);
}

static void
test_folds_are_proposed_where_quiet (void)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) folds = NULL;
  gint64 at = NIGHT;

  for (int i = 0; i < 100; i++)
    {
      g_array_append_val (times, at);
      at += i == 40 ? 37 * MINUTE : i == 70 ? 5 * MINUTE : 30 * SECOND;
    }
  folds =
      vantage_axis_propose_folds ((gint64 *) times->data, times->len, &vantage_fold_rule_default);
  g_assert_cmpuint (folds->len, ==, 1); /* five minutes exactly is not over five minutes */
  g_assert_cmpint (g_array_index (folds, VantageStretch, 0).begin_us, ==,
                   NIGHT + 40 * 30 * SECOND + MINUTE);
  g_assert_cmpint (g_array_index (folds, VantageStretch, 0).end_us, ==,
                   NIGHT + 40 * 30 * SECOND + 36 * MINUTE);
}

static void
test_even_gaps_are_not_folded (void)
{
  gint64 times[60];
  g_autoptr (GArray) hourly = NULL, lone = NULL;

  for (guint i = 0; i < 60; i++)
    times[i] = NIGHT + i * 60 * MINUTE;
  hourly = vantage_axis_propose_folds (times, 60, &vantage_fold_rule_default);
  g_assert_cmpuint (hourly->len, ==, 0);
  lone = vantage_axis_propose_folds (times, 2, &vantage_fold_rule_default);
  g_assert_cmpuint (lone->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/timeline/axis/inverse-is-exact", test_inverse_is_exact);
  g_test_add_func ("/timeline/axis/x-is-monotone-and-continuous",
                   test_x_is_monotone_and_continuous);
  g_test_add_func ("/timeline/axis/fold-keeps-its-width", test_fold_keeps_its_width);
  g_test_add_func ("/timeline/axis/spread-widens", test_spread_widens);
  g_test_add_func ("/timeline/axis/overlaps-are-cut", test_overlaps_are_cut);
  g_test_add_func ("/timeline/axis/ends-of-time-do-not-overflow",
                   test_ends_of_time_do_not_overflow);
  g_test_add_func ("/timeline/axis/folds-are-proposed-where-quiet",
                   test_folds_are_proposed_where_quiet);
  g_test_add_func ("/timeline/axis/even-gaps-are-not-folded", test_even_gaps_are_not_folded);
  return g_test_run ();
}
