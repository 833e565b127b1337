/* vantage-canvas-draw.c: lanes, nights, folds, marks, soft bars, and the cards among them. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "vantage-canvas-parts.h"

#define ROUND_FROM 16 /* px */

/* ---- colours ---- */

void
vantage_canvas_get_colour (VantageCanvas *self, const char *name, double alpha, GdkRGBA *out)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  const GdkRGBA *known = g_hash_table_lookup (self->named, name);

  if (known == NULL)
    {
      GdkRGBA found;

      if (!gtk_style_context_lookup_color (style, name, &found))
        gtk_style_context_get_color (style, &found);
      known = g_memdup2 (&found, sizeof found);
      g_hash_table_insert (self->named, (gpointer) name, (gpointer) known);
    }
  *out = *known;
  out->alpha *= (float) alpha;
}

const GdkRGBA *
vantage_canvas_get_lane_colour (VantageCanvas *self, guint32 lane)
{
  GPtrArray *lanes = vantage_timeline_feed_get_lanes (self->feed);
  int colour = lane < lanes->len ? ((VantageTimelineLane *) lanes->pdata[lane])->colour : -1;

  return &self->colours[colour >= 0 && colour < VANTAGE_CANVAS_PALETTE - 1
                            ? colour
                            : VANTAGE_CANVAS_PALETTE - 1];
}

static void
read_palette (VantageCanvas *self)
{
  for (int i = 0; i < VANTAGE_CANVAS_PALETTE; i++)
    gtk_style_context_get_color (gtk_widget_get_style_context (self->palette[i]),
                                 &self->colours[i]);
}

void
vantage_canvas_draw_text (GtkSnapshot *snapshot, PangoLayout *layout, double x, double y,
                          const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) floor (x), (float) floor (y)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
fill (GtkSnapshot *snapshot, double x, double y, double width, double height, const GdkRGBA *colour)
{
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (
        snapshot, colour,
        &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

/* ---- lanes ---- */

static double
get_band_y (VantageCanvas *self, const VantageCanvasBand *band)
{
  return self->area.origin.y + band->y - vantage_viewport_get_scroll (self->viewport);
}

static void
draw_bands (VantageCanvas *self, GtkSnapshot *snapshot)
{
  GPtrArray *lanes = vantage_timeline_feed_get_lanes (self->feed);
  guint n;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n);
  GdkRGBA line, systems, target;

  vantage_canvas_get_colour (self, "window_fg_color", 0.14, &line);
  vantage_canvas_get_colour (self, "window_fg_color", 0.03, &systems);
  vantage_canvas_get_colour (self, "accent_bg_color", 0.1, &target);
  for (guint i = 0; i < n; i++)
    {
      double y = get_band_y (self, &bands[i]);
      gboolean is_target =
          (self->dropping && self->drop_lane == bands[i].lane) ||
          (self->drag.moved && self->drag.from != self->drag.to && self->drag.to == bands[i].lane);

      if (((VantageTimelineLane *) lanes->pdata[bands[i].lane])->person == NULL)
        fill (snapshot, self->area.origin.x, y, self->area.size.width, bands[i].height, &systems);
      if (is_target)
        fill (snapshot, self->area.origin.x, y, self->area.size.width, bands[i].height, &target);
      fill (snapshot, self->area.origin.x, floor (y + bands[i].height) - 1, self->area.size.width,
            1, &line);
    }
}

static void
draw_nights (VantageCanvas *self, GtkSnapshot *snapshot)
{
  double scroll = vantage_viewport_get_scroll (self->viewport);
  GdkRGBA night;

  vantage_canvas_get_colour (self, "window_fg_color", 0.07, &night);
  for (guint i = 0; i < self->nights->len; i++)
    {
      const VantageCanvasNight *piece = &g_array_index (self->nights, VantageCanvasNight, i);

      fill (snapshot, self->area.origin.x + piece->x, self->area.origin.y + piece->y - scroll,
            piece->width, piece->height - 1, &night);
    }
}

/* ---- folds: torn paper ---- */

static void
tear (cairo_t *cr, double x, double y, double height)
{
  gboolean right = FALSE;

  cairo_move_to (cr, x, y);
  for (double at = y; at < y + height; at += 6)
    {
      cairo_line_to (cr, x + (right ? 3 : -3), at + 3);
      right = !right;
    }
}

/* Both edges of a fold, drawn once: all folds of a view are as wide and as high. */
static GskRenderNode *
get_tear (VantageCanvas *self, double width, double height)
{
  GdkRGBA line;
  GskRenderNode *node;
  cairo_t *cr;

  vantage_canvas_get_colour (self, "window_fg_color", 0.4, &line);
  if (self->tear != NULL && self->tear_height == height &&
      gdk_rgba_equal (&self->tear_colour, &line))
    return self->tear;
  node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (-4, 0, (float) width + 8, (float) height));
  cr = gsk_cairo_node_get_draw_context (node);
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, 1);
  tear (cr, 3, 0, height);
  tear (cr, width - 3, 0, height);
  cairo_stroke (cr);
  cairo_destroy (cr);
  g_clear_pointer (&self->tear, gsk_render_node_unref);
  self->tear = node;
  self->tear_height = height;
  self->tear_colour = line;
  return node;
}

static void
draw_fold (VantageCanvas *self, GtkSnapshot *snapshot, const VantageCanvasFold *fold,
           PangoLayout *label)
{
  double x = self->area.origin.x + fold->x, bottom = self->shelf_area.origin.y;
  GdkRGBA paper, text;
  int width, text_height;

  vantage_canvas_get_colour (self, "view_bg_color", 1, &paper);
  vantage_canvas_get_colour (self, "window_fg_color", 0.6, &text);
  fill (snapshot, x + 2, 0, fold->width - 4, bottom, &paper);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, 0));
  gtk_snapshot_append_node (snapshot, get_tear (self, fold->width, bottom));
  gtk_snapshot_restore (snapshot);

  pango_layout_get_pixel_size (label, &width, &text_height);
  if (width + 24 > self->area.size.height)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) floor (x + (fold->width - text_height) / 2),
                                                (float) floor (bottom - 14)));
  gtk_snapshot_rotate (snapshot, -90);
  gtk_snapshot_append_layout (snapshot, label, &text);
  gtk_snapshot_restore (snapshot);
}

static void
draw_folds (VantageCanvas *self, GtkSnapshot *snapshot)
{
  guint n;
  const VantageCanvasFold *folds = vantage_canvas_layout_get_folds (self->layout, &n);

  for (guint i = 0; i < n && i < self->fold_labels->len; i++)
    draw_fold (self, snapshot, &folds[i], self->fold_labels->pdata[i]);
}

/* ---- what is no widget ---- */

static void
draw_soft_bar (VantageCanvas *self, GtkSnapshot *snapshot, const VantageCanvasCard *card)
{
  double left = MAX (card->bar.x, -20);
  double right = MIN (card->bar.x + card->bar.width, self->area.size.width + 20);
  double y = self->area.origin.y + card->bar.y - vantage_viewport_get_scroll (self->viewport);
  graphene_rect_t bounds;
  GdkRGBA solid = *vantage_canvas_get_lane_colour (self, card->lane), clear = solid;
  float soft = (float) MIN (0.3, 40 / MAX (right - left, 1));
  GskColorStop stops[4] = { { 0, clear }, { soft, solid }, { 1 - soft, solid }, { 1, clear } };

  if (right - left < 1)
    return;
  solid.alpha = 0.45f;
  clear.alpha = 0;
  stops[0].color = stops[3].color = clear;
  stops[1].color = stops[2].color = solid;
  graphene_rect_init (&bounds, (float) (self->area.origin.x + left), (float) y,
                      (float) (right - left), (float) card->bar.height);
  gtk_snapshot_append_linear_gradient (
      snapshot, &bounds, &GRAPHENE_POINT_INIT (bounds.origin.x, 0),
      &GRAPHENE_POINT_INIT (bounds.origin.x + bounds.size.width, 0), stops, 4);
}

static void
draw_mark (VantageCanvas *self, GtkSnapshot *snapshot, const VantageCanvasCard *card)
{
  double left = MAX (card->rect.x, -10);
  double right = MIN (card->rect.x + card->rect.width, self->area.size.width + 10);
  GdkRGBA colour = *vantage_canvas_get_lane_colour (self, card->lane), accent;
  GskRoundedRect rounded;
  graphene_rect_t bounds;

  graphene_rect_init (
      &bounds, (float) (self->area.origin.x + left),
      (float) (self->area.origin.y + card->rect.y - vantage_viewport_get_scroll (self->viewport)),
      (float) (right - left), (float) card->rect.height);
  colour.alpha = 0.85f;
  gsk_rounded_rect_init_from_rect (&rounded, &bounds, 3);
  /* rounding costs more than all else of a mark, and is hardly seen on a small one */
  if (bounds.size.width > ROUND_FROM)
    gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, &colour, &bounds);
  if (bounds.size.width > ROUND_FROM)
    gtk_snapshot_pop (snapshot);
  if (card->flags & VANTAGE_CANVAS_SELECTED)
    {
      const float widths[4] = { 2, 2, 2, 2 };
      GdkRGBA colours[4];

      vantage_canvas_get_colour (self, "accent_color", 1, &accent);
      for (int i = 0; i < 4; i++)
        colours[i] = accent;
      gsk_rounded_rect_shrink (&rounded, -3, -3, -3, -3);
      gtk_snapshot_append_border (snapshot, &rounded, widths, colours);
    }
}

static void
draw_behind (VantageCanvas *self, GtkSnapshot *snapshot)
{
  guint n;
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (self->layout, &n);

  if (vantage_canvas_layout_get_detail (self->layout) == VANTAGE_DETAIL_DENSITY)
    vantage_canvas_draw_density (self, snapshot);
  for (guint i = 0; i < n; i++)
    if (!cards[i].as_mark && cards[i].soft)
      draw_soft_bar (self, snapshot, &cards[i]);
    else if (cards[i].as_mark)
      draw_mark (self, snapshot, &cards[i]);
}

/* ---- cards ---- */

static gboolean
is_waiting (VantageEventCard *card)
{
  gint64 us, end;

  return !vantage_canvas_event_get_place (&vantage_event_card_get_event (card)->shape, &us, &end);
}

static void
draw_cards (VantageCanvas *self, GtkSnapshot *snapshot, gboolean waiting)
{
  GHashTableIter iter;
  gpointer card;

  for (int selected = 0; selected < 2; selected++)
    {
      g_hash_table_iter_init (&iter, self->cards);
      while (g_hash_table_iter_next (&iter, NULL, &card))
        {
          gboolean is_selected = (gtk_widget_get_state_flags (card) & GTK_STATE_FLAG_SELECTED) != 0;

          if (is_selected == selected && is_waiting (card) == waiting)
            gtk_widget_snapshot_child (GTK_WIDGET (self), card, snapshot);
        }
    }
}

static void
draw_marquee (VantageCanvas *self, GtkSnapshot *snapshot)
{
  const VantageCanvasDrag *drag = &self->drag;
  const float widths[4] = { 1, 1, 1, 1 };
  GdkRGBA inside, line, lines[4];
  GskRoundedRect rounded;
  graphene_rect_t bounds;

  if (drag->sort != VANTAGE_DRAG_MARQUEE)
    return;
  graphene_rect_init (&bounds, (float) drag->start_x, (float) drag->start_y, (float) drag->x,
                      (float) drag->y);
  graphene_rect_normalize (&bounds);
  vantage_canvas_get_colour (self, "accent_bg_color", 0.12, &inside);
  vantage_canvas_get_colour (self, "accent_color", 0.8, &line);
  for (int i = 0; i < 4; i++)
    lines[i] = line;
  gtk_snapshot_append_color (snapshot, &inside, &bounds);
  gsk_rounded_rect_init_from_rect (&rounded, &bounds, 2);
  gtk_snapshot_append_border (snapshot, &rounded, widths, lines);
}

/* ---- from where somebody stands ---- */

static void
draw_fog (VantageCanvas *self, GtkSnapshot *snapshot)
{
  VantageTimeScale scale;
  double x, right = self->area.origin.x + self->area.size.width;
  double bottom = self->area.origin.y + self->area.size.height;
  GdkRGBA line, hatch;
  cairo_t *cr;

  if (self->standing_us == VANTAGE_TIME_NONE)
    return;
  vantage_viewport_get_scale (self->viewport, &scale);
  x = self->area.origin.x + vantage_time_scale_get_x (&scale, self->standing_us);
  vantage_canvas_get_colour (self, "accent_color", 1, &line);
  vantage_canvas_get_colour (self, "window_fg_color", 0.08, &hatch);
  if (x < right)
    {
      double left = MAX (x, self->area.origin.x);
      double high = bottom - self->area.origin.y;

      cr = gtk_snapshot_append_cairo (snapshot,
                                      &GRAPHENE_RECT_INIT ((float) left, self->area.origin.y,
                                                           (float) (right - left), (float) high));
      gdk_cairo_set_source_rgba (cr, &hatch);
      cairo_set_line_width (cr, 1);
      for (double at = left - high; at < right; at += 9)
        {
          cairo_move_to (cr, at, bottom);
          cairo_line_to (cr, at + high, self->area.origin.y);
        }
      cairo_stroke (cr);
      cairo_destroy (cr);
    }
  fill (snapshot, x - 1, 0, 2, bottom, &line);
}

/* ---- all ---- */

static void
draw_lanes (VantageCanvas *self, GtkSnapshot *snapshot)
{
  gtk_snapshot_push_clip (snapshot, &self->area);
  draw_bands (self, snapshot);
  draw_nights (self, snapshot);
  draw_behind (self, snapshot);
  vantage_canvas_draw_links (self, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
draw_heads (VantageCanvas *self, GtkSnapshot *snapshot)
{
  guint n;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n);
  gboolean rtl = self->heads_area.origin.x > self->area.origin.x;
  GdkRGBA line, background;

  vantage_canvas_get_colour (self, "window_bg_color", 1, &background);
  vantage_canvas_get_colour (self, "window_fg_color", 0.14, &line);
  gtk_snapshot_push_clip (snapshot, &self->heads_area);
  gtk_snapshot_append_color (snapshot, &background, &self->heads_area);
  for (guint i = 0; i < n; i++)
    {
      fill (snapshot, self->heads_area.origin.x,
            floor (get_band_y (self, &bands[i]) + bands[i].height) - 1, self->heads_area.size.width,
            1, &line);
      if (self->heads->pdata[bands[i].lane] != NULL)
        gtk_widget_snapshot_child (GTK_WIDGET (self), self->heads->pdata[bands[i].lane], snapshot);
    }
  fill (snapshot,
        rtl ? self->heads_area.origin.x
            : self->heads_area.origin.x + self->heads_area.size.width - 1,
        self->heads_area.origin.y, 1, self->heads_area.size.height, &line);
  gtk_snapshot_pop (snapshot);
}

static void
draw_shelf (VantageCanvas *self, GtkSnapshot *snapshot)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), x = self->heads_area.origin.x + 14;
  double y = self->shelf_area.origin.y;
  GdkRGBA background, line, text, faint;

  if (self->shelf_area.size.height < 1)
    return;
  vantage_canvas_get_colour (self, "window_bg_color", 1, &background);
  vantage_canvas_get_colour (self, "window_fg_color", 0.14, &line);
  vantage_canvas_get_colour (self, "window_fg_color", 1, &text);
  vantage_canvas_get_colour (self, "window_fg_color", 0.6, &faint);
  fill (snapshot, 0, y, width, self->shelf_area.size.height, &background);
  fill (snapshot, 0, y, width, 1, &line);
  vantage_canvas_draw_text (snapshot, self->shelf_label, x, y + 14, &text);
  vantage_canvas_draw_text (snapshot, self->shelf_detail, x, y + 34, &faint);
}

void
vantage_canvas_draw (VantageCanvas *self, GtkSnapshot *snapshot)
{
  gboolean lifted = self->drag.sort == VANTAGE_DRAG_SHELF;

  self->frame++;
  self->wants_frame = FALSE;
  g_hash_table_remove_all (self->named);
  read_palette (self);
  if (self->labels_stale)
    {
      VantageTimeScale scale;

      vantage_viewport_get_scale (self->viewport, &scale);
      vantage_canvas_label (self, &scale);
    }
  draw_lanes (self, snapshot);
  draw_shelf (self, snapshot);
  draw_folds (self, snapshot);
  gtk_snapshot_push_clip (snapshot, &self->area);
  draw_cards (self, snapshot, FALSE);
  vantage_canvas_draw_link_labels (self, snapshot);
  draw_marquee (self, snapshot);
  gtk_snapshot_pop (snapshot);
  draw_heads (self, snapshot);
  vantage_canvas_draw_top (self, snapshot);
  draw_fog (self, snapshot);
  if (!lifted)
    gtk_snapshot_push_clip (snapshot, &self->shelf_area);
  draw_cards (self, snapshot, TRUE);
  if (!lifted)
    gtk_snapshot_pop (snapshot);
  if (self->wants_frame)
    vantage_canvas_settle (self);
}
