/* vantage-timeline-feed.h: the events of a review, when they can have been, and whose lanes they
 * stand in: read from the live models, for canvas, outline and details alike. */

#pragma once

#include "vantage-canvas-data.h"
#include "vantage-review-context.h"
#include "vantage-survey.h"
#include "vantage-times.h"

G_BEGIN_DECLS

/* One event as it is now; replaced by another object when anything of it changes. Everybody but the
 * feed only reads it. */
#define VANTAGE_TYPE_TIMELINE_EVENT (vantage_timeline_event_get_type ())
G_DECLARE_FINAL_TYPE (VantageTimelineEvent, vantage_timeline_event, VANTAGE, TIMELINE_EVENT,
                      GObject)

struct _VantageTimelineEvent
{
  GObject parent_instance;

  VantageEntity *entity;
  VantageCanvasEvent shape; /* without width and flags of the view */
  GArray *lanes;            /* (element-type guint32): indexes of lanes, ascending; never empty */
  guint n_items, n_links, n_statements;
  gboolean contradicted;
  guint32 place; /* in the list of the feed */
  guint32 slot;  /* a number that it keeps while others come, go and move */
};

/* What the last "changed" was about. Lent like the rest. */
typedef struct
{
  gboolean everything; /* the rest says nothing then */
  GPtrArray *events;   /* (element-type VantageTimelineEvent): new ones, and what others became */
  GArray *gone;        /* (element-type guint32): slots of those that went */
  gboolean links;      /* other links, or of other events */
  gboolean impacts;
} VantageTimelineChange;

/* Lent. "Untitled Event" when nobody gave it a title. */
const char *vantage_timeline_event_get_title (VantageTimelineEvent *self);
const char *vantage_timeline_event_get_id (VantageTimelineEvent *self);
/* Never NULL: "other", "unknown". */
const char *vantage_timeline_event_get_kind (VantageTimelineEvent *self);
const char *vantage_timeline_event_get_claim (VantageTimelineEvent *self);

/* A lane: one person's, that of all systems, or that of events nobody is named in. */
typedef struct
{
  char *person; /* NULL: systems, nobody */
  gboolean systems;
  char *name;
  char *detail;      /* role and team; "" none */
  char **strip;      /* state, a line each: "awake 20 h"; never NULL */
  int colour;        /* as of vantage_avatar_get_class () */
  VantageZone *zone; /* (nullable): the person's, where known */
  guint n_events;
} VantageTimelineLane;

typedef struct
{
  VantageEntity *entity;
  guint32 from, to; /* indexes of events */
} VantageTimelineLink;

/* One series drawn above the lanes. Times ascending. */
typedef struct
{
  char *name;
  GArray *times_us; /* (element-type gint64) */
  GArray *values;   /* (element-type double), one a time */
  double greatest;
} VantageTimelineImpact;

#define VANTAGE_TYPE_TIMELINE_FEED (vantage_timeline_feed_get_type ())
G_DECLARE_FINAL_TYPE (VantageTimelineFeed, vantage_timeline_feed, VANTAGE, TIMELINE_FEED, GObject)

/* Signals: "changed": any of the below is another, once for many changes. "surveyed": the survey
 * arrived or was renewed. */
VantageTimelineFeed *vantage_timeline_feed_new (VantageReviewContext *context);
/* Leaves out what @keep says no to, from now on; NULL: nothing is left out. "changed" is emitted
 * before it returns. Times are worked out with all events, and one that is left out is not found.
 */
typedef gboolean (*VantageTimelineKeep) (VantageEntity *event, gpointer user_data);
void vantage_timeline_feed_set_keep (VantageTimelineFeed *self, VantageTimelineKeep keep,
                                     gpointer user_data);
/* How many events are left out. */
guint vantage_timeline_feed_get_n_left_out (VantageTimelineFeed *self);
/* Reads at once what is waiting to be read; "changed" is emitted before it returns. */
void vantage_timeline_feed_update (VantageTimelineFeed *self);

/* Shows other events than those of the review, until these change: a picture of how it would be
 * with very many. @events (element-type VantageTimelineEvent), in order of time; @links
 * (element-type VantageTimelineLink), which are not owned. */
void vantage_timeline_feed_show_others (VantageTimelineFeed *self, GPtrArray *events,
                                        GArray *links);

VantageReviewContext *vantage_timeline_feed_get_context (VantageTimelineFeed *self);
/* In order of time, those without last; the index of an event is its place. Lent until the next
 * "changed". (element-type VantageTimelineEvent) */
GPtrArray *vantage_timeline_feed_get_events (VantageTimelineFeed *self);
const VantageTimelineChange *vantage_timeline_feed_get_change (VantageTimelineFeed *self);
/* Slots are below this. */
guint vantage_timeline_feed_get_n_slots (VantageTimelineFeed *self);
/* NULL: none has that slot. Lent. */
VantageTimelineEvent *vantage_timeline_feed_get_at_slot (VantageTimelineFeed *self, guint32 slot);
/* The same, live. Lent. */
GListModel *vantage_timeline_feed_get_model (VantageTimelineFeed *self);
/* NULL when there is none. Lent. */
VantageTimelineEvent *vantage_timeline_feed_find (VantageTimelineFeed *self, const char *id,
                                                  guint32 *out_index);
GPtrArray *vantage_timeline_feed_get_lanes (VantageTimelineFeed *self);
/* Index of a person's lane, merges followed; VANTAGE_CANVAS_NO_LANE. */
guint32 vantage_timeline_feed_find_lane (VantageTimelineFeed *self, const char *person);
/* (element-type VantageTimelineLink) */
GArray *vantage_timeline_feed_get_links (VantageTimelineFeed *self);
/* (element-type VantageTimelineImpact) */
GPtrArray *vantage_timeline_feed_get_impacts (VantageTimelineFeed *self);
VantageTimes *vantage_timeline_feed_get_times (VantageTimelineFeed *self);
/* The review read as a whole; NULL until it is ready. Asked for at the first call. Lent. */
VantageSurvey *vantage_timeline_feed_get_survey (VantageTimelineFeed *self);
/* Looked up once. NULL: not on this computer. Lent. */
const VantageItem *vantage_timeline_feed_get_item (VantageTimelineFeed *self, const char *id);

/* "02:16", "≈ 02:22", "02:10 – 02:25", "after 02:41", "no time yet"; with the day when it is not
 * the one most events are on. (transfer full) */
char *vantage_timeline_feed_dup_time (VantageTimelineFeed *self, VantageTimelineEvent *event);
/* Who or what says so: "#payments-ops", "Dana, interview · disputed". (transfer full) */
char *vantage_timeline_feed_dup_authority (VantageTimelineFeed *self, VantageTimelineEvent *event);
/* Names of the lanes, parted by commas. (transfer full) */
char *vantage_timeline_feed_dup_lanes (VantageTimelineFeed *self, VantageTimelineEvent *event);
/* "about 02:22, Dana: sees lag falling, 2 items, contradicted". (transfer full) */
char *vantage_timeline_feed_dup_spoken (VantageTimelineFeed *self, VantageTimelineEvent *event);
/* What a statement says, in words: "Dana: before “Third call”, by 5 min". (transfer full) */
char *vantage_timeline_feed_dup_statement (VantageTimelineFeed *self,
                                           const VantageTimeStatement *statement);

G_END_DECLS
