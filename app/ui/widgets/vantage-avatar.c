/* vantage-avatar.c: a person as a disc with initials in the colour of their lane. */

#include "config.h"

#include "vantage-avatar.h"

#include "vantage-text.h"

static const char *const classes[] = { "person-none", "person-0", "person-1", "person-2",
                                       "person-3",    "person-4", "person-5", "person-6" };

struct _VantageAvatar
{
  GtkWidget parent_instance;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (VantageAvatar, vantage_avatar, GTK_TYPE_WIDGET)

const char *
vantage_avatar_get_class (int colour)
{
  return colour < 0 ? classes[0] : classes[1 + colour % VANTAGE_N_LANE_COLOURS];
}

void
vantage_avatar_set_class (GtkWidget *widget, int colour)
{
  /* Rows of long lists are filled again and again: a style worked out anew is what costs there. */
  if (gtk_widget_has_css_class (widget, vantage_avatar_get_class (colour)))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (widget, classes[i]);
  gtk_widget_add_css_class (widget, vantage_avatar_get_class (colour));
}

static void
vantage_avatar_dispose (GObject *object)
{
  VantageAvatar *self = VANTAGE_AVATAR (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (vantage_avatar_parent_class)->dispose (object);
}

static void
vantage_avatar_class_init (VantageAvatarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_avatar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "disc");
  /* The name stands beside it wherever it is used. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
vantage_avatar_init (VantageAvatar *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[0]);
}

GtkWidget *
vantage_avatar_new (int size)
{
  GtkWidget *self = g_object_new (VANTAGE_TYPE_AVATAR, NULL);

  gtk_widget_set_size_request (self, size, size);
  gtk_widget_add_css_class (self, size < 28 ? "small" : size > 40 ? "large" : "medium");
  return self;
}

void
vantage_avatar_set_person (VantageAvatar *self, const char *name, int colour, gboolean outlined)
{
  g_autofree char *initials = vantage_text_initials (name != NULL ? name : "");

  gtk_label_set_text (GTK_LABEL (self->label), initials);
  vantage_avatar_set_class (GTK_WIDGET (self), colour);
  if (outlined)
    gtk_widget_add_css_class (GTK_WIDGET (self), "outlined");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "outlined");
}

void
vantage_avatar_set_person_id (VantageAvatar *self, VantageReviewContext *context,
                              const char *person)
{
  const VantagePerson *known = vantage_review_context_find_person (context, person);

  vantage_avatar_set_person (self, vantage_review_context_get_person_name (context, person),
                             vantage_review_context_get_person_colour (context, person),
                             known != NULL && g_strcmp0 (known->part, "absent") == 0);
}
