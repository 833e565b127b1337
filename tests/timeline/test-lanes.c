/* Rows of a lane, and the index of its spans, against the plainest possible answer. */

#include "vantage-lane-index.h"
#include "vantage-lane-packing.h"

#include <string.h>

typedef struct
{
  const char *name;
  VantageSpan spans[6];
  guint n_spans;
  gint64 min_gap;
  guint rows[6];
} Case;

/* clang-format off */
static const Case cases[] = {
  { "nothing-needs-no-row",        { { 0 } },                                      0, 0, { 0 } },
  { "touching-events-share-a-row", { { 0, 5 }, { 5, 9 } },                         2, 0, { 0, 0 } },
  { "a-gap-is-kept-free",          { { 0, 5 }, { 5, 9 } },                         2, 1, { 0, 1 } },
  { "overlap-opens-a-row",         { { 0, 5 }, { 4, 9 } },                         2, 0, { 0, 1 } },
  { "freed-row-is-reused",         { { 0, 5 }, { 1, 2 }, { 3, 8 }, { 6, 7 } },     4, 0, { 0, 1, 1, 0 } },
};
/* clang-format on */

static void
test_rows (gconstpointer data)
{
  const Case *c = data;
  guint rows[6];
  guint n = vantage_lane_packing_run (c->spans, c->n_spans, c->min_gap, rows);
  guint greatest = 0;

  g_assert_cmpmem (rows, c->n_spans * sizeof *rows, c->rows, c->n_spans * sizeof *rows);
  for (guint i = 0; i < c->n_spans; i++)
    greatest = MAX (greatest, rows[i] + 1);
  g_assert_cmpuint (n, ==, greatest);
}

static int
compare_begin (gconstpointer a, gconstpointer b)
{
  const VantageSpan *x = a, *y = b;

  return x->begin_us < y->begin_us ? -1 : x->begin_us > y->begin_us;
}

static guint
make_spans (GRand *rand, VantageSpan *spans, guint max)
{
  guint n = (guint) g_rand_int_range (rand, 0, (gint32) max + 1);

  for (guint i = 0; i < n; i++)
    {
      spans[i].begin_us = g_rand_int_range (rand, 0, 400);
      spans[i].end_us = spans[i].begin_us + g_rand_int_range (rand, 0, 40);
    }
  qsort (spans, n, sizeof *spans, compare_begin);
  return n;
}

static void
assert_apart (const VantageSpan *spans, const guint *rows, guint n, gint64 gap)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      if (rows[i] == rows[j])
        g_assert_cmpint (spans[j].end_us + gap, <=, spans[i].begin_us);
}

static void
test_nothing_overlaps (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int i = 0; i < 2000; i++)
    {
      VantageSpan spans[40];
      guint rows[40], kept[40];
      guint n = make_spans (rand, spans, 40);
      gint64 gap = g_rand_int_range (rand, 0, 4);

      vantage_lane_packing_run (spans, n, gap, rows);
      assert_apart (spans, rows, n, gap);
      for (guint j = 0; j < n; j++)
        kept[j] = g_rand_boolean (rand) ? VANTAGE_ROW_NONE : (guint) g_rand_int_range (rand, 0, 6);
      vantage_lane_packing_keep (spans, n, gap, kept);
      assert_apart (spans, kept, n, gap);
      memcpy (kept, rows, sizeof rows);
      vantage_lane_packing_keep (spans, n, gap, kept);
      g_assert_cmpmem (kept, n * sizeof *kept, rows, n * sizeof *rows);
    }
}

static void
test_moving_one_moves_no_other (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (int i = 0; i < 500; i++)
    {
      VantageSpan spans[60];
      guint rows[60], kept[60];
      guint n = make_spans (rand, spans, 60);
      guint moved;

      if (n < 2)
        continue;
      vantage_lane_packing_run (spans, n, 1, rows);
      /* the one that moves keeps its place in the order: only its end changes */
      moved = (guint) g_rand_int_range (rand, 0, (gint32) n);
      spans[moved].end_us += g_rand_int_range (rand, -20, 60);
      spans[moved].end_us = MAX (spans[moved].end_us, spans[moved].begin_us);
      memcpy (kept, rows, sizeof rows);
      kept[moved] = VANTAGE_ROW_NONE;
      vantage_lane_packing_keep (spans, n, 1, kept);
      assert_apart (spans, kept, n, 1);
      for (guint j = 0; j < n; j++)
        if (j != moved)
          g_assert_cmpuint (kept[j], ==, rows[j]);
    }
}

typedef struct
{
  VantageSpan span;
  guint32 key;
} Known;

static gboolean
meets (const VantageSpan *s, gint64 begin, gint64 end)
{
  return s->begin_us < end && (s->end_us > begin || s->begin_us >= begin) && begin < end;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static void
assert_same_answer (VantageLaneIndex *index, GArray *known, gint64 begin, gint64 end)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (guint32));

  vantage_lane_index_query (index, begin, end, found);
  for (guint i = 0; i < known->len; i++)
    if (meets (&g_array_index (known, Known, i).span, begin, end))
      g_array_append_val (wanted, g_array_index (known, Known, i).key);
  g_array_sort (found, compare_keys);
  g_array_sort (wanted, compare_keys);
  g_assert_cmpmem (found->data, found->len * 4, wanted->data, wanted->len * 4);
  g_assert_cmpuint (vantage_lane_index_count (index, begin, end), ==, wanted->len);
  g_assert_cmpuint (vantage_lane_index_get_n (index), ==, known->len);
}

static VantageSpan
make_span (GRand *rand)
{
  gint64 begin = g_rand_int_range (rand, 0, 100000);
  gint64 length = g_rand_int_range (rand, 0, 20) == 0 ? 50000 : g_rand_int_range (rand, 0, 300);

  return (VantageSpan){ begin, g_rand_int_range (rand, 0, 4) == 0 ? begin : begin + length };
}

static void
test_index_agrees_with_a_plain_search (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (int round = 0; round < 12; round++)
    {
      g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (Known));
      g_autofree VantageSpan *spans = g_new (VantageSpan, 6000);
      g_autoptr (VantageLaneIndex) index = NULL;
      guint n = round < 3 ? (guint) round : (guint) g_rand_int_range (rand, 3, 6000);

      for (guint i = 0; i < n; i++)
        {
          spans[i] = make_span (rand);
          g_array_append_val (known, ((Known){ spans[i], i }));
        }
      index = vantage_lane_index_new (spans, NULL, n);
      for (int i = 0; i < 3000; i++)
        {
          gint64 begin = g_rand_int_range (rand, -500, 100500);

          if (g_rand_boolean (rand))
            {
              VantageSpan span = make_span (rand);

              vantage_lane_index_add (index, &span, 100000 + (guint32) i);
              g_array_append_val (known, ((Known){ span, 100000 + (guint32) i }));
            }
          else if (known->len > 0)
            {
              guint at = (guint) g_rand_int_range (rand, 0, (gint32) known->len);
              Known *gone = &g_array_index (known, Known, at);

              g_assert_true (vantage_lane_index_remove (index, &gone->span, gone->key));
              g_assert_false (vantage_lane_index_remove (index, &gone->span, gone->key));
              g_array_remove_index_fast (known, at);
            }
          if (i % 25 == 0)
            assert_same_answer (index, known, begin, begin + g_rand_int_range (rand, 0, 9000));
        }
    }
}

static void
test_bins_agree_with_single_counts (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);

  for (int round = 0; round < 50; round++)
    {
      VantageSpan spans[500];
      gint64 edges[41];
      guint counts[40];
      guint n = (guint) g_rand_int_range (rand, 0, 500);
      g_autoptr (VantageLaneIndex) index = NULL;

      for (guint i = 0; i < n; i++)
        spans[i] = make_span (rand);
      index = vantage_lane_index_new (spans, NULL, n);
      vantage_lane_index_add (index, &(VantageSpan){ 50, 70000 }, 1000);
      for (guint i = 0; i <= 40; i++)
        edges[i] = i == 0 ? -5 : edges[i - 1] + g_rand_int_range (rand, 0, 5000);
      vantage_lane_index_count_bins (index, edges, 40, counts);
      for (guint i = 0; i < 40; i++)
        g_assert_cmpuint (counts[i], ==, vantage_lane_index_count (index, edges[i], edges[i + 1]));
    }
}

static void
test_extent_is_of_what_is_there (void)
{
  VantageSpan spans[] = { { 10, 90 }, { 20, 30 }, { 5, 6 } };
  g_autoptr (VantageLaneIndex) index = vantage_lane_index_new (spans, NULL, 3);
  VantageSpan extent;

  g_assert_true (vantage_lane_index_get_extent (index, &extent));
  g_assert_cmpint (extent.begin_us, ==, 5);
  g_assert_cmpint (extent.end_us, ==, 90);
  g_assert_true (vantage_lane_index_remove (index, &spans[0], 0));
  g_assert_true (vantage_lane_index_get_extent (index, &extent));
  g_assert_cmpint (extent.end_us, ==, 30);
  g_assert_true (vantage_lane_index_remove (index, &spans[1], 1));
  g_assert_true (vantage_lane_index_remove (index, &spans[2], 2));
  g_assert_false (vantage_lane_index_get_extent (index, &extent));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/timeline/lanes/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_rows);
    }
  g_test_add_func ("/timeline/lanes/nothing-overlaps", test_nothing_overlaps);
  g_test_add_func ("/timeline/lanes/moving-one-moves-no-other", test_moving_one_moves_no_other);
  g_test_add_func ("/timeline/lanes/index-agrees-with-a-plain-search",
                   test_index_agrees_with_a_plain_search);
  g_test_add_func ("/timeline/lanes/bins-agree-with-single-counts",
                   test_bins_agree_with_single_counts);
  g_test_add_func ("/timeline/lanes/extent-is-of-what-is-there", test_extent_is_of_what_is_there);
  return g_test_run ();
}
