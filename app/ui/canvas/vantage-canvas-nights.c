/* vantage-canvas-nights.c: where it is night, by the clock of those whose lane it is. */

#include "config.h"

#include "vantage-canvas-parts.h"

#define NIGHT_FROM 22
#define NIGHT_UNTIL 6

/* Nights of one zone, for a stretch wider than the view. */
typedef struct
{
  VantageZone *zone; /* lent; only compared */
  VantageSpan stretch;
  GArray *nights; /* (element-type VantageSpan) */
} ZoneNights;

static void
clear_zone (gpointer data)
{
  g_array_unref (((ZoneNights *) data)->nights);
}

GArray *
vantage_canvas_new_zone_nights (void)
{
  GArray *zones = g_array_new (FALSE, FALSE, sizeof (ZoneNights));

  g_array_set_clear_func (zones, clear_zone);
  return zones;
}

static int
find_offset (gint64 us, gpointer zone)
{
  return vantage_zone_get_offset_s (zone, us);
}

static GArray *
get_nights (VantageCanvas *self, VantageZone *zone, gint64 begin, gint64 end)
{
  gint64 margin = end - begin;
  ZoneNights now = { zone, { begin - margin, end + margin }, NULL };

  for (guint i = 0; i < self->zone_nights->len; i++)
    {
      ZoneNights *known = &g_array_index (self->zone_nights, ZoneNights, i);

      if (known->zone != zone)
        continue;
      /* a stretch much wider than the view has nights that nobody sees */
      if (known->stretch.begin_us <= begin && known->stretch.end_us >= end &&
          known->stretch.end_us - known->stretch.begin_us < 12 * margin)
        return known->nights;
      g_array_remove_index_fast (self->zone_nights, i);
      break;
    }
  now.nights = vantage_ticks_find_nights (now.stretch.begin_us, now.stretch.end_us, NIGHT_FROM,
                                          NIGHT_UNTIL, find_offset, zone);
  g_array_append_val (self->zone_nights, now);
  return now.nights;
}

/* The clock that counts in a lane; NULL: nobody sleeps there. */
static VantageZone *
get_zone (VantageCanvas *self, guint32 lane)
{
  const VantageTimelineLane *head = vantage_timeline_feed_get_lanes (self->feed)->pdata[lane];

  if (head->person == NULL)
    return NULL;
  return head->zone != NULL
             ? head->zone
             : vantage_review_context_get_zone (vantage_timeline_feed_get_context (self->feed));
}

static gboolean
is_same_clock (VantageZone *a, VantageZone *b)
{
  return a == b || (a != NULL && b != NULL &&
                    g_str_equal (vantage_zone_get_name (a), vantage_zone_get_name (b)));
}

void
vantage_canvas_find_nights (VantageCanvas *self, const VantageTimeScale *scale)
{
  guint n;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n);
  gint64 begin = vantage_time_scale_get_us (scale, 0);
  gint64 end = vantage_time_scale_get_us (scale, self->area.size.width);

  g_array_set_size (self->nights, 0);
  if (end <= begin)
    return;
  for (guint i = 0; i < n;)
    {
      VantageZone *zone = get_zone (self, bands[i].lane);
      double y = bands[i].y, bottom = y;
      GArray *nights;

      /* lanes that live by one clock have their nights in common */
      for (; i < n && is_same_clock (zone, get_zone (self, bands[i].lane)); i++)
        bottom = bands[i].y + bands[i].height;
      if (zone == NULL)
        continue;
      nights = get_nights (self, zone, begin, end);
      for (guint j = 0; j < nights->len; j++)
        {
          const VantageSpan *night = &g_array_index (nights, VantageSpan, j);
          VantageCanvasNight piece = { 0, 0, y, bottom - y };

          if (night->end_us <= begin || night->begin_us >= end)
            continue;
          piece.x = MAX (vantage_time_scale_get_x (scale, night->begin_us), 0);
          piece.width =
              MIN (vantage_time_scale_get_x (scale, night->end_us), self->area.size.width) -
              piece.x;
          if (piece.width > 0.5)
            g_array_append_val (self->nights, piece);
        }
    }
}
