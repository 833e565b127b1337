/* vantage-evidence-newest.c: the first few answers to a question with words, without looking at all
 * of them. The blocks of the sources say which time they span, so the walk over them in that order
 * may stop as soon as no later block can hold anything that comes before what is found. */

#include "vantage-evidence-query.h"

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

static gboolean
add_hits (VantageStmt *stmt, int parameter, const Block *block, GArray *hits, GError **error)
{
  vantage_stmt_reset (stmt);
  vantage_stmt_bind_int (stmt, parameter, block->first);
  vantage_stmt_bind_int (stmt, parameter + 1, block->last);
  while (vantage_stmt_step (stmt, error))
    {
      Hit hit = { vantage_stmt_get_int (stmt, 1), vantage_stmt_get_int (stmt, 0) };

      g_array_append_val (hits, hit);
    }

  return !stmt->failed;
}

/* Whether nothing in @next or after it can come before the @n-th hit. */
static gboolean
is_enough (GArray *hits, guint n, const Block *next, gboolean newest_first)
{
  const Hit *last;

  if (hits->len < n)
    return FALSE;

  g_array_sort (hits, newest_first ? compare_hits_back : compare_hits);
  g_array_set_size (hits, n);
  last = &g_array_index (hits, Hit, n - 1);

  return newest_first ? next->max_us < last->time_us : next->min_us > last->time_us;
}

static gboolean
walk (VantageEvidenceReading *reading, VantageEvidenceFilter *filter, gboolean newest_first,
      guint n, GArray *hits, GError **error)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_auto (VantageStmt) stmt = vantage_evidence_filter_prepare (
      filter, reading->db, "i.row, i.time_us", " AND f.rowid BETWEEN ? AND ?", error);

  if (stmt.handle == NULL || !list_blocks (reading, newest_first, blocks, error))
    return FALSE;

  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      if (is_enough (hits, n, block, newest_first))
        break;
      if (!add_hits (&stmt, (int) filter->texts->len + 1, block, hits, error))
        return FALSE;
    }

  g_array_sort (hits, newest_first ? compare_hits_back : compare_hits);
  return TRUE;
}

gboolean
vantage_evidence_query_first (VantageEvidenceReading *reading, VantageEvidenceFilter *filter,
                              gboolean newest_first, guint limit, guint offset, GPtrArray *items,
                              GError **error)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      reading->db, "SELECT " VANTAGE_ITEM_COLUMNS " FROM item i WHERE i.row = ?", error);

  if (!walk (reading, filter, newest_first, limit + offset, hits, error))
    return FALSE;

  for (guint i = offset; i < MIN (hits->len, limit + offset); i++)
    {
      vantage_stmt_reset (&stmt);
      vantage_stmt_bind_int (&stmt, 1, g_array_index (hits, Hit, i).row);
      if (vantage_stmt_step (&stmt, error))
        g_ptr_array_add (items, vantage_evidence_read_item (&stmt, reading->db, reading->map));
    }

  return !stmt.failed;
}
