/* vantage-sync-state.h: how a library and its server stand: what waits, what the last sync did, and
 * when the next one comes. One for each library, shared by all windows. */

#pragma once

#include "vantage-library.h"
#include "vantage-sync.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_SYNC_STATE (vantage_sync_state_get_type ())
G_DECLARE_FINAL_TYPE (VantageSyncState, vantage_sync_state, VANTAGE, SYNC_STATE, GObject)

/* Signal "changed": anything below is to be read anew. */

/* The one of @library, made when first asked for; lent, lives as long as the library. It syncs by
 * itself: soon after an edit, and now and then; after a failure less and less often. */
VantageSyncState *vantage_sync_state_get (VantageLibrary *library);

/* Now; a sync under way is followed by another. */
void vantage_sync_state_sync (VantageSyncState *self);
/* The server was set or forgotten. */
void vantage_sync_state_reconnect (VantageSyncState *self);

/* (nullable): no server is set. Lent. */
const char *vantage_sync_state_get_url (VantageSyncState *self);
gboolean vantage_sync_state_is_busy (VantageSyncState *self);
/* Nothing is sent or fetched by itself while on; kept across restarts. */
gboolean vantage_sync_state_is_offline (VantageSyncState *self);
void vantage_sync_state_set_offline (VantageSyncState *self, gboolean offline);
/* Why the last one failed; NULL when it did not. Lent. */
const GError *vantage_sync_state_get_error (VantageSyncState *self);
/* What the last that went well did; NULL: there was none since the start. Lent. */
const VantageSyncReport *vantage_sync_state_get_report (VantageSyncState *self);
/* When it ended, UTC µs; kept across restarts; VANTAGE_TIME_NONE: never. */
gint64 vantage_sync_state_get_synced_us (VantageSyncState *self);

G_END_DECLS
