/* test-text.c: text from outside made safe, and small work on text. */

#include "vantage-text.h"

#include <string.h>

#define BAD "\357\277\275"

typedef struct
{
  const char *bytes;
  gsize length;
  const char *text;
  guint n;
} RepairCase;

/* clang-format off */
static const RepairCase repairs[] = {
  { "",                      0, "",                    0 },
  { "plain",                 5, "plain",               0 },
  { "\303\244\342\202\254",  5, "\303\244\342\202\254", 0 },
  { "a\0b",                  3, "a" BAD "b",           1 },
  { "\0",                    1, BAD,                   1 },
  { "a\377\376b",            4, "a" BAD BAD "b",       2 },
  { "a\355\240\200b",        5, "a" BAD "b",           1 },
  { "\355\240\275\355\270\200", 6, BAD BAD,            2 },
  { "cut\303",               4, "cut" BAD,             1 },
  { "\300\257",              2, BAD BAD,               2 },
  { "\364\220\200\200",      4, BAD BAD BAD BAD,       4 },
  { "\355\240",              2, BAD BAD,               2 },
};
/* clang-format on */

static void
test_repair (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      guint n = 99;
      g_autofree char *text = vantage_text_repair (repairs[i].bytes, repairs[i].length, &n);

      g_assert_cmpstr (text, ==, repairs[i].text);
      g_assert_cmpuint (n, ==, repairs[i].n);
    }
}

static void
test_repair_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 20000; i++)
    {
      char bytes[24];
      gsize length = (gsize) g_rand_int_range (random, 0, sizeof bytes);
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;
      guint n;

      for (gsize k = 0; k < length; k++)
        bytes[k] = (char) (g_rand_int_range (random, 0, 3) == 0 ? g_rand_int (random) : 'a');
      text = vantage_text_repair (bytes, length, &n);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      again = vantage_text_repair (text, strlen (text), &n);
      g_assert_cmpstr (again, ==, text);
      g_assert_cmpuint (n, ==, 0);
    }
}

typedef struct
{
  const char *before, *after;
  guint n;
} MaskCase;

/* clang-format off */
static const MaskCase masks[] = {
  { "https://files.example.com/a.png?t=xoxe-1-abc", "https://files.example.com/a.png?t=xxxxxxxxxx", 1 },
  { "https://files.example/?a=1&token=s3cr3t&b=2 next",     "https://files.example/?a=1&token=xxxxxx&b=2 next", 1 },
  { "https://files.example/?Token=abcd#sig=efgh",             "https://files.example/?Token=xxxx#sig=xxxx", 2 },
  { "(https://files.example/?key=abcd)",                     "(https://files.example/?key=xxxx)", 1 },
  { "<a href='https://files.example/?sig=a%2Fb%3D'>",       "<a href='https://files.example/?sig=xxxxxxxx'>", 1 },
  { "https://files.example/?a=b&amp;signature=zzzz",         "https://files.example/?a=b&amp;signature=xxxx", 1 },
  { "\"https:\\/\\/files.example\\/?pub_secret=12ab\"",     "\"https:\\/\\/files.example\\/?pub_secret=xxxx\"", 1 },
  { "https://files.example/?a=1\\u0026access_token\\u003dab", "https://files.example/?a=1\\u0026access_token\\u003dxx", 1 },
  { "https://files.example/?X-Amz-Signature=0f&X-Amz-Date=1", "https://files.example/?X-Amz-Signature=xx&X-Amz-Date=1", 1 },
  { "https://files.example/?u=http%3A%2F%2Ff%3Ft%3Dabcd%26v%3D1", "https://files.example/?u=http%3A%2F%2Ff%3Ft%3Dxxxx%26v%3D1", 1 },
  { "a xoxb-123456-abc, b",                         "a xxxxxxxxxxxxxxx, b", 1 },
  { "xoxe.xoxp-1-Mi0yLTA",                          "xxxxxxxxxxxxxxxxxxx", 1 },
  { "https://files.example/?token=abcd\\nhttps://files.example/?t=defg", "https://files.example/?token=xxxx\\nhttps://files.example/?t=xxxx", 2 },
  /* no secrets */
  { "https://film.example/watch?v=abc&t=90",        "https://film.example/watch?v=abc&t=90", 0 },
  { "https://film.example/watch?t=1h2m3s",          "https://film.example/watch?t=1h2m3s", 0 },
  { "the token=abc in words",                       "the token=abc in words", 0 },
  { "what?t=abcdefgh",                              "what?t=abcdefgh", 0 },
  { "https://files.example/?keyboard=de&monkey=1&at=2",     "https://files.example/?keyboard=de&monkey=1&at=2", 0 },
  { "https://files.example/token=abc",                      "https://files.example/token=abc", 0 },
  { "https://files.example/?token=",                        "https://files.example/?token=", 0 },
  { "https://files.example/?token",                         "https://files.example/?token", 0 },
  { "an xoxb- token, xoxo-kisses",                  "an xoxb- token, xoxo-kisses", 0 },
  { "://", "://", 0 }, { "xox", "xox", 0 }, { "xoxb", "xoxb", 0 }, { "", "", 0 }, { ":", ":", 0 },
};
/* clang-format on */

static void
test_mask (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autofree char *bytes = g_strdup (masks[i].before);
      gsize length = strlen (bytes);

      g_test_message ("%s", masks[i].before);
      g_assert_cmpuint (vantage_text_mask_tokens (bytes, length), ==, masks[i].n);
      g_assert_cmpstr (bytes, ==, masks[i].after);
      g_assert_cmpuint (vantage_text_mask_tokens (bytes, length), ==, 0);
      g_assert_cmpstr (bytes, ==, masks[i].after);
    }
}

typedef struct
{
  const char *text;
  guint max_chars;
  const char *shortened;
} ShortenCase;

/* clang-format off */
static const ShortenCase shortenings[] = {
  { "hello",                       5, "hello" },
  { "hello",                       4, "hel\342\200\246" },
  { "hello",                       1, "\342\200\246" },
  { "hello",                       0, "" },
  { "  a \n\t b  ",               10, "a b" },
  { "one two",                     5, "one\342\200\246" },
  { "e\314\201e\314\201e\314\201", 4, "e\314\201\342\200\246" },
  { "\360\237\221\251\342\200\215\360\237\232\200 rocket", 3, "\342\200\246" },
  { "\360\237\207\251\360\237\207\252\360\237\207\253\360\237\207\267!", 4, "\360\237\207\251\360\237\207\252\342\200\246" },
};
/* clang-format on */

static void
test_shorten (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortenings); i++)
    {
      g_autofree char *text = vantage_text_shorten (shortenings[i].text, shortenings[i].max_chars);

      g_assert_cmpstr (text, ==, shortenings[i].shortened);
    }
}

static void
test_fold (void)
{
  static const char *const same[][2] = {
    { "Ren\303\251e", "renee" },
    { "RENE\314\201E", "ren\303\251e" },
    { "\357\274\253\357\275\211\357\275\215", "kim" },
    { "stra\303\237e", "STRASSE" },
    { "plain", "PLAIN" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *a = vantage_text_fold (same[i][0]);
      g_autofree char *b = vantage_text_fold (same[i][1]);

      g_assert_cmpstr (a, ==, b);
    }
}

static void
test_small_work (void)
{
  static const char *const names[][2] = {
    { "Kim Lee", "KL" },
    { "kim", "K" },
    { "Responder 1", "R1" },
    { "ana mar\303\255a \303\251lan", "A\303\211" },
    { "Kim Lee (she/her)", "KL" },
    { "@kim.lee", "KL" },
    { "O'Brien", "O" },
    { "\345\261\261\347\224\260", "\345\261\261" },
    { "", "" },
    { "...", "" },
  };
  g_autofree char *bones = vantage_text_bones ("a-b \303\244, \"1\"\n");
  g_autofree char *nfc = vantage_text_nfc ("e\314\201");
  g_autofree char *slice = vantage_text_slice ("\303\244bc", 1, 2);
  g_autofree char *beyond = vantage_text_slice ("\303\244bc", 2, 99);
  g_autofree char *none = vantage_text_slice ("\303\244bc", 9, 2);

  g_assert_cmpstr (bones, ==, "ab\303\2441");
  g_assert_cmpstr (nfc, ==, "\303\251");
  g_assert_cmpstr (slice, ==, "b");
  g_assert_cmpstr (beyond, ==, "c");
  g_assert_cmpstr (none, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *initials = vantage_text_initials (names[i][0]);

      g_assert_cmpstr (initials, ==, names[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/text/losses-are-marked-and-counted", test_repair);
  g_test_add_func ("/base/text/any-bytes-become-text", test_repair_random);
  g_test_add_func ("/base/text/tokens-are-overwritten-and-nothing-else", test_mask);
  g_test_add_func ("/base/text/shortened-between-characters", test_shorten);
  g_test_add_func ("/base/text/alike-when-folded", test_fold);
  g_test_add_func ("/base/text/bones-slices-initials", test_small_work);
  return g_test_run ();
}
