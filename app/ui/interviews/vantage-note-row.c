/* vantage-note-row.c: one line of notes. */

#include "config.h"

#include "vantage-note-row.h"

#include <glib/gi18n.h>

#include "vantage-mark-signs.h"

struct _VantageNoteRow
{
  GtkWidget parent_instance;

  VantageInterviewRoom *room;
  VantageLine *line;
  GtkWidget *editor; /* NULL unless it is being typed into */
  gboolean entry;
  guint heard_from, heard_to;

  GtkWidget *box;
  GtkLabel *time;
  GtkLabel *signs;
  GtkLabel *text;
  GtkLabel *words;
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageNoteRow, vantage_note_row, GTK_TYPE_WIDGET)

/* ---- showing ---- */

static void
show_time (VantageNoteRow *self, gint64 us)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  g_autofree char *text = NULL;

  if (us != VANTAGE_TIME_NONE)
    text = vantage_zone_format (vantage_review_context_get_zone (context), us, VANTAGE_SHOW_MINUTE);
  gtk_label_set_text (self->time, text != NULL ? text : "");
}

static void
show_marks (VantageNoteRow *self, VantageLineMarks marks, VantageLineSort sort)
{
  g_autofree char *signs = vantage_marks_dup_signs (marks);
  g_autofree char *words = vantage_marks_dup_words (marks, sort);

  gtk_label_set_text (self->signs, signs);
  gtk_label_set_text (self->words, words);
  if (sort == VANTAGE_LINE_QUESTION)
    gtk_widget_add_css_class (GTK_WIDGET (self), "asked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "asked");
}

/* A quiet wave under the words that were heard. */
static void
show_heard (VantageNoteRow *self, const char *text)
{
  PangoAttrList *list;
  PangoAttribute *attribute;

  if (self->heard_from >= self->heard_to || self->heard_to > (guint) g_utf8_strlen (text, -1))
    {
      gtk_label_set_attributes (self->text, NULL);
      return;
    }
  list = pango_attr_list_new ();
  attribute = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);
  attribute->start_index = (guint) (g_utf8_offset_to_pointer (text, self->heard_from) - text);
  attribute->end_index = (guint) (g_utf8_offset_to_pointer (text, self->heard_to) - text);
  pango_attr_list_insert (list, attribute);
  attribute = pango_attr_underline_color_new (0x3535, 0x8484, 0xe4e4);
  attribute->start_index = (guint) (g_utf8_offset_to_pointer (text, self->heard_from) - text);
  attribute->end_index = (guint) (g_utf8_offset_to_pointer (text, self->heard_to) - text);
  pango_attr_list_insert (list, attribute);
  gtk_label_set_attributes (self->text, list);
  pango_attr_list_unref (list);
}

/* The row of a list view is what has focus: it is the one to name. */
static void
name_row (VantageNoteRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *words = gtk_label_get_text (self->words);
  g_autofree char *name = NULL;

  if (parent == NULL || self->line == NULL)
    return;
  name = words[0] != '\0' ? g_strdup_printf ("%s, %s, %s", gtk_label_get_text (self->time),
                                             vantage_line_get_text (self->line), words)
                          : g_strdup_printf ("%s, %s", gtk_label_get_text (self->time),
                                             vantage_line_get_text (self->line));
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_line (VantageNoteRow *self)
{
  const char *text;

  if (self->line == NULL)
    return;
  text = vantage_line_get_text (self->line);
  show_time (self, vantage_line_get_begun_us (self->line));
  show_marks (self, vantage_line_get_marks (self->line), vantage_line_get_sort (self->line));
  if (text[0] != '\0')
    {
      gtk_label_set_text (self->text, text);
      gtk_widget_remove_css_class (GTK_WIDGET (self->text), "dim-label");
    }
  else
    {
      gtk_label_set_text (self->text, _ ("this moment"));
      gtk_widget_add_css_class (GTK_WIDGET (self->text), "dim-label");
    }
  show_heard (self, text);
  name_row (self);
}

static void
show_editor (VantageNoteRow *self)
{
  VantageNoteEditor *editor = VANTAGE_NOTE_EDITOR (self->editor);

  show_time (self, vantage_note_editor_get_begun_us (editor));
  show_marks (self, vantage_note_editor_get_marks (editor), vantage_note_editor_get_sort (editor));
}

/* ---- typing ---- */

static void
add_editor (VantageNoteRow *self)
{
  self->editor = vantage_note_editor_new (self->room);
  gtk_box_insert_child_after (GTK_BOX (self->box), self->editor, GTK_WIDGET (self->signs));
  gtk_widget_hide (GTK_WIDGET (self->text));
  g_signal_connect_object (self->editor, "look-changed", G_CALLBACK (show_editor), self,
                           G_CONNECT_SWAPPED);
}

static void
remove_editor (VantageNoteRow *self)
{
  GtkWidget *editor = g_steal_pointer (&self->editor);

  if (editor == NULL)
    return;
  gtk_box_remove (GTK_BOX (self->box), editor);
  gtk_widget_show (GTK_WIDGET (self->text));
  show_line (self);
}

static gboolean
end_edit_cb (gpointer data)
{
  VantageNoteRow *self = data;

  remove_editor (self);
  g_signal_emit (self, signals[EDITED], 0);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: the editor is still handling its key. */
static void
editor_done_cb (VantageNoteRow *self)
{
  g_idle_add (end_edit_cb, g_object_ref (self));
}

/* ---- object ---- */

static void
vantage_note_row_dispose (GObject *object)
{
  VantageNoteRow *self = VANTAGE_NOTE_ROW (object);

  vantage_note_row_set_line (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->editor = NULL;
  g_clear_object (&self->room);
  G_OBJECT_CLASS (vantage_note_row_parent_class)->dispose (object);
}

static void
vantage_note_row_class_init (VantageNoteRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_note_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "noterow");
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static GtkLabel *
append_label (VantageNoteRow *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return GTK_LABEL (label);
}

static void
vantage_note_row_init (VantageNoteRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->time = append_label (self, "note-time");
  gtk_label_set_width_chars (self->time, 5);
  self->signs = append_label (self, "note-signs");
  gtk_label_set_width_chars (self->signs, 3);
  self->text = append_label (self, "note-text");
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  self->words = append_label (self, "note-words");
  gtk_label_set_xalign (self->words, 1);
  gtk_label_set_ellipsize (self->words, PANGO_ELLIPSIZE_END);
}

/* ---- public ---- */

GtkWidget *
vantage_note_row_new (VantageInterviewRoom *room)
{
  VantageNoteRow *self = g_object_new (VANTAGE_TYPE_NOTE_ROW, NULL);

  self->room = g_object_ref (room);
  return GTK_WIDGET (self);
}

GtkWidget *
vantage_note_row_new_entry (VantageInterviewRoom *room)
{
  VantageNoteRow *self = VANTAGE_NOTE_ROW (vantage_note_row_new (room));

  self->entry = TRUE;
  add_editor (self);
  return GTK_WIDGET (self);
}

void
vantage_note_row_set_line (VantageNoteRow *self, VantageLine *line)
{
  if (self->line != NULL)
    {
      if (!self->entry && self->editor != NULL)
        {
          vantage_note_editor_keep (VANTAGE_NOTE_EDITOR (self->editor));
          remove_editor (self);
        }
      g_signal_handlers_disconnect_by_data (self->line, self);
      g_clear_object (&self->line);
    }
  self->heard_from = self->heard_to = 0;
  if (line == NULL)
    return;
  self->line = g_object_ref (line);
  g_signal_connect_swapped (line, "notify", G_CALLBACK (show_line), self);
  show_line (self);
}

VantageLine *
vantage_note_row_get_line (VantageNoteRow *self)
{
  return self->line;
}

void
vantage_note_row_set_heard (VantageNoteRow *self, guint from, guint to)
{
  self->heard_from = from;
  self->heard_to = to;
  show_line (self);
}

void
vantage_note_row_begin_edit (VantageNoteRow *self)
{
  if (self->editor == NULL && self->line != NULL)
    {
      add_editor (self);
      vantage_note_editor_edit (VANTAGE_NOTE_EDITOR (self->editor), self->line);
      g_signal_connect_object (self->editor, "committed", G_CALLBACK (editor_done_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->editor, "left", G_CALLBACK (editor_done_cb), self,
                               G_CONNECT_SWAPPED);
    }
  if (self->editor != NULL)
    gtk_widget_grab_focus (self->editor);
}

gboolean
vantage_note_row_end_edit (VantageNoteRow *self)
{
  if (self->editor == NULL || self->entry)
    return TRUE;
  if (!vantage_note_editor_commit (VANTAGE_NOTE_EDITOR (self->editor)))
    return FALSE;
  remove_editor (self);
  return TRUE;
}

VantageNoteEditor *
vantage_note_row_get_editor (VantageNoteRow *self)
{
  return self->editor != NULL ? VANTAGE_NOTE_EDITOR (self->editor) : NULL;
}
