/* vantage-reference-text.h: references inside prose, shown by what they point to instead of by
 * their ids. A run of text between two invisible separators stands for "[[kind:id]]"; what it
 * stands for is known per review, so that it can be copied from one field to another. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* What a reference is called: a title, a person's name, the first words of an item or a passage;
 * never empty, one line. (transfer full) */
char *vantage_reference_dup_shown (VantageReviewContext *context, const char *kind, const char *id);
/* When an event was, as far as its own fields say: "02:16", "between 02:10 and 02:20"; NULL: not
 * known. (transfer full) (nullable) */
char *vantage_reference_dup_when (VantageReviewContext *context, VantageEntity *event);
/* Symbolic icon of a kind. Lent. */
const char *vantage_reference_get_icon (const char *kind);
/* Goes to where it can be seen: the section of its kind, or the evidence pane. */
void vantage_reference_open (VantageReviewContext *context, const char *kind, const char *id);

/* @text as it is kept → as it is shown, and back. The second gives exactly what the first was given
 * as long as the runs are whole; a run that was changed is ordinary text. (transfer full) */
char *vantage_reference_text_show (VantageReviewContext *context, const char *text);
char *vantage_reference_text_read (VantageReviewContext *context, const char *shown);
/* The run that stands for a reference, to be inserted. (transfer full) */
char *vantage_reference_text_dup_run (VantageReviewContext *context, const char *kind,
                                      const char *id);

/* Marks the runs of @view: Backspace and Delete take a whole one, Ctrl+click opens what it points
 * to. */
void vantage_reference_text_attach (GtkTextView *view, VantageReviewContext *context);
/* Replaces what is shown as a run with as many characters that no check of wording looks at.
 * (transfer full) */
char *vantage_reference_text_mask (const char *shown);

G_END_DECLS
