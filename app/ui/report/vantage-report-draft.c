/* vantage-report-draft.c: the text of a report as it is written in a review. */

#include "config.h"

#include "vantage-report-draft.h"

#include <glib/gi18n.h>

#include "vantage-desk.h"
#include "vantage-order-key.h"
#include "vantage-reference.h"
#include "vantage-words.h"

const char *
vantage_report_audience_to_text (VantageReportAudience audience)
{
  return audience == VANTAGE_REPORT_EVERYONE ? "everyone" : "team";
}

/* (transfer full): empty when it cannot be read. */
static GPtrArray *
list (VantageReviewContext *context, const char *kind)
{
  GPtrArray *entities =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), kind, NULL);

  return entities != NULL ? entities : g_ptr_array_new_with_free_func (g_object_unref);
}

char *
vantage_report_draft_find (VantageReviewContext *context, VantageReportAudience audience)
{
  g_autoptr (GPtrArray) reports = list (context, "report");

  for (guint i = 0; i < reports->len; i++)
    {
      const char *for_whom = vantage_entity_get_text (reports->pdata[i], "audience");

      if (g_strcmp0 (for_whom != NULL ? for_whom : "team",
                     vantage_report_audience_to_text (audience)) == 0)
        return g_strdup (vantage_entity_get_id (reports->pdata[i]));
    }
  return NULL;
}

/* ---- beginning ---- */

static gboolean
is_about_what_held (VantageEntity *finding)
{
  return vantage_entity_has_member (finding, "kinds", "went-well");
}

static void
append_heading (GString *text, const char *heading)
{
  g_string_append_printf (text, "%s# %s", text->len > 0 ? "\n\n" : "", heading);
}

static void
append_reference (GString *text, VantageEntity *entity)
{
  g_autofree char *reference = vantage_reference_to_text (vantage_entity_get_kind_name (entity),
                                                          vantage_entity_get_id (entity), NULL);

  g_string_append_printf (text, "\n\n- %s", reference);
}

static void
append_findings (GString *text, GPtrArray *findings, const char *heading, gboolean held)
{
  gboolean any = FALSE;

  for (guint i = 0; i < findings->len; i++)
    if (is_about_what_held (findings->pdata[i]) == held)
      {
        if (!any)
          append_heading (text, heading);
        any = TRUE;
        append_reference (text, findings->pdata[i]);
      }
}

static void
append_open_wonders (GString *text, GPtrArray *wonders)
{
  gboolean any = FALSE;

  for (guint i = 0; i < wonders->len; i++)
    {
      const char *status = vantage_entity_get_text (wonders->pdata[i], "status");

      if (status != NULL && !g_str_equal (status, "open"))
        continue;
      if (!any)
        append_heading (text, _ ("What we still wonder"));
      any = TRUE;
      append_reference (text, wonders->pdata[i]);
    }
}

/* Headings without anything below them are for the person to fill. (transfer full) */
static char *
dup_first_text (VantageReviewContext *context, VantageReportAudience audience)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) findings = list (context, "finding");
  g_autoptr (GPtrArray) experiments = list (context, "experiment");
  g_autoptr (GPtrArray) wonders = list (context, "wonder");

  append_heading (text, _ ("How it looked from inside"));
  if (audience == VANTAGE_REPORT_TEAM)
    append_heading (text, _ ("Where accounts differ"));
  append_findings (text, findings, _ ("What we learned"), FALSE);
  append_findings (text, findings, _ ("What held"), TRUE);
  if (experiments->len > 0)
    append_heading (text, _ ("What we try"));
  for (guint i = 0; i < experiments->len; i++)
    append_reference (text, experiments->pdata[i]);
  if (audience == VANTAGE_REPORT_TEAM)
    append_open_wonders (text, wonders);
  return g_string_free (text, FALSE);
}

char *
vantage_report_draft_begin (VantageReviewContext *context, VantageReportAudience audience)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Begin Report"));
  g_autofree char *id = g_strdup (vantage_edit_create (edit, "report"));
  g_autofree char *text = dup_first_text (context, audience);
  g_autofree char *pos = vantage_order_key_between (NULL, NULL);

  vantage_edit_set_text (edit, "report", id, "audience",
                         vantage_report_audience_to_text (audience));
  vantage_edit_set_text (edit, "report", id, "title", vantage_review_context_get_title (context));
  vantage_edit_set_text (edit, "report", id, "pos", pos);
  vantage_edit_set_prose (edit, "report", id, VANTAGE_REPORT_SLOT, text);
  return vantage_review_context_commit (context, edit) ? g_steal_pointer (&id) : NULL;
}

/* ---- blocks ---- */

GPtrArray *
vantage_report_draft_list_blocks (VantageReviewContext *context, const char *report)
{
  GPtrArray *blocks = list (context, "block");

  for (guint i = blocks->len; i-- > 0;)
    if (g_strcmp0 (vantage_entity_get_ref (blocks->pdata[i], "of"), report) != 0 ||
        g_strcmp0 (vantage_entity_get_text (blocks->pdata[i], "slot"), VANTAGE_REPORT_SLOT) != 0)
      g_ptr_array_remove_index (blocks, i);
  return blocks;
}

/* ---- the document ---- */

/* The report speaks in the words that the windows use. */
static const char *
find_word (const char *vocabulary, const char *value, gpointer user_data)
{
  return vantage_words_choice (vocabulary, value);
}

VantageReport *
vantage_report_draft_build (VantageReviewContext *context, VantageReportAudience audience,
                            VantageReportNames names)
{
  VantageLibrary *library = vantage_review_context_get_library (context);
  g_autofree char *draft = vantage_report_draft_find (context, audience);
  VantageReportInput input = { 0 };
  VantageReportOptions options = { 0 };
  VantageReport *report = NULL;

  vantage_desk_fill_report_input (&input, library, vantage_review_context_get_review_id (context));
  input.find_word = find_word;
  options.audience = audience;
  options.names = names;
  options.zone = vantage_review_context_get_zone (context);
  options.now_us = vantage_library_now_us (library);
  options.report = draft;
  if (input.review != NULL)
    report = vantage_report_new (&input, &options);
  vantage_desk_clear_report_input (&input);
  return report;
}
