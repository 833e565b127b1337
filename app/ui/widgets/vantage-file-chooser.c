/* vantage-file-chooser.c: asking for files. */

#include "config.h"

#include "vantage-file-chooser.h"

typedef struct
{
  GtkFileChooserNative *native;
  VantageFilesChosen chosen;
  gpointer user_data;
} Request;

static void
response_cb (GtkNativeDialog *native, int response, gpointer data)
{
  Request *request = data;
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (native));
  gtk_native_dialog_hide (native);
  request->chosen (files, request->user_data);
  gtk_native_dialog_destroy (native);
  g_object_unref (request->native);
  g_free (request);
}

static void
add_filters (GtkFileChooser *chooser, const VantageFileRequest *request)
{
  g_autoptr (GtkFileFilter) filter = NULL;
  g_auto (GStrv) patterns = NULL;

  if (request->patterns == NULL)
    return;
  filter = gtk_file_filter_new ();
  patterns = g_strsplit (request->patterns, " ", -1);
  gtk_file_filter_set_name (filter, request->filter_name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
choose_natively (GtkWindow *parent, const VantageFileRequest *request, VantageFilesChosen chosen,
                 gpointer user_data)
{
  static const GtkFileChooserAction actions[] = { GTK_FILE_CHOOSER_ACTION_OPEN,
                                                  GTK_FILE_CHOOSER_ACTION_OPEN,
                                                  GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                  GTK_FILE_CHOOSER_ACTION_SAVE };
  Request *state = g_new0 (Request, 1);
  GtkFileChooser *chooser;

  state->native = gtk_file_chooser_native_new (request->title, parent, actions[request->sort],
                                               request->accept, NULL);
  state->chosen = chosen;
  state->user_data = user_data;
  chooser = GTK_FILE_CHOOSER (state->native);
  gtk_file_chooser_set_select_multiple (chooser, request->sort == VANTAGE_CHOOSE_OPEN_MANY);
  if (request->sort == VANTAGE_CHOOSE_SAVE && request->name != NULL)
    gtk_file_chooser_set_current_name (chooser, request->name);
  add_filters (chooser, request);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (state->native), TRUE);
  g_signal_connect (state->native, "response", G_CALLBACK (response_cb), state);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (state->native));
}

void (*vantage_choose_files_impl) (GtkWindow *parent, const VantageFileRequest *request,
                                   VantageFilesChosen chosen, gpointer user_data) = choose_natively;

void
vantage_choose_files (GtkWindow *parent, const VantageFileRequest *request,
                      VantageFilesChosen chosen, gpointer user_data)
{
  vantage_choose_files_impl (parent, request, chosen, user_data);
}
