/* vantage-sync-library.c: a library as the engine of sync sees it. */

#include "vantage-sync-library.h"

#include <string.h>

#include "vantage-blob.h"
#include "vantage-sync-evidence.h"
#include "vantage-sync-server.h"

typedef struct
{
  VantageSyncStore parent;
  VantageLibrary *library;
} SyncLibrary;

static VantageLibrary *
get_library (VantageSyncStore *store)
{
  return ((SyncLibrary *) store)->library;
}

static VantageStreamInfo *
get_stream (VantageSyncStore *store, const char *stream, GError **error)
{
  return vantage_library_get_stream (get_library (store), stream, error);
}

static gboolean
add_stream (VantageSyncStore *store, const char *stream, const char *review, VantageStreamSort sort,
            GError **error)
{
  return vantage_library_add_stream (get_library (store), stream, review, sort, error);
}

static GPtrArray *
take_unsent (VantageSyncStore *store, const char *stream, guint limit, char **out_device,
             GError **error)
{
  return vantage_library_take_unsent (get_library (store), stream, limit, out_device, error);
}

static gboolean
acknowledge (VantageSyncStore *store, const char *stream, const char *device, gint64 acked_n,
             gint64 first_seq, guint count, const char *by, GError **error)
{
  return vantage_library_acknowledge (get_library (store), stream, device, acked_n, first_seq,
                                      count, by, error);
}

static gboolean
renumber (VantageSyncStore *store, const char *stream, GError **error)
{
  g_autofree char *device = vantage_library_renumber (get_library (store), stream, error);

  return device != NULL;
}

static gboolean
apply_page (VantageSyncStore *store, const char *stream, const char *epoch,
            const VantageEnvelope *envelopes, guint n_envelopes, const guint8 *digest,
            GError **error)
{
  return vantage_library_apply_page (get_library (store), stream, epoch, envelopes, n_envelopes,
                                     digest, error);
}

static gboolean
reset_stream (VantageSyncStore *store, const char *stream, const char *epoch, GHashTable *vector,
              GError **error)
{
  return vantage_library_reset_stream (get_library (store), stream, epoch, vector, error) &&
         vantage_library_requeue_blobs (get_library (store), stream, error);
}

static gboolean
is_own (VantageSyncStore *store, const char *device)
{
  return strcmp (device, vantage_library_get_device (get_library (store))) == 0;
}

static char **
list_shared (VantageSyncStore *store, GError **error)
{
  g_autoptr (GPtrArray) infos = vantage_library_list_streams (get_library (store), NULL, error);
  g_autoptr (GStrvBuilder) shared = g_strv_builder_new ();

  if (infos == NULL)
    return NULL;
  for (guint i = 0; i < infos->len; i++)
    {
      const VantageStreamInfo *info = infos->pdata[i];

      if (info->sort == VANTAGE_STREAM_TEAM &&
          vantage_sync_get_share (get_library (store), info->review) != VANTAGE_SHARE_NONE)
        g_strv_builder_add (shared, info->review);
    }
  return g_strv_builder_end (shared);
}

/* What the server tells of and nobody here decided about is wanted. */
static gboolean
wants (VantageSyncStore *store, const char *review)
{
  g_autofree char *word = vantage_library_dup_local (get_library (store), review, "share");

  return g_strcmp0 (word, "off") != 0;
}

static void
set_local (VantageLibrary *library, const char *review, const char *key, const char *value)
{
  g_autofree char *there = vantage_library_dup_local (library, review, key);

  if (g_strcmp0 (there, value) != 0)
    vantage_library_set_local (library, review, key, value);
}

static void
note_access (VantageSyncStore *store, const char *review, const char *role)
{
  VantageLibrary *library = get_library (store);

  set_local (library, review, "server-role", role != NULL ? role : "");
  if (role != NULL && vantage_sync_get_share (library, review) == VANTAGE_SHARE_NONE)
    set_local (library, review, "share", "cited");
}

/* ---- evidence ---- */

static gboolean
prepare (VantageSyncStore *store, const char *review, GError **error)
{
  VantageLibrary *library = get_library (store);

  return vantage_sync_evidence_prepare (library, review, vantage_sync_get_share (library, review),
                                        error);
}

static GPtrArray *
list_uploads (VantageSyncStore *store, const char *stream, GError **error)
{
  return vantage_library_list_blobs (get_library (store), stream, VANTAGE_BLOB_HERE, error);
}

static VantageWireBlob *
get_blob (VantageSyncStore *store, const char *stream, const char *blob, GError **error)
{
  g_autoptr (GPtrArray) chunks = vantage_library_list_chunks (get_library (store), blob, error);
  g_autoptr (GBytes) bytes = NULL;
  VantageWireBlob *wire;

  if (chunks == NULL)
    return NULL;
  bytes = vantage_library_read_blob (get_library (store), blob, error);
  if (bytes == NULL)
    return NULL;
  wire = vantage_wire_blob_new ((gint64) g_bytes_get_size (bytes));
  for (guint i = 0; i < chunks->len; i++)
    g_ptr_array_add (wire->chunks, g_strdup (chunks->pdata[i]));
  return wire;
}

static GBytes *
get_chunk (VantageSyncStore *store, const char *blob, guint place, GError **error)
{
  GError *local_error = NULL;
  GBytes *bytes = vantage_library_read_chunk (get_library (store), blob, place, &local_error);

  if (bytes == NULL && local_error == NULL)
    g_set_error (&local_error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_DAMAGED,
                 "chunk %u of blob %s is gone", place, blob);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return bytes;
}

static gboolean
set_uploaded (VantageSyncStore *store, const char *stream, const char *blob, GError **error)
{
  return vantage_library_set_blob_state (get_library (store), stream, blob, VANTAGE_BLOB_BOTH,
                                         error);
}

static char *
dup_review (VantageSyncStore *store, const char *stream, GError **error)
{
  VantageStreamInfo *info = vantage_library_get_stream (get_library (store), stream, error);
  char *review = info != NULL ? g_strdup (info->review) : g_strdup ("");

  vantage_stream_info_free (info);
  return review;
}

static GPtrArray *
list_downloads (VantageSyncStore *store, const char *stream, GError **error)
{
  g_autofree char *review = dup_review (store, stream, error);

  return vantage_sync_evidence_list_wanted (get_library (store), review, error);
}

static gboolean
has_chunk (VantageSyncStore *store, const char *blob, guint place, const char *chunk)
{
  g_autoptr (GBytes) bytes = vantage_library_read_chunk (get_library (store), blob, place, NULL);
  g_autofree char *hash = NULL;

  if (bytes == NULL)
    return FALSE;
  hash = vantage_hash_data_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return strcmp (hash, chunk) == 0;
}

static gboolean
put_chunk (VantageSyncStore *store, const char *blob, guint place, const char *chunk, GBytes *bytes,
           GError **error)
{
  return vantage_library_put_chunk (get_library (store), blob, place, chunk, bytes, error);
}

static gboolean
finish_download (VantageSyncStore *store, const char *stream, const char *blob, GError **error)
{
  g_autofree char *review = dup_review (store, stream, error);

  return vantage_sync_evidence_take_in (get_library (store), review, blob, error);
}

static const VantageSyncStoreClass library_class = {
  .get_stream = get_stream,
  .add_stream = add_stream,
  .take_unsent = take_unsent,
  .acknowledge = acknowledge,
  .renumber = renumber,
  .apply_page = apply_page,
  .reset_stream = reset_stream,
  .is_own = is_own,
  .list_shared = list_shared,
  .wants = wants,
  .note_access = note_access,
  .prepare = prepare,
  .list_uploads = list_uploads,
  .get_blob = get_blob,
  .get_chunk = get_chunk,
  .set_uploaded = set_uploaded,
  .list_downloads = list_downloads,
  .has_chunk = has_chunk,
  .put_chunk = put_chunk,
  .finish_download = finish_download,
};

VantageSyncStore *
vantage_sync_library_new (VantageLibrary *library)
{
  SyncLibrary *self = g_new0 (SyncLibrary, 1);

  self->parent.klass = &library_class;
  self->library = g_object_ref (library);
  return &self->parent;
}

void
vantage_sync_library_free (VantageSyncStore *store)
{
  SyncLibrary *self = (SyncLibrary *) store;

  if (self == NULL)
    return;
  g_object_unref (self->library);
  g_free (self);
}
