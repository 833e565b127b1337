/* vantage-viewport.c: the visible part, its clamping, and the places visited. */

#include "vantage-viewport.h"

#include <math.h>

#define MAX_PLACES 100
#define TIME_LIMIT (G_GINT64_CONSTANT (1) << 61)
#define LONE_INSTANT_US_PER_PX 60e6 /* how far one can zoom out when there is but one instant */

typedef struct
{
  gint64 begin_us;
  double us_per_px;
  double scroll;
} Place;

struct _VantageViewport
{
  GObject parent_instance;

  VantageAxis *axis;
  Place place;
  double width, height, content_height;
  VantageSpan bounds;
  GArray *behind, *ahead; /* (element-type Place) */
};

enum
{
  PROP_BEGIN = 1,
  PROP_END,
  PROP_US_PER_PX,
  PROP_SCROLL,
  PROP_CAN_GO_BACK,
  PROP_CAN_GO_FORWARD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (VantageViewport, vantage_viewport, G_TYPE_OBJECT)

/* What was so before a change, to tell only of what is different after it. */
typedef struct
{
  Place place;
  gint64 end;
  gboolean can_go_back, can_go_forward;
} Before;

static void
get_scale_at (VantageViewport *self, const Place *place, VantageTimeScale *out)
{
  *out = (VantageTimeScale){ self->axis, place->begin_us, place->us_per_px };
}

static Before
begin_change (VantageViewport *self)
{
  return (Before){ self->place, vantage_viewport_get_end (self),
                   vantage_viewport_can_go_back (self), vantage_viewport_can_go_forward (self) };
}

static gboolean
notify_if (VantageViewport *self, gboolean differs, guint property)
{
  if (differs)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  return differs;
}

static void
end_change (VantageViewport *self, const Before *before, gboolean other)
{
  gboolean changed = other;

  g_object_freeze_notify (G_OBJECT (self));
  changed |= notify_if (self, before->place.begin_us != self->place.begin_us, PROP_BEGIN);
  changed |= notify_if (self, before->end != vantage_viewport_get_end (self), PROP_END);
  changed |= notify_if (self, before->place.us_per_px != self->place.us_per_px, PROP_US_PER_PX);
  changed |= notify_if (self, before->place.scroll != self->place.scroll, PROP_SCROLL);
  changed |= notify_if (self, before->can_go_back != vantage_viewport_can_go_back (self),
                        PROP_CAN_GO_BACK);
  changed |= notify_if (self, before->can_go_forward != vantage_viewport_can_go_forward (self),
                        PROP_CAN_GO_FORWARD);
  g_object_thaw_notify (G_OBJECT (self));
  if (changed)
    g_signal_emit (self, changed_signal, 0);
}

static gboolean
has_bounds (VantageViewport *self)
{
  return self->bounds.begin_us != 0 || self->bounds.end_us != 0;
}

/* Farthest zoom at which what there is takes a third of the width. Folds are as wide at any zoom,
 * so only what is left of the third is shared by the rest. */
static double
get_max_us_per_px (VantageViewport *self)
{
  VantageTimeScale one = { self->axis, self->bounds.begin_us, 1e6 };
  VantageTimeScale two = { self->axis, self->bounds.begin_us, 2e6 };
  double at_one, plain_us, folds_px;

  if (!has_bounds (self) || self->width <= 0)
    return VANTAGE_SCALE_MAX_US_PER_PX;
  at_one = vantage_time_scale_get_x (&one, self->bounds.end_us);
  plain_us = 2e6 * (at_one - vantage_time_scale_get_x (&two, self->bounds.end_us));
  folds_px = MAX (at_one - plain_us / 1e6, 0);
  return CLAMP (plain_us / MAX (self->width / 3 - folds_px, self->width / 30),
                LONE_INSTANT_US_PER_PX, VANTAGE_SCALE_MAX_US_PER_PX);
}

static gint64
shift_us (VantageViewport *self, const Place *place, double dx)
{
  VantageTimeScale scale;

  get_scale_at (self, place, &scale);
  return CLAMP (vantage_time_scale_get_us (&scale, dx), -TIME_LIMIT, TIME_LIMIT);
}

/* The left edge for which @us stands at @x. */
static gint64
find_begin (VantageViewport *self, double us_per_px, gint64 us, double x)
{
  Place at = { us, us_per_px, 0 };

  return shift_us (self, &at, -x);
}

static void
clamp_place (VantageViewport *self, Place *place)
{
  VantageTimeScale scale;
  double slack = self->width * 0.9;

  place->us_per_px =
      CLAMP (place->us_per_px, VANTAGE_SCALE_MIN_US_PER_PX, get_max_us_per_px (self));
  place->begin_us = CLAMP (place->begin_us, -TIME_LIMIT, TIME_LIMIT);
  if (has_bounds (self) && self->width > 0)
    {
      get_scale_at (self, place, &scale);
      if (vantage_time_scale_get_x (&scale, self->bounds.begin_us) > slack)
        place->begin_us = find_begin (self, place->us_per_px, self->bounds.begin_us, slack);
      else if (vantage_time_scale_get_x (&scale, self->bounds.end_us) < self->width - slack)
        place->begin_us =
            find_begin (self, place->us_per_px, self->bounds.end_us, self->width - slack);
    }
  place->scroll = CLAMP (place->scroll, 0, MAX (self->content_height - self->height, 0));
}

static void
move_to (VantageViewport *self, Place place, gboolean other)
{
  Before before = begin_change (self);

  clamp_place (self, &place);
  self->place = place;
  end_change (self, &before, other);
}

static void
vantage_viewport_finalize (GObject *object)
{
  VantageViewport *self = VANTAGE_VIEWPORT (object);

  g_clear_pointer (&self->axis, vantage_axis_unref);
  g_array_unref (self->behind);
  g_array_unref (self->ahead);
  G_OBJECT_CLASS (vantage_viewport_parent_class)->finalize (object);
}

static void
vantage_viewport_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  VantageViewport *self = VANTAGE_VIEWPORT (object);

  switch (id)
    {
    case PROP_BEGIN:
      g_value_set_int64 (value, self->place.begin_us);
      break;
    case PROP_END:
      g_value_set_int64 (value, vantage_viewport_get_end (self));
      break;
    case PROP_US_PER_PX:
      g_value_set_double (value, self->place.us_per_px);
      break;
    case PROP_SCROLL:
      g_value_set_double (value, self->place.scroll);
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, vantage_viewport_can_go_back (self));
      break;
    case PROP_CAN_GO_FORWARD:
      g_value_set_boolean (value, vantage_viewport_can_go_forward (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
vantage_viewport_class_init (VantageViewportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = vantage_viewport_finalize;
  object_class->get_property = vantage_viewport_get_property;

  properties[PROP_BEGIN] =
      g_param_spec_int64 ("begin", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_END] = g_param_spec_int64 ("end", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_US_PER_PX] =
      g_param_spec_double ("us-per-px", NULL, NULL, 0, G_MAXDOUBLE, 1e6, flags);
  properties[PROP_SCROLL] = g_param_spec_double ("scroll", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_GO_FORWARD] =
      g_param_spec_boolean ("can-go-forward", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", VANTAGE_TYPE_VIEWPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
vantage_viewport_init (VantageViewport *self)
{
  self->place.us_per_px = 1e6;
  self->behind = g_array_new (FALSE, FALSE, sizeof (Place));
  self->ahead = g_array_new (FALSE, FALSE, sizeof (Place));
}

VantageViewport *
vantage_viewport_new (void)
{
  return g_object_new (VANTAGE_TYPE_VIEWPORT, NULL);
}

void
vantage_viewport_set_size (VantageViewport *self, double width_px, double height_px)
{
  Before before = begin_change (self);

  if (self->width == width_px && self->height == height_px)
    return;
  self->width = MAX (width_px, 0);
  self->height = MAX (height_px, 0);
  clamp_place (self, &self->place);
  end_change (self, &before, TRUE);
}

double
vantage_viewport_get_width (VantageViewport *self)
{
  return self->width;
}

double
vantage_viewport_get_height (VantageViewport *self)
{
  return self->height;
}

void
vantage_viewport_set_content_height (VantageViewport *self, double height_px)
{
  if (self->content_height == height_px)
    return;
  self->content_height = height_px;
  move_to (self, self->place, FALSE);
}

void
vantage_viewport_set_bounds (VantageViewport *self, const VantageSpan *bounds)
{
  if (self->bounds.begin_us == bounds->begin_us && self->bounds.end_us == bounds->end_us)
    return;
  self->bounds = *bounds;
  move_to (self, self->place, TRUE);
}

void
vantage_viewport_get_bounds (VantageViewport *self, VantageSpan *out)
{
  *out = self->bounds;
}

void
vantage_viewport_set_axis (VantageViewport *self, VantageAxis *axis)
{
  Before before;
  gint64 middle;

  if (self->axis == axis)
    return;
  before = begin_change (self);
  middle = shift_us (self, &self->place, self->width / 2);
  if (axis != NULL)
    vantage_axis_ref (axis);
  g_clear_pointer (&self->axis, vantage_axis_unref);
  self->axis = axis;
  self->place.begin_us = find_begin (self, self->place.us_per_px, middle, self->width / 2);
  clamp_place (self, &self->place);
  end_change (self, &before, TRUE);
}

VantageAxis *
vantage_viewport_get_axis (VantageViewport *self)
{
  return self->axis;
}

void
vantage_viewport_get_scale (VantageViewport *self, VantageTimeScale *out)
{
  get_scale_at (self, &self->place, out);
}

gint64
vantage_viewport_get_begin (VantageViewport *self)
{
  return self->place.begin_us;
}

gint64
vantage_viewport_get_end (VantageViewport *self)
{
  return shift_us (self, &self->place, self->width);
}

double
vantage_viewport_get_us_per_px (VantageViewport *self)
{
  return self->place.us_per_px;
}

double
vantage_viewport_get_scroll (VantageViewport *self)
{
  return self->place.scroll;
}

void
vantage_viewport_pan (VantageViewport *self, double dx_px, double dy_px)
{
  Place place = self->place;

  if (dx_px != 0)
    place.begin_us = shift_us (self, &place, dx_px);
  place.scroll += dy_px;
  move_to (self, place, FALSE);
}

void
vantage_viewport_set_scroll (VantageViewport *self, double y_px)
{
  Place place = self->place;

  place.scroll = y_px;
  move_to (self, place, FALSE);
}

void
vantage_viewport_zoom (VantageViewport *self, double factor, double x_px)
{
  Place place = self->place;
  gint64 at = shift_us (self, &place, x_px);

  g_return_if_fail (factor > 0);

  place.us_per_px =
      CLAMP (place.us_per_px / factor, VANTAGE_SCALE_MIN_US_PER_PX, get_max_us_per_px (self));
  if (place.us_per_px == self->place.us_per_px)
    return;
  place.begin_us = find_begin (self, place.us_per_px, at, x_px);
  move_to (self, place, FALSE);
}

void
vantage_viewport_set_place (VantageViewport *self, gint64 begin_us, double us_per_px,
                            double scroll_px)
{
  move_to (self, (Place){ begin_us, us_per_px, scroll_px }, FALSE);
}

/* The zoom at which @span is @room_px wide. With folds it is found by halving. */
static double
find_zoom (VantageViewport *self, const VantageSpan *span, double room_px)
{
  double low = log (VANTAGE_SCALE_MIN_US_PER_PX), high = log (get_max_us_per_px (self));

  for (int i = 0; i < 60; i++)
    {
      double middle = (low + high) / 2;
      VantageTimeScale scale = { self->axis, span->begin_us, exp (middle) };

      if (vantage_time_scale_get_x (&scale, span->end_us) > room_px)
        low = middle;
      else
        high = middle;
    }
  return exp (high);
}

void
vantage_viewport_fit (VantageViewport *self, const VantageSpan *span, double margin_px)
{
  double room = MAX (self->width - 2 * margin_px, self->width / 4);
  Place place = self->place;
  VantageTimeScale scale;

  if (self->width <= 0)
    return;
  if (span->end_us > span->begin_us)
    place.us_per_px = find_zoom (self, span, room);
  scale = (VantageTimeScale){ self->axis, span->begin_us, place.us_per_px };
  place.begin_us = find_begin (self, place.us_per_px, span->begin_us,
                               (self->width - vantage_time_scale_get_x (&scale, span->end_us)) / 2);
  move_to (self, place, FALSE);
}

void
vantage_viewport_fit_all (VantageViewport *self, double margin_px)
{
  if (has_bounds (self))
    vantage_viewport_fit (self, &self->bounds, margin_px);
}

/* How far to move so that [@begin, @begin + @size) lies within [0, @room); the begin wins. */
static double
find_move (double begin, double size, double room, double margin)
{
  margin = MIN (margin, MAX (room - size, 0) / 2);
  if (begin < margin || size >= room)
    return begin - margin;
  if (begin + size > room - margin)
    return begin + size - (room - margin);
  return 0;
}

void
vantage_viewport_reveal (VantageViewport *self, const VantageSpan *span, double y_px,
                         double height_px, double margin_px)
{
  VantageTimeScale scale;
  double begin, end;

  vantage_viewport_get_scale (self, &scale);
  begin = vantage_time_scale_get_x (&scale, span->begin_us);
  end = vantage_time_scale_get_x (&scale, span->end_us);
  vantage_viewport_pan (self, find_move (begin, end - begin, self->width, margin_px),
                        find_move (y_px - self->place.scroll, height_px, self->height, margin_px));
}

/* Whether one would see no difference. */
static gboolean
is_same_place (const Place *a, const Place *b)
{
  return fabs (a->us_per_px / b->us_per_px - 1) < 0.001 && fabs (a->scroll - b->scroll) < 1 &&
         fabs ((double) (a->begin_us - b->begin_us)) < a->us_per_px;
}

static void
push_place (GArray *places, const Place *place)
{
  if (places->len > 0 && is_same_place (&g_array_index (places, Place, places->len - 1), place))
    return;
  if (places->len == MAX_PLACES)
    g_array_remove_index (places, 0);
  g_array_append_vals (places, place, 1);
}

void
vantage_viewport_mark_place (VantageViewport *self)
{
  Before before = begin_change (self);

  push_place (self->behind, &self->place);
  g_array_set_size (self->ahead, 0);
  end_change (self, &before, FALSE);
}

/* Takes the newest of @from, past those where one already is. */
static gboolean
travel (VantageViewport *self, GArray *from, GArray *to)
{
  Before before = begin_change (self);
  Place here = self->place;
  gboolean moved = FALSE;

  while (from->len > 0 && !moved)
    {
      Place place = g_array_index (from, Place, from->len - 1);

      g_array_set_size (from, from->len - 1);
      if (is_same_place (&place, &here))
        continue;
      push_place (to, &here);
      clamp_place (self, &place);
      self->place = place;
      moved = TRUE;
    }
  end_change (self, &before, FALSE);
  return moved;
}

gboolean
vantage_viewport_go_back (VantageViewport *self)
{
  return travel (self, self->behind, self->ahead);
}

gboolean
vantage_viewport_go_forward (VantageViewport *self)
{
  return travel (self, self->ahead, self->behind);
}

gboolean
vantage_viewport_can_go_back (VantageViewport *self)
{
  return self->behind->len > 0;
}

gboolean
vantage_viewport_can_go_forward (VantageViewport *self)
{
  return self->ahead->len > 0;
}
