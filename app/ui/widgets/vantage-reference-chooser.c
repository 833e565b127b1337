/* vantage-reference-chooser.c: a popover that finds what can be referred to by its words. */

#include "config.h"

#include "vantage-reference-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-evidence.h"
#include "vantage-reference-text.h"
#include "vantage-words.h"

#define MAX_ROWS 40
#define KINDS_KEY "vantage-reference-kinds"

struct _VantageReferenceChooser
{
  GtkPopover parent_instance;

  VantageReviewContext *context;
  char **kinds;
  GPtrArray *choices; /* (element-type Choice): entities, read when it opens */
  GtkEditable *search;
  GtkListBox *list;
  GtkWidget *nothing;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (VantageReferenceChooser, vantage_reference_chooser, GTK_TYPE_POPOVER)

typedef struct
{
  const char *kind; /* lent by the chooser */
  char *id, *shown, *folded;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_free (self->id);
  g_free (self->shown);
  g_free (self->folded);
  g_free (self);
}

/* ---- reading ---- */

static void
add_choice (GPtrArray *choices, VantageReviewContext *context, const char *kind, const char *id)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->kind = kind;
  choice->id = g_strdup (id);
  choice->shown = vantage_reference_dup_shown (context, kind, id);
  choice->folded = g_utf8_casefold (choice->shown, -1);
  g_ptr_array_add (choices, choice);
}

static void
read_entities (VantageReferenceChooser *self, const char *kind)
{
  g_autoptr (GPtrArray) entities =
      vantage_library_list (vantage_review_context_get_library (self->context),
                            vantage_review_context_get_review_id (self->context), kind, NULL);

  for (guint i = 0; entities != NULL && i < entities->len; i++)
    add_choice (self->choices, self->context, kind, vantage_entity_get_id (entities->pdata[i]));
}

/* Everybody in the record is a person, also without an entity of their own. */
static void
read_people (VantageReferenceChooser *self, const char *kind)
{
  GPtrArray *people = vantage_review_context_get_people (self->context);

  for (guint i = 0; i < people->len; i++)
    {
      const VantagePerson *person = people->pdata[i];

      if (g_strcmp0 (person->sort, "human") == 0)
        add_choice (self->choices, self->context, kind, person->id);
    }
}

/* Without words to search for: what was chosen elsewhere, and what is pinned. */
static void
read_items_at_hand (VantageReferenceChooser *self, GPtrArray *out, const char *kind)
{
  const char *const *selection = vantage_review_context_get_selection (self->context);
  GListModel *pins = vantage_review_context_get_pins (self->context);

  for (guint i = 0; selection[i] != NULL && i < MAX_ROWS; i++)
    add_choice (out, self->context, kind, selection[i]);
  for (guint i = 0; i < g_list_model_get_n_items (pins) && i < MAX_ROWS; i++)
    {
      g_autoptr (GtkStringObject) pin = g_list_model_get_item (pins, i);

      add_choice (out, self->context, kind, gtk_string_object_get_string (pin));
    }
}

/* The words as a search that takes their beginnings; marks of the search language are left out. */
static char *
dup_item_query (const char *words)
{
  g_auto (GStrv) parts = g_str_tokenize_and_fold (words, NULL, NULL);
  GString *query = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    g_string_append_printf (query, "%s%s*", query->len > 0 ? " " : "", parts[i]);
  return g_string_free (query, FALSE);
}

static void
read_items (VantageReferenceChooser *self, GPtrArray *out, const char *kind, const char *words)
{
  VantageItemQuery query = VANTAGE_ITEM_QUERY_INIT;
  g_autofree char *text = dup_item_query (words);
  g_autoptr (GPtrArray) items = NULL;

  if (text[0] == '\0')
    {
      read_items_at_hand (self, out, kind);
      return;
    }
  query.text = text;
  items = vantage_library_query_items (vantage_review_context_get_library (self->context),
                                       vantage_review_context_get_review_id (self->context), &query,
                                       MAX_ROWS / 2, 0, NULL, NULL);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      g_autofree char *id = vantage_item_dup_id (items->pdata[i]);

      add_choice (out, self->context, kind, id);
    }
}

/* ---- rows ---- */

static GtkWidget *
new_row (const Choice *choice)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (vantage_reference_get_icon (choice->kind));
  GtkWidget *label = gtk_label_new (choice->shown);
  GtkWidget *kind = gtk_label_new (vantage_words_kind (choice->kind));
  g_autofree char *spoken =
      g_strdup_printf ("%s: %s", vantage_words_kind (choice->kind), choice->shown);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (kind, "faint");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), kind);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (choice->id), g_free);
  g_object_set_data (G_OBJECT (row), "kind", (gpointer) choice->kind);
  return row;
}

static void
show_rows (VantageReferenceChooser *self)
{
  const char *words = gtk_editable_get_text (self->search);
  g_autofree char *folded = g_utf8_casefold (words, -1);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (choice_free);
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < self->choices->len && n < MAX_ROWS; i++)
    {
      const Choice *choice = self->choices->pdata[i];

      if (strstr (choice->folded, folded) == NULL)
        continue;
      gtk_list_box_append (self->list, new_row (choice));
      n++;
    }
  for (guint i = 0; self->kinds[i] != NULL; i++)
    if (strcmp (self->kinds[i], "item") == 0)
      read_items (self, items, self->kinds[i], words);
  for (guint i = 0; i < items->len; i++, n++)
    gtk_list_box_append (self->list, new_row (items->pdata[i]));

  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_widget_set_visible (self->nothing, n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
}

/* ---- callbacks ---- */

static void
choose (VantageReferenceChooser *self, GtkListBoxRow *row)
{
  const char *kind;
  g_autofree char *id = NULL;

  if (row == NULL)
    return;
  kind = g_object_get_data (G_OBJECT (row), "kind");
  id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  g_signal_emit (self, chosen_signal, 0, kind, id);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
row_activated_cb (VantageReferenceChooser *self, GtkListBoxRow *row)
{
  choose (self, row);
}

static void
search_activated_cb (VantageReferenceChooser *self)
{
  choose (self, gtk_list_box_get_selected_row (self->list));
}

/* Arrows move in the list while the words are typed. */
static gboolean
key_pressed_cb (VantageReferenceChooser *self, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int at = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return FALSE;
  row = gtk_list_box_get_row_at_index (self->list, key == GDK_KEY_Down ? at + 1 : MAX (at - 1, 0));
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  return TRUE;
}

static void
vantage_reference_chooser_map (GtkWidget *widget)
{
  VantageReferenceChooser *self = VANTAGE_REFERENCE_CHOOSER (widget);

  g_ptr_array_set_size (self->choices, 0);
  for (guint i = 0; self->kinds[i] != NULL; i++)
    if (strcmp (self->kinds[i], "person") == 0)
      read_people (self, self->kinds[i]);
    else if (strcmp (self->kinds[i], "item") != 0)
      read_entities (self, self->kinds[i]);
  gtk_editable_set_text (self->search, "");
  show_rows (self);
  GTK_WIDGET_CLASS (vantage_reference_chooser_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* ---- object ---- */

static void
vantage_reference_chooser_finalize (GObject *object)
{
  VantageReferenceChooser *self = VANTAGE_REFERENCE_CHOOSER (object);

  g_ptr_array_unref (self->choices);
  g_strfreev (self->kinds);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (vantage_reference_chooser_parent_class)->finalize (object);
}

static void
vantage_reference_chooser_class_init (VantageReferenceChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = vantage_reference_chooser_finalize;
  GTK_WIDGET_CLASS (klass)->map = vantage_reference_chooser_map;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
vantage_reference_chooser_init (VantageReferenceChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->choices = g_ptr_array_new_with_free_func (choice_free);
  self->search = GTK_EDITABLE (gtk_search_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find what to refer to"), -1);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "entities");
  self->nothing = gtk_label_new (_ ("Nothing with these words"));
  gtk_widget_add_css_class (self->nothing, "dim-label");
  gtk_widget_set_margin_top (self->nothing, 12);
  gtk_widget_set_margin_bottom (self->nothing, 12);
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (inner), self->nothing);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), inner);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), 280);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), scroll);
  gtk_widget_set_size_request (box, 310, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);

  g_signal_connect_object (self->search, "changed", G_CALLBACK (show_rows), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
}

GtkWidget *
vantage_reference_chooser_new (VantageReviewContext *context, const char *const *kinds)
{
  VantageReferenceChooser *self = g_object_new (VANTAGE_TYPE_REFERENCE_CHOOSER, NULL);

  self->context = g_object_ref (context);
  self->kinds = g_strdupv ((char **) kinds);
  return GTK_WIDGET (self);
}

/* ---- in prose ---- */

static void
insert_reference_cb (VantageReferenceChooser *self, const char *kind, const char *id,
                     GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *run = vantage_reference_text_dup_run (self->context, kind, id);
  GtkTextIter from, until;
  g_autofree char *before = NULL;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_iter_at_mark (buffer, &until, gtk_text_buffer_get_insert (buffer));
  from = until;
  gtk_text_iter_backward_chars (&from, 2);
  before = gtk_text_buffer_get_text (buffer, &from, &until, FALSE);
  if (strcmp (before, "[[") == 0)
    gtk_text_buffer_delete (buffer, &from, &until);
  gtk_text_buffer_insert_at_cursor (buffer, run, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (view));
}

static gboolean
unparent_cb (gpointer data)
{
  GtkWidget *popover = data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  g_object_unref (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add (unparent_cb, g_object_ref (popover));
}

void
vantage_reference_chooser_open (GtkTextView *view, VantageReviewContext *context,
                                const char *const *kinds)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_OVERLAY);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkWidget *popover;
  GdkRectangle at;
  GtkTextIter cursor;
  double x, y;

  g_return_if_fail (overlay != NULL);

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  gtk_text_view_get_iter_location (view, &cursor, &at);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, at.x, at.y, &at.x, &at.y);
  gtk_widget_translate_coordinates (GTK_WIDGET (view), overlay, at.x, at.y, &x, &y);
  at.x = (int) x;
  at.y = (int) y;
  at.width = MAX (at.width, 1);

  popover = vantage_reference_chooser_new (context, kinds);
  gtk_widget_set_parent (popover, overlay);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  g_signal_connect_object (popover, "chosen", G_CALLBACK (insert_reference_cb), view, 0);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (overlay, "destroy", G_CALLBACK (gtk_widget_unparent), popover,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

typedef struct
{
  VantageReviewContext *context;
  char **kinds;
  guint idle;
} Completion;

static void
completion_free (gpointer data)
{
  Completion *self = data;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_object_unref (self->context);
  g_strfreev (self->kinds);
  g_free (self);
}

static gboolean
complete_cb (gpointer data)
{
  GtkTextView *view = data;
  Completion *completion = g_object_get_data (G_OBJECT (view), KINDS_KEY);

  completion->idle = 0;
  vantage_reference_chooser_open (view, completion->context,
                                  (const char *const *) completion->kinds);
  return G_SOURCE_REMOVE;
}

/* @at stands after what was put in. */
static void
text_inserted_cb (GtkTextView *view, GtkTextIter *at, const char *text)
{
  Completion *completion = g_object_get_data (G_OBJECT (view), KINDS_KEY);
  GtkTextIter from = *at;
  g_autofree char *before = NULL;

  if (strcmp (text, "[") != 0 || completion->idle != 0 || !gtk_text_iter_backward_chars (&from, 2))
    return;
  before = gtk_text_iter_get_text (&from, at);
  if (strcmp (before, "[[") == 0)
    completion->idle = g_idle_add (complete_cb, view);
}

void
vantage_reference_chooser_complete (GtkTextView *view, VantageReviewContext *context,
                                    const char *const *kinds)
{
  Completion *completion;

  if (g_object_get_data (G_OBJECT (view), KINDS_KEY) != NULL)
    return;
  completion = g_new0 (Completion, 1);
  completion->context = g_object_ref (context);
  completion->kinds = g_strdupv ((char **) kinds);
  g_object_set_data_full (G_OBJECT (view), KINDS_KEY, completion, completion_free);
  g_signal_connect_object (gtk_text_view_get_buffer (view), "insert-text",
                           G_CALLBACK (text_inserted_cb), view,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
