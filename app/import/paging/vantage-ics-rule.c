/* vantage-ics-rule.c: when an event takes place: its own time, its rules, dates added and dates
 * left out. Rules run on the wall clock, so that a shift at nine stays at nine when clocks change.
 */

#include "vantage-ics-private.h"

#include <libical/ical.h>
#include <string.h>

#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define MAX_STEPS 200000 /* of one rule, kept or not */

/* ---- the event's own time ---- */

/* Microseconds of a unit of a duration; 0: there is none of this letter. */
static gint64
get_unit (char letter, gboolean clock)
{
  if (clock)
    return letter == 'H'   ? G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC
           : letter == 'M' ? G_GINT64_CONSTANT (60) * G_USEC_PER_SEC
           : letter == 'S' ? G_USEC_PER_SEC
                           : 0;
  return letter == 'W' ? 7 * DAY_US : letter == 'D' ? DAY_US : 0;
}

/* "P1DT2H30M", "PT8H", "P1W". */
static gboolean
read_duration (const char *text, gint64 *out_us)
{
  gint64 us = 0;
  gboolean clock = FALSE, any = FALSE;

  text += *text == '+' ? 1 : 0;
  if (*text != 'P')
    return FALSE;
  for (text++; *text != '\0'; text++)
    {
      gint64 n = 0;
      guint digits = 0;

      if (*text == 'T' && !clock)
        {
          clock = TRUE;
          continue;
        }
      for (; g_ascii_isdigit (*text) && digits < 7; text++, digits++)
        n = n * 10 + (*text - '0');
      if (digits == 0 || get_unit (*text, clock) == 0)
        return FALSE;
      us += n * get_unit (*text, clock);
      any = TRUE;
      if (us > VANTAGE_TIME_MAX)
        return FALSE;
    }
  *out_us = us;
  return any;
}

static void
resolve (VantageIcsSpan *span)
{
  gboolean twice;

  span->begin_us = vantage_ics_zone_resolve (span->zone, span->begin_wall_us, &span->twice);
  span->end_us = vantage_ics_zone_resolve (span->zone, span->end_wall_us, &twice);
}

/* The end by the clock of the beginning. */
static VantageIcsState
read_end (const VantageIcsEvent *event, VantageIcsZones *zones, VantageIcsSpan *span)
{
  gboolean date, utc, twice;
  gint64 wall, us;

  span->end_wall_us = span->begin_wall_us + (span->date ? DAY_US : 0);
  if (event->end.text != NULL && *event->end.text != '\0')
    {
      VantageIcsZone *zone = vantage_ics_zones_find (zones, &event->end);

      if (!vantage_ics_read_wall (event->end.text, &wall, &date, &utc))
        return VANTAGE_ICS_BAD_TIME;
      if (zone == span->zone)
        span->end_wall_us = wall;
      else
        {
          us = vantage_ics_zone_resolve (zone, wall, &twice);
          span->end_wall_us =
              span->begin_wall_us +
              (us - vantage_ics_zone_resolve (span->zone, span->begin_wall_us, &twice));
        }
    }
  else if (event->duration != NULL && read_duration (event->duration, &us))
    span->end_wall_us = span->begin_wall_us + us;
  /* A date without length is that day; an end before the beginning is none. */
  if (span->end_wall_us < span->begin_wall_us ||
      (span->date && span->end_wall_us == span->begin_wall_us))
    span->end_wall_us = span->begin_wall_us + (span->date ? DAY_US : 0);
  return VANTAGE_ICS_FINE;
}

VantageIcsState
vantage_ics_event_read_span (const VantageIcsEvent *event, VantageIcsZones *zones,
                             VantageIcsSpan *out)
{
  VantageIcsState state;

  if (event->start.text == NULL || *event->start.text == '\0')
    return VANTAGE_ICS_NO_TIME;
  if (!vantage_ics_read_wall (event->start.text, &out->begin_wall_us, &out->date, &out->utc))
    return VANTAGE_ICS_BAD_TIME;
  out->zone = vantage_ics_zones_find (zones, &event->start);
  state = read_end (event, zones, out);
  if (state == VANTAGE_ICS_FINE && out->end_wall_us <= VANTAGE_TIME_MAX)
    resolve (out);
  else if (state == VANTAGE_ICS_FINE)
    state = VANTAGE_ICS_BAD_TIME;
  return state;
}

/* ---- rules ---- */

/* A rule's end, taken out of it, for it comes in forms that do not go with the beginning. */
typedef struct
{
  gboolean set, date, utc;
  gint64 wall_us;
} Until;

static char *
take_until (const char *rule, Until *out)
{
  g_auto (GStrv) parts = g_strsplit (rule, ";", -1);
  GString *rest = g_string_new (NULL);

  memset (out, 0, sizeof *out);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = g_ascii_strup (g_strstrip (parts[i]), -1);

      if (g_str_has_prefix (part, "UNTIL="))
        {
          out->set = vantage_ics_read_wall (part + 6, &out->wall_us, &out->date, &out->utc);
          continue;
        }
      for (const char *at = part; *at != '\0'; at++)
        if (*at != ' ')
          {
            if (at == part && rest->len > 0)
              g_string_append_c (rest, ';');
            g_string_append_c (rest, *at);
          }
    }
  return g_string_free (rest, FALSE);
}

static gboolean
is_past (const Until *until, const VantageIcsSpan *span)
{
  if (!until->set)
    return FALSE;
  if (until->date)
    return span->begin_wall_us >= until->wall_us + DAY_US;
  return (until->utc && !span->date ? span->begin_us : span->begin_wall_us) > until->wall_us;
}

static gboolean
is_in_range (const VantageIcsRange *range, const VantageIcsSpan *span)
{
  return (range->since_us == VANTAGE_TIME_NONE || span->end_us > range->since_us ||
          span->begin_us >= range->since_us) &&
         (range->until_us == VANTAGE_TIME_NONE || span->begin_us < range->until_us);
}

static VantageIcsSpan
move_to (const VantageIcsSpan *own, gint64 begin_wall_us)
{
  VantageIcsSpan span = *own;

  span.begin_wall_us = begin_wall_us;
  span.end_wall_us = begin_wall_us + (own->end_wall_us - own->begin_wall_us);
  resolve (&span);
  return span;
}

static gboolean
wall_of (icaltimetype time, gint64 *out_us)
{
  char text[24];
  gboolean date, utc;

  if (icaltime_is_null_time (time) || time.year < 1 || time.year > 9998)
    return FALSE;
  g_snprintf (text, sizeof text, "%04d%02d%02dT%02d%02d%02d", time.year, time.month, time.day,
              time.is_date ? 0 : time.hour, time.is_date ? 0 : time.minute,
              time.is_date ? 0 : time.second);
  return vantage_ics_read_wall (text, out_us, &date, &utc);
}

/* Rules of every second or minute are no rotation, and would have no end. */
static gboolean
is_wild (const char *rule)
{
  return strstr (rule, "FREQ=SECONDLY") != NULL || strstr (rule, "FREQ=MINUTELY") != NULL;
}

/* FALSE: the rule cannot be followed. */
static gboolean
follow (const char *text, const VantageIcsSpan *own, const VantageIcsRange *range, GArray *spans,
        gboolean *out_limited)
{
  Until until;
  g_autofree char *rule = take_until (text, &until);
  g_autofree char *start = vantage_ics_write_wall (own->begin_wall_us, own->date, FALSE);
  struct icalrecurrencetype recurrence;
  icalrecur_iterator *iterator;
  icaltimetype time;
  guint n_kept = 0, n_steps = 0;
  gint64 wall;

  icalerror_set_errors_are_fatal (0);
  if (is_wild (rule))
    return FALSE;
  recurrence = icalrecurrencetype_from_string (rule);
  if (recurrence.freq == ICAL_NO_RECURRENCE)
    return FALSE;
  iterator = icalrecur_iterator_new (recurrence, icaltime_from_string (start));
  if (iterator == NULL)
    return FALSE;
  while (wall_of (time = icalrecur_iterator_next (iterator), &wall))
    {
      VantageIcsSpan span = move_to (own, wall);

      if (is_past (&until, &span) ||
          (range->until_us != VANTAGE_TIME_NONE && span.begin_us >= range->until_us))
        break;
      if (++n_steps > MAX_STEPS || n_kept >= range->max)
        {
          *out_limited = TRUE;
          break;
        }
      if (!is_in_range (range, &span))
        continue;
      n_kept++;
      g_array_append_val (spans, span);
    }
  icalrecur_iterator_free (iterator);
  return TRUE;
}

/* ---- dates added and left out ---- */

/* A date, a time, or a period "a/b" or "a/P…". */
static gboolean
read_added (const VantageIcsTime *added, VantageIcsZones *zones, const VantageIcsSpan *own,
            VantageIcsSpan *out)
{
  g_auto (GStrv) parts = g_strsplit (added->text, "/", 2);
  const VantageIcsTime begin = { parts[0], added->zone };
  gint64 us, length = own->end_wall_us - own->begin_wall_us;
  gboolean date, utc;

  if (!vantage_ics_read_wall (begin.text, &out->begin_wall_us, &out->date, &out->utc))
    return FALSE;
  out->zone = vantage_ics_zones_find (zones, &begin);
  if (parts[1] != NULL && read_duration (parts[1], &us))
    length = us;
  else if (parts[1] != NULL && vantage_ics_read_wall (parts[1], &us, &date, &utc))
    length = us - out->begin_wall_us;
  out->end_wall_us = out->begin_wall_us + MAX (length, 0);
  resolve (out);
  return TRUE;
}

/* One date or time left out. */
typedef struct
{
  gint64 us; /* of a date its midnight by the wall clock */
  gboolean date;
} LeftOut;

static GArray *
read_left_out (const VantageIcsEvent *event, VantageIcsZones *zones)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (LeftOut));

  for (guint i = 0; i < event->left_out->len; i++)
    {
      const VantageIcsTime *time = event->left_out->pdata[i];
      gboolean date, utc, twice;
      LeftOut one;

      if (!vantage_ics_read_wall (time->text, &one.us, &date, &utc))
        continue;
      one.date = date;
      if (!date)
        one.us = vantage_ics_zone_resolve (vantage_ics_zones_find (zones, time), one.us, &twice);
      g_array_append_val (all, one);
    }
  return all;
}

static gboolean
is_left_out (const GArray *left_out, const VantageIcsSpan *span)
{
  for (guint i = 0; i < left_out->len; i++)
    {
      const LeftOut *one = &g_array_index (left_out, LeftOut, i);
      gint64 after = span->begin_wall_us - one->us;

      if (one->date ? after >= 0 && after < DAY_US : one->us == span->begin_us)
        return TRUE;
    }
  return FALSE;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const VantageIcsSpan *x = a, *y = b;

  return x->begin_us < y->begin_us ? -1 : x->begin_us > y->begin_us;
}

/* In order, each once, without those left out. */
static void
tidy (const VantageIcsEvent *event, VantageIcsZones *zones, GArray *spans)
{
  g_autoptr (GArray) left_out = read_left_out (event, zones);
  guint kept = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const VantageIcsSpan *span = &g_array_index (spans, VantageIcsSpan, i);

      if (kept > 0 && g_array_index (spans, VantageIcsSpan, kept - 1).begin_us == span->begin_us)
        continue;
      if (!is_left_out (left_out, span))
        g_array_index (spans, VantageIcsSpan, kept++) = *span;
    }
  g_array_set_size (spans, kept);
}

GArray *
vantage_ics_event_expand (const VantageIcsEvent *event, VantageIcsZones *zones,
                          const VantageIcsSpan *own, const VantageIcsRange *range,
                          gboolean *out_limited, gboolean *out_bad_rule)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (VantageIcsSpan));

  if (is_in_range (range, own))
    g_array_append_val (spans, *own);
  for (guint i = 0; i < event->rules->len; i++)
    if (!follow (event->rules->pdata[i], own, range, spans, out_limited))
      *out_bad_rule = TRUE;
  for (guint i = 0; i < event->extra->len; i++)
    {
      VantageIcsSpan span;

      if (read_added (event->extra->pdata[i], zones, own, &span) && is_in_range (range, &span))
        g_array_append_val (spans, span);
    }
  tidy (event, zones, spans);
  return spans;
}
