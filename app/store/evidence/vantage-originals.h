/* vantage-originals.h: imported files as they were given, but for the tokens in their links. Only
 * for app/store. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A copy under way, on a thread of its own: a draft in the folder of originals. */
typedef struct _VantageOriginal VantageOriginal;

/* Begins to copy the file or folder @path, tokens overwritten, to a draft in @folder (made when
 * missing): a zip or tar archive entry by entry, a folder as an archive, anything else byte by
 * byte. @import: whose draft it is. */
VantageOriginal *vantage_original_begin (const char *folder, const char *import, const char *path);
/* Waits for the copy, syncs it to disk and puts it in place as @name; one that is there already
 * stays. Once. @out_sha256: of what is stored. */
gboolean vantage_original_keep (VantageOriginal *self, const char *name, char **out_sha256,
                                GCancellable *cancellable, GError **error);
/* Stops the copy; the draft goes, unless it was kept. */
void vantage_original_free (VantageOriginal *self);
/* Where the draft of an import is. (transfer full) */
char *vantage_original_dup_draft (const char *folder, const char *import);

/* Bytes [@offset, @offset + @length) of the file @entry inside the original @file; @length 0: line
 * number @line when it is not 0, else nothing. @entry is ignored when the original is no archive.
 * NULL without error: not there. (transfer full) */
char *vantage_originals_dup_record (const char *file, const char *entry, gint64 line, gint64 offset,
                                    gint64 length, GError **error);

G_END_DECLS
