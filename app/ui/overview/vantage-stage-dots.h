/* vantage-stage-dots.h: how far a review is: a dot for each stage, any of which can be chosen. A
 * map, not a gate. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_STAGE_DOTS (vantage_stage_dots_get_type ())
G_DECLARE_FINAL_TYPE (VantageStageDots, vantage_stage_dots, VANTAGE, STAGE_DOTS, GtkWidget)

/* Shows and writes the stage of the review. */
void vantage_stage_dots_bind (VantageStageDots *self, VantageReviewContext *context);

G_END_DECLS
