/* vantage-sync.c: carries what the engine asks over HTTP. The engine runs on a worker thread, one
 * step at a time; requests are made on the caller's main context. */

#include "config.h"

#include "vantage-sync.h"

#include <libsoup/soup.h>
#include <string.h>

#include "vantage-sync-library.h"
#include "vantage-sync-server.h"
#include "vantage-wire-bundle.h"

#define TIMEOUT_SECONDS 60
#define MAX_ANSWER (8 * 1024 * 1024)
#define READ_BYTES (64 * 1024)
#define COMPRESS_FROM 1024
#define FIRST_WAIT_US G_USEC_PER_SEC
#define LONGEST_WAIT_US (5 * 60 * G_GINT64_CONSTANT (1000000))

typedef struct
{
  VantageLibrary *library;
  VantageSyncStore *store;
  VantageSyncEngine *engine;
  SoupSession *session;
  char *review, *url, *token;

  VantageSyncRequest *request; /* on its way */
  SoupMessage *message;
  GByteArray *answer; /* as far as it came */

  gboolean has_answer; /* to be given to the engine at the next step */
  guint status;
  char *content_type;
} Run;

static void
free_run (gpointer data)
{
  Run *run = data;

  vantage_sync_engine_free (run->engine);
  vantage_sync_library_free (run->store);
  g_clear_object (&run->session);
  g_clear_object (&run->message);
  g_clear_pointer (&run->request, vantage_sync_request_free);
  g_clear_pointer (&run->answer, g_byte_array_unref);
  g_object_unref (run->library);
  g_free (run->review);
  g_free (run->url);
  g_free (run->token);
  g_free (run->content_type);
  g_free (run);
}

static void ask (GTask *task);

/* ---- a step of the engine, on the worker ---- */

static gboolean
prepare (Run *run, GError **error)
{
  if (run->engine != NULL)
    return TRUE;
  run->token = vantage_sync_server_dup_token (run->library, NULL, error);
  run->url = vantage_sync_server_dup_url (run->library);
  if (run->token == NULL || run->url == NULL)
    return FALSE;
  run->store = vantage_sync_library_new (run->library);
  run->engine = vantage_sync_engine_new (run->store, run->review);
  return TRUE;
}

static gboolean
give_answer (Run *run, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  if (!run->has_answer)
    return TRUE;
  run->has_answer = FALSE;
  body = g_byte_array_free_to_bytes (g_steal_pointer (&run->answer));
  return vantage_sync_engine_answer (run->engine, run->status, run->content_type, body,
                                     vantage_library_now_us (run->library), error);
}

static void
step_thread (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Run *run = data;
  GError *error = NULL;

  if (prepare (run, &error) && give_answer (run, &error))
    run->request = vantage_sync_engine_next (run->engine, &error);
  if (error != NULL)
    g_task_return_error (step, error);
  else
    g_task_return_boolean (step, run->request != NULL);
}

/* How long the server wants to be left alone travels with the error, in its message's end. */
static GError *
add_retry_after (Run *run, GError *error)
{
  gint64 ms = run->engine != NULL ? vantage_sync_engine_get_retry_after_ms (run->engine) : 0;
  GError *longer;

  if (ms <= 0 || !g_error_matches (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_BUSY))
    return error;
  longer = g_error_new (error->domain, error->code, "%s (again in %" G_GINT64_FORMAT " ms)",
                        error->message, ms);
  g_error_free (error);
  return longer;
}

gint64
vantage_sync_error_get_retry_after_ms (const GError *error)
{
  const char *at = error != NULL ? g_strrstr (error->message, "(again in ") : NULL;

  return at != NULL ? g_ascii_strtoll (at + strlen ("(again in "), NULL, 10) : 0;
}

static VantageSyncReport *
steal_report (Run *run)
{
  VantageSyncReport *copy = g_new (VantageSyncReport, 1);
  const VantageSyncReport *report = vantage_sync_engine_get_report (run->engine);

  *copy = *report;
  copy->user = g_strdup (report->user);
  copy->problems = g_ptr_array_ref (report->problems);
  return copy;
}

static void
step_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    ask (g_steal_pointer (&task));
  else if (error != NULL)
    g_task_return_error (task, add_retry_after (run, error));
  else
    g_task_return_pointer (task, steal_report (run), (GDestroyNotify) vantage_sync_report_free);
}

/* Steps are not cancelled: what they wrote is written. */
static void
step (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GTask) worker = NULL;

  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  worker = g_task_new (NULL, NULL, step_cb, task);
  g_task_set_task_data (worker, run, NULL);
  g_task_run_in_thread (worker, step_thread);
}

/* ---- a request, on the main context ---- */

static void
fail (GTask *task, GError *error)
{
  Run *run = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, error);
  else
    {
      g_task_return_new_error (task, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_NETWORK, "%s: %s",
                               run->url, error->message);
      g_error_free (error);
    }
  g_object_unref (task);
}

static void
count_bytes (Run *run)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (run->message);
  VantageSyncReport *report = vantage_sync_engine_get_report (run->engine);

  if (metrics == NULL)
    return;
  report->bytes_up += soup_message_metrics_get_request_header_bytes_sent (metrics) +
                      soup_message_metrics_get_request_body_bytes_sent (metrics);
  report->bytes_down += soup_message_metrics_get_response_header_bytes_received (metrics) +
                        soup_message_metrics_get_response_body_bytes_received (metrics);
}

static void
take_answer (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (run->message);

  count_bytes (run);
  run->status = soup_message_get_status (run->message);
  g_free (run->content_type);
  run->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  run->has_answer = TRUE;
  g_clear_object (&run->message);
  step (task);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      fail (task, error);
      return;
    }
  if (g_bytes_get_size (bytes) == 0)
    {
      take_answer (task);
      return;
    }
  g_byte_array_append (run->answer, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  if (run->answer->len > MAX_ANSWER)
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                                     "the answer is larger than any that is right"));
  else
    g_input_stream_read_bytes_async (G_INPUT_STREAM (source), READ_BYTES, G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), read_cb, task);
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) stream =
      soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    {
      fail (task, error);
      return;
    }
  g_clear_pointer (&run->answer, g_byte_array_unref);
  run->answer = g_byte_array_new ();
  g_input_stream_read_bytes_async (stream, READ_BYTES, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, task);
}

static void
set_body (SoupMessage *message, const VantageSyncRequest *request)
{
  gsize size = g_bytes_get_size (request->body);
  g_autoptr (GBytes) small = NULL;

  if (strcmp (request->content_type, VANTAGE_WIRE_JSON) == 0 && size >= COMPRESS_FROM)
    small = vantage_wire_deflate (request->body, NULL);
  if (small != NULL && g_bytes_get_size (small) < size)
    {
      soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding",
                                    "gzip");
      soup_message_set_request_body_from_bytes (message, request->content_type, small);
    }
  else
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
}

static void
ask (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (VantageSyncRequest) request = g_steal_pointer (&run->request);
  g_autofree char *url = g_strconcat (run->url, request->path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", run->token, NULL);

  run->message = soup_message_new (request->method, url);
  if (run->message == NULL)
    {
      g_task_return_new_error (task, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_ADDRESS,
                               "%s is not the address of a server", run->url);
      g_object_unref (task);
      return;
    }
  soup_message_add_flags (run->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS);
  if (!request->open)
    soup_message_headers_replace (soup_message_get_request_headers (run->message), "Authorization",
                                  bearer);
  if (request->body != NULL)
    set_body (run->message, request);
  soup_session_send_async (run->session, run->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), send_cb, task);
}

/* ---- public ---- */

void
vantage_sync_run_async (VantageLibrary *library, const char *review, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  run->library = g_object_ref (library);
  run->review = g_strdup (review);
  run->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "user-agent",
                                                "vantage/" VANTAGE_VERSION " ", NULL);
  soup_session_remove_feature_by_type (run->session, SOUP_TYPE_COOKIE_JAR);
  g_task_set_source_tag (task, vantage_sync_run_async);
  g_task_set_task_data (task, run, free_run);
  step (task);
}

VantageSyncReport *
vantage_sync_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

VantageSyncReport *
vantage_sync_run (VantageLibrary *library, const char *review, GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  VantageSyncReport *report;

  g_main_context_push_thread_default (context);
  vantage_sync_run_async (library, review, cancellable, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  report = vantage_sync_run_finish (result, error);
  g_clear_object (&result);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return report;
}

gint64
vantage_sync_back_off_us (guint n_failures, gint64 retry_after_ms, double chance)
{
  gint64 wait_us = FIRST_WAIT_US;

  for (guint i = 1; i < n_failures && wait_us < LONGEST_WAIT_US; i++)
    wait_us *= 2;
  wait_us = MIN (wait_us, LONGEST_WAIT_US);
  wait_us += (gint64) ((double) wait_us * (CLAMP (chance, 0.0, 1.0) - 0.5));
  return MAX (wait_us, retry_after_ms * 1000);
}
