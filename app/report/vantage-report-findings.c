/* vantage-report-findings.c: what was learned, each with the ground it stands on; voices, open
 * questions, experiments and readiness. */

#include "vantage-report-private.h"

#include <string.h>

static VantageNode *
begin_entity (VantageNode *parent, VantageEntity *entity, guint level, const char *untitled)
{
  const char *title = vantage_entity_get_title (entity);
  g_autofree char *anchor = g_strdup_printf ("%s-%s", vantage_entity_get_kind_name (entity),
                                             vantage_entity_get_id (entity));

  return vantage_report_add_section (parent, level, *title != '\0' ? title : untitled, anchor);
}

/* ---- findings ---- */

static void
add_kinds (VantageReportBuilder *self, VantageNode *section, VantageEntity *finding)
{
  g_autoptr (GPtrArray) chosen = vantage_entity_list_set (finding, "kinds");
  const char *status = vantage_entity_get_text (finding, "status");
  GString *text = g_string_new (NULL);

  if (status == NULL || g_str_equal (status, "draft"))
    g_string_append (text, _ ("Draft"));
  for (guint i = 0; i < chosen->len; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                            vantage_report_word (self, "finding-kind", chosen->pdata[i]));
  if (text->len > 0)
    vantage_node_add (vantage_node_add (section, VANTAGE_NODE_NOTE, NULL), VANTAGE_NODE_EMPHASIS,
                      text->str);
  g_string_free (text, TRUE);
}

/* The day where it is another than that of the line before. */
static void
add_time (VantageNode *item, const VantageReportTime *time, char **day)
{
  if (time->text == NULL)
    return;
  if (g_strcmp0 (time->day, *day) != 0)
    {
      g_free (*day);
      *day = g_strdup (time->day);
      vantage_node_add (item, VANTAGE_NODE_TEXT, time->day);
      vantage_node_add (item, VANTAGE_NODE_TEXT, " ");
    }
  vantage_node_add (item, VANTAGE_NODE_TEXT, time->text);
  vantage_node_add (item, VANTAGE_NODE_TEXT, ", ");
}

static guint
add_events (VantageReportBuilder *self, VantageNode *section, VantageEntity *finding)
{
  g_autoptr (GPtrArray) events = vantage_entity_list_set (finding, "events");
  g_autofree char *day = NULL;
  VantageNode *list = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      VantageEntity *event = vantage_report_find (self, events->pdata[i]);
      VantageNode *item, *ref;
      VantageReportTime time;

      if (event == NULL)
        continue;
      if (list == NULL)
        list = vantage_node_add (section, VANTAGE_NODE_LIST, NULL);
      item = vantage_node_add (list, VANTAGE_NODE_ITEM, NULL);
      vantage_report_read_time (self, event, &time);
      add_time (item, &time, &day);
      vantage_report_time_clear (&time);
      ref = vantage_node_add (item, VANTAGE_NODE_REF, vantage_entity_get_title (event));
      ref->target = g_strdup (g_hash_table_lookup (self->anchors, events->pdata[i]));
      if (ref->target == NULL)
        ref->sort = VANTAGE_NODE_TEXT;
      vantage_node_add (item, VANTAGE_NODE_TEXT, " ");
      vantage_report_add_cites (self, item, event);
    }
  return list != NULL ? list->children->len : 0;
}

static guint
add_models (VantageReportBuilder *self, VantageNode *section, VantageEntity *finding)
{
  g_autoptr (GPtrArray) models = vantage_entity_list_set (finding, "models");
  guint n = 0;

  for (guint i = 0; i < models->len; i++)
    {
      VantageEntity *model = vantage_report_find (self, models->pdata[i]);
      const char *person = model != NULL ? vantage_entity_get_ref (model, "person") : NULL;
      VantageNode *paragraph;

      if (model == NULL || vantage_entity_get_yesno (model, "sealed"))
        continue;
      n++;
      paragraph = vantage_node_add (section, VANTAGE_NODE_PARAGRAPH, NULL);
      vantage_node_add (paragraph, VANTAGE_NODE_STRONG, vantage_entity_get_title (model));
      if (person != NULL)
        {
          /* translators: %s: a person; how something works, as that person saw it */
          g_autofree char *as =
              g_strdup_printf (_ (", as %s saw it"), vantage_report_name (self, person));

          vantage_node_add (paragraph, VANTAGE_NODE_TEXT, as);
        }
      vantage_node_add (paragraph, VANTAGE_NODE_TEXT, "\n");
      vantage_report_add_prose_inline (self, paragraph, model, "text");
    }
  return n;
}

static void
add_ground (VantageReportBuilder *self, VantageNode *section, VantageEntity *finding)
{
  const char *id = vantage_entity_get_id (finding);
  g_autoptr (GPtrArray) passages = vantage_entity_list_set (finding, "passages");
  VantageNode *cites = vantage_node_add (section, VANTAGE_NODE_PARAGRAPH, NULL);
  guint n = 0;

  vantage_node_add (cites, VANTAGE_NODE_TEXT, _ ("Evidence: "));
  n = vantage_report_add_cites (self, cites, finding);
  if (n == 0)
    g_ptr_array_remove (section->children, cites);
  n += add_events (self, section, finding);
  for (guint i = 0; i < passages->len; i++)
    n +=
        vantage_report_add_passage (self, section, passages->pdata[i], TRUE, "finding", id) ? 1 : 0;
  n += add_models (self, section, finding);
  if (n > 0)
    return;
  vantage_node_add (vantage_node_add (section, VANTAGE_NODE_NOTE, NULL), VANTAGE_NODE_EMPHASIS,
                    _ ("No evidence yet."));
  vantage_report_warn (
      self, VANTAGE_REPORT_WARN_NO_GROUND, "finding", id,
      /* translators: %s: title of a finding */
      g_strdup_printf (_ ("“%s” rests on no evidence yet."), vantage_entity_get_title (finding)));
}

void
vantage_report_add_findings (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) findings = vantage_report_list (self, "finding");
  VantageNode *section = vantage_report_add_section (self->root, 2, _ ("Findings"), "findings");

  for (guint i = 0; i < findings->len; i++)
    {
      VantageEntity *finding = findings->pdata[i];
      VantageNode *own = begin_entity (section, finding, 3, _ ("Finding without a title"));

      add_kinds (self, own, finding);
      vantage_report_add_prose (self, own, finding, "text", 4);
      add_ground (self, own, finding);
    }
  vantage_report_end_section (self->root, section);
}

/* ---- voices ---- */

void
vantage_report_add_voices (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) passages = vantage_report_list (self, "passage");
  VantageNode *section;

  if (self->options.audience == VANTAGE_REPORT_EVERYONE)
    return;
  section = vantage_report_add_section (self->root, 2, _ ("In their own words"), "voices");
  for (guint i = 0; i < passages->len; i++)
    {
      const char *id = vantage_entity_get_id (passages->pdata[i]);

      if (!g_hash_table_contains (self->quoted, id))
        vantage_report_add_passage (self, section, id, TRUE, "passage", id);
    }
  vantage_report_end_section (self->root, section);
}

/* ---- open questions ---- */

void
vantage_report_add_wonders (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) wonders = vantage_report_list (self, "wonder");
  VantageNode *section =
      vantage_report_add_section (self->root, 2, _ ("Open questions"), "wonders");
  VantageNode *list = vantage_node_add (section, VANTAGE_NODE_LIST, NULL);

  for (guint i = 0; i < wonders->len; i++)
    {
      VantageEntity *wonder = wonders->pdata[i];
      const char *status = vantage_entity_get_text (wonder, "status");
      const char *id = vantage_entity_get_id (wonder);
      g_autoptr (VantageNode) answer = vantage_node_new (VANTAGE_NODE_PARAGRAPH, NULL);
      VantageNode *item;

      if (g_strcmp0 (status, "set-aside") == 0)
        continue;
      item = vantage_node_add (list, VANTAGE_NODE_ITEM, NULL);
      item->id = g_strconcat ("wonder-", id, NULL);
      vantage_report_add_text (self, item, vantage_entity_get_title (wonder), "wonder", id);
      vantage_report_add_cites (self, item, wonder);
      if (!vantage_report_add_prose_inline (self, answer, wonder, "answer"))
        continue;
      vantage_node_add (item, VANTAGE_NODE_TEXT, "\n");
      while (answer->children->len > 0)
        vantage_node_append (item, g_ptr_array_steal_index (answer->children, 0));
    }
  if (vantage_node_is_empty (list))
    g_ptr_array_remove (section->children, list);
  vantage_report_end_section (self->root, section);
}

/* ---- experiments ---- */

static void
add_experiment (VantageReportBuilder *self, VantageNode *section, VantageEntity *experiment)
{
  VantageNode *own = begin_entity (section, experiment, 3, _ ("Experiment without a hypothesis"));
  VantageNode *list = vantage_node_add (own, VANTAGE_NODE_LIST, NULL);
  gint64 revisit_us = vantage_entity_get_time (experiment, "revisit");
  const char *outcome = vantage_entity_get_text (experiment, "outcome");
  const char *owner = vantage_entity_get_text (experiment, "owner");
  g_autofree char *masked = owner != NULL ? vantage_report_mask_names (self, owner) : NULL;
  g_autoptr (GPtrArray) from = vantage_entity_list_set (experiment, "from");

  vantage_report_add_term (self, list, _ ("What we try"),
                           vantage_entity_get_text (experiment, "probe"));
  vantage_report_add_term (self, list, _ ("What we expect to see"),
                           vantage_entity_get_text (experiment, "signal"));
  vantage_report_add_term (self, list, _ ("When we stop"),
                           vantage_entity_get_text (experiment, "stop_rule"));
  vantage_report_add_term (self, list, _ ("Who looks after it"), masked);
  if (revisit_us != VANTAGE_TIME_NONE)
    {
      g_autofree char *day = vantage_report_dup_day (self, revisit_us);

      vantage_report_add_term (self, list, _ ("Looked at again"), day);
    }
  if (outcome != NULL && !g_str_equal (outcome, "open"))
    vantage_report_add_term (self, list, _ ("What came of it"),
                             vantage_report_word (self, "experiment-outcome", outcome));
  for (guint i = 0; i < from->len; i++)
    {
      VantageEntity *finding = vantage_report_find (self, from->pdata[i]);
      const char *anchor = g_hash_table_lookup (self->anchors, from->pdata[i]);
      VantageNode *item;

      if (finding == NULL || anchor == NULL)
        continue;
      item = vantage_node_add (list, VANTAGE_NODE_ITEM, NULL);
      vantage_node_add (item, VANTAGE_NODE_STRONG, _ ("Grown from"));
      vantage_node_add (item, VANTAGE_NODE_TEXT, ": ");
      vantage_node_add (item, VANTAGE_NODE_REF, vantage_entity_get_title (finding))->target =
          g_strdup (anchor);
    }
  if (vantage_node_is_empty (list))
    g_ptr_array_remove (own->children, list);
  vantage_report_add_prose (self, own, experiment, "result", 4);
}

void
vantage_report_add_experiments (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) experiments = vantage_report_list (self, "experiment");
  VantageNode *section =
      vantage_report_add_section (self->root, 2, _ ("Experiments"), "experiments");

  for (guint i = 0; i < experiments->len; i++)
    add_experiment (self, section, experiments->pdata[i]);
  vantage_report_end_section (self->root, section);
}

/* ---- readiness ---- */

void
vantage_report_add_readiness (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) lines = vantage_report_list (self, "readiness");
  VantageNode *section =
      vantage_report_add_section (self->root, 2, _ ("Worth knowing before a release"), "readiness");

  for (guint i = 0; i < lines->len; i++)
    {
      VantageEntity *line = lines->pdata[i];
      VantageNode *own;

      if (g_strcmp0 (vantage_entity_get_text (line, "status"), "retired") == 0)
        continue;
      own = begin_entity (section, line, 3, _ ("Line without words"));
      vantage_report_add_prose (self, own, line, "why", 4);
    }
  vantage_report_end_section (self->root, section);
}
