/* vantage-window-actions.h: what the actions "win.…" do. Private to the window. */

#pragma once

#include "vantage-library-page.h"
#include "vantage-window.h"

G_BEGIN_DECLS

/* Adds them, and their keys that are free. */
void vantage_window_add_actions (VantageWindow *self);
/* Says again which of them can be used now, and names undo and redo. */
void vantage_window_update_actions (VantageWindow *self);
/* The menu of a header, for the library or a review. (transfer full) */
GMenuModel *vantage_window_new_menu (VantageWindow *self, gboolean review);

/* Lent; NULL until there is a library. */
VantageLibraryPage *vantage_window_get_library_page (VantageWindow *self);

G_END_DECLS
