/* vantage-vault-key.c: where the key of a vault is kept, found, sealed by a passphrase, recovered.
 * What must not get lost is written before what it replaces is taken away. */

#include "vantage-vault-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vantage-hash.h"
#include "vantage-id.h"
#include "vantage-vault-keyring.h"

#define FORM_VERSION 1
#define KEY VANTAGE_VAULT_KEY_SIZE
#define KEY_TEXT (2 * VANTAGE_VAULT_KEY_SIZE)
#define MIN_PASSPHRASE 8
/* What a file may ask of this machine when a passphrase is tried. */
#define MAX_WORK 16
#define MAX_MEMORY (G_GINT64_CONSTANT (1) << 30)

static const char check_words[] = "Vantage vault";

static const char *const place_names[] = { "keyring", "passphrase", "file" };

/* The vault's one row. */
typedef struct
{
  char *id;
  int version;
  VantageVaultKeyPlace place;
  GBytes *salt, *check, *sealed_key; /* salt, sealed_key: (nullable) */
  gint64 work, memory;
} KeyRow;

static void
clear_row (KeyRow *row)
{
  g_clear_pointer (&row->id, g_free);
  g_clear_pointer (&row->salt, g_bytes_unref);
  g_clear_pointer (&row->check, g_bytes_unref);
  g_clear_pointer (&row->sealed_key, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KeyRow, clear_row)

static guint8 *
new_key_memory (void)
{
  guint8 *key = sodium_malloc (KEY);

  if (key == NULL)
    g_error ("no memory for a key");
  return key;
}

static void
free_key (guint8 *key)
{
  sodium_free (key);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (guint8, free_key)

static GBytes *
dup_column (VantageStmt *stmt, int column)
{
  gsize size = 0;
  const void *data;

  if (vantage_stmt_is_null (stmt, column))
    return NULL;
  data = vantage_stmt_get_blob (stmt, column, &size);
  return g_bytes_new (data, size);
}

/* TRUE with @row->id NULL: there is no vault yet. */
static gboolean
read_row (VantageVault *self, KeyRow *row, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "SELECT id, version, key_place, salt, work, memory, \"check\", sealed_key FROM vault", error);
  const char *place;

  if (stmt.db == NULL)
    return vantage_vault_map_error (error);
  if (!vantage_stmt_step (&stmt, error))
    return stmt.failed ? vantage_vault_map_error (error) : TRUE;

  row->version = (int) vantage_stmt_get_int (&stmt, 1);
  if (row->version > FORM_VERSION)
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_TOO_NEW,
                   "the vault's form is %d; this version knows %d", row->version, FORM_VERSION);
      return FALSE;
    }
  row->id = g_strdup (vantage_stmt_get_text (&stmt, 0));
  place = vantage_stmt_get_text (&stmt, 2);
  row->place = G_N_ELEMENTS (place_names);
  for (guint i = 0; i < G_N_ELEMENTS (place_names); i++)
    if (g_strcmp0 (place, place_names[i]) == 0)
      row->place = i;
  row->salt = dup_column (&stmt, 3);
  row->work = vantage_stmt_get_int (&stmt, 4);
  row->memory = vantage_stmt_get_int (&stmt, 5);
  row->check = dup_column (&stmt, 6);
  row->sealed_key = dup_column (&stmt, 7);
  if (row->place == G_N_ELEMENTS (place_names) || !vantage_id_is_valid (row->id) ||
      row->check == NULL ||
      (row->place == VANTAGE_VAULT_KEY_PASSPHRASE &&
       (row->salt == NULL || g_bytes_get_size (row->salt) != crypto_pwhash_SALTBYTES ||
        row->sealed_key == NULL || row->work < 1 || row->work > MAX_WORK ||
        row->memory < (gint64) crypto_pwhash_MEMLIMIT_MIN || row->memory > MAX_MEMORY)))
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_DAMAGED,
                   "the row that tells where the key is makes no sense");
      return FALSE;
    }
  return TRUE;
}

static void
bind_bytes (VantageStmt *stmt, int index, GBytes *bytes)
{
  gsize size = 0;
  const void *data;

  if (bytes == NULL)
    {
      vantage_stmt_bind_null (stmt, index);
      return;
    }
  data = g_bytes_get_data (bytes, &size);
  vantage_stmt_bind_blob (stmt, index, data, size);
}

static gboolean
write_row (VantageVault *self, const KeyRow *row, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "INSERT INTO vault (id, version, key_place, salt, work, memory, \"check\", sealed_key)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET"
      " key_place = ?3, salt = ?4, work = ?5, memory = ?6, \"check\" = ?7, sealed_key = ?8",
      error);

  if (stmt.db == NULL)
    return vantage_vault_map_error (error);
  vantage_stmt_bind_text (&stmt, 1, row->id);
  vantage_stmt_bind_int (&stmt, 2, FORM_VERSION);
  vantage_stmt_bind_text (&stmt, 3, place_names[row->place]);
  bind_bytes (&stmt, 4, row->salt);
  if (row->place == VANTAGE_VAULT_KEY_PASSPHRASE)
    {
      vantage_stmt_bind_int (&stmt, 5, row->work);
      vantage_stmt_bind_int (&stmt, 6, row->memory);
    }
  bind_bytes (&stmt, 7, row->check);
  bind_bytes (&stmt, 8, row->sealed_key);
  if (!vantage_stmt_run (&stmt, error))
    return vantage_vault_map_error (error);
  return TRUE;
}

/* ---- key files ---- */

static gboolean
is_inside (const char *path, const char *folder)
{
  g_autofree char *inner = g_canonicalize_filename (path, NULL);
  g_autofree char *outer = g_canonicalize_filename (folder, NULL);
  gsize length = strlen (outer);

  return strncmp (inner, outer, length) == 0 && (inner[length] == '/' || inner[length] == '\0');
}

/* Never in the library's folder: who copies that must not carry the key along. */
static char *
find_key_folder (VantageVault *self)
{
  const char *const bases[] = { g_get_user_config_dir (), g_get_user_data_dir (),
                                g_get_home_dir () };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autofree char *path = g_build_filename (bases[i], "vantage", "keys", NULL);

      if (!is_inside (path, self->folder))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static char *
name_key_file (VantageVault *self, const char *id)
{
  g_autofree char *folder = find_key_folder (self);

  return folder != NULL ? g_build_filename (folder, id, NULL) : NULL;
}

static gboolean
fail_io (GError **error, const char *path)
{
  int code = errno;

  g_set_error (error, VANTAGE_VAULT_ERROR,
               code == ENOSPC || code == EDQUOT                   ? VANTAGE_VAULT_ERROR_NO_SPACE
               : code == EROFS || code == EACCES || code == EPERM ? VANTAGE_VAULT_ERROR_READ_ONLY
                                                                  : VANTAGE_VAULT_ERROR_FAILED,
               "%s: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
write_key_file (const char *path, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  gsize length = strlen (text);
  gboolean ok;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_io (error, folder);
  unlink (fresh);
  fd = open (fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail_io (error, fresh);
  ok = write (fd, text, length) == (gssize) length && write (fd, "\n", 1) == 1 && fsync (fd) == 0;
  if (!ok)
    fail_io (error, fresh);
  close (fd);
  if (!ok)
    {
      unlink (fresh);
      return FALSE;
    }
  if (rename (fresh, path) != 0 || !sync_folder (path))
    return fail_io (error, path);
  return TRUE;
}

/* NULL without error: there is no such file. */
static char *
read_key_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;

  if (!g_file_get_contents (path, &text, NULL, &failure))
    {
      if (!g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_KEY_MISSING, "%s",
                     failure->message);
      return NULL;
    }
  chmod (path, 0600);
  return g_steal_pointer (&text);
}

/* ---- finding and keeping ---- */

static gboolean
may_ask_keyring (VantageVault *self)
{
  return !self->options.no_keyring && g_strcmp0 (g_getenv ("VANTAGE_KEYRING"), "no") != 0 &&
         vantage_vault_keyring_answers ();
}

static guint8 *
decode_key (const char *text)
{
  g_autofree char *bare = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  g_autoptr (guint8) key = new_key_memory ();

  if (bare == NULL || !vantage_hex_decode (bare, key, KEY))
    return NULL;
  return g_steal_pointer (&key);
}

static gboolean
key_fits (const KeyRow *row, const guint8 *key)
{
  gsize size = 0;
  const void *sealed = g_bytes_get_data (row->check, &size);
  g_autofree char *words = vantage_vault_open_seal (key, "vault", row->id, sealed, size, NULL);

  return g_strcmp0 (words, check_words) == 0;
}

gboolean
vantage_vault_check_key (VantageVault *self, const guint8 *key, GError **error)
{
  g_auto (KeyRow) row = { 0 };

  if (!read_row (self, &row, error))
    return FALSE;
  if (row.id != NULL && key_fits (&row, key))
    return TRUE;
  g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_PASSPHRASE,
               "this is not the key of this vault");
  return FALSE;
}

static void
adopt_key (VantageVault *self, const KeyRow *row, guint8 *key)
{
  vantage_vault_forget_key (self);
  self->key = key;
  self->key_place = row->place;
}

void
vantage_vault_forget_key (VantageVault *self)
{
  if (self->key != NULL)
    sodium_free (self->key);
  self->key = NULL;
}

/* Puts the key in the keyring, else in a file; says which in @out_place. */
static gboolean
store_key (VantageVault *self, const char *id, const guint8 *key, VantageVaultKeyPlace *out_place,
           GError **error)
{
  g_autofree char *text = vantage_hex_encode (key, KEY);
  g_autofree char *path = NULL;

  if (may_ask_keyring (self) && vantage_vault_keyring_store (id, text, NULL))
    {
      g_autofree char *back = vantage_vault_keyring_look_up (id, NULL);

      if (g_strcmp0 (back, text) == 0)
        {
          *out_place = VANTAGE_VAULT_KEY_KEYRING;
          return TRUE;
        }
    }
  path = name_key_file (self, id);
  if (path == NULL)
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_KEY_MISSING,
                   "every place for a key file lies inside %s", self->folder);
      return FALSE;
    }
  if (!write_key_file (path, text, error))
    return FALSE;
  g_free (self->key_path);
  self->key_path = g_steal_pointer (&path);
  *out_place = VANTAGE_VAULT_KEY_FILE;
  return TRUE;
}

static void
remove_stored_key (VantageVault *self, const char *id)
{
  g_autofree char *path = name_key_file (self, id);

  if (path != NULL)
    unlink (path);
  if (may_ask_keyring (self))
    vantage_vault_keyring_remove (id, NULL);
  g_clear_pointer (&self->key_path, g_free);
}

static gboolean
find_key (VantageVault *self, const KeyRow *row, GError **error)
{
  g_autofree char *path = name_key_file (self, row->id);
  g_autofree char *text = NULL;
  guint8 *key = NULL;

  if (row->place == VANTAGE_VAULT_KEY_KEYRING && may_ask_keyring (self))
    {
      text = vantage_vault_keyring_look_up (row->id, NULL);
      key = decode_key (text);
    }
  if (key == NULL && path != NULL)
    {
      g_clear_pointer (&text, g_free);
      text = read_key_file (path, NULL);
      key = decode_key (text);
    }
  if (key == NULL)
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_KEY_MISSING,
                   row->place == VANTAGE_VAULT_KEY_KEYRING
                       ? "the keyring gives no key for vault %s (looked in %s too)"
                       : "no key for vault %s in %s",
                   row->id, path != NULL ? path : "-");
      return FALSE;
    }
  if (!key_fits (row, key))
    {
      free_key (key);
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_KEY_MISSING,
                   "the key that was found is not that of vault %s", row->id);
      return FALSE;
    }
  adopt_key (self, row, key);
  g_free (self->key_path);
  self->key_path = row->place == VANTAGE_VAULT_KEY_FILE ? g_steal_pointer (&path) : NULL;
  return TRUE;
}

static GBytes *
seal_check (const char *id, const guint8 *key)
{
  return vantage_vault_seal (key, "vault", id, check_words, strlen (check_words));
}

static gboolean
make_vault (VantageVault *self, GError **error)
{
  g_auto (KeyRow) row = { 0 };
  g_autoptr (guint8) key = new_key_memory ();

  row.id = vantage_id_new (vantage_vault_now_us (self));
  randombytes_buf (key, KEY);
  row.check = seal_check (row.id, key);
  if (!store_key (self, row.id, key, &row.place, error) || !write_row (self, &row, error))
    return FALSE;
  adopt_key (self, &row, g_steal_pointer (&key));
  g_free (self->id);
  self->id = g_strdup (row.id);
  return TRUE;
}

gboolean
vantage_vault_load_key (VantageVault *self, GError **error)
{
  g_auto (KeyRow) row = { 0 };

  if (!read_row (self, &row, error))
    return FALSE;
  if (row.id == NULL)
    return make_vault (self, error);
  g_free (self->id);
  self->id = g_strdup (row.id);
  if (row.place == VANTAGE_VAULT_KEY_PASSPHRASE)
    {
      self->key_place = row.place;
      return TRUE;
    }
  return find_key (self, &row, error);
}

gboolean
vantage_vault_keep_key (VantageVault *self, const guint8 *key, GError **error)
{
  g_auto (KeyRow) row = { 0 };
  guint8 *own;

  if (!read_row (self, &row, error) || !store_key (self, row.id, key, &row.place, error))
    return FALSE;
  g_clear_pointer (&row.salt, g_bytes_unref);
  g_clear_pointer (&row.sealed_key, g_bytes_unref);
  if (!write_row (self, &row, error))
    return FALSE;
  own = new_key_memory ();
  memcpy (own, key, KEY);
  adopt_key (self, &row, own);
  return TRUE;
}

/* ---- passphrase ---- */

static gboolean
derive (const KeyRow *row, const char *passphrase, guint8 *out, GError **error)
{
  if (crypto_pwhash (out, KEY, passphrase, strlen (passphrase), g_bytes_get_data (row->salt, NULL),
                     (unsigned long long) row->work, (size_t) row->memory,
                     crypto_pwhash_ALG_ARGON2ID13) == 0)
    return TRUE;
  g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_FAILED,
               "not enough memory to try a passphrase (%" G_GINT64_FORMAT " MiB are needed)",
               row->memory >> 20);
  return FALSE;
}

gboolean
vantage_vault_unlock (VantageVault *self, const char *passphrase, GError **error)
{
  g_auto (KeyRow) row = { 0 };
  g_autoptr (guint8) outer = new_key_memory ();
  guint8 *key;
  gsize size = 0;
  gsize key_size = 0;
  const void *sealed;
  char *opened;

  if (self->key != NULL)
    return TRUE;
  if (!read_row (self, &row, error))
    return FALSE;
  if (row.place != VANTAGE_VAULT_KEY_PASSPHRASE)
    return find_key (self, &row, error);
  if (!derive (&row, passphrase, outer, error))
    return FALSE;
  sealed = g_bytes_get_data (row.sealed_key, &size);
  opened = vantage_vault_open_seal (outer, "vault", row.id, sealed, size, &key_size);
  if (opened == NULL || key_size != KEY)
    {
      g_free (opened);
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_PASSPHRASE,
                   "this is not the passphrase");
      return FALSE;
    }
  key = new_key_memory ();
  memcpy (key, opened, KEY);
  sodium_memzero (opened, key_size);
  g_free (opened);
  adopt_key (self, &row, key);
  remove_stored_key (self, row.id); /* one that a crash may have left behind */
  return TRUE;
}

static gboolean
seal_by_passphrase (VantageVault *self, const char *passphrase, GError **error)
{
  g_auto (KeyRow) row = { 0 };
  g_autoptr (guint8) outer = new_key_memory ();
  guint8 salt[crypto_pwhash_SALTBYTES];

  if (!read_row (self, &row, error))
    return FALSE;
  g_clear_pointer (&row.salt, g_bytes_unref);
  g_clear_pointer (&row.sealed_key, g_bytes_unref);
  randombytes_buf (salt, sizeof salt);
  row.place = VANTAGE_VAULT_KEY_PASSPHRASE;
  row.salt = g_bytes_new (salt, sizeof salt);
  row.work = crypto_pwhash_OPSLIMIT_MODERATE;
  row.memory = crypto_pwhash_MEMLIMIT_MODERATE;
  if (!derive (&row, passphrase, outer, error))
    return FALSE;
  row.sealed_key = vantage_vault_seal (outer, "vault", row.id, self->key, KEY);
  if (!write_row (self, &row, error))
    return FALSE;
  self->key_place = row.place;
  remove_stored_key (self, row.id);
  return TRUE;
}

gboolean
vantage_vault_set_passphrase (VantageVault *self, const char *passphrase, GError **error)
{
  gboolean ok;

  if (!vantage_vault_require_key (self, error))
    return FALSE;
  if (passphrase != NULL && g_utf8_strlen (passphrase, -1) < MIN_PASSPHRASE)
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID,
                   "a passphrase has at least %d characters", MIN_PASSPHRASE);
      return FALSE;
    }
  if (!vantage_vault_lock (self, error))
    return FALSE;
  if (passphrase != NULL)
    ok = seal_by_passphrase (self, passphrase, error);
  else
    {
      g_autoptr (guint8) key = new_key_memory ();

      memcpy (key, self->key, KEY);
      ok = vantage_vault_keep_key (self, key, error);
    }
  vantage_vault_unlock_folder (self);
  return ok;
}

/* ---- recovery ---- */

char *
vantage_vault_dup_recovery (VantageVault *self, GError **error)
{
  g_autofree char *text = NULL;
  GString *words;

  if (!vantage_vault_require_key (self, error))
    return NULL;
  text = vantage_hex_encode (self->key, KEY);
  words = g_string_new (NULL);
  for (guint i = 0; i < KEY_TEXT; i += 8)
    {
      if (i > 0)
        g_string_append_c (words, ' ');
      g_string_append_len (words, text + i, 8);
    }
  return g_string_free (words, FALSE);
}
