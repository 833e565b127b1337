/* vantage-slack-directory.h: the people and channels of a workspace, as its lists and its messages
 * tell of them; told to the reading when something first refers to them. */

#pragma once

#include "vantage-reader.h"
#include "vantage-slack-message.h"

G_BEGIN_DECLS

typedef struct
{
  VantageChannel *channel;
  char *id; /* of the evidence */
  guint index;
  gboolean listed; /* a list names it */
  gboolean told;
  gboolean wanted; /* once told */
} VantageSlackChannel;

typedef struct _VantageSlackDirectory VantageSlackDirectory;

VantageSlackDirectory *vantage_slack_directory_new (VantageReading *reading);
void vantage_slack_directory_free (VantageSlackDirectory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSlackDirectory, vantage_slack_directory_free)

/* A record of users.json, users.list or users.info. */
void vantage_slack_directory_add_user (VantageSlackDirectory *self, VantageNode *user);
/* A record of channels.json and its like. @sort DIRECT for dms and mpims; CHAT: the record decides.
 */
VantageSlackChannel *vantage_slack_directory_add_channel (VantageSlackDirectory *self,
                                                          VantageNode *channel,
                                                          VantageChannelSort sort);
/* The members of a channel, where they come apart from it. */
void vantage_slack_directory_set_members (VantageSlackDirectory *self, const char *channel,
                                          VantageNode *keys);
/* The channel of this name, else of this id; one that no list names is made, weak unless the name
 * is an id. Lent. */
VantageSlackChannel *vantage_slack_directory_get_channel (VantageSlackDirectory *self,
                                                          const char *name);
/* By id, with the name that goes with it (nullable). */
VantageSlackChannel *vantage_slack_directory_get_channel_by_id (VantageSlackDirectory *self,
                                                                const char *id, const char *name);

/* Tells the reading of the channel and of those members whom a list names; sets `wanted`. */
gboolean vantage_slack_directory_tell_channel (VantageSlackDirectory *self,
                                               VantageSlackChannel *channel, GError **error);
/* Tells the reading of whoever @item names; @message says more about its author. */
gboolean vantage_slack_directory_tell_people (VantageSlackDirectory *self, const VantageItem *item,
                                              const VantageSlackMessage *message, GError **error);

G_END_DECLS
