/* vantage-sync-ops.c: the engine's way through the ops of one stream: does it fit, pull, push. */

#include <string.h>

#include "vantage-library.h"
#include "vantage-op.h"
#include "vantage-sync-engine-private.h"

#define MAX_RESETS 2
#define MAX_BAD_PAGES 1
#define MAX_RENUMBERS 3

/* ---- does what is here fit to what is there ---- */

static gboolean
vector_answered (VantageSyncEngine *self, GBytes *body, GError **error)
{
  g_autofree char *epoch = NULL;
  g_autoptr (GHashTable) vector = vantage_wire_vector_read (body, &epoch, error);

  if (vector == NULL)
    return FALSE;
  if (strcmp (epoch, self->epoch) != 0)
    {
      g_set_error_literal (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_BUSY,
                           "the server's history began anew just now");
      return FALSE;
    }
  self->phase = VANTAGE_PHASE_PULL;
  return self->store->klass->reset_stream (self->store, vantage_engine_get_stream (self)->id,
                                           self->epoch, vector, error);
}

gboolean
vantage_engine_begin_anew (VantageSyncEngine *self)
{
  if (self->n_resets++ >= MAX_RESETS)
    return vantage_engine_leave_stream (self, "digest",
                                        "what is here and what is at the server do not fit");
  vantage_engine_ask (self, "GET", vantage_engine_dup_path (self, "/vector"), NULL, vector_answered,
                      NULL);
  return TRUE;
}

/* The first meeting: the epoch is noted, so that a later one is told from it. */
static gboolean
meet (VantageSyncEngine *self, GError **error)
{
  return self->store->klass->apply_page (self->store, vantage_engine_get_stream (self)->id,
                                         self->epoch, NULL, 0, NULL, error);
}

gboolean
vantage_engine_check (VantageSyncEngine *self, GError **error)
{
  VantageWireStream *stream = vantage_engine_get_stream (self);
  VantageStreamInfo *info = self->store->klass->get_stream (self->store, stream->id, error);
  gboolean anew, first;

  if (info == NULL)
    return error != NULL && *error != NULL ? FALSE : vantage_engine_leave_stream (self, "gone", "");
  first = info->epoch == NULL;
  anew = !first && (strcmp (info->epoch, self->epoch) != 0 || info->cursor > self->head ||
                    (self->pass == 0 && info->cursor == self->head &&
                     memcmp (info->digest, stream->digest, sizeof info->digest) != 0));
  vantage_stream_info_free (info);
  if (anew)
    return vantage_engine_begin_anew (self);
  self->phase = VANTAGE_PHASE_PULL;
  return !first || meet (self, error);
}

/* ---- pull ---- */

static gboolean
is_own_op (VantageSyncEngine *self, const char *bytes, gsize n_bytes)
{
  static const char start[] = "{\"d\":\"";
  g_autofree char *device = NULL;

  if (n_bytes < sizeof start + 16 || memcmp (bytes, start, sizeof start - 1) != 0)
    return FALSE;
  device = g_strndup (bytes + sizeof start - 1, 16);
  return self->store->klass->is_own (self->store, device);
}

static VantageEnvelope *
lend_envelopes (const VantageWirePage *page)
{
  VantageEnvelope *envelopes = g_new0 (VantageEnvelope, page->envelopes->len + 1);

  for (guint i = 0; i < page->envelopes->len; i++)
    {
      const VantageWireEnvelope *envelope = page->envelopes->pdata[i];

      envelopes[i].seq = envelope->seq;
      envelopes[i].by = envelope->by;
      envelopes[i].rx_ms = envelope->rx_ms;
      envelopes[i].bytes = g_bytes_get_data (envelope->op, &envelopes[i].n_bytes);
    }
  return envelopes;
}

/* A page that does not fit is asked for again; then the whole stream is. */
static gboolean
page_failed (VantageSyncEngine *self, GError *why, GError **error)
{
  if (g_error_matches (why, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_STREAM))
    {
      g_error_free (why);
      return self->n_bad++ < MAX_BAD_PAGES || vantage_engine_begin_anew (self);
    }
  if (g_error_matches (why, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_REUSED) &&
      self->n_renumber++ < MAX_RENUMBERS)
    {
      g_error_free (why);
      return self->store->klass->renumber (self->store, vantage_engine_get_stream (self)->id,
                                           error);
    }
  g_propagate_error (error, why);
  return FALSE;
}

static gboolean
page_answered (VantageSyncEngine *self, GBytes *body, GError **error)
{
  g_autoptr (VantageWirePage) page = vantage_wire_page_read (body, error);
  g_autofree VantageEnvelope *envelopes = NULL;
  GError *local_error = NULL;
  guint n;

  if (page == NULL)
    return FALSE;
  n = page->envelopes->len;
  self->head = page->head;
  if (n == 0)
    {
      /* Nothing after the cursor although there should be: the server has less than it had. */
      return vantage_engine_begin_anew (self);
    }
  envelopes = lend_envelopes (page);
  if (!self->store->klass->apply_page (self->store, vantage_engine_get_stream (self)->id,
                                       page->epoch, envelopes, n, page->digest, &local_error))
    return page_failed (self, local_error, error);
  for (guint i = 0; i < n; i++)
    if (!is_own_op (self, envelopes[i].bytes, envelopes[i].n_bytes))
      self->report->pulled++;
  return TRUE;
}

gboolean
vantage_engine_pull (VantageSyncEngine *self, GError **error)
{
  VantageWireStream *stream = vantage_engine_get_stream (self);
  VantageStreamInfo *info = self->store->klass->get_stream (self->store, stream->id, error);
  g_autofree char *rest = NULL;

  if (info == NULL)
    return error != NULL && *error != NULL ? FALSE : vantage_engine_leave_stream (self, "gone", "");
  if (info->cursor >= self->head)
    self->phase = VANTAGE_PHASE_DOWNLOAD;
  else
    {
      rest = g_strdup_printf ("/ops?after=%" G_GINT64_FORMAT "&limit=%d", info->cursor,
                              VANTAGE_WIRE_PAGE_OPS);
      vantage_engine_ask (self, "GET", vantage_engine_dup_path (self, rest), NULL, page_answered,
                          NULL);
    }
  vantage_stream_info_free (info);
  return TRUE;
}

/* ---- push ---- */

static gboolean
push_answered (VantageSyncEngine *self, GBytes *body, GError **error)
{
  VantageWireStream *stream = vantage_engine_get_stream (self);
  g_autoptr (VantageWirePushed) pushed = vantage_wire_pushed_read (body, error);
  VantageOp *last = self->sent->pdata[self->sent->len - 1];

  if (pushed == NULL)
    return FALSE;
  if (pushed->acked_n < last->id.n || pushed->count > self->sent->len)
    {
      g_set_error_literal (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_NETWORK,
                           "the server's word on what it keeps makes no sense");
      return FALSE;
    }
  /* The server may know more of this device than was sent now; only that was numbered now. */
  if (!self->store->klass->acknowledge (self->store, stream->id, self->device, last->id.n,
                                        pushed->first_seq, (guint) pushed->count, pushed->by,
                                        error))
    return FALSE;
  self->report->pushed += (guint64) pushed->count;
  self->moved = TRUE;
  self->limit = VANTAGE_STREAM_PAGE;
  self->head = MAX (self->head, pushed->head);
  self->phase = VANTAGE_PHASE_PULL;
  return TRUE;
}

/* What stands before the op that was refused may go; that one waits for a person. */
static gboolean
push_refused (VantageSyncEngine *self, guint status, const VantageWireRefusal *refusal,
              GError **error)
{
  if (status == 409 && strcmp (refusal->code, "op_id_reused") == 0 &&
      self->n_renumber++ < MAX_RENUMBERS)
    return self->store->klass->renumber (self->store, vantage_engine_get_stream (self)->id, error);
  if (status == 409 && strcmp (refusal->code, "gap") == 0)
    return vantage_engine_begin_anew (self);
  if (status == 409 && strcmp (refusal->code, "epoch") == 0)
    {
      g_set_error_literal (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_BUSY,
                           "the server's history began anew just now");
      return FALSE;
    }
  if (status == 422 && refusal->index > 0 && refusal->index < (gint64) self->sent->len)
    {
      self->limit = (guint) refusal->index;
      return TRUE;
    }
  return FALSE;
}

gboolean
vantage_engine_push (VantageSyncEngine *self, GError **error)
{
  VantageWireStream *stream = vantage_engine_get_stream (self);
  g_autoptr (VantageWirePush) push = NULL;
  g_autofree char *device = NULL;
  GPtrArray *ops =
      self->store->klass->take_unsent (self->store, stream->id, self->limit, &device, error);

  if (ops == NULL)
    return FALSE;
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  self->sent = ops;
  if (ops->len == 0)
    {
      self->phase = VANTAGE_PHASE_NEXT;
      return TRUE;
    }
  /* A refused op is in a group that goes as one: nothing before it can go alone. */
  if (self->limit < VANTAGE_STREAM_PAGE && ops->len > self->limit)
    return vantage_engine_leave_stream (self, "refused", "the server did not take a change");

  g_free (self->device);
  self->device = g_steal_pointer (&device);
  push = vantage_wire_push_new (self->epoch, self->device);
  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = ops->pdata[i];

      g_ptr_array_add (push->ops, g_bytes_new (op->bytes, op->n_bytes));
    }
  vantage_engine_ask (self, "POST", vantage_engine_dup_path (self, "/ops"),
                      vantage_wire_push_write (push), push_answered, push_refused);
  return TRUE;
}
