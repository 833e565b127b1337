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
 * A time: RFC 3339; or a clock ("02:14", "2:14:07.25", "2 pm", "at 2", "noon", "midnight") with or
 * without a day ("2024-03-14", "14 March", "Mar 14 2024", "yesterday", "today", "tomorrow"). A bare
 * number is taken for an hour only after "at", "about", "between" and the like. A day alone is
 * *between* its midnights; "some time at 02:14" *between* the ends of that minute.
 *
 * "about", "around", "ca.", "~", "≈", "or so", "ish" give plus or minus: thirty seconds for a time
 * with seconds, five minutes for one with minutes, half an hour for a bare hour; "± 2 min" says it.
 * "between 2 and 3", "from 2 to 3", "2:10-2:20": an end before its begin goes over midnight.
 * "before 02:10" and "after 02:10" are *between* that time and the end of that day.
 *
 * In relation to something: "before the page", "10 min before the page", "5-10 minutes after …",
 * "within 5 min of …", "at least an hour before …", "just after …" (up to five minutes), "during
 * …", "same time as …". With "about" or "or so" a distance is from half to one and a half of it.
 * Durations: "for 10 min", "lasted 1 h 30", "took half an hour".
 *
 * Returns: FALSE when it is none of these; @out is then untouched
 */
gboolean vantage_typed_time_parse (const char *text, gint64 day_us, VantageZone *zone,
                                   VantageTypedTime *out);

G_END_DECLS
