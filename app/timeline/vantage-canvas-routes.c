/* vantage-canvas-routes.c: one link as a curve: the ways it can be led, and which of them meets the
 * fewest cards. */

#include "vantage-canvas-private.h"

#include <math.h>

#define N_SAMPLES 24
#define CROSSING_PX 60.0 /* of detour that one sample inside a card is worth */
#define INSET 12.0       /* of the ends of a curve from the corners of a card */

/* The ways: down or up between one of four stations on each card, from side to side, an arc over
 * both. */
enum
{
  WAY_STATIONS = 1, /* 16 of them */
  WAY_SIDES = 17,   /* 4 */
  WAY_BESIDE = 21,
  WAY_ARC,
};

VantagePoint
vantage_canvas_path_at (const VantageCanvasPath *self, double t)
{
  const VantagePoint *p = self->points;
  double s = 1 - t;
  double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;

  return (VantagePoint){ a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                         a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y };
}

void
vantage_canvas_route_down (VantageCanvasPath *path, const VantageRect *from, const VantageRect *to,
                           double from_x, double to_x)
{
  gboolean down = to->y > from->y;
  double from_y = down ? from->y + from->height : from->y;
  double to_y = down ? to->y : to->y + to->height;
  double pull = (to_y - from_y) * 0.45;

  path->points[0] = (VantagePoint){ from_x, from_y };
  path->points[1] = (VantagePoint){ from_x, from_y + pull };
  path->points[2] = (VantagePoint){ to_x, to_y - pull };
  path->points[3] = (VantagePoint){ to_x, to_y };
}

/* From side to side; @from_side and @to_side are -1 for left, 1 for right. */
static void
set_sideways (VantageCanvasPath *path, const VantageRect *from, const VantageRect *to,
              int from_side, int to_side)
{
  double from_x = from_side < 0 ? from->x : from->x + from->width;
  double to_x = to_side < 0 ? to->x : to->x + to->width;
  double from_y = from->y + from->height / 2, to_y = to->y + to->height / 2;
  double pull = MAX (30, fabs (to_x - from_x) * 0.4);

  path->points[0] = (VantagePoint){ from_x, from_y };
  path->points[1] = (VantagePoint){ from_x + from_side * pull, from_y };
  path->points[2] = (VantagePoint){ to_x + to_side * pull, to_y };
  path->points[3] = (VantagePoint){ to_x, to_y };
}

/* An arc over both, for two of one row, or one card that leads back to itself. */
static void
set_arc (VantageCanvasPath *path, const VantageRect *from, const VantageRect *to)
{
  double top = MIN (from->y, to->y) - 26;
  double from_x = from->x + from->width - MIN (INSET, from->width / 3);
  double to_x = to->x + MIN (INSET, to->width / 3);

  path->points[0] = (VantagePoint){ from_x, from->y };
  path->points[1] = (VantagePoint){ from_x, top };
  path->points[2] = (VantagePoint){ to_x, top };
  path->points[3] = (VantagePoint){ to_x, to->y };
}

/* Where on the upper or lower edge of @rect a curve towards @other may begin. */
static void
list_stations (const VantageRect *rect, const VantageRect *other, double out[4])
{
  double inset = MIN (INSET, rect->width / 3);
  double left = rect->x + inset, right = rect->x + rect->width - inset;

  out[0] = CLAMP (other->x + other->width / 2, left, right);
  out[1] = rect->x + rect->width / 2;
  out[2] = left;
  out[3] = right;
}

static gboolean
overlap_in_y (const VantageRect *a, const VantageRect *b)
{
  return a->y < b->y + b->height && b->y < a->y + a->height;
}

void
vantage_canvas_route_again (VantageCanvasPath *path, const VantageRect *from, const VantageRect *to,
                            guint8 way)
{
  double from_x[4], to_x[4];
  gboolean beside = to->x >= from->x + from->width + 6;

  /* a zoom may have put side by side what stood above each other */
  if (overlap_in_y (from, to))
    {
      if (beside && way != WAY_ARC)
        set_sideways (path, from, to, 1, -1);
      else
        set_arc (path, from, to);
      return;
    }
  if (way >= WAY_SIDES && way < WAY_BESIDE)
    {
      guint sides = way - WAY_SIDES;

      set_sideways (path, from, to, sides / 2 ? 1 : -1, sides % 2 ? 1 : -1);
      return;
    }
  list_stations (from, to, from_x);
  list_stations (to, from, to_x);
  way = way >= WAY_STATIONS && way < WAY_SIDES ? way - WAY_STATIONS : 0;
  vantage_canvas_route_down (path, from, to, from_x[way / 4], to_x[way % 4]);
}

static guint
count_crossings (const VantageCanvasPath *path, GArray *obstacles)
{
  VantagePoint points[N_SAMPLES];
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE, top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
  guint n = 0;

  for (guint i = 1; i < N_SAMPLES; i++)
    {
      points[i] = vantage_canvas_path_at (path, (double) i / N_SAMPLES);
      left = MIN (left, points[i].x);
      right = MAX (right, points[i].x);
      top = MIN (top, points[i].y);
      bottom = MAX (bottom, points[i].y);
    }
  for (guint j = 0; j < obstacles->len; j++)
    {
      const VantageRect *rect = &g_array_index (obstacles, VantageRect, j);

      if (rect->x > right || rect->y > bottom || rect->x + rect->width < left ||
          rect->y + rect->height < top)
        continue;
      for (guint i = 1; i < N_SAMPLES; i++)
        n += vantage_rect_contains (rect, points[i].x, points[i].y);
    }
  return n;
}

typedef struct
{
  guint crossings;
  double cost;
  guint8 way; /* 0: none yet */
} Best;

/* Keeps the try of which crossings and length together are least. */
static void
consider (Best *best, const VantageCanvasPath *path, GArray *obstacles, guint8 way)
{
  guint crossings;
  double cost = 0;

  for (guint i = 1; i < 4; i++)
    cost += hypot (path->points[i].x - path->points[i - 1].x,
                   path->points[i].y - path->points[i - 1].y);
  if (best->way != 0 && cost >= best->cost)
    return;
  crossings = count_crossings (path, obstacles);
  cost += crossings * CROSSING_PX;
  if (best->way == 0 || cost < best->cost)
    *best = (Best){ crossings, cost, way };
}

void
vantage_canvas_route (VantageCanvasLayout *self, VantageCanvasPath *path, const VantageRect *from,
                      const VantageRect *to, GArray *obstacles, VantageCanvasRoute *route)
{
  Best best = { 0 };

  if (overlap_in_y (from, to))
    {
      vantage_canvas_route_again (path, from, to, WAY_BESIDE);
      best = (Best){ count_crossings (path, obstacles), 0, WAY_BESIDE };
      if (best.crossings > 0)
        {
          vantage_canvas_route_again (path, from, to, WAY_ARC);
          best = (Best){ count_crossings (path, obstacles), 0, WAY_ARC };
        }
    }
  else
    for (guint8 way = WAY_STATIONS; way < WAY_BESIDE; way++)
      {
        if (way == WAY_SIDES && best.crossings == 0)
          break;
        vantage_canvas_route_again (path, from, to, way);
        consider (&best, path, obstacles, way);
      }
  route->way = best.way;
  route->crosses = best.crossings > 0;
  vantage_canvas_route_again (path, from, to, route->way);
}
