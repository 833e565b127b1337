/* vantage-linear.c: Linear's issues as its table and as answers of its interface. */

#include "vantage-tracker.h"

#include "vantage-records.h"
#include "vantage-text.h"
#include "vantage-tracker-table.h"

#include <string.h>

typedef struct
{
  VantageTracker tracker;
} Linear;

/* Moments that an issue itself keeps: column, member, what it is called. */
static const struct
{
  const char *column, *member, *state;
} moments[] = {
  { "started", "startedAt", "Started" },
  { "completed", "completedAt", "Completed" },
  { "canceled", "canceledAt", "Canceled" },
  { "archived", "archivedAt", "Archived" },
};

/* ---- recognising ---- */

static gboolean
is_header (const char *const *names)
{
  return g_strv_contains (names, "id") && g_strv_contains (names, "team") &&
         g_strv_contains (names, "title") && g_strv_contains (names, "status") &&
         g_strv_contains (names, "created") &&
         (g_strv_contains (names, "cycle number") || g_strv_contains (names, "creator"));
}

static gboolean
is_webhook (VantageNode *node)
{
  static const char *const types[] = { "Issue",         "Comment",    "Project",
                                       "ProjectUpdate", "IssueLabel", "Cycle",
                                       "Attachment",    "Reaction",   NULL };
  const char *type = vantage_node_get_member (node, "type");

  return type != NULL && g_strv_contains (types, type) &&
         vantage_node_get_member (node, "action") != NULL &&
         vantage_node_get_object (node, "data") != NULL &&
         vantage_node_get (node, "createdAt") != NULL;
}

static gboolean
is_issue (VantageNode *node)
{
  const char *identifier = vantage_node_get_member (node, "identifier");

  return identifier != NULL && strchr (identifier, '-') != NULL &&
         vantage_node_get (node, "title") != NULL && vantage_node_get (node, "createdAt") != NULL;
}

static gboolean
is_comment (VantageNode *node)
{
  return vantage_node_get (node, "body") != NULL && vantage_node_get (node, "createdAt") != NULL &&
         (vantage_node_get (node, "issueId") != NULL ||
          vantage_node_get (vantage_node_get_object (node, "issue"), "identifier") != NULL);
}

static gboolean
is_record (VantageNode *node)
{
  return is_webhook (node) || is_issue (node) || is_comment (node);
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
      VantageNode *record = vantage_records_sniff (sniff, entry, get_shape ());
      g_auto (GStrv) header = NULL;

      if (record != NULL)
        best = MAX (best, is_webhook (record) ? 0 : is_issue (record) ? 92 : 75);
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

  if (node == NULL || !is_webhook (node))
    return NULL;
  return g_strdup ("this is a webhook message from Linear, which tells of one change only: export "
                   "the issues as CSV (Settings, Export data), or save an answer of its interface "
                   "that has the issues with their comments and history");
}

/* ---- people and places ---- */

static gboolean
meet (Linear *self, VantageNode *node, const char *member, const char **out_account, GError **error)
{
  VantageNode *user = vantage_node_get_object (node, member);
  VantageTrackerPerson person = { .key = vantage_node_get_member (user, "id"),
                                  .name = vantage_node_get_member (user, "name"),
                                  .handle = vantage_node_get_member (user, "displayName"),
                                  .email = vantage_node_get_member (user, "email") };

  if (person.name == NULL)
    person.name = person.handle;
  return vantage_tracker_meet (&self->tracker, &person, out_account, error);
}

static gboolean
meet_cell (Linear *self, const char *text, const char **out_account, GError **error)
{
  const VantageTrackerPerson address = { .key = text, .handle = text, .email = text };
  const VantageTrackerPerson name = { .name = text };

  return vantage_tracker_meet (&self->tracker, strchr (text, '@') != NULL ? &address : &name,
                               out_account, error);
}

/* The team of "ENG-12", in the firm that an address names: "https://linear.app/acme/issue/ENG-12".
 */
static gboolean
enter (Linear *self, const char *identifier, const char *url, const char *name, GError **error)
{
  const char *host = url != NULL ? strstr (url, "://linear.app/") : NULL;
  const char *firm = host != NULL ? host + strlen ("://linear.app/") : NULL;
  g_autofree char *word = firm != NULL ? g_strndup (firm, strcspn (firm, "/?#")) : NULL;
  g_autofree char *system = word != NULL ? g_strconcat ("linear.app/", word, NULL) : g_strdup ("");
  g_autofree char *key = g_strndup (identifier, strcspn (identifier, "-"));

  return vantage_tracker_enter (&self->tracker, system, key, name, error);
}

/* ---- items ---- */

static gboolean
begin (Linear *self, VantageItemKind kind, const char *time, VantageDateOrder order,
       const char *account, VantageItem **out, GError **error)
{
  if (!vantage_tracker_begin (&self->tracker, kind, time, order, out, error))
    return FALSE;
  if (*out != NULL)
    (*out)->account = g_strdup (account);
  return TRUE;
}

static gboolean
finish (Linear *self, VantageItem *taken, const char *root, const char *mark, const char *id,
        GError **error)
{
  g_autoptr (VantageItem) item = taken;
  g_autofree char *suffix = id != NULL ? g_strconcat (mark, id, NULL) : NULL;

  if (suffix != NULL)
    vantage_tracker_set_local (item, root, suffix);
  else
    vantage_tracker_set_content_local (&self->tracker, item, root);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

/* Says when, not who. */
static gboolean
take_moment (Linear *self, const char *root, guint index, const char *time, VantageDateOrder order,
             GError **error)
{
  g_autoptr (VantageItem) item = NULL;

  if (time == NULL || !vantage_tracker_has_time (time))
    return TRUE;
  if (!begin (self, VANTAGE_ITEM_STATUS, time, order, NULL, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  vantage_tracker_set_change (item, "status", NULL, moments[index].state);
  return finish (self, g_steal_pointer (&item), root, "", moments[index].column, error);
}

/* ---- answers ---- */

/* {"nodes": […]}, or the list alone. */
static VantageNode *
get_list (VantageNode *node, const char *name)
{
  VantageNode *list = vantage_node_get (node, name);

  return list != NULL && list->type == VANTAGE_NODE_ARRAY ? list
                                                          : vantage_node_get_array (list, "nodes");
}

static gboolean
take_comment (Linear *self, VantageNode *node, const char *root, GError **error)
{
  const char *account;
  const char *parent = vantage_node_get_member (node, "parentId");
  g_autoptr (VantageItem) item = NULL;

  if (parent == NULL)
    parent = vantage_node_get_member (vantage_node_get_object (node, "parent"), "id");
  if (!meet (self, node, "user", &account, error) ||
      !begin (self, VANTAGE_ITEM_COMMENT, vantage_node_get_member (node, "createdAt"),
              VANTAGE_DATE_ORDER_UNKNOWN, account, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  vantage_tracker_take_text (item, vantage_tracker_plain (vantage_node_get_member (node, "body")));
  vantage_tracker_set_edited (item, vantage_node_get_member (node, "editedAt"));
  vantage_tracker_set_url (item, vantage_node_get_member (node, "url"));
  vantage_tracker_take_mentions (item);
  if (parent != NULL)
    {
      g_autoptr (VantageItem) first = vantage_item_new (VANTAGE_ITEM_COMMENT);
      g_autofree char *suffix = g_strconcat ("c", parent, NULL);

      vantage_tracker_set_local (first, root, suffix);
      item->reply_to = g_strdup (first->local);
    }
  return finish (self, g_steal_pointer (&item), root, "c", vantage_node_get_member (node, "id"),
                 error);
}

/* Each side of a change is an object with a name, or a plain value. */
static const char *
get_side (VantageNode *node, const char *side, const char *field)
{
  g_autofree char *member = g_strconcat (side, field, NULL);
  VantageNode *value = vantage_node_get (node, member);
  const char *name = vantage_node_get_member (value, "name");

  if (name == NULL)
    name = vantage_node_get_member (value, "title");
  if (name == NULL)
    name = vantage_node_get_member (value, "identifier");
  return name != NULL ? name : vantage_node_get_text (value);
}

static gboolean
take_history (Linear *self, VantageNode *node, const char *root, GError **error)
{
  static const struct
  {
    const char *field, *name;
    VantageItemKind kind;
  } fields[] = {
    { "State", "status", VANTAGE_ITEM_STATUS },
    { "Assignee", "assignee", VANTAGE_ITEM_ASSIGNMENT },
    { "Priority", "priority", VANTAGE_ITEM_FIELD },
    { "Title", "title", VANTAGE_ITEM_FIELD },
    { "Team", "team", VANTAGE_ITEM_FIELD },
    { "Project", "project", VANTAGE_ITEM_FIELD },
    { "Cycle", "cycle", VANTAGE_ITEM_FIELD },
    { "DueDate", "due date", VANTAGE_ITEM_FIELD },
    { "Estimate", "estimate", VANTAGE_ITEM_FIELD },
    { "Parent", "parent", VANTAGE_ITEM_LINK },
  };
  const char *id = vantage_node_get_member (node, "id");
  const char *account;

  if (!meet (self, node, "actor", &account, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *from = get_side (node, "from", fields[i].field);
      const char *to = get_side (node, "to", fields[i].field);
      g_autofree char *mark = id != NULL ? g_strconcat (id, ".", fields[i].name, NULL) : NULL;
      g_autoptr (VantageItem) item = NULL;

      if (from == NULL && to == NULL)
        continue;
      if (!begin (self, fields[i].kind, vantage_node_get_member (node, "createdAt"),
                  VANTAGE_DATE_ORDER_UNKNOWN, account, &item, error))
        return FALSE;
      if (item == NULL)
        return TRUE;
      vantage_tracker_set_change (item, fields[i].name, from, to);
      if (!finish (self, g_steal_pointer (&item), root, "h", mark, error))
        return FALSE;
    }
  return TRUE;
}

typedef gboolean (*TakePart) (Linear *self, VantageNode *node, const char *root, GError **error);

static gboolean
take_list (Linear *self, VantageNode *issue, const char *name, TakePart take, const char *root,
           GError **error)
{
  VantageNode *list = get_list (issue, name);
  VantageNode *page = vantage_node_get_object (vantage_node_get_object (issue, name), "pageInfo");

  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    if (at->type == VANTAGE_NODE_OBJECT
            ? !take (self, at, root, error)
            : at->type != VANTAGE_NODE_NULL &&
                  !vantage_tracker_skip (&self->tracker, "bad-record", error,
                                         "a record of %s is no JSON object", root))
      return FALSE;
  if (!vantage_node_get_true (page, "hasNextPage"))
    return TRUE;
  self->tracker.reading->facts->complete = FALSE;
  return vantage_reading_note (self->tracker.reading, "more-pages", self->tracker.entry, 0,
                               self->tracker.offset, error, "%s has more %s than are here", root,
                               name);
}

static void
add_facts (VantageItem *item, VantageNode *node)
{
  static const char *const named[][2] = {
    { "status", "state.name" },      { "priority", "priorityLabel" },
    { "assignee", "assignee.name" }, { "project", "project.name" },
    { "cycle", "cycle.number" },     { "parent", "parent.identifier" },
  };
  VantageNode *list = get_list (node, "labels");

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    vantage_tracker_add_fact (item, named[i][0],
                              vantage_node_get_text (vantage_node_find (node, named[i][1])));
  for (VantageNode *at = list != NULL ? vantage_node_first (list) : NULL; at != NULL;
       at = vantage_node_next (list, at))
    vantage_tracker_add_fact (item, "label", vantage_node_get_member (at, "name"));
}

static gboolean
take_issue (Linear *self, VantageNode *node, GError **error)
{
  const char *root = vantage_node_get_member (node, "identifier");
  const char *url = vantage_node_get_member (node, "url");
  VantageNode *history = get_list (node, "history");
  g_autoptr (VantageItem) item = NULL;
  const char *account, *assignee;

  if (!enter (self, root, url,
              vantage_node_get_member (vantage_node_get_object (node, "team"), "name"), error) ||
      !meet (self, node, "assignee", &assignee, error) ||
      !meet (self, node, "creator", &account, error) ||
      !begin (self, VANTAGE_ITEM_TICKET, vantage_node_get_member (node, "createdAt"),
              VANTAGE_DATE_ORDER_UNKNOWN, account, &item, error))
    return FALSE;
  if (item != NULL)
    {
      vantage_tracker_take_text (
          item, vantage_tracker_join (vantage_node_get_member (node, "title"),
                                      vantage_node_get_member (node, "description")));
      add_facts (item, node);
      vantage_tracker_set_url (item, url);
      vantage_tracker_take_mentions (item);
      vantage_tracker_set_local (item, root, NULL);
      if (!vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error))
        return FALSE;
    }
  /* a history says the same and who it was */
  for (guint i = 0; (history == NULL || history->length == 0) && i < G_N_ELEMENTS (moments); i++)
    if (!take_moment (self, root, i, vantage_node_get_member (node, moments[i].member),
                      VANTAGE_DATE_ORDER_UNKNOWN, error))
      return FALSE;
  return take_list (self, node, "comments", take_comment, root, error) &&
         take_list (self, node, "history", take_history, root, error);
}

static gboolean
take (VantageReading *reading, VantageNode *node, const VantageRecordPlace *place,
      gpointer user_data, GError **error)
{
  Linear *self = user_data;
  const char *root =
      vantage_node_get_member (vantage_node_get_object (node, "issue"), "identifier");

  vantage_tracker_place (&self->tracker, place->entry, 0, place->offset, place->length);
  if (is_webhook (node))
    return vantage_tracker_skip (&self->tracker, "bad-record", error,
                                 "a webhook message tells of one change only");
  if (is_issue (node))
    return take_issue (self, node, error);
  if (root == NULL)
    return vantage_tracker_skip (&self->tracker, "no-parent", error,
                                 "a comment does not say which issue it belongs to");
  return enter (self, root, vantage_node_get_member (node, "url"), NULL, error) &&
         take_comment (self, node, root, error);
}

static const char *const ways[] = { "issues", "nodes", "issue", "comments", NULL };

static const VantageRecordShape *
get_shape (void)
{
  static const VantageRecordShape shape = { is_record, ways, take, FALSE };

  return &shape;
}

/* ---- the table ---- */

static void
look_row (VantageTrackerTable *table, GPtrArray *row, gpointer user_data)
{
  const char *created = vantage_tracker_table_get (table, row, "created");

  if (vantage_tracker_has_time (created))
    vantage_time_column_look (&table->times, created);
}

static gboolean
take_row (VantageTrackerTable *table, GPtrArray *row, gpointer user_data, GError **error)
{
  static const char *const facts[] = { "status",  "priority", "assignee",
                                       "project", "estimate", "parent issue" };
  Linear *self = user_data;
  const char *root = vantage_tracker_table_get (table, row, "id");
  g_autofree char *labels = g_strdup (vantage_tracker_table_get (table, row, "labels"));
  g_auto (GStrv) each = g_strsplit (labels, ", ", 100);
  g_autoptr (VantageItem) item = NULL;
  const char *account, *assignee;

  if (*root == '\0')
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "a row has no issue's id");
  if (!enter (self, root, NULL, vantage_tracker_table_get (table, row, "team"), error) ||
      !meet_cell (self, vantage_tracker_table_get (table, row, "assignee"), &assignee, error) ||
      !meet_cell (self, vantage_tracker_table_get (table, row, "creator"), &account, error) ||
      !begin (self, VANTAGE_ITEM_TICKET, vantage_tracker_table_get (table, row, "created"),
              table->order, account, &item, error))
    return FALSE;
  if (item != NULL)
    {
      vantage_tracker_take_text (
          item, vantage_tracker_join (vantage_tracker_table_get (table, row, "title"),
                                      vantage_tracker_table_get (table, row, "description")));
      for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
        vantage_tracker_add_fact (item, facts[i], vantage_tracker_table_get (table, row, facts[i]));
      for (guint i = 0; each[i] != NULL; i++)
        vantage_tracker_add_fact (item, "label", each[i]);
      vantage_tracker_set_local (item, root, NULL);
      if (!vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    if (!take_moment (self, root, i, vantage_tracker_table_get (table, row, moments[i].column),
                      table->order, error))
      return FALSE;
  return TRUE;
}

/* ---- the whole ---- */

static gboolean
read_entry (VantageRecords *records, const VantageEntry *entry, gpointer user_data, GError **error)
{
  static const VantageTrackerTableShape table = { look_row, take_row, 0, NULL };
  Linear *self = user_data;
  VantageReading *reading = self->tracker.reading;
  g_auto (GStrv) header = NULL;

  if (vantage_records_is_json (reading, entry))
    return vantage_records_walk (records, entry, error);
  header = vantage_tracker_table_peek (reading, entry);
  if (header != NULL && is_header ((const char *const *) header))
    return vantage_tracker_table_read (&self->tracker, entry, &table, self, error);
  return vantage_reading_note (reading, entry->size == 0 ? "empty-file" : "unknown-file", entry, 0,
                               -1, error, "it holds no issues of Linear");
}

static gboolean
read_all (VantageReading *reading, GError **error)
{
  Linear self = { { NULL } };
  g_autoptr (VantageRecords) records = vantage_records_new (reading, get_shape (), &self);
  gboolean ok;

  vantage_tracker_init (&self.tracker, reading);
  ok = vantage_records_read_all (records, read_entry, error);
  vantage_tracker_clear (&self.tracker);
  return ok;
}

const VantageReader vantage_linear_reader = {
  .format = { "linear", "Linear issues", "csv json zip" },
  .family = "linear",
  .score = score,
  .near_miss = near_miss,
  .read = read_all,
};
