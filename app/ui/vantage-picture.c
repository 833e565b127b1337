/* vantage-picture.c: a picture of a window as it is drawn. */

#include "config.h"

#include "vantage-picture.h"

#define QUIET_MS 1500

gboolean
vantage_picture_take (GtkWidget *widget, const char *file)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderer *renderer;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  return gdk_texture_save_to_png (texture, file);
}

typedef struct
{
  GtkWindow *window;
  char *file;
} Request;

static gboolean
quiet_cb (gpointer data)
{
  Request *request = data;

  if (!vantage_picture_take (GTK_WIDGET (request->window), request->file))
    g_printerr ("%s could not be written\n", request->file);
  gtk_window_close (request->window);
  g_object_unref (request->window);
  g_free (request->file);
  g_free (request);
  return G_SOURCE_REMOVE;
}

void
vantage_picture_take_when_quiet (GtkWindow *window, const char *file)
{
  Request *request = g_new0 (Request, 1);

  request->window = g_object_ref (window);
  request->file = g_strdup (file);
  /* At low priority: loading and drawing come first. */
  g_timeout_add_full (G_PRIORITY_LOW, QUIET_MS, quiet_cb, request, NULL);
}
