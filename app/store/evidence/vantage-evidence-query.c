/* vantage-evidence-query.c: questions about items. */

#include "vantage-evidence-query.h"

#include <string.h>

#include "vantage-originals.h"

/* A page further down is found by sorting all of the answer. */
#define MAX_FIRST 1000

/* ---- rows as items ---- */

static char *
dup_path (VantageDb *db, gint64 place)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (db, "SELECT path FROM place WHERE id = ?", NULL);

  vantage_stmt_bind_int (&stmt, 1, place);
  return vantage_stmt_step (&stmt, NULL) ? g_strdup (vantage_stmt_get_text (&stmt, 0)) : NULL;
}

static const char *
find_name (const char *account, gpointer map)
{
  const VantageMapAccount *known =
      g_hash_table_lookup (((VantagePeopleMap *) map)->by_key, account);

  return known != NULL ? known->person->name : NULL;
}

static void
add_names (VantageItem *item, const VantageEvidenceRow *row, VantageDb *db, VantagePeopleMap *map)
{
  const VantageMapChannel *channel = vantage_people_map_get_channel (map, row->channel);
  const VantageMapAccount *account = vantage_people_map_get_account (map, row->account);
  const VantageMapSource *source = vantage_people_map_get_source (map, row->source);
  VantageEvidenceOrigin origin;

  if (channel != NULL)
    {
      item->channel = g_strdup (channel->uid);
      item->channel_name = g_strdup (channel->name);
    }
  if (account != NULL)
    {
      item->account = g_strdup (account->key);
      item->identity = g_strdup (account->identity);
      item->person = g_strdup (account->person->id);
      item->person_name = g_strdup (account->person->name);
    }
  if (item->mentions != NULL)
    item->shown = vantage_item_dup_shown_text (item, find_name, map);
  if (source != NULL)
    item->source = g_strdup (source->entity);
  if (source != NULL && source->zone_chosen && row->base_us != VANTAGE_TIME_NONE)
    item->zone_origin = VANTAGE_ZONE_CHOSEN;
  if (vantage_evidence_decode_origin (row->origin, row->n_origin, &origin) && origin.place != 0)
    item->path = dup_path (db, origin.place);
}

VantageItem *
vantage_evidence_read_item (VantageStmt *stmt, VantageDb *db, VantagePeopleMap *map)
{
  VantageEvidenceRow row = { 0 };
  VantageItem *item;

  row.item = vantage_stmt_get_int (stmt, 0);
  row.channel = vantage_stmt_get_int (stmt, 1);
  row.local = vantage_stmt_get_text (stmt, 2);
  vantage_evidence_row_read (&row, stmt, 3);
  item = vantage_evidence_row_dup_item (&row);
  add_names (item, &row, db, map);

  return item;
}

gboolean
vantage_library_each_item (VantageLibrary *self, const char *review, const VantageItemQuery *query,
                           VantageItemFunc each, gpointer user_data, GCancellable *cancellable,
                           GError **error)
{
  VantageEvidenceReading reading;
  g_auto (VantageEvidenceFilter) filter = { 0 };
  g_autoptr (GError) local_error = NULL;
  gboolean ok;

  if (!vantage_evidence_reading_begin (&reading, self, review, cancellable, error))
    return FALSE;

  ok = vantage_evidence_filter_make (&filter, reading.store, reading.map, query, cancellable,
                                     &local_error);
  if (ok && !filter.empty)
    {
      g_auto (VantageStmt) stmt = vantage_evidence_filter_prepare (
          &filter, reading.db, VANTAGE_ITEM_COLUMNS,
          query->newest_first ? " ORDER BY i.time_us DESC, i.row DESC"
                              : " ORDER BY i.time_us, i.row",
          &local_error);
      gboolean more = TRUE;

      while (more && vantage_stmt_step (&stmt, &local_error))
        {
          g_autoptr (VantageItem) item =
              vantage_evidence_read_item (&stmt, reading.db, reading.map);

          more = each (item, user_data);
        }
      ok = !stmt.failed;
    }

  vantage_evidence_reading_end (&reading, &local_error);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return ok;
}

static gboolean
run_query (VantageEvidenceReading *reading, const VantageItemQuery *query, guint limit,
           guint64 offset, GPtrArray *items, GError **error)
{
  g_auto (VantageEvidenceFilter) filter = { 0 };
  g_autofree char *tail = g_strdup_printf (
      " ORDER BY i.time_us%1$s, i.row%1$s LIMIT %2$" G_GINT64_FORMAT " OFFSET %3$" G_GINT64_FORMAT,
      query->newest_first ? " DESC" : "", limit == 0 ? (gint64) -1 : (gint64) limit,
      (gint64) MIN (offset, (guint64) G_MAXINT64));

  if (!vantage_evidence_filter_make (&filter, reading->store, reading->map, query,
                                     reading->cancellable, error))
    return FALSE;
  if (filter.empty)
    return TRUE;
  if (filter.words && limit > 0 && limit <= MAX_FIRST && offset <= MAX_FIRST &&
      !reading->map->times_moved)
    return vantage_evidence_query_first (reading, &filter, query->newest_first, limit,
                                         (guint) offset, items, error);

  g_auto (VantageStmt) stmt =
      vantage_evidence_filter_prepare (&filter, reading->db, VANTAGE_ITEM_COLUMNS, tail, error);

  while (vantage_stmt_step (&stmt, error))
    g_ptr_array_add (items, vantage_evidence_read_item (&stmt, reading->db, reading->map));

  return !stmt.failed;
}

GPtrArray *
vantage_library_query_items (VantageLibrary *self, const char *review,
                             const VantageItemQuery *query, guint limit, guint64 offset,
                             GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_item_unref);
  g_autoptr (GError) local_error = NULL;
  VantageEvidenceReading reading;
  gboolean ok;

  if (!vantage_evidence_reading_begin (&reading, self, review, cancellable, error))
    return NULL;

  ok = run_query (&reading, query, limit, offset, items, &local_error);
  vantage_evidence_reading_end (&reading, &local_error);
  if (ok)
    return g_steal_pointer (&items);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
run_count (VantageEvidenceReading *reading, const VantageItemQuery *query, gint64 *out,
           GError **error)
{
  g_auto (VantageEvidenceFilter) filter = { 0 };

  *out = 0;
  if (!vantage_evidence_filter_make (&filter, reading->store, reading->map, query,
                                     reading->cancellable, error))
    return FALSE;
  if (filter.empty)
    return TRUE;

  g_auto (VantageStmt) stmt =
      vantage_evidence_filter_prepare (&filter, reading->db, "count (*)", "", error);

  if (!vantage_stmt_step (&stmt, error))
    return FALSE;

  *out = vantage_stmt_get_int (&stmt, 0);
  return TRUE;
}

gint64
vantage_library_count_items (VantageLibrary *self, const char *review,
                             const VantageItemQuery *query, GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  VantageEvidenceReading reading;
  gint64 n = 0;
  gboolean ok;

  if (!vantage_evidence_reading_begin (&reading, self, review, cancellable, error))
    return -1;

  ok = run_count (&reading, query, &n, &local_error);
  vantage_evidence_reading_end (&reading, &local_error);
  if (ok)
    return n;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/* ---- one item ---- */

static gint64
find_local (VantageDb *db, VantagePeopleMap *map, const char *uid, const char *local)
{
  g_autofree char *review = g_strdup_printf ("%" G_GINT64_FORMAT, map->review_row);

  return vantage_evidence_number (
      db, 0,
      "SELECT i.row FROM channel c JOIN item i ON i.channel = c.id"
      " WHERE c.review = CAST (? AS INTEGER) AND c.uid = ? AND i.local = ?",
      review, uid, local, NULL);
}

static char *
dup_alias (VantageDb *db, VantagePeopleMap *map, const char *sql, const char *from)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (db, sql, NULL);

  vantage_stmt_bind_int (&stmt, 1, map->review_row);
  vantage_stmt_bind_text (&stmt, 2, from);
  return vantage_stmt_step (&stmt, NULL) ? g_strdup (vantage_stmt_get_text (&stmt, 0)) : NULL;
}

gint64
vantage_evidence_find_row (VantageDb *db, VantagePeopleMap *map, const char *id)
{
  g_autofree char *target =
      dup_alias (db, map, "SELECT target FROM item_alias WHERE review = ? AND alias = ?", id);
  g_autofree char *strong = NULL;
  char uid[17];
  const char *local;
  gint64 row;

  if (!vantage_item_id_split (target != NULL ? target : id, uid, &local))
    return 0;

  row = find_local (db, map, uid, local);
  if (row != 0)
    return row;

  strong =
      dup_alias (db, map, "SELECT strong FROM channel_alias WHERE review = ? AND weak = ?", uid);
  return strong != NULL ? find_local (db, map, strong, local) : 0;
}

static gboolean
read_one (VantageEvidenceReading *reading, const char *id, VantageItem **out, GError **error)
{
  gint64 row = vantage_evidence_find_row (reading->db, reading->map, id);
  g_autofree char *tail = NULL;

  if (row == 0)
    return TRUE;

  tail = g_strdup_printf ("SELECT " VANTAGE_ITEM_COLUMNS
                          " FROM item i WHERE i.row = %" G_GINT64_FORMAT " AND i.source IN (%s)",
                          row, reading->map->seen);

  g_auto (VantageStmt) stmt = vantage_evidence_prepare (reading->db, tail, error);

  if (vantage_stmt_step (&stmt, error))
    *out = vantage_evidence_read_item (&stmt, reading->db, reading->map);
  return !stmt.failed;
}

VantageItem *
vantage_library_get_item (VantageLibrary *self, const char *review, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  VantageEvidenceReading reading;
  VantageItem *item = NULL;

  if (!vantage_evidence_reading_begin (&reading, self, review, NULL, error))
    return NULL;

  read_one (&reading, id, &item, &local_error);
  vantage_evidence_reading_end (&reading, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return item;
}

static gboolean
has_version (GPtrArray *items, const VantageItem *item)
{
  g_autofree char *version = vantage_item_version (item);

  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *other = vantage_item_version (items->pdata[i]);

      if (strcmp (version, other) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_versions (VantageEvidenceReading *reading, const char *id, GPtrArray *items, GError **error)
{
  g_autoptr (VantageItem) shown = NULL;
  g_autofree char *sql = NULL;

  if (!read_one (reading, id, &shown, error))
    return FALSE;
  if (shown == NULL)
    return TRUE;

  sql = g_strdup_printf (
      "SELECT i.row, i.channel, i.local, o.content, o.source, o.kind, o.time_us, o.base_us,"
      " o.precision, o.flags, o.account, o.thread, o.reply_to, o.text, o.detail, o.origin"
      " FROM item_other o JOIN item i ON i.row = o.item WHERE o.item = %" G_GINT64_FORMAT
      " AND o.source IN (%s) ORDER BY o.source DESC, o.content DESC",
      shown->row, reading->map->seen);
  g_ptr_array_add (items, g_steal_pointer (&shown));

  g_auto (VantageStmt) stmt = vantage_evidence_prepare (reading->db, sql, error);

  while (vantage_stmt_step (&stmt, error))
    {
      g_autoptr (VantageItem) item = vantage_evidence_read_item (&stmt, reading->db, reading->map);

      if (!has_version (items, item))
        g_ptr_array_add (items, g_steal_pointer (&item));
    }

  return !stmt.failed;
}

GPtrArray *
vantage_library_list_versions (VantageLibrary *self, const char *review, const char *id,
                               GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_item_unref);
  g_autoptr (GError) local_error = NULL;
  VantageEvidenceReading reading;
  gboolean ok;

  if (!vantage_evidence_reading_begin (&reading, self, review, NULL, error))
    return NULL;

  ok = read_versions (&reading, id, items, &local_error);
  vantage_evidence_reading_end (&reading, &local_error);
  if (ok)
    return g_steal_pointer (&items);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

typedef struct
{
  char *original, *path;
  VantageEvidenceOrigin origin;
} Record;

/* Where the record of the content shown stands: not always in the source that is shown. */
static gboolean
find_record (VantageDb *db, gint64 row, Record *out, GError **error)
{
  g_auto (VantageStmt) item =
      vantage_db_prepare (db, "SELECT origin FROM item WHERE row = ?", error);
  g_auto (VantageStmt) place = vantage_db_prepare (
      db, "SELECT p.path, s.original FROM place p JOIN source s ON s.id = p.source WHERE p.id = ?",
      error);
  const guint8 *bytes;
  gsize size;

  vantage_stmt_bind_int (&item, 1, row);
  if (!vantage_stmt_step (&item, error))
    return FALSE;

  bytes = vantage_stmt_get_blob (&item, 0, &size);
  if (!vantage_evidence_decode_origin (bytes, size, &out->origin))
    return FALSE;

  vantage_stmt_bind_int (&place, 1, out->origin.place);
  if (!vantage_stmt_step (&place, error) || vantage_stmt_is_null (&place, 1))
    return FALSE;

  out->path = g_strdup (vantage_stmt_get_text (&place, 0));
  out->original = g_strdup (vantage_stmt_get_text (&place, 1));
  return TRUE;
}

char *
vantage_library_dup_original (VantageLibrary *self, const VantageItem *item, GError **error)
{
  VantageDb *db;
  Record record = { 0 };
  g_autofree char *file = NULL;
  char *text = NULL;
  GError *local_error = NULL;

  if (self->evidence == NULL)
    return NULL;

  db = vantage_evidence_take_reader (self->evidence, error);
  if (db == NULL)
    return NULL;

  if (find_record (db, item->row, &record, &local_error))
    {
      file = g_build_filename (self->folder, "originals", record.original, NULL);
      text =
          vantage_originals_dup_record (file, record.path, record.origin.line, record.origin.offset,
                                        record.origin.length, &local_error);
    }

  vantage_evidence_give_reader (self->evidence, db);
  g_free (record.path);
  g_free (record.original);
  if (local_error != NULL)
    {
      vantage_store_convert_error (&local_error);
      g_propagate_error (error, local_error);
    }
  return text;
}

/* ---- off the main thread ---- */

typedef struct
{
  char *review;
  VantageItemQuery query; /* strings owned */
  guint limit;
  guint64 offset;
} Question;

void
vantage_item_query_copy (const VantageItemQuery *query, VantageItemQuery *out)
{
  *out = *query;
  out->text = g_strdup (query->text);
  out->person = g_strdup (query->person);
  out->channel = g_strdup (query->channel);
  out->source = g_strdup (query->source);
  out->thread = g_strdup (query->thread);
}

void
vantage_item_query_clear (VantageItemQuery *copy)
{
  g_free ((char *) copy->text);
  g_free ((char *) copy->person);
  g_free ((char *) copy->channel);
  g_free ((char *) copy->source);
  g_free ((char *) copy->thread);
}

static void
free_question (gpointer data)
{
  Question *question = data;

  g_free (question->review);
  vantage_item_query_clear (&question->query);
  g_free (question);
}

static void
query_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Question *question = data;
  GError *error = NULL;
  GPtrArray *items =
      vantage_library_query_items (source, question->review, &question->query, question->limit,
                                   question->offset, cancellable, &error);

  if (items != NULL)
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
vantage_library_query_items_async (VantageLibrary *self, const char *review,
                                   const VantageItemQuery *query, guint limit, guint64 offset,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->review = g_strdup (review);
  vantage_item_query_copy (query, &question->query);
  question->limit = limit;
  question->offset = offset;
  g_task_set_task_data (task, question, free_question);
  g_task_run_in_thread (task, query_in_thread);
}

GPtrArray *
vantage_library_query_items_finish (VantageLibrary *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- channels ---- */

void
vantage_channel_summary_free (VantageChannelSummary *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->family);
  g_free (self->topic);
  g_free (self);
}

static int
compare_channels (gconstpointer a, gconstpointer b)
{
  const VantageChannelSummary *x = *(const VantageChannelSummary *const *) a;
  const VantageChannelSummary *y = *(const VantageChannelSummary *const *) b;
  int order = (int) x->sort - (int) y->sort;

  if (order == 0)
    order = g_utf8_collate (x->name, y->name);
  return order != 0 ? order : strcmp (x->id, y->id);
}

static gboolean
read_channels (VantageEvidenceReading *reading, GPtrArray *channels, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT channel, sum (n), sum (n_roots), min (first_us), max (last_us) FROM tally"
      " WHERE source IN (%s) GROUP BY channel",
      reading->map->seen != NULL ? reading->map->seen : "");
  g_auto (VantageStmt) stmt = vantage_evidence_prepare (reading->db, sql, error);

  while (vantage_stmt_step (&stmt, error))
    {
      const VantageMapChannel *channel =
          vantage_people_map_get_channel (reading->map, vantage_stmt_get_int (&stmt, 0));
      VantageChannelSummary *summary;

      if (channel == NULL)
        continue;

      summary = g_new0 (VantageChannelSummary, 1);
      summary->id = g_strdup (channel->uid);
      summary->name = g_strdup (channel->name);
      summary->family = g_strdup (channel->family);
      summary->topic = g_strdup (channel->topic);
      summary->sort = channel->sort;
      summary->n_items = (guint64) vantage_stmt_get_int (&stmt, 1);
      summary->n_threads = (guint64) vantage_stmt_get_int (&stmt, 2);
      summary->first_us = vantage_stmt_get_int (&stmt, 3);
      summary->last_us = vantage_stmt_get_int (&stmt, 4);
      if (summary->first_us == VANTAGE_ROW_NO_TIME)
        summary->first_us = VANTAGE_TIME_NONE;
      g_ptr_array_add (channels, summary);
    }

  g_ptr_array_sort (channels, compare_channels);
  return !stmt.failed;
}

GPtrArray *
vantage_library_list_channels (VantageLibrary *self, const char *review, GError **error)
{
  g_autoptr (GPtrArray) channels =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_channel_summary_free);
  g_autoptr (GError) local_error = NULL;
  VantageEvidenceReading reading;
  gboolean ok;

  if (!vantage_evidence_reading_begin (&reading, self, review, NULL, error))
    return NULL;

  ok = read_channels (&reading, channels, &local_error);
  vantage_evidence_reading_end (&reading, &local_error);
  if (ok)
    return g_steal_pointer (&channels);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
