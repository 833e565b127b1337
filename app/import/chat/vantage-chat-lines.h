/* vantage-chat-lines.h: a text file as a stream of lines: any line end, UTF-16 with a mark, and
 * where a line is not UTF-8, Windows-1252 for that line alone. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define VANTAGE_CHAT_LINE_MAX (4 * 1024 * 1024)

typedef struct
{
  char *text; /* valid UTF-8 without NUL and without the line's end; lent until the next call */
  gsize length;
  gint64 line;   /* from 1 */
  gint64 offset; /* of its first byte */
  gint64 n_bytes;
  gboolean ended;    /* by a line end; only the last line of a file can lack it */
  gboolean cut_off;  /* the file ends inside a character of it */
  gboolean too_long; /* longer than the limit; text holds its beginning */
} VantageChatLine;

typedef struct _VantageChatLines VantageChatLines;

VantageChatLines *vantage_chat_lines_new (GInputStream *stream, GCancellable *cancellable);
/* Copies @data. */
VantageChatLines *vantage_chat_lines_new_for_data (const char *data, gsize size);
void vantage_chat_lines_free (VantageChatLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VantageChatLines, vantage_chat_lines_free)

/* NULL at the end, and with @error when reading failed. */
const VantageChatLine *vantage_chat_lines_next (VantageChatLines *self, GError **error);
/* Lines that were not UTF-8. */
guint vantage_chat_lines_get_n_recoded (VantageChatLines *self);

/* @text without what paints it: bold, colours and other marks of IRC, escapes of terminals; in
 * place. Tabs stay. */
void vantage_chat_strip_controls (char *text);

G_END_DECLS
