/* vantage-backup.c: copies of the library, made each day and on demand, and putting one back. */

#include "vantage-upkeep.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "vantage-library-private.h"
#include "vantage-upkeep-private.h"

#define KEEP_DAILY 7
#define DAILY_PREFIX "daily-"
#define PARTIAL_SUFFIX ".partial"
/* Stands in the folder while a restore is under way and names the backup. */
#define RESTORE_MARK "restore-in-progress"

static const char *const databases[] = { "library.db", "evidence.db", "search.db", "private.db" };
static const char *const all_parts[] = { "library.db", "evidence.db", "search.db",
                                         "private.db", "originals",   "media" };

static gboolean
set_io_error (GError **error, const char *path)
{
  int code = errno == ENOSPC                     ? VANTAGE_STORE_ERROR_NO_SPACE
             : errno == EROFS || errno == EACCES ? VANTAGE_STORE_ERROR_READ_ONLY
                                                 : VANTAGE_STORE_ERROR_FAILED;

  g_set_error (error, VANTAGE_STORE_ERROR, code, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  return g_mkdir_with_parents (path, 0700) == 0 || set_io_error (error, path);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static gboolean
copy_tree (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (from, G_FILE_TEST_IS_DIR))
    return g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS | G_FILE_COPY_OVERWRITE,
                        cancellable, NULL, NULL, error);

  dir = g_dir_open (from, 0, error);
  if (dir == NULL || !make_folder (to, error))
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (from, name, NULL);
      g_autofree char *copy = g_build_filename (to, name, NULL);

      if (!copy_tree (child, copy, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* A whole, checked copy of one database, if there is one. Runs on any thread: it opens its own
 * connection. */
static gboolean
copy_database (VantageLibrary *self, const char *name, const char *folder, GError **error)
{
  g_autofree char *from = g_build_filename (self->folder, name, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autoptr (VantageDb) db = NULL;

  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!vantage_folder_lock_take (self->lock, error))
    return vantage_store_convert_error (error);
  db = vantage_db_open (from, VANTAGE_DB_READ_ONLY, VANTAGE_DB_NORMAL, error);
  vantage_folder_lock_give_back (self->lock);

  return (db != NULL && vantage_db_copy_to (db, to, error)) || vantage_store_convert_error (error);
}

/* Copies into a folder with another name first: what bears the right name is whole. */
static gboolean
copy_databases (VantageLibrary *self, const char *const *names, guint n_names, const char *path,
                GError **error)
{
  g_autofree char *partial = g_strconcat (path, PARTIAL_SUFFIX, NULL);
  gboolean ok;

  remove_tree (partial);
  ok = make_folder (partial, error);
  for (guint i = 0; ok && i < n_names; i++)
    ok = copy_database (self, names[i], partial, error);
  if (ok && g_rename (partial, path) != 0)
    ok = set_io_error (error, path);
  if (!ok)
    remove_tree (partial);
  return ok;
}

/* Errors of copying plain files, told in this folder's codes. */
static gboolean
convert_copy_error (GError **error)
{
  if (error == NULL || *error == NULL || (*error)->domain != G_IO_ERROR ||
      (*error)->code == G_IO_ERROR_CANCELLED)
    return FALSE;

  switch ((*error)->code)
    {
    case G_IO_ERROR_NO_SPACE:
      (*error)->code = VANTAGE_STORE_ERROR_NO_SPACE;
      break;
    case G_IO_ERROR_READ_ONLY:
    case G_IO_ERROR_PERMISSION_DENIED:
      (*error)->code = VANTAGE_STORE_ERROR_READ_ONLY;
      break;
    default:
      (*error)->code = VANTAGE_STORE_ERROR_FAILED;
    }
  (*error)->domain = VANTAGE_STORE_ERROR;
  return FALSE;
}

static char *
make_stamp (VantageLibrary *self, const char *format)
{
  g_autoptr (GDateTime) time =
      g_date_time_new_from_unix_utc (vantage_library_now_us (self) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, format) : g_strdup ("undated");
}

char *
vantage_library_backup (VantageLibrary *self, const char *folder, GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *stamp = make_stamp (self, "vantage-%Y-%m-%d-%H%M%S");
  g_autofree char *path = g_build_filename (folder, stamp, NULL);
  static const char *const trees[] = { "originals", "media" };

  if (!make_folder (folder, error))
    return NULL;
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s/%s-%u", folder, stamp, i);
    }

  if (!copy_databases (self, databases, G_N_ELEMENTS (databases), path, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    {
      g_autofree char *from = g_build_filename (self->folder, trees[i], NULL);
      g_autofree char *to = g_build_filename (path, trees[i], NULL);

      if (g_file_test (from, G_FILE_TEST_IS_DIR) && !copy_tree (from, to, cancellable, error))
        {
          convert_copy_error (error);
          remove_tree (path);
          return NULL;
        }
    }
  return g_steal_pointer (&path);
}

/* ---- the daily copy ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names carry their date, so the oldest come first. */
static void
drop_old_copies (const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, DAILY_PREFIX) && !g_str_has_suffix (name, PARTIAL_SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i + KEEP_DAILY < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      remove_tree (path);
    }
}

static char *
make_daily_path (VantageLibrary *self, char **out_folder)
{
  g_autofree char *name = make_stamp (self, DAILY_PREFIX "%Y-%m-%d");
  g_autofree char *folder = g_build_filename (self->folder, "backups", NULL);
  char *path = g_build_filename (folder, name, NULL);

  *out_folder = g_steal_pointer (&folder);
  return path;
}

static gpointer
run_daily (gpointer data)
{
  VantageLibrary *self = data;
  static const char *const names[] = { "library.db", "private.db" };
  g_autofree char *folder = NULL;
  g_autofree char *path = make_daily_path (self, &folder);
  g_autoptr (GError) error = NULL;

  if (!make_folder (folder, &error) ||
      !copy_databases (self, names, G_N_ELEMENTS (names), path, &error))
    g_message ("no backup was made today: %s", error->message);
  else
    drop_old_copies (folder);
  return NULL;
}

static gboolean
has_ops (VantageLibrary *self)
{
  gboolean found;

  g_rec_mutex_lock (&self->reader_mutex);
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->reader, "SELECT 1 FROM op LIMIT 1", NULL);
  found = vantage_stmt_step (&stmt, NULL);
  vantage_stmt_finish (&stmt);
  g_rec_mutex_unlock (&self->reader_mutex);
  return found;
}

gboolean
vantage_library_backup_daily (VantageLibrary *self, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_daily_path (self, &folder);

  if (self->backup_thread != NULL || g_file_test (path, G_FILE_TEST_EXISTS) || !has_ops (self))
    return TRUE;

  self->backup_thread = g_thread_try_new ("vantage-backup", run_daily, self, error);
  return self->backup_thread != NULL;
}

void
vantage_upkeep_join (VantageLibrary *self)
{
  if (self->backup_thread != NULL)
    g_thread_join (g_steal_pointer (&self->backup_thread));
}

gboolean
vantage_upkeep_backup_before_migration (VantageLibrary *self, GError **error)
{
  g_autofree char *stamp = make_stamp (self, "before-schema-%Y-%m-%d-%H%M%S");
  g_autofree char *path = g_build_filename (self->folder, "backups", stamp, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  static const char *const names[] = { "library.db" };

  return make_folder (folder, error) &&
         copy_databases (self, names, G_N_ELEMENTS (names), path, error);
}

/* ---- putting one back ---- */

static gboolean
check_backup (const char *from, GError **error)
{
  g_autofree char *path = g_build_filename (from, "library.db", NULL);
  g_autoptr (VantageDb) db = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND,
                   "%s holds no backup: there is no library.db in it", from);
      return FALSE;
    }
  db = vantage_db_open (path, VANTAGE_DB_READ_ONLY, VANTAGE_DB_NORMAL, error);
  if (db == NULL)
    return vantage_store_convert_error (error);

  g_auto (VantageStmt) stmt = vantage_db_prepare (db, "PRAGMA integrity_check(1)", error);

  if (!vantage_stmt_step (&stmt, error))
    return vantage_store_convert_error (error);
  if (g_strcmp0 (vantage_stmt_get_text (&stmt, 0), "ok") == 0)
    return TRUE;
  g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_DAMAGED, "%s: %s", path,
               vantage_stmt_get_text (&stmt, 0));
  return FALSE;
}

/* Moves the named parts of @from into @to; what is not there is passed over, so that a second try
 * after a crash picks up where the first stood. */
static gboolean
move_parts (const char *from, const char *to, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (all_parts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (suffixes); j++)
      {
        g_autofree char *name = g_strconcat (all_parts[i], suffixes[j], NULL);
        g_autofree char *source = g_build_filename (from, name, NULL);
        g_autofree char *target = g_build_filename (to, name, NULL);

        if (g_file_test (source, G_FILE_TEST_EXISTS) && g_rename (source, target) != 0)
          return set_io_error (error, target);
      }
  return TRUE;
}

/* The mark names two folders beside it, a line each: where the present library goes and where the
 * copy of the backup lies ready. Until it is removed, any open carries the exchange through. */
static gboolean
carry_out_restore (const char *folder, GError **error)
{
  g_autofree char *mark = g_build_filename (folder, RESTORE_MARK, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (mark, &text, NULL, NULL))
    return TRUE;
  lines = g_strsplit (text, "\n", 3);
  if (g_strv_length (lines) < 2)
    return g_remove (mark) == 0 || set_io_error (error, mark);

  g_autofree char *ready_file = g_build_filename (lines[1], "library.db", NULL);

  if (g_file_test (ready_file, G_FILE_TEST_EXISTS))
    {
      /* The first move of the second half takes library.db from here, so this half is then over. */
      if (!make_folder (lines[0], error) || !move_parts (folder, lines[0], error))
        return FALSE;
    }
  if (!move_parts (lines[1], folder, error))
    return FALSE;
  remove_tree (lines[1]);
  return g_remove (mark) == 0 || set_io_error (error, mark);
}

gboolean
vantage_upkeep_finish_restore (VantageLibrary *self, GError **error)
{
  g_autofree char *mark = g_build_filename (self->folder, RESTORE_MARK, NULL);

  if (!g_file_test (mark, G_FILE_TEST_EXISTS))
    return TRUE;
  vantage_library_add_note (self, "restore-finished");
  return carry_out_restore (self->folder, error);
}

/* A name for the library that makes room, which nothing has: two of one second must not meet. */
static char *
make_aside_path (const char *folder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  char *path = g_strdup_printf ("%s.before-restore-%s", folder, stamp);

  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s.before-restore-%s-%u", folder, stamp, i);
    }
  return path;
}

gboolean
vantage_library_restore (const char *folder, const char *from, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (folder, NULL);
  g_autofree char *lock_path = g_build_filename (full, "library.lock", NULL);
  g_autofree char *mark = g_build_filename (full, RESTORE_MARK, NULL);
  g_autofree char *ready = g_strconcat (full, ".restoring", NULL);
  g_autofree char *aside = make_aside_path (full);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", aside, ready);
  g_autoptr (VantageFolderLock) lock = NULL;
  gboolean ok;

  if (!check_backup (from, error) || !make_folder (full, error))
    return FALSE;
  lock = vantage_folder_lock_new (lock_path, error);
  if (lock == NULL || !vantage_folder_lock_take (lock, error))
    return vantage_store_convert_error (error);

  remove_tree (ready);
  ok = copy_tree (from, ready, NULL, error) &&
       g_file_set_contents_full (mark, text, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, error) &&
       carry_out_restore (full, error);
  vantage_folder_lock_give_back (lock);
  return ok || convert_copy_error (error);
}
