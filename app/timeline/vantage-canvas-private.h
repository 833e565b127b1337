/* vantage-canvas-private.h: what the parts of the layout share. */

#pragma once

#include "vantage-canvas-layout.h"
#include "vantage-lane-index.h"
#include "vantage-time-cursor.h"

G_BEGIN_DECLS

#define VANTAGE_CANVAS_NONE G_MAXUINT32
#define VANTAGE_MARK_ROWS 8 /* marks of a lane stand in at most so many rows */
#define VANTAGE_CANVAS_NO_ROW G_MAXUINT16

/* An event in one of its lanes. Known by its place in the pool, which it keeps. */
typedef struct
{
  guint32 event; /* VANTAGE_CANVAS_NONE: this place of the pool is free */
  guint32 lane;
  gint64 place_us, end_us;     /* of the card */
  gint64 soft_begin, soft_end; /* of the bar, where it is bounded; else those of the card */
  guint32 next;                /* next appearance of the event, in a lower lane */
  float width_px;              /* these are the event's: one look at memory is enough */
  guint8 kind, flags;
  gboolean tied; /* it is not the only one */
} VantageCanvasSpot;

/* What stands in one lane. */
typedef struct
{
  GArray *order; /* (element-type guint32): spots by place, end, key */
  GArray *left;  /* (element-type guint32) (nullable): the same by where they begin, bars included;
                    NULL: to be worked out */
  VantageLaneIndex *index; /* keys are spots */
  guint n_soft;            /* spots that have a bar */
} VantageCanvasLaneSpots;

/* The row of every spot at one zoom step. */
typedef struct
{
  VantageAxis *axis; /* (nullable) */
  int step;
  gboolean marks;
  gboolean is_kept; /* what is remembered of it is kept where it can be */
  guint32 n_done;   /* lanes worked out, from the first */
  guint16 *rows;    /* by spot */
  guint32 n_rows;   /* room in it */
  guint *lane_rows; /* by lane: how many */
} VantageCanvasRows;

/* How a link was led the last time it was looked at closely. */
typedef struct
{
  guint32 stamp; /* 0: never; else as of which route_stamp */
  guint8 way;
  guint8 label; /* place along it, from 1; 0: no room */
  gboolean crosses;
} VantageCanvasRoute;

/* The appearances a link joins; VANTAGE_CANVAS_NONE: an end is out of sight. */
typedef struct
{
  guint32 from, to;
} VantageCanvasEnds;

/* Links from one lane to another. */
typedef struct
{
  guint32 from_lane, to_lane;
  GArray *starts; /* (element-type VantageCanvasStart), by time */
} VantageCanvasPair;

typedef struct
{
  gint64 us;
  guint32 link;
} VantageCanvasStart;

typedef struct
{
  guint32 pair;
  guint32 link; /* the one in the middle */
  guint count;
} VantageCanvasBundle;

struct _VantageCanvasLayout
{
  VantageCanvasMetrics metrics;

  /* the data; what is at a place keeps it */
  GArray *events;         /* (element-type VantageCanvasEvent) */
  GArray *event_first;    /* (element-type guint32): first spot of an event; NONE: it has no time */
  GArray *spots;          /* (element-type VantageCanvasSpot) */
  GArray *free_spots;     /* (element-type guint32) */
  GArray *card_of;        /* (element-type guint32), by spot: its card; NONE */
  GArray *waiting_events; /* (element-type guint32) */
  GArray *marked;         /* (element-type guint32): spots of pinned or selected events */
  VantageCanvasLane *lanes;
  VantageCanvasLaneSpots *lane_spots;
  guint32 n_lanes;
  double widest_px;
  guint generation;  /* another after every change of the above but of flags */
  gboolean is_dirty; /* something changed since the last run */

  /* links */
  GArray *links;     /* (element-type VantageCanvasLink) */
  GArray *link_ends; /* (element-type VantageCanvasEnds) */
  GArray *routes;    /* (element-type VantageCanvasRoute) */
  guint32 *links_of; /* links by event, those of event i from links_first[i] */
  guint32 *links_first;
  guint32 n_linked; /* events that links_first knows of */
  VantageLaneIndex *link_index;
  GPtrArray *pairs;    /* (element-type VantageCanvasPair) */
  GHashTable *pair_of; /* gint64 lanes → place in pairs + 1 */
  GArray *bundles;     /* (element-type VantageCanvasBundle), of the stretch below */
  VantageSpan bundled;
  guint bundled_generation;
  guint32 route_stamp;
  guint route_generation;
  VantageTimeScale route_scale;
  VantageDetail route_detail;
  guint budget; /* links looked at closely in one run */
  gboolean is_settled;

  /* rows: the newest first */
  GPtrArray *row_sets;     /* (element-type VantageCanvasRows) */
  VantageCanvasRows *rows; /* of the last run; NULL */
  GHashTable *remembered;  /* guint64 * hash of what a spot takes up → row + 1, of `rows` */

  /* the last run */
  VantageTimeScale scale;
  VantageTimeCursor cursor;
  VantageAxis *axis;
  double width, y, height, total_height;
  VantageDetail detail;
  gboolean has_run;
  gboolean is_laid_out;          /* there was a run since all data came anew */
  VantageCanvasBand *lane_bands; /* by lane */
  GArray *bands, *cards, *paths, *folds, *waiting;
  GPtrArray *density; /* (element-type GArray of guint) (nullable), by lane */
  double shelf_height;
  double shelf_width; /* for which `waiting` was filled; -1: not yet */
};

static inline VantageCanvasEvent *
vantage_canvas_get_event (VantageCanvasLayout *self, guint32 event)
{
  return &g_array_index (self->events, VantageCanvasEvent, event);
}

static inline VantageCanvasSpot *
vantage_canvas_at_spot (VantageCanvasLayout *self, guint32 spot)
{
  return &g_array_index (self->spots, VantageCanvasSpot, spot);
}

static inline guint32
vantage_canvas_get_first (VantageCanvasLayout *self, guint32 event)
{
  return g_array_index (self->event_first, guint32, event);
}

/* From where to where a spot is found: its card and its bar. */
VantageSpan vantage_canvas_get_extent (const VantageCanvasSpot *spot);
/* Order within a lane. */
int vantage_canvas_compare_spots (VantageCanvasLayout *self, guint32 a, guint32 b);
/* The first place of the lane's order that does not come before (@us, …). */
guint vantage_canvas_find_in_order (VantageCanvasLayout *self, guint32 lane, gint64 us);

/* canvas-rows */
void vantage_canvas_rows_free (VantageCanvasRows *self);
/* Makes sure of `rows` for the scale and detail of this run. */
void vantage_canvas_rows_ensure (VantageCanvasLayout *self);
/* All steps are forgotten; of the newest it is remembered where everything stood. */
void vantage_canvas_rows_forget (VantageCanvasLayout *self);
/* All steps but the newest are forgotten. */
void vantage_canvas_rows_keep_newest (VantageCanvasLayout *self);
/* Before a spot goes, after one came: the others stay. */
void vantage_canvas_rows_take_out (VantageCanvasLayout *self, guint32 spot);
void vantage_canvas_rows_put_in (VantageCanvasLayout *self, guint32 spot);

/* No card is known any more. */
void vantage_canvas_forget_cards (VantageCanvasLayout *self);
/* Rectangle of a card or mark, in view or not; bands must be known. */
void vantage_canvas_get_spot_rect (VantageCanvasLayout *self, guint32 spot, VantageRect *out);

/* canvas-links */
void vantage_canvas_links_clear (VantageCanvasLayout *self);
/* Before the spots of an event go, after they came. */
void vantage_canvas_links_take_out (VantageCanvasLayout *self, guint32 event);
void vantage_canvas_links_put_in (VantageCanvasLayout *self, guint32 event);

/* Fills `paths`; cards must be known. */
void vantage_canvas_paths_find (VantageCanvasLayout *self);
VantagePoint vantage_canvas_path_at (const VantageCanvasPath *self, double t);
/* Cubic curves between two rectangles, and the room for a label. */
void vantage_canvas_route (VantageCanvasLayout *self, VantageCanvasPath *path,
                           const VantageRect *from, const VantageRect *to, GArray *obstacles,
                           VantageCanvasRoute *route);
void vantage_canvas_route_again (VantageCanvasPath *path, const VantageRect *from,
                                 const VantageRect *to, guint8 way);
void vantage_canvas_route_down (VantageCanvasPath *path, const VantageRect *from,
                                const VantageRect *to, double from_x, double to_x);

G_END_DECLS
