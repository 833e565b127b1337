/* vantage-picture-draw.c: header, lanes, cards and shelf of a picture. */

#include <math.h>
#include <string.h>

#include "vantage-picture-private.h"
#include "vantage-report-private.h"
#include "vantage-ticks.h"

const VantageLetters vantage_letters_page = { 20, TRUE };
const VantageLetters vantage_letters_strong = { 13, TRUE };
const VantageLetters vantage_letters_plain = { 13, FALSE };
const VantageLetters vantage_letters_faint = { 11.5, FALSE };
const VantageLetters vantage_letters_small = { 11, FALSE };

static const VantagePictureLook in_colour = {
  .paper = 0xffffffff,
  .text = 0x1e1e24ff,
  .faint = 0x5e5c64ff,
  .line = 0xd5d3d0ff,
  .band = 0xf6f5f4ff,
  .accent = 0x1a5fb4ff,
  .alarm = 0xc01c28ff,
  .people = { 0x3584e4ff, 0x9141acff, 0xe66100ff, 0x26a269ff, 0x865e3cff, 0xc88800ff, 0x239a9aff,
              0x6b6a70ff },
  .night = { .fill = 0x1e1e2410 },
  .impact = { .fill = 0xc01c2830, .stroke = 0xc01c28ff, .width = 1.2 },
  .volume = { { .fill = 0x3584e4ff }, { .fill = 0x9a9996ff } },
  .accent_width = 1.5,
};

static const VantagePictureLook in_print = {
  .paper = 0xffffffff,
  .text = 0x000000ff,
  .faint = 0x333333ff,
  .line = 0x999999ff,
  .band = 0xffffffff,
  .accent = 0x000000ff,
  .alarm = 0x000000ff,
  .people = { 0x000000ff, 0x000000ff, 0x000000ff, 0x000000ff, 0x000000ff, 0x000000ff, 0x000000ff,
              0x000000ff },
  .night = { .fill = 0x00000030, .hatch = VANTAGE_HATCH_RISING },
  .impact = { .fill = 0x000000a0,
              .hatch = VANTAGE_HATCH_FALLING,
              .stroke = 0x000000ff,
              .width = 1.2 },
  .volume = { { .fill = 0x000000ff },
              { .fill = 0x000000ff,
                .hatch = VANTAGE_HATCH_DOTS,
                .stroke = 0x000000ff,
                .width = 0.5 } },
  .accent_width = 2.4,
};

const VantagePictureLook *
vantage_picture_get_look (gboolean print)
{
  return print ? &in_print : &in_colour;
}

VantageInk
vantage_picture_get_ink (VantageTimelinePicture *picture, guint32 lane)
{
  const VantageSceneLane *head = picture->scene->lanes->pdata[lane];

  return picture->look->people[head->colour >= 0 && head->colour < 7 ? head->colour : 7];
}

/* ---- header ---- */

char *
vantage_picture_dup_span (VantageTimelinePicture *picture, gint64 begin_us, gint64 end_us)
{
  VantageZone *zone = picture->scene->zone;
  g_autofree char *day = vantage_scene_dup_day (zone, begin_us);
  g_autofree char *last_day = vantage_scene_dup_day (zone, end_us);
  g_autofree char *from = vantage_zone_format (zone, begin_us, VANTAGE_SHOW_MINUTE);
  g_autofree char *until = vantage_zone_format (zone, end_us, VANTAGE_SHOW_MINUTE);
  g_autofree char *place = vantage_scene_dup_zone (zone, begin_us);

  if (strcmp (day, last_day) == 0)
    /* translators: a day, two times of it, and whose clock shows them */
    return g_strdup_printf (_ ("%s, %s – %s · %s"), day, from, until, place);
  /* translators: a day and time to another day and time, and whose clock shows them */
  return g_strdup_printf (_ ("%s, %s – %s, %s · %s"), day, from, last_day, until, place);
}

void
vantage_picture_draw_header (VantageTimelinePicture *picture, VantageSheet *sheet,
                             const char *title, const char *detail, const char *right)
{
  const VantagePictureLook *look = picture->look;
  double room = sheet->width - 36;

  vantage_sheet_rect (sheet, 0, 0, sheet->width, sheet->height, 0,
                      &(VantageStroke){ .fill = look->paper });
  vantage_sheet_open (sheet, VANTAGE_PART_HEADING, NULL, NULL, NULL);
  if (right != NULL)
    {
      double width = vantage_lettering_measure (picture->lettering, &vantage_letters_faint, right);

      vantage_sheet_text (sheet, sheet->width - 18 - width, 18, width + 1, right,
                          &vantage_letters_faint, look->faint);
      room -= width + 18;
    }
  vantage_sheet_text (sheet, 18, 10, room, title, &vantage_letters_page, look->text);
  vantage_sheet_close (sheet);
  vantage_sheet_open (sheet, VANTAGE_PART_FIGURE, NULL, NULL, NULL);
  vantage_sheet_text (sheet, 18, 39, sheet->width - 36, detail, &vantage_letters_plain,
                      look->faint);
  vantage_sheet_close (sheet);
}

/* ---- lanes ---- */

static int
find_offset (gint64 us, gpointer zone)
{
  return vantage_zone_get_offset_s (zone, us);
}

static void
draw_nights (VantagePicturePlan *self, VantageSheet *sheet, const VantageCanvasBand *band, double y)
{
  const VantageSceneLane *lane = self->picture->scene->lanes->pdata[band->lane];
  double room = self->width - VANTAGE_PICTURE_HEADS;
  gint64 begin = vantage_time_scale_get_us (&self->scale, 0);
  gint64 end = vantage_time_scale_get_us (&self->scale, room);
  g_autoptr (GArray) nights = NULL;

  if (lane->person == NULL)
    return;
  nights = vantage_ticks_find_nights (begin, end, 22, 6, find_offset,
                                      lane->zone != NULL ? lane->zone : self->picture->scene->zone);
  for (guint i = 0; i < nights->len; i++)
    {
      const VantageSpan *night = &g_array_index (nights, VantageSpan, i);
      double x0 = MAX (vantage_time_scale_get_x (&self->scale, night->begin_us), 0);
      double x1 = MIN (vantage_time_scale_get_x (&self->scale, night->end_us), room);

      if (x1 - x0 > 0.5)
        vantage_sheet_rect (sheet, VANTAGE_PICTURE_HEADS + x0, y, x1 - x0, band->height, 0,
                            &self->picture->look->night);
    }
}

static void
draw_bands (VantagePicturePlan *self, VantageSheet *sheet, double y)
{
  const VantagePictureLook *look = self->picture->look;
  guint n;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n);

  vantage_sheet_open (sheet, VANTAGE_PART_PLAIN, NULL, NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      const VantageSceneLane *lane = self->picture->scene->lanes->pdata[bands[i].lane];

      if (lane->person == NULL)
        vantage_sheet_rect (sheet, 0, y + bands[i].y, self->width, bands[i].height, 0,
                            &(VantageStroke){ .fill = look->band });
      draw_nights (self, sheet, &bands[i], y + bands[i].y);
      vantage_sheet_rect (sheet, 0, y + bands[i].y + bands[i].height - 1, self->width, 1, 0,
                          &(VantageStroke){ .fill = look->line });
    }
  vantage_sheet_close (sheet);
}

static char *
dup_initials (const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  GString *out = g_string_new (NULL);
  guint n = g_strv_length (words);

  for (guint i = 0; i < n; i++)
    if ((i == 0 || i == n - 1) && words[i][0] != '\0')
      g_string_append_unichar (out, g_unichar_totitle (g_utf8_get_char (words[i])));
  return g_string_free (out, FALSE);
}

static void
draw_head (VantagePicturePlan *self, VantageSheet *sheet, guint32 at, double y)
{
  VantageTimelinePicture *picture = self->picture;
  const VantageSceneLane *lane = picture->scene->lanes->pdata[at];
  VantageInk ink = vantage_picture_get_ink (picture, at);
  g_autofree char *initials = dup_initials (lane->name);
  g_autofree char *zone = NULL;
  double width = vantage_lettering_measure (picture->lettering, &vantage_letters_small, initials);
  double room = VANTAGE_PICTURE_HEADS - 62;

  vantage_sheet_rect (sheet, 14, y + 12, 30, 30, 15,
                      &(VantageStroke){ .fill = picture->options.print ? picture->look->paper : ink,
                                        .stroke = ink,
                                        .width = 1.2 });
  vantage_sheet_open (sheet, VANTAGE_PART_PLAIN, NULL, NULL, NULL);
  vantage_sheet_text (sheet, 29 - width / 2, y + 20, 30, initials, &vantage_letters_small,
                      picture->options.print ? ink : 0xffffffff);
  vantage_sheet_close (sheet);
  vantage_sheet_text (sheet, 54, y + 10, room, lane->name, &vantage_letters_strong,
                      picture->look->text);
  if (lane->detail[0] != '\0')
    vantage_sheet_text (sheet, 54, y + 27, room, lane->detail, &vantage_letters_faint,
                        picture->look->faint);
  if (lane->zone == NULL || strcmp (vantage_zone_get_name (lane->zone),
                                    vantage_zone_get_name (picture->scene->zone)) == 0)
    return;
  zone = vantage_scene_dup_zone (lane->zone, self->begin_us);
  vantage_sheet_text (sheet, 54, y + (lane->detail[0] != '\0' ? 43 : 27), room, zone,
                      &vantage_letters_small, picture->look->faint);
}

/* ---- cards ---- */

void
vantage_picture_draw_edge (VantageSheet *sheet, const char *claim, double x, double y,
                           double height, VantageInk ink)
{
  const VantageStroke filled = { .fill = ink };

  if (strcmp (claim, "record") == 0)
    vantage_sheet_rect (sheet, x, y, 4, height, 2, &filled);
  else if (strcmp (claim, "recall") == 0)
    for (double at = y; at + 3.5 <= y + height; at += 6)
      vantage_sheet_rect (sheet, x, at, 3.5, 3.5, 1.75, &filled);
  else if (strcmp (claim, "inference") == 0)
    for (double at = y; at + 6 <= y + height; at += 9)
      vantage_sheet_rect (sheet, x, at, 3.5, 6, 0, &filled);
  else if (strcmp (claim, "judgement") == 0)
    {
      gboolean right = TRUE;

      vantage_sheet_move (sheet, x, y);
      for (double at = y; at < y + height; right = !right)
        {
          at = MIN (at + 4, y + height);
          vantage_sheet_line (sheet, right ? x + 4 : x, at);
        }
      vantage_sheet_stroke (sheet, &(VantageStroke){ .stroke = ink, .width = 1.5 });
    }
  else
    vantage_sheet_text (sheet, x - 1, y + height / 2 - 8, 10, "?", &vantage_letters_small, ink);
}

static void
draw_warning (VantagePicturePlan *self, VantageSheet *sheet, double x, double y)
{
  const VantagePictureLook *look = self->picture->look;

  vantage_sheet_move (sheet, x + 6, y);
  vantage_sheet_line (sheet, x + 12, y + 11);
  vantage_sheet_line (sheet, x, y + 11);
  vantage_sheet_finish (sheet);
  vantage_sheet_stroke (sheet, &(VantageStroke){ .fill = look->alarm });
  vantage_sheet_rect (sheet, x + 5.2, y + 3.6, 1.6, 3.6, 0,
                      &(VantageStroke){ .fill = look->paper });
  vantage_sheet_rect (sheet, x + 5.2, y + 8.2, 1.6, 1.4, 0,
                      &(VantageStroke){ .fill = look->paper });
}

static void
draw_bar (VantagePicturePlan *self, VantageSheet *sheet, const VantageCanvasCard *card, double y)
{
  double room = self->width - VANTAGE_PICTURE_HEADS;
  double left = MAX (card->bar.x, 2), right = MIN (card->bar.x + card->bar.width, room - 2);
  VantageInk ink = vantage_picture_get_ink (self->picture, card->lane);

  vantage_sheet_rect (sheet, VANTAGE_PICTURE_HEADS + left, y + card->bar.y, MAX (right - left, 2),
                      card->bar.height, 0,
                      &(VantageStroke){ .fill = (ink & 0xffffff00) | 0x90, .soft = TRUE });
}

/* A card's paper: that of what lasted has the shade of its lane. */
static void
draw_card (VantagePicturePlan *self, VantageSheet *sheet, const VantageSceneEvent *event,
           const VantageRect *rect, double text_x, VantageInk ink)
{
  const VantagePictureLook *look = self->picture->look;
  gboolean span = (event->shape.flags & VANTAGE_CANVAS_SPAN) != 0;
  double room = rect->x + rect->width - text_x;
  double more = event->contradicted ? 18 : 0;

  vantage_sheet_rect (sheet, rect->x + 0.5, rect->y + 0.5, rect->width - 1, rect->height - 1, 7,
                      &(VantageStroke){ .fill = look->paper });
  if (span)
    vantage_sheet_rect (sheet, rect->x + 0.5, rect->y + 0.5, rect->width - 1, rect->height - 1, 7,
                        self->picture->options.print
                            ? &(VantageStroke){ .fill = 0x00000018, .hatch = VANTAGE_HATCH_DOTS }
                            : &(VantageStroke){ .fill = (ink & 0xffffff00) | 0x26 });
  vantage_sheet_rect (sheet, rect->x + 0.5, rect->y + 0.5, rect->width - 1, rect->height - 1, 7,
                      &(VantageStroke){ .stroke = span ? ink : look->line, .width = 1 });
  vantage_picture_draw_edge (sheet, event->claim, rect->x + 6, rect->y + 6, rect->height - 12, ink);
  if (event->contradicted)
    draw_warning (self, sheet, text_x + 16, rect->y + 7);
  vantage_sheet_text (sheet, text_x + 16 + more, rect->y + 4, room - 24 - more, event->title,
                      &vantage_letters_strong, look->text);
  vantage_sheet_text (sheet, text_x + 16, rect->y + 22, room - 24, event->detail,
                      &vantage_letters_faint, look->faint);
}

static void
draw_event (VantagePicturePlan *self, VantageSheet *sheet, const VantageCanvasCard *card, double y)
{
  const VantageSceneEvent *event = vantage_picture_plan_get_event (self, card->event);
  gboolean first = g_array_index (event->lanes, guint32, 0) == card->lane;
  g_autofree char *id = first ? g_strdup_printf ("event-%s", event->id) : NULL;
  double room = self->width - VANTAGE_PICTURE_HEADS;
  VantageRect rect = card->rect;

  rect.x += VANTAGE_PICTURE_HEADS;
  rect.y += y;
  rect.width = MIN (rect.width, VANTAGE_PICTURE_HEADS + room - 2 - rect.x);
  vantage_sheet_open (sheet, VANTAGE_PART_ITEM, id, event->title, event->spoken);
  if (card->soft)
    draw_bar (self, sheet, card, y);
  draw_card (self, sheet, event, &rect, VANTAGE_PICTURE_HEADS + card->text_x,
             vantage_picture_get_ink (self->picture, card->lane));
  vantage_sheet_close (sheet);
}

static void
draw_lanes (VantagePicturePlan *self, VantageSheet *sheet, double y)
{
  guint n_bands, n_cards;
  const VantageCanvasBand *bands = vantage_canvas_layout_get_bands (self->layout, &n_bands);
  const VantageCanvasCard *cards = vantage_canvas_layout_get_cards (self->layout, &n_cards);
  guint at = 0;

  for (guint i = 0; i < n_bands; i++)
    {
      const VantageSceneLane *lane = self->picture->scene->lanes->pdata[bands[i].lane];

      vantage_sheet_open (sheet, VANTAGE_PART_LIST, NULL, lane->name, lane->detail);
      draw_head (self, sheet, bands[i].lane, y + bands[i].y);
      for (; at < n_cards && cards[at].lane == bands[i].lane; at++)
        draw_event (self, sheet, &cards[at], y);
      vantage_sheet_close (sheet);
    }
}

/* ---- shelf ---- */

static void
draw_shelf (VantagePicturePlan *self, VantageSheet *sheet, double y)
{
  const VantagePictureLook *look = self->picture->look;
  guint n;
  const VantageCanvasWaiting *waiting = vantage_canvas_layout_get_waiting (self->layout, &n);

  if (n == 0)
    return;
  vantage_sheet_open (sheet, VANTAGE_PART_LIST, NULL, _ ("Shelf"), _ ("no time yet"));
  vantage_sheet_text (sheet, 14, y + 12, VANTAGE_PICTURE_HEADS - 24, _ ("Shelf"),
                      &vantage_letters_strong, look->text);
  vantage_sheet_text (sheet, 14, y + 29, VANTAGE_PICTURE_HEADS - 24, _ ("no time yet"),
                      &vantage_letters_faint, look->faint);
  for (guint i = 0; i < n; i++)
    {
      const VantageSceneEvent *event = vantage_picture_plan_get_event (self, waiting[i].event);
      g_autofree char *id = g_strdup_printf ("event-%s", event->id);
      VantageRect rect = waiting[i].rect;

      rect.x += VANTAGE_PICTURE_HEADS + 2;
      rect.y += y + 10;
      rect.width = MIN (rect.width, self->width - 2 - rect.x);
      vantage_sheet_open (sheet, VANTAGE_PART_ITEM, id, event->title, event->spoken);
      draw_card (self, sheet, event, &rect, rect.x,
                 vantage_picture_get_ink (self->picture, event->shape.lane));
      vantage_sheet_close (sheet);
    }
  vantage_sheet_close (sheet);
}

void
vantage_picture_draw (VantagePicturePlan *self, VantageSheet *sheet, double y)
{
  double top = self->n > 0 ? vantage_picture_get_top (self->picture) : 0;
  double room = self->width - VANTAGE_PICTURE_HEADS;
  const VantageStroke line = { .fill = self->picture->look->line };

  if (self->n > 0)
    {
      vantage_picture_draw_top (self, sheet, y);
      draw_bands (self, sheet, y + top);
      vantage_picture_draw_folds (self, sheet, y + VANTAGE_PICTURE_RULER,
                                  top - VANTAGE_PICTURE_RULER + self->height);
      vantage_sheet_clip (sheet, VANTAGE_PICTURE_HEADS, y + top, room, self->height);
      vantage_picture_draw_links (self, sheet, y + top);
      vantage_sheet_unclip (sheet);
      draw_lanes (self, sheet, y + top);
      vantage_picture_draw_link_labels (self, sheet, y + top);
      vantage_sheet_rect (sheet, VANTAGE_PICTURE_HEADS - 1, y, 1, top + self->height, 0, &line);
    }
  draw_shelf (self, sheet, y + top + self->height);
}
