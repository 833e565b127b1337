#include "vantage-slack-directory.h"

#include <string.h>

#include "vantage-text.h"

typedef struct
{
  VantageIdentity *identity;
  gboolean told;
} Person;

struct _VantageSlackDirectory
{
  VantageReading *reading;
  GHashTable *people;  /* account key → Person */
  GPtrArray *channels; /* VantageSlackChannel */
  GHashTable *by_name, *by_id;
};

static void
person_free (Person *self)
{
  vantage_identity_free (self->identity);
  g_free (self);
}

static void
slack_channel_free (VantageSlackChannel *self)
{
  vantage_channel_free (self->channel);
  g_free (self->id);
  g_free (self);
}

VantageSlackDirectory *
vantage_slack_directory_new (VantageReading *reading)
{
  VantageSlackDirectory *self = g_new0 (VantageSlackDirectory, 1);

  self->reading = reading;
  self->people =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) person_free);
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) slack_channel_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
vantage_slack_directory_free (VantageSlackDirectory *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->channels);
  g_free (self);
}

/* ---- people ---- */

static Person *
take_person (VantageSlackDirectory *self, const char *key)
{
  Person *person = g_hash_table_lookup (self->people, key);

  if (person != NULL)
    return person;
  person = g_new0 (Person, 1);
  person->identity = vantage_identity_new ("slack", "", key);
  person->identity->placeholder = TRUE;
  g_hash_table_insert (self->people, g_strdup (key), person);
  return person;
}

static void
set_text (char **field, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_free (*field);
  *field = g_strdup (text);
}

/* The first of the members that says something. */
static const char *
get_first (VantageNode *object, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *text = vantage_node_get_text (vantage_node_find (object, names[i]));

      if (text != NULL && *text != '\0')
        return text;
    }
  return NULL;
}

void
vantage_slack_directory_add_user (VantageSlackDirectory *self, VantageNode *user)
{
  const char *const names[] = { "profile.display_name", "profile.real_name", "real_name", "name",
                                NULL };
  const char *key = vantage_node_get_member (user, "id");
  VantageIdentity *identity;

  if (key == NULL || *key == '\0')
    return;
  identity = take_person (self, key)->identity;
  identity->placeholder = FALSE;
  identity->bot |= vantage_node_get_true (user, "is_bot") || g_str_equal (key, "USLACKBOT");
  set_text (&identity->name, get_first (user, names));
  set_text (&identity->handle, vantage_node_get_member (user, "name"));
  set_text (&identity->email, vantage_node_get_text (vantage_node_find (user, "profile.email")));
  set_text (&identity->zone, vantage_node_get_member (user, "tz"));
  set_text (&identity->title, vantage_node_get_text (vantage_node_find (user, "profile.title")));
}

/* What a message says about its own author, for those whom no list names. */
static gboolean
learn_author (Person *person, const VantageSlackMessage *message)
{
  const char *const names[] = { "display_name", "real_name", "name", NULL };
  VantageIdentity *identity = person->identity;
  const char *name = NULL;
  gboolean bot;

  if (!identity->placeholder && identity->bot)
    return FALSE;
  bot = vantage_slack_message_is_bot (message);
  if (!identity->placeholder && !bot)
    return FALSE;
  if (message->user_profile != NULL)
    name = get_first (message->user_profile, names);
  if (name == NULL && message->bot_profile != NULL)
    name = vantage_node_get_member (message->bot_profile, "name");
  if (name == NULL && bot)
    name = vantage_node_get_text (message->username);
  if (name == NULL && g_str_equal (identity->key, "USLACKBOT"))
    name = "Slackbot";
  if ((name == NULL || *name == '\0') && identity->bot == bot)
    return FALSE;
  if (identity->placeholder)
    {
      set_text (&identity->name, name);
      if (message->user_profile != NULL)
        set_text (&identity->handle, vantage_node_get_member (message->user_profile, "name"));
    }
  identity->placeholder &= identity->name == NULL;
  identity->bot |= bot;
  return TRUE;
}

static gboolean
tell_person (VantageSlackDirectory *self, const char *key, const VantageSlackMessage *author_of,
             GError **error)
{
  Person *person = take_person (self, key);
  gboolean more = author_of != NULL && learn_author (person, author_of);

  if (person->told && !more)
    return TRUE;
  if (!person->told && person->identity->name == NULL && g_str_has_prefix (key, "name:"))
    {
      person->identity->name = g_strdup (key + strlen ("name:"));
      person->identity->placeholder = FALSE;
    }
  person->told = TRUE;
  return vantage_reading_add_identity (self->reading, person->identity, error);
}

gboolean
vantage_slack_directory_tell_people (VantageSlackDirectory *self, const VantageItem *item,
                                     const VantageSlackMessage *message, GError **error)
{
  const char *by = vantage_item_get_extra (item, "by");

  if (item->account != NULL && !tell_person (self, item->account, message, error))
    return FALSE;
  if (by != NULL && !tell_person (self, by, NULL, error))
    return FALSE;
  for (guint i = 0; item->mentions != NULL && item->mentions[i] != NULL; i++)
    if (!tell_person (self, item->mentions[i], NULL, error))
      return FALSE;
  for (guint i = 0; item->reactions != NULL && i < item->reactions->len; i++)
    {
      const VantageReaction *reaction = item->reactions->pdata[i];

      for (guint k = 0; reaction->by[k] != NULL; k++)
        if (!tell_person (self, reaction->by[k], NULL, error))
          return FALSE;
    }
  return TRUE;
}

/* ---- channels ---- */

/* C, D or G and at least eight capitals and digits. */
static gboolean
is_channel_id (const char *text)
{
  gsize length = strlen (text);

  if (length < 9 || strchr ("CDG", text[0]) == NULL)
    return FALSE;
  for (gsize i = 1; i < length; i++)
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static VantageChannelSort
guess_sort (const char *key)
{
  if (g_str_has_prefix (key, "mpdm-") || (key[0] == 'D' && is_channel_id (key)))
    return VANTAGE_CHANNEL_DIRECT;
  return VANTAGE_CHANNEL_CHAT;
}

static VantageSlackChannel *
make_channel (VantageSlackDirectory *self, const char *key, VantageChannelSort sort)
{
  VantageSlackChannel *made = g_new0 (VantageSlackChannel, 1);
  g_autofree char *nfc = vantage_text_nfc (key);

  made->channel = vantage_channel_new ("slack", "", nfc, sort);
  made->id = vantage_channel_dup_id (made->channel);
  made->index = self->channels->len;
  g_ptr_array_add (self->channels, made);
  return made;
}

static void
set_name (VantageSlackDirectory *self, VantageSlackChannel *known, const char *name)
{
  g_autofree char *nfc = name != NULL && *name != '\0' ? vantage_text_nfc (name) : NULL;

  if (nfc == NULL)
    return;
  g_free (known->channel->name);
  known->channel->name = g_strdup (nfc);
  if (!g_hash_table_contains (self->by_name, nfc))
    g_hash_table_insert (self->by_name, g_steal_pointer (&nfc), known);
}

VantageSlackChannel *
vantage_slack_directory_get_channel_by_id (VantageSlackDirectory *self, const char *id,
                                           const char *name)
{
  VantageSlackChannel *known = g_hash_table_lookup (self->by_id, id);

  if (known != NULL)
    {
      if (g_str_equal (known->channel->name, id))
        set_name (self, known, name);
      return known;
    }
  known = make_channel (self, id, guess_sort (id));
  g_hash_table_insert (self->by_id, g_strdup (id), known);
  set_name (self, known, name);
  if (name != NULL && guess_sort (name) == VANTAGE_CHANNEL_DIRECT)
    known->channel->sort = VANTAGE_CHANNEL_DIRECT;
  return known;
}

VantageSlackChannel *
vantage_slack_directory_get_channel (VantageSlackDirectory *self, const char *name)
{
  VantageSlackChannel *known = g_hash_table_lookup (self->by_name, name);

  if (known == NULL)
    known = g_hash_table_lookup (self->by_id, name);
  if (known != NULL)
    return known;
  if (is_channel_id (name))
    return vantage_slack_directory_get_channel_by_id (self, name, NULL);
  known = make_channel (self, name, guess_sort (name));
  known->channel->weak = TRUE;
  set_name (self, known, name);
  return known;
}

static char **
dup_keys (VantageNode *list)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (VantageNode *at = vantage_node_first (list); at != NULL; at = vantage_node_next (list, at))
    {
      const char *key = vantage_node_get_text (at);

      if (key != NULL && *key != '\0')
        g_ptr_array_add (keys, g_strdup (key));
    }
  g_ptr_array_add (keys, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}

static void
set_members (VantageSlackChannel *known, VantageNode *list)
{
  if (list == NULL || list->type != VANTAGE_NODE_ARRAY || vantage_node_first (list) == NULL)
    return;
  g_strfreev (known->channel->members);
  known->channel->members = dup_keys (list);
}

void
vantage_slack_directory_set_members (VantageSlackDirectory *self, const char *channel,
                                     VantageNode *keys)
{
  set_members (vantage_slack_directory_get_channel_by_id (self, channel, NULL), keys);
}

VantageSlackChannel *
vantage_slack_directory_add_channel (VantageSlackDirectory *self, VantageNode *record,
                                     VantageChannelSort sort)
{
  const char *id = vantage_node_get_member (record, "id");
  const char *name = vantage_node_get_member (record, "name");
  VantageSlackChannel *known;

  if (id == NULL || *id == '\0')
    return NULL;
  known = vantage_slack_directory_get_channel_by_id (self, id, name);
  known->listed = TRUE;
  if (sort == VANTAGE_CHANNEL_DIRECT || vantage_node_get_true (record, "is_im") ||
      vantage_node_get_true (record, "is_mpim"))
    known->channel->sort = VANTAGE_CHANNEL_DIRECT;
  set_text (&known->channel->topic,
            vantage_node_get_text (vantage_node_find (record, "topic.value")));
  set_text (&known->channel->purpose,
            vantage_node_get_text (vantage_node_find (record, "purpose.value")));
  set_members (known, vantage_node_get_array (record, "members"));
  return known;
}

/* A direct conversation has no name but its members'. */
static void
name_after_members (VantageSlackDirectory *self, VantageSlackChannel *known)
{
  VantageChannel *channel = known->channel;
  g_autoptr (GString) name = NULL;

  if (channel->sort != VANTAGE_CHANNEL_DIRECT || channel->members == NULL ||
      channel->members[0] == NULL || !g_str_equal (channel->name, channel->key))
    return;
  name = g_string_new (NULL);
  for (guint i = 0; channel->members[i] != NULL; i++)
    {
      Person *person = g_hash_table_lookup (self->people, channel->members[i]);

      g_string_append_printf (name, "%s%s", i > 0 ? ", " : "",
                              person != NULL ? vantage_identity_get_shown (person->identity)
                                             : channel->members[i]);
    }
  g_free (channel->name);
  channel->name = g_string_free (g_steal_pointer (&name), FALSE);
}

gboolean
vantage_slack_directory_tell_channel (VantageSlackDirectory *self, VantageSlackChannel *channel,
                                      GError **error)
{
  if (channel->told)
    return TRUE;
  channel->told = TRUE;
  name_after_members (self, channel);
  channel->wanted = vantage_reading_wants_channel (self->reading, channel->channel);
  if (!vantage_reading_add_channel (self->reading, channel->channel, error))
    return FALSE;
  if (!channel->wanted || channel->channel->members == NULL)
    return TRUE;
  /* Members who are only a key say nothing; they stay in the channel's list. */
  for (guint i = 0; channel->channel->members[i] != NULL; i++)
    if (g_hash_table_contains (self->people, channel->channel->members[i]) &&
        !tell_person (self, channel->channel->members[i], NULL, error))
      return FALSE;
  return TRUE;
}
