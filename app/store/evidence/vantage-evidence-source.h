/* vantage-evidence-source.h: the life of a source in the rows. Only for app/store. */

#pragma once

#include "vantage-evidence-store.h"

G_BEGIN_DECLS

/* Changes what becomes of a source, and shows for each item that it shares with others the content
 * that is best now. Within a transaction of the evidence thread. */
gboolean vantage_evidence_set_state (VantageEvidenceStore *self, gint64 source,
                                     VantageSourceState state, GError **error);

/* What was read before, by any program, no longer holds. Within a transaction. */
gboolean vantage_evidence_bump (VantageDb *db, GError **error);

G_END_DECLS
