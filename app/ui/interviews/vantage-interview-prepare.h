/* vantage-interview-prepare.h: getting ready for a conversation: when, what was agreed, what to
 * ask, what of the record to put before the person, and what is for oneself alone. */

#pragma once

#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_INTERVIEW_PREPARE (vantage_interview_prepare_get_type ())
G_DECLARE_FINAL_TYPE (VantageInterviewPrepare, vantage_interview_prepare, VANTAGE,
                      INTERVIEW_PREPARE, GtkWidget)

GtkWidget *vantage_interview_prepare_new (VantageInterviewRoom *room);
/* Writes what is typed. */
void vantage_interview_prepare_flush (VantageInterviewPrepare *self);

G_END_DECLS
