/* vantage-conflict-words.c: values by the type of their field. */

#include "config.h"

#include "vantage-conflict-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-id.h"
#include "vantage-kind.h"
#include "vantage-op.h"
#include "vantage-words.h"

/* Which vocabulary the choices of a field are words of. */
static const struct
{
  const char *kind, *field, *vocabulary;
} vocabularies[] = {
  { "review", "kind", "review-kind" },
  { "review", "stage", "stage" },
  { "review", "depth", "depth" },
  { "person", "sort", "person-sort" },
  { "person", "part", "part" },
  { "event", "kind", "event-kind" },
  { "event", "claim", "claim" },
  { "event", "confidence", "confidence" },
  { "statement", "rel", "statement-rel" },
  { "statement", "confidence", "confidence" },
  { "link", "kind", "link-kind" },
  { "condition", "key", "condition" },
  { "interview", "state", "interview-state" },
  { "experiment", "outcome", "experiment-outcome" },
  { "passage", "form", "form" },
  { "passage", "claim", "claim" },
};

static VantageLibrary *
get_library (VantageReviewContext *context)
{
  return vantage_review_context_get_library (context);
}

static const VantageField *
find_field (const VantageConflict *conflict)
{
  const VantageKind *kind = vantage_kind_find (conflict->kind);

  return kind != NULL ? vantage_kind_find_field (kind, conflict->field) : NULL;
}

static gboolean
is_deletion (const VantageOp *op)
{
  return strcmp (op->field, VANTAGE_OP_FIELD_DELETE) == 0;
}

/* What a paragraph is part of: its title; NULL when that is not here. (transfer full) */
static char *
dup_whole (VantageReviewContext *context, VantageEntity *block)
{
  static const char *const kinds[] = { "finding", "wonder",     "event",  "review",
                                       "report",  "experiment", "meeting" };
  const char *of = block != NULL ? vantage_entity_get_ref (block, "of") : NULL;

  for (gsize i = 0; of != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (VantageEntity) whole =
          vantage_library_get (get_library (context),
                               vantage_review_context_get_review_id (context), kinds[i], of, NULL);

      if (whole != NULL && *vantage_entity_get_title (whole) != '\0')
        return g_strdup (vantage_entity_get_title (whole));
    }
  return NULL;
}

char *
vantage_conflict_dup_subject (VantageReviewContext *context, const VantageConflict *conflict)
{
  g_autoptr (VantageEntity) entity =
      vantage_library_get (get_library (context), vantage_review_context_get_review_id (context),
                           conflict->kind, conflict->entity, NULL);
  g_autofree char *whole =
      strcmp (conflict->kind, "block") == 0 ? dup_whole (context, entity) : NULL;
  const char *title = whole != NULL    ? whole
                      : entity != NULL ? vantage_entity_get_title (entity)
                                       : "";
  const char *kind = vantage_words_kind (conflict->kind);
  const char *field = strcmp (conflict->field, VANTAGE_OP_FIELD_DELETE) == 0
                          ? _ ("Removed or kept")
                          : vantage_words_field (conflict->kind, conflict->field);

  if (*title == '\0')
    return g_strdup_printf ("%s · %s", kind, field);
  /* translators: a kind of thing, its title, one of its fields: "Finding “Drills” · Text" */
  return g_strdup_printf (_ ("%s “%s” · %s"), kind, title, field);
}

gboolean
vantage_conflict_is_own (VantageReviewContext *context, const VantageOp *op)
{
  return strcmp (op->id.device, vantage_library_get_device (get_library (context))) == 0;
}

char *
vantage_conflict_dup_author (VantageReviewContext *context, const VantageOp *op)
{
  g_autofree char *author = vantage_author_id (op->id.device);
  g_autoptr (VantageEntity) by = NULL;

  if (vantage_conflict_is_own (context, op))
    return g_strdup (_ ("You"));
  by = vantage_library_get (get_library (context), vantage_review_context_get_review_id (context),
                            "author", author, NULL);
  return g_strdup (by != NULL && *vantage_entity_get_title (by) != '\0'
                       ? vantage_entity_get_title (by)
                       : _ ("Somebody"));
}

/* ---- values ---- */

static char *
dup_when (VantageReviewContext *context, VantageValue *value)
{
  VantageZone *zone = vantage_review_context_get_zone (context);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  VantageWhen when;

  if (!vantage_value_get_when (value, &when) || when.sort == VANTAGE_WHEN_UNKNOWN)
    return g_strdup (_ ("Time not known"));
  if (when.sort == VANTAGE_WHEN_ITEM)
    return g_strdup (_ ("When the cited item was written"));
  first = vantage_zone_format (zone, when.at_us, VANTAGE_SHOW_FULL);
  if (when.sort == VANTAGE_WHEN_BETWEEN)
    {
      second = vantage_zone_format (zone, when.until_us, VANTAGE_SHOW_FULL);
      /* translators: two times */
      return g_strdup_printf (_ ("Between %s and %s"), first, second);
    }
  if (when.plus_minus_us == 0)
    return g_steal_pointer (&first);
  second = vantage_words_duration (when.plus_minus_us);
  return g_strdup_printf ("%s ± %s", first, second);
}

static char *
dup_ref (VantageReviewContext *context, const VantageField *field, const char *id)
{
  g_autoptr (VantageEntity) entity = NULL;

  if (g_strcmp0 (field->ref_kind, "person") == 0)
    return g_strdup (vantage_review_context_get_person_name (context, id));
  if (field->ref_kind != NULL)
    entity =
        vantage_library_get (get_library (context), vantage_review_context_get_review_id (context),
                             field->ref_kind, id, NULL);
  return g_strdup (entity != NULL && *vantage_entity_get_title (entity) != '\0'
                       ? vantage_entity_get_title (entity)
                       : _ ("Something that is not here"));
}

static const char *
find_choice_word (const VantageConflict *conflict, const char *choice)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vocabularies); i++)
    if (strcmp (vocabularies[i].kind, conflict->kind) == 0 &&
        strcmp (vocabularies[i].field, conflict->field) == 0)
      return vantage_words_choice (vocabularies[i].vocabulary, choice);
  return choice;
}

static char *
dup_typed (VantageReviewContext *context, const VantageConflict *conflict,
           const VantageField *field, VantageFieldType type, VantageValue *value)
{
  const char *text = vantage_value_get_text (value);
  gint64 number;

  if (type == VANTAGE_FIELD_WHEN)
    return dup_when (context, value);
  if (type == VANTAGE_FIELD_TIME && vantage_value_get_time (value, &number))
    return vantage_zone_format (vantage_review_context_get_zone (context), number,
                                VANTAGE_SHOW_FULL);
  if (type == VANTAGE_FIELD_DURATION && vantage_value_get_int (value, &number))
    return vantage_words_duration (number);
  if (type == VANTAGE_FIELD_YESNO)
    return g_strdup (vantage_value_get_yesno (value) ? _ ("Yes") : _ ("No"));
  if (type == VANTAGE_FIELD_REF && text != NULL)
    return dup_ref (context, field, text);
  if (type == VANTAGE_FIELD_CHOICE && text != NULL)
    return g_strdup (find_choice_word (conflict, text));
  return g_strdup (text != NULL ? text : vantage_value_get_json (value));
}

char *
vantage_conflict_dup_value (VantageReviewContext *context, const VantageConflict *conflict,
                            const VantageOp *op)
{
  const VantageField *field = find_field (conflict);

  if (strcmp (conflict->field, VANTAGE_OP_FIELD_DELETE) == 0)
    return g_strdup (is_deletion (op) ? _ ("Removed it") : _ ("Changed it, and so kept it"));
  if (vantage_value_is_null (op->value))
    return g_strdup (_ ("Nothing"));
  if (field == NULL)
    return g_strdup (vantage_value_get_json (op->value));
  return dup_typed (context, conflict, field,
                    field->type == VANTAGE_FIELD_KEYED ? field->keyed_type : field->type,
                    op->value);
}

gboolean
vantage_conflict_is_text (const VantageConflict *conflict)
{
  const VantageField *field = find_field (conflict);

  if (field == NULL || field->type != VANTAGE_FIELD_TEXT)
    return FALSE;
  for (guint i = 0; i < conflict->ops->len; i++)
    if (vantage_value_get_text (((VantageOp *) conflict->ops->pdata[i])->value) == NULL)
      return FALSE;
  return TRUE;
}

char *
vantage_conflict_dup_both (const VantageConflict *conflict)
{
  GString *both = g_string_new (NULL);
  gboolean block = strcmp (conflict->kind, "block") == 0;

  /* The first that was written stands first. */
  for (guint i = conflict->ops->len; i-- > 0;)
    g_string_append_printf (
        both, "%s%s",
        both->len == 0 ? ""
        : block        ? "\n"
                       : " / ",
        vantage_value_get_text (((VantageOp *) conflict->ops->pdata[i])->value));
  return g_string_free (both, FALSE);
}

void
vantage_conflict_find_difference (const char *text, const char *other, glong *from, glong *to)
{
  glong n_text = g_utf8_strlen (text, -1), n_other = g_utf8_strlen (other, -1);
  glong same = 0, tail = 0;
  const char *a = text, *b = other;

  while (*a != '\0' && *b != '\0' && g_utf8_get_char (a) == g_utf8_get_char (b))
    {
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
      same++;
    }
  a = text + strlen (text);
  b = other + strlen (other);
  while (tail < MIN (n_text, n_other) - same)
    {
      a = g_utf8_prev_char (a);
      b = g_utf8_prev_char (b);
      if (g_utf8_get_char (a) != g_utf8_get_char (b))
        break;
      tail++;
    }
  *from = same;
  *to = n_text - tail;
}

/* ---- settling ---- */

gboolean
vantage_conflict_take (VantageReviewContext *context, const VantageConflict *conflict,
                       const VantageOp *op)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Settle Conflict"));

  if (strcmp (conflict->field, VANTAGE_OP_FIELD_DELETE) != 0)
    vantage_edit_set (edit, conflict->kind, conflict->entity, conflict->field,
                      vantage_value_ref (op->value));
  else if (is_deletion (op))
    vantage_edit_delete (edit, conflict->kind, conflict->entity);
  else
    vantage_edit_undelete (edit, conflict->kind, conflict->entity);
  return vantage_review_context_commit_with_undo (context, edit, _ ("Settled"));
}

gboolean
vantage_conflict_write (VantageReviewContext *context, const VantageConflict *conflict,
                        const char *text)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Settle Conflict"));

  vantage_edit_set_text (edit, conflict->kind, conflict->entity, conflict->field, text);
  return vantage_review_context_commit_with_undo (context, edit, _ ("Settled"));
}
