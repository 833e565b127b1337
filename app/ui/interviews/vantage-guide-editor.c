/* vantage-guide-editor.c: the questions of an interview, phase by phase. */

#include "config.h"

#include "vantage-guide-editor.h"

#include <glib/gi18n.h>

#include "vantage-interview-planning.h"

#define N_FOUND 8

struct _VantageGuideEditor
{
  AdwBin parent_instance;

  VantageInterviewRoom *room;
  GtkBox *box;
  AdwPreferencesGroup *phases;
  AdwPreferencesGroup *bank;
  GtkEditable *search;
  GPtrArray *rows;      /* of phases; lent */
  GPtrArray *found;     /* rows of the bank; lent */
  GHashTable *expanded; /* phase ids */
  guint showing;        /* idle */
};

G_DEFINE_FINAL_TYPE (VantageGuideEditor, vantage_guide_editor, ADW_TYPE_BIN)

typedef enum
{
  QUESTION_UP,
  QUESTION_DOWN,
  QUESTION_REMOVE,
} QuestionAct;

/* ---- acting on one question ---- */

static void
question_clicked_cb (VantageGuideEditor *self, GtkButton *button)
{
  VantageGuide *guide = vantage_interview_room_get_guide (self->room);
  guint phase = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "phase"));
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "question"));
  QuestionAct act = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "act"));

  if (act == QUESTION_REMOVE)
    vantage_guide_remove (guide, phase, at);
  else
    vantage_guide_move (guide, phase, at, phase, act == QUESTION_UP ? at - 1 : at + 1);
  vantage_interview_room_save_guide (self->room, act == QUESTION_REMOVE ? _ ("Remove Question")
                                                                        : _ ("Move Question"));
}

static GtkWidget *
new_button (VantageGuideEditor *self, const char *icon, const char *label, guint phase,
            guint question, QuestionAct act)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data (G_OBJECT (button), "phase", GUINT_TO_POINTER (phase));
  g_object_set_data (G_OBJECT (button), "question", GUINT_TO_POINTER (question));
  g_object_set_data (G_OBJECT (button), "act", GUINT_TO_POINTER (act));
  g_signal_connect_object (button, "clicked", G_CALLBACK (question_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_question_row (VantageGuideEditor *self, const VantageGuidePhase *phase, guint phase_at,
                  guint at)
{
  const VantageGuideQuestion *question = phase->questions->pdata[at];
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *up = new_button (self, "go-up-symbolic", _ ("Move Up"), phase_at, at, QUESTION_UP);
  GtkWidget *down =
      new_button (self, "go-down-symbolic", _ ("Move Down"), phase_at, at, QUESTION_DOWN);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), question->text);
  gtk_widget_set_sensitive (up, at > 0);
  gtk_widget_set_sensitive (down, at + 1 < phase->questions->len);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), up);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), down);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             new_button (self, "user-trash-symbolic", _ ("Remove Question"),
                                         phase_at, at, QUESTION_REMOVE));
  return row;
}

/* ---- one's own ---- */

static void
own_apply_cb (VantageGuideEditor *self, AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (text[0] == '\0')
    return;
  vantage_guide_add (vantage_interview_room_get_guide (self->room),
                     g_object_get_data (G_OBJECT (row), "phase"), -1, "", text, NULL, NULL);
  vantage_interview_room_save_guide (self->room, _ ("Add Question"));
}

static GtkWidget *
new_own_row (VantageGuideEditor *self, const char *phase)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Add a question of your own"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "phase", g_strdup (phase), g_free);
  g_signal_connect_object (row, "apply", G_CALLBACK (own_apply_cb), self, G_CONNECT_SWAPPED);
  return row;
}

/* ---- phases ---- */

static void
expanded_cb (VantageGuideEditor *self, GParamSpec *pspec, AdwExpanderRow *row)
{
  const char *phase = g_object_get_data (G_OBJECT (row), "phase");

  if (adw_expander_row_get_expanded (row))
    g_hash_table_add (self->expanded, g_strdup (phase));
  else
    g_hash_table_remove (self->expanded, phase);
}

static GtkWidget *
new_phase_row (VantageGuideEditor *self, const VantageGuidePhase *phase, guint at)
{
  const VantagePhase *about =
      vantage_question_bank_find_phase (vantage_question_bank_get_builtin (), phase->phase);
  GtkWidget *row = adw_expander_row_new ();
  guint n = phase->questions->len;
  g_autofree char *minutes =
      g_strdup_printf (ngettext ("%d minute", "%d minutes", phase->minutes), phase->minutes);
  g_autofree char *count = g_strdup_printf (ngettext ("%u question", "%u questions", n), n);
  /* translators: minutes of a phase, and how many questions it has */
  g_autofree char *subtitle = g_strdup_printf (_ ("%s · %s"), minutes, count);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 about != NULL ? about->title : phase->phase);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row),
                                 g_hash_table_contains (self->expanded, phase->phase));
  for (guint i = 0; i < n; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_question_row (self, phase, at, i));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_own_row (self, phase->phase));
  g_object_set_data_full (G_OBJECT (row), "phase", g_strdup (phase->phase), g_free);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static gboolean
show_cb (gpointer data)
{
  VantageGuideEditor *self = data;
  VantageGuide *guide = vantage_interview_room_get_guide (self->room);

  self->showing = 0;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->phases, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < guide->phases->len; i++)
    {
      GtkWidget *row = new_phase_row (self, guide->phases->pdata[i], i);

      adw_preferences_group_add (self->phases, row);
      g_ptr_array_add (self->rows, row);
    }
  return G_SOURCE_REMOVE;
}

/* Not at once: a button of a row may be what is being pressed. */
static void
queue_show (VantageGuideEditor *self)
{
  if (self->showing == 0)
    self->showing = g_idle_add (show_cb, self);
}

static void
anew_clicked_cb (VantageGuideEditor *self)
{
  VantageEntity *interview = vantage_interview_room_get_interview (self->room);

  vantage_interview_rebuild_guide (
      self->room, 2,
      interview != NULL
          ? (int) vantage_entity_get_int (interview, "minutes", VANTAGE_INTERVIEW_MINUTES)
          : VANTAGE_INTERVIEW_MINUTES);
}

/* ---- the bank ---- */

static void
add_found_cb (VantageGuideEditor *self, GtkButton *button)
{
  const VantageQuestion *question = g_object_get_data (G_OBJECT (button), "question");
  g_autoptr (GHashTable) known =
      vantage_interview_dup_known (vantage_interview_room_get_context (self->room),
                                   vantage_interview_room_get_person (self->room));
  g_autofree char *text = vantage_question_fill (question->text, known);

  vantage_guide_add (vantage_interview_room_get_guide (self->room), question->phase, -1,
                     question->id, text, (const char *const *) question->follow_ups, NULL);
  g_hash_table_add (self->expanded, g_strdup (question->phase));
  vantage_interview_room_save_guide (self->room, _ ("Add Question"));
}

static GtkWidget *
new_found_row (VantageGuideEditor *self, const VantageQuestion *question)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  const VantagePhase *phase =
      vantage_question_bank_find_phase (vantage_question_bank_get_builtin (), question->phase);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), question->text);
  if (phase != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), phase->title);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Add Question"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add Question"), -1);
  g_object_set_data (G_OBJECT (button), "question", (gpointer) question);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_found_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
search_changed_cb (VantageGuideEditor *self)
{
  const char *words = gtk_editable_get_text (self->search);
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < self->found->len; i++)
    adw_preferences_group_remove (self->bank, self->found->pdata[i]);
  g_ptr_array_set_size (self->found, 0);
  if (words[0] == '\0')
    return;
  found = vantage_question_bank_search (vantage_question_bank_get_builtin (), NULL, words);
  for (guint i = 0, n = 0; i < found->len && n < N_FOUND; i++)
    {
      const VantageQuestion *question = found->pdata[i];
      const VantagePhase *phase =
          vantage_question_bank_find_phase (vantage_question_bank_get_builtin (), question->phase);
      GtkWidget *row;

      if (phase == NULL || phase->minutes == 0)
        continue;
      row = new_found_row (self, question);
      adw_preferences_group_add (self->bank, row);
      g_ptr_array_add (self->found, row);
      n++;
    }
}

/* ---- object ---- */

static void
vantage_guide_editor_dispose (GObject *object)
{
  VantageGuideEditor *self = VANTAGE_GUIDE_EDITOR (object);

  g_clear_handle_id (&self->showing, g_source_remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->expanded, g_hash_table_unref);
  g_clear_object (&self->room);
  G_OBJECT_CLASS (vantage_guide_editor_parent_class)->dispose (object);
}

static void
vantage_guide_editor_class_init (VantageGuideEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_guide_editor_dispose;
}

static void
vantage_guide_editor_init (VantageGuideEditor *self)
{
  GtkWidget *anew = gtk_button_new_with_label (_ ("Make Anew"));

  self->rows = g_ptr_array_new ();
  self->found = g_ptr_array_new ();
  self->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->phases = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->phases, _ ("Guide"));
  adw_preferences_group_set_description (self->phases,
                                         _ ("A way through, not a list to tick off."));
  gtk_widget_set_valign (anew, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (anew, _ ("For the minutes that are planned; your own questions and "
                                        "what was asked stay"));
  g_signal_connect_object (anew, "clicked", G_CALLBACK (anew_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (self->phases, anew);

  self->bank = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->search = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->search), _ ("Find other questions"));
  g_signal_connect_object (self->search, "changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->bank, GTK_WIDGET (self->search));
  gtk_box_append (self->box, GTK_WIDGET (self->phases));
  gtk_box_append (self->box, GTK_WIDGET (self->bank));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
vantage_guide_editor_new (VantageInterviewRoom *room)
{
  VantageGuideEditor *self = g_object_new (VANTAGE_TYPE_GUIDE_EDITOR, NULL);

  self->room = g_object_ref (room);
  g_signal_connect_object (room, "prep-changed", G_CALLBACK (queue_show), self, G_CONNECT_SWAPPED);
  show_cb (self);
  return GTK_WIDGET (self);
}
