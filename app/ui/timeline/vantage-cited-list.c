/* vantage-cited-list.c: what an event rests on. */

#include "config.h"

#include "vantage-cited-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-item-tile.h"

struct _VantageCitedList
{
  GtkWidget parent_instance;

  VantageTimelineFeed *feed;
  VantageTimelineEvent *event;
};

G_DEFINE_FINAL_TYPE (VantageCitedList, vantage_cited_list, GTK_TYPE_WIDGET)

GtkWidget *
vantage_remove_button_new (const char *what, GCallback clicked, gpointer data, const char *key,
                           const char *value)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  g_object_set_data_full (G_OBJECT (button), key, g_strdup (value), g_free);
  g_signal_connect_swapped (button, "clicked", clicked, data);
  return button;
}

static void
uncite_cb (VantageCitedList *self, GtkWidget *button)
{
  VantageTimelineEvent *event = self->event;
  const char *item = g_object_get_data (G_OBJECT (button), "item");
  g_autoptr (VantageEdit) edit = NULL;
  g_autoptr (GArray) cites = NULL;

  if (event == NULL)
    return;
  edit = vantage_review_context_begin (vantage_timeline_feed_get_context (self->feed),
                                       _ ("Take Evidence Away"));
  cites = vantage_entity_list_cites (event->entity);
  for (guint i = 0; i < cites->len; i++)
    {
      const VantageCite *cite = &g_array_index (cites, VantageCite, i);

      if (strcmp (cite->item, item) == 0)
        vantage_edit_uncite (edit, "event", vantage_timeline_event_get_id (event), item, cite->from,
                             cite->to);
    }
  vantage_review_context_commit_with_undo (vantage_timeline_feed_get_context (self->feed), edit,
                                           _ ("The event no longer cites it"));
  vantage_timeline_feed_update (self->feed);
}

static void
open_item_cb (VantageCitedList *self, GtkWidget *button)
{
  vantage_review_context_show_item (vantage_timeline_feed_get_context (self->feed),
                                    g_object_get_data (G_OBJECT (button), "item"));
}

static void
append_item (VantageCitedList *self, const char *id)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *open = gtk_button_new ();
  GtkWidget *tile = vantage_item_tile_new (vantage_timeline_feed_get_context (self->feed),
                                           VANTAGE_ITEM_TILE_COMPACT);
  const VantageItem *item = vantage_timeline_feed_get_item (self->feed, id);
  g_autofree char *spoken =
      item != NULL
          ? vantage_item_tile_dup_spoken (vantage_timeline_feed_get_context (self->feed), item)
          : g_strdup (_ ("Not on this computer"));

  vantage_item_tile_set_item (VANTAGE_ITEM_TILE (tile), item);
  gtk_button_set_child (GTK_BUTTON (open), tile);
  gtk_widget_add_css_class (open, "flat");
  gtk_widget_add_css_class (open, "cited-item");
  gtk_widget_set_hexpand (open, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (open), "item", g_strdup (id), g_free);
  g_signal_connect_swapped (open, "clicked", G_CALLBACK (open_item_cb), self);
  gtk_box_append (GTK_BOX (box), open);
  gtk_box_append (GTK_BOX (box),
                  vantage_remove_button_new (_ ("No longer cite it"), G_CALLBACK (uncite_cb), self,
                                             "item", id));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static void
empty (VantageCitedList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
vantage_cited_list_dispose (GObject *object)
{
  VantageCitedList *self = VANTAGE_CITED_LIST (object);

  empty (self);
  g_clear_object (&self->feed);
  g_clear_object (&self->event);
  G_OBJECT_CLASS (vantage_cited_list_parent_class)->dispose (object);
}

static void
vantage_cited_list_class_init (VantageCitedListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_cited_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "citedlist");
}

static void
vantage_cited_list_init (VantageCitedList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 3);
}

void
vantage_cited_list_set_event (VantageCitedList *self, VantageTimelineFeed *feed,
                              VantageTimelineEvent *event)
{
  g_autoptr (GArray) cites = vantage_entity_list_cites (event->entity);
  const char *last = NULL;

  g_set_object (&self->feed, feed);
  g_set_object (&self->event, event);
  empty (self);
  for (guint i = 0; i < cites->len; i++)
    {
      const char *item = g_array_index (cites, VantageCite, i).item;

      if (g_strcmp0 (item, last) != 0)
        append_item (self, item);
      last = item;
    }
  if (cites->len == 0)
    {
      GtkWidget *label = gtk_label_new (_ ("Nothing yet. Drag evidence here."));

      gtk_widget_add_css_class (label, "dim-label");
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_parent (label, GTK_WIDGET (self));
    }
}
