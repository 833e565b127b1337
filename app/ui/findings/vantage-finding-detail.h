/* vantage-finding-detail.h: one finding: what it says, what it stands on, how others see it. */

#pragma once

#include "vantage-ground-list.h"
#include "vantage-perspectives.h"
#include "vantage-prose-editor.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_FINDING_DETAIL (vantage_finding_detail_get_type ())
G_DECLARE_FINAL_TYPE (VantageFindingDetail, vantage_finding_detail, VANTAGE, FINDING_DETAIL,
                      GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_finding_detail_new (VantageReviewContext *context);
/* @id: (nullable). Writes first what was typed into the one before. */
void vantage_finding_detail_show (VantageFindingDetail *self, const char *id);
/* Focus goes to the title. */
void vantage_finding_detail_rename (VantageFindingDetail *self);
/* Lent. */
VantageGroundList *vantage_finding_detail_get_ground (VantageFindingDetail *self);
VantagePerspectives *vantage_finding_detail_get_perspectives (VantageFindingDetail *self);
VantageProseEditor *vantage_finding_detail_get_text (VantageFindingDetail *self);

G_END_DECLS
