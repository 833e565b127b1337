/* What somebody knew at a moment, against the rule written out the plainest way, and by hand. */

#include "vantage-hindsight.h"
#include "vantage-vantage-point.h"

#include "sense-night.h"

#include <string.h>

/* ---- random nights ---- */

static const char *const people[] = { "dana", "ilse", "ravi", "omar" };

static VantageItem *
make_random_item (GRand *rand, int i)
{
  static const VantageItemKind kinds[] = { VANTAGE_ITEM_MESSAGE,    VANTAGE_ITEM_MESSAGE,
                                           VANTAGE_ITEM_MESSAGE,    VANTAGE_ITEM_JOIN,
                                           VANTAGE_ITEM_LEAVE,      VANTAGE_ITEM_ASSIGNMENT,
                                           VANTAGE_ITEM_ACKNOWLEDGE };
  g_autofree char *local = g_strdup_printf ("%d", i);
  gint64 at = PAGE + g_rand_int_range (rand, 0, 300) * MINUTE;
  VantageItem *item = make_item (g_rand_boolean (rand) ? OPS : HELP, local,
                                 kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))],
                                 g_rand_int_range (rand, 0, 12) == 0 ? VANTAGE_TIME_NONE : at,
                                 people[g_rand_int_range (rand, 0, 4)], "x");

  if (item->kind == VANTAGE_ITEM_ASSIGNMENT)
    vantage_item_add_extra (item, "to", people[g_rand_int_range (rand, 0, 4)]);
  if (g_rand_int_range (rand, 0, 3) == 0)
    item->thread = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 30));
  if (g_rand_int_range (rand, 0, 3) == 0)
    item->reply_to = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 30));
  if (g_rand_int_range (rand, 0, 4) == 0)
    {
      const char *const by[] = { people[g_rand_int_range (rand, 0, 4)], NULL };
      VantageReaction *reaction = vantage_item_add_reaction (item, "eyes", 1, by);

      if (g_rand_boolean (rand))
        {
          reaction->times_us = g_new (gint64, 1);
          reaction->times_us[0] = PAGE + g_rand_int_range (rand, 0, 300) * MINUTE;
        }
    }
  return item;
}

/* The rule for items, read off for one moment. */
static VantageViewClass
judge_plainly (VantageActs *acts, VantageParticipation *participation, guint32 person, guint32 item,
               gint64 moment)
{
  guint32 n_acts, n_items;
  const VantageAct *all = vantage_acts_get_acts (acts, &n_acts);
  const VantageActItem *items = vantage_acts_get_items (acts, &n_items);
  gboolean untimed = FALSE;

  if (items[item].time_us != VANTAGE_TIME_NONE && items[item].time_us > moment)
    return VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN;
  for (guint32 i = 0; i < n_acts; i++)
    {
      const VantageActItem *by = &items[all[i].item];
      guint32 answered = by->root != VANTAGE_NOBODY ? by->root : by->reply_to;

      if (all[i].person != person || all[i].sort == VANTAGE_ACT_MENTIONED)
        continue;
      untimed |= all[i].item == item && all[i].time_us == VANTAGE_TIME_NONE &&
                 all[i].sort == VANTAGE_ACT_REACTED;
      if (all[i].time_us == VANTAGE_TIME_NONE || all[i].time_us > moment)
        continue;
      if (all[i].item == item)
        return VANTAGE_VIEW_KNEW;
      if (answered == item && all[i].sort != VANTAGE_ACT_REACTED &&
          all[i].sort != VANTAGE_ACT_JOINED && all[i].sort != VANTAGE_ACT_LEFT)
        return VANTAGE_VIEW_KNEW;
    }
  if (items[item].time_us == VANTAGE_TIME_NONE)
    return VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN;
  if (untimed || vantage_participation_was_present (participation, person, items[item].channel,
                                                    items[item].time_us, moment, NULL))
    return VANTAGE_VIEW_COULD_HAVE_SEEN;
  return VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN;
}

static void
assert_moment (VantageActs *acts, VantageParticipation *participation, VantageStanding *standing,
               const char *person, gint64 moment)
{
  g_autoptr (GArray) sights = vantage_standing_look (standing, person, moment);
  guint32 n, index = vantage_acts_find_person (acts, person);
  const VantageActItem *items = vantage_acts_get_items (acts, &n);

  g_assert_cmpuint (sights->len, ==, n);
  for (guint32 i = 0; i < n; i++)
    {
      const VantageSight *sight = &g_array_index (sights, VantageSight, i);
      gint64 known, knew;

      g_assert_cmpstr (sight->id, ==, items[i].id);
      g_assert_cmpint (sight->view, ==, judge_plainly (acts, participation, index, i, moment));
      if (sight->view == VANTAGE_VIEW_KNEW)
        {
          g_assert_true (items[i].time_us == VANTAGE_TIME_NONE || items[i].time_us <= moment);
          g_assert_nonnull (sight->rests_on[0]);
        }
      known = vantage_standing_when_known (standing, person, sight->id, &knew);
      g_assert_cmpint (sight->view == VANTAGE_VIEW_KNEW, ==,
                       knew != VANTAGE_TIME_NONE && knew <= moment);
      g_assert_cmpint (sight->view != VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN, ==,
                       known != VANTAGE_TIME_NONE && known <= moment);
    }
}

static void
test_follows_the_rule (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (51);

  for (int round = 0; round < 120; round++)
    {
      g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
      g_autoptr (VantageParticipation) participation = NULL;
      g_autoptr (VantageStanding) standing = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (people); i++)
        vantage_acts_add_person (acts, people[i]);
      for (int i = 0; i < 30; i++)
        give (acts, make_random_item (rand, i));
      if (g_rand_boolean (rand))
        vantage_acts_add_members (acts, HELP, (const char *const[]){ "omar", NULL });
      participation = vantage_participation_new (acts, NULL, NULL);
      standing = vantage_standing_new (acts, participation, NULL, NULL);
      for (int i = 0; i < 24; i++)
        assert_moment (acts, participation, standing, people[i % 4],
                       PAGE + g_rand_int_range (rand, -10, 400) * MINUTE);
    }
}

/* ---- by hand ---- */

static VantageValue *
at (gint64 us, gint64 plus_minus)
{
  return vantage_value_new_when (
      &(VantageWhen){ .sort = VANTAGE_WHEN_AT, .at_us = us, .plus_minus_us = plus_minus });
}

static void
test_a_night_by_hand (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (VantageTimes) times = vantage_times_new ();
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (VantageParticipation) participation = NULL;
  g_autoptr (VantageStanding) standing = NULL;
  g_autoptr (GArray) sights = NULL;
  const struct
  {
    const char *id;
    VantageViewClass view;
    VantageWhy why;
  } expected[] = {
    { OPS ".1", VANTAGE_VIEW_KNEW, VANTAGE_WHY_WROTE },
    { OPS ".2", VANTAGE_VIEW_COULD_HAVE_SEEN, VANTAGE_WHY_PRESENT_ESTIMATED },
    { HELP ".1", VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN, VANTAGE_WHY_NOT_PRESENT },
    { OPS ".3", VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN, VANTAGE_WHY_LATER },
    { "e1", VANTAGE_VIEW_KNEW, VANTAGE_WHY_TOLD },
    { "e2", VANTAGE_VIEW_KNEW, VANTAGE_WHY_ACTED },
    { "e3", VANTAGE_VIEW_COULD_HAVE_SEEN, VANTAGE_WHY_PRESENT_ESTIMATED },
    { "e4", VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN, VANTAGE_WHY_NOT_POSTED },
    { "e5", VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN, VANTAGE_WHY_NO_TIME },
    { "e6", VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN, VANTAGE_WHY_LATER },
    { "e7", VANTAGE_VIEW_KNEW, VANTAGE_WHY_ACCOUNT },
  };

  say (acts, OPS, "1", PAGE + 10 * MINUTE, "dana", "looking");
  say (acts, OPS, "2", PAGE + 12 * MINUTE, "ilse", "offset?");
  say (acts, OPS, "3", PAGE + 50 * MINUTE, "ilse", "restart");
  say (acts, HELP, "1", PAGE + 11 * MINUTE, "ravi", "three callers");
  g_ptr_array_add (entities, make_entity ("event", "e1", FALSE, "start", at (PAGE, 0), NULL));
  g_ptr_array_add (entities, make_entity ("event", "e2", FALSE, "start", at (PAGE + MINUTE, 0),
                                          "actors/dana2", vantage_value_new_yesno (TRUE), NULL));
  g_ptr_array_add (entities, make_entity ("event", "e3", FALSE, "start", at (PAGE + 12 * MINUTE, 0),
                                          "cites/" OPS ".2", vantage_value_new_yesno (TRUE), NULL));
  g_ptr_array_add (entities, make_entity ("event", "e4", FALSE, "start", at (PAGE, 0), NULL));
  g_ptr_array_add (entities, make_entity ("event", "e5", FALSE, NULL));
  g_ptr_array_add (entities,
                   make_entity ("event", "e6", FALSE, "start", at (PAGE + 50 * MINUTE, 5 * MINUTE),
                                "actors/dana", vantage_value_new_yesno (TRUE), NULL));
  g_ptr_array_add (entities, make_entity ("event", "e7", FALSE, "start", at (PAGE + 5 * MINUTE, 0),
                                          "account", vantage_value_new_ref ("dana"), NULL));
  g_ptr_array_add (entities, make_entity ("person", "dana2", FALSE, "into",
                                          vantage_value_new_ref ("dana"), NULL));
  g_ptr_array_add (entities, make_entity ("link", "l1", FALSE, "from", vantage_value_new_ref ("e1"),
                                          "to", vantage_value_new_ref ("e2"), "kind",
                                          vantage_value_new_text ("prompted"), NULL));
  g_ptr_array_add (entities, make_entity ("link", "l2", FALSE, "from", vantage_value_new_ref ("e4"),
                                          "to", vantage_value_new_ref ("e2"), "kind",
                                          vantage_value_new_text ("led-to"), NULL));
  for (guint i = 0; i < entities->len; i++)
    vantage_times_take_entity (times, g_ptr_array_index (entities, i), NULL, NULL);
  participation = vantage_participation_new (acts, NULL, NULL);
  standing = vantage_standing_new (acts, participation, times, entities);
  sights = vantage_standing_look (standing, "dana", PAGE + 40 * MINUTE);
  g_assert_cmpuint (sights->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < sights->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (expected); j++)
      {
        const VantageSight *sight = &g_array_index (sights, VantageSight, i);

        if (strcmp (sight->id, expected[j].id) != 0)
          continue;
        g_test_message ("%s: %s %s", sight->id, vantage_view_class_to_text (sight->view),
                        vantage_why_to_text (sight->why));
        g_assert_cmpint (sight->view, ==, expected[j].view);
        g_assert_cmpint (sight->why, ==, expected[j].why);
      }
  /* a minute before the earliest it can have been, it was not yet */
  g_assert_cmpint (vantage_standing_when_known (standing, "dana", "e6", NULL), ==,
                   PAGE + 45 * MINUTE);
  g_assert_cmpint (vantage_standing_when_known (standing, "dana", "e4", NULL), ==,
                   VANTAGE_TIME_NONE);
  g_assert_cmpint (vantage_standing_next_act (standing, "dana", PAGE), ==, PAGE + MINUTE);
  g_assert_cmpint (vantage_standing_next_act (standing, "dana", PAGE + MINUTE), ==,
                   PAGE + 10 * MINUTE);
  g_assert_cmpint (vantage_standing_previous_act (standing, "dana", PAGE + MINUTE), ==,
                   VANTAGE_TIME_NONE);
}

/* Somebody who is in no record at all can only know what they were told. */
static void
test_a_stranger_knows_nothing (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (VantageParticipation) participation = NULL;
  g_autoptr (VantageStanding) standing = NULL;
  g_autoptr (GArray) sights = NULL;

  say (acts, OPS, "1", PAGE, "dana", "looking");
  participation = vantage_participation_new (acts, NULL, NULL);
  standing = vantage_standing_new (acts, participation, NULL, NULL);
  sights = vantage_standing_look (standing, "nobody", PAGE + HOUR);
  g_assert_cmpuint (sights->len, ==, 1);
  g_assert_cmpint (g_array_index (sights, VantageSight, 0).view, ==,
                   VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN);
}

/* What others wrote later marks what is said of a mind; their own words and what they did do not.
 */
static void
test_later_knowledge_is_found (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (VantageTimes) times = vantage_times_new ();
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (VantageParticipation) participation = NULL;
  g_autoptr (VantageStanding) standing = NULL;
  const struct
  {
    const char *kind, *claim, *cite;
    guint n_found;
  } cases[] = {
    { "believed", "recall", "cites/" OPS ".2", 1 }, { "believed", "recall", "cites/" OPS ".3", 0 },
    { "did", "record", "cites/" OPS ".2", 0 },      { "did", "judgement", "cites/" OPS ".2", 1 },
    { "noticed", "recall", "cites/" OPS ".1", 0 },  { "felt", "recall", "cites/" HELP ".1", 1 },
    { "expected", "inference", "cites/gone.1", 0 },
  };

  say (acts, OPS, "1", PAGE, "dana", "looking");
  say (acts, OPS, "2", PAGE + 50 * MINUTE, "ilse", "the offsets were gone");
  say (acts, OPS, "3", PAGE + 60 * MINUTE, "dana", "I thought it was the restart");
  say (acts, HELP, "1", PAGE + 30 * MINUTE, "ravi", "three callers");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);

      g_ptr_array_add (entities,
                       make_entity ("event", id, FALSE, "start", at (PAGE + 10 * MINUTE, 0),
                                    "actors/dana", vantage_value_new_yesno (TRUE), cases[i].cite,
                                    vantage_value_new_yesno (TRUE), "kind",
                                    vantage_value_new_text (cases[i].kind), "claim",
                                    vantage_value_new_text (cases[i].claim), NULL));
      vantage_times_take_entity (times, entities->pdata[i], NULL, NULL);
    }
  participation = vantage_participation_new (acts, NULL, NULL);
  standing = vantage_standing_new (acts, participation, times, entities);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) found = vantage_hindsight_find (standing, acts, times, entities->pdata[i]);

      g_test_message ("%s, %s, %s", cases[i].kind, cases[i].claim, cases[i].cite);
      g_assert_cmpuint (found->len, ==, cases[i].n_found);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sense/vantage-point/follows-the-rule", test_follows_the_rule);
  g_test_add_func ("/sense/vantage-point/a-night-by-hand", test_a_night_by_hand);
  g_test_add_func ("/sense/vantage-point/a-stranger-knows-nothing", test_a_stranger_knows_nothing);
  g_test_add_func ("/sense/vantage-point/later-knowledge-is-found", test_later_knowledge_is_found);
  return g_test_run ();
}
