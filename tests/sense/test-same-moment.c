/* Which events are proposed as one moment seen differently. */

#include "vantage-same-moment.h"

#include "sense-night.h"

#include <string.h>

static VantageValue *
exactly (gint64 us, gint64 plus_minus_us)
{
  const VantageWhen when = { .sort = VANTAGE_WHEN_AT, .at_us = us, .plus_minus_us = plus_minus_us };

  return vantage_value_new_when (&when);
}

static void
add_event (GPtrArray *entities, const char *id, const char *title, gint64 minute, gint64 about,
           const char *actor, const char *account)
{
  g_ptr_array_add (entities,
                   make_entity ("event", id, FALSE, "title", vantage_value_new_text (title),
                                "start", exactly (PAGE + minute * MINUTE, about * MINUTE), actor,
                                vantage_value_new_yesno (TRUE), account != NULL ? "account" : NULL,
                                account != NULL ? vantage_value_new_ref (account) : NULL, NULL));
}

static GArray *
find (GPtrArray *entities, VantageTimes *times)
{
  for (guint i = 0; i < entities->len; i++)
    vantage_times_take_entity (times, entities->pdata[i], NULL, NULL);
  return vantage_same_moment_find (entities, times);
}

static void
test_what_is_proposed (void)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (VantageTimes) times = vantage_times_new ();
  g_autoptr (GArray) pairs = NULL;
  g_autoptr (GArray) again = NULL;
  g_autofree char *key = vantage_same_moment_key ("e2", "e1");

  add_event (entities, "e1", "Restarts the consumers", 10, 0, "actors/dana", NULL);
  add_event (entities, "e2", "Restarts consumers with Ilse", 12, 5, "actors/dana", "ilse");
  add_event (entities, "e3", "Restarts the consumers", 200, 0, "actors/dana", "ilse"); /* later */
  add_event (entities, "e4", "Restarts the consumers", 10, 0, "actors/ravi", "ilse");  /* another */
  add_event (entities, "e5", "Restarts the consumers", 10, 0, "actors/dana", NULL);    /* same */
  add_event (entities, "e6", "Hears a phone ring twice", 11, 0, "actors/dana", "dana"); /* words */
  pairs = find (entities, times);
  g_assert_cmpuint (pairs->len, ==, 2);
  g_assert_cmpstr (g_array_index (pairs, VantageSameMoment, 0).a, ==, "e1");
  g_assert_cmpstr (g_array_index (pairs, VantageSameMoment, 0).b, ==, "e2");
  g_assert_cmpstr (g_array_index (pairs, VantageSameMoment, 1).a, ==, "e2");
  g_assert_cmpstr (g_array_index (pairs, VantageSameMoment, 1).b, ==, "e5");

  g_ptr_array_add (entities,
                   make_entity ("dismissal", "d", FALSE, "of", vantage_value_new_text (key), NULL));
  g_ptr_array_add (entities, make_entity ("link", "l", FALSE, "from", vantage_value_new_ref ("e5"),
                                          "to", vantage_value_new_ref ("e2"), "kind",
                                          vantage_value_new_text ("same-moment"), NULL));
  again = find (entities, times);
  g_assert_cmpuint (again->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sense/same-moment/what-is-proposed", test_what_is_proposed);
  return g_test_run ();
}
