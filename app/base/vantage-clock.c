/* vantage-clock.c: the hybrid logical clock. */

#include "vantage-clock.h"

#define COUNTER_BITS 16
#define MAX_MS G_GUINT64_CONSTANT (0xffffffffffff)
#define MAX_AHEAD_MS (5 * 60 * 1000)

static guint64
clamp_ms (gint64 us)
{
  if (us <= 0)
    return 0;
  return MIN ((guint64) us / 1000, MAX_MS);
}

VantageStamp
vantage_clock_tick (VantageClock *self, gint64 now_us)
{
  VantageStamp wall = clamp_ms (now_us) << COUNTER_BITS;

  /* A full counter carries into the milliseconds, which is still later than everything before. */
  if (wall > self->last)
    self->last = wall;
  else if (self->last < G_MAXUINT64)
    self->last++;

  return self->last;
}

void
vantage_clock_receive (VantageClock *self, VantageStamp stamp, gint64 now_us)
{
  guint64 limit_ms = MIN (clamp_ms (now_us) + MAX_AHEAD_MS, MAX_MS);
  VantageStamp limit = limit_ms << COUNTER_BITS;

  self->last = MAX (self->last, MIN (stamp, limit));
}

gint64
vantage_stamp_get_us (VantageStamp stamp)
{
  return (gint64) (stamp >> COUNTER_BITS) * 1000;
}

void
vantage_stamp_to_text (VantageStamp stamp, char out[VANTAGE_STAMP_LENGTH + 1])
{
  static const char digits[] = "0123456789abcdef";

  for (guint i = 0; i < VANTAGE_STAMP_LENGTH; i++)
    out[i] = digits[(stamp >> (4 * (VANTAGE_STAMP_LENGTH - 1 - i))) & 0xf];
  out[VANTAGE_STAMP_LENGTH] = '\0';
}

gboolean
vantage_stamp_from_text (const char *text, VantageStamp *out)
{
  VantageStamp stamp = 0;

  for (guint i = 0; i < VANTAGE_STAMP_LENGTH; i++)
    {
      /* Upper case would give one stamp two texts that order differently. */
      if (!g_ascii_isdigit (text[i]) && !(text[i] >= 'a' && text[i] <= 'f'))
        return FALSE;
      stamp = stamp << 4 | (guint64) g_ascii_xdigit_value (text[i]);
    }
  if (text[VANTAGE_STAMP_LENGTH] != '\0')
    return FALSE;

  *out = stamp;
  return TRUE;
}
