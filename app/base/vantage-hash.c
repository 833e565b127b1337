/* vantage-hash.c: SHA-256 by GnuTLS. */

#include "vantage-hash.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

struct _VantageHash
{
  gnutls_hash_hd_t handle;
};

G_STATIC_ASSERT (VANTAGE_HASH_SIZE == 32);

VantageHash *
vantage_hash_new (void)
{
  VantageHash *self = g_new0 (VantageHash, 1);
  int status = gnutls_hash_init (&self->handle, GNUTLS_DIG_SHA256);

  /* Like running out of memory: every copy of GnuTLS has SHA-256. */
  if (status != 0)
    g_error ("SHA-256 cannot be started: %s", gnutls_strerror (status));
  return self;
}

void
vantage_hash_free (VantageHash *self)
{
  gnutls_hash_deinit (self->handle, NULL);
  g_free (self);
}

void
vantage_hash_update (VantageHash *self, const void *data, gsize size)
{
  if (size > 0)
    gnutls_hash (self->handle, data, size);
}

void
vantage_hash_finish (VantageHash *self, guint8 out[VANTAGE_HASH_SIZE])
{
  gnutls_hash_output (self->handle, out);
}

char *
vantage_hash_finish_text (VantageHash *self)
{
  guint8 digest[VANTAGE_HASH_SIZE];

  vantage_hash_finish (self, digest);
  return vantage_hex_encode (digest, sizeof digest);
}

void
vantage_hash_data (const void *data, gsize size, guint8 out[VANTAGE_HASH_SIZE])
{
  int status = gnutls_hash_fast (GNUTLS_DIG_SHA256, size > 0 ? data : "", size, out);

  if (status != 0)
    g_error ("SHA-256 cannot be computed: %s", gnutls_strerror (status));
}

char *
vantage_hash_data_text (const void *data, gsize size)
{
  guint8 digest[VANTAGE_HASH_SIZE];

  vantage_hash_data (data, size, digest);
  return vantage_hex_encode (digest, sizeof digest);
}

char *
vantage_hex_encode (const guint8 *data, gsize size)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (2 * size + 1);

  for (gsize i = 0; i < size; i++)
    {
      text[2 * i] = digits[data[i] >> 4];
      text[2 * i + 1] = digits[data[i] & 0xf];
    }
  text[2 * size] = '\0';
  return text;
}

gboolean
vantage_hex_decode (const char *text, guint8 *out, gsize size)
{
  for (gsize i = 0; i < 2 * size; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
    }
  if (text[2 * size] != '\0')
    return FALSE;

  for (gsize i = 0; i < size; i++)
    out[i] =
        (guint8) (g_ascii_xdigit_value (text[2 * i]) << 4 | g_ascii_xdigit_value (text[2 * i + 1]));
  return TRUE;
}
