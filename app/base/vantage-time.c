/* vantage-time.c: instants and their RFC 3339 text. Read millions of times in an import, so by
 * hand: no allocation, no GDateTime. */

#include "vantage-time.h"

#include <string.h>

#include "vantage-calendar.h"

static const struct
{
  const char *text;
  gint64 unit_us;
} precisions[] = {
  [VANTAGE_PRECISION_US] = { "us", 1 },
  [VANTAGE_PRECISION_MS] = { "ms", 1000 },
  [VANTAGE_PRECISION_S] = { "s", US_PER_SECOND },
  [VANTAGE_PRECISION_MIN] = { "min", 60 * US_PER_SECOND },
  [VANTAGE_PRECISION_DAY] = { "day", US_PER_DAY },
  [VANTAGE_PRECISION_NONE] = { "none", 0 },
};

gint64
vantage_precision_get_unit_us (VantagePrecision precision)
{
  g_return_val_if_fail ((guint) precision < G_N_ELEMENTS (precisions), 0);
  return precisions[precision].unit_us;
}

const char *
vantage_precision_to_text (VantagePrecision precision)
{
  g_return_val_if_fail ((guint) precision < G_N_ELEMENTS (precisions), "none");
  return precisions[precision].text;
}

gboolean
vantage_precision_from_text (const char *text, VantagePrecision *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (precisions); i++)
    {
      if (strcmp (precisions[i].text, text) == 0)
        {
          *out = (VantagePrecision) i;
          return TRUE;
        }
    }
  return FALSE;
}

typedef struct
{
  const char *at;
  const char *end;
} Cursor;

/* Exactly @n digits. */
static gboolean
read_digits (Cursor *cursor, int n, int *out)
{
  int number = 0;

  if (cursor->end - cursor->at < n)
    return FALSE;
  for (int i = 0; i < n; i++)
    {
      guint digit = (guint) (guchar) cursor->at[i] - '0';

      if (digit > 9)
        return FALSE;
      number = number * 10 + (int) digit;
    }
  cursor->at += n;
  *out = number;
  return TRUE;
}

static gboolean
take_char (Cursor *cursor, char wanted)
{
  if (cursor->at == cursor->end || *cursor->at != wanted)
    return FALSE;
  cursor->at++;
  return TRUE;
}

static gboolean
read_date (Cursor *cursor, gint64 *out_days)
{
  int year, month, day;

  if (!read_digits (cursor, 4, &year) || !take_char (cursor, '-') ||
      !read_digits (cursor, 2, &month) || !take_char (cursor, '-') ||
      !read_digits (cursor, 2, &day))
    return FALSE;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > get_days_in_month (year, month))
    return FALSE;

  *out_days = days_from_date (year, month, day);
  return TRUE;
}

/* Digits after the point: up to six count, the rest is cut. */
static gboolean
read_fraction (Cursor *cursor, int *out_us, VantagePrecision *precision)
{
  int us = 0;
  int n = 0;

  for (; cursor->at < cursor->end && g_ascii_isdigit (*cursor->at); cursor->at++, n++)
    {
      if (n < 6)
        us = us * 10 + (*cursor->at - '0');
    }
  if (n == 0)
    return FALSE;

  *precision = n <= 3 ? VANTAGE_PRECISION_MS : VANTAGE_PRECISION_US;
  for (; n < 6; n++)
    us *= 10;
  *out_us = us;
  return TRUE;
}

typedef struct
{
  int hour, minute, second, us;
  VantagePrecision precision;
} ClockTime;

static gboolean
read_clock (Cursor *cursor, ClockTime *out)
{
  *out = (ClockTime){ .precision = VANTAGE_PRECISION_MIN };

  if (!read_digits (cursor, 2, &out->hour) || !take_char (cursor, ':') ||
      !read_digits (cursor, 2, &out->minute) || out->hour > 23 || out->minute > 59)
    return FALSE;
  if (!take_char (cursor, ':'))
    return TRUE;

  out->precision = VANTAGE_PRECISION_S;
  if (!read_digits (cursor, 2, &out->second) || out->second > 60)
    return FALSE;
  if (take_char (cursor, '.') || take_char (cursor, ','))
    return read_fraction (cursor, &out->us, &out->precision);
  return TRUE;
}

/* "Z", "+01:00", "+0100" or "+01", one space allowed before. Nothing there is fine too. */
static gboolean
read_offset (Cursor *cursor, int *out_offset_s, gboolean *out_has_zone)
{
  int hours, minutes = 0;
  gboolean west;

  *out_offset_s = 0;
  *out_has_zone = FALSE;
  if (cursor->at == cursor->end)
    return TRUE;

  take_char (cursor, ' ');
  *out_has_zone = TRUE;
  if (take_char (cursor, 'Z') || take_char (cursor, 'z'))
    return TRUE;

  west = take_char (cursor, '-');
  if (!west && !take_char (cursor, '+'))
    return FALSE;
  if (!read_digits (cursor, 2, &hours) || hours > 23)
    return FALSE;
  if (cursor->at < cursor->end)
    {
      take_char (cursor, ':');
      if (!read_digits (cursor, 2, &minutes) || minutes > 59)
        return FALSE;
    }

  *out_offset_s = (hours * 60 + minutes) * 60;
  if (west)
    *out_offset_s = -*out_offset_s;
  return TRUE;
}

/* Leap seconds end a day of UTC; where no offset is written, any quarter of an hour may be that. */
static gboolean
is_leap_second_possible (const ClockTime *clock, gboolean has_zone, gint64 next_minute_us)
{
  if (has_zone)
    return next_minute_us % US_PER_DAY == 0;
  return clock->minute % 15 == 14;
}

gboolean
vantage_time_parse (const char *text, gssize length, gint64 *out_us,
                    VantagePrecision *out_precision, gboolean *out_has_zone)
{
  Cursor cursor = { text, text + (length < 0 ? strlen (text) : (gsize) length) };
  ClockTime clock = { .precision = VANTAGE_PRECISION_DAY };
  gboolean has_zone = FALSE;
  int offset_s = 0;
  gint64 days, us;

  if (!read_date (&cursor, &days))
    return FALSE;
  if (cursor.at < cursor.end)
    {
      if (!take_char (&cursor, 'T') && !take_char (&cursor, ' ') && !take_char (&cursor, 't'))
        return FALSE;
      if (!read_clock (&cursor, &clock) || !read_offset (&cursor, &offset_s, &has_zone) ||
          cursor.at != cursor.end)
        return FALSE;
    }

  us = days * US_PER_DAY +
       ((clock.hour * 60 + clock.minute) * 60 + clock.second - offset_s) * US_PER_SECOND;
  if (clock.second == 60)
    {
      if (!is_leap_second_possible (&clock, has_zone, us))
        return FALSE;
    }
  else
    us += clock.us;
  if (us < VANTAGE_TIME_MIN || us > VANTAGE_TIME_MAX)
    return FALSE;

  *out_us = us;
  if (out_precision != NULL)
    *out_precision = clock.precision;
  if (out_has_zone != NULL)
    *out_has_zone = has_zone;
  return TRUE;
}

static char *
put_digits (char *at, int number, int n)
{
  for (int i = n - 1; i >= 0; i--)
    {
      at[i] = (char) ('0' + number % 10);
      number /= 10;
    }
  return at + n;
}

char *
vantage_time_format (gint64 us, char buffer[VANTAGE_TIME_TEXT_SIZE])
{
  VantageWall wall;
  char *at = buffer;

  g_return_val_if_fail (us >= VANTAGE_TIME_MIN && us <= VANTAGE_TIME_MAX, NULL);

  wall_from_us (us, &wall);
  at = put_digits (at, wall.year, 4);
  *at++ = '-';
  at = put_digits (at, wall.month, 2);
  *at++ = '-';
  at = put_digits (at, wall.day, 2);
  *at++ = 'T';
  at = put_digits (at, wall.hour, 2);
  *at++ = ':';
  at = put_digits (at, wall.minute, 2);
  *at++ = ':';
  at = put_digits (at, wall.second, 2);
  *at++ = '.';
  at = put_digits (at, wall.us, 6);
  *at++ = 'Z';
  *at = '\0';
  return buffer;
}

char *
vantage_time_to_text (gint64 us)
{
  char buffer[VANTAGE_TIME_TEXT_SIZE];

  return g_strdup (vantage_time_format (us, buffer));
}
