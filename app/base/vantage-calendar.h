/* vantage-calendar.h: the proleptic Gregorian calendar as arithmetic; private to base/. Days count
 * from 1970-01-01. The method, months counted from March so that the leap day comes last, is the
 * one of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". */

#pragma once

#include <glib.h>
#include "vantage-time.h"

G_BEGIN_DECLS

#define US_PER_SECOND G_GINT64_CONSTANT (1000000)
#define US_PER_DAY (86400 * US_PER_SECOND)
#define DAYS_PER_ERA 146097  /* of 400 years */
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */

static inline int
get_days_in_month (int year, int month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  return month == 2 && leap ? 29 : days[month - 1];
}

/* @year ≥ 0. */
static inline gint64
days_from_date (int year, int month, int day)
{
  int shifted = month <= 2 ? year - 1 : year;
  int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  int year_of_era = shifted - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint64) era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

/* Floor division, so that instants before 1970 fall into the right day. */
static inline gint64
divide_down (gint64 number, gint64 by)
{
  gint64 quotient = number / by;

  return number % by < 0 ? quotient - 1 : quotient;
}

/* @us: a reading as if it were UTC; offset_s is set to 0. */
static inline void
wall_from_us (gint64 us, VantageWall *out)
{
  gint64 days = divide_down (us, US_PER_DAY);
  gint64 rest_us = us - days * US_PER_DAY;
  int rest_s = (int) (rest_us / US_PER_SECOND);
  gint64 shifted = days + DAYS_TO_EPOCH;
  int era = (int) divide_down (shifted, DAYS_PER_ERA);
  int day_of_era = (int) (shifted - (gint64) era * DAYS_PER_ERA);
  int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (5 * day_of_year + 2) / 153;

  out->month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  out->year = year_of_era + era * 400 + (out->month <= 2 ? 1 : 0);
  out->day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  out->hour = rest_s / 3600;
  out->minute = rest_s / 60 % 60;
  out->second = rest_s % 60;
  out->us = (int) (rest_us % US_PER_SECOND);
  out->weekday = (int) ((days % 7 + 7 + 3) % 7) + 1; /* 1970-01-01 was a Thursday */
  out->offset_s = 0;
}

G_END_DECLS
