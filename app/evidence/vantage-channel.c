/* vantage-channel.c: where items were said or kept. */

#include "vantage-identity.h"

#include "vantage-id.h"

VantageChannel *
vantage_channel_new (const char *family, const char *system, const char *key,
                     VantageChannelSort sort)
{
  VantageChannel *self = g_new0 (VantageChannel, 1);

  self->family = g_strdup (family);
  self->system = g_strdup (system != NULL ? system : "");
  self->key = g_strdup (key);
  self->name = g_strdup (key);
  self->sort = sort;

  return self;
}

void
vantage_channel_free (VantageChannel *self)
{
  if (self == NULL)
    return;

  g_free (self->family);
  g_free (self->system);
  g_free (self->key);
  g_free (self->name);
  g_free (self->topic);
  g_free (self->purpose);
  g_strfreev (self->members);
  g_free (self);
}

char *
vantage_channel_dup_id (const VantageChannel *self)
{
  return vantage_channel_id (self->family, self->system, self->key);
}
