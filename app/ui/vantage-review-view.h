/* vantage-review-view.h: one review in a window: header, list of sections, pages, evidence. */

#pragma once

#include "vantage-page.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REVIEW_VIEW (vantage_review_view_get_type ())
G_DECLARE_FINAL_TYPE (VantageReviewView, vantage_review_view, VANTAGE, REVIEW_VIEW, GtkWidget)

/* @context: whose review. Comes up at the section and with the panes it was left with. (transfer
 * floating) */
GtkWidget *vantage_review_view_new (VantageReviewContext *context);
VantageReviewContext *vantage_review_view_get_context (VantageReviewView *self);
/* Shows a section; FALSE when there is no such one. @target: (nullable) */
gboolean vantage_review_view_go (VantageReviewView *self, const char *section, const char *target);
/* The section in view, and its page. */
const char *vantage_review_view_get_section (VantageReviewView *self);
VantagePage *vantage_review_view_get_page (VantageReviewView *self);
/* Writes what is typed and remembers the place; before it is closed. */
void vantage_review_view_leave (VantageReviewView *self);
void vantage_review_view_toggle_sections (VantageReviewView *self);
void vantage_review_view_toggle_evidence (VantageReviewView *self);
/* Everything but the page goes away, or comes back. */
void vantage_review_view_set_focus_mode (VantageReviewView *self, gboolean focus_mode);
/* Leaves the innermost thing that can be left; FALSE when there is none. */
gboolean vantage_review_view_escape (VantageReviewView *self);
/* Focus goes to the next of: sections, page, evidence. */
void vantage_review_view_move_focus (VantageReviewView *self, gboolean forward);
/* What the menu button of the header shows is the window's. Lent. */
GtkMenuButton *vantage_review_view_get_menu_button (VantageReviewView *self);

G_END_DECLS
