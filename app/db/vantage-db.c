/* vantage-db.c: opening a database file so that what is committed stays, and raising its schema. */

#include "vantage-db.h"

#include <glib/gstdio.h>
#include <string.h>

#include "vantage-db-private.h"

#define BUSY_TIMEOUT_MS 10000

G_DEFINE_QUARK (vantage_db_error, vantage_db_error)

static VantageDbError
code_from_result (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return VANTAGE_DB_ERROR_OPEN;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return VANTAGE_DB_ERROR_BUSY;
    case SQLITE_FULL:
      return VANTAGE_DB_ERROR_FULL;
    case SQLITE_IOERR:
      return VANTAGE_DB_ERROR_IO;
    case SQLITE_READONLY:
      return VANTAGE_DB_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
      return VANTAGE_DB_ERROR_CORRUPT;
    case SQLITE_NOTADB:
      return VANTAGE_DB_ERROR_NOT_OURS;
    case SQLITE_INTERRUPT:
      return VANTAGE_DB_ERROR_CANCELLED;
    default:
      return VANTAGE_DB_ERROR_FAILED;
    }
}

void
vantage_db_set_error (VantageDb *self, GError **error, const char *what)
{
  int result = sqlite3_extended_errcode (self->handle);

  g_set_error (error, VANTAGE_DB_ERROR, code_from_result (result), "%s: %s (%d) in %s", what,
               sqlite3_errmsg (self->handle), result, self->path);
}

void
vantage_db_init_process (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;

  /* Refused when SQLite already runs, which a test's own file system layer may cause; then its
   * defaults hold, which are slower and just as right. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_config (SQLITE_CONFIG_MULTITHREAD);
  sqlite3_initialize ();
  g_once_init_leave (&once, 1);
}

gboolean
vantage_db_exec (VantageDb *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  vantage_db_set_error (self, error, "SQL");
  return FALSE;
}

/* The first column of the first row as a number; -1 when it cannot be read. */
static gint64
query_number (VantageDb *self, const char *sql)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self, sql, NULL);

  return vantage_stmt_step (&stmt, NULL) ? vantage_stmt_get_int (&stmt, 0) : -1;
}

static gboolean
is_empty (VantageDb *self)
{
  return query_number (self, "SELECT count(*) FROM sqlite_schema") == 0;
}

static gboolean
ensure_wal (VantageDb *self, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self, "PRAGMA journal_mode = WAL", error);
  gboolean ok = vantage_stmt_step (&stmt, error);

  if (!ok && !stmt.failed)
    g_set_error (error, VANTAGE_DB_ERROR, VANTAGE_DB_ERROR_OPEN, "no write-ahead log for %s",
                 self->path);
  return ok;
}

/* Reads the header, so that a file that is no database is told at once and nothing is written. */
static gboolean
check_header (VantageDb *self, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self, "SELECT count(*) FROM sqlite_schema", error);

  return vantage_stmt_step (&stmt, error);
}

static gboolean
set_up_writer (VantageDb *self, VantageDbDurability durability, GError **error)
{
  const char *sql =
      durability == VANTAGE_DB_FULL
          ? "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON"
          : "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON";

  if (!vantage_db_exec (self, sql, error))
    return FALSE;
  if (!is_empty (self))
    return TRUE;

  return vantage_db_exec (self, "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL",
                          error) &&
         ensure_wal (self, error);
}

static gboolean
set_up (VantageDb *self, VantageDbMode mode, VantageDbDurability durability, GError **error)
{
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);

  if (!check_header (self, error) ||
      !vantage_db_exec (self, "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY", error))
    return FALSE;

  if (mode == VANTAGE_DB_READ_ONLY)
    return vantage_db_exec (self, "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0", error);
  return set_up_writer (self, durability, error);
}

VantageDb *
vantage_db_open (const char *path, VantageDbMode mode, VantageDbDurability durability,
                 GError **error)
{
  g_autoptr (VantageDb) self = g_new0 (VantageDb, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

  vantage_db_init_process ();
  self->path = g_strdup (path);
  self->statements = vantage_db_new_statements ();

  if (mode == VANTAGE_DB_READ_WRITE)
    flags |= SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK)
    {
      vantage_db_set_error (self, error, "opening");
      return NULL;
    }
  if (!set_up (self, mode, durability, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
vantage_db_close (VantageDb *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  g_free (self);
}

sqlite3 *
vantage_db_get_handle (VantageDb *self)
{
  return self->handle;
}

guint
vantage_db_get_version (VantageDb *self)
{
  gint64 version = query_number (self, "PRAGMA user_version");

  return version < 0 ? 0 : (guint) version;
}

static gboolean
apply_step (VantageDb *self, const char *sql, guint version, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u", version);

  if (!vantage_db_begin (self, error))
    return FALSE;
  /* Another program may have made this very step while we waited for our turn. */
  if (vantage_db_get_version (self) >= version)
    {
      vantage_db_rollback (self);
      return TRUE;
    }
  if (vantage_db_exec (self, sql, error) && vantage_db_exec (self, stamp, error))
    return vantage_db_commit (self, error);

  vantage_db_rollback (self);
  return FALSE;
}

gboolean
vantage_db_migrate (VantageDb *self, const char *const *steps, guint n_steps, GError **error)
{
  guint version = vantage_db_get_version (self);

  if (version > n_steps)
    {
      g_set_error (error, VANTAGE_DB_ERROR, VANTAGE_DB_ERROR_TOO_NEW,
                   "%s has schema %u, this version knows %u", self->path, version, n_steps);
      return FALSE;
    }
  if (version == 0 && !is_empty (self))
    {
      g_set_error (error, VANTAGE_DB_ERROR, VANTAGE_DB_ERROR_NOT_OURS,
                   "%s is another program's database", self->path);
      return FALSE;
    }
  if (!ensure_wal (self, error))
    return FALSE;

  for (guint i = version; i < n_steps; i++)
    if (!apply_step (self, steps[i], i + 1, error))
      {
        g_prefix_error (error, "schema step %u: ", i + 1);
        return FALSE;
      }
  return TRUE;
}

gboolean
vantage_db_begin (VantageDb *self, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self, "BEGIN IMMEDIATE", error);

  return vantage_stmt_run (&stmt, error);
}

gboolean
vantage_db_commit (VantageDb *self, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self, "COMMIT", error);

  if (vantage_stmt_run (&stmt, error))
    return TRUE;

  vantage_stmt_reset (&stmt);
  vantage_db_rollback (self);
  return FALSE;
}

void
vantage_db_rollback (VantageDb *self)
{
  /* Some errors roll back by themselves. */
  if (!sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

void
vantage_db_interrupt (VantageDb *self)
{
  sqlite3_interrupt (self->handle);
}

static gboolean
check_copy (const char *path, GError **error)
{
  g_autoptr (VantageDb) copy =
      vantage_db_open (path, VANTAGE_DB_READ_ONLY, VANTAGE_DB_NORMAL, error);

  if (copy == NULL)
    return FALSE;

  g_auto (VantageStmt) stmt = vantage_db_prepare (copy, "PRAGMA integrity_check(1)", error);

  if (!vantage_stmt_step (&stmt, error))
    return FALSE;
  if (g_strcmp0 (vantage_stmt_get_text (&stmt, 0), "ok") == 0)
    return TRUE;

  g_set_error (error, VANTAGE_DB_ERROR, VANTAGE_DB_ERROR_CORRUPT, "copy %s: %s", path,
               vantage_stmt_get_text (&stmt, 0));
  return FALSE;
}

gboolean
vantage_db_copy_to (VantageDb *self, const char *path, GError **error)
{
  gboolean only_reads = query_number (self, "PRAGMA query_only") == 1;
  g_auto (VantageStmt) stmt = vantage_db_prepare (self, "VACUUM INTO ?", error);
  gboolean ok;

  /* SQLite counts the copy as a write, though to another file. */
  vantage_db_exec (self, "PRAGMA query_only = OFF", NULL);
  vantage_stmt_bind_text (&stmt, 1, path);
  ok = vantage_stmt_run (&stmt, error);
  if (only_reads)
    vantage_db_exec (self, "PRAGMA query_only = ON", NULL);
  if (!ok)
    {
      g_unlink (path);
      return FALSE;
    }
  return check_copy (path, error);
}
