/* vantage-identity.c: one account of somebody in a system. */

#include "vantage-identity.h"

#include "vantage-id.h"

VantageIdentity *
vantage_identity_new (const char *family, const char *system, const char *key)
{
  VantageIdentity *self = g_new0 (VantageIdentity, 1);

  self->family = g_strdup (family);
  self->system = g_strdup (system != NULL ? system : "");
  self->key = g_strdup (key);

  return self;
}

void
vantage_identity_free (VantageIdentity *self)
{
  if (self == NULL)
    return;

  g_free (self->family);
  g_free (self->system);
  g_free (self->key);
  g_free (self->handle);
  g_free (self->email);
  g_free (self->name);
  g_free (self->zone);
  g_free (self->team);
  g_free (self->title);
  g_free (self);
}

VantageIdentity *
vantage_identity_copy (const VantageIdentity *self)
{
  VantageIdentity *copy = vantage_identity_new (self->family, self->system, self->key);

  copy->handle = g_strdup (self->handle);
  copy->email = g_strdup (self->email);
  copy->name = g_strdup (self->name);
  copy->zone = g_strdup (self->zone);
  copy->team = g_strdup (self->team);
  copy->title = g_strdup (self->title);
  copy->bot = self->bot;
  copy->placeholder = self->placeholder;

  return copy;
}

static void
improve_text (char **mine, const char *theirs, gboolean replace)
{
  if (theirs == NULL || *theirs == '\0' || (!replace && *mine != NULL && **mine != '\0'))
    return;

  if (g_strcmp0 (*mine, theirs) == 0)
    return;

  g_free (*mine);
  *mine = g_strdup (theirs);
}

void
vantage_identity_improve (VantageIdentity *self, const VantageIdentity *newer)
{
  gboolean replace = !newer->placeholder;

  improve_text (&self->handle, newer->handle, replace);
  improve_text (&self->email, newer->email, replace);
  improve_text (&self->name, newer->name, replace);
  improve_text (&self->zone, newer->zone, replace);
  improve_text (&self->team, newer->team, replace);
  improve_text (&self->title, newer->title, replace);
  if (replace || self->placeholder)
    self->bot = self->bot || newer->bot;
  self->placeholder = self->placeholder && newer->placeholder;
}

char *
vantage_identity_dup_id (const VantageIdentity *self)
{
  return vantage_identity_id (self->family, self->system, self->key);
}

const char *
vantage_identity_get_shown (const VantageIdentity *self)
{
  if (self->name != NULL && *self->name != '\0')
    return self->name;

  if (self->handle != NULL && *self->handle != '\0')
    return self->handle;

  return g_str_has_prefix (self->key, "name:") && self->key[5] != '\0' ? self->key + 5 : self->key;
}
