/* vantage-import-window.c: choose, check, done: for each thing that was given, in turn. */

#include "config.h"

#include "vantage-import-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-import-check.h"
#include "vantage-import-review.h"
#include "vantage-words.h"

/* A look that is quicker does not flicker. */
#define SLOW_MS 250

G_DEFINE_FINAL_TYPE (VantageImportWindow, vantage_import_window, ADW_TYPE_WINDOW)

static void look (VantageImportWindow *self);

static void
show_step (VantageImportWindow *self, const char *name, GtkWidget *focus)
{
  gtk_stack_set_visible_child_name (self->steps, name);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static void
show_choose (VantageImportWindow *self)
{
  adw_window_title_set_subtitle (self->title, "");
  gtk_widget_set_visible (GTK_WIDGET (self->paste_note), FALSE);
  show_step (self, "choose", self->files_button);
}

/* ---- progress ---- */

static void
show_busy (VantageImportWindow *self, const char *what)
{
  g_autofree char *name = g_path_get_basename (vantage_import_job_get_path (self->job));

  g_clear_handle_id (&self->slow, g_source_remove);
  adw_status_page_set_title (self->busy_page, what);
  adw_status_page_set_description (self->busy_page, name);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_progress_bar_set_text (self->progress, "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.cancel", TRUE);
  show_step (self, "busy", self->cancel_button);
}

static void
progress_cb (VantageImportWindow *self, double fraction, guint64 n_items, gint64 left_us)
{
  g_autofree char *text = vantage_import_check_dup_progress (n_items, left_us);

  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, fraction);
  gtk_progress_bar_set_text (self->progress, text);
}

/* A look is let go of at once; what is being kept says first whether it was all kept before. */
static void
cancel (VantageImportWindow *self)
{
  if (self->job == NULL)
    return;
  vantage_import_job_cancel (self->job);
  if (self->keeping)
    {
      adw_status_page_set_title (self->busy_page, _ ("Stopping"));
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.cancel", FALSE);
      return;
    }
  g_clear_handle_id (&self->slow, g_source_remove);
  g_clear_object (&self->job);
  g_clear_pointer (&self->preview, vantage_preview_free);
  show_choose (self);
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cancel (VANTAGE_IMPORT_WINDOW (widget));
}

/* ---- check ---- */

static void
find_zone (VantageImportWindow *self)
{
  g_clear_pointer (&self->zone, vantage_zone_unref);
  self->zone = vantage_import_review_find_zone (
      self->library, self->review, vantage_import_questions_get_zone (&self->questions));
}

/* What stands on the button, and whether it can be pressed: by the channels that are chosen. */
static void
update_keep (VantageImportWindow *self)
{
  guint64 n = vantage_channel_chooser_count (self->channels);
  g_autofree char *count = vantage_words_count (n);
  /* translators: how many records are imported */
  g_autofree char *keep =
      n > 0 ? g_strdup_printf (_ ("Import %s"), count) : g_strdup (_ ("Import"));

  gtk_button_set_label (GTK_BUTTON (self->keep_button), keep);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->keep_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  keep, -1);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "import.keep",
      n > 0 && vantage_import_questions_are_answered (&self->questions, self->preview));
}

static void
channels_changed_cb (VantageImportWindow *self)
{
  if (!self->filling && self->preview != NULL)
    update_keep (self);
}

static void
show_facts (VantageImportWindow *self)
{
  const VantagePreview *preview = self->preview;
  g_autofree char *found = vantage_import_check_dup_found (preview);
  g_autofree char *range = vantage_import_check_dup_range (preview, self->zone);
  g_autofree char *people = vantage_import_check_dup_people (preview);
  g_autofree char *kinds = vantage_import_check_dup_kinds (preview->kinds);

  gtk_label_set_text (self->found, found);
  gtk_label_set_text (self->found_range, range);
  adw_action_row_set_subtitle (self->people_row, people);
  gtk_widget_set_visible (GTK_WIDGET (self->people_row), *people != '\0');
  adw_action_row_set_subtitle (self->kinds_row, kinds);
  gtk_widget_set_visible (GTK_WIDGET (self->kinds_row), *kinds != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->missing_row), !preview->facts->complete);
  adw_action_row_set_subtitle (self->missing_row,
                               preview->facts->missing != NULL && *preview->facts->missing != '\0'
                                   ? preview->facts->missing
                                   : _ ("The file says that there is more than it holds."));
  vantage_import_check_fill_skipped (self->skipped_row, preview);
  vantage_import_check_fill_rows (self->rows, preview, self->zone);
  gtk_widget_set_visible (self->rows_group, preview->first_items->len > 0);
}

/* @again: something was answered; focus stays where it is. */
static void
show_check (VantageImportWindow *self, gboolean again)
{
  g_autofree char *name = g_path_get_basename (vantage_import_job_get_path (self->job));
  GtkWidget *asked;

  self->filling = TRUE;
  find_zone (self);
  adw_window_title_set_subtitle (self->title, name);
  show_facts (self);
  vantage_import_questions_fill (&self->questions, self->preview, self->zone);
  vantage_channel_chooser_show (self->channels, self->preview);
  update_keep (self);
  vantage_import_check_say_which (self->of_many, self->n_paths - self->paths->len, self->n_paths);
  self->filling = FALSE;
  asked = vantage_import_questions_find_open (&self->questions, self->preview);
  show_step (self, "check", again ? NULL : asked != NULL ? asked : self->keep_button);
}

static void
question_answered_cb (VantageImportWindow *self)
{
  if (self->filling || self->preview == NULL || self->keeping)
    return;
  if (vantage_import_questions_answer (&self->questions, self->preview, self->zone, self->job))
    look (self);
  else
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.keep", FALSE);
}

/* ---- looking ---- */

static void
show_refused (VantageImportWindow *self, const GError *error)
{
  g_autofree char *name = g_path_get_basename (vantage_import_job_get_path (self->job));
  g_autofree char *sentence = vantage_words_error (error);
  gboolean unknown = g_error_matches (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNKNOWN) ||
                     g_error_matches (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEAR_MISS);
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_window_title_set_subtitle (self->title, name);
  adw_status_page_set_title (self->refused_page, _ ("This Cannot Be Imported as It Is"));
  adw_status_page_set_description (self->refused_page, escaped);
  gtk_widget_set_visible (
      self->take_direct_button,
      g_error_matches (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DIRECT_ONLY));
  gtk_widget_set_visible (self->as_file_button, unknown);
  gtk_widget_set_visible (GTK_WIDGET (self->read_as_drop), unknown);
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->read_as_drop, 0);
  self->filling = FALSE;
  gtk_widget_set_visible (self->skip_button, self->paths->len > 0);
  show_step (self, "refused", unknown ? self->as_file_button : self->other_button);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  VantagePreview *preview =
      vantage_import_job_look_finish (VANTAGE_IMPORT_JOB (source), result, &error);
  gboolean again;

  if (self->closing || VANTAGE_IMPORT_JOB (source) != self->job ||
      g_error_matches (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED))
    {
      /* Nobody waits for it: the window closed, or there is another question. */
      g_clear_pointer (&preview, vantage_preview_free);
      return;
    }
  g_clear_handle_id (&self->slow, g_source_remove);
  if (preview == NULL)
    {
      show_refused (self, error);
      return;
    }
  again = self->preview != NULL;
  g_clear_pointer (&self->preview, vantage_preview_free);
  self->preview = preview;
  show_check (self, again);
}

static gboolean
slow_cb (gpointer data)
{
  VantageImportWindow *self = data;

  self->slow = 0;
  show_busy (self, _ ("Looking"));
  return G_SOURCE_REMOVE;
}

static void
look (VantageImportWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.keep", FALSE);
  if (self->preview == NULL)
    show_busy (self, _ ("Looking"));
  else if (self->slow == 0)
    self->slow = g_timeout_add (SLOW_MS, slow_cb, self);
  vantage_import_job_set_channels (self->job, NULL);
  vantage_import_job_look_async (self->job, looked_cb, g_object_ref (self));
}

/* What came in, and where to go from here. */
static void
show_done (VantageImportWindow *self)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *notes = vantage_import_check_dup_lost (self->n_skipped);
  gboolean some = self->n_kept > 0;

  find_zone (self);
  text = vantage_import_check_dup_kept (self->n_new, self->n_kept, self->first_us, self->last_us,
                                        self->zone);
  escaped = g_markup_escape_text (text, -1);
  adw_window_title_set_subtitle (self->title, "");
  adw_status_page_set_title (self->done_page, some ? _ ("Done") : _ ("Nothing Was Kept"));
  adw_status_page_set_description (self->done_page, some ? escaped : "");
  gtk_label_set_text (self->done_notes, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->done_notes), notes != NULL);
  gtk_widget_set_visible (self->people_button, some);
  gtk_widget_set_visible (self->read_button, some);
  show_step (self, "done", some ? self->people_button : self->more_button);
}

/* The next of what was given; the end when there is none. */
void
vantage_import_window_take_next (VantageImportWindow *self)
{
  g_clear_object (&self->job);
  g_clear_pointer (&self->preview, vantage_preview_free);
  if (self->paths->len == 0)
    {
      show_done (self);
      return;
    }
  self->job = vantage_import_job_new (self->library, g_ptr_array_index (self->paths, 0));
  g_ptr_array_remove_index (self->paths, 0);
  g_signal_connect_object (self->job, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  self->filling = TRUE;
  vantage_import_questions_clear (&self->questions);
  vantage_channel_chooser_forget (self->channels);
  self->filling = FALSE;
  look (self);
}

/* The one that was refused stays out; the others go on. */
static void
skip_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  vantage_import_window_take_next (VANTAGE_IMPORT_WINDOW (widget));
}

static void
as_file_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  VantageImportWindow *self = VANTAGE_IMPORT_WINDOW (widget);

  vantage_import_job_set_format (self->job, NULL);
  vantage_import_job_set_as_file (self->job, TRUE);
  look (self);
}

/* There is nothing else in it, and a person says that they may come in. */
static void
take_direct_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  VantageImportWindow *self = VANTAGE_IMPORT_WINDOW (widget);

  self->filling = TRUE;
  gtk_switch_set_active (self->questions.direct, TRUE);
  self->filling = FALSE;
  vantage_import_job_set_direct (self->job, TRUE);
  look (self);
}

/* A person knows better what it is. */
static void
read_as_cb (VantageImportWindow *self)
{
  if (self->filling || self->job == NULL || vantage_import_get_format (self->read_as_drop) == NULL)
    return;
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->questions.format_drop,
                              gtk_drop_down_get_selected (self->read_as_drop));
  self->filling = FALSE;
  vantage_import_job_set_format (self->job, vantage_import_get_format (self->read_as_drop));
  look (self);
}

/* ---- keeping ---- */

/* FALSE after telling. */
static gboolean
begin_review (VantageImportWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (self->review == NULL)
    self->review = vantage_import_review_begin (self->library,
                                                vantage_import_job_get_path (self->job), &error);
  if (self->review == NULL)
    show_refused (self, error);
  return self->review != NULL;
}

static void
note_kept (VantageImportWindow *self, const VantageImportResult *kept)
{
  self->n_kept += kept->n_items;
  self->n_new += kept->n_new;
  self->n_skipped += kept->n_skipped;
  if (kept->first_us == VANTAGE_TIME_NONE)
    return;
  if (self->first_us == VANTAGE_TIME_NONE || kept->first_us < self->first_us)
    self->first_us = kept->first_us;
  if (self->last_us == VANTAGE_TIME_NONE || kept->last_us > self->last_us)
    self->last_us = kept->last_us;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageImportResult) kept =
      vantage_import_job_keep_finish (VANTAGE_IMPORT_JOB (source), result, &error);

  self->keeping = FALSE;
  if (kept != NULL)
    {
      note_kept (self, kept);
      vantage_import_review_settle_zone (self->library, self->review,
                                         vantage_import_questions_get_zone (&self->questions));
    }
  if (self->closing)
    return;
  if (kept != NULL)
    vantage_import_window_take_next (self);
  else if (g_error_matches (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_check (self, FALSE);
  else
    show_refused (self, error);
}

static void
keep_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  VantageImportWindow *self = VANTAGE_IMPORT_WINDOW (widget);
  g_auto (GStrv) channels = NULL;

  if (!begin_review (self))
    return;
  channels = vantage_channel_chooser_dup_chosen (self->channels);
  vantage_import_job_set_channels (self->job, (const char *const *) channels);
  self->keeping = TRUE;
  show_busy (self, _ ("Keeping"));
  vantage_import_job_keep_async (self->job, self->review, kept_cb, g_object_ref (self));
}

/* ---- choosing ---- */

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  VantageImportWindow *self = VANTAGE_IMPORT_WINDOW (widget);

  g_ptr_array_set_size (self->paths, 0);
  g_clear_handle_id (&self->slow, g_source_remove);
  if (self->job != NULL)
    vantage_import_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_pointer (&self->preview, vantage_preview_free);
  show_choose (self);
}

/* Closes and shows a section of what was imported into. */
static void
go_cb (GtkWidget *widget, const char *action, GVariant *section)
{
  g_autoptr (GtkWindow) parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  if (parent != NULL)
    g_object_ref (parent);
  gtk_window_close (GTK_WINDOW (widget));
  if (parent != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), "win.go", section);
}

/* ---- window ---- */

static gboolean
close_request_cb (VantageImportWindow *self)
{
  self->closing = TRUE;
  if (self->job != NULL)
    vantage_import_job_cancel (self->job);
  if (self->done != NULL)
    self->done (self->n_kept > 0 ? self->review : NULL, self->done_data);
  self->done = NULL;
  return FALSE;
}

static void
vantage_import_window_dispose (GObject *object)
{
  VantageImportWindow *self = VANTAGE_IMPORT_WINDOW (object);

  g_clear_handle_id (&self->slow, g_source_remove);
  vantage_import_window_remove_pasted (self);
  g_clear_object (&self->job);
  g_clear_object (&self->library);
  g_clear_pointer (&self->zone, vantage_zone_unref);
  g_clear_pointer (&self->questions.from_text, g_free);
  g_clear_pointer (&self->questions.until_text, g_free);
  g_clear_pointer (&self->preview, vantage_preview_free);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->review, g_free);
  G_OBJECT_CLASS (vantage_import_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, VantageImportWindow, name)
  BIND (title);
  BIND (steps);
  BIND (formats);
  BIND (files_button);
  BIND (cancel_button);
  BIND (take_direct_button);
  BIND (as_file_button);
  BIND (skip_button);
  BIND (other_button);
  BIND (people_button);
  BIND (read_button);
  BIND (more_button);
  BIND (keep_button);
  BIND (busy_page);
  BIND (refused_page);
  BIND (done_page);
  BIND (progress);
  BIND (found);
  BIND (found_range);
  BIND (of_many);
  BIND (done_notes);
  BIND (paste_note);
  BIND (people_row);
  BIND (kinds_row);
  BIND (missing_row);
  BIND (channels_slot);
  BIND (rows_group);
  BIND (rows);
  BIND (skipped_row);
  BIND (read_as_drop);
#undef BIND
#define BIND(name, field)                                                                          \
  gtk_widget_class_bind_template_child_full (                                                      \
      widget_class, name, FALSE, G_STRUCT_OFFSET (VantageImportWindow, questions.field))
  BIND ("questions", group);
  BIND ("zone_row", zone_row);
  BIND ("start_row", start_row);
  BIND ("order_row", order_row);
  BIND ("zone_drop", zone_drop);
  BIND ("format_drop", format_drop);
  BIND ("time_column", time_column);
  BIND ("text_column", text_column);
  BIND ("author_column", author_column);
  BIND ("from_row", from_row);
  BIND ("until_row", until_row);
  BIND ("direct_row", direct_row);
  BIND ("direct", direct);
#undef BIND
}

static void
vantage_import_window_class_init (VantageImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_import_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-import-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, question_answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_as_cb);
  vantage_import_window_add_choosing (widget_class);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "import.keep", NULL, keep_cb);
  gtk_widget_class_install_action (widget_class, "import.as-file", NULL, as_file_cb);
  gtk_widget_class_install_action (widget_class, "import.take-direct", NULL, take_direct_cb);
  gtk_widget_class_install_action (widget_class, "import.skip", NULL, skip_cb);
  gtk_widget_class_install_action (widget_class, "import.go", "s", go_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
vantage_import_window_init (VantageImportWindow *self)
{
  g_autofree char *formats = vantage_import_check_dup_formats ();

  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->first_us = self->last_us = VANTAGE_TIME_NONE;
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->channels = VANTAGE_CHANNEL_CHOOSER (vantage_channel_chooser_new ());
  adw_bin_set_child (self->channels_slot, GTK_WIDGET (self->channels));
  g_object_bind_property (self->channels, "visible", self->channels_slot, "visible",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->channels, "changed", G_CALLBACK (channels_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_text (self->formats, formats);
  vantage_import_fill_formats (self->read_as_drop, _ ("Read It As…"));
  self->filling = FALSE;
  vantage_import_window_take_drops (self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

void
vantage_import_window_open (GtkWindow *parent, VantageLibrary *library, const char *review,
                            GListModel *files, VantageImportDone done, gpointer user_data)
{
  VantageImportWindow *self =
      g_object_new (VANTAGE_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);

  self->library = g_object_ref (library);
  self->review = g_strdup (review);
  self->done = done;
  self->done_data = user_data;
  find_zone (self);
  self->filling = TRUE;
  vantage_import_questions_set_up (&self->questions, NULL);
  self->filling = FALSE;
  show_choose (self);
  gtk_window_present (GTK_WINDOW (self));
  if (files != NULL)
    vantage_import_window_take_files (self, files);
}
