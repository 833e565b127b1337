/* vantage-passage-row.c: words that were picked out. */

#include "config.h"

#include "vantage-passage-row.h"

#include <glib/gi18n.h>

#include "vantage-make-dialog.h"
#include "vantage-release-dialog.h"
#include "vantage-vocabulary.h"
#include "vantage-words.h"

struct _VantagePassageRow
{
  AdwExpanderRow parent_instance;

  VantageInterviewRoom *room;
  VantagePrivatePassage *passage;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (VantagePassageRow, vantage_passage_row, ADW_TYPE_EXPANDER_ROW)

static void
put (VantagePassageRow *self, const char *what)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = vantage_vault_put_passage (vantage_interview_room_get_vault (self->room),
                                           self->passage, what, &error);

  vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

/* ---- what it is ---- */

static char *
dup_summary (VantagePassageRow *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, (gpointer) vantage_words_choice ("claim", self->passage->claim));
  for (guint i = 0; i < self->passage->made->len; i++)
    g_ptr_array_add (parts, (gpointer) vantage_words_kind (
                                ((const VantageMade *) self->passage->made->pdata[i])->kind));
  if (self->passage->released != NULL)
    g_ptr_array_add (parts, (gpointer) _ ("Released"));
  else
    g_ptr_array_add (parts, (gpointer) _ ("Only on this computer"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
claim_selected_cb (VantagePassageRow *self, GParamSpec *pspec, AdwComboRow *row)
{
  const char *claim = vantage_claims[adw_combo_row_get_selected (row)];

  if (self->showing || g_str_equal (claim, self->passage->claim))
    return;
  g_free (self->passage->claim);
  self->passage->claim = g_strdup (claim);
  put (self, _ ("Change Kind of Claim"));
}

static GtkWidget *
new_claim_row (VantagePassageRow *self)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; vantage_claims[i] != NULL; i++)
    gtk_string_list_append (words, vantage_words_choice ("claim", vantage_claims[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Kind of claim"));
  self->showing = TRUE;
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
  for (guint i = 0; vantage_claims[i] != NULL; i++)
    if (g_str_equal (vantage_claims[i], self->passage->claim))
      adw_combo_row_set_selected (row, i);
  self->showing = FALSE;
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (claim_selected_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (row);
}

/* ---- memo and codes ---- */

static void
memo_apply_cb (VantagePassageRow *self, GtkEditable *entry)
{
  g_free (self->passage->memo);
  self->passage->memo = g_strdup (gtk_editable_get_text (entry));
  put (self, _ ("Edit Memo"));
}

static GtkWidget *
new_memo_row (VantagePassageRow *self)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Memo, only here"));
  gtk_editable_set_text (GTK_EDITABLE (row),
                         self->passage->memo != NULL ? self->passage->memo : "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (memo_apply_cb), self, G_CONNECT_SWAPPED);
  return row;
}

/* The code of that name in the book of codes that the review shares; made when there is none. */
static char *
find_code (VantagePassageRow *self, const char *name)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  g_autoptr (GPtrArray) codes =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), "code", NULL);
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *id = NULL;

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    if (g_ascii_strcasecmp (vantage_entity_get_title (codes->pdata[i]), name) == 0)
      return g_strdup (vantage_entity_get_id (codes->pdata[i]));
  edit = vantage_review_context_begin (context, _ ("Add Code"));
  id = g_strdup (vantage_edit_create (edit, "code"));
  vantage_edit_set_text (edit, "code", id, "name", name);
  return vantage_review_context_commit (context, edit) ? g_steal_pointer (&id) : NULL;
}

static void
code_apply_cb (VantagePassageRow *self, GtkEditable *entry)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  g_autofree char *code = name[0] != '\0' ? find_code (self, name) : NULL;

  if (code == NULL)
    return;
  vantage_private_passage_set_code (
      self->passage, code,
      vantage_library_get_device (vantage_review_context_get_library (context)), "");
  put (self, _ ("Put Code On"));
}

static void
code_removed_cb (VantagePassageRow *self, GtkButton *button)
{
  vantage_private_passage_remove_code (self->passage,
                                       g_object_get_data (G_OBJECT (button), "code"));
  put (self, _ ("Take Code Off"));
}

static void
add_code_rows (VantagePassageRow *self)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  GtkWidget *entry = adw_entry_row_new ();

  for (guint i = 0; i < self->passage->codings->len; i++)
    {
      const VantageCoding *coding = self->passage->codings->pdata[i];
      g_autoptr (VantageEntity) code = vantage_library_get (
          vantage_review_context_get_library (context),
          vantage_review_context_get_review_id (context), "code", coding->code, NULL);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     code != NULL ? vantage_entity_get_title (code) : coding->code);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Code"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, _ ("Take Code Off"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Take Code Off"), -1);
      g_object_set_data_full (G_OBJECT (button), "code", g_strdup (coding->code), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (code_removed_cb), self,
                               G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Add a code"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
  g_signal_connect_object (entry, "apply", G_CALLBACK (code_apply_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), entry);
}

/* ---- what is made from it, and releasing ---- */

static GtkWindow *
get_window (VantagePassageRow *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
make_clicked_cb (VantagePassageRow *self, GtkButton *button)
{
  vantage_make_dialog_open (get_window (self), self->room, self->passage,
                            g_object_get_data (G_OBJECT (button), "kind"));
}

static void
release_clicked_cb (VantagePassageRow *self)
{
  if (self->passage->released == NULL)
    vantage_release_dialog_open (get_window (self), self->room, self->passage);
  else
    vantage_withdraw_dialog_open (get_window (self), self->room, self->passage);
}

static void
forget_clicked_cb (VantagePassageRow *self)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = vantage_vault_delete_passage (vantage_interview_room_get_vault (self->room),
                                              self->passage->id, _ ("Put Passage Back"), &error);

  vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

static GtkWidget *
new_make_row (VantagePassageRow *self)
{
  static const char *const kinds[] = { "event", "statement", "finding", "wonder" };
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 4);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (vantage_words_kind (kinds[i]));
      /* translators: what is made from words: "Make: Event" */
      g_autofree char *spoken = g_strdup_printf (_ ("Make: %s"), vantage_words_kind (kinds[i]));

      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken, -1);
      gtk_widget_set_tooltip_text (button, spoken);
      g_object_set_data (G_OBJECT (button), "kind", (gpointer) kinds[i]);
      g_signal_connect_object (button, "clicked", G_CALLBACK (make_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      /* what was imagined never stands on the timeline */
      gtk_widget_set_sensitive (button, i > 1 || !g_str_equal (self->passage->claim, "imagined"));
      gtk_flow_box_append (GTK_FLOW_BOX (flow), button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), flow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static GtkWidget *
new_release_row (VantagePassageRow *self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *release = gtk_button_new_with_label (
      self->passage->released == NULL ? _ ("Release…") : _ ("Withdraw…"));
  GtkWidget *forget = gtk_button_new_with_label (_ ("Put Back"));

  g_signal_connect_object (release, "clicked", G_CALLBACK (release_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (forget, "clicked", G_CALLBACK (forget_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_tooltip_text (forget, _ ("No passage any more; the notes stay as they are"));
  gtk_widget_set_sensitive (forget, self->passage->released == NULL);
  gtk_widget_set_hexpand (forget, TRUE);
  gtk_widget_set_halign (forget, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), release);
  gtk_box_append (GTK_BOX (box), forget);
  gtk_widget_add_css_class (box, "interview-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/* ---- object ---- */

static void
vantage_passage_row_finalize (GObject *object)
{
  VantagePassageRow *self = VANTAGE_PASSAGE_ROW (object);

  g_clear_pointer (&self->passage, vantage_private_passage_free);
  g_clear_object (&self->room);
  G_OBJECT_CLASS (vantage_passage_row_parent_class)->finalize (object);
}

static void
vantage_passage_row_class_init (VantagePassageRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_passage_row_finalize;
}

static void
vantage_passage_row_init (VantagePassageRow *self)
{
}

GtkWidget *
vantage_passage_row_new (VantageInterviewRoom *room, const VantagePrivatePassage *passage)
{
  VantagePassageRow *self = g_object_new (VANTAGE_TYPE_PASSAGE_ROW, NULL);
  g_autofree char *words = vantage_private_passage_dup_words (passage);
  g_autofree char *summary = NULL;

  self->room = g_object_ref (room);
  self->passage = vantage_private_passage_copy (passage);
  summary = dup_summary (self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), words);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), summary);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), new_claim_row (self));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), new_memo_row (self));
  add_code_rows (self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), new_make_row (self));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), new_release_row (self));
  return GTK_WIDGET (self);
}

const char *
vantage_passage_row_get_id (VantagePassageRow *self)
{
  return self->passage->id;
}
