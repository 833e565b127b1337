/* vantage-csv.c: tables of text: CSV and its relatives, read twice: once to know how times are
 * written, once for the rows. */

#include "vantage-hash.h"
#include "vantage-rows.h"
#include "vantage-series.h"
#include "vantage-text.h"

#include <string.h>

/* The header's cells, NFC and stripped; NULL-terminated. (transfer full) */
static char **
dup_header (GPtrArray *fields)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (g_ptr_array_index (fields, i)));

      g_ptr_array_add (names, vantage_text_nfc (stripped));
    }
  /* a delimiter at the end of each line is no column */
  while (names->len > 1 && *(char *) g_ptr_array_index (names, names->len - 1) == '\0')
    g_free (g_ptr_array_steal_index (names, names->len - 1));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

static char *
make_signature (char **header)
{
  g_autofree char *joined = g_strjoinv ("\n", header);
  g_autofree char *lower = g_utf8_strdown (joined, -1);
  g_autofree char *hash = vantage_hash_data_text (lower, strlen (lower));

  return g_strndup (hash, 16);
}

static const char *
get_cell (gpointer row, guint column)
{
  GPtrArray *fields = row;

  return column < fields->len ? g_ptr_array_index (fields, column) : "";
}

/* ---- recognising ---- */

static gboolean
guess_dialect (VantageSniff *sniff, const VantageEntry *entry, VantageDialect *out,
               char ***out_header)
{
  gsize length;
  const char *head = vantage_sniff_get_head (sniff, entry, &length);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageRows) rows = NULL;
  GPtrArray *fields;

  if (!vantage_dialect_guess (head, length, length < VANTAGE_INPUT_PEEK, out))
    return FALSE;
  stream = g_memory_input_stream_new_from_data (head, (gssize) length, NULL);
  rows = vantage_rows_new (stream, out, NULL);
  fields = vantage_rows_next (rows, NULL);
  if (fields == NULL || fields->len < 2)
    return FALSE;
  *out_header = dup_header (fields);
  return TRUE;
}

static int
score (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageDialect dialect;
  g_auto (GStrv) header = NULL;
  VantageNode *json = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  int points;

  if (entry == NULL || (json != NULL && json->type >= VANTAGE_NODE_ARRAY) ||
      vantage_input_get_n_entries (vantage_sniff_get_input (sniff)) != 1 ||
      !guess_dialect (sniff, entry, &dialect, &header))
    return 0;
  points = vantage_series_score ((const char *const *) header);
  if (points == 0 &&
      (g_str_has_suffix (entry->path, ".csv") || g_str_has_suffix (entry->path, ".tsv")))
    points = 10;
  return points;
}

/* ---- reading ---- */

typedef struct
{
  VantageReading *reading;
  const VantageEntry *entry;
  VantageDialect dialect;
  VantageSeries *series;
} Table;

/* Opens the table and takes its header off. NULL with @failure. */
static VantageRows *
open_rows (Table *self, char ***out_header, GError **failure)
{
  g_autoptr (GInputStream) stream = vantage_reading_open (self->reading, self->entry, failure);
  g_autoptr (VantageRows) rows = NULL;
  GPtrArray *fields;

  if (stream == NULL)
    return NULL;
  rows = vantage_rows_new (stream, &self->dialect, self->reading->cancellable);
  fields = vantage_rows_next (rows, failure);
  if (fields == NULL)
    {
      if (*failure == NULL)
        g_set_error (failure, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_EMPTY,
                     "the table is empty");
      return NULL;
    }
  *out_header = dup_header (fields);
  return g_steal_pointer (&rows);
}

static gboolean
look_at_rows (Table *self, VantageRows *rows, GError **failure)
{
  GPtrArray *fields;

  while ((fields = vantage_rows_next (rows, failure)) != NULL)
    {
      vantage_series_look (self->series, fields);
      if (!vantage_reading_go_on (self->reading, failure))
        return FALSE;
    }
  return *failure == NULL;
}

static gboolean
take_rows (Table *self, VantageRows *rows, GError **error)
{
  GError *failure = NULL;
  GPtrArray *fields;

  while ((fields = vantage_rows_next (rows, &failure)) != NULL)
    {
      gint64 line, offset, length;

      vantage_rows_get_place (rows, &line, &offset, &length);
      if (!vantage_series_take (self->series, fields, self->entry, line, offset, length, error))
        return FALSE;
    }
  if (failure != NULL)
    return vantage_reading_take_failure (self->reading, self->entry, failure, error);
  if (vantage_rows_is_cut_off (rows) &&
      !vantage_reading_note (self->reading, "cut-off", self->entry, 0, -1, error,
                             "the table ends inside quotation marks"))
    return FALSE;
  if (vantage_rows_get_n_shortened (rows) > 0 &&
      !vantage_reading_note (self->reading, "long-line", self->entry, 0, -1, error,
                             "%u rows are longer than any that is written, and were cut",
                             vantage_rows_get_n_shortened (rows)))
    return FALSE;
  return vantage_rows_get_n_recoded (rows) == 0 ||
         vantage_reading_note (self->reading, "recoded", self->entry, 0, -1, error,
                               "%u rows are not UTF-8 and were read as Windows-1252",
                               vantage_rows_get_n_recoded (rows));
}

static gboolean
read_table (Table *self, GError **error)
{
  g_autoptr (VantageRows) first = NULL;
  g_autoptr (VantageRows) second = NULL;
  g_auto (GStrv) header = NULL;
  g_auto (GStrv) again = NULL;
  g_autofree char *signature = NULL;
  GError *failure = NULL;

  first = open_rows (self, &header, &failure);
  if (first == NULL)
    return vantage_reading_take_failure (self->reading, self->entry, failure, error);
  signature = make_signature (header);
  self->series =
      vantage_series_new (self->reading, (const char *const *) header, signature, get_cell, error);
  if (self->series == NULL)
    return FALSE;
  if (!look_at_rows (self, first, &failure))
    return vantage_reading_take_failure (self->reading, self->entry, failure, error);
  if (!vantage_series_settle (self->series, error))
    return FALSE;

  second = open_rows (self, &again, &failure);
  if (second == NULL)
    return vantage_reading_take_failure (self->reading, self->entry, failure, error);
  return take_rows (self, second, error);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < vantage_input_get_n_entries (reading->input); i++)
    {
      Table table = { .reading = reading, .entry = vantage_input_get_entry (reading->input, i) };
      g_autoptr (GBytes) head = vantage_input_peek (reading->input, table.entry);
      gsize length;
      const char *data = g_bytes_get_data (head, &length);

      if (!vantage_dialect_guess (data, length, length < VANTAGE_INPUT_PEEK, &table.dialect))
        ok = vantage_reading_note (reading, length == 0 ? "empty-file" : "unknown-file",
                                   table.entry, 0, -1, error, "it is no table of text");
      else
        ok = read_table (&table, error);
      g_clear_pointer (&table.series, vantage_series_free);
    }
  return ok;
}

const VantageReader vantage_csv_reader = {
  .format = { "csv", "Table (CSV, TSV)", "csv tsv txt" },
  .family = "csv",
  .score = score,
  .read = read_all,
};
