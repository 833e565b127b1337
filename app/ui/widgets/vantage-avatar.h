/* vantage-avatar.h: a person as a disc with initials in the colour of their lane. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* The palette of people. Its classes in CSS are "person-0" … "person-6"; "person-none" is the grey
 * of systems. `color` of a widget with such a class is the lane's colour. */
#define VANTAGE_N_LANE_COLOURS 7

/* Lent; @colour as of vantage_review_context_get_person_colour (). */
const char *vantage_avatar_get_class (int colour);
/* Puts the class of @colour on @widget and takes the others off. */
void vantage_avatar_set_class (GtkWidget *widget, int colour);

#define VANTAGE_TYPE_AVATAR (vantage_avatar_get_type ())
G_DECLARE_FINAL_TYPE (VantageAvatar, vantage_avatar, VANTAGE, AVATAR, GtkWidget)

/* @size: of the disc in pixels: 24, 30 and 48 are usual. */
GtkWidget *vantage_avatar_new (int size);
/* @outlined: for somebody who was absent. */
void vantage_avatar_set_person (VantageAvatar *self, const char *name, int colour,
                                gboolean outlined);
/* Takes name and colour from the context. @person: (nullable) */
void vantage_avatar_set_person_id (VantageAvatar *self, VantageReviewContext *context,
                                   const char *person);

G_END_DECLS
