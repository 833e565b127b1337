/* memory-store.c: a library as the engine of sync sees it, in memory. */

#include "memory-store.h"

#include <string.h>

#include "vantage-library.h"
#include "vantage-wire-ops.h"

static void
free_op (gpointer data)
{
  MemoryOp *one = data;

  vantage_op_unref (one->op);
  g_free (one);
}

static void
free_stream (gpointer data)
{
  MemoryStream *stream = data;

  g_free (stream->id);
  g_free (stream->review);
  g_free (stream->epoch);
  g_hash_table_unref (stream->ops);
  g_free (stream);
}

static void
add_device (MemoryStore *self)
{
  g_ptr_array_add (self->devices, g_strdup_printf ("%016x", ++*self->n_devices));
}

static const char *
get_device (MemoryStore *self)
{
  return self->devices->pdata[self->devices->len - 1];
}

static gboolean
is_own (VantageSyncStore *store, const char *device)
{
  MemoryStore *self = (MemoryStore *) store;

  for (guint i = 0; i < self->devices->len; i++)
    if (strcmp (self->devices->pdata[i], device) == 0)
      return TRUE;
  return FALSE;
}

MemoryStream *
memory_store_get (MemoryStore *self, const char *stream)
{
  return g_hash_table_lookup (self->streams, stream);
}

MemoryStream *
memory_store_ensure (MemoryStore *self, const char *id, const char *review, VantageStreamSort sort)
{
  MemoryStream *stream = memory_store_get (self, id);

  if (stream != NULL)
    return stream;
  stream = g_new0 (MemoryStream, 1);
  stream->id = g_strdup (id);
  stream->review = g_strdup (review);
  stream->sort = sort;
  stream->ops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_op);
  g_hash_table_insert (self->streams, stream->id, stream);
  return stream;
}

static MemoryOp *
put_op (MemoryStream *stream, VantageOp *op)
{
  MemoryOp *one = g_new0 (MemoryOp, 1);

  one->op = op;
  g_hash_table_insert (stream->ops, vantage_op_id_to_text (&op->id), one);
  return one;
}

static MemoryOp *
find_op (MemoryStream *stream, const char *device, gint64 n)
{
  g_autofree char *name = g_strdup_printf ("%s:%" G_GINT64_FORMAT, device, n);

  return g_hash_table_lookup (stream->ops, name);
}

static gint64
get_last_n (MemoryStream *stream, const char *device)
{
  gint64 n = 0;

  while (find_op (stream, device, n + 1) != NULL)
    n++;
  return n;
}

static VantageOp *
make_op (MemoryStore *self, const char *device, gint64 n, gint64 first, guint count,
         VantageValue *value)
{
  VantageOpDraft draft = { .stamp = (++self->clock) << 16,
                           .entity = "00000000000000000000000000000001",
                           .kind = "event",
                           .field = "title",
                           .value = value,
                           .group_first = first,
                           .group_count = count };
  g_autoptr (GError) error = NULL;
  VantageOp *op;

  g_strlcpy (draft.id.device, device, sizeof draft.id.device);
  draft.id.n = n;
  op = vantage_op_new (&draft, &error);
  g_assert_no_error (error);
  return op;
}

void
memory_store_write (MemoryStore *self, const char *id, const char *text, guint n)
{
  MemoryStream *stream = memory_store_get (self, id);
  gint64 first = get_last_n (stream, get_device (self)) + 1;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *words = g_strdup_printf ("%s.%u", text, i);
      g_autoptr (VantageValue) value = vantage_value_new_text (words);

      put_op (stream, make_op (self, get_device (self), first + i, first, n, value));
    }
}

/* ---- as the engine sees it ---- */

static VantageStreamInfo *
get_stream (VantageSyncStore *store, const char *id, GError **error)
{
  MemoryStream *stream = memory_store_get ((MemoryStore *) store, id);
  VantageStreamInfo *info;

  if (stream == NULL)
    return NULL;
  info = g_new0 (VantageStreamInfo, 1);
  info->id = g_strdup (stream->id);
  info->review = g_strdup (stream->review);
  info->epoch = g_strdup (stream->epoch);
  info->cursor = stream->cursor;
  memcpy (info->digest, stream->digest, sizeof info->digest);
  return info;
}

static gboolean
add_stream (VantageSyncStore *store, const char *stream, const char *review, VantageStreamSort sort,
            GError **error)
{
  memory_store_ensure ((MemoryStore *) store, stream, review, sort);
  return TRUE;
}

static gboolean
is_waiting (const MemoryOp *one)
{
  return one != NULL && one->seq == 0 && !one->sent;
}

/* The first n of a device that waits; 0: none does. */
static gint64
find_waiting (MemoryStream *stream, const char *device)
{
  for (gint64 n = 1;; n++)
    {
      MemoryOp *one = find_op (stream, device, n);

      if (one == NULL)
        return 0;
      if (is_waiting (one))
        return n;
    }
}

static GPtrArray *
take_unsent (VantageSyncStore *store, const char *id, guint limit, char **out_device,
             GError **error)
{
  MemoryStore *self = (MemoryStore *) store;
  MemoryStream *stream = memory_store_get (self, id);
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);

  for (guint i = 0; i < self->devices->len; i++)
    {
      const char *device = self->devices->pdata[i];
      gint64 n = find_waiting (stream, device);

      if (n == 0)
        continue;
      for (MemoryOp *one = find_op (stream, device, n); is_waiting (one);
           one = find_op (stream, device, ++n))
        {
          /* At the beginning of a group: is there room for all of it? */
          if (ops->len > 0 && one->op->id.n == one->op->group_first &&
              ops->len + one->op->group_count > limit)
            break;
          g_ptr_array_add (ops, vantage_op_ref (one->op));
        }
      *out_device = g_strdup (device);
      return ops;
    }
  return ops;
}

static gboolean
acknowledge (VantageSyncStore *store, const char *id, const char *device, gint64 acked_n,
             gint64 first_seq, guint count, const char *by, GError **error)
{
  MemoryStream *stream = memory_store_get ((MemoryStore *) store, id);
  gint64 first_n = acked_n - count + 1;
  gboolean follows = first_seq == stream->cursor + 1;

  for (gint64 n = 1; n <= acked_n; n++)
    {
      MemoryOp *one = find_op (stream, device, n);

      g_assert_nonnull (one);
      one->sent = TRUE;
      if (count == 0 || n < first_n)
        continue;
      one->seq = first_seq + n - first_n;
      if (!follows)
        continue;
      vantage_wire_chain (stream->digest, one->seq, by, one->op->hash);
      stream->cursor = one->seq;
    }
  return TRUE;
}

/* References among them do not matter here: their values are followed, not their names. */
static gboolean
renumber (VantageSyncStore *store, const char *id, GError **error)
{
  MemoryStore *self = (MemoryStore *) store;
  MemoryStream *stream = memory_store_get (self, id);
  g_autoptr (GPtrArray) values =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_value_unref);

  for (guint i = 0; i < self->devices->len; i++)
    for (gint64 n = find_waiting (stream, self->devices->pdata[i]); n > 0; n++)
      {
        MemoryOp *one = find_op (stream, self->devices->pdata[i], n);
        g_autofree char *name = NULL;

        if (!is_waiting (one))
          break;
        name = vantage_op_id_to_text (&one->op->id);
        g_ptr_array_add (values, vantage_value_ref (one->op->value));
        g_hash_table_remove (stream->ops, name);
      }
  add_device (self);
  for (guint i = 0; i < values->len; i++)
    put_op (stream, make_op (self, get_device (self), i + 1, i + 1, 1, values->pdata[i]));
  return TRUE;
}

static gboolean
refuse (GError **error, VantageStoreError code)
{
  g_set_error (error, VANTAGE_STORE_ERROR, (int) code, "does not fit");
  return FALSE;
}

static gboolean
check_page (MemoryStore *self, MemoryStream *stream, const VantageEnvelope *envelopes, guint n,
            guint8 *digest, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantageOp) op = vantage_op_parse (envelopes[i].bytes, envelopes[i].n_bytes, error);
      MemoryOp *there;

      g_assert_nonnull (op);
      if (envelopes[i].seq != stream->cursor + 1 + i)
        return refuse (error, VANTAGE_STORE_ERROR_STREAM);
      there = find_op (stream, op->id.device, op->id.n);
      if (there != NULL && memcmp (there->op->hash, op->hash, sizeof op->hash) != 0)
        return refuse (error, VANTAGE_STORE_ERROR_REUSED);
      vantage_wire_chain (digest, envelopes[i].seq, envelopes[i].by, op->hash);
    }
  return TRUE;
}

static gboolean
apply_page (VantageSyncStore *store, const char *id, const char *epoch,
            const VantageEnvelope *envelopes, guint n_envelopes, const guint8 *digest,
            GError **error)
{
  MemoryStore *self = (MemoryStore *) store;
  MemoryStream *stream = memory_store_get (self, id);
  guint8 end[VANTAGE_HASH_SIZE];

  memcpy (end, stream->digest, sizeof end);
  if (stream->epoch != NULL && strcmp (stream->epoch, epoch) != 0)
    return refuse (error, VANTAGE_STORE_ERROR_STREAM);
  if (!check_page (self, stream, envelopes, n_envelopes, end, error))
    return FALSE;
  if (digest != NULL && memcmp (digest, end, sizeof end) != 0)
    return refuse (error, VANTAGE_STORE_ERROR_STREAM);
  for (guint i = 0; i < n_envelopes; i++)
    {
      VantageOp *op = vantage_op_parse (envelopes[i].bytes, envelopes[i].n_bytes, NULL);
      MemoryOp *one = find_op (stream, op->id.device, op->id.n);

      if (one == NULL)
        one = put_op (stream, vantage_op_ref (op));
      one->seq = envelopes[i].seq;
      one->sent = TRUE;
      self->clock = MAX (self->clock, op->stamp >> 16);
      vantage_op_unref (op);
    }
  stream->cursor += n_envelopes;
  memcpy (stream->digest, end, sizeof end);
  if (stream->epoch == NULL)
    stream->epoch = g_strdup (epoch);
  return TRUE;
}

static gboolean
reset_stream (VantageSyncStore *store, const char *id, const char *epoch, GHashTable *vector,
              GError **error)
{
  MemoryStream *stream = memory_store_get ((MemoryStore *) store, id);
  GHashTableIter iter;
  gpointer value;

  stream->cursor = 0;
  memset (stream->digest, 0, sizeof stream->digest);
  g_free (stream->epoch);
  stream->epoch = g_strdup (epoch);
  g_hash_table_iter_init (&iter, stream->ops);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      MemoryOp *one = value;
      const gint64 *held = g_hash_table_lookup (vector, one->op->id.device);

      one->seq = 0;
      one->sent = !is_own (store, one->op->id.device) || (held != NULL && one->op->id.n <= *held);
    }
  return TRUE;
}

static char **
list_shared (VantageSyncStore *store, GError **error)
{
  const char *shared[] = { ((MemoryStore *) store)->shared, NULL };

  return g_strdupv ((char **) shared);
}

static gboolean
wants (VantageSyncStore *store, const char *review)
{
  return TRUE;
}

static void
note_access (VantageSyncStore *store, const char *review, const char *role)
{
}

static const VantageSyncStoreClass memory_class = {
  .get_stream = get_stream,
  .add_stream = add_stream,
  .take_unsent = take_unsent,
  .acknowledge = acknowledge,
  .renumber = renumber,
  .apply_page = apply_page,
  .reset_stream = reset_stream,
  .is_own = is_own,
  .list_shared = list_shared,
  .wants = wants,
  .note_access = note_access,
};

MemoryStore *
memory_store_new (guint *n_devices)
{
  MemoryStore *self = g_new0 (MemoryStore, 1);

  self->parent.klass = &memory_class;
  self->devices = g_ptr_array_new_with_free_func (g_free);
  self->streams = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_stream);
  self->n_devices = n_devices;
  add_device (self);
  return self;
}

MemoryStore *
memory_store_copy (const MemoryStore *self)
{
  MemoryStore *copy = memory_store_new (self->n_devices);
  GHashTableIter iter, ops;
  gpointer value;

  g_ptr_array_set_size (copy->devices, 0);
  for (guint i = 0; i < self->devices->len; i++)
    g_ptr_array_add (copy->devices, g_strdup (self->devices->pdata[i]));
  copy->shared = g_strdup (self->shared);
  copy->clock = self->clock;
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const MemoryStream *from = value;
      MemoryStream *to = memory_store_ensure (copy, from->id, from->review, from->sort);

      to->epoch = g_strdup (from->epoch);
      to->cursor = from->cursor;
      memcpy (to->digest, from->digest, sizeof to->digest);
      g_hash_table_iter_init (&ops, from->ops);
      while (g_hash_table_iter_next (&ops, NULL, &value))
        {
          const MemoryOp *one = value;
          MemoryOp *other = put_op (to, vantage_op_ref (one->op));

          other->seq = one->seq;
          other->sent = one->sent;
        }
    }
  return copy;
}

void
memory_store_free (MemoryStore *self)
{
  g_ptr_array_unref (self->devices);
  g_hash_table_unref (self->streams);
  g_free (self->shared);
  g_free (self);
}
