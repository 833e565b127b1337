/* vantage-entry-stream.h: streams under an input's entries: a stretch of a file, a checked end,
 * deflate and gzip undone. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @size bytes of @fd from @offset, by pread: several may share @fd, which must outlive them. */
GInputStream *vantage_stretch_stream_new (int fd, guint64 offset, guint64 size);

/* @base, raw deflate, unpacked piece by piece. What follows its end is left alone. */
GInputStream *vantage_inflate_stream_new (GInputStream *base);

/* Passes @base on, and fails with VANTAGE_IMPORT_ERROR_DAMAGED when more or less than @size bytes
 * come, or when they do not have CRC-32 @crc. @name is for the message. */
GInputStream *vantage_checked_stream_new (GInputStream *base, guint64 size, guint32 crc,
                                          const char *name);

/* @base with gzip undone, all members of it. Fails with VANTAGE_IMPORT_ERROR_UNSAFE beyond
 * @max_size bytes. */
GInputStream *vantage_gunzip_stream_new (GInputStream *base, guint64 max_size, const char *name);

G_END_DECLS
