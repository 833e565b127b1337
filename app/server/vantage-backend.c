/* vantage-backend.c: what every kind of storage shares. */

#include "vantage-backend.h"

#include "vantage-id.h"

G_DEFINE_QUARK (vantage_server_error, vantage_server_error)

void
vantage_stored_stream_free (VantageStoredStream *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->review);
  g_free (self->kind);
  g_free (self->role);
  g_free (self);
}

static gboolean
ensure_meta (VantageBackend *self, const char *key, char *(*make) (void), GError **error)
{
  GError *local_error = NULL;
  g_autofree char *there = self->klass->dup_meta (self, key, &local_error);
  g_autofree char *made = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (there != NULL)
    return TRUE;
  made = make ();
  return self->klass->set_meta (self, key, made, error);
}

static char *
make_server_id (void)
{
  g_autofree char *first = vantage_device_new ();
  g_autofree char *second = vantage_device_new ();

  return g_strconcat (first, second, NULL);
}

gboolean
vantage_backend_prepare (VantageBackend *self, GError **error)
{
  if (!self->klass->begin (self, error))
    return FALSE;
  if (ensure_meta (self, "server_id", make_server_id, error) &&
      ensure_meta (self, "epoch", vantage_device_new, error))
    return self->klass->commit (self, error);

  self->klass->rollback (self);
  return FALSE;
}
