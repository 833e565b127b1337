/* vantage-picture-links.c: what led to what: kind by line, end and word as well as colour. */

#include <math.h>
#include <string.h>

#include "vantage-picture-private.h"
#include "vantage-report-private.h"

#define ARROW 8

typedef enum
{
  LINE_PLAIN,       /* told */
  LINE_ACCENT,      /* led to, prompted */
  LINE_CONTRADICTS, /* dotted, with a cross */
  LINE_SAME,        /* long dashes, no arrow */
  LINE_TIE,         /* one event in two lanes */
} LineSort;

static LineSort
choose_line (const char *kind)
{
  static const char *const accent[] = { "prompted", "led-to",   "influenced",
                                        "feedback", "informed", NULL };

  if (strcmp (kind, "contradicts") == 0)
    return LINE_CONTRADICTS;
  if (strcmp (kind, "same-moment") == 0)
    return LINE_SAME;
  return g_strv_contains (accent, kind) ? LINE_ACCENT : LINE_PLAIN;
}

static const VantageSceneLink *
get_link (VantagePicturePlan *self, const VantageCanvasPath *path)
{
  if (path->sort == VANTAGE_PATH_TIE || path->link >= self->links->len)
    return NULL;
  return &g_array_index (self->picture->scene->links, VantageSceneLink,
                         g_array_index (self->links, guint, path->link));
}

static void
set_line (const VantagePictureLook *look, LineSort sort, guint count, VantageStroke *out)
{
  static const VantageDash dashes[] = { VANTAGE_DASH_NONE, VANTAGE_DASH_NONE, VANTAGE_DASH_DOTS,
                                        VANTAGE_DASH_LONG, VANTAGE_DASH_FINE };

  *out = (VantageStroke){ .dash = dashes[sort] };
  out->stroke = sort == LINE_ACCENT        ? look->accent
                : sort == LINE_CONTRADICTS ? look->alarm
                                           : look->faint;
  out->width = sort == LINE_ACCENT ? look->accent_width : sort == LINE_TIE ? 1 : 1.4;
  if (count > 1)
    out->width = MIN (out->width + log2 (count), 6);
}

static void
draw_arrow (VantageSheet *sheet, double x, double y, double angle, VantageInk ink)
{
  vantage_sheet_move (sheet, x, y);
  vantage_sheet_line (sheet, x - ARROW * cos (angle - 0.42), y - ARROW * sin (angle - 0.42));
  vantage_sheet_line (sheet, x - ARROW * cos (angle + 0.42), y - ARROW * sin (angle + 0.42));
  vantage_sheet_finish (sheet);
  vantage_sheet_stroke (sheet, &(VantageStroke){ .fill = ink });
}

static void
draw_cross (VantageSheet *sheet, double x, double y, VantageInk ink)
{
  vantage_sheet_move (sheet, x - 4.5, y - 4.5);
  vantage_sheet_line (sheet, x + 4.5, y + 4.5);
  vantage_sheet_move (sheet, x + 4.5, y - 4.5);
  vantage_sheet_line (sheet, x - 4.5, y + 4.5);
  vantage_sheet_stroke (sheet, &(VantageStroke){ .stroke = ink, .width = 2 });
}

static void
draw_ends (VantageSheet *sheet, LineSort sort, const VantagePoint *tip, double angle,
           const VantagePoint *middle, VantageInk ink)
{
  if (sort == LINE_CONTRADICTS)
    draw_cross (sheet, middle->x, middle->y, ink);
  else if (sort == LINE_PLAIN || sort == LINE_ACCENT)
    draw_arrow (sheet, tip->x, tip->y, angle, ink);
}

void
vantage_picture_draw_line (VantageTimelinePicture *picture, VantageSheet *sheet, const char *kind,
                           double x, double y, double width)
{
  LineSort sort = choose_line (kind);
  const VantagePoint tip = { x + width, y }, middle = { x + width / 2, y };
  VantageStroke stroke;

  set_line (picture->look, sort, 1, &stroke);
  vantage_sheet_move (sheet, x, y);
  vantage_sheet_line (sheet, x + width - (sort == LINE_PLAIN || sort == LINE_ACCENT ? 4 : 0), y);
  vantage_sheet_stroke (sheet, &stroke);
  draw_ends (sheet, sort, &tip, 0, &middle, stroke.stroke);
}

static void
draw_path (VantagePicturePlan *self, VantageSheet *sheet, const VantageCanvasPath *path, double y)
{
  const VantageSceneLink *link = get_link (self, path);
  LineSort sort = link != NULL ? choose_line (link->kind) : LINE_TIE;
  VantagePoint p[4], middle = path->middle;
  VantageStroke stroke;
  g_autofree char *title = NULL;

  for (guint i = 0; i < 4; i++)
    p[i] = (VantagePoint){ path->points[i].x + VANTAGE_PICTURE_HEADS, path->points[i].y + y };
  middle.x += VANTAGE_PICTURE_HEADS;
  middle.y += y;
  set_line (self->picture->look, sort, path->sort == VANTAGE_PATH_BUNDLE ? path->count : 1,
            &stroke);
  if (link != NULL)
    {
      const VantageSceneEvent *from = self->picture->scene->events->pdata[link->from];
      const VantageSceneEvent *to = self->picture->scene->events->pdata[link->to];

      title = path->sort == VANTAGE_PATH_BUNDLE
                  /* translators: %u: how many links; %s: the word for the first of them */
                  ? g_strdup_printf (_ ("%u links, the first: %s"), path->count, link->label)
                  /* translators: the word on a link, and the two events that it joins */
                  : g_strdup_printf (_ ("%s: “%s” → “%s”"), link->label, from->title, to->title);
    }
  vantage_sheet_open (sheet, link != NULL ? VANTAGE_PART_ITEM : VANTAGE_PART_PLAIN, NULL, title,
                      NULL);
  vantage_sheet_move (sheet, p[0].x, p[0].y);
  vantage_sheet_curve (sheet, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
  vantage_sheet_stroke (sheet, &stroke);
  draw_ends (sheet, sort, &p[3], path->arrow_angle, &middle, stroke.stroke);
  vantage_sheet_close (sheet);
}

void
vantage_picture_draw_links (VantagePicturePlan *self, VantageSheet *sheet, double y)
{
  guint n;
  const VantageCanvasPath *paths = vantage_canvas_layout_get_paths (self->layout, &n);

  if (n == 0)
    return;
  vantage_sheet_open (sheet, VANTAGE_PART_LIST, NULL, _ ("Links"), NULL);
  for (guint i = 0; i < n; i++)
    draw_path (self, sheet, &paths[i], y);
  vantage_sheet_close (sheet);
}

void
vantage_picture_draw_link_labels (VantagePicturePlan *self, VantageSheet *sheet, double y)
{
  const VantagePictureLook *look = self->picture->look;
  guint n;
  const VantageCanvasPath *paths = vantage_canvas_layout_get_paths (self->layout, &n);

  vantage_sheet_open (sheet, VANTAGE_PART_PLAIN, NULL, NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      const VantageSceneLink *link = get_link (self, &paths[i]);
      const VantageRect *label = &paths[i].label;

      if (paths[i].sort != VANTAGE_PATH_LINK || link == NULL || label->width <= 0)
        continue;
      vantage_sheet_rect (sheet, VANTAGE_PICTURE_HEADS + label->x, y + label->y, label->width,
                          label->height, 4, &(VantageStroke){ .fill = look->paper });
      vantage_sheet_text (sheet, VANTAGE_PICTURE_HEADS + label->x + 5, y + label->y + 1.5,
                          label->width - 9, link->label, &vantage_letters_small, look->text);
    }
  vantage_sheet_close (sheet);
}
