/* vantage-chat.c: people, channels and messages of a chat, each told once. */

#include "vantage-chat.h"

#include <string.h>

#include "vantage-text.h"

typedef struct
{
  VantageIdentity *identity;
  gint64 named_us; /* when it had the name that is kept */
  gboolean told;
} Person;

static void
person_free (Person *self)
{
  vantage_identity_free (self->identity);
  g_free (self);
}

static void
chat_channel_free (VantageChatChannel *self)
{
  vantage_channel_free (self->channel);
  g_free (self->id);
  g_free (self);
}

void
vantage_chat_init (VantageChat *self, VantageReading *reading)
{
  *self = (VantageChat){ .reading = reading, .learning = TRUE, .offset = -1 };
  vantage_reading_set_passes (reading, 2);
  self->system = g_strdup ("");
  self->people =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) person_free);
  self->channels =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) chat_channel_free);
  self->seen = g_hash_table_new (NULL, NULL);
  self->roots = g_hash_table_new (NULL, NULL);
  self->contents = g_hash_table_new (NULL, NULL);
}

void
vantage_chat_clear (VantageChat *self)
{
  g_clear_pointer (&self->system, g_free);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->channels, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->roots, g_hash_table_unref);
  g_clear_pointer (&self->contents, g_hash_table_unref);
}

void
vantage_chat_begin_keeping (VantageChat *self)
{
  self->learning = FALSE;
  g_hash_table_remove_all (self->contents);
}

void
vantage_chat_set_system (VantageChat *self, const char *system)
{
  if (system == NULL || *system == '\0' || g_str_equal (self->system, system))
    return;
  g_free (self->system);
  self->system = g_strdup (system);
  g_free (self->reading->facts->system);
  self->reading->facts->system = g_strdup (system);
}

/* ---- people ---- */

static Person *
take_person (VantageChat *self, const char *key)
{
  Person *person = g_hash_table_lookup (self->people, key);

  if (person != NULL)
    return person;
  person = g_new0 (Person, 1);
  person->identity = vantage_identity_new (self->reading->facts->family, self->system, key);
  person->identity->placeholder = TRUE;
  person->named_us = VANTAGE_TIME_NONE;
  g_hash_table_insert (self->people, g_strdup (key), person);
  return person;
}

VantageIdentity *
vantage_chat_get_person (VantageChat *self, const char *key)
{
  return take_person (self, key)->identity;
}

gboolean
vantage_chat_knows_person (VantageChat *self, const char *key)
{
  Person *person = key != NULL ? g_hash_table_lookup (self->people, key) : NULL;

  return person != NULL && !person->identity->placeholder;
}

void
vantage_chat_learn_person (VantageChat *self, const char *key, const char *name, const char *handle,
                           gboolean bot, gint64 time_us)
{
  Person *person;

  if (!self->learning || key == NULL || *key == '\0')
    return;
  person = take_person (self, key);
  person->identity->bot |= bot;
  if (name != NULL && *name != '\0' &&
      (person->identity->name == NULL || time_us >= person->named_us))
    {
      g_free (person->identity->name);
      person->identity->name = g_strdup (name);
      person->named_us = time_us;
      person->identity->placeholder = FALSE;
    }
  if (handle != NULL && *handle != '\0' && person->identity->handle == NULL)
    {
      person->identity->handle = g_strdup (handle);
      person->identity->placeholder = FALSE;
    }
}

static gboolean
tell_person (VantageChat *self, const char *key, GError **error)
{
  Person *person = take_person (self, key);

  if (person->told)
    return TRUE;
  person->told = TRUE;
  if (person->identity->name == NULL && g_str_has_prefix (key, "name:"))
    {
      person->identity->name = g_strdup (key + strlen ("name:"));
      person->identity->placeholder = FALSE;
    }
  return vantage_reading_add_identity (self->reading, person->identity, error);
}

static gboolean
tell_people (VantageChat *self, const VantageItem *item, GError **error)
{
  const char *by = vantage_item_get_extra (item, "by");

  if (item->account != NULL && !tell_person (self, item->account, error))
    return FALSE;
  if (by != NULL && !tell_person (self, by, error))
    return FALSE;
  for (guint i = 0; item->mentions != NULL && item->mentions[i] != NULL; i++)
    if (!tell_person (self, item->mentions[i], error))
      return FALSE;
  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    {
      const VantageReaction *reaction = item->reactions->pdata[i];

      for (guint k = 0; reaction->by[k] != NULL; k++)
        if (!tell_person (self, reaction->by[k], error))
          return FALSE;
    }
  return TRUE;
}

/* ---- channels ---- */

VantageChatChannel *
vantage_chat_get_channel (VantageChat *self, const char *key, VantageChannelSort sort)
{
  g_autofree char *nfc = vantage_text_nfc (key);
  VantageChatChannel *channel = g_hash_table_lookup (self->channels, nfc);

  if (channel != NULL)
    return channel;
  channel = g_new0 (VantageChatChannel, 1);
  channel->channel = vantage_channel_new (self->reading->facts->family, self->system, nfc, sort);
  channel->id = vantage_channel_dup_id (channel->channel);
  channel->index = g_hash_table_size (self->channels);
  channel->named_us = VANTAGE_TIME_NONE;
  g_hash_table_insert (self->channels, g_steal_pointer (&nfc), channel);
  return channel;
}

void
vantage_chat_name_channel (VantageChatChannel *channel, const char *name)
{
  vantage_chat_name_channel_at (channel, name, VANTAGE_TIME_MAX);
}

void
vantage_chat_name_channel_at (VantageChatChannel *channel, const char *name, gint64 time_us)
{
  if (name == NULL || *name == '\0' || time_us < channel->named_us)
    return;
  channel->named_us = time_us;
  g_free (channel->channel->name);
  channel->channel->name = vantage_text_nfc (name);
}

void
vantage_chat_set_members (VantageChatChannel *channel, const char *const *keys)
{
  g_strfreev (channel->channel->members);
  channel->channel->members = g_strdupv ((char **) keys);
}

/* A conversation without a name is called after those in it. */
static void
name_after_members (VantageChat *self, VantageChannel *channel)
{
  g_autoptr (GString) name = NULL;

  if (channel->sort != VANTAGE_CHANNEL_DIRECT || channel->members == NULL ||
      channel->members[0] == NULL || !g_str_equal (channel->name, channel->key))
    return;
  name = g_string_new (NULL);
  for (guint i = 0; channel->members[i] != NULL; i++)
    g_string_append_printf (
        name, "%s%s", i > 0 ? ", " : "",
        vantage_identity_get_shown (vantage_chat_get_person (self, channel->members[i])));
  g_free (channel->name);
  channel->name = g_string_free (g_steal_pointer (&name), FALSE);
}

gboolean
vantage_chat_tell_channel (VantageChat *self, VantageChatChannel *channel, GError **error)
{
  if (channel->told || self->learning)
    return TRUE;
  channel->told = TRUE;
  name_after_members (self, channel->channel);
  channel->wanted = vantage_reading_wants_channel (self->reading, channel->channel);
  if (!vantage_reading_add_channel (self->reading, channel->channel, error))
    return FALSE;
  if (!channel->wanted || channel->channel->members == NULL)
    return TRUE;
  for (guint i = 0; channel->channel->members[i] != NULL; i++)
    if (vantage_chat_knows_person (self, channel->channel->members[i]) &&
        !tell_person (self, channel->channel->members[i], error))
      return FALSE;
  return TRUE;
}

/* ---- each message once ---- */

#define KEPT (G_GUINT64_CONSTANT (1) << 63)
#define EDITED_SHIFT 12
#define MAX_RICHNESS ((1 << EDITED_SHIFT) - 1)

/* FNV-1a over the channel's number and the id; a few million of them in 64 bits do not meet. Tables
 * hold these and numbers, nothing that is allocated, for there is an entry for each message. */
static gpointer
hash_id (const VantageChatChannel *channel, const char *local)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037) ^ channel->index;

  hash *= G_GUINT64_CONSTANT (1099511628211);
  for (; *local != '\0'; local++)
    hash = (hash ^ (guchar) *local) * G_GUINT64_CONSTANT (1099511628211);
  hash ^= hash >> 32;
  return (gpointer) (guintptr) (hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
}

G_STATIC_ASSERT (sizeof (gpointer) == 8);

/* Of two copies the later edited is better, then the one that holds more. */
static guint64
judge_copy (const VantageItem *item)
{
  guint64 edited = item->edited_us > 0 ? (guint64) (item->edited_us / 1000) : 0;
  guint64 richness = item->attachments != NULL ? item->attachments->len : 0;

  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    richness += (guint64) MAX (((VantageReaction *) item->reactions->pdata[i])->count, 0);
  return edited << EDITED_SHIFT | MIN (richness, MAX_RICHNESS);
}

/* Whether this copy is the one to keep. */
static gboolean
choose_copy (VantageChat *self, const VantageChatChannel *channel, const VantageItem *item)
{
  gpointer hash = hash_id (channel, item->local);
  guint64 best = (guint64) (guintptr) g_hash_table_lookup (self->seen, hash);
  guint64 score = judge_copy (item);

  if (self->learning)
    {
      g_hash_table_insert (self->seen, hash, (gpointer) (guintptr) MAX (best, score));
      return FALSE;
    }
  if ((best & KEPT) != 0 || score < best)
    {
      self->n_duplicates++;
      return FALSE;
    }
  g_hash_table_insert (self->seen, hash, (gpointer) (guintptr) (score | KEPT));
  return TRUE;
}

gboolean
vantage_chat_has (VantageChat *self, const VantageChatChannel *channel, const char *local)
{
  return g_hash_table_contains (self->seen, hash_id (channel, local));
}

static void
learn_thread (VantageChat *self, const VantageChatChannel *channel, VantageItem *item)
{
  if (item->thread != NULL && !g_str_equal (item->thread, item->local))
    {
      if (self->learning)
        g_hash_table_add (self->roots, hash_id (channel, item->thread));
      return;
    }
  if (item->thread == NULL && g_hash_table_contains (self->roots, hash_id (channel, item->local)))
    item->thread = g_strdup (item->local);
}

void
vantage_chat_set_content_local (VantageChat *self, const VantageChatChannel *channel,
                                VantageItem *item)
{
  g_autofree char *content = vantage_item_content_id (item->thread != NULL ? item->thread : "",
                                                      item->raw_time, item->account, item->text);
  gpointer key = hash_id (channel, content);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->contents, key)) + 1;

  g_hash_table_insert (self->contents, key, GUINT_TO_POINTER (n));
  g_free (item->local);
  item->local = n == 1 ? g_steal_pointer (&content) : g_strdup_printf ("%s-%u", content, n);
}

gboolean
vantage_chat_take (VantageChat *self, VantageChatChannel *channel, VantageItem *item,
                   GError **error)
{
  g_autoptr (VantageItem) owned = item;

  if (!vantage_chat_tell_channel (self, channel, error))
    return FALSE;
  if (!self->learning && !channel->wanted)
    return vantage_reading_go_on (self->reading, error);
  learn_thread (self, channel, item);
  if (!choose_copy (self, channel, item))
    return vantage_reading_go_on (self->reading, error);
  item->channel = g_strdup (channel->id);
  vantage_reading_place_item (item, self->entry, self->line, self->offset, self->length);
  return tell_people (self, item, error) &&
         vantage_reading_add_item (self->reading, g_steal_pointer (&owned), error);
}

gboolean
vantage_chat_skip (VantageChat *self, const char *code, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->learning)
    return vantage_reading_go_on (self->reading, error);
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return vantage_reading_skip (self->reading, code, self->entry, self->line, self->offset, error,
                               "%s", text);
}

gboolean
vantage_chat_note (VantageChat *self, const char *code, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->learning)
    return vantage_reading_go_on (self->reading, error);
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return vantage_reading_note (self->reading, code, self->entry, self->line, self->offset, error,
                               "%s", text);
}

/* ---- reading ---- */

GPtrArray *
vantage_chat_list_entries (VantageChat *self)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < vantage_input_get_n_entries (self->reading->input); i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (self->reading->input, i);

      if (vantage_records_is_json (self->reading, entry))
        g_ptr_array_add (entries, (gpointer) entry);
      else
        self->n_alien++;
    }
  return entries;
}

void
vantage_chat_set_place (VantageChat *self, const VantageRecordPlace *place)
{
  self->entry = place->entry;
  self->offset = place->offset;
  self->length = place->length;
}

gboolean
vantage_chat_walk (VantageChat *self, GPtrArray *entries, const VantageRecordShape *shape,
                   gpointer user_data, GError **error)
{
  g_autoptr (VantageRecords) records = vantage_records_new (self->reading, shape, user_data);

  for (guint time = 0; time < 2; time++)
    {
      vantage_records_set_quiet (records, time == 0);
      if (time == 1)
        vantage_chat_begin_keeping (self);
      for (guint i = 0; i < entries->len; i++)
        if (!vantage_records_walk (records, entries->pdata[i], error))
          return FALSE;
    }
  return vantage_records_finish (records, error);
}

#define MAX_LOOKS 12

static gboolean
may_be_json (const char *path)
{
  static const char *const endings[] = { ".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i]))
      return TRUE;
  return strchr (path, '.') == NULL;
}

VantageNode *
vantage_chat_sniff (VantageSniff *sniff, const VantageRecordShape *shape)
{
  VantageInput *input = vantage_sniff_get_input (sniff);
  gboolean single = vantage_input_get_sort (input) == VANTAGE_INPUT_FILE;
  guint n_looks = 0;

  for (guint i = 0; i < vantage_input_get_n_entries (input) && n_looks < MAX_LOOKS; i++)
    {
      const VantageEntry *entry = vantage_input_get_entry (input, i);
      VantageNode *found;

      if (!single && !may_be_json (entry->path))
        continue;
      n_looks++;
      found = vantage_records_sniff (sniff, entry, shape);
      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
vantage_chat_finish (VantageChat *self, GError **error)
{
  GHashTableIter iter;
  gpointer hash;
  guint64 n_orphans = 0;

  g_hash_table_iter_init (&iter, self->roots);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    n_orphans += g_hash_table_contains (self->seen, hash) ? 0 : 1;
  if (self->n_duplicates > 0 &&
      !vantage_reading_note (self->reading, "duplicate", NULL, 0, -1, error,
                             "%" G_GUINT64_FORMAT " messages were there more than once",
                             self->n_duplicates))
    return FALSE;
  if (self->n_alien > 0 && vantage_input_get_n_entries (self->reading->input) > 1 &&
      !vantage_reading_note (self->reading, "unknown-file", NULL, 0, -1, error,
                             "%u files hold no messages and were left alone", self->n_alien))
    return FALSE;
  return n_orphans == 0 || self->rootless ||
         vantage_reading_note (
             self->reading, "no-parent", NULL, 0, -1, error,
             "%" G_GUINT64_FORMAT " threads are there without their first message", n_orphans);
}
