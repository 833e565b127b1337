/* vantage-blob.h: large things that ops name: chunks of at most 1 MiB by their SHA-256, and which
 * items of evidence stand in which bundle. Calls block for one small transaction or query and may
 * come from any thread. */

#pragma once

#include "vantage-library.h"

G_BEGIN_DECLS

typedef enum
{
  VANTAGE_BLOB_COMING,     /* some chunks of it may be here */
  VANTAGE_BLOB_HERE,       /* all of it; the server may lack it */
  VANTAGE_BLOB_BOTH,       /* here and at the server */
  VANTAGE_BLOB_UNREADABLE, /* came, and this version cannot read it */
} VantageBlobState;

/* FALSE without @error: it is not known. */
gboolean vantage_library_get_blob_state (VantageLibrary *library, const char *stream,
                                         const char *blob, VantageBlobState *out, GError **error);
/* Makes it known, or changes what is known. */
gboolean vantage_library_set_blob_state (VantageLibrary *library, const char *stream,
                                         const char *blob, VantageBlobState state, GError **error);
/* All blobs of a stream that are BOTH are HERE again: the server began anew. */
gboolean vantage_library_requeue_blobs (VantageLibrary *library, const char *stream,
                                        GError **error);
/* Blobs in one state. (transfer full) (element-type utf8) */
GPtrArray *vantage_library_list_blobs (VantageLibrary *library, const char *stream,
                                       VantageBlobState state, GError **error);

/* A whole blob that was made here; becomes HERE. The same one twice changes nothing. */
gboolean vantage_library_add_blob (VantageLibrary *library, const char *stream, const char *blob,
                                   GBytes *bytes, GError **error);
gboolean vantage_library_put_chunk (VantageLibrary *library, const char *blob, guint place,
                                    const char *chunk, GBytes *bytes, GError **error);
/* Ids of the chunks that are here, in order. (transfer full) (element-type utf8) */
GPtrArray *vantage_library_list_chunks (VantageLibrary *library, const char *blob, GError **error);
/* NULL without error: it is not here. (transfer full) */
GBytes *vantage_library_read_chunk (VantageLibrary *library, const char *blob, guint place,
                                    GError **error);
/* Its chunks one after the other; not checked. (transfer full) */
GBytes *vantage_library_read_blob (VantageLibrary *library, const char *blob, GError **error);
gboolean vantage_library_drop_chunks (VantageLibrary *library, const char *blob, GError **error);

/* ---- which items are in bundles ---- */

/* "<item id>\n<version>" of all that stand in bundles of @stream. (transfer full) (element-type
 * utf8): a set */
GHashTable *vantage_library_list_bundled (VantageLibrary *library, const char *stream,
                                          GError **error);
/* @items: (element-type utf8): such words. */
gboolean vantage_library_set_bundled (VantageLibrary *library, const char *blob, GPtrArray *items,
                                      GError **error);
/* Ids of items that something in a review points at: cites, times, inline references. May name
 * items that are not on this computer. (transfer full) (element-type utf8) */
GPtrArray *vantage_library_list_cited (VantageLibrary *library, const char *review, GError **error);

G_END_DECLS
