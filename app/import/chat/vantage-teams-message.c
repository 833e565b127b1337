/* vantage-teams-message.c: one message or event of a Teams channel or chat as an item. */

#include "vantage-teams-private.h"

#include <string.h>

#define EVENT_PREFIX "#microsoft.graph."
#define EVENT_SUFFIX "EventMessageDetail"
#define A_YEAR_US G_GINT64_CONSTANT (31536000000000)

/* ---- members in any case ---- */

static VantageNode *
find_member (VantageNode *object, const char *name)
{
  VantageNode *found = NULL;

  if (object == NULL || object->type != VANTAGE_NODE_OBJECT)
    return NULL;
  for (VantageNode *at = vantage_node_first (object); at != NULL;
       at = vantage_node_next (object, at))
    {
      const char *text = vantage_node_get_text (at);

      if (text != NULL && g_ascii_strcasecmp (text, name) == 0)
        found = vantage_node_value (at);
    }
  return found;
}

VantageNode *
vantage_teams_get (VantageNode *object, const char *name)
{
  VantageNode *found = find_member (object, name);

  return found == NULL || found->type == VANTAGE_NODE_NULL ? NULL : found;
}

gboolean
vantage_teams_has (VantageNode *object, const char *name)
{
  return find_member (object, name) != NULL;
}

const char *
vantage_teams_get_text (VantageNode *object, const char *name)
{
  const char *text = vantage_node_get_text (vantage_teams_get (object, name));

  return text != NULL && *text != '\0' ? text : NULL;
}

VantageNode *
vantage_teams_get_array (VantageNode *object, const char *name)
{
  VantageNode *found = vantage_teams_get (object, name);

  return found != NULL && found->type == VANTAGE_NODE_ARRAY ? found : NULL;
}

/* ---- people ---- */

char *
vantage_teams_dup_account (VantageTeams *self, VantageNode *set, gint64 time_us)
{
  static const char *const sorts[] = { "user", "application", "device" };
  VantageNode *who = NULL;
  const char *id, *name;
  gboolean bot = FALSE;
  char *key;

  for (guint i = 0; i < G_N_ELEMENTS (sorts) && who == NULL; i++)
    {
      who = vantage_teams_get (set, sorts[i]);
      bot = who != NULL && i == 1;
    }
  if (who == NULL && vantage_teams_get_text (set, "id") != NULL)
    who = set;
  id = vantage_teams_get_text (who, "id");
  name = vantage_teams_get_text (who, "displayName");
  if (id == NULL && name == NULL)
    return NULL;
  key = id != NULL ? g_strdup (id) : g_strconcat ("name:", name, NULL);
  vantage_chat_learn_person (&self->chat, key, name, NULL, bot, time_us);
  return key;
}

/* ---- events ---- */

static const struct
{
  const char *event;
  VantageItemKind kind;
} events[] = {
  { "membersAdded", VANTAGE_ITEM_JOIN },
  { "membersJoined", VANTAGE_ITEM_JOIN },
  { "conversationMemberRoleUpdated", VANTAGE_ITEM_OTHER },
  { "membersDeleted", VANTAGE_ITEM_LEAVE },
  { "membersLeft", VANTAGE_ITEM_LEAVE },
  { "callStarted", VANTAGE_ITEM_CALL },
  { "callEnded", VANTAGE_ITEM_CALL },
  { "callRecording", VANTAGE_ITEM_CALL },
  { "callTranscript", VANTAGE_ITEM_CALL },
  { "chatRenamed", VANTAGE_ITEM_TOPIC },
  { "channelRenamed", VANTAGE_ITEM_TOPIC },
  { "channelDescriptionUpdated", VANTAGE_ITEM_TOPIC },
  { "teamRenamed", VANTAGE_ITEM_TOPIC },
  { "teamDescriptionUpdated", VANTAGE_ITEM_TOPIC },
};

/* "membersAdded" of "#microsoft.graph.membersAddedEventMessageDetail". (transfer full) (nullable)
 */
static char *
dup_event (VantageNode *detail)
{
  const char *type = vantage_teams_get_text (detail, "@odata.type");
  g_autofree char *event = NULL;

  if (type == NULL)
    type = vantage_teams_get_text (detail, "odataType");
  if (type == NULL)
    return NULL;
  if (g_str_has_prefix (type, EVENT_PREFIX))
    type += strlen (EVENT_PREFIX);
  event = g_strdup (type);
  if (g_str_has_suffix (event, EVENT_SUFFIX))
    event[strlen (event) - strlen (EVENT_SUFFIX)] = '\0';
  return g_steal_pointer (&event);
}

static gboolean
is_system (VantageNode *message)
{
  const char *type = vantage_teams_get_text (message, "messageType");

  if (vantage_teams_get (message, "eventDetail") != NULL)
    return TRUE;
  return type != NULL && g_ascii_strcasecmp (type, "message") != 0 &&
         (g_ascii_strcasecmp (type, "unknownFutureValue") != 0 ||
          vantage_teams_get (message, "from") == NULL);
}

static VantageItemKind
find_kind (VantageNode *message, const char *event)
{
  if (!is_system (message))
    return VANTAGE_ITEM_MESSAGE;
  for (guint i = 0; event != NULL && i < G_N_ELEMENTS (events); i++)
    if (g_ascii_strcasecmp (events[i].event, event) == 0)
      return events[i].kind;
  return VANTAGE_ITEM_OTHER;
}

static void
append_detail (GString *out, guint *n, const char *text)
{
  if (text == NULL)
    return;
  g_string_append (out, (*n)++ == 0 ? ": " : ", ");
  g_string_append (out, text);
}

static void
append_people (VantageTeams *self, GString *out, guint *n, VantageNode *list, VantageItem *item)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      VantageNode *inner = vantage_teams_get (at, "participant");
      g_autofree char *key =
          vantage_teams_dup_account (self, inner != NULL ? inner : at, item->time_us);
      g_autofree char *mark = key != NULL ? g_strconcat ("@", key, NULL) : NULL;

      append_detail (out, n, mark);
      vantage_chat_add_mention (item, key);
    }
}

/* "members added: @…", "chat renamed: …". (transfer full) */
static char *
dup_event_text (VantageTeams *self, VantageNode *detail, const char *event, VantageItem *item)
{
  static const char *const facts[] = {
    "chatDisplayName", "channelDisplayName",  "teamDisplayName",          "channelDescription",
    "teamDescription", "callDuration",        "callRecordingDisplayName", "callRecordingStatus",
    "tabName",         "teamsAppDisplayName",
  };
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *at = event; *at != '\0'; at++)
    {
      if (g_ascii_isupper (*at) && at > event)
        g_string_append_c (out, ' ');
      g_string_append_c (out, g_ascii_tolower (*at));
    }
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      const char *fact = vantage_teams_get_text (detail, facts[i]);

      append_detail (out, &n, fact);
      if (fact != NULL && item->kind == VANTAGE_ITEM_TOPIC)
        vantage_item_add_extra (item, "to", fact);
    }
  append_people (self, out, &n, vantage_teams_get_array (detail, "members"), item);
  append_people (self, out, &n, vantage_teams_get_array (detail, "callParticipants"), item);
  return g_string_free (out, FALSE);
}

static void
take_event (VantageTeams *self, VantageNode *detail, const char *event, VantageItem *item)
{
  g_autofree char *url = vantage_chat_dup_url (vantage_teams_get_text (detail, "callRecordingUrl"));

  if (item->account == NULL)
    item->account =
        vantage_teams_dup_account (self, vantage_teams_get (detail, "initiator"), item->time_us);
  if (event == NULL)
    return;
  if (*item->text == '\0')
    vantage_chat_take_text (item, dup_event_text (self, detail, event, item));
  if (item->kind == VANTAGE_ITEM_OTHER || item->kind == VANTAGE_ITEM_CALL)
    vantage_item_add_extra (item, "subtype", event);
  if (url != NULL)
    vantage_item_add_attachment (item, vantage_teams_get_text (detail, "callRecordingDisplayName"),
                                 NULL, url, -1);
}

/* ---- what hangs on a message ---- */

static void
take_mentions (VantageTeams *self, VantageNode *list, VantageItem *item)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      VantageNode *who = vantage_teams_get (at, "mentioned");

      if (vantage_teams_get (who, "user") != NULL || vantage_teams_get (who, "application") != NULL)
        {
          /* What a mention calls somebody need not be a name. */
          g_autofree char *key = vantage_teams_dup_account (self, who, VANTAGE_TIME_NONE);

          vantage_chat_add_mention (item, key);
        }
    }
}

/* A quoted message is what this one answers, not a file. */
static gboolean
take_reference (VantageNode *attachment, VantageItem *item)
{
  const char *type = vantage_teams_get_text (attachment, "contentType");
  const char *content = vantage_teams_get_text (attachment, "content");
  g_autoptr (VantageTokens) tokens = NULL;
  VantageNode *node;
  const char *id;

  if (g_strcmp0 (type, "forwardedMessageReference") == 0)
    return TRUE;
  if (g_strcmp0 (type, "messageReference") != 0)
    return FALSE;
  tokens = vantage_tokens_new_for_data (content != NULL ? content : "",
                                        content != NULL ? strlen (content) : 0);
  node = vantage_tokens_read (tokens);
  id = vantage_teams_get_text (node, "messageId");
  if (id == NULL)
    id = vantage_teams_get_text (attachment, "id");
  if (item->reply_to == NULL)
    item->reply_to = vantage_chat_dup_local (id);
  return TRUE;
}

static void
take_attachments (VantageNode *list, VantageItem *item)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      g_autofree char *url = NULL;

      if (at->type != VANTAGE_NODE_OBJECT || take_reference (at, item))
        continue;
      url = vantage_chat_dup_url (vantage_teams_get_text (at, "contentUrl"));
      vantage_item_add_attachment (item, vantage_teams_get_text (at, "name"),
                                   vantage_teams_get_text (at, "contentType"), url, -1);
    }
}

static void
take_reactions (VantageTeams *self, VantageNode *list, VantageItem *item)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      const char *name = vantage_teams_get_text (at, "reactionType");
      const char *shown = vantage_teams_get_text (at, "displayName");
      const char *created = vantage_teams_get_text (at, "createdDateTime");
      g_autofree char *by =
          vantage_teams_dup_account (self, vantage_teams_get (at, "user"), item->time_us);
      gint64 us = VANTAGE_TIME_NONE;

      if (created != NULL)
        vantage_time_parse (created, -1, &us, NULL, NULL);
      if (name != NULL && g_ascii_strcasecmp (name, "custom") == 0 && shown != NULL)
        name = shown;
      vantage_chat_add_reaction (item, name, by, us);
    }
}

/* ---- times ---- */

/* "/Date(1639380244298)/", as some shells write a time. */
static gboolean
parse_wrapped (const char *text, gint64 *out_us, VantagePrecision *out)
{
  g_autofree char *digits = NULL;

  if (!g_str_has_prefix (text, "/Date("))
    return FALSE;
  digits = g_strndup (text + 6, strspn (text + 6, "0123456789"));
  return vantage_chat_parse_epoch (digits, out_us, out);
}

/* The year 1 and the beginning of 1970 stand for no time. */
static gboolean
parse_time (const char *text, gint64 *out_us, VantagePrecision *out, gboolean *out_has_zone)
{
  *out_has_zone = TRUE;
  if (text == NULL)
    return FALSE;
  if (!vantage_time_parse (text, -1, out_us, out, out_has_zone))
    return parse_wrapped (text, out_us, out);
  return *out_us >= VANTAGE_TIME_MIN + A_YEAR_US && *out_us != 0;
}

static gint64
get_time (VantageNode *message, const char *name)
{
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;

  return parse_time (vantage_teams_get_text (message, name), &us, &precision, &has_zone)
             ? us
             : VANTAGE_TIME_NONE;
}

/* The id is the time of creation in milliseconds, where the time itself is missing. FALSE with
 * @error unset: there is no time. */
static gboolean
set_time (VantageTeams *self, VantageNode *message, VantageItem *item, GError **error)
{
  const char *created = vantage_teams_get_text (message, "createdDateTime");
  const char *id = vantage_teams_get_text (message, "id");
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;

  if (parse_time (created, &us, &precision, &has_zone))
    {
      if (!has_zone)
        return vantage_reading_set_wall_time (self->chat.reading, item, created, us, precision,
                                              error);
    }
  else if (id != NULL && strlen (id) == 13 && vantage_chat_parse_epoch (id, &us, &precision))
    created = id;
  else
    return FALSE;
  vantage_reading_set_time (self->chat.reading, item, created, us, precision);
  return TRUE;
}

/* ---- where ---- */

static VantageChatChannel *
get_named_after_file (VantageTeams *self)
{
  g_autofree char *base = g_path_get_basename (self->chat.entry->path);
  char *dot = strchr (base, '.');
  VantageChatChannel *channel;

  if (dot != NULL && dot > base)
    *dot = '\0';
  channel = vantage_chat_get_channel (&self->chat, base, VANTAGE_CHANNEL_CHAT);
  channel->channel->weak = TRUE;
  return channel;
}

/* The conversation in the address of a message: "…/l/message/19%3A…%40thread.tacv2/1639…".
 * (transfer full) (nullable) */
static char *
dup_addressed (VantageNode *message)
{
  const char *url = vantage_teams_get_text (message, "webUrl");
  const char *at = url != NULL ? strstr (url, "/l/message/") : NULL;
  g_autofree char *part = NULL;

  if (at == NULL)
    return NULL;
  at += strlen ("/l/message/");
  part = g_strndup (at, strcspn (at, "/?#"));
  return g_uri_unescape_string (part, NULL);
}

static VantageChatChannel *
find_channel (VantageTeams *self, VantageNode *message)
{
  const char *key =
      vantage_teams_get_text (vantage_teams_get (message, "channelIdentity"), "channelId");
  g_autofree char *addressed = NULL;

  if (key == NULL)
    key = vantage_teams_get_text (message, "chatId");
  if (key == NULL)
    key = addressed = dup_addressed (message);
  if (key == NULL || !g_utf8_validate (key, -1, NULL))
    return get_named_after_file (self);
  /* Conversations of two are called after both of them; notes to oneself are "48:notes". */
  return vantage_chat_get_channel (&self->chat, key,
                                   g_str_has_suffix (key, "@unq.gbl.spaces") ||
                                           g_str_has_prefix (key, "48:")
                                       ? VANTAGE_CHANNEL_DIRECT
                                       : VANTAGE_CHANNEL_CHAT);
}

/* The messages of a conversation do not name it, but an event that names it anew does. */
static void
learn_channel_name (VantageTeams *self, VantageNode *message, VantageChatChannel *channel,
                    const VantageItem *item)
{
  VantageNode *detail = vantage_teams_get (message, "eventDetail");
  const char *other = vantage_teams_get_text (detail, "channelId");
  const char *name = vantage_teams_get_text (detail, "chatDisplayName");

  if (!self->chat.learning || detail == NULL)
    return;
  if (name != NULL)
    vantage_chat_name_channel_at (channel, name, item->time_us);
  name = vantage_teams_get_text (detail, "channelDisplayName");
  if (name != NULL && other != NULL)
    vantage_chat_name_channel_at (
        vantage_chat_get_channel (&self->chat, other, VANTAGE_CHANNEL_CHAT), name, item->time_us);
}

/* ---- the whole ---- */

static VantageItem *
make_item (VantageTeams *self, VantageNode *message, GError **error)
{
  VantageNode *detail = vantage_teams_get (message, "eventDetail");
  g_autofree char *event = dup_event (detail);
  g_autoptr (VantageItem) item = vantage_item_new (find_kind (message, event));

  if (!set_time (self, message, item, error))
    return NULL;
  item->account =
      vantage_teams_dup_account (self, vantage_teams_get (message, "from"), item->time_us);
  item->url = vantage_chat_dup_url (vantage_teams_get_text (message, "webUrl"));
  item->edited_us = get_time (message, "lastEditedDateTime");
  item->deleted = get_time (message, "deletedDateTime") != VANTAGE_TIME_NONE;
  vantage_chat_take_text (item, vantage_teams_dup_text (self, message, item));
  take_mentions (self, vantage_teams_get_array (message, "mentions"), item);
  take_attachments (vantage_teams_get_array (message, "attachments"), item);
  take_reactions (self, vantage_teams_get_array (message, "reactions"), item);
  if (is_system (message))
    take_event (self, detail, event, item);
  else if (item->deleted && *item->text == '\0')
    item->kind = VANTAGE_ITEM_DELETE;
  return g_steal_pointer (&item);
}

static void
posts_free (gpointer data)
{
  g_free (((VantageTeamsPosts *) data)->first);
  g_free (data);
}

/* Whether the answers to the posts of a channel came with them. */
static void
count_post (VantageTeams *self, VantageNode *message, VantageChatChannel *channel,
            const VantageItem *item)
{
  VantageTeamsPosts *posts;

  if (self->unanswered == NULL)
    self->unanswered = g_hash_table_new_full (NULL, NULL, NULL, posts_free);
  posts = g_hash_table_lookup (self->unanswered, channel);
  if (!self->chat.learning || vantage_teams_get (message, "channelIdentity") == NULL)
    return;
  if (posts == NULL)
    {
      posts = g_new0 (VantageTeamsPosts, 1);
      posts->channel = channel;
      g_hash_table_insert (self->unanswered, channel, posts);
    }
  posts->answered |= item->reply_to != NULL;
  if (item->reply_to != NULL || vantage_teams_has (message, "replies") ||
      item->kind != VANTAGE_ITEM_MESSAGE)
    return;
  posts->posts++;
  if (posts->first == NULL)
    posts->first = g_strdup (item->local);
}

static gboolean
take_replies (VantageTeams *self, VantageNode *message, const char *root, GError **error)
{
  VantageNode *replies = vantage_teams_get_array (message, "replies");

  if (vantage_teams_get_text (message, "replies@odata.nextLink") != NULL)
    {
      self->chat.reading->facts->complete = FALSE;
      if (!vantage_chat_note (&self->chat, "missing-replies", error,
                              "the post %s has more answers than are here", root))
        return FALSE;
    }
  for (VantageNode *at = replies != NULL ? vantage_node_first (replies) : NULL; at != NULL;
       at = vantage_node_next (replies, at))
    if (!vantage_teams_take_message (self, at, root, error))
      return FALSE;
  return TRUE;
}

gboolean
vantage_teams_take_message (VantageTeams *self, VantageNode *message, const char *root,
                            GError **error)
{
  const char *id = vantage_teams_get_text (message, "id");
  const char *answers = vantage_teams_get_text (message, "replyToId");
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *local = NULL;
  VantageChatChannel *channel;
  GError *failure = NULL;

  if (message->type != VANTAGE_NODE_OBJECT)
    return vantage_chat_skip (&self->chat, "bad-record", error, "an answer is no JSON object");
  item = make_item (self, message, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (item == NULL)
    return vantage_chat_skip (
        &self->chat,
        vantage_teams_get_text (message, "createdDateTime") == NULL ? "no-time" : "bad-time", error,
        "a message without a time that can be read (`createdDateTime`)");
  channel = find_channel (self, message);
  if (answers == NULL)
    answers = root;
  if (answers != NULL && g_strcmp0 (answers, id) != 0)
    {
      item->thread = vantage_chat_dup_local (answers);
      g_free (item->reply_to);
      item->reply_to = g_strdup (item->thread);
    }
  item->local = vantage_chat_dup_local (id);
  if (item->local == NULL)
    vantage_chat_set_content_local (&self->chat, channel, item);
  local = g_strdup (item->local);
  count_post (self, message, channel, item);
  learn_channel_name (self, message, channel, item);
  return vantage_chat_take (&self->chat, channel, g_steal_pointer (&item), error) &&
         take_replies (self, message, local, error);
}
