/* vantage-canvas-draw-links.c: what led to what: kind by shape and word as well as colour. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "vantage-canvas-parts.h"

#define ARROW 7

typedef enum
{
  LINE_PLAIN,       /* told */
  LINE_ACCENT,      /* led to, prompted */
  LINE_CONTRADICTS, /* dotted, with a cross */
  LINE_SAME,        /* long dashes */
  LINE_TIE,         /* one event in two lanes */
} LineSort;

static LineSort
choose_line (const char *kind)
{
  static const char *const accent[] = { "prompted", "led-to",   "influenced",
                                        "feedback", "informed", NULL };

  if (g_strcmp0 (kind, "contradicts") == 0)
    return LINE_CONTRADICTS;
  if (g_strcmp0 (kind, "same-moment") == 0)
    return LINE_SAME;
  return kind != NULL && g_strv_contains (accent, kind) ? LINE_ACCENT : LINE_PLAIN;
}

static LineSort
get_line (VantageCanvas *self, const VantageCanvasPath *path)
{
  GArray *links = vantage_timeline_feed_get_links (self->feed);

  if (path->sort == VANTAGE_PATH_TIE)
    return LINE_TIE;
  if (path->link >= links->len)
    return LINE_PLAIN;
  return choose_line (vantage_entity_get_text (
      g_array_index (links, VantageTimelineLink, path->link).entity, "kind"));
}

static void
set_line (VantageCanvas *self, cairo_t *cr, LineSort sort, guint count)
{
  static const double dots[] = { 2, 3 };
  static const double dashes[] = { 9, 5 };
  static const double fine[] = { 1, 3 };
  double width = sort == LINE_TIE ? 1 : MIN (1.4 + (count > 1 ? log2 (count) : 0), 6);
  GdkRGBA colour;

  switch (sort)
    {
    case LINE_ACCENT:
      vantage_canvas_get_colour (self, "accent_color", 0.9, &colour);
      cairo_set_dash (cr, NULL, 0, 0);
      break;
    case LINE_CONTRADICTS:
      vantage_canvas_get_colour (self, "error_color", 0.9, &colour);
      cairo_set_dash (cr, dots, 2, 0);
      break;
    case LINE_SAME:
      vantage_canvas_get_colour (self, "window_fg_color", 0.55, &colour);
      cairo_set_dash (cr, dashes, 2, 0);
      break;
    case LINE_TIE:
      vantage_canvas_get_colour (self, "window_fg_color", 0.3, &colour);
      cairo_set_dash (cr, fine, 2, 0);
      break;
    case LINE_PLAIN:
    default:
      vantage_canvas_get_colour (self, "window_fg_color", 0.5, &colour);
      cairo_set_dash (cr, NULL, 0, 0);
      break;
    }
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, width);
}

static void
draw_arrow (cairo_t *cr, const VantageCanvasPath *path)
{
  double a = path->arrow_angle;
  const VantagePoint *tip = &path->points[3];

  cairo_move_to (cr, tip->x, tip->y);
  cairo_line_to (cr, tip->x - ARROW * cos (a - 0.45), tip->y - ARROW * sin (a - 0.45));
  cairo_line_to (cr, tip->x - ARROW * cos (a + 0.45), tip->y - ARROW * sin (a + 0.45));
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_cross (cairo_t *cr, const VantagePoint *at)
{
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, at->x - 4.5, at->y - 4.5);
  cairo_line_to (cr, at->x + 4.5, at->y + 4.5);
  cairo_move_to (cr, at->x + 4.5, at->y - 4.5);
  cairo_line_to (cr, at->x - 4.5, at->y + 4.5);
  cairo_stroke (cr);
}

static gboolean
is_unknown_then (VantageCanvas *self, const VantageCanvasPath *path)
{
  GArray *links = vantage_timeline_feed_get_links (self->feed);
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);

  if (self->sights == NULL || path->sort == VANTAGE_PATH_TIE || path->link >= links->len)
    return FALSE;
  for (int end = 0; end < 2; end++)
    {
      const VantageTimelineLink *link = &g_array_index (links, VantageTimelineLink, path->link);
      const VantageSight *sight = g_hash_table_lookup (
          self->sights,
          vantage_timeline_event_get_id (events->pdata[end == 0 ? link->from : link->to]));

      if (sight != NULL && sight->view == VANTAGE_VIEW_COULD_NOT_HAVE_KNOWN)
        return TRUE;
    }
  return FALSE;
}

static void
draw_path (VantageCanvas *self, cairo_t *cr, const VantageCanvasPath *path)
{
  LineSort sort = get_line (self, path);
  const VantagePoint *p = path->points;

  set_line (self, cr, sort, path->sort == VANTAGE_PATH_BUNDLE ? path->count : 1);
  cairo_move_to (cr, p[0].x, p[0].y);
  cairo_curve_to (cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
  cairo_stroke (cr);
  if (sort == LINE_CONTRADICTS)
    draw_cross (cr, &path->middle);
  else if (sort != LINE_TIE && sort != LINE_SAME)
    draw_arrow (cr, path);
}

void
vantage_canvas_draw_links (VantageCanvas *self, GtkSnapshot *snapshot)
{
  guint n;
  const VantageCanvasPath *paths = vantage_canvas_layout_get_paths (self->layout, &n);
  cairo_t *cr;

  if (n == 0 || self->drag.moved)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &self->area);
  cairo_translate (cr, self->area.origin.x,
                   self->area.origin.y - vantage_viewport_get_scroll (self->viewport));
  for (guint i = 0; i < n; i++)
    if (!is_unknown_then (self, &paths[i]))
      draw_path (self, cr, &paths[i]);
  cairo_destroy (cr);
}

void
vantage_canvas_draw_link_labels (VantageCanvas *self, GtkSnapshot *snapshot)
{
  guint n;
  const VantageCanvasPath *paths = vantage_canvas_layout_get_paths (self->layout, &n);
  double y = self->area.origin.y - vantage_viewport_get_scroll (self->viewport);
  GdkRGBA background, text;

  if (self->drag.moved)
    return;
  vantage_canvas_get_colour (self, "view_bg_color", 0.94, &background);
  vantage_canvas_get_colour (self, "window_fg_color", 0.75, &text);
  for (guint i = 0; i < n; i++)
    {
      const VantageRect *label = &paths[i].label;
      graphene_rect_t bounds;
      GskRoundedRect rounded;

      if (paths[i].sort != VANTAGE_PATH_LINK || label->width <= 0 ||
          paths[i].link >= self->link_labels->len || is_unknown_then (self, &paths[i]))
        continue;
      graphene_rect_init (&bounds, (float) (self->area.origin.x + label->x), (float) (y + label->y),
                          (float) label->width, (float) label->height);
      gsk_rounded_rect_init_from_rect (&rounded, &bounds, 4);
      gtk_snapshot_push_rounded_clip (snapshot, &rounded);
      gtk_snapshot_append_color (snapshot, &background, &bounds);
      gtk_snapshot_pop (snapshot);
      vantage_canvas_draw_text (snapshot, self->link_labels->pdata[paths[i].link],
                                bounds.origin.x + 5, bounds.origin.y + 1, &text);
    }
}
