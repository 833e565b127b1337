/* vantage-service-ops.c: ops come in and go out: numbered once, never changed. */

#include "vantage-service-private.h"

#include <string.h>

#include "vantage-op.h"

static VantageReply *
refuse_op (guint status, const char *code, const char *message, gint64 index, gint64 expected)
{
  VantageWireRefusal refusal = {
    .code = (char *) code,
    .message = (char *) message,
    .index = index,
    .expected = expected,
  };

  return vantage_reply_json (status, vantage_wire_refusal_write (&refusal));
}

/* ---- push ---- */

/* One push under way. */
typedef struct
{
  VantageCall *call;
  const VantageWirePush *push;
  gint64 last_n;
  gint64 head;
  guint8 digest[VANTAGE_HASH_SIZE];
  gint64 first_seq;
  gint64 count;
} Push;

/* What somebody may write who only comments. */
static gboolean
is_comment (const char *kind)
{
  static const char *const kinds[] = { "author", "remark",     "response", "wonder",
                                       "mark",   "attendance", "block",    NULL };

  return g_strv_contains (kinds, kind);
}

/* NULL: it may be kept. */
static VantageReply *
check_op (Push *push, const VantageOp *op, gint64 index)
{
  if (strcmp (op->id.device, push->push->device) != 0)
    return refuse_op (422, "device", "this change is of another device", index, 0);
  if (vantage_stamp_get_us (op->stamp) > push->call->now_us + VANTAGE_WIRE_MAX_AHEAD_US)
    return refuse_op (422, "clock_ahead", "this change is from more than five minutes ahead", index,
                      0);
  if (strcmp (push->call->stream->role, "commenter") == 0 && !is_comment (op->kind))
    return refuse_op (422, "not_allowed", "who comments may not change this", index, 0);
  return NULL;
}

/* An op that is here: the same bytes are fine, others are another library's. */
static VantageReply *
compare_known (Push *push, const VantageOp *op, gint64 index, GError **error)
{
  VantageBackend *backend = push->call->backend;
  guint8 hash[VANTAGE_HASH_SIZE];
  GError *local_error = NULL;

  if (backend->klass->find_hash (backend, push->call->stream->id, op->id.device, op->id.n, hash,
                                 &local_error) &&
      memcmp (hash, op->hash, sizeof hash) == 0)
    return NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return refuse_op (409, "op_id_reused", "another change bears this name", index, 0);
}

static gboolean
append_op (Push *push, const VantageOp *op, GBytes *bytes, GError **error)
{
  VantageCall *call = push->call;
  VantageStoredOp stored = {
    .device = op->id.device,
    .n = op->id.n,
    .seq = push->head + 1,
    .by = call->user,
    .rx_ms = call->now_us / 1000,
    .hash = op->hash,
    .digest = push->digest,
    .body = bytes,
  };

  vantage_wire_chain (push->digest, stored.seq, call->user, op->hash);
  if (!call->backend->klass->append (call->backend, call->stream->id, &stored, error))
    return FALSE;
  push->head = stored.seq;
  push->last_n = op->id.n;
  if (push->first_seq == 0)
    push->first_seq = stored.seq;
  push->count++;
  return TRUE;
}

/* NULL with no @error: it is kept. */
static VantageReply *
take_op (Push *push, GBytes *bytes, gint64 index, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (GError) bad = NULL;
  g_autoptr (VantageOp) op = vantage_op_parse (text, size, &bad);
  VantageReply *reply;

  if (op == NULL)
    return refuse_op (422, "unreadable", bad->message, index, 0);
  reply = check_op (push, op, index);
  if (reply != NULL)
    return reply;
  if (op->id.n <= push->last_n)
    return compare_known (push, op, index, error);
  if (op->id.n > push->last_n + 1)
    return refuse_op (409, "gap", "changes before this one are missing", index, push->last_n + 1);
  append_op (push, op, bytes, error);
  return NULL;
}

static VantageReply *
take_ops (Push *push, GError **error)
{
  VantageBackend *backend = push->call->backend;
  VantageWirePushed pushed = { .by = (char *) push->call->user };
  GError *local_error = NULL;

  for (guint i = 0; i < push->push->ops->len; i++)
    {
      VantageReply *reply = take_op (push, push->push->ops->pdata[i], i, &local_error);

      if (local_error == NULL && reply == NULL)
        continue;
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      return reply;
    }
  if (push->count > 0 &&
      !backend->klass->set_head (backend, push->call->stream->id, push->head, push->digest, error))
    return NULL;
  pushed.head = push->head;
  pushed.acked_n = push->last_n;
  pushed.first_seq = push->first_seq;
  pushed.count = push->count;
  return vantage_reply_json (200, vantage_wire_pushed_write (&pushed));
}

/* Inside the transaction: the stream and the rights as they are now. */
static VantageReply *
push_locked (Push *push, GError **error)
{
  VantageCall *call = push->call;
  GError *local_error = NULL;
  g_autofree char *role = call->backend->klass->dup_role (call->backend, call->stream->review,
                                                          call->user, &local_error);
  g_autoptr (VantageStoredStream) now = NULL;

  if (local_error == NULL)
    now = call->backend->klass->find_stream (call->backend, call->stream->id, call->user,
                                             &local_error);
  if (local_error == NULL)
    push->last_n = call->backend->klass->get_last_n (call->backend, call->stream->id,
                                                     push->push->device, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (g_strcmp0 (role, call->stream->role) != 0 || now == NULL || !vantage_call_may_write (call))
    return vantage_reply_refuse (403, "forbidden", "this account may read here, and not write");
  push->head = now->head;
  memcpy (push->digest, now->digest, sizeof push->digest);
  return take_ops (push, error);
}

VantageReply *
vantage_route_push (VantageCall *call, GError **error)
{
  const VantageBackendClass *klass = call->backend->klass;
  GError *bad = NULL;
  g_autoptr (VantageWirePush) body = vantage_wire_push_read (call->request->body, &bad);
  Push push = { .call = call, .push = body };
  VantageReply *reply;

  if (body == NULL)
    return vantage_reply_malformed (bad);
  if (strcmp (body->epoch, call->service->epoch) != 0)
    return vantage_reply_refuse (409, "epoch", "the server's history began anew");
  if (!klass->begin (call->backend, error))
    return NULL;
  reply = push_locked (&push, error);
  if (reply != NULL && reply->status == 200)
    {
      if (push.count == 0)
        {
          klass->rollback (call->backend);
          return reply;
        }
      if (klass->commit (call->backend, error))
        return reply;
      g_clear_pointer (&reply, vantage_reply_free);
    }
  klass->rollback (call->backend);
  return reply;
}

/* ---- pull ---- */

static gboolean
get_number (GHashTable *query, const char *name, guint64 max, guint64 fallback, guint64 *out)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  *out = fallback;
  return text == NULL || g_ascii_string_to_unsigned (text, 10, 0, max, out, NULL);
}

VantageReply *
vantage_route_pull (VantageCall *call, GError **error)
{
  g_autoptr (VantageWirePage) page =
      vantage_wire_page_new (call->service->epoch, call->stream->head);
  guint64 after, limit;
  const VantageWireEnvelope *last;

  if (!get_number (call->request->query, "after", G_MAXINT64, 0, &after) ||
      !get_number (call->request->query, "limit", VANTAGE_WIRE_PAGE_OPS, VANTAGE_WIRE_PAGE_OPS,
                   &limit) ||
      limit == 0)
    return vantage_reply_refuse (400, "malformed", "“after” or “limit” is no such number");
  if (!call->backend->klass->read_ops (call->backend, call->stream->id, (gint64) after,
                                       (guint) limit, VANTAGE_WIRE_PAGE_BYTES, page, error))
    return NULL;
  if (page->envelopes->len == 0)
    memcpy (page->digest, call->stream->digest, sizeof page->digest);
  else
    {
      last = page->envelopes->pdata[page->envelopes->len - 1];
      page->more = last->seq < page->head;
    }
  return vantage_reply_json (200, vantage_wire_page_write (page));
}

VantageReply *
vantage_route_vector (VantageCall *call, GError **error)
{
  g_autoptr (GHashTable) vector =
      call->backend->klass->get_vector (call->backend, call->stream->id, error);

  return vector != NULL
             ? vantage_reply_json (200, vantage_wire_vector_write (call->service->epoch, vector))
             : NULL;
}
