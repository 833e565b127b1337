/* vantage-irc-time.c: what day a clock belongs to, what year a day. */

#include "vantage-irc-time.h"

#include <string.h>

#include "vantage-chat-room.h"

#define SKEW_US (G_TIME_SPAN_HOUR)
#define YEAR_BACK_US (31 * G_TIME_SPAN_DAY)

static void
set_day (VantageIrcTime *self, gint64 day_us, gboolean chosen)
{
  self->has_day = TRUE;
  self->day_us = day_us;
  self->day_chosen = chosen;
  self->previous_clock_us = -1;
}

static int
get_year (gint64 us)
{
  char text[VANTAGE_TIME_TEXT_SIZE];

  vantage_time_format (us, text);
  text[4] = '\0';
  return (int) g_ascii_strtoll (text, NULL, 10);
}

void
vantage_irc_time_begin (VantageIrcTime *self, VantageReading *reading, const char *path,
                        gboolean *out_wrong)
{
  int year, month, day;
  gint64 us;

  vantage_irc_time_clear (self);
  *self = (VantageIrcTime){ .previous_clock_us = -1, .year_near_us = VANTAGE_TIME_NONE };
  if (vantage_chat_find_day (path, &year, &month, &day, out_wrong))
    {
      self->year = year;
      if (month > 0 && vantage_chat_day_us (year, month, day, &us))
        {
          set_day (self, us, FALSE);
          self->year_near_us = us;
        }
      return;
    }
  if (!vantage_chat_get_start (reading, &us))
    return;
  set_day (self, us, TRUE);
  self->year = get_year (us);
  self->year_chosen = TRUE;
}

void
vantage_irc_time_clear (VantageIrcTime *self)
{
  g_clear_pointer (&self->raw, g_free);
}

void
vantage_irc_time_take_day (VantageIrcTime *self, const VantageIrcStamp *stamp)
{
  set_day (self, stamp->us, FALSE);
  self->year = stamp->year;
  self->year_chosen = FALSE;
  self->year_near_us = stamp->us;
}

/* A clock alone. It going back by more than an hour is midnight; by less, two clocks that differ
 * or the end of summer time. */
static gboolean
resolve_clock (VantageIrcTime *self, const VantageIrcStamp *stamp)
{
  char day[VANTAGE_TIME_TEXT_SIZE];

  if (self->previous_clock_us >= 0 && stamp->clock_us < self->previous_clock_us - SKEW_US)
    self->day_us += G_TIME_SPAN_DAY;
  self->previous_clock_us = stamp->clock_us;
  g_free (self->raw);
  if (!self->has_day)
    {
      self->raw = g_strndup (stamp->text, stamp->length);
      return FALSE;
    }
  if (self->day_us > VANTAGE_TIME_MAX - G_TIME_SPAN_DAY)
    self->day_us -= G_TIME_SPAN_DAY;
  vantage_time_format (self->day_us, day);
  self->raw = self->day_chosen
                  ? g_strndup (stamp->text, stamp->length)
                  : g_strdup_printf ("%.10s %.*s", day, (int) stamp->length, stamp->text);
  self->wall_us = self->day_us + stamp->clock_us;
  return TRUE;
}

/* A month and a day: the year is that of the name, of a day line or of a person, until a new one
 * begins. FALSE when no calendar has the day, or, with @no_start, when no year is known. */
static gboolean
resolve_month (VantageIrcTime *self, const VantageIrcStamp *stamp, gboolean *no_start)
{
  gint64 day_us;
  int year = self->year;

  *no_start = year == 0;
  if (*no_start)
    return FALSE;
  if (!vantage_chat_day_us (year, stamp->month, stamp->day, &day_us) &&
      !(stamp->month == 2 && stamp->day == 29 && vantage_chat_day_us (year, 3, 1, &day_us)))
    return FALSE;
  if (self->year_near_us != VANTAGE_TIME_NONE)
    {
      if (day_us < self->year_near_us - YEAR_BACK_US)
        year++;
      else if (day_us > self->year_near_us + 300 * G_TIME_SPAN_DAY)
        year--;
    }
  if (!vantage_chat_day_us (year, stamp->month, stamp->day, &day_us))
    return FALSE;
  self->year = year;
  self->year_near_us = day_us;
  g_free (self->raw);
  self->raw = self->year_chosen
                  ? g_strndup (stamp->text, stamp->length)
                  : g_strdup_printf ("%d %.*s", year, (int) stamp->length, stamp->text);
  self->wall_us = day_us + stamp->clock_us;
  return TRUE;
}

VantageIrcTimeResult
vantage_irc_time_resolve (VantageIrcTime *self, const VantageIrcStamp *stamp)
{
  gboolean no_start;

  if (stamp->text == NULL)
    {
      char day[VANTAGE_TIME_TEXT_SIZE];

      if (self->raw != NULL)
        return VANTAGE_IRC_TIME_KNOWN;
      if (!self->has_day)
        return VANTAGE_IRC_TIME_NONE;
      vantage_time_format (self->day_us, day);
      self->raw = g_strndup (self->day_chosen ? "" : day, 10);
      self->wall_us = self->day_us;
      self->precision = VANTAGE_PRECISION_DAY;
      self->has_zone = FALSE;
      return VANTAGE_IRC_TIME_KNOWN;
    }
  self->precision = stamp->precision;
  self->has_zone = stamp->has_zone;
  if (stamp->year > 0)
    {
      g_free (self->raw);
      self->raw = g_strndup (stamp->text, stamp->length);
      self->wall_us = stamp->us;
      return VANTAGE_IRC_TIME_KNOWN;
    }
  if (stamp->month == 0)
    return resolve_clock (self, stamp) ? VANTAGE_IRC_TIME_KNOWN : VANTAGE_IRC_TIME_NO_START;
  if (resolve_month (self, stamp, &no_start))
    return VANTAGE_IRC_TIME_KNOWN;
  return no_start ? VANTAGE_IRC_TIME_NO_START : VANTAGE_IRC_TIME_BAD;
}
