/* vantage-interview-annotate.h: going through what was noted: picking out words, saying what kind
 * of claim they are, making things from them, and releasing them with the person's yes. */

#pragma once

#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_INTERVIEW_ANNOTATE (vantage_interview_annotate_get_type ())
G_DECLARE_FINAL_TYPE (VantageInterviewAnnotate, vantage_interview_annotate, VANTAGE,
                      INTERVIEW_ANNOTATE, GtkWidget)

GtkWidget *vantage_interview_annotate_new (VantageInterviewRoom *room);
void vantage_interview_annotate_focus (VantageInterviewAnnotate *self);
/* Picks out the words that are selected; tells when none are. */
void vantage_interview_annotate_mark (VantageInterviewAnnotate *self);
/* Shows or hides the passages beside the notes. */
void vantage_interview_annotate_toggle_passages (VantageInterviewAnnotate *self);
/* Lent; for choosing words from elsewhere. */
GtkTextView *vantage_interview_annotate_get_view (VantageInterviewAnnotate *self);

G_END_DECLS
