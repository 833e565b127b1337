/* vantage-canvas-rows.c: the rows of every lane at a zoom step, and which are kept over a change.
 */

#include "vantage-canvas-private.h"
#include "vantage-lane-packing.h"

#include <math.h>
#include <string.h>

#define FINE 16                   /* packing is done in sixteenths of a pixel */
#define MAX_KEPT_BYTES (16 << 20) /* of rows at steps other than the newest */
#define MAX_REMEMBERED 65536
#define MAX_CARRIED                                                                                \
  20000 /* rows kept when all data comes anew; more would take longer than it is worth */

/* The zoom step, rounded to the coarser side: what does not overlap there overlaps at no nearer
 * zoom of the step either. */
static int
get_step (double us_per_px)
{
  return (int) ceil (2.0 * log2 (us_per_px) - 1e-9);
}

void
vantage_canvas_rows_free (VantageCanvasRows *self)
{
  g_clear_pointer (&self->axis, vantage_axis_unref);
  g_free (self->rows);
  g_free (self->lane_rows);
  g_free (self);
}

/* ---- what a spot takes up ---- */

/* Instants ascend along a lane, so each of the three has a cursor that seldom seeks. */
typedef struct
{
  VantageTimeScale scale;
  VantageTimeCursor left, place, right;
  gboolean marks;
} Ruler;

static void
init_ruler (Ruler *self, VantageCanvasLayout *layout, const VantageCanvasRows *set)
{
  *self = (Ruler){ .marks = set->marks };
  self->scale.axis = set->axis;
  self->scale.us_per_px = exp2 (set->step / 2.0);
  for (guint32 lane = 0; lane < layout->n_lanes && self->scale.origin_us == 0; lane++)
    if (layout->lane_spots[lane].order->len > 0)
      self->scale.origin_us =
          vantage_canvas_at_spot (layout,
                                  g_array_index (layout->lane_spots[lane].order, guint32, 0))
              ->place_us;
  vantage_time_cursor_init (&self->left, &self->scale);
  vantage_time_cursor_init (&self->place, &self->scale);
  vantage_time_cursor_init (&self->right, &self->scale);
}

static gint64
get_gap (VantageCanvasLayout *self, gboolean marks)
{
  return (gint64) ((marks ? 2.0 : self->metrics.card_gap) * FINE);
}

/* In sixteenths of a pixel. */
static void
measure_spot (Ruler *ruler, VantageCanvasLayout *self, const VantageCanvasSpot *spot,
              VantageSpan *out)
{
  double least = ruler->marks ? self->metrics.mark_size : spot->width_px;
  double begin = vantage_time_cursor_get_x (&ruler->place, spot->place_us);
  double end = begin + least;

  if (spot->end_us > spot->place_us)
    end = MAX (end, vantage_time_cursor_get_x (&ruler->right, spot->end_us));
  if (!ruler->marks && spot->soft_begin < spot->place_us)
    begin = MIN (begin, vantage_time_cursor_get_x (&ruler->left, spot->soft_begin));
  if (!ruler->marks && spot->soft_end > spot->end_us)
    end = MAX (end, vantage_time_cursor_get_x (&ruler->right, spot->soft_end));
  out->begin_us = (gint64) floor (begin * FINE);
  out->end_us = (gint64) ceil (end * FINE);
}

/* ---- a whole lane ---- */

static int
compare_left (gconstpointer a, gconstpointer b, gpointer user_data)
{
  VantageCanvasLayout *self = user_data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  gint64 left_x = vantage_canvas_get_extent (vantage_canvas_at_spot (self, x)).begin_us;
  gint64 left_y = vantage_canvas_get_extent (vantage_canvas_at_spot (self, y)).begin_us;

  if (left_x != left_y)
    return left_x < left_y ? -1 : 1;
  return vantage_canvas_compare_spots (self, x, y);
}

/* A bar that reaches back may begin before the card that stands before it. */
static const guint32 *
list_by_left (VantageCanvasLayout *self, guint32 lane, gboolean marks)
{
  VantageCanvasLaneSpots *spots = &self->lane_spots[lane];

  if (marks || spots->n_soft == 0)
    return (const guint32 *) (gpointer) spots->order->data;
  if (spots->left == NULL)
    {
      spots->left = g_array_sized_new (FALSE, FALSE, sizeof (guint32), spots->order->len);
      g_array_append_vals (spots->left, spots->order->data, spots->order->len);
      g_array_sort_with_data (spots->left, compare_left, self);
    }
  return (const guint32 *) (gpointer) spots->left->data;
}

typedef struct
{
  gint64 *ends; /* of what stands last in each row */
  guint n, room;
} Rows;

static void
add_row (Rows *self)
{
  if (self->n == self->room)
    {
      self->room = MAX (16, 2 * self->room);
      self->ends = g_renew (gint64, self->ends, self->room);
    }
  self->ends[self->n++] = G_MININT64 / 2;
}

/* The lowest row that is free; of marks, when none is, the one that is free soonest. */
static guint
find_lowest (Rows *self, const VantageSpan *span, gint64 gap, gboolean marks)
{
  guint row = 0, soonest = 0;

  for (; row < self->n; row++)
    {
      if (self->ends[row] + gap <= span->begin_us)
        return row;
      if (self->ends[row] < self->ends[soonest])
        soonest = row;
    }
  if (marks && self->n == VANTAGE_MARK_ROWS)
    return soonest;
  if (self->n >= VANTAGE_CANVAS_NO_ROW - 1)
    return self->n - 1;
  add_row (self);
  return row;
}

static void
pack_lane (VantageCanvasLayout *self, VantageCanvasRows *set, Ruler *ruler, guint32 lane)
{
  const guint32 *spots = list_by_left (self, lane, set->marks);
  guint n = self->lane_spots[lane].order->len;
  gint64 gap = get_gap (self, set->marks);
  Rows rows = { 0 };

  for (guint i = 0; i < n; i++)
    {
      VantageSpan span;
      guint row;

      measure_spot (ruler, self, vantage_canvas_at_spot (self, spots[i]), &span);
      row = find_lowest (&rows, &span, gap, set->marks);
      rows.ends[row] = MAX (rows.ends[row], span.end_us);
      set->rows[spots[i]] = (guint16) row;
    }
  set->lane_rows[lane] = rows.n;
  g_free (rows.ends);
}

/* ---- one spot among others ---- */

static gboolean
is_ready (VantageCanvasLayout *self)
{
  return self->rows != NULL && self->rows->n_done == self->n_lanes;
}

typedef struct
{
  VantageCanvasLayout *layout;
  Ruler *ruler;
  VantageSpan span;
  gint64 gap;
  guint32 spot;
  GByteArray *taken; /* by row */
} Search;

static gboolean
note_row (const VantageSpan *extent, guint32 key, gpointer user_data)
{
  Search *search = user_data;
  const VantageCanvasRows *set = search->layout->rows;
  VantageSpan other;

  if (key == search->spot || set->rows[key] >= search->taken->len)
    return TRUE;
  measure_spot (search->ruler, search->layout, vantage_canvas_at_spot (search->layout, key),
                &other);
  if (other.begin_us < search->span.end_us + search->gap &&
      search->span.begin_us < other.end_us + search->gap)
    search->taken->data[set->rows[key]] = 1;
  return TRUE;
}

/* Which rows are taken where the spot stands. (transfer full) */
static GByteArray *
list_taken (VantageCanvasLayout *self, guint32 spot)
{
  const VantageCanvasSpot *s = vantage_canvas_at_spot (self, spot);
  double reach = MAX (self->widest_px, self->metrics.mark_size) + self->metrics.card_gap + 2;
  Ruler ruler;
  Search search = { self,     &ruler,
                    { 0, 0 }, get_gap (self, self->rows->marks),
                    spot,     g_byte_array_new () };
  gint64 begin, end;

  init_ruler (&ruler, self, self->rows);
  measure_spot (&ruler, self, s, &search.span);
  g_byte_array_set_size (search.taken, self->rows->lane_rows[s->lane] + 1);
  memset (search.taken->data, 0, search.taken->len);
  begin = vantage_time_scale_get_us (&ruler.scale, (double) search.span.begin_us / FINE - reach);
  end = vantage_time_scale_get_us (&ruler.scale, (double) search.span.end_us / FINE + reach);
  vantage_lane_index_foreach (self->lane_spots[s->lane].index, begin, end, note_row, &search);
  return search.taken;
}

static guint64
mix (guint64 hash, guint64 value)
{
  hash = (hash ^ value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ (hash >> 29);
}

/* Of what a spot is and takes up: the same again when an edit is undone. */
static gint64
hash_spot (VantageCanvasLayout *self, const VantageCanvasSpot *spot)
{
  const VantageCanvasEvent *event = vantage_canvas_get_event (self, spot->event);
  guint64 hash = mix (event->key, self->lanes[spot->lane].key);

  hash = mix (hash, (guint64) spot->place_us);
  hash = mix (hash, (guint64) spot->end_us);
  hash = mix (hash, (guint64) spot->soft_begin);
  hash = mix (hash, (guint64) spot->soft_end);
  return (gint64) mix (hash, (guint64) (spot->width_px * 64));
}

static void
remember (VantageCanvasLayout *self, guint32 spot)
{
  gint64 hash = hash_spot (self, vantage_canvas_at_spot (self, spot));

  if (g_hash_table_size (self->remembered) >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->remembered);
  g_hash_table_insert (self->remembered, g_memdup2 (&hash, sizeof hash),
                       GUINT_TO_POINTER (self->rows->rows[spot] + 1u));
}

void
vantage_canvas_rows_take_out (VantageCanvasLayout *self, guint32 spot)
{
  const VantageCanvasSpot *s = vantage_canvas_at_spot (self, spot);
  GArray *order = self->lane_spots[s->lane].order;
  guint n = 0;

  if (!is_ready (self))
    return;
  remember (self, spot);
  self->rows->rows[spot] = VANTAGE_CANVAS_NO_ROW;
  for (guint i = 0; i < order->len; i++)
    {
      guint16 row = self->rows->rows[g_array_index (order, guint32, i)];

      if (row != VANTAGE_CANVAS_NO_ROW && row >= n)
        n = row + 1u;
    }
  self->rows->lane_rows[s->lane] = n;
}

static void
make_room (VantageCanvasLayout *self, VantageCanvasRows *set)
{
  guint32 n = self->spots->len;

  if (n <= set->n_rows)
    return;
  n = MAX (n, set->n_rows + set->n_rows / 4 + 16);
  set->rows = g_renew (guint16, set->rows, n);
  memset (set->rows + set->n_rows, 0xff, (n - set->n_rows) * sizeof *set->rows);
  set->n_rows = n;
}

void
vantage_canvas_rows_put_in (VantageCanvasLayout *self, guint32 spot)
{
  const VantageCanvasSpot *s = vantage_canvas_at_spot (self, spot);
  g_autoptr (GByteArray) taken = NULL;
  gint64 hash;
  guint row;

  if (!is_ready (self))
    return;
  make_room (self, self->rows);
  self->rows->rows[spot] = VANTAGE_CANVAS_NO_ROW;
  taken = list_taken (self, spot);
  hash = hash_spot (self, s);
  row = GPOINTER_TO_UINT (g_hash_table_lookup (self->remembered, &hash));
  if (row == 0 || (row - 1 < taken->len && taken->data[row - 1]))
    for (row = 1; row < taken->len && taken->data[row - 1];)
      row++;
  row--;
  if (self->rows->marks)
    row = MIN (row, VANTAGE_MARK_ROWS - 1);
  row = MIN (row, VANTAGE_CANVAS_NO_ROW - 1);
  self->rows->rows[spot] = (guint16) row;
  self->rows->lane_rows[s->lane] = MAX (self->rows->lane_rows[s->lane], row + 1);
}

/* ---- sets ---- */

void
vantage_canvas_rows_keep_newest (VantageCanvasLayout *self)
{
  for (guint i = self->row_sets->len; i-- > 0;)
    if (self->row_sets->pdata[i] != self->rows || !is_ready (self))
      g_ptr_array_remove_index (self->row_sets, i);
  if (self->row_sets->len == 0)
    self->rows = NULL;
}

void
vantage_canvas_rows_forget (VantageCanvasLayout *self)
{
  gboolean keep = is_ready (self) && self->spots->len <= MAX_CARRIED;

  for (guint32 spot = 0; keep && spot < self->spots->len; spot++)
    if (vantage_canvas_at_spot (self, spot)->event != VANTAGE_CANVAS_NONE)
      remember (self, spot);
  if (!keep)
    self->rows = NULL;
  vantage_canvas_rows_keep_newest (self);
  if (self->rows == NULL)
    return;
  self->rows->is_kept = TRUE;
  self->rows->n_done = self->rows->n_rows = 0;
  g_clear_pointer (&self->rows->rows, g_free);
  g_clear_pointer (&self->rows->lane_rows, g_free);
}

/* As pack_lane, but what is remembered stays where it can. */
static void
pack_lane_again (VantageCanvasLayout *self, VantageCanvasRows *set, Ruler *ruler, guint32 lane)
{
  const guint32 *spots = list_by_left (self, lane, set->marks);
  guint n = self->lane_spots[lane].order->len;
  g_autofree VantageSpan *spans = g_new (VantageSpan, MAX (n, 1));
  g_autofree guint *rows = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      const VantageCanvasSpot *spot = vantage_canvas_at_spot (self, spots[i]);
      gint64 hash = hash_spot (self, spot);
      guint row = GPOINTER_TO_UINT (g_hash_table_lookup (self->remembered, &hash));

      measure_spot (ruler, self, spot, &spans[i]);
      rows[i] = row == 0 ? VANTAGE_ROW_NONE : row - 1;
    }
  set->lane_rows[lane] = vantage_lane_packing_keep (spans, n, get_gap (self, set->marks), rows);
  for (guint i = 0; i < n; i++)
    set->rows[spots[i]] = (guint16) MIN (rows[i], VANTAGE_CANVAS_NO_ROW - 1);
}

/* The next lane of the set; FALSE when all are done. */
static gboolean
pack_next (VantageCanvasLayout *self, VantageCanvasRows *set)
{
  Ruler ruler;

  if (set->n_done >= self->n_lanes)
    return FALSE;
  init_ruler (&ruler, self, set);
  make_room (self, set);
  if (set->lane_rows == NULL)
    set->lane_rows = g_new0 (guint, self->n_lanes + 1);
  if (set->is_kept && !set->marks)
    pack_lane_again (self, set, &ruler, set->n_done);
  else
    pack_lane (self, set, &ruler, set->n_done);
  set->n_done++;
  return TRUE;
}

/* The newest are kept, as many as there is room for. */
static void
drop_oldest (VantageCanvasLayout *self)
{
  gsize bytes = 0;

  for (guint i = 0; i < self->row_sets->len; i++)
    {
      bytes += self->spots->len * sizeof (guint16);
      if (i >= 3 && bytes > MAX_KEPT_BYTES)
        {
          g_ptr_array_set_size (self->row_sets, (int) i);
          return;
        }
    }
}

static VantageCanvasRows *
find_set (VantageCanvasLayout *self, int step, gboolean marks, guint *out_at)
{
  for (guint i = 0; i < self->row_sets->len; i++)
    {
      VantageCanvasRows *set = self->row_sets->pdata[i];

      *out_at = i;
      if (set->axis == self->scale.axis && set->step == step && set->marks == marks)
        return set;
    }
  return NULL;
}

static VantageCanvasRows *
new_set (VantageCanvasLayout *self, int step, gboolean marks)
{
  VantageCanvasRows *set = g_new0 (VantageCanvasRows, 1);

  set->axis = self->scale.axis != NULL ? vantage_axis_ref (self->scale.axis) : NULL;
  set->step = step;
  set->marks = marks;
  return set;
}

void
vantage_canvas_rows_ensure (VantageCanvasLayout *self)
{
  gboolean marks = self->detail != VANTAGE_DETAIL_CARDS;
  int step = get_step (self->scale.us_per_px);
  guint at = 0;
  VantageCanvasRows *set = find_set (self, step, marks, &at);

  if (set == NULL)
    {
      set = new_set (self, step, marks);
      g_ptr_array_insert (self->row_sets, 0, set);
    }
  else if (at > 0)
    {
      g_ptr_array_steal_index (self->row_sets, at);
      g_ptr_array_insert (self->row_sets, 0, set);
    }
  drop_oldest (self);
  while (pack_next (self, set))
    continue;
  if (set != self->rows)
    g_hash_table_remove_all (self->remembered);
  self->rows = set;
}

gboolean
vantage_canvas_layout_prepare (VantageCanvasLayout *self)
{
  int step = get_step (self->scale.us_per_px);
  gboolean marks = self->detail != VANTAGE_DETAIL_CARDS;

  if (!self->has_run || self->detail == VANTAGE_DETAIL_DENSITY || self->rows == NULL)
    return FALSE;
  for (int way = -1; way <= 1; way += 2)
    {
      guint at;
      VantageCanvasRows *set = find_set (self, step + way, marks, &at);

      if (set == NULL)
        {
          set = new_set (self, step + way, marks);
          g_ptr_array_insert (self->row_sets, (int) MIN (1, self->row_sets->len), set);
        }
      if (pack_next (self, set))
        return TRUE;
    }
  return FALSE;
}
