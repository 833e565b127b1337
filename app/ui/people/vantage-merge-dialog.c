/* vantage-merge-dialog.c: choosing who is the same person as another. */

#include "config.h"

#include "vantage-merge-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-avatar.h"
#include "vantage-text.h"

typedef struct
{
  VantageReviewContext *context;
  char *person;
  GtkWindow *window;
  GtkFilter *filter;
  char *words; /* folded */
  VantageMergeChosen chosen;
  gpointer user_data;
} Choosing;

static void
choosing_free (gpointer data)
{
  Choosing *self = data;

  g_clear_object (&self->context);
  g_clear_object (&self->filter);
  g_free (self->person);
  g_free (self->words);
  g_free (self);
}

gboolean
vantage_merge_people (VantageReviewContext *context, const char *person, const char *other)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;

  vantage_review_context_flush (context);
  /* translators: two names */
  told = g_strdup_printf (_ ("%s and %s are one person now"),
                          vantage_review_context_get_person_name (context, person),
                          vantage_review_context_get_person_name (context, other));
  if (!vantage_library_merge_people (vantage_review_context_get_library (context),
                                     vantage_review_context_get_review_id (context), person, other,
                                     _ ("Merge People"), &error))
    {
      vantage_review_context_tell_error (context, _ ("Could Not Merge"), error);
      return FALSE;
    }
  vantage_review_context_tell_with_undo (context, told);
  return TRUE;
}

/* ---- rows: the model holds ids ---- */

static const char *
get_id (gpointer item)
{
  return gtk_string_object_get_string (item);
}

static char *
dup_accounts (const VantagePerson *person)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; person->identities != NULL && i < person->identities->len; i++)
    {
      const VantageIdentity *identity = g_ptr_array_index (person->identities, i);
      const char *const words[] = { identity->family, identity->handle, identity->email };

      for (guint w = 0; w < G_N_ELEMENTS (words); w++)
        if (words[w] != NULL && words[w][0] != '\0')
          g_string_append_printf (text, "%s%s", text->len > 0 ? C_ ("between facts", " · ") : "",
                                  words[w]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  Choosing *self = data;
  const VantagePerson *person = vantage_review_context_find_person (self->context, get_id (item));
  g_autofree char *accounts = NULL;
  g_autofree char *all = NULL;
  g_autofree char *folded = NULL;

  if (person == NULL)
    return FALSE;
  if (self->words == NULL || self->words[0] == '\0')
    return TRUE;
  accounts = dup_accounts (person);
  all = g_strjoin (" ", person->name, accounts, NULL);
  folded = vantage_text_fold (all);
  return strstr (folded, self->words) != NULL;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_add_css_class (row, "choice-row");
  gtk_box_append (GTK_BOX (row), vantage_avatar_new (30));
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, i == 0 ? "person-name" : "faint");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Choosing *self = data;
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *disc = gtk_widget_get_first_child (row);
  GtkWidget *name = gtk_widget_get_first_child (gtk_widget_get_next_sibling (disc));
  const char *id = get_id (gtk_list_item_get_item (item));
  const VantagePerson *person = vantage_review_context_find_person (self->context, id);
  g_autofree char *accounts = person != NULL ? dup_accounts (person) : g_strdup ("");

  vantage_avatar_set_person_id (VANTAGE_AVATAR (disc), self->context, id);
  gtk_label_set_text (GTK_LABEL (name), person != NULL ? person->name : "");
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), accounts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, person != NULL ? person->name : "",
                                  -1);
}

static void
activate_cb (GtkListView *list, guint position, gpointer data)
{
  Choosing *self = data;
  g_autoptr (GObject) item =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);
  g_autofree char *other = g_strdup (get_id (item));

  self->chosen (self->person, other, self->user_data);
  gtk_window_close (self->window);
}

static void
search_changed_cb (GtkEditable *entry, gpointer data)
{
  Choosing *self = data;

  g_free (self->words);
  self->words = vantage_text_fold (gtk_editable_get_text (entry));
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static gboolean
is_machine (const VantagePerson *person)
{
  return strcmp (person->sort, "automation") == 0 || strcmp (person->sort, "system") == 0;
}

static GtkStringList *
list_others (Choosing *self)
{
  GPtrArray *people = vantage_review_context_get_people (self->context);
  const VantagePerson *subject = vantage_review_context_find_person (self->context, self->person);
  GtkStringList *others = gtk_string_list_new (NULL);

  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = g_ptr_array_index (people, i);

      if (person != subject && is_machine (person) == is_machine (subject))
        gtk_string_list_append (others, person->id);
    }
  return others;
}

static GtkWidget *
new_list (Choosing *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *shown;
  GtkWidget *list, *scroll = gtk_scrolled_window_new ();

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  shown =
      gtk_filter_list_model_new (G_LIST_MODEL (list_others (self)), g_object_ref (self->filter));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (shown))),
                            factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_widget_add_css_class (list, "attendees");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Who is the same person"), -1);
  g_signal_connect (list, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), list);
  gtk_widget_set_vexpand (scroll, TRUE);
  return scroll;
}

GtkWidget *
vantage_merge_dialog_new (GtkWindow *parent, VantageReviewContext *context, const char *person,
                          VantageMergeChosen chosen, gpointer user_data)
{
  Choosing *self = g_new0 (Choosing, 1);
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *search = gtk_search_entry_new ();
  g_autofree char *title = NULL;

  self->context = g_object_ref (context);
  self->person = g_strdup (person);
  self->window = GTK_WINDOW (window);
  self->chosen = chosen;
  self->user_data = user_data;
  g_object_set_data_full (G_OBJECT (window), "choosing", self, choosing_free);

  /* translators: a name */
  title = g_strdup_printf (_ ("Who Is the Same as %s?"),
                           vantage_review_context_get_person_name (context, person));
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 420, 520);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_add_css_class (search, "dialog-search");
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find people"), -1);
  g_signal_connect (search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (search, "stop-search", G_CALLBACK (gtk_window_close), window);
  gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), new_list (self));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_focus (GTK_WINDOW (window), search);
  return window;
}
