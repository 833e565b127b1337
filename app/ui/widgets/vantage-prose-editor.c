/* vantage-prose-editor.c: a field of prose, written as it is typed. */

#include "config.h"

#include "vantage-prose-editor.h"

#include <string.h>

#include "vantage-reference-text.h"

#define WRITE_AFTER_MS 700

struct _VantageProseEditor
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;

  VantageReviewContext *context; /* NULL: not bound */
  char *kind, *id, *slot, *what;
  char *written; /* what the store holds as far as is known here */
  guint timeout;
  guint resizing; /* idle */
  int width;      /* that the text was laid out for */
  gboolean loading;
  gboolean references; /* are shown by what they point to */
};

static guint text_changed_signal;

G_DEFINE_FINAL_TYPE (VantageProseEditor, vantage_prose_editor, GTK_TYPE_WIDGET)

char *
vantage_prose_editor_dup_text (VantageProseEditor *self)
{
  GtkTextIter from, to;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &from, &to);
  text = gtk_text_buffer_get_text (self->buffer, &from, &to, FALSE);
  if (!self->references || self->context == NULL)
    return g_steal_pointer (&text);
  return vantage_reference_text_read (self->context, text);
}

/* ---- writing ---- */

void
vantage_prose_editor_flush (VantageProseEditor *self)
{
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;
  g_autofree char *before = NULL;

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->context == NULL)
    return;
  text = vantage_prose_editor_dup_text (self);
  if (strcmp (text, self->written) == 0)
    return;

  edit = vantage_review_context_begin (self->context, self->what);
  key = g_strdup_printf ("%s/%s", self->id, self->slot);
  vantage_edit_set_typing (edit, key);
  vantage_edit_set_prose (edit, self->kind, self->id, self->slot, text);
  /* Known before the commit tells of it, so that what is written is not read back over itself. */
  before = g_steal_pointer (&self->written);
  self->written = g_steal_pointer (&text);
  if (vantage_review_context_commit (self->context, edit))
    return;
  g_free (self->written);
  self->written = g_steal_pointer (&before);
}

static gboolean
timeout_cb (gpointer data)
{
  VantageProseEditor *self = data;

  self->timeout = 0;
  vantage_prose_editor_flush (self);
  return G_SOURCE_REMOVE;
}

/* ---- reading ---- */

static void
load (VantageProseEditor *self)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;
  GtkTextMark *cursor;
  GtkTextIter iter;
  int offset;

  text = vantage_library_dup_prose (vantage_review_context_get_library (self->context),
                                    vantage_review_context_get_review_id (self->context), self->id,
                                    self->slot, NULL);
  if (text == NULL)
    text = g_strdup ("");
  if (self->written != NULL && strcmp (text, self->written) == 0)
    return;

  g_free (self->written);
  self->written = g_strdup (text);

  cursor = gtk_text_buffer_get_insert (self->buffer);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, cursor);
  offset = gtk_text_iter_get_offset (&iter);
  self->loading = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  shown = self->references ? vantage_reference_text_show (self->context, text) : g_strdup (text);
  gtk_text_buffer_set_text (self->buffer, shown, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, offset);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  self->loading = FALSE;
}

/* The store gives paragraphs back parted by one empty line: what is typed may differ from it by
 * blank lines only, and is then left as it is. */
static gboolean
is_being_typed (VantageProseEditor *self)
{
  return self->timeout != 0 || gtk_widget_has_focus (GTK_WIDGET (self->view));
}

static gboolean
is_of_this_field (VantageProseEditor *self, VantageEntity *entity)
{
  if (strcmp (vantage_entity_get_id (entity), self->id) == 0)
    return TRUE;
  return strcmp (vantage_entity_get_kind_name (entity), "block") == 0 &&
         g_strcmp0 (vantage_entity_get_ref (entity, "of"), self->id) == 0;
}

static void
context_changed_cb (VantageProseEditor *self, VantageChange *change)
{
  gboolean ours = change->everything;

  for (guint i = 0; !ours && i < change->entities->len; i++)
    ours = is_of_this_field (self, change->entities->pdata[i]);
  if (ours && !is_being_typed (self))
    load (self);
}

static void
undo_step_cb (VantageProseEditor *self)
{
  /* Undo of the review took text back: then the field follows even while it has focus. */
  if (self->timeout == 0)
    load (self);
}

/* ---- callbacks ---- */

static void
buffer_changed_cb (VantageProseEditor *self)
{
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (self->buffer) == 0);
  if (!self->loading && self->context != NULL && self->timeout == 0)
    self->timeout = g_timeout_add (WRITE_AFTER_MS, timeout_cb, self);
  g_signal_emit (self, text_changed_signal, 0);
}

static void
focus_left_cb (VantageProseEditor *self)
{
  if (self->context == NULL)
    return;
  vantage_prose_editor_flush (self);
  vantage_library_end_typing (vantage_review_context_get_library (self->context));
  load (self);
}

/* ---- object ---- */

static void
unbind (VantageProseEditor *self)
{
  if (self->context == NULL)
    return;
  vantage_prose_editor_flush (self);
  g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->slot, g_free);
  g_clear_pointer (&self->what, g_free);
  g_clear_pointer (&self->written, g_free);
}

static void
vantage_prose_editor_dispose (GObject *object)
{
  VantageProseEditor *self = VANTAGE_PROSE_EDITOR (object);

  unbind (self);
  g_clear_handle_id (&self->resizing, g_source_remove);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (vantage_prose_editor_parent_class)->dispose (object);
}

static void
vantage_prose_editor_finalize (GObject *object)
{
  g_clear_object (&VANTAGE_PROSE_EDITOR (object)->buffer);
  G_OBJECT_CLASS (vantage_prose_editor_parent_class)->finalize (object);
}

static gboolean
vantage_prose_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VANTAGE_PROSE_EDITOR (widget)->view));
}

static void
vantage_prose_editor_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  gtk_widget_measure (VANTAGE_PROSE_EDITOR (widget)->overlay, orientation, for_size, minimum,
                      natural, NULL, NULL);
}

static gboolean
resizing_cb (gpointer data)
{
  VantageProseEditor *self = data;

  self->resizing = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self->view));
  return G_SOURCE_REMOVE;
}

/* A text view learns how high it is only once it has its width, while sizes are given out, and then
 * cannot ask for more: so it is asked again. */
static void
vantage_prose_editor_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VantageProseEditor *self = VANTAGE_PROSE_EDITOR (widget);

  gtk_widget_size_allocate (self->overlay, &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (width != self->width && self->resizing == 0)
    self->resizing = g_idle_add (resizing_cb, self);
  self->width = width;
}

/* Before it goes out of sight, whoever still holds it. */
static void
vantage_prose_editor_unmap (GtkWidget *widget)
{
  vantage_prose_editor_flush (VANTAGE_PROSE_EDITOR (widget));
  GTK_WIDGET_CLASS (vantage_prose_editor_parent_class)->unmap (widget);
}

static void
vantage_prose_editor_class_init (VantageProseEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = vantage_prose_editor_dispose;
  object_class->finalize = vantage_prose_editor_finalize;
  widget_class->measure = vantage_prose_editor_measure;
  widget_class->size_allocate = vantage_prose_editor_size_allocate;
  widget_class->unmap = vantage_prose_editor_unmap;
  widget_class->grab_focus = vantage_prose_editor_grab_focus;
  gtk_widget_class_set_css_name (widget_class, "prose");

  text_changed_signal = g_signal_new ("text-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vantage_prose_editor_init (VantageProseEditor *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->overlay = gtk_overlay_new ();
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = g_object_ref (gtk_text_view_get_buffer (self->view));
  self->placeholder = gtk_label_new (NULL);

  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_top_margin (self->view, 12);
  gtk_text_view_set_bottom_margin (self->view, 12);
  gtk_text_view_set_left_margin (self->view, 12);
  gtk_text_view_set_right_margin (self->view, 12);
  gtk_text_view_set_pixels_inside_wrap (self->view, 3);
  gtk_text_buffer_set_enable_undo (self->buffer, TRUE);

  gtk_label_set_wrap (GTK_LABEL (self->placeholder), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->placeholder), 0);
  gtk_widget_set_halign (self->placeholder, GTK_ALIGN_FILL);
  gtk_widget_set_valign (self->placeholder, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->placeholder, 12);
  gtk_widget_set_margin_start (self->placeholder, 12);
  gtk_widget_set_margin_end (self->placeholder, 12);
  gtk_widget_set_can_target (self->placeholder, FALSE);
  gtk_widget_add_css_class (self->placeholder, "dim-label");

  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->view));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->placeholder);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));

  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);
}

GtkWidget *
vantage_prose_editor_new (void)
{
  return g_object_new (VANTAGE_TYPE_PROSE_EDITOR, NULL);
}

void
vantage_prose_editor_bind (VantageProseEditor *self, VantageReviewContext *context,
                           const char *kind, const char *id, const char *slot, const char *what)
{
  unbind (self);
  if (context == NULL || id == NULL)
    {
      self->loading = TRUE;
      gtk_text_buffer_set_text (self->buffer, "", 0);
      self->loading = FALSE;
      return;
    }

  self->context = g_object_ref (context);
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  self->slot = g_strdup (slot);
  self->what = g_strdup (what);
  if (self->references)
    vantage_reference_text_attach (self->view, context);
  load (self);
  g_signal_connect_swapped (context, "changed", G_CALLBACK (context_changed_cb), self);
  g_signal_connect_swapped (context, "undone", G_CALLBACK (undo_step_cb), self);
  g_signal_connect_swapped (context, "flush", G_CALLBACK (vantage_prose_editor_flush), self);
}

void
vantage_prose_editor_set_placeholder (VantageProseEditor *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->placeholder), text);
  vantage_prose_editor_set_label (self, text);
}

void
vantage_prose_editor_set_label (VantageProseEditor *self, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

void
vantage_prose_editor_set_lines (VantageProseEditor *self, guint lines)
{
  /* 20 px a line at the usual size of text, and the margins; it grows with larger text by itself.
   */
  gtk_widget_set_size_request (GTK_WIDGET (self->view), -1, (int) lines * 20 + 24);
}

GtkTextView *
vantage_prose_editor_get_view (VantageProseEditor *self)
{
  return self->view;
}

void
vantage_prose_editor_show_references (VantageProseEditor *self)
{
  self->references = TRUE;
}
