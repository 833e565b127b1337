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

/* ---- threads ---- */

#define FIRST_THREAD_SLOTS 1024

static guint64
hash_thread (gint64 channel, const char *thread)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325) ^ (guint64) channel;

  for (const char *at = thread; *at != '\0'; at++)
    hash = (hash ^ (guint8) *at) * G_GUINT64_CONSTANT (0x100000001b3);
  hash ^= hash >> 32;
  hash *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  hash ^= hash >> 32;
  return hash != 0 ? hash : 1;
}

static guint64 *
find_thread (guint64 *slots, gsize n_slots, guint64 hash)
{
  gsize at = hash & (n_slots - 1);

  while (slots[at] != 0 && slots[at] != hash)
    at = (at + 1) & (n_slots - 1);
  return &slots[at];
}

static void
grow_threads (VantageEvidenceWriter *self)
{
  gsize n_slots = MAX (FIRST_THREAD_SLOTS, self->n_thread_slots * 2);
  guint64 *slots = g_new0 (guint64, n_slots);

  for (gsize i = 0; i < self->n_thread_slots; i++)
    if (self->threads[i] != 0)
      *find_thread (slots, n_slots, self->threads[i]) = self->threads[i];
  g_free (self->threads);
  self->threads = slots;
  self->n_thread_slots = n_slots;
}

static void
count_thread (VantageEvidenceWriter *self, gint64 channel, const char *thread)
{
  guint64 hash = hash_thread (channel, thread);
  guint64 *slot;

  if (self->counts.n_threads * 4 >= self->n_thread_slots * 3)
    grow_threads (self);
  slot = find_thread (self->threads, self->n_thread_slots, hash);
  if (*slot != 0)
    return;

  *slot = hash;
  self->counts.n_threads++;
}

/* ---- what an import shows ---- */

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
    count_thread (self, channel->id, row->thread);
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
