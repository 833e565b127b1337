/* vantage-paging.c: channels, people and items of systems that call people out. */

#include "vantage-paging.h"

#include "vantage-chat.h"
#include "vantage-text.h"

#include <string.h>

#define MAX_DETAILS 60
#define MAX_TEXT (256 * 1024)
#define YEAR_1971_US (G_GINT64_CONSTANT (365) * 86400 * G_USEC_PER_SEC)
#define YEAR_2_US (VANTAGE_TIME_MIN + G_GINT64_CONSTANT (366) * 86400 * G_USEC_PER_SEC)

void
vantage_paging_init (VantagePaging *self, VantageReading *reading)
{
  *self = (VantagePaging){ .reading = reading, .offset = -1 };
  self->system = g_strdup ("");
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->seen = g_hash_table_new (NULL, NULL);
  self->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
vantage_paging_clear (VantagePaging *self)
{
  g_clear_pointer (&self->system, g_free);
  g_clear_pointer (&self->channels, g_hash_table_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->contents, g_hash_table_unref);
}

/* ---- the account ---- */

static gboolean
is_host_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.';
}

static gboolean
is_makers_own (const char *host)
{
  static const char *const own[] = { "api.",       "www.",  "support.", "events.",
                                     "developer.", "docs.", "app.",     "status." };

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_str_has_prefix (host, own[i]))
      return TRUE;
  return FALSE;
}

/* (transfer full) (nullable) */
static char *
find_host (const char *head, gsize length, const char *ending)
{
  const char *end = head + length;
  gsize n = strlen (ending);

  for (const char *at = head; (at = g_strstr_len (at, end - at, ending)) != NULL; at += n)
    {
      const char *begin = at;
      g_autofree char *host = NULL;

      while (begin > head && is_host_char (begin[-1]))
        begin--;
      if (begin == at || begin == head || begin[-1] != '/' ||
          (at + n < end && is_host_char (at[n])))
        continue;
      host = g_ascii_strdown (begin, at + n - begin);
      if (!is_makers_own (host))
        return g_steal_pointer (&host);
    }
  return NULL;
}

void
vantage_paging_find_system (VantagePaging *self, const char *ending)
{
  VantageInput *input = self->reading->input;

  for (guint i = 0; i < vantage_input_get_n_entries (input); i++)
    {
      g_autoptr (GBytes) head = vantage_input_peek (input, vantage_input_get_entry (input, i));
      gsize length;
      const char *bytes = g_bytes_get_data (head, &length);
      char *host = length > 0 ? find_host (bytes, length, ending) : NULL;

      if (host == NULL)
        continue;
      g_free (self->system);
      self->system = host;
      g_free (self->reading->facts->system);
      self->reading->facts->system = g_strdup (host);
      return;
    }
}

void
vantage_paging_set_place (VantagePaging *self, const VantageRecordPlace *place)
{
  self->entry = place->entry;
  self->offset = place->offset;
  self->length = place->length;
}

gboolean
vantage_paging_finish (VantagePaging *self, const char *what, GError **error)
{
  return self->n_repeated == 0 ||
         vantage_reading_note (self->reading, "duplicate", NULL, 0, -1, error,
                               "%" G_GUINT64_FORMAT " %s were there more than once",
                               self->n_repeated, what);
}

/* ---- who and where ---- */

gboolean
vantage_paging_tell_channel (VantagePaging *self, VantageChannelSort sort, const char *key,
                             const char *name, char **out_id, GError **error)
{
  g_autofree char *nfc = vantage_text_nfc (key);
  g_autofree char *shown = vantage_text_nfc (name != NULL && *name != '\0' ? name : key);
  g_autoptr (VantageChannel) channel =
      vantage_channel_new (self->reading->facts->family, self->system, nfc, sort);
  const char *told;

  *out_id = vantage_channel_dup_id (channel);
  told = g_hash_table_lookup (self->channels, *out_id);
  if (told != NULL && (g_str_equal (told, shown) || g_str_equal (shown, nfc)))
    return TRUE;
  g_free (channel->name);
  channel->name = g_strdup (shown);
  channel->weak = *self->system == '\0';
  g_hash_table_replace (self->channels, g_strdup (*out_id), g_steal_pointer (&shown));
  return vantage_reading_add_channel (self->reading, channel, error);
}

gboolean
vantage_paging_tell_person (VantagePaging *self, const char *key, const char *name,
                            const char *email, gboolean bot, GError **error)
{
  guint facts = 1u | (name != NULL && *name != '\0' ? 2u : 0) |
                (email != NULL && *email != '\0' ? 4u : 0) | (bot ? 8u : 0);
  guint told = GPOINTER_TO_UINT (g_hash_table_lookup (self->people, key));
  g_autoptr (VantageIdentity) identity = NULL;

  if ((facts & ~told) == 0)
    return TRUE;
  g_hash_table_insert (self->people, g_strdup (key), GUINT_TO_POINTER (facts | told));
  identity = vantage_identity_new (self->reading->facts->family, self->system, key);
  identity->name = (facts & 2u) != 0 ? g_strdup (name) : NULL;
  identity->email = (facts & 4u) != 0 ? g_strdup (email) : NULL;
  identity->bot = bot;
  identity->placeholder = identity->name == NULL && identity->email == NULL;
  return vantage_reading_add_identity (self->reading, identity, error);
}

/* ---- times ---- */

VantagePagingTimeState
vantage_paging_read_time (const char *raw, gint64 *out_us, VantagePrecision *out_precision,
                          gboolean *out_has_zone)
{
  gint64 us;

  if (raw == NULL || *raw == '\0')
    return VANTAGE_PAGING_TIME_NONE;
  if (raw[strspn (raw, "0123456789.")] == '\0')
    {
      if (strspn (raw, "0.") == strlen (raw))
        return VANTAGE_PAGING_TIME_NONE;
      if (!vantage_chat_parse_epoch (raw, &us, out_precision))
        return VANTAGE_PAGING_TIME_BAD;
      *out_has_zone = TRUE;
    }
  else if (!vantage_time_parse (raw, -1, &us, out_precision, out_has_zone))
    return VANTAGE_PAGING_TIME_BAD;
  if (us < YEAR_2_US || (us >= 0 && us < YEAR_1971_US))
    return VANTAGE_PAGING_TIME_NONE;
  *out_us = us;
  return VANTAGE_PAGING_TIME_OK;
}

gboolean
vantage_paging_set_time (VantagePaging *self, VantageItem *item, const char *raw, gboolean *out_ok,
                         GError **error)
{
  VantagePrecision precision;
  gboolean has_zone;
  gint64 us;
  VantagePagingTimeState state = vantage_paging_read_time (raw, &us, &precision, &has_zone);

  *out_ok = state == VANTAGE_PAGING_TIME_OK;
  if (!*out_ok)
    return vantage_paging_skip (self, state == VANTAGE_PAGING_TIME_NONE ? "no-time" : "bad-time",
                                error, "“%s” is no time", raw != NULL ? raw : "");
  if (!has_zone)
    return vantage_reading_set_wall_time (self->reading, item, raw, us, precision, error);
  vantage_reading_set_time (self->reading, item, raw, us, precision);
  return TRUE;
}

/* ---- items ---- */

static void
set_content_local (VantagePaging *self, VantageItem *item)
{
  g_autofree char *content =
      vantage_item_content_id (item->thread, item->raw_time, item->account, item->text);
  char *key = g_strconcat (item->channel, ".", content, NULL);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->contents, key)) + 1;

  g_hash_table_insert (self->contents, key, GUINT_TO_POINTER (n));
  item->local = n == 1 ? g_steal_pointer (&content) : g_strdup_printf ("%s-%u", content, n);
}

/* FNV-1a of an id; a few million of them in 64 bits do not meet. */
static gpointer
hash_id (const VantageItem *item)
{
  g_autofree char *id = vantage_item_dup_id (item);
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (const char *at = id; *at != '\0'; at++)
    hash = (hash ^ (guchar) *at) * G_GUINT64_CONSTANT (1099511628211);
  return GSIZE_TO_POINTER ((gsize) (hash ^ hash >> 32));
}

gboolean
vantage_paging_take (VantagePaging *self, VantageItem *item, GError **error)
{
  g_autoptr (VantageItem) owned = item;

  if (item->text == NULL)
    item->text = g_strdup ("");
  if (item->local == NULL)
    set_content_local (self, item);
  if (!g_hash_table_add (self->seen, hash_id (item)))
    {
      self->n_repeated++;
      return vantage_reading_go_on (self->reading, error);
    }
  vantage_text_mask_tokens (item->text, strlen (item->text));
  vantage_reading_place_item (item, self->entry, self->line, self->offset, self->length);
  return vantage_reading_add_item (self->reading, g_steal_pointer (&owned), error);
}

gboolean
vantage_paging_skip (VantagePaging *self, const char *code, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return vantage_reading_skip (self->reading, code, self->entry, self->line, self->offset, error,
                               "%s", text);
}

void
vantage_paging_set_url (VantageItem *item, const char *url)
{
  if (url == NULL || (!g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "http://")))
    return;
  g_free (item->url);
  item->url = vantage_chat_dup_url (url);
}

void
vantage_paging_add_text (VantageItem *item, const char *text)
{
  g_autofree char *plain = text != NULL ? g_strstrip (g_strdup (text)) : g_strdup ("");
  char *joined;

  if (item->text == NULL)
    item->text = g_strdup ("");
  if (*plain == '\0' || strstr (item->text, plain) != NULL ||
      strlen (item->text) + strlen (plain) > MAX_TEXT)
    return;
  joined = *item->text == '\0' ? g_strdup (plain) : g_strconcat (item->text, "\n", plain, NULL);
  g_free (item->text);
  item->text = joined;
}

void
vantage_paging_add_details (VantageItem *item, VantageNode *details)
{
  guint n = 0;

  if (details == NULL)
    return;
  if (details->type == VANTAGE_NODE_STRING)
    {
      vantage_paging_add_text (item, vantage_node_get_text (details));
      return;
    }
  if (details->type != VANTAGE_NODE_OBJECT)
    return;
  for (VantageNode *name = vantage_node_first (details); name != NULL && n < MAX_DETAILS;
       name = vantage_node_next (details, name), n++)
    {
      VantageNode *value = vantage_node_value (name);
      const char *text = value->type == VANTAGE_NODE_TRUE    ? "true"
                         : value->type == VANTAGE_NODE_FALSE ? "false"
                                                             : vantage_node_get_text (value);
      g_autofree char *line = NULL;

      if (text == NULL || *text == '\0')
        continue;
      line = g_strdup_printf ("%s: %s", vantage_node_get_text (name), text);
      vantage_paging_add_text (item, line);
    }
}

void
vantage_paging_add_extra (VantageItem *item, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    vantage_item_add_extra (item, name, value);
}

/* ---- addresses ---- */

static gboolean
is_word_char (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80 || (c != '\0' && strchr ("._%+-", c) != NULL);
}

/* Bytes of a telephone number at @at: seven digits at least, with what stands between them. */
static gsize
match_number (const char *at)
{
  gsize length = 0, digits = 0, last = 0;

  for (length = 0; at[length] != '\0' && strchr ("0123456789 +-().", at[length]) != NULL; length++)
    if (g_ascii_isdigit (at[length]))
      {
        digits++;
        last = length + 1;
      }
  return digits >= 7 && (*at == '+' || *at == '(' || g_ascii_isdigit (*at)) ? last : 0;
}

void
vantage_paging_hide_addresses (VantageItem *item)
{
  GString *out = g_string_new (NULL);

  for (const char *at = item->text != NULL ? item->text : ""; *at != '\0';)
    {
      gsize length = match_number (at);
      gsize name = out->len;

      if (length > 0)
        {
          g_string_append (out, "[number]");
          at += length;
          continue;
        }
      if (*at != '@' || out->len == 0 || !is_word_char (out->str[out->len - 1]) ||
          !g_ascii_isalnum (at[1]))
        {
          g_string_append_c (out, *at++);
          continue;
        }
      while (name > 0 && is_word_char (out->str[name - 1]))
        name--;
      g_string_truncate (out, name);
      g_string_append (out, "[address]");
      for (at++; is_word_char (*at);)
        at++;
    }
  g_free (item->text);
  item->text = g_string_free (out, FALSE);
}

/* ---- records ---- */

const char *
vantage_paging_get (VantageNode *object, const char *name)
{
  return vantage_chat_get_text (object, name);
}

const char *
vantage_paging_get_any (VantageNode *object, const char *const *names)
{
  for (; *names != NULL; names++)
    {
      const char *text = vantage_chat_get_text (object, *names);

      if (text != NULL)
        return text;
    }
  return NULL;
}
