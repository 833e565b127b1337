/* test-search.c: going anywhere by name, and words over all reviews. */

#include "vantage-search-hit.h"
#include "vantage-search-window.h"
#include "vantage-sources-page.h"
#include "vantage-ui-support.h"

typedef struct
{
  VantageLibrary *library;
  VantageWindow *window;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_sample_library_new ();
  f->window = ui_window_new (f->library, 1100, 760);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  /* An answer that was on its way when the window closed still holds the library. */
  UI_WAIT (G_OBJECT (f->library)->ref_count == 1);
  g_assert_finalize_object (f->library);
}

static GtkWidget *
find_search (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (VANTAGE_IS_SEARCH_WINDOW (window))
        return window;
    }
  return NULL;
}

static GtkWidget *
open_search (Fixture *f, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL));
  UI_WAIT (find_search () != NULL);
  ui_settle ();
  return find_search ();
}

static GtkWidget *
get_entry (GtkWidget *search)
{
  return ui_find (search, GTK_TYPE_SEARCH_ENTRY, NULL);
}

static GListModel *
get_hits (GtkWidget *search)
{
  GtkWidget *list = ui_find (search, GTK_TYPE_LIST_VIEW, NULL);

  return list != NULL ? G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))) : NULL;
}

static const char *
get_title (GtkWidget *search, guint place)
{
  GListModel *hits = get_hits (search);
  g_autoptr (VantageSearchHit) hit = hits != NULL ? g_list_model_get_item (hits, place) : NULL;

  return hit != NULL ? vantage_search_hit_get_title (hit) : "";
}

static void
type (GtkWidget *search, const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (get_entry (search)), words);
}

static void
press_enter (GtkWidget *search)
{
  g_signal_emit_by_name (get_entry (search), "activate");
}

static void
test_a_section_by_name (Fixture *f, gconstpointer data)
{
  GtkWidget *search;

  vantage_window_open_review (f->window, VANTAGE_SAMPLE_REVIEW);
  ui_settle ();
  search = open_search (f, "win.go-to");
  type (search, "sour");
  UI_WAIT (g_str_equal (get_title (search, 0), "Sources"));
  ui_shot (search, "search-go-to");
  press_enter (search);
  UI_WAIT (find_search () == NULL);
  UI_WAIT (ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_SOURCES_PAGE, NULL) != NULL);
}

static void
test_a_review_from_the_library (Fixture *f, gconstpointer data)
{
  g_autofree char *review = ui_review_new (f->library, "DNS drift");
  GtkWidget *search = open_search (f, "win.go-to");

  type (search, "dns");
  UI_WAIT (g_str_equal (get_title (search, 0), "DNS drift"));
  press_enter (search);
  UI_WAIT (vantage_window_get_context (f->window) != NULL);
  g_assert_cmpstr (vantage_review_context_get_review_id (vantage_window_get_context (f->window)),
                   ==, review);
}

static void
test_a_command (Fixture *f, gconstpointer data)
{
  GtkWidget *search = open_search (f, "win.go-to");

  type (search, "sample open");
  UI_WAIT (g_str_has_prefix (get_title (search, 0), "Open the Sample"));
  press_enter (search);
  UI_WAIT (vantage_window_get_context (f->window) != NULL);
}

static void
test_words_lead_to_the_item (Fixture *f, gconstpointer data)
{
  GtkWidget *search = open_search (f, "win.search-all");
  g_autoptr (VantageSearchHit) hit = NULL;
  g_autofree char *item = NULL;
  gboolean used;

  g_assert_null (get_hits (search));
  type (search, "lag");
  UI_WAIT (get_hits (search) != NULL && g_list_model_get_n_items (get_hits (search)) > 1);
  ui_settle ();
  ui_shot (search, "search-all");
  for (guint i = 0; i < g_list_model_get_n_items (get_hits (search)); i++)
    {
      g_clear_object (&hit);
      hit = g_list_model_get_item (get_hits (search), i);
      if (g_strcmp0 (vantage_search_hit_get_section (hit), "sources") == 0)
        break;
      g_signal_emit_by_name (ui_controller (get_entry (search), GTK_TYPE_EVENT_CONTROLLER_KEY),
                             "key-pressed", GDK_KEY_Down, 0u, 0, &used);
    }
  g_assert_cmpstr (vantage_search_hit_get_section (hit), ==, "sources");
  item = g_strdup (vantage_search_hit_get_target (hit));
  press_enter (search);
  UI_WAIT (vantage_window_get_context (f->window) != NULL);
  UI_WAIT (
      g_strcmp0 (vantage_review_context_get_selection (vantage_window_get_context (f->window))[0],
                 item) == 0);
}

static void
test_nothing_is_said_to_be_nothing (Fixture *f, gconstpointer data)
{
  GtkWidget *search = open_search (f, "win.search-all");

  type (search, "zyzzyva");
  UI_WAIT (ui_find (search, GTK_TYPE_LABEL, "Nothing Found") != NULL);
  gtk_window_close (GTK_WINDOW (search));
  UI_WAIT (find_search () == NULL);
}

/* ---- how well a name fits ---- */

static void
test_rating (void)
{
  g_auto (GStrv) words = vantage_search_hit_split ("  Ana  kov");
  g_auto (GStrv) one = vantage_search_hit_split ("TIME");
  g_auto (GStrv) none = vantage_search_hit_split (" ");

  g_assert_cmpuint (g_strv_length (words), ==, 2);
  g_assert_cmpuint (vantage_search_hit_rate ("Ana Kovač", (const char *const *) words), >, 0);
  g_assert_cmpuint (vantage_search_hit_rate ("Ana Berg", (const char *const *) words), ==, 0);
  g_assert_cmpuint (vantage_search_hit_rate ("Timeline", (const char *const *) one), >,
                    vantage_search_hit_rate ("To Timeline", (const char *const *) one));
  g_assert_cmpuint (vantage_search_hit_rate ("To Timeline", (const char *const *) one), >,
                    vantage_search_hit_rate ("Sometimes", (const char *const *) one));
  g_assert_cmpuint (vantage_search_hit_rate ("Anything", (const char *const *) none), ==, 1);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/search/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  g_test_add_func ("/ui/search/rating", test_rating);
  ADD ("a-section-by-name", test_a_section_by_name);
  ADD ("a-review-from-the-library", test_a_review_from_the_library);
  ADD ("a-command", test_a_command);
  ADD ("words-lead-to-the-item", test_words_lead_to_the_item);
  ADD ("nothing-is-said-to-be-nothing", test_nothing_is_said_to_be_nothing);
  return g_test_run ();
}
