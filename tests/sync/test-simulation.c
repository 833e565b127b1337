/* test-simulation.c: libraries and a server over a network that drops, doubles, delays, cuts and
 * lies, with crashes between any two steps; afterwards all hold the same, nothing anybody wrote is
 * missing, and a further sync moves nothing. The engine, the wire and the service are the real
 * ones; storage is in memory. */

#include <string.h>

#include "memory-backend.h"
#include "memory-store.h"
#include "vantage-service.h"
#include "vantage-sync-engine.h"

#define MAX_CLIENTS 4
#define REVIEW "0190c3b27e0000000000000000000001"

typedef struct
{
  MemoryStore *store;
  VantageSyncEngine *engine; /* a sync under way */
  char *token;
} Client;

typedef struct
{
  GRand *dice;
  VantageBackend *backend, *backup;
  VantageService *service;
  Client clients[MAX_CLIENTS];
  guint n_clients, n_devices, n_epochs;
  GHashTable *written;         /* values of all that anybody wrote */
  VantageSyncRequest *delayed; /* an old request that comes once more */
  const char *delayed_token;   /* lent */
} World;

static gint64
get_now (gpointer data)
{
  return G_GINT64_CONSTANT (1700000000000000);
}

static gboolean
chance (World *world, double p)
{
  return g_rand_double (world->dice) < p;
}

static void
start_service (World *world)
{
  g_clear_pointer (&world->service, vantage_service_free);
  world->service = vantage_service_new (world->backend, get_now, NULL);
}

static void
add_client (World *world, MemoryStore *store)
{
  Client *client = &world->clients[world->n_clients++];
  g_autofree char *user = g_strdup_printf ("user%u", world->n_clients);

  client->store = store;
  world->backend->klass->set_user (world->backend, user, "investigator", 1, NULL);
  client->token = vantage_service_make_token (world->service, user, NULL);
  if (world->n_clients > 1)
    world->backend->klass->set_member (world->backend, REVIEW, user, "editor", NULL);
}

static World *
new_world (guint32 seed)
{
  World *world = g_new0 (World, 1);
  guint n = 2 + seed % 2;

  world->dice = g_rand_new_with_seed (seed);
  world->backend = memory_backend_new ();
  world->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  start_service (world);
  for (guint i = 0; i < n; i++)
    add_client (world, memory_store_new (&world->n_devices));
  world->clients[0].store->shared = g_strdup (REVIEW);
  memory_store_ensure (world->clients[0].store, REVIEW, REVIEW, VANTAGE_STREAM_TEAM);
  return world;
}

static void
free_world (World *world)
{
  for (guint i = 0; i < world->n_clients; i++)
    {
      g_clear_pointer (&world->clients[i].engine, vantage_sync_engine_free);
      memory_store_free (world->clients[i].store);
      g_free (world->clients[i].token);
    }
  g_clear_pointer (&world->delayed, vantage_sync_request_free);
  vantage_service_free (world->service);
  vantage_backend_close (world->backend);
  vantage_backend_close (world->backup);
  g_hash_table_unref (world->written);
  g_rand_free (world->dice);
  g_free (world);
}

/* ---- the network ---- */

static VantageReply *
deliver (World *world, const VantageSyncRequest *request, const char *token)
{
  const char *mark = strchr (request->path, '?');
  g_autofree char *path = mark != NULL ? g_strndup (request->path, (gsize) (mark - request->path))
                                       : g_strdup (request->path);
  g_autoptr (GHashTable) query =
      mark != NULL ? g_uri_parse_params (mark + 1, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  VantageRequest out = {
    .method = request->method,
    .path = path,
    .query = query,
    .token = request->open ? NULL : token,
    .content_type = request->content_type,
    .body = request->body,
  };

  return vantage_service_handle (world->service, &out);
}

/* The answer as it arrives: whole, cut off, or a page of the hotel. */
static void
spoil (World *world, VantageReply *reply)
{
  static const char page[] = "<html>Please sign in to the hotel's network</html>";
  gsize size = g_bytes_get_size (reply->body);
  GBytes *other;

  if (chance (world, 0.5) && size > 1)
    other = g_bytes_new_from_bytes (reply->body, 0,
                                    (gsize) g_rand_int_range (world->dice, 0, (int) size));
  else
    other = g_bytes_new_static (page, sizeof page - 1);
  g_bytes_unref (reply->body);
  reply->body = other;
  if (chance (world, 0.3))
    reply->status = 200;
}

static void
crash (Client *client)
{
  g_clear_pointer (&client->engine, vantage_sync_engine_free);
}

static void
remember (World *world, Client *client, VantageSyncRequest **request)
{
  if (!chance (world, 0.2))
    return;
  g_clear_pointer (&world->delayed, vantage_sync_request_free);
  world->delayed = g_steal_pointer (request);
  world->delayed_token = client->token;
}

/* One step of a sync; FALSE: it is over, well or not. */
static gboolean
step_sync (World *world, Client *client, double faults)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageSyncRequest) request = vantage_sync_engine_next (client->engine, &error);
  g_autoptr (VantageReply) reply = NULL;

  g_assert_no_error (error);
  if (request == NULL || chance (world, faults))
    return FALSE;
  reply = deliver (world, request, client->token);
  if (chance (world, faults))
    {
      vantage_reply_free (g_steal_pointer (&reply));
      reply = deliver (world, request, client->token);
    }
  if (chance (world, faults))
    {
      remember (world, client, &request);
      return FALSE;
    }
  if (chance (world, faults))
    spoil (world, reply);
  return vantage_sync_engine_answer (client->engine, reply->status, reply->content_type,
                                     reply->body, get_now (NULL), &error) ||
         (g_clear_error (&error), FALSE);
}

static void
deliver_late (World *world)
{
  g_autoptr (VantageSyncRequest) request = g_steal_pointer (&world->delayed);

  if (request != NULL)
    vantage_reply_free (deliver (world, request, world->delayed_token));
}

/* ---- what people and operators do ---- */

static void
write_something (World *world, Client *client, guint number)
{
  g_autofree char *text = NULL;
  guint n = 1 + (guint) g_rand_int_range (world->dice, 0, 3);

  if (memory_store_get (client->store, REVIEW) == NULL)
    return;
  text = g_strdup_printf ("%u/%u", (guint) (client - world->clients), number);
  memory_store_write (client->store, REVIEW, text, n);
  for (guint i = 0; i < n; i++)
    g_hash_table_add (world->written, g_strdup_printf ("%s.%u", text, i));
}

static void
back_up_or_restore (World *world)
{
  g_autofree char *epoch = NULL;

  if (world->backup == NULL || chance (world, 0.5))
    {
      vantage_backend_close (world->backup);
      world->backup = memory_backend_copy (world->backend);
      return;
    }
  /* Accounts made since stay, or nobody could sync. */
  vantage_backend_close (world->backend);
  world->backend = g_steal_pointer (&world->backup);
  epoch = g_strdup_printf ("e%015x", ++world->n_epochs);
  world->backend->klass->set_meta (world->backend, "epoch", epoch, NULL);
  start_service (world);
  g_clear_pointer (&world->delayed, vantage_sync_request_free);
}

static void
act (World *world, guint number, double faults, gboolean restores)
{
  Client *client = &world->clients[g_rand_int_range (world->dice, 0, (int) world->n_clients)];

  if (chance (world, 0.05))
    deliver_late (world);
  if (restores && chance (world, 0.02))
    back_up_or_restore (world);
  if (chance (world, 0.02))
    crash (client);
  if (chance (world, 0.15))
    write_something (world, client, number);
  if (client->engine == NULL)
    client->engine = vantage_sync_engine_new (&client->store->parent, NULL);
  if (!step_sync (world, client, faults))
    crash (client);
}

/* ---- afterwards ---- */

/* A whole sync over a good network. */
static guint64
sync_well (World *world, Client *client)
{
  const VantageSyncReport *report;
  guint64 moved;

  crash (client);
  client->engine = vantage_sync_engine_new (&client->store->parent, NULL);
  for (guint i = 0; step_sync (world, client, 0); i++)
    g_assert_cmpuint (i, <, 1000);
  report = vantage_sync_engine_get_report (client->engine);
  for (guint i = 0; i < report->problems->len; i++)
    {
      const VantageSyncProblem *problem = report->problems->pdata[i];

      g_error ("client %u: %s: %s", (guint) (client - world->clients), problem->code,
               problem->message);
    }
  moved = report->pushed + report->pulled;
  crash (client);
  return moved;
}

static void
assert_holds_all (World *world, Client *client)
{
  MemoryStream *stream = memory_store_get (client->store, REVIEW);
  GPtrArray *bodies = memory_backend_get_ops (world->backend, REVIEW);
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value;

  g_assert_cmpint (stream->cursor, ==, bodies->len);
  g_assert_cmpuint (g_hash_table_size (stream->ops), ==, bodies->len);
  g_hash_table_iter_init (&iter, stream->ops);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const MemoryOp *one = value;
      GBytes *body;

      g_assert_cmpint (one->seq, >, 0);
      body = bodies->pdata[one->seq - 1];
      g_assert_cmpmem (one->op->bytes, one->op->n_bytes, g_bytes_get_data (body, NULL),
                       g_bytes_get_size (body));
      g_hash_table_add (values, (gpointer) vantage_value_get_text (one->op->value));
    }
  g_hash_table_iter_init (&iter, world->written);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    g_assert_true (g_hash_table_contains (values, value));
}

static void
assert_settles (World *world)
{
  guint64 moved = 0;

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < world->n_clients; i++)
      sync_well (world, &world->clients[i]);
  for (guint i = 0; i < world->n_clients; i++)
    moved += sync_well (world, &world->clients[i]);
  g_assert_cmpuint (moved, ==, 0);
  for (guint i = 0; i < world->n_clients; i++)
    assert_holds_all (world, &world->clients[i]);
}

/* Members and accounts are rows of the server: they must be in its backups from the beginning. */
static void
meet (World *world)
{
  for (guint i = 0; i < world->n_clients; i++)
    sync_well (world, &world->clients[i]);
}

static void
run_seed (guint32 seed, double faults, gboolean restores, gboolean clones)
{
  World *world = new_world (seed);
  guint n_steps = 40 + seed % 60;

  g_test_message ("seed %u", seed);
  if (restores || clones)
    meet (world);
  for (guint i = 0; i < n_steps; i++)
    {
      act (world, i, faults, restores);
      if (clones && i == n_steps / 2)
        add_client (world, memory_store_copy (world->clients[0].store));
    }
  assert_settles (world);
  free_world (world);
}

static void
test_bad_network (void)
{
  for (guint32 seed = 0; seed < 1000; seed++)
    run_seed (seed, 0.08, FALSE, FALSE);
}

static void
test_worse_network (void)
{
  for (guint32 seed = 10000; seed < 10300; seed++)
    run_seed (seed, 0.25, FALSE, FALSE);
}

static void
test_restored_server (void)
{
  for (guint32 seed = 20000; seed < 20500; seed++)
    run_seed (seed, 0.06, TRUE, FALSE);
}

static void
test_copied_library (void)
{
  for (guint32 seed = 30000; seed < 30500; seed++)
    run_seed (seed, 0.06, FALSE, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/simulation/a-bad-network-loses-nothing", test_bad_network);
  g_test_add_func ("/sync/simulation/a-worse-network-loses-nothing", test_worse_network);
  g_test_add_func ("/sync/simulation/a-restored-server-gets-back-what-it-lost",
                   test_restored_server);
  g_test_add_func ("/sync/simulation/a-copied-library-writes-under-another-name",
                   test_copied_library);
  return g_test_run ();
}
