#include "vantage-counting-stream.h"

#define VANTAGE_TYPE_COUNTING_STREAM (vantage_counting_stream_get_type ())
G_DECLARE_FINAL_TYPE (VantageCountingStream, vantage_counting_stream, VANTAGE, COUNTING_STREAM,
                      GFilterInputStream)

struct _VantageCountingStream
{
  GFilterInputStream parent;

  guint64 *n_bytes;
};

G_DEFINE_FINAL_TYPE (VantageCountingStream, vantage_counting_stream, G_TYPE_FILTER_INPUT_STREAM)

static gssize
vantage_counting_stream_read (GInputStream *stream, void *buffer, gsize count,
                              GCancellable *cancellable, GError **error)
{
  VantageCountingStream *self = VANTAGE_COUNTING_STREAM (stream);
  gssize n =
      g_input_stream_read (g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self)),
                           buffer, count, cancellable, error);

  if (n > 0)
    *self->n_bytes += (guint64) n;
  return n;
}

static void
vantage_counting_stream_class_init (VantageCountingStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = vantage_counting_stream_read;
}

static void
vantage_counting_stream_init (VantageCountingStream *self)
{
}

GInputStream *
vantage_counting_stream_new (GInputStream *base, guint64 *n_bytes)
{
  VantageCountingStream *self =
      g_object_new (VANTAGE_TYPE_COUNTING_STREAM, "base-stream", base, NULL);

  self->n_bytes = n_bytes;
  return G_INPUT_STREAM (self);
}
