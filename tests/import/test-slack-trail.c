/* test-slack-trail.c: what was noted is found again, and nothing else. */

#include <glib.h>

#include "vantage-slack-seen.h"

#define N_CHANNELS 3

/* Beside a table that keeps everything. */
static void
test_trail_against_a_table (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);
  VantageSlackTrail *trail = vantage_slack_trail_new ();
  g_autoptr (VantageSlackSeen) table = vantage_slack_seen_new (TRUE);
  gint64 last[N_CHANNELS] = { -1, -1, -1 };
  gint64 at_us = G_GINT64_CONSTANT (1700000000000000);

  for (guint i = 0; i < 20000; i++)
    {
      guint channel = (guint) g_rand_int_range (rand, 0, N_CHANNELS);
      gint64 us = at_us + g_rand_int_range (rand, -2000, 2000);
      guint64 edited_ms = i % 9 == 0 ? (guint64) us / 1000 + 5 : 0;
      gboolean added = vantage_slack_trail_add (trail, channel, us, edited_ms);
      gboolean new;

      g_assert_cmpint (added, ==, us > last[channel]);
      if (added)
        {
          last[channel] = us;
          *vantage_slack_seen_take (table, channel, us, &new) = edited_ms + 1;
          g_assert_true (new);
        }
      at_us += g_rand_int_range (rand, 0, i % 100 == 0 ? G_MAXINT32 : 300);
    }

  for (guint i = 0; i < 20000; i++)
    {
      guint channel = i % N_CHANNELS;
      gint64 us = last[channel] - g_rand_int_range (rand, 0, 100000);
      gboolean new;
      guint64 *known = vantage_slack_seen_take (table, channel, us, &new);
      guint64 edited_ms;
      gboolean found = vantage_slack_trail_find (trail, channel, us, &edited_ms);

      g_assert_cmpint (found, ==, *known != 0);
      if (found)
        g_assert_cmpuint (edited_ms + 1, ==, *known);
    }
  g_assert_false (vantage_slack_trail_add (trail, 0, last[0], 0));
  vantage_slack_trail_free (trail);
}

static void
test_missing_are_counted (void)
{
  VantageSlackTrail *trail = vantage_slack_trail_new ();
  g_autoptr (VantageSlackSeen) roots = vantage_slack_seen_new (FALSE);
  g_autoptr (VantageSlackSeen) seen = vantage_slack_seen_new (TRUE);
  gboolean new;

  for (gint64 us = 1; us <= 3000; us++)
    vantage_slack_seen_take (roots, (guint) us % 5, us, &new);
  for (gint64 us = 1; us <= 1000; us++)
    vantage_slack_trail_add (trail, (guint) us % 5, us, 0);
  for (gint64 us = 1500; us < 2000; us++)
    vantage_slack_seen_take (seen, (guint) us % 5, us, &new);
  g_assert_cmpuint (vantage_slack_seen_count_missing (roots, seen, trail), ==, 1500);
  vantage_slack_trail_free (trail);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/slack-trail/finds-what-was-noted", test_trail_against_a_table);
  g_test_add_func ("/import/slack-trail/missing-are-counted", test_missing_are_counted);
  return g_test_run ();
}
