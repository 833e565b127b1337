/* vantage-perspectives.c: how people see a finding. */

#include "config.h"

#include "vantage-perspectives.h"

#include <glib/gi18n.h>

#include "vantage-avatar.h"
#include "vantage-choice-fields.h"
#include "vantage-prose-editor.h"
#include "vantage-reference-chooser.h"
#include "vantage-shortcuts.h"

struct _VantagePerspectives
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  char *finding;
  char *shown; /* ids of the responses that have a row */
  GtkBox *rows;
  GtkWidget *nothing;
  GtkMenuButton *add;
};

G_DEFINE_FINAL_TYPE (VantagePerspectives, vantage_perspectives, GTK_TYPE_WIDGET)

static const char *const verdicts[] = { "agree", "differ", "add", NULL };
static const char *const verdict_words[] = { N_ ("Agrees"), N_ ("Sees it differently"), N_ ("Adds"),
                                             NULL };
static const VantageChoiceField verdict_field = {
  .kind = "response",
  .field = "verdict",
  .label = N_ ("How they see it"),
  .what = N_ ("Change Perspective"),
  .values = verdicts,
  .words = verdict_words,
};

/* (transfer full) (element-type VantageEntity) */
static GPtrArray *
list_responses (VantagePerspectives *self)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListModel) model =
      vantage_library_get_model (vantage_review_context_get_library (self->context),
                                 vantage_review_context_get_review_id (self->context), "response");

  for (guint i = 0; self->finding != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (VantageEntity) response = g_list_model_get_item (model, i);

      if (g_strcmp0 (vantage_entity_get_ref (response, "about"), self->finding) == 0)
        g_ptr_array_add (out, g_steal_pointer (&response));
    }
  return out;
}

/* ---- rows ---- */

static void
delete_clicked_cb (VantagePerspectives *self, GtkButton *button)
{
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (self->context, _ ("Delete Perspective"));

  vantage_edit_delete (edit, "response", g_object_get_data (G_OBJECT (button), "id"));
  vantage_review_context_commit_with_undo (self->context, edit, _ ("Perspective deleted"));
}

static GtkWidget *
new_delete_button (VantagePerspectives *self, const char *id)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Delete Perspective"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Delete Perspective"), -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (delete_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_row (VantagePerspectives *self, VantageEntity *response)
{
  const char *id = vantage_entity_get_id (response);
  const char *person = vantage_entity_get_ref (response, "person");
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *avatar = vantage_avatar_new (24);
  GtkWidget *name = gtk_label_new (vantage_review_context_get_person_name (self->context, person));
  GtkWidget *verdict = vantage_choice_drop_new (self->context, &verdict_field);
  GtkWidget *text = vantage_prose_editor_new ();

  vantage_avatar_set_person_id (VANTAGE_AVATAR (avatar), self->context, person);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (verdict, "flat");
  gtk_box_append (GTK_BOX (head), avatar);
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), verdict);
  gtk_box_append (GTK_BOX (head), new_delete_button (self, id));
  gtk_widget_add_css_class (head, "perspective-head");
  vantage_prose_editor_set_placeholder (VANTAGE_PROSE_EDITOR (text), _ ("In their words"));
  vantage_prose_editor_bind (VANTAGE_PROSE_EDITOR (text), self->context, "response", id, "text",
                             _ ("Edit Perspective"));
  gtk_box_append (GTK_BOX (row), head);
  gtk_box_append (GTK_BOX (row), text);
  gtk_widget_add_css_class (row, "card");
  g_object_set_data (G_OBJECT (row), "verdict", verdict);
  g_object_set_data (G_OBJECT (row), "text", text);
  return row;
}

static void
build (VantagePerspectives *self, GPtrArray *responses)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, child);
  for (guint i = 0; i < responses->len; i++)
    gtk_box_append (self->rows, new_row (self, responses->pdata[i]));
  gtk_widget_set_visible (self->nothing, responses->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), responses->len > 0);
}

void
vantage_perspectives_show (VantagePerspectives *self, const char *finding)
{
  g_autoptr (GPtrArray) responses = NULL;
  g_autoptr (GString) ids = g_string_new (finding);
  GtkWidget *row;

  if (finding != self->finding)
    {
      g_free (self->finding);
      self->finding = g_strdup (finding);
    }
  responses = list_responses (self);
  for (guint i = 0; i < responses->len; i++)
    g_string_append_printf (ids, "\n%s", vantage_entity_get_id (responses->pdata[i]));
  if (g_strcmp0 (ids->str, self->shown) != 0)
    {
      g_free (self->shown);
      self->shown = g_strdup (ids->str);
      build (self, responses);
    }
  row = gtk_widget_get_first_child (GTK_WIDGET (self->rows));
  for (guint i = 0; row != NULL && i < responses->len; i++)
    {
      vantage_choice_drop_show (g_object_get_data (G_OBJECT (row), "verdict"), responses->pdata[i]);
      row = gtk_widget_get_next_sibling (row);
    }
}

/* ---- adding ---- */

static void
chosen_cb (VantagePerspectives *self, const char *kind, const char *person)
{
  g_autoptr (VantageEdit) edit = NULL;
  const char *id;
  GtkWidget *last;

  if (self->finding == NULL)
    return;
  edit = vantage_review_context_begin (self->context, _ ("Add Perspective"));
  id = vantage_edit_create (edit, "response");
  vantage_edit_set_ref (edit, "response", id, "person", person);
  vantage_edit_set_ref (edit, "response", id, "about", self->finding);
  vantage_edit_set_text (edit, "response", id, "verdict", "agree");
  if (!vantage_review_context_commit (self->context, edit))
    return;
  vantage_perspectives_show (self, self->finding);
  last = gtk_widget_get_last_child (GTK_WIDGET (self->rows));
  if (last != NULL)
    gtk_widget_grab_focus (g_object_get_data (G_OBJECT (last), "text"));
}

void
vantage_perspectives_choose (VantagePerspectives *self)
{
  gtk_menu_button_popup (self->add);
}

/* ---- object ---- */

static void
vantage_perspectives_dispose (GObject *object)
{
  VantagePerspectives *self = VANTAGE_PERSPECTIVES (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->context);
  g_clear_pointer (&self->finding, g_free);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (vantage_perspectives_parent_class)->dispose (object);
}

static void
vantage_perspectives_class_init (VantagePerspectivesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_perspectives_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
vantage_perspectives_init (VantagePerspectives *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
}

GtkWidget *
vantage_perspectives_new (VantageReviewContext *context)
{
  static const char *const kinds[] = { "person", NULL };
  VantagePerspectives *self = g_object_new (VANTAGE_TYPE_PERSPECTIVES, NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Perspectives"));
  GtkWidget *chooser = vantage_reference_chooser_new (context, kinds);
  g_autofree char *tooltip = vantage_shortcuts_dup_tooltip ("page.findings-perspective");

  self->context = g_object_ref (context);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  self->add = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->add, "list-add-symbolic");
  gtk_menu_button_set_popover (self->add, chooser);
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "flat");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add Perspective"), -1);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->add));
  gtk_widget_set_parent (head, GTK_WIDGET (self));

  self->nothing = gtk_label_new (_ ("Who was there may see it differently. Nobody was asked yet."));
  gtk_label_set_wrap (GTK_LABEL (self->nothing), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->nothing), 0);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_parent (self->nothing, GTK_WIDGET (self));
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  gtk_widget_set_parent (GTK_WIDGET (self->rows), GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
