/* vantage-evidence-filter.c: a question about items becomes a statement; the connection and the
 * names it is answered with. */

#include "vantage-evidence-query.h"

#include <string.h>

#include "vantage-search.h"

/* ---- one reading ---- */

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  vantage_db_interrupt (data);
}

gboolean
vantage_evidence_reading_begin (VantageEvidenceReading *self, VantageLibrary *library,
                                const char *review, GCancellable *cancellable, GError **error)
{
  *self = (VantageEvidenceReading){ .store = library->evidence, .cancellable = cancellable };

  if (self->store == NULL)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_FAILED, "the library is closed");
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  vantage_evidence_wait_settled (self->store);
  self->map = vantage_people_map_get (self->store, review, error);
  if (self->map == NULL)
    return FALSE;

  self->db = vantage_evidence_take_reader (self->store, error);
  if (self->db == NULL)
    {
      g_clear_pointer (&self->map, vantage_people_map_unref);
      return FALSE;
    }

  if (cancellable != NULL)
    self->handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self->db, NULL);
  return TRUE;
}

gboolean
vantage_evidence_reading_end (VantageEvidenceReading *self, GError **error)
{
  if (self->handler != 0)
    g_cancellable_disconnect (self->cancellable, self->handler);

  vantage_evidence_give_reader (self->store, self->db);
  vantage_people_map_unref (self->map);
  return vantage_store_convert_error (error);
}

/* ---- the filter ---- */

void
vantage_evidence_filter_clear (VantageEvidenceFilter *self)
{
  if (self->from != NULL)
    g_string_free (self->from, TRUE);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  self->from = NULL;
}

static void
append_rows (GString *out, const GArray *rows, const char *before)
{
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (out, "%s%s%" G_GINT64_FORMAT, i > 0 ? "," : "", before,
                            g_array_index (rows, gint64, i));
}

static void
add_text (VantageEvidenceFilter *self, const char *text)
{
  g_ptr_array_add (self->texts, g_strdup (text));
}

/* Channels by id or shown name. */
static void
filter_channel (VantageEvidenceFilter *self, VantagePeopleMap *map, const char *channel)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, map->channels);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const VantageMapChannel *one = value;

      if (strcmp (one->uid, channel) == 0 || g_strcmp0 (one->name, channel) == 0)
        g_array_append_val (rows, one->row);
    }

  self->empty |= rows->len == 0;
  g_string_append (self->from, " AND i.channel IN (");
  append_rows (self->from, rows, "");
  g_string_append_c (self->from, ')');
}

static void
filter_source (VantageEvidenceFilter *self, VantagePeopleMap *map, const char *entity)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  GHashTableIter iter;
  gpointer value;

  /* Bundles of one source are rows of their own. */
  g_hash_table_iter_init (&iter, map->sources);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const VantageMapSource *source = value;

      if (strcmp (source->entity, entity) == 0)
        g_string_append_printf (rows, "%s%" G_GINT64_FORMAT, rows->len > 0 ? "," : "", source->row);
    }

  self->empty |= rows->len == 0;
  g_string_append_printf (
      self->from,
      " AND (i.source IN (%1$s)"
      " OR EXISTS (SELECT 1 FROM item_also a WHERE a.item = i.row AND a.source IN (%1$s))"
      " OR EXISTS (SELECT 1 FROM item_other p WHERE p.item = i.row AND p.source IN (%1$s)))",
      rows->str);
}

static void
filter_thread (VantageEvidenceFilter *self, VantagePeopleMap *map, const char *thread)
{
  char uid[17];
  const char *local;
  GHashTableIter iter;
  gpointer value;

  self->empty |= !vantage_item_id_split (thread, uid, &local);
  if (self->empty)
    return;

  g_hash_table_iter_init (&iter, map->channels);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const VantageMapChannel *channel = value;

      if (strcmp (channel->uid, uid) != 0)
        continue;

      g_string_append_printf (
          self->from, " AND i.channel = %" G_GINT64_FORMAT " AND (i.thread = ? OR i.local = ?)",
          channel->row);
      add_text (self, local);
      add_text (self, local);
      return;
    }

  self->empty = TRUE;
}

static void
filter_times (VantageEvidenceFilter *self, const VantageItemQuery *query)
{
  /* What has no time is in no span of time. */
  if (query->since_us != VANTAGE_TIME_NONE)
    g_string_append_printf (
        self->from, " AND i.time_us >= %" G_GINT64_FORMAT " AND i.time_us < 9223372036854775807",
        query->since_us);
  if (query->until_us != VANTAGE_TIME_NONE)
    g_string_append_printf (self->from, " AND i.time_us < %" G_GINT64_FORMAT, query->until_us);
}

/* The words, and what the full text knows besides, so that it has few rows to give. */
static void
filter_words (VantageEvidenceFilter *self, VantagePeopleMap *map, const VantageItemQuery *query,
              const char *expression, const VantageMapPerson *person)
{
  g_autoptr (GString) match = g_string_new (NULL);

  /* Every row has the word for its review: it is worth its price only where there are others. */
  g_string_append (match, expression);
  if (!map->is_alone)
    g_string_append_printf (match, " AND meta : r%" G_GINT64_FORMAT, map->review_row);
  if (person != NULL && person->identity_rows->len > 0)
    {
      g_string_append (match, " AND meta : (");
      for (guint i = 0; i < person->identity_rows->len; i++)
        g_string_append_printf (match, "%sa%" G_GINT64_FORMAT, i > 0 ? " OR " : "",
                                g_array_index (person->identity_rows, gint64, i));
      g_string_append_c (match, ')');
    }
  if (query->kind >= 0)
    g_string_append_printf (match, " AND meta : k%d", query->kind);

  g_string_append (self->from, " FROM search.fts AS f LEFT JOIN item_other o ON o.row = f.rowid"
                               " CROSS JOIN item i ON i.row = ifnull (o.item, f.rowid)"
                               " AND i.content = f.rowid WHERE f.fts MATCH ?");
  add_text (self, match->str);
}

static gboolean
is_blank (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

static void
filter_rest (VantageEvidenceFilter *self, VantagePeopleMap *map, const VantageItemQuery *query,
             const VantageMapPerson *person)
{
  g_string_append_printf (self->from, " AND i.review = %" G_GINT64_FORMAT, map->review_row);
  if (map->has_unseen)
    g_string_append_printf (self->from, " AND i.source IN (%s)", map->seen);
  if (person != NULL)
    {
      g_string_append (self->from, " AND i.account IN (");
      append_rows (self->from, person->identity_rows, "");
      g_string_append_c (self->from, ')');
    }
  if (query->kind >= 0)
    g_string_append_printf (self->from, " AND i.kind = %d", query->kind);
  if (query->channel != NULL)
    filter_channel (self, map, query->channel);
  if (query->source != NULL)
    filter_source (self, map, query->source);
  if (query->thread != NULL)
    filter_thread (self, map, query->thread);
  filter_times (self, query);
}

gboolean
vantage_evidence_filter_make (VantageEvidenceFilter *self, VantageEvidenceStore *store,
                              VantagePeopleMap *map, const VantageItemQuery *query,
                              GCancellable *cancellable, GError **error)
{
  const VantageMapPerson *person =
      query->person != NULL ? vantage_people_map_find (map, query->person) : NULL;
  g_autofree char *expression = NULL;

  self->from = g_string_new (NULL);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->empty = map->review_row == 0 || (query->person != NULL && person == NULL);

  if (is_blank (query->text))
    g_string_append (self->from, " FROM item i WHERE 1");
  else
    {
      expression = vantage_search_dup_expression (query->text);
      self->empty |= expression == NULL;
      if (self->empty)
        return TRUE;
      if (!vantage_indexer_wait (store->indexer, cancellable, error))
        return FALSE;
      self->words = TRUE;
      filter_words (self, map, query, expression, person);
    }

  filter_rest (self, map, query, person);
  return TRUE;
}

VantageStmt
vantage_evidence_filter_prepare (VantageEvidenceFilter *self, VantageDb *db, const char *columns,
                                 const char *tail, GError **error)
{
  g_autofree char *sql = g_strconcat ("SELECT ", columns, self->from->str, tail, NULL);
  VantageStmt stmt = vantage_evidence_prepare (db, sql, error);

  for (guint i = 0; i < self->texts->len; i++)
    vantage_stmt_bind_text (&stmt, (int) i + 1, self->texts->pdata[i]);
  return stmt;
}
