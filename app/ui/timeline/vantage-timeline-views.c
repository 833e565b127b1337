/* vantage-timeline-views.c: what of the timeline is shown: filter, saved views, presenting. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-line-popover.h"
#include "vantage-review-view.h"
#include "vantage-timeline-page-private.h"

static VantageReviewContext *
get_context (VantageTimelinePage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

/* ---- filter ---- */

static const char *
find_person (const char *person, gpointer data)
{
  const VantagePerson *known = vantage_review_context_find_person (get_context (data), person);

  return known != NULL ? known->id : NULL;
}

static const char *
find_source (const char *item, gpointer data)
{
  const VantageItem *found =
      vantage_timeline_feed_get_item (VANTAGE_TIMELINE_PAGE (data)->feed, item);

  return found != NULL ? found->source : NULL;
}

static gboolean
keep_cb (VantageEntity *event, gpointer data)
{
  VantageTimelinePage *self = data;
  const VantageEventLookup lookup = { find_person, find_source, self };

  return vantage_event_filter_matches (vantage_filter_popover_get (self->filter), event, &lookup);
}

static void
show_filter (VantageTimelinePage *self)
{
  guint n = vantage_timeline_feed_get_events (self->feed)->len;
  guint all = n + vantage_timeline_feed_get_n_left_out (self->feed);
  g_autofree char *words = vantage_filter_popover_dup_words (self->filter);
  g_autofree char *text =
      /* translators: how many events are shown of how many, and by which filter */
      g_strdup_printf (_ ("%u of %u events: %s"), n, all, words);
  gboolean is_empty = vantage_event_filter_is_empty (vantage_filter_popover_get (self->filter));

  gtk_label_set_text (self->filter_label, text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->filter_strip), !is_empty);
}

static void
filter_changed_cb (VantageTimelinePage *self)
{
  gboolean is_empty = vantage_event_filter_is_empty (vantage_filter_popover_get (self->filter));

  vantage_timeline_feed_set_keep (self->feed, is_empty ? NULL : keep_cb, self);
  show_filter (self);
}

static void
popup (VantageTimelinePage *self, gpointer popover)
{
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
ask_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  popup (data, VANTAGE_TIMELINE_PAGE (data)->filter);
}

static void
clear_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const VantageEventFilter none = { 0 };

  vantage_filter_popover_set (VANTAGE_TIMELINE_PAGE (data)->filter, &none);
}

GHashTable *
vantage_timeline_page_list_kept (VantageTimelinePage *self)
{
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);
  GHashTable *ids;

  if (vantage_event_filter_is_empty (vantage_filter_popover_get (self->filter)))
    return NULL;
  ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < events->len; i++)
    g_hash_table_add (ids, g_strdup (vantage_timeline_event_get_id (events->pdata[i])));
  return ids;
}

/* ---- saving a view ---- */

/* Which folds are open, as the canvas tells it: from its sixth word on. */
static void
save_folds (VantageTimelinePage *self, VantageEdit *edit, const char *view)
{
  g_autofree char *state = vantage_canvas_save_state (self->canvas);
  g_auto (GStrv) parts = g_strsplit (state, " ", -1);

  if (g_strcmp0 (parts[0], "1") != 0 || g_strv_length (parts) < 6)
    return;
  if (strcmp (parts[5], "1") == 0)
    vantage_edit_set_member (edit, "view", view, "folds", "none", TRUE);
  for (guint i = 6; parts[i] != NULL; i++)
    {
      g_autofree char *open = g_strconcat ("open ", parts[i], NULL);

      vantage_edit_set_member (edit, "view", view, "folds", open, TRUE);
    }
}

static char *
save_view (VantageTimelinePage *self, const char *title, gboolean as_step)
{
  VantageViewport *viewport = vantage_canvas_get_viewport (self->canvas);
  const VantageEventFilter *filter = vantage_filter_popover_get (self->filter);
  const char *person = vantage_standing_strip_get_person (self->standing);
  g_autoptr (GPtrArray) views = vantage_views_list (get_context (self));
  g_autoptr (VantageEdit) edit = vantage_review_context_begin (get_context (self), _ ("Save View"));
  const char *id = vantage_edit_create (edit, "view");
  g_autofree char *text = vantage_event_filter_to_text (filter);
  guint n_steps = 0;

  for (guint i = 0; i < views->len; i++)
    n_steps += vantage_view_get_step (views->pdata[i]) > 0;
  vantage_edit_set_text (edit, "view", id, "title", title);
  vantage_edit_set_time (edit, "view", id, "from", vantage_viewport_get_begin (viewport));
  vantage_edit_set_time (edit, "view", id, "until", vantage_viewport_get_end (viewport));
  if (text[0] != '\0')
    vantage_edit_set_text (edit, "view", id, "filter", text);
  if (filter->person != NULL)
    vantage_edit_set_member (edit, "view", id, "lanes", filter->person, TRUE);
  if (person != NULL)
    {
      vantage_edit_set_ref (edit, "view", id, "person", person);
      vantage_edit_set_time (edit, "view", id, "moment",
                             vantage_standing_strip_get_us (self->standing));
    }
  if (as_step)
    vantage_edit_set_int (edit, "view", id, "step", n_steps + 1);
  save_folds (self, edit, id);
  return vantage_review_context_commit (get_context (self), edit) ? g_strdup (id) : NULL;
}

static char *
take_view_title (const char *text, gpointer data)
{
  g_autofree char *id = save_view (data, text, FALSE);

  return NULL;
}

static char *
take_step_title (const char *text, gpointer data)
{
  g_autofree char *id = save_view (data, text, TRUE);

  return NULL;
}

static void
ask_title (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  gboolean step = strcmp (g_action_get_name (G_ACTION (action)), "add-step") == 0;
  const VantageLineQuestion ask = { step ? _ ("Title of the step") : _ ("Title of the view"), NULL,
                                    step
                                        ? _ ("Shown below it when it is presented.")
                                        : _ ("Keeps this stretch, the filter and where you stand."),
                                    NULL };
  GdkRectangle area;
  GtkWidget *anchor = vantage_timeline_page_get_anchor (self, NULL, &area);

  gtk_popover_popdown (GTK_POPOVER (self->views));
  vantage_line_popover_ask (anchor, &area, &ask, step ? take_step_title : take_view_title, self,
                            NULL);
}

/* ---- going to a view ---- */

static void
restore_folds (VantageTimelinePage *self, VantageEntity *view)
{
  g_autoptr (GPtrArray) folds = vantage_entity_list_set (view, "folds");
  g_autofree char *state = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) text = g_string_new ("1");

  vantage_canvas_set_all_folds (self->canvas, TRUE);
  state = vantage_canvas_save_state (self->canvas);
  parts = g_strsplit (state, " ", -1);
  if (folds->len == 0 || g_strcmp0 (parts[0], "1") != 0 || g_strv_length (parts) < 6)
    return;
  for (guint i = 1; i < 5; i++)
    g_string_append_printf (text, " %s", parts[i]);
  g_string_append (text, vantage_entity_has_member (view, "folds", "none") ? " 1" : " 0");
  for (guint i = 0; i < folds->len; i++)
    if (g_str_has_prefix (folds->pdata[i], "open "))
      g_string_append_printf (text, " %s", (const char *) folds->pdata[i] + strlen ("open "));
  vantage_canvas_restore_state (self->canvas, text->str);
}

static gboolean
go_to_view (VantageTimelinePage *self, const char *id)
{
  VantageReviewContext *context = get_context (self);
  VantageViewport *viewport = vantage_canvas_get_viewport (self->canvas);
  g_autoptr (VantageEntity) view =
      vantage_library_get (vantage_review_context_get_library (context),
                           vantage_review_context_get_review_id (context), "view", id, NULL);
  g_auto (VantageEventFilter) filter = { 0 };
  const char *person;
  VantageSpan span;

  if (view == NULL || vantage_entity_is_deleted (view))
    return FALSE;
  vantage_event_filter_parse (vantage_entity_get_text (view, "filter"), &filter);
  vantage_filter_popover_set (self->filter, &filter);
  restore_folds (self, view);
  span.begin_us = vantage_entity_get_time (view, "from");
  span.end_us = vantage_entity_get_time (view, "until");
  if (span.begin_us != VANTAGE_TIME_NONE && span.end_us > span.begin_us)
    {
      vantage_viewport_mark_place (viewport);
      vantage_viewport_fit (viewport, &span, 0);
    }
  person = vantage_entity_get_ref (view, "person");
  if (person != NULL && vantage_entity_get_time (view, "moment") != VANTAGE_TIME_NONE)
    vantage_standing_strip_stand (self->standing, person, vantage_entity_get_time (view, "moment"));
  else
    vantage_standing_strip_leave (self->standing);
  return TRUE;
}

static void
view_chosen_cb (VantageTimelinePage *self, const char *id)
{
  go_to_view (self, id);
}

static void
show_views (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  popup (data, VANTAGE_TIMELINE_PAGE (data)->views);
}

/* ---- presenting ---- */

static GPtrArray *
list_steps (VantageTimelinePage *self)
{
  GPtrArray *views = vantage_views_list (get_context (self));

  while (views->len > 0 && vantage_view_get_step (views->pdata[views->len - 1]) == 0)
    g_ptr_array_remove_index (views, views->len - 1);
  return views;
}

static void
enable (VantageTimelinePage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (
      G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
show_step (VantageTimelinePage *self)
{
  g_autoptr (GPtrArray) steps = list_steps (self);
  g_autofree char *text = NULL;

  if (steps->len == 0)
    text = g_strdup (vantage_review_context_get_title (get_context (self)));
  else
    {
      VantageEntity *view;

      self->step = MIN (self->step, steps->len - 1);
      view = steps->pdata[self->step];
      /* translators: number of a step, how many there are, and its title */
      text = g_strdup_printf (
          _ ("%u of %u · %s"), self->step + 1, steps->len,
          vantage_entity_get_title (view) != NULL ? vantage_entity_get_title (view) : "");
      go_to_view (self, vantage_entity_get_id (view));
    }
  gtk_label_set_text (self->step_label, text);
  enable (self, "present-back", self->presenting && self->step > 0);
  enable (self, "present-next", self->presenting && self->step + 1 < steps->len);
}

static void
show_bars (VantageTimelinePage *self)
{
  gtk_widget_set_visible (self->bar, !self->presenting);
  gtk_widget_set_visible (self->strip, !self->presenting);
  gtk_widget_set_visible (GTK_WIDGET (self->status), !self->presenting);
  gtk_widget_set_visible (self->filter_strip, !self->presenting);
  gtk_widget_set_visible (self->caption, self->presenting);
  if (self->presenting)
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
set_presenting (VantageTimelinePage *self, gboolean presenting)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), VANTAGE_TYPE_REVIEW_VIEW);

  if (self->presenting == presenting)
    return;
  self->presenting = presenting;
  if (presenting)
    gtk_window_fullscreen (window);
  else
    gtk_window_unfullscreen (window);
  vantage_review_view_set_focus_mode (VANTAGE_REVIEW_VIEW (view), presenting);
  show_bars (self);
  if (presenting)
    {
      self->step = 0;
      g_action_group_change_action_state (
          G_ACTION_GROUP (vantage_page_get_actions (VANTAGE_PAGE (self))), "view",
          g_variant_new_string ("canvas"));
      gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
    }
  else
    vantage_standing_strip_leave (self->standing);
  enable (self, "present-leave", presenting);
  if (presenting)
    show_step (self);
  else
    {
      enable (self, "present-back", FALSE);
      enable (self, "present-next", FALSE);
    }
}

gboolean
vantage_timeline_page_stop_presenting (VantageTimelinePage *self)
{
  gboolean was = self->presenting;

  set_presenting (self, FALSE);
  return was;
}

static void
present (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;

  gtk_popover_popdown (GTK_POPOVER (self->views));
  set_presenting (self, TRUE);
}

static void
present_leave (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_presenting (data, FALSE);
}

static void
present_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;

  if (strcmp (g_action_get_name (G_ACTION (action)), "present-next") == 0)
    self->step++;
  else if (self->step > 0)
    self->step--;
  show_step (self);
}

/* ---- all ---- */

void
vantage_timeline_page_add_views (VantageTimelinePage *self)
{
  static const GActionEntry entries[] = {
    { "filter", ask_filter },
    { "clear-filter", clear_filter },
    { "views", show_views },
    { "save-view", ask_title },
    { "add-step", ask_title },
    { "present", present },
    { "present-next", present_step },
    { "present-back", present_step },
    { "present-leave", present_leave },
  };
  static const char *const of_presenting[] = { "present-next", "present-back", "present-leave" };

  g_action_map_add_action_entries (G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (of_presenting); i++)
    enable (self, of_presenting[i], FALSE);
  self->filter = VANTAGE_FILTER_POPOVER (vantage_filter_popover_new (get_context (self)));
  self->views = VANTAGE_VIEWS_POPOVER (vantage_views_popover_new (get_context (self)));
  gtk_widget_set_parent (GTK_WIDGET (self->filter), GTK_WIDGET (self->view_button));
  gtk_widget_set_parent (GTK_WIDGET (self->views), GTK_WIDGET (self->view_button));
  gtk_widget_hide (self->caption);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "chosen", G_CALLBACK (view_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "changed", G_CALLBACK (show_filter), self,
                           G_CONNECT_SWAPPED);
}
