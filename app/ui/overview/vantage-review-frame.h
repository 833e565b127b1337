/* vantage-review-frame.h: kind, depth, window of time, zone and services of a review. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_REVIEW_FRAME (vantage_review_frame_get_type ())
G_DECLARE_FINAL_TYPE (VantageReviewFrame, vantage_review_frame, VANTAGE, REVIEW_FRAME, GtkWidget)

void vantage_review_frame_bind (VantageReviewFrame *self, VantageReviewContext *context);

G_END_DECLS
