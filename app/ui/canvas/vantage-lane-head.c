/* vantage-lane-head.c: what stands left of a lane. */

#include "config.h"

#include "vantage-lane-head.h"

#include "vantage-avatar.h"

struct _VantageLaneHead
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *texts;
  GtkWidget *name;
  GtkWidget *small_name; /* under the disc, when narrow */
  GtkWidget *avatar;
  gboolean narrow, collapsed;
};

G_DEFINE_FINAL_TYPE (VantageLaneHead, vantage_lane_head, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_tooltip_text (label, text);
  return label;
}

static void
fill (VantageLaneHead *self, const VantageTimelineLane *lane)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->avatar = vantage_avatar_new (30);
  vantage_avatar_set_person (VANTAGE_AVATAR (self->avatar), lane->name, lane->colour, FALSE);
  gtk_widget_set_valign (self->avatar, GTK_ALIGN_START);
  gtk_widget_set_halign (self->avatar, GTK_ALIGN_START);
  self->small_name = new_label (lane->name, "lane-strip");
  self->name = new_label (lane->name, "lane-name");
  gtk_box_append (GTK_BOX (column), self->avatar);
  gtk_box_append (GTK_BOX (column), self->small_name);
  gtk_box_append (GTK_BOX (self->box), column);
  gtk_box_append (GTK_BOX (self->box), self->texts);
  gtk_widget_set_hexpand (self->texts, TRUE);
  gtk_box_append (GTK_BOX (self->texts), self->name);
  if (lane->detail[0] != '\0')
    gtk_box_append (GTK_BOX (self->texts), new_label (lane->detail, "lane-detail"));
  for (char **line = lane->strip; *line != NULL; line++)
    gtk_box_append (GTK_BOX (self->texts), new_label (*line, "lane-strip"));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
vantage_lane_head_dispose (GObject *object)
{
  VantageLaneHead *self = VANTAGE_LANE_HEAD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (vantage_lane_head_parent_class)->dispose (object);
}

static void
vantage_lane_head_class_init (VantageLaneHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_lane_head_dispose;
  gtk_widget_class_set_css_name (widget_class, "lanehead");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
vantage_lane_head_init (VantageLaneHead *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

static void
show_parts (VantageLaneHead *self)
{
  gboolean only_name = self->collapsed;

  gtk_widget_set_visible (self->avatar, !only_name);
  gtk_widget_set_visible (self->texts, !self->narrow);
  gtk_widget_set_visible (self->small_name, self->narrow);
  for (GtkWidget *child = gtk_widget_get_next_sibling (self->name); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, !only_name);
}

GtkWidget *
vantage_lane_head_new (const VantageTimelineLane *lane)
{
  VantageLaneHead *self = g_object_new (VANTAGE_TYPE_LANE_HEAD, NULL);

  fill (self, lane);
  show_parts (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, lane->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, lane->detail, -1);
  return GTK_WIDGET (self);
}

void
vantage_lane_head_set_narrow (VantageLaneHead *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  show_parts (self);
}

void
vantage_lane_head_set_collapsed (VantageLaneHead *self, gboolean collapsed)
{
  self->collapsed = collapsed;
  show_parts (self);
}
