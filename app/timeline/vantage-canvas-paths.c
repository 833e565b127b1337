/* vantage-canvas-paths.c: links as curves with room found for their labels; bundles where there are
 * too many. */

#include "vantage-canvas-private.h"

#include <math.h>
#include <string.h>

#define MAX_PATHS 240  /* more links in view than this are bundled */
#define MAX_ROUTED 120 /* more are drawn, but led around nothing */
#define MAX_BUNDLES 40 /* the strongest */
#define CLEARANCE 3.0  /* kept between a curve and a card */

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

/* Places along a curve where a label may stand, the first best. */
static const double places[] = { 0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8 };

static VantageRect
get_label_rect (const VantageCanvasPath *path, const VantageCanvasLink *link, guint place)
{
  VantagePoint at = vantage_canvas_path_at (path, places[place]);

  return (VantageRect){ at.x - link->label_width / 2, at.y - link->label_height / 2,
                        link->label_width, link->label_height };
}

/* The first place that is free, counted from 1; 0: none is. */
static guint8
find_label (VantageCanvasLayout *self, const VantageCanvasPath *path, const VantageCanvasLink *link)
{
  double slack = self->metrics.label_slack;

  for (guint8 i = 0; link->label_width > 0 && i < G_N_ELEMENTS (places); i++)
    {
      VantageRect rect = get_label_rect (path, link, i);

      rect.x -= slack;
      rect.y -= slack;
      rect.width += 2 * slack;
      rect.height += 2 * slack;
      if (is_free_for_label (self, &rect))
        return i + 1;
    }
  return 0;
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

/* ---- links ---- */

/* Curves that were found at this zoom, over these data, stand. */
static void
renew_stamp (VantageCanvasLayout *self)
{
  if (self->route_stamp != 0 && self->route_generation == self->generation &&
      self->route_scale.us_per_px == self->scale.us_per_px &&
      self->route_scale.axis == self->scale.axis && self->route_detail == self->detail)
    return;
  self->route_stamp++;
  self->route_generation = self->generation;
  self->route_detail = self->detail;
  if (self->scale.axis != NULL)
    vantage_axis_ref (self->scale.axis);
  g_clear_pointer (&self->route_scale.axis, vantage_axis_unref);
  self->route_scale = self->scale;
}

static gboolean
start_path (VantageCanvasLayout *self, guint32 index, VantageCanvasPath *path, VantageRect *from,
            VantageRect *to)
{
  const VantageCanvasEnds *ends = &g_array_index (self->link_ends, VantageCanvasEnds, index);

  *path = (VantageCanvasPath){ .sort = VANTAGE_PATH_LINK,
                               .link = index,
                               .kind = g_array_index (self->links, VantageCanvasLink, index).kind,
                               .count = 1 };
  if (ends->from == VANTAGE_CANVAS_NONE)
    return FALSE;
  path->from_card = g_array_index (self->card_of, guint32, ends->from);
  path->to_card = g_array_index (self->card_of, guint32, ends->to);
  vantage_canvas_get_spot_rect (self, ends->from, from);
  vantage_canvas_get_spot_rect (self, ends->to, to);
  return TRUE;
}

static void
append_path (VantageCanvasLayout *self, VantageCanvasPath *path, const VantageCanvasRoute *route)
{
  path->crosses = route->crosses;
  finish_path (path);
  if (route->label > 0)
    path->label = get_label_rect (path, &g_array_index (self->links, VantageCanvasLink, path->link),
                                  route->label - 1u);
  g_array_append_vals (self->paths, path, 1);
}

/* One that is known from an earlier frame of this zoom, or that is not to be looked at closely. */
static void
add_known (VantageCanvasLayout *self, guint32 index)
{
  const VantageCanvasRoute *route = &g_array_index (self->routes, VantageCanvasRoute, index);
  VantageCanvasRoute plain = *route;
  VantageCanvasPath path;
  VantageRect from, to;

  if (!start_path (self, index, &path, &from, &to))
    return;
  vantage_canvas_route_again (&path, &from, &to, route->way);
  if (!path_is_seen (self, &path))
    return;
  if (route->stamp != self->route_stamp)
    plain.label = 0;
  append_path (self, &path, &plain);
}

/* FALSE: it is out of view, whichever way it goes. */
static gboolean
add_closely (VantageCanvasLayout *self, guint32 index, GArray *obstacles)
{
  VantageCanvasRoute *route = &g_array_index (self->routes, VantageCanvasRoute, index);
  const VantageCanvasLink *link = &g_array_index (self->links, VantageCanvasLink, index);
  const VantageRect view = { -self->width / 2, self->y - 60, self->width * 2, self->height + 120 };
  VantageCanvasPath path;
  VantageRect from, to, around;

  if (!start_path (self, index, &path, &from, &to))
    return FALSE;
  around = join_rects (&from, &to);
  if (!vantage_rect_meets (&around, &view))
    return FALSE;
  list_obstacles (self, &around, path.from_card, path.to_card, obstacles);
  vantage_canvas_route (self, &path, &from, &to, obstacles, route);
  route->label = find_label (self, &path, link);
  route->stamp = self->route_stamp;
  if (path_is_seen (self, &path))
    append_path (self, &path, route);
  return TRUE;
}

static void
add_links (VantageCanvasLayout *self, GArray *links)
{
  gboolean closely = self->detail == VANTAGE_DETAIL_CARDS && links->len <= MAX_ROUTED;
  g_autoptr (GArray) obstacles = g_array_new (FALSE, FALSE, sizeof (VantageRect));
  guint left = closely ? self->budget : 0;

  renew_stamp (self);
  /* first those that stand, so that new labels find room beside them */
  for (guint i = 0; i < links->len; i++)
    {
      guint32 index = g_array_index (links, guint32, i);

      if (!closely ||
          g_array_index (self->routes, VantageCanvasRoute, index).stamp == self->route_stamp)
        add_known (self, index);
    }
  for (guint i = 0; closely && i < links->len; i++)
    {
      guint32 index = g_array_index (links, guint32, i);

      if (g_array_index (self->routes, VantageCanvasRoute, index).stamp == self->route_stamp)
        continue;
      if (left > 0)
        {
          left -= add_closely (self, index, obstacles);
          continue;
        }
      add_known (self, index);
      self->is_settled = FALSE;
    }
}

/* ---- bundles ---- */

static int
compare_bundles (gconstpointer a, gconstpointer b)
{
  const VantageCanvasBundle *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static guint
count_before (GArray *starts, gint64 us)
{
  guint low = 0, high = starts->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (starts, VantageCanvasStart, middle).us < us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The strongest bundles that begin in a stretch a little wider than the view; kept until the view
 * leaves it. */
static void
find_bundles (VantageCanvasLayout *self, gint64 begin, gint64 end)
{
  gint64 unit = 1;

  while (unit < (end - begin) / 4 + 1)
    unit *= 2;
  begin = begin / unit * unit - unit;
  end = end / unit * unit + unit;
  if (self->bundled.begin_us == begin && self->bundled.end_us == end &&
      self->bundled_generation == self->generation)
    return;
  self->bundled = (VantageSpan){ begin, end };
  self->bundled_generation = self->generation;
  g_array_set_size (self->bundles, 0);
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const VantageCanvasPair *pair = self->pairs->pdata[i];
      guint first = count_before (pair->starts, begin);
      VantageCanvasBundle bundle = { i, 0, count_before (pair->starts, end) - first };

      if (bundle.count == 0 || pair->from_lane == pair->to_lane)
        continue;
      bundle.link = g_array_index (pair->starts, VantageCanvasStart, first + bundle.count / 2).link;
      g_array_append_val (self->bundles, bundle);
    }
  g_array_sort (self->bundles, compare_bundles);
  if (self->bundles->len > MAX_BUNDLES)
    g_array_set_size (self->bundles, MAX_BUNDLES);
}

/* One path for all links from one lane to another. */
static void
add_bundles (VantageCanvasLayout *self, gint64 begin, gint64 end)
{
  find_bundles (self, begin, end);
  for (guint i = 0; i < self->bundles->len; i++)
    {
      const VantageCanvasBundle *bundle = &g_array_index (self->bundles, VantageCanvasBundle, i);
      const VantageCanvasPair *pair = self->pairs->pdata[bundle->pair];
      const VantageCanvasBand *a = &self->lane_bands[pair->from_lane];
      const VantageCanvasBand *b = &self->lane_bands[pair->to_lane];
      VantageCanvasPath path;
      VantageRect from, to;

      if (!start_path (self, bundle->link, &path, &from, &to))
        continue;
      path.sort = VANTAGE_PATH_BUNDLE;
      path.count = bundle->count;
      path.from_card = path.to_card = VANTAGE_CANVAS_NONE;
      from.y = a->y + a->height / 2;
      to.y = b->y + b->height / 2;
      from.height = to.height = 0;
      /* one that leads far away leaves the view slanted, not flat */
      to.x = CLAMP (to.x, from.x - self->width / 4, from.x + self->width / 4);
      vantage_canvas_route_down (&path, &from, &to, from.x, to.x);
      finish_path (&path);
      if (path_is_seen (self, &path))
        g_array_append_val (self->paths, path);
    }
}

/* ---- ties ---- */

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
                                 .to_card = VANTAGE_CANVAS_NONE };
      guint32 spot = vantage_canvas_get_first (self, card->event);
      VantageRect rect;
      double x;

      if (!card->tied)
        continue;
      while (vantage_canvas_at_spot (self, spot)->lane != card->lane)
        spot = vantage_canvas_at_spot (self, spot)->next;
      spot = vantage_canvas_at_spot (self, spot)->next;
      while (spot != VANTAGE_CANVAS_NONE &&
             self->lanes[vantage_canvas_at_spot (self, spot)->lane].hidden)
        spot = vantage_canvas_at_spot (self, spot)->next;
      if (spot == VANTAGE_CANVAS_NONE)
        continue;
      vantage_canvas_get_spot_rect (self, spot, &rect);
      path.to_card = g_array_index (self->card_of, guint32, spot);
      x = card->rect.x + MIN (6, card->rect.width / 2);
      vantage_canvas_route_down (&path, &card->rect, &rect, x, x);
      finish_path (&path);
      g_array_append_val (self->paths, path);
    }
}

void
vantage_canvas_paths_find (VantageCanvasLayout *self)
{
  double reach = MAX (self->widest_px, self->metrics.mark_size);
  gint64 begin = vantage_time_scale_get_us (&self->scale, -reach);
  gint64 end = vantage_time_scale_get_us (&self->scale, self->width);
  g_autoptr (GArray) links = NULL;

  g_array_set_size (self->paths, 0);
  self->is_settled = TRUE;
  if (self->detail != VANTAGE_DETAIL_DENSITY)
    add_ties (self);
  if (self->link_index == NULL)
    return;
  end = MAX (end, begin + 1);
  if (self->detail == VANTAGE_DETAIL_DENSITY ||
      vantage_lane_index_count (self->link_index, begin, end) > MAX_PATHS)
    {
      add_bundles (self, begin, end);
      return;
    }
  links = g_array_new (FALSE, FALSE, sizeof (guint32));
  vantage_lane_index_query (self->link_index, begin, end, links);
  add_links (self, links);
}
