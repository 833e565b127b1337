/* vantage-finding-detail.c: one finding. */

#include "config.h"

#include "vantage-finding-detail.h"

#include <glib/gi18n.h>

#include "vantage-finding-rows.h"
#include "vantage-language-marks.h"
#include "vantage-language.h"
#include "vantage-reference-chooser.h"
#include "vantage-wrap-entry.h"

struct _VantageFindingDetail
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  char *id;
  guint showing; /* idle */

  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *status, *kinds;
  VantageProseEditor *text, *discomfort;
  VantageGroundList *ground;
  VantagePerspectives *perspectives;
};

G_DEFINE_FINAL_TYPE (VantageFindingDetail, vantage_finding_detail, GTK_TYPE_WIDGET)

static const char *const reference_kinds[] = { "event",   "passage", "item", "person",
                                               "finding", "wonder",  NULL };

static void
show_fields (VantageFindingDetail *self)
{
  g_autoptr (VantageEntity) entity = NULL;

  if (self->id != NULL)
    entity = vantage_library_get (vantage_review_context_get_library (self->context),
                                  vantage_review_context_get_review_id (self->context), "finding",
                                  self->id, NULL);
  vantage_choice_drop_show (self->status, entity);
  vantage_choice_menu_show (self->kinds, entity);
  vantage_ground_list_show (self->ground, entity);
  vantage_perspectives_show (self->perspectives, self->id);
}

static gboolean
show_cb (gpointer data)
{
  VantageFindingDetail *self = data;

  self->showing = 0;
  show_fields (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (VantageFindingDetail *self)
{
  if (self->showing == 0 && self->id != NULL)
    self->showing = g_idle_add (show_cb, self);
}

static void
evidence_changed_cb (VantageFindingDetail *self)
{
  vantage_ground_list_reread (self->ground);
}

void
vantage_finding_detail_show (VantageFindingDetail *self, const char *id)
{
  if (id != self->id)
    {
      g_free (self->id);
      self->id = g_strdup (id);
    }
  vantage_wrap_entry_bind (VANTAGE_WRAP_ENTRY (self->title), self->context, "finding", id, "title",
                           _ ("Rename Finding"));
  vantage_prose_editor_bind (self->text, self->context, "finding", id, "text", _ ("Edit Finding"));
  vantage_prose_editor_bind (self->discomfort, self->context, "finding", id, "discomfort",
                             _ ("Edit Note"));
  gtk_widget_set_sensitive (self->box, id != NULL);
  show_fields (self);
}

void
vantage_finding_detail_rename (VantageFindingDetail *self)
{
  gtk_widget_grab_focus (self->title);
}

VantageGroundList *
vantage_finding_detail_get_ground (VantageFindingDetail *self)
{
  return self->ground;
}

VantagePerspectives *
vantage_finding_detail_get_perspectives (VantageFindingDetail *self)
{
  return self->perspectives;
}

VantageProseEditor *
vantage_finding_detail_get_text (VantageFindingDetail *self)
{
  return self->text;
}

/* ---- object ---- */

static void
vantage_finding_detail_dispose (GObject *object)
{
  VantageFindingDetail *self = VANTAGE_FINDING_DETAIL (object);

  g_clear_handle_id (&self->showing, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->id, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_finding_detail_parent_class)->dispose (object);
}

static void
vantage_finding_detail_class_init (VantageFindingDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_finding_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_finding_detail_init (VantageFindingDetail *self)
{
}

static VantageProseEditor *
append_prose (VantageFindingDetail *self, const char *label, const char *placeholder)
{
  VantageProseEditor *prose = VANTAGE_PROSE_EDITOR (vantage_prose_editor_new ());

  vantage_prose_editor_set_placeholder (prose, placeholder);
  vantage_prose_editor_set_label (prose, label);
  vantage_prose_editor_show_references (prose);
  vantage_language_marks_attach (prose, self->context, VANTAGE_LANGUAGE_AUTHOR);
  vantage_reference_chooser_complete (vantage_prose_editor_get_view (prose), self->context,
                                      reference_kinds);
  gtk_widget_add_css_class (GTK_WIDGET (prose), "card");
  return prose;
}

static void
append_discomfort (VantageFindingDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Hard to Say"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  self->discomfort = append_prose (
      self, _ ("What is hard to say about it"),
      _ ("Whom does this touch, and who should hear of it first? Not in the report."));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->discomfort));
  gtk_box_append (GTK_BOX (self->box), box);
}

GtkWidget *
vantage_finding_detail_new (VantageReviewContext *context)
{
  VantageFindingDetail *self = g_object_new (VANTAGE_TYPE_FINDING_DETAIL, NULL);
  GtkWidget *choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->context = g_object_ref (context);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->title = vantage_wrap_entry_new (_ ("Title of the finding"), _ ("What is there to know?"));
  gtk_widget_add_css_class (self->title, "entity-title");
  gtk_box_append (GTK_BOX (self->box), self->title);

  self->status = vantage_choice_drop_new (context, &vantage_finding_status_field);
  self->kinds = vantage_choice_menu_new (context, &vantage_finding_kinds_field);
  gtk_box_append (GTK_BOX (choices), self->status);
  gtk_box_append (GTK_BOX (choices), self->kinds);
  gtk_box_append (GTK_BOX (self->box), choices);

  self->text = append_prose (self, _ ("Text of the finding"),
                             _ ("What happened here, and what made it sensible at the time? Type "
                                "[[ to refer to an event, a passage or an item."));
  vantage_prose_editor_set_lines (self->text, 5);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->text));

  self->ground = VANTAGE_GROUND_LIST (vantage_ground_list_new (context, "finding"));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->ground));
  self->perspectives = VANTAGE_PERSPECTIVES (vantage_perspectives_new (context));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->perspectives));
  append_discomfort (self);

  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "people-changed", G_CALLBACK (evidence_changed_cb), self,
                           G_CONNECT_SWAPPED);
  vantage_finding_detail_show (self, NULL);
  return GTK_WIDGET (self);
}
