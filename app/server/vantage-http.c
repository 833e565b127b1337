/* vantage-http.c: requests are bounded and taken off the wire on the main thread, answered one at a
 * time on a thread of their own, which is the one that writes. */

#include "vantage-http.h"

#include <libsoup/soup.h>
#include <string.h>

#include "vantage-wire-bundle.h"

#define MAX_QUEUE 512
#define MAX_URL 2048
#define MAX_HEADER_BYTES (16 * 1024)
#define MAX_INFLATED (8 * 1024 * 1024)
#define COMPRESS_FROM 1024

struct _VantageHttp
{
  SoupServer *server;
  VantageService *service;
  GThreadPool *pool;
  GMainContext *context;
  gint n_open; /* of the main thread: requests handed over and not yet answered */
};

/* One request on its way through. */
typedef struct
{
  VantageHttp *http;
  SoupServerMessage *message;
  gulong finished_handler;
  gboolean gone; /* the other side hung up */

  char *method, *path, *token, *content_type;
  GHashTable *query;
  GBytes *body;
  VantageReply *reply;
} Job;

static void
free_job (Job *job)
{
  g_clear_signal_handler (&job->finished_handler, job->message);
  g_object_unref (job->message);
  g_free (job->method);
  g_free (job->path);
  g_free (job->token);
  g_free (job->content_type);
  g_clear_pointer (&job->query, g_hash_table_unref);
  g_clear_pointer (&job->body, g_bytes_unref);
  g_clear_pointer (&job->reply, vantage_reply_free);
  g_free (job);
}

/* ---- writing ---- */

static GBytes *
compress_for (SoupServerMessage *message, GBytes *body)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  const char *accepted = soup_message_headers_get_list (asked, "Accept-Encoding");
  GBytes *small;

  if (accepted == NULL || !soup_header_contains (accepted, "gzip") ||
      g_bytes_get_size (body) < COMPRESS_FROM)
    return NULL;
  small = vantage_wire_deflate (body, NULL);
  if (small != NULL && g_bytes_get_size (small) >= g_bytes_get_size (body))
    g_clear_pointer (&small, g_bytes_unref);
  return small;
}

static void
write_reply (SoupServerMessage *message, const VantageReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) small = NULL;
  GBytes *body = reply->body;

  if (strcmp (reply->content_type, VANTAGE_WIRE_JSON) == 0)
    small = compress_for (message, body);
  if (small != NULL)
    {
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
      body = small;
    }
  soup_message_headers_replace (headers, "Content-Type", reply->content_type);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  if (reply->retry_after_ms > 0)
    {
      g_autofree char *seconds =
          g_strdup_printf ("%" G_GINT64_FORMAT, (reply->retry_after_ms + 999) / 1000);

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  if (reply->status == 401)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
  soup_server_message_set_status (message, reply->status, NULL);
}

static void
refuse_now (SoupServerMessage *message, guint status, const char *code, const char *words)
{
  g_autoptr (VantageReply) reply = vantage_reply_refuse (status, code, words);

  if (status == 503)
    reply->retry_after_ms = 1000;
  write_reply (message, reply);
}

/* ---- the thread that answers ---- */

static gboolean
answered_cb (gpointer data)
{
  Job *job = data;

  job->http->n_open--;
  if (!job->gone)
    {
      write_reply (job->message, job->reply);
      soup_server_message_unpause (job->message);
    }
  free_job (job);
  return G_SOURCE_REMOVE;
}

static void
answer (gpointer data, gpointer user_data)
{
  Job *job = data;
  VantageHttp *self = user_data;
  VantageRequest request = {
    .method = job->method,
    .path = job->path,
    .query = job->query,
    .token = job->token,
    .content_type = job->content_type,
    .body = job->body,
  };

  job->reply = vantage_service_handle (self->service, &request);
  g_main_context_invoke (self->context, answered_cb, job);
}

/* ---- taking requests ---- */

static void
finished_cb (SoupServerMessage *message, Job *job)
{
  job->gone = TRUE;
}

/* The body as it was meant; NULL: it was answered already. */
static GBytes *
take_body (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  g_autoptr (GBytes) raw =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GError) error = NULL;
  GBytes *body;

  if (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0)
    return g_steal_pointer (&raw);
  if (g_ascii_strcasecmp (encoding, "gzip") != 0)
    {
      refuse_now (message, 415, "content_encoding", "only gzip is read");
      return NULL;
    }
  body = vantage_wire_inflate (raw, MAX_INFLATED, &error);
  if (body == NULL)
    refuse_now (message, 413, "too_large", error->message);
  return body;
}

static char *
dup_token (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Authorization");

  if (text == NULL || g_ascii_strncasecmp (text, "Bearer ", 7) != 0)
    return NULL;
  return g_strstrip (g_strdup (text + 7));
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  VantageHttp *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body = NULL;
  Job *job;

  if (self->n_open >= MAX_QUEUE)
    {
      refuse_now (message, 503, "busy", "too many requests wait");
      return;
    }
  body = take_body (message);
  if (body == NULL)
    return;

  job = g_new0 (Job, 1);
  job->http = self;
  job->message = g_object_ref (message);
  job->finished_handler = g_signal_connect (message, "finished", G_CALLBACK (finished_cb), job);
  job->method = g_strdup (soup_server_message_get_method (message));
  job->path = g_strdup (path);
  job->token = dup_token (headers);
  job->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  job->query = query != NULL ? g_hash_table_ref (query) : NULL;
  job->body = g_steal_pointer (&body);
  self->n_open++;
  soup_server_message_pause (message);
  g_thread_pool_push (self->pool, job, NULL);
}

/* ---- the door ---- */

static void
hang_up (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
}

static gboolean
is_known_method (const char *method)
{
  return g_strv_contains ((const char *const[]){ "GET", "POST", "PUT", NULL }, method);
}

static gsize
count_headers (SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  gsize n = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    n += strlen (name) + strlen (value) + 4;
  return n;
}

/* Answered before the body is read, so that nobody sends what will not be taken. */
static void
got_headers_cb (SoupServerMessage *message, gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  gboolean both = soup_message_headers_get_one (headers, "Content-Length") != NULL &&
                  soup_message_headers_get_one (headers, "Transfer-Encoding") != NULL;
  guint status = 0;

  if (!is_known_method (soup_server_message_get_method (message)))
    status = 405;
  else if (strlen (path) + (query != NULL ? strlen (query) : 0) > MAX_URL)
    status = 414;
  else if (count_headers (headers) > MAX_HEADER_BYTES)
    status = 431;
  else if (both)
    status = 400;
  else if (soup_message_headers_get_content_length (headers) > VANTAGE_WIRE_BODY_BYTES)
    status = 413;
  if (status == 0)
    return;
  refuse_now (message, status, status == 413 ? "too_large" : "malformed",
              "this request is over the limits of the server");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  if (soup_server_message_get_request_body (message)->length > VANTAGE_WIRE_BODY_BYTES)
    hang_up (message);
}

static void
request_started_cb (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), NULL);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), NULL);
}

/* ---- making ---- */

VantageHttp *
vantage_http_new (VantageService *service, GTlsCertificate *certificate)
{
  VantageHttp *self = g_new0 (VantageHttp, 1);

  self->service = service;
  self->context = g_main_context_ref_thread_default ();
  self->server = soup_server_new ("server-header", "vantage-server ", NULL);
  if (certificate != NULL)
    soup_server_set_tls_certificate (self->server, certificate);
  self->pool = g_thread_pool_new (answer, self, 1, TRUE, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (request_started_cb), self);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  return self;
}

static GSocketConnectable *
read_address (const char *address, GError **error)
{
  GSocketConnectable *place = g_network_address_parse (address, 8930, NULL);

  if (place == NULL)
    g_set_error (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_CONFIG,
                 "listen=%s is no address: write HOST:PORT", address);
  return place;
}

gboolean
vantage_http_is_loopback (const char *address)
{
  g_autoptr (GSocketConnectable) place = read_address (address, NULL);
  const char *host =
      place != NULL ? g_network_address_get_hostname (G_NETWORK_ADDRESS (place)) : NULL;
  g_autoptr (GInetAddress) number = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0 ||
         (number != NULL && g_inet_address_get_is_loopback (number));
}

gboolean
vantage_http_listen (VantageHttp *self, const char *address, GError **error)
{
  g_autoptr (GSocketConnectable) place = read_address (address, error);
  g_autoptr (GSocketAddressEnumerator) each = NULL;
  g_autoptr (GSocketAddress) first = NULL;
  g_autoptr (GError) local_error = NULL;
  SoupServerListenOptions options =
      soup_server_is_https (self->server) || soup_server_get_tls_certificate (self->server) != NULL
          ? SOUP_SERVER_LISTEN_HTTPS
          : 0;

  if (place == NULL)
    return FALSE;
  each = g_socket_connectable_enumerate (place);
  first = g_socket_address_enumerator_next (each, NULL, &local_error);
  if (first != NULL && soup_server_listen (self->server, first, options, &local_error))
    return TRUE;
  g_set_error (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_CONFIG, "cannot listen on %s: %s",
               address, local_error != NULL ? local_error->message : "no such host");
  return FALSE;
}

char *
vantage_http_dup_url (VantageHttp *self)
{
  g_autoslist (GUri) uris = soup_server_get_uris (self->server);
  char *text = uris != NULL ? g_uri_to_string (uris->data) : g_strdup ("");

  if (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';
  return text;
}

void
vantage_http_free (VantageHttp *self)
{
  if (self == NULL)
    return;
  while (self->n_open > 0)
    g_main_context_iteration (self->context, TRUE);
  soup_server_disconnect (self->server);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_object_unref (self->server);
  g_main_context_unref (self->context);
  g_free (self);
}
