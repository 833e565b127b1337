#include "vantage-slack-seen.h"

typedef struct
{
  guint64 key; /* 0: free */
  guint64 value;
} Slot;

struct _VantageSlackSeen
{
  Slot *slots;
  gsize n_slots, n_used; /* n_slots is a power of two */
};

VantageSlackSeen *
vantage_slack_seen_new (void)
{
  VantageSlackSeen *self = g_new0 (VantageSlackSeen, 1);

  self->n_slots = 1024;
  self->slots = g_new0 (Slot, self->n_slots);
  return self;
}

void
vantage_slack_seen_free (VantageSlackSeen *self)
{
  if (self == NULL)
    return;
  g_free (self->slots);
  g_free (self);
}

/* A time in microseconds of Slack's years needs 51 bits; what remains of a mixed channel number
 * keeps channels apart. */
static guint64
make_key (guint channel, gint64 us)
{
  guint64 key = (guint64) us ^ ((guint64) channel + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  key ^= key >> 32;
  key *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  key ^= key >> 32;
  return key != 0 ? key : 1;
}

static Slot *
find (Slot *slots, gsize n_slots, guint64 key)
{
  gsize at = key & (n_slots - 1);

  while (slots[at].key != 0 && slots[at].key != key)
    at = (at + 1) & (n_slots - 1);
  return &slots[at];
}

static void
grow (VantageSlackSeen *self)
{
  gsize n_slots = self->n_slots * 2;
  Slot *slots = g_new0 (Slot, n_slots);

  for (gsize i = 0; i < self->n_slots; i++)
    if (self->slots[i].key != 0)
      *find (slots, n_slots, self->slots[i].key) = self->slots[i];
  g_free (self->slots);
  self->slots = slots;
  self->n_slots = n_slots;
}

guint64 *
vantage_slack_seen_take (VantageSlackSeen *self, guint channel, gint64 us, gboolean *out_new)
{
  guint64 key = make_key (channel, us);
  Slot *slot;

  if (self->n_used * 4 >= self->n_slots * 3)
    grow (self);
  slot = find (self->slots, self->n_slots, key);
  *out_new = slot->key == 0;
  if (*out_new)
    {
      slot->key = key;
      self->n_used++;
    }
  return &slot->value;
}

gsize
vantage_slack_seen_count_missing (VantageSlackSeen *self, VantageSlackSeen *other)
{
  gsize n = 0;

  for (gsize i = 0; i < self->n_slots; i++)
    if (self->slots[i].key != 0 &&
        find (other->slots, other->n_slots, self->slots[i].key)->key == 0)
      n++;
  return n;
}
