/* vantage-report.c: a review as a document: which sections, in which order. */

#include "vantage-report.h"

#include <string.h>

#include "vantage-report-private.h"

static void
add_part (GString *out, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, " · ");
  g_string_append (out, text);
}

/* Who wrote what about when, in one line. */
static void
add_head (VantageReportBuilder *self)
{
  VantageEntity *review = self->input->review;
  gint64 from_us = vantage_entity_get_time (review, "from");
  gint64 until_us = vantage_entity_get_time (review, "until");
  const char *investigator = vantage_entity_get_text (review, "investigator");
  GString *line = g_string_new (NULL);
  g_autofree char *by = NULL;
  g_autofree char *zone = NULL;

  add_part (line,
            vantage_report_word (self, "review-kind", vantage_entity_get_text (review, "kind")));
  if (from_us != VANTAGE_TIME_NONE && until_us != VANTAGE_TIME_NONE)
    {
      g_autofree char *span = vantage_report_dup_span (self, from_us, until_us);

      add_part (line, span);
    }
  /* translators: %s: name of a time zone */
  zone = g_strdup_printf (_ ("Times in %s"), vantage_zone_get_name (self->zone));
  add_part (line, zone);
  if (self->options.names == VANTAGE_NAMES_NAME && investigator != NULL && *investigator != '\0')
    {
      /* translators: %s: who led the review */
      by = g_strdup_printf (_ ("Led by %s"), investigator);
      add_part (line, by);
    }
  if (self->options.now_us != VANTAGE_TIME_NONE)
    {
      g_autofree char *day = vantage_report_dup_day (self, self->options.now_us);
      /* translators: %s: a date */
      g_autofree char *written = g_strdup_printf (_ ("Written %s"), day);

      add_part (line, written);
    }
  vantage_node_add (vantage_node_add (self->root, VANTAGE_NODE_NOTE, NULL), VANTAGE_NODE_TEXT,
                    line->str);
  g_string_free (line, TRUE);
}

static void
add_summary (VantageReportBuilder *self)
{
  VantageEntity *review = self->input->review;
  VantageNode *section = vantage_report_add_section (self->root, 2, _ ("In short"), "summary");

  vantage_report_add_prose (self, section, review, "summary", 3);
  vantage_report_end_section (self->root, section);
  if (self->options.audience == VANTAGE_REPORT_EVERYONE)
    return;
  section = vantage_report_add_section (self->root, 2, _ ("What this review is for"), "purpose");
  vantage_report_add_prose (self, section, review, "purpose", 3);
  vantage_report_end_section (self->root, section);
}

/* The text somebody wrote for this report; its headings are sections. */
static void
add_own_text (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) reports = vantage_report_list (self, "report");

  for (guint i = 0; i < reports->len && self->options.report != NULL; i++)
    {
      VantageEntity *report = reports->pdata[i];
      GPtrArray *slots = g_hash_table_lookup (self->block_slots, vantage_entity_get_id (report));

      if (!g_str_equal (vantage_entity_get_id (report), self->options.report))
        continue;
      for (guint j = 0; slots != NULL && j < slots->len; j++)
        vantage_report_add_prose (self, self->root, report, slots->pdata[j], 2);
    }
}

static void
add_story_start (VantageReportBuilder *self)
{
  VantageEntity *review = self->input->review;
  const char *why = vantage_entity_get_text (review, "story_why");
  VantageWhen when;
  gint64 us;
  VantageNode *section, *paragraph;

  vantage_entity_get_when (review, "story_start", &when);
  us = vantage_report_get_instant (self, &when);
  if (us == VANTAGE_TIME_NONE && (why == NULL || *why == '\0'))
    return;
  section = vantage_report_add_section (self->root, 2, _ ("Where the story begins"), "story");
  paragraph = vantage_node_add (section, VANTAGE_NODE_PARAGRAPH, NULL);
  if (us != VANTAGE_TIME_NONE)
    {
      g_autofree char *at = vantage_report_dup_instant (self, us);

      vantage_node_add (paragraph, VANTAGE_NODE_STRONG, at);
      vantage_node_add (paragraph, VANTAGE_NODE_TEXT, why != NULL ? ". " : "");
    }
  if (why != NULL)
    vantage_report_add_text (self, paragraph, why, "review", vantage_entity_get_id (review));
}

/* Names are learned before any text is masked, so that none slips through by its place. */
static void
learn_names (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) persons = vantage_report_list (self, "person");
  g_autoptr (GPtrArray) events = vantage_report_list (self, "event");

  for (guint i = 0; i < persons->len; i++)
    vantage_report_name (self, vantage_entity_get_id (persons->pdata[i]));
  for (guint i = 0; i < events->len; i++)
    {
      g_autoptr (GPtrArray) actors = vantage_entity_list_set (events->pdata[i], "actors");

      for (guint j = 0; j < actors->len; j++)
        vantage_report_name (self, actors->pdata[j]);
    }
}

/* What the report is called, else what the review is. (transfer full) */
static char *
dup_title (VantageReportBuilder *self)
{
  g_autoptr (GPtrArray) reports = vantage_report_list (self, "report");
  const char *title = NULL;

  for (guint i = 0; i < reports->len && self->options.report != NULL; i++)
    if (g_str_equal (vantage_entity_get_id (reports->pdata[i]), self->options.report))
      title = vantage_entity_get_text (reports->pdata[i], "title");
  if (title == NULL || *title == '\0')
    return g_strdup (vantage_entity_get_title (self->input->review));
  return vantage_report_mask_names (self, title);
}

VantageReport *
vantage_report_new (const VantageReportInput *input, const VantageReportOptions *options)
{
  g_autoptr (VantageReportBuilder) builder = vantage_report_builder_new (input, options);
  g_autofree char *title = NULL;
  VantageReport *self;

  learn_names (builder);
  title = dup_title (builder);
  builder->root = vantage_node_new (VANTAGE_NODE_DOCUMENT, title);
  vantage_report_plan_timeline (builder);
  add_head (builder);
  add_summary (builder);
  add_own_text (builder);
  add_story_start (builder);
  vantage_report_add_impact (builder);
  vantage_report_add_people (builder);
  vantage_report_add_findings (builder);
  vantage_report_add_voices (builder);
  vantage_report_add_timeline (builder);
  vantage_report_add_wonders (builder);
  vantage_report_add_experiments (builder);
  vantage_report_add_readiness (builder);
  vantage_report_add_evidence (builder);
  vantage_report_mask_document (builder);
  vantage_report_check_names (builder);

  self = g_new0 (VantageReport, 1);
  self->root = g_steal_pointer (&builder->root);
  self->warnings = g_steal_pointer (&builder->warnings);
  return self;
}

void
vantage_report_free (VantageReport *self)
{
  if (self == NULL)
    return;
  vantage_node_free (self->root);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

GPtrArray *
vantage_report_get_warnings (VantageReport *self)
{
  return self->warnings;
}

const VantageNode *
vantage_report_get_document (VantageReport *self)
{
  return self->root;
}

char *
vantage_report_to_markdown (VantageReport *self)
{
  return vantage_document_to_markdown (self->root);
}

/* "de" of "de_AT.UTF-8". */
static char *
dup_language (void)
{
  const char *name = g_get_language_names ()[0];
  gsize length = strcspn (name, "_.@");

  return length >= 2 && length <= 3 ? g_strndup (name, length) : g_strdup ("en");
}

char *
vantage_report_to_html (VantageReport *self)
{
  g_autofree char *language = dup_language ();

  return vantage_document_to_html (self->root, language);
}
