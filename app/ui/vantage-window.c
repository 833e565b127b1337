/* vantage-window.c: a window: all reviews, and one of them. */

#include "config.h"

#include "vantage-window.h"

#include <glib/gi18n.h>

#include "vantage-library-page.h"
#include "vantage-sections.h"
#include "vantage-window-actions.h"
#include "vantage-words.h"

struct _VantageWindow
{
  AdwApplicationWindow parent_instance;

  VantageLibrary *library;
  VantageReviewContext *context; /* of the review in view */
  VantageReviewView *view;       /* lent */

  AdwToastOverlay *toasts;
  GtkStack *states;
  AdwStatusPage *failure;
  AdwLeaflet *leaflet;
  AdwBin *library_slot;
  AdwBin *review_slot;
};

G_DEFINE_FINAL_TYPE (VantageWindow, vantage_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- size ---- */

static void
keep_size (VantageWindow *self)
{
  const char *review =
      self->context != NULL ? vantage_review_context_get_review_id (self->context) : "";
  int width, height;
  g_autofree char *size = NULL;

  if (self->library == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  size = g_strdup_printf ("%d %d %d", width, height, gtk_window_is_maximized (GTK_WINDOW (self)));
  vantage_library_set_local (self->library, review, "window", size);
}

static void
restore_size (VantageWindow *self, const char *review)
{
  g_autofree char *size = vantage_library_dup_local (self->library, review, "window");
  int width, height, maximized;

  if (size == NULL || sscanf (size, "%d %d %d", &width, &height, &maximized) != 3)
    return;
  if (width < 360 || height < 294 || width > 16384 || height > 16384)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
}

/* ---- callbacks ---- */

static void
context_toast_cb (VantageWindow *self, AdwToast *toast)
{
  vantage_window_add_toast (self, toast);
}

static void
context_named_cb (VantageWindow *self)
{
  vantage_window_update_actions (self);
  gtk_window_set_title (GTK_WINDOW (self), self->context != NULL
                                               ? vantage_review_context_get_title (self->context)
                                               : "Vantage");
}

static void
forget_review (VantageWindow *self)
{
  if (self->context == NULL)
    return;
  vantage_review_view_leave (self->view);
  keep_size (self);
  g_signal_handlers_disconnect_by_data (self->context, self);
  self->view = NULL;
  adw_bin_set_child (self->review_slot, NULL);
  g_clear_object (&self->context);
  context_named_cb (self);
}

static void
visible_child_cb (VantageWindow *self)
{
  /* Back, by button, key or swipe. */
  if (adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->library_slot))
    forget_review (self);
}

static void
library_open_cb (VantageWindow *self, const char *review)
{
  vantage_window_open_review (self, review);
}

static gboolean
drop_cb (VantageWindow *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);

  for (GSList *l = files; l != NULL; l = l->next)
    g_list_store_append (store, l->data);
  if (vantage_hooks.import == NULL || g_list_model_get_n_items (G_LIST_MODEL (store)) == 0)
    return FALSE;
  vantage_window_import (self, G_LIST_MODEL (store));
  return TRUE;
}

/* ---- object ---- */

static gboolean
vantage_window_close_request (GtkWindow *window)
{
  VantageWindow *self = VANTAGE_WINDOW (window);

  if (self->view != NULL)
    vantage_review_view_leave (self->view);
  keep_size (self);
  return GTK_WINDOW_CLASS (vantage_window_parent_class)->close_request (window);
}

static void
vantage_window_dispose (GObject *object)
{
  VantageWindow *self = VANTAGE_WINDOW (object);

  if (self->context != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->context, self);
      g_clear_object (&self->context);
    }
  self->view = NULL;
  g_clear_object (&self->library);
  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_WINDOW);
  G_OBJECT_CLASS (vantage_window_parent_class)->dispose (object);
}

static void
vantage_window_class_init (VantageWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = vantage_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-window.ui");
  gtk_widget_class_bind_template_child (widget_class, VantageWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, VantageWindow, states);
  gtk_widget_class_bind_template_child (widget_class, VantageWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, VantageWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, VantageWindow, library_slot);
  gtk_widget_class_bind_template_child (widget_class, VantageWindow, review_slot);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
}

static void
vantage_window_init (VantageWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  vantage_window_add_actions (self);
}

VantageWindow *
vantage_window_new (GtkApplication *application)
{
  return g_object_new (VANTAGE_TYPE_WINDOW, "application", application, NULL);
}

void
vantage_window_set_library (VantageWindow *self, VantageLibrary *library)
{
  g_autoptr (GMenuModel) menu = NULL;
  GtkWidget *page;

  g_return_if_fail (self->library == NULL);

  self->library = g_object_ref (library);
  page = vantage_library_page_new (library);
  g_signal_connect_object (page, "open", G_CALLBACK (library_open_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->library_slot, page);
  menu = vantage_window_new_menu (self, FALSE);
  vantage_library_page_set_menu (VANTAGE_LIBRARY_PAGE (page), menu);
  restore_size (self, "");
  gtk_stack_set_visible_child_name (self->states, "ready");
  vantage_window_update_actions (self);
}

VantageLibraryPage *
vantage_window_get_library_page (VantageWindow *self)
{
  return VANTAGE_LIBRARY_PAGE (adw_bin_get_child (self->library_slot));
}

VantageLibrary *
vantage_window_get_library (VantageWindow *self)
{
  return self->library;
}

void
vantage_window_set_failure (VantageWindow *self, const char *folder, const GError *error)
{
  g_autofree char *why = vantage_words_error (error);
  /* translators: why, then the folder of the library */
  g_autofree char *text =
      g_markup_printf_escaped (_ ("%s\n\nThe library is the folder %s."), why, folder);

  adw_status_page_set_description (self->failure, text);
  gtk_stack_set_visible_child_name (self->states, "failed");
}

void
vantage_window_open_review (VantageWindow *self, const char *review)
{
  g_autoptr (GMenuModel) menu = NULL;
  GtkWidget *view;

  g_return_if_fail (self->library != NULL);

  forget_review (self);
  self->context = vantage_review_context_new (self->library, review);
  view = vantage_review_view_new (self->context);
  self->view = VANTAGE_REVIEW_VIEW (view);
  adw_bin_set_child (self->review_slot, view);
  menu = vantage_window_new_menu (self, TRUE);
  gtk_menu_button_set_menu_model (vantage_review_view_get_menu_button (self->view), menu);
  g_signal_connect_swapped (self->context, "toast", G_CALLBACK (context_toast_cb), self);
  g_signal_connect_swapped (self->context, "notify::undo-name", G_CALLBACK (context_named_cb),
                            self);
  g_signal_connect_swapped (self->context, "notify::redo-name", G_CALLBACK (context_named_cb),
                            self);
  g_signal_connect_swapped (self->context, "notify::title", G_CALLBACK (context_named_cb), self);
  restore_size (self, review);
  context_named_cb (self);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->review_slot));
  gtk_widget_child_focus (GTK_WIDGET (self->review_slot), GTK_DIR_TAB_FORWARD);
}

void
vantage_window_close_review (VantageWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->library_slot));
}

VantageReviewView *
vantage_window_get_review_view (VantageWindow *self)
{
  return self->view;
}

VantageReviewContext *
vantage_window_get_context (VantageWindow *self)
{
  return self->context;
}

void
vantage_window_add_toast (VantageWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (toast));
}
