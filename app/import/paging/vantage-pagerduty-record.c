/* vantage-pagerduty-record.c: one incident, log entry, note, alert or message as an item. */

#include "vantage-pagerduty-private.h"

#include "vantage-chat.h"

#include <string.h>

#define ENTRY_ENDING "_log_entry"

const char *
vantage_pagerduty_get_created (VantageNode *node)
{
  static const char *const names[] = { "created_at", "created_on", "occurred_at", NULL };

  return vantage_paging_get_any (node, names);
}

static gboolean
has_type (VantageNode *node, const char *type)
{
  const char *text = vantage_paging_get (node, "type");

  return text != NULL && strcmp (text, type) == 0;
}

static gboolean
is_about_incident (const char *type)
{
  return type != NULL &&
         (g_str_has_prefix (type, "incident.") || g_str_has_prefix (type, "service."));
}

static gboolean
is_entry (VantageNode *node)
{
  const char *type = vantage_paging_get (node, "type");

  if (type == NULL || vantage_paging_get (node, "id") == NULL)
    return FALSE;
  return g_str_has_suffix (type, ENTRY_ENDING) ||
         (vantage_node_get_object (node, "channel") != NULL &&
          vantage_node_get_object (node, "incident") != NULL &&
          vantage_node_get_object (node, "agent") != NULL);
}

/* A member that points to one of PagerDuty's users: others have users too, but no such references.
 */
static gboolean
has_reference (VantageNode *node, const char *name)
{
  VantageNode *who = vantage_node_get_object (node, name);
  const char *type = vantage_paging_get (who, "type");

  return vantage_paging_get (who, "summary") != NULL ||
         (type != NULL && (strcmp (type, "user") == 0 || g_str_has_suffix (type, "_reference")));
}

VantagePagerdutySort
vantage_pagerduty_classify (VantageNode *node)
{
  gboolean created = vantage_node_get (node, "created_at") != NULL;

  if (vantage_node_get (node, "event_type") != NULL &&
      vantage_node_get (node, "occurred_at") != NULL &&
      vantage_node_get_object (node, "data") != NULL)
    return VANTAGE_PAGERDUTY_EVENT;
  if ((is_about_incident (vantage_paging_get (node, "event")) ||
       is_about_incident (vantage_paging_get (node, "type"))) &&
      vantage_node_get (node, "created_on") != NULL)
    return VANTAGE_PAGERDUTY_MESSAGE;
  if (is_entry (node))
    return VANTAGE_PAGERDUTY_ENTRY;
  if (vantage_node_get (node, "incident_number") != NULL ||
      (has_type (node, "incident") && vantage_node_get (node, "id") != NULL && created))
    return vantage_paging_get (node, "id") != NULL &&
                   vantage_node_get (node, "seconds_to_first_ack") == NULL
               ? VANTAGE_PAGERDUTY_INCIDENT
               : VANTAGE_PAGERDUTY_NOTHING;
  if (has_type (node, "alert") || (vantage_node_get (node, "alert_key") != NULL && created))
    return VANTAGE_PAGERDUTY_ALERT;
  if (vantage_node_get (node, "content") != NULL && created && has_reference (node, "user"))
    return VANTAGE_PAGERDUTY_NOTE;
  if (vantage_node_get (node, "message") != NULL && created && has_reference (node, "sender"))
    return VANTAGE_PAGERDUTY_UPDATE;
  return VANTAGE_PAGERDUTY_NOTHING;
}

/* ---- people ---- */

static gboolean
is_person (VantageNode *who)
{
  const char *type = vantage_paging_get (who, "type");

  return type == NULL || g_str_has_prefix (type, "user") || strcmp (type, "contact_method") == 0;
}

/* The account key of a reference; whoever is behind it is told. NULL: nobody. */
static gboolean
take_account (VantagePaging *self, VantageNode *who, const char **out_key, GError **error)
{
  static const char *const names[] = { "summary", "name", NULL };

  *out_key = vantage_paging_get (who, "id");
  return *out_key == NULL ||
         vantage_paging_tell_person (self, *out_key, vantage_paging_get_any (who, names),
                                     vantage_paging_get (who, "email"), !is_person (who), error);
}

/* Those whom a record is about: they are called in or have the incident now. */
static gboolean
take_people (VantagePaging *self, VantageItem *item, VantageNode *who, GError **error)
{
  static const char *const inside[] = { "assignee", "acknowledger", "object", "user", "responder" };
  const char *key;

  if (who == NULL)
    return TRUE;
  if (who->type == VANTAGE_NODE_ARRAY)
    {
      for (VantageNode *at = vantage_node_first (who); at != NULL; at = vantage_node_next (who, at))
        if (at->type == VANTAGE_NODE_OBJECT && !take_people (self, item, at, error))
          return FALSE;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (inside); i++)
    if (vantage_node_get_object (who, inside[i]) != NULL)
      who = vantage_node_get_object (who, inside[i]);
  if (!take_account (self, who, &key, error))
    return FALSE;
  if (key != NULL && item->kind != VANTAGE_ITEM_TICKET)
    vantage_chat_add_mention (item, key);
  if (key != NULL)
    vantage_paging_add_extra (item, "to", key);
  return TRUE;
}

/* ---- channel and thread ---- */

/* The incident that a record belongs to, whole or as a reference. NULL: it does not tell. */
static VantageNode *
find_incident (VantageNode *node, VantageNode *outer)
{
  VantageNode *incident = vantage_node_get_object (node, "incident");

  if (incident == NULL)
    incident = vantage_node_get_object (vantage_node_get (node, "data"), "incident");
  if (incident == NULL && has_type (vantage_node_get (node, "data"), "incident"))
    incident = vantage_node_get_object (node, "data");
  if (incident == NULL)
    incident = vantage_node_get_object (outer, "incident");
  return incident;
}

static gboolean
take_channel (VantagePaging *self, VantageNode *node, VantageNode *incident, VantageItem *item,
              GError **error)
{
  static const char *const names[] = { "summary", "name", NULL };
  VantageNode *service = vantage_node_get_object (node, "service");
  const char *key;

  if (service == NULL)
    service = vantage_node_get_object (incident, "service");
  key = vantage_paging_get (service, "id");
  return vantage_paging_tell_channel (
      self, VANTAGE_CHANNEL_ALERTS, key != NULL ? key : "pagerduty",
      key != NULL ? vantage_paging_get_any (service, names) : "PagerDuty", &item->channel, error);
}

static void
set_local (VantageItem *item, const char *incident, const char *letter, const char *id)
{
  g_autofree char *safe = incident != NULL ? vantage_chat_dup_local (incident) : NULL;
  g_autofree char *whole = NULL;

  if (id == NULL)
    {
      item->thread = g_steal_pointer (&safe);
      return;
    }
  whole = incident == NULL  ? g_strconcat (letter, id, NULL)
          : *letter == '\0' ? g_strdup (id)
                            : g_strdup_printf ("%s.%s%s", incident, letter, id);
  item->local = vantage_chat_dup_local (whole);
  item->thread = g_steal_pointer (&safe);
}

/* ---- kinds ---- */

/* The word is that of a log entry without its ending, or of a webhook's event without "incident.".
 */
static const struct
{
  const char *word;
  VantageItemKind kind;
  const char *field;
} kinds[] = {
  { "trigger", VANTAGE_ITEM_ALERT, NULL },
  { "triggered", VANTAGE_ITEM_ALERT, NULL },
  { "acknowledge", VANTAGE_ITEM_ACKNOWLEDGE, NULL },
  { "acknowledged", VANTAGE_ITEM_ACKNOWLEDGE, NULL },
  { "unacknowledge", VANTAGE_ITEM_STATUS, NULL },
  { "unacknowledged", VANTAGE_ITEM_STATUS, NULL },
  { "resolve", VANTAGE_ITEM_RESOLVE, NULL },
  { "resolved", VANTAGE_ITEM_RESOLVE, NULL },
  { "reopen", VANTAGE_ITEM_STATUS, NULL },
  { "reopened", VANTAGE_ITEM_STATUS, NULL },
  { "snooze", VANTAGE_ITEM_STATUS, NULL },
  { "assign", VANTAGE_ITEM_ASSIGNMENT, NULL },
  { "reassigned", VANTAGE_ITEM_ASSIGNMENT, NULL },
  { "escalate", VANTAGE_ITEM_ASSIGNMENT, NULL },
  { "escalated", VANTAGE_ITEM_ASSIGNMENT, NULL },
  { "delegate", VANTAGE_ITEM_ASSIGNMENT, NULL },
  { "delegated", VANTAGE_ITEM_ASSIGNMENT, NULL },
  { "add_responder", VANTAGE_ITEM_ASSIGNMENT, NULL },
  { "responder_request", VANTAGE_ITEM_ASSIGNMENT, NULL },
  { "responder_added", VANTAGE_ITEM_ASSIGNMENT, NULL },
  { "notify", VANTAGE_ITEM_PAGE, NULL },
  { "annotate", VANTAGE_ITEM_COMMENT, NULL },
  { "annotated", VANTAGE_ITEM_COMMENT, NULL },
  { "status_update", VANTAGE_ITEM_COMMENT, NULL },
  { "status_update_published", VANTAGE_ITEM_COMMENT, NULL },
  { "urgency_change", VANTAGE_ITEM_FIELD, "urgency" },
  { "priority_change", VANTAGE_ITEM_FIELD, "priority" },
  { "priority_updated", VANTAGE_ITEM_FIELD, "priority" },
  { "field_value_change", VANTAGE_ITEM_FIELD, NULL },
  { "custom_field_value_change", VANTAGE_ITEM_FIELD, NULL },
  { "custom_field_values_updated", VANTAGE_ITEM_FIELD, NULL },
  { "merge", VANTAGE_ITEM_LINK, NULL },
};

static void
set_kind (VantageItem *item, const char *word)
{
  item->kind = VANTAGE_ITEM_OTHER;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].word, word) == 0)
      {
        item->kind = kinds[i].kind;
        vantage_paging_add_extra (item, "field", kinds[i].field);
        break;
      }
  if (item->kind == VANTAGE_ITEM_STATUS || item->kind == VANTAGE_ITEM_OTHER)
    vantage_item_add_extra (item, "action", word);
}

/* "notify_log_entry" → "notify", "incident.responder.added" → "responder_added". */
static char *
dup_word (const char *type)
{
  const char *dot = strchr (type, '.');
  char *word = g_strdup (dot != NULL ? dot + 1 : type);

  if (g_str_has_suffix (word, ENTRY_ENDING))
    word[strlen (word) - strlen (ENTRY_ENDING)] = '\0';
  return g_strdelimit (word, ".", '_');
}

/* ---- the records ---- */

static void
add_incident_facts (VantageNode *node, VantageItem *item)
{
  static const char *const facts[] = {
    "status",      "urgency",      "incident_number", "number",
    "resolved_at", "incident_key", "severity",        "alert_key"
  };
  VantageNode *reason = vantage_node_get (node, "resolve_reason");

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    vantage_paging_add_extra (item, facts[i], vantage_paging_get (node, facts[i]));
  vantage_paging_add_extra (item, "priority",
                            vantage_paging_get (vantage_node_get (node, "priority"), "summary"));
  if (reason != NULL && reason->type == VANTAGE_NODE_STRING)
    vantage_paging_add_extra (item, "resolve_reason", vantage_node_get_text (reason));
  vantage_paging_add_extra (
      item, "merged_into", vantage_paging_get (vantage_node_get_object (reason, "incident"), "id"));
}

static gboolean
fill_incident (VantagePaging *self, VantageNode *node, VantageItem *item, GError **error)
{
  static const char *const names[] = { "title", "description", "summary", NULL };
  const char *id = vantage_paging_get (node, "id");
  const char *key;

  set_local (item, id, "", id);
  vantage_paging_add_text (item, vantage_paging_get_any (node, names));
  vantage_paging_add_text (item, vantage_paging_get (node, "description"));
  vantage_paging_add_details (item, vantage_node_find (node, "body.details"));
  add_incident_facts (node, item);
  return take_people (self, item, vantage_node_get (node, "assignments"), error) &&
         take_account (self, vantage_node_get_object (node, "last_status_change_by"), &key, error);
}

/* What a log entry says beyond its summary. */
static void
add_entry_text (VantageNode *node, VantageItem *item)
{
  VantageNode *channel = vantage_node_get_object (node, "channel");
  VantageNode *note = vantage_node_get (node, "note");
  VantageNode *details = vantage_node_get (channel, "details");

  vantage_paging_add_text (item, vantage_paging_get (node, "summary"));
  if (item->kind == VANTAGE_ITEM_PAGE)
    return;
  if (note != NULL)
    vantage_paging_add_text (item, note->type == VANTAGE_NODE_OBJECT
                                       ? vantage_paging_get (note, "content")
                                       : vantage_node_get_text (note));
  vantage_paging_add_text (item, vantage_paging_get (channel, "summary"));
  vantage_paging_add_text (item, vantage_paging_get (channel, "subject"));
  vantage_paging_add_text (
      item, vantage_paging_get (vantage_node_get (node, "event_details"), "description"));
  if (details == NULL)
    details = vantage_node_find (channel, "cef_details.details");
  vantage_paging_add_details (item, details);
}

static gboolean
fill_entry (VantagePaging *self, VantageNode *node, VantageNode *incident, VantageItem *item,
            GError **error)
{
  static const char *const about[] = { "assignees", "user", "responders", "incident_responders" };
  const char *type = vantage_paging_get (node, "type");
  g_autofree char *word = dup_word (type);
  const char *key;

  set_local (item, vantage_paging_get (incident, "id"), "l", vantage_paging_get (node, "id"));
  set_kind (item, word);
  if (!take_account (self, vantage_node_get_object (node, "agent"), &key, error))
    return FALSE;
  item->account = g_strdup (key);
  add_entry_text (node, item);
  vantage_paging_add_extra (item, "via",
                            vantage_paging_get (vantage_node_get (node, "channel"), "type"));
  vantage_paging_add_extra (item, "acknowledgement_timeout",
                            vantage_paging_get (node, "acknowledgement_timeout"));
  for (gsize i = 0; i < G_N_ELEMENTS (about); i++)
    if (!take_people (self, item, vantage_node_get (node, about[i]), error))
      return FALSE;
  if (item->kind == VANTAGE_ITEM_PAGE)
    vantage_paging_hide_addresses (item);
  return TRUE;
}

static gboolean
fill_note (VantagePaging *self, VantagePagerdutySort sort, VantageNode *node, VantageNode *incident,
           VantageItem *item, GError **error)
{
  gboolean note = sort == VANTAGE_PAGERDUTY_NOTE;
  const char *key;

  item->kind = VANTAGE_ITEM_COMMENT;
  if (!take_account (self, vantage_node_get_object (node, note ? "user" : "sender"), &key, error))
    return FALSE;
  item->account = g_strdup (key);
  vantage_paging_add_text (item, vantage_paging_get (node, note ? "content" : "message"));
  set_local (item, vantage_paging_get (incident, "id"), note ? "n" : "s",
             vantage_paging_get (node, "id"));
  return TRUE;
}

static gboolean
fill_alert (VantagePaging *self, VantageNode *node, VantageNode *incident, VantageItem *item,
            GError **error)
{
  VantageNode *integration = vantage_node_get_object (node, "integration");
  const char *key = vantage_paging_get (integration, "id");

  item->kind = VANTAGE_ITEM_ALERT;
  set_local (item, vantage_paging_get (incident, "id"), "a", vantage_paging_get (node, "id"));
  vantage_paging_add_text (item, vantage_paging_get (node, "summary"));
  vantage_paging_add_details (item, vantage_node_find (node, "body.details"));
  add_incident_facts (node, item);
  if (key == NULL)
    return TRUE;
  item->account = g_strdup (key);
  return vantage_paging_tell_person (self, key, vantage_paging_get (integration, "summary"), NULL,
                                     TRUE, error);
}

/* Title of the incident that a message is about. */
static const char *
find_title (VantageNode *incident)
{
  static const char *const names[] = { "title", "description", "summary", NULL };
  static const char *const old[] = { "subject", "description", NULL };
  const char *title = vantage_paging_get_any (incident, names);

  return title != NULL
             ? title
             : vantage_paging_get_any (vantage_node_get (incident, "trigger_summary_data"), old);
}

/* "acknowledged: Checkout is down". */
static void
add_message_text (VantageItem *item, const char *word, const char *title)
{
  g_autofree char *words = g_strdelimit (g_strdup (word), "_", ' ');
  g_autofree char *text = title != NULL ? g_strdup_printf ("%s: %s", words, title) : NULL;

  vantage_paging_add_text (item, text != NULL ? text : words);
}

/* Messages of the first version name those who did something, in members of the incident. */
static gboolean
fill_message (VantagePaging *self, VantageNode *node, VantageNode *incident, VantageItem *item,
              GError **error)
{
  const char *type = vantage_paging_get (node, "event");
  g_autofree char *word = dup_word (type != NULL ? type : vantage_paging_get (node, "type"));
  VantageNode *by = vantage_node_get_object (incident, "last_status_change_by");
  const char *key = NULL;

  set_kind (item, word);
  if (item->kind == VANTAGE_ITEM_RESOLVE && vantage_node_get_object (incident, "resolved_by_user"))
    by = vantage_node_get_object (incident, "resolved_by_user");
  if (item->kind != VANTAGE_ITEM_ALERT && item->kind != VANTAGE_ITEM_ASSIGNMENT &&
      !take_account (self, by, &key, error))
    return FALSE;
  item->account = g_strdup (key);
  set_local (item, vantage_paging_get (incident, "id"), "e", vantage_paging_get (node, "id"));
  add_message_text (item, word, find_title (incident));
  return item->kind != VANTAGE_ITEM_ASSIGNMENT ||
         take_people (self, item, vantage_node_get (incident, "assigned_to_user"), error);
}

static gboolean
fill_event (VantagePaging *self, VantageNode *node, VantageNode *incident, VantageItem *item,
            GError **error)
{
  VantageNode *data = vantage_node_get (node, "data");
  g_autofree char *word = dup_word (vantage_paging_get (node, "event_type"));
  const char *key;

  set_kind (item, word);
  if (!take_account (self, vantage_node_get_object (node, "agent"), &key, error))
    return FALSE;
  item->account = g_strdup (key);
  set_local (item, vantage_paging_get (incident, "id"), "e", vantage_paging_get (node, "id"));
  add_message_text (item, word, find_title (incident));
  if (data != incident)
    {
      vantage_paging_add_text (item, vantage_paging_get (data, "content"));
      vantage_paging_add_text (item, vantage_paging_get (data, "message"));
    }
  if (item->kind != VANTAGE_ITEM_ASSIGNMENT)
    return TRUE;
  return take_people (self, item, vantage_node_get (data, "assignees"), error) &&
         take_people (self, item, vantage_node_get_object (data, "user"), error);
}

static gboolean
fill (VantagePaging *self, VantagePagerdutySort sort, VantageNode *node, VantageNode *incident,
      VantageItem *item, GError **error)
{
  switch (sort)
    {
    case VANTAGE_PAGERDUTY_INCIDENT:
      return fill_incident (self, node, item, error);
    case VANTAGE_PAGERDUTY_ENTRY:
      return fill_entry (self, node, incident, item, error);
    case VANTAGE_PAGERDUTY_ALERT:
      return fill_alert (self, node, incident, item, error);
    case VANTAGE_PAGERDUTY_MESSAGE:
      return fill_message (self, node, incident, item, error);
    case VANTAGE_PAGERDUTY_EVENT:
      return fill_event (self, node, incident, item, error);
    case VANTAGE_PAGERDUTY_NOTE:
    case VANTAGE_PAGERDUTY_UPDATE:
    case VANTAGE_PAGERDUTY_NOTHING:
    default:
      return fill_note (self, sort, node, incident, item, error);
    }
}

gboolean
vantage_pagerduty_make (VantagePaging *self, VantagePagerdutySort sort, VantageNode *node,
                        VantageNode *outer, VantageItem **out_item, GError **error)
{
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_TICKET);
  VantageNode *incident = sort == VANTAGE_PAGERDUTY_INCIDENT ? node : find_incident (node, outer);
  gboolean ok;

  *out_item = NULL;
  if (!vantage_paging_set_time (self, item, vantage_pagerduty_get_created (node), &ok, error))
    return FALSE;
  if (!ok)
    return TRUE;
  if (!take_channel (self, node, incident, item, error) ||
      !fill (self, sort, node, incident, item, error))
    return FALSE;
  vantage_paging_set_url (item, vantage_paging_get (node, "html_url"));
  if (item->url == NULL)
    vantage_paging_set_url (item, vantage_paging_get (incident, "html_url"));
  *out_item = g_steal_pointer (&item);
  return TRUE;
}
