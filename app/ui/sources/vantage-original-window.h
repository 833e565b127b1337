/* vantage-original-window.h: a record just as it stood in what was imported. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_ORIGINAL_WINDOW (vantage_original_window_get_type ())
G_DECLARE_FINAL_TYPE (VantageOriginalWindow, vantage_original_window, VANTAGE, ORIGINAL_WINDOW,
                      AdwWindow)

/* Opens over the window of @near; tells when the item @item_id is not on this computer. */
void vantage_original_window_open (GtkWidget *near, VantageReviewContext *context,
                                   const char *item_id);

G_END_DECLS
