/* vantage-scene-words.c: times, lengths and zones as a picture tells them. */

#include <string.h>

#include "vantage-report-private.h"
#include "vantage-scene.h"

#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static GDateTime *
new_date (VantageZone *zone, gint64 us)
{
  VantageWall wall;

  vantage_zone_get_wall (zone, us, &wall);
  return g_date_time_new_utc (wall.year, wall.month, wall.day, 0, 0, 0);
}

char *
vantage_scene_dup_day (VantageZone *zone, gint64 us)
{
  g_autoptr (GDateTime) day = new_date (zone, us);

  if (day == NULL)
    return vantage_zone_format (zone, us, VANTAGE_SHOW_DAY);
  /* translators: a day as g_date_time_format () writes it: "Friday, 1 March 2024" */
  return g_date_time_format (day, _ ("%A, %-d %B %Y"));
}

char *
vantage_scene_dup_zone (VantageZone *zone, gint64 us)
{
  const char *name = vantage_zone_get_name (zone), *slash = strrchr (name, '/');
  g_autofree char *place = g_strdelimit (g_strdup (slash != NULL ? slash + 1 : name), "_", ' ');
  int offset = vantage_zone_get_offset_s (zone, us), minutes = ABS (offset) / 60;
  g_autofree char *distance = NULL;

  if (offset == 0)
    return slash != NULL ? g_strdup_printf ("%s (UTC)", place) : g_steal_pointer (&place);
  distance = g_strdup_printf ("UTC%s%02d:%02d", offset < 0 ? "−" : "+", minutes / 60, minutes % 60);
  return slash != NULL ? g_strdup_printf ("%s (%s)", place, distance) : g_steal_pointer (&distance);
}

char *
vantage_scene_dup_length (gint64 us)
{
  int minutes = (int) MIN (us / MINUTE_US, G_MAXINT), hours = minutes / 60, days = hours / 24;

  if (minutes < 1)
    /* translators: a length of time */
    return g_strdup_printf (_ ("%d s"), (int) (us / G_USEC_PER_SEC));
  if (hours < 1)
    return g_strdup_printf (_ ("%d min"), minutes);
  if (days >= 2)
    return hours % 24 == 0 ? g_strdup_printf (_ ("%d d"), days)
                           : g_strdup_printf (_ ("%d d %d h"), days, hours % 24);
  return minutes % 60 == 0 ? g_strdup_printf (_ ("%d h"), hours)
                           : g_strdup_printf (_ ("%d h %d min"), hours, minutes % 60);
}

/* ---- when an event was ---- */

static gboolean
is_same_day (VantageZone *zone, gint64 a, gint64 b)
{
  VantageWall x, y;

  vantage_zone_get_wall (zone, a, &x);
  vantage_zone_get_wall (zone, b, &y);
  return x.year == y.year && x.month == y.month && x.day == y.day;
}

static char *
dup_instant (VantageZone *zone, gint64 main_us, gint64 us)
{
  g_autofree char *clock = vantage_zone_format (zone, us, VANTAGE_SHOW_MINUTE);
  g_autofree char *day = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (main_us == VANTAGE_TIME_NONE || is_same_day (zone, main_us, us))
    return g_steal_pointer (&clock);
  date = new_date (zone, us);
  if (date == NULL)
    return vantage_zone_format (zone, us, VANTAGE_SHOW_DAY_MINUTE);
  /* translators: a day in little room: "13 Mar" */
  day = g_date_time_format (date, _ ("%-d %b"));
  return g_strdup_printf ("%s %s", day, clock);
}

static char *
dup_window (VantageZone *zone, gint64 main_us, gint64 earliest_us, gint64 latest_us)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (earliest_us == VANTAGE_CANVAS_OPEN_BEGIN && latest_us == VANTAGE_CANVAS_OPEN_END)
    return g_strdup (_ ("no time yet"));
  if (earliest_us > VANTAGE_CANVAS_OPEN_BEGIN)
    a = dup_instant (zone, main_us, earliest_us);
  if (latest_us < VANTAGE_CANVAS_OPEN_END)
    b = dup_instant (zone, main_us, latest_us);
  if (a == NULL)
    return g_strdup_printf (_ ("before %s"), b);
  if (b == NULL)
    return g_strdup_printf (_ ("after %s"), a);
  if (latest_us - earliest_us <= MINUTE_US || strcmp (a, b) == 0)
    return g_steal_pointer (&a);
  if (latest_us - earliest_us <= 30 * MINUTE_US)
    {
      g_autofree char *middle =
          dup_instant (zone, main_us, earliest_us + (latest_us - earliest_us) / 2);

      /* translators: a time that is not known exactly */
      return g_strdup_printf (_ ("≈ %s"), middle);
    }
  return g_strdup_printf ("%s – %s", a, b);
}

char *
vantage_scene_dup_time (VantageZone *zone, gint64 main_us, const VantageCanvasEvent *shape)
{
  gint64 begin, end;

  if ((shape->flags & VANTAGE_CANVAS_SPAN) && !vantage_canvas_event_is_soft (shape) &&
      vantage_canvas_event_get_place (shape, &begin, &end) && end - begin >= MINUTE_US)
    {
      g_autofree char *a = dup_instant (zone, main_us, begin);
      g_autofree char *b = dup_instant (zone, begin, end);

      return g_strdup_printf ("%s – %s", a, b);
    }
  return dup_window (zone, main_us, shape->earliest_us, shape->latest_us);
}
