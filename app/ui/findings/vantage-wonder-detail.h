/* vantage-wonder-detail.h: one open question: whom to ask, what it is about, what came of it. */

#pragma once

#include "vantage-ground-list.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_WONDER_DETAIL (vantage_wonder_detail_get_type ())
G_DECLARE_FINAL_TYPE (VantageWonderDetail, vantage_wonder_detail, VANTAGE, WONDER_DETAIL, GtkWidget)

/* (transfer floating) */
GtkWidget *vantage_wonder_detail_new (VantageReviewContext *context);
/* @id: (nullable) */
void vantage_wonder_detail_show (VantageWonderDetail *self, const char *id);
/* Focus goes to the question. */
void vantage_wonder_detail_rename (VantageWonderDetail *self);
/* Lent. */
VantageGroundList *vantage_wonder_detail_get_ground (VantageWonderDetail *self);

G_END_DECLS
