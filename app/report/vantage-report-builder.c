/* vantage-report-builder.c: what is looked up while a report is built, and small steps that every
 * section takes. */

#include "vantage-report-private.h"

#include <string.h>

/* What [[kind:id]] may point at. */
static const char *const kinds[] = { "event",   "finding", "passage", "wonder",    "experiment",
                                     "model",   "person",  "group",   "readiness", "view",
                                     "meeting", "impact",  "tag",     "code",      "interview",
                                     "link",    NULL };
/* Those that have a place of their own in the document. */
static const char *const anchored[] = { "finding", "wonder", "experiment", "readiness", NULL };

static void
free_evidence (gpointer data)
{
  VantageReportEvidence *evidence = data;

  g_free (evidence->item);
  g_free (evidence->quote);
  if (evidence->found != NULL)
    vantage_item_unref (evidence->found);
  g_free (evidence);
}

static void
free_prose (gpointer data)
{
  VantageReportProse *prose = data;

  g_free (prose->kind);
  g_free (prose->entity);
  g_free (prose->text);
  g_free (prose);
}

void
vantage_report_warning_free (VantageReportWarning *self)
{
  g_free (self->kind);
  g_free (self->entity);
  g_free (self->text);
  g_free (self);
}

void
vantage_report_warn (VantageReportBuilder *self, VantageReportWarningSort sort, const char *kind,
                     const char *entity, char *text)
{
  g_autofree char *owned = text;
  VantageReportWarning *warning;

  for (guint i = 0; i < self->warnings->len; i++)
    {
      warning = self->warnings->pdata[i];
      if (warning->sort == sort && g_str_equal (warning->text, text) &&
          g_strcmp0 (warning->entity, entity != NULL ? entity : "") == 0)
        return;
    }
  warning = g_new0 (VantageReportWarning, 1);
  warning->sort = sort;
  warning->kind = g_strdup (kind != NULL ? kind : "");
  warning->entity = g_strdup (entity != NULL ? entity : "");
  warning->text = g_steal_pointer (&owned);
  g_ptr_array_add (self->warnings, warning);
}

GPtrArray *
vantage_report_list (VantageReportBuilder *self, const char *kind)
{
  GPtrArray *list = self->input->list (kind, self->input->user_data);

  return list != NULL ? list : g_ptr_array_new ();
}

VantageEntity *
vantage_report_find (VantageReportBuilder *self, const char *id)
{
  return g_hash_table_lookup (self->entities, id);
}

const char *
vantage_report_word (VantageReportBuilder *self, const char *vocabulary, const char *value)
{
  if (value == NULL || *value == '\0')
    return "";
  if (self->input->find_word == NULL)
    {
      g_autofree char *plain = g_strdelimit (g_strdup (value), "-_", ' ');

      plain[0] = g_ascii_toupper (plain[0]);
      return g_intern_string (plain);
    }
  return self->input->find_word (vocabulary, value, self->input->user_data);
}

/* ---- tables ---- */

static void
index_entities (VantageReportBuilder *self)
{
  for (guint k = 0; kinds[k] != NULL; k++)
    {
      GPtrArray *list = vantage_report_list (self, kinds[k]);

      g_ptr_array_add (self->keep, list);
      for (guint i = 0; i < list->len; i++)
        {
          VantageEntity *entity = list->pdata[i];
          const char *id = vantage_entity_get_id (entity);

          g_hash_table_insert (self->entities, (char *) id, entity);
          if (g_strv_contains (anchored, kinds[k]))
            g_hash_table_insert (self->anchors, g_strdup (id),
                                 g_strdup_printf ("%s-%s", kinds[k], id));
        }
    }
}

static void
index_blocks (VantageReportBuilder *self)
{
  GPtrArray *list = vantage_report_list (self, "block");

  g_ptr_array_add (self->keep, list);
  for (guint i = 0; i < list->len; i++)
    {
      VantageEntity *block = list->pdata[i];
      const char *of = vantage_entity_get_ref (block, "of");
      const char *slot = vantage_entity_get_text (block, "slot");
      g_autofree char *key = NULL;
      GPtrArray *blocks;

      if (of == NULL || slot == NULL)
        continue;
      key = g_strconcat (of, "\n", slot, NULL);
      blocks = g_hash_table_lookup (self->blocks, key);
      if (blocks == NULL)
        {
          GPtrArray *slots = g_hash_table_lookup (self->block_slots, of);

          blocks = g_ptr_array_new ();
          g_hash_table_insert (self->blocks, g_steal_pointer (&key), blocks);
          if (slots == NULL)
            {
              slots = g_ptr_array_new ();
              g_hash_table_insert (self->block_slots, (char *) of, slots);
            }
          g_ptr_array_add (slots, (char *) slot);
        }
      g_ptr_array_add (blocks, block);
    }
}

static void
index_redactions (VantageReportBuilder *self)
{
  GPtrArray *list = vantage_report_list (self, "redaction");

  g_ptr_array_add (self->keep, list);
  for (guint i = 0; i < list->len; i++)
    {
      VantageEntity *redaction = list->pdata[i];
      const char *item = vantage_entity_get_text (redaction, "item");
      VantageReportRange range;
      GArray *ranges;

      if (item == NULL)
        continue;
      range.from = (int) CLAMP (vantage_entity_get_int (redaction, "from", 0), 0, G_MAXINT);
      range.to = (int) CLAMP (vantage_entity_get_int (redaction, "to", -1), -1, G_MAXINT);
      ranges = g_hash_table_lookup (self->redactions, item);
      if (ranges == NULL)
        {
          ranges = g_array_new (FALSE, FALSE, sizeof (VantageReportRange));
          g_hash_table_insert (self->redactions, (char *) item, ranges);
        }
      g_array_append_val (ranges, range);
    }
}

VantageReportBuilder *
vantage_report_builder_new (const VantageReportInput *input, const VantageReportOptions *options)
{
  VantageReportBuilder *self = g_new0 (VantageReportBuilder, 1);

  self->input = input;
  self->options = *options;
  if (options->audience == VANTAGE_REPORT_EVERYONE && options->names == VANTAGE_NAMES_NAME)
    self->options.names = VANTAGE_NAMES_ROLE;
  self->zone = options->zone != NULL ? vantage_zone_ref (options->zone) : vantage_zone_new_utc ();
  self->warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) vantage_report_warning_free);
  self->entities = g_hash_table_new (g_str_hash, g_str_equal);
  self->blocks =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->block_slots =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->redactions =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  self->shown_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->real_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->evidence = g_ptr_array_new_with_free_func (free_evidence);
  self->evidence_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->quoted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->prose = g_ptr_array_new_with_free_func (free_prose);
  self->keep = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  index_entities (self);
  index_blocks (self);
  index_redactions (self);
  return self;
}

void
vantage_report_builder_free (VantageReportBuilder *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entities);
  g_hash_table_unref (self->blocks);
  g_hash_table_unref (self->block_slots);
  g_hash_table_unref (self->anchors);
  g_hash_table_unref (self->redactions);
  g_hash_table_unref (self->shown_names);
  g_hash_table_unref (self->real_names);
  g_hash_table_unref (self->evidence_index);
  g_hash_table_unref (self->quoted);
  g_ptr_array_unref (self->evidence);
  g_ptr_array_unref (self->prose);
  g_ptr_array_unref (self->keep);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_clear_pointer (&self->root, vantage_node_free);
  vantage_zone_unref (self->zone);
  g_free (self);
}

/* ---- small steps ---- */

VantageNode *
vantage_report_add_section (VantageNode *parent, guint level, const char *title, const char *id)
{
  VantageNode *section = vantage_node_add (parent, VANTAGE_NODE_SECTION, title);

  section->level = level;
  section->id = g_strdup (id);
  return section;
}

void
vantage_report_end_section (VantageNode *parent, VantageNode *section)
{
  if (vantage_node_is_empty (section))
    g_ptr_array_remove (parent->children, section);
}

void
vantage_report_add_term (VantageReportBuilder *self, VantageNode *list, const char *label,
                         const char *text)
{
  VantageNode *item;

  if (text == NULL || *text == '\0')
    return;
  item = vantage_node_add (list, VANTAGE_NODE_ITEM, NULL);
  vantage_node_add (item, VANTAGE_NODE_STRONG, label);
  vantage_node_add (item, VANTAGE_NODE_TEXT, ": ");
  vantage_report_add_text (self, item, text, NULL, NULL);
}
