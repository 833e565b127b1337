/* vantage-evidence-batch.h: records on their way from the reader's thread to the evidence thread,
 * packed: one stretch of bytes for all their texts. Only for app/store. */

#pragma once

#include "vantage-evidence-codec.h"

G_BEGIN_DECLS

/* One item. Texts are places in the bytes of its batch; 0: NULL. */
typedef struct
{
  gint64 time_us, base_us; /* as a row has them */
  gint64 line, offset, length;
  guint32 channel, local, account, thread, reply_to, text, path;
  guint32 detail, n_detail; /* as a row has it */
  guint8 kind, precision, flags;
} VantageEvidenceRecord;

/* A content that went in: what the full text says of it. */
typedef struct
{
  gint64 content, channel, account; /* account 0: none */
  guint32 text;
  guint8 kind;
} VantageEvidenceEntry;

/* What a reader handed over since the last batch, in order. */
typedef struct
{
  GPtrArray *channels;   /* (element-type VantageChannel) */
  GPtrArray *identities; /* (element-type VantageIdentity) */
  GArray *records;       /* (element-type VantageEvidenceRecord) */
  GByteArray *bytes;

  /* filled in when it was written */
  gint64 source, review;
  GArray *entries; /* (element-type VantageEvidenceEntry): by content */
} VantageEvidenceBatch;

VantageEvidenceBatch *vantage_evidence_batch_new (void);
void vantage_evidence_batch_free (VantageEvidenceBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageEvidenceBatch, vantage_evidence_batch_free)
/* Empty again, keeping its memory unless it grew beyond what is usual. */
void vantage_evidence_batch_reset (VantageEvidenceBatch *self);

/* Copies what the store keeps of @item. */
void vantage_evidence_batch_add_item (VantageEvidenceBatch *self, const VantageItem *item);

static inline const VantageEvidenceRecord *
vantage_evidence_batch_get (const VantageEvidenceBatch *self, guint i)
{
  return &g_array_index (self->records, VantageEvidenceRecord, i);
}

/* Lent until the batch is added to. */
static inline const char *
vantage_evidence_batch_text (const VantageEvidenceBatch *self, guint32 place)
{
  return place != 0 ? (const char *) self->bytes->data + place : NULL;
}

/* All of a row that the record itself says: numbers of channels and the like are not. */
void vantage_evidence_batch_fill_row (const VantageEvidenceBatch *self,
                                      const VantageEvidenceRecord *record, VantageEvidenceRow *row);

G_END_DECLS
