/* vantage-lane-index.c: spans sorted by begin under a pyramid of greatest ends. */

#include "vantage-lane-index.h"

#include <string.h>

#define FAN 32
#define MAX_TAIL 1024
#define MAX_LEVELS 8

typedef struct
{
  VantageSpan span;
  guint32 key;
} Entry;

struct _VantageLaneIndex
{
  gsize n;        /* sorted entries, removed ones included */
  gint64 *begins; /* ascending */
  gint64 *ends;   /* of the same; G_MININT64: removed */
  guint32 *keys;
  gint64 *by_end;             /* the reaches of all sorted entries, ascending */
  gint64 *levels[MAX_LEVELS]; /* greatest reach of each FAN below */
  gsize level_lengths[MAX_LEVELS];
  guint n_levels;
  GArray *tail;    /* (element-type Entry) */
  GArray *removed; /* (element-type Entry): those of the sorted entries that are gone */
};

/* First instant a span does not meet; an instant takes up one microsecond. */
static inline gint64
get_reach (gint64 begin, gint64 end)
{
  return end > begin ? end : begin + 1;
}

static inline gint64
get_reach_at (VantageLaneIndex *self, gsize i)
{
  return self->ends[i] == G_MININT64 ? G_MININT64 : get_reach (self->begins[i], self->ends[i]);
}

static inline gboolean
span_meets (const VantageSpan *span, gint64 begin, gint64 end)
{
  return span->begin_us < end && get_reach (span->begin_us, span->end_us) > begin;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->span.begin_us != y->span.begin_us)
    return x->span.begin_us < y->span.begin_us ? -1 : 1;
  if (x->span.end_us != y->span.end_us)
    return x->span.end_us < y->span.end_us ? -1 : 1;
  return x->key < y->key ? -1 : x->key > y->key;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* How many of @values are below @value. */
static gsize
count_below (const gint64 *values, gsize n, gint64 value)
{
  gsize low = 0, high = n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (values[middle] < value)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
clear_sorted (VantageLaneIndex *self)
{
  g_clear_pointer (&self->begins, g_free);
  g_clear_pointer (&self->ends, g_free);
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->by_end, g_free);
  for (guint i = 0; i < self->n_levels; i++)
    g_clear_pointer (&self->levels[i], g_free);
  self->n_levels = 0;
  self->n = 0;
}

static gint64
get_below (VantageLaneIndex *self, guint level, gsize i)
{
  return level == 0 ? get_reach_at (self, i) : self->levels[level - 1][i];
}

/* The greatest of the FAN values below cell @i of @level. */
static gint64
find_greatest (VantageLaneIndex *self, guint level, gsize i)
{
  gsize n_below = level == 0 ? self->n : self->level_lengths[level - 1];
  gsize last = MIN ((i + 1) * FAN, n_below);
  gint64 greatest = G_MININT64;

  for (gsize j = i * FAN; j < last; j++)
    greatest = MAX (greatest, get_below (self, level, j));
  return greatest;
}

static void
build_pyramid (VantageLaneIndex *self)
{
  gsize n_below = self->n;

  while (n_below > 1 && self->n_levels < MAX_LEVELS)
    {
      gsize n = (n_below + FAN - 1) / FAN;
      guint level = self->n_levels++;

      self->levels[level] = g_new (gint64, n);
      self->level_lengths[level] = n;
      for (gsize i = 0; i < n; i++)
        self->levels[level][i] = find_greatest (self, level, i);
      n_below = n;
    }
}

/* What comes in order is not sorted again. */
static void
sort_entries (GArray *entries)
{
  for (guint i = 1; i < entries->len; i++)
    if (compare_entries (&g_array_index (entries, Entry, i - 1),
                         &g_array_index (entries, Entry, i)) > 0)
      {
        g_array_sort (entries, compare_entries);
        return;
      }
}

static void
build (VantageLaneIndex *self, GArray *entries)
{
  clear_sorted (self);
  sort_entries (entries);
  self->n = entries->len;
  self->begins = g_new (gint64, self->n);
  self->ends = g_new (gint64, self->n);
  self->keys = g_new (guint32, self->n);
  self->by_end = g_new (gint64, self->n);
  for (gsize i = 0; i < self->n; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      self->begins[i] = entry->span.begin_us;
      self->ends[i] = entry->span.end_us;
      self->keys[i] = entry->key;
      self->by_end[i] = get_reach (entry->span.begin_us, entry->span.end_us);
    }
  if (self->n > 0)
    qsort (self->by_end, self->n, sizeof *self->by_end, compare_times);
  build_pyramid (self);
}

/* Takes the tail in and the removed ones out. */
static void
merge (VantageLaneIndex *self)
{
  g_autoptr (GArray) entries =
      g_array_sized_new (FALSE, FALSE, sizeof (Entry), self->n + self->tail->len);

  for (gsize i = 0; i < self->n; i++)
    if (self->ends[i] != G_MININT64)
      g_array_append_val (entries, ((Entry){ { self->begins[i], self->ends[i] }, self->keys[i] }));
  g_array_append_vals (entries, self->tail->data, self->tail->len);
  g_array_set_size (self->tail, 0);
  g_array_set_size (self->removed, 0);
  build (self, entries);
}

VantageLaneIndex *
vantage_lane_index_new (const VantageSpan *spans, const guint32 *keys, gsize n_spans)
{
  VantageLaneIndex *self = g_new0 (VantageLaneIndex, 1);
  g_autoptr (GArray) entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), n_spans);

  self->tail = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->removed = g_array_new (FALSE, FALSE, sizeof (Entry));
  for (gsize i = 0; i < n_spans; i++)
    g_array_append_val (entries, ((Entry){ spans[i], keys ? keys[i] : (guint32) i }));
  build (self, entries);
  return self;
}

void
vantage_lane_index_free (VantageLaneIndex *self)
{
  clear_sorted (self);
  g_array_unref (self->tail);
  g_array_unref (self->removed);
  g_free (self);
}

gsize
vantage_lane_index_get_n (VantageLaneIndex *self)
{
  return self->n - self->removed->len + self->tail->len;
}

gboolean
vantage_lane_index_get_extent (VantageLaneIndex *self, VantageSpan *out)
{
  VantageSpan extent = { G_MAXINT64, G_MININT64 };

  if (vantage_lane_index_get_n (self) == 0)
    return FALSE;
  for (gsize i = 0; i < self->n; i++)
    {
      if (extent.begin_us == G_MAXINT64 && self->ends[i] != G_MININT64)
        extent.begin_us = self->begins[i];
      extent.end_us = MAX (extent.end_us, self->ends[i]);
    }
  for (guint i = 0; i < self->tail->len; i++)
    {
      const Entry *entry = &g_array_index (self->tail, Entry, i);

      extent.begin_us = MIN (extent.begin_us, entry->span.begin_us);
      extent.end_us = MAX (extent.end_us, entry->span.end_us);
    }
  *out = extent;
  return TRUE;
}

gboolean
vantage_lane_index_has_tail (VantageLaneIndex *self)
{
  return self->tail->len > 0;
}

void
vantage_lane_index_add (VantageLaneIndex *self, const VantageSpan *span, guint32 key)
{
  g_array_append_val (self->tail, ((Entry){ *span, key }));
  if (self->tail->len > MAX_TAIL)
    merge (self);
}

static gboolean
remove_from_tail (VantageLaneIndex *self, const Entry *wanted)
{
  for (guint i = 0; i < self->tail->len; i++)
    if (compare_entries (&g_array_index (self->tail, Entry, i), wanted) == 0)
      {
        g_array_remove_index (self->tail, i);
        return TRUE;
      }
  return FALSE;
}

gboolean
vantage_lane_index_remove (VantageLaneIndex *self, const VantageSpan *span, guint32 key)
{
  Entry wanted = { *span, key };

  if (remove_from_tail (self, &wanted))
    return TRUE;
  for (gsize i = count_below (self->begins, self->n, span->begin_us);
       i < self->n && self->begins[i] == span->begin_us; i++)
    {
      gsize cell = i;

      if (self->ends[i] != span->end_us || self->keys[i] != key)
        continue;
      self->ends[i] = G_MININT64;
      for (guint level = 0; level < self->n_levels; level++)
        {
          cell /= FAN;
          self->levels[level][cell] = find_greatest (self, level, cell);
        }
      g_array_append_val (self->removed, wanted);
      if (self->removed->len > MAX_TAIL)
        merge (self);
      return TRUE;
    }
  return FALSE;
}

typedef struct
{
  gint64 begin, end;
  gsize right; /* entries from here on begin too late */
  VantageLaneFunc func;
  gpointer user_data;
} Query;

/* How many entries a cell of @level stands for. */
static gsize
get_width (guint level)
{
  gsize width = FAN;

  while (level-- > 0)
    width *= FAN;
  return width;
}

/* Visits what is below cell @i of @level; FALSE when told to stop. */
static gboolean
visit (VantageLaneIndex *self, const Query *query, guint level, gsize i)
{
  gsize n_below, last;

  if (self->levels[level][i] <= query->begin || i * get_width (level) >= query->right)
    return TRUE;
  n_below = level == 0 ? self->n : self->level_lengths[level - 1];
  last = MIN ((i + 1) * FAN, n_below);
  for (gsize j = i * FAN; j < last; j++)
    {
      if (level > 0)
        {
          if (!visit (self, query, level - 1, j))
            return FALSE;
          continue;
        }
      if (j >= query->right)
        return TRUE;
      if (get_reach_at (self, j) > query->begin &&
          !query->func (&(VantageSpan){ self->begins[j], self->ends[j] }, self->keys[j],
                        query->user_data))
        return FALSE;
    }
  return TRUE;
}

static gboolean
visit_sorted (VantageLaneIndex *self, const Query *query)
{
  if (query->right == 0)
    return TRUE;
  if (self->n_levels == 0)
    return get_reach_at (self, 0) <= query->begin ||
           query->func (&(VantageSpan){ self->begins[0], self->ends[0] }, self->keys[0],
                        query->user_data);
  for (gsize i = 0; i < self->level_lengths[self->n_levels - 1]; i++)
    if (!visit (self, query, self->n_levels - 1, i))
      return FALSE;
  return TRUE;
}

void
vantage_lane_index_foreach (VantageLaneIndex *self, gint64 begin_us, gint64 end_us,
                            VantageLaneFunc func, gpointer user_data)
{
  Query query = { begin_us, end_us, 0, func, user_data };

  if (begin_us >= end_us)
    return;
  query.right = count_below (self->begins, self->n, end_us);
  if (!visit_sorted (self, &query))
    return;
  for (guint i = 0; i < self->tail->len; i++)
    {
      const Entry *entry = &g_array_index (self->tail, Entry, i);

      if (span_meets (&entry->span, begin_us, end_us) &&
          !func (&entry->span, entry->key, user_data))
        return;
    }
}

static gboolean
append_key (const VantageSpan *span, guint32 key, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, key);
  return TRUE;
}

gsize
vantage_lane_index_query (VantageLaneIndex *self, gint64 begin_us, gint64 end_us, GArray *keys)
{
  gsize before = keys->len;

  vantage_lane_index_foreach (self, begin_us, end_us, append_key, keys);
  return keys->len - before;
}

static gsize
count_meeting (GArray *entries, gint64 begin_us, gint64 end_us)
{
  gsize n = 0;

  for (guint i = 0; i < entries->len; i++)
    n += span_meets (&g_array_index (entries, Entry, i).span, begin_us, end_us);
  return n;
}

gsize
vantage_lane_index_count (VantageLaneIndex *self, gint64 begin_us, gint64 end_us)
{
  if (begin_us >= end_us)
    return 0;
  /* what began before the end, without what was over before the begin */
  return count_below (self->begins, self->n, end_us) -
         count_below (self->by_end, self->n, begin_us + 1) -
         count_meeting (self->removed, begin_us, end_us) +
         count_meeting (self->tail, begin_us, end_us);
}

/* count_below, begun at a place that is known not to be too far: steps double from there. */
static gsize
count_below_from (const gint64 *values, gsize n, gsize from, gint64 value)
{
  gsize step = 1, low = from;

  while (low < n && values[low] < value)
    {
      from = low + 1;
      low += step;
      step *= 2;
    }
  return from + count_below (values + from, MIN (low, n) - from, value);
}

void
vantage_lane_index_count_bins (VantageLaneIndex *self, const gint64 *edges_us, guint n_bins,
                               guint *out_counts)
{
  gsize begun = 0, over = 0;

  for (guint i = 0; i < n_bins; i++)
    {
      gint64 begin = edges_us[i], end = edges_us[i + 1];

      if (begin >= end)
        {
          out_counts[i] = 0;
          continue;
        }
      if (i == 0)
        over = count_below (self->by_end, self->n, begin + 1);
      begun = i == 0 ? count_below (self->begins, self->n, end)
                     : count_below_from (self->begins, self->n, begun, end);
      over = count_below_from (self->by_end, self->n, over, begin + 1);
      out_counts[i] = (guint) (begun - over - count_meeting (self->removed, begin, end) +
                               count_meeting (self->tail, begin, end));
    }
}
