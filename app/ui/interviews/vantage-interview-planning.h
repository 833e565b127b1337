/* vantage-interview-planning.h: beginning an interview: the shared entity, and a guide to begin
 * from. */

#pragma once

#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_INTERVIEW_MINUTES 60

/**
 * vantage_interview_plan:
 * @person: whom to talk to
 * @reasons: (nullable) (element-type utf8): of the vocabulary of candidates; NULL: chosen by hand
 *
 * Returns: (transfer full): id of the new interview; NULL: it could not be written, which was told
 */
char *vantage_interview_plan (VantageReviewContext *context, const char *person,
                              GPtrArray *reasons);
/* What is known for the placeholders of questions. (transfer full) (element-type utf8 utf8) */
GHashTable *vantage_interview_dup_known (VantageReviewContext *context, const char *person);
/* Gives the interview of @room a guide for its minutes, if it has none. */
void vantage_interview_ensure_guide (VantageInterviewRoom *room);
/* A guide anew; what was asked and one's own questions stay. @depth: 1 to 3. */
void vantage_interview_rebuild_guide (VantageInterviewRoom *room, int depth, int minutes);

G_END_DECLS
