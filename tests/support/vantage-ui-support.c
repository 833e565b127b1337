/* vantage-ui-support.c: what tests in a window share. */

#include "vantage-ui-support.h"

#include <glib/gstdio.h>

#include "vantage-application.h"
#include "vantage-picture.h"

void
ui_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  /* As an application does while it runs: what other threads hand over waits for this one. */
  g_assert_true (g_main_context_acquire (NULL));
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_css_provider_load_from_resource (style, "/org/vantage/Vantage/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static gint64
get_noon (gpointer data)
{
  return G_GINT64_CONSTANT (1763208000) * G_USEC_PER_SEC;
}

VantageLibrary *
ui_library_new (void)
{
  g_autofree char *folder = g_dir_make_tmp ("vantage-ui-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  VantageLibrary *library = vantage_library_open (folder, get_noon, NULL, &error);

  g_assert_no_error (error);
  return library;
}

VantageLibrary *
ui_sample_library_new (void)
{
  VantageLibrary *library = ui_library_new ();
  g_autoptr (GError) error = NULL;

  vantage_desk_open_sample (library, &error);
  g_assert_no_error (error);
  return library;
}

char *
ui_review_new (VantageLibrary *library, const char *title)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (library, NULL, "New Review");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_strdup (vantage_edit_create (edit, "review"));

  vantage_edit_set_text (edit, "review", id, "title", title);
  vantage_edit_set_text (edit, "review", id, "zone", "Europe/Berlin");
  g_assert_true (vantage_edit_commit (edit, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&id);
}

static VantageApplication *application;

VantageWindow *
ui_window_new (VantageLibrary *library, int width, int height)
{
  VantageWindow *window;

  if (application == NULL)
    {
      g_autoptr (GError) error = NULL;

      application = vantage_application_new (G_APPLICATION_NON_UNIQUE);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }
  window = vantage_window_new (GTK_APPLICATION (application));
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  vantage_window_set_library (window, library);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  ui_settle ();
  return window;
}

void
ui_window_close (VantageWindow *window)
{
  gpointer gone = window;

  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  gtk_window_close (GTK_WINDOW (window));
  UI_WAIT (gone == NULL);
}

void
ui_settle (void)
{
  for (int i = 0; i < 40; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

void
ui_shot (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("UI_SHOTS");
  g_autofree char *file = NULL;

  if (folder == NULL)
    return;
  ui_settle ();
  gtk_widget_queue_draw (widget);
  gtk_test_widget_wait_for_draw (widget);
  file = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (vantage_picture_take (widget, file));
}

gpointer
ui_controller (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) model = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) object = g_list_model_get_item (model, i);

      if (g_type_is_a (G_OBJECT_TYPE (object), type))
        return object;
    }
  g_assert_not_reached ();
}

static gboolean
is_labelled (GtkWidget *widget, const char *label)
{
  static const char *const names[] = { "label", "title", "text" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), names[i]);
      g_autofree char *text = NULL;

      if (pspec == NULL || pspec->value_type != G_TYPE_STRING)
        continue;
      g_object_get (widget, names[i], &text, NULL);
      if (g_strcmp0 (text, label) == 0)
        return TRUE;
    }
  return FALSE;
}

GtkWidget *
ui_find (GtkWidget *root, GType type, const char *label)
{
  if (!gtk_widget_get_child_visible (root) || !gtk_widget_get_visible (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (label == NULL || is_labelled (root, label)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}
