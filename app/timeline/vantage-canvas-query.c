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
vantage_canvas_layout_locate (VantageCanvasLayout *self, guint32 event, VantageSpan *out_span,
                              double *out_y, double *out_height)
{
  g_return_val_if_fail (event < self->n_events, FALSE);

  if (!self->is_laid_out)
    return FALSE;
  for (guint32 spot = self->event_first[event]; spot != G_MAXUINT32; spot = self->spots[spot].next)
    {
      VantageRect rect;

      if (self->lanes[self->spots[spot].lane].hidden)
        continue;
      vantage_canvas_get_spot_rect (self, spot, &rect);
      *out_span = (VantageSpan){ self->spots[spot].place_us, self->spots[spot].end_us };
      *out_y = rect.y;
      *out_height = rect.height;
      return TRUE;
    }
  return FALSE;
}

/* The spot of @lane nearest in time to @us: the earlier of two that are as near. */
static guint32
find_nearest_in_lane (VantageCanvasLayout *self, guint32 lane, gint64 us)
{
  guint32 low = self->lane_first[lane], high = self->lane_first[lane + 1];

  if (low == high)
    return G_MAXUINT32;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->spots[middle].place_us < us)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == self->lane_first[lane + 1])
    return low - 1;
  if (low > self->lane_first[lane] &&
      us - self->spots[low - 1].place_us <= self->spots[low].place_us - us)
    return low - 1;
  return low;
}

static guint32
step_to_lane (VantageCanvasLayout *self, guint32 spot, int direction)
{
  gint64 lane = (gint64) self->spots[spot].lane + direction;

  for (; lane >= 0 && lane < self->n_lanes; lane += direction)
    {
      guint32 found;

      if (self->lanes[lane].hidden)
        continue;
      found = find_nearest_in_lane (self, (guint32) lane, self->spots[spot].place_us);
      if (found != G_MAXUINT32)
        return found;
    }
  return G_MAXUINT32;
}

gboolean
vantage_canvas_layout_step (VantageCanvasLayout *self, guint32 event, guint32 lane,
                            VantageStep step, guint32 *out_event, guint32 *out_lane)
{
  guint32 spot, first, last, to = G_MAXUINT32;

  g_return_val_if_fail (event < self->n_events, FALSE);

  spot = self->event_first[event];
  while (spot != G_MAXUINT32 && self->spots[spot].lane != lane &&
         self->spots[spot].next != G_MAXUINT32)
    spot = self->spots[spot].next;
  if (spot == G_MAXUINT32)
    return FALSE;
  first = self->lane_first[self->spots[spot].lane];
  last = self->lane_first[self->spots[spot].lane + 1] - 1;
  if (step == VANTAGE_STEP_EARLIER && spot > first)
    to = spot - 1;
  else if (step == VANTAGE_STEP_LATER && spot < last)
    to = spot + 1;
  else if (step == VANTAGE_STEP_FIRST)
    to = first;
  else if (step == VANTAGE_STEP_LAST)
    to = last;
  else if (step == VANTAGE_STEP_UP || step == VANTAGE_STEP_DOWN)
    to = step_to_lane (self, spot, step == VANTAGE_STEP_UP ? -1 : 1);
  if (to == G_MAXUINT32 || to == spot)
    return FALSE;
  *out_event = self->spots[to].event;
  *out_lane = self->spots[to].lane;
  return TRUE;
}
