#include "vantage-tokens.h"

#include <string.h>

#include "vantage-scan.h"

static int
read_hex (const char *at)
{
  return g_ascii_xdigit_value (at[0]) << 12 | g_ascii_xdigit_value (at[1]) << 8 |
         g_ascii_xdigit_value (at[2]) << 4 | g_ascii_xdigit_value (at[3]);
}

/* Writes what the "\u" escape at @in stands for to @out, which is never longer than the escape. */
static const char *
decode_unicode (const char *in, const char *end, char **out)
{
  gunichar code = (gunichar) read_hex (in + 2);

  in += 6;
  if (code >= 0xd800 && code < 0xdc00 && end - in >= 6 && in[0] == '\\' && in[1] == 'u')
    {
      gunichar low = (gunichar) read_hex (in + 2);

      if (low >= 0xdc00 && low < 0xe000)
        {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          in += 6;
        }
    }
  if (code == 0 || (code >= 0xd800 && code < 0xe000))
    code = 0xfffd;
  *out += g_unichar_to_utf8 (code, *out);
  return in;
}

/* Undoes the escapes in place; the scan has checked them. Returns the new end. */
static char *
decode (char *text, gsize length)
{
  const char *in = text, *end = text + length;
  char *out = text;

  while (in < end)
    {
      const char *slash = memchr (in, '\\', (gsize) (end - in));
      gsize plain = (gsize) ((slash != NULL ? slash : end) - in);

      memmove (out, in, plain);
      out += plain;
      in += plain;
      if (slash == NULL)
        break;
      if (in[1] == 'u')
        {
          in = decode_unicode (in, end, &out);
          continue;
        }
      switch (in[1])
        {
        case 'b':
          *out++ = '\b';
          break;
        case 'f':
          *out++ = '\f';
          break;
        case 'n':
          *out++ = '\n';
          break;
        case 'r':
          *out++ = '\r';
          break;
        case 't':
          *out++ = '\t';
          break;
        default:
          *out++ = in[1];
          break;
        }
      in += 2;
    }
  return out;
}

const char *
vantage_node_get_text_length (VantageNode *self, gsize *out_length)
{
  if (self == NULL || (self->type != VANTAGE_NODE_STRING && self->type != VANTAGE_NODE_NUMBER))
    return NULL;
  if ((self->flags & VANTAGE_NODE_READY) == 0)
    {
      if (self->flags & VANTAGE_NODE_ESCAPED)
        self->length = (guint32) (decode (self->text, self->length) - self->text);
      self->text[self->length] = '\0';
      self->flags |= VANTAGE_NODE_READY;
    }
  if (out_length != NULL)
    *out_length = self->length;
  return self->text;
}

const char *
vantage_node_get_text (VantageNode *self)
{
  return vantage_node_get_text_length (self, NULL);
}

static inline gboolean
is_text (VantageNode *self, const char *text, gsize length)
{
  if (G_UNLIKELY ((self->flags & (VANTAGE_NODE_ESCAPED | VANTAGE_NODE_READY)) ==
                  VANTAGE_NODE_ESCAPED))
    vantage_node_get_text (self);
  return self->length == length && memcmp (self->text, text, length) == 0;
}

gboolean
vantage_node_is (VantageNode *self, const char *text)
{
  return self != NULL && self->type == VANTAGE_NODE_STRING && is_text (self, text, strlen (text));
}

static VantageNode *
get_member (VantageNode *object, const char *name, gsize length)
{
  VantageNode *found = NULL;

  if (object == NULL || object->type != VANTAGE_NODE_OBJECT)
    return NULL;
  for (VantageNode *at = vantage_node_first (object); at != NULL;
       at = vantage_node_next (object, at))
    if (is_text (at, name, length))
      found = vantage_node_value (at);
  return found == NULL || found->type == VANTAGE_NODE_NULL ? NULL : found;
}

VantageNode *
vantage_node_get (VantageNode *object, const char *name)
{
  return get_member (object, name, strlen (name));
}

VantageNode *
vantage_node_find (VantageNode *object, const char *path)
{
  while (object != NULL)
    {
      const char *dot = strchr (path, '.');

      if (dot == NULL)
        return vantage_node_get (object, path);
      object = get_member (object, path, (gsize) (dot - path));
      path = dot + 1;
    }
  return NULL;
}

const char *
vantage_node_get_member (VantageNode *object, const char *name)
{
  return vantage_node_get_text (vantage_node_get (object, name));
}

VantageNode *
vantage_node_get_array (VantageNode *object, const char *name)
{
  VantageNode *found = vantage_node_get (object, name);

  return found != NULL && found->type == VANTAGE_NODE_ARRAY ? found : NULL;
}

VantageNode *
vantage_node_get_object (VantageNode *object, const char *name)
{
  VantageNode *found = vantage_node_get (object, name);

  return found != NULL && found->type == VANTAGE_NODE_OBJECT ? found : NULL;
}

gboolean
vantage_node_get_true (VantageNode *object, const char *name)
{
  VantageNode *found = vantage_node_get (object, name);

  return found != NULL && found->type == VANTAGE_NODE_TRUE;
}

gint64
vantage_node_get_int (VantageNode *object, const char *name, gint64 fallback)
{
  const char *text = vantage_node_get_member (object, name);
  gint64 value;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return fallback;
  return value;
}
