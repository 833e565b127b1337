/* vantage-lane-head.h: what stands left of a lane: who, and how they were. */

#pragma once

#include "vantage-timeline-feed.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_LANE_HEAD (vantage_lane_head_get_type ())
G_DECLARE_FINAL_TYPE (VantageLaneHead, vantage_lane_head, VANTAGE, LANE_HEAD, GtkWidget)

GtkWidget *vantage_lane_head_new (const VantageTimelineLane *lane);
/* Narrow: disc and name alone. */
void vantage_lane_head_set_narrow (VantageLaneHead *self, gboolean narrow);

/* One line high: the name alone. */
void vantage_lane_head_set_collapsed (VantageLaneHead *self, gboolean collapsed);

G_END_DECLS
