/* vantage-sqlite-blobs.c: chunks as files named by their hash, and the blobs they make up. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "vantage-sqlite-private.h"

gboolean
vantage_sqlite_has_chunk (VantageBackend *backend, const char *stream, const char *id,
                          gint64 *out_size, GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db,
                          "SELECT chunk.size FROM chunk JOIN stream ON stream.number = chunk.stream"
                          " WHERE stream.id = ? AND chunk.id = ?",
                          error);

  vantage_stmt_bind_text (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, id);
  if (vantage_stmt_step (&stmt, error))
    {
      *out_size = vantage_stmt_get_int (&stmt, 0);
      return TRUE;
    }
  if (stmt.failed)
    vantage_sqlite_convert (error);
  return FALSE;
}

static gboolean
fail_file (GError **error, const char *what, const char *path)
{
  g_set_error (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_STORAGE, "%s: %s: %s", path, what,
               g_strerror (errno));
  return FALSE;
}

static gboolean
sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail_file (error, "not written", folder);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }
  return fsync (fd) == 0;
}

/* The file is whole under its name, or not there. */
static gboolean
write_file (const char *folder, const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *temporary = g_build_filename (folder, ".new-XXXXXX", NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  int fd;
  gboolean ok;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_file (error, "not made", folder);
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_file (error, "not made", temporary);
  ok = write_all (fd, data, size);
  ok = close (fd) == 0 && ok && g_rename (temporary, path) == 0;
  if (!ok)
    {
      fail_file (error, "not written", path);
      g_unlink (temporary);
      return FALSE;
    }
  return sync_folder (folder, error);
}

static char *
dup_chunk_folder (VantageSqlite *self, const char *id)
{
  char start[3] = { id[0], id[1], '\0' };

  return g_build_filename (self->folder, "chunks", start, NULL);
}

gboolean
vantage_sqlite_put_chunk (VantageBackend *backend, const char *stream, const char *id,
                          GBytes *bytes, GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_autofree char *folder = dup_chunk_folder (self, id);
  g_autofree char *path = g_build_filename (folder, id, NULL);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "INSERT OR IGNORE INTO chunk (stream, id, size) SELECT number, ?2, ?3 FROM stream"
      " WHERE id = ?1",
      error);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !write_file (folder, path, bytes, error))
    return FALSE;
  vantage_stmt_bind_text (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, id);
  vantage_stmt_bind_int (&stmt, 3, (gint64) g_bytes_get_size (bytes));
  return vantage_stmt_run (&stmt, error) || vantage_sqlite_convert (error);
}

GBytes *
vantage_sqlite_get_chunk (VantageBackend *backend, const char *stream, const char *id,
                          GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_autofree char *folder = dup_chunk_folder (self, id);
  g_autofree char *path = g_build_filename (folder, id, NULL);
  g_autofree char *data = NULL;
  gint64 known;
  gsize size;

  if (!vantage_sqlite_has_chunk (backend, stream, id, &known, error))
    return NULL;
  if (!g_file_get_contents (path, &data, &size, NULL))
    {
      fail_file (error, "not read", path);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

gboolean
vantage_sqlite_put_blob (VantageBackend *backend, const char *stream, const char *id,
                         const VantageWireBlob *blob, GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_autoptr (GString) chunks = g_string_new (NULL);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "INSERT OR IGNORE INTO blob (stream, id, size, chunks) SELECT number, ?2, ?3, ?4 FROM stream"
      " WHERE id = ?1",
      error);

  for (guint i = 0; i < blob->chunks->len; i++)
    g_string_append_printf (chunks, "%s%s", i > 0 ? "\n" : "",
                            (const char *) blob->chunks->pdata[i]);
  vantage_stmt_bind_text (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, id);
  vantage_stmt_bind_int (&stmt, 3, blob->size);
  vantage_stmt_bind_text (&stmt, 4, chunks->str);
  return vantage_stmt_run (&stmt, error) || vantage_sqlite_convert (error);
}

VantageWireBlob *
vantage_sqlite_get_blob (VantageBackend *backend, const char *stream, const char *id,
                         GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  VantageWireBlob *blob = NULL;
  g_auto (GStrv) chunks = NULL;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "SELECT blob.size, blob.chunks FROM blob JOIN stream ON stream.number = blob.stream"
      " WHERE stream.id = ? AND blob.id = ?",
      error);

  vantage_stmt_bind_text (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, id);
  if (!vantage_stmt_step (&stmt, error))
    {
      if (stmt.failed)
        vantage_sqlite_convert (error);
      return NULL;
    }
  blob = vantage_wire_blob_new (vantage_stmt_get_int (&stmt, 0));
  chunks = g_strsplit (vantage_stmt_get_text (&stmt, 1), "\n", -1);
  for (guint i = 0; chunks[i] != NULL; i++)
    g_ptr_array_add (blob->chunks, g_strdup (chunks[i]));
  return blob;
}
