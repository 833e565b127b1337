/* vantage-rhythm-view.h: when it was loud and when quiet, whom others turned to, who worked long,
 * which teams met: places to look, each one step from what was said.
 */

#pragma once

#include "vantage-presence-frame.h"
#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_RHYTHM_VIEW (vantage_rhythm_view_get_type ())
G_DECLARE_FINAL_TYPE (VantageRhythmView, vantage_rhythm_view, VANTAGE, RHYTHM_VIEW, GtkWidget)

/* Signal "person": (const char *id): a row about somebody was activated. */

GtkWidget *vantage_rhythm_view_new (VantageReviewContext *context, VantagePresenceFrame *frame);
/* What it shows from now on; @survey is kept. Works out at once: a second for a million items. */
void vantage_rhythm_view_set_survey (VantageRhythmView *self, VantageSurvey *survey);

G_END_DECLS
