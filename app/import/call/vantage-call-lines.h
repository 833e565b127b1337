/* vantage-call-lines.h: text as a stream of lines, whatever ends them and however they are written.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bytes of one line that are kept; what is beyond is left out, and counted. */
#define VANTAGE_CALL_LINE_MAX (256 * 1024)

typedef struct _VantageCallLines VantageCallLines;

/* "UTF-16LE" or "UTF-16BE" when @head begins with such a byte order mark; else NULL. */
const char *vantage_call_lines_find_charset (const char *head, gsize length);
/* Reads @stream, of which it takes a reference: in @charset, or, without one, UTF-8 and, a line at
 * a time, Windows-1252 where a line is no UTF-8. A byte order mark is left out. */
VantageCallLines *vantage_call_lines_new (GInputStream *stream, const char *charset,
                                          GCancellable *cancellable);
void vantage_call_lines_free (VantageCallLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageCallLines, vantage_call_lines_free)

/* The next line without its end (LF, CRLF or CR), valid UTF-8; lent until the next call. NULL at
 * the end, and with @error when reading failed. */
const char *vantage_call_lines_next (VantageCallLines *self, GError **error);
/* Number, from 1, and byte offset of the line last given; the offset is -1 where the file is no
 * 8-bit text. */
void vantage_call_lines_get_place (VantageCallLines *self, gint64 *out_line, gint64 *out_offset);
/* Byte offset of what has not been read yet; -1 where the file is no 8-bit text. */
gint64 vantage_call_lines_get_end (VantageCallLines *self);
/* Lines that were no UTF-8, and lines that were too long. */
guint vantage_call_lines_get_n_recoded (VantageCallLines *self);
guint vantage_call_lines_get_n_cut (VantageCallLines *self);

G_END_DECLS
