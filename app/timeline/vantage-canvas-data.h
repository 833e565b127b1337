/* vantage-canvas-data.h: what is to be laid out: events, the lanes they stand in, and their links,
 * as plain columns of numbers. The view copies them here from the model. */

#pragma once

#include "vantage-geometry.h"

G_BEGIN_DECLS

#define VANTAGE_CANVAS_NO_LANE G_MAXUINT32
#define VANTAGE_CANVAS_OPEN_BEGIN G_MININT64 /* a window with no earliest time */
#define VANTAGE_CANVAS_OPEN_END G_MAXINT64   /* … with no latest time */

typedef enum
{
  VANTAGE_CANVAS_PINNED = 1 << 0,   /* marked by a person: drawn even where cards become density */
  VANTAGE_CANVAS_SPAN = 1 << 1,     /* has an end of its own: a bar as long as it lasts */
  VANTAGE_CANVAS_SELECTED = 1 << 2, /* as PINNED; drawn last */
} VantageCanvasFlags;

/* One event. Exact times have earliest == latest. An event whose start is open on both sides waits
 * on the shelf. */
typedef struct
{
  guint64 key;            /* by which rows are kept when the data changes: unique, stable */
  gint64 earliest_us;     /* window of the start */
  gint64 latest_us;       /* last instant the start can be at */
  gint64 end_earliest_us; /* window of the end; same as the start's unless SPAN */
  gint64 end_latest_us;
  gint64
      placed_us;  /* where a person put it within its window; VANTAGE_CANVAS_OPEN_BEGIN: nowhere */
  guint32 lane;   /* index of the first lane it appears in; NO_LANE: shelf */
  float width_px; /* of its card: measured text and padding, already limited by the view */
  guint8 kind;    /* the view's own number; carried along */
  guint8 flags;   /* VantageCanvasFlags */
} VantageCanvasEvent;

/* An event with several actors appears in each lane: one entry for each lane but the first. */
typedef struct
{
  guint32 event;
  guint32 lane;
} VantageCanvasAppearance;

typedef struct
{
  guint32 from, to;   /* indexes of events */
  guint8 kind;        /* the view's own number */
  float label_width;  /* px; 0: no label */
  float label_height; /* px */
} VantageCanvasLink;

typedef struct
{
  guint64 key;
  double min_height_px; /* what its head needs */
  gboolean collapsed;   /* one row of marks; density where all are */
  gboolean hidden;
} VantageCanvasLane;

/* Arrays are lent for the call that takes them. */
typedef struct
{
  const VantageCanvasEvent *events;
  guint32 n_events;
  const VantageCanvasAppearance *more;
  guint32 n_more;
  const VantageCanvasLink *links;
  guint32 n_links;
  const VantageCanvasLane *lanes;
  guint32 n_lanes;
} VantageCanvasData;

/* The key of an event with this id: the same at every start and in every program. */
guint64 vantage_canvas_key (const char *id);
/* Whether events of this kind stand in the lane of systems when nobody is in them; NULL: not. */
gboolean vantage_canvas_is_system_kind (const char *kind);

/* What is known of when an event happened. */
typedef struct
{
  gint64 earliest_us, latest_us; /* of the start */
  gint64 end_earliest_us, end_latest_us;
} VantageCanvasWindow;

/* Sets windows and SPAN of @self, whose flags do not have SPAN yet. @window NULL: nothing is known.
 * @has_end: an end was stated; without one an end that may be later than the start makes a span
 * too. A window of a second or less becomes its first instant: a record to the second is a point,
 * and its second would be drawn as a bar. */
void vantage_canvas_event_set_window (VantageCanvasEvent *self, const VantageCanvasWindow *window,
                                      gboolean has_end);
/* Where the event stands: the middle of its window, where a person put it if that is inside, the
 * known side of a half open one. FALSE when nothing is known of its start. @out_end_us is the place
 * of the end: never before that of the start. */
gboolean vantage_canvas_event_get_place (const VantageCanvasEvent *self, gint64 *out_us,
                                         gint64 *out_end_us);
/* Whether start or end is known only as a window. */
gboolean vantage_canvas_event_is_soft (const VantageCanvasEvent *self);

G_END_DECLS
