/* vantage-vault-keyring.h: keys in the desktop's keyring, which may be absent, locked or silent. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether a Secret Service is there to be asked. Waits at most a second. */
gboolean vantage_vault_keyring_answers (void);
/* Each waits a few seconds at most, then gives up with G_IO_ERROR_TIMED_OUT. */
/* NULL without error: it has none. (transfer full): 64 hex digits */
char *vantage_vault_keyring_look_up (const char *vault_id, GError **error);
gboolean vantage_vault_keyring_store (const char *vault_id, const char *key_text, GError **error);
gboolean vantage_vault_keyring_remove (const char *vault_id, GError **error);

G_END_DECLS
