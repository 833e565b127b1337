/* vantage-edit.c: gathering an edit; each value is checked against the table as it comes in. Prose
 * becomes paragraphs, each an entity: what stays equal keeps its id, what was reworded keeps it
 * too, and only the rest comes or goes. */

#include "vantage-edit.h"

#include <string.h>

#include "vantage-edit-private.h"
#include "vantage-entity-cache.h"
#include "vantage-id.h"
#include "vantage-library-private.h"
#include "vantage-library-read.h"
#include "vantage-order-key.h"

VantageWrite *
vantage_write_new (VantageStreamSort sort, const char *kind, const char *entity, const char *field,
                   VantageValue *value)
{
  VantageWrite *self = g_new0 (VantageWrite, 1);

  self->sort = sort;
  self->kind = g_strdup (kind);
  self->entity = g_strdup (entity);
  self->field = g_strdup (field);
  self->value = vantage_value_ref (value);
  return self;
}

void
vantage_write_free (gpointer data)
{
  VantageWrite *self = data;

  g_free (self->kind);
  g_free (self->entity);
  g_free (self->field);
  vantage_value_unref (self->value);
  g_clear_pointer (&self->stead, vantage_op_unref);
  g_free (self);
}

VantageEdit *
vantage_library_begin (VantageLibrary *library, const char *review, const char *what)
{
  VantageEdit *self = g_new0 (VantageEdit, 1);

  self->library = g_object_ref (library);
  self->review = g_strdup (review != NULL ? review : "");
  self->what = g_strdup (what);
  self->writes = g_ptr_array_new_with_free_func (vantage_write_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->made_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
vantage_edit_free (VantageEdit *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->made_ids);
  g_ptr_array_unref (self->writes);
  g_clear_error (&self->error);
  g_free (self->review);
  g_free (self->what);
  g_free (self->typing_key);
  g_object_unref (self->library);
  g_free (self);
}

static void G_GNUC_PRINTF (3, 4) refuse (VantageEdit *self, int code, const char *format, ...)
{
  va_list arguments;

  if (self->error != NULL)
    return;
  va_start (arguments, format);
  self->error = g_error_new_valist (VANTAGE_STORE_ERROR, code, format, arguments);
  va_end (arguments);
}

void
vantage_edit_add_write (VantageEdit *self, VantageWrite *write)
{
  g_autofree char *name = g_strdup_printf ("%d\n%s\n%s", write->sort, write->entity, write->field);
  VantageWrite *earlier = g_hash_table_lookup (self->by_name, name);

  if (earlier != NULL)
    {
      VantageValue *value = earlier->value;

      earlier->value = write->value;
      write->value = value;
      earlier->made = earlier->made && write->made;
      vantage_write_free (write);
      return;
    }
  g_hash_table_insert (self->by_name, g_steal_pointer (&name), write);
  g_ptr_array_add (self->writes, write);
}

static const VantageKind *
find_kind (VantageEdit *self, const char *kind)
{
  const VantageKind *known = vantage_kind_find (kind);

  if (known == NULL)
    refuse (self, VANTAGE_STORE_ERROR_INVALID, "there is no kind “%s”", kind);
  return known;
}

const char *
vantage_edit_create (VantageEdit *self, const char *kind)
{
  const VantageKind *known = find_kind (self, kind);
  char *id = vantage_id_new (vantage_library_now_us (self->library));
  g_autoptr (VantageValue) live = vantage_value_new_yesno (FALSE);
  VantageWrite *write;

  g_hash_table_add (self->made_ids, id);
  if (known == NULL)
    return id;
  if (known->computed_id)
    refuse (self, VANTAGE_STORE_ERROR_INVALID, "the id of a %s is worked out, never made", kind);
  if (strcmp (kind, "review") == 0)
    {
      g_free (self->review);
      self->review = g_strdup (id);
      self->makes_review = TRUE;
    }

  write = vantage_write_new (known->stream, kind, id, VANTAGE_OP_FIELD_DELETE, live);
  write->made = TRUE;
  vantage_edit_add_write (self, write);
  return id;
}

void
vantage_edit_set (VantageEdit *self, const char *kind, const char *id, const char *field,
                  VantageValue *value)
{
  g_autoptr (VantageValue) owned = value;
  const VantageKind *known = find_kind (self, kind);

  if (known == NULL || self->error != NULL)
    return;
  if (!vantage_kind_validate (known, field, value, &self->error))
    return;
  if (!known->computed_id && !vantage_id_is_valid (id))
    {
      refuse (self, VANTAGE_STORE_ERROR_INVALID, "“%s” is no id", id);
      return;
    }
  if ((strcmp (field, "parent") == 0 || strcmp (field, "group") == 0 ||
       strcmp (field, "into") == 0) &&
      g_strcmp0 (vantage_value_get_text (value), id) == 0)
    {
      refuse (self, VANTAGE_STORE_ERROR_INVALID, "a %s cannot stand inside itself", kind);
      return;
    }
  vantage_edit_add_write (self, vantage_write_new (known->stream, kind, id, field, value));
}

void
vantage_edit_set_text (VantageEdit *self, const char *kind, const char *id, const char *field,
                       const char *text)
{
  vantage_edit_set (self, kind, id, field,
                    text != NULL ? vantage_value_new_text (text) : vantage_value_new_null ());
}

void
vantage_edit_set_ref (VantageEdit *self, const char *kind, const char *id, const char *field,
                      const char *target)
{
  vantage_edit_set (self, kind, id, field,
                    target != NULL ? vantage_value_new_ref (target) : vantage_value_new_null ());
}

void
vantage_edit_set_yesno (VantageEdit *self, const char *kind, const char *id, const char *field,
                        gboolean yes)
{
  vantage_edit_set (self, kind, id, field, vantage_value_new_yesno (yes));
}

void
vantage_edit_set_int (VantageEdit *self, const char *kind, const char *id, const char *field,
                      gint64 number)
{
  vantage_edit_set (self, kind, id, field, vantage_value_new_int (number));
}

void
vantage_edit_set_time (VantageEdit *self, const char *kind, const char *id, const char *field,
                       gint64 us)
{
  vantage_edit_set (self, kind, id, field,
                    us == G_MININT64 ? vantage_value_new_null () : vantage_value_new_time (us));
}

void
vantage_edit_set_when (VantageEdit *self, const char *kind, const char *id, const char *field,
                       const VantageWhen *when)
{
  vantage_edit_set (self, kind, id, field, vantage_value_new_when (when));
}

void
vantage_edit_set_member (VantageEdit *self, const char *kind, const char *id, const char *field,
                         const char *element, gboolean in)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", field, element);

  vantage_edit_set (self, kind, id, name, vantage_value_new_yesno (in));
}

static char *
make_cite_name (const char *item, int from, int to)
{
  return from < 0 ? g_strdup_printf ("cites/%s", item)
                  : g_strdup_printf ("cites/%s@%d-%d", item, from, to);
}

void
vantage_edit_cite (VantageEdit *self, const char *kind, const char *id, const char *item, int from,
                   int to, const char *quote, const char *version)
{
  g_autofree char *name = make_cite_name (item, from, to);

  vantage_edit_set (self, kind, id, name, vantage_value_new_cite (quote, version));
}

void
vantage_edit_uncite (VantageEdit *self, const char *kind, const char *id, const char *item,
                     int from, int to)
{
  g_autofree char *name = make_cite_name (item, from, to);

  vantage_edit_set (self, kind, id, name, vantage_value_new_yesno (FALSE));
}

static void
mark_deleted (VantageEdit *self, const char *kind, const char *id, gboolean deleted)
{
  const VantageKind *known = find_kind (self, kind);
  g_autoptr (VantageValue) value = vantage_value_new_yesno (deleted);

  if (known != NULL)
    vantage_edit_add_write (
        self, vantage_write_new (known->stream, kind, id, VANTAGE_OP_FIELD_DELETE, value));
}

void
vantage_edit_delete (VantageEdit *self, const char *kind, const char *id)
{
  mark_deleted (self, kind, id, TRUE);
}

void
vantage_edit_undelete (VantageEdit *self, const char *kind, const char *id)
{
  mark_deleted (self, kind, id, FALSE);
}

void
vantage_edit_set_unlisted (VantageEdit *self)
{
  self->unlisted = TRUE;
}

void
vantage_edit_set_typing (VantageEdit *self, const char *key)
{
  g_free (self->typing_key);
  self->typing_key = g_strdup (key);
}

/* ---- prose ---- */

/* Cells of the comparison table; beyond it only equal beginnings and ends are found. */
#define MAX_CELLS (1000 * 1000)

typedef struct
{
  const char *style;
  char *text;
} Paragraph;

static void
free_paragraph (gpointer data)
{
  Paragraph *self = data;

  g_free (self->text);
  g_free (self);
}

/* ---- text → paragraphs ---- */

static void
add_paragraph (GPtrArray *out, const char *style, const char *text, gsize length)
{
  Paragraph *paragraph = g_new (Paragraph, 1);

  *paragraph = (Paragraph){ style, g_strndup (text, length) };
  g_ptr_array_add (out, paragraph);
}

/* Where to cut what is longer than one op may hold: at the last blank, else between letters. */
static gsize
find_cut (const char *text, gsize length)
{
  gsize cut = VANTAGE_OP_MAX_TEXT;

  if (length <= cut)
    return length;
  while (cut > VANTAGE_OP_MAX_TEXT / 2 && !g_ascii_isspace (text[cut - 1]))
    cut--;
  if (cut > VANTAGE_OP_MAX_TEXT / 2)
    return cut;
  for (cut = VANTAGE_OP_MAX_TEXT; (text[cut] & 0xc0) == 0x80;)
    cut--;
  return cut;
}

static void
read_paragraph (GPtrArray *out, const char *text, gsize length)
{
  static const char *const styles[] = { "heading", "quote", "list", "code" };
  const char *style = "text";

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      const char *mark = vantage_store_get_style_mark (styles[i]);
      gsize n = strlen (mark);

      if (length < n || strncmp (text, mark, n) != 0)
        continue;
      style = styles[i];
      text += n;
      length -= n;
      break;
    }
  while (length > 0)
    {
      gsize cut = find_cut (text, length);

      add_paragraph (out, style, text, cut);
      text += cut;
      length -= cut;
    }
}

static gboolean
is_blank_line (const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (line[i]))
      return FALSE;
  return TRUE;
}

static GPtrArray *
split_paragraphs (const char *text)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (free_paragraph);
  const char *from = NULL, *end = NULL;

  while (*text != '\0')
    {
      const char *next = strchr (text, '\n');
      gsize length = next != NULL ? (gsize) (next - text) : strlen (text);

      if (!is_blank_line (text, length))
        {
          from = from != NULL ? from : text;
          end = text + length;
        }
      else if (from != NULL)
        {
          read_paragraph (out, from, (gsize) (end - from));
          from = NULL;
        }
      text += length + (next != NULL);
    }
  if (from != NULL)
    read_paragraph (out, from, (gsize) (end - from));
  return out;
}

/* ---- which paragraphs are the same ---- */

static gboolean
is_same (VantageEntity *block, const Paragraph *paragraph)
{
  const char *style = vantage_entity_get_text (block, "style");
  const char *text = vantage_entity_get_text (block, "text");

  return strcmp (style != NULL ? style : "text", paragraph->style) == 0 &&
         strcmp (text != NULL ? text : "", paragraph->text) == 0;
}

/* Longest common run of paragraphs between the equal beginning and end: out_match[i] is the block
 * that new paragraph i stays in, or -1. */
static void
match_middle (GPtrArray *blocks, GPtrArray *paragraphs, guint head, guint n_old, guint n_new,
              int *out_match)
{
  gsize width = n_new + 1;
  g_autofree guint *lengths = NULL;

  if ((gsize) (n_old + 1) * width > MAX_CELLS)
    return;
  lengths = g_new0 (guint, (n_old + 1) * width);
  for (guint i = n_old; i-- > 0;)
    for (guint j = n_new; j-- > 0;)
      lengths[i * width + j] = is_same (blocks->pdata[head + i], paragraphs->pdata[head + j])
                                   ? lengths[(i + 1) * width + j + 1] + 1
                                   : MAX (lengths[(i + 1) * width + j], lengths[i * width + j + 1]);

  for (guint i = 0, j = 0; i < n_old && j < n_new;)
    {
      if (is_same (blocks->pdata[head + i], paragraphs->pdata[head + j]))
        out_match[head + j++] = (int) (head + i++);
      else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])
        i++;
      else
        j++;
    }
}

static int *
match_paragraphs (GPtrArray *blocks, GPtrArray *paragraphs)
{
  int *match = g_new (int, paragraphs->len + 1);
  guint shorter = MIN (blocks->len, paragraphs->len);
  guint head = 0, tail = 0;

  for (guint i = 0; i < paragraphs->len; i++)
    match[i] = -1;
  while (head < shorter && is_same (blocks->pdata[head], paragraphs->pdata[head]))
    {
      match[head] = (int) head;
      head++;
    }
  while (tail < shorter - head && is_same (blocks->pdata[blocks->len - 1 - tail],
                                           paragraphs->pdata[paragraphs->len - 1 - tail]))
    {
      match[paragraphs->len - 1 - tail] = (int) (blocks->len - 1 - tail);
      tail++;
    }
  match_middle (blocks, paragraphs, head, blocks->len - head - tail, paragraphs->len - head - tail,
                match);
  return match;
}

/* Between two that stay, old and new ones are paired in order: reworded, not replaced. */
static void
pair_reworded (int *match, guint n_new, guint n_old)
{
  guint old = 0;

  for (guint i = 0; i < n_new;)
    {
      guint until = i, old_until;

      if (match[i] >= 0)
        {
          old = (guint) match[i++] + 1;
          continue;
        }
      while (until < n_new && match[until] < 0)
        until++;
      old_until = until < n_new ? (guint) match[until] : n_old;
      for (; i < until && old < old_until; i++)
        match[i] = (int) old++;
      i = until;
    }
}

/* ---- writing ---- */

static void
create_blocks (VantageEdit *self, const char *entity, const char *slot, GPtrArray *paragraphs,
               guint first, guint n, const char *before, const char *after)
{
  g_auto (GStrv) keys = vantage_order_keys_between (before, after, n);

  for (guint i = 0; keys != NULL && i < n; i++)
    {
      Paragraph *paragraph = paragraphs->pdata[first + i];
      const char *id = vantage_edit_create (self, "block");

      vantage_edit_set_ref (self, "block", id, "of", entity);
      vantage_edit_set_text (self, "block", id, "slot", slot);
      vantage_edit_set_text (self, "block", id, "text", paragraph->text);
      vantage_edit_set_text (self, "block", id, "style", paragraph->style);
      vantage_edit_set (self, "block", id, "pos", vantage_value_new_text (keys[i]));
    }
}

static void
reword_block (VantageEdit *self, VantageEntity *block, const Paragraph *paragraph)
{
  const char *id = vantage_entity_get_id (block);

  if (is_same (block, paragraph))
    return;
  vantage_edit_set_text (self, "block", id, "text", paragraph->text);
  vantage_edit_set_text (self, "block", id, "style", paragraph->style);
}

static const char *
get_pos (GPtrArray *blocks, int index)
{
  return index >= 0 && index < (int) blocks->len
             ? vantage_entity_get_text (blocks->pdata[index], "pos")
             : NULL;
}

/* TRUE when the blocks' keys rise strictly, so that others fit between them. */
static gboolean
has_rising_keys (GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    if (get_pos (blocks, (int) i) == NULL ||
        (i > 0 && strcmp (get_pos (blocks, (int) i - 1), get_pos (blocks, (int) i)) >= 0) ||
        strlen (get_pos (blocks, (int) i)) > VANTAGE_ORDER_KEY_MAX)
      return FALSE;
  return TRUE;
}

static void
write_paragraphs (VantageEdit *self, const char *entity, const char *slot, GPtrArray *blocks,
                  GPtrArray *paragraphs, const int *match)
{
  const char *before = NULL;

  for (guint i = 0; i < paragraphs->len;)
    {
      guint until = i;

      if (match[i] >= 0)
        {
          reword_block (self, blocks->pdata[match[i]], paragraphs->pdata[i]);
          before = get_pos (blocks, match[i++]);
          continue;
        }
      while (until < paragraphs->len && match[until] < 0)
        until++;
      create_blocks (self, entity, slot, paragraphs, i, until - i, before,
                     until < paragraphs->len ? get_pos (blocks, match[until]) : NULL);
      i = until;
    }
}

static void
delete_unmatched (VantageEdit *self, GPtrArray *blocks, const int *match, guint n)
{
  g_autofree gboolean *kept = g_new0 (gboolean, blocks->len + 1);

  for (guint i = 0; i < n; i++)
    if (match[i] >= 0)
      kept[match[i]] = TRUE;
  for (guint i = 0; i < blocks->len; i++)
    if (!kept[i])
      vantage_edit_delete (self, "block", vantage_entity_get_id (blocks->pdata[i]));
}

/* Two people wrote the same key, or none: all that stay get new ones. */
static GPtrArray *
give_new_keys (VantageEdit *self, GPtrArray *blocks)
{
  g_auto (GStrv) keys = vantage_order_keys_between (NULL, NULL, blocks->len);
  GPtrArray *renewed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < blocks->len; i++)
    {
      VantageEntity *old = blocks->pdata[i];
      g_autoptr (GHashTable) registers = g_hash_table_new_full (
          g_str_hash, g_str_equal, g_free, (GDestroyNotify) vantage_value_unref);
      g_autoptr (GPtrArray) names = vantage_entity_list_registers (old);

      for (guint j = 0; j < names->len; j++)
        g_hash_table_insert (registers, g_strdup (names->pdata[j]),
                             vantage_value_ref (vantage_entity_get_value (old, names->pdata[j])));
      g_hash_table_replace (registers, g_strdup ("pos"), vantage_value_new_text (keys[i]));
      vantage_edit_set (self, "block", vantage_entity_get_id (old), "pos",
                        vantage_value_new_text (keys[i]));
      g_ptr_array_add (renewed, vantage_entity_new (vantage_entity_get_review (old), "block",
                                                    vantage_entity_get_id (old), registers, 0, 0,
                                                    vantage_entity_get_by (old), NULL, FALSE));
    }
  return renewed;
}

void
vantage_edit_set_prose (VantageEdit *self, const char *kind, const char *id, const char *slot,
                        const char *text)
{
  const VantageKind *known = vantage_kind_find (kind);
  const VantageField *field = known != NULL ? vantage_kind_find_field (known, slot) : NULL;
  g_autoptr (GPtrArray) blocks = NULL;
  g_autoptr (GPtrArray) paragraphs = split_paragraphs (text != NULL ? text : "");
  g_autofree int *match = NULL;

  if (self->error != NULL)
    return;
  if (field == NULL || field->type != VANTAGE_FIELD_PROSE)
    {
      g_set_error (&self->error, VANTAGE_STORE_ERROR, VANTAGE_STORE_ERROR_INVALID,
                   "“%s” of a %s is no prose", slot, kind);
      return;
    }
  blocks = vantage_store_list_blocks (self->library, self->review, id, slot, &self->error);
  if (blocks == NULL)
    return;

  match = match_paragraphs (blocks, paragraphs);
  pair_reworded (match, paragraphs->len, blocks->len);
  delete_unmatched (self, blocks, match, paragraphs->len);
  if (!has_rising_keys (blocks))
    {
      GPtrArray *renewed = give_new_keys (self, blocks);

      g_ptr_array_unref (blocks);
      blocks = renewed;
    }
  write_paragraphs (self, id, slot, blocks, paragraphs, match);
}
