/* vantage-servicenow-private.h: what the parts of the ServiceNow reader share. */

#pragma once

#include "vantage-tracker.h"

#include "vantage-records.h"
#include "vantage-tracker-table.h"

G_BEGIN_DECLS

typedef struct
{
  VantageTracker tracker;
  char *host;          /* of the instance, as links tell; NULL unknown */
  GHashTable *numbers; /* char *sys_id → char *number of a ticket */
  GHashTable *updates; /* char *number → GPtrArray of cells of the last row about it */
  GPtrArray *pending;  /* (element-type VantageServicenowRow): rows of the number in hand */
  GHashTable *seen;    /* set of hashes of the numbers of a table */
  gpointer last;       /* the hash of its last row */
  gboolean scattered;  /* rows of one number do not stand together */
} VantageServicenow;

/* A record: an object of fields (of JSON or XML), or a row of a table. */
typedef struct
{
  VantageNode *node;
  VantageTrackerTable *table;
  GPtrArray *row;
  gboolean utc; /* its times are as the database has them */
} VantageServicenowRecord;

/* The value of a field as it is stored; "" for none. Lent. */
const char *vantage_servicenow_get (const VantageServicenowRecord *record, const char *field);
/* The same as people see it. */
const char *vantage_servicenow_get_shown (const VantageServicenowRecord *record, const char *field);
/* "2" is "In Progress". Lent. */
const char *vantage_servicenow_get_state (const char *value);
/* Whose field @field is. */
gboolean vantage_servicenow_meet (VantageServicenow *self, const VantageServicenowRecord *record,
                                  const char *field, const char **out_account, GError **error);
/* An item at the time in @field. */
gboolean vantage_servicenow_begin (VantageServicenow *self, VantageItemKind kind,
                                   const VantageServicenowRecord *record, const char *field,
                                   VantageItem **out, GError **error);
/* The channel of tickets that are numbered as @number is. */
gboolean vantage_servicenow_enter (VantageServicenow *self, const char *number, GError **error);

/* A ticket with its journals; @moments: and when it was resolved and closed. */
gboolean vantage_servicenow_take_ticket (VantageServicenow *self,
                                         const VantageServicenowRecord *record, gboolean moments,
                                         GError **error);
/* A cell of journals, "time - name (Work notes)" above each. */
gboolean vantage_servicenow_take_journals (VantageServicenow *self, const char *number,
                                           const char *cell, gboolean internal,
                                           VantageDateOrder order, GError **error);
/* Records of the tables beside tickets: a journal, a change, a file. FALSE in @out_taken: none. */
gboolean vantage_servicenow_take_beside (VantageServicenow *self,
                                         const VantageServicenowRecord *record, gboolean *out_taken,
                                         GError **error);
VantageItemKind vantage_servicenow_kind_of (const char *field);

/* A table with many rows for one number is a history: what differs from row to row happened. */
typedef struct
{
  GPtrArray *cells; /* (element-type utf8) */
  gint64 line, offset, length;
  gint64 count, us; /* order: number of the update, its time */
} VantageServicenowRow;
void vantage_servicenow_row_free (gpointer row);
gboolean vantage_servicenow_take_row (VantageServicenow *self, VantageTrackerTable *table,
                                      GPtrArray *row, GError **error);
gboolean vantage_servicenow_flush_rows (VantageServicenow *self, VantageTrackerTable *table,
                                        GError **error);
/* Whether columns are those of ServiceNow, by their names: 0 to 100. */
int vantage_servicenow_score_header (const char *const *names);

G_END_DECLS
