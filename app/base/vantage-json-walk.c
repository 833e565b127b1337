/* vantage-json-walk.c: every function here rests on the text having been checked. */

#include "vantage-json-walk.h"

#include <string.h>

static const char *
skip_space (const char *at, const char *end)
{
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    at++;
  return at;
}

/* After the closing quote of the string that opens at @at. */
static const char *
skip_string (const char *at, const char *end)
{
  const char *begin = at + 1;
  const char *quote;

  for (at = begin; at < end && (quote = memchr (at, '"', (gsize) (end - at))) != NULL;
       at = quote + 1)
    {
      const char *before = quote;

      /* A quote after an odd number of backslashes is part of the string. */
      while (before > begin && before[-1] == '\\')
        before--;
      if ((quote - before) % 2 == 0)
        return quote + 1;
    }
  return end;
}

static const char *
skip_nested (const char *at, const char *end)
{
  guint depth = 0;

  while (at < end)
    {
      if (*at == '"')
        {
          at = skip_string (at, end);
          continue;
        }
      if (*at == '[' || *at == '{')
        depth++;
      else if ((*at == ']' || *at == '}') && --depth == 0)
        return at + 1;
      at++;
    }
  return end;
}

static const char *
skip_value (const char *at, const char *end)
{
  if (at == end)
    return end;
  if (*at == '"')
    return skip_string (at, end);
  if (*at == '[' || *at == '{')
    return skip_nested (at, end);
  while (at < end && strchr (",]} \n\r\t", *at) == NULL)
    at++;
  return at;
}

static VantageJsonSpan
take_value (VantageJsonWalk *self)
{
  const char *begin = skip_space (self->at, self->end);

  self->at = skip_value (begin, self->end);
  return (VantageJsonSpan){ begin, (gsize) (self->at - begin) };
}

VantageJsonSpan
vantage_json_walk_whole (const char *text, gsize length)
{
  VantageJsonWalk walk = { text, text + length };

  return take_value (&walk);
}

gboolean
vantage_json_walk_enter (VantageJsonWalk *self, const VantageJsonSpan *value)
{
  if (value->length < 2 || (value->at[0] != '{' && value->at[0] != '['))
    return FALSE;
  self->at = value->at + 1;
  self->end = value->at + value->length - 1;
  return TRUE;
}

gboolean
vantage_json_walk_next (VantageJsonWalk *self, VantageJsonSpan *out_name,
                        VantageJsonSpan *out_value)
{
  VantageJsonSpan name = { self->end, 0 };
  VantageJsonSpan value;

  self->at = skip_space (self->at, self->end);
  if (self->at == self->end)
    return FALSE;

  value = take_value (self);
  self->at = skip_space (self->at, self->end);
  if (self->at < self->end && *self->at == ':')
    {
      self->at++;
      name = value;
      value = take_value (self);
      self->at = skip_space (self->at, self->end);
    }
  if (self->at < self->end && *self->at == ',')
    self->at++;

  if (out_name != NULL)
    *out_name = name;
  *out_value = value;
  return TRUE;
}

gboolean
vantage_json_span_is (const VantageJsonSpan *self, const char *literal)
{
  gsize length = strlen (literal);

  return self->length == length && memcmp (self->at, literal, length) == 0;
}

gboolean
vantage_json_span_get_int (const VantageJsonSpan *self, gint64 *out)
{
  gsize negative = self->length > 0 && self->at[0] == '-' ? 1 : 0;
  gint64 number = 0;

  if (self->length == negative || self->length > 17)
    return FALSE;
  for (gsize i = negative; i < self->length; i++)
    {
      if (!g_ascii_isdigit (self->at[i]))
        return FALSE;
      number = number * 10 + (self->at[i] - '0');
    }
  *out = negative > 0 ? -number : number;
  return TRUE;
}

gboolean
vantage_json_span_is_string (const VantageJsonSpan *self)
{
  return self->length >= 2 && self->at[0] == '"';
}

static gunichar
read_hex4 (const char *at)
{
  gunichar code = 0;

  for (int i = 0; i < 4; i++)
    code = code << 4 | (gunichar) g_ascii_xdigit_value (at[i]);
  return code;
}

/* At the letter after a backslash; moves behind the escape. */
static gunichar
decode_escape (const char **at)
{
  char letter = *(*at)++;
  gunichar code;

  switch (letter)
    {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'u':
      code = read_hex4 (*at);
      *at += 4;
      if (code >= 0xd800 && code <= 0xdbff)
        {
          code = 0x10000 + ((code - 0xd800) << 10) + (read_hex4 (*at + 2) - 0xdc00);
          *at += 6;
        }
      return code;
    default:
      return (guchar) letter;
    }
}

gsize
vantage_json_span_decode (const VantageJsonSpan *self, char *out)
{
  const char *at = self->at + 1;
  const char *end = self->at + self->length - 1;
  char *begin = out;

  while (at < end)
    {
      const char *backslash = memchr (at, '\\', (gsize) (end - at));
      gsize run = (gsize) ((backslash != NULL ? backslash : end) - at);

      memcpy (out, at, run);
      out += run;
      at += run;
      if (backslash != NULL)
        {
          at++;
          out += g_unichar_to_utf8 (decode_escape (&at), out);
        }
    }
  *out = '\0';
  return (gsize) (out - begin);
}

char *
vantage_json_span_dup_text (const VantageJsonSpan *self)
{
  char *text;

  if (!vantage_json_span_is_string (self))
    return NULL;
  text = g_malloc (self->length);
  vantage_json_span_decode (self, text);
  return text;
}
