/* vantage-presence-bar.h: one person's presence over the shared stretch of time: a bar where they
 * were there, a tick for each thing they did, a thick tick where they came. Told apart by shape, so
 * that it reads without colour. */

#pragma once

#include "vantage-attendee.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_PRESENCE_BAR (vantage_presence_bar_get_type ())
G_DECLARE_FINAL_TYPE (VantagePresenceBar, vantage_presence_bar, VANTAGE, PRESENCE_BAR, GtkWidget)

GtkWidget *vantage_presence_bar_new (VantagePresenceFrame *frame);
/* NULL: only the lines of the ruler. */
void vantage_presence_bar_set_attendee (VantagePresenceBar *self, VantageAttendee *attendee);

/* The labels of the time axis; with its lines running down as far as it is high. */
#define VANTAGE_TYPE_PRESENCE_RULER (vantage_presence_ruler_get_type ())
G_DECLARE_FINAL_TYPE (VantagePresenceRuler, vantage_presence_ruler, VANTAGE, PRESENCE_RULER,
                      GtkWidget)

GtkWidget *vantage_presence_ruler_new (VantagePresenceFrame *frame);

G_END_DECLS
