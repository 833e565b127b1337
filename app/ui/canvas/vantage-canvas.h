/* vantage-canvas.h: the timeline as a picture that can be worked on: lanes, cards, links, ruler,
 * shelf. Cards in view are widgets from a pool; everything else is drawn. */

#pragma once

#include "vantage-canvas-layout.h"
#include "vantage-timeline-feed.h"
#include "vantage-timeline-selection.h"
#include "vantage-viewport.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CANVAS (vantage_canvas_get_type ())
G_DECLARE_FINAL_TYPE (VantageCanvas, vantage_canvas, VANTAGE, CANVAS, GtkWidget)

/*
 * Signals:
 *   "activate-event" (const char *id): Enter, or two clicks
 *   "new-event" (guint lane, gint64 us): two clicks on empty room
 *   "menu" (const char *id, double x, double y): the context menu is wanted there; id may be NULL
 *   "detail-changed": another level of detail, or another zoom
 */
GtkWidget *vantage_canvas_new (VantageTimelineFeed *feed, VantageTimelineSelection *selection);

VantageViewport *vantage_canvas_get_viewport (VantageCanvas *self);
VantageDetail vantage_canvas_get_detail (VantageCanvas *self);

/* Brings the event into view, selects it and gives it the focus; FALSE: not there. */
gboolean vantage_canvas_reveal (VantageCanvas *self, const char *id);
/* Moves as little as needed so that the moment is seen. */
void vantage_canvas_show_moment (VantageCanvas *self, gint64 us);
/* About the pointer when it is over the canvas, else about the focused card, else the middle. */
void vantage_canvas_zoom (VantageCanvas *self, double factor);
/* Everything there is. */
void vantage_canvas_fit (VantageCanvas *self);
/* The window of the review, where it has one. */
void vantage_canvas_fit_review (VantageCanvas *self);
/* Opens the fold that is under the pointer or nearest to the focus, or closes it again. */
void vantage_canvas_toggle_fold (VantageCanvas *self);
void vantage_canvas_set_all_folds (VantageCanvas *self, gboolean folded);
void vantage_canvas_set_empty_lanes (VantageCanvas *self, gboolean shown);
gboolean vantage_canvas_get_empty_lanes (VantageCanvas *self);
/* One row high, or as high as its cards need: the lane under the pointer, else that of the focus.
 */
void vantage_canvas_toggle_lane (VantageCanvas *self);

/* Moves the focus, and the selection with it; @extend keeps what is selected. */
void vantage_canvas_step (VantageCanvas *self, VantageStep step, gboolean extend);
/* Along a link from the focused event: on, or back. */
void vantage_canvas_follow_link (VantageCanvas *self, gboolean forward);
/* Moves the selected events by steps of the ruler, or by lanes. */
void vantage_canvas_nudge (VantageCanvas *self, int steps, int lanes);

/* Where a new event belongs: under the pointer, else by the focused card, else in the middle. */
void vantage_canvas_get_place (VantageCanvas *self, guint32 *out_lane, gint64 *out_us);
/* Of a card, in the canvas; FALSE when it is out of view. */
gboolean vantage_canvas_get_card_area (VantageCanvas *self, const char *id, GdkRectangle *out);
/* Where that moment of that lane is, in the canvas, moved into view if need be. */
void vantage_canvas_get_spot (VantageCanvas *self, guint32 lane, gint64 us, GdkRectangle *out);
/* An Esc during a drag puts everything back; FALSE: nothing is being dragged. */
gboolean vantage_canvas_cancel_drag (VantageCanvas *self);

/* Seen from where @person stood at @us: @sights (element-type VantageSight) by event, with words
 * for each why from @dup_why. NULL person: as it is. */
typedef char *(*VantageCanvasWhy) (const VantageSight *sight, gpointer user_data);
void vantage_canvas_set_standing (VantageCanvas *self, gint64 us, GHashTable *sights,
                                  VantageCanvasWhy dup_why, gpointer user_data);
void vantage_canvas_clear_standing (VantageCanvas *self);

/* Place, zoom, scroll, opened folds, collapsed lanes. (transfer full) */
char *vantage_canvas_save_state (VantageCanvas *self);
void vantage_canvas_restore_state (VantageCanvas *self, const char *state);

G_END_DECLS
