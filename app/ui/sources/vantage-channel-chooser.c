/* vantage-channel-chooser.c: a searched list with a tick before each channel; thousands are as
 * quick as three. */

#include "config.h"

#include "vantage-channel-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-words.h"

#define SEARCH_FROM 9
#define MAX_HEIGHT 280
#define ROW_HEIGHT 38

/* ---- one channel ---- */

#define VANTAGE_TYPE_CHANNEL_CHOICE (vantage_channel_choice_get_type ())
G_DECLARE_FINAL_TYPE (VantageChannelChoice, vantage_channel_choice, VANTAGE, CHANNEL_CHOICE,
                      GObject)

struct _VantageChannelChoice
{
  GObject parent_instance;

  char *id, *name, *folded;
  guint64 n_items;
  gboolean chosen;
};

enum
{
  CHOICE_0,
  CHOICE_CHOSEN,
  N_CHOICE_PROPS,
};

static GParamSpec *choice_props[N_CHOICE_PROPS];

G_DEFINE_FINAL_TYPE (VantageChannelChoice, vantage_channel_choice, G_TYPE_OBJECT)

static void
set_chosen (VantageChannelChoice *self, gboolean chosen)
{
  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  g_object_notify_by_pspec (G_OBJECT (self), choice_props[CHOICE_CHOSEN]);
}

static void
vantage_channel_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, VANTAGE_CHANNEL_CHOICE (object)->chosen);
}

static void
vantage_channel_choice_set_property (GObject *object, guint id, const GValue *value,
                                     GParamSpec *pspec)
{
  set_chosen (VANTAGE_CHANNEL_CHOICE (object), g_value_get_boolean (value));
}

static void
vantage_channel_choice_finalize (GObject *object)
{
  VantageChannelChoice *self = VANTAGE_CHANNEL_CHOICE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->folded);
  G_OBJECT_CLASS (vantage_channel_choice_parent_class)->finalize (object);
}

static void
vantage_channel_choice_class_init (VantageChannelChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = vantage_channel_choice_get_property;
  object_class->set_property = vantage_channel_choice_set_property;
  object_class->finalize = vantage_channel_choice_finalize;
  choice_props[CHOICE_CHOSEN] =
      g_param_spec_boolean ("chosen", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_CHOICE_PROPS, choice_props);
}

static void
vantage_channel_choice_init (VantageChannelChoice *self)
{
  self->chosen = TRUE;
}

static VantageChannelChoice *
choice_new (const VantagePreviewChannel *channel)
{
  VantageChannelChoice *self = g_object_new (VANTAGE_TYPE_CHANNEL_CHOICE, NULL);
  const VantageChannel *facts = channel->channel;

  self->id = vantage_channel_dup_id (facts);
  self->name = g_strdup (facts->name != NULL ? facts->name : facts->key);
  self->folded = g_utf8_casefold (self->name, -1);
  self->n_items = channel->n_items;
  return self;
}

/* ---- all of them ---- */

struct _VantageChannelChooser
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkCheckButton *all;
  GtkWidget *search, *nothing, *scroll;
  GListStore *choices; /* (element-type VantageChannelChoice) */
  GtkFilterListModel *shown;
  GtkFilter *filter;
  char *words;         /* casefolded; NULL: everything is shown */
  GHashTable *refused; /* ids that were left out, kept when the file is looked at again */
  guint64 n_items;     /* in the file, in channels or none */
  gboolean filling;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (VantageChannelChooser, vantage_channel_chooser, GTK_TYPE_WIDGET)

static VantageChannelChoice *
get_choice (GListModel *model, guint i)
{
  g_autoptr (VantageChannelChoice) choice = g_list_model_get_item (model, i);

  return choice; /* the store holds it */
}

/* The tick above them: on, off, or neither. */
static void
show_all_tick (VantageChannelChooser *self)
{
  GListModel *model = G_LIST_MODEL (self->shown);
  guint n = g_list_model_get_n_items (model), n_chosen = 0;

  for (guint i = 0; i < n; i++)
    n_chosen += get_choice (model, i)->chosen ? 1 : 0;
  self->filling = TRUE;
  gtk_check_button_set_active (self->all, n > 0 && n_chosen == n);
  gtk_check_button_set_inconsistent (self->all, n_chosen > 0 && n_chosen < n);
  self->filling = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->all), n > 0);
  gtk_widget_set_visible (self->nothing, n == 0);
  gtk_widget_set_visible (self->scroll, n > 0);
}

static void
tell_changed (VantageChannelChooser *self)
{
  show_all_tick (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
chosen_cb (VantageChannelChooser *self, GParamSpec *pspec, VantageChannelChoice *choice)
{
  if (choice->chosen)
    g_hash_table_remove (self->refused, choice->id);
  else
    g_hash_table_add (self->refused, g_strdup (choice->id));
  if (!self->filling)
    tell_changed (self);
}

void
vantage_channel_chooser_choose_all (VantageChannelChooser *self, gboolean chosen)
{
  GListModel *model = G_LIST_MODEL (self->shown);

  self->filling = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    set_chosen (get_choice (model, i), chosen);
  self->filling = FALSE;
  tell_changed (self);
}

static void
all_toggled_cb (VantageChannelChooser *self)
{
  if (!self->filling)
    vantage_channel_chooser_choose_all (self, gtk_check_button_get_active (self->all));
}

gboolean
vantage_channel_chooser_choose (VantageChannelChooser *self, const char *name, gboolean chosen)
{
  GListModel *model = G_LIST_MODEL (self->choices);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      VantageChannelChoice *choice = get_choice (model, i);

      if (strcmp (choice->name, name) != 0)
        continue;
      set_chosen (choice, chosen);
      return TRUE;
    }
  return FALSE;
}

/* ---- search ---- */

static gboolean
is_shown (gpointer item, gpointer data)
{
  VantageChannelChooser *self = data;

  return self->words == NULL || strstr (VANTAGE_CHANNEL_CHOICE (item)->folded, self->words) != NULL;
}

static void
search_changed_cb (VantageChannelChooser *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->words, g_free);
  if (*text != '\0')
    self->words = g_utf8_casefold (text, -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_all_tick (self);
}

/* ---- rows ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *name = gtk_label_new (NULL), *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (count, "faint");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (row), check);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), count);
  gtk_widget_add_css_class (row, "channel-choice");
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  VantageChannelChoice *choice = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *check = gtk_widget_get_first_child (row);
  GtkWidget *name = gtk_widget_get_next_sibling (check);
  g_autofree char *count = vantage_words_count (choice->n_items);
  g_autofree char *spoken = g_strdup_printf (
      ngettext ("%s, %s record", "%s, %s records", (gulong) choice->n_items), choice->name, count);

  gtk_label_set_text (GTK_LABEL (name), choice->name);
  gtk_widget_set_tooltip_text (name, choice->name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  if (gtk_widget_get_parent (row) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (item), "binding",
                     g_object_bind_property (choice, "chosen", check, "active",
                                             G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GBinding *binding = g_object_steal_data (G_OBJECT (item), "binding");

  if (binding != NULL)
    g_binding_unbind (binding);
}

static void
activate_cb (GtkListView *list, guint position, gpointer data)
{
  VantageChannelChoice *choice =
      get_choice (G_LIST_MODEL (((VantageChannelChooser *) data)->shown), position);

  set_chosen (choice, !choice->chosen);
}

/* ---- object ---- */

void
vantage_channel_chooser_show (VantageChannelChooser *self, const VantagePreview *preview)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_object_unref);

  self->filling = TRUE;
  self->n_items = preview->n_items;
  for (guint i = 0; i < preview->channels->len; i++)
    {
      VantageChannelChoice *choice = choice_new (g_ptr_array_index (preview->channels, i));

      choice->chosen = !g_hash_table_contains (self->refused, choice->id);
      g_signal_connect_object (choice, "notify::chosen", G_CALLBACK (chosen_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (choices, choice);
    }
  g_list_store_splice (self->choices, 0, g_list_model_get_n_items (G_LIST_MODEL (self->choices)),
                       choices->pdata, choices->len);
  gtk_widget_set_visible (self->search, choices->len >= SEARCH_FROM);
  /* A list view does not ask for the height of all its rows. */
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroll),
                                              (int) MIN (choices->len * ROW_HEIGHT, MAX_HEIGHT));
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), choices->len > 1);
  show_all_tick (self);
}

void
vantage_channel_chooser_forget (VantageChannelChooser *self)
{
  g_hash_table_remove_all (self->refused);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

guint64
vantage_channel_chooser_count (VantageChannelChooser *self)
{
  guint64 left_out = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->choices)); i++)
    {
      VantageChannelChoice *choice = get_choice (G_LIST_MODEL (self->choices), i);

      left_out += choice->chosen ? 0 : choice->n_items;
    }
  return self->n_items - MIN (left_out, self->n_items);
}

char **
vantage_channel_chooser_dup_chosen (VantageChannelChooser *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->choices));
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();
  guint n_chosen = 0;

  for (guint i = 0; i < n; i++)
    {
      VantageChannelChoice *choice = get_choice (G_LIST_MODEL (self->choices), i);

      if (!choice->chosen)
        continue;
      g_strv_builder_add (chosen, choice->id);
      n_chosen++;
    }
  return n_chosen < n ? g_strv_builder_end (chosen) : NULL;
}

static void
vantage_channel_chooser_dispose (GObject *object)
{
  VantageChannelChooser *self = VANTAGE_CHANNEL_CHOOSER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->choices);
  g_clear_object (&self->filter);
  G_OBJECT_CLASS (vantage_channel_chooser_parent_class)->dispose (object);
}

static void
vantage_channel_chooser_finalize (GObject *object)
{
  VantageChannelChooser *self = VANTAGE_CHANNEL_CHOOSER (object);

  g_hash_table_unref (self->refused);
  g_free (self->words);
  G_OBJECT_CLASS (vantage_channel_chooser_parent_class)->finalize (object);
}

static void
vantage_channel_chooser_class_init (VantageChannelChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = vantage_channel_chooser_dispose;
  object_class->finalize = vantage_channel_chooser_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_list (VantageChannelChooser *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  list = gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)))),
      g_steal_pointer (&factory));
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Channels"), -1);
  gtk_widget_add_css_class (list, "channel-choices");
  g_signal_connect (list, "activate", G_CALLBACK (activate_cb), self);
  return list;
}

static GtkWidget *
new_head (VantageChannelChooser *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Channels"));

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  self->all = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_ ("All")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->all), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("All channels"), -1);
  g_signal_connect_swapped (self->all, "toggled", G_CALLBACK (all_toggled_cb), self);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->all));
  return head;
}

static void
vantage_channel_chooser_init (VantageChannelChooser *self)
{
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->choices = g_list_store_new (VANTAGE_TYPE_CHANNEL_CHOICE);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->choices)),
                                           g_object_ref (self->filter));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), new_head (self));
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Find a channel"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find a channel"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->search);
  self->nothing = gtk_label_new (_ ("No channel has such a name."));
  gtk_label_set_xalign (GTK_LABEL (self->nothing), 0);
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_box_append (GTK_BOX (self->box), self->nothing);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (self->scroll, "card");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), new_list (self));
  gtk_box_append (GTK_BOX (self->box), self->scroll);
}

GtkWidget *
vantage_channel_chooser_new (void)
{
  return g_object_new (VANTAGE_TYPE_CHANNEL_CHOOSER, NULL);
}
