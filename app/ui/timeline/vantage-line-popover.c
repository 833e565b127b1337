/* vantage-line-popover.c: asks for one line right where it belongs. */

#include "config.h"

#include "vantage-line-popover.h"

struct _VantageLinePopover
{
  GtkPopover parent_instance;

  GtkWidget *entry;
  GtkWidget *hint;
  GtkWidget *problem;
  VantageLineTaken taken;
  gpointer user_data;
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (VantageLinePopover, vantage_line_popover, GTK_TYPE_POPOVER)

static void
activate_cb (VantageLinePopover *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autofree char *problem = NULL;

  if (text[0] == '\0')
    return;
  g_object_ref (self);
  problem = self->taken (text, self->user_data);
  if (problem == NULL)
    gtk_popover_popdown (GTK_POPOVER (self));
  else
    {
      gtk_label_set_text (GTK_LABEL (self->problem), problem);
      gtk_widget_show (self->problem);
      gtk_widget_hide (self->hint);
      gtk_widget_add_css_class (self->entry, "error");
    }
  g_object_unref (self);
}

static void
changed_cb (VantageLinePopover *self)
{
  gtk_widget_hide (self->problem);
  gtk_widget_set_visible (self->hint, gtk_label_get_text (GTK_LABEL (self->hint))[0] != '\0');
  gtk_widget_remove_css_class (self->entry, "error");
}

static gboolean
unparent_cb (gpointer self)
{
  if (gtk_widget_get_parent (self) != NULL)
    gtk_widget_unparent (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: the popover is still in the middle of closing. */
static void
closed_cb (VantageLinePopover *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (self), g_object_unref);
}

static void
vantage_line_popover_dispose (GObject *object)
{
  VantageLinePopover *self = VANTAGE_LINE_POPOVER (object);

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  self->destroy = NULL;
  G_OBJECT_CLASS (vantage_line_popover_parent_class)->dispose (object);
}

static void
vantage_line_popover_class_init (VantageLinePopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_line_popover_dispose;
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
vantage_line_popover_init (VantageLinePopover *self)
{
  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 500);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 30);
  self->hint = new_label (NULL, "faint");
  self->problem = new_label (NULL, "detail");
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_hide (self->problem);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
}

GtkWidget *
vantage_line_popover_ask (GtkWidget *parent, const GdkRectangle *area,
                          const VantageLineQuestion *question, VantageLineTaken taken,
                          gpointer user_data, GDestroyNotify destroy)
{
  VantageLinePopover *self = g_object_new (VANTAGE_TYPE_LINE_POPOVER, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->taken = taken;
  self->user_data = user_data;
  self->destroy = destroy;
  gtk_box_append (GTK_BOX (box), new_label (question->heading, "heading"));
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->hint);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), question->placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  question->heading, -1);
  gtk_label_set_text (GTK_LABEL (self->hint), question->hint != NULL ? question->hint : "");
  if (question->text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), question->text);
  changed_cb (self);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  if (area != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self), area);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->entry);
  return GTK_WIDGET (self);
}
