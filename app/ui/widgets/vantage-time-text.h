/* vantage-time-text.h: instants in words for people, in the zone of the review. */

#pragma once

#include "vantage-review-context.h"

G_BEGIN_DECLS

/* "Today", "Yesterday", "Fri 14 Mar", with the year when it is another one. (transfer full) */
char *vantage_time_text_day (VantageZone *zone, gint64 us, gint64 now_us);
/* "Fri 14 Mar 2025". (transfer full) */
char *vantage_time_text_date (VantageZone *zone, gint64 us);
/* "Friday, 14 March 2025", for headings. (transfer full) */
char *vantage_time_text_weekday (VantageZone *zone, gint64 us);
/* How many midnights lie between the two. */
int vantage_time_text_count_days (VantageZone *zone, gint64 from_us, gint64 until_us);
/* "Fri 14 Mar 02:14", with the day left out when both are on one. (transfer full) */
char *vantage_time_text_range (VantageZone *zone, gint64 from_us, gint64 until_us);
/* Gives @label the text of @us in the review's zone, and the full time with its offset as tooltip.
 * VANTAGE_TIME_NONE reads "no time". */
void vantage_time_text_set_label (GtkLabel *label, VantageReviewContext *context, gint64 us,
                                  VantageShow show);

G_END_DECLS
