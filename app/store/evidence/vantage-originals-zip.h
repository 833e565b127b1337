/* vantage-originals-zip.h: a zip copied without the tokens in it. Only for the originals. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes read, 0 at the end, -1 with @error. */
typedef gssize (*VantageOriginalsRead) (gpointer user_data, void *buffer, gsize size,
                                        GError **error);
/* Takes what is written, in order. */
typedef gboolean (*VantageOriginalsWrite) (gpointer user_data, const void *bytes, gsize size,
                                           GError **error);

/* Copies all that can be read, tokens overwritten, also where one lies on the seam of two reads. */
gboolean vantage_originals_copy_masked (VantageOriginalsRead read_bytes, gpointer from,
                                        VantageOriginalsWrite write_bytes, gpointer to,
                                        GCancellable *cancellable, GError **error);

/* Copies the zip @in: an entry in which nothing has to be overwritten goes over as it is packed,
 * the others are packed anew, large ones piece by piece. What this does not do itself (zip64,
 * entries that are encrypted, damaged or packed in rarer ways, names that are not UTF-8, no zip) it
 * leaves to another way: then @out_done is FALSE, there is no error, and what was written is of no
 * use. */
gboolean vantage_originals_copy_zip (int in, VantageOriginalsWrite write_bytes, gpointer user_data,
                                     gboolean *out_done, GCancellable *cancellable, GError **error);

G_END_DECLS
