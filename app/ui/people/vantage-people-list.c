/* vantage-people-list.c: everybody as rows under one time axis. */

#include "config.h"

#include "vantage-people-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-attendee-row.h"
#include "vantage-people-block.h"
#include "vantage-shortcuts.h"
#include "vantage-text.h"

struct _VantagePeopleList
{
  GtkWidget parent_instance;

  VantagePresenceFrame *frame;
  GHashTable *candidates; /* set of char *person */
  VantageWho who;
  char **words; /* folded words of the search */
  gboolean show_idle;
  gboolean show_cards;
  guint n_idle;

  GListStore *people; /* VantageAttendee */
  GtkFilter *filter, *idle_filter;
  GListModel *shown; /* those of `people` that are shown as rows, idle ones not */
  GListStore *cards_above, *idle_head, *cards_below;
  VantagePeopleBlock *above, *below, *idle;
  GtkWidget *cards; /* stands in one of the two */
  GtkSelectionModel *selection;

  GtkWidget *box, *head, *list;
  GtkWidget *menu; /* (nullable) */
  GtkWidget *idle_button;
};

enum
{
  ACTIVATED,
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantagePeopleList, vantage_people_list, GTK_TYPE_WIDGET)

/* ---- which are shown ---- */

static gboolean
has_words (VantagePeopleList *self, const VantageAttendeeFacts *facts)
{
  g_autofree char *all = NULL;
  g_autofree char *folded = NULL;

  if (self->words == NULL || self->words[0] == NULL)
    return TRUE;
  all = g_strjoin (" ", facts->name, facts->detail, facts->part, facts->how, facts->accounts, NULL);
  folded = vantage_text_fold (all);
  for (guint i = 0; self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  VantagePeopleList *self = data;
  const VantageAttendeeFacts *facts = vantage_attendee_get_facts (item);

  if (facts->idle)
    return FALSE;
  if (self->who == VANTAGE_WHO_TOOK_PART && facts->role != VANTAGE_PART_PARTICIPANT)
    return FALSE;
  if (self->who == VANTAGE_WHO_TO_TALK_TO && !g_hash_table_contains (self->candidates, facts->id))
    return FALSE;
  return has_words (self, facts);
}

static gboolean
is_shown_idle (gpointer item, gpointer data)
{
  VantagePeopleList *self = data;
  const VantageAttendeeFacts *facts = vantage_attendee_get_facts (item);

  if (!facts->idle || self->who != VANTAGE_WHO_EVERYONE)
    return FALSE;
  /* Who looks for a name finds it in whatever fold. */
  if (self->words != NULL && self->words[0] != NULL)
    return has_words (self, facts);
  return self->show_idle;
}

static void
set_block (GListStore *store, VantagePeopleBlock *block, gboolean there)
{
  gboolean was = g_list_model_get_n_items (G_LIST_MODEL (store)) > 0;

  if (was == there)
    return;
  if (there)
    g_list_store_append (store, block);
  else
    g_list_store_remove_all (store);
}

/* The cards move between two holders, so that each item of the model keeps its own widget. */
static void
place_cards (VantagePeopleList *self, gboolean above)
{
  AdwBin *from = ADW_BIN (vantage_people_block_get_widget (above ? self->below : self->above));
  AdwBin *to = ADW_BIN (vantage_people_block_get_widget (above ? self->above : self->below));

  if (adw_bin_get_child (to) == self->cards)
    return;
  adw_bin_set_child (from, NULL);
  adw_bin_set_child (to, self->cards);
}

static void
refresh_blocks (VantagePeopleList *self)
{
  gboolean searching = self->words != NULL && self->words[0] != NULL;
  gboolean above = self->who == VANTAGE_WHO_TO_TALK_TO;
  g_autofree char *label = NULL;

  label = g_strdup_printf (
      self->show_idle
          ? ngettext ("Hide %u account that did nothing", "Hide %u accounts that did nothing",
                      self->n_idle)
          : ngettext ("%u account that did nothing", "%u accounts that did nothing", self->n_idle),
      self->n_idle);
  gtk_button_set_label (GTK_BUTTON (self->idle_button), label);
  set_block (self->idle_head, self->idle,
             self->n_idle > 0 && !searching && self->who == VANTAGE_WHO_EVERYONE);
  place_cards (self, above);
  set_block (self->cards_above, self->above, self->show_cards && above && !searching);
  set_block (self->cards_below, self->below, self->show_cards && !above && !searching);
}

static void
refilter (VantagePeopleList *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_changed (self->idle_filter, GTK_FILTER_CHANGE_DIFFERENT);
  refresh_blocks (self);
}

/* ---- rows ---- */

static void
setup_cb (VantagePeopleList *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, adw_bin_new ());
}

static void
show_row (VantagePeopleList *self, GtkListItem *item, VantageAttendee *attendee)
{
  AdwBin *bin = ADW_BIN (gtk_list_item_get_child (item));
  GtkWidget *row = g_object_get_data (G_OBJECT (bin), "row");
  g_autofree char *spoken = vantage_attendee_dup_spoken (attendee);

  if (row == NULL)
    {
      row = g_object_ref_sink (vantage_attendee_row_new (self->frame));
      g_object_set_data_full (G_OBJECT (bin), "row", row, g_object_unref);
    }
  vantage_attendee_row_set_attendee (VANTAGE_ATTENDEE_ROW (row), attendee);
  adw_bin_set_child (bin, row);
  g_object_set_data_full (G_OBJECT (bin), "person",
                          g_strdup (vantage_attendee_get_facts (attendee)->id), g_free);
  gtk_list_item_set_activatable (item, TRUE);
  gtk_list_item_set_selectable (item, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (bin))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_block (GtkListItem *item, GtkWidget *widget)
{
  AdwBin *bin = ADW_BIN (gtk_list_item_get_child (item));
  GtkWidget *holder = gtk_widget_get_parent (widget);

  if (holder == GTK_WIDGET (bin))
    return;
  if (holder != NULL)
    adw_bin_set_child (ADW_BIN (holder), NULL);
  adw_bin_set_child (bin, widget);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (bin))),
                                 GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
bind_cb (VantagePeopleList *self, GtkListItem *item)
{
  gpointer object = gtk_list_item_get_item (item);

  if (VANTAGE_IS_ATTENDEE (object))
    show_row (self, item, object);
  else
    show_block (item, vantage_people_block_get_widget (object));
}

static void
unbind_cb (VantagePeopleList *self, GtkListItem *item)
{
  AdwBin *bin = ADW_BIN (gtk_list_item_get_child (item));

  if (bin == NULL)
    return;
  adw_bin_set_child (bin, NULL);
  g_object_set_data (G_OBJECT (bin), "person", NULL);
}

static void
activate_cb (VantagePeopleList *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (VANTAGE_IS_ATTENDEE (item))
    g_signal_emit (self, signals[ACTIVATED], 0,
                   vantage_attendee_get_facts (VANTAGE_ATTENDEE (item))->id);
}

/* ---- menu ---- */

static void
pop_up_menu (VantagePeopleList *self, const GdkRectangle *at)
{
  static const char *const commands[] = { "page.details", "page.plan-interview", "page.see-items",
                                          "page.merge", NULL };
  g_autoptr (GMenu) menu = g_menu_new ();

  if (self->menu == NULL)
    {
      vantage_shortcuts_fill_menu (menu, commands);
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (VantagePeopleList *self, int n_press, double x, double y)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  const char *person = NULL;

  for (; at != NULL && at != GTK_WIDGET (self) && person == NULL; at = gtk_widget_get_parent (at))
    person = g_object_get_data (G_OBJECT (at), "person");
  if (person != NULL && vantage_people_list_select (self, person))
    pop_up_menu (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  VantagePeopleList *self = VANTAGE_PEOPLE_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (vantage_people_list_get_selected (self) == NULL || focus == NULL ||
      !gtk_widget_compute_bounds (focus, widget, &bounds))
    return FALSE;
  pop_up_menu (self, &(GdkRectangle){ (int) bounds.origin.x + 60, (int) bounds.origin.y, 1,
                                      (int) bounds.size.height });
  return TRUE;
}

static void
selected_cb (VantagePeopleList *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

/* ---- object ---- */

static void
vantage_people_list_dispose (GObject *object)
{
  VantagePeopleList *self = VANTAGE_PEOPLE_LIST (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->above);
  g_clear_object (&self->below);
  g_clear_object (&self->idle);
  g_clear_object (&self->cards);
  g_clear_object (&self->cards_above);
  g_clear_object (&self->idle_head);
  g_clear_object (&self->cards_below);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->idle_filter);
  g_clear_object (&self->people);
  g_clear_object (&self->frame);
  g_clear_pointer (&self->candidates, g_hash_table_unref);
  g_clear_pointer (&self->words, g_strfreev);
  G_OBJECT_CLASS (vantage_people_list_parent_class)->dispose (object);
}

static gboolean
vantage_people_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (VANTAGE_PEOPLE_LIST (widget)->list);
}

static void
vantage_people_list_class_init (VantagePeopleListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_people_list_dispose;
  widget_class->grab_focus = vantage_people_list_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_people_list_init (VantagePeopleList *self)
{
  self->candidates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->people = g_list_store_new (VANTAGE_TYPE_ATTENDEE);
  self->cards_above = g_list_store_new (VANTAGE_TYPE_PEOPLE_BLOCK);
  self->idle_head = g_list_store_new (VANTAGE_TYPE_PEOPLE_BLOCK);
  self->cards_below = g_list_store_new (VANTAGE_TYPE_PEOPLE_BLOCK);
}

static GListModel *
new_model (VantagePeopleList *self)
{
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkFilterListModel) idle = NULL;

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->idle_filter = GTK_FILTER (gtk_custom_filter_new (is_shown_idle, self, NULL));
  self->shown = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->people)),
                                                         g_object_ref (self->filter)));
  idle = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->people)),
                                    g_object_ref (self->idle_filter));
  g_list_store_append (parts, self->cards_above);
  g_list_store_append (parts, self->shown);
  g_list_store_append (parts, self->idle_head);
  g_list_store_append (parts, idle);
  g_list_store_append (parts, self->cards_below);
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts)));
}

static void
add_menu_gesture (VantagePeopleList *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static GtkWidget *
new_list (VantagePeopleList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection = gtk_single_selection_new (new_model (self));
  GtkWidget *list, *scroll = gtk_scrolled_window_new ();

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  self->selection = GTK_SELECTION_MODEL (g_object_ref (selection));
  g_signal_connect_swapped (selection, "selection-changed", G_CALLBACK (selected_cb), self);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  self->list = list;
  gtk_widget_add_css_class (list, "attendees");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Who was there, and when"), -1);
  g_signal_connect_object (list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroll, TRUE);
  return scroll;
}

GtkWidget *
vantage_people_list_new (VantagePresenceFrame *frame, GtkWidget *cards)
{
  VantagePeopleList *self = g_object_new (VANTAGE_TYPE_PEOPLE_LIST, NULL);
  GtkWidget *bin = adw_bin_new ();

  self->frame = g_object_ref (frame);
  self->cards = g_object_ref_sink (cards);
  self->above = vantage_people_block_new (adw_bin_new ());
  self->below = vantage_people_block_new (adw_bin_new ());
  self->idle_button = gtk_button_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->idle_button), "page.show-idle");
  gtk_widget_add_css_class (self->idle_button, "flat");
  gtk_widget_add_css_class (self->idle_button, "idle-accounts");
  gtk_widget_set_halign (self->idle_button, GTK_ALIGN_START);
  adw_bin_set_child (ADW_BIN (bin), self->idle_button);
  self->idle = vantage_people_block_new (bin);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->head = vantage_attendee_head_new (frame);
  gtk_box_append (GTK_BOX (self->box), self->head);
  gtk_box_append (GTK_BOX (self->box), new_list (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_menu_gesture (self);
  return GTK_WIDGET (self);
}

/* ---- public ---- */

/* Only what lies between the first and the last row that differ is replaced. */
static void
replace_people (VantagePeopleList *self, GPtrArray *attendees)
{
  GListModel *model = G_LIST_MODEL (self->people);
  guint n_old = g_list_model_get_n_items (model), n_new = attendees->len;
  guint first = 0, last = 0;

  while (first < MIN (n_old, n_new))
    {
      g_autoptr (VantageAttendee) old = g_list_model_get_item (model, first);

      if (!vantage_attendee_equal (old, attendees->pdata[first]))
        break;
      first++;
    }
  while (last < MIN (n_old, n_new) - first)
    {
      g_autoptr (VantageAttendee) old = g_list_model_get_item (model, n_old - 1 - last);

      if (!vantage_attendee_equal (old, attendees->pdata[n_new - 1 - last]))
        break;
      last++;
    }
  if (n_old == n_new && first == n_old)
    return;
  g_list_store_splice (self->people, first, n_old - first - last, attendees->pdata + first,
                       n_new - first - last);
}

void
vantage_people_list_set_attendees (VantagePeopleList *self, GPtrArray *attendees,
                                   GHashTable *candidates)
{
  GHashTableIter iter;
  gpointer id;
  g_autofree char *selected = g_strdup (vantage_people_list_get_selected (self));

  g_hash_table_remove_all (self->candidates);
  g_hash_table_iter_init (&iter, candidates);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (self->candidates, g_strdup (id));
  self->n_idle = 0;
  for (guint i = 0; i < attendees->len; i++)
    self->n_idle += vantage_attendee_get_facts (attendees->pdata[i])->idle;
  replace_people (self, attendees);
  refilter (self);
  if (selected != NULL && vantage_people_list_get_selected (self) == NULL)
    vantage_people_list_select (self, selected);
}

void
vantage_people_list_set_who (VantagePeopleList *self, VantageWho who)
{
  self->who = who;
  refilter (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", 0);
}

void
vantage_people_list_set_search (VantagePeopleList *self, const char *words)
{
  g_autofree char *folded = vantage_text_fold (words);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_strv_builder_add (builder, parts[i]);
  g_strfreev (self->words);
  self->words = g_strv_builder_end (builder);
  refilter (self);
}

void
vantage_people_list_set_show_idle (VantagePeopleList *self, gboolean show)
{
  self->show_idle = show;
  refilter (self);
}

void
vantage_people_list_set_show_cards (VantagePeopleList *self, gboolean show)
{
  self->show_cards = show;
  refresh_blocks (self);
}

guint
vantage_people_list_count (VantagePeopleList *self)
{
  return g_list_model_get_n_items (self->shown);
}

const char *
vantage_people_list_get_selected (VantagePeopleList *self)
{
  GObject *item = gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (self->selection));

  return VANTAGE_IS_ATTENDEE (item) ? vantage_attendee_get_facts (VANTAGE_ATTENDEE (item))->id
                                    : NULL;
}

gboolean
vantage_people_list_select (VantagePeopleList *self, const char *person)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (self->selection);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; person != NULL && i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if (!VANTAGE_IS_ATTENDEE (item) ||
          strcmp (vantage_attendee_get_facts (VANTAGE_ATTENDEE (item))->id, person) != 0)
        continue;
      gtk_single_selection_set_selected (selection, i);
      gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", i);
      return TRUE;
    }
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  return FALSE;
}
