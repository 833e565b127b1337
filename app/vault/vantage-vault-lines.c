/* vantage-vault-lines.c: lines of notes: adding, changing, moving, deleting them. */

#include <string.h>

#include "vantage-id.h"
#include "vantage-json.h"
#include "vantage-line-list.h"
#include "vantage-line-private.h"
#include "vantage-order-key.h"
#include "vantage-vault-private.h"

#define MAX_TEXT (64 * 1024)

static gboolean
check_text (const char *text, GError **error)
{
  if (text == NULL || strlen (text) <= MAX_TEXT)
    {
      if (text == NULL || g_utf8_validate (text, -1, NULL))
        return TRUE;
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID,
                   "the text of a line is not valid UTF-8");
      return FALSE;
    }
  g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID,
               "a line holds at most %d KiB of text; this has %" G_GSIZE_FORMAT, MAX_TEXT / 1024,
               strlen (text) / 1024);
  return FALSE;
}

static gboolean
fail_not_found (const char *what, const char *id, GError **error)
{
  g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOT_FOUND, "no %s %s", what, id);
  return FALSE;
}

static VantageVaultRow *
read_line (VantageVault *self, const char *id, GError **error)
{
  VantageVaultRow *row = NULL;

  if (vantage_vault_read_row (self, &vantage_vault_lines, id, &row, error) && row == NULL)
    fail_not_found ("line", id, error);
  return row;
}

VantageLine *
vantage_vault_get_line (VantageVault *self, const char *id, GError **error)
{
  g_autoptr (VantageVaultRow) row = NULL;
  VantageLine *line;

  if (!vantage_vault_require_key (self, error))
    return NULL;
  row = read_line (self, id, error);
  if (row == NULL)
    return NULL;
  line = vantage_line_new (row->id, row->interview);
  vantage_line_take_row (line, row->text, row->number, json_node_get_object (row->data));
  return line;
}

/* ---- places ---- */

/* Where one line stands; nothing that has to be decrypted. */
typedef struct
{
  char *id;
  char *pos;
} Place;

static void
clear_place (gpointer data)
{
  Place *place = data;

  g_free (place->id);
  g_free (place->pos);
}

/* The lines of an interview in order. (element-type Place) */
static GArray *
read_places (VantageVault *self, const char *interview, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_auto (VantageStmt) stmt = vantage_db_prepare (
      self->db, "SELECT id, pos FROM line WHERE interview = ?1 ORDER BY pos, id", error);

  g_array_set_clear_func (places, clear_place);
  vantage_stmt_bind_text (&stmt, 1, interview);
  while (vantage_stmt_step (&stmt, error))
    {
      Place place = { g_strdup (vantage_stmt_get_text (&stmt, 0)),
                      g_strdup (vantage_stmt_get_text (&stmt, 1)) };

      g_array_append_val (places, place);
    }
  if (stmt.failed)
    {
      vantage_vault_map_error (error);
      return NULL;
    }
  return g_steal_pointer (&places);
}

/* Index of the line after which to stand, -1: before all. */
static gboolean
find_after (GArray *places, const char *after, int *out_index, GError **error)
{
  *out_index = -1;
  if (after == NULL)
    return TRUE;
  for (guint i = 0; i < places->len; i++)
    if (g_str_equal (g_array_index (places, Place, i).id, after))
      {
        *out_index = (int) i;
        return TRUE;
      }
  return fail_not_found ("line", after, error);
}

static const char *
get_pos (GArray *places, int index)
{
  return index >= 0 && index < (int) places->len ? g_array_index (places, Place, index).pos : NULL;
}

/* Gives every line of @places a key anew, when no key fits between two. */
static gboolean
spread_out (VantageVaultStep *step, GArray *places, GError **error)
{
  g_auto (GStrv) keys = vantage_order_keys_between (NULL, NULL, places->len);

  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);
      g_autoptr (VantageVaultRow) row = read_line (step->vault, place->id, error);

      if (row == NULL)
        return FALSE;
      g_free (row->text);
      g_free (place->pos);
      row->text = g_strdup (keys[i]);
      place->pos = g_strdup (keys[i]);
      if (!vantage_vault_step_put (step, row, error))
        return FALSE;
    }
  return TRUE;
}

/* A key for the place after @after among @places. */
static char *
make_pos (VantageVaultStep *step, GArray *places, int after, GError **error)
{
  char *pos = vantage_order_key_between (get_pos (places, after), get_pos (places, after + 1));

  if (pos != NULL)
    return pos;
  if (!spread_out (step, places, error))
    return NULL;
  return vantage_order_key_between (get_pos (places, after), get_pos (places, after + 1));
}

VantageLine *
vantage_vault_add_line (VantageVault *self, const char *interview, const char *id,
                        const VantageLineFields *fields, const char *after, const char *what,
                        GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };
  g_autoptr (GArray) places = NULL;
  g_autoptr (VantageVaultRow) row = NULL;
  g_autofree char *fresh = NULL;
  g_autofree char *pos = NULL;
  int place;

  if (!check_text (fields->text, error) ||
      !vantage_vault_step_begin (&step, self, interview, what, error))
    return NULL;
  places = read_places (self, interview, error);
  if (places == NULL || !find_after (places, after, &place, error))
    return NULL;
  pos = make_pos (&step, places, after != NULL ? place : (int) places->len - 1, error);
  if (pos == NULL)
    return NULL;
  fresh = id != NULL ? g_strdup (id) : vantage_vault_new_line_id (self);
  row = vantage_vault_row_new (&vantage_vault_lines, fresh, interview, pos, fields->begun_us,
                               vantage_line_fields_to_json (fields, NULL));
  if (!vantage_vault_step_put (&step, row, error) ||
      !vantage_vault_erase_draft (self, fresh, error) || !vantage_vault_step_commit (&step, error))
    return NULL;
  return vantage_vault_get_line (self, fresh, error);
}

/* ---- changing one line ---- */

typedef void (*ChangeFields) (VantageLineFields *fields, gconstpointer data);

static gboolean
change_fields (VantageVault *self, const char *id, ChangeFields change, gconstpointer data,
               const char *what, GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };
  g_autoptr (VantageVaultRow) row = NULL;
  g_autoptr (VantageVaultRow) changed = NULL;
  VantageLineFields fields;
  JsonObject *object;
  const char *original;

  if (!vantage_vault_require_key (self, error))
    return FALSE;
  row = read_line (self, id, error);
  if (row == NULL || !vantage_vault_step_begin (&step, self, row->interview, what, error))
    return FALSE;
  g_clear_pointer (&row, vantage_vault_row_free);
  row = read_line (self, id, error); /* as it stands now that nobody else writes */
  if (row == NULL)
    return FALSE;
  object = json_node_get_object (row->data);
  vantage_line_fields_from_json (object, row->number, &fields, &original);
  if (!json_object_has_member (object, "original"))
    original = NULL;
  change (&fields, data);
  changed =
      vantage_vault_row_new (&vantage_vault_lines, id, row->interview, row->text, fields.begun_us,
                             vantage_line_fields_to_json (&fields, original));
  return vantage_vault_step_put (&step, changed, error) && vantage_vault_step_commit (&step, error);
}

gboolean
vantage_vault_set_line_text (VantageVault *self, const char *id, const char *text, const char *what,
                             GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };
  g_autoptr (VantageVaultRow) row = NULL;
  g_autoptr (VantageVaultRow) changed = NULL;
  VantageLineFields fields;
  const char *original;
  const char *before;

  if (!check_text (text, error) || !vantage_vault_require_key (self, error))
    return FALSE;
  row = read_line (self, id, error);
  if (row == NULL || !vantage_vault_step_begin (&step, self, row->interview, what, error))
    return FALSE;
  g_clear_pointer (&row, vantage_vault_row_free);
  row = read_line (self, id, error);
  if (row == NULL)
    return FALSE;
  vantage_line_fields_from_json (json_node_get_object (row->data), row->number, &fields, &original);
  before = fields.text;
  fields.text = text;
  /* an empty line that is typed into for the first time has no original but that text */
  if (*original == '\0' || g_strcmp0 (original, text) == 0)
    original = NULL;
  changed = vantage_vault_row_new (&vantage_vault_lines, id, row->interview, row->text, row->number,
                                   vantage_line_fields_to_json (&fields, original));
  return vantage_vault_step_put (&step, changed, error) &&
         vantage_vault_step_move_anchors (&step, id, before, text, error) &&
         vantage_vault_erase_draft (self, id, error) && vantage_vault_step_commit (&step, error);
}

static void
put_marks (VantageLineFields *fields, gconstpointer data)
{
  fields->marks = *(const VantageLineMarks *) data;
}

gboolean
vantage_vault_set_line_marks (VantageVault *self, const char *id, VantageLineMarks marks,
                              const char *what, GError **error)
{
  return change_fields (self, id, put_marks, &marks, what, error);
}

static void
put_sort (VantageLineFields *fields, gconstpointer data)
{
  fields->sort = *(const VantageLineSort *) data;
}

gboolean
vantage_vault_set_line_sort (VantageVault *self, const char *id, VantageLineSort sort,
                             const char *what, GError **error)
{
  return change_fields (self, id, put_sort, &sort, what, error);
}

static void
put_place (VantageLineFields *fields, gconstpointer data)
{
  const char *const *place = data;

  fields->phase = place[0];
  fields->question = place[1];
}

gboolean
vantage_vault_set_line_place (VantageVault *self, const char *id, const char *phase,
                              const char *question, const char *what, GError **error)
{
  const char *place[] = { phase, question };

  return change_fields (self, id, put_place, place, what, error);
}

static void
put_begun (VantageLineFields *fields, gconstpointer data)
{
  fields->begun_us = *(const gint64 *) data;
}

gboolean
vantage_vault_set_line_begun (VantageVault *self, const char *id, gint64 begun_us, const char *what,
                              GError **error)
{
  return change_fields (self, id, put_begun, &begun_us, what, error);
}

gboolean
vantage_vault_move_line (VantageVault *self, const char *id, const char *after, const char *what,
                         GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };
  g_autoptr (VantageVaultRow) row = NULL;
  g_autoptr (GArray) places = NULL;
  int own, place;

  if (!vantage_vault_require_key (self, error))
    return FALSE;
  row = read_line (self, id, error);
  if (row == NULL || !vantage_vault_step_begin (&step, self, row->interview, what, error))
    return FALSE;
  places = read_places (self, row->interview, error);
  if (places == NULL || !find_after (places, id, &own, error))
    return FALSE;
  if (after != NULL && g_str_equal (after, id))
    return TRUE;
  g_array_remove_index (places, (guint) own);
  if (!find_after (places, after, &place, error))
    return FALSE;
  if (place == own - 1) /* it stands there already */
    return TRUE;
  g_clear_pointer (&row, vantage_vault_row_free);
  row = read_line (self, id, error); /* as it stands now that nobody else writes */
  if (row == NULL)
    return FALSE;
  g_free (row->text);
  row->text = make_pos (&step, places, place, error);
  return row->text != NULL && vantage_vault_step_put (&step, row, error) &&
         vantage_vault_step_commit (&step, error);
}

gboolean
vantage_vault_delete_lines (VantageVault *self, const char *const *ids, const char *what,
                            GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };
  g_autoptr (VantageVaultRow) first = NULL;
  g_autoptr (GHashTable) lines = g_hash_table_new (g_str_hash, g_str_equal);

  if (!vantage_vault_require_key (self, error))
    return FALSE;
  if (ids[0] == NULL)
    return TRUE;
  first = read_line (self, ids[0], error);
  if (first == NULL || !vantage_vault_step_begin (&step, self, first->interview, what, error))
    return FALSE;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_hash_table_add (lines, (char *) ids[i]);
      if (!vantage_vault_step_remove (&step, &vantage_vault_lines, ids[i], error) ||
          !vantage_vault_erase_draft (self, ids[i], error))
        return FALSE;
    }
  return vantage_vault_step_drop_anchors (&step, lines, error) &&
         vantage_vault_step_commit (&step, error);
}

/* ---- the live list ---- */

static gboolean
fill_list (VantageVault *self, const char *interview, VantageLineList *list, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) rows =
      vantage_vault_read_rows (self, &vantage_vault_lines, interview, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (ids, ((VantageVaultRow *) rows->pdata[i])->id);
  vantage_line_list_keep_only (list, ids);
  for (guint i = 0; i < rows->len; i++)
    {
      VantageVaultRow *row = rows->pdata[i];

      vantage_line_list_put (list, interview, row->id, row->text, row->number,
                             json_node_get_object (row->data));
    }
  return TRUE;
}

static void
list_gone_cb (gpointer data, GObject *where)
{
  VantageVault *self = data;
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    if (list == where)
      g_hash_table_iter_remove (&iter);
}

void
vantage_vault_drop_lists (VantageVault *self)
{
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    g_object_weak_unref (list, list_gone_cb, self);
  g_hash_table_remove_all (self->lists);
}

GListModel *
vantage_vault_get_lines (VantageVault *self, const char *interview, GError **error)
{
  g_autoptr (VantageLineList) list = NULL;

  if (!vantage_vault_require_key (self, error))
    return NULL;
  list = g_hash_table_lookup (self->lists, interview);
  if (list != NULL)
    return G_LIST_MODEL (g_object_ref (g_steal_pointer (&list)));
  list = vantage_line_list_new ();
  if (!fill_list (self, interview, list, error))
    return NULL;
  g_object_weak_ref (G_OBJECT (list), list_gone_cb, self);
  g_hash_table_insert (self->lists, g_strdup (interview), list);
  vantage_vault_watch (self);
  return G_LIST_MODEL (g_steal_pointer (&list));
}

void
vantage_vault_refresh_lists (VantageVault *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GError) error = NULL;
      VantageLineList *list = g_hash_table_lookup (self->lists, names->pdata[i]);

      if (list == NULL)
        continue;
      g_object_ref (list);
      if (!fill_list (self, names->pdata[i], list, &error))
        g_warning ("notes of interview %s: %s", (char *) names->pdata[i], error->message);
      g_object_unref (list);
    }
}

void
vantage_vault_announce (VantageVault *self, const char *interview, GPtrArray *changes,
                        gboolean backwards)
{
  VantageLineList *list = g_hash_table_lookup (self->lists, interview);

  if (list != NULL)
    g_object_ref (list);
  for (guint i = 0; list != NULL && i < changes->len; i++)
    {
      VantageVaultChange *change = changes->pdata[i];
      VantageVaultRow *now = backwards ? change->before : change->after;
      VantageVaultRow *was = backwards ? change->after : change->before;

      if ((now != NULL ? now : was)->table != &vantage_vault_lines)
        continue;
      if (now != NULL)
        vantage_line_list_put (list, interview, now->id, now->text, now->number,
                               json_node_get_object (now->data));
      else
        vantage_line_list_remove (list, was->id);
    }
  g_clear_object (&list);
  g_signal_emit_by_name (self, "changed", interview);
}
