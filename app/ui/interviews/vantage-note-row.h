/* vantage-note-row.h: one line of notes: when it was begun, its marks, its words; and the place
 * where it can be typed into. */

#pragma once

#include "vantage-note-editor.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_NOTE_ROW (vantage_note_row_get_type ())
G_DECLARE_FINAL_TYPE (VantageNoteRow, vantage_note_row, VANTAGE, NOTE_ROW, GtkWidget)

/* Signal "edited": typing in it came to an end. */

GtkWidget *vantage_note_row_new (VantageInterviewRoom *room);
/* A row that is always typed into, for new lines. */
GtkWidget *vantage_note_row_new_entry (VantageInterviewRoom *room);
/* @line: (nullable) */
void vantage_note_row_set_line (VantageNoteRow *self, VantageLine *line);
VantageLine *vantage_note_row_get_line (VantageNoteRow *self);
/* Code points that were heard and asked about; equal: none. */
void vantage_note_row_set_heard (VantageNoteRow *self, guint from, guint to);
/* Types into the line it shows. */
void vantage_note_row_begin_edit (VantageNoteRow *self);
/* FALSE: it could not be written and stays. */
gboolean vantage_note_row_end_edit (VantageNoteRow *self);
/* NULL while nothing is typed into it. Lent. */
VantageNoteEditor *vantage_note_row_get_editor (VantageNoteRow *self);

G_END_DECLS
