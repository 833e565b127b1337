/* vantage-tracker-text.c: times, addresses and words as trackers write them. */

#include "vantage-tracker.h"

#include "vantage-text.h"

#include <string.h>

/* ---- times ---- */

/* Zones that stand by name in exports of older servers. */
static const struct
{
  const char *name;
  const char *offset;
} zones[] = {
  { "EST", "-0500" },  { "EDT", "-0400" },  { "CST", "-0600" },  { "CDT", "-0500" },
  { "MST", "-0700" },  { "MDT", "-0600" },  { "PST", "-0800" },  { "PDT", "-0700" },
  { "AKST", "-0900" }, { "HST", "-1000" },  { "WET", "+0000" },  { "WEST", "+0100" },
  { "CET", "+0100" },  { "MET", "+0100" },  { "CEST", "+0200" }, { "MEST", "+0200" },
  { "EET", "+0200" },  { "EEST", "+0300" }, { "BST", "+0100" },  { "JST", "+0900" },
  { "AEST", "+1000" }, { "AEDT", "+1100" }, { "NZST", "+1200" }, { "NZDT", "+1300" },
  { "UT", "+0000" },   { "UTC", "+0000" },  { "GMT", "+0000" },
};

/* Beginnings of the names of months, folded to lower case without accents. English ones are read
 * anyway. Longer ones stand before their own beginnings. */
static const struct
{
  const char *begin;
  const char *english;
} months[] = {
  { "janv", "Jan" }, { "jän", "Jan" },  { "gen", "Jan" },  { "ene", "Jan" }, { "янв", "Jan" },
  { "sty", "Jan" },  { "févr", "Feb" }, { "fév", "Feb" },  { "fev", "Feb" }, { "фев", "Feb" },
  { "lut", "Feb" },  { "märz", "Mar" }, { "mär", "Mar" },  { "mrz", "Mar" }, { "mars", "Mar" },
  { "mrt", "Mar" },  { "мар", "Mar" },  { "avr", "Apr" },  { "abr", "Apr" }, { "апр", "Apr" },
  { "kwi", "Apr" },  { "mai", "May" },  { "mei", "May" },  { "mag", "May" }, { "maj", "May" },
  { "мая", "May" },  { "май", "May" },  { "juin", "Jun" }, { "giu", "Jun" }, { "июн", "Jun" },
  { "cze", "Jun" },  { "juil", "Jul" }, { "lug", "Jul" },  { "июл", "Jul" }, { "lip", "Jul" },
  { "août", "Aug" }, { "aoû", "Aug" },  { "ago", "Aug" },  { "авг", "Aug" }, { "sie", "Aug" },
  { "set", "Sep" },  { "сен", "Sep" },  { "wrz", "Sep" },  { "okt", "Oct" }, { "ott", "Oct" },
  { "out", "Oct" },  { "окт", "Oct" },  { "paź", "Oct" },  { "ноя", "Nov" }, { "lis", "Nov" },
  { "dez", "Dec" },  { "déc", "Dec" },  { "dic", "Dec" },  { "дек", "Dec" }, { "gru", "Dec" },
};

gboolean
vantage_tracker_has_time (const char *text)
{
  static const char *const none[] = { "",     "?",    "-",          "--",        "null",
                                      "None", "none", "0000-00-00", "undefined", "N/A" };
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    if (strcmp (stripped, none[i]) == 0)
      return FALSE;
  return !g_str_has_prefix (stripped, "0001-01-01") && !g_str_has_prefix (stripped, "1970-01-01");
}

/* The month's word in @text becomes English. (transfer full) (nullable) */
static char *
with_english_month (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    {
      const char *at = strstr (lower, months[i].begin);
      const char *end;
      g_autofree char *before = NULL;

      if (at == NULL || (at > lower && ((guchar) at[-1] >= 0x80 || g_ascii_isalpha (at[-1]))))
        continue;
      for (end = at; (guchar) *end >= 0x80 || g_ascii_isalpha (*end) || *end == '.';)
        end = g_utf8_next_char (end);
      before = g_strndup (lower, (gsize) (at - lower));
      return g_strconcat (before, months[i].english, end, NULL);
    }
  return NULL;
}

/* Without the name of the zone in brackets; a zone by name at the end as an offset. (transfer full)
 */
static char *
settle_zone (const char *text)
{
  g_autofree char *own = g_strstrip (g_strdup (text));
  char *bracket = strrchr (own, '(');
  char *word;

  if (bracket != NULL && bracket > own && g_str_has_suffix (own, ")"))
    {
      *bracket = '\0';
      g_strchomp (own);
    }
  word = strrchr (own, ' ');
  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (zones); i++)
    if (strcmp (word + 1, zones[i].name) == 0)
      {
        *word = '\0';
        return g_strconcat (own, " ", zones[i].offset, NULL);
      }
  return g_steal_pointer (&own);
}

gboolean
vantage_tracker_parse_time (const char *text, VantageDateOrder order, VantageCellTime *out)
{
  g_autofree char *settled = NULL;
  g_autofree char *english = NULL;

  if (strlen (text) > 100)
    return FALSE;
  if (vantage_cell_time_parse (text, order, out))
    return TRUE;
  settled = settle_zone (text);
  if (vantage_cell_time_parse (settled, order, out))
    return TRUE;
  english = with_english_month (settled);
  return english != NULL && vantage_cell_time_parse (english, order, out);
}

/* ---- addresses ---- */

char *
vantage_tracker_dup_host (const char *url)
{
  const char *host = url != NULL ? strstr (url, "://") : NULL;
  const char *at;
  gsize length;

  if (host == NULL)
    return NULL;
  host += 3;
  length = strcspn (host, "/?#");
  at = memchr (host, '@', length);
  if (at != NULL)
    {
      length -= (gsize) (at + 1 - host);
      host = at + 1;
    }
  return length > 0 && length < 256 ? g_ascii_strdown (host, (gssize) length) : NULL;
}

/* ---- words ---- */

char *
vantage_tracker_plain (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0';)
    {
      if (g_str_has_prefix (p, "<!--"))
        {
          const char *end = strstr (p + 4, "-->");

          p = end != NULL ? end + 3 : p + strlen (p);
        }
      else if (*p == '\r')
        {
          if (p[1] != '\n')
            g_string_append_c (plain, '\n');
          p++;
        }
      else
        g_string_append_c (plain, *p++);
    }
  while (plain->len > 0 && g_ascii_isspace (plain->str[plain->len - 1]))
    g_string_truncate (plain, plain->len - 1);
  return g_string_free (plain, FALSE);
}

char *
vantage_tracker_join (const char *title, const char *body)
{
  g_autofree char *first = g_strstrip (vantage_tracker_plain (title));
  g_autofree char *second = vantage_tracker_plain (body);

  if (*first == '\0')
    return g_steal_pointer (&second);
  if (*second == '\0')
    return g_steal_pointer (&first);
  return g_strconcat (first, "\n\n", second, NULL);
}

static gboolean
is_handle_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.';
}

void
vantage_tracker_take_mentions (VantageItem *item)
{
  gboolean in_code = FALSE;

  for (const char *p = item->text; *p != '\0'; p++)
    {
      gsize n = 0;

      if (*p == '`')
        in_code = !in_code;
      if (*p != '@' || in_code || (p > item->text && (is_handle_char (p[-1]) || p[-1] == '/')))
        continue;
      while (n < 100 && is_handle_char (p[1 + n]))
        n++;
      while (n > 0 && (p[n] == '.' || p[n] == '-'))
        n--;
      vantage_tracker_add_mention (item, p + 1, n);
    }
}
