/* vantage-jira.c: Jira's issues as answers of its REST interface, as a table and as XML; folders of
 * pages too. The same issue has the same id in each. */

#include "vantage-jira-private.h"

#include "vantage-tracker-table.h"

#include <string.h>

#define SNIFFED_ENTRIES 8

/* ---- recognising ---- */

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  guint n = MIN (vantage_input_get_n_entries (input), SNIFFED_ENTRIES);
  int best = 0;

  for (guint i = 0; i < n && best < 90; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      VantageNode *record = vantage_records_sniff (sniff, entry, &vantage_jira_shape);
      gsize length;
      const char *head = vantage_sniff_get_text (sniff, entry, &length);
      g_auto (GStrv) header = NULL;

      if (record != NULL)
        best = MAX (best, vantage_jira_score_record (record));
      else if (vantage_jira_is_xml (head, length))
        best = 95;
      else
        {
          header = vantage_tracker_table_sniff (sniff, entry);
          if (header != NULL && vantage_jira_is_header ((const char *const *) header))
            best = 95;
        }
    }
  return best;
}

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *node = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;
  VantageNode *issues = vantage_node_get_array (node, "issues");

  if (node != NULL && vantage_jira_is_webhook (node))
    return g_strdup ("this is a webhook message from Jira, which tells of one change only: export "
                     "the issues of a search instead, as CSV (all fields) or XML, or with "
                     "/rest/api/2/search?expand=changelog&fields=*all");
  if (issues != NULL && issues->length == 0 && vantage_node_get (node, "maxResults") != NULL)
    return g_strdup ("this is an answer of Jira's search that holds no issue: export a search that "
                     "finds some");
  return NULL;
}

/* ---- shared by the three ---- */

gboolean
vantage_jira_enter (VantageJira *self, const char *host, const char *project, GError **error)
{
  return vantage_tracker_enter (&self->tracker, host != NULL ? host : "", "site", project, error);
}

/* Whether the number @id is of another issue than @key. */
static gboolean
is_taken (VantageJira *self, const char *id, const char *key)
{
  guint64 number;
  gpointer known, mine;

  if (key == NULL || *key == '\0' ||
      !g_ascii_string_to_unsigned (id, 10, 0, G_MAXSIZE, &number, NULL))
    return FALSE;
  mine = GUINT_TO_POINTER (g_str_hash (key));
  if (g_hash_table_lookup_extended (self->keys, (gpointer) (gsize) number, NULL, &known))
    return known != mine;
  g_hash_table_insert (self->keys, (gpointer) (gsize) number, mine);
  return FALSE;
}

char *
vantage_jira_dup_root (VantageJira *self, const char *id, const char *key)
{
  if (id != NULL && *id != '\0' && !is_taken (self, id, key))
    return g_strconcat ("i", id, NULL);
  return key != NULL && *key != '\0' ? g_strconcat ("k", key, NULL) : NULL;
}

void
vantage_jira_set_url (VantageItem *item, const char *base, const char *key, const char *comment)
{
  g_autofree char *url = NULL;

  if (base == NULL || key == NULL)
    return;
  url = comment != NULL ? g_strdup_printf ("%s/browse/%s?focusedCommentId=%s", base, key, comment)
                        : g_strdup_printf ("%s/browse/%s", base, key);
  vantage_tracker_set_url (item, url);
}

gboolean
vantage_jira_add_file (VantageJira *self, const char *root, const VantageJiraFile *file,
                       VantageDateOrder order, GError **error)
{
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = NULL;
  g_autofree char *url = NULL;

  if (!vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_FILE, file->created, order, &item,
                              error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (file->account);
  vantage_tracker_take_text (item, g_strdup (file->name != NULL ? file->name : ""));
  vantage_tracker_set_url (item, file->url);
  url = g_strdup (item->url);
  vantage_item_add_attachment (item, file->name, file->type, url, file->size);
  g_clear_pointer (&item->url, g_free);
  if (file->id != NULL && *file->id != '\0')
    {
      suffix = g_strconcat ("a", file->id, NULL);
      vantage_tracker_set_local (item, root, suffix);
    }
  else
    vantage_tracker_set_content_local (&self->tracker, item, root);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

/* ---- the whole ---- */

static gboolean
read_entry (VantageRecords *records, const VantageEntry *entry, gpointer user_data, GError **error)
{
  VantageJira *self = user_data;
  VantageReading *reading = self->tracker.reading;
  g_autoptr (GBytes) bytes = vantage_reader_peek_text (reading->input, entry);
  gsize length;
  const char *head = g_bytes_get_data (bytes, &length);
  g_auto (GStrv) header = NULL;

  if (vantage_records_is_json (reading, entry))
    return vantage_records_walk (records, entry, error);
  if (vantage_jira_is_xml (head, length))
    return vantage_jira_read_xml (self, entry, error);
  header = vantage_tracker_table_peek (reading, entry);
  if (header != NULL && vantage_jira_is_header ((const char *const *) header))
    return vantage_jira_read_table (self, entry, error);
  return vantage_reading_note (reading, length == 0 ? "empty-file" : "unknown-file", entry, 0, -1,
                               error, "it holds no issues of Jira");
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageJira self = { .ticket = NULL };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, &vantage_jira_shape, &self);
  gboolean ok;

  vantage_tracker_init (&self.tracker, reading);
  self.keys = g_hash_table_new (NULL, NULL);
  ok = vantage_records_read_all (records, read_entry, error);
  g_hash_table_unref (self.keys);
  vantage_tracker_clear (&self.tracker);
  return ok;
}

const VantageReader vantage_jira_reader = {
  .format = { "jira", "Jira issues", "json csv xml zip" },
  .family = "jira",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
