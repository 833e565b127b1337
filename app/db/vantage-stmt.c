/* vantage-stmt.c: statements, prepared once for a connection and their text. */

#include "vantage-db.h"

#include "vantage-db-private.h"

typedef struct
{
  sqlite3_stmt *handle;
  gboolean in_use; /* by a caller further up the stack, who would lose its place */
} CachedStatement;

static void
free_cached (gpointer data)
{
  CachedStatement *cached = data;

  sqlite3_finalize (cached->handle);
  g_free (cached);
}

GHashTable *
vantage_db_new_statements (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_cached);
}

VantageStmt
vantage_db_prepare (VantageDb *self, const char *sql, GError **error)
{
  VantageStmt stmt = { .db = self };
  CachedStatement *cached = g_hash_table_lookup (self->statements, sql);

  if (cached != NULL && !cached->in_use)
    {
      cached->in_use = TRUE;
      stmt.handle = cached->handle;
      return stmt;
    }

  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt.handle, NULL) !=
      SQLITE_OK)
    {
      vantage_db_set_error (self, error, sql);
      return (VantageStmt){ .failed = TRUE };
    }

  if (cached == NULL)
    {
      cached = g_new (CachedStatement, 1);
      *cached = (CachedStatement){ stmt.handle, TRUE };
      g_hash_table_insert (self->statements, g_strdup (sql), cached);
    }
  return stmt;
}

void
vantage_stmt_finish (VantageStmt *self)
{
  CachedStatement *cached;

  if (self->handle == NULL)
    return;

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  cached = g_hash_table_lookup (self->db->statements, sqlite3_sql (self->handle));
  if (cached != NULL && cached->handle == self->handle)
    cached->in_use = FALSE;
  else
    sqlite3_finalize (self->handle);
  *self = (VantageStmt){ 0 };
}

void
vantage_stmt_bind_text (VantageStmt *self, int index, const char *text)
{
  if (self->handle != NULL)
    sqlite3_bind_text (self->handle, index, text, -1, SQLITE_TRANSIENT);
}

void
vantage_stmt_bind_int (VantageStmt *self, int index, gint64 value)
{
  if (self->handle != NULL)
    sqlite3_bind_int64 (self->handle, index, value);
}

void
vantage_stmt_bind_double (VantageStmt *self, int index, double value)
{
  if (self->handle != NULL)
    sqlite3_bind_double (self->handle, index, value);
}

void
vantage_stmt_bind_blob (VantageStmt *self, int index, const void *data, gsize size)
{
  if (self->handle == NULL)
    return;
  if (size == 0)
    sqlite3_bind_zeroblob (self->handle, index, 0);
  else
    sqlite3_bind_blob64 (self->handle, index, data, size, SQLITE_TRANSIENT);
}

void
vantage_stmt_bind_null (VantageStmt *self, int index)
{
  if (self->handle != NULL)
    sqlite3_bind_null (self->handle, index);
}

gboolean
vantage_stmt_step (VantageStmt *self, GError **error)
{
  int result;

  if (self->handle == NULL)
    {
      self->failed = TRUE;
      return FALSE;
    }

  result = sqlite3_step (self->handle);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    {
      self->failed = TRUE;
      vantage_db_set_error (self->db, error, sqlite3_sql (self->handle));
    }
  sqlite3_reset (self->handle);
  return FALSE;
}

gboolean
vantage_stmt_run (VantageStmt *self, GError **error)
{
  while (vantage_stmt_step (self, error))
    ;
  return !self->failed;
}

void
vantage_stmt_reset (VantageStmt *self)
{
  if (self->handle == NULL)
    return;

  sqlite3_reset (self->handle);
  self->failed = FALSE;
}

const char *
vantage_stmt_get_text (VantageStmt *self, int column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

gint64
vantage_stmt_get_int (VantageStmt *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

double
vantage_stmt_get_double (VantageStmt *self, int column)
{
  return sqlite3_column_double (self->handle, column);
}

const void *
vantage_stmt_get_blob (VantageStmt *self, int column, gsize *out_size)
{
  const void *data = sqlite3_column_blob (self->handle, column);

  *out_size = (gsize) sqlite3_column_bytes (self->handle, column);
  return data;
}

gboolean
vantage_stmt_is_null (VantageStmt *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}
