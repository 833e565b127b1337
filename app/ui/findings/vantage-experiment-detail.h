/* vantage-experiment-detail.h: one experiment: what is expected, tried, looked for, and when one
 * would stop. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_EXPERIMENT_DETAIL (vantage_experiment_detail_get_type ())
G_DECLARE_FINAL_TYPE (VantageExperimentDetail, vantage_experiment_detail, VANTAGE,
                      EXPERIMENT_DETAIL, GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_experiment_detail_new (VantageReviewContext *context);
/* @id: (nullable) */
void vantage_experiment_detail_show (VantageExperimentDetail *self, const char *id);
/* Focus goes to the hypothesis. */
void vantage_experiment_detail_rename (VantageExperimentDetail *self);

G_END_DECLS
