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

/* What somebody typed as an instant: a date, a time of day or both, in @zone unless an offset is
 * written; @day_us: any instant of the day that is meant where none is written. A day alone is its
 * first instant. FALSE when it is no time; @out_us is then untouched. */
gboolean vantage_time_text_read (const char *text, gint64 day_us, VantageZone *zone,
                                 gint64 *out_us);

G_END_DECLS
