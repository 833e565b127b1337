/* vantage-empty-state.h: what a page shows when there is nothing yet: what will be here, and the
 * one next step. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An AdwStatusPage. @button and @action: (nullable): the next step; @action may be detailed.
 * (transfer floating) */
GtkWidget *vantage_empty_state_new (const char *icon, const char *title, const char *description,
                                    const char *button, const char *action);

G_END_DECLS
