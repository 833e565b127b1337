/* vantage-cited-list.h: what an event rests on, to be opened or taken away. */

#pragma once

#include "vantage-timeline-feed.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CITED_LIST (vantage_cited_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageCitedList, vantage_cited_list, VANTAGE, CITED_LIST, GtkWidget)

void vantage_cited_list_set_event (VantageCitedList *self, VantageTimelineFeed *feed,
                                   VantageTimelineEvent *event);

/* A flat button named @what that calls @clicked (@data, button) and carries @value as data @key. */
GtkWidget *vantage_remove_button_new (const char *what, GCallback clicked, gpointer data,
                                      const char *key, const char *value);

G_END_DECLS
