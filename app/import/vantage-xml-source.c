/* vantage-xml-source.c: control characters, bytes that are not UTF-8 and references that XML does
 * not know, settled before a parser stumbles over them; and a look at what stands before the first
 * element, so that no document brings entities of its own. */

#include "vantage-xml-source.h"

#include "vantage-import.h"

#include <string.h>

#define CHUNK (64 * 1024)
#define LOOKAHEAD 16                                    /* bytes that a decision may need */
#define MAX_TEXT (G_GINT64_CONSTANT (64) * 1024 * 1024) /* bytes without any markup */

struct _VantageXmlSource
{
  GInputStream *stream;
  GCancellable *cancellable;
  GError *failure;
  GByteArray *in;  /* not settled yet */
  GByteArray *out; /* settled; given up to out_at */
  gsize out_at;
  gboolean ended; /* the stream has no more */
  gboolean utf8;
  gboolean in_cdata;
  gint64 text; /* bytes since the last markup */
  guint n_lines_before, n_repaired;
};

VantageXmlSource *
vantage_xml_source_new (GInputStream *stream, GCancellable *cancellable)
{
  VantageXmlSource *self = g_new0 (VantageXmlSource, 1);

  self->stream = g_object_ref (stream);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->in = g_byte_array_new ();
  self->out = g_byte_array_new ();
  self->utf8 = TRUE;
  return self;
}

void
vantage_xml_source_free (VantageXmlSource *self)
{
  g_object_unref (self->stream);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->failure);
  g_byte_array_unref (self->in);
  g_byte_array_unref (self->out);
  g_free (self);
}

/* More bytes behind those in hand. FALSE at the end or with failure. */
static gboolean
fill (VantageXmlSource *self)
{
  guint had = self->in->len;
  gssize n;

  if (self->ended || self->failure != NULL)
    return FALSE;
  g_byte_array_set_size (self->in, had + CHUNK);
  n = g_input_stream_read (self->stream, self->in->data + had, CHUNK, self->cancellable,
                           &self->failure);
  g_byte_array_set_size (self->in, had + (guint) MAX (n, 0));
  self->ended = n <= 0;
  return n > 0;
}

/* ---- before the first element ---- */

static void
convert_utf16 (VantageXmlSource *self)
{
  const char *charset = self->in->len < 2                             ? NULL
                        : memcmp (self->in->data, "\xff\xfe", 2) == 0 ? "UTF-16LE"
                        : memcmp (self->in->data, "\xfe\xff", 2) == 0 ? "UTF-16BE"
                                                                      : NULL;
  g_autoptr (GCharsetConverter) converter = NULL;
  g_autoptr (GInputStream) rest = NULL;
  g_autoptr (GInputStream) begin = NULL;
  g_autoptr (GBytes) head = NULL;

  if (charset == NULL)
    return;
  /* what was read and what was not, one after the other */
  while (self->in->len < 64 * CHUNK && fill (self))
    ;
  if (self->failure != NULL)
    return;
  head = g_bytes_new (self->in->data + 2, self->in->len - 2);
  begin = g_memory_input_stream_new_from_bytes (head);
  converter = g_charset_converter_new ("UTF-8", charset, NULL);
  g_charset_converter_set_use_fallback (converter, TRUE);
  rest = g_converter_input_stream_new (begin, G_CONVERTER (converter));
  g_set_object (&self->stream, rest);
  g_byte_array_set_size (self->in, 0);
  self->ended = FALSE;
}

static gboolean
refuse (GError **error, VantageImportError code, const char *sentence)
{
  g_set_error_literal (error, VANTAGE_IMPORT_ERROR, code, sentence);
  return FALSE;
}

/* The encoding that the declaration [p, end) names is one that bytes are settled in. */
static gboolean
is_utf8_declared (const char *p, const char *end)
{
  g_autofree char *text = g_ascii_strdown (p, end - p);
  const char *encoding = strstr (text, "encoding");

  return encoding == NULL || strstr (encoding, "utf-8") != NULL ||
         strstr (encoding, "utf8") != NULL || strstr (encoding, "utf-16") != NULL ||
         strstr (encoding, "ascii") != NULL;
}

/* Passes over declarations, comments and white space. Returns the first element; NULL with
 * @error. */
static const char *
find_element (VantageXmlSource *self, const char *p, const char *end, GError **error)
{
  while (p < end)
    {
      const char *close = NULL;

      if (g_ascii_isspace (*p))
        {
          p++;
          continue;
        }
      if (*p != '<' || end - p < 4)
        break;
      if (p[1] == '?')
        {
          close = g_strstr_len (p, end - p, "?>");
          if (close != NULL && memcmp (p, "<?xm", 4) == 0)
            self->utf8 = is_utf8_declared (p, close);
        }
      else if (memcmp (p, "<!--", 4) == 0)
        close = g_strstr_len (p + 4, end - p - 4, "-->");
      else if (p[1] == '!')
        {
          close = memchr (p, '>', (gsize) (end - p));
          if (close != NULL && memchr (p, '[', (gsize) (close - p)) != NULL)
            {
              refuse (error, VANTAGE_IMPORT_ERROR_UNSAFE,
                      "the XML declares entities or elements of its own, which no export does");
              return NULL;
            }
        }
      else if (g_ascii_isalpha (p[1]) || p[1] == '_' || (guchar) p[1] >= 0x80)
        return p;
      if (close == NULL)
        break;
      p = close + (*close == '?' ? 2 : *close == '-' ? 3 : 1);
    }
  refuse (error, VANTAGE_IMPORT_ERROR_DAMAGED, "the XML has no first element");
  return NULL;
}

gboolean
vantage_xml_source_prepare (VantageXmlSource *self, GError **error)
{
  const char *begin, *document;

  while (self->in->len < CHUNK && fill (self))
    ;
  convert_utf16 (self);
  while (self->in->len < CHUNK && fill (self))
    ;
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return FALSE;
    }
  begin = (const char *) self->in->data;
  document = self->in->len > 0 ? memchr (begin, '<', self->in->len) : NULL;
  if (document == NULL)
    return refuse (error, VANTAGE_IMPORT_ERROR_DAMAGED, "the XML has no first element");
  if (find_element (self, document, begin + self->in->len, error) == NULL)
    return FALSE;
  for (const char *p = begin; p < document; p++)
    self->n_lines_before += *p == '\n';
  g_byte_array_remove_range (self->in, 0, (guint) (document - begin));
  return TRUE;
}

/* ---- settling ---- */

static void
put (VantageXmlSource *self, const char *bytes, gsize length)
{
  g_byte_array_append (self->out, (const guint8 *) bytes, (guint) length);
}

static gboolean
is_allowed (guint64 code)
{
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code <= 0xd7ff) ||
         (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

/* The reference at @p, an ampersand. Returns how many bytes it has. */
static gsize
settle_reference (VantageXmlSource *self, const char *p, gsize left)
{
  static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
  const char *end = memchr (p, ';', MIN (left, 12));

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (left >= strlen (known[i]) && memcmp (p, known[i], strlen (known[i])) == 0)
      {
        put (self, p, strlen (known[i]));
        return strlen (known[i]);
      }
  if (end != NULL && p[1] == '#' && end - p > 2)
    {
      gboolean hex = p[2] == 'x';
      char *stop = NULL;
      guint64 code = g_ascii_isxdigit (p[hex ? 3 : 2])
                         ? g_ascii_strtoull (p + (hex ? 3 : 2), &stop, hex ? 16 : 10)
                         : 0;

      if (stop == end && is_allowed (code))
        {
          put (self, p, (gsize) (end + 1 - p));
          return (gsize) (end + 1 - p);
        }
      if (stop == end)
        {
          self->n_repaired++;
          return (gsize) (end + 1 - p);
        }
    }
  put (self, "&amp;", 5);
  return 1;
}

/* A byte over 0x7f, or the character that it begins. Returns how many bytes it has. */
static gsize
settle_character (VantageXmlSource *self, const char *p, gsize left)
{
  gunichar code = g_utf8_get_char_validated (p, (gssize) MIN (left, 6));

  if (code != (gunichar) -1 && code != (gunichar) -2 && is_allowed (code))
    {
      gsize length = (gsize) (g_utf8_next_char (p) - p);

      put (self, p, length);
      return length;
    }
  put (self, "\xef\xbf\xbd", 3);
  self->n_repaired++;
  return 1;
}

static gsize
settle_one (VantageXmlSource *self, const char *p, gsize left)
{
  guchar c = (guchar) *p;

  self->text = c == '<' && !self->in_cdata ? 0 : self->text + 1;
  if (self->in_cdata && c == ']' && left >= 3 && memcmp (p, "]]>", 3) == 0)
    self->in_cdata = FALSE;
  else if (c == '<' && left >= 9 && memcmp (p, "<![CDATA[", 9) == 0)
    self->in_cdata = TRUE;
  if (c == '&' && !self->in_cdata)
    return settle_reference (self, p, left);
  if (c >= 0x80 && self->utf8)
    return settle_character (self, p, left);
  if (c < 0x20 && !is_allowed (c))
    self->n_repaired++;
  else
    put (self, p, 1);
  return 1;
}

static void
settle (VantageXmlSource *self)
{
  gsize at = 0;

  g_byte_array_set_size (self->out, 0);
  self->out_at = 0;
  while (self->out->len == 0 && self->failure == NULL)
    {
      if (self->in->len < CHUNK)
        fill (self);
      /* a byte behind the last one, for numbers that are read to their end */
      g_byte_array_append (self->in, (const guint8 *) "", 1);
      for (at = 0; at + 1 < self->in->len && (self->ended || at + 1 + LOOKAHEAD < self->in->len);)
        at += settle_one (self, (const char *) self->in->data + at, self->in->len - 1 - at);
      g_byte_array_set_size (self->in, self->in->len - 1);
      g_byte_array_remove_range (self->in, 0, (guint) at);
      if (at == 0 && self->ended)
        return;
      if (self->text > MAX_TEXT)
        g_set_error (&self->failure, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
                     "the XML has a text larger than any real one");
    }
}

int
vantage_xml_source_read (gpointer data, char *buffer, int length)
{
  VantageXmlSource *self = data;
  gsize n;

  if (self->out_at == self->out->len)
    settle (self);
  if (self->failure != NULL)
    return -1;
  n = MIN ((gsize) length, self->out->len - self->out_at);
  if (n > 0)
    memcpy (buffer, self->out->data + self->out_at, n);
  self->out_at += n;
  return (int) n;
}

gboolean
vantage_xml_source_is_utf8 (VantageXmlSource *self)
{
  return self->utf8;
}

const GError *
vantage_xml_source_get_failure (VantageXmlSource *self)
{
  return self->failure;
}

gboolean
vantage_xml_source_is_at_end (VantageXmlSource *self)
{
  return self->ended && self->in->len == 0 && self->out_at == self->out->len;
}

guint
vantage_xml_source_get_n_lines_before (VantageXmlSource *self)
{
  return self->n_lines_before;
}

guint
vantage_xml_source_get_n_repaired (VantageXmlSource *self)
{
  return self->n_repaired;
}
