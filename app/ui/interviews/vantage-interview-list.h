/* vantage-interview-list.h: the interviews of a review, and whom else to talk to. */

#pragma once

#include "vantage-private-notes.h"
#include "vantage-review-context.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_INTERVIEW_LIST (vantage_interview_list_get_type ())
G_DECLARE_FINAL_TYPE (VantageInterviewList, vantage_interview_list, VANTAGE, INTERVIEW_LIST,
                      GtkWidget)

/* Signal "open" (const char *interview): a row was activated, or an interview was planned. */

GtkWidget *vantage_interview_list_new (VantageReviewContext *context, VantagePrivateNotes *notes);
/* Reads anew what changed while it was away. */
void vantage_interview_list_refresh (VantageInterviewList *self);
/* Opens the choice of a person for a new interview. */
void vantage_interview_list_choose_person (VantageInterviewList *self);

G_END_DECLS
