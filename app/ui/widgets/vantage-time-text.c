/* vantage-time-text.c: instants in words for people. */

#include "config.h"

#include "vantage-time-text.h"

#include <glib/gi18n.h>

#include "vantage-typed-time.h"

static GDateTime *
get_wall (VantageZone *zone, gint64 us)
{
  VantageWall wall;

  vantage_zone_get_wall (zone, us, &wall);
  return g_date_time_new_utc (wall.year, wall.month, wall.day, wall.hour, wall.minute, wall.second);
}

static gint64
count_days (GDateTime *wall)
{
  g_autoptr (GDateTime) day =
      g_date_time_new_utc (g_date_time_get_year (wall), g_date_time_get_month (wall),
                           g_date_time_get_day_of_month (wall), 0, 0, 0);

  return g_date_time_to_unix (day) / (24 * 60 * 60);
}

int
vantage_time_text_count_days (VantageZone *zone, gint64 from_us, gint64 until_us)
{
  g_autoptr (GDateTime) from = get_wall (zone, from_us);
  g_autoptr (GDateTime) until = get_wall (zone, until_us);

  return from != NULL && until != NULL ? (int) (count_days (until) - count_days (from)) : 0;
}

char *
vantage_time_text_day (VantageZone *zone, gint64 us, gint64 now_us)
{
  g_autoptr (GDateTime) wall = get_wall (zone, us);
  g_autoptr (GDateTime) now = get_wall (zone, now_us);
  gint64 ago;

  if (wall == NULL || now == NULL)
    return g_strdup ("");
  ago = count_days (now) - count_days (wall);
  if (ago == 0)
    return g_strdup (_ ("Today"));
  if (ago == 1)
    return g_strdup (_ ("Yesterday"));
  if (ago == -1)
    return g_strdup (_ ("Tomorrow"));
  if (g_date_time_get_year (wall) == g_date_time_get_year (now))
    /* translators: a day of this year: "14 Mar" */
    return g_date_time_format (wall, C_ ("date", "%-d %b"));
  /* translators: a day of another year: "14 Mar 2024" */
  return g_date_time_format (wall, C_ ("date", "%-d %b %Y"));
}

char *
vantage_time_text_date (VantageZone *zone, gint64 us)
{
  g_autoptr (GDateTime) wall = get_wall (zone, us);

  /* translators: a day: "Fri 14 Mar 2025" */
  return wall != NULL ? g_date_time_format (wall, C_ ("date", "%a %-d %b %Y")) : g_strdup ("");
}

char *
vantage_time_text_weekday (VantageZone *zone, gint64 us)
{
  g_autoptr (GDateTime) wall = get_wall (zone, us);

  /* translators: a day as a heading: "Friday, 14 March 2025" */
  return wall != NULL ? g_date_time_format (wall, C_ ("date", "%A, %-d %B %Y")) : g_strdup ("");
}

char *
vantage_time_text_range (VantageZone *zone, gint64 from_us, gint64 until_us)
{
  g_autoptr (GDateTime) from = get_wall (zone, from_us);
  g_autoptr (GDateTime) until = get_wall (zone, until_us);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (from == NULL || until == NULL)
    return g_strdup ("");
  /* translators: a day and a time of day: "Fri 14 Mar 2024 02:14" */
  a = g_date_time_format (from, C_ ("date", "%a %-d %b %Y %H:%M"));
  if (count_days (from) == count_days (until))
    b = g_date_time_format (until, "%H:%M");
  else
    b = g_date_time_format (until, C_ ("date", "%a %-d %b %Y %H:%M"));
  /* translators: from – until */
  return g_strdup_printf (C_ ("range", "%s – %s"), a, b);
}

void
vantage_time_text_set_label (GtkLabel *label, VantageReviewContext *context, gint64 us,
                             VantageShow show)
{
  VantageZone *zone = vantage_review_context_get_zone (context);
  g_autofree char *text = NULL;
  g_autofree char *full = NULL;

  if (us == VANTAGE_TIME_NONE)
    {
      gtk_label_set_text (label, _ ("no time"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (label), NULL);
      return;
    }
  text = vantage_zone_format (zone, us, show);
  full = vantage_zone_format (zone, us, VANTAGE_SHOW_FULL);
  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), full);
}

gboolean
vantage_time_text_read (const char *text, gint64 day_us, VantageZone *zone, gint64 *out_us)
{
  VantageTypedTime typed;
  gboolean has_zone;
  gint64 us;

  if (vantage_time_parse (text, -1, &us, NULL, &has_zone))
    {
      if (!has_zone)
        vantage_zone_resolve (zone, us, &us, NULL);
      *out_us = us;
      return TRUE;
    }
  if (!vantage_typed_time_parse (text, day_us, zone, &typed) || typed.sort != VANTAGE_TYPED_WHEN ||
      (typed.when.sort != VANTAGE_WHEN_AT && typed.when.sort != VANTAGE_WHEN_BETWEEN))
    return FALSE;
  *out_us = typed.when.at_us;
  return TRUE;
}
