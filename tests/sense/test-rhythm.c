/* test-rhythm.c: when it was loud, who was turned to, which teams met for the first time. */

#include "vantage-rhythm.h"

#include "sense-night.h"

#define DAY (24 * 60 * MINUTE)

static void
name (VantageActs *acts, const char *local, gint64 us, const char *who, const char *named)
{
  VantageItem *item = make_item (OPS, local, VANTAGE_ITEM_MESSAGE, us, who, "can you look?");

  item->mentions = g_strdupv ((char *[]){ (char *) named, NULL });
  give (acts, item);
}

static guint32
find (VantageActs *acts, const char *person)
{
  guint32 index = vantage_acts_find_person (acts, person);

  g_assert_cmpuint (index, !=, VANTAGE_NOBODY);
  return index;
}

/* Every counted item is in one bin and one group; comings and goings are in none. */
static void
test_counts_are_whole (void)
{
  for (guint seed = 0; seed < 40; seed++)
    {
      g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (VantageRhythm) rhythm = NULL;
      g_autofree guint32 *groups = NULL;
      guint n_bins = (guint) g_rand_int_range (rand, 1, 30), n_said = 0, n_counted = 0;
      g_autofree gint64 *edges = g_new (gint64, n_bins + 1);
      guint32 n;

      edges[0] = PAGE;
      for (guint i = 1; i <= n_bins; i++)
        edges[i] = edges[i - 1] + g_rand_int_range (rand, 1, 40) * MINUTE;
      for (guint i = 0; i < 200; i++)
        {
          g_autofree char *local = g_strdup_printf ("%u", i);
          gint64 us = i == 0   ? edges[0]
                      : i == 1 ? edges[n_bins]
                               : PAGE + g_rand_int_range (rand, -50, 800) * MINUTE;
          gboolean join = i > 1 && g_rand_int_range (rand, 0, 5) == 0;

          give (acts, make_item (OPS, local, join ? VANTAGE_ITEM_JOIN : VANTAGE_ITEM_MESSAGE, us,
                                 "dana", "x"));
          n_said += !join && us >= edges[0] && us <= edges[n_bins];
        }
      vantage_acts_get_items (acts, &n);
      groups = g_new (guint32, n);
      for (guint32 i = 0; i < n; i++)
        groups[i] = i % 3;
      rhythm = vantage_rhythm_new (acts, groups, 3, edges, n_bins);
      for (guint bin = 0; bin < n_bins; bin++)
        for (guint group = 0; group < 3; group++)
          n_counted += rhythm->counts[bin * 3 + group];
      g_assert_cmpuint (n_counted, ==, n_said);
      g_assert_cmpuint (rhythm->totals[0] + rhythm->totals[1] + rhythm->totals[2], ==, n_said);
      g_assert_cmpuint (rhythm->most, <=, n_said);
    }
}

static void
test_people_others_turned_to (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (GPtrArray) list = NULL;
  const VantageReliedOn *dana;

  name (acts, "1", PAGE + 9 * MINUTE, "ilse", "dana");
  name (acts, "2", PAGE, "omar", "dana");
  name (acts, "3", PAGE + MINUTE, "omar", "dana");
  name (acts, "4", PAGE + MINUTE, "dana", "dana"); /* oneself does not count */
  name (acts, "5", PAGE + MINUTE, "dana", "ilse");
  list = vantage_rhythm_list_relied_on (acts, 2);
  g_assert_cmpuint (list->len, ==, 1);
  dana = list->pdata[0];
  g_assert_cmpuint (dana->person, ==, find (acts, "dana"));
  g_assert_cmpuint (dana->n_people, ==, 2);
  g_assert_cmpuint (dana->items->len, ==, 3);
  g_assert_cmpint (dana->first_us, ==, PAGE);
}

static const char *
get_team (guint32 person, gpointer acts)
{
  const char *id = vantage_acts_get_person (acts, person);

  return strcmp (id, "kim") == 0    ? NULL
         : strcmp (id, "dana") == 0 ? "payments"
         : strcmp (id, "ilse") == 0 ? "streams"
                                    : "support";
}

static void
test_teams_that_met (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (GArray) list = NULL;
  const VantageMeeting *first, *second;

  say (acts, OPS, "a", PAGE - 20 * DAY, "dana", "morning");
  say (acts, OPS, "b", PAGE - 10 * DAY, "ilse", "morning");
  say (acts, OPS, "c", PAGE - 2 * DAY, "ravi", "morning");
  name (acts, "d", PAGE, "dana", "ilse");
  name (acts, "e", PAGE + MINUTE, "ilse", "dana");
  name (acts, "f", PAGE - DAY, "ravi", "dana");
  name (acts, "g", PAGE, "dana", "kim"); /* of no team that is known */
  list = vantage_rhythm_list_meetings (acts, get_team, acts);
  g_assert_cmpuint (list->len, ==, 2);
  first = &g_array_index (list, VantageMeeting, 0);
  g_assert_cmpstr (first->team, ==, "payments");
  g_assert_cmpstr (first->other, ==, "support");
  g_assert_cmpint (first->first_us, ==, PAGE - DAY);
  g_assert_false (first->is_new); /* support had been there for a day only */
  second = &g_array_index (list, VantageMeeting, 1);
  g_assert_cmpstr (second->team, ==, "payments");
  g_assert_cmpstr (second->other, ==, "streams");
  g_assert_cmpuint (second->n, ==, 2);
  g_assert_true (second->is_new);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sense/rhythm/counts-are-whole", test_counts_are_whole);
  g_test_add_func ("/sense/rhythm/people-others-turned-to", test_people_others_turned_to);
  g_test_add_func ("/sense/rhythm/teams-that-met", test_teams_that_met);
  return g_test_run ();
}
