/* vantage-interview-list.c: the interviews of a review, and whom else to talk to. */

#include "config.h"

#include "vantage-interview-list.h"

#include <glib/gi18n.h>

#include "vantage-avatar.h"
#include "vantage-interview-planning.h"
#include "vantage-interview-rows.h"
#include "vantage-person-chooser.h"
#include "vantage-shortcuts.h"
#include "vantage-survey.h"

struct _VantageInterviewList
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  VantagePrivateNotes *notes;
  GListModel *interviews;
  GCancellable *surveying;
  guint refreshing;

  GtkWidget *scroll;
  GtkLabel *key_words;
  AdwPreferencesGroup *group;
  GtkWidget *empty;
  GtkListBox *rows;
  GtkWidget *candidates_group;
  GtkListBox *candidates;
  GtkMenuButton *new_button;
  VantagePersonChooser *chooser;
};

enum
{
  OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageInterviewList, vantage_interview_list, GTK_TYPE_WIDGET)

static void
empty_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* ---- interviews ---- */

static void
show_interviews (VantageInterviewList *self)
{
  guint n = g_list_model_get_n_items (self->interviews);

  empty_list (self->rows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantageEntity) interview = g_list_model_get_item (self->interviews, i);

      gtk_list_box_append (
          self->rows, vantage_interview_row_new (
                          self->context, vantage_private_notes_get_vault (self->notes), interview));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->rows), n > 0);
  gtk_widget_set_visible (self->empty, n == 0);
}

static void
show_key (VantageInterviewList *self)
{
  g_autofree char *words = vantage_private_notes_dup_key_words (self->notes);

  gtk_label_set_text (self->key_words, words);
}

/* ---- candidates ---- */

static gboolean
has_interview (VantageInterviewList *self, const char *person)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->interviews); i++)
    {
      g_autoptr (VantageEntity) interview = g_list_model_get_item (self->interviews, i);

      if (g_strcmp0 (vantage_entity_get_ref (interview, "person"), person) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
plan (VantageInterviewList *self, const char *person, GPtrArray *reasons)
{
  g_autofree char *id = vantage_interview_plan (self->context, person, reasons);

  if (id != NULL)
    g_signal_emit (self, signals[OPEN], 0, id);
}

static void
plan_clicked_cb (VantageInterviewList *self, GtkButton *button)
{
  plan (self, g_object_get_data (G_OBJECT (button), "person"),
        g_object_get_data (G_OBJECT (button), "reasons"));
}

static void
show_candidates (VantageInterviewList *self, VantageSurvey *survey)
{
  g_autoptr (GPtrArray) candidates = vantage_survey_list_candidates (survey);
  guint n = 0;

  empty_list (self->candidates);
  for (guint i = 0; i < candidates->len; i++)
    {
      const VantageCandidate *candidate = candidates->pdata[i];
      GtkWidget *button;

      if (has_interview (self, candidate->person))
        continue;
      gtk_list_box_append (self->candidates,
                           vantage_candidate_row_new (self->context, candidate, &button));
      g_signal_connect_object (button, "clicked", G_CALLBACK (plan_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      n++;
    }
  gtk_widget_set_visible (self->candidates_group, n > 0);
}

static void
surveyed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageSurvey) survey = vantage_survey_new_finish (result, &error);
  VantageInterviewList *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (survey != NULL)
    show_candidates (self, survey);
  else
    vantage_review_context_tell_error (self->context, _ ("Could not see whom to talk to"), error);
}

static void
survey (VantageInterviewList *self)
{
  g_cancellable_cancel (self->surveying);
  g_clear_object (&self->surveying);
  self->surveying = g_cancellable_new ();
  vantage_survey_new_async (vantage_review_context_get_library (self->context),
                            vantage_review_context_get_review_id (self->context), self->surveying,
                            surveyed_cb, self);
}

/* ---- callbacks ---- */

static void
row_activated_cb (VantageInterviewList *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[OPEN], 0, vantage_interview_row_get_id (row));
}

static void
person_chosen_cb (VantageInterviewList *self, const char *person)
{
  gtk_menu_button_popdown (self->new_button);
  plan (self, person, NULL);
}

static gboolean
refresh_cb (gpointer data)
{
  VantageInterviewList *self = data;

  self->refreshing = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    vantage_interview_list_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
something_changed_cb (VantageInterviewList *self)
{
  if (self->refreshing == 0)
    self->refreshing = g_idle_add (refresh_cb, self);
}

/* ---- object ---- */

static void
vantage_interview_list_dispose (GObject *object)
{
  VantageInterviewList *self = VANTAGE_INTERVIEW_LIST (object);

  g_cancellable_cancel (self->surveying);
  g_clear_object (&self->surveying);
  g_clear_handle_id (&self->refreshing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_INTERVIEW_LIST);
  g_clear_object (&self->interviews);
  g_clear_object (&self->notes);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_interview_list_parent_class)->dispose (object);
}

static void
vantage_interview_list_class_init (VantageInterviewListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_interview_list_dispose;
  g_type_ensure (VANTAGE_TYPE_PERSON_CHOOSER);
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-interview-list.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewList, scroll);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewList, key_words);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewList, group);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewList, empty);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewList, rows);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewList, candidates_group);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewList, candidates);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewList, new_button);
  gtk_widget_class_bind_template_child (widget_class, VantageInterviewList, chooser);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_chosen_cb);
}

static void
vantage_interview_list_init (VantageInterviewList *self)
{
  g_autofree char *tooltip = vantage_shortcuts_dup_tooltip ("page.new-interview");

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->new_button), tooltip);
}

GtkWidget *
vantage_interview_list_new (VantageReviewContext *context, VantagePrivateNotes *notes)
{
  VantageInterviewList *self = g_object_new (VANTAGE_TYPE_INTERVIEW_LIST, NULL);

  self->context = g_object_ref (context);
  self->notes = g_object_ref (notes);
  self->interviews =
      vantage_library_get_model (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), "interview");
  vantage_person_chooser_set_context (self->chooser, context);
  g_signal_connect_object (self->interviews, "items-changed", G_CALLBACK (something_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "people-changed", G_CALLBACK (something_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (something_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (notes, "changed", G_CALLBACK (something_changed_cb), self,
                           G_CONNECT_SWAPPED);
  vantage_interview_list_refresh (self);
  return GTK_WIDGET (self);
}

void
vantage_interview_list_refresh (VantageInterviewList *self)
{
  show_key (self);
  show_interviews (self);
  survey (self);
}

void
vantage_interview_list_choose_person (VantageInterviewList *self)
{
  gtk_menu_button_popup (self->new_button);
}
