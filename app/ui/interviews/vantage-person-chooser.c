/* vantage-person-chooser.c: choosing one of the people of a review. */

#include "config.h"

#include "vantage-person-chooser.h"

#include <glib/gi18n.h>

#include "vantage-avatar.h"

struct _VantagePersonChooser
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *box;
  GtkWidget *search;
  GtkStringList *people; /* ids */
  GtkListView *list;
  GtkFilter *filter;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantagePersonChooser, vantage_person_chooser, GTK_TYPE_WIDGET)

static gboolean
matches_cb (gpointer item, gpointer data)
{
  VantagePersonChooser *self = data;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const char *name =
      vantage_review_context_get_person_name (self->context, gtk_string_object_get_string (item));

  return words[0] == '\0' || g_str_match_string (words, name, TRUE);
}

static void
setup_cb (VantagePersonChooser *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *name = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), vantage_avatar_new (24));
  gtk_box_append (GTK_BOX (box), name);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (VantagePersonChooser *self, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  const char *id = gtk_string_object_get_string (gtk_list_item_get_item (item));
  const char *name = vantage_review_context_get_person_name (self->context, id);

  vantage_avatar_set_person_id (VANTAGE_AVATAR (gtk_widget_get_first_child (box)), self->context,
                                id);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
choose (VantagePersonChooser *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->list));
  g_autoptr (GtkStringObject) person = g_list_model_get_item (model, position);

  if (person != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, gtk_string_object_get_string (person));
}

static void
search_activated_cb (VantagePersonChooser *self)
{
  choose (self, 0);
}

static void
search_changed_cb (VantagePersonChooser *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
fill (VantagePersonChooser *self)
{
  GPtrArray *people = vantage_review_context_get_people (self->context);

  gtk_string_list_splice (self->people, 0, g_list_model_get_n_items (G_LIST_MODEL (self->people)),
                          NULL);
  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = people->pdata[i];

      if (g_strcmp0 (person->sort, "automation") != 0 && g_strcmp0 (person->sort, "system") != 0)
        gtk_string_list_append (self->people, person->id);
    }
}

static void
map_cb (VantagePersonChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->search);
}

static void
vantage_person_chooser_dispose (GObject *object)
{
  VantagePersonChooser *self = VANTAGE_PERSON_CHOOSER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_person_chooser_parent_class)->dispose (object);
}

static void
vantage_person_chooser_class_init (VantagePersonChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_person_chooser_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
vantage_person_chooser_init (VantagePersonChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GListModel *shown;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Whom to talk to?"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Whom to talk to?"), -1);
  gtk_box_append (GTK_BOX (self->box), self->search);

  self->people = gtk_string_list_new (NULL);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches_cb, self, NULL));
  shown = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (self->people), self->filter));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  self->list = GTK_LIST_VIEW (
      gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (shown)), factory));
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "tiles");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("People"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroll, 240, 260);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self->box), scroll);

  g_signal_connect_object (self->list, "activate", G_CALLBACK (choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

void
vantage_person_chooser_set_context (VantagePersonChooser *self, VantageReviewContext *context)
{
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "people-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}

void
vantage_person_chooser_set_prompt (VantagePersonChooser *self, const char *prompt)
{
  g_object_set (self->search, "placeholder-text", prompt, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  prompt, -1);
}
