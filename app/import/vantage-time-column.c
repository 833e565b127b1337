/* vantage-time-column.c: reading times as people and spreadsheets write them. */

#include "vantage-time-column.h"

#include <math.h>
#include <string.h>

#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

typedef struct
{
  int year, month, day;
  int hour, minute, second, us;
  int offset_s;
  gboolean has_date, has_time, has_zone;
  gboolean three_numbers; /* day and month could not be told apart by form */
  int a, b;               /* the first two of them */
  VantagePrecision precision;
} Parts;

/* ---- small pieces ---- */

static const char *
skip_blanks (const char *p)
{
  for (;;)
    {
      if (*p == ' ' || *p == ',' || *p == '\t' || (*p == 'T' && g_ascii_isdigit (p[1])))
        p++;
      else if (g_str_has_prefix (p, "\xe2\x80\xaf") || g_str_has_prefix (p, "\xc2\xa0"))
        p += *p == '\xe2' ? 3 : 2; /* narrow and plain no-break space */
      else
        return p;
    }
}

static int
read_number (const char **p, guint max_digits)
{
  int number = 0;
  guint n = 0;

  while (n < max_digits && g_ascii_isdigit (**p))
    {
      number = number * 10 + (**p - '0');
      (*p)++;
      n++;
    }
  return n > 0 ? number : -1;
}

/* The English month that begins at *p, 1 to 12; 0 when none does. */
static int
read_month (const char **p)
{
  static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  gsize length = 0;

  while (g_ascii_isalpha ((*p)[length]))
    length++;
  if (length < 3)
    return 0;
  for (int month = 0; month < 12; month++)
    if (g_ascii_strncasecmp (*p, names + month * 3, 3) == 0)
      {
        *p += length;
        if (**p == '.')
          (*p)++;
        return month + 1;
      }
  return 0;
}

static gboolean
skip_weekday (const char **p)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    if (g_ascii_strncasecmp (*p, days[i], 3) == 0)
      {
        while (g_ascii_isalpha (**p))
          (*p)++;
        *p = skip_blanks (*p);
        return TRUE;
      }
  return FALSE;
}

static int
full_year (int year)
{
  return year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;
}

/* ---- dates ---- */

/* "14 Mar 2025", "14-Mar-25", "Mar 14, 2025". */
static gboolean
read_named_date (const char **p, Parts *out)
{
  const char *q = *p;
  int day = read_number (&q, 2);

  if (day < 0)
    {
      out->month = read_month (&q);
      q = skip_blanks (q);
      day = out->month > 0 ? read_number (&q, 2) : -1;
      if (day >= 0 && (g_str_has_prefix (q, "st") || g_str_has_prefix (q, "nd") ||
                       g_str_has_prefix (q, "rd") || g_str_has_prefix (q, "th")))
        q += 2;
    }
  else
    {
      q = *q == '-' || *q == '/' || *q == '.' ? q + 1 : q;
      q = skip_blanks (q);
      out->month = read_month (&q);
    }
  q = *q == '-' || *q == '/' ? q + 1 : q;
  q = skip_blanks (q);
  out->day = day;
  out->year = out->month > 0 && day > 0 ? read_number (&q, 4) : -1;
  if (out->year < 0)
    return FALSE;
  out->year = full_year (out->year);
  *p = q;
  return TRUE;
}

/* "14/03/2025", "3/14/25", "14.03.2025", "2025/03/14". */
static gboolean
read_numbered_date (const char **p, VantageDateOrder order, Parts *out)
{
  const char *q = *p;
  const char *begin = q;
  int first = read_number (&q, 4);
  char separator = *q;
  int second, third;
  gboolean year_first = q - begin == 4;

  if (first < 0 || (separator != '/' && separator != '.' && separator != '-'))
    return FALSE;
  q++;
  second = read_number (&q, 2);
  if (second < 0 || *q != separator)
    return FALSE;
  q++;
  third = read_number (&q, 4);
  if (third < 0)
    return FALSE;
  *p = q;
  if (year_first)
    {
      out->year = first;
      out->month = second;
      out->day = third;
      return TRUE;
    }
  out->three_numbers = separator != '.';
  out->a = first;
  out->b = second;
  out->year = full_year (third);
  if (separator == '/' || separator == '-')
    {
      gboolean month_first =
          second > 12 || (first <= 12 && order == VANTAGE_DATE_ORDER_MONTH_FIRST);

      out->month = month_first ? first : second;
      out->day = month_first ? second : first;
      return TRUE;
    }
  out->day = first;
  out->month = second;
  return TRUE;
}

/* ---- clock and zone ---- */

static void
read_fraction (const char **p, Parts *out)
{
  int scale = 100000;
  guint n = 0;

  if ((**p != '.' && **p != ',') || !g_ascii_isdigit ((*p)[1]))
    return;
  (*p)++;
  while (g_ascii_isdigit (**p))
    {
      if (scale > 0)
        out->us += (**p - '0') * scale;
      scale /= 10;
      n++;
      (*p)++;
    }
  out->precision = n > 3 ? VANTAGE_PRECISION_US : VANTAGE_PRECISION_MS;
}

static void
read_half (const char **p, Parts *out)
{
  const char *q = skip_blanks (*p);
  gboolean pm = *q == 'p' || *q == 'P';

  if (!pm && *q != 'a' && *q != 'A')
    return;
  q++;
  q = *q == '.' ? q + 1 : q;
  if (*q != 'm' && *q != 'M')
    return;
  q++;
  *p = *q == '.' ? q + 1 : q;
  out->hour = out->hour % 12 + (pm ? 12 : 0);
}

static gboolean
read_clock (const char **p, Parts *out)
{
  const char *q = *p;

  out->hour = read_number (&q, 2);
  if (out->hour < 0 || (*q != ':' && *q != '.'))
    return FALSE;
  q++;
  out->minute = read_number (&q, 2);
  if (out->minute < 0)
    return FALSE;
  out->precision = VANTAGE_PRECISION_MIN;
  if (*q == ':' && g_ascii_isdigit (q[1]))
    {
      q++;
      out->second = read_number (&q, 2);
      out->precision = VANTAGE_PRECISION_S;
      read_fraction (&q, out);
    }
  read_half (&q, out);
  *p = q;
  return TRUE;
}

static gboolean
read_zone (const char **p, Parts *out)
{
  const char *q = skip_blanks (*p);
  int sign, hours, minutes = 0;

  if (*q == 'Z' || g_str_has_prefix (q, "UTC") || g_str_has_prefix (q, "GMT"))
    {
      q += *q == 'Z' ? 1 : 3;
      out->has_zone = TRUE;
      if (*q != '+' && *q != '-')
        {
          *p = q;
          return TRUE;
        }
    }
  if (*q != '+' && *q != '-')
    return FALSE;
  sign = *q == '-' ? -1 : 1;
  q++;
  hours = read_number (&q, 2);
  if (hours < 0)
    return FALSE;
  q = *q == ':' ? q + 1 : q;
  if (g_ascii_isdigit (*q))
    minutes = read_number (&q, 2);
  out->offset_s = sign * (hours * 3600 + minutes * 60);
  out->has_zone = TRUE;
  *p = q;
  return TRUE;
}

/* ---- the whole ---- */

static gboolean
parts_are_sound (const Parts *parts)
{
  return parts->year >= 1 && parts->year <= 9999 && parts->month >= 1 && parts->month <= 12 &&
         parts->day >= 1 &&
         parts->day <=
             g_date_get_days_in_month ((GDateMonth) parts->month, (GDateYear) parts->year) &&
         parts->hour >= 0 && parts->hour <= 23 && parts->minute <= 59 && parts->second <= 60 &&
         ABS (parts->offset_s) <= 18 * 3600;
}

static gboolean
read_parts (const char *text, VantageDateOrder order, Parts *out)
{
  const char *p = skip_blanks (text);

  *out = (Parts){ .precision = VANTAGE_PRECISION_DAY };
  skip_weekday (&p);
  if (!read_numbered_date (&p, order, out) && !read_named_date (&p, out))
    return FALSE;
  p = skip_blanks (p);
  if (g_ascii_strncasecmp (p, "at ", 3) == 0)
    p += 3;
  if (*p != '\0' && g_ascii_isdigit (*p) && !read_clock (&p, out))
    return FALSE;
  read_zone (&p, out);
  return *skip_blanks (p) == '\0' && parts_are_sound (out);
}

static gint64
parts_to_us (const Parts *parts)
{
  GDate date;
  gint64 days;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) parts->day, (GDateMonth) parts->month, (GDateYear) parts->year);
  days = (gint64) g_date_get_julian (&date) - 719163; /* 1970-01-01 */
  return days * DAY_US +
         ((gint64) parts->hour * 3600 + parts->minute * 60 + parts->second - parts->offset_s) *
             G_USEC_PER_SEC +
         parts->us;
}

/* A bare number: since 1970, or days as a spreadsheet counts them from 1899-12-30. */
static gboolean
read_number_time (const char *text, VantageCellTime *out)
{
  gsize digits = strspn (text, "0123456789");
  const char *fraction = text + digits;
  gint64 whole, us = 0;
  guint n = 0;

  if (digits == 0 || digits > 19 || (*fraction != '\0' && *fraction != '.'))
    return FALSE;
  if (*fraction == '.')
    for (fraction++; g_ascii_isdigit (*fraction); fraction++, n++)
      us = n < 6 ? us * 10 + (*fraction - '0') : us;
  if (*fraction != '\0')
    return FALSE;
  for (guint i = n; i < 6; i++)
    us *= 10;
  whole = g_ascii_strtoll (text, NULL, 10);

  out->has_zone = TRUE;
  if (whole >= 25569 && whole <= 60000)
    {
      out->us =
          (whole - 25569) * DAY_US + (gint64) llround ((double) us / 1e6 * 86400) * G_USEC_PER_SEC;
      out->precision = n > 0 ? VANTAGE_PRECISION_S : VANTAGE_PRECISION_DAY;
      out->has_zone = FALSE;
      return TRUE;
    }
  if (whole < 100000000)
    return FALSE;
  out->precision = whole < G_GINT64_CONSTANT (100000000000)      ? (n == 0   ? VANTAGE_PRECISION_S
                                                                    : n <= 3 ? VANTAGE_PRECISION_MS
                                                                             : VANTAGE_PRECISION_US)
                   : whole < G_GINT64_CONSTANT (100000000000000) ? VANTAGE_PRECISION_MS
                                                                 : VANTAGE_PRECISION_US;
  out->us = whole < G_GINT64_CONSTANT (100000000000)         ? whole * G_USEC_PER_SEC + us
            : whole < G_GINT64_CONSTANT (100000000000000)    ? whole * 1000
            : whole < G_GINT64_CONSTANT (100000000000000000) ? whole
                                                             : whole / 1000;
  return out->us <= VANTAGE_TIME_MAX;
}

gboolean
vantage_cell_time_parse (const char *text, VantageDateOrder order, VantageCellTime *out)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  Parts parts;

  if (*stripped == '\0')
    return FALSE;
  if (vantage_time_parse (stripped, -1, &out->us, &out->precision, &out->has_zone))
    return TRUE;
  if (read_number_time (stripped, out))
    return TRUE;
  if (!read_parts (stripped, order, &parts))
    return FALSE;
  out->us = parts_to_us (&parts);
  out->precision = parts.precision;
  out->has_zone = parts.has_zone;
  return out->us >= VANTAGE_TIME_MIN && out->us <= VANTAGE_TIME_MAX;
}

void
vantage_time_column_look (VantageTimeColumn *self, const char *text)
{
  VantageCellTime time;
  Parts parts;

  if (!vantage_cell_time_parse (text, VANTAGE_DATE_ORDER_UNKNOWN, &time))
    {
      self->n_unread++;
      return;
    }
  self->n_read++;
  if (read_parts (text, VANTAGE_DATE_ORDER_UNKNOWN, &parts) && parts.three_numbers)
    {
      self->first_over_12 = self->first_over_12 || parts.a > 12;
      self->second_over_12 = self->second_over_12 || parts.b > 12;
      self->ambiguous = self->ambiguous || parts.a != parts.b;
    }
}

VantageDateOrder
vantage_time_column_get_order (const VantageTimeColumn *self)
{
  if (self->second_over_12 && !self->first_over_12)
    return VANTAGE_DATE_ORDER_MONTH_FIRST;
  return self->first_over_12 ? VANTAGE_DATE_ORDER_DAY_FIRST : VANTAGE_DATE_ORDER_UNKNOWN;
}
