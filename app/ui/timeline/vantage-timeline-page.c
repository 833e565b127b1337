/* vantage-timeline-page.c: the section where what happened is laid out in time. */

#include "config.h"

#include "vantage-timeline-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-empty-state.h"
#include "vantage-item-drag.h"
#include "vantage-shortcuts.h"
#include "vantage-timeline-edits.h"
#include "vantage-words.h"

G_DEFINE_FINAL_TYPE (VantageTimelinePage, vantage_timeline_page, VANTAGE_TYPE_PAGE)

static VantageReviewContext *
get_context (VantageTimelinePage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

char *
vantage_timeline_page_dup_count (VantageReviewContext *context)
{
  g_autoptr (GListModel) events =
      vantage_library_get_model (vantage_review_context_get_library (context),
                                 vantage_review_context_get_review_id (context), "event");
  guint n = g_list_model_get_n_items (events);

  return n > 0 ? vantage_words_count (n) : NULL;
}

/* ---- what is shown ---- */

gboolean
vantage_timeline_page_is_outline (VantageTimelinePage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "outline") == 0;
}

static void
show_view (VantageTimelinePage *self)
{
  GAction *action = g_action_map_lookup_action (
      G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), "view");
  g_autoptr (GVariant) state = g_action_get_state (action);
  gboolean is_empty = vantage_timeline_feed_get_events (self->feed)->len == 0 &&
                      vantage_timeline_feed_get_n_left_out (self->feed) == 0;
  gboolean outline = g_strcmp0 (g_variant_get_string (state, NULL), "outline") == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty  ? "empty"
                                                 : outline ? "outline"
                                                           : "canvas");
}

static void
show_strip (VantageTimelinePage *self)
{
  GPtrArray *list = vantage_times_get_contradictions (vantage_timeline_feed_get_times (self->feed));
  guint n = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < list->len; i++)
    n += ((VantageContradiction *) list->pdata[i])->circle->len;
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->strip), list->len > 0);
  if (list->len == 0)
    return;
  if (list->len == 1)
    text = g_strdup_printf (
        ngettext ("%u statement cannot be true", "%u statements cannot all be true", n), n);
  else
    text = g_strdup_printf (ngettext ("%u set of statements cannot all be true",
                                      "%u sets of statements cannot all be true", list->len),
                            list->len);
  gtk_label_set_text (self->strip_label, text);
}

static char *
dup_one (VantageTimelinePage *self, VantageTimelineEvent *event)
{
  g_autofree char *lanes = vantage_timeline_feed_dup_lanes (self->feed, event);
  g_autofree char *time = vantage_timeline_feed_dup_time (self->feed, event);
  g_autofree char *authority = vantage_timeline_feed_dup_authority (self->feed, event);

  if (vantage_timeline_page_get_later (self, vantage_timeline_event_get_id (event)) != NULL)
    /* translators: title, lanes, time and authority of an event that says more than was known */
    return g_strdup_printf (_ ("%s · %s · %s · %s · rests on later knowledge"),
                            vantage_timeline_event_get_title (event), lanes, time, authority);
  return g_strdup_printf (_ ("%s · %s · %s · %s"), vantage_timeline_event_get_title (event), lanes,
                          time, authority);
}

static void
show_status (VantageTimelinePage *self)
{
  guint n = vantage_timeline_feed_get_events (self->feed)->len;
  guint n_selected = vantage_timeline_selection_get_n (self->selection);
  VantageTimelineEvent *event = vantage_timeline_feed_find (
      self->feed, vantage_timeline_selection_get_focus (self->selection), NULL);
  g_autofree char *text = NULL;

  if (n_selected == 1 && event != NULL)
    text = dup_one (self, event);
  else if (n_selected > 0)
    text = g_strdup_printf (ngettext ("%u of %u event selected", "%u of %u events selected", n),
                            n_selected, n);
  else
    text = g_strdup_printf (ngettext ("%u event", "%u events", n), n);
  gtk_label_set_text (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), n > 0 && !self->presenting);
}

static void
feed_changed_cb (VantageTimelinePage *self)
{
  show_view (self);
  show_strip (self);
  show_status (self);
  vantage_timeline_page_update_actions (self);
}

/* Details rest while nobody sees them. */
static void
show_details (VantageTimelinePage *self)
{
  gboolean open = adw_flap_get_reveal_flap (self->flap);
  gboolean why = g_strcmp0 (gtk_stack_get_visible_child_name (self->side), "why") == 0;
  const char *focus = open && !why ? vantage_timeline_selection_get_focus (self->selection) : NULL;

  vantage_event_details_set_event (self->details, focus);
  vantage_event_details_set_later (
      self->details, focus != NULL ? vantage_timeline_page_get_later (self, focus) : NULL);
  vantage_standing_list_set_active (self->why, open && why);
}

void
vantage_timeline_page_show_side (VantageTimelinePage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->side, name);
  adw_flap_set_reveal_flap (self->flap, TRUE);
  show_details (self);
}

void
vantage_timeline_page_show_focus (VantageTimelinePage *self)
{
  show_details (self);
  show_status (self);
}

static void
selection_changed_cb (VantageTimelinePage *self)
{
  show_details (self);
  show_status (self);
  vantage_timeline_page_update_actions (self);
}

gboolean
vantage_timeline_page_reveal (VantageTimelinePage *self, const char *id)
{
  if (!vantage_canvas_reveal (self->canvas, id))
    return FALSE;
  if (vantage_timeline_page_is_outline (self))
    vantage_timeline_outline_reveal (self->outline, id);
  return TRUE;
}

/* ---- find ---- */

static gboolean
matches (VantageTimelinePage *self, VantageTimelineEvent *event)
{
  g_autofree char *words =
      g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->find_entry)), -1);
  g_autofree char *title = g_utf8_casefold (vantage_timeline_event_get_title (event), -1);

  return words[0] != '\0' && strstr (title, words) != NULL;
}

void
vantage_timeline_page_find_next (VantageTimelinePage *self)
{
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);
  guint32 at = G_MAXUINT32;
  gboolean in_entry = gtk_widget_get_focus_child (self->find_bar) != NULL;

  vantage_timeline_feed_find (self->feed, vantage_timeline_selection_get_focus (self->selection),
                              &at);
  for (guint i = 1; i <= events->len; i++)
    {
      VantageTimelineEvent *event = events->pdata[(at + i) % events->len];

      if (!matches (self, event))
        continue;
      vantage_timeline_page_reveal (self, vantage_timeline_event_get_id (event));
      if (in_entry)
        gtk_widget_grab_focus (self->find_entry);
      return;
    }
}

static void
find_changed_cb (VantageTimelinePage *self)
{
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);
  gboolean any = gtk_editable_get_text (GTK_EDITABLE (self->find_entry))[0] != '\0';
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < events->len; i++)
    n += matches (self, events->pdata[i]);
  text = g_strdup_printf (ngettext ("%u event", "%u events", n), n);
  gtk_label_set_text (self->find_count, any ? text : "");
}

static void
find_next_cb (VantageTimelinePage *self)
{
  vantage_timeline_page_find_next (self);
}

static void
find_stop_cb (VantageTimelinePage *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->find_bar), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
vantage_timeline_page_find (VantagePage *page)
{
  VantageTimelinePage *self = VANTAGE_TIMELINE_PAGE (page);

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->find_bar), TRUE);
  gtk_widget_grab_focus (self->find_entry);
}

/* ---- page ---- */

static void
vantage_timeline_page_go_to (VantagePage *page, const char *target)
{
  vantage_timeline_page_reveal (VANTAGE_TIMELINE_PAGE (page), target);
}

static gboolean
vantage_timeline_page_escape (VantagePage *page)
{
  VantageTimelinePage *self = VANTAGE_TIMELINE_PAGE (page);

  if (vantage_canvas_cancel_drag (self->canvas))
    return TRUE;
  if (gtk_revealer_get_reveal_child (GTK_REVEALER (self->find_bar)))
    {
      find_stop_cb (self);
      return TRUE;
    }
  if (vantage_timeline_page_stop_presenting (self))
    return TRUE;
  if (vantage_standing_strip_leave (self->standing))
    return TRUE;
  if (vantage_timeline_selection_get_n (self->selection) > 0)
    {
      vantage_timeline_selection_set (self->selection, NULL);
      return TRUE;
    }
  return FALSE;
}

static char *
vantage_timeline_page_save_state (VantagePage *page)
{
  VantageTimelinePage *self = VANTAGE_TIMELINE_PAGE (page);
  g_autofree char *canvas = vantage_canvas_save_state (self->canvas);
  g_autofree char *filter = NULL;

  filter = vantage_event_filter_to_text (vantage_filter_popover_get (self->filter));
  return g_strdup_printf ("%s\n%s\n%s\n%s",
                          vantage_timeline_page_is_outline (self) ? "outline" : "canvas", canvas,
                          adw_flap_get_reveal_flap (self->flap) ? "details" : "", filter);
}

static void
vantage_timeline_page_restore_state (VantagePage *page, const char *state)
{
  VantageTimelinePage *self = VANTAGE_TIMELINE_PAGE (page);
  g_auto (GStrv) lines = g_strsplit (state, "\n", -1);

  if (g_strv_length (lines) < 3)
    return;
  g_action_group_change_action_state (
      G_ACTION_GROUP (vantage_page_get_actions (page)), "view",
      g_variant_new_string (strcmp (lines[0], "outline") == 0 ? "outline" : "canvas"));
  if (lines[3] != NULL && lines[3][0] != '\0')
    {
      g_auto (VantageEventFilter) filter = { 0 };

      vantage_event_filter_parse (lines[3], &filter);
      vantage_filter_popover_set (self->filter, &filter);
    }
  vantage_canvas_restore_state (self->canvas, lines[1]);
  if (strcmp (lines[2], "details") == 0 && !adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
}

/* ---- callbacks of canvas and outline ---- */

static void
activate_event_cb (VantageTimelinePage *self, const char *id)
{
  vantage_timeline_page_show_side (self, "details");
}

static void
details_go_cb (VantageTimelinePage *self, const char *id)
{
  vantage_timeline_page_reveal (self, id);
}

static void
details_close_cb (VantageTimelinePage *self)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
new_event_cb (VantageTimelinePage *self, guint lane, gint64 us)
{
  vantage_timeline_page_ask_event (self, lane, us);
}

static void
menu_cb (VantageTimelinePage *self, const char *id, double x, double y)
{
  vantage_timeline_page_popup_menu (self, x, y);
}

static gboolean
dropped_on_empty_cb (GtkWidget *widget, const char *const *items, double x, double y, gpointer data)
{
  VantageTimelinePage *self = data;
  g_auto (GStrv) made = vantage_timeline_add_items (get_context (self), items, NULL);

  if (made == NULL)
    return FALSE;
  vantage_timeline_feed_update (self->feed);
  vantage_timeline_page_reveal (self, made[0]);
  return TRUE;
}

/* ---- object ---- */

static void
fill_stack (VantageTimelinePage *self)
{
  GtkWidget *canvas = vantage_canvas_new (self->feed, self->selection);
  GtkWidget *outline = vantage_timeline_outline_new (self->feed, self->selection);

  self->canvas = VANTAGE_CANVAS (canvas);
  self->outline = VANTAGE_TIMELINE_OUTLINE (outline);
  self->empty = vantage_empty_state_new (
      "vantage-timeline-symbolic", _ ("What Happened, in Time"),
      _ ("Each person gets a lane. Drag evidence here, or press N to write down an event."),
      _ ("Add Event"), "page.add-event");
  vantage_item_drag_add_target (self->empty, dropped_on_empty_cb, self);
  gtk_stack_add_named (self->stack, canvas, "canvas");
  gtk_stack_add_named (self->stack, outline, "outline");
  gtk_stack_add_named (self->stack, self->empty, "empty");
  g_signal_connect_object (canvas, "activate-event", G_CALLBACK (activate_event_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (outline, "activate-event", G_CALLBACK (activate_event_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "new-event", G_CALLBACK (new_event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "menu", G_CALLBACK (menu_cb), self, G_CONNECT_SWAPPED);
}

static void
add_details (VantageTimelinePage *self)
{
  GtkWidget *details = vantage_event_details_new (self->feed);

  self->details = VANTAGE_EVENT_DETAILS (details);
  self->standing = VANTAGE_STANDING_STRIP (vantage_standing_strip_new (self->feed, self->canvas));
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->standing));
  self->why = VANTAGE_STANDING_LIST (vantage_standing_list_new (self->feed, self->standing));
  self->side = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->side, details, "details");
  gtk_stack_add_named (self->side, GTK_WIDGET (self->why), "why");
  adw_flap_set_flap (self->flap, GTK_WIDGET (self->side));
  g_signal_connect_object (self->why, "go", G_CALLBACK (details_go_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->why, "close", G_CALLBACK (details_close_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (details, "go", G_CALLBACK (details_go_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (details, "close", G_CALLBACK (details_close_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (show_details), self,
                           G_CONNECT_SWAPPED);
}

static void
add_caption_button (VantageTimelinePage *self, const char *icon, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  vantage_shortcuts_set_button (button, action);
  gtk_box_append (GTK_BOX (self->caption), button);
}

/* What is told below while steps are presented. */
static void
add_caption (VantageTimelinePage *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->caption = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->step_label = GTK_LABEL (label);
  gtk_label_set_wrap (self->step_label, TRUE);
  gtk_label_set_xalign (self->step_label, 0);
  gtk_widget_add_css_class (self->caption, "step-caption");
  gtk_box_append (GTK_BOX (self->caption), label);
  add_caption_button (self, "go-previous-symbolic", "page.present-back");
  add_caption_button (self, "go-next-symbolic", "page.present-next");
  add_caption_button (self, "window-close-symbolic", "page.present-leave");
  gtk_widget_set_halign (self->caption, GTK_ALIGN_START);
  gtk_widget_set_valign (self->caption, GTK_ALIGN_END);
  gtk_widget_set_margin_start (self->caption, 12);
  gtk_widget_set_margin_end (self->caption, 12);
  gtk_widget_set_margin_bottom (self->caption, 12);
  gtk_overlay_add_overlay (self->overlay, self->caption);
}

static void
set_buttons (VantageTimelinePage *self)
{
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->canvas_button),
                                           "page.view::canvas");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->outline_button),
                                           "page.view::outline");
  vantage_shortcuts_set_button (self->zoom_out_button, "page.zoom-out");
  vantage_shortcuts_set_button (self->zoom_in_button, "page.zoom-in");
  vantage_shortcuts_set_button (self->fit_button, "page.fit");
  vantage_shortcuts_set_button (self->add_button, "page.add-event");
  vantage_shortcuts_set_button (self->link_button, "page.link");
  vantage_shortcuts_set_button (self->details_button, "page.details");
}

static void
vantage_timeline_page_constructed (GObject *object)
{
  VantageTimelinePage *self = VANTAGE_TIMELINE_PAGE (object);

  G_OBJECT_CLASS (vantage_timeline_page_parent_class)->constructed (object);
  self->feed = vantage_timeline_feed_new (get_context (self));
  self->selection = vantage_timeline_selection_new ();
  fill_stack (self);
  add_details (self);
  vantage_timeline_page_add_actions (self);
  vantage_timeline_page_add_clipboard (self);
  vantage_timeline_page_add_standing (self);
  add_caption (self);
  vantage_timeline_page_add_views (self);
  set_buttons (self);
  g_signal_connect_object (self->feed, "changed", G_CALLBACK (feed_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  feed_changed_cb (self);
}

/* A popover that had the focus is kept by its window: it lets go of everything all the same. */
static void
drop_popover (GtkWidget **popover)
{
  g_autoptr (GtkWidget) old = *popover != NULL ? g_object_ref (*popover) : NULL;

  g_clear_pointer (popover, gtk_widget_unparent);
  if (old != NULL)
    g_object_run_dispose (G_OBJECT (old));
}

static void
vantage_timeline_page_dispose (GObject *object)
{
  VantageTimelinePage *self = VANTAGE_TIMELINE_PAGE (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  drop_popover ((GtkWidget **) &self->filter);
  drop_popover ((GtkWidget **) &self->views);
  if (self->feed != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->feed, self);
      vantage_timeline_feed_set_keep (self->feed, NULL, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), VANTAGE_TYPE_TIMELINE_PAGE);
  g_clear_pointer (&self->later, g_hash_table_unref);
  g_clear_object (&self->feed);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (vantage_timeline_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, canvas_button);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, outline_button);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, zoom_out_button);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, zoom_in_button);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, fit_button);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, add_button);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, link_button);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, details_button);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, view_button);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, find_bar);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, find_entry);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, find_count);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, strip);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, strip_label);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, flap);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, overlay);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, stack);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, status);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, bar);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, filter_strip);
  gtk_widget_class_bind_template_child (klass, VantageTimelinePage, filter_label);
  gtk_widget_class_bind_template_callback (klass, find_changed_cb);
  gtk_widget_class_bind_template_callback (klass, find_next_cb);
  gtk_widget_class_bind_template_callback (klass, find_stop_cb);
}

static void
vantage_timeline_page_class_init (VantageTimelinePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  VantagePageClass *page_class = VANTAGE_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = vantage_timeline_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = vantage_timeline_page_dispose;
  page_class->go_to = vantage_timeline_page_go_to;
  page_class->find = vantage_timeline_page_find;
  page_class->escape = vantage_timeline_page_escape;
  page_class->save_state = vantage_timeline_page_save_state;
  page_class->restore_state = vantage_timeline_page_restore_state;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/vantage/Vantage/vantage-timeline-page.ui");
  bind_children (widget_class);
}

static void
vantage_timeline_page_init (VantageTimelinePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
