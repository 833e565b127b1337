/* vantage-window.h: a window: all reviews, and one of them. */

#pragma once

#include "vantage-review-view.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_WINDOW (vantage_window_get_type ())
G_DECLARE_FINAL_TYPE (VantageWindow, vantage_window, VANTAGE, WINDOW, AdwApplicationWindow)

/* Says that it is opening the library until set_library () or set_failure (). */
VantageWindow *vantage_window_new (GtkApplication *application);
void vantage_window_set_library (VantageWindow *self, VantageLibrary *library);
VantageLibrary *vantage_window_get_library (VantageWindow *self);
/* The library could not be opened: says why and what to do. */
void vantage_window_set_failure (VantageWindow *self, const char *folder, const GError *error);

/* Slides to a review; a second window for the same review is made by new-window. */
void vantage_window_open_review (VantageWindow *self, const char *review);
/* Back to all reviews; writes what is typed. */
void vantage_window_close_review (VantageWindow *self);
/* The review in view; NULL while all reviews are. Lent. */
VantageReviewView *vantage_window_get_review_view (VantageWindow *self);
VantageReviewContext *vantage_window_get_context (VantageWindow *self);
/* Opens the import window for files that were dropped or given. */
void vantage_window_import (VantageWindow *self, GListModel *files);
/* @review: deleted with a toast that offers Undo. */
void vantage_window_delete_review (VantageWindow *self, const char *review);
/* Makes a review and opens it. */
void vantage_window_make_review (VantageWindow *self, const char *title);
/* Asks for the title of a new review. */
void vantage_window_ask_title (VantageWindow *self);
/* Builds the sample when it is not there, and opens it. */
void vantage_window_open_sample (VantageWindow *self);
void vantage_window_add_toast (VantageWindow *self, AdwToast *toast);

G_END_DECLS
