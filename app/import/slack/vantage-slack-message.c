#include "vantage-slack-message.h"

#include <string.h>

#include "vantage-slack-text.h"
#include "vantage-text.h"

/* ---- finding members in one pass ---- */

#define MEMBER(name)                                                                               \
  {                                                                                                \
#name, sizeof #name - 1, G_STRUCT_OFFSET(VantageSlackMessage, name)                            \
  }

static const struct
{
  const char *name;
  guint32 length;
  gulong offset;
} members[] = {
  MEMBER (ts),           MEMBER (thread_ts),      MEMBER (type),
  MEMBER (subtype),      MEMBER (text),           MEMBER (user),
  MEMBER (bot_id),       MEMBER (username),       MEMBER (bot_profile),
  MEMBER (user_profile), MEMBER (comment),        MEMBER (edited),
  MEMBER (reactions),    MEMBER (files),          MEMBER (file),
  MEMBER (blocks),       MEMBER (attachments),    MEMBER (replies),
  MEMBER (reply_count),  MEMBER (parent_user_id), MEMBER (inviter),
  MEMBER (topic),        MEMBER (purpose),        MEMBER (name),
  MEMBER (old_name),     MEMBER (permalink),      MEMBER (slackdump_thread_replies),
  MEMBER (channel),      MEMBER (channel_info),   MEMBER (user_data),
};

#define LONGEST_NAME 24 /* of members; longer ones are none that is looked at */

/* The table above by length: `next` leads on to the next of the same length; 0 ends. */
static guint8 first_of_length[LONGEST_NAME + 1];
static guint8 next_of_length[G_N_ELEMENTS (members) + 1];

static void
sort_members (void)
{
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_assert (members[i].length <= LONGEST_NAME);
      next_of_length[i + 1] = first_of_length[members[i].length];
      first_of_length[members[i].length] = (guint8) (i + 1);
    }
  g_once_init_leave (&ready, 1);
}

static inline void
note_member (VantageSlackMessage *self, VantageNode *name)
{
  if (name->length > LONGEST_NAME)
    return;
  for (guint i = first_of_length[name->length]; i != 0; i = next_of_length[i])
    if (members[i - 1].name[0] == name->text[0] &&
        memcmp (members[i - 1].name, name->text, name->length) == 0)
      {
        VantageNode *value = vantage_node_value (name);

        G_STRUCT_MEMBER (VantageNode *, self, members[i - 1].offset) =
            value->type != VANTAGE_NODE_NULL ? value : NULL;
        return;
      }
}

gboolean
vantage_slack_message_read (VantageNode *record, VantageSlackMessage *out)
{
  sort_members ();
  memset (out, 0, sizeof *out);
  if (record->type != VANTAGE_NODE_OBJECT)
    return FALSE;
  for (VantageNode *at = vantage_node_first (record); at != NULL;
       at = vantage_node_next (record, at))
    {
      out->n_members++;
      note_member (out, at);
    }
  return TRUE;
}

/* ---- times ---- */

/* Before 1971 means "none". */
#define FIRST_SECOND (365 * 24 * 3600)
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)

gboolean
vantage_slack_message_get_ts (VantageNode *ts, char out[24], gint64 *out_us)
{
  gsize length = 0, digits = 0;
  const char *text = vantage_node_get_text_length (ts, &length), *at = text;
  gint64 seconds = 0, us = 0;

  if (text == NULL || length == 0 || length > 20)
    return FALSE;
  for (; g_ascii_isdigit (*at) && at - text < 13; at++)
    seconds = seconds * 10 + (*at - '0');
  if (at == text || seconds < FIRST_SECOND || seconds > LAST_SECOND)
    return FALSE;
  memcpy (out, text, length + 1);
  if (*at == '.')
    for (at++; g_ascii_isdigit (*at) && digits < 6; at++, digits++)
      us = us * 10 + (*at - '0');
  if (*at != '\0')
    return FALSE;
  if (ts->type == VANTAGE_NODE_NUMBER)
    {
      /* Written as a number: it may have lost its last zeros. */
      if (digits == 0)
        out[length++] = '.';
      for (gsize i = digits; i < 6; i++)
        out[length++] = '0';
      out[length] = '\0';
    }
  for (; digits < 6; digits++)
    us *= 10;
  *out_us = seconds * G_USEC_PER_SEC + us;
  return TRUE;
}

/* ---- who ---- */

static const char *
get_nonempty (VantageNode *node)
{
  const char *text = vantage_node_get_text (node);

  return text != NULL && *text != '\0' ? text : NULL;
}

char *
vantage_slack_message_dup_account (const VantageSlackMessage *self)
{
  const char *key = get_nonempty (self->user);
  g_autofree char *name = NULL;

  if (key == NULL)
    key = get_nonempty (self->bot_id);
  if (key == NULL)
    key = vantage_node_get_member (self->comment, "user");
  if (key != NULL && *key != '\0')
    return g_strdup (key);
  if (get_nonempty (self->username) == NULL)
    return NULL;
  name = vantage_text_nfc (get_nonempty (self->username));
  return g_strconcat ("name:", name, NULL);
}

gboolean
vantage_slack_message_is_bot (const VantageSlackMessage *self)
{
  return get_nonempty (self->bot_id) != NULL || self->bot_profile != NULL ||
         vantage_node_is (self->subtype, "bot_message") ||
         vantage_node_is (self->user, "USLACKBOT");
}

/* ---- what ---- */

static const struct
{
  const char *subtype;
  VantageItemKind kind;
} kinds[] = {
  { "bot_message", VANTAGE_ITEM_MESSAGE },     { "thread_broadcast", VANTAGE_ITEM_MESSAGE },
  { "reply_broadcast", VANTAGE_ITEM_MESSAGE }, { "me_message", VANTAGE_ITEM_MESSAGE },
  { "file_share", VANTAGE_ITEM_MESSAGE },      { "file_comment", VANTAGE_ITEM_MESSAGE },
  { "file_mention", VANTAGE_ITEM_MESSAGE },    { "channel_join", VANTAGE_ITEM_JOIN },
  { "group_join", VANTAGE_ITEM_JOIN },         { "mpim_join", VANTAGE_ITEM_JOIN },
  { "channel_leave", VANTAGE_ITEM_LEAVE },     { "group_leave", VANTAGE_ITEM_LEAVE },
  { "mpim_leave", VANTAGE_ITEM_LEAVE },        { "channel_topic", VANTAGE_ITEM_TOPIC },
  { "channel_purpose", VANTAGE_ITEM_TOPIC },   { "channel_name", VANTAGE_ITEM_TOPIC },
  { "group_topic", VANTAGE_ITEM_TOPIC },       { "group_purpose", VANTAGE_ITEM_TOPIC },
  { "group_name", VANTAGE_ITEM_TOPIC },        { "tombstone", VANTAGE_ITEM_DELETE },
};

static VantageItemKind
find_kind (VantageNode *subtype)
{
  if (get_nonempty (subtype) == NULL)
    return VANTAGE_ITEM_MESSAGE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (vantage_node_is (subtype, kinds[i].subtype))
      return kinds[i].kind;
  return VANTAGE_ITEM_OTHER;
}

/* The names of files, where a message is nothing but them. */
static void
append_file_names (GString *out, VantageNode *files)
{
  if (files == NULL || files->type != VANTAGE_NODE_ARRAY)
    return;
  for (VantageNode *at = vantage_node_first (files); at != NULL; at = vantage_node_next (files, at))
    {
      const char *name = vantage_node_get_member (at, "title");

      if (name == NULL || *name == '\0')
        name = vantage_node_get_member (at, "name");
      if (name == NULL || *name == '\0')
        continue;
      if (out->len > 0)
        g_string_append (out, ", ");
      g_string_append (out, name);
    }
}

/* Tokens stand in addresses, or begin with a word of their own. */
static void
mask_text (char *text, gsize length)
{
  if (memmem (text, length, "://", 3) != NULL || memmem (text, length, "xox", 3) != NULL)
    vantage_text_mask_tokens (text, length);
}

/* @out_mentions: made when the text may have some; else left NULL. */
static char *
dup_text (const VantageSlackMessage *self, GPtrArray **out_mentions)
{
  gsize length = 0;
  const char *text = vantage_node_get_text_length (self->text, &length);
  GPtrArray *mentions;
  GString *out;

  /* Most messages are words and no more. */
  if (text != NULL && length > 0 && self->text->type == VANTAGE_NODE_STRING &&
      memchr (text, '<', length) == NULL && memchr (text, '&', length) == NULL)
    {
      char *plain = g_strndup (text, length);

      mask_text (plain, length);
      return plain;
    }

  mentions = *out_mentions = g_ptr_array_new ();
  out = g_string_sized_new (length + 16);

  if (text != NULL && self->text->type == VANTAGE_NODE_STRING)
    vantage_slack_text_append (out, text, length, mentions);
  if (out->len == 0)
    vantage_slack_text_append_blocks (out, self->blocks, mentions);
  if (out->len == 0)
    vantage_slack_text_append_attachments (out, self->attachments, mentions);
  if (out->len == 0)
    {
      const char *comment = vantage_node_get_member (self->comment, "comment");

      if (comment != NULL)
        vantage_slack_text_append (out, comment, strlen (comment), mentions);
    }
  if (out->len == 0)
    append_file_names (out, self->files);
  mask_text (out->str, out->len);
  return g_string_free (out, FALSE);
}

/* ---- files ---- */

/* An address without its download token. (transfer full) */
static char *
dup_clean_url (const char *url)
{
  g_autoptr (GString) out = NULL;
  const char *query;

  if (url == NULL || *url == '\0')
    return NULL;
  query = strchr (url, '?');
  if (query == NULL)
    out = g_string_new (url);
  else
    {
      g_auto (GStrv) parts = g_strsplit (query + 1, "&", -1);
      char mark = '?';

      out = g_string_new_len (url, query - url);
      for (guint i = 0; parts[i] != NULL; i++)
        if (!g_str_has_prefix (parts[i], "t="))
          {
            g_string_append_c (out, mark);
            g_string_append (out, parts[i]);
            mark = '&';
          }
    }
  vantage_text_mask_tokens (out->str, out->len);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *
get_first (VantageNode *object, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *text = vantage_node_get_member (object, names[i]);

      if (text != NULL && *text != '\0')
        return text;
    }
  return NULL;
}

static void
add_file (VantageItem *item, VantageNode *file)
{
  const char *const names[] = { "name", "title", NULL };
  const char *const types[] = { "mimetype", "filetype", NULL };
  const char *const urls[] = { "permalink", "url_private", "external_url", NULL };
  g_autofree char *url = NULL;

  if (file->type != VANTAGE_NODE_OBJECT)
    return;
  url = dup_clean_url (get_first (file, urls));
  vantage_item_add_attachment (item, get_first (file, names), get_first (file, types), url,
                               vantage_node_get_int (file, "size", -1));
}

static void
add_files (VantageItem *item, const VantageSlackMessage *self)
{
  if (self->files != NULL && self->files->type == VANTAGE_NODE_ARRAY)
    for (VantageNode *at = vantage_node_first (self->files); at != NULL;
         at = vantage_node_next (self->files, at))
      add_file (item, at);
  else if (self->file != NULL)
    add_file (item, self->file);
}

/* ---- reactions, threads, the rest ---- */

static void
add_reaction (VantageItem *item, VantageNode *reaction)
{
  const char *name = vantage_node_get_member (reaction, "name");
  VantageNode *users = vantage_node_get_array (reaction, "users");
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  gint64 count;

  if (name == NULL)
    return;
  if (users != NULL)
    for (VantageNode *at = vantage_node_first (users); at != NULL;
         at = vantage_node_next (users, at))
      if (get_nonempty (at) != NULL)
        g_ptr_array_add (keys, (gpointer) get_nonempty (at));
  count = vantage_node_get_int (reaction, "count", keys->len);
  count = CLAMP (count, (gint64) keys->len, G_MAXINT);
  g_ptr_array_add (keys, NULL);
  vantage_item_add_reaction (item, name, (int) count, (const char *const *) keys->pdata);
}

static void
set_thread (VantageItem *item, const VantageSlackMessage *self)
{
  char root[24];
  gint64 us;

  if (vantage_slack_message_get_ts (self->thread_ts, root, &us))
    {
      item->thread = g_strdup (root);
      if (strcmp (root, item->local) != 0)
        item->reply_to = g_strdup (root);
    }
  else if ((self->replies != NULL && vantage_node_first (self->replies) != NULL) ||
           self->slackdump_thread_replies != NULL)
    item->thread = g_strdup (item->local);
}

static void
set_url (VantageItem *item, const VantageSlackMessage *self, const char *channel_key,
         const char *workspace)
{
  const char *permalink = get_nonempty (self->permalink);
  GString *url;

  if (permalink != NULL)
    {
      item->url = dup_clean_url (permalink);
      return;
    }
  if (workspace == NULL)
    return;
  url = g_string_new (NULL);
  g_string_printf (url, "%s/archives/%s/p", workspace, channel_key);
  for (const char *at = item->local; *at != '\0'; at++)
    if (*at != '.')
      g_string_append_c (url, *at);
  if (item->reply_to != NULL)
    g_string_append_printf (url, "?thread_ts=%s&cid=%s", item->reply_to, channel_key);
  item->url = g_string_free (url, FALSE);
}

static void
add_extra (VantageItem *item, const char *name, VantageNode *value)
{
  const char *text = get_nonempty (value);

  if (text != NULL)
    vantage_item_add_extra (item, name, text);
}

/* What a system message says in members of its own. */
static void
add_extras (VantageItem *item, const VantageSlackMessage *self)
{
  switch (item->kind)
    {
    case VANTAGE_ITEM_JOIN:
      add_extra (item, "by", self->inviter);
      break;
    case VANTAGE_ITEM_TOPIC:
      add_extra (item, "from", self->old_name);
      add_extra (item, "to", self->topic);
      add_extra (item, "to", self->purpose);
      add_extra (item, "to", self->name);
      break;
    case VANTAGE_ITEM_OTHER:
      add_extra (item, "subtype", self->subtype);
      break;
    default:
      break;
    }
}

static void
set_edited (VantageItem *item, const VantageSlackMessage *self)
{
  char ts[24];
  gint64 us;

  if (vantage_slack_message_get_ts (vantage_node_get (self->edited, "ts"), ts, &us))
    item->edited_us = us;
}

VantageItem *
vantage_slack_message_to_item (const VantageSlackMessage *self, const char *channel_id,
                               const char *channel_key, const char *workspace)
{
  VantageItem *item;
  g_autoptr (GPtrArray) mentions = NULL;
  char ts[24];
  gint64 us;

  if (!vantage_slack_message_get_ts (self->ts, ts, &us))
    return NULL;
  item = vantage_item_new (find_kind (self->subtype));
  item->channel = g_strdup (channel_id);
  item->local = g_strdup (ts);
  item->account = vantage_slack_message_dup_account (self);
  item->deleted = item->kind == VANTAGE_ITEM_DELETE;
  item->raw_time = g_strdup (vantage_node_get_text (self->ts));
  item->time_us = us;
  item->precision = strchr (ts, '.') != NULL ? VANTAGE_PRECISION_US : VANTAGE_PRECISION_S;
  item->zone_origin = VANTAGE_ZONE_IN_FILE;
  g_free (item->text);
  item->text = dup_text (self, &mentions);
  if (mentions != NULL && mentions->len > 0)
    {
      g_ptr_array_add (mentions, NULL);
      item->mentions = (char **) g_ptr_array_free (g_steal_pointer (&mentions), FALSE);
    }
  set_edited (item, self);
  set_thread (item, self);
  if (self->reactions != NULL && self->reactions->type == VANTAGE_NODE_ARRAY)
    for (VantageNode *at = vantage_node_first (self->reactions); at != NULL;
         at = vantage_node_next (self->reactions, at))
      add_reaction (item, at);
  add_files (item, self);
  add_extras (item, self);
  set_url (item, self, channel_key, workspace);
  return item;
}
