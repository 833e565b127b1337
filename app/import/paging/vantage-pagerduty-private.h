/* vantage-pagerduty-private.h: what the two halves of the PagerDuty reader share. */

#pragma once

#include "vantage-paging.h"

G_BEGIN_DECLS

/* What a JSON object is, by its members. */
typedef enum
{
  VANTAGE_PAGERDUTY_NOTHING,
  VANTAGE_PAGERDUTY_INCIDENT,
  VANTAGE_PAGERDUTY_ENTRY, /* of the log */
  VANTAGE_PAGERDUTY_NOTE,
  VANTAGE_PAGERDUTY_ALERT,
  VANTAGE_PAGERDUTY_UPDATE,  /* of the status, as subscribers read it */
  VANTAGE_PAGERDUTY_MESSAGE, /* of a webhook, first and second version */
  VANTAGE_PAGERDUTY_EVENT,   /* of a webhook, third version */
} VantagePagerdutySort;

VantagePagerdutySort vantage_pagerduty_classify (VantageNode *node);
const char *vantage_pagerduty_get_created (VantageNode *node);

/* The item of a record, but for its place: channel and people are told. NULL in @out_item: it was
 * left out, and that was told. @outer: the object around it (nullable). */
gboolean vantage_pagerduty_make (VantagePaging *self, VantagePagerdutySort sort, VantageNode *node,
                                 VantageNode *outer, VantageItem **out_item, GError **error);

/* Whether an entry is PagerDuty's table of incidents, by its header. */
gboolean vantage_pagerduty_is_table (VantageInput *input, const VantageEntry *entry);
gboolean vantage_pagerduty_read_table (VantagePaging *self, const VantageEntry *entry,
                                       GError **error);

G_END_DECLS
