/* test-cue.c: moments are chosen by weight and spread over the night; each finds its question. */

#include "vantage-cue.h"

#include <string.h>

#include "vantage-time.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static VantageCue *
make_cue (const char *item, const char *person, gint64 time_us, double weight)
{
  VantageCue *cue = vantage_cue_new ();

  cue->item = g_strdup (item);
  cue->person = g_strdup (person);
  cue->time_us = time_us;
  cue->weight = weight;
  return cue;
}

static GPtrArray *
make_cues (void)
{
  GPtrArray *cues = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_cue_free);

  g_ptr_array_add (cues, make_cue ("c", "ana", 100 * MINUTE, 2));
  g_ptr_array_add (cues, make_cue ("a", "ana", 10 * MINUTE, 5));
  g_ptr_array_add (cues, make_cue ("b", "ana", 11 * MINUTE, 4.5));
  g_ptr_array_add (cues, make_cue ("d", "ben", 60 * MINUTE, 9));
  g_ptr_array_add (cues, make_cue ("e", "ana", VANTAGE_TIME_NONE, 1));
  return cues;
}

static void
test_heavy_ones_are_spread_out (void)
{
  g_autoptr (GPtrArray) cues = make_cues ();
  g_autoptr (GPtrArray) two = vantage_cue_select (cues, "ana", 2);
  g_autoptr (GPtrArray) all = vantage_cue_select (cues, NULL, 10);
  g_autoptr (GPtrArray) none = vantage_cue_select (cues, "nobody", 3);

  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpstr (((VantageCue *) two->pdata[0])->item, ==, "a");
  g_assert_cmpstr (((VantageCue *) two->pdata[1])->item, ==, "c");
  g_assert_cmpuint (all->len, ==, 5);
  g_assert_cmpstr (((VantageCue *) all->pdata[4])->item, ==, "e");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_order_of_input_does_not_matter (void)
{
  g_autoptr (GPtrArray) cues = make_cues ();
  g_autoptr (GPtrArray) one = vantage_cue_select (cues, NULL, 3);
  g_autoptr (GPtrArray) turned = g_ptr_array_new ();
  g_autoptr (GPtrArray) other = NULL;

  for (guint i = cues->len; i-- > 0;)
    g_ptr_array_add (turned, cues->pdata[i]);
  other = vantage_cue_select (turned, NULL, 3);
  g_assert_cmpmem (one->pdata, one->len * sizeof (gpointer), other->pdata,
                   other->len * sizeof (gpointer));
}

static void
test_each_finds_its_question (void)
{
  VantageQuestionBank *bank = vantage_question_bank_get_builtin ();
  g_autoptr (VantageCue) message = make_cue ("a", "ana", 10 * MINUTE, 5);
  g_autoptr (VantageCue) bare = make_cue ("a", "ana", 10 * MINUTE, 5);
  g_autofree char *text = NULL;
  g_autofree char *nothing = NULL;
  const char *question = NULL;

  vantage_cue_set_fact (message, "message", "is this us?");
  vantage_cue_set_fact (message, "time", "02:14");
  text = vantage_cue_dup_question (message, bank, NULL, &question);
  g_assert_cmpstr (question, ==, "timeline-03");
  g_assert_nonnull (strstr (text, "“is this us?” at 02:14"));
  nothing = vantage_cue_dup_question (bare, bank, NULL, &question);
  g_assert_null (nothing);
  g_assert_null (question);
}

static void
test_silence_is_asked_about_with_both_ends (void)
{
  g_autoptr (VantageCue) cue = vantage_cue_new ();
  g_autoptr (VantageCue) copy = NULL;
  g_autofree char *text = NULL;
  const char *question = NULL;

  vantage_cue_set_fact (cue, "time", "02:14");
  vantage_cue_set_fact (cue, "time_end", "03:01");
  copy = vantage_cue_copy (cue);
  text = vantage_cue_dup_question (copy, vantage_question_bank_get_builtin (), NULL, &question);
  g_assert_cmpstr (question, ==, "timeline-04");
  g_assert_nonnull (strstr (text, "between 02:14 and 03:01"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/interview/cue/heavy-ones-are-spread-out", test_heavy_ones_are_spread_out);
  g_test_add_func ("/interview/cue/order-of-input-does-not-matter",
                   test_order_of_input_does_not_matter);
  g_test_add_func ("/interview/cue/each-finds-its-question", test_each_finds_its_question);
  g_test_add_func ("/interview/cue/silence-is-asked-about-with-both-ends",
                   test_silence_is_asked_about_with_both_ends);
  return g_test_run ();
}
