/* vantage-timeline-actions.c: every command of the timeline. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vantage-accounts-window.h"
#include "vantage-line-popover.h"
#include "vantage-link-popover.h"
#include "vantage-picture-window.h"
#include "vantage-shortcuts.h"
#include "vantage-time-text.h"
#include "vantage-timeline-edits.h"
#include "vantage-timeline-page-private.h"
#include "vantage-timeline-picture.h"

#define ZOOM_STEP 1.5

static VantageReviewContext *
get_context (VantageTimelinePage *self)
{
  return vantage_page_get_context (VANTAGE_PAGE (self));
}

static const char *
get_focus (VantageTimelinePage *self)
{
  return vantage_timeline_selection_get_focus (self->selection);
}

GtkWidget *
vantage_timeline_page_get_anchor (VantageTimelinePage *self, const char *id, GdkRectangle *out)
{
  GtkWidget *widget = vantage_timeline_page_is_outline (self) ? GTK_WIDGET (self->outline)
                      : vantage_timeline_feed_get_events (self->feed)->len == 0
                          ? self->empty
                          : GTK_WIDGET (self->canvas);

  if (widget == GTK_WIDGET (self->canvas) && id != NULL &&
      vantage_canvas_get_card_area (self->canvas, id, out))
    return widget;
  *out =
      (GdkRectangle){ gtk_widget_get_width (widget) / 2, gtk_widget_get_height (widget) / 3, 1, 1 };
  return widget;
}

/* ---- what is asked in place ---- */

typedef struct
{
  VantageTimelinePage *page; /* lives longer than its popovers */
  char *event;
  char *other;
  guint32 lane;
  gint64 us;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_free (question->event);
  g_free (question->other);
  g_free (question);
}

static char *
take_new_event (const char *text, gpointer data)
{
  Question *question = data;
  g_autofree char *id =
      vantage_timeline_add_event (question->page->feed, text, question->lane, question->us);

  if (id != NULL)
    vantage_timeline_page_reveal (question->page, id);
  return NULL;
}

void
vantage_timeline_page_ask_event (VantageTimelinePage *self, guint32 lane, gint64 us)
{
  GPtrArray *lanes = vantage_timeline_feed_get_lanes (self->feed);
  Question *question = g_new0 (Question, 1);
  g_autofree char *time = vantage_zone_format (vantage_review_context_get_zone (get_context (self)),
                                               us, VANTAGE_SHOW_MINUTE);
  g_autofree char *hint = NULL;
  VantageLineQuestion ask = { _ ("What happened?"), _ ("Title of the event"), NULL, NULL };
  GdkRectangle area;
  GtkWidget *anchor = vantage_timeline_page_get_anchor (self, NULL, &area);

  question->page = self;
  question->lane = lane;
  question->us = us;
  if (lane < lanes->len)
    /* translators: where a new event goes: a time, and a person */
    hint = g_strdup_printf (_ ("At %s, in the lane of %s. Enter adds it."), time,
                            ((VantageTimelineLane *) lanes->pdata[lane])->name);
  else
    hint = g_strdup_printf (_ ("At %s. Enter adds it."), time);
  ask.hint = hint;
  if (anchor == GTK_WIDGET (self->canvas))
    vantage_canvas_get_spot (self->canvas, lane, us, &area);
  vantage_line_popover_ask (anchor, &area, &ask, take_new_event, question, free_question);
}

static void
add_event (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  guint32 lane;
  gint64 us;

  vantage_canvas_get_place (self->canvas, &lane, &us);
  vantage_timeline_page_ask_event (self, lane, us);
}

static char *
take_when (const char *text, gpointer data)
{
  Question *question = data;
  char *problem = NULL;

  if (vantage_timeline_say_when (question->page->feed, question->event, text, question->other,
                                 &problem))
    vantage_timeline_page_reveal (question->page, question->event);
  return problem;
}

/* With two events selected, "10 min before" speaks of the other one. */
static char *
dup_other (VantageTimelinePage *self)
{
  g_auto (GStrv) ids = vantage_timeline_selection_dup_ids (self->selection);

  if (g_strv_length (ids) != 2)
    return NULL;
  return g_strdup (g_strcmp0 (ids[0], get_focus (self)) == 0 ? ids[1] : ids[0]);
}

static void
say_when (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  VantageLineQuestion ask = { _ ("When was it?"), _ ("about 02:10"),
                              _ ("Or “between 2 and 3”, “10 min before the page”, “unknown”."),
                              NULL };
  Question *question;
  GdkRectangle area;
  GtkWidget *anchor;

  if (get_focus (self) == NULL)
    return;
  question = g_new0 (Question, 1);
  question->page = self;
  question->event = g_strdup (get_focus (self));
  question->other = dup_other (self);
  anchor = vantage_timeline_page_get_anchor (self, question->event, &area);
  vantage_line_popover_ask (anchor, &area, &ask, take_when, question, free_question);
}

static char *
take_title (const char *text, gpointer data)
{
  Question *question = data;

  vantage_timeline_rename (question->page->feed, question->event, text);
  return NULL;
}

static void
rename_event (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, get_focus (self), NULL);
  VantageLineQuestion ask = { _ ("Title of the event"), NULL, NULL, NULL };
  Question *question;
  GdkRectangle area;
  GtkWidget *anchor;

  if (event == NULL)
    return;
  question = g_new0 (Question, 1);
  question->page = self;
  question->event = g_strdup (get_focus (self));
  ask.text = vantage_entity_get_text (event->entity, "title");
  anchor = vantage_timeline_page_get_anchor (self, question->event, &area);
  vantage_line_popover_ask (anchor, &area, &ask, take_title, question, free_question);
}

static void
link_event (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  g_autofree char *other = dup_other (self);
  g_autofree char *from = g_strdup (get_focus (self));
  guint32 a, b;
  GdkRectangle area;
  GtkWidget *anchor;

  if (from == NULL)
    return;
  /* Of two, the earlier leads to the later. */
  if (vantage_timeline_feed_find (self->feed, from, &a) != NULL &&
      vantage_timeline_feed_find (self->feed, other, &b) != NULL && b < a)
    {
      char *swap = from;

      from = other;
      other = swap;
    }
  anchor = vantage_timeline_page_get_anchor (self, from, &area);
  vantage_link_popover_ask (anchor, &area, self->feed, from, other);
}

/* ---- on what is selected ---- */

static void
delete_events (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  g_auto (GStrv) ids = vantage_timeline_selection_dup_ids (self->selection);

  if (ids[0] == NULL)
    return;
  vantage_timeline_selection_set (self->selection, NULL);
  vantage_timeline_delete (self->feed, (const char *const *) ids);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
duplicate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  g_auto (GStrv) ids = vantage_timeline_selection_dup_ids (self->selection);
  g_auto (GStrv) copies =
      ids[0] != NULL ? vantage_timeline_duplicate (self->feed, (const char *const *) ids) : NULL;

  if (copies != NULL)
    vantage_timeline_selection_set_all (self->selection, (const char *const *) copies);
}

static void
select_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (ids, (gpointer) vantage_timeline_event_get_id (events->pdata[i]));
  g_ptr_array_add (ids, NULL);
  vantage_timeline_selection_set_all (self->selection, (const char *const *) ids->pdata);
}

/* What is selected in the evidence becomes events, or is cited by the event that has the focus. */
static void
add_evidence (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  const char *const *items = vantage_review_context_get_selection (get_context (self));
  g_auto (GStrv) made = NULL;

  if (items[0] == NULL)
    {
      vantage_review_context_tell (get_context (self),
                                   _ ("Select evidence in Sources first, or drag it here."));
      return;
    }
  made = vantage_timeline_add_items (get_context (self), items, NULL);
  if (made == NULL)
    return;
  vantage_timeline_feed_update (self->feed);
  vantage_timeline_page_reveal (self, made[0]);
}

static void
cite_evidence (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  const char *const *items = vantage_review_context_get_selection (get_context (self));

  if (items[0] != NULL && get_focus (self) != NULL)
    vantage_timeline_cite (get_context (self), get_focus (self), items);
}

/* "earlier", "later", "up", "down" */
static void
move_event (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (strcmp (name, "move-earlier") == 0)
    vantage_canvas_nudge (self->canvas, -1, 0);
  else if (strcmp (name, "move-later") == 0)
    vantage_canvas_nudge (self->canvas, 1, 0);
  else
    vantage_canvas_nudge (self->canvas, 0, strcmp (name, "move-up") == 0 ? -1 : 1);
}

/* ---- looking ---- */

static void
zoom (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  gboolean in = strcmp (g_action_get_name (G_ACTION (action)), "zoom-in") == 0;

  vantage_canvas_zoom (self->canvas, in ? ZOOM_STEP : 1 / ZOOM_STEP);
}

static void
fit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;

  if (strcmp (g_action_get_name (G_ACTION (action)), "fit") == 0)
    vantage_canvas_fit (self->canvas);
  else
    vantage_canvas_fit_review (self->canvas);
}

static void
fold (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_canvas_toggle_fold (VANTAGE_TIMELINE_PAGE (data)->canvas);
}

static void
fold_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;

  vantage_canvas_set_all_folds (self->canvas,
                                strcmp (g_action_get_name (G_ACTION (action)), "fold-all") == 0);
}

static void
go_end (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  gboolean first = strcmp (g_action_get_name (G_ACTION (action)), "first") == 0;

  vantage_canvas_step (self->canvas, first ? VANTAGE_STEP_FIRST : VANTAGE_STEP_LAST, FALSE);
}

static void
follow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;

  vantage_canvas_follow_link (self->canvas,
                              strcmp (g_action_get_name (G_ACTION (action)), "link-on") == 0);
}

static void
find_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_timeline_page_find_next (data);
}

static void
place_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageViewport *viewport = vantage_canvas_get_viewport (VANTAGE_TIMELINE_PAGE (data)->canvas);

  if (strcmp (g_action_get_name (G_ACTION (action)), "place-back") == 0)
    vantage_viewport_go_back (viewport);
  else
    vantage_viewport_go_forward (viewport);
}

static void
show_contradiction (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  GPtrArray *list = vantage_times_get_contradictions (vantage_timeline_feed_get_times (self->feed));
  const VantageContradiction *one;

  if (list->len == 0)
    return;
  one = list->pdata[self->contradiction++ % list->len];
  vantage_timeline_page_reveal (self, one->set_aside->subject);
  vantage_timeline_page_show_side (self, "details");
}

/* ---- out ---- */

static void
export_picture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;
  VantageViewport *viewport = vantage_canvas_get_viewport (self->canvas);
  GPtrArray *lanes = vantage_timeline_feed_get_lanes (self->feed);
  VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, get_focus (self), NULL);
  VantagePictureScope scope = { .begin_us = vantage_viewport_get_begin (viewport),
                                .end_us = vantage_viewport_get_end (viewport),
                                .axis = vantage_viewport_get_axis (viewport) };
  g_autoptr (GHashTable) only = NULL;

  if (event != NULL)
    {
      const VantageTimelineLane *lane = lanes->pdata[event->shape.lane];

      scope.lane = lane->person != NULL ? lane->person
                   : lane->systems      ? VANTAGE_PICTURE_SYSTEMS
                                        : VANTAGE_PICTURE_NOBODY;
      scope.lane_name = lane->name;
    }
  only = vantage_timeline_page_list_kept (self);
  scope.only = only;
  vantage_picture_window_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->feed,
                               &scope);
}

static void
show_accounts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VantageTimelinePage *self = data;

  vantage_accounts_window_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->feed);
}

/* ---- states ---- */

static void
change_order (GSimpleAction *action, GVariant *state, gpointer data)
{
  g_simple_action_set_state (action, state);
  vantage_timeline_outline_set_by_lane (VANTAGE_TIMELINE_PAGE (data)->outline,
                                        g_variant_get_boolean (state));
}

static void
change_view (GSimpleAction *action, GVariant *state, gpointer data)
{
  VantageTimelinePage *self = data;
  gboolean outline = strcmp (g_variant_get_string (state, NULL), "outline") == 0;
  const char *focus = get_focus (self);

  g_simple_action_set_state (action, state);
  if (vantage_timeline_feed_get_events (self->feed)->len == 0 &&
      vantage_timeline_feed_get_n_left_out (self->feed) == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, outline ? "outline" : "canvas");
  if (focus != NULL && outline)
    vantage_timeline_outline_reveal (self->outline, focus);
}

static void
change_details (GSimpleAction *action, GVariant *state, gpointer data)
{
  VantageTimelinePage *self = data;

  if (g_variant_get_boolean (state))
    vantage_timeline_page_show_side (self, "details");
  else
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
flap_revealed_cb (VantageTimelinePage *self)
{
  GAction *action = g_action_map_lookup_action (
      G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), "details");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (adw_flap_get_reveal_flap (self->flap)));
}

static void
change_empty_lanes (GSimpleAction *action, GVariant *state, gpointer data)
{
  g_simple_action_set_state (action, state);
  vantage_canvas_set_empty_lanes (VANTAGE_TIMELINE_PAGE (data)->canvas,
                                  g_variant_get_boolean (state));
}

static void
collapse_lane (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  vantage_canvas_toggle_lane (VANTAGE_TIMELINE_PAGE (data)->canvas);
}

/* ---- menus ---- */

static GMenuModel *
new_view_menu (void)
{
  static const char *const folds[] = { "page.fold", "page.fold-all", "page.unfold-all", NULL };
  static const char *const places[] = { "page.fit", "page.fit-review", "page.place-back",
                                        "page.place-forward", NULL };
  static const char *const lanes[] = {
    "page.filter",          "page.views", "page.present", "page.empty-lanes", "page.collapse-lane",
    "page.outline-by-lane", NULL
  };
  static const char *const standing[] = { "page.stand-choose", "page.stand-why", "page.show-later",
                                          "page.accounts", NULL };
  static const char *const out[] = { "page.export-picture", NULL };
  static const char *const *const sections[] = { lanes, folds, places, standing, out };
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (GMenu) section = g_menu_new ();

      vantage_shortcuts_fill_menu (section, sections[i]);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static GMenuModel *
new_event_menu (void)
{
  static const char *const first[] = {
    "page.details",     "page.rename", "page.say-when", "page.link", "page.stand",
    "page.first-known", NULL
  };
  static const char *const add[] = { "page.add-event", "page.add-evidence", "page.gather",
                                     "page.cite-evidence", NULL };
  static const char *const remarks[] = { "page.tag", "page.note", "page.wonder", NULL };
  static const char *const clipboard[] = { "page.cut", "page.copy", "page.paste", NULL };
  static const char *const moves[] = { "page.move-earlier", "page.move-later", "page.move-up",
                                       "page.move-down", NULL };
  static const char *const last[] = { "page.duplicate", "page.delete", NULL };
  static const char *const *const sections[] = { first, remarks, add, clipboard, moves, last };
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (GMenu) section = g_menu_new ();

      vantage_shortcuts_fill_menu (section, sections[i]);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

void
vantage_timeline_page_popup_menu (VantageTimelinePage *self, double x, double y)
{
  GdkRectangle area = { (int) x, (int) y, 1, 1 };

  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) model = new_event_menu ();

      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self->stack));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &area);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* ---- all ---- */

static void
enable (VantageTimelinePage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (
      G_ACTION_MAP (vantage_page_get_actions (VANTAGE_PAGE (self))), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
vantage_timeline_page_update_actions (VantageTimelinePage *self)
{
  static const char *const of_selection[] = { "say-when",   "link",    "rename",    "delete",
                                              "duplicate",  "link-on", "link-back", "move-earlier",
                                              "move-later", "move-up", "move-down", "cite-evidence",
                                              "copy",       "cut",     "tag",       "note",
                                              "wonder" };
  gboolean any = get_focus (self) != NULL && vantage_timeline_selection_get_n (self->selection) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (of_selection); i++)
    enable (self, of_selection[i], any);
}

void
vantage_timeline_page_add_actions (VantageTimelinePage *self)
{
  static const GActionEntry entries[] = {
    { "add-event", add_event },
    { "add-evidence", add_evidence },
    { "cite-evidence", cite_evidence },
    { "say-when", say_when },
    { "rename", rename_event },
    { "link", link_event },
    { "delete", delete_events },
    { "duplicate", duplicate },
    { "select-all", select_all },
    { "move-earlier", move_event },
    { "move-later", move_event },
    { "move-up", move_event },
    { "move-down", move_event },
    { "zoom-in", zoom },
    { "zoom-out", zoom },
    { "fit", fit },
    { "fit-review", fit },
    { "fold", fold },
    { "collapse-lane", collapse_lane },
    { "fold-all", fold_all },
    { "unfold-all", fold_all },
    { "first", go_end },
    { "last", go_end },
    { "link-on", follow },
    { "link-back", follow },
    { "find-next", find_next },
    { "place-back", place_back },
    { "place-forward", place_back },
    { "show-contradiction", show_contradiction },
    { "export-picture", export_picture },
    { "accounts", show_accounts },
    { "outline-by-lane", NULL, NULL, "false", change_order },
    { "view", NULL, "s", "'canvas'", change_view },
    { "details", NULL, NULL, "false", change_details },
    { "empty-lanes", NULL, NULL, "true", change_empty_lanes },
  };
  GSimpleActionGroup *actions = vantage_page_get_actions (VANTAGE_PAGE (self));
  g_autoptr (GMenuModel) menu = new_view_menu ();
  GAction *lanes;

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  lanes = g_action_map_lookup_action (G_ACTION_MAP (actions), "empty-lanes");
  g_simple_action_set_state (G_SIMPLE_ACTION (lanes),
                             g_variant_new_boolean (vantage_canvas_get_empty_lanes (self->canvas)));
  gtk_menu_button_set_menu_model (self->view_button, menu);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (flap_revealed_cb), self,
                           G_CONNECT_SWAPPED);
}
