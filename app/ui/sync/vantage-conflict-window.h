/* vantage-conflict-window.h: what two people changed at once, side by side, to be settled. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CONFLICT_WINDOW (vantage_conflict_window_get_type ())
G_DECLARE_FINAL_TYPE (VantageConflictWindow, vantage_conflict_window, VANTAGE, CONFLICT_WINDOW,
                      AdwWindow)

/* Opens over @parent; beside it, so that undo stays at hand. */
void vantage_conflict_window_open (GtkWindow *parent, VantageReviewContext *context);

/* A strip that says how many there are and opens the window; hidden while there is none. (transfer
 * floating) */
GtkWidget *vantage_conflict_strip_new (VantageReviewContext *context);

G_END_DECLS
