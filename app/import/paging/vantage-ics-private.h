/* vantage-ics-private.h: what the parts of the iCalendar reader share: events as they are written,
 * zones, and when an event takes place. */

#pragma once

#include "vantage-paging.h"

G_BEGIN_DECLS

/* ---- as written ---- */

/* One time: "20240304T090000", "…Z" or "20240304". */
typedef struct
{
  char *text; /* as written; NULL: there is none */
  char *zone; /* TZID (nullable) */
} VantageIcsTime;

typedef struct
{
  char *email; /* lower case (nullable) */
  char *name;  /* (nullable) */
} VantageIcsAttendee;

typedef struct
{
  char *uid; /* (nullable) */
  VantageIcsTime start, end, recurrence;
  char *duration;       /* (nullable) */
  GPtrArray *rules;     /* (element-type utf8): of RRULE */
  GPtrArray *extra;     /* (element-type VantageIcsTime): of RDATE; periods "a/b" are kept whole */
  GPtrArray *left_out;  /* (element-type VantageIcsTime): of EXDATE */
  GPtrArray *attendees; /* (element-type VantageIcsAttendee) */
  char *summary, *description, *url; /* unescaped (nullable) */
  gboolean cancelled, future;        /* `future`: RANGE=THISANDFUTURE */
  gint64 sequence;
  gint64 line, offset, length;
} VantageIcsEvent;

typedef struct
{
  char *name;          /* X-WR-CALNAME (nullable) */
  char *zone;          /* X-WR-TIMEZONE (nullable) */
  GPtrArray *events;   /* (element-type VantageIcsEvent) */
  GHashTable *zones;   /* TZID → text of its VTIMEZONE */
  gboolean ended;      /* END:VCALENDAR was there */
  gboolean open_event; /* it ends inside an event, which is left out */
} VantageIcsCalendar;

/* Reads the next calendar in @data from @at on. NULL: no more. (transfer full) */
VantageIcsCalendar *vantage_ics_calendar_read (const char *data, gsize size, gsize *at,
                                               gint64 *line);
void vantage_ics_calendar_free (VantageIcsCalendar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageIcsCalendar, vantage_ics_calendar_free)

/* ---- clocks ---- */

/* What a wall clock reading means. */
typedef struct _VantageIcsZone VantageIcsZone;
typedef struct _VantageIcsZones VantageIcsZones;

/* @chosen: the zone that a person chose for times without one (nullable). */
VantageIcsZones *vantage_ics_zones_new (const VantageIcsCalendar *calendar, const char *chosen);
void vantage_ics_zones_free (VantageIcsZones *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageIcsZones, vantage_ics_zones_free)
/* Never NULL. Lent. */
VantageIcsZone *vantage_ics_zones_find (VantageIcsZones *self, const VantageIcsTime *time);
/* FALSE: it is not known, and a person must choose; then readings are taken as of the chosen zone,
 * else as UTC. */
gboolean vantage_ics_zone_is_known (VantageIcsZone *self);
gint64 vantage_ics_zone_resolve (VantageIcsZone *self, gint64 wall_us, gboolean *out_twice);
/* TZIDs that neither the computer nor the file knows, joined; NULL: none. Lent. */
const char *vantage_ics_zones_get_unknown (VantageIcsZones *self);

/* Wall clock reading, as if it were UTC. FALSE: it is no time. */
gboolean vantage_ics_read_wall (const char *text, gint64 *out_us, gboolean *out_date,
                                gboolean *out_utc);
/* The same form again. (transfer full) */
char *vantage_ics_write_wall (gint64 wall_us, gboolean date, gboolean utc);

/* ---- when ---- */

typedef struct
{
  gint64 begin_wall_us, end_wall_us; /* as if UTC, by the clock of `zone` */
  gint64 begin_us, end_us;
  gboolean date, utc, twice;
  VantageIcsZone *zone; /* lent */
} VantageIcsSpan;

typedef struct
{
  gint64 since_us, until_us; /* VANTAGE_TIME_NONE: open */
  guint max;                 /* of one rule, where it has no end inside the range */
} VantageIcsRange;

typedef enum
{
  VANTAGE_ICS_FINE,
  VANTAGE_ICS_NO_TIME,
  VANTAGE_ICS_BAD_TIME,
} VantageIcsState;

/* The event's own time. */
VantageIcsState vantage_ics_event_read_span (const VantageIcsEvent *event, VantageIcsZones *zones,
                                             VantageIcsSpan *out);
/* All times at which @event takes place in the range, in order, without those left out.
 * @out_limited: a rule goes on beyond what was worked out; @out_bad_rule: one cannot be followed.
 * (transfer full) (element-type VantageIcsSpan) */
GArray *vantage_ics_event_expand (const VantageIcsEvent *event, VantageIcsZones *zones,
                                  const VantageIcsSpan *own, const VantageIcsRange *range,
                                  gboolean *out_limited, gboolean *out_bad_rule);

G_END_DECLS
