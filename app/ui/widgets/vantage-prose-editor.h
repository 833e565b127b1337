/* vantage-prose-editor.h: a field of prose, written as it is typed: within a second, and at once
 * when focus leaves, the page changes or the window closes. One stretch of typing is one undo step.
 * What comes from elsewhere never changes text under the cursor. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PROSE_EDITOR (vantage_prose_editor_get_type ())
G_DECLARE_FINAL_TYPE (VantageProseEditor, vantage_prose_editor, VANTAGE, PROSE_EDITOR, GtkWidget)

/* Signal "text-changed": the text is another one, by hand or from elsewhere. */

/* For templates: <object class="VantageProseEditor">. */
GtkWidget *vantage_prose_editor_new (void);
/* @what: names the undo step: _("Edit Summary"). Everything NULL: detaches (writing first). */
void vantage_prose_editor_bind (VantageProseEditor *self, VantageReviewContext *context,
                                const char *kind, const char *id, const char *slot,
                                const char *what);
/* Shown faint while empty; also the accessible name unless set_label () gives another. */
void vantage_prose_editor_set_placeholder (VantageProseEditor *self, const char *text);
void vantage_prose_editor_set_label (VantageProseEditor *self, const char *text);
/* Least height in lines; it grows with its text. */
void vantage_prose_editor_set_lines (VantageProseEditor *self, guint lines);
/* (transfer full) */
char *vantage_prose_editor_dup_text (VantageProseEditor *self);
/* For marks, tags and inserting references. Lent. */
GtkTextView *vantage_prose_editor_get_view (VantageProseEditor *self);
/* From the next bind on, "[[kind:id]]" is shown as what it points to (see
 * vantage-reference-text.h).
 */
void vantage_prose_editor_show_references (VantageProseEditor *self);
/* Writes what is not written. */
void vantage_prose_editor_flush (VantageProseEditor *self);

G_END_DECLS
