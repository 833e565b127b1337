/* vantage-interview-prepare.c: getting ready for a conversation. */

#include "config.h"

#include "vantage-interview-prepare.h"

#include <glib/gi18n.h>

#include "vantage-consent-rows.h"
#include "vantage-cue-editor.h"
#include "vantage-guide-editor.h"
#include "vantage-interview-planning.h"
#include "vantage-prose-editor.h"
#include "vantage-shortcuts.h"
#include "vantage-typed-time.h"
#include "vantage-words.h"

struct _VantageInterviewPrepare
{
  GtkWidget parent_instance;

  VantageInterviewRoom *room;
  GtkWidget *scroll;
  GtkBox *column;
  GtkEditable *planned;
  GtkLabel *planned_why;
  GtkSpinButton *minutes;
  AdwComboRow *state;
  GtkTextView *reasons;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (VantageInterviewPrepare, vantage_interview_prepare, GTK_TYPE_WIDGET)

static VantageReviewContext *
get_context (VantageInterviewPrepare *self)
{
  return vantage_interview_room_get_context (self->room);
}

/* ---- when ---- */

static void
show_when (VantageInterviewPrepare *self)
{
  VantageEntity *interview = vantage_interview_room_get_interview (self->room);
  const char *const *states = vantage_words_list_choices ("interview-state");
  const char *state;
  gint64 planned_us;
  g_autofree char *planned = NULL;

  if (interview == NULL)
    return;
  self->showing = TRUE;
  planned_us = vantage_entity_get_time (interview, "planned");
  if (planned_us != VANTAGE_TIME_NONE)
    planned = vantage_zone_format (vantage_review_context_get_zone (get_context (self)), planned_us,
                                   VANTAGE_SHOW_DAY_MINUTE);
  gtk_editable_set_text (self->planned, planned != NULL ? planned : "");
  gtk_widget_hide (GTK_WIDGET (self->planned_why));
  gtk_spin_button_set_value (self->minutes, (double) vantage_entity_get_int (
                                                interview, "minutes", VANTAGE_INTERVIEW_MINUTES));
  state = vantage_entity_get_text (interview, "state");
  for (guint i = 0; states[i] != NULL; i++)
    if (g_strcmp0 (states[i], state) == 0)
      adw_combo_row_set_selected (self->state, i);
  self->showing = FALSE;
}

static void
planned_apply_cb (VantageInterviewPrepare *self)
{
  VantageZone *zone = vantage_review_context_get_zone (get_context (self));
  const char *text = gtk_editable_get_text (self->planned);
  const char *id = vantage_interview_room_get_id (self->room);
  g_autoptr (VantageEdit) edit = NULL;
  VantageTypedTime typed;

  if (text[0] != '\0' &&
      (!vantage_typed_time_parse (text, vantage_interview_room_now_us (self->room), zone, &typed) ||
       typed.sort != VANTAGE_TYPED_WHEN || typed.when.sort == VANTAGE_WHEN_UNKNOWN))
    {
      gtk_label_set_text (self->planned_why,
                          _ ("This is no time that Vantage can read. Write “20 March 14:00” or "
                             "“tomorrow 10:00”."));
      gtk_widget_show (GTK_WIDGET (self->planned_why));
      return;
    }
  edit = vantage_review_context_begin (get_context (self), _ ("Plan Interview"));
  if (text[0] == '\0')
    vantage_edit_set (edit, "interview", id, "planned", vantage_value_new_null ());
  else
    vantage_edit_set_time (edit, "interview", id, "planned", typed.when.at_us);
  vantage_review_context_commit (get_context (self), edit);
  show_when (self);
}

static void
minutes_changed_cb (VantageInterviewPrepare *self)
{
  g_autoptr (VantageEdit) edit = NULL;
  int minutes = gtk_spin_button_get_value_as_int (self->minutes);

  if (self->showing)
    return;
  edit = vantage_review_context_begin (get_context (self), _ ("Change Minutes"));
  vantage_edit_set_int (edit, "interview", vantage_interview_room_get_id (self->room), "minutes",
                        minutes);
  vantage_edit_set_typing (edit, "interview-minutes");
  vantage_review_context_commit (get_context (self), edit);
}

static void
state_changed_cb (VantageInterviewPrepare *self)
{
  const char *const *states = vantage_words_list_choices ("interview-state");
  guint selected = adw_combo_row_get_selected (self->state);
  g_autoptr (VantageEdit) edit = NULL;

  if (self->showing || selected >= g_strv_length ((char **) states))
    return;
  edit = vantage_review_context_begin (get_context (self), _ ("Change State of Interview"));
  vantage_edit_set_text (edit, "interview", vantage_interview_room_get_id (self->room), "state",
                         states[selected]);
  vantage_review_context_commit (get_context (self), edit);
}

static AdwPreferencesGroup *
append_group (VantageInterviewPrepare *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (self->column, group);
  return ADW_PREFERENCES_GROUP (group);
}

static GtkWidget *
new_minutes_row (VantageInterviewPrepare *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->minutes = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (10, 180, 5));
  gtk_widget_set_valign (GTK_WIDGET (self->minutes), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->minutes), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Minutes"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Minutes"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->minutes));
  g_signal_connect_object (self->minutes, "value-changed", G_CALLBACK (minutes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
new_state_row (VantageInterviewPrepare *self)
{
  const char *const *states = vantage_words_list_choices ("interview-state");
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; states[i] != NULL; i++)
    gtk_string_list_append (words, vantage_words_choice ("interview-state", states[i]));
  self->state = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state), _ ("State"));
  self->showing = TRUE;
  adw_combo_row_set_model (self->state, G_LIST_MODEL (words));
  self->showing = FALSE;
  g_signal_connect_object (self->state, "notify::selected", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->state);
}

static void
append_when (VantageInterviewPrepare *self)
{
  AdwPreferencesGroup *group = append_group (self, _ ("When"), NULL);
  GtkWidget *row = adw_entry_row_new ();

  self->planned = GTK_EDITABLE (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Planned for"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (planned_apply_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  adw_preferences_group_add (group, new_minutes_row (self));
  adw_preferences_group_add (group, new_state_row (self));
  self->planned_why = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->planned_why, TRUE);
  gtk_label_set_xalign (self->planned_why, 0);
  gtk_widget_set_margin_top (GTK_WIDGET (self->planned_why), 6);
  gtk_widget_hide (GTK_WIDGET (self->planned_why));
  adw_preferences_group_add (group, GTK_WIDGET (self->planned_why));
}

/* ---- what it is for, and for oneself ---- */

static void
append_expectations (VantageInterviewPrepare *self)
{
  AdwPreferencesGroup *group =
      append_group (self, _ ("What to Expect"),
                    _ ("What you told them the conversation is for, and what they hope for."));
  GtkWidget *prose = vantage_prose_editor_new ();

  gtk_widget_add_css_class (prose, "card");
  vantage_prose_editor_set_placeholder (VANTAGE_PROSE_EDITOR (prose), _ ("Expectations"));
  vantage_prose_editor_set_lines (VANTAGE_PROSE_EDITOR (prose), 2);
  vantage_prose_editor_bind (VANTAGE_PROSE_EDITOR (prose), get_context (self), "interview",
                             vantage_interview_room_get_id (self->room), "expectations",
                             _ ("Edit Expectations"));
  adw_preferences_group_add (group, prose);
}

static void
reasons_left_cb (VantageInterviewPrepare *self)
{
  vantage_interview_prepare_flush (self);
}

static void
show_reasons (VantageInterviewPrepare *self)
{
  const char *reasons = vantage_interview_room_get_reasons (self->room);

  if (!gtk_widget_has_focus (GTK_WIDGET (self->reasons)))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->reasons), reasons, -1);
}

static void
append_reasons (VantageInterviewPrepare *self)
{
  AdwPreferencesGroup *group =
      append_group (self, _ ("For Yourself"), _ ("Only on this computer."));
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *lock = gtk_image_new_from_icon_name ("vantage-lock-symbolic");

  self->reasons = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->reasons, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->reasons, FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self->reasons), -1, 72);
  gtk_widget_add_css_class (GTK_WIDGET (self->reasons), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->reasons), "private-reasons");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reasons), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Private reasons for this conversation"), -1);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (reasons_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->reasons), focus);
  adw_preferences_group_set_header_suffix (group, lock);
  adw_preferences_group_add (group, GTK_WIDGET (self->reasons));
}

void
vantage_interview_prepare_flush (VantageInterviewPrepare *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->reasons);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  vantage_interview_room_set_reasons (self->room, text);
}

/* ---- object ---- */

static void
vantage_interview_prepare_dispose (GObject *object)
{
  VantageInterviewPrepare *self = VANTAGE_INTERVIEW_PREPARE (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_object (&self->room);
  G_OBJECT_CLASS (vantage_interview_prepare_parent_class)->dispose (object);
}

static void
vantage_interview_prepare_class_init (VantageInterviewPrepareClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_interview_prepare_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_interview_prepare_init (VantageInterviewPrepare *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_margin_top (GTK_WIDGET (self->column), 24);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->column), 36);
  gtk_widget_set_margin_start (GTK_WIDGET (self->column), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->column), 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->column));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

static void
append_start (VantageInterviewPrepare *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Start Interview"));

  vantage_shortcuts_set_button (button, "page.start");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (self->column, button);
}

GtkWidget *
vantage_interview_prepare_new (VantageInterviewRoom *room)
{
  VantageInterviewPrepare *self = g_object_new (VANTAGE_TYPE_INTERVIEW_PREPARE, NULL);

  self->room = g_object_ref (room);
  append_when (self);
  gtk_box_append (self->column, vantage_consent_rows_new (room));
  append_expectations (self);
  gtk_box_append (self->column, vantage_guide_editor_new (room));
  gtk_box_append (self->column, vantage_cue_editor_new (room));
  append_reasons (self);
  append_start (self);
  g_signal_connect_object (room, "shared-changed", G_CALLBACK (show_when), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (room, "prep-changed", G_CALLBACK (show_reasons), self,
                           G_CONNECT_SWAPPED);
  show_when (self);
  show_reasons (self);
  return GTK_WIDGET (self);
}
