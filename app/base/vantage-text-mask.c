/* vantage-text-mask.c: overwriting of download tokens, before anything is stored. Works on the raw
 * bytes of a file, so an address may stand there as JSON, XML or percent escapes write it. */

#include "vantage-text.h"

#include <string.h>

#define MIN_BARE_TOKEN 4 /* letters after "xoxb-" below which it is only being talked about */

static const char bare_letters[] =
    "abcdeprs"; /* the sorts of Slack's tokens: bot, user, export … */

static const char *const secret_names[] = {
  "t",
  "token",
  "access_token",
  "sig",
  "signature",
  "key",
  "pub_secret",
  "hm",       /* Discord's */
  "tempauth", /* SharePoint's */
  "x-amz-signature",
  "x-amz-security-token",
  "x-goog-signature",
};

/* How else "&", "?" and "=" are written inside an address. */
static const char *const separators[] = { "?", "&", "#", ";", "\\u0026", "%26", "%3f" };
static const char *const equals[] = { "=", "\\u003d", "%3d" };

static gsize
match_one_of (const char *const *words, guint n, const char *at, const char *end)
{
  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (end - at) >= length && g_ascii_strncasecmp (at, words[i], length) == 0)
        return length;
    }
  return 0;
}

/* An address ends at white space, quotes, angle brackets or controls. */
static gboolean
is_in_address (char c)
{
  return (guchar) c > 0x20 && c != '"' && c != '<' && c != '>' && c != '`' && c != 0x7f;
}

static gboolean
is_in_value (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~%+/=:@!$*", c) != NULL);
}

/* "t=90", "t=1h2m3s": a place in a film, not a token. */
static gboolean
is_play_position (const char *value, gsize length)
{
  if (length == 0 || length > 9 || !g_ascii_isdigit (value[0]))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (value[i]) && strchr ("hms", value[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* FALSE when there was nothing left to hide. */
static gboolean
overwrite (char *begin, const char *end)
{
  gboolean changed = FALSE;

  for (char *at = begin; at < end; at++)
    {
      changed |= *at != 'x';
      *at = 'x';
    }
  return changed;
}

/* The value that begins at @value; @nested: the address stands inside another one, so an escaped
 * "&" ends it. */
static char *
find_value_end (char *value, const char *end, gboolean nested)
{
  char *at = value;

  while (at < end && is_in_value (*at))
    {
      if (nested && end - at >= 3 && g_ascii_strncasecmp (at, "%26", 3) == 0)
        break;
      at++;
    }
  return at;
}

/* After a separator: a parameter whose value is a secret? Gives where to go on. */
static char *
mask_parameter (char *name, const char *end, guint *n)
{
  gsize equals_length;
  char *value, *value_end;

  for (guint i = 0; i < G_N_ELEMENTS (secret_names); i++)
    {
      gsize length = strlen (secret_names[i]);

      if ((gsize) (end - name) <= length ||
          g_ascii_strncasecmp (name, secret_names[i], length) != 0)
        continue;
      equals_length = match_one_of (equals, G_N_ELEMENTS (equals), name + length, end);
      if (equals_length == 0)
        continue;
      value = name + length + equals_length;
      value_end = find_value_end (value, end, name[length] == '%');
      if (length > 1 || !is_play_position (value, (gsize) (value_end - value)))
        *n += overwrite (value, value_end);
      return value_end;
    }
  return name;
}

/* Whether one of the separators may begin with it. */
static inline gboolean
may_separate (char c)
{
  return c == '?' || c == '&' || c == '#' || c == ';' || c == '\\' || c == '%';
}

/* After "://". Gives the end of the address. */
static char *
mask_address (char *at, const char *end, guint *n)
{
  const char *address_end = at;

  while (address_end < end && is_in_address (*address_end))
    address_end++;
  while (at < address_end)
    {
      gsize length = may_separate (*at)
                         ? match_one_of (separators, G_N_ELEMENTS (separators), at, address_end)
                         : 0;

      at = length > 0 ? mask_parameter (at + length, address_end, n) : at + 1;
    }
  return at;
}

static guint
mask_addresses (char *bytes, const char *end)
{
  guint n = 0;
  char *at = bytes;

  while (at < end && (at = memchr (at, ':', (gsize) (end - at))) != NULL)
    {
      if (end - at >= 3 && memcmp (at, "://", 3) == 0)
        at = mask_address (at + 3, end, &n);
      else if (end - at >= 5 && memcmp (at, ":\\/\\/", 5) == 0)
        at = mask_address (at + 5, end, &n);
      else
        at++;
    }
  return n;
}

/* Slack's own tokens, wherever they stand: "xoxb-…", "xoxe.xoxp-…". */
static guint
mask_bare (char *bytes, const char *end)
{
  guint n = 0;
  char *at = bytes;

  while (at < end && (at = memmem (at, (gsize) (end - at), "xox", 3)) != NULL)
    {
      char *token_end = at + 5;

      if (end - at < 5 || strchr (bare_letters, at[3]) == NULL || at[3] == '\0' ||
          (at[4] != '-' && at[4] != '.'))
        {
          at++;
          continue;
        }
      while (token_end < end && (g_ascii_isalnum (*token_end) || *token_end == '-' ||
                                 *token_end == '.' || *token_end == '_' || *token_end == '%'))
        token_end++;
      if (token_end - (at + 5) >= MIN_BARE_TOKEN)
        n += overwrite (at, token_end);
      at = token_end;
    }
  return n;
}

guint
vantage_text_mask_tokens (char *bytes, gsize length)
{
  const char *end = bytes + length;

  return mask_addresses (bytes, end) + mask_bare (bytes, end);
}
