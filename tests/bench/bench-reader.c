/* bench-reader.c: how long the reader holds a window, over a library that is there.
 *
 *     bench-reader LIBRARY REVIEW [SCROLLS]
 *
 * Prints, for each way of moving, the processor time between the beginning and the end of each
 * frame, and the longest time the main loop was held.
 */

#include <stdlib.h>
#include <time.h>

#include "vantage-application.h"
#include "vantage-evidence-reader.h"
#include "vantage-sources-page.h"
#include "vantage-ui-support.h"

#define SETTLED_FRAMES 3

typedef struct
{
  GArray *frames; /* double, ms of processor time */
  double longest; /* ms that the main loop was held */
  gint64 begun;
  guint quiet; /* iterations in which nothing was to be done */
} Meter;

static gint64
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock, Meter *meter)
{
  meter->begun = get_cpu_us ();
}

static void
after_paint_cb (GdkFrameClock *clock, Meter *meter)
{
  double ms = (double) (get_cpu_us () - meter->begun) / 1e3;

  g_array_append_val (meter->frames, ms);
}

/* Runs the main loop until nothing has been to do for a while. */
static void
settle (Meter *meter)
{
  gint64 end_us = g_get_monotonic_time () + 40 * 1000;

  while (g_get_monotonic_time () < end_us)
    {
      gint64 begun = get_cpu_us ();

      if (g_main_context_iteration (NULL, FALSE))
        meter->longest = MAX (meter->longest, (double) (get_cpu_us () - begun) / 1e3);
      else
        g_usleep (200);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
report (Meter *meter, const char *what)
{
  guint n = meter->frames->len;

  g_array_sort (meter->frames, compare);
  if (n > 0)
    g_print ("%-12s frames %4u  median %6.2f ms  p95 %6.2f ms  longest %6.2f ms  held %6.2f ms\n",
             what, n, g_array_index (meter->frames, double, n / 2),
             g_array_index (meter->frames, double, n * 95 / 100),
             g_array_index (meter->frames, double, n - 1), meter->longest);
  g_array_set_size (meter->frames, 0);
  meter->longest = 0;
}

static GtkAdjustment *
find_scroll (GtkWidget *reader)
{
  GtkWidget *scroll = ui_find (reader, GTK_TYPE_SCROLLED_WINDOW, NULL);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroll));
}

static void
measure (Meter *meter, VantageEvidenceReader *reader, guint n, gint64 first_us, gint64 last_us)
{
  GtkAdjustment *scroll = find_scroll (GTK_WIDGET (reader));
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < n; i++)
    {
      gtk_adjustment_set_value (scroll, g_rand_double (rand) * gtk_adjustment_get_upper (scroll));
      settle (meter);
    }
  report (meter, "anywhere");
  for (guint i = 0; i < n; i++)
    {
      gtk_adjustment_set_value (scroll, gtk_adjustment_get_value (scroll) + 90);
      settle (meter);
    }
  report (meter, "wheel");
  for (guint i = 0; i < n; i++)
    {
      gtk_adjustment_set_value (scroll, gtk_adjustment_get_value (scroll) +
                                            gtk_adjustment_get_page_size (scroll) * 0.9);
      settle (meter);
    }
  report (meter, "page");
  for (guint i = 0; i < n; i++)
    {
      vantage_evidence_reader_go_to_time (
          reader, first_us + (gint64) (g_rand_double (rand) * (double) (last_us - first_us)));
      settle (meter);
    }
  report (meter, "to a time");
  for (guint i = 0; i < n; i++)
    {
      vantage_evidence_reader_step (reader, 1);
      settle (meter);
    }
  report (meter, "step");
}

int
main (int argc, char **argv)
{
  Meter meter = { g_array_new (FALSE, FALSE, sizeof (double)), 0, 0, 0 };
  g_autoptr (GError) error = NULL;
  VantageLibrary *library;
  VantageWindow *window;
  VantageReviewContext *context;
  GtkWidget *page;
  VantageEvidenceReader *reader;
  GdkFrameClock *clock;
  g_autoptr (VantageItem) first = NULL, last = NULL;
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) items = NULL;

  if (argc < 3)
    {
      g_printerr ("bench-reader LIBRARY REVIEW [SCROLLS]\n");
      return 2;
    }
  ui_init (&argc, &argv);
  library = vantage_library_open (argv[1], NULL, NULL, &error);
  g_assert_no_error (error);
  items = vantage_library_query_items (library, argv[2], &query, 1, 0, NULL, &error);
  g_assert_no_error (error);
  first = vantage_item_ref (items->pdata[0]);
  g_clear_pointer (&items, g_ptr_array_unref);
  query.newest_first = TRUE;
  items = vantage_library_query_items (library, argv[2], &query, 1, 0, NULL, &error);
  last = vantage_item_ref (items->pdata[0]);

  window = ui_window_new (library, 1200, 900);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &meter);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &meter);
  vantage_window_open_review (window, argv[2]);
  context = vantage_window_get_context (window);
  settle (&meter);
  meter.longest = 0;
  g_array_set_size (meter.frames, 0);
  vantage_review_context_go (context, "sources", NULL);
  UI_WAIT (ui_find (GTK_WIDGET (window), VANTAGE_TYPE_EVIDENCE_READER, NULL) != NULL);
  page = ui_find (GTK_WIDGET (window), VANTAGE_TYPE_EVIDENCE_READER, NULL);
  reader = VANTAGE_EVIDENCE_READER (page);
  while (vantage_evidence_reader_is_looking (reader))
    settle (&meter);
  settle (&meter);
  report (&meter, "opening");
  g_print ("%u rows\n", vantage_evidence_reader_get_n_items (reader));
  measure (&meter, reader, argc > 3 ? (guint) atoi (argv[3]) : 100, first->time_us, last->time_us);
  ui_window_close (window);
  vantage_library_close (library);
  g_object_unref (library);
  g_array_unref (meter.frames);
  return EXIT_SUCCESS;
}
