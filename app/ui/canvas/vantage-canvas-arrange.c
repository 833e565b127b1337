/* vantage-canvas-arrange.c: where lanes, heads and cards stand in the widget, and which card widget
 * shows which event. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "vantage-canvas-parts.h"
#include "vantage-lane-head.h"

#define SHELF_PADDING 12
#define SHELF_MAX_ROWS 2
#define AWAY (-4000)  /* where a card waits that has the focus and is out of view */
#define LEAST_SPAN 30 /* shorter ones have no edges to take hold of */
#define EDGE_REACH 6
#define EDGE 48 /* how far a card is drawn beyond the area */

/* ---- areas ---- */

static double
choose_head_width (int width)
{
  return width >= 720 ? 204 : width >= 520 ? 164 : 76;
}

static guint
count_strips (VantageCanvas *self)
{
  return (self->volume != NULL && self->volume->len > 0 ? 1 : 0) +
         (vantage_timeline_feed_get_impacts (self->feed)->len > 0 ? 1 : 0);
}

static double
get_shelf_height (VantageCanvas *self)
{
  double height = vantage_canvas_layout_get_shelf_height (self->layout);
  double most = SHELF_MAX_ROWS * vantage_canvas_metrics_default.shelf_row;

  return height > 0 ? MIN (height, most) + 2 * SHELF_PADDING - 8 : 0;
}

static void
find_areas (VantageCanvas *self, int width, int height, double shelf)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double head = choose_head_width (width);
  double top = VANTAGE_CANVAS_RULER + count_strips (self) * VANTAGE_CANVAS_STRIP;
  double lanes = MAX (height - top - shelf, 1), wide = MAX (width - head, 1);

  self->top_height = top;
  graphene_rect_init (&self->heads_area, (float) (rtl ? wide : 0), (float) top, (float) head,
                      (float) lanes);
  graphene_rect_init (&self->area, (float) (rtl ? 0 : head), (float) top, (float) wide,
                      (float) lanes);
  graphene_rect_init (&self->shelf_area, self->area.origin.x, (float) (top + lanes), (float) wide,
                      (float) shelf);
}

double
vantage_canvas_to_view_x (VantageCanvas *self, double x)
{
  return x - self->area.origin.x;
}

double
vantage_canvas_to_content_y (VantageCanvas *self, double y)
{
  return y - self->area.origin.y + vantage_viewport_get_scroll (self->viewport);
}

gboolean
vantage_canvas_is_in_area (VantageCanvas *self, double x, double y)
{
  return graphene_rect_contains_point (&self->area, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

gint64
vantage_canvas_get_us (VantageCanvas *self, double x)
{
  VantageTimeScale scale;

  vantage_viewport_get_scale (self->viewport, &scale);
  return vantage_time_scale_get_us (&scale, vantage_canvas_to_view_x (self, x));
}

static const char *
get_id (VantageCanvas *self, guint32 event)
{
  return vantage_timeline_event_get_id (vantage_timeline_feed_get_at_slot (self->feed, event));
}

void
vantage_canvas_hit (VantageCanvas *self, double x, double y, VantageHit *out,
                    const char **out_event, gboolean *out_waiting)
{
  guint n;
  const VantageCanvasWaiting *waiting;
  const VantageCanvasCard *cards;

  *out = (VantageHit){ VANTAGE_HIT_NOTHING, 0, VANTAGE_CANVAS_NO_LANE };
  *out_event = NULL;
  *out_waiting = FALSE;
  if (vantage_canvas_is_in_area (self, x, y))
    {
      vantage_canvas_layout_hit (self->layout, vantage_canvas_to_view_x (self, x),
                                 vantage_canvas_to_content_y (self, y), out);
      cards = vantage_canvas_layout_get_cards (self->layout, &n);
      if ((out->sort == VANTAGE_HIT_CARD || out->sort == VANTAGE_HIT_BAR) && out->index < n)
        *out_event = get_id (self, cards[out->index].event);
      return;
    }
  if (!graphene_rect_contains_point (&self->shelf_area,
                                     &GRAPHENE_POINT_INIT ((float) x, (float) y)))
    return;
  waiting = vantage_canvas_layout_get_waiting (self->layout, &n);
  for (guint i = 0; i < n; i++)
    if (vantage_rect_contains (&waiting[i].rect, x - self->shelf_area.origin.x - SHELF_PADDING / 2,
                               y - self->shelf_area.origin.y - SHELF_PADDING))
      {
        *out_event = get_id (self, waiting[i].event);
        *out_waiting = TRUE;
      }
}

guint32
vantage_canvas_find_head (VantageCanvas *self, double x, double y)
{
  guint n;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n);

  if (!graphene_rect_contains_point (&self->heads_area,
                                     &GRAPHENE_POINT_INIT ((float) x, (float) y)))
    return VANTAGE_CANVAS_NO_LANE;
  y = vantage_canvas_to_content_y (self, y);
  for (guint i = 0; i < n; i++)
    if (y >= bands[i].y && y < bands[i].y + bands[i].height)
      return bands[i].lane;
  return VANTAGE_CANVAS_NO_LANE;
}

/* What is known only within a window has no edge to take hold of: a statement says more of it. */
VantageDragSort
vantage_canvas_find_edge (VantageCanvas *self, double x, double y, const char **out_event)
{
  guint n;
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (self->layout, &n), *card;
  VantageHit hit;
  gboolean waiting;

  vantage_canvas_hit (self, x, y, &hit, out_event, &waiting);
  if (*out_event == NULL || waiting || hit.sort != VANTAGE_HIT_CARD || hit.index >= n)
    return VANTAGE_DRAG_NONE;
  card = &cards[hit.index];
  x = vantage_canvas_to_view_x (self, x) - card->rect.x;
  if (!(card->flags & VANTAGE_CANVAS_SPAN) || card->soft || card->rect.width < LEAST_SPAN)
    return VANTAGE_DRAG_NONE;
  if (x >= card->rect.width - EDGE_REACH &&
      vantage_canvas_layout_is_span_end (self->layout, hit.index))
    return VANTAGE_DRAG_END;
  return x < EDGE_REACH ? VANTAGE_DRAG_BEGIN : VANTAGE_DRAG_NONE;
}

/* ---- cards ---- */

static gint64
make_key (guint32 event, guint32 lane)
{
  return (gint64) event << 32 | lane;
}

VantageEventCard *
vantage_canvas_find_card (VantageCanvas *self, const char *id)
{
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    if (g_strcmp0 (vantage_timeline_event_get_id (vantage_event_card_get_event (card)), id) == 0)
      return card;
  return NULL;
}

static void
release_card (VantageCanvas *self, GtkWidget *card)
{
  if (gtk_widget_has_focus (card))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  vantage_event_card_set_event (VANTAGE_EVENT_CARD (card), self->feed, NULL, 0, -1);
  vantage_event_card_set_selected (VANTAGE_EVENT_CARD (card), FALSE);
  gtk_widget_set_child_visible (card, FALSE);
  g_ptr_array_add (self->free_cards, card);
}

static GtkWidget *
take_card (VantageCanvas *self)
{
  GtkWidget *card;

  if (self->free_cards->len > 0)
    {
      card = g_ptr_array_steal_index_fast (self->free_cards, self->free_cards->len - 1);
      gtk_widget_set_child_visible (card, TRUE);
      return card;
    }
  if (self->no_new_cards)
    {
      self->wants_cards = TRUE;
      return NULL;
    }
  card = vantage_event_card_new ();
  gtk_widget_set_parent (card, GTK_WIDGET (self));
  return card;
}

void
vantage_canvas_rebind_cards (VantageCanvas *self)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->cards);
  GHashTableIter iter;
  gpointer card;

  self->cards = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    {
      const char *id = vantage_timeline_event_get_id (vantage_event_card_get_event (card));
      guint32 lane = vantage_event_card_get_lane (card);
      VantageTimelineEvent *event = vantage_timeline_feed_find (self->feed, id, NULL);
      gint64 key;

      if (event == NULL)
        {
          release_card (self, card);
          continue;
        }
      for (guint i = 0; i < event->lanes->len; i++)
        if (i == 0 || g_array_index (event->lanes, guint32, i) <= lane)
          key = make_key (event->slot, g_array_index (event->lanes, guint32, i));
      if (g_hash_table_contains (self->cards, &key))
        release_card (self, card);
      else
        g_hash_table_insert (self->cards, g_memdup2 (&key, sizeof key), card);
    }
}

static void
show_view (VantageCanvas *self, VantageEventCard *card, const char *id)
{
  static const VantageCardView views[] = { VANTAGE_CARD_PLAIN, VANTAGE_CARD_COULD_HAVE_SEEN,
                                           VANTAGE_CARD_UNKNOWN_THEN };
  const VantageSight *sight = self->sights != NULL ? g_hash_table_lookup (self->sights, id) : NULL;
  g_autofree char *why = NULL;

  if (sight != NULL && self->dup_why != NULL)
    why = self->dup_why (sight, self->why_data);
  vantage_event_card_set_view (card, sight != NULL ? views[sight->view] : VANTAGE_CARD_PLAIN, why);
}

/* Gives the card for an event in a lane, the one that showed it before if there was one. NULL: none
 * is left, and this is no time to make one. */
static GtkWidget *
get_card (VantageCanvas *self, GHashTable *old, guint32 index, guint32 lane)
{
  GPtrArray *lanes = vantage_timeline_feed_get_lanes (self->feed);
  VantageTimelineEvent *event = vantage_timeline_feed_get_at_slot (self->feed, index);
  const char *id = vantage_timeline_event_get_id (event);
  gint64 key = make_key (index, lane);
  gpointer old_key, card;
  int colour = lane < lanes->len ? ((VantageTimelineLane *) lanes->pdata[lane])->colour : -1;

  if (g_hash_table_steal_extended (old, &key, &old_key, &card))
    g_free (old_key);
  else
    card = take_card (self);
  if (card == NULL)
    return NULL;
  g_hash_table_insert (self->cards, g_memdup2 (&key, sizeof key), card);
  vantage_event_card_set_event (card, self->feed, event, lane, colour);
  vantage_event_card_set_selected (card, vantage_timeline_selection_has (self->selection, id));
  show_view (self, card, id);
  return card;
}

static void
allocate (GtkWidget *card, double x, double y, double width, double height)
{
  GtkAllocation allocation = { (int) floor (x + 0.5), (int) floor (y + 0.5),
                               (int) MAX (floor (width + 0.5), 1),
                               (int) MAX (floor (height + 0.5), 1) };

  gtk_widget_size_allocate (card, &allocation, -1);
}

static gboolean
is_dragged (VantageCanvas *self, const char *id)
{
  return self->drag.moved &&
         (self->drag.sort == VANTAGE_DRAG_CARDS || self->drag.sort == VANTAGE_DRAG_SHELF) &&
         vantage_timeline_selection_has (self->selection, id);
}

static gboolean
is_stretched (VantageCanvas *self, const char *id)
{
  return self->drag.moved &&
         (self->drag.sort == VANTAGE_DRAG_BEGIN || self->drag.sort == VANTAGE_DRAG_END) &&
         g_strcmp0 (self->drag.id, id) == 0;
}

static void
place_card (VantageCanvas *self, GHashTable *old, const VantageCanvasCard *card)
{
  const char *focus = vantage_timeline_selection_get_focus (self->selection);
  const char *id = get_id (self, card->event);
  double scroll = vantage_viewport_get_scroll (self->viewport);
  double left = MAX (card->rect.x, -EDGE);
  double right = MIN (card->rect.x + card->rect.width, self->area.size.width + EDGE);
  double x = self->area.origin.x + left, y = self->area.origin.y + card->rect.y - scroll;
  GtkWidget *widget;

  if (right <= left || (card->as_mark && g_strcmp0 (id, focus) != 0))
    return;
  if (!card->as_mark && !(card->flags & VANTAGE_CANVAS_SPAN))
    {
      x = self->area.origin.x + card->rect.x;
      left = card->rect.x;
      right = left + card->rect.width;
    }
  widget = get_card (self, old, card->event, card->lane);
  if (widget == NULL)
    return;
  if (is_stretched (self, id))
    {
      if (self->drag.sort == VANTAGE_DRAG_BEGIN)
        {
          x += self->drag.snapped_x;
          left += self->drag.snapped_x;
        }
      else
        right += self->drag.snapped_x;
      right = MAX (right, left + 1);
    }
  vantage_event_card_set_text_x (VANTAGE_EVENT_CARD (widget), MAX (0, card->text_x - left));
  if (is_dragged (self, id))
    {
      x += self->drag.snapped_x;
      if (self->drag.from != self->drag.to || self->drag.sort == VANTAGE_DRAG_CARDS)
        y += self->drag.y;
    }
  allocate (widget, x, y, right - left, card->rect.height);
}

static void
place_waiting (VantageCanvas *self, GHashTable *old)
{
  guint n;
  const VantageCanvasWaiting *waiting = vantage_canvas_layout_get_waiting (self->layout, &n);

  for (guint i = 0; i < n; i++)
    {
      const VantageRect *rect = &waiting[i].rect;
      VantageTimelineEvent *event =
          vantage_timeline_feed_get_at_slot (self->feed, waiting[i].event);
      double x = self->shelf_area.origin.x + SHELF_PADDING / 2.0 + rect->x;
      double y = self->shelf_area.origin.y + SHELF_PADDING + rect->y;
      GtkWidget *widget;

      if (rect->y + rect->height > self->shelf_area.size.height)
        continue;
      widget = get_card (self, old, waiting[i].event, event->shape.lane);
      if (widget == NULL)
        continue;
      vantage_event_card_set_text_x (VANTAGE_EVENT_CARD (widget), 0);
      if (is_dragged (self, get_id (self, waiting[i].event)))
        {
          x += self->drag.x;
          y += self->drag.y;
        }
      allocate (widget, x, y, MIN (rect->width, self->shelf_area.size.width), rect->height);
    }
}

/* What is left went out of view: only the card with the focus stays a widget. */
static void
release_rest (VantageCanvas *self, GHashTable *old)
{
  GHashTableIter iter;
  gpointer key, card;

  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &key, &card))
    {
      if (gtk_widget_has_focus (card))
        {
          allocate (card, AWAY, AWAY, 120, 40);
          g_hash_table_insert (self->cards, g_memdup2 (key, sizeof (gint64)), card);
        }
      else
        release_card (self, card);
    }
}

static void
place_cards (VantageCanvas *self)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->cards);
  guint n;
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (self->layout, &n);

  self->cards = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < n; i++)
    place_card (self, old, &cards[i]);
  place_waiting (self, old);
  release_rest (self, old);
}

/* ---- heads ---- */

static void
place_heads (VantageCanvas *self)
{
  guint n;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n);
  double scroll = vantage_viewport_get_scroll (self->viewport);
  gboolean narrow = self->heads_area.size.width < 100;

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *head = self->heads->pdata[bands[i].lane];

      if (head == NULL)
        continue;
      vantage_lane_head_set_narrow (VANTAGE_LANE_HEAD (head), narrow);
      allocate (head, self->heads_area.origin.x + 10,
                self->heads_area.origin.y + bands[i].y - scroll + (bands[i].collapsed ? 4 : 9),
                self->heads_area.size.width - 16,
                MAX (bands[i].height - (bands[i].collapsed ? 6 : 10), 1));
    }
}

/* ---- all ---- */

static void
run (VantageCanvas *self, int width, int height, double shelf)
{
  VantageTimeScale scale;

  find_areas (self, width, height, shelf);
  vantage_viewport_set_size (self->viewport, self->area.size.width, self->area.size.height);
  if (!self->placed && width > 1)
    {
      self->placed = TRUE;
      if (!self->restored)
        vantage_canvas_place_first (self);
    }
  vantage_viewport_get_scale (self->viewport, &scale);
  vantage_canvas_layout_run (self->layout, &scale, self->area.size.width,
                             vantage_viewport_get_scroll (self->viewport), self->area.size.height);
}

void
vantage_canvas_arrange (VantageCanvas *self, int width, int height)
{
  VantageTimeScale scale;
  double shelf = get_shelf_height (self), scroll;
  VantageDetail detail = vantage_canvas_layout_get_detail (self->layout);

  self->arranging = TRUE;
  run (self, width, height, shelf);
  if (get_shelf_height (self) != shelf)
    run (self, width, height, get_shelf_height (self));
  scroll = vantage_viewport_get_scroll (self->viewport);
  vantage_viewport_set_content_height (self->viewport,
                                       vantage_canvas_layout_get_height (self->layout));
  if (self->restored_scroll > 0)
    vantage_viewport_set_scroll (self->viewport, self->restored_scroll);
  self->restored_scroll = -1;
  if (vantage_viewport_get_scroll (self->viewport) != scroll)
    run (self, width, height, get_shelf_height (self));
  vantage_viewport_get_scale (self->viewport, &scale);
  vantage_canvas_label (self, &scale);
  place_heads (self);
  place_cards (self);
  self->arranging = FALSE;
  if (!vantage_canvas_layout_is_settled (self->layout))
    vantage_canvas_settle (self);
  vantage_canvas_prepare (self);
  if (detail != vantage_canvas_layout_get_detail (self->layout))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
