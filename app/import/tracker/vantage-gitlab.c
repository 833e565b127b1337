/* vantage-gitlab.c: GitLab's issues and merge requests, as answers of its interface, as an exported
 * project and as a table. */

#include "vantage-gitlab-private.h"

#include "vantage-tracker-table.h"

#include <string.h>

/* ---- recognising ---- */

static gboolean
is_header (const char *const *names)
{
  return g_strv_contains (names, "issue id") && g_strv_contains (names, "created at (utc)") &&
         g_strv_contains (names, "title");
}

/* A relation of an exported project. */
static gboolean
is_relation (const VantageEntry *entry, const char *name)
{
  return strcmp (entry->path, name) == 0 ||
         (g_str_has_suffix (entry->path, name) &&
          entry->path[strlen (entry->path) - strlen (name) - 1] == '/');
}

static gboolean
has_tickets (const VantageEntry *entry)
{
  return is_relation (entry, "issues.ndjson") || is_relation (entry, "merge_requests.ndjson");
}

static gboolean
is_exported_project (VantageInput *input)
{
  for (guint i = 0; i < vantage_input_get_n_entries (input); i++)
    if (has_tickets (vantage_input_get_entry (input, i)))
      return vantage_input_get_n_entries (input) > 1;
  return FALSE;
}

static int
score (VantageSniff *sniff)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  gboolean project = is_exported_project (input);
  guint n_looked = 0;
  int best = 0;

  for (guint i = 0; i < vantage_input_get_n_entries (input) && n_looked < 8 && best < 90; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      VantageNode *record;
      g_auto (GStrv) header = NULL;

      if (project && !has_tickets (entry))
        continue;
      n_looked++;
      record = vantage_records_sniff (sniff, entry, &vantage_gitlab_shape);
      if (record != NULL)
        best = MAX (best, vantage_gitlab_score_record (record));
      else
        {
          header = vantage_tracker_table_sniff (sniff, entry);
          if (header != NULL && is_header ((const char *const *) header))
            best = 92;
        }
    }
  return best;
}

static char *
near_miss (VantageSniff *sniff)
{
  const VantageEntry *entry = vantage_sniff_get_entry (sniff);
  VantageNode *node = entry != NULL ? vantage_sniff_get_json (sniff, entry) : NULL;

  if (node == NULL || !vantage_gitlab_is_webhook (node))
    return NULL;
  return g_strdup ("this is a webhook message from GitLab, which tells of one change only: export "
                   "the project (Settings, Export project) and unpack it, or save the answers of "
                   "/api/v4/projects/…/issues and …/issues/…/notes");
}

/* ---- members of an exported project ---- */

static gboolean
is_member (VantageNode *node)
{
  return vantage_node_get_object (node, "user") != NULL;
}

static gboolean
take_member (VantageReading *reading, VantageNode *record, const VantageRecordPlace *place,
             gpointer user_data, GError **error)
{
  VantageGitlab *self = user_data;
  VantageNode *user = vantage_node_get_object (record, "user");
  const char *id = vantage_node_get_member (user, "id");
  const char *username = vantage_node_get_member (user, "username");
  const char *name = vantage_node_get_member (user, "name");

  if (id == NULL)
    id = vantage_node_get_member (record, "user_id");
  if (id != NULL && username != NULL)
    g_hash_table_replace (self->members, g_strdup (id),
                          g_strconcat (username, "\n", name != NULL ? name : "", NULL));
  return TRUE;
}

static gboolean
read_members (VantageGitlab *self, GError **error)
{
  static const VantageRecordShape shape = { is_member, NULL, take_member, TRUE };
  VantageReading *reading = self->tracker.reading;
  g_autoptr (VantageRecords) records = vantage_records_new (reading, &shape, self);

  for (guint i = 0; i < vantage_input_get_n_entries (reading->input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);

      if (is_relation (entry, "project_members.ndjson") &&
          vantage_records_is_json (reading, entry) && !vantage_records_walk (records, entry, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- tables ---- */

static void
look_row (VantageTrackerTable *table, GPtrArray *row, gpointer user_data)
{
  vantage_time_column_look (&table->times,
                            vantage_tracker_table_get (table, row, "created at (utc)"));
}

static gboolean
enter_row (VantageGitlab *self, const char *url, GError **error)
{
  g_autofree char *host = vantage_tracker_dup_host (url);
  const char *path = host != NULL ? strchr (strstr (url, "://") + 3, '/') : NULL;
  const char *end = path != NULL ? strstr (path, "/-/") : NULL;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;

  if (path != NULL && end == NULL)
    end = strstr (path, "/issues/");
  name = end != NULL ? g_strndup (path + 1, (gsize) (end - path - 1))
                     : g_strdup (vantage_input_get_name (self->tracker.reading->input));
  key = g_utf8_strdown (name, -1);
  return vantage_tracker_enter (&self->tracker, host != NULL ? host : "", key, name, error);
}

static gboolean
take_row (VantageTrackerTable *table, GPtrArray *row, gpointer user_data, GError **error)
{
  static const char *const named[][2] = {
    { "state", "state" },
    { "milestone", "milestone" },
    { "assignee", "assignee username" },
    { "label", "labels" },
  };
  VantageGitlab *self = user_data;
  const char *created = vantage_tracker_table_get (table, row, "created at (utc)");
  g_autofree char *utc = g_strconcat (created, " UTC", NULL);
  const char *id = vantage_tracker_table_get (table, row, "issue id");
  const char *url = vantage_tracker_table_get (table, row, "url");
  VantageTrackerPerson person = { .key = vantage_tracker_table_get (table, row, "author username"),
                                  .name = vantage_tracker_table_get (table, row, "author") };
  g_autoptr (VantageItem) item = NULL;
  const char *account;

  if (*id == '\0')
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "a row has no issue number");
  person.handle = *person.key != '\0' ? person.key : NULL;
  if (!enter_row (self, url, error) ||
      !vantage_tracker_meet (&self->tracker, &person, &account, error) ||
      !vantage_tracker_begin (&self->tracker, VANTAGE_ITEM_TICKET, *created != '\0' ? utc : "",
                              table->order, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  g_free (item->raw_time);
  item->raw_time = g_strdup (created);
  item->account = g_strcmp0 (account, "ghost") != 0 ? g_strdup (account) : NULL;
  vantage_tracker_take_text (
      item, vantage_tracker_join (vantage_tracker_table_get (table, row, "title"),
                                  vantage_tracker_table_get (table, row, "description")));
  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    vantage_tracker_add_fact (item, named[i][0],
                              vantage_tracker_table_get (table, row, named[i][1]));
  vantage_tracker_set_local (item, id, NULL);
  vantage_tracker_set_url (item, url);
  vantage_tracker_take_mentions (item);
  vantage_gitlab_take_files (item);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

/* ---- the whole ---- */

static gboolean
read_entry (VantageGitlab *self, VantageRecords *records, const VantageEntry *entry, GError **error)
{
  static const VantageTrackerTableShape table = { look_row, take_row, 0 };
  VantageReading *reading = self->tracker.reading;
  g_auto (GStrv) header = NULL;

  if (vantage_records_is_json (reading, entry))
    return vantage_records_walk (records, entry, error);
  header = vantage_tracker_table_peek (reading, entry);
  if (header != NULL && is_header ((const char *const *) header))
    return vantage_tracker_table_read (&self->tracker, entry, &table, self, error);
  return vantage_reading_note (reading, entry->size == 0 ? "empty-file" : "unknown-file", entry, 0,
                               -1, error, "it holds no issues of GitLab");
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* Tickets that say they have more comments than were in what was read. */
static gboolean
note_missing (VantageGitlab *self, GError **error)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (self->counts), compare_text);

  self->tracker.entry = NULL;
  self->tracker.offset = -1;
  self->tracker.line = 0;
  self->tracker.wanted = TRUE;
  for (GList *key = keys; key != NULL; key = key->next)
    {
      const VantageGitlabCount *count = g_hash_table_lookup (self->counts, key->data);

      if (!vantage_tracker_note_part (&self->tracker,
                                      count->name != NULL ? count->name : "a ticket", "comments",
                                      count->seen, count->declared, error))
        return FALSE;
    }
  return TRUE;
}

static void
count_free (gpointer data)
{
  g_free (((VantageGitlabCount *) data)->name);
  g_free (data);
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  VantageGitlab self = { .members = NULL };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, &vantage_gitlab_shape, &self);
  gboolean project = is_exported_project (reading->input);
  gboolean ok;

  vantage_tracker_init (&self.tracker, reading);
  self.members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, count_free);
  ok = read_members (&self, error);
  for (guint i = 0; ok && i < vantage_input_get_n_entries (reading->input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (reading->input, i);

      if (!project || (has_tickets (entry) && entry->size > 0))
        ok = read_entry (&self, records, entry, error);
    }
  ok = ok && vantage_records_finish (records, error) && note_missing (&self, error);
  g_hash_table_unref (self.members);
  g_hash_table_unref (self.counts);
  vantage_tracker_clear (&self.tracker);
  return ok;
}

const VantageReader vantage_gitlab_reader = {
  .format = { "gitlab", "GitLab issues and merge requests", "json ndjson csv zip" },
  .family = "gitlab",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
