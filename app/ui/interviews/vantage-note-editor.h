/* vantage-note-editor.h: where a line of notes is typed. Every half second what stands there is
 * kept as a draft; Enter makes it the line. */

#pragma once

#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_NOTE_EDITOR (vantage_note_editor_get_type ())
G_DECLARE_FINAL_TYPE (VantageNoteEditor, vantage_note_editor, VANTAGE, NOTE_EDITOR, GtkTextView)

/*
 * Signals:
 *   "committed" (VantageLine *): Enter was pressed and the line is on disk
 *   "look-changed": time, marks or sort of what is being typed are others
 *   "left": Escape, or up beyond the first row of text; what was typed stays as a draft
 */

GtkWidget *vantage_note_editor_new (VantageInterviewRoom *room);
/* Begins to edit a line of the notes; NULL: a new one. What was being typed before is committed. */
void vantage_note_editor_edit (VantageNoteEditor *self, VantageLine *line);
/* The line that is edited; lent; NULL: a new one. */
VantageLine *vantage_note_editor_get_line (VantageNoteEditor *self);
/* Nothing but blanks stands in it. */
gboolean vantage_note_editor_is_empty (VantageNoteEditor *self);
/* When its first key was pressed; VANTAGE_TIME_NONE: nothing is typed yet. */
gint64 vantage_note_editor_get_begun_us (VantageNoteEditor *self);
VantageLineMarks vantage_note_editor_get_marks (VantageNoteEditor *self);
VantageLineSort vantage_note_editor_get_sort (VantageNoteEditor *self);
/* Of what is being typed; of an edited line they are written at once. */
void vantage_note_editor_toggle_mark (VantageNoteEditor *self, VantageLineMarks one);
void vantage_note_editor_cycle_sort (VantageNoteEditor *self);
void vantage_note_editor_stamp (VantageNoteEditor *self);
/* Writes what is typed as its line. FALSE: it could not be written, which was told; it stays. */
gboolean vantage_note_editor_commit (VantageNoteEditor *self);
/* Keeps the draft now. */
void vantage_note_editor_keep (VantageNoteEditor *self);

G_END_DECLS
