/* vantage-sync-engine.c: hello, which streams there are, and going through them. */

#include "vantage-sync-engine-private.h"

#include <string.h>

#include "vantage-id.h"

#define MAX_PASSES 4

G_DEFINE_QUARK (vantage_sync_error, vantage_sync_error)

void
vantage_sync_request_free (VantageSyncRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static void
free_problem (gpointer data)
{
  VantageSyncProblem *problem = data;

  g_free (problem->review);
  g_free (problem->code);
  g_free (problem->message);
  g_free (problem);
}

void
vantage_sync_report_free (VantageSyncReport *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

VantageSyncReport *
vantage_sync_engine_get_report (VantageSyncEngine *self)
{
  return self->report;
}

gint64
vantage_sync_engine_get_retry_after_ms (VantageSyncEngine *self)
{
  return self->retry_after_ms;
}

/* ---- shared by the phases ---- */

VantageWireStream *
vantage_engine_get_stream (VantageSyncEngine *self)
{
  return self->streams->pdata[self->at];
}

void
vantage_engine_ask (VantageSyncEngine *self, const char *method, char *path, GBytes *body,
                    VantageAnswer answered, VantageRefused refused)
{
  VantageSyncRequest *request = g_new0 (VantageSyncRequest, 1);

  g_clear_pointer (&self->request, vantage_sync_request_free);
  request->method = method;
  request->path = path;
  request->body = body;
  request->content_type = VANTAGE_WIRE_JSON;
  request->expects = VANTAGE_WIRE_JSON;
  self->request = request;
  self->answered = answered;
  self->refused = refused;
}

char *
vantage_engine_dup_path (VantageSyncEngine *self, const char *rest)
{
  return g_strconcat ("/v1/streams/", vantage_engine_get_stream (self)->id, rest, NULL);
}

static void
add_problem (VantageSyncEngine *self, const char *review, const char *code, const char *message)
{
  VantageSyncProblem *problem = g_new0 (VantageSyncProblem, 1);

  problem->review = g_strdup (review);
  problem->code = g_strdup (code);
  problem->message = g_strdup (message);
  g_ptr_array_add (self->report->problems, problem);
}

void
vantage_engine_add_problem (VantageSyncEngine *self, const char *code, const char *message)
{
  add_problem (self, vantage_engine_get_stream (self)->review, code, message);
}

gboolean
vantage_engine_leave_stream (VantageSyncEngine *self, const char *code, const char *message)
{
  vantage_engine_add_problem (self, code, message);
  self->phase = VANTAGE_PHASE_NEXT;
  return TRUE;
}

/* ---- hello ---- */

static void ask_heads (VantageSyncEngine *self);

static gboolean
hello_answered (VantageSyncEngine *self, GBytes *body, GError **error)
{
  g_autoptr (VantageWireHello) hello = vantage_wire_hello_read (body, error);

  if (hello == NULL)
    return FALSE;
  if (hello->api != VANTAGE_WIRE_API)
    {
      g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_TOO_OLD,
                   "the server speaks version %" G_GINT64_FORMAT " of the protocol, not %d",
                   hello->api, VANTAGE_WIRE_API);
      return FALSE;
    }
  self->epoch = g_strdup (hello->epoch);
  self->report->clock_offset_ms = hello->time_ms - self->now_us / 1000;
  ask_heads (self);
  return TRUE;
}

static void
ask_hello (VantageSyncEngine *self)
{
  vantage_engine_ask (self, "GET", g_strdup ("/v1/hello"), NULL, hello_answered, NULL);
  self->request->open = TRUE;
}

/* ---- reviews that the server does not know yet ---- */

static gboolean
review_answered (VantageSyncEngine *self, GBytes *body, GError **error)
{
  g_autofree char *review = vantage_wire_review_read (body, error);

  if (review == NULL)
    return FALSE;
  g_ptr_array_remove_index (self->offers, 0);
  return TRUE;
}

/* Somebody else's review, or an account that may not begin one: the others go on. */
static gboolean
review_refused (VantageSyncEngine *self, guint status, const VantageWireRefusal *refusal,
                GError **error)
{
  if (status != 403 && status != 404)
    return FALSE;
  add_problem (self, self->offers->pdata[0], refusal->code, refusal->message);
  g_ptr_array_remove_index (self->offers, 0);
  return TRUE;
}

static void
offer_review (VantageSyncEngine *self)
{
  vantage_engine_ask (self, "POST", g_strdup ("/v1/reviews"),
                      vantage_wire_review_write (self->offers->pdata[0]), review_answered,
                      review_refused);
}

/* ---- heads ---- */

static void
begin_stream (VantageSyncEngine *self)
{
  self->phase = VANTAGE_PHASE_CHECK;
  self->n_resets = self->n_bad = self->n_renumber = 0;
  self->limit = VANTAGE_STREAM_PAGE;
  self->head = vantage_engine_get_stream (self)->head;
}

static gboolean
find_sort (const char *kind, VantageStreamSort *out)
{
  static const struct
  {
    const char *kind;
    VantageStreamSort sort;
  } sorts[] = { { "team", VANTAGE_STREAM_TEAM },
                { "core", VANTAGE_STREAM_CORE },
                { "org", VANTAGE_STREAM_ORG } };

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (strcmp (kind, sorts[i].kind) == 0)
      {
        *out = sorts[i].sort;
        return TRUE;
      }
  return FALSE;
}

/* A stream is what its id says; one of a sort that is not known is left alone. */
static gboolean
is_what_it_says (const VantageWireStream *stream, VantageStreamSort sort)
{
  g_autofree char *core = NULL;

  if (!vantage_id_is_valid (stream->review))
    return FALSE;
  core = vantage_core_stream_id (stream->review);
  return strcmp (stream->id, sort == VANTAGE_STREAM_CORE ? core : stream->review) == 0 &&
         sort != VANTAGE_STREAM_ORG;
}

static gboolean
take_stream (VantageSyncEngine *self, const VantageWireStream *stream, GError **error)
{
  VantageWireStream *copy;
  VantageStreamSort sort;
  VantageStreamInfo *info;
  GError *local_error = NULL;

  if (!find_sort (stream->kind, &sort) || !is_what_it_says (stream, sort) ||
      (self->only_review != NULL && strcmp (stream->review, self->only_review) != 0) ||
      !self->store->klass->wants (self->store, stream->review))
    return TRUE;

  info = self->store->klass->get_stream (self->store, stream->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (info == NULL && sort == VANTAGE_STREAM_TEAM)
    self->report->n_reviews_came++;
  g_clear_pointer (&info, vantage_stream_info_free);
  if (!self->store->klass->add_stream (self->store, stream->id, stream->review, sort, error))
    return FALSE;
  self->store->klass->note_access (self->store, stream->review, stream->role);

  copy = vantage_wire_stream_new (stream->id, stream->review, stream->kind, stream->role,
                                  stream->head);
  memcpy (copy->digest, stream->digest, sizeof copy->digest);
  g_ptr_array_add (self->streams, copy);
  return TRUE;
}

static gboolean
has_review (const VantageWireStreams *streams, const char *review)
{
  for (guint i = 0; i < streams->streams->len; i++)
    if (strcmp (((VantageWireStream *) streams->streams->pdata[i])->review, review) == 0)
      return TRUE;
  return FALSE;
}

/* What is shared from here and not there is offered, once. */
static gboolean
collect_offers (VantageSyncEngine *self, const VantageWireStreams *streams, GError **error)
{
  g_auto (GStrv) shared = self->store->klass->list_shared (self->store, error);

  if (shared == NULL)
    return FALSE;
  for (guint i = 0; shared[i] != NULL; i++)
    {
      if (self->only_review != NULL && strcmp (shared[i], self->only_review) != 0)
        continue;
      if (has_review (streams, shared[i]))
        continue;
      if (self->n_rounds == 1)
        g_ptr_array_add (self->offers, g_strdup (shared[i]));
      else
        self->store->klass->note_access (self->store, shared[i], NULL);
    }
  return TRUE;
}

static gboolean
heads_answered (VantageSyncEngine *self, GBytes *body, GError **error)
{
  g_autoptr (VantageWireStreams) streams = vantage_wire_streams_read (body, error);

  if (streams == NULL)
    return FALSE;
  self->n_rounds++;
  g_free (self->report->user);
  self->report->user = g_strdup (streams->user);
  if (!collect_offers (self, streams, error))
    return FALSE;
  if (self->offers->len > 0)
    {
      self->ask_again = TRUE;
      return TRUE;
    }

  g_ptr_array_set_size (self->streams, 0);
  for (guint i = 0; i < streams->streams->len; i++)
    if (!take_stream (self, streams->streams->pdata[i], error))
      return FALSE;
  self->at = 0;
  if (self->streams->len > 0)
    begin_stream (self);
  return TRUE;
}

static void
ask_heads (VantageSyncEngine *self)
{
  g_autoptr (GHashTable) have = g_hash_table_new (g_str_hash, g_str_equal);

  vantage_engine_ask (self, "POST", g_strdup ("/v1/heads"), vantage_wire_have_write (have),
                      heads_answered, NULL);
}

/* ---- going through the streams ---- */

static void
next_stream (VantageSyncEngine *self)
{
  vantage_engine_get_stream (self)->head = MAX (vantage_engine_get_stream (self)->head, self->head);
  self->at++;
  if (self->at >= self->streams->len && self->moved && self->pass + 1 < MAX_PASSES)
    {
      self->at = 0;
      self->pass++;
      self->moved = FALSE;
    }
  if (self->at < self->streams->len)
    begin_stream (self);
}

static gboolean
prepare (VantageSyncEngine *self, GError **error)
{
  VantageWireStream *stream = vantage_engine_get_stream (self);
  const VantageSyncStoreClass *klass = self->store->klass;

  self->phase = VANTAGE_PHASE_UPLOAD;
  return klass->prepare == NULL || strcmp (stream->kind, "core") != 0 ||
         klass->prepare (self->store, stream->review, error);
}

/* Until there is something to ask, or nothing more. */
static gboolean
advance (VantageSyncEngine *self, GError **error)
{
  while (self->request == NULL && self->at < self->streams->len)
    {
      gboolean ok = TRUE;

      switch (self->phase)
        {
        case VANTAGE_PHASE_CHECK:
          ok = vantage_engine_check (self, error);
          break;
        case VANTAGE_PHASE_PULL:
          ok = vantage_engine_pull (self, error);
          break;
        case VANTAGE_PHASE_DOWNLOAD:
          ok = vantage_engine_download (self, error);
          break;
        case VANTAGE_PHASE_PREPARE:
          ok = prepare (self, error);
          break;
        case VANTAGE_PHASE_UPLOAD:
          ok = vantage_engine_upload (self, error);
          break;
        case VANTAGE_PHASE_PUSH:
          ok = vantage_engine_push (self, error);
          break;
        case VANTAGE_PHASE_NEXT:
          next_stream (self);
          break;
        }
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static VantageSyncRequest *
copy_request (const VantageSyncRequest *request)
{
  VantageSyncRequest *copy = g_new (VantageSyncRequest, 1);

  *copy = *request;
  copy->path = g_strdup (request->path);
  copy->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  return copy;
}

VantageSyncRequest *
vantage_sync_engine_next (VantageSyncEngine *self, GError **error)
{
  if (!self->began)
    {
      self->began = TRUE;
      ask_hello (self);
    }
  else if (self->request == NULL && self->offers->len > 0)
    offer_review (self);
  else if (self->request == NULL && self->ask_again)
    {
      self->ask_again = FALSE;
      ask_heads (self);
    }
  else if (self->request == NULL && !advance (self, error))
    return NULL;
  return self->request != NULL ? copy_request (self->request) : NULL;
}

/* ---- answers ---- */

static gboolean
fail (GError **error, VantageSyncError code, const char *format, const char *detail)
{
  g_set_error (error, VANTAGE_SYNC_ERROR, (int) code, "%s: %s", format, detail);
  return FALSE;
}

/* The general rules for what the server did not do. */
static gboolean
refuse (VantageSyncEngine *self, guint status, const VantageWireRefusal *refusal, GError **error)
{
  self->retry_after_ms = refusal->retry_after_ms;
  switch (status)
    {
    case 401:
      return fail (error, VANTAGE_SYNC_ERROR_UNAUTHORIZED, "not signed in", refusal->message);
    case 426:
      return fail (error, VANTAGE_SYNC_ERROR_TOO_OLD, "too old", refusal->message);
    case 429:
    case 503:
      return fail (error, VANTAGE_SYNC_ERROR_BUSY, "busy", refusal->message);
    case 403:
    case 404:
      /* A stream that is no longer this account's; the others are. */
      if (self->at < self->streams->len)
        return vantage_engine_leave_stream (self, refusal->code, refusal->message);
      return fail (error, VANTAGE_SYNC_ERROR_FORBIDDEN, "not allowed", refusal->message);
    default:
      if (self->at < self->streams->len && status < 500)
        return vantage_engine_leave_stream (self, refusal->code, refusal->message);
      return fail (error, VANTAGE_SYNC_ERROR_REFUSED, "refused", refusal->message);
    }
}

/* What does not read as the protocol says is no answer of a Vantage server. */
static gboolean
convert_wire_error (GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain == VANTAGE_WIRE_ERROR)
    {
      GError *converted =
          g_error_new (VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_NETWORK,
                       "the answer is not one of a Vantage server: %s", (*error)->message);

      g_clear_error (error);
      *error = converted;
    }
  return FALSE;
}

static gboolean
take_refusal (VantageSyncEngine *self, guint status, GBytes *body, VantageRefused refused,
              GError **error)
{
  GError *local_error = NULL;
  g_autoptr (VantageWireRefusal) refusal = vantage_wire_refusal_read (body, error);

  if (refusal == NULL)
    return convert_wire_error (error);
  if (refused != NULL && refused (self, status, refusal, &local_error))
    return TRUE;
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return refuse (self, status, refusal, error);
}

gboolean
vantage_sync_engine_answer (VantageSyncEngine *self, guint status, const char *content_type,
                            GBytes *body, gint64 now_us, GError **error)
{
  g_autoptr (VantageSyncRequest) request = g_steal_pointer (&self->request);
  const char *wanted = status < 300 ? request->expects : VANTAGE_WIRE_JSON;
  GError *local_error = NULL;

  self->now_us = now_us;
  if (status < 200 || g_strcmp0 (content_type, wanted) != 0)
    {
      g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_NETWORK,
                   "the answer (%u) is not one of a Vantage server", status);
      return FALSE;
    }
  if (status >= 300)
    return take_refusal (self, status, body, self->refused, error);
  if (self->answered (self, body, &local_error))
    return TRUE;
  convert_wire_error (&local_error);
  g_propagate_error (error, local_error);
  return FALSE;
}

/* ---- making ---- */

VantageSyncEngine *
vantage_sync_engine_new (VantageSyncStore *store, const char *review)
{
  VantageSyncEngine *self = g_new0 (VantageSyncEngine, 1);

  self->store = store;
  self->only_review = g_strdup (review);
  self->report = g_new0 (VantageSyncReport, 1);
  self->report->problems = g_ptr_array_new_with_free_func (free_problem);
  self->offers = g_ptr_array_new_with_free_func (g_free);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_wire_stream_free);
  self->limit = VANTAGE_STREAM_PAGE;
  return self;
}

void
vantage_sync_engine_free (VantageSyncEngine *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->request, vantage_sync_request_free);
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  vantage_engine_drop_blob (self);
  g_clear_pointer (&self->blobs, g_ptr_array_unref);
  g_ptr_array_unref (self->offers);
  g_ptr_array_unref (self->streams);
  vantage_sync_report_free (self->report);
  g_free (self->only_review);
  g_free (self->epoch);
  g_free (self->device);
  g_free (self);
}
