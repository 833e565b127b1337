/* test-people.c: who was there, and whom to talk to. */

#include "vantage-attendee-row.h"
#include "vantage-candidate-card.h"
#include "vantage-condition-list.h"
#include "vantage-id.h"
#include "vantage-load-list.h"
#include "vantage-people-list.h"
#include "vantage-people-page.h"
#include "vantage-person-form.h"
#include "vantage-person-view.h"
#include "vantage-rhythm-view.h"
#include "vantage-roster-dialog.h"
#include "vantage-ui-support.h"
#include "vantage-volume-chart.h"

typedef struct
{
  VantageLibrary *library;
  VantageWindow *window;
} Fixture;

static GtkWidget *
get_root (Fixture *f)
{
  return GTK_WIDGET (f->window);
}

static VantageReviewContext *
get_context (Fixture *f)
{
  return vantage_window_get_context (f->window);
}

static VantagePeopleList *
get_list (Fixture *f)
{
  GtkWidget *list = ui_find (get_root (f), VANTAGE_TYPE_PEOPLE_LIST, NULL);

  g_assert_nonnull (list);
  return VANTAGE_PEOPLE_LIST (list);
}

static gboolean
has_people (Fixture *f)
{
  GtkWidget *list = ui_find (get_root (f), VANTAGE_TYPE_PEOPLE_LIST, NULL);

  return list != NULL && vantage_people_list_count (VANTAGE_PEOPLE_LIST (list)) > 0;
}

static void
open_people (Fixture *f, const char *review, int width, int height)
{
  f->window = ui_window_new (f->library, width, height);
  vantage_window_open_review (f->window, review);
  gtk_window_set_default_size (GTK_WINDOW (f->window), width, height);
  vantage_review_context_go (get_context (f), "people", NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_sample_library_new ();
  open_people (f, VANTAGE_SAMPLE_REVIEW, 1200, 900);
  UI_WAIT (has_people (f));
}

static void
set_up_empty (Fixture *f, gconstpointer data)
{
  g_autofree char *review = NULL;

  f->library = ui_library_new ();
  review = ui_review_new (f->library, "Nothing yet");
  open_people (f, review, 1024, 700);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  /* An answer that was on its way when the window closed still holds the library. */
  UI_WAIT (G_OBJECT (f->library)->ref_count == 1);
  g_assert_finalize_object (f->library);
}

static const VantagePerson *
find_person (Fixture *f, const char *name)
{
  GPtrArray *people = vantage_review_context_get_people (get_context (f));

  for (guint i = 0; i < people->len; i++)
    if (strcmp (((VantagePerson *) people->pdata[i])->name, name) == 0)
      return people->pdata[i];
  g_assert_not_reached ();
}

static void
run (Fixture *f, const char *action)
{
  GtkWidget *list = GTK_WIDGET (get_list (f));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (list, name, target));
  ui_settle ();
}

/* ---- tests ---- */

static void
test_everybody_has_a_row (Fixture *f, gconstpointer data)
{
  GtkWidget *list = GTK_WIDGET (get_list (f));

  g_assert_cmpuint (vantage_people_list_count (get_list (f)), ==, 10);
  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "Ravi Menon"));
  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "joined 02:45, wrote nothing"));
  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "named 3 times, never there"));
  g_assert_nonnull (
      ui_find (get_root (f), GTK_TYPE_LABEL, "4 acted · 2 watched · 1 named but absent · 3 teams"));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (gtk_widget_get_template_child (
                                       ui_find (get_root (f), VANTAGE_TYPE_PEOPLE_PAGE, NULL),
                                       VANTAGE_TYPE_PEOPLE_PAGE, "quiet"))),
                                   "Longest quiet: "));
  ui_shot (get_root (f), "people");
}

static void
test_a_list_of_people_is_looked_at_then_taken_in (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("vantage-roster-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "people.csv", NULL);
  GtkWidget *dialog = NULL;
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
  guint before = vantage_review_context_get_people (get_context (f))->len;

  g_assert_true (g_file_set_contents (
      path, "Name,Team,Role\nRavi Menon,Front desk,Lead\nUma Newcomer,Networks,Engineer\n", -1,
      NULL));
  vantage_roster_look (GTK_WINDOW (f->window), get_context (f), path);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) each = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (each))
        dialog = each;
    }
  g_assert_nonnull (dialog);
  g_assert_true (g_str_has_prefix (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)),
                                   "1 person is new · 1 becomes better known"));
  ui_settle ();
  ui_shot (dialog, "people-roster");
  g_assert_cmpuint (vantage_review_context_get_people (get_context (f))->len, ==, before);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "take");
  ui_settle ();
  g_assert_cmpuint (vantage_review_context_get_people (get_context (f))->len, ==, before + 1);
  vantage_review_context_undo (get_context (f));
  ui_settle ();
  g_assert_cmpuint (vantage_review_context_get_people (get_context (f))->len, ==, before);
}

static void
test_modes_choose_whom_to_show (Fixture *f, gconstpointer data)
{
  run (f, "page.who::took-part");
  g_assert_cmpuint (vantage_people_list_count (get_list (f)), ==, 6);
  g_assert_null (ui_find (get_root (f), GTK_TYPE_LABEL, "named 3 times, never there"));
  run (f, "page.who::to-talk-to");
  g_assert_cmpuint (vantage_people_list_count (get_list (f)), <=, 7);
  ui_shot (get_root (f), "people-to-talk-to");
  UI_WAIT (ui_find (get_root (f), VANTAGE_TYPE_CANDIDATE_CARD, NULL) != NULL);
  run (f, "page.who::everyone");
  g_assert_cmpuint (vantage_people_list_count (get_list (f)), ==, 10);
}

static void
keep_item (VantageVolumeChart *chart, const char *item, char **kept)
{
  g_free (*kept);
  *kept = g_strdup (item);
}

static void
press (GtkWidget *widget, guint key)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (ui_controller (widget, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed", key,
                         0, 0, &handled);
  g_assert_true (handled);
}

static void
test_loud_and_quiet_lead_to_what_was_said (Fixture *f, gconstpointer data)
{
  g_autofree char *item = NULL;
  GtkWidget *view, *chart;

  run (f, "page.who::rhythm");
  view = ui_find (get_root (f), VANTAGE_TYPE_RHYTHM_VIEW, NULL);
  g_assert_nonnull (view);
  chart = ui_find (view, VANTAGE_TYPE_VOLUME_CHART, NULL);
  g_assert_nonnull (chart);
  UI_WAIT (gtk_widget_get_width (chart) > 100);
  g_assert_nonnull (ui_find (view, GTK_TYPE_LABEL, "payments-ops"));
  g_assert_nonnull (ui_find (view, GTK_TYPE_LABEL, "Whom others turned to"));
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (ui_find (view, GTK_TYPE_TOGGLE_BUTTON, "By Team")), TRUE);
  ui_settle ();
  g_assert_nonnull (ui_find (view, GTK_TYPE_LABEL, "Storage"));
  ui_shot (get_root (f), "people-rhythm");

  g_signal_connect (chart, "chosen", G_CALLBACK (keep_item), &item);
  press (chart, GDK_KEY_End);
  press (chart, GDK_KEY_Left);
  press (chart, GDK_KEY_Return);
  g_assert_nonnull (item);
  UI_WAIT (ui_find (get_root (f), VANTAGE_TYPE_RHYTHM_VIEW, NULL) == NULL);
}

static void
test_people_are_found_by_words (Fixture *f, gconstpointer data)
{
  GtkWidget *entry;

  gtk_widget_activate_action (get_root (f), "win.find", NULL);
  ui_settle ();
  entry = ui_find (get_root (f), GTK_TYPE_SEARCH_ENTRY, NULL);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "storage aagaard");
  UI_WAIT (vantage_people_list_count (get_list (f)) == 1);
  gtk_editable_set_text (GTK_EDITABLE (entry), "nobody of this name");
  UI_WAIT (ui_find (get_root (f), GTK_TYPE_LABEL, "Nobody Found") != NULL);
  gtk_widget_activate_action (get_root (f), "win.escape", NULL);
  UI_WAIT (has_people (f) && vantage_people_list_count (get_list (f)) == 10);
}

static VantageEntity *
find_interview (Fixture *f, const char *person)
{
  g_autoptr (GPtrArray) interviews =
      vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, "interview", NULL);

  for (guint i = 0; i < interviews->len; i++)
    if (g_strcmp0 (vantage_entity_get_ref (interviews->pdata[i], "person"), person) == 0)
      return g_object_ref (interviews->pdata[i]);
  return NULL;
}

static void
test_an_interview_is_planned_with_its_reasons (Fixture *f, gconstpointer data)
{
  const VantagePerson *person = find_person (f, "Søren Aagaard");
  g_autoptr (VantageEntity) interview = NULL;
  g_autofree char *id = g_strdup (person->id);

  g_assert_null (find_interview (f, id));
  g_assert_true (vantage_people_list_select (get_list (f), id));
  run (f, "page.plan-interview");
  interview = find_interview (f, id);
  g_assert_nonnull (interview);
  g_assert_cmpstr (vantage_entity_get_text (interview, "state"), ==, "proposed");
  g_assert_true (vantage_entity_has_member (interview, "reasons", "only-watched"));
  vantage_review_context_undo (get_context (f));
  g_assert_null (find_interview (f, id));
}

static GtkWidget *
open_person (Fixture *f, const char *name)
{
  GtkWidget *view;

  g_assert_true (vantage_people_list_select (get_list (f), find_person (f, name)->id));
  run (f, "page.details");
  view = ui_find (get_root (f), VANTAGE_TYPE_PERSON_VIEW, NULL);
  g_assert_nonnull (view);
  return view;
}

static void
test_details_are_read_and_corrected (Fixture *f, gconstpointer data)
{
  GtkWidget *view = open_person (f, "Dana Okafor");
  GtkWidget *form = ui_find (view, VANTAGE_TYPE_PERSON_FORM, NULL);
  GtkWidget *team = ui_find (form, ADW_TYPE_ENTRY_ROW, "Team");

  g_assert_nonnull (ui_find (view, GTK_TYPE_LABEL, "Engineer on call · Payments"));
  ui_shot (get_root (f), "person");
  gtk_editable_set_text (GTK_EDITABLE (team), "Payments and Billing");
  vantage_review_context_flush (get_context (f));
  UI_WAIT (ui_find (GTK_WIDGET (get_list (f)), GTK_TYPE_LABEL,
                    "Engineer on call · Payments and Billing") != NULL);
  g_assert_cmpstr (find_person (f, "Dana Okafor")->team, ==, "Payments and Billing");
  gtk_widget_activate_action (get_root (f), "win.escape", NULL);
  UI_WAIT (ui_find (get_root (f), VANTAGE_TYPE_PERSON_VIEW, NULL) == NULL);
}

static guint
count_hidden_conditions (Fixture *f)
{
  g_autoptr (GPtrArray) conditions =
      vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, "condition", NULL);
  guint n = 0;

  for (guint i = 0; i < conditions->len; i++)
    n += g_strcmp0 (vantage_entity_get_text (conditions->pdata[i], "state"), "hidden") == 0;
  return n;
}

static void
test_conditions_say_whose_word_they_are (Fixture *f, gconstpointer data)
{
  GtkWidget *view = open_person (f, "Dana Okafor");
  GtkWidget *list = ui_find (view, VANTAGE_TYPE_CONDITION_LIST, NULL);
  GtkWidget *row = ui_find (list, ADW_TYPE_ACTION_ROW, "Here for: 5 months here");
  guint n_hidden = count_hidden_conditions (f);

  g_assert_nonnull (row);
  g_assert_nonnull (ui_find (row, GTK_TYPE_LABEL, "from the record"));
  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "told by them"));
  gtk_widget_activate (ui_find (row, GTK_TYPE_BUTTON, NULL));
  UI_WAIT (count_hidden_conditions (f) == n_hidden + 1);
  UI_WAIT (ui_find (list, GTK_TYPE_LABEL, "hidden") != NULL);
}

static GtkWidget *
find_window (const char *title)
{
  g_autoptr (GListModel) windows = G_LIST_MODEL (g_object_ref (gtk_window_get_toplevels ()));

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      g_autofree char *heading = NULL;

      if (ADW_IS_MESSAGE_DIALOG (window))
        g_object_get (window, "heading", &heading, NULL);
      if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (window)), title) == 0 ||
          g_strcmp0 (heading, title) == 0)
        return window;
    }
  return NULL;
}

static guint
count_dismissals (Fixture *f)
{
  g_autoptr (GPtrArray) dismissals =
      vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, "dismissal", NULL);

  return dismissals->len;
}

/* The first row with such a second line. */
static GtkWidget *
find_load (Fixture *f, const char *why)
{
  GtkWidget *list = ui_find (get_root (f), VANTAGE_TYPE_LOAD_LIST, NULL);
  GtkWidget *label = list != NULL ? ui_find (list, GTK_TYPE_LABEL, why) : NULL;

  return label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;
}

static void
test_what_they_carried_is_estimated_corrected_and_hidden (Fixture *f, gconstpointer data)
{
  static const char *const awake = "Estimate: since 02:42, with no pause to sleep in";
  static const char *const active = "Estimate: since 02:42, with no pause of six hours";
  GtkWidget *view = open_person (f, "Ilse Brandt");
  GtkWidget *list = ui_find (view, VANTAGE_TYPE_LOAD_LIST, NULL);
  GtkWidget *chooser = vantage_load_list_get_chooser (VANTAGE_LOAD_LIST (list));
  GtkWidget *entry, *dialog;

  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "Nothing to estimate from"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), 3);
  entry = ui_find (list, ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "when the moon rose");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "03:10");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  ui_shot (get_root (f), "person-load");
  g_assert_nonnull (find_load (f, awake));

  gtk_widget_activate (ui_find (find_load (f, active), GTK_TYPE_BUTTON, NULL));
  UI_WAIT (count_dismissals (f) == 1 && find_load (f, active) == NULL);
  g_assert_true (
      gtk_widget_activate (ui_find (list, ADW_TYPE_ACTION_ROW, "Show 1 hidden estimate")));
  UI_WAIT (count_dismissals (f) == 0 && find_load (f, active) != NULL);

  gtk_widget_activate (ui_find (find_load (f, awake), GTK_TYPE_BUTTON, NULL));
  UI_WAIT ((dialog = find_window ("What State Was Ilse Brandt In?")) != NULL);
  gtk_editable_set_text (
      GTK_EDITABLE (ui_find (dialog, ADW_TYPE_ENTRY_ROW, "Since (“about 05:20”)")), "01:40");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "save");
  UI_WAIT (find_load (f, awake) == NULL);
  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "told by them"));
  g_assert_nonnull (ui_find (list, GTK_TYPE_LABEL, "Awake for 1 h 30 min"));
}

static void
test_a_condition_is_added_in_words (Fixture *f, gconstpointer data)
{
  GtkWidget *view = open_person (f, "Ilse Brandt");
  GtkWidget *dialog, *since;
  g_autoptr (GPtrArray) before =
      vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, "condition", NULL);

  run (f, "page.add-condition");
  dialog = find_window ("What State Was Ilse Brandt In?");
  g_assert_nonnull (dialog);
  since = ui_find (dialog, ADW_TYPE_ENTRY_ROW, "Since (“about 05:20”)");
  gtk_editable_set_text (GTK_EDITABLE (since), "when the moon rose");
  g_assert_true (gtk_widget_has_css_class (since, "error"));
  gtk_editable_set_text (GTK_EDITABLE (since), "about 06:30");
  g_assert_false (gtk_widget_has_css_class (since, "error"));
  ui_shot (dialog, "people-condition");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "save");
  ui_settle ();
  {
    g_autoptr (GPtrArray) after =
        vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, "condition", NULL);

    g_assert_cmpuint (after->len, ==, before->len + 1);
  }
  UI_WAIT (ui_find (view, VANTAGE_TYPE_CONDITION_LIST, NULL) != NULL);
}

static void
add_named (VantageLibrary *library, const char *review, guint n, const char *format)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (library, review, "Add People");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = vantage_id_new (vantage_library_now_us (library));
      g_autofree char *name = g_strdup_printf ("%s %u", format, i);

      vantage_edit_set_text (edit, "person", id, "sort", "human");
      vantage_edit_set_text (edit, "particulars", id, "name", n > 2 ? name : format);
    }
  g_assert_true (vantage_edit_commit (edit, &error));
  g_assert_no_error (error);
}

static void
test_somebody_without_an_account_is_added (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog;

  run (f, "page.add-person");
  dialog = find_window ("Who Else Was Part of It?");
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (ui_find (dialog, GTK_TYPE_ENTRY, NULL)), " Ana Kovač ");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "add");
  UI_WAIT (vantage_people_list_count (get_list (f)) == 11);
  UI_WAIT (ui_find (get_root (f), VANTAGE_TYPE_PERSON_VIEW, NULL) != NULL);
  g_assert_cmpstr (find_person (f, "Ana Kovač")->sort, ==, "human");
  vantage_review_context_undo (get_context (f));
  UI_WAIT (vantage_people_list_count (get_list (f)) == 10);
  UI_WAIT (ui_find (get_root (f), VANTAGE_TYPE_PERSON_VIEW, NULL) == NULL);
}

static void
test_proposals_are_confirmed_by_a_person (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog;

  add_named (f->library, VANTAGE_SAMPLE_REVIEW, 2, "Ann Lee");
  UI_WAIT (vantage_people_list_count (get_list (f)) == 12);
  UI_WAIT (ui_find (get_root (f), GTK_TYPE_LABEL, "1 pair of accounts may be one person's") !=
           NULL);
  run (f, "page.proposals");
  dialog = find_window ("These May Be One Person");
  g_assert_nonnull (dialog);
  g_assert_nonnull (ui_find (dialog, GTK_TYPE_LABEL, "Both are called Ann Lee"));
  ui_shot (dialog, "people-proposals");

  gtk_widget_activate (ui_find (dialog, GTK_TYPE_BUTTON, "Same Person"));
  UI_WAIT (vantage_people_list_count (get_list (f)) == 11);
  vantage_review_context_undo (get_context (f));
  UI_WAIT (vantage_people_list_count (get_list (f)) == 12);

  UI_WAIT (ui_find (dialog, GTK_TYPE_BUTTON, "Not the Same") != NULL);
  gtk_widget_activate (ui_find (dialog, GTK_TYPE_BUTTON, "Not the Same"));
  UI_WAIT (ui_find (dialog, GTK_TYPE_LABEL, "Nobody Is There Twice") != NULL);
  g_assert_cmpuint (vantage_people_list_count (get_list (f)), ==, 12);
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
test_two_people_are_merged_by_choice (Fixture *f, gconstpointer data)
{
  GtkWidget *view = open_person (f, "Søren Aagaard");
  g_autofree char *id = g_strdup (find_person (f, "Li Jun")->id);
  GtkWidget *dialog, *list;

  run (f, "page.merge");
  dialog = find_window ("Who Is the Same as Søren Aagaard?");
  g_assert_nonnull (dialog);
  gtk_editable_set_text (GTK_EDITABLE (ui_find (dialog, GTK_TYPE_SEARCH_ENTRY, NULL)), "li jun");
  ui_settle ();
  ui_settle ();
  ui_settle ();
  ui_shot (dialog, "people-merge");
  list = ui_find (dialog, GTK_TYPE_LIST_VIEW, NULL);
  UI_WAIT (g_list_model_get_n_items (
               G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))) == 1);
  g_signal_emit_by_name (list, "activate", 0);
  UI_WAIT (vantage_people_list_count (get_list (f)) == 9);
  g_assert_cmpstr (vantage_review_context_get_person_name (get_context (f), id), ==,
                   "Søren Aagaard");

  UI_WAIT (ui_find (view, GTK_TYPE_BUTTON, "Split Off") != NULL);
  gtk_widget_activate (ui_find (view, GTK_TYPE_BUTTON, "Split Off"));
  UI_WAIT (vantage_people_list_count (get_list (f)) == 10);
  vantage_review_context_undo (get_context (f));
  UI_WAIT (vantage_people_list_count (get_list (f)) == 9);
}

static void
test_the_place_is_kept (Fixture *f, gconstpointer data)
{
  run (f, "page.who::took-part");
  vantage_review_context_go (get_context (f), "overview", NULL);
  ui_settle ();
  ui_window_close (f->window);
  open_people (f, VANTAGE_SAMPLE_REVIEW, 1200, 900);
  UI_WAIT (has_people (f) && vantage_people_list_count (get_list (f)) == 6);
}

static void
test_a_person_is_gone_to_from_elsewhere (Fixture *f, gconstpointer data)
{
  g_autofree char *id = g_strdup (find_person (f, "Noor Haddad")->id);

  vantage_review_context_go (get_context (f), "overview", NULL);
  vantage_review_context_go (get_context (f), "people", id);
  UI_WAIT (ui_find (get_root (f), VANTAGE_TYPE_PERSON_VIEW, NULL) != NULL);
  g_assert_cmpstr (vantage_people_list_get_selected (get_list (f)), ==, id);
  gtk_test_accessible_assert_role (
      GTK_ACCESSIBLE (ui_find (get_root (f), GTK_TYPE_LIST_VIEW, NULL)), GTK_ACCESSIBLE_ROLE_LIST);
}

static void
test_thousands_do_not_stall (Fixture *f, gconstpointer data)
{
  g_autofree char *review = ui_review_new (f->library, "A big day");

  add_named (f->library, review, 3000, "Somebody With a Very Long Name of More Than Sixty Letters");
  ui_window_close (f->window);
  open_people (f, review, 1024, 700);
  UI_WAIT (has_people (f));
  g_assert_cmpuint (vantage_people_list_count (get_list (f)), ==, 3000);
  run (f, "page.who::took-part");
  run (f, "page.who::everyone");
  g_assert_cmpuint (vantage_people_list_count (get_list (f)), ==, 3000);
  ui_shot (get_root (f), "people-thousands");
}

static void
test_an_empty_review_says_what_will_be_here (Fixture *f, gconstpointer data)
{
  UI_WAIT (ui_find (get_root (f), GTK_TYPE_LABEL, "Nobody Here Yet") != NULL);
  ui_shot (get_root (f), "people-empty");
}

static void
test_pictures (Fixture *f, gconstpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_shot (get_root (f), "people-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  ui_window_close (f->window);

  open_people (f, VANTAGE_SAMPLE_REVIEW, 360, 640);
  UI_WAIT (has_people (f));
  ui_shot (get_root (f), "people-360");
  open_person (f, "Ravi Menon");
  ui_shot (get_root (f), "person-360");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/people/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("everybody-has-a-row", test_everybody_has_a_row);
  ADD ("a-list-of-people-is-looked-at-then-taken-in",
       test_a_list_of_people_is_looked_at_then_taken_in);
  ADD ("modes-choose-whom-to-show", test_modes_choose_whom_to_show);
  ADD ("loud-and-quiet-lead-to-what-was-said", test_loud_and_quiet_lead_to_what_was_said);
  ADD ("people-are-found-by-words", test_people_are_found_by_words);
  ADD ("an-interview-is-planned-with-its-reasons", test_an_interview_is_planned_with_its_reasons);
  ADD ("details-are-read-and-corrected", test_details_are_read_and_corrected);
  ADD ("conditions-say-whose-word-they-are", test_conditions_say_whose_word_they_are);
  ADD ("what-they-carried-is-estimated-corrected-and-hidden",
       test_what_they_carried_is_estimated_corrected_and_hidden);
  ADD ("a-condition-is-added-in-words", test_a_condition_is_added_in_words);
  ADD ("somebody-without-an-account-is-added", test_somebody_without_an_account_is_added);
  ADD ("proposals-are-confirmed-by-a-person", test_proposals_are_confirmed_by_a_person);
  ADD ("two-people-are-merged-by-choice", test_two_people_are_merged_by_choice);
  ADD ("the-place-is-kept", test_the_place_is_kept);
  ADD ("a-person-is-gone-to-from-elsewhere", test_a_person_is_gone_to_from_elsewhere);
  ADD ("thousands-do-not-stall", test_thousands_do_not_stall);
  ADD ("pictures", test_pictures);
  g_test_add ("/ui/people/an-empty-review-says-what-will-be-here", Fixture, NULL, set_up_empty,
              test_an_empty_review_says_what_will_be_here, tear_down);
  return g_test_run ();
}
