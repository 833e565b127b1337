/* vantage-wonder-detail.c: one open question. */

#include "config.h"

#include "vantage-wonder-detail.h"

#include <glib/gi18n.h>

#include "vantage-finding-rows.h"
#include "vantage-prose-editor.h"
#include "vantage-reference-chooser.h"
#include "vantage-wrap-entry.h"

struct _VantageWonderDetail
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  char *id;
  guint showing; /* idle */

  GtkWidget *box;
  GtkWidget *text;
  GtkWidget *status;
  GtkMenuButton *to;
  GtkLabel *to_name;
  GtkWidget *to_nobody;
  VantageProseEditor *answer;
  VantageGroundList *ground;
};

G_DEFINE_FINAL_TYPE (VantageWonderDetail, vantage_wonder_detail, GTK_TYPE_WIDGET)

static void
show_fields (VantageWonderDetail *self)
{
  g_autoptr (VantageEntity) entity = NULL;
  const char *to = NULL;
  g_autofree char *ask = NULL;

  if (self->id != NULL)
    entity = vantage_library_get (vantage_review_context_get_library (self->context),
                                  vantage_review_context_get_review_id (self->context), "wonder",
                                  self->id, NULL);
  if (entity != NULL)
    to = vantage_entity_get_ref (entity, "to");
  if (to != NULL)
    /* translators: a person's name */
    ask = g_strdup_printf (_ ("To ask %s"),
                           vantage_review_context_get_person_name (self->context, to));
  gtk_label_set_text (self->to_name, ask != NULL ? ask : _ ("Whom to ask?"));
  gtk_widget_set_visible (self->to_nobody, to != NULL);
  vantage_choice_drop_show (self->status, entity);
  vantage_ground_list_show (self->ground, entity);
}

static gboolean
show_cb (gpointer data)
{
  VantageWonderDetail *self = data;

  self->showing = 0;
  show_fields (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (VantageWonderDetail *self)
{
  if (self->showing == 0 && self->id != NULL)
    self->showing = g_idle_add (show_cb, self);
}

static void
evidence_changed_cb (VantageWonderDetail *self)
{
  vantage_ground_list_reread (self->ground);
}

static void
set_to (VantageWonderDetail *self, const char *person)
{
  g_autoptr (VantageEdit) edit = NULL;

  if (self->id == NULL)
    return;
  edit = vantage_review_context_begin (self->context, _ ("Choose Whom to Ask"));
  vantage_edit_set_ref (edit, "wonder", self->id, "to", person);
  vantage_review_context_commit (self->context, edit);
}

static void
chosen_cb (VantageWonderDetail *self, const char *kind, const char *person)
{
  set_to (self, person);
}

static void
nobody_clicked_cb (VantageWonderDetail *self)
{
  set_to (self, NULL);
}

void
vantage_wonder_detail_show (VantageWonderDetail *self, const char *id)
{
  if (id != self->id)
    {
      g_free (self->id);
      self->id = g_strdup (id);
    }
  vantage_wrap_entry_bind (VANTAGE_WRAP_ENTRY (self->text), self->context, "wonder", id, "text",
                           _ ("Edit Wonder"));
  vantage_prose_editor_bind (self->answer, self->context, "wonder", id, "answer",
                             _ ("Edit Answer"));
  gtk_widget_set_sensitive (self->box, id != NULL);
  show_fields (self);
}

void
vantage_wonder_detail_rename (VantageWonderDetail *self)
{
  gtk_widget_grab_focus (self->text);
}

VantageGroundList *
vantage_wonder_detail_get_ground (VantageWonderDetail *self)
{
  return self->ground;
}

/* ---- object ---- */

static void
vantage_wonder_detail_dispose (GObject *object)
{
  VantageWonderDetail *self = VANTAGE_WONDER_DETAIL (object);

  g_clear_handle_id (&self->showing, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->id, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_wonder_detail_parent_class)->dispose (object);
}

static void
vantage_wonder_detail_class_init (VantageWonderDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_wonder_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_wonder_detail_init (VantageWonderDetail *self)
{
}

static GtkWidget *
new_to (VantageWonderDetail *self)
{
  static const char *const kinds[] = { "person", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *chooser = vantage_reference_chooser_new (self->context, kinds);

  self->to = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->to_name = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->to_name, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->to_name));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (self->to, content);
  gtk_menu_button_set_popover (self->to, chooser);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->to), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Whom to ask"), -1);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);

  self->to_nobody = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_tooltip_text (self->to_nobody, _ ("Ask Nobody in Particular"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->to_nobody), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Ask Nobody in Particular"), -1);
  g_signal_connect_object (self->to_nobody, "clicked", G_CALLBACK (nobody_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->to));
  gtk_box_append (GTK_BOX (box), self->to_nobody);
  return box;
}

GtkWidget *
vantage_wonder_detail_new (VantageReviewContext *context)
{
  static const char *const kinds[] = { "event", "passage", "item", "person", "finding", NULL };
  VantageWonderDetail *self = g_object_new (VANTAGE_TYPE_WONDER_DETAIL, NULL);
  GtkWidget *choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->context = g_object_ref (context);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->text = vantage_wrap_entry_new (_ ("The question"), _ ("I wonder…"));
  gtk_widget_add_css_class (self->text, "entity-title");
  gtk_box_append (GTK_BOX (self->box), self->text);

  self->status = vantage_choice_drop_new (context, &vantage_wonder_status_field);
  gtk_box_append (GTK_BOX (choices), self->status);
  gtk_box_append (GTK_BOX (choices), new_to (self));
  gtk_box_append (GTK_BOX (self->box), choices);

  self->answer = VANTAGE_PROSE_EDITOR (vantage_prose_editor_new ());
  vantage_prose_editor_set_placeholder (
      self->answer, _ ("What came of it? It may stay open: then leave this empty."));
  vantage_prose_editor_set_label (self->answer, _ ("Answer"));
  vantage_prose_editor_set_lines (self->answer, 3);
  vantage_prose_editor_show_references (self->answer);
  vantage_reference_chooser_complete (vantage_prose_editor_get_view (self->answer), context, kinds);
  gtk_widget_add_css_class (GTK_WIDGET (self->answer), "card");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->answer));

  self->ground = VANTAGE_GROUND_LIST (vantage_ground_list_new (context, "wonder"));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->ground));

  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  vantage_wonder_detail_show (self, NULL);
  return GTK_WIDGET (self);
}
