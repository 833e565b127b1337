/* vantage-series.h: rows with columns (of a table, or members of JSON lines) as items, by a mapping
 * from fields to columns. Shared by the readers of tables and of JSON lines. */

#pragma once

#include "vantage-reader.h"
#include "vantage-time-column.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_SERIES_TIME,
  VANTAGE_SERIES_TIME_2, /* where the first is empty: a second time, or the clock beside a date */
  VANTAGE_SERIES_ZONE,
  VANTAGE_SERIES_AUTHOR,
  VANTAGE_SERIES_TEXT,
  VANTAGE_SERIES_CHANNEL,
  VANTAGE_SERIES_KIND,
  VANTAGE_SERIES_URL,
  VANTAGE_SERIES_ID,
  VANTAGE_SERIES_N_FIELDS,
} VantageSeriesField;

#define VANTAGE_SERIES_MAX_TEXTS 8

typedef struct _VantageSeries VantageSeries;

/* A row's cell; "" when it has none. Lent. */
typedef const char *(*VantageCellFunc) (gpointer row, guint column);

/* Whether columns of these names hold a time and something to show, by their names alone: 0 to 100.
 */
int vantage_series_score (const char *const *columns);

/**
 * vantage_series_new:
 * @columns: names, in order; NULL-terminated
 * @signature: what tells this sort of table from others: goes into every id
 *
 * Works out the mapping: the options' one, else by names. Fills facts->mapping and columns of
 * @reading. In a preview a missing mapping is noted; otherwise NEEDS_MAPPING.
 */
VantageSeries *vantage_series_new (VantageReading *reading, const char *const *columns,
                                   const char *signature, VantageCellFunc cell, GError **error);
void vantage_series_free (VantageSeries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageSeries, vantage_series_free)

/* First pass: every row is looked at, so that the column's way of writing times is known. */
void vantage_series_look (VantageSeries *self, gpointer row);
/* Between the passes. FALSE when a person must choose first. */
gboolean vantage_series_settle (VantageSeries *self, GError **error);
/* Second pass. */
gboolean vantage_series_take (VantageSeries *self, gpointer row, const VantageEntry *entry,
                              gint64 line, gint64 offset, gint64 length, GError **error);

G_END_DECLS
