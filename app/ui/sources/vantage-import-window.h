/* vantage-import-window.h: bringing evidence in, in three steps: choose, check, done. */

#pragma once

#include "vantage-sections.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_IMPORT_WINDOW (vantage_import_window_get_type ())
G_DECLARE_FINAL_TYPE (VantageImportWindow, vantage_import_window, VANTAGE, IMPORT_WINDOW, AdwWindow)

/* The hook of the frame: see VantageHooks. */
void vantage_import_window_open (GtkWindow *parent, VantageLibrary *library, const char *review,
                                 GListModel *files, VantageImportDone done, gpointer user_data);

G_END_DECLS
