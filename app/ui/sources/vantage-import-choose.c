/* vantage-import-choose.c: where what is imported comes from: files, folders, drops, the clipboard.
 */

#include "config.h"

#include "vantage-import-window-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "vantage-file-chooser.h"

void
vantage_import_window_take_files (VantageImportWindow *self, GListModel *files)
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
    vantage_import_window_take_next (self);
}

static void
files_chosen_cb (GListModel *files, gpointer data)
{
  g_autoptr (VantageImportWindow) self = data;

  if (files != NULL && !self->closing)
    vantage_import_window_take_files (self, files);
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
choose_files_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (VANTAGE_IMPORT_WINDOW (widget), VANTAGE_CHOOSE_OPEN_MANY);
}

static void
choose_folder_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (VANTAGE_IMPORT_WINDOW (widget), VANTAGE_CHOOSE_FOLDER);
}

/* ---- the clipboard ---- */

/* A file of nobody else's, named as the source will be. (transfer full); NULL with @error */
static char *
write_pasted (const char *text, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("vantage-paste-XXXXXX", error);
  g_autofree char *path =
      folder != NULL ? g_build_filename (folder, _ ("Pasted text.txt"), NULL) : NULL;

  if (path == NULL ||
      !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return NULL;
  return g_steal_pointer (&path);
}

void
vantage_import_window_remove_pasted (VantageImportWindow *self)
{
  for (guint i = 0; self->pasted != NULL && i < self->pasted->len; i++)
    {
      const char *path = g_ptr_array_index (self->pasted, i);
      g_autofree char *folder = g_path_get_dirname (path);

      g_unlink (path);
      g_rmdir (folder);
    }
  g_clear_pointer (&self->pasted, g_ptr_array_unref);
}

static void
text_read_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageImportWindow) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  g_autofree char *path = NULL;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = NULL;

  if (self->closing)
    return;
  if (text != NULL && *g_strstrip (text) != '\0')
    path = write_pasted (text, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->paste_note), path == NULL);
  if (path == NULL)
    return;
  if (self->pasted == NULL)
    self->pasted = g_ptr_array_new_with_free_func (g_free);
  file = g_file_new_for_path (path);
  g_ptr_array_add (self->pasted, g_steal_pointer (&path));
  g_list_store_append (files, file);
  vantage_import_window_take_files (self, G_LIST_MODEL (files));
}

static void
paste_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  VantageImportWindow *self = VANTAGE_IMPORT_WINDOW (widget);

  if (strcmp (gtk_stack_get_visible_child_name (self->steps), "choose") == 0)
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, text_read_cb,
                                   g_object_ref (self));
}

/* ---- drops ---- */

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  VantageImportWindow *self = data;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  if (self->keeping)
    return FALSE;

  for (GSList *file = g_value_get_boxed (value); file != NULL; file = file->next)
    g_list_store_append (files, file->data);
  vantage_import_window_take_files (self, G_LIST_MODEL (files));
  return TRUE;
}

void
vantage_import_window_take_drops (VantageImportWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
vantage_import_window_add_choosing (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "import.files", NULL, choose_files_cb);
  gtk_widget_class_install_action (widget_class, "import.folder", NULL, choose_folder_cb);
  gtk_widget_class_install_action (widget_class, "import.paste", NULL, paste_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "import.files",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "import.paste",
                                       NULL);
}
