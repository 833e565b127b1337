/* test-timeline.c: the section where what happened is laid out in time. */

#include "vantage-canvas.h"
#include "vantage-desk.h"
#include "vantage-event-card.h"
#include "vantage-timeline-edits.h"
#include "vantage-timeline-page.h"
#include "vantage-ui-support.h"

typedef struct
{
  VantageLibrary *library;
  char *review;
  VantageWindow *window;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_library_new ();
  f->review = ui_review_new (f->library, "Checkout held payments");
  f->window = ui_window_new (f->library, 1200, 800);
  vantage_window_open_review (f->window, f->review);
  ui_settle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->library);
  g_free (f->review);
}

static void
show_sample (int width, int height, const char *name)
{
  g_autoptr (GError) error = NULL;
  VantageLibrary *library = ui_library_new ();
  VantageWindow *window;
  VantageReviewContext *context;

  g_assert_true (vantage_desk_open_sample (library, &error));
  g_assert_no_error (error);
  window = ui_window_new (library, width, height);
  vantage_window_open_review (window, VANTAGE_SAMPLE_REVIEW);
  context = vantage_window_get_context (window);
  vantage_review_context_go (context, "timeline", NULL);
  for (int i = 0; i < 8; i++)
    ui_settle ();
  ui_shot (GTK_WIDGET (window), name);
  ui_window_close (window);
  g_assert_finalize_object (library);
}

static void
test_sample_is_drawn (void)
{
  show_sample (1440, 900, "timeline-1440");
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add_func ("/ui/timeline/sample-is-drawn", test_sample_is_drawn);
  (void) set_up;
  (void) tear_down;
  return g_test_run ();
}
