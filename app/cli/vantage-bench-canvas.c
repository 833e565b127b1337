/* vantage-bench-canvas.c: frames of the timeline as they are laid out, and edits as they are solved
 * and laid out; drawing them is measured in a window. */

#include "config.h"

#include "vantage-bench.h"
#include "vantage-canvas-layout.h"
#include "vantage-times.h"

#include <math.h>
#include <time.h>

#define N_FRAMES 400
#define N_EDITS 200
#define N_LANES 24
#define N_DAYS 30
#define WIDTH_PX 1600.0
#define HEIGHT_PX 900.0
#define HOUR_US (3600 * (gint64) G_USEC_PER_SEC)
#define FOLD_PX 38

/* What the process itself used: other work on the computer does not count. */
static gint64
get_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
add_sample (VantageBench *self, gint64 begun_ns, double units_per_ns)
{
  double sample = (double) (get_cpu_ns () - begun_ns) * units_per_ns;

  g_array_append_val (self->samples, sample);
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const VantageCanvasEvent *x = a, *y = b;

  return x->earliest_us < y->earliest_us ? -1 : x->earliest_us > y->earliest_us;
}

/* A month of nights and days, in order of time as a review has them: instants, spans, half-known
 * times; nobody acts between two and six; a link for every tenth. */
static void
make_events (guint n, VantageCanvasEvent *events, VantageCanvasLink *links)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < n; i++)
    {
      gint64 second = (6 * 3600 + g_rand_int_range (rand, 0, 20 * 3600)) % (24 * 3600);
      gint64 begin_us = g_rand_int_range (rand, 0, N_DAYS) * 24 * HOUR_US + second * G_USEC_PER_SEC;
      gint64 soft_us = i % 7 == 0 ? g_rand_int_range (rand, 1, 900) * (gint64) G_USEC_PER_SEC : 0;
      gint64 lasts_us =
          i % 5 == 0 ? g_rand_int_range (rand, 60, 7200) * (gint64) G_USEC_PER_SEC : 0;

      events[i] = (VantageCanvasEvent){
        .key = i + 1,
        .earliest_us = begin_us,
        .latest_us = begin_us + soft_us,
        .end_earliest_us = begin_us + lasts_us,
        .end_latest_us = begin_us + soft_us + lasts_us,
        .placed_us = VANTAGE_CANVAS_OPEN_BEGIN,
        .lane = (guint32) g_rand_int_range (rand, 0, N_LANES),
        .width_px = (float) g_rand_int_range (rand, 80, 260),
        .flags = lasts_us > 0 ? VANTAGE_CANVAS_SPAN : 0,
      };
    }
  qsort (events, n, sizeof *events, compare_events);
  for (guint i = 0; i < n / 10; i++)
    links[i] = (VantageCanvasLink){
      .from = i * 10,
      .to = MIN (i * 10 + (guint32) g_rand_int_range (rand, 1, 40), n - 1),
      .label_width = 50,
      .label_height = 14,
    };
}

static VantageCanvasLayout *
make_layout (guint n, const VantageCanvasEvent *events, const VantageCanvasLink *links)
{
  VantageCanvasLane lanes[N_LANES];
  VantageCanvasLayout *layout = vantage_canvas_layout_new (&vantage_canvas_metrics_default);
  VantageCanvasData data = { .events = events,
                             .n_events = n,
                             .links = links,
                             .n_links = n / 10,
                             .lanes = lanes,
                             .n_lanes = N_LANES };

  for (guint i = 0; i < N_LANES; i++)
    lanes[i] = (VantageCanvasLane){ .key = i + 1, .min_height_px = 28 };
  vantage_canvas_layout_set_data (layout, &data);
  vantage_canvas_layout_set_budget (layout, 12);
  return layout;
}

/* Every night from two to six. (transfer full) */
static VantageAxis *
make_axis (void)
{
  VantageStretch folds[N_DAYS];

  for (guint day = 0; day < N_DAYS; day++)
    folds[day] = (VantageStretch){ (day * 24 + 2) * HOUR_US, (day * 24 + 6) * HOUR_US,
                                   VANTAGE_STRETCH_FOLD, 1 };
  return vantage_axis_new (folds, N_DAYS, FOLD_PX);
}

/* A walk from the whole month down to twenty minutes and back, panning all the while: a frame each.
 * Every zoom was seen once before, as when somebody works on a canvas. */
gboolean
vantage_bench_canvas (VantageBench *self, const char *folder, guint runs, GError **error)
{
  g_autofree VantageCanvasEvent *events = g_new0 (VantageCanvasEvent, self->size);
  g_autofree VantageCanvasLink *links = g_new0 (VantageCanvasLink, self->size / 10 + 1);
  g_autoptr (VantageCanvasLayout) layout = NULL;
  g_autoptr (VantageAxis) axis = make_axis ();
  guint n_frames = runs > 0 ? runs : N_FRAMES;

  self->unit = "us";
  make_events (self->size, events, links);
  layout = make_layout (self->size, events, links);
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < n_frames; i++)
      {
        double way = (double) i / n_frames;
        double depth = way < 0.5 ? way * 2 : 2 - way * 2;
        double span_us = (double) (N_DAYS * 24 * HOUR_US) / exp2 (depth * 11);
        const VantageTimeScale scale = {
          .axis = axis,
          .origin_us = (gint64) (way * ((double) (N_DAYS * 24 * HOUR_US) - span_us)),
          .us_per_px = span_us / WIDTH_PX,
        };
        gint64 begun_ns = get_cpu_ns ();
        guint n;

        vantage_canvas_layout_run (layout, &scale, WIDTH_PX, 0, HEIGHT_PX);
        if (round == 0)
          continue;
        add_sample (self, begun_ns, 1e-3);
        vantage_canvas_layout_get_cards (layout, &n);
        self->n_drawn += n;
        vantage_canvas_layout_get_paths (layout, &n);
        self->n_drawn += n;
      }
  return TRUE;
}

/* ---- edits ---- */

/* Short ids: there are very many. */
static void
name_event (char id[16], guint event)
{
  g_snprintf (id, 16, "%08x", event);
}

/* Says that one event is so long after another. */
static void
say_after (VantageTimes *times, guint number, guint subject, guint object, gint64 least_us)
{
  char id[16], subject_id[16], object_id[16];
  const VantageTimeStatement statement = { .id = id,
                                           .subject = subject_id,
                                           .object = object_id,
                                           .rel = VANTAGE_REL_AFTER,
                                           .a_us = least_us,
                                           .b_us = least_us + HOUR_US,
                                           .confidence = number % 3 };

  g_snprintf (id, sizeof id, "s%07x", number);
  name_event (subject_id, subject);
  name_event (object_id, object);
  vantage_times_set_statement (times, &statement);
}

typedef struct
{
  guint n_chained, n_connected, n_pairs; /* statements of each sort */
} Shape;

/* Which two events a statement relates: chains of ten, then one part in which each hangs from one
 * before it, then pairs. Events that have no time of their own are the last of @n. */
static void
choose_pair (const Shape *shape, guint n, guint number, guint *out_subject, guint *out_object)
{
  guint first = n - shape->n_chained - shape->n_connected - shape->n_pairs;

  *out_subject = first + number;
  if (number < shape->n_chained)
    *out_object = number % 10 == 0 ? number / 10 : *out_subject - 1;
  else if (number < shape->n_chained + shape->n_connected)
    {
      guint at = number - shape->n_chained;

      *out_object = at == 0 ? 7 : first + shape->n_chained + (at * 7919u) % at;
      if (at > 0 && *out_object == *out_subject)
        *out_object = *out_subject - 1;
    }
  else
    *out_object = number;
}

static VantageTimes *
make_times (guint n, const Shape *shape, const VantageCanvasEvent *events)
{
  VantageTimes *times = vantage_times_new ();
  guint n_statements = shape->n_chained + shape->n_connected + shape->n_pairs;

  for (guint i = 0; i < n; i++)
    {
      char id[16];
      const VantageTimeStatement when = { .id = id,
                                          .point = VANTAGE_POINT_START,
                                          .subject = id,
                                          .rel = VANTAGE_REL_AT,
                                          .a_us = events[i].earliest_us,
                                          .record = TRUE };

      name_event (id, i);
      vantage_times_set_event (times, id, FALSE);
      if (i + n_statements < n)
        vantage_times_set_statement (times, &when);
    }
  for (guint i = 0; i < n_statements; i++)
    {
      guint subject, object;

      choose_pair (shape, n, i, &subject, &object);
      say_after (times, i, subject, object, (i % 50) * 60 * (gint64) G_USEC_PER_SEC);
    }
  return times;
}

/* Gives the layout, if there is one yet, every event of which anything is new. */
static guint
take_changes (VantageTimes *times, VantageCanvasLayout *layout, VantageCanvasEvent *events)
{
  g_autoptr (GPtrArray) changed = vantage_times_take_changed (times);

  for (guint i = 0; i < changed->len; i++)
    {
      guint event = (guint) g_ascii_strtoull (changed->pdata[i], NULL, 16);
      VantageCanvasEvent *e = &events[event];
      VantageTimeWindow window;

      vantage_times_get_window (times, changed->pdata[i], &window);
      e->earliest_us = window.earliest_us;
      e->latest_us = window.latest_us;
      e->end_earliest_us = window.end_earliest_us;
      e->end_latest_us = window.end_latest_us;
      e->flags = 0;
      if (layout != NULL)
        vantage_canvas_layout_set_event (layout, event, e, NULL, 0);
    }
  return changed->len;
}

/* A review of which a tenth is known by statements about two events each: one statement is changed
 * at a time, a third of them within the one great part. */
gboolean
vantage_bench_edit (VantageBench *self, const char *folder, guint runs, GError **error)
{
  guint n = self->size, n_statements = n / 10;
  const Shape shape = { n_statements / 2, n_statements / 5,
                        n_statements - n_statements / 2 - n_statements / 5 };
  g_autofree VantageCanvasEvent *events = g_new0 (VantageCanvasEvent, n);
  g_autofree VantageCanvasLink *links = g_new0 (VantageCanvasLink, n / 10 + 1);
  g_autoptr (VantageCanvasLayout) layout = NULL;
  g_autoptr (VantageTimes) times = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  g_autoptr (VantageAxis) axis = make_axis ();
  const VantageTimeScale scale = { axis, 9 * 24 * HOUR_US, (double) HOUR_US / WIDTH_PX };

  self->unit = "ms";
  make_events (n, events, links);
  times = make_times (n, &shape, events);
  take_changes (times, NULL, events);
  layout = make_layout (n, events, links);
  vantage_canvas_layout_run (layout, &scale, WIDTH_PX, 0, HEIGHT_PX);
  for (guint i = 0; i < (runs > 0 ? runs : N_EDITS); i++)
    {
      guint sort = i % 3;
      guint number =
          sort == 0 ? (guint) g_rand_int_range (rand, 0, (gint32) shape.n_chained)
          : sort == 1
              ? shape.n_chained + (guint) g_rand_int_range (rand, 0, (gint32) shape.n_connected)
              : shape.n_chained + shape.n_connected +
                    (guint) g_rand_int_range (rand, 0, (gint32) shape.n_pairs);
      guint subject, object;
      gint64 begun_ns;

      choose_pair (&shape, n, number, &subject, &object);
      begun_ns = get_cpu_ns ();
      say_after (times, number, subject, object,
                 g_rand_int_range (rand, 0, 90) * 60 * (gint64) G_USEC_PER_SEC);
      self->n_drawn += take_changes (times, layout, events);
      vantage_canvas_layout_run (layout, &scale, WIDTH_PX, 0, HEIGHT_PX);
      add_sample (self, begun_ns, 1e-6);
    }
  return TRUE;
}
