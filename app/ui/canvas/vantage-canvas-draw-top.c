/* vantage-canvas-draw-top.c: what stands above the lanes: ruler, impact, messages. */

#include "config.h"

#include <math.h>

#include "vantage-canvas-parts.h"

static void
fill (GtkSnapshot *snapshot, double x, double y, double width, double height, const GdkRGBA *colour)
{
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (
        snapshot, colour,
        &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static gboolean
is_in_fold (VantageCanvas *self, double x)
{
  guint n;
  const VantageCanvasFold *folds = vantage_canvas_layout_get_folds (self->layout, &n);

  for (guint i = 0; i < n; i++)
    if (x >= folds[i].x - 4 && x <= folds[i].x + folds[i].width + 4)
      return TRUE;
  return FALSE;
}

static void
draw_ticks (VantageCanvas *self, GtkSnapshot *snapshot)
{
  double last_end = -1e9;
  GdkRGBA line;

  vantage_canvas_get_colour (self, "window_fg_color", 0.35, &line);
  for (guint i = 0; self->ticks != NULL && i < self->ticks->len; i++)
    {
      const VantageCanvasTick *tick = &g_array_index (self->ticks, VantageCanvasTick, i);
      double x = self->area.origin.x + tick->x;
      gboolean major = tick->label != NULL;
      int width;

      if (is_in_fold (self, tick->x))
        continue;
      fill (snapshot, floor (x), VANTAGE_CANVAS_RULER - (major ? 7 : 4), 1, major ? 7 : 4, &line);
      if (!major)
        continue;
      width = tick->label->width;
      if (tick->x - width / 2.0 < MAX (last_end, 2) ||
          tick->x + width / 2.0 > self->area.size.width ||
          is_in_fold (self, tick->x - width / 2.0) || is_in_fold (self, tick->x + width / 2.0))
        continue;
      last_end = tick->x + width / 2.0 + 8;
      if (tick->label->node == NULL)
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (
          snapshot, &GRAPHENE_POINT_INIT (
                        (float) floor (x - width / 2.0),
                        (float) floor ((VANTAGE_CANVAS_RULER - 7 - tick->label->height) / 2.0)));
      gtk_snapshot_append_node (snapshot, tick->label->node);
      gtk_snapshot_restore (snapshot);
    }
}

/* ---- strips ---- */

static void
draw_steps (VantageCanvas *self, GtkSnapshot *snapshot, const VantageTimelineImpact *impact,
            double y)
{
  double height = VANTAGE_CANVAS_STRIP - 8, base = y + VANTAGE_CANVAS_STRIP - 2, last = base;
  VantageTimeScale scale;
  GdkRGBA line, inside;
  cairo_t *cr;

  vantage_viewport_get_scale (self->viewport, &scale);
  vantage_canvas_get_colour (self, "error_color", 1, &line);
  vantage_canvas_get_colour (self, "error_color", 0.18, &inside);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (self->area.origin.x, (float) y,
                                                                 self->area.size.width,
                                                                 VANTAGE_CANVAS_STRIP));
  for (guint i = 0; i < impact->times_us->len; i++)
    {
      double x =
          self->area.origin.x +
          CLAMP (vantage_time_scale_get_x (&scale, g_array_index (impact->times_us, gint64, i)), -9,
                 self->area.size.width + 9);
      double value = g_array_index (impact->values, double, i);
      double top = base - (impact->greatest > 0 ? height * value / impact->greatest : 0);

      if (i == 0)
        cairo_move_to (cr, x, base);
      else
        cairo_line_to (cr, x, last);
      cairo_line_to (cr, x, top);
      last = top;
      if (i + 1 == impact->times_us->len)
        cairo_line_to (cr, x, base);
    }
  gdk_cairo_set_source_rgba (cr, &inside);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_bars (VantageCanvas *self, GtkSnapshot *snapshot, double y)
{
  double height = VANTAGE_CANVAS_STRIP - 8, base = y + VANTAGE_CANVAS_STRIP - 3, stacked = 0;
  gint64 at_us = G_MININT64;
  VantageTimeScale scale;
  GdkRGBA colours[2];

  vantage_viewport_get_scale (self->viewport, &scale);
  vantage_canvas_get_colour (self, "accent_bg_color", 1, &colours[0]);
  vantage_canvas_get_colour (self, "window_fg_color", 0.45, &colours[1]);
  for (guint i = 0; i < self->volume->len; i++)
    {
      const VantageVolume *bin = &g_array_index (self->volume, VantageVolume, i);
      double x0 = vantage_time_scale_get_x (&scale, bin->begin_us);
      double x1 = vantage_time_scale_get_x (&scale, bin->begin_us + self->volume_bin_us);
      double tall = height * bin->count / self->volume_greatest;

      if (bin->begin_us != at_us)
        stacked = 0;
      at_us = bin->begin_us;
      if (x1 > 0 && x0 < self->area.size.width)
        fill (snapshot, self->area.origin.x + x0, base - stacked - tall, MAX (x1 - x0 - 1, 1), tall,
              &colours[bin->channel % 2]);
      stacked += tall;
    }
}

static void
draw_strips (VantageCanvas *self, GtkSnapshot *snapshot)
{
  GPtrArray *impacts = vantage_timeline_feed_get_impacts (self->feed);
  double y = VANTAGE_CANVAS_RULER, x = self->heads_area.origin.x + 14;
  GdkRGBA text;

  vantage_canvas_get_colour (self, "window_fg_color", 0.8, &text);
  if (impacts->len > 0)
    {
      draw_steps (self, snapshot, impacts->pdata[0], y);
      vantage_canvas_draw_text (snapshot, self->impact_label, x, y + 10, &text);
      y += VANTAGE_CANVAS_STRIP;
    }
  if (self->volume != NULL && self->volume->len > 0)
    {
      draw_bars (self, snapshot, y);
      vantage_canvas_draw_text (snapshot, self->volume_label, x, y + 10, &text);
    }
}

/* ---- where a dragged card would be ---- */

static void
draw_drag_time (VantageCanvas *self, GtkSnapshot *snapshot)
{
  VantageTimeScale scale;
  double x, bottom = self->area.origin.y + self->area.size.height;
  GdkRGBA accent, text;
  graphene_rect_t bounds;
  GskRoundedRect rounded;
  int width, height;

  if (!self->drag.moved || self->drag.sort == VANTAGE_DRAG_PAN ||
      self->drag.sort == VANTAGE_DRAG_MARQUEE || self->drag.us == VANTAGE_TIME_NONE)
    return;
  vantage_viewport_get_scale (self->viewport, &scale);
  x = self->area.origin.x + vantage_time_scale_get_x (&scale, self->drag.us);
  vantage_canvas_get_colour (self, "accent_bg_color", 1, &accent);
  vantage_canvas_get_colour (self, "accent_fg_color", 1, &text);
  pango_layout_get_pixel_size (self->drag_label, &width, &height);
  graphene_rect_init (&bounds, (float) floor (x - width / 2.0 - 8), 5, (float) width + 16,
                      (float) height + 6);
  gsk_rounded_rect_init_from_rect (&rounded, &bounds, 6);
  fill (snapshot, floor (x), 10, 1, bottom - 10, &accent);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &accent, &bounds);
  gtk_snapshot_pop (snapshot);
  vantage_canvas_draw_text (snapshot, self->drag_label, bounds.origin.x + 8, bounds.origin.y + 3,
                            &text);
}

void
vantage_canvas_draw_top (VantageCanvas *self, GtkSnapshot *snapshot)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean rtl = self->heads_area.origin.x > self->area.origin.x;
  GdkRGBA line, text, background;

  vantage_canvas_get_colour (self, "window_bg_color", 1, &background);
  vantage_canvas_get_colour (self, "window_fg_color", 0.14, &line);
  vantage_canvas_get_colour (self, "window_fg_color", 0.8, &text);
  fill (snapshot, self->heads_area.origin.x, 0, self->heads_area.size.width, self->top_height,
        &background);
  vantage_canvas_draw_text (snapshot, self->day_label, self->heads_area.origin.x + 14,
                            (VANTAGE_CANVAS_RULER - 18) / 2.0, &text);
  fill (snapshot, 0, VANTAGE_CANVAS_RULER - 1, width, 1, &line);
  fill (snapshot, 0, self->top_height - 1, width, 1, &line);
  fill (snapshot,
        rtl ? self->heads_area.origin.x
            : self->heads_area.origin.x + self->heads_area.size.width - 1,
        0, 1, self->top_height, &line);
  gtk_snapshot_push_clip (
      snapshot, &GRAPHENE_RECT_INIT (self->area.origin.x, 0, self->area.size.width,
                                     (float) (self->area.origin.y + self->area.size.height)));
  draw_ticks (self, snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) self->top_height));
  draw_strips (self, snapshot);
  gtk_snapshot_pop (snapshot);
  draw_drag_time (self, snapshot);
}
