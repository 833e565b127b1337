/* vantage-person-view.h: all that is known of one person: who, which accounts, in what state, when
 * they were there, what they said and did. */

#pragma once

#include "vantage-attendee.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PERSON_VIEW (vantage_person_view_get_type ())
G_DECLARE_FINAL_TYPE (VantagePersonView, vantage_person_view, VANTAGE, PERSON_VIEW, GtkWidget)

/* Its buttons are commands of the page: "page.close-person", "page.plan-interview",
 * "page.see-items", "page.merge", "page.split" with an account's id, "page.add-condition".
 * (transfer floating) */
GtkWidget *vantage_person_view_new (VantageReviewContext *context, VantagePresenceFrame *frame);
/* Again for the same person: shows what changed. NULL: nobody, what is typed is written. */
void vantage_person_view_set_person (VantagePersonView *self, VantageSurvey *survey,
                                     VantageAttendee *attendee);
/* Lent; NULL: nobody. */
const char *vantage_person_view_get_person (VantagePersonView *self);
/* Whether it is a page of its own, with Back, or stands beside the list, with Close. */
void vantage_person_view_set_alone (VantagePersonView *self, gboolean alone);
void vantage_person_view_add_condition (VantagePersonView *self);

G_END_DECLS
