/* vantage-backend.h: what the server keeps, behind one table of functions, so that storage can be
 * exchanged and tests can keep it in memory. One thread uses a backend at a time. Functions that
 * may find nothing say so by their result and leave @error alone. */

#pragma once

#include <glib.h>
#include "vantage-hash.h"
#include "vantage-wire-ops.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_SERVER_ERROR_STORAGE, /* could not be read or written; the message has the cause */
  VANTAGE_SERVER_ERROR_CONFIG,  /* the configuration cannot be used */
  VANTAGE_SERVER_ERROR_USAGE,   /* a command line that cannot be carried out */
} VantageServerError;

#define VANTAGE_SERVER_ERROR (vantage_server_error_quark ())
GQuark vantage_server_error_quark (void);

typedef struct
{
  char *id;
  char *review;
  char *kind; /* team, core */
  gint64 head;
  guint8 digest[VANTAGE_HASH_SIZE];
  gint64 purge_gen;
  char *role; /* of the account asked for; NULL: none was, or it is no member */
} VantageStoredStream;

void vantage_stored_stream_free (VantageStoredStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageStoredStream, vantage_stored_stream_free)

typedef struct
{
  const char *device;
  gint64 n;
  gint64 seq;
  const char *by;
  gint64 rx_ms;
  const guint8 *hash;
  const guint8 *digest; /* of the chain up to it */
  GBytes *body;
} VantageStoredOp;

typedef struct _VantageBackend VantageBackend;

typedef struct
{
  void (*close) (VantageBackend *self);

  gboolean (*begin) (VantageBackend *self, GError **error);
  gboolean (*commit) (VantageBackend *self, GError **error);
  void (*rollback) (VantageBackend *self);

  /* "server_id", "epoch". (transfer full) (nullable) */
  char *(*dup_meta) (VantageBackend *self, const char *key, GError **error);
  gboolean (*set_meta) (VantageBackend *self, const char *key, const char *value, GError **error);

  /* (transfer full) (nullable): the organisation's role of an account; NULL: there is none. */
  char *(*dup_user_role) (VantageBackend *self, const char *name, GError **error);
  gboolean (*set_user) (VantageBackend *self, const char *name, const char *role, gint64 now_ms,
                        GError **error);
  gboolean (*add_token) (VantageBackend *self, const guint8 *hash, const char *user, gint64 now_ms,
                         GError **error);
  /* (transfer full) (nullable): whose token it is; NULL: nobody's, revoked, or too old. */
  char *(*dup_token_user) (VantageBackend *self, const guint8 *hash, gint64 now_ms, GError **error);
  gboolean (*revoke_tokens) (VantageBackend *self, const char *user, GError **error);

  /* Makes review and streams; @out_made FALSE: it is there. */
  gboolean (*add_review) (VantageBackend *self, const char *review, gint64 now_ms,
                          gboolean *out_made, GError **error);
  /* (transfer full) (nullable) */
  char *(*dup_role) (VantageBackend *self, const char *review, const char *user, GError **error);
  /* @role NULL: no longer a member. */
  gboolean (*set_member) (VantageBackend *self, const char *review, const char *user,
                          const char *role, GError **error);

  /* NULL without error: there is none. @user: (nullable): whose role to tell. (transfer full) */
  VantageStoredStream *(*find_stream) (VantageBackend *self, const char *id, const char *user,
                                       GError **error);
  /* Streams of the reviews of which @user is a member. (transfer full) (element-type
   * VantageStoredStream) */
  GPtrArray *(*list_streams) (VantageBackend *self, const char *user, GError **error);

  /* Greatest n of a device; -1 with @error. */
  gint64 (*get_last_n) (VantageBackend *self, const char *stream, const char *device,
                        GError **error);
  /* FALSE: with @error, or there is no such op. */
  gboolean (*find_hash) (VantageBackend *self, const char *stream, const char *device, gint64 n,
                         guint8 *out_hash, GError **error);
  gboolean (*append) (VantageBackend *self, const char *stream, const VantageStoredOp *op,
                      GError **error);
  gboolean (*set_head) (VantageBackend *self, const char *stream, gint64 head, const guint8 *digest,
                        GError **error);
  /* Adds to @page what follows @after, at most @limit ops and about @max_bytes, at least one, and
   * the digest at its end. */
  gboolean (*read_ops) (VantageBackend *self, const char *stream, gint64 after, guint limit,
                        gsize max_bytes, VantageWirePage *page, GError **error);
  /* device → greatest n. (transfer full) (element-type utf8 gint64*) */
  GHashTable *(*get_vector) (VantageBackend *self, const char *stream, GError **error);

  gboolean (*has_chunk) (VantageBackend *self, const char *stream, const char *id, gint64 *out_size,
                         GError **error);
  gboolean (*put_chunk) (VantageBackend *self, const char *stream, const char *id, GBytes *bytes,
                         GError **error);
  GBytes *(*get_chunk) (VantageBackend *self, const char *stream, const char *id, GError **error);
  gboolean (*put_blob) (VantageBackend *self, const char *stream, const char *id,
                        const VantageWireBlob *blob, GError **error);
  VantageWireBlob *(*get_blob) (VantageBackend *self, const char *stream, const char *id,
                                GError **error);

  gboolean (*audit) (VantageBackend *self, gint64 at_ms, const char *who, const char *what,
                     const char *subject, GError **error);
} VantageBackendClass;

struct _VantageBackend
{
  const VantageBackendClass *klass;
};

static inline void
vantage_backend_close (VantageBackend *self)
{
  if (self != NULL)
    self->klass->close (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageBackend, vantage_backend_close)

/* Makes server id and epoch when there are none yet. */
gboolean vantage_backend_prepare (VantageBackend *self, GError **error);

G_END_DECLS
