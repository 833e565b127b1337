/* vantage-picture.h: a picture of a window as it is drawn. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Writes @widget, which must be mapped, to @file as PNG. FALSE: it could not be written. */
gboolean vantage_picture_take (GtkWidget *widget, const char *file);
/* Waits until @window has been drawn and nothing happened for a while, takes the picture, and
 * closes the window. */
void vantage_picture_take_when_quiet (GtkWindow *window, const char *file);

G_END_DECLS
