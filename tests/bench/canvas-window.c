/* canvas-window.c: frames of the timeline in a mapped window: what building one costs, what the
 * whole of it costs the process, and what the same window costs with nothing on the canvas.
 *
 * canvas-window EVENTS [FRAMES [PICTURE]]  → one JSON object */

#include "vantage-canvas-parts.h"
#include "vantage-ui-support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HOUR_US (60 * 60 * (gint64) G_USEC_PER_SEC)
#define DAY_US (24 * HOUR_US)
#define BASE_US (G_GINT64_CONSTANT (1741824000) * G_USEC_PER_SEC)
#define N_DAYS 30
#define N_LANES 24
#define N_ENTITIES 64
#define WIDTH 1600
#define HEIGHT 950

typedef struct
{
  VantageWindow *window;
  VantageCanvas *canvas;
  VantageReviewContext *context;
  gint64 paint_begun_ns;
  GArray *whole; /* (element-type double): ms of process time, a frame each */
  guint n_frames;
} Bench;

static gint64
get_cpu_ns (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
pick (GArray *samples, double share)
{
  if (samples->len == 0)
    return 0;
  g_array_sort (samples, compare_doubles);
  return g_array_index (samples, double, (guint) (share * (samples->len - 1) + 0.5));
}

static double
get_memory_mib (void)
{
  g_autofree char *text = NULL;
  long pages = 0, private = 0, shared = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*d %ld %ld", &pages, &shared);
  private = pages - shared;
  return (double) private * 4096 / (1024 * 1024);
}

/* ---- data ---- */

static void
add_people (Bench *self, GPtrArray *entities)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (self->context, "Bench");
  GListModel *model;

  for (guint i = 0; i < N_LANES - 1; i++)
    {
      g_autofree char *id = g_strdup_printf ("%032x", i + 1);
      g_autofree char *name = g_strdup_printf ("Person %u", i + 1);

      vantage_edit_set_text (edit, "person", id, "sort", "human");
      vantage_edit_set_text (edit, "particulars", id, "name", name);
    }
  for (guint i = 0; i < N_ENTITIES; i++)
    {
      static const char *const titles[] = { "Sees lag falling", "Asks whether this is the page",
                                            "Rolls back the deployment of Tuesday",
                                            "Third call of the night, nobody answers" };
      static const char *const claims[] = { "record", "recall", "inference", "judgement" };
      const char *id = vantage_edit_create (edit, "event");

      vantage_edit_set_text (edit, "event", id, "title", titles[i % 4]);
      vantage_edit_set_text (edit, "event", id, "claim", claims[i / 4 % 4]);
      vantage_edit_set_text (edit, "event", id, "kind", i % 3 ? "did" : "said");
    }
  g_assert_true (vantage_review_context_commit (self->context, edit));
  ui_settle ();
  model = vantage_library_get_model (vantage_review_context_get_library (self->context),
                                     vantage_review_context_get_review_id (self->context), "event");
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (entities, g_list_model_get_item (model, i));
  g_object_unref (model);
}

/* Everybody sleeps from two to six: those hours are folded. */
static gint64
choose_time (GRand *rand)
{
  gint64 day = g_rand_int_range (rand, 0, N_DAYS);
  gint64 second = (6 * 3600 + g_rand_int_range (rand, 0, 20 * 3600)) % (24 * 3600);

  return BASE_US + day * DAY_US + second * G_USEC_PER_SEC + g_rand_int_range (rand, 0, 1000000);
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const VantageTimelineEvent *x = *(VantageTimelineEvent *const *) a;
  const VantageTimelineEvent *y = *(VantageTimelineEvent *const *) b;

  return x->shape.earliest_us < y->shape.earliest_us   ? -1
         : x->shape.earliest_us > y->shape.earliest_us ? 1
                                                       : 0;
}

/* Bursts of a month: instants, spans, half-known times; a link for every tenth. */
static void
show_events (Bench *self, GPtrArray *entities, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (VantageTimelineLink));

  for (guint i = 0; i < n; i++)
    {
      VantageTimelineEvent *event = g_object_new (VANTAGE_TYPE_TIMELINE_EVENT, NULL);
      gint64 at = choose_time (rand);
      gint64 soft = i % 7 == 0 ? g_rand_int_range (rand, 1, 900) * (gint64) G_USEC_PER_SEC : 0;
      gint64 lasts = i % 5 == 0 ? g_rand_int_range (rand, 60, 7200) * (gint64) G_USEC_PER_SEC : 0;
      guint32 lane = (guint32) g_rand_int_range (rand, 0, N_LANES);

      event->entity = g_object_ref (entities->pdata[i % entities->len]);
      event->shape = (VantageCanvasEvent){
        .key = i + 1,
        .earliest_us = at,
        .latest_us = at + soft,
        .end_earliest_us = at + lasts,
        .end_latest_us = at + lasts + soft,
        .placed_us = VANTAGE_CANVAS_OPEN_BEGIN,
        .lane = lane,
        .flags = lasts > 0 ? VANTAGE_CANVAS_SPAN : 0,
      };
      g_array_append_val (event->lanes, lane);
      g_ptr_array_add (events, event);
    }
  g_ptr_array_sort (events, compare_events);
  for (guint i = 0; i + 40 < n; i += 10)
    {
      VantageTimelineLink link = { entities->pdata[0], i,
                                   i + (guint32) g_rand_int_range (rand, 1, 40) };

      g_array_append_val (links, link);
    }
  vantage_timeline_feed_show_others (self->canvas->feed, events, links);
}

/* ---- frames ---- */

static void
before_paint_cb (GdkFrameClock *clock, gpointer data)
{
  ((Bench *) data)->paint_begun_ns = get_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;
  double ms = (double) (get_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) - self->paint_begun_ns) / 1e6;

  g_array_append_val (self->whole, ms);
  self->n_frames++;
}

/* From the whole month to twenty minutes and back, panning all the while. */
static void
go_to_frame (Bench *self, guint i, guint n)
{
  double way = (double) i / n, depth = way < 0.5 ? way * 2 : 2 - way * 2;
  double span = (double) (N_DAYS * DAY_US) / exp2 (depth * 11);
  double width = vantage_viewport_get_width (self->canvas->viewport);

  vantage_viewport_set_place (self->canvas->viewport,
                              BASE_US + (gint64) (way * ((double) (N_DAYS * DAY_US) - span)),
                              span / width, 0);
}

static void
wait_for_frame (Bench *self)
{
  guint before = self->n_frames;

  gtk_widget_queue_draw (GTK_WIDGET (self->canvas));
  while (self->n_frames == before)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  GArray *snapshot, *arrange, *whole;
  double n_cards, n_paths;
  guint n_by_detail[3];
} Result;

/* Building alone, then the same frame for real. */
static void
run_script (Bench *self, guint n_frames, Result *out)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->canvas));
  int height = gtk_widget_get_height (GTK_WIDGET (self->canvas));

  out->snapshot = g_array_new (FALSE, FALSE, sizeof (double));
  out->arrange = g_array_new (FALSE, FALSE, sizeof (double));
  out->whole = self->whole;
  for (int round = 0; round < 2; round++)
    {
      g_array_set_size (self->whole, 0);
      for (guint i = 0; i < n_frames; i++)
        {
          GtkSnapshot *snapshot = gtk_snapshot_new ();
          GskRenderNode *node;
          gint64 begun, arranged, drawn;
          double ms;
          guint n;

          go_to_frame (self, i, n_frames);
          begun = get_cpu_ns (CLOCK_THREAD_CPUTIME_ID);
          vantage_canvas_arrange (self->canvas, width, height);
          arranged = get_cpu_ns (CLOCK_THREAD_CPUTIME_ID);
          vantage_canvas_draw (self->canvas, snapshot);
          drawn = get_cpu_ns (CLOCK_THREAD_CPUTIME_ID);
          node = gtk_snapshot_free_to_node (snapshot);
          g_clear_pointer (&node, gsk_render_node_unref);
          wait_for_frame (self);
          if (round == 0)
            continue;
          ms = (double) (arranged - begun) / 1e6;
          g_array_append_val (out->arrange, ms);
          ms = (double) (drawn - arranged) / 1e6;
          g_array_append_val (out->snapshot, ms);
          out->n_by_detail[vantage_canvas_get_detail (self->canvas)]++;
          vantage_canvas_layout_get_cards (self->canvas->layout, &n);
          out->n_cards += n;
          vantage_canvas_layout_get_paths (self->canvas->layout, &n);
          out->n_paths += n;
        }
    }
}

/* A slow pan with as many card widgets as there are at most. */
static void
run_full_pool (Bench *self, GArray *samples, guint *out_cards)
{
  double width = vantage_viewport_get_width (self->canvas->viewport);
  double us_per_px = (double) (20 * HOUR_US) / width;
  guint n;

  *out_cards = 0;
  for (guint i = 0; i < 60; i++)
    {
      vantage_viewport_set_place (self->canvas->viewport, BASE_US + 9 * DAY_US, us_per_px, 0);
      wait_for_frame (self);
      n = g_hash_table_size (self->canvas->cards);
      *out_cards = MAX (*out_cards, n);
      if (n >= 290 || us_per_px < 1e4)
        break;
      us_per_px /= 1.12;
    }
  g_array_set_size (self->whole, 0);
  for (guint i = 0; i < 80; i++)
    {
      vantage_viewport_pan (self->canvas->viewport, i < 40 ? 4 : -4, 0);
      wait_for_frame (self);
      n = g_hash_table_size (self->canvas->cards);
      *out_cards = MAX (*out_cards, n);
    }
  g_array_append_vals (samples, self->whole->data, self->whole->len);
}

int
main (int argc, char **argv)
{
  guint n_events = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  guint n_frames = argc > 2 ? (guint) atoi (argv[2]) : 300, n_pool;
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) empty = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) pool = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *review = NULL;
  Bench self = { 0 };
  Result result = { 0 };
  double memory, open_ms;
  gint64 begun;
  VantageLibrary *library;
  GdkFrameClock *clock;

  ui_init (&argc, &argv);
  library = ui_library_new ();
  review = ui_review_new (library, "Bench");
  self.window = ui_window_new (library, WIDTH, HEIGHT);
  vantage_window_open_review (self.window, review);
  self.context = vantage_window_get_context (self.window);
  self.whole = g_array_new (FALSE, FALSE, sizeof (double));
  add_people (&self, entities);
  vantage_review_context_go (self.context, "timeline", NULL);
  ui_settle ();
  self.canvas = VANTAGE_CANVAS (ui_find (GTK_WIDGET (self.window), VANTAGE_TYPE_CANVAS, NULL));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self.window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &self);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &self);

  show_events (&self, entities, 1);
  ui_settle ();
  for (guint i = 0; i < 100; i++)
    {
      vantage_viewport_pan (self.canvas->viewport, 1, 0);
      wait_for_frame (&self);
    }
  g_array_append_vals (empty, self.whole->data, self.whole->len);
  memory = get_memory_mib ();

  begun = get_cpu_ns (CLOCK_PROCESS_CPUTIME_ID);
  show_events (&self, entities, n_events);
  wait_for_frame (&self);
  open_ms = (double) (get_cpu_ns (CLOCK_PROCESS_CPUTIME_ID) - begun) / 1e6;
  run_script (&self, n_frames, &result);
  g_print ("{\"events\": %u, \"frames\": %u, \"snapshot_ms\": {\"median\": %.3f, \"p95\": %.3f}, "
           "\"arrange_ms\": {\"median\": %.3f, \"p95\": %.3f}, "
           "\"whole_ms\": {\"median\": %.3f, \"p95\": %.3f}, "
           "\"empty_ms\": {\"median\": %.3f, \"p95\": %.3f}, ",
           n_events, n_frames, pick (result.snapshot, 0.5), pick (result.snapshot, 0.95),
           pick (result.arrange, 0.5), pick (result.arrange, 0.95), pick (result.whole, 0.5),
           pick (result.whole, 0.95), pick (empty, 0.5), pick (empty, 0.95));
  if (argc > 3)
    {
      go_to_frame (&self, atoi (argv[3]), n_frames);
      wait_for_frame (&self);
      ui_settle ();
      ui_shot (GTK_WIDGET (self.window), "canvas-window");
    }
  run_full_pool (&self, pool, &n_pool);
  g_print ("\"cards_per_frame\": %.0f, \"links_per_frame\": %.0f, "
           "\"frames_of_cards_marks_density\": [%u, %u, %u], "
           "\"full_pool\": {\"cards\": %u, \"median\": %.3f, \"p95\": %.3f}, "
           "\"show_ms\": %.0f, \"memory_mib_above_empty\": %.1f}\n",
           result.n_cards / n_frames, result.n_paths / n_frames, result.n_by_detail[0],
           result.n_by_detail[1], result.n_by_detail[2], n_pool, pick (pool, 0.5),
           pick (pool, 0.95), open_ms, get_memory_mib () - memory);
  return EXIT_SUCCESS;
}
