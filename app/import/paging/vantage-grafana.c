/* vantage-grafana.c: messages of Grafana's alerting, new and old, and what Grafana OnCall's
 * interface and webhooks tell of alert groups. */

#include "vantage-alert.h"

#include "vantage-chat.h"

#include <string.h>

typedef struct
{
  VantagePaging paging;
  guint n_endless;
} Grafana;

typedef enum
{
  SORT_NOTHING,
  SORT_MESSAGE, /* unified alerting */
  SORT_RULE,    /* of the old alerting: a message without any time */
  SORT_GROUP,   /* of OnCall */
  SORT_NOTE,
  SORT_ALERT,
  SORT_EVENT, /* OnCall's own webhook */
} Sort;

static Sort
classify (VantageNode *node)
{
  if (vantage_alert_is_group (node))
    return vantage_node_get (node, "orgId") != NULL || (vantage_node_get (node, "title") != NULL &&
                                                        vantage_node_get (node, "state") != NULL)
               ? SORT_MESSAGE
               : SORT_NOTHING;
  if (vantage_node_get (node, "ruleName") != NULL && vantage_node_get (node, "state") != NULL)
    return SORT_RULE;
  if (vantage_node_get_object (node, "event") != NULL &&
      vantage_node_get_object (node, "alert_group") != NULL)
    return SORT_EVENT;
  if (vantage_node_get (node, "id") == NULL || vantage_node_get (node, "created_at") == NULL)
    return SORT_NOTHING;
  if (vantage_node_get (node, "integration_id") != NULL &&
      vantage_node_get (node, "alerts_count") != NULL)
    return SORT_GROUP;
  if (vantage_node_get (node, "alert_group_id") == NULL)
    return SORT_NOTHING;
  return vantage_node_get (node, "text") != NULL      ? SORT_NOTE
         : vantage_node_get (node, "payload") != NULL ? SORT_ALERT
                                                      : SORT_NOTHING;
}

static gboolean
is_record (VantageNode *node)
{
  return classify (node) != SORT_NOTHING;
}

/* ---- the old alerting ---- */

/* Values that made the rule speak: "High value: 100". */
static void
add_matches (VantageItem *item, VantageNode *matches)
{
  for (VantageNode *at = matches != NULL ? vantage_node_first (matches) : NULL; at != NULL;
       at = vantage_node_next (matches, at))
    {
      const char *metric = vantage_paging_get (at, "metric");
      const char *value = vantage_paging_get (at, "value");
      g_autofree char *line =
          g_strdup_printf ("%s: %s", metric != NULL ? metric : "", value != NULL ? value : "");

      if (metric != NULL || value != NULL)
        vantage_paging_add_text (item, line);
    }
}

/* Such a message has no time at all: a person has to say when it was. */
static gboolean
take_start (Grafana *self, VantageItem *item, GError **error)
{
  VantageReading *reading = self->paging.reading;
  gint64 zero_us = reading->options->zero_us;

  if (zero_us != VANTAGE_TIME_NONE)
    {
      vantage_reading_set_time (reading, item, "", zero_us, VANTAGE_PRECISION_S);
      item->zone_origin = VANTAGE_ZONE_CHOSEN;
      return TRUE;
    }
  reading->needs_start = TRUE;
  vantage_reading_set_time (reading, item, "", VANTAGE_TIME_NONE, VANTAGE_PRECISION_NONE);
  if (reading->preview)
    return TRUE;
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_START,
               "messages of Grafana's older alerting have no time: say when this one came");
  return FALSE;
}

static gboolean
take_rule (Grafana *self, VantageNode *node, GError **error)
{
  VantagePaging *paging = &self->paging;
  const char *state = vantage_paging_get (node, "state");
  g_autoptr (VantageItem) item = vantage_item_new (
      g_strcmp0 (state, "ok") == 0                                            ? VANTAGE_ITEM_RESOLVE
      : g_strcmp0 (state, "paused") == 0 || g_strcmp0 (state, "pending") == 0 ? VANTAGE_ITEM_STATUS
                                                                              : VANTAGE_ITEM_ALERT);
  const char *rule = vantage_paging_get (node, "ruleId");

  if (!vantage_paging_tell_channel (paging, VANTAGE_CHANNEL_ALERTS,
                                    vantage_paging_get (node, "ruleName") != NULL
                                        ? vantage_paging_get (node, "ruleName")
                                        : "Grafana",
                                    NULL, &item->channel, error) ||
      !vantage_paging_tell_person (paging, "name:Grafana", "Grafana", NULL, TRUE, error) ||
      !take_start (self, item, error))
    return FALSE;
  item->account = g_strdup ("name:Grafana");
  item->thread = vantage_chat_dup_local (rule);
  vantage_paging_add_text (item, vantage_paging_get (node, "title"));
  vantage_paging_add_text (item, vantage_paging_get (node, "message"));
  add_matches (item, vantage_node_get_array (node, "evalMatches"));
  vantage_paging_add_extra (item, "state", state);
  vantage_paging_set_url (item, vantage_paging_get (node, "ruleUrl"));
  return vantage_paging_take (paging, g_steal_pointer (&item), error);
}

/* ---- OnCall ---- */

/* Key of somebody who is an id, or an object with one. NULL: nobody, or a machine. */
static gboolean
take_user (VantagePaging *paging, VantageNode *user, const char **out_key, GError **error)
{
  static const char *const names[] = { "name", "username", NULL };
  const char *key = user != NULL && user->type == VANTAGE_NODE_OBJECT
                        ? vantage_paging_get (user, "id")
                        : vantage_node_get_text (user);

  *out_key = key != NULL && *key != '\0' ? key : NULL;
  return *out_key == NULL ||
         vantage_paging_tell_person (paging, key, vantage_paging_get_any (user, names),
                                     vantage_paging_get (user, "email"), FALSE, error);
}

static VantageItem *
make_item (VantageItemKind kind, const char *group, const char *letter, const char *id)
{
  VantageItem *item = vantage_item_new (kind);
  g_autofree char *whole = g_strconcat (group != NULL ? group : "", letter, id, NULL);

  item->thread = vantage_chat_dup_local (group);
  item->local = *letter != '\0' && id == NULL ? NULL : vantage_chat_dup_local (whole);
  return item;
}

static gboolean
tell_integration (VantagePaging *paging, VantageNode *node, VantageItem *item, GError **error)
{
  VantageNode *integration = vantage_node_get_object (node, "integration");
  const char *key = vantage_paging_get (node, "integration_id");
  const char *name = vantage_paging_get (integration, "name");

  if (key == NULL)
    key = vantage_paging_get (integration, "id");
  return vantage_paging_tell_channel (paging, VANTAGE_CHANNEL_ALERTS, key != NULL ? key : "oncall",
                                      key != NULL ? name : "Grafana OnCall", &item->channel, error);
}

/* What was done to a group, when and by whom; nothing where no time of it is told. */
static const struct
{
  const char *time, *by, *letter;
  VantageItemKind kind;
} steps[] = {
  { "created_at", NULL, "", VANTAGE_ITEM_ALERT },
  { "acknowledged_at", "acknowledged_by", ".k", VANTAGE_ITEM_ACKNOWLEDGE },
  { "silenced_at", "silenced_by", ".s", VANTAGE_ITEM_STATUS },
  { "resolved_at", "resolved_by", ".r", VANTAGE_ITEM_RESOLVE },
};

static gboolean
take_group (Grafana *self, VantageNode *node, GError **error)
{
  VantagePaging *paging = &self->paging;
  const char *id = vantage_paging_get (node, "id");

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const char *raw = vantage_paging_get (node, steps[i].time);
      g_autoptr (VantageItem) item = NULL;
      const char *key = NULL;
      gboolean ok;

      if (raw == NULL && i > 0)
        continue;
      item = make_item (steps[i].kind, id, steps[i].letter, "");
      if (!tell_integration (paging, node, item, error) ||
          !vantage_paging_set_time (paging, item, raw, &ok, error) ||
          (steps[i].by != NULL &&
           !take_user (paging, vantage_node_get (node, steps[i].by), &key, error)))
        return FALSE;
      if (!ok)
        continue;
      item->account = g_strdup (key);
      vantage_paging_add_text (item, vantage_paging_get (node, "title"));
      if (i == 0)
        {
          vantage_paging_add_extra (item, "state", vantage_paging_get (node, "state"));
          vantage_paging_add_extra (item, "alerts", vantage_paging_get (node, "alerts_count"));
        }
      vantage_paging_set_url (item,
                              vantage_paging_get (vantage_node_get (node, "permalinks"), "web"));
      if (!vantage_paging_take (paging, g_steal_pointer (&item), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_part (Grafana *self, Sort sort, VantageNode *node, GError **error)
{
  VantagePaging *paging = &self->paging;
  gboolean note = sort == SORT_NOTE;
  VantageNode *payload = vantage_node_get_object (node, "payload");
  g_autoptr (VantageItem) item = make_item (note ? VANTAGE_ITEM_COMMENT : VANTAGE_ITEM_ALERT,
                                            vantage_paging_get (node, "alert_group_id"),
                                            note ? ".n" : ".a", vantage_paging_get (node, "id"));
  const char *key = NULL;
  gboolean ok;

  if (!tell_integration (paging, node, item, error) ||
      !vantage_paging_set_time (paging, item, vantage_paging_get (node, "created_at"), &ok,
                                error) ||
      (note && !take_user (paging, vantage_node_get (node, "author"), &key, error)))
    return FALSE;
  if (!ok)
    return TRUE;
  item->account = g_strdup (key);
  vantage_paging_add_text (item, vantage_paging_get (node, "text"));
  vantage_paging_add_text (item, vantage_paging_get (payload, "title"));
  vantage_paging_add_text (item, vantage_paging_get (payload, "message"));
  vantage_paging_add_details (item, vantage_node_get_object (payload, "labels"));
  return vantage_paging_take (paging, g_steal_pointer (&item), error);
}

static VantageItemKind
kind_of_event (const char *type)
{
  static const struct
  {
    const char *part;
    VantageItemKind kind;
  } kinds[] = {
    { "unacknowledge", VANTAGE_ITEM_STATUS }, { "acknowledge", VANTAGE_ITEM_ACKNOWLEDGE },
    { "unresolve", VANTAGE_ITEM_STATUS },     { "resolve", VANTAGE_ITEM_RESOLVE },
    { "silence", VANTAGE_ITEM_STATUS },       { "status", VANTAGE_ITEM_STATUS },
    { "notification", VANTAGE_ITEM_PAGE },    { "escalation", VANTAGE_ITEM_ASSIGNMENT },
    { "create", VANTAGE_ITEM_ALERT },         { "firing", VANTAGE_ITEM_ALERT },
  };
  g_autofree char *lower = g_ascii_strdown (type != NULL ? type : "", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strstr (lower, kinds[i].part) != NULL)
      return kinds[i].kind;
  return VANTAGE_ITEM_OTHER;
}

static gboolean
take_notified (VantagePaging *paging, VantageNode *node, VantageItem *item, GError **error)
{
  VantageNode *users = vantage_node_get_array (node, "notified_users");

  for (VantageNode *at = users != NULL ? vantage_node_first (users) : NULL; at != NULL;
       at = vantage_node_next (users, at))
    {
      const char *key;

      if (!take_user (paging, at, &key, error))
        return FALSE;
      if (key != NULL)
        vantage_chat_add_mention (item, key);
    }
  return TRUE;
}

static gboolean
take_event (Grafana *self, VantageNode *node, GError **error)
{
  VantagePaging *paging = &self->paging;
  VantageNode *event = vantage_node_get (node, "event");
  VantageNode *group = vantage_node_get (node, "alert_group");
  const char *id = vantage_paging_get (node, "alert_group_id");
  const char *type = vantage_paging_get (event, "type");
  const char *raw = vantage_paging_get (event, "time");
  g_autoptr (VantageItem) item = NULL;
  const char *key = NULL;
  gboolean ok;

  item = make_item (kind_of_event (type), id != NULL ? id : vantage_paging_get (group, "id"), ".e",
                    NULL);
  if (!tell_integration (paging, node, item, error) ||
      !vantage_paging_set_time (
          paging, item, raw != NULL ? raw : vantage_paging_get (group, "created_at"), &ok, error) ||
      !take_user (paging, vantage_node_get (node, "user"), &key, error))
    return FALSE;
  if (!ok)
    return TRUE;
  item->account = g_strdup (key);
  vantage_paging_add_text (item, vantage_paging_get (group, "title"));
  vantage_paging_add_extra (item, "action", type);
  vantage_paging_set_url (item, vantage_paging_get (vantage_node_get (group, "permalinks"), "web"));
  return (item->kind != VANTAGE_ITEM_PAGE || take_notified (paging, node, item, error)) &&
         vantage_paging_take (paging, g_steal_pointer (&item), error);
}

/* ---- reading ---- */

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  Grafana *self = user_data;
  Sort sort = classify (record);

  vantage_paging_set_place (&self->paging, place);
  switch (sort)
    {
    case SORT_MESSAGE:
      return vantage_alert_take_group (&self->paging, record, &self->n_endless, error);
    case SORT_RULE:
      return take_rule (self, record, error);
    case SORT_GROUP:
      return take_group (self, record, error);
    case SORT_EVENT:
      return take_event (self, record, error);
    case SORT_NOTE:
    case SORT_ALERT:
    case SORT_NOTHING:
    default:
      return take_part (self, sort, record, error);
    }
}

static const char *const ways[] = { "results", NULL };
static const VantageRecordShape shape = { is_record, ways, take, FALSE };

static int
score (VantageSniff *sniff)
{
  VantageNode *record = vantage_chat_sniff (sniff, &shape);
  Sort sort = record != NULL ? classify (record) : SORT_NOTHING;

  return sort == SORT_NOTHING ? 0 : sort == SORT_NOTE || sort == SORT_ALERT ? 80 : 92;
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  Grafana self = { .n_endless = 0 };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, &shape, &self);
  gboolean ok;

  vantage_paging_init (&self.paging, reading);
  ok = vantage_records_walk_all (records, error) &&
       vantage_alert_finish (&self.paging, self.n_endless, error);
  vantage_paging_clear (&self.paging);
  return ok;
}

const VantageReader vantage_grafana_reader = {
  .format = { "grafana", "Grafana alerts and OnCall", "json jsonl zip" },
  .family = "grafana",
  .score = score,
  .read = read_all,
};
