/* test-overview.c: the first section of a review. */

#include "vantage-intake-rows.h"
#include "vantage-next-steps.h"
#include "vantage-prose-editor.h"
#include "vantage-stage-dots.h"
#include "vantage-ui-support.h"
#include "vantage-wonder-list.h"

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
  f->window = ui_window_new (f->library, 1024, 1000);
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

static VantageEntity *
get_review (Fixture *f)
{
  return vantage_review_context_get_review (vantage_window_get_context (f->window));
}

static void
test_a_dot_chooses_the_stage (Fixture *f, gconstpointer data)
{
  GtkWidget *dots = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_STAGE_DOTS, NULL);
  GtkWidget *box = gtk_widget_get_last_child (gtk_widget_get_first_child (dots));
  GtkWidget *fifth = gtk_widget_get_first_child (box);

  for (int i = 0; i < 4; i++)
    fifth = gtk_widget_get_next_sibling (fifth);
  gtk_widget_activate (fifth);
  UI_WAIT (g_strcmp0 (vantage_entity_get_text (get_review (f), "stage"), "interviews") == 0);
  g_assert_nonnull (ui_find (dots, GTK_TYPE_LABEL, "Interviews"));
}

static void
test_wonders_are_added_and_answered (Fixture *f, gconstpointer data)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_WONDER_LIST, NULL);
  GtkWidget *entry = ui_find (list, ADW_TYPE_ENTRY_ROW, NULL);
  g_autoptr (GListModel) wonders = vantage_library_get_model (f->library, f->review, "wonder");
  g_autoptr (VantageEntity) wonder = NULL;
  GtkWidget *check;

  gtk_editable_set_text (GTK_EDITABLE (entry), "Who knew about the restart & why?");
  g_signal_emit_by_name (entry, "apply");
  UI_WAIT (g_list_model_get_n_items (wonders) == 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  check = ui_find (list, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  ui_settle ();
  wonder = g_list_model_get_item (wonders, 0);
  g_assert_cmpstr (vantage_entity_get_text (wonder, "status"), ==, "answered");
}

static void
answer (Fixture *f, const char *key, gboolean yes)
{
  VantageReviewContext *context = vantage_window_get_context (f->window);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, "Answer");
  g_autofree char *field = g_strdup_printf ("intake/%s", key);

  vantage_edit_set_text (edit, "review", f->review, field, yes ? "yes" : "no");
  g_assert_true (vantage_review_context_commit (context, edit));
}

static void
test_advice_follows_the_answers (Fixture *f, gconstpointer data)
{
  g_assert_null (vantage_intake_advise (get_review (f)));
  answer (f, "teams", FALSE);
  answer (f, "crowd", FALSE);
  answer (f, "trivial", FALSE);
  g_assert_cmpstr (vantage_intake_advise (get_review (f)), ==, "note");
  answer (f, "trivial", TRUE);
  g_assert_cmpstr (vantage_intake_advise (get_review (f)), ==, "short");
  answer (f, "surprise", TRUE);
  answer (f, "new-teams", TRUE);
  g_assert_cmpstr (vantage_intake_advise (get_review (f)), ==, "full");
  ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "overview-tall");
}

static void
test_steps_lead_on (Fixture *f, gconstpointer data)
{
  VantageReviewCounts counts = { 0 };
  VantageNextStep steps[3];

  for (guint held = 0; held < 2; held++)
    for (guint events = 0; events < 2; events++)
      for (guint findings = 0; findings < 2; findings++)
        {
          guint n;

          counts.n_sources = 1;
          counts.n_items = 20;
          counts.n_events = events;
          counts.n_held = counts.n_interviews = held;
          counts.n_findings = findings;
          n = vantage_next_steps_find (&counts, steps, G_N_ELEMENTS (steps));
          g_assert_cmpuint (n, <=, G_N_ELEMENTS (steps));
          for (guint i = 0; i < n; i++)
            g_assert_true ((steps[i].section == NULL) != (steps[i].action == NULL));
        }
}

static GtkWidget *
find_row (Fixture *f, const char *title)
{
  GtkWidget *row = ui_find (GTK_WIDGET (f->window), ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  return row;
}

static void
test_times_are_read_in_the_zone_of_the_review (Fixture *f, gconstpointer data)
{
  GtkWidget *from = find_row (f, "From");
  GtkWidget *due = find_row (f, "Look Again On");
  gint64 expected;

  g_assert_true (vantage_time_parse ("2025-03-14T01:10:00Z", -1, &expected, NULL, NULL));
  gtk_editable_set_text (GTK_EDITABLE (from), "2025-03-14 02:10");
  g_signal_emit_by_name (from, "apply");
  g_assert_cmpint (vantage_entity_get_time (get_review (f), "from"), ==, expected);

  gtk_editable_set_text (GTK_EDITABLE (from), "3:10");
  g_signal_emit_by_name (from, "apply");
  expected += G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_assert_cmpint (vantage_entity_get_time (get_review (f), "from"), ==, expected);

  gtk_editable_set_text (GTK_EDITABLE (from), "some time in March");
  g_signal_emit_by_name (from, "apply");
  g_assert_true (gtk_widget_has_css_class (from, "error"));
  g_assert_cmpint (vantage_entity_get_time (get_review (f), "from"), ==, expected);

  gtk_editable_set_text (GTK_EDITABLE (due), "2025-12-01");
  g_signal_emit_by_name (due, "apply");
  g_assert_nonnull (vantage_entity_get_key (get_review (f), "due", "checkpoint"));
}

static void
test_services_are_a_set (Fixture *f, gconstpointer data)
{
  GtkWidget *row = find_row (f, "Services, Parted by Commas");

  gtk_editable_set_text (GTK_EDITABLE (row), "checkout, broker ,, mail");
  g_signal_emit_by_name (row, "apply");
  g_assert_true (vantage_entity_has_member (get_review (f), "services", "broker"));
  gtk_editable_set_text (GTK_EDITABLE (row), "checkout, mail");
  g_signal_emit_by_name (row, "apply");
  g_assert_false (vantage_entity_has_member (get_review (f), "services", "broker"));
  g_assert_true (vantage_entity_has_member (get_review (f), "services", "mail"));
}

static void
test_pictures (Fixture *f, gconstpointer data)
{
  VantageProseEditor *summary =
      VANTAGE_PROSE_EDITOR (ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_PROSE_EDITOR, NULL));

  gtk_text_buffer_insert_at_cursor (
      gtk_text_view_get_buffer (vantage_prose_editor_get_view (summary)),
      "Payments waited for an hour after a broker was restarted. Three people looked at three "
      "different screens, and each of them saw something that made sense.",
      -1);
  vantage_review_context_flush (vantage_window_get_context (f->window));
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  ui_shot (GTK_WIDGET (f->window), "overview-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  ui_window_close (f->window);

  f->window = ui_window_new (f->library, 360, 640);
  vantage_window_open_review (f->window, f->review);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 360, 640);
  ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "overview-360");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/overview/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("a-dot-chooses-the-stage", test_a_dot_chooses_the_stage);
  ADD ("wonders-are-added-and-answered", test_wonders_are_added_and_answered);
  ADD ("advice-follows-the-answers", test_advice_follows_the_answers);
  ADD ("steps-lead-on", test_steps_lead_on);
  ADD ("times-are-read-in-the-zone-of-the-review", test_times_are_read_in_the_zone_of_the_review);
  ADD ("services-are-a-set", test_services_are_a_set);
  ADD ("pictures", test_pictures);
  return g_test_run ();
}
