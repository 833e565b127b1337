/* vantage-sqlite-accounts.c: accounts, tokens, members, and the log of who changed them. */

#include <string.h>

#include "vantage-backend-sqlite.h"
#include "vantage-sqlite-private.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define TOKEN_DAYS 90

static gboolean
run (VantageStmt *stmt, GError **error)
{
  return vantage_stmt_run (stmt, error) || vantage_sqlite_convert (error);
}

char *
vantage_sqlite_dup_user_role (VantageBackend *backend, const char *name, GError **error)
{
  return vantage_sqlite_dup_text ((VantageSqlite *) backend, error,
                                  "SELECT role FROM user WHERE name = ?", name, NULL);
}

gboolean
vantage_sqlite_set_user (VantageBackend *backend, const char *name, const char *role, gint64 now_ms,
                         GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db,
                          "INSERT INTO user (name, role, created_ms) VALUES (?, ?, ?)"
                          " ON CONFLICT (name) DO UPDATE SET role = excluded.role",
                          error);

  vantage_stmt_bind_text (&stmt, 1, name);
  vantage_stmt_bind_text (&stmt, 2, role);
  vantage_stmt_bind_int (&stmt, 3, now_ms);
  return run (&stmt, error);
}

gboolean
vantage_sqlite_add_token (VantageBackend *backend, const guint8 *hash, const char *user,
                          gint64 now_ms, GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db, "INSERT INTO token (hash, user, created_ms, seen_ms) VALUES (?, ?, ?3, ?3)", error);

  vantage_stmt_bind_blob (&stmt, 1, hash, VANTAGE_HASH_SIZE);
  vantage_stmt_bind_text (&stmt, 2, user);
  vantage_stmt_bind_int (&stmt, 3, now_ms);
  return run (&stmt, error);
}

static gboolean
note_use (VantageSqlite *self, const guint8 *hash, gint64 now_ms, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "UPDATE token SET seen_ms = ? WHERE hash = ?", error);

  vantage_stmt_bind_int (&stmt, 1, now_ms);
  vantage_stmt_bind_blob (&stmt, 2, hash, VANTAGE_HASH_SIZE);
  return run (&stmt, error);
}

char *
vantage_sqlite_dup_token_user (VantageBackend *backend, const guint8 *hash, gint64 now_ms,
                               GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_autofree char *user = NULL;
  gint64 seen_ms = 0;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db, "SELECT user, seen_ms FROM token WHERE hash = ? AND revoked = 0", error);

  vantage_stmt_bind_blob (&stmt, 1, hash, VANTAGE_HASH_SIZE);
  if (vantage_stmt_step (&stmt, error))
    {
      user = g_strdup (vantage_stmt_get_text (&stmt, 0));
      seen_ms = vantage_stmt_get_int (&stmt, 1);
    }
  else if (stmt.failed)
    vantage_sqlite_convert (error);
  vantage_stmt_finish (&stmt);

  if (user == NULL || now_ms - seen_ms > TOKEN_DAYS * DAY_MS)
    return NULL;
  if (now_ms - seen_ms > DAY_MS && !note_use (self, hash, now_ms, error))
    return NULL;
  return g_steal_pointer (&user);
}

gboolean
vantage_sqlite_revoke_tokens (VantageBackend *backend, const char *user, GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "UPDATE token SET revoked = 1 WHERE user = ?", error);

  vantage_stmt_bind_text (&stmt, 1, user);
  return run (&stmt, error);
}

char *
vantage_sqlite_dup_role (VantageBackend *backend, const char *review, const char *user,
                         GError **error)
{
  return vantage_sqlite_dup_text ((VantageSqlite *) backend, error,
                                  "SELECT role FROM member WHERE review = ? AND user = ?", review,
                                  user);
}

gboolean
vantage_sqlite_set_member (VantageBackend *backend, const char *review, const char *user,
                           const char *role, GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_auto (VantageStmt) set =
      vantage_db_prepare (self->db,
                          "INSERT INTO member (review, user, role) VALUES (?1, ?2, ?3)"
                          " ON CONFLICT (review, user) DO UPDATE SET role = excluded.role",
                          error);
  g_auto (VantageStmt) leave =
      vantage_db_prepare (self->db, "DELETE FROM member WHERE review = ?1 AND user = ?2", error);
  VantageStmt *stmt = role != NULL ? &set : &leave;

  vantage_stmt_bind_text (stmt, 1, review);
  vantage_stmt_bind_text (stmt, 2, user);
  if (role != NULL)
    vantage_stmt_bind_text (stmt, 3, role);
  return run (stmt, error);
}

/* ---- audit ---- */

static gboolean
read_last_hash (VantageSqlite *self, guint8 *out, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "SELECT hash FROM audit ORDER BY n DESC LIMIT 1", error);

  memset (out, 0, VANTAGE_HASH_SIZE);
  if (vantage_stmt_step (&stmt, error))
    {
      gsize size;
      const void *hash = vantage_stmt_get_blob (&stmt, 0, &size);

      if (size == VANTAGE_HASH_SIZE)
        memcpy (out, hash, size);
    }
  return !stmt.failed || vantage_sqlite_convert (error);
}

gboolean
vantage_sqlite_audit (VantageBackend *backend, gint64 at_ms, const char *who, const char *what,
                      const char *subject, GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_autofree char *line =
      g_strdup_printf ("%" G_GINT64_FORMAT "\n%s\n%s\n%s", at_ms, who, what, subject);
  g_autoptr (VantageHash) state = vantage_hash_new ();
  guint8 hash[VANTAGE_HASH_SIZE];
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db, "INSERT INTO audit (at_ms, who, what, subject, hash) VALUES (?, ?, ?, ?, ?)",
      error);

  if (!read_last_hash (self, hash, error))
    return FALSE;
  vantage_hash_update (state, hash, sizeof hash);
  vantage_hash_update (state, line, strlen (line));
  vantage_hash_finish (state, hash);
  vantage_stmt_bind_int (&stmt, 1, at_ms);
  vantage_stmt_bind_text (&stmt, 2, who);
  vantage_stmt_bind_text (&stmt, 3, what);
  vantage_stmt_bind_text (&stmt, 4, subject);
  vantage_stmt_bind_blob (&stmt, 5, hash, sizeof hash);
  return run (&stmt, error);
}

/* ---- lists for the operator ---- */

static const struct
{
  const char *name;
  const char *sql;
} lists[] = {
  { "reviews", "SELECT review.id || char (9) || (SELECT coalesce (sum (head), 0) FROM stream WHERE"
               " stream.review = review.id) || char (9) || coalesce ((SELECT group_concat (user ||"
               " ' ' || role, ', ') FROM member WHERE member.review = review.id), '') FROM review"
               " ORDER BY review.created_ms" },
  { "users", "SELECT name || char (9) || role || char (9) || (SELECT count (*) FROM token WHERE"
             " token.user = name AND revoked = 0) FROM user ORDER BY name" },
  { "audit", "SELECT strftime ('%Y-%m-%dT%H:%M:%SZ', at_ms / 1000, 'unixepoch') || char (9) || who"
             " || char (9) || what || char (9) || subject FROM audit ORDER BY n" },
};

char *
vantage_backend_sqlite_dup_list (VantageBackend *backend, const char *what, GError **error)
{
  VantageSqlite *self = (VantageSqlite *) backend;
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (strcmp (lists[i].name, what) != 0)
        continue;

      g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, lists[i].sql, error);

      while (vantage_stmt_step (&stmt, error))
        g_string_append_printf (out, "%s\n", vantage_stmt_get_text (&stmt, 0));
      if (!stmt.failed)
        return g_string_free (g_steal_pointer (&out), FALSE);
      vantage_sqlite_convert (error);
      return NULL;
    }
  g_set_error (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_USAGE, "no list “%s”", what);
  return NULL;
}
