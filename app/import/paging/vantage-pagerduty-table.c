/* vantage-pagerduty-table.c: PagerDuty's table of incidents (CSV): a row is an incident, its times
 * are of the account's zone, which the table does not tell. */

#include "vantage-pagerduty-private.h"

#include "vantage-chat.h"
#include "vantage-rows.h"

#include <string.h>

typedef enum
{
  COLUMN_NUMBER,
  COLUMN_ID,
  COLUMN_CREATED,
  COLUMN_TEXT,
  COLUMN_SERVICE_ID,
  COLUMN_SERVICE,
  N_COLUMNS,
} Column;

/* Names that a column goes by; the first that is there is taken. */
static const char *const names[N_COLUMNS][4] = {
  { "incident_number", "number", NULL },
  { "id", "incident_id", NULL },
  { "created_on", "created_at", NULL },
  { "description", "title", "summary", NULL },
  { "service_id", NULL },
  { "service_name", "service", NULL },
};

typedef struct
{
  VantagePaging *paging;
  char **header;
  int columns[N_COLUMNS];
} Table;

static int
find_column (char **header, const char *const *wanted)
{
  for (; *wanted != NULL; wanted++)
    for (int i = 0; header[i] != NULL; i++)
      if (g_ascii_strcasecmp (header[i], *wanted) == 0)
        return i;
  return -1;
}

static char **
dup_fields (GPtrArray *fields)
{
  char **copy = g_new0 (char *, fields->len + 1);

  for (guint i = 0; i < fields->len; i++)
    copy[i] = g_strstrip (g_strdup (fields->pdata[i]));
  return copy;
}

/* ---- recognising ---- */

/* The header alone tells: no other table counts incidents and the seconds to a reaction. */
static gboolean
is_header (char **header)
{
  return find_column (header, (const char *const[]){ "incident_number", NULL }) >= 0 &&
         find_column (header, names[COLUMN_CREATED]) >= 0 &&
         (find_column (header, names[COLUMN_SERVICE]) >= 0 ||
          find_column (header, (const char *const[]){ "seconds_to_first_ack", NULL }) >= 0);
}

gboolean
vantage_pagerduty_is_table (VantageInput *input, const VantageEntry *entry)
{
  g_autoptr (GBytes) bytes = vantage_input_peek (input, entry);
  gsize length;
  const char *head = g_bytes_get_data (bytes, &length);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageRows) rows = NULL;
  g_auto (GStrv) header = NULL;
  VantageDialect dialect;
  GPtrArray *fields;

  if (length == 0 || !vantage_dialect_guess (head, length, length < VANTAGE_INPUT_PEEK, &dialect))
    return FALSE;
  stream = g_memory_input_stream_new_from_bytes (bytes);
  rows = vantage_rows_new (stream, &dialect, NULL);
  fields = vantage_rows_next (rows, NULL);
  if (fields == NULL)
    return FALSE;
  header = dup_fields (fields);
  return is_header (header);
}

/* ---- rows ---- */

static const char *
get_cell (const Table *self, GPtrArray *fields, Column column)
{
  int at = self->columns[column];
  const char *text = at >= 0 && (guint) at < fields->len ? fields->pdata[at] : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

static void
add_extras (const Table *self, GPtrArray *fields, VantageItem *item)
{
  for (guint i = 0; i < fields->len && self->header[i] != NULL; i++)
    if ((int) i != self->columns[COLUMN_TEXT] && (int) i != self->columns[COLUMN_CREATED] &&
        *self->header[i] != '\0')
      vantage_paging_add_extra (item, self->header[i], fields->pdata[i]);
}

static gboolean
take_row (Table *self, GPtrArray *fields, GError **error)
{
  VantagePaging *paging = self->paging;
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_TICKET);
  const char *id = get_cell (self, fields, COLUMN_ID);
  const char *number = get_cell (self, fields, COLUMN_NUMBER);
  const char *service = get_cell (self, fields, COLUMN_SERVICE_ID);
  const char *shown = get_cell (self, fields, COLUMN_SERVICE);
  g_autofree char *numbered = number != NULL ? g_strconcat ("number-", number, NULL) : NULL;
  gboolean ok;

  if (service == NULL)
    service = shown != NULL ? shown : "pagerduty";
  if (!vantage_paging_set_time (paging, item, get_cell (self, fields, COLUMN_CREATED), &ok,
                                error) ||
      (ok &&
       !vantage_paging_tell_channel (paging, VANTAGE_CHANNEL_ALERTS, service,
                                     shown != NULL ? shown : "PagerDuty", &item->channel, error)))
    return FALSE;
  if (!ok)
    return TRUE;
  item->local = vantage_chat_dup_local (id != NULL ? id : numbered);
  item->thread = g_strdup (item->local);
  vantage_paging_add_text (item, get_cell (self, fields, COLUMN_TEXT));
  add_extras (self, fields, item);
  return vantage_paging_take (paging, g_steal_pointer (&item), error);
}

static gboolean
read_rows (Table *self, VantageRows *rows, GError **error)
{
  VantagePaging *paging = self->paging;
  GError *failure = NULL;
  GPtrArray *fields;

  while ((fields = vantage_rows_next (rows, &failure)) != NULL)
    {
      vantage_rows_get_place (rows, &paging->line, &paging->offset, &paging->length);
      if (!take_row (self, fields, error))
        return FALSE;
    }
  if (failure != NULL)
    return vantage_reading_take_failure (paging->reading, paging->entry, failure, error);
  if (!vantage_rows_is_cut_off (rows))
    return TRUE;
  paging->reading->facts->complete = FALSE;
  return vantage_paging_skip (paging, "cut-off", error, "the table ends inside quotes");
}

gboolean
vantage_pagerduty_read_table (VantagePaging *paging, const VantageEntry *entry, GError **error)
{
  VantageReading *reading = paging->reading;
  g_autoptr (GBytes) head = vantage_input_peek (reading->input, entry);
  gsize length;
  const char *bytes = g_bytes_get_data (head, &length);
  Table self = { .paging = paging };
  g_auto (GStrv) header = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageRows) rows = NULL;
  VantageDialect dialect;
  GPtrArray *fields;
  GError *failure = NULL;

  if (!vantage_dialect_guess (bytes, length, length < VANTAGE_INPUT_PEEK, &dialect))
    return TRUE;
  paging->entry = entry;
  stream = vantage_reading_open (reading, entry, &failure);
  if (stream == NULL)
    return vantage_reading_take_failure (reading, entry, failure, error);
  rows = vantage_rows_new (stream, &dialect, reading->cancellable);
  fields = vantage_rows_next (rows, &failure);
  if (fields == NULL)
    return failure == NULL || vantage_reading_take_failure (reading, entry, failure, error);
  header = dup_fields (fields);
  self.header = header;
  for (gsize i = 0; i < N_COLUMNS; i++)
    self.columns[i] = find_column (header, names[i]);
  return read_rows (&self, rows, error);
}
