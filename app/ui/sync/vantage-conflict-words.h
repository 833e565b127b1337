/* vantage-conflict-words.h: the values that two people gave one field, in words. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* "Finding “Drills look real” · Title". (transfer full) */
char *vantage_conflict_dup_subject (VantageReviewContext *context, const VantageConflict *conflict);
/* "You", or who wrote it; "somebody" when nobody says. (transfer full) */
char *vantage_conflict_dup_author (VantageReviewContext *context, const VantageOp *op);
gboolean vantage_conflict_is_own (VantageReviewContext *context, const VantageOp *op);
/* A value as a person reads it. (transfer full) */
char *vantage_conflict_dup_value (VantageReviewContext *context, const VantageConflict *conflict,
                                  const VantageOp *op);
/* Whether the field holds words, which can be joined or written anew. */
gboolean vantage_conflict_is_text (const VantageConflict *conflict);
/* All wordings one after the other. (transfer full) */
char *vantage_conflict_dup_both (const VantageConflict *conflict);
/* Where @text differs from @other: code points [from, to). */
void vantage_conflict_find_difference (const char *text, const char *other, glong *from, glong *to);

/* The edits, each one step: the value of @op stays; @text does. */
gboolean vantage_conflict_take (VantageReviewContext *context, const VantageConflict *conflict,
                                const VantageOp *op);
gboolean vantage_conflict_write (VantageReviewContext *context, const VantageConflict *conflict,
                                 const char *text);

G_END_DECLS
