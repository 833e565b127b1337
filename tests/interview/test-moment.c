/* test-moment.c: moments are chosen by weight and spread over the night; each finds its question.
 */

#include "vantage-moment.h"

#include <string.h>

#include "vantage-time.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static VantageMoment *
make_moment (const char *item, const char *person, gint64 time_us, double weight)
{
  VantageMoment *moment = vantage_moment_new ();

  moment->item = g_strdup (item);
  moment->person = g_strdup (person);
  moment->time_us = time_us;
  moment->weight = weight;
  return moment;
}

static GPtrArray *
make_moments (void)
{
  GPtrArray *moments = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_moment_free);

  g_ptr_array_add (moments, make_moment ("c", "ana", 100 * MINUTE, 2));
  g_ptr_array_add (moments, make_moment ("a", "ana", 10 * MINUTE, 5));
  g_ptr_array_add (moments, make_moment ("b", "ana", 11 * MINUTE, 4.5));
  g_ptr_array_add (moments, make_moment ("d", "ben", 60 * MINUTE, 9));
  g_ptr_array_add (moments, make_moment ("e", "ana", VANTAGE_TIME_NONE, 1));
  return moments;
}

static void
test_heavy_ones_are_spread_out (void)
{
  g_autoptr (GPtrArray) moments = make_moments ();
  g_autoptr (GPtrArray) two = vantage_moment_select (moments, "ana", 2);
  g_autoptr (GPtrArray) all = vantage_moment_select (moments, NULL, 10);
  g_autoptr (GPtrArray) none = vantage_moment_select (moments, "nobody", 3);

  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpstr (((VantageMoment *) two->pdata[0])->item, ==, "a");
  g_assert_cmpstr (((VantageMoment *) two->pdata[1])->item, ==, "c");
  g_assert_cmpuint (all->len, ==, 5);
  g_assert_cmpstr (((VantageMoment *) all->pdata[4])->item, ==, "e");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_order_of_input_does_not_matter (void)
{
  g_autoptr (GPtrArray) moments = make_moments ();
  g_autoptr (GPtrArray) one = vantage_moment_select (moments, NULL, 3);
  g_autoptr (GPtrArray) turned = g_ptr_array_new ();
  g_autoptr (GPtrArray) other = NULL;

  for (guint i = moments->len; i-- > 0;)
    g_ptr_array_add (turned, moments->pdata[i]);
  other = vantage_moment_select (turned, NULL, 3);
  g_assert_cmpmem (one->pdata, one->len * sizeof (gpointer), other->pdata,
                   other->len * sizeof (gpointer));
}

static void
test_each_finds_its_question (void)
{
  VantageQuestionBank *bank = vantage_question_bank_get_builtin ();
  g_autoptr (VantageMoment) message = make_moment ("a", "ana", 10 * MINUTE, 5);
  g_autoptr (VantageMoment) bare = make_moment ("a", "ana", 10 * MINUTE, 5);
  g_autofree char *text = NULL;
  g_autofree char *nothing = NULL;
  const char *question = NULL;

  vantage_moment_set_fact (message, "message", "is this us?");
  vantage_moment_set_fact (message, "time", "02:14");
  text = vantage_moment_dup_question (message, bank, NULL, &question);
  g_assert_cmpstr (question, ==, "timeline-03");
  g_assert_nonnull (strstr (text, "“is this us?” at 02:14"));
  nothing = vantage_moment_dup_question (bare, bank, NULL, &question);
  g_assert_null (nothing);
  g_assert_null (question);
}

static void
test_silence_is_asked_about_with_both_ends (void)
{
  g_autoptr (VantageMoment) moment = vantage_moment_new ();
  g_autoptr (VantageMoment) copy = NULL;
  g_autofree char *text = NULL;
  const char *question = NULL;

  vantage_moment_set_fact (moment, "time", "02:14");
  vantage_moment_set_fact (moment, "time_end", "03:01");
  copy = vantage_moment_copy (moment);
  text = vantage_moment_dup_question (copy, vantage_question_bank_get_builtin (), NULL, &question);
  g_assert_cmpstr (question, ==, "timeline-04");
  g_assert_nonnull (strstr (text, "between 02:14 and 03:01"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/interview/moment/heavy-ones-are-spread-out", test_heavy_ones_are_spread_out);
  g_test_add_func ("/interview/moment/order-of-input-does-not-matter",
                   test_order_of_input_does_not_matter);
  g_test_add_func ("/interview/moment/each-finds-its-question", test_each_finds_its_question);
  g_test_add_func ("/interview/moment/silence-is-asked-about-with-both-ends",
                   test_silence_is_asked_about_with_both_ends);
  return g_test_run ();
}
