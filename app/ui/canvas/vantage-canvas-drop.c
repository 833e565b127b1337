/* vantage-canvas-drop.c: evidence dropped on the canvas: on a lane it makes events, on a card it is
 * cited there. */

#include "config.h"

#include "vantage-canvas-parts.h"
#include "vantage-item-drag.h"
#include "vantage-timeline-edits.h"

static void
look (VantageCanvas *self, double x, double y)
{
  VantageHit hit;
  const char *id;
  gboolean waiting;

  vantage_canvas_hit (self, x, y, &hit, &id, &waiting);
  self->dropping = TRUE;
  self->drop_lane = hit.lane;
  g_free (self->drop_event);
  self->drop_event = g_strdup (id);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget (VantageCanvas *self)
{
  self->dropping = FALSE;
  self->drop_lane = VANTAGE_CANVAS_NO_LANE;
  g_clear_pointer (&self->drop_event, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
dropped_cb (GtkWidget *widget, const char *const *items, double x, double y, gpointer data)
{
  VantageCanvas *self = VANTAGE_CANVAS (widget);
  VantageReviewContext *context = vantage_timeline_feed_get_context (self->feed);
  GPtrArray *lanes = vantage_timeline_feed_get_lanes (self->feed);
  g_autofree char *event = NULL;
  guint32 lane;
  const char *person = NULL;
  g_auto (GStrv) made = NULL;

  look (self, x, y);
  event = g_steal_pointer (&self->drop_event);
  lane = self->drop_lane;
  forget (self);
  if (event != NULL)
    {
      vantage_timeline_selection_set (self->selection, event);
      return vantage_timeline_cite (context, event, items);
    }
  if (lane < lanes->len)
    person = ((VantageTimelineLane *) lanes->pdata[lane])->person;
  made = vantage_timeline_add_items (context, items, person);
  if (made == NULL)
    return FALSE;
  vantage_timeline_feed_update (self->feed);
  vantage_timeline_selection_set_all (self->selection, (const char *const *) made);
  vantage_canvas_show (self, made[0]);
  return TRUE;
}

static GdkDragAction
motion_cb (VantageCanvas *self, double x, double y)
{
  look (self, x, y);
  return GDK_ACTION_COPY;
}

void
vantage_canvas_add_drop (VantageCanvas *self)
{
  GtkDropTarget *target = vantage_item_drag_add_target (GTK_WIDGET (self), dropped_cb, NULL);

  g_signal_connect_swapped (target, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (forget), self);
}
