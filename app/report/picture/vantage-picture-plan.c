/* vantage-picture-plan.c: which stretch of time has room in which width, and where everything
 * stands then. */

#include <math.h>

#include "vantage-picture-private.h"

#define FOLD_PX 44
#define RIGHT_ROOM 12

static const VantageCanvasMetrics *
get_metrics (void)
{
  static VantageCanvasMetrics metrics;

  /* a picture is read in peace: every event is a card with its words */
  metrics = vantage_canvas_metrics_default;
  metrics.max_cards = G_MAXINT;
  metrics.px_per_card = metrics.px_per_mark = 0;
  metrics.card_height = 42;
  return &metrics;
}

const VantageSceneEvent *
vantage_picture_plan_get_event (VantagePicturePlan *self, guint32 event)
{
  return self->picture->scene->events->pdata[g_array_index (self->events, guint, event)];
}

/* ---- data ---- */

static void
list_events (VantagePicturePlan *self)
{
  self->events = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->n; i++)
    {
      guint at = self->first + i;

      g_array_append_val (self->events, at);
    }
  for (guint i = 0; i < self->n_waiting; i++)
    {
      guint at = self->waiting + i;

      g_array_append_val (self->events, at);
    }
}

/* What began before the stretch begins with it here, and what lasts beyond it ends with it. */
static void
cut_shape (VantagePicturePlan *self, VantageCanvasEvent *shape)
{
  gint64 begin, end;

  if (!vantage_canvas_event_get_place (shape, &begin, &end))
    return;
  if (begin < self->begin_us)
    shape->earliest_us = shape->latest_us = shape->placed_us = self->begin_us;
  if (!(shape->flags & VANTAGE_CANVAS_SPAN))
    {
      shape->end_earliest_us = shape->earliest_us;
      shape->end_latest_us = shape->latest_us;
      return;
    }
  shape->end_latest_us = MIN (shape->end_latest_us, MAX (self->end_us, shape->latest_us));
  shape->end_earliest_us = MIN (shape->end_earliest_us, shape->end_latest_us);
}

static GArray *
copy_shapes (VantagePicturePlan *self)
{
  GArray *shapes = g_array_new (FALSE, TRUE, sizeof (VantageCanvasEvent));

  for (guint i = 0; i < self->events->len; i++)
    {
      const VantageSceneEvent *event = vantage_picture_plan_get_event (self, i);
      VantageCanvasEvent shape = event->shape;

      cut_shape (self, &shape);
      g_array_append_val (shapes, shape);
    }
  return shapes;
}

static GArray *
list_links (VantagePicturePlan *self)
{
  VantageScene *scene = self->picture->scene;
  GArray *links = g_array_new (FALSE, TRUE, sizeof (VantageCanvasLink));
  g_autofree guint *place = g_new0 (guint, scene->events->len + 1);

  for (guint i = 0; i < self->events->len; i++)
    place[g_array_index (self->events, guint, i)] = i + 1;
  self->links = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < scene->links->len; i++)
    {
      const VantageSceneLink *link = &g_array_index (scene->links, VantageSceneLink, i);
      VantageCanvasLink out = { 0 };

      if (place[link->from] == 0 || place[link->to] == 0)
        continue;
      out.from = place[link->from] - 1;
      out.to = place[link->to] - 1;
      out.label_width = (float) vantage_lettering_measure (self->picture->lettering,
                                                           &vantage_letters_small, link->label) +
                        10;
      out.label_height = 17;
      g_array_append_val (links, out);
      g_array_append_val (self->links, i);
    }
  return links;
}

static void
set_data (VantagePicturePlan *self, GArray *shapes)
{
  VantageScene *scene = self->picture->scene;
  g_autoptr (GArray) more = g_array_new (FALSE, FALSE, sizeof (VantageCanvasAppearance));
  g_autoptr (GArray) links = list_links (self);
  g_autofree VantageCanvasLane *lanes = g_new0 (VantageCanvasLane, scene->lanes->len);
  VantageCanvasData data = { 0 };

  for (guint i = 0; i < scene->lanes->len; i++)
    {
      lanes[i].key = i + 1;
      lanes[i].min_height_px = 64;
      lanes[i].hidden = TRUE;
    }
  for (guint i = 0; i < self->events->len; i++)
    {
      const VantageSceneEvent *event = vantage_picture_plan_get_event (self, i);

      for (guint j = 0; j < event->lanes->len; j++)
        {
          VantageCanvasAppearance appearance = { i, g_array_index (event->lanes, guint32, j) };

          if (i < self->n)
            lanes[appearance.lane].hidden = FALSE;
          if (j > 0)
            g_array_append_val (more, appearance);
        }
    }
  data.events = (const VantageCanvasEvent *) (gpointer) shapes->data;
  data.n_events = shapes->len;
  data.more = (const VantageCanvasAppearance *) (gpointer) more->data;
  data.n_more = more->len;
  data.links = (const VantageCanvasLink *) (gpointer) links->data;
  data.n_links = links->len;
  data.lanes = lanes;
  data.n_lanes = scene->lanes->len;
  vantage_canvas_layout_set_data (self->layout, &data);
}

/* ---- axis ---- */

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  const VantageStretch *x = a, *y = b;
  gint64 x_us = x->end_us - x->begin_us, y_us = y->end_us - y->begin_us;

  return x_us != y_us ? (x_us > y_us ? -1 : 1) : (x->begin_us < y->begin_us ? -1 : 1);
}

/* The longest ones, as many as leave most of the width to what happened. */
static void
make_axis (VantagePicturePlan *self)
{
  const VantagePictureOptions *options = &self->picture->options;
  guint most = (guint) MAX ((self->width - VANTAGE_PICTURE_HEADS) * 0.35 / FOLD_PX, 0);
  g_autoptr (GArray) times = NULL;
  g_autoptr (GArray) folds = NULL;

  if (options->is_linear)
    return;
  if (options->stretches != NULL)
    {
      self->axis = vantage_axis_new (options->stretches, options->n_stretches, FOLD_PX);
      return;
    }
  times = vantage_canvas_layout_list_times (self->layout);
  folds = vantage_axis_propose_folds ((const gint64 *) (gpointer) times->data, times->len,
                                      &vantage_fold_rule_default);
  if (folds->len > most)
    {
      g_array_sort (folds, compare_lengths);
      g_array_set_size (folds, most);
    }
  self->axis =
      vantage_axis_new ((const VantageStretch *) (gpointer) folds->data, folds->len, FOLD_PX);
}

static gboolean
fits (VantagePicturePlan *self, GArray *shapes, double us_per_px)
{
  VantageTimeScale scale = { self->axis, self->begin_us, us_per_px };
  double room = self->width - VANTAGE_PICTURE_HEADS - VANTAGE_PICTURE_MARGIN - RIGHT_ROOM;

  if (vantage_time_scale_get_x (&scale, self->end_us) > room)
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    {
      const VantageCanvasEvent *shape = &g_array_index (shapes, VantageCanvasEvent, i);
      gint64 begin, end;

      if (vantage_canvas_event_get_place (shape, &begin, &end) &&
          vantage_time_scale_get_x (&scale, begin) + shape->width_px > room)
        return FALSE;
    }
  return TRUE;
}

static void
choose_scale (VantagePicturePlan *self, GArray *shapes)
{
  double near = log2 (VANTAGE_SCALE_MIN_US_PER_PX * 10), far = log2 (VANTAGE_SCALE_MAX_US_PER_PX);

  for (guint i = 0; i < 40; i++)
    {
      double middle = (near + far) / 2;

      if (fits (self, shapes, exp2 (middle)))
        far = middle;
      else
        near = middle;
    }
  self->scale = (VantageTimeScale){ self->axis, self->begin_us, exp2 (far) };
  self->scale.origin_us = vantage_time_scale_get_us (&self->scale, -VANTAGE_PICTURE_MARGIN);
}

static void
find_extent (VantagePicturePlan *self)
{
  const VantagePictureOptions *options = &self->picture->options;
  gboolean all = self->n == self->picture->n_timed;

  self->begin_us = G_MAXINT64;
  self->end_us = G_MININT64;
  for (guint i = 0; i < self->n; i++)
    {
      const VantageSceneEvent *event = vantage_picture_plan_get_event (self, i);
      gint64 begin, end;

      if (!vantage_canvas_event_get_place (&event->shape, &begin, &end))
        continue;
      self->begin_us = MIN (self->begin_us, begin);
      self->end_us = MAX (self->end_us, all ? end : begin);
    }
  if (all && options->since_us != VANTAGE_TIME_NONE)
    self->begin_us =
        self->begin_us == G_MAXINT64 ? options->since_us : MAX (self->begin_us, options->since_us);
  if (all && options->until_us != VANTAGE_TIME_NONE)
    self->end_us =
        self->end_us == G_MININT64 ? options->until_us : MIN (self->end_us, options->until_us);
  if (self->begin_us > self->end_us)
    self->begin_us = self->end_us = 0;
  self->end_us = MAX (self->end_us, self->begin_us + G_USEC_PER_SEC);
}

VantagePicturePlan *
vantage_picture_plan_new (VantageTimelinePicture *picture, guint first, guint n, guint waiting,
                          guint n_waiting, double width)
{
  VantagePicturePlan *self = g_new0 (VantagePicturePlan, 1);
  g_autoptr (GArray) shapes = NULL;

  self->picture = picture;
  self->first = first;
  self->n = n;
  self->waiting = waiting;
  self->n_waiting = n_waiting;
  self->width = width;
  list_events (self);
  find_extent (self);
  shapes = copy_shapes (self);
  self->layout = vantage_canvas_layout_new (get_metrics ());
  set_data (self, shapes);
  make_axis (self);
  choose_scale (self, shapes);
  vantage_canvas_layout_run (self->layout, &self->scale, width - VANTAGE_PICTURE_HEADS, 0,
                             G_MAXINT);
  self->height = n > 0 ? vantage_canvas_layout_get_height (self->layout) : 0;
  return self;
}

void
vantage_picture_plan_free (VantagePicturePlan *self)
{
  if (self == NULL)
    return;
  vantage_canvas_layout_free (self->layout);
  g_clear_pointer (&self->axis, vantage_axis_unref);
  g_array_unref (self->events);
  g_array_unref (self->links);
  g_free (self);
}

double
vantage_picture_get_top (VantageTimelinePicture *picture)
{
  return VANTAGE_PICTURE_RULER +
         VANTAGE_PICTURE_STRIP *
             (picture->scene->impacts->len + (picture->options.n_messages > 0 ? 1 : 0));
}

double
vantage_picture_plan_get_height (VantagePicturePlan *self)
{
  double shelf = vantage_canvas_layout_get_shelf_height (self->layout);

  return (self->n > 0 ? vantage_picture_get_top (self->picture) : 0) + self->height +
         (shelf > 0 ? shelf + 14 : 0);
}
