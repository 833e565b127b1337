/* vantage-field-binding.c: a one-line text field of an entity in any GtkEditable. */

#include "config.h"

#include "vantage-field-binding.h"

#include <string.h>

#define WRITE_AFTER_MS 700

typedef struct
{
  GtkEditable *editable; /* lent: the binding is its data */
  VantageReviewContext *context;
  char *kind, *id, *field, *what;
  char *written; /* what the store holds as far as is known here */
  guint timeout;
  gboolean loading;
} Binding;

static void
write_now (Binding *self)
{
  g_autoptr (VantageEdit) edit = NULL;
  g_autofree char *key = NULL;
  const char *text = gtk_editable_get_text (self->editable);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (strcmp (text, self->written) == 0)
    return;

  edit = vantage_review_context_begin (self->context, self->what);
  key = g_strdup_printf ("%s/%s", self->id, self->field);
  vantage_edit_set_typing (edit, key);
  vantage_edit_set_text (edit, self->kind, self->id, self->field, text[0] != '\0' ? text : NULL);
  if (!vantage_review_context_commit (self->context, edit))
    return;
  g_free (self->written);
  self->written = g_strdup (text);
}

static void
load (Binding *self)
{
  g_autoptr (VantageEntity) entity = NULL;
  const char *text = NULL;

  entity = vantage_library_get (vantage_review_context_get_library (self->context),
                                vantage_review_context_get_review_id (self->context), self->kind,
                                self->id, NULL);
  if (entity != NULL)
    text = vantage_entity_get_text (entity, self->field);
  if (text == NULL)
    text = "";
  if (self->written != NULL && strcmp (text, self->written) == 0)
    return;

  g_free (self->written);
  self->written = g_strdup (text);
  self->loading = TRUE;
  gtk_editable_set_text (self->editable, text);
  self->loading = FALSE;
}

static gboolean
has_focus (GtkEditable *editable)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (editable)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static gboolean
timeout_cb (gpointer data)
{
  Binding *self = data;

  self->timeout = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (Binding *self)
{
  if (self->loading || self->timeout != 0)
    return;
  self->timeout = g_timeout_add (WRITE_AFTER_MS, timeout_cb, self);
}

static void
context_changed_cb (Binding *self, VantageChange *change)
{
  if (self->timeout != 0 || (has_focus (self->editable) &&
                             strcmp (gtk_editable_get_text (self->editable), self->written) != 0))
    return;
  if (change->everything)
    {
      load (self);
      return;
    }
  for (guint i = 0; i < change->entities->len; i++)
    if (strcmp (vantage_entity_get_id (change->entities->pdata[i]), self->id) == 0)
      {
        load (self);
        return;
      }
}

static void
focus_left_cb (Binding *self)
{
  write_now (self);
  vantage_library_end_typing (vantage_review_context_get_library (self->context));
}

static void
binding_free (gpointer data)
{
  Binding *self = data;

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);
  g_free (self->kind);
  g_free (self->id);
  g_free (self->field);
  g_free (self->what);
  g_free (self->written);
  g_free (self);
}

void
vantage_field_bind (GtkEditable *editable, VantageReviewContext *context, const char *kind,
                    const char *id, const char *field, const char *what)
{
  Binding *self = g_object_get_data (G_OBJECT (editable), "vantage-field");
  GtkEventController *focus;

  if (self != NULL)
    {
      write_now (self);
      g_signal_handlers_disconnect_by_data (editable, self);
      focus = g_object_get_data (G_OBJECT (editable), "vantage-field-focus");
      gtk_widget_remove_controller (GTK_WIDGET (editable), focus);
      g_object_set_data (G_OBJECT (editable), "vantage-field", NULL);
    }
  if (id == NULL)
    return;

  self = g_new0 (Binding, 1);
  self->editable = editable;
  self->context = g_object_ref (context);
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  self->field = g_strdup (field);
  self->what = g_strdup (what);
  load (self);

  focus = gtk_event_controller_focus_new ();
  gtk_widget_add_controller (GTK_WIDGET (editable), focus);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  g_signal_connect_swapped (editable, "changed", G_CALLBACK (text_changed_cb), self);
  g_signal_connect_swapped (editable, "unmap", G_CALLBACK (write_now), self);
  g_signal_connect_swapped (context, "changed", G_CALLBACK (context_changed_cb), self);
  g_signal_connect_swapped (context, "flush", G_CALLBACK (write_now), self);
  g_object_set_data (G_OBJECT (editable), "vantage-field-focus", focus);
  g_object_set_data_full (G_OBJECT (editable), "vantage-field", self, binding_free);
}
