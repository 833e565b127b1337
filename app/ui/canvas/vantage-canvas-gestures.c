/* vantage-canvas-gestures.c: pointer and touch: panning, zooming, picking, dragging cards. */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "vantage-canvas-parts.h"
#include "vantage-timeline-edits.h"

#define CLICK_PX 4 /* further than this it is a drag */
#define SNAP_PX 6
#define TICK_PX 62
#define SCROLL_PX 48
#define ZOOM_STEP 1.25

/* ---- picking ---- */

static void
pick (VantageCanvas *self, const char *id, gboolean extend)
{
  VantageEventCard *card;

  if (extend)
    vantage_timeline_selection_toggle (self->selection, id);
  else if (!vantage_timeline_selection_has (self->selection, id))
    vantage_timeline_selection_set (self->selection, id);
  else
    vantage_timeline_selection_add (self->selection, id);
  card = vantage_canvas_find_card (self, id);
  gtk_widget_grab_focus (card != NULL ? GTK_WIDGET (card) : GTK_WIDGET (self));
}

static void
pick_area (VantageCanvas *self)
{
  const VantageCanvasDrag *drag = &self->drag;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  guint n;
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (self->layout, &n);
  VantageRect area = { vantage_canvas_to_view_x (self, drag->start_x + MIN (drag->x, 0)),
                       vantage_canvas_to_content_y (self, drag->start_y + MIN (drag->y, 0)),
                       fabs (drag->x), fabs (drag->y) };

  for (guint i = 0; i < n; i++)
    {
      const char *id = vantage_timeline_event_get_id (
          vantage_timeline_feed_get_at_slot (self->feed, cards[i].event));

      if (vantage_rect_meets (&area, &cards[i].rect) &&
          !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_ptr_array_add (ids, (gpointer) id);
    }
  g_ptr_array_add (ids, NULL);
  vantage_timeline_selection_set_all (self->selection, (const char *const *) ids->pdata);
}

/* ---- dragging cards ---- */

static double
snap (VantageCanvas *self, const VantageTimeScale *scale, double x)
{
  gint64 us = vantage_time_scale_get_us (scale, x);
  gint64 step = vantage_ticks_get_step (scale, us, TICK_PX);
  gint64 round = step > 0 ? (us + (us >= 0 ? step / 2 : -step / 2)) / step * step : us;
  double best = vantage_time_scale_get_x (scale, round), found;
  guint n;
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (self->layout, &n);

  for (guint i = 0; i < n; i++)
    if (fabs (cards[i].rect.x - x) < fabs (best - x) &&
        !vantage_timeline_selection_has (
            self->selection, vantage_timeline_event_get_id (
                                 vantage_timeline_feed_get_at_slot (self->feed, cards[i].event))))
      best = cards[i].rect.x;
  found = fabs (best - x) <= SNAP_PX ? best : x;
  return found;
}

static guint32
find_lane (VantageCanvas *self, double x, double y)
{
  VantageHit hit;
  const char *id;
  gboolean waiting;

  vantage_canvas_hit (self, x, y, &hit, &id, &waiting);
  return hit.lane;
}

/* What is half known stays within its window, whatever the pointer does. */
static void
drag_cards (VantageCanvas *self, gboolean free)
{
  VantageCanvasDrag *drag = &self->drag;
  VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, drag->id, NULL);
  VantageTimeScale scale;
  gint64 us, end;
  double x;
  guint32 lane = find_lane (self, drag->start_x + drag->x, drag->start_y + drag->y);

  if (event == NULL || !vantage_canvas_event_get_place (&event->shape, &us, &end))
    return;
  vantage_viewport_get_scale (self->viewport, &scale);
  x = vantage_time_scale_get_x (&scale, us) + drag->x;
  if (!free)
    x = snap (self, &scale, x);
  if (fabs (drag->x) < CLICK_PX)
    x = vantage_time_scale_get_x (&scale, us);
  vantage_timeline_find_move (event, vantage_time_scale_get_us (&scale, x) - us, &drag->us);
  drag->snapped_x =
      vantage_time_scale_get_x (&scale, drag->us) - vantage_time_scale_get_x (&scale, us);
  drag->to = lane != VANTAGE_CANVAS_NO_LANE ? lane : drag->from;
}

static void
drag_shelf (VantageCanvas *self, gboolean free)
{
  VantageCanvasDrag *drag = &self->drag;
  VantageTimeScale scale;
  double x = drag->start_x + drag->x, y = drag->start_y + drag->y, at;

  drag->us = VANTAGE_TIME_NONE;
  drag->to = find_lane (self, x, y);
  if (!vantage_canvas_is_in_area (self, x, y) || drag->to == VANTAGE_CANVAS_NO_LANE)
    return;
  vantage_viewport_get_scale (self->viewport, &scale);
  at = vantage_canvas_to_view_x (self, x);
  drag->us = vantage_time_scale_get_us (&scale, free ? at : snap (self, &scale, at));
}

/* One edge of a span goes along; the other stays where it is. */
static void
drag_edge (VantageCanvas *self, gboolean free)
{
  VantageCanvasDrag *drag = &self->drag;
  VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, drag->id, NULL);
  gboolean is_end = drag->sort == VANTAGE_DRAG_END;
  VantageTimeScale scale;
  gint64 begin, end;
  double x, from;

  if (event == NULL || !vantage_canvas_event_get_place (&event->shape, &begin, &end))
    return;
  vantage_viewport_get_scale (self->viewport, &scale);
  from = vantage_time_scale_get_x (&scale, is_end ? end : begin);
  x = from + drag->x;
  drag->us = vantage_time_scale_get_us (&scale, free ? x : snap (self, &scale, x));
  drag->us = is_end ? MAX (drag->us, begin) : MIN (drag->us, end);
  drag->snapped_x = vantage_time_scale_get_x (&scale, drag->us) - from;
}

static void
drop_cards (VantageCanvas *self)
{
  VantageCanvasDrag drag = self->drag;
  g_auto (GStrv) ids = vantage_timeline_selection_dup_ids (self->selection);
  VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, drag.id, NULL);
  gint64 us, end, delta = 0;

  if (drag.us == VANTAGE_TIME_NONE || event == NULL)
    return;
  if (vantage_canvas_event_get_place (&event->shape, &us, &end))
    delta = drag.us - us;
  if (delta == 0 && drag.from == drag.to && drag.sort == VANTAGE_DRAG_CARDS)
    return;
  if (vantage_timeline_move (self->feed, (const char *const *) ids, delta, drag.us, drag.from,
                             drag.to) > 0)
    vantage_review_context_tell (
        vantage_timeline_feed_get_context (self->feed),
        _ ("What is known of its time keeps it there. Press T to say otherwise."));
}

static void
end_drag (VantageCanvas *self)
{
  self->drag.sort = VANTAGE_DRAG_NONE;
  self->drag.moved = FALSE;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
vantage_canvas_cancel_drag (VantageCanvas *self)
{
  gboolean was = self->drag.sort != VANTAGE_DRAG_NONE && self->drag.moved;

  end_drag (self);
  return was;
}

/* ---- the drag gesture ---- */

static GdkModifierType
get_state (gpointer gesture)
{
  return gtk_event_controller_get_current_event_state (gesture);
}

static void
drag_begin_cb (VantageCanvas *self, double x, double y, GtkGesture *gesture)
{
  gboolean extend = (get_state (gesture) & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
  VantageCanvasDrag *drag = &self->drag;
  VantageDragSort edge;
  VantageHit hit;
  const char *id;
  gboolean waiting;

  vantage_canvas_hit (self, x, y, &hit, &id, &waiting);
  g_free (drag->id);
  *drag = (VantageCanvasDrag){ .start_x = x,
                               .start_y = y,
                               .us = VANTAGE_TIME_NONE,
                               .from = hit.lane,
                               .to = hit.lane,
                               .id = g_strdup (id) };
  edge = vantage_canvas_find_edge (self, x, y, &id);
  if (id != NULL && edge != VANTAGE_DRAG_NONE)
    {
      pick (self, drag->id, extend);
      drag->sort = edge;
      return;
    }
  if (id != NULL)
    {
      pick (self, drag->id, extend);
      drag->sort = waiting ? VANTAGE_DRAG_SHELF : VANTAGE_DRAG_CARDS;
      if (waiting)
        drag->from = vantage_timeline_feed_find (self->feed, drag->id, NULL)->shape.lane;
      return;
    }
  drag->sort =
      extend && vantage_canvas_is_in_area (self, x, y) ? VANTAGE_DRAG_MARQUEE : VANTAGE_DRAG_PAN;
  drag->extend = extend;
}

static void
drag_update_cb (VantageCanvas *self, double x, double y, GtkGesture *gesture)
{
  VantageCanvasDrag *drag = &self->drag;
  gboolean free = (get_state (gesture) & GDK_ALT_MASK) != 0;

  if (drag->sort == VANTAGE_DRAG_NONE)
    return;
  if (!drag->moved && hypot (x, y) < CLICK_PX)
    return;
  if (!drag->moved)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                     drag->sort == VANTAGE_DRAG_MARQUEE ? "crosshair"
                                     : drag->sort >= VANTAGE_DRAG_BEGIN ? "ew-resize"
                                                                        : "grabbing");
  drag->moved = TRUE;
  drag->x = x;
  drag->y = y;
  switch (drag->sort)
    {
    case VANTAGE_DRAG_PAN:
      vantage_viewport_pan (self->viewport, drag->last_x - x, drag->last_y - y);
      drag->last_x = x;
      drag->last_y = y;
      break;
    case VANTAGE_DRAG_CARDS:
      drag_cards (self, free);
      break;
    case VANTAGE_DRAG_SHELF:
      drag_shelf (self, free);
      break;
    case VANTAGE_DRAG_BEGIN:
    case VANTAGE_DRAG_END:
      drag_edge (self, free);
      break;
    default:
      break;
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
click (VantageCanvas *self)
{
  VantageHit hit;
  const char *id;
  gboolean waiting;

  if (self->drag.sort != VANTAGE_DRAG_PAN)
    return;
  vantage_canvas_hit (self, self->drag.start_x, self->drag.start_y, &hit, &id, &waiting);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (hit.sort == VANTAGE_HIT_FOLD)
    {
      self->pointer_inside = TRUE;
      self->pointer_x = self->drag.start_x;
      self->pointer_y = self->drag.start_y;
      vantage_canvas_toggle_fold (self);
    }
  else
    vantage_timeline_selection_set (self->selection, NULL);
}

static void
drag_end_cb (VantageCanvas *self, double x, double y, GtkGesture *gesture)
{
  VantageDragSort sort = self->drag.sort;

  if (!self->drag.moved)
    click (self);
  else if (sort == VANTAGE_DRAG_CARDS || sort == VANTAGE_DRAG_SHELF)
    drop_cards (self);
  else if (sort == VANTAGE_DRAG_MARQUEE)
    pick_area (self);
  else if ((sort == VANTAGE_DRAG_BEGIN || sort == VANTAGE_DRAG_END) &&
           self->drag.us != VANTAGE_TIME_NONE && self->drag.snapped_x != 0)
    vantage_timeline_resize (self->feed, self->drag.id, sort == VANTAGE_DRAG_END, self->drag.us);
  end_drag (self);
}

static void
drag_cancel_cb (VantageCanvas *self)
{
  end_drag (self);
}

/* ---- clicks ---- */

static void
pressed_cb (VantageCanvas *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  VantageHit hit;
  const char *id;
  gboolean waiting;

  vantage_canvas_hit (self, x, y, &hit, &id, &waiting);
  if (button == GDK_BUTTON_SECONDARY)
    {
      if (id != NULL && !vantage_timeline_selection_has (self->selection, id))
        pick (self, id, FALSE);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      vantage_canvas_emit_menu (self, id, x, y);
      return;
    }
  if (button > GDK_BUTTON_PRIMARY || n_press != 2)
    return;
  if (vantage_canvas_find_head (self, x, y) != VANTAGE_CANVAS_NO_LANE)
    {
      self->pointer_inside = TRUE;
      self->pointer_x = x;
      self->pointer_y = y;
      vantage_canvas_toggle_lane (self);
    }
  else if (id != NULL)
    vantage_canvas_emit_activate (self, id);
  else if (hit.lane != VANTAGE_CANVAS_NO_LANE && hit.sort != VANTAGE_HIT_FOLD)
    vantage_canvas_emit_new_event (self, hit.lane, vantage_canvas_get_us (self, x));
}

/* ---- wheel, pinch, pointer ---- */

static gboolean
scroll_cb (VantageCanvas *self, double dx, double dy, GtkEventController *controller)
{
  GdkModifierType state = get_state (controller);
  double unit = SCROLL_PX;

  if (state & GDK_CONTROL_MASK)
    {
      vantage_canvas_zoom (self, pow (ZOOM_STEP, -dy));
      return TRUE;
    }
  if (gtk_event_controller_scroll_get_unit (GTK_EVENT_CONTROLLER_SCROLL (controller)) ==
      GDK_SCROLL_UNIT_SURFACE)
    unit = 1;
  if (state & GDK_SHIFT_MASK)
    {
      double swap = dx;

      dx = dy;
      dy = swap;
    }
  vantage_viewport_pan (self->viewport, dx * unit, dy * unit);
  return TRUE;
}

static void
pinch_begin_cb (VantageCanvas *self)
{
  self->pinch_scale = 1;
  end_drag (self);
}

static void
pinch_cb (VantageCanvas *self, double scale, GtkGesture *gesture)
{
  double x, y;

  if (!gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    x = self->area.origin.x + self->area.size.width / 2.0;
  if (self->pinch_scale > 0 && scale > 0)
    vantage_viewport_zoom (self->viewport, scale / self->pinch_scale,
                           vantage_canvas_to_view_x (self, x));
  self->pinch_scale = scale;
}

static void
motion_cb (VantageCanvas *self, double x, double y)
{
  const char *id;

  self->pointer_inside = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->drag.sort == VANTAGE_DRAG_NONE)
    gtk_widget_set_cursor_from_name (
        GTK_WIDGET (self),
        vantage_canvas_find_edge (self, x, y, &id) != VANTAGE_DRAG_NONE ? "ew-resize" : NULL);
}

static void
leave_cb (VantageCanvas *self)
{
  self->pointer_inside = FALSE;
}

static void
add (VantageCanvas *self, gpointer controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
vantage_canvas_add_gestures (VantageCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *clicks = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (clicks), 0);
  g_signal_connect_swapped (clicks, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_gesture_group (drag, clicks);
  add (self, drag);
  add (self, clicks);
  add (self, pinch);
  add (self, motion);
  add (self, scroll);
}
