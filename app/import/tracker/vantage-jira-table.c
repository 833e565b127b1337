/* vantage-jira-table.c: the issue navigator's table, in which a comment is a cell. */

#include "vantage-jira-private.h"

#include "vantage-tracker-table.h"

#include <string.h>

#define DOWNLOAD_LIMIT 1000 /* rows of one download */
#define CELL_LIMIT 32767    /* characters after which a spreadsheet cuts a cell */

gboolean
vantage_jira_is_header (const char *const *names)
{
  return g_strv_contains (names, "issue key") &&
         (g_strv_contains (names, "issue id") || g_strv_contains (names, "issue type") ||
          (g_strv_contains (names, "summary") && g_strv_contains (names, "created")));
}

typedef struct
{
  VantageJira *jira;
  char *host; /* of the addresses of files; NULL: not told */
} Table;

/* ---- cells with parts ---- */

/* "time;author;rest" cut at its first two semicolons. */
typedef struct
{
  char *time, *author, *rest; /* owned */
} Cell;

static void
cell_clear (Cell *self)
{
  g_free (self->time);
  g_free (self->author);
  g_free (self->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cell, cell_clear)

/* FALSE when it does not begin with a time. */
static gboolean
split_cell (const char *text, Cell *out)
{
  const char *first = strchr (text, ';');
  const char *second = first != NULL ? strchr (first + 1, ';') : NULL;
  VantageCellTime time;

  if (second == NULL || first - text > 60)
    return FALSE;
  out->time = g_strndup (text, (gsize) (first - text));
  out->author = g_strstrip (g_strndup (first + 1, (gsize) (second - first - 1)));
  out->rest = g_strdup (second + 1);
  return vantage_tracker_parse_time (out->time, VANTAGE_DATE_ORDER_UNKNOWN, &time);
}

/* "comment;time;author;seconds" of work, cut at its last three. */
static gboolean
split_work (const char *text, Cell *out)
{
  g_autofree char *own = g_strdup (text);
  char *seconds = strrchr (own, ';');
  char *author, *time;
  VantageCellTime read;

  if (seconds == NULL)
    return FALSE;
  *seconds++ = '\0';
  author = strrchr (own, ';');
  if (author == NULL)
    return FALSE;
  *author++ = '\0';
  time = strrchr (own, ';');
  if (time != NULL)
    *time++ = '\0';
  else
    time = own;
  out->time = g_strdup (time);
  out->author = g_strstrip (g_strdup (author));
  out->rest =
      time == own ? g_strdup_printf ("%s s", seconds) : g_strdup_printf ("%s s: %s", seconds, own);
  return vantage_tracker_parse_time (out->time, VANTAGE_DATE_ORDER_UNKNOWN, &read);
}

static gboolean
is_column (const VantageTrackerTable *table, guint column, const char *name)
{
  return column < table->n_columns && strcmp (table->names[column], name) == 0;
}

/* ---- the first pass ---- */

static void
look (VantageTrackerTable *table, GPtrArray *row, gpointer user_data)
{
  static const char *const times[] = { "created", "updated", "resolved", NULL };
  Table *self = user_data;

  for (guint i = 0; i < row->len && i < table->n_columns; i++)
    {
      const char *text = g_ptr_array_index (row, i);
      g_auto (Cell) cell = { NULL };

      if (*text == '\0')
        continue;
      if (g_strv_contains (times, table->names[i]))
        vantage_time_column_look (&table->times, text);
      else if (is_column (table, i, "comment") || is_column (table, i, "attachment"))
        {
          if (!split_cell (text, &cell))
            continue;
          vantage_time_column_look (&table->times, cell.time);
          if (self->host == NULL && is_column (table, i, "attachment") &&
              strrchr (cell.rest, ';') != NULL)
            self->host = vantage_tracker_dup_host (strrchr (cell.rest, ';') + 1);
        }
    }
}

/* ---- people ---- */

/* A cell with a name, beside one with the account where the site has both. A word without a blank
 * is the account of an older site. */
static gboolean
meet_cell (Table *self, VantageTrackerTable *table, GPtrArray *row, const char *column,
           const char *id_column, const char **out_account, GError **error)
{
  const char *name = vantage_tracker_table_get (table, row, column);
  const char *id = vantage_tracker_table_get (table, row, id_column);
  VantageTrackerPerson person = { .key = id, .name = name };

  if (g_strcmp0 (name, "Former user") == 0 || strcmp (name, "Unassigned") == 0)
    {
      *out_account = NULL;
      return TRUE;
    }
  if (*id == '\0' && *name != '\0' && strpbrk (name, " \t") == NULL &&
      g_utf8_strlen (name, -1) == (glong) strlen (name))
    person = (VantageTrackerPerson){ .key = name, .handle = name };
  return vantage_tracker_meet (&self->jira->tracker, &person, out_account, error);
}

static gboolean
meet_account (Table *self, const char *account, const char **out_account, GError **error)
{
  const VantageTrackerPerson person = { .key = account };

  return vantage_tracker_meet (&self->jira->tracker, &person, out_account, error);
}

/* ---- the second pass ---- */

static gboolean
take_comment (Table *self, VantageTrackerTable *table, const char *text, const char *root,
              GError **error)
{
  VantageTracker *tracker = &self->jira->tracker;
  g_auto (Cell) cell = { NULL };
  g_autoptr (VantageItem) item = NULL;
  const char *account = NULL;

  if (split_cell (text, &cell))
    {
      if (!meet_account (self, cell.author, &account, error) ||
          !vantage_tracker_begin (tracker, VANTAGE_ITEM_COMMENT, cell.time, table->order, &item,
                                  error))
        return FALSE;
      if (item == NULL)
        return TRUE;
    }
  else
    {
      /* an older site writes the words alone: they are kept, at no time */
      item = vantage_item_new (VANTAGE_ITEM_COMMENT);
      item->channel = g_strdup (tracker->channel);
      vantage_reading_set_time (tracker->reading, item, "", VANTAGE_TIME_NONE,
                                VANTAGE_PRECISION_NONE);
      g_free (cell.rest);
      cell.rest = g_strdup (text);
    }
  item->account = g_strdup (account);
  vantage_tracker_take_text (item, vantage_jira_wiki (cell.rest, item));
  vantage_tracker_set_content_local (tracker, item, root);
  return vantage_tracker_add (tracker, g_steal_pointer (&item), error);
}

/* "time;author;name of the file;address", whose name may hold semicolons. */
static gboolean
take_file (Table *self, VantageTrackerTable *table, const char *text, const char *root,
           GError **error)
{
  g_auto (Cell) cell = { NULL };
  VantageJiraFile file = { .size = -1 };
  g_autofree char *id = NULL;
  const char *number;
  char *last;

  if (!split_cell (text, &cell))
    return vantage_tracker_skip (&self->jira->tracker, "bad-record", error,
                                 "a file's cell does not begin with a time");
  last = strrchr (cell.rest, ';');
  if (last != NULL && strstr (last, "://") != NULL)
    {
      *last = '\0';
      file.url = last + 1;
      number = strstr (file.url, "/attachment/");
      number = number != NULL ? number + strlen ("/attachment/") : "";
      number = g_str_has_prefix (number, "content/") ? number + strlen ("content/") : number;
      if (g_ascii_isdigit (*number))
        id = g_strndup (number, strspn (number, "0123456789"));
    }
  file.id = id;
  file.name = cell.rest;
  file.created = cell.time;
  return meet_account (self, cell.author, &file.account, error) &&
         vantage_jira_add_file (self->jira, root, &file, table->order, error);
}

static gboolean
take_work (Table *self, VantageTrackerTable *table, const char *text, const char *root,
           GError **error)
{
  VantageTracker *tracker = &self->jira->tracker;
  g_auto (Cell) cell = { NULL };
  g_autoptr (VantageItem) item = NULL;
  const char *account;

  if (!split_work (text, &cell))
    return vantage_tracker_skip (tracker, "bad-record", error, "a cell of logged work has no time");
  if (!meet_account (self, cell.author, &account, error) ||
      !vantage_tracker_begin (tracker, VANTAGE_ITEM_OTHER, cell.time, table->order, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  vantage_tracker_take_text (item, g_strdup_printf ("Work logged: %s", cell.rest));
  vantage_tracker_add_fact (item, "field", "worklog");
  vantage_tracker_set_content_local (tracker, item, root);
  return vantage_tracker_add (tracker, g_steal_pointer (&item), error);
}

static void
add_facts (VantageItem *item, VantageTrackerTable *table, GPtrArray *row)
{
  static const char *const named[][2] = {
    { "key", "issue key" },     { "project", "project key" }, { "type", "issue type" },
    { "status", "status" },     { "priority", "priority" },   { "resolution", "resolution" },
    { "resolved", "resolved" }, { "assignee", "assignee" },   { "parent", "parent key" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    vantage_tracker_add_fact (item, named[i][0],
                              vantage_tracker_table_get (table, row, named[i][1]));
  for (guint i = 0; i < row->len && i < table->n_columns; i++)
    if (is_column (table, i, "labels"))
      vantage_tracker_add_fact (item, "label", g_ptr_array_index (row, i));
    else if (is_column (table, i, "components") || is_column (table, i, "component/s"))
      vantage_tracker_add_fact (item, "component", g_ptr_array_index (row, i));
}

static gboolean
take_ticket (Table *self, VantageTrackerTable *table, GPtrArray *row, const char *root,
             GError **error)
{
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *body = NULL;
  const char *account, *assignee;
  const char *created = vantage_tracker_table_get (table, row, "created");

  if (!meet_cell (self, table, row, "assignee", "assignee id", &assignee, error) ||
      !meet_cell (self, table, row, "reporter", "reporter id", &account, error))
    return FALSE;
  if (account == NULL && !meet_cell (self, table, row, "creator", "creator id", &account, error))
    return FALSE;
  if (!vantage_tracker_begin (&self->jira->tracker, VANTAGE_ITEM_TICKET,
                              *created != '\0' ? created : NULL, table->order, &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  body = vantage_jira_wiki (vantage_tracker_table_get (table, row, "description"), item);
  vantage_tracker_take_text (
      item, vantage_tracker_join (vantage_tracker_table_get (table, row, "summary"), body));
  add_facts (item, table, row);
  vantage_tracker_set_local (item, root, NULL);
  return vantage_tracker_add (&self->jira->tracker, g_steal_pointer (&item), error);
}

static gboolean
note_cut_cell (Table *self, const char *key, const char *text, GError **error)
{
  VantageTracker *tracker = &self->jira->tracker;

  if (strlen (text) < CELL_LIMIT || g_utf8_strlen (text, -1) != CELL_LIMIT)
    return TRUE;
  tracker->reading->facts->complete = FALSE;
  return vantage_reading_note (
      tracker->reading, "cut-cell", tracker->entry, tracker->line, tracker->offset, error,
      "a text of %s is as long as a spreadsheet's cell may be: its end may "
      "be missing",
      key);
}

static gboolean
take (VantageTrackerTable *table, GPtrArray *row, gpointer user_data, GError **error)
{
  Table *self = user_data;
  const char *key = vantage_tracker_table_get (table, row, "issue key");
  const char *id = vantage_tracker_table_get (table, row, "issue id");
  const char *project = vantage_tracker_table_get (table, row, "project name");
  g_autofree char *root = vantage_jira_dup_root (self->jira, id, key);
  g_autofree char *cut = g_strndup (key, strcspn (key, "-"));
  gboolean ok = TRUE;

  if (root == NULL)
    return vantage_tracker_skip (&self->jira->tracker, "bad-record", error,
                                 "a row has neither key nor number of an issue");
  if (*project == '\0')
    project = vantage_tracker_table_get (table, row, "project key");
  self->jira->ticket = key;
  ok = vantage_jira_enter (self->jira, self->host, *project != '\0' ? project : cut, error) &&
       take_ticket (self, table, row, root, error);
  for (guint i = 0; ok && i < row->len && i < table->n_columns; i++)
    {
      const char *text = g_ptr_array_index (row, i);

      if (*text == '\0')
        continue;
      if (is_column (table, i, "comment") || is_column (table, i, "comments"))
        ok = take_comment (self, table, text, root, error);
      else if (is_column (table, i, "attachment"))
        ok = take_file (self, table, text, root, error);
      else if (is_column (table, i, "log work"))
        ok = take_work (self, table, text, root, error);
      ok = ok && note_cut_cell (self, key, text, error);
    }
  return ok;
}

gboolean
vantage_jira_read_table (VantageJira *self, const VantageEntry *entry, GError **error)
{
  static const VantageTrackerTableShape shape = { look, take, DOWNLOAD_LIMIT };
  Table table = { self, NULL };
  gboolean ok = vantage_tracker_table_read (&self->tracker, entry, &shape, &table, error);

  g_free (table.host);
  return ok;
}
