/* vantage-viewport.h: what of the timeline is seen: time, zoom, scroll; and the places visited. No
 * widget: gestures call it, the view listens to it. */

#pragma once

#include <glib-object.h>
#include "vantage-time-scale.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_VIEWPORT (vantage_viewport_get_type ())
G_DECLARE_FINAL_TYPE (VantageViewport, vantage_viewport, VANTAGE, VIEWPORT, GObject)

/*
 * Properties, all read-only and notified: "begin" (gint64: the instant at the left edge), "end"
 * (gint64: at the right edge), "us-per-px" (double), "scroll" (double: px above the upper edge),
 * "can-go-back", "can-go-forward" (boolean).
 * Signal "changed": after any of them, the size, the axis or the bounds changed, once for a change.
 */

VantageViewport *vantage_viewport_new (void);

/* In pixels, without lane heads and ruler. The left edge stays where it is. */
void vantage_viewport_set_size (VantageViewport *self, double width_px, double height_px);
double vantage_viewport_get_width (VantageViewport *self);
double vantage_viewport_get_height (VantageViewport *self);
/* How high all lanes are together; the scroll is clamped to it. */
void vantage_viewport_set_content_height (VantageViewport *self, double height_px);
/* First and last instant there is something at. Panning keeps at least a tenth of the view over
 * them, zooming out ends when they take a third of it. Begin = end = 0 means nothing yet. */
void vantage_viewport_set_bounds (VantageViewport *self, const VantageSpan *bounds);
void vantage_viewport_get_bounds (VantageViewport *self, VantageSpan *out);
/* (nullable): plain. The middle of the view stays at its instant. */
void vantage_viewport_set_axis (VantageViewport *self, VantageAxis *axis);
VantageAxis *vantage_viewport_get_axis (VantageViewport *self); /* (nullable); lent */

/* The map to draw with: its axis is lent until the axis is changed. */
void vantage_viewport_get_scale (VantageViewport *self, VantageTimeScale *out);
gint64 vantage_viewport_get_begin (VantageViewport *self);
gint64 vantage_viewport_get_end (VantageViewport *self);
double vantage_viewport_get_us_per_px (VantageViewport *self);
double vantage_viewport_get_scroll (VantageViewport *self);

/* Positive shows what is later, and what is lower. */
void vantage_viewport_pan (VantageViewport *self, double dx_px, double dy_px);
void vantage_viewport_set_scroll (VantageViewport *self, double y_px);
/* @factor > 1 comes nearer. The instant at @x_px stays there to less than half a pixel, unless the
 * bounds forbid it. */
void vantage_viewport_zoom (VantageViewport *self, double factor, double x_px);
/* Sets left edge and zoom at once; clamped. */
void vantage_viewport_set_place (VantageViewport *self, gint64 begin_us, double us_per_px,
                                 double scroll_px);
/* Shows [begin, end] with @margin_px free on both sides. */
void vantage_viewport_fit (VantageViewport *self, const VantageSpan *span, double margin_px);
/* Everything there is. */
void vantage_viewport_fit_all (VantageViewport *self, double margin_px);
/* Moves as little as needed so that [begin, end] and [y, y + height) are seen. */
void vantage_viewport_reveal (VantageViewport *self, const VantageSpan *span, double y_px,
                              double height_px, double margin_px);

/* Remembers where one is, before a jump. Places that differ by less than a pixel count once; 100
 * are kept; what lay ahead is forgotten. */
void vantage_viewport_mark_place (VantageViewport *self);
gboolean vantage_viewport_go_back (VantageViewport *self);
gboolean vantage_viewport_go_forward (VantageViewport *self);
gboolean vantage_viewport_can_go_back (VantageViewport *self);
gboolean vantage_viewport_can_go_forward (VantageViewport *self);

G_END_DECLS
