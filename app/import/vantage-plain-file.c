/* vantage-plain-file.c: any file kept as one item, so that a picture or a document is evidence too.
 */

#include "vantage-reading-private.h"

#include <string.h>
#include <sys/stat.h>

static gint64
get_changed_us (VantageReading *reading)
{
  struct stat status;

  if (reading->options->zero_us != VANTAGE_TIME_NONE)
    return reading->options->zero_us;
  if (reading->facts->path == NULL || stat (reading->facts->path, &status) != 0)
    return VANTAGE_TIME_NONE;
  return (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC;
}

/* The time of a file is when it was last changed, unless a person says when it is from. */
static void
set_time (VantageReading *reading, VantageItem *item)
{
  gint64 us = get_changed_us (reading);
  char text[VANTAGE_TIME_TEXT_SIZE];

  if (us < VANTAGE_TIME_MIN || us > VANTAGE_TIME_MAX)
    {
      vantage_reading_set_time (reading, item, "", VANTAGE_TIME_NONE, VANTAGE_PRECISION_NONE);
      return;
    }
  vantage_reading_set_time (reading, item, vantage_time_format (us, text), us, VANTAGE_PRECISION_S);
  item->zone_origin = VANTAGE_ZONE_ASSUMED;
}

/* What evidence usually is, by its first bytes, so that it is told without the system's database.
 */
static const struct
{
  const char *head, *type;
} magic[] = {
  { "\x89PNG\r\n\x1a\n", "image/png" },
  { "\xff\xd8\xff", "image/jpeg" },
  { "GIF8", "image/gif" },
  { "%PDF-", "application/pdf" },
};

static char *
dup_type (VantageReading *reading)
{
  g_autoptr (GBytes) head =
      vantage_input_peek (reading->input, vantage_input_get_entry (reading->input, 0));
  gsize size;
  const guchar *bytes = g_bytes_get_data (head, &size);
  g_autofree char *guess = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (magic); i++)
    if (size >= strlen (magic[i].head) &&
        memcmp (bytes, magic[i].head, strlen (magic[i].head)) == 0)
      return g_strdup (magic[i].type);
  guess = g_content_type_guess (vantage_input_get_name (reading->input), bytes, size, NULL);
  return g_content_type_get_mime_type (guess);
}

static gboolean
read_file (VantageReading *reading, GError **error)
{
  g_autoptr (VantageChannel) channel =
      vantage_channel_new ("file", "", "files", VANTAGE_CHANNEL_OTHER);
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_FILE);
  const char *name = vantage_input_get_name (reading->input);
  g_autofree char *hash = vantage_input_hash (reading->input, reading->cancellable, error);
  g_autofree char *type = dup_type (reading);

  if (hash == NULL)
    return FALSE;
  g_free (channel->name);
  channel->name = g_strdup ("files");
  item->channel = vantage_channel_dup_id (channel);
  item->local = g_strdup_printf ("x%.16s", hash);
  item->text = g_strdup (name);
  set_time (reading, item);
  vantage_item_add_attachment (item, name, type, NULL,
                               (gint64) vantage_input_get_total (reading->input));
  if (vantage_input_get_n_entries (reading->input) == 1)
    vantage_reading_place_item (item, vantage_input_get_entry (reading->input, 0), 0, 0,
                                (gint64) vantage_input_get_total (reading->input));
  return vantage_reading_add_channel (reading, channel, error) &&
         vantage_reading_add_item (reading, g_steal_pointer (&item), error);
}

const VantageReader vantage_plain_file_reader = {
  .format = { "file", "File", "" },
  .family = "file",
  .read = read_file,
};
