/* vantage-evidence-writer.h: puts batches of one import into evidence.db, under its pending source.
 * On the evidence thread only. Only for app/store. */

#pragma once

#include "vantage-evidence-batch.h"
#include "vantage-evidence-codec.h"
#include "vantage-evidence-store.h"

G_BEGIN_DECLS

typedef struct _VantageEvidenceWriter VantageEvidenceWriter;

/* Counts so far. Items that one source holds twice count once. */
typedef struct
{
  guint64 n_items, n_new, n_versions, n_taken_over;
  guint64 n_people, n_channels, n_threads;
  guint64 kinds[VANTAGE_N_ITEM_KINDS];
  gint64 first_us, last_us; /* VANTAGE_TIME_NONE: no item has a time */
} VantageEvidenceCounts;

/* Makes the pending source. @lock names the file that the importing program holds locked. */
VantageEvidenceWriter *vantage_evidence_writer_new (VantageEvidenceStore *store, const char *review,
                                                    const char *entity, const char *lock,
                                                    GError **error);
void vantage_evidence_writer_free (VantageEvidenceWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageEvidenceWriter, vantage_evidence_writer_free)
gint64 vantage_evidence_writer_get_source (VantageEvidenceWriter *self);
const VantageEvidenceCounts *vantage_evidence_writer_get_counts (VantageEvidenceWriter *self);
/* Ids of the channels that have items, in byte order. (transfer container) */
GPtrArray *vantage_evidence_writer_list_channels (VantageEvidenceWriter *self);

/* One transaction, all of the batch or nothing. */
gboolean vantage_evidence_writer_add (VantageEvidenceWriter *self, VantageEvidenceBatch *batch,
                                      GError **error);
/* What only the end can tell: tallies, digests of blocks that were touched again. Within a
 * transaction of the caller. */
gboolean vantage_evidence_writer_finish (VantageEvidenceWriter *self, GError **error);

/* ---- contents: also used when sources come and go ---- */

/* All contents numbered @first to @last, in order, wherever they stand now. */
VantageStmt vantage_evidence_prepare_block (VantageDb *db, gint64 first, gint64 last,
                                            GError **error);
void vantage_evidence_read_block_row (VantageStmt *stmt, VantageEvidenceRow *row,
                                      gint64 *out_review);
/* The digest of all contents numbered @first to @last. */
gboolean vantage_evidence_hash_block (VantageDb *db, gint64 first, gint64 last, guint64 *out_n,
                                      guint8 out[VANTAGE_HASH_SIZE], GError **error);
/* Counts the items of a review anew. */
gboolean vantage_evidence_retally (VantageDb *db, gint64 review, GError **error);

G_END_DECLS
