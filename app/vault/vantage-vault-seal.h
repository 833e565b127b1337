/* vantage-vault-seal.h: bytes sealed under a key so that they are good in one place only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define VANTAGE_VAULT_KEY_SIZE 32

/* XChaCha20-Poly1305 with a fresh nonce, which stands before the rest. @table and @row are bound
 * to it. (transfer full) */
GBytes *vantage_vault_seal (const guint8 key[VANTAGE_VAULT_KEY_SIZE], const char *table,
                            const char *row, const void *data, gsize size);
/* NULL: another key, another place, or changed. NUL-terminated beyond its size. (transfer full) */
char *vantage_vault_open_seal (const guint8 key[VANTAGE_VAULT_KEY_SIZE], const char *table,
                               const char *row, const void *sealed, gsize size, gsize *out_size);

G_END_DECLS
