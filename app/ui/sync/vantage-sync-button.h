/* vantage-sync-button.h: the button of a review's header that says how the review and the server
 * stand, and its popover. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_SYNC_BUTTON (vantage_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (VantageSyncButton, vantage_sync_button, VANTAGE, SYNC_BUTTON, GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_sync_button_new (VantageReviewContext *context);

G_END_DECLS
