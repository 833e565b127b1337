/* vantage-evidence-source.c: a source comes into sight, goes out of it, and what that means for
 * items that several sources hold. */

#include "vantage-evidence-source.h"

#include <string.h>

#include "vantage-evidence-writer.h"

#define DROP_CHUNK 20000

/* One content of an item, and whether it may be shown. */
typedef struct
{
  gint64 place; /* row of item_other; 0: stands in the item */
  gint64 content;
  gint64 source;
  gint64 edited_us;
  int rank;      /* 2 a kept source holds it, 1 a pending or hidden one, 0 none that stays */
  gint64 lender; /* a kept source that holds the same; 0: its own will do */
} Content;

static int
rank_of_state (gint64 state)
{
  if (state == VANTAGE_SOURCE_KEPT)
    return 2;
  return state == VANTAGE_SOURCE_DROPPED ? 0 : 1;
}

static gint64
read_edited (VantageStmt *stmt, int column)
{
  g_autoptr (VantageItem) item = vantage_item_new (VANTAGE_ITEM_OTHER);
  gsize size;
  const void *bytes = vantage_stmt_get_blob (stmt, column, &size);

  vantage_evidence_decode_detail (bytes, size, item);
  return item->edited_us;
}

static gboolean
read_contents (VantageDb *db, gint64 item, GArray *contents, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT 0, i.content, i.source, s.state, i.detail FROM item i"
      " JOIN source s ON s.id = i.source WHERE i.row = ?1"
      " UNION ALL SELECT o.row, o.content, o.source, s.state, o.detail FROM item_other o"
      " JOIN source s ON s.id = o.source WHERE o.item = ?1",
      error);

  vantage_stmt_bind_int (&stmt, 1, item);
  while (vantage_stmt_step (&stmt, error))
    {
      Content content = { .place = vantage_stmt_get_int (&stmt, 0),
                          .content = vantage_stmt_get_int (&stmt, 1),
                          .source = vantage_stmt_get_int (&stmt, 2),
                          .edited_us = read_edited (&stmt, 4),
                          .rank = rank_of_state (vantage_stmt_get_int (&stmt, 3)) };

      g_array_append_val (contents, content);
    }

  return !stmt.failed;
}

/* A content whose own source is out of sight may be lent by one that holds just the same. */
static gboolean
find_lender (VantageDb *db, gint64 item, Content *content, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT a.source, s.state FROM item_also a JOIN source s ON s.id = a.source"
      " WHERE a.item = ? AND a.content = ? ORDER BY a.source",
      error);

  vantage_stmt_bind_int (&stmt, 1, item);
  vantage_stmt_bind_int (&stmt, 2, content->content);
  while (vantage_stmt_step (&stmt, error))
    {
      int rank = rank_of_state (vantage_stmt_get_int (&stmt, 1));

      if (rank <= content->rank)
        continue;
      content->rank = rank;
      content->lender = vantage_stmt_get_int (&stmt, 0);
    }

  return !stmt.failed;
}

/* Whether @a is to be shown rather than @b: in sight, then later edited, then later imported. */
static gboolean
is_better (const Content *a, const Content *b)
{
  if (a->rank != b->rank)
    return a->rank > b->rank;
  if (a->edited_us != b->edited_us)
    return a->edited_us > b->edited_us;

  return a->source > b->source;
}

/* The item and a row of item_other trade their contents. */
static gboolean
trade_places (VantageDb *db, gint64 item, gint64 other, GError **error)
{
  static const char *const steps[] = {
    "CREATE TEMP TABLE IF NOT EXISTS trade AS SELECT " VANTAGE_ROW_COLUMNS " FROM item LIMIT 0",
    "DELETE FROM temp.trade",
    "INSERT INTO temp.trade SELECT " VANTAGE_ROW_COLUMNS " FROM item WHERE row = ?1",
    "UPDATE item SET (" VANTAGE_ROW_COLUMNS ") = (SELECT " VANTAGE_ROW_COLUMNS
    " FROM item_other WHERE row = ?2) WHERE row = ?1",
    "UPDATE item_other SET (" VANTAGE_ROW_COLUMNS ") = (SELECT " VANTAGE_ROW_COLUMNS
    " FROM temp.trade) WHERE row = ?2",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (db, steps[i], error);

      if (strstr (steps[i], "?1") != NULL)
        vantage_stmt_bind_int (&stmt, 1, item);
      if (strstr (steps[i], "?2") != NULL)
        vantage_stmt_bind_int (&stmt, 2, other);
      if (!vantage_stmt_run (&stmt, error))
        return FALSE;
    }

  return TRUE;
}

/* The content's own source and the lender trade places: one owns it, the other also has it. */
static gboolean
trade_sources (VantageDb *db, gint64 item, const Content *content, GError **error)
{
  static const char *const steps[] = {
    "INSERT OR IGNORE INTO item_also (item, content, source, origin)"
    " SELECT ?1, ?2, source, origin FROM item WHERE row = ?1 AND content = ?2",
    "INSERT OR IGNORE INTO item_also (item, content, source, origin)"
    " SELECT ?1, ?2, source, origin FROM item_other WHERE item = ?1 AND content = ?2",
    "UPDATE item SET source = ?3, origin = (SELECT origin FROM item_also"
    " WHERE item = ?1 AND content = ?2 AND source = ?3) WHERE row = ?1 AND content = ?2",
    "UPDATE item_other SET source = ?3, origin = (SELECT origin FROM item_also"
    " WHERE item = ?1 AND content = ?2 AND source = ?3) WHERE item = ?1 AND content = ?2",
    "DELETE FROM item_also WHERE item = ?1 AND content = ?2 AND source = ?3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (db, steps[i], error);

      vantage_stmt_bind_int (&stmt, 1, item);
      vantage_stmt_bind_int (&stmt, 2, content->content);
      if (strstr (steps[i], "?3") != NULL)
        vantage_stmt_bind_int (&stmt, 3, content->lender);
      if (!vantage_stmt_run (&stmt, error))
        return FALSE;
    }

  return TRUE;
}

/* Shows the best content of one item. */
static gboolean
settle_item (VantageDb *db, gint64 item, GError **error)
{
  g_autoptr (GArray) contents = g_array_new (FALSE, FALSE, sizeof (Content));
  const Content *best = NULL;

  if (!read_contents (db, item, contents, error))
    return FALSE;

  for (guint i = 0; i < contents->len; i++)
    {
      Content *content = &g_array_index (contents, Content, i);

      if (content->rank < 2 && !find_lender (db, item, content, error))
        return FALSE;
      if (content->lender != 0 && !trade_sources (db, item, content, error))
        return FALSE;
      if (best == NULL || is_better (content, best))
        best = content;
    }

  return best == NULL || best->place == 0 || trade_places (db, item, best->place, error);
}

/* Items in which @source meets another one. */
static gboolean
list_shared (VantageDb *db, gint64 source, GArray *items, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT item FROM item_other WHERE source = ?1"
      " UNION SELECT a.item FROM item_also a JOIN item i ON i.row = a.item"
      " JOIN source s ON s.id = i.source WHERE a.source = ?1 AND s.state <> 1"
      " UNION SELECT o.item FROM item_other o JOIN item i ON i.row = o.item WHERE i.source = ?1"
      " UNION SELECT a.item FROM item_also a JOIN item i ON i.row = a.item WHERE i.source = ?1",
      error);

  vantage_stmt_bind_int (&stmt, 1, source);
  while (vantage_stmt_step (&stmt, error))
    {
      gint64 item = vantage_stmt_get_int (&stmt, 0);

      g_array_append_val (items, item);
    }

  return !stmt.failed;
}

gboolean
vantage_evidence_bump (VantageDb *db, GError **error)
{
  return vantage_evidence_exec_ints (db, error,
                                     "INSERT INTO counter (name, next) VALUES ('generation', 1)"
                                     " ON CONFLICT DO UPDATE SET next = next + 1",
                                     0);
}

gboolean
vantage_evidence_set_state (VantageEvidenceStore *self, gint64 source, VantageSourceState state,
                            GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 review;

  if (!vantage_evidence_exec_ints (self->db, error, "UPDATE source SET state = ?2 WHERE id = ?1", 2,
                                   source, (gint64) state) ||
      !vantage_evidence_bump (self->db, error) || !list_shared (self->db, source, items, error))
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    if (!settle_item (self->db, g_array_index (items, gint64, i), error))
      return FALSE;

  if (items->len == 0)
    return TRUE;

  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "SELECT review FROM source WHERE id = ?", error);

  vantage_stmt_bind_int (&stmt, 1, source);
  if (!vantage_stmt_step (&stmt, error))
    return FALSE;

  review = vantage_stmt_get_int (&stmt, 0);
  return vantage_evidence_retally (self->db, review, error);
}

gboolean
vantage_evidence_retally (VantageDb *db, gint64 review, GError **error)
{
  return vantage_evidence_exec_ints (
             db, error,
             "DELETE FROM tally WHERE source IN (SELECT id FROM source WHERE review = ?)", 1,
             review) &&
         vantage_evidence_exec_ints (
             db, error,
             "INSERT INTO tally (source, channel, account, n, n_roots, first_us, last_us)"
             " SELECT source, channel, ifnull (account, 0), count (*),"
             " count (*) FILTER (WHERE thread = local), min (time_us),"
             " ifnull (max (time_us) FILTER (WHERE time_us < 9223372036854775807),"
             " -9223372036854775807 - 1)"
             " FROM item WHERE review = ? GROUP BY 1, 2, 3",
             1, review);
}

/* ---- freeing ---- */

/* Rows that hold on to nothing else of the source, in transactions short enough to let others in.
 */
static gboolean
drop_rows (VantageEvidenceStore *self, gint64 source, GError **error)
{
  for (gboolean more = TRUE; more;)
    {
      if (!vantage_evidence_begin (self, error))
        return FALSE;
      if (!vantage_evidence_exec_ints (
              self->db, error,
              "DELETE FROM item WHERE row IN (SELECT i.row FROM block b JOIN item i"
              " ON i.row BETWEEN b.first AND b.last AND i.source = b.source"
              " WHERE b.source = ?1 LIMIT ?2)",
              2, source, (gint64) DROP_CHUNK))
        {
          vantage_evidence_rollback (self);
          return FALSE;
        }
      more = sqlite3_changes (vantage_db_get_handle (self->db)) > 0;
      if (!vantage_evidence_commit (self, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
drop_rest (VantageEvidenceStore *self, gint64 source, GError **error)
{
  static const char *const steps[] = {
    "DELETE FROM item WHERE source = ?",          "DELETE FROM block WHERE source = ?",
    "DELETE FROM tally WHERE source = ?",         "DELETE FROM channel_fact WHERE source = ?",
    "DELETE FROM identity_fact WHERE source = ?", "DELETE FROM place WHERE source = ?",
    "DELETE FROM diagnostic WHERE source = ?",    "DELETE FROM import_run WHERE source = ?",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!vantage_evidence_exec_ints (self->db, error, steps[i], 1, source))
      return FALSE;

  return TRUE;
}

gboolean
vantage_evidence_drop_source (VantageEvidenceStore *self, gint64 source, GError **error)
{
  gboolean ok;

  if (!vantage_evidence_begin (self, error))
    return FALSE;
  ok = vantage_evidence_set_state (self, source, VANTAGE_SOURCE_DROPPED, error) &&
       vantage_evidence_exec_ints (self->db, error, "DELETE FROM item_also WHERE source = ?", 1,
                                   source) &&
       vantage_evidence_exec_ints (self->db, error, "DELETE FROM item_other WHERE source = ?", 1,
                                   source);
  if (!ok)
    {
      vantage_evidence_rollback (self);
      return FALSE;
    }
  if (!vantage_evidence_commit (self, error) || !drop_rows (self, source, error) ||
      !vantage_evidence_begin (self, error))
    return FALSE;

  if (drop_rest (self, source, error))
    return vantage_evidence_commit (self, error);

  vantage_evidence_rollback (self);
  return FALSE;
}

gboolean
vantage_evidence_ensure_indices (VantageEvidenceStore *self, GError **error)
{
  static const char sql[] =
      "CREATE INDEX IF NOT EXISTS item_time ON item (review, time_us);"
      "CREATE INDEX IF NOT EXISTS item_channel ON item (channel, time_us);"
      "CREATE INDEX IF NOT EXISTS item_thread ON item (channel, thread) WHERE thread IS NOT NULL";
  gboolean ok;

  if (vantage_evidence_number (self->db, 0,
                               "SELECT count (*) FROM sqlite_schema WHERE name IN"
                               " ('item_time', 'item_channel', 'item_thread')",
                               NULL) == 3)
    return TRUE;
  /* What is sorted for them may be large. */
  if (!vantage_db_exec (self->db, "PRAGMA temp_store = FILE", error) ||
      !vantage_evidence_begin (self, error))
    return FALSE;
  ok = vantage_db_exec (self->db, sql, error);
  if (ok)
    ok = vantage_evidence_commit (self, error);
  else
    vantage_evidence_rollback (self);

  return vantage_db_exec (self->db, "PRAGMA temp_store = MEMORY", ok ? error : NULL) && ok;
}

/* ---- times that follow from choices ---- */

typedef struct
{
  VantageZone *base_zone, *zone; /* NULL: times need none */
  gint64 zero_move_us;
  gint64 shift_us, old_shift_us;
} Choices;

static gint64
add_clamped (gint64 us, gint64 delta)
{
  gint64 sum;

  if (__builtin_add_overflow (us, delta, &sum))
    return us;
  return CLAMP (sum, VANTAGE_TIME_MIN, VANTAGE_TIME_MAX);
}

static gint64
work_out_time (const Choices *choices, gint64 time_us, gint64 base_us, gboolean *out_twice)
{
  gint64 wall, us;

  *out_twice = FALSE;
  if (base_us == VANTAGE_TIME_NONE)
    return add_clamped (add_clamped (time_us, -choices->old_shift_us), choices->shift_us);
  if (choices->zone == NULL || choices->base_zone == NULL)
    return add_clamped (add_clamped (base_us, choices->zero_move_us), choices->shift_us);

  wall =
      base_us + (gint64) vantage_zone_get_offset_s (choices->base_zone, base_us) * G_USEC_PER_SEC;
  vantage_zone_resolve (choices->zone, add_clamped (wall, choices->zero_move_us), &us, out_twice);

  return add_clamped (us, choices->shift_us);
}

typedef struct
{
  gint64 row, time_us;
  int flags;
} Moved;

static gboolean
list_moved (VantageDb *db, const char *select, gint64 source, const Choices *choices, GArray *moved,
            GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (db, select, error);

  vantage_stmt_bind_int (&stmt, 1, source);
  while (vantage_stmt_step (&stmt, error))
    {
      Moved one = { .row = vantage_stmt_get_int (&stmt, 0) };
      gint64 time_us = vantage_stmt_get_int (&stmt, 1);
      gint64 base_us =
          vantage_stmt_is_null (&stmt, 2) ? VANTAGE_TIME_NONE : vantage_stmt_get_int (&stmt, 2);
      gboolean twice;

      if (time_us == VANTAGE_ROW_NO_TIME)
        continue;

      one.time_us = work_out_time (choices, time_us, base_us, &twice);
      one.flags = (int) vantage_stmt_get_int (&stmt, 3);
      if (base_us != VANTAGE_TIME_NONE && choices->zone != NULL)
        one.flags = twice ? one.flags | VANTAGE_ROW_TWICE : one.flags & ~VANTAGE_ROW_TWICE;
      g_array_append_val (moved, one);
    }

  return !stmt.failed;
}

static gboolean
move_rows (VantageDb *db, const char *select, const char *update, gint64 source,
           const Choices *choices, GError **error)
{
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (Moved));

  if (!list_moved (db, select, source, choices, moved, error))
    return FALSE;

  for (guint i = 0; i < moved->len; i++)
    {
      const Moved *one = &g_array_index (moved, Moved, i);

      if (!vantage_evidence_exec_ints (db, error, update, 3, one->time_us, (gint64) one->flags,
                                       one->row))
        return FALSE;
    }

  return TRUE;
}

/* What people chose about a source, as its entity says. */
typedef struct
{
  char *entity, *review;
  gboolean deleted;
  char *zone;
  gint64 zero_us, shift_us;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_free (wish->entity);
  g_free (wish->review);
  g_free (wish->zone);
  g_free (wish);
}

static Wish *
new_wish (VantageEntity *entity)
{
  Wish *wish = g_new0 (Wish, 1);
  const char *zone = vantage_entity_get_text (entity, "zone");

  wish->entity = g_strdup (vantage_entity_get_id (entity));
  wish->review = g_strdup (vantage_entity_get_review (entity));
  wish->deleted = vantage_entity_is_deleted (entity);
  wish->zone = g_strdup (zone);
  wish->zero_us = vantage_entity_get_time (entity, "zero");
  wish->shift_us = vantage_entity_get_duration (entity, "shift", 0);

  return wish;
}

/* A source as it stands in the rows. */
typedef struct
{
  gint64 id, review, state;
  char *base_zone, *zone;
  gint64 base_zero_us, zero_us, shift_us;
} Stored;

static gint64
get_time_or_none (VantageStmt *stmt, int column)
{
  return vantage_stmt_is_null (stmt, column) ? VANTAGE_TIME_NONE
                                             : vantage_stmt_get_int (stmt, column);
}

static void
clear_stored (gpointer data)
{
  Stored *stored = data;

  g_free (stored->base_zone);
  g_free (stored->zone);
}

static void
read_stored (VantageStmt *stmt, Stored *out)
{
  out->id = vantage_stmt_get_int (stmt, 0);
  out->review = vantage_stmt_get_int (stmt, 1);
  out->state = vantage_stmt_get_int (stmt, 2);
  out->base_zone = g_strdup (vantage_stmt_get_text (stmt, 3));
  out->zone = g_strdup (vantage_stmt_get_text (stmt, 4));
  out->base_zero_us = get_time_or_none (stmt, 5);
  out->zero_us = get_time_or_none (stmt, 6);
  out->shift_us = vantage_stmt_get_int (stmt, 7);
}

/* The source itself, and what came of it in bundles. (element-type Stored) */
static GArray *
list_stored (VantageDb *db, const char *entity, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Stored));
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT id, review, state, base_zone, zone, base_zero_us, zero_us, shift_us FROM source"
      " WHERE entity = ?1 OR (format = 'bundle' AND path = ?1) ORDER BY id",
      error);

  g_array_set_clear_func (rows, clear_stored);
  vantage_stmt_bind_text (&stmt, 1, entity);
  while (vantage_stmt_step (&stmt, error))
    {
      Stored stored = { 0 };

      read_stored (&stmt, &stored);
      g_array_append_val (rows, stored);
    }
  return stmt.failed ? NULL : g_steal_pointer (&rows);
}

static gboolean
write_choices (VantageDb *db, const Stored *stored, const Wish *wish, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db, "UPDATE source SET zone = ?, zero_us = ?, shift_us = ? WHERE id = ?", error);

  vantage_stmt_bind_text (&stmt, 1, wish->zone);
  if (wish->zero_us == VANTAGE_TIME_NONE)
    vantage_stmt_bind_null (&stmt, 2);
  else
    vantage_stmt_bind_int (&stmt, 2, wish->zero_us);
  vantage_stmt_bind_int (&stmt, 3, wish->shift_us);
  vantage_stmt_bind_int (&stmt, 4, stored->id);

  return vantage_stmt_run (&stmt, error);
}

static gboolean
move_times (VantageDb *db, const Stored *stored, const Wish *wish, GError **error)
{
  g_autoptr (VantageZone) base_zone =
      stored->base_zone != NULL ? vantage_zone_new (stored->base_zone) : NULL;
  g_autoptr (VantageZone) zone = wish->zone != NULL ? vantage_zone_new (wish->zone) : NULL;
  Choices choices = { base_zone, zone, 0, wish->shift_us, stored->shift_us };

  if (stored->base_zero_us != VANTAGE_TIME_NONE && wish->zero_us != VANTAGE_TIME_NONE)
    choices.zero_move_us = wish->zero_us - stored->base_zero_us;

  return move_rows (db, "SELECT row, time_us, base_us, flags FROM item WHERE source = ?",
                    "UPDATE item SET time_us = ?, flags = ? WHERE row = ?", stored->id, &choices,
                    error) &&
         move_rows (db, "SELECT row, time_us, base_us, flags FROM item_other WHERE source = ?",
                    "UPDATE item_other SET time_us = ?, flags = ? WHERE row = ?", stored->id,
                    &choices, error) &&
         write_choices (db, stored, wish, error) && vantage_evidence_bump (db, error) &&
         vantage_evidence_retally (db, stored->review, error);
}

static gboolean
follow (VantageEvidenceStore *self, const Stored *stored, const Wish *wish, gboolean *out_changed,
        GError **error)
{
  gboolean moves = g_strcmp0 (stored->zone, wish->zone) != 0 || stored->zero_us != wish->zero_us ||
                   stored->shift_us != wish->shift_us;
  VantageSourceState state = wish->deleted ? VANTAGE_SOURCE_HIDDEN : VANTAGE_SOURCE_KEPT;

  *out_changed = moves || stored->state != (gint64) state;
  if (moves && !move_times (self->db, stored, wish, error))
    return FALSE;

  return stored->state == (gint64) state ||
         vantage_evidence_set_state (self, stored->id, state, error);
}

static gboolean
follow_job (VantageEvidenceStore *self, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (GArray) rows = NULL;
  gboolean changed = FALSE;
  gboolean ok = TRUE;

  if (!vantage_evidence_begin (self, error))
    return FALSE;

  /* Sources of others, and those that an import is about to keep, have nothing to follow here. */
  rows = list_stored (self->db, wish->entity, error);
  ok = rows != NULL;
  for (guint i = 0; ok && i < rows->len; i++)
    {
      const Stored *stored = &g_array_index (rows, Stored, i);
      gboolean moved = FALSE;

      if (stored->state == VANTAGE_SOURCE_KEPT || stored->state == VANTAGE_SOURCE_HIDDEN)
        ok = follow (self, stored, wish, &moved, error);
      changed |= moved;
    }
  if (!ok || !changed)
    vantage_evidence_rollback (self);
  else
    ok = vantage_evidence_commit (self, error);

  if (ok && changed)
    vantage_evidence_changed (self, wish->review);
  return ok;
}

gboolean
vantage_evidence_follow_source (VantageEvidenceStore *self, VantageEntity *entity, GError **error)
{
  Wish *wish = new_wish (entity);
  gboolean ok = vantage_evidence_run (self, follow_job, wish, error);

  free_wish (wish);
  return ok;
}

void
vantage_evidence_queue_follow (VantageEvidenceStore *self, GPtrArray *entities)
{
  for (guint i = 0; i < entities->len; i++)
    vantage_evidence_queue (self, follow_job, new_wish (entities->pdata[i]), free_wish, TRUE);
}
