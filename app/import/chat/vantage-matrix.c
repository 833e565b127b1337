/* vantage-matrix.c: events of Matrix: the export of a room as Element writes it, pages of the
 * interface, bare lists and lines of events. */

#include "vantage-chat.h"

#include <string.h>

typedef struct
{
  VantageChat chat;
  GHashTable *reactions; /* event → GPtrArray of Reaction, learnt the first time */
  GHashTable *edits;     /* event → gint64 *: when it was last edited */
  char *room_name;       /* of the file's root (nullable) */
  const VantageEntry *root_of;
} VantageMatrix;

typedef struct
{
  char *key, *by;
  gint64 us;
} Reaction;

static void
reaction_free (gpointer data)
{
  Reaction *self = data;

  g_free (self->key);
  g_free (self->by);
  g_free (self);
}

/* ---- what an object is ---- */

static gboolean
is_event (VantageNode *node)
{
  const char *type = vantage_chat_get_string (node, "type");

  if (type == NULL || vantage_node_get_object (node, "content") == NULL)
    return FALSE;
  return (vantage_node_get (node, "origin_server_ts") != NULL ||
          vantage_node_get (node, "event_id") != NULL) &&
         (vantage_chat_get_string (node, "sender") != NULL ||
          vantage_chat_get_string (node, "user_id") != NULL);
}

/* ---- times, ids, people ---- */

/* Milliseconds since 1970, whatever their size. */
static gboolean
parse_ms (const char *text, gint64 *out_us)
{
  gint64 ms;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, VANTAGE_TIME_MAX / 1000, &ms, NULL))
    return FALSE;
  *out_us = ms * 1000;
  return TRUE;
}

/* An event's id without the mark that all have. (transfer full) (nullable) */
static char *
dup_local (const char *event)
{
  return vantage_chat_dup_local (event != NULL && *event == '$' && event[1] != '\0' ? event + 1
                                                                                    : event);
}

static const char *
get_sender (VantageNode *event)
{
  const char *sender = vantage_chat_get_string (event, "sender");

  return sender != NULL ? sender : vantage_chat_get_string (event, "user_id");
}

/* "@mara:example.org": the part that people call her by. */
static void
learn_person (VantageMatrix *self, const char *key, const char *name, gboolean bot, gint64 us)
{
  const char *colon = key != NULL ? strchr (key, ':') : NULL;
  g_autofree char *handle = NULL;

  if (key == NULL)
    return;
  if (*key == '@' && colon > key + 1)
    handle = g_strndup (key + 1, (gsize) (colon - key - 1));
  vantage_chat_learn_person (&self->chat, key, name, handle, bot, us);
}

static const char *
get_relation (VantageNode *content, const char *type)
{
  VantageNode *relation = vantage_node_get_object (content, "m.relates_to");

  return vantage_node_is (vantage_node_get (relation, "rel_type"), type)
             ? vantage_chat_get_string (relation, "event_id")
             : NULL;
}

/* ---- the room ---- */

/* A member of the file's root, which may stand before or behind the events. */
static void
read_root (VantageMatrix *self, const VantageEntry *entry)
{
  g_autoptr (VantageTokens) tokens = vantage_reading_open_tokens (self->chat.reading, entry, NULL);

  self->root_of = entry;
  g_clear_pointer (&self->room_name, g_free);
  if (tokens == NULL || vantage_tokens_next (tokens) != VANTAGE_TOKEN_BEGIN_OBJECT)
    return;
  while (self->room_name == NULL && vantage_tokens_next (tokens) == VANTAGE_TOKEN_KEY)
    {
      gboolean name = strcmp (vantage_tokens_get_key (tokens), "room_name") == 0;
      VantageNode *node = name ? vantage_tokens_read (tokens) : NULL;

      if (!name && !vantage_tokens_skip (tokens))
        return;
      if (node != NULL)
        self->room_name = g_strdup (vantage_node_get_text (node));
    }
}

static VantageChatChannel *
get_channel (VantageMatrix *self, VantageNode *event, const VantageRecordPlace *place)
{
  const char *id = vantage_chat_get_string (event, "room_id");
  VantageChatChannel *channel;

  if (self->root_of != place->entry)
    read_root (self, place->entry);
  channel = vantage_chat_get_channel (&self->chat,
                                      id != NULL                ? id
                                      : self->room_name != NULL ? self->room_name
                                                                : "room",
                                      VANTAGE_CHANNEL_CHAT);
  channel->channel->weak = id == NULL;
  if (self->room_name != NULL && g_strcmp0 (channel->channel->name, channel->channel->key) == 0)
    vantage_chat_name_channel (channel, self->room_name);
  return channel;
}

static void
learn_room (VantageMatrix *self, VantageChatChannel *channel, const char *type,
            VantageNode *content)
{
  if (!self->chat.learning)
    return;
  if (g_str_equal (type, "m.room.name") && self->room_name == NULL)
    vantage_chat_name_channel (channel, vantage_chat_get_string (content, "name"));
  if (g_str_equal (type, "m.room.member") && vantage_node_get_true (content, "is_direct"))
    channel->channel->sort = VANTAGE_CHANNEL_DIRECT;
}

/* ---- words ---- */

/* The quotation that clients put before an answer for those that know no answers. */
static const char *
pass_quotation (const char *body)
{
  const char *at = body;

  if (!g_str_has_prefix (at, "> "))
    return body;
  while (*at == '>')
    {
      at = strchr (at, '\n');
      if (at == NULL)
        return body;
      at++;
    }
  return *at == '\n' ? at + 1 : body;
}

static const struct
{
  const char *type;
  const char *stands_for;
} media[] = {
  { "m.image", "image" }, { "m.file", "file" },       { "m.audio", "audio" },
  { "m.video", "video" }, { "m.sticker", "sticker" },
};

static gboolean
is_media (const char *type)
{
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (media); i++)
    if (g_str_equal (media[i].type, type))
      return TRUE;
  return FALSE;
}

/* A file; its words are only its name, unless a caption is told from it. */
static void
take_media (VantageNode *content, VantageItem *item)
{
  const char *body = vantage_chat_get_string (content, "body");
  const char *name = vantage_chat_get_string (content, "filename");
  VantageNode *info = vantage_node_get_object (content, "info");
  const char *url = vantage_chat_get_string (content, "url");

  if (url == NULL)
    url = vantage_chat_get_string (vantage_node_get_object (content, "file"), "url");
  if (name != NULL && g_strcmp0 (name, body) != 0)
    vantage_chat_take_text (item, g_strdup (body != NULL ? body : ""));
  vantage_item_add_attachment (item, name != NULL ? name : body,
                               vantage_chat_get_string (info, "mimetype"), url,
                               vantage_node_get_int (info, "size", -1));
}

static const char *
get_poll_text (VantageNode *node)
{
  static const char *const members[] = { "m.text", "org.matrix.msc1767.text", "body" };
  const char *text = NULL;

  for (gsize i = 0; text == NULL && i < G_N_ELEMENTS (members); i++)
    {
      VantageNode *member = vantage_node_get (node, members[i]);

      if (member != NULL && member->type == VANTAGE_NODE_ARRAY &&
          vantage_node_first (member) != NULL)
        text = vantage_chat_get_string (vantage_node_first (member), "body");
      else
        text = vantage_chat_get_string (node, members[i]);
    }
  return text;
}

static char *
dup_poll_text (VantageNode *content)
{
  VantageNode *poll = vantage_node_get_object (content, "m.poll");
  GString *text = g_string_new (NULL);
  VantageNode *answers;
  const char *line;

  if (poll == NULL)
    poll = vantage_node_get_object (content, "m.poll.start");
  if (poll == NULL)
    poll = vantage_node_get_object (content, "org.matrix.msc3381.poll.start");
  line = get_poll_text (vantage_node_get_object (poll, "question"));
  g_string_append (text, line != NULL ? line : "");
  answers = vantage_node_get_array (poll, "answers");
  for (VantageNode *at = answers != NULL ? vantage_node_first (answers) : NULL; at != NULL;
       at = vantage_node_next (answers, at))
    if ((line = get_poll_text (at)) != NULL)
      g_string_append_printf (text, "%s- %s", text->len > 0 ? "\n" : "", line);
  return g_string_free (text, FALSE);
}

static void
take_mentions (VantageNode *content, VantageItem *item)
{
  VantageNode *ids =
      vantage_node_get_array (vantage_node_get_object (content, "m.mentions"), "user_ids");

  for (VantageNode *at = ids != NULL ? vantage_node_first (ids) : NULL; at != NULL;
       at = vantage_node_next (ids, at))
    if (at->type == VANTAGE_NODE_STRING)
      vantage_chat_add_mention (item, vantage_node_get_text (at));
}

static void
take_message (VantageNode *content, VantageItem *item)
{
  const char *type = vantage_chat_get_string (content, "msgtype");
  const char *body = vantage_chat_get_string (content, "body");
  gboolean answer =
      vantage_node_get_object (vantage_node_get (content, "m.relates_to"), "m.in_reply_to") != NULL;

  take_mentions (content, item);
  if (is_media (type))
    {
      take_media (content, item);
      return;
    }
  if (type != NULL && g_str_equal (type, "m.emote"))
    vantage_item_add_extra (item, "form", "action");
  if (body == NULL)
    body = vantage_chat_get_string (content, "formatted_body");
  if (body != NULL)
    vantage_chat_take_text (item, g_strdup (answer ? pass_quotation (body) : body));
}

/* ---- who came and went ---- */

static void
take_member (VantageMatrix *self, VantageNode *event, VantageItem *item)
{
  VantageNode *content = vantage_node_get_object (event, "content");
  VantageNode *before =
      vantage_node_get_object (vantage_node_get (event, "unsigned"), "prev_content");
  const char *who = vantage_chat_get_string (event, "state_key");
  const char *now = vantage_chat_get_string (content, "membership");
  const char *was, *reason = vantage_chat_get_string (content, "reason");

  if (before == NULL)
    before = vantage_node_get_object (event, "prev_content");
  was = vantage_chat_get_string (before, "membership");
  if (who == NULL)
    who = item->account;
  vantage_item_add_extra (item, "membership", now != NULL ? now : "");
  if (g_strcmp0 (now, "join") == 0)
    {
      item->kind = g_strcmp0 (was, "join") == 0 ? VANTAGE_ITEM_OTHER : VANTAGE_ITEM_JOIN;
      learn_person (self, who, vantage_chat_get_string (content, "displayname"), FALSE,
                    item->time_us);
    }
  else if (g_strcmp0 (now, "leave") == 0 || g_strcmp0 (now, "ban") == 0)
    {
      /* An invitation or a request that was taken back: nobody was there to go. */
      item->kind = g_strcmp0 (was, "invite") == 0 || g_strcmp0 (was, "knock") == 0
                       ? VANTAGE_ITEM_OTHER
                       : VANTAGE_ITEM_LEAVE;
    }
  else
    {
      item->kind = VANTAGE_ITEM_OTHER;
      if (who != NULL)
        vantage_chat_add_mention (item, who);
      learn_person (self, who, vantage_chat_get_string (content, "displayname"), FALSE,
                    VANTAGE_TIME_MIN);
    }
  if (reason != NULL)
    vantage_chat_take_text (item, g_strdup (reason));
  if (item->kind != VANTAGE_ITEM_JOIN && item->kind != VANTAGE_ITEM_LEAVE)
    return;
  if (item->account != NULL && g_strcmp0 (who, item->account) != 0)
    vantage_item_add_extra (item, "by", item->account);
  g_free (item->account);
  item->account = g_strdup (who);
}

/* ---- an event as an item ---- */

static void
take_setting (VantageNode *content, const char *type, const char *member, VantageItem *item)
{
  const char *value = vantage_chat_get_string (content, member);

  item->kind = VANTAGE_ITEM_TOPIC;
  vantage_item_add_extra (item, "field", type + strlen ("m.room."));
  vantage_chat_take_text (item, g_strdup (value != NULL ? value : ""));
}

static void
take_rest (VantageNode *event, const char *type, VantageItem *item)
{
  const char *reason = vantage_chat_get_string (vantage_node_get (event, "content"), "reason");

  item->kind = strstr (type, ".call") != NULL ? VANTAGE_ITEM_CALL : VANTAGE_ITEM_OTHER;
  vantage_item_add_extra (item, "subtype", type);
  if (reason != NULL)
    vantage_chat_take_text (item, g_strdup (reason));
}

static void
take_redaction (VantageNode *event, VantageNode *content, VantageItem *item)
{
  const char *what = vantage_chat_get_string (event, "redacts");
  const char *reason = vantage_chat_get_string (content, "reason");

  if (what == NULL)
    what = vantage_chat_get_string (content, "redacts");
  item->kind = VANTAGE_ITEM_DELETE;
  item->reply_to = dup_local (what);
  vantage_chat_take_text (item, g_strdup (reason != NULL ? reason : ""));
}

static void
take_content (VantageMatrix *self, VantageNode *event, const char *type, VantageItem *item)
{
  VantageNode *content = vantage_node_get_object (event, "content");
  gboolean redacted =
      vantage_node_get_object (vantage_node_get (event, "unsigned"), "redacted_because") != NULL ||
      vantage_node_get_object (event, "redacted_because") != NULL ||
      (g_str_equal (type, "m.room.message") && content->length == 0);

  if (redacted && vantage_node_get (event, "state_key") == NULL)
    {
      item->kind = VANTAGE_ITEM_DELETE;
      item->deleted = TRUE;
    }
  else if (g_str_equal (type, "m.room.message"))
    take_message (content, item);
  else if (g_str_equal (type, "m.sticker"))
    take_media (content, item);
  else if (g_str_equal (type, "m.room.member"))
    take_member (self, event, item);
  else if (g_str_equal (type, "m.room.name"))
    take_setting (content, type, "name", item);
  else if (g_str_equal (type, "m.room.topic"))
    take_setting (content, type, "topic", item);
  else if (g_str_equal (type, "m.room.redaction"))
    take_redaction (event, content, item);
  else if (g_str_equal (type, "m.room.encrypted"))
    {
      vantage_item_add_extra (item, "encrypted", "yes");
      vantage_chat_take_text (item, g_strdup ("(encrypted message)"));
    }
  else if (g_str_has_suffix (type, "poll.start"))
    vantage_chat_take_text (item, dup_poll_text (content));
  else
    take_rest (event, type, item);
}

static void
set_links (VantageMatrix *self, VantageNode *event, VantageItem *item)
{
  VantageNode *content = vantage_node_get_object (event, "content");
  VantageNode *relation = vantage_node_get_object (content, "m.relates_to");
  const char *room = vantage_chat_get_string (event, "room_id");
  const char *id = vantage_chat_get_string (event, "event_id");
  const char *answered =
      vantage_chat_get_string (vantage_node_get_object (relation, "m.in_reply_to"), "event_id");

  item->thread = dup_local (get_relation (content, "m.thread"));
  if (item->reply_to == NULL && answered != NULL &&
      !vantage_node_get_true (relation, "is_falling_back"))
    item->reply_to = dup_local (answered);
  if (room != NULL && id != NULL)
    item->url = g_strdup_printf ("https://matrix.to/#/%s/%s", room, id);
}

static void
set_edited (VantageMatrix *self, VantageNode *event, const char *local, VantageItem *item)
{
  VantageNode *replaced = vantage_node_get_object (
      vantage_node_get_object (vantage_node_get (event, "unsigned"), "m.relations"), "m.replace");
  const gint64 *edited = local != NULL ? g_hash_table_lookup (self->edits, local) : NULL;
  gint64 us;

  if (edited != NULL)
    item->edited_us = *edited;
  if (parse_ms (vantage_node_get_member (replaced, "origin_server_ts"), &us))
    item->edited_us = us;
}

static void
set_reactions (VantageMatrix *self, const char *local, VantageItem *item)
{
  GPtrArray *list = local != NULL ? g_hash_table_lookup (self->reactions, local) : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const Reaction *reaction = list->pdata[i];

      vantage_chat_add_reaction (item, reaction->key, reaction->by, reaction->us);
    }
}

/* A reaction belongs to what it is about, wherever that stands. TRUE: it was that. */
static gboolean
learn_reaction (VantageMatrix *self, VantageChatChannel *channel, VantageNode *event, gint64 us)
{
  VantageNode *content = vantage_node_get_object (event, "content");
  g_autofree char *about = dup_local (get_relation (content, "m.annotation"));
  const char *key = vantage_chat_get_string (vantage_node_get (content, "m.relates_to"), "key");
  GPtrArray *list;
  Reaction *reaction;

  if (about == NULL || key == NULL)
    return FALSE;
  if (!self->chat.learning)
    return vantage_chat_has (&self->chat, channel, about);
  list = g_hash_table_lookup (self->reactions, about);
  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (reaction_free);
      g_hash_table_insert (self->reactions, g_strdup (about), list);
    }
  for (guint i = 0; i < list->len; i++)
    {
      const Reaction *known = list->pdata[i];

      if (g_str_equal (known->key, key) && g_strcmp0 (known->by, get_sender (event)) == 0)
        return TRUE;
    }
  reaction = g_new0 (Reaction, 1);
  reaction->key = g_strdup (key);
  reaction->by = g_strdup (get_sender (event));
  reaction->us = us;
  g_ptr_array_add (list, reaction);
  return TRUE;
}

/* A later wording by itself: the event keeps its own, and says when it was changed. */
static void
take_edit (VantageMatrix *self, VantageNode *event, VantageItem *item)
{
  VantageNode *content = vantage_node_get_object (event, "content");
  g_autofree char *of = dup_local (get_relation (content, "m.replace"));
  VantageNode *fresh = vantage_node_get_object (content, "m.new_content");
  gint64 *known;

  if (of == NULL || item->kind != VANTAGE_ITEM_MESSAGE)
    return;
  item->kind = VANTAGE_ITEM_EDIT;
  if (fresh != NULL)
    take_message (fresh, item);
  known = g_hash_table_lookup (self->edits, of);
  if (known == NULL)
    {
      known = g_new (gint64, 1);
      *known = item->time_us;
      g_hash_table_insert (self->edits, g_strdup (of), known);
    }
  *known = MAX (*known, item->time_us);
  g_free (item->reply_to);
  item->reply_to = g_steal_pointer (&of);
}

static VantageItem *
make_item (VantageMatrix *self, VantageNode *event, const char *type, gint64 us)
{
  VantageItem *item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  const char *sender = get_sender (event);

  vantage_reading_set_time (self->chat.reading, item,
                            vantage_node_get_member (event, "origin_server_ts"), us,
                            VANTAGE_PRECISION_MS);
  item->account = g_strdup (sender);
  vantage_chat_take_text (item, g_strdup (""));
  learn_person (self, sender, NULL,
                vantage_node_is (vantage_node_find (event, "content.msgtype"), "m.notice"),
                VANTAGE_TIME_MIN);
  take_content (self, event, type, item);
  set_links (self, event, item);
  take_edit (self, event, item);
  return item;
}

static gboolean
take (VantageReading *reading, VantageNode *event, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageMatrix *self = user_data;
  const char *type = vantage_chat_get_string (event, "type");
  const char *written = vantage_node_get_member (event, "origin_server_ts");
  VantageChatChannel *channel;
  VantageItem *item;
  gint64 us;

  vantage_chat_set_place (&self->chat, place);
  if (!parse_ms (written, &us))
    return vantage_chat_skip (&self->chat, written == NULL ? "no-time" : "bad-time", error,
                              "an event whose time (`origin_server_ts`) is “%.40s”",
                              written != NULL ? written : "");
  channel = get_channel (self, event, place);
  learn_room (self, channel, type, vantage_node_get_object (event, "content"));
  if (g_str_equal (type, "m.reaction"))
    {
      if (learn_reaction (self, channel, event, us))
        return TRUE;
      if (vantage_node_get_object (event, "content")->length == 0)
        return TRUE; /* taken back */
    }
  item = make_item (self, event, type, us);
  if (g_str_equal (type, "m.reaction"))
    item->kind = VANTAGE_ITEM_REACTION;
  item->local = dup_local (vantage_chat_get_string (event, "event_id"));
  if (item->local != NULL)
    {
      set_edited (self, event, item->local, item);
      set_reactions (self, item->local, item);
    }
  else
    vantage_chat_set_content_local (&self->chat, channel, item);
  return vantage_chat_take (&self->chat, channel, item, error);
}

static const char *const ways[] = { "messages", "chunk", "events", "timeline",
                                    "rooms",    "join",  "event",  NULL };
static const VantageRecordShape shape = { is_event, ways, take, FALSE };

/* ---- the whole ---- */

static int
score (VantageSniff *sniff)
{
  VantageNode *event = vantage_chat_sniff (sniff, &shape);
  const char *type, *sender;

  if (event == NULL)
    return 0;
  type = vantage_chat_get_string (event, "type");
  sender = get_sender (event);
  if (vantage_node_get (event, "origin_server_ts") == NULL || sender == NULL || *sender != '@' ||
      strchr (sender, ':') == NULL)
    return 0;
  return g_str_has_prefix (type, "m.") ? 95 : 70;
}

/* The export as a page or as plain text, and one without events. */
static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *json = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  gsize length;
  const char *head = entry != NULL ? vantage_sniff_get_head (sniff, entry, &length) : "";

  if (json != NULL && json->type == VANTAGE_NODE_OBJECT &&
      vantage_node_get (json, "room_name") != NULL &&
      vantage_node_get (json, "exported_by") != NULL)
    return g_strdup ("This is the export of a room in Element, and no messages are in it. Export "
                     "the room again, with “From the beginning” chosen.");
  if (entry != NULL && length > 0 && g_strstr_len (head, (gssize) length, "mx_Export_") != NULL)
    return g_strdup ("This is a room that Element exported as a web page. Export it again with the "
                     "format JSON: Room info, Export chat.");
  return NULL;
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageMatrix self = { .room_name = NULL };
  g_autoptr (GPtrArray) entries = NULL;
  gboolean ok;

  vantage_chat_init (&self.chat, reading);
  self.reactions =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self.edits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  entries = vantage_chat_list_entries (&self.chat);
  ok = vantage_chat_walk (&self.chat, entries, &shape, &self, error) &&
       vantage_chat_finish (&self.chat, error);
  g_hash_table_unref (self.reactions);
  g_hash_table_unref (self.edits);
  g_free (self.room_name);
  vantage_chat_clear (&self.chat);
  return ok;
}

const VantageReader vantage_matrix_reader = {
  .format = { "matrix", "Matrix or Element room", "json jsonl zip" },
  .family = "matrix",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
