/* vantage-originals.h: imported files as they were given, but for the tokens in their links. Only
 * for app/store. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Puts the file or folder @path into @folder (made when missing) under @name, tokens overwritten:
 * a zip or tar archive entry by entry, a folder as an archive, anything else byte by byte. Synced
 * to disk and renamed into place; one that is there already stays. @out_sha256: of what is stored.
 */
gboolean vantage_originals_keep (const char *folder, const char *name, const char *path,
                                 char **out_sha256, GCancellable *cancellable, GError **error);
/* Bytes [@offset, @offset + @length) of the file @entry inside the original @file; @length 0: line
 * number @line when it is not 0, else nothing. @entry is ignored when the original is no archive.
 * NULL without error: not there. (transfer full) */
char *vantage_originals_dup_record (const char *file, const char *entry, gint64 line, gint64 offset,
                                    gint64 length, GError **error);

G_END_DECLS
