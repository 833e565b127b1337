/* vantage-mark-signs.h: marks of a line as a sign and as a word, never as a colour alone. */

#pragma once

#include "vantage-line.h"

G_BEGIN_DECLS

/* One character, lent. @one: exactly one mark. */
const char *vantage_mark_sign (VantageLineMarks one);
/* A word in lower case, lent: "how it works". */
const char *vantage_mark_word (VantageLineMarks one);
/* "❝ ?": at most two signs, as a line has room for. (transfer full) */
char *vantage_marks_dup_signs (VantageLineMarks marks);
/* "quote, follow up", with the sort before them when it is no answer. (transfer full) */
char *vantage_marks_dup_words (VantageLineMarks marks, VantageLineSort sort);

G_END_DECLS
