/* vantage-chat-item.c: small work on items that every reader of a chat does. */

#include "vantage-chat.h"

#include <string.h>

#include "vantage-hash.h"
#include "vantage-text.h"

/* ---- numbers as times ---- */

/* Units a second, and how fine a whole number of them is, by size. */
static const struct
{
  gint64 below, per_second;
  VantagePrecision precision;
} units[] = {
  { G_GINT64_CONSTANT (100000000000), 1, VANTAGE_PRECISION_S },
  { G_GINT64_CONSTANT (100000000000000), 1000, VANTAGE_PRECISION_MS },
  { G_GINT64_CONSTANT (100000000000000000), 1000000, VANTAGE_PRECISION_US },
  { G_MAXINT64, 1000000000, VANTAGE_PRECISION_US },
};

/* The digits behind the point, as microseconds; @out_n how many there are. More than six are those
 * of a binary number written out, of which the nearest microsecond is meant. */
static gboolean
parse_fraction (const char *text, gint64 *out_us, guint *out_n)
{
  gint64 us = 0;
  guint n = 0;

  for (; g_ascii_isdigit (*text); text++, n++)
    if (n < 6)
      us = us * 10 + (*text - '0');
    else if (n == 6 && *text >= '5')
      us++;
  for (guint i = n; i < 6; i++)
    us *= 10;
  *out_us = us;
  *out_n = n;
  return n > 0 && *text == '\0';
}

/* "1.5168038146e9", as some programs write a large number with a fraction. */
static gboolean
parse_scientific (const char *text, gint64 *out_us, VantagePrecision *out)
{
  char *end;
  double value = g_ascii_strtod (text, &end);

  if (*end != '\0' || !(value >= 1) || value >= (double) units[1].below)
    return FALSE;
  *out_us = (gint64) (value * (value < (double) units[0].below ? 1e6 : 1e3) + 0.5);
  *out = VANTAGE_PRECISION_US;
  return *out_us <= VANTAGE_TIME_MAX;
}

gboolean
vantage_chat_parse_epoch (const char *text, gint64 *out_us, VantagePrecision *out)
{
  gint64 whole = 0, us, fraction = 0;
  guint n_digits = 0, n_fraction = 0, unit = 0;

  if (text == NULL)
    return FALSE;
  if (g_ascii_isdigit (*text) && strpbrk (text, "eE") != NULL && strlen (text) < 40)
    return parse_scientific (text, out_us, out);
  for (; g_ascii_isdigit (*text); text++, n_digits++)
    {
      /* Nanoseconds have nineteen digits. */
      if (n_digits == 19 || whole > (G_MAXINT64 - 9) / 10)
        return FALSE;
      whole = whole * 10 + (*text - '0');
    }
  if (n_digits == 0 || whole == 0)
    return FALSE;
  if (*text == '.' ? !parse_fraction (text + 1, &fraction, &n_fraction) : *text != '\0')
    return FALSE;
  while (whole >= units[unit].below)
    unit++;
  us = unit < 3 ? whole * (G_USEC_PER_SEC / units[unit].per_second) : whole / 1000;
  if (unit == 0)
    us += fraction;
  else if (unit == 1)
    us += fraction / 1000;
  if (us > VANTAGE_TIME_MAX)
    return FALSE;
  *out_us = us;
  *out = units[unit].precision;
  if (unit == 0 && n_fraction > 0)
    *out = n_fraction > 3 ? VANTAGE_PRECISION_US : VANTAGE_PRECISION_MS;
  else if (unit == 1 && fraction > 0)
    *out = VANTAGE_PRECISION_US;
  return TRUE;
}

/* ---- ids and texts ---- */

static gboolean
is_local_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("._:-", c) != NULL);
}

char *
vantage_chat_dup_local (const char *id)
{
  gboolean plain = TRUE;
  g_autofree char *hash = NULL;

  if (id == NULL || *id == '\0')
    return NULL;
  for (const char *at = id; *at != '\0'; at++)
    plain &= is_local_char (*at);
  if (plain && strlen (id) <= 80)
    return g_strdup (id);
  hash = vantage_hash_data_text (id, strlen (id));
  return g_strdup_printf ("h%.32s", hash);
}

const char *
vantage_chat_get_string (VantageNode *object, const char *name)
{
  VantageNode *member = vantage_node_get (object, name);
  const char *text =
      member != NULL && member->type == VANTAGE_NODE_STRING ? vantage_node_get_text (member) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

const char *
vantage_chat_get_text (VantageNode *object, const char *name)
{
  const char *text = vantage_node_get_member (object, name);

  return text != NULL && *text != '\0' ? text : NULL;
}

char *
vantage_chat_dup_url (const char *url)
{
  char *copy;

  if (url == NULL || *url == '\0')
    return NULL;
  copy = g_strdup (url);
  vantage_text_mask_tokens (copy, strlen (copy));
  return copy;
}

void
vantage_chat_take_text (VantageItem *item, char *text)
{
  g_free (item->text);
  item->text = text;
  vantage_text_mask_tokens (item->text, strlen (item->text));
}

/* ---- reactions, mentions ---- */

static VantageReaction *
take_reaction (VantageItem *item, const char *name)
{
  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    {
      VantageReaction *known = item->reactions->pdata[i];

      if (g_str_equal (known->name, name))
        return known;
    }
  return vantage_item_add_reaction (item, name, 0, NULL);
}

void
vantage_chat_add_reaction (VantageItem *item, const char *name, const char *by, gint64 time_us)
{
  VantageReaction *reaction;
  guint n;

  if (name == NULL || *name == '\0')
    return;
  reaction = take_reaction (item, name);
  reaction->count++;
  if (by == NULL || *by == '\0')
    return;
  n = g_strv_length (reaction->by);
  if (time_us != VANTAGE_TIME_NONE && reaction->times_us == NULL)
    {
      reaction->times_us = g_new (gint64, n + 1);
      for (guint i = 0; i < n; i++)
        reaction->times_us[i] = VANTAGE_TIME_NONE;
    }
  if (reaction->times_us != NULL)
    {
      reaction->times_us = g_renew (gint64, reaction->times_us, n + 1);
      reaction->times_us[n] = time_us;
    }
  reaction->by = g_renew (char *, reaction->by, n + 2);
  reaction->by[n] = g_strdup (by);
  reaction->by[n + 1] = NULL;
}

void
vantage_chat_add_mention (VantageItem *item, const char *key)
{
  guint n = item->mentions != NULL ? g_strv_length (item->mentions) : 0;

  if (key == NULL || *key == '\0' ||
      (n > 0 && g_strv_contains ((const char *const *) item->mentions, key)))
    return;
  item->mentions = g_renew (char *, item->mentions, n + 2);
  item->mentions[n] = g_strdup (key);
  item->mentions[n + 1] = NULL;
}
