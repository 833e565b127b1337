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

/* Every letter of the shown text stands for the same letter, or for a key that gave way to a name.
 */
static void
test_map (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  g_autoptr (GArray) map = NULL;
  glong n_text, covered = 0;

  item->text = g_strdup (c->text);
  item->mentions = g_strsplit (c->mentions, " ", -1);
  item->shown = vantage_item_dup_shown_text (item, name_of, NULL);
  map = vantage_item_map_shown (item);
  g_assert_nonnull (map);
  n_text = g_utf8_strlen (item->text, -1);
  g_assert_cmpint (map->len, ==, g_utf8_strlen (item->shown, -1));
  for (guint i = 0; i < map->len; i++)
    {
      const VantageShownPlace *place = &g_array_index (map, VantageShownPlace, i);

      g_assert_cmpint (place->from, <=, covered);
      g_assert_cmpint (place->to, >, place->from);
      covered = MAX (covered, place->to);
      if (place->to - place->from == 1)
        g_assert_cmpuint (g_utf8_get_char (g_utf8_offset_to_pointer (item->shown, i)), ==,
                          g_utf8_get_char (g_utf8_offset_to_pointer (item->text, place->from)));
    }
  g_assert_cmpint (covered, ==, n_text);
}

static void
test_map_of_what_does_not_fit (void)
{
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_MESSAGE);

  item->text = g_strdup ("@U1 look");
  item->shown = g_strdup ("something else");
  g_assert_null (vantage_item_map_shown (item));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/evidence/item-shown/", cases[i].name, NULL);

      g_autofree char *map_path = g_strconcat ("/evidence/item-shown/map/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_shown);
      g_test_add_data_func (map_path, &cases[i], test_map);
    }
  g_test_add_func ("/evidence/item-shown/map/what-does-not-fit", test_map_of_what_does_not_fit);
  return g_test_run ();
}
