/* vantage-sync-token.h: tokens in the keyring, or in files of mode 0600. Only for app/sync. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @name: of the library and the server together. */
gboolean vantage_sync_token_store (const char *name, const char *url, const char *token,
                                   gboolean *out_in_file, GError **error);
/* NULL with @error, or without: there is none. (transfer full) */
char *vantage_sync_token_look_up (const char *name, gboolean *out_in_file, GError **error);
gboolean vantage_sync_token_remove (const char *name, GError **error);

G_END_DECLS
