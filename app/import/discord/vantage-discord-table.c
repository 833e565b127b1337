/* vantage-discord-table.c: exports of Discord as a table: new ones with commas, old ones with
 * semicolons and a column that is always empty. */

#include "vantage-discord-private.h"

#include <string.h>

#include "vantage-rows.h"
#include "vantage-time-column.h"

enum
{
  COLUMN_ID,
  COLUMN_AUTHOR,
  COLUMN_DATE,
  COLUMN_CONTENT,
  COLUMN_ATTACHMENTS,
  COLUMN_REACTIONS,
  N_COLUMNS
};

static const char *const columns[N_COLUMNS] = { "AuthorID", "Author",      "Date",
                                                "Content",  "Attachments", "Reactions" };

typedef struct
{
  VantageTimeColumn dates;
  gboolean half_days; /* a clock of twelve hours was seen */
  guint n_columns;    /* of the first row */
} Look;

/* The first four columns have always been there. */
static gboolean
is_header (GPtrArray *fields)
{
  if (fields == NULL || fields->len < 4)
    return FALSE;
  for (guint i = 0; i < N_COLUMNS && i < fields->len; i++)
    if (strcmp (fields->pdata[i], columns[i]) != 0)
      return FALSE;
  return TRUE;
}

gboolean
vantage_discord_is_table_head (const char *head, gsize length, gboolean complete)
{
  VantageDialect dialect;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (VantageRows) rows = NULL;

  if (!vantage_dialect_guess (head, length, complete, &dialect))
    return FALSE;
  stream = g_memory_input_stream_new_from_data (head, (gssize) length, NULL);
  rows = vantage_rows_new (stream, &dialect, NULL);
  return is_header (vantage_rows_next (rows, NULL));
}

gboolean
vantage_discord_is_table (VantageReading *reading, const VantageEntry *entry)
{
  g_autoptr (GBytes) bytes = vantage_input_peek (reading->input, entry);
  gsize size;
  const char *head = g_bytes_get_data (bytes, &size);

  return size > 0 && vantage_discord_is_table_head (head, size, size < VANTAGE_INPUT_PEEK);
}

static const char *
get_field (GPtrArray *fields, guint column)
{
  return column < fields->len ? fields->pdata[column] : "";
}

/* ---- where ---- */

/* "Guild - Category - channel [1012224565567721552] [part 2].csv". (transfer full) (nullable) */
static char *
dup_id_in_name (const char *name)
{
  for (const char *at = strchr (name, '['); at != NULL; at = strchr (at + 1, '['))
    {
      gsize n = strspn (at + 1, "0123456789");

      if (n >= 15 && n <= 20 && at[1 + n] == ']')
        return g_strndup (at + 1, n);
    }
  return NULL;
}

/* "channel" of "Guild - Category - channel [id].csv". (transfer full) */
static char *
dup_name_in_name (const char *name)
{
  const char *end = strchr (name, '[');
  const char *begin = name, *dash;
  char *cut;

  if (end == NULL)
    end = strrchr (name, '.') != NULL ? strrchr (name, '.') : name + strlen (name);
  while ((dash = g_strstr_len (begin, end - begin, " - ")) != NULL)
    begin = dash + 3;
  cut = g_strstrip (g_strndup (begin, (gsize) (end - begin)));
  return cut;
}

/* A table does not say what channel it is of; its name may, or the folder that its parts lie in. */
static VantageChatChannel *
find_channel (VantageDiscord *self, const VantageEntry *entry)
{
  g_autofree char *base = g_path_get_basename (entry->path);
  g_autofree char *folder = g_path_get_dirname (entry->path);
  g_autofree char *inner = g_path_get_basename (folder);
  g_autofree char *id = dup_id_in_name (base);
  g_autofree char *name = dup_name_in_name (base);
  const char *outer =
      strcmp (folder, ".") == 0 ? vantage_input_get_folder (self->chat.reading->input) : inner;
  const char *shown = name;
  VantageChatChannel *channel;

  if (*name == '\0' || strspn (name, "0123456789") == strlen (name))
    shown = outer != NULL ? outer : "discord";
  channel = vantage_chat_get_channel (&self->chat, id != NULL ? id : shown, VANTAGE_CHANNEL_CHAT);
  channel->channel->weak |= id == NULL;
  vantage_chat_name_channel (channel, shown);
  return channel;
}

/* ---- rows ---- */

/* "eyes (3), 👍 (12)" */
static void
take_reactions (const char *text, VantageItem *item)
{
  while (*text != '\0')
    {
      const char *open = strstr (text, " (");
      gsize n = open != NULL ? strspn (open + 2, "0123456789") : 0;
      g_autofree char *name = NULL;

      if (n == 0 || n > 9 || open[2 + n] != ')')
        return;
      name = g_strndup (text, (gsize) (open - text));
      if (*name != '\0')
        vantage_item_add_reaction (item, name, atoi (open + 2), NULL);
      text = open + 3 + n;
      text += strspn (text, ", ");
    }
}

static void
take_attachments (const char *text, VantageItem *item)
{
  g_auto (GStrv) urls = g_strsplit (text, ",", -1);

  for (guint i = 0; urls[i] != NULL; i++)
    {
      g_autofree char *url = vantage_chat_dup_url (g_strstrip (urls[i]));
      g_autofree char *path = url != NULL ? g_strndup (url, strcspn (url, "?#")) : NULL;
      g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;

      if (url != NULL)
        vantage_item_add_attachment (item, name, NULL, url, -1);
    }
}

/* FALSE with @error unset: it is no time. */
static gboolean
set_time (VantageDiscord *self, const Look *look, const char *raw, VantageItem *item,
          GError **error)
{
  VantageDateOrder order = vantage_time_column_get_order (&look->dates);
  VantageCellTime time;

  /* Where no day is beyond the twelfth: clocks of twelve hours go with the month first. */
  if (order == VANTAGE_DATE_ORDER_UNKNOWN)
    order = look->half_days ? VANTAGE_DATE_ORDER_MONTH_FIRST : VANTAGE_DATE_ORDER_DAY_FIRST;
  if (!vantage_cell_time_parse (raw, order, &time))
    return FALSE;
  if (!time.has_zone)
    return vantage_reading_set_wall_time (self->chat.reading, item, raw, time.us, time.precision,
                                          error);
  vantage_reading_set_time (self->chat.reading, item, raw, time.us, time.precision);
  return TRUE;
}

static void
learn_author (VantageDiscord *self, const char *key, const char *handle, gint64 time_us)
{
  const char *mark = strrchr (handle, '#');
  g_autofree char *name =
      mark != NULL && mark > handle && strspn (mark + 1, "0123456789") == 4 && strlen (mark) == 5
          ? g_strndup (handle, (gsize) (mark - handle))
          : g_strdup (handle);

  vantage_chat_learn_person (&self->chat, key, name, handle, FALSE, time_us);
}

static gboolean
take_row (VantageDiscord *self, const Look *look, GPtrArray *fields, VantageChatChannel *channel,
          GError **error)
{
  const char *key = get_field (fields, COLUMN_ID);
  const char *raw = get_field (fields, COLUMN_DATE);
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  GError *failure = NULL;

  if (fields->len < 4)
    return vantage_chat_skip (&self->chat, "bad-record", error, "a row of %u fields", fields->len);
  if (!set_time (self, look, raw, item, &failure))
    {
      if (failure == NULL)
        return vantage_chat_skip (&self->chat, *raw == '\0' ? "no-time" : "bad-time", error,
                                  "“%.40s” is no time", raw);
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (*key != '\0')
    {
      item->account = g_strdup (key);
      learn_author (self, key, get_field (fields, COLUMN_AUTHOR), item->time_us);
    }
  vantage_chat_take_text (item, g_strdup (get_field (fields, COLUMN_CONTENT)));
  take_attachments (get_field (fields, COLUMN_ATTACHMENTS), item);
  take_reactions (get_field (fields, COLUMN_REACTIONS), item);
  vantage_chat_set_content_local (&self->chat, channel, item);
  return vantage_chat_take (&self->chat, channel, g_steal_pointer (&item), error);
}

static VantageRows *
open_rows (VantageDiscord *self, const VantageEntry *entry, GError **failure)
{
  g_autoptr (GBytes) bytes = vantage_input_peek (self->chat.reading->input, entry);
  gsize size;
  const char *head = g_bytes_get_data (bytes, &size);
  g_autoptr (GInputStream) stream = NULL;
  VantageRows *rows;
  VantageDialect dialect;

  stream = vantage_reading_open (self->chat.reading, entry, failure);
  if (stream == NULL || !vantage_dialect_guess (head, size, size < VANTAGE_INPUT_PEEK, &dialect))
    return NULL;
  rows = vantage_rows_new (stream, &dialect, self->chat.reading->cancellable);
  vantage_rows_next (rows, NULL);
  return rows;
}

/* The whole column tells how its dates are meant. FALSE with @failure. */
static gboolean
look_at_dates (VantageDiscord *self, const VantageEntry *entry, Look *look, GError **failure)
{
  g_autoptr (VantageRows) rows = open_rows (self, entry, failure);
  GPtrArray *fields;

  while (rows != NULL && (fields = vantage_rows_next (rows, failure)) != NULL)
    {
      const char *raw = get_field (fields, COLUMN_DATE);

      vantage_time_column_look (&look->dates, raw);
      look->half_days |= g_str_has_suffix (raw, "M");
      if (!vantage_reading_go_on (self->chat.reading, failure))
        return FALSE;
    }
  return *failure == NULL;
}

static gboolean
close_rows (VantageDiscord *self, VantageRows *rows, GError **error)
{
  if (vantage_rows_is_cut_off (rows) &&
      !vantage_chat_skip (&self->chat, "cut-off", error, "the table ends inside quotation marks"))
    return FALSE;
  if (vantage_rows_is_cut_off (rows))
    self->chat.reading->facts->complete = FALSE;
  return vantage_rows_get_n_recoded (rows) == 0 ||
         vantage_chat_note (&self->chat, "recoded", error,
                            "%u rows are not UTF-8 and were read as Windows-1252",
                            vantage_rows_get_n_recoded (rows));
}

gboolean
vantage_discord_read_table (VantageDiscord *self, const VantageEntry *entry, GError **error)
{
  VantageChatChannel *channel = find_channel (self, entry);
  g_autoptr (VantageRows) rows = NULL;
  Look look = { .half_days = FALSE };
  GError *failure = NULL;
  GPtrArray *fields;

  self->chat.entry = entry;
  if (look_at_dates (self, entry, &look, &failure))
    rows = open_rows (self, entry, &failure);
  while (rows != NULL && (fields = vantage_rows_next (rows, &failure)) != NULL)
    {
      vantage_rows_get_place (rows, &self->chat.line, &self->chat.offset, &self->chat.length);
      if (!take_row (self, &look, fields, channel, error))
        return FALSE;
    }
  if (failure != NULL && self->chat.learning)
    {
      g_error_free (failure);
      return vantage_reading_go_on (self->chat.reading, error);
    }
  if (failure != NULL)
    return vantage_reading_take_failure (self->chat.reading, entry, failure, error);
  self->chat.line = 0;
  self->chat.offset = -1;
  return rows == NULL || close_rows (self, rows, error);
}
