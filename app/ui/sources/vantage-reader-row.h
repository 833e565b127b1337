/* vantage-reader-row.h: one row of the reader. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_READER_ROW (vantage_reader_row_get_type ())
G_DECLARE_FINAL_TYPE (VantageReaderRow, vantage_reader_row, VANTAGE, READER_ROW, GtkWidget)

GtkWidget *vantage_reader_row_new (VantageReviewContext *context);
/* @previous_us: time of the last row before that is no reply, VANTAGE_TIME_NONE for the first: a
 * new day is named, a long silence is told. @threads: replies stand below what they answer. */
void vantage_reader_row_show (VantageReaderRow *self, VantageItemRow *row, gint64 previous_us,
                              gboolean threads);

G_END_DECLS
