/* vantage-entity-cache.c: what the heads of an entity add up to, as one row, and back again. */

#include "vantage-entity-cache.h"

#include <string.h>

#include "vantage-id.h"
#include "vantage-json.h"
#include "vantage-merge.h"
#include "vantage-oplog.h"

#define ORG_STREAM "org"

char *
vantage_store_dup_stream_id (const char *review, VantageStreamSort sort)
{
  switch (sort)
    {
    case VANTAGE_STREAM_CORE:
      return vantage_core_stream_id (review);
    case VANTAGE_STREAM_ORG:
      return g_strdup (ORG_STREAM);
    default:
      return g_strdup (review);
    }
}

VantageStreamSort
vantage_store_get_sort (const char *kind)
{
  const VantageKind *known = kind != NULL ? vantage_kind_find (kind) : NULL;

  return known != NULL ? known->stream : VANTAGE_STREAM_TEAM;
}

gint64
vantage_txn_find_stream (VantageTxn *self, const char *id, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (self->db, "SELECT number FROM stream WHERE id = ?", error);

  vantage_stmt_bind_text (&stmt, 1, id);
  return vantage_stmt_step (&stmt, error) ? vantage_stmt_get_int (&stmt, 0) : 0;
}

gint64
vantage_txn_ensure_stream (VantageTxn *self, const char *id, const char *review,
                           VantageStreamSort sort, GError **error)
{
  GError *local_error = NULL;
  gint64 number = vantage_txn_find_stream (self, id, &local_error);

  if (number == 0 && local_error == NULL)
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (
          self->db, "INSERT INTO stream (id, review, sort) VALUES (?, ?, ?)", &local_error);

      vantage_stmt_bind_text (&stmt, 1, id);
      vantage_stmt_bind_text (&stmt, 2, review);
      vantage_stmt_bind_int (&stmt, 3, sort);
      if (vantage_stmt_run (&stmt, &local_error))
        number = sqlite3_last_insert_rowid (vantage_db_get_handle (self->db));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      vantage_store_convert_error (error);
      return 0;
    }
  return number;
}

gint64
vantage_txn_ensure_review_stream (VantageTxn *self, const char *review, VantageStreamSort sort,
                                  GError **error)
{
  g_autofree char *id = vantage_store_dup_stream_id (review, sort);

  if (sort == VANTAGE_STREAM_ORG)
    review = "";
  else if (*review == '\0')
    {
      g_set_error (error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
                   "this kind of thing belongs to a review, and none was named");
      return 0;
    }
  return vantage_txn_ensure_stream (self, id, review, sort, error);
}

/* ---- heads → row ---- */

typedef struct
{
  GString *registers; /* JSON */
  GString *conflicts; /* a line each */
  GHashTable *refs;   /* set of what is pointed at */
  gboolean deleted;
} Sum;

static void
clear_sum (Sum *sum)
{
  g_string_free (sum->registers, TRUE);
  g_string_free (sum->conflicts, TRUE);
  g_hash_table_unref (sum->refs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sum, clear_sum)

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_ops (GPtrArray *heads)
{
  GPtrArray *ops = g_ptr_array_new ();

  for (guint i = 0; heads != NULL && i < heads->len; i++)
    g_ptr_array_add (ops, ((VantageHead *) heads->pdata[i])->op);
  return ops;
}

static void
add_conflict (Sum *sum, const char *field)
{
  g_string_append (sum->conflicts, field);
  g_string_append_c (sum->conflicts, '\n');
}

static void
note_refs (Sum *sum, const VantageField *field, const char *name, VantageValue *value)
{
  const char *element = strchr (name, '/');
  const char *until = NULL;
  VantageWhen when;

  switch (field != NULL ? field->type : VANTAGE_FIELD_TEXT)
    {
    case VANTAGE_FIELD_REF:
      if (vantage_value_get_text (value) != NULL)
        g_hash_table_add (sum->refs, g_strdup (vantage_value_get_text (value)));
      break;
    case VANTAGE_FIELD_REFS:
      if (element != NULL)
        g_hash_table_add (sum->refs, g_strdup (element + 1));
      break;
    case VANTAGE_FIELD_CITES:
      until = element != NULL ? strrchr (element, '@') : NULL;
      if (element != NULL)
        g_hash_table_add (sum->refs, until != NULL
                                         ? g_strndup (element + 1, (gsize) (until - element) - 1)
                                         : g_strdup (element + 1));
      break;
    case VANTAGE_FIELD_WHEN:
      if (vantage_value_get_when (value, &when) && when.sort == VANTAGE_WHEN_ITEM)
        g_hash_table_add (sum->refs, g_strdup (when.item));
      break;
    default:
      break;
    }
}

static void
add_register (Sum *sum, const char *kind, const char *name, GPtrArray *heads)
{
  g_autoptr (GPtrArray) ops = list_ops (heads);
  const VantageKind *known = vantage_kind_find (kind);
  VantageRegister result = { 0 };
  VantageValue *value;

  vantage_merge_register (kind, name, ops, &result);
  if (result.in_conflict)
    add_conflict (sum, name);
  value = result.winner != NULL ? result.winner->value : NULL;
  if (value == NULL || vantage_value_is_null (value) ||
      (vantage_kind_get_merge (kind, name) == VANTAGE_MERGE_OR && !vantage_value_is_member (value)))
    return;

  if (sum->registers->len > 1)
    g_string_append_c (sum->registers, ',');
  vantage_json_append_string (sum->registers, name, -1);
  g_string_append_c (sum->registers, ':');
  g_string_append (sum->registers, vantage_value_get_json (value));
  note_refs (sum, known != NULL ? vantage_kind_find_field (known, name) : NULL, name, value);
}

/* Whether it is in the bin; an op outside what the deleting person knew keeps it alive and shows.
 */
static gboolean
judge_deletion (VantageTxn *txn, VantageEntityState *state, Sum *sum, GError **error)
{
  GPtrArray *heads = vantage_entity_state_get_heads (state, VANTAGE_OP_FIELD_DELETE);
  g_autoptr (GPtrArray) deletes = list_ops (heads);
  g_autoptr (GPtrArray) all = NULL;
  VantageOp *kept_by = NULL;
  gboolean asked = FALSE;

  for (guint i = 0; i < deletes->len; i++)
    asked = asked || vantage_value_get_yesno (((VantageOp *) deletes->pdata[i])->value);
  if (!asked)
    return TRUE;

  all = vantage_db_load_entity_ops (txn->db, state->stream, state->entity, error);
  if (all == NULL)
    return FALSE;
  sum->deleted = vantage_merge_is_deleted (deletes, all, &kept_by);
  if (!sum->deleted && kept_by != NULL)
    add_conflict (sum, VANTAGE_OP_FIELD_DELETE);
  return TRUE;
}

static gboolean
add_up (VantageTxn *txn, VantageEntityState *state, Sum *sum, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name, heads;

  if (!judge_deletion (txn, state, sum, error))
    return FALSE;

  g_hash_table_iter_init (&iter, state->heads);
  while (g_hash_table_iter_next (&iter, &name, &heads))
    if (*(const char *) name != '#')
      g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_texts);

  g_string_append_c (sum->registers, '{');
  for (guint i = 0; i < names->len; i++)
    add_register (sum, state->kind, names->pdata[i],
                  g_hash_table_lookup (state->heads, names->pdata[i]));
  g_string_append_c (sum->registers, '}');
  return TRUE;
}

/* ---- writing ---- */

static gboolean
delete_row (VantageTxn *txn, gint64 key, GError **error)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db, "DELETE FROM entity WHERE key = ?", error);

  vantage_stmt_bind_int (&stmt, 1, key);
  return vantage_stmt_run (&stmt, error);
}

static gboolean
write_refs (VantageTxn *txn, VantageEntityState *state, Sum *sum, gboolean is_new, GError **error)
{
  GHashTableIter iter;
  gpointer target;

  if (!is_new)
    {
      g_auto (VantageStmt) clear =
          vantage_db_prepare (txn->db, "DELETE FROM entity_ref WHERE entity = ?", error);

      vantage_stmt_bind_int (&clear, 1, state->key);
      if (!vantage_stmt_run (&clear, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, sum->refs);
  while (g_hash_table_iter_next (&iter, &target, NULL))
    {
      g_auto (VantageStmt) stmt = vantage_db_prepare (
          txn->db, "INSERT INTO entity_ref (entity, target) VALUES (?, ?)", error);

      vantage_stmt_bind_int (&stmt, 1, state->key);
      vantage_stmt_bind_text (&stmt, 2, target);
      if (!vantage_stmt_run (&stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_row (VantageTxn *txn, VantageEntityState *state, Sum *sum, GError **error)
{
  static const char insert[] =
      "INSERT INTO entity (kind, created, by, first_n, changed, deleted, conflicts, registers,"
      " touched, stream, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  static const char update[] =
      "UPDATE entity SET kind = ?, created = ?, by = ?, first_n = ?, changed = ?, deleted = ?,"
      " conflicts = ?, registers = ?, touched = ? WHERE key = ?";
  gboolean is_new = state->key == 0;
  g_auto (VantageStmt) stmt = vantage_db_prepare (txn->db, is_new ? insert : update, error);

  vantage_stmt_bind_text (&stmt, 1, state->kind);
  vantage_stmt_bind_int (&stmt, 2, (gint64) state->created);
  vantage_stmt_bind_text (&stmt, 3, state->by);
  vantage_stmt_bind_int (&stmt, 4, state->first_n);
  vantage_stmt_bind_int (&stmt, 5, (gint64) state->changed);
  vantage_stmt_bind_int (&stmt, 6, sum->deleted);
  vantage_stmt_bind_text (&stmt, 7, sum->conflicts->str);
  vantage_stmt_bind_text (&stmt, 8, sum->registers->str);
  vantage_stmt_bind_int (&stmt, 9, ++txn->touched);
  if (is_new)
    {
      vantage_stmt_bind_int (&stmt, 10, state->stream);
      vantage_stmt_bind_text (&stmt, 11, state->entity);
    }
  else
    vantage_stmt_bind_int (&stmt, 10, state->key);
  if (!vantage_stmt_run (&stmt, error))
    return FALSE;

  if (is_new)
    state->key = sqlite3_last_insert_rowid (vantage_db_get_handle (txn->db));
  return write_refs (txn, state, sum, is_new, error);
}

static gboolean
flush_state (VantageTxn *txn, VantageEntityState *state, GError **error)
{
  g_auto (Sum) sum = { g_string_new (NULL), g_string_new (NULL),
                       g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), FALSE };

  state->dirty = FALSE;
  if (state->kind == NULL)
    {
      gint64 key = state->key;

      state->key = 0;
      return key == 0 || delete_row (txn, key, error);
    }
  return add_up (txn, state, &sum, error) && write_row (txn, state, &sum, error);
}

static int
compare_states (gconstpointer a, gconstpointer b)
{
  const VantageEntityState *left = *(VantageEntityState *const *) a;
  const VantageEntityState *right = *(VantageEntityState *const *) b;

  if (left->stream != right->stream)
    return left->stream < right->stream ? -1 : 1;
  return strcmp (left->entity, right->entity);
}

/* In order of their names, which is the order of the index. */
gboolean
vantage_txn_flush (VantageTxn *txn, GError **error)
{
  g_autoptr (GPtrArray) dirty = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer state;

  g_hash_table_iter_init (&iter, txn->states);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    if (((VantageEntityState *) state)->dirty)
      g_ptr_array_add (dirty, state);
  g_ptr_array_sort (dirty, compare_states);

  for (guint i = 0; i < dirty->len; i++)
    if (!flush_state (txn, dirty->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* ---- comparing ---- */

static gboolean
is_same_row (VantageStmt *row, VantageEntityState *state, Sum *sum)
{
  return g_strcmp0 (vantage_stmt_get_text (row, 0), state->kind) == 0 &&
         (VantageStamp) vantage_stmt_get_int (row, 1) == state->created &&
         g_strcmp0 (vantage_stmt_get_text (row, 2), state->by) == 0 &&
         vantage_stmt_get_int (row, 3) == state->first_n &&
         (VantageStamp) vantage_stmt_get_int (row, 4) == state->changed &&
         vantage_stmt_get_int (row, 5) == sum->deleted &&
         g_strcmp0 (vantage_stmt_get_text (row, 6), sum->conflicts->str) == 0 &&
         g_strcmp0 (vantage_stmt_get_text (row, 7), sum->registers->str) == 0;
}

static gboolean
has_same_refs (VantageTxn *txn, gint64 key, Sum *sum)
{
  g_auto (VantageStmt) stmt =
      vantage_db_prepare (txn->db, "SELECT target FROM entity_ref WHERE entity = ?", NULL);
  guint n = 0;

  vantage_stmt_bind_int (&stmt, 1, key);
  for (; vantage_stmt_step (&stmt, NULL); n++)
    if (!g_hash_table_contains (sum->refs, vantage_stmt_get_text (&stmt, 0)))
      return FALSE;
  return n == g_hash_table_size (sum->refs);
}

char *
vantage_txn_check_entity (VantageTxn *txn, gint64 stream, const char *entity)
{
  g_autoptr (GError) error = NULL;
  VantageEntityState *state = vantage_txn_read_ops (txn, stream, entity, &error);
  g_auto (Sum) sum = { g_string_new (NULL), g_string_new (NULL),
                       g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), FALSE };
  g_auto (VantageStmt) row = vantage_db_prepare (
      txn->db,
      "SELECT kind, created, by, first_n, changed, deleted, conflicts, registers, key FROM entity"
      " WHERE stream = ? AND id = ?",
      NULL);

  if (state == NULL || !add_up (txn, state, &sum, &error))
    return g_strdup_printf ("entity %s cannot be added up: %s", entity, error->message);

  vantage_stmt_bind_int (&row, 1, stream);
  vantage_stmt_bind_text (&row, 2, entity);
  if (!vantage_stmt_step (&row, NULL))
    return g_strdup_printf ("entity %s has ops and no row", entity);
  if (!is_same_row (&row, state, &sum))
    return g_strdup_printf ("entity %s differs from what its ops add up to", entity);
  if (!has_same_refs (txn, vantage_stmt_get_int (&row, 8), &sum))
    return g_strdup_printf ("entity %s: what it points at is noted wrongly", entity);
  return NULL;
}

/* ---- row → entity ---- */

/* The end of the JSON value that begins at @text; the row was written by us, so it is well formed.
 */
static const char *
skip_value (const char *text)
{
  int depth = 0;

  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        for (text++; *text != '"' && *text != '\0'; text++)
          text += *text == '\\' && text[1] != '\0';
      else if (*text == '{' || *text == '[')
        depth++;
      else if ((*text == '}' || *text == ']' || *text == ',') && depth == 0)
        return text;
      else if (*text == '}' || *text == ']')
        depth--;
      if (*text == '\0')
        return text;
    }
  return text;
}

static char *
read_name (const char *text, const char *end)
{
  gsize length = (gsize) (end - text);

  if (memchr (text, '\\', length) == NULL)
    return g_strndup (text + 1, length - 2);

  g_autoptr (VantageValue) value = vantage_value_parse (text, (gssize) length, NULL);

  return g_strdup (value != NULL ? vantage_value_get_text (value) : "");
}

static GHashTable *
read_registers (const char *json)
{
  GHashTable *registers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) vantage_value_unref);
  const char *at = json + 1;

  while (*at == '"')
    {
      const char *name = at;
      VantageValue *value;

      for (at++; *at != '"' && *at != '\0'; at++)
        at += *at == '\\' && at[1] != '\0';
      if (*at == '\0')
        break;
      g_autofree char *key = read_name (name, ++at);
      const char *from = *at == ':' ? ++at : at;

      at = skip_value (from);
      value = vantage_value_parse (from, at - from, NULL);
      if (value != NULL)
        g_hash_table_replace (registers, g_steal_pointer (&key), value);
      if (*at == ',')
        at++;
    }
  return registers;
}

VantageEntity *
vantage_entity_from_row (VantageStmt *stmt)
{
  g_autoptr (GHashTable) registers = read_registers (vantage_stmt_get_text (stmt, 7));
  const char *conflicts = vantage_stmt_get_text (stmt, 6);
  g_auto (GStrv) names = NULL;

  if (conflicts != NULL && *conflicts != '\0')
    {
      names = g_strsplit (conflicts, "\n", -1);
      g_clear_pointer (&names[g_strv_length (names) - 1], g_free);
    }
  return vantage_entity_new (vantage_stmt_get_text (stmt, 8), vantage_stmt_get_text (stmt, 1),
                             vantage_stmt_get_text (stmt, 0), registers,
                             vantage_stamp_get_us ((VantageStamp) vantage_stmt_get_int (stmt, 2)),
                             vantage_stamp_get_us ((VantageStamp) vantage_stmt_get_int (stmt, 4)),
                             vantage_stmt_get_text (stmt, 3), (const char *const *) names,
                             vantage_stmt_get_int (stmt, 5));
}

GPtrArray *
vantage_store_collect_entities (VantageStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func (g_object_unref);

  while (vantage_stmt_step (stmt, error))
    g_ptr_array_add (entities, vantage_entity_from_row (stmt));
  if (!stmt->failed)
    return g_steal_pointer (&entities);

  vantage_store_convert_error (error);
  return NULL;
}
