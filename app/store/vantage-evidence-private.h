/* vantage-evidence-private.h: the evidence side of an open library, for its other side. */

#pragma once

#include "vantage-library.h"

G_BEGIN_DECLS

typedef struct _VantageEvidenceStore VantageEvidenceStore;

/* Opens, recovers and migrates evidence.db and search.db; the last step of opening a library.
 * @library is lent and outlives the store. */
VantageEvidenceStore *vantage_evidence_store_open (VantageLibrary *library, GError **error);
/* Waits for what it has under way. */
void vantage_evidence_store_close (VantageEvidenceStore *self);
/* Looks for what other programs brought in or took out; on the library's main context. */
void vantage_evidence_store_poll (VantageEvidenceStore *self);
/* Adds problems, one English fact each; returns the number of items looked at. */
guint64 vantage_evidence_store_verify (VantageEvidenceStore *self, const char *review,
                                       GPtrArray *problems, GCancellable *cancellable);
/* Frees all that was imported into a review, and its originals; waits. */
gboolean vantage_evidence_store_forget (VantageEvidenceStore *self, const char *review,
                                        GError **error);

G_END_DECLS
