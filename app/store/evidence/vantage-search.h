/* vantage-search.h: words of a text and of a query, cut by one function; the index and its thread.
 * Only for app/store. */

#pragma once

#include "vantage-evidence-batch.h"
#include "vantage-evidence-store.h"

G_BEGIN_DECLS

/* Appends the words of @text to @words, parted by spaces, in order; and to @parts (nullable) the
 * parts of words in mixed writing: "PaymentGateway" gives "payment gateway", "err5012" "err 5012".
 * Runs of scripts that are written without spaces become overlapping pairs. */
void vantage_search_cut (const char *text, GString *words, GString *parts);

/* The condition for the full text: every word, "phrase" and prefix* of @text; NULL when there is
 * nothing to look for in it. (transfer full) (nullable) */
char *vantage_search_dup_expression (const char *text);

void vantage_search_remove_files (const char *path);

VantageIndexer *vantage_indexer_new (VantageEvidenceStore *store);
/* Stops after the block in hand. */
void vantage_indexer_free (VantageIndexer *self);
/* There may be rows whose words are not in. */
void vantage_indexer_wake (VantageIndexer *self);
/* A batch of a source under way was committed: its words may go in already. When @batch is taken
 * (TRUE), @give_back is called with it on another thread, once; else it is read from the file when
 * it is its turn. */
typedef void (*VantageIndexerGiveBack) (VantageEvidenceBatch *batch, gpointer user_data);
gboolean vantage_indexer_feed (VantageIndexer *self, gint64 source, VantageEvidenceBatch *batch,
                               VantageIndexerGiveBack give_back, gpointer user_data);
/* No source is under way any more. */
void vantage_indexer_unfollow (VantageIndexer *self);
/* Waits until all that is kept is in. Sets @error when the index cannot be written, or CANCELLED.
 */
gboolean vantage_indexer_wait (VantageIndexer *self, GCancellable *cancellable, GError **error);

G_END_DECLS
