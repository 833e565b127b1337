/* test-sources.c: evidence is read, searched and sent where it is used. */

#include <glib/gstdio.h>
#include <string.h>

#include "make-zip.h"
#include "vantage-channel-list.h"
#include "vantage-chat-text.h"
#include "vantage-item-tile.h"
#include "vantage-original-window.h"
#include "vantage-reader-fold.h"
#include "vantage-reader-row.h"
#include "vantage-redact-window.h"
#include "vantage-source-list.h"
#include "vantage-source-row.h"
#include "vantage-evidence-reader.h"
#include "vantage-sources-page.h"
#include "vantage-ui-support.h"

typedef struct
{
  VantageLibrary *library;
  VantageWindow *window;
  VantageReviewContext *context;
  VantageEvidenceReader *reader;
  GtkWidget *page;
} Fixture;

static void
wait_answer (Fixture *f)
{
  UI_WAIT (!vantage_evidence_reader_is_looking (f->reader));
  ui_settle ();
}

static void
show_page (Fixture *f, const char *review)
{
  vantage_window_open_review (f->window, review);
  f->context = vantage_window_get_context (f->window);
  vantage_review_context_go (f->context, "sources", NULL);
  UI_WAIT (ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_SOURCES_PAGE, NULL) != NULL);
  ui_settle ();
  f->page = ui_find (GTK_WIDGET (f->window), VANTAGE_TYPE_SOURCES_PAGE, NULL);
  f->reader = VANTAGE_EVIDENCE_READER (adw_bin_get_child (
      ADW_BIN (gtk_widget_get_template_child (f->page, VANTAGE_TYPE_SOURCES_PAGE, "reader_slot"))));
  wait_answer (f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_sample_library_new ();
  f->window = ui_window_new (f->library, 1200, 800);
  show_page (f, VANTAGE_SAMPLE_REVIEW);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  /* An answer that was on its way when the window closed still holds the library. */
  UI_WAIT (G_OBJECT (f->library)->ref_count == 1);
  g_assert_finalize_object (f->library);
}

static gpointer
part (Fixture *f, const char *name)
{
  GObject *object = gtk_widget_get_template_child (f->page, VANTAGE_TYPE_SOURCES_PAGE, name);

  g_assert_nonnull (object);
  return object;
}

/* The item that is found at @place for @words. (transfer full) */
static VantageItem *
find_item (Fixture *f, const char *words, guint place)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) items = NULL;

  query.text = words;
  items = vantage_library_query_items (f->library, VANTAGE_SAMPLE_REVIEW, &query, place + 1, 0,
                                       NULL, NULL);
  g_assert_cmpuint (items->len, >, place);
  return vantage_item_ref (items->pdata[place]);
}

static gint64
count (Fixture *f, const VantageItemQuery *query)
{
  return vantage_library_count_items (f->library, VANTAGE_SAMPLE_REVIEW, query, NULL, NULL);
}

static void
activate (Fixture *f, const char *action, const char *target)
{
  g_assert_true (gtk_widget_activate_action (f->page, action, target != NULL ? "s" : NULL, target));
  ui_settle ();
}

static guint
count_entities (Fixture *f, const char *kind)
{
  g_autoptr (GPtrArray) list = vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, kind, NULL);

  return list->len;
}

/* ---- tests ---- */

static void
test_everything_is_there_to_read (Fixture *f, gconstpointer data)
{
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;

  g_assert_cmpint (vantage_evidence_reader_get_n_items (f->reader), ==, count (f, &all));
  g_assert_nonnull (ui_find (GTK_WIDGET (f->reader), VANTAGE_TYPE_READER_ROW, NULL));
  ui_shot (GTK_WIDGET (f->window), "sources");
}

static void
test_search_finds_as_it_is_typed (Fixture *f, gconstpointer data)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;

  query.text = "lag";
  gtk_editable_set_text (part (f, "search"), "lag");
  UI_WAIT (vantage_evidence_reader_get_n_items (f->reader) == count (f, &query));
  g_assert_cmpuint (vantage_evidence_reader_get_n_items (f->reader), >, 0);
  UI_WAIT (g_str_has_suffix (gtk_label_get_text (part (f, "found")), "found"));
  ui_shot (GTK_WIDGET (f->window), "sources-search");

  gtk_editable_set_text (part (f, "search"), "zyzzyva");
  UI_WAIT (vantage_evidence_reader_get_n_items (f->reader) == 0);
  UI_WAIT (g_str_has_prefix (gtk_label_get_text (part (f, "found")), "Nothing like this"));
  ui_shot (GTK_WIDGET (f->window), "sources-nothing-found");
}

static void
test_filters_narrow_down (Fixture *f, gconstpointer data)
{
  GPtrArray *people = vantage_review_context_get_people (f->context);
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;

  query.person = ((VantagePerson *) people->pdata[1])->id;
  gtk_drop_down_set_selected (part (f, "person_drop"), 2);
  UI_WAIT (vantage_evidence_reader_get_n_items (f->reader) == count (f, &query));
  query.kind = VANTAGE_ITEM_MESSAGE;
  gtk_drop_down_set_selected (part (f, "kind_drop"), VANTAGE_ITEM_MESSAGE + 1);
  UI_WAIT (vantage_evidence_reader_get_n_items (f->reader) == count (f, &query));
}

static void
test_other_pages_lead_to_an_item (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageItem) item = find_item (f, "lag", 0);
  g_autofree char *id = vantage_item_dup_id (item);
  const char *const *chosen;

  gtk_editable_set_text (part (f, "search"), "zyzzyva");
  UI_WAIT (vantage_evidence_reader_get_n_items (f->reader) == 0);
  vantage_review_context_show_item (f->context, id);
  vantage_review_context_go (f->context, "overview", NULL);
  ui_settle ();
  g_assert_true (gtk_widget_activate_action (
      ui_find (GTK_WIDGET (f->window), GTK_TYPE_BUTTON, "Open"), "evidence.open", NULL));
  UI_WAIT (*vantage_review_context_get_selection (f->context) != NULL);
  ui_settle ();
  g_usleep (200 * 1000);
  ui_settle ();
  chosen = vantage_review_context_get_selection (f->context);
  g_assert_cmpstr (chosen[0], ==, id);
  g_assert_null (chosen[1]);
}

static void
test_a_hit_is_shown_where_it_was_said (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageItem) item = find_item (f, "lag", 0);
  g_autofree char *id = vantage_item_dup_id (item);
  VantageItemQuery channel = VANTAGE_ITEM_QUERY_INIT;

  channel.channel = item->channel;
  gtk_editable_set_text (part (f, "search"), "lag");
  UI_WAIT (g_str_has_suffix (gtk_label_get_text (part (f, "found")), "found"));
  activate (f, "page.next-item", NULL);
  g_assert_cmpstr (vantage_review_context_get_selection (f->context)[0], ==, id);
  activate (f, "page.show-in-place", NULL);
  UI_WAIT (vantage_evidence_reader_get_n_items (f->reader) == count (f, &channel));
  UI_WAIT (g_strcmp0 (vantage_review_context_get_selection (f->context)[0], id) == 0);
  g_assert_cmpstr (gtk_editable_get_text (part (f, "search")), ==, "");
}

static void
test_time_narrows_down (Fixture *f, gconstpointer data)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;

  gtk_editable_set_text (part (f, "from_entry"), "sometime");
  g_signal_emit_by_name (part (f, "from_entry"), "activate");
  g_assert_true (gtk_widget_has_css_class (part (f, "from_entry"), "error"));
  gtk_editable_set_text (part (f, "from_entry"), "2025-03-14T02:00:00Z");
  gtk_editable_set_text (part (f, "until_entry"), "2025-03-14T03:00:00Z");
  g_signal_emit_by_name (part (f, "from_entry"), "activate");
  query.since_us = G_GINT64_CONSTANT (1741917600) * G_USEC_PER_SEC;
  query.until_us = G_GINT64_CONSTANT (1741921200) * G_USEC_PER_SEC;
  g_assert_cmpint (count (f, &query), >, 0);
  UI_WAIT (vantage_evidence_reader_get_n_items (f->reader) == count (f, &query));
  activate (f, "page.go-to-time", NULL);
  ui_shot (GTK_WIDGET (gtk_menu_button_get_popover (part (f, "filter_button"))), "sources-filter");
  gtk_menu_button_popdown (part (f, "filter_button"));
  ui_settle ();
}

static void
test_letters_step_and_send (Fixture *f, gconstpointer data)
{
  guint events = count_entities (f, "event");
  const char *first;
  g_autofree char *id = NULL;

  activate (f, "page.next-item", NULL);
  first = vantage_review_context_get_selection (f->context)[0];
  g_assert_nonnull (first);
  id = g_strdup (first);
  activate (f, "page.next-item", NULL);
  g_assert_cmpstr (vantage_review_context_get_selection (f->context)[0], !=, id);
  activate (f, "page.previous-item", NULL);
  g_assert_cmpstr (vantage_review_context_get_selection (f->context)[0], ==, id);

  activate (f, "page.add-to-timeline", NULL);
  g_assert_cmpuint (count_entities (f, "event"), ==, events + 1);
  vantage_review_context_undo (f->context);
  g_assert_cmpuint (count_entities (f, "event"), ==, events);

  activate (f, "page.pin", NULL);
  g_assert_true (vantage_review_context_is_pinned (f->context, id));
}

static void
test_citing_makes_and_extends_a_finding (Fixture *f, gconstpointer data)
{
  guint findings = count_entities (f, "finding");
  g_autoptr (GPtrArray) pointing = NULL;
  g_autofree char *id = NULL;

  activate (f, "page.next-item", NULL);
  id = g_strdup (vantage_review_context_get_selection (f->context)[0]);
  activate (f, "page.cite-in", "");
  g_assert_cmpuint (count_entities (f, "finding"), ==, findings + 1);
  pointing = vantage_library_list_pointing (f->library, VANTAGE_SAMPLE_REVIEW, id, NULL);
  for (guint i = 0; i < pointing->len; i++)
    if (strcmp (vantage_entity_get_kind_name (pointing->pdata[i]), "finding") == 0)
      {
        g_autofree char *second = NULL;
        const char *finding = vantage_entity_get_id (pointing->pdata[i]);
        g_autoptr (GPtrArray) now = NULL;

        activate (f, "page.next-item", NULL);
        second = g_strdup (vantage_review_context_get_selection (f->context)[0]);
        activate (f, "page.cite-in", finding);
        now = vantage_library_list_pointing (f->library, VANTAGE_SAMPLE_REVIEW, second, NULL);
        g_assert_cmpuint (now->len, >, 0);
        g_assert_cmpuint (count_entities (f, "finding"), ==, findings + 1);
        return;
      }
  g_assert_not_reached ();
}

/* The one other window that is open; it shows @text. Closes it. */
static void
see_original (Fixture *f, const char *text)
{
  GtkWidget *window = NULL, *view;
  g_autoptr (GListModel) all = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) each = g_list_model_get_item (all, i);

      if (VANTAGE_IS_ORIGINAL_WINDOW (each))
        window = each;
    }
  g_assert_nonnull (window);
  ui_settle ();
  ui_shot (window, text != NULL ? "original" : "original-missing");
  view = ui_find (window, GTK_TYPE_TEXT_VIEW, NULL);
  g_assert_true ((view != NULL) == (text != NULL));
  if (view != NULL)
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
      g_autofree char *shown = NULL;

      g_object_get (buffer, "text", &shown, NULL);
      g_assert_cmpstr (shown, ==, text);
      g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
}

static void
test_the_original_can_be_seen (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageItem) item = find_item (f, "lag", 0);
  g_autofree char *id = vantage_item_dup_id (item);
  const char *const ids[] = { id, NULL };
  g_autofree char *original = vantage_library_dup_original (f->library, item, NULL);
  g_autofree char *kept =
      g_build_filename (vantage_library_get_folder (f->library), "originals", NULL);
  g_autofree char *away = g_strconcat (kept, "-away", NULL);

  g_assert_nonnull (original);
  vantage_review_context_set_selection (f->context, ids);
  activate (f, "page.show-original", NULL);
  see_original (f, original);

  vantage_review_context_show_item (f->context, id);
  ui_settle ();
  g_assert_true (gtk_widget_activate_action (
      ui_find (GTK_WIDGET (f->window), GTK_TYPE_BUTTON, "Original"), "evidence.original", NULL));
  ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "sources-pane");
  see_original (f, original);

  /* A folder that was carried off by hand: the window says so instead. */
  g_assert_cmpint (g_rename (kept, away), ==, 0);
  activate (f, "page.show-original", NULL);
  see_original (f, NULL);
}

/* ---- imports ---- */

static VantageSourceRow *
open_source (Fixture *f, const char *source)
{
  GtkWidget *list;

  activate (f, "page.manage-sources", NULL);
  list = adw_bin_get_child (part (f, "sources_slot"));
  vantage_source_list_open (VANTAGE_SOURCE_LIST (list), source);
  ui_settle ();
  for (GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (list)); focus != NULL;
       focus = gtk_widget_get_parent (focus))
    if (VANTAGE_IS_SOURCE_ROW (focus))
      return VANTAGE_SOURCE_ROW (focus);
  g_assert_not_reached ();
}

/* The entry of @row with @title. */
static GtkWidget *
find_entry (VantageSourceRow *row, const char *title)
{
  GtkWidget *entry = ui_find (GTK_WIDGET (row), ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (entry);
  return entry;
}

static void
test_times_of_an_import_are_moved_and_back (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageItem) item = find_item (f, "lag", 0);
  g_autofree char *id = vantage_item_dup_id (item);
  g_autoptr (VantageItem) moved = NULL;
  g_autoptr (VantageItem) back = NULL;
  VantageSourceRow *row = open_source (f, item->source);
  GtkWidget *shift = find_entry (row, "Move all times by, as +90 s or -1 h");

  g_assert_cmpstr (vantage_source_row_get_id (row), ==, item->source);
  ui_shot (GTK_WIDGET (f->window), "imports");
  gtk_editable_set_text (GTK_EDITABLE (shift), "a bit");
  g_signal_emit_by_name (shift, "apply");
  g_assert_true (gtk_widget_has_css_class (shift, "error"));
  gtk_editable_set_text (GTK_EDITABLE (shift), "-90 s");
  g_signal_emit_by_name (shift, "apply");
  ui_settle ();
  moved = vantage_library_get_item (f->library, VANTAGE_SAMPLE_REVIEW, id, NULL);
  g_assert_cmpint (moved->time_us, ==, item->time_us - 90 * G_USEC_PER_SEC);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (shift)), ==, "-1 min 30 s");

  gtk_editable_set_text (GTK_EDITABLE (shift), "");
  g_signal_emit_by_name (shift, "apply");
  ui_settle ();
  back = vantage_library_get_item (f->library, VANTAGE_SAMPLE_REVIEW, id, NULL);
  g_assert_cmpint (back->time_us, ==, item->time_us);
}

static void
test_an_import_is_read_alone_and_removed (Fixture *f, gconstpointer data)
{
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
  VantageItemQuery only = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (VantageItem) item = find_item (f, "lag", 0);
  gint64 before = count (f, &all);
  gint64 n_only;
  guint n_sources = count_entities (f, "source");

  only.source = item->source;
  n_only = count (f, &only);
  g_assert_cmpint (n_only, <, before);
  open_source (f, item->source);
  activate (f, "page.read-source", item->source);
  UI_WAIT (vantage_evidence_reader_get_n_items (f->reader) == n_only);
  g_assert_true (gtk_widget_get_visible (part (f, "only_bar")));
  ui_shot (GTK_WIDGET (f->window), "imports-only-one");

  activate (f, "page.manage-sources", NULL);
  activate (f, "page.remove-source", item->source);
  g_assert_cmpuint (count_entities (f, "source"), ==, n_sources - 1);
  g_assert_cmpint (count (f, &all), ==, before - n_only);
  ui_shot (GTK_WIDGET (f->window), "imports-removed");
  vantage_review_context_undo (f->context);
  g_assert_cmpuint (count_entities (f, "source"), ==, n_sources);
  g_assert_cmpint (count (f, &all), ==, before);
}

static void
test_shifts_read_as_they_are_written (void)
{
  static const struct
  {
    const char *text;
    gint64 s;
  } cases[] = {
    { "", 0 },        { "0", 0 },       { "+90 s", 90 },         { "-1 h", -3600 },
    { "2 min", 120 }, { "−30 s", -30 }, { "+1 h 30 min", 5400 },
  };
  gint64 us;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      gint64 again;

      g_assert_true (vantage_source_shift_read (cases[i].text, &us));
      g_assert_cmpint (us, ==, cases[i].s * G_USEC_PER_SEC);
      text = vantage_source_shift_dup_text (us);
      g_assert_true (vantage_source_shift_read (text, &again));
      g_assert_cmpint (again, ==, us);
    }
  g_assert_false (vantage_source_shift_read ("soon", &us));
  g_assert_false (vantage_source_shift_read ("5", &us));
}

/* ---- what is hidden ---- */

static GtkWidget *
find_redact_window (void)
{
  g_autoptr (GListModel) all = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) each = g_list_model_get_item (all, i);

      if (VANTAGE_IS_REDACT_WINDOW (each))
        return each;
    }
  return NULL;
}

static void
test_words_are_hidden_and_shown_again (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageItem) item = find_item (f, "lag", 0);
  g_autofree char *id = vantage_item_dup_id (item);
  const char *const ids[] = { id, NULL };
  GtkWidget *window;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autoptr (GPtrArray) list = NULL;

  vantage_review_context_set_selection (f->context, ids);
  activate (f, "page.redact", NULL);
  window = find_redact_window ();
  g_assert_nonnull (window);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_find (window, GTK_TYPE_TEXT_VIEW, NULL)));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 2);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 6);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_widget_activate_action (window, "redact.chosen", NULL);
  ui_settle ();
  ui_shot (window, "redact");
  list = vantage_library_list (f->library, VANTAGE_SAMPLE_REVIEW, "redaction", NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (vantage_entity_get_text (list->pdata[0], "item"), ==, id);
  g_assert_cmpint (vantage_entity_get_int (list->pdata[0], "from", -1), ==, 2);
  g_assert_cmpint (vantage_entity_get_int (list->pdata[0], "to", -1), ==, 6);

  gtk_widget_activate_action (window, "redact.show-again", NULL);
  g_assert_cmpuint (count_entities (f, "redaction"), ==, 0);
  vantage_review_context_undo (f->context);
  g_assert_cmpuint (count_entities (f, "redaction"), ==, 1);
  vantage_review_context_undo (f->context);
  g_assert_cmpuint (count_entities (f, "redaction"), ==, 0);
  gtk_widget_activate_action (window, "redact.whole", NULL);
  g_assert_cmpuint (count_entities (f, "redaction"), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
}

/* ---- coming and going ---- */

static void
add_text (ZipMaker *zip, const char *name, const char *text)
{
  zip_maker_add (zip, name, text, strlen (text), ZIP_PLAIN);
}

/* Twelve people join, somebody writes, two leave. */
static void
import_joins (Fixture *f, const char *review)
{
  const VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autofree char *folder = g_dir_make_tmp ("vantage-joins-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "export.zip", NULL);
  ZipMaker *zip = zip_maker_new ();
  g_autoptr (GString) day = g_string_new ("[");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageImportResult) result = NULL;

  for (int i = 0; i < 12; i++)
    g_string_append_printf (day,
                            "{\"type\":\"message\",\"subtype\":\"channel_join\",\"user\":\"U%02d\","
                            "\"text\":\"has joined\",\"ts\":\"17629561%02d.000100\"},",
                            i, 10 + i);
  g_string_append (day, "{\"type\":\"message\",\"user\":\"U01\",\"text\":\"hello\","
                        "\"ts\":\"1762956150.000100\"},"
                        "{\"type\":\"message\",\"user\":\"U02\",\"text\":\"مرحبا بالعالم\","
                        "\"ts\":\"1762966150.000100\",\"edited\":{\"user\":\"U02\","
                        "\"ts\":\"1762966190.000000\"}}]");
  add_text (zip, "channels.json", "[{\"id\":\"C1\",\"name\":\"ops\"}]");
  add_text (zip, "users.json", "[{\"id\":\"U01\",\"team_id\":\"T1\",\"name\":\"ana.k\"}]");
  add_text (zip, "ops/2025-11-12.json", day->str);
  bytes = zip_maker_finish (zip, FALSE);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  result = vantage_desk_import (f->library, review, path, &options, "Import", NULL, NULL, NULL,
                                NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_new, ==, 14);
}

/* A file whose second line is no record. */
static void
test_what_was_left_out_is_listed (Fixture *f, gconstpointer data)
{
  g_autofree char *review = ui_review_new (f->library, "Broken");
  const VantageImportOptions options = VANTAGE_IMPORT_OPTIONS_INIT;
  g_autofree char *folder = g_dir_make_tmp ("vantage-broken-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log.jsonl", NULL);
  g_autoptr (VantageImportResult) result = NULL;
  GtkWidget *window = NULL;
  g_autoptr (GListModel) all = g_object_ref (gtk_window_get_toplevels ());

  g_assert_true (g_file_set_contents (
      path,
      "{\"time\":\"2025-11-12T14:00:00Z\",\"author\":\"Ana\",\"text\":\"pager\"}\n"
      "{\"time\":\"2025-11-12T14:01:00Z\",\"author\":\n"
      "{\"time\":\"2025-11-12T14:02:00Z\",\"author\":\"Ben\",\"text\":\"rolled back\"}\n",
      -1, NULL));
  result = vantage_desk_import (f->library, review, path, &options, "Import", NULL, NULL, NULL,
                                NULL, NULL);
  g_assert_nonnull (result);
  g_assert_cmpuint (result->n_skipped, ==, 1);
  show_page (f, review);
  open_source (f, result->source);
  ui_shot (GTK_WIDGET (f->window), "imports-problems");
  activate (f, "page.source-problems", result->source);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) each = g_list_model_get_item (all, i);

      if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (each)), "Left Out, and Good to Know") == 0)
        window = each;
    }
  g_assert_nonnull (window);
  ui_settle ();
  ui_shot (window, "problems");
  g_assert_nonnull (ui_find (window, GTK_TYPE_LABEL, "log.jsonl, byte 103"));
  gtk_window_close (GTK_WINDOW (window));
  ui_settle ();
}

static void
test_joins_stand_in_one_row (Fixture *f, gconstpointer data)
{
  g_autofree char *review = ui_review_new (f->library, "Joins");
  GtkWidget *fold;
  g_autofree char *first = NULL;

  import_joins (f, review);
  show_page (f, review);
  g_assert_cmpuint (vantage_evidence_reader_get_n_items (f->reader), ==, 14);
  ui_shot (GTK_WIDGET (f->window), "sources-joins");
  fold = ui_find (GTK_WIDGET (f->reader), GTK_TYPE_LABEL, "U00, ana.k, U02 and 9 more joined");
  g_assert_nonnull (fold);
  /* A step goes over those that stand in it. */
  activate (f, "page.next-item", NULL);
  first = g_strdup (vantage_review_context_get_selection (f->context)[0]);
  activate (f, "page.next-item", NULL);
  {
    g_autoptr (VantageItem) item = vantage_library_get_item (
        f->library, review, vantage_review_context_get_selection (f->context)[0], NULL);

    g_assert_cmpstr (item->text, ==, "hello");
  }
  activate (f, "page.previous-item", NULL);
  g_assert_cmpstr (vantage_review_context_get_selection (f->context)[0], ==, first);
}

static void
test_narrow_and_dark (Fixture *f, gconstpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr (VantageItem) item = NULL;

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_shot (GTK_WIDGET (f->window), "sources-dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  ui_window_close (f->window);
  f->window = ui_window_new (f->library, 360, 700);
  show_page (f, VANTAGE_SAMPLE_REVIEW);
  /* A window comes back as large as the last one was. */
  gtk_window_set_default_size (GTK_WINDOW (f->window), 360, 700);
  UI_WAIT (gtk_widget_get_width (GTK_WIDGET (f->window)) <= 360 + 60);
  ui_shot (GTK_WIDGET (f->window), "sources-narrow");
  vantage_channel_list_choose (VANTAGE_CHANNEL_LIST (adw_bin_get_child (part (f, "channels_slot"))),
                               NULL);
  adw_leaflet_navigate (part (f, "leaflet"), ADW_NAVIGATION_DIRECTION_FORWARD);
  ui_shot (GTK_WIDGET (f->window), "sources-narrow-reader");
  activate (f, "page.manage-sources", NULL);
  item = find_item (f, "lag", 0);
  vantage_source_list_open (VANTAGE_SOURCE_LIST (adw_bin_get_child (part (f, "sources_slot"))),
                            item->source);
  ui_settle ();
  ui_shot (GTK_WIDGET (f->window), "imports-narrow");
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f->window)), <=, 360 + 60);
}

/* ---- emphasis ---- */

typedef struct
{
  const char *name, *text, *shown;
  guint n_attributes;
} Emphasis;

/* clang-format off */
static const Emphasis emphases[] = {
  { "plain-text-stays", "is this us?", "is this us?", 0 },
  { "stars-are-bold", "*looking* now", "looking now", 1 },
  { "two-stars-are-bold", "a **big** one", "a big one", 1 },
  { "sums-stay", "2 * 3 * 4", "2 * 3 * 4", 0 },
  { "names-with-underscores-stay", "max_open_connections", "max_open_connections", 0 },
  { "slanted", "_maybe_", "maybe", 1 },
  { "struck", "~no~ yes", "no yes", 1 },
  { "code-keeps-its-stars", "run `a *b* c`", "run a *b* c", 4 },
  { "lone-tick-stays", "5` long", "5` long", 0 },
  { "block-keeps-its-lines", "see ```\na\n  b\n``` there", "see \na\n  b\nthere", 4 },
  { "open-block-stays", "``` never closed", "``` never closed", 0 },
  { "quote", "> she said\nyes", "▏ she said\nyes", 1 },
  { "bold-in-slanted", "_all *of* it_", "all of it", 2 },
  { "markup-is-text", "<b>&amp;</b>", "<b>&amp;</b>", 0 },
  { "other-scripts", "*مرحبا* عالم", "مرحبا عالم", 1 },
  { "signs-alone", "*** ___ ```", "*** ___ ```", 0 },
};
/* clang-format on */

static void
test_emphasis (gconstpointer data)
{
  const Emphasis *c = data;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char *shown = vantage_chat_text_parse (c->text, &attributes);
  GSList *list = pango_attr_list_get_attributes (attributes);

  g_assert_cmpstr (shown, ==, c->shown);
  g_assert_cmpuint (g_slist_length (list), ==, c->n_attributes);
  for (GSList *each = list; each != NULL; each = each->next)
    {
      PangoAttribute *attribute = each->data;

      g_assert_cmpuint (attribute->start_index, <, attribute->end_index);
      g_assert_cmpuint (attribute->end_index, <=, strlen (shown));
    }
  g_slist_free_full (list, (GDestroyNotify) pango_attribute_destroy);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/sources/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (emphases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/sources/emphasis/%s", emphases[i].name);

      g_test_add_data_func (path, &emphases[i], test_emphasis);
    }
  ADD ("everything-is-there-to-read", test_everything_is_there_to_read);
  ADD ("search-finds-as-it-is-typed", test_search_finds_as_it_is_typed);
  ADD ("filters-narrow-down", test_filters_narrow_down);
  ADD ("other-pages-lead-to-an-item", test_other_pages_lead_to_an_item);
  ADD ("a-hit-is-shown-where-it-was-said", test_a_hit_is_shown_where_it_was_said);
  ADD ("time-narrows-down", test_time_narrows_down);
  ADD ("letters-step-and-send", test_letters_step_and_send);
  ADD ("citing-makes-and-extends-a-finding", test_citing_makes_and_extends_a_finding);
  ADD ("the-original-can-be-seen", test_the_original_can_be_seen);
  g_test_add_func ("/ui/sources/shifts-read-as-they-are-written",
                   test_shifts_read_as_they_are_written);
  ADD ("times-of-an-import-are-moved-and-back", test_times_of_an_import_are_moved_and_back);
  ADD ("an-import-is-read-alone-and-removed", test_an_import_is_read_alone_and_removed);
  ADD ("words-are-hidden-and-shown-again", test_words_are_hidden_and_shown_again);
  ADD ("what-was-left-out-is-listed", test_what_was_left_out_is_listed);
  ADD ("joins-stand-in-one-row", test_joins_stand_in_one_row);
  ADD ("narrow-and-dark", test_narrow_and_dark);
  return g_test_run ();
}
