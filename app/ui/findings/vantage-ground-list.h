/* vantage-ground-list.h: what a finding or a question stands on: items with the words that are
 * cited, events, passages. Items are dropped here, pasted or cited from what is selected. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_GROUND_LIST (vantage_ground_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageGroundList, vantage_ground_list, VANTAGE, GROUND_LIST, GtkWidget)

/* @kind: "finding" or "wonder". (transfer floating) */
GtkWidget *vantage_ground_list_new (VantageReviewContext *context, const char *kind);
/* NULL: nothing. Rows that stay keep their place and focus. */
void vantage_ground_list_show (VantageGroundList *self, VantageEntity *entity);
/* Names or items may be others. */
void vantage_ground_list_reread (VantageGroundList *self);
/* Cites items that are not cited yet; one undo step. */
void vantage_ground_list_cite (VantageGroundList *self, const char *const *item_ids);
/* What is selected, else what the evidence pane shows; tells when there is neither. */
void vantage_ground_list_cite_selection (VantageGroundList *self);
/* Items that were copied, by drag text or by reference; tells when there are none. */
void vantage_ground_list_paste (VantageGroundList *self);
/* Opens the chooser of events, passages and items. */
void vantage_ground_list_choose (VantageGroundList *self);
guint vantage_ground_list_get_n (VantageGroundList *self);

G_END_DECLS
