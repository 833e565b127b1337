/* vantage-wrap-entry.c: a one-line text field of an entity that wraps. */

#include "config.h"

#include "vantage-wrap-entry.h"

#include <string.h>

#include "vantage-field-binding.h"

struct _VantageWrapEntry
{
  GtkWidget parent_instance;

  VantageReviewContext *context;
  GtkWidget *overlay;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;
  GtkEditable *field; /* not shown: what the store is bound to */
  guint resizing;     /* idle */
  int width;
  gboolean loading;
};

G_DEFINE_FINAL_TYPE (VantageWrapEntry, vantage_wrap_entry, GTK_TYPE_WIDGET)

char *
vantage_wrap_entry_dup_text (VantageWrapEntry *self)
{
  GtkTextIter from, until;

  gtk_text_buffer_get_bounds (self->buffer, &from, &until);
  return gtk_text_buffer_get_text (self->buffer, &from, &until, FALSE);
}

void
vantage_wrap_entry_set_text (VantageWrapEntry *self, const char *text)
{
  gtk_text_buffer_set_text (self->buffer, text, -1);
}

/* ---- callbacks ---- */

static void
buffer_changed_cb (VantageWrapEntry *self)
{
  g_autofree char *text = vantage_wrap_entry_dup_text (self);

  gtk_widget_set_visible (self->placeholder, text[0] == '\0');
  if (self->loading)
    return;
  /* What was pasted may have lines; the field has one. */
  g_strdelimit (text, "\r\n\t", ' ');
  self->loading = TRUE;
  gtk_editable_set_text (self->field, text);
  self->loading = FALSE;
}

static void
field_changed_cb (VantageWrapEntry *self)
{
  if (self->loading)
    return;
  self->loading = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, gtk_editable_get_text (self->field), -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->loading = FALSE;
}

static gboolean
key_pressed_cb (VantageWrapEntry *self, guint key)
{
  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter)
    return FALSE;
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                          GTK_DIR_TAB_FORWARD);
  return TRUE;
}

static void
focus_left_cb (VantageWrapEntry *self)
{
  if (self->context != NULL)
    vantage_review_context_flush (self->context);
}

static gboolean
resizing_cb (gpointer data)
{
  VantageWrapEntry *self = data;

  self->resizing = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self->view));
  return G_SOURCE_REMOVE;
}

/* ---- object ---- */

static gboolean
vantage_wrap_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VANTAGE_WRAP_ENTRY (widget)->view));
}

static void
vantage_wrap_entry_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  gtk_widget_measure (VANTAGE_WRAP_ENTRY (widget)->overlay, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

/* A text view knows its height only once it has its width: it is asked again then. */
static void
vantage_wrap_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VantageWrapEntry *self = VANTAGE_WRAP_ENTRY (widget);

  gtk_widget_size_allocate (self->overlay, &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (width != self->width && self->resizing == 0)
    self->resizing = g_idle_add (resizing_cb, self);
  self->width = width;
}

static void
vantage_wrap_entry_dispose (GObject *object)
{
  VantageWrapEntry *self = VANTAGE_WRAP_ENTRY (object);

  g_clear_handle_id (&self->resizing, g_source_remove);
  if (self->field != NULL)
    {
      if (self->context != NULL)
        vantage_field_bind (self->field, self->context, NULL, NULL, NULL, NULL);
      g_signal_handlers_disconnect_by_data (self->field, self);
    }
  g_clear_object (&self->field);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_object (&self->buffer);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_wrap_entry_parent_class)->dispose (object);
}

static void
vantage_wrap_entry_class_init (VantageWrapEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_wrap_entry_dispose;
  widget_class->measure = vantage_wrap_entry_measure;
  widget_class->size_allocate = vantage_wrap_entry_size_allocate;
  widget_class->grab_focus = vantage_wrap_entry_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "wrapentry");
}

static void
vantage_wrap_entry_init (VantageWrapEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->overlay = gtk_overlay_new ();
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = g_object_ref (gtk_text_view_get_buffer (self->view));
  self->field = GTK_EDITABLE (g_object_ref_sink (gtk_text_new ()));
  self->placeholder = gtk_label_new (NULL);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_label_set_xalign (GTK_LABEL (self->placeholder), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->placeholder), PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (self->placeholder, GTK_ALIGN_START);
  gtk_widget_set_can_target (self->placeholder, FALSE);
  gtk_widget_add_css_class (self->placeholder, "placeholder");
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->view));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->placeholder);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));

  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field, "changed", G_CALLBACK (field_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);
}

GtkWidget *
vantage_wrap_entry_new (const char *label, const char *placeholder)
{
  VantageWrapEntry *self = g_object_new (VANTAGE_TYPE_WRAP_ENTRY, NULL);

  gtk_label_set_text (GTK_LABEL (self->placeholder), placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return GTK_WIDGET (self);
}

void
vantage_wrap_entry_bind (VantageWrapEntry *self, VantageReviewContext *context, const char *kind,
                         const char *id, const char *field, const char *what)
{
  if (context != NULL)
    g_set_object (&self->context, context);
  if (self->context == NULL)
    return;
  vantage_field_bind (self->field, self->context, kind, id, field, what);
  if (id == NULL)
    {
      self->loading = TRUE;
      gtk_text_buffer_set_text (self->buffer, "", 0);
      self->loading = FALSE;
    }
  else
    field_changed_cb (self);
}
