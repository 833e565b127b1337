/* vantage-vault.c: opening `private.db`, taking turns with other programs, noticing what they
 * wrote, and what concerns an interview as a whole. */

#include "vantage-vault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vantage-hash.h"
#include "vantage-time.h"
#include "vantage-vault-private.h"
#include "vantage-vault-resources.h"

#define LOCK_WAIT_US (10 * G_USEC_PER_SEC)
#define POLL_MS 500

G_DEFINE_QUARK (vantage_vault_error, vantage_vault_error)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageVault, vantage_vault, G_TYPE_OBJECT)

static VantageVaultError
map_code (int code)
{
  switch (code)
    {
    case VANTAGE_DB_ERROR_TOO_NEW:
      return VANTAGE_VAULT_ERROR_TOO_NEW;
    case VANTAGE_DB_ERROR_BUSY:
      return VANTAGE_VAULT_ERROR_BUSY;
    case VANTAGE_DB_ERROR_FULL:
      return VANTAGE_VAULT_ERROR_NO_SPACE;
    case VANTAGE_DB_ERROR_READ_ONLY:
    case VANTAGE_DB_ERROR_OPEN:
      return VANTAGE_VAULT_ERROR_READ_ONLY;
    case VANTAGE_DB_ERROR_CORRUPT:
    case VANTAGE_DB_ERROR_NOT_OURS:
      return VANTAGE_VAULT_ERROR_DAMAGED;
    default:
      return VANTAGE_VAULT_ERROR_FAILED;
    }
}

gboolean
vantage_vault_map_error (GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain == VANTAGE_DB_ERROR)
    {
      (*error)->code = map_code ((*error)->code);
      (*error)->domain = VANTAGE_VAULT_ERROR;
    }
  return FALSE;
}

gint64
vantage_vault_now_us (VantageVault *self)
{
  return self->options.now != NULL ? self->options.now (self->options.now_data)
                                   : g_get_real_time ();
}

gboolean
vantage_vault_require_key (VantageVault *self, GError **error)
{
  if (self->db != NULL && self->key != NULL)
    return TRUE;
  g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_LOCKED,
               self->db != NULL ? "the vault is locked by a passphrase" : "the vault is closed");
  return FALSE;
}

/* ---- taking turns ---- */

gboolean
vantage_vault_lock (VantageVault *self, GError **error)
{
  gint64 until_us = g_get_monotonic_time () + LOCK_WAIT_US;
  gulong nap_us = 200;

  while (self->lock_depth == 0 && flock (self->lock_fd, LOCK_EX | LOCK_NB) != 0)
    {
      if ((errno != EWOULDBLOCK && errno != EINTR) || g_get_monotonic_time () > until_us)
        {
          g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_BUSY,
                       "another program holds %s", self->folder);
          return FALSE;
        }
      g_usleep (nap_us);
      nap_us = MIN (nap_us * 2, 8000);
    }
  self->lock_depth++;
  return TRUE;
}

void
vantage_vault_unlock_folder (VantageVault *self)
{
  if (--self->lock_depth == 0)
    flock (self->lock_fd, LOCK_UN);
}

/* ---- what others wrote ---- */

static gint64
read_data_version (VantageVault *self)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, "PRAGMA data_version", NULL);

  return vantage_stmt_step (&stmt, NULL) ? vantage_stmt_get_int (&stmt, 0) : self->data_version;
}

void
vantage_vault_poll (VantageVault *self)
{
  gint64 version;

  if (self->db == NULL || self->key == NULL)
    return;
  version = read_data_version (self);
  if (version == self->data_version)
    return;
  self->data_version = version;
  vantage_vault_refresh_lists (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, NULL);
}

static gboolean
poll_cb (gpointer data)
{
  VantageVault *self = data;

  if (g_hash_table_size (self->lists) == 0)
    {
      self->poll_source = 0;
      return G_SOURCE_REMOVE;
    }
  vantage_vault_poll (self);
  return G_SOURCE_CONTINUE;
}

void
vantage_vault_watch (VantageVault *self)
{
  if (self->poll_source == 0)
    self->poll_source = g_timeout_add (POLL_MS, poll_cb, self);
}

/* ---- opening ---- */

static gboolean
open_lock (VantageVault *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "library.lock", NULL);

  self->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd >= 0)
    return TRUE;
  g_set_error (error, VANTAGE_VAULT_ERROR,
               errno == ENOSPC ? VANTAGE_VAULT_ERROR_NO_SPACE : VANTAGE_VAULT_ERROR_READ_ONLY,
               "%s: %s", path, g_strerror (errno));
  return FALSE;
}

/* A copy of an older file, before it is raised to this version's form. */
static gboolean
back_up_old (VantageVault *self, guint version, GError **error)
{
  g_autofree char *folder = g_build_filename (self->folder, "backups", NULL);
  g_autofree char *name = g_strdup_printf ("private-before-%u.db", version + 1);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_mkdir_with_parents (folder, 0700);
  return g_file_test (path, G_FILE_TEST_EXISTS) || vantage_db_copy_to (self->db, path, error);
}

static gboolean
migrate (VantageVault *self, GError **error)
{
  static const char *const names[] = { "0001-vault.sql" };
  static gsize registered = 0;
  const char *steps[G_N_ELEMENTS (names)];
  GBytes *texts[G_N_ELEMENTS (names)];
  guint version = vantage_db_get_version (self->db);
  gboolean ok;

  if (g_once_init_enter (&registered))
    {
      vantage_vault_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  if (version > 0 && version < G_N_ELEMENTS (names) && !back_up_old (self, version, error))
    return vantage_vault_map_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/org/vantage/vault/schema/", names[i], NULL);

      texts[i] = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      steps[i] = g_bytes_get_data (texts[i], NULL);
    }
  ok = vantage_db_migrate (self->db, steps, G_N_ELEMENTS (names), error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_bytes_unref (texts[i]);
  return ok || vantage_vault_map_error (error);
}

/* Everything but the key; the folder is locked. */
static gboolean
open_file (VantageVault *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "private.db", NULL);

  self->db = vantage_db_open (path, VANTAGE_DB_READ_WRITE, VANTAGE_DB_FULL, error);
  if (self->db == NULL)
    return vantage_vault_map_error (error);
  chmod (path, 0600);
  return migrate (self, error);
}

/* @find: how to come by the key once the file is open. */
static VantageVault *
open_with (const char *folder, const VantageVaultOptions *options,
           gboolean (*find) (VantageVault *self, gconstpointer data, GError **error),
           gconstpointer data, GError **error)
{
  g_autoptr (VantageVault) self = g_object_new (VANTAGE_TYPE_VAULT, NULL);
  gboolean ok;

  if (sodium_init () < 0)
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_FAILED, "no random numbers");
      return NULL;
    }
  vantage_db_init_process ();
  self->folder = g_canonicalize_filename (folder, NULL);
  if (options != NULL)
    self->options = *options;
  if (!open_lock (self, error) || !vantage_vault_lock (self, error))
    return NULL;
  ok = open_file (self, error) && find (self, data, error);
  if (ok)
    self->data_version = read_data_version (self);
  vantage_vault_unlock_folder (self);
  return ok ? g_steal_pointer (&self) : NULL;
}

static gboolean
find_by_place (VantageVault *self, gconstpointer data, GError **error)
{
  return vantage_vault_load_key (self, error);
}

VantageVault *
vantage_vault_open (const char *folder, const VantageVaultOptions *options, GError **error)
{
  return open_with (folder, options, find_by_place, NULL, error);
}

static gboolean
find_by_words (VantageVault *self, gconstpointer data, GError **error)
{
  GString *hex = g_string_new (NULL);
  guint8 key[VANTAGE_VAULT_KEY_SIZE];
  gboolean ok;

  for (const char *p = data; *p != '\0'; p++)
    if (!g_ascii_isspace (*p) && *p != '-')
      g_string_append_c (hex, g_ascii_tolower (*p));
  ok = vantage_hex_decode (hex->str, key, sizeof key);
  sodium_memzero (hex->str, hex->len);
  g_string_free (hex, TRUE);
  if (!ok)
    g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_PASSPHRASE,
                 "recovery words are 8 groups of 8 digits, 0-9 and a-f");
  ok =
      ok && vantage_vault_check_key (self, key, error) && vantage_vault_keep_key (self, key, error);
  sodium_memzero (key, sizeof key);
  return ok;
}

VantageVault *
vantage_vault_recover (const char *folder, const VantageVaultOptions *options, const char *words,
                       GError **error)
{
  return open_with (folder, options, find_by_words, words, error);
}

void
vantage_vault_close (VantageVault *self)
{
  g_clear_handle_id (&self->poll_source, g_source_remove);
  vantage_vault_drop_lists (self);
  vantage_vault_forget_key (self);
  g_clear_pointer (&self->db, vantage_db_close);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

VantageVaultKeyPlace
vantage_vault_get_key_place (VantageVault *self)
{
  return self->key_place;
}

const char *
vantage_vault_get_key_path (VantageVault *self)
{
  return self->key_place == VANTAGE_VAULT_KEY_FILE ? self->key_path : NULL;
}

gboolean
vantage_vault_is_locked (VantageVault *self)
{
  return self->key == NULL;
}

static void
vantage_vault_dispose (GObject *object)
{
  vantage_vault_close (VANTAGE_VAULT (object));
  G_OBJECT_CLASS (vantage_vault_parent_class)->dispose (object);
}

static void
vantage_vault_finalize (GObject *object)
{
  VantageVault *self = VANTAGE_VAULT (object);

  g_hash_table_unref (self->lists);
  g_free (self->folder);
  g_free (self->id);
  g_free (self->key_path);
  G_OBJECT_CLASS (vantage_vault_parent_class)->finalize (object);
}

static void
vantage_vault_class_init (VantageVaultClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = vantage_vault_dispose;
  object_class->finalize = vantage_vault_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", VANTAGE_TYPE_VAULT, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
vantage_vault_init (VantageVault *self)
{
  self->lock_fd = -1;
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
