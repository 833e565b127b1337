/* vantage-canvas-query.c: from a point to what is there, from an event to where it is, and from one
 * event to the next. */

#include "vantage-canvas-private.h"

#include <math.h>

#define PATH_REACH_PX 5.0
#define N_PIECES 24

static double
get_distance (VantagePoint p, VantagePoint a, VantagePoint b)
{
  double dx = b.x - a.x, dy = b.y - a.y;
  double length = dx * dx + dy * dy;
  double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;

  t = CLAMP (t, 0, 1);
  return hypot (p.x - a.x - t * dx, p.y - a.y - t * dy);
}

static gboolean
path_is_near (const VantageCanvasPath *path, double x, double y)
{
  VantagePoint before = path->points[0];

  if (path->label.width > 0 && vantage_rect_contains (&path->label, x, y))
    return TRUE;
  for (guint i = 1; i <= N_PIECES; i++)
    {
      VantagePoint at = vantage_canvas_path_at (path, (double) i / N_PIECES);

      if (get_distance ((VantagePoint){ x, y }, before, at) <= PATH_REACH_PX)
        return TRUE;
      before = at;
    }
  return FALSE;
}

static guint32
find_lane (VantageCanvasLayout *self, double y)
{
  for (guint i = 0; i < self->bands->len; i++)
    {
      const VantageCanvasBand *band = &g_array_index (self->bands, VantageCanvasBand, i);

      if (y >= band->y && y < band->y + band->height)
        return band->lane;
    }
  return VANTAGE_CANVAS_NO_LANE;
}

/* Selected cards are drawn last, so they are found first. */
static gboolean
find_card (VantageCanvasLayout *self, double x, double y, gboolean bars, guint *out)
{
  for (int selected = 1; selected >= 0; selected--)
    for (guint i = self->cards->len; i-- > 0;)
      {
        const VantageCanvasCard *card = &g_array_index (self->cards, VantageCanvasCard, i);

        if (((card->flags & VANTAGE_CANVAS_SELECTED) != 0) != selected || (bars && !card->soft))
          continue;
        if (!vantage_rect_contains (bars ? &card->bar : &card->rect, x, y))
          continue;
        *out = i;
        return TRUE;
      }
  return FALSE;
}

void
vantage_canvas_layout_hit (VantageCanvasLayout *self, double x, double y, VantageHit *out)
{
  *out = (VantageHit){ VANTAGE_HIT_NOTHING, 0, find_lane (self, y) };
  if (find_card (self, x, y, FALSE, &out->index))
    {
      out->sort = VANTAGE_HIT_CARD;
      return;
    }
  if (find_card (self, x, y, TRUE, &out->index))
    {
      out->sort = VANTAGE_HIT_BAR;
      return;
    }
  for (guint i = self->paths->len; i-- > 0;)
    if (path_is_near (&g_array_index (self->paths, VantageCanvasPath, i), x, y))
      {
        out->sort = VANTAGE_HIT_PATH;
        out->index = i;
        return;
      }
  for (guint i = 0; i < self->folds->len; i++)
    {
      const VantageCanvasFold *fold = &g_array_index (self->folds, VantageCanvasFold, i);

      if (x < fold->x || x >= fold->x + fold->width)
        continue;
      out->sort = VANTAGE_HIT_FOLD;
      out->index = i;
      return;
    }
  if (out->lane != VANTAGE_CANVAS_NO_LANE)
    out->sort = VANTAGE_HIT_LANE;
}

gboolean
vantage_canvas_layout_is_span_end (VantageCanvasLayout *self, guint card)
{
  const VantageCanvasCard *c;
  const VantageCanvasSpot *spot;
  double end;

  g_return_val_if_fail (card < self->cards->len, FALSE);

  c = &g_array_index (self->cards, VantageCanvasCard, card);
  spot = vantage_canvas_at_spot (self, c->spot);
  end = vantage_time_cursor_get_x (&self->cursor, spot->end_us);
  return fabs (end - c->rect.x - c->rect.width) < 0.5;
}

gboolean
vantage_canvas_layout_locate (VantageCanvasLayout *self, guint32 event, VantageSpan *out_span,
                              double *out_y, double *out_height)
{
  g_return_val_if_fail (event < self->events->len, FALSE);

  if (!self->is_laid_out || (self->is_dirty && self->detail != VANTAGE_DETAIL_DENSITY &&
                             (self->rows == NULL || self->rows->n_done < self->n_lanes)))
    return FALSE;
  for (guint32 spot = vantage_canvas_get_first (self, event); spot != VANTAGE_CANVAS_NONE;
       spot = vantage_canvas_at_spot (self, spot)->next)
    {
      VantageRect rect;

      if (self->lanes[vantage_canvas_at_spot (self, spot)->lane].hidden)
        continue;
      vantage_canvas_get_spot_rect (self, spot, &rect);
      *out_span = (VantageSpan){ vantage_canvas_at_spot (self, spot)->place_us,
                                 vantage_canvas_at_spot (self, spot)->end_us };
      *out_y = rect.y;
      *out_height = rect.height;
      return TRUE;
    }
  return FALSE;
}

static guint32
get_in_order (VantageCanvasLayout *self, guint32 lane, guint at)
{
  return g_array_index (self->lane_spots[lane].order, guint32, at);
}

/* The spot of @lane nearest in time to @us: the earlier of two that are as near. */
static guint32
find_nearest_in_lane (VantageCanvasLayout *self, guint32 lane, gint64 us)
{
  guint n = self->lane_spots[lane].order->len;
  guint at = vantage_canvas_find_in_order (self, lane, us);
  guint32 before, after;

  if (n == 0)
    return VANTAGE_CANVAS_NONE;
  if (at == 0 || at == n)
    return get_in_order (self, lane, at == 0 ? 0 : n - 1);
  before = get_in_order (self, lane, at - 1);
  after = get_in_order (self, lane, at);
  return us - vantage_canvas_at_spot (self, before)->place_us <=
                 vantage_canvas_at_spot (self, after)->place_us - us
             ? before
             : after;
}

static guint32
step_to_lane (VantageCanvasLayout *self, guint32 spot, int direction)
{
  gint64 lane = (gint64) vantage_canvas_at_spot (self, spot)->lane + direction;

  for (; lane >= 0 && lane < self->n_lanes; lane += direction)
    {
      guint32 found;

      if (self->lanes[lane].hidden)
        continue;
      found = find_nearest_in_lane (self, (guint32) lane,
                                    vantage_canvas_at_spot (self, spot)->place_us);
      if (found != VANTAGE_CANVAS_NONE)
        return found;
    }
  return VANTAGE_CANVAS_NONE;
}

gboolean
vantage_canvas_layout_step (VantageCanvasLayout *self, guint32 event, guint32 lane,
                            VantageStep step, guint32 *out_event, guint32 *out_lane)
{
  guint32 spot, to = VANTAGE_CANVAS_NONE;
  guint at, n;

  g_return_val_if_fail (event < self->events->len, FALSE);

  spot = vantage_canvas_get_first (self, event);
  while (spot != VANTAGE_CANVAS_NONE && vantage_canvas_at_spot (self, spot)->lane != lane &&
         vantage_canvas_at_spot (self, spot)->next != VANTAGE_CANVAS_NONE)
    spot = vantage_canvas_at_spot (self, spot)->next;
  if (spot == VANTAGE_CANVAS_NONE)
    return FALSE;
  lane = vantage_canvas_at_spot (self, spot)->lane;
  n = self->lane_spots[lane].order->len;
  at = vantage_canvas_find_in_order (self, lane, vantage_canvas_at_spot (self, spot)->place_us);
  while (get_in_order (self, lane, at) != spot)
    at++;
  if (step == VANTAGE_STEP_EARLIER && at > 0)
    to = get_in_order (self, lane, at - 1);
  else if (step == VANTAGE_STEP_LATER && at + 1 < n)
    to = get_in_order (self, lane, at + 1);
  else if (step == VANTAGE_STEP_FIRST)
    to = get_in_order (self, lane, 0);
  else if (step == VANTAGE_STEP_LAST)
    to = get_in_order (self, lane, n - 1);
  else if (step == VANTAGE_STEP_UP || step == VANTAGE_STEP_DOWN)
    to = step_to_lane (self, spot, step == VANTAGE_STEP_UP ? -1 : 1);
  if (to == VANTAGE_CANVAS_NONE || to == spot)
    return FALSE;
  *out_event = vantage_canvas_at_spot (self, to)->event;
  *out_lane = vantage_canvas_at_spot (self, to)->lane;
  return TRUE;
}
