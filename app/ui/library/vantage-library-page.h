/* vantage-library-page.h: all reviews: a first welcome, then a list of cards with search. */

#pragma once

#include <adwaita.h>
#include "vantage-library.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_LIBRARY_PAGE (vantage_library_page_get_type ())
G_DECLARE_FINAL_TYPE (VantageLibraryPage, vantage_library_page, VANTAGE, LIBRARY_PAGE, GtkWidget)

/* Signal "open" (const char *review): somebody chose a review. */

/* (transfer floating) */
GtkWidget *vantage_library_page_new (VantageLibrary *library);
void vantage_library_page_set_menu (VantageLibraryPage *self, GMenuModel *menu);
void vantage_library_page_open_menu (VantageLibraryPage *self);
/* Opens the search for a review. */
void vantage_library_page_find (VantageLibraryPage *self);

G_END_DECLS
