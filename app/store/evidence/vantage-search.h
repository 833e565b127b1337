/* vantage-search.h: words of a text and of a query, cut by one function; the index and its thread.
 * Only for app/store. */

#pragma once

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
/* The rows of @source are coming in and may be kept: their words may go in already, in large
 * pieces. 0: none. */
void vantage_indexer_follow (VantageIndexer *self, gint64 source);
#define VANTAGE_INDEXER_PIECE 32 /* batches of an import worth a look */
/* Waits until all that is kept is in. Sets @error when the index cannot be written, or CANCELLED.
 */
gboolean vantage_indexer_wait (VantageIndexer *self, GCancellable *cancellable, GError **error);

G_END_DECLS
