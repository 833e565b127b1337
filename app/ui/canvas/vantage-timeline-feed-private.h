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
  GHashTable *by_id;  /* char *id, the event's own → VantageTimelineEvent, not owned */
  GPtrArray *slots;   /* (element-type VantageTimelineEvent) (nullable), not owned */
  GArray *free_slots; /* (element-type guint32) */
  VantageTimelineChange change;
  GHashTable *pending;  /* char *id → VantageEntity: events that changed and were not read yet */
  gboolean reads_all;   /* all is to be read anew … */
  gboolean reads_links; /* … all links … */
  gboolean reads_impacts;
  GPtrArray *lanes;
  GHashTable *lane_of; /* char *person → index */
  guint32 systems_lane, nobody_lane;
  GArray *links;
  GPtrArray *impacts;
  VantageTimes *times; /* NULL: to be read anew */
  GHashTable *items;   /* char *id → VantageItem *, NULL for one that is not here */
  gint64 main_us;      /* an instant of the day most events are on; VANTAGE_TIME_NONE */

  VantageTimelineKeep keep; /* NULL: every event is shown */
  gpointer keep_data;
  guint n_left_out;

  gboolean wants_survey;
  VantageSurvey *survey;
  guint survey_timeout;
  GCancellable *cancellable;
};

/* Reads what changed, when no more did than events, links, statements and impact; FALSE: all must
 * be read. */
gboolean vantage_timeline_feed_read_changes (VantageTimelineFeed *self);
/* What both ways of reading are made of. */
VantageTimelineEvent *vantage_timeline_feed_make_event (VantageTimelineFeed *self,
                                                        VantageEntity *entity);
gint vantage_timeline_feed_compare_events (gconstpointer a, gconstpointer b);
gboolean vantage_timeline_feed_is_same (VantageTimelineEvent *a, VantageTimelineEvent *b);
void vantage_timeline_feed_read_links (VantageTimelineFeed *self);
/* Reads the survey anew a moment after the last change, when anybody asked for it. */
void vantage_timeline_feed_survey_soon (VantageTimelineFeed *self);
void vantage_timeline_feed_read_lanes (VantageTimelineFeed *self);
void vantage_timeline_feed_read_impacts (VantageTimelineFeed *self);
/* Makes `times` from all entities; takes one that changed. */
void vantage_timeline_feed_read_times (VantageTimelineFeed *self);
void vantage_timeline_feed_take_times (VantageTimelineFeed *self, VantageEntity *entity);

G_END_DECLS
