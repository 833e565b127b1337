/* vantage-service.c: who asks, what for, and whether they may. */

#include "vantage-service-private.h"

#include <sodium.h>
#include <string.h>

#include "vantage-id.h"
#include "vantage-json.h"

#define REQUESTS_A_MINUTE 600
#define MAX_RATES 10000
#define TOKEN_BYTES 32
#define MAX_TOKEN_CHARS 200

/* ---- replies ---- */

VantageReply *
vantage_reply_new (guint status, const char *content_type, GBytes *body)
{
  VantageReply *self = g_new0 (VantageReply, 1);

  self->status = status;
  self->content_type = content_type;
  self->body = body;
  return self;
}

void
vantage_reply_free (VantageReply *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

VantageReply *
vantage_reply_json (guint status, GBytes *body)
{
  return vantage_reply_new (status, VANTAGE_WIRE_JSON, body);
}

VantageReply *
vantage_reply_refuse (guint status, const char *code, const char *message)
{
  VantageWireRefusal refusal = { .code = (char *) code, .message = (char *) message, .index = -1 };

  return vantage_reply_json (status, vantage_wire_refusal_write (&refusal));
}

VantageReply *
vantage_reply_malformed (GError *error)
{
  VantageReply *reply = vantage_reply_refuse (400, "malformed", error->message);

  g_error_free (error);
  return reply;
}

static VantageReply *
refuse_later (guint status, const char *code, const char *message, gint64 retry_after_ms)
{
  VantageWireRefusal refusal = {
    .code = (char *) code,
    .message = (char *) message,
    .index = -1,
    .retry_after_ms = retry_after_ms,
  };
  VantageReply *reply = vantage_reply_json (status, vantage_wire_refusal_write (&refusal));

  reply->retry_after_ms = retry_after_ms;
  return reply;
}

/* ---- words ---- */

static gboolean
is_among (const char *word, const char *const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

gboolean
vantage_service_is_user_role (const char *role)
{
  return is_among (role,
                   (const char *const[]){ "admin", "investigator", "contributor", "reader", NULL });
}

gboolean
vantage_service_is_review_role (const char *role)
{
  return is_among (role, (const char *const[]){ "lead", "editor", "commenter", "viewer", NULL });
}

gboolean
vantage_service_is_user_name (const char *name)
{
  gsize length = name != NULL ? strlen (name) : 0;

  if (length == 0 || length > 64)
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("._@+-", *p) == NULL)
      return FALSE;
  return TRUE;
}

/* ---- tokens and rates ---- */

char *
vantage_service_make_token (VantageService *self, const char *user, GError **error)
{
  guint8 bytes[TOKEN_BYTES];
  guint8 hash[VANTAGE_HASH_SIZE];
  g_autofree char *text = NULL;

  randombytes_buf (bytes, sizeof bytes);
  text = vantage_hex_encode (bytes, sizeof bytes);
  sodium_memzero (bytes, sizeof bytes);
  vantage_hash_data (text, strlen (text), hash);
  if (!self->backend->klass->add_token (self->backend, hash, user,
                                        self->now (self->now_data) / 1000, error))
    return NULL;
  return g_steal_pointer (&text);
}

typedef struct
{
  gint64 minute;
  guint n;
} Rate;

/* Counts a request of a token; FALSE: too many in this minute. */
static gboolean
count_request (VantageService *self, const guint8 *hash, gint64 now_us)
{
  g_autofree char *key = vantage_hex_encode (hash, VANTAGE_HASH_SIZE);
  gint64 minute = now_us / G_TIME_SPAN_MINUTE;
  Rate *rate = g_hash_table_lookup (self->rates, key);

  if (rate == NULL)
    {
      if (g_hash_table_size (self->rates) >= MAX_RATES)
        g_hash_table_remove_all (self->rates);
      rate = g_new0 (Rate, 1);
      g_hash_table_insert (self->rates, g_steal_pointer (&key), rate);
    }
  if (rate->minute != minute)
    *rate = (Rate){ minute, 0 };
  return ++rate->n <= REQUESTS_A_MINUTE;
}

/* ---- routes without a stream ---- */

static VantageReply *
route_hello (VantageCall *call, GError **error)
{
  VantageWireHello hello = {
    .server_id = call->service->server_id,
    .epoch = call->service->epoch,
    .time_ms = call->now_us / 1000,
    .api = VANTAGE_WIRE_API,
  };

  return vantage_reply_json (200, vantage_wire_hello_write (&hello));
}

/* `core` is for those who edit. */
static gboolean
may_read (const VantageStoredStream *stream)
{
  if (stream->role == NULL)
    return FALSE;
  return strcmp (stream->kind, "core") != 0 || strcmp (stream->role, "lead") == 0 ||
         strcmp (stream->role, "editor") == 0;
}

/* @have: (nullable): only those whose head differs. */
static VantageWireStreams *
list_readable (VantageCall *call, GHashTable *have, GError **error)
{
  g_autoptr (GPtrArray) stored =
      call->backend->klass->list_streams (call->backend, call->user, error);
  g_autoptr (GHashTable) readable = g_hash_table_new (g_str_hash, g_str_equal);
  VantageWireStreams *streams;
  GHashTableIter iter;
  gpointer id;

  if (stored == NULL)
    return NULL;
  streams = vantage_wire_streams_new (call->user);
  for (guint i = 0; i < stored->len; i++)
    {
      const VantageStoredStream *stream = stored->pdata[i];
      const gint64 *head = have != NULL ? g_hash_table_lookup (have, stream->id) : NULL;
      VantageWireStream *one;

      if (!may_read (stream))
        continue;
      g_hash_table_add (readable, stream->id);
      if (head != NULL && *head == stream->head)
        continue;
      one = vantage_wire_stream_new (stream->id, stream->review, stream->kind, stream->role,
                                     stream->head);
      memcpy (one->digest, stream->digest, sizeof one->digest);
      one->purge_gen = stream->purge_gen;
      g_ptr_array_add (streams->streams, one);
    }
  if (have == NULL)
    return streams;
  g_hash_table_iter_init (&iter, have);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (readable, id))
      g_ptr_array_add (streams->gone, g_strdup (id));
  return streams;
}

static VantageReply *
reply_streams (VantageCall *call, GHashTable *have, GError **error)
{
  g_autoptr (VantageWireStreams) streams = list_readable (call, have, error);

  return streams != NULL ? vantage_reply_json (200, vantage_wire_streams_write (streams)) : NULL;
}

static VantageReply *
route_streams (VantageCall *call, GError **error)
{
  return reply_streams (call, NULL, error);
}

static VantageReply *
route_heads (VantageCall *call, GError **error)
{
  GError *bad = NULL;
  g_autoptr (GHashTable) have = vantage_wire_have_read (call->request->body, &bad);

  return have != NULL ? reply_streams (call, have, error) : vantage_reply_malformed (bad);
}

/* Makes the review, with the account as its lead; one that is there is left as it is. */
static VantageReply *
make_review (VantageCall *call, const char *review, GError **error)
{
  const VantageBackendClass *klass = call->backend->klass;
  gboolean made = FALSE;
  GError *local_error = NULL;
  g_autofree char *role = NULL;
  g_autofree char *subject = g_strdup_printf ("%s %s", review, call->user);

  if (!klass->add_review (call->backend, review, call->now_us / 1000, &made, error))
    return NULL;
  if (made)
    return klass->set_member (call->backend, review, call->user, "lead", error) &&
                   klass->audit (call->backend, call->now_us / 1000, call->user, "review-new",
                                 subject, error)
               ? vantage_reply_json (201, vantage_wire_review_write (review))
               : NULL;

  role = klass->dup_role (call->backend, review, call->user, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return role != NULL ? vantage_reply_json (200, vantage_wire_review_write (review))
                      : vantage_reply_refuse (404, "not_found", "there is no such review");
}

static VantageReply *
route_review (VantageCall *call, GError **error)
{
  const VantageBackendClass *klass = call->backend->klass;
  GError *bad = NULL;
  g_autofree char *review = vantage_wire_review_read (call->request->body, &bad);
  VantageReply *reply;

  if (review == NULL)
    return vantage_reply_malformed (bad);
  if (strcmp (call->user_role, "admin") != 0 && strcmp (call->user_role, "investigator") != 0)
    return vantage_reply_refuse (403, "forbidden", "this account may not begin a review");
  if (!klass->begin (call->backend, error))
    return NULL;
  reply = make_review (call, review, error);
  if (reply != NULL && klass->commit (call->backend, error))
    return reply;
  g_clear_pointer (&reply, vantage_reply_free);
  klass->rollback (call->backend);
  return NULL;
}

static VantageReply *
route_health (VantageCall *call, GError **error)
{
  g_autofree char *epoch = call->backend->klass->dup_meta (call->backend, "epoch", error);

  return epoch != NULL ? vantage_reply_json (200, g_bytes_new_static ("{\"ok\":true}", 11)) : NULL;
}

/* ---- finding the route ---- */

typedef struct
{
  const char *method;
  const char *path; /* what follows /v1/streams/{id} in routes of streams */
  VantageRoute route;
  gboolean named;    /* a hash follows */
  const char *takes; /* content type of the body; NULL: none */
} Route;

static const Route open_routes[] = {
  { "GET", "/v1/hello", route_hello },
  { "GET", "/healthz", route_health },
};
static const Route account_routes[] = {
  { "GET", "/v1/streams", route_streams },
  { "POST", "/v1/heads", route_heads, FALSE, VANTAGE_WIRE_JSON },
  { "POST", "/v1/reviews", route_review, FALSE, VANTAGE_WIRE_JSON },
};
static const Route stream_routes[] = {
  { "POST", "/ops", vantage_route_push, FALSE, VANTAGE_WIRE_JSON },
  { "GET", "/ops", vantage_route_pull },
  { "GET", "/vector", vantage_route_vector },
  { "POST", "/blobs/missing", vantage_route_missing, FALSE, VANTAGE_WIRE_JSON },
  { "PUT", "/chunks/", vantage_route_put_chunk, TRUE, VANTAGE_WIRE_BYTES },
  { "GET", "/chunks/", vantage_route_get_chunk, TRUE },
  { "PUT", "/blobs/", vantage_route_put_blob, TRUE, VANTAGE_WIRE_JSON },
  { "GET", "/blobs/", vantage_route_get_blob, TRUE },
};

static gboolean
is_hash (const char *text)
{
  guint8 bytes[VANTAGE_HASH_SIZE];

  return strlen (text) == VANTAGE_HASH_TEXT_LENGTH &&
         vantage_hex_decode (text, bytes, sizeof bytes);
}

/* @out_known: some method has this path. */
static const Route *
find_route (const Route *routes, gsize n, const char *method, const char *path, gboolean *out_known)
{
  for (gsize i = 0; i < n; i++)
    {
      gboolean fits = routes[i].named ? g_str_has_prefix (path, routes[i].path) &&
                                            is_hash (path + strlen (routes[i].path))
                                      : strcmp (path, routes[i].path) == 0;

      *out_known = *out_known || fits;
      if (fits && strcmp (routes[i].method, method) == 0)
        return &routes[i];
    }
  return NULL;
}

static VantageReply *
run_route (VantageCall *call, const Route *route, gboolean known, GError **error)
{
  const VantageRequest *request = call->request;

  if (route == NULL)
    return known ? vantage_reply_refuse (405, "method", "this address has no such method")
                 : vantage_reply_refuse (404, "not_found", "there is nothing here");
  if (route->takes != NULL && g_strcmp0 (route->takes, request->content_type) != 0)
    return vantage_reply_refuse (415, "content_type", "the body is not of the type that is needed");
  if (route->takes != NULL && request->body == NULL)
    return vantage_reply_refuse (400, "malformed", "the body is missing");
  return route->route (call, error);
}

gboolean
vantage_call_may_write (const VantageCall *call)
{
  return call->stream->role != NULL && strcmp (call->stream->role, "viewer") != 0;
}

/* A stream that is not there and one that is somebody else's look the same. */
static VantageReply *
run_stream_route (VantageCall *call, const char *path, GError **error)
{
  GError *local_error = NULL;
  g_autoptr (VantageStoredStream) stream = NULL;
  g_autofree char *id = g_strndup (path, VANTAGE_ID_LENGTH);
  const char *rest = path + strlen (id);
  gboolean known = FALSE;
  const Route *route =
      find_route (stream_routes, G_N_ELEMENTS (stream_routes), call->request->method, rest, &known);

  if (vantage_id_is_valid (id))
    stream = call->backend->klass->find_stream (call->backend, id, call->user, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (stream == NULL || !may_read (stream))
    return vantage_reply_refuse (404, "not_found", "there is no such stream");
  call->stream = stream;
  if (route != NULL && route->named)
    call->name = rest + strlen (route->path);
  return run_route (call, route, known, error);
}

static VantageReply *
run_account_route (VantageCall *call, GError **error)
{
  const VantageRequest *request = call->request;
  gboolean known = FALSE;
  const Route *route;

  if (g_str_has_prefix (request->path, "/v1/streams/"))
    return run_stream_route (call, request->path + strlen ("/v1/streams/"), error);
  route = find_route (account_routes, G_N_ELEMENTS (account_routes), request->method, request->path,
                      &known);
  return run_route (call, route, known, error);
}

/* NULL without error: nobody's token. @out_hash is set either way. */
static char *
find_account (VantageCall *call, guint8 *out_hash, GError **error)
{
  const char *token = call->request->token;

  if (token == NULL || strlen (token) > MAX_TOKEN_CHARS)
    return NULL;
  vantage_hash_data (token, strlen (token), out_hash);
  return call->backend->klass->dup_token_user (call->backend, out_hash, call->now_us / 1000, error);
}

static VantageReply *
handle_account (VantageCall *call, GError **error)
{
  GError *local_error = NULL;
  guint8 hash[VANTAGE_HASH_SIZE];
  g_autofree char *user = find_account (call, hash, &local_error);
  g_autofree char *role = NULL;

  if (user != NULL)
    role = call->backend->klass->dup_user_role (call->backend, user, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (role == NULL)
    return vantage_reply_refuse (401, "unauthorized", "the token is missing, wrong or has ended");
  if (!count_request (call->service, hash, call->now_us))
    return refuse_later (429, "too_many", "too many requests in a minute", 30 * 1000);
  call->user = user;
  call->user_role = role;
  return run_account_route (call, error);
}

VantageReply *
vantage_service_handle (VantageService *self, const VantageRequest *request)
{
  g_autoptr (GError) error = NULL;
  gboolean known = FALSE;
  VantageCall call = {
    .service = self,
    .backend = self->backend,
    .request = request,
    .now_us = self->now (self->now_data),
  };
  const Route *route =
      find_route (open_routes, G_N_ELEMENTS (open_routes), request->method, request->path, &known);
  VantageReply *reply =
      known ? run_route (&call, route, known, &error) : handle_account (&call, &error);

  if (reply != NULL)
    return reply;
  g_message ("storage: %s", error != NULL ? error->message : "unknown");
  return refuse_later (503, "unavailable", "the server cannot read or write just now", 5 * 1000);
}

/* ---- making ---- */

static gint64
get_real_time (gpointer user_data)
{
  return g_get_real_time ();
}

VantageService *
vantage_service_new (VantageBackend *backend, VantageServiceNow now, gpointer now_data)
{
  VantageService *self = g_new0 (VantageService, 1);

  if (sodium_init () < 0)
    g_error ("no source of random numbers");
  self->backend = backend;
  self->now = now != NULL ? now : get_real_time;
  self->now_data = now_data;
  self->server_id = backend->klass->dup_meta (backend, "server_id", NULL);
  self->epoch = backend->klass->dup_meta (backend, "epoch", NULL);
  self->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
vantage_service_free (VantageService *self)
{
  if (self == NULL)
    return;
  g_free (self->server_id);
  g_free (self->epoch);
  g_hash_table_unref (self->rates);
  g_free (self);
}
