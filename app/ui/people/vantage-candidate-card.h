/* vantage-candidate-card.h: somebody to talk to first: a name, why, and what can be done about it.
 */

#pragma once

#include "vantage-presence-frame.h"
#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_CANDIDATE_CARD (vantage_candidate_card_get_type ())
G_DECLARE_FINAL_TYPE (VantageCandidateCard, vantage_candidate_card, VANTAGE, CANDIDATE_CARD,
                      GtkWidget)

/* One reason in words, with its times where it has some. (transfer full) */
char *vantage_candidate_dup_reason (const VantageCandidateReason *reason, VantageSurvey *survey,
                                    VantagePresenceFrame *frame);
/* What is known of talking to somebody: "Interview planned 14 Mar 10:00"; NULL without one.
 * @interview: (nullable) (transfer full) (nullable) */
char *vantage_candidate_dup_interview (VantageEntity *interview, VantageZone *zone, gint64 now_us);

/**
 * vantage_candidate_card_new:
 * @interview: (nullable): the one there is with the person
 *
 * The buttons do "page.plan-interview-with", "page.see-items-of" and "page.open-person" with the
 * person's id. (transfer floating)
 */
GtkWidget *vantage_candidate_card_new (VantageReviewContext *context, VantageSurvey *survey,
                                       VantagePresenceFrame *frame,
                                       const VantageCandidate *candidate, VantageEntity *interview);

G_END_DECLS
