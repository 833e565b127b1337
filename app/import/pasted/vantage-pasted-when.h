/* vantage-pasted-when.h: times as chat programs show them to people: "10:42 AM", "Today at 10:42",
 * "Monday, March 4th", "04/03/2024 10:42". */

#pragma once

#include "vantage-time.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_PASTED_NO_DAY,
  VANTAGE_PASTED_TODAY,
  VANTAGE_PASTED_YESTERDAY,
  VANTAGE_PASTED_WEEKDAY, /* the last one of this name */
  VANTAGE_PASTED_DATE,    /* year 0: not written */
  VANTAGE_PASTED_NUMBERS, /* day and month in an order that has to be known; year 0: not written */
} VantagePastedDay;

typedef struct
{
  VantagePastedDay day;
  int weekday; /* 1 = Monday */
  int year, month, month_day;
  int numbers[2];
  gboolean has_clock;
  gboolean has_half; /* AM or PM is written */
  gint64 clock_us;
  VantagePrecision precision;
  const char *text; /* as written; lent */
  gsize length;
} VantagePastedWhen;

/* Reads what stands at @text; returns what follows, or NULL when neither day nor clock does. */
const char *vantage_pasted_when_scan (const char *text, VantagePastedWhen *out);
/* Whether the whole line, apart from dashes and space around it, is a day. */
gboolean vantage_pasted_when_is_day_line (const char *line, VantagePastedWhen *out);
/* Behind any white space, narrow and unbroken ones too. */
const char *vantage_pasted_when_pass_space (const char *at);

G_END_DECLS
