/* vantage-item-chips.h: what hangs on a message, small: files and reactions. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* A box for them; hidden while it is empty. (transfer floating) */
GtkWidget *vantage_item_chips_new (void);
/* Shows those of @item in a box made by vantage_item_chips_new (). */
void vantage_item_chips_show (GtkWidget *chips, VantageReviewContext *context,
                              const VantageItem *item);

G_END_DECLS
