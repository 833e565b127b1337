/* vantage-google-chat-message.c: one message of Google Chat as an item. */

#include "vantage-google-chat-private.h"

#include <string.h>

#include "vantage-chat-html.h"

gboolean
vantage_google_chat_is_message (VantageNode *node)
{
  const char *name = vantage_chat_get_string (node, "name");

  if (name != NULL && g_str_has_prefix (name, "spaces/") && strstr (name, "/messages/") != NULL)
    return vantage_node_get (node, "createTime") != NULL;
  return vantage_node_get (node, "created_date") != NULL &&
         (vantage_node_get (node, "message_id") != NULL ||
          vantage_node_get (node, "topic_id") != NULL ||
          vantage_node_get (node, "creator") != NULL);
}

/* ---- who ---- */

char *
vantage_google_chat_dup_account (VantageGoogleChat *self, VantageNode *person, gint64 time_us)
{
  const char *name = vantage_chat_get_string (person, "displayName");
  const char *key = vantage_chat_get_string (person, "name");
  const char *email = vantage_chat_get_string (person, "email");
  VantageNode *type = vantage_node_get (person, "user_type");
  gboolean bot =
      vantage_node_is (type, "Bot") || vantage_node_is (vantage_node_get (person, "type"), "BOT");
  gboolean native = key != NULL && g_str_has_prefix (key, "users/");
  char *made;

  /* An archive knows people by their addresses only. */
  if (!native && name == NULL)
    name = key;
  if (native)
    made = g_strdup (key);
  else if (email != NULL)
    made = g_ascii_strdown (email, -1);
  else if (name != NULL)
    made = g_strconcat ("name:", name, NULL);
  else
    return NULL;
  vantage_chat_learn_person (&self->chat, made, name, NULL, bot, time_us);
  if (self->chat.learning && email != NULL)
    {
      VantageIdentity *identity = vantage_chat_get_person (&self->chat, made);

      if (identity->email == NULL)
        identity->email = g_strdup (email);
    }
  return made;
}

/* ---- where ---- */

typedef struct
{
  char *space, *topic, *message; /* each nullable */
} Ids;

static void
ids_clear (Ids *self)
{
  g_free (self->space);
  g_free (self->topic);
  g_free (self->message);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ids, ids_clear)

/* "S/T/M" of an archive; "spaces/S/messages/T.M" of the interface, where the first message of a
 * topic may leave out the second half. */
static void
read_ids (VantageNode *message, Ids *ids)
{
  const char *id = vantage_chat_get_string (message, "message_id");
  const char *name = vantage_chat_get_string (message, "name");
  const char *topic = vantage_chat_get_string (message, "topic_id");
  g_auto (GStrv) parts = g_strsplit (id != NULL ? id : name != NULL ? name : "", "/", -1);
  guint n = g_strv_length (parts);

  if (id != NULL && n == 3)
    {
      ids->space = g_strdup (parts[0]);
      ids->topic = g_strdup (parts[1]);
      ids->message = g_strdup (parts[2]);
    }
  else if (id != NULL)
    {
      ids->topic = g_strdup (topic);
      ids->message = g_strdup (parts[n > 0 ? n - 1 : 0]);
    }
  else if (n == 4)
    {
      const char *dot = strchr (parts[3], '.');
      const char *thread =
          vantage_chat_get_string (vantage_node_get_object (message, "thread"), "name");

      ids->space = g_strdup (parts[1]);
      ids->topic = dot != NULL ? g_strndup (parts[3], (gsize) (dot - parts[3]))
                   : thread != NULL && strrchr (thread, '/') != NULL
                       ? g_strdup (strrchr (thread, '/') + 1)
                       : g_strdup (parts[3]);
      ids->message = g_strdup (dot != NULL ? dot + 1 : parts[3]);
    }
  if (ids->topic == NULL)
    ids->topic = g_strdup (topic);
}

static char *
join_ids (const char *topic, const char *message)
{
  g_autofree char *joined =
      topic != NULL ? g_strdup_printf ("%s.%s", topic, message) : g_strdup (message);

  return vantage_chat_dup_local (joined);
}

static void
set_ids (const Ids *ids, VantageNode *message, VantageItem *item)
{
  VantageNode *quoted = vantage_node_get_object (message, "quoted_message_metadata");
  const char *quoted_id = vantage_chat_get_string (quoted, "message_id");
  g_auto (GStrv) parts = g_strsplit (quoted_id != NULL ? quoted_id : "", "/", -1);

  if (ids->message != NULL)
    item->local = join_ids (ids->topic, ids->message);
  if (ids->topic != NULL && g_strcmp0 (ids->topic, ids->message) != 0)
    {
      item->thread = join_ids (ids->topic, ids->topic);
      item->reply_to = g_strdup (item->thread);
    }
  if (g_strv_length (parts) == 3)
    {
      g_free (item->reply_to);
      item->reply_to = join_ids (parts[1], parts[2]);
    }
}

/* The folder that the messages lie in: "Space AAAA", "DM AAAA"; "" when it has no name. (transfer
 * full) */
static char *
dup_folder (VantageGoogleChat *self, char **out_base)
{
  char *folder = g_path_get_dirname (self->chat.entry->path);
  const char *outer = vantage_input_get_folder (self->chat.reading->input);

  if (strcmp (folder, ".") == 0)
    *out_base = g_strdup (outer != NULL ? outer : "");
  else
    *out_base = g_path_get_basename (folder);
  return folder;
}

static void
learn_group (VantageChatChannel *channel, const VantageGoogleChatGroup *group)
{
  if (group == NULL || channel->channel->members != NULL)
    return;
  vantage_chat_name_channel (channel, group->name);
  g_ptr_array_add (group->members, NULL);
  vantage_chat_set_members (channel, (const char *const *) group->members->pdata);
  g_ptr_array_remove_index (group->members, group->members->len - 1);
}

static VantageChatChannel *
find_channel (VantageGoogleChat *self, VantageNode *message, const Ids *ids)
{
  g_autofree char *base = NULL;
  g_autofree char *folder = dup_folder (self, &base);
  const VantageGoogleChatGroup *group = g_hash_table_lookup (self->groups, folder);
  VantageNode *space = vantage_node_get_object (message, "space");
  const char *type = vantage_chat_get_string (space, "spaceType");
  const char *blank = strchr (base, ' ');
  const char *key = ids->space != NULL ? ids->space : blank != NULL ? blank + 1 : base;
  gboolean direct = g_str_has_prefix (base, "DM ") || (group != NULL && group->name == NULL) ||
                    g_strcmp0 (type, "DIRECT_MESSAGE") == 0 ||
                    g_strcmp0 (type, "GROUP_CHAT") == 0 ||
                    vantage_node_is (vantage_node_get (space, "type"), "DM");
  VantageChatChannel *channel =
      vantage_chat_get_channel (&self->chat, *key != '\0' ? key : "google-chat",
                                direct ? VANTAGE_CHANNEL_DIRECT : VANTAGE_CHANNEL_CHAT);

  if (!self->chat.learning)
    return channel;
  channel->channel->weak = ids->space == NULL;
  vantage_chat_name_channel_at (channel, vantage_chat_get_string (space, "displayName"), 0);
  learn_group (channel, group);
  return channel;
}

/* ---- words ---- */

/* Byte offset of @units of UTF-16 behind @from. */
static const char *
skip_units (const char *from, gint64 units)
{
  while (units > 0 && *from != '\0')
    {
      units -= g_utf8_get_char (from) >= 0x10000 ? 2 : 1;
      from = g_utf8_next_char (from);
    }
  return from;
}

/* Who is meant by an annotation; NULL: it marks something else. */
static VantageNode *
find_mentioned (VantageNode *annotation)
{
  VantageNode *user = vantage_node_find (annotation, "userMention.user");

  for (VantageNode *at = annotation->type == VANTAGE_NODE_OBJECT && user == NULL
                             ? vantage_node_first (annotation)
                             : NULL;
       at != NULL && user == NULL; at = vantage_node_next (annotation, at))
    if (strstr (vantage_node_get_text (at), "user_mention") != NULL)
      {
        VantageNode *value = vantage_node_value (at);

        user = vantage_node_get_object (value, "user");
        if (user == NULL)
          user = value;
      }
  return user;
}

static gint64
get_index (VantageNode *annotation, const char *name, const char *other)
{
  const char *text = vantage_node_get_member (annotation, name);

  if (text == NULL)
    text = vantage_node_get_member (annotation, other);
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* Names that are mentions give way to account keys. */
static char *
dup_marked (VantageGoogleChat *self, VantageNode *message, const char *text, VantageItem *item)
{
  VantageNode *list = vantage_node_get_array (message, "annotations");
  GString *out = g_string_new (NULL);
  const char *done = text;
  gint64 units = 0;

  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      VantageNode *user = find_mentioned (at);
      g_autofree char *key =
          user != NULL ? vantage_google_chat_dup_account (self, user, VANTAGE_TIME_NONE) : NULL;
      gint64 start = get_index (at, "start_index", "startIndex");
      gint64 length = get_index (at, "length", "length");
      const char *begin;

      if (key == NULL)
        continue;
      vantage_chat_add_mention (item, key);
      if (start < units || length <= 0)
        continue;
      begin = skip_units (done, start - units);
      if (*begin != '@')
        continue;
      g_string_append_len (out, done, begin - done);
      g_string_append_printf (out, "@%s", key);
      done = skip_units (begin, length);
      units = start + length;
    }
  g_string_append (out, done);
  return g_string_free (out, FALSE);
}

/* Every word on a card, in order. */
static void
append_card (GString *out, VantageNode *node, guint depth)
{
  static const char *const words[] = { "title",       "subtitle", "topLabel", "text",
                                       "bottomLabel", "content",  NULL };

  if (node->type < VANTAGE_NODE_ARRAY || depth > 16)
    return;
  for (VantageNode *at = vantage_node_first (node); at != NULL; at = vantage_node_next (node, at))
    {
      VantageNode *value = node->type == VANTAGE_NODE_OBJECT ? vantage_node_value (at) : at;

      if (node->type == VANTAGE_NODE_OBJECT && value->type == VANTAGE_NODE_STRING &&
          g_strv_contains (words, vantage_node_get_text (at)))
        {
          g_autofree char *plain =
              vantage_chat_html_to_text (vantage_node_get_text (value), NULL, NULL);

          if (*plain != '\0')
            g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", plain);
        }
      else
        append_card (out, value, depth + 1);
    }
}

static char *
dup_text (VantageGoogleChat *self, VantageNode *message, VantageItem *item)
{
  const char *text = vantage_chat_get_string (message, "text");
  VantageNode *cards = vantage_node_get_array (message, "cardsV2");
  GString *out;

  if (text != NULL)
    return dup_marked (self, message, text, item);
  out = g_string_new (NULL);
  if (cards == NULL)
    cards = vantage_node_get_array (message, "cards");
  if (cards != NULL)
    append_card (out, cards, 0);
  return g_string_free (out, FALSE);
}

/* ---- what hangs on it ---- */

static void
take_files (VantageNode *message, VantageItem *item)
{
  static const char *const lists[] = { "attached_files", "attachment" };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      VantageNode *list = vantage_node_get_array (message, lists[i]);

      for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
           at = vantage_node_next (list, at))
        {
          const char *name = vantage_chat_get_string (at, "original_name");

          if (name == NULL)
            name = vantage_chat_get_string (at, "export_name");
          if (name == NULL)
            name = vantage_chat_get_string (at, "contentName");
          if (at->type == VANTAGE_NODE_OBJECT)
            vantage_item_add_attachment (item, name, vantage_chat_get_string (at, "contentType"),
                                         NULL, -1);
        }
    }
}

static void
take_reactions (VantageGoogleChat *self, VantageNode *message, VantageItem *item)
{
  VantageNode *list = vantage_node_get_array (message, "reactions");
  VantageNode *sums = vantage_node_get_array (message, "emojiReactionSummaries");

  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      VantageNode *emoji = vantage_node_get_object (at, "emoji");
      VantageNode *by = vantage_node_get_array (at, "reactor_emails");
      const char *name = vantage_chat_get_string (emoji, "unicode");

      if (name == NULL)
        name =
            vantage_chat_get_string (vantage_node_get_object (emoji, "custom_emoji"), "shortcode");
      for (VantageNode *email = by != NULL ? vantage_node_first (by) : NULL; email != NULL;
           email = vantage_node_next (by, email))
        {
          const char *text = vantage_node_get_text (email);
          g_autofree char *key = text != NULL ? g_ascii_strdown (text, -1) : NULL;

          vantage_chat_add_reaction (item, name, key, VANTAGE_TIME_NONE);
        }
    }
  for (VantageNode *at = sums != NULL ? vantage_node_first (sums) : NULL; at != NULL;
       at = vantage_node_next (sums, at))
    {
      const char *name = vantage_chat_get_string (vantage_node_get_object (at, "emoji"), "unicode");
      gint64 n = vantage_node_get_int (at, "reactionCount", 0);

      if (name != NULL && n > 0)
        vantage_item_add_reaction (item, name, (int) MIN (n, G_MAXINT), NULL);
    }
}

/* ---- times ---- */

static gboolean
parse_time (const char *text, gint64 *out_us, VantagePrecision *out, gboolean *out_has_zone)
{
  if (text == NULL)
    return FALSE;
  if (vantage_time_parse (text, -1, out_us, out, out_has_zone))
    return TRUE;
  *out = VANTAGE_PRECISION_S;
  return vantage_google_chat_parse_date (text, out_us, out_has_zone);
}

static const char *
get_either (VantageNode *message, const char *name, const char *other)
{
  const char *text = vantage_chat_get_string (message, name);

  return text != NULL ? text : vantage_chat_get_string (message, other);
}

/* FALSE with @error unset: it is no date that is known. */
static gboolean
set_time (VantageGoogleChat *self, VantageNode *message, VantageItem *item, GError **error)
{
  const char *raw = get_either (message, "created_date", "createTime");
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;

  if (!parse_time (raw, &us, &precision, &has_zone))
    return FALSE;
  if (!has_zone)
    return vantage_reading_set_wall_time (self->chat.reading, item, raw, us, precision, error);
  vantage_reading_set_time (self->chat.reading, item, raw, us, precision);
  return TRUE;
}

static void
take_state (VantageNode *message, VantageItem *item)
{
  const char *edited = get_either (message, "updated_date", "lastUpdateTime");
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;

  if (parse_time (edited, &us, &precision, &has_zone) && strcmp (edited, item->raw_time) != 0)
    item->edited_us = us;
  item->deleted = vantage_node_is (vantage_node_get (message, "message_state"), "DELETED") ||
                  vantage_node_get (message, "deletion_metadata") != NULL ||
                  vantage_node_get (message, "deleteTime") != NULL;
  if (item->deleted && *item->text == '\0')
    item->kind = VANTAGE_ITEM_DELETE;
}

/* ---- the whole ---- */

static VantageItem *
make_item (VantageGoogleChat *self, VantageNode *message, GError **error)
{
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  VantageNode *author = vantage_node_get_object (message, "creator");

  if (!set_time (self, message, item, error))
    return NULL;
  if (author == NULL)
    author = vantage_node_get_object (message, "sender");
  item->account = vantage_google_chat_dup_account (self, author, item->time_us);
  vantage_chat_take_text (item, dup_text (self, message, item));
  take_files (message, item);
  take_reactions (self, message, item);
  take_state (message, item);
  return g_steal_pointer (&item);
}

gboolean
vantage_google_chat_take_message (VantageGoogleChat *self, VantageNode *message, GError **error)
{
  g_auto (Ids) ids = { NULL };
  g_autoptr (VantageItem) item = NULL;
  VantageChatChannel *channel;
  GError *failure = NULL;

  item = make_item (self, message, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (item == NULL)
    {
      const char *raw = get_either (message, "created_date", "createTime");

      return vantage_chat_skip (&self->chat, raw == NULL ? "no-time" : "bad-time", error,
                                "the date “%.80s” is in no language that is known",
                                raw != NULL ? raw : "");
    }
  read_ids (message, &ids);
  channel = find_channel (self, message, &ids);
  set_ids (&ids, message, item);
  if (item->local == NULL)
    vantage_chat_set_content_local (&self->chat, channel, item);
  return vantage_chat_take (&self->chat, channel, g_steal_pointer (&item), error);
}
