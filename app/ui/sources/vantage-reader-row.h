/* vantage-reader-row.h: one row of the reader. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_READER_ROW (vantage_reader_row_get_type ())
G_DECLARE_FINAL_TYPE (VantageReaderRow, vantage_reader_row, VANTAGE, READER_ROW, GtkWidget)

/* How a row stands among its neighbours. */
typedef struct
{
  gint64 previous_us;   /* time of the last row before that is no reply; VANTAGE_TIME_NONE: none */
  gboolean first;       /* of all: its day is named, also when it answers what is not here */
  gboolean threads;     /* replies stand below what they answer */
  gboolean redacted;    /* something of it is hidden in what is shared */
  gboolean folded_away; /* another row speaks for it: it takes no room */
  const char *fold;     /* what this row says for itself and those folded away; NULL: itself */
} VantageReaderPlace;

GtkWidget *vantage_reader_row_new (VantageReviewContext *context);
/* From now on the row stands for @row. Nothing is read or laid out: until it is shown the row is
 * empty and @height_px high, so that a view can hold hundreds that nobody looks at. */
void vantage_reader_row_wait (VantageReaderRow *self, VantageItemRow *row, int height_px);
gboolean vantage_reader_row_is_waiting (VantageReaderRow *self);
/* Shows what it stands for: a new day is named, a long silence is told. */
void vantage_reader_row_show (VantageReaderRow *self, const VantageReaderPlace *place);
gboolean vantage_reader_row_is_folded_away (VantageReaderRow *self);
/* Lent; NULL before the first wait. */
VantageItemRow *vantage_reader_row_get_row (VantageReaderRow *self);

G_END_DECLS
