/* vantage-link-popover.c: links an event to another one. */

#include "config.h"

#include "vantage-link-popover.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-timeline-edits.h"
#include "vantage-words.h"

#define MAX_FOUND 7

struct _VantageLinkPopover
{
  GtkPopover parent_instance;

  VantageTimelineFeed *feed;
  char *from;
  GtkWidget *kind;
  GtkWidget *search;
  GtkListBox *found;
};

G_DEFINE_FINAL_TYPE (VantageLinkPopover, vantage_link_popover, GTK_TYPE_POPOVER)

static void
append (VantageLinkPopover *self, VantageTimelineEvent *event)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (vantage_timeline_event_get_title (event));
  g_autofree char *time = vantage_timeline_feed_dup_time (self->feed, event);
  g_autofree char *lanes = vantage_timeline_feed_dup_lanes (self->feed, event);
  g_autofree char *text = g_strdup_printf (_ ("%s · %s"), time, lanes);
  GtkWidget *detail = gtk_label_new (text);
  GtkWidget *labels[] = { title, detail };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_label_set_ellipsize (GTK_LABEL (labels[i]), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (labels[i]), 36);
      gtk_box_append (GTK_BOX (box), labels[i]);
    }
  gtk_widget_add_css_class (detail, "faint");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "event", g_strdup (vantage_timeline_event_get_id (event)),
                          g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  vantage_timeline_event_get_title (event), -1);
  gtk_list_box_append (self->found, row);
}

/* With no words: what comes right after. */
static void
show_found (VantageLinkPopover *self)
{
  g_autofree char *words =
      g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);
  guint32 at = 0;
  guint n = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->found))) != NULL)
    gtk_list_box_remove (self->found, child);
  vantage_timeline_feed_find (self->feed, self->from, &at);
  for (guint i = 1; i < events->len && n < MAX_FOUND; i++)
    {
      VantageTimelineEvent *event = events->pdata[(at + i) % events->len];
      g_autofree char *title = g_utf8_casefold (vantage_timeline_event_get_title (event), -1);

      if (strstr (title, g_strstrip (words)) == NULL)
        continue;
      append (self, event);
      n++;
    }
  gtk_list_box_select_row (self->found, gtk_list_box_get_row_at_index (self->found, 0));
}

static void
link_to (VantageLinkPopover *self, GtkListBoxRow *row)
{
  const char *const *kinds = vantage_words_list_choices ("link-kind");
  guint kind = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kind));

  if (row == NULL || kind == GTK_INVALID_LIST_POSITION)
    return;
  vantage_timeline_link (self->feed, self->from, g_object_get_data (G_OBJECT (row), "event"),
                         kinds[kind]);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
search_activate_cb (VantageLinkPopover *self)
{
  link_to (self, gtk_list_box_get_selected_row (self->found));
}

static gboolean
unparent_cb (gpointer self)
{
  if (gtk_widget_get_parent (self) != NULL)
    gtk_widget_unparent (self);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (VantageLinkPopover *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_cb, g_object_ref (self), g_object_unref);
}

static void
vantage_link_popover_finalize (GObject *object)
{
  VantageLinkPopover *self = VANTAGE_LINK_POPOVER (object);

  g_clear_object (&self->feed);
  g_free (self->from);
  G_OBJECT_CLASS (vantage_link_popover_parent_class)->finalize (object);
}

static void
vantage_link_popover_class_init (VantageLinkPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_link_popover_finalize;
}

static GtkWidget *
new_kinds (void)
{
  const char *const *kinds = vantage_words_list_choices ("link-kind");
  GtkStringList *words = gtk_string_list_new (NULL);
  GtkWidget *drop;

  for (guint i = 0; kinds[i] != NULL; i++)
    gtk_string_list_append (words, vantage_words_choice ("link-kind", kinds[i]));
  drop = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Kind of link"), -1);
  return drop;
}

static void
vantage_link_popover_init (VantageLinkPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *button = gtk_button_new_with_label (C_ ("button", "Link"));

  self->kind = new_kinds ();
  self->search = gtk_search_entry_new ();
  self->found = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Other event"), -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->found), 260, -1);
  gtk_box_append (GTK_BOX (box), self->kind);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->found));
  gtk_box_append (GTK_BOX (box), button);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (show_found), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->found, "row-activated", G_CALLBACK (link_to), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (search_activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
}

GtkWidget *
vantage_link_popover_ask (GtkWidget *parent, const GdkRectangle *area, VantageTimelineFeed *feed,
                          const char *from, const char *to)
{
  VantageLinkPopover *self = g_object_new (VANTAGE_TYPE_LINK_POPOVER, NULL);
  VantageTimelineEvent *other = vantage_timeline_feed_find (feed, to, NULL);

  self->feed = g_object_ref (feed);
  self->from = g_strdup (from);
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  if (area != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self), area);
  if (other != NULL)
    {
      append (self, other);
      gtk_list_box_select_row (self->found, gtk_list_box_get_row_at_index (self->found, 0));
      gtk_widget_hide (self->search);
    }
  else
    show_found (self);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (other != NULL ? self->kind : self->search);
  return GTK_WIDGET (self);
}
