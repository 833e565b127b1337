/* vantage-evidence-newest.c: the first few answers to a question with words, without looking at all
 * of them. The blocks of the sources say which time they span, so the walk over them in that order
 * may stop as soon as no later block can hold anything that comes before what is found. */

#include "vantage-evidence-query.h"

#define FIRST_BLOCKS 2
#define MANY_HITS 1000

typedef struct
{
  gint64 first, last, min_us, max_us;
} Block;

typedef struct
{
  gint64 time_us, row;
} Hit;

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *x = a;
  const Hit *y = b;

  if (x->time_us != y->time_us)
    return x->time_us < y->time_us ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static int
compare_hits_back (gconstpointer a, gconstpointer b)
{
  return compare_hits (b, a);
}

static gboolean
list_blocks (VantageEvidenceReading *reading, gboolean newest_first, GArray *blocks, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT first, last, min_us, max_us FROM block WHERE source IN (%s)"
                       " ORDER BY %s",
                       reading->map->seen, newest_first ? "max_us DESC" : "min_us");
  g_auto (VantageStmt) stmt = vantage_evidence_prepare (reading->db, sql, error);

  while (vantage_stmt_step (&stmt, error))
    {
      Block block = { vantage_stmt_get_int (&stmt, 0), vantage_stmt_get_int (&stmt, 1),
                      vantage_stmt_get_int (&stmt, 2), vantage_stmt_get_int (&stmt, 3) };

      g_array_append_val (blocks, block);
    }

  return !stmt.failed;
}

/* What the walk works with. */
typedef struct
{
  VantageStmt *stmt;
  int parameter; /* of the first row; the last row and the limit follow */
  GArray *blocks, *hits;
  gboolean newest_first;
  guint n; /* hits that are wanted */
} Walk;

/* Adds the hits among rows [@first, @last], unless they are more than @most: then FALSE in
 * @out_all and none is added. */
static gboolean
add_hits (Walk *self, gint64 first, gint64 last, guint most, gboolean *out_all, GError **error)
{
  guint before = self->hits->len;

  vantage_stmt_reset (self->stmt);
  vantage_stmt_bind_int (self->stmt, self->parameter, first);
  vantage_stmt_bind_int (self->stmt, self->parameter + 1, last);
  vantage_stmt_bind_int (self->stmt, self->parameter + 2, (gint64) most + 1);
  while (vantage_stmt_step (self->stmt, error))
    {
      Hit hit = { vantage_stmt_get_int (self->stmt, 1), vantage_stmt_get_int (self->stmt, 0) };

      g_array_append_val (self->hits, hit);
    }

  *out_all = self->hits->len - before <= most;
  if (!*out_all)
    g_array_set_size (self->hits, before);
  return !self->stmt->failed;
}

/* Whether nothing in @next or after it can come before the @n-th hit. */
static gboolean
is_enough (Walk *self, const Block *next)
{
  const Hit *last;

  if (self->hits->len < self->n)
    return FALSE;

  g_array_sort (self->hits, self->newest_first ? compare_hits_back : compare_hits);
  g_array_set_size (self->hits, self->n);
  last = &g_array_index (self->hits, Hit, self->n - 1);

  return self->newest_first ? next->max_us < last->time_us : next->min_us > last->time_us;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Block *x = a;
  const Block *y = b;

  return x->first < y->first ? -1 : x->first > y->first;
}

static int
compare_rows_back (gconstpointer a, gconstpointer b)
{
  return compare_rows (b, a);
}

/* The blocks [@from, @from + @n) of the walk as few runs of rows. (transfer full) */
static GArray *
list_runs (GArray *blocks, guint from, guint n)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Block));
  g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (Block), n);

  g_array_append_vals (sorted, &g_array_index (blocks, Block, from), n);
  g_array_sort (sorted, compare_rows);
  for (guint i = 0; i < n; i++)
    {
      const Block *block = &g_array_index (sorted, Block, i);
      Block *run = runs->len > 0 ? &g_array_index (runs, Block, runs->len - 1) : NULL;

      if (run != NULL && run->last + 1 == block->first)
        run->last = block->last;
      else
        g_array_append_vals (runs, block, 1);
    }

  return runs;
}

/* Adds the hits of blocks [@from, @from + @n); of a stretch that is full of them only the first
 * half, and of that again, until they are few or nothing later can come before them. */
static gboolean
walk_blocks (Walk *self, guint from, guint n, GError **error)
{
  g_autoptr (GArray) runs = list_runs (self->blocks, from, n);
  guint most = n > 1 ? self->n + MANY_HITS : G_MAXINT;
  guint before = self->hits->len;

  for (guint i = 0; i < runs->len; i++)
    {
      const Block *run = &g_array_index (runs, Block, i);
      gboolean all;

      if (!add_hits (self, run->first, run->last, most, &all, error))
        return FALSE;
      if (all)
        continue;
      g_array_set_size (self->hits, before);
      if (!walk_blocks (self, from, n / 2, error))
        return FALSE;
      return is_enough (self, &g_array_index (self->blocks, Block, from + n / 2)) ||
             walk_blocks (self, from + n / 2, n - n / 2, error);
    }

  return TRUE;
}

/* Every look into the index costs the same whether it is over one block or a thousand: those that
 * found too little are followed by wider ones. */
static gboolean
walk (Walk *self, GError **error)
{
  guint step = FIRST_BLOCKS;

  for (guint i = 0; i < self->blocks->len; i += step, step *= 2)
    {
      step = MIN (step, self->blocks->len - i);
      if (is_enough (self, &g_array_index (self->blocks, Block, i)))
        break;
      if (!walk_blocks (self, i, step, error))
        return FALSE;
    }

  return TRUE;
}

/* In place of max_us, or when the oldest are asked for of min_us, the time that nothing in the
 * block or a later one passes. */
static void
foresee (GArray *blocks, gboolean newest_first)
{
  for (guint i = blocks->len; i-- > 1;)
    {
      const Block *later = &g_array_index (blocks, Block, i);
      Block *block = &g_array_index (blocks, Block, i - 1);

      if (newest_first)
        block->max_us = MAX (block->max_us, later->max_us);
      else
        block->min_us = MIN (block->min_us, later->min_us);
    }
}

/* The block that @row is in or that follows it, at or after @at. */
static guint
find_block (const Walk *self, const GArray *blocks, guint at, gint64 row)
{
  while (at + 1 < blocks->len &&
         (self->newest_first ? row < g_array_index (blocks, Block, at).first
                             : row > g_array_index (blocks, Block, at).last))
    at++;
  return at;
}

/* The hits in the order of rows, which is nearly that of time, until no later block can hold one
 * that comes before them. So the words of a question with few answers are gone through once.
 * @out_done FALSE: there are many, and time is not in the order of rows; no hits then. */
static gboolean
stream (Walk *self, gboolean *out_done, GError **error)
{
  g_autoptr (GArray) ordered = g_array_copy (self->blocks);
  guint at = 0;

  *out_done = TRUE;
  g_array_sort (ordered, self->newest_first ? compare_rows_back : compare_rows);
  foresee (ordered, self->newest_first);
  while (vantage_stmt_step (self->stmt, error))
    {
      Hit hit = { vantage_stmt_get_int (self->stmt, 1), vantage_stmt_get_int (self->stmt, 0) };
      guint block = find_block (self, ordered, at, vantage_stmt_get_int (self->stmt, 2));

      if (block != at && is_enough (self, &g_array_index (ordered, Block, block)))
        return TRUE;
      at = block;
      g_array_append_val (self->hits, hit);
      if (self->hits->len > self->n + MANY_HITS)
        {
          g_array_set_size (self->hits, 0);
          *out_done = FALSE;
          return TRUE;
        }
    }

  return !self->stmt->failed;
}

static gboolean
find_hits (VantageEvidenceReading *reading, VantageEvidenceFilter *filter, Walk *self,
           GError **error)
{
  g_auto (VantageStmt) streamed = vantage_evidence_filter_prepare (
      filter, reading->db, "i.row, i.time_us, f.rowid",
      self->newest_first ? " ORDER BY f.rowid DESC" : " ORDER BY f.rowid", error);
  gboolean done;

  self->stmt = &streamed;
  if (streamed.handle == NULL || !stream (self, &done, error))
    return FALSE;
  if (done)
    return TRUE;

  g_auto (VantageStmt) walked = vantage_evidence_filter_prepare (
      filter, reading->db, "i.row, i.time_us", " AND f.rowid BETWEEN ? AND ? LIMIT ?", error);

  self->stmt = &walked;
  self->parameter = (int) filter->texts->len + 1;
  return walked.handle != NULL && walk (self, error);
}

gboolean
vantage_evidence_query_first (VantageEvidenceReading *reading, VantageEvidenceFilter *filter,
                              gboolean newest_first, guint limit, guint offset, GPtrArray *items,
                              GError **error)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  Walk walk = { NULL, 0, blocks, hits, newest_first, limit + offset };
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      reading->db, "SELECT " VANTAGE_ITEM_COLUMNS " FROM item i WHERE i.row = ?", error);

  if (!list_blocks (reading, newest_first, blocks, error))
    return FALSE;
  if (blocks->len == 0)
    return TRUE;
  if (!find_hits (reading, filter, &walk, error))
    return FALSE;

  g_array_sort (hits, newest_first ? compare_hits_back : compare_hits);
  for (guint i = offset; i < MIN (hits->len, limit + offset); i++)
    {
      vantage_stmt_reset (&stmt);
      vantage_stmt_bind_int (&stmt, 1, g_array_index (hits, Hit, i).row);
      if (vantage_stmt_step (&stmt, error))
        g_ptr_array_add (items, vantage_evidence_read_item (&stmt, reading->db, reading->map));
    }

  return !stmt.failed;
}
