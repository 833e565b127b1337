/* vantage-roster-dialog.h: a list of people from a file: who belongs to which team, where, since
 * when. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* Asks for a table, says what it would do, and does it when that is confirmed. */
void vantage_roster_choose (GtkWindow *parent, VantageReviewContext *context);
/* The same for a table that is known. */
void vantage_roster_look (GtkWindow *parent, VantageReviewContext *context, const char *path);

G_END_DECLS
