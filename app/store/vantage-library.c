/* vantage-library.c: opening and closing the folder, and what belongs to this computer alone. */

#include "vantage-library.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include "vantage-feed.h"
#include "vantage-hash.h"
#include "vantage-id.h"
#include "vantage-library-private.h"
#include "vantage-store-resources.h"
#include "vantage-upkeep-private.h"

G_DEFINE_QUARK (vantage_store_error, vantage_store_error)

enum
{
  CHANGED,
  EVIDENCE_CHANGED,
  SAVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageLibrary, vantage_library, G_TYPE_OBJECT)

/* ---- helpers that all parts use ---- */

static VantageStoreError
store_code_from_db (int code)
{
  switch (code)
    {
    case VANTAGE_DB_ERROR_TOO_NEW:
      return VANTAGE_STORE_ERROR_TOO_NEW;
    case VANTAGE_DB_ERROR_FULL:
      return VANTAGE_STORE_ERROR_NO_SPACE;
    case VANTAGE_DB_ERROR_BUSY:
      return VANTAGE_STORE_ERROR_LOCKED;
    case VANTAGE_DB_ERROR_OPEN:
    case VANTAGE_DB_ERROR_READ_ONLY:
      return VANTAGE_STORE_ERROR_READ_ONLY;
    case VANTAGE_DB_ERROR_CORRUPT:
    case VANTAGE_DB_ERROR_NOT_OURS:
      return VANTAGE_STORE_ERROR_DAMAGED;
    default:
      return VANTAGE_STORE_ERROR_FAILED;
    }
}

gboolean
vantage_store_convert_error (GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain == VANTAGE_DB_ERROR)
    {
      if ((*error)->code == VANTAGE_DB_ERROR_CANCELLED)
        {
          (*error)->domain = G_IO_ERROR;
          (*error)->code = G_IO_ERROR_CANCELLED;
          return FALSE;
        }
      (*error)->code = store_code_from_db ((*error)->code);
      (*error)->domain = VANTAGE_STORE_ERROR;
    }
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
register_schema (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      vantage_store_register_resource ();
      g_once_init_leave (&once, 1);
    }
}

char **
vantage_store_dup_schema (const char *database)
{
  g_autofree char *folder = g_strdup_printf ("/vantage/store/schema/%s/", database);
  g_auto (GStrv) names = NULL;
  GPtrArray *steps = g_ptr_array_new ();

  register_schema ();
  names = g_resources_enumerate_children (folder, 0, NULL);
  if (names != NULL)
    qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (folder, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);
      gsize size = 0;
      const char *text = g_bytes_get_data (bytes, &size);

      g_ptr_array_add (steps, g_strndup (text, size));
    }
  g_ptr_array_add (steps, NULL);
  return (char **) g_ptr_array_free (steps, FALSE);
}

VantageDb *
vantage_library_open_reader (VantageLibrary *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "library.db", NULL);
  VantageDb *db = NULL;

  /* Opening may have to recover the log, which is a write. */
  if (!vantage_folder_lock_take (self->lock, error))
    {
      vantage_store_convert_error (error);
      return NULL;
    }
  db = vantage_db_open (path, VANTAGE_DB_READ_ONLY, VANTAGE_DB_FULL, error);
  vantage_folder_lock_give_back (self->lock);
  if (db == NULL)
    vantage_store_convert_error (error);
  return db;
}

void
vantage_library_add_note (VantageLibrary *self, const char *code)
{
  g_ptr_array_insert (self->notes, (int) self->notes->len - 1, g_strdup (code));
}

/* ---- who writes here ---- */

/* The computer and the very file: a copied or restored library gets another one, so that two
 * libraries never number ops under one name. */
static char *
make_fingerprint (VantageLibrary *self)
{
  g_autofree char *path = g_build_filename (self->folder, "library.db", NULL);
  g_autofree char *machine = NULL;
  g_autofree char *text = NULL;
  struct statfs system = { 0 };
  struct stat file = { 0 };

  if (!g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL))
    machine = g_strdup (g_get_host_name ());
  if (statfs (path, &system) != 0 || stat (path, &file) != 0)
    return g_strdup (g_strstrip (machine));

  text = g_strdup_printf ("%s\n%d:%d\n%" G_GUINT64_FORMAT, g_strstrip (machine),
                          system.f_fsid.__val[0], system.f_fsid.__val[1], (guint64) file.st_ino);
  return vantage_hash_data_text (text, strlen (text));
}

static gboolean
write_device (VantageLibrary *self, const char *device, const char *fingerprint, GError **error)
{
  g_auto (VantageStmt) known = vantage_db_prepare (
      self->db, "INSERT OR IGNORE INTO device (id, since_us) VALUES (?, ?)", error);
  g_auto (VantageStmt) row = vantage_db_prepare (
      self->db,
      "INSERT INTO library (one, device, fingerprint, clock, touched) VALUES (1, ?1, ?2, 0, 0)"
      " ON CONFLICT (one) DO UPDATE SET device = ?1, fingerprint = ?2",
      error);

  vantage_stmt_bind_text (&known, 1, device);
  vantage_stmt_bind_int (&known, 2, vantage_library_now_us (self));
  vantage_stmt_bind_text (&row, 1, device);
  vantage_stmt_bind_text (&row, 2, fingerprint);
  return vantage_stmt_run (&known, error) && vantage_stmt_run (&row, error);
}

/* Takes the device of the file, or a new one when there is none or it was made for another place.
 */
static gboolean
settle_device (VantageLibrary *self, GError **error)
{
  g_autofree char *fingerprint = make_fingerprint (self);
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "SELECT device, fingerprint FROM library", error);
  gboolean found = vantage_stmt_step (&stmt, error);

  if (stmt.failed)
    return FALSE;
  if (found && g_strcmp0 (vantage_stmt_get_text (&stmt, 1), fingerprint) == 0)
    {
      self->device = g_strdup (vantage_stmt_get_text (&stmt, 0));
      return TRUE;
    }

  vantage_stmt_reset (&stmt);
  self->device = vantage_device_new ();
  if (found)
    vantage_library_add_note (self, "new-device");
  if (!vantage_db_begin (self->db, error))
    return FALSE;
  if (write_device (self, self->device, fingerprint, error))
    return vantage_db_commit (self->db, error);

  vantage_db_rollback (self->db);
  return FALSE;
}

/* ---- opening ---- */

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  int code = errno == ENOSPC ? VANTAGE_STORE_ERROR_NO_SPACE : VANTAGE_STORE_ERROR_READ_ONLY;

  g_set_error (error, VANTAGE_STORE_ERROR, code, "%s: %s", folder, g_strerror (errno));
  return FALSE;
}

static gboolean
raise_schema (VantageLibrary *self, GError **error)
{
  g_auto (GStrv) steps = vantage_store_dup_schema ("library");
  guint n_steps = g_strv_length (steps);
  guint version = vantage_db_get_version (self->db);

  if (version > 0 && version < n_steps && !vantage_upkeep_backup_before_migration (self, error))
    return FALSE;
  return vantage_db_migrate (self->db, (const char *const *) steps, n_steps, error);
}

/* With the lock held: recovery of the log, schema, device. */
static gboolean
open_databases (VantageLibrary *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "library.db", NULL);

  if (!vantage_upkeep_finish_restore (self, error))
    return FALSE;
  self->db = vantage_db_open (path, VANTAGE_DB_READ_WRITE, VANTAGE_DB_FULL, error);
  if (self->db == NULL || !raise_schema (self, error) || !settle_device (self, error))
    return FALSE;
  g_chmod (path, 0600);

  self->reader = vantage_db_open (path, VANTAGE_DB_READ_ONLY, VANTAGE_DB_FULL, error);
  return self->reader != NULL;
}

static gboolean
open_folder (VantageLibrary *self, GError **error)
{
  g_autofree char *lock_path = g_build_filename (self->folder, "library.lock", NULL);
  gboolean ok = FALSE;

  if (!make_folder (self->folder, error))
    return FALSE;
  self->lock = vantage_folder_lock_new (lock_path, error);
  if (self->lock == NULL || !vantage_folder_lock_take (self->lock, error))
    return vantage_store_convert_error (error);
  ok = open_databases (self, error);
  vantage_folder_lock_give_back (self->lock);
  if (!ok)
    return vantage_store_convert_error (error);

  self->evidence = vantage_evidence_store_open (self, error);
  return self->evidence != NULL || vantage_store_convert_error (error);
}

static VantageLibrary *
new_library (const char *folder, VantageNow now, gpointer now_data)
{
  VantageLibrary *self = g_object_new (VANTAGE_TYPE_LIBRARY, NULL);

  self->folder = g_canonicalize_filename (folder, NULL);
  self->now = now;
  self->now_data = now_data;
  return self;
}

/* The rest of opening, on the thread that will read and listen. */
static void
settle_here (VantageLibrary *self)
{
  self->owner = g_thread_self ();
  self->context = g_main_context_ref_thread_default ();
  vantage_feed_start (self);
  vantage_library_backup_daily (self, NULL);
}

VantageLibrary *
vantage_library_open (const char *folder, VantageNow now, gpointer now_data, GError **error)
{
  g_autoptr (VantageLibrary) self = new_library (folder, now, now_data);
  GError *local_error = NULL;

  if (!open_folder (self, &local_error))
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  settle_here (self);
  return g_steal_pointer (&self);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (VantageLibrary) self = new_library (data, NULL, NULL);
  GError *error = NULL;

  if (open_folder (self, &error))
    g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
vantage_library_open_async (const char *folder, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

VantageLibrary *
vantage_library_open_finish (GAsyncResult *result, GError **error)
{
  VantageLibrary *self = g_task_propagate_pointer (G_TASK (result), error);

  if (self != NULL)
    settle_here (self);
  return self;
}

/* ---- closing ---- */

static void
checkpoint (VantageLibrary *self)
{
  if (self->db == NULL || !vantage_folder_lock_take (self->lock, NULL))
    return;

  /* Fails quietly while another program reads; the log is then emptied by the last one. */
  sqlite3_busy_timeout (vantage_db_get_handle (self->db), 0);
  sqlite3_wal_checkpoint_v2 (vantage_db_get_handle (self->db), NULL, SQLITE_CHECKPOINT_TRUNCATE,
                             NULL, NULL);
  vantage_folder_lock_give_back (self->lock);
}

void
vantage_library_close (VantageLibrary *self)
{
  if (self->closed)
    return;

  self->closed = TRUE;
  vantage_feed_stop (self);
  vantage_upkeep_join (self);
  g_clear_pointer (&self->evidence, vantage_evidence_store_close);
  g_clear_pointer (&self->reader, vantage_db_close);
  checkpoint (self);
  g_clear_pointer (&self->db, vantage_db_close);
}

static void
vantage_library_dispose (GObject *object)
{
  vantage_library_close (VANTAGE_LIBRARY (object));
  G_OBJECT_CLASS (vantage_library_parent_class)->dispose (object);
}

static void
vantage_library_finalize (GObject *object)
{
  VantageLibrary *self = VANTAGE_LIBRARY (object);

  g_clear_pointer (&self->lock, vantage_folder_lock_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_rec_mutex_clear (&self->reader_mutex);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->old_devices);
  g_hash_table_unref (self->models);
  g_free (self->device);
  g_free (self->typing_key);
  g_free (self->folder);
  G_OBJECT_CLASS (vantage_library_parent_class)->finalize (object);
}

static void
vantage_library_class_init (VantageLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = vantage_library_dispose;
  object_class->finalize = vantage_library_finalize;

  signals[CHANGED] = g_signal_new ("changed", VANTAGE_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[EVIDENCE_CHANGED] =
      g_signal_new ("evidence-changed", VANTAGE_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAVED] = g_signal_new ("saved", VANTAGE_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
vantage_library_init (VantageLibrary *self)
{
  g_rec_mutex_init (&self->reader_mutex);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->notes, NULL);
  self->old_devices = g_ptr_array_new_with_free_func (g_free);
  self->models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* ---- small questions ---- */

const char *
vantage_library_get_folder (VantageLibrary *self)
{
  return self->folder;
}

const char *
vantage_library_get_device (VantageLibrary *self)
{
  return self->device;
}

gint64
vantage_library_now_us (VantageLibrary *self)
{
  return self->now != NULL ? self->now (self->now_data) : g_get_real_time ();
}

const char *const *
vantage_library_get_notes (VantageLibrary *self)
{
  return (const char *const *) self->notes->pdata;
}
