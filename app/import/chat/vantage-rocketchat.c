/* vantage-rocketchat.c: messages of Rocket.Chat: pages of its interface, the export of a room,
 * messages that a collector has wrapped, a database's dump turned into JSON. */

#include "vantage-chat.h"

#include <string.h>

typedef struct
{
  VantageChat chat;
  GHashTable *accounts; /* username → account key */
  guint64 n_older;      /* earlier wordings, kept by the server beside the message */
} VantageRocketchat;

/* ---- what an object is ---- */

static gboolean
is_message (VantageNode *node)
{
  return vantage_chat_get_string (node, "_id") != NULL &&
         vantage_chat_get_string (node, "rid") != NULL && vantage_node_get (node, "ts") != NULL &&
         (vantage_node_get (node, "msg") != NULL || vantage_node_get_object (node, "u") != NULL ||
          vantage_node_get (node, "t") != NULL);
}

/* A room: its sort is a letter. */
static gboolean
is_room (VantageNode *node)
{
  const char *sort = vantage_chat_get_string (node, "t");

  return vantage_chat_get_string (node, "_id") != NULL && sort != NULL &&
         (g_str_equal (sort, "c") || g_str_equal (sort, "p") || g_str_equal (sort, "d") ||
          g_str_equal (sort, "l")) &&
         vantage_node_get (node, "rid") == NULL &&
         (vantage_node_get (node, "msgs") != NULL ||
          vantage_node_get (node, "usersCount") != NULL ||
          vantage_node_get (node, "name") != NULL || vantage_node_get (node, "usernames") != NULL);
}

static gboolean
is_record (VantageNode *node)
{
  return is_message (node) || is_room (node);
}

/* ---- times ---- */

/* "2020-05-02T07:30:42.993Z", or as extended JSON has it: {"$date": …}. Lent; NULL: none. */
static const char *
get_time (VantageNode *node, const char *name)
{
  VantageNode *value = vantage_node_get (node, name);

  if (value != NULL && value->type == VANTAGE_NODE_OBJECT)
    value = vantage_node_get (value, "$date");
  if (value != NULL && value->type == VANTAGE_NODE_OBJECT)
    value = vantage_node_get (value, "$numberLong");
  return vantage_node_get_text (value);
}

static gboolean
parse_time (const char *text, gint64 *out_us, VantagePrecision *out)
{
  gboolean has_zone;
  gint64 ms;

  if (text == NULL)
    return FALSE;
  if (g_ascii_string_to_signed (text, 10, 1, VANTAGE_TIME_MAX / 1000, &ms, NULL))
    {
      *out_us = ms * 1000;
      *out = VANTAGE_PRECISION_MS;
      return TRUE;
    }
  return vantage_time_parse (text, -1, out_us, out, &has_zone) && has_zone;
}

/* ---- people ---- */

static const char *
find_account (VantageRocketchat *self, const char *username)
{
  return username != NULL ? g_hash_table_lookup (self->accounts, username) : NULL;
}

/* The key of somebody who is only named; (transfer full). */
static char *
dup_named (VantageRocketchat *self, const char *username, gboolean bot)
{
  const char *key = find_account (self, username);
  char *made;

  if (key != NULL && !bot)
    return g_strdup (key);
  made = g_strconcat ("name:", username, NULL);
  vantage_chat_learn_person (&self->chat, made, username, NULL, bot, VANTAGE_TIME_MIN);
  return made;
}

static const char *
learn_user (VantageRocketchat *self, VantageNode *user, gboolean bot, gint64 us)
{
  const char *key = vantage_chat_get_string (user, "_id");
  const char *username = vantage_chat_get_string (user, "username");

  if (key == NULL)
    return NULL;
  vantage_chat_learn_person (&self->chat, key, vantage_chat_get_string (user, "name"), username,
                             bot, us);
  if (username != NULL && self->chat.learning)
    g_hash_table_insert (self->accounts, g_strdup (username), g_strdup (key));
  return key;
}

/* A webhook speaks under a name of its own. (transfer full) (nullable) */
static char *
dup_account (VantageRocketchat *self, VantageNode *message, gint64 us)
{
  const char *alias = vantage_chat_get_string (message, "alias");
  VantageNode *bot = vantage_node_get (message, "bot");
  gboolean is_bot = bot != NULL && bot->type != VANTAGE_NODE_FALSE;
  VantageNode *user = vantage_node_get_object (message, "u");
  const char *key, *username;

  if (alias != NULL && is_bot)
    return dup_named (self, alias, TRUE);
  key = learn_user (self, user, is_bot, us);
  username = vantage_chat_get_string (user, "username");
  if (key != NULL)
    return g_strdup (key);
  return username != NULL ? dup_named (self, username, FALSE) : NULL;
}

/* ---- rooms ---- */

static void
learn_room (VantageRocketchat *self, VantageNode *room)
{
  const char *key = vantage_chat_get_string (room, "_id");
  const char *name = vantage_chat_get_string (room, "fname");
  const char *topic = vantage_chat_get_string (room, "topic");
  const char *purpose = vantage_chat_get_string (room, "description");
  VantageChatChannel *channel;

  if (key == NULL || !self->chat.learning)
    return;
  channel = vantage_chat_get_channel (&self->chat, key, VANTAGE_CHANNEL_CHAT);
  vantage_chat_name_channel (channel, name != NULL ? name : vantage_chat_get_string (room, "name"));
  if (vantage_node_is (vantage_node_get (room, "t"), "d"))
    channel->channel->sort = VANTAGE_CHANNEL_DIRECT;
  if (topic != NULL && channel->channel->topic == NULL)
    channel->channel->topic = g_strdup (topic);
  if (purpose != NULL && channel->channel->purpose == NULL)
    channel->channel->purpose = g_strdup (purpose);
}

/* The room of two people is named after both of their ids. */
static gboolean
is_between_two (const char *room, const char *user)
{
  gsize n = user != NULL ? strlen (user) : 0;

  return n >= 10 && strlen (room) >= n + 10 &&
         (g_str_has_prefix (room, user) || g_str_has_suffix (room, user));
}

static VantageChatChannel *
get_channel (VantageRocketchat *self, VantageNode *message)
{
  const char *room = vantage_chat_get_string (message, "rid");
  VantageChatChannel *channel = vantage_chat_get_channel (&self->chat, room, VANTAGE_CHANNEL_CHAT);

  if (self->chat.learning &&
      is_between_two (room, vantage_chat_get_string (vantage_node_get (message, "u"), "_id")))
    channel->channel->sort = VANTAGE_CHANNEL_DIRECT;
  channel->channel->weak = *self->chat.system == '\0';
  return channel;
}

/* ---- what it is ---- */

static const struct
{
  const char *type;
  VantageItemKind kind;
} kinds[] = {
  { "uj", VANTAGE_ITEM_JOIN },
  { "au", VANTAGE_ITEM_JOIN },
  { "ujt", VANTAGE_ITEM_JOIN },
  { "ut", VANTAGE_ITEM_JOIN },
  { "ul", VANTAGE_ITEM_LEAVE },
  { "ru", VANTAGE_ITEM_LEAVE },
  { "ult", VANTAGE_ITEM_LEAVE },
  { "rm", VANTAGE_ITEM_DELETE },
  { "r", VANTAGE_ITEM_TOPIC },
  { "room_changed_topic", VANTAGE_ITEM_TOPIC },
  { "room_changed_description", VANTAGE_ITEM_TOPIC },
  { "room_changed_announcement", VANTAGE_ITEM_TOPIC },
  { "videoconf", VANTAGE_ITEM_CALL },
  { "jitsi_call_started", VANTAGE_ITEM_CALL },
  { "e2e", VANTAGE_ITEM_MESSAGE },
};

static VantageItemKind
find_kind (const char *type)
{
  if (type == NULL)
    return VANTAGE_ITEM_MESSAGE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      return kinds[i].kind;
  return VANTAGE_ITEM_OTHER;
}

static void
take_type (VantageRocketchat *self, const char *type, const char *text, VantageItem *item)
{
  if (type == NULL)
    return;
  if (item->kind == VANTAGE_ITEM_OTHER || item->kind == VANTAGE_ITEM_TOPIC)
    vantage_item_add_extra (item, "subtype", type);
  if (item->kind == VANTAGE_ITEM_DELETE)
    item->deleted = TRUE;
  if (g_str_equal (type, "e2e"))
    {
      vantage_item_add_extra (item, "encrypted", "yes");
      vantage_chat_take_text (item, g_strdup ("(encrypted message)"));
    }
  /* added or removed by somebody else, who is the author: the text names whom */
  if ((g_str_equal (type, "au") || g_str_equal (type, "ru")) && text != NULL)
    {
      if (item->account != NULL)
        vantage_item_add_extra (item, "by", item->account);
      g_free (item->account);
      item->account = dup_named (self, text, FALSE);
    }
}

/* ---- words ---- */

static void
append_line (GString *out, const char *text)
{
  if (text == NULL)
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, text);
}

/* A quotation begins with a link that nobody sees. */
static const char *
pass_hidden_link (const char *text)
{
  while (g_str_has_prefix (text, "[ ]("))
    {
      const char *end = strchr (text, ')');

      if (end == NULL)
        break;
      text = end + 1;
      text += strspn (text, " \n");
    }
  return text;
}

/* The cards that stand in place of words. (transfer full) */
static char *
dup_cards (VantageNode *cards)
{
  static const char *const lines[] = { "pretext", "author_name", "title", "text", "description" };
  GString *out = g_string_new (NULL);

  for (VantageNode *card = cards != NULL ? vantage_node_first (cards) : NULL; card != NULL;
       card = vantage_node_next (cards, card))
    if (card->type == VANTAGE_NODE_OBJECT && vantage_node_get (card, "message_link") == NULL)
      {
        VantageNode *fields = vantage_node_get_array (card, "fields");

        for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
          append_line (out, vantage_chat_get_string (card, lines[i]));
        for (VantageNode *at = fields != NULL ? vantage_node_first (fields) : NULL; at != NULL;
             at = vantage_node_next (fields, at))
          {
            append_line (out, vantage_chat_get_string (at, "title"));
            append_line (out, vantage_chat_get_text (at, "value"));
          }
      }
  return g_string_free (out, FALSE);
}

/* What a quotation quotes is what the message answers. */
static void
take_quotation (VantageNode *cards, VantageItem *item)
{
  for (VantageNode *card = cards != NULL ? vantage_node_first (cards) : NULL; card != NULL;
       card = vantage_node_next (cards, card))
    {
      const char *link = vantage_chat_get_string (card, "message_link");
      const char *id = link != NULL ? strstr (link, "msg=") : NULL;
      gsize n = id != NULL ? strcspn (id + 4, "&#") : 0;
      g_autofree char *native = n > 0 ? g_strndup (id + 4, n) : NULL;

      if (native != NULL && item->reply_to == NULL)
        item->reply_to = vantage_chat_dup_local (native);
    }
}

static void
take_words (VantageNode *message, const char *text, VantageItem *item)
{
  VantageNode *cards = vantage_node_get_array (message, "attachments");

  take_quotation (cards, item);
  text = text != NULL ? pass_hidden_link (text) : NULL;
  if (text != NULL && *text != '\0')
    vantage_chat_take_text (item, g_strdup (text));
  else
    vantage_chat_take_text (item, dup_cards (cards));
}

/* ---- what hangs on it ---- */

static void
take_mentions (VantageRocketchat *self, VantageNode *message, VantageItem *item)
{
  VantageNode *list = vantage_node_get_array (message, "mentions");

  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      const char *key = vantage_chat_get_string (at, "_id");

      if (key == NULL || g_str_equal (key, "all") || g_str_equal (key, "here"))
        continue;
      learn_user (self, at, FALSE, VANTAGE_TIME_MIN);
      vantage_chat_add_mention (item, key);
    }
}

static void
take_reactions (VantageRocketchat *self, VantageNode *message, VantageItem *item)
{
  VantageNode *all = vantage_node_get_object (message, "reactions");

  for (VantageNode *name = all != NULL ? vantage_node_first (all) : NULL; name != NULL;
       name = vantage_node_next (all, name))
    {
      VantageNode *people = vantage_node_get_array (vantage_node_value (name), "usernames");
      g_autofree char *bare = g_strdup (vantage_node_get_text (name));
      gsize n = strlen (bare);

      if (n > 2 && bare[0] == ':' && bare[n - 1] == ':')
        {
          memmove (bare, bare + 1, n - 2);
          bare[n - 2] = '\0';
        }
      for (VantageNode *at = people != NULL ? vantage_node_first (people) : NULL; at != NULL;
           at = vantage_node_next (people, at))
        if (at->type == VANTAGE_NODE_STRING)
          {
            g_autofree char *key = dup_named (self, vantage_node_get_text (at), FALSE);

            vantage_chat_add_reaction (item, bare, key, VANTAGE_TIME_NONE);
          }
    }
}

static void
take_file (VantageNode *file, VantageItem *item)
{
  if (file != NULL && file->type == VANTAGE_NODE_OBJECT)
    vantage_item_add_attachment (item, vantage_chat_get_string (file, "name"),
                                 vantage_chat_get_string (file, "type"), NULL,
                                 vantage_node_get_int (file, "size", -1));
}

static void
take_files (VantageNode *message, VantageItem *item)
{
  VantageNode *files = vantage_node_get_array (message, "files");
  VantageNode *cards = vantage_node_get_array (message, "attachments");

  for (VantageNode *at = files != NULL ? vantage_node_first (files) : NULL; at != NULL;
       at = vantage_node_next (files, at))
    take_file (at, item);
  if (item->attachments == NULL)
    take_file (vantage_node_get_object (message, "file"), item);
  if (item->attachments != NULL)
    return;
  for (VantageNode *at = cards != NULL ? vantage_node_first (cards) : NULL; at != NULL;
       at = vantage_node_next (cards, at))
    {
      g_autofree char *url = vantage_chat_dup_url (vantage_chat_get_string (at, "title_link"));

      if (url != NULL && vantage_node_get (at, "title_link_download") != NULL)
        vantage_item_add_attachment (item, vantage_chat_get_string (at, "title"),
                                     vantage_chat_get_string (at, "type"), url, -1);
    }
}

/* ---- the whole message ---- */

static VantageItem *
make_item (VantageRocketchat *self, VantageNode *message, const char *written, gint64 us,
           VantagePrecision precision)
{
  const char *type = vantage_chat_get_string (message, "t");
  const char *text = vantage_chat_get_string (message, "msg");
  const char *thread = vantage_chat_get_string (message, "tmid");
  VantageItem *item = vantage_item_new (find_kind (type));
  VantagePrecision edited_precision;
  gint64 edited;

  vantage_reading_set_time (self->chat.reading, item, written, us, precision);
  item->local = vantage_chat_dup_local (vantage_chat_get_string (message, "_id"));
  item->account = dup_account (self, message, us);
  item->thread = vantage_chat_dup_local (thread);
  if (thread == NULL && vantage_node_get_int (message, "tcount", 0) > 0)
    item->thread = g_strdup (item->local);
  take_words (message, text, item);
  if (item->reply_to == NULL && thread != NULL)
    item->reply_to = vantage_chat_dup_local (thread);
  take_type (self, type, text, item);
  take_mentions (self, message, item);
  take_reactions (self, message, item);
  take_files (message, item);
  if (parse_time (get_time (message, "editedAt"), &edited, &edited_precision) &&
      item->kind == VANTAGE_ITEM_MESSAGE)
    item->edited_us = edited;
  return item;
}

/* "https://chat.example.org/general", as collectors write where a message came from. */
static void
take_origin (VantageRocketchat *self, const VantageRecordPlace *place, VantageItem *item,
             const char *id)
{
  const char *origin =
      place->outer != NULL && vantage_node_get (place->outer, "backend_name") != NULL
          ? vantage_chat_get_string (place->outer, "origin")
          : NULL;
  const char *host = origin != NULL ? strstr (origin, "://") : NULL;
  const char *slash = host != NULL ? strrchr (host + 3, '/') : NULL;

  if (slash == NULL)
    return;
  item->url =
      g_strdup_printf ("%.*s/channel/%s?msg=%s", (int) (slash - origin), origin, slash + 1, id);
}

static gboolean
take_message (VantageRocketchat *self, VantageNode *message, const VantageRecordPlace *place,
              GError **error)
{
  const char *written = get_time (message, "ts");
  VantageChatChannel *channel;
  VantagePrecision precision;
  VantageItem *item;
  gint64 us;

  learn_room (self, vantage_node_get_object (message, "channel_info"));
  if (vantage_node_get_true (message, "_hidden"))
    {
      self->n_older += self->chat.learning ? 0 : 1;
      return TRUE;
    }
  if (!parse_time (written, &us, &precision))
    return vantage_chat_skip (&self->chat, written == NULL ? "no-time" : "bad-time", error,
                              "a message whose time (`ts`) is “%.40s”",
                              written != NULL ? written : "");
  channel = get_channel (self, message);
  item = make_item (self, message, written, us, precision);
  take_origin (self, place, item, vantage_chat_get_string (message, "_id"));
  return vantage_chat_take (&self->chat, channel, item, error);
}

/* Rooms such as GENERAL are called so on every server. */
static void
learn_server (VantageRocketchat *self, VantageNode *envelope)
{
  const char *origin = envelope != NULL && vantage_node_get (envelope, "backend_name") != NULL
                           ? vantage_chat_get_string (envelope, "origin")
                           : NULL;
  const char *host = origin != NULL ? strstr (origin, "://") : NULL;
  g_autofree char *name = host != NULL ? g_strndup (host + 3, strcspn (host + 3, "/")) : NULL;

  if (name != NULL && self->chat.learning && *self->chat.system == '\0' &&
      g_hash_table_size (self->chat.channels) == 0)
    vantage_chat_set_system (&self->chat, name);
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageRocketchat *self = user_data;

  vantage_chat_set_place (&self->chat, place);
  learn_server (self, place->outer);
  if (is_message (record))
    return take_message (self, record, place, error);
  learn_room (self, record);
  return TRUE;
}

static const char *const ways[] = { "messages", "channel", "group", "room",  "channels",
                                    "groups",   "update",  "ims",   "rooms", NULL };
static const VantageRecordShape shape = { is_record, ways, take, FALSE };
static const VantageRecordShape telling = { is_message, ways, take, FALSE };

/* ---- the whole ---- */

/* A dump of the database: a document's length, and the name of its first member. */
static gboolean
is_bson (VantageSniff *sniff, const VantageEntry *entry)
{
  gsize length;
  const guchar *head = (const guchar *) vantage_sniff_get_head (sniff, entry, &length);
  guint32 size;

  if (length < 16)
    return FALSE;
  size = (guint32) head[0] | (guint32) head[1] << 8 | (guint32) head[2] << 16 |
         (guint32) head[3] << 24;
  return size >= 16 && size <= 16 * 1024 * 1024 && (head[4] == 2 || head[4] == 7) &&
         memcmp (head + 5, "_id", 4) == 0;
}

static gboolean
is_empty_page (VantageNode *json)
{
  return json != NULL && json->type == VANTAGE_NODE_OBJECT &&
         vantage_node_get_true (json, "success") &&
         vantage_node_get_array (json, "messages") != NULL &&
         vantage_node_get_array (json, "messages")->length == 0 &&
         vantage_node_get (json, "total") != NULL;
}

static int
score (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *message = vantage_chat_sniff (sniff, &telling);

  if (message != NULL)
    return vantage_node_get_object (message, "u") != NULL ? 90 : 60;
  return entry != NULL && is_empty_page (vantage_sniff_get_json (sniff, entry)) ? 30 : 0;
}

static char *
near_miss (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);

  for (guint i = 0; i < MIN (vantage_input_get_n_entries (input), 8); i++)
    if (is_bson (sniff, vantage_input_get_entry (input, i)))
      return g_strdup ("This is a dump of a database (BSON), as mongodump makes it of Rocket.Chat. "
                       "Turn it into JSON with `bsondump --outFile=messages.json "
                       "rocketchat_message.bson` (the rooms too), and import the folder.");
  if (vantage_chat_sniff (sniff, &shape) != NULL)
    return g_strdup ("This tells of rooms of Rocket.Chat and holds no messages. Import it in one "
                     "folder with the messages, or export the room's messages as JSON.");
  return NULL;
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageRocketchat self = { .n_older = 0 };
  g_autoptr (GPtrArray) entries = NULL;
  gboolean ok;

  vantage_chat_init (&self.chat, reading);
  self.accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  entries = vantage_chat_list_entries (&self.chat);
  ok = vantage_chat_walk (&self.chat, entries, &shape, &self, error) &&
       vantage_chat_finish (&self.chat, error);
  if (ok && self.n_older > 0)
    ok = vantage_reading_note (reading, "older-wordings", NULL, 0, -1, error,
                               "%" G_GUINT64_FORMAT
                               " earlier wordings of messages were left out; each message is there "
                               "as it was last edited",
                               self.n_older);
  g_hash_table_unref (self.accounts);
  vantage_chat_clear (&self.chat);
  return ok;
}

const VantageReader vantage_rocketchat_reader = {
  .format = { "rocketchat", "Rocket.Chat", "json jsonl zip" },
  .family = "rocketchat",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
