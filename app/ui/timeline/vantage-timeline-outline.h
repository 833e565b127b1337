/* vantage-timeline-outline.h: the timeline as a list, in step with the canvas. */

#pragma once

#include "vantage-timeline-feed.h"
#include "vantage-timeline-selection.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_TIMELINE_OUTLINE (vantage_timeline_outline_get_type ())
G_DECLARE_FINAL_TYPE (VantageTimelineOutline, vantage_timeline_outline, VANTAGE, TIMELINE_OUTLINE,
                      GtkWidget)

/* Signal "activate-event" (const char *id): Enter, or two clicks. */
GtkWidget *vantage_timeline_outline_new (VantageTimelineFeed *feed,
                                         VantageTimelineSelection *selection);
/* Scrolls to the event; FALSE: not there. */
gboolean vantage_timeline_outline_reveal (VantageTimelineOutline *self, const char *id);
/* What the list selects from; lent. */
GtkSelectionModel *vantage_timeline_outline_get_model (VantageTimelineOutline *self);
/* Lane by lane, each in order of time; else all in order of time. */
void vantage_timeline_outline_set_by_lane (VantageTimelineOutline *self, gboolean by_lane);

G_END_DECLS
