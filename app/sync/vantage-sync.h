/* vantage-sync.h: syncing a library with its server. */

#pragma once

#include "vantage-library.h"
#include "vantage-sync-engine.h"

G_BEGIN_DECLS

/**
 * vantage_sync_run_async:
 * @review: (nullable): only this one
 *
 * One sync with the server that is set. Requests go out from the calling thread's main context;
 * the library is worked on from a thread beside it. What was done before a failure stays done.
 */
void vantage_sync_run_async (VantageLibrary *library, const char *review, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
/* NULL with @error of VANTAGE_SYNC_ERROR, of the store or G_IO_ERROR_CANCELLED. (transfer full) */
VantageSyncReport *vantage_sync_run_finish (GAsyncResult *result, GError **error);

/* The same, waiting. For programs without a main loop. */
VantageSyncReport *vantage_sync_run (VantageLibrary *library, const char *review,
                                     GCancellable *cancellable, GError **error);

/* After BUSY: how long the server asked to be left alone. 0: it did not say. */
gint64 vantage_sync_error_get_retry_after_ms (const GError *error);

/* How long to wait after @n_failures in a row: a second, doubled each time up to five minutes, and
 * up to half of that more or less by @chance (0 to 1); never less than @retry_after_ms. */
gint64 vantage_sync_back_off_us (guint n_failures, gint64 retry_after_ms, double chance);

G_END_DECLS
