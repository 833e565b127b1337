/* vantage-sync-store.h: what the engine of sync asks of a library, behind one table of functions,
 * so that the engine can be tried against thousands of simulated ones. */

#pragma once

#include "vantage-stream.h"
#include "vantage-wire.h"

G_BEGIN_DECLS

typedef struct _VantageSyncStore VantageSyncStore;

/* Streams: as the functions of the same names in vantage-stream.h. */
typedef struct
{
  VantageStreamInfo *(*get_stream) (VantageSyncStore *self, const char *stream, GError **error);
  gboolean (*add_stream) (VantageSyncStore *self, const char *stream, const char *review,
                          VantageStreamSort sort, GError **error);
  GPtrArray *(*take_unsent) (VantageSyncStore *self, const char *stream, guint limit,
                             char **out_device, GError **error);
  gboolean (*acknowledge) (VantageSyncStore *self, const char *stream, const char *device,
                           gint64 acked_n, gint64 first_seq, guint count, const char *by,
                           GError **error);
  gboolean (*renumber) (VantageSyncStore *self, const char *stream, GError **error);
  gboolean (*apply_page) (VantageSyncStore *self, const char *stream, const char *epoch,
                          const VantageEnvelope *envelopes, guint n_envelopes, const guint8 *digest,
                          GError **error);
  gboolean (*reset_stream) (VantageSyncStore *self, const char *stream, const char *epoch,
                            GHashTable *vector, GError **error);
  /* Whether @device is this library's, now or before. */
  gboolean (*is_own) (VantageSyncStore *self, const char *device);

  /* Reviews that are shared from here; NULL-terminated. (transfer full) */
  char **(*list_shared) (VantageSyncStore *self, GError **error);
  /* FALSE: the person took the review out of sync on this computer. */
  gboolean (*wants) (VantageSyncStore *self, const char *review);
  /* The server gave @review (again), or no longer does. */
  void (*note_access) (VantageSyncStore *self, const char *review, const char *role);

  /* Evidence. All but get_stream and the rest above may be NULL together: then there is none. */

  /* Makes bundles of what is to be shared and is in none yet. */
  gboolean (*prepare) (VantageSyncStore *self, const char *review, GError **error);
  /* Blobs that are here and not at the server. (transfer full) (element-type utf8) */
  GPtrArray *(*list_uploads) (VantageSyncStore *self, const char *stream, GError **error);
  VantageWireBlob *(*get_blob) (VantageSyncStore *self, const char *stream, const char *blob,
                                GError **error);
  GBytes *(*get_chunk) (VantageSyncStore *self, const char *blob, guint place, GError **error);
  gboolean (*set_uploaded) (VantageSyncStore *self, const char *stream, const char *blob,
                            GError **error);
  /* Blobs that are named and not here. (transfer full) (element-type utf8) */
  GPtrArray *(*list_downloads) (VantageSyncStore *self, const char *stream, GError **error);
  /* Whether this chunk of a blob that is coming is here already. */
  gboolean (*has_chunk) (VantageSyncStore *self, const char *blob, guint place, const char *chunk);
  gboolean (*put_chunk) (VantageSyncStore *self, const char *blob, guint place, const char *chunk,
                         GBytes *bytes, GError **error);
  /* All chunks are here: checks the whole and takes it in. FALSE without @error: it is not what its
   * name says, or cannot be read; it was dropped. */
  gboolean (*finish_download) (VantageSyncStore *self, const char *stream, const char *blob,
                               GError **error);
} VantageSyncStoreClass;

struct _VantageSyncStore
{
  const VantageSyncStoreClass *klass;
};

G_END_DECLS
