/* vantage-sync-blobs.c: the engine's way through what ops name and do not hold: bundles of evidence
 * go up before the op that names them, and come down after it. */

#include <string.h>

#include "vantage-sync-engine-private.h"

void
vantage_engine_drop_blob (VantageSyncEngine *self)
{
  g_clear_pointer (&self->blob, vantage_wire_blob_free);
  g_clear_pointer (&self->missing, g_hash_table_unref);
  self->place = 0;
}

/* The blob at hand is done with, well or not. */
static void
next_blob (VantageSyncEngine *self)
{
  vantage_engine_drop_blob (self);
  g_ptr_array_remove_index (self->blobs, 0);
}

static void
leave_phase (VantageSyncEngine *self, VantagePhase next)
{
  vantage_engine_drop_blob (self);
  g_clear_pointer (&self->blobs, g_ptr_array_unref);
  self->phase = next;
}

static char *
dup_named_path (VantageSyncEngine *self, const char *what, const char *name)
{
  g_autofree char *rest = g_strconcat ("/", what, "/", name, NULL);

  return vantage_engine_dup_path (self, rest);
}

/* What concerns one blob stops that blob; ops and other blobs go on. */
static gboolean
blob_refused (VantageSyncEngine *self, guint status, const VantageWireRefusal *refusal,
              GError **error)
{
  if (status == 401 || status == 429 || status >= 500)
    return FALSE;
  vantage_engine_add_problem (self, refusal->code, refusal->message);
  next_blob (self);
  return TRUE;
}

/* ---- up ---- */

static gboolean
blob_put (VantageSyncEngine *self, GBytes *body, GError **error)
{
  if (!self->store->klass->set_uploaded (self->store, vantage_engine_get_stream (self)->id,
                                         self->blobs->pdata[0], error))
    return FALSE;
  self->report->bundles_up++;
  next_blob (self);
  return TRUE;
}

static gboolean
chunk_put (VantageSyncEngine *self, GBytes *body, GError **error)
{
  self->place++;
  return TRUE;
}

static gboolean
missing_answered (VantageSyncEngine *self, GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) missing = vantage_wire_names_read ("missing", body, error);

  if (missing == NULL)
    return FALSE;
  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < missing->len; i++)
    g_hash_table_add (self->missing, g_strdup (missing->pdata[i]));
  return TRUE;
}

static gboolean
put_next_chunk (VantageSyncEngine *self, GError **error)
{
  const char *blob = self->blobs->pdata[0];
  GBytes *bytes;

  while (self->place < self->blob->chunks->len &&
         !g_hash_table_contains (self->missing, self->blob->chunks->pdata[self->place]))
    self->place++;
  if (self->place == self->blob->chunks->len)
    {
      vantage_engine_ask (self, "PUT", dup_named_path (self, "blobs", blob),
                          vantage_wire_blob_write (self->blob), blob_put, blob_refused);
      return TRUE;
    }
  bytes = self->store->klass->get_chunk (self->store, blob, self->place, error);
  if (bytes == NULL)
    return FALSE;
  vantage_engine_ask (self, "PUT",
                      dup_named_path (self, "chunks", self->blob->chunks->pdata[self->place]),
                      bytes, chunk_put, blob_refused);
  self->request->content_type = VANTAGE_WIRE_BYTES;
  return TRUE;
}

gboolean
vantage_engine_upload (VantageSyncEngine *self, GError **error)
{
  VantageWireStream *stream = vantage_engine_get_stream (self);
  const VantageSyncStoreClass *klass = self->store->klass;

  if (klass->list_uploads == NULL || strcmp (stream->kind, "core") != 0)
    {
      self->phase = VANTAGE_PHASE_PUSH;
      return TRUE;
    }
  if (self->blobs == NULL)
    self->blobs = klass->list_uploads (self->store, stream->id, error);
  if (self->blobs == NULL)
    return FALSE;
  if (self->blobs->len == 0)
    {
      leave_phase (self, VANTAGE_PHASE_PUSH);
      return TRUE;
    }
  if (self->blob == NULL)
    self->blob = klass->get_blob (self->store, stream->id, self->blobs->pdata[0], error);
  if (self->blob == NULL)
    return FALSE;
  if (self->missing != NULL)
    return put_next_chunk (self, error);
  vantage_engine_ask (self, "POST", vantage_engine_dup_path (self, "/blobs/missing"),
                      vantage_wire_names_write ("chunks", self->blob->chunks), missing_answered,
                      blob_refused);
  return TRUE;
}

/* ---- down ---- */

static gboolean
chunk_answered (VantageSyncEngine *self, GBytes *body, GError **error)
{
  const char *name = self->blob->chunks->pdata[self->place];
  gsize size;
  const void *data = g_bytes_get_data (body, &size);
  g_autofree char *hash = vantage_hash_data_text (data, size);

  if (strcmp (hash, name) != 0)
    {
      g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_NETWORK, "chunk %s came damaged",
                   name);
      return FALSE;
    }
  return self->store->klass->put_chunk (self->store, self->blobs->pdata[0], self->place++, name,
                                        body, error);
}

static gboolean
blob_answered (VantageSyncEngine *self, GBytes *body, GError **error)
{
  self->blob = vantage_wire_blob_read (body, error);
  return self->blob != NULL;
}

static gboolean
finish_blob (VantageSyncEngine *self, GError **error)
{
  GError *local_error = NULL;

  if (self->store->klass->finish_download (self->store, vantage_engine_get_stream (self)->id,
                                           self->blobs->pdata[0], &local_error))
    self->report->bundles_down++;
  else if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  else
    vantage_engine_add_problem (self, "bundle", "evidence came that cannot be read here");
  next_blob (self);
  return TRUE;
}

static gboolean
get_next_chunk (VantageSyncEngine *self, GError **error)
{
  const char *blob = self->blobs->pdata[0];

  while (self->place < self->blob->chunks->len &&
         self->store->klass->has_chunk (self->store, blob, self->place,
                                        self->blob->chunks->pdata[self->place]))
    self->place++;
  if (self->place == self->blob->chunks->len)
    return finish_blob (self, error);
  vantage_engine_ask (self, "GET",
                      dup_named_path (self, "chunks", self->blob->chunks->pdata[self->place]), NULL,
                      chunk_answered, blob_refused);
  self->request->expects = VANTAGE_WIRE_BYTES;
  return TRUE;
}

gboolean
vantage_engine_download (VantageSyncEngine *self, GError **error)
{
  VantageWireStream *stream = vantage_engine_get_stream (self);
  const VantageSyncStoreClass *klass = self->store->klass;

  if (klass->list_downloads == NULL || strcmp (stream->kind, "core") != 0)
    {
      self->phase = VANTAGE_PHASE_PREPARE;
      return TRUE;
    }
  if (self->blobs == NULL)
    self->blobs = klass->list_downloads (self->store, stream->id, error);
  if (self->blobs == NULL)
    return FALSE;
  if (self->blobs->len == 0)
    {
      leave_phase (self, VANTAGE_PHASE_PREPARE);
      return TRUE;
    }
  if (self->blob != NULL)
    return get_next_chunk (self, error);
  vantage_engine_ask (self, "GET", dup_named_path (self, "blobs", self->blobs->pdata[0]), NULL,
                      blob_answered, blob_refused);
  return TRUE;
}
