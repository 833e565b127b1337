/* vantage-evidence-store.c: opening evidence.db and search.db, the one thread that writes, and the
 * connections that read. */

#include "vantage-evidence-store.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <sys/file.h>
#include <unistd.h>

#include "vantage-people-map.h"
#include "vantage-search.h"

typedef struct
{
  VantageEvidenceJob func;
  gpointer data;
  GDestroyNotify free_data;
  gboolean settles;

  /* of a caller that waits */
  gboolean waited_for;
  gboolean done, ok;
  GError **error;
} Job;

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  VantageEvidenceStore *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = job->func (self, job->data, &error);

  if (!ok)
    vantage_store_convert_error (&error);

  if (job->waited_for)
    {
      g_mutex_lock (&self->mutex);
      job->ok = ok;
      if (!ok)
        g_propagate_error (job->error, g_steal_pointer (&error));
      job->done = TRUE;
      g_cond_broadcast (&self->cond);
      g_mutex_unlock (&self->mutex);
      return;
    }

  if (!ok)
    g_warning ("evidence: %s", error->message);
  if (job->free_data != NULL)
    job->free_data (job->data);

  g_mutex_lock (&self->mutex);
  if (job->settles)
    self->n_queued--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_free (job);
}

gboolean
vantage_evidence_run (VantageEvidenceStore *self, VantageEvidenceJob func, gpointer data,
                      GError **error)
{
  Job job = { .func = func, .data = data, .waited_for = TRUE, .error = error };

  g_thread_pool_push (self->thread, &job, NULL);

  g_mutex_lock (&self->mutex);
  while (!job.done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return job.ok;
}

void
vantage_evidence_queue (VantageEvidenceStore *self, VantageEvidenceJob func, gpointer data,
                        GDestroyNotify free_data, gboolean settles)
{
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->settles = settles;

  if (settles)
    {
      g_mutex_lock (&self->mutex);
      self->n_queued++;
      g_mutex_unlock (&self->mutex);
    }
  g_thread_pool_push (self->thread, job, NULL);
}

void
vantage_evidence_wait_settled (VantageEvidenceStore *self)
{
  g_mutex_lock (&self->mutex);
  while (self->n_queued > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

gboolean
vantage_evidence_begin (VantageEvidenceStore *self, GError **error)
{
  if (!vantage_folder_lock_take (self->lock, error))
    return FALSE;
  if (vantage_db_begin (self->db, error))
    return TRUE;

  vantage_folder_lock_give_back (self->lock);
  return FALSE;
}

gboolean
vantage_evidence_commit (VantageEvidenceStore *self, GError **error)
{
  gboolean ok = vantage_db_commit (self->db, error);

  vantage_folder_lock_give_back (self->lock);
  return ok;
}

void
vantage_evidence_rollback (VantageEvidenceStore *self)
{
  vantage_db_rollback (self->db);
  vantage_folder_lock_give_back (self->lock);
}

static VantageDb *
open_reader (VantageEvidenceStore *self, GError **error)
{
  g_autoptr (VantageDb) reader =
      vantage_db_open (self->path, VANTAGE_DB_READ_ONLY, VANTAGE_DB_NORMAL, error);

  if (reader == NULL)
    return NULL;

  g_auto (VantageStmt) stmt = vantage_db_prepare (reader, "ATTACH ? AS search", error);

  vantage_stmt_bind_text (&stmt, 1, self->search_path);
  if (!vantage_stmt_run (&stmt, error))
    return NULL;

  return g_steal_pointer (&reader);
}

VantageDb *
vantage_evidence_take_reader (VantageEvidenceStore *self, GError **error)
{
  VantageDb *reader;

  g_mutex_lock (&self->mutex);
  reader = g_queue_pop_head (&self->readers);
  g_mutex_unlock (&self->mutex);

  if (reader == NULL)
    reader = open_reader (self, error);
  if (reader == NULL)
    vantage_store_convert_error (error);

  return reader;
}

void
vantage_evidence_give_reader (VantageEvidenceStore *self, VantageDb *reader)
{
  if (reader == NULL)
    return;

  vantage_db_rollback (reader);
  g_mutex_lock (&self->mutex);
  g_queue_push_head (&self->readers, reader);
  g_mutex_unlock (&self->mutex);
}

VantageStmt
vantage_evidence_prepare (VantageDb *db, const char *sql, GError **error)
{
  VantageStmt stmt = { .db = db };

  if (sqlite3_prepare_v2 (vantage_db_get_handle (db), sql, -1, &stmt.handle, NULL) == SQLITE_OK)
    return stmt;

  vantage_db_set_error (db, error, sql);
  return (VantageStmt){ .failed = TRUE };
}

gint64
vantage_evidence_number (VantageDb *db, gint64 fallback, const char *sql, ...)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (db, sql, NULL);
  va_list args;
  int i = 1;

  va_start (args, sql);
  for (const char *text = va_arg (args, const char *); text != NULL;
       text = va_arg (args, const char *))
    vantage_stmt_bind_text (&stmt, i++, text);
  va_end (args);

  return vantage_stmt_step (&stmt, NULL) ? vantage_stmt_get_int (&stmt, 0) : fallback;
}

gboolean
vantage_evidence_exec_ints (VantageDb *db, GError **error, const char *sql, guint n, ...)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (db, sql, error);
  va_list args;

  va_start (args, n);
  for (guint i = 0; i < n; i++)
    vantage_stmt_bind_int (&stmt, (int) i + 1, va_arg (args, gint64));
  va_end (args);

  return vantage_stmt_run (&stmt, error);
}

gboolean
vantage_evidence_lock_run (VantageEvidenceStore *self, const char *name, int *out_fd)
{
  g_autofree char *path = g_build_filename (vantage_library_get_folder (self->library), name, NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  *out_fd = -1;
  if (fd < 0)
    return FALSE;
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      return FALSE;
    }

  *out_fd = fd;
  return TRUE;
}

void
vantage_evidence_unlock_run (VantageEvidenceStore *self, const char *name, int fd)
{
  g_autofree char *path = g_build_filename (vantage_library_get_folder (self->library), name, NULL);

  g_unlink (path);
  if (fd >= 0)
    close (fd);
}

void
vantage_evidence_changed (VantageEvidenceStore *self, const char *review)
{
  vantage_people_map_forget (self, review);
  vantage_library_emit_evidence_changed (self->library, review);
}

/* What people decided about sources and persons reaches the rows and the names. */
static void
library_changed_cb (VantageLibrary *library, const char *review, VantageChange *change,
                    gpointer user_data)
{
  VantageEvidenceStore *self = user_data;
  g_autoptr (GPtrArray) sources = NULL;

  vantage_people_map_forget (self, review);

  if (change->everything)
    {
      sources = vantage_library_list (library, review, "source", NULL);
      if (sources != NULL)
        vantage_evidence_queue_follow (self, sources);
      return;
    }

  sources = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < change->entities->len; i++)
    {
      VantageEntity *entity = change->entities->pdata[i];

      if (g_strcmp0 (vantage_entity_get_kind_name (entity), "source") == 0)
        g_ptr_array_add (sources, g_object_ref (entity));
    }
  if (sources->len > 0)
    vantage_evidence_queue_follow (self, sources);
}

static gboolean
migrate (VantageDb *db, const char *database, GError **error)
{
  g_auto (GStrv) steps = vantage_store_dup_schema (database);

  return vantage_db_migrate (db, (const char *const *) steps, g_strv_length (steps), error);
}

/* A full-text file that is damaged or of another version is no loss: it is made anew. */
static gboolean
open_search (VantageEvidenceStore *self, GError **error)
{
  for (guint attempt = 0; attempt < 2; attempt++)
    {
      g_autoptr (VantageDb) db = vantage_db_open (self->search_path, VANTAGE_DB_READ_WRITE,
                                                  VANTAGE_DB_NORMAL, attempt > 0 ? error : NULL);

      if (db != NULL && migrate (db, "search", attempt > 0 ? error : NULL))
        return TRUE;
      if (attempt == 0)
        vantage_search_remove_files (self->search_path);
    }

  return FALSE;
}

static gboolean
open_databases (VantageEvidenceStore *self, GError **error)
{
  gboolean ok;

  if (!vantage_folder_lock_take (self->lock, error))
    return FALSE;

  self->db = vantage_db_open (self->path, VANTAGE_DB_READ_WRITE, VANTAGE_DB_NORMAL, error);
  /* A log of 96 MiB: a big import is not held up by emptying it, and waiting for the disk, every
   * moment. */
  ok = self->db != NULL && migrate (self->db, "evidence", error) &&
       vantage_db_exec (self->db, "PRAGMA wal_autocheckpoint = 12000", error) &&
       open_search (self, error);
  vantage_folder_lock_give_back (self->lock);

  return ok;
}

static gboolean
open_job (VantageEvidenceStore *self, gpointer data, GError **error)
{
  return open_databases (self, error);
}

static gboolean
close_job (VantageEvidenceStore *self, gpointer data, GError **error)
{
  if (self->db != NULL && vantage_folder_lock_take (self->lock, NULL))
    {
      /* Fails quietly while another program reads; the last one empties the log. */
      sqlite3_busy_timeout (vantage_db_get_handle (self->db), 0);
      sqlite3_wal_checkpoint_v2 (vantage_db_get_handle (self->db), NULL, SQLITE_CHECKPOINT_TRUNCATE,
                                 NULL, NULL);
      vantage_folder_lock_give_back (self->lock);
    }
  g_clear_pointer (&self->db, vantage_db_close);
  return TRUE;
}

VantageEvidenceStore *
vantage_evidence_store_open (VantageLibrary *library, GError **error)
{
  VantageEvidenceStore *self = g_new0 (VantageEvidenceStore, 1);
  const char *folder = vantage_library_get_folder (library);
  g_autofree char *lock_path = g_build_filename (folder, "evidence.lock", NULL);

  self->library = library;
  self->path = g_build_filename (folder, "evidence.db", NULL);
  self->search_path = g_build_filename (folder, "search.db", NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->readers);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) vantage_people_map_unref);
  self->thread = g_thread_pool_new (run_job, self, 1, TRUE, NULL);
  self->lock = vantage_folder_lock_new (lock_path, error);

  if (self->lock == NULL || !vantage_evidence_run (self, open_job, NULL, error) ||
      !vantage_evidence_recover (self, error))
    {
      vantage_evidence_store_close (self);
      return NULL;
    }

  self->indexer = vantage_indexer_new (self);
  self->changed_handler =
      g_signal_connect (library, "changed", G_CALLBACK (library_changed_cb), self);

  return self;
}

void
vantage_evidence_store_close (VantageEvidenceStore *self)
{
  VantageIndexer *indexer;

  if (self == NULL)
    return;

  if (self->changed_handler != 0)
    g_signal_handler_disconnect (self->library, self->changed_handler);
  g_mutex_lock (&self->mutex);
  indexer = g_steal_pointer (&self->indexer);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&indexer, vantage_indexer_free);
  g_queue_clear_full (&self->readers, (GDestroyNotify) vantage_db_close);
  vantage_evidence_run (self, close_job, NULL, NULL);
  g_thread_pool_free (self->thread, FALSE, TRUE);

  g_hash_table_unref (self->people);
  g_clear_pointer (&self->lock, vantage_folder_lock_free);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->path);
  g_free (self->search_path);
  g_free (self);
}

void
vantage_evidence_store_poll (VantageEvidenceStore *self)
{
  VantageDb *reader = vantage_evidence_take_reader (self, NULL);
  gint64 version;

  if (reader == NULL)
    return;

  version = vantage_evidence_number (reader, 0, "PRAGMA data_version", NULL);
  vantage_evidence_give_reader (self, reader);

  /* Another program wrote: it may have kept a source whose words are not in yet. */
  if (version != self->seen_version)
    vantage_indexer_wake (self->indexer);
  self->seen_version = version;
}
