/* vantage-listening.c: a word worth one more question. */

#include "config.h"

#include "vantage-listening.h"

#include "vantage-language.h"

#define N_LAST 4

struct _VantageListening
{
  VantageLanguage *language;
  const char *last[N_LAST]; /* ids of patterns offered last; lent by the language */
  guint next;
};

void
vantage_heard_clear (VantageHeard *self)
{
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->question, g_free);
}

VantageListening *
vantage_listening_new (const char *const *names)
{
  g_autoptr (GError) error = NULL;
  VantageLanguage *language = vantage_language_new_built_in (names, &error);
  VantageListening *self;

  if (language == NULL)
    {
      g_warning ("No patterns to listen by: %s", error->message);
      return NULL;
    }
  self = g_new0 (VantageListening, 1);
  self->language = language;
  return self;
}

void
vantage_listening_free (VantageListening *self)
{
  if (self == NULL)
    return;
  vantage_language_free (self->language);
  g_free (self);
}

static gboolean
was_offered (VantageListening *self, const char *id)
{
  for (guint i = 0; i < N_LAST; i++)
    if (g_strcmp0 (self->last[i], id) == 0)
      return TRUE;
  return FALSE;
}

gboolean
vantage_listening_hear (VantageListening *self, const char *text, VantageHeard *out)
{
  g_autoptr (GArray) hits =
      vantage_language_check (self->language, text, VANTAGE_LANGUAGE_INTERVIEWEE);

  for (guint i = 0; i < hits->len; i++)
    {
      const VantageLanguageHit *hit = &g_array_index (hits, VantageLanguageHit, i);

      if (hit->pattern->ask[0] == '\0' || was_offered (self, hit->pattern->id))
        continue;
      out->words = g_utf8_substring (text, hit->start, hit->end);
      out->question = g_strdup (hit->pattern->ask);
      out->from = hit->start;
      out->to = hit->end;
      self->last[self->next] = hit->pattern->id;
      self->next = (self->next + 1) % N_LAST;
      return TRUE;
    }
  return FALSE;
}
