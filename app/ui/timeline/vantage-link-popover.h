/* vantage-link-popover.h: links an event to another one: which, and how. */

#pragma once

#include "vantage-timeline-feed.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_LINK_POPOVER (vantage_link_popover_get_type ())
G_DECLARE_FINAL_TYPE (VantageLinkPopover, vantage_link_popover, VANTAGE, LINK_POPOVER, GtkPopover)

/* Pops up on @parent at @area (nullable). @to: (nullable): the other event, where it is known; else
 * it is looked for by its title. Goes away by itself. Lent. */
GtkWidget *vantage_link_popover_ask (GtkWidget *parent, const GdkRectangle *area,
                                     VantageTimelineFeed *feed, const char *from, const char *to);

G_END_DECLS
