/* vantage-canvas-layout.h: from events, lanes and zoom to rectangles: rows, lane heights, soft
 * bars, links, shelf; and back from a point to what is there. Drawing and hit test read the same
 * numbers.
 *
 * Two steps: set_data copies and sorts (when the model changes), run lays out what is seen (each
 * frame). x is in view pixels, 0 at the left edge of the time area; y in content pixels, 0 at the
 * top of the first lane: the view subtracts its scroll. Rows depend on data and zoom alone, never
 * on what is seen, so panning moves nothing up or down; and they change only at zooms a factor √2
 * apart. */

#pragma once

#include "vantage-canvas-data.h"
#include "vantage-time-scale.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_DETAIL_CARDS,   /* each with its text */
  VANTAGE_DETAIL_MARKS,   /* a small rectangle for each */
  VANTAGE_DETAIL_DENSITY, /* how many, per lane and bin */
} VantageDetail;

/* Sizes in pixels, measured once by the view. */
typedef struct
{
  double card_height;    /* 40 */
  double bar_height;     /* of the soft bar above a half-known card: 6 */
  double row_gap;        /* between rows: 8 */
  double card_gap;       /* between cards of one row: 6 */
  double lane_padding;   /* above the first row and below the last: 10 */
  double mark_size;      /* least width of a mark, and its height: 10 */
  double density_height; /* of a lane that shows density or is collapsed: 28 */
  double density_bin;    /* width of a density bin: 4 */
  double shelf_row;      /* height of a row of the shelf: 48 */
  double label_slack;    /* kept free around a link's label: 4 */
  guint max_cards;       /* most cards at once: 300 */
  double px_per_card;    /* cards become marks when each has less of the lanes' length: 40 */
  double px_per_mark;    /* marks become density below this: 12 */
} VantageCanvasMetrics;

extern const VantageCanvasMetrics vantage_canvas_metrics_default;

/* One event in one lane, as seen. */
typedef struct
{
  guint32 event;
  guint32 lane;
  guint32 row;
  guint32 spot; /* the layout's own number of it */
  guint8 kind;
  guint8 flags;
  gboolean tied;    /* one of several appearances of the event */
  gboolean soft;    /* `bar` is set: where it can have been */
  gboolean as_mark; /* drawn as a mark: by detail, or because the lane is collapsed */
  VantageRect rect; /* the card, span or mark */
  double text_x;    /* where text begins so that it stays in view when the card begins left of it */
  VantageRect bar;  /* the soft bar; open sides end at the view's edge */
} VantageCanvasCard;

typedef struct
{
  guint32 lane;
  double y, height;
  guint n_rows;
  gboolean collapsed;
  guint n_seen; /* events in view */
} VantageCanvasBand;

typedef enum
{
  VANTAGE_PATH_LINK,   /* `link` is one link */
  VANTAGE_PATH_TIE,    /* joins two appearances of one event; `link` is the event */
  VANTAGE_PATH_BUNDLE, /* `count` links from one lane to another; `link` is the first */
} VantagePathSort;

/* A cubic curve with an arrow at its end. */
typedef struct
{
  VantagePathSort sort;
  guint32 link;
  guint8 kind;
  guint count;
  guint32 from_card, to_card; /* indexes among the cards; G_MAXUINT32: that end is out of view */
  VantagePoint points[4];     /* begin, two control points, end */
  double arrow_angle;         /* radians, direction of travel at the end */
  VantagePoint middle;        /* a point of the curve, for its sign */
  VantageRect label;          /* empty when there is none or no room for it */
  gboolean crosses;           /* it could not be led around every card */
} VantageCanvasPath;

/* A card that waits for a time. In pixels of the shelf. */
typedef struct
{
  guint32 event;
  VantageRect rect;
} VantageCanvasWaiting;

typedef struct
{
  VantageStretch stretch;
  double x, width;
} VantageCanvasFold;

typedef struct _VantageCanvasLayout VantageCanvasLayout;

VantageCanvasLayout *vantage_canvas_layout_new (const VantageCanvasMetrics *metrics);
void vantage_canvas_layout_free (VantageCanvasLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageCanvasLayout, vantage_canvas_layout_free)

/* Laid out anew from nothing at the next run. */
void vantage_canvas_layout_set_metrics (VantageCanvasLayout *self,
                                        const VantageCanvasMetrics *metrics);

/**
 * vantage_canvas_layout_set_data:
 *
 * Copies @data. Events that were there before (same key, lane, window and width) keep their row
 * while the zoom stays within its step. O(n log n); do it off the main thread for very many.
 * Indexes of lanes and events out of range are our mistake.
 */
void vantage_canvas_layout_set_data (VantageCanvasLayout *self, const VantageCanvasData *data);

/* One event alone: a new one, at the number after the last or one that became free, or what one
 * became. @more: the other lanes it appears in. All other events stay in their rows, and one that
 * is again as it was goes back to its own. O(log n) but for very many in one lane. Links of a new
 * event are known after set_links. */
void vantage_canvas_layout_set_event (VantageCanvasLayout *self, guint32 event,
                                      const VantageCanvasEvent *now, const guint32 *more,
                                      guint n_more);
/* Its number is free then. */
void vantage_canvas_layout_remove_event (VantageCanvasLayout *self, guint32 event);
/* All links anew. O(n log n). */
void vantage_canvas_layout_set_links (VantageCanvasLayout *self, const VantageCanvasLink *links,
                                      guint32 n_links);
/* The events that wait for a time, in the order in which they stand on the shelf. */
void vantage_canvas_layout_order_shelf (VantageCanvasLayout *self, const guint32 *events, guint n);
/* The same lanes with other heights, collapsed or hidden. */
void vantage_canvas_layout_set_lane_sizes (VantageCanvasLayout *self,
                                           const VantageCanvasLane *lanes, guint32 n_lanes);
/* Another number after every change of what is laid out, flags aside. */
guint vantage_canvas_layout_get_generation (VantageCanvasLayout *self);
/* Selecting and pinning need no more than this. @flags: PINNED and SELECTED, or 0. */
void vantage_canvas_layout_set_flags (VantageCanvasLayout *self, guint32 event,
                                      VantageCanvasFlags flags);
/* From first to last time of any event, half-known windows included; FALSE when none has a time. */
gboolean vantage_canvas_layout_get_extent (VantageCanvasLayout *self, VantageSpan *out);
/* Begins and ends of all events, ascending: what folds are proposed from. (transfer full)
 * (element-type gint64) */
GArray *vantage_canvas_layout_list_times (VantageCanvasLayout *self);

/**
 * vantage_canvas_layout_run:
 * @scale: time and x; x = 0 is the left edge of the view
 * @width_px: of the view
 * @y_px, @height_px: the part of the lanes that is seen
 *
 * Lays out what is seen. At a zoom step that was not seen lately, rows are worked out for all
 * events, O(n × rows); else O(seen).
 */
void vantage_canvas_layout_run (VantageCanvasLayout *self, const VantageTimeScale *scale,
                                double width_px, double y_px, double height_px);

/* Works out, ahead of time and a lane at each call, the rows of the zoom steps beside the one of
 * the last run. FALSE: nothing is left to do. */
gboolean vantage_canvas_layout_prepare (VantageCanvasLayout *self);
/* How many links a run may lead around cards; the others go straight, or as they went at the last
 * zoom. As many as there are unless told. */
void vantage_canvas_layout_set_budget (VantageCanvasLayout *self, guint n_links);
/* FALSE: the budget was not enough; another run at the same place goes on. */
gboolean vantage_canvas_layout_is_settled (VantageCanvasLayout *self);

/* All below: as of the last run; lent until the next. */
VantageDetail vantage_canvas_layout_get_detail (VantageCanvasLayout *self);
double vantage_canvas_layout_get_height (VantageCanvasLayout *self); /* of all lanes */
/* Every lane that is not hidden, from the top. */
const VantageCanvasBand *vantage_canvas_layout_get_bands (VantageCanvasLayout *self, guint *out_n);
/* By lane from the top, then by begin. With DENSITY: pinned and selected ones only. */
const VantageCanvasCard *vantage_canvas_layout_get_cards (VantageCanvasLayout *self, guint *out_n);
const VantageCanvasPath *vantage_canvas_layout_get_paths (VantageCanvasLayout *self, guint *out_n);
const VantageCanvasFold *vantage_canvas_layout_get_folds (VantageCanvasLayout *self, guint *out_n);
/* DENSITY: how many events meet each bin of `density_bin` pixels; NULL for a lane not in view. */
const guint *vantage_canvas_layout_get_density (VantageCanvasLayout *self, guint32 lane,
                                                guint *out_n_bins);
/* How many events of a lane meet each of @n_bins stretches of @bin_us from @begin_us on: for views
 * that keep what they counted. */
void vantage_canvas_layout_count (VantageCanvasLayout *self, guint32 lane, gint64 begin_us,
                                  gint64 bin_us, guint n_bins, guint *out_counts);
/* The shelf wraps at @width_px of the last run. */
const VantageCanvasWaiting *vantage_canvas_layout_get_waiting (VantageCanvasLayout *self,
                                                               guint *out_n);
double vantage_canvas_layout_get_shelf_height (VantageCanvasLayout *self);

typedef enum
{
  VANTAGE_HIT_NOTHING,
  VANTAGE_HIT_CARD, /* index of the card */
  VANTAGE_HIT_BAR,  /* the soft bar of that card */
  VANTAGE_HIT_PATH, /* index of the path: within 5 px of it */
  VANTAGE_HIT_FOLD, /* index of the fold */
  VANTAGE_HIT_LANE, /* empty room in that lane */
} VantageHitSort;

typedef struct
{
  VantageHitSort sort;
  guint index;
  guint32 lane; /* the lane under the point; NO_LANE: none */
} VantageHit;

/* @x in view pixels, @y in content pixels. Cards before bars before paths before folds. */
void vantage_canvas_layout_hit (VantageCanvasLayout *self, double x, double y, VantageHit *out);

/* Whether the right edge of a card is where its event ends, and not where its text does. */
gboolean vantage_canvas_layout_is_span_end (VantageCanvasLayout *self, guint card);
/* Where an event stands although it may be out of view: y and height of its first appearance, and
 * the instants of its card. FALSE when it is on the shelf or its lane is hidden. */
gboolean vantage_canvas_layout_locate (VantageCanvasLayout *self, guint32 event,
                                       VantageSpan *out_span, double *out_y, double *out_height);

/* For the arrow keys. */
typedef enum
{
  VANTAGE_STEP_EARLIER, /* the one before in the lane */
  VANTAGE_STEP_LATER,
  VANTAGE_STEP_UP, /* the nearest in time in the next lane above that has any */
  VANTAGE_STEP_DOWN,
  VANTAGE_STEP_FIRST, /* ends of the lane */
  VANTAGE_STEP_LAST,
} VantageStep;

/* From @event in @lane; FALSE when there is nothing there. Looks at all events, seen or not. */
gboolean vantage_canvas_layout_step (VantageCanvasLayout *self, guint32 event, guint32 lane,
                                     VantageStep step, guint32 *out_event, guint32 *out_lane);

G_END_DECLS
