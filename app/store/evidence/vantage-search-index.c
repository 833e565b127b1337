/* vantage-search-index.c: the thread that writes the words of what was imported into search.db. It
 * follows the kept sources block by block; how far it is commits with the words, so that it may be
 * stopped anywhere. */

#include "vantage-search.h"

#include "vantage-evidence-writer.h"

/* Each commit writes what is held of the words as one more segment: few large ones are cheaper. */
#define BLOCKS_PER_COMMIT 32
/* How long the next batch of an import is waited for before what there is is committed. */
#define PATIENCE_US (250 * 1000)
/* Batches that wait to be cut. */
#define MAX_FED 3
/* An import that is not kept yet goes in ahead of time when the words of all others could be cut
 * again in a moment, which is what dropping it takes. */
#define FEW_ENOUGH 200000

struct _VantageIndexer
{
  VantageEvidenceStore *store; /* lent */
  VantageFolderLock *lock;
  GThread *thread;

  GMutex mutex;
  GCond cond;
  guint n_asked, n_done; /* looks that were asked for and that are over */
  gint64 following;      /* a source under way whose words may go in already; 0: none */
  gint64 taking;         /* the same, once it was found that they go in */
  gboolean urgent;       /* something else than the next batch is to be looked at */
  GQueue fed;            /* (element-type Fed): batches of it, in order */
  gboolean stopping;
  GError *error; /* of the last look */
};

typedef struct
{
  VantageEvidenceBatch *batch;
  VantageIndexerGiveBack give_back;
  gpointer user_data;
} Fed;

/* Of one look. */
typedef struct
{
  VantageIndexer *indexer;
  VantageDb *evidence, *search;
  GString *words, *parts;
} Look;

typedef struct
{
  gint64 source, first, last;
} Block;

static gboolean
is_stopping (VantageIndexer *self)
{
  gboolean stopping;

  g_mutex_lock (&self->mutex);
  stopping = self->stopping;
  g_mutex_unlock (&self->mutex);

  return stopping;
}

static gint64
read_progress (Look *look, gint64 source)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (look->search, "SELECT last FROM progress WHERE source = ?", NULL);

  vantage_stmt_bind_int (&stmt, 1, source);
  return vantage_stmt_step (&stmt, NULL) ? vantage_stmt_get_int (&stmt, 0) : 0;
}

static gint64
get_following (VantageIndexer *self)
{
  gint64 following;

  g_mutex_lock (&self->mutex);
  following = self->following;
  g_mutex_unlock (&self->mutex);

  return following;
}

static void
give_back (Fed *fed)
{
  fed->give_back (fed->batch, fed->user_data);
  g_free (fed);
}

/* Lets go of the batches that come before the content @first. */
static void
forget_fed (VantageIndexer *self, gint64 first)
{
  for (;;)
    {
      Fed *fed;

      g_mutex_lock (&self->mutex);
      fed = g_queue_peek_head (&self->fed);
      if (fed != NULL &&
          g_array_index (fed->batch->entries, VantageEvidenceEntry, 0).content >= first)
        fed = NULL;
      if (fed != NULL)
        g_queue_pop_head (&self->fed);
      g_mutex_unlock (&self->mutex);
      if (fed == NULL)
        return;
      give_back (fed);
    }
}

/* The batch that the block is made of, when it is at hand; NULL: it is to be read. */
static Fed *
take_fed (VantageIndexer *self, const Block *block)
{
  Fed *fed;

  forget_fed (self, block->first);
  g_mutex_lock (&self->mutex);
  fed = g_queue_peek_head (&self->fed);
  if (fed != NULL && fed->batch->source == block->source &&
      g_array_index (fed->batch->entries, VantageEvidenceEntry, 0).content == block->first)
    g_queue_pop_head (&self->fed);
  else
    fed = NULL;
  g_mutex_unlock (&self->mutex);

  return fed;
}

/* The source that is followed, when it may go in ahead of time and is not kept yet; else 0. */
static gint64
find_pending (Look *look)
{
  VantageIndexer *self = look->indexer;
  gint64 following = get_following (self);
  g_auto (VantageStmt) others = vantage_db_prepare (
      look->search, "SELECT ifnull (sum (n), 0) FROM progress WHERE source <> ?", NULL);
  g_auto (VantageStmt) pending =
      vantage_db_prepare (look->evidence, "SELECT 1 FROM source WHERE id = ? AND state = 0", NULL);

  vantage_stmt_bind_int (&others, 1, following);
  vantage_stmt_bind_int (&pending, 1, following);
  if (following == 0 || !vantage_stmt_step (&pending, NULL) || !vantage_stmt_step (&others, NULL) ||
      vantage_stmt_get_int (&others, 0) > FEW_ENOUGH)
    following = 0;

  g_mutex_lock (&self->mutex);
  self->taking = following;
  g_mutex_unlock (&self->mutex);
  return following;
}

static gboolean
list_blocks (Look *look, GArray *blocks, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      look->evidence,
      "SELECT b.source, b.first, b.last FROM source s JOIN block b ON b.source = s.id"
      " WHERE s.state = 1 ORDER BY b.source, b.first",
      error);
  gint64 source = 0;
  gint64 done = 0;

  while (vantage_stmt_step (&stmt, error))
    {
      Block block = { vantage_stmt_get_int (&stmt, 0), vantage_stmt_get_int (&stmt, 1),
                      vantage_stmt_get_int (&stmt, 2) };

      if (block.source != source)
        done = read_progress (look, block.source);
      source = block.source;
      if (block.last > done)
        g_array_append_val (blocks, block);
    }

  return !stmt.failed;
}

/* Whether there are words of a source whose rows are being freed. */
static gboolean
has_dropped (Look *look)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (look->search, "SELECT source FROM progress", NULL);
  g_auto (VantageStmt) state =
      vantage_db_prepare (look->evidence, "SELECT 1 FROM source WHERE id = ? AND state = 3", NULL);
  gboolean found = FALSE;

  while (!found && vantage_stmt_step (&stmt, NULL))
    {
      vantage_stmt_reset (&state);
      vantage_stmt_bind_int (&state, 1, vantage_stmt_get_int (&stmt, 0));
      found = vantage_stmt_step (&state, NULL);
    }

  return found;
}

/* The full text keeps words that were taken out in its older parts, so all of it is made anew. */
static gboolean
empty_index (Look *look, GError **error)
{
  VantageFolderLock *lock = look->indexer->lock;
  sqlite3 *handle = vantage_db_get_handle (look->search);
  gboolean ok;

  if (!vantage_folder_lock_take (lock, error))
    return FALSE;
  ok = vantage_db_exec (look->search,
                        "PRAGMA secure_delete = ON; BEGIN IMMEDIATE;"
                        " INSERT INTO fts (fts) VALUES ('delete-all'); DELETE FROM progress;"
                        " COMMIT; PRAGMA secure_delete = OFF",
                        error);
  if (ok)
    {
      sqlite3_busy_timeout (handle, 0);
      sqlite3_wal_checkpoint_v2 (handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
      sqlite3_busy_timeout (handle, 10000);
    }
  else
    vantage_db_rollback (look->search);
  vantage_folder_lock_give_back (lock);

  return ok;
}

static char *
put_meta (char *at, char letter, gint64 number)
{
  char digits[24];
  guint n = 0;

  *at++ = letter;
  do
    {
      digits[n++] = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number > 0);
  while (n > 0)
    *at++ = digits[--n];
  *at++ = ' ';
  return at;
}

/* What the full text knows of one content. */
static gboolean
index_text (Look *look, VantageStmt *insert, const VantageEvidenceEntry *entry, const char *text,
            gint64 review, GError **error)
{
  char meta[128], *end = meta;

  g_string_truncate (look->words, 0);
  g_string_truncate (look->parts, 0);
  vantage_search_cut (text, look->words, look->parts);
  end = put_meta (end, 'r', review);
  end = put_meta (end, 'c', entry->channel);
  end = put_meta (end, 'a', entry->account);
  end = put_meta (end, 'k', entry->kind);

  sqlite3_bind_int64 (insert->handle, 1, entry->content);
  sqlite3_bind_text (insert->handle, 2, look->words->str, (int) look->words->len, SQLITE_STATIC);
  sqlite3_bind_text (insert->handle, 3, look->parts->str, (int) look->parts->len, SQLITE_STATIC);
  sqlite3_bind_text (insert->handle, 4, meta, (int) (end - meta) - 1, SQLITE_STATIC);

  return vantage_stmt_run (insert, error);
}

static gboolean
index_fed (Look *look, const VantageEvidenceBatch *batch, VantageStmt *insert, GError **error)
{
  for (guint i = 0; i < batch->entries->len; i++)
    {
      const VantageEvidenceEntry *entry = &g_array_index (batch->entries, VantageEvidenceEntry, i);

      if (!index_text (look, insert, entry, vantage_evidence_batch_text (batch, entry->text),
                       batch->review, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
index_read (Look *look, const Block *block, VantageStmt *insert, gint64 *out_n, GError **error)
{
  g_auto (VantageStmt) select =
      vantage_evidence_prepare_block (look->evidence, block->first, block->last, error);

  *out_n = 0;
  while (vantage_stmt_step (&select, error))
    {
      VantageEvidenceRow row = { 0 };
      VantageEvidenceEntry entry = { 0 };
      gint64 review;

      vantage_evidence_read_block_row (&select, &row, &review);
      entry = (VantageEvidenceEntry){ row.content, row.channel, row.account, 0, (guint8) row.kind };
      if (!index_text (look, insert, &entry, row.text, review, error))
        return FALSE;
      (*out_n)++;
    }
  return !select.failed;
}

static gboolean
index_block (Look *look, const Block *block, GError **error)
{
  g_auto (VantageStmt) insert = vantage_db_prepare (
      look->search, "INSERT INTO fts (rowid, text, parts, meta) VALUES (?, ?, ?, ?)", error);
  g_auto (VantageStmt) progress =
      vantage_db_prepare (look->search,
                          "INSERT INTO progress (source, last, n) VALUES (?1, ?2, ?3)"
                          " ON CONFLICT DO UPDATE SET last = ?2, n = n + ?3",
                          error);
  Fed *fed = take_fed (look->indexer, block);
  gint64 n = 0;
  gboolean ok = insert.handle != NULL && progress.handle != NULL;

  if (ok && fed != NULL)
    {
      n = fed->batch->entries->len;
      ok = index_fed (look, fed->batch, &insert, error);
    }
  else if (ok)
    ok = index_read (look, block, &insert, &n, error);
  if (fed != NULL)
    give_back (fed);
  if (!ok)
    return FALSE;

  vantage_stmt_bind_int (&progress, 1, block->source);
  vantage_stmt_bind_int (&progress, 2, block->last);
  vantage_stmt_bind_int (&progress, 3, n);
  return vantage_stmt_run (&progress, error);
}

static gboolean
begin_piece (Look *look, GError **error)
{
  VantageFolderLock *lock = look->indexer->lock;

  if (!vantage_folder_lock_take (lock, error))
    return FALSE;
  if (vantage_db_begin (look->search, error))
    return TRUE;

  vantage_folder_lock_give_back (lock);
  return FALSE;
}

/* Nobody waits for a commit when it is time to end. */
static gboolean
end_piece (Look *look, gboolean ok, GError **error)
{
  if (ok && !is_stopping (look->indexer))
    ok = vantage_db_commit (look->search, error);
  else
    vantage_db_rollback (look->search);
  vantage_folder_lock_give_back (look->indexer->lock);

  return ok;
}

/* A few blocks in one transaction. Another program may have been quicker with them. */
static gboolean
index_some (Look *look, const GArray *blocks, guint *at, GError **error)
{
  gboolean ok = TRUE;

  if (!begin_piece (look, error))
    return FALSE;

  for (guint i = 0; ok && i < BLOCKS_PER_COMMIT && *at < blocks->len; i++, (*at)++)
    {
      const Block *block = &g_array_index (blocks, Block, *at);

      if (is_stopping (look->indexer))
        break;
      if (block->last > read_progress (look, block->source))
        ok = index_block (look, block, error);
    }

  return end_piece (look, ok, error);
}

/* ---- an import under way ---- */

/* The next block of a source that is not kept yet. FALSE: there is none, or it failed. */
static gboolean
find_next (Look *look, gint64 source, Block *out)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      look->evidence,
      "SELECT b.source, b.first, b.last FROM source s JOIN block b ON b.source = s.id"
      " WHERE s.id = ? AND s.state = 0 AND b.first > ? ORDER BY b.first LIMIT 1",
      NULL);

  vantage_stmt_bind_int (&stmt, 1, source);
  vantage_stmt_bind_int (&stmt, 2, read_progress (look, source));
  if (!vantage_stmt_step (&stmt, NULL))
    return FALSE;

  *out = (Block){ vantage_stmt_get_int (&stmt, 0), vantage_stmt_get_int (&stmt, 1),
                  vantage_stmt_get_int (&stmt, 2) };
  return TRUE;
}

/* FALSE: something else is to be done, or nothing came for a while. */
static gboolean
wait_for_batch (VantageIndexer *self, guint *seen)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;
  gboolean came = TRUE;

  g_mutex_lock (&self->mutex);
  while (came && *seen == self->n_asked && !self->urgent && !self->stopping)
    came = g_cond_wait_until (&self->cond, &self->mutex, until);
  came = came && !self->urgent && !self->stopping;
  *seen = self->n_asked;
  g_mutex_unlock (&self->mutex);

  return came;
}

static gboolean
is_interrupted (VantageIndexer *self)
{
  gboolean interrupted;

  g_mutex_lock (&self->mutex);
  interrupted = self->urgent || self->stopping;
  g_mutex_unlock (&self->mutex);

  return interrupted;
}

/* Blocks of an import as they come, in one transaction. @out_full: there may be more at once. */
static gboolean
index_coming (Look *look, gint64 source, guint asked, gboolean *out_full, GError **error)
{
  guint n = 0;
  gboolean ok = TRUE;

  if (!begin_piece (look, error))
    return FALSE;

  while (ok && n < BLOCKS_PER_COMMIT && !is_interrupted (look->indexer))
    {
      Block block;

      if (find_next (look, source, &block))
        {
          ok = index_block (look, &block, error);
          n++;
        }
      else if (!wait_for_batch (look->indexer, &asked))
        break;
    }

  *out_full = n == BLOCKS_PER_COMMIT;
  return end_piece (look, ok, error);
}

static gboolean
index_all (Look *look, guint asked, GError **error)
{
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  gint64 pending;
  gboolean more;
  guint at = 0;

  if ((has_dropped (look) && !empty_index (look, error)) || !list_blocks (look, blocks, error))
    return FALSE;

  while (at < blocks->len && !is_stopping (look->indexer))
    if (!index_some (look, blocks, &at, error))
      return FALSE;

  pending = find_pending (look);
  if (pending == 0)
    forget_fed (look->indexer, G_MAXINT64);
  for (more = pending != 0; more && !is_interrupted (look->indexer);)
    if (!index_coming (look, pending, asked, &more, error))
      return FALSE;

  return TRUE;
}

static gboolean
open_look (Look *look, GError **error)
{
  VantageEvidenceStore *store = look->indexer->store;

  if (look->search != NULL)
    return TRUE;

  look->evidence = vantage_db_open (store->path, VANTAGE_DB_READ_ONLY, VANTAGE_DB_NORMAL, error);
  /* Rows are read in order and once. */
  if (look->evidence == NULL ||
      !vantage_db_exec (look->evidence, "PRAGMA cache_size = -2048", error))
    return FALSE;

  look->search =
      vantage_db_open (store->search_path, VANTAGE_DB_READ_WRITE, VANTAGE_DB_NORMAL, error);

  /* Nothing here needs overwriting by itself: after a purge the whole file is made anew. */
  return look->search != NULL &&
         vantage_db_exec (look->search,
                          "PRAGMA secure_delete = OFF; PRAGMA wal_autocheckpoint = 4000;"
                          "INSERT INTO fts (fts, rank) VALUES ('hashsize', 16777216);"
                          "INSERT INTO fts (fts, rank) VALUES ('automerge', 8)",
                          error);
}

static void
close_look (Look *look)
{
  g_clear_pointer (&look->evidence, vantage_db_close);
  if (look->search != NULL)
    sqlite3_wal_checkpoint_v2 (vantage_db_get_handle (look->search), NULL,
                               SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  g_clear_pointer (&look->search, vantage_db_close);
}

/* Waits until a look is asked for. FALSE: it is time to end. */
static gboolean
wait_for_work (VantageIndexer *self, guint *out_asked)
{
  gboolean goes_on;

  g_mutex_lock (&self->mutex);
  while (!self->stopping && self->n_asked == self->n_done)
    g_cond_wait (&self->cond, &self->mutex);
  goes_on = !self->stopping;
  *out_asked = self->n_asked;
  self->urgent = FALSE;
  g_mutex_unlock (&self->mutex);

  return goes_on;
}

static gpointer
run (gpointer data)
{
  VantageIndexer *self = data;
  Look look = { .indexer = self };
  guint asked;

  look.words = g_string_new (NULL);
  look.parts = g_string_new (NULL);

  while (wait_for_work (self, &asked))
    {
      g_autoptr (GError) error = NULL;

      if (!open_look (&look, &error) || !index_all (&look, asked, &error))
        {
          vantage_store_convert_error (&error);
          close_look (&look);
        }

      g_mutex_lock (&self->mutex);
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      self->n_done = asked;
      g_cond_broadcast (&self->cond);
      g_mutex_unlock (&self->mutex);
    }

  close_look (&look);
  g_string_free (look.words, TRUE);
  g_string_free (look.parts, TRUE);
  return NULL;
}

VantageIndexer *
vantage_indexer_new (VantageEvidenceStore *store)
{
  VantageIndexer *self = g_new0 (VantageIndexer, 1);
  g_autofree char *path =
      g_build_filename (vantage_library_get_folder (store->library), "search.lock", NULL);

  self->store = store;
  self->lock = vantage_folder_lock_new (path, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->fed);
  self->n_asked = 1;
  self->thread = g_thread_new ("vantage-index", run, self);

  return self;
}

void
vantage_indexer_free (VantageIndexer *self)
{
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  forget_fed (self, G_MAXINT64);

  g_clear_pointer (&self->lock, vantage_folder_lock_free);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

void
vantage_indexer_wake (VantageIndexer *self)
{
  g_mutex_lock (&self->mutex);
  self->n_asked++;
  self->urgent = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

gboolean
vantage_indexer_feed (VantageIndexer *self, gint64 source, VantageEvidenceBatch *batch,
                      VantageIndexerGiveBack give_back_func, gpointer user_data)
{
  gboolean taken;

  g_mutex_lock (&self->mutex);
  taken = self->taking == source && g_queue_get_length (&self->fed) < MAX_FED;
  if (taken)
    {
      Fed *fed = g_new (Fed, 1);

      *fed = (Fed){ batch, give_back_func, user_data };
      g_queue_push_tail (&self->fed, fed);
    }
  self->following = source;
  self->n_asked++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);

  return taken;
}

void
vantage_indexer_unfollow (VantageIndexer *self)
{
  g_mutex_lock (&self->mutex);
  self->following = self->taking = 0;
  g_mutex_unlock (&self->mutex);
  vantage_indexer_wake (self);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  VantageIndexer *self = data;

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

gboolean
vantage_indexer_wait (VantageIndexer *self, GCancellable *cancellable, GError **error)
{
  gulong handler = 0;
  guint mine;
  gboolean ok;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);

  g_mutex_lock (&self->mutex);
  mine = ++self->n_asked;
  self->urgent = TRUE;
  g_cond_broadcast (&self->cond);
  while ((gint) (self->n_done - mine) < 0 && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->cond, &self->mutex);
  ok = self->error == NULL;
  if (!ok && error != NULL)
    *error = g_error_copy (self->error);
  g_mutex_unlock (&self->mutex);

  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
  return ok && !g_cancellable_set_error_if_cancelled (cancellable, error);
}
