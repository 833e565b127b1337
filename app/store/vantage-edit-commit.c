/* vantage-edit-commit.c: an edit becomes ops: one transaction, one step to undo. */

#include "vantage-edit.h"

#include <string.h>

#include "vantage-edit-private.h"
#include "vantage-entity-cache.h"
#include "vantage-id.h"

/* ---- which writes change anything ---- */

static gboolean
read_deleted (VantageTxn *txn, VantageEntityState *state)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db, "SELECT deleted FROM entity WHERE key = ?", NULL);

  vantage_stmt_bind_int (&stmt, 1, state->key);
  return vantage_stmt_step (&stmt, NULL) && vantage_stmt_get_int (&stmt, 0) != 0;
}

static gboolean
has_delete_head (VantageEntityState *state)
{
  GPtrArray *heads = vantage_entity_state_get_heads (state, VANTAGE_OP_FIELD_DELETE);

  for (guint i = 0; heads != NULL && i < heads->len; i++)
    if (vantage_value_get_yesno (((VantageHead *) heads->pdata[i])->op->value))
      return TRUE;
  return FALSE;
}

/* Whether values mean the same where nothing was written before: null, false, not a member. */
static gboolean
means_nothing (const VantageWrite *write)
{
  return vantage_value_is_null (write->value) ||
         (vantage_kind_get_merge (write->kind, write->field) == VANTAGE_MERGE_OR &&
          !vantage_value_is_member (write->value));
}

static gboolean
changes_typed_register (VantageTxn *txn, gint64 stream, const VantageWrite *write)
{
  const VantageOp *stead = write->stead;
  g_autoptr (VantageOp) before = NULL;

  if (stead->n_previous == 0)
    return !means_nothing (write);
  if (stead->n_previous > 1)
    return TRUE;
  before = vantage_db_load_op (txn->db, stream, &stead->previous[0], NULL);
  return before == NULL || !vantage_value_equal (before->value, write->value);
}

static gboolean
changes_anything (VantageTxn *txn, VantageEntityState *state, const VantageWrite *write)
{
  GPtrArray *heads = vantage_entity_state_get_heads (state, write->field);

  if (strcmp (write->field, VANTAGE_OP_FIELD_DELETE) == 0)
    {
      if (write->made)
        return state->kind == NULL;
      return vantage_value_get_yesno (write->value) ? !read_deleted (txn, state)
                                                    : has_delete_head (state);
    }
  if (write->stead != NULL)
    return changes_typed_register (txn, state->stream, write);
  if (heads == NULL)
    return !means_nothing (write);
  return heads->len > 1 ||
         !vantage_value_equal (((VantageHead *) heads->pdata[0])->op->value, write->value);
}

/* ---- one op ---- */

/* The entity's ops that are known here: device → greatest n. */
static GHashTable *
load_seen (VantageTxn *txn, VantageEntityState *state, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "SELECT d, max (n) FROM op WHERE stream = ? AND entity = ? GROUP BY d", error);

  vantage_stmt_bind_int (&stmt, 1, state->stream);
  vantage_stmt_bind_text (&stmt, 2, state->entity);
  while (vantage_stmt_step (&stmt, error))
    {
      gint64 n = vantage_stmt_get_int (&stmt, 1);

      g_hash_table_insert (seen, g_strdup (vantage_stmt_get_text (&stmt, 0)),
                           g_memdup2 (&n, sizeof n));
    }
  return stmt.failed ? NULL : g_steal_pointer (&seen);
}

static int
compare_heads_newest_first (gconstpointer a, gconstpointer b)
{
  const VantageHead *left = *(VantageHead *const *) a;
  const VantageHead *right = *(VantageHead *const *) b;

  return vantage_op_compare (right->op, left->op);
}

static GArray *
list_previous (VantageEntityState *state, const VantageWrite *write)
{
  GArray *previous = g_array_new (FALSE, FALSE, sizeof (VantageOpId));
  GPtrArray *heads = vantage_entity_state_get_heads (state, write->field);

  if (write->stead != NULL)
    {
      g_array_append_vals (previous, write->stead->previous, write->stead->n_previous);
      return previous;
    }
  if (heads != NULL)
    g_ptr_array_sort (heads, compare_heads_newest_first);
  for (guint i = 0; heads != NULL && i < heads->len && i < VANTAGE_OP_MAX_PREVIOUS; i++)
    g_array_append_val (previous, ((VantageHead *) heads->pdata[i])->op->id);
  return previous;
}

typedef struct
{
  gint64 stream;
  gint64 first_n;
  guint count;
  gint64 next_n;
} Group;

static gboolean
write_op (VantageTxn *txn, VantageEntityState *state, const VantageWrite *write, Group *group,
          GError **error)
{
  g_autoptr (GArray) previous = list_previous (state, write);
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (VantageOp) op = NULL;
  VantageOpFacts facts = { 0 };
  VantageOpDraft draft = {
    .stamp = vantage_clock_tick (&txn->clock, txn->now_us),
    .entity = write->entity,
    .kind = write->kind,
    .field = write->field,
    .value = write->value,
    .previous = (VantageOpId *) previous->data,
    .n_previous = previous->len,
    .group_first = group->first_n,
    .group_count = group->count,
  };

  g_strlcpy (draft.id.device, txn->library->device, sizeof draft.id.device);
  draft.id.n = group->next_n++;
  if (strcmp (write->field, VANTAGE_OP_FIELD_DELETE) == 0 && vantage_value_get_yesno (write->value))
    {
      draft.seen = seen = load_seen (txn, state, error);
      if (seen == NULL)
        return FALSE;
    }

  op = vantage_op_new (&draft, error);
  if (op == NULL)
    return FALSE;
  switch (vantage_txn_add_op (txn, state->stream, op, &facts, error))
    {
    case VANTAGE_OP_ADDED:
      return TRUE;
    case VANTAGE_OP_FAILED:
      return FALSE;
    default:
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_DAMAGED,
                   "change %s:%" G_GINT64_FORMAT " is there already", draft.id.device, draft.id.n);
      return FALSE;
    }
}

/* ---- groups ---- */

static gboolean
insert_group (VantageTxn *txn, gint64 edit, const Group *group, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "INSERT INTO edit_group (edit, stream, d, first_n, count) VALUES (?, ?, ?, ?, ?)",
      error);

  if (edit == 0)
    return TRUE;
  vantage_stmt_bind_int (&stmt, 1, edit);
  vantage_stmt_bind_int (&stmt, 2, group->stream);
  vantage_stmt_bind_text (&stmt, 3, txn->library->device);
  vantage_stmt_bind_int (&stmt, 4, group->first_n);
  vantage_stmt_bind_int (&stmt, 5, group->count);
  return vantage_stmt_run (&stmt, error);
}

/* @writes all change something and belong to one stream. */
static gboolean
write_stream (VantageTxn *txn, gint64 edit, gint64 stream, GPtrArray *writes, GError **error)
{
  gint64 last_n = vantage_txn_get_last_n (txn, stream, txn->library->device, error);

  if (last_n < 0)
    return FALSE;
  for (guint i = 0; i < writes->len; i += VANTAGE_GROUP_MAX)
    {
      guint count = MIN (writes->len - i, VANTAGE_GROUP_MAX);
      Group group = { stream, last_n + 1, count, last_n + 1 };

      for (guint j = 0; j < count; j++)
        {
          VantageWrite *write = writes->pdata[i + j];
          VantageEntityState *state = vantage_txn_get_state (txn, stream, write->entity, error);

          if (state == NULL || !write_op (txn, state, write, &group, error))
            return FALSE;
        }
      if (!insert_group (txn, edit, &group, error))
        return FALSE;
      last_n += count;
    }
  return TRUE;
}

static gboolean
check_target (VantageEntityState *state, const VantageWrite *write, GError **error)
{
  gboolean deletes = strcmp (write->field, VANTAGE_OP_FIELD_DELETE) == 0 && !write->made;
  const VantageKind *kind = vantage_kind_find (write->kind);

  if (state->kind != NULL && strcmp (state->kind, write->kind) != 0)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID, "%s is a %s, not a %s",
                   write->entity, state->kind, write->kind);
      return FALSE;
    }
  if (state->kind == NULL && deletes && kind != NULL && !kind->computed_id)
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND,
                   "there is no %s %s in this review", write->kind, write->entity);
      return FALSE;
    }
  return TRUE;
}

/* Whether a later write of the edit gives the made entity a field, so that it needs no mark. */
static gboolean
is_needless_mark (GPtrArray *writes, const VantageWrite *mark)
{
  for (guint i = 0; mark->made && i < writes->len; i++)
    {
      VantageWrite *other = writes->pdata[i];

      if (other != mark && strcmp (other->entity, mark->entity) == 0 && other->sort == mark->sort &&
          !means_nothing (other))
        return TRUE;
    }
  return FALSE;
}

/* Deletions come last, so that what they have seen holds the rest of the edit. */
static gboolean
comes_in_round (const VantageWrite *write, int round)
{
  gboolean deletes = strcmp (write->field, VANTAGE_OP_FIELD_DELETE) == 0;

  return deletes == (round == 1);
}

static gboolean
sort_out (VantageTxn *txn, const char *review, GPtrArray *writes, GPtrArray *by_sort[3],
          gint64 streams[3], GError **error)
{
  for (int round = 0; round < 2; round++)
    for (guint i = 0; i < writes->len; i++)
      {
        VantageWrite *write = writes->pdata[i];
        VantageEntityState *state;

        if (!comes_in_round (write, round) || is_needless_mark (writes, write))
          continue;
        if (streams[write->sort] == 0)
          streams[write->sort] = vantage_txn_ensure_review_stream (txn, review, write->sort, error);
        if (streams[write->sort] == 0)
          return FALSE;
        state = vantage_txn_get_state (txn, streams[write->sort], write->entity, error);
        if (state == NULL || !check_target (state, write, error))
          return FALSE;
        if (changes_anything (txn, state, write))
          g_ptr_array_add (by_sort[write->sort], write);
      }
  return TRUE;
}

gboolean
vantage_txn_write_groups (VantageTxn *txn, const char *review, gint64 edit, GPtrArray *writes,
                          guint *out_n, GError **error)
{
  g_autoptr (GPtrArray) team = g_ptr_array_new ();
  g_autoptr (GPtrArray) core = g_ptr_array_new ();
  g_autoptr (GPtrArray) org = g_ptr_array_new ();
  GPtrArray *by_sort[3] = { team, core, org };
  gint64 streams[3] = { 0 };

  *out_n = 0;
  if (!sort_out (txn, review, writes, by_sort, streams, error))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      *out_n += by_sort[i]->len;
      if (by_sort[i]->len > 0 && !write_stream (txn, edit, streams[i], by_sort[i], error))
        return FALSE;
    }
  return TRUE;
}

gint64
vantage_txn_insert_step (VantageTxn *txn, const char *review, const char *what,
                         VantageStepSort sort, gint64 undoes, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "INSERT INTO edit (review, made_us, what, sort, undoes) VALUES (?, ?, ?, ?, ?)",
      error);

  vantage_stmt_bind_text (&stmt, 1, review);
  vantage_stmt_bind_int (&stmt, 2, txn->now_us);
  vantage_stmt_bind_text (&stmt, 3, what != NULL ? what : "");
  vantage_stmt_bind_int (&stmt, 4, sort);
  if (undoes != 0)
    vantage_stmt_bind_int (&stmt, 5, undoes);
  return vantage_stmt_run (&stmt, error)
             ? sqlite3_last_insert_rowid (vantage_db_get_handle (txn->db))
             : -1;
}

/* ---- who writes ---- */

static char *
read_profile_name (VantageTxn *txn)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db, "SELECT value FROM profile WHERE key = 'name'", NULL);

  return vantage_stmt_step (&stmt, NULL) ? g_strdup (vantage_stmt_get_text (&stmt, 0)) : NULL;
}

gboolean
vantage_txn_introduce_author (VantageTxn *txn, const char *review, GError **error)
{
  g_autofree char *name = read_profile_name (txn);
  g_autofree char *id = vantage_author_id (txn->library->device);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (vantage_write_free);
  g_autoptr (VantageValue) value = NULL;
  guint n = 0;

  if (name == NULL || *name == '\0' || *review == '\0')
    return TRUE;
  value = vantage_value_new_text (name);
  g_ptr_array_add (writes, vantage_write_new (VANTAGE_STREAM_TEAM, "author", id, "name", value));
  return vantage_txn_write_groups (txn, review, 0, writes, &n, error);
}

/* ---- typing ---- */

GPtrArray *
vantage_db_load_step_ops (VantageDb *db, gint64 edit, GArray **out_streams, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT op.stream, " VANTAGE_OP_COLUMNS " FROM edit_group JOIN op ON op.stream ="
      " edit_group.stream AND op.d = edit_group.d AND op.n >= edit_group.first_n"
      " AND op.n < edit_group.first_n + edit_group.count WHERE edit_group.edit = ? ORDER BY op.id",
      error);

  vantage_stmt_bind_int (&stmt, 1, edit);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageOp *op = vantage_op_from_row (&stmt, 1, error);
      gint64 stream = vantage_stmt_get_int (&stmt, 0);

      if (op == NULL)
        return NULL;
      g_ptr_array_add (ops, op);
      g_array_append_val (streams, stream);
    }
  if (stmt.failed)
    return NULL;
  if (out_streams != NULL)
    *out_streams = g_steal_pointer (&streams);
  return g_steal_pointer (&ops);
}

static gint64
ask_number (VantageTxn *txn, const char *sql, gint64 value, const char *text)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (txn->db, sql, NULL);

  vantage_stmt_bind_int (&stmt, 1, value);
  if (text != NULL)
    vantage_stmt_bind_text (&stmt, 2, text);
  return vantage_stmt_step (&stmt, NULL) ? vantage_stmt_get_int (&stmt, 0) : -1;
}

/* Whether the last step of this library is that typing, and none of it has left the computer. */
static gboolean
may_replace_typing (VantageTxn *txn, VantageEdit *edit)
{
  VantageLibrary *library = txn->library;
  static const char newer[] = "SELECT count(*) FROM edit WHERE id > ? AND review = ?";
  static const char fixed[] =
      "SELECT count(*) FROM edit_group JOIN op ON op.stream = edit_group.stream"
      " AND op.d = edit_group.d AND op.n >= edit_group.first_n"
      " WHERE edit_group.edit = ?1 AND (op.sent <> 0 OR op.seq IS NOT NULL OR op.d <> ?2"
      " OR op.n >= edit_group.first_n + edit_group.count AND NOT EXISTS (SELECT 1 FROM edit_group"
      " AS next WHERE next.edit = ?1 AND next.stream = op.stream AND op.n >= next.first_n"
      " AND op.n < next.first_n + next.count))";

  return edit->typing_key != NULL && library->typing_edit != 0 &&
         g_strcmp0 (edit->typing_key, library->typing_key) == 0 &&
         ask_number (txn, newer, library->typing_edit, edit->review) == 0 &&
         ask_number (txn, fixed, library->typing_edit, library->device) == 0;
}

/* Takes the earlier typing out of the log; what this edit does not write anew is written again. */
static gboolean
take_over_typing (VantageTxn *txn, VantageEdit *edit, GError **error)
{
  gint64 step = txn->library->typing_edit;
  g_autoptr (GArray) streams = NULL;
  g_autoptr (GPtrArray) ops = vantage_db_load_step_ops (txn->db, step, &streams, error);

  if (ops == NULL)
    return FALSE;
  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = ops->pdata[i];
      VantageStreamSort sort = vantage_store_get_sort (op->kind);
      g_autofree char *name = g_strdup_printf ("%d\n%s\n%s", sort, op->entity, op->field);
      VantageWrite *write = g_hash_table_lookup (edit->by_name, name);

      if (write == NULL)
        {
          write = vantage_write_new (sort, op->kind, op->entity, op->field, op->value);
          vantage_edit_add_write (edit, write);
        }
      write->stead = vantage_op_ref (op);
      if (!vantage_txn_remove_ops (txn, g_array_index (streams, gint64, i), op->id.device, op->id.n,
                                   1, error))
        return FALSE;
    }
  return ask_number (txn, "DELETE FROM edit_group WHERE edit = ? RETURNING 1", step, NULL) != 0;
}

/* ---- commit ---- */

static gboolean
check_review (VantageTxn *txn, VantageEdit *edit, GError **error)
{
  GError *local_error = NULL;

  if (edit->makes_review || *edit->review == '\0' ||
      vantage_txn_find_stream (txn, edit->review, &local_error) != 0)
    return TRUE;
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else
    g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOT_FOUND,
                 "there is no review %s in this library", edit->review);
  return FALSE;
}

static gboolean
forget_redo (VantageTxn *txn, const char *review, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db, "UPDATE edit SET state = 2 WHERE review = ? AND sort = 0 AND state = 1", error);

  vantage_stmt_bind_text (&stmt, 1, review);
  return vantage_stmt_run (&stmt, error);
}

static gboolean
delete_step (VantageTxn *txn, gint64 step, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (txn->db, "DELETE FROM edit WHERE id = ?", error);

  vantage_stmt_bind_int (&stmt, 1, step);
  return vantage_stmt_run (&stmt, error);
}

/* A step that is no person's own is in the history, and nobody's to undo. */
static gboolean
hide_step (VantageTxn *txn, gint64 step, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db, "UPDATE edit SET state = ? WHERE id = ?", error);

  vantage_stmt_bind_int (&stmt, 1, VANTAGE_STEP_SKIPPED);
  vantage_stmt_bind_int (&stmt, 2, step);
  return vantage_stmt_run (&stmt, error);
}

/* @out_step: the edit row; 0 when there was nothing to write. */
static gboolean
write_edit (VantageTxn *txn, VantageEdit *edit, gint64 *out_step, GError **error)
{
  gboolean takes_over = may_replace_typing (txn, edit);
  guint n = 0;

  if (!check_review (txn, edit, error) || (takes_over && !take_over_typing (txn, edit, error)))
    return FALSE;
  if (!edit->makes_review && !vantage_txn_introduce_author (txn, edit->review, error))
    return FALSE;

  *out_step = takes_over ? txn->library->typing_edit
                         : vantage_txn_insert_step (txn, edit->review, edit->what,
                                                    VANTAGE_STEP_EDIT, 0, error);
  if (*out_step < 0 ||
      !vantage_txn_write_groups (txn, edit->review, *out_step, edit->writes, &n, error))
    return FALSE;
  if (n == 0)
    {
      gint64 step = *out_step;

      *out_step = 0;
      return delete_step (txn, step, error);
    }
  if (edit->makes_review && !vantage_txn_introduce_author (txn, edit->review, error))
    return FALSE;
  if (edit->unlisted)
    return hide_step (txn, *out_step, error);
  return forget_redo (txn, edit->review, error);
}

static void
note_typing (VantageLibrary *library, VantageEdit *edit, gint64 step)
{
  g_free (library->typing_key);
  library->typing_key = step != 0 ? g_strdup (edit->typing_key) : NULL;
  library->typing_edit = library->typing_key != NULL ? step : 0;
}

typedef struct
{
  VantageLibrary *library;
  gint64 when_us;
} SavedNews;

static gboolean
saved_cb (gpointer data)
{
  SavedNews *news = data;

  g_signal_emit_by_name (news->library, "saved", news->when_us);
  g_object_unref (news->library);
  g_free (news);
  return G_SOURCE_REMOVE;
}

void
vantage_edit_announce (VantageLibrary *library, gint64 now_us)
{
  SavedNews *news;

  vantage_library_queue_feed (library);
  if (g_thread_self () == library->owner)
    {
      g_signal_emit_by_name (library, "saved", now_us);
      return;
    }
  news = g_new (SavedNews, 1);
  *news = (SavedNews){ g_object_ref (library), now_us };
  g_main_context_invoke (library->context, saved_cb, news);
}

static gboolean
commit_locked (VantageEdit *self, gint64 *out_now_us, GError **error)
{
  g_autoptr (VantageTxn) txn = vantage_txn_begin (self->library, error);
  gint64 step = 0;

  if (txn == NULL)
    return FALSE;
  *out_now_us = txn->now_us;
  if (!write_edit (txn, self, &step, error) || !vantage_txn_commit (txn, error))
    return vantage_store_convert_error (error);
  note_typing (self->library, self, step);
  return TRUE;
}

gboolean
vantage_edit_commit (VantageEdit *self, GError **error)
{
  GError *local_error = NULL;
  gint64 now_us = 0;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }
  if (self->writes->len == 0)
    return TRUE;
  if (!commit_locked (self, &now_us, &local_error))
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  vantage_edit_announce (self->library, now_us);
  return TRUE;
}

void
vantage_library_end_typing (VantageLibrary *library)
{
  if (!vantage_folder_lock_take (library->lock, NULL))
    return;
  g_clear_pointer (&library->typing_key, g_free);
  library->typing_edit = 0;
  vantage_folder_lock_give_back (library->lock);
}
