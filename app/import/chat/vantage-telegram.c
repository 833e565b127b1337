/* vantage-telegram.c: what Telegram Desktop exports as JSON: one chat, or all of them. */

#include "vantage-chat.h"

#include <string.h>

typedef struct
{
  char *key, *name, *type;
} ChatFacts;

typedef struct
{
  VantageChat chat;
  GPtrArray *chats;  /* ChatFacts, in the order of the file */
  guint n_chats;     /* met this time */
  gboolean naming;   /* the very first time: what chats there are; their messages are passed over */
  GHashTable *roots; /* channel id and message → local id of its thread's root */
  GHashTable *names; /* shown name → account key, "" for several */

  /* of the chat being read */
  VantageChatChannel *channel;
} VantageTelegram;

static void
chat_facts_free (gpointer data)
{
  ChatFacts *self = data;

  g_free (self->key);
  g_free (self->name);
  g_free (self->type);
  g_free (self);
}

/* ---- recognising ---- */

static gboolean
is_message (VantageNode *node)
{
  VantageNode *type = vantage_node_get (node, "type");

  return node != NULL && node->type == VANTAGE_NODE_OBJECT &&
         (vantage_node_is (type, "message") || vantage_node_is (type, "service")) &&
         vantage_node_get (node, "id") != NULL &&
         (vantage_node_get (node, "date") != NULL ||
          vantage_node_get (node, "date_unixtime") != NULL) &&
         (vantage_node_get (node, "from") != NULL || vantage_node_get (node, "from_id") != NULL ||
          vantage_node_get (node, "actor") != NULL || vantage_node_get (node, "action") != NULL ||
          vantage_node_get (node, "text") != NULL);
}

static gboolean
is_chat (VantageNode *node)
{
  VantageNode *messages = vantage_node_get_array (node, "messages");
  const char *type = vantage_chat_get_string (node, "type");

  if (messages == NULL || type == NULL)
    return FALSE;
  return strstr (type, "_chat") != NULL || strstr (type, "group") != NULL ||
         strstr (type, "channel") != NULL || g_str_equal (type, "saved_messages") ||
         is_message (vantage_node_first (messages));
}

static gboolean
is_all (VantageNode *node)
{
  VantageNode *list = vantage_node_get_array (vantage_node_get_object (node, "chats"), "list");

  if (list == NULL)
    list = vantage_node_get_array (vantage_node_get_object (node, "left_chats"), "list");
  return list != NULL && (vantage_node_first (list) == NULL || is_chat (vantage_node_first (list)));
}

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  int best = 0;

  for (guint i = 0; i < MIN (vantage_input_get_n_entries (input), 8) && best < 90; i++)
    {
      VantageNode *node = vantage_sniff_get_json (sniff, vantage_input_get_entry (input, i));

      if (node != NULL && node->type == VANTAGE_NODE_OBJECT && (is_chat (node) || is_all (node)))
        best = 98; /* its messages alone look like Slack's too */
    }
  return best;
}

static gboolean
is_update (VantageNode *node)
{
  return vantage_node_get (node, "update_id") != NULL ||
         (vantage_node_get (node, "message_id") != NULL &&
          vantage_node_get_object (node, "chat") != NULL);
}

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *json = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  VantageNode *list, *first;
  gsize length = 0;
  const char *head = entry != NULL ? vantage_sniff_get_head (sniff, entry, &length) : "";

  if (json != NULL && json->type >= VANTAGE_NODE_ARRAY)
    {
      list = json->type == VANTAGE_NODE_ARRAY ? json : vantage_node_get_array (json, "result");
      first = list != NULL ? vantage_node_first (list) : json;
      if ((list != NULL && first == NULL && vantage_node_get_true (json, "ok")) ||
          is_update (first) || is_update (vantage_node_get_object (first, "data")) ||
          (vantage_node_is (vantage_node_get (first, "backend_name"), "Telegram")))
        return g_strdup (
            "These are updates as Telegram sends them to bots, which are not the whole "
            "of a chat. In Telegram Desktop open the chat and choose Export chat "
            "history with the format “Machine-readable JSON”; import its result.json.");
    }
  if (g_strstr_len (head, (gssize) length, "class=\"page_wrap\"") != NULL &&
      g_strstr_len (head, (gssize) length, "page_header") != NULL)
    return g_strdup ("This is a chat that Telegram Desktop exported as web pages. Export it again "
                     "with the format “Machine-readable JSON” and import its result.json.");
  return NULL;
}

/* ---- people ---- */

/* "user123"; older exports have a bare number with the sort in its upper half. (transfer full)
 * (nullable) */
static char *
dup_account (VantageNode *message, const char *id_member, const char *name)
{
  static const char *const sorts[] = { "user", "chat", "channel" };
  VantageNode *node = vantage_node_get (message, id_member);
  const char *text = vantage_node_get_text (node);
  gint64 number;

  if (text == NULL || *text == '\0')
    return name != NULL ? g_strconcat ("name:", name, NULL) : NULL;
  if (node->type != VANTAGE_NODE_NUMBER)
    return g_strdup (text);
  number = vantage_node_get_int (message, id_member, 0);
  if (number <= 0)
    return NULL;
  return number >> 32 < 3 ? g_strdup_printf ("%s%" G_GINT64_FORMAT, sorts[number >> 32],
                                             number & G_GINT64_CONSTANT (0xffffffff))
                          : g_strdup_printf ("user%" G_GINT64_FORMAT, number);
}

static void
learn_person (VantageTelegram *self, const char *key, const char *name, gint64 us)
{
  const char *known;

  if (key == NULL)
    return;
  vantage_chat_learn_person (&self->chat, key, name, NULL, FALSE, us);
  if (name == NULL || !self->chat.learning)
    return;
  known = g_hash_table_lookup (self->names, name);
  if (known == NULL)
    g_hash_table_insert (self->names, g_strdup (name), g_strdup (key));
  else if (!g_str_equal (known, key))
    g_hash_table_insert (self->names, g_strdup (name), g_strdup (""));
}

/* The key of somebody who is only named; (transfer full). */
static char *
dup_named (VantageTelegram *self, const char *name)
{
  const char *key = g_hash_table_lookup (self->names, name);

  if (key != NULL && *key != '\0')
    return g_strdup (key);
  return g_strconcat ("name:", name, NULL);
}

/* ---- words ---- */

static void
append_piece (VantageTelegram *self, GString *out, VantageNode *piece, VantageItem *item)
{
  const char *text = piece->type == VANTAGE_NODE_OBJECT ? vantage_node_get_member (piece, "text")
                                                        : vantage_node_get_text (piece);
  const char *address = vantage_chat_get_string (piece, "href");

  if (text == NULL)
    return;
  if (vantage_node_is (vantage_node_get (piece, "type"), "mention_name") &&
      vantage_chat_get_text (piece, "user_id") != NULL)
    {
      g_autofree char *key = g_strdup_printf ("user%s", vantage_chat_get_text (piece, "user_id"));

      vantage_chat_add_mention (item, key);
      learn_person (self, key, *text == '@' ? text + 1 : text, VANTAGE_TIME_MIN);
      g_string_append_printf (out, "@%s", key);
      return;
    }
  g_string_append (out, text);
  if (address != NULL && strcmp (address, text) != 0)
    g_string_append_printf (out, " (%s)", address);
}

/* A text is a string, or strings and marked pieces in a list. (transfer full) */
static char *
dup_flat (VantageTelegram *self, VantageNode *message, VantageItem *item)
{
  VantageNode *text = vantage_node_get (message, "text");
  GString *out = g_string_new (NULL);

  if (text == NULL || (text->type == VANTAGE_NODE_STRING && text->length == 0))
    text = vantage_node_get_array (message, "text_entities");
  if (text != NULL && text->type == VANTAGE_NODE_ARRAY)
    for (VantageNode *at = vantage_node_first (text); at != NULL; at = vantage_node_next (text, at))
      append_piece (self, out, at, item);
  else if (text != NULL)
    append_piece (self, out, text, item);
  return g_string_free (out, FALSE);
}

static char *
dup_poll (VantageNode *poll)
{
  const char *question = vantage_chat_get_string (poll, "question");
  VantageNode *answers = vantage_node_get_array (poll, "answers");
  GString *out = g_string_new (question);

  for (VantageNode *at = answers != NULL ? vantage_node_first (answers) : NULL; at != NULL;
       at = vantage_node_next (answers, at))
    if (vantage_chat_get_string (at, "text") != NULL)
      g_string_append_printf (out, "%s- %s", out->len > 0 ? "\n" : "",
                              vantage_chat_get_string (at, "text"));
  return g_string_free (out, FALSE);
}

/* What a message without words shows. (transfer full) */
static char *
dup_shown (VantageNode *message)
{
  VantageNode *poll = vantage_node_get_object (message, "poll");
  VantageNode *place = vantage_node_get_object (message, "location_information");
  const char *sticker = vantage_chat_get_string (message, "sticker_emoji");

  if (poll != NULL)
    return dup_poll (poll);
  if (place != NULL && vantage_chat_get_text (place, "latitude") != NULL)
    return g_strdup_printf ("%s, %s", vantage_chat_get_text (place, "latitude"),
                            vantage_chat_get_text (place, "longitude") != NULL
                                ? vantage_chat_get_text (place, "longitude")
                                : "");
  return g_strdup (sticker != NULL ? sticker : "");
}

/* ---- what the service says ---- */

static const struct
{
  const char *action;
  VantageItemKind kind;
} actions[] = {
  { "invite_members", VANTAGE_ITEM_JOIN },
  { "join_group_by_link", VANTAGE_ITEM_JOIN },
  { "join_group_by_request", VANTAGE_ITEM_JOIN },
  { "remove_members", VANTAGE_ITEM_LEAVE },
  { "edit_group_title", VANTAGE_ITEM_TOPIC },
  { "topic_created", VANTAGE_ITEM_TOPIC },
  { "topic_edit", VANTAGE_ITEM_TOPIC },
  { "phone_call", VANTAGE_ITEM_CALL },
  { "group_call", VANTAGE_ITEM_CALL },
  { "group_call_scheduled", VANTAGE_ITEM_CALL },
  { "invite_to_group_call", VANTAGE_ITEM_CALL },
};

/* Who came or went, where the record names others than the one who did it. */
static void
take_members (VantageTelegram *self, VantageNode *message, VantageItem *item, GString *words)
{
  VantageNode *members = vantage_node_get_array (message, "members");
  guint n = 0;

  for (VantageNode *at = members != NULL ? vantage_node_first (members) : NULL; at != NULL;
       at = vantage_node_next (members, at))
    {
      const char *name = at->type == VANTAGE_NODE_STRING ? vantage_node_get_text (at) : NULL;
      g_autofree char *key = NULL;

      if (name == NULL || *name == '\0')
        continue;
      key = dup_named (self, name);
      n++;
      g_string_append_printf (words, "%s%s", n > 1 ? ", " : ": ", name);
      if (members->length > 1 || g_strcmp0 (key, item->account) == 0)
        {
          vantage_chat_add_mention (item, key);
          continue;
        }
      vantage_chat_learn_person (&self->chat, key, name, NULL, FALSE, VANTAGE_TIME_MIN);
      if (item->account != NULL)
        vantage_item_add_extra (item, "by", item->account);
      g_free (item->account);
      item->account = g_steal_pointer (&key);
    }
}

static void
take_service (VantageTelegram *self, VantageNode *message, VantageItem *item)
{
  const char *action = vantage_chat_get_string (message, "action");
  const char *title = vantage_chat_get_string (message, "title");
  const char *seconds = vantage_chat_get_text (message, "duration_seconds");
  g_autoptr (GString) words = g_string_new (action != NULL ? action : "");

  item->kind = VANTAGE_ITEM_OTHER;
  for (gsize i = 0; action != NULL && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].action, action))
      item->kind = actions[i].kind;
  for (char *at = words->str; *at != '\0'; at++)
    if (*at == '_')
      *at = ' ';
  if (action != NULL)
    vantage_item_add_extra (item, "subtype", action);
  if (title != NULL)
    g_string_append_printf (words, ": %s", title);
  if (seconds != NULL)
    g_string_append_printf (words, ", %s s", seconds);
  if (item->kind == VANTAGE_ITEM_JOIN || item->kind == VANTAGE_ITEM_LEAVE)
    take_members (self, message, item, words);
  if (*item->text == '\0')
    vantage_chat_take_text (item, g_strdup (words->str));
}

/* ---- what hangs on it ---- */

static const char *
get_file_name (const char *path)
{
  const char *slash = path != NULL ? strrchr (path, '/') : NULL;

  if (path == NULL || *path == '(')
    return NULL;
  return slash != NULL ? slash + 1 : path;
}

static void
take_files (VantageNode *message, VantageItem *item)
{
  const char *photo = vantage_chat_get_string (message, "photo");
  const char *file = vantage_chat_get_string (message, "file");
  const char *name = vantage_chat_get_string (message, "file_name");
  const char *type = vantage_chat_get_string (message, "mime_type");

  if (type == NULL)
    type = vantage_chat_get_string (message, "media_type");
  if (photo != NULL)
    vantage_item_add_attachment (item, get_file_name (photo), "image/jpeg", NULL,
                                 vantage_node_get_int (message, "photo_file_size", -1));
  if (file != NULL)
    vantage_item_add_attachment (item, name != NULL ? name : get_file_name (file), type, NULL,
                                 vantage_node_get_int (message, "file_size", -1));
}

static void
take_reactions (VantageNode *message, VantageItem *item)
{
  VantageNode *list = vantage_node_get_array (message, "reactions");

  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      const char *name = vantage_chat_get_string (at, "emoji");
      VantageNode *recent = vantage_node_get_array (at, "recent");
      g_autoptr (GPtrArray) by = g_ptr_array_new_with_free_func (g_free);
      gint64 count = vantage_node_get_int (at, "count", 0);

      if (name == NULL)
        name = vantage_chat_get_text (at, "document_id");
      for (VantageNode *who = recent != NULL ? vantage_node_first (recent) : NULL; who != NULL;
           who = vantage_node_next (recent, who))
        {
          char *key = dup_account (who, "from_id", vantage_chat_get_string (who, "from"));

          if (key != NULL)
            g_ptr_array_add (by, key);
        }
      count = CLAMP (count, (gint64) by->len, 1000000);
      g_ptr_array_add (by, NULL);
      if (name != NULL)
        vantage_item_add_reaction (item, name, (int) count, (const char *const *) by->pdata);
    }
}

/* ---- time ---- */

/* Whole seconds; 0 is none. */
static gboolean
parse_unix (VantageNode *message, const char *name, gint64 *out_us)
{
  gint64 seconds = vantage_node_get_int (message, name, 0);

  if (seconds <= 0 || seconds > VANTAGE_TIME_MAX / G_USEC_PER_SEC)
    return FALSE;
  *out_us = seconds * G_USEC_PER_SEC;
  return TRUE;
}

/* @name: "date" or "edited", of which newer exports also have the seconds since 1970. FALSE with
 * @error when all must stop; @out_ok FALSE: it has no time that can be read. */
static gboolean
set_time (VantageTelegram *self, VantageNode *message, const char *name, VantageItem *item,
          gboolean *out_ok, GError **error)
{
  g_autofree char *exact = g_strconcat (name, "_unixtime", NULL);
  const char *date = vantage_chat_get_string (message, name);
  VantageReading *reading = self->chat.reading;
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;

  *out_ok = TRUE;
  if (parse_unix (message, exact, &us))
    {
      vantage_reading_set_time (reading, item, vantage_node_get_member (message, exact), us,
                                VANTAGE_PRECISION_S);
      return TRUE;
    }
  *out_ok = date != NULL && vantage_time_parse (date, -1, &us, &precision, &has_zone) &&
            us > 2 * G_TIME_SPAN_DAY;
  if (!*out_ok)
    return TRUE;
  if (!has_zone)
    return vantage_reading_set_wall_time (reading, item, date, us, precision, error);
  vantage_reading_set_time (reading, item, date, us, precision);
  return TRUE;
}

static gboolean
set_edited (VantageTelegram *self, VantageNode *message, VantageItem *item, GError **error)
{
  g_autoptr (VantageItem) other = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  gboolean edited;

  if (!set_time (self, message, "edited", other, &edited, error))
    return FALSE;
  if (edited)
    item->edited_us = other->time_us;
  return TRUE;
}

/* ---- a message as an item ---- */

/* The thread is the first message of a chain of answers. */
static void
set_thread (VantageTelegram *self, VantageNode *message, VantageItem *item)
{
  const char *answered = vantage_chat_get_text (message, "reply_to_message_id");
  g_autofree char *key = NULL;
  const char *root;

  if (answered == NULL || vantage_node_get (message, "reply_to_peer_id") != NULL)
    return;
  item->reply_to = vantage_chat_dup_local (answered);
  key = g_strconcat (self->channel->id, ".", item->reply_to, NULL);
  root = g_hash_table_lookup (self->roots, key);
  item->thread = g_strdup (root != NULL ? root : item->reply_to);
  if (self->chat.learning)
    g_hash_table_insert (self->roots, g_strconcat (self->channel->id, ".", item->local, NULL),
                         g_strdup (item->thread));
}

static void
take_extras (VantageNode *message, VantageItem *item)
{
  static const char *const members[] = { "forwarded_from", "via_bot", "author" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (vantage_chat_get_string (message, members[i]) != NULL)
      vantage_item_add_extra (item, members[i], vantage_chat_get_string (message, members[i]));
}

static void
fill_item (VantageTelegram *self, VantageNode *message, gboolean service, VantageItem *item)
{
  const char *name = vantage_chat_get_string (message, service ? "actor" : "from");

  item->local = vantage_chat_dup_local (vantage_chat_get_text (message, "id"));
  item->account = dup_account (message, service ? "actor_id" : "from_id", name);
  learn_person (self, item->account, name, item->time_us);
  vantage_chat_take_text (item, dup_flat (self, message, item));
  if (service)
    take_service (self, message, item);
  else if (*item->text == '\0')
    vantage_chat_take_text (item, dup_shown (message));
  take_files (message, item);
  take_reactions (message, item);
  take_extras (message, item);
  set_thread (self, message, item);
}

static gboolean
take_message (VantageTelegram *self, VantageNode *message, GError **error)
{
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  VantageNode *type = vantage_node_get (message, "type");
  gboolean service = vantage_node_is (type, "service");
  gboolean timed;

  if ((!service && !vantage_node_is (type, "message")) ||
      vantage_chat_get_text (message, "id") == NULL)
    return vantage_chat_skip (&self->chat, "bad-record", error,
                              "a record that is no message, or one without an id");
  if (!set_time (self, message, "date", item, &timed, error) ||
      !set_edited (self, message, item, error))
    return FALSE;
  if (!timed)
    return vantage_chat_skip (&self->chat, "bad-time", error, "a message without a time");
  fill_item (self, message, service, item);
  return vantage_chat_take (&self->chat, self->channel, g_steal_pointer (&item), error);
}

/* ---- walking ---- */

static gboolean read_object (VantageTelegram *self, VantageTokens *tokens, GError **error);

static VantageChannelSort
get_sort (const ChatFacts *facts)
{
  static const char *const direct[] = { "personal_chat", "bot_chat",           "saved_messages",
                                        "replies",       "verification_codes", NULL };

  return facts->type != NULL && g_strv_contains (direct, facts->type) ? VANTAGE_CHANNEL_DIRECT
                                                                      : VANTAGE_CHANNEL_CHAT;
}

static void
begin_chat (VantageTelegram *self, const ChatFacts *facts)
{
  const char *key = facts->key != NULL ? facts->key : facts->name != NULL ? facts->name : "chat";

  self->channel = vantage_chat_get_channel (&self->chat, key, get_sort (facts));
  self->channel->channel->weak = facts->key == NULL;
  if (facts->name != NULL)
    vantage_chat_name_channel (self->channel, facts->name);
}

static gboolean
read_messages (VantageTelegram *self, VantageTokens *tokens, GError **error)
{
  vantage_tokens_next (tokens);
  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      VantageNode *message = vantage_tokens_read (tokens);

      if (message == NULL && vantage_tokens_get_error (tokens) != NULL)
        break;
      vantage_tokens_get_extent (tokens, &self->chat.offset, &self->chat.length);
      if (!(message != NULL ? take_message (self, message, error)
                            : vantage_chat_skip (&self->chat, "too-large", error,
                                                 "a message is too large to be read")))
        return FALSE;
    }
  if (vantage_tokens_peek (tokens) == VANTAGE_TOKEN_END_ARRAY)
    vantage_tokens_next (tokens);
  return TRUE;
}

static gboolean
read_chats (VantageTelegram *self, VantageTokens *tokens, GError **error)
{
  vantage_tokens_next (tokens);
  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    if (vantage_tokens_peek (tokens) != VANTAGE_TOKEN_BEGIN_OBJECT)
      vantage_tokens_skip (tokens);
    else if (!read_object (self, tokens, error))
      return FALSE;
  if (vantage_tokens_peek (tokens) == VANTAGE_TOKEN_END_ARRAY)
    vantage_tokens_next (tokens);
  return TRUE;
}

/* What a chat says of itself; FALSE when this is nothing of it. */
static gboolean
read_fact (VantageTokens *tokens, const char *name, ChatFacts *facts)
{
  char **out = strcmp (name, "name") == 0   ? &facts->name
               : strcmp (name, "type") == 0 ? &facts->type
               : strcmp (name, "id") == 0   ? &facts->key
                                            : NULL;

  if (out == NULL || vantage_tokens_peek (tokens) != VANTAGE_TOKEN_VALUE)
    return FALSE;
  g_free (*out);
  *out = g_strdup (vantage_node_get_text (vantage_tokens_read (tokens)));
  return TRUE;
}

/* An export, its lists of chats, or one chat: told apart by their members. */
static gboolean
read_object (VantageTelegram *self, VantageTokens *tokens, GError **error)
{
  ChatFacts *facts = NULL;
  guint index = self->n_chats++;

  if (self->naming)
    {
      facts = g_new0 (ChatFacts, 1);
      g_ptr_array_add (self->chats, facts);
    }
  vantage_tokens_next (tokens);
  while (vantage_tokens_next (tokens) == VANTAGE_TOKEN_KEY)
    {
      g_autofree char *key = g_strdup (vantage_tokens_get_key (tokens));
      VantageToken next = vantage_tokens_peek (tokens);
      gboolean ok = TRUE;

      if (next == VANTAGE_TOKEN_BEGIN_OBJECT &&
          (g_str_equal (key, "chats") || g_str_equal (key, "left_chats")))
        ok = read_object (self, tokens, error);
      else if (next == VANTAGE_TOKEN_BEGIN_ARRAY && g_str_equal (key, "list"))
        ok = read_chats (self, tokens, error);
      else if (next == VANTAGE_TOKEN_BEGIN_ARRAY && g_str_equal (key, "messages") &&
               !self->naming && index < self->chats->len)
        {
          begin_chat (self, self->chats->pdata[index]);
          /* what nobody asked for needs no zone either */
          if (vantage_reading_wants_channel (self->chat.reading, self->channel->channel))
            ok = read_messages (self, tokens, error);
          else
            ok = vantage_chat_tell_channel (&self->chat, self->channel, error) &&
                 (vantage_tokens_skip (tokens) || TRUE);
        }
      else if (facts == NULL || !read_fact (tokens, key, facts))
        vantage_tokens_skip (tokens);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* What is wrong with a file is told the last time. */
static gboolean
read_entries (VantageTelegram *self, GPtrArray *entries, GError **error)
{
  VantageReading *reading = self->chat.reading;
  gboolean tell = !self->naming && !self->chat.learning;

  self->n_chats = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      GError *failure = NULL;
      g_autoptr (VantageTokens) tokens =
          vantage_reading_open_tokens (reading, entries->pdata[i], &failure);

      self->chat.entry = entries->pdata[i];
      if (tokens == NULL)
        return vantage_reading_take_failure (reading, entries->pdata[i], failure, error);
      if ((vantage_tokens_peek (tokens) == VANTAGE_TOKEN_BEGIN_OBJECT &&
           !read_object (self, tokens, error)) ||
          (tell && !vantage_reading_close_tokens (reading, tokens, entries->pdata[i], error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageTelegram self = { .naming = TRUE };
  g_autoptr (GPtrArray) entries = NULL;
  gboolean ok;

  vantage_chat_init (&self.chat, reading);
  self.chats = g_ptr_array_new_with_free_func (chat_facts_free);
  self.roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  entries = vantage_chat_list_entries (&self.chat);
  ok = read_entries (&self, entries, error);
  self.naming = FALSE;
  ok = ok && read_entries (&self, entries, error);
  if (ok)
    vantage_chat_begin_keeping (&self.chat);
  ok = ok && read_entries (&self, entries, error) && vantage_chat_finish (&self.chat, error);
  g_ptr_array_unref (self.chats);
  g_hash_table_unref (self.roots);
  g_hash_table_unref (self.names);
  vantage_chat_clear (&self.chat);
  return ok;
}

const VantageReader vantage_telegram_reader = {
  .format = { "telegram", "Telegram Desktop export", "json zip" },
  .family = "telegram",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
