/* vantage-candidate-card.c: somebody to talk to first. */

#include "config.h"

#include "vantage-candidate-card.h"

#include <glib/gi18n.h>

#include "vantage-sections.h"
#include "vantage-time-text.h"
#include "vantage-words.h"

#define MAX_TIMES 2

struct _VantageCandidateCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (VantageCandidateCard, vantage_candidate_card, GTK_TYPE_WIDGET)

/* ---- words ---- */

/* Times of the first items that a reason rests on, as clock times: "02:16", "02:16 and 02:52". */
static char *
dup_times (const VantageCandidateReason *reason, VantageSurvey *survey, VantagePresenceFrame *frame)
{
  VantageActs *acts = vantage_survey_get_acts (survey);
  guint32 n_items;
  const VantageActItem *items = vantage_acts_get_items (acts, &n_items);
  g_autoptr (GPtrArray) clocks = g_ptr_array_new_with_free_func (g_free);
  /* Only these two happen more than once. */
  guint wanted = reason->reason == VANTAGE_REASON_ASKED_UNANSWERED ||
                         reason->reason == VANTAGE_REASON_SURPRISED
                     ? MAX_TIMES
                     : 1;

  for (guint i = 0; i < reason->items->len && clocks->len < wanted; i++)
    {
      guint32 at = vantage_acts_find_item (acts, g_ptr_array_index (reason->items, i));
      g_autofree char *clock = NULL;

      if (at == VANTAGE_NOBODY || items[at].time_us == VANTAGE_TIME_NONE)
        continue;
      clock = vantage_presence_frame_dup_clock (frame, items[at].time_us);
      if (!g_ptr_array_find_with_equal_func (clocks, clock, g_str_equal, NULL))
        g_ptr_array_add (clocks, g_steal_pointer (&clock));
    }
  if (clocks->len == 0)
    return reason->time_us != VANTAGE_TIME_NONE
               ? vantage_presence_frame_dup_clock (frame, reason->time_us)
               : NULL;
  if (clocks->len == 1)
    return g_strdup (g_ptr_array_index (clocks, 0));
  /* translators: two times of day */
  return g_strdup_printf (C_ ("times", "%s and %s"), (char *) g_ptr_array_index (clocks, 0),
                          (char *) g_ptr_array_index (clocks, 1));
}

static char *
dup_absence (const VantageCandidateReason *reason, VantageSurvey *survey)
{
  VantageActs *acts = vantage_survey_get_acts (survey);
  guint32 n_items;
  const VantageActItem *items = vantage_acts_get_items (acts, &n_items);
  guint n = reason->items->len, n_shifts = 0;

  for (guint i = 0; i < reason->items->len; i++)
    {
      guint32 at = vantage_acts_find_item (acts, g_ptr_array_index (reason->items, i));

      n_shifts += at != VANTAGE_NOBODY && items[at].kind == VANTAGE_ITEM_SHIFT;
    }
  n -= n_shifts;
  if (n == 0 && n_shifts > 0)
    return g_strdup (_ ("on call, was not there"));
  if (n > 0 && n_shifts > 0)
    return g_strdup_printf (ngettext ("on call and named once, was not there",
                                      "on call and named %u times, was not there", n),
                            n);
  if (n == 0)
    return g_strdup (vantage_words_choice ("candidate", "absent-but-affected"));
  return g_strdup_printf (
      ngettext ("named once, was not there", "named %u times, was not there", n), n);
}

char *
vantage_candidate_dup_reason (const VantageCandidateReason *reason, VantageSurvey *survey,
                              VantagePresenceFrame *frame)
{
  g_autofree char *times = dup_times (reason, survey, frame);

  if (reason->reason == VANTAGE_REASON_ABSENT_BUT_AFFECTED)
    return dup_absence (reason, survey);
  if (times != NULL)
    switch (reason->reason)
      {
      case VANTAGE_REASON_FIRST_TO_ACT:
        return g_strdup_printf (_ ("first to act, %s"), times);
      case VANTAGE_REASON_JOINED_LATE:
        return g_strdup_printf (_ ("joined late, %s"), times);
      case VANTAGE_REASON_ONLY_WATCHED:
        return g_strdup_printf (_ ("watched from %s, wrote nothing"), times);
      case VANTAGE_REASON_ASKED_UNANSWERED:
        return g_strdup_printf (_ ("asked at %s, nobody answered"), times);
      case VANTAGE_REASON_HANDED_OVER:
        return g_strdup_printf (_ ("handed over or took over, %s"), times);
      case VANTAGE_REASON_SURPRISED:
        return g_strdup_printf (_ ("surprised at %s"), times);
      case VANTAGE_REASON_NEW_TO_TEAM:
      case VANTAGE_REASON_CONTRADICTS_RECORD:
      case VANTAGE_REASON_ABSENT_BUT_AFFECTED:
      case VANTAGE_REASON_CHOSEN:
      case VANTAGE_N_REASONS:
      default:
        break;
      }
  return g_strdup (vantage_words_choice ("candidate", vantage_reason_to_text (reason->reason)));
}

char *
vantage_candidate_dup_interview (VantageEntity *interview, VantageZone *zone, gint64 now_us)
{
  const char *state = interview != NULL ? vantage_entity_get_text (interview, "state") : NULL;
  gint64 us = VANTAGE_TIME_NONE;
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  if (interview == NULL)
    return NULL;
  if (g_strcmp0 (state, "held") == 0)
    us = vantage_entity_get_time (interview, "held");
  else if (g_strcmp0 (state, "planned") == 0)
    us = vantage_entity_get_time (interview, "planned");
  if (us == VANTAGE_TIME_NONE)
    /* translators: a state of an interview: "Interview: proposed" */
    return g_strdup_printf (
        _ ("Interview: %s"),
        vantage_words_choice ("interview-state", state != NULL ? state : "proposed"));
  day = vantage_time_text_day (zone, us, now_us);
  clock = vantage_zone_format (zone, us, VANTAGE_SHOW_MINUTE);
  if (g_strcmp0 (state, "held") == 0)
    /* translators: a day and a time */
    return g_strdup_printf (_ ("Interview held %s %s"), day, clock);
  /* translators: a day and a time */
  return g_strdup_printf (_ ("Interview planned %s %s"), day, clock);
}

/* ---- widget ---- */

static void
vantage_candidate_card_dispose (GObject *object)
{
  g_clear_pointer (&VANTAGE_CANDIDATE_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (vantage_candidate_card_parent_class)->dispose (object);
}

static void
vantage_candidate_card_class_init (VantageCandidateCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_candidate_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "candidate");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
vantage_candidate_card_init (VantageCandidateCard *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
}

static GtkWidget *
append_label (VantageCandidateCard *self, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static void
append_reasons (VantageCandidateCard *self, const VantageCandidate *candidate,
                VantageSurvey *survey, VantagePresenceFrame *frame)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *label;

  for (guint i = 0; i < candidate->reasons->len; i++)
    {
      g_autofree char *reason =
          vantage_candidate_dup_reason (g_ptr_array_index (candidate->reasons, i), survey, frame);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", reason);
    }
  label = append_label (self, text->str, "detail");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
}

/* @spoken: (transfer full) */
static GtkWidget *
append_button (GtkWidget *row, const char *text, const char *action, const char *target,
               char *spoken)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "link-like");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_box_append (GTK_BOX (row), button);
  g_free (spoken);
  return button;
}

static void
append_buttons (VantageCandidateCard *self, const VantageCandidate *candidate, const char *name,
                gboolean has_interview, gboolean has_items)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_vexpand (row, TRUE);
  gtk_widget_set_valign (row, GTK_ALIGN_END);
  gtk_widget_add_css_class (row, "candidate-actions");
  if (!has_interview)
    append_button (row, _ ("Plan Interview"), "page.plan-interview-with", candidate->person,
                   /* translators: a name */
                   g_strdup_printf (_ ("Plan an interview with %s"), name));
  else if (vantage_section_find ("interviews") != NULL)
    append_button (row, _ ("Open Interview"), "page.plan-interview-with", candidate->person,
                   /* translators: a name */
                   g_strdup_printf (_ ("Open the interview with %s"), name));
  if (has_items)
    append_button (row, _ ("See the Items"), "page.see-items-of", candidate->person,
                   /* translators: a name */
                   g_strdup_printf (_ ("See the items about %s"), name));
  else
    append_button (row, _ ("Details"), "page.open-person", candidate->person,
                   /* translators: a name */
                   g_strdup_printf (_ ("Details of %s"), name));
  gtk_box_append (GTK_BOX (self->box), row);
}

static gboolean
rests_on_items (const VantageCandidate *candidate)
{
  for (guint i = 0; i < candidate->reasons->len; i++)
    if (((VantageCandidateReason *) g_ptr_array_index (candidate->reasons, i))->items->len > 0)
      return TRUE;
  return FALSE;
}

GtkWidget *
vantage_candidate_card_new (VantageReviewContext *context, VantageSurvey *survey,
                            VantagePresenceFrame *frame, const VantageCandidate *candidate,
                            VantageEntity *interview)
{
  VantageCandidateCard *self = g_object_new (VANTAGE_TYPE_CANDIDATE_CARD, NULL);
  const char *name = vantage_review_context_get_person_name (context, candidate->person);
  g_autofree char *planned = vantage_candidate_dup_interview (
      interview, vantage_review_context_get_zone (context),
      vantage_library_now_us (vantage_review_context_get_library (context)));
  GtkWidget *title = append_label (self, name, "person-name");

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (title, name);
  append_reasons (self, candidate, survey, frame);
  if (planned != NULL)
    {
      GtkWidget *label = append_label (self, planned, "faint");

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    }
  append_buttons (self, candidate, name, interview != NULL, rests_on_items (candidate));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}
