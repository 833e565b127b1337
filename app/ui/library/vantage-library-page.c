/* vantage-library-page.c: all reviews. */

#include "config.h"

#include "vantage-library-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-due-list.h"
#include "vantage-review-card.h"
#include "vantage-sections.h"
#include "vantage-shortcuts.h"
#include "vantage-text.h"

struct _VantageLibraryPage
{
  GtkWidget parent_instance;

  VantageLibrary *library;
  GtkFilter *filter;
  GListModel *shown;
  char **words;      /* folded words of the search */
  GPtrArray *bound;  /* VantageReviewCard, lent: those that show a review */
  GHashTable *stale; /* ids of reviews whose cards are to count again */
  guint refreshing;  /* idle */
  guint showing_bar; /* idle */

  GtkWidget *box;
  AdwViewSwitcherTitle *title;
  AdwViewSwitcherBar *bar;
  AdwViewStack *views;
  VantageDueList *due;
  GtkWidget *new_squeezer;
  GtkWidget *new_button, *new_icon_button;
  GtkMenuButton *menu_button;
  GtkWidget *find_button;
  GtkSearchBar *search_bar;
  GtkEditable *search;
  GtkStack *states;
  GtkListView *list;
  GtkWidget *drop_hint;
  GtkWidget *welcome_sample, *welcome_new, *welcome_import, *welcome_connect;
};

enum
{
  OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageLibraryPage, vantage_library_page, GTK_TYPE_WIDGET)

/* ---- search ---- */

static gboolean
has_words (gpointer item, gpointer data)
{
  VantageLibraryPage *self = data;
  VantageEntity *review = item;
  const char *kind = vantage_entity_get_text (review, "kind");
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (GString) all = NULL;
  g_autofree char *folded = NULL;

  if (self->words == NULL || self->words[0] == NULL)
    return TRUE;
  services = vantage_entity_list_set (review, "services");
  all = g_string_new (vantage_entity_get_title (review));
  g_string_append_printf (all, " %s", kind != NULL ? kind : "");
  for (guint i = 0; i < services->len; i++)
    g_string_append_printf (all, " %s", (const char *) services->pdata[i]);
  folded = vantage_text_fold (all->str);
  for (guint i = 0; self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
search_changed_cb (VantageLibraryPage *self)
{
  g_autofree char *folded = vantage_text_fold (gtk_editable_get_text (self->search));

  g_strfreev (self->words);
  self->words = g_strsplit_set (g_strstrip (folded), " ", -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* ---- states ---- */

/* The switcher stands below where the header has no room for it. */
static void
show_bar (VantageLibraryPage *self)
{
  adw_view_switcher_bar_set_reveal (
      self->bar, adw_view_switcher_title_get_view_switcher_enabled (self->title) &&
                     adw_view_switcher_title_get_title_visible (self->title));
}

static gboolean
bar_cb (gpointer data)
{
  VantageLibraryPage *self = data;

  self->showing_bar = 0;
  show_bar (self);
  return G_SOURCE_REMOVE;
}

/* Comes while sizes are given out, when nothing else may ask for another one. */
static void
title_visible_cb (VantageLibraryPage *self)
{
  if (self->showing_bar == 0)
    self->showing_bar = g_idle_add (bar_cb, self);
}

static void
show_state (VantageLibraryPage *self)
{
  guint shown = g_list_model_get_n_items (self->shown);
  guint all = g_list_model_get_n_items (
      gtk_filter_list_model_get_model (GTK_FILTER_LIST_MODEL (self->shown)));
  g_autofree char *subtitle = NULL;

  gtk_stack_set_visible_child_name (self->states, all == 0     ? "welcome"
                                                  : shown == 0 ? "nothing-found"
                                                               : "list");
  gtk_widget_set_visible (self->drop_hint, all > 0 && vantage_hooks.import != NULL);
  gtk_widget_set_visible (self->new_squeezer, all > 0);
  gtk_widget_set_visible (self->find_button, all > 0);
  if (all > 0)
    /* translators: below the title: how many reviews there are */
    subtitle = g_strdup_printf (
        ngettext ("%u review, on this computer", "%u reviews, on this computer", all), all);
  adw_view_switcher_title_set_subtitle (self->title, subtitle);
  adw_view_switcher_title_set_view_switcher_enabled (self->title, all > 0);
  title_visible_cb (self);
}

/* ---- rows ---- */

static void
setup_cb (VantageLibraryPage *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, vantage_review_card_new (self->library));
}

static void
bind_cb (VantageLibraryPage *self, GtkListItem *item)
{
  GtkWidget *card = gtk_list_item_get_child (item);

  vantage_review_card_set_review (VANTAGE_REVIEW_CARD (card), gtk_list_item_get_item (item));
  g_ptr_array_add (self->bound, card);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (card)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  vantage_review_card_get_spoken (VANTAGE_REVIEW_CARD (card)), -1);
}

static void
unbind_cb (VantageLibraryPage *self, GtkListItem *item)
{
  g_ptr_array_remove_fast (self->bound, gtk_list_item_get_child (item));
}

static void
refresh (VantageLibraryPage *self)
{
  for (guint i = 0; i < self->bound->len; i++)
    {
      VantageReviewCard *card = self->bound->pdata[i];
      VantageEntity *review = vantage_review_card_get_review (card);

      if (g_hash_table_contains (self->stale, vantage_entity_get_id (review)))
        vantage_review_card_refresh (card);
    }
  g_hash_table_remove_all (self->stale);
}

static gboolean
refresh_cb (gpointer data)
{
  VantageLibraryPage *self = data;

  self->refreshing = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* What cards count changed: now when they are in view, else when they come into view. */
static void
review_changed_cb (VantageLibraryPage *self, const char *review)
{
  g_hash_table_add (self->stale, g_strdup (review));
  if (self->refreshing == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->refreshing = g_idle_add (refresh_cb, self);
}

static void
library_changed_cb (VantageLibraryPage *self, const char *review, VantageChange *change)
{
  review_changed_cb (self, review);
}

static void
activate_cb (VantageLibraryPage *self, guint position)
{
  g_autoptr (VantageEntity) review = g_list_model_get_item (self->shown, position);

  if (review != NULL)
    g_signal_emit (self, signals[OPEN], 0, vantage_entity_get_id (review));
}

/* ---- object ---- */

static void
vantage_library_page_map (GtkWidget *widget)
{
  refresh (VANTAGE_LIBRARY_PAGE (widget));
  GTK_WIDGET_CLASS (vantage_library_page_parent_class)->map (widget);
}

static void
vantage_library_page_dispose (GObject *object)
{
  VantageLibraryPage *self = VANTAGE_LIBRARY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_LIBRARY_PAGE);
  g_clear_handle_id (&self->refreshing, g_source_remove);
  g_clear_handle_id (&self->showing_bar, g_source_remove);
  g_clear_object (&self->shown);
  g_clear_object (&self->library);
  g_clear_pointer (&self->words, g_strfreev);
  g_ptr_array_set_size (self->bound, 0);
  G_OBJECT_CLASS (vantage_library_page_parent_class)->dispose (object);
}

static void
vantage_library_page_finalize (GObject *object)
{
  VantageLibraryPage *self = VANTAGE_LIBRARY_PAGE (object);

  g_ptr_array_unref (self->bound);
  g_hash_table_unref (self->stale);
  G_OBJECT_CLASS (vantage_library_page_parent_class)->finalize (object);
}

static void
vantage_library_page_class_init (VantageLibraryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_library_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = vantage_library_page_finalize;
  widget_class->map = vantage_library_page_map;
  g_type_ensure (VANTAGE_TYPE_DUE_LIST);
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-library-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, box);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, title);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, views);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, bar);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, due);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, new_squeezer);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, new_icon_button);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, find_button);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, search);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, states);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, list);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, welcome_sample);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, welcome_new);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, welcome_import);
  gtk_widget_class_bind_template_child (widget_class, VantageLibraryPage, welcome_connect);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
vantage_library_page_init (VantageLibraryPage *self)
{
  self->bound = g_ptr_array_new ();
  self->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->title, "notify::title-visible", G_CALLBACK (title_visible_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_search_bar_connect_entry (self->search_bar, self->search);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));

  vantage_shortcuts_set_button (self->new_button, "win.new-review");
  vantage_shortcuts_set_button (self->new_icon_button, "win.new-review");
  vantage_shortcuts_set_button (self->welcome_sample, "win.sample");
  vantage_shortcuts_set_button (self->welcome_new, "win.new-review");
  vantage_shortcuts_set_button (self->welcome_import, "win.import");
  vantage_shortcuts_set_button (self->welcome_connect, "win.connect");
  gtk_widget_set_visible (self->welcome_import, vantage_hooks.import != NULL);
  gtk_widget_set_visible (self->welcome_connect, vantage_hooks.connect != NULL);
  {
    g_autofree char *tooltip = vantage_shortcuts_dup_tooltip ("win.find");

    gtk_widget_set_tooltip_text (self->find_button, tooltip);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->find_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Find"), -1);
  }
}

GtkWidget *
vantage_library_page_new (VantageLibrary *library)
{
  VantageLibraryPage *self = g_object_new (VANTAGE_TYPE_LIBRARY_PAGE, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->library = g_object_ref (library);
  self->filter = GTK_FILTER (gtk_custom_filter_new (has_words, self, NULL));
  self->shown = G_LIST_MODEL (
      gtk_filter_list_model_new (vantage_library_get_reviews (library), self->filter));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "changed", G_CALLBACK (library_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "evidence-changed", G_CALLBACK (review_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (self->list,
                           GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->shown))));
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  vantage_due_list_bind (self->due, library);
  show_state (self);
  return GTK_WIDGET (self);
}

void
vantage_library_page_set_menu (VantageLibraryPage *self, GMenuModel *menu)
{
  gtk_menu_button_set_menu_model (self->menu_button, menu);
}

void
vantage_library_page_open_menu (VantageLibraryPage *self)
{
  gtk_menu_button_popup (self->menu_button);
}

void
vantage_library_page_find (VantageLibraryPage *self)
{
  adw_view_stack_set_visible_child_name (self->views, "reviews");
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
