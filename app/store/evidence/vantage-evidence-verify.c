/* vantage-evidence-verify.c: whether what was imported is still what was imported. */

#include <glib/gstdio.h>
#include <string.h>

#include "vantage-evidence-writer.h"
#include "vantage-search.h"

#define PLAIN_SELECT                                                                               \
  "SELECT row, channel, local, review, " VANTAGE_ROW_COLUMNS " FROM item"                          \
  " WHERE row BETWEEN ?1 AND ?2"

/* Contents may have traded places: the first kind stands where it came, the second beside the item,
 * the third in the item although it came later. */
#define MIXED_SELECT                                                                               \
  "SELECT i.row, i.channel, i.local, i.review, i.content AS c, i.source, i.kind, i.time_us,"       \
  " i.base_us, i.precision, i.flags, i.account, i.thread, i.reply_to, i.text, i.detail, i.origin"  \
  " FROM item i WHERE i.row BETWEEN ?1 AND ?2 AND i.content = i.row"                               \
  " UNION ALL SELECT i.row, i.channel, i.local, i.review, o.content, o.source, o.kind, o.time_us," \
  " o.base_us, o.precision, o.flags, o.account, o.thread, o.reply_to, o.text, o.detail, o.origin"  \
  " FROM item_other o JOIN item i ON i.row = o.item WHERE o.content BETWEEN ?1 AND ?2"             \
  " UNION ALL SELECT i.row, i.channel, i.local, i.review, i.content, i.source, i.kind, i.time_us," \
  " i.base_us, i.precision, i.flags, i.account, i.thread, i.reply_to, i.text, i.detail, i.origin"  \
  " FROM item_other o JOIN item i ON i.row = o.item AND i.content = o.row"                         \
  " WHERE o.row BETWEEN ?1 AND ?2 ORDER BY c"

VantageStmt
vantage_evidence_prepare_block (VantageDb *db, gint64 first, gint64 last, GError **error)
{
  gboolean mixed =
      vantage_evidence_number (db, 1, "SELECT EXISTS (SELECT 1 FROM item_other)", NULL) != 0;
  VantageStmt stmt = vantage_db_prepare (db, mixed ? MIXED_SELECT : PLAIN_SELECT, error);

  vantage_stmt_bind_int (&stmt, 1, first);
  vantage_stmt_bind_int (&stmt, 2, last);
  return stmt;
}

void
vantage_evidence_read_block_row (VantageStmt *stmt, VantageEvidenceRow *row, gint64 *out_review)
{
  row->item = vantage_stmt_get_int (stmt, 0);
  row->channel = vantage_stmt_get_int (stmt, 1);
  row->local = vantage_stmt_get_text (stmt, 2);
  *out_review = vantage_stmt_get_int (stmt, 3);
  vantage_evidence_row_read (row, stmt, 4);
}

gboolean
vantage_evidence_hash_block (VantageDb *db, gint64 first, gint64 last, guint64 *out_n,
                             guint8 out[VANTAGE_HASH_SIZE], GError **error)
{
  g_auto (VantageStmt) stmt = vantage_evidence_prepare_block (db, first, last, error);
  g_autoptr (VantageHash) hash = vantage_hash_new ();

  *out_n = 0;
  while (vantage_stmt_step (&stmt, error))
    {
      VantageEvidenceRow row = { 0 };
      gint64 review;

      vantage_evidence_read_block_row (&stmt, &row, &review);
      vantage_evidence_row_hash (&row, hash);
      (*out_n)++;
    }

  vantage_hash_finish (hash, out);
  return !stmt.failed;
}

typedef struct
{
  VantageEvidenceStore *store;
  VantageDb *db;
  gint64 review; /* 0: all */
  GPtrArray *problems;
  GCancellable *cancellable;
} Check;

static void add_problem (Check *check, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_problem (Check *check, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (check->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
check_block (Check *check, VantageStmt *stmt)
{
  g_autoptr (GError) error = NULL;
  guint8 digest[VANTAGE_HASH_SIZE];
  const void *stored;
  gsize size;
  guint64 n;
  gint64 first = vantage_stmt_get_int (stmt, 1);
  gint64 last = vantage_stmt_get_int (stmt, 2);

  if (!vantage_evidence_hash_block (check->db, first, last, &n, digest, &error))
    {
      add_problem (check, "items %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " cannot be read: %s",
                   first, last, error->message);
      return;
    }

  stored = vantage_stmt_get_blob (stmt, 4, &size);
  if ((gint64) n != vantage_stmt_get_int (stmt, 3))
    add_problem (check,
                 "source %s: %" G_GUINT64_FORMAT " of %" G_GINT64_FORMAT
                 " items of a block are there",
                 vantage_stmt_get_text (stmt, 0), n, vantage_stmt_get_int (stmt, 3));
  else if (size != sizeof digest || memcmp (stored, digest, size) != 0)
    add_problem (check,
                 "source %s: items %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                 " are not as they were imported",
                 vantage_stmt_get_text (stmt, 0), first, last);
}

static void
check_blocks (Check *check)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (check->db,
                          "SELECT s.entity, b.first, b.last, b.n, b.digest FROM block b JOIN "
                          "source s ON s.id = b.source"
                          " WHERE s.state IN (1, 2) AND (?1 = 0 OR s.review = ?1) ORDER BY b.first",
                          NULL);

  vantage_stmt_bind_int (&stmt, 1, check->review);
  while (!g_cancellable_is_cancelled (check->cancellable) && vantage_stmt_step (&stmt, NULL))
    check_block (check, &stmt);
}

/* References that the hot tables do not declare, and those that the others do. */
static void
check_references (Check *check)
{
  static const struct
  {
    const char *sql, *what;
  } questions[] = {
    { "SELECT count (*) FROM item WHERE source NOT IN (SELECT id FROM source)",
      "items of a source that is not there" },
    { "SELECT count (*) FROM item WHERE channel NOT IN (SELECT id FROM channel)",
      "items of a channel that is not there" },
    { "SELECT count (*) FROM item WHERE account IS NOT NULL"
      " AND account NOT IN (SELECT id FROM identity)",
      "items of an account that is not there" },
    { "SELECT count (*) FROM item_also WHERE item NOT IN (SELECT row FROM item)",
      "notes about items that are not there" },
    { "SELECT count (*) FROM pragma_foreign_key_check", "rows that point to nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      gint64 n = vantage_evidence_number (check->db, -1, questions[i].sql, NULL);

      if (n < 0)
        add_problem (check, "could not look for %s", questions[i].what);
      else if (n > 0)
        add_problem (check, "%" G_GINT64_FORMAT " %s", n, questions[i].what);
    }
}

static void
check_structure (Check *check)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (check->db, "PRAGMA main.integrity_check (20)", NULL);

  while (vantage_stmt_step (&stmt, NULL))
    if (g_strcmp0 (vantage_stmt_get_text (&stmt, 0), "ok") != 0)
      add_problem (check, "evidence.db: %s", vantage_stmt_get_text (&stmt, 0));
}

/* As many rows with words as there are contents, source by source. */
static void
check_search (Check *check)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      check->db,
      "SELECT s.entity, sum (b.n), (SELECT p.n FROM search.progress p WHERE p.source = s.id)"
      " FROM source s JOIN block b ON b.source = s.id"
      " WHERE s.state = 1 AND (?1 = 0 OR s.review = ?1) GROUP BY s.id",
      NULL);

  vantage_stmt_bind_int (&stmt, 1, check->review);
  while (vantage_stmt_step (&stmt, NULL))
    if (vantage_stmt_get_int (&stmt, 1) != vantage_stmt_get_int (&stmt, 2))
      add_problem (check,
                   "source %s: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                   " items can be found by their words",
                   vantage_stmt_get_text (&stmt, 0), vantage_stmt_get_int (&stmt, 2),
                   vantage_stmt_get_int (&stmt, 1));
}

static void
check_original (Check *check, const char *name, const char *sha256)
{
  g_autofree char *path = g_build_filename (vantage_library_get_folder (check->store->library),
                                            "originals", name, NULL);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autofree char *found = NULL;

  if (file == NULL)
    {
      add_problem (check, "originals/%s is missing", name);
      return;
    }

  found =
      vantage_hash_data_text (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  if (g_strcmp0 (found, sha256) != 0)
    add_problem (check, "originals/%s is not as it was stored", name);
}

static void
check_originals (Check *check)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      check->db,
      "SELECT DISTINCT original, original_sha256 FROM source WHERE state IN (1, 2)"
      " AND original IS NOT NULL AND (?1 = 0 OR review = ?1)",
      NULL);

  vantage_stmt_bind_int (&stmt, 1, check->review);
  while (!g_cancellable_is_cancelled (check->cancellable) && vantage_stmt_step (&stmt, NULL))
    check_original (check, vantage_stmt_get_text (&stmt, 0), vantage_stmt_get_text (&stmt, 1));
}

guint64
vantage_evidence_store_verify (VantageEvidenceStore *self, const char *review, GPtrArray *problems,
                               GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  Check check = { .store = self, .problems = problems, .cancellable = cancellable };
  gint64 n;

  vantage_evidence_wait_settled (self);
  if (!vantage_indexer_wait (self->indexer, cancellable, &error))
    add_problem (&check, "the search index cannot be written: %s", error->message);

  check.db = vantage_evidence_take_reader (self, NULL);
  if (check.db == NULL)
    {
      add_problem (&check, "evidence.db cannot be opened");
      return 0;
    }

  if (review != NULL)
    check.review =
        vantage_evidence_number (check.db, -1, "SELECT id FROM review WHERE uid = ?", review, NULL);

  check_structure (&check);
  check_references (&check);
  check_blocks (&check);
  check_search (&check);
  check_originals (&check);
  n = review == NULL
          ? vantage_evidence_number (check.db, 0, "SELECT count (*) FROM item", NULL)
          : vantage_evidence_number (check.db, 0,
                                     "SELECT count (*) FROM item i JOIN review r ON r.id = i.review"
                                     " WHERE r.uid = ?",
                                     review, NULL);
  vantage_evidence_give_reader (self, check.db);

  return (guint64) MAX (n, 0);
}
