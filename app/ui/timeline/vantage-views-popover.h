/* vantage-views-popover.h: the views that were saved, in the order in which they are presented. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_VIEWS_POPOVER (vantage_views_popover_get_type ())
G_DECLARE_FINAL_TYPE (VantageViewsPopover, vantage_views_popover, VANTAGE, VIEWS_POPOVER,
                      GtkPopover)

/* Signal "chosen" (const char *view). Stays for as long as its parent. */
GtkWidget *vantage_views_popover_new (VantageReviewContext *context);

/* The saved views: steps first, in their order, then the others by title. (transfer full)
 * (element-type VantageEntity) */
GPtrArray *vantage_views_list (VantageReviewContext *context);
/* The number of a step, from 1; 0: it is none. */
gint64 vantage_view_get_step (VantageEntity *view);

G_END_DECLS
