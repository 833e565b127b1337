/* vantage-hash.h: SHA-256, streaming, on the CPU's own instructions where it has them (GnuTLS). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define VANTAGE_HASH_SIZE 32
#define VANTAGE_HASH_TEXT_LENGTH 64

typedef struct _VantageHash VantageHash;

VantageHash *vantage_hash_new (void);
void vantage_hash_free (VantageHash *self);
void vantage_hash_update (VantageHash *self, const void *data, gsize size);
/* Digest so far; the state begins again. */
void vantage_hash_finish (VantageHash *self, guint8 out[VANTAGE_HASH_SIZE]);
/* The same as 64 lower-case hex digits. (transfer full) */
char *vantage_hash_finish_text (VantageHash *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageHash, vantage_hash_free)

void vantage_hash_data (const void *data, gsize size, guint8 out[VANTAGE_HASH_SIZE]);
char *vantage_hash_data_text (const void *data, gsize size);
/* Lower-case hex of @size bytes. (transfer full) */
char *vantage_hex_encode (const guint8 *data, gsize size);
/* FALSE unless @text is exactly 2 × @size hex digits. */
gboolean vantage_hex_decode (const char *text, guint8 *out, gsize size);

G_END_DECLS
