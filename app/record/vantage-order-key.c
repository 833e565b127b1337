/* vantage-order-key.c: fractional keys. A key is a fraction written in base 62, without its "0.".
 */

#include "vantage-order-key.h"

#include <string.h>

#define BASE 62
#define N_RANDOM 3 /* so that two who insert at one place without talking make different keys */

/* The room, in units of the last digit, before a key is cut off there. Rows of inserts at one place
 * step by STEP, so each further digit serves thousands of them; between the two newest keys, again
 * and again, one digit is spent each time. */
#define WIDE (BASE * BASE)
#define STEP BASE

static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

static int
read_digit (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'A' && c <= 'Z')
    return c - 'A' + 10;
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 36;
  return -1;
}

static gboolean
is_key (const char *key)
{
  for (const char *at = key; *at != '\0'; at++)
    {
      if (read_digit (*at) < 0)
        return FALSE;
    }
  return *key != '\0';
}

/* The part of a key that decides: at most @max_length digits, strictly between the two even when
 * anything follows. FALSE when there is no room. */
static gboolean
find_core (const char *before, const char *after, gsize max_length, GString *core)
{
  gsize before_length = strlen (before);
  gsize after_length = after != NULL ? strlen (after) : 0;
  gint64 room = after != NULL ? 0 : 1; /* no bound is 1.0 */
  gint64 step;

  while (core->len < max_length && room < WIDE)
    {
      gsize i = core->len;
      int low = i < before_length ? read_digit (before[i]) : 0;
      int high = i < after_length ? read_digit (after[i]) : 0;

      room = room * BASE + high - low;
      g_string_append_c (core, digits[low]);
    }
  if (room < 2)
    return FALSE;

  /* The longer neighbour is the newer: stay near it, for the next will come there too. */
  if (before_length > after_length)
    step = MIN (STEP, room / 2);
  else if (before_length < after_length)
    step = MAX (room - STEP, room / 2);
  else
    step = room / 2;

  for (gsize i = core->len; i-- > 0 && step > 0; step /= BASE)
    {
      step += read_digit (core->str[i]);
      core->str[i] = digits[step % BASE];
    }
  return TRUE;
}

static GString *
make_prefix (const char *before, const char *after, gsize n_reserved)
{
  g_autoptr (GString) key = g_string_sized_new (VANTAGE_ORDER_KEY_MAX);

  if ((before != NULL && !is_key (before)) || (after != NULL && !is_key (after)) ||
      (before != NULL && after != NULL && strcmp (before, after) >= 0))
    return NULL;
  if (!find_core (before != NULL ? before : "", after,
                  VANTAGE_ORDER_KEY_MAX - N_RANDOM - n_reserved, key))
    return NULL;

  /* Never "0" at the end: nothing fits between a key and itself with a "0". */
  for (guint i = 0; i < N_RANDOM; i++)
    g_string_append_c (key, digits[g_random_int_range (1, BASE)]);
  return g_steal_pointer (&key);
}

char *
vantage_order_key_between (const char *before, const char *after)
{
  GString *key = make_prefix (before, after, 0);

  return key != NULL ? g_string_free (key, FALSE) : NULL;
}

char **
vantage_order_keys_between (const char *before, const char *after, guint n)
{
  g_autoptr (GString) prefix = NULL;
  gsize width = 1;
  guint64 room = BASE - 1;
  guint64 stride;
  char **keys;

  while (room <= n)
    {
      room = (room + 1) * BASE - 1;
      width++;
    }
  prefix = make_prefix (before, after, width);
  if (prefix == NULL)
    return NULL;

  keys = g_new0 (char *, (gsize) n + 1);
  stride = room / ((guint64) n + 1);
  for (guint i = 0; i < n; i++)
    {
      guint64 number = stride * (i + 1);
      char *key = g_malloc (prefix->len + width + 1);

      memcpy (key, prefix->str, prefix->len);
      for (gsize k = width; k-- > 0; number /= BASE)
        key[prefix->len + k] = digits[number % BASE];
      key[prefix->len + width] = '\0';
      keys[i] = key;
    }
  return keys;
}
