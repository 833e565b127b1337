/* test-people.c: who was there, and whom to talk to. */

#include "vantage-attendee-row.h"
#include "vantage-candidate-card.h"
#include "vantage-people-list.h"
#include "vantage-ui-support.h"

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
  ui_shot (get_root (f), "people");
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
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/people/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("everybody-has-a-row", test_everybody_has_a_row);
  ADD ("modes-choose-whom-to-show", test_modes_choose_whom_to_show);
  ADD ("people-are-found-by-words", test_people_are_found_by_words);
  ADD ("an-interview-is-planned-with-its-reasons", test_an_interview_is_planned_with_its_reasons);
  ADD ("pictures", test_pictures);
  g_test_add ("/ui/people/an-empty-review-says-what-will-be-here", Fixture, NULL, set_up_empty,
              test_an_empty_review_says_what_will_be_here, tear_down);
  return g_test_run ();
}
