/* vantage-event-details.h: everything about one event: what, who, when and who says so, what it
 * rests on, what it is linked to. */

#pragma once

#include "vantage-timeline-feed.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_EVENT_DETAILS (vantage_event_details_get_type ())
G_DECLARE_FINAL_TYPE (VantageEventDetails, vantage_event_details, VANTAGE, EVENT_DETAILS, GtkWidget)

/* Signals: "go" (const char *event): another event is wanted; "close". */
GtkWidget *vantage_event_details_new (VantageTimelineFeed *feed);
/* @id: (nullable): NULL says that nothing is selected. */
void vantage_event_details_set_event (VantageEventDetails *self, const char *id);
/* What of it rests on later knowledge, in words; NULL: nothing. */
void vantage_event_details_set_later (VantageEventDetails *self, const char *text);

G_END_DECLS
