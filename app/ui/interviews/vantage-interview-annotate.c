/* vantage-interview-annotate.c: going through what was noted. */

#include "config.h"

#include "vantage-interview-annotate.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "vantage-mark-signs.h"
#include "vantage-passage-row.h"
#include "vantage-shortcuts.h"

/* Where the words of a line stand in the text that is shown. */
typedef struct
{
  char *line;
  guint from, to; /* code points */
} Place;

struct _VantageInterviewAnnotate
{
  GtkWidget parent_instance;

  VantageInterviewRoom *room;
  GArray *places; /* (element-type Place) */
  GtkWidget *box;
  AdwFlap *flap;
  GtkTextView *view;
  AdwPreferencesGroup *group;
  GPtrArray *rows; /* lent */
  GtkWidget *empty;
  char *open; /* id of the passage whose row is open */
  guint showing;
};

G_DEFINE_FINAL_TYPE (VantageInterviewAnnotate, vantage_interview_annotate, GTK_TYPE_WIDGET)

static void
clear_place (gpointer data)
{
  g_free (((Place *) data)->line);
}

/* ---- the notes as one text ---- */

static void
insert (GtkTextBuffer *buffer, const char *text, const char *tag)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &end, text, -1, tag, NULL);
}

static void
insert_line (VantageInterviewAnnotate *self, GtkTextBuffer *buffer, VantageLine *line)
{
  VantageReviewContext *context = vantage_interview_room_get_context (self->room);
  g_autofree char *time =
      vantage_zone_format (vantage_review_context_get_zone (context),
                           vantage_line_get_begun_us (line), VANTAGE_SHOW_MINUTE);
  g_autofree char *words =
      vantage_marks_dup_words (vantage_line_get_marks (line), vantage_line_get_sort (line));
  g_autofree char *head = g_strdup_printf ("%s\t", time);
  g_autofree char *tail = words[0] != '\0' ? g_strdup_printf ("   %s\n", words) : g_strdup ("\n");
  gboolean asked = vantage_line_get_sort (line) == VANTAGE_LINE_QUESTION;
  Place place;

  insert (buffer, head, "faint");
  place.line = g_strdup (vantage_line_get_id (line));
  place.from = (guint) gtk_text_buffer_get_char_count (buffer);
  insert (buffer, vantage_line_get_text (line), asked ? "asked" : "words");
  place.to = (guint) gtk_text_buffer_get_char_count (buffer);
  insert (buffer, tail, "faint");
  g_array_append_val (self->places, place);
}

static const Place *
find_place (VantageInterviewAnnotate *self, const char *line)
{
  for (guint i = 0; i < self->places->len; i++)
    if (g_str_equal (g_array_index (self->places, Place, i).line, line))
      return &g_array_index (self->places, Place, i);
  return NULL;
}

static void
show_passages_in_text (VantageInterviewAnnotate *self, GPtrArray *passages)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);

  for (guint i = 0; i < passages->len; i++)
    {
      const VantagePrivatePassage *passage = passages->pdata[i];

      for (guint j = 0; j < passage->anchors->len; j++)
        {
          const VantageAnchor *anchor = passage->anchors->pdata[j];
          const Place *place = find_place (self, anchor->line);
          GtkTextIter from, to;

          if (place == NULL || anchor->from >= anchor->to)
            continue;
          gtk_text_buffer_get_iter_at_offset (buffer, &from, (int) (place->from + anchor->from));
          gtk_text_buffer_get_iter_at_offset (buffer, &to, (int) (place->from + anchor->to));
          gtk_text_buffer_apply_tag_by_name (buffer, "passage", &from, &to);
        }
    }
}

static void
show_text (VantageInterviewAnnotate *self, GPtrArray *passages)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GListModel *lines = vantage_interview_room_get_lines (self->room);
  GtkTextIter cursor;
  int at;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  at = gtk_text_iter_get_offset (&cursor);
  gtk_text_buffer_set_text (buffer, "", 0);
  g_array_set_size (self->places, 0);
  for (guint i = 0; lines != NULL && i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (VantageLine) line = g_list_model_get_item (lines, i);

      insert_line (self, buffer, line);
    }
  show_passages_in_text (self, passages);
  gtk_text_buffer_get_iter_at_offset (buffer, &cursor, at);
  gtk_text_buffer_place_cursor (buffer, &cursor);
}

/* ---- passages ---- */

static void
row_expanded_cb (VantageInterviewAnnotate *self, GParamSpec *pspec, AdwExpanderRow *row)
{
  if (!adw_expander_row_get_expanded (row))
    return;
  g_free (self->open);
  self->open = g_strdup (vantage_passage_row_get_id (VANTAGE_PASSAGE_ROW (row)));
}

static void
show_rows (VantageInterviewAnnotate *self, GPtrArray *passages)
{
  guint n_released = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < passages->len; i++)
    {
      const VantagePrivatePassage *passage = passages->pdata[i];
      GtkWidget *row = vantage_passage_row_new (self->room, passage);

      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row),
                                     g_strcmp0 (self->open, passage->id) == 0);
      g_signal_connect_object (row, "notify::expanded", G_CALLBACK (row_expanded_cb), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
      n_released += passage->released != NULL;
    }
  /* translators: how many passages were released, of how many */
  text = g_strdup_printf (
      ngettext ("Released: %u of %u passage", "Released: %u of %u passages", passages->len),
      n_released, passages->len);
  adw_preferences_group_set_description (self->group, passages->len > 0 ? text : NULL);
  gtk_widget_set_visible (self->empty, passages->len == 0);
}

static gboolean
show_cb (gpointer data)
{
  VantageInterviewAnnotate *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) passages =
      vantage_vault_list_passages (vantage_interview_room_get_vault (self->room),
                                   vantage_interview_room_get_id (self->room), &error);

  self->showing = 0;
  if (passages == NULL)
    {
      vantage_review_context_tell_error (vantage_interview_room_get_context (self->room),
                                         _ ("The passages could not be read"), error);
      return G_SOURCE_REMOVE;
    }
  show_text (self, passages);
  show_rows (self, passages);
  return G_SOURCE_REMOVE;
}

static void
queue_show (VantageInterviewAnnotate *self)
{
  if (self->showing == 0)
    self->showing = g_idle_add (show_cb, self);
}

/* ---- picking out ---- */

/* The part of [from, to) that lies in the words of each line. */
static void
add_anchors (VantageInterviewAnnotate *self, VantagePrivatePassage *passage, guint from, guint to)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      guint begin = MAX (from, place->from);
      guint end = MIN (to, place->to);
      g_autoptr (VantageLine) line = NULL;

      if (begin >= end)
        continue;
      line =
          vantage_vault_get_line (vantage_interview_room_get_vault (self->room), place->line, NULL);
      if (line != NULL)
        vantage_private_passage_add_anchor (passage, place->line, vantage_line_get_text (line),
                                            begin - place->from, end - place->from);
    }
}

void
vantage_interview_annotate_mark (VantageInterviewAnnotate *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autoptr (VantagePrivatePassage) passage =
      vantage_private_passage_new (vantage_interview_room_get_id (self->room));
  g_autoptr (GError) error = NULL;
  GtkTextIter from, to;
  gboolean ok;

  if (gtk_text_buffer_get_selection_bounds (buffer, &from, &to))
    add_anchors (self, passage, (guint) gtk_text_iter_get_offset (&from),
                 (guint) gtk_text_iter_get_offset (&to));
  if (passage->anchors->len == 0)
    {
      vantage_review_context_tell (
          vantage_interview_room_get_context (self->room),
          _ ("Select the words first: Shift and the arrows, or the mouse"));
      return;
    }
  ok = vantage_vault_put_passage (vantage_interview_room_get_vault (self->room), passage,
                                  _ ("Pick Out Passage"), &error);
  if (!vantage_interview_room_done (self->room, ok, g_steal_pointer (&error)))
    return;
  g_free (self->open);
  self->open = g_strdup (passage->id);
  adw_flap_set_reveal_flap (self->flap, TRUE);
  queue_show (self);
}

/* ---- object ---- */

static void
vantage_interview_annotate_dispose (GObject *object)
{
  VantageInterviewAnnotate *self = VANTAGE_INTERVIEW_ANNOTATE (object);

  g_clear_handle_id (&self->showing, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->open, g_free);
  g_clear_object (&self->room);
  G_OBJECT_CLASS (vantage_interview_annotate_parent_class)->dispose (object);
}

static void
vantage_interview_annotate_class_init (VantageInterviewAnnotateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = vantage_interview_annotate_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "annotate");
}

static GtkWidget *
new_text (VantageInterviewAnnotate *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer;
  PangoTabArray *tabs = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, 62);

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_create_tag (buffer, "faint", "scale", 0.85, "foreground", "#888888", NULL);
  gtk_text_buffer_create_tag (buffer, "words", NULL, NULL);
  gtk_text_buffer_create_tag (buffer, "asked", "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "passage", "background", "rgba(53,132,228,0.22)", NULL);
  gtk_text_view_set_editable (self->view, FALSE);
  gtk_text_view_set_cursor_visible (self->view, TRUE);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_tabs (self->view, tabs);
  gtk_text_view_set_indent (self->view, -62);
  gtk_text_view_set_pixels_below_lines (self->view, 9);
  gtk_text_view_set_left_margin (self->view, 28);
  gtk_text_view_set_right_margin (self->view, 18);
  gtk_text_view_set_top_margin (self->view, 18);
  gtk_text_view_set_bottom_margin (self->view, 18);
  pango_tab_array_free (tabs);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Notes"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->view));
  gtk_widget_set_size_request (scroll, 300, -1);
  gtk_widget_set_hexpand (scroll, TRUE);
  return scroll;
}

static GtkWidget *
new_passages (VantageInterviewAnnotate *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("Passages"));
  self->empty = gtk_label_new (_ ("Select words of the notes and press M: what they are, what is "
                                  "made from them and whom they may reach is decided here."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_widget_add_css_class (self->empty, "dim-label");
  adw_preferences_group_add (self->group, self->empty);
  gtk_widget_set_margin_top (GTK_WIDGET (self->group), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->group), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (self->group), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->group), 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->group));
  gtk_widget_set_size_request (scroll, 320, -1);
  gtk_widget_add_css_class (scroll, "background");
  return scroll;
}

static GtkWidget *
new_tools (void)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mark = gtk_button_new_with_label (_ ("Pick Out"));
  GtkWidget *passages = gtk_button_new_with_label (_ ("Passages"));

  vantage_shortcuts_set_button (mark, "page.pick-out");
  vantage_shortcuts_set_button (passages, "page.toggle-passages");
  gtk_widget_set_hexpand (passages, TRUE);
  gtk_widget_set_halign (passages, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (tools), mark);
  gtk_box_append (GTK_BOX (tools), passages);
  gtk_widget_add_css_class (tools, "interview-header");
  return tools;
}

static void
vantage_interview_annotate_init (VantageInterviewAnnotate *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, clear_place);
  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->flap = ADW_FLAP (adw_flap_new ());
  adw_flap_set_flap_position (self->flap, GTK_PACK_END);
  adw_flap_set_content (self->flap, new_text (self));
  adw_flap_set_flap (self->flap, new_passages (self));
  adw_flap_set_separator (self->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_widget_set_vexpand (GTK_WIDGET (self->flap), TRUE);
  gtk_box_append (GTK_BOX (self->box), new_tools ());
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->flap));
}

GtkWidget *
vantage_interview_annotate_new (VantageInterviewRoom *room)
{
  VantageInterviewAnnotate *self = g_object_new (VANTAGE_TYPE_INTERVIEW_ANNOTATE, NULL);

  self->room = g_object_ref (room);
  g_signal_connect_object (room, "passages-changed", G_CALLBACK (queue_show), self,
                           G_CONNECT_SWAPPED);
  show_cb (self);
  return GTK_WIDGET (self);
}

void
vantage_interview_annotate_focus (VantageInterviewAnnotate *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
vantage_interview_annotate_toggle_passages (VantageInterviewAnnotate *self)
{
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

GtkTextView *
vantage_interview_annotate_get_view (VantageInterviewAnnotate *self)
{
  return self->view;
}
