/* vantage-source-row.h: one import: what it is, how its times are read, what is missing from it. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_SOURCE_ROW (vantage_source_row_get_type ())
G_DECLARE_FINAL_TYPE (VantageSourceRow, vantage_source_row, VANTAGE, SOURCE_ROW, AdwExpanderRow)

/* Opened, it offers "page.read-source", "page.source-problems" and "page.remove-source", each with
 * its id. (transfer floating) */
GtkWidget *vantage_source_row_new (VantageReviewContext *context, VantageEntity *source);
/* The same source, as it is now. */
void vantage_source_row_update (VantageSourceRow *self, VantageEntity *source);
const char *vantage_source_row_get_id (VantageSourceRow *self);

/* "+1 h 30 min" from and to µs; "" is 0. FALSE when @text is no such thing. */
gboolean vantage_source_shift_read (const char *text, gint64 *out_us);
/* (transfer full) */
char *vantage_source_shift_dup_text (gint64 us);

G_END_DECLS
