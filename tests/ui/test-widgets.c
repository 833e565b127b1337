/* test-widgets.c: the shared widgets: what is typed is written, what is dragged arrives. */

#include <string.h>

#include "vantage-avatar.h"
#include "vantage-claim-edge.h"
#include "vantage-field-binding.h"
#include "vantage-item-drag.h"
#include "vantage-item-tile.h"
#include "vantage-prose-editor.h"
#include "vantage-time-text.h"
#include "vantage-ui-support.h"

typedef struct
{
  VantageLibrary *library;
  char *review;
  VantageReviewContext *context;
  GtkWidget *window, *box;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_library_new ();
  f->review = ui_review_new (f->library, "Checkout held payments");
  f->context = vantage_review_context_new (f->library, f->review);
  f->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  f->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (f->window), f->box);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 400, 300);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer gone = f->window;

  g_object_add_weak_pointer (G_OBJECT (f->window), &gone);
  gtk_window_destroy (GTK_WINDOW (f->window));
  UI_WAIT (gone == NULL);
  g_assert_finalize_object (f->context);
  g_assert_finalize_object (f->library);
  g_free (f->review);
}

static void
present (Fixture *f)
{
  gtk_window_present (GTK_WINDOW (f->window));
  gtk_test_widget_wait_for_draw (f->window);
  ui_settle ();
}

static char *
dup_summary (Fixture *f)
{
  return vantage_library_dup_prose (f->library, f->review, f->review, "summary", NULL);
}

static VantageProseEditor *
add_editor (Fixture *f)
{
  GtkWidget *editor = vantage_prose_editor_new ();

  gtk_box_append (GTK_BOX (f->box), editor);
  vantage_prose_editor_set_placeholder (VANTAGE_PROSE_EDITOR (editor), "What happened");
  vantage_prose_editor_bind (VANTAGE_PROSE_EDITOR (editor), f->context, "review", f->review,
                             "summary", "Edit Summary");
  return VANTAGE_PROSE_EDITOR (editor);
}

static void
type (VantageProseEditor *editor, const char *text)
{
  gtk_text_buffer_insert_at_cursor (
      gtk_text_view_get_buffer (vantage_prose_editor_get_view (editor)), text, -1);
}

static void
test_prose_is_written_within_a_second (Fixture *f, gconstpointer data)
{
  VantageProseEditor *editor = add_editor (f);
  g_autofree char *written = NULL;
  gint64 begun = g_get_monotonic_time ();

  present (f);
  type (editor, "Payments were held.\n\nNobody noticed for an hour.");
  UI_WAIT ((g_free (written), written = dup_summary (f)) != NULL && written[0] != '\0');
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 3 * G_USEC_PER_SEC);
  g_assert_cmpstr (written, ==, "Payments were held.\n\nNobody noticed for an hour.");
}

static void
test_prose_is_one_step_of_undo (Fixture *f, gconstpointer data)
{
  VantageProseEditor *editor = add_editor (f);
  g_autofree char *empty = NULL;
  g_autofree char *text = NULL;

  present (f);
  type (editor, "Payments");
  vantage_prose_editor_flush (editor);
  type (editor, " were held.");
  vantage_prose_editor_flush (editor);
  vantage_review_context_undo (f->context);
  empty = dup_summary (f);
  g_assert_cmpstr (empty, ==, "");
  text = vantage_prose_editor_dup_text (editor);
  g_assert_cmpstr (text, ==, "");
}

static void
test_text_under_the_cursor_stays (Fixture *f, gconstpointer data)
{
  VantageProseEditor *editor = add_editor (f);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *text = NULL;

  present (f);
  gtk_widget_grab_focus (GTK_WIDGET (editor));
  type (editor, "What I am typing");
  edit = vantage_library_begin (f->library, f->review, "Elsewhere");
  vantage_edit_set_prose (edit, "review", f->review, "summary", "From somewhere else");
  g_assert_true (vantage_edit_commit (edit, NULL));
  ui_settle ();
  text = vantage_prose_editor_dup_text (editor);
  g_assert_cmpstr (text, ==, "What I am typing");
}

static void
test_prose_is_written_before_it_goes (Fixture *f, gconstpointer data)
{
  VantageProseEditor *editor = add_editor (f);
  gpointer gone = editor;
  g_autofree char *written = NULL;

  present (f);
  type (editor, "Last words");
  g_object_add_weak_pointer (G_OBJECT (editor), &gone);
  gtk_box_remove (GTK_BOX (f->box), GTK_WIDGET (editor));
  written = dup_summary (f);
  g_assert_cmpstr (written, ==, "Last words");
  UI_WAIT (gone == NULL);
}

static void
test_field_follows_and_writes (Fixture *f, gconstpointer data)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autoptr (VantageEdit) edit = NULL;

  gtk_box_append (GTK_BOX (f->box), entry);
  gtk_box_append (GTK_BOX (f->box), gtk_button_new_with_label ("Elsewhere"));
  vantage_field_bind (GTK_EDITABLE (entry), f->context, "review", f->review, "title", "Rename");
  present (f);
  gtk_window_set_focus (GTK_WINDOW (f->window), NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Checkout held payments");

  gtk_editable_set_text (GTK_EDITABLE (entry), "Payments held");
  vantage_review_context_flush (f->context);
  g_assert_cmpstr (vantage_review_context_get_title (f->context), ==, "Payments held");

  edit = vantage_library_begin (f->library, f->review, "Elsewhere");
  vantage_edit_set_text (edit, "review", f->review, "title", "Named anew");
  g_assert_true (vantage_edit_commit (edit, NULL));
  UI_WAIT (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), "Named anew") == 0);
}

static void
test_dragged_items_arrive (Fixture *f, gconstpointer data)
{
  const char *const ids[] = { "0123456789abcdef.1", "0123456789abcdef.2", NULL };
  g_autoptr (GdkContentProvider) provider = vantage_item_drag_new_provider (ids);
  g_auto (GValue) boxed = G_VALUE_INIT;
  g_auto (GValue) text = G_VALUE_INIT;
  g_auto (GStrv) parsed = NULL;

  g_value_init (&boxed, VANTAGE_TYPE_ITEM_IDS);
  g_value_init (&text, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (provider, &boxed, NULL));
  g_assert_true (gdk_content_provider_get_value (provider, &text, NULL));
  g_assert_true (g_strv_equal (g_value_get_boxed (&boxed), ids));
  parsed = vantage_item_drag_parse (g_value_get_string (&text));
  g_assert_true (g_strv_equal ((const char *const *) parsed, ids));
  g_assert_null (vantage_item_drag_parse ("a sentence"));
}

static void
test_avatars_and_edges_draw (Fixture *f, gconstpointer data)
{
  static const char *const claims[] = { "record", "recall", "inference", "judgement", "unknown" };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *edges = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  for (int i = -1; i < VANTAGE_N_LANE_COLOURS; i++)
    {
      GtkWidget *avatar = vantage_avatar_new (30);

      vantage_avatar_set_person (VANTAGE_AVATAR (avatar), "Dana Okafor", i, i == -1);
      gtk_box_append (GTK_BOX (row), avatar);
    }
  for (guint i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      GtkWidget *edge = vantage_claim_edge_new (claims[i]);

      gtk_widget_set_size_request (edge, -1, 40);
      gtk_box_append (GTK_BOX (edges), edge);
    }
  gtk_box_append (GTK_BOX (f->box), row);
  gtk_box_append (GTK_BOX (f->box), edges);
  present (f);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (edges)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Record");
  ui_shot (f->window, "widgets");
}

/* The longest text that a label in @root has. */
static const char *
find_longest (GtkWidget *root)
{
  const char *longest = GTK_IS_LABEL (root) ? gtk_label_get_text (GTK_LABEL (root)) : "";

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *text = find_longest (child);

      if (strlen (text) > strlen (longest))
        longest = text;
    }
  return longest;
}

/* Of a megabyte that somebody pasted, as much is laid out as anybody reads. */
static void
test_long_messages_are_begun (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  const VantageItemTileSort sorts[] = { VANTAGE_ITEM_TILE_LINE, VANTAGE_ITEM_TILE_FULL };

  g_free (item->text);
  item->text = g_strnfill (1000 * 1000, 'x');
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      GtkWidget *tile = g_object_ref_sink (vantage_item_tile_new (f->context, sorts[i]));
      const char *text;

      vantage_item_tile_set_item (VANTAGE_ITEM_TILE (tile), item);
      text = find_longest (tile);
      g_assert_cmpuint (strlen (text), >, 1000);
      g_assert_cmpuint (strlen (text), <, 11000);
      g_assert_nonnull (strstr (text, "more characters are in the original record"));
      g_object_unref (tile);
    }
}

static void
test_days_are_told_from_where_one_is (Fixture *f, gconstpointer data)
{
  gint64 now_us = vantage_library_now_us (f->library);
  gint64 day_us = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  g_autoptr (VantageZone) zone = vantage_zone_new ("Europe/Berlin");
  g_autofree char *today = vantage_time_text_day (zone, now_us, now_us);
  g_autofree char *yesterday = vantage_time_text_day (zone, now_us - day_us, now_us);
  g_autofree char *week = vantage_time_text_day (zone, now_us - 7 * day_us, now_us);
  g_autofree char *year = vantage_time_text_day (zone, now_us - 400 * day_us, now_us);

  g_assert_cmpstr (today, ==, "Today");
  g_assert_cmpstr (yesterday, ==, "Yesterday");
  g_assert_cmpstr (week, ==, "8 Nov");
  g_assert_cmpstr (year, ==, "11 Oct 2024");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/widgets/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("prose-is-written-within-a-second", test_prose_is_written_within_a_second);
  ADD ("prose-is-one-step-of-undo", test_prose_is_one_step_of_undo);
  ADD ("text-under-the-cursor-stays", test_text_under_the_cursor_stays);
  ADD ("prose-is-written-before-it-goes", test_prose_is_written_before_it_goes);
  ADD ("field-follows-and-writes", test_field_follows_and_writes);
  ADD ("dragged-items-arrive", test_dragged_items_arrive);
  ADD ("avatars-and-edges-draw", test_avatars_and_edges_draw);
  ADD ("long-messages-are-begun", test_long_messages_are_begun);
  ADD ("days-are-told-from-where-one-is", test_days_are_told_from_where_one_is);
  return g_test_run ();
}
