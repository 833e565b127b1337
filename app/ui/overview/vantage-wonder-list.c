/* vantage-wonder-list.c: the open questions of a review. */

#include "config.h"

#include "vantage-wonder-list.h"

#include <glib/gi18n.h>
#include <string.h>

struct _VantageWonderList
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GListModel *wonders;
  GtkListBox *list;
  GtkEditable *entry;
};

G_DEFINE_FINAL_TYPE (VantageWonderList, vantage_wonder_list, GTK_TYPE_WIDGET)

/* ---- rows ---- */

static gboolean
is_answered (VantageEntity *wonder)
{
  return g_strcmp0 (vantage_entity_get_text (wonder, "status"), "answered") == 0;
}

static void
answered_toggled_cb (VantageWonderList *self, GtkCheckButton *check)
{
  const char *id = g_object_get_data (G_OBJECT (check), "id");
  gboolean answered = gtk_check_button_get_active (check);
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (
      self->context, answered ? _ ("Answer Wonder") : _ ("Reopen Wonder"));

  vantage_edit_set_text (edit, "wonder", id, "status", answered ? "answered" : "open");
  vantage_review_context_commit (self->context, edit);
}

static void
delete_clicked_cb (VantageWonderList *self, GtkButton *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "id");
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (self->context, _ ("Delete Wonder"));

  vantage_edit_delete (edit, "wonder", id);
  vantage_review_context_commit_with_undo (self->context, edit, _ ("Wonder deleted"));
}

static GtkWidget *
new_check (VantageWonderList *self, VantageEntity *wonder)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, _ ("Answered"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Answered"), -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_answered (wonder));
  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (vantage_entity_get_id (wonder)),
                          g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (answered_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  return check;
}

static GtkWidget *
new_delete_button (VantageWonderList *self, VantageEntity *wonder)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Delete Wonder"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Delete Wonder"), -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (vantage_entity_get_id (wonder)),
                          g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (delete_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_row (gpointer item, gpointer data)
{
  VantageWonderList *self = data;
  VantageEntity *wonder = item;
  GtkWidget *row = adw_action_row_new ();
  const char *to = vantage_entity_get_ref (wonder, "to");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), vantage_entity_get_title (wonder));
  if (to != NULL)
    {
      /* translators: a person's name */
      g_autofree char *ask = g_strdup_printf (
          _ ("to ask %s"), vantage_review_context_get_person_name (self->context, to));

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), ask);
    }
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), new_check (self, wonder));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_delete_button (self, wonder));
  if (is_answered (wonder))
    gtk_widget_add_css_class (row, "dim-label");
  return row;
}

/* ---- adding ---- */

static void
entry_apply_cb (VantageWonderList *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  g_autoptr (VantageEdit) edit = NULL;
  const char *id;

  if (text[0] == '\0')
    return;
  edit = vantage_review_context_begin (self->context, _ ("Add Wonder"));
  id = vantage_edit_create (edit, "wonder");
  vantage_edit_set_text (edit, "wonder", id, "text", text);
  vantage_edit_set_text (edit, "wonder", id, "status", "open");
  if (vantage_review_context_commit (self->context, edit))
    gtk_editable_set_text (self->entry, "");
}

/* ---- object ---- */

static void
vantage_wonder_list_dispose (GObject *object)
{
  VantageWonderList *self = VANTAGE_WONDER_LIST (object);
  GtkWidget *child;

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->wonders);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_wonder_list_parent_class)->dispose (object);
}

static void
vantage_wonder_list_class_init (VantageWonderListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_wonder_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
vantage_wonder_list_init (VantageWonderList *self)
{
  GtkWidget *adding = gtk_list_box_new ();
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (adding), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (adding, "boxed-list");
  self->entry = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _ ("I wonder…"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
  g_signal_connect_object (self->entry, "apply", G_CALLBACK (entry_apply_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (adding), GTK_WIDGET (self->entry));
  gtk_widget_set_parent (adding, GTK_WIDGET (self));
}

static void
show_list (VantageWonderList *self)
{
  if (self->list != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->list), g_list_model_get_n_items (self->wonders) > 0);
}

void
vantage_wonder_list_bind (VantageWonderList *self, VantageReviewContext *context)
{
  self->context = g_object_ref (context);
  self->wonders =
      vantage_library_get_model (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), "wonder");
  gtk_list_box_bind_model (self->list, self->wonders, new_row, self, NULL);
  g_signal_connect_object (self->wonders, "items-changed", G_CALLBACK (show_list), self,
                           G_CONNECT_SWAPPED);
  show_list (self);
}

void
vantage_wonder_list_begin (VantageWonderList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
