/* Windows of time and contradictions, against all-pairs shortest paths worked out the plainest way.
 */

#include "vantage-times.h"

#include "sense-night.h"

#include <string.h>

#define FAR (G_MAXINT64 / 4)
#define MAX_EVENTS 7
#define MAX_POINTS (2 * MAX_EVENTS + 1)
#define MAX_STATEMENTS 14

/* ---- the plain answer ---- */

typedef struct
{
  guint n;
  gint64 d[MAX_POINTS][MAX_POINTS]; /* d[y][x]: x - y ≤ d */
} Matrix;

static void
matrix_init (Matrix *m, guint n_events)
{
  m->n = 2 * n_events + 1;
  for (guint i = 0; i < m->n; i++)
    for (guint j = 0; j < m->n; j++)
      m->d[i][j] = i == j ? 0 : FAR;
  for (guint i = 0; i < n_events; i++)
    m->d[2 + 2 * i][1 + 2 * i] = 0; /* s ≤ t */
}

static void
require (Matrix *m, guint x, guint y, gint64 most)
{
  m->d[y][x] = MIN (m->d[y][x], most);
}

/* FALSE when there is a negative cycle. */
static gboolean
close_matrix (Matrix *m)
{
  for (guint k = 0; k < m->n; k++)
    for (guint i = 0; i < m->n; i++)
      for (guint j = 0; j < m->n; j++)
        if (m->d[i][k] < FAR && m->d[k][j] < FAR)
          m->d[i][j] = MIN (m->d[i][j], m->d[i][k] + m->d[k][j]);
  for (guint i = 0; i < m->n; i++)
    if (m->d[i][i] < 0)
      return FALSE;
  return TRUE;
}

static guint
get_index (const char *id)
{
  return id != NULL ? (guint) (id[1] - '0') : 0;
}

static void
require_statement (Matrix *m, const VantageTimeStatement *s)
{
  guint i = get_index (s->subject), j = get_index (s->object);
  guint start = 1 + 2 * i, end = 2 + 2 * i, other_start = 1 + 2 * j, other_end = 2 + 2 * j;
  gboolean open = s->b_us == VANTAGE_DURATION_OPEN;

  switch (s->rel)
    {
    case VANTAGE_REL_AT:
      if (s->point == VANTAGE_POINT_END)
        start = end;
      require (m, start, 0, s->a_us + s->b_us);
      require (m, 0, start, -(s->a_us - s->b_us));
      break;
    case VANTAGE_REL_BETWEEN:
      require (m, 0, s->point == VANTAGE_POINT_END ? end : start, -s->a_us);
      require (m, s->point == VANTAGE_POINT_START ? start : end, 0, s->b_us);
      break;
    case VANTAGE_REL_BEFORE:
      require (m, end, other_start, -s->a_us);
      if (!open)
        require (m, other_start, end, s->b_us);
      break;
    case VANTAGE_REL_AFTER:
      require (m, other_end, start, -s->a_us);
      if (!open)
        require (m, start, other_end, s->b_us);
      break;
    case VANTAGE_REL_DURING:
      require (m, other_start, start, 0);
      require (m, end, other_end, 0);
      break;
    case VANTAGE_REL_SAME:
      require (m, start, other_start, s->a_us);
      require (m, other_start, start, s->a_us);
      break;
    case VANTAGE_REL_LASTS:
      require (m, start, end, -s->a_us);
      if (!open)
        require (m, end, start, s->b_us);
      break;
    }
}

/* ---- random reviews ---- */

typedef struct
{
  guint n_events, n_statements;
  gboolean is_span[MAX_EVENTS];
  char events[MAX_EVENTS][4];
  char ids[MAX_STATEMENTS][8];
  VantageTimeStatement statements[MAX_STATEMENTS];
} Review;

static void
make_statement (GRand *rand, Review *r, guint i)
{
  VantageTimeStatement *s = &r->statements[i];
  guint subject = (guint) g_rand_int_range (rand, 0, (gint32) r->n_events);
  guint object = (guint) g_rand_int_range (rand, 0, (gint32) r->n_events);

  g_snprintf (r->ids[i], sizeof r->ids[i], "s%02d", g_rand_int_range (rand, 0, 99));
  for (guint j = 0; j < i; j++)
    if (strcmp (r->ids[i], r->ids[j]) == 0)
      g_snprintf (r->ids[i], sizeof r->ids[i], "t%u", i);
  *s = (VantageTimeStatement){ .id = r->ids[i],
                               .subject = r->events[subject],
                               .rel = (VantageTimeRel) g_rand_int_range (rand, 0, 7),
                               .record = g_rand_boolean (rand),
                               .confidence = (guint) g_rand_int_range (rand, 0, 4) };
  s->a_us = g_rand_int_range (rand, 0, 50);
  s->b_us = s->a_us + g_rand_int_range (rand, -3, 30);
  if (s->rel >= VANTAGE_REL_BEFORE && s->rel != VANTAGE_REL_LASTS)
    s->object = r->events[object];
  if (s->rel == VANTAGE_REL_AT)
    {
      s->a_us = PAGE + g_rand_int_range (rand, 0, 100);
      s->b_us = g_rand_int_range (rand, 0, 5);
      s->point = (VantageTimePoint) g_rand_int_range (rand, 0, 3);
    }
  else if (s->rel == VANTAGE_REL_BETWEEN)
    {
      s->a_us = PAGE + g_rand_int_range (rand, 0, 100);
      s->b_us = s->a_us + g_rand_int_range (rand, -2, 40);
      s->point = (VantageTimePoint) g_rand_int_range (rand, 0, 3);
    }
  else if (g_rand_int_range (rand, 0, 3) == 0 && s->rel != VANTAGE_REL_SAME)
    s->b_us = VANTAGE_DURATION_OPEN;
}

static void
make_review (GRand *rand, Review *r)
{
  r->n_events = (guint) g_rand_int_range (rand, 1, MAX_EVENTS + 1);
  r->n_statements = (guint) g_rand_int_range (rand, 0, MAX_STATEMENTS + 1);
  for (guint i = 0; i < r->n_events; i++)
    {
      g_snprintf (r->events[i], sizeof r->events[i], "e%u", i);
      r->is_span[i] = g_rand_boolean (rand);
    }
  for (guint i = 0; i < r->n_statements; i++)
    {
      make_statement (rand, r, i);
      if (r->statements[i].rel == VANTAGE_REL_LASTS)
        r->is_span[get_index (r->statements[i].subject)] = TRUE;
    }
}

static int
compare_authority (gconstpointer a, gconstpointer b)
{
  const VantageTimeStatement *x = a, *y = b;

  if (x->record != y->record)
    return x->record ? -1 : 1;
  if (!x->record && x->confidence != y->confidence)
    return x->confidence < y->confidence ? -1 : 1;
  return strcmp (x->id, y->id);
}

static void
start_matrix (const Review *r, Matrix *m)
{
  matrix_init (m, r->n_events);
  for (guint i = 0; i < r->n_events; i++)
    if (!r->is_span[i])
      require (m, 2 + 2 * i, 1 + 2 * i, 0); /* t ≤ s */
}

/* Enters all in order of authority; tells which were refused. */
static void
answer_plainly (const Review *r, Matrix *m, gboolean *refused)
{
  g_autofree VantageTimeStatement *sorted =
      g_memdup2 (r->statements, MAX_STATEMENTS * sizeof *r->statements);

  qsort (sorted, r->n_statements, sizeof *sorted, compare_authority);
  start_matrix (r, m);
  for (guint i = 0; i < r->n_statements; i++)
    {
      Matrix tried = *m;
      guint at = 0;

      require_statement (&tried, &sorted[i]);
      while (strcmp (r->statements[at].id, sorted[i].id) != 0)
        at++;
      refused[at] = !close_matrix (&tried);
      if (!refused[at])
        *m = tried;
    }
}

/* ---- comparing ---- */

static VantageTimes *
fill_times (GRand *rand, const Review *r)
{
  VantageTimes *times = vantage_times_new ();
  guint steps = r->n_events + r->n_statements;
  guint order[MAX_EVENTS + MAX_STATEMENTS];

  for (guint i = 0; i < steps; i++)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);

      order[i] = order[j];
      order[j] = i;
    }
  for (guint i = 0; i < steps; i++)
    {
      if (order[i] < r->n_events)
        vantage_times_set_event (times, r->events[order[i]], r->is_span[order[i]]);
      else
        vantage_times_set_statement (times, &r->statements[order[i] - r->n_events]);
      if (g_rand_int_range (rand, 0, 5) == 0)
        vantage_times_solve (times);
    }
  return times;
}

static gint64
get_least (const Matrix *m, guint point)
{
  return m->d[point][0] >= FAR ? VANTAGE_WINDOW_OPEN_BEGIN : -m->d[point][0];
}

static gint64
get_most (const Matrix *m, guint point)
{
  return m->d[0][point] >= FAR ? VANTAGE_WINDOW_OPEN_END : m->d[0][point];
}

static void
assert_windows (const Review *r, const Matrix *m, VantageTimes *times)
{
  for (guint i = 0; i < r->n_events; i++)
    {
      VantageTimeWindow w;

      g_assert_true (vantage_times_get_window (times, r->events[i], &w));
      g_assert_cmpint (w.earliest_us, ==, get_least (m, 1 + 2 * i));
      g_assert_cmpint (w.latest_us, ==, get_most (m, 1 + 2 * i));
      g_assert_cmpint (w.end_earliest_us, ==, get_least (m, 2 + 2 * i));
      g_assert_cmpint (w.end_latest_us, ==, get_most (m, 2 + 2 * i));
    }
}

/* Those named cannot all hold; without the one set aside they do. */
static void
assert_circle_is_closed (const Review *r, VantageTimes *times,
                         const VantageContradiction *contradiction)
{
  Matrix all;

  start_matrix (r, &all);
  g_assert_true (g_ptr_array_index (contradiction->circle, 0) == contradiction->set_aside);
  for (guint i = 0; i < contradiction->circle->len; i++)
    {
      const VantageTimeStatement *s = g_ptr_array_index (contradiction->circle, i);

      require_statement (&all, s);
      g_assert_cmpint (vantage_times_is_set_aside (times, s->id, s->point), ==, i == 0);
    }
  g_assert_false (close_matrix (&all));
  start_matrix (r, &all);
  for (guint i = 1; i < contradiction->circle->len; i++)
    require_statement (&all, g_ptr_array_index (contradiction->circle, i));
  g_assert_true (close_matrix (&all));
}

static void
assert_same_answer (const Review *r, VantageTimes *times)
{
  Matrix m;
  gboolean refused[MAX_STATEMENTS];
  GPtrArray *contradictions;
  guint n_refused = 0;

  answer_plainly (r, &m, refused);
  assert_windows (r, &m, times);
  for (guint i = 0; i < r->n_statements; i++)
    {
      const VantageTimeStatement *s = &r->statements[i];

      g_assert_cmpint (vantage_times_is_set_aside (times, s->id, s->point), ==, refused[i]);
      n_refused += refused[i];
    }
  contradictions = vantage_times_get_contradictions (times);
  g_assert_cmpuint (contradictions->len, ==, n_refused);
  for (guint i = 0; i < contradictions->len; i++)
    assert_circle_is_closed (r, times, g_ptr_array_index (contradictions, i));
}

static void
test_agrees_with_all_pairs (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (21);

  for (int i = 0; i < 6000; i++)
    {
      Review r;
      g_autoptr (VantageTimes) times = NULL;

      make_review (rand, &r);
      times = fill_times (rand, &r);
      assert_same_answer (&r, times);
    }
}

static void
test_edits_give_what_a_new_start_gives (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (22);

  for (int i = 0; i < 300; i++)
    {
      Review r;
      g_autoptr (VantageTimes) times = NULL;

      make_review (rand, &r);
      if (r.n_statements == 0)
        continue;
      times = fill_times (rand, &r);
      for (int j = 0; j < 12; j++)
        {
          guint at = (guint) g_rand_int_range (rand, 0, (gint32) r.n_statements);
          guint event = (guint) g_rand_int_range (rand, 0, (gint32) r.n_events);

          vantage_times_solve (times);
          vantage_times_remove_statement (times, r.statements[at].id, r.statements[at].point);
          if (g_rand_boolean (rand))
            vantage_times_solve (times);
          vantage_times_remove_event (times, r.events[event]);
          if (g_rand_boolean (rand))
            vantage_times_solve (times);
          make_statement (rand, &r, at);
          g_snprintf (r.ids[at], sizeof r.ids[at], "u%d", j);
          for (guint k = 0; k < r.n_statements; k++)
            if (r.statements[k].rel == VANTAGE_REL_LASTS)
              r.is_span[get_index (r.statements[k].subject)] = TRUE;
          for (guint k = 0; k < r.n_events; k++)
            if (k != event)
              vantage_times_set_event (times, r.events[k], r.is_span[k]);
          vantage_times_set_statement (times, &r.statements[at]);
          vantage_times_set_event (times, r.events[event], r.is_span[event]);
          assert_same_answer (&r, times);
        }
    }
}

/* ---- by hand ---- */

static void
test_a_night_by_hand (void)
{
  g_autoptr (VantageTimes) times = vantage_times_new ();
  const VantageTimeStatement given[] = {
    { .id = "page",
      .point = VANTAGE_POINT_START,
      .subject = "page",
      .rel = VANTAGE_REL_AT,
      .a_us = PAGE,
      .record = TRUE },
    { .id = "fix",
      .point = VANTAGE_POINT_START,
      .subject = "fix",
      .rel = VANTAGE_REL_AT,
      .a_us = PAGE + 54 * MINUTE,
      .record = TRUE },
    { .id = "1",
      .subject = "look",
      .object = "page",
      .rel = VANTAGE_REL_AFTER,
      .a_us = 10 * MINUTE,
      .b_us = 20 * MINUTE,
      .confidence = 1 },
    { .id = "2",
      .subject = "look",
      .object = "fix",
      .rel = VANTAGE_REL_BEFORE,
      .b_us = VANTAGE_DURATION_OPEN,
      .confidence = 1 },
    { .id = "3",
      .subject = "look",
      .object = "fix",
      .rel = VANTAGE_REL_AFTER,
      .b_us = VANTAGE_DURATION_OPEN,
      .confidence = 2 },
  };
  VantageTimeWindow w;
  GPtrArray *contradictions;
  VantageContradiction *c;

  for (guint i = 0; i < 3; i++)
    vantage_times_set_event (times, ((const char *const[]){ "page", "fix", "look" })[i], FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    vantage_times_set_statement (times, &given[i]);
  g_assert_true (vantage_times_get_window (times, "look", &w));
  g_assert_cmpint (w.earliest_us, ==, PAGE + 10 * MINUTE);
  g_assert_cmpint (w.latest_us, ==, PAGE + 20 * MINUTE);
  g_assert_true (w.given && w.contradicted);
  contradictions = vantage_times_get_contradictions (times);
  g_assert_cmpuint (contradictions->len, ==, 1);
  c = g_ptr_array_index (contradictions, 0);
  g_assert_cmpstr (c->set_aside->id, ==, "3");
  vantage_times_remove_statement (times, "3", VANTAGE_POINT_STATEMENT);
  g_assert_cmpuint (vantage_times_get_contradictions (times)->len, ==, 0);
  g_assert_false (vantage_times_get_window (times, "nobody", &w));
}

static void
test_unknown_stays_unknown (void)
{
  g_autoptr (VantageTimes) times = vantage_times_new ();
  VantageTimeStatement s = { .id = "1",
                             .subject = "a",
                             .object = "b",
                             .rel = VANTAGE_REL_BEFORE,
                             .a_us = MINUTE,
                             .b_us = 2 * MINUTE };
  VantageTimeWindow w;

  vantage_times_set_event (times, "a", FALSE);
  vantage_times_set_event (times, "b", FALSE);
  vantage_times_set_statement (times, &s);
  g_assert_true (vantage_times_get_window (times, "a", &w));
  g_assert_cmpint (w.earliest_us, ==, VANTAGE_WINDOW_OPEN_BEGIN);
  g_assert_cmpint (w.latest_us, ==, VANTAGE_WINDOW_OPEN_END);
}

/* Ten thousand years apart and open ended: sums stay right, and a big part is solved at once. */
static void
test_long_chains_do_not_overflow (void)
{
  g_autoptr (VantageTimes) times = vantage_times_new ();
  VantageTimeWindow w;

  for (int i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%04d", i);
      g_autofree char *before = g_strdup_printf ("e%04d", i - 1);
      VantageTimeStatement s = { .id = id,
                                 .subject = id,
                                 .object = before,
                                 .rel = VANTAGE_REL_AFTER,
                                 .a_us = G_MAXINT64 / 4,
                                 .b_us = G_MAXINT64 / 2 };

      vantage_times_set_event (times, id, i % 3 == 0);
      if (i > 0)
        vantage_times_set_statement (times, &s);
    }
  vantage_times_set_statement (
      times,
      &(VantageTimeStatement){
          .id = "x", .subject = "e0000", .rel = VANTAGE_REL_AT, .a_us = PAGE, .record = TRUE });
  g_assert_true (vantage_times_get_window (times, "e0001", &w));
  g_assert_cmpint (w.earliest_us, ==, PAGE + G_MAXINT64 / 4);
  g_assert_true (vantage_times_get_window (times, "e1999", &w));
  g_assert_cmpint (w.earliest_us, ==, G_MAXINT64 - 1);
  g_assert_cmpuint (vantage_times_get_contradictions (times)->len, ==, 0);
}

/* ---- from entities ---- */

static gboolean
get_item_time (const char *item, gint64 *out_us, VantagePrecision *out_precision,
               gpointer user_data)
{
  if (strcmp (item, "c.1") != 0)
    return FALSE;
  *out_us = PAGE;
  *out_precision = VANTAGE_PRECISION_MIN;
  return TRUE;
}

static void
take (VantageTimes *times, VantageEntity *entity)
{
  g_autoptr (VantageEntity) owned = entity;

  vantage_times_take_entity (times, owned, get_item_time, NULL);
}

static void
test_entities_are_read (void)
{
  g_autoptr (VantageTimes) times = vantage_times_new ();
  VantageTimeWindow w;

  take (times, make_entity ("event", "e1", FALSE, "start",
                            vantage_value_new_when (
                                &(VantageWhen){ .sort = VANTAGE_WHEN_ITEM, .item = "c.1" }),
                            NULL));
  take (times, make_entity ("event", "e2", FALSE, NULL));
  take (times,
        make_entity ("statement", "s1", FALSE, "subject", vantage_value_new_ref ("e2"), "rel",
                     vantage_value_new_text ("after"), "object", vantage_value_new_ref ("e1"),
                     "max", vantage_value_new_duration (5 * MINUTE), NULL));
  g_assert_true (vantage_times_get_window (times, "e1", &w));
  g_assert_cmpint (w.earliest_us, ==, PAGE);
  g_assert_cmpint (w.latest_us, ==, PAGE + MINUTE - 1);
  g_assert_true (vantage_times_get_window (times, "e2", &w));
  g_assert_cmpint (w.earliest_us, ==, PAGE);
  g_assert_cmpint (w.latest_us, ==, PAGE + 6 * MINUTE - 1);
  take (times, make_entity ("statement", "s1", TRUE, NULL));
  g_assert_true (vantage_times_get_window (times, "e2", &w));
  g_assert_cmpint (w.latest_us, ==, VANTAGE_WINDOW_OPEN_END);
  take (times, make_entity ("event", "e1", TRUE, NULL));
  g_assert_false (vantage_times_get_window (times, "e1", &w));
}

static void
test_a_record_outranks_an_account (void)
{
  g_autoptr (VantageTimes) times = vantage_times_new ();
  VantageWhen early = { .sort = VANTAGE_WHEN_AT, .at_us = PAGE - MINUTE };
  VantageTimeWindow w;

  take (times, make_entity ("event", "e1", FALSE, "start",
                            vantage_value_new_when (
                                &(VantageWhen){ .sort = VANTAGE_WHEN_ITEM, .item = "c.1" }),
                            "account", vantage_value_new_ref ("p1"), NULL));
  take (times,
        make_entity ("statement", "a0", FALSE, "subject", vantage_value_new_ref ("e1"), "rel",
                     vantage_value_new_text ("at"), "value", vantage_value_new_when (&early),
                     "account", vantage_value_new_ref ("p1"), "confidence",
                     vantage_value_new_text ("certain"), NULL));
  g_assert_true (vantage_times_get_window (times, "e1", &w));
  g_assert_cmpint (w.earliest_us, ==, PAGE);
  g_assert_true (vantage_times_is_set_aside (times, "a0", VANTAGE_POINT_STATEMENT));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sense/times/agrees-with-all-pairs", test_agrees_with_all_pairs);
  g_test_add_func ("/sense/times/edits-give-what-a-new-start-gives",
                   test_edits_give_what_a_new_start_gives);
  g_test_add_func ("/sense/times/a-night-by-hand", test_a_night_by_hand);
  g_test_add_func ("/sense/times/unknown-stays-unknown", test_unknown_stays_unknown);
  g_test_add_func ("/sense/times/long-chains-do-not-overflow", test_long_chains_do_not_overflow);
  g_test_add_func ("/sense/times/entities-are-read", test_entities_are_read);
  g_test_add_func ("/sense/times/a-record-outranks-an-account", test_a_record_outranks_an_account);
  return g_test_run ();
}
