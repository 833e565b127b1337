/* vantage-counting-stream.h: a stream that adds up what was read from it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @n_bytes must outlive the stream. */
GInputStream *vantage_counting_stream_new (GInputStream *base, guint64 *n_bytes);

G_END_DECLS
