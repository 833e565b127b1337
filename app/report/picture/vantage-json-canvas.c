/* vantage-json-canvas.c: the timeline as a JSON Canvas (jsoncanvas.org, 1.0): time to the right,
 * lanes as groups, so that it can be worked on in another canvas. */

#include <math.h>
#include <string.h>

#include "vantage-json.h"
#include "vantage-picture-private.h"
#include "vantage-report-private.h"

#define CARD_HEIGHT 108 /* of the other program's cards: a title and a line below */
#define CARD_WIDTH 300
#define WIDEST 290 /* of the layout's cards */
#define LANE_GAP 60

typedef struct
{
  GString *out;
  gboolean first;
} Writer;

static void
begin_object (Writer *self)
{
  g_string_append (self->out, self->first ? "\n\t\t{" : ",\n\t\t{");
  self->first = FALSE;
}

static void
put_text (Writer *self, const char *name, const char *text)
{
  if (self->out->str[self->out->len - 1] != '{')
    g_string_append_c (self->out, ',');
  g_string_append_printf (self->out, "\"%s\":", name);
  vantage_json_append_string (self->out, text, -1);
}

static void
put_rect (Writer *self, double x, double y, double width, double height)
{
  g_string_append_printf (self->out, ",\"x\":%d,\"y\":%d,\"width\":%d,\"height\":%d",
                          (int) floor (x), (int) floor (y), (int) ceil (width),
                          (int) ceil (height));
}

/* Titles are plain words: what would be a sign of Markdown is not one. */
static void
append_plain (GString *out, const char *text)
{
  g_autofree char *flat = vantage_lettering_flatten (text);

  for (const char *at = flat; *at != '\0'; at++)
    {
      if (strchr ("\\`*_[]<>#~|", *at) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
}

static char *
dup_markdown (const VantageSceneEvent *event)
{
  GString *out = g_string_new ("**");

  append_plain (out, event->title);
  g_string_append (out, "**\n\n");
  append_plain (out, event->spoken);
  return g_string_free (out, FALSE);
}

/* The six colours that every canvas has, by the lane's own. */
static const char *
get_colour (VantageTimelinePicture *picture, guint32 lane)
{
  static const char *const colours[] = { "5", "6", "2", "4", "1", "3", "#239a9a" };
  int colour = ((VantageSceneLane *) picture->scene->lanes->pdata[lane])->colour;

  return colour >= 0 && colour < (int) G_N_ELEMENTS (colours) ? colours[colour] : NULL;
}

static double
scale_x (double x)
{
  return x * CARD_WIDTH / WIDEST;
}

static double
get_lane_y (const VantageCanvasBand *bands, guint n, guint32 lane)
{
  double y = 0;

  for (guint i = 0; i < n && bands[i].lane != lane; i++)
    y += MAX (bands[i].n_rows, 1) * (CARD_HEIGHT + 20) + LANE_GAP;
  return y;
}

static void
put_groups (Writer *self, VantagePicturePlan *plan)
{
  VantageTimelinePicture *picture = plan->picture;
  guint n;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (plan->layout, &n);

  for (guint i = 0; plan->n > 0 && i < n; i++)
    {
      const VantageSceneLane *lane = picture->scene->lanes->pdata[bands[i].lane];
      g_autofree char *id = g_strdup_printf ("lane-%s", lane->key);
      const char *colour = get_colour (picture, bands[i].lane);

      begin_object (self);
      put_text (self, "id", id);
      put_text (self, "type", "group");
      put_rect (self, -40, get_lane_y (bands, n, bands[i].lane) - 20,
                scale_x (plan->width - VANTAGE_PICTURE_HEADS) + CARD_WIDTH,
                MAX (bands[i].n_rows, 1) * (CARD_HEIGHT + 20) + 20);
      put_text (self, "label", lane->name);
      if (colour != NULL)
        put_text (self, "color", colour);
      g_string_append_c (self->out, '}');
    }
}

static void
put_event (Writer *self, VantageTimelinePicture *picture, const VantageSceneEvent *event,
           const char *id, guint32 lane, double x, double y, double width)
{
  g_autofree char *text = dup_markdown (event);
  const char *colour = get_colour (picture, lane);

  begin_object (self);
  put_text (self, "id", id);
  put_text (self, "type", "text");
  put_text (self, "text", text);
  put_rect (self, x, y, width, CARD_HEIGHT);
  if (colour != NULL)
    put_text (self, "color", colour);
  g_string_append_c (self->out, '}');
}

static void
put_events (Writer *self, VantagePicturePlan *plan)
{
  guint n_bands, n_cards, n_waiting;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (plan->layout, &n_bands);
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (plan->layout, &n_cards);
  const VantageCanvasWaiting *waiting =
      vantage_canvas_layout_get_waiting (plan->layout, &n_waiting);
  double foot = get_lane_y (bands, n_bands, G_MAXUINT32);

  for (guint i = 0; i < n_cards; i++)
    {
      const VantageSceneEvent *event = vantage_picture_plan_get_event (plan, cards[i].event);
      gboolean first = g_array_index (event->lanes, guint32, 0) == cards[i].lane;
      g_autofree char *id =
          first ? g_strdup (event->id) : g_strdup_printf ("%s-%u", event->id, cards[i].lane);

      put_event (self, plan->picture, event, id, cards[i].lane, scale_x (cards[i].rect.x),
                 get_lane_y (bands, n_bands, cards[i].lane) + cards[i].row * (CARD_HEIGHT + 20),
                 scale_x (cards[i].rect.width));
    }
  for (guint i = 0; i < n_waiting; i++)
    {
      const VantageSceneEvent *event = vantage_picture_plan_get_event (plan, waiting[i].event);

      put_event (self, plan->picture, event, event->id, event->shape.lane,
                 (i % 8) * (CARD_WIDTH + 20.0), foot + (i / 8) * (CARD_HEIGHT + 20.0), CARD_WIDTH);
    }
}

static void
put_edge (Writer *self, const char *id, const char *from, const char *to, const char *label,
          const char *colour, gboolean arrow)
{
  begin_object (self);
  put_text (self, "id", id);
  put_text (self, "fromNode", from);
  put_text (self, "toNode", to);
  if (!arrow)
    put_text (self, "toEnd", "none");
  if (label != NULL)
    put_text (self, "label", label);
  if (colour != NULL)
    put_text (self, "color", colour);
  g_string_append_c (self->out, '}');
}

/* One event in several lanes is tied by edges with no arrow. */
static void
put_edges (Writer *self, VantageTimelinePicture *picture)
{
  VantageScene *scene = picture->scene;

  for (guint i = 0; i < scene->links->len; i++)
    {
      const VantageSceneLink *link = &g_array_index (scene->links, VantageSceneLink, i);
      const VantageSceneEvent *from = scene->events->pdata[link->from];
      const VantageSceneEvent *to = scene->events->pdata[link->to];
      gboolean against = strcmp (link->kind, "contradicts") == 0;
      g_autofree char *id = g_strdup_printf ("link-%u", i + 1);

      put_edge (self, id, from->id, to->id, link->label, against ? "1" : NULL,
                !against && strcmp (link->kind, "same-moment") != 0);
    }
  for (guint i = 0; i < picture->n_timed; i++)
    {
      const VantageSceneEvent *event = scene->events->pdata[i];

      for (guint j = 1; j < event->lanes->len; j++)
        {
          g_autofree char *other =
              g_strdup_printf ("%s-%u", event->id, g_array_index (event->lanes, guint32, j));
          g_autofree char *id = g_strdup_printf ("tie-%s", other);

          put_edge (self, id, event->id, other, NULL, NULL, FALSE);
        }
    }
}

/* Cards of the other program are all as wide as the widest here. */
static VantagePicturePlan *
plan_wide (VantageTimelinePicture *self, double width)
{
  GPtrArray *events = self->scene->events;
  g_autofree float *widths = g_new (float, events->len + 1);
  VantagePicturePlan *plan;

  for (guint i = 0; i < events->len; i++)
    {
      VantageSceneEvent *event = events->pdata[i];

      widths[i] = event->shape.width_px;
      event->shape.width_px = WIDEST;
    }
  plan = vantage_picture_plan_new (self, 0, self->n_timed, self->n_timed,
                                   events->len - self->n_timed, width);
  for (guint i = 0; i < events->len; i++)
    ((VantageSceneEvent *) events->pdata[i])->shape.width_px = widths[i];
  return plan;
}

char *
vantage_timeline_picture_to_json_canvas (VantageTimelinePicture *self)
{
  double width = self->options.width_px > 0 ? MAX (self->options.width_px, 640)
                                            : CLAMP (self->scene->events->len * 60.0, 1600, 60000);
  g_autoptr (VantagePicturePlan) plan = plan_wide (self, width);
  Writer writer = { g_string_new ("{\n\t\"nodes\":["), TRUE };

  put_groups (&writer, plan);
  put_events (&writer, plan);
  g_string_append (writer.out, "\n\t],\n\t\"edges\":[");
  writer.first = TRUE;
  put_edges (&writer, self);
  g_string_append (writer.out, "\n\t]\n}\n");
  return g_string_free (writer.out, FALSE);
}
