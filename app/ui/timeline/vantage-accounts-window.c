/* vantage-accounts-window.c: pairs of events, each with what it says and who says so. */

#include "config.h"

#include "vantage-accounts-window.h"

#include <glib/gi18n.h>

#include "vantage-empty-state.h"
#include "vantage-same-moment.h"
#include "vantage-timeline-edits.h"

#define MAX_SHOWN 50

#define VANTAGE_TYPE_ACCOUNTS_WINDOW (vantage_accounts_window_get_type ())
G_DECLARE_FINAL_TYPE (VantageAccountsWindow, vantage_accounts_window, VANTAGE, ACCOUNTS_WINDOW,
                      AdwWindow)

struct _VantageAccountsWindow
{
  AdwWindow parent_instance;

  VantageTimelineFeed *feed;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (VantageAccountsWindow, vantage_accounts_window, ADW_TYPE_WINDOW)

static VantageReviewContext *
get_context (VantageAccountsWindow *self)
{
  return vantage_timeline_feed_get_context (self->feed);
}

/* ---- deciding ---- */

static void
tie_cb (VantageAccountsWindow *self, GtkWidget *button)
{
  vantage_timeline_link (self->feed, g_object_get_data (G_OBJECT (button), "a"),
                         g_object_get_data (G_OBJECT (button), "b"), "same-moment");
}

static void
apart_cb (VantageAccountsWindow *self, GtkWidget *button)
{
  const char *a = g_object_get_data (G_OBJECT (button), "a");
  g_autofree char *key = vantage_same_moment_key (a, g_object_get_data (G_OBJECT (button), "b"));
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (get_context (self), _ ("Leave Apart"));
  const char *id = vantage_edit_create (edit, "dismissal");

  vantage_edit_set_text (edit, "dismissal", id, "of", key);
  vantage_edit_set_ref (edit, "dismissal", id, "about", a);
  vantage_edit_set_text (edit, "dismissal", id, "scope", "sentence");
  vantage_review_context_commit_with_undo (get_context (self), edit, _ ("Left apart"));
}

/* ---- rows ---- */

static GtkWidget *
new_half (VantageAccountsWindow *self, VantageTimelineEvent *event)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *time = vantage_timeline_feed_dup_time (self->feed, event);
  g_autofree char *authority = vantage_timeline_feed_dup_authority (self->feed, event);
  g_autofree char *text = g_strdup_printf (_ ("%s · %s"), time, authority);
  GtkWidget *labels[] = { gtk_label_new (vantage_timeline_event_get_title (event)),
                          gtk_label_new (text) };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_label_set_wrap (GTK_LABEL (labels[i]), TRUE);
      gtk_box_append (GTK_BOX (box), labels[i]);
    }
  gtk_widget_add_css_class (labels[1], "faint");
  return box;
}

static GtkWidget *
new_button (VantageAccountsWindow *self, const char *label, const VantageSameMoment *pair,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (button), "a", g_strdup (pair->a), g_free);
  g_object_set_data_full (G_OBJECT (button), "b", g_strdup (pair->b), g_free);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

static void
append (VantageAccountsWindow *self, const VantageSameMoment *pair)
{
  VantageTimelineEvent *a = vantage_timeline_feed_find (self->feed, pair->a, NULL);
  VantageTimelineEvent *b = vantage_timeline_feed_find (self->feed, pair->b, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *row = gtk_list_box_row_new ();

  if (a == NULL || b == NULL)
    return;
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), new_half (self, a));
  gtk_box_append (GTK_BOX (box), new_half (self, b));
  gtk_box_append (GTK_BOX (buttons),
                  new_button (self, _ ("Tie Together"), pair, G_CALLBACK (tie_cb)));
  gtk_box_append (GTK_BOX (buttons),
                  new_button (self, _ ("Leave Apart"), pair, G_CALLBACK (apart_cb)));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->list, row);
}

static void
add_kind (VantageAccountsWindow *self, GPtrArray *entities, const char *kind)
{
  GPtrArray *list =
      vantage_library_list (vantage_review_context_get_library (get_context (self)),
                            vantage_review_context_get_review_id (get_context (self)), kind, NULL);

  if (list != NULL)
    g_ptr_array_extend_and_steal (entities, list);
}

static void
fill (VantageAccountsWindow *self)
{
  static const char *const kinds[] = { "event", "link", "dismissal" };
  g_autoptr (GPtrArray) entities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) pairs = NULL;
  GtkWidget *child;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_kind (self, entities, kinds[i]);
  pairs = vantage_same_moment_find (entities, vantage_timeline_feed_get_times (self->feed));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < MIN (pairs->len, MAX_SHOWN); i++)
    append (self, &g_array_index (pairs, VantageSameMoment, i));
  gtk_stack_set_visible_child_name (self->stack, pairs->len > 0 ? "list" : "empty");
}

static void
changed_cb (VantageAccountsWindow *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    fill (self);
}

/* ---- object ---- */

static void
vantage_accounts_window_dispose (GObject *object)
{
  g_clear_object (&VANTAGE_ACCOUNTS_WINDOW (object)->feed);
  G_OBJECT_CLASS (vantage_accounts_window_parent_class)->dispose (object);
}

static void
vantage_accounts_window_class_init (VantageAccountsWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_accounts_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
vantage_accounts_window_init (VantageAccountsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkWidget *empty = vantage_empty_state_new (
      "vantage-people-symbolic", _ ("Nothing to Tie"),
      _ ("When two accounts, or an account and the record, seem to tell of one moment, it is "
         "proposed here: the same people, the same time, similar words."),
      NULL, NULL);

  self->stack = GTK_STACK (gtk_stack_new ());
  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_set_margin_top (list, 18);
  gtk_widget_set_margin_bottom (list, 24);
  gtk_widget_set_margin_start (list, 18);
  gtk_widget_set_margin_end (list, 18);
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_stack_add_named (self->stack, scroller, "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
}

GtkWindow *
vantage_accounts_window_show (GtkWindow *parent, VantageTimelineFeed *feed)
{
  VantageAccountsWindow *self = g_object_new (
      VANTAGE_TYPE_ACCOUNTS_WINDOW, "transient-for", parent, "title", _ ("Same Moment?"),
      "default-width", 520, "default-height", 560, "destroy-with-parent", TRUE, NULL);

  self->feed = g_object_ref (feed);
  g_signal_connect_object (get_context (self), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
