/* vantage-slack-trail.c: a channel's times as differences in numbers of variable length, with a
 * mark every few hundred of them from which they can be read. */

#include "vantage-slack-trail.h"

#define BETWEEN_MARKS 256

/* Where to begin reading: the next number in the bytes is the difference to @us. */
typedef struct
{
  gint64 us;
  gsize at;
} Mark;

typedef struct
{
  gint64 last_us;
  guint n;
  GArray *marks; /* (element-type Mark) */
  GByteArray *bytes;
} Lane;

struct _VantageSlackTrail
{
  GArray *lanes; /* (element-type Lane): by channel */
};

static void
clear_lane (gpointer data)
{
  Lane *lane = data;

  g_clear_pointer (&lane->marks, g_array_unref);
  g_clear_pointer (&lane->bytes, g_byte_array_unref);
}

VantageSlackTrail *
vantage_slack_trail_new (void)
{
  VantageSlackTrail *self = g_new0 (VantageSlackTrail, 1);

  self->lanes = g_array_new (FALSE, TRUE, sizeof (Lane));
  g_array_set_clear_func (self->lanes, clear_lane);
  return self;
}

void
vantage_slack_trail_free (VantageSlackTrail *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->lanes);
  g_free (self);
}

static Lane *
take_lane (VantageSlackTrail *self, guint channel)
{
  Lane *lane;

  if (channel >= self->lanes->len)
    g_array_set_size (self->lanes, channel + 1);
  lane = &g_array_index (self->lanes, Lane, channel);
  if (lane->bytes == NULL)
    {
      lane->last_us = -1;
      lane->bytes = g_byte_array_new ();
      lane->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
    }
  return lane;
}

static guint8 *
put_number (guint8 *at, guint64 number)
{
  for (; number >= 0x80; number >>= 7)
    *at++ = (guint8) (number | 0x80);
  *at++ = (guint8) number;
  return at;
}

static const guint8 *
take_number (const guint8 *at, guint64 *out)
{
  *out = 0;
  for (guint shift = 0;; shift += 7)
    {
      *out |= (guint64) (*at & 0x7f) << shift;
      if ((*at++ & 0x80) == 0)
        return at;
    }
}

gboolean
vantage_slack_trail_add (VantageSlackTrail *self, guint channel, gint64 us, guint64 edited_ms)
{
  Lane *lane = take_lane (self, channel);
  guint8 bytes[20], *end = bytes;

  if (us <= lane->last_us)
    return FALSE;
  if (lane->n++ % BETWEEN_MARKS == 0)
    {
      const Mark mark = { lane->last_us, lane->bytes->len };

      g_array_append_val (lane->marks, mark);
    }
  end = put_number (end, (guint64) (us - lane->last_us) << 1 | (edited_ms != 0 ? 1 : 0));
  if (edited_ms != 0)
    end = put_number (end, edited_ms);
  g_byte_array_append (lane->bytes, bytes, (guint) (end - bytes));
  lane->last_us = us;
  return TRUE;
}

/* The last mark before @us. */
static const Mark *
find_mark (const Lane *lane, gint64 us)
{
  guint low = 0, high = lane->marks->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (lane->marks, Mark, middle).us < us)
        low = middle;
      else
        high = middle;
    }
  return &g_array_index (lane->marks, Mark, low);
}

gboolean
vantage_slack_trail_find (VantageSlackTrail *self, guint channel, gint64 us, guint64 *out_edited_ms)
{
  const Lane *lane =
      channel < self->lanes->len ? &g_array_index (self->lanes, Lane, channel) : NULL;
  const guint8 *at, *end;
  const Mark *mark;
  gint64 here;

  *out_edited_ms = 0;
  if (lane == NULL || lane->n == 0 || us > lane->last_us)
    return FALSE;

  mark = find_mark (lane, us);
  here = mark->us;
  at = lane->bytes->data + mark->at;
  end = lane->bytes->data + lane->bytes->len;
  while (at < end && here < us)
    {
      guint64 number;

      at = take_number (at, &number);
      here += (gint64) (number >> 1);
      *out_edited_ms = 0;
      if ((number & 1) != 0)
        at = take_number (at, out_edited_ms);
    }
  return here == us;
}
