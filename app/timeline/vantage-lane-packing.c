/* vantage-lane-packing.c: intervals into rows: first fit, and first fit that keeps what stood. */

#include "vantage-lane-packing.h"

guint
vantage_lane_packing_run (const VantageSpan *spans, gsize n_spans, gint64 min_gap, guint *out_rows)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gsize i = 0; i < n_spans; i++)
    {
      guint row = 0;

      while (row < ends->len && g_array_index (ends, gint64, row) + min_gap > spans[i].begin_us)
        row++;
      if (row == ends->len)
        g_array_set_size (ends, row + 1);
      g_array_index (ends, gint64, row) = spans[i].end_us;
      out_rows[i] = row;
    }
  return ends->len;
}

/* Rows under construction: each an array of spans in order of begin. */
static GArray *
get_row (GPtrArray *rows, guint row)
{
  while (rows->len <= row)
    g_ptr_array_add (rows, g_array_new (FALSE, FALSE, sizeof (VantageSpan)));
  return g_ptr_array_index (rows, row);
}

/* Where @span would stand in @row; FALSE when something is in the way. */
static gboolean
find_place (GArray *row, const VantageSpan *span, gint64 min_gap, guint *out_index)
{
  guint low = 0, high = row->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (row, VantageSpan, middle).begin_us <= span->begin_us)
        low = middle + 1;
      else
        high = middle;
    }
  *out_index = low;
  if (low > 0 && g_array_index (row, VantageSpan, low - 1).end_us + min_gap > span->begin_us)
    return FALSE;
  return low == row->len ||
         span->end_us + min_gap <= g_array_index (row, VantageSpan, low).begin_us;
}

static guint
place_lowest (GPtrArray *rows, const VantageSpan *span, gint64 min_gap)
{
  for (guint row = 0;; row++)
    {
      GArray *spans = get_row (rows, row);
      guint index;

      if (!find_place (spans, span, min_gap, &index))
        continue;
      g_array_insert_val (spans, index, *span);
      return row;
    }
}

/* Leaves in place what can stay; the rest becomes VANTAGE_ROW_NONE and is listed in @out_moved. */
static void
keep_rows (const VantageSpan *spans, gsize n_spans, gint64 min_gap, guint *rows, GPtrArray *kept,
           GArray *out_moved)
{
  for (gsize i = 0; i < n_spans; i++)
    {
      GArray *row;

      if (rows[i] == VANTAGE_ROW_NONE)
        continue;
      row = get_row (kept, rows[i]);
      if (row->len == 0 ||
          g_array_index (row, VantageSpan, row->len - 1).end_us + min_gap <= spans[i].begin_us)
        {
          g_array_append_val (row, spans[i]);
          continue;
        }
      rows[i] = VANTAGE_ROW_NONE;
      g_array_append_val (out_moved, i);
    }
}

guint
vantage_lane_packing_keep (const VantageSpan *spans, gsize n_spans, gint64 min_gap, guint *rows)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (gsize));
  guint n_rows = 0;

  keep_rows (spans, n_spans, min_gap, rows, kept, moved);
  for (guint i = 0; i < moved->len; i++)
    {
      gsize at = g_array_index (moved, gsize, i);

      rows[at] = place_lowest (kept, &spans[at], min_gap);
    }
  for (gsize i = 0; i < n_spans; i++)
    {
      if (rows[i] == VANTAGE_ROW_NONE)
        rows[i] = place_lowest (kept, &spans[i], min_gap);
      n_rows = MAX (n_rows, rows[i] + 1);
    }
  return n_rows;
}
