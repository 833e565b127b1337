#include "hurt.h"

#include <string.h>

static Collected *
read_hurt (const char *format, const char *name, const char *bytes, gsize length)
{
  g_autofree char *path = g_build_filename (scratch_folder (), name, NULL);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  Collected *all;

  options.format = format;
  options.zone = "Europe/Berlin";
  options.direct = TRUE;
  g_assert_true (g_file_set_contents_full (path, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL));
  all = collect (path, &options, &error);
  g_assert_true ((all == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_cmpuint (error->domain, ==, VANTAGE_IMPORT_ERROR);
  return all;
}

void
hurt_cut_everywhere (const char *format, const char *name, const char *text)
{
  g_autoptr (Collected) whole = read_hurt (format, name, text, strlen (text));
  guint most = 0;

  g_assert_nonnull (whole);
  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr (Collected) cut = read_hurt (format, name, text, length);

      for (guint i = 0; cut != NULL && i < cut->items->len; i++)
        {
          VantageItem *item = cut->items->pdata[i];
          VantageItem *same = collected_find (whole, item->local);

          g_assert_nonnull (same);
          g_assert_cmpstr (item->text, ==, same->text);
          g_assert_cmpstr (item->raw_time, ==, same->raw_time);
          g_assert_cmpstr (item->account, ==, same->account);
          g_assert_cmpint (item->edited_us, ==, same->edited_us);
        }
      if (cut != NULL)
        {
          g_assert_cmpuint (cut->items->len, <=, whole->items->len);
          most = MAX (most, cut->items->len);
        }
    }
  g_assert_cmpuint (most, >, 0);
}

void
hurt_flip_bytes (const char *format, const char *name, const char *text, guint32 seed, guint rounds)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  gsize length = strlen (text);

  for (guint round = 0; round < rounds; round++)
    {
      g_autofree char *bytes = g_memdup2 (text, length);
      g_autoptr (Collected) all = NULL;

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        bytes[g_rand_int_range (rand, 0, (gint32) length)] = (char) g_rand_int_range (rand, 0, 256);
      all = read_hurt (format, name, bytes, length);
      for (guint i = 0; all != NULL && i < all->items->len; i++)
        {
          VantageItem *item = all->items->pdata[i];
          const char *local;
          char channel[17];
          g_autofree char *id = vantage_item_dup_id (item);

          g_assert_true (vantage_item_id_split (id, channel, &local));
          g_assert_true (g_utf8_validate (item->text, -1, NULL));
          if (item->time_us == VANTAGE_TIME_NONE) /* some records have none */
            continue;
          g_assert_cmpint (item->time_us, >=, VANTAGE_TIME_MIN);
          g_assert_cmpint (item->time_us, <=, VANTAGE_TIME_MAX);
        }
    }
}
