/* vantage-channel-list.c: one row a channel, under a heading for each sort. */

#include "config.h"

#include "vantage-channel-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-words.h"

struct _VantageChannelList
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *scroll;
  GtkListBox *list;
  GPtrArray *channels; /* (element-type VantageChannelSummary) */
  char *chosen;        /* NULL: everything */
  gboolean filling;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageChannelList, vantage_channel_list, GTK_TYPE_WIDGET)

static const char *const sort_words[] = { "chat",   "direct", "tickets", "call",
                                          "alerts", "rota",   "other" };

static const char *
sort_icon (VantageChannelSort sort)
{
  switch (sort)
    {
    case VANTAGE_CHANNEL_CALL:
      return "call-start-symbolic";
    case VANTAGE_CHANNEL_TICKETS:
      return "view-paged-symbolic";
    case VANTAGE_CHANNEL_ALERTS:
      return "dialog-warning-symbolic";
    case VANTAGE_CHANNEL_ROTA:
      return "x-office-calendar-symbolic";
    case VANTAGE_CHANNEL_OTHER:
      return "view-list-symbolic";
    default:
      return "user-available-symbolic";
    }
}

static GtkWidget *
new_row (const char *icon, const char *name, guint64 count, const char *id)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (name);
  g_autofree char *number = vantage_words_count (count);
  g_autofree char *spoken =
      g_strdup_printf (ngettext ("%s, %s item", "%s, %s items", (gulong) count), name, number);
  GtkWidget *faint = gtk_label_new (number);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (label, name);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (faint, "faint");
  gtk_widget_add_css_class (faint, "numeric");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), faint);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), "channel", g_strdup (id), g_free);
  return row;
}

static const VantageChannelSummary *
find_channel (VantageChannelList *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->channels->len; i++)
    {
      const VantageChannelSummary *channel = g_ptr_array_index (self->channels, i);

      if (strcmp (channel->id, id) == 0)
        return channel;
    }
  return NULL;
}

/* A heading where a new sort begins. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  VantageChannelList *self = data;
  const VantageChannelSummary *channel =
      find_channel (self, g_object_get_data (G_OBJECT (row), "channel"));
  const VantageChannelSummary *last =
      before != NULL ? find_channel (self, g_object_get_data (G_OBJECT (before), "channel")) : NULL;
  GtkWidget *label;

  if (channel == NULL || (last != NULL && last->sort == channel->sort))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (vantage_words_choice ("channel-sort", sort_words[channel->sort]));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "faint");
  gtk_widget_add_css_class (label, "list-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
select_chosen (VantageChannelList *self)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (row == NULL)
        return;
      if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "channel"), self->chosen) == 0)
        {
          gtk_list_box_select_row (self->list, row);
          return;
        }
    }
}

static void
fill (VantageChannelList *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *channels =
      vantage_library_list_channels (vantage_review_context_get_library (self->context),
                                     vantage_review_context_get_review_id (self->context), &error);
  guint64 total = 0;

  if (channels == NULL)
    {
      vantage_review_context_tell_error (self->context, _ ("Could not read the sources"), error);
      return;
    }
  self->filling = TRUE;
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  self->channels = channels;
  for (GtkWidget *row; (row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL;)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < channels->len; i++)
    total += ((VantageChannelSummary *) g_ptr_array_index (channels, i))->n_items;
  gtk_list_box_append (self->list,
                       new_row ("view-list-bullet-symbolic", _ ("Everything"), total, NULL));
  for (guint i = 0; i < channels->len; i++)
    {
      const VantageChannelSummary *channel = g_ptr_array_index (channels, i);

      gtk_list_box_append (self->list, new_row (sort_icon (channel->sort), channel->name,
                                                channel->n_items, channel->id));
    }
  if (self->chosen != NULL && find_channel (self, self->chosen) == NULL)
    g_clear_pointer (&self->chosen, g_free);
  select_chosen (self);
  self->filling = FALSE;
}

static void
row_selected_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  VantageChannelList *self = data;

  if (row == NULL || self->filling)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (row), "channel"));
  g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
}

const char *
vantage_channel_list_get_chosen (VantageChannelList *self)
{
  return self->chosen;
}

void
vantage_channel_list_choose (VantageChannelList *self, const char *channel_id)
{
  if (g_strcmp0 (self->chosen, channel_id) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (channel_id);
  select_chosen (self);
}

gboolean
vantage_channel_list_is_empty (VantageChannelList *self)
{
  return self->channels == NULL || self->channels->len == 0;
}

static void
vantage_channel_list_dispose (GObject *object)
{
  VantageChannelList *self = VANTAGE_CHANNEL_LIST (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_channel_list_parent_class)->dispose (object);
}

static void
vantage_channel_list_class_init (VantageChannelListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_channel_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_channel_list_init (VantageChannelList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sources"), -1);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

GtkWidget *
vantage_channel_list_new (VantageReviewContext *context)
{
  VantageChannelList *self = g_object_new (VANTAGE_TYPE_CHANNEL_LIST, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "evidence-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}
