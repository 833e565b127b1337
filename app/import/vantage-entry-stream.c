#include "vantage-entry-stream.h"

#include <errno.h>
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>
#include <string.h>
#include <unistd.h>

#include "vantage-import.h"

/* ---- a stretch of a file ---- */

#define VANTAGE_TYPE_STRETCH_STREAM (vantage_stretch_stream_get_type ())
G_DECLARE_FINAL_TYPE (VantageStretchStream, vantage_stretch_stream, VANTAGE, STRETCH_STREAM,
                      GInputStream)

struct _VantageStretchStream
{
  GInputStream parent;

  int fd;
  guint64 at, left;
};

G_DEFINE_FINAL_TYPE (VantageStretchStream, vantage_stretch_stream, G_TYPE_INPUT_STREAM)

static gssize
vantage_stretch_stream_read (GInputStream *stream, void *buffer, gsize count,
                             GCancellable *cancellable, GError **error)
{
  VantageStretchStream *self = VANTAGE_STRETCH_STREAM (stream);
  ssize_t n;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  count = (gsize) MIN ((guint64) count, self->left);
  do
    n = pread (self->fd, buffer, count, (off_t) self->at);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNREADABLE,
                   "cannot be read: %s", g_strerror (errno));
      return -1;
    }
  self->at += (guint64) n;
  self->left -= (guint64) n;
  return n;
}

static void
vantage_stretch_stream_class_init (VantageStretchStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = vantage_stretch_stream_read;
}

static void
vantage_stretch_stream_init (VantageStretchStream *self)
{
}

GInputStream *
vantage_stretch_stream_new (int fd, guint64 offset, guint64 size)
{
  VantageStretchStream *self = g_object_new (VANTAGE_TYPE_STRETCH_STREAM, NULL);

  self->fd = fd;
  self->at = offset;
  self->left = size;
  return G_INPUT_STREAM (self);
}

/* ---- deflate undone ---- */

#define INFLATE_SIZE (64 * 1024)

#define VANTAGE_TYPE_INFLATE_STREAM (vantage_inflate_stream_get_type ())
G_DECLARE_FINAL_TYPE (VantageInflateStream, vantage_inflate_stream, VANTAGE, INFLATE_STREAM,
                      GFilterInputStream)

struct _VantageInflateStream
{
  GFilterInputStream parent;

  struct inflate_state *state;
  guint8 *packed; /* INFLATE_SIZE bytes */
  gboolean base_ended;
};

G_DEFINE_FINAL_TYPE (VantageInflateStream, vantage_inflate_stream, G_TYPE_FILTER_INPUT_STREAM)

/* More packed bytes when all were used. */
static gboolean
feed_inflate (VantageInflateStream *self, GCancellable *cancellable, GError **error)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
  gssize n;

  if (self->state->avail_in > 0 || self->base_ended)
    return TRUE;
  n = g_input_stream_read (base, self->packed, INFLATE_SIZE, cancellable, error);
  if (n < 0)
    return FALSE;
  self->base_ended = n == 0;
  self->state->next_in = self->packed;
  self->state->avail_in = (guint32) n;
  return TRUE;
}

/* An end that comes too early is for the checked stream to tell. */
static gssize
vantage_inflate_stream_read (GInputStream *stream, void *buffer, gsize count,
                             GCancellable *cancellable, GError **error)
{
  VantageInflateStream *self = VANTAGE_INFLATE_STREAM (stream);
  struct inflate_state *state = self->state;
  guint32 size = (guint32) MIN (count, (gsize) G_MAXINT32);

  state->next_out = buffer;
  state->avail_out = size;
  while (state->avail_out == size && size > 0 && state->block_state != ISAL_BLOCK_FINISH)
    {
      gboolean was_ended = self->base_ended;

      if (!feed_inflate (self, cancellable, error))
        return -1;
      if (isal_inflate (state) != ISAL_DECOMP_OK)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "what is packed was changed or damaged");
          return -1;
        }
      if (was_ended && state->avail_out == size)
        break;
    }
  return (gssize) (size - state->avail_out);
}

static void
vantage_inflate_stream_finalize (GObject *object)
{
  VantageInflateStream *self = VANTAGE_INFLATE_STREAM (object);

  g_free (self->state);
  g_free (self->packed);
  G_OBJECT_CLASS (vantage_inflate_stream_parent_class)->finalize (object);
}

static void
vantage_inflate_stream_class_init (VantageInflateStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_inflate_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = vantage_inflate_stream_read;
}

static void
vantage_inflate_stream_init (VantageInflateStream *self)
{
  self->packed = g_malloc (INFLATE_SIZE);
  self->state = g_new (struct inflate_state, 1);
  isal_inflate_init (self->state);
}

GInputStream *
vantage_inflate_stream_new (GInputStream *base)
{
  return g_object_new (VANTAGE_TYPE_INFLATE_STREAM, "base-stream", base, NULL);
}

/* ---- a checked end ---- */

#define VANTAGE_TYPE_CHECKED_STREAM (vantage_checked_stream_get_type ())
G_DECLARE_FINAL_TYPE (VantageCheckedStream, vantage_checked_stream, VANTAGE, CHECKED_STREAM,
                      GFilterInputStream)

struct _VantageCheckedStream
{
  GFilterInputStream parent;

  char *name;
  guint64 left;
  guint32 expected, crc;
};

G_DEFINE_FINAL_TYPE (VantageCheckedStream, vantage_checked_stream, G_TYPE_FILTER_INPUT_STREAM)

static gssize
vantage_checked_stream_read (GInputStream *stream, void *buffer, gsize count,
                             GCancellable *cancellable, GError **error)
{
  VantageCheckedStream *self = VANTAGE_CHECKED_STREAM (stream);
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
  g_autoptr (GError) wrong = NULL;
  gssize n = g_input_stream_read (base, buffer, count, cancellable, &wrong);

  if (n < 0)
    {
      if (wrong->domain == VANTAGE_IMPORT_ERROR ||
          g_error_matches (wrong, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&wrong));
      else
        g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                     "“%s” in the archive cannot be unpacked: %s", self->name, wrong->message);
      return -1;
    }
  if ((guint64) n > self->left || (n == 0 && count > 0 && self->left > 0))
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                   "“%s” in the archive is not as long as the archive says", self->name);
      return -1;
    }
  self->crc = libdeflate_crc32 (self->crc, buffer, (gsize) n);
  self->left -= (guint64) n;
  if (n == 0 && count > 0 && self->crc != self->expected)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                   "“%s” in the archive was changed or damaged: its checksum is wrong", self->name);
      return -1;
    }
  return n;
}

static void
vantage_checked_stream_finalize (GObject *object)
{
  g_free (VANTAGE_CHECKED_STREAM (object)->name);
  G_OBJECT_CLASS (vantage_checked_stream_parent_class)->finalize (object);
}

static void
vantage_checked_stream_class_init (VantageCheckedStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_checked_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = vantage_checked_stream_read;
}

static void
vantage_checked_stream_init (VantageCheckedStream *self)
{
}

GInputStream *
vantage_checked_stream_new (GInputStream *base, guint64 size, guint32 crc, const char *name)
{
  VantageCheckedStream *self =
      g_object_new (VANTAGE_TYPE_CHECKED_STREAM, "base-stream", base, NULL);

  self->name = g_strdup (name);
  self->left = size;
  self->expected = crc;
  return G_INPUT_STREAM (self);
}

/* ---- gzip undone ---- */

#define PACKED_SIZE (64 * 1024)

#define VANTAGE_TYPE_GUNZIP_STREAM (vantage_gunzip_stream_get_type ())
G_DECLARE_FINAL_TYPE (VantageGunzipStream, vantage_gunzip_stream, VANTAGE, GUNZIP_STREAM,
                      GFilterInputStream)

struct _VantageGunzipStream
{
  GFilterInputStream parent;

  char *name;
  GConverter *gunzip;
  guint64 left;
  gsize from, to; /* what `packed` holds */
  gboolean base_ended, between;
  guint8 *packed; /* PACKED_SIZE bytes */
};

G_DEFINE_FINAL_TYPE (VantageGunzipStream, vantage_gunzip_stream, G_TYPE_FILTER_INPUT_STREAM)

/* Reads more packed bytes behind those that are left. */
static gboolean
read_packed (VantageGunzipStream *self, GCancellable *cancellable, GError **error)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
  gssize n;

  if (self->from > 0)
    {
      memmove (self->packed, self->packed + self->from, self->to - self->from);
      self->to -= self->from;
      self->from = 0;
    }
  n = g_input_stream_read (base, self->packed + self->to, PACKED_SIZE - self->to, cancellable,
                           error);
  if (n < 0)
    return FALSE;
  self->base_ended = n == 0;
  self->to += (gsize) n;
  return TRUE;
}

/* One step; sets @out_n, 0 when more input is needed. FALSE with @error. */
static gboolean
unpack (VantageGunzipStream *self, void *buffer, gsize count, gsize *out_n, GError **error)
{
  gsize n_read = 0;
  g_autoptr (GError) wrong = NULL;
  GConverterResult result = g_converter_convert (
      self->gunzip, self->packed + self->from, self->to - self->from, buffer, count,
      self->base_ended ? G_CONVERTER_INPUT_AT_END : 0, &n_read, out_n, &wrong);

  self->from += n_read;
  if (result == G_CONVERTER_ERROR)
    {
      *out_n = 0;
      if (!self->base_ended && g_error_matches (wrong, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        return TRUE;
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                   "“%s” cannot be unpacked to its end: %s", self->name, wrong->message);
      return FALSE;
    }
  if (result == G_CONVERTER_FINISHED)
    {
      g_converter_reset (self->gunzip);
      self->between = TRUE;
    }
  else
    self->between = FALSE;
  return TRUE;
}

static gssize
vantage_gunzip_stream_read (GInputStream *stream, void *buffer, gsize count,
                            GCancellable *cancellable, GError **error)
{
  VantageGunzipStream *self = VANTAGE_GUNZIP_STREAM (stream);
  gsize n = 0;

  while (n == 0 && count > 0)
    {
      gboolean empty = self->from == self->to;

      if (empty && self->base_ended && self->between)
        return 0;
      if (!self->base_ended && (empty || self->to - self->from < 1024) &&
          !read_packed (self, cancellable, error))
        return -1;
      if (self->between && (self->from == self->to || self->packed[self->from] == 0))
        {
          /* Padding behind the last member is no content. */
          self->from = self->to;
          continue;
        }
      if (!unpack (self, buffer, count, &n, error))
        return -1;
    }
  if (n > self->left)
    {
      g_set_error (error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_UNSAFE,
                   "“%s” unpacks to more than any export would: it was stopped", self->name);
      return -1;
    }
  self->left -= n;
  return (gssize) n;
}

static void
vantage_gunzip_stream_finalize (GObject *object)
{
  VantageGunzipStream *self = VANTAGE_GUNZIP_STREAM (object);

  g_free (self->name);
  g_free (self->packed);
  g_clear_object (&self->gunzip);
  G_OBJECT_CLASS (vantage_gunzip_stream_parent_class)->finalize (object);
}

static void
vantage_gunzip_stream_class_init (VantageGunzipStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_gunzip_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = vantage_gunzip_stream_read;
}

static void
vantage_gunzip_stream_init (VantageGunzipStream *self)
{
  self->packed = g_malloc (PACKED_SIZE);
  self->gunzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
}

GInputStream *
vantage_gunzip_stream_new (GInputStream *base, guint64 max_size, const char *name)
{
  VantageGunzipStream *self = g_object_new (VANTAGE_TYPE_GUNZIP_STREAM, "base-stream", base, NULL);

  self->name = g_strdup (name);
  self->left = max_size;
  return G_INPUT_STREAM (self);
}
