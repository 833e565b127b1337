/* vantage-teams.c: messages of Microsoft Teams as the Graph interface gives them: answers, recorded
 * answers, arrays, and the folders that export tools make of them. */

#include "vantage-teams-private.h"

#include <string.h>

/* ---- what an object is ---- */

typedef enum
{
  SORT_NOTHING,
  SORT_MESSAGE,
  SORT_CHANNEL,
  SORT_CHAT,
  SORT_PERSON,
} Sort;

/* A message of the framework for bots, which looks much the same. */
static gboolean
is_activity (VantageNode *node)
{
  return vantage_node_is (vantage_node_get (node, "channelId"), "msteams") ||
         (vantage_node_get (node, "serviceUrl") != NULL &&
          vantage_node_get_object (node, "conversation") != NULL);
}

static gboolean
is_message (VantageNode *node)
{
  if (vantage_teams_get_text (node, "id") == NULL || is_activity (node))
    return FALSE;
  if (vantage_teams_get_text (node, "messageType") != NULL &&
      (vantage_teams_has (node, "createdDateTime") || vantage_teams_has (node, "body") ||
       vantage_teams_has (node, "from")))
    return TRUE;
  return vantage_teams_has (node, "createdDateTime") && vantage_teams_has (node, "body") &&
         (vantage_teams_has (node, "channelIdentity") || vantage_teams_has (node, "chatId") ||
          vantage_teams_has (node, "replyToId"));
}

static Sort
classify (VantageNode *node)
{
  const char *id;

  if (node->type != VANTAGE_NODE_OBJECT)
    return SORT_NOTHING;
  if (is_message (node))
    return SORT_MESSAGE;
  id = vantage_teams_get_text (node, "id");
  if (id != NULL && g_str_has_prefix (id, "19:"))
    {
      if (vantage_teams_get_text (node, "chatType") != NULL)
        return SORT_CHAT;
      return vantage_teams_get_text (node, "displayName") != NULL ? SORT_CHANNEL : SORT_NOTHING;
    }
  if (vantage_teams_get_text (node, "displayName") == NULL)
    return SORT_NOTHING;
  return (id != NULL && vantage_teams_get_text (node, "userPrincipalName") != NULL) ||
                 vantage_teams_get_text (node, "userId") != NULL
             ? SORT_PERSON
             : SORT_NOTHING;
}

static gboolean
is_record (VantageNode *node)
{
  return classify (node) != SORT_NOTHING;
}

/* ---- lists ---- */

static void
learn_person (VantageTeams *self, VantageNode *person)
{
  const char *key = vantage_teams_get_text (person, "userId");
  const char *email = vantage_teams_get_text (person, "mail");
  const char *title = vantage_teams_get_text (person, "jobTitle");
  const char *team = vantage_teams_get_text (person, "department");
  VantageIdentity *identity;

  if (key == NULL)
    key = vantage_teams_get_text (person, "id");
  if (email == NULL)
    email = vantage_teams_get_text (person, "email");
  if (!self->chat.learning || key == NULL)
    return;
  vantage_chat_learn_person (&self->chat, key, vantage_teams_get_text (person, "displayName"),
                             vantage_teams_get_text (person, "userPrincipalName"), FALSE,
                             VANTAGE_TIME_MAX);
  identity = vantage_chat_get_person (&self->chat, key);
  if (identity->email == NULL)
    identity->email = g_strdup (email);
  if (identity->title == NULL)
    identity->title = g_strdup (title);
  if (identity->team == NULL)
    identity->team = g_strdup (team);
}

static void
learn_channel (VantageTeams *self, VantageNode *record, gboolean chat)
{
  const char *type = vantage_teams_get_text (record, "chatType");
  VantageNode *members = vantage_teams_get_array (record, "members");
  VantageChatChannel *channel;

  if (!self->chat.learning)
    return;
  channel = vantage_chat_get_channel (&self->chat, vantage_teams_get_text (record, "id"),
                                      VANTAGE_CHANNEL_CHAT);
  vantage_chat_name_channel (channel,
                             vantage_teams_get_text (record, chat ? "topic" : "displayName"));
  if (type != NULL && g_ascii_strcasecmp (type, "oneOnOne") == 0)
    channel->channel->sort = VANTAGE_CHANNEL_DIRECT;
  if (!chat && channel->channel->purpose == NULL)
    channel->channel->purpose = g_strdup (vantage_teams_get_text (record, "description"));
  for (VantageNode *at = members != NULL ? vantage_node_first (members) : NULL; at != NULL;
       at = vantage_node_next (members, at))
    if (classify (at) == SORT_PERSON)
      learn_person (self, at);
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageTeams *self = user_data;

  vantage_chat_set_place (&self->chat, place);
  switch (classify (record))
    {
    case SORT_MESSAGE:
      return vantage_teams_take_message (self, record, NULL, error);
    case SORT_CHANNEL:
    case SORT_CHAT:
      learn_channel (self, record, classify (record) == SORT_CHAT);
      return TRUE;
    case SORT_PERSON:
      learn_person (self, record);
      return TRUE;
    default:
      return TRUE;
    }
}

static const char *const ways[] = { "Value", "messages", "channels", "chats", "members", NULL };
static const VantageRecordShape shape = { is_record, ways, take, TRUE };
static const VantageRecordShape messages = { is_message, ways, take, TRUE };

/* ---- recognising ---- */

/* The JSON that a recorded answer holds in a string, as far as the head of the file has it. */
static const char *
get_recorded (VantageNode *json)
{
  static const char *const names[] = { "Response", "response", "body", "Body" };

  for (guint i = 0; json != NULL && i < G_N_ELEMENTS (names); i++)
    {
      const char *text = vantage_chat_get_string (json, names[i]);

      if (text != NULL && (*text == '{' || *text == '['))
        return text;
    }
  return NULL;
}

static gboolean
is_recorded_messages (const char *text)
{
  return strstr (text, "\"messageType\"") != NULL &&
         (strstr (text, "\"channelIdentity\"") != NULL || strstr (text, "\"chatId\"") != NULL);
}

static gboolean
is_empty_page (VantageNode *json)
{
  const char *context = vantage_chat_get_string (json, "@odata.context");

  return context != NULL && vantage_node_get_array (json, "value") != NULL &&
         vantage_node_first (vantage_node_get_array (json, "value")) == NULL &&
         (g_str_has_suffix (context, "/messages") || g_str_has_suffix (context, "/replies") ||
          strstr (context, "chatMessage") != NULL);
}

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  VantageNode *found = vantage_chat_sniff (sniff, &messages);

  if (found != NULL)
    return vantage_teams_has (found, "channelIdentity") || vantage_teams_has (found, "chatId") ||
                   vantage_teams_has (found, "messageType")
               ? 92
               : 70;
  for (guint i = 0; i < MIN (vantage_input_get_n_entries (input), 12); i++)
    {
      VantageNode *json = vantage_sniff_get_json (sniff, vantage_input_get_entry (input, i));
      const char *recorded = get_recorded (json);

      if (recorded != NULL && is_recorded_messages (recorded))
        return 92;
      if (json != NULL && is_empty_page (json))
        return 80;
    }
  return 0;
}

static gboolean
holds_activity (VantageNode *node, guint depth)
{
  if (node == NULL || node->type != VANTAGE_NODE_OBJECT || depth > 3)
    return FALSE;
  if (is_activity (node))
    return TRUE;
  for (VantageNode *at = vantage_node_first (node); at != NULL; at = vantage_node_next (node, at))
    if (holds_activity (vantage_node_value (at), depth + 1))
      return TRUE;
  return FALSE;
}

#define WAY_OUT                                                                                    \
  "Save the channel's messages from Microsoft Graph instead "                                      \
  "(GET /teams/…/channels/…/messages?$expand=replies, or /chats/…/messages)."

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *json = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  VantageNode *first =
      json != NULL && json->type == VANTAGE_NODE_ARRAY ? vantage_node_first (json) : json;
  VantageNode *values = vantage_node_get_array (json, "value");

  if (holds_activity (first, 0))
    return g_strdup ("This is a message as Teams sends it to a bot (a Bot Framework activity), not "
                     "the record of a channel. " WAY_OUT);
  if (values != NULL && vantage_node_first (values) != NULL &&
      vantage_node_get (vantage_node_first (values), "changeType") != NULL)
    return g_strdup ("This is a notification that something in Teams changed, without what was "
                     "said. " WAY_OUT);
  if (json != NULL && vantage_chat_sniff (sniff, &shape) != NULL &&
      vantage_chat_get_string (json, "@odata.context") != NULL)
    return g_strdup ("This is a list of channels, chats or people of Microsoft 365 and holds no "
                     "messages. " WAY_OUT);
  return NULL;
}

/* ---- the whole ---- */

static int
compare_channels (gconstpointer a, gconstpointer b)
{
  return strcmp (((const VantageTeamsPosts *) a)->channel->channel->key,
                 ((const VantageTeamsPosts *) b)->channel->channel->key);
}

/* A page of a channel has its posts, and the answers to them only when they were asked for. */
static gboolean
tell_unanswered (VantageTeams *self, GError **error)
{
  g_autoptr (GList) all =
      self->unanswered != NULL
          ? g_list_sort (g_hash_table_get_values (self->unanswered), compare_channels)
          : NULL;

  for (GList *at = all; at != NULL; at = at->next)
    {
      const VantageTeamsPosts *posts = at->data;

      if (posts->answered || posts->posts == 0 || !posts->channel->wanted)
        continue;
      self->chat.reading->facts->complete = FALSE;
      if (!vantage_reading_note (self->chat.reading, "missing-replies", NULL, 0, -1, error,
                                 "%u posts of “%s” (the first is %s) came without their answers: "
                                 "a page of a channel's messages has them only with "
                                 "$expand=replies",
                                 posts->posts, posts->channel->channel->name, posts->first))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageTeams self = { .unanswered = NULL };
  g_autoptr (GPtrArray) entries = NULL;
  gboolean ok;

  vantage_chat_init (&self.chat, reading);
  entries = vantage_chat_list_entries (&self.chat);
  ok = vantage_chat_walk (&self.chat, entries, &shape, &self, error) &&
       tell_unanswered (&self, error) && vantage_chat_finish (&self.chat, error);
  g_clear_pointer (&self.unanswered, g_hash_table_unref);
  vantage_chat_clear (&self.chat);
  return ok;
}

const VantageReader vantage_teams_reader = {
  .format = { "teams", "Microsoft Teams", "json zip" },
  .family = "teams",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
