/* vantage-evidence-writer.c: one import, batch by batch: inserting, and what happens when an item
 * is there already. */

#include "vantage-evidence-writer.h"

#include <string.h>

#include "vantage-evidence-intern.h"

/* ---- rows ---- */

/* The one statement that runs for every item is prepared once a batch. */
#define INSERT_ITEM                                                                                \
  "INSERT INTO item (row, review, channel, local, " VANTAGE_ROW_COLUMNS                            \
  ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"

static gboolean
insert_item (VantageEvidenceWriter *self, const VantageEvidenceRow *row, gboolean *out_new,
             GError **error)
{
  VantageStmt *stmt = &self->insert;

  vantage_stmt_bind_int (stmt, 1, row->item);
  vantage_stmt_bind_int (stmt, 2, self->review);
  vantage_stmt_bind_int (stmt, 3, row->channel);
  sqlite3_bind_text (stmt->handle, 4, row->local, -1, SQLITE_STATIC);
  vantage_evidence_row_bind (row, stmt, 5);
  if (!vantage_stmt_run (stmt, error))
    return FALSE;

  *out_new = sqlite3_changes (vantage_db_get_handle (self->db)) > 0;
  return TRUE;
}

static gboolean
insert_other (VantageEvidenceWriter *self, const VantageEvidenceRow *row, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db,
                          "INSERT INTO item_other (row, item, " VANTAGE_ROW_COLUMNS
                          ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          error);

  vantage_stmt_bind_int (&stmt, 1, row->content);
  vantage_stmt_bind_int (&stmt, 2, row->item);
  vantage_evidence_row_bind (row, &stmt, 3);

  return vantage_stmt_run (&stmt, error);
}

static gboolean
insert_also (VantageEvidenceWriter *self, gint64 item, gint64 content, gboolean *out_new,
             GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "INSERT OR IGNORE INTO item_also (item, content, source, origin) VALUES (?, ?, ?, ?)", error);

  vantage_stmt_bind_int (&stmt, 1, item);
  vantage_stmt_bind_int (&stmt, 2, content);
  vantage_stmt_bind_int (&stmt, 3, self->source);
  vantage_stmt_bind_blob (&stmt, 4, self->origin->data, self->origin->len);
  if (!vantage_stmt_run (&stmt, error))
    return FALSE;

  *out_new = sqlite3_changes (vantage_db_get_handle (self->db)) > 0;
  return TRUE;
}

/* Replaces the details of a content that this very import brought. */
static gboolean
update_own (VantageEvidenceWriter *self, const VantageEvidenceRow *row, const VantageItem *item,
            GError **error)
{
  const char *const tables[] = {
    "UPDATE item SET thread = ?, reply_to = ?, detail = ? WHERE content = ? AND row = ?",
    "UPDATE item_other SET thread = ?, reply_to = ?, detail = ? WHERE content = ? AND item = ?",
  };

  vantage_evidence_encode_detail (item, self->detail);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (self->db, tables[i], error);

      vantage_stmt_bind_text (&stmt, 1, item->thread);
      vantage_stmt_bind_text (&stmt, 2, item->reply_to);
      vantage_stmt_bind_blob (&stmt, 3, self->detail->data, self->detail->len);
      vantage_stmt_bind_int (&stmt, 4, row->content);
      vantage_stmt_bind_int (&stmt, 5, row->item);
      if (!vantage_stmt_run (&stmt, error))
        return FALSE;
    }

  g_array_append_val (self->dirty, row->content);
  return TRUE;
}

static gboolean
same_bytes (const void *a, gsize n_a, const void *b, gsize n_b)
{
  return n_a == n_b && (n_a == 0 || memcmp (a, b, n_a) == 0);
}

static gboolean
is_same_content (const VantageEvidenceRow *a, const VantageEvidenceRow *b)
{
  return a->kind == b->kind && a->precision == b->precision && a->flags == b->flags &&
         a->time_us == b->time_us && a->base_us == b->base_us && a->account == b->account &&
         g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->thread, b->thread) == 0 &&
         g_strcmp0 (a->reply_to, b->reply_to) == 0 &&
         same_bytes (a->detail, a->n_detail, b->detail, b->n_detail);
}

/* An item that is there already: what is known of it, and what to do with what came. */
typedef struct
{
  gint64 item;  /* its row */
  gint64 equal; /* a content that is just so; 0: none */
  gint64 equal_source;
  VantageItem *alike;           /* a content of the same version; NULL: none */
  VantageEvidenceRow alike_row; /* its numbers only */
  gboolean own;                 /* this import brought the item, or one of its contents, before */
} Known;

static void
look_at_content (VantageEvidenceWriter *self, Known *known, const VantageEvidenceRow *there,
                 const VantageEvidenceRow *came, const char *version)
{
  g_autoptr (VantageItem) item = NULL;
  g_autofree char *its_version = NULL;

  if (there->source == self->source)
    known->own = TRUE;
  if (known->equal != 0)
    return;
  if (is_same_content (there, came))
    {
      known->equal = there->content;
      known->equal_source = there->source;
      return;
    }

  item = vantage_evidence_row_dup_item (there);
  its_version = vantage_item_version (item);
  if (strcmp (version, its_version) != 0)
    return;

  g_clear_pointer (&known->alike, vantage_item_unref);
  known->alike = g_steal_pointer (&item);
  known->alike_row = *there;
}

static gboolean
look_at_known (VantageEvidenceWriter *self, Known *known, const VantageEvidenceRow *came,
               const char *version, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db,
      "SELECT row, " VANTAGE_ROW_COLUMNS " FROM item WHERE channel = ?1 AND local = ?2"
      " UNION ALL SELECT o.item, o.content, o.source, o.kind, o.time_us, o.base_us, o.precision,"
      " o.flags, o.account, o.thread, o.reply_to, o.text, o.detail, o.origin"
      " FROM item i JOIN item_other o ON o.item = i.row WHERE i.channel = ?1 AND i.local = ?2",
      error);

  vantage_stmt_bind_int (&stmt, 1, came->channel);
  vantage_stmt_bind_text (&stmt, 2, came->local);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageEvidenceRow there = { .channel = came->channel, .local = came->local };

      there.item = vantage_stmt_get_int (&stmt, 0);
      known->item = there.item;
      vantage_evidence_row_read (&there, &stmt, 1);
      look_at_content (self, known, &there, came, version);
    }

  return !stmt.failed;
}

static gboolean
add_content (VantageEvidenceWriter *self, Known *known, VantageEvidenceRow *came, GError **error)
{
  came->item = known->item;
  came->content = self->next_content++;
  vantage_evidence_row_hash (came, self->hash);

  return insert_other (self, came, error);
}

/* Another container of the same message: what it knows more is taken over. */
static gboolean
add_alike (VantageEvidenceWriter *self, Known *known, VantageEvidenceRow *came,
           const VantageItem *item, gboolean *out_first, GError **error)
{
  gboolean moved = came->time_us != known->alike_row.time_us;
  gboolean added = vantage_evidence_item_take_over (known->alike, item);

  *out_first = !known->own;
  if (added && known->alike_row.source == self->source)
    return update_own (self, &known->alike_row, known->alike, error);
  if (!added && (!moved || known->alike_row.source == self->source))
    {
      if (known->alike_row.source != self->source)
        return insert_also (self, known->item, known->alike_row.content, out_first, error);
      *out_first = FALSE;
      return TRUE;
    }

  if (added)
    self->counts.n_taken_over++;
  vantage_evidence_encode_detail (known->alike, self->detail);
  came->flags &= ~VANTAGE_ROW_RAW_IS_LOCAL;
  came->flags |= known->alike_row.flags & VANTAGE_ROW_RAW_IS_LOCAL;
  came->thread = known->alike->thread;
  came->reply_to = known->alike->reply_to;
  came->detail = self->detail->data;
  came->n_detail = self->detail->len;

  return add_content (self, known, came, error);
}

/* The item is there already. @out_first: whether this import sees it for the first time. */
static gboolean
add_known (VantageEvidenceWriter *self, VantageEvidenceRow *came, gboolean *out_first,
           GError **error)
{
  g_autoptr (VantageItem) item = vantage_evidence_row_dup_item (came);
  g_autofree char *version = vantage_item_version (item);
  Known known = { 0 };
  gboolean ok = look_at_known (self, &known, came, version, error);

  *out_first = FALSE;
  if (ok && known.equal != 0)
    {
      if (known.equal_source != self->source)
        ok = insert_also (self, known.item, known.equal, out_first, error);
    }
  else if (ok && known.alike != NULL)
    ok = add_alike (self, &known, came, item, out_first, error);
  else if (ok)
    {
      *out_first = !known.own;
      self->counts.n_versions++;
      ok = add_content (self, &known, came, error);
    }

  g_clear_pointer (&known.alike, vantage_item_unref);
  return ok;
}

/* The channel of a record; most records are of the same one as their neighbour. */
static VantageInternedChannel *
find_channel (VantageEvidenceWriter *self, const VantageEvidenceBatch *batch,
              const VantageEvidenceRecord *record, GError **error)
{
  const char *uid = vantage_evidence_batch_text (batch, record->channel);

  if (record->channel != self->last_channel_place)
    {
      self->last_channel = g_hash_table_lookup (self->channels, uid);
      self->last_channel_place = record->channel;
    }
  if (self->last_channel == NULL)
    g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
                 "item %s stands in a channel that was not announced",
                 vantage_evidence_batch_text (batch, record->local));

  return self->last_channel;
}

static gboolean
fill_row (VantageEvidenceWriter *self, VantageEvidenceRow *row, const VantageEvidenceBatch *batch,
          const VantageEvidenceRecord *record, GError **error)
{
  const char *path = vantage_evidence_batch_text (batch, record->path);
  VantageEvidenceOrigin origin = { 0, record->line, record->offset, record->length };

  origin.place = vantage_evidence_intern_place (self, path, error);
  if (origin.place < 0)
    return FALSE;

  vantage_evidence_batch_fill_row (batch, record, row);
  vantage_evidence_encode_origin (&origin, self->origin);
  row->item = row->content = self->next_content;
  row->source = self->source;
  row->origin = self->origin->data;
  row->n_origin = self->origin->len;

  return TRUE;
}

static void
note_entry (VantageEvidenceBatch *batch, const VantageEvidenceRecord *record,
            const VantageEvidenceRow *row)
{
  const VantageEvidenceEntry entry = { row->content, row->channel, row->account, record->text,
                                       (guint8) row->kind };

  g_array_append_val (batch->entries, entry);
}

static gboolean
add_item (VantageEvidenceWriter *self, VantageEvidenceBatch *batch,
          const VantageEvidenceRecord *record, GError **error)
{
  VantageInternedChannel *channel = find_channel (self, batch, record, error);
  const char *key = vantage_evidence_batch_text (batch, record->account);
  VantageInternedAccount *account = NULL;
  VantageEvidenceRow row = { 0 };
  gint64 next = self->next_content;
  gboolean is_new = FALSE;
  gboolean is_first = TRUE;

  if (channel == NULL)
    return FALSE;
  if (key != NULL)
    {
      account = vantage_evidence_intern_account (self, channel->system, key, NULL, error);
      if (account == NULL)
        return FALSE;
    }

  row.channel = channel->id;
  row.account = account != NULL ? account->id : 0;
  if (!fill_row (self, &row, batch, record, error) || !insert_item (self, &row, &is_new, error))
    return FALSE;

  if (is_new)
    {
      self->next_content++;
      self->counts.n_new++;
      vantage_evidence_row_hash (&row, self->hash);
      vantage_evidence_count_row (self, &row);
    }
  else if (!add_known (self, &row, &is_first, error))
    return FALSE;

  if (self->next_content > next)
    note_entry (batch, record, &row);
  if (is_first)
    vantage_evidence_count_item (self, &row, channel, account);
  return TRUE;
}

/* ---- batches ---- */

/* A record's turn: by time, and in the order in which they came. One without a time stays last, as
 * it is shown. */
typedef struct
{
  gint64 time_us;
  guint index;
} Turn;

static int
compare_turns (gconstpointer a, gconstpointer b)
{
  const Turn *x = a;
  const Turn *y = b;

  if (x->time_us != y->time_us)
    return x->time_us < y->time_us ? -1 : 1;
  return x->index < y->index ? -1 : 1;
}

/* (element-type Turn) */
static GArray *
list_turns (const VantageEvidenceBatch *batch)
{
  guint n = batch->records->len;
  GArray *turns = g_array_sized_new (FALSE, FALSE, sizeof (Turn), n);
  gboolean sorted = TRUE;

  for (guint i = 0; i < n; i++)
    {
      Turn turn = { vantage_evidence_batch_get (batch, i)->time_us, i };

      sorted &= i == 0 || g_array_index (turns, Turn, i - 1).time_us <= turn.time_us;
      g_array_append_val (turns, turn);
    }
  if (!sorted)
    g_array_sort (turns, compare_turns);

  return turns;
}

/* Numbers for @n contents, which nobody gets again. */
static gboolean
reserve_contents (VantageEvidenceWriter *self, guint n, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db,
                          "INSERT INTO counter (name, next) VALUES ('content', 1 + ?1)"
                          " ON CONFLICT DO UPDATE SET next = next + ?1 RETURNING next",
                          error);

  vantage_stmt_bind_int (&stmt, 1, n);
  if (!vantage_stmt_step (&stmt, error))
    return FALSE;

  self->next_content = vantage_stmt_get_int (&stmt, 0) - n;
  return TRUE;
}

static void
find_span (GArray *turns, gint64 *out_min, gint64 *out_max)
{
  *out_min = g_array_index (turns, Turn, 0).time_us;
  *out_max = g_array_index (turns, Turn, turns->len - 1).time_us;
}

static gboolean
write_block (VantageEvidenceWriter *self, gint64 first, GArray *turns, GError **error)
{
  guint8 digest[VANTAGE_HASH_SIZE];
  gint64 n = self->next_content - first;
  gint64 min_us, max_us;

  vantage_hash_finish (self->hash, digest);
  if (n == 0)
    return TRUE;

  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db,
                          "INSERT INTO block (source, first, last, n, min_us, max_us, digest)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?)",
                          error);

  find_span (turns, &min_us, &max_us);
  vantage_stmt_bind_int (&stmt, 1, self->source);
  vantage_stmt_bind_int (&stmt, 2, first);
  vantage_stmt_bind_int (&stmt, 3, self->next_content - 1);
  vantage_stmt_bind_int (&stmt, 4, n);
  vantage_stmt_bind_int (&stmt, 5, min_us);
  vantage_stmt_bind_int (&stmt, 6, max_us);
  vantage_stmt_bind_blob (&stmt, 7, digest, sizeof digest);

  return vantage_stmt_run (&stmt, error);
}

static gboolean
add_all (VantageEvidenceWriter *self, VantageEvidenceBatch *batch, GError **error)
{
  g_autoptr (GArray) turns = NULL;
  gboolean ok = TRUE;
  gint64 first;

  for (guint i = 0; i < batch->channels->len; i++)
    if (!vantage_evidence_add_channel (self, batch->channels->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < batch->identities->len; i++)
    if (!vantage_evidence_add_identity (self, batch->identities->pdata[i], error))
      return FALSE;
  if (batch->records->len == 0)
    return TRUE;

  if (!reserve_contents (self, batch->records->len, error))
    return FALSE;

  batch->source = self->source;
  batch->review = self->review;
  self->insert = vantage_db_prepare (self->db, INSERT_ITEM, error);
  if (self->insert.handle == NULL)
    return FALSE;

  first = self->next_content;
  turns = list_turns (batch);
  self->last_channel_place = 0;
  for (guint i = 0; ok && i < turns->len; i++)
    ok = add_item (self, batch,
                   vantage_evidence_batch_get (batch, g_array_index (turns, Turn, i).index), error);
  vantage_stmt_finish (&self->insert);

  return ok && write_block (self, first, turns, error);
}

gboolean
vantage_evidence_writer_add (VantageEvidenceWriter *self, VantageEvidenceBatch *batch,
                             GError **error)
{
  if (!vantage_evidence_begin (self->store, error))
    return FALSE;
  if (add_all (self, batch, error))
    return vantage_evidence_commit (self->store, error);

  vantage_evidence_rollback (self->store);
  return FALSE;
}

static gboolean
insert_source (VantageEvidenceWriter *self, const char *entity, const char *lock, GError **error)
{
  g_auto (VantageStmt) source = vantage_db_prepare (
      self->db, "INSERT INTO source (review, entity, state) VALUES (?, ?, 0)", error);
  g_auto (VantageStmt) run =
      vantage_db_prepare (self->db, "INSERT INTO import_run (source, lock) VALUES (?, ?)", error);

  self->review = vantage_evidence_intern_review (self->db, self->review_uid, error);
  if (self->review == 0)
    return FALSE;

  vantage_stmt_bind_int (&source, 1, self->review);
  vantage_stmt_bind_text (&source, 2, entity);
  if (!vantage_stmt_run (&source, error))
    return FALSE;

  self->source = sqlite3_last_insert_rowid (vantage_db_get_handle (self->db));
  vantage_stmt_bind_int (&run, 1, self->source);
  vantage_stmt_bind_text (&run, 2, lock);

  return vantage_stmt_run (&run, error);
}

/* A first import into an empty library goes in without the indices that only reading needs. */
static gboolean
drop_indices_when_empty (VantageEvidenceWriter *self, GError **error)
{
  if (vantage_evidence_number (self->db, 1, "SELECT EXISTS (SELECT 1 FROM item)", NULL) != 0)
    return TRUE;

  return vantage_db_exec (self->db,
                          "DROP INDEX IF EXISTS item_time; DROP INDEX IF EXISTS item_channel;"
                          " DROP INDEX IF EXISTS item_thread",
                          error);
}

VantageEvidenceWriter *
vantage_evidence_writer_new (VantageEvidenceStore *store, const char *review, const char *entity,
                             const char *lock, GError **error)
{
  g_autoptr (VantageEvidenceWriter) self = g_new0 (VantageEvidenceWriter, 1);

  self->store = store;
  self->db = store->db;
  self->review_uid = g_strdup (review);
  self->systems =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, vantage_interned_system_free);
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->tallies = vantage_evidence_new_tallies ();
  self->dirty = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->detail = g_byte_array_new ();
  self->origin = g_byte_array_new ();
  self->hash = vantage_hash_new ();
  self->counts.first_us = self->counts.last_us = VANTAGE_TIME_NONE;

  if (!vantage_evidence_begin (store, error))
    return NULL;
  if (insert_source (self, entity, lock, error) && drop_indices_when_empty (self, error))
    return vantage_evidence_commit (store, error) ? g_steal_pointer (&self) : NULL;

  vantage_evidence_rollback (store);
  return NULL;
}

void
vantage_evidence_writer_free (VantageEvidenceWriter *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->systems);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->tallies);
  g_free (self->threads);
  g_array_unref (self->dirty);
  g_byte_array_unref (self->detail);
  g_byte_array_unref (self->origin);
  vantage_hash_free (self->hash);
  g_free (self->review_uid);
  g_free (self);
}

gint64
vantage_evidence_writer_get_source (VantageEvidenceWriter *self)
{
  return self->source;
}

const VantageEvidenceCounts *
vantage_evidence_writer_get_counts (VantageEvidenceWriter *self)
{
  return &self->counts;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
vantage_evidence_writer_list_channels (VantageEvidenceWriter *self)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer uid, channel;

  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, &uid, &channel))
    if (((VantageInternedChannel *) channel)->used)
      g_ptr_array_add (ids, uid);
  g_ptr_array_sort (ids, compare_names);

  return ids;
}

/* ---- the end of an import ---- */

static gboolean
rehash_block_of (VantageEvidenceWriter *self, gint64 content, GError **error)
{
  guint8 digest[VANTAGE_HASH_SIZE];
  guint64 n;
  gint64 first, last;

  {
    g_auto (VantageStmt) find = vantage_db_prepare (
        self->db, "SELECT first, last FROM block WHERE source = ?1 AND first <= ?2 AND last >= ?2",
        error);

    vantage_stmt_bind_int (&find, 1, self->source);
    vantage_stmt_bind_int (&find, 2, content);
    if (!vantage_stmt_step (&find, error))
      return !find.failed;

    first = vantage_stmt_get_int (&find, 0);
    last = vantage_stmt_get_int (&find, 1);
  }

  if (!vantage_evidence_hash_block (self->db, first, last, &n, digest, error))
    return FALSE;

  g_auto (VantageStmt) update = vantage_db_prepare (
      self->db, "UPDATE block SET digest = ? WHERE source = ? AND first = ?", error);

  vantage_stmt_bind_blob (&update, 1, digest, sizeof digest);
  vantage_stmt_bind_int (&update, 2, self->source);
  vantage_stmt_bind_int (&update, 3, first);

  return vantage_stmt_run (&update, error);
}

gboolean
vantage_evidence_writer_finish (VantageEvidenceWriter *self, GError **error)
{
  for (guint i = 0; i < self->dirty->len; i++)
    if (!rehash_block_of (self, g_array_index (self->dirty, gint64, i), error))
      return FALSE;

  return vantage_evidence_write_tallies (self, error);
}
