/* vantage-reader-fold.h: people who come and go one after the other stand in one row. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

typedef struct
{
  guint first, n; /* rows [first, first + n) of a list; n ≥ 2 */
} VantageReaderFold;

/* The run of joins, or of leaves, of one channel that the row at @position of @list (of
 * VantageItemRow) is part of; FALSE when it stands alone. Looks at most 100 rows either way. */
gboolean vantage_reader_fold_find (GListModel *list, guint position, VantageReaderFold *out);
/* "Ana, Ben and 10 more joined". (transfer full) */
char *vantage_reader_fold_dup_text (VantageReviewContext *context, GListModel *list,
                                    const VantageReaderFold *fold);

G_END_DECLS
