/* vantage-discord-message.c: one message of Discord as an item. */

#include "vantage-discord-private.h"

#include <string.h>

#define SNOWFLAKE_EPOCH_MS G_GINT64_CONSTANT (1420070400000)

gboolean
vantage_discord_parse_snowflake (const char *id, gint64 *out_us)
{
  guint64 value;

  if (id == NULL || strlen (id) < 15 ||
      !g_ascii_string_to_unsigned (id, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;
  *out_us = ((gint64) (value >> 22) + SNOWFLAKE_EPOCH_MS) * 1000;
  return TRUE;
}

/* ---- what a message is ---- */

/* The exporter has names for a few kinds and writes the others as numbers. */
static const struct
{
  const char *name, *number;
  VantageItemKind kind;
} kinds[] = {
  { "Default", "0", VANTAGE_ITEM_MESSAGE },
  { "RecipientAdd", "1", VANTAGE_ITEM_JOIN },
  { "RecipientRemove", "2", VANTAGE_ITEM_LEAVE },
  { "Call", "3", VANTAGE_ITEM_CALL },
  { "ChannelNameChange", "4", VANTAGE_ITEM_TOPIC },
  { "ChannelIconChange", "5", VANTAGE_ITEM_OTHER },
  { "ChannelPinnedMessage", "6", VANTAGE_ITEM_OTHER },
  { "GuildMemberJoin", "7", VANTAGE_ITEM_JOIN },
  { "ThreadCreated", "18", VANTAGE_ITEM_OTHER },
  { "Reply", "19", VANTAGE_ITEM_MESSAGE },
  { "ApplicationCommand", "20", VANTAGE_ITEM_MESSAGE },
  { "ThreadStarterMessage", "21", VANTAGE_ITEM_OTHER },
  { "ContextMenuCommand", "23", VANTAGE_ITEM_MESSAGE },
};

static gboolean
is_kind (const char *type, const char *number)
{
  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].number, number))
      return g_str_equal (type, number) || g_str_equal (type, kinds[i].name);
  return FALSE;
}

static VantageItemKind
find_kind (const char *type)
{
  if (type == NULL)
    return VANTAGE_ITEM_MESSAGE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, type) || g_str_equal (kinds[i].number, type))
      return kinds[i].kind;
  return VANTAGE_ITEM_OTHER;
}

/* ---- who ---- */

/* All deleted accounts share one id; whoever wrote is not known. */
static gboolean
is_nobody (VantageNode *author, const char *key)
{
  const char *discriminator = vantage_chat_get_text (author, "discriminator");

  return strcmp (key, "456226577798135808") == 0 ||
         (g_strcmp0 (vantage_chat_get_string (author, "name"), "Deleted User") == 0 &&
          g_strcmp0 (discriminator, "0000") == 0);
}

static void
learn_roles (VantageDiscord *self, VantageNode *author)
{
  VantageNode *roles = vantage_node_get_array (author, "roles");

  for (VantageNode *at = roles != NULL ? vantage_node_first (roles) : NULL; at != NULL;
       at = vantage_node_next (roles, at))
    {
      const char *id = vantage_chat_get_text (at, "id");
      const char *name = vantage_chat_get_string (at, "name");

      if (id != NULL && name != NULL && !g_hash_table_contains (self->roles, id))
        g_hash_table_insert (self->roles, g_strdup (id), g_strdup (name));
    }
}

/* Key of somebody, whose facts are learnt; NULL for nobody. Lent. */
static const char *
take_person (VantageDiscord *self, VantageNode *person, gint64 time_us)
{
  const char *key = vantage_chat_get_text (person, "id");
  const char *name = vantage_chat_get_string (person, "nickname");
  const char *handle = vantage_chat_get_string (person, "name");

  if (key == NULL || is_nobody (person, key))
    return NULL;
  if (self->chat.learning)
    learn_roles (self, person);
  vantage_chat_learn_person (&self->chat, key, name != NULL ? name : handle, handle,
                             vantage_node_get_true (person, "isBot"), time_us);
  return key;
}

/* ---- what hangs on it ---- */

static void
take_reactions (VantageDiscord *self, VantageNode *list, VantageItem *item)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      VantageNode *emoji = vantage_node_get_object (at, "emoji");
      VantageNode *users = vantage_node_get_array (at, "users");
      const char *name = vantage_chat_get_string (emoji, "name");
      g_autoptr (GPtrArray) keys = g_ptr_array_new ();
      gint64 count;

      if (name == NULL)
        name = vantage_chat_get_string (emoji, "code");
      if (name == NULL)
        continue;
      for (VantageNode *user = users != NULL ? vantage_node_first (users) : NULL; user != NULL;
           user = vantage_node_next (users, user))
        {
          const char *key = take_person (self, user, item->time_us);

          if (key != NULL)
            g_ptr_array_add (keys, (gpointer) key);
        }
      count = vantage_node_get_int (at, "count", keys->len);
      count = CLAMP (count, (gint64) keys->len, G_MAXINT);
      g_ptr_array_add (keys, NULL);
      if (count > 0)
        vantage_item_add_reaction (item, name, (int) count, (const char *const *) keys->pdata);
    }
}

static void
take_attachments (VantageNode *list, VantageItem *item)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      g_autofree char *url = vantage_chat_dup_url (vantage_chat_get_string (at, "url"));

      if (at->type == VANTAGE_NODE_OBJECT)
        vantage_item_add_attachment (item, vantage_chat_get_string (at, "fileName"), NULL, url,
                                     vantage_node_get_int (at, "fileSizeBytes", -1));
    }
}

static void
take_mentions (VantageDiscord *self, VantageNode *list, VantageItem *item)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    vantage_chat_add_mention (item, take_person (self, at, item->time_us));
}

/* ---- threads ---- */

static void
take_reference (VantageDiscord *self, const VantageDiscordHead *head, VantageNode *message,
                const char *type, VantageItem *item)
{
  VantageNode *reference = vantage_node_get_object (message, "reference");
  const char *to = vantage_chat_get_text (reference, "messageId");
  const char *where = vantage_chat_get_text (reference, "channelId");
  gboolean forward = vantage_node_is (vantage_node_get (reference, "type"), "Forward");

  if (is_kind (type, "18") && where != NULL && g_strcmp0 (where, head->id) != 0)
    {
      item->thread = vantage_chat_dup_local (where);
      vantage_item_add_extra (item, "thread", where);
      if (self->chat.learning)
        g_hash_table_insert (self->announced, g_strdup (where), g_strdup (item->text));
      return;
    }
  if (forward || to == NULL || (item->kind != VANTAGE_ITEM_MESSAGE && !is_kind (type, "21")))
    return;
  if (where == NULL || g_strcmp0 (where, head->id) == 0 || g_strcmp0 (where, head->parent) == 0)
    item->reply_to = vantage_chat_dup_local (to);
}

/* ---- times ---- */

/* FALSE with @error unset: there is no time. */
static gboolean
set_time (VantageDiscord *self, VantageNode *message, VantageItem *item, GError **error)
{
  const char *raw = vantage_chat_get_string (message, "timestamp");
  const char *id = vantage_chat_get_text (message, "id");
  VantagePrecision precision = VANTAGE_PRECISION_MS;
  gboolean has_zone = FALSE, parsed;
  gint64 us, native;

  parsed = raw != NULL && vantage_time_parse (raw, -1, &us, &precision, &has_zone);
  if ((!parsed || !has_zone) && vantage_discord_parse_snowflake (id, &native))
    {
      us = native;
      raw = parsed ? raw : id;
      precision = VANTAGE_PRECISION_MS;
      parsed = has_zone = TRUE;
    }
  if (!parsed)
    return FALSE;
  if (!has_zone)
    return vantage_reading_set_wall_time (self->chat.reading, item, raw, us, precision, error);
  vantage_reading_set_time (self->chat.reading, item, raw, us, precision);
  return TRUE;
}

/* ---- the whole ---- */

static void
take_extras (VantageNode *message, const char *type, VantageItem *item)
{
  VantageNode *interaction = vantage_node_get_object (message, "interaction");
  const char *command = vantage_chat_get_string (interaction, "name");
  const char *ended = vantage_chat_get_string (message, "callEndedTimestamp");
  const char *author =
      vantage_chat_get_string (vantage_node_get_object (message, "author"), "name");
  const char *edited = vantage_chat_get_string (message, "timestampEdited");

  if (command != NULL)
    vantage_item_add_extra (item, "command", command);
  if (ended != NULL)
    vantage_item_add_extra (item, "ended", ended);
  if (item->account == NULL && author != NULL)
    vantage_item_add_extra (item, "author", author);
  if (item->kind == VANTAGE_ITEM_OTHER && type != NULL)
    vantage_item_add_extra (item, "subtype", type);
  if (edited != NULL)
    vantage_time_parse (edited, -1, &item->edited_us, NULL, NULL);
}

static VantageItem *
make_item (VantageDiscord *self, const VantageDiscordHead *head, VantageNode *message,
           GError **error)
{
  const char *type = vantage_chat_get_text (message, "type");
  VantageNode *forwarded = vantage_node_get_object (message, "forwardedMessage");
  g_autoptr (VantageItem) item = vantage_item_new (find_kind (type));

  if (!set_time (self, message, item, error))
    return NULL;
  item->account =
      g_strdup (take_person (self, vantage_node_get_object (message, "author"), item->time_us));
  take_mentions (self, vantage_node_get_array (message, "mentions"), item);
  vantage_chat_take_text (item, vantage_discord_dup_text (self, message, item));
  take_reactions (self, vantage_node_get_array (message, "reactions"), item);
  take_attachments (vantage_node_get_array (message, "attachments"), item);
  take_attachments (vantage_node_get_array (forwarded, "attachments"), item);
  take_extras (message, type, item);
  take_reference (self, head, message, type, item);
  return g_steal_pointer (&item);
}

gboolean
vantage_discord_take_message (VantageDiscord *self, const VantageDiscordHead *head,
                              VantageNode *message, GError **error)
{
  const char *id = vantage_chat_get_text (message, "id");
  g_autoptr (VantageItem) item = NULL;
  GError *failure = NULL;

  if (message->type != VANTAGE_NODE_OBJECT ||
      (id == NULL && vantage_node_get (message, "timestamp") == NULL))
    return vantage_chat_skip (&self->chat, "bad-record", error,
                              "something that is no message stands among the messages");
  item = make_item (self, head, message, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (item == NULL)
    return vantage_chat_skip (
        &self->chat, vantage_node_get (message, "timestamp") == NULL ? "no-time" : "bad-time",
        error, "a message whose time (`timestamp`) cannot be read");
  if (head->is_thread)
    {
      g_free (item->thread);
      item->thread = vantage_chat_dup_local (head->id);
    }
  item->local = vantage_chat_dup_local (id);
  if (item->local == NULL)
    vantage_chat_set_content_local (&self->chat, head->channel, item);
  else if (head->id != NULL)
    item->url = g_strdup_printf ("https://discord.com/channels/%s/%s/%s",
                                 head->guild != NULL ? head->guild : "@me", head->id, id);
  return vantage_chat_take (&self->chat, head->channel, g_steal_pointer (&item), error);
}
