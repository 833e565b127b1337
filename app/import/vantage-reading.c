#include "vantage-reading-private.h"

#include <string.h>

#include "vantage-counting-stream.h"
#include "vantage-id.h"

#define PROGRESS_EVERY_US (50 * 1000)
#define ITEMS_BETWEEN_CHECKS 64

typedef struct
{
  VantageReading public;

  VantageEvidenceSink *sink;
  VantageImportProgress progress;
  gpointer progress_data;
  VantageZone *zone;
  VantageImportOptions own_options;

  GHashTable *refused; /* ids of channels that are not wanted */
  guint n_direct_left_out;
  GHashTable *chosen; /* options->channels → whether it was met */

  guint64 done, total, n_items, n_dropped;
  gint64 next_progress_us;
} Reading;

VantageReading *
vantage_reading_new (const VantageReader *reader, VantageInput *input,
                     const VantageImportOptions *options, gboolean preview,
                     VantageEvidenceSink *sink, VantageImportProgress progress,
                     gpointer progress_data, GCancellable *cancellable)
{
  static const VantageImportOptions none = VANTAGE_IMPORT_OPTIONS_INIT;
  Reading *self = g_new0 (Reading, 1);

  self->own_options = options != NULL ? *options : none;
  self->public.reader = reader;
  self->public.input = input;
  self->public.options = &self->own_options;
  self->public.preview = preview;
  self->public.cancellable = cancellable;
  self->public.facts = vantage_source_facts_new ();
  self->public.facts->family = g_strdup (reader->family);
  self->public.facts->format = g_strdup (reader->format.name);
  self->public.facts->complete = TRUE;
  self->public.facts->zero_us = self->own_options.zero_us;
  self->sink = sink;
  self->progress = progress;
  self->progress_data = progress_data;
  self->total = vantage_input_get_total (input);
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (self->own_options.zone != NULL)
    self->zone = vantage_zone_new (self->own_options.zone);
  if (self->own_options.channels != NULL && self->own_options.channels[0] != NULL)
    {
      self->chosen = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; self->own_options.channels[i] != NULL; i++)
        g_hash_table_insert (self->chosen, (gpointer) self->own_options.channels[i], NULL);
    }
  return &self->public;
}

void
vantage_reading_free (VantageReading *reading)
{
  Reading *self = (Reading *) reading;

  if (self == NULL)
    return;
  g_clear_pointer (&self->public.facts, vantage_source_facts_free);
  g_strfreev (self->public.columns);
  g_clear_pointer (&self->zone, vantage_zone_unref);
  g_hash_table_unref (self->refused);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  g_free (self);
}

/* ---- going on ---- */

gboolean
vantage_reading_go_on (VantageReading *reading, GError **error)
{
  Reading *self = (Reading *) reading;

  if (g_cancellable_is_cancelled (reading->cancellable))
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED,
                   "the import was stopped");
      return FALSE;
    }
  if (self->progress != NULL)
    {
      gint64 now = g_get_monotonic_time ();

      if (now >= self->next_progress_us)
        {
          self->next_progress_us = now + PROGRESS_EVERY_US;
          self->progress (MIN (self->done, self->total), self->total, self->n_items,
                          self->progress_data);
        }
    }
  return TRUE;
}

void
vantage_reading_set_passes (VantageReading *reading, guint n_passes)
{
  Reading *self = (Reading *) reading;

  self->total = vantage_input_get_total (reading->input) * n_passes;
}

GInputStream *
vantage_reading_open (VantageReading *reading, const VantageEntry *entry, GError **error)
{
  Reading *self = (Reading *) reading;
  g_autoptr (GInputStream) stream = NULL;

  if (!vantage_reading_go_on (reading, error))
    return NULL;
  stream = vantage_input_open (reading->input, entry, reading->cancellable, error);
  return stream != NULL ? vantage_counting_stream_new (stream, &self->done) : NULL;
}

VantageTokens *
vantage_reading_open_tokens (VantageReading *self, const VantageEntry *entry, GError **error)
{
  g_autoptr (GInputStream) stream = vantage_reading_open (self, entry, error);

  return stream != NULL ? vantage_tokens_new (stream, self->cancellable) : NULL;
}

gboolean
vantage_reading_take_failure (VantageReading *self, const VantageEntry *entry, GError *failure,
                              GError **error)
{
  g_autoptr (GError) owned = failure;

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (failure, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED))
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_CANCELLED,
                   "the import was stopped");
      return FALSE;
    }
  if (g_error_matches (failure, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  self->facts->complete = FALSE;
  return vantage_reading_skip (self, "unreadable-file", entry, 0, -1, error, "%s",
                               failure->message);
}

gboolean
vantage_reading_close_tokens (VantageReading *self, VantageTokens *tokens,
                              const VantageEntry *entry, GError **error)
{
  const GError *failure = vantage_tokens_get_error (tokens);
  guint n_repaired =
      vantage_tokens_get_n_repaired (tokens) + vantage_tokens_get_n_bad_bytes (tokens);

  if (n_repaired > 0 &&
      !vantage_reading_note (self, "bad-encoding", entry, 0, -1, error,
                             "%u characters or texts could not be read and stand as U+FFFD",
                             n_repaired))
    return FALSE;
  if (failure == NULL)
    return TRUE;
  if (failure->domain != VANTAGE_IMPORT_ERROR || failure->code != VANTAGE_IMPORT_ERROR_DAMAGED)
    return vantage_reading_take_failure (self, entry, g_error_copy (failure), error);
  self->facts->complete = FALSE;
  return vantage_reading_skip (self, vantage_tokens_is_cut_off (tokens) ? "cut-off" : "bad-json",
                               entry, 0, vantage_tokens_get_offset (tokens), error, "%s",
                               failure->message);
}

/* ---- what a reader finds ---- */

static gboolean
is_chosen (Reading *self, const char *word)
{
  if (word == NULL || !g_hash_table_contains (self->chosen, word))
    return FALSE;
  /* The key that is there stays: inserting frees and replaces nothing but the value. */
  g_hash_table_insert (self->chosen, (gpointer) word, GINT_TO_POINTER (1));
  return TRUE;
}

gboolean
vantage_reading_wants_channel (VantageReading *reading, const VantageChannel *channel)
{
  Reading *self = (Reading *) reading;

  if (channel->sort == VANTAGE_CHANNEL_DIRECT && !reading->options->direct)
    return FALSE;
  if (self->chosen == NULL)
    return TRUE;
  if (is_chosen (self, channel->key) || is_chosen (self, channel->name))
    return TRUE;
  if (channel->name != NULL)
    {
      g_autofree char *hashed = g_strconcat ("#", channel->name, NULL);
      g_autofree char *id = vantage_channel_dup_id (channel);

      return is_chosen (self, hashed) || is_chosen (self, id);
    }
  return FALSE;
}

gboolean
vantage_reading_add_channel (VantageReading *reading, const VantageChannel *channel, GError **error)
{
  Reading *self = (Reading *) reading;
  g_autofree char *id = NULL;

  if (vantage_reading_wants_channel (reading, channel))
    return vantage_evidence_sink_add_channel (self->sink, channel, error);
  id = vantage_channel_dup_id (channel);
  if (g_hash_table_add (self->refused, g_steal_pointer (&id)) &&
      channel->sort == VANTAGE_CHANNEL_DIRECT && !reading->options->direct)
    self->n_direct_left_out++;
  return TRUE;
}

gboolean
vantage_reading_add_identity (VantageReading *reading, const VantageIdentity *identity,
                              GError **error)
{
  return vantage_evidence_sink_add_identity (((Reading *) reading)->sink, identity, error);
}

/* A shift lasts: it is wanted where any of it lies in the range. */
static gint64
get_end_us (const VantageItem *item)
{
  const char *seconds =
      item->kind == VANTAGE_ITEM_SHIFT ? vantage_item_get_extra (item, "duration") : NULL;
  gint64 length = seconds != NULL ? g_ascii_strtoll (seconds, NULL, 10) : 0;

  return item->time_us + CLAMP (length, 0, VANTAGE_TIME_MAX / G_USEC_PER_SEC / 2) * G_USEC_PER_SEC;
}

static gboolean
is_item_wanted (Reading *self, const VantageItem *item)
{
  const VantageImportOptions *options = &self->own_options;

  if (g_hash_table_size (self->refused) > 0 && g_hash_table_contains (self->refused, item->channel))
    return FALSE;
  if (options->since_us == VANTAGE_TIME_NONE && options->until_us == VANTAGE_TIME_NONE)
    return TRUE;
  if (item->time_us == VANTAGE_TIME_NONE)
    return FALSE;
  return (options->since_us == VANTAGE_TIME_NONE || item->time_us >= options->since_us ||
          get_end_us (item) > options->since_us) &&
         (options->until_us == VANTAGE_TIME_NONE || item->time_us < options->until_us);
}

gboolean
vantage_reading_add_item (VantageReading *reading, VantageItem *item, GError **error)
{
  Reading *self = (Reading *) reading;
  g_autoptr (VantageItem) owned = item;

  if ((self->n_items + self->n_dropped) % ITEMS_BETWEEN_CHECKS == 0 &&
      !vantage_reading_go_on (reading, error))
    return FALSE;
  if (!is_item_wanted (self, item))
    {
      self->n_dropped++;
      return TRUE;
    }
  self->n_items++;
  return vantage_evidence_sink_add_item (self->sink, item, error);
}

void
vantage_reading_place_item (VantageItem *item, const VantageEntry *entry, gint64 line,
                            gint64 offset, gint64 length)
{
  g_free (item->path);
  item->path = g_strdup (entry->path);
  item->line = line;
  item->offset = offset;
  item->length = length;
}

static gboolean
add_diagnostic (VantageReading *reading, const char *code, const VantageEntry *entry, gint64 line,
                gint64 offset, gboolean skipped, const char *format, va_list arguments,
                GError **error)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  VantageDiagnostic diagnostic = { .code = (char *) code,
                                   .text = text,
                                   .path = entry != NULL ? entry->path : (char *) "",
                                   .line = line,
                                   .offset = offset,
                                   .skipped = skipped };

  return vantage_reading_go_on (reading, error) &&
         vantage_evidence_sink_add_diagnostic (((Reading *) reading)->sink, &diagnostic, error);
}

gboolean
vantage_reading_skip (VantageReading *self, const char *code, const VantageEntry *entry,
                      gint64 line, gint64 offset, GError **error, const char *format, ...)
{
  va_list arguments;
  gboolean ok;

  va_start (arguments, format);
  ok = add_diagnostic (self, code, entry, line, offset, TRUE, format, arguments, error);
  va_end (arguments);
  return ok;
}

gboolean
vantage_reading_note (VantageReading *self, const char *code, const VantageEntry *entry,
                      gint64 line, gint64 offset, GError **error, const char *format, ...)
{
  va_list arguments;
  gboolean ok;

  va_start (arguments, format);
  ok = add_diagnostic (self, code, entry, line, offset, FALSE, format, arguments, error);
  va_end (arguments);
  return ok;
}

/* ---- times ---- */

void
vantage_reading_set_time (VantageReading *self, VantageItem *item, const char *raw_time, gint64 us,
                          VantagePrecision precision)
{
  g_free (item->raw_time);
  item->raw_time = g_strdup (raw_time);
  item->time_us = us;
  item->precision = precision;
  item->zone_origin = VANTAGE_ZONE_IN_FILE;
}

gboolean
vantage_reading_set_wall_time (VantageReading *reading, VantageItem *item, const char *raw_time,
                               gint64 wall_us, VantagePrecision precision, GError **error)
{
  Reading *self = (Reading *) reading;

  vantage_reading_set_time (reading, item, raw_time, wall_us, precision);
  if (self->zone != NULL)
    {
      vantage_zone_resolve (self->zone, wall_us, &item->time_us, &item->twice);
      item->zone_origin = VANTAGE_ZONE_CHOSEN;
      if (reading->facts->zone == NULL)
        {
          reading->facts->zone = g_strdup (vantage_zone_get_name (self->zone));
          reading->facts->zone_origin = VANTAGE_ZONE_CHOSEN;
        }
      return TRUE;
    }
  reading->needs_zone = TRUE;
  item->zone_origin = VANTAGE_ZONE_ASSUMED;
  if (reading->preview)
    return TRUE;
  g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_NEEDS_ZONE,
               "times such as “%s” have no time zone: say which one they were written in",
               raw_time);
  return FALSE;
}

/* ---- the end ---- */

static gboolean
tell_unmet (Reading *self, GError **error)
{
  GHashTableIter iter;
  gpointer word, met;

  if (self->chosen == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &word, &met))
    if (met == NULL && !vantage_reading_note (&self->public, "no-such-channel", NULL, 0, -1, error,
                                              "there is no channel “%s” in it", (char *) word))
      return FALSE;
  return TRUE;
}

gboolean
vantage_reading_finish (VantageReading *reading, GError **error)
{
  Reading *self = (Reading *) reading;

  if (self->n_direct_left_out > 0 &&
      !vantage_reading_note (reading, "direct-left-out", NULL, 0, -1, error,
                             "%u direct conversations were left out", self->n_direct_left_out))
    return FALSE;
  if (!tell_unmet (self, error))
    return FALSE;
  if (self->progress != NULL)
    self->progress (self->total, self->total, self->n_items, self->progress_data);
  if (self->n_items > 0 || reading->preview)
    return TRUE;
  g_set_error (error, VANTAGE_IMPORT_ERROR,
               self->n_dropped == 0 && self->n_direct_left_out > 0
                   ? VANTAGE_IMPORT_ERROR_DIRECT_ONLY
                   : VANTAGE_IMPORT_ERROR_EMPTY,
               self->n_dropped > 0 ? "nothing in it lies in the chosen channels and times"
               : self->n_direct_left_out > 0
                   ? "it holds direct conversations only, and those were not asked for"
                   : "nothing in it could be imported");
  return FALSE;
}
