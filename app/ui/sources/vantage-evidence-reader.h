/* vantage-evidence-reader.h: evidence to read: items in order of time with their days, threads,
 * reactions and files. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_EVIDENCE_READER (vantage_evidence_reader_get_type ())
G_DECLARE_FINAL_TYPE (VantageEvidenceReader, vantage_evidence_reader, VANTAGE, EVIDENCE_READER,
                      GtkWidget)

/* Properties "n-items" (uint) and "looking" (boolean: an answer is on its way), both notify.
 * (transfer floating) */
GtkWidget *vantage_evidence_reader_new (VantageReviewContext *context);
/* Shows what @query finds, as soon as it is found: looking never holds the window. Strings are
 * copied. Until then what was shown before stays. */
void vantage_evidence_reader_set_query (VantageEvidenceReader *self, const VantageItemQuery *query);
guint vantage_evidence_reader_get_n_items (VantageEvidenceReader *self);
gboolean vantage_evidence_reader_is_looking (VantageEvidenceReader *self);
/* Goes to an item or time, now or when the answer is here; one that is not there is ignored. */
void vantage_evidence_reader_go_to (VantageEvidenceReader *self, const char *item_id);
void vantage_evidence_reader_go_to_time (VantageEvidenceReader *self, gint64 us);
/* Time of the first item that has one, of what is shown; VANTAGE_TIME_NONE: none. */
gint64 vantage_evidence_reader_get_time (VantageEvidenceReader *self);
/* Moves the one selected item by @by rows. */
void vantage_evidence_reader_step (VantageEvidenceReader *self, int by);
void vantage_evidence_reader_clear_selection (VantageEvidenceReader *self);

G_END_DECLS
