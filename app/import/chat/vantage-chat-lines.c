/* vantage-chat-lines.c: bytes to lines, one charset a line. */

#include "vantage-chat-lines.h"

#include <string.h>

#define CHUNK (64 * 1024)

struct _VantageChatLines
{
  GInputStream *stream;
  GCancellable *cancellable;
  char *buffer;
  gsize at, filled;
  gboolean begun, ended;

  GString *bytes; /* of the line */
  GString *text;  /* of the line, when it had to be converted */
  VantageChatLine line;
  gint64 offset;
  guint n_recoded;
};

VantageChatLines *
vantage_chat_lines_new (GInputStream *stream, GCancellable *cancellable)
{
  VantageChatLines *self = g_new0 (VantageChatLines, 1);

  self->stream = g_object_ref (stream);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->buffer = g_malloc (CHUNK);
  self->bytes = g_string_new (NULL);
  self->text = g_string_new (NULL);
  return self;
}

VantageChatLines *
vantage_chat_lines_new_for_data (const char *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return vantage_chat_lines_new (stream, NULL);
}

void
vantage_chat_lines_free (VantageChatLines *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_clear_object (&self->cancellable);
  g_free (self->buffer);
  g_string_free (self->bytes, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* ---- bytes ---- */

static gboolean
fill (VantageChatLines *self, GError **error)
{
  gssize n = self->ended ? 0
                         : g_input_stream_read (self->stream, self->buffer, CHUNK,
                                                self->cancellable, error);

  self->at = 0;
  self->filled = n > 0 ? (gsize) n : 0;
  self->ended = n <= 0;
  return n > 0;
}

/* Passes over a byte order mark; a wide one makes the stream one of UTF-8. */
static gboolean
begin (VantageChatLines *self, GError **error)
{
  GBufferedInputStream *head =
      G_BUFFERED_INPUT_STREAM (g_buffered_input_stream_new_sized (self->stream, CHUNK));
  g_autoptr (GCharsetConverter) converter = NULL;
  const char *bytes;
  gsize size;
  gboolean wide;

  self->begun = TRUE;
  g_object_unref (self->stream);
  self->stream = G_INPUT_STREAM (head);
  if (g_buffered_input_stream_fill (head, -1, self->cancellable, error) < 0)
    return FALSE;
  bytes = g_buffered_input_stream_peek_buffer (head, &size);
  if (size >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      self->offset = 3;
      return g_input_stream_skip (self->stream, 3, self->cancellable, error) == 3;
    }
  wide = size >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0);
  if (!wide)
    return TRUE;
  converter =
      g_charset_converter_new ("UTF-8", bytes[0] == '\xff' ? "UTF-16LE" : "UTF-16BE", error);
  if (converter == NULL || g_input_stream_skip (self->stream, 2, self->cancellable, error) != 2)
    return FALSE;
  g_charset_converter_set_use_fallback (converter, TRUE);
  self->stream = g_converter_input_stream_new (self->stream, G_CONVERTER (converter));
  g_object_unref (head);
  return TRUE;
}

/* The next line's bytes. FALSE at the end or with @error. */
static gboolean
read_bytes (VantageChatLines *self, GError **error)
{
  GError *failure = NULL;
  gint64 n_bytes = 0;

  if (!self->begun && !begin (self, error))
    return FALSE;
  g_string_truncate (self->bytes, 0);
  self->line.ended = self->line.too_long = FALSE;
  while (!self->line.ended && (self->at < self->filled || fill (self, &failure)))
    {
      const char *from = self->buffer + self->at;
      const char *end = memchr (from, '\n', self->filled - self->at);
      gsize n = end != NULL ? (gsize) (end - from) : self->filled - self->at;
      gsize room = VANTAGE_CHAT_LINE_MAX - self->bytes->len;

      g_string_append_len (self->bytes, from, (gssize) MIN (n, room));
      self->line.too_long = self->line.too_long || n > room;
      self->line.ended = end != NULL;
      n_bytes += (gint64) n + (end != NULL ? 1 : 0);
      self->at += n + (end != NULL ? 1 : 0);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (n_bytes == 0)
    return FALSE;
  self->line.offset = self->offset;
  self->line.n_bytes = n_bytes;
  self->offset += n_bytes;
  self->line.line++;
  if (self->bytes->len > 0 && self->bytes->str[self->bytes->len - 1] == '\r')
    g_string_truncate (self->bytes, self->bytes->len - 1);
  return TRUE;
}

/* ---- characters ---- */

/* What Windows-1252 has from 0x80 to 0x9f; 0: nothing. */
static const guint16 windows[32] = {
  0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static void
recode (GString *text, const char *bytes, gsize length)
{
  g_string_truncate (text, 0);
  for (gsize i = 0; i < length; i++)
    {
      guchar byte = (guchar) bytes[i];
      gunichar c = byte < 0x80 || byte >= 0xa0 ? byte : windows[byte - 0x80];

      if (byte != 0 && byte < 0x80)
        g_string_append_c (text, (char) byte);
      else
        g_string_append_unichar (text, c != 0 ? c : 0xfffd);
    }
}

static void
put_marks_for_nul (GString *text, const GString *bytes)
{
  g_string_truncate (text, 0);
  for (gsize i = 0; i < bytes->len; i++)
    if (bytes->str[i] == '\0')
      g_string_append (text, "\xef\xbf\xbd");
    else
      g_string_append_c (text, bytes->str[i]);
}

/* Whether @rest, which is not valid, is the beginning of one character. */
static gboolean
is_half_character (const char *rest, gsize length)
{
  return length > 0 && length < 4 &&
         g_utf8_get_char_validated (rest, (gssize) length) == (gunichar) -2;
}

const VantageChatLine *
vantage_chat_lines_next (VantageChatLines *self, GError **error)
{
  const char *stop;
  VantageChatLine *line = &self->line;

  if (!read_bytes (self, error))
    return NULL;
  line->cut_off = FALSE;
  line->text = self->bytes->str;
  line->length = self->bytes->len;
  if (g_utf8_validate_len (line->text, line->length, &stop))
    return line;
  if (!line->ended && self->n_recoded == 0 &&
      is_half_character (stop, line->length - (gsize) (stop - line->text)))
    {
      line->cut_off = TRUE;
      line->length = (gsize) (stop - line->text);
      g_string_truncate (self->bytes, line->length);
      return line;
    }
  put_marks_for_nul (self->text, self->bytes);
  if (!g_utf8_validate_len (self->text->str, self->text->len, NULL))
    {
      recode (self->text, self->bytes->str, self->bytes->len);
      self->n_recoded++;
    }
  line->text = self->text->str;
  line->length = self->text->len;
  return line;
}

guint
vantage_chat_lines_get_n_recoded (VantageChatLines *self)
{
  return self->n_recoded;
}

/* ---- marks ---- */

static const char *
pass_digits (const char *at, guint n)
{
  for (; n > 0 && g_ascii_isdigit (*at); n--)
    at++;
  return at;
}

static const char *
pass_hex (const char *at)
{
  for (guint i = 0; i < 6; i++)
    if (!g_ascii_isxdigit (at[i]))
      return at;
  return at + 6;
}

/* Behind the mark at @at, with its parameters; @at itself when there is none. */
static const char *
pass_mark (const char *at)
{
  const char *end;

  switch (*at)
    {
    case 0x03:
      end = pass_digits (at + 1, 2);
      return end > at + 1 && *end == ',' && g_ascii_isdigit (end[1]) ? pass_digits (end + 1, 2)
                                                                     : end;
    case 0x04:
      end = pass_hex (at + 1);
      return end > at + 1 && *end == ',' && pass_hex (end + 1) > end + 1 ? pass_hex (end + 1) : end;
    case 0x1b:
      if (at[1] != '[')
        return at + 1;
      for (end = at + 2; *end != '\0' && !g_ascii_isalpha (*end); end++)
        ;
      return *end != '\0' ? end + 1 : end;
    case 0x01:
    case 0x02:
    case 0x0f:
    case 0x11:
    case 0x16:
    case 0x1d:
    case 0x1e:
    case 0x1f:
      return at + 1;
    default:
      return at;
    }
}

void
vantage_chat_strip_controls (char *text)
{
  char *out = text;

  for (const char *at = text; *at != '\0';)
    {
      const char *next = pass_mark (at);

      if (next == at)
        *out++ = *at++;
      else
        at = next;
    }
  *out = '\0';
}
