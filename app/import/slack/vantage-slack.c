/* vantage-slack.c: reading an export of Slack, in every container that people make of one.
 *
 * Day files are read once, in the order of their days, so that items come nearly in the order of
 * time. Other containers (dumps, archives, pages) may hold a message several times and people and
 * channels after the messages that need them, so they are read twice: once to learn, once to keep
 * the best copy of each message.
 */

#include "vantage-slack-private.h"

#include <string.h>

/* ---- the lists of an export ---- */

static gboolean
read_list (VantageSlack *self, const VantageEntry *entry, VantageSlackRole role, GError **error)
{
  gboolean go_on;
  g_autoptr (VantageTokens) tokens = vantage_slack_open (self, entry, &go_on, error);

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
read_days (VantageSlack *self, GPtrArray *days, gboolean listed, GError **error)
{
  g_autoptr (GHashTable) noted = g_hash_table_new (NULL, NULL);

  g_ptr_array_sort (days, compare_days);
  for (guint i = 0; i < days->len; i++)
    {
      const VantageEntry *entry = days->pdata[i];
      g_autofree char *folder = vantage_slack_dup_channel_name (self, entry, TRUE);
      VantageSlackChannel *channel = vantage_slack_directory_get_channel (self->directory, folder);

      if (!vantage_slack_directory_tell_channel (self->directory, channel, error))
        return FALSE;
      if (!channel->wanted)
        continue;
      if (listed && !channel->listed && g_hash_table_add (noted, channel) &&
          !vantage_reading_note (self->reading, "unlisted-channel", entry, 0, -1, error,
                                 "the channel “%s” is in no list of the export", folder))
        return FALSE;
      if (!vantage_slack_read_array (self, entry, channel, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_other (VantageSlack *self, const VantageEntry *entry, GError **error)
{
  g_autoptr (GBytes) head = vantage_input_peek (self->reading->input, entry);
  gsize size;
  const char *bytes = g_bytes_get_data (head, &size);
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (bytes != NULL ? bytes : "", size);
  g_autofree char *name = NULL;

  switch (vantage_slack_get_shape (vantage_tokens_read_head (tokens)))
    {
    case VANTAGE_SLACK_PAGE:
      return vantage_slack_read_page (self, entry, error);
    case VANTAGE_SLACK_CHUNKS:
      return vantage_slack_read_chunks (self, entry, error);
    case VANTAGE_SLACK_MESSAGES:
      name = vantage_slack_dup_channel_name (self, entry, FALSE);
      return vantage_slack_read_array (
          self, entry, vantage_slack_directory_get_channel (self->directory, name), error);
    default:
      if (!self->learning)
        self->n_alien++;
      return TRUE;
    }
}

static gboolean
read_others (VantageSlack *self, GPtrArray *others, GError **error)
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
tell_rest (VantageSlack *self, GError **error)
{
  VantageSourceFacts *facts = self->reading->facts;
  gsize n_orphans = vantage_slack_seen_count_missing (self->roots, self->seen, self->trail);

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
read_parts (VantageSlack *self, GError **error)
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
  self->once = others->len == 0;
  return read_others (self, others, error) && read_days (self, days, listed, error) &&
         tell_rest (self, error);
}

static gboolean
vantage_slack_read (VantageReading *reading, GError **error)
{
  VantageSlack self = { .reading = reading };
  gboolean ok;

  self.directory = vantage_slack_directory_new (reading);
  self.seen = vantage_slack_seen_new (TRUE);
  self.trail = vantage_slack_trail_new ();
  self.roots = vantage_slack_seen_new (FALSE);
  ok = read_parts (&self, error);
  vantage_slack_directory_free (self.directory);
  vantage_slack_seen_free (self.seen);
  vantage_slack_trail_free (self.trail);
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
