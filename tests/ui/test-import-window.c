/* test-import-window.c: choose, check, done: what a person sees on the way in. */

#include <glib/gstdio.h>
#include <string.h>

#include "make-zip.h"
#include "vantage-channel-chooser.h"
#include "vantage-import-window.h"
#include "vantage-library-page.h"
#include "vantage-ui-support.h"
#include "vantage-zone-names.h"

typedef struct
{
  VantageLibrary *library;
  VantageWindow *window;
  char *review;
  char *folder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->library = ui_library_new ();
  f->review = ui_review_new (f->library, "Checkout outage");
  f->folder = g_dir_make_tmp ("vantage-import-XXXXXX", NULL);
  f->window = ui_window_new (f->library, 1200, 800);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_window_close (f->window);
  /* An answer that was on its way when the window closed still holds the library. */
  UI_WAIT (G_OBJECT (f->library)->ref_count == 1);
  g_assert_finalize_object (f->library);
  g_free (f->review);
  g_free (f->folder);
}

/* ---- what is imported ---- */

static GFile *
write_file (Fixture *f, const char *name, const char *content, gssize size)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, size, NULL));
  return g_file_new_for_path (path);
}

static void
add_text (ZipMaker *zip, const char *name, const char *text)
{
  zip_maker_add (zip, name, text, strlen (text), ZIP_PLAIN);
}

static GFile *
write_slack (Fixture *f, const char *name)
{
  ZipMaker *zip = zip_maker_new ();
  g_autoptr (GBytes) bytes = NULL;

  add_text (zip, "channels.json",
            "[{\"id\":\"C1\",\"name\":\"ops\",\"created\":1,\"members\":[\"U1\",\"U2\"]},"
            "{\"id\":\"C2\",\"name\":\"deploys\",\"created\":1,\"members\":[\"U1\"]}]");
  add_text (zip, "dms.json", "[{\"id\":\"D1\",\"created\":1,\"members\":[\"U1\",\"U2\"]}]");
  add_text (zip, "users.json",
            "[{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"ana.k\",\"real_name\":\"Ana Kovač\"},"
            "{\"id\":\"U2\",\"team_id\":\"T1\",\"name\":\"ben\",\"real_name\":\"Ben Oduya\"}]");
  add_text (zip, "ops/2025-11-12.json",
            "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"is this "
            "us?\",\"ts\":\"1762956131.000100\"},"
            "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"*looking* at "
            "`db`\",\"ts\":\"1762956160.000200\"}]");
  add_text (zip, "deploys/2025-11-12.json",
            "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"deploy 8f2 "
            "done\",\"ts\":\"1762956190.000300\"}]");
  add_text (zip, "D1/2025-11-12.json",
            "[{\"type\":\"message\",\"user\":\"U2\",\"text\":\"between "
            "us\",\"ts\":\"1762956195.000400\"}]");
  bytes = zip_maker_finish (zip, FALSE);
  return write_file (f, name, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

static GFile *
write_table (Fixture *f, const char *name)
{
  return write_file (f, name,
                     "Time,Author,Message\n"
                     "2025-11-12 14:00:00,Ana,pager went off\n"
                     "2025-11-12 14:05:00,Ben,rolled back\n",
                     -1);
}

/* ---- the window ---- */

static GtkWidget *
find_import_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (VANTAGE_IS_IMPORT_WINDOW (window))
        return window;
    }
  return NULL;
}

/* Gives up to three files; the references are taken. */
static GtkWidget *
import_files (Fixture *f, GFile *a, GFile *b, GFile *c)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  GFile *given[] = { a, b, c };

  for (guint i = 0; i < G_N_ELEMENTS (given) && given[i] != NULL; i++)
    {
      g_list_store_append (files, given[i]);
      g_object_unref (given[i]);
    }
  vantage_window_import (f->window, G_LIST_MODEL (files));
  UI_WAIT (find_import_window () != NULL);
  return find_import_window ();
}

static gpointer
part (GtkWidget *window, const char *name)
{
  GObject *object = gtk_widget_get_template_child (window, VANTAGE_TYPE_IMPORT_WINDOW, name);

  g_assert_nonnull (object);
  return object;
}

static VantageChannelChooser *
channels (GtkWidget *window)
{
  return VANTAGE_CHANNEL_CHOOSER (adw_bin_get_child (part (window, "channels_slot")));
}

static const char *
get_step (GtkWidget *window)
{
  return gtk_stack_get_visible_child_name (part (window, "steps"));
}

static void
wait_step (GtkWidget *window, const char *step)
{
  UI_WAIT (strcmp (get_step (window), step) == 0);
  ui_settle ();
}

static void
keep (GtkWidget *window)
{
  g_assert_true (gtk_widget_get_sensitive (part (window, "keep_button")));
  g_signal_emit_by_name (part (window, "keep_button"), "clicked");
}

static void
close_window (GtkWidget *window)
{
  gpointer gone = window;

  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  gtk_window_close (GTK_WINDOW (window));
  UI_WAIT (gone == NULL);
}

static gint64
count_items (Fixture *f, const char *review)
{
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;

  return vantage_library_count_items (f->library, review, &all, NULL, NULL);
}

static guint
count_sources (Fixture *f, const char *review)
{
  g_autoptr (GPtrArray) sources = vantage_library_list (f->library, review, "source", NULL);

  return sources->len;
}

static guint
count_reviews (Fixture *f)
{
  g_autoptr (GListModel) reviews = vantage_library_get_reviews (f->library);

  return g_list_model_get_n_items (reviews);
}

static void
open_review (Fixture *f)
{
  vantage_window_open_review (f->window, f->review);
  ui_settle ();
}

/* ---- tests ---- */

static void
test_chat_export_is_looked_at_then_kept (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  window = import_files (f, write_slack (f, "export.zip"), NULL, NULL);
  wait_step (window, "check");
  g_assert_cmpint (count_items (f, f->review), ==, 0);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (part (window, "found")), "3 records"));
  g_assert_false (gtk_widget_get_visible (part (window, "zone_row")));
  ui_shot (window, "import-check");
  keep (window);
  wait_step (window, "done");
  ui_shot (window, "import-done");
  g_assert_cmpint (count_items (f, f->review), ==, 3);
  g_assert_cmpuint (count_sources (f, f->review), ==, 1);
  close_window (window);
}

static void
test_again_says_that_all_was_here (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  for (int i = 0; i < 2; i++)
    {
      window = import_files (f, write_slack (f, "export.zip"), NULL, NULL);
      wait_step (window, "check");
      keep (window);
      wait_step (window, "done");
      if (i == 1)
        g_assert_cmpstr (adw_status_page_get_description (part (window, "done_page")), ==,
                         "Everything in it was here already.");
      close_window (window);
    }
  g_assert_cmpint (count_items (f, f->review), ==, 3);
  g_assert_cmpuint (count_sources (f, f->review), ==, 1);
}

static void
test_channels_can_be_left_out (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  window = import_files (f, write_slack (f, "export.zip"), NULL, NULL);
  wait_step (window, "check");
  g_assert_true (vantage_channel_chooser_choose (channels (window), "deploys", FALSE));
  keep (window);
  wait_step (window, "done");
  g_assert_cmpint (count_items (f, f->review), ==, 2);
  close_window (window);
}

static void
test_nothing_chosen_cannot_be_kept (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  window = import_files (f, write_slack (f, "export.zip"), NULL, NULL);
  wait_step (window, "check");
  vantage_channel_chooser_choose_all (channels (window), FALSE);
  UI_WAIT (!gtk_widget_get_sensitive (part (window, "keep_button")));
  vantage_channel_chooser_choose_all (channels (window), TRUE);
  UI_WAIT (gtk_widget_get_sensitive (part (window, "keep_button")));
  close_window (window);
}

static void
test_direct_messages_only_when_asked_for (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  window = import_files (f, write_slack (f, "export.zip"), NULL, NULL);
  wait_step (window, "check");
  gtk_switch_set_active (part (window, "direct"), TRUE);
  UI_WAIT (g_str_has_prefix (gtk_label_get_text (part (window, "found")), "4 records"));
  wait_step (window, "check");
  keep (window);
  wait_step (window, "done");
  g_assert_cmpint (count_items (f, f->review), ==, 4);
  close_window (window);
}

static void
test_times_without_zone_wait_for_one (Fixture *f, gconstpointer data)
{
  GtkWidget *window;
  g_autoptr (GPtrArray) items = NULL;
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
  GtkStringList *zones;
  guint tokyo = 0;

  open_review (f);
  window = import_files (f, write_table (f, "log.csv"), NULL, NULL);
  wait_step (window, "check");
  g_assert_true (gtk_widget_get_visible (part (window, "zone_row")));
  g_assert_false (gtk_widget_get_sensitive (part (window, "keep_button")));
  ui_shot (window, "import-zone");
  zones = GTK_STRING_LIST (gtk_drop_down_get_model (part (window, "zone_drop")));
  while (strcmp (gtk_string_list_get_string (zones, tokyo), "Asia/Tokyo") != 0)
    tokyo++;
  gtk_drop_down_set_selected (part (window, "zone_drop"), tokyo);
  UI_WAIT (strcmp (get_step (window), "check") == 0 &&
           gtk_widget_get_sensitive (part (window, "keep_button")));
  keep (window);
  wait_step (window, "done");
  items = vantage_library_query_items (f->library, f->review, &all, 1, 0, NULL, NULL);
  g_assert_cmpuint (items->len, ==, 1);
  /* 14:00 in Tokyo is 05:00 UTC. */
  g_assert_cmpint (((VantageItem *) items->pdata[0])->time_us, ==,
                   G_GINT64_CONSTANT (1762923600000000));
  close_window (window);
}

static void
test_unknown_columns_are_asked_for (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  window = import_files (f,
                         write_file (f, "odd.csv",
                                     "aa,bb,cc\n"
                                     "2025-11-12T14:00:00Z,quux,pager went off\n"
                                     "2025-11-12T14:05:00Z,frob,rolled back\n",
                                     -1),
                         NULL, NULL);
  wait_step (window, "check");
  g_assert_true (gtk_widget_get_visible (part (window, "time_column")));
  ui_shot (window, "import-columns");
  adw_combo_row_set_selected (part (window, "time_column"), 1);
  wait_step (window, "check");
  adw_combo_row_set_selected (part (window, "author_column"), 2);
  wait_step (window, "check");
  adw_combo_row_set_selected (part (window, "text_column"), 3);
  wait_step (window, "check");
  UI_WAIT (gtk_widget_get_sensitive (part (window, "keep_button")));
  keep (window);
  wait_step (window, "done");
  g_assert_cmpint (count_items (f, f->review), ==, 2);
  close_window (window);
}

static void
test_start_of_a_call_is_asked_for (Fixture *f, gconstpointer data)
{
  GtkWidget *window;
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) items = NULL;

  open_review (f);
  window = import_files (f,
                         write_file (f, "call.vtt",
                                     "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nAna: is this us?\n\n"
                                     "00:01:00.000 --> 00:01:02.000\nBen: looking\n",
                                     -1),
                         NULL, NULL);
  wait_step (window, "check");
  g_assert_true (gtk_widget_get_visible (part (window, "start_row")));
  g_assert_false (gtk_widget_get_sensitive (part (window, "keep_button")));
  gtk_editable_set_text (part (window, "start_row"), "at some point");
  g_signal_emit_by_name (part (window, "start_row"), "apply");
  g_assert_true (gtk_widget_has_css_class (part (window, "start_row"), "error"));
  /* The review's zone is Berlin. */
  gtk_editable_set_text (part (window, "start_row"), "2025-11-12 15:00");
  g_signal_emit_by_name (part (window, "start_row"), "apply");
  UI_WAIT (gtk_widget_get_sensitive (part (window, "keep_button")));
  keep (window);
  wait_step (window, "done");
  items = vantage_library_query_items (f->library, f->review, &all, 1, 0, NULL, NULL);
  g_assert_cmpint (((VantageItem *) items->pdata[0])->time_us, ==,
                   G_GINT64_CONSTANT (1762956001000000));
  close_window (window);
}

static void
test_a_stretch_of_time_is_taken (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  window = import_files (f, write_slack (f, "export.zip"), NULL, NULL);
  wait_step (window, "check");
  gtk_editable_set_text (part (window, "from_row"), "some day");
  g_signal_emit_by_name (part (window, "from_row"), "apply");
  g_assert_true (gtk_widget_has_css_class (part (window, "from_row"), "error"));
  g_assert_false (gtk_widget_get_sensitive (part (window, "keep_button")));

  gtk_editable_set_text (part (window, "from_row"), "2025-11-12T14:02:30Z");
  g_signal_emit_by_name (part (window, "from_row"), "apply");
  UI_WAIT (g_str_has_prefix (gtk_label_get_text (part (window, "found")), "2 records"));
  wait_step (window, "check");
  g_assert_false (gtk_widget_has_css_class (part (window, "from_row"), "error"));
  keep (window);
  wait_step (window, "done");
  g_assert_cmpint (count_items (f, f->review), ==, 2);
  close_window (window);
}

static guint
find_format (const char *name)
{
  guint at = 1; /* the first means: as recognised */

  for (const VantageFormat *format = vantage_formats (); strcmp (format->name, name) != 0; format++)
    at++;
  return at;
}

static void
test_another_format_can_be_chosen (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  window = import_files (f, write_table (f, "log.csv"), NULL, NULL);
  wait_step (window, "check");
  gtk_drop_down_set_selected (part (window, "format_drop"), find_format ("slack"));
  UI_WAIT (g_str_has_prefix (gtk_label_get_text (part (window, "found")), "Nothing to Keep"));
  g_assert_false (gtk_widget_get_sensitive (part (window, "keep_button")));
  gtk_widget_activate_action (window, "import.back", NULL);
  wait_step (window, "choose");
  close_window (window);

  window = import_files (f, write_file (f, "a.bin", "\1\2\3\0", 4), NULL, NULL);
  wait_step (window, "refused");
  g_assert_true (gtk_widget_get_visible (part (window, "read_as_drop")));
  gtk_drop_down_set_selected (part (window, "read_as_drop"), find_format ("csv"));
  ui_settle ();
  g_assert_cmpint (count_items (f, f->review), ==, 0);
  close_window (window);
}

static void
test_many_channels_are_found_by_name (Fixture *f, gconstpointer data)
{
  ZipMaker *zip = zip_maker_new ();
  g_autoptr (GString) list = g_string_new ("[");
  g_autoptr (GBytes) bytes = NULL;
  GtkWidget *window, *search;

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *file = g_strdup_printf ("channel-%03d/2025-11-12.json", i);

      g_string_append_printf (list, "%s{\"id\":\"C%03d\",\"name\":\"channel-%03d\"}",
                              i > 0 ? "," : "", i, i);
      add_text (zip, file,
                "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"hi\","
                "\"ts\":\"1762956131.000100\"}]");
    }
  g_string_append_c (list, ']');
  add_text (zip, "channels.json", list->str);
  add_text (zip, "users.json", "[{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"ana.k\"}]");
  bytes = zip_maker_finish (zip, FALSE);

  open_review (f);
  window = import_files (
      f,
      write_file (f, "many.zip", g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes)),
      NULL, NULL);
  wait_step (window, "check");
  ui_shot (window, "import-many-channels");
  vantage_channel_chooser_choose_all (channels (window), FALSE);
  search = ui_find (GTK_WIDGET (channels (window)), GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "CHANNEL-01");
  g_signal_emit_by_name (search, "search-changed");
  vantage_channel_chooser_choose_all (channels (window), TRUE);
  UI_WAIT (gtk_widget_get_sensitive (part (window, "keep_button")));
  g_assert_cmpuint (vantage_channel_chooser_count (channels (window)), ==, 10);
  ui_shot (window, "import-found-channels");
  keep (window);
  wait_step (window, "done");
  g_assert_cmpint (count_items (f, f->review), ==, 10);
  close_window (window);
}

/* A channel in which much was said. */
static GFile *
write_large (Fixture *f, const char *name)
{
  ZipMaker *zip = zip_maker_new ();
  g_autoptr (GString) day = g_string_new ("[");
  g_autoptr (GBytes) bytes = NULL;

  for (int i = 0; i < 30000; i++)
    g_string_append_printf (day,
                            "%s{\"type\":\"message\",\"user\":\"U1\",\"text\":\"number %d\","
                            "\"ts\":\"%d.000100\"}",
                            i > 0 ? "," : "", i, 1762956131 + i);
  g_string_append_c (day, ']');
  add_text (zip, "channels.json", "[{\"id\":\"C1\",\"name\":\"ops\"}]");
  add_text (zip, "users.json", "[{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"ana.k\"}]");
  add_text (zip, "ops/2025-11-12.json", day->str);
  bytes = zip_maker_finish (zip, FALSE);
  return write_file (f, name, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

static void
test_text_is_pasted (Fixture *f, gconstpointer data)
{
  GtkWidget *window;
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;
  g_autoptr (GPtrArray) items = NULL;

  open_review (f);
  vantage_window_import (f->window, NULL);
  UI_WAIT (find_import_window () != NULL);
  window = find_import_window ();
  wait_step (window, "choose");
  ui_shot (window, "import-choose");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (window), "  ");
  gtk_widget_activate_action (window, "import.paste", NULL);
  UI_WAIT (gtk_widget_get_visible (part (window, "paste_note")));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (window),
                          "Mara Kline\n  2:02 PM\nall red\nok\nTomas\n  2:05 PM\nlooking\n");
  gtk_widget_activate_action (window, "import.paste", NULL);
  wait_step (window, "check");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (part (window, "found")), "2 records"));
  gtk_editable_set_text (part (window, "start_row"), "2024-03-04");
  g_signal_emit_by_name (part (window, "start_row"), "apply");
  wait_step (window, "check");
  if (gtk_widget_get_visible (part (window, "zone_row")))
    vantage_zone_names_choose (part (window, "zone_drop"), "UTC");
  UI_WAIT (strcmp (get_step (window), "check") == 0 &&
           gtk_widget_get_sensitive (part (window, "keep_button")));
  ui_shot (window, "import-pasted");
  keep (window);
  wait_step (window, "done");
  items = vantage_library_query_items (f->library, f->review, &all, 0, 0, NULL, NULL);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpstr (((VantageItem *) items->pdata[0])->text, ==, "all red\nok");
  /* That day, in the zone that was chosen. */
  g_assert_cmpint (((VantageItem *) items->pdata[0])->time_us, ==,
                   G_GINT64_CONSTANT (1709560920) * G_USEC_PER_SEC);
  close_window (window);
}

static void
test_stopping_keeps_nothing (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  window = import_files (f, write_large (f, "large.zip"), NULL, NULL);
  g_assert_cmpstr (get_step (window), ==, "busy");
  gtk_widget_activate_action (window, "import.cancel", NULL);
  /* A look is let go of without waiting for it. */
  g_assert_cmpstr (get_step (window), ==, "choose");
  close_window (window);

  window = import_files (f, write_large (f, "large.zip"), NULL, NULL);
  wait_step (window, "check");
  keep (window);
  g_assert_cmpstr (get_step (window), ==, "busy");
  gtk_widget_activate_action (window, "import.cancel", NULL);
  UI_WAIT (strcmp (get_step (window), "busy") != 0);
  if (strcmp (get_step (window), "check") == 0)
    {
      g_assert_cmpint (count_items (f, f->review), ==, 0);
      g_assert_cmpuint (count_sources (f, f->review), ==, 0);
    }
  else /* it was all kept already */
    g_assert_cmpint (count_items (f, f->review), ==, 30000);
  close_window (window);
}

static void
test_narrow_and_dark (Fixture *f, gconstpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkWidget *window;

  open_review (f);
  window = import_files (f, write_slack (f, "a-very-long-name-of-an-export-from-somewhere.zip"),
                         NULL, NULL);
  wait_step (window, "check");
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  UI_WAIT (gtk_widget_get_width (window) <= 360 + 60);
  ui_settle ();
  ui_shot (window, "import-narrow");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 2, NULL);
  ui_settle ();
  ui_shot (window, "import-large-dark");
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  close_window (window);
}

static void
test_unknown_file_is_refused_or_kept_as_file (Fixture *f, gconstpointer data)
{
  GtkWidget *window;
  g_autoptr (GPtrArray) items = NULL;
  const VantageItemQuery all = VANTAGE_ITEM_QUERY_INIT;

  open_review (f);
  window = import_files (f, write_file (f, "shot.png", "\x89PNG\r\n\x1a\nxyz", 11), NULL, NULL);
  wait_step (window, "refused");
  g_assert_cmpuint (strlen (adw_status_page_get_description (part (window, "refused_page"))), >,
                    20);
  ui_shot (window, "import-refused");
  g_signal_emit_by_name (part (window, "as_file_button"), "clicked");
  wait_step (window, "check");
  keep (window);
  wait_step (window, "done");
  items = vantage_library_query_items (f->library, f->review, &all, 0, 0, NULL, NULL);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpint (((VantageItem *) items->pdata[0])->kind, ==, VANTAGE_ITEM_FILE);
  close_window (window);
}

static void
test_several_come_one_after_the_other (Fixture *f, gconstpointer data)
{
  GtkWidget *window;

  open_review (f);
  window = import_files (f, write_slack (f, "export.zip"),
                         write_file (f, "shot.bin", "\1\2\3\0", 4), write_slack (f, "again.zip"));
  wait_step (window, "check");
  g_assert_cmpstr (gtk_label_get_text (part (window, "of_many")), ==, "1 of 3");
  keep (window);
  wait_step (window, "refused");
  ui_shot (window, "import-refused-of-many");
  /* One that cannot be read does not keep the others out. */
  g_signal_emit_by_name (part (window, "skip_button"), "clicked");
  wait_step (window, "check");
  g_assert_cmpstr (gtk_label_get_text (part (window, "of_many")), ==, "3 of 3");
  keep (window);
  wait_step (window, "done");
  g_assert_cmpint (count_items (f, f->review), ==, 3);
  close_window (window);
}

static void
test_leaving_keeps_nothing (Fixture *f, gconstpointer data)
{
  GtkWidget *window;
  guint before = count_reviews (f);

  window = import_files (f, write_slack (f, "export.zip"), NULL, NULL);
  wait_step (window, "check");
  close_window (window);
  ui_settle ();
  g_assert_cmpuint (count_reviews (f), ==, before);

  open_review (f);
  window = import_files (f, write_slack (f, "export.zip"), NULL, NULL);
  close_window (window);
  ui_settle ();
  g_assert_cmpint (count_items (f, f->review), ==, 0);
  g_assert_cmpuint (count_sources (f, f->review), ==, 0);
}

static gpointer
find_drop_target (GtkWidget *root, const GValue *value, gboolean *out_taken)
{
  for (GtkWidget *widget = root; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

      for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
        {
          g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

          if (!GTK_IS_DROP_TARGET (controller))
            continue;
          g_signal_emit_by_name (controller, "drop", value, 10.0, 10.0, out_taken);
          if (*out_taken)
            return controller;
        }
    }
  return NULL;
}

static void
drop_file (Fixture *f, GFile *file)
{
  GFile *files[] = { file };
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, 1));
  g_assert_nonnull (find_drop_target (GTK_WIDGET (f->window), &value, &taken));
  g_object_unref (file);
  UI_WAIT (find_import_window () != NULL);
}

static void
test_drop_on_the_library_begins_a_review (Fixture *f, gconstpointer data)
{
  guint before = count_reviews (f);
  GtkWidget *window;
  VantageReviewContext *context;

  drop_file (f, write_slack (f, "Friday night.zip"));
  window = find_import_window ();
  wait_step (window, "check");
  keep (window);
  wait_step (window, "done");
  close_window (window);
  UI_WAIT (vantage_window_get_context (f->window) != NULL);
  context = vantage_window_get_context (f->window);
  g_assert_cmpuint (count_reviews (f), ==, before + 1);
  g_assert_cmpstr (vantage_review_context_get_title (context), ==, "Friday night");
  g_assert_cmpint (count_items (f, vantage_review_context_get_review_id (context)), ==, 3);
}

static void
test_drop_on_a_review_goes_into_it (Fixture *f, gconstpointer data)
{
  guint before = count_reviews (f);
  GtkWidget *window;

  open_review (f);
  drop_file (f, write_slack (f, "export.zip"));
  window = find_import_window ();
  wait_step (window, "check");
  keep (window);
  wait_step (window, "done");
  close_window (window);
  g_assert_cmpuint (count_reviews (f), ==, before);
  g_assert_cmpint (count_items (f, f->review), ==, 3);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/import-window/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ADD ("chat-export-is-looked-at-then-kept", test_chat_export_is_looked_at_then_kept);
  ADD ("again-says-that-all-was-here", test_again_says_that_all_was_here);
  ADD ("channels-can-be-left-out", test_channels_can_be_left_out);
  ADD ("nothing-chosen-cannot-be-kept", test_nothing_chosen_cannot_be_kept);
  ADD ("direct-messages-only-when-asked-for", test_direct_messages_only_when_asked_for);
  ADD ("times-without-zone-wait-for-one", test_times_without_zone_wait_for_one);
  ADD ("unknown-columns-are-asked-for", test_unknown_columns_are_asked_for);
  ADD ("start-of-a-call-is-asked-for", test_start_of_a_call_is_asked_for);
  ADD ("a-stretch-of-time-is-taken", test_a_stretch_of_time_is_taken);
  ADD ("another-format-can-be-chosen", test_another_format_can_be_chosen);
  ADD ("many-channels-are-found-by-name", test_many_channels_are_found_by_name);
  ADD ("text-is-pasted", test_text_is_pasted);
  ADD ("stopping-keeps-nothing", test_stopping_keeps_nothing);
  ADD ("narrow-and-dark", test_narrow_and_dark);
  ADD ("unknown-file-is-refused-or-kept-as-file", test_unknown_file_is_refused_or_kept_as_file);
  ADD ("several-come-one-after-the-other", test_several_come_one_after_the_other);
  ADD ("leaving-keeps-nothing", test_leaving_keeps_nothing);
  ADD ("drop-on-the-library-begins-a-review", test_drop_on_the_library_begins_a_review);
  ADD ("drop-on-a-review-goes-into-it", test_drop_on_a_review_goes_into_it);
  return g_test_run ();
}
