/* test-reference.c: references inside text. */

#include "vantage-reference.h"

#include <string.h>

#define ID "018e00000000aaaaaaaaaaaaaaaaaaaa"
#define ITEM "0123456789abcdef.1709259247.000100"

typedef struct
{
  const char *text;
  const char
      *found; /* each as kind|id|words; with a space between; words "-" when there are none */
} Case;

/* clang-format off */
static const Case cases[] = {
  { "no reference",                                  "" },
  { "[[event:" ID "]]",                              "event|" ID "|-" },
  { "see [[event:" ID "|the restart]].",             "event|" ID "|the restart" },
  { "[[event:" ID "|a [b] | c]]",                    "event|" ID "|a [b] | c" },
  { "[[event:" ID "|]]",                             "event|" ID "|-" },
  { "[[event:" ID "]][[person:" ID "|Kim]]",         "event|" ID "|- person|" ID "|Kim" },
  { "[[finding:" ID "/" ID "]]",                     "finding|" ID "/" ID "|-" },
  { "[[item:" ITEM "]]",                             "item|" ITEM "|-" },
  { "[[item:" ITEM "@4-9|hello]]",                   "item|" ITEM "@4-9|hello" },
  { "[[item:" ID "]]",                               "" },
  { "[[event:018e]]",                                "" },
  { "[[Event:" ID "]]",                              "" },
  { "[[event:" ID,                                   "" },
  { "[[event:" ID "|cut\nshort]]",                   "" },
  { "[[event:" ID "]",                               "" },
  { "[[[[event:" ID "]]]]",                          "event|" ID "|-" },
  { "[[x [[event:" ID "|\303\244]]",                 "event|" ID "|\303\244" },
  { "[[ [[ [[",                                      "" },
  { "[[]] [[:]] [[a:]]",                             "" },
};
/* clang-format on */

static void
test_find (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) found = vantage_reference_find (cases[i].text);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint k = 0; k < found->len; k++)
        {
          const VantageReference *reference = &g_array_index (found, VantageReference, k);

          g_assert_true (g_str_has_prefix (cases[i].text + reference->begin, "[["));
          g_assert_cmpmem (cases[i].text + reference->end - 2, 2, "]]", 2);
          g_string_append_printf (text, "%s%s|%s|%s", k > 0 ? " " : "", reference->kind,
                                  reference->id, reference->words != NULL ? reference->words : "-");
        }
      g_test_message ("case %u", i);
      g_assert_cmpstr (text->str, ==, cases[i].found);
    }
}

static void
test_write (void)
{
  static const char *const words[] = {
    "plain", "a]]b", "ends]", "[[x", "[", "two\nlines", "a[b]c"
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = vantage_reference_to_text ("event", ID, words[i]);
      g_autoptr (GArray) found = vantage_reference_find (text);

      g_assert_cmpuint (found->len, ==, 1);
      g_assert_cmpuint (g_array_index (found, VantageReference, 0).end, ==, strlen (text));
      g_assert_cmpstr (g_array_index (found, VantageReference, 0).id, ==, ID);
    }
}

static char *
show_words (const VantageReference *reference, gpointer user_data)
{
  return g_strdup (reference->words);
}

static void
test_replace (void)
{
  g_autofree char *text = vantage_reference_replace (
      "a [[event:" ID "|one]] b [[event:" ID "]] c [[event:" ID "|two]]", show_words, NULL);

  g_assert_cmpstr (text, ==, "a one b [[event:" ID "]] c two");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/record/reference/what-is-one-is-found", test_find);
  g_test_add_func ("/record/reference/what-is-written-is-found", test_write);
  g_test_add_func ("/record/reference/replaced-where-words-are-given", test_replace);
  return g_test_run ();
}
