/* vantage-conflict-window.c: a card for each field; the values stand beside each other. */

#include "config.h"

#include "vantage-conflict-window.h"

#include <glib/gi18n.h>

#include "vantage-conflict-words.h"
#include "vantage-op.h"
#include "vantage-shortcuts.h"
#include "vantage-time-text.h"

struct _VantageConflictWindow
{
  AdwWindow parent_instance;

  VantageReviewContext *context;
  GPtrArray *conflicts; /* (element-type VantageConflict) */
  GtkWidget *cards;
  GtkStack *states;
  AdwToastOverlay *toasts;
};

G_DEFINE_FINAL_TYPE (VantageConflictWindow, vantage_conflict_window, ADW_TYPE_WINDOW)

static GPtrArray *
list_conflicts (VantageReviewContext *context)
{
  return vantage_library_list_conflicts (vantage_review_context_get_library (context),
                                         vantage_review_context_get_review_id (context), NULL);
}

/* ---- settling ---- */

static const VantageConflict *
get_conflict (VantageConflictWindow *self, GtkWidget *widget)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "conflict"));

  return i < self->conflicts->len ? g_ptr_array_index (self->conflicts, i) : NULL;
}

static void
take_cb (VantageConflictWindow *self, GtkWidget *button)
{
  const VantageConflict *conflict = get_conflict (self, button);
  guint side = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "side"));

  if (conflict != NULL && side < conflict->ops->len)
    vantage_conflict_take (self->context, conflict, g_ptr_array_index (conflict->ops, side));
}

static void
both_cb (VantageConflictWindow *self, GtkWidget *button)
{
  const VantageConflict *conflict = get_conflict (self, button);
  g_autofree char *both = conflict != NULL ? vantage_conflict_dup_both (conflict) : NULL;

  if (both != NULL)
    vantage_conflict_write (self->context, conflict, both);
}

static void
write_cb (VantageConflictWindow *self, GtkWidget *button)
{
  const VantageConflict *conflict = get_conflict (self, button);
  GtkTextBuffer *buffer = g_object_get_data (G_OBJECT (button), "buffer");
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (conflict != NULL)
    vantage_conflict_write (self->context, conflict, text);
}

/* ---- cards ---- */

static GtkWidget *
new_button (VantageConflictWindow *self, const char *label, guint conflict, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data (G_OBJECT (button), "conflict", GUINT_TO_POINTER (conflict));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

/* "Dana · Fri 14 Mar 2025 10:31". (transfer full) */
static char *
dup_head (VantageConflictWindow *self, const VantageOp *op)
{
  VantageZone *zone = vantage_review_context_get_zone (self->context);
  gint64 us = vantage_stamp_get_us (op->stamp);
  g_autofree char *author = vantage_conflict_dup_author (self->context, op);
  g_autofree char *day = vantage_time_text_date (zone, us);
  g_autofree char *clock = vantage_zone_format (zone, us, VANTAGE_SHOW_MINUTE);

  return g_strdup_printf ("%s · %s %s", author, day, clock);
}

/* What differs from the other's words stands bold. */
static void
mark_difference (GtkLabel *label, const VantageConflict *conflict, guint side)
{
  const VantageOp *op = g_ptr_array_index (conflict->ops, side);
  const VantageOp *other = g_ptr_array_index (conflict->ops, side == 0 ? 1 : 0);
  const char *text = vantage_value_get_text (op->value);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  glong from, to;

  vantage_conflict_find_difference (text, vantage_value_get_text (other->value), &from, &to);
  bold->start_index = (guint) (g_utf8_offset_to_pointer (text, from) - text);
  bold->end_index = (guint) (g_utf8_offset_to_pointer (text, to) - text);
  pango_attr_list_insert (attributes, bold);
  gtk_label_set_attributes (label, attributes);
}

static GtkWidget *
new_side (VantageConflictWindow *self, guint index, guint side)
{
  const VantageConflict *conflict = g_ptr_array_index (self->conflicts, index);
  const VantageOp *op = g_ptr_array_index (conflict->ops, side);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *head = dup_head (self, op);
  g_autofree char *value = vantage_conflict_dup_value (self->context, conflict, op);
  g_autofree char *author = vantage_conflict_dup_author (self->context, op);
  g_autofree char *keep = NULL;
  const char *texts[] = { head, value };
  GtkWidget *button;

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_width_chars (GTK_LABEL (label), 20);
      if (i == 0)
        gtk_widget_add_css_class (label, "faint");
      else if (conflict->ops->len == 2 && vantage_conflict_is_text (conflict))
        mark_difference (GTK_LABEL (label), conflict, side);
      gtk_widget_set_vexpand (label, i == 1);
      gtk_widget_set_valign (label, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), label);
    }
  if (vantage_conflict_is_own (self->context, op))
    keep = g_strdup (_ ("Keep Yours"));
  else
    /* translators: name of a person whose wording is kept */
    keep = g_strdup_printf (_ ("Keep What %s Wrote"), author);
  button = new_button (self, keep, index, G_CALLBACK (take_cb));
  g_object_set_data (G_OBJECT (button), "side", GUINT_TO_POINTER (side));
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "conflict-side");
  return box;
}

static GtkWidget *
new_editor (VantageConflictWindow *self, guint index)
{
  const VantageConflict *conflict = g_ptr_array_index (self->conflicts, index);
  g_autofree char *both = vantage_conflict_dup_both (conflict);
  GtkWidget *expander = gtk_expander_new_with_mnemonic (_ ("_Write it anew"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkWidget *keep = new_button (self, _ ("Keep What Stands Here"), index, G_CALLBACK (write_cb));

  gtk_text_buffer_set_text (buffer, both, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The text that will stay"), -1);
  g_object_set_data_full (G_OBJECT (keep), "buffer", g_object_ref (buffer), g_object_unref);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), keep);
  gtk_widget_set_margin_top (box, 6);
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  return expander;
}

static GtkWidget *
new_card (VantageConflictWindow *self, guint index)
{
  const VantageConflict *conflict = g_ptr_array_index (self->conflicts, index);
  g_autofree char *subject = vantage_conflict_dup_subject (self->context, conflict);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *title = gtk_label_new (subject);
  GtkWidget *sides = gtk_flow_box_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (title, "heading");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (sides), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (sides), 2);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (sides), 12);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (sides), 12);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (sides), TRUE);
  for (guint side = 0; side < conflict->ops->len; side++)
    {
      gtk_flow_box_append (GTK_FLOW_BOX (sides), new_side (self, index, side));
      gtk_widget_set_focusable (gtk_widget_get_last_child (sides), FALSE);
    }
  gtk_box_append (GTK_BOX (card), title);
  gtk_box_append (GTK_BOX (card), sides);
  if (vantage_conflict_is_text (conflict))
    {
      gtk_box_append (GTK_BOX (card),
                      new_button (self, _ ("Keep Both"), index, G_CALLBACK (both_cb)));
      gtk_box_append (GTK_BOX (card), new_editor (self, index));
    }
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "conflict");
  return card;
}

static void
show (VantageConflictWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_box_remove (GTK_BOX (self->cards), child);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  self->conflicts = list_conflicts (self->context);
  if (self->conflicts == NULL)
    self->conflicts = g_ptr_array_new ();
  for (guint i = 0; i < self->conflicts->len; i++)
    gtk_box_append (GTK_BOX (self->cards), new_card (self, i));
  gtk_stack_set_visible_child_name (self->states, self->conflicts->len > 0 ? "some" : "none");
}

static void
toast_cb (VantageConflictWindow *self, AdwToast *toast)
{
  g_autoptr (AdwToast) copy = adw_toast_new (adw_toast_get_title (toast));

  /* The window of the review says it too, behind this one. */
  adw_toast_set_button_label (copy, adw_toast_get_button_label (toast));
  adw_toast_set_action_name (copy, adw_toast_get_action_name (toast));
  adw_toast_overlay_add_toast (self->toasts, g_steal_pointer (&copy));
}

static void
undo_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  vantage_review_context_undo (VANTAGE_CONFLICT_WINDOW (widget)->context);
}

/* ---- window ---- */

static void
vantage_conflict_window_dispose (GObject *object)
{
  VantageConflictWindow *self = VANTAGE_CONFLICT_WINDOW (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  G_OBJECT_CLASS (vantage_conflict_window_parent_class)->dispose (object);
}

static void
vantage_conflict_window_class_init (VantageConflictWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = vantage_conflict_window_dispose;
  gtk_widget_class_install_action (widget_class, "win.undo-newest", NULL, undo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo-newest",
                                       NULL);
}

static GtkWidget *
new_some (VantageConflictWindow *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *promise = gtk_label_new (_ ("All of them stay in the history, whatever you choose."));

  gtk_label_set_xalign (GTK_LABEL (promise), 0);
  gtk_label_set_wrap (GTK_LABEL (promise), TRUE);
  gtk_widget_add_css_class (promise, "dim-label");
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (column), self->cards);
  gtk_box_append (GTK_BOX (column), promise);
  gtk_widget_set_margin_start (column, 18);
  gtk_widget_set_margin_end (column, 18);
  gtk_widget_set_margin_top (column, 18);
  gtk_widget_set_margin_bottom (column, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  return scroll;
}

static void
vantage_conflict_window_init (VantageConflictWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *none = adw_status_page_new ();

  gtk_window_set_title (GTK_WINDOW (self), _ ("Changed by Two People at Once"));
  gtk_window_set_default_size (GTK_WINDOW (self), 760, 560);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, -1);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _ ("Nothing Needs a Look"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none),
                                   _ ("No field was changed by two people at once."));
  self->states = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->states, new_some (self), "some");
  gtk_stack_add_named (self->states, none, "none");
  gtk_widget_set_vexpand (GTK_WIDGET (self->states), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->states));
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
}

void
vantage_conflict_window_open (GtkWindow *parent, VantageReviewContext *context)
{
  VantageConflictWindow *self =
      g_object_new (VANTAGE_TYPE_CONFLICT_WINDOW, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  show (self);
  gtk_window_present (GTK_WINDOW (self));
}

/* ---- strip ---- */

typedef struct
{
  VantageReviewContext *context; /* lent: the strip disconnects from it */
  GtkLabel *label;
  guint n;
} Strip;

static void
show_strip (GtkWidget *revealer)
{
  Strip *strip = g_object_get_data (G_OBJECT (revealer), "strip");
  g_autoptr (GPtrArray) conflicts = list_conflicts (strip->context);
  g_autofree char *text = NULL;

  strip->n = conflicts != NULL ? conflicts->len : 0;
  text = g_strdup_printf (ngettext ("%u field was changed by two people at once",
                                    "%u fields were changed by two people at once", strip->n),
                          strip->n);
  if (strip->n > 0)
    gtk_label_set_text (strip->label, text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (revealer), strip->n > 0);
}

/* Counted anew only when it can be another number. */
static void
strip_changed_cb (GtkWidget *revealer, VantageChange *change)
{
  Strip *strip = g_object_get_data (G_OBJECT (revealer), "strip");
  gboolean look = change->everything || strip->n > 0;

  for (guint i = 0; !look && i < change->entities->len; i++)
    look = *vantage_entity_get_conflicts (change->entities->pdata[i]) != NULL;
  if (look)
    show_strip (revealer);
}

GtkWidget *
vantage_conflict_strip_new (VantageReviewContext *context)
{
  GtkWidget *revealer = gtk_revealer_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_label (_ ("Show"));
  Strip *strip = g_new0 (Strip, 1);

  strip->context = context;
  strip->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (strip->label, 0);
  gtk_label_set_wrap (strip->label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (strip->label), TRUE);
  vantage_shortcuts_set_button (button, "win.conflicts");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (strip->label));
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "conflict-strip");
  gtk_revealer_set_child (GTK_REVEALER (revealer), box);
  g_object_set_data_full (G_OBJECT (revealer), "strip", strip, g_free);
  g_signal_connect_object (context, "changed", G_CALLBACK (strip_changed_cb), revealer,
                           G_CONNECT_SWAPPED);
  show_strip (revealer);
  return revealer;
}
