/* vantage-perspectives.h: how people see a finding: who agrees, who sees it differently, who adds
 * something, each in their words. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PERSPECTIVES (vantage_perspectives_get_type ())
G_DECLARE_FINAL_TYPE (VantagePerspectives, vantage_perspectives, VANTAGE, PERSPECTIVES, GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_perspectives_new (VantageReviewContext *context);
/* @finding: (nullable): its id. Reads anew; rows that stay keep focus. */
void vantage_perspectives_show (VantagePerspectives *self, const char *finding);
/* Opens the chooser of people. */
void vantage_perspectives_choose (VantagePerspectives *self);

G_END_DECLS
