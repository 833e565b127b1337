/* vantage-zulip-message.c: one message of Zulip as an item, out of an export or from the interface.
 */

#include "vantage-zulip-private.h"

#include <string.h>

#include "vantage-chat-html.h"
#include "vantage-text.h"

#define UPLOADS "/user_uploads/"

static const char *
get_time (VantageNode *message)
{
  static const char *const names[] = { "date_sent", "pub_date", "timestamp" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = vantage_chat_get_text (message, names[i]);

      if (text != NULL)
        return text;
    }
  return NULL;
}

gboolean
vantage_zulip_is_message (VantageNode *node)
{
  if (vantage_chat_get_text (node, "id") == NULL)
    return FALSE;
  if (vantage_node_get (node, "date_sent") != NULL || vantage_node_get (node, "pub_date") != NULL)
    return TRUE;
  return vantage_node_get (node, "timestamp") != NULL &&
         (vantage_node_get (node, "sender_full_name") != NULL ||
          vantage_node_get (node, "sender_email") != NULL) &&
         (vantage_node_get (node, "display_recipient") != NULL ||
          vantage_node_get (node, "recipient_id") != NULL ||
          vantage_node_get (node, "stream_id") != NULL);
}

/* ---- marks in the words ---- */

/* Account key of "Full Name" or "Full Name|123". Lent; NULL: nobody is known by it. */
static const char *
find_named (VantageZulip *self, const char *name)
{
  const char *bar = strrchr (name, '|');
  const char *key = g_hash_table_lookup (self->ids, name);

  if (bar != NULL && bar[1] != '\0' && strspn (bar + 1, "0123456789") == strlen (bar + 1))
    return bar + 1;
  return key != NULL && *key != '\0' ? key : NULL;
}

/* "@**Name**", "@_**Name|123**", "@*group*", "#**stream>topic**", "<time:…>": what is shown in
 * their place. NULL: @at is no such mark. */
static const char *
append_mark (VantageZulip *self, VantageItem *item, GString *out, const char *at)
{
  const char *begin = at + 1 + (at[0] == '@' && at[1] == '_' ? 1 : 0);
  const char *close = g_str_has_prefix (begin, "**") ? "**" : "*";
  gboolean moment = at[0] == '<' && g_str_has_prefix (at, "<time:");
  g_autofree char *name = NULL;
  const char *end, *key;

  if (moment)
    {
      begin = at + strlen ("<time:");
      close = ">";
    }
  else if (at[0] == '<' || !g_str_has_prefix (begin, close))
    return NULL;
  else
    begin += strlen (close);
  end = g_strstr_len (begin, 200, close);
  if (end == NULL || end == begin || memchr (begin, '\n', (gsize) (end - begin)) != NULL)
    return NULL;
  name = g_strndup (begin, (gsize) (end - begin));
  key = at[0] == '@' && close[1] == '*' ? find_named (self, name) : NULL;
  if (key != NULL)
    {
      g_string_append_printf (out, "@%s", key);
      vantage_chat_add_mention (item, key);
    }
  else
    g_string_append_printf (out, "%.*s%s", moment ? 0 : 1, at, name);
  return end + strlen (close);
}

static char *
dup_marked (VantageZulip *self, VantageItem *item, const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean in_code = FALSE;

  while (*text != '\0')
    {
      gsize plain = strcspn (text, "@#<`");
      const char *after;

      g_string_append_len (out, text, (gssize) plain);
      text += plain;
      if (*text == '`')
        in_code = !in_code;
      after =
          *text != '\0' && *text != '`' && !in_code ? append_mark (self, item, out, text) : NULL;
      if (after != NULL)
        text = after;
      else if (*text != '\0')
        g_string_append_c (out, *text++);
    }
  return g_string_free (out, FALSE);
}

typedef struct
{
  VantageZulip *zulip;
  VantageItem *item;
  char *key;
} Markup;

static const char *
look_up_mention (const char *id, gpointer user_data)
{
  Markup *self = user_data;

  if (strspn (id, "0123456789") != strlen (id))
    return NULL;
  g_free (self->key);
  self->key = g_strdup (id);
  vantage_chat_add_mention (self->item, id);
  return self->key;
}

static char *
dup_text (VantageZulip *self, VantageNode *message, VantageItem *item)
{
  static const VantageChatHtmlHooks hooks = { look_up_mention, NULL };
  const char *content = vantage_chat_get_string (message, "content");
  VantageNode *type = vantage_node_get (message, "content_type");
  gboolean markup = vantage_node_is (type, "text/html");
  Markup self_ = { .zulip = self, .item = item };
  char *text;

  if (content == NULL)
    {
      content = vantage_chat_get_string (message, "rendered_content");
      markup = TRUE;
    }
  if (content == NULL)
    return g_strdup ("");
  if (!markup)
    return dup_marked (self, item, content);
  text = vantage_chat_html_to_text (content, &hooks, &self_);
  g_free (self_.key);
  return text;
}

/* ---- what hangs on a message ---- */

static void
take_reactions (VantageZulip *self, VantageNode *message, const VantageZulipHanging *hanging,
                VantageItem *item)
{
  VantageNode *list = vantage_node_get_array (message, "reactions");

  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    {
      VantageNode *user = vantage_node_get_object (at, "user");
      const char *key = vantage_chat_get_text (at, "user_id");

      if (user != NULL)
        vantage_zulip_learn_person (self, user, item->time_us);
      if (key == NULL)
        key = vantage_chat_get_text (user, "id");
      vantage_chat_add_reaction (item, vantage_chat_get_string (at, "emoji_name"), key,
                                 VANTAGE_TIME_NONE);
    }
  for (guint i = 0; hanging != NULL && hanging->reactions != NULL && i < hanging->reactions->len;
       i++)
    {
      g_auto (GStrv) parts = g_strsplit (hanging->reactions->pdata[i], "\n", 2);

      vantage_chat_add_reaction (item, parts[0], parts[1], VANTAGE_TIME_NONE);
    }
}

static void
add_file (VantageItem *item, const char *path, const char *name, gint64 size)
{
  g_autofree char *url = *path != '\0' ? g_strconcat (UPLOADS, path, NULL) : NULL;
  g_autofree char *base = *path != '\0' ? g_path_get_basename (path) : NULL;

  vantage_item_add_attachment (item, name != NULL && *name != '\0' ? name : base, NULL, url, size);
}

/* Links to uploaded files, where no table lists them. */
static void
take_linked_files (VantageNode *message, VantageItem *item)
{
  const char *content = vantage_chat_get_string (message, "content");
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *at = content != NULL ? strstr (content, UPLOADS) : NULL;

  for (; at != NULL; at = strstr (at, UPLOADS))
    {
      gsize n;

      at += strlen (UPLOADS);
      n = strcspn (at, ")\"'<> \t\n?#");
      /* A small picture of the same file is made from it. */
      if (n > 0 && !g_str_has_prefix (at, "thumbnail/"))
        {
          char *path = g_strndup (at, n);

          if (!g_hash_table_contains (paths, path))
            add_file (item, path, NULL, -1);
          g_hash_table_add (paths, path);
        }
      at += n;
    }
}

static void
take_files (VantageNode *message, const VantageZulipHanging *hanging, VantageItem *item)
{
  if (hanging == NULL || hanging->files == NULL)
    {
      take_linked_files (message, item);
      return;
    }
  for (guint i = 0; i < hanging->files->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (hanging->files->pdata[i], "\n", 3);

      add_file (item, parts[1], parts[2], g_ascii_strtoll (parts[0], NULL, 10));
    }
}

/* Earlier words and earlier topics. The history is a list, or a list written as a text. */
static void
take_history (VantageNode *message, VantageItem *item)
{
  VantageNode *history = vantage_node_get (message, "edit_history");
  const char *text = history != NULL && history->type == VANTAGE_NODE_STRING
                         ? vantage_node_get_text (history)
                         : NULL;
  g_autoptr (VantageTokens) tokens = NULL;

  if (text != NULL)
    {
      tokens = vantage_tokens_new_for_data (text, strlen (text));
      history = vantage_tokens_read (tokens);
    }
  if (history == NULL || history->type != VANTAGE_NODE_ARRAY)
    return;
  for (VantageNode *at = vantage_node_first (history); at != NULL;
       at = vantage_node_next (history, at))
    {
      const char *words = vantage_chat_get_string (at, "prev_content");
      const char *topic = vantage_chat_get_string (at, "prev_topic");

      if (topic == NULL)
        topic = vantage_chat_get_string (at, "prev_subject");
      if (words != NULL)
        vantage_item_add_extra (item, "earlier text", words);
      if (topic != NULL)
        vantage_item_add_extra (item, "earlier topic", topic);
    }
}

/* ---- topics ---- */

/* The first message of a topic is the root of its thread; a resolved topic is the same one. */
static void
set_thread (VantageZulip *self, VantageNode *message, const VantageChatChannel *channel,
            VantageItem *item)
{
  const char *topic = vantage_chat_get_string (message, "subject");
  gint64 id = vantage_node_get_int (message, "id", 0);
  g_autofree char *folded = NULL;
  g_autofree char *key = NULL;
  gint64 *first;

  if (topic == NULL)
    topic = vantage_chat_get_string (message, "topic");
  if (topic == NULL || channel->channel->sort == VANTAGE_CHANNEL_DIRECT)
    return;
  vantage_item_add_extra (item, "topic", topic);
  if (g_str_has_prefix (topic, "\xe2\x9c\x94 "))
    topic += strlen ("\xe2\x9c\x94 ");
  folded = g_utf8_casefold (topic, -1);
  key = g_strdup_printf ("%u\n%s", channel->index, folded);
  first = g_hash_table_lookup (self->topics, key);
  if (first == NULL)
    {
      first = g_new (gint64, 1);
      *first = id;
      g_hash_table_insert (self->topics, g_steal_pointer (&key), first);
    }
  if (self->chat.learning)
    *first = MIN (*first, id);
  item->thread = g_strdup_printf ("%" G_GINT64_FORMAT, *first);
}

/* ---- the whole ---- */

static char *
dup_account (VantageZulip *self, VantageNode *message, gint64 time_us)
{
  const char *key = vantage_chat_get_text (message, "sender");
  const char *email = vantage_chat_get_string (message, "sender_email");
  const char *name = vantage_chat_get_string (message, "sender_full_name");
  VantageIdentity *identity;

  if (key == NULL)
    key = vantage_chat_get_text (message, "sender_id");
  if (key == NULL && name != NULL)
    {
      char *made = g_strconcat ("name:", name, NULL);

      vantage_chat_learn_person (&self->chat, made, name, NULL, FALSE, time_us);
      return made;
    }
  if (key == NULL)
    return NULL;
  vantage_chat_learn_person (&self->chat, key, name, NULL, FALSE, time_us);
  identity = vantage_chat_get_person (&self->chat, key);
  if (email != NULL && identity->email == NULL)
    identity->email = g_strdup (email);
  return g_strdup (key);
}

static void
take_times (VantageNode *message, VantageItem *item)
{
  VantagePrecision precision;
  gint64 us;

  if (vantage_chat_parse_epoch (vantage_node_get_member (message, "last_edit_time"), &us,
                                &precision) ||
      vantage_chat_parse_epoch (vantage_node_get_member (message, "last_edit_timestamp"), &us,
                                &precision))
    item->edited_us = us;
  if (strcmp (item->text, "(deleted)") != 0)
    return;
  item->deleted = TRUE;
  item->kind = VANTAGE_ITEM_DELETE;
}

gboolean
vantage_zulip_take_message (VantageZulip *self, VantageNode *message, GError **error)
{
  const char *raw = get_time (message);
  const char *id = vantage_chat_get_text (message, "id");
  VantageChatChannel *channel = vantage_zulip_find_channel (self, message);
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  const VantageZulipHanging *hanging = g_hash_table_lookup (self->hanging, id);
  VantagePrecision precision;
  gint64 us;

  if (!vantage_chat_parse_epoch (raw, &us, &precision))
    return vantage_chat_skip (&self->chat, raw == NULL ? "no-time" : "bad-time", error,
                              "a message whose time is “%.40s”", raw != NULL ? raw : "");
  vantage_reading_set_time (self->chat.reading, item, raw, us, precision);
  item->account = dup_account (self, message, us);
  item->local = vantage_chat_dup_local (id);
  vantage_chat_take_text (item, dup_text (self, message, item));
  set_thread (self, message, channel, item);
  take_history (message, item);
  take_reactions (self, message, hanging, item);
  take_files (message, hanging, item);
  take_times (message, item);
  return vantage_chat_take (&self->chat, channel, g_steal_pointer (&item), error);
}
