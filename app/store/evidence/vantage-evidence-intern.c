/* vantage-evidence-intern.c: channels, accounts and paths of an import get their numbers. */

#include "vantage-evidence-intern.h"

#include <string.h>

#include "vantage-id.h"

void
vantage_interned_system_free (gpointer data)
{
  VantageInternedSystem *system = data;

  g_hash_table_unref (system->accounts);
  g_free (system->family);
  g_free (system->system);
  g_free (system);
}

gint64
vantage_evidence_intern_review (VantageDb *db, const char *uid, GError **error)
{
  g_auto (VantageStmt) insert =
      vantage_db_prepare (db, "INSERT OR IGNORE INTO review (uid) VALUES (?)", error);

  vantage_stmt_bind_text (&insert, 1, uid);
  if (!vantage_stmt_run (&insert, error))
    return 0;

  return vantage_evidence_number (db, 0, "SELECT id FROM review WHERE uid = ?", uid, NULL);
}

static VantageInternedSystem *
intern_system (VantageEvidenceWriter *self, const char *family, const char *system)
{
  g_autofree char *key = g_strconcat (family, "\n", system, NULL);
  VantageInternedSystem *found = g_hash_table_lookup (self->systems, key);

  if (found != NULL)
    return found;

  found = g_new0 (VantageInternedSystem, 1);
  found->family = g_strdup (family);
  found->system = g_strdup (system);
  found->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (self->systems, g_steal_pointer (&key), found);

  return found;
}

static gint64
find_by_uid (VantageEvidenceWriter *self, const char *sql, const char *uid, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, sql, error);

  vantage_stmt_bind_int (&stmt, 1, self->review);
  vantage_stmt_bind_text (&stmt, 2, uid);

  return vantage_stmt_step (&stmt, error) ? vantage_stmt_get_int (&stmt, 0) : 0;
}

static gint64
insert_identity (VantageEvidenceWriter *self, VantageInternedSystem *system, const char *key,
                 GError **error)
{
  g_autofree char *uid = vantage_identity_id (system->family, system->system, key);
  g_autofree char *person = vantage_person_id (self->review_uid, uid);
  g_auto (VantageStmt) insert = vantage_db_prepare (
      self->db,
      "INSERT OR IGNORE INTO identity (review, uid, person, family, system, key)"
      " VALUES (?, ?, ?, ?, ?, ?)",
      error);

  vantage_stmt_bind_int (&insert, 1, self->review);
  vantage_stmt_bind_text (&insert, 2, uid);
  vantage_stmt_bind_text (&insert, 3, person);
  vantage_stmt_bind_text (&insert, 4, system->family);
  vantage_stmt_bind_text (&insert, 5, system->system);
  vantage_stmt_bind_text (&insert, 6, key);
  if (!vantage_stmt_run (&insert, error))
    return 0;

  return find_by_uid (self, "SELECT id FROM identity WHERE review = ? AND uid = ?", uid, error);
}

static gboolean
write_identity_facts (VantageEvidenceWriter *self, gint64 id, const VantageIdentity *facts,
                      GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "INSERT INTO identity_fact (identity, source, handle, email, name, zone, team, title, bot,"
      " placeholder) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET handle = ifnull(excluded.handle, handle),"
      " email = ifnull(excluded.email, email), name = ifnull(excluded.name, name),"
      " zone = ifnull(excluded.zone, zone), team = ifnull(excluded.team, team),"
      " title = ifnull(excluded.title, title), bot = max(bot, excluded.bot),"
      " placeholder = min(placeholder, excluded.placeholder)"
      " WHERE excluded.placeholder <= placeholder",
      error);
  const char *texts[] = { facts->handle, facts->email, facts->name,
                          facts->zone,   facts->team,  facts->title };

  vantage_stmt_bind_int (&stmt, 1, id);
  vantage_stmt_bind_int (&stmt, 2, self->source);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    vantage_stmt_bind_text (&stmt, (int) i + 3, texts[i]);
  vantage_stmt_bind_int (&stmt, 9, facts->bot);
  vantage_stmt_bind_int (&stmt, 10, facts->placeholder);

  return vantage_stmt_run (&stmt, error);
}

VantageInternedAccount *
vantage_evidence_intern_account (VantageEvidenceWriter *self, VantageInternedSystem *system,
                                 const char *key, const VantageIdentity *facts, GError **error)
{
  VantageInternedAccount *account = g_hash_table_lookup (system->accounts, key);
  gboolean is_new = account == NULL;

  if (is_new)
    {
      gint64 id = insert_identity (self, system, key, error);

      if (id == 0)
        return NULL;

      account = g_new0 (VantageInternedAccount, 1);
      account->id = id;
      g_hash_table_insert (system->accounts, g_strdup (key), account);
    }

  if (facts != NULL)
    return write_identity_facts (self, account->id, facts, error) ? account : NULL;

  if (is_new)
    {
      g_autoptr (VantageIdentity) unknown =
          vantage_identity_new (system->family, system->system, key);

      unknown->placeholder = TRUE;
      if (!write_identity_facts (self, account->id, unknown, error))
        return NULL;
    }
  return account;
}

static gint64
insert_channel (VantageEvidenceWriter *self, const VantageChannel *channel, const char *uid,
                GError **error)
{
  g_auto (VantageStmt) insert =
      vantage_db_prepare (self->db,
                          "INSERT OR IGNORE INTO channel (review, uid, family, system, key, weak)"
                          " VALUES (?, ?, ?, ?, ?, ?)",
                          error);

  vantage_stmt_bind_int (&insert, 1, self->review);
  vantage_stmt_bind_text (&insert, 2, uid);
  vantage_stmt_bind_text (&insert, 3, channel->family);
  vantage_stmt_bind_text (&insert, 4, channel->system);
  vantage_stmt_bind_text (&insert, 5, channel->key);
  vantage_stmt_bind_int (&insert, 6, channel->weak);
  if (!vantage_stmt_run (&insert, error))
    return 0;

  return find_by_uid (self, "SELECT id FROM channel WHERE review = ? AND uid = ?", uid, error);
}

gboolean
vantage_evidence_add_channel (VantageEvidenceWriter *self, const VantageChannel *facts,
                              GError **error)
{
  g_autofree char *uid = vantage_channel_dup_id (facts);
  g_autofree char *members = facts->members != NULL ? g_strjoinv ("\n", facts->members) : NULL;
  VantageInternedChannel *channel = g_hash_table_lookup (self->channels, uid);

  if (channel == NULL)
    {
      gint64 id = insert_channel (self, facts, uid, error);

      if (id == 0)
        return FALSE;

      channel = g_new0 (VantageInternedChannel, 1);
      channel->id = id;
      channel->system = intern_system (self, facts->family, facts->system);
      g_hash_table_insert (self->channels, g_steal_pointer (&uid), channel);
    }

  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "INSERT INTO channel_fact (channel, source, name, topic, purpose, sort, members)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET name = ifnull(excluded.name, name),"
      " topic = ifnull(excluded.topic, topic), purpose = ifnull(excluded.purpose, purpose),"
      " sort = excluded.sort, members = ifnull(excluded.members, members)",
      error);

  vantage_stmt_bind_int (&stmt, 1, channel->id);
  vantage_stmt_bind_int (&stmt, 2, self->source);
  vantage_stmt_bind_text (&stmt, 3, facts->name);
  vantage_stmt_bind_text (&stmt, 4, facts->topic);
  vantage_stmt_bind_text (&stmt, 5, facts->purpose);
  vantage_stmt_bind_int (&stmt, 6, facts->sort);
  vantage_stmt_bind_text (&stmt, 7, members);

  return vantage_stmt_run (&stmt, error);
}

gboolean
vantage_evidence_add_identity (VantageEvidenceWriter *self, const VantageIdentity *facts,
                               GError **error)
{
  VantageInternedSystem *system = intern_system (self, facts->family, facts->system);

  return vantage_evidence_intern_account (self, system, facts->key, facts, error) != NULL;
}

gint64
vantage_evidence_intern_place (VantageEvidenceWriter *self, const char *path, GError **error)
{
  gint64 *known;

  if (path == NULL)
    return 0;
  if (self->last_path_key != NULL && strcmp (self->last_path_key, path) == 0)
    return self->last_place;

  known = g_hash_table_lookup (self->places, path);
  if (known == NULL)
    {
      g_auto (VantageStmt) stmt =
          vantage_db_prepare (self->db, "INSERT INTO place (source, path) VALUES (?, ?)", error);

      vantage_stmt_bind_int (&stmt, 1, self->source);
      vantage_stmt_bind_text (&stmt, 2, path);
      if (!vantage_stmt_run (&stmt, error))
        return -1;

      known = g_new (gint64, 1);
      *known = sqlite3_last_insert_rowid (vantage_db_get_handle (self->db));
      g_hash_table_insert (self->places, g_strdup (path), known);
    }

  g_hash_table_lookup_extended (self->places, path, (gpointer *) &self->last_path_key, NULL);
  self->last_place = *known;
  return *known;
}
