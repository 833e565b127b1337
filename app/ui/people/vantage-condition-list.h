/* vantage-condition-list.h: the state a person was in: how long here, awake since, on call since …
 * each with whose word it is: a record's, the person's own, or an estimate to confirm or hide. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CONDITION_LIST (vantage_condition_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageConditionList, vantage_condition_list, VANTAGE, CONDITION_LIST,
                      GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_condition_list_new (VantageReviewContext *context);
/* @person: (nullable): shows anew what there is. */
void vantage_condition_list_set_person (VantageConditionList *self, const char *person);
/* Asks for a new one. */
void vantage_condition_list_add (VantageConditionList *self);

/* "Here for: 5 months", with what it begins at when that is a time. (transfer full) */
char *vantage_condition_dup_text (VantageEntity *condition, VantageReviewContext *context);
/* "told by them", "from the record", "estimated, not confirmed". Lent. */
const char *vantage_condition_get_authority (VantageEntity *condition);

/* Asks for a condition of @person, or to correct @condition (nullable). */
void vantage_condition_ask (GtkWindow *parent, VantageReviewContext *context, const char *person,
                            VantageEntity *condition);
/* Asks for what the person says in place of an estimate, filled with the estimate. @value:
 * (nullable); @since_us: VANTAGE_TIME_NONE: no time. */
void vantage_condition_ask_instead (GtkWindow *parent, VantageReviewContext *context,
                                    const char *person, const char *key, const char *value,
                                    gint64 since_us);

G_END_DECLS
