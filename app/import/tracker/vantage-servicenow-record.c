/* vantage-servicenow-record.c: fields of a record, whatever wrote it, and tickets made of them. */

#include "vantage-servicenow-private.h"

#include <string.h>

/* ---- fields ---- */

/* What a list's columns are called when it shows labels. */
static const char *const labels[][2] = {
  { "opened_at", "opened" },
  { "opened_by", "opened by" },
  { "sys_created_on", "created" },
  { "sys_created_by", "created by" },
  { "sys_updated_on", "updated" },
  { "sys_updated_by", "updated by" },
  { "short_description", "short description" },
  { "caller_id", "caller" },
  { "incident_state", "incident state" },
  { "assigned_to", "assigned to" },
  { "assignment_group", "assignment group" },
  { "resolved_at", "resolved" },
  { "resolved_by", "resolved by" },
  { "closed_at", "closed" },
  { "closed_by", "closed by" },
  { "close_code", "close code" },
  { "close_code", "resolution code" },
  { "close_notes", "close notes" },
  { "close_notes", "resolution notes" },
  { "cmdb_ci", "configuration item" },
  { "business_service", "service" },
  { "work_notes", "work notes" },
  { "comments", "additional comments" },
  { "comments_and_work_notes", "comments and work notes" },
  { "sys_updated_on", "sys_updated_at" },
  { "sys_created_on", "sys_created_at" },
};

/* Strings, or objects with a value and what is shown for it. */
static const char *
get_of_node (VantageNode *node, const char *field, gboolean shown)
{
  static const char *const values[] = { "value", "#text" };
  static const char *const displays[] = { "display_value", "@display_value" };
  VantageNode *value = vantage_node_get (node, field);
  const char *text = NULL;

  if (value == NULL || value->type != VANTAGE_NODE_OBJECT)
    return vantage_node_get_text (value);
  for (gsize i = 0; i < 2 && text == NULL; i++)
    text = vantage_node_get_member (value, (shown ? displays : values)[i]);
  for (gsize i = 0; i < 2 && text == NULL; i++)
    text = vantage_node_get_member (value, (shown ? values : displays)[i]);
  return text;
}

static const char *
get (const VantageServicenowRecord *record, const char *field, gboolean shown)
{
  const char *text;

  if (record->node != NULL)
    text = get_of_node (record->node, field, shown);
  else
    {
      text = vantage_tracker_table_get (record->table, record->row, field);
      for (gsize i = 0; *text == '\0' && i < G_N_ELEMENTS (labels); i++)
        if (strcmp (labels[i][0], field) == 0)
          text = vantage_tracker_table_get (record->table, record->row, labels[i][1]);
    }
  return text == NULL || strcmp (text, "?") == 0 ? "" : text;
}

const char *
vantage_servicenow_get (const VantageServicenowRecord *record, const char *field)
{
  return get (record, field, FALSE);
}

const char *
vantage_servicenow_get_shown (const VantageServicenowRecord *record, const char *field)
{
  return get (record, field, TRUE);
}

const char *
vantage_servicenow_get_state (const char *value)
{
  static const char *const names[] = { NULL, "New",      "In Progress", "On Hold", NULL,
                                       NULL, "Resolved", "Closed",      "Canceled" };

  if (value[0] >= '1' && value[0] <= '8' && value[1] == '\0' && names[value[0] - '0'] != NULL)
    return names[value[0] - '0'];
  return value;
}

int
vantage_servicenow_score_header (const char *const *names)
{
  static const char *const fields[] = { "sys_updated_on", "sys_updated_at",   "sys_created_on",
                                        "sys_created_at", "opened_at",        "incident_state",
                                        "sys_id",         "sys_mod_count",    "assignment_group",
                                        "caller_id",      "short_description" };
  guint n_fields = 0, n_labels = 0;

  if (!g_strv_contains (names, "number"))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    n_fields += g_strv_contains (names, fields[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    n_labels += g_strv_contains (names, labels[i][1]);
  return n_fields >= 2                                                   ? 95
         : n_labels >= 4 && g_strv_contains (names, "short description") ? 80
                                                                         : 0;
}

/* ---- people, times, channels ---- */

static gboolean
is_sys_id (const char *text)
{
  return strlen (text) == 32 && strspn (text, "0123456789abcdefABCDEF") == 32;
}

gboolean
vantage_servicenow_meet (VantageServicenow *self, const VantageServicenowRecord *record,
                         const char *field, const char **out_account, GError **error)
{
  const char *value = vantage_servicenow_get (record, field);
  const char *shown = vantage_servicenow_get_shown (record, field);
  VantageTrackerPerson person = { NULL };

  if (is_sys_id (value))
    {
      person.key = value;
      person.name = strcmp (shown, value) != 0 ? shown : NULL;
    }
  else if (g_str_has_prefix (field, "sys_") || strcmp (field, "user") == 0)
    person.key = person.handle = *value != '\0' ? value : NULL;
  else
    person.name = shown;
  person.bot = person.key != NULL && strcmp (person.key, "system") == 0;
  return vantage_tracker_meet (&self->tracker, &person, out_account, error);
}

gboolean
vantage_servicenow_begin (VantageServicenow *self, VantageItemKind kind,
                          const VantageServicenowRecord *record, const char *field,
                          VantageItem **out, GError **error)
{
  const char *raw = vantage_servicenow_get (record, field);
  VantageDateOrder order =
      record->table != NULL ? record->table->order : VANTAGE_DATE_ORDER_UNKNOWN;
  g_autofree char *utc = g_strconcat (raw, " UTC", NULL);
  VantageCellTime time;
  gboolean bare = record->utc && vantage_tracker_parse_time (raw, order, &time) && !time.has_zone;

  if (!vantage_tracker_begin (&self->tracker, kind, bare ? utc : raw, order, out, error))
    return FALSE;
  if (*out != NULL && bare)
    {
      g_free ((*out)->raw_time);
      (*out)->raw_time = g_strdup (raw);
    }
  return TRUE;
}

gboolean
vantage_servicenow_enter (VantageServicenow *self, const char *number, GError **error)
{
  static const char *const tables[][2] = {
    { "INC", "incident" },     { "CHG", "change_request" }, { "PRB", "problem" },
    { "RITM", "sc_req_item" }, { "REQ", "sc_request" },     { "TASK", "incident_task" },
    { "SCTASK", "sc_task" },   { "CTASK", "change_task" },
  };
  gsize letters = strspn (number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  const char *table = "incident";

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (letters == strlen (tables[i][0]) && strncmp (number, tables[i][0], letters) == 0)
      table = tables[i][1];
  return vantage_tracker_enter (&self->tracker, self->host != NULL ? self->host : "", table, table,
                                error);
}

/* ---- a ticket ---- */

static void
add_facts (VantageItem *item, const VantageServicenowRecord *record)
{
  static const char *const fields[] = {
    "priority",         "impact",       "urgency",
    "severity",         "category",     "caller_id",
    "assignment_group", "assigned_to",  "cmdb_ci",
    "business_service", "close_code",   "closed_code",
    "problem_id",       "rfc",          "caused_by",
    "parent_incident",  "contact_type", "major_incident_state"
  };
  const char *state = vantage_servicenow_get_shown (record, "state");

  if (*state == '\0')
    state = vantage_servicenow_get_shown (record, "incident_state");
  vantage_tracker_add_fact (item, "state", vantage_servicenow_get_state (state));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    vantage_tracker_add_fact (item, fields[i], vantage_servicenow_get_shown (record, fields[i]));
}

static void
set_url (VantageServicenow *self, VantageItem *item, const VantageServicenowRecord *record)
{
  const char *id = vantage_servicenow_get (record, "sys_id");
  g_autofree char *url = NULL;

  if (self->host == NULL || !is_sys_id (id))
    return;
  url = g_strdup_printf ("https://%s/nav_to.do?uri=incident.do?sys_id=%s", self->host, id);
  vantage_tracker_set_url (item, url);
}

/* When it was resolved, or closed: a moment of which only the ticket tells. */
static gboolean
take_moment (VantageServicenow *self, const VantageServicenowRecord *record, const char *number,
             const char *state, const char *time, const char *who, const char *words,
             GError **error)
{
  g_autoptr (VantageItem) item = NULL;
  const char *account;

  if (!vantage_tracker_has_time (vantage_servicenow_get (record, time)))
    return TRUE;
  if (!vantage_servicenow_meet (self, record, who, &account, error) ||
      !vantage_servicenow_begin (self, VANTAGE_ITEM_STATUS, record, time, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_set_change (item, "state", NULL, state);
  if (*words != '\0')
    {
      g_autofree char *change = g_strdup (item->text);

      vantage_tracker_take_text (item, vantage_tracker_join (change, words));
    }
  vantage_tracker_set_local (item, number, strcmp (state, "Closed") == 0 ? "closed" : "resolved");
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static gboolean
take_head (VantageServicenow *self, const VantageServicenowRecord *record, const char *number,
           GError **error)
{
  static const char *const authors[] = { "opened_by", "caller_id", "sys_created_by" };
  const char *time = vantage_tracker_has_time (vantage_servicenow_get (record, "opened_at"))
                         ? "opened_at"
                         : "sys_created_on";
  g_autoptr (VantageItem) item = NULL;
  const char *account = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (authors) && account == NULL; i++)
    if (!vantage_servicenow_meet (self, record, authors[i], &account, error))
      return FALSE;
  if (!vantage_servicenow_begin (self, VANTAGE_ITEM_TICKET, record, time, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (
      item, vantage_tracker_join (vantage_servicenow_get_shown (record, "short_description"),
                                  vantage_servicenow_get_shown (record, "description")));
  if (*item->text == '\0')
    vantage_tracker_take_text (item, g_strdup (number));
  add_facts (item, record);
  vantage_tracker_set_local (item, number, NULL);
  set_url (self, item, record);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

gboolean
vantage_servicenow_take_ticket (VantageServicenow *self, const VantageServicenowRecord *record,
                                gboolean moments, GError **error)
{
  const char *number = vantage_servicenow_get (record, "number");
  const char *both = vantage_servicenow_get_shown (record, "comments_and_work_notes");
  VantageDateOrder order =
      record->table != NULL ? record->table->order : VANTAGE_DATE_ORDER_UNKNOWN;

  if (*number == '\0')
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "a record has no number");
  if (!vantage_servicenow_enter (self, number, error) || !take_head (self, record, number, error))
    return FALSE;
  if (*both != '\0')
    {
      if (!vantage_servicenow_take_journals (self, number, both, FALSE, order, error))
        return FALSE;
    }
  else if (!vantage_servicenow_take_journals (self, number,
                                              vantage_servicenow_get_shown (record, "comments"),
                                              FALSE, order, error) ||
           !vantage_servicenow_take_journals (self, number,
                                              vantage_servicenow_get_shown (record, "work_notes"),
                                              TRUE, order, error))
    return FALSE;
  return !moments ||
         (take_moment (self, record, number, "Resolved", "resolved_at", "resolved_by",
                       vantage_servicenow_get_shown (record, "close_notes"), error) &&
          take_moment (self, record, number, "Closed", "closed_at", "closed_by", "", error));
}
