#include "vantage-scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Scanning reads up to VANTAGE_SCAN_PADDING bytes behind the end of the buffer; they are zeros, and
 * a zero byte is in no place valid, so the inner loops need not compare with the end. */

void
vantage_scan_clear (VantageScan *self)
{
  g_clear_pointer (&self->nodes, g_free);
  self->n_nodes = self->n_allocated = 0;
}

char *
vantage_scan_space (char *at, char *end)
{
  for (;;)
    {
      if ((guchar) *at > ' ')
        return at;
      if (*at != ' ' && *at != '\n' && *at != '\r' && *at != '\t')
        return at;
      at++;
#ifdef __SSE2__
      while (end - at >= 16)
        {
          guint mask = _mm_movemask_epi8 (
              _mm_cmpeq_epi8 (_mm_loadu_si128 ((const __m128i *) at), _mm_set1_epi8 (' ')));

          if (mask != 0xffff)
            {
              at += __builtin_ctz (~mask);
              break;
            }
          at += 16;
        }
#endif
    }
}

static VantageScanStatus
stop (VantageScan *self, char *at, const char *reason)
{
  self->at = at;
  self->reason = reason;
  self->status = at >= self->end ? VANTAGE_SCAN_MORE : VANTAGE_SCAN_BAD;
  return self->status;
}

static inline VantageNode *
add_node (VantageScan *self, VantageNodeType type)
{
  VantageNode *node;

  if (G_UNLIKELY (self->n_nodes == self->n_allocated))
    {
      self->n_allocated = MAX (256, self->n_allocated * 2);
      self->nodes = g_renew (VantageNode, self->nodes, self->n_allocated);
    }
  node = &self->nodes[self->n_nodes++];
  node->text = NULL;
  node->length = 0;
  node->span = 1;
  node->type = type;
  node->flags = 0;
  return node;
}

/* The first byte from @at on that ends or interrupts a string; ORs into @high what is not ASCII. */
static inline char *
find_string_stop (char *at, guint *high)
{
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8 ('"'), slash = _mm_set1_epi8 ('\\');
  const __m128i control = _mm_set1_epi8 (0x1f);

  for (;; at += 16)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) at);
      __m128i hit = _mm_or_si128 (_mm_cmpeq_epi8 (bytes, quote), _mm_cmpeq_epi8 (bytes, slash));
      guint mask, above = _mm_movemask_epi8 (bytes);

      hit = _mm_or_si128 (hit, _mm_cmpeq_epi8 (_mm_max_epu8 (bytes, control), control));
      mask = _mm_movemask_epi8 (hit);
      if (mask != 0)
        {
          guint n = __builtin_ctz (mask);

          *high |= above & ((1u << n) - 1);
          return at + n;
        }
      *high |= above;
    }
#else
  for (;; at++)
    {
      if (*at == '"' || *at == '\\' || (guchar) *at < 0x20)
        return at;
      *high |= (guchar) *at & 0x80;
    }
#endif
}

static int
read_hex (const char *at)
{
  int value = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  return value;
}

/* The escape at @at, a backslash; returns what follows it, or NULL after stop(). */
static char *
scan_escape (VantageScan *self, char *at)
{
  int code;

  switch (at[1])
    {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      return at + 2;
    case 'u':
      break;
    default:
      stop (self, at + 1, "an escape that does not exist");
      return NULL;
    }
  if (self->end - at < 6)
    {
      stop (self, self->end, "a cut-off escape");
      return NULL;
    }
  code = read_hex (at + 2);
  if (code < 0)
    {
      stop (self, at, "an escape without four hexadecimal digits");
      return NULL;
    }
  if (code >= 0xd800 && code < 0xdc00)
    {
      if (self->end - at < 12 && memchr (at, '"', self->end - at) == NULL)
        {
          stop (self, self->end, "a cut-off escape");
          return NULL;
        }
      if (at[6] == '\\' && at[7] == 'u' && self->end - at >= 12)
        {
          int low = read_hex (at + 8);

          if (low >= 0xdc00 && low < 0xe000)
            return at + 12;
        }
      self->n_repaired++;
    }
  else if (code == 0 || (code >= 0xdc00 && code < 0xe000))
    self->n_repaired++;
  return at + 6;
}

/* The string whose opening quote is at @at. Returns what follows its closing quote, or NULL. */
static inline char *
scan_string (VantageScan *self, char *at)
{
  char *begin = at + 1;
  guint high = 0;
  guint8 flags = 0;
  VantageNode *node;

  at = find_string_stop (begin, &high);
  while (G_UNLIKELY (*at != '"'))
    {
      if (*at != '\\' || at >= self->end)
        {
          stop (self, at, "a control character inside a string");
          return NULL;
        }
      flags |= VANTAGE_NODE_ESCAPED;
      at = scan_escape (self, at);
      if (at == NULL)
        return NULL;
      at = find_string_stop (at, &high);
    }
  if (high != 0 && !g_utf8_validate_len (begin, at - begin, NULL))
    {
      flags |= VANTAGE_NODE_BAD_BYTES;
      self->n_bad_bytes++;
    }
  node = add_node (self, VANTAGE_NODE_STRING);
  node->text = begin;
  node->length = at - begin;
  node->flags = flags;
  return at + 1;
}

static char *
scan_digits (char *at)
{
  while (g_ascii_isdigit (*at))
    at++;
  return at;
}

static char *
scan_number (VantageScan *self, char *begin, gboolean complete)
{
  char *at = begin, *digits;
  VantageNode *node;

  if (*at == '-')
    at++;
  digits = at;
  at = scan_digits (at);
  if (at == digits || (*digits == '0' && at > digits + 1))
    return stop (self, at == digits ? at : digits, "a number that is none"), NULL;
  if (*at == '.')
    {
      digits = at + 1;
      at = scan_digits (digits);
      if (at == digits)
        return stop (self, at, "a number without digits after its point"), NULL;
    }
  if (*at == 'e' || *at == 'E')
    {
      digits = at + (at[1] == '+' || at[1] == '-' ? 2 : 1);
      at = scan_digits (digits);
      if (at == digits)
        return stop (self, at, "a number without digits in its exponent"), NULL;
    }
  if (at >= self->end && !complete)
    return stop (self, at, "a cut-off number"), NULL;
  node = add_node (self, VANTAGE_NODE_NUMBER);
  node->text = begin;
  node->length = at - begin;
  return at;
}

static char *
scan_word (VantageScan *self, char *at, const char *word, VantageNodeType type)
{
  gsize length = strlen (word);

  for (gsize i = 0; i < length; i++)
    if (at[i] != word[i])
      return stop (self, at + i, "a word that JSON does not have"), NULL;
  add_node (self, type);
  return at + length;
}

static inline char *
scan_scalar (VantageScan *self, char *at, gboolean complete)
{
  switch (*at)
    {
    case '"':
      return scan_string (self, at);
    case 't':
      return scan_word (self, at, "true", VANTAGE_NODE_TRUE);
    case 'f':
      return scan_word (self, at, "false", VANTAGE_NODE_FALSE);
    case 'n':
      return scan_word (self, at, "null", VANTAGE_NODE_NULL);
    default:
      if (*at == '-' || g_ascii_isdigit (*at))
        return scan_number (self, at, complete);
      stop (self, at, "something else where a value should be");
      return NULL;
    }
}

/* The name of a member and its colon; returns where the value begins, or NULL. */
static inline char *
scan_name (VantageScan *self, char *at)
{
  at = vantage_scan_space (at, self->end);
  if (*at != '"')
    return stop (self, at, "something else where a member's name should be"), NULL;
  at = scan_string (self, at);
  if (at == NULL)
    return NULL;
  self->name_open = TRUE;
  at = vantage_scan_space (at, self->end);
  if (*at != ':')
    return stop (self, at, "no colon after a member's name"), NULL;
  return at + 1;
}

static inline void
close_container (VantageScan *self)
{
  guint32 index = self->parents[--self->depth];

  self->nodes[index].span = self->n_nodes - index;
}

/* Opens the container at @at; returns what follows its bracket, or NULL. */
static inline char *
open_container (VantageScan *self, char *at)
{
  if (self->depth >= self->max_depth)
    {
      stop (self, at, "too many levels");
      self->status = VANTAGE_SCAN_DEEP;
      return NULL;
    }
  self->parents[self->depth++] = self->n_nodes;
  add_node (self, *at == '{' ? VANTAGE_NODE_OBJECT : VANTAGE_NODE_ARRAY);
  return vantage_scan_space (at + 1, self->end);
}

/* A value has ended at @at: closes what ends with it. Returns where the next element or member
 * begins, or NULL: all is closed, or stopped (status says which). */
static inline char *
scan_after_value (VantageScan *self, char *at)
{
  while (self->depth > 0)
    {
      VantageNode *parent = &self->nodes[self->parents[self->depth - 1]];

      at = vantage_scan_space (at, self->end);
      if (*at == ',')
        {
          parent->length++;
          return at + 1;
        }
      if (*at != (parent->type == VANTAGE_NODE_OBJECT ? '}' : ']'))
        return stop (self, at, "neither a comma nor the end of the list"), NULL;
      parent->length++;
      close_container (self);
      at++;
    }
  self->at = at;
  self->status = VANTAGE_SCAN_OK;
  return NULL;
}

static void
begin_scan (VantageScan *self, char *begin, char *end)
{
  self->n_nodes = 0;
  self->n_repaired = self->n_bad_bytes = 0;
  self->depth = 0;
  self->name_open = FALSE;
  self->reason = NULL;
  self->end = end;
  self->at = begin;
}

VantageScanStatus
vantage_scan_value (VantageScan *self, char *begin, char *end, gboolean complete)
{
  char *at = begin;

  begin_scan (self, begin, end);
  while (at != NULL)
    {
      if (self->depth > 0 &&
          self->nodes[self->parents[self->depth - 1]].type == VANTAGE_NODE_OBJECT)
        {
          at = scan_name (self, at);
          if (at == NULL)
            return self->status;
        }
      at = vantage_scan_space (at, end);
      if (*at == '{' || *at == '[')
        {
          char close = *at == '{' ? '}' : ']';

          at = open_container (self, at);
          if (at == NULL)
            return self->status;
          self->name_open = FALSE;
          if (*at != close)
            continue;
          close_container (self);
          at++;
        }
      else
        {
          at = scan_scalar (self, at, complete);
          if (at == NULL)
            return self->status;
          self->name_open = FALSE;
        }
      if (G_UNLIKELY (self->n_nodes > self->max_nodes))
        {
          self->status = VANTAGE_SCAN_MANY;
          return self->status;
        }
      at = scan_after_value (self, at);
    }
  return self->status;
}

VantageScanStatus
vantage_scan_string (VantageScan *self, char *begin, char *end)
{
  char *at;

  begin_scan (self, begin, end);
  at = scan_string (self, begin);
  if (at == NULL)
    return self->status;
  self->at = at;
  self->status = VANTAGE_SCAN_OK;
  return self->status;
}

void
vantage_scan_close (VantageScan *self)
{
  if (self->name_open && self->n_nodes > 0)
    self->n_nodes--;
  self->name_open = FALSE;
  while (self->depth > 0)
    close_container (self);
}
