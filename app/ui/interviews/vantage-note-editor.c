/* vantage-note-editor.c: where a line of notes is typed, safe within half a second. */

#include "config.h"

#include "vantage-note-editor.h"

#include <glib/gi18n.h>
#include <string.h>

#define DRAFT_MS 500

struct _VantageNoteEditor
{
  GtkTextView parent_instance;

  VantageInterviewRoom *room;
  VantageLine *line; /* NULL: a new one */
  char *draft;       /* id under which a new line will be kept; NULL until the first key */
  gint64 begun_us;
  VantageLineMarks marks;
  VantageLineSort sort;
  guint keeping; /* timeout: a draft is due */
  gboolean filling;
};

enum
{
  COMMITTED,
  LOOK_CHANGED,
  LEFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageNoteEditor, vantage_note_editor, GTK_TYPE_TEXT_VIEW)

static char *
dup_text (VantageNoteEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
fill (VantageNoteEditor *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter end;

  self->filling = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  self->filling = FALSE;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
}

/* ---- drafts ---- */

static const char *
get_draft_id (VantageNoteEditor *self)
{
  return self->line != NULL ? vantage_line_get_id (self->line) : self->draft;
}

void
vantage_note_editor_keep (VantageNoteEditor *self)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (self->keeping == 0)
    return;
  g_clear_handle_id (&self->keeping, g_source_remove);
  text = dup_text (self);
  ok = vantage_vault_save_draft (vantage_interview_room_get_vault (self->room),
                                 vantage_interview_room_get_id (self->room), get_draft_id (self),
                                 self->begun_us, text, &error);
  vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

static gboolean
keep_cb (gpointer data)
{
  vantage_note_editor_keep (VANTAGE_NOTE_EDITOR (data));
  return G_SOURCE_REMOVE;
}

static void
buffer_changed_cb (VantageNoteEditor *self)
{
  if (self->filling)
    return;
  if (self->line == NULL && self->draft == NULL)
    {
      self->draft = vantage_vault_new_line_id (vantage_interview_room_get_vault (self->room));
      self->begun_us = vantage_interview_room_now_us (self->room);
      g_signal_emit (self, signals[LOOK_CHANGED], 0);
    }
  if (self->keeping == 0)
    self->keeping = g_timeout_add (DRAFT_MS, keep_cb, self);
}

static void
drop_draft (VantageNoteEditor *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->keeping, g_source_remove);
  if (get_draft_id (self) == NULL)
    return;
  if (!vantage_vault_drop_draft (vantage_interview_room_get_vault (self->room), get_draft_id (self),
                                 &error))
    vantage_interview_room_done (self->room, FALSE, g_steal_pointer (&error));
}

/* ---- lines ---- */

static void
begin_new (VantageNoteEditor *self)
{
  g_clear_object (&self->line);
  g_clear_pointer (&self->draft, g_free);
  self->begun_us = VANTAGE_TIME_NONE;
  self->marks = VANTAGE_MARK_NONE;
  self->sort = VANTAGE_LINE_ANSWER;
  fill (self, "");
  g_signal_emit (self, signals[LOOK_CHANGED], 0);
}

static VantageLine *
add_line (VantageNoteEditor *self, const char *text, GError **error)
{
  VantageLineFields fields = VANTAGE_LINE_FIELDS_INIT;

  fields.text = text;
  fields.sort = self->sort;
  fields.marks = self->marks;
  fields.phase = vantage_interview_room_get_phase (self->room);
  fields.question = vantage_interview_room_get_question (self->room);
  fields.begun_us = self->begun_us;
  return vantage_vault_add_line (vantage_interview_room_get_vault (self->room),
                                 vantage_interview_room_get_id (self->room), self->draft, &fields,
                                 NULL, _ ("Write Line"), error);
}

/* The line as it is on disk afterwards; NULL: it could not be written, which was told. */
static VantageLine *
write_line (VantageNoteEditor *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (VantageLine) line = NULL;
  gboolean ok;

  g_strchomp (text);
  g_clear_handle_id (&self->keeping, g_source_remove);
  if (self->line == NULL)
    {
      line = add_line (self, text, &error);
      ok = line != NULL;
    }
  else
    {
      line = g_object_ref (self->line);
      ok = g_str_equal (text, vantage_line_get_text (line)) ||
           vantage_vault_set_line_text (vantage_interview_room_get_vault (self->room),
                                        vantage_line_get_id (line), text, _ ("Edit Line"), &error);
    }
  if (!vantage_interview_room_done (self->room, ok, g_steal_pointer (&error)))
    return NULL;
  return g_steal_pointer (&line);
}

/* A line from which every word was taken is no line any more. */
static gboolean
delete_line (VantageNoteEditor *self)
{
  const char *const ids[] = { vantage_line_get_id (self->line), NULL };
  g_autoptr (GError) error = NULL;
  gboolean ok = vantage_vault_delete_lines (vantage_interview_room_get_vault (self->room), ids,
                                            _ ("Delete Line"), &error);

  return vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

gboolean
vantage_note_editor_commit (VantageNoteEditor *self)
{
  g_autoptr (VantageLine) line = NULL;

  if (vantage_note_editor_is_empty (self))
    {
      gboolean gone = self->line != NULL && vantage_line_get_text (self->line)[0] != '\0';

      drop_draft (self);
      if (gone && !delete_line (self))
        return FALSE;
      begin_new (self);
      return TRUE;
    }
  line = write_line (self);
  if (line == NULL)
    return FALSE;
  begin_new (self);
  g_signal_emit (self, signals[COMMITTED], 0, line);
  return TRUE;
}

/* ---- keys ---- */

static gboolean
is_on_first_row (VantageNoteEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  return !gtk_text_view_backward_display_line (GTK_TEXT_VIEW (self), &cursor) ||
         gtk_text_iter_is_start (&cursor);
}

static gboolean
key_pressed_cb (VantageNoteEditor *self, guint key, guint code, GdkModifierType state)
{
  GdkModifierType mods = state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK);
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;

  if (enter && mods == 0)
    {
      vantage_note_editor_commit (self);
      return TRUE;
    }
  if (key == GDK_KEY_Up && mods == 0 && self->line == NULL && is_on_first_row (self))
    {
      g_signal_emit (self, signals[LEFT], 0);
      return TRUE;
    }
  if (key == GDK_KEY_Escape && mods == 0 && self->line != NULL)
    {
      g_signal_emit (self, signals[LEFT], 0);
      return TRUE;
    }
  return FALSE;
}

static void
focus_left_cb (VantageNoteEditor *self)
{
  vantage_note_editor_keep (self);
}

/* ---- object ---- */

static void
vantage_note_editor_dispose (GObject *object)
{
  VantageNoteEditor *self = VANTAGE_NOTE_EDITOR (object);

  if (self->room != NULL)
    vantage_note_editor_keep (self);
  g_clear_handle_id (&self->keeping, g_source_remove);
  g_clear_object (&self->line);
  g_clear_object (&self->room);
  g_clear_pointer (&self->draft, g_free);
  G_OBJECT_CLASS (vantage_note_editor_parent_class)->dispose (object);
}

static void
vantage_note_editor_class_init (VantageNoteEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_note_editor_dispose;
  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, VANTAGE_TYPE_LINE);
  signals[LOOK_CHANGED] = g_signal_new ("look-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
vantage_note_editor_init (VantageNoteEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->begun_us = VANTAGE_TIME_NONE;
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self), FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "note-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Line of notes"), -1);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), "changed",
                           G_CALLBACK (buffer_changed_cb), self, G_CONNECT_SWAPPED);
}

/* ---- public ---- */

GtkWidget *
vantage_note_editor_new (VantageInterviewRoom *room)
{
  VantageNoteEditor *self = g_object_new (VANTAGE_TYPE_NOTE_EDITOR, NULL);

  self->room = g_object_ref (room);
  return GTK_WIDGET (self);
}

void
vantage_note_editor_edit (VantageNoteEditor *self, VantageLine *line)
{
  if (self->draft != NULL || self->line != NULL)
    if (!vantage_note_editor_commit (self))
      return;
  begin_new (self);
  if (line == NULL)
    return;
  self->line = g_object_ref (line);
  self->begun_us = vantage_line_get_begun_us (line);
  fill (self, vantage_line_get_text (line));
  g_signal_emit (self, signals[LOOK_CHANGED], 0);
}

VantageLine *
vantage_note_editor_get_line (VantageNoteEditor *self)
{
  return self->line;
}

gboolean
vantage_note_editor_is_empty (VantageNoteEditor *self)
{
  g_autofree char *text = dup_text (self);

  return g_strchug (text)[0] == '\0';
}

gint64
vantage_note_editor_get_begun_us (VantageNoteEditor *self)
{
  return self->line != NULL ? vantage_line_get_begun_us (self->line) : self->begun_us;
}

VantageLineMarks
vantage_note_editor_get_marks (VantageNoteEditor *self)
{
  return self->line != NULL ? vantage_line_get_marks (self->line) : self->marks;
}

VantageLineSort
vantage_note_editor_get_sort (VantageNoteEditor *self)
{
  return self->line != NULL ? vantage_line_get_sort (self->line) : self->sort;
}

void
vantage_note_editor_toggle_mark (VantageNoteEditor *self, VantageLineMarks one)
{
  self->marks ^= one;
  g_signal_emit (self, signals[LOOK_CHANGED], 0);
}

void
vantage_note_editor_cycle_sort (VantageNoteEditor *self)
{
  self->sort = (self->sort + 1) % 3;
  g_signal_emit (self, signals[LOOK_CHANGED], 0);
}

void
vantage_note_editor_stamp (VantageNoteEditor *self)
{
  if (self->draft == NULL)
    return;
  self->begun_us = vantage_interview_room_now_us (self->room);
  self->keeping = self->keeping != 0 ? self->keeping : g_timeout_add (DRAFT_MS, keep_cb, self);
  g_signal_emit (self, signals[LOOK_CHANGED], 0);
}
