/* vantage-report-times.c: times as they are known: exact, about, between; what is not known gets no
 * clock time. */

#include "vantage-report-private.h"

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

char *
vantage_report_dup_day (VantageReportBuilder *self, gint64 us)
{
  return vantage_zone_format (self->zone, us, VANTAGE_SHOW_DAY);
}

char *
vantage_report_dup_long_day (VantageReportBuilder *self, gint64 us)
{
  g_autoptr (GDateTime) day = NULL;
  VantageWall wall;

  vantage_zone_get_wall (self->zone, us, &wall);
  day = g_date_time_new_utc (wall.year, wall.month, wall.day, 0, 0, 0);
  if (day == NULL)
    return vantage_report_dup_day (self, us);
  /* translators: a day as g_date_time_format () writes it: "Friday, 1 March 2024" */
  return g_date_time_format (day, _ ("%A, %-d %B %Y"));
}

char *
vantage_report_dup_instant (VantageReportBuilder *self, gint64 us)
{
  return vantage_zone_format (self->zone, us, VANTAGE_SHOW_DAY_MINUTE);
}

/* Seconds only where there are any. */
static char *
dup_clock (VantageReportBuilder *self, gint64 us)
{
  return vantage_zone_format (self->zone, us,
                              us % MINUTE_US == 0 ? VANTAGE_SHOW_MINUTE : VANTAGE_SHOW_SECOND);
}

/* With its day where that is another than @day. */
static char *
dup_clock_beside (VantageReportBuilder *self, gint64 us, const char *day)
{
  g_autofree char *own = vantage_report_dup_day (self, us);

  return g_strcmp0 (own, day) == 0 ? dup_clock (self, us) : vantage_report_dup_instant (self, us);
}

/* "2024-03-01 01:54 – 06:54"; both days where they differ. */
char *
vantage_report_dup_span (VantageReportBuilder *self, gint64 from_us, gint64 until_us)
{
  g_autofree char *day = vantage_report_dup_day (self, from_us);
  g_autofree char *from = vantage_report_dup_instant (self, from_us);
  g_autofree char *until = dup_clock_beside (self, until_us, day);

  return g_strdup_printf ("%s – %s", from, until);
}

static gint64
find_item_time (VantageReportBuilder *self, const char *id)
{
  g_autoptr (VantageItem) item = self->input->find_item (id, self->input->user_data);

  return item != NULL ? item->time_us : VANTAGE_TIME_NONE;
}

gint64
vantage_report_get_instant (VantageReportBuilder *self, const VantageWhen *when)
{
  switch (when->sort)
    {
    case VANTAGE_WHEN_ITEM:
      return find_item_time (self, when->item);
    case VANTAGE_WHEN_AT:
    case VANTAGE_WHEN_BETWEEN:
      return when->at_us;
    default:
      return VANTAGE_TIME_NONE;
    }
}

static char *
dup_plus_minus (gint64 us)
{
  if (us % MINUTE_US == 0)
    /* translators: %d: minutes of uncertainty of a time */
    return g_strdup_printf (_ ("± %d min"), (int) MIN (us / MINUTE_US, G_MAXINT));
  /* translators: %d: seconds of uncertainty of a time */
  return g_strdup_printf (_ ("± %d s"), (int) MIN (MAX (1, us / G_USEC_PER_SEC), G_MAXINT));
}

static char *
dup_when (VantageReportBuilder *self, const VantageWhen *when, const char *day)
{
  gint64 us = vantage_report_get_instant (self, when);
  g_autofree char *clock = NULL;
  g_autofree char *more = NULL;

  if (us == VANTAGE_TIME_NONE)
    return NULL;
  clock = dup_clock_beside (self, us, day);
  if (when->sort == VANTAGE_WHEN_AT && when->plus_minus_us > 0)
    {
      more = dup_plus_minus (when->plus_minus_us);
      /* translators: a time and how far it may be off */
      return g_strdup_printf (_ ("about %s (%s)"), clock, more);
    }
  if (when->sort == VANTAGE_WHEN_BETWEEN)
    {
      more = dup_clock_beside (self, when->until_us, day);
      /* translators: two times; something happened somewhere between them */
      return g_strdup_printf (_ ("between %s and %s"), clock, more);
    }
  return g_steal_pointer (&clock);
}

void
vantage_report_read_time (VantageReportBuilder *self, VantageEntity *event, VantageReportTime *out)
{
  VantageWhen start, end;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  *out = (VantageReportTime){ .sort_us = VANTAGE_TIME_NONE };
  vantage_entity_get_when (event, "start", &start);
  vantage_entity_get_when (event, "end", &end);
  out->sort_us = vantage_report_get_instant (self, &start);
  if (out->sort_us == VANTAGE_TIME_NONE)
    {
      out->sort_us = vantage_report_get_instant (self, &end);
      if (out->sort_us == VANTAGE_TIME_NONE)
        return;
      out->day = vantage_report_dup_day (self, out->sort_us);
      last = dup_when (self, &end, out->day);
      /* translators: a time; something ended then, and its beginning is not known */
      out->text = g_strdup_printf (_ ("until %s"), last);
      return;
    }
  out->day = vantage_report_dup_day (self, out->sort_us);
  first = dup_when (self, &start, out->day);
  last = dup_when (self, &end, out->day);
  out->text = last != NULL ? g_strdup_printf ("%s – %s", first, last) : g_steal_pointer (&first);
}

void
vantage_report_time_clear (VantageReportTime *self)
{
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->text, g_free);
}
