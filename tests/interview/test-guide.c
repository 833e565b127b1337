/* test-guide.c: guides fit their time, ask only what can be asked, and survive being kept. */

#include "vantage-guide.h"

#include "vantage-json.h"

static VantageGuide *
build (int depth, int minutes, GHashTable *known)
{
  return vantage_guide_build (vantage_question_bank_get_builtin (), depth, minutes, known);
}

static guint
count_questions (const VantageGuide *guide)
{
  guint n = 0;

  for (guint i = 0; i < guide->phases->len; i++)
    n += ((VantageGuidePhase *) guide->phases->pdata[i])->questions->len;
  return n;
}

static void
test_minutes_add_up (void)
{
  for (int minutes = 10; minutes <= 180; minutes++)
    {
      g_autoptr (VantageGuide) guide = build (3, minutes, NULL);
      int sum = 0;

      for (guint i = 0; i < guide->phases->len; i++)
        {
          const VantageGuidePhase *phase = guide->phases->pdata[i];

          g_assert_cmpint (phase->minutes, >=, 1);
          g_assert_cmpuint (phase->questions->len, <=, (guint) MAX (1, (phase->minutes + 1) / 2));
          sum += phase->minutes;
        }
      g_assert_cmpint (sum, ==, minutes);
      g_assert_cmpint (vantage_guide_find_phase (guide, "open"), ==, 0);
      g_assert_cmpint (vantage_guide_find_phase (guide, "close"), ==, (int) guide->phases->len - 1);
      g_assert_cmpint (vantage_guide_find_phase (guide, "group"), ==, -1);
    }
}

static void
test_short_ones_leave_out_what_is_optional (void)
{
  g_autoptr (VantageGuide) full = build (2, 60, NULL);
  g_autoptr (VantageGuide) middle = build (2, 30, NULL);
  g_autoptr (VantageGuide) bare = build (2, 15, NULL);

  g_assert_cmpint (vantage_guide_find_phase (full, "vary"), >, 0);
  g_assert_cmpint (vantage_guide_find_phase (middle, "vary"), ==, -1);
  g_assert_cmpint (vantage_guide_find_phase (middle, "context"), >, 0);
  g_assert_cmpuint (bare->phases->len, ==, 4);
  g_assert_cmpuint (count_questions (full), >, count_questions (bare));
}

static void
test_asks_only_what_can_be_asked (void)
{
  VantageQuestionBank *bank = vantage_question_bank_get_builtin ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (VantageGuide) blind = build (3, 180, NULL);
  g_autoptr (VantageGuide) told = NULL;

  g_hash_table_insert (known, (char *) "incident", (char *) "the slow queue");
  told = build (1, 180, known);
  for (guint i = 0; i < blind->phases->len; i++)
    {
      const VantageGuidePhase *phase = blind->phases->pdata[i];

      for (guint j = 0; j < phase->questions->len; j++)
        {
          const VantageGuideQuestion *question = phase->questions->pdata[j];

          g_assert_true (vantage_question_can_ask (
              vantage_question_bank_find (bank, question->question), NULL));
          g_assert_null (g_strrstr (question->text, "{"));
        }
    }
  {
    const VantageGuidePhase *open = told->phases->pdata[0];
    const VantageGuideQuestion *first = open->questions->pdata[0];

    g_assert_cmpstr (first->question, ==, "open-01");
    g_assert_nonnull (g_strrstr (first->text, "the slow queue"));
  }
  for (guint i = 0; i < told->phases->len; i++)
    {
      const VantageGuidePhase *phase = told->phases->pdata[i];

      for (guint j = 0; j < phase->questions->len; j++)
        g_assert_cmpint (vantage_question_bank_find (
                             bank, ((VantageGuideQuestion *) phase->questions->pdata[j])->question)
                             ->depth,
                         ==, 1);
    }
}

static void
test_survives_being_kept (void)
{
  static const char *const follow_ups[] = { "And then?", NULL };
  g_autoptr (VantageGuide) guide = build (2, 60, NULL);
  g_autoptr (VantageGuide) back = NULL;
  g_autoptr (VantageGuide) copy = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (JsonNode) third = NULL;
  g_autoptr (GError) error = NULL;

  vantage_guide_add (guide, "deepen", 0, "", "What was on the screen?", follow_ups, "abc.1")
      ->asked = TRUE;
  vantage_guide_move (guide, 0, 0, 1, 99);
  vantage_guide_remove (guide, 2, 0);
  json = vantage_guide_to_json (guide);
  back = vantage_guide_from_json (json, &error);
  g_assert_no_error (error);
  again = vantage_guide_to_json (back);
  copy = vantage_guide_copy (back);
  third = vantage_guide_to_json (copy);
  g_assert_true (json_node_equal (json, again));
  g_assert_true (json_node_equal (json, third));
  g_assert_cmpuint (count_questions (back), ==, count_questions (guide));
}

static void
test_what_is_no_guide_is_refused (void)
{
  static const char *const texts[] = { "{}", "[]", "{\"phases\":3}", "7" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node =
          vantage_json_parse (texts[i], -1, &vantage_json_file_limits, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (vantage_guide_from_json (node, &error));
      g_assert_error (error, VANTAGE_INTERVIEW_ERROR, VANTAGE_INTERVIEW_ERROR_GUIDE);
    }
}

static void
test_due_phase_follows_the_minutes (void)
{
  g_autoptr (VantageGuide) guide = build (2, 60, NULL);
  const VantageGuidePhase *first = guide->phases->pdata[0];
  double left_s;

  g_assert_cmpuint (vantage_guide_get_due_phase (guide, 0, &left_s), ==, 0);
  g_assert_cmpfloat (left_s, ==, first->minutes * 60.0);
  g_assert_cmpuint (vantage_guide_get_due_phase (guide, first->minutes * 60.0, NULL), ==, 1);
  g_assert_cmpuint (vantage_guide_get_due_phase (guide, 4000, &left_s), ==, guide->phases->len - 1);
  g_assert_cmpfloat (left_s, ==, -400);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/interview/guide/minutes-add-up", test_minutes_add_up);
  g_test_add_func ("/interview/guide/short-ones-leave-out-what-is-optional",
                   test_short_ones_leave_out_what_is_optional);
  g_test_add_func ("/interview/guide/asks-only-what-can-be-asked",
                   test_asks_only_what_can_be_asked);
  g_test_add_func ("/interview/guide/survives-being-kept", test_survives_being_kept);
  g_test_add_func ("/interview/guide/what-is-no-guide-is-refused",
                   test_what_is_no_guide_is_refused);
  g_test_add_func ("/interview/guide/due-phase-follows-the-minutes",
                   test_due_phase_follows_the_minutes);
  return g_test_run ();
}
