/* test-keyring.c: a keyring that is not there, or is there and says nothing, keeps nobody waiting
 * for long: the vault opens with a key file and says so. */

#include "vault-fixture.h"

typedef struct
{
  Fixture vault;
  GDBusConnection *silent; /* owns the service's name and answers nothing */
} BusFixture;

/* One for all cases: a process keeps the session bus it has found. */
static GTestDBus *bus;

static GDBusMessage *
swallow_cb (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  gboolean call = g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL;

  if (!incoming || !call)
    return message;
  g_object_unref (message);
  return NULL;
}

static void
start_bus (BusFixture *fixture, gconstpointer silent)
{
  g_unsetenv ("VANTAGE_KEYRING");
  if (silent != NULL)
    {
      g_autoptr (GVariant) owned = NULL;

      fixture->silent = g_dbus_connection_new_for_address_sync (
          g_test_dbus_get_bus_address (bus),
          G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
          NULL, NULL, NULL);
      g_dbus_connection_add_filter (fixture->silent, swallow_cb, NULL, NULL);
      owned = g_dbus_connection_call_sync (
          fixture->silent, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
          "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
      g_assert_nonnull (owned);
    }
  set_up (&fixture->vault, NULL);
}

static void
stop_bus (BusFixture *fixture, gconstpointer silent)
{
  tear_down (&fixture->vault, NULL);
  if (fixture->silent != NULL)
    g_dbus_connection_close_sync (fixture->silent, NULL, NULL);
  g_clear_object (&fixture->silent);
}

static void
test_opens_with_a_key_file (BusFixture *fixture, gconstpointer data)
{
  static const char *const files[] = { "private.db", "private.db-wal", "private.db-shm" };
  Fixture *vault = &fixture->vault;
  g_autofree char *id = NULL;

  g_clear_object (&vault->vault);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (vault->folder, files[i], NULL);

      g_remove (path);
    }
  vault->options.no_keyring = FALSE;
  open_vault (vault);
  g_assert_cmpint (vantage_vault_get_key_place (vault->vault), ==, VANTAGE_VAULT_KEY_FILE);
  id = add_line (vault, "one");
  reopen (vault);
  assert_lines (vault->vault, "one");
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/vault/keyring/none-there", BusFixture, NULL, start_bus, test_opens_with_a_key_file,
              stop_bus);
  g_test_add ("/vault/keyring/silent", BusFixture, "silent", start_bus, test_opens_with_a_key_file,
              stop_bus);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  result = g_test_run ();
  g_test_dbus_stop (bus);
  g_object_unref (bus);
  return result;
}
