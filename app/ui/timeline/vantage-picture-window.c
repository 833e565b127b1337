/* vantage-picture-window.c: what of the timeline, in which form, with which names. */

#include "config.h"

#include "vantage-picture-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-desk-picture.h"
#include "vantage-file-chooser.h"
#include "vantage-typed-time.h"
#include "vantage-words.h"

#define MAX_NAME_BYTES 120

typedef enum
{
  SCOPE_SEEN,
  SCOPE_ALL,
  SCOPE_RANGE,
  SCOPE_LANE,
} Scope;

#define VANTAGE_TYPE_PICTURE_WINDOW (vantage_picture_window_get_type ())
G_DECLARE_FINAL_TYPE (VantagePictureWindow, vantage_picture_window, VANTAGE, PICTURE_WINDOW,
                      AdwWindow)

struct _VantagePictureWindow
{
  AdwWindow parent_instance;

  VantageTimelineFeed *feed;
  gint64 begin_us, end_us;
  VantageAxis *axis;
  char *lane;
  GHashTable *only;

  AdwComboRow *scope, *format, *names;
  AdwEntryRow *from, *until;
  GtkSwitch *print;
  GtkLabel *problem;
  GtkWidget *button;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (VantagePictureWindow, vantage_picture_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *id, *title, *pattern, *extension;
} formats[] = {
  { "svg", N_ ("Drawing (SVG)"), "*.svg", ".svg" },
  { "png", N_ ("Image (PNG)"), "*.png", ".png" },
  { "pdf", N_ ("Pages (PDF)"), "*.pdf", ".pdf" },
  { "canvas", N_ ("JSON Canvas, for Other Programs"), "*.canvas", ".canvas" },
};

static VantageReviewContext *
get_context (VantagePictureWindow *self)
{
  return vantage_timeline_feed_get_context (self->feed);
}

/* ---- writing ---- */

typedef struct
{
  VantageDeskPicture *picture;
  VantageZone *zone;
  const char *format;
  GFile *file;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  vantage_desk_picture_free (job->picture);
  vantage_zone_unref (job->zone);
  g_object_unref (job->file);
  g_free (job);
}

/* Drawing takes seconds where there are thousands of events. */
static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = vantage_desk_picture_write (job->picture, job->format, 2, &error);
  gsize length;
  const char *data;

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  data = g_bytes_get_data (bytes, &length);
  if (!g_file_replace_contents (job->file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                NULL, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  VantagePictureWindow *self = VANTAGE_PICTURE_WINDOW (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (job->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *told = NULL;

  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_sensitive (self->button, TRUE);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *words = vantage_words_error (error);

      gtk_label_set_text (self->problem, words);
      gtk_widget_show (GTK_WIDGET (self->problem));
      return;
    }
  /* translators: %s: name of a file */
  told = g_strdup_printf (_ ("Wrote %s"), shown);
  vantage_review_context_tell (get_context (self), told);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* ---- what is asked for ---- */

static gboolean
read_time (VantagePictureWindow *self, AdwEntryRow *row, gint64 near_us, gint64 *out_us)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  VantageTypedTime typed = { 0 };

  if (text[0] == '\0')
    return TRUE;
  if (!vantage_typed_time_parse (text, near_us,
                                 vantage_review_context_get_zone (get_context (self)), &typed) ||
      typed.sort != VANTAGE_TYPED_WHEN || typed.when.sort != VANTAGE_WHEN_AT)
    return FALSE;
  *out_us = typed.when.at_us;
  return TRUE;
}

/* FALSE: a time is not one; it was told. */
static gboolean
read_options (VantagePictureWindow *self, VantagePictureOptions *out)
{
  Scope scope = adw_combo_row_get_selected (self->scope);

  *out = (VantagePictureOptions){ .since_us = VANTAGE_TIME_NONE,
                                  .until_us = VANTAGE_TIME_NONE,
                                  .only = self->only,
                                  .print = gtk_switch_get_active (self->print) };
  gtk_widget_hide (GTK_WIDGET (self->problem));
  if (scope == SCOPE_SEEN)
    {
      out->since_us = self->begin_us;
      out->until_us = self->end_us;
      out->is_linear = self->axis == NULL;
      if (self->axis != NULL)
        out->stretches = vantage_axis_get_stretches (self->axis, &out->n_stretches);
    }
  else if (scope == SCOPE_LANE)
    out->lane = self->lane;
  else if (scope == SCOPE_RANGE &&
           (!read_time (self, self->from, self->begin_us, &out->since_us) ||
            !read_time (self, self->until, self->end_us, &out->until_us) ||
            (out->until_us != VANTAGE_TIME_NONE && out->since_us > out->until_us)))
    {
      gtk_label_set_text (self->problem, _ ("Write two times, the earlier one first: “02:10” and "
                                            "“03:30”. An empty field is open."));
      gtk_widget_show (GTK_WIDGET (self->problem));
      return FALSE;
    }
  return TRUE;
}

static const char *
find_word (const char *vocabulary, const char *value, gpointer user_data)
{
  return vantage_words_choice (vocabulary, value);
}

static void
chosen_cb (GListModel *files, gpointer data)
{
  g_autoptr (VantagePictureWindow) self = data;
  VantageReviewContext *context = get_context (self);
  VantageLibrary *library = vantage_review_context_get_library (context);
  VantageReportOptions report = { .audience = VANTAGE_REPORT_TEAM,
                                  .names = adw_combo_row_get_selected (self->names),
                                  .now_us = vantage_library_now_us (library) };
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  VantagePictureOptions options;
  Job *job;

  if (files == NULL || g_list_model_get_n_items (files) == 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)) || !read_options (self, &options))
    return;
  job = g_new0 (Job, 1);
  job->file = g_list_model_get_item (files, 0);
  job->format = formats[adw_combo_row_get_selected (self->format)].id;
  job->zone = vantage_zone_ref (vantage_review_context_get_zone (context));
  report.zone = job->zone;
  job->picture = vantage_desk_picture_new (library, vantage_review_context_get_review_id (context),
                                           &report, &options, find_word, &error);
  task = g_task_new (self, NULL, written_cb, NULL);
  g_task_set_task_data (task, job, free_job);
  if (job->picture == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  gtk_widget_set_sensitive (self->button, FALSE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  g_task_run_in_thread (task, write_in_thread);
}

/* The title, without what no file name can have. */
static char *
dup_file_name (VantagePictureWindow *self, const char *extension)
{
  g_autofree char *name = g_strdup (vantage_review_context_get_title (get_context (self)));

  g_strstrip (g_strdelimit (name, "/\\:*?\"<>|\n\t", '-'));
  if (name[0] == '.')
    name[0] = '-';
  if (strlen (name) > MAX_NAME_BYTES)
    *g_utf8_find_prev_char (name, name + MAX_NAME_BYTES) = '\0';
  return g_strconcat (name, extension, NULL);
}

static void
export_cb (VantagePictureWindow *self)
{
  guint at = adw_combo_row_get_selected (self->format);
  g_autofree char *name = dup_file_name (self, formats[at].extension);
  const VantageFileRequest request = {
    .sort = VANTAGE_CHOOSE_SAVE,
    .title = _ ("Export Picture"),
    .accept = _ ("_Export"),
    .name = name,
    .filter_name = _ (formats[at].title),
    .patterns = formats[at].pattern,
  };
  VantagePictureOptions options;

  if (read_options (self, &options))
    vantage_choose_files (GTK_WINDOW (self), &request, chosen_cb, g_object_ref (self));
}

static void
scope_changed_cb (VantagePictureWindow *self)
{
  gboolean range = adw_combo_row_get_selected (self->scope) == SCOPE_RANGE;

  gtk_widget_set_visible (GTK_WIDGET (self->from), range);
  gtk_widget_set_visible (GTK_WIDGET (self->until), range);
}

static void
format_changed_cb (VantagePictureWindow *self)
{
  guint at = adw_combo_row_get_selected (self->format);

  gtk_widget_set_sensitive (GTK_WIDGET (self->print),
                            at < G_N_ELEMENTS (formats) && strcmp (formats[at].id, "canvas") != 0);
}

/* ---- object ---- */

static void
vantage_picture_window_dispose (GObject *object)
{
  VantagePictureWindow *self = VANTAGE_PICTURE_WINDOW (object);

  g_clear_object (&self->feed);
  g_clear_pointer (&self->axis, vantage_axis_unref);
  g_clear_pointer (&self->lane, g_free);
  g_clear_pointer (&self->only, g_hash_table_unref);
  G_OBJECT_CLASS (vantage_picture_window_parent_class)->dispose (object);
}

static void
vantage_picture_window_class_init (VantagePictureWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_picture_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static AdwComboRow *
add_combo (AdwPreferencesGroup *group, const char *title, const char *const *words)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_preferences_group_add (group, row);
  return ADW_COMBO_ROW (row);
}

static AdwEntryRow *
add_entry (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_hide (row);
  adw_preferences_group_add (group, row);
  return ADW_ENTRY_ROW (row);
}

static void
add_print (VantagePictureWindow *self, AdwPreferencesGroup *group)
{
  GtkWidget *row = adw_action_row_new (), *print = gtk_switch_new ();

  self->print = GTK_SWITCH (print);
  gtk_widget_set_valign (print, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("For Print without Colour"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Patterns, lines and words instead"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), print);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), print);
  adw_preferences_group_add (group, row);
}

static void
add_rows (VantagePictureWindow *self, AdwPreferencesGroup *group, const char *lane_name)
{
  g_autofree char *lane =
      /* translators: %s: name of a person */
      lane_name != NULL ? g_strdup_printf (_ ("The Lane of %s"), lane_name) : NULL;
  const char *const scopes[] = { _ ("What Is Seen"), _ ("Everything"), _ ("A Stretch of Time"),
                                 lane, NULL };
  const char *const kinds[] = { _ (formats[0].title), _ (formats[1].title), _ (formats[2].title),
                                _ (formats[3].title), NULL };
  const char *const names[] = { _ ("Names"), _ ("Roles"), _ ("Pseudonyms"), NULL };

  self->scope = add_combo (group, _ ("What"), scopes);
  self->from = add_entry (group, _ ("From, such as 02:10"));
  self->until = add_entry (group, _ ("Until"));
  self->format = add_combo (group, _ ("As"), kinds);
  self->names = add_combo (group, _ ("Show Names As"), names);
  add_print (self, group);
}

static void
vantage_picture_window_init (VantagePictureWindow *self)
{
}

static void
build (VantagePictureWindow *self, const char *lane_name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = adw_header_bar_new ();
  GtkWidget *group = adw_preferences_group_new (), *problem = gtk_label_new (NULL);
  GtkWidget *export = gtk_button_new_with_mnemonic (_ ("_Export…"));
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->problem = GTK_LABEL (problem);
  self->button = export;
  self->spinner = gtk_spinner_new ();
  add_rows (self, ADW_PREFERENCES_GROUP (group), lane_name);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_add_css_class (problem, "error");
  gtk_widget_hide (problem);
  gtk_widget_add_css_class (export, "suggested-action");
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), export);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->spinner);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 24);
  gtk_widget_set_margin_start (content, 18);
  gtk_widget_set_margin_end (content, 18);
  gtk_box_append (GTK_BOX (content), group);
  gtk_box_append (GTK_BOX (content), problem);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_widget (GTK_WINDOW (self), export);
  g_signal_connect_object (export, "clicked", G_CALLBACK (export_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scope, "notify::selected", G_CALLBACK (scope_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->format, "notify::selected", G_CALLBACK (format_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWindow *
vantage_picture_window_show (GtkWindow *parent, VantageTimelineFeed *feed,
                             const VantagePictureScope *scope)
{
  VantagePictureWindow *self =
      g_object_new (VANTAGE_TYPE_PICTURE_WINDOW, "transient-for", parent, "modal", TRUE, "title",
                    _ ("Export Timeline"), "default-width", 440, "destroy-with-parent", TRUE, NULL);

  self->feed = g_object_ref (feed);
  self->begin_us = scope->begin_us;
  self->end_us = scope->end_us;
  self->axis = scope->axis != NULL ? vantage_axis_ref (scope->axis) : NULL;
  self->lane = g_strdup (scope->lane);
  self->only = scope->only != NULL ? g_hash_table_ref (scope->only) : NULL;
  build (self, scope->lane != NULL ? scope->lane_name : NULL);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
