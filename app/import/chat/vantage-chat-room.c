/* vantage-chat-room.c: channels, people and ids of chats that have none of their own; names of
 * files; clocks and days. */

#include "vantage-chat-room.h"

#include "vantage-text.h"

#include <string.h>

#define DAY_US (G_TIME_SPAN_DAY)

void
vantage_chat_room_init (VantageChatRoom *self, VantageReading *reading)
{
  *self = (VantageChatRoom){ .reading = reading };
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->contents = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->seen = g_hash_table_new (g_direct_hash, g_direct_equal);
}

void
vantage_chat_room_clear (VantageChatRoom *self)
{
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->channels, g_hash_table_unref);
  g_clear_pointer (&self->contents, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

const char *
vantage_chat_room_add_channel (VantageChatRoom *self, const char *key, const char *name,
                               VantageChannelSort sort, gboolean weak, GError **error)
{
  const char *known = g_hash_table_lookup (self->channels, key);
  g_autoptr (VantageChannel) channel = NULL;
  char *id;

  if (known != NULL)
    return known;
  channel = vantage_channel_new (self->reading->facts->family, "", key, sort);
  g_free (channel->name);
  channel->name = g_strdup (name);
  channel->weak = weak;
  if (!vantage_reading_add_channel (self->reading, channel, error))
    return NULL;
  id = vantage_channel_dup_id (channel);
  g_hash_table_insert (self->channels, g_strdup (key), id);
  return id;
}

gboolean
vantage_chat_room_add_name (VantageChatRoom *self, const char *name, char **out_key, GError **error)
{
  g_autofree char *shown = vantage_text_nfc (name);
  g_autofree char *key = g_strconcat ("name:", shown, NULL);
  g_autoptr (VantageIdentity) identity = NULL;

  *out_key = NULL;
  if (*shown == '\0')
    return TRUE;
  if (g_hash_table_add (self->people, g_strdup (key)))
    {
      identity = vantage_identity_new (self->reading->facts->family, "", key);
      identity->name = g_steal_pointer (&shown);
      if (!vantage_reading_add_identity (self->reading, identity, error))
        return FALSE;
    }
  *out_key = g_steal_pointer (&key);
  return TRUE;
}

/* ---- ids ---- */

void
vantage_chat_room_begin_file (VantageChatRoom *self)
{
  g_hash_table_remove_all (self->contents);
}

/* 64 bits that stand for the content in its channel: eight bytes a record and not the whole id. */
static gpointer
make_key (const char *channel, const char *content)
{
  guint64 a = g_ascii_strtoull (channel, NULL, 16);
  guint64 b = g_ascii_strtoull (content + 1, NULL, 16);

  return (gpointer) (guintptr) (a ^ (b * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)));
}

gboolean
vantage_chat_room_add_item (VantageChatRoom *self, VantageItem *item, GError **error)
{
  g_autoptr (VantageItem) owned = item;
  g_autofree char *content =
      vantage_item_content_id (item->thread, item->raw_time, item->account, item->text);
  gpointer key = make_key (item->channel, content);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->contents, key)) + 1;

  g_hash_table_insert (self->contents, key, GUINT_TO_POINTER (n));
  g_free (item->local);
  item->local = n == 1 ? g_strdup (content) : g_strdup_printf ("%s-%u", content, n);
  if (!g_hash_table_add (self->seen, (gpointer) ((guintptr) key + n - 1)))
    {
      self->n_duplicates++;
      return TRUE;
    }
  return vantage_reading_add_item (self->reading, g_steal_pointer (&owned), error);
}

gboolean
vantage_chat_room_finish (VantageChatRoom *self, GError **error)
{
  return self->n_duplicates == 0 ||
         vantage_reading_note (self->reading, "duplicate", NULL, 0, -1, error,
                               "%" G_GUINT64_FORMAT " lines were in more than one file",
                               self->n_duplicates);
}

/* ---- days ---- */

gboolean
vantage_chat_day_us (int year, int month, int day, gint64 *out_us)
{
  char text[32];

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return FALSE;
  g_snprintf (text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return vantage_time_parse (text, -1, out_us, NULL, NULL);
}

gboolean
vantage_chat_get_start (VantageReading *reading, gint64 *out_us)
{
  gint64 us = reading->options->zero_us;
  g_autoptr (VantageZone) zone = NULL;

  if (us == VANTAGE_TIME_NONE || us < VANTAGE_TIME_MIN + DAY_US || us > VANTAGE_TIME_MAX - DAY_US)
    return FALSE;
  /* A day without a clock may have been given as midnight of UTC or of the zone. */
  if (us % DAY_US != 0 && reading->options->zone != NULL)
    zone = vantage_zone_new (reading->options->zone);
  if (zone != NULL)
    us += (gint64) vantage_zone_get_offset_s (zone, us) * G_USEC_PER_SEC;
  *out_us = us - ((us % DAY_US) + DAY_US) % DAY_US;
  return TRUE;
}

static const struct
{
  const char *name;
  int month;
} months[] = {
  { "jan", 1 },  { "feb", 2 },  { "mar", 3 },  { "mär", 3 },  { "apr", 4 }, { "may", 5 },
  { "mai", 5 },  { "jun", 6 },  { "jul", 7 },  { "aug", 8 },  { "sep", 9 }, { "oct", 10 },
  { "okt", 10 }, { "nov", 11 }, { "dec", 12 }, { "dez", 12 },
};

static gboolean
is_letter (const char *at)
{
  return g_ascii_isalpha (*at) || (guchar) *at >= 0x80;
}

int
vantage_chat_scan_month (const char *text, const char **out_end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    {
      gsize n = strlen (months[i].name);

      if (g_ascii_strncasecmp (text, months[i].name, n) != 0)
        continue;
      for (text += n; is_letter (text) || *text == '.'; text++)
        ;
      *out_end = text;
      return months[i].month;
    }
  return 0;
}

/* Exactly @n digits, or -1. */
static int
get_number (const char *at, guint n)
{
  int number = 0;

  for (guint i = 0; i < n; i++)
    if (!g_ascii_isdigit (at[i]))
      return -1;
    else
      number = number * 10 + (at[i] - '0');
  return number;
}

/* A day written at @at, in any of the ways of file names. Returns its bytes; 0: none. */
static gsize
scan_day (const char *at, int *year, int *month, int *day)
{
  int number = get_number (at, 4);
  const char *end;

  if (number >= 1970 && number < 2200 && at[4] != '\0' && strchr ("-_./", at[4]) != NULL &&
      get_number (at + 5, 2) >= 0 && at[7] == at[4] && get_number (at + 8, 2) >= 0 &&
      !g_ascii_isdigit (at[10]))
    {
      *year = number;
      *month = get_number (at + 5, 2);
      *day = get_number (at + 8, 2);
      return 10;
    }
  if (number >= 1970 && number < 2200 && get_number (at + 4, 4) >= 0 && !g_ascii_isdigit (at[8]))
    {
      *year = number;
      *month = get_number (at + 4, 2);
      *day = get_number (at + 6, 2);
      return 8;
    }
  number = get_number (at, 2);
  if (number < 0)
    return 0;
  *month = vantage_chat_scan_month (at + 2, &end);
  if (*month == 0 || end != at + 5 || get_number (end, 4) < 1970 || g_ascii_isdigit (end[4]))
    return 0;
  *day = number;
  *year = get_number (end, 4);
  return 9;
}

/* The last day in @path, and where it stands. */
static const char *
find_day (const char *path, int *year, int *month, int *day, gsize *out_length)
{
  const char *found = NULL;

  for (const char *at = path; *at != '\0'; at++)
    {
      int y, m, d;
      gsize n = at == path || !g_ascii_isdigit (at[-1]) ? scan_day (at, &y, &m, &d) : 0;

      if (n == 0)
        continue;
      found = at;
      *out_length = n;
      *year = y;
      *month = m;
      *day = d;
      at += n - 1;
    }
  return found;
}

gboolean
vantage_chat_find_day (const char *path, int *out_year, int *out_month, int *out_day,
                       gboolean *out_wrong)
{
  const char *slash = strrchr (path, '/');
  gint64 us;
  gsize n;

  *out_wrong = FALSE;
  if (find_day (path, out_year, out_month, out_day, &n) == NULL)
    {
      /* a year alone */
      *out_month = *out_day = 0;
      for (const char *at = slash != NULL ? slash + 1 : path; *at != '\0'; at++)
        if ((at == path || !g_ascii_isalnum (at[-1])) && get_number (at, 4) >= 1980 &&
            get_number (at, 4) < 2200 && !g_ascii_isalnum (at[4]))
          {
            *out_year = get_number (at, 4);
            return TRUE;
          }
      return FALSE;
    }
  *out_wrong = !vantage_chat_day_us (*out_year, *out_month, *out_day, &us);
  return !*out_wrong;
}

/* ---- names ---- */

static void
strip_endings (char *name)
{
  static const char *const endings[] = { ".txt",        ".log",  ".raw", ".gz",
                                         ".weechatlog", ".json", ".zip" };
  gboolean found;

  do
    {
      found = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
        if (g_str_has_suffix (name, endings[i]))
          {
            name[strlen (name) - strlen (endings[i])] = '\0';
            found = TRUE;
          }
    }
  while (found);
}

/* Without what joined it to its date; empty when only digits are left. (transfer full) */
static char *
trim_name (const char *name)
{
  gsize n = strlen (name);

  while (n > 0 && strchr ("-_. ", name[n - 1]) != NULL)
    n--;
  while (n > 0 && strchr ("-_. ", *name) != NULL)
    {
      name++;
      n--;
    }
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (name[i]) && strchr ("-_. ", name[i]) == NULL)
      return g_strndup (name, n);
  return g_strdup ("");
}

/* The name of one part of a path, its date and ending taken off. (transfer full) */
static char *
dup_bare (const char *part)
{
  g_autofree char *name = g_strdup (part);
  g_autofree char *joined = NULL;
  int year, month, day;
  const char *at;
  gsize n = 0;

  strip_endings (name);
  at = find_day (name, &year, &month, &day, &n);
  if (at == NULL)
    return trim_name (name);
  joined = g_strdup_printf ("%.*s%s", (int) (at - name), name, at + n);
  return trim_name (joined);
}

char *
vantage_chat_dup_channel_name (VantageReading *reading, const VantageEntry *entry,
                               const char *const *words)
{
  g_auto (GStrv) parts = g_strsplit (entry->path, "/", -1);
  const char *folder = vantage_input_get_folder (reading->input);
  char *name = g_strdup ("");

  for (guint i = g_strv_length (parts); i > 0 && *name == '\0'; i--)
    {
      g_free (name);
      name = dup_bare (parts[i - 1]);
      for (guint w = 0; words != NULL && words[w] != NULL; w++)
        if (g_str_has_prefix (name, words[w]))
          memmove (name, name + strlen (words[w]), strlen (name + strlen (words[w])) + 1);
    }
  if (*name == '\0' && folder != NULL)
    {
      g_free (name);
      name = dup_bare (folder);
    }
  if (*name == '\0')
    {
      g_free (name);
      name = dup_bare (vantage_input_get_name (reading->input));
    }
  return name;
}

/* ---- clocks ---- */

static const char *
pass_spaces (const char *at)
{
  for (;;)
    if (*at == ' ')
      at++;
    else if (strncmp (at, "\xe2\x80\xaf", 3) == 0)
      at += 3;
    else if (strncmp (at, "\xc2\xa0", 2) == 0)
      at += 2;
    else
      return at;
}

/* "AM", "p.m.", "Uhr" is none. 0: nothing; 1: before noon; 2: after. */
static int
scan_half (const char *text, const char **out_end)
{
  const char *at = pass_spaces (text);
  int half = g_ascii_tolower (*at) == 'a' ? 1 : g_ascii_tolower (*at) == 'p' ? 2 : 0;

  if (half == 0)
    return 0;
  at++;
  if (*at == '.')
    at++;
  at = pass_spaces (at);
  if (g_ascii_tolower (*at) != 'm')
    return 0;
  at++;
  if (*at == '.')
    at++;
  if (is_letter (at) || g_ascii_isdigit (*at))
    return 0;
  *out_end = at;
  return half;
}

const char *
vantage_chat_scan_clock (const char *text, gint64 *out_us, VantagePrecision *out)
{
  const char *at = text;
  int hour, minute, second = 0, half;
  char mark;

  hour = get_number (at, g_ascii_isdigit (at[0]) && g_ascii_isdigit (at[1]) ? 2 : 1);
  if (hour < 0)
    return NULL;
  at += g_ascii_isdigit (at[1]) ? 2 : 1;
  mark = *at;
  if ((mark != ':' && mark != '.') || get_number (at + 1, 2) < 0)
    return NULL;
  minute = get_number (at + 1, 2);
  at += 3;
  *out = VANTAGE_PRECISION_MIN;
  if (*at == mark && get_number (at + 1, 2) >= 0)
    {
      second = get_number (at + 1, 2);
      at += 3;
      *out = VANTAGE_PRECISION_S;
    }
  if (g_ascii_isdigit (*at) || minute > 59 || second > 60)
    return NULL;
  half = scan_half (at, &at);
  if (half > 0 ? hour < 1 || hour > 12 : hour > 23)
    return NULL;
  if (half > 0)
    hour = hour % 12 + (half == 2 ? 12 : 0);
  *out_us = ((hour * 60 + minute) * G_GINT64_CONSTANT (60) + second) * G_USEC_PER_SEC;
  return at;
}
