/* vantage-vault-keyring.c: keys in the desktop's keyring, which may be absent, locked or silent.
 * libsecret may wait for a prompt for ever; so it runs on a thread that is left behind when it
 * takes too long. */

#include "vantage-vault-keyring.h"

#include <libsecret/secret.h>

#define SERVICE "org.freedesktop.secrets"
#define PRESENCE_MS 1000
#define ANSWER_US (5 * G_USEC_PER_SEC)

static const SecretSchema schema = {
  .name = "org.vantage.Vault",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "vault", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

typedef enum
{
  ASK_LOOK_UP,
  ASK_STORE,
  ASK_REMOVE,
} AskSort;

/* One question, shared by who asks and the thread that asks on their behalf. */
typedef struct
{
  AskSort sort;
  char *vault_id;
  char *key_text; /* in for STORE, out for LOOK_UP */
  GCancellable *cancellable;
  GMutex mutex;
  GCond cond;
  gboolean done;
  gboolean ok;
  GError *error;
} Ask;

static void
clear_ask (gpointer data)
{
  Ask *ask = data;

  g_free (ask->vault_id);
  if (ask->key_text != NULL)
    secret_password_free (ask->key_text);
  g_object_unref (ask->cancellable);
  g_clear_error (&ask->error);
  g_mutex_clear (&ask->mutex);
  g_cond_clear (&ask->cond);
}

static gpointer
run_ask (gpointer data)
{
  Ask *ask = data;
  GError *error = NULL;
  char *found = NULL;
  gboolean ok = FALSE;

  switch (ask->sort)
    {
    case ASK_LOOK_UP:
      found = secret_password_lookup_sync (&schema, ask->cancellable, &error, "vault",
                                           ask->vault_id, NULL);
      ok = error == NULL;
      break;
    case ASK_STORE:
      ok = secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT,
                                       "Vantage interview notes", ask->key_text, ask->cancellable,
                                       &error, "vault", ask->vault_id, NULL);
      break;
    case ASK_REMOVE:
      secret_password_clear_sync (&schema, ask->cancellable, &error, "vault", ask->vault_id, NULL);
      ok = error == NULL;
      break;
    }

  g_mutex_lock (&ask->mutex);
  ask->ok = ok;
  ask->error = error;
  if (found != NULL)
    ask->key_text = found;
  ask->done = TRUE;
  g_cond_signal (&ask->cond);
  g_mutex_unlock (&ask->mutex);
  g_atomic_rc_box_release_full (ask, clear_ask);
  return NULL;
}

/* Asks and waits; @out_text: (optional): what was found. */
static gboolean
ask_keyring (AskSort sort, const char *vault_id, const char *key_text, char **out_text,
             GError **error)
{
  Ask *ask = g_atomic_rc_box_new0 (Ask);
  gint64 until_us = g_get_monotonic_time () + ANSWER_US;
  gboolean ok = FALSE;

  ask->sort = sort;
  ask->vault_id = g_strdup (vault_id);
  ask->key_text = g_strdup (key_text);
  ask->cancellable = g_cancellable_new ();
  g_mutex_init (&ask->mutex);
  g_cond_init (&ask->cond);
  g_thread_unref (g_thread_new ("keyring", run_ask, g_atomic_rc_box_acquire (ask)));

  g_mutex_lock (&ask->mutex);
  while (!ask->done && g_cond_wait_until (&ask->cond, &ask->mutex, until_us))
    ;
  if (!ask->done)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the keyring did not answer");
      g_cancellable_cancel (ask->cancellable);
    }
  else if (!ask->ok)
    g_propagate_error (error, g_steal_pointer (&ask->error));
  else
    {
      ok = TRUE;
      if (out_text != NULL)
        *out_text = g_strdup (ask->key_text);
    }
  g_mutex_unlock (&ask->mutex);
  g_atomic_rc_box_release_full (ask, clear_ask);
  return ok;
}

/* A bus is only spoken to when the session has one: no bus is started for the question's sake. */
static gboolean
has_session_bus (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return (address != NULL && *address != '\0') || g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Asks the bus itself; NULL: no, or no answer in time. */
static GVariant *
ask_bus (GDBusConnection *bus, const char *method, GVariant *arguments, const char *type)
{
  return g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
      arguments, G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NONE, PRESENCE_MS, NULL, NULL);
}

/* One that runs is taken as it is (not each can be started by the bus); else one is started. */
gboolean
vantage_vault_keyring_answers (void)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) owner = NULL;
  g_autoptr (GVariant) started = NULL;
  gboolean owned = FALSE;

  if (!has_session_bus ())
    return FALSE;
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (bus == NULL)
    return FALSE;
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  owner = ask_bus (bus, "NameHasOwner", g_variant_new ("(s)", SERVICE), "(b)");
  if (owner != NULL)
    g_variant_get (owner, "(b)", &owned);
  if (owned)
    return TRUE;
  started = ask_bus (bus, "StartServiceByName", g_variant_new ("(su)", SERVICE, 0), "(u)");
  return started != NULL;
}

char *
vantage_vault_keyring_look_up (const char *vault_id, GError **error)
{
  char *text = NULL;

  if (!ask_keyring (ASK_LOOK_UP, vault_id, NULL, &text, error))
    return NULL;
  return text;
}

gboolean
vantage_vault_keyring_store (const char *vault_id, const char *key_text, GError **error)
{
  return ask_keyring (ASK_STORE, vault_id, key_text, NULL, error);
}

gboolean
vantage_vault_keyring_remove (const char *vault_id, GError **error)
{
  return ask_keyring (ASK_REMOVE, vault_id, NULL, NULL, error);
}
