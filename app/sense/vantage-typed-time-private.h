/* vantage-typed-time-private.h: a cursor over a typed line, and what clock, day and distance are
 * read by. */

#pragma once

#include "vantage-typed-time.h"

G_BEGIN_DECLS

#define VANTAGE_TYPED_SECOND G_GINT64_CONSTANT (1000000)
#define VANTAGE_TYPED_MINUTE (60 * VANTAGE_TYPED_SECOND)
#define VANTAGE_TYPED_HOUR (60 * VANTAGE_TYPED_MINUTE)
#define VANTAGE_TYPED_DAY (24 * VANTAGE_TYPED_HOUR)

/* A position in lower-case text whose dashes, signs and spaces are plain. */
typedef const char *VantageCursor;

/* Each reads one thing and moves on; FALSE and unmoved when it is not there. White space before it
 * is passed over. */
gboolean vantage_typed_accept (VantageCursor *at, const char *word);
/* The first of several words, NULL-terminated. */
gboolean vantage_typed_accept_any (VantageCursor *at, const char *const *words);
gboolean vantage_typed_at_end (VantageCursor at);

/* "10 min", "1 h 30", "half an hour". */
gboolean vantage_typed_read_duration (VantageCursor *at, gint64 *out_us);
/* The same, or "5-10 min", "5 to 10 min". */
gboolean vantage_typed_read_range (VantageCursor *at, gint64 *out_min_us, gint64 *out_max_us);

/* A clock as written. */
typedef struct
{
  gint64 of_day_us;  /* after midnight */
  gint64 unit_us;    /* how fine it was written */
  gboolean has_half; /* "am" or "pm" was there, or the hour needs none */
  gboolean has_day;
  gint64 day_us;       /* wall clock midnight, as if UTC */
  gboolean is_instant; /* with offset: `instant_us` is all there is */
  gint64 instant_us;
  gboolean is_day; /* a day and no clock */
} VantageTypedClock;

/* @bare: whether a number alone may be an hour. @today: wall midnight of the day that is meant. */
gboolean vantage_typed_read_clock (VantageCursor *at, gboolean bare, gint64 today,
                                   VantageTypedClock *out);

G_END_DECLS
