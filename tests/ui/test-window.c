/* test-window.c: windows, opening and leaving reviews, undo, what comes back on reopening. */

#include "vantage-sections.h"
#include "vantage-shortcuts.h"
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
  f->window = ui_window_new (f->library, 1024, 700);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->window != NULL)
    ui_window_close (f->window);
  g_free (f->review);
  g_assert_finalize_object (f->library);
}

static void
activate (Fixture *f, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL));
  ui_settle ();
}

static char *
dup_title (Fixture *f)
{
  g_autoptr (VantageEntity) review =
      vantage_library_get (f->library, f->review, "review", f->review, NULL);

  return g_strdup (vantage_entity_get_title (review));
}

static void
rename_review (Fixture *f, const char *title)
{
  VantageReviewContext *context = vantage_window_get_context (f->window);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, "Rename Review");

  vantage_edit_set_text (edit, "review", f->review, "title", title);
  g_assert_true (vantage_review_context_commit (context, edit));
}

static void
test_opens_and_goes_back (Fixture *f, gconstpointer data)
{
  VantageReviewView *view;

  g_assert_null (vantage_window_get_context (f->window));
  vantage_window_open_review (f->window, f->review);
  ui_settle ();
  view = vantage_window_get_review_view (f->window);
  g_assert_cmpstr (vantage_review_view_get_section (view), ==, "overview");
  g_assert_nonnull (
      ui_find (GTK_WIDGET (f->window), ADW_TYPE_WINDOW_TITLE, "Checkout held payments"));

  activate (f, "win.back");
  g_assert_null (vantage_window_get_context (f->window));
}

static void
test_undo_is_named_and_works (Fixture *f, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  vantage_window_open_review (f->window, f->review);
  rename_review (f, "Payments held");
  g_object_get (vantage_window_get_context (f->window), "undo-name", &name, NULL);
  g_assert_cmpstr (name, ==, "Rename Review");
  gtk_window_set_focus (GTK_WINDOW (f->window), NULL);

  activate (f, "win.undo");
  before = dup_title (f);
  g_assert_cmpstr (before, ==, "Checkout held payments");
  activate (f, "win.redo");
  after = dup_title (f);
  g_assert_cmpstr (after, ==, "Payments held");
}

static void
test_deleting_offers_undo (Fixture *f, gconstpointer data)
{
  g_autoptr (GListModel) reviews = vantage_library_get_reviews (f->library);
  GtkWidget *undo;

  vantage_window_open_review (f->window, f->review);
  activate (f, "win.delete-review");
  UI_WAIT (g_list_model_get_n_items (reviews) == 0);
  g_assert_null (vantage_window_get_context (f->window));

  undo = ui_find (GTK_WIDGET (f->window), GTK_TYPE_BUTTON, "_Undo");
  g_assert_nonnull (undo);
  ui_shot (GTK_WIDGET (f->window), "toast");
  gtk_widget_activate (undo);
  UI_WAIT (g_list_model_get_n_items (reviews) == 1);
}

static void
test_panes_come_back (Fixture *f, gconstpointer data)
{
  GtkWidget *flap;

  vantage_window_open_review (f->window, f->review);
  ui_settle ();
  activate (f, "win.evidence");
  activate (f, "win.back");
  vantage_window_open_review (f->window, f->review);
  ui_settle ();
  flap = ui_find (GTK_WIDGET (f->window), ADW_TYPE_FLAP, NULL);
  flap = GTK_WIDGET (adw_flap_get_content (ADW_FLAP (flap)));
  g_assert_true (adw_flap_get_reveal_flap (ADW_FLAP (flap)));
}

static void
test_second_window_shows_the_same (Fixture *f, gconstpointer data)
{
  GList *windows;
  VantageWindow *other = NULL;

  vantage_window_open_review (f->window, f->review);
  activate (f, "win.new-window");
  windows = gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (f->window)));
  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != f->window)
      other = l->data;
  g_assert_nonnull (other);
  rename_review (f, "Seen in both");
  UI_WAIT (g_strcmp0 (vantage_review_context_get_title (vantage_window_get_context (other)),
                      "Seen in both") == 0);
  ui_window_close (other);
}

static void
test_every_command_is_an_action (Fixture *f, gconstpointer data)
{
  for (const VantageShortcut *s = vantage_shortcuts; s->action != NULL; s++)
    if (g_str_has_prefix (s->action, "win."))
      {
        g_autofree char *name = NULL;
        g_autoptr (GVariant) target = NULL;

        g_assert_true (g_action_parse_detailed_name (s->action, &name, &target, NULL));
        if (g_action_map_lookup_action (G_ACTION_MAP (f->window), name + strlen ("win.")) == NULL)
          g_error ("%s is no action of the window", s->action);
      }
}

static void
test_every_section_fits_360_px (Fixture *f, gconstpointer data)
{
  vantage_window_open_review (f->window, f->review);
  for (const VantageSection *s = vantage_sections; s->id != NULL; s++)
    {
      VantageReviewView *view = vantage_window_get_review_view (f->window);
      g_autofree char *shot = g_strdup_printf ("section-%s-empty", s->id);
      int minimum;

      g_assert_true (vantage_review_view_go (view, s->id, NULL));
      ui_settle ();
      gtk_widget_measure (GTK_WIDGET (vantage_review_view_get_page (view)),
                          GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum > 340)
        g_error ("section %s asks for %d px", s->id, minimum);
      ui_shot (GTK_WIDGET (f->window), shot);
    }
  gtk_widget_measure (GTK_WIDGET (f->window), GTK_ORIENTATION_HORIZONTAL, -1, &(int){ 0 }, NULL,
                      NULL, NULL);
}

static void
test_toasts_and_errors_are_shown (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error =
      g_error_new_literal (VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NO_SPACE, "disk full");

  vantage_window_open_review (f->window, f->review);
  vantage_review_context_tell_error (vantage_window_get_context (f->window),
                                     "This Could Not Be Saved", error);
  UI_WAIT (ui_find (GTK_WIDGET (f->window), g_type_from_name ("AdwToastWidget"), NULL) != NULL);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/window/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("opens-and-goes-back", test_opens_and_goes_back);
  ADD ("undo-is-named-and-works", test_undo_is_named_and_works);
  ADD ("deleting-offers-undo", test_deleting_offers_undo);
  ADD ("panes-come-back", test_panes_come_back);
  ADD ("second-window-shows-the-same", test_second_window_shows_the_same);
  ADD ("every-command-is-an-action", test_every_command_is_an_action);
  ADD ("every-section-fits-360-px", test_every_section_fits_360_px);
  ADD ("toasts-and-errors-are-shown", test_toasts_and_errors_are_shown);
  return g_test_run ();
}
