/* vantage-merge-dialog.h: two windows about who is one with whom: choosing the other one by hand,
 * and going through what is proposed. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* @other: the person that is the same as @person. */
typedef void (*VantageMergeChosen) (const char *person, const char *other, gpointer user_data);

/* Asks who is the same as @person; @chosen is called at most once, then the window closes.
 * @user_data must outlive the window: it is closed when @parent is. */
GtkWidget *vantage_merge_dialog_new (GtkWindow *parent, VantageReviewContext *context,
                                     const char *person, VantageMergeChosen chosen,
                                     gpointer user_data);

/* Makes @other one with @person; tells it with Undo. FALSE after telling why not. */
gboolean vantage_merge_people (VantageReviewContext *context, const char *person,
                               const char *other);

/* All pairs that are proposed, each with Same Person and Not the Same; follows what changes. */
GtkWidget *vantage_same_people_dialog_new (GtkWindow *parent, VantageReviewContext *context);

G_END_DECLS
