/* vantage-mattermost-post.c: one post as an item, from an export or from the interface. */

#include "vantage-mattermost-private.h"

#include <string.h>

/* ---- what a post is ---- */

static const struct
{
  const char *type;
  VantageItemKind kind;
} kinds[] = {
  { "me", VANTAGE_ITEM_MESSAGE },
  { "slack_attachment", VANTAGE_ITEM_MESSAGE },
  { "system_join_channel", VANTAGE_ITEM_JOIN },
  { "system_guest_join_channel", VANTAGE_ITEM_JOIN },
  { "system_add_to_channel", VANTAGE_ITEM_JOIN },
  { "system_add_guest_to_chan", VANTAGE_ITEM_JOIN },
  { "system_join_team", VANTAGE_ITEM_JOIN },
  { "system_add_to_team", VANTAGE_ITEM_JOIN },
  { "system_leave_channel", VANTAGE_ITEM_LEAVE },
  { "system_remove_from_channel", VANTAGE_ITEM_LEAVE },
  { "system_leave_team", VANTAGE_ITEM_LEAVE },
  { "system_remove_from_team", VANTAGE_ITEM_LEAVE },
  { "system_header_change", VANTAGE_ITEM_TOPIC },
  { "system_purpose_change", VANTAGE_ITEM_TOPIC },
  { "system_displayname_change", VANTAGE_ITEM_TOPIC },
};

static VantageItemKind
find_kind (const char *type)
{
  if (type == NULL)
    return VANTAGE_ITEM_MESSAGE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (type, kinds[i].type))
      return kinds[i].kind;
  return g_str_has_prefix (type, "custom_calls") ? VANTAGE_ITEM_CALL : VANTAGE_ITEM_OTHER;
}

/* ---- who ---- */

/* The key of a username: the id that goes with it in the interface, itself in an export. */
static const char *
find_account (VantageMattermost *self, const char *username)
{
  const char *key = username != NULL ? g_hash_table_lookup (self->accounts, username) : NULL;

  return key != NULL ? key : username;
}

static gboolean
is_webhook (VantageNode *props)
{
  return vantage_node_get_true (props, "from_webhook") ||
         vantage_node_is (vantage_node_get (props, "from_webhook"), "true");
}

static char *
dup_account (VantageMattermost *self, VantageNode *post, VantageNode *props, gint64 time_us)
{
  const char *shown = vantage_chat_get_string (props, "override_username");
  const char *key = vantage_chat_get_text (post, "user_id");
  char *made;

  if (shown != NULL && is_webhook (props))
    {
      made = g_strconcat ("name:", shown, NULL);
      vantage_chat_learn_person (&self->chat, made, shown, NULL, TRUE, time_us);
      return made;
    }
  if (key == NULL)
    key = find_account (self, vantage_chat_get_string (post, "user"));
  if (key != NULL &&
      (is_webhook (props) || vantage_node_is (vantage_node_get (props, "from_bot"), "true")))
    vantage_chat_learn_person (&self->chat, key, NULL, NULL, TRUE, time_us);
  return g_strdup (key);
}

/* Who was added or removed, where somebody else did it. */
static void
take_other_person (VantageMattermost *self, VantageNode *props, VantageItem *item)
{
  static const char *const ids[] = { "addedUserId", "removedUserId" };
  static const char *const names[] = { "addedUsername", "removedUsername" };
  const char *key = NULL, *name = NULL;
  gboolean native = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (ids) && key == NULL && name == NULL; i++)
    {
      key = vantage_chat_get_string (props, ids[i]);
      name = vantage_chat_get_string (props, names[i]);
    }
  native = vantage_chat_get_string (props, "userId") == NULL ||
           g_strcmp0 (vantage_chat_get_string (props, "userId"), item->account) == 0;
  /* An export knows accounts by their names, the interface by their ids. */
  if (name != NULL && (key == NULL || !native))
    key = find_account (self, name);
  if (key == NULL || g_strcmp0 (key, item->account) == 0)
    return;
  if (item->account != NULL)
    vantage_item_add_extra (item, "by", item->account);
  if (name != NULL)
    vantage_chat_learn_person (&self->chat, key, NULL, name, FALSE, VANTAGE_TIME_MIN);
  g_free (item->account);
  item->account = g_strdup (key);
}

/* ---- what it says ---- */

static void
append_line (GString *out, const char *text)
{
  if (text == NULL)
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_string_append (out, text);
}

static void
append_fields (GString *out, VantageNode *fields)
{
  for (VantageNode *at = fields != NULL ? vantage_node_first (fields) : NULL; at != NULL;
       at = vantage_node_next (fields, at))
    {
      const char *title = vantage_chat_get_string (at, "title");
      const char *value = vantage_chat_get_text (at, "value");
      g_autofree char *line = title != NULL && value != NULL
                                  ? g_strdup_printf ("%s: %s", title, value)
                                  : g_strdup (title != NULL ? title : value);

      append_line (out, line);
    }
}

/* The cards that a bot posts in place of words. */
static char *
dup_card_text (VantageNode *cards)
{
  static const char *const lines[] = { "pretext", "author_name", "title", "text" };
  GString *out = g_string_new (NULL);

  for (VantageNode *card = cards != NULL ? vantage_node_first (cards) : NULL; card != NULL;
       card = vantage_node_next (cards, card))
    {
      gsize before = out->len;

      if (card->type != VANTAGE_NODE_OBJECT)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
        append_line (out, vantage_chat_get_string (card, lines[i]));
      append_fields (out, vantage_node_get_array (card, "fields"));
      if (out->len == before)
        append_line (out, vantage_chat_get_string (card, "fallback"));
      append_line (out, vantage_chat_get_string (card, "footer"));
    }
  return g_string_free (out, FALSE);
}

static char *
dup_text (VantageNode *post, VantageNode *props)
{
  const char *message = vantage_chat_get_string (post, "message");
  g_autofree char *cards = NULL;
  const char *title;

  if (message != NULL)
    return g_strdup (message);
  cards = dup_card_text (vantage_node_get_array (props, "attachments"));
  if (*cards != '\0')
    return g_steal_pointer (&cards);
  title = vantage_chat_get_string (props, "title");
  return g_strdup (title != NULL ? title : "");
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == '-';
}

/* "@username" outside of code, of those who are known. */
static void
take_mentions (VantageMattermost *self, VantageItem *item)
{
  gboolean in_code = FALSE;

  for (const char *at = item->text; *at != '\0'; at++)
    {
      gsize n = 0;

      if (*at == '`')
        in_code = !in_code;
      if (*at != '@' || in_code || (at > item->text && is_name_char (at[-1])))
        continue;
      while (n < 64 && is_name_char (at[1 + n]))
        n++;
      /* A full stop may end the sentence. */
      for (; n > 0; n--)
        {
          g_autofree char *name = g_strndup (at + 1, n);
          const char *key = find_account (self, name);

          if (vantage_chat_knows_person (&self->chat, key))
            {
              vantage_chat_add_mention (item, key);
              break;
            }
          if (g_ascii_isalnum (at[n]))
            break;
        }
    }
}

/* ---- what hangs on it ---- */

static void
take_reactions (VantageMattermost *self, VantageNode *list, VantageItem *item)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      const char *by = vantage_chat_get_text (at, "user_id");
      VantagePrecision precision;
      gint64 us = VANTAGE_TIME_NONE;

      if (vantage_node_get_int (at, "delete_at", 0) > 0)
        continue;
      if (by == NULL)
        by = find_account (self, vantage_chat_get_string (at, "user"));
      vantage_chat_parse_epoch (vantage_node_get_member (at, "create_at"), &us, &precision);
      vantage_chat_add_reaction (item, vantage_chat_get_string (at, "emoji_name"), by, us);
    }
}

static const char *
find_base (const char *path)
{
  const char *slash = path != NULL ? strrchr (path, '/') : NULL;

  return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

static void
take_files (VantageNode *post, VantageItem *item)
{
  VantageNode *paths = vantage_node_get_array (post, "attachments");
  VantageNode *files = vantage_node_get_array (vantage_node_get (post, "metadata"), "files");
  VantageNode *ids = vantage_node_get_array (post, "file_ids");

  for (VantageNode *at = paths != NULL ? vantage_node_first (paths) : NULL; at != NULL;
       at = vantage_node_next (paths, at))
    if (at->type == VANTAGE_NODE_OBJECT)
      vantage_item_add_attachment (item, find_base (vantage_chat_get_string (at, "path")), NULL,
                                   NULL, -1);
  for (VantageNode *at = files != NULL ? vantage_node_first (files) : NULL; at != NULL;
       at = vantage_node_next (files, at))
    if (at->type == VANTAGE_NODE_OBJECT)
      vantage_item_add_attachment (item, vantage_chat_get_string (at, "name"),
                                   vantage_chat_get_string (at, "mime_type"), NULL,
                                   vantage_node_get_int (at, "size", -1));
  if (files != NULL && vantage_node_first (files) != NULL)
    return;
  for (VantageNode *at = ids != NULL ? vantage_node_first (ids) : NULL; at != NULL;
       at = vantage_node_next (ids, at))
    if (at->type == VANTAGE_NODE_STRING)
      vantage_item_add_attachment (item, vantage_node_get_text (at), NULL, NULL, -1);
}

static void
add_extra (VantageItem *item, const char *name, const char *value)
{
  if (value != NULL)
    vantage_item_add_extra (item, name, value);
}

static void
take_extras (VantageMattermost *self, VantageNode *props, const char *type, VantageItem *item)
{
  static const char *const from[] = { "old_header", "old_purpose", "old_displayname" };
  static const char *const to[] = { "new_header", "new_purpose", "new_displayname" };

  switch (item->kind)
    {
    case VANTAGE_ITEM_JOIN:
    case VANTAGE_ITEM_LEAVE:
      take_other_person (self, props, item);
      break;
    case VANTAGE_ITEM_TOPIC:
      for (guint i = 0; i < G_N_ELEMENTS (from); i++)
        {
          add_extra (item, "from", vantage_chat_get_string (props, from[i]));
          add_extra (item, "to", vantage_chat_get_string (props, to[i]));
        }
      break;
    case VANTAGE_ITEM_OTHER:
    case VANTAGE_ITEM_CALL:
      add_extra (item, "subtype", type);
      break;
    default:
      break;
    }
}

static void
take_times (VantageNode *post, VantageItem *item)
{
  VantagePrecision precision;
  gint64 us;

  if (vantage_chat_parse_epoch (vantage_node_get_member (post, "edit_at"), &us, &precision))
    item->edited_us = us;
  item->deleted =
      vantage_chat_parse_epoch (vantage_node_get_member (post, "delete_at"), &us, &precision);
  if (item->deleted && *item->text == '\0')
    item->kind = VANTAGE_ITEM_DELETE;
}

/* ---- the whole ---- */

static VantageItem *
make_item (VantageMattermost *self, VantageNode *post, gint64 us, VantagePrecision precision)
{
  VantageNode *props = vantage_node_get_object (post, "props");
  const char *type = vantage_chat_get_string (post, "type");
  VantageItem *item = vantage_item_new (find_kind (type));

  vantage_reading_set_time (self->chat.reading, item, vantage_node_get_member (post, "create_at"),
                            us, precision);
  item->account = dup_account (self, post, props, us);
  vantage_chat_take_text (item, dup_text (post, props));
  take_mentions (self, item);
  take_reactions (self,
                  vantage_node_get_array (post, "reactions") != NULL
                      ? vantage_node_get_array (post, "reactions")
                      : vantage_node_get_array (vantage_node_get (post, "metadata"), "reactions"),
                  item);
  take_files (post, item);
  take_times (post, item);
  take_extras (self, props, type, item);
  return item;
}

static void
set_thread (VantageNode *post, const char *root, VantageItem *item)
{
  const char *native = vantage_chat_get_string (post, "root_id");

  if (root == NULL && native == NULL)
    native = vantage_chat_get_string (post, "parent_id");
  item->thread = vantage_chat_dup_local (root != NULL ? root : native);
  item->reply_to = g_strdup (item->thread);
}

static gboolean
take_replies (VantageMattermost *self, VantageNode *replies, VantageChatChannel *channel,
              const char *root, GError **error)
{
  for (VantageNode *at = replies != NULL ? vantage_node_first (replies) : NULL; at != NULL;
       at = vantage_node_next (replies, at))
    if (!vantage_mattermost_take_post (self, at, channel, root, error))
      return FALSE;
  return TRUE;
}

gboolean
vantage_mattermost_take_post (VantageMattermost *self, VantageNode *post,
                              VantageChatChannel *channel, const char *root, GError **error)
{
  VantageNode *replies = root == NULL ? vantage_node_get_array (post, "replies") : NULL;
  const char *created = vantage_node_get_member (post, "create_at");
  const char *id = vantage_chat_get_string (post, "id");
  g_autofree char *local = NULL;
  VantagePrecision precision;
  VantageItem *item;
  gint64 us;

  if (post->type != VANTAGE_NODE_OBJECT)
    return vantage_chat_skip (&self->chat, "bad-record", error, "a post is no JSON object");
  if (!vantage_chat_parse_epoch (created, &us, &precision))
    {
      if (!vantage_chat_skip (&self->chat, created == NULL ? "no-time" : "bad-time", error,
                              "a post whose time (`create_at`) is “%.40s”",
                              created != NULL ? created : ""))
        return FALSE;
      return take_replies (self, replies, channel, "", error);
    }
  item = make_item (self, post, us, precision);
  set_thread (post, root, item);
  if (id != NULL)
    {
      item->local = vantage_chat_dup_local (id);
      if (self->server != NULL)
        item->url = g_strdup_printf ("%s/_redirect/pl/%s", self->server, id);
    }
  else
    vantage_chat_set_content_local (&self->chat, channel, item);
  local = g_strdup (item->local);
  if (replies != NULL && vantage_node_first (replies) != NULL && item->thread == NULL)
    item->thread = g_strdup (local);
  return vantage_chat_take (&self->chat, channel, item, error) &&
         take_replies (self, replies, channel, local, error);
}
