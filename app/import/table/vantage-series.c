/* vantage-series.c: the mapping, the judging of the time column, and one row as one item. */

#include "vantage-series.h"

#include "vantage-hash.h"
#include "vantage-json.h"
#include "vantage-series-private.h"
#include "vantage-text.h"

#include <string.h>

VantageSeries *
vantage_series_new (VantageReading *reading, const char *const *columns, const char *signature,
                    VantageCellFunc cell, GError **error)
{
  g_autoptr (VantageSeries) self = g_new0 (VantageSeries, 1);

  self->reading = reading;
  self->columns = g_strdupv ((char **) columns);
  self->n_columns = g_strv_length (self->columns);
  self->signature = g_strdup (signature);
  self->cell = cell;
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sorted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint field = 0; field < VANTAGE_SERIES_N_FIELDS; field++)
    self->map[field] = -1;

  if (!vantage_series_map (self, error))
    return NULL;
  g_strfreev (reading->columns);
  reading->columns = g_strdupv (self->columns);
  g_free (reading->facts->header);
  reading->facts->header = g_strdup (signature);
  g_free (reading->facts->mapping);
  reading->facts->mapping = vantage_series_dup_mapping (self);
  return g_steal_pointer (&self);
}

void
vantage_series_free (VantageSeries *self)
{
  g_strfreev (self->columns);
  g_free (self->signature);
  g_clear_pointer (&self->channels, g_hash_table_unref);
  g_clear_pointer (&self->sorted, g_hash_table_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->contents, g_hash_table_unref);
  g_free (self);
}

static const char *
get_cell (VantageSeries *self, gpointer row, int column)
{
  const char *text = column >= 0 ? self->cell (row, (guint) column) : NULL;

  return text != NULL ? text : "";
}

static const char *
get_field (VantageSeries *self, gpointer row, VantageSeriesField field)
{
  return get_cell (self, row, self->map[field]);
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

/* ---- time ---- */

/* The time as the row writes it: one column, or a date and a clock. (transfer full) */
static char *
dup_raw_time (VantageSeries *self, gpointer row)
{
  const char *first = get_field (self, row, VANTAGE_SERIES_TIME);
  const char *second = get_field (self, row, VANTAGE_SERIES_TIME_2);

  if (self->clock_beside && !is_blank (second))
    return g_strconcat (first, " ", second, NULL);
  return g_strdup (is_blank (first) && !self->clock_beside ? second : first);
}

void
vantage_series_look (VantageSeries *self, gpointer row)
{
  g_autofree char *raw = dup_raw_time (self, row);
  const char *second = get_field (self, row, VANTAGE_SERIES_TIME_2);
  VantageCellTime a, b;

  vantage_time_column_look (&self->times, raw);
  if (self->clock_beside || is_blank (second))
    return;
  if (vantage_cell_time_parse (raw, VANTAGE_DATE_ORDER_UNKNOWN, &a) &&
      vantage_cell_time_parse (second, VANTAGE_DATE_ORDER_UNKNOWN, &b) &&
      a.has_zone == b.has_zone && ABS (a.us - b.us) > G_USEC_PER_SEC)
    self->n_differ++;
}

gboolean
vantage_series_settle (VantageSeries *self, GError **error)
{
  VantageDateOrder order = vantage_time_column_get_order (&self->times);

  if (self->order == VANTAGE_DATE_ORDER_UNKNOWN)
    self->order = order;
  if (self->order == VANTAGE_DATE_ORDER_UNKNOWN && self->times.ambiguous)
    self->reading->needs_mapping = TRUE;
  if (self->n_differ > 0 && !self->time_chosen)
    self->reading->needs_mapping = TRUE;
  if (!self->reading->needs_mapping || self->reading->preview)
    return TRUE;
  g_set_error (
      error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_MAPPING,
      self->n_differ > 0
          ? "two columns hold times that differ: say which one leads (time=%s or the other)"
          : "dates such as 03/04 in “%s” can be read in two ways: say order=dmy or order=mdy",
      self->columns[self->map[VANTAGE_SERIES_TIME]]);
  return FALSE;
}

/* A zone written in a column of its own. */
static gboolean
apply_row_zone (VantageSeries *self, gpointer row, VantageCellTime *time)
{
  const char *name = get_field (self, row, VANTAGE_SERIES_ZONE);
  g_autoptr (VantageZone) zone = is_blank (name) ? NULL : vantage_zone_new (name);

  if (zone == NULL)
    return FALSE;
  vantage_zone_resolve (zone, time->us, &time->us, NULL);
  time->has_zone = TRUE;
  return TRUE;
}

static gboolean
set_time (VantageSeries *self, gpointer row, const char *raw, VantageCellTime *time,
          VantageItem *item, GError **error)
{
  if (!time->has_zone)
    apply_row_zone (self, row, time);
  if (time->has_zone)
    {
      vantage_reading_set_time (self->reading, item, raw, time->us, time->precision);
      return TRUE;
    }
  return vantage_reading_set_wall_time (self->reading, item, raw, time->us, time->precision, error);
}

/* ---- channel and author ---- */

/* What sort of place a record of this kind stands in; OTHER: it does not tell. */
static VantageChannelSort
sort_of (VantageItemKind kind)
{
  switch (kind)
    {
    case VANTAGE_ITEM_ALERT:
    case VANTAGE_ITEM_PAGE:
    case VANTAGE_ITEM_ACKNOWLEDGE:
    case VANTAGE_ITEM_RESOLVE:
      return VANTAGE_CHANNEL_ALERTS;
    case VANTAGE_ITEM_CALL:
    case VANTAGE_ITEM_UTTERANCE:
      return VANTAGE_CHANNEL_CALL;
    case VANTAGE_ITEM_TICKET:
    case VANTAGE_ITEM_COMMENT:
    case VANTAGE_ITEM_STATUS:
      return VANTAGE_CHANNEL_TICKETS;
    default:
      return VANTAGE_CHANNEL_OTHER;
    }
}

/* The channel is given again when a record tells what sort of place it is. */
static const char *
add_channel (VantageSeries *self, const char *name, VantageItemKind kind, GError **error)
{
  const char *known = g_hash_table_lookup (self->channels, name);
  VantageChannelSort sort = sort_of (kind);
  g_autofree char *key = NULL;
  g_autoptr (VantageChannel) channel = NULL;
  char *id;

  if (known != NULL &&
      (sort == VANTAGE_CHANNEL_OTHER || g_hash_table_contains (self->sorted, known)))
    return known;
  key = g_strjoin ("\n", self->signature, "", name, NULL);
  channel = vantage_channel_new ("csv", "", key, sort);
  g_free (channel->name);
  channel->name =
      *name != '\0' ? g_strdup (name) : g_strdup (vantage_input_get_name (self->reading->input));
  if (!vantage_reading_add_channel (self->reading, channel, error))
    return NULL;
  id = vantage_channel_dup_id (channel);
  if (sort != VANTAGE_CHANNEL_OTHER)
    g_hash_table_add (self->sorted, g_strdup (id));
  g_hash_table_insert (self->channels, g_strdup (name), id);
  return id;
}

/* The account key of a name; NULL in @out_key for nobody. */
static gboolean
add_author (VantageSeries *self, const char *name, char **out_key, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  g_autofree char *shown = vantage_text_nfc (stripped);
  g_autoptr (VantageIdentity) identity = NULL;

  *out_key = NULL;
  if (*shown == '\0')
    return TRUE;
  *out_key = g_strconcat ("name:", shown, NULL);
  if (g_hash_table_contains (self->people, *out_key))
    return TRUE;
  g_hash_table_add (self->people, g_strdup (*out_key));
  identity = vantage_identity_new ("csv", "", *out_key);
  identity->name = g_steal_pointer (&shown);
  return vantage_reading_add_identity (self->reading, identity, error);
}

/* ---- text and id ---- */

/* The text columns, each on its own lines; without any, all that is left, with its name. (transfer
 * full) */
static char *
make_text (VantageSeries *self, gpointer row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n_texts; i++)
    {
      const char *cell = get_cell (self, row, self->texts[i]);

      if (!is_blank (cell))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", cell);
    }
  if (text->len > 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  for (guint column = 0; column < self->n_columns; column++)
    if (!vantage_series_is_mapped (self, (int) column) &&
        !is_blank (get_cell (self, row, (int) column)))
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", self->columns[column],
                              get_cell (self, row, (int) column));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_extras (VantageSeries *self, gpointer row, VantageItem *item)
{
  for (guint column = 0; column < self->n_columns; column++)
    if (!vantage_series_is_mapped (self, (int) column) && *self->columns[column] != '\0' &&
        !is_blank (get_cell (self, row, (int) column)))
      vantage_item_add_extra (item, self->columns[column], get_cell (self, row, (int) column));
}

/* An id of the source as part of a local id: as it is when it can be, else its hash. (transfer
 * full) */
static char *
safe_id (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *hash = NULL;
  gsize length = strlen (stripped);

  if (length > 0 && length <= 64 &&
      strspn (stripped, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-") ==
          length)
    return g_steal_pointer (&stripped);
  hash = vantage_hash_data_text (stripped, length);
  return g_strndup (hash, 32);
}

static char *
make_local (VantageSeries *self, gpointer row, const VantageItem *item)
{
  const char *id = get_field (self, row, VANTAGE_SERIES_ID);
  g_autofree char *content = NULL;
  g_autofree char *key = NULL;
  guint n;

  if (!is_blank (id))
    {
      g_autofree char *safe = safe_id (id);
      g_autofree char *hash = vantage_hash_data_text (item->raw_time, strlen (item->raw_time));

      return g_strdup_printf ("%s-%.8s", safe, hash);
    }
  content = vantage_item_content_id (NULL, item->raw_time, item->account, item->text);
  key = g_strconcat (item->channel, ".", content, NULL);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->contents, key)) + 1;
  g_hash_table_insert (self->contents, g_steal_pointer (&key), GUINT_TO_POINTER (n));
  return n == 1 ? g_steal_pointer (&content) : g_strdup_printf ("%s-%u", content, n);
}

static void
set_kind (VantageSeries *self, gpointer row, VantageItem *item)
{
  const char *text = get_field (self, row, VANTAGE_SERIES_KIND);
  g_autofree char *lower = g_strstrip (g_ascii_strdown (text, -1));

  if (!vantage_item_kind_from_text (lower, &item->kind) && *lower != '\0')
    vantage_item_add_extra (item, "kind", text);
}

static void
set_url (VantageSeries *self, gpointer row, VantageItem *item)
{
  const char *url = get_field (self, row, VANTAGE_SERIES_URL);

  if (!g_str_has_prefix (url, "http://") && !g_str_has_prefix (url, "https://"))
    return;
  item->url = g_strdup (url);
  vantage_text_mask_tokens (item->url, strlen (item->url));
}

/* Channel, author and text of a row; the rest follows from them. NULL when all must stop. */
static VantageItem *
make_item (VantageSeries *self, gpointer row, GError **error)
{
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_MESSAGE);
  const char *channel;

  set_kind (self, row, item);
  channel = add_channel (self, get_field (self, row, VANTAGE_SERIES_CHANNEL), item->kind, error);
  if (channel == NULL ||
      !add_author (self, get_field (self, row, VANTAGE_SERIES_AUTHOR), &item->account, error))
    return NULL;
  item->channel = g_strdup (channel);
  set_url (self, row, item);
  g_free (item->text);
  item->text = make_text (self, row);
  add_extras (self, row, item);
  return g_steal_pointer (&item);
}

gboolean
vantage_series_take (VantageSeries *self, gpointer row, const VantageEntry *entry, gint64 line,
                     gint64 offset, gint64 length, GError **error)
{
  g_autofree char *raw = dup_raw_time (self, row);
  g_autoptr (VantageItem) item = NULL;
  VantageCellTime time;

  if (is_blank (raw))
    return vantage_reading_skip (self->reading, "no-time", entry, line, offset, error,
                                 "the time is empty");
  if (!vantage_cell_time_parse (raw, self->order, &time))
    return vantage_reading_skip (self->reading, "bad-time", entry, line, offset, error,
                                 "“%.60s” is no time", raw);
  item = make_item (self, row, error);
  if (item == NULL || !set_time (self, row, raw, &time, item, error))
    return FALSE;
  item->local = make_local (self, row, item);
  vantage_reading_place_item (item, entry, line, offset, length);
  return vantage_reading_add_item (self->reading, g_steal_pointer (&item), error);
}
