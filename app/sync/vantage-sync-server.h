/* vantage-sync-server.h: which server a library is connected to, and the token that opens it. The
 * address stands in the library; the token in the desktop's keyring, or, where there is none, in a
 * file of mode 0600 outside the library, so that no backup holds it. */

#pragma once

#include "vantage-library.h"
#include "vantage-sync-engine.h"

G_BEGIN_DECLS

/* "https://reviews.example.org", without a slash at its end. Plain http is for this computer alone.
 * NULL with @error ADDRESS. (transfer full) */
char *vantage_sync_server_normalise (const char *url, GError **error);

/* @token: (nullable): NULL keeps the one that is there for the same address. @out_in_file:
 * (optional): it went into a file, since no keyring answered. */
gboolean vantage_sync_server_set (VantageLibrary *library, const char *url, const char *token,
                                  gboolean *out_in_file, GError **error);
/* (transfer full) (nullable): NULL: none is set. */
char *vantage_sync_server_dup_url (VantageLibrary *library);
/* (transfer full): NULL with @error: NO_SERVER, SECRET. Blocks for up to five seconds. */
char *vantage_sync_server_dup_token (VantageLibrary *library, gboolean *out_in_file,
                                     GError **error);
/* Address and token; what was synced stays. */
gboolean vantage_sync_server_forget (VantageLibrary *library, GError **error);

/* ---- what is shared ---- */

typedef enum
{
  VANTAGE_SHARE_NONE,  /* stays on this computer */
  VANTAGE_SHARE_CITED, /* with the items that are cited */
  VANTAGE_SHARE_ALL,   /* with all that was imported */
} VantageShare;

/* Takes effect with the next sync. SAMPLE when the review is the sample. */
gboolean vantage_sync_share (VantageLibrary *library, const char *review, VantageShare share,
                             GError **error);
VantageShare vantage_sync_get_share (VantageLibrary *library, const char *review);
/* The account's part in it as the server last said: "lead" …; "" when the server has it no longer;
 * NULL before the first sync. (transfer full) (nullable) */
char *vantage_sync_dup_role (VantageLibrary *library, const char *review);

G_END_DECLS
