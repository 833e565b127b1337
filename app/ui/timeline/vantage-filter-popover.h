/* vantage-filter-popover.h: which events of the timeline are wanted. */

#pragma once

#include "vantage-event-filter.h"
#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_FILTER_POPOVER (vantage_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (VantageFilterPopover, vantage_filter_popover, VANTAGE, FILTER_POPOVER,
                      GtkPopover)

/* Signal "changed": the filter is another. Stays for as long as its parent. */
GtkWidget *vantage_filter_popover_new (VantageReviewContext *context);
/* Lent until it changes. */
const VantageEventFilter *vantage_filter_popover_get (VantageFilterPopover *self);
void vantage_filter_popover_set (VantageFilterPopover *self, const VantageEventFilter *filter);
/* The filter in words: "Dana · asked · “lag”". (transfer full) */
char *vantage_filter_popover_dup_words (VantageFilterPopover *self);

G_END_DECLS
