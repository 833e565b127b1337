/* vantage-network.c: a potential (one solution) is kept for all accepted constraints; a new one
 * that it does not satisfy is repaired outwards in order of need, as in shortest paths, and is
 * refused when the repair comes back to where it began. */

#include "vantage-network.h"

typedef struct
{
  guint from, to; /* to ≤ from + weight */
  VantageWide weight;
  int label;
  int next_out, next_in; /* next edge of the same point; -1 */
} Edge;

typedef struct
{
  VantageWide key;
  guint point;
} Entry;

struct _VantageNetwork
{
  guint n_points;
  GArray *edges;
  int *first_out, *first_in;
  VantageWide *potential;
  VantageWide *need; /* how far a point must still come down; ≤ 0; 0 between calls */
  int *reached_by;   /* edge by which the need came */
  GArray *touched;   /* points whose need is to be cleared */
  GArray *heap;
};

VantageNetwork *
vantage_network_new (guint n_points)
{
  VantageNetwork *self = g_new0 (VantageNetwork, 1);

  self->n_points = n_points;
  self->edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  self->first_out = g_new (int, n_points);
  self->first_in = g_new (int, n_points);
  for (guint i = 0; i < n_points; i++)
    self->first_out[i] = self->first_in[i] = -1;
  self->potential = g_new0 (VantageWide, n_points);
  self->need = g_new0 (VantageWide, n_points);
  self->reached_by = g_new0 (int, n_points);
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint));
  self->heap = g_array_new (FALSE, FALSE, sizeof (Entry));
  return self;
}

void
vantage_network_free (VantageNetwork *self)
{
  g_array_unref (self->edges);
  g_array_unref (self->touched);
  g_array_unref (self->heap);
  g_free (self->first_out);
  g_free (self->first_in);
  g_free (self->potential);
  g_free (self->need);
  g_free (self->reached_by);
  g_free (self);
}

void
vantage_network_guess (VantageNetwork *self, guint point, VantageWide value)
{
  self->potential[point] = value;
}

static inline Edge *
get_edge (VantageNetwork *self, int i)
{
  return &g_array_index (self->edges, Edge, i);
}

/* ---- a heap with the least key on top; of equal keys the lower point ---- */

static gboolean
comes_first (const Entry *a, const Entry *b)
{
  return a->key != b->key ? a->key < b->key : a->point < b->point;
}

static void
swap_entries (GArray *heap, guint a, guint b)
{
  Entry entry = g_array_index (heap, Entry, a);

  g_array_index (heap, Entry, a) = g_array_index (heap, Entry, b);
  g_array_index (heap, Entry, b) = entry;
}

static void
push (GArray *heap, VantageWide key, guint point)
{
  guint i = heap->len;

  g_array_append_val (heap, ((Entry){ key, point }));
  while (i > 0 &&
         comes_first (&g_array_index (heap, Entry, i), &g_array_index (heap, Entry, (i - 1) / 2)))
    {
      swap_entries (heap, i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
}

static Entry
pop (GArray *heap)
{
  Entry top = g_array_index (heap, Entry, 0);
  guint i = 0;

  g_array_index (heap, Entry, 0) = g_array_index (heap, Entry, heap->len - 1);
  g_array_set_size (heap, heap->len - 1);
  for (;;)
    {
      guint least = i;

      for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < heap->len; child++)
        if (comes_first (&g_array_index (heap, Entry, child), &g_array_index (heap, Entry, least)))
          least = child;
      if (least == i)
        return top;
      swap_entries (heap, i, least);
      i = least;
    }
}

/* ---- adding ---- */

static int
append_edge (VantageNetwork *self, const VantageConstraint *constraint, int label)
{
  Edge edge = {
    .from = constraint->y, .to = constraint->x, .weight = constraint->most, .label = label
  };
  int index = (int) self->edges->len;

  edge.next_out = self->first_out[edge.from];
  edge.next_in = self->first_in[edge.to];
  self->first_out[edge.from] = index;
  self->first_in[edge.to] = index;
  g_array_append_val (self->edges, edge);
  return index;
}

/* Takes back the newest edges down to @n. */
static void
drop_edges (VantageNetwork *self, guint n)
{
  while (self->edges->len > n)
    {
      Edge *edge = get_edge (self, (int) self->edges->len - 1);

      self->first_out[edge->from] = edge->next_out;
      self->first_in[edge->to] = edge->next_in;
      g_array_set_size (self->edges, self->edges->len - 1);
    }
}

static void
ask (VantageNetwork *self, guint point, VantageWide need, int edge)
{
  if (self->need[point] == 0)
    g_array_append_val (self->touched, point);
  self->need[point] = need;
  self->reached_by[point] = edge;
  push (self->heap, need, point);
}

static void
add_label (GArray *circle, int label)
{
  if (label == VANTAGE_NETWORK_STRUCTURE)
    return;
  for (guint i = 0; i < circle->len; i++)
    if (g_array_index (circle, int, i) == label)
      return;
  g_array_append_val (circle, label);
}

/* The cycle ends with the edge that led back to where @newest begins: walked against its direction,
 * then told along it. */
static void
tell_circle (VantageNetwork *self, int newest, GArray *out_circle)
{
  g_autoptr (GArray) back = g_array_new (FALSE, FALSE, sizeof (int));
  guint point = get_edge (self, newest)->from;

  g_array_set_size (out_circle, 0);
  add_label (out_circle, get_edge (self, newest)->label);
  for (int edge = self->reached_by[point]; edge != newest; edge = self->reached_by[point])
    {
      g_array_append_val (back, edge);
      point = get_edge (self, edge)->from;
    }
  for (guint i = back->len; i-- > 0;)
    add_label (out_circle, get_edge (self, g_array_index (back, int, i))->label);
}

/* Brings the potential into line with the newest edge; FALSE and as before when it cannot be. */
static gboolean
repair (VantageNetwork *self, int newest, GArray *out_circle)
{
  const Edge *edge = get_edge (self, newest);
  guint source = edge->from;
  g_autoptr (GArray) lowered = NULL;
  VantageWide need = self->potential[source] + edge->weight - self->potential[edge->to];
  gboolean ok = TRUE;

  if (need >= 0)
    return TRUE;
  if (edge->from == edge->to)
    {
      g_array_set_size (out_circle, 0);
      add_label (out_circle, edge->label);
      return FALSE;
    }
  lowered = g_array_new (FALSE, FALSE, sizeof (Entry));
  ask (self, edge->to, need, newest);
  while (ok && self->heap->len > 0)
    {
      Entry top = pop (self->heap);

      if (self->need[top.point] != top.key)
        continue; /* a greater need came first */
      g_array_append_val (lowered, top);
      self->potential[top.point] += top.key;
      self->need[top.point] = 0;
      for (int i = self->first_out[top.point]; ok && i >= 0; i = get_edge (self, i)->next_out)
        {
          const Edge *out = get_edge (self, i);

          need = self->potential[top.point] + out->weight - self->potential[out->to];
          if (need >= self->need[out->to])
            continue;
          ask (self, out->to, need, i);
          ok = out->to != source;
        }
    }
  if (!ok)
    {
      tell_circle (self, newest, out_circle);
      for (guint i = 0; i < lowered->len; i++)
        {
          const Entry *entry = &g_array_index (lowered, Entry, i);

          self->potential[entry->point] -= entry->key;
        }
    }
  for (guint i = 0; i < self->touched->len; i++)
    self->need[g_array_index (self->touched, guint, i)] = 0;
  g_array_set_size (self->touched, 0);
  g_array_set_size (self->heap, 0);
  return ok;
}

gboolean
vantage_network_add (VantageNetwork *self, const VantageConstraint *constraints, guint n, int label,
                     GArray *out_circle)
{
  guint before = self->edges->len;

  for (guint i = 0; i < n; i++)
    {
      int edge = append_edge (self, &constraints[i], label);

      if (repair (self, edge, out_circle))
        continue;
      drop_edges (self, before);
      return FALSE;
    }
  return TRUE;
}

/* ---- solving ---- */

/* Shortest paths from the epoch along the edges, or against them; weights are made non-negative by
 * the potential. */
static void
find_distances (VantageNetwork *self, gboolean against, VantageWide *distance, gboolean *known)
{
  g_autofree gboolean *done = g_new0 (gboolean, self->n_points);

  distance[VANTAGE_NETWORK_ZERO] = 0;
  known[VANTAGE_NETWORK_ZERO] = TRUE;
  push (self->heap, 0, VANTAGE_NETWORK_ZERO);
  while (self->heap->len > 0)
    {
      Entry top = pop (self->heap);
      int first = against ? self->first_in[top.point] : self->first_out[top.point];

      if (done[top.point])
        continue;
      done[top.point] = TRUE;
      for (int i = first; i >= 0;)
        {
          const Edge *edge = get_edge (self, i);
          guint next = against ? edge->from : edge->to;
          VantageWide way =
              top.key + edge->weight + self->potential[edge->from] - self->potential[edge->to];

          i = against ? edge->next_in : edge->next_out;
          if (done[next] || (known[next] && distance[next] <= way))
            continue;
          distance[next] = way;
          known[next] = TRUE;
          push (self->heap, way, next);
        }
    }
}

void
vantage_network_solve (VantageNetwork *self, VantageBounds *out)
{
  g_autofree VantageWide *distance = g_new0 (VantageWide, self->n_points);
  g_autofree gboolean *known = g_new0 (gboolean, self->n_points);
  VantageWide zero = self->potential[VANTAGE_NETWORK_ZERO];

  find_distances (self, FALSE, distance, known);
  for (guint i = 0; i < self->n_points; i++)
    {
      out[i].has_latest = known[i];
      out[i].latest = known[i] ? distance[i] + self->potential[i] - zero : 0;
      known[i] = FALSE;
    }
  find_distances (self, TRUE, distance, known);
  for (guint i = 0; i < self->n_points; i++)
    {
      out[i].has_earliest = known[i];
      out[i].earliest = known[i] ? self->potential[i] - zero - distance[i] : 0;
    }
}
