/* The viewport: the pointer's moment stays, bounds hold, places are found again. */

#include "vantage-viewport.h"

#include <math.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define HOUR (3600 * SECOND)
#define NIGHT G_GINT64_CONSTANT (1710378000000000)

static VantageViewport *
make_viewport (void)
{
  VantageViewport *self = vantage_viewport_new ();

  vantage_viewport_set_size (self, 1000, 400);
  vantage_viewport_set_content_height (self, 1000);
  vantage_viewport_set_bounds (self, &(VantageSpan){ NIGHT, NIGHT + 4 * HOUR });
  vantage_viewport_fit_all (self, 20);
  return self;
}

static void
test_zoom_keeps_the_moment_under_the_pointer (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  VantageStretch stretches[] = { { NIGHT + HOUR, NIGHT + 2 * HOUR, VANTAGE_STRETCH_FOLD, 1 },
                                 { NIGHT + 3 * HOUR, NIGHT + 3 * HOUR + 60 * SECOND,
                                   VANTAGE_STRETCH_SPREAD, 20 } };
  g_autoptr (VantageAxis) axis = vantage_axis_new (stretches, 2, 40);

  for (int i = 0; i < 200; i++)
    {
      g_autoptr (VantageViewport) self = vantage_viewport_new ();

      vantage_viewport_set_axis (self, i % 2 ? axis : NULL);
      vantage_viewport_set_size (self, 1600, 900);
      vantage_viewport_set_place (self, NIGHT, 1e6, 0);
      for (int j = 0; j < 60; j++)
        {
          VantageTimeScale scale;
          double x = g_rand_double_range (rand, 0, 1600);
          gint64 at;

          vantage_viewport_get_scale (self, &scale);
          at = vantage_time_scale_get_us (&scale, x);
          vantage_viewport_zoom (self, exp (g_rand_double_range (rand, -1.2, 1.5)), x);
          vantage_viewport_get_scale (self, &scale);
          g_assert_cmpfloat (fabs (vantage_time_scale_get_x (&scale, at) - x), <, 0.5);
        }
    }
}

static void
test_fit_shows_everything (void)
{
  g_autoptr (VantageViewport) self = make_viewport ();
  VantageTimeScale scale;

  vantage_viewport_get_scale (self, &scale);
  g_assert_cmpfloat_with_epsilon (vantage_time_scale_get_x (&scale, NIGHT), 20, 0.5);
  g_assert_cmpfloat_with_epsilon (vantage_time_scale_get_x (&scale, NIGHT + 4 * HOUR), 980, 0.5);
}

static void
test_bounds_stay_in_view (void)
{
  g_autoptr (VantageViewport) self = make_viewport ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (int i = 0; i < 500; i++)
    {
      VantageTimeScale scale;

      if (g_rand_boolean (rand))
        vantage_viewport_pan (self, g_rand_double_range (rand, -1e5, 1e5),
                              g_rand_double_range (rand, -2000, 2000));
      else
        vantage_viewport_zoom (self, exp (g_rand_double_range (rand, -3, 3)), 500);
      vantage_viewport_get_scale (self, &scale);
      g_assert_cmpfloat (vantage_time_scale_get_x (&scale, NIGHT), <=, 900.5);
      g_assert_cmpfloat (vantage_time_scale_get_x (&scale, NIGHT + 4 * HOUR), >=, 99.5);
      g_assert_cmpfloat (scale.us_per_px, >=, VANTAGE_SCALE_MIN_US_PER_PX);
      g_assert_cmpfloat (vantage_viewport_get_scroll (self), >=, 0);
      g_assert_cmpfloat (vantage_viewport_get_scroll (self), <=, 600);
    }
}

static void
test_places_are_found_again (void)
{
  g_autoptr (VantageViewport) self = make_viewport ();
  gint64 first = vantage_viewport_get_begin (self), second;

  g_assert_false (vantage_viewport_go_back (self));
  vantage_viewport_mark_place (self);
  vantage_viewport_mark_place (self);
  vantage_viewport_zoom (self, 8, 700);
  second = vantage_viewport_get_begin (self);
  g_assert_true (vantage_viewport_go_back (self));
  g_assert_cmpint (vantage_viewport_get_begin (self), ==, first);
  g_assert_false (vantage_viewport_can_go_back (self));
  g_assert_true (vantage_viewport_go_forward (self));
  g_assert_cmpint (vantage_viewport_get_begin (self), ==, second);
  g_assert_false (vantage_viewport_go_forward (self));
  vantage_viewport_go_back (self);
  vantage_viewport_mark_place (self);
  g_assert_false (vantage_viewport_can_go_forward (self));
}

static void
count_cb (VantageViewport *self, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_a_change_is_told_once (void)
{
  g_autoptr (VantageViewport) self = make_viewport ();
  guint n = 0;

  g_signal_connect (self, "changed", G_CALLBACK (count_cb), &n);
  vantage_viewport_pan (self, 30, 10);
  g_assert_cmpuint (n, ==, 1);
  vantage_viewport_pan (self, 0, 0);
  vantage_viewport_set_scroll (self, 10);
  vantage_viewport_set_size (self, 1000, 400);
  g_assert_cmpuint (n, ==, 1);
  vantage_viewport_zoom (self, 2, 100);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_reveal_moves_as_little_as_needed (void)
{
  g_autoptr (VantageViewport) self = make_viewport ();
  gint64 begin;

  vantage_viewport_zoom (self, 10, 500);
  begin = vantage_viewport_get_begin (self);
  vantage_viewport_reveal (self, &(VantageSpan){ begin + 100 * SECOND, begin + 100 * SECOND }, 10,
                           40, 10);
  vantage_viewport_reveal (self, &(VantageSpan){ NIGHT + 2 * HOUR, NIGHT + 2 * HOUR }, 500, 40, 10);
  g_assert_cmpfloat (vantage_viewport_get_scroll (self), ==, 150);
  vantage_viewport_reveal (self, &(VantageSpan){ NIGHT, NIGHT }, 500, 40, 10);
  g_assert_cmpint (vantage_viewport_get_begin (self), <, NIGHT);
}

static void
test_it_goes_when_nobody_holds_it (void)
{
  VantageViewport *self = make_viewport ();

  g_assert_finalize_object (self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/timeline/viewport/zoom-keeps-the-moment-under-the-pointer",
                   test_zoom_keeps_the_moment_under_the_pointer);
  g_test_add_func ("/timeline/viewport/fit-shows-everything", test_fit_shows_everything);
  g_test_add_func ("/timeline/viewport/bounds-stay-in-view", test_bounds_stay_in_view);
  g_test_add_func ("/timeline/viewport/places-are-found-again", test_places_are_found_again);
  g_test_add_func ("/timeline/viewport/a-change-is-told-once", test_a_change_is_told_once);
  g_test_add_func ("/timeline/viewport/reveal-moves-as-little-as-needed",
                   test_reveal_moves_as_little_as_needed);
  g_test_add_func ("/timeline/viewport/it-goes-when-nobody-holds-it",
                   test_it_goes_when_nobody_holds_it);
  return g_test_run ();
}
