/* test-evidence.c: the pane beside the writing. */

#include "vantage-evidence-pane.h"
#include "vantage-item-tile.h"
#include "vantage-ui-support.h"

typedef struct
{
  VantageLibrary *library;
  VantageWindow *window;
  VantageReviewContext *context;
  char *first, *second; /* item ids */
} Fixture;

static char *
find_item (Fixture *f, const char *words)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  query.text = words;
  items =
      vantage_library_query_items (f->library, VANTAGE_SAMPLE_REVIEW, &query, 1, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 1);
  return vantage_item_dup_id (items->pdata[0]);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_sample_library_new ();
  f->window = ui_window_new (f->library, 1200, 800);
  vantage_window_open_review (f->window, VANTAGE_SAMPLE_REVIEW);
  f->context = vantage_window_get_context (f->window);
  f->first = find_item (f, "lag");
  f->second = find_item (f, "restart");
  ui_settle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->library);
  g_free (f->first);
  g_free (f->second);
}

static GtkWidget *
find_pane (Fixture *f)
{
  return ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_EVIDENCE_PANE, NULL);
}

static GtkWidget *
find_tile (GtkWidget *root, const char *id)
{
  if (VANTAGE_IS_ITEM_TILE (root) &&
      g_strcmp0 (vantage_item_tile_get_item_id (VANTAGE_ITEM_TILE (root)), id) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_tile (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_shows_what_is_chosen (Fixture *f, gconstpointer data)
{
  GtkWidget *tile;

  vantage_review_context_follow_item (f->context, f->second);
  ui_settle ();
  g_assert_true (find_pane (f) == NULL || !gtk_widget_get_mapped (find_pane (f)));
  vantage_review_context_show_item (f->context, f->first);
  UI_WAIT (find_pane (f) != NULL && gtk_widget_get_mapped (find_pane (f)));
  tile = find_tile (find_pane (f), f->first);
  g_assert_nonnull (tile);
  g_assert_true (gtk_widget_has_css_class (tile, "current"));
  ui_shot (GTK_WIDGET (f->window), "evidence");
}

static void
test_pins_stay (Fixture *f, gconstpointer data)
{
  vantage_review_context_show_item (f->context, f->first);
  ui_settle ();
  g_assert_true (gtk_widget_activate_action (find_pane (f), "evidence.pin", NULL));
  vantage_review_context_show_item (f->context, f->second);
  ui_settle ();
  g_assert_nonnull (find_tile (find_pane (f), f->first));
  ui_shot (GTK_WIDGET (f->window), "evidence-pinned");

  vantage_window_close_review (f->window);
  vantage_window_open_review (f->window, VANTAGE_SAMPLE_REVIEW);
  f->context = vantage_window_get_context (f->window);
  ui_settle ();
  g_assert_true (vantage_review_context_is_pinned (f->context, f->first));
  g_assert_nonnull (find_tile (find_pane (f), f->first));
}

static void
test_unknown_item_is_said_to_be_absent (Fixture *f, gconstpointer data)
{
  vantage_review_context_show_item (f->context, "0123456789abcdef.gone");
  UI_WAIT (ui_find (GTK_WIDGET (f->window), GTK_TYPE_LABEL, "Not on This Computer") != NULL);
}

static void
test_names_and_colours_are_of_the_review (Fixture *f, gconstpointer data)
{
  GPtrArray *people = vantage_review_context_get_people (f->context);
  guint coloured = 0;

  g_assert_cmpuint (people->len, >, 3);
  for (guint i = 0; i < people->len; i++)
    {
      VantagePerson *person = people->pdata[i];

      g_assert_cmpstr (vantage_review_context_get_person_name (f->context, person->id), ==,
                       person->name);
      if (vantage_review_context_get_person_colour (f->context, person->id) >= 0)
        coloured++;
    }
  g_assert_cmpuint (coloured, >, 2);
  g_assert_cmpint (vantage_review_context_get_person_colour (f->context, "nobody"), ==, -1);
}

/* A picture that is kept as it is can be looked at beside the writing. */
static void
test_a_kept_picture_is_shown (Fixture *f, gconstpointer data)
{
  g_autofree char *file =
      g_build_filename (vantage_library_get_folder (f->library), "shot.png", NULL);
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 30);
  VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (VantageImportResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixels, 0x3584e4ff);
  g_assert_true (gdk_pixbuf_save (pixels, file, "png", &error, NULL));
  options.as_file = TRUE;
  result = vantage_desk_import (f->library, VANTAGE_SAMPLE_REVIEW, file, &options, "Import", NULL,
                                NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  query.kind = VANTAGE_ITEM_FILE;
  items =
      vantage_library_query_items (f->library, VANTAGE_SAMPLE_REVIEW, &query, 1, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 1);
  id = vantage_item_dup_id (items->pdata[0]);
  vantage_review_context_show_item (f->context, id);
  UI_WAIT (ui_find (find_pane (f), GTK_TYPE_PICTURE, NULL) != NULL);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/evidence/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("shows-what-is-chosen", test_shows_what_is_chosen);
  ADD ("pins-stay", test_pins_stay);
  ADD ("unknown-item-is-said-to-be-absent", test_unknown_item_is_said_to_be_absent);
  ADD ("a-kept-picture-is-shown", test_a_kept_picture_is_shown);
  ADD ("names-and-colours-are-of-the-review", test_names_and_colours_are_of_the_review);
  return g_test_run ();
}
