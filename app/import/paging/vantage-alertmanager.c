/* vantage-alertmanager.c: messages of Alertmanager's webhook, and the alerts that its interface and
 * that of Prometheus list. */

#include "vantage-alert.h"

#include "vantage-chat.h"

#include <string.h>

typedef struct
{
  VantagePaging paging;
  guint n_endless;
} Alertmanager;

/* Grafana sends messages that are nearly the same. */
static gboolean
is_grafanas (VantageNode *node)
{
  return vantage_node_get (node, "orgId") != NULL ||
         (vantage_node_get (node, "title") != NULL && vantage_node_get (node, "state") != NULL);
}

static gboolean
is_record (VantageNode *node)
{
  return vantage_alert_is_group (node) ? !is_grafanas (node) : vantage_alert_is_one (node);
}

static gboolean
take (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  Alertmanager *self = user_data;
  VantageNode *receivers = vantage_node_get_array (record, "receivers");
  VantageNode *first = receivers != NULL ? vantage_node_first (receivers) : NULL;
  const VantageAlertGroup group = {
    .receiver = first != NULL && first->type == VANTAGE_NODE_OBJECT
                    ? vantage_paging_get (first, "name")
                    : NULL,
  };

  vantage_paging_set_place (&self->paging, place);
  if (vantage_alert_is_group (record))
    return vantage_alert_take_group (&self->paging, record, &self->n_endless, error);
  return vantage_alert_take (&self->paging, record, &group, &self->n_endless, error);
}

static const char *const ways[] = { "alerts", "groups", NULL };
static const VantageRecordShape shape = { is_record, ways, take, FALSE };

static int
score (VantageSniff *sniff)
{
  VantageNode *record = vantage_chat_sniff (sniff, &shape);

  if (record == NULL)
    return 0;
  if (vantage_alert_is_group (record))
    return 90;
  return vantage_node_get (record, "fingerprint") != NULL ||
                 vantage_node_get (record, "activeAt") != NULL
             ? 85
             : 70;
}

static gboolean
is_silence (VantageNode *node)
{
  return vantage_node_get_array (node, "matchers") != NULL &&
         vantage_node_get (node, "startsAt") != NULL;
}

static gboolean
is_series (VantageNode *node)
{
  return vantage_node_get (node, "resultType") != NULL && vantage_node_get (node, "result") != NULL;
}

static char *
near_miss (VantageSniff *sniff)
{
  static const VantageRecordShape silence = { is_silence, NULL, NULL, FALSE };
  static const VantageRecordShape series = { is_series, NULL, NULL, FALSE };

  if (vantage_chat_sniff (sniff, &silence) != NULL)
    return g_strdup ("these are silences of Alertmanager, not alerts: export the alerts "
                     "(`GET /api/v2/alerts`), or keep what its webhook sends");
  if (vantage_chat_sniff (sniff, &series) != NULL)
    return g_strdup ("this is the answer to a query of Prometheus, a series of numbers: export the "
                     "alerts (`GET /api/v1/alerts`), or the series as a table (CSV)");
  return NULL;
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  Alertmanager self = { .n_endless = 0 };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, &shape, &self);
  gboolean ok;

  vantage_paging_init (&self.paging, reading);
  ok = vantage_records_walk_all (records, error) &&
       vantage_alert_finish (&self.paging, self.n_endless, error);
  vantage_paging_clear (&self.paging);
  return ok;
}

const VantageReader vantage_alertmanager_reader = {
  .format = { "alertmanager", "Prometheus and Alertmanager alerts", "json jsonl zip" },
  .family = "alertmanager",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
