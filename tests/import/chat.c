#include "chat.h"

#include <string.h>

Collected *
chat_read (const char *name, const char *text, const char *zone, const char *format)
{
  g_autofree char *path = scratch_write (name, text, -1);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;

  options.zone = zone;
  options.format = format;
  return collect_ok (path, &options);
}

static char *
dup_line (const VantageItem *item)
{
  char time[VANTAGE_TIME_TEXT_SIZE] = "-";

  if (item->time_us != VANTAGE_TIME_NONE)
    vantage_time_format (item->time_us, time);
  return g_strdup_printf ("%s|%s|%s|%s", vantage_item_kind_to_text (item->kind), time,
                          item->account != NULL ? item->account : "-", item->text);
}

char *
chat_dup_lines (Collected *self)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      g_autofree char *line = dup_line (self->items->pdata[i]);

      g_string_append (lines, line);
      g_string_append_c (lines, '\n');
    }
  return g_string_free (lines, FALSE);
}

static Collected *
read_hurt (const char *name, const char *text, gsize length, const char *format)
{
  g_autofree char *path = g_build_filename (scratch_folder (), name, NULL);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  Collected *all;

  /* not flushed to the disk each time, unlike what scratch_write does */
  g_assert_true (
      g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  options.zone = "UTC";
  options.format = format;
  options.direct = TRUE;
  options.zero_us = G_GINT64_CONSTANT (1709510400) * G_USEC_PER_SEC;
  all = collect (path, &options, &error);
  g_assert_true ((all == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_cmpuint (error->domain, ==, VANTAGE_IMPORT_ERROR);
  for (guint i = 0; all != NULL && i < all->items->len; i++)
    {
      VantageItem *item = all->items->pdata[i];

      g_assert_true (g_utf8_validate (item->text, -1, NULL));
      g_assert_cmpuint (strlen (item->local), >, 0);
      g_assert_cmpuint (strlen (item->local), <=, 80);
      g_assert_nonnull (item->raw_time);
    }
  return all;
}

static void
check_cut (Collected *whole, Collected *cut, gboolean lines)
{
  for (guint i = 0; i < cut->items->len; i++)
    {
      VantageItem *item = cut->items->pdata[i];
      VantageItem *same = i < whole->items->len ? whole->items->pdata[i] : NULL;
      g_autofree char *digest = vantage_item_digest (item);
      g_autofree char *other = same != NULL ? vantage_item_digest (same) : NULL;

      if (lines && i == cut->items->len - 1)
        continue;
      g_assert_cmpstr (digest, ==, other);
    }
}

void
chat_hurt (const char *name, const char *text, gsize length, const char *format, gboolean lines)
{
  g_autofree char *path = scratch_write (name, text, (gssize) length);
  g_autoptr (Collected) whole = read_hurt (name, text, length, format);
  g_autoptr (GRand) rand = g_rand_new_with_seed (19);

  g_assert_nonnull (whole);
  for (gsize n = 0; n < length; n++)
    {
      g_autoptr (Collected) cut = read_hurt (name, text, n, format);

      if (cut != NULL)
        check_cut (whole, cut, lines);
    }
  for (guint round = 0; round < 200; round++)
    {
      g_autofree char *bytes = g_memdup2 (text, length);

      for (guint i = 0; i < 1 + round % 4; i++)
        bytes[g_rand_int_range (rand, 0, (gint32) length)] = (char) g_rand_int_range (rand, 0, 256);
      collected_free (read_hurt (name, bytes, length, round % 2 == 0 ? format : NULL));
    }
}
