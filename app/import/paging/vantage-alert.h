/* vantage-alert.h: alerts as Alertmanager, Prometheus and Grafana tell of them: what fired, and
 * what ended. Inside import/paging only. */

#pragma once

#include "vantage-paging.h"

G_BEGIN_DECLS

/* What the message around an alert says. All nullable; lent. */
typedef struct
{
  const char *receiver;
  const char *title, *message; /* Grafana's own words */
  const char *url;
  VantageNode *annotations, *labels; /* common to all alerts of the message */
} VantageAlertGroup;

/* An alert with its labels and when it began. */
gboolean vantage_alert_is_one (VantageNode *node);
/* A webhook's message: alerts, and for whom they are. */
gboolean vantage_alert_is_group (VantageNode *node);
/* Alerts that were said to be over without a time of it are counted in @n_endless. One alert is one
 * item, or two where it has ended; the same alert told again is none. */
gboolean vantage_alert_take (VantagePaging *self, VantageNode *alert,
                             const VantageAlertGroup *group, guint *n_endless, GError **error);
/* All alerts of a webhook's message. */
gboolean vantage_alert_take_group (VantagePaging *self, VantageNode *node, guint *n_endless,
                                   GError **error);
/* Says what vantage_alert_take() counted. */
gboolean vantage_alert_finish (VantagePaging *self, guint n_endless, GError **error);

G_END_DECLS
