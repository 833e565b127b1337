/* vantage-vault-seal.c: bytes sealed under a key so that they are good in one place only. */

#include "vantage-vault-seal.h"

#include <sodium.h>
#include <string.h>

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

static char *
name_place (const char *table, const char *row, gsize *out_size)
{
  char *place = g_strconcat (table, "\n", row, NULL);

  *out_size = strlen (place);
  return place;
}

GBytes *
vantage_vault_seal (const guint8 key[VANTAGE_VAULT_KEY_SIZE], const char *table, const char *row,
                    const void *data, gsize size)
{
  gsize place_size;
  g_autofree char *place = name_place (table, row, &place_size);
  guint8 *out = g_malloc (NONCE + size + TAG);
  unsigned long long sealed_size = 0;

  randombytes_buf (out, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out + NONCE, &sealed_size, data, size,
                                              (const guint8 *) place, place_size, NULL, out, key);
  return g_bytes_new_take (out, NONCE + (gsize) sealed_size);
}

char *
vantage_vault_open_seal (const guint8 key[VANTAGE_VAULT_KEY_SIZE], const char *table,
                         const char *row, const void *sealed, gsize size, gsize *out_size)
{
  gsize place_size;
  g_autofree char *place = name_place (table, row, &place_size);
  g_autofree char *out = NULL;
  unsigned long long plain_size = 0;
  const guint8 *bytes = sealed;

  if (size < NONCE + TAG)
    return NULL;
  out = g_malloc (size - NONCE - TAG + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt ((guint8 *) out, &plain_size, NULL, bytes + NONCE,
                                                  size - NONCE, (const guint8 *) place, place_size,
                                                  bytes, key) != 0)
    return NULL;
  out[plain_size] = '\0';
  if (out_size != NULL)
    *out_size = (gsize) plain_size;
  return g_steal_pointer (&out);
}
