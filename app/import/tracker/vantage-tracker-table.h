/* vantage-tracker-table.h: a tracker's table whose columns are known by their names, which may come
 * more than once. Read twice: first to learn how it writes its dates. Inside import/ only. */

#pragma once

#include "vantage-tracker.h"

#include "vantage-rows.h"

G_BEGIN_DECLS

/* The header of an entry that is a table of text: names, lower case, NFC; NULL-terminated. NULL
 * when it is none. (transfer full) */
char **vantage_tracker_table_sniff (VantageSniff *sniff, const VantageEntry *entry);
char **vantage_tracker_table_peek (VantageReading *reading, const VantageEntry *entry);

typedef struct
{
  char **names; /* of the columns, as above */
  guint n_columns;
  VantageTimeColumn times; /* of the cells looked at */
  VantageDateOrder order;  /* known from the second pass on */
  guint64 n_rows;          /* so far, in the second pass */
} VantageTrackerTable;

/* Cell @column; "" when the row has none. Lent. */
const char *vantage_tracker_table_cell (GPtrArray *row, guint column);
/* The first column of that name; -1. */
int vantage_tracker_table_find (const VantageTrackerTable *self, const char *name);
/* The first cell that is not empty of the columns of that name; "". Lent. */
const char *vantage_tracker_table_get (const VantageTrackerTable *self, GPtrArray *row,
                                       const char *name);

typedef struct
{
  /* First pass: to look at the times of a row. */
  void (*look) (VantageTrackerTable *table, GPtrArray *row, gpointer user_data);
  /* Second pass. The tracker stands at the row. */
  gboolean (*take) (VantageTrackerTable *table, GPtrArray *row, gpointer user_data, GError **error);
  /* Rows after which a download ends without a word; 0: none. */
  guint64 limit;
  /* After the last row; may be NULL. */
  gboolean (*end) (VantageTrackerTable *table, gpointer user_data, GError **error);
} VantageTrackerTableShape;

gboolean vantage_tracker_table_read (VantageTracker *tracker, const VantageEntry *entry,
                                     const VantageTrackerTableShape *shape, gpointer user_data,
                                     GError **error);

G_END_DECLS
