/* vantage-id.c: made and computed identifiers. */

#include "vantage-id.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

#include "vantage-hash.h"
#include "vantage-text.h"

#define ID_SIZE (VANTAGE_ID_LENGTH / 2)
#define ID_TIME_SIZE 6
#define DEVICE_SIZE (VANTAGE_DEVICE_LENGTH / 2)

static void
fill_random (guint8 *out, gsize size)
{
  if (getentropy (out, size) != 0)
    g_error ("The system gives no random numbers: %s", g_strerror (errno));
}

static gboolean
is_lower_hex (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]) && !(text[i] >= 'a' && text[i] <= 'f'))
        return FALSE;
    }
  return text[length] == '\0';
}

char *
vantage_id_new (gint64 now_us)
{
  guint8 id[ID_SIZE];
  guint64 ms = now_us > 0 ? (guint64) now_us / 1000 : 0;

  for (guint i = 0; i < ID_TIME_SIZE; i++)
    id[i] = (guint8) (ms >> (8 * (ID_TIME_SIZE - 1 - i)));
  fill_random (id + ID_TIME_SIZE, ID_SIZE - ID_TIME_SIZE);
  return vantage_hex_encode (id, sizeof id);
}

char *
vantage_device_new (void)
{
  guint8 device[DEVICE_SIZE];

  fill_random (device, sizeof device);
  return vantage_hex_encode (device, sizeof device);
}

gboolean
vantage_id_is_valid (const char *text)
{
  return text != NULL && is_lower_hex (text, VANTAGE_ID_LENGTH);
}

gboolean
vantage_device_is_valid (const char *text)
{
  return text != NULL && is_lower_hex (text, VANTAGE_DEVICE_LENGTH);
}

char *
vantage_id_compute (guint n_hex, const char *first, ...)
{
  g_autoptr (GString) recipe = g_string_new (first);
  guint8 digest[VANTAGE_HASH_SIZE];
  const char *part;
  va_list parts;

  g_return_val_if_fail (n_hex % 2 == 0 && n_hex <= VANTAGE_HASH_TEXT_LENGTH, NULL);

  va_start (parts, first);
  while ((part = va_arg (parts, const char *)) != NULL)
    {
      g_string_append_c (recipe, '\n');
      g_string_append (recipe, part);
    }
  va_end (parts);

  vantage_hash_data (recipe->str, recipe->len, digest);
  return vantage_hex_encode (digest, n_hex / 2);
}

static char *
compute_in_system (guint n_hex, const char *recipe, const char *family, const char *system,
                   const char *key)
{
  g_autofree char *own_family = vantage_text_nfc (family);
  g_autofree char *own_system = vantage_text_nfc (system != NULL ? system : "");
  g_autofree char *own_key = vantage_text_nfc (key);

  return vantage_id_compute (n_hex, recipe, own_family, own_system, own_key, NULL);
}

char *
vantage_channel_id (const char *family, const char *system, const char *key)
{
  return compute_in_system (16, "channel-1", family, system, key);
}

char *
vantage_identity_id (const char *family, const char *system, const char *key)
{
  return compute_in_system (32, "identity-1", family, system, key);
}

char *
vantage_person_id (const char *review_id, const char *identity_id)
{
  return vantage_id_compute (32, "person-1", review_id, identity_id, NULL);
}

char *
vantage_author_id (const char *device)
{
  return vantage_id_compute (32, "author-1", device, NULL);
}

char *
vantage_core_stream_id (const char *review_id)
{
  return vantage_id_compute (32, "core-1", review_id, NULL);
}
