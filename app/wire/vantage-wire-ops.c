/* vantage-wire-ops.c: pushes and pages, with the bytes of ops left as they are. */

#include "vantage-wire-ops.h"

#include <string.h>

#include "vantage-op.h"
#include "vantage-wire-reader.h"

#define MAX_NAME_BYTES 200

/* ---- push ---- */

VantageWirePush *
vantage_wire_push_new (const char *epoch, const char *device)
{
  VantageWirePush *self = g_new0 (VantageWirePush, 1);

  self->epoch = g_strdup (epoch);
  self->device = g_strdup (device);
  self->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

void
vantage_wire_push_free (VantageWirePush *self)
{
  if (self == NULL)
    return;
  g_free (self->epoch);
  g_free (self->device);
  g_ptr_array_unref (self->ops);
  g_free (self);
}

static void
append_bytes (GString *out, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_string_append_len (out, data, (gssize) size);
}

GBytes *
vantage_wire_push_write (const VantageWirePush *self)
{
  GString *out = g_string_new ("{");

  vantage_wire_add_text (out, "epoch", self->epoch);
  vantage_wire_add_text (out, "device", self->device);
  vantage_wire_add_name (out, "ops");
  g_string_append_c (out, '[');
  for (guint i = 0; i < self->ops->len; i++)
    {
      vantage_wire_add_comma (out);
      append_bytes (out, self->ops->pdata[i]);
    }
  g_string_append (out, "]}");
  return vantage_wire_take (out);
}

/* The bytes of one op; NULL with @error when it is no object or too large. */
static GBytes *
cut_op (const VantageJsonSpan *span, GError **error)
{
  if (span->length > 0 && *span->at == '{' && span->length <= VANTAGE_OP_MAX_BYTES)
    return g_bytes_new (span->at, span->length);

  vantage_wire_refuse ("op", "is no object or too large", error);
  return NULL;
}

VantageWirePush *
vantage_wire_push_read (GBytes *body, GError **error)
{
  static const char *const names[] = { "epoch", "device", "ops", NULL };
  g_autoptr (VantageWirePush) self = vantage_wire_push_new (NULL, NULL);
  VantageJsonSpan spans[3], value;
  VantageJsonWalk walk;

  if (!vantage_wire_open (body, names, spans, error) ||
      (self->epoch = vantage_wire_need_text (&spans[0], "epoch", 16, error)) == NULL ||
      (self->device = vantage_wire_need_device (&spans[1], "device", error)) == NULL ||
      !vantage_wire_need_array (&spans[2], "ops", &walk, error))
    return NULL;

  while (vantage_json_walk_next (&walk, NULL, &value))
    {
      GBytes *op = cut_op (&value, error);

      if (op == NULL)
        return NULL;
      g_ptr_array_add (self->ops, op);
      if (self->ops->len > VANTAGE_WIRE_PAGE_OPS)
        {
          vantage_wire_refuse ("ops", "holds too many", error);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

GBytes *
vantage_wire_pushed_write (const VantageWirePushed *self)
{
  GString *out = g_string_new ("{");

  vantage_wire_add_int (out, "head", self->head);
  vantage_wire_add_int (out, "acked_n", self->acked_n);
  vantage_wire_add_int (out, "first_seq", self->first_seq);
  vantage_wire_add_int (out, "count", self->count);
  vantage_wire_add_text (out, "by", self->by);
  g_string_append_c (out, '}');
  return vantage_wire_take (out);
}

VantageWirePushed *
vantage_wire_pushed_read (GBytes *body, GError **error)
{
  static const char *const names[] = { "head", "acked_n", "first_seq", "count", "by", NULL };
  g_autoptr (VantageWirePushed) self = g_new0 (VantageWirePushed, 1);
  VantageJsonSpan spans[5];

  if (!vantage_wire_open (body, names, spans, error) ||
      !vantage_wire_need_int (&spans[0], "head", 0, &self->head, error) ||
      !vantage_wire_need_int (&spans[1], "acked_n", 0, &self->acked_n, error) ||
      !vantage_wire_need_int (&spans[2], "first_seq", 0, &self->first_seq, error) ||
      !vantage_wire_need_int (&spans[3], "count", 0, &self->count, error) ||
      (self->by = vantage_wire_need_text (&spans[4], "by", MAX_NAME_BYTES, error)) == NULL)
    return NULL;
  if (self->count > VANTAGE_WIRE_PAGE_OPS)
    {
      vantage_wire_refuse ("count", "is too large", error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
vantage_wire_pushed_free (VantageWirePushed *self)
{
  if (self == NULL)
    return;
  g_free (self->by);
  g_free (self);
}

/* ---- pull ---- */

static void
free_envelope (gpointer data)
{
  VantageWireEnvelope *envelope = data;

  g_free (envelope->by);
  g_clear_pointer (&envelope->op, g_bytes_unref);
  g_free (envelope);
}

VantageWirePage *
vantage_wire_page_new (const char *epoch, gint64 head)
{
  VantageWirePage *self = g_new0 (VantageWirePage, 1);

  self->epoch = g_strdup (epoch);
  self->head = head;
  self->envelopes = g_ptr_array_new_with_free_func (free_envelope);
  return self;
}

void
vantage_wire_page_add (VantageWirePage *self, gint64 seq, const char *by, gint64 rx_ms, GBytes *op)
{
  VantageWireEnvelope *envelope = g_new0 (VantageWireEnvelope, 1);

  envelope->seq = seq;
  envelope->by = g_strdup (by);
  envelope->rx_ms = rx_ms;
  envelope->op = g_bytes_ref (op);
  g_ptr_array_add (self->envelopes, envelope);
}

void
vantage_wire_page_free (VantageWirePage *self)
{
  if (self == NULL)
    return;
  g_free (self->epoch);
  g_ptr_array_unref (self->envelopes);
  g_free (self);
}

GBytes *
vantage_wire_page_write (const VantageWirePage *self)
{
  GString *out = g_string_new ("{");

  vantage_wire_add_text (out, "epoch", self->epoch);
  vantage_wire_add_int (out, "head", self->head);
  vantage_wire_add_hex (out, "digest_at_end", self->digest, sizeof self->digest);
  vantage_wire_add_bool (out, "more", self->more);
  vantage_wire_add_name (out, "ops");
  g_string_append_c (out, '[');
  for (guint i = 0; i < self->envelopes->len; i++)
    {
      const VantageWireEnvelope *envelope = self->envelopes->pdata[i];

      vantage_wire_add_comma (out);
      g_string_append_c (out, '{');
      vantage_wire_add_int (out, "seq", envelope->seq);
      vantage_wire_add_text (out, "by", envelope->by);
      vantage_wire_add_int (out, "rx", envelope->rx_ms);
      vantage_wire_add_name (out, "op");
      append_bytes (out, envelope->op);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
  return vantage_wire_take (out);
}

static gboolean
read_envelope (VantageWirePage *page, const VantageJsonSpan *span, GError **error)
{
  static const char *const names[] = { "seq", "by", "rx", "op", NULL };
  VantageJsonSpan spans[4];
  g_autofree char *by = NULL;
  g_autoptr (GBytes) op = NULL;
  gint64 seq, rx_ms;

  if (!vantage_wire_enter (span, names, spans, error) ||
      !vantage_wire_need_int (&spans[0], "seq", 1, &seq, error) ||
      (by = vantage_wire_need_text (&spans[1], "by", MAX_NAME_BYTES, error)) == NULL ||
      !vantage_wire_need_int (&spans[2], "rx", 0, &rx_ms, error) ||
      (op = cut_op (&spans[3], error)) == NULL)
    return FALSE;
  vantage_wire_page_add (page, seq, by, rx_ms, op);
  return TRUE;
}

VantageWirePage *
vantage_wire_page_read (GBytes *body, GError **error)
{
  static const char *const names[] = { "epoch", "head", "digest_at_end", "more", "ops", NULL };
  g_autoptr (VantageWirePage) self = vantage_wire_page_new (NULL, 0);
  VantageJsonSpan spans[5], value;
  VantageJsonWalk walk;

  if (!vantage_wire_open (body, names, spans, error) ||
      (self->epoch = vantage_wire_need_text (&spans[0], "epoch", 16, error)) == NULL ||
      !vantage_wire_need_int (&spans[1], "head", 0, &self->head, error) ||
      !vantage_wire_need_hex (&spans[2], "digest_at_end", self->digest, sizeof self->digest,
                              error) ||
      !vantage_wire_need_bool (&spans[3], "more", &self->more, error) ||
      !vantage_wire_need_array (&spans[4], "ops", &walk, error))
    return NULL;

  while (vantage_json_walk_next (&walk, NULL, &value))
    if (self->envelopes->len >= VANTAGE_WIRE_PAGE_OPS || !read_envelope (self, &value, error))
      {
        if (error != NULL && *error == NULL)
          vantage_wire_refuse ("ops", "holds too many", error);
        return NULL;
      }
  return g_steal_pointer (&self);
}

void
vantage_wire_chain (guint8 digest[VANTAGE_HASH_SIZE], gint64 seq, const char *by,
                    const guint8 hash[VANTAGE_HASH_SIZE])
{
  g_autoptr (VantageHash) state = vantage_hash_new ();
  guint64 place = GUINT64_TO_BE ((guint64) seq);

  vantage_hash_update (state, digest, VANTAGE_HASH_SIZE);
  vantage_hash_update (state, &place, sizeof place);
  vantage_hash_update (state, by, strlen (by));
  vantage_hash_update (state, hash, VANTAGE_HASH_SIZE);
  vantage_hash_finish (state, digest);
}
