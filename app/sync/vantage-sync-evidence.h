/* vantage-sync-evidence.h: evidence as bundles: made of what is cited here, taken in where they
 * come. Only for app/sync. */

#pragma once

#include "vantage-library.h"
#include "vantage-sync-server.h"

G_BEGIN_DECLS

/* Bundles all that is to be shared and is in no bundle of the review yet: blobs first, then the
 * entities that name them. */
gboolean vantage_sync_evidence_prepare (VantageLibrary *library, const char *review,
                                        VantageShare share, GError **error);
/* Blobs that entities of the review name and that are not here. (transfer full) (element-type
 * utf8) */
GPtrArray *vantage_sync_evidence_list_wanted (VantageLibrary *library, const char *review,
                                              GError **error);
/* Takes in a blob whose chunks are all here. FALSE without @error: it is not what its name says, or
 * this version cannot read it; the chunks of the first are dropped. */
gboolean vantage_sync_evidence_take_in (VantageLibrary *library, const char *review,
                                        const char *blob, GError **error);

G_END_DECLS
