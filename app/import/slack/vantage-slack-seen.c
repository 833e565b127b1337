#include "vantage-slack-seen.h"

struct _VantageSlackSeen
{
  gboolean with_values;
  gsize n_slots, n_used; /* n_slots is a power of two */
  gint64 *times;
  guint32 *channels; /* number and 1; 0: free */
  guint64 *values;   /* NULL: without */
};

static void
allocate (VantageSlackSeen *self, gsize n_slots)
{
  self->n_slots = n_slots;
  self->times = g_new (gint64, n_slots);
  self->channels = g_new0 (guint32, n_slots);
  self->values = self->with_values ? g_new0 (guint64, n_slots) : NULL;
}

VantageSlackSeen *
vantage_slack_seen_new (gboolean with_values)
{
  VantageSlackSeen *self = g_new0 (VantageSlackSeen, 1);

  self->with_values = with_values;
  allocate (self, 1024);
  return self;
}

static void
clear (VantageSlackSeen *self)
{
  g_free (self->times);
  g_free (self->channels);
  g_free (self->values);
}

void
vantage_slack_seen_free (VantageSlackSeen *self)
{
  if (self == NULL)
    return;
  clear (self);
  g_free (self);
}

static gsize
hash (guint channel, gint64 us)
{
  guint64 key = (guint64) us ^ ((guint64) channel + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  key ^= key >> 32;
  key *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return (gsize) (key ^ key >> 32);
}

/* Where the entry is, or would be. */
static gsize
find (const VantageSlackSeen *self, guint channel, gint64 us)
{
  gsize at = hash (channel, us) & (self->n_slots - 1);

  while (self->channels[at] != 0 && (self->channels[at] != channel + 1 || self->times[at] != us))
    at = (at + 1) & (self->n_slots - 1);
  return at;
}

static void
grow (VantageSlackSeen *self)
{
  VantageSlackSeen old = *self;

  allocate (self, old.n_slots * 2);
  for (gsize i = 0; i < old.n_slots; i++)
    if (old.channels[i] != 0)
      {
        gsize at = find (self, old.channels[i] - 1, old.times[i]);

        self->channels[at] = old.channels[i];
        self->times[at] = old.times[i];
        if (self->values != NULL)
          self->values[at] = old.values[i];
      }
  clear (&old);
}

guint64 *
vantage_slack_seen_take (VantageSlackSeen *self, guint channel, gint64 us, gboolean *out_new)
{
  gsize at;

  if (self->n_used * 4 >= self->n_slots * 3)
    grow (self);
  at = find (self, channel, us);
  *out_new = self->channels[at] == 0;
  if (*out_new)
    {
      self->channels[at] = channel + 1;
      self->times[at] = us;
      self->n_used++;
    }
  return self->values != NULL ? &self->values[at] : NULL;
}

gsize
vantage_slack_seen_count_missing (VantageSlackSeen *self, VantageSlackSeen *other,
                                  VantageSlackTrail *trail)
{
  guint64 edited_ms;
  gsize n = 0;

  for (gsize i = 0; i < self->n_slots; i++)
    if (self->channels[i] != 0 &&
        other->channels[find (other, self->channels[i] - 1, self->times[i])] == 0 &&
        !vantage_slack_trail_find (trail, self->channels[i] - 1, self->times[i], &edited_ms))
      n++;
  return n;
}
