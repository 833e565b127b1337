/* vantage-standing-list.h: what somebody knew, could have seen and could not have known, each with
 * its why. */

#pragma once

#include "vantage-standing-strip.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_STANDING_LIST (vantage_standing_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageStandingList, vantage_standing_list, VANTAGE, STANDING_LIST, GtkWidget)

/* Signals: "go" (const char *event): a row of an event was chosen; "close". An item is shown in the
 * evidence pane. */
GtkWidget *vantage_standing_list_new (VantageTimelineFeed *feed, VantageStandingStrip *strip);
/* Looks on only while it is shown. */
void vantage_standing_list_set_active (VantageStandingList *self, gboolean active);

G_END_DECLS
