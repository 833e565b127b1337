/* vantage-notes-view.c: the notes of an interview, line by line. */

#include "config.h"

#include "vantage-notes-view.h"

#include <glib/gi18n.h>

#include "vantage-note-row.h"

struct _VantageNotesView
{
  GtkWidget parent_instance;

  VantageInterviewRoom *room;
  GtkWidget *scroll;
  GtkListView *list;
  GtkSingleSelection *selection;
  VantageNoteRow *entry;

  char *heard; /* line id */
  guint heard_from, heard_to;
  gboolean stick; /* the newest line stays in view */
  guint scrolling;
};

enum
{
  COMMITTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VantageNotesView, vantage_notes_view, GTK_TYPE_WIDGET)

static VantageNoteEditor *
get_entry (VantageNotesView *self)
{
  return vantage_note_row_get_editor (self->entry);
}

static VantageVault *
get_vault (VantageNotesView *self)
{
  return vantage_interview_room_get_vault (self->room);
}

/* ---- which line is meant ---- */

static gboolean
is_list_focused (VantageNotesView *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->list)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* NULL: the one that is being typed as a new one. Lent by the list. */
static VantageLine *
get_current (VantageNotesView *self)
{
  GListModel *lines = G_LIST_MODEL (self->selection);
  guint n = g_list_model_get_n_items (lines);
  g_autoptr (VantageLine) line = NULL;

  if (is_list_focused (self))
    return gtk_single_selection_get_selected_item (self->selection);
  if (!vantage_note_editor_is_empty (get_entry (self)) || n == 0)
    return NULL;
  line = g_list_model_get_item (lines, n - 1);
  return line;
}

/* ---- rows ---- */

static void
row_edited_cb (VantageNotesView *self)
{
  vantage_notes_view_focus_entry (self);
}

static void
setup_cb (VantageNotesView *self, GtkListItem *item)
{
  GtkWidget *row = vantage_note_row_new (self->room);

  g_signal_connect_object (row, "edited", G_CALLBACK (row_edited_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (VantageNotesView *self, GtkListItem *item)
{
  VantageNoteRow *row = VANTAGE_NOTE_ROW (gtk_list_item_get_child (item));
  VantageLine *line = gtk_list_item_get_item (item);

  vantage_note_row_set_line (row, line);
  if (g_strcmp0 (self->heard, vantage_line_get_id (line)) == 0)
    vantage_note_row_set_heard (row, self->heard_from, self->heard_to);
}

static void
unbind_cb (VantageNotesView *self, GtkListItem *item)
{
  vantage_note_row_set_line (VANTAGE_NOTE_ROW (gtk_list_item_get_child (item)), NULL);
}

/* The row that shows @line, if it is on screen. */
static VantageNoteRow *
find_row (VantageNotesView *self, VantageLine *line)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (VANTAGE_IS_NOTE_ROW (row) && vantage_note_row_get_line (VANTAGE_NOTE_ROW (row)) == line)
        return VANTAGE_NOTE_ROW (row);
    }
  return NULL;
}

static void
activate_cb (VantageNotesView *self, guint position)
{
  g_autoptr (VantageLine) line = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  VantageNoteRow *row = line != NULL ? find_row (self, line) : NULL;

  if (row == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->entry)))
    return;
  gtk_single_selection_set_selected (self->selection, position);
  vantage_note_row_begin_edit (row);
}

/* ---- staying at the end ---- */

static gboolean
scroll_end_cb (gpointer data)
{
  VantageNotesView *self = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  self->scrolling = 0;
  if (n > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n - 1);
  return G_SOURCE_REMOVE;
}

/* Heights are known bit by bit; until they are, the end is somewhere else each time. */
static void
adjustment_changed_cb (VantageNotesView *self)
{
  if (self->stick && self->scrolling == 0)
    self->scrolling = g_idle_add (scroll_end_cb, self);
}

static void
adjustment_moved_cb (VantageNotesView *self, GtkAdjustment *adjustment)
{
  double end =
      gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - 1;

  if (is_list_focused (self))
    self->stick = gtk_adjustment_get_value (adjustment) >= end;
}

/* ---- the entry ---- */

static void
committed_cb (VantageNotesView *self, VantageLine *line)
{
  self->stick = TRUE;
  g_signal_emit (self, signals[COMMITTED], 0, line);
}

static void
entry_left_cb (VantageNotesView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (n == 0)
    return;
  gtk_single_selection_set_selected (self->selection, n - 1);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n - 1);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* ---- layout: the next line stands right below the newest one, until the page is full ---- */

static void
vantage_notes_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *min,
                            int *nat, int *min_baseline, int *nat_baseline)
{
  VantageNotesView *self = VANTAGE_NOTES_VIEW (widget);
  int scroll_min, scroll_nat, entry_min = 0, entry_nat = 0;

  gtk_widget_measure (self->scroll, orientation, -1, &scroll_min, &scroll_nat, NULL, NULL);
  if (gtk_widget_get_visible (GTK_WIDGET (self->entry)))
    gtk_widget_measure (GTK_WIDGET (self->entry), orientation, -1, &entry_min, &entry_nat, NULL,
                        NULL);
  *min = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (scroll_min, entry_min)
                                                   : scroll_min + entry_min;
  *nat = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (scroll_nat, entry_nat)
                                                   : scroll_nat + entry_nat;
}

static void
vantage_notes_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VantageNotesView *self = VANTAGE_NOTES_VIEW (widget);
  int list_height, scroll_height, entry_height = 0, unused;

  gtk_widget_measure (self->scroll, GTK_ORIENTATION_VERTICAL, width, &unused, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_VERTICAL, width, NULL, &list_height,
                      NULL, NULL);
  if (gtk_widget_get_visible (GTK_WIDGET (self->entry)))
    gtk_widget_measure (GTK_WIDGET (self->entry), GTK_ORIENTATION_VERTICAL, width, &unused,
                        &entry_height, NULL, NULL);
  entry_height = MIN (entry_height, height);
  scroll_height = MIN (list_height, height - entry_height);
  gtk_widget_size_allocate (self->scroll, &(GtkAllocation){ 0, 0, width, scroll_height }, -1);
  if (gtk_widget_get_visible (GTK_WIDGET (self->entry)))
    gtk_widget_size_allocate (GTK_WIDGET (self->entry),
                              &(GtkAllocation){ 0, scroll_height, width, entry_height }, -1);
}

/* ---- object ---- */

static void
vantage_notes_view_dispose (GObject *object)
{
  VantageNotesView *self = VANTAGE_NOTES_VIEW (object);

  g_clear_handle_id (&self->scrolling, g_source_remove);
  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  if (self->entry != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->entry));
  self->entry = NULL;
  g_clear_object (&self->room);
  g_clear_pointer (&self->heard, g_free);
  G_OBJECT_CLASS (vantage_notes_view_parent_class)->dispose (object);
}

static void
vantage_notes_view_class_init (VantageNotesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_notes_view_dispose;
  GTK_WIDGET_CLASS (klass)->measure = vantage_notes_view_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = vantage_notes_view_size_allocate;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "notes");
  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, VANTAGE_TYPE_LINE);
}

static void
vantage_notes_view_init (VantageNotesView *self)
{
  self->stick = TRUE;
}

static GtkListItemFactory *
new_factory (VantageNotesView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  return factory;
}

static void
add_list (VantageNotesView *self)
{
  GListModel *lines = vantage_interview_room_get_lines (self->room);
  GtkAdjustment *adjustment;

  self->selection = gtk_single_selection_new (
      lines != NULL ? g_object_ref (lines) : G_LIST_MODEL (g_list_store_new (VANTAGE_TYPE_LINE)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->list =
      GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), new_factory (self)));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "note-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Notes"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);

  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), GTK_WIDGET (self->list));
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (adjustment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (adjustment_moved_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
add_entry (VantageNotesView *self)
{
  self->entry = VANTAGE_NOTE_ROW (vantage_note_row_new_entry (self->room));
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "entry");
  g_signal_connect_object (get_entry (self), "committed", G_CALLBACK (committed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_entry (self), "left", G_CALLBACK (entry_left_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->entry), GTK_WIDGET (self));
}

GtkWidget *
vantage_notes_view_new (VantageInterviewRoom *room)
{
  VantageNotesView *self = g_object_new (VANTAGE_TYPE_NOTES_VIEW, NULL);

  self->room = g_object_ref (room);
  add_list (self);
  add_entry (self);
  return GTK_WIDGET (self);
}

/* ---- public ---- */

void
vantage_notes_view_focus_entry (VantageNotesView *self)
{
  self->stick = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  adjustment_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (get_entry (self)));
}

gboolean
vantage_notes_view_has_focus (VantageNotesView *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

void
vantage_notes_view_set_writable (VantageNotesView *self, gboolean writable)
{
  gtk_widget_set_visible (GTK_WIDGET (self->entry), writable);
}

void
vantage_notes_view_toggle_mark (VantageNotesView *self, VantageLineMarks one)
{
  VantageLine *line = get_current (self);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (line == NULL)
    {
      vantage_note_editor_toggle_mark (get_entry (self), one);
      return;
    }
  ok = vantage_vault_set_line_marks (get_vault (self), vantage_line_get_id (line),
                                     vantage_line_get_marks (line) ^ one, _ ("Mark Line"), &error);
  vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

void
vantage_notes_view_cycle_sort (VantageNotesView *self)
{
  VantageLine *line = get_current (self);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (line == NULL)
    {
      vantage_note_editor_cycle_sort (get_entry (self));
      return;
    }
  ok =
      vantage_vault_set_line_sort (get_vault (self), vantage_line_get_id (line),
                                   (vantage_line_get_sort (line) + 1) % 3, _ ("Sort Line"), &error);
  vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

void
vantage_notes_view_stamp (VantageNotesView *self)
{
  VantageLine *line = get_current (self);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (line == NULL)
    {
      vantage_note_editor_stamp (get_entry (self));
      return;
    }
  ok = vantage_vault_set_line_begun (get_vault (self), vantage_line_get_id (line),
                                     vantage_interview_room_now_us (self->room), _ ("Stamp Line"),
                                     &error);
  vantage_interview_room_done (self->room, ok, g_steal_pointer (&error));
}

static gboolean
add_line (VantageNotesView *self, const char *text, VantageLineSort sort, const char *what)
{
  VantageLineFields fields = VANTAGE_LINE_FIELDS_INIT;
  g_autoptr (VantageLine) line = NULL;
  g_autoptr (GError) error = NULL;

  fields.text = text;
  fields.sort = sort;
  fields.phase = vantage_interview_room_get_phase (self->room);
  fields.question = vantage_interview_room_get_question (self->room);
  fields.begun_us = vantage_interview_room_now_us (self->room);
  line = vantage_vault_add_line (get_vault (self), vantage_interview_room_get_id (self->room), NULL,
                                 &fields, NULL, what, &error);
  self->stick = TRUE;
  return vantage_interview_room_done (self->room, line != NULL, g_steal_pointer (&error));
}

void
vantage_notes_view_mark_moment (VantageNotesView *self)
{
  add_line (self, "", VANTAGE_LINE_OBSERVATION, _ ("Mark Moment"));
}

gboolean
vantage_notes_view_add_question (VantageNotesView *self, const char *text)
{
  return add_line (self, text, VANTAGE_LINE_QUESTION, _ ("Drop Cue"));
}

gboolean
vantage_notes_view_go_marked (VantageNotesView *self, gboolean forward)
{
  GListModel *lines = G_LIST_MODEL (self->selection);
  gint64 n = g_list_model_get_n_items (lines);
  guint selected = gtk_single_selection_get_selected (self->selection);
  gint64 at = selected == GTK_INVALID_LIST_POSITION ? (forward ? -1 : n) : (gint64) selected;

  for (at += forward ? 1 : -1; at >= 0 && at < n; at += forward ? 1 : -1)
    {
      g_autoptr (VantageLine) line = g_list_model_get_item (lines, (guint) at);

      if (vantage_line_get_marks (line) == VANTAGE_MARK_NONE &&
          vantage_line_get_text (line)[0] != 0)
        continue;
      self->stick = FALSE;
      gtk_single_selection_set_selected (self->selection, (guint) at);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", (guint) at);
      gtk_widget_grab_focus (GTK_WIDGET (self->list));
      return TRUE;
    }
  return FALSE;
}

void
vantage_notes_view_set_heard (VantageNotesView *self, VantageLine *line, guint from, guint to)
{
  VantageNoteRow *row = find_row (self, line);

  g_free (self->heard);
  self->heard = g_strdup (vantage_line_get_id (line));
  self->heard_from = from;
  self->heard_to = to;
  if (row != NULL)
    vantage_note_row_set_heard (row, from, to);
}

void
vantage_notes_view_flush (VantageNotesView *self)
{
  vantage_note_editor_keep (get_entry (self));
}

void
vantage_notes_view_leave (VantageNotesView *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (VANTAGE_IS_NOTE_ROW (row))
        vantage_note_row_end_edit (VANTAGE_NOTE_ROW (row));
    }
  vantage_note_editor_commit (get_entry (self));
}

gboolean
vantage_notes_view_escape (VantageNotesView *self)
{
  if (!is_list_focused (self))
    return FALSE;
  vantage_notes_view_focus_entry (self);
  return TRUE;
}
