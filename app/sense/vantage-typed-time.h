/* vantage-typed-time.h: a time as somebody types it ("about 02:10", "10 min before the page",
 * "between 2 and 3", "yesterday 23:50"), read without guessing more than is written. */

#pragma once

#include "vantage-times.h"
#include "vantage-value.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_TYPED_WHEN,     /* a time of its own */
  VANTAGE_TYPED_RELATION, /* before, after, during or at the moment of something else */
  VANTAGE_TYPED_LASTS,    /* a duration */
  VANTAGE_TYPED_UNKNOWN,  /* "unknown", "no idea", "?" */
} VantageTypedSort;

typedef struct
{
  VantageTypedSort sort;
  VantageWhen when;      /* WHEN: `item` is never set */
  VantageTimeRel rel;    /* RELATION */
  gint64 min_us, max_us; /* RELATION, LASTS; for SAME: ± min_us */
  const char *object;    /* RELATION: the words that name the other event; lent by the text that
                            was given; NULL or empty: none, take what is selected */
  gboolean skipped;      /* the clock never showed this time on that day: the jump is taken */
  gboolean twice;        /* the clock showed it twice: the earlier is taken */
} VantageTypedTime;

/**
 * vantage_typed_time_parse:
 * @text: one line
 * @day_us: any instant of the day that is meant where none is written
 * @zone: the zone of what is typed, where no offset is written
 *
 * "about", "around", "ca.", "~", "≈" and "or so" give plus or minus: five minutes for a time
 * written to the minute, half an hour for a bare hour, thirty seconds for one with seconds; "± 2
 * min" says it. A time to the minute is that minute: [02:14:00, 02:15:00), kept as *between* only
 * when asked by "some time at"; else it is exact. RFC 3339, dates, month names in English, 12-hour
 * clocks, "yesterday", "today", "tomorrow", "noon", "midnight" are taken. Durations: "90 s",
 * "10 min", "5–10 minutes", "an hour", "1 h 30". An end before its begin goes over midnight.
 *
 * Returns: FALSE when it is none of these; @out is then untouched
 */
gboolean vantage_typed_time_parse (const char *text, gint64 day_us, VantageZone *zone,
                                   VantageTypedTime *out);

G_END_DECLS
