/* vantage-people-map.c: reads what the kept sources say and what people decided, and joins the two.
 */

#include "vantage-people-map.h"

#include <string.h>

/* While it is being made: identities before they are people. */
typedef struct
{
  gint64 row;
  char *person; /* computed id */
  VantageIdentity *identity;
} Draft;

static void
free_draft (gpointer data)
{
  Draft *draft = data;

  g_free (draft->person);
  vantage_identity_free (draft->identity);
  g_free (draft);
}

static void
free_person (gpointer data)
{
  VantageMapPerson *person = data;

  g_free (person->id);
  g_free (person->name);
  g_array_unref (person->identity_rows);
  g_ptr_array_unref (person->identities);
  g_ptr_array_unref (person->merged);
  g_clear_object (&person->person);
  g_clear_object (&person->particulars);
  g_free (person);
}

static void
free_account (gpointer data)
{
  VantageMapAccount *account = data;

  g_free (account->identity);
  g_free (account->key);
  g_free (account);
}

static void
free_channel (gpointer data)
{
  VantageMapChannel *channel = data;

  g_free (channel->uid);
  g_free (channel->name);
  g_free (channel->family);
  g_free (channel->topic);
  g_free (channel);
}

static void
free_source (gpointer data)
{
  VantageMapSource *source = data;

  g_free (source->entity);
  g_free (source);
}

static VantagePeopleMap *
new_map (const char *review)
{
  VantagePeopleMap *self = g_new0 (VantagePeopleMap, 1);

  self->refs = 1;
  self->review = g_strdup (review);
  self->people = g_ptr_array_new_with_free_func (free_person);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->accounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_account);
  self->channels = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_channel);
  self->sources = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_source);

  return self;
}

VantagePeopleMap *
vantage_people_map_ref (VantagePeopleMap *self)
{
  g_atomic_int_inc (&self->refs);
  return self;
}

void
vantage_people_map_unref (VantagePeopleMap *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->refs))
    return;

  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->people);
  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->sources);
  g_free (self->review);
  g_free (self->seen);
  g_free (self);
}

/* ---- what the sources say ---- */

static gboolean
read_sources (VantagePeopleMap *self, VantageDb *db, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (db,
                          "SELECT id, " VANTAGE_SOURCE_ENTITY ", state, zone IS NOT base_zone,"
                          " zero_us IS NOT base_zero_us OR shift_us <> 0 FROM source"
                          " WHERE review = ? ORDER BY id",
                          error);
  g_autoptr (GString) seen = g_string_new (NULL);

  vantage_stmt_bind_int (&stmt, 1, self->review_row);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageMapSource *source = g_new0 (VantageMapSource, 1);

      source->row = vantage_stmt_get_int (&stmt, 0);
      source->entity = g_strdup (vantage_stmt_get_text (&stmt, 1));
      source->state = (VantageSourceState) vantage_stmt_get_int (&stmt, 2);
      source->zone_chosen = vantage_stmt_get_int (&stmt, 3) != 0;
      self->times_moved |= source->zone_chosen || vantage_stmt_get_int (&stmt, 4) != 0;
      g_hash_table_insert (self->sources, &source->row, source);
      if (source->state == VANTAGE_SOURCE_KEPT)
        g_string_append_printf (seen, "%s%" G_GINT64_FORMAT, seen->len > 0 ? "," : "", source->row);
      else
        self->has_unseen = TRUE;
    }

  self->seen = g_string_free (g_steal_pointer (&seen), FALSE);
  return !stmt.failed;
}

static void
improve_text (char **mine, const char *newer)
{
  if (newer == NULL || *newer == '\0')
    return;

  g_free (*mine);
  *mine = g_strdup (newer);
}

static gboolean
read_channels (VantagePeopleMap *self, VantageDb *db, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT c.id, c.uid, c.key, c.family, f.name, f.topic, f.sort FROM channel c"
      " JOIN channel_fact f ON f.channel = c.id JOIN source s ON s.id = f.source AND s.state = 1"
      " WHERE c.review = ? ORDER BY c.id, s.id",
      error);

  vantage_stmt_bind_int (&stmt, 1, self->review_row);
  while (vantage_stmt_step (&stmt, error))
    {
      gint64 row = vantage_stmt_get_int (&stmt, 0);
      VantageMapChannel *channel = g_hash_table_lookup (self->channels, &row);

      if (channel == NULL)
        {
          channel = g_new0 (VantageMapChannel, 1);
          channel->row = row;
          channel->uid = g_strdup (vantage_stmt_get_text (&stmt, 1));
          channel->name = g_strdup (vantage_stmt_get_text (&stmt, 2));
          channel->family = g_strdup (vantage_stmt_get_text (&stmt, 3));
          g_hash_table_insert (self->channels, &channel->row, channel);
        }
      improve_text (&channel->name, vantage_stmt_get_text (&stmt, 4));
      improve_text (&channel->topic, vantage_stmt_get_text (&stmt, 5));
      channel->sort = (VantageChannelSort) vantage_stmt_get_int (&stmt, 6);
    }

  return !stmt.failed;
}

static VantageIdentity *
read_identity (VantageStmt *stmt)
{
  VantageIdentity *identity =
      vantage_identity_new (vantage_stmt_get_text (stmt, 2), vantage_stmt_get_text (stmt, 3),
                            vantage_stmt_get_text (stmt, 4));

  identity->handle = g_strdup (vantage_stmt_get_text (stmt, 5));
  identity->email = g_strdup (vantage_stmt_get_text (stmt, 6));
  identity->name = g_strdup (vantage_stmt_get_text (stmt, 7));
  identity->zone = g_strdup (vantage_stmt_get_text (stmt, 8));
  identity->team = g_strdup (vantage_stmt_get_text (stmt, 9));
  identity->title = g_strdup (vantage_stmt_get_text (stmt, 10));
  identity->bot = vantage_stmt_get_int (stmt, 11) != 0;
  identity->placeholder = vantage_stmt_get_int (stmt, 12) != 0;

  return identity;
}

/* Oldest source first, so that the newest has the last word. */
static gboolean
read_identities (VantagePeopleMap *self, VantageDb *db, GPtrArray *drafts, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT i.id, i.person, i.family, i.system, i.key, f.handle, f.email, f.name, f.zone, f.team,"
      " f.title, f.bot, f.placeholder FROM identity i JOIN identity_fact f ON f.identity = i.id"
      " JOIN source s ON s.id = f.source AND s.state = 1 WHERE i.review = ? ORDER BY i.id, s.id",
      error);

  vantage_stmt_bind_int (&stmt, 1, self->review_row);
  while (vantage_stmt_step (&stmt, error))
    {
      gint64 row = vantage_stmt_get_int (&stmt, 0);
      Draft *last = drafts->len > 0 ? drafts->pdata[drafts->len - 1] : NULL;
      g_autoptr (VantageIdentity) identity = read_identity (&stmt);

      if (last != NULL && last->row == row)
        {
          vantage_identity_improve (last->identity, identity);
          continue;
        }

      last = g_new0 (Draft, 1);
      last->row = row;
      last->person = g_strdup (vantage_stmt_get_text (&stmt, 1));
      last->identity = g_steal_pointer (&identity);
      g_ptr_array_add (drafts, last);
    }

  return !stmt.failed;
}

/* ---- what people decided ---- */

/* Follows `into` to its end. Two machines may have merged in a ring: its least id then stands for
 * all of it, on every machine. */
static const char *
find_root (GHashTable *into, const char *id)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *least;

  while (g_hash_table_lookup (into, id) != NULL && g_hash_table_add (seen, (gpointer) id))
    id = g_hash_table_lookup (into, id);

  if (g_hash_table_lookup (into, id) == NULL)
    return id;

  least = id;
  for (const char *at = g_hash_table_lookup (into, id); strcmp (at, id) != 0;
       at = g_hash_table_lookup (into, at))
    if (strcmp (at, least) < 0)
      least = at;

  return least;
}

static VantageMapPerson *
ensure_person (VantagePeopleMap *self, GHashTable *into, const char *id)
{
  const char *root = find_root (into, id);
  VantageMapPerson *person = g_hash_table_lookup (self->by_id, root);

  if (person == NULL)
    {
      person = g_new0 (VantageMapPerson, 1);
      person->id = g_strdup (root);
      person->identity_rows = g_array_new (FALSE, FALSE, sizeof (gint64));
      person->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_identity_free);
      person->merged = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (self->people, person);
      g_hash_table_insert (self->by_id, g_strdup (root), person);
    }
  if (strcmp (id, root) != 0 && !g_hash_table_contains (self->by_id, id))
    {
      g_ptr_array_add (person->merged, g_strdup (id));
      g_hash_table_insert (self->by_id, g_strdup (id), person);
    }

  return person;
}

static void
add_identity (VantagePeopleMap *self, GHashTable *into, Draft *draft)
{
  VantageMapPerson *person = ensure_person (self, into, draft->person);
  VantageMapAccount *account = g_new0 (VantageMapAccount, 1);

  account->key = g_strdup (draft->identity->key);
  account->identity = vantage_identity_dup_id (draft->identity);
  account->person = person;
  if (strcmp (draft->person, person->id) == 0)
    {
      /* Their own account before those that were merged into them: it names them. */
      g_array_prepend_val (person->identity_rows, draft->row);
      g_ptr_array_insert (person->identities, 0, g_steal_pointer (&draft->identity));
    }
  else
    {
      g_array_append_val (person->identity_rows, draft->row);
      g_ptr_array_add (person->identities, g_steal_pointer (&draft->identity));
    }
  g_hash_table_insert (self->accounts, g_memdup2 (&draft->row, sizeof draft->row), account);
  g_hash_table_insert (self->by_key, account->key, account);
}

static void
add_entities (VantagePeopleMap *self, GHashTable *into, GPtrArray *people, GPtrArray *particulars)
{
  for (guint i = 0; i < people->len; i++)
    {
      VantageEntity *entity = people->pdata[i];
      VantageMapPerson *person = ensure_person (self, into, vantage_entity_get_id (entity));

      if (strcmp (vantage_entity_get_id (entity), person->id) == 0)
        g_set_object (&person->person, entity);
    }

  for (guint i = 0; i < particulars->len; i++)
    {
      VantageEntity *entity = particulars->pdata[i];
      VantageMapPerson *person = g_hash_table_lookup (self->by_id, vantage_entity_get_id (entity));

      if (person != NULL && strcmp (vantage_entity_get_id (entity), person->id) == 0)
        g_set_object (&person->particulars, entity);
    }
}

static char *
dup_name (const VantageMapPerson *person)
{
  const char *name =
      person->particulars != NULL ? vantage_entity_get_text (person->particulars, "name") : NULL;

  for (guint i = 0; name == NULL && i < person->identities->len; i++)
    {
      const VantageIdentity *identity = person->identities->pdata[i];

      if (!identity->placeholder && identity->name != NULL && *identity->name != '\0')
        name = identity->name;
    }
  if (name == NULL && person->identities->len > 0)
    name = vantage_identity_get_shown (person->identities->pdata[0]);
  if ((name == NULL || *name == '\0') && person->person != NULL)
    name = vantage_entity_get_text (person->person, "label");

  return g_strdup (name != NULL && *name != '\0' ? name : "somebody");
}

static GHashTable *
collect_merges (GPtrArray *people)
{
  GHashTable *into = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < people->len; i++)
    {
      VantageEntity *entity = people->pdata[i];
      const char *target = vantage_entity_get_ref (entity, "into");

      if (target != NULL && strcmp (target, vantage_entity_get_id (entity)) != 0)
        g_hash_table_insert (into, g_strdup (vantage_entity_get_id (entity)), g_strdup (target));
    }

  return into;
}

static gboolean
join (VantagePeopleMap *self, VantageLibrary *library, GPtrArray *drafts, GError **error)
{
  g_autoptr (GPtrArray) people = vantage_library_list (library, self->review, "person", error);
  g_autoptr (GPtrArray) particulars = NULL;
  g_autoptr (GHashTable) into = NULL;

  if (people == NULL)
    return FALSE;

  particulars = vantage_library_list (library, self->review, "particulars", error);
  if (particulars == NULL)
    return FALSE;

  into = collect_merges (people);
  for (guint i = 0; i < drafts->len; i++)
    add_identity (self, into, drafts->pdata[i]);
  add_entities (self, into, people, particulars);
  for (guint i = 0; i < self->people->len; i++)
    {
      VantageMapPerson *person = self->people->pdata[i];

      person->name = dup_name (person);
    }

  return TRUE;
}

/* ---- the snapshot ---- */

static gint64
read_generation (VantageDb *db)
{
  return vantage_evidence_number (db, 0, "SELECT next FROM counter WHERE name = 'generation'",
                                  NULL);
}

static gboolean
read_all (VantagePeopleMap *self, VantageEvidenceStore *store, VantageDb *db, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (free_draft);
  gboolean ok = vantage_db_exec (db, "BEGIN", error);

  if (!ok)
    return vantage_store_convert_error (error);

  self->generation = read_generation (db);
  self->review_row =
      vantage_evidence_number (db, 0, "SELECT id FROM review WHERE uid = ?", self->review, NULL);
  self->is_alone = !vantage_evidence_number (
      db, 1,
      "SELECT EXISTS (SELECT 1 FROM source s JOIN review r ON r.id = s.review WHERE r.uid <> ?)",
      self->review, NULL);
  ok = read_sources (self, db, error) && read_channels (self, db, error) &&
       read_identities (self, db, drafts, error);
  vantage_db_rollback (db);
  if (!ok)
    return vantage_store_convert_error (error);

  return join (self, store->library, drafts, error);
}

static VantagePeopleMap *
find_fresh (VantageEvidenceStore *store, const char *review, gint64 generation, guint *out_count)
{
  VantagePeopleMap *map;

  g_mutex_lock (&store->mutex);
  map = g_hash_table_lookup (store->people, review);
  if (map != NULL && map->generation == generation)
    map = vantage_people_map_ref (map);
  else
    map = NULL;
  *out_count = store->generation;
  g_mutex_unlock (&store->mutex);

  return map;
}

VantagePeopleMap *
vantage_people_map_get (VantageEvidenceStore *store, const char *review, GError **error)
{
  g_autoptr (VantagePeopleMap) self = NULL;
  VantageDb *db = vantage_evidence_take_reader (store, error);
  gboolean ok;
  guint count;

  if (db == NULL)
    return NULL;

  self = find_fresh (store, review, read_generation (db), &count);
  if (self != NULL)
    {
      vantage_evidence_give_reader (store, db);
      return g_steal_pointer (&self);
    }

  self = new_map (review);
  ok = read_all (self, store, db, error);
  vantage_evidence_give_reader (store, db);
  if (!ok)
    return NULL;

  g_mutex_lock (&store->mutex);
  if (count == store->generation)
    g_hash_table_replace (store->people, g_strdup (review), vantage_people_map_ref (self));
  g_mutex_unlock (&store->mutex);

  return g_steal_pointer (&self);
}

void
vantage_people_map_forget (VantageEvidenceStore *store, const char *review)
{
  g_mutex_lock (&store->mutex);
  store->generation++;
  if (review != NULL)
    g_hash_table_remove (store->people, review);
  else
    g_hash_table_remove_all (store->people);
  g_mutex_unlock (&store->mutex);
}

VantageMapPerson *
vantage_people_map_find (VantagePeopleMap *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

VantageMapAccount *
vantage_people_map_get_account (VantagePeopleMap *self, gint64 row)
{
  return g_hash_table_lookup (self->accounts, &row);
}

VantageMapChannel *
vantage_people_map_get_channel (VantagePeopleMap *self, gint64 row)
{
  return g_hash_table_lookup (self->channels, &row);
}

VantageMapSource *
vantage_people_map_get_source (VantagePeopleMap *self, gint64 row)
{
  return g_hash_table_lookup (self->sources, &row);
}
