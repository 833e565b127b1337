/* vantage-reference-chooser.h: a popover that finds a finding, an event, a passage, an item … by
 * its words, and the way to it by typing "[[" in prose. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REFERENCE_CHOOSER (vantage_reference_chooser_get_type ())
G_DECLARE_FINAL_TYPE (VantageReferenceChooser, vantage_reference_chooser, VANTAGE,
                      REFERENCE_CHOOSER, GtkPopover)

/* Signal "chosen" (const char *kind, const char *id). */

/* @kinds: NULL-terminated; "item" finds evidence. Reads anew each time it opens. (transfer
 * floating) */
GtkWidget *vantage_reference_chooser_new (VantageReviewContext *context, const char *const *kinds);

/* Offers the chooser when "[[" is typed in @view, and puts the reference in its place. The text
 * view must stand in a GtkOverlay and show references as vantage-reference-text.h does. */
void vantage_reference_chooser_complete (GtkTextView *view, VantageReviewContext *context,
                                         const char *const *kinds);
/* The same from a menu, at the cursor. */
void vantage_reference_chooser_open (GtkTextView *view, VantageReviewContext *context,
                                     const char *const *kinds);

G_END_DECLS
