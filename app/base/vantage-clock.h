/* vantage-clock.h: a hybrid logical clock (Kulkarni et al., 2014): wall time that never runs back.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define VANTAGE_STAMP_LENGTH 16 /* hex digits: 48 bits of milliseconds, 16 bits of counter */

/* A stamp as a number orders as its text does. */
typedef guint64 VantageStamp;

/* Plain state; 0 at the beginning, else the greatest stamp seen. */
typedef struct
{
  VantageStamp last;
} VantageClock;

/* Next stamp, later than every one given or received before. */
VantageStamp vantage_clock_tick (VantageClock *self, gint64 now_us);
/* Takes note of a stamp from elsewhere; one more than five minutes ahead of @now_us moves the clock
 * no further than that. */
void vantage_clock_receive (VantageClock *self, VantageStamp stamp, gint64 now_us);

gint64 vantage_stamp_get_us (VantageStamp stamp);
void vantage_stamp_to_text (VantageStamp stamp, char out[VANTAGE_STAMP_LENGTH + 1]);
gboolean vantage_stamp_from_text (const char *text, VantageStamp *out);

G_END_DECLS
