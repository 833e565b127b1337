/* vantage-history.c: everything that was ever written, read back as steps with before and after. */

#include "vantage-edit.h"

#include <string.h>

#include "vantage-edit-private.h"
#include "vantage-entity-cache.h"
#include "vantage-id.h"
#include "vantage-merge.h"

static void
free_change (gpointer data)
{
  VantageHistoryChange *self = data;

  g_free (self->entity);
  g_free (self->kind);
  g_free (self->field);
  g_clear_pointer (&self->before, vantage_value_unref);
  g_clear_pointer (&self->after, vantage_value_unref);
  g_free (self);
}

void
vantage_history_edit_free (VantageHistoryEdit *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->by);
  g_free (self->by_name);
  g_free (self->what);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

void
vantage_conflict_free (VantageConflict *self)
{
  if (self == NULL)
    return;

  g_free (self->entity);
  g_free (self->kind);
  g_free (self->field);
  g_ptr_array_unref (self->ops);
  g_free (self);
}

/* ---- history ---- */

typedef struct
{
  gint64 stream;
  char *device;
  gint64 first_n;
  gint64 step; /* own edit row; 0: somebody else's */
} Group;

static void
free_group (gpointer data)
{
  g_free (((Group *) data)->device);
  g_free (data);
}

/* Groups of ops, newest first; those of an entity hold an op on it or on a paragraph of it. */
static GPtrArray *
list_groups (VantageDb *db, const char *review, const char *entity, GError **error)
{
  static const char all[] =
      "SELECT op.stream, op.d, op.g, max (op.t) AS newest, (SELECT edit FROM edit_group WHERE"
      " edit_group.stream = op.stream AND edit_group.d = op.d AND edit_group.first_n = op.g)"
      " FROM op JOIN stream ON stream.number = op.stream"
      " WHERE stream.review = ?1 AND op.kind <> 'author'"
      " GROUP BY op.stream, op.d, op.g ORDER BY newest DESC, op.d DESC, op.g DESC";
  static const char of_one[] =
      "SELECT op.stream, op.d, op.g, max (op.t) AS newest, (SELECT edit FROM edit_group WHERE"
      " edit_group.stream = op.stream AND edit_group.d = op.d AND edit_group.first_n = op.g)"
      " FROM op JOIN stream ON stream.number = op.stream"
      " WHERE stream.review = ?1 AND op.kind <> 'author' AND op.entity IN (SELECT ?2 UNION"
      " SELECT entity.id FROM entity JOIN entity_ref ON entity_ref.entity = entity.key"
      " WHERE entity_ref.target = ?2 AND entity.kind = 'block')"
      " GROUP BY op.stream, op.d, op.g ORDER BY newest DESC, op.d DESC, op.g DESC";
  GPtrArray *groups = g_ptr_array_new_with_free_func (free_group);
  g_auto (VantageStmt) stmt = vantage_db_prepare (db, entity != NULL ? of_one : all, error);

  vantage_stmt_bind_text (&stmt, 1, review);
  if (entity != NULL)
    vantage_stmt_bind_text (&stmt, 2, entity);
  while (vantage_stmt_step (&stmt, error))
    {
      Group *group = g_new0 (Group, 1);

      group->stream = vantage_stmt_get_int (&stmt, 0);
      group->device = g_strdup (vantage_stmt_get_text (&stmt, 1));
      group->first_n = vantage_stmt_get_int (&stmt, 2);
      group->step = vantage_stmt_get_int (&stmt, 4);
      g_ptr_array_add (groups, group);
    }
  return groups;
}

static GPtrArray *
load_group_ops (VantageDb *db, const Group *group, GError **error)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (db,
                          "SELECT " VANTAGE_OP_COLUMNS " FROM op WHERE stream = ? AND d = ?"
                          " AND n >= ?3 AND n < ?3 + ?4 AND g = ?3 ORDER BY n",
                          error);

  vantage_stmt_bind_int (&stmt, 1, group->stream);
  vantage_stmt_bind_text (&stmt, 2, group->device);
  vantage_stmt_bind_int (&stmt, 3, group->first_n);
  vantage_stmt_bind_int (&stmt, 4, VANTAGE_GROUP_MAX);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageOp *op = vantage_op_from_row (&stmt, 0, error);

      if (op == NULL)
        break;
      g_ptr_array_add (ops, op);
    }
  return ops;
}

/* The winner of the ops that @op replaced, as far as they are here. */
static VantageValue *
load_before (VantageDb *db, gint64 stream, VantageOp *op)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  VantageRegister result = { 0 };

  for (guint i = 0; i < op->n_previous; i++)
    {
      VantageOp *previous = vantage_db_load_op (db, stream, &op->previous[i], NULL);

      if (previous != NULL)
        g_ptr_array_add (before, previous);
    }
  vantage_merge_register (op->kind, op->field, before, &result);
  return result.winner != NULL ? vantage_value_ref (result.winner->value) : NULL;
}

static void
add_changes (VantageDb *db, const Group *group, VantageHistoryEdit *edit, GError **error)
{
  g_autoptr (GPtrArray) ops = load_group_ops (db, group, error);

  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = ops->pdata[i];
      VantageHistoryChange *change = g_new0 (VantageHistoryChange, 1);

      change->entity = g_strdup (op->entity);
      change->kind = g_strdup (op->kind);
      change->field = g_strdup (op->field);
      change->before = load_before (db, group->stream, op);
      change->after = vantage_value_ref (op->value);
      g_ptr_array_add (edit->changes, change);
      edit->time_us = MAX (edit->time_us, vantage_stamp_get_us (op->stamp));
    }
}

static char *
load_author_name (VantageDb *db, const char *review, const char *device)
{
  g_autofree char *id = vantage_author_id (device);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT json_extract (registers, '$.name') FROM entity JOIN stream ON stream.number ="
      " entity.stream WHERE entity.id = ? AND stream.id = ?",
      NULL);

  vantage_stmt_bind_text (&stmt, 1, id);
  vantage_stmt_bind_text (&stmt, 2, review);
  if (vantage_stmt_step (&stmt, NULL) && !vantage_stmt_is_null (&stmt, 0))
    return g_strdup (vantage_stmt_get_text (&stmt, 0));
  return g_strdup ("");
}

static void
add_step_words (VantageDb *db, const Group *group, VantageHistoryEdit *edit)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (db, "SELECT what, state FROM edit WHERE id = ?", NULL);

  vantage_stmt_bind_int (&stmt, 1, group->step);
  if (group->step == 0 || !vantage_stmt_step (&stmt, NULL))
    {
      edit->what = g_strdup ("");
      return;
    }
  edit->what = g_strdup (vantage_stmt_get_text (&stmt, 0));
  edit->undone = vantage_stmt_get_int (&stmt, 1) == VANTAGE_STEP_UNDONE ||
                 vantage_stmt_get_int (&stmt, 1) == VANTAGE_STEP_UNDONE_FOR_GOOD;
}

static VantageHistoryEdit *
make_history_edit (VantageDb *db, const char *review, const Group *group)
{
  VantageHistoryEdit *edit = g_new0 (VantageHistoryEdit, 1);

  edit->id = g_strdup_printf ("%s:%" G_GINT64_FORMAT, group->device, group->first_n);
  edit->by = g_strdup (group->device);
  edit->by_name = load_author_name (db, review, group->device);
  edit->changes = g_ptr_array_new_with_free_func (free_change);
  add_step_words (db, group, edit);
  return edit;
}

static GPtrArray *
list_history (VantageDb *db, const char *review, const char *entity, guint limit, GError **error)
{
  g_autoptr (GPtrArray) groups = list_groups (db, review, entity, error);
  g_autoptr (GHashTable) by_step = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_history_edit_free);

  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = groups->pdata[i];
      VantageHistoryEdit *edit =
          group->step != 0 ? g_hash_table_lookup (by_step, &group->step) : NULL;

      if (edit == NULL && limit != 0 && edits->len >= limit)
        continue;
      if (edit == NULL)
        {
          edit = make_history_edit (db, review, group);
          g_ptr_array_add (edits, edit);
          if (group->step != 0)
            g_hash_table_insert (by_step, &group->step, edit);
        }
      add_changes (db, group, edit, error);
    }
  return edits;
}

GPtrArray *
vantage_library_list_history (VantageLibrary *library, const char *review, const char *entity,
                              guint limit, GError **error)
{
  GError *local_error = NULL;
  GPtrArray *edits;

  g_rec_mutex_lock (&library->reader_mutex);
  edits = list_history (library->reader, review != NULL ? review : "", entity, limit, &local_error);
  g_rec_mutex_unlock (&library->reader_mutex);
  if (local_error == NULL)
    return edits;

  g_ptr_array_unref (edits);
  vantage_store_convert_error (&local_error);
  g_propagate_error (error, local_error);
  return NULL;
}

/* ---- conflicts ---- */

static int
compare_winner_first (gconstpointer a, gconstpointer b)
{
  return vantage_op_compare (*(VantageOp *const *) b, *(VantageOp *const *) a);
}

static GPtrArray *
load_heads (VantageDb *db, gint64 stream, const char *entity, const char *field, GError **error)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_op_unref);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT " VANTAGE_OP_COLUMNS " FROM reg_head JOIN op ON op.id = reg_head.op"
      " WHERE reg_head.stream = ? AND reg_head.entity = ? AND op.field = ?",
      error);

  vantage_stmt_bind_int (&stmt, 1, stream);
  vantage_stmt_bind_text (&stmt, 2, entity);
  vantage_stmt_bind_text (&stmt, 3, field);
  while (vantage_stmt_step (&stmt, error))
    {
      VantageOp *op = vantage_op_from_row (&stmt, 0, error);

      if (op == NULL)
        break;
      g_ptr_array_add (ops, op);
    }
  g_ptr_array_sort (ops, compare_winner_first);
  return ops;
}

/* “Deleted by one, changed by another”: the op that keeps it alive stands beside the deletion. */
static void
add_keeping_op (VantageDb *db, gint64 stream, const char *entity, GPtrArray *deletes)
{
  g_autoptr (GPtrArray) all = vantage_db_load_entity_ops (db, stream, entity, NULL);
  VantageOp *kept_by = NULL;

  if (all != NULL && !vantage_merge_is_deleted (deletes, all, &kept_by) && kept_by != NULL)
    g_ptr_array_add (deletes, vantage_op_ref (kept_by));
}

static GPtrArray *
list_conflicts (VantageDb *db, const char *review, GError **error)
{
  GPtrArray *conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_conflict_free);
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      db,
      "SELECT entity.stream, entity.id, entity.kind, entity.conflicts FROM entity JOIN stream"
      " ON stream.number = entity.stream WHERE stream.review = ? AND entity.conflicts <> ''"
      " AND entity.deleted = 0 ORDER BY entity.changed DESC, entity.id",
      error);

  vantage_stmt_bind_text (&stmt, 1, review);
  while (vantage_stmt_step (&stmt, error))
    {
      g_auto (GStrv) fields = g_strsplit (vantage_stmt_get_text (&stmt, 3), "\n", -1);

      for (guint i = 0; fields[i] != NULL && *fields[i] != '\0'; i++)
        {
          VantageConflict *conflict = g_new0 (VantageConflict, 1);
          gint64 stream = vantage_stmt_get_int (&stmt, 0);

          conflict->entity = g_strdup (vantage_stmt_get_text (&stmt, 1));
          conflict->kind = g_strdup (vantage_stmt_get_text (&stmt, 2));
          conflict->field = g_strdup (fields[i]);
          conflict->ops = load_heads (db, stream, conflict->entity, fields[i], error);
          if (strcmp (fields[i], VANTAGE_OP_FIELD_DELETE) == 0)
            add_keeping_op (db, stream, conflict->entity, conflict->ops);
          g_ptr_array_add (conflicts, conflict);
        }
    }
  return conflicts;
}

GPtrArray *
vantage_library_list_conflicts (VantageLibrary *library, const char *review, GError **error)
{
  GError *local_error = NULL;
  GPtrArray *conflicts;

  g_rec_mutex_lock (&library->reader_mutex);
  conflicts = list_conflicts (library->reader, review != NULL ? review : "", &local_error);
  g_rec_mutex_unlock (&library->reader_mutex);
  if (local_error == NULL)
    return conflicts;

  g_ptr_array_unref (conflicts);
  vantage_store_convert_error (&local_error);
  g_propagate_error (error, local_error);
  return NULL;
}
