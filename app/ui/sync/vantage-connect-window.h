/* vantage-connect-window.h: connects a library to a server: its address and a token. */

#pragma once

#include <adwaita.h>
#include "vantage-library.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CONNECT_WINDOW (vantage_connect_window_get_type ())
G_DECLARE_FINAL_TYPE (VantageConnectWindow, vantage_connect_window, VANTAGE, CONNECT_WINDOW,
                      AdwWindow)

/* Shows it over @parent. */
void vantage_connect_window_open (GtkWindow *parent, VantageLibrary *library);

G_END_DECLS
