/* vantage-zulip.c: the export of a Zulip organisation, its files of messages by themselves, and
 * lists of messages as the interface gives them. */

#include "vantage-zulip-private.h"

#include <string.h>

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageZulip *self = user_data;

  vantage_chat_set_place (&self->chat, place);
  return vantage_zulip_take_message (self, record, error);
}

static const char *const ways[] = { "zerver_message", "messages", "message", NULL };
static const VantageRecordShape shape = { vantage_zulip_is_message, ways, take, FALSE };

/* ---- what a file is ---- */

typedef enum
{
  FILE_ALIEN,
  FILE_MESSAGES,
  FILE_TABLES,
} FileSort;

static FileSort
classify (VantageNode *json)
{
  VantageNode *list = json;

  if (json == NULL || json->type < VANTAGE_NODE_ARRAY)
    return FILE_ALIEN;
  if (json->type == VANTAGE_NODE_ARRAY)
    return vantage_node_first (json) != NULL && vantage_zulip_is_message (vantage_node_first (json))
               ? FILE_MESSAGES
               : FILE_ALIEN;
  if (vantage_zulip_is_message (json) || vantage_node_get (json, "zerver_message") != NULL ||
      vantage_node_get (json, "zerver_usermessage") != NULL)
    return FILE_MESSAGES;
  list = vantage_node_get_array (json, "messages");
  if (list != NULL && vantage_node_first (list) != NULL &&
      vantage_zulip_is_message (vantage_node_first (list)))
    return FILE_MESSAGES;
  if (vantage_zulip_is_message (vantage_node_get_object (json, "message") != NULL
                                    ? vantage_node_get_object (json, "message")
                                    : json))
    return FILE_MESSAGES;
  for (VantageNode *at = vantage_node_first (json); at != NULL; at = vantage_node_next (json, at))
    if (g_str_has_prefix (vantage_node_get_text (at), "zerver_"))
      return FILE_TABLES;
  return FILE_ALIEN;
}

static FileSort
classify_entry (VantageReading *reading, const VantageEntry *entry)
{
  g_autoptr (GBytes) bytes = vantage_input_peek (reading->input, entry);
  gsize size;
  const char *head = g_bytes_get_data (bytes, &size);
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (head != NULL ? head : "", size);

  return classify (vantage_tokens_read_head (tokens));
}

/* ---- tables ---- */

/* Every table that is of use, row by row. Files of messages have some too. */
static gboolean
read_tables (VantageZulip *self, const VantageEntry *entry, gboolean tell, GError **error)
{
  GError *failure = NULL;
  g_autoptr (VantageTokens) tokens =
      vantage_reading_open_tokens (self->chat.reading, entry, &failure);

  if (tokens == NULL && tell)
    return vantage_reading_take_failure (self->chat.reading, entry, failure, error);
  if (tokens == NULL)
    {
      g_error_free (failure);
      return vantage_reading_go_on (self->chat.reading, error);
    }
  if (vantage_tokens_next (tokens) == VANTAGE_TOKEN_BEGIN_OBJECT)
    while (vantage_tokens_next (tokens) == VANTAGE_TOKEN_KEY)
      {
        g_autofree char *name = g_strdup (vantage_tokens_get_key (tokens));

        if (!vantage_zulip_has_use (name) ||
            vantage_tokens_peek (tokens) != VANTAGE_TOKEN_BEGIN_ARRAY)
          {
            vantage_tokens_skip (tokens);
            continue;
          }
        vantage_tokens_next (tokens);
        while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
          {
            VantageNode *row = vantage_tokens_read (tokens);

            if (row == NULL && vantage_tokens_get_error (tokens) != NULL)
              break;
            if (row != NULL)
              vantage_zulip_learn_row (self, name, row);
          }
        vantage_tokens_next (tokens);
        if (!vantage_reading_go_on (self->chat.reading, error))
          return FALSE;
      }
  return tell ? vantage_reading_close_tokens (self->chat.reading, tokens, entry, error)
              : vantage_reading_go_on (self->chat.reading, error);
}

/* ---- the whole ---- */

static gboolean
read_files (VantageZulip *self, GPtrArray *messages, GPtrArray *tables, GError **error)
{
  for (guint i = 0; i < tables->len; i++)
    if (!read_tables (self, tables->pdata[i], TRUE, error))
      return FALSE;
  for (guint i = 0; i < messages->len; i++)
    if (!read_tables (self, messages->pdata[i], FALSE, error))
      return FALSE;
  if (!vantage_chat_walk (&self->chat, messages, &shape, self, error))
    return FALSE;
  if (g_hash_table_size (self->recipients) > 0 || !self->unplaced)
    return TRUE;
  self->chat.reading->facts->complete = FALSE;
  return vantage_reading_note (self->chat.reading, "no-tables", NULL, 0, -1, error,
                               "realm.json is not here, so nobody has a name and no channel "
                               "either: import the whole folder of the export");
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageZulip self;
  g_autoptr (GPtrArray) messages = g_ptr_array_new ();
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  gboolean ok;

  vantage_zulip_init (&self, reading);
  for (guint i = 0; i < vantage_input_get_n_entries (reading->input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);
      FileSort sort =
          vantage_records_is_json (reading, entry) ? classify_entry (reading, entry) : FILE_ALIEN;

      if (sort == FILE_MESSAGES || vantage_input_get_n_entries (reading->input) == 1)
        g_ptr_array_add (messages, (gpointer) entry);
      else if (sort == FILE_TABLES)
        g_ptr_array_add (tables, (gpointer) entry);
      else
        self.chat.n_alien++;
    }
  ok = read_files (&self, messages, tables, error) && vantage_chat_finish (&self.chat, error);
  vantage_zulip_clear (&self);
  return ok;
}

/* ---- recognising ---- */

static FileSort
find_best (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n_looks = 0;
  FileSort best = FILE_ALIEN;

  for (guint i = 0; i < vantage_input_get_n_entries (input) && n_looks < 24; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      FileSort sort;

      if (vantage_input_get_n_entries (input) > 1 && !g_str_has_suffix (entry->path, ".json"))
        continue;
      n_looks++;
      sort = classify (vantage_sniff_get_json (sniff, entry));
      if (sort == FILE_MESSAGES)
        return sort;
      best = MAX (best, sort);
    }
  return best;
}

static int
score (VantageSniff *sniff)
{
  return find_best (sniff) == FILE_MESSAGES ? 90 : 0;
}

static char *
near_miss (VantageSniff *sniff)
{
  if (find_best (sniff) != FILE_TABLES)
    return NULL;
  return g_strdup ("This is a part of a Zulip export that holds no messages. Import the whole "
                   "folder of the export, with its messages-….json files.");
}

const VantageReader vantage_zulip_reader = {
  .format = { "zulip", "Zulip", "json zip" },
  .family = "zulip",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
