/* vantage-slack-chunks.c: archives: lines of chunks, each a few messages, people or facts. */

#include "vantage-slack-private.h"

#include <string.h>

static void
learn_each (VantageSlack *self, VantageNode *list, gboolean people)
{
  if (list == NULL || list->type != VANTAGE_NODE_ARRAY)
    return;
  for (VantageNode *at = vantage_node_first (list); at != NULL; at = vantage_node_next (list, at))
    if (people)
      vantage_slack_directory_add_user (self->directory, at);
    else
      vantage_slack_directory_add_channel (self->directory, at, VANTAGE_CHANNEL_CHAT);
}

static void
learn_workspace (VantageSlack *self, VantageNode *workspace)
{
  const char *url = vantage_node_get_member (workspace, "url");
  gsize length;

  if (url == NULL || !g_str_has_prefix (url, "https://") || self->workspace != NULL)
    return;
  length = strlen (url);
  while (length > 0 && url[length - 1] == '/')
    length--;
  self->workspace = g_strndup (url, length);
}

static void
learn_chunk (VantageSlack *self, VantageNode *chunk)
{
  const char *channel = vantage_node_get_member (chunk, "id");
  VantageNode *info = vantage_node_get_object (chunk, "ci");
  VantageNode *members = vantage_node_get_array (chunk, "cu");

  learn_each (self, vantage_node_get (chunk, "u"), TRUE);
  learn_each (self, vantage_node_get (chunk, "ch"), FALSE);
  if (info != NULL)
    vantage_slack_directory_add_channel (self->directory, info, VANTAGE_CHANNEL_CHAT);
  if (channel != NULL && members != NULL)
    vantage_slack_directory_set_members (self->directory, channel, members);
  if (vantage_node_get_object (chunk, "w") != NULL)
    learn_workspace (self, vantage_node_get_object (chunk, "w"));
}

static gboolean
take_chunk (VantageSlack *self, VantageNode *chunk, gint64 offset, gint64 length, GError **error)
{
  const char *id = vantage_node_get_member (chunk, "id");
  gint64 sort = vantage_node_get_int (chunk, "t", -1);
  VantageNode *parent = vantage_node_get_object (chunk, "p");
  VantageSlackChannel *channel;

  if (self->learning)
    learn_chunk (self, chunk);
  /* 0: messages of a channel, 1: of a thread; 9: found by a search, each with its channel. */
  if (sort != 0 && sort != 1 && sort != 9)
    return TRUE;
  if (sort == 9)
    return vantage_slack_take_each (self, vantage_node_get (chunk, "sm"), NULL, offset, length,
                                    error);
  if (id == NULL || *id == '\0')
    return TRUE;
  channel = vantage_slack_directory_get_channel_by_id (self->directory, id, NULL);
  if (parent != NULL && sort == 1 &&
      !vantage_slack_take (self, parent, channel, offset, length, error))
    return FALSE;
  return vantage_slack_take_each (self, vantage_node_get (chunk, "m"), channel, offset, length,
                                  error);
}

gboolean
vantage_slack_read_chunks (VantageSlack *self, const VantageEntry *entry, GError **error)
{
  gboolean go_on;
  g_autoptr (VantageTokens) tokens = vantage_slack_open (self, entry, &go_on, error);

  if (tokens == NULL)
    return go_on;
  for (;;)
    {
      VantageToken token = vantage_tokens_peek (tokens);
      VantageNode *chunk = token >= VANTAGE_TOKEN_VALUE ? vantage_tokens_read (tokens) : NULL;
      gint64 offset, length;

      if (chunk != NULL)
        {
          vantage_tokens_get_extent (tokens, &offset, &length);
          if (!take_chunk (self, chunk, offset, length, error))
            return FALSE;
          continue;
        }
      if (token == VANTAGE_TOKEN_END || vantage_tokens_is_cut_off (tokens))
        break;
      if (vantage_tokens_get_error (tokens) == NULL)
        {
          if (!vantage_slack_note_too_large (self, tokens, error))
            return FALSE;
          continue;
        }
      if (!vantage_slack_close (self, tokens, error))
        return FALSE;
      if (!vantage_tokens_recover_line (tokens))
        return TRUE;
    }
  return vantage_slack_close (self, tokens, error);
}
