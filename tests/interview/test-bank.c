/* test-bank.c: the bank of questions: what is built in is sound; what is not a bank is refused. */

#include "vantage-question-bank.h"

#include <string.h>

static GHashTable *
know (const char *first, ...)
{
  GHashTable *known = g_hash_table_new (g_str_hash, g_str_equal);
  va_list args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    g_hash_table_insert (known, (char *) name, va_arg (args, char *));
  va_end (args);
  return known;
}

static void
test_builtin_is_sound (void)
{
  VantageQuestionBank *bank = vantage_question_bank_get_builtin ();
  GPtrArray *questions = vantage_question_bank_get_questions (bank);
  int minutes = 0;

  g_assert_cmpuint (questions->len, ==, 90);
  g_assert_cmpuint (vantage_question_bank_get_phases (bank)->len, ==, 13);
  g_assert_nonnull (vantage_question_bank_get_preparation (bank)[0]);
  for (guint i = 0; i < 13; i++)
    minutes += ((VantagePhase *) vantage_question_bank_get_phases (bank)->pdata[i])->minutes;
  g_assert_cmpint (minutes, >=, 60);
  g_assert_cmpint (minutes, <=, 75);
  for (guint i = 1; i < questions->len; i++)
    {
      const VantageQuestion *one = questions->pdata[i - 1];
      const VantageQuestion *next = questions->pdata[i];

      if (g_str_equal (one->phase, next->phase))
        g_assert_cmpint (one->order, <=, next->order);
    }
  /* a question that asks why makes people defend themselves */
  for (guint i = 0; i < questions->len; i++)
    g_assert_false (g_str_has_prefix (((VantageQuestion *) questions->pdata[i])->text, "Why"));
}

static void
test_question_waits_for_what_it_needs (void)
{
  const VantageQuestion *question =
      vantage_question_bank_find (vantage_question_bank_get_builtin (), "timeline-03");
  g_autoptr (GHashTable) half = know ("message", "is it us?", NULL);
  g_autoptr (GHashTable) all = know ("message", "is {it} us?", "time", "02:14", NULL);
  g_autofree char *text = vantage_question_fill (question->text, all);
  g_autofree char *gaps = vantage_question_fill (question->text, half);

  g_assert_false (vantage_question_can_ask (question, NULL));
  g_assert_false (vantage_question_can_ask (question, half));
  g_assert_true (vantage_question_can_ask (question, all));
  g_assert_nonnull (strstr (text, "“is {it} us?” at 02:14"));
  g_assert_nonnull (strstr (gaps, "at …"));
}

static void
test_search_finds_by_words (void)
{
  g_autoptr (GPtrArray) found =
      vantage_question_bank_search (vantage_question_bank_get_builtin (), NULL, "ordinary DAY");
  g_autoptr (GPtrArray) nothing =
      vantage_question_bank_search (vantage_question_bank_get_builtin (), "close", "zebra");
  g_autoptr (GPtrArray) phase =
      vantage_question_bank_search (vantage_question_bank_get_builtin (), "close", "");

  g_assert_cmpuint (found->len, >=, 2);
  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (phase->len, ==, 6);
}

/* clang-format off */
static const char *const refused[] = {
  "", "null", "[]", "{}", "{\"format\":\"vantage-question-bank\",\"version\":2,\"phases\":[],\"questions\":[]}",
  "{\"format\":\"vantage-question-bank\",\"version\":1,\"questions\":[]}",
  "{\"format\":\"vantage-question-bank\",\"version\":1,\"phases\":[3],\"questions\":[]}",
  "{\"format\":\"vantage-question-bank\",\"version\":1,\"phases\":[{\"id\":\"a\"},{\"id\":\"a\"}],\"questions\":[]}",
  "{\"format\":\"vantage-question-bank\",\"version\":1,\"phases\":[{\"id\":\"a\"}],\"questions\":[7]}",
  "{\"format\":\"vantage-question-bank\",\"version\":1,\"phases\":[{\"id\":\"a\"}],\"questions\":[{\"id\":\"q\",\"phase\":\"b\",\"text\":\"x\"}]}",
  "{\"format\":\"vantage-question-bank\",\"version\":1,\"phases\":[{\"id\":\"a\"}],\"questions\":[{\"id\":\"q\",\"phase\":\"a\"}]}",
  "{\"format\":\"vantage-question-bank\",\"version\":1,\"phases\":[{\"id\":\"a\"}],\"questions\":[{\"id\":\"q\",\"phase\":\"a\",\"text\":\"{x}?\"}]}",
  "{\"format\":\"vantage-question-bank\",\"version\":1,\"phases\":[{\"id\":\"a\"}],\"questions\":[{\"id\":\"q\",\"phase\":\"a\",\"text\":\"{x\",\"needs\":[\"x\"]}]}",
};
/* clang-format on */

static void
test_what_is_no_bank_is_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GBytes) json = g_bytes_new_static (refused[i], strlen (refused[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (vantage_question_bank_new (json, &error));
      g_assert_error (error, VANTAGE_INTERVIEW_ERROR, VANTAGE_INTERVIEW_ERROR_BANK);
    }
}

static void
test_own_bank_is_read (void)
{
  static const char text[] =
      "{\"format\":\"vantage-question-bank\",\"version\":1,\"phases\":[{\"id\":\"a\",\"title\":"
      "\"A\","
      "\"minutes\":5}],\"questions\":[{\"id\":\"q2\",\"phase\":\"a\",\"order\":2,\"text\":\"Two?\"}"
      ","
      "{\"id\":\"q1\",\"phase\":\"a\",\"order\":1,\"text\":\"One {x}?\",\"needs\":[\"x\"]}]}";
  g_autoptr (GBytes) json = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageQuestionBank) bank = vantage_question_bank_new (json, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (((VantageQuestion *) vantage_question_bank_get_questions (bank)->pdata[0])->id,
                   ==, "q1");
  g_assert_cmpstr (vantage_question_bank_find (bank, "q2")->follow_ups[0], ==, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/interview/bank/builtin-is-sound", test_builtin_is_sound);
  g_test_add_func ("/interview/bank/question-waits-for-what-it-needs",
                   test_question_waits_for_what_it_needs);
  g_test_add_func ("/interview/bank/search-finds-by-words", test_search_finds_by_words);
  g_test_add_func ("/interview/bank/what-is-no-bank-is-refused", test_what_is_no_bank_is_refused);
  g_test_add_func ("/interview/bank/own-bank-is-read", test_own_bank_is_read);
  return g_test_run ();
}
