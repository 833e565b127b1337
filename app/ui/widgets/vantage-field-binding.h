/* vantage-field-binding.h: a one-line text field of an entity in any GtkEditable (entry,
 * AdwEntryRow), written as it is typed, as vantage-prose-editor.h does for prose. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* Binds until @editable is destroyed or bound anew; a NULL @id detaches (writing first). @what
 * names the undo step. @kind: (nullable): as of vantage_library_get (). An id whose entity does not
 * exist yet (particulars, consent) is written all the same. */
void vantage_field_bind (GtkEditable *editable, VantageReviewContext *context, const char *kind,
                         const char *id, const char *field, const char *what);

G_END_DECLS
