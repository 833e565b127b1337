/* vantage-merge.c: the merge rule, and nothing beside it. */

#include "vantage-merge.h"

static gboolean
is_true (const VantageOp *op)
{
  return vantage_value_is_member (op->value);
}

void
vantage_merge_register (const char *kind, const char *register_name, GPtrArray *heads,
                        VantageRegister *out)
{
  VantageMergeClass merge = vantage_kind_get_merge (kind, register_name);
  VantageOp *winner = NULL;

  *out = (VantageRegister){ NULL, FALSE };
  for (guint i = 0; i < heads->len; i++)
    {
      VantageOp *head = g_ptr_array_index (heads, i);
      gboolean later = winner == NULL || vantage_op_compare (head, winner) > 0;

      if (merge == VANTAGE_MERGE_OR && winner != NULL && is_true (head) != is_true (winner))
        later = is_true (head);
      if (later)
        winner = head;
    }
  if (winner == NULL)
    return;

  out->winner = winner;
  if (merge != VANTAGE_MERGE_FLAG || register_name[0] == '#')
    return;
  for (guint i = 0; i < heads->len && !out->in_conflict; i++)
    {
      VantageOp *head = g_ptr_array_index (heads, i);

      out->in_conflict = !vantage_value_equal (head->value, winner->value);
    }
}

static gboolean
is_seen (GHashTable *seen, const VantageOpId *id)
{
  const gint64 *n = seen != NULL ? g_hash_table_lookup (seen, id->device) : NULL;

  return n != NULL && id->n <= *n;
}

/* Ops that say something about the entity's content and so keep it alive. */
static gboolean
is_counted (const VantageOp *op)
{
  VantageMergeClass merge;

  if (op->field[0] == '#')
    return FALSE;
  merge = vantage_kind_get_merge (op->kind, op->field);
  return merge == VANTAGE_MERGE_FLAG || merge == VANTAGE_MERGE_OR;
}

/* The latest op that @deletion had not seen; NULL when it saw all. */
static VantageOp *
find_unseen (const VantageOp *deletion, GPtrArray *ops)
{
  VantageOp *found = NULL;

  for (guint i = 0; i < ops->len; i++)
    {
      VantageOp *op = g_ptr_array_index (ops, i);

      if (is_counted (op) && !is_seen (deletion->seen, &op->id) &&
          (found == NULL || vantage_op_compare (op, found) > 0))
        found = op;
    }
  return found;
}

gboolean
vantage_merge_is_deleted (GPtrArray *delete_heads, GPtrArray *ops, VantageOp **out_changed_by)
{
  VantageOp *changed_by = NULL;

  if (out_changed_by != NULL)
    *out_changed_by = NULL;
  for (guint i = 0; i < delete_heads->len; i++)
    {
      VantageOp *deletion = g_ptr_array_index (delete_heads, i);
      VantageOp *unseen;

      if (!vantage_value_get_yesno (deletion->value))
        continue;
      unseen = find_unseen (deletion, ops);
      if (unseen == NULL)
        return TRUE;
      if (changed_by == NULL || vantage_op_compare (unseen, changed_by) > 0)
        changed_by = unseen;
    }

  if (out_changed_by != NULL)
    *out_changed_by = changed_by;
  return FALSE;
}

/* The child of the cycle through @start whose edge was written first. */
static const char *
find_first_written (GHashTable *parents, GHashTable *winners, const char *start)
{
  const char *first = start;

  for (const char *child = g_hash_table_lookup (parents, start); !g_str_equal (child, start);
       child = g_hash_table_lookup (parents, child))
    {
      const VantageOp *op = g_hash_table_lookup (winners, child);
      const VantageOp *first_op = g_hash_table_lookup (winners, first);

      if (op != NULL && (first_op == NULL || vantage_op_compare (op, first_op) < 0))
        first = child;
    }
  return first;
}

GHashTable *
vantage_merge_break_cycles (GHashTable *parents, GHashTable *winners)
{
  GHashTable *ignored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* Node → the walk that came through it first. Each has one parent at most, so a walk that meets
   * itself has gone once around a cycle, and no two cycles touch. */
  g_autoptr (GHashTable) visited = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer start;
  guint walk = 0;

  g_hash_table_iter_init (&iter, parents);
  while (g_hash_table_iter_next (&iter, &start, NULL))
    {
      const char *node = start;

      walk++;
      while (node != NULL && !g_hash_table_contains (visited, node))
        {
          g_hash_table_insert (visited, (char *) node, GUINT_TO_POINTER (walk));
          node = g_hash_table_lookup (parents, node);
        }
      if (node != NULL && g_hash_table_lookup (visited, node) == GUINT_TO_POINTER (walk))
        g_hash_table_add (ignored, g_strdup (find_first_written (parents, winners, node)));
    }
  return ignored;
}
