/* vantage-desk-people.c: people as they are proposed to be one. */

#include "vantage-desk-people.h"

#include "vantage-edit.h"

GPtrArray *
vantage_desk_propose_same (VantageLibrary *library, const char *review, GPtrArray *people,
                           GError **error)
{
  g_autoptr (GPtrArray) dismissals = vantage_library_list (library, review, "dismissal", error);
  g_autofree VantageSameKnown *known = g_new0 (VantageSameKnown, MAX (people->len, 1));

  if (dismissals == NULL)
    return NULL;
  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);

      known[i] = (VantageSameKnown){ person->id,         person->sort,
                                     person->name,       person->email,
                                     person->identities, (const char *const *) person->merged };
    }
  return vantage_same_person_find (known, people->len, dismissals);
}

gboolean
vantage_desk_dismiss_same (VantageLibrary *library, const char *review, const char *person,
                           const char *other, const char *what, GError **error)
{
  g_autoptr (VantageEdit) edit = vantage_library_begin (library, review, what);
  g_autofree char *key = vantage_same_person_dup_key (person, other);
  const char *id = vantage_edit_create (edit, "dismissal");

  vantage_edit_set_text (edit, "dismissal", id, "of", key);
  vantage_edit_set_text (edit, "dismissal", id, "scope", "review");
  return vantage_edit_commit (edit, error);
}
