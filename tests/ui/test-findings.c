/* test-findings.c: findings, wonders and experiments. */

#include "vantage-entity-list.h"
#include "vantage-finding-detail.h"
#include "vantage-finding-rows.h"
#include "vantage-ground-list.h"
#include "vantage-item-drag.h"
#include "vantage-language-marks.h"
#include "vantage-ui-support.h"
#include "vantage-wrap-entry.h"

typedef struct
{
  VantageLibrary *library;
  char *review;
  VantageWindow *window;
} Fixture;

static void
set_up (Fixture *f, gconstpointer sample)
{
  f->library = sample != NULL ? ui_sample_library_new () : ui_library_new ();
  f->review = sample != NULL ? g_strdup (VANTAGE_SAMPLE_REVIEW)
                             : ui_review_new (f->library, "Checkout held payments");
  f->window = ui_window_new (f->library, 1180, 860);
  vantage_window_open_review (f->window, f->review);
  vantage_review_context_go (vantage_window_get_context (f->window), "findings", NULL);
  ui_settle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  g_assert_finalize_object (f->library);
  g_free (f->review);
}

static VantageReviewContext *
get_context (Fixture *f)
{
  return vantage_window_get_context (f->window);
}

static GtkWidget *
find (Fixture *f, GType type)
{
  GtkWidget *found = ui_find (GTK_WIDGET (f->window), type, NULL);

  g_assert_nonnull (found);
  return found;
}

/* From within the page, as a button or a key would. */
static void
run (Fixture *f, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (
      gtk_widget_activate_action_variant (find (f, VANTAGE_TYPE_ENTITY_LIST), name, target));
  ui_settle ();
}

static GPtrArray *
list (Fixture *f, const char *kind)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entities = vantage_library_list (f->library, f->review, kind, &error);

  g_assert_no_error (error);
  return entities;
}

static VantageEntity *
get_selected (Fixture *f, const char *kind)
{
  VantageEntityList *entities = VANTAGE_ENTITY_LIST (find (f, VANTAGE_TYPE_ENTITY_LIST));

  return vantage_library_get (f->library, f->review, kind,
                              vantage_entity_list_get_selected (entities), NULL);
}

static void
type_title (Fixture *f, const char *text)
{
  vantage_wrap_entry_set_text (VANTAGE_WRAP_ENTRY (find (f, VANTAGE_TYPE_WRAP_ENTRY)), text);
  vantage_review_context_flush (get_context (f));
  ui_settle ();
}

static void
test_a_new_one_is_named_at_once (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;
  GtkWidget *focus;

  run (f, "page.findings-add");
  focus = gtk_window_get_focus (GTK_WINDOW (f->window));
  g_assert_true (GTK_IS_TEXT_VIEW (focus));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, VANTAGE_TYPE_WRAP_ENTRY));
  type_title (f, "Two maps\nof the cache");
  findings = list (f, "finding");
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (vantage_entity_get_title (findings->pdata[0]), ==, "Two maps of the cache");
  g_assert_nonnull (ui_find (GTK_WIDGET (f->window), GTK_TYPE_LABEL, "no evidence yet"));
}

static void
assert_order (Fixture *f, const char *expected)
{
  g_autoptr (GPtrArray) findings = list (f, "finding");
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    g_string_append (titles, vantage_entity_get_title (findings->pdata[i]));
  g_assert_cmpstr (titles->str, ==, expected);
}

static void
test_order_is_moved_and_taken_back (Fixture *f, gconstpointer data)
{
  static const char *const titles[] = { "a", "b", "c" };
  VantageEntityList *entities = VANTAGE_ENTITY_LIST (find (f, VANTAGE_TYPE_ENTITY_LIST));
  g_autofree char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      run (f, "page.findings-add");
      type_title (f, titles[i]);
    }
  assert_order (f, "abc");
  id = g_strdup (vantage_entity_list_get_selected (entities));
  run (f, "page.findings-up");
  assert_order (f, "acb");
  g_assert_cmpstr (vantage_entity_list_get_selected (entities), ==, id);
  run (f, "page.findings-up");
  assert_order (f, "cab");
  run (f, "page.findings-up");
  assert_order (f, "cab");
  run (f, "page.findings-down");
  assert_order (f, "acb");
  vantage_entity_list_move (entities, id, 3);
  assert_order (f, "abc");
  vantage_review_context_undo (get_context (f));
  assert_order (f, "acb");
  run (f, "page.findings-delete");
  assert_order (f, "ab");
  g_assert_nonnull (vantage_entity_list_get_selected (entities));
  vantage_review_context_undo (get_context (f));
  assert_order (f, "acb");
}

static void
test_entities_without_an_order_get_one (Fixture *f, gconstpointer data)
{
  VantageEntityList *entities = VANTAGE_ENTITY_LIST (find (f, VANTAGE_TYPE_ENTITY_LIST));
  g_autoptr (GPtrArray) before = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (VantageEdit) edit = vantage_review_context_begin (get_context (f), "Add");
      g_autofree char *title = g_strdup_printf ("%u", i);

      vantage_edit_set_text (edit, "finding", vantage_edit_create (edit, "finding"), "title",
                             title);
      g_assert_true (vantage_review_context_commit (get_context (f), edit));
    }
  ui_settle ();
  before = list (f, "finding");
  vantage_entity_list_move (entities, vantage_entity_get_id (before->pdata[3]), 1);
  {
    g_autoptr (GPtrArray) after = list (f, "finding");
    static const guint expected[] = { 0, 3, 1, 2 };

    for (guint i = 0; i < 4; i++)
      g_assert_cmpstr (vantage_entity_get_id (after->pdata[i]), ==,
                       vantage_entity_get_id (before->pdata[expected[i]]));
  }
}

static void
test_evidence_is_cited_dropped_and_taken_away (Fixture *f, gconstpointer data)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) items =
      vantage_library_query_items (f->library, f->review, &query, 3, 0, NULL, NULL);
  g_autofree char *first = vantage_item_dup_id (items->pdata[0]);
  g_autofree char *second = vantage_item_dup_id (items->pdata[1]);
  const char *const selection[] = { first, NULL };
  const char *const both[] = { first, second, NULL };
  GtkWidget *ground;
  GValue value = G_VALUE_INIT;
  gboolean dropped = FALSE;

  run (f, "page.findings-add");
  ground = find (f, VANTAGE_TYPE_GROUND_LIST);
  g_assert_cmpuint (vantage_ground_list_get_n (VANTAGE_GROUND_LIST (ground)), ==, 0);
  vantage_review_context_set_selection (get_context (f), selection);
  run (f, "page.findings-cite");
  g_assert_cmpuint (vantage_ground_list_get_n (VANTAGE_GROUND_LIST (ground)), ==, 1);

  g_value_init (&value, VANTAGE_TYPE_ITEM_IDS);
  g_value_set_boxed (&value, both);
  g_signal_emit_by_name (ui_controller (ground, GTK_TYPE_DROP_TARGET), "drop", &value, 1.0, 1.0,
                         &dropped);
  g_value_unset (&value);
  ui_settle ();
  g_assert_true (dropped);
  g_assert_cmpuint (vantage_ground_list_get_n (VANTAGE_GROUND_LIST (ground)), ==, 2);
  {
    g_autoptr (VantageEntity) finding = get_selected (f, "finding");
    g_autofree char *text = vantage_finding_dup_ground (get_context (f), finding);
    g_autoptr (GArray) cites = vantage_entity_list_cites (finding);

    g_assert_cmpstr (text, ==, "2 items");
    g_assert_nonnull (g_array_index (cites, VantageCite, 0).version);
  }
  vantage_review_context_undo (get_context (f));
  ui_settle ();
  g_assert_cmpuint (vantage_ground_list_get_n (VANTAGE_GROUND_LIST (ground)), ==, 1);
}

static void
test_ground_is_counted_in_words (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = list (f, "finding");
  g_autofree char *first = vantage_finding_dup_ground (get_context (f), findings->pdata[0]);
  g_autofree char *last = vantage_finding_dup_ground (get_context (f), findings->pdata[5]);

  g_assert_cmpstr (first, ==, "5 items · 8 events · 1 account");
  g_assert_cmpstr (last, ==, "no evidence yet");
}

static void
test_hints_are_quiet_and_can_be_waved_away (Fixture *f, gconstpointer data)
{
  VantageProseEditor *text;
  GtkTextBuffer *buffer;
  GtkWidget *button;

  run (f, "page.findings-add");
  text = vantage_finding_detail_get_text (
      VANTAGE_FINDING_DETAIL (find (f, VANTAGE_TYPE_FINDING_DETAIL)));
  buffer = gtk_text_view_get_buffer (vantage_prose_editor_get_view (text));
  gtk_text_buffer_set_text (buffer,
                            "She should have checked the replica. “They should have paged sooner”, "
                            "somebody said.",
                            -1);
  g_assert_cmpuint (vantage_language_marks_get_n (text), ==, 1);
  run (f, "page.findings-hint");
  button = ui_find (GTK_WIDGET (text), GTK_TYPE_BUTTON, "Fine Here");
  g_assert_nonnull (button);
  {
    GtkTextTag *tag =
        gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "language-hint");
    GtkTextIter at;

    gtk_text_buffer_get_iter_at_offset (buffer, &at, 6);
    g_assert_true (gtk_text_iter_has_tag (&at, tag));
    gtk_text_buffer_get_iter_at_offset (buffer, &at, 45);
    g_assert_false (gtk_text_iter_has_tag (&at, tag));
  }
  ui_shot (GTK_WIDGET (f->window), "findings-hint");
  g_signal_emit_by_name (button, "clicked");
  ui_settle ();
  g_assert_cmpuint (vantage_language_marks_get_n (text), ==, 0);
  gtk_text_buffer_set_text (buffer, "He should have paged sooner.", -1);
  g_assert_cmpuint (vantage_language_marks_get_n (text), ==, 1);
  run (f, "page.findings-hints::off");
  g_assert_cmpuint (vantage_language_marks_get_n (text), ==, 0);
  run (f, "page.findings-hints::usual");
  g_assert_cmpuint (vantage_language_marks_get_n (text), ==, 1);
}

static void
test_references_are_kept_as_they_were (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = list (f, "finding");

  for (guint i = 0; i < findings->len; i++)
    {
      const char *id = vantage_entity_get_id (findings->pdata[i]);
      g_autofree char *before = vantage_library_dup_prose (f->library, f->review, id, "text", NULL);
      g_autofree char *after = NULL;
      VantageProseEditor *text;
      GtkTextBuffer *buffer;

      vantage_review_context_go (get_context (f), "findings", id);
      text = vantage_finding_detail_get_text (
          VANTAGE_FINDING_DETAIL (find (f, VANTAGE_TYPE_FINDING_DETAIL)));
      buffer = gtk_text_view_get_buffer (vantage_prose_editor_get_view (text));
      gtk_text_buffer_insert_at_cursor (buffer, "x", 1);
      vantage_review_context_flush (get_context (f));
      vantage_review_context_undo (get_context (f));
      after = vantage_prose_editor_dup_text (text);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_pictures (Fixture *f, gconstpointer data)
{
  static const char *const pages[] = { "findings", "wonders", "experiments" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *action = g_strdup_printf ("page.findings-view::%s", pages[i]);

      run (f, action);
      ui_shot (GTK_WIDGET (f->window), pages[i]);
    }
  run (f, "page.findings-view::findings");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  ui_shot (GTK_WIDGET (f->window), "findings-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  ui_window_close (f->window);

  f->window = ui_window_new (f->library, 360, 640);
  vantage_window_open_review (f->window, f->review);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 360, 640);
  vantage_review_context_go (get_context (f), "findings", NULL);
  ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "findings-360");
  run (f, "page.findings-rename");
  ui_shot (GTK_WIDGET (f->window), "finding-360");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f->window)), <=, 372);
}

#define ADD(name, function, sample)                                                                \
  g_test_add ("/ui/findings/" name, Fixture, sample, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("a-new-one-is-named-at-once", test_a_new_one_is_named_at_once, NULL);
  ADD ("order-is-moved-and-taken-back", test_order_is_moved_and_taken_back, NULL);
  ADD ("entities-without-an-order-get-one", test_entities_without_an_order_get_one, NULL);
  ADD ("evidence-is-cited-dropped-and-taken-away", test_evidence_is_cited_dropped_and_taken_away,
       "sample");
  ADD ("ground-is-counted-in-words", test_ground_is_counted_in_words, "sample");
  ADD ("hints-are-quiet-and-can-be-waved-away", test_hints_are_quiet_and_can_be_waved_away, NULL);
  ADD ("references-are-kept-as-they-were", test_references_are_kept_as_they_were, "sample");
  ADD ("pictures", test_pictures, "sample");
  return g_test_run ();
}
