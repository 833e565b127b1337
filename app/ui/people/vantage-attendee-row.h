/* vantage-attendee-row.h: the row of a person: disc, name, when they were there, and in words as
 * what and how they came. One line when wide, two when narrow. */

#pragma once

#include "vantage-attendee.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_ATTENDEE_ROW (vantage_attendee_row_get_type ())
G_DECLARE_FINAL_TYPE (VantageAttendeeRow, vantage_attendee_row, VANTAGE, ATTENDEE_ROW, GtkWidget)

GtkWidget *vantage_attendee_row_new (VantagePresenceFrame *frame);
void vantage_attendee_row_set_attendee (VantageAttendeeRow *self, VantageAttendee *attendee);

/* What stands above the rows: the time axis, where their bars are. */
#define VANTAGE_TYPE_ATTENDEE_HEAD (vantage_attendee_head_get_type ())
G_DECLARE_FINAL_TYPE (VantageAttendeeHead, vantage_attendee_head, VANTAGE, ATTENDEE_HEAD, GtkWidget)

GtkWidget *vantage_attendee_head_new (VantagePresenceFrame *frame);

G_END_DECLS
