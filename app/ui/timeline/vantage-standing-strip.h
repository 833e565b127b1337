/* vantage-standing-strip.h: the timeline as one person could know it at a moment: says where one
 * stands, steps from act to act, and tells the canvas what to fade. */

#pragma once

#include "vantage-canvas.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_STANDING_STRIP (vantage_standing_strip_get_type ())
G_DECLARE_FINAL_TYPE (VantageStandingStrip, vantage_standing_strip, VANTAGE, STANDING_STRIP,
                      GtkWidget)

/* Hidden until somebody stands somewhere. */
GtkWidget *vantage_standing_strip_new (VantageTimelineFeed *feed, VantageCanvas *canvas);
void vantage_standing_strip_stand (VantageStandingStrip *self, const char *person, gint64 us);
/* To the person's next act, or the one before. */
void vantage_standing_strip_step (VantageStandingStrip *self, gboolean forward);
/* FALSE: nobody stood anywhere. */
gboolean vantage_standing_strip_leave (VantageStandingStrip *self);

G_END_DECLS
