/* vantage-slack.c: reading an export of Slack, in every container that people make of one.
 *
 * Day files are read once, in the order of their days, so that items come nearly in the order of
 * time. Other containers (dumps, archives, pages) may hold a message several times and people and
 * channels after the messages that need them, so they are read twice: once to learn, once to keep
 * the best copy of each message.
 */

#include "vantage-slack-private.h"

#include <string.h>

#include "vantage-slack-directory.h"
#include "vantage-slack-message.h"
#include "vantage-slack-seen.h"
#include "vantage-text.h"

/* What is kept of each message that was there: how good the best copy is, and whether one was kept.
 */
#define KEPT (G_GUINT64_CONSTANT (1) << 63)
#define EDITED_SHIFT 10

typedef struct
{
  VantageReading *reading;
  VantageSlackDirectory *directory;
  VantageSlackSeen *seen;
  VantageSlackSeen *roots; /* threads that replies belong to */
  char *workspace;

  gboolean learning; /* the first pass over containers that are read twice */
  const VantageEntry *entry;
  guint64 n_duplicates;
  guint n_pages, n_pages_with_more;
  guint n_alien;
} Slack;

/* ---- one message ---- */

/* Later edits win, then more members. */
static guint64
judge_copy (const VantageSlackMessage *message)
{
  char ts[24];
  gint64 edited_us = 0;

  vantage_slack_message_get_ts (vantage_node_get (message->edited, "ts"), ts, &edited_us);
  return (guint64) (edited_us / 1000) << EDITED_SHIFT | MIN (message->n_members, 1023);
}

/* Whether this copy is the one to keep. */
static gboolean
choose_copy (Slack *self, const VantageSlackMessage *message, guint channel, gint64 us)
{
  gboolean new;
  guint64 *best = vantage_slack_seen_take (self->seen, channel, us, &new);
  guint64 score = judge_copy (message);

  if (self->learning)
    {
      *best = MAX (*best, score);
      return FALSE;
    }
  if (new)
    {
      *best = score | KEPT;
      return TRUE;
    }
  if ((*best & KEPT) == 0)
    {
      if (score < *best)
        {
          self->n_duplicates++;
          return FALSE;
        }
      *best |= KEPT;
      return TRUE;
    }
  self->n_duplicates++;
  if (score >> EDITED_SHIFT <= (*best & ~KEPT) >> EDITED_SHIFT)
    return FALSE;
  /* Edited since: another version of the same message, and both are evidence. */
  *best = score | KEPT;
  return TRUE;
}

static gboolean
skip_message (Slack *self, const VantageSlackMessage *message, gint64 offset, GError **error)
{
  if (self->learning)
    return TRUE;
  if (message->ts == NULL)
    return vantage_reading_skip (self->reading, "no-time", self->entry, 0, offset, error,
                                 "a message without a time (`ts`)");
  return vantage_reading_skip (self->reading, "bad-time", self->entry, 0, offset, error,
                               "a message whose time “%.40s” cannot be read",
                               vantage_node_get_text (message->ts) ?: "");
}

static gboolean
keep_message (Slack *self, const VantageSlackMessage *message, VantageSlackChannel *channel,
              gint64 offset, gint64 length, GError **error)
{
  g_autoptr (VantageItem) item = vantage_slack_message_to_item (
      message, channel->id, channel->channel->key, channel->channel->weak ? NULL : self->workspace);

  vantage_reading_place_item (item, self->entry, 0, offset, length);
  if (item->reply_to != NULL)
    {
      char root[24];
      gint64 us;
      gboolean new;

      if (vantage_slack_message_get_ts (message->thread_ts, root, &us))
        vantage_slack_seen_take (self->roots, channel->index, us, &new);
    }
  return vantage_slack_directory_tell_people (self->directory, item, message, error) &&
         vantage_reading_add_item (self->reading, g_steal_pointer (&item), error);
}

static gboolean take_message (Slack *self, VantageNode *record, VantageSlackChannel *channel,
                              gint64 offset, gint64 length, GError **error);

static gboolean
take_each (Slack *self, VantageNode *list, VantageSlackChannel *channel, gint64 offset,
           gint64 length, GError **error)
{
  if (list == NULL || list->type != VANTAGE_NODE_ARRAY)
    return TRUE;
  for (VantageNode *at = vantage_node_first (list); at != NULL; at = vantage_node_next (list, at))
    if (!take_message (self, at, channel, offset, length, error))
      return FALSE;
  return TRUE;
}

/* Search results and wrapped items say themselves where they were written. */
static VantageSlackChannel *
find_own_channel (Slack *self, const VantageSlackMessage *message, VantageSlackChannel *channel)
{
  VantageNode *own = message->channel_info != NULL ? message->channel_info : message->channel;
  const char *id;

  if (own == NULL)
    return channel;
  if (own->type == VANTAGE_NODE_OBJECT && message->channel_info != NULL && self->learning)
    vantage_slack_directory_add_channel (self->directory, own, VANTAGE_CHANNEL_CHAT);
  id = own->type == VANTAGE_NODE_OBJECT ? vantage_node_get_member (own, "id")
                                        : vantage_node_get_text (own);
  if (id == NULL || *id == '\0')
    return channel;
  return vantage_slack_directory_get_channel_by_id (
      self->directory, id,
      own->type == VANTAGE_NODE_OBJECT ? vantage_node_get_member (own, "name") : NULL);
}

static gboolean
take_message (Slack *self, VantageNode *record, VantageSlackChannel *channel, gint64 offset,
              gint64 length, GError **error)
{
  VantageSlackMessage message;
  char ts[24];
  gint64 us;

  if (!vantage_slack_message_read (record, &message))
    return self->learning ||
           vantage_reading_skip (self->reading, "bad-record", self->entry, 0, offset, error,
                                 "something that is no message stands among the messages");
  channel = find_own_channel (self, &message, channel);
  if (channel == NULL)
    return TRUE;
  if (message.user_data != NULL && self->learning)
    vantage_slack_directory_add_user (self->directory, message.user_data);
  if (!self->learning && !vantage_slack_directory_tell_channel (self->directory, channel, error))
    return FALSE;
  if (!self->learning && !channel->wanted)
    return TRUE;
  if (!vantage_slack_message_get_ts (message.ts, ts, &us))
    return skip_message (self, &message, offset, error);
  if (choose_copy (self, &message, channel->index, us) &&
      !keep_message (self, &message, channel, offset, length, error))
    return FALSE;
  return take_each (self, message.slackdump_thread_replies, channel, offset, length, error);
}

/* ---- files ---- */

static gboolean
note_too_large (Slack *self, VantageTokens *tokens, GError **error)
{
  gint64 offset, length;

  if (self->learning || !vantage_tokens_get_passed_over (tokens))
    return TRUE;
  vantage_tokens_get_extent (tokens, &offset, &length);
  return vantage_reading_skip (self->reading, "too-large", self->entry, 0, offset, error,
                               "a record of %" G_GINT64_FORMAT " bytes", length);
}

/* The message inside an item of Perceval, else the record itself. */
static VantageNode *
unwrap (VantageNode *record)
{
  VantageNode *data = vantage_node_get_object (record, "data");

  return data != NULL && vantage_node_get (record, "backend_name") != NULL ? data : record;
}

/* The messages of the array that the cursor has just entered, or at the top. */
static gboolean
read_messages (Slack *self, VantageTokens *tokens, VantageSlackChannel *channel, GError **error)
{
  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      VantageNode *record = vantage_tokens_read (tokens);
      gint64 offset, length;

      if (record == NULL)
        {
          if (vantage_tokens_get_error (tokens) != NULL)
            break;
          if (!note_too_large (self, tokens, error))
            return FALSE;
          continue;
        }
      vantage_tokens_get_extent (tokens, &offset, &length);
      if (!take_message (self, unwrap (record), channel, offset, length, error))
        return FALSE;
    }
  return TRUE;
}

/* Ends the reading of an entry; what was wrong with it is told once, by the last pass. */
static gboolean
close_entry (Slack *self, VantageTokens *tokens, GError **error)
{
  if (self->learning)
    return vantage_reading_go_on (self->reading, error);
  return vantage_reading_close_tokens (self->reading, tokens, self->entry, error);
}

static VantageTokens *
open_entry (Slack *self, const VantageEntry *entry, gboolean *out_go_on, GError **error)
{
  GError *failure = NULL;
  VantageTokens *tokens = vantage_reading_open_tokens (self->reading, entry, &failure);

  self->entry = entry;
  *out_go_on = TRUE;
  if (tokens == NULL && self->learning && !g_cancellable_is_cancelled (self->reading->cancellable))
    g_error_free (failure);
  else if (tokens == NULL)
    *out_go_on = vantage_reading_take_failure (self->reading, entry, failure, error);
  return tokens;
}

static gboolean
read_array_entry (Slack *self, const VantageEntry *entry, VantageSlackChannel *channel,
                  GError **error)
{
  gboolean go_on;
  g_autoptr (VantageTokens) tokens = open_entry (self, entry, &go_on, error);

  if (tokens == NULL)
    return go_on;
  switch (vantage_tokens_peek (tokens))
    {
    case VANTAGE_TOKEN_BEGIN_ARRAY:
      vantage_tokens_next (tokens);
      if (!read_messages (self, tokens, channel, error))
        return FALSE;
      /* Joined pages are arrays back to back. */
      while (vantage_tokens_next (tokens) == VANTAGE_TOKEN_END_ARRAY &&
             vantage_tokens_peek (tokens) == VANTAGE_TOKEN_BEGIN_ARRAY)
        {
          vantage_tokens_next (tokens);
          if (!read_messages (self, tokens, channel, error))
            return FALSE;
        }
      break;
    case VANTAGE_TOKEN_BEGIN_OBJECT:
      if (!read_messages (self, tokens, channel, error))
        return FALSE;
      break;
    case VANTAGE_TOKEN_END:
      if (!self->learning && !vantage_reading_note (self->reading, "empty-file", entry, 0, 0, error,
                                                    "the file is empty"))
        return FALSE;
      break;
    default:
      break;
    }
  return close_entry (self, tokens, error);
}

/* ---- an object with messages ---- */

typedef struct
{
  char *channel, *name;
  gboolean more;
} Page;

static void
page_clear (Page *self)
{
  g_free (self->channel);
  g_free (self->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static void
set_once (char **field, const char *text)
{
  if (*field == NULL && text != NULL && *text != '\0')
    *field = g_strdup (text);
}

static void
note_page_member (Page *page, const char *key, VantageNode *value)
{
  if (g_str_equal (key, "channel_id") ||
      (g_str_equal (key, "channel") && value->type == VANTAGE_NODE_STRING))
    set_once (&page->channel, vantage_node_get_text (value));
  else if (g_str_equal (key, "channel"))
    {
      set_once (&page->channel, vantage_node_get_member (value, "id"));
      set_once (&page->name, vantage_node_get_member (value, "name"));
    }
  else if (g_str_equal (key, "name"))
    set_once (&page->name, vantage_node_get_text (value));
  else if (g_str_equal (key, "has_more"))
    page->more |= value->type == VANTAGE_NODE_TRUE;
  else if (g_str_equal (key, "response_metadata"))
    {
      const char *cursor = vantage_node_get_member (value, "next_cursor");

      page->more |= cursor != NULL && *cursor != '\0';
    }
}

/* Everything of the object but its messages. */
static void
read_page_head (VantageTokens *tokens, Page *page)
{
  if (vantage_tokens_next (tokens) != VANTAGE_TOKEN_BEGIN_OBJECT)
    return;
  while (vantage_tokens_next (tokens) == VANTAGE_TOKEN_KEY)
    {
      g_autofree char *key = g_strdup (vantage_tokens_get_key (tokens));
      VantageNode *value;

      if (g_str_equal (key, "messages"))
        {
          vantage_tokens_skip (tokens);
          continue;
        }
      value = vantage_tokens_read (tokens);
      if (value != NULL)
        note_page_member (page, key, value);
    }
}

static gboolean
read_page_messages (Slack *self, VantageTokens *tokens, VantageSlackChannel *channel,
                    GError **error)
{
  if (vantage_tokens_next (tokens) != VANTAGE_TOKEN_BEGIN_OBJECT)
    return TRUE;
  while (vantage_tokens_next (tokens) == VANTAGE_TOKEN_KEY)
    {
      if (!g_str_equal (vantage_tokens_get_key (tokens), "messages") ||
          vantage_tokens_peek (tokens) != VANTAGE_TOKEN_BEGIN_ARRAY)
        {
          vantage_tokens_skip (tokens);
          continue;
        }
      vantage_tokens_next (tokens);
      if (!read_messages (self, tokens, channel, error))
        return FALSE;
      vantage_tokens_next (tokens);
    }
  return TRUE;
}

/* Name of the channel that a file without one belongs to: its folder's where that is all there is
 * to go by, else its own. (transfer full) */
static char *
dup_file_channel (Slack *self, const VantageEntry *entry, gboolean folder_first)
{
  const char *slash = strrchr (entry->path, '/');
  const char *folder = vantage_input_get_folder (self->reading->input);
  g_autofree char *inner = NULL;
  static const char *const endings[] = { ".gz", ".json", ".jsonl", ".ndjson" };
  char *base;

  if (slash != NULL)
    {
      g_autofree char *whole = g_strndup (entry->path, (gsize) (slash - entry->path));

      inner = g_path_get_basename (whole);
      folder = inner;
    }
  if (folder_first && folder != NULL)
    return g_strdup (folder);
  base = g_strdup (slash != NULL ? slash + 1 : entry->path);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (base, endings[i]) && strlen (base) > strlen (endings[i]))
      base[strlen (base) - strlen (endings[i])] = '\0';
  return base;
}

static VantageSlackChannel *
find_page_channel (Slack *self, const VantageEntry *entry, const Page *page)
{
  g_autofree char *name = NULL;

  if (page->channel != NULL)
    return vantage_slack_directory_get_channel_by_id (self->directory, page->channel, page->name);
  if (page->name != NULL)
    name = vantage_text_nfc (page->name);
  else
    name = dup_file_channel (self, entry, vantage_input_get_n_entries (self->reading->input) > 1);
  return vantage_slack_directory_get_channel (self->directory, name);
}

static gboolean
read_page_entry (Slack *self, const VantageEntry *entry, GError **error)
{
  g_auto (Page) page = { NULL };
  gboolean go_on;
  g_autoptr (VantageTokens) head = open_entry (self, entry, &go_on, error);
  g_autoptr (VantageTokens) tokens = NULL;

  if (head == NULL)
    return go_on;
  read_page_head (head, &page);
  if (self->learning)
    {
      self->n_pages++;
      self->n_pages_with_more += page.more ? 1 : 0;
    }
  tokens = open_entry (self, entry, &go_on, error);
  if (tokens == NULL)
    return go_on;
  return read_page_messages (self, tokens, find_page_channel (self, entry, &page), error) &&
         close_entry (self, tokens, error);
}

/* ---- an archive of chunks ---- */

static void
learn_each (Slack *self, VantageNode *list, gboolean people)
{
  if (list == NULL || list->type != VANTAGE_NODE_ARRAY)
    return;
  for (VantageNode *at = vantage_node_first (list); at != NULL; at = vantage_node_next (list, at))
    if (people)
      vantage_slack_directory_add_user (self->directory, at);
    else
      vantage_slack_directory_add_channel (self->directory, at, VANTAGE_CHANNEL_CHAT);
}

static void
learn_workspace (Slack *self, VantageNode *workspace)
{
  const char *url = vantage_node_get_member (workspace, "url");
  gsize length;

  if (url == NULL || !g_str_has_prefix (url, "https://") || self->workspace != NULL)
    return;
  length = strlen (url);
  while (length > 0 && url[length - 1] == '/')
    length--;
  self->workspace = g_strndup (url, length);
}

static void
learn_chunk (Slack *self, VantageNode *chunk)
{
  const char *channel = vantage_node_get_member (chunk, "id");
  VantageNode *info = vantage_node_get_object (chunk, "ci");
  VantageNode *members = vantage_node_get_array (chunk, "cu");

  learn_each (self, vantage_node_get (chunk, "u"), TRUE);
  learn_each (self, vantage_node_get (chunk, "ch"), FALSE);
  if (info != NULL)
    vantage_slack_directory_add_channel (self->directory, info, VANTAGE_CHANNEL_CHAT);
  if (channel != NULL && members != NULL)
    vantage_slack_directory_set_members (self->directory, channel, members);
  if (vantage_node_get_object (chunk, "w") != NULL)
    learn_workspace (self, vantage_node_get_object (chunk, "w"));
}

static gboolean
take_chunk (Slack *self, VantageNode *chunk, gint64 offset, gint64 length, GError **error)
{
  const char *id = vantage_node_get_member (chunk, "id");
  gint64 sort = vantage_node_get_int (chunk, "t", -1);
  VantageNode *parent = vantage_node_get_object (chunk, "p");
  VantageSlackChannel *channel;

  if (self->learning)
    learn_chunk (self, chunk);
  /* 0: messages of a channel, 1: of a thread; 9: found by a search, each with its channel. */
  if (sort != 0 && sort != 1 && sort != 9)
    return TRUE;
  if (sort == 9)
    return take_each (self, vantage_node_get (chunk, "sm"), NULL, offset, length, error);
  if (id == NULL || *id == '\0')
    return TRUE;
  channel = vantage_slack_directory_get_channel_by_id (self->directory, id, NULL);
  if (parent != NULL && sort == 1 && !take_message (self, parent, channel, offset, length, error))
    return FALSE;
  return take_each (self, vantage_node_get (chunk, "m"), channel, offset, length, error);
}

static gboolean
read_chunks_entry (Slack *self, const VantageEntry *entry, GError **error)
{
  gboolean go_on;
  g_autoptr (VantageTokens) tokens = open_entry (self, entry, &go_on, error);

  if (tokens == NULL)
    return go_on;
  for (;;)
    {
      VantageToken token = vantage_tokens_peek (tokens);
      VantageNode *chunk = token >= VANTAGE_TOKEN_VALUE ? vantage_tokens_read (tokens) : NULL;
      gint64 offset, length;

      if (chunk != NULL)
        {
          vantage_tokens_get_extent (tokens, &offset, &length);
          if (!take_chunk (self, chunk, offset, length, error))
            return FALSE;
          continue;
        }
      if (token == VANTAGE_TOKEN_END || vantage_tokens_is_cut_off (tokens))
        break;
      if (vantage_tokens_get_error (tokens) == NULL)
        {
          if (!note_too_large (self, tokens, error))
            return FALSE;
          continue;
        }
      if (!close_entry (self, tokens, error))
        return FALSE;
      if (!vantage_tokens_recover_line (tokens))
        return TRUE;
    }
  return close_entry (self, tokens, error);
}

/* ---- the lists of an export ---- */

static gboolean
read_list (Slack *self, const VantageEntry *entry, VantageSlackRole role, GError **error)
{
  gboolean go_on;
  g_autoptr (VantageTokens) tokens = open_entry (self, entry, &go_on, error);

  if (tokens == NULL)
    return go_on;
  if (vantage_tokens_peek (tokens) == VANTAGE_TOKEN_BEGIN_ARRAY)
    {
      vantage_tokens_next (tokens);
      while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
        {
          VantageNode *record = vantage_tokens_read (tokens);

          if (record == NULL && vantage_tokens_get_error (tokens) != NULL)
            break;
          if (record == NULL || record->type != VANTAGE_NODE_OBJECT)
            continue;
          if (role == VANTAGE_SLACK_LIST_PEOPLE)
            vantage_slack_directory_add_user (self->directory, record);
          else
            vantage_slack_directory_add_channel (
                self->directory, record,
                role == VANTAGE_SLACK_LIST_DIRECT ? VANTAGE_CHANNEL_DIRECT : VANTAGE_CHANNEL_CHAT);
        }
    }
  return vantage_reading_close_tokens (self->reading, tokens, entry, error);
}

/* ---- all ---- */

static gint
compare_days (gconstpointer a, gconstpointer b)
{
  const VantageEntry *first = *(const VantageEntry *const *) a;
  const VantageEntry *second = *(const VantageEntry *const *) b;
  gsize n_first = strlen (first->path), n_second = strlen (second->path);
  const gsize n_day = strlen ("0000-00-00.json");
  int order = strcmp (first->path + n_first - n_day, second->path + n_second - n_day);

  return order != 0 ? order : strcmp (first->path, second->path);
}

static gboolean
read_days (Slack *self, GPtrArray *days, gboolean listed, GError **error)
{
  g_autoptr (GHashTable) noted = g_hash_table_new (NULL, NULL);

  g_ptr_array_sort (days, compare_days);
  for (guint i = 0; i < days->len; i++)
    {
      const VantageEntry *entry = days->pdata[i];
      g_autofree char *folder = dup_file_channel (self, entry, TRUE);
      VantageSlackChannel *channel = vantage_slack_directory_get_channel (self->directory, folder);

      if (!vantage_slack_directory_tell_channel (self->directory, channel, error))
        return FALSE;
      if (!channel->wanted)
        continue;
      if (listed && !channel->listed && g_hash_table_add (noted, channel) &&
          !vantage_reading_note (self->reading, "unlisted-channel", entry, 0, -1, error,
                                 "the channel “%s” is in no list of the export", folder))
        return FALSE;
      if (!read_array_entry (self, entry, channel, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_other (Slack *self, const VantageEntry *entry, GError **error)
{
  g_autoptr (GBytes) head = vantage_input_peek (self->reading->input, entry);
  gsize size;
  const char *bytes = g_bytes_get_data (head, &size);
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (bytes != NULL ? bytes : "", size);
  g_autofree char *name = NULL;

  switch (vantage_slack_get_shape (vantage_tokens_read_head (tokens)))
    {
    case VANTAGE_SLACK_PAGE:
      return read_page_entry (self, entry, error);
    case VANTAGE_SLACK_CHUNKS:
      return read_chunks_entry (self, entry, error);
    case VANTAGE_SLACK_MESSAGES:
      name = dup_file_channel (self, entry, FALSE);
      return read_array_entry (self, entry,
                               vantage_slack_directory_get_channel (self->directory, name), error);
    default:
      if (!self->learning)
        self->n_alien++;
      return TRUE;
    }
}

static gboolean
read_others (Slack *self, GPtrArray *others, GError **error)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      self->learning = pass == 0;
      for (guint i = 0; i < others->len; i++)
        if (!read_other (self, others->pdata[i], error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
tell_rest (Slack *self, GError **error)
{
  VantageSourceFacts *facts = self->reading->facts;
  gsize n_orphans = vantage_slack_seen_count_missing (self->roots, self->seen);

  if (self->n_duplicates > 0 &&
      !vantage_reading_note (self->reading, "duplicate", NULL, 0, -1, error,
                             "%" G_GUINT64_FORMAT " messages were there more than once",
                             self->n_duplicates))
    return FALSE;
  if (n_orphans > 0 &&
      !vantage_reading_note (self->reading, "no-parent", NULL, 0, -1, error,
                             "%" G_GSIZE_FORMAT " threads are there without their first message",
                             n_orphans))
    return FALSE;
  if (self->n_alien > 0 &&
      !vantage_reading_note (self->reading, "unknown-file", NULL, 0, -1, error,
                             "%u files hold no messages and were left alone", self->n_alien))
    return FALSE;
  if (self->n_pages == 0 || self->n_pages_with_more < self->n_pages)
    return TRUE;
  facts->complete = FALSE;
  facts->missing = g_strdup ("There are more pages of messages than the file holds.");
  return vantage_reading_note (self->reading, "more-pages", NULL, 0, -1, error,
                               "the file says that there are more messages than it holds");
}

static gboolean
read_parts (Slack *self, GError **error)
{
  VantageInput *input = self->reading->input;
  g_autoptr (GPtrArray) days = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  gboolean listed = FALSE;

  for (guint i = 0; i < vantage_input_get_n_entries (input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      VantageSlackRole role = vantage_slack_get_role (entry->path);

      if (role == VANTAGE_SLACK_DAY)
        g_ptr_array_add (days, (gpointer) entry);
      else if (role == VANTAGE_SLACK_JSON)
        g_ptr_array_add (others, (gpointer) entry);
      else if (role == VANTAGE_SLACK_ALIEN)
        self->n_alien++;
      else if (role != VANTAGE_SLACK_IGNORED)
        {
          listed |= role != VANTAGE_SLACK_LIST_PEOPLE;
          if (!read_list (self, entry, role, error))
            return FALSE;
        }
    }
  return read_others (self, others, error) && read_days (self, days, listed, error) &&
         tell_rest (self, error);
}

static gboolean
vantage_slack_read (VantageReading *reading, GError **error)
{
  Slack self = { .reading = reading };
  gboolean ok;

  self.directory = vantage_slack_directory_new (reading);
  self.seen = vantage_slack_seen_new ();
  self.roots = vantage_slack_seen_new ();
  ok = read_parts (&self, error);
  vantage_slack_directory_free (self.directory);
  vantage_slack_seen_free (self.seen);
  vantage_slack_seen_free (self.roots);
  g_free (self.workspace);
  return ok;
}

const VantageReader vantage_slack_reader = {
  .format = { "slack", "Slack export", "zip json gz" },
  .family = "slack",
  .score = vantage_slack_score,
  .near_miss = vantage_slack_near_miss,
  .read = vantage_slack_read,
};
