/* vantage-opsgenie.c: alerts, their logs and notes, incidents and their timelines as Opsgenie and
 * Jira Service Management answer with them, and messages of the webhook. */

#include "vantage-paging.h"

#include "vantage-chat.h"

#include <string.h>

typedef enum
{
  SORT_NOTHING,
  SORT_ALERT,
  SORT_INCIDENT,
  SORT_LOG,
  SORT_NOTE,
  SORT_ENTRY,   /* of an incident's timeline */
  SORT_MESSAGE, /* of the webhook */
} Sort;

static gboolean
has (VantageNode *node, const char *name)
{
  return vantage_node_get (node, name) != NULL;
}

static Sort
classify (VantageNode *node)
{
  if (has (node, "action") &&
      vantage_paging_get (vantage_node_get_object (node, "alert"), "alertId") != NULL)
    return SORT_MESSAGE;
  if (has (node, "eventTime") && has (node, "type") &&
      vantage_node_get_object (node, "actor") != NULL)
    return SORT_ENTRY;
  if (!has (node, "createdAt"))
    return SORT_NOTHING;
  if (has (node, "tinyId") && has (node, "message") && has (node, "id"))
    return has (node, "impactStartDate") || has (node, "impactedServices") ||
                   has (node, "ownerTeam") || has (node, "extraProperties")
               ? SORT_INCIDENT
               : SORT_ALERT;
  if (has (node, "log") && (has (node, "offset") || has (node, "type")))
    return SORT_LOG;
  return has (node, "note") && has (node, "owner") ? SORT_NOTE : SORT_NOTHING;
}

static gboolean
is_record (VantageNode *node)
{
  return classify (node) != SORT_NOTHING;
}

/* ---- who and where ---- */

/* People go by their address, in any case of letters. What acts by itself is called "System". */
static gboolean
take_account (VantagePaging *self, const char *name, char **out_key, GError **error)
{
  gboolean system = name != NULL && g_ascii_strcasecmp (name, "System") == 0;

  *out_key = NULL;
  if (name == NULL)
    return TRUE;
  if (strchr (name, '@') != NULL)
    {
      *out_key = g_utf8_strdown (name, -1);
      return vantage_paging_tell_person (self, *out_key, NULL, *out_key, FALSE, error);
    }
  *out_key = g_strconcat ("name:", name, NULL);
  return vantage_paging_tell_person (self, *out_key, name, NULL, system, error);
}

static gboolean
tell_channel (VantagePaging *self, gboolean incidents, VantageItem *item, GError **error)
{
  return vantage_paging_tell_channel (
      self, incidents ? VANTAGE_CHANNEL_TICKETS : VANTAGE_CHANNEL_ALERTS,
      incidents ? "incidents" : "alerts", incidents ? "Opsgenie incidents" : "Opsgenie alerts",
      &item->channel, error);
}

static void
set_local (VantageItem *item, const char *whole)
{
  item->local = vantage_chat_dup_local (whole);
}

static void
add_list (VantageItem *item, const char *name, VantageNode *list)
{
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    vantage_paging_add_extra (item, name, vantage_node_get_text (at));
}

/* ---- kinds ---- */

typedef struct
{
  const char *word;
  VantageItemKind kind;
} Kind;

static const Kind actions[] = {
  { "Create", VANTAGE_ITEM_ALERT },
  { "Acknowledge", VANTAGE_ITEM_ACKNOWLEDGE },
  { "UnAcknowledge", VANTAGE_ITEM_STATUS },
  { "AddNote", VANTAGE_ITEM_COMMENT },
  { "AssignOwnership", VANTAGE_ITEM_ASSIGNMENT },
  { "TakeOwnership", VANTAGE_ITEM_ASSIGNMENT },
  { "AddTeam", VANTAGE_ITEM_ASSIGNMENT },
  { "AddRecipient", VANTAGE_ITEM_ASSIGNMENT },
  { "AddResponder", VANTAGE_ITEM_ASSIGNMENT },
  { "Escalate", VANTAGE_ITEM_ASSIGNMENT },
  { "EscalateNext", VANTAGE_ITEM_ASSIGNMENT },
  { "AddTags", VANTAGE_ITEM_FIELD },
  { "RemoveTags", VANTAGE_ITEM_FIELD },
  { "UpdatePriority", VANTAGE_ITEM_FIELD },
  { "UpdateMessage", VANTAGE_ITEM_FIELD },
  { "UpdateDescription", VANTAGE_ITEM_FIELD },
  { "Close", VANTAGE_ITEM_RESOLVE },
  { "Delete", VANTAGE_ITEM_STATUS },
  { "Snooze", VANTAGE_ITEM_STATUS },
  { "SnoozeEnded", VANTAGE_ITEM_STATUS },
};

static const Kind entries[] = {
  { "IncidentOpened", VANTAGE_ITEM_STATUS },
  { "IncidentReopened", VANTAGE_ITEM_STATUS },
  { "IncidentResolved", VANTAGE_ITEM_RESOLVE },
  { "IncidentClosed", VANTAGE_ITEM_STATUS },
  { "IncidentResponderUserAdded", VANTAGE_ITEM_ASSIGNMENT },
  { "IncidentResponderTeamAdded", VANTAGE_ITEM_ASSIGNMENT },
  { "ResponderAlertAcked", VANTAGE_ITEM_ACKNOWLEDGE },
  { "ResponderAlertClosed", VANTAGE_ITEM_RESOLVE },
  { "StatusPageAdded", VANTAGE_ITEM_LINK },
  { "PriorityUpdated", VANTAGE_ITEM_FIELD },
  { "NoteAdded", VANTAGE_ITEM_COMMENT },
};

static VantageItemKind
find_kind (const Kind *kinds, gsize n, const char *word)
{
  for (gsize i = 0; word != NULL && i < n; i++)
    if (strcmp (kinds[i].word, word) == 0)
      return kinds[i].kind;
  return VANTAGE_ITEM_OTHER;
}

/* A log says what happened in an English sentence. */
static VantageItemKind
kind_of_log (VantageNode *node)
{
  const char *type = vantage_paging_get (node, "type");
  const char *log = vantage_paging_get (node, "log");
  g_autofree char *lower = g_ascii_strdown (log != NULL ? log : "", -1);

  if (g_strcmp0 (type, "alertRecipient") == 0)
    return VANTAGE_ITEM_PAGE;
  if (strstr (lower, "unacknowledged") != NULL)
    return VANTAGE_ITEM_STATUS;
  if (strstr (lower, "acknowledged") != NULL)
    return VANTAGE_ITEM_ACKNOWLEDGE;
  if (g_str_has_prefix (lower, "alert closed") || g_str_has_prefix (lower, "alert is closed"))
    return VANTAGE_ITEM_RESOLVE;
  return g_str_has_prefix (lower, "alert created") || g_str_has_prefix (lower, "alert is created")
             ? VANTAGE_ITEM_ALERT
             : VANTAGE_ITEM_OTHER;
}

/* ---- the records ---- */

static void
add_facts (VantageNode *node, VantageItem *item)
{
  static const char *const facts[] = { "status",        "priority",    "count",  "alias",
                                       "tinyId",        "source",      "entity", "impactStartDate",
                                       "impactEndDate", "snoozedUntil" };
  static const char *const report[] = { "ackTime", "closeTime", "acknowledgedBy", "closedBy" };
  VantageNode *reports = vantage_node_get_object (node, "report");

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    vantage_paging_add_extra (item, facts[i], vantage_paging_get (node, facts[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (report); i++)
    vantage_paging_add_extra (item, report[i], vantage_paging_get (reports, report[i]));
  add_list (item, "tag", vantage_node_get_array (node, "tags"));
}

static gboolean
fill_alert (VantagePaging *self, gboolean incident, VantageNode *node, VantageItem *item,
            GError **error)
{
  item->kind = incident ? VANTAGE_ITEM_TICKET : VANTAGE_ITEM_ALERT;
  set_local (item, vantage_paging_get (node, "id"));
  item->thread = g_strdup (item->local);
  vantage_paging_add_text (item, vantage_paging_get (node, "message"));
  vantage_paging_add_text (item, vantage_paging_get (node, "description"));
  vantage_paging_add_details (item, vantage_node_get_object (node, "details"));
  add_facts (node, item);
  vantage_paging_set_url (item, vantage_paging_get (vantage_node_get (node, "links"), "web"));
  return take_account (self, incident ? NULL : vantage_paging_get (node, "owner"), &item->account,
                       error);
}

static gboolean
fill_words (VantagePaging *self, gboolean log, VantageNode *node, VantageItem *item, GError **error)
{
  static const char *const alerts[] = { "alertId", "alert_id", NULL };

  item->kind = log ? kind_of_log (node) : VANTAGE_ITEM_COMMENT;
  item->thread = vantage_chat_dup_local (vantage_paging_get_any (node, alerts));
  vantage_paging_add_text (item, vantage_paging_get (node, log ? "log" : "note"));
  if (item->kind == VANTAGE_ITEM_PAGE)
    vantage_paging_hide_addresses (item);
  return take_account (self, vantage_paging_get (node, "owner"), &item->account, error);
}

static gboolean
fill_entry (VantagePaging *self, VantageNode *node, VantageItem *item, GError **error)
{
  const char *type = vantage_paging_get (node, "type");
  const char *id = vantage_paging_get (node, "id");

  item->kind = find_kind (entries, G_N_ELEMENTS (entries), type);
  set_local (item, id);
  item->thread = vantage_chat_dup_local (vantage_paging_get (node, "incidentId"));
  vantage_paging_add_text (item, vantage_paging_get (vantage_node_get (node, "title"), "content"));
  vantage_paging_add_text (item,
                           vantage_paging_get (vantage_node_get (node, "description"), "content"));
  vantage_paging_add_extra (item, "action", type);
  if (vantage_node_get_true (node, "hidden"))
    vantage_item_add_extra (item, "hidden", "yes");
  return take_account (self, vantage_paging_get (vantage_node_get (node, "actor"), "name"),
                       &item->account, error);
}

/* Whom or what a message's action is about. */
static gboolean
add_objects (VantagePaging *self, VantageNode *node, VantageItem *item, GError **error)
{
  static const char *const objects[] = { "recipient", "team", "addedTags", "removedTags" };
  VantageNode *alert = vantage_node_get (node, "alert");
  const char *owner = vantage_paging_get (alert, "owner");
  g_autofree char *key = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      vantage_paging_add_text (item, vantage_paging_get (alert, objects[i]));
      vantage_paging_add_extra (item, objects[i], vantage_paging_get (alert, objects[i]));
    }
  if (item->kind != VANTAGE_ITEM_ASSIGNMENT || owner == NULL)
    return TRUE;
  if (!take_account (self, owner, &key, error))
    return FALSE;
  vantage_chat_add_mention (item, key);
  vantage_paging_add_extra (item, "to", key);
  return TRUE;
}

static gboolean
fill_message (VantagePaging *self, VantageNode *node, VantageItem *item, GError **error)
{
  VantageNode *alert = vantage_node_get (node, "alert");
  const char *action = vantage_paging_get (node, "action");
  const char *id = vantage_paging_get (alert, "alertId");
  const char *message = vantage_paging_get (alert, "message");
  g_autofree char *local = NULL;
  g_autofree char *words = NULL;

  item->kind = find_kind (actions, G_N_ELEMENTS (actions), action);
  local = g_strdup_printf ("%s.%s.%s", id, action != NULL ? action : "", item->raw_time);
  set_local (item, local);
  item->thread = vantage_chat_dup_local (id);
  words = message != NULL && action != NULL ? g_strdup_printf ("%s: %s", action, message)
                                            : g_strdup (message != NULL ? message : action);
  vantage_paging_add_text (item, words);
  vantage_paging_add_text (item, vantage_paging_get (alert, "note"));
  vantage_paging_add_extra (item, "action", action);
  vantage_paging_add_extra (item, "alias", vantage_paging_get (alert, "alias"));
  return add_objects (self, node, item, error) &&
         take_account (self, vantage_paging_get (alert, "username"), &item->account, error);
}

/* The alert's own time is when it was made; what a message tells of is when it changed last. */
static const char *
find_time (Sort sort, VantageNode *node)
{
  static const char *const changed[] = { "updatedAt", "createdAt", NULL };
  VantageNode *alert = vantage_node_get (node, "alert");

  if (sort == SORT_ENTRY)
    return vantage_paging_get (node, "eventTime");
  if (sort != SORT_MESSAGE)
    return vantage_paging_get (node, "createdAt");
  return g_strcmp0 (vantage_paging_get (node, "action"), "Create") == 0
             ? vantage_paging_get (alert, "createdAt")
             : vantage_paging_get_any (alert, changed);
}

static gboolean
fill (VantagePaging *self, Sort sort, VantageNode *node, VantageItem *item, GError **error)
{
  switch (sort)
    {
    case SORT_ALERT:
    case SORT_INCIDENT:
      return fill_alert (self, sort == SORT_INCIDENT, node, item, error);
    case SORT_ENTRY:
      return fill_entry (self, node, item, error);
    case SORT_MESSAGE:
      return fill_message (self, node, item, error);
    case SORT_LOG:
    case SORT_NOTE:
    case SORT_NOTHING:
    default:
      return fill_words (self, sort == SORT_LOG, node, item, error);
    }
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantagePaging *self = user_data;
  Sort sort = classify (record);
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_OTHER);
  gboolean ok;

  vantage_paging_set_place (self, place);
  if (!vantage_paging_set_time (self, item, find_time (sort, record), &ok, error))
    return FALSE;
  if (!ok)
    return TRUE;
  return tell_channel (self, sort == SORT_INCIDENT || sort == SORT_ENTRY, item, error) &&
         fill (self, sort, record, item, error) &&
         vantage_paging_take (self, g_steal_pointer (&item), error);
}

/* ---- recognising ---- */

static const char *const ways[] = { "alerts", "incidents", "entries", "logs", "notes", NULL };
static const VantageRecordShape shape = { is_record, ways, take, FALSE };

static int
score (VantageSniff *sniff)
{
  VantageNode *record = vantage_chat_sniff (sniff, &shape);

  switch (record != NULL ? classify (record) : SORT_NOTHING)
    {
    case SORT_MESSAGE:
      return 90;
    case SORT_ALERT:
    case SORT_INCIDENT:
      return 85;
    case SORT_ENTRY:
    case SORT_LOG:
      return 75;
    case SORT_NOTE:
      return 70;
    case SORT_NOTHING:
    default:
      return 0;
    }
}

static gboolean
is_user (VantageNode *node)
{
  return has (node, "username") && has (node, "fullName") && has (node, "role");
}

static char *
near_miss (VantageSniff *sniff)
{
  static const VantageRecordShape users = { is_user, NULL, NULL, FALSE };

  if (vantage_chat_sniff (sniff, &users) == NULL)
    return NULL;
  return g_strdup ("this is a list of users from Opsgenie, which tells of no alert: export the "
                   "alerts (`GET /v2/alerts`), and for each its logs and notes");
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  g_auto (VantagePaging) self = { NULL };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, &shape, &self);

  vantage_paging_init (&self, reading);
  vantage_paging_find_system (&self, ".app.opsgenie.com");
  return vantage_records_walk_all (records, error) &&
         vantage_paging_finish (&self, "records", error);
}

const VantageReader vantage_opsgenie_reader = {
  .format = { "opsgenie", "Opsgenie alerts and incidents", "json jsonl zip" },
  .family = "opsgenie",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
