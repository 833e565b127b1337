/* test-timeline.c: the section where what happened is laid out in time. */

#include "vantage-canvas.h"
#include "vantage-desk.h"
#include "vantage-event-card.h"
#include "vantage-event-details.h"
#include "vantage-item-drag.h"
#include "vantage-line-popover.h"
#include "vantage-standing-strip.h"
#include "vantage-timeline-edits.h"
#include "vantage-timeline-outline.h"
#include "vantage-timeline-page.h"
#include "vantage-ui-support.h"

#include <string.h>

#define HOUR_US (60 * 60 * (gint64) G_USEC_PER_SEC)
#define BASE_US (G_GINT64_CONSTANT (1741914000) * G_USEC_PER_SEC) /* 02:00 in Berlin */

typedef struct
{
  VantageLibrary *library;
  char *review;
  VantageWindow *window;
  VantageReviewContext *context;
  char *people[2];
} Fixture;

static GtkWidget *
get_page (Fixture *f)
{
  return ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_TIMELINE_PAGE, NULL);
}

static VantageCanvas *
get_canvas (Fixture *f)
{
  return VANTAGE_CANVAS (ui_find (get_page (f), VANTAGE_TYPE_CANVAS, NULL));
}

static void
activate (Fixture *f, const char *action)
{
  g_assert_true (gtk_widget_activate_action (get_page (f), action, NULL));
}

static char *
add_person (Fixture *f, const char *name)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (f->context, "Add Person");
  g_autoptr (GError) error = NULL;
  static guint n_people;
  char *id = g_strdup_printf ("%032x", ++n_people);

  vantage_edit_set_text (edit, "person", id, "sort", "human");
  vantage_edit_set_text (edit, "particulars", id, "name", name);
  vantage_edit_commit (edit, &error);
  g_assert_no_error (error);
  return id;
}

static char *
add_event (Fixture *f, const char *title, const char *person, gint64 us)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (f->context, "Add Event");
  char *id = g_strdup (vantage_edit_create (edit, "event"));
  VantageWhen when = { .sort = VANTAGE_WHEN_AT, .at_us = us };

  vantage_edit_set_text (edit, "event", id, "title", title);
  vantage_edit_set_text (edit, "event", id, "claim", "record");
  vantage_edit_set_text (edit, "event", id, "kind", "did");
  if (person != NULL)
    vantage_edit_set_member (edit, "event", id, "actors", person, TRUE);
  if (us != VANTAGE_TIME_NONE)
    vantage_edit_set_when (edit, "event", id, "start", &when);
  g_assert_true (vantage_review_context_commit (f->context, edit));
  ui_settle ();
  return id;
}

static gint64
get_start (Fixture *f, const char *id)
{
  g_autoptr (VantageEntity) event = vantage_library_get (f->library, f->review, "event", id, NULL);
  VantageWhen when;

  vantage_entity_get_when (event, "start", &when);
  return when.sort == VANTAGE_WHEN_AT ? when.at_us : VANTAGE_TIME_NONE;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_library_new ();
  f->review = ui_review_new (f->library, "Checkout held payments");
  f->window = ui_window_new (f->library, 1200, 800);
  vantage_window_open_review (f->window, f->review);
  f->context = vantage_window_get_context (f->window);
  f->people[0] = add_person (f, "Dana Okafor");
  f->people[1] = add_person (f, "Ilse Brandt");
  vantage_review_context_go (f->context, "timeline", NULL);
  ui_settle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->library);
  g_free (f->people[0]);
  g_free (f->people[1]);
  g_free (f->review);
}

/* ---- cases ---- */

static void
test_a_key_makes_an_event (Fixture *f, gconstpointer data)
{
  g_autoptr (GListModel) events = vantage_library_get_model (f->library, f->review, "event");
  g_autoptr (VantageEntity) event = NULL;
  GtkWidget *popover, *entry;

  ui_shot (GTK_WIDGET (f->window), "timeline-empty");
  activate (f, "page.add-event");
  popover = ui_find (get_page (f), VANTAGE_TYPE_LINE_POPOVER, NULL);
  g_assert_nonnull (popover);
  entry = ui_find (popover, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Woken by the page");
  g_signal_emit_by_name (entry, "activate");
  UI_WAIT (g_list_model_get_n_items (events) == 1);
  event = g_list_model_get_item (events, 0);
  g_assert_cmpstr (vantage_entity_get_title (event), ==, "Woken by the page");
  ui_settle ();
  g_assert_null (ui_find (get_page (f), VANTAGE_TYPE_LINE_POPOVER, NULL));
  vantage_review_context_undo (f->context);
  UI_WAIT (g_list_model_get_n_items (events) == 0);
}

static void
find_card_middle (Fixture *f, const char *id, double *x, double *y)
{
  GdkRectangle area;

  g_assert_true (vantage_canvas_get_card_area (get_canvas (f), id, &area));
  *x = area.x + area.width / 2.0;
  *y = area.y + area.height / 2.0;
}

static void
drag (Fixture *f, double x, double y, double dx, double dy)
{
  GtkGesture *gesture = ui_controller (GTK_WIDGET (get_canvas (f)), GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  g_signal_emit_by_name (gesture, "drag-update", dx / 2, dy / 2);
  g_signal_emit_by_name (gesture, "drag-update", dx, dy);
  ui_settle ();
}

static void
test_dragging_moves_and_undo_puts_back (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add_event (f, "Restarts consumers", f->people[0], BASE_US);
  g_autofree char *other = add_event (f, "Asleep", f->people[1], BASE_US + HOUR_US);
  GtkGesture *gesture = ui_controller (GTK_WIDGET (get_canvas (f)), GTK_TYPE_GESTURE_DRAG);
  double x, y;

  find_card_middle (f, id, &x, &y);
  drag (f, x, y, 160, 0);
  g_assert_true (vantage_canvas_cancel_drag (get_canvas (f)));
  g_signal_emit_by_name (gesture, "drag-end", 160.0, 0.0);
  g_assert_cmpint (get_start (f, id), ==, BASE_US);

  drag (f, x, y, 160, 0);
  g_signal_emit_by_name (gesture, "drag-end", 160.0, 0.0);
  ui_settle ();
  g_assert_cmpint (get_start (f, id), >, BASE_US);
  vantage_review_context_undo (f->context);
  ui_settle ();
  g_assert_cmpint (get_start (f, id), ==, BASE_US);
}

/* A span that lasts an hour from BASE_US; another keeps the first half of the view for it. */
static char *
add_span (Fixture *f)
{
  char *id = add_event (f, "Holds payments", f->people[0], BASE_US);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (f->context, "End");
  const VantageWhen end = { .sort = VANTAGE_WHEN_AT, .at_us = BASE_US + HOUR_US };

  vantage_edit_set_when (edit, "event", id, "end", &end);
  g_assert_true (vantage_review_context_commit (f->context, edit));
  g_free (add_event (f, "Asleep", f->people[1], BASE_US + 2 * HOUR_US));
  return id;
}

static gint64
get_end (Fixture *f, const char *id)
{
  g_autoptr (VantageEntity) event = vantage_library_get (f->library, f->review, "event", id, NULL);
  VantageWhen when;

  vantage_entity_get_when (event, "end", &when);
  return when.sort == VANTAGE_WHEN_AT ? when.at_us : VANTAGE_TIME_NONE;
}

static void
test_an_edge_is_dragged (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add_span (f);
  GtkGesture *gesture = ui_controller (GTK_WIDGET (get_canvas (f)), GTK_TYPE_GESTURE_DRAG);
  GdkRectangle area;
  double y;

  activate (f, "page.fit");
  ui_settle ();
  g_assert_true (vantage_canvas_get_card_area (get_canvas (f), id, &area));
  y = area.y + area.height / 2.0;
  drag (f, area.x + area.width - 2, y, 90, 0);
  ui_shot (GTK_WIDGET (f->window), "timeline-edge");
  g_signal_emit_by_name (gesture, "drag-end", 90.0, 0.0);
  ui_settle ();
  g_assert_cmpint (get_start (f, id), ==, BASE_US);
  g_assert_cmpint (get_end (f, id), >, BASE_US + HOUR_US);
  vantage_review_context_undo (f->context);
  ui_settle ();
  g_assert_cmpint (get_end (f, id), ==, BASE_US + HOUR_US);

  /* the begin cannot go past the end */
  drag (f, area.x + 2, y, 4000, 0);
  g_signal_emit_by_name (gesture, "drag-end", 4000.0, 0.0);
  ui_settle ();
  g_assert_cmpint (get_start (f, id), ==, BASE_US + HOUR_US);
  g_assert_cmpint (get_end (f, id), ==, BASE_US + HOUR_US);
}

static void
test_a_lane_is_collapsed_and_stays_so (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add_event (f, "Restarts consumers", f->people[0], BASE_US);
  g_autofree char *state = NULL;
  GdkRectangle area;

  vantage_review_context_go (f->context, "timeline", id);
  ui_settle ();
  g_assert_true (vantage_canvas_get_card_area (get_canvas (f), id, &area));
  g_assert_cmpint (area.height, >=, 30);
  activate (f, "page.collapse-lane");
  ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "timeline-collapsed");
  g_assert_true (vantage_canvas_get_card_area (get_canvas (f), id, &area));
  g_assert_cmpint (area.height, <, 20);
  state = vantage_canvas_save_state (get_canvas (f));
  g_assert_nonnull (strstr (state, " c"));
  activate (f, "page.collapse-lane");
  ui_settle ();
  g_assert_true (vantage_canvas_get_card_area (get_canvas (f), id, &area));
  g_assert_cmpint (area.height, >=, 30);
  vantage_canvas_restore_state (get_canvas (f), state);
  ui_settle ();
  g_assert_true (vantage_canvas_get_card_area (get_canvas (f), id, &area));
  g_assert_cmpint (area.height, <, 20);
}

static void
test_dragging_to_another_lane (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add_event (f, "Joins the call", f->people[0], BASE_US);
  g_autofree char *other = add_event (f, "Asleep", f->people[1], BASE_US + HOUR_US);
  GtkGesture *gesture = ui_controller (GTK_WIDGET (get_canvas (f)), GTK_TYPE_GESTURE_DRAG);
  g_autoptr (VantageEntity) event = NULL;
  double x, y, to_x, to_y;

  activate (f, "page.fit");
  ui_settle ();
  find_card_middle (f, id, &x, &y);
  find_card_middle (f, other, &to_x, &to_y);
  drag (f, x, y, 0, to_y - y);
  g_signal_emit_by_name (gesture, "drag-end", 0.0, to_y - y);
  ui_settle ();
  event = vantage_library_get (f->library, f->review, "event", id, NULL);
  g_assert_true (vantage_entity_has_member (event, "actors", f->people[1]));
  g_assert_false (vantage_entity_has_member (event, "actors", f->people[0]));
  g_assert_cmpint (get_start (f, id), ==, BASE_US);
}

static void
test_canvas_and_outline_share_the_selection (Fixture *f, gconstpointer data)
{
  g_autofree char *first = add_event (f, "First", f->people[0], BASE_US);
  g_autofree char *second = add_event (f, "Second", f->people[1], BASE_US + HOUR_US);
  VantageTimelineOutline *outline;
  GtkSelectionModel *model;

  vantage_review_context_go (f->context, "timeline", second);
  ui_settle ();
  g_assert_true (gtk_widget_activate_action (get_page (f), "page.view", "s", "outline"));
  ui_settle ();
  outline = VANTAGE_TIMELINE_OUTLINE (ui_find (get_page (f), VANTAGE_TYPE_TIMELINE_OUTLINE, NULL));
  model = vantage_timeline_outline_get_model (outline);
  g_assert_false (gtk_selection_model_is_selected (model, 0));
  g_assert_true (gtk_selection_model_is_selected (model, 1));
  gtk_selection_model_select_item (model, 0, TRUE);
  g_assert_true (gtk_widget_activate_action (get_page (f), "page.view", "s", "canvas"));
  ui_settle ();
  activate (f, "page.delete");
  ui_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1);
  vantage_review_context_undo (f->context);
  ui_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 2);
}

static void
say (Fixture *f, const char *id, const char *text, gboolean taken)
{
  GtkWidget *popover, *entry;

  vantage_review_context_go (f->context, "timeline", id);
  ui_settle ();
  activate (f, "page.say-when");
  popover = ui_find (get_page (f), VANTAGE_TYPE_LINE_POPOVER, NULL);
  g_assert_nonnull (popover);
  entry = ui_find (popover, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  ui_settle ();
  popover = ui_find (get_page (f), VANTAGE_TYPE_LINE_POPOVER, NULL);
  g_assert_true ((popover == NULL) == taken);
  if (taken)
    return;
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_popover_popdown (GTK_POPOVER (popover));
  ui_settle ();
}

static void
test_a_typed_time_is_taken (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add_event (f, "Sees lag falling", f->people[0], BASE_US);
  g_autoptr (VantageEntity) event = NULL;
  VantageWhen when;

  say (f, id, "about 02:10", TRUE);
  event = vantage_library_get (f->library, f->review, "event", id, NULL);
  vantage_entity_get_when (event, "start", &when);
  g_assert_cmpint (when.sort, ==, VANTAGE_WHEN_AT);
  g_assert_cmpint (when.at_us, ==, BASE_US + HOUR_US / 6);
  g_assert_cmpint (when.plus_minus_us, ==, HOUR_US / 12);
  say (f, id, "when the moon was high", FALSE);
  say (f, id, "10 min before the flood", FALSE);
}

static void
test_what_cannot_all_be_true_is_told (Fixture *f, gconstpointer data)
{
  g_autofree char *page = add_event (f, "The page", f->people[0], BASE_US);
  g_autofree char *call = add_event (f, "Third call", f->people[1], BASE_US + HOUR_US);

  g_assert_null (ui_find (get_page (f), GTK_TYPE_LABEL, "2 statements cannot all be true"));
  say (f, call, "10 min before the page", TRUE);
  ui_settle ();
  g_assert_nonnull (ui_find (get_page (f), GTK_TYPE_BUTTON, "Show"));
  activate (f, "page.show-contradiction");
  ui_settle ();
  g_assert_nonnull (ui_find (get_page (f), GTK_TYPE_LABEL, "These cannot all be true"));
  ui_shot (GTK_WIDGET (f->window), "timeline-contradiction");
}

static void
test_cards_speak (Fixture *f, gconstpointer data)
{
  g_autofree char *id = add_event (f, "Is this us?", f->people[0], BASE_US);
  GtkWidget *card = ui_find (GTK_WIDGET (get_canvas (f)), VANTAGE_TYPE_EVENT_CARD, NULL);

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (get_canvas (f)), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "02:00, Dana Okafor: Is this us?");
}

static void
press (Fixture *f, guint key, GdkModifierType mods)
{
  GtkEventController *keys =
      ui_controller (GTK_WIDGET (get_canvas (f)), GTK_TYPE_EVENT_CONTROLLER_KEY);
  gboolean used;

  g_signal_emit_by_name (keys, "key-pressed", key, 0u, mods, &used);
  g_assert_true (used);
  ui_settle ();
}

static VantageTimelineEvent *
get_focused (Fixture *f)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->window));

  g_assert_true (VANTAGE_IS_EVENT_CARD (focus));
  return vantage_event_card_get_event (VANTAGE_EVENT_CARD (focus));
}

static void
test_arrows_walk_and_move (Fixture *f, gconstpointer data)
{
  g_autofree char *first = add_event (f, "First", f->people[0], BASE_US);
  g_autofree char *second = add_event (f, "Second", f->people[0], BASE_US + HOUR_US);
  g_autofree char *below = add_event (f, "Below", f->people[1], BASE_US + HOUR_US);

  vantage_review_context_go (f->context, "timeline", first);
  ui_settle ();
  press (f, GDK_KEY_Right, 0);
  g_assert_cmpstr (vantage_timeline_event_get_id (get_focused (f)), ==, second);
  press (f, GDK_KEY_Down, 0);
  g_assert_cmpstr (vantage_timeline_event_get_id (get_focused (f)), ==, below);
  activate (f, "page.move-later");
  ui_settle ();
  g_assert_cmpint (get_start (f, below), >, BASE_US + HOUR_US);
  activate (f, "page.first");
  activate (f, "page.duplicate");
  ui_settle ();
}

static gboolean
keep_first (VantageItem *item, gpointer data)
{
  *(char **) data = vantage_item_dup_id (item);
  return FALSE;
}

static void
test_evidence_is_dropped_on_a_lane (void)
{
  Fixture f = { 0 };
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char *item = NULL;
  g_autoptr (GListModel) events = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (VantageEntity) made = NULL;
  gboolean taken = FALSE;
  VantageWhen when;
  guint n;

  f.library = ui_library_new ();
  g_assert_true (vantage_desk_open_sample (f.library, &error));
  f.review = (char *) VANTAGE_SAMPLE_REVIEW;
  f.window = ui_window_new (f.library, 1440, 900);
  vantage_window_open_review (f.window, f.review);
  f.context = vantage_window_get_context (f.window);
  vantage_review_context_go (f.context, "timeline", NULL);
  for (int i = 0; i < 10; i++)
    ui_settle ();
  ui_shot (GTK_WIDGET (f.window), "timeline-1440");
  events = vantage_library_get_model (f.library, f.review, "event");
  n = g_list_model_get_n_items (events);
  g_assert_true (
      vantage_library_each_item (f.library, f.review, &all, keep_first, &item, NULL, &error));
  g_assert_nonnull (item);

  g_value_init (&value, VANTAGE_TYPE_ITEM_IDS);
  g_value_take_boxed (&value, g_strsplit (item, "\n", -1));
  g_signal_emit_by_name (ui_controller (GTK_WIDGET (get_canvas (&f)), GTK_TYPE_DROP_TARGET), "drop",
                         &value, 480.0, 200.0, &taken);
  g_assert_true (taken);
  UI_WAIT (g_list_model_get_n_items (events) >= n);
  ui_settle ();
  if (g_list_model_get_n_items (events) == n + 1)
    {
      VantageTimelineEvent *event = get_focused (&f);

      vantage_entity_get_when (event->entity, "start", &when);
      g_assert_cmpint (when.sort, ==, VANTAGE_WHEN_ITEM);
      g_assert_cmpstr (when.item, ==, item);
    }
  vantage_review_context_undo (f.context);
  UI_WAIT (g_list_model_get_n_items (events) == n);
  activate (&f, "page.show-contradiction");
  ui_settle ();
  ui_shot (GTK_WIDGET (f.window), "timeline-details");
  activate (&f, "page.details");
  activate (&f, "page.stand");
  ui_settle ();
  g_assert_nonnull (ui_find (get_page (&f), VANTAGE_TYPE_STANDING_STRIP, NULL));
  activate (&f, "page.stand-on");
  ui_settle ();
  ui_shot (GTK_WIDGET (f.window), "timeline-vantage");
  activate (&f, "page.stand-leave");
  g_assert_null (ui_find (get_page (&f), VANTAGE_TYPE_STANDING_STRIP, NULL));
  g_assert_true (gtk_widget_activate_action (get_page (&f), "page.view", "s", "outline"));
  for (int i = 0; i < 3; i++)
    ui_settle ();
  ui_shot (GTK_WIDGET (f.window), "timeline-outline");
  ui_window_close (f.window);
  g_assert_finalize_object (f.library);
}

static void
look_at_sample (int width, int height, gboolean dark, const char *name)
{
  g_autoptr (GError) error = NULL;
  VantageLibrary *library = ui_library_new ();
  VantageWindow *window;

  g_assert_true (vantage_desk_open_sample (library, &error));
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  window = ui_window_new (library, width, height);
  vantage_window_open_review (window, VANTAGE_SAMPLE_REVIEW);
  vantage_review_context_go (vantage_window_get_context (window), "timeline", NULL);
  for (int i = 0; i < 8; i++)
    ui_settle ();
  ui_shot (GTK_WIDGET (window), name);
  ui_window_close (window);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  g_assert_finalize_object (library);
}

static void
test_it_fits_every_window (void)
{
  look_at_sample (1440, 900, TRUE, "timeline-dark");
  look_at_sample (1024, 700, FALSE, "timeline-1024");
  look_at_sample (360, 640, FALSE, "timeline-360");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("/ui/timeline/a-key-makes-an-event", test_a_key_makes_an_event);
  ADD ("/ui/timeline/dragging-moves-and-undo-puts-back", test_dragging_moves_and_undo_puts_back);
  ADD ("/ui/timeline/an-edge-is-dragged", test_an_edge_is_dragged);
  ADD ("/ui/timeline/a-lane-is-collapsed-and-stays-so", test_a_lane_is_collapsed_and_stays_so);
  ADD ("/ui/timeline/dragging-to-another-lane", test_dragging_to_another_lane);
  ADD ("/ui/timeline/canvas-and-outline-share-the-selection",
       test_canvas_and_outline_share_the_selection);
  ADD ("/ui/timeline/a-typed-time-is-taken", test_a_typed_time_is_taken);
  ADD ("/ui/timeline/what-cannot-all-be-true-is-told", test_what_cannot_all_be_true_is_told);
  ADD ("/ui/timeline/cards-speak", test_cards_speak);
  ADD ("/ui/timeline/arrows-walk-and-move", test_arrows_walk_and_move);
  g_test_add_func ("/ui/timeline/evidence-is-dropped-on-a-lane",
                   test_evidence_is_dropped_on_a_lane);
  g_test_add_func ("/ui/timeline/it-fits-every-window", test_it_fits_every_window);
  return g_test_run ();
}
