/* vantage-slack-message.h: one message of Slack, whatever container it came in, as an item. */

#pragma once

#include "vantage-item.h"
#include "vantage-tokens.h"

G_BEGIN_DECLS

/* The members that are looked at; NULL where absent. Lent from the record. */
typedef struct
{
  VantageNode *ts, *thread_ts, *type, *subtype, *text, *user, *bot_id, *username, *bot_profile;
  VantageNode *user_profile, *comment, *edited, *reactions, *files, *file, *blocks, *attachments;
  VantageNode *replies, *reply_count, *parent_user_id, *inviter, *topic, *purpose, *name, *old_name;
  VantageNode *permalink, *slackdump_thread_replies, *channel, *channel_info, *user_data;
  guint n_members;
} VantageSlackMessage;

/* FALSE when @record is no object. */
gboolean vantage_slack_message_read (VantageNode *record, VantageSlackMessage *out);

/* The time as the local id: "1700000000.000100"; FALSE when there is none or it is none. Numbers
 * that lost their last zeros get them back. */
gboolean vantage_slack_message_get_ts (VantageNode *ts, char out[24], gint64 *out_us);

/* Who: key of the account, or NULL; for bots without any id "name:" and the name. (transfer full)
 */
char *vantage_slack_message_dup_account (const VantageSlackMessage *self);
gboolean vantage_slack_message_is_bot (const VantageSlackMessage *self);

/**
 * vantage_slack_message_to_item:
 * @channel_id: of the evidence, 16 hex digits
 * @workspace: "https://name.slack.com", for links; NULL: not known
 *
 * All but the place in the file. NULL when the message has no usable time. (transfer full)
 */
VantageItem *vantage_slack_message_to_item (const VantageSlackMessage *self, const char *channel_id,
                                            const char *channel_key, const char *workspace);

G_END_DECLS
