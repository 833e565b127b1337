/* vantage-anchor-move.h: where words that were marked in a text stand after the text was edited. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * vantage_anchor_move:
 * @before: the text in which [*from, *to) was marked
 * @after: the text now
 * @from: (inout): code points
 * @to: (inout): code points; clamped to the text
 *
 * Follows the marked words through an edit: what was put in before them moves them, what was put in
 * among them is taken in, what was put in at their edges is not, what was cut from them shrinks
 * them. Equal numbers afterwards: nothing of them is left. For texts of a few thousand characters
 * the difference is exact (a shortest one); beyond, the stretch that changed counts as replaced.
 */
void vantage_anchor_move (const char *before, const char *after, guint *from, guint *to);

G_END_DECLS
