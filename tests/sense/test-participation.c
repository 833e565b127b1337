/* Who took part, who watched, who came when and how; when it was loud and when quiet. */

#include "vantage-participation.h"

#include "sense-night.h"

typedef struct
{
  VantageActs *acts;
  VantageParticipation *participation;
} Night;

static void
setup (Night *night, gconstpointer data)
{
  VantageActs *acts = night->acts = vantage_acts_new (get_night_person, NULL, NULL);
  const char *const reacted[] = { "ravi", NULL };
  VantageItem *item;

  item = make_item (OPS, "1", VANTAGE_ITEM_PAGE, PAGE, "lagwatch", "Paged Dana Okafor: lag");
  give (acts, item);
  say (acts, OPS, "3", PAGE + 14 * MINUTE, "dana", "is this the chef thing? lag looks the same");
  item = make_item (OPS, "2", VANTAGE_ITEM_JOIN, PAGE + 2 * MINUTE, "dana", "joined");
  give (acts, item);
  item =
      make_item (OPS, "4", VANTAGE_ITEM_MESSAGE, PAGE + 20 * MINUTE, "dana", "ilse, can you look?");
  item->mentions = g_strdupv ((char *[]){ (char *) "ilse", NULL });
  vantage_item_add_reaction (item, "eyes", 1, reacted);
  give (acts, item);
  item = make_item (OPS, "5", VANTAGE_ITEM_JOIN, PAGE + 38 * MINUTE, "ilse", "joined");
  give (acts, item);
  say (acts, OPS, "6", PAGE + 40 * MINUTE, "ilse", "offset was reset");
  item = make_item (OPS, "7", VANTAGE_ITEM_LEAVE, PAGE + 60 * MINUTE, "ilse", "left");
  give (acts, item);
  item = make_item (OPS, "8", VANTAGE_ITEM_JOIN, PAGE + 41 * MINUTE, "omar", "added");
  vantage_item_add_extra (item, "by", "dana");
  give (acts, item);
  say (acts, HELP, "1", PAGE + 30 * MINUTE, "ravi", "still getting calls, anyone?");
  say (acts, HELP, "2", PAGE + 100 * MINUTE, "ravi", "better now");
  vantage_acts_add_members (acts, HELP, (const char *const[]){ "kim", NULL });
  vantage_acts_set_name (acts, "dana", "Dana Okafor");
  vantage_acts_add_person (acts, "boss");
  night->participation = vantage_participation_new (acts, NULL, NULL);
}

/* The name of the person paged is told before the page is read, as a caller does. */
static void
setup_named (Night *night, gconstpointer data)
{
  VantageActs *acts = night->acts = vantage_acts_new (get_night_person, NULL, NULL);

  vantage_acts_set_name (acts, "dana", "Dana Okafor");
  give (acts, make_item (OPS, "1", VANTAGE_ITEM_PAGE, PAGE, "lagwatch", "Paged Dana Okafor: lag"));
  give (acts, make_item (OPS, "2", VANTAGE_ITEM_JOIN, PAGE + 2 * MINUTE, "dana", "joined"));
  night->participation = vantage_participation_new (acts, NULL, NULL);
}

static void
teardown (Night *night, gconstpointer data)
{
  vantage_participation_free (night->participation);
  vantage_acts_free (night->acts);
}

static const VantageParticipant *
get_participant (Night *night, const char *person)
{
  guint32 index = vantage_acts_find_person (night->acts, person);

  g_assert_cmpuint (index, !=, VANTAGE_NOBODY);
  return vantage_participation_get (night->participation, index);
}

static void
test_parts_are_told_apart (Night *night, gconstpointer data)
{
  const struct
  {
    const char *person;
    VantagePart part;
    guint n_items;
  } expected[] = {
    { "dana", VANTAGE_PART_PARTICIPANT, 2 },     { "ilse", VANTAGE_PART_PARTICIPANT, 1 },
    { "ravi", VANTAGE_PART_PARTICIPANT, 2 },     { "omar", VANTAGE_PART_OBSERVER, 0 },
    { "kim", VANTAGE_PART_OBSERVER, 0 },         { "boss", VANTAGE_PART_ABSENT, 0 },
    { "lagwatch", VANTAGE_PART_PARTICIPANT, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const VantageParticipant *p = get_participant (night, expected[i].person);

      g_assert_cmpint (p->part, ==, expected[i].part);
      g_assert_cmpuint (p->n_items, ==, expected[i].n_items);
    }
  g_assert_cmpint (get_participant (night, "dana")->first_us, ==, PAGE + 14 * MINUTE);
  g_assert_cmpint (get_participant (night, "dana")->last_us, ==, PAGE + 20 * MINUTE);
  g_assert_cmpfloat_with_epsilon (get_participant (night, "dana")->share, 2.0 / 6, 1e-9);
  g_assert_cmpuint (get_participant (night, "ravi")->n_reactions, ==, 1);
}

static void
test_how_they_came (Night *night, gconstpointer data)
{
  const VantageParticipant *ilse = get_participant (night, "ilse");
  const VantageParticipant *omar = get_participant (night, "omar");
  const VantageParticipant *ravi = get_participant (night, "ravi");
  VantageJoined *joined = &g_array_index (ilse->joined, VantageJoined, 0);

  g_assert_cmpuint (ilse->joined->len, ==, 1);
  g_assert_cmpint (joined->how, ==, VANTAGE_JOINED_MENTIONED);
  g_assert_cmpuint (joined->by, ==, vantage_acts_find_person (night->acts, "dana"));
  g_assert_cmpint (joined->time_us, ==, PAGE + 38 * MINUTE);
  joined = &g_array_index (omar->joined, VantageJoined, 0);
  g_assert_cmpint (joined->how, ==, VANTAGE_JOINED_ADDED);
  joined = &g_array_index (ravi->joined, VantageJoined, 0);
  g_assert_cmpint (joined->how, ==, VANTAGE_JOINED_UNKNOWN);
}

static void
test_a_page_brings_in (Night *night, gconstpointer data)
{
  const VantageParticipant *dana = get_participant (night, "dana");
  VantageJoined *joined = &g_array_index (dana->joined, VantageJoined, 0);

  g_assert_cmpint (joined->how, ==, VANTAGE_JOINED_PAGED);
  g_assert_cmpuint (joined->item, ==, vantage_acts_find_item (night->acts, OPS ".1"));
}

static gboolean
is_there (Night *night, const char *person, const char *channel, gint64 begin, gint64 end)
{
  guint32 n;
  const VantageActChannel *channels = vantage_acts_get_channels (night->acts, &n);

  for (guint32 i = 0; i < n; i++)
    if (g_str_equal (channels[i].id, channel))
      return vantage_participation_was_present (night->participation,
                                                vantage_acts_find_person (night->acts, person), i,
                                                begin, end, NULL);
  g_assert_not_reached ();
}

static void
test_presence_follows_joins_or_acts (Night *night, gconstpointer data)
{
  /* recorded */
  g_assert_false (is_there (night, "ilse", OPS, PAGE, PAGE + 37 * MINUTE));
  g_assert_true (is_there (night, "ilse", OPS, PAGE, PAGE + 38 * MINUTE));
  g_assert_true (is_there (night, "ilse", OPS, PAGE + 59 * MINUTE, PAGE + 500 * MINUTE));
  g_assert_false (is_there (night, "ilse", OPS, PAGE + 60 * MINUTE, PAGE + 500 * MINUTE));
  g_assert_true (is_there (night, "dana", OPS, PAGE + 600 * MINUTE, PAGE + 600 * MINUTE));
  /* from acts: until an hour after the last */
  g_assert_false (is_there (night, "ravi", HELP, PAGE, PAGE + 29 * MINUTE));
  g_assert_true (is_there (night, "ravi", HELP, PAGE + 95 * MINUTE, PAGE + 95 * MINUTE));
  g_assert_true (is_there (night, "ravi", HELP, PAGE + 159 * MINUTE, PAGE + 159 * MINUTE));
  g_assert_false (is_there (night, "ravi", HELP, PAGE + 160 * MINUTE, PAGE + 999 * MINUTE));
  /* a listed member is there throughout */
  g_assert_true (is_there (night, "kim", HELP, PAGE - 999 * MINUTE, PAGE - 999 * MINUTE));
  /* a reaction without a time shows no moment */
  g_assert_false (is_there (night, "ravi", OPS, VANTAGE_TIME_MIN, VANTAGE_TIME_MAX));
}

static void
test_order_of_items_does_not_matter (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (31);

  for (int round = 0; round < 20; round++)
    {
      g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
      g_autoptr (VantageParticipation) p = NULL;
      int order[40];
      const VantageActItem *items;
      guint32 n;

      for (int i = 0; i < 40; i++)
        {
          int j = g_rand_int_range (rand, 0, i + 1);

          order[i] = order[j];
          order[j] = i;
        }
      for (int i = 0; i < 40; i++)
        {
          g_autofree char *local = g_strdup_printf ("%02d", order[i]);
          VantageItem *item = make_item (OPS, local, VANTAGE_ITEM_MESSAGE, PAGE + order[i] * MINUTE,
                                         order[i] % 2 ? "a" : "b", "x");

          item->thread = g_strdup (order[i] % 10 ? "00" : local);
          give (acts, vantage_item_ref (item));
          give (acts, item);
        }
      items = vantage_acts_get_items (acts, &n);
      g_assert_cmpuint (n, ==, 40);
      for (guint32 i = 0; i < n; i++)
        {
          g_assert_cmpint (items[i].time_us, ==, PAGE + i * MINUTE);
          g_assert_cmpuint (items[i].root, ==, i % 10 ? 0 : VANTAGE_NOBODY);
          g_assert_cmpuint (vantage_acts_find_item (acts, items[i].id), ==, i);
        }
      p = vantage_participation_new (acts, NULL, NULL);
      g_assert_cmpint (vantage_participation_get (p, 0)->longest_us, ==, 38 * MINUTE);
    }
}

static VantageZone *
get_zone (guint32 person, gpointer user_data)
{
  return user_data;
}

static void
test_night_is_the_persons_own (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (VantageZone) sydney = vantage_zone_new ("Australia/Sydney");
  g_autoptr (VantageParticipation) there = NULL, utc = NULL;

  say (acts, OPS, "1", PAGE, "dana", "02:03 in London, 13:03 in Sydney");
  say (acts, OPS, "2", PAGE + 60 * HOUR, "dana",
       "Saturday 14:03 in London, Sunday 01:03 in Sydney");
  there = vantage_participation_new (acts, get_zone, sydney);
  utc = vantage_participation_new (acts, NULL, NULL);
  g_assert_cmpfloat (vantage_participation_get (utc, 0)->night, ==, 0.5);
  g_assert_cmpfloat (vantage_participation_get (utc, 0)->weekend, ==, 0.5);
  g_assert_cmpfloat (vantage_participation_get (there, 0)->night, ==, 0.5);
  g_assert_cmpint (vantage_participation_get (there, 0)->longest_begin_us, ==, PAGE);
}

/* One record of some chats has several people brought in at once: they came, not who did it. */
static void
test_those_who_are_brought_in_came (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (VantageParticipation) participation = NULL;
  Night night = { .acts = acts };
  VantageItem *item = make_item (OPS, "2", VANTAGE_ITEM_JOIN, PAGE + MINUTE, "dana", "added: …");
  VantageJoined *joined;

  item->mentions = g_strdupv ((char *[]){ (char *) "omar", (char *) "ilse", NULL });
  say (acts, OPS, "1", PAGE, "dana", "on it");
  give (acts, item);
  say (acts, OPS, "3", PAGE + 2 * MINUTE, "omar", "here");
  say (acts, OPS, "4", PAGE + 3 * MINUTE, "ilse", "me too");
  night.participation = participation = vantage_participation_new (acts, NULL, NULL);
  joined = &g_array_index (get_participant (&night, "omar")->joined, VantageJoined, 0);
  g_assert_cmpint (joined->how, ==, VANTAGE_JOINED_ADDED);
  g_assert_cmpuint (joined->by, ==, vantage_acts_find_person (acts, "dana"));
  joined = &g_array_index (get_participant (&night, "ilse")->joined, VantageJoined, 0);
  g_assert_cmpint (joined->how, ==, VANTAGE_JOINED_ADDED);
  for (guint i = 0; i < get_participant (&night, "dana")->joined->len; i++)
    {
      joined = &g_array_index (get_participant (&night, "dana")->joined, VantageJoined, i);
      g_assert_cmpint (joined->how, !=, VANTAGE_JOINED_ADDED);
    }
}

static void
test_volume_counts_each_item_once (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (VantageZone) berlin = vantage_zone_new ("Europe/Berlin");
  g_autoptr (GArray) hours = NULL, days = NULL;

  say (acts, OPS, "1", PAGE, "a", "");
  say (acts, OPS, "2", PAGE + MINUTE, "a", "");
  say (acts, HELP, "1", PAGE + 2 * MINUTE, "a", "");
  say (acts, OPS, "3", PAGE + HOUR, "b", "");
  give (acts, make_item (OPS, "4", VANTAGE_ITEM_JOIN, PAGE, "b", ""));
  give (acts, make_item (OPS, "5", VANTAGE_ITEM_MESSAGE, VANTAGE_TIME_NONE, "b", ""));
  hours = vantage_participation_list_volume (acts, HOUR, NULL);
  g_assert_cmpuint (hours->len, ==, 3);
  g_assert_cmpuint (g_array_index (hours, VantageVolume, 0).count, ==, 2);
  g_assert_cmpint (g_array_index (hours, VantageVolume, 0).begin_us, ==, PAGE - 3 * MINUTE);
  days = vantage_participation_list_volume (acts, 24 * HOUR, berlin);
  g_assert_cmpuint (days->len, ==, 2);
  g_assert_cmpint (g_array_index (days, VantageVolume, 0).begin_us, ==,
                   PAGE - 3 * HOUR - 3 * MINUTE);
}

static void
test_silence_stands_out (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (GArray) quiet = NULL;

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *local = g_strdup_printf ("%d", i);

      say (acts, OPS, local, PAGE + i * MINUTE + (i >= 30 ? HOUR : 0), "a", "");
    }
  quiet = vantage_participation_list_quiet (acts, 5 * MINUTE);
  g_assert_cmpuint (quiet->len, ==, 1);
  g_assert_cmpint (g_array_index (quiet, VantageQuiet, 0).begin_us, ==, PAGE + 29 * MINUTE);
  g_assert_cmpint (g_array_index (quiet, VantageQuiet, 0).end_us, ==, PAGE + 90 * MINUTE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define NIGHT(path, set, func)                                                                     \
  g_test_add ("/sense/participation/" path, Night, NULL, set, func, teardown)
  NIGHT ("parts-are-told-apart", setup, test_parts_are_told_apart);
  NIGHT ("how-they-came", setup, test_how_they_came);
  NIGHT ("a-page-brings-in", setup_named, test_a_page_brings_in);
  NIGHT ("presence-follows-joins-or-acts", setup, test_presence_follows_joins_or_acts);
  g_test_add_func ("/sense/participation/order-of-items-does-not-matter",
                   test_order_of_items_does_not_matter);
  g_test_add_func ("/sense/participation/night-is-the-persons-own", test_night_is_the_persons_own);
  g_test_add_func ("/sense/participation/those-who-are-brought-in-came",
                   test_those_who_are_brought_in_came);
  g_test_add_func ("/sense/participation/volume-counts-each-item-once",
                   test_volume_counts_each_item_once);
  g_test_add_func ("/sense/participation/silence-stands-out", test_silence_stands_out);
  return g_test_run ();
}
