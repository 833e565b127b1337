/* vantage-canvas-keys.c: the canvas by keyboard: one tab stop, and the focus roves inside. */

#include "config.h"

#include <string.h>

#include "vantage-canvas-parts.h"
#include "vantage-timeline-edits.h"

#define PAN_PX 80
#define TICK_PX 62

static VantageTimelineEvent *
get_focus (VantageCanvas *self)
{
  return vantage_timeline_feed_find (self->feed,
                                     vantage_timeline_selection_get_focus (self->selection), NULL);
}

/* The lane in which the event with the focus is looked at. */
static guint32
get_focus_lane (VantageCanvas *self, VantageTimelineEvent *event)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && VANTAGE_IS_EVENT_CARD (focus) &&
      vantage_event_card_get_event (VANTAGE_EVENT_CARD (focus)) == event)
    return vantage_event_card_get_lane (VANTAGE_EVENT_CARD (focus));
  return event->shape.lane;
}

static void
go_to (VantageCanvas *self, guint32 slot, gboolean extend)
{
  g_autofree char *id = g_strdup (
      vantage_timeline_event_get_id (vantage_timeline_feed_get_at_slot (self->feed, slot)));

  if (extend)
    vantage_timeline_selection_add (self->selection, id);
  else
    vantage_timeline_selection_set (self->selection, id);
  vantage_canvas_show (self, id);
}

static gboolean
is_waiting (VantageTimelineEvent *event)
{
  gint64 us, end;

  return !vantage_canvas_event_get_place (&event->shape, &us, &end);
}

/* Among the cards of the shelf, and up from them. */
static gboolean
step_on_shelf (VantageCanvas *self, guint32 index, VantageStep step, guint32 *out_index)
{
  guint n, n_cards;
  const VantageCanvasWaiting *waiting = vantage_canvas_layout_get_waiting (self->layout, &n);
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (self->layout, &n_cards);
  guint at = 0;

  while (at < n && waiting[at].event != index)
    at++;
  if (step == VANTAGE_STEP_UP && n_cards > 0)
    {
      *out_index = cards[n_cards - 1].event;
      return TRUE;
    }
  if (step == VANTAGE_STEP_EARLIER && at > 0)
    at--;
  else if (step == VANTAGE_STEP_LATER)
    at++;
  else if (step == VANTAGE_STEP_FIRST)
    at = 0;
  else if (step == VANTAGE_STEP_LAST)
    at = n - 1;
  else
    return FALSE;
  if (at >= n)
    return FALSE;
  *out_index = waiting[at].event;
  return TRUE;
}

/* With nothing picked the arrows begin at the first card in view. */
static gboolean
find_first (VantageCanvas *self, guint32 *out_index)
{
  guint n;
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (self->layout, &n);

  for (guint i = 0; i < n; i++)
    if (cards[i].rect.x >= 0 && cards[i].rect.x < self->area.size.width)
      {
        *out_index = cards[i].event;
        return TRUE;
      }
  return FALSE;
}

void
vantage_canvas_step (VantageCanvas *self, VantageStep step, gboolean extend)
{
  guint32 lane, to, to_lane;
  VantageTimelineEvent *event = get_focus (self);
  guint n;
  const VantageCanvasWaiting *waiting = vantage_canvas_layout_get_waiting (self->layout, &n);

  if (event == NULL)
    {
      if (find_first (self, &to))
        go_to (self, to, extend);
      return;
    }
  if (is_waiting (event))
    {
      if (step_on_shelf (self, event->slot, step, &to))
        go_to (self, to, extend);
      return;
    }
  lane = get_focus_lane (self, event);
  if (vantage_canvas_layout_step (self->layout, event->slot, lane, step, &to, &to_lane))
    go_to (self, to, extend);
  else if (step == VANTAGE_STEP_DOWN && n > 0)
    go_to (self, waiting[0].event, extend);
}

void
vantage_canvas_follow_link (VantageCanvas *self, gboolean forward)
{
  GArray *links = vantage_timeline_feed_get_links (self->feed);
  GPtrArray *events = vantage_timeline_feed_get_events (self->feed);
  const VantageTimelineEvent *focus = get_focus (self);

  if (focus == NULL)
    return;
  for (guint i = 0; i < links->len; i++)
    {
      const VantageTimelineLink *link = &g_array_index (links, VantageTimelineLink, i);

      if ((forward ? link->from : link->to) == focus->place)
        {
          vantage_viewport_mark_place (self->viewport);
          go_to (self,
                 ((VantageTimelineEvent *) events->pdata[forward ? link->to : link->from])->slot,
                 FALSE);
          return;
        }
    }
}

/* The next lane that is shown, or the same. */
static guint32
find_next_lane (VantageCanvas *self, guint32 lane, int lanes)
{
  guint n, at = 0;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n);

  while (at < n && bands[at].lane != lane)
    at++;
  if (at == n || (int) at + lanes < 0 || (int) at + lanes >= (int) n)
    return lane;
  return bands[(int) at + lanes].lane;
}

void
vantage_canvas_nudge (VantageCanvas *self, int steps, int lanes)
{
  g_auto (GStrv) ids = vantage_timeline_selection_dup_ids (self->selection);
  g_autofree char *focus = g_strdup (vantage_timeline_selection_get_focus (self->selection));
  VantageTimelineEvent *event = get_focus (self);
  VantageTimeScale scale;
  gint64 us, end, delta;
  guint32 from, to;

  if (event == NULL || ids[0] == NULL)
    return;
  vantage_viewport_get_scale (self->viewport, &scale);
  from = get_focus_lane (self, event);
  to = lanes != 0 ? find_next_lane (self, from, lanes) : from;
  if (!vantage_canvas_event_get_place (&event->shape, &us, &end))
    us = vantage_canvas_get_us (self, self->area.origin.x + self->area.size.width / 2.0);
  delta = steps * vantage_ticks_get_step (&scale, us, TICK_PX);
  if (delta == 0 && from == to)
    return;
  vantage_timeline_move (self->feed, (const char *const *) ids, delta,
                         steps != 0 ? us : VANTAGE_TIME_NONE, from, to);
  vantage_canvas_show (self, focus);
}

/* ---- keys ---- */

static gboolean
pan_by_key (VantageCanvas *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_Left:
      vantage_viewport_pan (self->viewport, -PAN_PX, 0);
      return TRUE;
    case GDK_KEY_Right:
      vantage_viewport_pan (self->viewport, PAN_PX, 0);
      return TRUE;
    case GDK_KEY_Up:
      vantage_viewport_pan (self->viewport, 0, -PAN_PX);
      return TRUE;
    case GDK_KEY_Down:
      vantage_viewport_pan (self->viewport, 0, PAN_PX);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
step_by_key (VantageCanvas *self, guint key, gboolean extend)
{
  switch (key)
    {
    case GDK_KEY_Left:
      vantage_canvas_step (self, VANTAGE_STEP_EARLIER, extend);
      return TRUE;
    case GDK_KEY_Right:
      vantage_canvas_step (self, VANTAGE_STEP_LATER, extend);
      return TRUE;
    case GDK_KEY_Up:
      vantage_canvas_step (self, VANTAGE_STEP_UP, extend);
      return TRUE;
    case GDK_KEY_Down:
      vantage_canvas_step (self, VANTAGE_STEP_DOWN, extend);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (VantageCanvas *self, guint key, guint code, GdkModifierType state)
{
  const char *focus = vantage_timeline_selection_get_focus (self->selection);
  GdkModifierType mods = state & gtk_accelerator_get_default_mod_mask ();

  if (mods != 0 && mods != GDK_SHIFT_MASK)
    return FALSE;
  if (key == GDK_KEY_space && mods == 0)
    {
      if (focus == NULL)
        vantage_canvas_step (self, VANTAGE_STEP_FIRST, FALSE);
      else
        {
          g_autofree char *id = g_strdup (focus);

          vantage_timeline_selection_toggle (self->selection, id);
        }
      return TRUE;
    }
  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && mods == 0 && focus != NULL)
    {
      vantage_canvas_emit_activate (self, focus);
      return TRUE;
    }
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && mods == GDK_SHIFT_MASK))
    {
      GdkRectangle area = { 40, 40, 1, 1 };

      vantage_canvas_get_card_area (self, focus, &area);
      vantage_canvas_emit_menu (self, focus, area.x + area.width / 2.0, area.y + area.height);
      return TRUE;
    }
  if (focus == NULL && mods == 0)
    return pan_by_key (self, key);
  return step_by_key (self, key, mods == GDK_SHIFT_MASK);
}

void
vantage_canvas_add_keys (VantageCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* One stop: in to the card that had the focus, out from whichever has it. */
gboolean
vantage_canvas_move_focus (VantageCanvas *self, GtkDirectionType direction)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const char *focus = vantage_timeline_selection_get_focus (self->selection);
  VantageEventCard *card;
  guint32 index;

  if (gtk_widget_get_focus_child (widget) != NULL || gtk_widget_is_focus (widget))
    return FALSE;
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return gtk_widget_grab_focus (widget);
  card = focus != NULL ? vantage_canvas_find_card (self, focus) : NULL;
  if (card == NULL && focus == NULL && find_first (self, &index))
    {
      go_to (self, index, FALSE);
      return TRUE;
    }
  return gtk_widget_grab_focus (card != NULL ? GTK_WIDGET (card) : widget);
}
