/* vantage-standing-popover.h: asks where to stand: with whom, and when. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* @person: NULL when only the moment
 * was typed. @us: VANTAGE_TIME_NONE when only the person was chosen. */
typedef void (*VantageStandingChosen) (const char *person, gint64 us, gpointer user_data);

/* Pops up on @parent at @area (nullable: its middle). @us: the moment to begin with. @user_data
 * outlives it. Lent; it goes away by itself. */
GtkWidget *vantage_standing_popover_ask (GtkWidget *parent, const GdkRectangle *area,
                                         VantageReviewContext *context, gint64 us,
                                         gboolean is_standing, VantageStandingChosen chosen,
                                         gpointer user_data);

G_END_DECLS
