/* vantage-reading-private.h: making and driving a reading; for the pipeline only. */

#pragma once

#include "vantage-reader.h"

G_BEGIN_DECLS

VantageReading *vantage_reading_new (const VantageReader *reader, VantageInput *input,
                                     const VantageImportOptions *options, gboolean preview,
                                     VantageEvidenceSink *sink, VantageImportProgress progress,
                                     gpointer progress_data, GCancellable *cancellable);
/* What is left to say once all is read: what was left out by choice; checks that something was
 * found. */
gboolean vantage_reading_finish (VantageReading *self, GError **error);
void vantage_reading_free (VantageReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageReading, vantage_reading_free)

VantageSniff *vantage_sniff_new (VantageInput *input);
void vantage_sniff_free (VantageSniff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSniff, vantage_sniff_free)

/* The reader that fits, or @name's. NULL with UNKNOWN or NEAR_MISS. */
const VantageReader *vantage_formats_choose (VantageSniff *sniff, const char *name, GError **error);
/* Keeps any file as one item. */
extern const VantageReader vantage_plain_file_reader;

G_END_DECLS
