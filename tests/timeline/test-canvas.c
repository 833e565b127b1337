/* The layout of the canvas: nothing overlaps, panning moves nothing up or down, a card and its hit
 * area are one, and what is known of time is what is drawn. */

#include "vantage-canvas-layout.h"

#include <math.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define NIGHT G_GINT64_CONSTANT (1710378000000000)
#define N_LANES 5

typedef struct
{
  VantageCanvasEvent *events;
  guint n;
  GArray *more, *links;
  VantageCanvasLane lanes[N_LANES];
} World;

static VantageCanvasEvent
make_event (guint64 key, gint64 at, guint32 lane, float width)
{
  return (VantageCanvasEvent){ .key = key,
                               .earliest_us = at,
                               .latest_us = at,
                               .end_earliest_us = at,
                               .end_latest_us = at,
                               .placed_us = VANTAGE_CANVAS_OPEN_BEGIN,
                               .lane = lane,
                               .width_px = width };
}

static VantageCanvasEvent
make_random_event (GRand *rand, guint64 key, gint64 length)
{
  gint64 at = NIGHT + (gint64) (g_rand_double (rand) * length);
  VantageCanvasEvent e = make_event (key, at, (guint32) g_rand_int_range (rand, 0, N_LANES),
                                     (float) g_rand_double_range (rand, 60, 220));
  int sort = g_rand_int_range (rand, 0, 10);

  if (sort == 0)
    {
      e.flags |= VANTAGE_CANVAS_SPAN;
      e.end_earliest_us = e.end_latest_us = at + g_rand_int_range (rand, 0, 900) * SECOND;
    }
  else if (sort == 1)
    e.latest_us = e.end_latest_us = at + g_rand_int_range (rand, 1, 600) * SECOND;
  else if (sort == 2 && g_rand_boolean (rand))
    e.earliest_us = e.end_earliest_us = VANTAGE_CANVAS_OPEN_BEGIN;
  return e;
}

static World *
make_world (GRand *rand, guint n, gint64 length)
{
  World *w = g_new0 (World, 1);

  w->events = g_new (VantageCanvasEvent, n);
  w->n = n;
  w->more = g_array_new (FALSE, FALSE, sizeof (VantageCanvasAppearance));
  w->links = g_array_new (FALSE, FALSE, sizeof (VantageCanvasLink));
  for (guint i = 0; i < N_LANES; i++)
    w->lanes[i] = (VantageCanvasLane){ .key = i, .min_height_px = 80 };
  for (guint i = 0; i < n; i++)
    {
      w->events[i] = make_random_event (rand, i + 1, length);
      if (g_rand_int_range (rand, 0, 12) == 0)
        g_array_append_val (w->more,
                            ((VantageCanvasAppearance){ i, (w->events[i].lane + 1) % N_LANES }));
    }
  for (guint i = 0; n > 0 && i < n / 8; i++)
    g_array_append_val (
        w->links,
        ((VantageCanvasLink){ (guint32) g_rand_int_range (rand, 0, (gint32) n),
                              (guint32) g_rand_int_range (rand, 0, (gint32) n), 1, 40, 14 }));
  return w;
}

static void
free_world (World *w)
{
  g_free (w->events);
  g_array_unref (w->more);
  g_array_unref (w->links);
  g_free (w);
}

static void
set_world (VantageCanvasLayout *layout, World *w)
{
  VantageCanvasData data = { w->events,
                             w->n,
                             (gpointer) w->more->data,
                             w->more->len,
                             (gpointer) w->links->data,
                             w->links->len,
                             w->lanes,
                             N_LANES };

  vantage_canvas_layout_set_data (layout, &data);
}

static void
assert_sound (VantageCanvasLayout *layout, double width)
{
  guint n_cards, n_bands, n_paths;
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (layout, &n_cards);
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (layout, &n_bands);
  const VantageCanvasPath *paths = vantage_canvas_layout_get_paths (layout, &n_paths);

  for (guint i = 0; i < n_cards; i++)
    {
      const VantageRect *r = &cards[i].rect;
      const VantageCanvasBand *band = &bands[cards[i].lane];
      VantageHit hit;

      g_assert_cmpfloat (r->y, >=, band->y);
      g_assert_cmpfloat (r->y + r->height, <=, band->y + band->height + 1e-6);
      if (cards[i].as_mark)
        continue;
      for (guint j = 0; j < i; j++)
        {
          g_assert_false (vantage_rect_meets (r, &cards[j].rect));
          if (cards[j].soft && !cards[i].soft)
            g_assert_true (!vantage_rect_meets (r, &cards[j].bar) || cards[j].bar.x <= 0 ||
                           cards[j].bar.x + cards[j].bar.width >= width);
        }
      vantage_canvas_layout_hit (layout, r->x + r->width / 2, r->y + r->height / 2, &hit);
      g_assert_cmpint (hit.sort, ==, VANTAGE_HIT_CARD);
      g_assert_cmpuint (hit.index, ==, i);
      g_assert_cmpuint (hit.lane, ==, cards[i].lane);
      g_assert_cmpfloat (cards[i].text_x, >=, r->x);
      g_assert_cmpfloat (cards[i].text_x, <=, r->x + r->width);
    }
  for (guint i = 0; i < n_paths; i++)
    {
      g_assert_true (isfinite (paths[i].arrow_angle));
      if (paths[i].label.width > 0)
        for (guint j = 0; j < n_cards; j++)
          g_assert_false (vantage_rect_meets (&paths[i].label, &cards[j].rect));
    }
}

static void
test_nothing_overlaps_at_any_zoom (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int round = 0; round < 25; round++)
    {
      World *w = make_world (rand, (guint) g_rand_int_range (rand, 0, 400), 300 * MINUTE);
      g_autoptr (VantageCanvasLayout) layout =
          vantage_canvas_layout_new (&vantage_canvas_metrics_default);
      VantageStretch fold = { NIGHT + 60 * MINUTE, NIGHT + 100 * MINUTE, VANTAGE_STRETCH_FOLD, 1 };
      g_autoptr (VantageAxis) axis = vantage_axis_new (&fold, 1, 40);

      set_world (layout, w);
      for (int i = 0; i < 40; i++)
        {
          VantageTimeScale scale = { i % 2 ? axis : NULL,
                                     NIGHT + (gint64) (g_rand_double (rand) * 300 * MINUTE),
                                     exp (g_rand_double_range (rand, log (2e4), log (4e7))) };

          vantage_canvas_layout_run (layout, &scale, 1400, g_rand_int_range (rand, 0, 300), 700);
          assert_sound (layout, 1400);
        }
      free_world (w);
    }
}

static void
test_panning_moves_nothing_up_or_down (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  World *w = make_world (rand, 600, 600 * MINUTE);
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  g_autofree double *ys = g_new0 (double, w->n);

  set_world (layout, w);
  for (int i = 0; i < 300; i++)
    {
      VantageTimeScale scale = { NULL, NIGHT + i * MINUTE, 4e6 };

      vantage_canvas_layout_run (layout, &scale, 1000, 0, 4000);
      g_assert_cmpint (vantage_canvas_layout_get_detail (layout), ==, VANTAGE_DETAIL_CARDS);
      for (guint j = 0; j < w->n; j++)
        {
          VantageSpan span;
          double y, height;

          if (!vantage_canvas_layout_locate (layout, j, &span, &y, &height))
            continue;
          if (i > 0)
            g_assert_cmpfloat (ys[j], ==, y);
          ys[j] = y;
        }
    }
  free_world (w);
}

/* In the same lane and row as before? */
static guint
count_moved (VantageCanvasLayout *layout, const guint32 *rows, guint32 *out_rows, guint but)
{
  guint n, moved = 0;
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (layout, &n);

  for (guint i = 0; i < n; i++)
    {
      guint at = cards[i].event * N_LANES + cards[i].lane;

      if (rows != NULL && cards[i].event != but && rows[at] != G_MAXUINT32 &&
          rows[at] != cards[i].row)
        moved++;
      out_rows[at] = cards[i].row;
    }
  return moved;
}

static void
test_moving_one_moves_few_and_undo_restores (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  VantageTimeScale scale = { NULL, NIGHT, 12e6 };
  guint moved = 0;

  for (int round = 0; round < 60; round++)
    {
      World *w = make_world (rand, 70, 200 * MINUTE);
      g_autoptr (VantageCanvasLayout) layout =
          vantage_canvas_layout_new (&vantage_canvas_metrics_default);
      g_autofree guint32 *before = g_new (guint32, w->n * N_LANES);
      g_autofree guint32 *after = g_new (guint32, w->n * N_LANES);
      g_autofree guint32 *undone = g_new (guint32, w->n * N_LANES);
      guint one = (guint) g_rand_int_range (rand, 0, (gint32) w->n);
      VantageCanvasEvent saved = w->events[one];

      memset (before, 0xff, w->n * N_LANES * 4);
      memset (undone, 0xff, w->n * N_LANES * 4);
      set_world (layout, w);
      vantage_canvas_layout_run (layout, &scale, 1600, 0, 5000);
      count_moved (layout, NULL, before, one);
      w->events[one] = make_random_event (rand, saved.key, 200 * MINUTE);
      set_world (layout, w);
      vantage_canvas_layout_run (layout, &scale, 1600, 0, 5000);
      memcpy (after, before, w->n * N_LANES * 4);
      moved += count_moved (layout, before, after, one);
      w->events[one] = saved;
      set_world (layout, w);
      vantage_canvas_layout_run (layout, &scale, 1600, 0, 5000);
      count_moved (layout, NULL, undone, one);
      g_assert_cmpmem (undone, w->n * N_LANES * 4, before, w->n * N_LANES * 4);
      free_world (w);
    }
  g_assert_cmpuint (moved, ==, 0);
}

/* ---- a thousand edits ---- */

#define N_EDITED 260
#define N_EDITS 1000

typedef struct
{
  guint32 event;
  gboolean there; /* before the edit */
  VantageCanvasEvent before;
  guint32 more;
  double ys[N_EDITED]; /* of all, before the edit; -1: not there */
} Edit;

static void
note_places (VantageCanvasLayout *layout, const gboolean *there, double *out)
{
  for (guint i = 0; i < N_EDITED; i++)
    {
      VantageSpan span;
      double height;

      if (!there[i] || !vantage_canvas_layout_locate (layout, i, &span, &out[i], &height))
        out[i] = -1;
    }
}

static void
put (VantageCanvasLayout *layout, guint32 event, gboolean is_there, const VantageCanvasEvent *e,
     guint32 more)
{
  if (is_there)
    vantage_canvas_layout_set_event (layout, event, e, &more, more < N_LANES ? 1 : 0);
  else
    vantage_canvas_layout_remove_event (layout, event);
}

/* Rows of all that are in view; events elsewhere keep what they had. */
static guint
count_others_moved (VantageCanvasLayout *layout, guint32 *rows, guint32 but)
{
  guint n, moved = 0;
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (layout, &n);

  for (guint i = 0; i < n; i++)
    {
      guint at = cards[i].event * N_LANES + cards[i].lane;

      moved += cards[i].event != but && rows[at] != G_MAXUINT32 && rows[at] != cards[i].row;
      rows[at] = cards[i].row;
    }
  return moved;
}

static void
test_a_thousand_edits_and_undos (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (21);
  const gint64 length = 600 * MINUTE;
  World *w = make_world (rand, N_EDITED, length);
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  VantageTimeScale scale = { NULL, NIGHT, 24e6 };
  g_autofree Edit *edits = g_new0 (Edit, N_EDITS);
  g_autofree guint32 *rows = g_new (guint32, N_EDITED * N_LANES);
  gboolean there[N_EDITED];
  guint32 more[N_EDITED];

  g_array_set_size (w->more, 0);
  set_world (layout, w);
  vantage_canvas_layout_run (layout, &scale, 1600, 0, 8000);
  memset (rows, 0xff, N_EDITED * N_LANES * sizeof *rows);
  for (guint i = 0; i < N_EDITED; i++)
    {
      there[i] = TRUE;
      more[i] = N_LANES;
    }
  for (guint i = 0; i < N_EDITS; i++)
    {
      guint32 event = (guint32) g_rand_int_range (rand, 0, N_EDITED);
      Edit *edit = &edits[i];

      *edit = (Edit){ event, there[event], w->events[event], more[event], { 0 } };
      note_places (layout, there, edit->ys);
      there[event] = !there[event] || g_rand_int_range (rand, 0, 5) > 0;
      w->events[event] = make_random_event (rand, event + 1, length);
      more[event] = (guint32) g_rand_int_range (rand, 0, 2 * N_LANES);
      put (layout, event, there[event], &w->events[event], more[event]);
      vantage_canvas_layout_run (layout, &scale, 1600, 0, 8000);
      g_assert_cmpuint (count_others_moved (layout, rows, event), ==, 0);
      for (guint lane = 0; lane < N_LANES; lane++)
        rows[event * N_LANES + lane] = G_MAXUINT32;
      if (i % 40 == 0)
        assert_sound (layout, 1600);
    }
  for (guint i = N_EDITS; i-- > 0;)
    {
      const Edit *edit = &edits[i];
      double ys[N_EDITED];

      there[edit->event] = edit->there;
      put (layout, edit->event, edit->there, &edit->before, edit->more);
      vantage_canvas_layout_run (layout, &scale, 1600, 0, 8000);
      note_places (layout, there, ys);
      g_assert_cmpmem (ys, sizeof ys, edit->ys, sizeof ys);
    }
  free_world (w);
}

/* What an edit leaves is what all of it anew would show, rows aside. */
static void
test_an_edit_shows_what_all_anew_would (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (22);
  const gint64 length = 3000 * MINUTE;
  World *w = make_world (rand, 3000, length);
  g_autoptr (VantageCanvasLayout) edited =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);

  g_array_set_size (w->more, 0);
  set_world (edited, w);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (VantageCanvasLayout) anew =
          vantage_canvas_layout_new (&vantage_canvas_metrics_default);
      guint32 event = (guint32) g_rand_int_range (rand, 0, (gint32) w->n);
      VantageTimeScale scale = { NULL, NIGHT + (gint64) (g_rand_double (rand) * (double) length),
                                 exp (g_rand_double_range (rand, log (1e5), log (1e8))) };
      guint n, n_anew;

      w->events[event] = make_random_event (rand, event + 1, length);
      vantage_canvas_layout_set_event (edited, event, &w->events[event], NULL, 0);
      set_world (anew, w);
      vantage_canvas_layout_run (edited, &scale, 1400, 0, 9000);
      vantage_canvas_layout_run (anew, &scale, 1400, 0, 9000);
      g_assert_cmpint (vantage_canvas_layout_get_detail (edited), <=,
                       vantage_canvas_layout_get_detail (anew));
      if (vantage_canvas_layout_get_detail (edited) != vantage_canvas_layout_get_detail (anew))
        continue;
      vantage_canvas_layout_get_cards (edited, &n);
      vantage_canvas_layout_get_cards (anew, &n_anew);
      g_assert_cmpuint (n, ==, n_anew);
      for (guint32 lane = 0; lane < N_LANES; lane++)
        {
          guint n_bins;
          const guint *a = vantage_canvas_layout_get_density (edited, lane, &n_bins);
          const guint *b = vantage_canvas_layout_get_density (anew, lane, &n_bins);

          g_assert_cmpmem (a, n_bins * sizeof *a, b, n_bins * sizeof *b);
        }
      vantage_canvas_layout_get_paths (edited, &n);
      vantage_canvas_layout_get_paths (anew, &n_anew);
      g_assert_cmpuint (n, ==, n_anew);
    }
  free_world (w);
}

static void
test_soft_bars_span_the_window (void)
{
  VantageCanvasEvent events[] = { make_event (1, NIGHT + 10 * MINUTE, 0, 100),
                                  make_event (2, NIGHT, 0, 100), make_event (3, 0, 0, 100),
                                  make_event (4, NIGHT + 30 * MINUTE, 0, 100) };
  VantageCanvasLane lane = { 1, 60, FALSE, FALSE };
  VantageCanvasData data = { .events = events, .n_events = 4, .lanes = &lane, .n_lanes = 1 };
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  VantageTimeScale scale = { NULL, NIGHT, 6e6 };
  const VantageCanvasCard *cards;
  const VantageCanvasWaiting *waiting;
  guint n;

  events[0].latest_us = events[0].end_latest_us = NIGHT + 20 * MINUTE;
  events[2].earliest_us = VANTAGE_CANVAS_OPEN_BEGIN;
  events[2].latest_us = VANTAGE_CANVAS_OPEN_END;
  events[3].latest_us = VANTAGE_CANVAS_OPEN_END;
  vantage_canvas_layout_set_data (layout, &data);
  vantage_canvas_layout_run (layout, &scale, 1000, 0, 400);
  cards = vantage_canvas_layout_get_cards (layout, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (cards[i].soft, ==, cards[i].event != 1);
      if (cards[i].event == 0)
        {
          g_assert_cmpfloat_with_epsilon (cards[i].rect.x, 150, 1e-6); /* the middle */
          g_assert_cmpfloat_with_epsilon (cards[i].bar.x, 100, 1e-6);
          g_assert_cmpfloat_with_epsilon (cards[i].bar.width, 100, 1e-6);
        }
      if (cards[i].event == 3)
        {
          g_assert_cmpfloat_with_epsilon (cards[i].rect.x, 300, 1e-6); /* the known side */
          g_assert_cmpfloat_with_epsilon (cards[i].bar.x + cards[i].bar.width, 1000, 1e-6);
        }
    }
  waiting = vantage_canvas_layout_get_waiting (layout, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (waiting[0].event, ==, 2);
  g_assert_cmpfloat (vantage_canvas_layout_get_shelf_height (layout), >, 0);
}

static void
test_placed_only_within_its_window (void)
{
  VantageCanvasEvent e = make_event (1, NIGHT, 0, 80);
  gint64 at, end;

  e.latest_us = NIGHT + 10 * MINUTE;
  e.placed_us = NIGHT + 2 * MINUTE;
  g_assert_true (vantage_canvas_event_get_place (&e, &at, &end));
  g_assert_cmpint (at, ==, NIGHT + 2 * MINUTE);
  e.placed_us = NIGHT + 11 * MINUTE;
  g_assert_true (vantage_canvas_event_get_place (&e, &at, &end));
  g_assert_cmpint (at, ==, NIGHT + 5 * MINUTE);
}

static void
test_detail_has_hysteresis (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (14);
  World *w = make_world (rand, 3000, 3000 * MINUTE);
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  guint changes = 0, seen[3] = { 0 };
  VantageDetail last = VANTAGE_DETAIL_CARDS;

  set_world (layout, w);
  for (int i = 0; i < 400; i++)
    {
      double wobble = i % 2 ? 1.02 : 0.98;
      VantageTimeScale scale = { NULL, NIGHT + 1000 * MINUTE, 1e6 * exp (i / 70.0) * wobble };
      VantageDetail now;

      vantage_canvas_layout_run (layout, &scale, 1400, 0, 900);
      now = vantage_canvas_layout_get_detail (layout);
      changes += i > 0 && now != last;
      last = now;
      seen[now]++;
    }
  g_assert_cmpuint (seen[0], >, 0);
  g_assert_cmpuint (seen[1], >, 0);
  g_assert_cmpuint (seen[2], >, 0);
  g_assert_cmpuint (changes, ==, 2);
  free_world (w);
}

static void
test_density_counts_everything_and_keeps_what_is_marked (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (15);
  guint n = 20000, n_cards, n_bins, total = 0;
  VantageCanvasEvent *events = g_new (VantageCanvasEvent, n);
  VantageCanvasLane lanes[2] = { { 1, 60, FALSE, FALSE }, { 2, 60, FALSE, FALSE } };
  VantageCanvasData data = { .events = events, .n_events = n, .lanes = lanes, .n_lanes = 2 };
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  VantageTimeScale scale = { NULL, NIGHT, 1e6 };
  const VantageCanvasCard *cards;

  for (guint i = 0; i < n; i++)
    events[i] = make_event (i, NIGHT + g_rand_int_range (rand, 0, 1000 * 1000) * 1000, i % 2, 100);
  events[77].flags = VANTAGE_CANVAS_PINNED;
  vantage_canvas_layout_set_data (layout, &data);
  vantage_canvas_layout_set_flags (layout, 99, VANTAGE_CANVAS_SELECTED);
  vantage_canvas_layout_run (layout, &scale, 1000, 0, 500);
  g_assert_cmpint (vantage_canvas_layout_get_detail (layout), ==, VANTAGE_DETAIL_DENSITY);
  for (guint32 lane = 0; lane < 2; lane++)
    {
      const guint *bins = vantage_canvas_layout_get_density (layout, lane, &n_bins);

      g_assert_cmpuint (n_bins, ==, 250);
      for (guint i = 0; i < n_bins; i++)
        total += bins[i];
    }
  g_assert_cmpuint (total, ==, n);
  cards = vantage_canvas_layout_get_cards (layout, &n_cards);
  g_assert_cmpuint (n_cards, ==, 2);
  g_assert_cmpuint (cards[0].event, ==, 77);
  g_assert_cmpuint (cards[1].event, ==, 99);
  vantage_canvas_layout_set_flags (layout, 99, 0);
  vantage_canvas_layout_run (layout, &scale, 1000, 0, 500);
  vantage_canvas_layout_get_cards (layout, &n_cards);
  g_assert_cmpuint (n_cards, ==, 1);
  g_free (events);
}

static void
test_an_event_of_two_actors_is_tied (void)
{
  VantageCanvasEvent events[] = { make_event (1, NIGHT, 0, 100) };
  VantageCanvasAppearance more[] = { { 0, 2 }, { 0, 0 } };
  VantageCanvasLane lanes[3] = { { 1, 60 }, { 2, 60 }, { 3, 60 } };
  VantageCanvasData data = { events, 1, more, 2, NULL, 0, lanes, 3 };
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  VantageTimeScale scale = { NULL, NIGHT - MINUTE, 1e6 };
  const VantageCanvasCard *cards;
  const VantageCanvasPath *paths;
  guint n;

  vantage_canvas_layout_set_data (layout, &data);
  vantage_canvas_layout_run (layout, &scale, 1000, 0, 500);
  cards = vantage_canvas_layout_get_cards (layout, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (cards[0].tied && cards[1].tied);
  g_assert_cmpuint (cards[1].lane, ==, 2);
  paths = vantage_canvas_layout_get_paths (layout, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (paths[0].sort, ==, VANTAGE_PATH_TIE);
  g_assert_cmpfloat (paths[0].points[0].y, ==, cards[0].rect.y + cards[0].rect.height);
  g_assert_cmpfloat (paths[0].points[3].y, ==, cards[1].rect.y);
}

static void
test_a_link_goes_around_a_card_in_its_way (void)
{
  VantageCanvasEvent events[] = { make_event (1, NIGHT, 0, 160), make_event (2, NIGHT, 2, 160),
                                  make_event (3, NIGHT + 50 * SECOND, 1, 60) };
  VantageCanvasLink link = { 0, 1, 3, 30, 12 };
  VantageCanvasLane lanes[3] = { { 1, 60 }, { 2, 60 }, { 3, 60 } };
  VantageCanvasData data = { events, 3, NULL, 0, &link, 1, lanes, 3 };
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  VantageTimeScale scale = { NULL, NIGHT - MINUTE, 1e6 };
  const VantageCanvasPath *paths;
  VantageHit hit;
  guint n;

  vantage_canvas_layout_set_data (layout, &data);
  vantage_canvas_layout_run (layout, &scale, 1000, 0, 500);
  paths = vantage_canvas_layout_get_paths (layout, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (paths[0].crosses);
  g_assert_cmpint (paths[0].kind, ==, 3);
  g_assert_cmpfloat (paths[0].label.width, ==, 30);
  vantage_canvas_layout_hit (layout, paths[0].middle.x + 2, paths[0].middle.y, &hit);
  g_assert_cmpint (hit.sort, ==, VANTAGE_HIT_PATH);
}

static void
test_steps_walk_the_lanes (void)
{
  VantageCanvasEvent events[] = { make_event (1, NIGHT, 0, 60), make_event (2, NIGHT + 9, 0, 60),
                                  make_event (3, NIGHT + 7, 2, 60) };
  VantageCanvasLane lanes[3] = { { 1, 60 }, { 2, 60 }, { 3, 60 } };
  VantageCanvasData data = { events, 3, NULL, 0, NULL, 0, lanes, 3 };
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  guint32 event, lane;

  vantage_canvas_layout_set_data (layout, &data);
  g_assert_true (vantage_canvas_layout_step (layout, 0, 0, VANTAGE_STEP_LATER, &event, &lane));
  g_assert_cmpuint (event, ==, 1);
  g_assert_false (vantage_canvas_layout_step (layout, 1, 0, VANTAGE_STEP_LATER, &event, &lane));
  g_assert_true (vantage_canvas_layout_step (layout, 0, 0, VANTAGE_STEP_DOWN, &event, &lane));
  g_assert_cmpuint (event, ==, 2);
  g_assert_true (vantage_canvas_layout_step (layout, 2, 2, VANTAGE_STEP_UP, &event, &lane));
  g_assert_cmpuint (event, ==, 1);
  g_assert_true (vantage_canvas_layout_step (layout, 1, 0, VANTAGE_STEP_FIRST, &event, &lane));
  g_assert_cmpuint (event, ==, 0);
  g_assert_false (vantage_canvas_layout_step (layout, 2, 2, VANTAGE_STEP_DOWN, &event, &lane));
}

static void
test_hidden_lanes_take_no_room (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (16);
  World *w = make_world (rand, 50, 100 * MINUTE);
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  VantageTimeScale scale = { NULL, NIGHT, 6e6 };
  const VantageCanvasCard *cards;
  guint n;

  w->lanes[1].hidden = TRUE;
  w->lanes[2].collapsed = TRUE;
  set_world (layout, w);
  vantage_canvas_layout_run (layout, &scale, 1000, 0, 3000);
  vantage_canvas_layout_get_bands (layout, &n);
  g_assert_cmpuint (n, ==, N_LANES - 1);
  cards = vantage_canvas_layout_get_cards (layout, &n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (cards[i].lane, !=, 1);
      g_assert_cmpint (cards[i].as_mark, ==, cards[i].lane == 2);
    }
  free_world (w);
}

static void
test_nothing_at_all_is_laid_out (void)
{
  g_autoptr (VantageCanvasLayout) layout =
      vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  VantageCanvasData data = { 0 };
  VantageTimeScale scale = { NULL, NIGHT, 6e6 };
  VantageSpan extent;
  VantageHit hit;
  guint n;

  vantage_canvas_layout_run (layout, &scale, 1000, 0, 3000);
  vantage_canvas_layout_set_data (layout, &data);
  vantage_canvas_layout_run (layout, &scale, 0, 0, 0);
  vantage_canvas_layout_get_cards (layout, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (vantage_canvas_layout_get_extent (layout, &extent));
  vantage_canvas_layout_hit (layout, 10, 10, &hit);
  g_assert_cmpint (hit.sort, ==, VANTAGE_HIT_NOTHING);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add_func ("/timeline/canvas/" path, func)
  ADD ("nothing-overlaps-at-any-zoom", test_nothing_overlaps_at_any_zoom);
  ADD ("panning-moves-nothing-up-or-down", test_panning_moves_nothing_up_or_down);
  ADD ("moving-one-moves-few-and-undo-restores", test_moving_one_moves_few_and_undo_restores);
  ADD ("a-thousand-edits-and-undos", test_a_thousand_edits_and_undos);
  ADD ("an-edit-shows-what-all-anew-would", test_an_edit_shows_what_all_anew_would);
  ADD ("soft-bars-span-the-window", test_soft_bars_span_the_window);
  ADD ("placed-only-within-its-window", test_placed_only_within_its_window);
  ADD ("detail-has-hysteresis", test_detail_has_hysteresis);
  ADD ("density-counts-everything-and-keeps-what-is-marked",
       test_density_counts_everything_and_keeps_what_is_marked);
  ADD ("an-event-of-two-actors-is-tied", test_an_event_of_two_actors_is_tied);
  ADD ("a-link-goes-around-a-card-in-its-way", test_a_link_goes_around_a_card_in_its_way);
  ADD ("steps-walk-the-lanes", test_steps_walk_the_lanes);
  ADD ("hidden-lanes-take-no-room", test_hidden_lanes_take_no_room);
  ADD ("nothing-at-all-is-laid-out", test_nothing_at_all_is_laid_out);
  return g_test_run ();
}
