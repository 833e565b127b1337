/* vantage-people.c: who was there, merging and splitting them. */

#include <string.h>

#include "vantage-edit.h"
#include "vantage-evidence-query.h"
#include "vantage-id.h"

void
vantage_person_free (VantagePerson *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->label);
  g_clear_pointer (&self->identities, g_ptr_array_unref);
  g_free (self->email);
  g_free (self->team);
  g_free (self->role);
  g_free (self->zone);
  g_free (self->part);
  g_strfreev (self->merged);
  g_free (self);
}

/* What the accounts of a person say of one thing: the first that knows it. */
static const char *
find_in_identities (const VantageMapPerson *person, gsize offset)
{
  for (guint i = 0; i < person->identities->len; i++)
    {
      const char *text = G_STRUCT_MEMBER (char *, person->identities->pdata[i], offset);

      if (text != NULL && *text != '\0')
        return text;
    }

  return NULL;
}

static char *
dup_fact (VantageEntity *entity, const char *field, const VantageMapPerson *person, gsize offset)
{
  const char *text = entity != NULL ? vantage_entity_get_text (entity, field) : NULL;

  if (text == NULL || *text == '\0')
    text = find_in_identities (person, offset);
  return g_strdup (text);
}

static const char *
find_sort (const VantageMapPerson *person)
{
  const char *chosen =
      person->person != NULL ? vantage_entity_get_text (person->person, "sort") : NULL;

  if (chosen != NULL)
    return g_intern_string (chosen);

  for (guint i = 0; i < person->identities->len; i++)
    if (!((VantageIdentity *) person->identities->pdata[i])->bot)
      return "human";

  return person->identities->len > 0 ? "automation" : "human";
}

static VantagePerson *
new_person (const VantageMapPerson *source)
{
  VantagePerson *self = g_new0 (VantagePerson, 1);
  VantageEntity *person = source->person;

  self->id = g_strdup (source->id);
  self->name = g_strdup (source->name);
  self->label = g_strdup (person != NULL ? vantage_entity_get_text (person, "label") : NULL);
  self->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_identity_free);
  for (guint i = 0; i < source->identities->len; i++)
    g_ptr_array_add (self->identities, vantage_identity_copy (source->identities->pdata[i]));

  self->email =
      dup_fact (source->particulars, "email", source, G_STRUCT_OFFSET (VantageIdentity, email));
  self->team = dup_fact (person, "team", source, G_STRUCT_OFFSET (VantageIdentity, team));
  self->role = dup_fact (person, "role", source, G_STRUCT_OFFSET (VantageIdentity, title));
  self->zone = dup_fact (person, "zone", source, G_STRUCT_OFFSET (VantageIdentity, zone));
  self->sort = find_sort (source);
  self->part = g_strdup (person != NULL ? vantage_entity_get_text (person, "part") : NULL);
  self->first_us = self->last_us = VANTAGE_TIME_NONE;

  self->merged = g_new0 (char *, source->merged->len + 1);
  for (guint i = 0; i < source->merged->len; i++)
    self->merged[i] = g_strdup (source->merged->pdata[i]);

  return self;
}

static void
add_tally (VantagePerson *self, VantageStmt *stmt)
{
  gint64 first = vantage_stmt_get_int (stmt, 2);
  gint64 last = vantage_stmt_get_int (stmt, 3);

  self->n_items += (guint64) vantage_stmt_get_int (stmt, 1);
  if (first == VANTAGE_ROW_NO_TIME)
    return;

  if (self->first_us == VANTAGE_TIME_NONE || first < self->first_us)
    self->first_us = first;
  self->last_us = MAX (self->last_us, last);
}

static gboolean
add_tallies (VantageEvidenceReading *reading, GHashTable *by_source, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT account, sum (n), min (first_us), max (last_us) FROM tally"
                       " WHERE source IN (%s) AND account <> 0 GROUP BY account",
                       reading->map->seen != NULL ? reading->map->seen : "");
  g_auto (VantageStmt) stmt = vantage_evidence_prepare (reading->db, sql, error);

  while (vantage_stmt_step (&stmt, error))
    {
      const VantageMapAccount *account =
          vantage_people_map_get_account (reading->map, vantage_stmt_get_int (&stmt, 0));

      if (account != NULL)
        add_tally (g_hash_table_lookup (by_source, account->person), &stmt);
    }

  return !stmt.failed;
}

/* By first act; those who never acted last, by name. */
static int
compare_people (gconstpointer a, gconstpointer b)
{
  const VantagePerson *x = *(const VantagePerson *const *) a;
  const VantagePerson *y = *(const VantagePerson *const *) b;
  int order;

  if (x->first_us != y->first_us)
    {
      if (x->first_us == VANTAGE_TIME_NONE || y->first_us == VANTAGE_TIME_NONE)
        return x->first_us == VANTAGE_TIME_NONE ? 1 : -1;
      return x->first_us < y->first_us ? -1 : 1;
    }
  if ((x->n_items > 0) != (y->n_items > 0))
    return x->n_items > 0 ? -1 : 1;

  order = g_utf8_collate (x->name, y->name);
  return order != 0 ? order : strcmp (x->id, y->id);
}

static gboolean
says_something (VantageEntity *entity)
{
  g_autoptr (GPtrArray) registers = entity != NULL ? vantage_entity_list_registers (entity) : NULL;

  return registers != NULL && registers->len > 0;
}

/* A person of whom only an account's name is left, and nothing they did, is nobody to show: the
 * source that named them is gone, or adding them was undone. */
static GPtrArray *
read_people (VantageEvidenceReading *reading, GError **error)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_person_free);
  g_autoptr (GHashTable) by_source = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < reading->map->people->len; i++)
    {
      VantageMapPerson *source = reading->map->people->pdata[i];
      VantagePerson *person;

      if (source->identities->len == 0 &&
          (source->person == NULL ||
           !(says_something (source->person) || says_something (source->particulars))))
        continue;

      person = new_person (source);
      g_ptr_array_add (people, person);
      g_hash_table_insert (by_source, source, person);
    }

  if (!add_tallies (reading, by_source, error))
    return NULL;

  g_ptr_array_sort (people, compare_people);
  return g_steal_pointer (&people);
}

GPtrArray *
vantage_library_list_people (VantageLibrary *self, const char *review, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  VantageEvidenceReading reading;
  GPtrArray *people;

  if (!vantage_evidence_reading_begin (&reading, self, review, NULL, error))
    return NULL;

  people = read_people (&reading, &local_error);
  vantage_evidence_reading_end (&reading, &local_error);
  if (people == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return people;
}

/* Whether @words name the person: exact id, a start of it, or the name. 0 no, 1 start, 2 exactly.
 */
static guint
match_person (const VantagePerson *person, const char *words)
{
  if (strcmp (person->id, words) == 0)
    return 3;
  if (g_strv_contains ((const char *const *) person->merged, words))
    return 3;
  if (g_utf8_collate (person->name, words) == 0)
    return 2;

  for (guint i = 0; i < person->identities->len; i++)
    {
      const VantageIdentity *identity = person->identities->pdata[i];

      if (g_strcmp0 (identity->name, words) == 0 || g_strcmp0 (identity->handle, words) == 0 ||
          g_strcmp0 (identity->email, words) == 0)
        return 2;
    }

  return *words != '\0' && g_str_has_prefix (person->id, words) ? 1 : 0;
}

VantagePerson *
vantage_library_find_person (VantageLibrary *self, const char *review, const char *words,
                             GError **error)
{
  g_autoptr (GPtrArray) people = vantage_library_list_people (self, review, error);
  guint best = 0, found = 0, n = 0;

  if (people == NULL)
    return NULL;

  for (guint i = 0; i < people->len; i++)
    {
      guint match = match_person (people->pdata[i], words);

      if (match == 0 || match < best)
        continue;

      n = match > best ? 1 : n + 1;
      best = match;
      found = i;
    }

  if (n == 1)
    return g_ptr_array_steal_index (people, found);

  g_set_error (error, VANTAGE_STORE_ERROR,
               n == 0 ? VANTAGE_STORE_ERROR_NOT_FOUND : VANTAGE_STORE_ERROR_AMBIGUOUS,
               n == 0 ? "no person “%s”" : "more than one person “%s”", words);
  return NULL;
}

char *
vantage_library_dup_person_name (VantageLibrary *self, const char *review, const char *id)
{
  g_autoptr (VantagePeopleMap) map =
      self->evidence != NULL ? vantage_people_map_get (self->evidence, review, NULL) : NULL;
  const VantageMapPerson *person = map != NULL ? vantage_people_map_find (map, id) : NULL;

  return g_strdup (person != NULL ? person->name : "somebody");
}

/* ---- merging and splitting ---- */

static VantageMapPerson *
find_or_fail (VantagePeopleMap *map, const char *id, GError **error)
{
  VantageMapPerson *person = vantage_people_map_find (map, id);

  if (person == NULL)
    g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND, "no person %s", id);
  return person;
}

gboolean
vantage_library_merge_people (VantageLibrary *self, const char *review, const char *into,
                              const char *from, const char *what, GError **error)
{
  g_autoptr (VantagePeopleMap) map = vantage_people_map_get (self->evidence, review, error);
  g_autoptr (VantageEdit) edit = NULL;
  const VantageMapPerson *target, *source;

  if (map == NULL)
    return FALSE;

  target = find_or_fail (map, into, error);
  source = target != NULL ? find_or_fail (map, from, error) : NULL;
  if (source == NULL)
    return FALSE;
  if (source == target)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
                   "%s and %s are one person already", into, from);
      return FALSE;
    }

  edit = vantage_library_begin (self, review, what);
  vantage_edit_set_ref (edit, "person", source->id, "into", target->id);

  return vantage_edit_commit (edit, error);
}

/* The account of the person that the others were merged into cannot leave it: the others leave
 * instead, and stay together. */
static void
move_others (VantageEdit *edit, const VantageMapPerson *person)
{
  const char *first = person->merged->pdata[0];

  vantage_edit_set_ref (edit, "person", first, "into", NULL);
  for (guint i = 1; i < person->merged->len; i++)
    vantage_edit_set_ref (edit, "person", person->merged->pdata[i], "into", first);
}

/* Those whose way leads over the person that leaves go to the root by themselves. */
static gboolean
leave (VantageLibrary *self, const char *review, VantageEdit *edit, const VantageMapPerson *person,
       const char *leaving, GError **error)
{
  vantage_edit_set_ref (edit, "person", leaving, "into", NULL);

  for (guint i = 0; i < person->merged->len; i++)
    {
      const char *id = person->merged->pdata[i];
      g_autoptr (VantageEntity) entity = NULL;
      g_autoptr (GError) local_error = NULL;

      entity = vantage_library_get (self, review, "person", id, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (entity != NULL && g_strcmp0 (vantage_entity_get_ref (entity, "into"), leaving) == 0)
        vantage_edit_set_ref (edit, "person", id, "into", person->id);
    }

  return TRUE;
}

gboolean
vantage_library_split_person (VantageLibrary *self, const char *review, const char *person,
                              const char *identity_id, const char *what, GError **error)
{
  g_autofree char *leaving = vantage_person_id (review, identity_id);
  g_autoptr (VantagePeopleMap) map = vantage_people_map_get (self->evidence, review, error);
  g_autoptr (VantageEdit) edit = NULL;
  const VantageMapPerson *whole;

  if (map == NULL)
    return FALSE;

  whole = find_or_fail (map, person, error);
  if (whole == NULL)
    return FALSE;
  if (vantage_people_map_find (map, leaving) != whole || whole->merged->len == 0)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
                   "account %s is not one of several of person %s", identity_id, person);
      return FALSE;
    }

  edit = vantage_library_begin (self, review, what);
  if (strcmp (leaving, whole->id) == 0)
    move_others (edit, whole);
  else if (!leave (self, review, edit, whole, leaving, error))
    return FALSE;

  return vantage_edit_commit (edit, error);
}

/* ---- sources ---- */

gboolean
vantage_library_set_source_time (VantageLibrary *self, const char *review, const char *source,
                                 const char *zone, gint64 zero_us, gint64 shift_us,
                                 const char *what, GError **error)
{
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (VantageZone) known = zone != NULL ? vantage_zone_new (zone) : NULL;
  g_autoptr (VantageEntity) entity = vantage_library_get (self, review, "source", source, error);

  if (entity == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND, "no source %s",
                     source);
      return FALSE;
    }
  if (zone != NULL && known == NULL)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID, "no time zone “%s”",
                   zone);
      return FALSE;
    }

  edit = vantage_library_begin (self, review, what);
  if (zone != NULL)
    {
      vantage_edit_set_text (edit, "source", source, "zone", zone);
      vantage_edit_set_text (edit, "source", source, "zone_from", "chosen");
    }
  if (zero_us != VANTAGE_TIME_NONE)
    vantage_edit_set_time (edit, "source", source, "zero", zero_us);
  if (shift_us != VANTAGE_TIME_NONE)
    vantage_edit_set (edit, "source", source, "shift", vantage_value_new_duration (shift_us));
  if (!vantage_edit_commit (edit, error))
    return FALSE;

  g_clear_object (&entity);
  entity = vantage_library_get (self, review, "source", source, error);
  return entity != NULL && vantage_evidence_follow_source (self->evidence, entity, error);
}
