/* vantage-reader.h: evidence to read: items in order of time with their days, threads, reactions
 * and files. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_READER (vantage_reader_get_type ())
G_DECLARE_FINAL_TYPE (VantageReader, vantage_reader, VANTAGE, READER, GtkWidget)

/* Property "n-items" (uint), notifies. (transfer floating) */
GtkWidget *vantage_reader_new (VantageReviewContext *context);
/* Shows what @query finds; strings are copied. Keeps its place when the same query comes again. */
void vantage_reader_set_query (VantageReader *self, const VantageItemQuery *query);
guint vantage_reader_get_n_items (VantageReader *self);
/* FALSE when the item is not among those shown. */
gboolean vantage_reader_go_to (VantageReader *self, const char *item_id);
void vantage_reader_go_to_time (VantageReader *self, gint64 us);
/* Moves the one selected item by @by rows. */
void vantage_reader_step (VantageReader *self, int by);
void vantage_reader_clear_selection (VantageReader *self);

G_END_DECLS
