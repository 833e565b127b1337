/* vantage-wire.c: requests and answers of the protocol, written as JSON and read back. */

#include "vantage-wire.h"

#include <string.h>

#include "vantage-id.h"
#include "vantage-wire-reader.h"

#define MAX_NAME_BYTES 200
#define MAX_DEVICES 100000

G_DEFINE_QUARK (vantage_wire_error, vantage_wire_error)

/* ---- hello ---- */

GBytes *
vantage_wire_hello_write (const VantageWireHello *self)
{
  GString *out = g_string_new ("{");

  vantage_wire_add_text (out, "server_id", self->server_id);
  vantage_wire_add_text (out, "epoch", self->epoch);
  vantage_wire_add_int (out, "time_ms", self->time_ms);
  vantage_wire_add_int (out, "api", self->api);
  vantage_wire_add_name (out, "limits");
  g_string_append_c (out, '{');
  vantage_wire_add_int (out, "page_ops", VANTAGE_WIRE_PAGE_OPS);
  vantage_wire_add_int (out, "page_bytes", VANTAGE_WIRE_PAGE_BYTES);
  vantage_wire_add_int (out, "body_bytes", VANTAGE_WIRE_BODY_BYTES);
  vantage_wire_add_int (out, "chunk_bytes", VANTAGE_WIRE_CHUNK_BYTES);
  g_string_append (out, "}}");
  return vantage_wire_take (out);
}

VantageWireHello *
vantage_wire_hello_read (GBytes *body, GError **error)
{
  static const char *const names[] = { "server_id", "epoch", "time_ms", "api", NULL };
  g_autoptr (VantageWireHello) self = g_new0 (VantageWireHello, 1);
  VantageJsonSpan spans[4];

  if (!vantage_wire_open (body, names, spans, error) ||
      (self->server_id = vantage_wire_need_id (&spans[0], "server_id", error)) == NULL ||
      (self->epoch = vantage_wire_need_device (&spans[1], "epoch", error)) == NULL ||
      !vantage_wire_need_int (&spans[2], "time_ms", 0, &self->time_ms, error) ||
      !vantage_wire_need_int (&spans[3], "api", 1, &self->api, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
vantage_wire_hello_free (VantageWireHello *self)
{
  if (self == NULL)
    return;
  g_free (self->server_id);
  g_free (self->epoch);
  g_free (self);
}

/* ---- streams ---- */

VantageWireStream *
vantage_wire_stream_new (const char *id, const char *review, const char *kind, const char *role,
                         gint64 head)
{
  VantageWireStream *self = g_new0 (VantageWireStream, 1);

  self->id = g_strdup (id);
  self->review = g_strdup (review);
  self->kind = g_strdup (kind);
  self->role = g_strdup (role);
  self->head = head;
  return self;
}

void
vantage_wire_stream_free (VantageWireStream *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->review);
  g_free (self->kind);
  g_free (self->role);
  g_free (self);
}

VantageWireStreams *
vantage_wire_streams_new (const char *user)
{
  VantageWireStreams *self = g_new0 (VantageWireStreams, 1);

  self->user = g_strdup (user);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_wire_stream_free);
  self->gone = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
vantage_wire_streams_free (VantageWireStreams *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_ptr_array_unref (self->streams);
  g_ptr_array_unref (self->gone);
  g_free (self);
}

static void
write_names (GString *out, const char *member, GPtrArray *names)
{
  vantage_wire_add_name (out, member);
  g_string_append_c (out, '[');
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", (const char *) names->pdata[i]);
  g_string_append_c (out, ']');
}

GBytes *
vantage_wire_streams_write (const VantageWireStreams *self)
{
  GString *out = g_string_new ("{");

  vantage_wire_add_text (out, "user", self->user);
  vantage_wire_add_name (out, "streams");
  g_string_append_c (out, '[');
  for (guint i = 0; i < self->streams->len; i++)
    {
      const VantageWireStream *stream = self->streams->pdata[i];

      vantage_wire_add_comma (out);
      g_string_append_c (out, '{');
      vantage_wire_add_text (out, "id", stream->id);
      vantage_wire_add_text (out, "review", stream->review);
      vantage_wire_add_text (out, "kind", stream->kind);
      vantage_wire_add_text (out, "role", stream->role);
      vantage_wire_add_int (out, "head", stream->head);
      vantage_wire_add_hex (out, "digest", stream->digest, sizeof stream->digest);
      vantage_wire_add_int (out, "purge_gen", stream->purge_gen);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  write_names (out, "gone", self->gone);
  g_string_append_c (out, '}');
  return vantage_wire_take (out);
}

static VantageWireStream *
read_stream (const VantageJsonSpan *span, GError **error)
{
  static const char *const names[] = { "id",   "review", "kind",      "role",
                                       "head", "digest", "purge_gen", NULL };
  VantageWireStream *self = vantage_wire_stream_new (NULL, NULL, NULL, NULL, 0);
  VantageJsonSpan spans[7];

  if (vantage_wire_enter (span, names, spans, error) &&
      (self->id = vantage_wire_need_id (&spans[0], "id", error)) != NULL &&
      (self->review = vantage_wire_need_text (&spans[1], "review", VANTAGE_ID_LENGTH, error)) !=
          NULL &&
      (self->kind = vantage_wire_need_text (&spans[2], "kind", 32, error)) != NULL &&
      (self->role = vantage_wire_need_text (&spans[3], "role", 32, error)) != NULL &&
      vantage_wire_need_int (&spans[4], "head", 0, &self->head, error) &&
      vantage_wire_need_hex (&spans[5], "digest", self->digest, sizeof self->digest, error) &&
      vantage_wire_need_int (&spans[6], "purge_gen", 0, &self->purge_gen, error))
    return self;

  vantage_wire_stream_free (self);
  return NULL;
}

static gboolean
read_names (const VantageJsonSpan *span, const char *member, guint n_hex, guint max,
            GPtrArray *names, GError **error)
{
  VantageJsonWalk walk;
  VantageJsonSpan value;

  if (!vantage_wire_need_array (span, member, &walk, error))
    return FALSE;
  while (vantage_json_walk_next (&walk, NULL, &value))
    {
      guint8 bytes[VANTAGE_HASH_SIZE];
      char *name = vantage_wire_need_text (&value, member, n_hex, error);

      if (name == NULL)
        return FALSE;
      g_ptr_array_add (names, name);
      if (!vantage_hex_decode (name, bytes, n_hex / 2))
        return vantage_wire_refuse (member, "holds something that is no name", error);
      if (names->len > max)
        return vantage_wire_refuse (member, "holds too many", error);
    }
  return TRUE;
}

VantageWireStreams *
vantage_wire_streams_read (GBytes *body, GError **error)
{
  static const char *const names[] = { "user", "streams", "gone", NULL };
  g_autoptr (VantageWireStreams) self = vantage_wire_streams_new (NULL);
  VantageJsonSpan spans[3], value;
  VantageJsonWalk walk;

  if (!vantage_wire_open (body, names, spans, error) ||
      (self->user = vantage_wire_need_text (&spans[0], "user", MAX_NAME_BYTES, error)) == NULL ||
      !vantage_wire_need_array (&spans[1], "streams", &walk, error))
    return NULL;
  while (vantage_json_walk_next (&walk, NULL, &value))
    {
      VantageWireStream *stream = read_stream (&value, error);

      if (stream == NULL)
        return NULL;
      g_ptr_array_add (self->streams, stream);
      if (self->streams->len > VANTAGE_WIRE_MAX_STREAMS)
        {
          vantage_wire_refuse ("streams", "holds too many", error);
          return NULL;
        }
    }
  if (!read_names (&spans[2], "gone", VANTAGE_ID_LENGTH, VANTAGE_WIRE_MAX_STREAMS, self->gone,
                   error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- names with numbers ---- */

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
write_numbers (GString *out, const char *member, GHashTable *numbers)
{
  guint n;
  g_autofree gpointer *names = g_hash_table_get_keys_as_array (numbers, &n);

  qsort (names, n, sizeof *names, compare_text);
  vantage_wire_add_name (out, member);
  g_string_append_c (out, '{');
  for (guint i = 0; i < n; i++)
    vantage_wire_add_int (out, names[i], *(gint64 *) g_hash_table_lookup (numbers, names[i]));
  g_string_append_c (out, '}');
}

static GHashTable *
read_numbers (const VantageJsonSpan *span, const char *member, guint n_hex, guint max,
              GError **error)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  VantageJsonWalk walk;
  VantageJsonSpan name, value;

  if (!vantage_wire_need_object (span, member, &walk, error))
    return NULL;
  while (vantage_json_walk_next (&walk, &name, &value))
    {
      g_autofree char *key = vantage_wire_need_text (&name, member, n_hex, error);
      guint8 bytes[VANTAGE_HASH_SIZE];
      gint64 number;

      if (key == NULL || !vantage_wire_need_int (&value, member, 0, &number, error))
        return NULL;
      if (!vantage_hex_decode (key, bytes, n_hex / 2) || g_hash_table_size (numbers) >= max)
        {
          vantage_wire_refuse (member, "holds too many, or something that is no name", error);
          return NULL;
        }
      g_hash_table_insert (numbers, g_steal_pointer (&key), g_memdup2 (&number, sizeof number));
    }
  return g_steal_pointer (&numbers);
}

GBytes *
vantage_wire_have_write (GHashTable *have)
{
  GString *out = g_string_new ("{");

  write_numbers (out, "have", have);
  g_string_append_c (out, '}');
  return vantage_wire_take (out);
}

GHashTable *
vantage_wire_have_read (GBytes *body, GError **error)
{
  static const char *const names[] = { "have", NULL };
  VantageJsonSpan span;

  return vantage_wire_open (body, names, &span, error)
             ? read_numbers (&span, "have", VANTAGE_ID_LENGTH, VANTAGE_WIRE_MAX_STREAMS, error)
             : NULL;
}

GBytes *
vantage_wire_vector_write (const char *epoch, GHashTable *vector)
{
  GString *out = g_string_new ("{");

  vantage_wire_add_text (out, "epoch", epoch);
  write_numbers (out, "vector", vector);
  g_string_append_c (out, '}');
  return vantage_wire_take (out);
}

GHashTable *
vantage_wire_vector_read (GBytes *body, char **out_epoch, GError **error)
{
  static const char *const names[] = { "epoch", "vector", NULL };
  g_autoptr (GHashTable) vector = NULL;
  g_autofree char *epoch = NULL;
  VantageJsonSpan spans[2];

  if (!vantage_wire_open (body, names, spans, error) ||
      (epoch = vantage_wire_need_device (&spans[0], "epoch", error)) == NULL)
    return NULL;
  vector = read_numbers (&spans[1], "vector", VANTAGE_DEVICE_LENGTH, MAX_DEVICES, error);
  if (vector != NULL)
    *out_epoch = g_steal_pointer (&epoch);
  return g_steal_pointer (&vector);
}

GBytes *
vantage_wire_review_write (const char *review)
{
  GString *out = g_string_new ("{");

  vantage_wire_add_text (out, "id", review);
  g_string_append_c (out, '}');
  return vantage_wire_take (out);
}

char *
vantage_wire_review_read (GBytes *body, GError **error)
{
  static const char *const names[] = { "id", NULL };
  VantageJsonSpan span;

  return vantage_wire_open (body, names, &span, error) ? vantage_wire_need_id (&span, "id", error)
                                                       : NULL;
}

/* ---- chunks ---- */

GBytes *
vantage_wire_names_write (const char *member, GPtrArray *names)
{
  GString *out = g_string_new ("{");

  write_names (out, member, names);
  g_string_append_c (out, '}');
  return vantage_wire_take (out);
}

GPtrArray *
vantage_wire_names_read (const char *member, GBytes *body, GError **error)
{
  const char *const names[] = { member, NULL };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  VantageJsonSpan span;

  return vantage_wire_open (body, names, &span, error) &&
                 read_names (&span, member, VANTAGE_HASH_TEXT_LENGTH, VANTAGE_WIRE_BLOB_CHUNKS,
                             list, error)
             ? g_steal_pointer (&list)
             : NULL;
}

VantageWireBlob *
vantage_wire_blob_new (gint64 size)
{
  VantageWireBlob *self = g_new0 (VantageWireBlob, 1);

  self->size = size;
  self->chunks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
vantage_wire_blob_free (VantageWireBlob *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

GBytes *
vantage_wire_blob_write (const VantageWireBlob *self)
{
  GString *out = g_string_new ("{");

  vantage_wire_add_int (out, "size", self->size);
  write_names (out, "chunks", self->chunks);
  g_string_append_c (out, '}');
  return vantage_wire_take (out);
}

VantageWireBlob *
vantage_wire_blob_read (GBytes *body, GError **error)
{
  static const char *const names[] = { "size", "chunks", NULL };
  g_autoptr (VantageWireBlob) self = vantage_wire_blob_new (0);
  VantageJsonSpan spans[2];

  return vantage_wire_open (body, names, spans, error) &&
                 vantage_wire_need_int (&spans[0], "size", 0, &self->size, error) &&
                 read_names (&spans[1], "chunks", VANTAGE_HASH_TEXT_LENGTH,
                             VANTAGE_WIRE_BLOB_CHUNKS, self->chunks, error)
             ? g_steal_pointer (&self)
             : NULL;
}

/* ---- refusals ---- */

GBytes *
vantage_wire_refusal_write (const VantageWireRefusal *self)
{
  GString *out = g_string_new ("{\"error\":{");

  vantage_wire_add_text (out, "code", self->code);
  vantage_wire_add_text (out, "message", self->message);
  if (self->index >= 0)
    vantage_wire_add_int (out, "index", self->index);
  if (self->expected > 0)
    vantage_wire_add_int (out, "expected", self->expected);
  if (self->retry_after_ms > 0)
    vantage_wire_add_int (out, "retry_after_ms", self->retry_after_ms);
  g_string_append (out, "}}");
  return vantage_wire_take (out);
}

VantageWireRefusal *
vantage_wire_refusal_read (GBytes *body, GError **error)
{
  static const char *const outer[] = { "error", NULL };
  static const char *const names[] = { "code",     "message",        "index",
                                       "expected", "retry_after_ms", NULL };
  g_autoptr (VantageWireRefusal) self = g_new0 (VantageWireRefusal, 1);
  VantageJsonSpan span, spans[5];

  self->index = -1;
  if (!vantage_wire_open (body, outer, &span, error) ||
      !vantage_wire_enter (&span, names, spans, error) ||
      (self->code = vantage_wire_need_text (&spans[0], "code", 64, error)) == NULL ||
      (self->message = vantage_wire_need_text (&spans[1], "message", 2000, error)) == NULL ||
      (spans[2].length > 0 &&
       !vantage_wire_need_int (&spans[2], "index", 0, &self->index, error)) ||
      (spans[3].length > 0 &&
       !vantage_wire_need_int (&spans[3], "expected", 1, &self->expected, error)) ||
      (spans[4].length > 0 &&
       !vantage_wire_need_int (&spans[4], "retry_after_ms", 0, &self->retry_after_ms, error)))
    return NULL;
  return g_steal_pointer (&self);
}

void
vantage_wire_refusal_free (VantageWireRefusal *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->message);
  g_free (self);
}
