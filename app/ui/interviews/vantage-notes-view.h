/* vantage-notes-view.h: the notes of an interview, line by line, with the place for the next one at
 * the end. */

#pragma once

#include "vantage-interview-room.h"

G_BEGIN_DECLS

#define VANTAGE_TYPE_NOTES_VIEW (vantage_notes_view_get_type ())
G_DECLARE_FINAL_TYPE (VantageNotesView, vantage_notes_view, VANTAGE, NOTES_VIEW, GtkWidget)

/* Signal "committed" (VantageLine *): a new line is on disk. */

GtkWidget *vantage_notes_view_new (VantageInterviewRoom *room);
/* To the place for the next line, scrolled into view. */
void vantage_notes_view_focus_entry (VantageNotesView *self);
/* Something of it has focus. */
gboolean vantage_notes_view_has_focus (VantageNotesView *self);
/* Without consent there is no place for a next line. */
void vantage_notes_view_set_writable (VantageNotesView *self, gboolean writable);
/* These act on the line that is typed, or selected; a new line that is still empty stands for the
 * newest one. */
void vantage_notes_view_toggle_mark (VantageNotesView *self, VantageLineMarks one);
void vantage_notes_view_cycle_sort (VantageNotesView *self);
void vantage_notes_view_stamp (VantageNotesView *self);
/* A line without a word, for this moment. */
void vantage_notes_view_mark_moment (VantageNotesView *self);
/* A line of its own, at the end: a question that was asked. */
gboolean vantage_notes_view_add_question (VantageNotesView *self, const char *text);
/* Selects the next line with a mark; FALSE when there is none. */
gboolean vantage_notes_view_go_marked (VantageNotesView *self, gboolean forward);
/* Underlines what was heard in a line. */
void vantage_notes_view_set_heard (VantageNotesView *self, VantageLine *line, guint from, guint to);
/* Keeps what is typed as a draft. */
void vantage_notes_view_flush (VantageNotesView *self);
/* Makes what is typed its line. */
void vantage_notes_view_leave (VantageNotesView *self);
/* Leaves a line that is typed into, for the entry. */
gboolean vantage_notes_view_escape (VantageNotesView *self);

G_END_DECLS
