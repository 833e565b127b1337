/* vantage-backend-sqlite.c: streams of ops in one SQLite file. */

#include "vantage-backend-sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "vantage-id.h"
#include "vantage-server-resources.h"
#include "vantage-sqlite-private.h"

gboolean
vantage_sqlite_convert (GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain == VANTAGE_DB_ERROR)
    {
      GError *converted = g_error_new_literal (VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_STORAGE,
                                               (*error)->message);

      g_clear_error (error);
      *error = converted;
    }
  return FALSE;
}

char *
vantage_sqlite_dup_text (VantageSqlite *self, GError **error, const char *sql, const char *a,
                         const char *b)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, sql, error);

  if (stmt.handle == NULL)
    {
      vantage_sqlite_convert (error);
      return NULL;
    }
  vantage_stmt_bind_text (&stmt, 1, a);
  if (b != NULL)
    vantage_stmt_bind_text (&stmt, 2, b);
  if (vantage_stmt_step (&stmt, error))
    return g_strdup (vantage_stmt_get_text (&stmt, 0));
  if (stmt.failed)
    vantage_sqlite_convert (error);
  return NULL;
}

static void
close_backend (VantageBackend *backend)
{
  VantageSqlite *self = (VantageSqlite *) backend;

  vantage_db_close (self->db);
  g_free (self->folder);
  g_free (self);
}

static gboolean
begin (VantageBackend *backend, GError **error)
{
  return vantage_db_begin (((VantageSqlite *) backend)->db, error) ||
         vantage_sqlite_convert (error);
}

static gboolean
commit (VantageBackend *backend, GError **error)
{
  return vantage_db_commit (((VantageSqlite *) backend)->db, error) ||
         vantage_sqlite_convert (error);
}

static void
roll_back (VantageBackend *backend)
{
  vantage_db_rollback (((VantageSqlite *) backend)->db);
}

static char *
dup_meta (VantageBackend *backend, const char *key, GError **error)
{
  return vantage_sqlite_dup_text ((VantageSqlite *) backend, error,
                                  "SELECT value FROM meta WHERE key = ?", key, NULL);
}

static gboolean
set_meta (VantageBackend *backend, const char *key, const char *value, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      ((VantageSqlite *) backend)->db,
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value ="
      " excluded.value",
      error);

  vantage_stmt_bind_text (&stmt, 1, key);
  vantage_stmt_bind_text (&stmt, 2, value);
  return vantage_stmt_run (&stmt, error) || vantage_sqlite_convert (error);
}

/* ---- reviews and streams ---- */

static gboolean
add_stream (VantageSqlite *self, const char *id, const char *review, const char *kind,
            GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db, "INSERT OR IGNORE INTO stream (id, review, kind) VALUES (?, ?, ?)", error);

  vantage_stmt_bind_text (&stmt, 1, id);
  vantage_stmt_bind_text (&stmt, 2, review);
  vantage_stmt_bind_text (&stmt, 3, kind);
  return vantage_stmt_run (&stmt, error);
}

static gboolean
add_review (VantageBackend *backend, const char *review, gint64 now_ms, gboolean *out_made,
            GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_autofree char *core = vantage_core_stream_id (review);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db, "INSERT OR IGNORE INTO review (id, created_ms) VALUES (?, ?)", error);

  vantage_stmt_bind_text (&stmt, 1, review);
  vantage_stmt_bind_int (&stmt, 2, now_ms);
  if (!vantage_stmt_run (&stmt, error))
    return vantage_sqlite_convert (error);
  *out_made = sqlite3_changes (vantage_db_get_handle (self->db)) > 0;
  return (add_stream (self, review, review, "team", error) &&
          add_stream (self, core, review, "core", error)) ||
         vantage_sqlite_convert (error);
}

#define STREAM_COLUMNS                                                                             \
  "stream.id, stream.review, stream.kind, stream.head, stream.digest, stream.purge_gen, "          \
  "member.role"

static VantageStoredStream *
read_stream (VantageStmt *stmt)
{
  VantageStoredStream *stream = g_new0 (VantageStoredStream, 1);
  gsize size;
  const void *digest = vantage_stmt_get_blob (stmt, 4, &size);

  stream->id = g_strdup (vantage_stmt_get_text (stmt, 0));
  stream->review = g_strdup (vantage_stmt_get_text (stmt, 1));
  stream->kind = g_strdup (vantage_stmt_get_text (stmt, 2));
  stream->head = vantage_stmt_get_int (stmt, 3);
  if (size == sizeof stream->digest)
    memcpy (stream->digest, digest, size);
  stream->purge_gen = vantage_stmt_get_int (stmt, 5);
  stream->role = g_strdup (vantage_stmt_get_text (stmt, 6));
  return stream;
}

static VantageStoredStream *
find_stream (VantageBackend *backend, const char *id, const char *user, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      ((VantageSqlite *) backend)->db,
      "SELECT " STREAM_COLUMNS " FROM stream LEFT JOIN member ON member.review = stream.review"
      " AND member.user = ?2 WHERE stream.id = ?1",
      error);

  vantage_stmt_bind_text (&stmt, 1, id);
  vantage_stmt_bind_text (&stmt, 2, user);
  if (vantage_stmt_step (&stmt, error))
    return read_stream (&stmt);
  if (stmt.failed)
    vantage_sqlite_convert (error);
  return NULL;
}

static GPtrArray *
list_streams (VantageBackend *backend, const char *user, GError **error)
{
  g_autoptr (GPtrArray) streams =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_stored_stream_free);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      ((VantageSqlite *) backend)->db,
      "SELECT " STREAM_COLUMNS " FROM member JOIN stream ON stream.review = member.review"
      " WHERE member.user = ? ORDER BY stream.number",
      error);

  vantage_stmt_bind_text (&stmt, 1, user);
  while (vantage_stmt_step (&stmt, error))
    g_ptr_array_add (streams, read_stream (&stmt));
  if (!stmt.failed)
    return g_steal_pointer (&streams);
  vantage_sqlite_convert (error);
  return NULL;
}

/* ---- ops ---- */

static gint64
get_last_n (VantageBackend *backend, const char *stream, const char *device, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      ((VantageSqlite *) backend)->db,
      "SELECT last_n FROM device_stream JOIN stream ON stream.number = device_stream.stream"
      " WHERE stream.id = ? AND d = ?",
      error);

  vantage_stmt_bind_text (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, device);
  if (vantage_stmt_step (&stmt, error))
    return vantage_stmt_get_int (&stmt, 0);
  if (!stmt.failed)
    return 0;
  vantage_sqlite_convert (error);
  return -1;
}

static gboolean
find_hash (VantageBackend *backend, const char *stream, const char *device, gint64 n,
           guint8 *out_hash, GError **error)
{
  const void *hash;
  gsize size;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      ((VantageSqlite *) backend)->db,
      "SELECT hash FROM op JOIN stream ON stream.number = op.stream WHERE stream.id = ? AND d = ?"
      " AND n = ?",
      error);

  vantage_stmt_bind_text (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, device);
  vantage_stmt_bind_int (&stmt, 3, n);
  if (!vantage_stmt_step (&stmt, error))
    {
      if (stmt.failed)
        vantage_sqlite_convert (error);
      return FALSE;
    }
  hash = vantage_stmt_get_blob (&stmt, 0, &size);
  if (size != VANTAGE_HASH_SIZE)
    return FALSE;
  memcpy (out_hash, hash, size);
  return TRUE;
}

static gboolean
append (VantageBackend *backend, const char *stream, const VantageStoredOp *op, GError **error)
{
  VantageDb *db = ((VantageSqlite *) backend)->db;
  gsize size;
  const void *body = g_bytes_get_data (op->body, &size);
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (db,
                          "INSERT INTO op (stream, seq, d, n, by, rx, hash, digest, body)"
                          " SELECT number, ?, ?, ?, ?, ?, ?, ?, ? FROM stream WHERE id = ?",
                          error);
  g_auto (VantageStmt) last = vantage_db_prepare (
      db,
      "INSERT INTO device_stream (stream, d, last_n) SELECT number, ?2, ?3 FROM stream WHERE id ="
      " ?1 ON CONFLICT (stream, d) DO UPDATE SET last_n = excluded.last_n",
      error);

  vantage_stmt_bind_int (&stmt, 1, op->seq);
  vantage_stmt_bind_text (&stmt, 2, op->device);
  vantage_stmt_bind_int (&stmt, 3, op->n);
  vantage_stmt_bind_text (&stmt, 4, op->by);
  vantage_stmt_bind_int (&stmt, 5, op->rx_ms);
  vantage_stmt_bind_blob (&stmt, 6, op->hash, VANTAGE_HASH_SIZE);
  vantage_stmt_bind_blob (&stmt, 7, op->digest, VANTAGE_HASH_SIZE);
  vantage_stmt_bind_blob (&stmt, 8, body, size);
  vantage_stmt_bind_text (&stmt, 9, stream);
  vantage_stmt_bind_text (&last, 1, stream);
  vantage_stmt_bind_text (&last, 2, op->device);
  vantage_stmt_bind_int (&last, 3, op->n);
  return (vantage_stmt_run (&stmt, error) && vantage_stmt_run (&last, error)) ||
         vantage_sqlite_convert (error);
}

static gboolean
set_head (VantageBackend *backend, const char *stream, gint64 head, const guint8 *digest,
          GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (((VantageSqlite *) backend)->db,
                          "UPDATE stream SET head = ?, digest = ? WHERE id = ?", error);

  vantage_stmt_bind_int (&stmt, 1, head);
  vantage_stmt_bind_blob (&stmt, 2, digest, VANTAGE_HASH_SIZE);
  vantage_stmt_bind_text (&stmt, 3, stream);
  return vantage_stmt_run (&stmt, error) || vantage_sqlite_convert (error);
}

static gboolean
read_ops (VantageBackend *backend, const char *stream, gint64 after, guint limit, gsize max_bytes,
          VantageWirePage *page, GError **error)
{
  gsize n_bytes = 0;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      ((VantageSqlite *) backend)->db,
      "SELECT seq, by, rx, body, digest FROM op WHERE stream = (SELECT number FROM stream WHERE id"
      " = ?) AND seq > ? ORDER BY seq LIMIT ?",
      error);

  vantage_stmt_bind_text (&stmt, 1, stream);
  vantage_stmt_bind_int (&stmt, 2, after);
  vantage_stmt_bind_int (&stmt, 3, limit);
  while (n_bytes < max_bytes && vantage_stmt_step (&stmt, error))
    {
      gsize size, n_digest;
      const void *body = vantage_stmt_get_blob (&stmt, 3, &size);
      g_autoptr (GBytes) op = g_bytes_new (body, size);
      const void *digest = vantage_stmt_get_blob (&stmt, 4, &n_digest);

      vantage_wire_page_add (page, vantage_stmt_get_int (&stmt, 0),
                             vantage_stmt_get_text (&stmt, 1), vantage_stmt_get_int (&stmt, 2), op);
      if (n_digest == sizeof page->digest)
        memcpy (page->digest, digest, n_digest);
      n_bytes += size;
    }
  return !stmt.failed || vantage_sqlite_convert (error);
}

static GHashTable *
get_vector (VantageBackend *backend, const char *stream, GError **error)
{
  g_autoptr (GHashTable) vector = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      ((VantageSqlite *) backend)->db,
      "SELECT d, last_n FROM device_stream JOIN stream ON stream.number = device_stream.stream"
      " WHERE stream.id = ?",
      error);

  vantage_stmt_bind_text (&stmt, 1, stream);
  while (vantage_stmt_step (&stmt, error))
    {
      gint64 n = vantage_stmt_get_int (&stmt, 1);

      g_hash_table_insert (vector, g_strdup (vantage_stmt_get_text (&stmt, 0)),
                           g_memdup2 (&n, sizeof n));
    }
  if (!stmt.failed)
    return g_steal_pointer (&vector);
  vantage_sqlite_convert (error);
  return NULL;
}

/* ---- opening ---- */

static const VantageBackendClass sqlite_class = {
  .close = close_backend,
  .begin = begin,
  .commit = commit,
  .rollback = roll_back,
  .dup_meta = dup_meta,
  .set_meta = set_meta,
  .dup_user_role = vantage_sqlite_dup_user_role,
  .set_user = vantage_sqlite_set_user,
  .add_token = vantage_sqlite_add_token,
  .dup_token_user = vantage_sqlite_dup_token_user,
  .revoke_tokens = vantage_sqlite_revoke_tokens,
  .add_review = add_review,
  .dup_role = vantage_sqlite_dup_role,
  .set_member = vantage_sqlite_set_member,
  .find_stream = find_stream,
  .list_streams = list_streams,
  .get_last_n = get_last_n,
  .find_hash = find_hash,
  .append = append,
  .set_head = set_head,
  .read_ops = read_ops,
  .get_vector = get_vector,
  .has_chunk = vantage_sqlite_has_chunk,
  .put_chunk = vantage_sqlite_put_chunk,
  .get_chunk = vantage_sqlite_get_chunk,
  .put_blob = vantage_sqlite_put_blob,
  .get_blob = vantage_sqlite_get_blob,
  .audit = vantage_sqlite_audit,
};

static void
register_schema (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      vantage_server_register_resource ();
      g_once_init_leave (&done, 1);
    }
}

static gboolean
migrate (VantageDb *db, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  const char *steps[1];
  gsize size;

  register_schema ();
  bytes = g_resources_lookup_data ("/org/vantage/server/schema/0001-server.sql", 0, error);
  if (bytes == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  steps[0] = text;
  return vantage_db_migrate (db, steps, G_N_ELEMENTS (steps), error);
}

VantageBackend *
vantage_backend_sqlite_new (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "server.db", NULL);
  g_autoptr (VantageDb) db = NULL;
  VantageSqlite *self;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_STORAGE, "%s: not made: %s",
                   folder, g_strerror (errno));
      return NULL;
    }
  vantage_db_init_process ();
  db = vantage_db_open (path, VANTAGE_DB_READ_WRITE, VANTAGE_DB_FULL, error);
  if (db == NULL || !migrate (db, error))
    {
      vantage_sqlite_convert (error);
      return NULL;
    }
  self = g_new0 (VantageSqlite, 1);
  self->parent.klass = &sqlite_class;
  self->db = g_steal_pointer (&db);
  self->folder = g_strdup (folder);
  if (vantage_backend_prepare (&self->parent, error))
    return &self->parent;
  close_backend (&self->parent);
  return NULL;
}

int
vantage_backend_sqlite_lock (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "server.lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  g_set_error (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_STORAGE,
               fd >= 0 && errno == EWOULDBLOCK ? "another server serves from %s"
                                               : "%s cannot be locked",
               folder);
  if (fd >= 0)
    close (fd);
  return -1;
}
