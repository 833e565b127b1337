/* vantage-interview-rows.h: one row for an interview, one for somebody to talk to. */

#pragma once

#include "vantage-candidates.h"
#include "vantage-review-context.h"
#include "vantage-vault.h"

G_BEGIN_DECLS

/* @vault: (nullable): without it nothing is said about notes. (transfer floating): a list row */
GtkWidget *vantage_interview_row_new (VantageReviewContext *context, VantageVault *vault,
                                      VantageEntity *interview);
/* Lent. */
const char *vantage_interview_row_get_id (GtkListBoxRow *row);
/* @out_button: (out): carries "person" (utf8) and "reasons" (GPtrArray of utf8) as data. (transfer
 * floating): a list row */
GtkWidget *vantage_candidate_row_new (VantageReviewContext *context,
                                      const VantageCandidate *candidate, GtkWidget **out_button);
/* "Planned for Thu 20 March 14:00". (transfer full) */
char *vantage_interview_dup_state_words (VantageReviewContext *context, VantageEntity *interview);

G_END_DECLS
