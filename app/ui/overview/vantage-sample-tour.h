/* vantage-sample-tour.h: five things to try in the sample: rows that open the right place and tick
 * themselves. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_SAMPLE_TOUR (vantage_sample_tour_get_type ())
G_DECLARE_FINAL_TYPE (VantageSampleTour, vantage_sample_tour, VANTAGE, SAMPLE_TOUR, GtkWidget)

void vantage_sample_tour_bind (VantageSampleTour *self, VantageReviewContext *context);

G_END_DECLS
