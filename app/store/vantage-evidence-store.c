/* vantage-evidence-store.c: the evidence side of an open library. */

#include "vantage-evidence-private.h"

struct _VantageEvidenceStore
{
  VantageLibrary *library;
};

VantageEvidenceStore *
vantage_evidence_store_open (VantageLibrary *library, GError **error)
{
  VantageEvidenceStore *self = g_new0 (VantageEvidenceStore, 1);

  self->library = library;
  return self;
}

void
vantage_evidence_store_close (VantageEvidenceStore *self)
{
  g_free (self);
}

void
vantage_evidence_store_poll (VantageEvidenceStore *self)
{
}

guint64
vantage_evidence_store_verify (VantageEvidenceStore *self, const char *review, GPtrArray *problems,
                               GCancellable *cancellable)
{
  return 0;
}
