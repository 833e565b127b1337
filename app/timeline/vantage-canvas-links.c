/* vantage-canvas-links.c: which links meet a stretch of time, and how many lead from one lane to
 * another there, kept in step with the events they join. */

#include "vantage-canvas-private.h"

#include <string.h>

static void
free_pair (gpointer data)
{
  g_array_unref (((VantageCanvasPair *) data)->starts);
  g_free (data);
}

void
vantage_canvas_links_clear (VantageCanvasLayout *self)
{
  g_array_set_size (self->links, 0);
  g_array_set_size (self->link_ends, 0);
  g_array_set_size (self->routes, 0);
  g_array_set_size (self->bundles, 0);
  self->bundled = (VantageSpan){ 0, 0 };
  self->n_linked = 0;
  g_clear_pointer (&self->links_of, g_free);
  g_clear_pointer (&self->links_first, g_free);
  g_clear_pointer (&self->link_index, vantage_lane_index_free);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_clear_pointer (&self->pair_of, g_hash_table_unref);
}

/* The two appearances of two events that stand nearest to each other. */
static void
find_ends (VantageCanvasLayout *self, const VantageCanvasLink *link, VantageCanvasEnds *out)
{
  gint64 best = G_MAXINT64;

  *out = (VantageCanvasEnds){ VANTAGE_CANVAS_NONE, VANTAGE_CANVAS_NONE };
  if (link->from >= self->events->len || link->to >= self->events->len)
    return;
  for (guint32 a = vantage_canvas_get_first (self, link->from); a != VANTAGE_CANVAS_NONE;
       a = vantage_canvas_at_spot (self, a)->next)
    for (guint32 b = vantage_canvas_get_first (self, link->to); b != VANTAGE_CANVAS_NONE;
         b = vantage_canvas_at_spot (self, b)->next)
      {
        guint32 lane_a = vantage_canvas_at_spot (self, a)->lane;
        guint32 lane_b = vantage_canvas_at_spot (self, b)->lane;
        gint64 apart = ABS ((gint64) lane_a - (gint64) lane_b);

        if (self->lanes[lane_a].hidden || self->lanes[lane_b].hidden || apart >= best)
          continue;
        best = apart;
        *out = (VantageCanvasEnds){ a, b };
      }
}

static VantageSpan
get_span (VantageCanvasLayout *self, const VantageCanvasEnds *ends)
{
  const VantageCanvasSpot *from = vantage_canvas_at_spot (self, ends->from);
  const VantageCanvasSpot *to = vantage_canvas_at_spot (self, ends->to);

  return (VantageSpan){ MIN (from->place_us, to->place_us), MAX (from->end_us, to->end_us) };
}

static VantageCanvasPair *
get_pair (VantageCanvasLayout *self, const VantageCanvasEnds *ends)
{
  guint32 from = vantage_canvas_at_spot (self, ends->from)->lane;
  guint32 to = vantage_canvas_at_spot (self, ends->to)->lane;
  gint64 key = (gint64) from << 32 | to;
  gpointer at = g_hash_table_lookup (self->pair_of, &key);
  VantageCanvasPair *pair;

  if (at != NULL)
    return self->pairs->pdata[GPOINTER_TO_UINT (at) - 1];
  pair = g_new0 (VantageCanvasPair, 1);
  pair->from_lane = from;
  pair->to_lane = to;
  pair->starts = g_array_new (FALSE, FALSE, sizeof (VantageCanvasStart));
  g_ptr_array_add (self->pairs, pair);
  g_hash_table_insert (self->pair_of, g_memdup2 (&key, sizeof key),
                       GUINT_TO_POINTER (self->pairs->len));
  return pair;
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const VantageCanvasStart *x = a, *y = b;

  if (x->us != y->us)
    return x->us < y->us ? -1 : 1;
  return x->link < y->link ? -1 : x->link > y->link;
}

static guint
find_start (GArray *starts, const VantageCanvasStart *start)
{
  guint low = 0, high = starts->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_starts (&g_array_index (starts, VantageCanvasStart, middle), start) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Which links each event has: those of event i from links_first[i] to links_first[i + 1]. */
static void
list_links_of (VantageCanvasLayout *self)
{
  guint32 n = self->events->len;
  g_autofree guint32 *at = NULL;

  self->n_linked = n;
  self->links_first = g_new0 (guint32, n + 1);
  self->links_of = g_new (guint32, 2 * self->links->len + 1);
  for (int filling = 0; filling < 2; filling++)
    {
      for (guint32 i = 0; i < self->links->len; i++)
        {
          const VantageCanvasLink *link = &g_array_index (self->links, VantageCanvasLink, i);
          const guint32 ends[2] = { link->from, link->to };

          for (int end = 0; end < (link->from == link->to ? 1 : 2); end++)
            if (ends[end] >= n)
              continue;
            else if (filling)
              self->links_of[at[ends[end]]++] = i;
            else
              self->links_first[ends[end] + 1]++;
        }
      if (filling)
        return;
      for (guint32 i = 0; i < n; i++)
        self->links_first[i + 1] += self->links_first[i];
      at = g_memdup2 (self->links_first, (n + 1) * sizeof *at);
    }
}

void
vantage_canvas_layout_set_links (VantageCanvasLayout *self, const VantageCanvasLink *links,
                                 guint32 n_links)
{
  g_autofree VantageSpan *spans = g_new (VantageSpan, MAX (n_links, 1));
  g_autofree guint32 *keys = g_new (guint32, MAX (n_links, 1));
  guint32 n = 0;

  vantage_canvas_links_clear (self);
  g_array_append_vals (self->links, links, n_links);
  g_array_set_size (self->link_ends, n_links);
  g_array_set_size (self->routes, n_links);
  self->pairs = g_ptr_array_new_with_free_func (free_pair);
  self->pair_of = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint32 i = 0; i < n_links; i++)
    {
      VantageCanvasEnds *ends = &g_array_index (self->link_ends, VantageCanvasEnds, i);
      VantageCanvasStart start = { 0, i };

      find_ends (self, &links[i], ends);
      if (ends->from == VANTAGE_CANVAS_NONE)
        continue;
      spans[n] = get_span (self, ends);
      keys[n++] = i;
      start.us = vantage_canvas_at_spot (self, ends->from)->place_us;
      g_array_append_val (get_pair (self, ends)->starts, start);
    }
  self->link_index = vantage_lane_index_new (spans, keys, n);
  for (guint i = 0; i < self->pairs->len; i++)
    g_array_sort (((VantageCanvasPair *) self->pairs->pdata[i])->starts, compare_starts);
  list_links_of (self);
  self->generation++;
  self->is_dirty = TRUE;
}

/* ---- one event ---- */

static void
take_out (VantageCanvasLayout *self, guint32 link)
{
  VantageCanvasEnds *ends = &g_array_index (self->link_ends, VantageCanvasEnds, link);
  VantageCanvasStart start = { 0, link };
  VantageSpan span;
  GArray *starts;
  guint at;

  if (ends->from == VANTAGE_CANVAS_NONE)
    return;
  span = get_span (self, ends);
  vantage_lane_index_remove (self->link_index, &span, link);
  start.us = vantage_canvas_at_spot (self, ends->from)->place_us;
  starts = get_pair (self, ends)->starts;
  at = find_start (starts, &start);
  if (at < starts->len && g_array_index (starts, VantageCanvasStart, at).link == link)
    g_array_remove_index (starts, at);
  ends->from = ends->to = VANTAGE_CANVAS_NONE;
}

static void
put_in (VantageCanvasLayout *self, guint32 link)
{
  VantageCanvasEnds *ends = &g_array_index (self->link_ends, VantageCanvasEnds, link);
  VantageCanvasStart start = { 0, link };
  VantageSpan span;
  GArray *starts;

  find_ends (self, &g_array_index (self->links, VantageCanvasLink, link), ends);
  if (ends->from == VANTAGE_CANVAS_NONE)
    return;
  span = get_span (self, ends);
  vantage_lane_index_add (self->link_index, &span, link);
  start.us = vantage_canvas_at_spot (self, ends->from)->place_us;
  starts = get_pair (self, ends)->starts;
  g_array_insert_val (starts, find_start (starts, &start), start);
}

void
vantage_canvas_links_take_out (VantageCanvasLayout *self, guint32 event)
{
  if (event >= self->n_linked)
    return;
  for (guint32 i = self->links_first[event]; i < self->links_first[event + 1]; i++)
    take_out (self, self->links_of[i]);
}

void
vantage_canvas_links_put_in (VantageCanvasLayout *self, guint32 event)
{
  if (event >= self->n_linked)
    return;
  for (guint32 i = self->links_first[event]; i < self->links_first[event + 1]; i++)
    put_in (self, self->links_of[i]);
}
