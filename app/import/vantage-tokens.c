#include "vantage-tokens.h"

#include <string.h>

#include "vantage-import.h"
#include "vantage-scan.h"
#include "vantage-text.h"

#define FIRST_WINDOW (64 * 1024)

const VantageTokensLimits vantage_tokens_limits = { 64 * 1024 * 1024, 4 * 1000 * 1000, 200 };

typedef enum
{
  AT_VALUE,        /* after a name or a comma of an array */
  AT_VALUE_OR_END, /* after "[" */
  AT_NAME,         /* after a comma of an object */
  AT_NAME_OR_END,  /* after "{" */
  AT_SEPARATOR,    /* after a value in a container */
  AT_TOP,          /* between values of the outermost level */
} Place;

struct _VantageTokens
{
  GInputStream *stream;
  GCancellable *cancellable;
  GConverter *charset; /* when the bytes are UTF-16 */
  GByteArray *undecoded;
  VantageTokensLimits limits;

  char *window; /* and padding */
  gsize n_window, allocated;
  gsize at;       /* of the cursor, in the window */
  gint64 base;    /* offset of the window in the document */
  gboolean ended; /* the stream has no more */
  gboolean begun;

  VantageScan scan;
  Place place;
  guint depth;
  guint8 stack[VANTAGE_SCAN_MAX_DEPTH]; /* '{' or '[' */
  char *key;

  GPtrArray *repaired; /* texts of the last record that had bad bytes */
  guint n_repaired, n_bad_bytes;
  gint64 extent_offset, extent_length;
  gboolean passed_over, cut_off;
  gint64 error_offset;
  GError *error;
};

static VantageTokens *
tokens_new (gsize allocated)
{
  VantageTokens *self = g_new0 (VantageTokens, 1);

  self->limits = vantage_tokens_limits;
  self->allocated = allocated;
  self->window = g_malloc (allocated + VANTAGE_SCAN_PADDING);
  memset (self->window, 0, VANTAGE_SCAN_PADDING);
  self->repaired = g_ptr_array_new_with_free_func (g_free);
  self->place = AT_TOP;
  return self;
}

VantageTokens *
vantage_tokens_new (GInputStream *stream, GCancellable *cancellable)
{
  VantageTokens *self = tokens_new (FIRST_WINDOW);

  self->stream = g_object_ref (stream);
  if (cancellable != NULL)
    self->cancellable = g_object_ref (cancellable);
  return self;
}

VantageTokens *
vantage_tokens_new_for_data (const char *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return vantage_tokens_new (stream, NULL);
}

void
vantage_tokens_set_limits (VantageTokens *self, const VantageTokensLimits *limits)
{
  self->limits = *limits;
  self->limits.max_depth = MIN (limits->max_depth, VANTAGE_SCAN_MAX_DEPTH);
}

void
vantage_tokens_free (VantageTokens *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->charset);
  g_clear_pointer (&self->undecoded, g_byte_array_unref);
  g_ptr_array_unref (self->repaired);
  vantage_scan_clear (&self->scan);
  g_clear_error (&self->error);
  g_free (self->window);
  g_free (self->key);
  g_free (self);
}

/* ---- the window ---- */

static void
fail (VantageTokens *self, gsize at, const char *reason)
{
  if (self->error != NULL)
    return;
  self->error_offset = self->base + (gint64) at;
  g_set_error (&self->error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
               "not valid JSON at byte %" G_GINT64_FORMAT ": %s", self->error_offset, reason);
}

static void
fail_cut_off (VantageTokens *self)
{
  if (self->error != NULL)
    return;
  self->cut_off = TRUE;
  self->error_offset = self->base + (gint64) self->n_window;
  g_set_error (&self->error, VANTAGE_IMPORT_ERROR, VANTAGE_IMPORT_ERROR_DAMAGED,
               "ends in the middle, at byte %" G_GINT64_FORMAT, self->error_offset);
}

/* Makes room behind the cursor: what lies before @keep is dropped. */
static void
make_room (VantageTokens *self, gsize keep)
{
  if (keep > 0)
    {
      memmove (self->window, self->window + keep, self->n_window - keep);
      self->n_window -= keep;
      self->at -= keep;
      self->base += (gint64) keep;
    }
  if (self->allocated - self->n_window < self->allocated / 4)
    {
      self->allocated *= 2;
      self->window = g_realloc (self->window, self->allocated + VANTAGE_SCAN_PADDING);
    }
}

static gssize
read_bytes (VantageTokens *self, char *into, gsize size)
{
  gssize n = g_input_stream_read (self->stream, into, size, self->cancellable, &self->error);

  if (n < 0)
    self->error_offset = self->base + (gint64) self->n_window;
  return n;
}

/* As read_bytes(), for UTF-16. */
static gssize
read_converted (VantageTokens *self, char *into, gsize size)
{
  for (;;)
    {
      guint8 chunk[32 * 1024];
      gsize n_read = 0, n_written = 0;
      gssize n;
      GConverterResult result;
      g_autoptr (GError) error = NULL;

      n = read_bytes (self, (char *) chunk, sizeof chunk);
      if (n < 0)
        return n;
      g_byte_array_append (self->undecoded, chunk, (guint) n);
      if (self->undecoded->len == 0)
        return 0;
      result = g_converter_convert (self->charset, self->undecoded->data, self->undecoded->len,
                                    into, size, n == 0 ? G_CONVERTER_INPUT_AT_END : 0, &n_read,
                                    &n_written, &error);
      if (result == G_CONVERTER_ERROR &&
          !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        {
          g_propagate_error (&self->error, g_steal_pointer (&error));
          return -1;
        }
      g_byte_array_remove_range (self->undecoded, 0, (guint) n_read);
      if (n_written > 0 || n == 0)
        return (gssize) n_written;
    }
}

/* What a byte order mark at the beginning says. */
static gboolean
take_byte_order_mark (VantageTokens *self)
{
  const guchar *head = (const guchar *) self->window;
  const char *charset = NULL;

  if (self->n_window >= 3 && head[0] == 0xef && head[1] == 0xbb && head[2] == 0xbf)
    {
      self->at = 3;
      return TRUE;
    }
  if (self->n_window >= 2 && head[0] == 0xff && head[1] == 0xfe)
    charset = "UTF-16LE";
  else if (self->n_window >= 2 && head[0] == 0xfe && head[1] == 0xff)
    charset = "UTF-16BE";
  if (charset == NULL)
    return TRUE;

  self->charset = G_CONVERTER (g_charset_converter_new ("UTF-8", charset, &self->error));
  if (self->charset == NULL)
    return FALSE;
  g_charset_converter_set_use_fallback (G_CHARSET_CONVERTER (self->charset), TRUE);
  self->undecoded = g_byte_array_new ();
  g_byte_array_append (self->undecoded, head + 2, (guint) self->n_window - 2);
  self->n_window = 0;
  return TRUE;
}

/* Reads more behind the window, keeping what begins at @keep. FALSE: nothing more, or an error. */
static gboolean
fill (VantageTokens *self, gsize keep)
{
  gssize n;

  if (self->ended || self->error != NULL)
    return FALSE;
  make_room (self, keep);
  if (self->charset != NULL)
    n = read_converted (self, self->window + self->n_window, self->allocated - self->n_window);
  else
    n = read_bytes (self, self->window + self->n_window, self->allocated - self->n_window);
  if (n <= 0)
    {
      self->ended = TRUE;
      memset (self->window + self->n_window, 0, VANTAGE_SCAN_PADDING);
      return FALSE;
    }
  self->n_window += (gsize) n;
  memset (self->window + self->n_window, 0, VANTAGE_SCAN_PADDING);
  return TRUE;
}

static void
begin (VantageTokens *self)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  while (self->n_window < 3 && fill (self, 0))
    continue;
  if (!take_byte_order_mark (self))
    self->ended = TRUE;
}

/* The next byte that is no white space; 0 at the end (and at a NUL in the document). */
static char
look (VantageTokens *self)
{
  begin (self);
  for (;;)
    {
      char *stopped = vantage_scan_space (self->window + self->at, self->window + self->n_window);

      self->at = (gsize) (stopped - self->window);
      if (self->at < self->n_window)
        return *stopped;
      if (!fill (self, self->at))
        return 0;
    }
}

/* ---- the cursor ---- */

static VantageToken
wrong (VantageTokens *self, const char *reason)
{
  if (self->error == NULL && self->at >= self->n_window && self->ended)
    fail_cut_off (self);
  else
    fail (self, self->at, reason);
  return VANTAGE_TOKEN_ERROR;
}

static VantageToken
judge_value (VantageTokens *self, char byte)
{
  if (byte == '{')
    return VANTAGE_TOKEN_BEGIN_OBJECT;
  if (byte == '[')
    return VANTAGE_TOKEN_BEGIN_ARRAY;
  if (byte == '"' || byte == '-' || g_ascii_isdigit (byte) || byte == 't' || byte == 'f' ||
      byte == 'n')
    return VANTAGE_TOKEN_VALUE;
  return wrong (self, "something else where a value should be");
}

/* At a comma or the end of a container: takes the comma. */
static gboolean
take_separator (VantageTokens *self, char byte, VantageToken *out_end)
{
  gboolean object = self->stack[self->depth - 1] == '{';

  if (byte == (object ? '}' : ']'))
    *out_end = object ? VANTAGE_TOKEN_END_OBJECT : VANTAGE_TOKEN_END_ARRAY;
  else if (byte != ',')
    *out_end = wrong (self, "neither a comma nor the end of the list");
  else
    {
      self->at++;
      self->place = object ? AT_NAME : AT_VALUE;
      return TRUE;
    }
  return FALSE;
}

VantageToken
vantage_tokens_peek (VantageTokens *self)
{
  char byte;
  VantageToken end;

  if (self->error != NULL)
    return VANTAGE_TOKEN_ERROR;
  byte = look (self);
  if (self->error != NULL)
    return VANTAGE_TOKEN_ERROR;
  if (self->place == AT_SEPARATOR)
    {
      if (!take_separator (self, byte, &end))
        return end;
      byte = look (self);
    }
  switch (self->place)
    {
    case AT_TOP:
      if (self->at >= self->n_window)
        return self->error != NULL ? VANTAGE_TOKEN_ERROR : VANTAGE_TOKEN_END;
      return judge_value (self, byte);
    case AT_NAME_OR_END:
      if (byte == '}')
        return VANTAGE_TOKEN_END_OBJECT;
      G_GNUC_FALLTHROUGH;
    case AT_NAME:
      if (byte == '"')
        return VANTAGE_TOKEN_KEY;
      return wrong (self, "something else where a member's name should be");
    case AT_VALUE_OR_END:
      if (byte == ']')
        return VANTAGE_TOKEN_END_ARRAY;
      G_GNUC_FALLTHROUGH;
    default:
      return judge_value (self, byte);
    }
}

static void
value_done (VantageTokens *self)
{
  self->place = self->depth == 0 ? AT_TOP : AT_SEPARATOR;
}

/* Passes over a value that is too large, looking only at brackets and quotes. */
static void
pass_over (VantageTokens *self)
{
  guint depth = 0;
  gboolean quoted = FALSE, escaped = FALSE;

  self->passed_over = TRUE;
  for (;;)
    {
      for (; self->at < self->n_window; self->at++)
        {
          char byte = self->window[self->at];

          if (quoted)
            {
              quoted = escaped || byte != '"';
              escaped = !escaped && byte == '\\';
            }
          else if (byte == '"')
            quoted = TRUE;
          else if (byte == '{' || byte == '[')
            depth++;
          else if (byte == '}' || byte == ']')
            depth--;
          else
            continue;
          if (depth == 0 && !quoted)
            {
              self->at++;
              return;
            }
        }
      if (!fill (self, self->at))
        {
          if (self->error == NULL)
            fail_cut_off (self);
          return;
        }
    }
}

static void
repair_bad_bytes (VantageTokens *self)
{
  for (guint32 i = 0; i < self->scan.n_nodes; i++)
    {
      VantageNode *node = &self->scan.nodes[i];
      char *text;

      if ((node->flags & VANTAGE_NODE_BAD_BYTES) == 0)
        continue;
      node->flags &= ~VANTAGE_NODE_BAD_BYTES;
      vantage_node_get_text (node);
      text = vantage_text_repair (node->text, node->length, NULL);
      g_ptr_array_add (self->repaired, text);
      node->text = text;
      node->length = (guint32) strlen (text);
    }
}

/* A number at the top may be followed at once by a byte of the next value. */
static void
keep_next_byte (VantageTokens *self)
{
  VantageNode *node = self->scan.nodes;
  char *text;

  if (node->type != VANTAGE_NODE_NUMBER)
    return;
  text = g_strndup (node->text, node->length);
  g_ptr_array_add (self->repaired, text);
  node->text = text;
  node->flags |= VANTAGE_NODE_READY;
}

/* Scans at the cursor until the whole value is in the window. */
static VantageScanStatus
scan_whole (VantageTokens *self, gboolean name)
{
  for (;;)
    {
      char *from = self->window + self->at, *end = self->window + self->n_window;
      VantageScanStatus status;

      self->scan.max_nodes = self->limits.max_nodes;
      self->scan.max_depth = self->limits.max_depth;
      status = name ? vantage_scan_string (&self->scan, from, end)
                    : vantage_scan_value (&self->scan, from, end, self->ended);
      if (status != VANTAGE_SCAN_MORE)
        return status;
      if (self->n_window - self->at >= self->limits.max_record)
        return VANTAGE_SCAN_MANY;
      if (self->ended)
        return VANTAGE_SCAN_MORE;
      fill (self, self->at);
    }
}

static void
explain (VantageTokens *self, VantageScanStatus status)
{
  if (self->error != NULL)
    return;
  if (status == VANTAGE_SCAN_MORE)
    fail_cut_off (self);
  else
    fail (self, (gsize) (self->scan.at - self->window),
          self->scan.reason != NULL ? self->scan.reason : "too much for one record");
}

VantageNode *
vantage_tokens_read (VantageTokens *self)
{
  VantageScanStatus status;

  self->passed_over = FALSE;
  if (vantage_tokens_peek (self) < VANTAGE_TOKEN_VALUE)
    return NULL;
  g_ptr_array_set_size (self->repaired, 0);
  self->extent_offset = self->base + (gint64) self->at;
  status = scan_whole (self, FALSE);
  if (status == VANTAGE_SCAN_MANY || status == VANTAGE_SCAN_DEEP)
    {
      pass_over (self);
      self->extent_length = self->base + (gint64) self->at - self->extent_offset;
      value_done (self);
      return NULL;
    }
  if (status != VANTAGE_SCAN_OK)
    {
      explain (self, status);
      return NULL;
    }
  self->at = (gsize) (self->scan.at - self->window);
  self->extent_length = self->base + (gint64) self->at - self->extent_offset;
  self->n_repaired += self->scan.n_repaired;
  if (self->scan.n_bad_bytes > 0)
    {
      self->n_bad_bytes += self->scan.n_bad_bytes;
      repair_bad_bytes (self);
    }
  keep_next_byte (self);
  value_done (self);
  return self->scan.nodes;
}

static VantageToken
take_name (VantageTokens *self)
{
  VantageScanStatus status = scan_whole (self, TRUE);

  if (status != VANTAGE_SCAN_OK)
    {
      explain (self, status);
      return VANTAGE_TOKEN_ERROR;
    }
  self->at = (gsize) (self->scan.at - self->window);
  if (self->scan.n_bad_bytes > 0)
    repair_bad_bytes (self);
  g_free (self->key);
  self->key = g_strdup (vantage_node_get_text (self->scan.nodes));
  if (look (self) != ':')
    return wrong (self, "no colon after a member's name");
  self->at++;
  self->place = AT_VALUE;
  return VANTAGE_TOKEN_KEY;
}

static VantageToken
enter (VantageTokens *self, VantageToken token)
{
  gboolean object = token == VANTAGE_TOKEN_BEGIN_OBJECT;

  if (self->depth >= self->limits.max_depth)
    {
      fail (self, self->at, "too many levels");
      return VANTAGE_TOKEN_ERROR;
    }
  self->stack[self->depth++] = object ? '{' : '[';
  self->at++;
  self->place = object ? AT_NAME_OR_END : AT_VALUE_OR_END;
  return token;
}

VantageToken
vantage_tokens_next (VantageTokens *self)
{
  VantageToken token = vantage_tokens_peek (self);

  switch (token)
    {
    case VANTAGE_TOKEN_KEY:
      return take_name (self);
    case VANTAGE_TOKEN_BEGIN_OBJECT:
    case VANTAGE_TOKEN_BEGIN_ARRAY:
      return enter (self, token);
    case VANTAGE_TOKEN_END_OBJECT:
    case VANTAGE_TOKEN_END_ARRAY:
      self->depth--;
      self->at++;
      value_done (self);
      return token;
    case VANTAGE_TOKEN_VALUE:
      vantage_tokens_read (self);
      return self->error != NULL ? VANTAGE_TOKEN_ERROR : token;
    default:
      return token;
    }
}

const char *
vantage_tokens_get_key (VantageTokens *self)
{
  return self->key;
}

gboolean
vantage_tokens_get_passed_over (VantageTokens *self)
{
  return self->passed_over;
}

gboolean
vantage_tokens_skip (VantageTokens *self)
{
  guint outer = self->depth;

  if (vantage_tokens_peek (self) < VANTAGE_TOKEN_VALUE)
    return FALSE;
  do
    {
      VantageToken token = vantage_tokens_next (self);

      if (token == VANTAGE_TOKEN_ERROR)
        return FALSE;
    }
  while (self->depth > outer);
  return TRUE;
}

VantageNode *
vantage_tokens_read_head (VantageTokens *self)
{
  VantageScanStatus status;

  if (vantage_tokens_peek (self) < VANTAGE_TOKEN_VALUE)
    return NULL;
  g_ptr_array_set_size (self->repaired, 0);
  status = scan_whole (self, FALSE);
  vantage_scan_close (&self->scan);
  if (self->scan.n_nodes == 0)
    return NULL;
  repair_bad_bytes (self);
  if (status == VANTAGE_SCAN_OK)
    keep_next_byte (self);
  return self->scan.nodes;
}

gboolean
vantage_tokens_recover_line (VantageTokens *self)
{
  if (self->error == NULL || self->error->domain != VANTAGE_IMPORT_ERROR)
    return FALSE;
  /* The line on which the bad value begins is given up, not that on which it was noticed. */
  g_clear_error (&self->error);
  self->cut_off = FALSE;
  self->depth = 0;
  self->place = AT_TOP;
  for (;;)
    {
      char *line_end = memchr (self->window + self->at, '\n', self->n_window - self->at);

      if (line_end != NULL)
        {
          self->at = (gsize) (line_end - self->window) + 1;
          return TRUE;
        }
      self->at = self->n_window;
      if (!fill (self, self->at))
        return FALSE;
    }
}

const GError *
vantage_tokens_get_error (VantageTokens *self)
{
  return self->error;
}

gboolean
vantage_tokens_is_cut_off (VantageTokens *self)
{
  return self->cut_off;
}

gint64
vantage_tokens_get_offset (VantageTokens *self)
{
  return self->error != NULL ? self->error_offset : self->base + (gint64) self->at;
}

void
vantage_tokens_get_extent (VantageTokens *self, gint64 *out_offset, gint64 *out_length)
{
  *out_offset = self->extent_offset;
  *out_length = self->extent_length;
}

guint
vantage_tokens_get_n_repaired (VantageTokens *self)
{
  return self->n_repaired;
}

guint
vantage_tokens_get_n_bad_bytes (VantageTokens *self)
{
  return self->n_bad_bytes;
}
