/* vantage-vault-passages.c: passages, and anchors that keep to their words when a line is edited.
 */

#include "vantage-id.h"
#include "vantage-json.h"
#include "vantage-text.h"
#include "vantage-vault-private.h"

static void
set_member (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, name, text);
}

static JsonNode *
passage_to_json (const VantagePrivatePassage *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *anchors = json_array_new ();
  JsonArray *codings = json_array_new ();
  JsonArray *made = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < self->anchors->len; i++)
    {
      const VantageAnchor *anchor = self->anchors->pdata[i];
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "line", anchor->line);
      json_object_set_int_member (entry, "from", anchor->from);
      json_object_set_int_member (entry, "to", anchor->to);
      json_object_set_string_member (entry, "words", anchor->words);
      json_array_add_object_element (anchors, entry);
    }
  for (guint i = 0; i < self->codings->len; i++)
    {
      const VantageCoding *coding = self->codings->pdata[i];
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "code", coding->code);
      set_member (entry, "coder", coding->coder);
      set_member (entry, "memo", coding->memo);
      json_array_add_object_element (codings, entry);
    }
  for (guint i = 0; i < self->made->len; i++)
    {
      const VantageMade *one = self->made->pdata[i];
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "kind", one->kind);
      json_object_set_string_member (entry, "id", one->id);
      json_array_add_object_element (made, entry);
    }
  json_object_set_array_member (object, "anchors", anchors);
  json_object_set_array_member (object, "codes", codings);
  json_object_set_array_member (object, "made", made);
  set_member (object, "claim", self->claim);
  set_member (object, "memo", self->memo);
  set_member (object, "released", self->released);
  set_member (object, "form", self->released_form);
  {
    g_autofree char *made_us = g_strdup_printf ("%" G_GINT64_FORMAT, self->made_us);

    json_object_set_string_member (object, "made_us", made_us);
  }
  json_node_take_object (node, object);
  return node;
}

static void
put_text (char **slot, const char *text)
{
  g_free (*slot);
  *slot = g_strdup (text);
}

/* The n-th member of an array of objects; NULL: it is none. */
static JsonObject *
get_entry (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
get_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static void
read_anchors (VantagePrivatePassage *self, JsonArray *array)
{
  for (guint i = 0; i < get_length (array); i++)
    {
      JsonObject *entry = get_entry (array, i);
      VantageAnchor *anchor = g_new0 (VantageAnchor, 1);

      anchor->line = g_strdup (vantage_json_get_text (entry, "line", ""));
      anchor->from = (guint) CLAMP (vantage_json_get_int (entry, "from", 0), 0, G_MAXINT);
      anchor->to = (guint) CLAMP (vantage_json_get_int (entry, "to", 0), anchor->from, G_MAXINT);
      anchor->words = g_strdup (vantage_json_get_text (entry, "words", ""));
      g_ptr_array_add (self->anchors, anchor);
    }
}

static VantagePrivatePassage *
passage_from_row (const VantageVaultRow *row)
{
  JsonObject *object = json_node_get_object (row->data);
  JsonArray *codings = vantage_json_get_array (object, "codes");
  JsonArray *made = vantage_json_get_array (object, "made");
  VantagePrivatePassage *self = vantage_private_passage_new (row->interview);

  put_text (&self->id, row->id);
  put_text (&self->claim, vantage_json_get_text (object, "claim", "recall"));
  put_text (&self->memo, vantage_json_get_text (object, "memo", ""));
  put_text (&self->released, vantage_json_get_text (object, "released", NULL));
  put_text (&self->released_form, vantage_json_get_text (object, "form", NULL));
  self->made_us = g_ascii_strtoll (vantage_json_get_text (object, "made_us", "0"), NULL, 10);
  read_anchors (self, vantage_json_get_array (object, "anchors"));
  for (guint i = 0; i < get_length (codings); i++)
    {
      JsonObject *entry = get_entry (codings, i);

      vantage_private_passage_set_code (self, vantage_json_get_text (entry, "code", ""),
                                        vantage_json_get_text (entry, "coder", ""),
                                        vantage_json_get_text (entry, "memo", ""));
    }
  for (guint i = 0; i < get_length (made); i++)
    {
      JsonObject *entry = get_entry (made, i);

      vantage_private_passage_add_made (self, vantage_json_get_text (entry, "kind", ""),
                                        vantage_json_get_text (entry, "id", ""));
    }
  return self;
}

static gboolean
put_passage_row (VantageVaultStep *step, const VantagePrivatePassage *passage, GError **error)
{
  g_autoptr (VantageVaultRow) row = vantage_vault_row_new (
      &vantage_vault_passages, passage->id, passage->interview, NULL, 0, passage_to_json (passage));

  return vantage_vault_step_put (step, row, error);
}

/* ---- reading ---- */

/* Where a passage begins: the place of its first line, then the code point. */
typedef struct
{
  VantagePrivatePassage *passage;
  gint64 place;
} Placed;

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *one = a;
  const Placed *other = b;

  if (one->place != other->place)
    return one->place < other->place ? -1 : 1;
  return g_strcmp0 (one->passage->id, other->passage->id);
}

static gint64
find_place (const VantagePrivatePassage *passage, GHashTable *lines)
{
  const VantageAnchor *anchor = passage->anchors->len > 0 ? passage->anchors->pdata[0] : NULL;
  gpointer index = NULL;

  if (anchor == NULL || !g_hash_table_lookup_extended (lines, anchor->line, NULL, &index))
    return G_MAXINT64;
  return ((gint64) GPOINTER_TO_UINT (index) << 32) + anchor->from;
}

GPtrArray *
vantage_vault_list_passages (VantageVault *self, const char *interview, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  GPtrArray *passages;

  if (!vantage_vault_require_key (self, error))
    return NULL;
  rows = vantage_vault_read_rows (self, &vantage_vault_passages, interview, error);
  if (rows == NULL)
    return NULL;
  lines = vantage_vault_read_rows (self, &vantage_vault_lines, interview, error);
  if (lines == NULL)
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    g_hash_table_insert (places, ((VantageVaultRow *) lines->pdata[i])->id, GUINT_TO_POINTER (i));
  for (guint i = 0; i < rows->len; i++)
    {
      Placed one = { passage_from_row (rows->pdata[i]), 0 };

      one.place = find_place (one.passage, places);
      g_array_append_val (placed, one);
    }
  g_array_sort (placed, compare_placed);
  passages = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_private_passage_free);
  for (guint i = 0; i < placed->len; i++)
    g_ptr_array_add (passages, g_array_index (placed, Placed, i).passage);
  return passages;
}

VantagePrivatePassage *
vantage_vault_get_passage (VantageVault *self, const char *id, GError **error)
{
  g_autoptr (VantageVaultRow) row = NULL;

  if (!vantage_vault_require_key (self, error) ||
      !vantage_vault_read_row (self, &vantage_vault_passages, id, &row, error))
    return NULL;
  if (row != NULL)
    return passage_from_row (row);
  g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_NOT_FOUND, "no passage %s", id);
  return NULL;
}

/* ---- writing ---- */

gboolean
vantage_vault_put_passage (VantageVault *self, VantagePrivatePassage *passage, const char *what,
                           GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };

  if (passage->anchors->len == 0)
    {
      g_set_error (error, VANTAGE_VAULT_ERROR, VANTAGE_VAULT_ERROR_INVALID,
                   "a passage rests on no line");
      return FALSE;
    }
  if (!vantage_vault_step_begin (&step, self, passage->interview, what, error))
    return FALSE;
  if (*passage->id == '\0')
    {
      passage->made_us = vantage_vault_now_us (self);
      g_free (passage->id);
      passage->id = vantage_id_new (passage->made_us);
    }
  return put_passage_row (&step, passage, error) && vantage_vault_step_commit (&step, error);
}

gboolean
vantage_vault_delete_passage (VantageVault *self, const char *id, const char *what, GError **error)
{
  g_auto (VantageVaultStep) step = { 0 };
  g_autoptr (VantagePrivatePassage) passage = vantage_vault_get_passage (self, id, error);

  return passage != NULL &&
         vantage_vault_step_begin (&step, self, passage->interview, what, error) &&
         vantage_vault_step_remove (&step, &vantage_vault_passages, id, error) &&
         vantage_vault_step_commit (&step, error);
}

/* ---- anchors ---- */

static gboolean
move_anchor (VantageVault *vault, VantageAnchor *anchor, const char *before, const char *after)
{
  guint from = anchor->from;
  guint to = anchor->to;

  vault->options.move_anchor (before, after, &from, &to);
  if (from < to)
    {
      g_free (anchor->words);
      anchor->words = vantage_text_slice (after, from, to);
    }
  anchor->from = from;
  anchor->to = to;
  return TRUE;
}

gboolean
vantage_vault_step_move_anchors (VantageVaultStep *step, const char *line, const char *before,
                                 const char *after, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (step->vault->options.move_anchor == NULL || g_strcmp0 (before, after) == 0)
    return TRUE;
  rows = vantage_vault_read_rows (step->vault, &vantage_vault_passages, step->interview, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (VantagePrivatePassage) passage = passage_from_row (rows->pdata[i]);
      gboolean moved = FALSE;

      for (guint j = 0; j < passage->anchors->len; j++)
        {
          VantageAnchor *anchor = passage->anchors->pdata[j];

          if (g_strcmp0 (anchor->line, line) == 0)
            moved |= move_anchor (step->vault, anchor, before, after);
        }
      if (moved && !put_passage_row (step, passage, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
vantage_vault_step_drop_anchors (VantageVaultStep *step, GHashTable *lines, GError **error)
{
  g_autoptr (GPtrArray) rows =
      vantage_vault_read_rows (step->vault, &vantage_vault_passages, step->interview, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (VantagePrivatePassage) passage = passage_from_row (rows->pdata[i]);
      guint n = passage->anchors->len;
      gboolean ok = TRUE;

      for (guint j = n; j-- > 0;)
        if (g_hash_table_contains (lines, ((VantageAnchor *) passage->anchors->pdata[j])->line))
          g_ptr_array_remove_index (passage->anchors, j);
      if (passage->anchors->len == 0)
        ok = vantage_vault_step_remove (step, &vantage_vault_passages, passage->id, error);
      else if (passage->anchors->len < n)
        ok = put_passage_row (step, passage, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}
