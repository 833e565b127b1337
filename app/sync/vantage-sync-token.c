/* vantage-sync-token.c: the keyring is asked on a thread that is left behind when it takes too
 * long, for it may wait for a prompt that nobody sees. */

#include "vantage-sync-token.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>

#include "vantage-sync-engine.h"

#define SERVICE "org.freedesktop.secrets"
#define PRESENCE_MS 1000
#define ANSWER_US (5 * G_USEC_PER_SEC)

static const SecretSchema schema = {
  .name = "org.vantage.Server",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "library", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

typedef struct
{
  char *name, *label;
  char *token; /* to be stored; after looking up, what was found */
  gboolean look_up;
  GCancellable *cancellable;
  GMutex mutex;
  GCond cond;
  gboolean done;
  GError *error;
} Ask;

static void
clear_ask (gpointer data)
{
  Ask *ask = data;

  g_free (ask->name);
  g_free (ask->label);
  if (ask->token != NULL)
    secret_password_free (ask->token);
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

  if (ask->look_up)
    found =
        secret_password_lookup_sync (&schema, ask->cancellable, &error, "library", ask->name, NULL);
  else if (ask->token != NULL)
    secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, ask->label, ask->token,
                                ask->cancellable, &error, "library", ask->name, NULL);
  else
    secret_password_clear_sync (&schema, ask->cancellable, &error, "library", ask->name, NULL);

  g_mutex_lock (&ask->mutex);
  ask->error = error;
  if (found != NULL)
    ask->token = found;
  ask->done = TRUE;
  g_cond_signal (&ask->cond);
  g_mutex_unlock (&ask->mutex);
  g_atomic_rc_box_release_full (ask, clear_ask);
  return NULL;
}

/* Looks up with @out_found, else stores @token, or removes when it is NULL. */
static gboolean
ask_keyring (const char *name, const char *label, const char *token, char **out_found,
             GError **error)
{
  Ask *ask = g_atomic_rc_box_new0 (Ask);
  gint64 until_us = g_get_monotonic_time () + ANSWER_US;
  gboolean ok = FALSE;

  ask->name = g_strdup (name);
  ask->label = g_strdup (label);
  ask->token = g_strdup (token);
  ask->look_up = out_found != NULL;
  ask->cancellable = g_cancellable_new ();
  g_mutex_init (&ask->mutex);
  g_cond_init (&ask->cond);
  g_thread_unref (g_thread_new ("keyring", run_ask, g_atomic_rc_box_acquire (ask)));

  g_mutex_lock (&ask->mutex);
  while (!ask->done && g_cond_wait_until (&ask->cond, &ask->mutex, until_us))
    ;
  if (!ask->done)
    {
      g_set_error_literal (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_SECRET,
                           "the keyring did not answer");
      g_cancellable_cancel (ask->cancellable);
    }
  else if (ask->error != NULL)
    g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_SECRET, "the keyring: %s",
                 ask->error->message);
  else
    {
      ok = TRUE;
      if (out_found != NULL)
        *out_found = g_strdup (ask->token);
    }
  g_mutex_unlock (&ask->mutex);
  g_atomic_rc_box_release_full (ask, clear_ask);
  return ok;
}

/* A bus is spoken to only when the session has one. */
static gboolean
has_session_bus (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return (address != NULL && *address != '\0') || g_file_test (path, G_FILE_TEST_EXISTS);
}

static GVariant *
ask_bus (GDBusConnection *bus, const char *method, GVariant *arguments, const char *type)
{
  return g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
      arguments, G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NONE, PRESENCE_MS, NULL, NULL);
}

static gboolean
keyring_answers (void)
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

/* ---- files ---- */

static char *
dup_path (const char *name)
{
  return g_build_filename (g_get_user_config_dir (), "vantage", "tokens", name, NULL);
}

static gboolean
store_in_file (const char *name, const char *token, GError **error)
{
  g_autofree char *path = dup_path (name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) local_error = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0 &&
      g_file_set_contents_full (path, token, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error))
    return TRUE;
  g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_SECRET,
               "the token cannot be kept in %s: %s", path,
               local_error != NULL ? local_error->message : g_strerror (errno));
  return FALSE;
}

gboolean
vantage_sync_token_store (const char *name, const char *url, const char *token,
                          gboolean *out_in_file, GError **error)
{
  g_autofree char *path = dup_path (name);
  g_autofree char *label = g_strdup_printf ("Vantage at %s", url);

  *out_in_file = !keyring_answers () || !ask_keyring (name, label, token, NULL, NULL);
  if (*out_in_file)
    return store_in_file (name, token, error);
  g_unlink (path);
  return TRUE;
}

char *
vantage_sync_token_look_up (const char *name, gboolean *out_in_file, GError **error)
{
  g_autofree char *path = dup_path (name);
  g_autofree char *token = NULL;
  g_autoptr (GError) local_error = NULL;

  *out_in_file = g_file_get_contents (path, &token, NULL, &local_error);
  if (*out_in_file)
    return g_strdup (g_strstrip (token));
  if (!g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_SECRET, "%s",
                   local_error->message);
      return NULL;
    }
  if (keyring_answers () && !ask_keyring (name, NULL, NULL, &token, error))
    return NULL;
  return g_steal_pointer (&token);
}

gboolean
vantage_sync_token_remove (const char *name, GError **error)
{
  g_autofree char *path = dup_path (name);

  if (g_unlink (path) != 0 && errno != ENOENT)
    {
      g_set_error (error, VANTAGE_SYNC_ERROR, VANTAGE_SYNC_ERROR_SECRET, "%s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }
  return !keyring_answers () || ask_keyring (name, NULL, NULL, NULL, error);
}
