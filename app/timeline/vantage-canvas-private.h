/* vantage-canvas-private.h: what the parts of the layout share. */

#pragma once

#include "vantage-canvas-layout.h"
#include "vantage-lane-index.h"

G_BEGIN_DECLS

#define VANTAGE_MARK_ROWS 8 /* marks of a lane stand in at most so many rows */

/* An event in one of its lanes. */
typedef struct
{
  guint32 event;
  guint32 lane;
  gint64 place_us, end_us;     /* of the card */
  gint64 soft_begin, soft_end; /* of the bar, where it is bounded; else those of the card */
  guint32 next;                /* next appearance of the event; G_MAXUINT32 */
} VantageCanvasSpot;

struct _VantageCanvasLayout
{
  VantageCanvasMetrics metrics;

  /* the data */
  VantageCanvasEvent *events;
  guint32 n_events;
  VantageCanvasLink *links;
  guint32 n_links;
  VantageCanvasLane *lanes;
  guint32 n_lanes;

  /* sorted by lane, place, end, key */
  VantageCanvasSpot *spots;
  guint32 n_spots;
  guint32 *lane_first;    /* n_lanes + 1 */
  guint32 *event_first;   /* first spot of an event; G_MAXUINT32: on the shelf */
  gboolean *lane_is_soft; /* some event of it has a bar */
  GPtrArray *indexes;     /* (element-type VantageLaneIndex), by lane; keys are spots */
  VantageLaneIndex *link_index;
  GArray *waiting_events; /* (element-type guint32) */
  GArray *marked;         /* (element-type guint32): spots of pinned or selected events */
  double widest_px;

  /* rows, as of (axis, step, detail) */
  guint *rows;
  guint *lane_rows;
  gboolean rows_known;
  VantageAxis *rows_axis;
  int rows_step;
  gboolean rows_of_marks;
  gboolean rows_kept; /* `rows` holds rows to keep where they are not VANTAGE_ROW_NONE */

  /* the last run */
  VantageTimeScale scale;
  VantageAxis *axis;
  double width, y, height, total_height;
  VantageDetail detail;
  gboolean has_run;
  gboolean is_laid_out;          /* there was a run since the data came */
  VantageCanvasBand *lane_bands; /* by lane */
  GArray *bands, *cards, *paths, *folds, *waiting;
  GPtrArray *density; /* (element-type GArray of guint) (nullable), by lane */
  guint32 *card_of;   /* by spot: its card; G_MAXUINT32 */
  double shelf_height;
};

/* Makes sure of `rows` for the scale and detail of this run. */
void vantage_canvas_rows_ensure (VantageCanvasLayout *self);
/* Before new data: which rows to keep. Takes over what is to be compared. */
void vantage_canvas_rows_carry_over (VantageCanvasLayout *self, VantageCanvasSpot *old_spots,
                                     guint32 n_old_spots, VantageCanvasEvent *old_events,
                                     guint *old_rows);

/* Rectangle of a card or mark, in view or not; bands must be known. */
void vantage_canvas_get_spot_rect (VantageCanvasLayout *self, guint32 spot, VantageRect *out);

/* Fills `paths`; cards must be known. */
void vantage_canvas_paths_find (VantageCanvasLayout *self);
VantagePoint vantage_canvas_path_at (const VantageCanvasPath *self, double t);

G_END_DECLS
