/* Names in place of account keys. */

#include "vantage-item.h"

static const char *
name_of (const char *account, gpointer user_data)
{
  if (g_str_equal (account, "U1"))
    return "Mara Lind";
  if (g_str_equal (account, "U12"))
    return "tomas";
  return NULL;
}

typedef struct
{
  const char *name, *text, *mentions, *shown;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "a-name",                "@U1 look",               "U1",     "@Mara Lind look" },
  { "every-time",            "@U1, @U1",               "U1",     "@Mara Lind, @Mara Lind" },
  { "the-longer-key",        "@U12 and @U1",           "U1 U12", "@tomas and @Mara Lind" },
  { "not-part-of-a-word",    "@U123 @U1_x",            "U1 U12", "@U123 @U1_x" },
  { "unknown-stays",         "@U9 hi",                 "U9",     "@U9 hi" },
  { "not-mentioned-stays",   "@U1 as typed",           "",       "@U1 as typed" },
  { "no-text",               "",                       "U1",     "" },
  { "at-sign-at-the-end",    "mail me @",              "U1",     "mail me @" },
};
/* clang-format on */

static void
test_shown (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  g_autofree char *shown = NULL;

  item->text = g_strdup (c->text);
  item->mentions = g_strsplit (c->mentions, " ", -1);
  shown = vantage_item_dup_shown_text (item, name_of, NULL);
  g_assert_cmpstr (shown, ==, c->shown);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/evidence/item-shown/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_shown);
    }
  return g_test_run ();
}
