/* vantage-guide-view.h: the guide beside the notes: where the conversation is, what to ask, what
 * was just heard, what to ask later. */

#pragma once

#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_GUIDE_VIEW (vantage_guide_view_get_type ())
G_DECLARE_FINAL_TYPE (VantageGuideView, vantage_guide_view, VANTAGE, GUIDE_VIEW, GtkWidget)

/* Signals: "moved": another question or phase is the current one. "hint-changed": a card came or
 * went. */

GtkWidget *vantage_guide_view_new (VantageInterviewRoom *room);
/* The next phase, the one before: the place of the room goes along. */
void vantage_guide_view_move_phase (VantageGuideView *self, int step);
/* The next question counts the one before it as asked. Over the end of a phase it goes on. */
void vantage_guide_view_move_question (VantageGuideView *self, int step);
/* How long the conversation has been; < 0: not begun. */
void vantage_guide_view_set_elapsed (VantageGuideView *self, double elapsed_s);
/* The current question; "" when there is none. Lent. */
const char *vantage_guide_view_get_question (VantageGuideView *self);

/* One quiet card: @words were heard, @question may be asked. It goes away by itself. */
void vantage_guide_view_offer (VantageGuideView *self, const char *words, const char *question);
gboolean vantage_guide_view_has_offer (VantageGuideView *self);
/* Puts it into the guide as the current question. */
void vantage_guide_view_take_offer (VantageGuideView *self);
void vantage_guide_view_drop_offer (VantageGuideView *self);

G_END_DECLS
