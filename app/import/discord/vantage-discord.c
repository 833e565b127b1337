/* vantage-discord.c: exports of DiscordChatExporter: a JSON file or a table for each channel and
 * each thread, or for parts of them. */

#include "vantage-discord-private.h"

#include <string.h>

/* ---- the head of a file ---- */

static void
head_clear (VantageDiscordHead *self)
{
  g_free (self->guild);
  g_free (self->id);
  g_free (self->name);
  g_free (self->type);
  g_free (self->topic);
  g_free (self->parent);
  g_free (self->parent_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageDiscordHead, head_clear)

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static void
read_channel (VantageDiscordHead *head, VantageNode *channel)
{
  set_text (&head->id, vantage_chat_get_text (channel, "id"));
  set_text (&head->name, vantage_chat_get_string (channel, "name"));
  set_text (&head->type, vantage_chat_get_text (channel, "type"));
  set_text (&head->topic, vantage_chat_get_string (channel, "topic"));
  /* Kinds 10 to 12 are threads; then what is called the category is the channel around it. */
  head->is_thread = head->type != NULL &&
                    (strstr (head->type, "Thread") != NULL || strcmp (head->type, "10") == 0 ||
                     strcmp (head->type, "11") == 0 || strcmp (head->type, "12") == 0);
  set_text (&head->parent, head->is_thread ? vantage_chat_get_text (channel, "categoryId") : NULL);
  set_text (&head->parent_name,
            head->is_thread ? vantage_chat_get_string (channel, "category") : NULL);
}

static void
read_guild (VantageDiscordHead *head, VantageNode *guild)
{
  const char *id = vantage_chat_get_text (guild, "id");

  set_text (&head->guild, g_strcmp0 (id, "0") == 0 ? NULL : id);
}

static gboolean
is_direct (const VantageDiscordHead *head)
{
  return head->type != NULL && (g_str_has_prefix (head->type, "Direct") ||
                                strcmp (head->type, "1") == 0 || strcmp (head->type, "3") == 0);
}

/* Where the items of a file go, once its head is read. */
static void
settle_head (VantageDiscord *self, VantageDiscordHead *head)
{
  const char *key = head->parent != NULL ? head->parent : head->id;
  g_autofree char *base = g_path_get_basename (self->chat.entry->path);

  head->channel =
      vantage_chat_get_channel (&self->chat, key != NULL ? key : base,
                                is_direct (head) ? VANTAGE_CHANNEL_DIRECT : VANTAGE_CHANNEL_CHAT);
  head->channel->channel->weak |= key == NULL;
  if (!self->chat.learning)
    return;
  if (head->parent != NULL)
    vantage_chat_name_channel_at (head->channel, head->parent_name, 0);
  else
    vantage_chat_name_channel (head->channel, head->name);
  if (head->parent == NULL && head->channel->channel->topic == NULL)
    head->channel->channel->topic = g_strdup (head->topic);
  if (head->is_thread && head->id != NULL)
    g_hash_table_add (self->threads, g_strdup (head->id));
  if (head->id != NULL && head->name != NULL)
    g_hash_table_insert (self->names, g_strdup (head->id), g_strdup (head->name));
}

/* ---- files ---- */

static gboolean
read_messages (VantageDiscord *self, VantageTokens *tokens, VantageDiscordHead *head, gint64 *out_n,
               GError **error)
{
  settle_head (self, head);
  vantage_tokens_next (tokens);
  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      VantageNode *message = vantage_tokens_read (tokens);
      gboolean ok;

      if (message == NULL && vantage_tokens_get_error (tokens) != NULL)
        return TRUE;
      vantage_tokens_get_extent (tokens, &self->chat.offset, &self->chat.length);
      (*out_n)++;
      ok = message != NULL
               ? vantage_discord_take_message (self, head, message, error)
               : vantage_chat_skip (&self->chat, "too-large", error, "a message is too large");
      if (!ok)
        return FALSE;
    }
  if (vantage_tokens_peek (tokens) == VANTAGE_TOKEN_END_ARRAY)
    vantage_tokens_next (tokens);
  return TRUE;
}

static gboolean
check_count (VantageDiscord *self, gint64 declared, gint64 n, GError **error)
{
  if (declared < 0 || declared == n)
    return TRUE;
  self->chat.offset = -1;
  if (n < declared)
    self->chat.reading->facts->complete = FALSE;
  return vantage_chat_note (&self->chat, "message-count", error,
                            "the file says that it has %" G_GINT64_FORMAT
                            " messages, and %" G_GINT64_FORMAT " are in it",
                            declared, n);
}

static gboolean
read_export (VantageDiscord *self, VantageTokens *tokens, GError **error)
{
  g_auto (VantageDiscordHead) head = { NULL };
  gint64 declared = -1, n = 0;

  vantage_tokens_next (tokens);
  while (vantage_tokens_next (tokens) == VANTAGE_TOKEN_KEY)
    {
      g_autofree char *key = g_strdup (vantage_tokens_get_key (tokens));
      VantageToken token = vantage_tokens_peek (tokens);
      VantageNode *node;

      if (g_str_equal (key, "messages") && token == VANTAGE_TOKEN_BEGIN_ARRAY)
        {
          if (!read_messages (self, tokens, &head, &n, error))
            return FALSE;
          continue;
        }
      if (token == VANTAGE_TOKEN_BEGIN_ARRAY)
        {
          vantage_tokens_skip (tokens);
          continue;
        }
      node = vantage_tokens_read (tokens);
      if (node == NULL)
        continue;
      if (g_str_equal (key, "guild"))
        read_guild (&head, node);
      else if (g_str_equal (key, "channel"))
        read_channel (&head, node);
      else if (g_str_equal (key, "messageCount") && node->type == VANTAGE_NODE_NUMBER)
        declared = g_ascii_strtoll (vantage_node_get_text (node), NULL, 10);
    }
  return check_count (self, declared, n, error);
}

/* Files joined to one, or put into a list, are read one after the other. */
static gboolean
read_json (VantageDiscord *self, const VantageEntry *entry, GError **error)
{
  GError *failure = NULL;
  g_autoptr (VantageTokens) tokens =
      vantage_reading_open_tokens (self->chat.reading, entry, &failure);

  self->chat.entry = entry;
  if (tokens == NULL && self->chat.learning)
    {
      g_error_free (failure);
      return vantage_reading_go_on (self->chat.reading, error);
    }
  if (tokens == NULL)
    return vantage_reading_take_failure (self->chat.reading, entry, failure, error);
  for (;;)
    {
      VantageToken token = vantage_tokens_peek (tokens);

      if (token <= VANTAGE_TOKEN_END)
        break;
      if (token == VANTAGE_TOKEN_BEGIN_OBJECT)
        {
          if (!read_export (self, tokens, error))
            return FALSE;
        }
      else if (token == VANTAGE_TOKEN_VALUE)
        vantage_tokens_skip (tokens);
      else
        vantage_tokens_next (tokens);
    }
  return self->chat.learning
             ? vantage_reading_go_on (self->chat.reading, error)
             : vantage_reading_close_tokens (self->chat.reading, tokens, entry, error);
}

static gboolean
read_entries (VantageDiscord *self, GPtrArray *files, GPtrArray *tables, GError **error)
{
  for (guint time = 0; time < 2; time++)
    {
      if (time == 1)
        vantage_chat_begin_keeping (&self->chat);
      for (guint i = 0; i < files->len; i++)
        if (!read_json (self, files->pdata[i], error))
          return FALSE;
      for (guint i = 0; i < tables->len; i++)
        if (!vantage_discord_read_table (self, tables->pdata[i], error))
          return FALSE;
    }
  return TRUE;
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* A thread has a file of its own, which may not have been exported. */
static gboolean
tell_missing_threads (VantageDiscord *self, GError **error)
{
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (self->announced), compare_text);

  for (GList *at = ids; at != NULL; at = at->next)
    {
      if (g_hash_table_contains (self->threads, at->data))
        continue;
      self->chat.reading->facts->complete = FALSE;
      if (!vantage_reading_note (self->chat.reading, "missing-thread", NULL, 0, -1, error,
                                 "the thread %s (“%.80s”) is not in this import: export it too",
                                 (char *) at->data,
                                 (char *) g_hash_table_lookup (self->announced, at->data)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_export (VantageNode *json)
{
  VantageNode *channel;

  if (json != NULL && json->type == VANTAGE_NODE_ARRAY)
    json = vantage_node_first (json);
  channel = vantage_node_get_object (json, "channel");
  return channel != NULL && vantage_node_get_object (json, "guild") != NULL &&
         vantage_node_get_text (vantage_node_get (channel, "id")) != NULL &&
         vantage_node_get (channel, "type") != NULL &&
         (vantage_node_get_array (json, "messages") != NULL ||
          vantage_node_get (json, "dateRange") != NULL);
}

/* Other JSON may lie beside exports. */
static gboolean
holds_export (VantageReading *reading, const VantageEntry *entry)
{
  g_autoptr (GBytes) bytes = vantage_input_peek (reading->input, entry);
  gsize size;
  const char *head = g_bytes_get_data (bytes, &size);
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (head != NULL ? head : "", size);

  return is_export (vantage_tokens_read_head (tokens));
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageDiscord self = { .roles = NULL };
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  gboolean ok;

  vantage_chat_init (&self.chat, reading);
  self.chat.rootless = TRUE;
  self.roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.threads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.announced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < vantage_input_get_n_entries (reading->input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);

      if (vantage_records_is_json (reading, entry) &&
          (vantage_input_get_n_entries (reading->input) == 1 || holds_export (reading, entry)))
        g_ptr_array_add (files, (gpointer) entry);
      else if (vantage_discord_is_table (reading, entry))
        g_ptr_array_add (tables, (gpointer) entry);
      else
        self.chat.n_alien++;
    }
  ok = read_entries (&self, files, tables, error) && tell_missing_threads (&self, error) &&
       vantage_chat_finish (&self.chat, error);
  g_hash_table_unref (self.roles);
  g_hash_table_unref (self.names);
  g_hash_table_unref (self.threads);
  g_hash_table_unref (self.announced);
  vantage_chat_clear (&self.chat);
  return ok;
}

/* ---- recognising ---- */

static gboolean
is_table (VantageSniff *sniff, const VantageEntry *entry)
{
  gsize length;
  const char *head = vantage_sniff_get_head (sniff, entry, &length);

  return length > 20 && vantage_discord_is_table_head (head, length, length < VANTAGE_INPUT_PEEK);
}

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n_looks = 0;

  for (guint i = 0; i < vantage_input_get_n_entries (input) && n_looks < 12; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      gboolean single = vantage_input_get_n_entries (input) == 1;

      if (!single && !g_str_has_suffix (entry->path, ".json") &&
          !g_str_has_suffix (entry->path, ".csv"))
        continue;
      n_looks++;
      if (is_export (vantage_sniff_get_json (sniff, entry)))
        return 95;
      if (is_table (sniff, entry))
        return 90;
    }
  return 0;
}

/* A message as Discord gives it to programs. */
static gboolean
is_raw (VantageNode *node)
{
  VantageNode *author = vantage_node_get_object (node, "author");

  return vantage_node_get (author, "username") != NULL &&
         vantage_node_get (node, "channel_id") != NULL &&
         vantage_node_get (node, "content") != NULL;
}

static gboolean
holds_raw (VantageNode *node, guint depth)
{
  if (node == NULL || node->type < VANTAGE_NODE_ARRAY || depth > 5)
    return FALSE;
  if (is_raw (node))
    return TRUE;
  for (VantageNode *at = vantage_node_first (node); at != NULL; at = vantage_node_next (node, at))
    {
      if (holds_raw (node->type == VANTAGE_NODE_OBJECT ? vantage_node_value (at) : at, depth + 1))
        return TRUE;
      if (node->type == VANTAGE_NODE_ARRAY)
        break;
    }
  return FALSE;
}

#define WAY_OUT "Export the channel with DiscordChatExporter as JSON instead."

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *json = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  VantageNode *first =
      json != NULL && json->type == VANTAGE_NODE_ARRAY ? vantage_node_first (json) : json;
  const char *head;
  gsize length;

  if (entry == NULL)
    return NULL;
  head = vantage_sniff_get_head (sniff, entry, &length);
  if (holds_raw (json, 0))
    return g_strdup ("These are messages as Discord gives them to programs, without the channel "
                     "around them. " WAY_OUT);
  if (vantage_node_get (first, "ID") != NULL && vantage_node_get (first, "Timestamp") != NULL &&
      vantage_node_get (first, "Contents") != NULL)
    return g_strdup ("This is from the data that Discord gives to one person on request: it has "
                     "that person's own messages only. " WAY_OUT);
  if (length > 200 && memcmp (head, "================", 16) == 0 &&
      g_strstr_len (head, 512, "Guild: ") != NULL && g_strstr_len (head, 512, "Channel: ") != NULL)
    return g_strdup (
        "This is an export of Discord as plain text, which loses ids and threads. " WAY_OUT);
  if (g_strstr_len (head, (gssize) length, "chatlog__") != NULL)
    return g_strdup ("This is an export of Discord as a web page. " WAY_OUT);
  return NULL;
}

const VantageReader vantage_discord_reader = {
  .format = { "discord", "Discord (DiscordChatExporter)", "json csv zip" },
  .family = "discord",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
