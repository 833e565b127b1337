/* vantage-views-popover.c: goes to a view, makes it a step or none, orders and deletes. */

#include "config.h"

#include "vantage-views-popover.h"

#include <glib/gi18n.h>

#include "vantage-shortcuts.h"

struct _VantageViewsPopover
{
  GtkPopover parent_instance;

  VantageReviewContext *context;
  GtkListBox *list;
  GtkWidget *empty;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (VantageViewsPopover, vantage_views_popover, GTK_TYPE_POPOVER)

gint64
vantage_view_get_step (VantageEntity *view)
{
  return MAX (vantage_entity_get_int (view, "step", 0), 0);
}

static int
compare_views (gconstpointer a, gconstpointer b)
{
  VantageEntity *x = *(VantageEntity *const *) a, *y = *(VantageEntity *const *) b;
  gint64 i = vantage_view_get_step (x), j = vantage_view_get_step (y);
  int order;

  if (i != j)
    return i == 0 ? 1 : j == 0 ? -1 : i < j ? -1 : 1;
  order = g_utf8_collate (vantage_entity_get_title (x) != NULL ? vantage_entity_get_title (x) : "",
                          vantage_entity_get_title (y) != NULL ? vantage_entity_get_title (y) : "");
  return order != 0 ? order : g_strcmp0 (vantage_entity_get_id (x), vantage_entity_get_id (y));
}

GPtrArray *
vantage_views_list (VantageReviewContext *context)
{
  GPtrArray *views =
      vantage_library_list (vantage_review_context_get_library (context),
                            vantage_review_context_get_review_id (context), "view", NULL);

  if (views == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_sort (views, compare_views);
  return views;
}

/* ---- changing ---- */

/* Numbers the steps anew, with @view at @place among them; 0: it is none any more. */
static void
set_step (VantageViewsPopover *self, const char *view, guint place, const char *what)
{
  g_autoptr (GPtrArray) views = vantage_views_list (self->context);
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (self->context, what);

  for (guint i = 0; i < views->len; i++)
    if (vantage_view_get_step (views->pdata[i]) > 0 &&
        g_strcmp0 (vantage_entity_get_id (views->pdata[i]), view) != 0)
      g_ptr_array_add (steps, (gpointer) vantage_entity_get_id (views->pdata[i]));
  if (place > 0)
    g_ptr_array_insert (steps, (int) MIN (place - 1, steps->len), (gpointer) view);
  else
    vantage_edit_set (edit, "view", view, "step", vantage_value_new_null ());
  for (guint i = 0; i < steps->len; i++)
    vantage_edit_set_int (edit, "view", steps->pdata[i], "step", i + 1);
  vantage_review_context_commit (self->context, edit);
}

static void
step_cb (GtkWidget *button, VantageViewsPopover *self)
{
  const char *view = g_object_get_data (G_OBJECT (button), "view");
  guint place = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "place"));

  set_step (self, view, place, place > 0 ? _ ("Order Steps") : _ ("Take Step Out"));
}

static void
delete_cb (GtkWidget *button, VantageViewsPopover *self)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (self->context, _ ("Delete View"));

  vantage_edit_delete (edit, "view", g_object_get_data (G_OBJECT (button), "view"));
  vantage_review_context_commit_with_undo (self->context, edit, _ ("View deleted"));
}

/* ---- rows ---- */

static void
add_button (VantageViewsPopover *self, GtkWidget *row, const char *view, const char *icon,
            const char *tooltip, guint place, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "view", g_strdup (view), g_free);
  g_object_set_data (G_OBJECT (button), "place", GUINT_TO_POINTER (place));
  g_signal_connect (button, "clicked", callback, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
append (VantageViewsPopover *self, VantageEntity *view, guint n_steps)
{
  GtkWidget *row = adw_action_row_new ();
  const char *id = vantage_entity_get_id (view), *title = vantage_entity_get_title (view);
  guint step = (guint) vantage_view_get_step (view);
  g_autofree char *text = NULL;

  if (step > 0)
    /* translators: where a view stands among those that are presented */
    text = g_strdup_printf (_ ("Step %u"), step);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 title != NULL && title[0] != '\0' ? title : _ ("Untitled"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text != NULL ? text : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "view", g_strdup (id), g_free);
  if (step > 1)
    add_button (self, row, id, "go-up-symbolic", _ ("Earlier Step"), step - 1,
                G_CALLBACK (step_cb));
  if (step > 0)
    add_button (self, row, id, "list-remove-symbolic", _ ("Do Not Present"), 0,
                G_CALLBACK (step_cb));
  else
    add_button (self, row, id, "list-add-symbolic", _ ("Present as a Step"), n_steps + 1,
                G_CALLBACK (step_cb));
  add_button (self, row, id, "user-trash-symbolic", _ ("Delete View"), 0, G_CALLBACK (delete_cb));
  gtk_list_box_append (self->list, row);
}

static void
fill (VantageViewsPopover *self)
{
  g_autoptr (GPtrArray) views = vantage_views_list (self->context);
  GtkWidget *child;
  guint n_steps = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < views->len; i++)
    n_steps += vantage_view_get_step (views->pdata[i]) > 0;
  for (guint i = 0; i < views->len; i++)
    append (self, views->pdata[i], n_steps);
  gtk_widget_set_visible (GTK_WIDGET (self->list), views->len > 0);
  gtk_widget_set_visible (self->empty, views->len == 0);
}

static void
changed_cb (VantageViewsPopover *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    fill (self);
}

static void
activated_cb (VantageViewsPopover *self, GtkListBoxRow *row)
{
  g_autofree char *view = g_strdup (g_object_get_data (G_OBJECT (row), "view"));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, view);
}

/* ---- object ---- */

static void
vantage_views_popover_dispose (GObject *object)
{
  VantageViewsPopover *self = VANTAGE_VIEWS_POPOVER (object);

  gtk_popover_set_child (GTK_POPOVER (self), NULL);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_views_popover_parent_class)->dispose (object);
}

static void
vantage_views_popover_class_init (VantageViewsPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_views_popover_dispose;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
new_action (const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (_ (vantage_shortcuts_find (action)->title));

  vantage_shortcuts_set_button (button, action);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static void
vantage_views_popover_init (VantageViewsPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new (), *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  self->empty = gtk_label_new (
      _ ("A view keeps this stretch of time, the filter and where you stand. Its steps can be "
         "presented full-screen."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->empty), 36);
  gtk_widget_add_css_class (self->empty, "faint");
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_widget_set_size_request (box, 320, -1);
  gtk_box_append (GTK_BOX (buttons), new_action ("page.save-view"));
  gtk_box_append (GTK_BOX (buttons), new_action ("page.present"));
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "show", G_CALLBACK (fill), NULL);
}

GtkWidget *
vantage_views_popover_new (VantageReviewContext *context)
{
  VantageViewsPopover *self = g_object_new (VANTAGE_TYPE_VIEWS_POPOVER, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
