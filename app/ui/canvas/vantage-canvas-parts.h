/* vantage-canvas-parts.h: what the parts of the canvas share. */

#pragma once

#include "vantage-canvas.h"
#include "vantage-event-card.h"
#include "vantage-ticks.h"

G_BEGIN_DECLS

#define VANTAGE_CANVAS_RULER 34 /* height of the ruler */
#define VANTAGE_CANVAS_STRIP 36 /* of one strip above the lanes */
#define VANTAGE_CANVAS_PALETTE 8

/* A text that is shaped and drawn once. */
typedef struct
{
  GskRenderNode *node; /* (nullable): nothing to see */
  int width, height;
} VantageCanvasLabel;

typedef struct
{
  double x;
  VantageTickSort sort;
  const VantageCanvasLabel *label; /* (nullable); lent */
} VantageCanvasTick;

typedef enum
{
  VANTAGE_DRAG_NONE,
  VANTAGE_DRAG_PAN,
  VANTAGE_DRAG_CARDS,
  VANTAGE_DRAG_MARQUEE,
  VANTAGE_DRAG_SHELF, /* cards that wait for a time */
  VANTAGE_DRAG_BEGIN, /* the left edge of a span … */
  VANTAGE_DRAG_END,   /* … and the right one */
} VantageDragSort;

typedef struct
{
  VantageDragSort sort;
  gboolean moved; /* it went further than a click */
  double start_x, start_y;
  double x, y;           /* offset of the pointer */
  double snapped_x;      /* offset of the cards */
  gint64 us;             /* where the card under the pointer would be */
  char *id;              /* of that card */
  guint32 from, to;      /* lanes */
  gboolean extend;       /* the marquee adds */
  double last_x, last_y; /* of a pan */
} VantageCanvasDrag;

struct _VantageCanvas
{
  GtkWidget parent_instance;

  VantageTimelineFeed *feed;
  VantageTimelineSelection *selection;
  VantageViewport *viewport;
  VantageCanvasLayout *layout;
  GHashTable *widths; /* char *title → width in px */
  gboolean empty_lanes;
  GHashTable *collapsed; /* set of gint64 *key: lanes that are one row high */
  gboolean arranging, placed, restored;
  double restored_scroll; /* until heights are known; -1 then */

  /* areas, in the widget */
  graphene_rect_t area; /* of the lanes */
  graphene_rect_t heads_area, shelf_area;
  double top_height;

  /* widgets */
  GPtrArray *heads;  /* (element-type GtkWidget) (nullable), by lane */
  GHashTable *cards; /* gint64 *(event << 32 | lane) → VantageEventCard, in view */
  GPtrArray *free_cards;
  gboolean measured;     /* all above this widget are being laid out as well … */
  gboolean no_new_cards; /* … else a new child would be too late for this frame … */
  gboolean wants_cards;  /* … and is made in the next */
  GtkWidget *palette[VANTAGE_CANVAS_PALETTE]; /* never drawn: tell the colours of people */
  GdkRGBA colours[VANTAGE_CANVAS_PALETTE];

  /* folds */
  GArray *proposed; /* (element-type VantageStretch) */
  GArray *opened;   /* (element-type gint64): begins of those that were opened */
  gboolean all_open;
  guint proposing;     /* a timeout; 0 */
  GHashTable *flagged; /* set of slots that are selected */

  /* drawn, worked out in size_allocate */
  GArray *ticks;           /* (element-type VantageCanvasTick) */
  GPtrArray *fold_labels;  /* (element-type PangoLayout), by fold of the layout */
  GPtrArray *link_labels;  /* (element-type PangoLayout), by link of the feed; lent */
  GHashTable *link_texts;  /* char *text → PangoLayout */
  gboolean labels_stale;   /* the texts of the ruler are to be drawn anew */
  GHashTable *tick_labels; /* gint64 *tick → VantageCanvasLabel */
  GArray *nights;          /* (element-type VantageCanvasNight) */
  GArray *zone_nights;     /* what is known of them, by zone */
  GHashTable *tiles;       /* of density */
  GHashTable *named;       /* char *name → GdkRGBA, of one frame */
  GskRenderNode *tear;     /* (nullable): the edges of a fold … */
  double tear_height;      /* … of that height … */
  GdkRGBA tear_colour;     /* … and colour */
  guint64 frame;           /* counts what was drawn */
  guint new_tiles;         /* of this frame */
  gboolean wants_frame;    /* something stood in for what is yet to be made */
  guint settling;          /* a tick callback; 0 */
  guint preparing;         /* an idle source; 0 */
  GArray *volume;          /* (element-type VantageVolume) */
  gint64 volume_bin_us;
  double volume_greatest;
  PangoLayout *day_label;
  PangoLayout *volume_label;
  PangoLayout *impact_label;
  PangoLayout *shelf_label;
  PangoLayout *shelf_detail;
  PangoLayout *drag_label;

  /* the pointer and what it does */
  gboolean pointer_inside;
  double pointer_x, pointer_y;
  VantageCanvasDrag drag;
  double pinch_scale;
  guint32 drop_lane; /* lane under what is being dropped; NO_LANE */
  char *drop_event;  /* card under it; NULL */
  gboolean dropping;

  /* standing somewhere */
  gint64 standing_us; /* VANTAGE_TIME_NONE: nowhere */
  GHashTable *sights; /* char *event → VantageSight *, lent */
  VantageCanvasWhy dup_why;
  gpointer why_data;
};

typedef struct
{
  double x, width;  /* in the view */
  double y, height; /* in the content */
} VantageCanvasNight;

/* canvas-data */
void vantage_canvas_take_data (VantageCanvas *self);
/* What the last change of the feed was about, and no more. */
void vantage_canvas_take_changes (VantageCanvas *self);
/* By which a lane is known from one start to the next. */
gint64 vantage_canvas_get_lane_key (const VantageTimelineLane *lane);
/* Heads and heights of the lanes anew. */
void vantage_canvas_take_lanes (VantageCanvas *self);
void vantage_canvas_take_flags (VantageCanvas *self);

/* canvas-folds */
void vantage_canvas_propose_folds (VantageCanvas *self);
/* A moment after the last edit: nobody waits for them. */
void vantage_canvas_propose_soon (VantageCanvas *self);
/* The axis anew, of the folds that are not opened. */
void vantage_canvas_take_folds (VantageCanvas *self);

/* canvas-arrange */
void vantage_canvas_arrange (VantageCanvas *self, int width, int height);
VantageEventCard *vantage_canvas_find_card (VantageCanvas *self, const char *id);
/* Gives cards other events after the feed changed. */
void vantage_canvas_rebind_cards (VantageCanvas *self);

/* canvas-nights */
GArray *vantage_canvas_new_zone_nights (void);
void vantage_canvas_find_nights (VantageCanvas *self, const VantageTimeScale *scale);

/* canvas-texts: labels of ruler, folds, links */
void vantage_canvas_label (VantageCanvas *self, const VantageTimeScale *scale);
void vantage_canvas_label_free (gpointer label);
PangoLayout *vantage_canvas_new_text (VantageCanvas *self, const char *text, double scale,
                                      gboolean bold);

/* Another frame is wanted: not all that is seen was made. */
void vantage_canvas_settle (VantageCanvas *self);
/* Works ahead, when nothing else is to be done. */
void vantage_canvas_prepare (VantageCanvas *self);

/* canvas-draw, canvas-draw-links, canvas-draw-top */
void vantage_canvas_draw (VantageCanvas *self, GtkSnapshot *snapshot);
GHashTable *vantage_canvas_new_tiles (void);
void vantage_canvas_draw_density (VantageCanvas *self, GtkSnapshot *snapshot);
void vantage_canvas_draw_links (VantageCanvas *self, GtkSnapshot *snapshot);
void vantage_canvas_draw_link_labels (VantageCanvas *self, GtkSnapshot *snapshot);
void vantage_canvas_draw_top (VantageCanvas *self, GtkSnapshot *snapshot);
void vantage_canvas_draw_text (GtkSnapshot *snapshot, PangoLayout *layout, double x, double y,
                               const GdkRGBA *colour);
void vantage_canvas_get_colour (VantageCanvas *self, const char *name, double alpha, GdkRGBA *out);
const GdkRGBA *vantage_canvas_get_lane_colour (VantageCanvas *self, guint32 lane);

/* canvas-gestures, canvas-keys, canvas-drop */
void vantage_canvas_add_gestures (VantageCanvas *self);
void vantage_canvas_add_drop (VantageCanvas *self);
void vantage_canvas_add_keys (VantageCanvas *self);
gboolean vantage_canvas_move_focus (VantageCanvas *self, GtkDirectionType direction);

/* About where to zoom: the pointer, the focus, the middle; in the view. */
double vantage_canvas_get_anchor_x (VantageCanvas *self);
/* The first view of a review: its window, or the core of a full one. */
void vantage_canvas_place_first (VantageCanvas *self);
/* Brings the event into view and gives it the focus. */
void vantage_canvas_show (VantageCanvas *self, const char *id);

/* Widget coordinates ↔ the layout's. */
double vantage_canvas_to_view_x (VantageCanvas *self, double x);
double vantage_canvas_to_content_y (VantageCanvas *self, double y);
gboolean vantage_canvas_is_in_area (VantageCanvas *self, double x, double y);
gint64 vantage_canvas_get_us (VantageCanvas *self, double x);
/* The lane whose head is there; NO_LANE. */
guint32 vantage_canvas_find_head (VantageCanvas *self, double x, double y);
/* Which edge of a span can be taken hold of there; NONE. @out_event (transfer none): whose. */
VantageDragSort vantage_canvas_find_edge (VantageCanvas *self, double x, double y,
                                          const char **out_event);
/* What is there; cards of the shelf too: then @out_waiting is its event. */
void vantage_canvas_hit (VantageCanvas *self, double x, double y, VantageHit *out,
                         const char **out_event, gboolean *out_waiting);

void vantage_canvas_emit_activate (VantageCanvas *self, const char *id);
void vantage_canvas_emit_new_event (VantageCanvas *self, guint lane, gint64 us);
void vantage_canvas_emit_menu (VantageCanvas *self, const char *id, double x, double y);

G_END_DECLS
