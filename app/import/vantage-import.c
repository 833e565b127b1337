/* vantage-import.c: the pipeline: open, recognise, read into the sink; hash beside it. */

#include "vantage-import.h"

#include "vantage-preview-private.h"
#include "vantage-reading-private.h"

/* The file's hash is worked out on a thread of its own while it is read. */
typedef struct
{
  VantageInput *input;
  GCancellable *stop; /* cancelled when nobody wants the hash any more, and by the caller's */
  GCancellable *callers;
  gulong connection;
  GThread *thread;
  char *hash;
  GError *error;
} Hashing;

static gpointer
run_hashing (gpointer data)
{
  Hashing *self = data;

  self->hash = vantage_input_hash (self->input, self->stop, &self->error);
  return NULL;
}

static void
cancelled_cb (GCancellable *callers, gpointer stop)
{
  g_cancellable_cancel (stop);
}

static void
hashing_begin (Hashing *self, VantageInput *input, GCancellable *cancellable)
{
  self->input = input;
  self->stop = g_cancellable_new ();
  self->callers = cancellable;
  if (cancellable != NULL)
    self->connection =
        g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self->stop, NULL);
  self->thread = g_thread_new ("import-hash", run_hashing, self);
}

/* Joins; @wanted FALSE: stops it first. */
static void
hashing_end (Hashing *self, gboolean wanted)
{
  if (self->thread == NULL)
    return;
  if (!wanted)
    g_cancellable_cancel (self->stop);
  g_thread_join (g_steal_pointer (&self->thread));
}

static void
hashing_clear (Hashing *self)
{
  hashing_end (self, FALSE);
  if (self->callers != NULL)
    g_cancellable_disconnect (self->callers, self->connection);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->hash, g_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hashing, hashing_clear)

/* Errors of streams and cancellables, in the words of this folder's domain. */
static void
settle_error (GError **error)
{
  GError *old;

  if (error == NULL || *error == NULL || (*error)->domain != G_IO_ERROR)
    return;
  old = *error;
  *error = NULL;
  if (g_error_matches (old, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED,
                 "the import was stopped");
  else
    g_set_error (error, VANTAGE_IMPORT_ERROR,
                 g_error_matches (old, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                     ? VANTAGE_IMPORT_ERROR_NOT_FOUND
                     : VANTAGE_IMPORT_ERROR_UNREADABLE,
                 "%s", old->message);
  g_error_free (old);
}

static const VantageReader *
choose_reader (VantageInput *input, const VantageImportOptions *options, GError **error)
{
  g_autoptr (VantageSniff) sniff = vantage_sniff_new (input);
  g_autoptr (GError) unknown = NULL;
  const VantageReader *reader =
      vantage_formats_choose (sniff, options != NULL ? options->format : NULL, &unknown);

  if (reader != NULL)
    return reader;
  if (options != NULL && options->as_file && options->format == NULL &&
      vantage_input_get_n_entries (input) > 0)
    return &vantage_plain_file_reader;
  g_propagate_error (error, g_steal_pointer (&unknown));
  return NULL;
}

static gboolean
check_options (const VantageImportOptions *options, GError **error)
{
  g_autoptr (VantageZone) zone = NULL;

  if (options == NULL || options->zone == NULL)
    return TRUE;
  zone = vantage_zone_new (options->zone);
  if (zone != NULL)
    return TRUE;
  g_set_error (
      error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE,
      "there is no time zone “%s” on this computer; use a name such as Europe/Berlin or an "
      "offset such as +02:00",
      options->zone);
  return FALSE;
}

static void
note_source (VantageReading *reading, const char *path)
{
  VantageSourceFacts *facts = reading->facts;

  facts->title = g_strdup (vantage_input_get_name (reading->input));
  facts->path = g_filename_display_name (path);
}

static VantageReading *
read_into (const char *path, const VantageImportOptions *options, gboolean preview,
           VantageInput *input, VantageEvidenceSink *sink, VantageImportProgress progress,
           gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_auto (Hashing) hashing = { NULL };
  g_autoptr (VantageReading) reading = NULL;
  const VantageReader *reader = choose_reader (input, options, error);

  if (reader == NULL)
    return NULL;
  reading = vantage_reading_new (reader, input, options, preview, sink, progress, progress_data,
                                 cancellable);
  note_source (reading, path);
  hashing_begin (&hashing, input, cancellable);
  if (!reader->read (reading, error) || !vantage_reading_go_on (reading, error))
    return NULL;
  hashing_end (&hashing, TRUE);
  if (hashing.hash == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&hashing.error));
      return NULL;
    }
  reading->facts->sha256 = g_steal_pointer (&hashing.hash);
  if (!vantage_reading_finish (reading, error))
    return NULL;
  return g_steal_pointer (&reading);
}

gboolean
vantage_import_read (const char *path, const VantageImportOptions *options,
                     VantageEvidenceSink *sink, VantageImportProgress progress,
                     gpointer progress_data, GCancellable *cancellable,
                     VantageSourceFacts **out_facts, GError **error)
{
  g_autoptr (VantageInput) input = NULL;
  g_autoptr (VantageReading) reading = NULL;
  g_autoptr (GError) wrong = NULL;

  if (!check_options (options, error))
    return FALSE;
  input = vantage_input_new (path, cancellable, &wrong);
  if (input != NULL)
    reading =
        read_into (path, options, FALSE, input, sink, progress, progress_data, cancellable, &wrong);
  if (reading == NULL)
    {
      settle_error (&wrong);
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  if (out_facts != NULL)
    *out_facts = g_steal_pointer (&reading->facts);
  return TRUE;
}

VantagePreview *
vantage_import_preview (const char *path, const VantageImportOptions *options,
                        VantageImportProgress progress, gpointer progress_data,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (VantageInput) input = NULL;
  g_autoptr (VantageReading) reading = NULL;
  g_autoptr (VantagePreviewSink) sink = vantage_preview_sink_new ();
  g_autoptr (GError) wrong = NULL;
  VantagePreview *preview;

  if (!check_options (options, error))
    return NULL;
  input = vantage_input_new (path, cancellable, &wrong);
  if (input != NULL)
    reading = read_into (path, options, TRUE, input, VANTAGE_EVIDENCE_SINK (sink), progress,
                         progress_data, cancellable, &wrong);
  if (reading == NULL)
    {
      settle_error (&wrong);
      g_propagate_error (error, g_steal_pointer (&wrong));
      return NULL;
    }
  preview = vantage_preview_sink_steal (sink);
  preview->needs_zone = reading->needs_zone;
  preview->needs_start = reading->needs_start;
  preview->needs_mapping = reading->needs_mapping;
  preview->columns = g_steal_pointer (&reading->columns);
  preview->mapping = g_strdup (reading->facts->mapping);
  preview->facts = g_steal_pointer (&reading->facts);
  return preview;
}
