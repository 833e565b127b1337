/* vantage-slack-recognise.c: whether something is an export of Slack, and of which shape. */

#include "vantage-slack-private.h"

#include <string.h>

#include "vantage-slack-message.h"

#define MAX_LOOKS 12

/* "2024-01-15.json" */
static gboolean
is_day_name (const char *base)
{
  static const char pattern[] = "dddd-dd-dd.json";

  for (gsize i = 0; i < sizeof pattern; i++)
    if (pattern[i] == 'd' ? !g_ascii_isdigit (base[i]) : base[i] != pattern[i])
      return FALSE;
  return TRUE;
}

static const struct
{
  const char *base;
  VantageSlackRole role;
} named[] = {
  { "channels.json", VANTAGE_SLACK_LIST_PUBLIC },
  { "groups.json", VANTAGE_SLACK_LIST_PRIVATE },
  { "dms.json", VANTAGE_SLACK_LIST_DIRECT },
  { "mpims.json", VANTAGE_SLACK_LIST_DIRECT },
  { "users.json", VANTAGE_SLACK_LIST_PEOPLE },
  { "org_users.json", VANTAGE_SLACK_LIST_PEOPLE },
  { "integration_logs.json", VANTAGE_SLACK_IGNORED },
  { "canvases.json", VANTAGE_SLACK_IGNORED },
  { "lists.json", VANTAGE_SLACK_IGNORED },
  { "file_conversations.json", VANTAGE_SLACK_IGNORED },
  { "huddle_transcripts.json", VANTAGE_SLACK_IGNORED },
  { "content_flags.json", VANTAGE_SLACK_IGNORED },
  { "canvas_in_the_conversation.json", VANTAGE_SLACK_IGNORED },
  { ".keep", VANTAGE_SLACK_IGNORED },
};

VantageSlackRole
vantage_slack_get_role (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *base = slash != NULL ? slash + 1 : path;

  if (strstr (path, "__uploads/") != NULL || strstr (path, "attachments/") != NULL)
    return VANTAGE_SLACK_ALIEN;
  if (is_day_name (base))
    return VANTAGE_SLACK_DAY;
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (g_str_equal (base, named[i].base))
      return named[i].role;
  if (g_str_has_suffix (base, ".json") || g_str_has_suffix (base, ".json.gz") ||
      g_str_has_suffix (base, ".jsonl") || g_str_has_suffix (base, ".jsonl.gz") ||
      g_str_has_suffix (base, ".ndjson") || strchr (base, '.') == NULL || base == path)
    return VANTAGE_SLACK_JSON;
  return VANTAGE_SLACK_ALIEN;
}

/* ---- shapes ---- */

static gboolean
is_perceval (VantageNode *record)
{
  return vantage_node_is (vantage_node_get (record, "backend_name"), "Slack") &&
         vantage_node_get_object (record, "data") != NULL;
}

static gboolean
is_message (VantageNode *record)
{
  char ts[24];
  gint64 us;

  if (record == NULL || record->type != VANTAGE_NODE_OBJECT)
    return FALSE;
  /* What a bot is sent by other services is of this type as well. */
  if (vantage_node_get (record, "serviceUrl") != NULL)
    return FALSE;
  return vantage_node_is (vantage_node_get (record, "type"), "message") &&
         (vantage_slack_message_get_ts (vantage_node_get (record, "ts"), ts, &us) ||
          vantage_node_get (record, "user") != NULL || vantage_node_get (record, "text") != NULL);
}

static VantageNode *
get_first_object (VantageNode *array)
{
  if (array == NULL || array->type != VANTAGE_NODE_ARRAY)
    return NULL;
  for (VantageNode *at = vantage_node_first (array); at != NULL; at = vantage_node_next (array, at))
    if (at->type == VANTAGE_NODE_OBJECT)
      return at;
  return NULL;
}

static gboolean
is_chunk (VantageNode *record)
{
  VantageNode *sort = vantage_node_get (record, "t");

  return sort != NULL && sort->type == VANTAGE_NODE_NUMBER &&
         vantage_node_get (record, "ts") != NULL &&
         (vantage_node_get (record, "id") != NULL || vantage_node_get (record, "u") != NULL ||
          vantage_node_get (record, "ch") != NULL || vantage_node_get (record, "w") != NULL ||
          vantage_node_get (record, "n") != NULL);
}

VantageSlackShape
vantage_slack_get_shape (VantageNode *json)
{
  VantageNode *messages, *first;

  if (json == NULL)
    return VANTAGE_SLACK_NO_MESSAGES;
  if (json->type == VANTAGE_NODE_ARRAY)
    {
      first = get_first_object (json);
      return first != NULL && (is_message (first) || is_perceval (first))
                 ? VANTAGE_SLACK_MESSAGES
                 : VANTAGE_SLACK_NO_MESSAGES;
    }
  if (json->type != VANTAGE_NODE_OBJECT)
    return VANTAGE_SLACK_NO_MESSAGES;
  if (is_chunk (json))
    return VANTAGE_SLACK_CHUNKS;
  if (is_message (json) || is_perceval (json))
    return VANTAGE_SLACK_MESSAGES;
  messages = vantage_node_get_array (json, "messages");
  first = get_first_object (messages);
  if (is_message (first))
    return VANTAGE_SLACK_PAGE;
  if (messages != NULL && first == NULL &&
      (vantage_node_get (json, "channel_id") != NULL || vantage_node_get (json, "ok") != NULL))
    return VANTAGE_SLACK_PAGE;
  return VANTAGE_SLACK_NO_MESSAGES;
}

/* ---- the whole input ---- */

static gboolean
is_slack_list (VantageSniff *sniff, const VantageEntry *entry, VantageSlackRole role)
{
  VantageNode *record = get_first_object (vantage_sniff_get_json (sniff, entry));

  if (record == NULL || vantage_node_get_member (record, "id") == NULL)
    return FALSE;
  if (role == VANTAGE_SLACK_LIST_PEOPLE)
    return vantage_node_get_object (record, "profile") != NULL;
  return vantage_node_get (record, "created") != NULL ||
         vantage_node_get (record, "members") != NULL;
}

static int
score_entry (VantageSniff *sniff, const VantageEntry *entry)
{
  VantageSlackRole role = vantage_slack_get_role (entry->path);
  VantageNode *json;

  switch (role)
    {
    case VANTAGE_SLACK_DAY:
    case VANTAGE_SLACK_JSON:
      json = vantage_sniff_get_json (sniff, entry);
      if (vantage_slack_get_shape (json) == VANTAGE_SLACK_NO_MESSAGES)
        return 0;
      return get_first_object (json) == NULL && json->type == VANTAGE_NODE_ARRAY ? 20 : 95;
    case VANTAGE_SLACK_LIST_PUBLIC:
    case VANTAGE_SLACK_LIST_PRIVATE:
    case VANTAGE_SLACK_LIST_DIRECT:
    case VANTAGE_SLACK_LIST_PEOPLE:
      return is_slack_list (sniff, entry, role) ? 70 : 0;
    default:
      return 0;
    }
}

int
vantage_slack_score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  gboolean single = vantage_input_get_sort (input) == VANTAGE_INPUT_FILE;
  int best = 0;
  guint n_looks = 0;

  for (guint i = 0; i < vantage_input_get_n_entries (input) && n_looks < MAX_LOOKS; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      VantageSlackRole role = vantage_slack_get_role (entry->path);
      int score;

      if (role == VANTAGE_SLACK_ALIEN || (role == VANTAGE_SLACK_IGNORED && !single))
        continue;
      n_looks++;
      score = score_entry (sniff, entry);
      /* A list by itself is no export. */
      if (single && score == 70)
        score = 0;
      best = MAX (best, score);
    }
  return best;
}

char *
vantage_slack_near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *json = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  VantageSlackRole role = entry != NULL ? vantage_slack_get_role (entry->path) : VANTAGE_SLACK_JSON;

  if (json == NULL)
    return NULL;
  if (role <= VANTAGE_SLACK_LIST_PEOPLE && is_slack_list (sniff, entry, role))
    return g_strdup ("This is one list out of a Slack export and holds no messages. Import the "
                     "whole export instead: the zip file, or the folder that the list lies in.");
  if (json->type != VANTAGE_NODE_OBJECT)
    return NULL;
  if (vantage_node_is (vantage_node_get (vantage_node_get_object (json, "event"), "type"),
                       "message"))
    return g_strdup ("This is one event as Slack sends it to apps, not an export. Ask an owner of "
                     "the workspace for an export, or save the channel's history with a tool such "
                     "as slackdump.");
  if (vantage_node_get (json, "ok") != NULL && vantage_node_get (json, "messages") == NULL &&
      (vantage_node_get (json, "error") != NULL || vantage_node_get (json, "members") != NULL ||
       vantage_node_get (json, "channel") != NULL || vantage_node_get (json, "user") != NULL))
    return g_strdup ("This is an answer of Slack's interface without messages. Save the answer of "
                     "conversations.history or conversations.replies instead.");
  return NULL;
}
