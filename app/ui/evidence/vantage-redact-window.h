/* vantage-redact-window.h: words of an item that are hidden in everything shared or exported. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REDACT_WINDOW (vantage_redact_window_get_type ())
G_DECLARE_FINAL_TYPE (VantageRedactWindow, vantage_redact_window, VANTAGE, REDACT_WINDOW, AdwWindow)

/* Opens over the window of @near; tells when the item @item_id is not on this computer. */
void vantage_redact_window_open (GtkWidget *near, VantageReviewContext *context,
                                 const char *item_id);

/* Ids of items of which something is hidden. (transfer full) (element-type utf8) */
GHashTable *vantage_redactions_list_items (VantageReviewContext *context);

G_END_DECLS
