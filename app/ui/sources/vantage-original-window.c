/* vantage-original-window.c: the bytes behind what is read, so that a reading can be checked.
 */

#include "config.h"

#include "vantage-original-window.h"

#include <glib/gi18n.h>

#include "vantage-words.h"

struct _VantageOriginalWindow
{
  AdwWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (VantageOriginalWindow, vantage_original_window, ADW_TYPE_WINDOW)

/* "2025-03-13.json, line 12". (transfer full) */
static char *
dup_place (const VantageItem *item)
{
  const char *path = item->path != NULL && *item->path != '\0' ? item->path : _ ("The file itself");
  g_autofree char *count = NULL;

  if (item->line > 0)
    {
      count = vantage_words_count ((guint64) item->line);
      /* translators: file name, line number */
      return g_strdup_printf (_ ("%s, line %s"), path, count);
    }
  if (item->offset >= 0)
    {
      count = vantage_words_count ((guint64) item->offset);
      /* translators: file name, how many bytes from its beginning */
      return g_strdup_printf (_ ("%s, byte %s"), path, count);
    }
  return g_strdup (path);
}

/* Stands where the record would: why it is not here, and what was kept of it all the same. */
static GtkWidget *
new_missing (const GError *error)
{
  GtkWidget *status = adw_status_page_new ();
  g_autofree char *sentence = error != NULL ? vantage_words_error (error) : NULL;
  g_autofree char *escaped = sentence != NULL ? g_markup_escape_text (sentence, -1) : NULL;

  gtk_widget_add_css_class (status, "compact");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), error != NULL
                                                           ? _ ("The Original Cannot Be Read")
                                                           : _ ("No Original Was Kept"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (status),
      escaped != NULL ? escaped
                      : _ ("The file that this was read from is not in this library. What was "
                           "said, by whom and when is here as it was imported."));
  gtk_widget_set_vexpand (status, TRUE);
  return status;
}

static GtkWidget *
new_record (const char *text)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), valid, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 18);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 18);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Original record"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), view);
  gtk_widget_set_vexpand (scroll, TRUE);
  return scroll;
}

static void
vantage_original_window_class_init (VantageOriginalWindowClass *klass)
{
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
vantage_original_window_init (VantageOriginalWindow *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _ ("Original Record"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 420);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

void
vantage_original_window_open (GtkWidget *near, VantageReviewContext *context, const char *item_id)
{
  VantageLibrary *library = vantage_review_context_get_library (context);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageItem) item = vantage_library_get_item (
      library, vantage_review_context_get_review_id (context), item_id, &error);
  g_autofree char *text = NULL;
  g_autofree char *place = NULL;
  GtkWidget *column, *header, *title, *self;

  if (item == NULL)
    {
      if (error != NULL)
        vantage_review_context_tell_error (context, _ ("Could not read the record"), error);
      else
        vantage_review_context_tell (context, _ ("This record is not on this computer"));
      return;
    }
  text = vantage_library_dup_original (library, item, &error);
  place = dup_place (item);
  self = g_object_new (VANTAGE_TYPE_ORIGINAL_WINDOW, "transient-for", gtk_widget_get_root (near),
                       NULL);
  column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  header = adw_header_bar_new ();
  title = adw_window_title_new (_ ("Original Record"), place);
  gtk_widget_set_tooltip_text (title, place);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), title);
  gtk_box_append (GTK_BOX (column), header);
  gtk_box_append (GTK_BOX (column), text != NULL ? new_record (text) : new_missing (error));
  adw_window_set_content (ADW_WINDOW (self), column);
  gtk_window_present (GTK_WINDOW (self));
}
