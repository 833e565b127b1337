/* Whom to talk to and what about: reasons and cues on a night told by hand. */

#include "vantage-candidates.h"
#include "vantage-cues.h"

#include "sense-night.h"

#include <string.h>

typedef struct
{
  VantageActs *acts;
  VantageParticipation *participation;
  VantageTimes *times;
  GPtrArray *entities;
  GPtrArray *candidates;
} Night;

static void
assign (VantageActs *acts, const char *local, gint64 at_us, const char *by, const char *to)
{
  VantageItem *item = make_item (HELP, local, VANTAGE_ITEM_ASSIGNMENT, at_us, by, "assigned");

  vantage_item_add_extra (item, "to", to);
  item->thread = g_strdup ("1");
  give (acts, item);
}

static void
tell_record (VantageActs *acts)
{
  VantageItem *item;

  give (acts, make_item (OPS, "0", VANTAGE_ITEM_MESSAGE, PAGE - HOUR, "omar", "good night"));
  give (acts, make_item (OPS, "1", VANTAGE_ITEM_ALERT, PAGE, "lagwatch", "lag"));
  give (acts, make_item (OPS, "2", VANTAGE_ITEM_ACKNOWLEDGE, PAGE + MINUTE, "dana", "ack"));
  say (acts, OPS, "3", PAGE + 14 * MINUTE, "dana", "is this the chef thing? lag looks the same");
  say (acts, OPS, "4", PAGE + 16 * MINUTE, "omar", "not sure");
  item = make_item (HELP, "1", VANTAGE_ITEM_TICKET, PAGE + 30 * MINUTE, "ravi",
                    "still getting calls, anyone? see https://example.org/?q=1");
  item->thread = g_strdup ("1");
  give (acts, item);
  assign (acts, "2", PAGE + 60 * MINUTE, "ravi", "omar");
  assign (acts, "3", PAGE + 70 * MINUTE, "boss", "dana");
  give (acts, make_item (OPS, "5", VANTAGE_ITEM_JOIN, PAGE + 80 * MINUTE, "kim", "joined"));
  item = make_item (OPS, "6", VANTAGE_ITEM_MESSAGE, PAGE + 90 * MINUTE, "dana", "ilse, gone home?");
  item->mentions = g_strdupv ((char *[]){ (char *) "ilse", NULL });
  give (acts, item);
}

static void
setup (Night *n, gconstpointer data)
{
  VantageWhen before = { .sort = VANTAGE_WHEN_AT, .at_us = PAGE - HOUR };

  n->acts = vantage_acts_new (get_night_person, NULL, NULL);
  n->times = vantage_times_new ();
  n->entities = g_ptr_array_new_with_free_func (g_object_unref);
  tell_record (n->acts);
  g_ptr_array_add (n->entities, make_entity ("person", "lagwatch", FALSE, "sort",
                                             vantage_value_new_text ("automation"), NULL));
  g_ptr_array_add (n->entities,
                   make_entity ("condition", "c1", FALSE, "person", vantage_value_new_ref ("dana"),
                                "key", vantage_value_new_text ("tenure"), "value",
                                vantage_value_new_text ("5 months"), NULL));
  g_ptr_array_add (n->entities,
                   make_entity ("condition", "c2", FALSE, "person", vantage_value_new_ref ("omar"),
                                "key", vantage_value_new_text ("tenure"), "value",
                                vantage_value_new_text ("5 years"), NULL));
  g_ptr_array_add (n->entities, make_entity ("event", "e1", FALSE, "claim",
                                             vantage_value_new_text ("record"), "start",
                                             vantage_value_new_when (&(VantageWhen){
                                                 .sort = VANTAGE_WHEN_AT, .at_us = PAGE }),
                                             "actors/omar", vantage_value_new_yesno (TRUE), NULL));
  g_ptr_array_add (n->entities,
                   make_entity ("statement", "s1", FALSE, "subject", vantage_value_new_ref ("e1"),
                                "rel", vantage_value_new_text ("at"), "value",
                                vantage_value_new_when (&before), "account",
                                vantage_value_new_ref ("ravi"), NULL));
  g_ptr_array_add (n->entities, make_entity ("event", "e2", FALSE, NULL));
  g_ptr_array_add (n->entities,
                   make_entity ("link", "l1", FALSE, "from", vantage_value_new_ref ("e2"), "to",
                                vantage_value_new_ref ("e1"), "kind",
                                vantage_value_new_text ("surprised"), NULL));
  g_ptr_array_add (n->entities,
                   make_entity ("interview", "i1", FALSE, "person", vantage_value_new_ref ("boss"),
                                "reasons/chosen", vantage_value_new_yesno (TRUE), NULL));
  for (guint i = 0; i < n->entities->len; i++)
    vantage_times_take_entity (n->times, g_ptr_array_index (n->entities, i), NULL, NULL);
  n->participation = vantage_participation_new (n->acts, NULL, NULL);
  n->candidates = vantage_candidates_find (n->acts, n->participation, n->entities, n->times);
}

static void
teardown (Night *n, gconstpointer data)
{
  g_ptr_array_unref (n->candidates);
  vantage_participation_free (n->participation);
  vantage_acts_free (n->acts);
  vantage_times_free (n->times);
  g_ptr_array_unref (n->entities);
}

static const VantageCandidateReason *
find_reason (Night *n, const char *person, VantageReason reason)
{
  for (guint i = 0; i < n->candidates->len; i++)
    {
      const VantageCandidate *candidate = g_ptr_array_index (n->candidates, i);

      for (guint j = 0; j < candidate->reasons->len; j++)
        {
          const VantageCandidateReason *found = g_ptr_array_index (candidate->reasons, j);

          if (strcmp (candidate->person, person) == 0 && found->reason == reason)
            return found;
        }
    }
  return NULL;
}

static void
test_reasons_rest_on_something (Night *n, gconstpointer data)
{
  const struct
  {
    const char *person;
    VantageReason reason;
    const char *item, *other;
  } expected[] = {
    { "dana", VANTAGE_REASON_FIRST_TO_ACT, OPS ".2", NULL },
    { "dana", VANTAGE_REASON_NEW_TO_TEAM, NULL, "c1" },
    { "dana", VANTAGE_REASON_ASKED_UNANSWERED, OPS ".6", NULL },
    { "ravi", VANTAGE_REASON_ASKED_UNANSWERED, HELP ".1", NULL },
    { "ravi", VANTAGE_REASON_HANDED_OVER, HELP ".2", NULL },
    { "omar", VANTAGE_REASON_HANDED_OVER, HELP ".3", NULL },
    { "kim", VANTAGE_REASON_ONLY_WATCHED, OPS ".5", NULL },
    { "kim", VANTAGE_REASON_JOINED_LATE, OPS ".5", NULL },
    { "ilse", VANTAGE_REASON_ABSENT_BUT_AFFECTED, OPS ".6", NULL },
    { "omar", VANTAGE_REASON_SURPRISED, NULL, "l1" },
    { "ravi", VANTAGE_REASON_CONTRADICTS_RECORD, NULL, "s1" },
    { "boss", VANTAGE_REASON_CHOSEN, NULL, "i1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const VantageCandidateReason *found = find_reason (n, expected[i].person, expected[i].reason);

      g_test_message ("%s %s", expected[i].person, vantage_reason_to_text (expected[i].reason));
      g_assert_nonnull (found);
      if (expected[i].item != NULL)
        g_assert_true (
            g_ptr_array_find_with_equal_func (found->items, expected[i].item, g_str_equal, NULL));
      if (expected[i].other != NULL)
        g_assert_true (
            g_ptr_array_find_with_equal_func (found->others, expected[i].other, g_str_equal, NULL));
    }
}

static void
test_no_reason_is_made_up (Night *n, gconstpointer data)
{
  g_assert_null (find_reason (n, "omar", VANTAGE_REASON_NEW_TO_TEAM));
  g_assert_null (find_reason (n, "omar", VANTAGE_REASON_FIRST_TO_ACT));
  g_assert_null (find_reason (n, "dana", VANTAGE_REASON_CONTRADICTS_RECORD));
  for (guint i = 0; i < n->candidates->len; i++)
    {
      const VantageCandidate *candidate = g_ptr_array_index (n->candidates, i);

      g_assert_cmpstr (candidate->person, !=, "lagwatch");
      g_assert_cmpuint (candidate->reasons->len, >, 0);
      if (i > 0)
        g_assert_cmpuint (
            candidate->reasons->len, <=,
            ((VantageCandidate *) g_ptr_array_index (n->candidates, i - 1))->reasons->len);
    }
  /* dana's first question was answered, in the channel and soon */
  g_assert_false (g_ptr_array_find_with_equal_func (
      find_reason (n, "dana", VANTAGE_REASON_ASKED_UNANSWERED)->items, OPS ".3", g_str_equal,
      NULL));
}

static void
test_cues_are_the_persons_moments (Night *n, gconstpointer data)
{
  g_autoptr (GArray) cues =
      vantage_cues_find (n->acts, n->participation, vantage_acts_find_person (n->acts, "dana"), 0);
  g_autoptr (GArray) few =
      vantage_cues_find (n->acts, n->participation, vantage_acts_find_person (n->acts, "dana"), 2);
  const VantageCueReason expected[] = { VANTAGE_CUE_FIRST_ACT, VANTAGE_CUE_ASKED,
                                        VANTAGE_CUE_UNANSWERED };

  g_assert_cmpuint (cues->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < cues->len; i++)
    g_assert_cmpint (g_array_index (cues, VantageCue, i).reason, ==, expected[i]);
  g_assert_cmpuint (few->len, ==, 2);
  g_assert_cmpuint (g_array_index (few, VantageCue, 0).item, ==,
                    g_array_index (cues, VantageCue, 0).item);
  g_assert_cmpuint (g_array_index (few, VantageCue, 1).item, ==,
                    g_array_index (cues, VantageCue, 2).item);
}

static void
test_a_cue_fills_a_question (Night *n, gconstpointer data)
{
  g_autoptr (GArray) cues =
      vantage_cues_find (n->acts, n->participation, vantage_acts_find_person (n->acts, "dana"), 0);
  g_autoptr (VantageZone) zone = vantage_zone_new ("Europe/Berlin");
  VantageCue *cue = &g_array_index (cues, VantageCue, 1);
  g_autofree char *time = vantage_cue_dup_time (n->acts, cue, zone);
  g_autofree char *message = vantage_cue_dup_message (n->acts, cue, 24);
  VantageFilling fillings[] = { { "time", time }, { "message", message } };
  g_auto (GStrv) missing = NULL;
  g_autofree char *question = vantage_cue_fill (
      "At {time} you wrote “{message}”. {{What} was {event} like? {", fillings, 2, &missing);

  g_assert_cmpstr (question, ==,
                   "At 03:17 you wrote “is this the chef thing?…”. {What} was {event} like? {");
  g_assert_cmpstr (missing[0], ==, "event");
  g_assert_null (missing[1]);
}

/* The rota may be of a whole year: only those on call when it happened are worth asking. */
static void
test_who_was_on_call_and_silent_is_worth_asking (void)
{
  g_autoptr (VantageActs) acts = vantage_acts_new (get_night_person, NULL, NULL);
  g_autoptr (VantageParticipation) participation = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  const struct
  {
    const char *who;
    gint64 at_us;
    const char *duration; /* NULL: not told */
    gboolean asked;
  } shifts[] = {
    { "before", PAGE - 20 * HOUR, "3600", FALSE }, { "until", PAGE - HOUR, "3600", TRUE },
    { "over", PAGE - 8 * HOUR, "360000", TRUE },   { "within", PAGE + MINUTE, NULL, TRUE },
    { "ended", PAGE - 9 * HOUR, NULL, FALSE },     { "after", PAGE + 9 * HOUR, "3600", FALSE },
  };

  say (acts, OPS, "1", PAGE, "dana", "lag");
  say (acts, OPS, "2", PAGE + HOUR, "dana", "no lag");
  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++)
    {
      VantageItem *item =
          make_item (HELP, shifts[i].who, VANTAGE_ITEM_SHIFT, shifts[i].at_us, shifts[i].who, "");

      if (shifts[i].duration != NULL)
        vantage_item_add_extra (item, "duration", shifts[i].duration);
      give (acts, item);
    }
  participation = vantage_participation_new (acts, NULL, NULL);
  candidates = vantage_candidates_find (acts, participation, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++)
    {
      gboolean asked = FALSE;

      for (guint j = 0; j < candidates->len; j++)
        {
          const VantageCandidate *candidate = g_ptr_array_index (candidates, j);
          const VantageCandidateReason *reason = g_ptr_array_index (candidate->reasons, 0);

          if (strcmp (candidate->person, shifts[i].who) != 0)
            continue;
          asked = TRUE;
          g_assert_cmpint (reason->reason, ==, VANTAGE_REASON_ABSENT_BUT_AFFECTED);
          g_assert_cmpuint (reason->items->len, ==, 1);
        }
      g_assert_cmpint (asked, ==, shifts[i].asked);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define NIGHT(path, func) g_test_add ("/sense/people/" path, Night, NULL, setup, func, teardown)
  NIGHT ("reasons-rest-on-something", test_reasons_rest_on_something);
  NIGHT ("no-reason-is-made-up", test_no_reason_is_made_up);
  NIGHT ("cues-are-the-persons-moments", test_cues_are_the_persons_moments);
  NIGHT ("a-cue-fills-a-question", test_a_cue_fills_a_question);
  g_test_add_func ("/sense/people/who-was-on-call-and-silent-is-worth-asking",
                   test_who_was_on_call_and_silent_is_worth_asking);
  return g_test_run ();
}
