/* vantage-slack-take.c: one message into the reading, once. */

#include "vantage-slack-private.h"

#include <string.h>

#include "vantage-slack-message.h"

/* What is kept of each message that was there: how good the best copy is, and whether one was kept.
 */
#define KEPT (G_GUINT64_CONSTANT (1) << 63)
#define EDITED_SHIFT 10

/* Later edits win, then more members. */
static guint64
judge_copy (const VantageSlackMessage *message)
{
  char ts[24];
  gint64 edited_us = 0;

  vantage_slack_message_get_ts (vantage_node_get (message->edited, "ts"), ts, &edited_us);
  return (guint64) (edited_us / 1000) << EDITED_SHIFT | MIN (message->n_members, 1023);
}

/* Whether this copy is the one to keep. */
static gboolean
choose_copy (VantageSlack *self, const VantageSlackMessage *message, guint channel, gint64 us)
{
  guint64 score = judge_copy (message), edited_ms = 0;
  guint64 *best;
  gboolean new;

  if (self->once && vantage_slack_trail_add (self->trail, channel, us, score >> EDITED_SHIFT))
    return TRUE;
  best = vantage_slack_seen_take (self->seen, channel, us, &new);
  if (new && self->once && vantage_slack_trail_find (self->trail, channel, us, &edited_ms))
    {
      *best = edited_ms << EDITED_SHIFT | KEPT;
      new = FALSE;
    }
  if (self->learning)
    {
      *best = MAX (*best, score);
      return FALSE;
    }
  if (new)
    {
      *best = score | KEPT;
      return TRUE;
    }
  if ((*best & KEPT) == 0)
    {
      if (score < *best)
        {
          self->n_duplicates++;
          return FALSE;
        }
      *best |= KEPT;
      return TRUE;
    }
  self->n_duplicates++;
  if (score >> EDITED_SHIFT <= (*best & ~KEPT) >> EDITED_SHIFT)
    return FALSE;
  /* Edited since: another version of the same message, and both are evidence. */
  *best = score | KEPT;
  return TRUE;
}

static gboolean
skip_message (VantageSlack *self, const VantageSlackMessage *message, gint64 offset, GError **error)
{
  if (self->learning)
    return TRUE;
  if (message->ts == NULL)
    return vantage_reading_skip (self->reading, "no-time", self->entry, 0, offset, error,
                                 "a message without a time (`ts`)");
  return vantage_reading_skip (self->reading, "bad-time", self->entry, 0, offset, error,
                               "a message whose time “%.40s” cannot be read",
                               vantage_node_get_text (message->ts) ?: "");
}

static gboolean
keep_message (VantageSlack *self, const VantageSlackMessage *message, VantageSlackChannel *channel,
              gint64 offset, gint64 length, GError **error)
{
  g_autoptr (VantageItem) item = vantage_slack_message_to_item (
      message, channel->id, channel->channel->key, channel->channel->weak ? NULL : self->workspace);

  vantage_reading_place_item (item, self->entry, 0, offset, length);
  if (item->reply_to != NULL)
    {
      char root[24];
      gint64 us;
      gboolean new;

      if (vantage_slack_message_get_ts (message->thread_ts, root, &us))
        vantage_slack_seen_take (self->roots, channel->index, us, &new);
    }
  return vantage_slack_directory_tell_people (self->directory, item, message, error) &&
         vantage_reading_add_item (self->reading, g_steal_pointer (&item), error);
}

gboolean
vantage_slack_take_each (VantageSlack *self, VantageNode *list, VantageSlackChannel *channel,
                         gint64 offset, gint64 length, GError **error)
{
  if (list == NULL || list->type != VANTAGE_NODE_ARRAY)
    return TRUE;
  for (VantageNode *at = vantage_node_first (list); at != NULL; at = vantage_node_next (list, at))
    if (!vantage_slack_take (self, at, channel, offset, length, error))
      return FALSE;
  return TRUE;
}

/* Search results and wrapped items say themselves where they were written. */
static VantageSlackChannel *
find_own_channel (VantageSlack *self, const VantageSlackMessage *message,
                  VantageSlackChannel *channel)
{
  VantageNode *own = message->channel_info != NULL ? message->channel_info : message->channel;
  const char *id;

  if (own == NULL)
    return channel;
  if (own->type == VANTAGE_NODE_OBJECT && message->channel_info != NULL && self->learning)
    vantage_slack_directory_add_channel (self->directory, own, VANTAGE_CHANNEL_CHAT);
  id = own->type == VANTAGE_NODE_OBJECT ? vantage_node_get_member (own, "id")
                                        : vantage_node_get_text (own);
  if (id == NULL || *id == '\0')
    return channel;
  return vantage_slack_directory_get_channel_by_id (
      self->directory, id,
      own->type == VANTAGE_NODE_OBJECT ? vantage_node_get_member (own, "name") : NULL);
}

gboolean
vantage_slack_take (VantageSlack *self, VantageNode *record, VantageSlackChannel *channel,
                    gint64 offset, gint64 length, GError **error)
{
  VantageSlackMessage message;
  char ts[24];
  gint64 us;

  if (!vantage_slack_message_read (record, &message))
    return self->learning ||
           vantage_reading_skip (self->reading, "bad-record", self->entry, 0, offset, error,
                                 "something that is no message stands among the messages");
  channel = find_own_channel (self, &message, channel);
  if (channel == NULL)
    return TRUE;
  if (message.user_data != NULL && self->learning)
    vantage_slack_directory_add_user (self->directory, message.user_data);
  if (!self->learning && !vantage_slack_directory_tell_channel (self->directory, channel, error))
    return FALSE;
  if (!self->learning && !channel->wanted)
    return TRUE;
  if (!vantage_slack_message_get_ts (message.ts, ts, &us))
    return skip_message (self, &message, offset, error);
  if (choose_copy (self, &message, channel->index, us) &&
      !keep_message (self, &message, channel, offset, length, error))
    return FALSE;
  return vantage_slack_take_each (self, message.slackdump_thread_replies, channel, offset, length,
                                  error);
}
