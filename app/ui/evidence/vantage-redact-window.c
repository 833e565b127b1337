/* vantage-redact-window.c: choose words, hide them; what is hidden is struck out and can be shown
 * again. */

#include "config.h"

#include "vantage-redact-window.h"

#include <glib/gi18n.h>
#include <string.h>

struct _VantageRedactWindow
{
  AdwWindow parent_instance;

  VantageReviewContext *context;
  VantageItem *item;
  char *item_id;
  GArray *map; /* (element-type VantageShownPlace) (nullable): only all of it can be hidden */
  GtkTextBuffer *words;
  GtkTextTag *hidden;
  GtkWidget *why;
  GtkLabel *state;
};

G_DEFINE_FINAL_TYPE (VantageRedactWindow, vantage_redact_window, ADW_TYPE_WINDOW)

/* ---- what is hidden ---- */

static GPtrArray *
list_redactions (VantageReviewContext *context)
{
  return vantage_library_list (vantage_review_context_get_library (context),
                               vantage_review_context_get_review_id (context), "redaction", NULL);
}

GHashTable *
vantage_redactions_list_items (VantageReviewContext *context)
{
  g_autoptr (GPtrArray) redactions = list_redactions (context);
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; redactions != NULL && i < redactions->len; i++)
    {
      const char *item = vantage_entity_get_text (redactions->pdata[i], "item");

      if (item != NULL)
        g_hash_table_add (ids, g_strdup (item));
    }
  return ids;
}

static gboolean
meets (VantageEntity *redaction, gint from, gint to)
{
  gint64 begin = vantage_entity_get_int (redaction, "from", 0);
  gint64 end = vantage_entity_get_int (redaction, "to", -1);

  return begin < to && (end < 0 || end > from);
}

static void
strike_out (VantageRedactWindow *self, VantageEntity *redaction)
{
  GtkTextIter start, end;

  if (self->map == NULL)
    {
      gtk_text_buffer_get_bounds (self->words, &start, &end);
      gtk_text_buffer_apply_tag (self->words, self->hidden, &start, &end);
      return;
    }
  for (guint i = 0; i < self->map->len; i++)
    {
      const VantageShownPlace *place = &g_array_index (self->map, VantageShownPlace, i);

      if (!meets (redaction, place->from, place->to))
        continue;
      gtk_text_buffer_get_iter_at_offset (self->words, &start, (int) i);
      gtk_text_buffer_get_iter_at_offset (self->words, &end, (int) i + 1);
      gtk_text_buffer_apply_tag (self->words, self->hidden, &start, &end);
    }
}

static void
update_actions (VantageRedactWindow *self, guint n)
{
  gboolean chosen = gtk_text_buffer_get_has_selection (self->words);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "redact.chosen", chosen && self->map != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "redact.show-again", n > 0);
}

static guint
count_own (VantageRedactWindow *self, GPtrArray *redactions)
{
  guint n = 0;

  for (guint i = 0; redactions != NULL && i < redactions->len; i++)
    n += g_strcmp0 (vantage_entity_get_text (redactions->pdata[i], "item"), self->item_id) == 0;
  return n;
}

static void
show (VantageRedactWindow *self)
{
  g_autoptr (GPtrArray) redactions = list_redactions (self->context);
  guint n = count_own (self, redactions);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->words, &start, &end);
  gtk_text_buffer_remove_all_tags (self->words, &start, &end);
  for (guint i = 0; redactions != NULL && i < redactions->len; i++)
    if (g_strcmp0 (vantage_entity_get_text (redactions->pdata[i], "item"), self->item_id) == 0)
      strike_out (self, redactions->pdata[i]);
  text = n > 0 ? g_strdup_printf (ngettext ("%u passage is hidden", "%u passages are hidden", n), n)
               : g_strdup (_ ("Nothing of it is hidden"));
  gtk_label_set_text (self->state, text);
  update_actions (self, n);
}

static void
selection_cb (VantageRedactWindow *self)
{
  g_autoptr (GPtrArray) redactions = list_redactions (self->context);

  update_actions (self, count_own (self, redactions));
}

/* ---- hiding ---- */

/* [from, to) of the item's text; @to -1: all of it. */
static void
hide (VantageRedactWindow *self, gint from, gint to)
{
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (self->context, _ ("Redact"));
  g_autofree char *why = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->why))));
  const char *id = vantage_edit_create (edit, "redaction");

  vantage_edit_set_text (edit, "redaction", id, "item", self->item_id);
  if (to >= 0)
    {
      vantage_edit_set_int (edit, "redaction", id, "from", from);
      vantage_edit_set_int (edit, "redaction", id, "to", to);
    }
  if (*why != '\0')
    vantage_edit_set_text (edit, "redaction", id, "why", why);
  if (vantage_review_context_commit_with_undo (self->context, edit,
                                               _ ("Hidden in what is shared and exported")))
    show (self);
}

static void
chosen_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  VantageRedactWindow *self = VANTAGE_REDACT_WINDOW (widget);
  GtkTextIter start, end;
  int first, last;

  if (self->map == NULL || !gtk_text_buffer_get_selection_bounds (self->words, &start, &end))
    return;
  first = gtk_text_iter_get_offset (&start);
  last = gtk_text_iter_get_offset (&end) - 1;
  if (last < first || (guint) last >= self->map->len)
    return;
  gtk_text_buffer_place_cursor (self->words, &end);
  hide (self, g_array_index (self->map, VantageShownPlace, first).from,
        g_array_index (self->map, VantageShownPlace, last).to);
}

static void
whole_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hide (VANTAGE_REDACT_WINDOW (widget), 0, -1);
}

/* What the chosen words meet is shown again; with nothing chosen, all of it. */
static void
show_again_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  VantageRedactWindow *self = VANTAGE_REDACT_WINDOW (widget);
  g_autoptr (GPtrArray) redactions = list_redactions (self->context);
  g_autoptr (VantageEdit) edit =
      vantage_review_context_begin (self->context, _ ("Take Redaction Back"));
  gint from = 0, to = G_MAXINT;
  GtkTextIter start, end;

  if (self->map != NULL && self->map->len > 0 &&
      gtk_text_buffer_get_selection_bounds (self->words, &start, &end))
    {
      guint last = MIN ((guint) gtk_text_iter_get_offset (&end), self->map->len) - 1;

      from = g_array_index (self->map, VantageShownPlace, gtk_text_iter_get_offset (&start)).from;
      to = g_array_index (self->map, VantageShownPlace, last).to;
    }
  for (guint i = 0; redactions != NULL && i < redactions->len; i++)
    {
      VantageEntity *redaction = redactions->pdata[i];

      if (g_strcmp0 (vantage_entity_get_text (redaction, "item"), self->item_id) == 0 &&
          meets (redaction, from, to))
        vantage_edit_delete (edit, "redaction", vantage_entity_get_id (redaction));
    }
  if (vantage_review_context_commit_with_undo (self->context, edit, _ ("Shown again")))
    show (self);
}

/* ---- window ---- */

static void
vantage_redact_window_dispose (GObject *object)
{
  VantageRedactWindow *self = VANTAGE_REDACT_WINDOW (object);

  g_clear_object (&self->context);
  g_clear_object (&self->words);
  g_clear_pointer (&self->item, vantage_item_unref);
  g_clear_pointer (&self->item_id, g_free);
  g_clear_pointer (&self->map, g_array_unref);
  G_OBJECT_CLASS (vantage_redact_window_parent_class)->dispose (object);
}

static void
vantage_redact_window_class_init (VantageRedactWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_redact_window_dispose;
  gtk_widget_class_install_action (widget_class, "redact.chosen", NULL, chosen_cb);
  gtk_widget_class_install_action (widget_class, "redact.whole", NULL, whole_cb);
  gtk_widget_class_install_action (widget_class, "redact.show-again", NULL, show_again_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
new_words (VantageRedactWindow *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new_with_buffer (self->words);

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Words of the item"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), view);
  gtk_widget_add_css_class (scroll, "card");
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_widget_set_overflow (scroll, GTK_OVERFLOW_HIDDEN);
  return scroll;
}

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
new_buttons (void)
{
  GtkWidget *buttons = gtk_flow_box_new ();
  GtkWidget *chosen = new_button (_ ("Hide What Is _Selected"), "redact.chosen");

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (buttons), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (buttons), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (buttons), 6);
  gtk_widget_add_css_class (chosen, "suggested-action");
  gtk_flow_box_append (GTK_FLOW_BOX (buttons), chosen);
  gtk_flow_box_append (GTK_FLOW_BOX (buttons), new_button (_ ("Hide _All of It"), "redact.whole"));
  gtk_flow_box_append (GTK_FLOW_BOX (buttons), new_button (_ ("Show A_gain"), "redact.show-again"));
  for (GtkWidget *child = gtk_widget_get_first_child (buttons); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, FALSE);
  return buttons;
}

static GtkWidget *
new_column (VantageRedactWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *about =
      gtk_label_new (_ ("Select words. What is hidden stands as ▮▮▮ in reports and in everything "
                        "that is shared; here the item stays as it is."));

  gtk_label_set_wrap (GTK_LABEL (about), TRUE);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_widget_add_css_class (about, "dim-label");
  gtk_label_set_xalign (self->state, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "faint");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->why), _ ("Why, for the others (optional)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->why), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Why it is hidden"), -1);
  gtk_box_append (GTK_BOX (column), about);
  gtk_box_append (GTK_BOX (column), new_words (self));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (column), self->why);
  gtk_box_append (GTK_BOX (column), new_buttons ());
  gtk_widget_set_margin_start (column, 18);
  gtk_widget_set_margin_end (column, 18);
  gtk_widget_set_margin_top (column, 6);
  gtk_widget_set_margin_bottom (column, 18);
  return column;
}

static void
vantage_redact_window_init (VantageRedactWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_window_set_title (GTK_WINDOW (self), _ ("Redact"));
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 440);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, -1);
  self->words = gtk_text_buffer_new (NULL);
  /* Struck out as well as shaded: not by colour alone. */
  self->hidden =
      gtk_text_buffer_create_tag (self->words, "hidden", "strikethrough", TRUE, "background-rgba",
                                  &(GdkRGBA){ 0.5f, 0.5f, 0.5f, 0.35f }, NULL);
  self->why = gtk_entry_new ();
  self->state = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), new_column (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_object (self->words, "notify::has-selection", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
}

void
vantage_redact_window_open (GtkWidget *near, VantageReviewContext *context, const char *item_id)
{
  g_autoptr (VantageItem) item =
      vantage_library_get_item (vantage_review_context_get_library (context),
                                vantage_review_context_get_review_id (context), item_id, NULL);
  VantageRedactWindow *self;

  if (item == NULL)
    {
      vantage_review_context_tell (context, _ ("This record is not on this computer"));
      return;
    }
  self =
      g_object_new (VANTAGE_TYPE_REDACT_WINDOW, "transient-for", gtk_widget_get_root (near), NULL);
  self->context = g_object_ref (context);
  self->item_id = vantage_item_dup_id (item);
  self->map = vantage_item_map_shown (item);
  self->item = g_steal_pointer (&item);
  gtk_text_buffer_set_text (self->words, vantage_item_get_shown (self->item), -1);
  g_signal_connect_object (context, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  gtk_window_present (GTK_WINDOW (self));
}
