/* vantage-service-blobs.c: chunks come in and go out under their hash, and blobs made of them. */

#include "vantage-service-private.h"

#include <string.h>

/* Runs inside one transaction; NULL with @error rolls back. */
typedef VantageReply *(*Step) (VantageCall *call, gpointer data, GError **error);

static VantageReply *
in_transaction (VantageCall *call, Step step, gpointer data, GError **error)
{
  const VantageBackendClass *klass = call->backend->klass;
  VantageReply *reply;

  if (!vantage_call_may_write (call))
    return vantage_reply_refuse (403, "forbidden", "this account may read here, and not write");
  if (!klass->begin (call->backend, error))
    return NULL;
  reply = step (call, data, error);
  if (reply != NULL && reply->status < 300 && klass->commit (call->backend, error))
    return reply;
  klass->rollback (call->backend);
  if (reply != NULL && reply->status >= 300)
    return reply;
  g_clear_pointer (&reply, vantage_reply_free);
  return NULL;
}

/* "Missing" is told of this stream's chunks alone. */
VantageReply *
vantage_route_missing (VantageCall *call, GError **error)
{
  GError *bad = NULL;
  g_autoptr (GPtrArray) chunks = vantage_wire_names_read ("chunks", call->request->body, &bad);
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();

  if (chunks == NULL)
    return vantage_reply_malformed (bad);
  for (guint i = 0; i < chunks->len; i++)
    {
      GError *local_error = NULL;
      gint64 size;

      if (call->backend->klass->has_chunk (call->backend, call->stream->id, chunks->pdata[i], &size,
                                           &local_error))
        continue;
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      g_ptr_array_add (missing, chunks->pdata[i]);
    }
  return vantage_reply_json (200, vantage_wire_names_write ("missing", missing));
}

static VantageReply *
put_chunk (VantageCall *call, gpointer data, GError **error)
{
  GError *local_error = NULL;
  gint64 size;

  if (call->backend->klass->has_chunk (call->backend, call->stream->id, call->name, &size,
                                       &local_error))
    return vantage_reply_json (200, g_bytes_new_static ("{}", 2));
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return call->backend->klass->put_chunk (call->backend, call->stream->id, call->name,
                                          call->request->body, error)
             ? vantage_reply_json (201, g_bytes_new_static ("{}", 2))
             : NULL;
}

VantageReply *
vantage_route_put_chunk (VantageCall *call, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (call->request->body, &size);
  g_autofree char *hash = NULL;

  if (size == 0 || size > VANTAGE_WIRE_CHUNK_BYTES)
    return vantage_reply_refuse (413, "too_large", "a chunk holds at most 1 MiB");
  hash = vantage_hash_data_text (data, size);
  if (strcmp (hash, call->name) != 0)
    return vantage_reply_refuse (422, "hash", "the bytes have another hash");
  return in_transaction (call, put_chunk, NULL, error);
}

VantageReply *
vantage_route_get_chunk (VantageCall *call, GError **error)
{
  GError *local_error = NULL;
  GBytes *bytes =
      call->backend->klass->get_chunk (call->backend, call->stream->id, call->name, &local_error);

  if (bytes != NULL)
    return vantage_reply_new (200, VANTAGE_WIRE_BYTES, bytes);
  if (local_error == NULL)
    return vantage_reply_refuse (404, "not_found", "there is no such chunk");
  g_propagate_error (error, local_error);
  return NULL;
}

/* Whether the chunks are here and make up the whole that its name says. */
static VantageReply *
check_blob (VantageCall *call, const VantageWireBlob *blob, GError **error)
{
  g_autoptr (VantageHash) state = vantage_hash_new ();
  g_autofree char *hash = NULL;
  gint64 size = 0;

  for (guint i = 0; i < blob->chunks->len; i++)
    {
      GError *local_error = NULL;
      g_autoptr (GBytes) bytes = call->backend->klass->get_chunk (
          call->backend, call->stream->id, blob->chunks->pdata[i], &local_error);
      gsize n;
      const void *data;

      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      if (bytes == NULL)
        return vantage_reply_refuse (409, "chunk_missing", "a chunk of it is not here yet");
      data = g_bytes_get_data (bytes, &n);
      vantage_hash_update (state, data, n);
      size += (gint64) n;
    }
  hash = vantage_hash_finish_text (state);
  if (strcmp (hash, call->name) != 0 || size != blob->size)
    return vantage_reply_refuse (422, "hash", "the chunks make up something else");
  return vantage_reply_json (201, g_bytes_new_static ("{}", 2));
}

static VantageReply *
put_blob (VantageCall *call, gpointer data, GError **error)
{
  const VantageWireBlob *blob = data;
  VantageReply *reply = check_blob (call, blob, error);

  if (reply == NULL || reply->status != 201)
    return reply;
  if (call->backend->klass->put_blob (call->backend, call->stream->id, call->name, blob, error))
    return reply;
  vantage_reply_free (reply);
  return NULL;
}

VantageReply *
vantage_route_put_blob (VantageCall *call, GError **error)
{
  GError *bad = NULL;
  g_autoptr (VantageWireBlob) blob = vantage_wire_blob_read (call->request->body, &bad);

  if (blob == NULL)
    return vantage_reply_malformed (bad);
  return in_transaction (call, put_blob, blob, error);
}

VantageReply *
vantage_route_get_blob (VantageCall *call, GError **error)
{
  GError *local_error = NULL;
  g_autoptr (VantageWireBlob) blob =
      call->backend->klass->get_blob (call->backend, call->stream->id, call->name, &local_error);

  if (blob != NULL)
    return vantage_reply_json (200, vantage_wire_blob_write (blob));
  if (local_error == NULL)
    return vantage_reply_refuse (404, "not_found", "there is no such blob");
  g_propagate_error (error, local_error);
  return NULL;
}
