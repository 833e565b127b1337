/* vantage-rows.c: the row scanner: one state machine over bytes, a row at a time. */

#include "vantage-rows.h"

#include "vantage-import.h"
#include "vantage-text.h"

#include <string.h>

#define CHUNK (256 * 1024)

struct _VantageRows
{
  GInputStream *stream;
  GCancellable *cancellable;
  char delimiter;
  gboolean skip_first;

  char *buffer; /* unread bytes are [at, end) */
  gsize at, end, size;
  gboolean ended; /* the stream has no more */
  gint64 base;    /* offset of buffer[0] */
  gint64 line;

  GString *text;     /* fields of the row, each with a NUL */
  GArray *starts;    /* (element-type gsize): of each field in text */
  GPtrArray *fields; /* (element-type utf8): lent to the caller */
  gint64 row_line, row_offset, row_length;
  gboolean open, cut_off, shortened;
  guint n_shortened;
  guint n_recoded;
};

/* ---- dialect ---- */

/* Columns of the first lines with @delimiter, outside quotes; 0 when they differ much. */
static guint
count_columns (const char *head, gsize length, gboolean complete, char delimiter, guint *out_rows)
{
  guint columns = 1, first = 0, rows = 0, same = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length && rows < 100; i++)
    {
      char c = head[i];

      if (c == '"')
        quoted = !quoted;
      else if (!quoted && c == delimiter)
        columns++;
      if ((c == '\n' && !quoted) || (complete && i + 1 == length))
        {
          if (rows == 0)
            first = columns;
          same += columns == first;
          rows++;
          columns = 1;
        }
    }
  *out_rows = rows;
  return rows > 0 && same * 10 >= rows * 6 ? first : 0;
}

static const char *
guess_charset (const char *head, gsize length)
{
  gsize zeros[2] = { 0, 0 };

  if (length >= 2 && memcmp (head, "\xff\xfe", 2) == 0)
    return "UTF-16LE";
  if (length >= 2 && memcmp (head, "\xfe\xff", 2) == 0)
    return "UTF-16BE";
  for (gsize i = 0; i < length; i++)
    zeros[i % 2] += head[i] == '\0';
  if (zeros[1] * 4 > length && zeros[0] == 0)
    return "UTF-16LE";
  if (zeros[0] * 4 > length && zeros[1] == 0)
    return "UTF-16BE";
  return NULL;
}

static gboolean
guess_delimiter (const char *head, gsize length, gboolean complete, VantageDialect *out)
{
  static const char delimiters[] = { ',', ';', '\t', '|' };
  guint best = 1;

  if (length >= 6 && g_ascii_strncasecmp (head, "sep=", 4) == 0 &&
      (head[5] == '\r' || head[5] == '\n'))
    {
      out->delimiter = head[4];
      out->sep_line = TRUE;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      guint rows;
      guint columns = count_columns (head, length, complete, delimiters[i], &rows);

      if (columns > best)
        {
          best = columns;
          out->delimiter = delimiters[i];
        }
    }
  return best >= 2;
}

gboolean
vantage_dialect_guess (const char *head, gsize length, gboolean complete, VantageDialect *out)
{
  g_autofree char *converted = NULL;
  gsize converted_length;

  *out = (VantageDialect){ .charset = guess_charset (head, length) };
  if (out->charset == NULL)
    {
      if (memchr (head, '\0', length) != NULL)
        return FALSE;
      if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
        return guess_delimiter (head + 3, length - 3, complete, out);
      return guess_delimiter (head, length, complete, out);
    }
  converted = g_convert (head, (gssize) (length & ~(gsize) 1), "UTF-8", out->charset, NULL,
                         &converted_length, NULL);
  if (converted == NULL)
    return FALSE;
  return guess_delimiter (g_str_has_prefix (converted, "\xef\xbb\xbf") ? converted + 3 : converted,
                          g_str_has_prefix (converted, "\xef\xbb\xbf") ? converted_length - 3
                                                                       : converted_length,
                          complete, out);
}

/* ---- rows ---- */

VantageRows *
vantage_rows_new (GInputStream *stream, const VantageDialect *dialect, GCancellable *cancellable)
{
  VantageRows *self = g_new0 (VantageRows, 1);

  if (dialect->charset != NULL)
    {
      g_autoptr (GCharsetConverter) converter =
          g_charset_converter_new ("UTF-8", dialect->charset, NULL);

      g_charset_converter_set_use_fallback (converter, TRUE);
      self->stream = g_converter_input_stream_new (stream, G_CONVERTER (converter));
    }
  else
    self->stream = g_object_ref (stream);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->delimiter = dialect->delimiter;
  self->skip_first = dialect->sep_line;
  self->line = 1;
  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->fields = g_ptr_array_new ();
  return self;
}

void
vantage_rows_free (VantageRows *self)
{
  g_object_unref (self->stream);
  g_clear_object (&self->cancellable);
  g_free (self->buffer);
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/* More bytes behind those not read yet. FALSE at the end or with @error. */
static gboolean
fill (VantageRows *self, GError **error)
{
  gssize n;

  if (self->ended)
    return FALSE;
  if (self->at > 0)
    {
      memmove (self->buffer, self->buffer + self->at, self->end - self->at);
      self->base += (gint64) self->at;
      self->end -= self->at;
      self->at = 0;
    }
  if (self->size < self->end + CHUNK)
    {
      self->size = self->end + CHUNK;
      self->buffer = g_realloc (self->buffer, self->size);
    }
  n = g_input_stream_read (self->stream, self->buffer + self->end, CHUNK, self->cancellable, error);
  if (n <= 0)
    {
      self->ended = TRUE;
      return FALSE;
    }
  self->end += (gsize) n;
  if (self->base == 0 && self->at == 0 && self->end >= 3 &&
      memcmp (self->buffer, "\xef\xbb\xbf", 3) == 0)
    self->at = 3;
  return TRUE;
}

/* The next byte, or -1 at the end. */
static inline int
take_byte (VantageRows *self, GError **error)
{
  if (self->at == self->end && !fill (self, error))
    return -1;
  return (guchar) self->buffer[self->at++];
}

static inline int
look_byte (VantageRows *self, GError **error)
{
  if (self->at == self->end && !fill (self, error))
    return -1;
  return (guchar) self->buffer[self->at];
}

static void
begin_field (VantageRows *self)
{
  gsize start = self->text->len;

  g_array_append_val (self->starts, start);
}

static void
end_field (VantageRows *self)
{
  g_string_append_c (self->text, '\0');
}

static void
put_byte (VantageRows *self, int c)
{
  if (self->text->len < VANTAGE_ROW_MAX_BYTES)
    g_string_append_c (self->text, (char) c);
  else
    self->shortened = TRUE;
}

/* Everything of a quoted field after its opening quote. FALSE when the table ends inside. */
static gboolean
read_quoted (VantageRows *self, GError **error)
{
  for (;;)
    {
      int c = take_byte (self, error);

      if (c < 0)
        return FALSE;
      if (c == '"')
        {
          if (look_byte (self, error) != '"')
            return TRUE;
          take_byte (self, error);
        }
      if (c == '\n')
        self->line++;
      if (c != '\0')
        put_byte (self, c);
    }
}

/* One row into text and starts. FALSE at the end of the table. */
static gboolean
read_row (VantageRows *self, GError **error)
{
  gboolean fresh = TRUE; /* at the beginning of a field */
  int c;

  g_string_truncate (self->text, 0);
  g_array_set_size (self->starts, 0);
  self->shortened = FALSE;
  self->row_line = self->line;
  self->row_offset = self->base + (gint64) self->at;
  if (look_byte (self, error) < 0)
    return FALSE;
  begin_field (self);
  while ((c = take_byte (self, error)) >= 0 && c != '\n')
    {
      if (c == '"' && fresh)
        {
          if (!read_quoted (self, error))
            {
              self->cut_off = TRUE;
              return FALSE;
            }
        }
      else if (c == self->delimiter && self->starts->len < VANTAGE_ROW_MAX_FIELDS)
        {
          end_field (self);
          begin_field (self);
        }
      else if (c != '\0' && !(c == '\r' && look_byte (self, error) == '\n'))
        put_byte (self, c);
      fresh = c == self->delimiter;
    }
  end_field (self);
  self->n_shortened += self->shortened;
  self->open = c < 0;
  self->line++;
  self->row_length = self->base + (gint64) self->at - self->row_offset;
  return TRUE;
}

static gboolean
row_is_empty (VantageRows *self)
{
  for (gsize i = 0; i < self->text->len; i++)
    if (self->text->str[i] != '\0' && !g_ascii_isspace (self->text->str[i]))
      return FALSE;
  return TRUE;
}

/* Windows-1252 where a field is not UTF-8; what even that does not know becomes U+FFFD. (transfer
 * full) */
static char *
recode (const char *field)
{
  char *text = g_convert (field, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

  return text != NULL ? text : vantage_text_repair (field, strlen (field), NULL);
}

/* The fields as pointers into text, or into a converted copy of it. */
static void
list_fields (VantageRows *self)
{
  gboolean valid = TRUE;
  g_autoptr (GString) recoded = NULL;

  for (guint i = 0; valid && i < self->starts->len; i++)
    valid = g_utf8_validate (self->text->str + g_array_index (self->starts, gsize, i), -1, NULL);
  if (!valid)
    {
      recoded = g_string_new (NULL);
      self->n_recoded++;
      for (guint i = 0; i < self->starts->len; i++)
        {
          gsize *start = &g_array_index (self->starts, gsize, i);
          const char *field = self->text->str + *start;
          g_autofree char *text =
              g_utf8_validate (field, -1, NULL) ? g_strdup (field) : recode (field);

          *start = recoded->len;
          g_string_append_len (recoded, text, (gssize) strlen (text) + 1);
        }
      g_string_truncate (self->text, 0);
      g_string_append_len (self->text, recoded->str, (gssize) recoded->len);
    }
  g_ptr_array_set_size (self->fields, 0);
  for (guint i = 0; i < self->starts->len; i++)
    g_ptr_array_add (self->fields, self->text->str + g_array_index (self->starts, gsize, i));
}

GPtrArray *
vantage_rows_next (VantageRows *self, GError **error)
{
  GError *failure = NULL;

  do
    {
      if (!read_row (self, &failure))
        {
          if (failure != NULL)
            g_propagate_error (error, failure);
          return NULL;
        }
      if (self->skip_first)
        {
          self->skip_first = FALSE;
          g_string_truncate (self->text, 0);
        }
    }
  while (row_is_empty (self));
  list_fields (self);
  return self->fields;
}

void
vantage_rows_get_place (VantageRows *self, gint64 *out_line, gint64 *out_offset, gint64 *out_length)
{
  *out_line = self->row_line;
  *out_offset = self->row_offset;
  *out_length = self->row_length;
}

gboolean
vantage_rows_is_open (VantageRows *self)
{
  return self->open;
}

guint
vantage_rows_get_n_shortened (VantageRows *self)
{
  return self->n_shortened;
}

gboolean
vantage_rows_is_cut_off (VantageRows *self)
{
  return self->cut_off;
}

guint
vantage_rows_get_n_recoded (VantageRows *self)
{
  return self->n_recoded;
}
