/* vantage-application.c: the program: which library, which windows. */

#include "config.h"

#include "vantage-application.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "vantage-picture.h"
#include "vantage-sections.h"
#include "vantage-shortcuts.h"
#include "vantage-window.h"

struct _VantageApplication
{
  AdwApplication parent_instance;

  VantageLibrary *library;
  char *folder;
  GSettings *settings; /* NULL: not installed */
  gboolean opening;
  gboolean dark;
  char *picture; /* file to write a picture of the window to, then quit */
  int width, height;
  gboolean sample;     /* opens the sample as soon as there is a library */
  char *page;          /* section to show then */
  GListStore *waiting; /* files to import as soon as there is a library */
};

G_DEFINE_FINAL_TYPE (VantageApplication, vantage_application, ADW_TYPE_APPLICATION)

static VantageWindow *
get_window (VantageApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (VANTAGE_IS_WINDOW (window))
    return VANTAGE_WINDOW (window);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (VANTAGE_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

static void
do_what_waits (VantageApplication *self, VantageWindow *window)
{
  VantageReviewView *view;

  if (self->sample)
    vantage_window_open_sample (window);
  self->sample = FALSE;

  view = vantage_window_get_review_view (window);
  if (g_strcmp0 (self->page, "library") == 0)
    vantage_window_close_review (window);
  else if (self->page != NULL && view != NULL)
    vantage_review_view_go (view, self->page, NULL);
  g_clear_pointer (&self->page, g_free);

  if (self->picture != NULL)
    vantage_picture_take_when_quiet (GTK_WINDOW (window), self->picture);
  g_clear_pointer (&self->picture, g_free);

  if (self->waiting != NULL)
    vantage_window_import (window, G_LIST_MODEL (self->waiting));
  g_clear_object (&self->waiting);
}

static void
library_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (VantageApplication) self = data;
  g_autoptr (GError) error = NULL;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  self->library = vantage_library_open_finish (result, &error);
  self->opening = FALSE;
  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (!VANTAGE_IS_WINDOW (l->data))
        continue;
      if (self->library != NULL)
        vantage_window_set_library (l->data, self->library);
      else
        vantage_window_set_failure (l->data, self->folder, error);
    }
  if (self->library != NULL && get_window (self) != NULL)
    do_what_waits (self, get_window (self));
}

static void
find_folder (VantageApplication *self)
{
  g_autofree char *chosen = NULL;

  if (self->folder != NULL)
    return;
  if (self->settings != NULL)
    chosen = g_settings_get_string (self->settings, "library");
  if (chosen != NULL && chosen[0] != '\0')
    self->folder = g_steal_pointer (&chosen);
  else
    self->folder = g_build_filename (g_get_user_data_dir (), "vantage", NULL);
}

static void
vantage_application_activate (GApplication *application)
{
  VantageApplication *self = VANTAGE_APPLICATION (application);
  VantageWindow *window = get_window (self);

  if (window == NULL)
    {
      window = vantage_window_new (GTK_APPLICATION (self));
      if (self->width > 0)
        gtk_window_set_default_size (GTK_WINDOW (window), self->width, self->height);
      if (self->library != NULL)
        vantage_window_set_library (window, self->library);
    }
  gtk_window_present (GTK_WINDOW (window));

  if (self->library != NULL)
    do_what_waits (self, window);
  else if (!self->opening)
    {
      self->opening = TRUE;
      find_folder (self);
      vantage_library_open_async (self->folder, library_opened_cb, g_object_ref (self));
    }
}

static void
vantage_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  VantageApplication *self = VANTAGE_APPLICATION (application);

  if (self->waiting == NULL)
    self->waiting = g_list_store_new (G_TYPE_FILE);
  for (int i = 0; i < n_files; i++)
    g_list_store_append (self->waiting, files[i]);
  g_application_activate (application);
}

static void
read_options (VantageApplication *self, GVariantDict *options)
{
  const char *size;
  const char *picture;

  self->sample |= g_variant_dict_contains (options, "sample");
  if (g_variant_dict_contains (options, "page"))
    {
      g_free (self->page);
      g_variant_dict_lookup (options, "page", "s", &self->page);
    }
  if (g_variant_dict_lookup (options, "picture", "^&ay", &picture))
    {
      g_free (self->picture);
      self->picture = g_strdup (picture);
    }
  if (g_variant_dict_lookup (options, "size", "&s", &size) &&
      sscanf (size, "%dx%d", &self->width, &self->height) != 2)
    self->width = self->height = 0;
}

static int
vantage_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  VantageApplication *self = VANTAGE_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (line, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  const char *folder;

  if (self->folder == NULL && g_variant_dict_lookup (options, "library", "^&ay", &folder))
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, folder);

      self->folder = g_file_get_path (file);
    }
  read_options (self, options);

  for (guint i = 1; arguments[i] != NULL; i++)
    g_ptr_array_add (files, g_application_command_line_create_file_for_arg (line, arguments[i]));
  if (files->len > 0)
    g_application_open (application, (GFile **) files->pdata, (int) files->len, "");
  else
    g_application_activate (application);
  return 0;
}

static int
vantage_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("vantage %s\n", VANTAGE_VERSION);
      return 0;
    }
  VANTAGE_APPLICATION (application)->dark = g_variant_dict_contains (options, "dark");
  if (g_variant_dict_contains (options, "new-instance"))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

/* NULL where the schema is not installed: a build that runs in place has the defaults. */
static GSettings *
new_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, VANTAGE_APPLICATION_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static void
vantage_application_startup (GApplication *application)
{
  VantageApplication *self = VANTAGE_APPLICATION (application);

  G_APPLICATION_CLASS (vantage_application_parent_class)->startup (application);

  self->settings = new_settings ();
  if (self->settings != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        g_settings_get_enum (self->settings, "colours"));
  if (self->dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  gtk_window_set_default_icon_name (VANTAGE_APPLICATION_ID);
  vantage_shortcuts_install (GTK_APPLICATION (application));
}

static void
vantage_application_shutdown (GApplication *application)
{
  VantageApplication *self = VANTAGE_APPLICATION (application);

  G_APPLICATION_CLASS (vantage_application_parent_class)->shutdown (application);
  if (self->library != NULL)
    vantage_library_close (self->library);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
vantage_application_finalize (GObject *object)
{
  VantageApplication *self = VANTAGE_APPLICATION (object);

  g_clear_object (&self->waiting);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  g_free (self->folder);
  g_free (self->page);
  g_free (self->picture);
  G_OBJECT_CLASS (vantage_application_parent_class)->finalize (object);
}

static void
vantage_application_class_init (VantageApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = vantage_application_finalize;
  application_class->activate = vantage_application_activate;
  application_class->open = vantage_application_open;
  application_class->command_line = vantage_application_command_line;
  application_class->handle_local_options = vantage_application_handle_local_options;
  application_class->startup = vantage_application_startup;
  application_class->shutdown = vantage_application_shutdown;
}

static void
vantage_application_init (VantageApplication *self)
{
  static const GActionEntry entries[] = { { "quit", quit_cb } };
  static const GOptionEntry options[] = {
    { "library", 'l', 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Folder of the library"), N_ ("FOLDER") },
    { "sample", 's', 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample review"), NULL },
    { "page", 'p', 0, G_OPTION_ARG_STRING, NULL, N_ ("Section to show, with --sample"),
      N_ ("SECTION") },
    { "new-instance", 'n', 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Run beside an instance that already runs"), NULL },
    { "picture", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Write a picture of the window to FILE and quit"), N_ ("FILE") },
    { "size", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Size of the window"), N_ ("WIDTHxHEIGHT") },
    { "dark", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Dark colours, whatever the desktop has"), NULL },
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    { NULL },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

VantageApplication *
vantage_application_new (GApplicationFlags flags)
{
  return g_object_new (VANTAGE_TYPE_APPLICATION, "application-id", VANTAGE_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE | flags,
                       "resource-base-path", "/org/vantage/Vantage", NULL);
}

VantageLibrary *
vantage_application_get_library (VantageApplication *self)
{
  return self->library;
}
