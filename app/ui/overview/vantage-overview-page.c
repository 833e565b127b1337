/* vantage-overview-page.c: the first section: what happened, how far the review is, what is next.
 */

#include "config.h"

#include "vantage-overview-page.h"

#include <glib/gi18n.h>

#include "vantage-field-binding.h"
#include "vantage-intake-rows.h"
#include "vantage-next-steps.h"
#include "vantage-prose-editor.h"
#include "vantage-review-frame.h"
#include "vantage-sample-tour.h"
#include "vantage-sections.h"
#include "vantage-stage-dots.h"
#include "vantage-time-text.h"
#include "vantage-wonder-list.h"
#include "vantage-words.h"

#define MAX_STEPS 3

struct _VantageOverviewPage
{
  VantagePage parent_instance;

  guint counting; /* idle: many changes, one count */
  gboolean stale; /* something changed while the page was away */

  GtkEditable *title_entry;
  GtkLabel *range;
  VantageProseEditor *summary;
  VantageStageDots *stage;
  GtkFlowBox *counts;
  GtkWidget *tour_group;
  VantageSampleTour *tour;
  GtkWidget *next_group;
  GtkListBox *next;
  VantageWonderList *wonders;
  VantageReviewFrame *frame;
  VantageIntakeRows *intake;
};

G_DEFINE_FINAL_TYPE (VantageOverviewPage, vantage_overview_page, VANTAGE_TYPE_PAGE)

static VantageReviewContext *
get_context (VantageOverviewPage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

/* ---- counts ---- */

static void
append_count (VantageOverviewPage *self, const char *section, const char *number, const char *what)
{
  GtkWidget *button, *box, *top, *bottom;
  g_autofree char *spoken = NULL;

  if (vantage_section_find (section) == NULL)
    return;
  button = gtk_button_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  top = gtk_label_new (number);
  bottom = gtk_label_new (what);
  spoken = g_strdup_printf ("%s %s", number, what);
  gtk_widget_add_css_class (top, "count");
  gtk_widget_add_css_class (bottom, "detail");
  gtk_widget_add_css_class (bottom, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (bottom), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), bottom);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "count-card");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", section);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_flow_box_append (self->counts, button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static void
append_number (VantageOverviewPage *self, const char *section, guint n, const char *what)
{
  g_autofree char *number = vantage_words_count (n);

  append_count (self, section, number, what);
}

static void
show_counts (VantageOverviewPage *self, const VantageReviewCounts *c)
{
  GtkWidget *child;
  g_autofree char *interviews = g_strdup_printf ("%u/%u", c->n_held, c->n_interviews);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->counts))) != NULL)
    gtk_flow_box_remove (self->counts, child);
  append_number (self, "sources", c->n_items, ngettext ("item", "items", c->n_items));
  append_number (self, "people", c->n_people, ngettext ("person", "people", c->n_people));
  append_number (self, "timeline", c->n_events, ngettext ("event", "events", c->n_events));
  append_count (self, "interviews", interviews,
                ngettext ("interview", "interviews", c->n_interviews));
  append_number (self, "findings", c->n_findings, ngettext ("finding", "findings", c->n_findings));
  gtk_widget_set_visible (GTK_WIDGET (self->counts),
                          gtk_widget_get_first_child (GTK_WIDGET (self->counts)) != NULL);
}

/* ---- next ---- */

static GtkWidget *
new_step_row (const VantageNextStep *step)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), step->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), step->detail);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "section", (gpointer) step->section);
  g_object_set_data (G_OBJECT (row), "action", (gpointer) step->action);
  return row;
}

static void
show_steps (VantageOverviewPage *self, const VantageReviewCounts *counts)
{
  VantageNextStep steps[MAX_STEPS];
  guint n = vantage_next_steps_find (counts, steps, MAX_STEPS);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->next))) != NULL)
    gtk_list_box_remove (self->next, child);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->next, new_step_row (&steps[i]));
  gtk_widget_set_visible (self->next_group, n > 0);
}

static void
next_activated_cb (VantageOverviewPage *self, GtkListBoxRow *row)
{
  const char *section = g_object_get_data (G_OBJECT (row), "section");
  const char *action = g_object_get_data (G_OBJECT (row), "action");

  if (section != NULL)
    vantage_review_context_go (get_context (self), section, NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

/* ---- range ---- */

/* What stands below the title: the window of time, with its zone, or what the evidence covers. */
static void
show_range (VantageOverviewPage *self)
{
  VantageReviewContext *context = get_context (self);
  VantageEntity *review = vantage_review_context_get_review (context);
  VantageZone *zone = vantage_review_context_get_zone (context);
  gint64 from_us, until_us;
  g_autofree char *range = NULL;
  g_autofree char *text = NULL;

  if (review == NULL)
    return;
  from_us = vantage_entity_get_time (review, "from");
  until_us = vantage_entity_get_time (review, "until");
  if (from_us != VANTAGE_TIME_NONE && until_us != VANTAGE_TIME_NONE)
    {
      range = vantage_time_text_range (zone, from_us, until_us);
      /* translators: a range of time, and the time zone it is told in */
      text = g_strdup_printf (_ ("%s, %s time"), range, vantage_zone_get_name (zone));
    }
  gtk_label_set_text (self->range, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->range), text != NULL);
}

/* ---- callbacks ---- */

static void
show_all (VantageOverviewPage *self)
{
  VantageReviewCounts counts;
  VantageEntity *review = vantage_review_context_get_review (get_context (self));

  vantage_review_counts_read (&counts, get_context (self));
  show_counts (self, &counts);
  show_steps (self, &counts);
  show_range (self);
  gtk_widget_set_visible (self->tour_group, review != NULL &&
                                                vantage_entity_get_yesno (review, "sample") &&
                                                vantage_section_find ("timeline") != NULL);
}

static gboolean
count_cb (gpointer data)
{
  VantageOverviewPage *self = data;

  self->counting = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_all (self);
  else
    self->stale = TRUE;
  return G_SOURCE_REMOVE;
}

static void
something_changed_cb (VantageOverviewPage *self)
{
  if (self->counting == 0)
    self->counting = g_idle_add (count_cb, self);
}

static void
add_wonder_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_wonder_list_begin (VANTAGE_OVERVIEW_PAGE (data)->wonders);
}

/* ---- page ---- */

static void
vantage_overview_page_shown (VantagePage *page)
{
  VantageOverviewPage *self = VANTAGE_OVERVIEW_PAGE (page);

  if (self->stale)
    show_all (self);
  self->stale = FALSE;
}

static void
vantage_overview_page_constructed (GObject *object)
{
  static const GActionEntry entries[] = { { "add-wonder", add_wonder_cb } };
  VantageOverviewPage *self = VANTAGE_OVERVIEW_PAGE (object);
  VantageReviewContext *context = get_context (self);
  const char *review = vantage_review_context_get_review_id (context);

  G_OBJECT_CLASS (vantage_overview_page_parent_class)->constructed (object);

  g_action_map_add_action_entries (G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
  vantage_field_bind (self->title_entry, context, "review", review, "title", _ ("Rename Review"));
  vantage_prose_editor_bind (self->summary, context, "review", review, "summary",
                             _ ("Edit Summary"));
  vantage_stage_dots_bind (self->stage, context);
  vantage_sample_tour_bind (self->tour, context);
  vantage_wonder_list_bind (self->wonders, context);
  vantage_review_frame_bind (self->frame, context);
  vantage_intake_rows_bind (self->intake, context);
  g_signal_connect_object (context, "changed", G_CALLBACK (something_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (something_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_all (self);
}

static void
vantage_overview_page_dispose (GObject *object)
{
  g_clear_handle_id (&VANTAGE_OVERVIEW_PAGE (object)->counting, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), VANTAGE_TYPE_OVERVIEW_PAGE);
  G_OBJECT_CLASS (vantage_overview_page_parent_class)->dispose (object);
}

static void
vantage_overview_page_class_init (VantageOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = vantage_overview_page_constructed;
  object_class->dispose = vantage_overview_page_dispose;
  VANTAGE_PAGE_CLASS (klass)->shown = vantage_overview_page_shown;

  g_type_ensure (VANTAGE_TYPE_INTAKE_ROWS);
  g_type_ensure (VANTAGE_TYPE_PROSE_EDITOR);
  g_type_ensure (VANTAGE_TYPE_REVIEW_FRAME);
  g_type_ensure (VANTAGE_TYPE_SAMPLE_TOUR);
  g_type_ensure (VANTAGE_TYPE_STAGE_DOTS);
  g_type_ensure (VANTAGE_TYPE_WONDER_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, title_entry);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, range);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, summary);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, stage);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, counts);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, tour_group);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, tour);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, next_group);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, next);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, wonders);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, frame);
  gtk_widget_class_bind_template_child (widget_class, VantageOverviewPage, intake);
  gtk_widget_class_bind_template_callback (widget_class, next_activated_cb);
}

static void
vantage_overview_page_init (VantageOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  vantage_prose_editor_set_placeholder (
      self->summary, _ ("What happened? Two or three lines, as you would tell a colleague."));
  vantage_prose_editor_set_lines (self->summary, 3);
}
