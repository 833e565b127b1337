/* vantage-undo.c: taking back the newest own step of a review, and taking that back. Both write
 * new ops; nothing is ever removed from the log. */

#include "vantage-edit.h"

#include <string.h>

#include "vantage-edit-private.h"
#include "vantage-entity-cache.h"
#include "vantage-id.h"
#include "vantage-merge.h"

typedef struct
{
  gint64 edit;    /* the step that is taken back (undo) or brought back (redo) */
  gint64 reverse; /* the step whose ops are reversed: `edit`, or the undo of it */
  char *what;
} Step;

static void
clear_step (Step *step)
{
  g_free (step->what);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Step, clear_step)

/* ---- which step ---- */

static const char newest_done[] =
    "SELECT id, id, what FROM edit WHERE review = ? AND sort = 0 AND state = 0"
    " ORDER BY id DESC LIMIT 1";
/* Of those taken back, the one that was taken back last. */
static const char last_undone[] =
    "SELECT edit.id, max (undo.id), edit.what FROM edit JOIN edit AS undo"
    " ON undo.undoes = edit.id AND undo.sort = 1"
    " WHERE edit.review = ? AND edit.sort = 0 AND edit.state = 1"
    " GROUP BY edit.id ORDER BY max (undo.id) DESC LIMIT 1";

static gboolean
find_step (VantageDb *db, const char *sql, const char *review, Step *out, GError **error)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (db, sql, error);

  vantage_stmt_bind_text (&stmt, 1, review);
  if (!vantage_stmt_step (&stmt, error))
    {
      if (!stmt.failed)
        g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_NOTHING,
                     "there is no step to take back or bring back");
      return FALSE;
    }
  out->edit = vantage_stmt_get_int (&stmt, 0);
  out->reverse = vantage_stmt_get_int (&stmt, 1);
  out->what = g_strdup (vantage_stmt_get_text (&stmt, 2));
  return TRUE;
}

static char *
dup_name (VantageLibrary *library, const char *review, const char *sql)
{
  g_auto (Step) step = { 0 };

  g_rec_mutex_lock (&library->reader_mutex);
  find_step (library->reader, sql, review != NULL ? review : "", &step, NULL);
  g_rec_mutex_unlock (&library->reader_mutex);
  return g_steal_pointer (&step.what);
}

char *
vantage_library_dup_undo_name (VantageLibrary *library, const char *review)
{
  return dup_name (library, review, newest_done);
}

char *
vantage_library_dup_redo_name (VantageLibrary *library, const char *review)
{
  return dup_name (library, review, last_undone);
}

/* ---- whether it may be taken back ---- */

/* Whether an op was written by an undo or redo of this library. */
static gboolean
is_own_reversal (VantageTxn *txn, gint64 stream, const VantageOpId *id)
{
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "SELECT 1 FROM edit_group JOIN edit ON edit.id = edit_group.edit"
      " WHERE edit_group.stream = ? AND edit_group.d = ? AND edit_group.first_n <= ?3"
      " AND edit_group.first_n + edit_group.count > ?3 AND edit.sort <> 0",
      NULL);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, id->device);
  vantage_stmt_bind_int (&stmt, 3, id->n);
  return vantage_stmt_step (&stmt, NULL);
}

static char *
dup_author_name (VantageTxn *txn, gint64 stream, const char *device)
{
  g_autofree char *id = vantage_author_id (device);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      txn->db,
      "SELECT json_extract (registers, '$.name') FROM entity JOIN stream ON stream.number ="
      " entity.stream WHERE entity.id = ? AND stream.review = (SELECT review FROM stream WHERE"
      " number = ?) AND stream.sort = 0",
      NULL);

  vantage_stmt_bind_text (&stmt, 1, id);
  vantage_stmt_bind_int (&stmt, 2, stream);
  if (vantage_stmt_step (&stmt, NULL) && !vantage_stmt_is_null (&stmt, 0))
    return g_strdup (vantage_stmt_get_text (&stmt, 0));
  return g_strdup (device);
}

static gboolean
refuse (VantageTxn *txn, gint64 stream, const Step *step, const VantageOp *by, GError **error)
{
  g_autofree char *name = dup_author_name (txn, stream, by->id.device);

  g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_CHANGED,
               "“%s” cannot be taken back: %s has changed the same since", step->what, name);
  return FALSE;
}

/* The one head must be this op, or an own undo or redo that put its value back. */
static gboolean
check_op (VantageTxn *txn, gint64 stream, const Step *step, VantageOp *op, GError **error)
{
  VantageEntityState *state = vantage_txn_get_state (txn, stream, op->entity, error);
  GPtrArray *heads = state != NULL ? vantage_entity_state_get_heads (state, op->field) : NULL;

  if (state == NULL)
    return FALSE;
  for (guint i = 0; heads != NULL && i < heads->len; i++)
    {
      VantageHead *head = heads->pdata[i];

      if (vantage_op_id_equal (&head->op->id, &op->id))
        continue;
      if (vantage_value_equal (head->op->value, op->value) &&
          is_own_reversal (txn, stream, &head->op->id) && heads->len == 1)
        continue;
      return refuse (txn, stream, step, head->op, error);
    }
  return heads != NULL || refuse (txn, stream, step, op, error);
}

/* ---- what to write ---- */

/* Whether the entity's first op is among those of the step. */
static gboolean
made_by_step (VantageEntityState *state, GPtrArray *ops, GArray *streams)
{
  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = ops->pdata[i];

      if (g_array_index (streams, gint64, i) == state->stream &&
          strcmp (op->entity, state->entity) == 0 && op->id.n == state->first_n &&
          strcmp (op->id.device, state->by) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The value that stood before @op: the winner of those it lists. NULL with @error. */
static VantageValue *
load_value_before (VantageTxn *txn, gint64 stream, VantageOp *op, GError **error)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  VantageRegister result = { 0 };

  for (guint i = 0; i < op->n_previous; i++)
    {
      GError *local_error = NULL;
      VantageOp *previous = vantage_db_load_op (txn->db, stream, &op->previous[i], &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      if (previous != NULL)
        g_ptr_array_add (before, previous);
    }
  vantage_merge_register (op->kind, op->field, before, &result);
  return result.winner != NULL ? vantage_value_ref (result.winner->value)
                               : vantage_value_new_null ();
}

static gboolean
is_switch (const VantageOp *op)
{
  return strcmp (op->field, VANTAGE_OP_FIELD_DELETE) == 0 ||
         vantage_kind_get_merge (op->kind, op->field) == VANTAGE_MERGE_OR;
}

static gboolean
add_reversal (VantageTxn *txn, gint64 stream, VantageOp *op, GPtrArray *writes, GError **error)
{
  g_autoptr (VantageValue) value = load_value_before (txn, stream, op, error);

  if (value == NULL)
    return FALSE;
  if (vantage_value_is_null (value) && is_switch (op))
    {
      vantage_value_unref (value);
      value = vantage_value_new_yesno (FALSE);
    }
  g_ptr_array_add (writes, vantage_write_new (vantage_store_get_sort (op->kind), op->kind,
                                              op->entity, op->field, value));
  return TRUE;
}

/* What an edit made goes to the bin as a whole, unless its id is worked out from something: that
 * stands for a thing which is there without any op. */
static gboolean
add_removal (GHashTable *removed, VantageEntityState *state, VantageOp *op, GPtrArray *writes)
{
  g_autoptr (VantageValue) yes = vantage_value_new_yesno (TRUE);

  if (g_hash_table_add (removed, state))
    g_ptr_array_add (writes, vantage_write_new (vantage_store_get_sort (op->kind), op->kind,
                                                op->entity, VANTAGE_OP_FIELD_DELETE, yes));
  return TRUE;
}

/* Others may have added to what this step made; then it is theirs too. */
static gboolean
check_untouched (VantageTxn *txn, const Step *step, VantageEntityState *state, GError **error)
{
  g_autoptr (GPtrArray) ops =
      vantage_db_load_entity_ops (txn->db, state->stream, state->entity, error);

  if (ops == NULL)
    return FALSE;
  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = ops->pdata[i];
      g_auto (VantageStmt) own =
          vantage_db_prepare (txn->db, "SELECT 1 FROM device WHERE id = ?", error);

      vantage_stmt_bind_text (&own, 1, op->id.device);
      if (vantage_stmt_step (&own, error))
        continue;
      return own.failed ? FALSE : refuse (txn, state->stream, step, op, error);
    }
  return TRUE;
}

static gboolean
plan_reversal (VantageTxn *txn, const Step *step, GPtrArray *writes, GError **error)
{
  g_autoptr (GArray) streams = NULL;
  g_autoptr (GPtrArray) ops = vantage_db_load_step_ops (txn->db, step->reverse, &streams, error);
  g_autoptr (GHashTable) removed = g_hash_table_new (NULL, NULL);

  if (ops == NULL)
    return FALSE;
  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = ops->pdata[i];
      gint64 stream = g_array_index (streams, gint64, i);
      const VantageKind *kind = vantage_kind_find (op->kind);
      VantageEntityState *state = vantage_txn_get_state (txn, stream, op->entity, error);

      if (state == NULL || !check_op (txn, stream, step, op, error))
        return FALSE;
      if (kind != NULL && !kind->computed_id && made_by_step (state, ops, streams))
        {
          if (!check_untouched (txn, step, state, error) ||
              !add_removal (removed, state, op, writes))
            return FALSE;
        }
      else if (!add_reversal (txn, stream, op, writes, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- doing it ---- */

static gboolean
set_state (VantageTxn *txn, gint64 edit, VantageStepState state, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db, "UPDATE edit SET state = ? WHERE id = ?", error);

  vantage_stmt_bind_int (&stmt, 1, state);
  vantage_stmt_bind_int (&stmt, 2, edit);
  return vantage_stmt_run (&stmt, error);
}

/* A step that cannot be taken back is passed over from now on; @error, which says why, stays. */
static void
skip_step (VantageTxn *txn, const Step *step, VantageStepState state)
{
  if (set_state (txn, step->edit, state, NULL))
    vantage_txn_commit (txn, NULL);
}

static gboolean
reverse_step (VantageTxn *txn, const char *review, const Step *step, gboolean redo,
              GPtrArray *writes, GError **error)
{
  guint n = 0;
  gint64 row;

  if (!plan_reversal (txn, step, writes, error))
    {
      if (error != NULL && *error != NULL &&
          g_error_matches (*error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_CHANGED))
        skip_step (txn, step, redo ? VANTAGE_STEP_UNDONE_FOR_GOOD : VANTAGE_STEP_SKIPPED);
      return FALSE;
    }
  row = vantage_txn_insert_step (
      txn, review, step->what, redo ? VANTAGE_STEP_REDO : VANTAGE_STEP_UNDO, step->reverse, error);
  return row > 0 && vantage_txn_write_groups (txn, review, row, writes, &n, error) &&
         set_state (txn, step->edit, redo ? VANTAGE_STEP_DONE : VANTAGE_STEP_UNDONE, error) &&
         vantage_txn_commit (txn, error);
}

static GPtrArray *
list_touched (GPtrArray *writes)
{
  GPtrArray *entities = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < writes->len; i++)
    {
      const char *entity = ((VantageWrite *) writes->pdata[i])->entity;

      if (!g_ptr_array_find_with_equal_func (entities, entity, g_str_equal, NULL))
        g_ptr_array_add (entities, g_strdup (entity));
    }
  return entities;
}

static gboolean
walk (VantageLibrary *library, const char *review, gboolean redo, Step *step, GPtrArray *writes,
      gint64 *out_now_us, GError **error)
{
  g_autoptr (VantageTxn) txn = vantage_txn_begin (library, error);

  if (txn == NULL)
    return FALSE;
  library->typing_edit = 0;
  *out_now_us = txn->now_us;
  return (find_step (txn->db, redo ? last_undone : newest_done, review, step, error) &&
          reverse_step (txn, review, step, redo, writes, error)) ||
         vantage_store_convert_error (error);
}

static gboolean
run (VantageLibrary *library, const char *review, gboolean redo, char **out_what,
     GPtrArray **out_entities, GError **error)
{
  g_auto (Step) step = { 0 };
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (vantage_write_free);
  GError *local_error = NULL;
  gint64 now_us = 0;

  if (!walk (library, review != NULL ? review : "", redo, &step, writes, &now_us, &local_error))
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (out_what != NULL)
    *out_what = g_steal_pointer (&step.what);
  if (out_entities != NULL)
    *out_entities = list_touched (writes);
  vantage_edit_announce (library, now_us);
  return TRUE;
}

gboolean
vantage_library_undo (VantageLibrary *library, const char *review, char **out_what,
                      GPtrArray **out_entities, GError **error)
{
  return run (library, review, FALSE, out_what, out_entities, error);
}

gboolean
vantage_library_redo (VantageLibrary *library, const char *review, char **out_what,
                      GPtrArray **out_entities, GError **error)
{
  return run (library, review, TRUE, out_what, out_entities, error);
}
