/* vantage-make-dialog.c: making things from words that were picked out. */

#include "config.h"

#include "vantage-make-dialog.h"

#include <glib/gi18n.h>

#include "vantage-typed-time.h"
#include "vantage-words.h"

typedef struct
{
  VantageInterviewRoom *room;
  VantagePrivatePassage *passage;
  const char *kind; /* one of a table */
  GPtrArray *events;
  AdwMessageDialog *dialog;
  GtkEditable *text;  /* NULL for a statement */
  GtkEditable *time;  /* of an event or a statement; else NULL */
  AdwComboRow *event; /* of a statement; else NULL */
} Making;

static void
making_free (gpointer data, GClosure *closure)
{
  Making *self = data;

  g_object_unref (self->room);
  vantage_private_passage_free (self->passage);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self);
}

static gboolean
read_time (Making *self, VantageTypedTime *out)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  VantageEntity *review = vantage_review_context_get_review (context);
  gint64 day_us = review != NULL ? vantage_entity_get_time (review, "from") : VANTAGE_TIME_NONE;

  if (day_us == VANTAGE_TIME_NONE)
    day_us = vantage_interview_room_now_us (self->room);
  return vantage_typed_time_parse (gtk_editable_get_text (self->time), day_us,
                                   vantage_review_context_get_zone (context), out) &&
         out->sort == VANTAGE_TYPED_WHEN;
}

static void
check_cb (Making *self)
{
  VantageTypedTime typed;
  gboolean named = self->text == NULL || g_utf8_strlen (gtk_editable_get_text (self->text), -1) > 0;
  gboolean timed = TRUE;

  if (self->time != NULL)
    {
      gboolean empty = gtk_editable_get_text (self->time)[0] == '\0';

      timed = (empty && self->event == NULL) || (!empty && read_time (self, &typed));
      if (!empty && !timed)
        gtk_widget_add_css_class (GTK_WIDGET (self->time), "error");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->time), "error");
    }
  adw_message_dialog_set_response_enabled (
      self->dialog, "make", named && timed && (self->event == NULL || self->events->len > 0));
}

/* ---- writing ---- */

/* Who says so, and, once it is released, the words themselves. */
static void
set_account (Making *self, VantageEdit *edit, const char *id)
{
  vantage_edit_set_ref (edit, self->kind, id, "account",
                        vantage_interview_room_get_person (self->room));
  vantage_edit_set_ref (edit, self->kind, id, "interview",
                        vantage_interview_room_get_id (self->room));
  if (self->passage->released != NULL)
    vantage_edit_set_ref (edit, self->kind, id, "passage", self->passage->released);
}

static void
write_event (Making *self, VantageEdit *edit, const char *id)
{
  VantageTypedTime typed;

  vantage_edit_set_text (edit, "event", id, "title", gtk_editable_get_text (self->text));
  vantage_edit_set_text (edit, "event", id, "kind", "other");
  vantage_edit_set_text (edit, "event", id, "claim", self->passage->claim);
  vantage_edit_set_member (edit, "event", id, "actors",
                           vantage_interview_room_get_person (self->room), TRUE);
  set_account (self, edit, id);
  if (gtk_editable_get_text (self->time)[0] != '\0' && read_time (self, &typed))
    vantage_edit_set_when (edit, "event", id, "start", &typed.when);
}

static void
write_statement (Making *self, VantageEdit *edit, const char *id)
{
  VantageEntity *event = self->events->pdata[adw_combo_row_get_selected (self->event)];
  VantageTypedTime typed;

  if (!read_time (self, &typed))
    return;
  vantage_edit_set_ref (edit, "statement", id, "subject", vantage_entity_get_id (event));
  vantage_edit_set_text (edit, "statement", id, "rel",
                         typed.when.sort == VANTAGE_WHEN_BETWEEN ? "between" : "at");
  vantage_edit_set_when (edit, "statement", id, "value", &typed.when);
  set_account (self, edit, id);
}

static void
write_other (Making *self, VantageEdit *edit, const char *id)
{
  gboolean finding = g_str_equal (self->kind, "finding");

  vantage_edit_set_text (edit, self->kind, id, finding ? "title" : "text",
                         gtk_editable_get_text (self->text));
  vantage_edit_set_text (edit, self->kind, id, "status", finding ? "draft" : "open");
  if (self->passage->released != NULL)
    vantage_edit_set_member (edit, self->kind, id, finding ? "passages" : "about",
                             self->passage->released, TRUE);
}

static void
make (Making *self)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (context, _ ("Make From Passage"));
  g_autofree char *id = g_strdup (vantage_edit_create (edit, self->kind));
  g_autofree char *told = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (g_str_equal (self->kind, "event"))
    write_event (self, edit, id);
  else if (g_str_equal (self->kind, "statement"))
    write_statement (self, edit, id);
  else
    write_other (self, edit, id);
  /* translators: what was made: "Event made" */
  told = g_strdup_printf (_ ("%s made"), vantage_words_kind (self->kind));
  if (!vantage_review_context_commit_with_undo (context, edit, told))
    return;
  vantage_private_passage_add_made (self->passage, self->kind, id);
  ok = vantage_vault_put_passage (vantage_interview_room_get_vault (self->room), self->passage,
                                  _ ("Make From Passage"), &error);
  vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "make"))
    make (data);
}

/* ---- asking ---- */

static GtkEditable *
append_entry (Making *self, GtkWidget *list, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check_cb), self);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return GTK_EDITABLE (row);
}

static void
append_events (Making *self, GtkWidget *list)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  self->events =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), "event", NULL);
  if (self->events == NULL)
    self->events = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->events->len; i++)
    gtk_string_list_append (titles, vantage_entity_get_title (self->events->pdata[i]));
  self->event = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->event), _ ("Event"));
  adw_combo_row_set_model (self->event, G_LIST_MODEL (titles));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->event));
}

static const char *
get_heading (const char *kind)
{
  if (g_str_equal (kind, "event"))
    return _ ("Make Event");
  if (g_str_equal (kind, "statement"))
    return _ ("Say When");
  return g_str_equal (kind, "finding") ? _ ("Make Finding") : _ ("Make Wonder");
}

void
vantage_make_dialog_open (GtkWindow *parent, VantageInterviewRoom *room,
                          const VantagePrivatePassage *passage, const char *kind)
{
  Making *self = g_new0 (Making, 1);
  GtkWidget *list = gtk_list_box_new ();
  gboolean timed = g_str_equal (kind, "event") || g_str_equal (kind, "statement");

  self->room = g_object_ref (room);
  self->passage = vantage_private_passage_copy (passage);
  self->kind = kind;
  self->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      parent, get_heading (kind),
      _ ("What you write here is shared with the team. Use your own words; theirs stay on this "
         "computer until they are released.")));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  if (g_str_equal (kind, "statement"))
    append_events (self, list);
  else
    self->text = append_entry (self, list, _ ("In your own words"));
  if (timed)
    self->time = append_entry (self, list, _ ("When, as they said it: about 02:10"));
  adw_message_dialog_set_extra_child (self->dialog, list);
  adw_message_dialog_add_responses (self->dialog, "cancel", _ ("_Cancel"), "make", _ ("_Make"),
                                    NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "make", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "make");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (response_cb), self, making_free, 0);
  check_cb (self);
  gtk_window_present (GTK_WINDOW (self->dialog));
}
