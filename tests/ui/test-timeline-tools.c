/* test-timeline-tools.c: what stands around the canvas: pictures, vantage points, filters, views.
 */

#include <string.h>

#include "vantage-canvas.h"
#include "vantage-file-chooser.h"
#include "vantage-filter-popover.h"
#include "vantage-person-chooser.h"
#include "vantage-remark-list.h"
#include "vantage-standing-list.h"
#include "vantage-standing-strip.h"
#include "vantage-timeline-page.h"
#include "vantage-timeline-outline.h"
#include "vantage-ui-support.h"
#include "vantage-views-popover.h"

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

/* ---- filter and views ---- */

static guint
count_shown (Fixture *f)
{
  GtkSelectionModel *model;

  g_assert_true (gtk_widget_activate_action (f->page, "page.view", "s", "outline"));
  ui_settle ();
  model = vantage_timeline_outline_get_model (
      VANTAGE_TIMELINE_OUTLINE (ui_find (f->page, VANTAGE_TYPE_TIMELINE_OUTLINE, NULL)));
  g_assert_true (gtk_widget_activate_action (f->page, "page.view", "s", "canvas"));
  ui_settle ();
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

static void
set_filter (Fixture *f, const char *text)
{
  g_auto (VantageEventFilter) filter = { 0 };
  GtkWidget *popover;

  activate (f, "page.filter");
  popover = ui_find (f->page, VANTAGE_TYPE_FILTER_POPOVER, NULL);
  g_assert_nonnull (popover);
  vantage_event_filter_parse (text, &filter);
  vantage_filter_popover_set (VANTAGE_FILTER_POPOVER (popover), &filter);
  ui_settle ();
  gtk_popover_popdown (GTK_POPOVER (popover));
  ui_settle ();
}

static char *
save_view (Fixture *f, const char *title, int step)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (f->context, "Save View");
  char *id = g_strdup (vantage_edit_create (edit, "view"));

  vantage_edit_set_text (edit, "view", id, "title", title);
  vantage_edit_set_text (edit, "view", id, "filter", step == 1 ? "kind:theory" : "kind:asked");
  vantage_edit_set_int (edit, "view", id, "step", step);
  g_assert_true (vantage_review_context_commit (f->context, edit));
  return id;
}

static void
test_a_filter_leaves_out (Fixture *f, gconstpointer data)
{
  guint all = count_shown (f), some;

  set_filter (f, "kind:theory");
  some = count_shown (f);
  g_assert_cmpuint (some, >, 0);
  g_assert_cmpuint (some, <, all);
  ui_shot (GTK_WIDGET (f->window), "timeline-filter");
  set_filter (f, "no title has these words");
  g_assert_cmpuint (count_shown (f), ==, 0);
  activate (f, "page.clear-filter");
  g_assert_cmpuint (count_shown (f), ==, all);
}

static void
test_a_view_comes_back (Fixture *f, gconstpointer data)
{
  g_autofree char *view = save_view (f, "Theories", 1);
  guint all = count_shown (f);
  GtkWidget *popover;

  activate (f, "page.views");
  popover = ui_find (f->page, VANTAGE_TYPE_VIEWS_POPOVER, NULL);
  g_assert_nonnull (popover);
  g_signal_emit_by_name (popover, "chosen", view);
  ui_settle ();
  g_assert_cmpuint (count_shown (f), <, all);
  vantage_review_context_undo (f->context);
  ui_settle ();
}

static void
drop_views (Fixture *f)
{
  g_autoptr (GPtrArray) views = vantage_views_list (f->context);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (f->context, "Delete Views");

  for (guint i = 0; i < views->len; i++)
    vantage_edit_delete (edit, "view", vantage_entity_get_id (views->pdata[i]));
  g_assert_true (vantage_review_context_commit (f->context, edit));
}

static void
test_steps_are_presented (Fixture *f, gconstpointer data)
{
  g_autofree char *second = NULL;
  g_autofree char *first = NULL;
  GtkWidget *label;

  drop_views (f);
  second = save_view (f, "What was asked", 2);
  first = save_view (f, "What was thought", 1);
  activate (f, "page.present");
  label = ui_find (f->page, GTK_TYPE_LABEL, "1 of 2 · What was thought");
  g_assert_nonnull (label);
  for (int i = 0; i < 3; i++)
    ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "timeline-present");
  activate (f, "page.present-next");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "2 of 2 · What was asked");
  activate (f, "page.present-back");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "1 of 2 · What was thought");
  activate (f, "page.present-leave");
  g_assert_null (ui_find (f->page, GTK_TYPE_LABEL, "1 of 2 · What was thought"));
}

/* ---- clipboard and remarks ---- */

static guint
count_kind (Fixture *f, const char *kind)
{
  g_autoptr (GPtrArray) list = vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, kind, NULL);

  return list->len;
}

static void
test_events_are_copied_and_pasted (Fixture *f, gconstpointer data)
{
  g_autofree char *id = find_event (f, "Consumer lag page, 64,900");
  guint n = count_kind (f, "event");

  vantage_review_context_go (f->context, "timeline", id);
  ui_settle ();
  activate (f, "page.copy");
  activate (f, "page.paste");
  UI_WAIT (count_kind (f, "event") == n + 1);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (f->page), "One line\n\nAnother line\n");
  activate (f, "page.paste");
  UI_WAIT (count_kind (f, "event") == n + 3);
  vantage_review_context_undo (f->context);
  UI_WAIT (count_kind (f, "event") == n + 1);
}

static void
test_tags_notes_and_wonders (Fixture *f, gconstpointer data)
{
  g_autofree char *id = find_event (f, "Consumer lag page, 64,900");
  const char *const ids[] = { id, NULL };
  guint n_tags, n_wonders = count_kind (f, "wonder"), n_notes = count_kind (f, "remark");
  g_autoptr (VantageEntity) event = NULL;

  vantage_review_context_go (f->context, "timeline", id);
  activate (f, "page.details");
  g_assert_true (vantage_remark_add_tag (f->context, "event", ids, "Pager"));
  n_tags = count_kind (f, "tag");
  g_assert_true (vantage_remark_add_tag (f->context, "event", ids, "pager"));
  g_assert_cmpuint (count_kind (f, "tag"), ==, n_tags);
  g_assert_true (vantage_remark_add_note (f->context, id, "As loud as a drill"));
  g_assert_true (vantage_remark_add_wonder (f->context, ids, "Who chose this threshold?"));
  ui_settle ();
  g_assert_cmpuint (count_kind (f, "wonder"), ==, n_wonders + 1);
  g_assert_cmpuint (count_kind (f, "remark"), ==, n_notes + 1);
  g_assert_nonnull (ui_find (f->page, ADW_TYPE_ACTION_ROW, "As loud as a drill"));
  g_assert_nonnull (ui_find (f->page, ADW_TYPE_ACTION_ROW, "Who chose this threshold?"));
  ui_shot (GTK_WIDGET (f->window), "timeline-remarks");
}

static void
test_the_outline_goes_by_lane (Fixture *f, gconstpointer data)
{
  VantageTimelineOutline *outline;
  GListModel *model;
  guint32 lane = 0;

  g_assert_true (gtk_widget_activate_action (f->page, "page.view", "s", "outline"));
  ui_settle ();
  outline = VANTAGE_TIMELINE_OUTLINE (ui_find (f->page, VANTAGE_TYPE_TIMELINE_OUTLINE, NULL));
  model = G_LIST_MODEL (vantage_timeline_outline_get_model (outline));
  activate (f, "page.outline-by-lane");
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (VantageTimelineEvent) event = g_list_model_get_item (model, i);

      g_assert_cmpuint (event->shape.lane, >=, lane);
      lane = event->shape.lane;
    }
  ui_shot (GTK_WIDGET (f->window), "timeline-by-lane");
}

static void
add_told (Fixture *f, const char *title, const char *account)
{
  const VantageWhen when = { .sort = VANTAGE_WHEN_AT,
                             .at_us = G_GINT64_CONSTANT (1741914900000000) };
  const VantagePerson *person = vantage_review_context_get_people (f->context)->pdata[0];
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (f->context, "Add Event");
  const char *id = vantage_edit_create (edit, "event");

  vantage_edit_set_text (edit, "event", id, "title", title);
  vantage_edit_set_when (edit, "event", id, "start", &when);
  vantage_edit_set_member (edit, "event", id, "actors", person->id, TRUE);
  if (account != NULL)
    vantage_edit_set_ref (edit, "event", id, "account", account);
  g_assert_true (vantage_review_context_commit (f->context, edit));
}

static void
test_accounts_are_tied (Fixture *f, gconstpointer data)
{
  const VantagePerson *other = vantage_review_context_get_people (f->context)->pdata[1];
  guint n_links = count_kind (f, "link"), n_dismissals = count_kind (f, "dismissal");
  GtkWidget *window, *button;

  add_told (f, "Opens the window of the kitchen", NULL);
  add_told (f, "The kitchen window is opened", other->id);
  add_told (f, "Goes to the kitchen window", other->id);
  ui_settle ();
  activate (f, "page.accounts");
  window = GTK_WIDGET (find_window ("Same Moment?"));
  g_assert_nonnull (window);
  for (int i = 0; i < 3; i++)
    ui_settle ();
  ui_shot (window, "timeline-accounts");
  button = ui_find (window, GTK_TYPE_BUTTON, "Tie Together");
  g_assert_nonnull (button);
  gtk_widget_activate (button);
  UI_WAIT (count_kind (f, "link") == n_links + 1);
  button = ui_find (window, GTK_TYPE_BUTTON, "Leave Apart");
  g_assert_nonnull (button);
  gtk_widget_activate (button);
  UI_WAIT (count_kind (f, "dismissal") == n_dismissals + 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- every window ---- */

static void
look (int width, int height, gboolean dark, const char *name)
{
  Fixture f = { 0 };
  int least;

  f.library = ui_sample_library_new ();
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  f.window = ui_window_new (f.library, width, height);
  vantage_window_open_review (f.window, VANTAGE_SAMPLE_REVIEW);
  f.context = vantage_window_get_context (f.window);
  vantage_review_context_go (f.context, "timeline", NULL);
  for (int i = 0; i < 6; i++)
    ui_settle ();
  f.page = ui_find (GTK_WIDGET (f.window), VANTAGE_TYPE_TIMELINE_PAGE, NULL);
  set_filter (&f, "claim:record");
  stand_at (&f, "Theory: the restart of 22:00 came back");
  UI_WAIT (get_strip (&f) != NULL && vantage_standing_strip_get_sights (get_strip (&f)) != NULL);
  for (int i = 0; i < 4; i++)
    ui_settle ();
  gtk_widget_measure (f.page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 340);
  ui_shot (GTK_WIDGET (f.window), name);
  ui_window_close (f.window);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  g_assert_finalize_object (f.library);
}

static void
test_it_fits_every_window (void)
{
  look (1440, 900, TRUE, "timeline-tools-dark");
  look (1024, 700, FALSE, "timeline-tools-1024");
  look (360, 640, FALSE, "timeline-tools-360");
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
  ADD ("/ui/timeline-tools/a-filter-leaves-out", test_a_filter_leaves_out);
  ADD ("/ui/timeline-tools/a-view-comes-back", test_a_view_comes_back);
  ADD ("/ui/timeline-tools/steps-are-presented", test_steps_are_presented);
  ADD ("/ui/timeline-tools/events-are-copied-and-pasted", test_events_are_copied_and_pasted);
  ADD ("/ui/timeline-tools/tags-notes-and-wonders", test_tags_notes_and_wonders);
  ADD ("/ui/timeline-tools/the-outline-goes-by-lane", test_the_outline_goes_by_lane);
  ADD ("/ui/timeline-tools/accounts-are-tied", test_accounts_are_tied);
  g_test_add_func ("/ui/timeline-tools/it-fits-every-window", test_it_fits_every_window);
  return g_test_run ();
}
