/* vantage-backend-sqlite.h: storage in one SQLite file and a folder of chunks. */

#pragma once

#include "vantage-backend.h"

G_BEGIN_DECLS

/* @folder: made when missing, mode 0700. Migrates. (transfer full) */
VantageBackend *vantage_backend_sqlite_new (const char *folder, GError **error);

/* Holds the folder for the one process that serves from it; -1 with @error when another does. */
int vantage_backend_sqlite_lock (const char *folder, GError **error);

/* Reviews with their members and sizes, accounts, or lines of the audit log, as text for the
 * operator: one a line, columns parted by tabs, newest last. (transfer full) */
char *vantage_backend_sqlite_dup_list (VantageBackend *self, const char *what, GError **error);

G_END_DECLS
