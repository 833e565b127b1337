/* vantage-slack-entry.c: files that are a list of messages, or an object that has one. */

#include "vantage-slack-private.h"

#include <string.h>

#include "vantage-text.h"

/* ---- files ---- */

gboolean
vantage_slack_note_too_large (VantageSlack *self, VantageTokens *tokens, GError **error)
{
  gint64 offset, length;

  if (self->learning || !vantage_tokens_get_passed_over (tokens))
    return TRUE;
  vantage_tokens_get_extent (tokens, &offset, &length);
  return vantage_reading_skip (self->reading, "too-large", self->entry, 0, offset, error,
                               "a record of %" G_GINT64_FORMAT " bytes", length);
}

/* The message inside an item of Perceval, else the record itself. Messages are told at once by one
 * of the members that they begin with. */
static VantageNode *
unwrap (VantageNode *record)
{
  VantageNode *first = vantage_node_first (record), *data;

  if (first != NULL && record->type == VANTAGE_NODE_OBJECT &&
      (vantage_node_is (first, "type") || vantage_node_is (first, "client_msg_id") ||
       vantage_node_is (first, "subtype") || vantage_node_is (first, "user")))
    return record;

  data = vantage_node_get_object (record, "data");
  return data != NULL && vantage_node_get (record, "backend_name") != NULL ? data : record;
}

/* The messages of the array that the cursor has just entered, or at the top. */
static gboolean
read_messages (VantageSlack *self, VantageTokens *tokens, VantageSlackChannel *channel,
               GError **error)
{
  while (vantage_tokens_peek (tokens) >= VANTAGE_TOKEN_VALUE)
    {
      VantageNode *record = vantage_tokens_read (tokens);
      gint64 offset, length;

      if (record == NULL)
        {
          if (vantage_tokens_get_error (tokens) != NULL)
            break;
          if (!vantage_slack_note_too_large (self, tokens, error))
            return FALSE;
          continue;
        }
      vantage_tokens_get_extent (tokens, &offset, &length);
      if (!vantage_slack_take (self, unwrap (record), channel, offset, length, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
vantage_slack_close (VantageSlack *self, VantageTokens *tokens, GError **error)
{
  if (self->learning)
    return vantage_reading_go_on (self->reading, error);
  return vantage_reading_close_tokens (self->reading, tokens, self->entry, error);
}

VantageTokens *
vantage_slack_open (VantageSlack *self, const VantageEntry *entry, gboolean *out_go_on,
                    GError **error)
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

gboolean
vantage_slack_read_array (VantageSlack *self, const VantageEntry *entry,
                          VantageSlackChannel *channel, GError **error)
{
  gboolean go_on;
  g_autoptr (VantageTokens) tokens = vantage_slack_open (self, entry, &go_on, error);

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
  return vantage_slack_close (self, tokens, error);
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
read_page_messages (VantageSlack *self, VantageTokens *tokens, VantageSlackChannel *channel,
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

char *
vantage_slack_dup_channel_name (VantageSlack *self, const VantageEntry *entry,
                                gboolean folder_first)
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
find_page_channel (VantageSlack *self, const VantageEntry *entry, const Page *page)
{
  g_autofree char *name = NULL;

  if (page->channel != NULL)
    return vantage_slack_directory_get_channel_by_id (self->directory, page->channel, page->name);
  if (page->name != NULL)
    name = vantage_text_nfc (page->name);
  else
    name = vantage_slack_dup_channel_name (self, entry,
                                           vantage_input_get_n_entries (self->reading->input) > 1);
  return vantage_slack_directory_get_channel (self->directory, name);
}

gboolean
vantage_slack_read_page (VantageSlack *self, const VantageEntry *entry, GError **error)
{
  g_auto (Page) page = { NULL };
  gboolean go_on;
  g_autoptr (VantageTokens) head = vantage_slack_open (self, entry, &go_on, error);
  g_autoptr (VantageTokens) tokens = NULL;

  if (head == NULL)
    return go_on;
  read_page_head (head, &page);
  if (self->learning)
    {
      self->n_pages++;
      self->n_pages_with_more += page.more ? 1 : 0;
    }
  tokens = vantage_slack_open (self, entry, &go_on, error);
  if (tokens == NULL)
    return go_on;
  return read_page_messages (self, tokens, find_page_channel (self, entry, &page), error) &&
         vantage_slack_close (self, tokens, error);
}
