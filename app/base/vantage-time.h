/* vantage-time.h: instants as microseconds of UTC, their text, and time zones. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An instant is a gint64: microseconds since 1970-01-01T00:00:00Z. Years 0001 to 9999 only. */
#define VANTAGE_TIME_NONE G_MININT64
#define VANTAGE_TIME_MIN G_GINT64_CONSTANT (-62135596800000000) /* 0001-01-01T00:00:00.000000Z */
#define VANTAGE_TIME_MAX G_GINT64_CONSTANT (253402300799999999) /* 9999-12-31T23:59:59.999999Z */
#define VANTAGE_TIME_TEXT_SIZE 28 /* of the RFC 3339 form, with its NUL */

/* How fine a time was written in its source; the instant it names is in [T, T + unit). */
typedef enum
{
  VANTAGE_PRECISION_US,
  VANTAGE_PRECISION_MS,
  VANTAGE_PRECISION_S,
  VANTAGE_PRECISION_MIN,
  VANTAGE_PRECISION_DAY,
  VANTAGE_PRECISION_NONE, /* no time at all */
} VantagePrecision;

/* The unit in microseconds; 0 for NONE. */
gint64 vantage_precision_get_unit_us (VantagePrecision precision);
/* "us", "ms", "s", "min", "day", "none". */
const char *vantage_precision_to_text (VantagePrecision precision);
gboolean vantage_precision_from_text (const char *text, VantagePrecision *out);

/**
 * vantage_time_parse:
 * @text: an RFC 3339 time; a space for the "T", a missing offset and missing seconds are taken too
 * @length: its bytes, or -1 when NUL-terminated
 * @out_us: (out): the instant; where @text has no offset, the wall clock as if it were UTC
 * @out_precision: (out) (optional): from the digits that are there
 * @out_has_zone: (out) (optional): whether an offset or "Z" was written
 *
 * Reads a time without guessing: out of range fields, trailing bytes and years outside
 * 0001-9999 are refused. More than six digits of a second are cut, never rounded. A leap
 * second (":60") is the first instant of the next minute.
 *
 * Returns: FALSE when @text is no such time; outputs are then untouched
 */
gboolean vantage_time_parse (const char *text, gssize length, gint64 *out_us,
                             VantagePrecision *out_precision, gboolean *out_has_zone);

/* Writes "2024-03-01T02:14:07.000000Z" into @buffer and returns it. @us must be in range. */
char *vantage_time_format (gint64 us, char buffer[VANTAGE_TIME_TEXT_SIZE]);
/* The same, newly allocated. */
char *vantage_time_to_text (gint64 us);

/**
 * VantageZone: a time zone by IANA name ("Europe/Berlin", "UTC") or offset ("+02:00").
 * Immutable and reference counted; the same name gives the same object.
 */
typedef struct _VantageZone VantageZone;

/* NULL when there is no zone of this name on this machine. (transfer full) (nullable) */
VantageZone *vantage_zone_new (const char *name);
VantageZone *vantage_zone_new_utc (void);
VantageZone *vantage_zone_new_local (void);
VantageZone *vantage_zone_ref (VantageZone *self);
void vantage_zone_unref (VantageZone *self);
const char *vantage_zone_get_name (VantageZone *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageZone, vantage_zone_unref)

/* Seconds east of UTC in force at @us. */
int vantage_zone_get_offset_s (VantageZone *self, gint64 us);

/**
 * vantage_zone_resolve:
 * @wall_us: a wall clock reading, as if it were UTC
 * @out_us: (out): the instant
 * @out_twice: (out) (optional): TRUE when the clock showed this reading twice; the earlier is given
 *
 * Returns: FALSE when the clock never showed @wall_us (skipped when clocks went forward);
 *   @out_us is then the instant at which it jumped
 */
gboolean vantage_zone_resolve (VantageZone *self, gint64 wall_us, gint64 *out_us,
                               gboolean *out_twice);

/* Broken-down wall clock of an instant in a zone. */
typedef struct
{
  int year, month, day; /* month and day from 1 */
  int hour, minute, second, us;
  int weekday; /* 1 = Monday … 7 = Sunday */
  int offset_s;
} VantageWall;

void vantage_zone_get_wall (VantageZone *self, gint64 us, VantageWall *out);

/* How much of a time a person is shown. */
typedef enum
{
  VANTAGE_SHOW_MINUTE,      /* 02:14 */
  VANTAGE_SHOW_SECOND,      /* 02:14:07 */
  VANTAGE_SHOW_MILLISECOND, /* 02:14:07.250 */
  VANTAGE_SHOW_DAY,         /* 2024-03-01 */
  VANTAGE_SHOW_DAY_MINUTE,  /* 2024-03-01 02:14 */
  VANTAGE_SHOW_FULL,        /* 2024-03-01 02:14:07 +01:00; with a fraction when there is one */
} VantageShow;

/* Text in the zone's wall clock, in digits that need no translation. (transfer full) */
char *vantage_zone_format (VantageZone *self, gint64 us, VantageShow show);

G_END_DECLS
