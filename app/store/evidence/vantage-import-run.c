/* vantage-import-run.c: collects what a reader finds into batches, lets the evidence thread write
 * them, and at the end keeps all of it or nothing. */

#include "vantage-import-run.h"

#include <string.h>
#include <unistd.h>

#include "vantage-evidence-source.h"
#include "vantage-evidence-writer.h"
#include "vantage-id.h"
#include "vantage-originals.h"
#include "vantage-search.h"

#define MAX_DIAGNOSTICS 1000

/* Lives as long as a batch is queued; the run lets go of it when it ends. */
typedef struct
{
  gint refs;
  VantageEvidenceStore *store; /* lent by the library, which the run holds */
  char *review, *entity, *lock_name;
  int lock_fd;

  VantageEvidenceWriter *writer; /* the evidence thread's */

  GMutex mutex;
  GCond cond;
  guint n_waiting;
  GError *error; /* the first that writing met */
  GQueue spare;  /* (element-type VantageEvidenceBatch): written ones, to be filled again */
} Work;

struct _VantageImportRun
{
  GObject parent_instance;

  VantageLibrary *library;
  Work *work;
  gboolean settled; /* kept or dropped */
  char *bundle_of;  /* (nullable): not an import: what came in a bundle, and of which source */

  VantageEvidenceBatch *batch;
  GPtrArray *diagnostics;
  guint64 n_skipped;
};

static void vantage_import_run_sink_init (VantageEvidenceSinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (VantageImportRun, vantage_import_run, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (VANTAGE_TYPE_EVIDENCE_SINK,
                                                      vantage_import_run_sink_init))

static Work *
ref_work (Work *work)
{
  g_atomic_int_inc (&work->refs);
  return work;
}

static void
unref_work (gpointer data)
{
  Work *work = data;

  if (!g_atomic_int_dec_and_test (&work->refs))
    return;

  vantage_evidence_writer_free (work->writer);
  g_clear_error (&work->error);
  g_queue_clear_full (&work->spare, (GDestroyNotify) vantage_evidence_batch_free);
  g_mutex_clear (&work->mutex);
  g_cond_clear (&work->cond);
  g_free (work->review);
  g_free (work->entity);
  g_free (work->lock_name);
  g_free (work);
}

/* ---- on the evidence thread ---- */

typedef struct
{
  Work *work;
  VantageEvidenceBatch *batch;
} BatchJob;

static void
free_batch_job (gpointer data)
{
  BatchJob *job = data;

  vantage_evidence_batch_free (job->batch);
  unref_work (job->work);
  g_free (job);
}

static gboolean
begin_job (VantageEvidenceStore *store, gpointer data, GError **error)
{
  Work *work = data;

  work->writer =
      vantage_evidence_writer_new (store, work->review, work->entity, work->lock_name, error);
  return work->writer != NULL;
}

/* The batch may be filled again. */
static void
give_back (VantageEvidenceBatch *batch, gpointer data)
{
  Work *work = data;

  vantage_evidence_batch_reset (batch);
  g_mutex_lock (&work->mutex);
  g_queue_push_head (&work->spare, batch);
  g_mutex_unlock (&work->mutex);
  unref_work (work);
}

/* What was written goes to the indexer when that can take it. */
static void
pass_on (VantageEvidenceStore *store, Work *work, VantageEvidenceBatch *batch)
{
  gboolean taken = FALSE;

  ref_work (work);
  g_mutex_lock (&store->mutex);
  if (store->indexer != NULL && batch->entries->len > 0)
    taken = vantage_indexer_feed (store->indexer, batch->source, batch, give_back, work);
  g_mutex_unlock (&store->mutex);
  if (!taken)
    give_back (batch, work);
}

/* An error stays with the run: whoever hands over the next record hears of it. */
static gboolean
batch_job (VantageEvidenceStore *store, gpointer data, GError **error)
{
  BatchJob *job = data;
  Work *work = job->work;
  g_autoptr (GError) local_error = NULL;
  gboolean failed;

  g_mutex_lock (&work->mutex);
  failed = work->error != NULL;
  g_mutex_unlock (&work->mutex);

  if (!failed && !vantage_evidence_writer_add (work->writer, job->batch, &local_error))
    vantage_store_convert_error (&local_error);
  else if (!failed)
    pass_on (store, work, g_steal_pointer (&job->batch));

  g_mutex_lock (&work->mutex);
  if (work->error == NULL)
    work->error = g_steal_pointer (&local_error);
  work->n_waiting--;
  g_cond_broadcast (&work->cond);
  g_mutex_unlock (&work->mutex);

  return TRUE;
}

static gboolean
drop_job (VantageEvidenceStore *store, gpointer data, GError **error)
{
  Work *work = data;
  gboolean ok = TRUE;

  if (work->writer != NULL)
    ok = vantage_evidence_drop_source (store, vantage_evidence_writer_get_source (work->writer),
                                       error);
  g_mutex_lock (&store->mutex);
  if (store->indexer != NULL)
    vantage_indexer_unfollow (store->indexer);
  g_mutex_unlock (&store->mutex);
  vantage_evidence_unlock_run (store, work->lock_name, work->lock_fd);

  return ok;
}

/* ---- the sink ---- */

static gboolean
copy_error (Work *work, GError **error)
{
  gboolean failed;

  g_mutex_lock (&work->mutex);
  failed = work->error != NULL;
  if (failed && error != NULL)
    *error = g_error_copy (work->error);
  g_mutex_unlock (&work->mutex);

  return failed;
}

static gboolean
hand_over (VantageImportRun *self, guint may_wait, GError **error)
{
  Work *work = self->work;
  BatchJob *job = g_new (BatchJob, 1);

  job->work = ref_work (work);
  job->batch = g_steal_pointer (&self->batch);

  g_mutex_lock (&work->mutex);
  self->batch = g_queue_pop_head (&work->spare);
  work->n_waiting++;
  g_mutex_unlock (&work->mutex);
  if (self->batch == NULL)
    self->batch = vantage_evidence_batch_new ();
  vantage_evidence_queue (work->store, batch_job, job, free_batch_job, FALSE);

  g_mutex_lock (&work->mutex);
  while (work->n_waiting > may_wait)
    g_cond_wait (&work->cond, &work->mutex);
  g_mutex_unlock (&work->mutex);

  return !copy_error (work, error);
}

static gboolean
check_open (VantageImportRun *self, GError **error)
{
  if (!self->settled && self->library->evidence != NULL)
    return TRUE;

  g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
               self->settled ? "the import has ended" : "the library is closed");
  return FALSE;
}

static VantageChannel *
copy_channel (const VantageChannel *channel)
{
  VantageChannel *copy =
      vantage_channel_new (channel->family, channel->system, channel->key, channel->sort);

  g_free (copy->name);
  copy->name = g_strdup (channel->name);
  copy->topic = g_strdup (channel->topic);
  copy->purpose = g_strdup (channel->purpose);
  copy->weak = channel->weak;
  copy->members = g_strdupv (channel->members);

  return copy;
}

static gboolean
vantage_import_run_add_channel (VantageEvidenceSink *sink, const VantageChannel *channel,
                                GError **error)
{
  VantageImportRun *self = VANTAGE_IMPORT_RUN (sink);

  if (!check_open (self, error))
    return FALSE;

  g_ptr_array_add (self->batch->channels, copy_channel (channel));
  return TRUE;
}

static gboolean
vantage_import_run_add_identity (VantageEvidenceSink *sink, const VantageIdentity *identity,
                                 GError **error)
{
  VantageImportRun *self = VANTAGE_IMPORT_RUN (sink);

  if (!check_open (self, error))
    return FALSE;

  g_ptr_array_add (self->batch->identities, vantage_identity_copy (identity));
  return self->batch->identities->len < VANTAGE_IMPORT_BATCH ||
         hand_over (self, VANTAGE_IMPORT_WAITING, error);
}

static gboolean
check_item (const VantageItem *item, GError **error)
{
  gsize n_channel = item->channel != NULL ? strlen (item->channel) : 0;
  gsize n_local = item->local != NULL ? strlen (item->local) : 0;
  char id[128] = "", channel[17];
  const char *local;

  if (n_channel > 0 && n_local > 0 && n_channel + n_local + 2 <= sizeof id)
    {
      memcpy (id, item->channel, n_channel);
      id[n_channel] = '.';
      memcpy (id + n_channel + 1, item->local, n_local + 1);
    }
  if (vantage_item_id_split (id, channel, &local) && (guint) item->kind < VANTAGE_N_ITEM_KINDS)
    return TRUE;

  g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID, "no item id: %s",
               *id != '\0' ? id : "empty");
  return FALSE;
}

static gboolean
vantage_import_run_add_item (VantageEvidenceSink *sink, VantageItem *item, GError **error)
{
  VantageImportRun *self = VANTAGE_IMPORT_RUN (sink);

  if (!check_open (self, error) || !check_item (item, error))
    return FALSE;

  vantage_evidence_batch_add_item (self->batch, item);
  return (self->batch->records->len < VANTAGE_IMPORT_BATCH &&
          self->batch->bytes->len < VANTAGE_IMPORT_BATCH_BYTES) ||
         hand_over (self, VANTAGE_IMPORT_WAITING, error);
}

static gboolean
vantage_import_run_add_diagnostic (VantageEvidenceSink *sink, const VantageDiagnostic *diagnostic,
                                   GError **error)
{
  VantageImportRun *self = VANTAGE_IMPORT_RUN (sink);

  if (!check_open (self, error))
    return FALSE;

  if (diagnostic->skipped)
    self->n_skipped++;
  if (self->diagnostics->len < MAX_DIAGNOSTICS)
    g_ptr_array_add (self->diagnostics,
                     vantage_diagnostic_new (diagnostic->code, diagnostic->text, diagnostic->path,
                                             diagnostic->line, diagnostic->offset,
                                             diagnostic->skipped));
  return TRUE;
}

static void
vantage_import_run_sink_init (VantageEvidenceSinkInterface *iface)
{
  iface->add_channel = vantage_import_run_add_channel;
  iface->add_identity = vantage_import_run_add_identity;
  iface->add_item = vantage_import_run_add_item;
  iface->add_diagnostic = vantage_import_run_add_diagnostic;
}

static void
vantage_import_run_dispose (GObject *object)
{
  VantageImportRun *self = VANTAGE_IMPORT_RUN (object);

  vantage_import_run_drop (self);
  g_clear_pointer (&self->work, unref_work);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (vantage_import_run_parent_class)->dispose (object);
}

static void
vantage_import_run_finalize (GObject *object)
{
  VantageImportRun *self = VANTAGE_IMPORT_RUN (object);

  vantage_evidence_batch_free (self->batch);
  g_ptr_array_unref (self->diagnostics);
  g_free (self->bundle_of);

  G_OBJECT_CLASS (vantage_import_run_parent_class)->finalize (object);
}

static void
vantage_import_run_class_init (VantageImportRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = vantage_import_run_dispose;
  object_class->finalize = vantage_import_run_finalize;
}

static void
vantage_import_run_init (VantageImportRun *self)
{
  self->batch = vantage_evidence_batch_new ();
  self->diagnostics = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_diagnostic_free);
}

/* @entity: (transfer full): under which the rows are kept. */
static VantageImportRun *
begin_run (VantageLibrary *library, const char *review, char *entity, GError **error)
{
  g_autoptr (VantageImportRun) self = g_object_new (VANTAGE_TYPE_IMPORT_RUN, NULL);
  Work *work = g_new0 (Work, 1);

  self->library = g_object_ref (library);
  self->work = work;
  self->settled = TRUE;
  work->refs = 1;
  g_queue_init (&work->spare);
  work->store = library->evidence;
  work->review = g_strdup (review);
  work->entity = entity;
  work->lock_name = g_strdup_printf ("import-%s.lock", work->entity);
  g_mutex_init (&work->mutex);
  g_cond_init (&work->cond);

  if (!vantage_evidence_lock_run (work->store, work->lock_name, &work->lock_fd))
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_READ_ONLY,
                   "no lock file can be made in %s", vantage_library_get_folder (library));
      return NULL;
    }
  if (!vantage_evidence_run (work->store, begin_job, work, error))
    {
      vantage_evidence_unlock_run (work->store, work->lock_name, work->lock_fd);
      return NULL;
    }

  self->settled = FALSE;
  return g_steal_pointer (&self);
}

VantageImportRun *
vantage_library_begin_import (VantageLibrary *library, const char *review, GError **error)
{
  return begin_run (library, review, vantage_id_new (vantage_library_now_us (library)), error);
}

VantageImportRun *
vantage_library_begin_bundle (VantageLibrary *library, const char *review, const char *bundle,
                              const char *source, GError **error)
{
  VantageImportRun *self = begin_run (library, review, g_strdup (bundle), error);

  if (self != NULL)
    self->bundle_of = g_strdup (source);
  return self;
}

void
vantage_import_run_drop (VantageImportRun *self)
{
  if (self->settled)
    return;

  self->settled = TRUE;
  /* When the library is closed already, its next opening drops what is pending. */
  if (self->library->evidence == NULL)
    close (self->work->lock_fd);
  else
    vantage_evidence_queue (self->work->store, drop_job, ref_work (self->work), unref_work, FALSE);
}

/* ---- keeping ---- */

typedef struct
{
  VantageImportRun *run;
  const VantageSourceFacts *facts;
  const char *what;
  char *json, *original, *original_sha256;
} Keep;

static gboolean
write_diagnostics (Keep *keep, VantageDb *db, gint64 source, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (db,
                          "INSERT INTO diagnostic (source, code, text, path, line, offset, skipped)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?)",
                          error);

  for (guint i = 0; i < keep->run->diagnostics->len; i++)
    {
      const VantageDiagnostic *diagnostic = keep->run->diagnostics->pdata[i];

      vantage_stmt_bind_int (&stmt, 1, source);
      vantage_stmt_bind_text (&stmt, 2, diagnostic->code);
      vantage_stmt_bind_text (&stmt, 3, diagnostic->text);
      vantage_stmt_bind_text (&stmt, 4, diagnostic->path);
      vantage_stmt_bind_int (&stmt, 5, diagnostic->line);
      vantage_stmt_bind_int (&stmt, 6, diagnostic->offset);
      vantage_stmt_bind_int (&stmt, 7, diagnostic->skipped);
      if (!vantage_stmt_run (&stmt, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_source (Keep *keep, VantageDb *db, gint64 source, GError **error)
{
  const VantageSourceFacts *facts = keep->facts;
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "UPDATE source SET base_zone = ?1, zone = ?1, base_zero_us = ?2, zero_us = ?2, format = ?3,"
      " path = ?4, n_skipped = ?5, original = ?6, original_sha256 = ?7 WHERE id = ?8",
      error);
  g_auto (VantageStmt) run =
      vantage_db_prepare (db, "UPDATE import_run SET what = ?, facts = ? WHERE source = ?", error);

  vantage_stmt_bind_text (&stmt, 1, facts->zone);
  if (facts->zero_us == VANTAGE_TIME_NONE)
    vantage_stmt_bind_null (&stmt, 2);
  else
    vantage_stmt_bind_int (&stmt, 2, facts->zero_us);
  vantage_stmt_bind_text (&stmt, 3,
                          keep->run->bundle_of != NULL ? VANTAGE_BUNDLE_FORMAT : facts->format);
  vantage_stmt_bind_text (&stmt, 4,
                          keep->run->bundle_of != NULL ? keep->run->bundle_of : facts->path);
  vantage_stmt_bind_int (&stmt, 5, (gint64) keep->run->n_skipped);
  vantage_stmt_bind_text (&stmt, 6, keep->original);
  vantage_stmt_bind_text (&stmt, 7, keep->original_sha256);
  vantage_stmt_bind_int (&stmt, 8, source);
  vantage_stmt_bind_text (&run, 1, keep->what);
  vantage_stmt_bind_text (&run, 2, keep->json);
  vantage_stmt_bind_int (&run, 3, source);

  return vantage_stmt_run (&stmt, error) && vantage_stmt_run (&run, error);
}

static gboolean
keep_job (VantageEvidenceStore *store, gpointer data, GError **error)
{
  Keep *keep = data;
  VantageEvidenceWriter *writer = keep->run->work->writer;
  gint64 source = vantage_evidence_writer_get_source (writer);

  if (!vantage_evidence_ensure_indices (store, error) || !vantage_evidence_begin (store, error))
    return FALSE;

  keep->json = vantage_import_facts_dup (writer, keep->facts, keep->run->n_skipped,
                                         vantage_library_now_us (keep->run->library));
  if (vantage_evidence_writer_finish (writer, error) &&
      write_diagnostics (keep, store->db, source, error) &&
      write_source (keep, store->db, source, error) &&
      (keep->run->bundle_of == NULL ||
       vantage_evidence_exec_ints (store->db, error, "DELETE FROM import_run WHERE source = ?1", 1,
                                   source)) &&
      vantage_evidence_set_state (store, source, VANTAGE_SOURCE_KEPT, error))
    return vantage_evidence_commit (store, error);

  vantage_evidence_rollback (store);
  return FALSE;
}

static gboolean
indices_job (VantageEvidenceStore *store, gpointer data, GError **error)
{
  return vantage_evidence_ensure_indices (store, error);
}

/* The copy is made while the evidence thread makes the indices: that leaves the processors to the
 * reading before, and neither waits for the other now. */
static gboolean
keep_original (VantageImportRun *self, Keep *keep, const char *path, GCancellable *cancellable,
               GError **error)
{
  g_autofree char *folder = NULL;
  VantageOriginal *copy;
  gboolean ok;

  vantage_evidence_queue (self->work->store, indices_job, NULL, NULL, FALSE);
  if (path == NULL || keep->facts->sha256 == NULL || *keep->facts->sha256 == '\0')
    return TRUE;

  folder = g_build_filename (vantage_library_get_folder (self->library), "originals", NULL);
  keep->original = g_strdup (keep->facts->sha256);
  copy = vantage_original_begin (folder, self->work->entity, path);
  ok = vantage_original_keep (copy, keep->original, &keep->original_sha256, cancellable, error);
  vantage_original_free (copy);

  return ok;
}

static VantageImportResult *
new_result (VantageImportRun *self)
{
  const VantageEvidenceCounts *counts = vantage_evidence_writer_get_counts (self->work->writer);
  VantageImportResult *result = g_new0 (VantageImportResult, 1);

  result->n_items = counts->n_items;
  result->n_new = counts->n_new;
  result->n_versions = counts->n_versions;
  result->n_people = counts->n_people;
  result->n_channels = counts->n_channels;
  result->n_threads = counts->n_threads;
  memcpy (result->kinds, counts->kinds, sizeof result->kinds);
  result->n_skipped = self->n_skipped;
  result->first_us = counts->first_us;
  result->last_us = counts->last_us;
  result->diagnostics = g_ptr_array_ref (self->diagnostics);

  return result;
}

/* Evidence first, then the entity; between the two a crash leaves what opening will finish. */
static gboolean
keep_all (VantageImportRun *self, Keep *keep, GError **error)
{
  Work *work = self->work;

  if (!vantage_evidence_run (work->store, keep_job, keep, error))
    return FALSE;

  self->settled = TRUE;
  if (self->bundle_of == NULL && !vantage_evidence_write_entity (work->store, work->entity, error))
    {
      vantage_evidence_queue (work->store, drop_job, ref_work (work), unref_work, TRUE);
      return FALSE;
    }

  vantage_evidence_unlock_run (work->store, work->lock_name, work->lock_fd);
  vantage_evidence_changed (work->store, work->review);
  vantage_indexer_wake (work->store->indexer);
  return TRUE;
}

VantageImportResult *
vantage_import_run_keep (VantageImportRun *self, const VantageSourceFacts *facts,
                         const char *original, const char *what, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (VantageImportResult) result = NULL;
  const VantageEvidenceCounts *counts;
  Keep keep = { .run = self, .facts = facts, .what = what };
  gboolean ok;

  if (!check_open (self, error) || !hand_over (self, 0, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  result = new_result (self);
  counts = vantage_evidence_writer_get_counts (self->work->writer);
  if (counts->n_new + counts->n_versions + counts->n_taken_over == 0)
    {
      vantage_import_run_drop (self);
      return g_steal_pointer (&result);
    }

  result->source = g_strdup (self->work->entity);
  ok = keep_original (self, &keep, original, cancellable, error) &&
       !g_cancellable_set_error_if_cancelled (cancellable, error) && keep_all (self, &keep, error);
  g_free (keep.json);
  g_free (keep.original);
  g_free (keep.original_sha256);

  return ok ? g_steal_pointer (&result) : NULL;
}

void
vantage_import_result_free (VantageImportResult *self)
{
  if (self == NULL)
    return;

  g_free (self->source);
  g_clear_pointer (&self->diagnostics, g_ptr_array_unref);
  g_free (self);
}
