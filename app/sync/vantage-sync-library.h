/* vantage-sync-library.h: a library as the engine of sync sees it. */

#pragma once

#include "vantage-library.h"
#include "vantage-sync-store.h"

G_BEGIN_DECLS

/* Holds a reference of @library. (transfer full) */
VantageSyncStore *vantage_sync_library_new (VantageLibrary *library);
void vantage_sync_library_free (VantageSyncStore *self);

G_END_DECLS
