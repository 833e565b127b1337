/* vantage-servicenow-history.c: what happened to a ticket: journals in a cell, records of the
 * tables beside it, and rows of a table that repeat it. */

#include "vantage-servicenow-private.h"

#include <string.h>

/* ---- journals ---- */

/* "[code]<p>html</p>[/code]" and plain text. (transfer full) */
static char *
dup_words (const char *text)
{
  g_autofree char *plain = vantage_tracker_plain (text);
  GString *words = g_string_new (NULL);
  const char *p = plain;

  for (;;)
    {
      const char *open = strstr (p, "[code]");
      const char *close = open != NULL ? strstr (open, "[/code]") : NULL;
      g_autofree char *html = NULL;
      g_autofree char *inside = NULL;

      if (close == NULL)
        break;
      g_string_append_len (words, p, open - p);
      html = g_strndup (open + 6, (gsize) (close - open - 6));
      inside = vantage_tracker_html (html);
      g_string_append (words, inside);
      p = close + 7;
    }
  g_string_append (words, p);
  return g_strstrip (g_string_free (words, FALSE));
}

/* "2024-03-01 14:02:11 - Jane Doe (Work notes)" in the line [p, end). */
static gboolean
split_head (const char *p, const char *end, VantageDateOrder order, char **out_time,
            char **out_name, char **out_sort)
{
  g_autofree char *line = g_strchomp (g_strndup (p, (gsize) (end - p)));
  char *dash = strstr (line, " - ");
  char *open = strrchr (line, '(');
  VantageCellTime time;
  g_autofree char *stamp = NULL;

  if (dash == NULL || open == NULL || open < dash + 3 || !g_str_has_suffix (line, ")") ||
      strlen (line) > 300)
    return FALSE;
  stamp = g_strndup (line, (gsize) (dash - line));
  if (!vantage_tracker_parse_time (stamp, order, &time) || time.precision == VANTAGE_PRECISION_DAY)
    return FALSE;
  *out_time = g_steal_pointer (&stamp);
  *out_name = g_strstrip (g_strndup (dash + 3, (gsize) (open - dash - 3)));
  *out_sort = g_strndup (open + 1, strlen (open) - 2);
  return TRUE;
}

static gboolean
take_journal (VantageServicenow *self, const char *number, const char *time, const char *name,
              gboolean internal, const char *text, VantageDateOrder order, GError **error)
{
  VantageTracker *tracker = &self->tracker;
  const VantageTrackerPerson person = { .name = name };
  g_autoptr (VantageItem) item = NULL;
  const char *account;

  if (!vantage_tracker_meet (tracker, &person, &account, error))
    return FALSE;
  if (time != NULL)
    {
      if (!vantage_tracker_begin (tracker, VANTAGE_ITEM_COMMENT, time, order, &item, error))
        return FALSE;
      if (item == NULL)
        return TRUE;
    }
  else
    {
      item = vantage_item_new (VANTAGE_ITEM_COMMENT);
      item->channel = g_strdup (tracker->channel);
      vantage_reading_set_time (tracker->reading, item, "", VANTAGE_TIME_NONE,
                                VANTAGE_PRECISION_NONE);
    }
  item->account = g_strdup (account);
  vantage_tracker_take_text (item, dup_words (text));
  if (internal)
    vantage_tracker_add_fact (item, "internal", "yes");
  vantage_tracker_set_content_local (tracker, item, number);
  return vantage_tracker_add (tracker, g_steal_pointer (&item), error);
}

typedef struct
{
  char *time, *name, *sort;
} Head;

static void
head_clear (Head *self)
{
  g_clear_pointer (&self->time, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sort, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Head, head_clear)

gboolean
vantage_servicenow_take_journals (VantageServicenow *self, const char *number, const char *cell,
                                  gboolean internal, VantageDateOrder order, GError **error)
{
  g_auto (Head) head = { NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  const char *p = cell;

  while (TRUE)
    {
      const char *end = p + strcspn (p, "\n");
      g_auto (Head) next = { NULL };
      gboolean begins = split_head (p, end, order, &next.time, &next.name, &next.sort);

      if ((begins || *p == '\0') &&
          (head.time != NULL || strspn (text->str, " \r\n\t") < text->len))
        {
          gboolean notes =
              internal || (head.sort != NULL && g_ascii_strncasecmp (head.sort, "work", 4) == 0);

          if (!take_journal (self, number, head.time, head.name, notes, text->str, order, error))
            return FALSE;
          g_string_truncate (text, 0);
        }
      if (begins)
        {
          head_clear (&head);
          head = next;
          next = (Head){ NULL };
        }
      else
        {
          g_string_append_len (text, p, end - p);
          g_string_append_c (text, '\n');
        }
      if (*end == '\0' && *p == '\0')
        return TRUE;
      p = *end == '\0' ? end : end + 1;
    }
}

/* ---- the tables beside tickets ---- */

VantageItemKind
vantage_servicenow_kind_of (const char *field)
{
  if (strcmp (field, "state") == 0 || strcmp (field, "incident_state") == 0 ||
      strcmp (field, "incident state") == 0)
    return VANTAGE_ITEM_STATUS;
  if (strcmp (field, "assigned_to") == 0 || strcmp (field, "assignment_group") == 0 ||
      strcmp (field, "assigned to") == 0 || strcmp (field, "assignment group") == 0)
    return VANTAGE_ITEM_ASSIGNMENT;
  return VANTAGE_ITEM_FIELD;
}

/* The number of the ticket that @field names, else what it names. */
static const char *
get_ticket (VantageServicenow *self, const VantageServicenowRecord *record, const char *field)
{
  const char *id = vantage_servicenow_get (record, field);
  const char *number = g_hash_table_lookup (self->numbers, id);

  return number != NULL ? number : id;
}

static gboolean
finish_beside (VantageServicenow *self, const VantageServicenowRecord *record, VantageItem *taken,
               const char *number, const char *mark, GError **error)
{
  g_autoptr (VantageItem) item = taken;
  const char *id = vantage_servicenow_get (record, "sys_id");
  g_autofree char *suffix = g_strconcat (mark, id, NULL);

  if (*id != '\0')
    vantage_tracker_set_local (item, number, suffix);
  else
    vantage_tracker_set_content_local (&self->tracker, item, number);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static void
describe_change (VantageItem *item, const char *field, const char *from, const char *to)
{
  gboolean state = item->kind == VANTAGE_ITEM_STATUS;

  vantage_tracker_set_change (item, field, state ? vantage_servicenow_get_state (from) : from,
                              state ? vantage_servicenow_get_state (to) : to);
}

static void
describe_file (VantageItem *item, const VantageServicenowRecord *record)
{
  const char *name = vantage_servicenow_get (record, "file_name");
  const char *type = vantage_servicenow_get (record, "content_type");
  const char *size = vantage_servicenow_get (record, "size_bytes");
  gint64 bytes;

  if (!g_ascii_string_to_signed (size, 10, 0, G_MAXINT64, &bytes, NULL))
    bytes = -1;
  vantage_tracker_take_text (item, g_strdup (name));
  vantage_item_add_attachment (item, name, *type != '\0' ? type : NULL, NULL, bytes);
}

gboolean
vantage_servicenow_take_beside (VantageServicenow *self, const VantageServicenowRecord *record,
                                gboolean *out_taken, GError **error)
{
  const char *element = vantage_servicenow_get (record, "element");
  const char *field = vantage_servicenow_get (record, "fieldname");
  const char *file = vantage_servicenow_get (record, "file_name");
  gboolean journal = *element != '\0' && *vantage_servicenow_get (record, "element_id") != '\0';
  gboolean change = *field != '\0' && *vantage_servicenow_get (record, "documentkey") != '\0';
  gboolean attached = *file != '\0' && *vantage_servicenow_get (record, "table_sys_id") != '\0';
  const char *number = get_ticket (self, record,
                                   journal  ? "element_id"
                                   : change ? "documentkey"
                                            : "table_sys_id");
  const char *who =
      change && *vantage_servicenow_get (record, "user") != '\0' ? "user" : "sys_created_by";
  g_autoptr (VantageItem) item = NULL;
  const char *account;

  *out_taken = journal || change || attached;
  if (!*out_taken)
    return TRUE;
  if (!vantage_servicenow_enter (self, number, error) ||
      !vantage_servicenow_meet (self, record, who, &account, error) ||
      !vantage_servicenow_begin (self,
                                 journal  ? VANTAGE_ITEM_COMMENT
                                 : change ? vantage_servicenow_kind_of (field)
                                          : VANTAGE_ITEM_FILE,
                                 record, "sys_created_on", &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  if (journal)
    {
      vantage_tracker_take_text (item, dup_words (vantage_servicenow_get_shown (record, "value")));
      if (strcmp (element, "work_notes") == 0)
        vantage_tracker_add_fact (item, "internal", "yes");
    }
  else if (change)
    describe_change (item, field, vantage_servicenow_get_shown (record, "oldvalue"),
                     vantage_servicenow_get_shown (record, "newvalue"));
  else
    describe_file (item, record);
  return finish_beside (self, record, g_steal_pointer (&item), number,
                        journal  ? "j"
                        : change ? "h"
                                 : "a",
                        error);
}

/* ---- rows that repeat a ticket ---- */

void
vantage_servicenow_row_free (gpointer data)
{
  VantageServicenowRow *self = data;

  g_ptr_array_unref (self->cells);
  g_free (self);
}

static GPtrArray *
copy_cells (GPtrArray *row)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < row->len; i++)
    g_ptr_array_add (cells, g_strdup (g_ptr_array_index (row, i)));
  return cells;
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const VantageServicenowRow *first = *(VantageServicenowRow *const *) a;
  const VantageServicenowRow *second = *(VantageServicenowRow *const *) b;

  if (first->count != second->count)
    return first->count < second->count ? -1 : 1;
  if (first->us != second->us)
    return first->us < second->us ? -1 : 1;
  return first->line < second->line ? -1 : first->line > second->line;
}

/* Columns that count or date the updates themselves, or follow from other columns. */
static gboolean
is_bookkeeping (const char *name)
{
  static const char *const names[] = { "number",
                                       "sys_mod_count",
                                       "sys_updated_on",
                                       "sys_updated_at",
                                       "sys_updated_by",
                                       "updated",
                                       "updated by",
                                       "reassignment_count",
                                       "reopen_count",
                                       "active",
                                       "made_sla",
                                       "comments",
                                       "work_notes",
                                       "additional comments",
                                       "work notes",
                                       "comments_and_work_notes",
                                       NULL };

  return g_strv_contains (names, name);
}

static gboolean
take_difference (VantageServicenow *self, const VantageServicenowRecord *now, guint column,
                 const char *from, const char *to, gboolean counted, GError **error)
{
  const char *field = now->table->names[column];
  const char *number = vantage_servicenow_get (now, "number");
  const char *count = vantage_servicenow_get (now, "sys_mod_count");
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *suffix = NULL;
  const char *account;

  if (!vantage_servicenow_meet (self, now, "sys_updated_by", &account, error) ||
      !vantage_servicenow_begin (self, vantage_servicenow_kind_of (field), now, "sys_updated_on",
                                 &item, error))
    return FALSE;
  if (item == NULL)
    return TRUE;
  item->account = g_strdup (account);
  describe_change (item, field, strcmp (from, "?") == 0 ? "" : from,
                   strcmp (to, "?") == 0 ? "" : to);
  if (counted)
    {
      suffix = g_strdup_printf ("u%s.%s", count, field);
      vantage_tracker_set_local (item, number, suffix);
    }
  else
    vantage_tracker_set_content_local (&self->tracker, item, number);
  return vantage_tracker_add (&self->tracker, g_steal_pointer (&item), error);
}

static gboolean
take_differences (VantageServicenow *self, VantageTrackerTable *table, GPtrArray *before,
                  GPtrArray *after, GError **error)
{
  const VantageServicenowRecord now = { NULL, table, after, FALSE };
  const VantageServicenowRecord then = { NULL, table, before, FALSE };
  const char *count = vantage_servicenow_get (&now, "sys_mod_count");
  /* two rows may be of one update: the number of it is then no id */
  gboolean counted =
      *count != '\0' && strcmp (count, vantage_servicenow_get (&then, "sys_mod_count")) != 0;

  if (!vantage_servicenow_enter (self, vantage_servicenow_get (&now, "number"), error))
    return FALSE;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *from = vantage_tracker_table_cell (before, i);
      const char *to = vantage_tracker_table_cell (after, i);

      if (strcmp (from, to) != 0 && !is_bookkeeping (table->names[i]) &&
          !take_difference (self, &now, i, from, to, counted, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
vantage_servicenow_flush_rows (VantageServicenow *self, VantageTrackerTable *table, GError **error)
{
  VantageServicenowRecord record = { NULL, table, NULL, FALSE };
  VantageServicenowRow *first;
  GPtrArray *before;
  const char *number;

  if (self->pending->len == 0)
    return TRUE;
  g_ptr_array_sort (self->pending, compare_rows);
  first = g_ptr_array_index (self->pending, 0);
  record.row = first->cells;
  number = vantage_servicenow_get (&record, "number");
  before = g_hash_table_lookup (self->updates, number);
  vantage_tracker_place (&self->tracker, self->tracker.entry, first->line, first->offset,
                         first->length);
  /* when it was resolved and closed, only where no later row tells of it */
  if (before == NULL && !vantage_servicenow_take_ticket (
                            self, &record, self->pending->len == 1 && !self->scattered, error))
    return FALSE;
  for (guint i = 0; i < self->pending->len; i++)
    {
      VantageServicenowRow *row = g_ptr_array_index (self->pending, i);

      vantage_tracker_place (&self->tracker, self->tracker.entry, row->line, row->offset,
                             row->length);
      if (before != NULL && !take_differences (self, table, before, row->cells, error))
        return FALSE;
      before = row->cells;
    }
  if (self->scattered)
    g_hash_table_replace (self->updates, g_strdup (number), g_ptr_array_ref (before));
  g_ptr_array_set_size (self->pending, 0);
  return TRUE;
}

gboolean
vantage_servicenow_take_row (VantageServicenow *self, VantageTrackerTable *table, GPtrArray *row,
                             GError **error)
{
  const VantageEntry *entry = self->tracker.entry;
  const gint64 line = self->tracker.line, offset = self->tracker.offset,
               length = self->tracker.length;
  const VantageServicenowRecord record = { NULL, table, row, FALSE };
  const char *number = vantage_servicenow_get (&record, "number");
  VantageServicenowRow *kept;
  VantageCellTime time = { .us = 0 };

  if (*number == '\0')
    return vantage_tracker_skip (&self->tracker, "bad-record", error, "a row has no number");
  if (self->pending->len > 0)
    {
      VantageServicenowRow *last = g_ptr_array_index (self->pending, 0);
      const VantageServicenowRecord other = { NULL, table, last->cells, FALSE };

      if (strcmp (vantage_servicenow_get (&other, "number"), number) != 0 &&
          !vantage_servicenow_flush_rows (self, table, error))
        return FALSE;
    }
  vantage_tracker_place (&self->tracker, entry, line, offset, length);
  kept = g_new0 (VantageServicenowRow, 1);
  kept->cells = copy_cells (row);
  kept->line = line;
  kept->offset = offset;
  kept->length = length;
  kept->count = g_ascii_strtoll (vantage_servicenow_get (&record, "sys_mod_count"), NULL, 10);
  if (vantage_tracker_parse_time (vantage_servicenow_get (&record, "sys_updated_on"), table->order,
                                  &time))
    kept->us = time.us;
  g_ptr_array_add (self->pending, kept);
  return TRUE;
}
