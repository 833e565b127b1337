/* vantage-wire-reader.c: members of checked JSON, read strictly, and written. */

#include "vantage-wire-reader.h"

#include <string.h>

#include "vantage-hash.h"
#include "vantage-id.h"
#include "vantage-json.h"

gboolean
vantage_wire_refuse (const char *name, const char *what, GError **error)
{
  g_set_error (error, VANTAGE_WIRE_ERROR, VANTAGE_WIRE_ERROR_SHAPE, "“%s” %s", name, what);
  return FALSE;
}

static int
find_name (const char *const *names, const VantageJsonSpan *name)
{
  for (int i = 0; names[i] != NULL; i++)
    {
      gsize length = strlen (names[i]);

      if (name->length == length + 2 && memcmp (name->at + 1, names[i], length) == 0)
        return i;
    }
  return -1;
}

gboolean
vantage_wire_enter (const VantageJsonSpan *object, const char *const *names, VantageJsonSpan *out,
                    GError **error)
{
  VantageJsonWalk walk;
  VantageJsonSpan name, value;

  for (int i = 0; names[i] != NULL; i++)
    out[i] = (VantageJsonSpan){ NULL, 0 };
  if (object->length == 0 || *object->at != '{' || !vantage_json_walk_enter (&walk, object))
    return vantage_wire_refuse ("object", "is missing", error);

  while (vantage_json_walk_next (&walk, &name, &value))
    {
      int i = find_name (names, &name);

      if (i >= 0)
        out[i] = value;
    }
  return TRUE;
}

gboolean
vantage_wire_open (GBytes *body, const char *const *names, VantageJsonSpan *out, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  VantageJsonSpan whole;

  if (!vantage_json_check (text != NULL ? text : "", size, &vantage_json_wire_limits, &local_error))
    {
      g_set_error (error, VANTAGE_WIRE_ERROR, VANTAGE_WIRE_ERROR_JSON, "%s", local_error->message);
      return FALSE;
    }
  whole = vantage_json_walk_whole (text, size);
  return vantage_wire_enter (&whole, names, out, error);
}

gboolean
vantage_wire_need_int (const VantageJsonSpan *span, const char *name, gint64 min, gint64 *out,
                       GError **error)
{
  if (span->length == 0 || !vantage_json_span_get_int (span, out))
    return vantage_wire_refuse (name, "is not an integer", error);
  if (*out < min)
    return vantage_wire_refuse (name, "is too small", error);
  return TRUE;
}

gboolean
vantage_wire_need_bool (const VantageJsonSpan *span, const char *name, gboolean *out,
                        GError **error)
{
  *out = vantage_json_span_is (span, "true");
  return *out || vantage_json_span_is (span, "false") ||
         vantage_wire_refuse (name, "is neither true nor false", error);
}

char *
vantage_wire_need_text (const VantageJsonSpan *span, const char *name, gsize max_bytes,
                        GError **error)
{
  g_autofree char *text = NULL;

  if (span->length == 0 || !vantage_json_span_is_string (span))
    {
      vantage_wire_refuse (name, "is not text", error);
      return NULL;
    }
  if (span->length <= 6 * max_bytes + 2)
    text = vantage_json_span_dup_text (span);
  if (text == NULL || strlen (text) > max_bytes)
    {
      vantage_wire_refuse (name, "is too long", error);
      return NULL;
    }
  return g_steal_pointer (&text);
}

gboolean
vantage_wire_need_hex (const VantageJsonSpan *span, const char *name, guint8 *out, gsize size,
                       GError **error)
{
  g_autofree char *text = vantage_wire_need_text (span, name, 2 * size, error);

  if (text == NULL)
    return FALSE;
  return (strlen (text) == 2 * size && vantage_hex_decode (text, out, size)) ||
         vantage_wire_refuse (name, "is not hex of the right length", error);
}

char *
vantage_wire_need_id (const VantageJsonSpan *span, const char *name, GError **error)
{
  g_autofree char *text = vantage_wire_need_text (span, name, VANTAGE_ID_LENGTH, error);

  if (text == NULL)
    return NULL;
  if (!vantage_id_is_valid (text))
    {
      vantage_wire_refuse (name, "is no id", error);
      return NULL;
    }
  return g_steal_pointer (&text);
}

char *
vantage_wire_need_device (const VantageJsonSpan *span, const char *name, GError **error)
{
  g_autofree char *text = vantage_wire_need_text (span, name, VANTAGE_DEVICE_LENGTH, error);

  if (text == NULL)
    return NULL;
  if (!vantage_device_is_valid (text))
    {
      vantage_wire_refuse (name, "is no device", error);
      return NULL;
    }
  return g_steal_pointer (&text);
}

static gboolean
need_container (const VantageJsonSpan *span, char open, const char *name, const char *what,
                VantageJsonWalk *out, GError **error)
{
  return (span->length > 0 && *span->at == open && vantage_json_walk_enter (out, span)) ||
         vantage_wire_refuse (name, what, error);
}

gboolean
vantage_wire_need_array (const VantageJsonSpan *span, const char *name, VantageJsonWalk *out,
                         GError **error)
{
  return need_container (span, '[', name, "is not a list", out, error);
}

gboolean
vantage_wire_need_object (const VantageJsonSpan *span, const char *name, VantageJsonWalk *out,
                          GError **error)
{
  return need_container (span, '{', name, "is not an object", out, error);
}

/* ---- writing ---- */

void
vantage_wire_add_comma (GString *out)
{
  if (out->len > 0 && strchr ("{[", out->str[out->len - 1]) == NULL)
    g_string_append_c (out, ',');
}

void
vantage_wire_add_name (GString *out, const char *name)
{
  vantage_wire_add_comma (out);
  vantage_json_append_string (out, name, -1);
  g_string_append_c (out, ':');
}

void
vantage_wire_add_text (GString *out, const char *name, const char *text)
{
  vantage_wire_add_name (out, name);
  vantage_json_append_string (out, text, -1);
}

void
vantage_wire_add_int (GString *out, const char *name, gint64 number)
{
  vantage_wire_add_name (out, name);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, number);
}

void
vantage_wire_add_bool (GString *out, const char *name, gboolean yes)
{
  vantage_wire_add_name (out, name);
  g_string_append (out, yes ? "true" : "false");
}

void
vantage_wire_add_hex (GString *out, const char *name, const guint8 *data, gsize size)
{
  g_autofree char *text = vantage_hex_encode (data, size);

  vantage_wire_add_text (out, name, text);
}

GBytes *
vantage_wire_take (GString *out)
{
  return g_string_free_to_bytes (out);
}
