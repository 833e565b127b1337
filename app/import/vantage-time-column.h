/* vantage-time-column.h: the times of one column of a table, in whatever way it writes them. */

#pragma once

#include "vantage-time.h"

G_BEGIN_DECLS

/* What the column as a whole tells; begin with zeros. */
typedef struct
{
  gboolean first_over_12, second_over_12; /* in dates such as 03/04/2025 */
  gboolean ambiguous;                     /* such dates are there */
  guint n_read, n_unread;
} VantageTimeColumn;

typedef enum
{
  VANTAGE_DATE_ORDER_UNKNOWN,
  VANTAGE_DATE_ORDER_DAY_FIRST,
  VANTAGE_DATE_ORDER_MONTH_FIRST,
} VantageDateOrder;

/* Looks at one cell of the column before any is read. */
void vantage_time_column_look (VantageTimeColumn *self, const char *text);
/* From what was seen; UNKNOWN when no day is above 12. */
VantageDateOrder vantage_time_column_get_order (const VantageTimeColumn *self);

typedef struct
{
  gint64 us; /* an instant when `has_zone`, else a wall clock reading */
  VantagePrecision precision;
  gboolean has_zone;
} VantageCellTime;

/**
 * vantage_cell_time_parse:
 * @order: for dates of three numbers; UNKNOWN reads them day first
 *
 * ISO 8601; numbers of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by
 * their size; dates with slashes, dots, hyphens and month names, 12- and 24-hour clocks; days as a
 * spreadsheet counts them.
 *
 * Returns: FALSE when @text is no time
 */
gboolean vantage_cell_time_parse (const char *text, VantageDateOrder order, VantageCellTime *out);

G_END_DECLS
