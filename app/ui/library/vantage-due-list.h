/* vantage-due-list.h: what is due over all reviews, the nearest first. */

#pragma once

#include <adwaita.h>
#include "vantage-library.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_DUE_LIST (vantage_due_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageDueList, vantage_due_list, VANTAGE, DUE_LIST, GtkWidget)

/* Reads when it comes into view, and again when something changes while it is. A row opens its
 * review by action "win.open". */
void vantage_due_list_bind (VantageDueList *self, VantageLibrary *library);

G_END_DECLS
