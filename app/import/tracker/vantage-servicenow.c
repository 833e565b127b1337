/* vantage-servicenow.c: ServiceNow's incidents as answers of its table interface, as tables, as a
 * history of updates and as XML. */

#include "vantage-servicenow-private.h"

#include "vantage-xml.h"

#include <string.h>

static const char *const roots[] = { "xml", "unload", NULL };

/* ---- recognising ---- */

static gboolean
is_ticket (VantageNode *node)
{
  static const char *const marks[] = { "sys_id", "short_description", "opened_at", "sys_created_on",
                                       "incident_state" };
  guint n = 0;

  if (vantage_node_get (node, "number") == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    n += vantage_node_get (node, marks[i]) != NULL;
  return n >= 2;
}

static gboolean
is_beside (VantageNode *node)
{
  return vantage_node_get (node, "sys_created_on") != NULL &&
         (vantage_node_get (node, "element_id") != NULL ||
          vantage_node_get (node, "documentkey") != NULL ||
          vantage_node_get (node, "table_sys_id") != NULL);
}

static gboolean
is_record (VantageNode *node)
{
  return is_ticket (node) || is_beside (node);
}

static gboolean
is_xml (const char *head, gsize length)
{
  return vantage_xml_find (head, length, roots) != NULL &&
         g_strstr_len (head, (gssize) length, "<sys_") != NULL;
}

static const VantageRecordShape *get_shape (void);

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n = MIN (vantage_input_get_n_entries (input), 8);
  int best = 0;

  for (guint i = 0; i < n && best < 90; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      gsize length;
      const char *head = vantage_sniff_get_text (sniff, entry, &length);
      g_auto (GStrv) header = NULL;

      if (vantage_records_sniff (sniff, entry, get_shape ()) != NULL)
        best = 92;
      else if (is_xml (head, length))
        best = 92;
      else
        {
          header = vantage_tracker_table_sniff (sniff, entry);
          if (header != NULL)
            best = MAX (best, vantage_servicenow_score_header ((const char *const *) header));
        }
    }
  return best;
}

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *node = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  VantageNode *failure = vantage_node_get_object (node, "error");

  if (vantage_node_get (failure, "detail") == NULL ||
      g_strcmp0 (vantage_node_get_member (node, "status"), "failure") != 0)
    return NULL;
  return g_strdup ("this is an error that ServiceNow answered, not a list: ask the table interface "
                   "again, with sysparm_display_value=all, as somebody who may read the incidents");
}

/* ---- answers ---- */

/* The database's own times, in UTC, or what the exporter was shown. */
static gboolean
is_utc (VantageNode *node)
{
  static const char *const numbers[] = { "state", "incident_state", "impact", "urgency",
                                         "priority" };

  for (VantageNode *at = vantage_node_first (node); at != NULL; at = vantage_node_next (node, at))
    if (vantage_node_get (vantage_node_value (at), "value") != NULL)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const char *text = vantage_node_get_member (node, numbers[i]);

      if (text != NULL && *text != '\0')
        return strspn (text, "-0123456789") == strlen (text);
    }
  return is_beside (node);
}

/* The host of the first link of a record. */
static void
find_host (VantageServicenow *self, VantageNode *node)
{
  for (VantageNode *at = vantage_node_first (node); at != NULL && self->host == NULL;
       at = vantage_node_next (node, at))
    self->host =
        vantage_tracker_dup_host (vantage_node_get_member (vantage_node_value (at), "link"));
}

/* Which number an id belongs to, and where all of it is. */
static void
learn_record (VantageServicenow *self, VantageNode *node)
{
  const VantageServicenowRecord record = { node, NULL, NULL, TRUE };
  const char *id = vantage_servicenow_get (&record, "sys_id");
  const char *number = vantage_servicenow_get (&record, "number");

  find_host (self, node);
  if (is_ticket (node) && *id != '\0' && *number != '\0')
    g_hash_table_replace (self->numbers, g_strdup (id), g_strdup (number));
}

static gboolean
learn (VantageReading *reading, VantageNode *node, const VantageRecordPlace *place,
       gpointer user_data, GError **error)
{
  learn_record (user_data, node);
  return vantage_reading_go_on (reading, error);
}

/* What is wrong in it is said when it is read. */
static gboolean
learn_xml (VantageServicenow *self, const VantageEntry *entry, GError **error)
{
  VantageReading *reading = self->tracker.reading;
  g_autoptr (GInputStream) stream = vantage_reading_open (reading, entry, NULL);
  g_autoptr (VantageXml) xml = NULL;
  VantageNode *node;

  if (stream != NULL)
    xml = vantage_xml_new (stream, roots, NULL, reading->cancellable);
  while (xml != NULL && vantage_xml_next (xml, &node, NULL) != NULL)
    {
      learn_record (self, node);
      if (!vantage_reading_go_on (reading, error))
        return FALSE;
    }
  return vantage_reading_go_on (reading, error);
}

static gboolean
take_node (VantageServicenow *self, VantageNode *node, gboolean utc, GError **error)
{
  const VantageServicenowRecord record = { node, NULL, NULL, utc };
  gboolean taken;

  if (is_ticket (node))
    return vantage_servicenow_take_ticket (self, &record, TRUE, error);
  return vantage_servicenow_take_beside (self, &record, &taken, error);
}

static gboolean
take (VantageReading *reading, VantageNode *node, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  VantageServicenow *self = user_data;

  vantage_tracker_place (&self->tracker, place->entry, 0, place->offset, place->length);
  return take_node (self, node, is_utc (node), error);
}

static const char *const ways[] = { "result", "records", NULL };

static const VantageRecordShape *
get_shape (void)
{
  static const VantageRecordShape shape = { is_record, ways, take, FALSE };

  return &shape;
}

/* ---- tables and XML ---- */

static void
look_row (VantageTrackerTable *table, GPtrArray *row, gpointer user_data)
{
  static const char *const times[] = { "opened_at", "sys_created_on", "sys_updated_on",
                                       "resolved_at", "closed_at" };
  VantageServicenow *self = user_data;
  const VantageServicenowRecord record = { NULL, table, row, FALSE };
  gpointer number = GUINT_TO_POINTER (g_str_hash (vantage_servicenow_get (&record, "number")));

  if (number != self->last && !g_hash_table_add (self->seen, number))
    self->scattered = TRUE;
  self->last = number;
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const char *text = vantage_servicenow_get (&record, times[i]);

      if (vantage_tracker_has_time (text))
        vantage_time_column_look (&table->times, text);
    }
}

static gboolean
take_row (VantageTrackerTable *table, GPtrArray *row, gpointer user_data, GError **error)
{
  return vantage_servicenow_take_row (user_data, table, row, error);
}

static gboolean
end_rows (VantageTrackerTable *table, gpointer user_data, GError **error)
{
  return vantage_servicenow_flush_rows (user_data, table, error);
}

static gboolean
read_xml (VantageServicenow *self, const VantageEntry *entry, GError **error)
{
  VantageReading *reading = self->tracker.reading;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageXml) xml = NULL;
  GError *failure = NULL;
  VantageNode *node;

  stream = vantage_reading_open (reading, entry, &failure);
  if (stream == NULL)
    return vantage_reading_take_failure (reading, entry, failure, error);
  xml = vantage_xml_new (stream, roots, NULL, reading->cancellable);
  while (vantage_xml_next (xml, &node, &failure) != NULL)
    {
      vantage_tracker_place (&self->tracker, entry, vantage_xml_get_line (xml), -1, 0);
      if (node->type == VANTAGE_NODE_OBJECT && is_record (node)
              ? !take_node (self, node, TRUE, error)
              : !vantage_tracker_skip (&self->tracker, "bad-record", error,
                                       "an element is no record of a ticket"))
        return FALSE;
    }
  return vantage_reading_close_xml (reading, xml, entry, failure, error);
}

static gboolean
read_entry (VantageRecords *records, const VantageEntry *entry, gpointer user_data, GError **error)
{
  static const VantageTrackerTableShape table = { look_row, take_row, 10000, end_rows };
  VantageServicenow *self = user_data;
  VantageReading *reading = self->tracker.reading;
  g_autoptr (GBytes) bytes = vantage_reader_peek_text (reading->input, entry);
  gsize length;
  const char *head = g_bytes_get_data (bytes, &length);
  g_auto (GStrv) header = NULL;

  if (vantage_records_is_json (reading, entry))
    return vantage_records_walk (records, entry, error);
  if (is_xml (head, length))
    return read_xml (self, entry, error);
  header = vantage_tracker_table_peek (reading, entry);
  if (header != NULL && vantage_servicenow_score_header ((const char *const *) header) > 0)
    {
      g_hash_table_remove_all (self->updates);
      g_hash_table_remove_all (self->seen);
      self->scattered = FALSE;
      self->last = NULL;
      g_ptr_array_set_size (self->pending, 0);
      return vantage_tracker_table_read (&self->tracker, entry, &table, self, error);
    }
  return vantage_reading_note (reading, length == 0 ? "empty-file" : "unknown-file", entry, 0, -1,
                               error, "it holds no records of ServiceNow");
}

/* ---- the whole ---- */

static gboolean
learn_all (VantageServicenow *self, GError **error)
{
  static const VantageRecordShape shape = { is_record, ways, learn, TRUE };
  VantageReading *reading = self->tracker.reading;

  for (guint i = 0; i < vantage_input_get_n_entries (reading->input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);
      g_autoptr (VantageRecords) records = vantage_records_new (reading, &shape, self);
      g_autoptr (GBytes) bytes = vantage_reader_peek_text (reading->input, entry);
      gsize length;
      const char *head = g_bytes_get_data (bytes, &length);

      if (vantage_records_is_json (reading, entry)
              ? !vantage_records_scan (records, entry, error)
              : is_xml (head, length) && !learn_xml (self, entry, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageServicenow self = { .host = NULL };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, get_shape (), &self);
  gboolean ok;

  vantage_tracker_init (&self.tracker, reading);
  self.numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.updates =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self.seen = g_hash_table_new (NULL, NULL);
  self.pending = g_ptr_array_new_with_free_func (vantage_servicenow_row_free);
  ok = learn_all (&self, error) && vantage_records_read_all (records, read_entry, error);
  g_free (self.host);
  g_hash_table_unref (self.numbers);
  g_hash_table_unref (self.updates);
  g_hash_table_unref (self.seen);
  g_ptr_array_unref (self.pending);
  vantage_tracker_clear (&self.tracker);
  return ok;
}

const VantageReader vantage_servicenow_reader = {
  .format = { "servicenow", "ServiceNow incidents", "json csv xml zip" },
  .family = "servicenow",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
