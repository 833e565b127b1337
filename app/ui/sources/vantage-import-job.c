/* vantage-import-job.c: runs the importer on a worker thread and tells how far it is. */

#include "config.h"

#include "vantage-import-job.h"

#include <glib/gi18n.h>

#define TELL_EVERY_US (100 * 1000)

struct _VantageImportJob
{
  GObject parent_instance;

  VantageLibrary *library;
  char *path;
  GCancellable *cancellable;

  char *format, *zone, *mapping;
  VantageSourceFacts *facts; /* of what was kept */
  char **channels;
  gint64 zero_us, since_us, until_us;
  gboolean direct, as_file;

  /* written by the worker, read by the main thread */
  GMutex lock;
  guint64 done, total, n_items;
  gint64 begun_us, told_us;
};

enum
{
  PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageImportJob, vantage_import_job, G_TYPE_OBJECT)

static void
vantage_import_job_finalize (GObject *object)
{
  VantageImportJob *self = VANTAGE_IMPORT_JOB (object);

  g_clear_object (&self->library);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self->format);
  g_free (self->zone);
  g_free (self->mapping);
  g_clear_pointer (&self->facts, vantage_source_facts_free);
  g_strfreev (self->channels);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (vantage_import_job_parent_class)->finalize (object);
}

static void
vantage_import_job_class_init (VantageImportJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_import_job_finalize;
  signals[PROGRESS] =
      g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_DOUBLE, G_TYPE_UINT64, G_TYPE_INT64);
}

static void
vantage_import_job_init (VantageImportJob *self)
{
  g_mutex_init (&self->lock);
  self->zero_us = self->since_us = self->until_us = VANTAGE_TIME_NONE;
}

VantageImportJob *
vantage_import_job_new (VantageLibrary *library, const char *path)
{
  VantageImportJob *self = g_object_new (VANTAGE_TYPE_IMPORT_JOB, NULL);

  self->library = g_object_ref (library);
  self->path = g_strdup (path);
  return self;
}

const char *
vantage_import_job_get_path (VantageImportJob *self)
{
  return self->path;
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

void
vantage_import_job_set_format (VantageImportJob *self, const char *format)
{
  set_text (&self->format, format);
}

void
vantage_import_job_set_zone (VantageImportJob *self, const char *zone)
{
  set_text (&self->zone, zone);
}

void
vantage_import_job_set_start (VantageImportJob *self, gint64 zero_us)
{
  self->zero_us = zero_us;
}

void
vantage_import_job_set_range (VantageImportJob *self, gint64 since_us, gint64 until_us)
{
  self->since_us = since_us;
  self->until_us = until_us;
}

void
vantage_import_job_set_mapping (VantageImportJob *self, const char *mapping)
{
  set_text (&self->mapping, mapping);
}

void
vantage_import_job_set_direct (VantageImportJob *self, gboolean direct)
{
  self->direct = direct;
}

void
vantage_import_job_set_as_file (VantageImportJob *self, gboolean as_file)
{
  self->as_file = as_file;
}

void
vantage_import_job_set_channels (VantageImportJob *self, const char *const *channels)
{
  g_strfreev (self->channels);
  self->channels = channels != NULL ? g_strdupv ((char **) channels) : NULL;
}

void
vantage_import_job_cancel (VantageImportJob *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* ---- progress ---- */

static gboolean
tell_cb (gpointer data)
{
  VantageImportJob *self = data;
  double fraction = -1;
  gint64 left_us = -1;
  guint64 n_items;

  g_mutex_lock (&self->lock);
  n_items = self->n_items;
  if (self->total > 0)
    {
      gint64 spent_us = g_get_monotonic_time () - self->begun_us;

      fraction = MIN (1.0, (double) self->done / (double) self->total);
      if (spent_us > G_USEC_PER_SEC && fraction > 0.02)
        left_us = (gint64) ((double) spent_us * (1 - fraction) / fraction);
    }
  g_mutex_unlock (&self->lock);
  g_signal_emit (self, signals[PROGRESS], 0, fraction, n_items, left_us);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (guint64 done, guint64 total, guint64 n_items, gpointer data)
{
  VantageImportJob *self = data;
  gint64 now_us = g_get_monotonic_time ();
  gboolean tell;

  g_mutex_lock (&self->lock);
  self->done = done;
  self->total = total;
  self->n_items = n_items;
  tell = now_us - self->told_us > TELL_EVERY_US;
  if (tell)
    self->told_us = now_us;
  g_mutex_unlock (&self->lock);
  if (tell)
    g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, g_object_ref (self), g_object_unref);
}

/* ---- work ---- */

/* One piece of work. What it needs is its own: the job's choices may be others while it runs. */
typedef struct
{
  VantageImportOptions options;
  char *format, *zone, *mapping, *remembered;
  char **channels;
  char *review; /* NULL: a look */
  GCancellable *cancellable;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->format);
  g_free (work->zone);
  g_free (work->mapping);
  g_free (work->remembered);
  g_strfreev (work->channels);
  g_free (work->review);
  g_object_unref (work->cancellable);
  g_free (work);
}

static Work *
new_work (VantageImportJob *self, const char *review)
{
  Work *work = g_new0 (Work, 1);

  work->format = g_strdup (self->format);
  work->zone = g_strdup (self->zone);
  work->mapping = g_strdup (self->mapping);
  work->remembered = vantage_desk_dup_mappings (self->library);
  work->channels = g_strdupv (self->channels);
  work->review = g_strdup (review);
  work->cancellable = g_object_ref (self->cancellable);

  work->options = (VantageImportOptions) VANTAGE_IMPORT_OPTIONS_INIT;
  work->options.format = work->format;
  work->options.channels = (const char *const *) work->channels;
  work->options.since_us = self->since_us;
  work->options.until_us = self->until_us;
  work->options.zone = work->zone;
  work->options.zero_us = self->zero_us;
  work->options.direct = self->direct;
  work->options.mapping = work->mapping;
  work->options.remembered = work->remembered;
  work->options.as_file = self->as_file;
  return work;
}

/* Each piece of work has a cancellable of its own, so that one cancelled before does not stop the
 * next. */
static void
begin (VantageImportJob *self, const char *review, GTaskThreadFunc run,
       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->begun_us = g_get_monotonic_time ();
  self->told_us = self->done = self->total = self->n_items = 0;
  /* No cancellable on the task: what was kept must not be reported as cancelled. */
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_task_data (task, new_work (self, review), free_work);
  g_task_run_in_thread (task, run);
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *none)
{
  VantageImportJob *self = source;
  const Work *work = data;
  GError *error = NULL;
  VantagePreview *preview = vantage_import_preview (self->path, &work->options, progress_cb, self,
                                                    work->cancellable, &error);

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify) vantage_preview_free);
  else
    g_task_return_error (task, error);
}

void
vantage_import_job_look_async (VantageImportJob *self, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  begin (self, NULL, look_thread, callback, user_data);
}

VantagePreview *
vantage_import_job_look_finish (VantageImportJob *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
keep_thread (GTask *task, gpointer source, gpointer data, GCancellable *none)
{
  VantageImportJob *self = source;
  const Work *work = data;
  VantageSourceFacts *facts = NULL;
  GError *error = NULL;
  VantageImportResult *result;

  result = vantage_desk_import (self->library, work->review, self->path, &work->options,
                                _ ("Import"), progress_cb, self, work->cancellable, &facts, &error);
  g_clear_pointer (&self->facts, vantage_source_facts_free);
  self->facts = facts;
  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) vantage_import_result_free);
  else
    g_task_return_error (task, error);
}

void
vantage_import_job_keep_async (VantageImportJob *self, const char *review,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  begin (self, review, keep_thread, callback, user_data);
}

VantageImportResult *
vantage_import_job_keep_finish (VantageImportJob *self, GAsyncResult *result, GError **error)
{
  VantageImportResult *kept = g_task_propagate_pointer (G_TASK (result), error);

  if (kept != NULL && self->mapping != NULL)
    vantage_desk_remember_mapping (self->library, self->facts);
  return kept;
}
