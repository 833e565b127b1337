/* vantage-same-people-dialog.c: pairs that may be one person, for somebody to confirm. */

#include "config.h"

#include "vantage-merge-dialog.h"

#include <glib/gi18n.h>

#include "vantage-desk-people.h"
#include "vantage-words.h"

#define MAX_SHOWN 50

typedef struct
{
  VantageReviewContext *context; /* lent: the window disconnects from it */
  GtkWidget *list;
  GtkStack *states;
} Proposals;

static void show_proposals (Proposals *self);

static void
same_clicked_cb (GtkWidget *button, gpointer data)
{
  Proposals *self = data;
  g_autofree char *person = g_strdup (g_object_get_data (G_OBJECT (button), "person"));
  g_autofree char *other = g_strdup (g_object_get_data (G_OBJECT (button), "other"));

  if (vantage_merge_people (self->context, person, other))
    show_proposals (self);
}

static void
not_same_clicked_cb (GtkWidget *button, gpointer data)
{
  Proposals *self = data;
  g_autoptr (GError) error = NULL;

  if (!vantage_desk_dismiss_same (vantage_review_context_get_library (self->context),
                                  vantage_review_context_get_review_id (self->context),
                                  g_object_get_data (G_OBJECT (button), "person"),
                                  g_object_get_data (G_OBJECT (button), "other"),
                                  _ ("Keep People Apart"), &error))
    {
      vantage_review_context_tell_error (self->context, _ ("This Could Not Be Saved"), error);
      return;
    }
  vantage_review_context_tell_with_undo (self->context, _ ("They stay two people"));
  show_proposals (self);
}

static void
add_button (Proposals *self, GtkWidget *row, const VantageSameProposal *proposal, const char *label,
            const char *pair, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *spoken = NULL;

  /* translators: a choice, and the two names it is about: "Same Person: Dana and dokafor" */
  spoken = g_strdup_printf (_ ("%s: %s"), label, pair);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "person", g_strdup (proposal->person), g_free);
  g_object_set_data_full (G_OBJECT (button), "other", g_strdup (proposal->other), g_free);
  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (row), button);
}

/* Where somebody wrote from tells two of one name apart. */
static char *
dup_shown (Proposals *self, const char *id)
{
  const VantagePerson *person = vantage_review_context_find_person (self->context, id);
  const VantageIdentity *first = person != NULL && person->identities->len > 0
                                     ? g_ptr_array_index (person->identities, 0)
                                     : NULL;
  const char *account;

  if (first == NULL)
    return g_strdup (vantage_review_context_get_person_name (self->context, id));
  account = first->handle != NULL ? first->handle : first->email;
  if (account != NULL && g_strcmp0 (account, person->name) != 0)
    /* translators: a name, where the account is, and its own name: "Dana Okafor (slack, dokafor)"
     */
    return g_strdup_printf (_ ("%s (%s, %s)"), person->name, first->family, account);
  /* translators: a name, and where the account is: "Dana Okafor (slack)" */
  return g_strdup_printf (_ ("%s (%s)"), person->name, first->family);
}

static void
append_proposal (Proposals *self, const VantageSameProposal *proposal)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *person = dup_shown (self, proposal->person);
  g_autofree char *other = dup_shown (self, proposal->other);
  g_autofree char *why = vantage_words_same (vantage_same_to_text (proposal->same), proposal->what);
  g_autofree char *pair = NULL;
  const char *texts[2];

  /* translators: two names */
  pair = g_strdup_printf (C_ ("people", "%s and %s"), person, other);
  texts[0] = pair;
  texts[1] = why;
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_widget_add_css_class (label, i == 0 ? "person-name" : "dim-label");
      gtk_box_append (GTK_BOX (row), label);
    }
  add_button (self, buttons, proposal, _ ("Same Person"), pair, G_CALLBACK (same_clicked_cb));
  add_button (self, buttons, proposal, _ ("Not the Same"), pair, G_CALLBACK (not_same_clicked_cb));
  gtk_box_append (GTK_BOX (row), buttons);
  gtk_widget_add_css_class (row, "proposal");
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (row)), FALSE);
}

static void
show_proposals (Proposals *self)
{
  g_autoptr (GPtrArray) proposals =
      vantage_desk_propose_same (vantage_review_context_get_library (self->context),
                                 vantage_review_context_get_review_id (self->context),
                                 vantage_review_context_get_people (self->context), NULL);
  guint n = proposals != NULL ? MIN (proposals->len, MAX_SHOWN) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < n; i++)
    append_proposal (self, g_ptr_array_index (proposals, i));
  gtk_stack_set_visible_child_name (self->states, n > 0 ? "some" : "none");
}

/* A merge or a dismissal is taken back, or somebody else makes one. */
static void
changed_cb (GtkWidget *window)
{
  show_proposals (g_object_get_data (G_OBJECT (window), "proposals"));
}

static GtkWidget *
new_nothing (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "vantage-people-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nobody Is There Twice"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("No two accounts share an address, a handle or a full name. Two people can still be "
         "made one by hand: Merge With…"));
  gtk_widget_add_css_class (page, "compact");
  return page;
}

static GtkEventController *
new_escape (void)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  return keys;
}

GtkWidget *
vantage_same_people_dialog_new (GtkWindow *parent, VantageReviewContext *context)
{
  Proposals *self = g_new0 (Proposals, 1);
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->context = context;
  self->list = gtk_list_box_new ();
  self->states = GTK_STACK (gtk_stack_new ());
  g_object_set_data_full (G_OBJECT (window), "proposals", self, g_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("These May Be One Person"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 460, 520);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_add_css_class (self->list, "proposals");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->list);
  gtk_stack_add_named (self->states, scroll, "some");
  gtk_stack_add_named (self->states, new_nothing (), "none");
  gtk_widget_set_vexpand (GTK_WIDGET (self->states), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->states));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_widget_add_controller (window, new_escape ());
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "people-changed", G_CALLBACK (changed_cb), window,
                           G_CONNECT_SWAPPED);
  show_proposals (self);
  return window;
}
