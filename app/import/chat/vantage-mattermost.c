/* vantage-mattermost.c: Mattermost's bulk export, pages of posts as the interface gives them, and
 * posts that a collector has wrapped. */

#include "vantage-mattermost-private.h"

#include <string.h>

/* ---- what an object is ---- */

typedef enum
{
  SORT_NOTHING,
  SORT_LINE, /* of a bulk export: its type, and a member of that name */
  SORT_PAGE, /* `order` and `posts` */
  SORT_POST,
  SORT_USER,
  SORT_CHANNEL,
} Sort;

static const char *const line_types[] = {
  "version", "role", "scheme", "emoji",          "team",        "channel",
  "user",    "bot",  "post",   "direct_channel", "direct_post", NULL,
};

static gboolean
is_line (VantageNode *node)
{
  const char *type = vantage_chat_get_string (node, "type");

  if (type == NULL || !g_strv_contains (line_types, type))
    return FALSE;
  if (g_str_equal (type, "version"))
    return vantage_node_get (node, "version") != NULL && vantage_node_get (node, "id") == NULL;
  return vantage_node_get_object (node, type) != NULL;
}

static gboolean
is_post (VantageNode *node)
{
  return vantage_node_get (node, "create_at") != NULL &&
         vantage_node_get (node, "channel_id") != NULL && vantage_node_get (node, "id") != NULL &&
         (vantage_node_get (node, "message") != NULL ||
          vantage_node_get (node, "user_id") != NULL) &&
         (vantage_node_get (node, "root_id") != NULL ||
          vantage_node_get (node, "edit_at") != NULL ||
          vantage_node_get (node, "update_at") != NULL);
}

static gboolean
is_user (VantageNode *node)
{
  return vantage_chat_get_string (node, "username") != NULL &&
         vantage_chat_get_string (node, "id") != NULL &&
         (vantage_node_get (node, "nickname") != NULL || vantage_node_get (node, "roles") != NULL ||
          vantage_node_get (node, "first_name") != NULL) &&
         (vantage_node_get (node, "create_at") != NULL ||
          vantage_node_get (node, "auth_service") != NULL ||
          vantage_node_get (node, "delete_at") != NULL);
}

static gboolean
is_channel (VantageNode *node)
{
  return vantage_chat_get_string (node, "id") != NULL &&
         vantage_node_get (node, "display_name") != NULL &&
         vantage_node_get (node, "type") != NULL && vantage_node_get (node, "team_id") != NULL &&
         vantage_node_get (node, "create_at") != NULL;
}

static Sort
classify (VantageNode *node)
{
  VantageNode *posts = vantage_node_get (node, "posts");

  if (node->type != VANTAGE_NODE_OBJECT)
    return SORT_NOTHING;
  if (is_line (node))
    return SORT_LINE;
  if (vantage_node_get_array (node, "order") != NULL && posts != NULL &&
      posts->type >= VANTAGE_NODE_ARRAY)
    return SORT_PAGE;
  if (is_post (node))
    return SORT_POST;
  if (is_user (node))
    return SORT_USER;
  return is_channel (node) ? SORT_CHANNEL : SORT_NOTHING;
}

static gboolean
is_record (VantageNode *node)
{
  return classify (node) != SORT_NOTHING;
}

/* ---- people ---- */

static char *
dup_full_name (VantageNode *user)
{
  const char *nickname = vantage_chat_get_string (user, "nickname");
  const char *first = vantage_chat_get_string (user, "first_name");
  const char *last = vantage_chat_get_string (user, "last_name");

  if (nickname != NULL)
    return g_strdup (nickname);
  if (first != NULL && last != NULL)
    return g_strdup_printf ("%s %s", first, last);
  if (first == NULL && last == NULL)
    return g_strdup (vantage_chat_get_string (user, "display_name"));
  return g_strdup (first != NULL ? first : last);
}

static void
set_text (char **field, const char *text)
{
  if (text == NULL || *field != NULL)
    return;
  *field = g_strdup (text);
}

static const char *
get_zone (VantageNode *user)
{
  VantageNode *zone = vantage_node_get_object (user, "timezone");
  const char *chosen = vantage_chat_get_string (zone, "manualTimezone");
  const char *automatic = vantage_chat_get_string (zone, "automaticTimezone");

  if (vantage_node_is (vantage_node_get (zone, "useAutomaticTimezone"), "false") && chosen != NULL)
    return chosen;
  return automatic != NULL ? automatic : chosen;
}

/* @key is the id in the interface, the username in an export. */
static void
learn_user (VantageMattermost *self, VantageNode *user, const char *key, gboolean bot)
{
  const char *username = vantage_chat_get_string (user, "username");
  g_autofree char *name = dup_full_name (user);
  VantageIdentity *identity;

  if (!self->chat.learning || key == NULL || *key == '\0')
    return;
  vantage_chat_learn_person (&self->chat, key, name, username,
                             bot || vantage_node_get_true (user, "is_bot"), VANTAGE_TIME_MAX);
  identity = vantage_chat_get_person (&self->chat, key);
  set_text (&identity->email, vantage_chat_get_string (user, "email"));
  set_text (&identity->title, vantage_chat_get_string (user, "position"));
  set_text (&identity->zone, get_zone (user));
  if (username != NULL && !g_str_equal (username, key))
    g_hash_table_insert (self->accounts, g_strdup (username), g_strdup (key));
}

/* ---- channels ---- */

static VantageChannelSort
get_sort (VantageNode *channel)
{
  VantageNode *type = vantage_node_get (channel, "type");

  return vantage_node_is (type, "D") || vantage_node_is (type, "G") ? VANTAGE_CHANNEL_DIRECT
                                                                    : VANTAGE_CHANNEL_CHAT;
}

static void
learn_channel (VantageMattermost *self, VantageChatChannel *known, VantageNode *channel)
{
  const char *shown = vantage_chat_get_string (channel, "display_name");

  if (channel == NULL || !self->chat.learning)
    return;
  vantage_chat_name_channel (known,
                             shown != NULL ? shown : vantage_chat_get_string (channel, "name"));
  set_text (&known->channel->topic, vantage_chat_get_string (channel, "header"));
  set_text (&known->channel->purpose, vantage_chat_get_string (channel, "purpose"));
  if (get_sort (channel) == VANTAGE_CHANNEL_DIRECT)
    known->channel->sort = VANTAGE_CHANNEL_DIRECT;
}

/* A channel of an export is known by the names of its team and itself only. */
static VantageChatChannel *
get_named_channel (VantageMattermost *self, const char *team, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", team != NULL ? team : "", name);
  VantageChatChannel *known = vantage_chat_get_channel (&self->chat, key, VANTAGE_CHANNEL_CHAT);

  known->channel->weak = TRUE;
  if (g_str_equal (known->channel->name, known->channel->key))
    vantage_chat_name_channel (known, name);
  return known;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Conversations of the same people are one. NULL when nobody is named. */
static VantageChatChannel *
get_direct_channel (VantageMattermost *self, VantageNode *record)
{
  static const char *const lists[] = { "channel_members", "members", "participants" };
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  VantageChatChannel *known;

  for (guint i = 0; i < G_N_ELEMENTS (lists) && keys->len == 0; i++)
    {
      VantageNode *list = vantage_node_get_array (record, lists[i]);

      for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
           at = vantage_node_next (list, at))
        {
          const char *key = at->type == VANTAGE_NODE_OBJECT
                                ? vantage_chat_get_string (at, "username")
                                : vantage_node_get_text (at);

          if (key != NULL && *key != '\0' &&
              !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
            g_ptr_array_add (keys, (gpointer) key);
        }
    }
  if (keys->len == 0)
    return NULL;
  g_ptr_array_sort (keys, compare_keys);
  g_ptr_array_add (keys, NULL);
  joined = g_strjoinv (",", (char **) keys->pdata);
  known = vantage_chat_get_channel (&self->chat, joined, VANTAGE_CHANNEL_DIRECT);
  known->channel->weak = TRUE;
  if (known->channel->members == NULL)
    vantage_chat_set_members (known, (const char *const *) keys->pdata);
  return known;
}

/* ---- lines of an export ---- */

static gboolean
take_exported_post (VantageMattermost *self, VantageNode *post, GError **error)
{
  const char *name = vantage_chat_get_string (post, "channel");

  if (name == NULL)
    return vantage_chat_skip (&self->chat, "bad-record", error, "a post that names no channel");
  return vantage_mattermost_take_post (
      self, post, get_named_channel (self, vantage_chat_get_string (post, "team"), name), NULL,
      error);
}

static gboolean
take_direct_post (VantageMattermost *self, VantageNode *post, GError **error)
{
  VantageChatChannel *channel = get_direct_channel (self, post);

  if (channel == NULL)
    return vantage_chat_skip (&self->chat, "bad-record", error,
                              "a direct post that names nobody it was for");
  return vantage_mattermost_take_post (self, post, channel, NULL, error);
}

static gboolean
take_line (VantageMattermost *self, VantageNode *line, GError **error)
{
  const char *type = vantage_chat_get_string (line, "type");
  VantageNode *inner = vantage_node_get_object (line, type);
  const char *name = vantage_chat_get_string (inner, "name");

  if (g_str_equal (type, "post"))
    return take_exported_post (self, inner, error);
  if (g_str_equal (type, "direct_post"))
    return take_direct_post (self, inner, error);
  if (g_str_equal (type, "user") || g_str_equal (type, "bot"))
    learn_user (self, inner, vantage_chat_get_string (inner, "username"),
                g_str_equal (type, "bot"));
  else if (g_str_equal (type, "channel") && name != NULL)
    learn_channel (self, get_named_channel (self, vantage_chat_get_string (inner, "team"), name),
                   inner);
  return TRUE;
}

/* ---- the interface ---- */

static gboolean
take_native_post (VantageMattermost *self, VantageNode *post, GError **error)
{
  const char *key = vantage_chat_get_text (post, "channel_id");
  VantageNode *facts = vantage_node_get_object (post, "channel_data");
  VantageNode *user = vantage_node_get_object (post, "user_data");
  const char *id = vantage_chat_get_string (post, "id");
  VantageChatChannel *channel;

  if (key == NULL || id == NULL)
    return vantage_chat_skip (&self->chat, "bad-record", error,
                              "a post without an id of its own or of its channel");
  channel = vantage_chat_get_channel (&self->chat, key, VANTAGE_CHANNEL_CHAT);
  learn_channel (self, channel, facts);
  if (user != NULL)
    learn_user (self, user, vantage_chat_get_text (post, "user_id"), FALSE);
  if (!self->chat.learning)
    g_hash_table_remove (self->awaited, id);
  return vantage_mattermost_take_post (self, post, channel, NULL, error);
}

static gboolean
take_page (VantageMattermost *self, VantageNode *page, GError **error)
{
  static const char *const neighbours[] = { "next_post_id", "prev_post_id" };
  VantageNode *posts = vantage_node_get (page, "posts");

  for (guint i = 0; i < G_N_ELEMENTS (neighbours); i++)
    {
      const char *id = vantage_chat_get_string (page, neighbours[i]);

      if (id != NULL && self->chat.learning)
        g_hash_table_add (self->awaited, g_strdup (id));
    }
  if (vantage_node_get_true (page, "has_next") && self->chat.learning)
    g_hash_table_add (self->awaited, g_strdup (""));
  for (VantageNode *at = vantage_node_first (posts); at != NULL; at = vantage_node_next (posts, at))
    {
      VantageNode *post = posts->type == VANTAGE_NODE_OBJECT ? vantage_node_value (at) : at;
      gboolean ok =
          post->type == VANTAGE_NODE_OBJECT
              ? take_native_post (self, post, error)
              : vantage_chat_skip (&self->chat, "bad-record", error, "a post is no JSON object");

      if (!ok)
        return FALSE;
    }
  return TRUE;
}

/* The address of the server in what a collector says of where a post came from. (transfer full)
 * (nullable) */
static char *
dup_server (VantageNode *outer)
{
  const char *origin = outer != NULL && vantage_node_get (outer, "backend_name") != NULL
                           ? vantage_chat_get_string (outer, "origin")
                           : NULL;
  const char *host = origin != NULL ? strstr (origin, "://") : NULL;
  const char *end = host != NULL ? strrchr (host + 3, '/') : NULL;

  return end != NULL ? g_strndup (origin, (gsize) (end - origin)) : NULL;
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageMattermost *self = user_data;
  g_autofree char *server = dup_server (place->outer);
  gboolean ok = TRUE;

  vantage_chat_set_place (&self->chat, place);
  self->server = server;
  switch (classify (record))
    {
    case SORT_LINE:
      ok = take_line (self, record, error);
      break;
    case SORT_PAGE:
      ok = take_page (self, record, error);
      break;
    case SORT_POST:
      ok = take_native_post (self, record, error);
      break;
    case SORT_USER:
      learn_user (self, record, vantage_chat_get_string (record, "id"), FALSE);
      break;
    case SORT_CHANNEL:
      learn_channel (self,
                     vantage_chat_get_channel (&self->chat, vantage_chat_get_string (record, "id"),
                                               get_sort (record)),
                     record);
      break;
    default:
      break;
    }
  self->server = NULL;
  return ok;
}

static const char *const ways[] = { "channels", "users", NULL };
static const VantageRecordShape shape = { is_record, ways, take, FALSE };

/* ---- recognising ---- */

static gboolean
is_telling (VantageNode *node)
{
  Sort sort = classify (node);

  return sort == SORT_LINE || sort == SORT_PAGE || sort == SORT_POST;
}

static const VantageRecordShape telling = { is_telling, ways, take, FALSE };

static int
score (VantageSniff *sniff)
{
  VantageNode *node = vantage_chat_sniff (sniff, &telling);

  if (node == NULL)
    return 0;
  switch (classify (node))
    {
    case SORT_LINE:
      return vantage_node_is (vantage_node_get (node, "type"), "version") ? 95 : 85;
    case SORT_PAGE:
      return 90;
    default:
      return 85;
    }
}

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *json = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  VantageNode *found = vantage_chat_sniff (sniff, &shape);
  const char *id = vantage_chat_get_string (json, "id");

  if (found != NULL)
    return g_strdup ("This is a list of Mattermost's people or channels and holds no posts. Import "
                     "it in one folder with the posts, or import the bulk export (`mmctl export "
                     "create`).");
  if (id != NULL && g_str_has_suffix (id, ".app_error") &&
      vantage_node_get (json, "status_code") != NULL)
    return g_strdup ("This is an answer in which Mattermost refuses a request; it holds no posts. "
                     "Ask an administrator for the bulk export (`mmctl export create`).");
  return NULL;
}

/* ---- the whole ---- */

static gboolean
tell_incomplete (VantageMattermost *self, GError **error)
{
  if (g_hash_table_size (self->awaited) == 0)
    return TRUE;
  self->chat.reading->facts->complete = FALSE;
  return vantage_reading_note (self->chat.reading, "more-pages", NULL, 0, -1, error,
                               "there are posts before or after these that are not in the import: "
                               "save the other pages of the channel too");
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageMattermost self = { .server = NULL };
  g_autoptr (GPtrArray) entries = NULL;
  gboolean ok;

  vantage_chat_init (&self.chat, reading);
  self.accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.awaited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  entries = vantage_chat_list_entries (&self.chat);
  ok = vantage_chat_walk (&self.chat, entries, &shape, &self, error) &&
       tell_incomplete (&self, error) && vantage_chat_finish (&self.chat, error);
  g_hash_table_unref (self.accounts);
  g_hash_table_unref (self.awaited);
  vantage_chat_clear (&self.chat);
  return ok;
}

const VantageReader vantage_mattermost_reader = {
  .format = { "mattermost", "Mattermost", "jsonl json zip" },
  .family = "mattermost",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
