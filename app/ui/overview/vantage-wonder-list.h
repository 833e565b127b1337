/* vantage-wonder-list.h: the open questions of a review, and a line to add one. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_WONDER_LIST (vantage_wonder_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageWonderList, vantage_wonder_list, VANTAGE, WONDER_LIST, GtkWidget)

void vantage_wonder_list_bind (VantageWonderList *self, VantageReviewContext *context);
/* Focus to the line that adds one. */
void vantage_wonder_list_begin (VantageWonderList *self);

G_END_DECLS
