/* vantage-report-prose.c: what people wrote, with its references to evidence, events, passages and
 * people resolved. The words of a passage stand here only as long as they are released. */

#include "vantage-report-private.h"

#include <string.h>

#define MAX_REFERENCE 400

/* ---- passages ---- */

static gboolean
is_released (VantageEntity *passage)
{
  const char *words = passage != NULL ? vantage_entity_get_text (passage, "words") : NULL;
  const char *form = passage != NULL ? vantage_entity_get_text (passage, "form") : NULL;

  return words != NULL && *words != '\0' && form != NULL &&
         vantage_field_has_choice (vantage_kind_find_field (vantage_kind_find ("passage"), "form"),
                                   form);
}

gboolean
vantage_report_add_passage (VantageReportBuilder *self, VantageNode *parent, const char *id,
                            gboolean block, const char *kind, const char *entity)
{
  VantageEntity *passage = vantage_report_find (self, id);
  g_autofree char *who = NULL;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  gboolean reworded;

  if (passage == NULL || g_strcmp0 (vantage_entity_get_kind_name (passage), "passage") != 0 ||
      !is_released (passage))
    {
      vantage_report_warn (
          self, VANTAGE_REPORT_WARN_NOT_RELEASED, kind, entity,
          g_strdup (_ ("A passage is referred to that is not released; its words are left out.")));
      if (!block)
        vantage_node_add (parent, VANTAGE_NODE_EMPHASIS, _ ("words not released"));
      return FALSE;
    }
  who = vantage_report_name_passage (self, passage);
  words = vantage_report_mask_names (self, vantage_entity_get_text (passage, "words"));
  reworded = g_strcmp0 (vantage_entity_get_text (passage, "form"), "paraphrase") == 0;
  /* translators: %s: exact words of a person */
  text = reworded ? g_strdup (words) : g_strdup_printf (_ ("“%s”"), words);
  g_hash_table_add (self->quoted, g_strdup (id));
  if (block)
    {
      VantageNode *quote = vantage_node_add (parent, VANTAGE_NODE_QUOTE, NULL);

      /* translators: %s: a person; what stands above is said in other words than theirs */
      quote->target = reworded ? g_strdup_printf (_ ("%s, reworded"), who) : g_strdup (who);
      vantage_node_add (quote, VANTAGE_NODE_TEXT, text);
      return TRUE;
    }
  vantage_node_add (parent, VANTAGE_NODE_TEXT, text);
  vantage_node_add (parent, VANTAGE_NODE_TEXT, " (");
  vantage_node_add (parent, VANTAGE_NODE_TEXT, who);
  vantage_node_add (parent, VANTAGE_NODE_TEXT, ")");
  return TRUE;
}

/* ---- references ---- */

/* "kind:id" or "kind:id|shown words"; owned. */
typedef struct
{
  char *kind, *id, *shown;
} Reference;

static void
clear_reference (Reference *self)
{
  g_free (self->kind);
  g_free (self->id);
  g_free (self->shown);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reference, clear_reference)

/* @text begins with "[["; FALSE: it is no reference, the brackets are somebody's own. */
static gboolean
read_reference (const char *text, Reference *out, const char **out_end)
{
  const char *end = strstr (text, "]]");
  g_autofree char *inner = NULL;
  const char *colon;
  const char *bar;

  if (end == NULL || end - text > MAX_REFERENCE)
    return FALSE;
  inner = g_strndup (text + 2, (gsize) (end - text - 2));
  colon = strchr (inner, ':');
  if (colon == NULL || colon == inner)
    return FALSE;
  for (const char *p = inner; p < colon; p++)
    if (!g_ascii_islower (*p) && *p != '_')
      return FALSE;
  bar = strchr (colon, '|');
  out->kind = g_strndup (inner, (gsize) (colon - inner));
  out->id = bar != NULL ? g_strndup (colon + 1, (gsize) (bar - colon - 1)) : g_strdup (colon + 1);
  out->shown = bar != NULL ? g_strdup (bar + 1) : NULL;
  *out_end = end + 2;
  return TRUE;
}

static void
add_item (VantageReportBuilder *self, VantageNode *inlines, const Reference *reference,
          const char *kind, const char *entity)
{
  /* an id may be followed by the place of some of its words */
  const char *at = strchr (reference->id, '@');
  g_autofree char *item = at != NULL ? g_strndup (reference->id, (gsize) (at - reference->id))
                                     : g_strdup (reference->id);

  if (reference->shown != NULL)
    vantage_node_add (inlines, VANTAGE_NODE_TEXT, reference->shown);
  vantage_report_add_cite (self, inlines, item, NULL, kind, entity);
}

static void
add_entity (VantageReportBuilder *self, VantageNode *inlines, const Reference *reference,
            const char *kind, const char *entity)
{
  VantageEntity *target = vantage_report_find (self, reference->id);
  const char *anchor = g_hash_table_lookup (self->anchors, reference->id);
  const char *shown = reference->shown;
  VantageNode *node;

  if (target == NULL)
    {
      vantage_report_warn (self, VANTAGE_REPORT_WARN_MISSING_REFERENCE, kind, entity,
                           g_strdup (_ ("The text refers to something that is gone.")));
      vantage_node_add (inlines, VANTAGE_NODE_TEXT, shown != NULL ? shown : _ ("(removed)"));
      return;
    }
  if (shown == NULL || *shown == '\0')
    shown = vantage_entity_get_title (target);
  if (anchor == NULL)
    {
      vantage_node_add (inlines, VANTAGE_NODE_TEXT, shown);
      return;
    }
  node = vantage_node_add (inlines, VANTAGE_NODE_REF, shown);
  node->target = g_strdup (anchor);
}

static void
resolve (VantageReportBuilder *self, VantageNode *inlines, const Reference *reference,
         const char *kind, const char *entity)
{
  if (g_str_equal (reference->kind, "item"))
    add_item (self, inlines, reference, kind, entity);
  else if (g_str_equal (reference->kind, "passage"))
    vantage_report_add_passage (self, inlines, reference->id, FALSE, kind, entity);
  else if (g_str_equal (reference->kind, "person"))
    vantage_node_add (inlines, VANTAGE_NODE_TEXT, vantage_report_name (self, reference->id));
  else
    add_entity (self, inlines, reference, kind, entity);
}

static void
note_prose (VantageReportBuilder *self, const char *text, const char *kind, const char *entity)
{
  VantageReportProse *prose = g_new0 (VantageReportProse, 1);

  prose->kind = g_strdup (kind);
  prose->entity = g_strdup (entity);
  prose->text = g_strdup (text);
  g_ptr_array_add (self->prose, prose);
}

void
vantage_report_add_text (VantageReportBuilder *self, VantageNode *inlines, const char *text,
                         const char *kind, const char *entity)
{
  const char *plain = text; /* begin of what is not written yet */
  const char *open = strstr (text, "[[");

  note_prose (self, text, kind, entity);
  while (open != NULL)
    {
      g_auto (Reference) reference = { 0 };
      const char *end;

      if (!read_reference (open, &reference, &end))
        {
          open = strstr (open + 2, "[[");
          continue;
        }
      if (open > plain)
        {
          g_autofree char *before = g_strndup (plain, (gsize) (open - plain));

          vantage_node_add (inlines, VANTAGE_NODE_TEXT, before);
        }
      resolve (self, inlines, &reference, kind, entity);
      plain = end;
      open = strstr (end, "[[");
    }
  if (*plain != '\0')
    vantage_node_add (inlines, VANTAGE_NODE_TEXT, plain);
}

/* ---- blocks ---- */

static GPtrArray *
find_blocks (VantageReportBuilder *self, VantageEntity *entity, const char *slot)
{
  g_autofree char *key = g_strconcat (vantage_entity_get_id (entity), "\n", slot, NULL);

  return g_hash_table_lookup (self->blocks, key);
}

static void
add_block (VantageReportBuilder *self, VantageNode **section, VantageNode *parent, guint level,
           VantageEntity *block, VantageEntity *owner)
{
  const char *style = vantage_entity_get_text (block, "style");
  const char *text = vantage_entity_get_text (block, "text");
  const char *kind = vantage_entity_get_kind_name (owner);
  const char *id = vantage_entity_get_id (owner);
  VantageNode *into = *section;
  VantageNode *last = into->children != NULL && into->children->len > 0
                          ? into->children->pdata[into->children->len - 1]
                          : NULL;
  VantageNode *node;

  if (text == NULL || *text == '\0')
    return;
  if (g_strcmp0 (style, "heading") == 0)
    {
      *section = vantage_report_add_section (parent, MIN (level, 6), text, NULL);
      return;
    }
  if (g_strcmp0 (style, "code") == 0)
    {
      vantage_node_add (into, VANTAGE_NODE_CODE, text);
      return;
    }
  if (g_strcmp0 (style, "list") == 0)
    {
      if (last == NULL || last->sort != VANTAGE_NODE_LIST)
        last = vantage_node_add (into, VANTAGE_NODE_LIST, NULL);
      node = vantage_node_add (last, VANTAGE_NODE_ITEM, NULL);
    }
  else
    node = vantage_node_add (
        into, g_strcmp0 (style, "quote") == 0 ? VANTAGE_NODE_QUOTE : VANTAGE_NODE_PARAGRAPH, NULL);
  vantage_report_add_text (self, node, text, kind, id);
}

gboolean
vantage_report_add_prose (VantageReportBuilder *self, VantageNode *parent, VantageEntity *entity,
                          const char *slot, guint level)
{
  GPtrArray *blocks = find_blocks (self, entity, slot);
  VantageNode *section = parent;
  guint n = parent->children != NULL ? parent->children->len : 0;

  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    add_block (self, &section, parent, level, blocks->pdata[i], entity);
  return parent->children != NULL && parent->children->len > n;
}

gboolean
vantage_report_add_prose_inline (VantageReportBuilder *self, VantageNode *inlines,
                                 VantageEntity *entity, const char *slot)
{
  GPtrArray *blocks = find_blocks (self, entity, slot);
  gboolean any = FALSE;

  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      const char *text = vantage_entity_get_text (blocks->pdata[i], "text");

      if (text == NULL || *text == '\0')
        continue;
      if (any)
        vantage_node_add (inlines, VANTAGE_NODE_TEXT, "\n");
      vantage_report_add_text (self, inlines, text, vantage_entity_get_kind_name (entity),
                               vantage_entity_get_id (entity));
      any = TRUE;
    }
  return any;
}
