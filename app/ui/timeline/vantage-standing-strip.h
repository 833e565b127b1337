/* vantage-standing-strip.h: the timeline as one person could know it at a moment: says where one
 * stands, steps from act to act, plays on, and tells the canvas what to fade. */

#pragma once

#include "vantage-canvas.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_STANDING_STRIP (vantage_standing_strip_get_type ())
G_DECLARE_FINAL_TYPE (VantageStandingStrip, vantage_standing_strip, VANTAGE, STANDING_STRIP,
                      GtkWidget)

/* Signal "moved": another person, moment or evidence, or nobody stands anywhere any more. */

/* Hidden until somebody stands somewhere. */
GtkWidget *vantage_standing_strip_new (VantageTimelineFeed *feed, VantageCanvas *canvas);
void vantage_standing_strip_stand (VantageStandingStrip *self, const char *person, gint64 us);
/* To the person's next act, or the one before. FALSE: there is none. */
gboolean vantage_standing_strip_step (VantageStandingStrip *self, gboolean forward);
/* FALSE: nobody stood anywhere. */
gboolean vantage_standing_strip_leave (VantageStandingStrip *self);

/* Time runs on from here, at the speed chosen; with animations off, from act to act. It stops by
 * itself after the last event. */
void vantage_standing_strip_set_playing (VantageStandingStrip *self, gboolean playing);
gboolean vantage_standing_strip_get_playing (VantageStandingStrip *self);
/* To the next greater or smaller speed. */
void vantage_standing_strip_change_speed (VantageStandingStrip *self, gboolean faster);

/* NULL: nobody stands anywhere. Lent. */
const char *vantage_standing_strip_get_person (VantageStandingStrip *self);
gint64 vantage_standing_strip_get_us (VantageStandingStrip *self);
/* (element-type VantageSight) (nullable): items and events; lent until the next "moved". */
GArray *vantage_standing_strip_get_sights (VantageStandingStrip *self);
/* (nullable): that the sights come from. Lent. */
VantageSurvey *vantage_standing_strip_get_survey (VantageStandingStrip *self);

/* Why it was known or not, as a sentence: "Knew: wrote it". Lent. */
const char *vantage_standing_strip_say_why (VantageWhy why);

G_END_DECLS
