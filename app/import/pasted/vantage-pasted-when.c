/* vantage-pasted-when.c: days and clocks in the words of chat programs. */

#include "vantage-pasted-when.h"

#include <string.h>

#include "vantage-chat-room.h"

const char *
vantage_pasted_when_pass_space (const char *at)
{
  for (;;)
    if (*at == ' ' || *at == '\t')
      at++;
    else if (strncmp (at, "\xe2\x80\xaf", 3) == 0)
      at += 3;
    else if (strncmp (at, "\xc2\xa0", 2) == 0)
      at += 2;
    else
      return at;
}

static gboolean
is_word_end (const char *at)
{
  return !g_ascii_isalnum (*at) && (guchar) *at < 0x80;
}

/* Behind @word when it stands at @at as a whole word; NULL. */
static const char *
pass_word (const char *at, const char *word)
{
  gsize n = strlen (word);

  return g_ascii_strncasecmp (at, word, n) == 0 && is_word_end (at + n) ? at + n : NULL;
}

static const char *
scan_weekday (const char *at, int *out)
{
  static const char *const names[][4] = {
    { "monday", "mon", "montag", "mo" },      { "tuesday", "tue", "dienstag", "di" },
    { "wednesday", "wed", "mittwoch", "mi" }, { "thursday", "thu", "donnerstag", "do" },
    { "friday", "fri", "freitag", "fr" },     { "saturday", "sat", "samstag", "sa" },
    { "sunday", "sun", "sonntag", "so" },
  };

  for (guint day = 0; day < 7; day++)
    for (guint i = 0; i < 4; i++)
      {
        const char *end = pass_word (at, names[day][i]);

        if (end == NULL)
          continue;
        *out = (int) day + 1;
        return *end == '.' ? end + 1 : end;
      }
  return NULL;
}

static gsize
scan_digits (const char *at, int *out)
{
  gsize n = strspn (at, "0123456789");

  *out = 0;
  for (gsize i = 0; i < n && i < 5; i++)
    *out = *out * 10 + (at[i] - '0');
  return n;
}

/* ", 2024" or " 2024"; @at when there is none. */
static const char *
scan_year (const char *at, int *out)
{
  const char *year = at;
  int number;

  if (*year == ',')
    year++;
  year = vantage_pasted_when_pass_space (year);
  if (year == at || scan_digits (year, &number) != 4 || number < 1970 || number > 2199 ||
      year[4] == ':')
    return at;
  *out = number;
  return year + 4;
}

/* "March 4th, 2024" */
static const char *
scan_month_first (const char *at, VantagePastedWhen *out)
{
  const char *end;
  gsize n;

  out->month = vantage_chat_scan_month (at, &end);
  if (out->month == 0 || end == at)
    return NULL;
  at = vantage_pasted_when_pass_space (end);
  n = scan_digits (at, &out->month_day);
  if (n < 1 || n > 2 || at == end)
    return NULL;
  at += n;
  if (g_ascii_strncasecmp (at, "st", 2) == 0 || g_ascii_strncasecmp (at, "nd", 2) == 0 ||
      g_ascii_strncasecmp (at, "rd", 2) == 0 || g_ascii_strncasecmp (at, "th", 2) == 0)
    at += 2;
  if (!is_word_end (at) || *at == ':')
    return NULL;
  return scan_year (at, &out->year);
}

/* "4 March 2024", "4. März" */
static const char *
scan_day_first (const char *at, VantagePastedWhen *out)
{
  gsize n = scan_digits (at, &out->month_day);
  const char *end;

  if (n < 1 || n > 2)
    return NULL;
  at += n;
  if (*at == '.')
    at++;
  at = vantage_pasted_when_pass_space (at);
  out->month = vantage_chat_scan_month (at, &end);
  return out->month != 0 ? scan_year (end, &out->year) : NULL;
}

/* "2024-03-04", "3/4/2024", "04.03.24", "3/4" */
static const char *
scan_numbers (const char *at, VantagePastedWhen *out)
{
  int numbers[3] = { 0 };
  gsize n = scan_digits (at, &numbers[0]);
  char mark = at[n];

  if (n == 4 && mark == '-' && scan_digits (at + 5, &numbers[1]) == 2 && at[7] == '-' &&
      scan_digits (at + 8, &numbers[2]) == 2)
    {
      out->day = VANTAGE_PASTED_DATE;
      out->year = numbers[0];
      out->month = numbers[1];
      out->month_day = numbers[2];
      return at[10] == 'T' ? at + 11 : at + 10;
    }
  if (n < 1 || n > 2 || (mark != '/' && mark != '.'))
    return NULL;
  at += n + 1;
  n = scan_digits (at, &numbers[1]);
  if (n < 1 || n > 2)
    return NULL;
  at += n;
  if (*at == mark)
    {
      n = scan_digits (at + 1, &numbers[2]);
      if (n == 2 || n == 4)
        at += 1 + n;
      else if (mark != '.')
        return NULL;
      else
        at++;
    }
  else if (mark == '.')
    return NULL; /* a clock: 10.42 */
  if (g_ascii_isdigit (*at))
    return NULL;
  out->year = numbers[2] > 0 && numbers[2] < 100 ? 2000 + numbers[2] : numbers[2];
  out->day = mark == '.' ? VANTAGE_PASTED_DATE : VANTAGE_PASTED_NUMBERS;
  out->month_day = out->numbers[0] = numbers[0];
  out->month = out->numbers[1] = numbers[1];
  return at;
}

static const char *
scan_day (const char *at, VantagePastedWhen *out)
{
  const char *end = pass_word (at, "today");
  const char *after;

  if (end == NULL)
    end = pass_word (at, "heute");
  if (end != NULL)
    {
      out->day = VANTAGE_PASTED_TODAY;
      return end;
    }
  end = pass_word (at, "yesterday");
  if (end == NULL)
    end = pass_word (at, "gestern");
  if (end != NULL)
    {
      out->day = VANTAGE_PASTED_YESTERDAY;
      return end;
    }
  end = scan_weekday (at, &out->weekday);
  if (end != NULL)
    {
      out->day = VANTAGE_PASTED_WEEKDAY;
      at = *end == ',' ? end + 1 : end;
      at = vantage_pasted_when_pass_space (at);
    }
  after = scan_numbers (at, out);
  if (after != NULL)
    return after;
  after = scan_month_first (at, out);
  if (after == NULL)
    {
      out->year = 0;
      after = scan_day_first (at, out);
    }
  if (after != NULL)
    {
      out->day = VANTAGE_PASTED_DATE;
      return after;
    }
  return end;
}

const char *
vantage_pasted_when_scan (const char *text, VantagePastedWhen *out)
{
  static const char *const between[] = { "at", "um", "à", "a las", NULL };
  const char *at = text, *end, *clock;

  *out = (VantagePastedWhen){ .text = text };
  end = vantage_chat_scan_clock (at, &out->clock_us, &out->precision);
  if (end == NULL)
    {
      end = scan_day (at, out);
      if (end == NULL)
        return NULL;
      clock = *end == ',' ? end + 1 : end;
      clock = vantage_pasted_when_pass_space (clock);
      for (guint i = 0; between[i] != NULL; i++)
        if (g_str_has_prefix (clock, between[i]) && clock[strlen (between[i])] == ' ')
          clock = vantage_pasted_when_pass_space (clock + strlen (between[i]));
      clock = vantage_chat_scan_clock (clock, &out->clock_us, &out->precision);
      out->has_clock = clock != NULL;
      end = clock != NULL ? clock : end;
    }
  else
    out->has_clock = TRUE;
  out->has_half = out->has_clock && !g_ascii_isdigit (end[-1]);
  if (out->has_clock && g_str_has_prefix (end, " Uhr"))
    end += strlen (" Uhr");
  out->length = (gsize) (end - text);
  return end;
}

gboolean
vantage_pasted_when_is_day_line (const char *line, VantagePastedWhen *out)
{
  const char *at = line + strspn (line, " \t-=*_");
  const char *end;

  while (g_str_has_prefix (at, "—") || g_str_has_prefix (at, "─"))
    at = vantage_pasted_when_pass_space (at + 3);
  end = vantage_pasted_when_scan (at, out);
  if (end == NULL || out->has_clock || out->day == VANTAGE_PASTED_NO_DAY)
    return FALSE;
  end += strspn (end, " \t-=*_:");
  while (g_str_has_prefix (end, "—") || g_str_has_prefix (end, "─"))
    end = vantage_pasted_when_pass_space (end + 3);
  return *end == '\0';
}
