/* memory-backend.c: the server's storage in memory. */

#include "memory-backend.h"

#include <string.h>

#include "vantage-id.h"

typedef struct
{
  char *id, *review, *kind;
  gint64 head;
  guint8 digest[VANTAGE_HASH_SIZE];
  GPtrArray *bodies;  /* GBytes, by seq */
  GPtrArray *names;   /* char* "device:n", by seq */
  GPtrArray *authors; /* char*, by seq */
  GByteArray *digests;
  GHashTable *by_name; /* "device:n" → seq */
  GHashTable *last_n;  /* device → n */
} Stream;

typedef struct
{
  VantageBackend parent;
  GHashTable *meta, *users, *tokens, *members, *chunks, *blobs;
  GHashTable *streams;
  GPtrArray *order; /* Stream, lent by `streams` */

  /* Of the transaction under way: it is undone by shortening again. */
  char *touched;
  gint64 was_head;
  guint8 was_digest[VANTAGE_HASH_SIZE];
} Memory;

static void
free_stream (gpointer data)
{
  Stream *stream = data;

  g_free (stream->id);
  g_free (stream->review);
  g_free (stream->kind);
  g_ptr_array_unref (stream->bodies);
  g_ptr_array_unref (stream->names);
  g_ptr_array_unref (stream->authors);
  g_byte_array_unref (stream->digests);
  g_hash_table_unref (stream->by_name);
  g_hash_table_unref (stream->last_n);
  g_free (stream);
}

static Stream *
add_stream (Memory *self, const char *id, const char *review, const char *kind)
{
  Stream *stream = g_new0 (Stream, 1);

  stream->id = g_strdup (id);
  stream->review = g_strdup (review);
  stream->kind = g_strdup (kind);
  stream->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  stream->names = g_ptr_array_new_with_free_func (g_free);
  stream->authors = g_ptr_array_new_with_free_func (g_free);
  stream->digests = g_byte_array_new ();
  stream->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stream->last_n = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (self->streams, stream->id, stream);
  g_ptr_array_add (self->order, stream);
  return stream;
}

static Stream *
get_stream (VantageBackend *backend, const char *id)
{
  return g_hash_table_lookup (((Memory *) backend)->streams, id);
}

static void
close_memory (VantageBackend *backend)
{
  Memory *self = (Memory *) backend;

  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->streams);
  g_hash_table_unref (self->meta);
  g_hash_table_unref (self->users);
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->chunks);
  g_hash_table_unref (self->blobs);
  g_free (self->touched);
  g_free (self);
}

static gboolean
begin (VantageBackend *backend, GError **error)
{
  Memory *self = (Memory *) backend;

  g_clear_pointer (&self->touched, g_free);
  return TRUE;
}

static gboolean
commit (VantageBackend *backend, GError **error)
{
  Memory *self = (Memory *) backend;

  g_clear_pointer (&self->touched, g_free);
  return TRUE;
}

static void
roll_back (VantageBackend *backend)
{
  Memory *self = (Memory *) backend;
  Stream *stream = self->touched != NULL ? get_stream (backend, self->touched) : NULL;

  if (stream == NULL)
    return;
  for (guint i = stream->names->len; i > (guint) self->was_head; i--)
    {
      const char *name = stream->names->pdata[i - 1];
      g_autofree char *device = g_strndup (name, strcspn (name, ":"));
      gint64 n = g_ascii_strtoll (name + strlen (device) + 1, NULL, 10);

      g_hash_table_remove (stream->by_name, name);
      g_hash_table_insert (stream->last_n, g_steal_pointer (&device), GINT_TO_POINTER (n - 1));
    }
  g_ptr_array_set_size (stream->bodies, (int) self->was_head);
  g_ptr_array_set_size (stream->names, (int) self->was_head);
  g_ptr_array_set_size (stream->authors, (int) self->was_head);
  g_byte_array_set_size (stream->digests, (guint) self->was_head * VANTAGE_HASH_SIZE);
  stream->head = self->was_head;
  memcpy (stream->digest, self->was_digest, sizeof stream->digest);
  g_clear_pointer (&self->touched, g_free);
}

static char *
dup_meta (VantageBackend *backend, const char *key, GError **error)
{
  return g_strdup (g_hash_table_lookup (((Memory *) backend)->meta, key));
}

static gboolean
set_meta (VantageBackend *backend, const char *key, const char *value, GError **error)
{
  g_hash_table_insert (((Memory *) backend)->meta, g_strdup (key), g_strdup (value));
  return TRUE;
}

static char *
dup_user_role (VantageBackend *backend, const char *name, GError **error)
{
  return g_strdup (g_hash_table_lookup (((Memory *) backend)->users, name));
}

static gboolean
set_user (VantageBackend *backend, const char *name, const char *role, gint64 now_ms,
          GError **error)
{
  g_hash_table_insert (((Memory *) backend)->users, g_strdup (name), g_strdup (role));
  return TRUE;
}

static gboolean
add_token (VantageBackend *backend, const guint8 *hash, const char *user, gint64 now_ms,
           GError **error)
{
  g_hash_table_insert (((Memory *) backend)->tokens, vantage_hex_encode (hash, VANTAGE_HASH_SIZE),
                       g_strdup (user));
  return TRUE;
}

static char *
dup_token_user (VantageBackend *backend, const guint8 *hash, gint64 now_ms, GError **error)
{
  g_autofree char *key = vantage_hex_encode (hash, VANTAGE_HASH_SIZE);

  return g_strdup (g_hash_table_lookup (((Memory *) backend)->tokens, key));
}

static gboolean
is_of (gpointer key, gpointer value, gpointer user)
{
  return strcmp (value, user) == 0;
}

static gboolean
revoke_tokens (VantageBackend *backend, const char *user, GError **error)
{
  g_hash_table_foreach_remove (((Memory *) backend)->tokens, is_of, (gpointer) user);
  return TRUE;
}

static gboolean
add_review (VantageBackend *backend, const char *review, gint64 now_ms, gboolean *out_made,
            GError **error)
{
  g_autofree char *core = vantage_core_stream_id (review);

  *out_made = get_stream (backend, review) == NULL;
  if (*out_made)
    {
      add_stream ((Memory *) backend, review, review, "team");
      add_stream ((Memory *) backend, core, review, "core");
    }
  return TRUE;
}

static char *
dup_role (VantageBackend *backend, const char *review, const char *user, GError **error)
{
  g_autofree char *key = g_strconcat (review, " ", user, NULL);

  return g_strdup (g_hash_table_lookup (((Memory *) backend)->members, key));
}

static gboolean
set_member (VantageBackend *backend, const char *review, const char *user, const char *role,
            GError **error)
{
  char *key = g_strconcat (review, " ", user, NULL);

  g_hash_table_insert (((Memory *) backend)->members, key, g_strdup (role));
  return TRUE;
}

static VantageStoredStream *
store_stream (VantageBackend *backend, const Stream *stream, const char *user)
{
  VantageStoredStream *stored = g_new0 (VantageStoredStream, 1);

  stored->id = g_strdup (stream->id);
  stored->review = g_strdup (stream->review);
  stored->kind = g_strdup (stream->kind);
  stored->head = stream->head;
  memcpy (stored->digest, stream->digest, sizeof stored->digest);
  stored->role = user != NULL ? dup_role (backend, stream->review, user, NULL) : NULL;
  return stored;
}

static VantageStoredStream *
find_stream (VantageBackend *backend, const char *id, const char *user, GError **error)
{
  const Stream *stream = get_stream (backend, id);

  return stream != NULL ? store_stream (backend, stream, user) : NULL;
}

static GPtrArray *
list_streams (VantageBackend *backend, const char *user, GError **error)
{
  Memory *self = (Memory *) backend;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_stored_stream_free);

  for (guint i = 0; i < self->order->len; i++)
    {
      VantageStoredStream *stored = store_stream (backend, self->order->pdata[i], user);

      if (stored->role != NULL)
        g_ptr_array_add (list, stored);
      else
        vantage_stored_stream_free (stored);
    }
  return list;
}

static gint64
get_last_n (VantageBackend *backend, const char *stream, const char *device, GError **error)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (get_stream (backend, stream)->last_n, device));
}

static gboolean
find_hash (VantageBackend *backend, const char *stream, const char *device, gint64 n,
           guint8 *out_hash, GError **error)
{
  Stream *there = get_stream (backend, stream);
  g_autofree char *name = g_strdup_printf ("%s:%" G_GINT64_FORMAT, device, n);
  guint seq = GPOINTER_TO_UINT (g_hash_table_lookup (there->by_name, name));
  GBytes *body;

  if (seq == 0)
    return FALSE;
  body = there->bodies->pdata[seq - 1];
  vantage_hash_data (g_bytes_get_data (body, NULL), g_bytes_get_size (body), out_hash);
  return TRUE;
}

static gboolean
append (VantageBackend *backend, const char *stream, const VantageStoredOp *op, GError **error)
{
  Memory *self = (Memory *) backend;
  Stream *there = get_stream (backend, stream);
  char *name = g_strdup_printf ("%s:%" G_GINT64_FORMAT, op->device, op->n);

  if (self->touched == NULL)
    {
      self->touched = g_strdup (stream);
      self->was_head = there->head;
      memcpy (self->was_digest, there->digest, sizeof self->was_digest);
    }
  g_assert_cmpint (op->seq, ==, (gint64) there->bodies->len + 1);
  g_ptr_array_add (there->bodies, g_bytes_ref (op->body));
  g_ptr_array_add (there->names, name);
  g_ptr_array_add (there->authors, g_strdup (op->by));
  g_byte_array_append (there->digests, op->digest, VANTAGE_HASH_SIZE);
  g_hash_table_insert (there->by_name, g_strdup (name), GUINT_TO_POINTER ((guint) op->seq));
  g_hash_table_insert (there->last_n, g_strdup (op->device), GINT_TO_POINTER (op->n));
  return TRUE;
}

static gboolean
set_head (VantageBackend *backend, const char *stream, gint64 head, const guint8 *digest,
          GError **error)
{
  Stream *there = get_stream (backend, stream);

  there->head = head;
  memcpy (there->digest, digest, sizeof there->digest);
  return TRUE;
}

static gboolean
read_ops (VantageBackend *backend, const char *stream, gint64 after, guint limit, gsize max_bytes,
          VantageWirePage *page, GError **error)
{
  Stream *there = get_stream (backend, stream);
  gsize n_bytes = 0;

  for (gint64 seq = after + 1; seq <= there->head && limit > 0 && n_bytes < max_bytes;
       seq++, limit--)
    {
      GBytes *body = there->bodies->pdata[seq - 1];

      vantage_wire_page_add (page, seq, there->authors->pdata[seq - 1], 1, body);
      memcpy (page->digest, there->digests->data + (seq - 1) * VANTAGE_HASH_SIZE,
              VANTAGE_HASH_SIZE);
      n_bytes += g_bytes_get_size (body);
    }
  return TRUE;
}

static GHashTable *
get_vector (VantageBackend *backend, const char *stream, GError **error)
{
  GHashTable *vector = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer device, n;

  g_hash_table_iter_init (&iter, get_stream (backend, stream)->last_n);
  while (g_hash_table_iter_next (&iter, &device, &n))
    {
      gint64 number = GPOINTER_TO_INT (n);

      g_hash_table_insert (vector, g_strdup (device), g_memdup2 (&number, sizeof number));
    }
  return vector;
}

static char *
name_in (const char *stream, const char *id)
{
  return g_strconcat (stream, " ", id, NULL);
}

static GBytes *
get_chunk (VantageBackend *backend, const char *stream, const char *id, GError **error)
{
  g_autofree char *key = name_in (stream, id);
  GBytes *bytes = g_hash_table_lookup (((Memory *) backend)->chunks, key);

  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static gboolean
has_chunk (VantageBackend *backend, const char *stream, const char *id, gint64 *out_size,
           GError **error)
{
  g_autoptr (GBytes) bytes = get_chunk (backend, stream, id, error);

  if (bytes != NULL)
    *out_size = (gint64) g_bytes_get_size (bytes);
  return bytes != NULL;
}

static gboolean
put_chunk (VantageBackend *backend, const char *stream, const char *id, GBytes *bytes,
           GError **error)
{
  g_hash_table_insert (((Memory *) backend)->chunks, name_in (stream, id), g_bytes_ref (bytes));
  return TRUE;
}

static gboolean
put_blob (VantageBackend *backend, const char *stream, const char *id, const VantageWireBlob *blob,
          GError **error)
{
  g_hash_table_insert (((Memory *) backend)->blobs, name_in (stream, id),
                       vantage_wire_blob_write (blob));
  return TRUE;
}

static VantageWireBlob *
get_blob (VantageBackend *backend, const char *stream, const char *id, GError **error)
{
  g_autofree char *key = name_in (stream, id);
  GBytes *bytes = g_hash_table_lookup (((Memory *) backend)->blobs, key);

  return bytes != NULL ? vantage_wire_blob_read (bytes, error) : NULL;
}

static gboolean
audit (VantageBackend *backend, gint64 at_ms, const char *who, const char *what,
       const char *subject, GError **error)
{
  return TRUE;
}

static const VantageBackendClass memory_class = {
  .close = close_memory,
  .begin = begin,
  .commit = commit,
  .rollback = roll_back,
  .dup_meta = dup_meta,
  .set_meta = set_meta,
  .dup_user_role = dup_user_role,
  .set_user = set_user,
  .add_token = add_token,
  .dup_token_user = dup_token_user,
  .revoke_tokens = revoke_tokens,
  .add_review = add_review,
  .dup_role = dup_role,
  .set_member = set_member,
  .find_stream = find_stream,
  .list_streams = list_streams,
  .get_last_n = get_last_n,
  .find_hash = find_hash,
  .append = append,
  .set_head = set_head,
  .read_ops = read_ops,
  .get_vector = get_vector,
  .has_chunk = has_chunk,
  .put_chunk = put_chunk,
  .get_chunk = get_chunk,
  .put_blob = put_blob,
  .get_blob = get_blob,
  .audit = audit,
};

static GHashTable *
new_table (GDestroyNotify free_value)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_value);
}

VantageBackend *
memory_backend_new (void)
{
  Memory *self = g_new0 (Memory, 1);

  self->parent.klass = &memory_class;
  self->meta = new_table (g_free);
  self->users = new_table (g_free);
  self->tokens = new_table (g_free);
  self->members = new_table (g_free);
  self->chunks = new_table ((GDestroyNotify) g_bytes_unref);
  self->blobs = new_table ((GDestroyNotify) g_bytes_unref);
  self->streams = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_stream);
  self->order = g_ptr_array_new ();
  vantage_backend_prepare (&self->parent, NULL);
  return &self->parent;
}

static void
copy_table (GHashTable *from, GHashTable *to, gpointer (*copy) (gpointer value))
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (to, g_strdup (key), copy (value));
}

static gpointer
copy_text (gpointer value)
{
  return g_strdup (value);
}

static gpointer
copy_bytes (gpointer value)
{
  return g_bytes_ref (value);
}

VantageBackend *
memory_backend_copy (VantageBackend *backend)
{
  Memory *self = (Memory *) backend;
  Memory *copy = (Memory *) memory_backend_new ();

  copy_table (self->meta, copy->meta, copy_text);
  copy_table (self->users, copy->users, copy_text);
  copy_table (self->tokens, copy->tokens, copy_text);
  copy_table (self->members, copy->members, copy_text);
  copy_table (self->chunks, copy->chunks, copy_bytes);
  copy_table (self->blobs, copy->blobs, copy_bytes);
  for (guint i = 0; i < self->order->len; i++)
    {
      Stream *from = self->order->pdata[i];
      Stream *to = add_stream (copy, from->id, from->review, from->kind);
      GHashTableIter iter;
      gpointer key, value;

      to->head = from->head;
      memcpy (to->digest, from->digest, sizeof to->digest);
      for (guint k = 0; k < from->bodies->len; k++)
        {
          g_ptr_array_add (to->bodies, g_bytes_ref (from->bodies->pdata[k]));
          g_ptr_array_add (to->names, g_strdup (from->names->pdata[k]));
          g_ptr_array_add (to->authors, g_strdup (from->authors->pdata[k]));
          g_hash_table_insert (to->by_name, g_strdup (from->names->pdata[k]),
                               GUINT_TO_POINTER (k + 1));
        }
      g_byte_array_append (to->digests, from->digests->data, from->digests->len);
      g_hash_table_iter_init (&iter, from->last_n);
      while (g_hash_table_iter_next (&iter, &key, &value))
        g_hash_table_insert (to->last_n, g_strdup (key), value);
    }
  return &copy->parent;
}

GPtrArray *
memory_backend_get_ops (VantageBackend *backend, const char *stream)
{
  return get_stream (backend, stream)->bodies;
}
