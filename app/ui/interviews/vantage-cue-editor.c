/* vantage-cue-editor.c: what of the record to put before the person. */

#include "config.h"

#include "vantage-cue-editor.h"

#include <glib/gi18n.h>

#include "vantage-item-drag.h"
#include "vantage-survey.h"

#define N_PROPOSED 8
#define MESSAGE_CHARS 120

struct _VantageCueEditor
{
  AdwBin parent_instance;

  VantageInterviewRoom *room;
  VantageSurvey *survey; /* NULL until it was read */
  GCancellable *surveying;
  AdwPreferencesGroup *chosen;
  AdwPreferencesGroup *proposed;
  GPtrArray *rows; /* lent; each with its group as data */
  GtkWidget *hint;
  guint showing; /* idle */
};

G_DEFINE_FINAL_TYPE (VantageCueEditor, vantage_cue_editor, ADW_TYPE_BIN)

static VantageReviewContext *
get_context (VantageCueEditor *self)
{
  return vantage_interview_room_get_context (self->room);
}

/* ---- rows ---- */

static void
remove_cb (VantageCueEditor *self, GtkButton *button)
{
  GPtrArray *cues = vantage_interview_room_get_cues (self->room);
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "at"));

  if (at >= cues->len)
    return;
  g_ptr_array_remove_index (cues, at);
  vantage_interview_room_save_cues (self->room, _ ("Remove Cue"));
}

static void
add_cb (VantageCueEditor *self, GtkButton *button)
{
  vantage_interview_room_add_cue (self->room, g_object_get_data (G_OBJECT (button), "item"),
                                  g_object_get_data (G_OBJECT (button), "question"));
}

static void
row_activated_cb (VantageCueEditor *self, GtkWidget *row)
{
  vantage_review_context_show_item (get_context (self), g_object_get_data (G_OBJECT (row), "item"));
}

static GtkWidget *
new_button (const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

static GtkWidget *
append_row (VantageCueEditor *self, AdwPreferencesGroup *group, const char *item, const char *text,
            GtkWidget *button)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "item", g_strdup (item), g_free);
  g_object_set_data (G_OBJECT (row), "group", group);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
show_chosen (VantageCueEditor *self)
{
  GPtrArray *cues = vantage_interview_room_get_cues (self->room);

  for (guint i = 0; i < cues->len; i++)
    {
      const VantageRoomCue *cue = cues->pdata[i];
      g_autofree char *text = vantage_interview_room_dup_cue_words (self->room, cue);
      GtkWidget *button = new_button ("user-trash-symbolic", _ ("Remove Cue"));
      GtkWidget *row = append_row (self, self->chosen, cue->item, text, button);

      if (cue->used)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Dropped in"));
      g_object_set_data (G_OBJECT (button), "at", GUINT_TO_POINTER (i));
      g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (self->hint, cues->len == 0);
}

static const char *
get_item_id (VantageCueEditor *self, const VantageCue *cue)
{
  guint32 n;

  return vantage_acts_get_items (vantage_survey_get_acts (self->survey), &n)[cue->item].id;
}

static void
append_proposal (VantageCueEditor *self, const VantageCue *cue)
{
  VantageActs *acts = vantage_survey_get_acts (self->survey);
  const char *item = get_item_id (self, cue);
  g_autofree char *time =
      vantage_cue_dup_time (acts, cue, vantage_review_context_get_zone (get_context (self)));
  g_autofree char *message = vantage_cue_dup_message (acts, cue, MESSAGE_CHARS);
  g_autofree char *question = NULL;
  GtkWidget *button = new_button ("list-add-symbolic", _ ("Add Cue"));

  if (message != NULL && message[0] != '\0')
    /* translators: what a person wrote, and when */
    question =
        g_strdup_printf (_ ("You wrote “%s” at %s. What were you looking at?"), message, time);
  else
    /* translators: a time */
    question = g_strdup_printf (_ ("At %s, what was going on for you?"), time);
  append_row (self, self->proposed, item, question, button);
  g_object_set_data_full (G_OBJECT (button), "item", g_strdup (item), g_free);
  g_object_set_data_full (G_OBJECT (button), "question", g_steal_pointer (&question), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
}

static void
show_proposed (VantageCueEditor *self)
{
  const char *person = vantage_interview_room_get_person (self->room);
  const VantageParticipant *participant =
      self->survey != NULL && person != NULL ? vantage_survey_get_participant (self->survey, person)
                                             : NULL;
  g_autoptr (GArray) cues = NULL;
  guint n = 0;

  if (participant != NULL)
    cues = vantage_cues_find (vantage_survey_get_acts (self->survey),
                              vantage_survey_get_participation (self->survey), participant->person,
                              N_PROPOSED);
  for (guint i = 0; cues != NULL && i < cues->len; i++)
    {
      const VantageCue *cue = &g_array_index (cues, VantageCue, i);
      const char *item = get_item_id (self, cue);

      if (vantage_interview_room_has_cue (self->room, item))
        continue;
      append_proposal (self, cue);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->proposed), n > 0);
}

static gboolean
show_cb (gpointer data)
{
  VantageCueEditor *self = data;

  self->showing = 0;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (g_object_get_data (self->rows->pdata[i], "group"),
                                  self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  show_chosen (self);
  show_proposed (self);
  return G_SOURCE_REMOVE;
}

static void
queue_show (VantageCueEditor *self)
{
  if (self->showing == 0)
    self->showing = g_idle_add (show_cb, self);
}

/* ---- callbacks ---- */

static gboolean
dropped_cb (GtkWidget *widget, const char *const *item_ids, double x, double y, gpointer data)
{
  VantageCueEditor *self = data;

  for (guint i = 0; item_ids[i] != NULL; i++)
    vantage_interview_room_add_cue (self->room, item_ids[i], NULL);
  return TRUE;
}

static void
surveyed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  VantageSurvey *survey = vantage_survey_new_finish (result, &error);
  VantageCueEditor *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (survey == NULL)
    {
      vantage_review_context_tell_error (get_context (self), _ ("The record could not be read"),
                                         error);
      return;
    }
  self->survey = survey;
  queue_show (self);
}

/* ---- object ---- */

static void
vantage_cue_editor_dispose (GObject *object)
{
  VantageCueEditor *self = VANTAGE_CUE_EDITOR (object);

  g_cancellable_cancel (self->surveying);
  g_clear_object (&self->surveying);
  g_clear_handle_id (&self->showing, g_source_remove);
  g_clear_pointer (&self->survey, vantage_survey_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->room);
  G_OBJECT_CLASS (vantage_cue_editor_parent_class)->dispose (object);
}

static void
vantage_cue_editor_class_init (VantageCueEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_cue_editor_dispose;
}

static void
vantage_cue_editor_init (VantageCueEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->rows = g_ptr_array_new ();
  self->proposed = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->proposed, _ ("From the Record"));
  adw_preferences_group_set_description (
      self->proposed,
      _ ("Moments of theirs to ask about, once they have told it in their own way."));
  self->chosen = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->chosen, _ ("Cues"));
  self->hint = gtk_label_new (_ ("Drop evidence here, or add from the record."));
  gtk_widget_add_css_class (self->hint, "drop-hint");
  adw_preferences_group_add (self->chosen, self->hint);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chosen));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->proposed));
  adw_bin_set_child (ADW_BIN (self), box);
  vantage_item_drag_add_target (GTK_WIDGET (self), dropped_cb, self);
}

GtkWidget *
vantage_cue_editor_new (VantageInterviewRoom *room)
{
  VantageCueEditor *self = g_object_new (VANTAGE_TYPE_CUE_EDITOR, NULL);
  VantageReviewContext *context = vantage_interview_room_get_context (room);

  self->room = g_object_ref (room);
  self->surveying = g_cancellable_new ();
  g_signal_connect_object (room, "prep-changed", G_CALLBACK (queue_show), self, G_CONNECT_SWAPPED);
  vantage_survey_new_async (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), self->surveying,
                            surveyed_cb, self);
  show_cb (self);
  return GTK_WIDGET (self);
}
