/* vantage-db.h: an SQLite connection, its statements and its migrations. A connection is used by
 * one thread at a time. */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_DB_ERROR_FAILED, /* anything else; the message has SQLite's words */
  VANTAGE_DB_ERROR_OPEN,
  VANTAGE_DB_ERROR_TOO_NEW, /* written by a newer version: left untouched */
  VANTAGE_DB_ERROR_BUSY,
  VANTAGE_DB_ERROR_FULL, /* disk full */
  VANTAGE_DB_ERROR_IO,
  VANTAGE_DB_ERROR_READ_ONLY,
  VANTAGE_DB_ERROR_CORRUPT,
  VANTAGE_DB_ERROR_NOT_OURS,  /* another kind of database, or no database */
  VANTAGE_DB_ERROR_CANCELLED, /* interrupted on purpose */
} VantageDbError;

#define VANTAGE_DB_ERROR (vantage_db_error_quark ())
GQuark vantage_db_error_quark (void);

typedef enum
{
  VANTAGE_DB_READ_WRITE,
  VANTAGE_DB_READ_ONLY, /* query_only, never checkpoints; several may be open */
} VantageDbMode;

typedef enum
{
  VANTAGE_DB_FULL,   /* synchronous=FULL: what was committed survives a power cut */
  VANTAGE_DB_NORMAL, /* survives a crash of the program */
} VantageDbDurability;

typedef struct _VantageDb VantageDb;

/* Once, before any other SQLite call of the process: no memory statistics, one connection a thread.
 */
void vantage_db_init_process (void);

VantageDb *vantage_db_open (const char *path, VantageDbMode mode, VantageDbDurability durability,
                            GError **error);
void vantage_db_close (VantageDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageDb, vantage_db_close)
sqlite3 *vantage_db_get_handle (VantageDb *self);

/* One or more statements without results. */
gboolean vantage_db_exec (VantageDb *self, const char *sql, GError **error);
guint vantage_db_get_version (VantageDb *self);
/* Raises user_version from where it stands to @n_steps; each step and its stamp commit together. */
gboolean vantage_db_migrate (VantageDb *self, const char *const *steps, guint n_steps,
                             GError **error);
/* Begins (IMMEDIATE), commits, rolls back. */
gboolean vantage_db_begin (VantageDb *self, GError **error);
gboolean vantage_db_commit (VantageDb *self, GError **error);
void vantage_db_rollback (VantageDb *self);
/* Stops what runs on it from another thread; that call fails with CANCELLED. */
void vantage_db_interrupt (VantageDb *self);
/* A whole copy at @path by VACUUM INTO, then integrity_check on the copy. */
gboolean vantage_db_copy_to (VantageDb *self, const char *path, GError **error);
/* Fills @error from the connection's last result. */
void vantage_db_set_error (VantageDb *self, GError **error, const char *what);

/*
 * Statements: prepared once per connection and text, reset on finish. @sql must be a constant.
 *
 *   g_auto (VantageStmt) stmt = vantage_db_prepare (db, "SELECT …", error);   // NULL db in it =
 * failed vantage_stmt_bind_text (&stmt, 1, id); while (vantage_stmt_step (&stmt, error)) …
 */
typedef struct
{
  VantageDb *db;
  sqlite3_stmt *handle;
  gboolean failed; /* a step failed; error was set */
} VantageStmt;

VantageStmt vantage_db_prepare (VantageDb *self, const char *sql, GError **error);
void vantage_stmt_finish (VantageStmt *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VantageStmt, vantage_stmt_finish)
/* NULL text binds NULL. Text is copied. */
void vantage_stmt_bind_text (VantageStmt *self, int index, const char *text);
void vantage_stmt_bind_int (VantageStmt *self, int index, gint64 value);
void vantage_stmt_bind_double (VantageStmt *self, int index, double value);
void vantage_stmt_bind_blob (VantageStmt *self, int index, const void *data, gsize size);
void vantage_stmt_bind_null (VantageStmt *self, int index);
/* TRUE: a row. FALSE: no more, or failed (then `failed` and @error are set). */
gboolean vantage_stmt_step (VantageStmt *self, GError **error);
/* For statements without rows; then reset, ready to bind again. */
gboolean vantage_stmt_run (VantageStmt *self, GError **error);
void vantage_stmt_reset (VantageStmt *self);
const char *vantage_stmt_get_text (VantageStmt *self,
                                   int column); /* lent until the next step; NULL */
gint64 vantage_stmt_get_int (VantageStmt *self, int column);
double vantage_stmt_get_double (VantageStmt *self, int column);
const void *vantage_stmt_get_blob (VantageStmt *self, int column, gsize *out_size);
gboolean vantage_stmt_is_null (VantageStmt *self, int column);

G_END_DECLS
