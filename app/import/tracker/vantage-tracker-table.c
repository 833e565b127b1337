/* vantage-tracker-table.c: tables with known columns, row by row. */

#include "vantage-tracker-table.h"

#include "vantage-text.h"

#include <string.h>

static char **
dup_names (GPtrArray *fields)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (g_ptr_array_index (fields, i)));
      g_autofree char *lower = g_utf8_strdown (stripped, -1);

      g_ptr_array_add (names, vantage_text_nfc (lower));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static char **
names_of_head (const char *head, gsize length)
{
  VantageDialect dialect;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageRows) rows = NULL;
  GPtrArray *fields;

  if (!vantage_dialect_guess (head, length, length < VANTAGE_INPUT_PEEK, &dialect))
    return NULL;
  stream = g_memory_input_stream_new_from_data (head, (gssize) length, NULL);
  rows = vantage_rows_new (stream, &dialect, NULL);
  fields = vantage_rows_next (rows, NULL);
  return fields != NULL && fields->len >= 2 ? dup_names (fields) : NULL;
}

char **
vantage_tracker_table_sniff (VantageSniff *sniff, const VantageEntry *entry)
{
  VantageNode *json = vantage_sniff_get_json (sniff, entry);
  gsize length;
  const char *head = vantage_sniff_get_head (sniff, entry, &length);

  return json == NULL || json->type < VANTAGE_NODE_ARRAY ? names_of_head (head, length) : NULL;
}

char **
vantage_tracker_table_peek (VantageReading *reading, const VantageEntry *entry)
{
  g_autoptr (GBytes) head = vantage_input_peek (reading->input, entry);
  gsize length;
  const char *data = g_bytes_get_data (head, &length);

  return names_of_head (data, length);
}

const char *
vantage_tracker_table_cell (GPtrArray *row, guint column)
{
  return column < row->len ? g_ptr_array_index (row, column) : "";
}

int
vantage_tracker_table_find (const VantageTrackerTable *self, const char *name)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->names[i], name) == 0)
      return (int) i;
  return -1;
}

const char *
vantage_tracker_table_get (const VantageTrackerTable *self, GPtrArray *row, const char *name)
{
  for (guint i = 0; i < self->n_columns && i < row->len; i++)
    if (*(const char *) g_ptr_array_index (row, i) != '\0' && strcmp (self->names[i], name) == 0)
      return g_ptr_array_index (row, i);
  return "";
}

/* ---- reading ---- */

/* Opens the table and takes its header off. NULL with @failure. */
static VantageRows *
open_rows (VantageTracker *tracker, const VantageEntry *entry, VantageTrackerTable *table,
           GError **failure)
{
  g_autoptr (GBytes) head = vantage_input_peek (tracker->reading->input, entry);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageRows) rows = NULL;
  VantageDialect dialect;
  GPtrArray *fields;
  gsize length;
  const char *data = g_bytes_get_data (head, &length);

  if (!vantage_dialect_guess (data, length, length < VANTAGE_INPUT_PEEK, &dialect))
    {
      g_set_error (failure, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_EMPTY,
                   "it is no table of text");
      return NULL;
    }
  stream = vantage_reading_open (tracker->reading, entry, failure);
  if (stream == NULL)
    return NULL;
  rows = vantage_rows_new (stream, &dialect, tracker->reading->cancellable);
  fields = vantage_rows_next (rows, failure);
  if (fields == NULL)
    {
      if (*failure == NULL)
        g_set_error (failure, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_EMPTY,
                     "the table is empty");
      return NULL;
    }
  if (table->names == NULL)
    {
      table->names = dup_names (fields);
      table->n_columns = g_strv_length (table->names);
    }
  return g_steal_pointer (&rows);
}

static gboolean
look_at_rows (VantageTracker *tracker, VantageTrackerTable *table, VantageRows *rows,
              const VantageTrackerTableShape *shape, gpointer user_data, GError **failure)
{
  GPtrArray *fields;

  while ((fields = vantage_rows_next (rows, failure)) != NULL)
    {
      shape->look (table, fields, user_data);
      if (!vantage_reading_go_on (tracker->reading, failure))
        return FALSE;
    }
  return *failure == NULL;
}

/* What is to be said of the table as a whole. */
static gboolean
note_end (VantageTracker *tracker, const VantageEntry *entry, VantageTrackerTable *table,
          VantageRows *rows, const VantageTrackerTableShape *shape, GError **error)
{
  VantageReading *reading = tracker->reading;

  if (vantage_rows_is_cut_off (rows))
    {
      reading->facts->complete = FALSE;
      if (!vantage_reading_skip (reading, "cut-off", entry, 0, -1, error,
                                 "the table ends inside quotation marks"))
        return FALSE;
    }
  if (vantage_rows_get_n_recoded (rows) > 0 &&
      !vantage_reading_note (reading, "recoded", entry, 0, -1, error,
                             "%u rows are not UTF-8 and were read as Windows-1252",
                             vantage_rows_get_n_recoded (rows)))
    return FALSE;
  if (shape->limit == 0 || table->n_rows != shape->limit)
    return TRUE;
  reading->facts->complete = FALSE;
  return vantage_reading_note (reading, "more-pages", entry, 0, -1, error,
                               "it has exactly %" G_GUINT64_FORMAT
                               " rows, which is where such a download ends: there may be more",
                               table->n_rows);
}

static gboolean
take_rows (VantageTracker *tracker, const VantageEntry *entry, VantageTrackerTable *table,
           VantageRows *rows, const VantageTrackerTableShape *shape, gpointer user_data,
           GError **error)
{
  GError *failure = NULL;
  GPtrArray *fields;

  while ((fields = vantage_rows_next (rows, &failure)) != NULL)
    {
      gint64 line, offset, length;

      table->n_rows++;
      vantage_rows_get_place (rows, &line, &offset, &length);
      vantage_tracker_place (tracker, entry, line, offset, length);
      if (vantage_rows_is_open (rows) && fields->len < table->n_columns)
        {
          tracker->reading->facts->complete = FALSE;
          if (!vantage_tracker_skip (tracker, "cut-off", error,
                                     "the table ends in the middle of a row"))
            return FALSE;
        }
      else if (!shape->take (table, fields, user_data, error))
        return FALSE;
    }
  if (shape->end != NULL && !shape->end (table, user_data, error))
    {
      g_clear_error (&failure);
      return FALSE;
    }
  if (failure != NULL)
    return vantage_reading_take_failure (tracker->reading, entry, failure, error);
  return note_end (tracker, entry, table, rows, shape, error);
}

/* The order of day and month in dates of three numbers: as chosen, else as the dates tell. */
static gboolean
settle_order (VantageTracker *tracker, VantageTrackerTable *table, GError **error)
{
  VantageReading *reading = tracker->reading;
  const char *chosen =
      reading->options->mapping != NULL ? strstr (reading->options->mapping, "order") : NULL;

  table->order = vantage_time_column_get_order (&table->times);
  if (chosen != NULL && strstr (chosen, "mdy") != NULL)
    table->order = VANTAGE_DATE_ORDER_MONTH_FIRST;
  else if (chosen != NULL && strstr (chosen, "dmy") != NULL)
    table->order = VANTAGE_DATE_ORDER_DAY_FIRST;
  if (!table->times.ambiguous || table->order != VANTAGE_DATE_ORDER_UNKNOWN)
    return TRUE;
  reading->needs_mapping = TRUE;
  if (reading->columns == NULL)
    reading->columns = g_strdupv (table->names);
  if (reading->preview)
    return TRUE;
  g_set_error_literal (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING,
                       "dates such as 03/04 in it can be read in two ways: say order=dmy or "
                       "order=mdy");
  return FALSE;
}

static void
table_clear (VantageTrackerTable *self)
{
  g_clear_pointer (&self->names, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageTrackerTable, table_clear)

gboolean
vantage_tracker_table_read (VantageTracker *tracker, const VantageEntry *entry,
                            const VantageTrackerTableShape *shape, gpointer user_data,
                            GError **error)
{
  g_auto (VantageTrackerTable) table = { NULL };
  g_autoptr (VantageRows) first = NULL;
  g_autoptr (VantageRows) second = NULL;
  GError *failure = NULL;

  vantage_tracker_place (tracker, entry, 0, -1, 0);
  first = open_rows (tracker, entry, &table, &failure);
  if (first == NULL || !look_at_rows (tracker, &table, first, shape, user_data, &failure))
    return vantage_reading_take_failure (tracker->reading, entry, failure, error);
  if (!settle_order (tracker, &table, error))
    return FALSE;
  second = open_rows (tracker, entry, &table, &failure);
  if (second == NULL)
    return vantage_reading_take_failure (tracker->reading, entry, failure, error);
  return take_rows (tracker, entry, &table, second, shape, user_data, error);
}
