/* vantage-json-lines.c: JSON lines (and arrays of plain objects) by the mapping of tables: members
 * are columns, those of an object inside by their path. */

#include "vantage-hash.h"
#include "vantage-series.h"

#include <string.h>

#define LOOK_RECORDS 100 /* that decide which members are columns */

typedef struct
{
  VantageReading *reading;
  const VantageEntry *entry;
  GPtrArray *paths; /* (element-type utf8): columns; ends with NULL */
  VantageSeries *series;
  gboolean report; /* of a pass: say what cannot be read; the others look only */
} Lines;

/* One record with the columns it is asked for. */
typedef struct
{
  VantageNode *node;
  GPtrArray *paths;
} Row;

/* ---- columns ---- */

static void
list_members (VantageNode *node, const char *prefix, guint depth, GPtrArray *paths,
              GHashTable *counts)
{
  for (VantageNode *name = vantage_node_first (node); name != NULL;
       name = vantage_node_next (node, name))
    {
      VantageNode *value = vantage_node_value (name);
      const char *text = vantage_node_get_text (name);
      g_autofree char *path =
          *prefix != '\0' ? g_strconcat (prefix, ".", text, NULL) : g_strdup (text);

      if (value->type == VANTAGE_NODE_OBJECT && depth < 3)
        {
          list_members (value, path, depth + 1, paths, counts);
          continue;
        }
      if (!g_hash_table_contains (counts, path) && paths->len < 500)
        g_ptr_array_add (paths, g_strdup (path));
      g_hash_table_insert (
          counts, g_strdup (path),
          GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, path)) + 1));
    }
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Over the members that every record looked at has: members that come and go must not change ids.
 */
static char *
make_signature (GPtrArray *paths, GHashTable *counts, guint n_records)
{
  g_autoptr (GPtrArray) common = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  g_autofree char *hash = NULL;

  for (guint i = 0; i < paths->len; i++)
    if (GPOINTER_TO_UINT (g_hash_table_lookup (counts, g_ptr_array_index (paths, i))) == n_records)
      g_ptr_array_add (common, g_ptr_array_index (paths, i));
  g_ptr_array_sort (common, compare_strings);
  g_ptr_array_add (common, NULL);
  joined = g_strjoinv ("\n", (char **) common->pdata);
  hash = vantage_hash_data_text (joined, strlen (joined));
  return g_strndup (hash, 16);
}

static const char *
get_cell (gpointer data, guint column)
{
  Row *row = data;
  const char *path = g_ptr_array_index (row->paths, column);
  VantageNode *node = vantage_node_get (row->node, path);
  const char *text;

  if (node == NULL)
    node = vantage_node_find (row->node, path);
  if (node == NULL)
    return "";
  text = vantage_node_get_text (node);
  if (text != NULL)
    return text;
  return node->type == VANTAGE_NODE_TRUE ? "true" : node->type == VANTAGE_NODE_FALSE ? "false" : "";
}

/* ---- recognising ---- */

static VantageNode *
first_record (VantageNode *node)
{
  if (node != NULL && node->type == VANTAGE_NODE_ARRAY)
    node = vantage_node_first (node);
  return node != NULL && node->type == VANTAGE_NODE_OBJECT ? node : NULL;
}

static int
score (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *node;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (entry == NULL || vantage_input_get_n_entries (vantage_sniff_get_input (sniff)) != 1)
    return 0;
  node = first_record (vantage_sniff_get_json (sniff, entry));
  if (node == NULL)
    return 0;
  list_members (node, "", 0, paths, counts);
  g_ptr_array_add (paths, NULL);
  return vantage_series_score ((const char *const *) paths->pdata) / 2;
}

/* ---- reading ---- */

typedef gboolean (*RecordFunc) (Lines *self, Row *row, gint64 offset, gint64 length, gpointer data,
                                GError **error);

/* Every object at the top, or in arrays at the top. FALSE when @each did, or all must stop. */
static gboolean
each_record (Lines *self, VantageTokens *tokens, RecordFunc each, gpointer data, GError **error)
{
  Row row = { .paths = self->paths };

  for (;;)
    {
      VantageToken token = vantage_tokens_peek (tokens);
      gint64 offset, length;

      if (token == VANTAGE_TOKEN_BEGIN_ARRAY || token == VANTAGE_TOKEN_END_ARRAY)
        {
          vantage_tokens_next (tokens);
          continue;
        }
      if (token == VANTAGE_TOKEN_ERROR && vantage_tokens_recover_line (tokens))
        {
          if (self->report && !vantage_reading_skip (self->reading, "bad-record", self->entry, 0,
                                                     vantage_tokens_get_offset (tokens), error,
                                                     "a line is no JSON"))
            return FALSE;
          continue;
        }
      if (token < VANTAGE_TOKEN_VALUE)
        return TRUE;
      row.node = vantage_tokens_read (tokens);
      if (row.node == NULL)
        {
          if (vantage_tokens_peek (tokens) != VANTAGE_TOKEN_ERROR && self->report &&
              !vantage_reading_skip (self->reading, "too-large", self->entry, 0,
                                     vantage_tokens_get_offset (tokens), error,
                                     "a record is too large to be read"))
            return FALSE;
          continue;
        }
      vantage_tokens_get_extent (tokens, &offset, &length);
      if (!each (self, &row, offset, length, data, error))
        return FALSE;
    }
}

typedef struct
{
  GHashTable *counts;
  guint n;
} Look;

static gboolean
look_for_columns (Lines *self, Row *row, gint64 offset, gint64 length, gpointer data,
                  GError **error)
{
  Look *look = data;

  if (row->node->type == VANTAGE_NODE_OBJECT)
    {
      list_members (row->node, "", 0, self->paths, look->counts);
      look->n++;
    }
  return look->n < LOOK_RECORDS;
}

static gboolean
look_at_times (Lines *self, Row *row, gint64 offset, gint64 length, gpointer data, GError **error)
{
  if (row->node->type == VANTAGE_NODE_OBJECT)
    vantage_series_look (self->series, row);
  return vantage_reading_go_on (self->reading, error);
}

static gboolean
take_record (Lines *self, Row *row, gint64 offset, gint64 length, gpointer data, GError **error)
{
  if (row->node->type != VANTAGE_NODE_OBJECT)
    return vantage_reading_skip (self->reading, "bad-record", self->entry, 0, offset, error,
                                 "a record is no JSON object");
  return vantage_series_take (self->series, row, self->entry, 0, offset, length, error);
}

/* One pass over the entry. Stopping early on purpose is no failure. */
static gboolean
pass (Lines *self, RecordFunc each, gpointer data, gboolean report, GError **error)
{
  g_autoptr (VantageTokens) tokens = NULL;
  GError *failure = NULL;

  self->report = report;
  tokens = vantage_reading_open_tokens (self->reading, self->entry, &failure);
  if (tokens == NULL)
    return vantage_reading_take_failure (self->reading, self->entry, failure, error);
  if (!each_record (self, tokens, each, data, &failure) && failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return !report || vantage_reading_close_tokens (self->reading, tokens, self->entry, error);
}

static gboolean
read_lines (Lines *self, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *signature = NULL;
  Look look = { .counts = counts };

  if (!pass (self, look_for_columns, &look, FALSE, error))
    return FALSE;
  if (look.n == 0)
    return vantage_reading_note (self->reading, "empty-file", self->entry, 0, -1, error,
                                 "it holds no records");
  signature = make_signature (self->paths, counts, look.n);
  g_ptr_array_add (self->paths, NULL);
  self->series = vantage_series_new (self->reading, (const char *const *) self->paths->pdata,
                                     signature, get_cell, error);
  if (self->series == NULL)
    return FALSE;
  return pass (self, look_at_times, NULL, FALSE, error) &&
         vantage_series_settle (self->series, error) && pass (self, take_record, NULL, TRUE, error);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < vantage_input_get_n_entries (reading->input); i++)
    {
      Lines lines = { .reading = reading, .entry = vantage_input_get_entry (reading->input, i) };

      lines.paths = g_ptr_array_new_with_free_func (g_free);
      ok = read_lines (&lines, error);
      g_clear_pointer (&lines.series, vantage_series_free);
      g_ptr_array_unref (lines.paths);
    }
  return ok;
}

const VantageReader vantage_json_lines_reader = {
  .format = { "jsonl", "JSON lines", "jsonl ndjson json" },
  .family = "csv",
  .score = score,
  .read = read_all,
};
