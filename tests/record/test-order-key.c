/* test-order-key.c: a key always fits between two others, and tells when none does. */

#include "vantage-order-key.h"

#include <string.h>

static void
check_between (const char *before, const char *key, const char *after)
{
  g_assert_nonnull (key);
  g_assert_cmpuint (strlen (key), <=, VANTAGE_ORDER_KEY_MAX);
  g_assert_true (before == NULL || strcmp (before, key) < 0);
  g_assert_true (after == NULL || strcmp (key, after) < 0);
}

/* Ten thousand at the end, at the front, and right after or before one neighbour. */
static void
test_one_place (gconstpointer data)
{
  gboolean forward = GPOINTER_TO_INT (data) & 1;
  gboolean bounded = GPOINTER_TO_INT (data) & 2;
  g_autofree char *low = bounded ? vantage_order_key_between (NULL, NULL) : NULL;
  g_autofree char *high = bounded ? vantage_order_key_between (low, NULL) : NULL;

  for (guint i = 0; i < 10000; i++)
    {
      char *key = vantage_order_key_between (low, high);
      char **moved = forward ? &low : &high;

      check_between (low, key, high);
      g_free (*moved);
      *moved = key;
    }
  g_assert_cmpuint (strlen (forward ? low : high), <=, 12);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Random places in a growing list: no key grows long. */
static void
test_anywhere (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  gsize longest = 0;

  for (guint i = 0; i < 5000; i++)
    {
      guint place = (guint) g_rand_int_range (random, 0, (gint32) keys->len + 1);
      const char *before = place > 0 ? g_ptr_array_index (keys, place - 1) : NULL;
      const char *after = place < keys->len ? g_ptr_array_index (keys, place) : NULL;
      char *key = vantage_order_key_between (before, after);

      check_between (before, key, after);
      longest = MAX (longest, strlen (key));
      g_ptr_array_insert (keys, (int) place, key);
    }
  g_assert_cmpuint (longest, <, 40);
}

/* Between the two newest again and again is the worst there is: the list says when it is full. */
static void
test_full_is_told (void)
{
  g_autofree char *low = vantage_order_key_between (NULL, NULL);
  g_autofree char *high = vantage_order_key_between (low, NULL);
  guint n = 0;

  while (TRUE)
    {
      char *key = vantage_order_key_between (low, high);
      char **moved = n % 2 == 0 ? &low : &high;

      if (key == NULL)
        break;
      check_between (low, key, high);
      g_free (*moved);
      *moved = key;
      n++;
    }
  g_assert_cmpuint (n, >, 30);
  g_assert_cmpuint (strlen (low), <=, VANTAGE_ORDER_KEY_MAX);
}

static void
test_no_room (void)
{
  g_assert_null (vantage_order_key_between ("V", "V"));
  g_assert_null (vantage_order_key_between ("W", "V"));
  g_assert_null (vantage_order_key_between ("V", "V0"));
  g_assert_null (vantage_order_key_between ("V", "V00"));
  g_assert_null (vantage_order_key_between (NULL, "0"));
  g_assert_null (vantage_order_key_between ("a b", NULL));
  g_assert_null (vantage_order_key_between ("", NULL));
}

/* Keys of other makers: any two that differ by more than zeros have room between them. */
static void
test_foreign_keys (void)
{
  static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  g_autoptr (GRand) random = g_rand_new_with_seed (12);

  for (guint i = 0; i < 20000; i++)
    {
      char a[13], b[13];
      char *pair[] = { a, b };
      g_autofree char *key = NULL;

      for (guint k = 0; k < 2; k++)
        {
          int length = g_rand_int_range (random, 1, 12);
          /* Few different digits make near keys likely. */
          for (int c = 0; c < length; c++)
            pair[k][c] = digits[g_rand_int_range (random, 0, 3) * 30];
          pair[k][length - 1] = 'z';
          pair[k][length] = '\0';
        }
      if (strcmp (a, b) == 0)
        continue;
      qsort (pair, 2, sizeof *pair, compare_keys);
      key = vantage_order_key_between (pair[0], pair[1]);
      check_between (pair[0], key, pair[1]);
    }
}

static void
test_pasted_together (void)
{
  static const guint counts[] = { 0, 1, 2, 60, 61, 62, 63, 1000, 5000 };
  g_autofree char *low = vantage_order_key_between (NULL, NULL);
  g_autofree char *high = vantage_order_key_between (low, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_auto (GStrv) keys = vantage_order_keys_between (low, high, counts[i]);
      const char *before = low;

      g_assert_cmpuint (g_strv_length (keys), ==, counts[i]);
      for (guint k = 0; k < counts[i]; k++)
        {
          check_between (before, keys[k], high);
          before = keys[k];
        }
    }
  g_assert_null (vantage_order_keys_between (high, low, 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_data_func ("/record/order-key/ten-thousand-at-the-front", GINT_TO_POINTER (0),
                        test_one_place);
  g_test_add_data_func ("/record/order-key/ten-thousand-at-the-end", GINT_TO_POINTER (1),
                        test_one_place);
  g_test_add_data_func ("/record/order-key/ten-thousand-before-one", GINT_TO_POINTER (2),
                        test_one_place);
  g_test_add_data_func ("/record/order-key/ten-thousand-after-one", GINT_TO_POINTER (3),
                        test_one_place);
  g_test_add_func ("/record/order-key/random-places-stay-short", test_anywhere);
  g_test_add_func ("/record/order-key/a-full-place-is-told", test_full_is_told);
  g_test_add_func ("/record/order-key/no-room-is-told", test_no_room);
  g_test_add_func ("/record/order-key/foreign-keys-have-room-between", test_foreign_keys);
  g_test_add_func ("/record/order-key/pasted-things-keep-their-order", test_pasted_together);
  return g_test_run ();
}
