/* vantage-canvas-paths.c: links as curves, led around cards where that is simple, with room found
 * for their labels; bundles where there are too many. */

#include "vantage-canvas-private.h"

#include <math.h>
#include <string.h>

#define MAX_PATHS 400  /* more links in view than this are bundled */
#define MAX_ROUTED 150 /* more are drawn, but straight */
#define N_SAMPLES 32
#define CLEARANCE 3.0    /* kept between a curve and a card */
#define CROSSING_PX 60.0 /* of detour that one sample inside a card is worth */
#define INSET 12.0       /* of the ends of a curve from the corners of a card */

VantagePoint
vantage_canvas_path_at (const VantageCanvasPath *self, double t)
{
  const VantagePoint *p = self->points;
  double s = 1 - t;
  double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;

  return (VantagePoint){ a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                         a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y };
}

/* The two appearances of two events that stand nearest to each other. */
static gboolean
find_nearest (VantageCanvasLayout *self, guint32 from, guint32 to, guint32 *out_from,
              guint32 *out_to)
{
  gint64 best = G_MAXINT64;

  for (guint32 a = self->event_first[from]; a != G_MAXUINT32; a = self->spots[a].next)
    for (guint32 b = self->event_first[to]; b != G_MAXUINT32; b = self->spots[b].next)
      {
        gint64 apart = ABS ((gint64) self->spots[a].lane - (gint64) self->spots[b].lane);

        if (self->lanes[self->spots[a].lane].hidden || self->lanes[self->spots[b].lane].hidden ||
            apart >= best)
          continue;
        best = apart;
        *out_from = a;
        *out_to = b;
      }
  return best != G_MAXINT64;
}

static VantageRect
join_rects (const VantageRect *a, const VantageRect *b)
{
  double x = MIN (a->x, b->x), y = MIN (a->y, b->y);

  return (VantageRect){ x, y, MAX (a->x + a->width, b->x + b->width) - x,
                        MAX (a->y + a->height, b->y + b->height) - y };
}

/* Cards that could be in the way between two rectangles, without their own. */
static void
list_obstacles (VantageCanvasLayout *self, const VantageRect *around, guint32 from_card,
                guint32 to_card, GArray *out)
{
  VantageRect wide = { around->x - 60, around->y - 60, around->width + 120, around->height + 120 };

  g_array_set_size (out, 0);
  for (guint i = 0; i < self->cards->len; i++)
    {
      const VantageCanvasCard *card = &g_array_index (self->cards, VantageCanvasCard, i);

      if (i != from_card && i != to_card && vantage_rect_meets (&card->rect, &wide))
        g_array_append_val (out, ((VantageRect){ card->rect.x - CLEARANCE, card->rect.y - CLEARANCE,
                                                 card->rect.width + 2 * CLEARANCE,
                                                 card->rect.height + 2 * CLEARANCE }));
    }
}

static guint
count_crossings (const VantageCanvasPath *path, GArray *obstacles)
{
  guint n = 0;

  for (guint i = 1; i < N_SAMPLES; i++)
    {
      VantagePoint p = vantage_canvas_path_at (path, (double) i / N_SAMPLES);

      for (guint j = 0; j < obstacles->len; j++)
        n += vantage_rect_contains (&g_array_index (obstacles, VantageRect, j), p.x, p.y);
    }
  return n;
}

static void
set_vertical (VantageCanvasPath *path, const VantageRect *from, const VantageRect *to,
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

typedef struct
{
  VantageCanvasPath path;
  guint crossings;
  double cost;
  gboolean set;
} Best;

/* Keeps the try of which crossings and length together are least. */
static void
consider (Best *best, const VantageCanvasPath *path, GArray *obstacles)
{
  guint crossings = count_crossings (path, obstacles);
  double cost = crossings * CROSSING_PX;

  for (guint i = 1; i < 4; i++)
    cost += hypot (path->points[i].x - path->points[i - 1].x,
                   path->points[i].y - path->points[i - 1].y);
  if (best->set && cost >= best->cost)
    return;
  *best = (Best){ *path, crossings, cost, TRUE };
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

static void
route (VantageCanvasPath *path, const VantageRect *from, const VantageRect *to, GArray *obstacles,
       gboolean thoroughly)
{
  Best best = { 0 };
  double from_x[4], to_x[4];

  if (overlap_in_y (from, to))
    {
      gboolean beside = to->x >= from->x + from->width + 6;

      set_sideways (path, from, to, 1, -1);
      if (beside && (!thoroughly || count_crossings (path, obstacles) == 0))
        return;
      set_arc (path, from, to);
      path->crosses = thoroughly && count_crossings (path, obstacles) > 0;
      return;
    }
  list_stations (from, to, from_x);
  list_stations (to, from, to_x);
  set_vertical (path, from, to, from_x[0], to_x[0]);
  if (!thoroughly)
    return;
  best.path = *path;
  for (guint i = 0; i < 16; i++)
    {
      set_vertical (path, from, to, from_x[i / 4], to_x[i % 4]);
      consider (&best, path, obstacles);
    }
  for (guint i = 0; i < 4 && best.crossings > 0; i++)
    {
      set_sideways (path, from, to, i / 2 ? 1 : -1, i % 2 ? 1 : -1);
      consider (&best, path, obstacles);
    }
  memcpy (path->points, best.path.points, sizeof path->points);
  path->crosses = best.crossings > 0;
}

static gboolean
is_free_for_label (VantageCanvasLayout *self, const VantageRect *rect)
{
  if (rect->x < 0 || rect->x + rect->width > self->width)
    return FALSE;
  for (guint i = 0; i < self->cards->len; i++)
    if (vantage_rect_meets (&g_array_index (self->cards, VantageCanvasCard, i).rect, rect))
      return FALSE;
  for (guint i = 0; i < self->paths->len; i++)
    {
      const VantageRect *label = &g_array_index (self->paths, VantageCanvasPath, i).label;

      if (label->width > 0 && vantage_rect_meets (label, rect))
        return FALSE;
    }
  return TRUE;
}

static void
place_label (VantageCanvasLayout *self, VantageCanvasPath *path, double width, double height)
{
  const double places[] = { 0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8 };
  double slack = self->metrics.label_slack;

  if (width <= 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      VantagePoint at = vantage_canvas_path_at (path, places[i]);
      VantageRect rect = { at.x - width / 2 - slack, at.y - height / 2 - slack, width + 2 * slack,
                           height + 2 * slack };

      if (!is_free_for_label (self, &rect))
        continue;
      path->label = (VantageRect){ rect.x + slack, rect.y + slack, width, height };
      return;
    }
}

static void
finish_path (VantageCanvasPath *path)
{
  const VantagePoint *p = path->points;
  double dx = p[3].x - p[2].x, dy = p[3].y - p[2].y;

  if (hypot (dx, dy) < 0.01)
    {
      dx = p[3].x - p[0].x;
      dy = p[3].y - p[0].y;
    }
  path->arrow_angle = atan2 (dy, dx);
  path->middle = vantage_canvas_path_at (path, 0.5);
}

static gboolean
path_is_seen (VantageCanvasLayout *self, const VantageCanvasPath *path)
{
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE, top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (guint i = 0; i < 4; i++)
    {
      left = MIN (left, path->points[i].x);
      right = MAX (right, path->points[i].x);
      top = MIN (top, path->points[i].y);
      bottom = MAX (bottom, path->points[i].y);
    }
  return left < self->width && right > 0 && top < self->y + self->height && bottom > self->y;
}

static void
add_link (VantageCanvasLayout *self, guint32 index, gboolean thoroughly, GArray *obstacles)
{
  const VantageCanvasLink *link = &self->links[index];
  VantageCanvasPath path = {
    .sort = VANTAGE_PATH_LINK, .link = index, .kind = link->kind, .count = 1
  };
  VantageRect from_rect, to_rect, around;
  guint32 from, to;

  if (!find_nearest (self, link->from, link->to, &from, &to))
    return;
  vantage_canvas_get_spot_rect (self, from, &from_rect);
  vantage_canvas_get_spot_rect (self, to, &to_rect);
  path.from_card = self->card_of[from];
  path.to_card = self->card_of[to];
  around = join_rects (&from_rect, &to_rect);
  if (thoroughly)
    list_obstacles (self, &around, path.from_card, path.to_card, obstacles);
  route (&path, &from_rect, &to_rect, obstacles, thoroughly);
  if (!path_is_seen (self, &path))
    return;
  finish_path (&path);
  if (thoroughly)
    place_label (self, &path, link->label_width, link->label_height);
  g_array_append_val (self->paths, path);
}

/* One path for all links from one lane to another: as many as there are pairs, whatever the links.
 */
static void
add_bundles (VantageCanvasLayout *self, GArray *links)
{
  g_autoptr (GHashTable) bundles =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < links->len; i++)
    {
      guint32 index = g_array_index (links, guint32, i), from, to;
      VantageCanvasPath path = { .sort = VANTAGE_PATH_BUNDLE,
                                 .link = index,
                                 .count = 1,
                                 .from_card = G_MAXUINT32,
                                 .to_card = G_MAXUINT32 };
      const VantageCanvasLink *link = &self->links[index];
      const VantageCanvasBand *a, *b;
      VantageRect from_rect, to_rect;
      gint64 key;
      gpointer found;

      if (!find_nearest (self, link->from, link->to, &from, &to) ||
          self->spots[from].lane == self->spots[to].lane)
        continue;
      key = (gint64) self->spots[from].lane << 32 | self->spots[to].lane;
      if (g_hash_table_lookup_extended (bundles, &key, NULL, &found))
        {
          g_array_index (self->paths, VantageCanvasPath, GPOINTER_TO_UINT (found)).count++;
          continue;
        }
      a = &self->lane_bands[self->spots[from].lane];
      b = &self->lane_bands[self->spots[to].lane];
      vantage_canvas_get_spot_rect (self, from, &from_rect);
      vantage_canvas_get_spot_rect (self, to, &to_rect);
      from_rect.y = a->y + a->height / 2;
      to_rect.y = b->y + b->height / 2;
      from_rect.height = to_rect.height = 0;
      path.kind = link->kind;
      set_vertical (&path, &from_rect, &to_rect, from_rect.x, to_rect.x);
      finish_path (&path);
      if (!path_is_seen (self, &path))
        continue;
      g_hash_table_insert (bundles, g_memdup2 (&key, sizeof key),
                           GUINT_TO_POINTER (self->paths->len));
      g_array_append_val (self->paths, path);
    }
}

/* Joins each appearance of an event to the next one below. */
static void
add_ties (VantageCanvasLayout *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    {
      const VantageCanvasCard *card = &g_array_index (self->cards, VantageCanvasCard, i);
      VantageCanvasPath path = { .sort = VANTAGE_PATH_TIE,
                                 .link = card->event,
                                 .count = 1,
                                 .from_card = i,
                                 .to_card = G_MAXUINT32 };
      guint32 spot = self->event_first[card->event];
      VantageRect rect;
      double x;

      if (!card->tied)
        continue;
      while (self->spots[spot].lane != card->lane)
        spot = self->spots[spot].next;
      spot = self->spots[spot].next;
      while (spot != G_MAXUINT32 && self->lanes[self->spots[spot].lane].hidden)
        spot = self->spots[spot].next;
      if (spot == G_MAXUINT32)
        continue;
      vantage_canvas_get_spot_rect (self, spot, &rect);
      path.to_card = self->card_of[spot];
      x = card->rect.x + MIN (6, card->rect.width / 2);
      set_vertical (&path, &card->rect, &rect, x, x);
      finish_path (&path);
      g_array_append_val (self->paths, path);
    }
}

void
vantage_canvas_paths_find (VantageCanvasLayout *self)
{
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) obstacles = g_array_new (FALSE, FALSE, sizeof (VantageRect));
  double reach = MAX (self->widest_px, self->metrics.mark_size);
  gint64 begin = vantage_time_scale_get_us (&self->scale, -reach);
  gint64 end = vantage_time_scale_get_us (&self->scale, self->width);

  g_array_set_size (self->paths, 0);
  vantage_lane_index_query (self->link_index, begin, MAX (end, begin + 1), links);
  if (self->detail == VANTAGE_DETAIL_DENSITY || links->len > MAX_PATHS)
    {
      add_bundles (self, links);
      return;
    }
  add_ties (self);
  for (guint i = 0; i < links->len; i++)
    add_link (self, g_array_index (links, guint32, i),
              self->detail == VANTAGE_DETAIL_CARDS && links->len <= MAX_ROUTED, obstacles);
}
