/* vantage-item-chips.h: what hangs on a message, small: files and reactions. */

#pragma once

#include <gtk/gtk.h>
#include "vantage-item.h"

G_BEGIN_DECLS

/* A box for them; hidden while it is empty. (transfer floating) */
GtkWidget *vantage_item_chips_new (void);
/* Shows those of @item in a box made by vantage_item_chips_new (). */
void vantage_item_chips_show (GtkWidget *chips, const VantageItem *item);

G_END_DECLS
