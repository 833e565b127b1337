/* vantage-blob.c: large things that ops name, and which items stand in which bundle. */

#include "vantage-blob.h"

#include <string.h>

#include "vantage-cite.h"
#include "vantage-hash.h"
#include "vantage-reference.h"
#include "vantage-txn.h"

#define CHUNK_BYTES (1024 * 1024)

/* ---- writing ---- */

typedef gboolean (*Write) (VantageTxn *txn, gpointer data, GError **error);

static gboolean
in_transaction (VantageLibrary *library, Write write, gpointer data, GError **error)
{
  g_autoptr (VantageTxn) txn = vantage_txn_begin (library, error);

  return (txn != NULL && write (txn, data, error) && vantage_txn_commit (txn, error)) ||
         vantage_store_convert_error (error);
}

typedef struct
{
  const char *stream, *blob, *chunk;
  VantageBlobState state;
  guint place;
  GBytes *bytes;
  GPtrArray *items;
} Args;

static gboolean
write_state (VantageTxn *txn, gpointer data, GError **error)
{
  const Args *args = data;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "INSERT INTO blob (stream, id, size, state) SELECT number, ?2, ifnull ((SELECT sum (length"
      " (bytes)) FROM chunk WHERE chunk.blob = ?2), 0), ?3 FROM stream WHERE id = ?1"
      " ON CONFLICT (stream, id) DO UPDATE SET state = excluded.state, size = excluded.size",
      error);

  vantage_stmt_bind_text (&stmt, 1, args->stream);
  vantage_stmt_bind_text (&stmt, 2, args->blob);
  vantage_stmt_bind_int (&stmt, 3, args->state);
  return vantage_stmt_run (&stmt, error);
}

gboolean
vantage_library_set_blob_state (VantageLibrary *library, const char *stream, const char *blob,
                                VantageBlobState state, GError **error)
{
  Args args = { .stream = stream, .blob = blob, .state = state };

  return in_transaction (library, write_state, &args, error);
}

static gboolean
write_requeue (VantageTxn *txn, gpointer data, GError **error)
{
  const Args *args = data;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "UPDATE blob SET state = 1 WHERE state = 2 AND stream = (SELECT number FROM stream WHERE id"
      " = ?)",
      error);

  vantage_stmt_bind_text (&stmt, 1, args->stream);
  return vantage_stmt_run (&stmt, error);
}

gboolean
vantage_library_requeue_blobs (VantageLibrary *library, const char *stream, GError **error)
{
  Args args = { .stream = stream };

  return in_transaction (library, write_requeue, &args, error);
}

static gboolean
write_chunk (VantageTxn *txn, gpointer data, GError **error)
{
  const Args *args = data;
  gsize size;
  const void *bytes = g_bytes_get_data (args->bytes, &size);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "INSERT OR REPLACE INTO chunk (blob, place, id, bytes) VALUES (?, ?, ?, ?)", error);

  vantage_stmt_bind_text (&stmt, 1, args->blob);
  vantage_stmt_bind_int (&stmt, 2, args->place);
  vantage_stmt_bind_text (&stmt, 3, args->chunk);
  vantage_stmt_bind_blob (&stmt, 4, bytes, size);
  return vantage_stmt_run (&stmt, error);
}

gboolean
vantage_library_put_chunk (VantageLibrary *library, const char *blob, guint place,
                           const char *chunk, GBytes *bytes, GError **error)
{
  Args args = { .blob = blob, .place = place, .chunk = chunk, .bytes = bytes };

  return in_transaction (library, write_chunk, &args, error);
}

static gboolean
write_blob (VantageTxn *txn, gpointer data, GError **error)
{
  const Args *args = data;
  gsize size = g_bytes_get_size (args->bytes);
  guint place = 0;

  for (gsize at = 0; at < size; at += CHUNK_BYTES, place++)
    {
      g_autoptr (GBytes) part =
          g_bytes_new_from_bytes (args->bytes, at, MIN (size - at, (gsize) CHUNK_BYTES));
      gsize n;
      const void *bytes = g_bytes_get_data (part, &n);
      g_autofree char *chunk = vantage_hash_data_text (bytes, n);
      Args one = { .blob = args->blob, .place = place, .chunk = chunk, .bytes = part };

      if (!write_chunk (txn, &one, error))
        return FALSE;
    }
  return write_state (txn, data, error);
}

gboolean
vantage_library_add_blob (VantageLibrary *library, const char *stream, const char *blob,
                          GBytes *bytes, GError **error)
{
  Args args = { .stream = stream, .blob = blob, .bytes = bytes, .state = VANTAGE_BLOB_HERE };
  GError *local_error = NULL;
  VantageBlobState there;

  if (vantage_library_get_blob_state (library, stream, blob, &there, &local_error) &&
      there != VANTAGE_BLOB_COMING)
    return TRUE;
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return in_transaction (library, write_blob, &args, error);
}

static gboolean
delete_chunks (VantageTxn *txn, gpointer data, GError **error)
{
  const Args *args = data;
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db, "DELETE FROM chunk WHERE blob = ?", error);

  vantage_stmt_bind_text (&stmt, 1, args->blob);
  return vantage_stmt_run (&stmt, error);
}

gboolean
vantage_library_drop_chunks (VantageLibrary *library, const char *blob, GError **error)
{
  Args args = { .blob = blob };

  return in_transaction (library, delete_chunks, &args, error);
}

static gboolean
write_items (VantageTxn *txn, gpointer data, GError **error)
{
  const Args *args = data;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "INSERT OR IGNORE INTO blob_item (blob, item, version) VALUES (?, ?, ?)", error);

  for (guint i = 0; i < args->items->len; i++)
    {
      const char *words = args->items->pdata[i];
      const char *end = strchr (words, '\n');
      g_autofree char *item = end != NULL ? g_strndup (words, (gsize) (end - words)) : NULL;

      if (item == NULL)
        continue;
      vantage_stmt_bind_text (&stmt, 1, args->blob);
      vantage_stmt_bind_text (&stmt, 2, item);
      vantage_stmt_bind_text (&stmt, 3, end + 1);
      if (!vantage_stmt_run (&stmt, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
vantage_library_set_bundled (VantageLibrary *library, const char *blob, GPtrArray *items,
                             GError **error)
{
  Args args = { .blob = blob, .items = items };

  return in_transaction (library, write_items, &args, error);
}

/* ---- reading ---- */

/* Calls @take for each row. */
typedef void (*Take) (VantageStmt *stmt, gpointer data);

static gboolean
read_rows (VantageLibrary *library, const char *sql, const char *a, const char *b, gint64 number,
           Take take, gpointer data, GError **error)
{
  gboolean ok;

  g_rec_mutex_lock (&library->reader_mutex);
  g_auto (VantageStmt) stmt = vantage_db_prepare (library->reader, sql, error);
  vantage_stmt_bind_text (&stmt, 1, a);
  if (b != NULL)
    vantage_stmt_bind_text (&stmt, 2, b);
  if (number >= 0)
    vantage_stmt_bind_int (&stmt, 2, number);
  while (vantage_stmt_step (&stmt, error))
    take (&stmt, data);
  ok = !stmt.failed;
  vantage_stmt_finish (&stmt);
  g_rec_mutex_unlock (&library->reader_mutex);
  return ok || vantage_store_convert_error (error);
}

static void
take_text (VantageStmt *stmt, gpointer data)
{
  g_ptr_array_add (data, g_strdup (vantage_stmt_get_text (stmt, 0)));
}

static GPtrArray *
read_texts (VantageLibrary *library, const char *sql, const char *a, gint64 number, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  return read_rows (library, sql, a, NULL, number, take_text, texts, error)
             ? g_steal_pointer (&texts)
             : NULL;
}

static void
take_number (VantageStmt *stmt, gpointer data)
{
  *(gint64 *) data = vantage_stmt_get_int (stmt, 0);
}

gboolean
vantage_library_get_blob_state (VantageLibrary *library, const char *stream, const char *blob,
                                VantageBlobState *out, GError **error)
{
  gint64 state = -1;

  if (!read_rows (library,
                  "SELECT state FROM blob JOIN stream ON stream.number = blob.stream"
                  " WHERE stream.id = ? AND blob.id = ?",
                  stream, blob, -1, take_number, &state, error))
    return FALSE;
  *out = (VantageBlobState) state;
  return state >= 0;
}

GPtrArray *
vantage_library_list_blobs (VantageLibrary *library, const char *stream, VantageBlobState state,
                            GError **error)
{
  return read_texts (library,
                     "SELECT blob.id FROM blob JOIN stream ON stream.number = blob.stream"
                     " WHERE stream.id = ? AND blob.state = ? ORDER BY blob.id",
                     stream, state, error);
}

GPtrArray *
vantage_library_list_chunks (VantageLibrary *library, const char *blob, GError **error)
{
  return read_texts (library, "SELECT id FROM chunk WHERE blob = ? ORDER BY place", blob, -1,
                     error);
}

static void
take_bytes (VantageStmt *stmt, gpointer data)
{
  gsize size;
  const void *bytes = vantage_stmt_get_blob (stmt, 0, &size);

  g_byte_array_append (data, bytes, (guint) size);
}

GBytes *
vantage_library_read_chunk (VantageLibrary *library, const char *blob, guint place, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!read_rows (library, "SELECT bytes FROM chunk WHERE blob = ? AND place = ?", blob, NULL,
                  place, take_bytes, bytes, error) ||
      bytes->len == 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

GBytes *
vantage_library_read_blob (VantageLibrary *library, const char *blob, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  return read_rows (library, "SELECT bytes FROM chunk WHERE blob = ? ORDER BY place", blob, NULL,
                    -1, take_bytes, bytes, error)
             ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes))
             : NULL;
}

static void
take_word (VantageStmt *stmt, gpointer data)
{
  g_hash_table_add (data, g_strdup (vantage_stmt_get_text (stmt, 0)));
}

GHashTable *
vantage_library_list_bundled (VantageLibrary *library, const char *stream, GError **error)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return read_rows (
             library,
             "SELECT item || char (10) || version FROM blob_item JOIN blob ON blob.id ="
             " blob_item.blob JOIN stream ON stream.number = blob.stream WHERE stream.id = ?",
             stream, NULL, -1, take_word, words, error)
             ? g_steal_pointer (&words)
             : NULL;
}

/* ---- what is cited ---- */

static void
add_item (GHashTable *items, const char *text, gsize length)
{
  if (vantage_item_id_is_valid (text, (gssize) length))
    g_hash_table_add (items, g_strndup (text, length));
}

static void
take_target (VantageStmt *stmt, gpointer data)
{
  const char *target = vantage_stmt_get_text (stmt, 0);

  add_item (data, target, strlen (target));
}

/* Inline references stand in the registers' JSON, where nothing of their form is escaped. */
static void
take_inline (VantageStmt *stmt, gpointer data)
{
  g_autoptr (GArray) references = vantage_reference_find (vantage_stmt_get_text (stmt, 0));

  for (guint i = 0; i < references->len; i++)
    {
      const VantageReference *reference = &g_array_index (references, VantageReference, i);

      if (strcmp (reference->kind, "item") == 0)
        add_item (data, reference->id, strcspn (reference->id, "@"));
    }
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
vantage_library_list_cited (VantageLibrary *library, const char *review, GError **error)
{
  g_autoptr (GHashTable) items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *list;
  GHashTableIter iter;
  gpointer item;

  if (!read_rows (library,
                  "SELECT DISTINCT target FROM entity_ref JOIN entity ON entity.key ="
                  " entity_ref.entity JOIN stream ON stream.number = entity.stream"
                  " WHERE stream.review = ? AND entity.deleted = 0 AND target LIKE '%.%'",
                  review, NULL, -1, take_target, items, error) ||
      !read_rows (library,
                  "SELECT registers FROM entity JOIN stream ON stream.number = entity.stream"
                  " WHERE stream.review = ? AND deleted = 0 AND instr (registers, '[[item:') > 0",
                  review, NULL, -1, take_inline, items, error) ||
      !read_rows (library,
                  "SELECT json_extract (registers, '$.item') FROM entity JOIN stream ON"
                  " stream.number = entity.stream WHERE stream.review = ? AND deleted = 0"
                  " AND kind = 'redaction' AND json_extract (registers, '$.item') IS NOT NULL",
                  review, NULL, -1, take_target, items, error))
    return NULL;

  list = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, items);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_ptr_array_add (list, g_strdup (item));
  g_ptr_array_sort (list, compare_text);
  return list;
}
