/* vantage-language-marks.h: a quiet underline below wording that looks back with hindsight or lays
 * blame, in a field of prose. It says why and offers another wording; it never changes the text and
 * never stops anybody. */

#pragma once

#include "vantage-prose-editor.h"

G_BEGIN_DECLS

/* How closely the review's texts are looked at; kept on this computer. */
typedef enum
{
  VANTAGE_HINTS_OFF,
  VANTAGE_HINTS_USUAL,
  VANTAGE_HINTS_CLOSER,
} VantageHints;

VantageHints vantage_language_get_hints (VantageReviewContext *context);
void vantage_language_set_hints (VantageReviewContext *context, VantageHints hints);

/* @contexts: VantageLanguageContext flags. Once an editor. */
void vantage_language_marks_attach (VantageProseEditor *editor, VantageReviewContext *context,
                                    guint contexts);
/* Opens the first hint at or after the cursor; FALSE when there is none. */
gboolean vantage_language_marks_open (VantageProseEditor *editor);
/* How many hints are shown in it. */
guint vantage_language_marks_get_n (VantageProseEditor *editor);

G_END_DECLS
