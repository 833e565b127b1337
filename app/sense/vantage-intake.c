/* vantage-intake.c: answers into an advice. */

#include "vantage-intake.h"

#include <string.h>

#define FULL_FROM 4

/* What makes an ordinary day teach much: somebody who knows was surprised, teams met that did not
 * know each other, something came back. */
static gboolean
teaches_much (const char *key)
{
  return strcmp (key, "surprise") == 0 || strcmp (key, "new-teams") == 0 ||
         strcmp (key, "thought-fixed") == 0;
}

void
vantage_intake_weigh (VantageEntity *review, VantageIntake *out)
{
  guint weight = 0;

  *out = (VantageIntake){ .because = g_ptr_array_new () };
  for (const char *const *key = vantage_intake_keys; *key != NULL; key++)
    {
      VantageValue *value = vantage_entity_get_key (review, "intake", *key);
      const char *answer = value != NULL ? vantage_value_get_text (value) : NULL;

      if (answer == NULL)
        continue;
      out->n_answered++;
      if (strcmp (answer, "yes") != 0)
        continue;
      g_ptr_array_add (out->because, (gpointer) *key);
      weight += teaches_much (*key) ? 2 : 1;
    }
  out->advice = weight >= FULL_FROM ? "full" : weight > 0 ? "short" : "note";
}

void
vantage_intake_clear (VantageIntake *self)
{
  g_clear_pointer (&self->because, g_ptr_array_unref);
}
