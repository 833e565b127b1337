/* vantage-evidence-tally.c: what an import counts on its way: who has how many items where. */

#include <string.h>

#include "vantage-evidence-intern.h"

typedef struct
{
  gint64 channel, account;
} TallyKey;

typedef struct
{
  TallyKey key;
  gint64 n, n_roots, first_us, last_us;
} Tally;

static guint
hash_tally (gconstpointer data)
{
  const TallyKey *key = data;

  return (guint) (key->channel * 2654435761u) ^ (guint) key->account;
}

static gboolean
tally_equal (gconstpointer a, gconstpointer b)
{
  const TallyKey *x = a;
  const TallyKey *y = b;

  return x->channel == y->channel && x->account == y->account;
}

GHashTable *
vantage_evidence_new_tallies (void)
{
  return g_hash_table_new_full (hash_tally, tally_equal, NULL, g_free);
}

static Tally *
ensure_tally (VantageEvidenceWriter *self, gint64 channel, gint64 account)
{
  TallyKey key = { channel, account };
  Tally *tally = g_hash_table_lookup (self->tallies, &key);

  if (tally != NULL)
    return tally;

  tally = g_new0 (Tally, 1);
  tally->key = key;
  tally->first_us = VANTAGE_ROW_NO_TIME;
  tally->last_us = VANTAGE_TIME_NONE;
  g_hash_table_insert (self->tallies, &tally->key, tally);

  return tally;
}

void
vantage_evidence_count_row (VantageEvidenceWriter *self, const VantageEvidenceRow *row)
{
  Tally *tally = ensure_tally (self, row->channel, row->account);

  tally->n++;
  if (row->thread != NULL && strcmp (row->thread, row->local) == 0)
    tally->n_roots++;
  if (row->time_us == VANTAGE_ROW_NO_TIME)
    return;

  tally->first_us = MIN (tally->first_us, row->time_us);
  tally->last_us = MAX (tally->last_us, row->time_us);
}

void
vantage_evidence_count_item (VantageEvidenceWriter *self, const VantageEvidenceRow *row,
                             VantageInternedChannel *channel, VantageInternedAccount *account)
{
  VantageEvidenceCounts *counts = &self->counts;

  counts->n_items++;
  counts->kinds[row->kind]++;
  if (!channel->used)
    counts->n_channels++;
  channel->used = TRUE;
  if (account != NULL && !account->wrote)
    {
      account->wrote = TRUE;
      counts->n_people++;
    }
  if (row->thread != NULL)
    {
      gint64 key = ((gint64) g_str_hash (row->thread) << 20) ^ channel->id;

      if (!g_hash_table_contains (self->threads, &key))
        {
          g_hash_table_add (self->threads, g_memdup2 (&key, sizeof key));
          counts->n_threads++;
        }
    }
  if (row->time_us == VANTAGE_ROW_NO_TIME)
    return;

  if (counts->first_us == VANTAGE_TIME_NONE || row->time_us < counts->first_us)
    counts->first_us = row->time_us;
  counts->last_us = MAX (counts->last_us, row->time_us);
}

gboolean
vantage_evidence_write_tallies (VantageEvidenceWriter *self, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "INSERT OR REPLACE INTO tally (source, channel, account, n, n_roots, first_us, last_us)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)",
      error);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tallies);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Tally *tally = value;

      vantage_stmt_bind_int (&stmt, 1, self->source);
      vantage_stmt_bind_int (&stmt, 2, tally->key.channel);
      vantage_stmt_bind_int (&stmt, 3, tally->key.account);
      vantage_stmt_bind_int (&stmt, 4, tally->n);
      vantage_stmt_bind_int (&stmt, 5, tally->n_roots);
      vantage_stmt_bind_int (&stmt, 6, tally->first_us);
      vantage_stmt_bind_int (&stmt, 7, tally->last_us);
      if (!vantage_stmt_run (&stmt, error))
        return FALSE;
    }

  return TRUE;
}
