/* vantage-next-steps.c: what a review could do next. */

#include "config.h"

#include "vantage-next-steps.h"

#include <glib/gi18n.h>

#include "vantage-sections.h"

static guint
count_kind (VantageReviewContext *context, const char *kind)
{
  g_autoptr (GPtrArray) list =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), kind, NULL);

  return list != NULL ? list->len : 0;
}

static guint
count_items (VantageReviewContext *context)
{
  g_autoptr (GPtrArray) channels =
      vantage_library_list_channels (vantage_review_context_get_library (context),
                                     vantage_review_context_get_review_id (context), NULL);
  guint64 n = 0;

  for (guint i = 0; channels != NULL && i < channels->len; i++)
    n += ((VantageChannelSummary *) channels->pdata[i])->n_items;
  return (guint) MIN (n, G_MAXUINT);
}

static guint
count_with (VantageReviewContext *context, const char *kind, const char *field, const char *value,
            guint *out_all)
{
  g_autoptr (GPtrArray) list =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), kind, NULL);
  guint n = 0;

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (g_strcmp0 (vantage_entity_get_text (list->pdata[i], field), value) == 0)
      n++;
  if (out_all != NULL)
    *out_all = list != NULL ? list->len : 0;
  return n;
}

static gboolean
has_ground (VantageEntity *finding)
{
  static const char *const sets[] = { "events", "passages", "models" };
  g_autoptr (GArray) cites = vantage_entity_list_cites (finding);

  if (cites->len > 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (GPtrArray) members = vantage_entity_list_set (finding, sets[i]);

      if (members->len > 0)
        return TRUE;
    }
  return FALSE;
}

static void
count_findings (VantageReviewCounts *out, VantageReviewContext *context)
{
  g_autoptr (GPtrArray) list =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), "finding", NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      out->n_findings++;
      out->n_grounded += has_ground (list->pdata[i]) ? 1 : 0;
    }
}

void
vantage_review_counts_read (VantageReviewCounts *out, VantageReviewContext *context)
{
  g_autofree char *summary = NULL;
  guint wonders;

  *out = (VantageReviewCounts){ 0 };
  out->n_sources = count_kind (context, "source");
  out->n_items = count_items (context);
  out->n_people = vantage_review_context_get_people (context)->len;
  out->n_events = count_kind (context, "event");
  out->n_held = count_with (context, "interview", "state", "held", &out->n_interviews);
  out->n_wonders = count_with (context, "wonder", "status", "answered", &wonders);
  out->n_wonders =
      wonders - out->n_wonders - count_with (context, "wonder", "status", "set-aside", NULL);
  count_findings (out, context);
  summary = vantage_library_dup_prose (
      vantage_review_context_get_library (context), vantage_review_context_get_review_id (context),
      vantage_review_context_get_review_id (context), "summary", NULL);
  out->has_summary = summary != NULL && summary[0] != '\0';
}

typedef struct
{
  VantageNextStep *out;
  guint n, max;
} Steps;

static void
add_step (Steps *steps, gboolean wanted, const char *title, const char *detail, const char *section,
          const char *action)
{
  if (!wanted || steps->n == steps->max)
    return;
  if (section != NULL && vantage_section_find (section) == NULL)
    return;
  if (action != NULL && vantage_hooks.import == NULL)
    return;
  steps->out[steps->n++] = (VantageNextStep){ title, detail, section, action };
}

guint
vantage_next_steps_find (const VantageReviewCounts *c, VantageNextStep *out, guint max)
{
  Steps steps = { out, 0, max };
  gboolean imported = c->n_sources > 0 || c->n_items > 0;

  add_step (&steps, !imported, _ ("Import a Chat Export or Tickets"),
            _ ("Drop a file or folder anywhere on the window."), NULL, "win.import");
  add_step (&steps, imported && c->n_events == 0, _ ("See Who Was There"),
            _ ("Who acted, who only watched, and when each of them came."), "people", NULL);
  add_step (&steps, imported && c->n_events == 0, _ ("Arrange What Several People Did"),
            _ ("Send messages to the timeline, and add what nobody wrote down."), "timeline", NULL);
  add_step (&steps, imported && c->n_interviews == 0, _ ("Choose Whom to Talk To"),
            _ ("Within three days people still remember how it looked to them."), "people", NULL);
  add_step (&steps, c->n_interviews > c->n_held, _ ("Hold the Conversations That Are Planned"),
            _ ("One person at a time; the notes stay on this computer."), "interviews", NULL);
  add_step (&steps, c->n_findings > c->n_grounded, _ ("Give Findings Their Ground"),
            _ ("A finding shows the evidence and the accounts that it rests on."), "findings",
            NULL);
  add_step (&steps, c->n_held > 0 && c->n_findings == 0, _ ("Write a First Finding"),
            _ ("What did you learn that others would want to know?"), "findings", NULL);
  add_step (&steps, c->n_findings > 0 && c->n_findings == c->n_grounded,
            _ ("Read the Report as Others Will"), _ ("The preview is what leaves this computer."),
            "report", NULL);
  return steps.n;
}
