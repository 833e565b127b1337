/* vantage-google-chat.c: conversations of Google Chat as Takeout archives them, a folder each, and
 * lists of messages of the interface. */

#include "vantage-google-chat-private.h"

#include <string.h>

/* ---- what an object is ---- */

typedef enum
{
  SORT_NOTHING,
  SORT_MESSAGE,
  SORT_GROUP,  /* group_info.json */
  SORT_PERSON, /* user_info.json */
} Sort;

static Sort
classify (VantageNode *node)
{
  VantageNode *members, *first;

  if (node->type != VANTAGE_NODE_OBJECT)
    return SORT_NOTHING;
  if (vantage_google_chat_is_message (node))
    return SORT_MESSAGE;
  if (vantage_node_get_object (node, "user") != NULL &&
      vantage_node_get_array (node, "membership_info") != NULL)
    return SORT_PERSON;
  members = vantage_node_get_array (node, "members");
  first = members != NULL ? vantage_node_first (members) : NULL;
  return first != NULL && vantage_node_get (first, "user_type") != NULL ? SORT_GROUP : SORT_NOTHING;
}

static gboolean
is_record (VantageNode *node)
{
  return classify (node) != SORT_NOTHING;
}

/* ---- lists ---- */

static void
group_free (gpointer data)
{
  VantageGoogleChatGroup *self = data;

  g_free (self->name);
  g_ptr_array_unref (self->members);
  g_free (self);
}

static void
learn_group (VantageGoogleChat *self, VantageNode *record)
{
  VantageNode *members = vantage_node_get_array (record, "members");
  VantageGoogleChatGroup *group;

  if (!self->chat.learning)
    return;
  group = g_new0 (VantageGoogleChatGroup, 1);
  group->name = g_strdup (vantage_chat_get_string (record, "name"));
  group->members = g_ptr_array_new_with_free_func (g_free);
  for (VantageNode *at = vantage_node_first (members); at != NULL;
       at = vantage_node_next (members, at))
    {
      char *key = vantage_google_chat_dup_account (self, at, VANTAGE_TIME_MAX);

      if (key != NULL)
        g_ptr_array_add (group->members, key);
    }
  g_hash_table_insert (self->groups, g_path_get_dirname (self->chat.entry->path), group);
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageGoogleChat *self = user_data;

  vantage_chat_set_place (&self->chat, place);
  switch (classify (record))
    {
    case SORT_MESSAGE:
      return vantage_google_chat_take_message (self, record, error);
    case SORT_GROUP:
      learn_group (self, record);
      return TRUE;
    case SORT_PERSON:
      g_free (vantage_google_chat_dup_account (self, vantage_node_get_object (record, "user"),
                                               VANTAGE_TIME_MAX));
      return TRUE;
    default:
      return TRUE;
    }
}

static const char *const ways[] = { "messages", NULL };
static const VantageRecordShape shape = { is_record, ways, take, FALSE };
static const VantageRecordShape messages = { vantage_google_chat_is_message, ways, take, FALSE };

/* ---- the whole ---- */

/* Files of other services may lie beside these. */
static gboolean
has_records (VantageReading *reading, const VantageEntry *entry)
{
  g_autoptr (GBytes) bytes = vantage_input_peek (reading->input, entry);
  gsize size;
  const char *head = g_bytes_get_data (bytes, &size);
  g_autoptr (VantageTokens) tokens = vantage_tokens_new_for_data (head != NULL ? head : "", size);
  VantageNode *json = vantage_tokens_read_head (tokens);
  VantageNode *list;

  if (json == NULL || json->type < VANTAGE_NODE_ARRAY)
    return FALSE;
  if (is_record (json))
    return TRUE;
  list = json->type == VANTAGE_NODE_ARRAY ? json : vantage_node_get_array (json, "messages");
  return list != NULL && vantage_node_first (list) != NULL && is_record (vantage_node_first (list));
}

/* Names before the messages that need them. */
static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const VantageEntry *first = *(const VantageEntry *const *) a;
  const VantageEntry *second = *(const VantageEntry *const *) b;
  gboolean first_says = g_str_has_suffix (first->path, "messages.json");
  gboolean second_says = g_str_has_suffix (second->path, "messages.json");

  return first_says != second_says ? (first_says ? 1 : -1) : strcmp (first->path, second->path);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageGoogleChat self = { .groups = NULL };
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  gboolean single = vantage_input_get_n_entries (reading->input) == 1, ok;

  vantage_chat_init (&self.chat, reading);
  self.groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, group_free);
  for (guint i = 0; i < vantage_input_get_n_entries (reading->input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);

      if (single || (vantage_records_is_json (reading, entry) && has_records (reading, entry)))
        g_ptr_array_add (entries, (gpointer) entry);
      else
        self.chat.n_alien++;
    }
  g_ptr_array_sort (entries, compare_entries);
  ok = vantage_chat_walk (&self.chat, entries, &shape, &self, error) &&
       vantage_chat_finish (&self.chat, error);
  g_hash_table_unref (self.groups);
  vantage_chat_clear (&self.chat);
  return ok;
}

/* ---- recognising ---- */

/* The first message in files that are called as an archive calls them; in a single file whatever it
 * is called. */
static VantageNode *
find_message (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n_looks = 0;

  for (guint i = 0; i < vantage_input_get_n_entries (input) && n_looks < 24; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      VantageNode *found;

      if (vantage_input_get_n_entries (input) > 12 &&
          !g_str_has_suffix (entry->path, "messages.json"))
        continue;
      n_looks++;
      found = vantage_records_sniff (sniff, entry, &messages);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static int
score (VantageSniff *sniff)
{
  return find_message (sniff) != NULL ? 92 : 0;
}

static gboolean
holds_event (VantageNode *node, guint depth)
{
  if (node == NULL || node->type != VANTAGE_NODE_OBJECT || depth > 3)
    return FALSE;
  if (vantage_node_get (node, "commonEventObject") != NULL &&
      vantage_node_get_object (node, "chat") != NULL)
    return TRUE;
  if (vantage_node_get (node, "eventTime") != NULL &&
      (vantage_node_get (node, "space") != NULL || vantage_node_get (node, "user") != NULL ||
       vantage_node_get (node, "messagePayload") != NULL))
    return TRUE;
  for (VantageNode *at = vantage_node_first (node); at != NULL; at = vantage_node_next (node, at))
    if (holds_event (vantage_node_value (at), depth + 1))
      return TRUE;
  return FALSE;
}

#define WAY_OUT                                                                                      \
  "Export the conversations with Google Takeout (choose “Google Chat”) and import the zip file " \
  "or its folder."

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *json = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;

  if (json == NULL)
    return NULL;
  if (holds_event (json, 0))
    return g_strdup ("These are events as Google Chat sends them to an app, not the record of a "
                     "conversation. " WAY_OUT);
  if (classify (json) == SORT_GROUP || classify (json) == SORT_PERSON)
    return g_strdup (
        "This is a part of an archive of Google Chat that holds no messages. " WAY_OUT);
  return NULL;
}

const VantageReader vantage_google_chat_reader = {
  .format = { "google-chat", "Google Chat (Takeout)", "zip json" },
  .family = "google-chat",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
