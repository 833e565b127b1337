/* vantage-due-list.c: what is due over all reviews. */

#include "config.h"

#include "vantage-due-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-empty-state.h"
#include "vantage-time-text.h"

#define MAX_ROWS 50 /* the nearest are what somebody looks for here */

struct _VantageDueList
{
  GtkWidget parent_instance;

  VantageLibrary *library;
  GListModel *reviews;
  guint reading; /* idle */

  GtkWidget *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (VantageDueList, vantage_due_list, GTK_TYPE_WIDGET)

typedef struct
{
  gint64 due_us;
  char *what;
  VantageEntity *review;
} Due;

static void
due_free (gpointer data)
{
  Due *due = data;

  g_free (due->what);
  g_object_unref (due->review);
  g_free (due);
}

static int
compare_dues (gconstpointer a, gconstpointer b)
{
  const Due *x = *(const Due *const *) a, *y = *(const Due *const *) b;

  return (x->due_us > y->due_us) - (x->due_us < y->due_us);
}

static void
add_due (GPtrArray *dues, VantageEntity *review, gint64 due_us, const char *what)
{
  Due *due = g_new0 (Due, 1);

  due->due_us = due_us;
  due->what = g_strdup (what);
  due->review = g_object_ref (review);
  g_ptr_array_add (dues, due);
}

static const char *
get_word (const char *key)
{
  if (strcmp (key, "conversations") == 0 || strcmp (key, "interviews") == 0)
    return _ ("Conversations held");
  if (strcmp (key, "checkpoint") == 0)
    return _ ("Look again");
  if (strcmp (key, "meeting") == 0)
    return _ ("Meeting");
  return key;
}

/* The dates of the review itself. */
static void
add_dates (GPtrArray *dues, VantageEntity *review)
{
  g_autoptr (GPtrArray) names = vantage_entity_list_registers (review);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      gint64 us;

      if (g_str_has_prefix (name, "due/") &&
          vantage_value_get_time (vantage_entity_get_value (review, name), &us))
        add_due (dues, review, us, get_word (name + strlen ("due/")));
    }
}

/* Experiments that are still open and have a day to look at them again. */
static void
add_experiments (VantageDueList *self, GPtrArray *dues, VantageEntity *review)
{
  g_autoptr (GPtrArray) experiments =
      vantage_library_list (self->library, vantage_entity_get_id (review), "experiment", NULL);

  for (guint i = 0; experiments != NULL && i < experiments->len; i++)
    {
      VantageEntity *experiment = experiments->pdata[i];
      const char *outcome = vantage_entity_get_text (experiment, "outcome");
      gint64 us = vantage_entity_get_time (experiment, "revisit");

      if (us != VANTAGE_TIME_NONE && (outcome == NULL || strcmp (outcome, "open") == 0))
        add_due (dues, review, us, vantage_entity_get_title (experiment));
    }
}

/* ---- showing ---- */

static GtkWidget *
new_row (VantageDueList *self, const Due *due)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label;
  g_autoptr (VantageZone) zone = vantage_zone_new_local ();
  gint64 now_us = vantage_library_now_us (self->library);
  int days = vantage_time_text_count_days (zone, due->due_us, now_us);
  g_autofree char *when = NULL;

  if (days > 0)
    when = g_strdup_printf (ngettext ("%d day late", "%d days late", days), days);
  else
    when = vantage_time_text_day (zone, due->due_us, now_us);
  label = gtk_label_new (when);
  gtk_widget_add_css_class (label, days > 0 ? "late" : "detail");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), due->what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), vantage_entity_get_title (due->review));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", vantage_entity_get_id (due->review));
  return row;
}

static void
show_dues (VantageDueList *self)
{
  g_autoptr (GPtrArray) dues = g_ptr_array_new_with_free_func (due_free);
  guint n = g_list_model_get_n_items (self->reviews);
  GtkWidget *child;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (VantageEntity) review = g_list_model_get_item (self->reviews, i);

      if (vantage_entity_get_yesno (review, "sample"))
        continue;
      add_dates (dues, review);
      add_experiments (self, dues, review);
    }
  g_ptr_array_sort (dues, compare_dues);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < dues->len && i < MAX_ROWS; i++)
    gtk_list_box_append (self->list, new_row (self, dues->pdata[i]));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), dues->len > 0 ? "list" : "empty");
}

static gboolean
reading_cb (gpointer data)
{
  VantageDueList *self = data;

  self->reading = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_dues (self);
  return G_SOURCE_REMOVE;
}

static void
library_changed_cb (VantageDueList *self)
{
  if (self->reading == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->reading = g_idle_add (reading_cb, self);
}

/* ---- object ---- */

static void
vantage_due_list_map (GtkWidget *widget)
{
  show_dues (VANTAGE_DUE_LIST (widget));
  GTK_WIDGET_CLASS (vantage_due_list_parent_class)->map (widget);
}

static void
vantage_due_list_dispose (GObject *object)
{
  VantageDueList *self = VANTAGE_DUE_LIST (object);

  g_clear_handle_id (&self->reading, g_source_remove);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->reviews);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (vantage_due_list_parent_class)->dispose (object);
}

static void
vantage_due_list_class_init (VantageDueListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_due_list_dispose;
  GTK_WIDGET_CLASS (klass)->map = vantage_due_list_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
vantage_due_list_init (VantageDueList *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *empty = vantage_empty_state_new (
      "vantage-overview-symbolic", _ ("Nothing Is Due"),
      _ ("Days that a review is to keep, and experiments to look at again, stand here."), NULL,
      NULL);

  self->stack = gtk_stack_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 18);
  gtk_widget_set_margin_start (clamp, 18);
  gtk_widget_set_margin_end (clamp, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 924);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  gtk_stack_add_named (GTK_STACK (self->stack), scroll, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), empty, "empty");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

void
vantage_due_list_bind (VantageDueList *self, VantageLibrary *library)
{
  self->library = g_object_ref (library);
  self->reviews = vantage_library_get_reviews (library);
  g_signal_connect_object (library, "changed", G_CALLBACK (library_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
