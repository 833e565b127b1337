/* vantage-call-lines.c: the line scanner: one buffer, one line at a time. */

#include "vantage-call-lines.h"

#include "vantage-text.h"

#include <string.h>

#define CHUNK (64 * 1024)

struct _VantageCallLines
{
  GInputStream *stream;
  GCancellable *cancellable;
  char *buffer;
  gsize at, end; /* unread bytes of the buffer */
  gboolean started, ended, wide, after_cr;

  GString *line;
  gint64 number, offset, next_offset;
  gboolean line_cut;
  guint n_recoded, n_cut;
};

const char *
vantage_call_lines_find_charset (const char *head, gsize length)
{
  if (length < 2)
    return NULL;
  return memcmp (head, "\xff\xfe", 2) == 0   ? "UTF-16LE"
         : memcmp (head, "\xfe\xff", 2) == 0 ? "UTF-16BE"
                                             : NULL;
}

VantageCallLines *
vantage_call_lines_new (GInputStream *stream, const char *charset, GCancellable *cancellable)
{
  VantageCallLines *self = g_new0 (VantageCallLines, 1);
  g_autoptr (GCharsetConverter) converter =
      charset != NULL ? g_charset_converter_new ("UTF-8", charset, NULL) : NULL;

  self->wide = converter != NULL;
  if (self->wide)
    g_charset_converter_set_use_fallback (converter, TRUE);
  self->stream = self->wide ? g_converter_input_stream_new (stream, G_CONVERTER (converter))
                            : g_object_ref (stream);
  self->cancellable = cancellable;
  self->buffer = g_malloc (CHUNK);
  self->line = g_string_new (NULL);
  return self;
}

void
vantage_call_lines_free (VantageCallLines *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_free (self->buffer);
  g_string_free (self->line, TRUE);
  g_free (self);
}

static gboolean
fill (VantageCallLines *self, GError **error)
{
  gssize n = g_input_stream_read (self->stream, self->buffer, CHUNK, self->cancellable, error);

  self->at = 0;
  self->end = n > 0 ? (gsize) n : 0;
  self->ended = n <= 0;
  return n >= 0;
}

/* Takes the byte order mark off. */
static gboolean
start (VantageCallLines *self, GError **error)
{
  gsize n;

  self->started = TRUE;
  if (!g_input_stream_read_all (self->stream, self->buffer, CHUNK, &n, self->cancellable, error))
    return FALSE;
  self->end = n;
  if (n >= 3 && memcmp (self->buffer, "\xef\xbb\xbf", 3) == 0)
    self->at = 3;
  self->next_offset = (gint64) self->at;
  return TRUE;
}

static void
append (VantageCallLines *self, const char *bytes, gsize length)
{
  gsize room = VANTAGE_CALL_LINE_MAX - self->line->len;

  if (length > room && !self->line_cut)
    {
      self->line_cut = TRUE;
      self->n_cut++;
    }
  g_string_append_len (self->line, bytes, (gssize) MIN (length, room));
}

static const char *
finish_line (VantageCallLines *self)
{
  if (!g_utf8_validate_len (self->line->str, self->line->len, NULL))
    {
      g_autofree char *text =
          g_convert_with_fallback (self->line->str, (gssize) self->line->len, "UTF-8",
                                   "WINDOWS-1252", "\xef\xbf\xbd", NULL, NULL, NULL);

      self->n_recoded++;
      if (text == NULL)
        text = vantage_text_repair (self->line->str, self->line->len, NULL);
      g_string_assign (self->line, text);
    }
  return self->line->str;
}

const char *
vantage_call_lines_next (VantageCallLines *self, GError **error)
{
  gboolean any = FALSE;

  if (!self->started && !start (self, error))
    return NULL;
  g_string_truncate (self->line, 0);
  self->line_cut = FALSE;
  self->offset = self->next_offset;
  for (;;)
    {
      gsize length = 0;
      const char *bytes;

      if (self->at == self->end && (self->ended || !fill (self, error) || self->ended))
        break;
      if (self->after_cr && self->buffer[self->at] == '\n')
        {
          self->at++;
          self->next_offset++;
          self->offset += any ? 0 : 1;
          self->after_cr = FALSE;
          continue;
        }
      self->after_cr = FALSE;
      any = TRUE;
      bytes = self->buffer + self->at;
      while (self->at + length < self->end && bytes[length] != '\n' && bytes[length] != '\r')
        length++;
      append (self, bytes, length);
      self->at += length;
      self->next_offset += (gint64) length;
      if (self->at == self->end)
        continue;
      self->after_cr = self->buffer[self->at] == '\r';
      self->at++;
      self->next_offset++;
      self->number++;
      return finish_line (self);
    }
  if (!any || (error != NULL && *error != NULL))
    return NULL;
  self->number++;
  return finish_line (self);
}

void
vantage_call_lines_get_place (VantageCallLines *self, gint64 *out_line, gint64 *out_offset)
{
  *out_line = self->number;
  *out_offset = self->wide ? -1 : self->offset;
}

gint64
vantage_call_lines_get_end (VantageCallLines *self)
{
  return self->wide ? -1 : self->next_offset;
}

guint
vantage_call_lines_get_n_recoded (VantageCallLines *self)
{
  return self->n_recoded;
}

guint
vantage_call_lines_get_n_cut (VantageCallLines *self)
{
  return self->n_cut;
}
