/* vantage-desk-roster.c: rows of a list of people, matched to the persons of a review. */

#include "vantage-desk-roster.h"

#include <string.h>

#include "vantage-edit.h"
#include "vantage-id.h"
#include "vantage-roster.h"
#include "vantage-text.h"

typedef struct
{
  VantageLibrary *library;
  VantageEdit *edit;
  GHashTable *emails, *handles, *names; /* folded → VantagePerson; NULL: several have it */
  GHashTable *tenures;                  /* person → entity of the condition */
  GHashTable *taken;                    /* keys of rows that made a person */
  VantageRosterResult *result;
} Roster;

void
vantage_roster_result_free (VantageRosterResult *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->diagnostics);
  g_free (self);
}

/* ---- who is there ---- */

static void
index_text (GHashTable *table, const char *text, const VantagePerson *person)
{
  g_autofree char *key = text != NULL && *text != '\0' ? vantage_text_fold (text) : NULL;
  gpointer known;

  if (key == NULL)
    return;
  if (!g_hash_table_lookup_extended (table, key, NULL, &known))
    g_hash_table_insert (table, g_steal_pointer (&key), (gpointer) person);
  else if (known != person)
    g_hash_table_insert (table, g_steal_pointer (&key), NULL);
}

static void
index_people (Roster *self, GPtrArray *people)
{
  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = people->pdata[i];

      index_text (self->emails, person->email, person);
      index_text (self->names, person->name, person);
      for (guint k = 0; person->identities != NULL && k < person->identities->len; k++)
        {
          const VantageIdentity *identity = person->identities->pdata[k];

          index_text (self->emails, identity->email, person);
          index_text (self->handles, identity->handle, person);
          index_text (self->names, identity->name, person);
        }
    }
}

static gboolean
index_tenures (Roster *self, const char *review, GError **error)
{
  g_autoptr (GPtrArray) conditions =
      vantage_library_list (self->library, review, "condition", error);

  if (conditions == NULL)
    return FALSE;
  for (guint i = 0; i < conditions->len; i++)
    {
      VantageEntity *entity = conditions->pdata[i];
      const char *person = vantage_entity_get_ref (entity, "person");

      if (person != NULL && g_strcmp0 (vantage_entity_get_text (entity, "key"), "tenure") == 0)
        g_hash_table_insert (self->tenures, g_strdup (person), g_object_ref (entity));
    }
  return TRUE;
}

/* The one person of whom the row is; NULL: of nobody known. @out_several: of one of several. */
static const VantagePerson *
find_person (Roster *self, const VantageRosterRow *row, gboolean *out_several)
{
  const struct
  {
    GHashTable *table;
    const char *text;
  } ways[] = { { self->emails, row->email },
               { self->handles, row->handle },
               { self->names, row->name } };

  *out_several = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *key = ways[i].text != NULL ? vantage_text_fold (ways[i].text) : NULL;
      gpointer known;

      if (key == NULL || !g_hash_table_lookup_extended (ways[i].table, key, NULL, &known))
        continue;
      if (known != NULL)
        return known;
      *out_several = TRUE;
    }
  return NULL;
}

/* ---- what is new ---- */

static gboolean
set_changed (Roster *self, const char *kind, const char *id, const char *field, const char *before,
             const char *after)
{
  if (after == NULL || g_strcmp0 (before, after) == 0)
    return FALSE;
  vantage_edit_set_text (self->edit, kind, id, field, after);
  return TRUE;
}

static gboolean
set_tenure (Roster *self, const char *person, const VantageRosterRow *row)
{
  VantageEntity *known = g_hash_table_lookup (self->tenures, person);
  const char *id = known != NULL ? vantage_entity_get_id (known) : NULL;
  VantageWhen since = { .sort = VANTAGE_WHEN_AT, .at_us = row->since_us };

  if (row->tenure == NULL ||
      (known != NULL && g_strcmp0 (vantage_entity_get_text (known, "value"), row->tenure) == 0))
    return FALSE;
  if (id == NULL)
    {
      id = vantage_edit_create (self->edit, "condition");
      vantage_edit_set_ref (self->edit, "condition", id, "person", person);
      vantage_edit_set_text (self->edit, "condition", id, "key", "tenure");
      vantage_edit_set_text (self->edit, "condition", id, "by", "record");
      vantage_edit_set_text (self->edit, "condition", id, "state", "confirmed");
    }
  vantage_edit_set_text (self->edit, "condition", id, "value", row->tenure);
  if (row->since_us != VANTAGE_TIME_NONE)
    vantage_edit_set_when (self->edit, "condition", id, "from", &since);
  return TRUE;
}

static void
take_known (Roster *self, const VantagePerson *person, const VantageRosterRow *row)
{
  gboolean changed = set_changed (self, "person", person->id, "team", person->team, row->team);

  changed |= set_changed (self, "person", person->id, "role", person->role, row->role);
  changed |= set_changed (self, "person", person->id, "zone", person->zone, row->zone);
  if (person->email == NULL)
    changed |= set_changed (self, "particulars", person->id, "email", NULL, row->email);
  changed |= set_tenure (self, person->id, row);
  if (changed)
    self->result->n_changed++;
  else
    self->result->n_same++;
}

static void
take_new (Roster *self, const VantageRosterRow *row)
{
  g_autofree char *id = vantage_id_new (vantage_library_now_us (self->library));
  const char *name = row->name != NULL ? row->name : row->email != NULL ? row->email : row->handle;

  vantage_edit_set_text (self->edit, "person", id, "sort", "human");
  vantage_edit_set_text (self->edit, "particulars", id, "name", name);
  set_changed (self, "particulars", id, "email", NULL, row->email);
  if (row->handle != NULL)
    vantage_edit_set_member (self->edit, "particulars", id, "handles", row->handle, TRUE);
  set_changed (self, "person", id, "team", NULL, row->team);
  set_changed (self, "person", id, "role", NULL, row->role);
  set_changed (self, "person", id, "zone", NULL, row->zone);
  set_tenure (self, id, row);
  self->result->n_new++;
}

static void
tell (Roster *self, const char *code, const VantageRosterRow *row, const char *text)
{
  g_ptr_array_add (self->result->diagnostics,
                   vantage_diagnostic_new (code, text, "", row->line, -1, TRUE));
}

static void
take_row (Roster *self, const VantageRosterRow *row)
{
  gboolean several;
  const VantagePerson *person = find_person (self, row, &several);
  const char *sure = row->email != NULL ? row->email : row->handle;
  const char *shown = sure != NULL ? sure : row->name;
  g_autofree char *key = vantage_text_fold (shown);
  g_autofree char *name = vantage_text_fold (row->name != NULL ? row->name : shown);
  g_autofree char *text = NULL;
  gboolean again;

  self->result->n_rows++;
  again = g_hash_table_contains (self->taken, person != NULL ? person->id : key);
  if (again)
    {
      text = g_strdup_printf ("“%.80s” is in the list more than once", shown);
      tell (self, "duplicate", row, text);
    }
  else if (person != NULL)
    take_known (self, person, row);
  else if (several)
    {
      text = g_strdup_printf ("several people are called “%.80s”; add an e-mail address", shown);
      tell (self, "several-people", row, text);
    }
  else
    take_new (self, row);
  if (person != NULL)
    g_hash_table_add (self->taken, g_strdup (person->id));
  /* a later row with nothing but this name may be of the same person */
  g_hash_table_add (self->taken, g_steal_pointer (&key));
  g_hash_table_add (self->taken, g_steal_pointer (&name));
}

/* ---- the whole ---- */

static VantageRosterResult *
take_rows (Roster *self, const char *review, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) people = vantage_library_list_people (self->library, review, error);

  if (people == NULL || !index_tenures (self, review, error))
    return NULL;
  index_people (self, people);
  for (guint i = 0; i < rows->len; i++)
    take_row (self, rows->pdata[i]);
  return g_steal_pointer (&self->result);
}

static GHashTable *
new_index (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

VantageRosterResult *
vantage_desk_import_roster (VantageLibrary *library, const char *review, const char *path,
                            const char *what, gboolean keep, GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GPtrArray) diagnostics =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_diagnostic_free);
  g_autoptr (GPtrArray) rows = vantage_roster_read (path, diagnostics, cancellable, error);
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (VantageRosterResult) result = NULL;
  Roster self = { .library = library };

  if (rows == NULL)
    return NULL;
  edit = vantage_library_begin (library, review, what);
  self.edit = edit;
  self.emails = new_index ();
  self.handles = new_index ();
  self.names = new_index ();
  self.taken = new_index ();
  self.tenures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self.result = g_new0 (VantageRosterResult, 1);
  self.result->diagnostics = g_steal_pointer (&diagnostics);
  result = take_rows (&self, review, rows, error);
  g_clear_pointer (&self.result, vantage_roster_result_free);
  g_hash_table_unref (self.emails);
  g_hash_table_unref (self.handles);
  g_hash_table_unref (self.names);
  g_hash_table_unref (self.taken);
  g_hash_table_unref (self.tenures);
  if (result == NULL || (keep && !vantage_edit_commit (edit, error)))
    return NULL;
  return g_steal_pointer (&result);
}
