/* vantage-finding-rows.h: findings, wonders and experiments as rows of a list, and what is said of
 * them in one line. */

#pragma once

#include "vantage-choice-fields.h"
#include "vantage-entity-list.h"

G_BEGIN_DECLS

extern const VantageEntityListSort vantage_finding_sort;
extern const VantageEntityListSort vantage_wonder_sort;
extern const VantageEntityListSort vantage_experiment_sort;

extern const VantageChoiceField vantage_finding_status_field;
extern const VantageChoiceField vantage_finding_kinds_field;
extern const VantageChoiceField vantage_wonder_status_field;
extern const VantageChoiceField vantage_experiment_nature_field;
extern const VantageChoiceField vantage_experiment_outcome_field;

/* "4 items · 2 accounts"; "no evidence yet". @entity: a finding or a wonder. (transfer full) */
char *vantage_finding_dup_ground (VantageReviewContext *context, VantageEntity *entity);

G_END_DECLS
