/* vantage-tracker.c: channels and people that were met, and items on their way out. */

#include "vantage-tracker.h"

#include "vantage-hash.h"
#include "vantage-text.h"

#include <string.h>

#define MAX_LOCAL 80
#define MAX_NAMES 4 /* of projects in the name of one channel */

typedef struct
{
  char *id, *system;
  GPtrArray *names;     /* (element-type utf8): of the projects in it */
  GHashTable *unwanted; /* set of names that were not chosen */
  gboolean told;        /* under any name */
} TrackerChannel;

static void
channel_free (gpointer data)
{
  TrackerChannel *self = data;

  g_free (self->id);
  g_free (self->system);
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->unwanted);
  g_free (self);
}

void
vantage_tracker_init (VantageTracker *self, VantageReading *reading)
{
  *self = (VantageTracker){ .reading = reading, .offset = -1 };
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, channel_free);
  self->identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
vantage_tracker_clear (VantageTracker *self)
{
  g_clear_pointer (&self->channels, g_hash_table_unref);
  g_clear_pointer (&self->identities, g_hash_table_unref);
  g_clear_pointer (&self->contents, g_hash_table_unref);
}

void
vantage_tracker_place (VantageTracker *self, const VantageEntry *entry, gint64 line, gint64 offset,
                       gint64 length)
{
  self->entry = entry;
  self->line = line;
  self->offset = offset;
  self->length = length;
}

/* ---- channels ---- */

static gboolean
has_name (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/* Tells of the channel under one more name. */
static gboolean
add_name (VantageTracker *self, TrackerChannel *known, VantageChannel *channel, GError **error)
{
  const char *const *chosen = self->reading->options->channels;

  g_ptr_array_add (known->names, g_strdup (channel->name));
  if (known->names->len > 1 &&
      ((chosen != NULL && chosen[0] != NULL) || known->names->len > MAX_NAMES + 1))
    return TRUE;
  if (known->names->len > 1)
    {
      GString *joined = g_string_new (NULL);

      for (guint i = 0; i < known->names->len; i++)
        {
          if (i > 0)
            g_string_append (joined, ", ");
          g_string_append (joined, i < MAX_NAMES ? g_ptr_array_index (known->names, i) : "…");
        }
      g_free (channel->name);
      channel->name = g_string_free (joined, FALSE);
    }
  return vantage_reading_add_channel (self->reading, channel, error);
}

gboolean
vantage_tracker_enter (VantageTracker *self, const char *system, const char *key, const char *name,
                       GError **error)
{
  g_autofree char *found = g_strconcat (system, "\n", key, NULL);
  TrackerChannel *known = g_hash_table_lookup (self->channels, found);
  g_autoptr (VantageChannel) channel = NULL;

  if (known == NULL)
    {
      g_autoptr (VantageChannel) made =
          vantage_channel_new (self->reading->facts->family, system, key, VANTAGE_CHANNEL_TICKETS);

      known = g_new0 (TrackerChannel, 1);
      known->id = vantage_channel_dup_id (made);
      known->system = g_strdup (system);
      known->names = g_ptr_array_new_with_free_func (g_free);
      known->unwanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->channels, g_strdup (found), known);
    }
  self->channel = known->id;
  self->system = known->system;
  self->wanted = TRUE;
  if (name != NULL && *name == '\0')
    name = NULL;
  if (name != NULL ? has_name (known->names, name) : known->told)
    return TRUE;
  if (name != NULL && g_hash_table_contains (known->unwanted, name))
    {
      self->wanted = FALSE;
      return TRUE;
    }
  channel =
      vantage_channel_new (self->reading->facts->family, system, key, VANTAGE_CHANNEL_TICKETS);
  g_free (channel->name);
  channel->name = vantage_text_nfc (name != NULL ? name : *system != '\0' ? system : key);
  channel->weak = *system == '\0';
  self->wanted = vantage_reading_wants_channel (self->reading, channel);
  if (self->wanted)
    {
      known->told = TRUE;
      return name != NULL ? add_name (self, known, channel, error)
                          : vantage_reading_add_channel (self->reading, channel, error);
    }
  if (name != NULL)
    g_hash_table_add (known->unwanted, g_strdup (name));
  return TRUE;
}

/* ---- people ---- */

enum
{
  KNOWN_BY_KEY = 1,
  KNOWN_BY_NAME = 2,
};

gboolean
vantage_tracker_meet (VantageTracker *self, const VantageTrackerPerson *person,
                      const char **out_account, GError **error)
{
  const char *name = person->name != NULL && *person->name != '\0' ? person->name : NULL;
  const char *key = person->key != NULL && *person->key != '\0' ? person->key : NULL;
  g_autofree char *nfc = name != NULL ? vantage_text_nfc (name) : NULL;
  g_autofree char *account = key != NULL   ? vantage_text_nfc (key)
                             : nfc != NULL ? g_strconcat ("name:", nfc, NULL)
                                           : NULL;
  g_autofree char *told = NULL;
  g_autoptr (VantageIdentity) identity = NULL;
  gpointer lent, known;
  int knows = name != NULL ? KNOWN_BY_NAME : KNOWN_BY_KEY;

  *out_account = NULL;
  if (account == NULL)
    return TRUE;
  told = g_strconcat (self->system, "\n", account, NULL);
  if (!g_hash_table_lookup_extended (self->identities, told, &lent, &known))
    {
      lent = g_strdup (told);
      known = NULL;
      g_hash_table_insert (self->identities, lent, NULL);
    }
  *out_account = (char *) lent + strlen (self->system) + 1;
  if (GPOINTER_TO_INT (known) >= knows || !self->wanted)
    return TRUE;
  g_hash_table_insert (self->identities, g_strdup (told), GINT_TO_POINTER (knows));

  identity = vantage_identity_new (self->reading->facts->family, self->system, account);
  identity->name = g_strdup (nfc);
  identity->handle = g_strdup (person->handle);
  identity->email = g_strdup (person->email);
  identity->bot = person->bot;
  identity->placeholder = name == NULL && person->handle == NULL && person->email == NULL;
  return vantage_reading_add_identity (self->reading, identity, error);
}

/* ---- items ---- */

gboolean
vantage_tracker_begin (VantageTracker *self, VantageItemKind kind, const char *raw_time,
                       VantageDateOrder order, VantageItem **out, GError **error)
{
  g_autoptr (VantageItem) item = NULL;
  VantageCellTime time;

  *out = NULL;
  if (raw_time == NULL || !vantage_tracker_has_time (raw_time))
    return vantage_tracker_skip (self, "no-time", error, "a record has no time");
  if (!vantage_tracker_parse_time (raw_time, order, &time))
    return vantage_tracker_skip (self, "bad-time", error, "“%.80s” is no time", raw_time);
  item = vantage_item_new (kind);
  item->channel = g_strdup (self->channel);
  if (time.has_zone)
    vantage_reading_set_time (self->reading, item, raw_time, time.us, time.precision);
  else if (!vantage_reading_set_wall_time (self->reading, item, raw_time, time.us, time.precision,
                                           error))
    return FALSE;
  *out = g_steal_pointer (&item);
  return TRUE;
}

static gboolean
is_local (const char *text)
{
  gsize length =
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

  return length > 0 && length <= MAX_LOCAL && text[length] == '\0';
}

static char *
make_local (char *text)
{
  g_autofree char *owned = text;
  g_autofree char *hash = NULL;

  if (is_local (owned))
    return g_steal_pointer (&owned);
  hash = vantage_hash_data_text (owned, strlen (owned));
  hash[16] = '\0';
  return g_strconcat ("x", hash, NULL);
}

void
vantage_tracker_set_local (VantageItem *item, const char *root, const char *suffix)
{
  g_autofree char *top = make_local (g_strdup (root));

  g_free (item->local);
  item->local = suffix == NULL ? g_strdup (top) : make_local (g_strconcat (top, ".", suffix, NULL));
  g_free (item->thread);
  item->thread = g_steal_pointer (&top);
}

void
vantage_tracker_set_content_local (VantageTracker *self, VantageItem *item, const char *root)
{
  g_autofree char *content = NULL;
  g_autofree char *key = NULL;
  guint n;

  vantage_tracker_set_local (item, root, NULL);
  content = vantage_item_content_id (item->thread, item->raw_time, item->account, item->text);
  key = g_strconcat (item->channel, ".", item->thread, ".", content, NULL);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->contents, key)) + 1;
  g_hash_table_insert (self->contents, g_steal_pointer (&key), GUINT_TO_POINTER (n));
  if (n > 1)
    {
      g_autofree char *numbered = g_strdup_printf ("%s-%u", content, n);

      vantage_tracker_set_local (item, root, numbered);
    }
  else
    vantage_tracker_set_local (item, root, content);
}

void
vantage_tracker_take_text (VantageItem *item, char *text)
{
  g_free (item->text);
  item->text = text != NULL ? text : g_strdup ("");
}

void
vantage_tracker_set_url (VantageItem *item, const char *url)
{
  if (url == NULL || !g_str_has_prefix (url, "http"))
    return;
  g_free (item->url);
  item->url = g_strdup (url);
  vantage_text_mask_tokens (item->url, strlen (item->url));
}

void
vantage_tracker_add_mention (VantageItem *item, const char *account, gsize length)
{
  guint n = item->mentions != NULL ? g_strv_length (item->mentions) : 0;

  for (guint i = 0; i < n; i++)
    if (strncmp (item->mentions[i], account, length) == 0 && item->mentions[i][length] == '\0')
      return;
  if (length == 0 || n >= 200)
    return;
  item->mentions = g_renew (char *, item->mentions, n + 2);
  item->mentions[n] = g_strndup (account, length);
  item->mentions[n + 1] = NULL;
}

void
vantage_tracker_set_edited (VantageItem *item, const char *edited)
{
  VantageCellTime time;

  if (edited == NULL || !vantage_tracker_parse_time (edited, VANTAGE_DATE_ORDER_UNKNOWN, &time) ||
      !time.has_zone || item->time_us == VANTAGE_TIME_NONE)
    return;
  if (time.us - item->time_us > G_USEC_PER_SEC)
    item->edited_us = time.us;
}

void
vantage_tracker_add_fact (VantageItem *item, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    vantage_item_add_extra (item, name, value);
}

void
vantage_tracker_set_change (VantageItem *item, const char *field, const char *from, const char *to)
{
  const char *gone = from != NULL ? from : "";
  const char *come = to != NULL ? to : "";

  vantage_tracker_add_fact (item, "field", field);
  vantage_tracker_add_fact (item, "from", gone);
  vantage_tracker_add_fact (item, "to", come);
  vantage_tracker_take_text (item, *gone != '\0'
                                       ? g_strdup_printf ("%s: %s → %s", field, gone, come)
                                       : g_strdup_printf ("%s: → %s", field, come));
  g_strchomp (item->text);
}

gboolean
vantage_tracker_add (VantageTracker *self, VantageItem *item, GError **error)
{
  if (!self->wanted)
    {
      vantage_item_unref (item);
      return vantage_reading_go_on (self->reading, error);
    }
  if (item->text == NULL)
    item->text = g_strdup ("");
  vantage_reading_place_item (item, self->entry, self->line, self->offset, self->length);
  return vantage_reading_add_item (self->reading, item, error);
}

gboolean
vantage_tracker_skip (VantageTracker *self, const char *code, GError **error, const char *format,
                      ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return vantage_reading_skip (self->reading, code, self->entry, self->line, self->offset, error,
                               "%s", text);
}

gboolean
vantage_tracker_note_part (VantageTracker *self, const char *ticket, const char *what, gint64 n,
                           gint64 total, GError **error)
{
  if (total <= n || !self->wanted)
    return TRUE;
  self->reading->facts->complete = FALSE;
  return vantage_reading_note (
      self->reading, "more-pages", self->entry, self->line, self->offset, error,
      "%s has %" G_GINT64_FORMAT " %s, of which %" G_GINT64_FORMAT " are here", ticket, total, what,
      n);
}
