/* vantage-import-window.c: choose, check, done: for each thing that was given, one after the other.
 */

#include "config.h"

#include "vantage-import-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-edit.h"
#include "vantage-file-chooser.h"
#include "vantage-import-check.h"
#include "vantage-import-job.h"
#include "vantage-import-questions.h"
#include "vantage-words.h"

struct _VantageImportWindow
{
  AdwWindow parent_instance;

  VantageLibrary *library;
  char *review; /* NULL until the first thing is kept, when a new review is begun */
  VantageImportDone done;
  gpointer done_data;
  GPtrArray *paths; /* (element-type utf8): still to come, the first is at hand */
  guint n_paths;
  VantageImportJob *job;
  VantagePreview *preview;
  guint64 n_kept, n_new;
  gboolean filling, closing;

  AdwWindowTitle *title;
  GtkStack *steps;
  GtkLabel *formats;
  GtkWidget *files_button, *cancel_button, *as_file_button, *skip_button, *close_button,
      *keep_button;
  AdwStatusPage *busy_page, *refused_page, *done_page;
  GtkProgressBar *progress;
  GtkLabel *found, *found_range, *of_many;
  VantageImportQuestions questions;
  GtkWidget *channels_group, *direct_row, *rows_group;
  GtkCheckButton *all_channels;
  GtkListBox *channels, *rows;
  GtkSwitch *direct;
  AdwExpanderRow *skipped_row;
};

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
  show_step (self, "choose", self->files_button);
}

/* ---- progress ---- */

static void
show_busy (VantageImportWindow *self, const char *what)
{
  g_autofree char *name = g_path_get_basename (vantage_import_job_get_path (self->job));

  adw_status_page_set_title (self->busy_page, what);
  adw_status_page_set_description (self->busy_page, name);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_progress_bar_set_text (self->progress, "");
  show_step (self, "busy", self->cancel_button);
}

static void
progress_cb (VantageImportWindow *self, double fraction, guint64 n_items, gint64 left_us)
{
  g_autofree char *count = vantage_words_count (n_items);
  g_autofree char *records =
      g_strdup_printf (ngettext ("%s record", "%s records", (gulong) n_items), count);
  g_autofree char *text = NULL;

  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, fraction);
  if (left_us > 0)
    {
      g_autofree char *left = vantage_words_duration (left_us);

      /* translators: how many records were read; how long it still takes: "about 20 s" */
      text = g_strdup_printf (_ ("%s · about %s"), records, left);
    }
  gtk_progress_bar_set_text (self->progress, text != NULL ? text : records);
}

static void
cancel_cb (VantageImportWindow *self)
{
  if (self->job != NULL)
    vantage_import_job_cancel (self->job);
}

/* ---- check ---- */

/* The zone in which times will be read: that of the review, else the one chosen here, else this
 * computer's. */
static VantageZone *
make_zone (VantageImportWindow *self)
{
  g_autoptr (VantageEntity) review =
      self->review != NULL
          ? vantage_library_get (self->library, self->review, "review", self->review, NULL)
          : NULL;
  const char *name = review != NULL ? vantage_entity_get_text (review, "zone") : NULL;
  VantageZone *zone;

  if (name == NULL)
    name = vantage_import_questions_get_zone (&self->questions);
  zone = name != NULL ? vantage_zone_new (name) : NULL;
  return zone != NULL ? zone : vantage_zone_new_local ();
}

/* What stands on the button, and whether it can be pressed: by the channels that are chosen. */
static void
update_keep (VantageImportWindow *self)
{
  guint64 n = vantage_import_check_count_chosen (self->channels, self->preview);
  g_autofree char *count = vantage_words_count (n);
  /* translators: how many records are imported */
  g_autofree char *keep =
      n > 0 ? g_strdup_printf (_ ("Import %s"), count) : g_strdup (_ ("Import"));

  gtk_button_set_label (GTK_BUTTON (self->keep_button), keep);
  gtk_widget_set_sensitive (self->keep_button, n > 0 && vantage_import_questions_are_answered (
                                                            &self->questions, self->preview));
}

static void
channel_toggled_cb (VantageImportWindow *self)
{
  if (!self->filling)
    update_keep (self);
}

/* "2 of 5"; nothing when there is one. */
static void
say_which (VantageImportWindow *self, GtkLabel *label)
{
  g_autofree char *text = NULL;

  if (self->n_paths > 1)
    /* translators: which of several files this is: "2 of 5" */
    text = g_strdup_printf (_ ("%u of %u"), self->n_paths - self->paths->len, self->n_paths);
  gtk_label_set_text (label, text != NULL ? text : "");
}

static void
show_check (VantageImportWindow *self)
{
  const VantagePreview *preview = self->preview;
  g_autoptr (VantageZone) zone = make_zone (self);
  g_autofree char *found = vantage_import_check_dup_found (preview);
  g_autofree char *range = vantage_import_check_dup_range (preview, zone);
  g_autofree char *name = g_path_get_basename (vantage_import_job_get_path (self->job));

  self->filling = TRUE;
  adw_window_title_set_subtitle (self->title, name);
  gtk_label_set_text (self->found, found);
  gtk_label_set_text (self->found_range, range);
  vantage_import_questions_fill (&self->questions, preview);
  gtk_widget_set_visible (self->direct_row, preview->columns == NULL);
  vantage_import_check_fill_channels (self->channels, preview, G_CALLBACK (channel_toggled_cb),
                                      self);
  gtk_check_button_set_active (self->all_channels, TRUE);
  gtk_widget_set_visible (self->channels_group, preview->channels->len > 1);
  vantage_import_check_fill_skipped (self->skipped_row, preview);
  vantage_import_check_fill_rows (self->rows, preview, zone);
  gtk_widget_set_visible (self->rows_group, preview->first_items->len > 0);
  update_keep (self);
  say_which (self, self->of_many);
  self->filling = FALSE;
  show_step (self, "check", self->keep_button);
}

static void
question_answered_cb (VantageImportWindow *self)
{
  if (self->filling || self->preview == NULL)
    return;
  vantage_import_questions_answer (&self->questions, self->preview, self->job);
  vantage_import_job_set_direct (self->job, gtk_switch_get_active (self->direct));
  look (self);
}

static void
all_channels_cb (VantageImportWindow *self)
{
  if (self->filling)
    return;
  self->filling = TRUE;
  vantage_import_check_set_all (self->channels, gtk_check_button_get_active (self->all_channels));
  self->filling = FALSE;
  update_keep (self);
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
  gtk_widget_set_visible (self->as_file_button, unknown);
  gtk_widget_set_visible (self->skip_button, self->paths->len > 0);
  show_step (self, "refused", NULL);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  VantagePreview *preview =
      vantage_import_job_look_finish (VANTAGE_IMPORT_JOB (source), result, &error);

  if (self->closing || VANTAGE_IMPORT_JOB (source) != self->job)
    {
      g_clear_pointer (&preview, vantage_preview_free);
      return;
    }
  if (preview == NULL)
    {
      if (g_error_matches (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED) ||
          g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_choose (self);
      else
        show_refused (self, error);
      return;
    }
  g_clear_pointer (&self->preview, vantage_preview_free);
  self->preview = preview;
  show_check (self);
}

static void
look (VantageImportWindow *self)
{
  show_busy (self, _ ("Looking"));
  vantage_import_job_look_async (self->job, looked_cb, g_object_ref (self));
}

/* The next of what was given; the end when there is none. */
static void
take_next (VantageImportWindow *self)
{
  g_clear_object (&self->job);
  g_clear_pointer (&self->preview, vantage_preview_free);
  if (self->paths->len == 0)
    {
      g_autofree char *count = vantage_words_count (self->n_new);
      g_autofree char *text = g_strdup_printf (
          ngettext ("%s new record was kept.", "%s new records were kept.", (gulong) self->n_new),
          count);

      adw_window_title_set_subtitle (self->title, "");
      adw_status_page_set_title (self->done_page, _ ("Done"));
      adw_status_page_set_description (
          self->done_page,
          self->n_new > 0 || self->n_kept == 0 ? text : _ ("Everything in it was here already."));
      show_step (self, "done", self->close_button);
      return;
    }
  self->job = vantage_import_job_new (self->library, g_ptr_array_index (self->paths, 0));
  g_ptr_array_remove_index (self->paths, 0);
  g_signal_connect_object (self->job, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  self->filling = TRUE;
  vantage_import_questions_clear (&self->questions);
  gtk_switch_set_active (self->direct, FALSE);
  gtk_check_button_set_active (self->all_channels, TRUE);
  self->filling = FALSE;
  look (self);
}

/* The one that was refused stays out; the others go on. */
static void
skip_cb (VantageImportWindow *self)
{
  take_next (self);
}

static void
as_file_cb (VantageImportWindow *self)
{
  vantage_import_job_set_as_file (self->job, TRUE);
  look (self);
}

/* ---- keeping ---- */

/* A review for evidence that belongs to none yet. FALSE after telling. */
static gboolean
begin_review (VantageImportWindow *self)
{
  g_autofree char *name = g_path_get_basename (vantage_import_job_get_path (self->job));
  char *dot = strrchr (name, '.');
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (self->review != NULL)
    return TRUE;
  if (dot != NULL && dot != name)
    *dot = '\0';
  edit = vantage_library_begin (self->library, NULL, _ ("New Review"));
  id = g_strdup (vantage_edit_create (edit, "review"));
  vantage_edit_set_text (edit, "review", id, "title", name);
  vantage_edit_set_text (edit, "review", id, "kind", "incident");
  vantage_edit_set_text (edit, "review", id, "stage", "sources");
  if (!vantage_edit_commit (edit, &error))
    {
      show_refused (self, error);
      return FALSE;
    }
  self->review = g_steal_pointer (&id);
  return TRUE;
}

/* The zone of a review is that of its first import: what a person chose, else this computer's. */
static void
settle_zone (VantageImportWindow *self)
{
  g_autoptr (VantageEntity) review =
      vantage_library_get (self->library, self->review, "review", self->review, NULL);
  g_autoptr (VantageZone) local = vantage_zone_new_local ();
  const char *zone = vantage_import_questions_get_zone (&self->questions);
  g_autoptr (VantageEdit) edit = NULL;

  if (review == NULL || vantage_entity_get_text (review, "zone") != NULL)
    return;
  if (zone == NULL)
    zone = vantage_zone_get_name (local);
  edit = vantage_library_begin (self->library, self->review, _ ("Choose Time Zone"));
  vantage_edit_set_text (edit, "review", self->review, "zone", zone);
  vantage_edit_commit (edit, NULL);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageImportResult) kept =
      vantage_import_job_keep_finish (VANTAGE_IMPORT_JOB (source), result, &error);

  if (kept != NULL)
    {
      self->n_kept += kept->n_items;
      self->n_new += kept->n_new;
      settle_zone (self);
    }
  if (self->closing)
    return;
  if (kept != NULL)
    take_next (self);
  else if (g_error_matches (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_check (self);
  else
    show_refused (self, error);
}

static void
keep_cb (VantageImportWindow *self)
{
  g_auto (GStrv) channels = NULL;

  if (!begin_review (self))
    return;
  channels = vantage_import_check_dup_chosen (self->channels);
  vantage_import_job_set_channels (self->job, (const char *const *) channels);
  show_busy (self, _ ("Keeping"));
  vantage_import_job_keep_async (self->job, self->review, kept_cb, g_object_ref (self));
}

/* ---- choosing ---- */

static void
take_files (VantageImportWindow *self, GListModel *files)
{
  g_ptr_array_set_size (self->paths, 0);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      char *path = g_file_get_path (file);

      if (path != NULL)
        g_ptr_array_add (self->paths, path);
    }
  self->n_paths = self->paths->len;
  if (self->n_paths > 0)
    take_next (self);
}

static void
files_chosen_cb (GListModel *files, gpointer data)
{
  g_autoptr (VantageImportWindow) self = data;

  if (files != NULL && !self->closing)
    take_files (self, files);
}

static void
choose (VantageImportWindow *self, VantageChooseSort sort)
{
  const VantageFileRequest request = {
    .sort = sort,
    .title = _ ("Import"),
    .accept = _ ("_Look Inside"),
  };

  vantage_choose_files (GTK_WINDOW (self), &request, files_chosen_cb, g_object_ref (self));
}

static void
choose_files_cb (VantageImportWindow *self)
{
  choose (self, VANTAGE_CHOOSE_OPEN_MANY);
}

static void
choose_folder_cb (VantageImportWindow *self)
{
  choose (self, VANTAGE_CHOOSE_FOLDER);
}

static void
back_cb (VantageImportWindow *self)
{
  g_ptr_array_set_size (self->paths, 0);
  g_clear_pointer (&self->preview, vantage_preview_free);
  show_choose (self);
}

static void
close_cb (VantageImportWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  VantageImportWindow *self = data;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (GSList *file = g_value_get_boxed (value); file != NULL; file = file->next)
    g_list_store_append (files, file->data);
  take_files (self, G_LIST_MODEL (files));
  return TRUE;
}

/* ---- window ---- */

static gboolean
close_request_cb (VantageImportWindow *self)
{
  self->closing = TRUE;
  cancel_cb (self);
  if (self->done != NULL)
    self->done (self->n_kept > 0 ? self->review : NULL, self->done_data);
  self->done = NULL;
  return FALSE;
}

static void
vantage_import_window_dispose (GObject *object)
{
  VantageImportWindow *self = VANTAGE_IMPORT_WINDOW (object);

  g_clear_object (&self->job);
  g_clear_object (&self->library);
  g_clear_pointer (&self->preview, vantage_preview_free);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->review, g_free);
  G_OBJECT_CLASS (vantage_import_window_parent_class)->dispose (object);
}

static void
vantage_import_window_class_init (VantageImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_import_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-import-window.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, VantageImportWindow, name)
  BIND (title);
  BIND (steps);
  BIND (formats);
  BIND (files_button);
  BIND (cancel_button);
  BIND (as_file_button);
  BIND (skip_button);
  BIND (close_button);
  BIND (keep_button);
  BIND (busy_page);
  BIND (refused_page);
  BIND (done_page);
  BIND (progress);
  BIND (found);
  BIND (found_range);
  BIND (of_many);
  BIND (channels_group);
  BIND (direct_row);
  BIND (rows_group);
  BIND (all_channels);
  BIND (channels);
  BIND (rows);
  BIND (direct);
  BIND (skipped_row);
#undef BIND
#define BIND(name, field)                                                                          \
  gtk_widget_class_bind_template_child_full (                                                      \
      widget_class, name, FALSE, G_STRUCT_OFFSET (VantageImportWindow, questions.field))
  BIND ("questions", group);
  BIND ("zone_row", zone_row);
  BIND ("start_row", start_row);
  BIND ("order_row", order_row);
  BIND ("zone_drop", zone_drop);
  BIND ("time_column", time_column);
  BIND ("text_column", text_column);
  BIND ("author_column", author_column);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, choose_files_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, as_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, question_answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_channels_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
vantage_import_window_init (VantageImportWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_autoptr (GString) formats = g_string_new (NULL);

  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (const VantageFormat *format = vantage_formats (); format->name != NULL; format++)
    g_string_append_printf (formats, "%s%s", formats->len > 0 ? " · " : "", format->title);
  gtk_label_set_text (self->formats, formats->str);
  vantage_import_questions_set_up (&self->questions);
  self->filling = FALSE;
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
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
  show_choose (self);
  gtk_window_present (GTK_WINDOW (self));
  if (files != NULL)
    take_files (self, files);
}
