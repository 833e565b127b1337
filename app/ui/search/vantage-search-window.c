/* vantage-search-window.c: an entry and what it finds. */

#include "config.h"

#include "vantage-search-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-chat-text.h"
#include "vantage-search-hit.h"
#include "vantage-sections.h"
#include "vantage-text.h"
#include "vantage-time-text.h"

#define MAX_NAMES 60
#define MAX_ITEMS 30 /* of one review */

struct _VantageSearchWindow
{
  AdwWindow parent_instance;

  VantageWindow *parent; /* lent: transient for it */
  VantageLibrary *library;
  gboolean everywhere;

  GtkEditable *entry;
  GtkStack *states;
  GtkListView *list;
  GListStore *hits;
  GtkSingleSelection *selection;
  AdwStatusPage *status;

  GCancellable *looking;
  guint n_asked; /* reviews whose answer is to come */
};

G_DEFINE_FINAL_TYPE (VantageSearchWindow, vantage_search_window, ADW_TYPE_WINDOW)

/* ---- what is found ---- */

static void
show_state (VantageSearchWindow *self)
{
  gboolean some = g_list_model_get_n_items (G_LIST_MODEL (self->hits)) > 0;
  gboolean typed = *gtk_editable_get_text (self->entry) != '\0';

  if (some)
    gtk_stack_set_visible_child_name (self->states, "found");
  else if (self->n_asked > 0)
    return;
  else
    {
      adw_status_page_set_title (self->status, typed ? _ ("Nothing Found") : _ ("All Reviews"));
      adw_status_page_set_description (
          self->status, typed ? _ ("Other words may do. A star finds what begins so: deploy*")
                              : _ ("Words in what was said and in what was written"));
      gtk_stack_set_visible_child_name (self->states, "nothing");
    }
}

static void
set_hits (VantageSearchWindow *self, GPtrArray *hits)
{
  g_list_store_splice (self->hits, 0, g_list_model_get_n_items (G_LIST_MODEL (self->hits)),
                       hits->pdata, hits->len);
}

/* One answer: whose it is, for the callback. */
typedef struct
{
  VantageSearchWindow *window; /* not to be touched when cancelled */
  char *review, *title;
} Asked;

static void
free_asked (gpointer data)
{
  Asked *asked = data;

  g_free (asked->review);
  g_free (asked->title);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, free_asked)

static void
add_item (VantageSearchWindow *self, const Asked *asked, const VantageItem *item)
{
  g_autoptr (VantageZone) zone = vantage_zone_new_local ();
  g_autoptr (PangoAttrList) signs = NULL;
  g_autofree char *plain = vantage_chat_text_parse (vantage_item_get_shown (item), &signs);
  g_autofree char *text = vantage_text_shorten (plain, 160);
  g_autofree char *id = vantage_item_dup_id (item);
  g_autofree char *day =
      item->time_us != VANTAGE_TIME_NONE ? vantage_time_text_date (zone, item->time_us) : NULL;
  g_autofree char *where =
      g_strjoin (" · ", item->person_name != NULL ? item->person_name : "",
                 item->channel_name != NULL ? item->channel_name : "", asked->title, day, NULL);
  g_autoptr (VantageSearchHit) hit = NULL;

  g_strdelimit (text, "\n\r\t", ' ');
  hit = vantage_search_hit_new ("vantage-sources-symbolic", text,
                                g_str_has_prefix (where, " · ") ? where + strlen (" · ") : where,
                                asked->review, "sources", id);
  g_list_store_append (self->hits, hit);
}

static void
answered_cb (GObject *library, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items =
      vantage_library_query_items_finish (VANTAGE_LIBRARY (library), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  asked->window->n_asked--;
  for (guint i = 0; items != NULL && i < items->len; i++)
    add_item (asked->window, asked, items->pdata[i]);
  show_state (asked->window);
}

static void
ask_review (VantageSearchWindow *self, VantageEntity *review, const char *typed)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  Asked *asked = g_new0 (Asked, 1);
  const char *title = vantage_entity_get_title (review);

  asked->window = self;
  asked->review = g_strdup (vantage_entity_get_id (review));
  asked->title = g_strdup (*title != '\0' ? title : _ ("Untitled Review"));
  query.text = typed;
  query.newest_first = TRUE;
  self->n_asked++;
  vantage_library_query_items_async (self->library, asked->review, &query, MAX_ITEMS, 0,
                                     self->looking, answered_cb, asked);
}

static void
stop_looking (VantageSearchWindow *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->n_asked = 0;
}

static void
look_everywhere (VantageSearchWindow *self, const char *typed)
{
  g_autoptr (GListModel) reviews = vantage_library_get_reviews (self->library);
  g_autoptr (GPtrArray) titles = vantage_search_hits_by_title (self->library, typed, MAX_NAMES / 4);

  stop_looking (self);
  if (*typed == '\0')
    g_ptr_array_set_size (titles, 0);
  set_hits (self, titles);
  self->looking = g_cancellable_new ();
  for (guint i = 0; *typed != '\0' && i < g_list_model_get_n_items (reviews); i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (reviews, i);

      ask_review (self, review, typed);
    }
}

static void
look_by_name (VantageSearchWindow *self, const char *typed)
{
  VantageReviewView *view = vantage_window_get_review_view (self->parent);
  g_autoptr (GPtrArray) hits = vantage_search_hits_by_name (
      self->library, vantage_window_get_context (self->parent),
      view != NULL ? vantage_review_view_get_section (view) : NULL, typed, MAX_NAMES);

  set_hits (self, hits);
}

static void
look (VantageSearchWindow *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  if (self->everywhere)
    look_everywhere (self, typed);
  else
    look_by_name (self, typed);
  show_state (self);
}

/* ---- going ---- */

static void
run_command (VantageWindow *parent, const char *action)
{
  VantageReviewView *view = vantage_window_get_review_view (parent);
  GtkWidget *from = view != NULL ? GTK_WIDGET (vantage_review_view_get_page (view)) : NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (from == NULL)
    from = GTK_WIDGET (parent);
  if (g_action_parse_detailed_name (action, &name, &target, NULL))
    gtk_widget_activate_action_variant (from, name, target);
}

static void
go (VantageWindow *parent, VantageSearchHit *hit)
{
  const char *review = vantage_search_hit_get_review (hit);
  const char *section = vantage_search_hit_get_section (hit);
  VantageReviewContext *context = vantage_window_get_context (parent);

  if (vantage_search_hit_get_action (hit) != NULL)
    {
      run_command (parent, vantage_search_hit_get_action (hit));
      return;
    }
  if (review != NULL &&
      (context == NULL || g_strcmp0 (vantage_review_context_get_review_id (context), review) != 0))
    {
      vantage_window_open_review (parent, review);
      context = vantage_window_get_context (parent);
    }
  if (context != NULL && section != NULL)
    vantage_review_context_go (context, section, vantage_search_hit_get_target (hit));
}

/* Closes first, so that focus is where the way leads. */
static void
take_hit (VantageSearchWindow *self)
{
  g_autoptr (VantageSearchHit) hit = NULL;
  g_autoptr (VantageWindow) parent = g_object_ref (self->parent);

  if (gtk_single_selection_get_selected_item (self->selection) == NULL)
    return;
  hit = g_object_ref (gtk_single_selection_get_selected_item (self->selection));
  gtk_window_close (GTK_WINDOW (self));
  go (parent, hit);
}

static void
activate_cb (VantageSearchWindow *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  take_hit (self);
}

static gboolean
key_cb (VantageSearchWindow *self, guint key, guint code, GdkModifierType mods)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint at = gtk_single_selection_get_selected (self->selection);

  if (n == 0 || (key != GDK_KEY_Down && key != GDK_KEY_Up))
    return FALSE;
  at = key == GDK_KEY_Down ? MIN (at + 1, n - 1) : at > 0 ? at - 1 : 0;
  gtk_single_selection_set_selected (self->selection, at);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", at);
  return TRUE;
}

/* ---- rows ---- */

static GtkWidget *
new_row_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (words), new_row_label (NULL));
  gtk_box_append (GTK_BOX (words), new_row_label ("faint"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), words);
  gtk_widget_add_css_class (row, "search-hit");
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  VantageSearchHit *hit = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *image = gtk_widget_get_first_child (row);
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_last_child (row));
  GtkWidget *detail = gtk_widget_get_next_sibling (title);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", vantage_search_hit_get_title (hit),
                                             vantage_search_hit_get_detail (hit));

  gtk_image_set_from_icon_name (GTK_IMAGE (image), vantage_search_hit_get_icon (hit));
  gtk_label_set_text (GTK_LABEL (title), vantage_search_hit_get_title (hit));
  gtk_label_set_text (GTK_LABEL (detail), vantage_search_hit_get_detail (hit));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* ---- window ---- */

static void
vantage_search_window_dispose (GObject *object)
{
  VantageSearchWindow *self = VANTAGE_SEARCH_WINDOW (object);

  stop_looking (self);
  g_clear_object (&self->hits);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (vantage_search_window_parent_class)->dispose (object);
}

static void
vantage_search_window_class_init (VantageSearchWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_search_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
new_list (VantageSearchWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->hits = g_list_store_new (VANTAGE_TYPE_SEARCH_HIT);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->hits)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "search-hits");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Found"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scroll, TRUE);
  return scroll;
}

static void
new_entry (VantageSearchWindow *self)
{
  GtkWidget *entry = gtk_search_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = GTK_EDITABLE (entry);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect_swapped (entry, "search-changed", G_CALLBACK (look), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (take_hit), self);
  g_signal_connect_swapped (entry, "stop-search", G_CALLBACK (gtk_window_close), self);
}

static void
vantage_search_window_init (VantageSearchWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *handle = gtk_window_handle_new ();

  new_entry (self);
  gtk_widget_add_css_class (head, "search-head");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->entry));
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), head);
  self->states = GTK_STACK (gtk_stack_new ());
  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "compact");
  adw_status_page_set_icon_name (self->status, "edit-find-symbolic");
  gtk_stack_add_named (self->states, GTK_WIDGET (self->status), "nothing");
  gtk_stack_add_named (self->states, new_list (self), "found");
  gtk_box_append (GTK_BOX (column), handle);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->states));
  adw_window_set_content (ADW_WINDOW (self), column);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 460);
}

void
vantage_search_window_open (VantageWindow *parent, gboolean everywhere)
{
  VantageSearchWindow *self =
      g_object_new (VANTAGE_TYPE_SEARCH_WINDOW, "transient-for", parent, NULL);
  const char *name = everywhere ? _ ("Search All Reviews") : _ ("Go to Anything");

  self->parent = parent;
  self->library = g_object_ref (vantage_window_get_library (parent));
  self->everywhere = everywhere;
  gtk_window_set_title (GTK_WINDOW (self), name);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  g_object_set (self->entry, "placeholder-text",
                everywhere ? _ ("Words in all reviews")
                           : _ ("A person, an event, a channel, a section, a command"),
                NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  look (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
