/* vantage-stage-dots.c: how far a review is. */

#include "config.h"

#include "vantage-stage-dots.h"

#include <glib/gi18n.h>

#include "vantage-kind.h"
#include "vantage-words.h"

struct _VantageStageDots
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *box;
  GtkWidget *dots;
  GtkLabel *name;
};

G_DEFINE_FINAL_TYPE (VantageStageDots, vantage_stage_dots, GTK_TYPE_WIDGET)

static const char *
get_stage (VantageStageDots *self)
{
  VantageEntity *review = vantage_review_context_get_review (self->context);
  const char *stage = review != NULL ? vantage_entity_get_text (review, "stage") : NULL;

  return stage != NULL ? stage : vantage_stages[0];
}

static void
show_stage (VantageStageDots *self)
{
  const char *stage = get_stage (self);
  gboolean reached = g_strv_contains (vantage_stages, stage);
  guint i = 0;

  gtk_label_set_text (self->name, vantage_words_choice ("stage", stage));
  for (GtkWidget *button = gtk_widget_get_first_child (self->dots); button != NULL;
       button = gtk_widget_get_next_sibling (button), i++)
    {
      GtkWidget *dot = gtk_button_get_child (GTK_BUTTON (button));
      gboolean now = g_str_equal (vantage_stages[i], stage);

      gtk_widget_set_css_classes (dot, (const char *[]){ now       ? "now"
                                                         : reached ? "done"
                                                                   : "ahead",
                                                         NULL });
      gtk_accessible_update_state (
          GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
          now ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
      if (now)
        reached = FALSE;
    }
}

static void
dot_clicked_cb (VantageStageDots *self, GtkButton *button)
{
  const char *stage = g_object_get_data (G_OBJECT (button), "stage");
  g_autoptr (VantageEdit) edit = NULL;

  if (g_str_equal (stage, get_stage (self)))
    return;
  edit = vantage_review_context_begin (self->context, _ ("Change Stage"));
  vantage_edit_set_text (edit, "review", vantage_review_context_get_review_id (self->context),
                         "stage", stage);
  vantage_review_context_commit (self->context, edit);
}

static void
append_dot (VantageStageDots *self, const char *stage)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *dot = g_object_new (GTK_TYPE_BOX, "css-name", "stagedot", NULL);
  const char *word = vantage_words_choice ("stage", stage);

  gtk_widget_set_halign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), dot);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "stage");
  gtk_widget_set_tooltip_text (button, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  g_object_set_data (G_OBJECT (button), "stage", (gpointer) stage);
  g_signal_connect_object (button, "clicked", G_CALLBACK (dot_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->dots), button);
}

static void
vantage_stage_dots_dispose (GObject *object)
{
  VantageStageDots *self = VANTAGE_STAGE_DOTS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_stage_dots_parent_class)->dispose (object);
}

static void
vantage_stage_dots_class_init (VantageStageDotsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_stage_dots_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
vantage_stage_dots_init (VantageStageDots *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->dots = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->name = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->name, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "heading");
  for (guint i = 0; vantage_stages[i] != NULL; i++)
    append_dot (self, vantage_stages[i]);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (self->box), self->dots);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Stage"),
                                  -1);
}

void
vantage_stage_dots_bind (VantageStageDots *self, VantageReviewContext *context)
{
  self->context = g_object_ref (context);
  g_signal_connect_object (context, "notify::review", G_CALLBACK (show_stage), self,
                           G_CONNECT_SWAPPED);
  show_stage (self);
}
