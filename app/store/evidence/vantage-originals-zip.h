/* vantage-originals-zip.h: a zip copied without the tokens in it. Only for the originals. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Takes what is written, in order. */
typedef gboolean (*VantageOriginalsWrite) (gpointer user_data, const void *bytes, gsize size,
                                           GError **error);

/* Copies the zip @in: an entry in which nothing has to be overwritten goes over as it is packed,
 * the others are packed anew. What this does not do itself (zip64, entries that are very large,
 * encrypted, damaged or packed in rarer ways, names that are not UTF-8, no zip at all) it leaves to
 * another way: then @out_done is FALSE, there is no error, and what was written is of no use. */
gboolean vantage_originals_copy_zip (int in, VantageOriginalsWrite write_bytes, gpointer user_data,
                                     gboolean *out_done, GCancellable *cancellable, GError **error);

G_END_DECLS
