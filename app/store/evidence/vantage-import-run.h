/* vantage-import-run.h: one import under way: between the reader's thread and the evidence thread.
 * Only for app/store; the public half stands in vantage-evidence.h. */

#pragma once

#include "vantage-evidence-writer.h"

G_BEGIN_DECLS

/* Items handed from thread to thread at once, and how many such batches may wait. */
#define VANTAGE_IMPORT_BATCH 4096
#define VANTAGE_IMPORT_BATCH_BYTES (8 * 1024 * 1024) /* of their texts: then fewer */
#define VANTAGE_IMPORT_WAITING 3

/* JSON of what the entity will say. (transfer full) */
char *vantage_import_facts_dup (VantageEvidenceWriter *writer, const VantageSourceFacts *source,
                                guint64 n_skipped, gint64 now_us);

G_END_DECLS
