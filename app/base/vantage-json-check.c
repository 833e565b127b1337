/* vantage-json-check.c: the strict scanner that stands before json-glib. It keeps its own stack, so
 * no nesting can exhaust that of the program. */

#include "vantage-json.h"

#include <math.h>
#include <string.h>

#define MAX_INTEGER G_GINT64_CONSTANT (9007199254740992) /* 2^53 */
#define FEW_KEYS 12
#define MAX_NUMBER_LENGTH 64

G_DEFINE_QUARK (vantage_json_error, vantage_json_error)

const VantageJsonLimits vantage_json_wire_limits = { 4 * 1024 * 1024, 16, 200000 };
const VantageJsonLimits vantage_json_file_limits = { 64 * 1024 * 1024, 64, 20000000 };

typedef struct
{
  const char *text; /* as it means; lent by the input or by `decoded` */
  gsize length;
  gsize offset; /* of its opening quote */
} Key;

typedef struct
{
  char closer; /* ']' or '}' */
  guint first_key;
} Level;

typedef struct
{
  const char *begin, *at, *end;
  const VantageJsonLimits *limits;
  guint n_tokens;
  GArray *levels;     /* of Level */
  GArray *keys;       /* of Key, of all open objects */
  GPtrArray *decoded; /* keys that had escapes; NULL until one has */
} Scanner;

static gboolean
fail (const Scanner *self, int code, const char *what, GError **error)
{
  g_set_error (error, VANTAGE_JSON_ERROR, code, "%s at byte %" G_GSIZE_FORMAT, what,
               (gsize) (self->at - self->begin));
  return FALSE;
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end &&
         (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t'))
    self->at++;
}

static gboolean
count_token (Scanner *self, GError **error)
{
  if (++self->n_tokens > self->limits->max_tokens)
    return fail (self, VANTAGE_JSON_ERROR_TOO_LARGE, "too many values", error);
  return TRUE;
}

static gboolean
read_hex4 (Scanner *self, guint *out)
{
  guint number = 0;

  if (self->end - self->at < 4)
    return FALSE;
  for (int i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (self->at[i]))
        return FALSE;
      number = number << 4 | (guint) g_ascii_xdigit_value (self->at[i]);
    }
  self->at += 4;
  *out = number;
  return TRUE;
}

/* After "\u". */
static gboolean
scan_unicode_escape (Scanner *self, GString *decoded, GError **error)
{
  guint code, low;

  if (!read_hex4 (self, &code))
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "four hex digits are missing", error);
  if (code == 0)
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a NUL character", error);
  if (code >= 0xdc00 && code <= 0xdfff)
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "half a surrogate pair", error);
  if (code >= 0xd800 && code <= 0xdbff)
    {
      if (self->end - self->at < 6 || self->at[0] != '\\' || self->at[1] != 'u')
        return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "half a surrogate pair", error);
      self->at += 2;
      if (!read_hex4 (self, &low) || low < 0xdc00 || low > 0xdfff)
        return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "half a surrogate pair", error);
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
  if (decoded != NULL)
    g_string_append_unichar (decoded, code);
  return TRUE;
}

/* After the backslash. */
static gboolean
scan_escape (Scanner *self, GString *decoded, GError **error)
{
  static const char names[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *name;

  if (self->at == self->end)
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "the text ends inside a string", error);
  if (*self->at == 'u')
    {
      self->at++;
      return scan_unicode_escape (self, decoded, error);
    }
  name = *self->at != '\0' ? strchr (names, *self->at) : NULL;
  if (name == NULL)
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "an unknown escape", error);
  if (decoded != NULL)
    g_string_append_c (decoded, meanings[name - names]);
  self->at++;
  return TRUE;
}

/* Bytes that need no look: neither quote, backslash nor control. */
static void
skip_plain (Scanner *self)
{
  while (self->at < self->end && *self->at != '"' && *self->at != '\\' &&
         (guchar) *self->at >= 0x20)
    self->at++;
}

/* At the opening quote; leaves after the closing one. @decoded: (nullable): what it means. */
static gboolean
scan_string (Scanner *self, GString *decoded, gboolean *out_escaped, GError **error)
{
  *out_escaped = FALSE;
  self->at++;
  while (TRUE)
    {
      const char *run = self->at;

      skip_plain (self);
      if (decoded != NULL)
        g_string_append_len (decoded, run, self->at - run);
      if (self->at == self->end)
        return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "the text ends inside a string", error);
      if (*self->at == '"')
        break;
      if (*self->at != '\\')
        return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a control character in a string", error);
      *out_escaped = TRUE;
      self->at++;
      if (!scan_escape (self, decoded, error))
        return FALSE;
    }
  self->at++;
  return TRUE;
}

/* A key, its colon, and what is needed to see it come twice. */
static gboolean
scan_key (Scanner *self, GError **error)
{
  const char *begin = self->at;
  Key key = { begin + 1, 0, (gsize) (begin - self->begin) };
  gboolean escaped;

  if (self->at == self->end || *self->at != '"')
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a name in double quotes is missing", error);
  if (!count_token (self, error) || !scan_string (self, NULL, &escaped, error))
    return FALSE;
  key.length = (gsize) (self->at - begin) - 2;

  if (escaped)
    {
      GString *decoded = g_string_sized_new (key.length);
      const char *after = self->at;

      self->at = begin;
      if (!scan_string (self, decoded, &escaped, error))
        g_assert_not_reached ();
      self->at = after;
      key.length = decoded->len;
      key.text = g_string_free (decoded, FALSE);
      if (self->decoded == NULL)
        self->decoded = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (self->decoded, (char *) key.text);
    }
  g_array_append_val (self->keys, key);

  skip_space (self);
  if (self->at == self->end || *self->at != ':')
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a colon is missing", error);
  self->at++;
  return TRUE;
}

static int
compare_keys (const void *a, const void *b)
{
  const Key *first = a, *second = b;
  int order = memcmp (first->text, second->text, MIN (first->length, second->length));

  if (order != 0)
    return order;
  if (first->length != second->length)
    return first->length < second->length ? -1 : 1;
  return (first->offset > second->offset) - (first->offset < second->offset);
}

static gboolean
is_same_key (const Key *a, const Key *b)
{
  return a->length == b->length && memcmp (a->text, b->text, a->length) == 0;
}

/* The later of two equal keys; few are compared in pairs, many are sorted first, so that no choice
 * of names makes this slow. */
static const Key *
find_doubled_key (Key *keys, guint n)
{
  if (n <= FEW_KEYS)
    {
      for (guint i = 1; i < n; i++)
        for (guint j = 0; j < i; j++)
          if (is_same_key (&keys[i], &keys[j]))
            return &keys[i];
      return NULL;
    }
  qsort (keys, n, sizeof *keys, compare_keys);
  for (guint i = 1; i < n; i++)
    {
      if (is_same_key (&keys[i - 1], &keys[i]))
        return &keys[i];
    }
  return NULL;
}

static gboolean
close_level (Scanner *self, GError **error)
{
  const Level *level = &g_array_index (self->levels, Level, self->levels->len - 1);
  guint n_keys = self->keys->len - level->first_key;
  const Key *doubled;

  if (*self->at != level->closer)
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "the wrong closing bracket", error);
  if (n_keys > 1)
    {
      doubled = find_doubled_key (&g_array_index (self->keys, Key, level->first_key), n_keys);
      if (doubled != NULL)
        {
          self->at = self->begin + doubled->offset;
          return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "the same name twice in one object", error);
        }
    }
  g_array_set_size (self->keys, level->first_key);
  g_array_set_size (self->levels, self->levels->len - 1);
  self->at++;
  return TRUE;
}

static gboolean
open_level (Scanner *self, char closer, GError **error)
{
  Level level = { closer, self->keys->len };

  if (self->levels->len >= self->limits->max_depth)
    return fail (self, VANTAGE_JSON_ERROR_TOO_DEEP, "nested too deep", error);
  g_array_append_val (self->levels, level);
  self->at++;
  return TRUE;
}

static gboolean
skip_digits (Scanner *self)
{
  const char *begin = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > begin;
}

/* The integer or decimal that was just scanned. */
static gboolean
check_number (Scanner *self, const char *begin, gboolean integer, GError **error)
{
  char copy[MAX_NUMBER_LENGTH + 1];
  gsize length = (gsize) (self->at - begin);
  gboolean fits;

  if (integer && length <= 15)
    return TRUE;
  if (length <= MAX_NUMBER_LENGTH)
    {
      memcpy (copy, begin, length);
      copy[length] = '\0';
    }
  if (integer)
    {
      gint64 number = length <= 18 ? g_ascii_strtoll (copy, NULL, 10) : G_MAXINT64;

      fits = number >= -MAX_INTEGER && number <= MAX_INTEGER;
    }
  else
    fits = length <= MAX_NUMBER_LENGTH && isfinite (g_ascii_strtod (copy, NULL));

  self->at = fits ? self->at : begin;
  return fits || fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a number out of range", error);
}

static gboolean
scan_number (Scanner *self, GError **error)
{
  const char *begin = self->at;
  gboolean integer = TRUE;

  if (*self->at == '-')
    self->at++;
  if (self->at < self->end && *self->at == '0')
    self->at++;
  else if (!skip_digits (self))
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a digit is missing", error);

  if (self->at < self->end && *self->at == '.')
    {
      integer = FALSE;
      self->at++;
      if (!skip_digits (self))
        return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a digit is missing", error);
    }
  if (self->at < self->end && (*self->at == 'e' || *self->at == 'E'))
    {
      integer = FALSE;
      self->at++;
      if (self->at < self->end && (*self->at == '+' || *self->at == '-'))
        self->at++;
      if (!skip_digits (self))
        return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a digit is missing", error);
    }
  return check_number (self, begin, integer, error);
}

static gboolean
scan_word (Scanner *self, GError **error)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->at) >= length && memcmp (self->at, words[i], length) == 0)
        {
          self->at += length;
          return TRUE;
        }
    }
  return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a value is missing", error);
}

/* At the first byte of a value. @out_opened: a bracket was opened, so its content comes next. */
static gboolean
scan_value (Scanner *self, gboolean *out_opened, GError **error)
{
  gboolean escaped;

  *out_opened = FALSE;
  if (self->at == self->end)
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "the text ends where a value should be", error);
  if (!count_token (self, error))
    return FALSE;
  switch (*self->at)
    {
    case '{':
      *out_opened = TRUE;
      return open_level (self, '}', error);
    case '[':
      *out_opened = TRUE;
      return open_level (self, ']', error);
    case '"':
      return scan_string (self, NULL, &escaped, error);
    case '-':
    case '0' ... '9':
      return scan_number (self, error);
    default:
      return scan_word (self, error);
    }
}

/* After a value or an opening bracket: up to where the next value begins, or the end of all. */
static gboolean
scan_between (Scanner *self, gboolean opened, GError **error)
{
  while (self->levels->len > 0)
    {
      char closer = g_array_index (self->levels, Level, self->levels->len - 1).closer;

      skip_space (self);
      if (self->at == self->end)
        return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "the text ends too early", error);
      if (*self->at == ']' || *self->at == '}')
        {
          if (!close_level (self, error))
            return FALSE;
          opened = FALSE;
          continue;
        }
      if (!opened)
        {
          if (*self->at != ',')
            return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "a comma is missing", error);
          self->at++;
          skip_space (self);
        }
      if (closer == '}' && !scan_key (self, error))
        return FALSE;
      skip_space (self);
      return TRUE;
    }
  return TRUE;
}

static gboolean
scan_text (Scanner *self, GError **error)
{
  gboolean opened;

  skip_space (self);
  do
    {
      if (!scan_value (self, &opened, error) || !scan_between (self, opened, error))
        return FALSE;
    }
  while (self->levels->len > 0);

  skip_space (self);
  if (self->at != self->end)
    return fail (self, VANTAGE_JSON_ERROR_SYNTAX, "something follows the value", error);
  return TRUE;
}

gboolean
vantage_json_check (const char *text, gsize length, const VantageJsonLimits *limits, GError **error)
{
  Scanner self = { text, text, text + length, limits };
  gboolean ok;

  if (length > limits->max_bytes)
    {
      g_set_error (error, VANTAGE_JSON_ERROR, VANTAGE_JSON_ERROR_TOO_LARGE,
                   "%" G_GSIZE_FORMAT " bytes, at most %" G_GSIZE_FORMAT " are read", length,
                   limits->max_bytes);
      return FALSE;
    }
  if (!g_utf8_validate_len (text, length, &self.at))
    return fail (&self, VANTAGE_JSON_ERROR_SYNTAX, "not UTF-8", error);

  self.at = text;
  self.levels = g_array_new (FALSE, FALSE, sizeof (Level));
  self.keys = g_array_new (FALSE, FALSE, sizeof (Key));
  ok = scan_text (&self, error);
  g_array_unref (self.levels);
  g_array_unref (self.keys);
  g_clear_pointer (&self.decoded, g_ptr_array_unref);
  return ok;
}
