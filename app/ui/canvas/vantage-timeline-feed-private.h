/* vantage-timeline-feed-private.h: what the parts of the feed share. */

#pragma once

#include "vantage-timeline-feed.h"

G_BEGIN_DECLS

#define VANTAGE_FEED_N_MODELS 6

struct _VantageTimelineFeed
{
  GObject parent_instance;

  VantageReviewContext *context;
  GListModel
      *models[VANTAGE_FEED_N_MODELS]; /* event link statement condition impact impact_point */
  guint reading;
  GListStore *list;
  GPtrArray *events;
  GHashTable *by_id; /* char *id → index */
  GPtrArray *lanes;
  GHashTable *lane_of; /* char *person → index */
  guint32 systems_lane, nobody_lane;
  GArray *links;
  GPtrArray *impacts;
  VantageTimes *times; /* NULL: to be read anew */
  GHashTable *items;   /* char *id → VantageItem *, NULL for one that is not here */
  gint64 main_us;      /* an instant of the day most events are on; VANTAGE_TIME_NONE */

  gboolean wants_survey;
  VantageSurvey *survey;
  guint survey_timeout;
  GCancellable *cancellable;
};

void vantage_timeline_feed_read_lanes (VantageTimelineFeed *self);
void vantage_timeline_feed_read_impacts (VantageTimelineFeed *self);
/* Makes `times` from all entities; takes one that changed. */
void vantage_timeline_feed_read_times (VantageTimelineFeed *self);
void vantage_timeline_feed_take_times (VantageTimelineFeed *self, VantageEntity *entity);

G_END_DECLS
