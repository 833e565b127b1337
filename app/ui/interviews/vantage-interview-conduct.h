/* vantage-interview-conduct.h: holding the conversation: guide, notes, clock; all by keyboard. */

#pragma once

#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_INTERVIEW_CONDUCT (vantage_interview_conduct_get_type ())
G_DECLARE_FINAL_TYPE (VantageInterviewConduct, vantage_interview_conduct, VANTAGE,
                      INTERVIEW_CONDUCT, GtkWidget)

/* Signal "state-changed": what its actions can do is something else. */

GtkWidget *vantage_interview_conduct_new (VantageInterviewRoom *room);
/* In view or not: its clock rests, colours go back. What is typed is written when it leaves. */
void vantage_interview_conduct_set_shown (VantageInterviewConduct *self, gboolean shown);
/* Lets a card go, leaves a line that is edited; FALSE when there was nothing to leave. */
gboolean vantage_interview_conduct_escape (VantageInterviewConduct *self);
/* Tab would take a question that is offered. */
gboolean vantage_interview_conduct_has_offer (VantageInterviewConduct *self);
/* Begun and not finished. */
gboolean vantage_interview_conduct_is_running (VantageInterviewConduct *self);
/* What the action @name of the page does; @mark: word of a mark, for "mark". */
void vantage_interview_conduct_do (VantageInterviewConduct *self, const char *name,
                                   const char *mark);
void vantage_interview_conduct_flush (VantageInterviewConduct *self);
void vantage_interview_conduct_focus (VantageInterviewConduct *self);

G_END_DECLS
