/* vantage-typed-clock.c: clocks, days and distances as people type them. */

#include "vantage-typed-time-private.h"

#include <string.h>

#define SECOND VANTAGE_TYPED_SECOND
#define MINUTE VANTAGE_TYPED_MINUTE
#define HOUR VANTAGE_TYPED_HOUR
#define DAY VANTAGE_TYPED_DAY
#define MAX_NUMBER 1000000

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                      "jul", "aug", "sep", "oct", "nov", "dec" };
static const char *const long_months[] = { "january",   "february", "march",    "april",
                                           "may",       "june",     "july",     "august",
                                           "september", "october",  "november", "december" };

static void
skip_spaces (VantageCursor *at)
{
  while (**at == ' ')
    (*at)++;
}

static gboolean
is_word_char (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

gboolean
vantage_typed_accept (VantageCursor *at, const char *word)
{
  VantageCursor p = *at;
  gsize n = strlen (word);

  skip_spaces (&p);
  if (strncmp (p, word, n) != 0 || (g_ascii_isalpha (word[n - 1]) && is_word_char (p[n])))
    return FALSE;
  *at = p + n;
  return TRUE;
}

gboolean
vantage_typed_accept_any (VantageCursor *at, const char *const *words)
{
  for (; *words != NULL; words++)
    if (vantage_typed_accept (at, *words))
      return TRUE;
  return FALSE;
}

gboolean
vantage_typed_at_end (VantageCursor at)
{
  skip_spaces (&at);
  return *at == '\0';
}

/* Digits at once; FALSE when there are none or too many. */
static gboolean
read_digits (VantageCursor *at, guint max_digits, int *out)
{
  VantageCursor p = *at;
  int value = 0;
  guint n = 0;

  for (; g_ascii_isdigit (*p); p++, n++)
    {
      if (n == max_digits)
        return FALSE;
      value = value * 10 + (*p - '0');
    }
  if (n == 0)
    return FALSE;
  *at = p;
  *out = value;
  return TRUE;
}

/* ---- distances ---- */

static gboolean
read_number (VantageCursor *at, double *out)
{
  static const char *const words[] = { "zero",   "one",      "two",      "three",  "four", "five",
                                       "six",    "seven",    "eight",    "nine",   "ten",  "eleven",
                                       "twelve", "thirteen", "fourteen", "fifteen" };
  static const struct
  {
    const char *word;
    double value;
  } others[] = { { "twenty", 20 },
                 { "thirty", 30 },
                 { "forty", 40 },
                 { "fifty", 50 },
                 { "sixty", 60 },
                 { "ninety", 90 },
                 { "half an", 0.5 },
                 { "half a", 0.5 },
                 { "quarter of an", 0.25 },
                 { "a quarter of an", 0.25 },
                 { "an", 1 },
                 { "a", 1 } };
  VantageCursor p = *at;
  int whole;

  skip_spaces (&p);
  if (read_digits (&p, 6, &whole))
    {
      *out = whole;
      if (*p == '.' && g_ascii_isdigit (p[1]))
        {
          double unit = 0.1;

          for (p++; g_ascii_isdigit (*p); p++, unit /= 10)
            *out += unit * (*p - '0');
        }
      *at = p;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (vantage_typed_accept (at, others[i].word))
      {
        *out = others[i].value;
        return TRUE;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (vantage_typed_accept (at, words[i]))
      {
        *out = (double) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_unit (VantageCursor *at, gint64 *out)
{
  static const struct
  {
    const char *const words[6];
    gint64 us;
  } units[] = {
    { { "ms", "milliseconds", "millisecond", NULL }, 1000 },
    { { "seconds", "second", "secs", "sec", "s", NULL }, SECOND },
    { { "minutes", "minute", "mins", "min", "m", NULL }, MINUTE },
    { { "hours", "hour", "hrs", "hr", "h", NULL }, HOUR },
    { { "days", "day", "d", NULL }, DAY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    for (const char *const *word = units[i].words; *word != NULL; word++)
      {
        VantageCursor p = *at;

        skip_spaces (&p);
        /* "1h30": a unit may be followed by a digit */
        if (strncmp (p, *word, strlen (*word)) != 0 || g_ascii_isalpha (p[strlen (*word)]))
          continue;
        *at = p + strlen (*word);
        *out = units[i].us;
        return TRUE;
      }
  return FALSE;
}

gboolean
vantage_typed_read_duration (VantageCursor *at, gint64 *out_us)
{
  VantageCursor p = *at;
  double number, more;
  gint64 unit, smaller;

  if (!read_number (&p, &number) || !read_unit (&p, &unit))
    return FALSE;
  *out_us = (gint64) (number * (double) unit + 0.5);
  *at = p;
  vantage_typed_accept (&p, "and");
  skip_spaces (&p);
  if (!g_ascii_isdigit (*p) || !read_number (&p, &more))
    return TRUE;
  if (read_unit (&p, &smaller) ? smaller < unit : unit == HOUR)
    {
      if (unit == HOUR && p[-1] >= '0' && p[-1] <= '9')
        smaller = MINUTE;
      *out_us += (gint64) (more * (double) smaller + 0.5);
      *at = p;
    }
  return TRUE;
}

gboolean
vantage_typed_read_range (VantageCursor *at, gint64 *out_min_us, gint64 *out_max_us)
{
  VantageCursor p = *at;
  double number;
  gint64 unit;

  if (read_number (&p, &number))
    {
      VantageCursor second;
      double last;
      gboolean own_unit;
      gint64 first_unit;

      own_unit = read_unit (&p, &first_unit);
      if (vantage_typed_accept (&p, "-") || vantage_typed_accept (&p, "to") ||
          vantage_typed_accept (&p, "or"))
        {
          second = p;
          if (read_number (&second, &last) && read_unit (&second, &unit))
            {
              *out_min_us = (gint64) (number * (double) (own_unit ? first_unit : unit) + 0.5);
              *out_max_us = (gint64) (last * (double) unit + 0.5);
              *at = second;
              return *out_min_us <= *out_max_us;
            }
        }
    }
  if (!vantage_typed_read_duration (at, out_min_us))
    return FALSE;
  *out_max_us = *out_min_us;
  return TRUE;
}

/* ---- days ---- */

static gint64
get_wall_midnight (int year, int month, int day)
{
  GDate date;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
      !g_date_valid_dmy ((GDateDay) MIN (day, 31), (GDateMonth) month, (GDateYear) year) ||
      day > 31)
    return VANTAGE_TIME_NONE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return ((gint64) g_date_get_julian (&date) - 719163) * DAY; /* of 1970-01-01 */
}

static int
get_year (gint64 wall_us)
{
  gint64 days = wall_us / DAY - (wall_us % DAY < 0);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) CLAMP (days + 719163, 1, 3652059));
  return g_date_get_year (&date);
}

static gboolean
read_month (VantageCursor *at, int *out)
{
  for (int i = 0; i < 12; i++)
    if (vantage_typed_accept (at, long_months[i]) || vantage_typed_accept (at, months[i]))
      {
        vantage_typed_accept (at, ".");
        *out = i + 1;
        return TRUE;
      }
  return FALSE;
}

static void
read_ordinal (VantageCursor *at)
{
  static const char *const endings[] = { "st", "nd", "rd", "th", "." };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_prefix (*at, endings[i]))
      {
        *at += strlen (endings[i]);
        return;
      }
}

/* "2024" and not the hour of "2024-…" or "20:24". */
static int
read_year (VantageCursor *at, int otherwise)
{
  VantageCursor p = *at;
  int year;

  vantage_typed_accept (&p, ",");
  skip_spaces (&p);
  if (!read_digits (&p, 4, &year) || year < 1000 || *p == ':')
    return otherwise;
  *at = p;
  return year;
}

static gboolean
read_date (VantageCursor *at, gint64 today, gint64 *out)
{
  VantageCursor p = *at;
  int year = get_year (today), month, day;

  skip_spaces (&p);
  if (read_month (&p, &month))
    {
      skip_spaces (&p);
      if (!read_digits (&p, 2, &day) || *p == ':')
        return FALSE;
      read_ordinal (&p);
      year = read_year (&p, year);
    }
  else
    {
      if (!read_digits (&p, 4, &day))
        return FALSE;
      if (*p == '-' && day > 31)
        {
          year = day;
          p++;
          if (!read_digits (&p, 2, &month) || *p++ != '-' || !read_digits (&p, 2, &day))
            return FALSE;
        }
      else
        {
          read_ordinal (&p);
          vantage_typed_accept (&p, "of");
          if (!read_month (&p, &month))
            return FALSE;
          year = read_year (&p, year);
        }
    }
  *out = get_wall_midnight (year, month, day);
  if (*out == VANTAGE_TIME_NONE)
    return FALSE;
  *at = p;
  return TRUE;
}

static gboolean
read_day (VantageCursor *at, gint64 today, gint64 *out)
{
  static const struct
  {
    const char *word;
    int days;
  } words[] = { { "the day before", -1 }, { "yesterday", -1 },   { "today", 0 },
                { "tomorrow", 1 },        { "the next day", 1 }, { "that day", 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (vantage_typed_accept (at, words[i].word))
      {
        *out = today + words[i].days * DAY;
        return TRUE;
      }
  return read_date (at, today, out);
}

/* ---- clocks ---- */

/* ":14", ":14:07", ":14:07.25" */
static gboolean
read_rest_of_clock (VantageCursor *at, VantageTypedClock *out)
{
  int minute, second;

  if (**at != ':')
    return TRUE;
  (*at)++;
  if (!read_digits (at, 2, &minute) || minute > 59)
    return FALSE;
  out->of_day_us += minute * MINUTE;
  out->unit_us = MINUTE;
  if (**at != ':')
    return TRUE;
  (*at)++;
  if (!read_digits (at, 2, &second) || second > 59)
    return FALSE;
  out->of_day_us += second * SECOND;
  out->unit_us = SECOND;
  if (**at != '.' || !g_ascii_isdigit ((*at)[1]))
    return TRUE;
  for ((*at)++; g_ascii_isdigit (**at); (*at)++)
    if (out->unit_us > 1)
      {
        out->unit_us /= 10;
        out->of_day_us += (**at - '0') * out->unit_us;
      }
  return TRUE;
}

static gboolean
read_half (VantageCursor *at, int hour, VantageTypedClock *out)
{
  static const char *const am[] = { "a.m.", "am", NULL }, *const pm[] = { "p.m.", "pm", NULL };
  gboolean morning = vantage_typed_accept_any (at, am);
  gboolean evening = !morning && vantage_typed_accept_any (at, pm);

  out->has_half = morning || evening || hour == 0 || hour > 12;
  if (!morning && !evening)
    return TRUE;
  if (hour < 1 || hour > 12)
    return FALSE;
  if (morning && hour == 12)
    out->of_day_us -= 12 * HOUR;
  if (evening && hour < 12)
    out->of_day_us += 12 * HOUR;
  return TRUE;
}

static gboolean
read_hand (VantageCursor *at, gboolean bare, VantageTypedClock *out)
{
  VantageCursor p = *at;
  gboolean marked;
  int hour;

  skip_spaces (&p);
  if (vantage_typed_accept (&p, "noon") || vantage_typed_accept (&p, "midday"))
    out->of_day_us = 12 * HOUR;
  else if (vantage_typed_accept (&p, "midnight"))
    out->of_day_us = 0;
  else
    {
      out->unit_us = HOUR;
      if (!read_digits (&p, 2, &hour) || hour > 24)
        return FALSE;
      out->of_day_us = hour * HOUR;
      marked = *p == ':';
      if (!read_rest_of_clock (&p, out) || out->of_day_us > DAY)
        return FALSE;
      marked |= vantage_typed_accept (&p, "o'clock");
      if (!read_half (&p, hour, out))
        return FALSE;
      if ((!marked && !bare && !out->has_half) || is_word_char (*p))
        return FALSE;
      *at = p;
      return TRUE;
    }
  out->unit_us = MINUTE;
  out->has_half = TRUE;
  *at = p;
  return TRUE;
}

/* A time with an offset, up to the next space. */
static gboolean
read_instant (VantageCursor *at, VantageTypedClock *out)
{
  VantageCursor p = *at;
  g_autofree char *word = NULL;
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;

  skip_spaces (&p);
  word = g_ascii_strup (p, (gssize) strcspn (p, " "));
  if (strchr (word, 'T') == NULL || !vantage_time_parse (word, -1, &us, &precision, &has_zone))
    return FALSE;
  out->is_instant = has_zone;
  out->instant_us = us;
  out->unit_us = vantage_precision_get_unit_us (precision);
  out->has_day = out->has_half = TRUE;
  out->day_us = us - (us % DAY < 0 ? us % DAY + DAY : us % DAY);
  out->of_day_us = us - out->day_us;
  *at = p + strcspn (p, " ");
  return TRUE;
}

gboolean
vantage_typed_read_clock (VantageCursor *at, gboolean bare, gint64 today, VantageTypedClock *out)
{
  VantageCursor p = *at;
  gboolean before;

  *out = (VantageTypedClock){ 0 };
  if (read_instant (at, out))
    return TRUE;
  before = read_day (&p, today, &out->day_us);
  if (before)
    vantage_typed_accept (&p, ",");
  bare |= vantage_typed_accept (&p, "at");
  if (!read_hand (&p, bare, out))
    {
      if (!before)
        return FALSE;
      *out = (VantageTypedClock){
        .day_us = out->day_us, .has_day = TRUE, .is_day = TRUE, .unit_us = DAY, .has_half = TRUE
      };
      *at = p;
      return TRUE;
    }
  out->has_day = before;
  if (!before)
    {
      VantageCursor q = p;

      vantage_typed_accept (&q, "on");
      out->has_day = read_day (&q, today, &out->day_us);
      if (out->has_day)
        p = q;
      else
        out->day_us = today;
    }
  *at = p;
  return TRUE;
}
