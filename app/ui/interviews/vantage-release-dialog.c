/* vantage-release-dialog.c: letting words leave this computer, and taking them back. */

#include "config.h"

#include "vantage-release-dialog.h"

#include <glib/gi18n.h>

#include "vantage-vocabulary.h"
#include "vantage-words.h"

typedef struct
{
  VantageInterviewRoom *room;
  VantagePrivatePassage *passage;
  char *words;
  AdwMessageDialog *dialog;
  AdwComboRow *form;
  GtkEditable *shown_as;
  GtkEditable *other_words;
  GtkLabel *preview;
  GtkCheckButton *yes;
} Releasing;

static void
releasing_free (gpointer data, GClosure *closure)
{
  Releasing *self = data;

  g_object_unref (self->room);
  vantage_private_passage_free (self->passage);
  g_free (self->words);
  g_free (self);
}

static const char *
get_form (Releasing *self)
{
  return vantage_release_forms[adw_combo_row_get_selected (self->form)];
}

/* Exactly what leaves. */
static const char *
get_words (Releasing *self)
{
  return g_str_equal (get_form (self), "paraphrase") ? gtk_editable_get_text (self->other_words)
                                                     : self->words;
}

static const char *
get_shown_as (Releasing *self)
{
  return g_str_equal (get_form (self), "name") ? vantage_interview_room_get_name (self->room)
                                               : gtk_editable_get_text (self->shown_as);
}

static void
show_cb (Releasing *self)
{
  const char *form = get_form (self);
  gboolean named = g_str_equal (form, "name");
  gboolean other = g_str_equal (form, "paraphrase");
  /* translators: words that are shared, and whose they are said to be */
  g_autofree char *text = g_strdup_printf (_ ("“%s”\n— %s"), get_words (self), get_shown_as (self));

  gtk_widget_set_visible (GTK_WIDGET (self->shown_as), !named);
  gtk_widget_set_visible (GTK_WIDGET (self->other_words), other);
  gtk_label_set_text (self->preview, text);
  adw_message_dialog_set_response_enabled (self->dialog, "release",
                                           gtk_check_button_get_active (self->yes) &&
                                               get_words (self)[0] != '\0' &&
                                               get_shown_as (self)[0] != '\0');
}

/* Another wording or name is another question to the person. */
static void
changed_cb (Releasing *self)
{
  gtk_check_button_set_active (self->yes, FALSE);
  show_cb (self);
}

static void
release (Releasing *self)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  const char *form = get_form (self);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Release Passage"));
  g_autofree char *id = g_strdup (vantage_edit_create (edit, "passage"));
  g_autoptr (GHashTable) registers = vantage_private_passage_release (
      self->passage, vantage_interview_room_get_person (self->room), form,
      g_str_equal (form, "name") ? "" : get_shown_as (self), get_words (self));
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer name, value;
  gboolean ok;

  g_hash_table_iter_init (&iter, registers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    vantage_edit_set (edit, "passage", id, name, vantage_value_ref (value));
  if (!vantage_review_context_commit (context, edit))
    return;
  g_free (self->passage->released);
  g_free (self->passage->released_form);
  self->passage->released = g_steal_pointer (&id);
  self->passage->released_form = g_strdup (form);
  ok = vantage_vault_put_passage (vantage_interview_room_get_vault (self->room), self->passage,
                                  _ ("Release Passage"), &error);
  vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

static void
release_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "release"))
    release (data);
}

/* ---- asking ---- */

static GtkWidget *
new_rows (Releasing *self)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GtkStringList) forms = gtk_string_list_new (NULL);

  for (guint i = 0; vantage_release_forms[i] != NULL; i++)
    gtk_string_list_append (forms, vantage_words_choice ("form", vantage_release_forms[i]));
  self->form = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->form), _ ("Shown"));
  adw_combo_row_set_model (self->form, G_LIST_MODEL (forms));
  self->shown_as = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->shown_as),
                                 _ ("As: an engineer of the night shift"));
  self->other_words = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->other_words), _ ("In other words"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->form));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->shown_as));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->other_words));
  return list;
}

static GtkWidget *
new_form (Releasing *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = gtk_label_new (_ ("Exactly this leaves:"));
  /* translators: a person's name */
  g_autofree char *yes = g_strdup_printf (_ ("%s has seen this and said yes"),
                                          vantage_interview_room_get_name (self->room));

  self->preview = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->preview, TRUE);
  gtk_label_set_xalign (self->preview, 0);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "guide-heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->preview), "guide-card");
  self->yes = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (yes));
  gtk_box_append (GTK_BOX (box), new_rows (self));
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->preview));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->yes));
  return box;
}

void
vantage_release_dialog_open (GtkWindow *parent, VantageInterviewRoom *room,
                             const VantagePrivatePassage *passage)
{
  Releasing *self = g_new0 (Releasing, 1);
  VantageEntity *consent = vantage_interview_room_get_consent (room);
  const char *words = consent != NULL ? vantage_entity_get_text (consent, "words") : NULL;

  if (g_strcmp0 (words, "never") == 0)
    {
      g_free (self);
      vantage_review_context_tell (vantage_interview_room_get_context (room),
                                   _ ("They said that their words stay here"));
      return;
    }
  self->room = g_object_ref (room);
  self->passage = vantage_private_passage_copy (passage);
  self->words = vantage_private_passage_dup_words (passage);
  self->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("Release Passage"), NULL));
  adw_message_dialog_set_extra_child (self->dialog, new_form (self));
  adw_message_dialog_add_responses (self->dialog, "cancel", _ ("_Cancel"), "release",
                                    _ ("_Release"), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "release", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  g_signal_connect_swapped (self->form, "notify::selected", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->shown_as, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->other_words, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->yes, "toggled", G_CALLBACK (show_cb), self);
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (release_response_cb), self,
                         releasing_free, 0);
  show_cb (self);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

/* ---- taking back ---- */

static void
withdraw (Releasing *self)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  VantageLibrary *library = vantage_review_context_get_library (context);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Withdraw Passage"));
  g_autofree char *id = g_strdup (self->passage->released);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  vantage_edit_delete (edit, "passage", id);
  if (!vantage_review_context_commit (context, edit))
    return;
  if (!vantage_library_purge (library, vantage_review_context_get_review_id (context), id, &error))
    {
      vantage_review_context_tell_error (context, _ ("Withdrawn, but still in the bin"), error);
      g_clear_error (&error);
    }
  g_clear_pointer (&self->passage->released, g_free);
  g_clear_pointer (&self->passage->released_form, g_free);
  ok = vantage_vault_put_passage (vantage_interview_room_get_vault (self->room), self->passage,
                                  _ ("Withdraw Passage"), &error);
  vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

static void
withdraw_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "withdraw"))
    withdraw (data);
}

void
vantage_withdraw_dialog_open (GtkWindow *parent, VantageInterviewRoom *room,
                              const VantagePrivatePassage *passage)
{
  Releasing *self = g_new0 (Releasing, 1);

  self->room = g_object_ref (room);
  self->passage = vantage_private_passage_copy (passage);
  self->words = vantage_private_passage_dup_words (passage);
  self->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      parent, _ ("Withdraw Passage?"),
      _ ("The words disappear from everything that refers to them, here at once and elsewhere with "
         "the next sync. Your notes stay as they are.")));
  adw_message_dialog_add_responses (self->dialog, "cancel", _ ("_Cancel"), "withdraw",
                                    _ ("_Withdraw"), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "withdraw", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (withdraw_response_cb), self,
                         releasing_free, 0);
  gtk_window_present (GTK_WINDOW (self->dialog));
}
