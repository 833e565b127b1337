/* test-library.c: all reviews: the welcome, cards, search, what is late. */

#include "vantage-library-page.h"
#include "vantage-review-card.h"
#include "vantage-ui-support.h"

typedef struct
{
  VantageLibrary *library;
  VantageWindow *window;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_library_new ();
  f->window = NULL;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->library);
}

static void
set_field (Fixture *f, const char *review, const char *field, const char *text)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (f->library, review, "Change");

  vantage_edit_set_text (edit, "review", review, field, text);
  g_assert_true (vantage_edit_commit (edit, NULL));
}

static void
set_due (Fixture *f, const char *review, int days)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (f->library, review, "Change");

  vantage_edit_set_time (edit, "review", review, "due/interviews",
                         vantage_library_now_us (f->library) +
                             days * G_GINT64_CONSTANT (86400000000));
  g_assert_true (vantage_edit_commit (edit, NULL));
}

static void
add_events (Fixture *f, const char *review, guint n)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (f->library, review, "Add");

  for (guint i = 0; i < n; i++)
    vantage_edit_set_text (edit, "event", vantage_edit_create (edit, "event"), "title", "Event");
  g_assert_true (vantage_edit_commit (edit, NULL));
}

static guint
count_cards (GtkWidget *root)
{
  guint n = VANTAGE_IS_REVIEW_CARD (root) && gtk_widget_get_mapped (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_cards (child);
  return n;
}

static GtkWidget *
find_label (Fixture *f, const char *text)
{
  return ui_find (GTK_WIDGET (f->window), GTK_TYPE_LABEL, text);
}

static void
test_first_run_welcomes (Fixture *f, gconstpointer data)
{
  f->window = ui_window_new (f->library, 1024, 700);
  g_assert_nonnull (ui_find (GTK_WIDGET (f->window), GTK_TYPE_BUTTON, "New Review"));
  g_assert_cmpuint (count_cards (GTK_WIDGET (f->window)), ==, 0);
  ui_shot (GTK_WIDGET (f->window), "library-first-run");
}

static void
test_new_review_asks_only_for_the_title (Fixture *f, gconstpointer data)
{
  GListModel *windows;
  GtkWidget *dialog = NULL;
  GtkWidget *entry;

  f->window = ui_window_new (f->library, 1024, 700);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.new-review", NULL);
  ui_settle ();
  windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        dialog = window;
    }
  g_assert_nonnull (dialog);
  entry = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "make"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "  DNS drift ");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "make");
  gtk_window_destroy (GTK_WINDOW (dialog));
  UI_WAIT (vantage_window_get_context (f->window) != NULL);
  g_assert_cmpstr (vantage_review_context_get_title (vantage_window_get_context (f->window)), ==,
                   "DNS drift");
}

static void
test_cards_tell_what_is_late (Fixture *f, gconstpointer data)
{
  g_autofree char *checkout = ui_review_new (f->library, "Checkout held payments");
  g_autofree char *certificate = ui_review_new (f->library, "Certificate nobody owned");
  g_autofree char *drift = ui_review_new (f->library, "DNS drift");
  g_autofree char *longest = ui_review_new (
      f->library, "The night on which the switch-over of the database took three hours longer "
                  "than anybody had thought that it could");
  GtkWidget *late;

  set_field (f, certificate, "kind", "near-miss");
  set_field (f, certificate, "stage", "calibration");
  set_field (f, longest, "kind", "success");
  add_events (f, checkout, 38);
  set_due (f, drift, -2);
  set_due (f, certificate, 4);
  f->window = ui_window_new (f->library, 1024, 700);
  UI_WAIT (count_cards (GTK_WIDGET (f->window)) == 4);
  late = find_label (f, "2 days late");
  g_assert_nonnull (late);
  g_assert_true (gtk_widget_has_css_class (late, "late"));
  g_assert_nonnull (find_label (f, "38 events"));
  g_assert_nonnull (find_label (f, "Near miss · Calibration"));
  ui_shot (GTK_WIDGET (f->window), "library");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  ui_shot (GTK_WIDGET (f->window), "library-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_due_over_all_reviews (Fixture *f, gconstpointer data)
{
  g_autofree char *checkout = ui_review_new (f->library, "Checkout held payments");
  g_autofree char *drift = ui_review_new (f->library, "DNS drift");
  GtkWidget *stack;
  GtkWidget *row;

  set_due (f, checkout, 3);
  set_due (f, drift, -1);
  f->window = ui_window_new (f->library, 1024, 700);
  stack = ui_find (GTK_WIDGET (f->window), ADW_TYPE_VIEW_STACK, NULL);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "due");
  UI_WAIT (find_label (f, "1 day late") != NULL);
  ui_shot (GTK_WIDGET (f->window), "library-due");
  row = ui_find (stack, ADW_TYPE_ACTION_ROW, NULL);
  gtk_widget_activate (row);
  UI_WAIT (vantage_window_get_context (f->window) != NULL);
  g_assert_cmpstr (vantage_review_context_get_title (vantage_window_get_context (f->window)), ==,
                   "DNS drift");
}

static void
test_cards_count_again (Fixture *f, gconstpointer data)
{
  g_autofree char *checkout = ui_review_new (f->library, "Checkout held payments");

  f->window = ui_window_new (f->library, 1024, 700);
  UI_WAIT (find_label (f, "nothing imported yet") != NULL);
  add_events (f, checkout, 1);
  UI_WAIT (find_label (f, "1 event") != NULL);
  vantage_window_open_review (f->window, checkout);
  ui_settle ();
  add_events (f, checkout, 1);
  vantage_window_close_review (f->window);
  UI_WAIT (find_label (f, "2 events") != NULL);
}

static void
test_narrow (Fixture *f, gconstpointer data)
{
  g_autofree char *checkout = ui_review_new (f->library, "Checkout held payments");
  g_autofree char *drift = ui_review_new (f->library, "A name that is much longer than the window");

  set_due (f, drift, -2);
  f->window = ui_window_new (f->library, 360, 640);
  UI_WAIT (count_cards (GTK_WIDGET (f->window)) == 2);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f->window)), <=, 360 + 60);
  ui_shot (GTK_WIDGET (f->window), "library-360");
}

static void
test_search_narrows_the_list (Fixture *f, gconstpointer data)
{
  g_autofree char *checkout = ui_review_new (f->library, "Checkout held payments");
  g_autofree char *drift = ui_review_new (f->library, "DNS drift");
  GtkWidget *entry;

  f->window = ui_window_new (f->library, 1024, 700);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.find", NULL);
  ui_settle ();
  entry = ui_find (GTK_WIDGET (f->window), GTK_TYPE_SEARCH_ENTRY, NULL);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "DRIFT dns");
  UI_WAIT (count_cards (GTK_WIDGET (f->window)) == 1);
  gtk_editable_set_text (GTK_EDITABLE (entry), "no such thing");
  UI_WAIT (ui_find (GTK_WIDGET (f->window), ADW_TYPE_STATUS_PAGE, "No Review Has These Words") !=
           NULL);
}

static void
test_sample_starts_anew (Fixture *f, gconstpointer data)
{
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (VantageEntity) review = NULL;
  g_autofree char *title = NULL;
  gint64 items;

  g_assert_true (vantage_desk_open_sample (f->library, NULL));
  f->window = ui_window_new (f->library, 1024, 700);
  review = vantage_library_get (f->library, VANTAGE_SAMPLE_REVIEW, "review", VANTAGE_SAMPLE_REVIEW,
                                NULL);
  title = g_strdup (vantage_entity_get_title (review));
  items = vantage_library_count_items (f->library, VANTAGE_SAMPLE_REVIEW, &all, NULL, NULL);
  set_field (f, VANTAGE_SAMPLE_REVIEW, "title", "Scribbled over");
  UI_WAIT (find_label (f, "Scribbled over") != NULL);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.renew-sample", NULL));
  UI_WAIT (find_label (f, title) != NULL);
  g_assert_null (find_label (f, "Scribbled over"));
  g_assert_cmpint (
      vantage_library_count_items (f->library, VANTAGE_SAMPLE_REVIEW, &all, NULL, NULL), ==, items);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/library/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("first-run-welcomes", test_first_run_welcomes);
  ADD ("new-review-asks-only-for-the-title", test_new_review_asks_only_for_the_title);
  ADD ("cards-tell-what-is-late", test_cards_tell_what_is_late);
  ADD ("due-over-all-reviews", test_due_over_all_reviews);
  ADD ("cards-count-again", test_cards_count_again);
  ADD ("narrow", test_narrow);
  ADD ("search-narrows-the-list", test_search_narrows_the_list);
  ADD ("sample-starts-anew", test_sample_starts_anew);
  return g_test_run ();
}
