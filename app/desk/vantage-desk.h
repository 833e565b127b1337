/* vantage-desk.h: what windows and command line do with several rooms at once: an import from a
 * path to a kept source, the sample incident, a report of a review. */

#pragma once

#include "vantage-evidence.h"
#include "vantage-import.h"
#include "vantage-report.h"

G_BEGIN_DECLS

/**
 * vantage_desk_import:
 * @what: names the undo step, translated
 * @out_facts: (out) (optional) (transfer full):
 *
 * Reads @path into @review and keeps it: all of it or nothing. Blocking; any thread.
 */
VantageImportResult *vantage_desk_import (VantageLibrary *library, const char *review,
                                          const char *path, const VantageImportOptions *options,
                                          const char *what, VantageImportProgress progress,
                                          gpointer progress_data, GCancellable *cancellable,
                                          VantageSourceFacts **out_facts, GError **error);

/* What was chosen for tables by their headers, as VantageImportOptions.remembered takes it; NULL:
 * nothing yet. The thread of @library. (transfer full) (nullable) */
char *vantage_desk_dup_mappings (VantageLibrary *library);
/* After an import whose mapping a person chose: the next table with the same header is read so.
 * Kept on this computer, for all reviews. The thread of @library. */
void vantage_desk_remember_mapping (VantageLibrary *library, const VantageSourceFacts *facts);

/* Lookups for a report of @review; @library must outlive them. The thread of @library. */
void vantage_desk_fill_report_input (VantageReportInput *out, VantageLibrary *library,
                                     const char *review);
void vantage_desk_clear_report_input (VantageReportInput *input);

/* Where the files of the application are: $VANTAGE_DATA, else beside the program's build, else the
 * installed folder. (transfer full) */
char *vantage_desk_find_data (const char *relative);

/* Id of the sample review, in every library the same. */
#define VANTAGE_SAMPLE_REVIEW "0195940000005a6d706c650000000001"

/**
 * vantage_desk_open_sample:
 *
 * Builds the sample incident by the real importers, unless it is there. @library's thread; about a
 * second.
 */
gboolean vantage_desk_open_sample (VantageLibrary *library, GError **error);

G_END_DECLS
