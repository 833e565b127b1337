/* test-sync.c: the button that says how a review and the server stand, and connecting one. */

#include "vantage-connect-window.h"
#include "vantage-conflict-window.h"
#include "vantage-op.h"
#include "vantage-sync-button.h"
#include "vantage-sync-server.h"
#include "vantage-sync-state.h"
#include "vantage-ui-support.h"

#include <string.h>

typedef struct
{
  VantageLibrary *library;
  char *review;
  VantageWindow *window;
  GtkWidget *button;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_library_new ();
  f->review = ui_review_new (f->library, "Checkout held payments");
  f->window = ui_window_new (f->library, 1024, 700);
  vantage_window_open_review (f->window, f->review);
  ui_settle ();
  f->button = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_SYNC_BUTTON, NULL);
  g_assert_nonnull (f->button);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->library);
  g_free (f->review);
}

static GtkMenuButton *
pop_up (Fixture *f)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (ui_find (f->button, GTK_TYPE_MENU_BUTTON, NULL));

  gtk_menu_button_popup (button);
  ui_settle ();
  return button;
}

static GtkWidget *
find_in_popover (GtkMenuButton *button, GType type, const char *label)
{
  return ui_find (GTK_WIDGET (gtk_menu_button_get_popover (button)), type, label);
}

static void
test_without_a_server_it_offers_to_connect (Fixture *f, gconstpointer data)
{
  GtkMenuButton *button = pop_up (f);
  GtkWidget *connect = find_in_popover (button, GTK_TYPE_BUTTON, "_Connect to Server…");
  GtkWidget *window = NULL;
  g_autoptr (GListModel) windows = NULL;

  g_assert_nonnull (find_in_popover (button, GTK_TYPE_LABEL,
                                     "Everything stays here until you connect a server."));
  ui_shot (GTK_WIDGET (gtk_menu_button_get_popover (button)), "sync-alone");
  g_assert_nonnull (connect);
  g_signal_emit_by_name (connect, "clicked");
  ui_settle ();
  windows = g_object_ref (gtk_window_get_toplevels ());
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) one = g_list_model_get_item (windows, i);

      if (VANTAGE_IS_CONNECT_WINDOW (one))
        window = one;
    }
  g_assert_nonnull (window);
  ui_shot (window, "sync-connect");
  gtk_window_close (GTK_WINDOW (window));
  ui_settle ();
}

static void
test_connected_and_not_shared_it_offers_to_share (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkMenuButton *button;
  GtkWidget *share;

  g_assert_true (
      vantage_sync_server_set (f->library, "http://127.0.0.1:9", "a-token", NULL, &error));
  g_assert_no_error (error);
  vantage_sync_state_reconnect (vantage_sync_state_get (f->library));
  button = pop_up (f);
  ui_shot (GTK_WIDGET (gtk_menu_button_get_popover (button)), "sync-not-shared");
  share = find_in_popover (button, GTK_TYPE_BUTTON, "_Share This Review");
  g_assert_nonnull (share);
  g_signal_emit_by_name (share, "clicked");
  g_assert_cmpint (vantage_sync_get_share (f->library, f->review), ==, VANTAGE_SHARE_CITED);

  /* Nobody listens there: it says so, and what is written waits. */
  UI_WAIT (!vantage_sync_state_is_busy (vantage_sync_state_get (f->library)));
  ui_settle ();
  g_assert_nonnull (vantage_sync_state_get_error (vantage_sync_state_get (f->library)));
  g_assert_nonnull (find_in_popover (button, GTK_TYPE_BUTTON, "_Sync Now"));
  ui_shot (GTK_WIDGET (gtk_menu_button_get_popover (button)), "sync-failed");
  vantage_sync_state_set_offline (vantage_sync_state_get (f->library), TRUE);
  ui_settle ();
  ui_shot (GTK_WIDGET (gtk_menu_button_get_popover (button)), "sync-offline");
  g_assert_true (
      gtk_switch_get_active (GTK_SWITCH (find_in_popover (button, GTK_TYPE_SWITCH, NULL))));
}

/* ---- two people at once ---- */

/* Somebody else wrote @text into the title of @event without knowing what stands there. */
static void
write_elsewhere (Fixture *f, const char *event, gint64 n, const char *text)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  g_autoptr (VantageValue) value = vantage_value_new_text (text);
  g_autoptr (GError) error = NULL;
  VantageOpDraft draft = {
    .id = { "00000000000000aa", n },
    .stamp = (VantageStamp) (vantage_library_now_us (f->library) / 1000) << 16,
    .entity = event,
    .kind = "event",
    .field = "title",
    .value = value,
    .group_first = n,
    .group_count = 1,
  };

  g_ptr_array_add (ops, vantage_op_new (&draft, &error));
  g_assert_no_error (error);
  g_assert_true (vantage_library_apply (f->library, f->review, ops, &error));
  g_assert_no_error (error);
}

static char *
add_event (Fixture *f, const char *title)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (f->library, f->review, "Add Event");
  char *id = g_strdup (vantage_edit_create (edit, "event"));

  vantage_edit_set_text (edit, "event", id, "title", title);
  g_assert_true (vantage_edit_commit (edit, NULL));
  return id;
}

static char *
dup_title (Fixture *f, const char *event)
{
  g_autoptr (VantageEntity) entity =
      vantage_library_get (f->library, f->review, "event", event, NULL);

  return g_strdup (vantage_entity_get_title (entity));
}

static GtkWidget *
find_conflict_window (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) one = g_list_model_get_item (windows, i);

      if (VANTAGE_IS_CONFLICT_WINDOW (one))
        return one;
    }
  return NULL;
}

static void
click (GtkWidget *window, const char *label)
{
  GtkWidget *button = ui_find (window, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  ui_settle ();
}

static void
test_what_two_changed_is_settled_in_a_window (Fixture *f, gconstpointer data)
{
  g_autofree char *event = add_event (f, "Drills look real");
  g_autofree char *other = add_event (f, "Kept as it is");
  g_autofree char *title = NULL;
  g_autofree char *back = NULL;
  g_autofree char *both = NULL;
  GtkWidget *window;

  g_assert_null (ui_find (GTK_WIDGET (f->window), GTK_TYPE_LABEL,
                          "1 field was changed by two people at once"));
  write_elsewhere (f, event, 1, "Drills sound real");
  write_elsewhere (f, other, 2, "Kept otherwise");
  UI_WAIT (ui_find (GTK_WIDGET (f->window), GTK_TYPE_LABEL,
                    "2 fields were changed by two people at once") != NULL);
  ui_shot (GTK_WIDGET (f->window), "conflict-strip");
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.conflicts", NULL);
  ui_settle ();
  window = find_conflict_window ();
  g_assert_nonnull (window);
  ui_shot (window, "conflicts");

  click (window, "Keep Both");
  click (window, "Keep Yours");
  title = dup_title (f, event);
  both = dup_title (f, other);
  g_assert_true (
      (strstr (title, "Drills look real") != NULL && strcmp (both, "Kept as it is") == 0) ||
      (strcmp (title, "Drills look real") == 0 && strstr (both, " / ") != NULL));
  ui_shot (window, "conflicts-none");
  UI_WAIT (ui_find (window, ADW_TYPE_STATUS_PAGE, "Nothing Needs a Look") != NULL);
  g_assert_null (ui_find (GTK_WIDGET (f->window), GTK_TYPE_LABEL,
                          "1 field was changed by two people at once"));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add ("/ui/sync/without-a-server-it-offers-to-connect", Fixture, NULL, set_up,
              test_without_a_server_it_offers_to_connect, tear_down);
  g_test_add ("/ui/sync/what-two-changed-is-settled-in-a-window", Fixture, NULL, set_up,
              test_what_two_changed_is_settled_in_a_window, tear_down);
  g_test_add ("/ui/sync/connected-and-not-shared-it-offers-to-share", Fixture, NULL, set_up,
              test_connected_and_not_shared_it_offers_to_share, tear_down);
  return g_test_run ();
}
