/* test-timeline-tools.c: what stands around the canvas: pictures, vantage points, filters, views.
 */

#include <string.h>

#include "vantage-canvas.h"
#include "vantage-file-chooser.h"
#include "vantage-person-chooser.h"
#include "vantage-standing-list.h"
#include "vantage-standing-strip.h"
#include "vantage-timeline-page.h"
#include "vantage-ui-support.h"

typedef struct
{
  VantageLibrary *library;
  VantageWindow *window;
  VantageReviewContext *context;
  GtkWidget *page;
} Fixture;

static char *saved_file;

static void
choose_target (GtkWindow *parent, const VantageFileRequest *request, VantageFilesChosen chosen,
               gpointer user_data)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autofree char *folder = g_dir_make_tmp ("pictures-XXXXXX", NULL);
  g_autoptr (GFile) file = NULL;

  g_free (saved_file);
  saved_file = g_build_filename (folder, request->name, NULL);
  file = g_file_new_for_path (saved_file);
  g_list_store_append (files, file);
  chosen (G_LIST_MODEL (files), user_data);
}

static void
activate (Fixture *f, const char *action)
{
  if (!gtk_widget_activate_action (f->page, action, NULL))
    g_error ("%s cannot be activated", action);
  ui_settle ();
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_sample_library_new ();
  f->window = ui_window_new (f->library, 1300, 860);
  vantage_window_open_review (f->window, VANTAGE_SAMPLE_REVIEW);
  f->context = vantage_window_get_context (f->window);
  vantage_review_context_go (f->context, "timeline", NULL);
  for (int i = 0; i < 6; i++)
    ui_settle ();
  f->page = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_TIMELINE_PAGE, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->library);
}

static GtkWindow *
find_window (const char *title)
{
  g_autoptr (GListModel) windows = gtk_window_get_toplevels ();

  g_object_ref (windows);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), title) == 0)
        return window;
    }
  return NULL;
}

/* The first event of this title; lent by the library's model. */
static char *
find_event (Fixture *f, const char *title)
{
  g_autoptr (GPtrArray) events =
      vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, "event", NULL);

  for (guint i = 0; i < events->len; i++)
    if (g_strcmp0 (vantage_entity_get_text (events->pdata[i], "title"), title) == 0)
      return g_strdup (vantage_entity_get_id (events->pdata[i]));
  g_error ("no event is called “%s”", title);
}

static void
stand_at (Fixture *f, const char *title)
{
  g_autofree char *id = find_event (f, title);

  vantage_review_context_go (f->context, "timeline", id);
  ui_settle ();
  activate (f, "page.stand");
}

static VantageStandingStrip *
get_strip (Fixture *f)
{
  return VANTAGE_STANDING_STRIP (ui_find (f->page, VANTAGE_TYPE_STANDING_STRIP, NULL));
}

/* ---- cases ---- */

static void
test_a_picture_is_written (Fixture *f, gconstpointer data)
{
  void (*before) (GtkWindow *, const VantageFileRequest *, VantageFilesChosen, gpointer) =
      vantage_choose_files_impl;
  GtkWindow *window;
  g_autofree char *text = NULL;

  vantage_choose_files_impl = choose_target;
  activate (f, "page.export-picture");
  window = find_window ("Export Timeline");
  g_assert_nonnull (window);
  ui_shot (GTK_WIDGET (window), "timeline-export");
  gtk_widget_activate (gtk_window_get_default_widget (window));
  UI_WAIT (find_window ("Export Timeline") == NULL);
  g_assert_true (g_file_get_contents (saved_file, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "</svg>"));
  g_assert_nonnull (strstr (text, "Woken by the page"));
  vantage_choose_files_impl = before;
}

static void
test_standing_says_why (Fixture *f, gconstpointer data)
{
  VantageStandingStrip *strip;
  gint64 us;

  stand_at (f, "Theory: the restart of 22:00 came back");
  UI_WAIT (get_strip (f) != NULL && vantage_standing_strip_get_sights (get_strip (f)) != NULL);
  strip = get_strip (f);
  us = vantage_standing_strip_get_us (strip);
  activate (f, "page.stand-why");
  g_assert_nonnull (ui_find (f->page, VANTAGE_TYPE_STANDING_LIST, NULL));
  for (int i = 0; i < 4; i++)
    ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "timeline-standing-why");
  activate (f, "page.stand-on");
  g_assert_cmpint (vantage_standing_strip_get_us (strip), >, us);
  activate (f, "page.stand-back");
  g_assert_cmpint (vantage_standing_strip_get_us (strip), <=, us);
  activate (f, "page.stand-leave");
  g_assert_null (vantage_standing_strip_get_person (strip));
  g_assert_null (ui_find (f->page, VANTAGE_TYPE_STANDING_LIST, NULL));
}

static void
test_time_plays_and_rests (Fixture *f, gconstpointer data)
{
  VantageStandingStrip *strip;
  gint64 us;

  stand_at (f, "Theory: the restart of 22:00 came back");
  UI_WAIT (get_strip (f) != NULL && vantage_standing_strip_get_sights (get_strip (f)) != NULL);
  strip = get_strip (f);
  us = vantage_standing_strip_get_us (strip);
  activate (f, "page.stand-faster");
  activate (f, "page.stand-play");
  g_assert_true (vantage_standing_strip_get_playing (strip));
  UI_WAIT (vantage_standing_strip_get_us (strip) > us);
  activate (f, "page.stand-play");
  g_assert_false (vantage_standing_strip_get_playing (strip));
  us = vantage_standing_strip_get_us (strip);
  ui_settle ();
  g_assert_cmpint (vantage_standing_strip_get_us (strip), ==, us);
}

static void
test_when_they_could_first_have_known (Fixture *f, gconstpointer data)
{
  g_autofree char *later = find_event (f, "Consumer lag page, 64,900");
  VantageStandingStrip *strip;
  gint64 us;

  stand_at (f, "Theory: the restart of 22:00 came back");
  UI_WAIT (get_strip (f) != NULL && vantage_standing_strip_get_sights (get_strip (f)) != NULL);
  strip = get_strip (f);
  us = vantage_standing_strip_get_us (strip);
  vantage_review_context_go (f->context, "timeline", later);
  ui_settle ();
  activate (f, "page.first-known");
  g_assert_cmpint (vantage_standing_strip_get_us (strip), !=, us);
}

static void
test_a_person_is_chosen_from_the_list (Fixture *f, gconstpointer data)
{
  GPtrArray *people = vantage_review_context_get_people (f->context);
  const VantagePerson *person = people->pdata[0];
  GtkWidget *chooser;

  activate (f, "page.stand-choose");
  chooser = ui_find (f->page, VANTAGE_TYPE_PERSON_CHOOSER, NULL);
  g_assert_nonnull (chooser);
  ui_shot (GTK_WIDGET (f->window), "timeline-stand-choose");
  g_signal_emit_by_name (chooser, "chosen", person->id);
  UI_WAIT (get_strip (f) != NULL);
  g_assert_cmpstr (vantage_standing_strip_get_person (get_strip (f)), ==, person->id);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/ui/timeline-tools/a-picture-is-written", test_a_picture_is_written);
  ADD ("/ui/timeline-tools/standing-says-why", test_standing_says_why);
  ADD ("/ui/timeline-tools/time-plays-and-rests", test_time_plays_and_rests);
  ADD ("/ui/timeline-tools/when-they-could-first-have-known",
       test_when_they_could_first_have_known);
  ADD ("/ui/timeline-tools/a-person-is-chosen-from-the-list",
       test_a_person_is_chosen_from_the_list);
  return g_test_run ();
}
