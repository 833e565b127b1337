/* vantage-channel-list.h: the channels, tickets and calls of a review, and everything together. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CHANNEL_LIST (vantage_channel_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageChannelList, vantage_channel_list, VANTAGE, CHANNEL_LIST, GtkWidget)

/* Signal "chosen" (const char *channel_id): NULL for everything. (transfer floating) */
GtkWidget *vantage_channel_list_new (VantageReviewContext *context);
/* Lent; NULL: everything. */
const char *vantage_channel_list_get_chosen (VantageChannelList *self);
void vantage_channel_list_choose (VantageChannelList *self, const char *channel_id);
gboolean vantage_channel_list_is_empty (VantageChannelList *self);

G_END_DECLS
