/* vantage-timeline-picture.c: one picture: how wide and high it is, and the file it becomes. */

#include <math.h>

#include "vantage-picture-private.h"
#include "vantage-report-private.h"

#define MIN_CARD 96
#define MAX_CARD 290
#define TEXT_ROOM 30 /* of a card beside its text */
#define LEAST_WIDTH 480
#define FIRST_WIDTH 1200
#define MOST_WIDTH 6000
#define MOST_PIXELS 8000.0 /* along the longer side, where nobody asked for a width */
#define FLATNESS 0.85      /* height to width of a picture that chose its own */

/* As wide as its words, within reason. */
static void
measure_card (VantageTimelinePicture *self, VantageSceneEvent *event)
{
  double title = vantage_lettering_measure (self->lettering, &vantage_letters_strong, event->title);
  double detail =
      vantage_lettering_measure (self->lettering, &vantage_letters_faint, event->detail);
  double sign = event->contradicted ? 18 : 0;

  event->shape.width_px =
      (float) ceil (CLAMP (MAX (title + sign, detail) + TEXT_ROOM, MIN_CARD, MAX_CARD));
}

VantageTimelinePicture *
vantage_timeline_picture_new (const VantageReportInput *input, const VantageReportOptions *report,
                              const VantagePictureOptions *options)
{
  VantageTimelinePicture *self = g_new0 (VantageTimelinePicture, 1);
  gint64 us, end;

  self->input = input;
  self->report = *report;
  self->options = *options;
  self->scene = vantage_scene_new (input, report, options);
  self->look = vantage_picture_get_look (options->print);
  self->lettering = vantage_lettering_new ();
  while (self->n_timed < self->scene->events->len &&
         vantage_canvas_event_get_place (
             &((VantageSceneEvent *) self->scene->events->pdata[self->n_timed])->shape, &us, &end))
    self->n_timed++;
  for (guint i = 0; i < self->scene->events->len; i++)
    measure_card (self, self->scene->events->pdata[i]);
  return self;
}

void
vantage_timeline_picture_free (VantageTimelinePicture *self)
{
  if (self == NULL)
    return;
  vantage_scene_free (self->scene);
  vantage_lettering_free (self->lettering);
  g_free (self);
}

guint
vantage_timeline_picture_get_n_events (VantageTimelinePicture *self)
{
  return self->scene->events->len;
}

static VantagePicturePlan *
plan_all (VantageTimelinePicture *self, double width)
{
  return vantage_picture_plan_new (self, 0, self->n_timed, self->n_timed,
                                   self->scene->events->len - self->n_timed, width);
}

/* As wide as asked for, else wide enough to be no tower. */
static VantagePicturePlan *
plan_one (VantageTimelinePicture *self)
{
  double width = self->options.width_px;
  VantagePicturePlan *plan;

  if (width > 0)
    return plan_all (self, MAX (width, LEAST_WIDTH));
  width = FIRST_WIDTH;
  plan = plan_all (self, width);
  while (vantage_picture_plan_get_height (plan) > width * FLATNESS && width < MOST_WIDTH)
    {
      width = MIN (width * 1.25, MOST_WIDTH);
      vantage_picture_plan_free (plan);
      plan = plan_all (self, width);
    }
  return plan;
}

static char *
dup_detail (VantagePicturePlan *plan)
{
  VantageTimelinePicture *self = plan->picture;
  guint n = self->scene->events->len;
  g_autofree char *count = g_strdup_printf (dngettext (NULL, "%u event", "%u events", n), n);
  g_autofree char *span = NULL;

  if (plan->n == 0)
    return g_steal_pointer (&count);
  span = vantage_picture_dup_span (self, plan->begin_us, plan->end_us);
  return g_strdup_printf ("%s · %s", span, count);
}

static VantageSheet *
draw_one (VantageTimelinePicture *self)
{
  g_autoptr (VantagePicturePlan) plan = plan_one (self);
  double foot = VANTAGE_PICTURE_HEADER + vantage_picture_plan_get_height (plan);
  double legend = vantage_picture_draw_legend (self, NULL, foot, plan->width);
  g_autofree char *detail = dup_detail (plan);
  VantageSheet *sheet = vantage_sheet_new (plan->width, foot + legend, self->scene->title, detail);

  vantage_picture_draw_header (self, sheet, self->scene->title, detail, NULL);
  if (self->scene->events->len == 0)
    vantage_sheet_text (sheet, 18, VANTAGE_PICTURE_HEADER, plan->width - 36,
                        _ ("Nothing happened in this part of the timeline."),
                        &vantage_letters_plain, self->look->text);
  vantage_picture_draw (plan, sheet, VANTAGE_PICTURE_HEADER);
  vantage_picture_draw_legend (self, sheet, foot, plan->width);
  return sheet;
}

char *
vantage_timeline_picture_to_svg (VantageTimelinePicture *self)
{
  g_autoptr (VantageSheet) sheet = draw_one (self);

  return vantage_sheet_to_svg (sheet);
}

GBytes *
vantage_timeline_picture_to_png (VantageTimelinePicture *self, double scale, GError **error)
{
  g_autoptr (VantageSheet) sheet = draw_one (self);

  /* a picture that is large anyway needs no finer pixels */
  if (self->options.width_px <= 0)
    scale = CLAMP (MOST_PIXELS / MAX (sheet->width, sheet->height), 1, scale);
  return vantage_sheet_to_png (sheet, scale, error);
}
