/* vantage-sqlite-private.h: the parts of the SQLite storage among themselves. */

#pragma once

#include "vantage-backend.h"
#include "vantage-db.h"

G_BEGIN_DECLS

typedef struct
{
  VantageBackend parent;
  VantageDb *db;
  char *folder;
} VantageSqlite;

/* Turns an error of db/ into one of this folder. FALSE always. */
gboolean vantage_sqlite_convert (GError **error);
/* The first column of the first row of a query with text parameters (NULL-terminated). (transfer
 * full) (nullable) */
char *vantage_sqlite_dup_text (VantageSqlite *self, GError **error, const char *sql, const char *a,
                               const char *b);

/* Chunks and blobs, in vantage-sqlite-blobs.c. */
gboolean vantage_sqlite_has_chunk (VantageBackend *backend, const char *stream, const char *id,
                                   gint64 *out_size, GError **error);
gboolean vantage_sqlite_put_chunk (VantageBackend *backend, const char *stream, const char *id,
                                   GBytes *bytes, GError **error);
GBytes *vantage_sqlite_get_chunk (VantageBackend *backend, const char *stream, const char *id,
                                  GError **error);
gboolean vantage_sqlite_put_blob (VantageBackend *backend, const char *stream, const char *id,
                                  const VantageWireBlob *blob, GError **error);
VantageWireBlob *vantage_sqlite_get_blob (VantageBackend *backend, const char *stream,
                                          const char *id, GError **error);

/* Accounts, members and the audit log, in vantage-sqlite-accounts.c. */
char *vantage_sqlite_dup_user_role (VantageBackend *backend, const char *name, GError **error);
gboolean vantage_sqlite_set_user (VantageBackend *backend, const char *name, const char *role,
                                  gint64 now_ms, GError **error);
gboolean vantage_sqlite_add_token (VantageBackend *backend, const guint8 *hash, const char *user,
                                   gint64 now_ms, GError **error);
char *vantage_sqlite_dup_token_user (VantageBackend *backend, const guint8 *hash, gint64 now_ms,
                                     GError **error);
gboolean vantage_sqlite_revoke_tokens (VantageBackend *backend, const char *user, GError **error);
char *vantage_sqlite_dup_role (VantageBackend *backend, const char *review, const char *user,
                               GError **error);
gboolean vantage_sqlite_set_member (VantageBackend *backend, const char *review, const char *user,
                                    const char *role, GError **error);
gboolean vantage_sqlite_audit (VantageBackend *backend, gint64 at_ms, const char *who,
                               const char *what, const char *subject, GError **error);

G_END_DECLS
