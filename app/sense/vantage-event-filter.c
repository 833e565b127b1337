/* vantage-event-filter.c: a filter of events, read, written and asked. */

#include "vantage-event-filter.h"

#include <string.h>

static const struct
{
  const char *key;
  gsize offset;
} pairs[] = {
  { "person:", G_STRUCT_OFFSET (VantageEventFilter, person) },
  { "kind:", G_STRUCT_OFFSET (VantageEventFilter, kind) },
  { "claim:", G_STRUCT_OFFSET (VantageEventFilter, claim) },
  { "tag:", G_STRUCT_OFFSET (VantageEventFilter, tag) },
  { "source:", G_STRUCT_OFFSET (VantageEventFilter, source) },
};

static char **
get_member (const VantageEventFilter *self, guint pair)
{
  return (char **) G_STRUCT_MEMBER_P (self, pairs[pair].offset);
}

void
vantage_event_filter_clear (VantageEventFilter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_free (*get_member (self, i));
  g_free (self->text);
  memset (self, 0, sizeof *self);
}

static gboolean
take_pair (VantageEventFilter *self, const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_str_has_prefix (word, pairs[i].key) && word[strlen (pairs[i].key)] != '\0')
      {
        g_free (*get_member (self, i));
        *get_member (self, i) = g_strdup (word + strlen (pairs[i].key));
        return TRUE;
      }
  return FALSE;
}

void
vantage_event_filter_parse (const char *text, VantageEventFilter *out)
{
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \t\n", -1);
  g_autoptr (GString) rest = g_string_new (NULL);

  memset (out, 0, sizeof *out);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && !take_pair (out, words[i]))
      g_string_append_printf (rest, rest->len > 0 ? " %s" : "%s", words[i]);
  if (rest->len > 0)
    out->text = g_string_free (g_steal_pointer (&rest), FALSE);
}

char *
vantage_event_filter_to_text (const VantageEventFilter *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (*get_member (self, i) != NULL)
      g_string_append_printf (text, text->len > 0 ? " %s%s" : "%s%s", pairs[i].key,
                              *get_member (self, i));
  if (self->text != NULL)
    g_string_append_printf (text, text->len > 0 ? " %s" : "%s", self->text);
  return g_string_free (text, FALSE);
}

gboolean
vantage_event_filter_is_empty (const VantageEventFilter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (*get_member (self, i) != NULL)
      return FALSE;
  return self->text == NULL;
}

void
vantage_event_filter_copy (const VantageEventFilter *self, VantageEventFilter *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    *get_member (out, i) = g_strdup (*get_member (self, i));
  out->text = g_strdup (self->text);
}

/* ---- asking ---- */

static const char *
find_person (const VantageEventLookup *lookup, const char *person)
{
  const char *found = person != NULL && lookup->find_person != NULL
                          ? lookup->find_person (person, lookup->user_data)
                          : NULL;

  return found != NULL ? found : person;
}

static gboolean
has_person (const VantageEventFilter *self, VantageEntity *event, const VantageEventLookup *lookup)
{
  const char *wanted = find_person (lookup, self->person);
  g_autoptr (GPtrArray) actors = vantage_entity_list_set (event, "actors");

  if (g_strcmp0 (find_person (lookup, vantage_entity_get_ref (event, "account")), wanted) == 0)
    return TRUE;
  for (guint i = 0; i < actors->len; i++)
    if (g_strcmp0 (find_person (lookup, actors->pdata[i]), wanted) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_source (const VantageEventFilter *self, VantageEntity *event, const VantageEventLookup *lookup)
{
  g_autoptr (GArray) cites = vantage_entity_list_cites (event);

  for (guint i = 0; lookup->find_source != NULL && i < cites->len; i++)
    if (g_strcmp0 (
            lookup->find_source (g_array_index (cites, VantageCite, i).item, lookup->user_data),
            self->source) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_words (const VantageEventFilter *self, VantageEntity *event)
{
  const char *title = vantage_entity_get_text (event, "title");
  g_autofree char *folded = g_utf8_casefold (title != NULL ? title : "", -1);
  g_autofree char *wanted = g_utf8_casefold (self->text, -1);
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
has_choice (VantageEntity *event, const char *field, const char *fallback, const char *wanted)
{
  const char *value = vantage_entity_get_text (event, field);

  return wanted == NULL || strcmp (value != NULL ? value : fallback, wanted) == 0;
}

gboolean
vantage_event_filter_matches (const VantageEventFilter *self, VantageEntity *event,
                              const VantageEventLookup *lookup)
{
  return has_choice (event, "kind", "other", self->kind) &&
         has_choice (event, "claim", "unknown", self->claim) &&
         (self->tag == NULL || vantage_entity_has_member (event, "tags", self->tag)) &&
         (self->text == NULL || has_words (self, event)) &&
         (self->person == NULL || has_person (self, event, lookup)) &&
         (self->source == NULL || has_source (self, event, lookup));
}
