/* vantage-zulip-realm.c: the tables of an organisation: people, streams, whom a message went to,
 * and what hangs on messages. */

#include "vantage-zulip-private.h"

#include <string.h>

static void
recipient_free (gpointer data)
{
  VantageZulipRecipient *self = data;

  g_free (self->to);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_free (self);
}

static void
stream_free (gpointer data)
{
  VantageZulipStream *self = data;

  g_free (self->name);
  g_free (self->description);
  g_free (self);
}

static void
hanging_free (gpointer data)
{
  VantageZulipHanging *self = data;

  g_clear_pointer (&self->reactions, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self);
}

void
vantage_zulip_init (VantageZulip *self, VantageReading *reading)
{
  *self = (VantageZulip){ .recipients = NULL };
  vantage_chat_init (&self->chat, reading);
  self->recipients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, recipient_free);
  self->streams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stream_free);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->hanging = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, hanging_free);
  self->topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
vantage_zulip_clear (VantageZulip *self)
{
  g_hash_table_unref (self->recipients);
  g_hash_table_unref (self->streams);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->hanging);
  g_hash_table_unref (self->topics);
  vantage_chat_clear (&self->chat);
}

/* ---- rows ---- */

static void
set_text (char **field, const char *text)
{
  if (text != NULL && *field == NULL)
    *field = g_strdup (text);
}

void
vantage_zulip_learn_person (VantageZulip *self, VantageNode *person, gint64 time_us)
{
  const char *key = vantage_chat_get_text (person, "id");
  const char *name = vantage_chat_get_string (person, "full_name");
  const char *email = vantage_chat_get_string (person, "delivery_email");
  const char *known;
  VantageIdentity *identity;

  if (key == NULL)
    key = vantage_chat_get_text (person, "user_id");
  if (key == NULL || !self->chat.learning)
    return;
  if (email == NULL)
    email = vantage_chat_get_string (person, "email");
  vantage_chat_learn_person (&self->chat, key, name, NULL, vantage_node_get_true (person, "is_bot"),
                             time_us);
  identity = vantage_chat_get_person (&self->chat, key);
  set_text (&identity->email, email);
  set_text (&identity->zone, vantage_chat_get_string (person, "timezone"));
  if (name == NULL)
    return;
  known = g_hash_table_lookup (self->ids, name);
  if (known == NULL || strcmp (known, key) != 0)
    g_hash_table_insert (self->ids, g_strdup (name), g_strdup (known == NULL ? key : ""));
}

static void
learn_stream (VantageZulip *self, VantageNode *row)
{
  const char *id = vantage_chat_get_text (row, "id");
  VantageZulipStream *stream;

  if (id == NULL)
    return;
  stream = g_new0 (VantageZulipStream, 1);
  stream->name = g_strdup (vantage_chat_get_string (row, "name"));
  stream->description = g_strdup (vantage_chat_get_string (row, "description"));
  g_hash_table_insert (self->streams, g_strdup (id), stream);
}

static VantageZulipRecipient *
take_recipient (VantageZulip *self, const char *id)
{
  VantageZulipRecipient *recipient = g_hash_table_lookup (self->recipients, id);

  if (recipient == NULL)
    {
      recipient = g_new0 (VantageZulipRecipient, 1);
      g_hash_table_insert (self->recipients, g_strdup (id), recipient);
    }
  return recipient;
}

static void
learn_recipient (VantageZulip *self, VantageNode *row)
{
  const char *id = vantage_chat_get_text (row, "id");
  const char *to = vantage_chat_get_text (row, "type_id");
  gint64 sort = vantage_node_get_int (row, "type", 0);
  VantageZulipRecipient *recipient;

  if (id == NULL || to == NULL || sort < VANTAGE_ZULIP_PERSON || sort > VANTAGE_ZULIP_GROUP)
    return;
  recipient = take_recipient (self, id);
  recipient->sort = (VantageZulipSort) sort;
  g_free (recipient->to);
  recipient->to = g_strdup (to);
}

/* Who is in a group is known only by who listens to it. */
static void
learn_subscription (VantageZulip *self, VantageNode *row)
{
  const char *id = vantage_chat_get_text (row, "recipient");
  const char *key = vantage_chat_get_text (row, "user_profile");
  VantageZulipRecipient *recipient;

  if (id == NULL || key == NULL)
    return;
  recipient = take_recipient (self, id);
  if (recipient->members == NULL)
    recipient->members = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (recipient->members, g_strdup (key));
}

static VantageZulipHanging *
take_hanging (VantageZulip *self, const char *id)
{
  VantageZulipHanging *hanging = g_hash_table_lookup (self->hanging, id);

  if (hanging == NULL)
    {
      hanging = g_new0 (VantageZulipHanging, 1);
      g_hash_table_insert (self->hanging, g_strdup (id), hanging);
    }
  return hanging;
}

/* The same row in two tables is one. */
static void
add_once (GPtrArray **list, char *text)
{
  g_autofree char *owned = text;

  if (*list == NULL)
    *list = g_ptr_array_new_with_free_func (g_free);
  if (!g_ptr_array_find_with_equal_func (*list, owned, g_str_equal, NULL))
    g_ptr_array_add (*list, g_steal_pointer (&owned));
}

static void
learn_reaction (VantageZulip *self, VantageNode *row)
{
  const char *id = vantage_chat_get_text (row, "message");
  const char *key = vantage_chat_get_text (row, "user_profile");
  const char *name = vantage_chat_get_string (row, "emoji_name");

  if (id != NULL && name != NULL)
    add_once (&take_hanging (self, id)->reactions,
              g_strdup_printf ("%s\n%s", name, key != NULL ? key : ""));
}

static void
learn_file (VantageZulip *self, VantageNode *row)
{
  VantageNode *list = vantage_node_get_array (row, "messages");
  const char *path = vantage_chat_get_string (row, "path_id");
  const char *name = vantage_chat_get_string (row, "file_name");

  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      const char *id = vantage_node_get_text (at);

      if (id != NULL && (path != NULL || name != NULL))
        add_once (&take_hanging (self, id)->files,
                  g_strdup_printf ("%" G_GINT64_FORMAT "\n%s\n%s",
                                   vantage_node_get_int (row, "size", -1), path != NULL ? path : "",
                                   name != NULL ? name : ""));
    }
}

static void
learn_realm (VantageZulip *self, VantageNode *row)
{
  static const char *const names[] = { "string_id", "uuid", "domain" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *system = vantage_chat_get_string (row, names[i]);

      if (system == NULL)
        continue;
      vantage_chat_set_system (&self->chat, system);
      return;
    }
}

static void
learn_listed_person (VantageZulip *self, VantageNode *row)
{
  vantage_zulip_learn_person (self, row, VANTAGE_TIME_MAX);
}

static const struct
{
  const char *name;
  void (*learn) (VantageZulip *self, VantageNode *row);
} tables[] = {
  { "zerver_realm", learn_realm },
  { "zerver_userprofile", learn_listed_person },
  { "zerver_userprofile_crossrealm", learn_listed_person },
  { "zerver_userprofile_mirrordummy", learn_listed_person },
  { "zerver_stream", learn_stream },
  { "zerver_recipient", learn_recipient },
  { "zerver_subscription", learn_subscription },
  { "zerver_reaction", learn_reaction },
  { "zerver_attachment", learn_file },
};

gboolean
vantage_zulip_has_use (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (tables[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

void
vantage_zulip_learn_row (VantageZulip *self, const char *name, VantageNode *row)
{
  if (row->type != VANTAGE_NODE_OBJECT)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (tables[i].name, name) == 0)
      tables[i].learn (self, row);
}

/* ---- where a message went ---- */

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A conversation is of those in it, whoever of them wrote. @keys is sorted. */
static VantageChatChannel *
get_direct (VantageZulip *self, GPtrArray *keys)
{
  g_autofree char *joined = NULL;
  g_autofree char *key = NULL;
  VantageChatChannel *channel;

  g_ptr_array_sort (keys, compare_keys);
  g_ptr_array_add (keys, NULL);
  joined = g_strjoinv (",", (char **) keys->pdata);
  key = g_strconcat ("dm:", joined, NULL);
  channel = vantage_chat_get_channel (&self->chat, key, VANTAGE_CHANNEL_DIRECT);
  if (channel->channel->members == NULL)
    vantage_chat_set_members (channel, (const char *const *) keys->pdata);
  return channel;
}

static void
add_key (GPtrArray *keys, const char *key)
{
  if (key != NULL && !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_ptr_array_add (keys, (gpointer) key);
}

static VantageChatChannel *
get_stream (VantageZulip *self, const char *id, const char *name)
{
  VantageZulipStream *stream = g_hash_table_lookup (self->streams, id);
  VantageChatChannel *channel = vantage_chat_get_channel (&self->chat, id, VANTAGE_CHANNEL_CHAT);

  if (!self->chat.learning)
    return channel;
  vantage_chat_name_channel (channel, stream != NULL ? stream->name : name);
  if (stream != NULL)
    set_text (&channel->channel->purpose, stream->description);
  channel->channel->weak = *self->chat.system == '\0';
  return channel;
}

/* A list from the interface says itself whom a message went to. NULL when it does not. */
static VantageChatChannel *
find_displayed (VantageZulip *self, VantageNode *message)
{
  VantageNode *to = vantage_node_get (message, "display_recipient");
  const char *id = vantage_chat_get_text (message, "stream_id");
  const char *name =
      to != NULL && to->type == VANTAGE_NODE_STRING ? vantage_node_get_text (to) : NULL;
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  if (id != NULL || name != NULL)
    return get_stream (self, id != NULL ? id : name, name);
  for (VantageNode *at = to != NULL ? vantage_node_first (to) : NULL; at != NULL;
       at = vantage_node_next (to, at))
    {
      if (at->type != VANTAGE_NODE_OBJECT)
        continue;
      vantage_zulip_learn_person (self, at, VANTAGE_TIME_NONE);
      add_key (keys, vantage_chat_get_text (at, "id"));
    }
  return keys->len > 0 ? get_direct (self, keys) : NULL;
}

VantageChatChannel *
vantage_zulip_find_channel (VantageZulip *self, VantageNode *message)
{
  const char *id = vantage_chat_get_text (message, "recipient");
  VantageZulipRecipient *to = id != NULL ? g_hash_table_lookup (self->recipients, id) : NULL;
  VantageChatChannel *channel = find_displayed (self, message);
  VantageNode *streamed = vantage_node_get (message, "is_channel_message");
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autofree char *key = NULL;

  if (channel != NULL)
    return channel;
  if (to != NULL && to->to != NULL && to->sort == VANTAGE_ZULIP_STREAM)
    return get_stream (self, to->to, NULL);
  if (to != NULL && to->to != NULL && to->sort == VANTAGE_ZULIP_PERSON)
    {
      add_key (keys, to->to);
      add_key (keys, vantage_chat_get_text (message, "sender"));
      return get_direct (self, keys);
    }
  if (to != NULL && to->to != NULL && to->members != NULL)
    {
      for (guint i = 0; i < to->members->len; i++)
        add_key (keys, to->members->pdata[i]);
      return get_direct (self, keys);
    }
  /* Nothing tells where it was said: the table of recipients is not here. */
  self->unplaced = TRUE;
  key = g_strdup_printf ("recipient %s", id != NULL ? id : "unknown");
  channel =
      vantage_chat_get_channel (&self->chat, key,
                                (to != NULL && to->sort == VANTAGE_ZULIP_GROUP) ||
                                        (streamed != NULL && streamed->type == VANTAGE_NODE_FALSE)
                                    ? VANTAGE_CHANNEL_DIRECT
                                    : VANTAGE_CHANNEL_CHAT);
  channel->channel->weak = TRUE;
  return channel;
}
