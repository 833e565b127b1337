/* test-service.c: what the server answers, over each kind of storage: the same. */

#include <glib/gstdio.h>
#include <string.h>

#include "memory-backend.h"
#include "vantage-backend-sqlite.h"
#include "vantage-id.h"
#include "vantage-op.h"
#include "vantage-service.h"

#define REVIEW "0190c3b27e0000000000000000000001"
#define DEVICE "00000000000000d1"
#define NOW_US G_GINT64_CONSTANT (1700000000000000)

typedef struct
{
  gboolean in_memory;
  char *folder;
  VantageBackend *backend;
  VantageService *service;
  char *dana, *eli; /* tokens */
  gint64 now_us;
  char *epoch;
} Fixture;

static gint64
get_now (gpointer data)
{
  return ((Fixture *) data)->now_us;
}

static void
open_service (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  if (f->backend == NULL)
    f->backend =
        f->in_memory ? memory_backend_new () : vantage_backend_sqlite_new (f->folder, &error);
  g_assert_no_error (error);
  f->service = vantage_service_new (f->backend, get_now, f);
  g_free (f->epoch);
  f->epoch = f->backend->klass->dup_meta (f->backend, "epoch", NULL);
}

static char *
add_user (Fixture *f, const char *name, const char *role)
{
  f->backend->klass->set_user (f->backend, name, role, 1, NULL);
  return vantage_service_make_token (f->service, name, NULL);
}

static VantageReply *
ask (Fixture *f, const char *method, const char *path, const char *token, const char *type,
     GBytes *body)
{
  const char *mark = strchr (path, '?');
  g_autofree char *bare = mark != NULL ? g_strndup (path, (gsize) (mark - path)) : g_strdup (path);
  g_autoptr (GHashTable) query =
      mark != NULL ? g_uri_parse_params (mark + 1, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  VantageRequest request = { method, bare, query, token, type, body };

  return vantage_service_handle (f->service, &request);
}

static guint
get_status (Fixture *f, const char *method, const char *path, const char *token, const char *type,
            const char *text)
{
  g_autoptr (GBytes) body = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (VantageReply) reply = ask (f, method, path, token, type, body);

  return reply->status;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->in_memory = GPOINTER_TO_INT (data);
  f->now_us = NOW_US;
  f->folder = g_dir_make_tmp ("vantage-server-XXXXXX", NULL);
  open_service (f);
  f->dana = add_user (f, "dana", "investigator");
  f->eli = add_user (f, "eli", "investigator");
  g_assert_cmpuint (
      get_status (f, "POST", "/v1/reviews", f->dana, VANTAGE_WIRE_JSON, "{\"id\":\"" REVIEW "\"}"),
      ==, 201);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      remove_folder (inside);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  vantage_service_free (f->service);
  vantage_backend_close (f->backend);
  remove_folder (f->folder);
  g_free (f->folder);
  g_free (f->dana);
  g_free (f->eli);
  g_free (f->epoch);
}

/* ---- ops ---- */

static GBytes *
make_op (gint64 n, const char *title, gint64 at_us)
{
  g_autoptr (VantageValue) value = vantage_value_new_text (title);
  VantageOpDraft draft = { .id = { DEVICE, n },
                           .stamp = ((guint64) at_us / 1000) << 16,
                           .entity = REVIEW,
                           .kind = "event",
                           .field = "title",
                           .value = value,
                           .group_first = n,
                           .group_count = 1 };
  g_autoptr (VantageOp) op = vantage_op_new (&draft, NULL);

  return g_bytes_new (op->bytes, op->n_bytes);
}

static VantageReply *
push (Fixture *f, const char *token, const char *epoch, GBytes *first, GBytes *second)
{
  g_autoptr (VantageWirePush) out = vantage_wire_push_new (epoch, DEVICE);
  g_autoptr (GBytes) body = NULL;

  g_ptr_array_add (out->ops, first);
  if (second != NULL)
    g_ptr_array_add (out->ops, second);
  body = vantage_wire_push_write (out);
  return ask (f, "POST", "/v1/streams/" REVIEW "/ops", token, VANTAGE_WIRE_JSON, body);
}

static void
assert_refused (VantageReply *reply, guint status, const char *code)
{
  g_autoptr (VantageWireRefusal) refusal = vantage_wire_refusal_read (reply->body, NULL);

  g_assert_nonnull (refusal);
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (refusal->code, ==, code);
}

static gint64
get_head (Fixture *f)
{
  g_autoptr (VantageStoredStream) stream =
      f->backend->klass->find_stream (f->backend, REVIEW, NULL, NULL);

  return stream->head;
}

static void
test_numbers_run_without_holes (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageReply) first =
      push (f, f->dana, f->epoch, make_op (1, "one", NOW_US), make_op (2, "two", NOW_US));
  g_autoptr (VantageReply) second = push (f, f->dana, f->epoch, make_op (3, "three", NOW_US), NULL);
  g_autoptr (VantageWirePushed) pushed = vantage_wire_pushed_read (second->body, NULL);
  g_autoptr (VantageReply) reply =
      ask (f, "GET", "/v1/streams/" REVIEW "/ops?after=0&limit=2", f->dana, NULL, NULL);
  g_autoptr (VantageWirePage) page = vantage_wire_page_read (reply->body, NULL);
  guint8 digest[VANTAGE_HASH_SIZE] = { 0 };

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpint (pushed->first_seq, ==, 3);
  g_assert_cmpint (pushed->count, ==, 1);
  g_assert_cmpint (pushed->acked_n, ==, 3);
  g_assert_cmpuint (page->envelopes->len, ==, 2);
  g_assert_true (page->more);
  for (guint i = 0; i < 2; i++)
    {
      const VantageWireEnvelope *envelope = page->envelopes->pdata[i];
      g_autoptr (GBytes) op = make_op (i + 1, i == 0 ? "one" : "two", NOW_US);
      guint8 hash[VANTAGE_HASH_SIZE];

      g_assert_cmpint (envelope->seq, ==, i + 1);
      g_assert_cmpstr (envelope->by, ==, "dana");
      g_assert_true (g_bytes_equal (envelope->op, op));
      vantage_hash_data (g_bytes_get_data (op, NULL), g_bytes_get_size (op), hash);
      vantage_wire_chain (digest, envelope->seq, envelope->by, hash);
    }
  g_assert_cmpmem (page->digest, sizeof page->digest, digest, sizeof digest);
}

static void
test_sent_twice_is_kept_once (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (VantageReply) reply =
          push (f, f->dana, f->epoch, make_op (1, "one", NOW_US), make_op (2, "two", NOW_US));
      g_autoptr (VantageWirePushed) pushed = vantage_wire_pushed_read (reply->body, NULL);

      g_assert_cmpint (pushed->head, ==, 2);
      g_assert_cmpint (pushed->acked_n, ==, 2);
      g_assert_cmpint (pushed->count, ==, i == 0 ? 2 : 0);
    }
}

static void
test_what_does_not_fit_is_refused_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageReply) gap =
      push (f, f->dana, f->epoch, make_op (1, "one", NOW_US), make_op (3, "three", NOW_US));
  g_autoptr (VantageWireRefusal) refusal = vantage_wire_refusal_read (gap->body, NULL);
  g_autoptr (VantageReply) epoch =
      push (f, f->dana, "0000000000000bad", make_op (1, "one", NOW_US), NULL);
  g_autoptr (VantageReply) ahead = push (f, f->dana, f->epoch, make_op (1, "one", NOW_US),
                                         make_op (2, "two", NOW_US + 6 * G_TIME_SPAN_MINUTE));
  g_autoptr (VantageReply) unreadable =
      push (f, f->dana, f->epoch, g_bytes_new_static ("{}", 2), NULL);
  g_autoptr (VantageReply) fine = NULL;
  g_autoptr (VantageReply) reused = NULL;

  assert_refused (gap, 409, "gap");
  g_assert_cmpint (refusal->expected, ==, 2);
  assert_refused (epoch, 409, "epoch");
  assert_refused (ahead, 422, "clock_ahead");
  assert_refused (unreadable, 422, "unreadable");
  g_assert_cmpint (get_head (f), ==, 0);

  fine = push (f, f->dana, f->epoch, make_op (1, "one", NOW_US), NULL);
  g_assert_cmpuint (fine->status, ==, 200);
  reused = push (f, f->dana, f->epoch, make_op (1, "other", NOW_US), make_op (2, "two", NOW_US));
  assert_refused (reused, 409, "op_id_reused");
  g_assert_cmpint (get_head (f), ==, 1);
}

/* ---- rights ---- */

static const struct
{
  const char *role;
  guint read_team, read_core, write;
} rights[] = {
  { "lead", 200, 200, 200 },   { "editor", 200, 200, 200 }, { "commenter", 200, 404, 422 },
  { "viewer", 200, 404, 403 }, { NULL, 404, 404, 404 },
};

static void
test_rights (Fixture *f, gconstpointer data)
{
  g_autofree char *core = vantage_core_stream_id (REVIEW);
  g_autofree char *core_path = g_strdup_printf ("/v1/streams/%s/ops", core);

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      g_autoptr (VantageReply) written = NULL;

      f->backend->klass->set_member (f->backend, REVIEW, "eli", rights[i].role, NULL);
      g_assert_cmpuint (get_status (f, "GET", "/v1/streams/" REVIEW "/ops", f->eli, NULL, NULL), ==,
                        rights[i].read_team);
      g_assert_cmpuint (get_status (f, "GET", core_path, f->eli, NULL, NULL), ==,
                        rights[i].read_core);
      written = push (f, f->eli, f->epoch, make_op (1, "one", NOW_US), NULL);
      g_assert_cmpuint (written->status, ==, rights[i].write);
    }
}

static void
test_tokens_end (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (get_status (f, "GET", "/v1/streams", f->dana, NULL, NULL), ==, 200);
  g_assert_cmpuint (get_status (f, "GET", "/v1/streams", "guessed", NULL, NULL), ==, 401);
  g_assert_cmpuint (get_status (f, "GET", "/v1/streams", NULL, NULL, NULL), ==, 401);
  f->backend->klass->revoke_tokens (f->backend, "dana", NULL);
  g_assert_cmpuint (get_status (f, "GET", "/v1/streams", f->dana, NULL, NULL), ==, 401);
  if (f->in_memory)
    return;
  f->now_us += 91 * G_TIME_SPAN_DAY;
  g_assert_cmpuint (get_status (f, "GET", "/v1/streams", f->eli, NULL, NULL), ==, 401);
}

static void
test_too_many_requests (Fixture *f, gconstpointer data)
{
  guint refused = 0;

  for (guint i = 0; i < 700; i++)
    refused += get_status (f, "GET", "/v1/streams", f->dana, NULL, NULL) == 429;
  g_assert_cmpuint (refused, >, 0);
  g_assert_cmpuint (get_status (f, "GET", "/v1/streams", f->eli, NULL, NULL), ==, 200);
  f->now_us += G_TIME_SPAN_MINUTE;
  g_assert_cmpuint (get_status (f, "GET", "/v1/streams", f->dana, NULL, NULL), ==, 200);
}

/* ---- blobs ---- */

static void
test_a_blob_is_what_its_name_says (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) chunk = g_bytes_new_static ("chunk of evidence", 17);
  g_autofree char *id = vantage_hash_data_text ("chunk of evidence", 17);
  g_autofree char *chunk_path = g_strdup_printf ("/v1/streams/" REVIEW "/chunks/%s", id);
  g_autofree char *blob_path = g_strdup_printf ("/v1/streams/" REVIEW "/blobs/%s", id);
  g_autofree char *manifest = g_strdup_printf ("{\"size\":17,\"chunks\":[\"%s\"]}", id);
  g_autofree char *wrong = g_strdup_printf ("{\"size\":16,\"chunks\":[\"%s\"]}", id);
  g_autoptr (VantageReply) put = NULL;
  g_autoptr (VantageReply) again = NULL;
  g_autoptr (VantageReply) got = NULL;

  g_assert_cmpuint (get_status (f, "GET", chunk_path, f->dana, NULL, NULL), ==, 404);
  g_assert_cmpuint (get_status (f, "PUT", blob_path, f->dana, VANTAGE_WIRE_JSON, manifest), ==,
                    409);
  put = ask (f, "PUT", chunk_path, f->dana, VANTAGE_WIRE_BYTES, chunk);
  again = ask (f, "PUT", chunk_path, f->dana, VANTAGE_WIRE_BYTES, chunk);
  g_assert_cmpuint (put->status, ==, 201);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpuint (get_status (f, "PUT", blob_path, f->dana, VANTAGE_WIRE_JSON, wrong), ==, 422);
  g_assert_cmpuint (get_status (f, "PUT", blob_path, f->dana, VANTAGE_WIRE_JSON, manifest), ==,
                    201);
  got = ask (f, "GET", chunk_path, f->dana, NULL, NULL);
  g_assert_true (g_bytes_equal (got->body, chunk));
  g_assert_cmpuint (get_status (f, "GET", chunk_path, f->eli, NULL, NULL), ==, 404);
  g_assert_cmpuint (get_status (f, "PUT", chunk_path, f->dana, VANTAGE_WIRE_BYTES, "other"), ==,
                    422);
}

static void
test_a_restart_changes_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (VantageReply) pushed =
      push (f, f->dana, f->epoch, make_op (1, "one", NOW_US), make_op (2, "two", NOW_US));
  g_autoptr (VantageReply) before =
      ask (f, "GET", "/v1/streams/" REVIEW "/ops", f->dana, NULL, NULL);
  g_autoptr (VantageReply) hello = ask (f, "GET", "/v1/hello", NULL, NULL, NULL);
  g_autoptr (VantageReply) after = NULL;
  g_autoptr (VantageReply) hello_after = NULL;

  g_clear_pointer (&f->service, vantage_service_free);
  if (!f->in_memory)
    g_clear_pointer (&f->backend, vantage_backend_close);
  open_service (f);
  after = ask (f, "GET", "/v1/streams/" REVIEW "/ops", f->dana, NULL, NULL);
  hello_after = ask (f, "GET", "/v1/hello", NULL, NULL, NULL);
  g_assert_cmpuint (pushed->status, ==, 200);
  g_assert_true (g_bytes_equal (before->body, after->body));
  g_assert_true (g_bytes_equal (hello->body, hello_after->body));
}

static void
test_one_server_a_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("vantage-server-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  int first = vantage_backend_sqlite_lock (folder, NULL);

  g_assert_cmpint (first, >=, 0);
  g_assert_cmpint (vantage_backend_sqlite_lock (folder, &error), ==, -1);
  g_assert_error (error, VANTAGE_SERVER_ERROR, VANTAGE_SERVER_ERROR_STORAGE);
  g_close (first, NULL);
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *f, gconstpointer data);
  } cases[] = {
    { "numbers-run-without-holes", test_numbers_run_without_holes },
    { "what-is-sent-twice-is-kept-once", test_sent_twice_is_kept_once },
    { "what-does-not-fit-is-refused-whole", test_what_does_not_fit_is_refused_whole },
    { "rights-are-those-of-the-role", test_rights },
    { "tokens-end", test_tokens_end },
    { "too-many-requests-wait", test_too_many_requests },
    { "a-blob-is-what-its-name-says", test_a_blob_is_what_its_name_says },
    { "a-restart-changes-nothing", test_a_restart_changes_nothing },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint memory = 0; memory < 2; memory++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autofree char *path =
            g_strdup_printf ("/server/%s/%s", memory ? "memory" : "sqlite", cases[i].name);

        g_test_add (path, Fixture, GINT_TO_POINTER (memory), set_up, cases[i].test, tear_down);
      }
  g_test_add_func ("/server/sqlite/one-server-a-folder", test_one_server_a_folder);
  return g_test_run ();
}
